"""The comparison: the canonical tables beside the office's own ones."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, starmap, zip_longest
from operator import eq
from pathlib import Path
from typing import TypeAlias

from allocator.ground import Fault
from allocator.proofreading.cells import RawRow, office_rows
from allocator.proofreading.spelling import OTHERS, TABLES, Field, field_places, spelled

MOST_TOLD = 1_000
"""Differences that are told; where reading went wrong in a column, every row may differ."""

Cells: TypeAlias = tuple[str, ...]
Others: TypeAlias = Callable[[], Iterable[tuple[str, ...]]]

_TIDY = re.compile(r"[A-Za-z0-9,;.-]*")
_SHOWN = 60  # characters of a value that a difference repeats
_LONG_NUMBER = re.compile(r"\d(?:[- ]?\d){13,}[\dXx]?")


def differences(
    folder: Path,
    canonical: Mapping[str, bytes],
    *,
    others: Mapping[str, Others] | None = None,
    encoding: str | None = None,
) -> list[Fault]:
    """Return where the office's tables say something else than the canonical tables do; the first thousand.

    Parameters
    ----------
    folder : Path
        Holds the office's tables ``applicants``, ``schools`` and ``zones``, each as ``.csv`` or ``.xlsx``.
    canonical : mapping of str to bytes
        ``applicants.csv``, ``schools.csv`` and ``zones.csv`` as lottery.md section 1 has them; one that is not there
        is not compared.
    others : Mapping[str, callable] or None
        By table what is in no canonical one: gives id and optional columns (of ``applicants`` name and sex, of
        ``schools`` the English name) as read, in the order of the ids. What is not there is not compared.
    """
    tables = [
        _Comparison(folder, name, canonical[f"{name}.csv"], encoding, (others or {}).get(name))
        for name in TABLES
        if f"{name}.csv" in canonical
    ]
    found = list(islice(chain.from_iterable(table.differences() for table in tables), MOST_TOLD + 1))
    return found if len(found) <= MOST_TOLD else [*found[:MOST_TOLD], Fault("proof.more", found[MOST_TOLD].file)]


class _Comparison:
    """One of the office's tables beside its canonical one."""

    def __init__(self, folder: Path, name: str, canonical: bytes, encoding: str | None, others: Others | None) -> None:
        sheet = folder / f"{name}.xlsx"
        self.path = sheet if sheet.exists() else folder / f"{name}.csv"
        self.fields, self.canonical, self.encoding = TABLES[name], canonical, encoding
        self.others = others
        self.optional = OTHERS[name] if others is not None else ()
        self.headings: list[str] = []

    def differences(self) -> Iterator[Fault]:
        """Yield what differs; a table all of whose lines are the same needs no look at single values."""
        try:
            if not self._same_lines():
                yield from self._by_row()
        except (OSError, UnicodeError, csv.Error, ValueError, IndexError) as error:
            yield Fault("proof.unreadable", self.path.name, params={"kind": type(error).__name__})

    def _same_lines(self) -> bool:
        """Return whether the table, spelled as it must be and sorted, is what was read line for line."""
        rows, at = self._opened([*self.fields, *self.optional])
        width, lines = len(self.fields), []
        for _, row in rows:
            cells = _picked(row, at)
            lines.append(self._line(cells[:width]) + self._behind(cells[width:]))
        lines.sort()  # a comma comes before all characters of an id, so this is the order of the ids
        expected = self._expected()
        heading = ",".join(field.name for field in self.fields)
        return next(expected, None) == heading and all(starmap(eq, zip_longest(lines, expected)))

    def _behind(self, cells: Cells) -> str:
        """Return the optional cells of a row, to be put behind its line; nothing where they are not compared."""
        pairs = zip(cells, self.optional, strict=True)
        return "".join(["\0" + (spelled(cell, field) if cell else "") for cell, field in pairs])

    def _expected(self) -> Iterator[str]:
        """Yield the heading and the lines as read, the optional cells behind them; one at a time, as there are many."""
        lines = (line.removesuffix(b"\n").decode("utf-8") for line in io.BytesIO(self.canonical))
        yield next(lines, "")
        if self.others is None:
            yield from lines
            return
        for line, other in zip_longest(lines, self.others()):
            yield "\0".join([line or "", *(other or ("", "?"))[1:]])

    def _line(self, cells: Cells) -> str:
        """Return one line of the canonical table for a row of the office's."""
        joined = ",".join(cells)
        if _TIDY.fullmatch(joined) and joined.count(",") == len(cells) - 1:
            return joined
        cells = tuple(map(spelled, cells, self.fields))
        joined = ",".join(cells)
        if '"' not in joined and joined.count(",") == len(cells) - 1:
            return joined
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(cells)
        return text.getvalue()

    def _opened(self, fields: Sequence[Field]) -> tuple[Iterator[RawRow], list[int | None]]:
        """Return the rows below the headings, and where each field stands."""
        rows = office_rows(self.path, self.encoding)
        _, self.headings = next(rows, (1, []))
        return rows, field_places(self.headings, fields)

    def _by_row(self) -> Iterator[Fault]:
        """Yield every value that differs, row by row, then the rows that only the reading has."""
        fields = (*self.fields, *self.optional)
        rows, at = self._opened(fields)
        read = self._read()
        for line, row in rows:
            own = tuple(map(spelled, _picked(row, at), fields))
            theirs = read.pop(own[0], None)
            if theirs is None:
                yield self._fault("proof.row_not_read", line, fields[0], at[0], own[0])
            elif theirs != own:
                yield from self._values(line, fields, at, own, theirs)
        for one in read:
            yield self._fault("proof.row_not_there", 0, fields[0], at[0], one)

    def _read(self) -> dict[str, Cells]:
        """Return the rows as read, by the id of each."""
        lines = csv.reader(io.StringIO(self.canonical.decode("utf-8"), newline=""))
        next(lines, None)
        if self.others is None:
            return {line[0]: tuple(line) for line in lines}
        others = {one: cells for one, *cells in self.others()}
        empty = ("",) * len(self.optional)
        return {line[0]: (*line, *others.get(line[0], empty)) for line in lines}

    def _values(
        self, line: int, fields: Sequence[Field], at: Sequence[int | None], own: Cells, read: Cells
    ) -> Iterator[Fault]:
        """Yield the cells of a row whose value was read as another one."""
        read = (*read, *("",) * len(own))  # a canonical row that is too short
        for field, place, value, other in zip(fields, at, own, read, strict=False):
            if value != other:
                yield self._fault("proof.differs", line, field, place, value, {"read": _shown(other)})

    def _fault(
        self, code: str, line: int, field: Field, place: int | None, value: str, params: dict[str, str] | None = None
    ) -> Fault:
        """Return a difference; the column is named as it is in the table."""
        heading = field.name if place is None else self.headings[place].strip()
        return Fault(code, self.path.name, line, _shown(heading), _shown(value), params or {})


def _picked(row: Sequence[str], at: Sequence[int | None]) -> Cells:
    """Return the cells of a row that stand under the fields; a field without a heading, or beyond the row, is empty."""
    width = len(row)
    return tuple(["" if place is None or place >= width else row[place] for place in at])


def _shown(value: str) -> str:
    """Return a value as a message may repeat it: printable, long numbers masked, not longer than a line."""
    value = "".join(c if c.isprintable() else "?" for c in value)
    value = _LONG_NUMBER.sub(lambda found: found[0][:2] + "*" * (len(found[0]) - 2), value)
    return (value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…") or "∅"
