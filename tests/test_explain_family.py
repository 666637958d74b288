"""What an explanation must say: the answer first, whom it is about, and what became of every wish."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from allocator.domain import Applicant, District, Draw, Row
from allocator.explanation.party import KnownParty
from allocator.explanation.reader import Record
from allocator.explanation.story.telling import Story
from allocator.explanation.story.wishes import Wishes
from allocator.explanation.story.words import StoryWords
from allocator.ground import Language
from allocator.procedure import run_procedure
from allocator.reading.scenarios import SCENARIOS, plan_sections, section_words
from allocator.record import Event, Retelling, derive_trace, retold_with_clauses
from allocator.reporting import summarise_run
from tests.clause_table import ROOT
from tests.cli_calls import as_json, good
from tests.explain_districts import rules, town
from tests.small import shipped
from tests.small_districts import kid
from tests.test_explain_distances import told
from tests.written_folders import write

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize(
    ("kids", "child", "zh", "en"),
    [
        ([kid(1)], "K1", "结果：该生在“第 A 批：甲”环节被 第一小学 录取。", "Result: admitted to 第一小学, batch A"),
        ([kid(1, "z3", "E")], "K1", "结果：该生待领导小组研究确定", "Result: waits for a ruling"),
        ([kid(1, "zx")], "K1", "结果：该生转由外区招生，由 外区小学 负责。", "Result: belongs to 外区小学"),
        ([kid(1, status="late")], "K1", "结果：该生调剂到 第一小学。", "Result: placed at 第一小学"),
        ([*map(kid, range(1, 6))], "K1", "结果：该生", "Result: "),
        ([kid(n, bundle="b") for n in (1, 2)], "K2", "结果：该组多胞胎", "Result: "),
    ],
)  # fmt: skip
def test_the_first_line_is_the_answer(kids: list[Applicant], child: str, zh: str, en: str, tmp_path: Path) -> None:
    """Whatever became of a child, the first line says it; in a trial the second says that it is one."""
    district = town(kids)
    for found, begin, mark in zip(told(tmp_path, district, child), (zh, en), ("试运行", "TRIAL"), strict=True):
        first, second, *_ = found.split("\n")
        assert first.startswith(begin)
        assert second.startswith(mark)


def test_zone_home_school_registered_school_and_status(tmp_path: Path) -> None:
    """A child of a dual zone that registered at the other school reads both, and its status."""
    zh, en = told(tmp_path, town([kid(1, "z2", registered_school="s1")]), "K1")
    assert "住址所在学区：第二小学学区。对口学校：第一小学。双学区，登记的学校：第一小学。审核状态：审核通过。" in zh
    assert "Home: zone of 第二小学. Home school: 第一小学. Dual zone, registered at 第一小学. Status: verified." in en


@pytest.mark.parametrize(
    ("status", "zh"), [("late", "审核状态：逾期。"), ("blacklisted", "审核状态：列入诚信黑名单。")]
)
def test_other_statuses(status: str, zh: str, tmp_path: Path) -> None:
    """Late and blacklisted children read their status, and that they take part in the adjustment alone."""
    found, en = told(tmp_path, town([kid(1, status=status)]), "K1")
    assert zh in found
    assert f"Status: {status}." in en
    assert "只参加调剂" in found or "在调剂中排在最后" in found


def wishes(path: Path, kids: list[Applicant], child: str, made: Any = None, **seats: Any) -> list[str]:
    """The lines of a child's wishes, in English."""
    _, en = told(path, town(kids, 1, made or rules(), **seats), child)
    lines = en.split("\n")
    return [line for line in lines[: lines.index("What happened, in order:")] if "named" in line or "wish no." in line]


FULL = {"plan": {"s1": 0, "s2": 0, "s3": 2}}
NEAR = {"plan": {"s1": 0, "s2": 2, "s3": 2}}


