"""Odds of a whole category: all its rows together, in every draw, and nobody besides."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.domain import District
from allocator.planning.odds import Odds, RowsWanted, families_table, odds, odds_object
from allocator.planning.odds.groups import FEWEST, WHOLE, Group
from allocator.planning.odds.words import rows_in_family_words, rows_with_whole_words
from allocator.sheets import csv_for_people
from tests.small_districts import Town, all_phases, bids, kid, policy, random_district


def simulated(district: District, **options: Any) -> Odds:
    """Odds of a small district, in this process."""
    return odds(district, **{"draws": 24, "workers": 1, **options})


@pytest.mark.parametrize("demand", [0, 3])
def test_a_whole_category_is_the_sum_of_its_rows(demand: int) -> None:
    """On random districts: children and hits of each result are those of the rows of that zone and category."""
    met = 0
    for seed in range(40):
        found = simulated(random_district(seed, 40), draws=10, demand_draws=demand)
        for chances in (found.draw[found.rule], *([found.demand] if demand else [])):
            for whole in found.wholes:
                rows = [row for row in found.families if (row.zone, row.category) == (whole.zone, whole.category)]
                parts = [chances[row] for row in rows if row in chances]
                assert len(rows) > 1
                if whole in chances:
                    together = [sum(hits) for hits in zip(*(part.hits for part in parts), strict=True)]
                    assert list(chances[whole].hits) == together
                    assert chances[whole].trials == sum(part.trials for part in parts)
                    met += 1
    assert met >= 3


def test_whole_category_by_hand() -> None:
    """Three who choose s2 (one seat) and three who do not, before three seats: the whole is the mean of both rows."""
    town = Town(plan={"s1": 3, "s2": 1, "s3": 9}, offered={"s2": 1})
    choosing = [kid(number, voluntary_1=("s2",)) for number in range(3)]
    children = [*choosing, *(kid(number) for number in range(3, 6))]
    found = simulated(town.district(policy(all_phases(("s3",), rounds=[bids()])), children), draws=200)
    (whole,) = found.wholes
    assert whole == Group("z1", "A", rest=WHOLE)
    chances = found.draw[found.rule][whole]
    way = found.results[0].way  # home or chosen school
    place = next(i for i, result in enumerate(found.results) if (result.way, result.school) == (way, "s2"))
    assert chances.probability(place) == pytest.approx(1 / 6)  # one of six in every draw
    assert chances.errors[place] == 0
    assert round(chances.children) == 6
    first, *rows = rows_with_whole_words(rows_in_family_words(found, RowsWanted()), found)
    assert (first.row, first.children) == (whole, sum(row.children for row in rows))
    label = odds_object(found, RowsWanted())["categories"][0]["label"]["en"]
    assert label.endswith("the whole category (mean)")
    assert "整个类别" in csv_for_people(families_table(found, RowsWanted())).decode("utf-8-sig")


def test_a_whole_category_tells_of_no_few() -> None:
    """Children pooled with others are not in the whole: its difference from the rows shown is nobody."""
    for seed in range(30):
        found = simulated(random_district(seed, 30), draws=2)
        drawn = found.draw[found.rule]
        for whole in found.wholes:
            rows = [row for row in found.families if (row.zone, row.category) == (whole.zone, whole.category)]
            assert round(drawn[whole].children) == sum(round(drawn[row].children) for row in rows)
            assert drawn[whole].children >= 2 * FEWEST


def test_a_category_of_one_row_has_no_other_line() -> None:
    """Where all families of a category are alike, their row is the whole category."""
    found = simulated(Town().district(policy(all_phases()), [kid(number) for number in range(4)]))
    assert found.wholes == ()
    assert odds_object(found, RowsWanted())["categories"] == []
    assert rows_with_whole_words(rows_in_family_words(found, RowsWanted()), found) == rows_in_family_words(
        found, RowsWanted()
    )
