"""A workbook is looked over for what a person would take as "not there" or "also there"; nothing is lost in silence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill

from allocator.ground import fault_text
from allocator.reading.folder import read_folder
from tests import tables
from tests.test_sheets import changed, grid, with_sheet, workbook

pytestmark = pytest.mark.usefixtures("read_twice")

SHEET = "xl/worksheets/sheet1.xml"


def book(change: Callable[[Any, Any], None], name: str = "applicants") -> bytes:
    """A workbook of the small roster, or of the schools, in which one thing is done."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in grid(tables.children() if name == "applicants" else tables.schools()):
        sheet.append(row)
    change(made, sheet)
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


def found(tmp_path: Path, raw: bytes, name: str = "applicants") -> list[tuple[str, int, str]]:
    """Code, row and places of the faults of a workbook; each can be told in both languages."""
    faults = tables.faults(with_sheet(tables.write(tmp_path), name, raw))
    assert all(fault_text(fault, "zh") and fault_text(fault, "en") for fault in faults)
    return [(fault.code, fault.row, fault.params.get("places", fault.params.get("sheet", ""))) for fault in faults]


def _style(**cells: Any) -> Callable[[Any, Any], None]:
    """Set the style of some cells."""

    def change(_: Any, sheet: Any) -> None:
        for place, (what, value) in cells.items():
            setattr(sheet[place], what, value)

    return change


def _hide_row(number: int) -> Callable[[Any, Any], None]:
    def change(_: Any, sheet: Any) -> None:
        sheet.row_dimensions[number].hidden = True

    return change


def _filter(_: Any, sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:N4"
    sheet.auto_filter.add_filter_column(2, ["A"])
    sheet.row_dimensions[3].hidden = True


def _hide_column(letter: str, width: float | None = None) -> Callable[[Any, Any], None]:
    def change(_: Any, sheet: Any) -> None:
        sheet.column_dimensions[letter].hidden = width is None
        if width is not None:
            sheet.column_dimensions[letter].width = width

    return change


def _other_sheet(state: str, first: str = "visible") -> Callable[[Any, Any], None]:
    def change(made: Any, sheet: Any) -> None:
        other = made.create_sheet("旧名单")
        other.append(["x"])
        other.sheet_state, sheet.sheet_state = state, first

    return change


WHITE, BLUE = "FFFFFFFF", "FF0000FF"
CASES = {
    "merged": (lambda _, sheet: sheet.merge_cells("I2:I3"), ("sheet.merged", 2, "I2:I3")),
    "hidden row": (_hide_row(3), ("sheet.hidden_rows", 3, "3")),
    "filtered rows": (_filter, ("sheet.hidden_rows", 3, "3")),
    "hidden column": (_hide_column("D"), ("sheet.hidden_columns", 4, "D4")),
    "struck": (_style(A3=("font", Font(strike=True)), B3=("font", Font(strike=True))), ("sheet.struck", 3, "A3, B3")),
    "white": (_style(C2=("font", Font(color=WHITE))), ("sheet.unseen", 2, "C2")),
    "white on white": (
        _style(C2=("font", Font(color=WHITE)), D2=("font", Font()), C3=("fill", PatternFill("solid", fgColor=WHITE))),
        ("sheet.unseen", 2, "C2"),
    ),
    "format of nothing": (_style(C2=("number_format", ";;;")), ("sheet.unseen", 2, "C2")),
    "percent": (_style(M2=("number_format", "0.0%")), ("sheet.other_number", 2, "M2")),
    "thousands": (_style(M2=("number_format", "#,##0,")), ("sheet.other_number", 2, "M2")),
    "second sheet": (_other_sheet("visible"), ("sheet.several", 0, "旧名单")),
    "hidden second sheet": (_other_sheet("hidden"), ("sheet.several_hidden", 0, "旧名单")),
    "very hidden second sheet": (_other_sheet("veryHidden"), ("sheet.several_hidden", 0, "旧名单")),
}


@pytest.mark.parametrize("name", CASES)
def test_what_people_see_otherwise_than_it_is(tmp_path: Path, name: str) -> None:
    """Refused, with the cells or ranges named."""
    change, expected = CASES[name]
    assert found(tmp_path, book(change)) == [expected]


def _blue_on_blue(_: Any, sheet: Any) -> None:
    sheet["C2"].font, sheet["C2"].fill = Font(color=BLUE), PatternFill("solid", fgColor=BLUE)
    sheet["C3"].fill = PatternFill("solid", fgColor="FF000000")
    sheet["C4"].font, sheet["C4"].fill = Font(color=WHITE), PatternFill("solid", fgColor="FF000000")


def test_text_in_the_colour_of_its_cell(tmp_path: Path) -> None:
    """Whatever the colour is, black included; white on black can be read."""
    assert found(tmp_path, book(_blue_on_blue)) == [("sheet.unseen", 2, "C2, C3")]


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: setattr(sheet.row_dimensions[3], "height", 0.5),
        lambda sheet: setattr(sheet.column_dimensions["D"], "width", 0.1),
    ],
    ids=["row", "column"],
)
def test_rows_and_columns_too_small_to_be_seen(tmp_path: Path, change: Callable[[Any], None]) -> None:
    """A row of half a point is hidden to the eye; the row of a fault is not told a second time as a column."""
    faults = tables.faults(with_sheet(tables.write(tmp_path), "applicants", book(lambda _, sheet: change(sheet))))
    places = [(fault.code, fault.row, fault.column) for fault in faults]
    assert places in ([("sheet.hidden_rows", 3, "")], [("sheet.hidden_columns", 4, "D4")])


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ({"font": Font(strike=True)}, ["C2:C4"]),
        ({"font": Font(color=WHITE)}, ["C2:C4"]),
        ({"font": Font(color="FF9C0006"), "fill": PatternFill(bgColor="FFFFC7CE")}, []),
    ],
    ids=["struck", "white", "coloured"],
)
def test_formats_under_a_condition(tmp_path: Path, style: Any, told: list[str]) -> None:
    """What a rule strikes through or hides is told with its cells; ordinary colours are not."""

    def change(_: Any, sheet: Any) -> None:
        sheet.conditional_formatting.add("C2:C4", FormulaRule(formula=['$C2="A"'], **style))

    warnings = read_folder(with_sheet(tables.write(tmp_path), "applicants", book(change))).warnings
    assert [w.params["places"] for w in warnings if w.code == "warn.sheet_conditional"] == told
    assert all(fault_text(w, "zh") and fault_text(w, "en") for w in warnings)


