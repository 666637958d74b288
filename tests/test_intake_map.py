"""The map of an export: what is proposed, what waits for the office, what is wrong in it, what it can say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_calls import call, good, refused
from tests.exports import SheetOf
from tests.intake_cases import child, decide, export, folder, table, write_export


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with schools, zones and aliases."""
    return folder(tmp_path / "office")


ROSTER = (
    ["报名号", "姓名", "学区", "认定类型", "审核状态", "备注", "登记学校"],
    ["K1", "王小明", "富力成", "A", "通过", "无", "二小"], ["K2", "赵佳怡", "富力城", "A", "未通过", "", ""],
)  # fmt: skip


def roster(place: Path, *rows: list[str]) -> Path:
    """Write an export of a roster in which some things are not clear."""
    return write_export(place / "e.xlsx", SheetOf("名册", [*ROSTER, *rows]))


def test_what_is_only_like_something_waits(office: Path, tmp_path: Path) -> None:
    """Headings and values that are not certain stand behind a ``?`` with what they may be; nothing is read so."""
    columns = tmp_path / "c.csv"
    shown = good("intake", roster(tmp_path), office, "--propose", columns)
    assert "7 headings, 2 of them undecided, and of 3 values to decide" in shown
    words = columns.read_text(encoding="utf-8-sig")
    assert "名册,认定类型,? applicants.category,," in words
    assert "名册,备注,?,," in words
    assert "名册,学区,,富力成,? 富力城" in words
    assert "名册,审核状态,,未通过,?\n" in words.replace("\r", "")
    assert "名册,登记学校,,二小,? 新城二小" in words
    told = refused("intake", roster(tmp_path), office, "--columns", columns)
    assert told.count("[intake.map_meaning]") == 3
    decide(columns, ("? 富力城", "富力城"), ("未通过,?", "未通过,late"), ("? 新城二小", "xincheng-2"))
    assert refused("intake", roster(tmp_path), office, "--columns", columns).count("[intake.undecided]") == 2
    decide(columns, ("备注,?", "备注,skip"), ("? applicants", "applicants"))
    good("intake", roster(tmp_path), office, "--columns", columns, "--write")
    first, second = table(office / "applicants.csv")
    assert (first["zone"], first["registered_school"], second["status"]) == ("fuli", "xincheng-2", "late")


def test_a_value_may_mean_nothing(office: Path, tmp_path: Path) -> None:
    """``empty`` stands for an empty cell, in lists for an item that is left out."""
    row = child(0, 第一次自愿报名="新城二小、未填", 登记学校="未填")
    path, columns = write_export(tmp_path / "e.xlsx", export(row)), tmp_path / "c.csv"
    good("intake", path, office, "--propose", columns)
    assert "报名信息,登记学校,,未填,?" in columns.read_text(encoding="utf-8-sig")
    decide(columns, ("未填,?", "未填,empty"))
    good("intake", path, office, "--columns", columns, "--write")
    first = table(office / "applications.csv")[0]
    assert (first["voluntary_1"], first["registered_school"]) == ("xincheng-2", "")


def test_papers_in_columns_of_their_own(office: Path, tmp_path: Path) -> None:
    """Several headings go to one list: each says by its values which paper was seen."""
    sheet = export(child(0))
    rows = [list(row) for row in sheet.rows]
    rows[2] += ["预防接种证", "租赁合同"]
    rows[3] += ["有", "无"]
    rows[3][rows[2].index("已验材料")] = "户口簿"
    path, columns = write_export(tmp_path / "e.xlsx", SheetOf("报名信息", rows)), tmp_path / "c.csv"
    good("intake", path, office, "--propose", columns)
    words = {"预防接种证": "vaccination", "租赁合同": "lease"}
    proposed = columns.read_text(encoding="utf-8-sig").splitlines()
    lines = [line for line in proposed if not any(f",{heading}," in line for heading in words)]
    for heading, word in words.items():
        mine = ("applications.papers,,", f",有,{word}", ",无,empty")
        lines += [f"报名信息,{heading},{said}" for said in mine]
    columns.write_text("\n".join(lines), encoding="utf-8")
    good("intake", path, office, "--columns", columns, "--write")
    assert table(office / "applications.csv")[0]["papers"] == "booklet;vaccination"


