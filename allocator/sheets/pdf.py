"""A table as PDF: A4, upright or across, headings on every page, the same bytes for the same table and fonts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from allocator.domain import Text
from allocator.ground import BOTH, Written, visible_text
from allocator.sheets.files import FORMS, column_width
from allocator.sheets.table import Cell, Table, Value, as_read, full, written_in
from allocator.sheets.typeset import set_pages

_UPRIGHT, _ACROSS = 104, 154
"""Half characters of nine points beside each other on an upright page and on one that lies."""
_POINTS, _UPRIGHT_POINTS, _EASY_POINTS, _LEAST_POINTS = 9.0, 8.0, 7.5, 6.5
"""Size of the letters; the least for which a page is not turned, for which a wide column stays wide, and of all."""
_NARROW = 16
"""Half characters that a column keeps: room for a number, a date, a telephone."""
_PAGE = r"""
#set text(size: data.size * 1pt)
#set par(leading: 0.5em)
#show heading: set text(size: 14pt)
#show heading: set block(above: 0pt, below: 8pt)
#let sides = (left: left, right: right, center: center)
#let small(lines) = text(size: 7.5pt, lines.map(line => [#line]).join(linebreak()))
#set page(
  flipped: data.across, margin: (x: 15mm, top: 17mm, bottom: 15mm + data.foot.len() * 5mm),
  header-ascent: 5mm, footer-descent: 4mm,
  header: context if here().page() > 1 { align(center, small((data.title,) + data.alarms)) },
  footer: context {
    set text(size: 7.5pt)
    let pages = data.pages.map(words => words.replace("{page}", str(here().page()))
      .replace("{pages}", str(counter(page).final().first())))
    line(length: 100%, stroke: 0.4pt)
    v(-2mm)
    small(data.foot)
    if data.foot.len() > 0 { linebreak() }
    align(right, small((pages.join(" · "),)))
  },
)
#align(center)[
  #heading(level: 1, data.headline.map(lines => lines.enumerate().map(((at, line)) =>
    if at == 0 { line } else { text(size: 11pt, line) }).join(linebreak())).join(linebreak()))
  #for line in data.alarms { block(below: 5pt, text(fill: rgb("#b00000"), weight: "bold", line)) }
]
#v(3pt)
#for line in data.lead { block(below: 6pt, text(size: 10pt, line)) }
#v(3pt)
#table(
  columns: data.widths.map(width => width * 1fr), stroke: 0.4pt + luma(90), inset: (x: 3pt, y: 3.4pt),
  align: (column, row) => horizon + if row == 0 { center } else { sides.at(data.aligned.at(column)) },
  fill: (column, row) => if row == 0 { luma(231) },
  table.header(..data.heads.map(words => strong(words))),
  ..data.rows.flatten().map(cell => if type(cell) == dictionary { strong(cell.strong) } else { cell }),
)
#if data.note != "" { small(data.note.split("\n")) }
#if data.signing.len() > 0 {
  block(breakable: data.signing.len() > 18, above: 10mm, stack(spacing: 8mm, ..data.signing.map(lines =>
    stack(spacing: 2mm, text(size: 10pt, lines.first()), ..lines.slice(1).map(line => text(size: 8pt, line))))))
}
"""


def table_pdf(table: Table, written: Written = BOTH) -> bytes:
    """Return a table as PDF/UA: its marks above, or at the foot of every page where they say whence it comes.

    Parameters
    ----------
    table : Table
        Wide ones lie across the page.
    written : Written
        Language or languages of all words.

    Raises
    ------
    InputError
        As ``demand_pdf``, and for signs that no font here can show (``pdf.no_sign``), all of them.
    """
    return compiled(table, written, "pdf")[0]


def compiled(table: Table, written: Written, form: Literal["pdf", "png"]) -> list[bytes]:
    """Return a table as one PDF, or as a picture of each page.

    Raises
    ------
    InputError
        As ``table_pdf``.
    """
    return set_pages(_PAGE, _data(table, written), lambda sign: [(f"{table.kind}.pdf", _first_row(table, sign))], form)


def _first_row(table: Table, sign: str) -> int:
    """The first row in which a sign stands, or none."""
    return next((n for n, cells in enumerate(table.rows, start=1) if sign in _plain(cells)), 0)


def _plain(cells: Sequence[Cell | Value]) -> str:
    """The words of a row, to search in."""
    return " ".join(written_in(BOTH, value) for cell in cells if isinstance(value := full(cell).value, str | Text))


def _data(table: Table, written: Written) -> dict[str, Any]:
    """What the page is made from."""
    heads = [visible_text(column.heading(written, "\n")) for column in table.columns]
    rows = [[_cell(cell, table, at, written) for at, cell in enumerate(row)] for row in table.rows]
    widths = [
        column.width or column_width(heads[at], [_words(row[at]) for row in rows], is_number=column.align == "right")
        for at, column in enumerate(table.columns)
    ]
    widths = _fitted(widths)
    across = sum(widths) > _UPRIGHT * _POINTS / _UPRIGHT_POINTS
    size = max(_LEAST_POINTS, min(_POINTS, _POINTS * (_ACROSS if across else _UPRIGHT) / sum(widths)))
    headline, alarms, lead, foot = (
        [visible_text(mark.line(written, between)) for mark in table.above if FORMS[mark.weight] == form]
        for form, between in (("title", "\n"), ("warning", " · "), ("lead", "\n"), ("source", " · "))
    )
    return {
        "title": " · ".join(headline).replace("\n", " · ") or table.kind,
        "headline": [line.split("\n") for line in headline] or [[table.kind]], "alarms": alarms,
        "lead": lead, "foot": foot, "note": visible_text(written_in(written, table.note, "\n")),
        "signing": [_signed(visible_text(written_in(written, line, "\n"))) for line in table.signing],
        "pages": [written.text("pdf.page")], "size": size, "lang": written.first,
        "across": across, "widths": widths, "aligned": [column.align for column in table.columns], "heads": heads,
        "rows": [[_parted(cell, width) for cell, width in zip(row, widths, strict=True)] for row in rows],
    }  # fmt: skip


def _signed(line: str) -> list[str]:
    """A line to sign; in a second language it says the same without room to sign."""
    first, *others = line.split("\n")
    return [first, *(re.sub("_+", " ", other) for other in others)]


def _fitted(widths: Sequence[int]) -> list[int]:
    """Widths of columns of which the widest give way where they do not fit in letters that are read with ease."""
    room, longest = _ACROSS * _POINTS / _EASY_POINTS, max(widths)
    while sum(min(width, longest) for width in widths) > room and longest > _NARROW:
        longest -= 1
    return [min(width, longest) for width in widths]


def _cell(cell: Cell | Value, table: Table, at: int, written: Written) -> str | dict[str, str]:
    """A cell as people read it; what is strong is said to be."""
    one = full(cell)
    words = visible_text(written_in(written, as_read(one.value, table.columns[at]), table.columns[at].between))
    return {"strong": words} if one.strong else words


def _words(cell: str | dict[str, str]) -> str:
    return cell if isinstance(cell, str) else cell["strong"]


def _parted(cell: str | dict[str, str], width: int) -> str | dict[str, str]:
    """A cell in which a word longer than its column may be broken anywhere; any other is found whole by a search."""
    if isinstance(cell, dict):
        return {"strong": str(_parted(cell["strong"], width))}
    return re.sub(r"[!-~]+", lambda word: "\u200b".join(word[0]) if _breadth(word[0]) > width - 1.4 else word[0], cell)


def _breadth(word: str) -> float:
    """Half characters that a word takes; capitals are broader than digits."""
    return len(word) + 0.25 * sum(sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ@%mw" for sign in word)
