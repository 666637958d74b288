"""One table, four writers: CSV for people and for programs, workbook, terminal, page; every mark is on each."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from allocator.checking.optimum.verdict import Certificate
from allocator.domain import Draw, Text
from allocator.ground import BOTH, Written
from allocator.planning.extra_seats import effects_parts, effects_target_faults, seat_effects
from allocator.planning.optimum.tables import schools_table_bytes
from allocator.record import kept_table_faults
from allocator.sheets import (
    Cell,
    Column,
    Mark,
    NumberText,
    Page,
    PageSection,
    PlainConsole,
    Table,
    both,
    columns,
    csv_for_machines,
    csv_for_people,
    number,
    render_document,
    show,
    workbook,
)
from allocator.sheets import files as sheets
from allocator.sheets.terminal import part_in_terminal
from tests.cli_calls import good, refused
from tests.small import shipped

SCHOOL, SEATS = columns("capacity", ("school", "seats"))
COLUMNS = (SCHOOL, SEATS, Column(Text("均值", "Mean"), "right", 1, signed=True, key="mean"))
MARKS = (Mark(both("planning.only"), "warning"), Mark(Text("=1", ""), "notice"))
TABLE = Table(
    COLUMNS, (("一小", 1200, -0.25), (Text("合计", "Sum"), None, Cell(3.14159, "±1"))), Text("表", "Table"), marks=MARKS
)


def lines(content: bytes) -> list[list[str]]:
    """The cells of a CSV."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_csv_for_people_has_what_it_is_and_its_marks_above() -> None:
    """Title, marks, headings in both languages or one, numbers with all their digits, nothing live."""
    only = BOTH.text("planning.only")
    assert lines(csv_for_people(TABLE)) == [
        ["表 · Table", "", ""], [only, "", ""], ["'=1", "", ""], ["学校 School", "现有学位 Seats", "均值 Mean"],
        ["一小", "1200", "-0.250"], ["合计 Sum", "", "3.142"],
    ]  # fmt: skip
    assert lines(csv_for_people(TABLE, Written("en")))[3:] == [
        ["School", "Seats", "Mean"], ["一小", "1200", "-0.250"], ["Sum", "", "3.142"],
    ]  # fmt: skip
    assert csv_for_people(TABLE).startswith("\ufeff表".encode())


def test_csv_for_machines_begins_with_its_header() -> None:
    """The first line names the columns, and every line carries the marks in its last cell."""
    heads, *rows = lines(csv_for_machines(TABLE))
    assert heads == ["school", "seats", "mean", "mark"]
    assert [row[:3] for row in rows] == [["一小", "1200", "-0.250"], ["合计 Sum", "", "3.142"]]
    assert {row[3] for row in rows} == {BOTH.text("planning.only") + " | =1"}
    bare = Table(COLUMNS, (), "x")
    assert csv_for_machines(bare).decode("utf-8-sig") == "school,seats,mean\r\n"


def test_a_workbook_has_the_table_and_no_formula() -> None:
    """Marks over the whole width, headings, texts as texts, numbers as numbers; the same bytes every time."""
    found = load_workbook(io.BytesIO(workbook([TABLE])))
    sheet = found["表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows[:3]] == ["表 · Table", BOTH.text("planning.only"), "=1"]
    assert rows[3:] == [
        ["学校\nSchool", "现有学位\nSeats", "均值\nMean"], ["一小", 1200, -0.25], ["合计 Sum", "", 3.142],
    ]  # fmt: skip
    assert all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)
    assert sheet.freeze_panes == "A5"
    assert workbook([TABLE]) == workbook([TABLE])


