"""The summary of a run: as JSON, on the terminal, and two lists side by side."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

from allocator.domain import ADMITTED, Row, School
from allocator.procedure import run_procedure
from allocator.record import Retelling
from allocator.reporting import summarise_run, summary_bytes
from tests import conformance
from tests.list_districts import AGREEMENT, everything, shown, town
from tests.small_districts import Town, all_phases, kid, policy


def test_the_summary_counts_what_the_rows_hold() -> None:
    """Outcomes, phases, schools and shortages are those of the list, on a district with every outcome."""
    district, rows = conformance.load("07")
    summary = summarise_run(Retelling(district, rows), agreement=AGREEMENT)
    assert {k: v for k, v in summary["outcomes"].items() if v} == Counter(row.outcome for row in rows)
    placed = sum(line[k] for line in summary["phases"] for k in ("admitted", "diverted", "adjusted"))
    assert placed == sum(1 for row in rows if row.phase)
    assert sum(school["total"] for school in summary["schools"]) == sum(1 for row in rows if row.school_id)
    assert sum(summary["demand"].values()) == summary["children"] == len(rows)
    for outcome, lines in summary["shortage"].items():
        assert sum(line["children"] for line in lines) == summary["outcomes"][outcome]
    assert summary["draws_held"] == sorted({r.draw_id for r in rows if r.outcome == ADMITTED and r.draw_id})
    assert summary["agreement"] == AGREEMENT


def test_the_summary_of_schools_by_hand() -> None:
    """Plan, demand, ways of admission, total and seats left of one school, counted by hand."""
    school = summarise_run(Retelling(d := everything(), run_procedure(d)))["schools"][0]
    assert school == {
        "school_id": "s1", "name": "第一小学", "external": False, "plan": 2, "hard_cap": 3, "local_demand": 3,
        "admitted": {"preferential": 1, "bids": 2}, "diverted": 0, "adjusted": 0, "total": 3, "left": -1,
    }  # fmt: skip


def test_the_summary_names_shortages_by_category_and_zone() -> None:
    """Children without a seat are counted by category in the order of the policy, then by zone."""
    kids = [kid(1, "z2", "B"), kid(2, "z1", "B"), kid(3, "z1", "A"), kid(4, "z1", "A")]
    district = town(kids, {"s1": 0, "s2": 0, "s3": 0})
    free = {s: replace(school, hard_cap=None, offered_voluntary_1=None) for s, school in district.schools.items()}
    district = replace(district, schools=free)
    assert summarise_run(Retelling(district, run_procedure(district)))["shortage"]["unplaced"] == [
        {"category": "A", "zone": "z1", "children": 2},
        {"category": "B", "zone": "z1", "children": 1},
        {"category": "B", "zone": "z2", "children": 1},
    ]


def test_the_summary_is_json_with_a_closing_line() -> None:
    """summary.json reads back as it was, with Chinese unescaped."""
    district = everything()
    summary = summarise_run(Retelling(district, run_procedure(district)), agreement=AGREEMENT)
    raw = summary_bytes(summary)
    assert json.loads(raw) == summary
    assert raw.endswith(b"}\n")
    assert "第一小学".encode() in raw


def test_two_lists_are_compared_where_the_distance_decides() -> None:
    """Under least_distance the summary says how many children differ and what the metres of both lists are."""
    rules = policy(all_phases(("s2", "s3")), divert_assign="least_distance")
    kids = [kid(1, x="300", y="0"), kid(2, x="200", y="0")]
    district = Town({"s1": 0, "s2": 1, "s3": 1}).district(rules, kids)
    near = [Row("K1", "s3", "batch-A", "diverted", "divert-A"), Row("K2", "s2", "batch-A", "diverted", "divert-A")]
    far = [near[0]._replace(school_id="s2"), near[1]._replace(school_id="s3")]
    assert summarise_run(Retelling(district, near), far)["comparison"] == {
        "children_who_differ": 2,
        "least_distance": {"diverted": 2, "unplaced": 0, "metres": 0},
        "serial_by_ticket": {"diverted": 2, "unplaced": 0, "metres": 200},
    }
    assert summarise_run(Retelling(district, near))["comparison"] == {}


def test_the_terminal_shows_the_run_in_both_languages() -> None:
    """Seats, demand, phases, schools, shortages, agreement, TRIAL and notice, in the language asked for."""
    district = everything()
    summary = summarise_run(Retelling(district, run_procedure(district)), agreement=AGREEMENT)
    zh, en = shown(district, summary, "zh", 140), shown(district, summary, "en", 140)
    for part in ("示例区招生", "合成数据", "试运行", "第一小学", "待领导小组研究确定", "两种计算方法的结果逐人一致"):
        assert part in zh
    for part in ("Example district", "SYNTHETIC DATA", "TRIAL run no. 1", "Both engines agree", "Waiting for a ruling"):
        assert part in en
    assert "Computed twice" in en
    assert "found no violation" in en
    assert "unproven" not in en


def test_the_terminal_shows_the_fullest_schools_of_a_large_district() -> None:
    """Of more schools than fit, those with the fewest seats left are shown, and how many are not."""
    district = town([kid(1)])
    more = {f"m{n:02}": School(f"m{n:02}", f"School {n:02}", plan=n) for n in range(60)}
    district = replace(district, schools={**district.schools, **more})
    view = shown(district, summarise_run(Retelling(district, run_procedure(district))), "en")
    assert "School 00" in view
    assert "School 59" not in view
    assert "24 more schools" in view
