"""Tables and progress on a console, where text stays text.

``rich`` reads ``[red]`` and ``:smile:`` as instructions; names of people and schools are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table as Shown
from rich.text import Text

from allocator.domain import Text as Words
from allocator.ground import Language, visible_text
from allocator.sheets.table import NONE, Cell, Column, Mark, Table, Value, Weight, as_read, full, said

_TOGETHER = re.compile(r"(?<=\d) (?=%)|(?<=±) (?=[<\d])")
_HELD = "\ufdd0"  # no character: ``rich`` breaks lines at every kind of space, also at those that forbid it


class PlainConsole(Console):
    """A console on which every text is shown as it stands, steering characters as U+FFFD."""

    def __init__(self, *, stderr: bool = False, soft_wrap: bool = False) -> None:
        super().__init__(stderr=stderr, soft_wrap=soft_wrap, markup=False, emoji=False, highlight=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Give the pieces of what is shown; only those of ``rich`` itself may steer the terminal."""
        for segment in super().render(renderable, options):
            shown = segment.text if segment.control else visible_text(segment.text.replace(_HELD, " "))
            yield segment if shown == segment.text else Segment(shown, segment.style)


STYLES: dict[Weight, str] = {
    "title": "bold", "alarm": "bold red", "warning": "bold yellow", "notice": "yellow", "plain": "",
    "good": "green", "bad": "red", "lead": "",
}  # fmt: skip

Part: TypeAlias = Table | Mark | Words | str | RenderableType
"""What an answer is made of; what ``rich`` can show stands as it is."""


def show(parts: Iterable[Part], language: Language) -> None:
    """Print the parts of an answer on standard output; a line that is empty in a language is left out."""
    console = PlainConsole()
    for part in parts:
        shown = part_in_terminal(part, language)
        if not isinstance(shown, Text) or shown.plain:
            console.print(shown)


def part_in_terminal(part: Part, language: Language) -> RenderableType:
    """Return a part as ``rich`` shows it."""
    if isinstance(part, Table):
        return _table(part, language)
    if isinstance(part, Mark):
        return _text(f"{said(part.words, language)} {part.tail}".rstrip(), style=STYLES[part.weight])
    return _text(said(part, language)) if isinstance(part, Words | str) else part


def _text(words: str, style: str = "") -> Text:
    """Words of which no line ends between a number and its ``%``, nor behind ``±``; before it one may."""
    return Text(_TOGETHER.sub(_HELD, words), style=style)


def _table(table: Table, language: Language) -> Shown:
    """A table with its caption above and its note below; no word is cut."""
    shown = Shown(
        title=_text(said(table.caption, language)) if table.caption else None, title_justify="left", title_style="bold",
        caption=_text(said(table.note, language)) if table.note else None, caption_justify="left",
        show_lines=table.lined,
    )  # fmt: skip
    if table.tight:
        shown.box, shown.padding, shown.pad_edge = SIMPLE_HEAD, (0, 1, 0, 0), False
    for column in table.columns:
        title = _text(said(column.title, language))
        shown.add_column(title, justify=column.align, overflow="fold", no_wrap=column.whole)
    for row in table.rows:
        shown.add_row(*(_cell(cell, column, language) for cell, column in zip(row, table.columns, strict=True)))
    return shown


def _cell(cell: Cell | Value, column: Column, language: Language) -> Text:
    """A cell; where there is no number stands a dash."""
    one = full(cell)
    words = NONE if one.value is None else said(as_read(one.value, column), language)
    small = said(one.small, language)
    return _text(f"{words} {small}" if small else words, style=one.colour or ("bold" if one.strong else ""))
