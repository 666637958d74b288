"""What intake says of changes and of numbers, in the words of the tables."""

from __future__ import annotations

from allocator.ground import Language, text
from allocator.intake.changes import TableChange
from allocator.intake.numbers import Match
from allocator.intake.targets import COLUMNS, TableColumn


def change_words(change: TableChange, language: Language) -> dict[str, str]:
    """Return the words of a change; in Chinese with the Chinese names of table, column and values."""
    words: dict[str, str] = change._asdict()
    if language == "zh":
        words["table"] = text(f"form.table.{change.table}", language)
    if language == "zh" and change.column:
        column = COLUMNS[change.table][change.column]
        words |= {name: _said(words[name], column) for name in ("before", "after")} | {"column": column.chinese}
    return words


def match_words(match: Match, language: Language) -> dict[str, object]:
    """Return the words of a number that was given before."""
    by = "+".join(text(f"intake.by.{name}", language) for name in match.by.split("+"))
    return {**match._asdict(), "kind": text(f"intake.number.{match.kind}", language), "by": by}


def _said(value: str, column: TableColumn) -> str:
    """Return a value with the first Chinese word for each of its fixed words."""
    words = {meaning: word for word, meaning in reversed([*column.words.items()]) if not word.isascii()}
    return ";".join(words.get(part, part) for part in value.split(";"))
