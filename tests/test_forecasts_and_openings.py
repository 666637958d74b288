"""A school that nobody can come to, two forecasts in two columns, a cohort that counts what it says."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from allocator.domain import District
from allocator.ground import InputError
from allocator.planning.compare import compare
from allocator.planning.whatif import composed_what_ifs
from allocator.planning.whatif.composing import ways_in_composed
from tests.cli_calls import as_json, good, refused
from tests.small_districts import Town, all_phases, batches, kid, policy
from tests.sweep_cases import GRID, grid_file
from tests.what_if_cases import parsed, scenario, written

NEW = "change: new_school, school: n, name: n, plan: 180, cost_per_seat: 60000"


def town(*, children: int = 3, adjustment: bool = True, **switches: str) -> District:
    """Children of z1 and one of z3; a receiving list, and an adjustment list where there is one."""
    phases = all_phases(("s1", "s2", "s3")) if adjustment else [batches(("s1", "s2"))]
    kids = [*(kid(i, x="5", y="5") for i in range(children)), kid(90, "z3", x="300", y="0"), kid(91, "z2", "E")]
    return Town({"s1": 2, "s2": 2, "s3": 2}).district(policy(phases, **switches), kids)


def codes(base: District, *changes: str) -> list[tuple[int, str, str, str]]:
    """Line, key, value and code of everything wrong with a what-if that is put beside the base."""
    try:
        composed_what_ifs(base, [[parsed(*changes)]])
    except InputError as error:
        return [(fault.row, fault.column, fault.value, fault.code) for fault in error.faults]
    return []


UNREACHABLE = (5, "changes.0[new_school]", "n", "what_if.unreachable")


@pytest.mark.parametrize(
    ("ways", "reached"),
    [
        ("", False),  # at the end of the adjustment list, which nobody comes to the end of
        (", adjustment: false", False),
        (", zones: [z3]", True),
        (", zones: [zx]", False),  # nobody lives there
        (", receiving: [all]", True),
        (", zones: [], receiving: []", False),
        (", place: [5, 6]", False),
        (", hard_cap: 200", False),
    ],
)
def test_a_school_that_nobody_can_come_to_is_a_fault(ways: str, reached: bool) -> None:
    """180 seats for 10.8 million that stay empty are no plan: told with line and key, whatever the reason."""
    assert codes(town(), NEW + ways) == ([] if reached else [UNREACHABLE])


def test_without_an_adjustment_phase_it_is_nowhere() -> None:
    """The default ``adjustment: true`` gives no way in where the policy has none."""
    assert codes(town(adjustment=False), NEW) == [UNREACHABLE]


def test_the_end_of_an_adjustment_list_is_reached_when_all_before_it_are_full() -> None:
    """More children than seats: the ninth comes to the new school, and how many do is told."""
    base = town(children=9)
    assert codes(base, NEW) == []
    made = composed_what_ifs(base, [[parsed(NEW)]])[0]
    assert ways_in_composed(made.district, made.place, "n") == {
        "reach_home": 0,
        "reach_receiving": 0,
        "reach_adjustment": 5,
    }
    assert {part.code: part.count for part in made.answers[-1].also} == {"reach_adjustment": 5}


def test_by_distance_a_school_with_a_place_is_within_reach() -> None:
    """Where the nearest school counts, its place decides; without one it comes last."""
    base = town(adjust_by="distance")
    assert codes(base, NEW + ", place: [5, 6]") == []
    assert codes(base, NEW) == [UNREACHABLE]


def test_another_change_may_give_it_children() -> None:
    """Judged at the end: a school that closes hands its zones to the new one, growth fills the list before it."""
    assert codes(town(), NEW, "change: close_school, school: s3, to: n") == []
    assert codes(town(), NEW, "change: growth, percent: 300, zones: [z1]") == []


def test_all_faults_at_once() -> None:
    """Unreachable schools stand beside every other fault of the file."""
    other = NEW.replace("school: n,", "school: m,") + ", adjustment: false"
    told = codes(town(), other, "change: seats, school: s1, add: -9", "change: seats, school: nobody, add: 1")
    assert sorted(code for *_, code in told) == [
        "what_if.negative_seats", "what_if.unknown_school", "what_if.unreachable",
    ]  # fmt: skip


def test_a_grid_is_refused_too(town: Path, tmp_path: Path) -> None:
    """An option of a sweep opens a school that nobody can come to."""
    line = f"- {{option: open, changes: [{{{NEW}, adjustment: false}}]}}"
    grid = grid_file(tmp_path, GRID.replace("- {option: none}", line))
    assert "what_if.unreachable" in refused("sweep", town, grid, "--draws", 1, "--store", tmp_path / "r.sqlite")


def test_a_decision_that_fails_in_one_future_is_told_there() -> None:
    """With fewer children nobody comes to the end of the list: that pair is impossible, the others are ranked."""
    what_ifs = [parsed(NEW, name="open"), parsed("change: growth, percent: -80", name="fewer")]
    found = compare(town(children=9), what_ifs, optimum=False)
    (fewer,) = (future for future in found.futures if future.alone.name == "fewer")
    assert [(decision.name, fault.code) for decision, fault in fewer.impossible] == [("open", "what_if.unreachable")]


def files(folder: Path, town: Path) -> tuple[Path, Path]:
    """Two forecasts of one zone."""
    zone = as_json("warnings", town)["zones"][0]["zone"]
    paths = folder / "one.yaml", folder / "two.yaml"
    for path, change in zip(paths, (f"cohort, zones: {{{zone}: 40}}", "growth, percent: 100"), strict=True):
        path.write_bytes(written(f"change: {change}", name=path.stem))
    return paths


def test_two_forecasts_are_two_columns(town: Path, tmp_path: Path) -> None:
    """Each is that forecast by itself, in JSON, CSV and terminal; composed they are another one, and only if asked."""
    one, two = files(tmp_path, town)
    both = as_json("warnings", town, "--forecast", one, "--forecast", two)
    single = [as_json("warnings", town, "--forecast", path) for path in (one, two)]
    for at, zone in enumerate(both["zones"]):
        assert [found["forecast"] for found in zone["forecasts"]] == [s["zones"][at]["forecast"] for s in single]
    together = as_json("warnings", town, "--forecast", one, "--forecast", two, "--together")
    assert together["zones"][0]["forecast"]["demand"] == 80
    assert both["zones"][0]["forecasts"][0]["forecast"]["demand"] == 40
    target = tmp_path / "t.csv"
    said = good("warnings", town, "--forecast", one, "--forecast", two, "--out", target)
    assert "forecast 1: a" in said
    assert "forecast 2" in said
    rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    heads = next(row for row in rows if row[0] == "学区编号 Zone id")
    assert len(heads) == 4 + 5 + 6 + 6
    assert [head for head in heads if head.startswith("学区需求")] == [
        "学区需求 Demand（本年度 this year）",
        "学区需求 Demand（预测 1 forecast 1）",
        "学区需求 Demand（预测 2 forecast 2）",
    ]


def test_a_cohort_is_the_demand_that_warnings_count(town: Path, tmp_path: Path) -> None:
    """Forty children of a cohort are forty of demand, though some of the zone were late or on the blacklist."""
    base = Town().district(policy(all_phases()), [
        *(kid(i) for i in range(6)), kid(6, status="late"), kid(7, status="blacklisted"),
    ])  # fmt: skip
    made = scenario(base, "change: cohort, zones: {z1: 280}").district
    assert [child.status for child in made.applicants] == ["verified"] * 280
    one, _ = files(tmp_path, town)
    assert as_json("warnings", town, "--forecast", one)["zones"][0]["forecast"]["demand"] == 40
