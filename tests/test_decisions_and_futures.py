"""Decisions apart from futures: ranked within each future, with each decision's worst; demand shows shares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from allocator.domain import Text, what_ifs_role_together
from allocator.domain.what_if import what_if_role
from allocator.planning.compare import compare, run, summarise_comparison
from allocator.planning.whatif import Standing
from allocator.planning.whatif.standings import ranked_standings, standing_ranks, worst_standings
from allocator.reading.what_if_file import parse_what_if
from tests.cli_calls import as_json, good, refused
from tests.conformance import ROOT
from tests.small_districts import Town, all_phases, kid, policy
from tests.sweep_cases import GRID, grid_file
from tests.what_if_cases import change, parsed

DECISIONS = (
    "change: seats, school: a, add: 1", "change: classes, school: a, add: 1, size: 2",
    "change: hard_cap, school: a, add: 1", "change: offered, school: a, column: offered_voluntary_1, set: 1",
    "change: new_school, school: n, name: n, plan: 1", "change: close_school, school: a",
    "change: move_homes, from_zone: z, to_zone: y, homes: [[1, 2]]", "change: switches, set: {tiers: strict}",
    "change: weights, home: 1",
)  # fmt: skip
FUTURES = (
    "change: growth, percent: 1", "change: cohort, zones: {z: 1}", "change: estate, zone: z, children: {A: 1}",
    "change: take_up, phase: p, percent: 1", "change: register, zone: z, school: a",
)  # fmt: skip


def test_every_kind_of_change_is_one_of_supply_or_of_demand() -> None:
    """What an authority decides, and what comes: each kind is one of the two, and both together are neither."""
    assert {what_if_role([change(text)]) for text in DECISIONS} == {"decision"}
    assert {what_if_role([change(text)]) for text in FUTURES} == {"future"}
    assert what_if_role([change(DECISIONS[0]), change(FUTURES[0])]) == "mixed"
    assert what_if_role([]) == "decision"
    assert what_ifs_role_together([parsed(DECISIONS[0]), parsed(FUTURES[0])]) == "mixed"


def stated(kind: str, *changes: str) -> bytes:
    """A what-if file that says what it is."""
    lines = "".join(f"  - {{{text}}}\n" for text in changes)
    return f"format_version: 1\nwhat_if: w\nkind: {kind}\ntitle: {{zh: a, en: a}}\nchanges:\n{lines}".encode()


def test_a_decision_may_not_bring_or_take_children() -> None:
    """More seats and fewer children is no decision: every change of demand in it is told with its line."""
    found, faults = parse_what_if(stated("decision", DECISIONS[0], FUTURES[0], FUTURES[4]), "w.yaml")
    assert found is None
    assert [(fault.row, fault.column, fault.code) for fault in faults] == [
        (7, "changes.1[growth]", "what_if.decision_demand"), (8, "changes.2[register]", "what_if.decision_demand"),
    ]  # fmt: skip
    found, faults = parse_what_if(stated("future", DECISIONS[5], FUTURES[0]), "w.yaml")
    assert found is not None
    assert found.role == "future"
    assert parse_what_if(stated("wish", DECISIONS[0]), "w.yaml")[1][0].column == "kind"


def at(future: str, decision: str, without: float, away: float) -> Standing:
    """A standing by its figures."""
    return Standing(future, decision, Text(future, future), Text(decision, decision), without, away)


def test_ranking_by_hand() -> None:
    """Fewest without a seat, then fewest away; doing nothing before its equals; futures never beside each other."""
    rows = [at("", "", 3, 9), at("", "a", 3, 9), at("", "b", 3, 8), at("f", "", 1, 1), at("f", "a", 0, 5),
            at("f", "b", 9, 0)]  # fmt: skip
    noisy = [at("", "x", 26.91, 240), at("", "y", 26.93, 230), at("", "z", 26.4, 999)]
    assert [one.decision for one in ranked_standings(noisy)[0]] == ["z", "y", "x"]  # a fiftieth of a child is none
    now, then = ranked_standings(rows)
    assert [one.decision for one in now] == ["b", "", "a"]
    assert standing_ranks(now) == [1, 2, 2]
    assert [one.decision for one in then] == ["a", "", "b"]
    assert [(one.decision, one.future) for one in worst_standings(rows)] == [("", ""), ("a", ""), ("b", "f")]


def town() -> Any:
    """Six children of z1 and two of z3; four and one seats, and two for whoever is diverted."""
    return Town({"s1": 4, "s2": 2, "s3": 1}).district(
        policy(all_phases()), [*(kid(i, x="100", y="0") for i in range(6)), kid(7, "z3", x="300", y="0"),
                               kid(8, "z3", x="300", y="0")],
    )  # fmt: skip


def test_decisions_are_ranked_in_every_future() -> None:
    """Two decisions, two futures: each pair is computed, the future first; the winner differs between futures."""
    what_ifs = [
        parsed("change: seats, school: s1, add: 2", name="more"),
        parsed("change: seats, school: s3, add: 1", name="one"),
        parsed("change: growth, percent: -50, zones: [z1]", name="fewer"),
        parsed("change: growth, percent: 100, zones: [z3]", name="north"),
        parsed("change: seats, school: s1, add: 9", "change: growth, percent: -50", name="both"),
    ]  # fmt: skip
    found = compare(town(), what_ifs, optimum=False)
    standings = found.standings
    assert {(one.future, one.decision) for one in standings} == {
        (future, decision) for future in ("", "fewer", "north") for decision in ("", "more", "one")
    }
    summary = summarise_comparison(found)
    best = {ranking["future"]: ranking["best"] for ranking in summary["standings"]["rankings"]}
    assert best == {"base": "more", "fewer": "one", "north": "more"}
    worst = {one["decision"]: one["future"] for one in summary["standings"]["worst_futures"]}
    assert worst == {None: "north", "more": "north", "one": "north"}
    assert summary["kinds"]["both"] == {"kind": "mixed", "stated": False}
    (fewer,) = (future for future in found.futures if future.alone.name == "fewer")
    more = next(variant for variant in fewer.decisions if variant.name == "more")
    assert more.figures["children"] == 8 - 3
    assert more.shift.totals["lost"] == 0


def test_futures_that_are_too_many_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more pairs than are computed only the roster as it is is ranked, and terminal, JSON and page say so."""
    monkeypatch.setattr(run, "MOST_PAIRS", 1)
    what_ifs = [
        parsed("change: seats, school: s1, add: 2", name="more"),
        parsed("change: growth, percent: -50, zones: [z1]", name="fewer"),
        parsed("change: growth, percent: 100, zones: [z3]", name="north"),
    ]  # fmt: skip
    found = compare(town(), what_ifs, optimum=False)
    assert {one.future for one in found.standings} == {""}
    summary = summarise_comparison(found)
    assert summary["futures_left_out"] == ["fewer", "north"]
    assert summarise_comparison(compare(town(), what_ifs[:2], optimum=False))["futures_left_out"] == []


