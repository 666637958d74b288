"""The base beside what-ifs: nothing changed, who gains and loses, paired draws, price of the rules."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from math import isclose, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from allocator.domain import Applicant, District, Draw, Planning, WhatIf, what_ifs_digest
from allocator.ground import InputError
from allocator.planning.compare import Comparison, compare, summarise_comparison, write_comparison
from allocator.planning.compare.run import DRAWN
from allocator.planning.compare.shifts import Pair
from allocator.planning.draws import FIGURES, SUMS, Lists, Outcome, Simulator, mean_of
from allocator.planning.optimum import solve_and_check_optimum, summarise_optimum
from allocator.planning.whatif import compose
from allocator.sheets import Column, Mark, Table, csv_for_people
from tests.small_districts import Town, all_phases, batches, bids, kid, policy
from tests.what_if_cases import composed, parsed, scenario

WEIGHTS = Planning(
    category=dict.fromkeys("ABEU", 10_000), home=500, chosen=300, diverted=0, metre=1, nearest=3, closed={}
)


def home(x: int) -> dict[str, Any]:
    """A home on the road to the schools."""
    return {"x": str(x), "y": "0"}


def town(*, weights: Planning | None = WEIGHTS, places: bool = True, **switches: str) -> District:
    """Twelve children of all zones, twins among them, who bid, are diverted and adjusted; more than seats."""
    rules = replace(policy(all_phases(rounds=(bids(),)), **switches), planning=weights)
    kids = [
        *(kid(i, "z1", x_, **home(i)) for i, x_ in enumerate("AABBEU")),
        kid(6, "z2", registered_school="s2", voluntary_1=("s1",), **home(250)),
        kid(7, "z2", registered_school="s1", voluntary_1=("s3",), **home(260)),
        kid(8, "z3", "B", bundle="b", **home(300)),
        kid(9, "z3", "B", bundle="b", **home(300)),
        Applicant("L1", "z3", "A", status="late", **home(310)),
        Applicant("X1", "zx", "A", **home(0)),
    ]
    made = Town({"s1": 3, "s2": 3, "s3": 3}, caps={"s1": 6, "s2": 6, "s3": 6}, offered={"s1": 1}).district(rules, kids)
    if places:
        return made
    schools = {name: replace(school, x="", y="") for name, school in made.schools.items()}
    return replace(made, schools=schools, applicants=tuple(kid._replace(x="", y="") for kid in made.applicants))


def written(found: Comparison, folder: Path) -> dict[str, bytes]:
    """Write a comparison and return its files."""
    write_comparison(folder, found, summarise_comparison(found), [("w/w.yaml", "0" * 64)])
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_what_if_that_changes_nothing_has_the_bytes_of_the_base(tmp_path: Path) -> None:
    """The same list, no difference in any figure of any draw, no standard error, nobody moved."""
    found = compare(town(), [parsed()], draws=30)
    files = written(found, tmp_path / "out")
    assert files["w/trial-assignment.csv"] == files["base/trial-assignment.csv"]
    assert files["w/changes.json"] == b"[]\n"
    assert files["w/moves.csv"].decode("utf-8-sig").count("\r\n") == 1  # the names of its columns
    base, same = found.variants
    assert same.figures == base.figures
    assert same.shift.totals == {"gained": 0, "lost": 0, "moved": 0}
    assert {(mean.mean, mean.error) for mean in same.differences.values()} == {(0.0, 0.0)}
    assert {name: (m.mean, m.error) for name, m in same.means.items()} == {
        name: (m.mean, m.error) for name, m in base.means.items()
    }  # fmt: skip
    summary = summarise_comparison(found)["variants"]
    told = {key: value for key, value in summary[1].items() if key not in ("name", "title")}
    assert told == {key: value for key, value in summary[0].items() if key not in ("name", "title")}


def test_changes_that_undo_each_other_have_the_bytes_of_the_base(tmp_path: Path) -> None:
    """A class more and a class fewer are two changes and no difference."""
    what_if = parsed("change: classes, school: s1, add: 1, size: 2", "change: classes, school: s1, add: -1, size: 2")
    files = written(compare(town(), [what_if]), tmp_path / "out")
    assert files["w/trial-assignment.csv"] == files["base/trial-assignment.csv"]


def test_mean_and_standard_error_by_hand() -> None:
    """1, 2 and 6: mean 3, variance (4 + 1 + 9) / 2 = 7, standard error the root of 7 / 3; of one draw there is none."""
    found = mean_of([1, 2, 6])
    assert found.mean == 3
    assert found.error is not None
    assert isclose(found.error, sqrt(7 / 3), rel_tol=1e-15)
    assert (mean_of([5]).mean, mean_of([5]).error) == (5, None)
    assert (mean_of([4, 4, 4]).mean, mean_of([4, 4, 4]).error) == (4, 0)
    assert mean_of([10**9, 10**9 + 1]).error == 0.5


def test_paired_differences_worked_out_from_single_draws() -> None:
    """Mean and standard error of the differences draw by draw, from the lists of each draw and whole fractions."""
    what_if = parsed("change: seats, school: s1, add: 1", "change: growth, percent: 50, categories: [B]")
    found = compare(
        town(), [parsed("change: growth, percent: 300", name="v"), what_if], draws=40, trial_seed=3
    ).variants[2]
    base, other = Simulator(compose(town(), [])), Simulator(compose(town(), [what_if]))
    pair = Pair(base, other)
    rows = []
    for number in range(1, 41):
        before, after = base.draw(3, number), other.draw(3, number)
        old, new = base.figures(before), other.figures(after)
        row = {**{name: new[name] - old[name] for name in FIGURES}, **pair.shift(before, after).totals}
        sums = {name: sum(row[part] for part in parts) for name, parts in SUMS.items()}
        rows.append({**row, **sums})
    assert any(row["moved"] for row in rows)
    for name in (*DRAWN, *SUMS):
        values = [Fraction(row[name]) for row in rows]
        mean = sum(values) / 40
        variance = sum((value - mean) ** 2 for value in values) / 39
        assert isclose(found.differences[name].mean, mean, rel_tol=1e-12, abs_tol=1e-12)
        error = found.differences[name].error
        assert error is not None
        assert isclose(error, sqrt(variance / 40), rel_tol=1e-9, abs_tol=1e-12)


def outcome(*pairs: tuple[int, int]) -> Outcome:
    """An outcome from (school, standing) of each party."""
    return Outcome(np.array([a for a, _ in pairs]), np.array([b for _, b in pairs]))


OUTSIDE, SEATED, DIVERTED, ADJUSTED, RULING, WITHOUT = range(6)


def test_who_gains_loses_and_is_moved() -> None:
    """Every way from one school to another, over children who are in both rosters and take part in both.

    All are at home at school 0, chose nothing and have no place: there is the home school, another one, and none.
    """
    rules = policy(all_phases())
    kids = [kid(i) for i in range(10, 22)] + [kid(30, bundle="b"), kid(31, bundle="b")]
    base = Town().district(rules, kids)
    pair = Pair(Lists(compose(base, [])), Lists(compose(base, [])))
    before = outcome((0, SEATED), (0, SEATED), (0, SEATED), (1, DIVERTED), (1, DIVERTED), (1, DIVERTED), (2, ADJUSTED),
                     (-1, WITHOUT), (-1, WITHOUT), (-1, RULING), (-1, OUTSIDE), (0, SEATED), (-1, WITHOUT))  # fmt: skip
    after = outcome((0, SEATED), (1, SEATED), (1, DIVERTED), (1, SEATED), (2, ADJUSTED), (-1, WITHOUT), (0, SEATED),
                    (2, ADJUSTED), (-1, RULING), (0, SEATED), (0, SEATED), (-1, OUTSIDE), (1, DIVERTED))  # fmt: skip
    shift = pair.shift(before, after)
    assert shift.party.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12]
    assert shift.gained.tolist() == [0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 2]
    assert shift.lost.tolist() == [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0]
    assert shift.moved.tolist() == [0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 2]
    assert shift.totals == {"gained": 5, "lost": 3, "moved": 9}
    assert pair.by_group(shift) == {("z1", "A"): (5, 3, 9)}
    back = pair.shift(after, before)
    assert (back.gained.tolist(), back.lost.tolist()) == (shift.lost.tolist(), shift.gained.tolist())


def test_groups_are_those_of_the_base() -> None:
    """A child who moves to z3 is told under z1, where it lived; groups without any change are left out."""
    base = Town({"s1": 0, "s2": 0, "s3": 9}).district(policy([batches(())]), [
        kid(1, x="5", y="0"), kid(2, "z1", "B", x="6", y="0"), kid(3, "z3", x="7", y="0"),
    ])  # fmt: skip
    what_if = parsed("change: move_homes, from_zone: z1, to_zone: z3, homes: [[5, 0]]")
    found = compare(base, [what_if], optimum=False).variants[1]
    assert found.pair.by_group(found.shift) == {("z1", "A"): (1, 0, 1)}


def test_new_and_gone_children_are_counted_apart() -> None:
    """One in three of A goes, one of B comes (twins do not fit): neither gains nor loses; a new school is a move."""
    base = Town({"s1": 9, "s2": 9, "s3": 9}).district(policy([batches()]), [
        *(kid(i) for i in range(3)), kid(5, "z3", "B"), kid(6, "zx"), kid(7, bundle="b", category="B"),
        kid(8, bundle="b", category="B"),
    ])  # fmt: skip
    what_if = parsed(
        "change: growth, percent: -33, categories: [A], zones: [z1]", "change: growth, percent: 50, categories: [B]",
        "change: new_school, school: n, name: n, plan: 9, zones: [z1]",
    )  # fmt: skip
    found = compare(base, [what_if], optimum=False).variants[1]
    assert (found.pair.gone_children, found.pair.new_children) == (1, 1)
    assert found.shift.totals == {"gained": 0, "lost": 0, "moved": 2 + 2}
    summary = summarise_comparison(compare(base, [what_if], optimum=False))["variants"][1]
    assert (summary["new_children"], summary["gone_children"], summary["differences"]["children"]) == (1, 1, 0)
    told = {"name": "n", "plan": 9, "home_demand": 4, "taken": 4, "taken_before": None}
    assert summary["schools"]["n"] == told


def test_new_and_gone_children_without_a_seat_stand_among_the_moves(tmp_path: Path) -> None:
    """Nobody has a seat: K0 of z1 goes, one of z3 comes, and K2 stays where it was, nowhere."""
    base = Town({"s1": 0, "s2": 0, "s3": 0}).district(policy([batches()]), [kid(0), kid(1, "z3"), kid(2, "z2", "E")])
    what_if = parsed("change: cohort, zones: {z1: 0, z3: 2}")
    lines = written(compare(base, [what_if], optimum=False), tmp_path / "out")["w/moves.csv"].decode().split("\r\n")
    assert [line.partition(',"')[0] for line in lines[1:-1]] == [
        "K0,z1,A,,,unplaced,,,,", "new-0000003,z3,A,,,,unplaced,,,",
    ]  # fmt: skip


def plain(found: Comparison) -> Any:
    """What a comparison says, through JSON."""
    return json.loads(json.dumps(summarise_comparison(found)))


def test_together_is_one_file_with_all_changes() -> None:
    """Two files composed are the one file with the changes of both, but for name and title."""
    texts = ("change: growth, percent: 50, zones: [z1]", "change: seats, school: s1, add: 2, cost_per_seat: 5")
    two = [parsed(texts[0], name="one"), parsed(texts[1], name="two")]
    together = plain(compare(town(), two, together=True, draws=5))["variants"]
    single = plain(compare(town(), [parsed(*texts)], draws=5))["variants"]
    assert [variant["name"] for variant in together] == ["base", "one+two"]
    assert together[1]["title"] == {"zh": "甲；甲", "en": "a; a"}
    assert {**together[1], "name": "", "title": ""} == {**single[1], "name": "", "title": ""}
    assert together[0] == single[0]
    apart = plain(compare(town(), two))["variants"]
    assert [variant["name"] for variant in apart] == ["base", "one", "two"]


def test_a_composition_of_many_files_has_a_name_that_fits_a_folder() -> None:
    """Twenty names of 40 letters are too long together; the digest stands for them."""
    many = [parsed(name=f"{chr(97 + i)}" * 40) for i in range(20)]
    name = compare(town(), many, together=True, optimum=False).variants[1].name
    assert name == f"together-{what_ifs_digest(many)[:16]}"


def test_any_number_of_workers_says_the_same() -> None:
    """Two processes give the numbers of one."""
    what_ifs = [parsed("change: seats, school: s1, add: 1"), parsed("change: growth, percent: 20", name="v")]
    one, two = (compare(town(), what_ifs, draws=60, workers=workers) for workers in (1, 2))
    assert plain(one) == plain(two)


def test_the_price_of_the_rules_is_that_of_the_planning_optimum() -> None:
    """For base and what-if: the figures of ``optimum`` on the composed district, rules less best."""
    changes = ("change: seats, school: s1, add: 1", "change: weights, home: 0")
    what_if = parsed(*changes)
    summary = plain(compare(town(), [what_if], trial_seed=4))["variants"]
    for told, district in zip(summary, (town(), composed(town(), *changes)), strict=True):
        found = summarise_optimum(solve_and_check_optimum(replace(district, draw=Draw(trial_seed=4))))
        assert told["price_of_rules"] == {
            name: found["rules"][name] - found["optimum"][name] for name in ("unplaced", "diverted", "metres")
        }
    assert plain(compare(town(), [what_if], optimum=False))["variants"][1]["price_of_rules"] is None


@pytest.mark.parametrize(
    ("district", "code"),
    [(town(weights=None), "planning.missing"), (town(places=False), "planning.school_place")],
    ids=["no weights", "no places"],
)
def test_without_weights_or_places_only_the_price_is_left_out(district: District, code: str) -> None:
    """The reason is told once, and everything else is computed."""
    found = compare(district, [parsed("change: seats, school: s1, add: 1")], draws=3)
    assert {fault.code for fault in found.no_optimum} >= {code}
    summary = plain(found)["variants"]
    assert [variant["price_of_rules"] for variant in summary] == [None, None]
    assert summary[1]["seats_added"] == 1
    assert (summary[0]["figures"]["metres"] > 0) is (code == "planning.missing")


def test_an_estate_without_a_place_has_no_price_of_rules() -> None:
    """The optimum needs every home; one home missing in one what-if leaves the price out, with the reason."""
    found = compare(town(), [parsed("change: estate, zone: z1, children: {A: 1}")])
    assert {fault.code for fault in found.no_optimum} == {"planning.home_place"}
    assert [variant.optimum for variant in found.variants] == [None, None]


def test_least_distance_is_compared_without_draws_alone() -> None:
    """The model decides a single list, by both engines' rules; draws by the thousand are refused in words."""
    what_if = parsed("change: switches, set: {divert_assign: least_distance}")
    found = compare(town(), [what_if]).variants
    assert found[1].figures["children"] == found[0].figures["children"]
    assert found[1].figures["metres"] > 0
    with pytest.raises(InputError) as raised:
        compare(town(), [what_if], draws=2)
    assert [fault.code for fault in raised.value.faults] == ["simulate.model_decides"]


