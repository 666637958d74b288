"""Seeded faults of the cut-offs: one line of the writer or of the checker changed, and the other notices."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from allocator.checking.law import cutoffs as checker
from allocator.domain import District, Row
from allocator.record import Retelling, derive_cutoffs
from allocator.record import cutoffs as writer
from tests.any_district import any_district
from tests.test_cutoffs_checked import listed

WRITER = (
    ("[verdict for verdict in told.verdicts if verdict.result != ELSEWHERE]", "list(told.verdicts)"),
    ("line.wanted += verdict.place.stand.party.size", "line.wanted += 1"),
    ("line.admit(place.stand.party.size, rank,", "line.admit(1, rank,"),
    ("line.admit(place.stand.party.size, rank,", "line.admit(place.stand.party.size, rank + 1,"),
    ("self.first_refused = self.first_refused or ticket", "self.first_refused = ticket"),
    ("told.queue.order if course_drawn_keys(told.verdicts) else \"\"", "told.queue.order"),
    ("told.queue.order if course_drawn_keys(told.verdicts) else \"\"", "\"\""),
    ("if \"category\" in told.queue.keys else \"\"", "or \"\""),
    ("tier=place.tier,", "tier=0,"),
    ("if by_turns or not taken:", "if True:"),
    ("if by_turns or not taken:", "if by_turns:"),
    ("walk.stops[stop] += place.stand.party.size", "walk.stops[stop] += 1"),
    ("schools[walk.farthest : stop]", "schools[walk.farthest : stop + 1]"),
    ("reversed(walk.stops[1:])", "reversed(walk.stops[:-1])"),
    ("line.wanted += line.admitted", "pass"),
    ("(self._number[row.phase], row.school_id, STEPS.index(row.step))", "(row.school_id, self._number[row.phase])"),
)
CHECKER = (
    ("if i not in got or places[i][got[i]] >= places[i][school]:", "if True:"),
    ("elif left > 0:", "elif False:"),
    ("(by_sum or i not in case.passed_over, case.ticket(draw, i))", "(case.ticket(draw, i),)"),
    ("return () if taken else listed", "return listed"),
    ("elif self.refused is None:", "else:"),
    ("+ 1)", ")"),
    ("not self.won.isdisjoint(self.lost)", "bool(self.won and self.lost)"),
    ("        _take_out(case, step)\n", ""),
    ("case.seats.release(step.phase.seats)", "pass"),
    ("dict.fromkeys((*own, *listed))", "dict.fromkeys(listed)"),
    ("(status[kid.status], roster.rank[kid.category])", "(roster.rank[kid.category], status[kid.status])"),
    ("(distance_squared(home, point), school) < most", "(distance_squared(home, point), school) <= most"),
)


def changed(module: ModuleType, right: str, wrong: str) -> Any:
    """The module with one line changed, under a name of its own."""
    assert module.__file__ is not None
    source = Path(module.__file__).read_text(encoding="utf-8")
    assert right in source, right
    made = ModuleType(f"changed_{module.__name__}")
    made.__dict__["__package__"] = module.__package__
    sys.modules[made.__name__] = made
    try:
        exec(compile(source.replace(right, wrong), module.__file__, "exec"), made.__dict__)
    finally:
        del sys.modules[made.__name__]
    return made


@cache
def cases() -> list[tuple[District, tuple[Row, ...], list[tuple[str, ...]]]]:
    """Districts of any policy with their lists and the right tables."""
    found = []
    for seed in range(130):
        district = any_district(seed, 25)
        rows = listed(district)
        found.append((district, rows, [tuple(map(str, line)) for line in derive_cutoffs(Retelling(district, rows))]))
    return found


def caught(derive: Callable[[District, tuple[Row, ...]], Sequence[Sequence[Any]]]) -> bool:
    """Whether the table of some district is another one, or cannot be made."""
    for district, rows, right in cases():
        try:
            if [tuple(map(str, line)) for line in derive(district, rows)] != right:
                return True
        except (KeyError, ValueError, IndexError, AssertionError, TypeError):
            return True
    return False


def test_nothing_is_caught_where_nothing_is_changed() -> None:
    """The unchanged modules, loaded in the same way, give the right tables."""
    made = changed(writer, "CUTOFFS", "CUTOFFS")
    assert not caught(lambda district, rows: made.derive_cutoffs(Retelling(district, rows)))


@pytest.mark.parametrize(("right", "wrong"), WRITER)
def test_faults_of_the_writer_are_noticed(right: str, wrong: str) -> None:
    """A count, a rank, a ticket, a draw, a key, the order of lines."""
    made = changed(writer, right, wrong)
    assert caught(lambda district, rows: made.derive_cutoffs(Retelling(district, rows)))


@pytest.mark.parametrize(("right", "wrong"), CHECKER)
def test_faults_of_the_checker_are_noticed(right: str, wrong: str) -> None:
    """Who asked, who was passed over, who stands in no order any more, what is a draw, how far away a school is."""
    made = changed(checker, right, wrong)

    def _derive(district: District, rows: tuple[Row, ...]) -> Any:
        assert district.draw is not None
        return made.cutoffs_by_list(district, rows, district.draw.source)

    assert caught(_derive)
