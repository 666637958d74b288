"""The lists in one Excel workbook: a summary, one sheet a school, and the children who have no seat here.

The same district and rows give the same bytes: the date inside is fixed and the parts are stored uncompressed, because
compressed bytes differ between builds of zlib.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any, TypeAlias

from allocator.domain import ADMITTED
from allocator.messages import BOTH, Written, text
from allocator.reporting.lists import Listing
from allocator.reporting.summary import Summary
from allocator.sheets.marks import Marks

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime(2000, 1, 1)
A4 = 9
LONGEST_SHEET_NAME = 31
LONGEST_HEADER = 255
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LINE_HEIGHT = 17  # points

Cell: TypeAlias = str | int


def workbook_bytes(found: Iterable[Listing], summary: Summary, marks: Marks, written: Written = BOTH) -> bytes:
    """Return the workbook (.xlsx).

    Parameters
    ----------
    found : iterable of Listing
        What ``listings`` gives.
    summary : dict
        What ``summarise`` returned for the same run.
    marks : Marks
        Title, warnings and source, in the languages of the sheets.
    written : Written
        Language or languages of all sheets.
    """
    file = io.BytesIO()
    book = _Book(file, marks, written)
    _write_summary(book, summary)
    for listing in found:
        _write_listing(book, listing)
    if any(summary["shortage"].values()):
        _write_shortage(book, summary)
    book.close()
    return _stored(file.getvalue())


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel accepts for a sheet and that no sheet has yet; adds it to ``taken`` (lower case)."""
    clean = NOT_IN_SHEET_NAMES.sub(" ", wanted).strip().strip("'").strip() or "-"
    number, name = 1, _shortened(clean, "")
    while name.lower() in taken or name.lower() == "history":
        number += 1
        name = _shortened(clean, f" ({number})")
    taken.add(name.lower())
    return name


def _shortened(name: str, ending: str) -> str:
    """Return a name with an ending, short enough for Excel, which counts UTF-16 units."""
    while len((name + ending).encode("utf-16-le")) // 2 > LONGEST_SHEET_NAME:
        name = name[:-1]
    return name.rstrip(" '") + ending


class _Book:
    """The workbook while it is written: its formats, and the way every sheet looks."""

    def __init__(self, file: io.BytesIO, marks: Marks, written: Written) -> None:
        import xlsxwriter  # only here: who writes no workbook does not wait for it

        self._book = xlsxwriter.Workbook(file, OPTIONS)
        self._book.set_properties({"created": CREATED, "title": marks.title})
        self._marks = marks
        self.written = written
        self._taken: set[str] = set()
        box = {"border": 1, "valign": "vcenter"}
        words = {"num_format": "@", "text_wrap": True, "align": "center"}  # @: text, also after somebody edits the cell
        self._formats = {
            "title": self._book.add_format({**words, "bold": True, "font_size": 14}),
            "warning": self._book.add_format({**words, "bold": True, "font_color": "red"}),
            "source": self._book.add_format({**words, "font_size": 9}),
            "heading": self._book.add_format({**words, **box, "bold": True, "bg_color": "#E7E6E6"}),
            "text": self._book.add_format({**box, "num_format": "@"}),
            "number": self._book.add_format(box),
        }  # fmt: skip

    def sheet(
        self, name: str, title: str, headings: Sequence[str], widths: Sequence[int], lines: Iterable[Sequence[Cell]]
    ) -> None:
        """Add a sheet with a table: marks, headings that stay in sight and on every printed page, then the lines."""
        sheet = self._book.add_worksheet(sheet_name(name, self._taken))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        head = self._write_marks(sheet, title, sum(widths), len(widths) - 1)
        tallest = max(_wrapped(heading, width) for heading, width in zip(headings, widths, strict=True))
        sheet.set_row(head, LINE_HEIGHT * tallest)
        sheet.write_row(head, 0, headings, self._formats["heading"])
        last = head
        for last, line in enumerate(lines, start=head + 1):
            self._write_line(sheet, last, line)
        sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})
        sheet.freeze_panes(head + 1, 0)
        self._set_print(sheet, head, last, len(widths) - 1, sum(widths))

    def close(self) -> None:
        """Finish the workbook."""
        self._book.close()

    def _write_line(self, sheet: Any, row: int, line: Sequence[Cell]) -> None:
        """Write one line; text stays text, whatever it looks like."""
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, self._formats["text"])
            else:
                sheet.write_number(row, column, cell, self._formats["number"])

    def _write_marks(self, sheet: Any, title: str, width: int, last: int) -> int:
        """Write title, warnings and source over the whole width; return the row of the headings."""
        above = [(self._marks.title, "title"), (title, "title")]
        above += [(warning, "warning") for warning in self._marks.warnings]
        above.append((self._marks.source, "source"))
        for row, (line, style) in enumerate(above):
            sheet.merge_range(row, 0, row, last, line, self._formats[style])
            larger = 1.25 if style == "title" else 1
            sheet.set_row(row, LINE_HEIGHT * larger * _wrapped(line, width / larger))
        return len(above)

    def _set_print(self, sheet: Any, head: int, last_row: int, last_column: int, width: int) -> None:
        """Set A4, one page wide, headings and warnings on every page, page numbers and the source at the foot."""
        sheet.set_paper(A4)
        if width > 100:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        sheet.print_area(0, 0, last_row, last_column)
        sheet.set_margins(left=0.5, right=0.5, top=0.9, bottom=0.75)
        warnings = " · ".join(self._marks.warnings)
        sheet.set_header("&C" + _header_text(warnings or self._marks.title, LONGEST_HEADER - 2))
        # A line of its own, on an upright page both are too wide for one; &A is the sheet's name: the school.
        pages = "\n&A · " + self.written.text("list.page")
        sheet.set_footer("&L" + _header_text(self._marks.source, LONGEST_HEADER - 2 - len(pages)) + pages)