def test_faults_of_all_what_ifs_are_told_at_once() -> None:
    """Two what-ifs with an unknown school each."""
    bad = [parsed("change: seats, school: q, add: 1", name=name) for name in ("one", "two")]
    with pytest.raises(InputError) as raised:
        compare(town(), bad)
    assert [(f.file, f.code) for f in raised.value.faults] == [
        ("one.yaml", "what_if.unknown_school"), ("two.yaml", "what_if.unknown_school"),
    ]  # fmt: skip


def test_costs_by_hand() -> None:
    """Two seats at 100 and three at 50 are 350: 70 each; per child more who is seated where it belongs or chose."""
    what_if = parsed(
        "change: seats, school: s1, add: 2, cost_per_seat: 100",
        "change: seats, school: s3, add: 3, cost_per_seat: 50",
        "change: seats, school: s2, add: -1",
    )
    base, found = plain(compare(town(), [what_if], optimum=False))["variants"]
    more = found["figures"]["seated"] - base["figures"]["seated"]
    assert (found["seats_added"], found["cost"], found["cost_per_seat"]) == (4, 350, 70)
    assert more > 0
    assert found["cost_per_child"] == (2 * 350 + more) // (2 * more)
    assert (base["cost"], base["cost_per_seat"], base["cost_per_child"], base["seats_added"]) == (None, None, None, 0)
    fewer = parsed("change: seats, school: s1, add: 1, cost_per_seat: 9", "change: growth, percent: -90")
    told = plain(compare(town(), [fewer], optimum=False))["variants"][1]
    assert (told["differences"]["seated"] < 0, told["cost"], told["cost_per_child"]) == (True, 9, None)
    free = parsed("change: new_school, school: n, name: n, plan: 0, cost_per_seat: 100")
    assert scenario(town(), "change: new_school, school: n, name: n, plan: 0, cost_per_seat: 100").cost == 0
    told = plain(compare(town(), [free], optimum=False))["variants"][1]
    assert (told["cost"], told["cost_per_seat"], told["cost_per_child"]) == (0, None, None)


