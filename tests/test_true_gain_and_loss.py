"""True gain and loss: a child loses when its school becomes worse for it, and never at the same school."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from allocator.domain import Applicant, District
from allocator.planning.compare import compare, summarise_comparison
from allocator.planning.compare.shifts import Pair, shift_measures, shift_rows
from allocator.planning.draws import Lists, Outcome
from allocator.planning.whatif import Scenario, compose
from tests.cli_calls import good
from tests.small_districts import Town, all_phases, bids, kid, policy
from tests.test_what_if import WEIGHTS, written
from tests.what_if_cases import parsed
from tests.written_folders import write

SEATED, DIVERTED, WITHOUT = 1, 2, 5
S1, S2, S3, NONE = 0, 1, 2, -1


def town(*kids: Applicant, **planning: Any) -> District:
    """Schools s1, s2, s3 at 100, 200 and 300 metres along a road, with a voluntary round and an open choice of none."""
    rules = replace(policy(all_phases(("s1", "s2", "s3"), (bids(),))), planning=replace(WEIGHTS, **planning))
    return Town({"s1": 9, "s2": 9, "s3": 9}).district(rules, kids)


def effect(child: Applicant, old: tuple[int, int], new: tuple[int, int]) -> int:
    """1 where a child gains, -1 where it loses, 0 where it does neither; school and standing before and after."""
    lists = Lists(Scenario(town(child), {child.applicant_id: 0}))
    outcomes = [Outcome(np.array([seat]), np.array([standing])) for seat, standing in (old, new)]
    shift = Pair(lists, lists).shift(*outcomes)
    assert int(shift.moved[0]) == (old[0] != new[0])
    return int(shift.gained[0]) - int(shift.lost[0])


AT_200 = {"x": "200", "y": "0"}


@pytest.mark.parametrize(
    ("child", "old", "new", "expected"),
    [
        # the same school is never a loss and never a gain, however the child comes there
        (kid(1), (S2, SEATED), (S2, DIVERTED), 0),
        (kid(1), (S1, DIVERTED), (S1, SEATED), 0),
        (kid(1), (NONE, WITHOUT), (NONE, 4), 0),
        # home before any other school, any school before none
        (kid(1, **AT_200), (S1, SEATED), (S2, DIVERTED), -1),
        (kid(1), (S2, DIVERTED), (S1, SEATED), 1),
        (kid(1), (S3, DIVERTED), (NONE, WITHOUT), -1),
        (kid(1), (NONE, WITHOUT), (S3, DIVERTED), 1),
        # a chosen school is no worse than home: it was wished for, so it comes before it
        (kid(1, voluntary_1=("s3",)), (S1, SEATED), (S3, SEATED), 1),
        (kid(1, voluntary_1=("s3", "s2")), (S3, SEATED), (S2, SEATED), -1),
        (kid(1, preferential_school="s2"), (S3, DIVERTED), (S2, SEATED), 1),
        # among other schools the family's own order of diversion, however far; what it names not comes behind
        (kid(1, preferred_diversion=("s3", "s2"), **AT_200), (S2, DIVERTED), (S3, DIVERTED), 1),
        (kid(1, preferred_diversion=("s3",), **AT_200), (S3, DIVERTED), (S2, DIVERTED), -1),
        # then the distance, if both are known
        (kid(1, **AT_200), (S3, DIVERTED), (S2, DIVERTED), 1),
        (kid(1, **AT_200), (S2, DIVERTED), (S3, DIVERTED), -1),
        (kid(1), (S2, DIVERTED), (S3, DIVERTED), 0),
        (kid(1, x="250", y="0"), (S2, DIVERTED), (S3, DIVERTED), 0),
        # a list of somebody late counts nothing
        (kid(1, status="late", voluntary_1=("s3",)), (S2, 3), (S3, 3), 0),
    ],
)  # fmt: skip
def test_one_child_by_hand(child: Applicant, old: tuple[int, int], new: tuple[int, int], expected: int) -> None:
    """Home or chosen school, then own wishes, then distance; and what is a gain one way is a loss the other way."""
    assert effect(child, old, new) == expected
    assert effect(child, new, old) == -expected


def test_lists_of_different_lengths_do_not_matter() -> None:
    """That others name more schools in the what-if makes no school of a child better or worse."""
    one = Lists(compose(town(kid(1), kid(2, voluntary_1=("s2",))), []))
    two = Lists(compose(town(kid(1), kid(2, voluntary_1=("s2", "s3", "s1"))), []))
    at = Outcome(np.array([S2, S2]), np.array([DIVERTED, SEATED]))
    then = Outcome(np.array([S3, S2]), np.array([DIVERTED, SEATED]))
    assert Pair(one, two).shift(at, then).totals == {"gained": 0, "lost": 0, "moved": 1}


def test_a_moved_home_has_the_home_school_of_its_new_zone() -> None:
    """Each list by its own home schools: diverted before, at home now is a gain; from home to home the way decides."""
    base = town(kid(1, x="140", y="0"), kid(2, x="160", y="0"), kid(3, "z3", x="300", y="0"))
    change = "change: move_homes, from_zone: z1, to_zone: z2, homes: [[140, 0], [160, 0]]"
    (_, found) = compare(base, [parsed(change)], optimum=False).variants
    assert found.shift.totals == {"gained": 1, "lost": 1, "moved": 2}


@pytest.mark.parametrize(
    ("values", "far", "expected"),
    [
        ([], 5, (0, None, None, None, None)),
        ([-1, -1], 5, (0, None, None, None, None)),
        ([7], 7, (1, 7, 7, 7, 0)),
        ([7], 6, (1, 7, 7, 7, 1)),
        ([4, -1, 1], None, (2, 3, 1, 4, None)),
        (list(range(1, 101)), 95, (100, 51, 50, 95, 5)),
        ([1] * 19 + [1000], 999, (20, 51, 1, 1, 1)),
    ],
)
def test_figures_of_metres_by_hand(values: list[int], far: int | None, expected: tuple[int | None, ...]) -> None:
    """Mean rounded half up, the metres that half and 95 % do not exceed, and who goes farther than the policy's."""
    assert tuple(shift_measures(np.array(values, dtype=np.int64), far).values()) == expected


