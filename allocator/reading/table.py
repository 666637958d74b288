"""A table as read: cleaned cells by column, equal texts kept once, and the line of every row.

First single cells: what is read as the same text, what is refused, and how a value may be shown in a message. Most
columns of a roster have few different values. Each is therefore kept as its distinct values and one small integer per
row; a rule looks once at every distinct value or combination of values, and the objects built later share texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias
from unicodedata import normalize

import numpy as np
import numpy.typing as npt

from allocator.domain import Mask
from allocator.ground import CARD_NUMBER, Fault, cut_faults, starred_text
from allocator.reading.characters import LETTERS_UNSEEN, character_problem, character_words
from allocator.reading.layout import Holds

LONGEST_NAME = 100  # characters; longer than any name, shorter than pasted text
LONGEST_LIST = 2000  # characters of a cell of ids
MOST_SEATS = 1_000_000
_SHOWN = 60  # characters of a value that a message repeats

_LONG_NUMBER = re.compile(r"\d(?:[- ]?\d){13,}(?:[- ]?[\dXx])?")
_ID = re.compile(r"[A-Za-z0-9-]{1,32}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,9}(?:\.[0-9]{1,15})?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,6}")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")

# Texts that stay as they are and have nothing wrong, so that most cells need one match and no further look. They hold
# no run of digits that an identity card could hide in.
_SHORT = r"[A-Za-z0-9][A-Za-z0-9-]{0,13}(?![A-Za-z0-9-])"
_WORDY = r"(?=[A-Za-z0-9-]{1,32}(?![A-Za-z0-9-]))[A-Za-z](?:[A-Za-z-]|[0-9]{1,5}(?![0-9]))*"
_PLAIN: Mapping[Holds, str] = {
    Holds.ID: rf"(?:{_SHORT}|{_WORDY})?",
    Holds.IDS: rf"(?:(?:{_SHORT}|{_WORDY})(?:;(?:{_SHORT}|{_WORDY}))*)?",
    Holds.WORD: r"[A-Za-z]{0,14}",
    Holds.NAME: rf"[^\W\d_{LETTERS_UNSEEN}]{{0,14}}",
    Holds.SEATS: r"(?:0|[1-9][0-9]{0,5})?",
    Holds.PLACE: rf"(?:{_DECIMAL.pattern})?",
    Holds.WORDS: r"[A-Za-z]{0,14}",
    Holds.TEXT: r"[A-Za-z0-9/-]{0,14}",
    Holds.DATE: r"(?:20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8]))?",
    Holds.TIME: r"",
    Holds.NUMBER: r"[0-9]{0,6}",
    Holds.SHARE: r"(?:[1-9][0-9]?(?:\.[0-9]{1,2})?)?",
    Holds.SCORE: r"(?:[0-9]{1,5}(?:\.[0-9]{1,2})?)?",
}
# Only full-width forms are made ordinary ones: a superscript or a circled number is no digit that was meant so.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_LONG_RUN = re.compile(r"[0-9]{15}", re.ASCII)
PLAIN_CELL = {holds: re.compile(pattern) for holds, pattern in _PLAIN.items()}
"""Matches a whole cell that is certainly in order."""
PLAIN_COLUMN = {holds: re.compile(rf"(?:{pattern}\n)*") for holds, pattern in _PLAIN.items()}
"""The same for many cells at once, each followed by a line feed."""


def clean_table_cell(raw: str, holds: Holds) -> str:
    """Return the value of a cell: without surrounding space, full-width letters and digits made ordinary ones.

    Names keep their characters. A leading tab or carriage return is kept, because spreadsheets take what follows for
    a formula and the cell must be refused.
    """
    value = raw.strip()
    if holds is not Holds.NAME:
        value = value.translate(_FULL_WIDTH).strip()
    if holds in (Holds.IDS, Holds.WORDS) and ";" in value:
        value = ";".join(item.strip() for item in value.split(";"))
    return "\t" + value if value and raw[0] in "\t\r" else value


def folded_table_cell(raw: str) -> str:
    """Return a cell as office-procedure.md section 0 reads it: NFKC, stripped."""
    return normalize("NFKC", raw).strip()


def table_cell_items(value: str) -> tuple[str, ...]:
    """Return the ids of a cleaned cell of ids joined by ``;``."""
    return tuple(value.split(";")) if value else ()


def table_cell_problem(value: str, holds: Holds) -> str | None:
    """Return the code of what is wrong with a cleaned cell taken by itself, None if nothing is.

    An empty cell is in order here; whether it may be empty is another question.
    """
    if not value:
        return None
    if holds in (Holds.SEATS, Holds.PLACE) and _NUMBER.fullmatch(value):
        return _number_problem(value, holds)
    if holds not in _OFFICE and (value[0] == "\t" or normalize("NFKC", value[0]) in ("=", "+", "-", "@")):
        return "cell.formula"
    if wrong := character_problem(value):
        return wrong
    if holds in _OFFICE:
        return "cell.identity_number" if table_cell_holds_long_number(value) else _OFFICE[holds](value)
    if CARD_NUMBER.search(normalize("NFKC", value)) or (holds in (Holds.ID, Holds.IDS) and _LONG_RUN.search(value)):
        return "cell.identity_number"  # in an id any fifteen digits: a mistyped card number exposes a person as well
    return _text_problem(value, holds)


def table_name_problem(name: str) -> str | None:
    """Return the code of what is wrong with a person's name, None if the roster would take it."""
    return table_cell_problem(clean_table_cell(name, Holds.NAME), Holds.NAME)


