"""The list that a season leaves (office-procedure.md section 11)."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from allocator.checking.book.statute import ADJUSTMENT
from allocator.checking.book.year import EXTERNAL, WAITING, WITHDRAWN, Household, Year
from allocator.domain import UNPLACED, Row

HEADER = "applicant_id,school_id,phase,outcome,draw_id"
SPECIAL = "decisions"
"""What a sign-off names instead of a round for the seats that objections and rulings gave."""


def listing_rows(year: Year) -> list[Row]:
    """Rows in the order of the ids; none before the draw."""
    return sorted(row for household in year.households.values() for row in _rows(year, household))


def _rows(year: Year, household: Household) -> Iterator[Row]:
    """Rows of the children of a party, those that left it among them."""
    school, phase, outcome, draw = "", "", household.state, ""
    if household.sitting is not None:
        school, _, phase, outcome, draw = household.sitting
    elif household.state == EXTERNAL:
        school = household.at
    elif household.state == WAITING:
        outcome = UNPLACED if ADJUSTMENT in year.rounds else "pending"
    yield from (Row(child, school, phase, outcome, draw) for child in household.children)
    yield from (Row(child, "", "", WITHDRAWN, "") for child in household.gone)


def signed_listing_digest(year: Year, name: str, school: str) -> str:
    """Digest of the list of those who hold a seat of a round at a school."""
    of_round = "" if name == SPECIAL else name
    holders = (one for one in year.households.values() if one.sitting and one.sitting[:2] == (school, of_round))
    children = {child for household in holders for child in household.children}
    lines = [HEADER, *(",".join(row[:5]) for row in listing_rows(year) if row.applicant_id in children)]
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
