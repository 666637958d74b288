"""Rules of single office tables: what may be empty, fixed words, keys, and columns that hang together (section 2)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

import numpy as np

from allocator.domain import OfficeValues
from allocator.ground import Fault, cut_faults, share_in_hundredths
from allocator.reading.applicants import bundle_faults
from allocator.reading.layout import Holds, InputColumn
from allocator.reading.office.layout import KEYS, OFFICE_LAYOUTS, RULED
from allocator.reading.rules import empty_faults, half_coordinates_faults, id_faults
from allocator.reading.table import (
    Finding,
    InputTable,
    folded_table_cell,
    judge_table,
    table_cell_holds_long_number,
    table_cell_items,
)

_AGREEING = (
    "family", "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferred_diversion",
    "private_choice",
)  # fmt: skip
_WHOLE_HOME = 10_000
"""Hundredths of a per cent."""


def office_table_faults(name: str, table: InputTable, values: OfficeValues | None) -> list[Fault]:
    """Return what is wrong with the rows of one table beyond single cells, whatever the other tables say.

    Parameters
    ----------
    values : OfficeValues or None
        The office's values; None where the policy could not be read.
    """
    own: Mapping[str, Callable[[InputTable], list[Fault]]] = {
        "applications": lambda table: _application_faults(table, values),
        "owners": _sum_faults,
        "locks": lambda table: _year_faults(table, values),
        "decisions": lambda table: judge_table(table, ["kind", "ground"], _ground_rule),
        "private-result": lambda table: judge_table(table, ["school_id", "draw_id"], _draw_rule),
    }
    return _column_faults(name, table) + _key_faults(name, table) + (own[name](table) if name in own else [])


def _column_faults(name: str, table: InputTable) -> list[Fault]:
    """Return empty cells where none may be, and words that are none of the column's."""
    faults = []
    for column in OFFICE_LAYOUTS[name]:
        if column.needed and column.name in table.shared and (column.name,) != KEYS.get(name):
            faults += empty_faults(table, column.name)
        if column.holds in (Holds.WORD, Holds.WORDS):
            faults += judge_table(table, [column.name], _word_rule(column))
    return faults


