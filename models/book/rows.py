"""The assignment after the last event (office-procedure.md section 11), and the digest that a principal signs."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from allocator.domain import UNPLACED, Row
from allocator.models.book.state import WAITING, WITHDRAWN, CaseParty, CaseState

PENDING = "pending"
_HEADER = ",".join(Row._fields[:5])


def assignment_rows(state: CaseState) -> tuple[Row, ...]:
    """Return one row a child, by id."""
    return tuple(sorted(row for one in state.parties.values() for row in _rows(state, one)))


def _rows(state: CaseState, one: CaseParty) -> Iterator[Row]:
    """The rows of a party, and of the children that left it."""
    for member in one.party.members:
        yield _row(state, one, member)
    for child in one.gone:
        yield Row(child, "", "", WITHDRAWN, "")


def _row(state: CaseState, one: CaseParty, member: str) -> Row:
    if one.seat is not None:
        return Row(member, one.seat.school, one.seat.phase, one.seat.outcome, one.seat.draw)
    if one.standing == WAITING:
        return Row(member, "", "", UNPLACED if state.season.rounds.adjustment in state.begun else PENDING, "")
    return Row(member, one.external, "", one.standing, "")


def signed_rows_digest(state: CaseState, rnd: str, school: str) -> str:
    """Return the digest of the list of those who hold a seat of a round at a school."""
    holders = (one for one in state.parties.values() if one.seat and (one.seat.round, one.seat.school) == (rnd, school))
    rows = sorted(_row(state, one, member) for one in holders for member in one.party.members)
    text = "".join(f"{line}\n" for line in (_HEADER, *(",".join(row[:5]) for row in rows)))
    return sha256(text.encode()).hexdigest()
