"""The assignment of a book, and the lists that a principal signs (office-procedure.md section 11)."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.book.law import Law
from allocator.book.state import EXTERNAL, SEATED, WAITING, BookParty, BookState
from allocator.domain import UNPLACED, Row
from allocator.lottery import canonical_csv_text

COLUMNS = ("applicant_id", "school_id", "phase", "outcome", "draw_id")


def present_rows(state: BookState) -> tuple[Row, ...]:
    """Return the rows of the present state, one a child in code-point order; none before the draw."""
    if state.season != "drawn":
        return ()
    pending = state.adjustment_pending
    found = [row for party in state.parties.values() for row in _rows(party, pending=pending)]
    found += [Row(child, "", "", gone, "") for child, gone in state.left_early.items()]
    return tuple(sorted(found))


def _rows(party: BookParty, *, pending: bool) -> Iterator[Row]:
    """Rows of the children of a party."""
    if party.state == SEATED:
        cells = (party.school, party.phase, party.outcome, party.draw_id)
    elif party.state == WAITING:
        cells = ("", "", "pending" if pending else UNPLACED, "")
    else:
        cells = (party.school if party.state == EXTERNAL else "", "", party.state, "")
    return (Row(child, *cells) for child in party.children)


def signed_rows_bytes(law: Law, state: BookState, round_: str, school: str) -> bytes:
    """Return the list that is signed: children who hold a seat of a round, or of decisions, at a school."""
    name = "" if round_ == "decisions" else round_
    listed = [p for p in state.parties.values() if p.state == SEATED and p.round == name and p.school == school]
    found = sorted(row for party in listed for row in _rows(party, pending=False))
    return canonical_csv_text([COLUMNS, *(row[:5] for row in found)]).encode("utf-8")
