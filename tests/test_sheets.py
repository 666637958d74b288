"""Tables in .xlsx workbooks: read like the CSV files, and hostile ones refused without harm."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from allocator.ground import Fault, fault_text
from allocator.lottery import inputs_digest
from allocator.reading import rows as sheet_rows
from allocator.reading import sheet_check
from allocator.reading.folder import read_folder
from allocator.reading.layout import LAYOUTS, Holds
from tests import tables

pytestmark = pytest.mark.usefixtures("read_twice")

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: Sequence[Sequence[Any]], *, second: Sequence[Sequence[Any]] = ()) -> bytes:
    """A workbook as XlsxWriter makes it, with a second sheet."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"})
    for content in (rows, second):
        sheet = book.add_worksheet()
        for at, row in enumerate(content):
            sheet.write_row(at, 0, row)
    book.close()
    return raw.getvalue()


def grid(rows: Sequence[Mapping[str, str]], headings: Mapping[str, str] | None = None) -> list[list[Any]]:
    """Rows of a table as cells, the numbers in number columns as numbers."""
    numbers = {c.name for layout in LAYOUTS.values() for c in layout if c.holds in (Holds.SEATS, Holds.PLACE)}
    cells = [[float(v) if v and c in numbers else v for c, v in row.items()] for row in rows]
    return [[(headings or {}).get(name, name) for name in rows[0]], *cells]


def with_sheet(folder: Path, name: str, raw: bytes) -> Path:
    """Put a workbook in the place of a CSV file."""
    (folder / f"{name}.csv").unlink()
    (folder / f"{name}.xlsx").write_bytes(raw)
    return folder


def roster_faults(tmp_path: Path, raw: bytes) -> tuple[Fault, ...]:
    """The faults of a district whose roster is this workbook; each can be told in both languages."""
    found = tables.faults(with_sheet(tables.write(tmp_path), "applicants", raw))
    assert all(fault_text(fault, "zh") and fault_text(fault, "en") for fault in found)
    return found


def changed(raw: bytes, entry: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, change(part) if info.filename == entry else part)
    return result.getvalue()


GOOD = workbook(grid(tables.children()))


@pytest.mark.parametrize("chinese", [False, True], ids=["english", "chinese"])
def test_a_district_of_workbooks(tmp_path: Path, chinese: bool) -> None:
    """Workbooks give the same district and digest as the CSV files, with English and with Chinese headings."""
    usual = read_folder(tables.write(tmp_path / "usual"))
    folder = tables.write(tmp_path / "sheets")
    for name, rows in {"applicants": tables.children(), "schools": tables.schools(), "zones": tables.zones()}.items():
        headings = {c.name: c.chinese for c in LAYOUTS[name]} if chinese else None
        with_sheet(folder, name, workbook(grid(rows, headings)))
    sheets = read_folder(folder)
    assert inputs_digest(sheets) == inputs_digest(usual)
    assert (sheets.applicants, sheets.schools, sheets.zones) == (usual.applicants, usual.schools, usual.zones)
    assert set(sheets.input_digests) == {"policy.yaml", "applicants.xlsx", "schools.xlsx", "zones.xlsx"}