def _nothing_lost(_: Any, sheet: Any) -> None:
    """White headings on blue, an empty struck cell, empty hidden rows and columns, ordinary formats."""
    for cell in sheet[1]:
        cell.font, cell.fill = Font(color=WHITE), PatternFill("solid", fgColor=BLUE)
    sheet["J3"].font = Font(strike=True)
    sheet["A3"].font = Font(strike=False, color="FFFF0000")
    sheet["M2"].number_format = "#,##0.00"
    sheet.column_dimensions["J"].hidden = True
    sheet.column_dimensions["ZZ"].hidden = True
    sheet.row_dimensions[40].hidden = True
    sheet["B2"].number_format = "@"


def test_what_loses_nothing_is_read(tmp_path: Path) -> None:
    """Coloured headings, empty hidden rows and columns, ordinary formats are no fault."""
    folder = with_sheet(tables.write(tmp_path), "applicants", book(_nothing_lost))
    district = read_folder(folder)
    assert district.applicants == read_folder(tables.write(tmp_path / "usual")).applicants
    assert district.warnings == ()


def test_every_merged_range_is_named(tmp_path: Path) -> None:
    """Across rows and across columns, in the order of the file."""

    def merge(_: Any, sheet: Any) -> None:
        sheet.merge_cells("E2:F2")
        sheet.merge_cells("I2:I3")

    ((code, row, places),) = found(tmp_path, book(merge))
    assert (code, row, set(places.split(", "))) == ("sheet.merged", 2, {"E2:F2", "I2:I3"})


def test_rich_text_with_a_part_struck_through(tmp_path: Path) -> None:
    """Of `fuli` the last letters are struck through, and nobody knows what is meant."""
    rich = b"<r><t>fu</t></r><r><rPr><strike/></rPr><t>li</t></r>"

    def struck(part: bytes) -> bytes:
        assert part.count(b"<t>fuli</t>") == 1
        return part.replace(b"<t>fuli</t>", rich)

    raw = changed(book(lambda *_: None), SHEET, struck)
    assert found(tmp_path, raw) == [("sheet.struck", 2, "B2")]
    shared = changed(workbook(grid(tables.children())), "xl/sharedStrings.xml", struck)
    assert found(tmp_path / "shared", shared) == [("sheet.struck", 2, "B2")]


