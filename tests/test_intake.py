"""Intake from end to end: a messy export becomes the office's tables, or every row says what is wrong with it."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from allocator.intake.books import read_exports
from tests.cli_calls import as_json, call, good, refused
from tests.exports import SheetOf, card, gb18030, ods, xls
from tests.intake_cases import (
    ADDRESSES,
    CARDS,
    FATHER_CARDS,
    FATHERS,
    HEADINGS,
    NAMES,
    TELEPHONES,
    child,
    decide,
    export,
    folder,
    table,
    write_export,
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with schools, zones and aliases."""
    return folder(tmp_path / "office")


@pytest.fixture
def columns(office: Path, tmp_path: Path) -> Path:
    """The map that the program proposes for the export, unchanged."""
    path = tmp_path / "columns.csv"
    good("intake", write_export(tmp_path / "first.xlsx"), office, "--propose", path)
    return path


def test_the_messy_export_becomes_the_tables(office: Path, columns: Path, tmp_path: Path) -> None:
    """Title, remark and total are passed over; words, dates, names of schools and zones are read; numbers are made."""
    path = write_export(tmp_path / "export.xlsx")
    shown = good("intake", path, office, "--columns", columns, "--write")
    assert "export.xlsx[报名信息]: 3 rows read = 3 accepted + 0 refused" in shown
    for passed in ("above the headings: 2 rows (1, 2)", "totals: 1 row (7)", "remarks: 1 row (8)"):
        assert passed in shown
    first, second, third = table(office / "applications.csv")
    assert first["birth_date"] == "2017-03-01"
    assert (second["birth_date"], third["birth_date"]) == ("2016-12-24", "2017-05-02")
    assert first["registered_at"] == "2023-07-25"
    assert first["papers"] == "booklet;vaccination"
    assert (first["voluntary_1"], third["voluntary_1"]) == ("fuli;xincheng-2", "xincheng-2;fuli")
    assert (first["family"], first["home"], first["book"]) == ("F000001", "H000001", "300001")
    assert [home["zone"] for home in table(office / "homes.csv")] == ["fuli", "xincheng-2", "xincheng-2"]
    assert table(office / "owners.csv")[0] == {"home": "H000001", "holder": "F000001/G000001", "share": "100"}
    father = table(office / "guardians.csv")[0]
    assert (father["relation"], father["custody"]) == ("father", "joint")
    assert (father["head"], father["work_paper"]) == ("yes", "no")
    person = table(office / "restricted" / "persons.csv")[1]
    assert person["name"] == NAMES[1]
    assert (person["sex"], person["card"], person["guardian_name"]) == ("F", CARDS[1], FATHERS[1])


def test_a_dry_run_writes_no_table(office: Path, columns: Path, tmp_path: Path) -> None:
    """Without ``--write`` the folder is as it was."""
    before = sorted(path.name for path in office.rglob("*"))
    shown = good("intake", write_export(tmp_path / "export.xlsx"), office, "--columns", columns)
    assert "dry run" in shown
    assert sorted(path.name for path in office.rglob("*")) == before


@pytest.mark.parametrize("ending", ["xls", "ods", "csv", "utf-8.csv"])
def test_every_format_gives_the_same_tables(office: Path, columns: Path, tmp_path: Path, ending: str) -> None:
    """An .xls, an .ods and a CSV of GB18030 or UTF-8 give the bytes that the .xlsx gives."""
    good("intake", write_export(tmp_path / "export.xlsx"), office, "--columns", columns, "--write")
    wanted = {path.name: path.read_bytes() for path in office.rglob("*.csv")}
    made = {"xls": xls(export()), "ods": ods(export()), "csv": gb18030(export())}
    path = tmp_path / f"other.{ending}"
    path.write_bytes(made.get(ending) or gb18030(export(), "utf-8-sig"))
    if ending.endswith("csv"):  # a CSV has no sheet of that name
        decide(columns, ("报名信息,", ","))
    other = folder(tmp_path / "other")
    good("intake", path, other, "--columns", columns, "--write")
    assert {path.name: path.read_bytes() for path in other.rglob("*.csv")} == wanted


