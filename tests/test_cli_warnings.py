"""``allocator warnings`` as a planner uses it: terminal, CSV, JSON, forecasts, and what is refused."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from allocator.domain import School, Text, WhatIf, Zone
from allocator.planning.zone_warnings.levels import ZoneForecast, ZoneWarning, warning_levels, zone_warnings
from allocator.planning.zone_warnings.report import WarningReport, report_object, table_of, warning_report_percent
from allocator.sheets import csv_for_people
from tests.cli_calls import as_json, call, contents, good, refused
from tests.small import shipped

SIZE = 300
YEAR = ("2023 年政策；本方案不作为以后年度的参考", "policy of 2023; this plan is no reference for later years")
FORECAST = ("仅为预测，不作为购房或搬迁依据", "forecast only, no basis for buying or moving a home")
SYNTHETIC = ("合成数据，仅供演示", "SYNTHETIC DATA for demonstration")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated district of 300 children."""
    folder = tmp_path_factory.mktemp("warnings") / "town"
    good("generate", folder, "--children", SIZE, "--seed", 4)
    return folder


def csv_of(report: WarningReport) -> bytes:
    """The table as CSV."""
    return csv_for_people(table_of(report))


def marks(report: WarningReport, language: str) -> list[str]:
    """The marks in one language."""
    found: list[str] = report_object(report)["marks"][language]
    return found


def what_if(path: Path, name: str, change: str) -> Path:
    """Write a what-if with one change, a line of YAML in flow style."""
    title = "{zh: 试算, en: trial}"
    text = f"format_version: 1\nwhat_if: {name}\ntitle: {title}\nchanges:\n  - {change}\n"
    path.write_text(text, encoding="utf-8")
    return path


def sheet(raw: bytes) -> list[list[str]]:
    """Rows of a CSV file as Excel reads it."""
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    return list(csv.reader(io.StringIO(raw[3:].decode(), newline="")))


@pytest.mark.parametrize(("language", "which"), [("zh", 0), ("en", 1)])
def test_terminal_shows_every_zone_and_every_mark(town: Path, language: str, which: int) -> None:
    """C130: year and notice stand above the table in the language asked for; no forecast, no word of one."""
    said = good("warnings", town, language=language)
    assert YEAR[which] in said
    assert SYNTHETIC[which] in said
    assert ("福安屯小学学区" if language == "zh" else "fuantun") in said
    assert FORECAST[which] not in said
    assert ("黄色 ≥ 90%" if language == "zh" else "red from 100 %") in said