def test_a_row_without_height(tmp_path: Path) -> None:
    """Dragged to nothing, a row is as good as hidden."""
    plain = workbook(grid(tables.children()))
    raw = changed(plain, SHEET, lambda part: part.replace(b'<row r="4"', b'<row ht="0" r="4"'))
    assert found(tmp_path, raw) == [("sheet.hidden_rows", 4, "4")]


def test_many_places_are_cut(tmp_path: Path) -> None:
    """A roster struck through from end to end is one fault, not thousands."""

    def strike(_: Any, sheet: Any) -> None:
        for at in range(5, 60):
            sheet.cell(at, 1, f"T{at}").font = Font(strike=True)

    ((code, row, places),) = [fault for fault in found(tmp_path, book(strike)) if fault[0] == "sheet.struck"]
    assert (code, row) == ("sheet.struck", 5)
    assert places.startswith("A5, A6, ")
    assert places.endswith(", A24 …")


def test_notes_and_text_boxes_are_told(tmp_path: Path) -> None:
    """What is there for the eye and is not read is a warning, which hinders nothing."""

    def note(_: Any, sheet: Any) -> None:
        sheet["I2"].comment = Comment("west", "office")

    raw = book(note)
    folder = with_sheet(tables.write(tmp_path), "applicants", raw)
    (told,) = read_folder(folder).warnings
    assert (told.code, told.column) == ("warn.sheet_notes", "I2")
    with_box = io.BytesIO(raw)
    with zipfile.ZipFile(with_box, "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", '<d xmlns:a="a"><a:t>改为 west</a:t></d>')
    (folder / "applicants.xlsx").write_bytes(with_box.getvalue())
    assert {told.code for told in read_folder(folder).warnings} == {"warn.sheet_notes", "warn.sheet_drawing"}


def test_other_faults_of_the_workbook_are_told_as_well(tmp_path: Path) -> None:
    """A merged range does not hide a zone that does not exist."""

    def change(_: Any, sheet: Any) -> None:
        sheet.merge_cells("I2:I3")
        sheet["B2"] = "nowhere"

    assert {fault[0] for fault in found(tmp_path, book(change))} == {"sheet.merged", "zone.unknown"}


def test_the_tables_of_schools_are_looked_over_too(tmp_path: Path) -> None:
    """A merged plan of two schools of one campus."""
    raw = book(lambda _, sheet: sheet.merge_cells("D2:D3"), "schools")
    assert ("sheet.merged", 2, "D2:D3") in found(tmp_path, raw, "schools")


@pytest.mark.parametrize(
    ("value", "code", "character"),
    [
        ("fuli\u200b", "cell.invisible_character", "U+200B"),
        ("\u200efuli", "cell.invisible_character", "U+200E"),
        ("fu\u00adli", "cell.invisible_character", "U+00AD"),
        ("\u3164fuli", "cell.invisible_character", "U+3164"),
        ("fuli\ue863", "cell.private_use", "U+E863"),
        ("fuli\U000f0001", "cell.private_use", "U+F0001"),
        ("fuli\ufffd", "cell.lost_character", "U+FFFD"),
        ("fu\u202eli", "cell.control_character", "U+202E"),
    ],
)
@pytest.mark.parametrize("column", ["zone", "status", "name"])
def test_characters_that_nobody_sees(tmp_path: Path, value: str, code: str, character: str, column: str) -> None:
    """In CSV as in workbooks, in ids, words and names: refused, with the character's number."""
    rows = [tables.child("T1") | {"name": "李娜", column: value}]
    (fault,) = tables.faults(tables.write(tmp_path, applicants=tables.csv_bytes(rows)))
    assert (fault.code, fault.column, fault.params["character"]) == (code, column, character)
    assert all(fault_text(fault, language) for language in ("zh", "en"))


def test_spaces_that_look_like_spaces_are_space(tmp_path: Path) -> None:
    """A no-break or ideographic space around a value is space."""
    rows = [tables.child("T1", zone="\u00a0fuli\u3000")]
    assert read_folder(tables.write(tmp_path, applicants=rows)).applicants[0].zone == "fuli"
