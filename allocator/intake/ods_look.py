"""What people see in an .ods workbook and its values do not say: hidden rows, formulas, merged cells."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

from allocator.ground import Fault
from allocator.intake.marks import SheetMarks, TooManyCellsError
from allocator.reading import DAMAGE, sheet_part_pieces

MOST_CONTENT = 80_000_000
"""Bytes of the part with the cells; every cell of it is looked at in turn."""


def ods_marks(raw: bytes, file: str) -> tuple[dict[str, SheetMarks], list[Fault]]:
    """Return what is marked in each sheet by its name, and why the workbook is not read."""
    look = _Look()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            part = archive.getinfo("content.xml")
            if part.file_size > MOST_CONTENT:
                return {}, [Fault("intake.too_large", file, params={"most": str(MOST_CONTENT // 1_000_000)})]
            for piece in sheet_part_pieces(archive, part):
                if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                    return {}, [Fault("sheet.unsafe", file, params={"reason": "DOCTYPE"})]
                look.parser.Parse(piece)
            look.parser.Parse(b"", True)
    except TooManyCellsError as error:
        return {}, [Fault("sheet.unsafe", file, params={"reason": str(error)})]
    except (*DAMAGE, expat.ExpatError, KeyError):
        return {}, [Fault("intake.damaged", file)]
    return look.sheets, []


class _Look:
    """Goes through the cells of ``content.xml``; rows and columns are counted with their repetitions."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetMarks] = {}
        self.marks = SheetMarks()
        self.row = self.rows = self.column = 0
        self.at: list[int] = [0, 0, 0, 0]
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.holds = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "table:table":
            self.marks = self.sheets.setdefault(attributes.get("table:name", ""), SheetMarks())
            self.row = 0
        elif tag == "table:table-row":
            self.rows, self.column, self.holds = _times(attributes, "table:number-rows-repeated"), 0, False
            self.is_hidden = attributes.get("table:visibility", "visible") != "visible"
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)
        elif tag == "text:p":
            self.holds = True

    is_hidden = False

    def _cell(self, attributes: dict[str, str]) -> None:
        """Take a cell."""
        if "table:formula" in attributes:
            self.marks.formulas.setdefault(self.row + 1, []).append(self.column)
        down = _times(attributes, "table:number-rows-spanned")
        across = _times(attributes, "table:number-columns-spanned")
        if down > 1 or across > 1:
            self.marks.merged.append(((self.row, self.column), (self.row + down - 1, self.column + across - 1)))
        self.column += _times(attributes, "table:number-columns-repeated")
        if "office:value-type" in attributes:
            self.holds = True
            self.marks.grow(self.row + self.rows, self.column)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "table:table-row":
            if self.holds and self.is_hidden:
                self.marks.hidden_rows += range(self.row + 1, self.row + 1 + min(self.rows, 1_000))
            self.row += self.rows


def _times(attributes: dict[str, str], name: str) -> int:
    """Return how often something is repeated."""
    text = attributes.get(name, "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1
