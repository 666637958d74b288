"""The journal: every line the canonical form of its event, numbered, chained to the line before it (section 8)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import zip_longest

from allocator.domain import NO_HEAD, BookEvent, Violation


def chained_line(event: BookEvent, seq: int, before: str) -> bytes:
    """Return an event with its number and the digest of the line before it, in canonical form and without LF."""
    whole = {**event, "seq": seq, "prev": before}
    return ("{" + ",".join(f"{_quoted(key)}:{_value(whole[key])}" for key in sorted(whole)) + "}").encode()


def _value(value: object) -> str:
    """A text or a whole number; a line holds nothing else."""
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    r"""A text in quotation marks, with nothing escaped but ``"`` and ``\``."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def judge_journal_lines(journal: Sequence[bytes], accepted: Sequence[BookEvent]) -> Iterator[Violation]:
    """Give what is wrong with a journal, line by line; each is chained to the line that is there before it."""
    before = NO_HEAD
    for seq, (line, event) in enumerate(zip_longest(journal, accepted), start=1):
        number = ("line", str(seq))
        if line is None:
            yield Violation("check.book.line_missing", "", "", "", (number,))
            continue
        if event is None:
            yield Violation("check.book.line_unasked", "", "", "", (number,))
        elif line != chained_line(event, seq, before):
            yield Violation(_what(line, event, seq, before), "", "", "", (number,))
        before = sha256(line).hexdigest()


def _what(line: bytes, event: BookEvent, seq: int, before: str) -> str:
    """Code of what is wrong with a line that is not as it should be."""
    try:
        found = json.loads(line)
    except ValueError:
        return "check.book.line_form"
    if not isinstance(found, dict):
        return "check.book.line_form"
    if {key: value for key, value in found.items() if key not in ("seq", "prev")} != dict(event):
        return "check.book.line_event"
    if found.get("seq") != seq:
        return "check.book.line_seq"
    return "check.book.line_prev" if found.get("prev") != before else "check.book.line_form"