def test_a_workbook_of_openpyxl(tmp_path: Path) -> None:
    """Workbooks of another program are read too, styled empty rows below the data included."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in grid(tables.children()):
        sheet.append(row)
    sheet.cell(9, 3).font = openpyxl.styles.Font(bold=True)
    sheet.cell(8, 20).value = " "
    raw = io.BytesIO()
    book.save(raw)
    usual = read_folder(tables.write(tmp_path / "usual"))
    folder = with_sheet(tables.write(tmp_path / "sheets"), "applicants", raw.getvalue())
    assert read_folder(folder).applicants == usual.applicants


def test_chinese_headings_are_complete_and_differ() -> None:
    """Every column has one Chinese heading of its own in its table."""
    for layout in LAYOUTS.values():
        headings = [heading for column in layout for heading in (column.name, column.chinese)]
        assert len(set(headings)) == 2 * len(layout)
        assert all(ord(column.chinese[0]) > 0x2E80 for column in layout)


def test_numbers_are_read_as_the_sheet_shows_them(tmp_path: Path) -> None:
    """Numbers have the fifteen digits that a spreadsheet shows, and whole ones no decimal point."""
    rows = grid([tables.children()[0] | {"x": "7", "y": "8"}])
    rows[1][-2:] = [7070.0600000000004, -3.0]
    folder = with_sheet(tables.write(tmp_path), "applicants", workbook(rows))
    (child,) = read_folder(folder).applicants
    assert (child.x, child.y) == ("7070.06", "-3")


def test_lines_are_rows_of_the_sheet(tmp_path: Path) -> None:
    """Empty rows count, so that the line in a message is the row that the spreadsheet shows."""
    rows = grid(tables.children())
    rows.insert(1, [])
    rows[4][1] = "nowhere"
    assert tables.places(roster_faults(tmp_path, workbook(rows))) == [("zone.unknown", "applicants.xlsx", 5, "zone")]


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (0, 1001, "sheet.number_in_text"),
        (1, 7, "sheet.number_in_text"),
        (7, 3.0, "sheet.number_in_text"),
        (0, datetime.date(2017, 1, 1), "sheet.wrong_type"),
        (12, datetime.date(2017, 1, 1), "sheet.wrong_type"),
        (7, True, "sheet.wrong_type"),
    ],
)
def test_numbers_and_dates_in_columns_of_text(tmp_path: Path, place: int, value: object, code: str) -> None:
    """An id that the spreadsheet keeps as a number or date is refused: it may not be what was typed."""
    rows = grid(tables.children())
    rows[1][place] = value
    found = [fault for fault in roster_faults(tmp_path, workbook(rows)) if fault.code.startswith("sheet.")]
    assert tables.places(found) == [(code, "applicants.xlsx", 2, rows[0][place])]


def test_an_identity_number_kept_as_a_number(tmp_path: Path) -> None:
    """Eighteen digits in a number cell, of which the last are lost, are refused and not repeated."""
    rows = grid(tables.children())
    rows[1][0] = 150502201701010011
    found = roster_faults(tmp_path, workbook(rows))
    assert "sheet.number_in_text" in {fault.code for fault in found}
    assert all("1505022017" not in repr(fault) for fault in found)


def test_fractions_in_columns_of_seats(tmp_path: Path) -> None:
    """Half a seat is no seat, in a sheet as in a CSV file."""
    rows = grid(tables.schools())
    rows[1][3] = 30.5
    folder = with_sheet(tables.write(tmp_path), "schools", workbook(rows))
    assert tables.places(tables.faults(folder)) == [("seats.fraction", "schools.xlsx", 2, "plan")]


def test_formulas_and_error_values(tmp_path: Path) -> None:
    """A formula or an error value in a cell is told with its cell, whatever result is kept beside it."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw)
    sheet = book.add_worksheet()
    for at, row in enumerate(grid(tables.children())):
        sheet.write_row(at, 0, row)
    sheet.write_formula("K3", '="late"', None, "late")
    sheet.write_formula("B4", '="nowhere"', None, "nowhere")
    book.close()
    found = roster_faults(tmp_path / "formula", raw.getvalue())
    assert tables.places(found) == [  # both formulas, and what is wrong with the value of the second
        ("sheet.formula", "applicants.xlsx", 3, "K3"),
        ("sheet.formula", "applicants.xlsx", 4, "B4"),
        ("zone.unknown", "applicants.xlsx", 4, "zone"),
    ]
    error = changed(GOOD, SHEET, lambda part: part.replace(b'<c r="M2">', b'<c r="M2" t="e">'))
    found = roster_faults(tmp_path / "error", error)
    assert tables.places(found) == [("sheet.error_value", "applicants.xlsx", 2, "M2")]


def test_text_that_looks_like_a_formula(tmp_path: Path) -> None:
    """Text beginning like a formula is refused as in a CSV file."""
    rows = grid([tables.child("T1", name="=cmd|' /C calc'!A0")])
    assert tables.places(roster_faults(tmp_path, workbook(rows))) == [("cell.formula", "applicants.xlsx", 2, "name")]


def test_only_one_sheet_may_hold_data(tmp_path: Path) -> None:
    """Rows on a second sheet would be lost in silence, so they are refused."""
    found = roster_faults(tmp_path, workbook(grid(tables.children()), second=[["T4"]]))
    assert tables.places(found) == [("sheet.several", "applicants.xlsx", 0, "")]


def test_an_empty_workbook(tmp_path: Path) -> None:
    """A workbook without cells is an empty file; one with headings alone has no rows."""
    assert [fault.code for fault in roster_faults(tmp_path / "a", workbook([]))] == ["file.empty"]
    assert [fault.code for fault in roster_faults(tmp_path / "b", b"")] == ["file.empty"]
    assert [f.code for f in roster_faults(tmp_path / "c", workbook(grid(tables.children())[:1]))] == ["table.no_rows"]


def _far_cell(reference: bytes) -> bytes:
    """A few kilobytes that claim a cell far away."""
    far = b'<row r="9"><c ' + reference + b' t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return changed(GOOD, SHEET, lambda part: part.replace(b"</sheetData>", far))