def test_restricted_files_are_for_their_owner_alone(office: Path, columns: Path, tmp_path: Path) -> None:
    """Persons, numbers and matches lie in a folder that nobody else may open, even if it lay open before."""
    (office / "restricted").mkdir(mode=0o755)
    good("intake", write_export(tmp_path / "export.xlsx"), office, "--columns", columns, "--write")
    modes = {path.name: stat.S_IMODE(os.stat(path).st_mode) for path in (office / "restricted").iterdir()}
    assert stat.S_IMODE(os.stat(office / "restricted").st_mode) == 0o700
    assert modes == {"persons.csv": 0o600, "ids.csv": 0o600, "matches.csv": 0o600}


def test_every_fault_of_every_row_is_told_and_nothing_written(office: Path, columns: Path, tmp_path: Path) -> None:
    """All at once, with the nearest word and school; what lay in the folder before stays."""
    good("intake", write_export(tmp_path / "export.xlsx"), office, "--columns", columns, "--write")
    before = {path.name: path.read_bytes() for path in office.rglob("*.csv")}
    wrong = export(
        child(0, 出生日期="2017-02-30", 身份证号=CARDS[0][:-1] + "0"),
        child(1, 第一次自愿报名="新城二小、富力校", 户籍地="城里"),
        child(2), child(2, 家庭住址=ADDRESSES[1]),
    )  # fmt: skip
    found = call("intake", write_export(tmp_path / "wrong.xlsx", wrong), office, "--columns", columns, "--write")
    assert found.exit_code == 2
    assert "4 rows read = 1 accepted + 3 refused" in found.stdout
    for code in ("no_such_day", "card_check", "word", "no_school", "contradicts"):
        assert f"[intake.{code}]" in found.stderr
    assert "nearest: 城区" in found.stderr
    assert "nearest: 四中富力分校" in found.stderr
    assert {path.name: path.read_bytes() for path in office.rglob("*.csv")} == before


def test_faults_book_is_a_copy_that_says_what_is_wrong(office: Path, columns: Path, tmp_path: Path) -> None:
    """Every row stands on its line, the faults in a column behind; no formula is live, no card number is whole."""
    wrong = export(child(0, 户口性质="=1+1"), child(1, 祖孙三代同户="也许"), child(2))
    path = write_export(tmp_path / "wrong.xlsx", wrong)
    call("intake", path, office, "--columns", columns)
    book = office / "restricted" / "faults.xlsx"
    assert stat.S_IMODE(os.stat(book).st_mode) == 0o600
    sheet = read_exports([book]).sheets[0]
    rows = dict(zip(sheet.lines, sheet.cells, strict=True))
    assert rows[3][: len(HEADINGS)] == list(HEADINGS)
    assert rows[3][len(HEADINGS)] == "what is wrong"
    assert [line for line in rows if line > 3 and rows[line][len(HEADINGS)]] == [4, 5]
    assert "yes or no is expected" in rows[5][len(HEADINGS)]
    assert rows[4][HEADINGS.index("户口性质")] == "=1+1"
    assert read_exports([book]).faults == []  # among them would be a formula
    assert rows[6][HEADINGS.index("身份证号")] == "***"
    good("intake", write_export(tmp_path / "right.xlsx"), office, "--columns", columns)
    assert not book.exists()