def expected_words(words: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the words of a column for a message, in both languages."""
    return {"expected": ", ".join(english for _, english in words), "expected_zh": "、".join(zh for zh, _ in words)}


def _word_rule(column: InputColumn) -> Callable[[str], Iterator[Finding]]:
    """Refuse what is none of a column's words."""
    allowed, params = {english for _, english in column.words}, expected_words(column.words)

    def _rule(value: str) -> Iterator[Finding]:
        for word in table_cell_items(value) if column.holds is Holds.WORDS else filter(None, [value]):
            if word not in allowed:
                yield Finding("word.unknown", column.name, word, params)

    return _rule


def _key_faults(name: str, table: InputTable) -> list[Fault]:
    """Return rows whose key stood before, or is empty where no other rule tells that."""
    columns = KEYS.get(name, ())
    if len(columns) == 1:
        return id_faults(table, columns[0])
    if not columns or table.absent.intersection(columns):
        return []
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for row, key in enumerate(zip(*map(table.texts, columns), strict=True)):
        if not key[-1] and columns[-1] in table.distinct:
            faults.append(table.fault("cell.empty", row, columns[-1], ""))
        lead = first.setdefault(key, row)
        if lead != row and all(key):
            words = {"first": str(table.lines[lead]), "columns": " + ".join(map(table.title, columns))}
            faults.append(table.fault("key.repeated", row, columns[-1], key[-1], words))
    return cut_faults(faults, len(faults))


def _application_faults(table: InputTable, values: OfficeValues | None) -> list[Fault]:
    """Return what is wrong between the columns of the applications."""
    faults = judge_table(table, ["home", "tenure"], _tenure_rule) if not {"home", "tenure"} & table.absent else []
    if values is not None and "graduated" not in table.absent:
        faults += judge_table(table, ["graduated"], _graduated_rule(values))
    if values is not None:
        faults += judge_table(table, ["registered_at"], _registered_rule(values))
    return faults + bundle_faults(table, _AGREEING) + half_coordinates_faults(table)


def _tenure_rule(home: str, tenure: str) -> Iterator[Finding]:
    """Demand a home and a way of living in it together."""
    if home and not tenure:
        yield Finding("tenure.missing", "tenure", "", {"home": home})
    if tenure and not home:
        yield Finding("tenure.no_home", "home", "", {"tenure": tenure})


def _graduated_rule(values: OfficeValues) -> Callable[[str], Iterator[Finding]]:
    """Demand the word where children come from a primary school, and nothing elsewhere."""

    def _rule(value: str) -> Iterator[Finding]:
        if value and values.stage == "primary":
            yield Finding("graduated.primary", "graduated", value, {})
        if not value and values.stage == "junior":
            yield Finding("cell.empty", "graduated", "", {})

    return _rule


def _registered_rule(values: OfficeValues) -> Callable[[str], Iterator[Finding]]:
    """Refuse days before the platform opened; of sound dates the order of texts is that of days."""
    first = min(values.window_urban[0], values.window_rural[0]).isoformat()

    def _rule(value: str) -> Iterator[Finding]:
        if value and value < first:
            yield Finding("registered.too_early", "registered_at", value, {"first": first})

    return _rule


def _sum_faults(table: InputTable) -> list[Fault]:
    """Return, at the last row of each, the homes of which more than the whole is owned."""
    homes, shares = table.shared["home"], table.shared["share"]
    if {"home", "share"} & table.absent or not shares.good[shares.codes].all():
        return []
    parts = np.array([share_in_hundredths(value) if value else 0 for value in shares.values] or [0], dtype=object)
    sums: dict[str, int] = {}
    last: dict[str, int] = {}
    for row, (home, part) in enumerate(zip(table.texts("home"), parts[shares.codes].tolist(), strict=True)):
        sums[home], last[home] = sums.get(home, 0) + part, row
    faults = []
    for home, total in sums.items():
        if home and total > _WHOLE_HOME and homes.good[homes.codes[last[home]]]:
            words = {"home": home, "sum": f"{total // 100}.{total % 100:02d}"}
            value = shares.values[shares.codes[last[home]]]
            faults.append(table.fault("owners.above", last[home], "share", value, words))
    return cut_faults(faults, len(faults))


def _year_faults(table: InputTable, values: OfficeValues | None) -> list[Fault]:
    """Return locks of this year or later."""

    def _rule(value: str) -> Iterator[Finding]:
        if values is not None and value and int(value) >= values.year:
            yield Finding("locks.year", "intake_year", value, {"year": str(values.year)})

    return judge_table(table, ["intake_year"], _rule)


def _ground_rule(kind: str, ground: str) -> Iterator[Finding]:
    """Demand a ground of a preferential decision, and none of one for a sibling."""
    if kind == "preferential" and not ground:
        yield Finding("decision.no_ground", "ground", "", {})
    if kind == "sibling" and ground:
        yield Finding("decision.ground", "ground", ground, {})


def _draw_rule(school: str, draw: str) -> Iterator[Finding]:
    """Refuse the id of another draw than that of the school."""
    if draw not in ("", f"private/{school}"):
        yield Finding("private.draw", "draw_id", draw, {"expected": f"private/{school}"})


def ruling_faults(table: InputTable, homes: Mapping[str, str], zones: Collection[str] | None) -> list[Fault]:
    """Return rulings whose value is none of their field's.

    Parameters
    ----------
    homes : mapping of str to str
        The home of each child, empty where it has none.
    zones : collection of str or None
        Ids of the zones; None where their table could not be read.
    """
    chinese = {read: word for words in RULED.values() for word, read in words}

    def as_written(value: str) -> str:
        """Return a word as it stands in a table with Chinese headings."""
        return chinese.get(value, value) if table.title("value") != "value" else value

    def _rule(field: str, value: str, child: str) -> Iterator[Finding]:
        if field in RULED and value not in {english for _, english in RULED[field]}:
            yield Finding("ruling.value", "value", as_written(value), expected_words(RULED[field]))
        if field == "zone" and zones is not None and value not in zones:
            yield Finding("zone.unknown", "value", value, {})
        if field == "lock_exempt" and child in homes and value != homes[child]:
            yield Finding("ruling.home", "value", value, {"home": homes[child] or "∅"})

    return judge_table(table, ["field", "value", "applicant_id"], _rule)


def long_numbers(table: InputTable) -> list[Fault]:
    """Return cells with fifteen digits in a row which the column itself would allow: names, coordinates."""
    columns = [column for column in ("name", "name_en", "x", "y") if column in {*table.shared, *table.distinct}]
    faults = [
        table.fault("cell.identity_number", row, column, value)
        for column in columns
        for row, value in enumerate(table.texts(column))
        if value and table_cell_holds_long_number(folded_table_cell(value))
    ]
    return cut_faults(faults, len(faults))