@pytest.mark.parametrize(
    ("cells", "seats", "fate"),
    [
        ({"preferred_diversion": ("s3",)}, NEAR, ["granted."]),
        ({"preferred_diversion": ("s2", "s3")}, FULL, ["too few seats were left", "granted."]),
        ({"preferred_diversion": ("s3", "s2")}, NEAR, ["granted.", "not needed, 第三小学, which came before it"]),
        ({"preferred_diversion": ("s1",)}, NEAR, ["without effect, it is the home school"]),
        ({"preferred_diversion": ("x",)}, NEAR, ["without effect, the school is not on the receiving list"]),
        ({"preferred_diversion": ("s3",)}, {}, ["not needed, there was no diversion."]),
        ({"preferred_diversion": ("s3",), "status": "late"}, NEAR, ["not looked at, only verified"]),
        ({"preferred_diversion": ("s3",), "zone": "zx"}, NEAR, ["does not apply, another authority"]),
        ({"preferred_diversion": ("s2",), "zone": "z3", "category": "E"}, NEAR, ["a ruling is awaited"]),
        ({"voluntary_1": ("s2", "s3"), "zone": "z1"}, {"offered": {"s2": 1}}, ["granted.", "not needed, 第二小学"]),
        ({"open_choice": "s3", "zone": "z3", "category": "E"}, NEAR, ["a ruling is awaited"]),
        ({"voluntary_1": ("s2",), "zone": "z1"}, {}, ["not granted"]),
        ({"open_choice": "s3"}, {}, ["granted."]),
        ({"open_choice": "s3", "category": "U"}, {}, ["not looked at, the school does not take this category."]),
        ({"open_choice": "s3", "status": "late"}, {}, ["not looked at, only verified"]),
        ({"open_choice": "s3", "preferential_school": "s2"}, {}, ["not needed, a seat had been given before."]),
        ({"open_choice": "s3", "voluntary_1": ("s2",)}, {}, ["granted.", "not needed, a seat had been given before."]),
    ],
)  # fmt: skip
def test_every_wish_and_what_became_of_it(
    cells: dict[str, Any], seats: dict[str, Any], fate: list[str], tmp_path: Path
) -> None:
    """One line for each wish of the family, in the order of the phases, with its fate."""
    child = kid(1)._replace(**cells)
    found = wishes(tmp_path, [child], "K1", **seats)
    assert len(found) == len(fate)
    for line, expected in zip(found, fate, strict=True):
        assert expected in line


def test_a_wish_without_effect_is_told_by_check(tmp_path: Path) -> None:
    """``check`` warns of a wish on no receiving list and of the home school itself, with status 0, once a pair."""
    kids = [kid(n, preferred_diversion=("x", "s1")) for n in (1, 2)]
    folder = write(town(kids), tmp_path / "town")
    found = as_json("check", folder)["warnings"]
    assert [(w["code"], w["row"], w["value"]) for w in found] == [
        ("warn.wish_own_school", 2, "s1"), ("warn.wish_not_listed", 2, "x"),
    ]  # fmt: skip
    assert "receiving list of the home school s1 (2 children, the first is K1)" in found[1]["message"]
    assert good("check", folder)


@pytest.mark.parametrize(
    "cells", [{"preferred_diversion": ("s3",)}, {"status": "late", "preferred_diversion": ("x",)},
              {"zone": "zx", "preferred_diversion": ("s1",)}, {}],
)  # fmt: skip
def test_check_is_silent_where_a_wish_can_count_or_no_wish_does(cells: dict[str, Any], tmp_path: Path) -> None:
    """No warning of wishes on the list, nor of children who take no part in a diversion here."""
    folder = write(town([kid(1)._replace(**cells)]), tmp_path / "town")
    assert as_json("check", folder)["warnings"] == []