def test_the_trial_seed_is_that_of_the_lists_and_of_the_draws() -> None:
    """Another seed, other lists; a district's own draw is not used."""
    one, two = (plain(compare(town(), [], draws=9, trial_seed=seed)) for seed in (1, 2))
    assert one["variants"][0]["means"] != two["variants"][0]["means"]
    other = replace(town(), draw=Draw(trial_seed=77))
    assert plain(compare(other, [], draws=9, trial_seed=2)) == two


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1", "'=1"), ("=1+1", "'=1+1"), ("＝1+1", "'＝1+1"), ("@x", "'@x"), ("＠x", "'＠x"), ("+x", "'+x"),
        ("＋x", "'＋x"), ("-x", "'-x"), ("－x", "'－x"), ("﹣1", "'﹣1"), (" =x", "' =x"), ("\tx", "'\tx"),
        ("-5", "'-5"), ("007", "'007"), ("-", "'-"), ("+1+1", "'+1+1"), ("-1-2", "'-1-2"), ("新城", "新城"), ("", ""),
    ],
)  # fmt: skip
def test_no_cell_becomes_a_formula(cell: str, shown: str) -> None:
    """Marks and cells alike: what a sheet would take for a formula gets an apostrophe."""
    table = Table((Column("a"), Column("b")), ((cell, "x"),), "t", marks=(Mark(cell),))
    raw = csv_for_people(table).decode("utf-8-sig")
    assert raw == f"t,\r\n{shown},\r\na,b\r\n{shown},x\r\n"


def test_unnamed_what_ifs_are_told_by_name() -> None:
    """A what-if made in memory has no file; its name stands in the faults."""
    found = parsed("change: seats, school: q, add: 1", name="memory")
    bare = WhatIf(found.name, found.title, found.changes)
    with pytest.raises(InputError) as raised:
        compare(town(), [bare])
    assert [fault.file for fault in raised.value.faults] == ["memory"]
