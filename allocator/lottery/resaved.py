"""Files whose bytes differ while their text is the same: saved again by an editor or a spreadsheet.

A digest is of bytes. Notepad, Excel, WPS and Git for Windows change line ends, add a byte order mark or a last line
end; nothing that anybody reads is changed by it. Whoever stands before witnesses must be told which of the two it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import product

BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def only_saved_again(raw: bytes, stated: str) -> bool:
    """Return whether a file differs from the one of a digest in nothing but how an editor saved it.

    Parameters
    ----------
    stated : str
        SHA-256 of the file as it was, as 64 lower-case hexadecimal digits.
    """
    found = sha256(raw).hexdigest()
    return found != stated and any(sha256(guess).hexdigest() == stated for guess in _spellings(raw))


def plain(raw: bytes) -> bytes:
    """Return a file without byte order mark, with LF as line end, no space at the end of a line, one last line end."""
    lines = _without_mark(raw).split(b"\n")
    return b"\n".join(line.rstrip(b" \t") for line in lines).rstrip(b"\n") + b"\n"


def _spellings(raw: bytes) -> Iterator[bytes]:
    """Yield the ways in which the same text may have been saved before; few, so trying them all costs nothing."""
    bare = _without_mark(raw)
    texts = (bare, b"\n".join(line.rstrip(b" \t") for line in bare.split(b"\n")))
    bodies = {text.rstrip(b"\n") + b"\n" * ends for text in texts for ends in range(4)}
    for body, mark, end in product(sorted(bodies), (b"", BOM), (b"\n", b"\r\n", b"\r")):
        yield mark + body.replace(b"\n", end)


def _without_mark(raw: bytes) -> bytes:
    """Return a file in UTF-8 without byte order mark, every line end an LF; one in UTF-16 is taken out of it."""
    if raw.startswith(_UTF16):
        try:
            raw = raw.decode("utf-16").encode("utf-8")
        except UnicodeDecodeError:
            return raw
    return raw.removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