def _lying_directory() -> bytes:
    """A workbook whose directory says that its parts unpack to gigabytes."""
    raw = bytearray(GOOD)
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 0xF0000000)
    return bytes(raw)


def _twice() -> bytes:
    """A workbook with two parts of the same name, of which two programs might each take another."""
    raw = io.BytesIO(GOOD)
    with zipfile.ZipFile(raw, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, b"<worksheet/>")
    return raw.getvalue()


def _endless() -> bytes:
    """A part of many megabytes without a single tag, packed small."""
    return changed(GOOD, SHEET, lambda part: part + b"a" * 20_000_000)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "far-corner": (lambda: _far_cell(b'r="XFD1048576"'), "sheet.unsafe"),
    "far-row": (lambda: _far_cell(b'r="A99999999"'), "sheet.unsafe"),
    "far-column": (lambda: _far_cell(b'r="ZZZ9"'), "sheet.unsafe"),
    "single-quotes": (lambda: _far_cell(b"s = '1' r = 'XFD1048576'"), "sheet.unsafe"),
    "entity-in-reference": (lambda: _far_cell(b'r="&#88;FD1048576"'), "sheet.unsafe"),
    "no-reference": (lambda: _far_cell(b'r=""'), "sheet.unsafe"),
    "doctype": (
        lambda: changed(GOOD, SHEET, lambda p: p.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)),
        "sheet.unsafe",
    ),
    "utf-16": (lambda: changed(GOOD, SHEET, lambda part: part.decode().encode("utf-16")), "sheet.unsafe"),
    "twice": (_twice, "sheet.unsafe"),
    "lying-directory": (_lying_directory, "sheet.unsafe"),
    "endless-text": (_endless, "sheet.not_xlsx"),
    "cut-off": (lambda: GOOD[: len(GOOD) // 2], "sheet.not_xlsx"),
    "flipped-bytes": (lambda: GOOD[:60] + bytes(255 - b for b in GOOD[60:200]) + GOOD[200:], "sheet.not_xlsx"),
    "sheet-of-another-kind": (
        lambda: changed(GOOD, "xl/_rels/workbook.xml.rels", lambda part: part.replace(b"sheet1.xml", b"sheet1.png")),
        "sheet.unsafe",
    ),
    "old-xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheet.old_or_locked"),
    "csv": (lambda: tables.csv_bytes(tables.children()), "sheet.not_xlsx"),
    "empty-zip": (lambda: b"PK\x05\x06" + b"\0" * 18, "sheet.unsafe"),
    "no-sheet": (lambda: changed(GOOD, SHEET, lambda part: b"<x/>"), "file.empty"),
    "broken-xml": (lambda: changed(GOOD, SHEET, lambda part: part.replace(b"</row>", b"</wor>")), "sheet.not_xlsx"),
    "ends-early": (lambda: changed(GOOD, SHEET, lambda part: part[: part.index(b"</row>") + 6]), "sheet.not_xlsx"),
    "no-workbook": (lambda: changed(GOOD, "xl/workbook.xml", lambda part: b"<nothing/>"), "sheet.unreadable"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks(tmp_path: Path, name: str) -> None:
    """Workbooks made to do harm, or damaged, are one clear fault of the file."""
    make, code = HOSTILE[name]
    found = roster_faults(tmp_path, make())
    assert tables.places(found) == [(code, "applicants.xlsx", 0, "")]


def test_the_child_process_dies_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the look from outside missed something, the memory limit ends the child process and nothing else."""
    pytest.importorskip("resource", reason="no memory limits on this system")
    monkeypatch.setattr(sheet_rows, "sheet_faults", lambda raw, file: [])
    found = roster_faults(tmp_path, _far_cell(b'r="XFD1048576"'))
    assert tables.places(found) == [("sheet.unreadable", "applicants.xlsx", 0, "")]


def test_the_child_process_may_not_take_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child process that does not end is ended and told as a workbook that cannot be read."""
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(sheet_rows, "_READER", slow)
    monkeypatch.setattr(sheet_rows, "LONGEST_READING", 0.5)
    assert [fault.code for fault in roster_faults(tmp_path / "district", GOOD)] == ["sheet.unreadable"]


def test_a_large_roster_within_the_limits() -> None:
    """The limits leave room for a sheet that is full to its last row."""
    extent = sheet_check._Extent()
    assert extent.grow(b'<c r="A1"><c r="Z1048576">') is None
    assert (extent.rows, extent.columns) == (1_048_576, 26)
