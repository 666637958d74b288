"""The search for the fewest seats step by step: it ends with the lists that it may compute; what it has is enough."""

from __future__ import annotations

from typing import cast

from allocator.ground import silent
from allocator.models.limit import Limit
from allocator.planning.extra_seats.rules_judge import Extra, RulesJudge
from allocator.planning.extra_seats.rules_search import Room, Searched, search_rules_fewest

ROOM = Room(8, tuple(range(8)), 1, 80)
START = (80, *[0] * 7)


class _Judge:
    """Enough are 30 seats anywhere; the more evenly the better."""

    draws = 0

    def __init__(self) -> None:
        self.asked: set[Extra] = set()

    def misses(self, extra: Extra) -> int:
        self.asked.add(extra)
        return max(30 - sum(extra), 0)

    def vector(self, extra: Extra) -> tuple[int, ...]:
        return (sum(seats * seats for seats in extra),)


def found_with(lists: int | None) -> tuple[Searched, int]:
    """Return what is found with so many lists, and how many ways were looked at."""
    judge = _Judge()
    limit = Limit()
    limit.begin()
    return search_rules_fewest(ROOM, cast(RulesJudge, judge), 0, START, limit, silent, lists), len(judge.asked)


def test_few_lists_end_the_search_with_what_is_enough() -> None:
    """With few lists few ways are looked at; the bound is what was tried, the answer is enough all the same."""
    few, ways = found_with(20)
    assert ways <= 3 * 20 + 1
    assert sum(few.extra) >= 30
    assert few.least == 2  # 1 way with no seat, 8 with one
    assert not few.exhausted


def test_without_such_a_limit_the_search_goes_on() -> None:
    """As before: more ways are looked at, the fewest are found and the bound is higher."""
    usual, ways = found_with(None)
    assert ways > 1_000
    assert sum(usual.extra) == 30
    assert usual.least > 2