def test_under_the_least_sum_no_wish_counts_and_both_say_so(tmp_path: Path) -> None:
    """``check`` says it once; the child reads it at its wish."""
    made = rules(divert_assign="least_distance")
    kids = [kid(1, preferred_diversion=("s3",), x="0", y="0")]
    district = town(kids, 1, made, plan={"s1": 0, "s2": 1, "s3": 1})
    assert [w["code"] for w in as_json("check", write(district, tmp_path / "t"))["warnings"]] == [
        "warn.wishes_by_distance"
    ]
    (line,) = wishes(tmp_path, kids, "K1", made, plan={"s1": 0, "s2": 1, "s3": 1})
    assert "goes by the sum of distances, not by wishes" in line


def test_the_zones_of_a_tier(tmp_path: Path) -> None:
    """A bidder of the second tier reads the zones of both tiers by name."""
    kids = [kid(1, voluntary_1=("s3",)), kid(2, "z2", voluntary_1=("s3",), registered_school="s2")]
    zh, en = told(tmp_path, town(kids, offered={"s3": 1}), "K2")
    assert "在优先顺序第 1 位（第一小学学区），该生在第 2 位（第二小学学区、第三小学学区）。" in zh
    assert "tier 1 (zone of 第一小学), this one of tier 2 (zone of 第二小学, zone of 第三小学)." in en


def test_sections_are_those_of_the_clauses_page() -> None:
    """The shipped table of sections is the column of the page of clauses, and both shipped plans find theirs."""
    page = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (C\d{3}) \| ([^|]+) \|", page, re.MULTILINE))
    for scenario in ("tongliao-2023-primary", "tongliao-2023-junior"):
        table = plan_sections(shipped(scenario).policy)
        assert table == {clause: section.replace(", ", ";").replace(" ", "") for clause, section in rows.items()}
    assert plan_sections(shipped("ranked-choice").policy) == {}
    assert SCENARIOS.name == "scenarios"


@pytest.mark.parametrize(
    ("section", "words"),
    [("4.7", "四（七）"), ("5.10.1", "五（十）1"), ("4.6–4.7", "四（六）至四（七）"), ("8", "八"), ("9.2", "九（二）"),
     ("3.4.2C-1", "三（四）2C-1"), ("3.6;10.4", "三（六）、十（四）"), ("5.6(1)", "五（六）(1)"), ("annex1", "附件1"),
     ("5.10.1–2", "五（十）1至2")],
)  # fmt: skip
def test_sections_are_written_as_in_the_plan(section: str, words: str) -> None:
    """Chapter, paragraph in brackets, number."""
    assert section_words(section) == words


def stories(scenario: str, language: Language) -> Iterator[tuple[KnownParty, Row, tuple[Event, ...], list[str]]]:
    """Every party of a shipped district with its row, events and explanation."""
    district, rows, summary, events = run(scenario)
    by_id = {child.applicant_id: child for child in district.applicants}
    for name, found in events.items():
        children = tuple(by_id[child] for child in found[0].children or (name,))
        party = KnownParty(district.policy, district.schools, district.zones, children)
        record = Record(rows[name], tuple(found), summary, party)
        yield party, rows[name], tuple(found), list(Story(record, name, language).lines())


@cache
def run(scenario: str) -> tuple[District, dict[str, Row], dict[str, Any], dict[str, list[Event]]]:
    """A shipped district under trial seed 1: its list, summary, and events by party."""
    district = replace(shipped(scenario), draw=Draw(trial_seed=1))
    rows = retold_with_clauses(district, run_procedure(district))
    events: dict[str, list[Event]] = {}
    for event in derive_trace(Retelling(district, rows)):
        events.setdefault(event.party, []).append(event)
    return district, {row.applicant_id: row for row in rows}, summarise_run(Retelling(district, rows)), events


