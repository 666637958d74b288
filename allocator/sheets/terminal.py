"""Tables and marks on the terminal, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table as Shown
from rich.text import Text

from allocator.domain import Text as Words
from allocator.ground import Language
from allocator.sheets.console import PlainConsole
from allocator.sheets.table import Cell, Column, Mark, Table, Value, Weight, as_read, full
from allocator.sheets.words import NONE, said

STYLES: dict[Weight, str] = {
    "title": "bold", "alarm": "bold red", "warning": "bold yellow", "notice": "yellow", "plain": "",
    "good": "green", "bad": "red",
}  # fmt: skip

Part: TypeAlias = Table | Mark | Words | str | RenderableType
"""What an answer is made of; what ``rich`` can show stands as it is."""


def show(parts: Iterable[Part], language: Language) -> None:
    """Print the parts of an answer on standard output; a line that is empty in a language is left out."""
    console = PlainConsole()
    for part in parts:
        shown = in_terminal(part, language)
        if not isinstance(shown, Text) or shown.plain:
            console.print(shown)


def in_terminal(part: Part, language: Language) -> RenderableType:
    """Return a part as ``rich`` shows it."""
    if isinstance(part, Table):
        return _table(part, language)
    if isinstance(part, Mark):
        return Text(said(part.words, language), style=STYLES[part.weight])
    return Text(said(part, language)) if isinstance(part, Words | str) else part


def _table(table: Table, language: Language) -> Shown:
    """A table with its caption above and its note below; no word is cut."""
    shown = Shown(
        title=Text(said(table.caption, language)) if table.caption else None, title_justify="left", title_style="bold",
        caption=Text(said(table.note, language)) if table.note else None, caption_justify="left",
        show_lines=table.lined,
    )  # fmt: skip
    if table.tight:
        shown.box, shown.padding, shown.pad_edge = SIMPLE_HEAD, (0, 1, 0, 0), False
    for column in table.columns:
        title = Text(said(column.title, language))
        shown.add_column(title, justify=column.align, overflow="fold", no_wrap=column.whole)
    for row in table.rows:
        shown.add_row(*(_cell(cell, column, language) for cell, column in zip(row, table.columns, strict=True)))
    return shown


def _cell(cell: Cell | Value, column: Column, language: Language) -> Text:
    """A cell; where there is no number stands a dash."""
    one = full(cell)
    words = NONE if one.value is None else said(as_read(one.value, column), language)
    small = said(one.small, language)
    return Text(f"{words} {small}" if small else words, style=one.colour or ("bold" if one.strong else ""))
