"""Standard output and error: text stays text on any console, and a stream that takes no more ends no work."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TextIO

from allocator.ground.plain_text import visible_text


def echo(words: str, *, err: bool = False) -> None:
    """Print lines on standard output, or on standard error."""
    stream = sys.stderr if err else sys.stdout
    if stream is not None:
        stream.write(visible_text(words) + "\n")
        stream.flush()


_MINUS = "\u2212"


def _has(encoding: str, character: str) -> bool:
    """Whether an encoding has a character."""
    try:
        character.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


class KeptStream(io.TextIOBase):
    """A standard stream that never stops the program: what it cannot show is replaced, what it cannot take is lost.

    It has no ``buffer``: nobody writes past the replacement of characters.

    Parameters
    ----------
    stream : text stream or None
        The stream of the process; None where the process was started without.

    Attributes
    ----------
    lost : OSError or None
        Why words were lost, None if none were.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self.lost: OSError | None = None
        self._stream = stream
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Encoding of the stream."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    @property
    def errors(self) -> str:  # type: ignore[override]
        """What happens to characters that the console lacks."""
        return "replace"

    def write(self, words: str) -> int:
        """Take words; forget them once the stream has refused some. A Chinese console has no true minus sign."""
        if _MINUS in words and not _has(self.encoding, _MINUS):
            words = words.replace(_MINUS, "-")
        if self._stream is None:
            self.lost = OSError(errno.EBADF, os.strerror(errno.EBADF))
        elif self.lost is None:
            try:
                self._stream.write(words)
            except OSError as error:
                self._give_up(error)
        return len(words)

    def flush(self) -> None:
        """Pass on what was taken."""
        if self._stream is not None and self.lost is None:
            try:
                self._stream.flush()
            except OSError as error:
                self._give_up(error)

    def writable(self) -> bool:
        """Say yes."""
        return True

    def isatty(self) -> bool:
        """Whether a person reads it."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """Return the number of the stream."""
        if self._stream is None:
            raise io.UnsupportedOperation("fileno")
        return self._stream.fileno()

    def _give_up(self, error: OSError) -> None:
        """Remember why, and send what is still held back, and all that follows, nowhere."""
        self.lost = error
        assert self._stream is not None
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)


def keep_streams() -> tuple[KeptStream, KeptStream]:
    """Put kept streams in the place of standard output and error; returns them.

    Where the process was started without one of its three streams, its number is taken: the first file opened would
    have it otherwise, and solvers write to numbers.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # for the processes of workers as well
    kept = KeptStream(sys.stdout), KeptStream(sys.stderr)
    sys.stdout, sys.stderr = kept
    return kept
