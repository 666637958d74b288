"""Empty tables for an office to fill in, with drop-downs, and a workbook that says how (``new --empty``).

Each table is a workbook of its own, because nothing else may stand in a file that is read; what explains them stands in
``instructions.xlsx``, which is not read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from allocator.domain import Policy, Text
from allocator.ground import TEXTS, text
from allocator.reading import LAYOUTS, Holds, InputColumn
from allocator.reading.office.layout import OFFICE_LAYOUTS
from allocator.sheets import both
from allocator.sheets.form import FormColumn, FormPage, form, pages

INSTRUCTIONS = "instructions.xlsx"
ROSTER: tuple[str, ...] = ("applicants", "schools", "zones")
APPLICATIONS: tuple[str, ...] = (*(name for name in OFFICE_LAYOUTS if name != "private-result"), "schools", "zones")
"""Tables before a roster; the result of the private draw is written by the program."""

_RULES = ("files", "rows", "needed", "ids", "dates", "examples", "policy", "check")
_EXAMPLES = 3
_KINDS: Mapping[Holds, Literal["text", "day", "number"]] = {
    Holds.DATE: "day", Holds.SEATS: "number", Holds.PLACE: "number", Holds.NUMBER: "number", Holds.SHARE: "number",
}  # fmt: skip
_NEEDED = {
    ("applicants", "applicant_id"), ("applicants", "zone"), ("applicants", "category"), ("applicants", "status"),
    ("schools", "school_id"), ("schools", "name"), ("schools", "jurisdiction"), ("zones", "zone"),
    ("zones", "school_id"),
}  # fmt: skip
"""Columns of the roster's tables that no row may leave empty."""


def empty_tables(source: Path, policy: Policy) -> dict[str, bytes]:
    """Return the files of an empty district by name.

    Parameters
    ----------
    source : Path
        A shipped district: which tables there are, and examples for them.
    policy : Policy
        Its rules, for the categories.
    """
    names = APPLICATIONS if (source / "applications.csv").exists() else ROSTER
    made = {f"{name}.xlsx": form(TEXTS[f"form.table.{name}"][0], _form(name, policy)) for name in names}
    sheets = [_rules(), *(_explained(name, policy, _examples(source / f"{name}.csv", name)) for name in names)]
    return made | {INSTRUCTIONS: pages(sheets)}


def empty_table_columns(table: str) -> Sequence[InputColumn]:
    """Return the columns of a table."""
    return OFFICE_LAYOUTS[table] if table in OFFICE_LAYOUTS else LAYOUTS[table]


def _form(table: str, policy: Policy) -> list[FormColumn]:
    """Return the columns of a table to be filled in."""
    return [
        FormColumn(
            column.chinese, _hint(table, column, policy).zh,
            empty_table_words(column, policy) if column.holds is Holds.WORD else (),
            _is_needed(table, column), _KINDS.get(column.holds, "text"),
        )
        for column in empty_table_columns(table)
    ]  # fmt: skip


def _is_needed(table: str, column: InputColumn) -> bool:
    """Whether no row may leave a column empty."""
    return column.needed or (table, column.name) in _NEEDED


def empty_table_words(column: InputColumn, policy: Policy) -> tuple[str, ...]:
    """Return the Chinese words of a column, one of each meaning; categories are those of the policy."""
    if column.name == "category":
        return tuple(category.category_id for category in policy.categories)
    meant = {meaning: chinese for chinese, meaning in reversed(column.words)}
    return tuple(meant[meaning] for meaning in dict.fromkeys(meaning for _, meaning in column.words))


def _hint(table: str, column: InputColumn, policy: Policy) -> Text:
    """Return what goes into a column: what kind of value, and what is to be known of it."""
    known = "、".join(empty_table_words(column, policy))
    kind = both(f"form.holds.{column.holds.value}", words=known)
    note = f"form.note.{table}.{column.name}"
    if note not in TEXTS:
        return kind
    more = both(note)
    return Text(f"{kind.zh}。{more.zh}", f"{kind.en}; {more.en}")


def _rules() -> FormPage:
    """The sheet of instructions."""
    rows = [(str(number), *_parts(both(f"form.rule.{rule}"))) for number, rule in enumerate(_RULES, start=1)]
    heads = (("#", 5), (text("form.rule", "zh"), 60), (text("form.rule", "en"), 60))
    return FormPage(both("form.rules").zh, _lines(both("form.title"), " · "), heads, rows)


def _explained(table: str, policy: Policy, examples: Sequence[Mapping[str, str]]) -> FormPage:
    """The sheet that explains the columns of a table: each in a row, examples beside it."""
    heads = [("form.column", 17), ("form.name", 20), ("form.needed", 12), ("form.hint", 62)]
    named = [(_lines(both(code)), width) for code, width in heads]
    named += [(f"{_lines(both('form.example'))} {number}", 22) for number in range(1, len(examples) + 1)]
    rows = [
        [
            column.chinese, column.name, _lines(both("form.yes" if _is_needed(table, column) else "form.no")),
            _lines(_hint(table, column, policy)), *(example[column.name] for example in examples),
        ]
        for column in empty_table_columns(table)
    ]  # fmt: skip
    name = both(f"form.table.{table}")
    return FormPage(name.zh, f"{_lines(name, ' · ')}  {table}.xlsx", tuple(named), rows)


def _parts(words: Text) -> tuple[str, str]:
    """Return a text in Chinese and in English."""
    return words.zh, words.en


def _lines(words: Text, between: str = "\n") -> str:
    """Return a text in both languages."""
    return between.join(_parts(words))


def _examples(path: Path, table: str) -> list[Mapping[str, str]]:
    """Return rows of a shipped table in Chinese words, those with most cells filled in."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fullest = sorted(rows, key=lambda row: -sum(map(bool, row.values())))[:_EXAMPLES]
    return [dict(_chinese(row, table)) for row in fullest]


def _chinese(row: Mapping[str, str], table: str) -> Iterator[tuple[str, str]]:
    """Give the cells of a row, fixed words in Chinese."""
    for column in empty_table_columns(table):
        known = {meaning: chinese for chinese, meaning in reversed(column.words)}
        yield column.name, ";".join(known.get(one, one) for one in row.get(column.name, "").split(";"))
