"""Where the table stands in a sheet: titles above the headings, totals and remarks below, merged cells in between.

Rows that are passed over are named with their reason; a merge that runs down one column means the same for all of its
rows and is filled in, one that runs across columns means nothing certain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from allocator.intake.books import ExportSheet
from allocator.intake.cell_readers import word_key

MOST_ABOVE = 40
"""Rows among which the headings are looked for."""
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|总数|总人数|本页|累计|total|subtotal|sum)[:：]?(?:[0-9]+[人名户条]?)?")
_REMARK = re.compile(
    r"(?:备注|说明|填表|填报|附注|注|制表|审核人|复核|负责人|经办人|打印|导出|单位|日期|盖章|数据来源|note|remark|printed)"
    r"(?:[^0-9a-z].*|[:：].*)?"
)
_FEW = 3
"""Cells of a remark, with the names and dates that follow it."""


class PassedOver(NamedTuple):
    """A row that is no child: its line, and ``title``, ``headings``, ``total`` or ``remark``."""

    line: int
    reason: str


@dataclass
class Region:
    """The table in a sheet.

    Attributes
    ----------
    sheet : ExportSheet
        Where it stands.
    line : int
        Line of the headings.
    headings : list of str
        One name for every column; those of an equal name are told apart by ``#2``, ``#3``, those below a common
        heading have it in front (``父亲/姓名``).
    rows : list of int
        Positions of the rows of children among those of the sheet.
    passed : list of PassedOver
        The other rows.
    filled : list of str
        Merged ranges that were filled in.
    across : dict of int to str
        Ranges that run across columns, by the line of each of their rows.
    """

    sheet: ExportSheet
    line: int
    headings: list[str]
    rows: list[int] = field(default_factory=list)
    passed: list[PassedOver] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    across: dict[int, str] = field(default_factory=dict)

    def lines(self) -> list[int]:
        """Return the line of each row."""
        return [self.sheet.lines[row] for row in self.rows]

    def column(self, place: int) -> list[str]:
        """Return the cells of a column."""
        cells = self.sheet.cells
        return [cells[row][place] if place < len(cells[row]) else "" for row in self.rows]


def find_region(sheet: ExportSheet, is_known: Callable[[str], bool], least: int = 2) -> Region | None:
    """Return the table of a sheet, None where no row has enough headings that are known.

    Parameters
    ----------
    least : int
        How many headings of a row must be known.
    """
    best, most = -1, least - 1
    for at in range(min(len(sheet.lines), MOST_ABOVE)):
        count = sum(map(is_known, set(headings_of_region(sheet, at)) - {""}))
        if count > most:
            best, most = at, count
    if best < 0:
        return None
    region = Region(sheet, sheet.lines[best], headings_of_region(sheet, best))
    region.passed += [PassedOver(line, "title") for line in sheet.lines[:best]]
    _fill(region, best)
    _sort_rows(region, best)
    return region


def headings_of_region(sheet: ExportSheet, row_index: int) -> list[str]:
    """Return a name for each column, if a row held the headings."""
    line, row = sheet.lines[row_index], ["".join(cell.split()) for cell in sheet.cells[row_index]]
    for (top, left), (bottom, right) in sheet.marks.merged:
        if bottom + 1 == line and top + 1 < line and left == right and left < len(row):
            row[left] = row[left] or "".join(_cell(sheet, top + 1, left).split())
        elif top + 1 == bottom + 1 == line - 1 and left < right and not _is_title(sheet, top + 1, left):
            group = "".join(_cell(sheet, top + 1, left).split())
            for place in range(left, min(right + 1, len(row))):
                row[place] = f"{group}/{row[place]}" if group and row[place] else row[place]
    seen: Counter[str] = Counter()
    names = []
    for name in row:
        seen[name] += 1
        names.append(name if seen[name] == 1 or not name else f"{name}#{seen[name]}")
    return names


def _is_title(sheet: ExportSheet, line: int, place: int) -> bool:
    """Whether a merge over columns heads the whole sheet: it stands alone in its row, or says ``导出单位：…``."""
    return sum(map(bool, _row(sheet, line))) == 1 or any(sign in _cell(sheet, line, place) for sign in ":：")


def _cell(sheet: ExportSheet, line: int, place: int) -> str:
    """Return the text of a cell by its line; nothing where there is none."""
    row = _row(sheet, line)
    return row[place] if place < len(row) else ""


def _row(sheet: ExportSheet, line: int) -> Sequence[str]:
    """Return the cells of a line near the top; none where it has none."""
    try:
        return sheet.cells[sheet.lines.index(line, 0, MOST_ABOVE + 1)]
    except ValueError:
        return ()


def _fill(region: Region, headings: int) -> None:
    """Give every row of a merge down a column its value, and note merges across columns."""
    sheet = region.sheet
    place_of = {line: at for at, line in enumerate(sheet.lines)} if sheet.marks.merged else {}
    for (top, left), (bottom, right) in sheet.marks.merged:
        first = place_of.get(top + 1)
        if top + 1 <= region.line or first is None or first <= headings:
            continue
        rows = [place_of[line] for line in range(top + 1, bottom + 2) if line in place_of]
        if left != right:
            region.across |= {sheet.lines[row]: _range(top, left, bottom, right) for row in rows}
            continue
        text = sheet.cells[first][left] if left < len(sheet.cells[first]) else ""
        for row in rows[1:]:
            sheet.cells[row] += [""] * (left + 1 - len(sheet.cells[row]))
            sheet.cells[row][left] = sheet.cells[row][left] or text
        if len(rows) > 1 and text:
            region.filled.append(_range(top, left, bottom, right))


def _range(top: int, left: int, bottom: int, right: int) -> str:
    """Return a range as a spreadsheet names it."""
    return f"{region_column_letters(left)}{top + 1}:{region_column_letters(right)}{bottom + 1}"


def region_column_letters(column_index: int) -> str:
    """Return the letters of a column from 0."""
    name, number = "", column_index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _sort_rows(region: Region, headings: int) -> None:
    """Tell the rows of children from totals, remarks and repeated headings."""
    sheet, width = region.sheet, sum(map(bool, region.headings))
    top = [cell.strip() for cell in sheet.cells[headings]]
    for row in range(headings + 1, len(sheet.lines)):
        cells = sheet.cells[row]
        reason = "" if len(cells) and _is_full(cells, width) and cells != top else _reason(cells, top, width)
        if reason:
            region.passed.append(PassedOver(sheet.lines[row], reason))
            region.across.pop(sheet.lines[row], None)
        else:
            region.rows.append(row)


def _is_full(cells: Sequence[str], width: int) -> bool:
    """Whether a row is certainly that of a child: most of its cells hold something, the first one an ordinary text."""
    return cells[0][:1].isalnum() and cells[0].isascii() and 2 * sum(map(bool, cells)) > width


def _reason(cells: Sequence[str], top: Sequence[str], width: int) -> str:
    """Return why a row is no child; empty if it is one."""
    if [cell.strip() for cell in cells] == top:
        return "headings"
    filled = list(_filled(cells))
    first = filled[0] if filled else ""
    if _TOTAL.fullmatch(first):
        return "total"
    if len(filled) <= _FEW < width and _REMARK.fullmatch(first):
        return "remark"
    if len(set(filled)) == 1 and width > _FEW and not first.isascii():
        return "remark"
    return ""


def _filled(cells: Sequence[str]) -> Iterator[str]:
    """Yield what the cells of a row hold, as words are compared."""
    return filter(None, map(word_key, cells))
