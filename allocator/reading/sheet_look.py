"""A workbook is looked over for all that a person would take as "not there" or "also there".

Merged cells hold one value for what people read as several; hidden and filtered rows, struck text and white text are
there for the program and not for the eye; notes and drawings are there for the eye and not for the program, and a
conditional format strikes through or hides where its condition holds. What
could lose or add a value is a fault, what is only not read is a warning. Nothing of it is mended in silence.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from allocator.ground import Fault
from allocator.reading.sheet_parts import DAMAGE, sheet_part_pieces
from allocator.reading.sheet_styles import Styles, deceiving_styles, struck_texts

MOST_PLACES = 20
"""Cells or ranges that a message names."""
MOST_STYLES = 30_000_000  # bytes of the part with the styles; a real one has some thousands

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>(?:<(?:\w+:)?v>(\d+)<)?")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})["']""")
_RULES = re.compile(rb"<(?:\w+:)?conditionalFormatting\b([^>]*)>|<(?:\w+:)?cfRule\b([^>]*)>")
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*[^/]>|<(?:\w+:)?(?:v|t)>")
_STRIKE = re.compile(rb"<(?:\w+:)?strike\b([^>]*)>")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_TRUE = (b"1", b"true")
_LEAST_HEIGHT, _LEAST_WIDTH = 2.0, 0.3
"""Points and letters below which a row or column cannot be seen, let alone read."""


def look_over_sheets(raw: bytes, file: str, part: str | None = None) -> tuple[list[Fault], list[Fault]]:
    """Return the faults and the warnings of a workbook that ``sheet_check`` lets pass.

    Parameters
    ----------
    part : str or None
        The part that holds the sheet to look at; the first sheet where None.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            look = _Look(file, archive, look_for_first_sheet(archive) if part is None else part)
            return list(look.faults()), list(look.warnings())
    except (*DAMAGE, ElementTree.ParseError, KeyError):
        return [Fault("sheet.not_xlsx", file)], []


@dataclass
class _Found:
    """Places at which something was found: some of them, and how many there are."""

    places: list[str] = field(default_factory=list)
    count: int = 0
    row: int = 0

    def add(self, place: str, row: int) -> None:
        """Note one more place."""
        self.row = self.row or row
        self.count += 1
        if len(self.places) < MOST_PLACES:
            self.places.append(place)

    def fault(self, code: str, file: str) -> Iterator[Fault]:
        """Yield the fault that names the places, if there are any."""
        if self.count:
            more = " …" if self.count > len(self.places) else ""
            words = {"count": str(self.count), "places": ", ".join(self.places) + more}
            column = self.places[0] if self.places[0] != str(self.row) else ""  # a whole row is no column
            yield Fault(code, file, self.row, column, params=words)


class _Look:
    """One workbook and what is found in it."""

    def __init__(self, file: str, archive: zipfile.ZipFile, part: str) -> None:
        self.file, self.archive, self.part = file, archive, part
        self.names = {name.casefold(): name for name in archive.namelist()}
        self.merged, self.rows, self.columns = _Found(), _Found(), _Found()
        self.struck, self.unseen, self.other, self.ruled = _Found(), _Found(), _Found(), _Found()

    def faults(self) -> Iterator[Fault]:
        """Yield what people see otherwise than it is, in the sheet."""
        raw = self._content("xl/styles.xml")
        styles, texts = deceiving_styles(raw) if raw else Styles(), self._struck_texts()
        for piece in self._sheet():
            self._take(piece, styles, texts)
        for code, found in (
            ("sheet.merged", self.merged), ("sheet.hidden_rows", self.rows), ("sheet.hidden_columns", self.columns),
            ("sheet.struck", self.struck), ("sheet.unseen", self.unseen), ("sheet.other_number", self.other),
        ):  # fmt: skip
            yield from found.fault(code, self.file)

    def warnings(self) -> Iterator[Fault]:
        """Yield what people see and the program does not read: notes, text in drawings, formats under a condition."""
        yield from self.ruled.fault("warn.sheet_conditional", self.file)
        notes = self._texts_in(r"xl/(?:.*/)?(?:threaded)?comments?\d*\.xml", rb"""\bref\s*=\s*["']([A-Z]+\d+)""")
        if notes:
            cells = list(dict.fromkeys(notes))
            words = {"count": str(len(cells)), "places": ", ".join(cells[:MOST_PLACES])}
            yield Fault("warn.sheet_notes", self.file, 0, cells[0], params=words)
        drawn = self._texts_in(r"xl/drawings/drawing\d*\.xml", rb"<(?:\w+:)?t>([^<]*\S[^<]*)<")
        if drawn:
            yield Fault("warn.sheet_drawing", self.file, params={"count": str(len(drawn))})

    def _texts_in(self, parts: str, pattern: bytes) -> list[str]:
        """Return what a pattern finds in all parts of such a name."""
        found = re.compile(pattern)
        wanted = [name for low, name in self.names.items() if re.fullmatch(parts, low)]
        return [
            hit[1].decode("utf-8", "replace")
            for name in sorted(wanted)
            for piece in sheet_part_pieces(self.archive, self.archive.getinfo(name))
            for hit in found.finditer(piece)
        ]

    def _sheet(self) -> Iterable[bytes]:
        """Give the text of the sheet, cut between tags."""
        name = self.names.get(self.part.casefold()) if self.part else None
        return sheet_part_pieces(self.archive, self.archive.getinfo(name)) if name else ()

    def _content(self, name: str) -> bytes:
        """Return the content of a small part; empty if there is none."""
        found = self.names.get(name)
        if found is None:
            return b""
        if self.archive.getinfo(found).file_size > MOST_STYLES:
            raise zipfile.BadZipFile("too large")
        return self.archive.read(found)

    def _struck_texts(self) -> frozenset[bytes]:
        """Return the shared texts that are struck through; hardly any workbook has rich text."""
        name = self.names.get("xl/sharedstrings.xml")
        if name is None or not any(
            b"strike" in piece for piece in sheet_part_pieces(self.archive, self.archive.getinfo(name))
        ):
            return frozenset()
        return struck_texts(self.archive.read(name))

    def _take(self, piece: bytes, styles: Styles, texts: frozenset[bytes]) -> None:
        """Look at some of the sheet; most of it needs no more than a few searches."""
        for found in _MERGED.finditer(piece) if b"mergeCell" in piece else ():
            self.merged.add(found[1].decode("ascii"), _row_of(found[1]))
        if b"hidden" in piece or b"ht=" in piece or b"width=" in piece:
            self._take_hidden(piece)
        if styles.conditional and b"cfRule" in piece:
            self._take_rules(piece, styles)
        if any(styles[:3]) or texts or self.hidden_letters or b"strike" in piece:
            self._take_cells(piece, styles, texts)

    hidden_letters: frozenset[str] = frozenset()

    def _take_hidden(self, piece: bytes) -> None:
        """Note hidden rows that hold something, and which columns are hidden."""
        for tag in _COLUMN.finditer(piece):
            if _flag(tag[1], b"hidden") or _is_below(_attribute(tag[1], b"width"), _LEAST_WIDTH):
                first, last = (int(_attribute(tag[1], name) or 0) for name in (b"min", b"max"))
                self.hidden_letters |= {_letters(n) for n in range(first, min(last, 256) + 1)}
        for tag in _ROW.finditer(piece):
            low = _is_below(_attribute(tag[1], b"ht"), _LEAST_HEIGHT)
            if not tag[1].endswith(b"/") and (low or _flag(tag[1], b"hidden")):
                end = _ROW_END.search(piece, tag.end())
                if end is None or _CONTENT.search(piece, tag.end(), end.start()):
                    row = int(_attribute(tag[1], b"r") or 0)
                    self.rows.add(str(row or "?"), row)

    def _take_rules(self, piece: bytes, styles: Styles) -> None:
        """Note the cells of conditional formats that strike through or hide."""
        for tag in _RULES.finditer(piece):
            if tag[1] is not None:
                self.ruled_cells = _attribute(tag[1], b"sqref")
            elif _attribute(tag[2], b"dxfId") in styles.conditional:
                self.ruled.add(self.ruled_cells.decode("ascii", "replace"), 0)

    ruled_cells: bytes = b""

    def _take_cells(self, piece: bytes, styles: Styles, texts: frozenset[bytes]) -> None:
        """Note cells with content that are struck through, cannot be seen, or stand in a hidden column."""
        for tag in _CELL.finditer(piece):
            attributes = tag[1]
            if attributes.endswith(b"/"):
                continue
            style, kind = _attribute(attributes, b"s"), _attribute(attributes, b"t")
            place = (_attribute(attributes, b"r") or b"?").decode("ascii", "replace")
            row = _row_of(place.encode("ascii", "replace"))
            if style in styles.struck or (kind == b"s" and tag[2] in texts) or _struck_inside(piece, tag, kind):
                self.struck.add(place, row)
            if style in styles.unseen:
                self.unseen.add(place, row)
            if style in styles.other_number and kind in (b"", b"n"):
                self.other.add(place, row)
            if row > 1 and place.rstrip("0123456789") in self.hidden_letters:
                self.columns.add(place, row)