def test_metres_before_and_after_by_zone_and_category() -> None:
    """Twins count twice; the first line is everybody, the others are zone and category of the base."""
    lists = Lists(compose(town(
        kid(1, bundle="b", x="100", y="0"), kid(2, bundle="b", x="100", y="0"), kid(3, "z3", "B", x="0", y="0"), kid(4),
    ), []))  # fmt: skip
    before = Outcome(np.array([S1, S2, S1]), np.array([SEATED, DIVERTED, SEATED]))
    after = Outcome(np.array([S3, S3, S3]), np.array([DIVERTED, SEATED, DIVERTED]))
    pair = Pair(lists, lists)
    rows = shift_rows(pair, pair.shift(before, after), (before, after), 250)
    told = [(r["who"], r["zone"], r["category"], r["children"], *(tuple(r[s].values()) for s in ("before", "after")))
            for r in rows]  # fmt: skip
    assert told == [
        ("lost", "", "", 3, (2, 0, 0, 0, 0), (2, 200, 200, 200, 0)),
        ("lost", "z1", "A", 3, (2, 0, 0, 0, 0), (2, 200, 200, 200, 0)),
        ("gained", "", "", 1, (1, 200, 200, 200, 0), (1, 300, 300, 300, 1)),
        ("gained", "z3", "B", 1, (1, 200, 200, 200, 0), (1, 300, 300, 300, 1)),
    ]


def test_moves_carry_zone_category_schools_and_metres(tmp_path: Path) -> None:
    """Every line of moves.csv; a metre that is not known is empty."""
    base = town(kid(1, x="100", y="0"), kid(2), far_metres=150)
    files = written(compare(base, [parsed("change: seats, school: s1, set: 0")], optimum=False), tmp_path / "out")
    table = list(csv.reader(io.StringIO(files["w/moves.csv"].decode("utf-8-sig"))))
    assert table[0] == ["applicant_id", "zone", "category", "school_before", "school_after", "standing_before",
                        "standing_after", "metres_before", "metres_after", "effect", "mark"]  # fmt: skip
    assert [row[:-1] for row in table[1:]] == [
        ["K1", "z1", "A", "s1", "s2", "admitted", "diverted", "0", "100", "lost"],
        ["K2", "z1", "A", "s1", "s2", "admitted", "diverted", "", "", "lost"],
    ]
    gains = list(csv.reader(io.StringIO(files["gains.csv"].decode("utf-8-sig"))))
    assert gains[1][:6] == ["w", "", "", "", "lost", "2"]
    assert gains[1][-3:-1] == ["0", "0"]


def test_the_order_is_stated_where_results_are_read(tmp_path: Path) -> None:
    """Terminal, JSON and table say by what a school is better, and how far is far where the policy says it."""
    base = town(kid(1, x="100", y="0"), far_metres=90)
    folder = write(base, tmp_path / "town")
    (tmp_path / "w.yaml").write_bytes(b"format_version: 1\nwhat_if: w\ntitle: {zh: a, en: a}\nchanges:\n"
                                      b"  - {change: seats, school: s1, set: 0}\n")  # fmt: skip
    said = " ".join(good("what-if", folder, tmp_path / "w.yaml", "--no-optimum").split())
    assert "home or chosen school first, then the child's own wishes, then the distance" in said
    assert "who keeps the school neither gains nor loses" in said
    summary = summarise_comparison(compare(base, [parsed("change: seats, school: s1, set: 0")], optimum=False))
    assert summary["far_metres"] == 90
    assert summary["variants"][1]["gains"][0]["after"]["far"] == 1
    assert "who keeps the school" in summary["better_school"]["en"]
