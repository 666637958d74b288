"""A list in which one row was changed never passes, and the child of that row is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import pytest

from allocator.checking import check_list_by_rules
from allocator.domain import OUTCOMES, District, Row
from allocator.procedure import run_procedure
from tests.conformance import load, names
from tests.small_districts import Dice, random_district

Change = Callable[[Dice, District, Sequence[Row], Row], Row]


def other_school(dice: Dice, district: District, rows: Sequence[Row], row: Row) -> Row:
    """Another school, everything else left as it is."""
    return row._replace(school_id=dice.pick([*district.schools, ""]))


def other_phase(dice: Dice, district: District, rows: Sequence[Row], row: Row) -> Row:
    """A phase of some other row."""
    return row._replace(phase=dice.pick(rows).phase)


def other_outcome(dice: Dice, district: District, rows: Sequence[Row], row: Row) -> Row:
    """Another outcome."""
    return row._replace(outcome=dice.pick(OUTCOMES))


def other_draw(dice: Dice, district: District, rows: Sequence[Row], row: Row) -> Row:
    """A draw of some other row, or the one of the row struck out."""
    return row._replace(draw_id=dice.pick((dice.pick(rows).draw_id, "")))


def row_of_another(dice: Dice, district: District, rows: Sequence[Row], row: Row) -> Row:
    """All that some other row says: a seat that somebody else has."""
    return dice.pick(rows)._replace(applicant_id=row.applicant_id)


def seat_at_random(dice: Dice, district: District, rows: Sequence[Row], row: Row) -> Row:
    """The phase, outcome and draw of some row, at any school."""
    return dice.pick(rows)._replace(applicant_id=row.applicant_id, school_id=dice.pick(list(district.schools)))


def no_seat(dice: Dice, district: District, rows: Sequence[Row], row: Row) -> Row:
    """Without a seat."""
    return Row(row.applicant_id, "", "", dice.pick(("unplaced", "needs_ruling")), "")


def another_id(dice: Dice, district: District, rows: Sequence[Row], row: Row) -> Row:
    """The id of nobody, or of somebody who is listed already."""
    return row._replace(applicant_id=dice.pick(("nobody", dice.pick(rows).applicant_id)))


CHANGES: tuple[Change, ...] = (
    other_school,
    other_phase,
    other_outcome,
    other_draw,
    row_of_another,
    seat_at_random,
    no_seat,
    another_id,
)


@cache
def lists() -> tuple[tuple[District, tuple[Row, ...]], ...]:
    """Right lists: the conformance districts up to 200 children, and random small ones with every kind of phase."""
    known = [load(name) for name in names()]
    small = [random_district(seed, 12) for seed in range(60)]
    return (*(pair for pair in known if len(pair[1]) <= 200), *((d, run_procedure(d)) for d in small))


def tampered(dice: Dice, change: Change) -> tuple[District, list[Row], Row]:
    """A right list with one row changed, and that row as it was."""
    while True:
        district, rows = dice.pick(lists())
        place = dice.pick(range(len(rows)))
        new = change(dice, district, rows, rows[place])
        if new != rows[place]:
            return district, [*rows[:place], new, *rows[place + 1 :]], rows[place]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.__name__))
def test_every_single_change_is_caught(change: Change) -> None:
    """130 random changes of each kind, 1,040 in all: each is found, and the child or its party is named."""
    dice = Dice(len(change.__name__))
    for _ in range(130):
        district, rows, old = tampered(dice, change)
        assert district.draw is not None
        named = {v.applicant_id for v in check_list_by_rules(district, rows, district.draw.source)}
        kids = {kid.applicant_id: kid.bundle for kid in district.applicants}
        bundle = {i for i, b in kids.items() if b and b == kids[old.applicant_id]}
        assert named & ({old.applicant_id} | bundle)


def test_one_change_is_rarely_reported_of_others() -> None:
    """In nine of ten changes to a single seat nobody but the child of that row, its party or its school is named."""
    dice, alone = Dice(9), 0
    for _ in range(300):
        district, rows, old = tampered(dice, dice.pick((other_school, other_phase, no_seat, seat_at_random)))
        assert district.draw is not None
        kids = {kid.applicant_id: kid.bundle for kid in district.applicants}
        mine = {i for i, b in kids.items() if i == old.applicant_id or (b and b == kids[old.applicant_id])}
        alone += {v.applicant_id for v in check_list_by_rules(district, rows, district.draw.source)} <= mine | {""}
    assert alone >= 270


def test_several_changes_never_pass_either() -> None:
    """Two to four rows changed at once, which might hide each other, are never accepted."""
    dice = Dice(4)
    for _ in range(400):
        district, rows, _ = tampered(dice, dice.pick(CHANGES[:-1]))
        for _ in range(dice.pick((1, 2, 3))):
            place = dice.pick(range(len(rows)))
            rows[place] = dice.pick(CHANGES[:-1])(dice, district, rows, rows[place])
        assert district.draw is not None
        assert check_list_by_rules(district, rows, district.draw.source) or sorted(rows) == sorted(
            run_procedure(district)
        )
