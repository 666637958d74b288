"""A season's events and what becomes of them (office-procedure.md sections 7 to 11): what engines and checker share."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple, TypeAlias

from allocator.domain.assignment import Row

BookEvent: TypeAlias = Mapping[str, object]
"""One proposed event: a JSON object as read, not judged yet."""

ACCEPTED = "accepted"
REFUSALS: tuple[str, ...] = ("malformed", "clock", "role", "season", "unknown", "state", "no_room")
"""Why an event is refused, in the order in which it is judged (section 8)."""

NO_HEAD = "0" * 64
"""What the first line of a journal names as the line before it."""


class Played(NamedTuple):
    """A season played from its first event to its last.

    Attributes
    ----------
    outcomes : tuple of str
        ``accepted`` or the code of the refusal, by proposed event.
    journal : tuple of bytes
        The lines of the accepted events, without their LF.
    rows : tuple of Row
        The assignment after the last event, by ``applicant_id``; empty before the draw.
    """

    outcomes: tuple[str, ...]
    journal: tuple[bytes, ...]
    rows: tuple[Row, ...]

    @property
    def head(self) -> str:
        """Digest of the journal's last line (链头)."""
        return sha256(self.journal[-1]).hexdigest() if self.journal else NO_HEAD