def test_a_corrected_export_shows_what_changes(office: Path, columns: Path, tmp_path: Path) -> None:
    """Row by row and column by column, before it is written; values of persons are not shown."""
    good("intake", write_export(tmp_path / "export.xlsx"), office, "--columns", columns, "--write")
    rows = [child(0, 居住方式="借住"), child(1, 家庭住址="城东路1号", 父亲电话=13900000000)]
    other = write_export(tmp_path / "other.xlsx", export(*rows))
    found = as_json("intake", other, office, "--columns", columns)
    changes = {(c["table"], c["key"], c["kind"], c["column"], c["before"], c["after"]) for c in found["changes"]}
    assert ("applications", "T23-000000", "changed", "tenure", "owned", "borrowed") in changes
    assert ("applications", "T23-000002", "gone", "", "", "") in changes
    assert ("applications", "T23-000001", "changed", "home", "H000002", "H000004") in changes
    assert ("persons", "T23-000001", "changed", "telephone", "***", "***") in changes
    assert table(office / "applications.csv")[0]["tenure"] == "owned"
    said = refused("intake", other, office, "--columns", columns, "--write")
    assert "T23-000002" in said
    assert "[intake.would_go]" in said
    assert table(office / "applications.csv")[0]["tenure"] == "owned"
    shown = good("intake", other, office, "--columns", columns, "--write", "--remove")
    assert "applications T23-000000 tenure: “owned” becomes “borrowed”" in shown
    assert table(office / "applications.csv")[0]["tenure"] == "borrowed"
    assert "nothing differs" in good("intake", other, office, "--columns", columns)


def test_a_corrected_export_shows_changes_before_some_of_the_old_numbers(
    office: Path, columns: Path, tmp_path: Path
) -> None:
    """Of a corrected export nearly all numbers were given before: five are shown, below what changes."""
    good("intake", write_export(tmp_path / "export.xlsx"), office, "--columns", columns, "--write")
    other = write_export(tmp_path / "other.xlsx", export(child(0, 居住方式="借住"), child(1), child(2)))
    shown = good("intake", other, office, "--columns", columns)
    matches = len(as_json("intake", other, office, "--columns", columns)["matches"])
    assert shown.index("becomes “borrowed”") < shown.index("given before")
    assert shown.count("the same as") == 5 < matches
    assert f"and {matches - 5} more" in shown


def test_tables_with_chinese_words_are_compared_by_their_meaning(office: Path, columns: Path, tmp_path: Path) -> None:
    """A table that the office keeps with Chinese headings and words differs in nothing."""
    path = write_export(tmp_path / "export.xlsx")
    good("intake", path, office, "--columns", columns, "--write")
    homes = (office / "homes.csv").read_text(encoding="utf-8")
    meant = {"home,area": "住房编号,位置", "zone_urban": "开发区城区", ",yes,title": ",是,不动产权证"}
    for word, chinese in meant.items():
        homes = homes.replace(word, chinese)
    (office / "homes.csv").write_text(homes, encoding="utf-8")
    assert "nothing differs" in good("intake", path, office, "--columns", columns)


def test_numbers_are_kept_over_the_years(office: Path, columns: Path, tmp_path: Path) -> None:
    """A younger sister has the family of her brother and the home; every match is listed, by what it was made."""
    good("intake", write_export(tmp_path / "export.xlsx"), office, "--columns", columns, "--write")
    for name in ("applications", "guardians", "homes", "owners", "restricted/persons"):
        (office / f"{name}.csv").unlink()
    said = {"身份证号": card("150502", "2018-01-05", 46), "出生日期": "2018-01-05", "性别": "女"}
    sister = child(0, 报名号="T24-000009", 学生姓名="王小芳", **said)
    stranger = child(1, 报名号="T24-000001", 父亲身份证号=card("150502", "1990-01-05", 33), 家庭住址="城东路1号")
    path = write_export(tmp_path / "next.xlsx", export(stranger, sister))
    found = as_json("intake", path, office, "--columns", columns, "--write")
    ours, theirs = table(office / "applications.csv")[::-1]
    assert (ours["family"], ours["home"]) == ("F000001", "H000001")
    assert (theirs["family"], theirs["home"]) == ("F000004", "H000004")
    listed = {(m["kind"], m["id"], m["by"], m["line"], m["first"]) for m in found["matches"]}
    assert listed == {
        ("family", "F000001", "card", 5, "ids.csv"), ("guardian", "G000001", "card", 5, "ids.csv"),
        ("home", "H000001", "address", 5, "ids.csv"),
    }  # fmt: skip
    assert table(office / "restricted" / "matches.csv")[0]["first"] == "ids.csv"


