"""A season played: each proposed event judged, journaled and put into effect (office-procedure.md sections 7 and 8)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from allocator.domain import ACCEPTED, NO_HEAD, BookEvent, District, Played, Row
from allocator.models.book.effects import model_effects
from allocator.models.book.judging import ExpectedDigests, outcome_of_event
from allocator.models.book.rows import assignment_rows
from allocator.models.book.state import CaseState, Season

_CARRIED_ON = ("seq", "last_type", "last_at", "late")


class ProvenBook:
    """A season as far as it has come, one proposed event after another.

    Parameters
    ----------
    district : District
        The frozen inputs; the seed comes with the event ``drawn``.
    expected : Mapping, optional
        What digests of the program's own files must be, by type and field of the event.
    """

    def __init__(self, district: District, expected: ExpectedDigests | None = None) -> None:
        self.state = self.before = CaseState(Season(district))
        self.expected = expected or {}
        self.journal: list[bytes] = []

    def propose(self, event: BookEvent) -> str:
        """Judge an event, journal it and let it take effect where it is accepted; return the outcome.

        Raises
        ------
        DisagreementError
            If an opening or a step of a refill has no solution, or more than one.
        """
        outcome = outcome_of_event(self.state, event, self.expected)
        if outcome == ACCEPTED:
            line = _line(event, self.journal)
            self.state, self.before = _after(self.state, self.before, event), self.state
            self.journal.append(line)
        return outcome

    def rows(self) -> tuple[Row, ...]:
        """Return the assignment after the last event."""
        return assignment_rows(self.state)


def play_in_model(district: District, events: Iterable[BookEvent], expected: ExpectedDigests | None = None) -> Played:
    """Play a season from its first event to its last; ``district`` and ``expected`` as in ``ProvenBook``.

    Raises
    ------
    DisagreementError
        If an opening or a step of a refill has no solution, or more than one.
    """
    book = ProvenBook(district, expected)
    outcomes = tuple(map(book.propose, events))
    return Played(outcomes, tuple(book.journal), book.rows())


def _after(state: CaseState, before: CaseState, event: BookEvent) -> CaseState:
    """Return the state after an accepted event; ``before`` is the one that annulling the last line brings back."""
    after = (before if event["type"] == "annulled" else state).copy()
    for name in _CARRIED_ON:
        setattr(after, name, getattr(state, name))
    if event["type"] != "annulled":
        model_effects(after, event)
    after.seq, after.last_type, after.last_at = state.seq + 1, str(event["type"]), str(event["at"])
    return after


def _line(event: BookEvent, journal: list[bytes]) -> bytes:
    """Return an event's line in its canonical form, without the LF."""
    prev = sha256(journal[-1]).hexdigest() if journal else NO_HEAD
    line = {**event, "seq": len(journal) + 1, "prev": prev}
    return json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