@pytest.mark.parametrize("scenario", ["tongliao-2023-primary", "tongliao-2023-junior"])
def test_every_family_of_a_shipped_district_reads_its_facts(scenario: str) -> None:
    """Answer, zone, home school, status, section of the plan and every wish; no word of machines; no gap."""
    for party, row, _, lines in stories(scenario, "zh"):
        whole = "\n".join(lines)
        assert lines[0].startswith("结果：该组多胞胎" if len(party.children) > 1 else "结果：该生")
        assert "招生方案" in lines[0]
        assert ("按规定没有对口学校" in whole) == (not party.home)
        assert "住址所在学区：" in whole
        assert "审核状态：" in whole
        wished = len(party.lead.preferred_diversion)
        assert len([line for line in lines if line.startswith("分流意愿第")]) == wished
        assert not re.search(r"录取单元|它|\{|\}|None", whole)
        if len(party.children) > 1:
            assert "该生" not in whole
        if row.school_id:
            assert party.schools[row.school_id].name in lines[0]


def test_the_fates_of_wishes_agree_with_the_list() -> None:
    """A diversion wish is granted exactly where the child was diverted to the school wished for."""
    district, _, summary, _ = run("tongliao-2023-primary")
    seen: Counter[str] = Counter()
    for party, row, events, _ in stories("tongliao-2023-primary", "en"):
        family = Wishes(party, events, StoryWords("en", summary["names"], 1, {}))
        for school in party.lead.preferred_diversion:
            fate = family._diversion(school)
            seen[fate] += 1
            assert (fate == "got") == (row.outcome == "diverted" and row.school_id == school)
            if fate == "earlier":
                walk = party.walk(party.batches())  # type: ignore[arg-type]
                assert walk.index(row.school_id) < walk.index(school)
    assert {"got", "full", "earlier", "not_listed", "not_diverted", "not_verified"} <= set(seen)
    assert district.applicants


def test_twins_are_spoken_of_as_such(tmp_path: Path) -> None:
    """Every sentence about twins names them, never one child and never a unit."""
    kids = [kid(n, bundle="b", voluntary_1=("s2",)) for n in (1, 2)] + [kid(3, voluntary_1=("s2",))]
    for trial in range(6):
        district = town(kids, trial, plan={"s1": 1, "s2": 1, "s3": 2}, offered={"s2": 1}, caps={"s2": 2})
        zh, en = told(tmp_path / str(trial), district, "K2")
        assert "该组多胞胎" in zh
        assert "该生" not in zh
        assert "This one has" not in en


def test_twins_passed_over_because_of_the_hard_cap_read_so(tmp_path: Path) -> None:
    """Under ``over_plan`` one seat is left for twins, and the hard cap is the plan: that is the reason."""
    kids = [kid(n, bundle="b") for n in (1, 2)]
    zh, en = told(tmp_path, town(kids, plan={"s1": 1, "s2": 2, "s3": 0}), "K1")
    assert "too few for the 2 children who stay together. Passed over. So that they stay together the plan may" in en
    assert "but never the hard cap of the school (1)." in en
    assert "为不拆分多胞胎可以超出招生计划，但不得超过该校最大容量 1 人。" in zh


def test_under_skip_nothing_is_said_of_a_cap(tmp_path: Path) -> None:
    """There the plan itself is the limit."""
    kids = [kid(n, bundle="b") for n in (1, 2)]
    made = rules(bundle_at_cut="skip")
    _, en = told(tmp_path, town(kids, 1, made, plan={"s1": 1, "s2": 2, "s3": 0}, caps={"s1": 5}), "K1")
    assert "Passed over." in en
    assert "hard cap" not in en


def test_twins_in_a_voluntary_round_exceed_what_was_offered(tmp_path: Path) -> None:
    """One seat of three was offered: the twins exceed the offer, not the plan."""
    kids = [kid(n, bundle="b", voluntary_1=("s2",)) for n in (1, 2)]
    district = town(kids, plan={"s1": 1, "s2": 3, "s3": 1}, offered={"s2": 1})
    zh, en = told(tmp_path, district, "K1")
    assert "the seats offered are exceeded by 1; these come out of the school's plan." in en
    assert "超出提供的学位数 1 个" in zh
    assert "the plan is exceeded" not in en