def test_platform_numbers_of_fifteen_digits_are_no_ids(office: Path, columns: Path, tmp_path: Path) -> None:
    """Such children get ``T`` and a running number, kept at the next import; the platform's number is a person's."""
    long = "202307251530001234"
    rows = [child(0, 报名号=long), child(1), child(2, 报名号="T000001")]
    path = write_export(tmp_path / "export.xlsx", export(*rows))
    for _ in range(2):
        shown = good("intake", path, office, "--columns", columns, "--write")
        assert long not in shown
        ids = [row["applicant_id"] for row in table(office / "applications.csv")]
        assert ids == ["T000001", "T000002", "T23-000001"]
    persons = {row["applicant_id"]: row["platform_no"] for row in table(office / "restricted" / "persons.csv")}
    assert persons == {"T000001": "", "T000002": long, "T23-000001": ""}
    assert all(long not in path.read_text("utf-8") for path in office.rglob("*.csv") if path.name != "persons.csv")


def test_numbers_cut_by_a_spreadsheet_are_refused(office: Path, columns: Path, tmp_path: Path) -> None:
    """Whole numbers below 10^15 are exact; longer ones have lost digits, cards as well as ids."""
    rows = [child(0, 报名号=99_999_999_999_998), child(1, 报名号=202307251530001234), child(2, 身份证号=int(CARDS[0]))]
    found = call("intake", write_export(tmp_path / "e.xlsx", export(*rows)), office, "--columns", columns)
    assert found.stderr.count("[intake.lost_digits]") == 2
    assert "1 accepted + 2 refused" in found.stdout


def test_ids_that_lost_their_zeros_are_told(office: Path, columns: Path, tmp_path: Path) -> None:
    """All-digit ids of different lengths, or that differ in leading zeros only, are warned of in the dry run."""
    rows = [child(0, 报名号="00012"), child(1, 报名号=12), child(2, 报名号=10013)]
    found = call("intake", write_export(tmp_path / "e.xlsx", export(*rows)), office, "--columns", columns)
    assert found.exit_code == 0
    assert "[warn.id_lengths]" in found.stderr
    assert "[intake.leading_zeros]" in found.stderr


def test_children_twice_are_told(office: Path, columns: Path, tmp_path: Path) -> None:
    """Same name, birth date, home and guardian under another number, or the same card."""
    rows = [child(0), child(0, 报名号="T23-000077", 身份证号="")]
    rows += [child(1), child(1, 报名号="T23-000088", 学生姓名="赵佳宜")]
    found = as_json("intake", write_export(tmp_path / "e.xlsx", export(*rows)), office, "--columns", columns)
    twice = {(w["value"], w["row"]) for w in found["warnings"] if w["code"] == "intake.twice"}
    assert twice == {("T23-000077", 5), ("T23-000088", 7)}


def test_one_guardian_in_two_families_is_told(office: Path, columns: Path, tmp_path: Path) -> None:
    """Where a sister's row names the father alone and her brother's both parents, two families were made of one."""
    sheet = export(child(0), child(1, 父亲姓名=FATHERS[0], 父亲身份证号=FATHER_CARDS[0], 父亲电话=TELEPHONES[0]))
    mother = {"姓名": "赵兰", "抚养权": "共同", "户籍地": "城区", "户主": "否", "工作证明": "无"}
    rows = [list(row) for row in sheet.rows]
    rows[2] += [f"母亲{word}" for word in mother]
    rows[3] += mother.values()
    path = write_export(tmp_path / "e.xlsx", SheetOf("报名信息", rows))
    columns.unlink()
    good("intake", path, office, "--propose", columns)
    told = call("intake", path, office, "--columns", columns)
    assert told.exit_code == 0, told.stderr
    assert "one guardian is in 2 families: F000001, F000002" in told.stderr