def test_more_seats_and_fewer_children_never_win() -> None:
    """Whatever a file with both does, it stands in no ranking, alone or composed; it is told why."""
    mixed = parsed("change: seats, school: s1, add: 9", "change: growth, percent: -90", name="both")
    found = compare(town(), [mixed, parsed("change: seats, school: s3, add: 1", name="one")], optimum=False)
    assert "both" not in {one.decision for one in found.standings}
    assert "both" not in {one.future for one in found.standings}
    parts = [parsed("change: seats, school: s1, add: 9", name="a"), parsed("change: growth, percent: -90", name="b")]
    assert compare(town(), parts, together=True, optimum=False).standings == ()


def test_with_draws_differences_are_paired_within_the_future() -> None:
    """Means over draws, against the future without a decision and its own draws."""
    more = parsed("change: seats, school: s1, add: 1", name="more")
    growth = parsed("change: growth, percent: 50", name="f")
    found = compare(town(), [more, growth], draws=12, optimum=False)
    inside = next(one for one in found.standings if (one.future, one.decision) == ("f", "more"))
    alone = next(one for one in found.standings if (one.future, one.decision) == ("f", ""))
    assert inside.difference[0] == pytest.approx(inside.without_seat - alone.without_seat)
    assert inside.half[0] is not None
    assert inside.clear is not None