def test_a_fixed_value_for_every_row(office: Path, tmp_path: Path) -> None:
    """What no heading gives may be said once in the map; without it the column is told as missing."""
    sheet = export(child(0))
    at = list(sheet.rows[2]).index("超龄说明")
    rows = [[cell for place, cell in enumerate(row) if place != at] for row in sheet.rows]
    path, columns = write_export(tmp_path / "e.xlsx", SheetOf("报名信息", rows)), tmp_path / "c.csv"
    good("intake", path, office, "--propose", columns)
    told = call("intake", path, office, "--columns", columns).stderr
    assert "applications.over_age_reason" in told
    assert "[intake.no_heading]" in told
    before = columns.read_text(encoding="utf-8")
    columns.write_text(f"{before}报名信息,,applications.over_age_reason,,也许\n", encoding="utf-8")
    assert "[intake.map_constant]" in call("intake", path, office, "--columns", columns).stderr
    columns.write_text(f"{before}报名信息,,applications.over_age_reason,,否\n", encoding="utf-8")
    good("intake", path, office, "--columns", columns, "--write")
    assert table(office / "applications.csv")[0]["over_age_reason"] == "no"


def test_headings_that_come_and_go(office: Path, tmp_path: Path) -> None:
    """A new heading is a fault, never passed over in silence; one that is gone is told, for it may always be empty."""
    columns = tmp_path / "c.csv"
    good("intake", write_export(tmp_path / "e.xlsx"), office, "--propose", columns)
    rows = [list(row) for row in export().rows]
    place = rows[2].index("登记学校")
    rows[2][place] = "登记学校（新）"
    path = write_export(tmp_path / "e.xlsx", SheetOf("报名信息", rows))
    told = call("intake", path, office, "--columns", columns).stderr
    assert "登记学校（新）" in told
    assert "[intake.unmapped]" in told
    fewer = [[cell for at, cell in enumerate(row) if at != place] for row in export().rows]
    found = call("intake", write_export(tmp_path / "e.xlsx", SheetOf("报名信息", fewer)), office, "--columns", columns)
    assert found.exit_code == 0
    assert "[intake.headings_gone]" in found.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("x,报名号,applications.nothing,,", "map_column"), ("x,报名号,nothing,,", "map_column"),
        ("x,,applications.home,,", "map_heading"), ("x,,,甲,乙", "map_heading"), ("x,报名号,,甲,", "map_meaning"),
        ("x,报名号,,甲,? 乙", "map_meaning"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_map(office: Path, tmp_path: Path, line: str, code: str) -> None:
    """Each with its line."""
    columns = tmp_path / "c.csv"
    columns.write_text(f"sheet,heading,column,value,meaning\n{line}\n", encoding="utf-8")
    told = refused("intake", write_export(tmp_path / "e.xlsx"), office, "--columns", columns)
    assert f"[intake.{code}]" in told
    assert "line 2" in told
    columns.write_text("sheet,heading\n", encoding="utf-8")
    assert "[intake.map_header]" in refused("intake", write_export(tmp_path / "e.xlsx"), office, "--columns", columns)


def test_names_need_their_tables(office: Path, tmp_path: Path) -> None:
    """Without schools.csv no school can be told from another; a damaged table of aliases is told."""
    path, columns = write_export(tmp_path / "e.xlsx"), tmp_path / "c.csv"
    good("intake", path, office, "--propose", columns)
    (office / "aliases.csv").write_text("类型,名称,编号\n学校,富力小学,fuli\n城,富力城,fuli\n", encoding="utf-8")
    assert "[intake.alias]" in call("intake", path, office, "--columns", columns).stderr
    (office / "aliases.csv").unlink()
    (office / "zones.csv").unlink()
    assert "zones.csv" in call("intake", path, office, "--columns", columns).stderr


def test_a_value_in_a_proposed_map_becomes_no_formula(office: Path, tmp_path: Path) -> None:
    """A cell of the export that begins like a formula is text in the map."""
    path, columns = roster(tmp_path, ["K3", "李", "=HYPERLINK(1)", "B", "逾期", "", ""]), tmp_path / "c.csv"
    good("intake", path, office, "--propose", columns)
    assert "'=HYPERLINK(1)" in columns.read_text(encoding="utf-8-sig")


PLATFORM = (
    [
        "报名编号", "学生姓名", "出生日期", "户口性质", "居住方式", "入住时间", "户籍迁入时间", "类别", "审核状态",
        "父亲产权比例",
    ],
    ["K1", "王小明", "2017-03-01", "农业", "自有", "2022-05-01", "", "有户有房", "待审核", "100"],
)  # fmt: skip


def test_a_platform_says_time_for_a_day_and_its_category_decides_nothing(office: Path, tmp_path: Path) -> None:
    """入住时间 is the day of moving in; a category and a status make no roster of a sheet of applications."""
    path, columns = write_export(tmp_path / "e.xlsx", SheetOf("报名", [*PLATFORM])), tmp_path / "c.csv"
    good("intake", path, office, "--propose", columns)
    words = columns.read_text(encoding="utf-8-sig")
    assert "报名,入住时间,applications.residence_start,," in words
    assert "报名,户籍迁入时间,applications.hukou_in_date,," in words
    assert "报名,类别,? applications.declared_category,," in words
    assert "报名,父亲产权比例,owners:father.share,," in words
    assert "applicants." not in words


def test_shares_whose_holder_nobody_names_are_told_once(office: Path, tmp_path: Path) -> None:
    """A share needs its holder; the sheet has no such column, so that no row is to blame."""
    columns = tmp_path / "c.csv"
    path = write_export(tmp_path / "e.xlsx", SheetOf("报名", [["报名号", "产权比例1"], ["K1", "50"], ["K2", "50"]]))
    head = "sheet,heading,column,value,meaning\n"
    columns.write_text(f"{head}报名,报名号,applications.applicant_id,,\n报名,产权比例1,owners:1.share,,\n", "utf-8")
    told = call("intake", path, office, "--columns", columns, language="zh").stderr
    assert told.count("owners:1.holder") == 1
    assert "没有任何一列对应到这里（产权人）" in told


def test_what_changes_is_told_in_the_words_of_the_tables(office: Path, tmp_path: Path) -> None:
    """Chinese names of tables, columns, values and numbers in Chinese; nothing of it in English."""
    columns = tmp_path / "c.csv"
    first = write_export(tmp_path / "e.xlsx", export(child(0)))
    call("intake", first, office, "--propose", columns)
    good("intake", first, office, "--columns", columns, "--write")
    second = write_export(tmp_path / "e2.xlsx", export(child(0, 居住方式="借住")))
    shown = good("intake", second, office, "--columns", columns, language="zh")
    assert "报名表 T23-000000 居住方式：“自有”改为“借住”" in shown
    assert not [code for code in ("applications ", "family", "guardian ", "card", "owned") if code in shown]


def test_shares_of_one_per_cent_are_told(office: Path, tmp_path: Path) -> None:
    """A platform may give 1 for the whole; it is read as one per cent, and the office is asked."""
    columns = tmp_path / "c.csv"
    path = write_export(tmp_path / "e.xlsx", export(child(0, 产权比例1="1"), child(1, 产权比例1="50")))
    call("intake", path, office, "--propose", columns)
    told = call("intake", path, office, "--columns", columns, language="zh").stderr
    assert "产权比例不超过 1（1 处）" in told


def test_everything_that_is_wrong_in_a_map_is_told_at_once(office: Path, tmp_path: Path) -> None:
    """A row that says nothing known, a heading about which nothing is decided, a needed column without a heading."""
    path, columns = write_export(tmp_path / "e.xlsx"), tmp_path / "c.csv"
    good("intake", path, office, "--propose", columns)
    proposed = columns.read_text(encoding="utf-8-sig")
    lines = [line for line in proposed.splitlines() if "applications.birth_date" not in line]
    undecided = next(at for at, line in enumerate(lines) if "登记学校" in line)
    lines[undecided] = "报名信息,登记学校,?,,"
    columns.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = call("intake", path, office, "--columns", columns)
    assert told.exit_code == 2
    assert all(f"[intake.{code}]" in told.stderr for code in ("undecided", "unmapped", "no_heading"))
    lines += ["报名信息,联系电话,nothing,,", "x,,applications.home,,"]
    columns.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = call("intake", path, office, "--columns", columns)
    assert told.exit_code == 2
    wrong = ("map_column", "map_heading", "undecided", "unmapped")
    assert all(f"[intake.{code}]" in told.stderr for code in wrong)
    assert "[intake.no_heading]" not in told.stderr