def _write_listing(book: _Book, listing: Listing) -> None:
    """Write one list as a sheet."""
    headings = [book.written.text("list.column.number", "\n"), *listing.columns]
    widths = [7, *(_width(n, heading, listing.lines) for n, heading in enumerate(listing.columns))]
    numbered: list[list[Cell]] = [[count, *line] for count, line in enumerate(listing.lines, start=1)]
    name = text(f"list.of.{listing.key[1:]}", book.written.first) if listing.key.startswith("_") else listing.title
    book.sheet(name or listing.key, listing.title, headings, widths, numbered)


def _width(column: int, heading: str, lines: Sequence[Sequence[str]]) -> int:
    """Return a column's width in characters: its longest cell, within reason."""
    longest = max((_units(line[column]) for line in lines), default=0)
    return min(60, max(10, longest + 2, max(_units(part) for part in heading.split("\n")) + 2))


def _write_summary(book: _Book, summary: Summary) -> None:
    """Write the table of schools: seats, ways of admission, total, left; the sums; then the schools of others."""
    phases = [line["phase"] for line in summary["phases"] if line[ADMITTED]]
    codes = ["plan", "hard_cap", "local_demand"], ["diverted", "adjusted", "total", "left"]
    names = summary["names"]["phases"]
    written = book.written
    headings = [written.text(f"list.column.{code}", "\n") for code in ("school", *codes[0])]
    headings += [written.names(names[label]["zh"], names[label]["en"], "\n") for label in phases]
    headings += [written.text(f"list.column.{code}", "\n") for code in codes[1]]
    home = {row["school_id"]: row["home_demand"] for row in summary["reconciliation"]}  # as on every other page
    schools = [{**s, "local_demand": home.get(s["school_id"], s["local_demand"])} for s in summary["schools"]]
    own, external = ([s for s in schools if s["external"] is side] for side in (False, True))
    lines = [_summary_line(school, codes, phases) for school in own]
    sums = _sums(lines, len(headings))
    lines.append([written.text("list.of.all_own", " "), *sums])
    lines += [_summary_line(school, codes, phases) for school in external]
    if external:
        away = sum(school["total"] for school in external)
        everybody = written.text("list.of.all", " ", external=away)
        lines.append([everybody, *[""] * (len(sums) - 2), sums[-2] + away, ""])
    widths = [26, *[11] * 3, *[14] * len(phases), *[11] * 4]
    book.sheet(text("list.of.summary", written.first), written.text("list.of.summary"), headings, widths, lines)


def _sums(lines: Sequence[Sequence[Cell]], width: int) -> list[int]:
    """Return the sums of the schools with seats here; who goes to another authority takes none of these seats."""
    return [sum(cell for line in lines if isinstance(cell := line[place], int)) for place in range(1, width)]


def _summary_line(school: Summary, codes: tuple[list[str], list[str]], phases: Sequence[str]) -> list[Cell]:
    """Return one school's line, by its name; what an external school has no number for stays empty."""
    external = school["external"]
    seats = ["" if external and code != "local_demand" else school[code] for code in codes[0]]
    admitted = [school["admitted"].get(label, 0) for label in phases]
    rest = ["" if school[code] is None else school[code] for code in codes[1]]
    return [school["name"] or school["school_id"], *seats, *admitted, *rest]


def _write_shortage(book: _Book, summary: Summary) -> None:
    """Write how many children have no seat, by category and zone."""
    written, names = book.written, summary["names"]
    headings = [written.text(f"list.column.{code}", "\n") for code in ("outcome", "category", "zone", "children")]
    lines = [
        (
            written.text(f"list.of.{outcome}", " "),
            f"{line['category']} {_named(written, names['categories'][line['category']])}",
            _named(written, names["zones"][line["zone"]]),
            line["children"],
        )
        for outcome, found in summary["shortage"].items()
        for line in found
    ]
    title = written.text("list.of.shortage")
    book.sheet(text("list.of.shortage", written.first), title, headings, [40, 34, 34, 10], lines)


def _named(written: Written, name: Mapping[str, str]) -> str:
    """Return a name in the languages of the lists."""
    return written.names(name["zh"], name["en"], " ")


def _units(line: str) -> int:
    """Return the width of a text in half characters: Chinese ones count two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in line)


def _wrapped(content: str, width: float) -> int:
    """Return the number of lines that a text takes in a cell of a width in characters; a little room is left."""
    return sum(max(1, ceil(_units(line) / (0.9 * width))) for line in content.split("\n"))


def _header_text(line: str, room: int) -> str:
    """Return a text for a printed header: ampersands doubled, cut to the room that Excel gives."""
    while len(line.replace("&", "&&").encode("utf-16-le")) // 2 > room:
        line = line[:-1]
    return line.replace("&", "&&")


def _stored(raw: bytes) -> bytes:
    """Return a zip file with its parts stored uncompressed and nothing in it that depends on machine or day."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.create_system = 3
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return file.getvalue()