def table_name_words(code: str, name: str) -> dict[str, str]:
    """Return what the message of a problem says of a name: which character, where; never the name."""
    return character_words(code, clean_table_cell(name, Holds.NAME))


def _number_problem(value: str, holds: Holds) -> str | None:
    """Tell what is wrong with a plain number as seats or as a coordinate."""
    if holds is Holds.PLACE:
        return None if _DECIMAL.fullmatch(value) else "place.not_decimal"
    if value[0] == "-":
        return "seats.negative"
    if "." in value:
        return "seats.fraction"
    if value[0] in "+0" and value != "0":
        return "seats.not_whole"
    return "seats.too_many" if len(value) > 7 or int(value) > MOST_SEATS else None


def _text_problem(value: str, holds: Holds) -> str | None:
    """Tell what is wrong with a text of its kind."""
    if holds is Holds.SEATS:
        return "seats.not_whole"
    if holds is Holds.PLACE:
        return "place.not_decimal"
    if len(value) > (LONGEST_LIST if holds is Holds.IDS else LONGEST_NAME):
        return "cell.too_long"
    if holds is Holds.ID:
        return None if _ID.fullmatch(value) else "id.characters"
    if holds is Holds.IDS:
        if "" in table_cell_items(value):
            return "list.empty_item"
        return None if all(map(_ID.fullmatch, table_cell_items(value))) else "list.characters"
    return None


def _not_real(read: Callable[[str], object], form: re.Pattern[str], code: str) -> Callable[[str], str | None]:
    """Return the demand that a value has a form and can be read."""

    def _problem_of(value: str) -> str | None:
        try:
            read(value)
        except ValueError:
            return code
        return None if form.fullmatch(value) else code

    return _problem_of


def _matching(form: str, code: str) -> Callable[[str], str | None]:
    """Return the demand that a value has a form."""
    return lambda value: None if re.fullmatch(form, value) else code


_OFFICE: Mapping[Holds, Callable[[str], str | None]] = {
    Holds.WORDS: lambda value: "list.empty_item" if "" in table_cell_items(value) else None,
    Holds.TEXT: lambda value: "cell.too_long" if len(value) > LONGEST_LIST else None,
    Holds.DATE: _not_real(date.fromisoformat, re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date.form"),
    Holds.TIME: _not_real(
        datetime.fromisoformat, re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}"), "time.form"
    ),
    Holds.NUMBER: _matching(r"[0-9]+", "number.digits"),
    Holds.SHARE: _matching(r"(?=.*[1-9])[0-9]+(?:\.[0-9]{1,2})?", "share.form"),
    Holds.SCORE: _matching(r"[0-9]{1,5}(?:\.[0-9]{1,2})?|100000(?:\.00?)?", "pupils.score"),
}
"""What is wrong with a text in a column of the office's tables; None if nothing is."""


def table_cell_holds_long_number(value: str) -> bool:
    """Whether fifteen digits stand in a row, as in no cell of the office's tables."""
    return _LONG_RUN.search(value) is not None


def table_cell_whole_number(value: str) -> int | None:
    """Return a cleaned cell of seats as a number; None where it is empty or no such number."""
    return int(value) if _WHOLE.fullmatch(value) else None


def shown_table_value(value: str) -> str:
    """Return a value as a message may repeat it: long numbers masked, shortened, printable.

    Any number of fifteen or more digits is masked, whether or not it is an identity card's.
    """
    value = "".join(c if c.isprintable() else "?" for c in value[: 4 * _SHOWN])
    value = _LONG_NUMBER.sub(starred_text, normalize("NFC", value))
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"


Codes: TypeAlias = npt.NDArray[np.int32]

_LARGEST_TABLE = 4_000_000  # keys for which a table is quicker than sorting


@dataclass(slots=True)
class Shared:
    """A column whose values repeat.

    Attributes
    ----------
    values : list of str
        The distinct values.
    codes : numpy.ndarray of int32, one per row
        ``values[codes[i]]`` stands in row ``i``.
    good : numpy.ndarray of bool, one per distinct value
        Whether nothing has been found wrong with the value; further rules pass over the others.
    """

    values: list[str]
    codes: Codes
    good: Mask


