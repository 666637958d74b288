"""Bundles of the roster: two to nine children who agree in everything that decides (procedure.md section 1)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from allocator.errors import Fault, cut
from allocator.reading.cells import shown
from allocator.reading.layout import WORDS
from allocator.reading.table import InputTable

LEAST, MOST = 2, 9  # children of a bundle
AGREEING = (
    "zone", "category", "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferential_school",
    "sibling_school", "status", "preferred_diversion",
)  # fmt: skip


def bundle_faults(table: InputTable) -> list[Fault]:
    """Return bundles of a wrong size (at their first row) and children who differ from their bundle's first row."""
    bundle = table.shared["bundle"]
    named = bundle.good & np.fromiter(map(bool, bundle.values), np.bool_, len(bundle.values))
    rows = np.flatnonzero(named[bundle.codes])
    if not len(rows):
        return []
    codes, first, sizes = np.unique(bundle.codes[rows], return_index=True, return_counts=True)
    leads = np.zeros(len(bundle.values), dtype=np.intp)
    leads[codes] = rows[first]
    # rows that were left out may be the other children of a bundle of one
    wrong = (sizes > MOST) | ((sizes < LEAST) & table.whole)
    faults = [
        table.fault("bundle.size", int(leads[code]), "bundle", bundle.values[code], {"size": str(size)})
        for code, size in zip(codes[wrong].tolist(), sizes[wrong].tolist(), strict=True)
    ]
    return faults + [fault for column in AGREEING for fault in _differences(table, column, rows, leads)]


def _differences(
    table: InputTable, column: str, rows: npt.NDArray[np.intp], leads: npt.NDArray[np.intp]
) -> list[Fault]:
    """Children whose value in a column is not that of their bundle's first row."""
    cells, bundles = table.shared[column], table.shared["bundle"]
    first = leads[bundles.codes[rows]]
    faults = []
    for row, lead in zip(*(a[cells.codes[rows] != cells.codes[first]].tolist() for a in (rows, first)), strict=True):
        params = {
            "bundle": shown(bundles.values[bundles.codes[row]]),
            "first": str(table.lines[lead]),
            "expected": _written(table, column, shown(cells.values[cells.codes[lead]])) or "∅",
        }
        value = _written(table, column, cells.values[cells.codes[row]])
        faults.append(table.fault("bundle.differs", row, column, value, params))
    return cut(faults, len(faults))


def _written(table: InputTable, column: str, value: str) -> str:
    """Return a fixed word as an office writes it, beside the one it is read as, where the heading is Chinese."""
    words = [chinese for chinese, read in WORDS.get(column, ()) if read == value]
    return f"{words[0]}({value})" if words and table.title(column) != column else value