def test_demand_shows_shares() -> None:
    """With another number of children the figures are told in percent of them as well."""
    summary = summarise_comparison(compare(town(), [parsed("change: growth, percent: 50", name="f")], optimum=False))
    base, more = summary["variants"]
    assert base["shares"]["seated"] == 62.5
    assert more["shares"]["seated"] == round(100 * more["figures"]["seated"] / 12, 3)


def test_the_shipped_what_ifs_say_what_they_are() -> None:
    """Four decisions and two futures, each stated."""
    files = sorted((ROOT / "scenarios" / "tongliao-2023-primary" / "what-if").glob("*.yaml"))
    found = [parse_what_if(path.read_bytes(), path.name)[0] for path in files]
    assert all(what_if is not None and what_if.kind for what_if in found)
    assert sorted(what_if.name for what_if in found if what_if and what_if.role == "future") == [
        "block-to-xincheng-1", "more-e-children",
    ]  # fmt: skip


def test_the_command_tells_kinds_rankings_and_shares(town: Path, tmp_path: Path) -> None:
    """What was taken for what, the best decision of each future, the worst future of each, and shares."""
    (tmp_path / "a.yaml").write_bytes(stated("decision", "change: seats, school: xincheng-1, add: 2"))
    other = stated("future", "change: growth, percent: 40").replace(b"what_if: w", b"what_if: f")
    (tmp_path / "f.yaml").write_bytes(other.replace(b"kind: future\n", b""))
    said = " ".join(good("what-if", town, tmp_path / "a.yaml", tmp_path / "f.yaml", "--no-optimum").split())
    assert "does not state its kind; by its changes it is taken for a future" in said
    assert "Decisions compared: the roster as it is" in said
    assert "Worst future of" in said
    assert "In percent of the children who take part" in said


def test_a_sweep_ranks_decisions_within_futures(town: Path, tmp_path: Path) -> None:
    """The grid of two seat options and two of growth: two rankings of two; no cell of fewer children wins."""
    grid = grid_file(tmp_path, GRID.replace("percent: 50", "percent: -50"))
    found = as_json("sweep", town, grid, "--draws", 3, "--store", tmp_path / "r.sqlite", "--workers", 1)
    rankings = found["standings"]["rankings"]
    assert [len(ranking["decisions"]) for ranking in rankings] == [2, 2]
    assert {ranking["best"] for ranking in rankings} <= {None, "0:one-class"}
    assert found["cells"][2]["answers"][0]["change"] == "growth"
    shares = {figure["figure"]: figure["share"] for figure in found["cells"][2]["figures"] if not figure["of"]}
    assert shares["seated"] is not None
    both = "changes: [{change: growth, percent: -50}, {change: seats, school: fuli, add: 9}]"
    mixed = GRID.replace("changes: [{change: growth, percent: 50}]", both)
    found = as_json("sweep", town, grid_file(tmp_path, mixed), "--draws", 3, "--store", tmp_path / "m.sqlite",
                    "--workers", 1)  # fmt: skip
    assert [len(ranking["decisions"]) for ranking in found["standings"]["rankings"]] == [2]


def test_a_grid_option_says_its_kind_and_is_held_to_it(town: Path, tmp_path: Path) -> None:
    """``kind`` beside ``changes``: a decision with growth is refused with its line, and a kind of nothing too."""
    wrong = GRID.replace("{option: more,", "{option: more, kind: decision,")
    told = refused("sweep", town, grid_file(tmp_path, wrong), "--draws", 1, "--store", tmp_path / "r.sqlite")
    assert "what_if.decision_demand" in told
    grid = grid_file(tmp_path, GRID.replace("{option: none}", "{option: none, kind: decision}"))
    assert "kind + changes" in refused("sweep", town, grid, "--draws", 1, "--store", tmp_path / "r.sqlite")