def test_a_child_without_a_home_gets_none(office: Path, columns: Path, tmp_path: Path) -> None:
    """An address alone is no home: where nothing is said of one, no number is made."""
    said = HEADINGS[HEADINGS.index("房屋位置") :]
    nothing = {**dict.fromkeys(said, ""), "居住方式": "", "入住日期": ""}
    path = write_export(tmp_path / "e.xlsx", export(child(0), child(1, **nothing)))
    good("intake", path, office, "--columns", columns, "--write")
    assert [row["home"] for row in table(office / "applications.csv")] == ["H000001", ""]
    assert [row["home"] for row in table(office / "homes.csv")] == ["H000001"]


def test_text_with_tabs_under_the_name_of_a_workbook(office: Path, columns: Path, tmp_path: Path) -> None:
    """Some platforms call a text .xls; what stands in it decides."""
    lines = ["\t".join(map(str, row)) for row in export().rows]
    (tmp_path / "e.xls").write_bytes("\r\n".join(lines).encode("gb18030"))
    decide(columns, ("报名信息,", ","))
    good("intake", tmp_path / "e.xls", office, "--columns", columns, "--write")
    assert len(table(office / "applications.csv")) == 3


def test_a_row_told_again_counts_once(office: Path, columns: Path, tmp_path: Path) -> None:
    """The same child twice with the same cells is one row of the table, and it is told."""
    path = write_export(tmp_path / "e.xlsx", export(child(0), child(1), child(0, 序号=3)))
    told = call("intake", path, office, "--columns", columns, "--write")
    assert "[intake.same_row]" in told.stderr
    assert len(table(office / "applications.csv")) == 2


def test_a_card_that_says_something_else_is_told(office: Path, columns: Path, tmp_path: Path) -> None:
    """Birth date and sex are held against the card."""
    rows = [child(0, 出生日期="2017-03-02"), child(1, 性别="男")]
    found = as_json("intake", write_export(tmp_path / "e.xlsx", export(*rows)), office, "--columns", columns)
    codes = {(w["code"], w["row"]) for w in found["warnings"]}
    assert {("intake.card_birth", 4), ("intake.card_sex", 5)} <= codes


def test_merged_hidden_and_computed_cells(office: Path, columns: Path, tmp_path: Path) -> None:
    """A merge down a column is filled in and told, one across refuses its row; a formula in a total hurts nobody."""
    sheet = export(child(0), child(1, 户籍地=""), child(2))
    place = HEADINGS.index("户籍地")
    sheet.merged = [*sheet.merged, (3, place, 4, place)]
    sheet.hidden = [4]
    sheet.formulas = {(6, 1): "=COUNTA(B4:B6)"}
    path = write_export(tmp_path / "e.xlsx", sheet)
    found = call("intake", path, office, "--columns", columns, "--write")
    assert found.exit_code == 0, found.stderr
    assert "[intake.filled]" in found.stderr
    assert "H4:H5" in found.stderr
    assert "[intake.hidden_rows]" in found.stderr
    assert table(office / "applications.csv")[1]["hukou_area"] == "zone_urban"
    sheet.merged = [*sheet.merged, (5, 2, 5, 3)]
    sheet.formulas = {(3, place + 1): '="非农业"'}
    told = call("intake", write_export(tmp_path / "e.xlsx", sheet), office, "--columns", columns).stderr
    assert "C6:D6" in told
    assert "[sheet.formula]" in told


