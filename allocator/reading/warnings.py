"""Warnings: what no rule refuses, but the office should look at before the draw.

A warning is told like a fault, with file, row, column and value, and hinders nothing. A rule that needs the rows of a
table stands here as a function from the table to its warnings and is named in ``roster_warnings``.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from unicodedata import normalize

from allocator.ground import MOST_OF_A_TABLE, Fault, cut_faults, open_file_bytes, some_as_text
from allocator.reading.table import InputTable

_DETERMINATION, _SHOWN = "determination.csv", 10
"""What a determination writes beside the roster, and how many children of it a warning names."""

_ANY = "*"
"""Stands for every value of a cell."""


def roster_warnings(table: InputTable) -> list[Fault]:
    """Return what the office should look at in the roster (``applicants``)."""
    pairs = same_children_warnings(table)
    numbers = id_length_warnings(table, "applicant_id") + near_id_warnings(table, "applicant_id")
    return numbers + cut_faults(pairs, len(pairs))


def held_warnings(folder: Path) -> list[Fault]:
    """Return a warning where children of a determined folder are held: they are on no roster, and no lot is theirs."""
    path = folder / _DETERMINATION
    if not path.exists():
        return []
    rows = csv.reader(open_file_bytes(path, MOST_OF_A_TABLE).decode("utf-8", "replace").splitlines())
    held = [row[0] for row in rows if row[1:2] == ["held"]]
    words = {"count": str(len(held)), "children": some_as_text(held, _SHOWN)}
    return [Fault("warn.held", _DETERMINATION, 0, "result", "held", words)] if held else []


def id_length_warnings(table: InputTable, column: str) -> list[Fault]:
    """Return one warning, at the first of the rarer ids, where ids of digits only have different lengths."""
    rows = [row for row, value in enumerate(table.texts(column)) if value.isdigit()]
    ids = table.texts(column)
    lengths = Counter(len(ids[row]) for row in rows)
    if len(lengths) < 2:
        return []
    usual = max(lengths, key=lambda length: (lengths[length], length))
    row = next(row for row in rows if len(ids[row]) != usual)
    words = {"usual": str(usual), "lengths": ", ".join(f"{length} ({lengths[length]})" for length in sorted(lengths))}
    return [table.fault("warn.id_lengths", row, column, ids[row], words)]


def near_id_warnings(table: InputTable, column: str) -> list[Fault]:
    """Return the ids that differ from an earlier one in leading zeros or in capitals only."""
    codes: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("warn.leading_zeros", lambda value: value.lstrip("0") or value[:1]),  # a spreadsheet drops them
        ("warn.capitals", str.casefold),
    )
    found = [list(_alike(table, column, code, plain)) for code, plain in codes]
    return [fault for faults in found for fault in cut_faults(faults, len(faults))]


def _alike(table: InputTable, column: str, code: str, plain: Callable[[str], str]) -> Iterator[Fault]:
    """Yield a warning for every id that is another one's when both are made plain."""
    ids = table.texts(column)
    if len(set(map(plain, ids))) == len(set(ids)):
        return
    first: dict[str, int] = {}
    for row, value in enumerate(ids):
        lead = first.setdefault(plain(value), row)
        if value and ids[lead] != value:
            words = {"other": ids[lead], "first": str(table.lines[lead])}
            yield table.fault(code, row, column, value, words)


def same_children_warnings(table: InputTable) -> list[Fault]:
    """Return the children who agree with an earlier one in name, sex and home and are in no common bundle.

    The home is the place where both have one, else the zone. An empty sex agrees with either: one child may have been
    entered twice with more and with less. Of a name only letters count: the dot in it is written in several ways.
    Identity numbers are in no file, so this can only be suspected.
    """
    names = ["".join(filter(str.isalnum, normalize("NFKC", name))).casefold() for name in table.texts("name")]
    often = {name for name, times in Counter(names).items() if times > 1 and name}
    rows = [row for row, name in enumerate(names) if name in often]
    seen = _Seen(table.texts("bundle"))
    found = []
    columns = [table.texts(column) for column in ("sex", "zone", "x", "y")]
    for row in rows:
        sex, zone, x, y = (cells[row] for cells in columns)
        earlier = seen.like(row, *_keys(names[row], sex, zone, _place(x, y)))
        if earlier is not None:
            words = {"other": table.texts("applicant_id")[earlier], "first": str(table.lines[earlier])}
            found.append(table.fault("warn.same_child", row, "applicant_id", table.texts("applicant_id")[row], words))
    return found


def _place(x: str, y: str) -> Hashable:
    """Return a place, the same for 10 and 10.0; None where there is none or it is no number."""
    try:
        return (Decimal(x), Decimal(y)) if x and y else None
    except ArithmeticError:
        return None


def _keys(name: str, sex: str, zone: str, place: Hashable) -> tuple[list[Hashable], list[Hashable]]:
    """Return the keys under which later children find one, and those under which it finds earlier ones."""
    own: list[Hashable] = [("zone", zone), ("no place", zone) if place is None else ("place", place)]
    sought: list[Hashable] = [("zone", zone)] if place is None else [("place", place), ("no place", zone)]
    sexes = (sex, "") if sex else (_ANY,)
    return list(product([name], own, [sex, _ANY])), list(product([name], sought, sexes))


class _Seen:
    """Children who came before, by key: of each key the first, and the first of another bundle than its."""

    def __init__(self, bundles: Sequence[str]) -> None:
        self._bundles = bundles
        self._rows: dict[Hashable, list[int]] = {}

    def like(self, row: int, own: Sequence[Hashable], sought: Sequence[Hashable]) -> int | None:
        """Return the first earlier child under the keys sought who shares no bundle; then keep this one."""
        found = [other for key in sought for other in self._rows.get(key, ()) if self._apart(row, other)]
        for key in own:
            rows = self._rows.setdefault(key, [])
            if not rows or (len(rows) == 1 and self._apart(row, rows[0])):
                rows.append(row)
        return min(found, default=None)

    def _apart(self, row: int, other: int) -> bool:
        """Whether two children are in no common bundle."""
        return not self._bundles[row] or self._bundles[row] != self._bundles[other]