def test_a_figure_is_a_number_in_a_workbook_too() -> None:
    """A number that was formatted stays one; a text of the same characters stays text."""
    table = Table(
        (Column("a"), Column("b")), ((NumberText("12.5"), "12.5"), (NumberText("+3"), "+3"), (NumberText(""), "")), "x"
    )
    sheet = load_workbook(io.BytesIO(workbook([table]))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4)]
    assert rows == [[12.5, "12.5"], [3, "+3"]]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is lost, and each sheet has the marks."""
    monkeypatch.setattr(sheets, "MOST_LINES", 1)
    found = load_workbook(io.BytesIO(workbook([TABLE])))
    assert found.sheetnames == ["表", "表 (2)"]
    assert [sheet["A5"].value for sheet in found] == ["一小", "合计 Sum"]


def test_a_terminal_shows_one_language_and_no_number_as_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    """Marks stand once above; numbers have their thousands apart and a true minus; an empty line is left out."""
    show((*MARKS, TABLE), "en")
    shown = capsys.readouterr().out
    assert "1,200" in shown
    assert "−0.3" in shown
    assert "+3.1 ±1" in shown
    assert "–" in shown
    assert "=1" not in shown
    assert "表" not in shown
    show((*MARKS, TABLE), "zh")
    assert "=1" in capsys.readouterr().out


def test_a_page_shows_the_same_cells() -> None:
    """Smaller words are smaller there, and no number is an empty cell."""
    page = render_document(Page(Text("页", "Page"), (PageSection("q", parts=(TABLE,)),)), "en").decode()
    assert '<td class="right">1,200</td><td class="right">−0.3</td>' in page
    assert "+3.1 <small>±1</small>" in page
    assert '<td class="right"></td>' in page


@pytest.mark.parametrize(
    ("command", "kind"),
    [(("capacity", "--extra-seats", 2), "extra_seats"), (("seats", "--class-size", 2), "seat_effects"),
     (("warnings",), "zone_warnings"), (("odds", "--draws", 2), "odds")],
)  # fmt: skip
def test_a_planners_table_is_a_workbook_where_its_ending_says_so(
    town: Path, tmp_path: Path, command: tuple[str | int, ...], kind: str
) -> None:
    """The same rows as in the CSV, nothing live; an earlier one is replaced, another file never."""
    name, *options = command
    book, table = tmp_path / "t.xlsx", tmp_path / "t.csv"
    for _ in range(2):
        good(str(name), town, *options, "--out", book)
    good(str(name), town, *options, "--out", table)
    assert sheets.workbook_file_keyword(kind) in book.read_bytes()
    cells = [["" if cell.value is None else str(cell.value) for cell in row] for row in load_workbook(book).active]
    *_, last = lines(table.read_bytes())
    shown = [f"{float(cell):g}" if cell.replace(".", "").isdigit() else cell for cell in last]
    assert cells[-1] == shown[: len(cells[-1])]
    only = (BOTH.text("planning.only"), BOTH.text("odds.only"), "policy of 2023")
    assert any(words in row[0] for row in cells for words in only)
    book.write_bytes(b"somebody else's")
    assert "other_file" in refused(str(name), town, *options, "--out", book)


def test_schools_have_their_english_names_in_english_tables(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A school is called in the language of the terminal, where it has a name in it."""
    monkeypatch.setenv("COLUMNS", "200")
    district = shipped("tongliao-2023-primary")
    named = {name: replace(school, name_en=f"Name {name}") for name, school in district.schools.items()}
    district = replace(district, schools=named, draw=Draw(trial_seed=1), applicants=district.applicants[:200])
    show(effects_parts(seat_effects(district, class_size=2, trial_seed=1, draws=0)), "en")
    shown = capsys.readouterr().out
    assert "Name fuli" in shown
    assert "富力小学" not in shown


@pytest.mark.parametrize("notice", [Text("", "only here"), Text("只有中文", "")])
def test_a_notice_in_one_language_is_on_every_table(notice: Text) -> None:
    """It stands as it is, in the file of the optimum too; no empty half beside it."""
    policy = replace(shipped("tongliao-2023-primary").policy, notice=notice)
    district = replace(shipped("tongliao-2023-primary"), policy=policy)
    certificate = Certificate("bound", False, dict.fromkeys(district.schools, 0), ())
    marks = lines(schools_table_bytes(district, {}, certificate))[1][-1].split(" | ")
    assert marks[-1] == notice.zh + notice.en


@pytest.mark.parametrize(
    ("value", "digits", "signed", "shown"),
    [(1234.5, 0, False, "1,235"), (-0.04, 1, True, "0.0"), (0.25, 1, True, "+0.3"), (-1e6, 0, False, "−1,000,000"),
     (None, 0, False, "–")],
)  # fmt: skip
def test_numbers_as_people_read_them(value: float | None, digits: int, signed: bool, shown: str) -> None:
    """Thousands, sign, true minus, halves away from zero, a dash for none."""
    assert number(value, digits, signed=signed) == shown


def test_only_an_earlier_table_of_the_kind_is_replaced(tmp_path: Path) -> None:
    """A workbook is known by its properties, which no cell can imitate; CSV by its first line."""
    book, other, machine, people = (tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.csv", "d.csv"))
    word = sheets.workbook_file_keyword("odds").decode()
    book.write_bytes(workbook([TABLE], kind="odds"))
    other.write_bytes(workbook([Table((Column(word),), ((word,),), word)], kind="seats"))
    machine.write_bytes(csv_for_machines(TABLE))
    people.write_bytes(csv_for_people(Table(COLUMNS, (), both("odds.title"))))
    assert not kept_table_faults(book, "odds.other_file", "odds")
    assert kept_table_faults(other, "odds.other_file", "odds")
    assert not kept_table_faults(machine, "odds.other_file", "odds", columns=COLUMNS)
    assert kept_table_faults(machine, "odds.other_file", "odds", title="odds.title")
    assert not kept_table_faults(people, "odds.other_file", "odds", title="odds.title")
    assert zipfile.ZipFile(book).testzip() is None


def test_an_older_planners_table_is_replaced(tmp_path: Path) -> None:
    """Once marks stood above the headings of planners' CSV too: a file that begins with the title is the program's."""
    older = tmp_path / "seats.csv"
    older.write_bytes(csv_for_people(Table(COLUMNS, (), both("seats.title"))))
    assert not effects_target_faults(older)
    older.write_bytes(older.read_bytes().replace("\ufeff".encode(), b"x"))
    assert [fault.code for fault in effects_target_faults(older)] == ["capacity.other_file"]


@pytest.mark.parametrize("width", range(18, 40))
def test_a_number_stays_with_its_sign(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line of the terminal ends before a percent sign, behind ± or within a number; the space is a plain one."""
    words = "at a school: 12.7 % ± 3.9, in metres -23,620.7 ± 3,166.97"
    monkeypatch.setenv("COLUMNS", str(width))
    console = PlainConsole()
    with console.capture() as shown:
        for part in (Table((Column("x"),), ((words,),)), words):
            console.print(part_in_terminal(part, "en"))
    for piece in ("12.7 %", "± 3.9", "-23,620.7", "± 3,166.97"):
        assert shown.get().count(piece) == 2, piece