def test_sheets_are_put_together_by_their_numbers(office: Path, tmp_path: Path) -> None:
    """One sheet of children, one of guardians, one of homes with their owners; a sheet without headings is left out."""
    children = SheetOf("学生", [
        ["报名号", "家庭编号", "住房编号", "姓名", "出生日期", "户籍地", "户口性质", "独立户口簿", "祖孙三代同户",
         "超龄说明", "居住方式"],
        ["K1", "F1", "H1", "王小明", "2017-03-01", "农区", "农业", "否", "是", "否", "自有"],
        ["K2", "F1", "H1", "王小红", "2017-03-01", "农区", "农业", "否", "是", "否", "自有"],
    ])  # fmt: skip
    parents = SheetOf("监护人", [
        ["家庭编号", "监护人编号", "关系", "抚养权", "户籍地", "户主", "工作证明"],
        ["F1", "1", "父亲", "共同", "农区", "是", "无"], ["F1", "2", "母亲", "共同", "农区", "否", "无"],
    ])  # fmt: skip
    homes = SheetOf("住房", [
        ["住房编号", "位置", "用途", "已交付", "产权人", "产权比例"],
        ["H1", "农区", "住宅", "是", "F1/1", 50], ["H1", "农区", "住宅", "是", "其他共有人", "50%"],
    ])  # fmt: skip
    notes = SheetOf("说明", [["填写要求", "一"], ["甲", "乙"]])
    path = write_export(tmp_path / "e.xlsx", children, parents, homes, notes)
    columns = tmp_path / "columns.csv"
    good("intake", path, office, "--propose", columns)
    shown = good("intake", path, office, "--columns", columns, "--write")
    assert "e.xlsx[说明]: left out" in shown
    assert [row["guardian"] for row in table(office / "guardians.csv")] == ["1", "2"]
    assert len(table(office / "applications.csv")) == 2
    assert len(table(office / "homes.csv")) == 1
    assert table(office / "owners.csv") == [
        {"home": "H1", "holder": "F1/1", "share": "50"}, {"home": "H1", "holder": "其他共有人", "share": "50"},
    ]  # fmt: skip


def test_categories_decided_elsewhere_become_the_roster(office: Path, tmp_path: Path) -> None:
    """Straight into applicants.csv, with the words that offices use."""
    sheet = SheetOf("名册", [
        ["报名号", "姓名", "学区", "类别", "审核状态", "登记学校", "第一次自愿报名"],
        ["K1", "王小明", "富力城", "A类", "审核通过", "富力小学", "新城二小，富力小学"],
        ["K2", "赵佳怡", "新城二小学区", "有户租房", "逾期", "", ""],
    ])  # fmt: skip
    path, columns = write_export(tmp_path / "e.xlsx", sheet), tmp_path / "columns.csv"
    good("intake", path, office, "--propose", columns)
    good("intake", path, office, "--columns", columns, "--write")
    first, second = table(office / "applicants.csv")
    assert (first["zone"], first["category"], first["status"]) == ("fuli", "A", "verified")
    assert first["voluntary_1"] == "xincheng-2;fuli"
    assert (second["zone"], second["category"], second["status"]) == ("xincheng-2", "C", "late")
    assert not (office / "applications.csv").exists()


def test_wrong_calls_are_told(office: Path, columns: Path, tmp_path: Path) -> None:
    """No map, no export, a map that is there already, a folder that is not."""
    path = write_export(tmp_path / "e.xlsx")
    assert "[intake.needs_map]" in refused("intake", path, office)
    assert "[intake.no_exports]" in refused("intake", office, "--columns", columns)
    assert "[intake.map_there]" in refused("intake", path, office, "--propose", columns)
    assert "[folder.missing]" in refused("intake", path, tmp_path / "nowhere", "--columns", columns)
    assert json.loads(call("intake", path, office, "--columns", columns, "--json").stdout)["faults"] == []


def test_a_damaged_table_of_numbers_stops_everything(office: Path, columns: Path, tmp_path: Path) -> None:
    """Other numbers than before may never be given in silence."""
    path = write_export(tmp_path / "e.xlsx")
    good("intake", path, office, "--columns", columns, "--write")
    ids = office / "restricted" / "ids.csv"
    ids.write_text(ids.read_text(encoding="utf-8").replace("family,F000001,card,", "family,F000001,"), encoding="utf-8")
    assert "[intake.ids]" in refused("intake", path, office, "--columns", columns)