def look_for_first_sheet(archive: zipfile.ZipFile) -> str:
    """Return the name of the part that holds the first worksheet; empty if it cannot be told."""
    return next(iter(look_for_sheets(archive).values()), "")


def look_for_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the names of the parts that hold worksheets, by the names of the sheets, in their order."""
    names = {name.casefold(): name for name in archive.namelist()}
    book = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))  # noqa: S314  (no DOCTYPE, as was seen)
    links = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))  # noqa: S314
    kind = {link.get("Id"): (link.get("Type", ""), link.get("Target", "")) for link in links}
    parts = {}
    for sheet in (item for item in book.iter() if item.tag.rpartition("}")[2] == "sheet"):
        key = next((value for name, value in sheet.items() if name.rpartition("}")[2] == "id"), None)
        what, target = kind.get(key, ("", ""))
        if what.endswith("/worksheet"):
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            parts[sheet.get("name", "")] = whole
    return parts


def _struck_inside(piece: bytes, tag: re.Match[bytes], kind: bytes) -> bool:
    """Whether a part of a text that stands in the cell itself is struck through."""
    if kind != b"inlineStr":
        return False
    end = _CELL_END.search(piece, tag.end())
    found = _STRIKE.search(piece, tag.end(), end.start() if end else len(piece))
    return found is not None and _attribute(found[1], b"val") not in (b"0", b"false")


def _attribute(tag: bytes, name: bytes) -> bytes:
    """Return the value of an attribute of a tag; empty if it is not there."""
    found = re.search(rb"(?:^|\s)" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return found[1] if found else b""


def _flag(tag: bytes, name: bytes) -> bool:
    """Whether an attribute of a tag says yes."""
    return _attribute(tag, name) in _TRUE


def _is_below(size: bytes, least: float) -> bool:
    """Whether a height or width is given and too small to see anything."""
    return re.fullmatch(rb"[0-9]*\.?[0-9]+", size) is not None and float(size) < least


def _row_of(place: bytes) -> int:
    """Return the row of a cell or of the first cell of a range; 0 if it cannot be told."""
    found = re.match(rb"[A-Z]+([0-9]+)", place)
    return int(found[1]) if found else 0


def _letters(number: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