@dataclass(slots=True)
class InputTable:
    """The rows of one file.

    Attributes
    ----------
    file : str
        Its name in messages.
    lines : numpy.ndarray of int32, one per row
        Line of the file.
    shared : dict of str to Shared
        Columns whose values repeat.
    distinct : dict of str to list of str
        Columns whose values hardly repeat, one text per row.
    absent : frozenset of str
        Columns that the file lacks; they read as empty.
    whole : bool
        Whether every row of the file is here; rows with a wrong number of cells are not.
    title : callable
        Returns how messages name a column: a Chinese heading with the English name.
    """

    file: str
    lines: Codes
    shared: dict[str, Shared]
    distinct: dict[str, list[str]]
    absent: frozenset[str]
    whole: bool
    title: Callable[[str], str] = str

    def texts(self, column: str) -> list[str]:
        """Return the cells of a column, one per row."""
        return self.distinct[column] if column in self.distinct else spread_over_table_rows(self.shared[column], str)

    def where(self, column: str, wanted: Callable[[str], bool]) -> Mask:
        """Return for every row whether the value of a shared column is wanted."""
        cells = self.shared[column]
        flags: Mask = np.fromiter(map(wanted, cells.values), np.bool_, len(cells.values))
        return flags[cells.codes]

    def fault(self, code: str, row: int, column: str, value: str, params: dict[str, str] | None = None) -> Fault:
        """Return a fault of one row, its value masked."""
        return Fault(code, self.file, int(self.lines[row]), self.title(column), shown_table_value(value), params or {})


class Finding(NamedTuple):
    """What a rule finds wrong with a combination of values."""

    code: str
    column: str
    value: str
    params: dict[str, str]


def spread_over_table_rows(
    cells: Shared, make: Callable[[str], Any], order: npt.NDArray[np.intp] | None = None
) -> list[Any]:
    """Return ``make(value)`` for every row, made once per distinct value; in the order given, if any."""
    made = np.fromiter(map(make, cells.values), object, len(cells.values))
    result: list[Any] = made[cells.codes if order is None else cells.codes[order]].tolist()
    return result


def judge_table(
    table: InputTable,
    columns: Sequence[str],
    rule: Callable[..., Iterable[Finding]],
    among: Mask | None = None,
) -> list[Fault]:
    """Return what a rule finds in the rows of a table.

    Parameters
    ----------
    columns : sequence of str
        Shared columns; the rule is handed their values and is asked once for each combination.
    rule : callable
        Yields a ``Finding`` for everything that is wrong. If it looks at one column alone, the values it refuses are
        marked, so that later rules do not stumble over them again.
    among : numpy.ndarray of bool, one per row, or None
        Rows to look at; None: all. Rows with a marked value in one of the columns are left out.
    """
    cells = [table.shared[column] for column in columns]
    seen = np.ones(len(table.lines), dtype=np.bool_) if among is None else among.copy()
    for column in cells:
        seen &= column.good[column.codes]
    rows = np.flatnonzero(seen)
    groups, examples = _groups(cells, rows)
    found = [list(rule(*(c.values[c.codes[row]] for c in cells))) for row in examples.tolist()]
    if not any(found):
        return []
    wrong = np.fromiter(map(bool, found), np.bool_, len(found))
    if len(cells) == 1:
        cells[0].good[cells[0].codes[examples[wrong]]] = False
    at = np.flatnonzero(wrong[groups])
    numbers = np.fromiter(map(len, found), np.intp, len(found))
    pairs = zip(rows[at].tolist(), groups[at].tolist(), strict=True)
    made = (table.fault(*_placed(finding, row)) for row, group in pairs for finding in found[group])
    return cut_faults(made, int(numbers[groups[at]].sum()))


def _placed(finding: Finding, row: int) -> tuple[str, int, str, str, dict[str, str]]:
    """Return a finding as the arguments of ``InputTable.fault``."""
    return finding.code, row, finding.column, finding.value, finding.params


def _groups(cells: Sequence[Shared], rows: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return a number for each row, the same for equal combinations of values, and by number one of its rows."""
    groups = np.zeros(len(rows), dtype=np.intp)
    count = 1
    for column in cells:
        # numbered anew after every column, so that a product of two numbers stays far below the largest integer
        groups = groups * len(column.values) + column.codes[rows]
        groups, count = _numbered(groups, count * len(column.values))
    examples = np.zeros(count, dtype=np.intp)
    examples[groups[::-1]] = rows[::-1]
    return groups, examples if len(rows) else examples[:0]


def _numbered(keys: npt.NDArray[np.intp], limit: int) -> tuple[npt.NDArray[np.intp], int]:
    """Return the distinct keys below a limit as numbers from 0 upwards, and how many there are."""
    if limit > _LARGEST_TABLE:
        distinct, numbers = np.unique(keys, return_inverse=True)
        return numbers.astype(np.intp), len(distinct)
    there = np.zeros(limit, dtype=np.bool_)
    there[keys] = True
    numbers = np.cumsum(there, dtype=np.intp) - 1
    return numbers[keys], int(there.sum())
