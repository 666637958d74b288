"""``faults.xlsx``: a copy of each sheet with a column that says what is wrong in each row.

Every cell is text in the file itself, so that nothing in it can be computed; whole card numbers stand nowhere in it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from allocator.ground import without_card_numbers
from allocator.intake.books import ExportSheet
from allocator.intake.region import region_column_letters
from allocator.sheets.files import sheet_name

MOST_LETTERS = 30_000
"""Characters of a cell; a spreadsheet takes a few more."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG = re.compile(r"\d(?:[ -]?\d){13,}[ -]?[\dXx]?")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font>'
    '<font><b/><sz val="11"/><color rgb="FFC00000"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="49" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>'
)


class Copied(NamedTuple):
    """A sheet with its words.

    Attributes
    ----------
    sheet : ExportSheet
        The sheet.
    headings : int
        Line of its headings; 0 where there are none.
    title : str
        Heading of the column that says what is wrong.
    words : Mapping of int to str
        What is wrong, by line.
    hidden : collection of int
        Columns whose values are not copied.
    """

    sheet: ExportSheet
    headings: int
    title: str
    words: Mapping[int, str]
    hidden: frozenset[int] = frozenset()


def faults_book(copies: Sequence[Copied]) -> bytes:
    """Return a workbook with a sheet for each copy; on every machine the same."""
    taken: set[str] = set()
    names = [sheet_name(copy.sheet.name or copy.sheet.file, taken) for copy in copies]
    parts = {
        "[Content_Types].xml": _content_types(len(copies)),
        "_rels/.rels": _links([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(names),
        "xl/_rels/workbook.xml.rels": _links(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(copies) + 1)] + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(_part(name), _HEAD + content)
        for number, copy in enumerate(copies, start=1):
            with archive.open(_part(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as stream:
                for piece in _sheet(copy):
                    stream.write(piece.encode("utf-8", "replace"))
    return file.getvalue()


def _part(name: str) -> zipfile.ZipInfo:
    """Return a part without the day on which it was written."""
    part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _content_types(sheets: int) -> str:
    """Return what kind each part is of."""
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    kinds += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    parts = "".join(f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds)
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}{parts}</Types>'


def _links(targets: Sequence[tuple[str, str]]) -> str:
    """Return the parts that a part names."""
    links = zip(count(1), targets, strict=False)
    parts = "".join(f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{name}"/>' for n, (kind, name) in links)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{parts}</Relationships>'


def _book(names: Sequence[str]) -> str:
    """Return the part with the names of the sheets."""
    listed = enumerate(names, start=1)
    parts = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, name in listed)
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{parts}</sheets></workbook>'


def _sheet(copy: Copied) -> Iterator[str]:
    """Yield the part of a sheet; every row stands on the line that it has in the export."""
    last = max(map(len, copy.sheet.cells), default=0)
    top = copy.headings
    pane = f'<pane ySplit="{top}" topLeftCell="A{top + 1}" state="frozen"/>' if top else ""
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    yield f'<cols><col min="{last + 1}" max="{last + 1}" width="80" customWidth="1"/></cols><sheetData>'
    columns = [region_column_letters(place) for place in range(last + 1)]
    for line, cells in zip(copy.sheet.lines, copy.sheet.cells, strict=True):
        words = copy.title if line == copy.headings else copy.words.get(line, "")
        row = "".join(
            f'<c r="{columns[place]}{line}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
            for place, text in enumerate(_texts(cells, copy, line)) if text
        )  # fmt: skip
        if words:
            text = escape(_NOT_XML.sub("?", words[:MOST_LETTERS]))
            row += f'<c r="{columns[last]}{line}" s="1" t="inlineStr"><is><t>{text}</t></is></c>'
        yield f'<row r="{line}">{row}</row>'
    yield f'</sheetData><autoFilter ref="A{copy.headings or 1}:{columns[last]}{max(copy.sheet.lines, default=1)}"/>'
    yield "</worksheet>"


def _texts(cells: Sequence[str], copy: Copied, line: int) -> Iterator[str]:
    """Yield the texts of a row; long numbers keep their first two digits."""
    for place, cell in enumerate(cells):
        if place in copy.hidden and line > copy.headings:
            yield "***" if cell else ""
        elif cell.isascii() and cell.isalnum() and len(cell) < 15:
            yield cell
        else:
            yield escape(_NOT_XML.sub("?", _LONG.sub(_starred, without_card_numbers(cell[:MOST_LETTERS]))))


def _starred(found: re.Match[str]) -> str:
    """Return a number of which the first two digits are left."""
    return found[0][:2] + "*" * (len(found[0]) - 2)