def test_csv_is_for_excel_and_says_what_the_json_says(town: Path, tmp_path: Path) -> None:
    """C129: byte order mark, CRLF, marks, headings in both languages; figures as in ``--json``; same bytes twice."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    found = as_json("warnings", town, "--out", one)
    good("warnings", town, "--out", two, language="zh")
    assert one.read_bytes() == two.read_bytes()
    rows = sheet(one.read_bytes())
    assert len({len(row) for row in rows}) == 1
    at = next(i for i, row in enumerate(rows) if row[0] == "学区编号 Zone id")
    above = "\n".join(row[0] for row in rows[:at])
    assert all(words in above for words in (*YEAR, *SYNTHETIC))
    assert not any(words in above for words in FORECAST)
    assert rows[at][1:] == [
        "学区 Zone", "学校编号 School id", "学校 School",
        "学区需求 Demand", "该校各学区需求 Demand of the school's zones", "招生计划 Plan",
        "需求占计划 % Demand in % of plan", "等级 Level",
    ]  # fmt: skip
    assert len(rows) - at - 1 == len(found["zones"])
    for row, zone in zip(rows[at + 1 :], found["zones"], strict=True):
        now = zone["now"]
        plan = "" if now["plan"] is None else str(now["plan"])
        figures = [str(now["demand"]), str(now["school_demand"]), plan, now["percent"] or ""]
        named = f"{now['school']}学区 · zone of {now['school']}"
        assert row[:8] == [zone["zone"], named, now["school_id"], now["school"], *figures]
        assert row[8].endswith(now["level"] or "not judged")


def test_json_is_whole(town: Path) -> None:
    """Kind, year, levels, marks in both languages and every zone with exact whole numbers."""
    found = as_json("warnings", town)
    assert (found["kind"], found["year"]) == ("zone_warnings", 2023)
    assert found["levels"] == {"yellow": 90, "orange": None, "red": 100}
    assert YEAR[0] in found["marks"]["zh"]
    assert YEAR[1] in found["marks"]["en"]
    assert found["what_ifs"] == []
    verified = (town / "applicants.csv").read_text(encoding="utf-8").count(",verified,")
    assert sum(zone["now"]["demand"] for zone in found["zones"]) == verified
    assert all("forecast" not in zone for zone in found["zones"])


def test_forecast_stands_beside_this_year(town: Path, tmp_path: Path) -> None:
    """C129, C130: with a school of no seats its zone turns red; every output says that it is a forecast only."""
    base = as_json("warnings", town)
    zone = next(z["zone"] for z in base["zones"] if z["now"]["level"] in ("green", "yellow"))
    school = next(z["now"]["school_id"] for z in base["zones"] if z["zone"] == zone)
    nothing = what_if(tmp_path / "none.yaml", "none", f"{{change: seats, school: {school}, add: 0}}")
    fewer = what_if(tmp_path / "fewer.yaml", "fewer", f"{{change: seats, school: {school}, set: 1}}")
    found = as_json("warnings", town, "--forecast", nothing, "--forecast", fewer)
    assert found["what_ifs"] == ["none", "fewer"]
    row = next(z for z in found["zones"] if z["zone"] == zone)
    one, two = row["forecasts"]  # each by itself, never composed without a word
    assert (one["what_if"], one["forecast"], one["change"]) == ("none", row["now"], "same")
    assert (two["forecast"]["plan"], two["forecast"]["level"], two["change"]) == (1, "red", "worse")
    assert [z["now"] for z in found["zones"]] == [z["now"] for z in base["zones"]]
    others = [z for z in found["zones"] if z["now"]["school_id"] != school]
    assert {one["change"] for z in others for one in z["forecasts"]} <= {"same", None}
    target = tmp_path / "table.csv"
    for language, words in zip(("zh", "en"), FORECAST, strict=True):
        assert words in good("warnings", town, "--forecast", fewer, "--out", target, language=language)
        assert words in found["marks"][language]
    rows = sheet(target.read_bytes())
    assert any(" · ".join(FORECAST) == row[0] for row in rows)
    heads = next(row for row in rows if row[0] == "学区编号 Zone id")
    assert heads[4] == "学区需求 Demand（本年度 this year）"
    assert heads[9] == "学区需求 Demand（预测 forecast）"
    assert heads[-1] == "等级变化 Change of level"
    cells = next(row for row in rows if row[0] == zone)
    assert (cells[11], cells[13:]) == ("1", ["红色 red", "加重 worse"])


def test_a_forecast_that_changes_nothing_changes_no_figure(town: Path, tmp_path: Path) -> None:
    """A what-if without effect gives this year's figures twice."""
    school = as_json("warnings", town)["zones"][0]["now"]["school_id"]
    nothing = what_if(tmp_path / "none.yaml", "none", f"{{change: seats, school: {school}, add: 0}}")
    for zone in as_json("warnings", town, "--forecast", nothing)["zones"]:
        assert zone["now"] == zone["forecast"]


def test_neither_draw_nor_transcript_is_asked_for(town: Path, tmp_path: Path) -> None:
    """No lot enters a warning: without a transcript, or with a damaged one, it is the same."""
    expected = good("warnings", town)
    (tmp_path / "copy").mkdir()
    for name in ("policy.yaml", "applicants.csv", "schools.csv", "zones.csv"):
        (tmp_path / "copy" / name).write_bytes((town / name).read_bytes())
    assert good("warnings", tmp_path / "copy") == expected
    (tmp_path / "copy" / "transcript.txt").write_bytes(b"damaged")
    assert good("warnings", tmp_path / "copy") == expected


def test_everything_that_is_wrong_is_told_at_once(town: Path, tmp_path: Path) -> None:
    """No levels in the policy, a faulty what-if and a file in the way of the table: all told, nothing written."""
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in town.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    policy = (copy / "policy.yaml").read_text(encoding="utf-8")
    (copy / "policy.yaml").write_text(policy.split("\nwarnings:")[0] + "\n", encoding="utf-8")
    bad = what_if(tmp_path / "bad.yaml", "bad", "{change: nonsense}")
    before = contents(copy)
    said = refused("warnings", copy, "--forecast", bad, "--out", copy / "applicants.csv")
    assert all(code in said for code in ("warnings.missing", "bad.yaml", "warnings.other_file"))
    assert "warnings: {year: 2023, yellow: 90, red: 100}" in said
    assert "docs/policy-file.md" in said
    assert contents(copy) == before


def test_only_an_earlier_table_of_warnings_is_replaced(town: Path, tmp_path: Path) -> None:
    """An earlier table is written anew; another file, or a folder, stays as it is."""
    target = tmp_path / "warnings.csv"
    good("warnings", town, "--out", target)
    first = target.read_bytes()
    good("warnings", town, "--out", target)
    assert target.read_bytes() == first
    target.write_bytes(b"zone,demand\n")
    assert "warnings.other_file" in refused("warnings", town, "--out", target)
    assert target.read_bytes() == b"zone,demand\n"
    assert "warnings.other_file" in refused("warnings", town, "--out", tmp_path)
    said = call("warnings", town, "--out", tmp_path / "nowhere" / "w.csv")
    assert (said.exit_code, said.stdout) == (2, "")


