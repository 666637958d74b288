"""How a platform writes one value: the ways are many, and which one a cell gets is chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from allocator.reading import Holds, InputColumn
from allocator.reading.office.layout import OFFICE_LAYOUTS

ExportCell: TypeAlias = str | int | float | date | datetime
"""Text, number or day, as it stands in the workbook."""

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_SEPARATORS = ("、", "、", "；", "，", ",", "、 ")


class Spelling(NamedTuple):
    """Names for ids, and words of the platform's own.

    Attributes
    ----------
    schools, zones : Mapping[str, str]
        Names by id.
    aliases : Mapping[tuple[str, str], str]
        Short and former names by kind (``school``, ``zone``) and id.
    values : Mapping[str, Mapping[str, str]]
        Words by ``table.column``, then by what they mean.
    """

    schools: Mapping[str, str]
    zones: Mapping[str, str]
    aliases: Mapping[tuple[str, str], str]
    values: Mapping[str, Mapping[str, str]]


_SCHOOLS = {
    "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferred_diversion", "last_year_school",
}  # fmt: skip
_ZONES = {"hukou_zone", "zone"}
_COUNTED = {"family", "book"}
"""Numbers that the platform stores as numbers."""


def platform_cell(value: str, table_column: tuple[str, str], chance: int, spelling: Spelling) -> ExportCell:
    """Return a value of a table as the platform writes it.

    Parameters
    ----------
    value : str
        Of the table; empty stays empty.
    table_column : tuple of (str, str)
        Table and column.
    chance : int
        0 to 839, which way it is written.
    """
    table, column = table_column
    if not value or table == "persons":
        return {"F": "女", "M": "男"}.get(value, value) if column == "sex" else value
    if words := spelling.values.get(f"{table}.{column}", {}):
        own = words.get(value, value)
        return (own, f"{value}类", own, _wide(value) + "类")[chance % 4] if column == "declared_category" else own
    if column in _SCHOOLS or column in _ZONES:
        return _SEPARATORS[chance % 6].join(_name(one, column, chance, spelling) for one in value.split(";"))
    layout = next((known for known in OFFICE_LAYOUTS[table] if known.name == column), None)
    return value if layout is None else _WAYS.get(layout.holds, _as_it_is)(value, layout, chance)


def _name(value: str, column: str, chance: int, spelling: Spelling) -> str:
    """Return the name of a school or zone; of some a short or former one."""
    kind = "zone" if column in _ZONES else "school"
    alias = spelling.aliases.get((kind, value))
    if alias and chance % 5 == 0:
        return alias
    return (spelling.zones if kind == "zone" else spelling.schools)[value]


def _wide(text: str) -> str:
    """Return a text in full-width characters."""
    return text.translate(_WIDE)


def _as_it_is(value: str, layout: InputColumn, chance: int) -> ExportCell:
    """An id or another text: numbers as such, some with space or in full-width characters."""
    if layout.name in _COUNTED and value.isdigit() and chance % 8:
        return int(value)
    return (value, value, f" {value} ", _wide(value))[chance % 4] if layout.holds is Holds.ID else value


def _word(value: str, layout: InputColumn, chance: int) -> ExportCell:
    """A fixed word in Chinese; yes and no in several ways."""
    word = next(chinese for chinese, meaning in layout.words if meaning == value)
    if word in ("是", "否"):
        return {"是": ("是", "是", "有", "√"), "否": ("否", "否", "无", "否 ")}[word][chance % 4]
    return word + "　" * (chance % 12 == 0)


def _words(value: str, layout: InputColumn, chance: int) -> ExportCell:
    """Fixed words in Chinese, in an order without meaning."""
    known = {meaning: chinese for chinese, meaning in layout.words}
    words = [known[one] for one in value.split(";")]
    return _SEPARATORS[chance % 6].join(words[::-1] if chance % 7 == 0 else words)


def _date(value: str, layout: InputColumn, chance: int) -> ExportCell:
    """A day: as such, with a time of day, or as text in four ways."""
    day = date.fromisoformat(value)
    if layout.name == "registered_at":
        return datetime(day.year, day.month, day.day, 8 + chance % 12, chance % 60, chance % 58)
    written = (
        day, day, day, value, f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month:02}.{day.day:02}",
    )  # fmt: skip
    return written[chance % 7]


def _number(value: str, layout: InputColumn, chance: int) -> ExportCell:
    """A whole number, some with what it counts."""
    return int(value) if chance % 5 else f"{value}个月" if layout.name == "lease_months" else value


def _share(value: str, _: InputColumn, chance: int) -> ExportCell:
    """Per cent, as a number or with the sign."""
    return f"{value}%" if chance % 3 == 0 else float(value) if "." in value else int(value)


def _place(value: str, _: InputColumn, __: int) -> ExportCell:
    """Metres."""
    return int(value)


_WAYS: Mapping[Holds, Callable[[str, InputColumn, int], ExportCell]] = {
    Holds.WORD: _word, Holds.WORDS: _words, Holds.DATE: _date, Holds.NUMBER: _number, Holds.SHARE: _share,
    Holds.PLACE: _place,
}  # fmt: skip
