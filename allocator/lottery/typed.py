"""Contributions as people type them: groups of digits, full-width digits and colons, a word for an absent witness.

The transcript itself forgives nothing (``transcript.py``); what is typed for it is tidied here, once, before anything
is written, and shown to whoever typed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from allocator.domain import Contribution
from allocator.ground import Fault
from allocator.lottery.transcript import ABSENT, transcript_source_faults

GROUP = 5  # digits shown together
_ABSENT_WORDS = frozenset({"absent", "缺席"})
_FULL_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_WITNESS = re.compile(r"(?:witness|见证人)-?([0-9]+)", re.IGNORECASE)


def typed_contribution(typed: str) -> Contribution:
    """Return a contribution as the transcript spells it, of ``KIND:VALUE`` as somebody typed it.

    Read as if it were tidy: space of any width anywhere, full-width letters, digits and colons, ``见证人1`` for
    ``witness-1``, and ``absent`` in any case or ``缺席``. What is no contribution comes back as it is, to be refused.
    """
    kind, _, value = _bare(typed).partition(":")
    witness = _WITNESS.fullmatch(kind)
    if kind.lower().startswith("drand-"):
        return Contribution(kind.lower(), value.lower())
    if witness is None:
        return Contribution(kind, value)
    return Contribution(f"witness-{witness[1]}", typed_digits(value))


def typed_digits(typed: str) -> str:
    """Return the digits of a witness as the transcript spells them, or ``ABSENT``."""
    bare = _bare(typed)
    return ABSENT if bare.casefold() in _ABSENT_WORDS else bare


def typed_in_groups(value: str) -> str:
    """Return digits in groups of five, as they are read aloud; what is no number stays as it is."""
    if not (value.isascii() and value.isdecimal()):
        return value
    return " ".join(value[at : at + GROUP] for at in range(0, len(value), GROUP))


def typed_contributions(
    lines: Sequence[tuple[int, str]], file: str
) -> tuple[tuple[Contribution, ...], tuple[int, ...], list[Fault]]:
    """Return typed contributions, the line of each, and every fault of their form.

    Parameters
    ----------
    lines : sequence of (int, str)
        Line of the file (0: no file) and what stands there.
    """
    found = tuple(typed_contribution(typed) for _, typed in lines)
    rows = tuple(row for row, _ in lines)
    spelt = [(row, f"{one.source}:{one.value}") for row, one in zip(rows, found, strict=True)]
    return found, rows, list(transcript_source_faults(spelt, file))


def typed_lines(raw: bytes) -> Iterable[tuple[int, str]]:
    """Yield number and text of each line of a file of contributions; empty lines and remarks (``#``) are left out.

    Raises
    ------
    UnicodeDecodeError
        If the file is neither UTF-8 nor GB 18030.
    """
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    for row, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if bare and not bare.startswith(("#", "＃")):
            yield row, re.sub(r"^source\s*[=＝]", "", bare, flags=re.IGNORECASE)


def _bare(typed: str) -> str:
    """Return what was typed without any space, full-width forms as ASCII."""
    return "".join(typed.translate(_FULL_WIDTH).translate(_INVISIBLE).split())