def test_unknown_names_of_a_what_if_are_refused(town: Path, tmp_path: Path) -> None:
    """A school that the district does not have is told with file and line."""
    wrong = what_if(tmp_path / "wrong.yaml", "wrong", "{change: seats, school: nowhere, add: 1}")
    said = refused("warnings", town, "--forecast", wrong, "--out", tmp_path / "w.csv")
    assert "wrong.yaml" in said
    assert "nowhere" in said
    assert not (tmp_path / "w.csv").exists()


def report(**changes: Any) -> WarningReport:
    """Warnings of the shipped junior district, with parts of its policy changed."""
    district = shipped("tongliao-2023-junior")
    district = replace(district, policy=replace(district.policy, **changes))
    levels = warning_levels(district)
    rows = tuple(ZoneForecast(side, None) for side in zone_warnings(district, levels))
    return WarningReport(district.policy, levels, rows)


def test_no_formula_becomes_live_in_the_sheet() -> None:
    """Names that begin like a formula, also of full width, or look like a number or date get an apostrophe."""
    district = shipped("tongliao-2023-junior")
    names = ["=1+1", "＝cmd", "+7", "-7", "@x", "\tx", "2023-01", "0012"]
    schools = {str(i): School(str(i), name, plan=1) for i, name in enumerate(names)}
    zones = {f"z{i}": Zone(f"z{i}", str(i)) for i in range(len(names))}
    made = zone_warnings(replace(district, schools=schools, zones=zones), warning_levels(district))
    policy = replace(district.policy, title=Text("=A1", "=A1"), notice=Text("@SUM(A1)", "x"))
    what_ifs = (WhatIf("w", Text("=B1", "=B1"), ()),)
    rows = tuple(ZoneForecast(side, side) for side in made)
    cells = [cell for row in sheet(csv_of(WarningReport(policy, warning_levels(district), rows, what_ifs)))
             for cell in row]  # fmt: skip
    assert {f"'{name}" for name in names} <= set(cells)
    assert not [cell for cell in cells if cell[:1] in ("=", "＝", "+", "-", "@", "\t")]


def test_a_zone_that_gets_another_school_shows_both() -> None:
    """C129: where a what-if gives a zone another school, figures of both are shown under both names."""
    now = ZoneWarning("z", "old", "Old", 9, 9, 10, "yellow", "Ost")
    then = ZoneWarning("z", "new", "New", 9, 9, 20, "green", "New")
    what_ifs = (WhatIf("w", Text("新校", "new school"), ()),)
    rows = sheet(csv_of(replace(report(), zones=(ZoneForecast(now, then),), what_ifs=what_ifs)))
    assert rows[-1][:4] == ["z", "Old → New学区 · zone of Ost → New", "old → new", "Old → New · Ost → New"]
    assert rows[-1][4:9] == ["9", "9", "10", "90.0", "黄色 yellow"]
    assert rows[-1][9:] == ["9", "9", "20", "45.0", "绿色 green", "缓解 better"]


def test_orange_is_named_where_the_policy_has_it() -> None:
    """Q-29: the words of the levels, the JSON and a zone of 94.5 % tell orange."""
    levels = replace(warning_levels(shipped("tongliao-2023-junior")), orange=95, yellow=85)
    found = report(warnings=levels)
    assert any("orange from 95 %" in mark for mark in marks(found, "en"))
    assert any("橙色 ≥ 95%" in mark for mark in marks(found, "zh"))
    assert report_object(found)["levels"] == {"yellow": 85, "orange": 95, "red": 100}
    side = ZoneWarning("z", "s", "S", 1, 19, 20, "orange")
    assert "橙色 orange".encode() in csv_of(replace(found, zones=(ZoneForecast(side, None),)))


def test_a_notice_may_be_empty() -> None:
    """Without a notice no empty mark is shown, in one language or in both."""
    empty, half = report(notice=Text("", "")), report(notice=Text("", "only here"))
    assert "" not in [*marks(empty, "zh"), *marks(empty, "en"), *marks(half, "zh")]
    assert marks(half, "en")[-1] == "only here"
    assert len(sheet(csv_of(half))) == len(sheet(csv_of(empty))) + 1


@pytest.mark.parametrize(
    ("demand", "plan", "shown"),
    [(8999, 10_000, "89.9"), (90, 100, "90.0"), (2, 3, "66.6"), (99_999, 100_000, "99.9"), (7, 0, ""), (0, 5, "0.0")],
)
def test_percentages_are_rounded_down(demand: int, plan: int, shown: str) -> None:
    """No percentage is shown that was not reached; none where the plan is 0."""
    assert warning_report_percent(ZoneWarning("z", "s", "S", demand, demand, plan, "green")) == shown
