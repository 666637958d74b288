"""The roster: its rules and its objects (procedure.md section 1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from allocator.domain import STATUSES, Applicant, BatchPhase, Mask, Policy, School, Zone, from_columns
from allocator.ground import Fault, cut_faults
from allocator.reading.choices import choice_faults
from allocator.reading.layout import LAYOUTS, SEXES, WORDS, Holds
from allocator.reading.rules import (
    empty_faults,
    half_place_faults,
    id_faults,
    unknown_faults,
    unlisted_faults,
    without_place,
)
from allocator.reading.table import InputTable, items, shown, spread_over_rows

_SCHOOL_COLUMNS = (
    "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferential_school", "sibling_school",
    "preferred_diversion",
)  # fmt: skip


def applicant_faults(
    table: InputTable, policy: Policy | None, schools: Mapping[str, School] | None, zones: Mapping[str, Zone] | None,
    categories: Collection[str] | None, *, zones_are_sound: bool = True,
) -> list[Fault]:  # fmt: skip
    """Return what is wrong with the rows of ``applicants.csv``, beyond single cells.

    Policy, schools, zones or categories are None where their files could not be read; the rules that need them are
    left out. So are the rules of choices where the table of zones is not sound.
    """
    faults = id_faults(table, "applicant_id") + empty_faults(table, "zone") + empty_faults(table, "category")
    faults += unlisted_faults(table, "status", STATUSES, "status.unknown")
    faults += unlisted_faults(table, "sex", ("", *SEXES), "sex.unknown")
    if zones is not None:
        faults += unknown_faults(table, "zone", zones, "zone.unknown")
    if categories is not None:
        faults += unlisted_faults(table, "category", list(categories), "category.unknown")
    if schools is not None:
        faults += [f for column in _SCHOOL_COLUMNS for f in unknown_faults(table, column, schools, "school.unknown")]
    if policy is not None:
        verified = table.where("status", "verified".__eq__)
        faults += choice_faults(table, policy, schools or {}, (zones or {}) if zones_are_sound else {}, verified)
        faults += _place_faults(table, policy, verified)
    return faults + bundle_faults(table) + half_place_faults(table)


def applicants_of(table: InputTable) -> tuple[Applicant, ...]:
    """Return the children in code-point order of their ids; equal texts and lists are one object.

    The columns are sorted, not the finished children: so neighbours in the roster are neighbours in memory, and every
    later pass over a million of them reads it in order.
    """
    order = np.argsort(_packed(table.distinct["applicant_id"]), kind="stable")
    cells = {
        column.name: spread_over_rows(table.shared[column.name], items if column.holds is Holds.IDS else str, order)
        if column.name in table.shared
        else _texts(_packed(table.distinct[column.name])[order])
        for column in LAYOUTS["applicants"]
    }
    return from_columns(Applicant, **cells)


def _packed(texts: list[str]) -> npt.NDArray[np.generic]:
    """Return texts side by side in one array, or as objects where they are not ASCII; clean cells hold no NUL."""
    try:
        return np.array(texts, dtype=np.bytes_)
    except UnicodeEncodeError:
        return np.array(texts, dtype=object)


def _texts(packed: npt.NDArray[np.generic]) -> list[str]:
    """Return packed texts as a list."""
    texts: list[str] = (packed.astype(np.str_) if packed.dtype.kind == "S" else packed).tolist()
    return texts


def _place_faults(table: InputTable, policy: Policy, verified: Mask) -> list[Fault]:
    """Children whose home must be known because ``divert_assign`` measures distances; of a bundle, the first by id."""
    if policy.switches.divert_assign != "least_distance" or {"x", "y"} & table.absent:
        return []
    batches = {c for phase in policy.phases if isinstance(phase, BatchPhase) for c in phase.categories}
    among = verified & table.where("category", batches.__contains__) & _leads(table)
    return [table.fault("place.home_needed", row, "x", "") for row in without_place(table, among)]


def _leads(table: InputTable) -> Mask:
    """Whether each child gives its party the id: it has no bundle, or the smallest id in it."""
    leads = np.ones(len(table.lines), dtype=np.bool_)
    least: dict[str, tuple[str, int]] = {}
    for row, (bundle, child) in enumerate(zip(table.texts("bundle"), table.texts("applicant_id"), strict=True)):
        if bundle:
            leads[row] = False
            least[bundle] = min(least.get(bundle, (child, row)), (child, row))
    leads[[row for _, row in least.values()]] = True
    return leads


LEAST, MOST = 2, 9  # children of a bundle
AGREEING = (
    "zone", "category", "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferential_school",
    "sibling_school", "status", "preferred_diversion",
)  # fmt: skip


def bundle_faults(table: InputTable, agreeing: Sequence[str] = AGREEING) -> list[Fault]:
    """Return bundles of a wrong size (at their first row) and children who differ from their bundle's first row.

    Parameters
    ----------
    agreeing : sequence of str
        Columns in which they must not differ.
    """
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
    return faults + [fault for column in agreeing for fault in _differences(table, column, rows, leads)]


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
    return cut_faults(faults, len(faults))


def _written(table: InputTable, column: str, value: str) -> str:
    """Return a fixed word as an office writes it, beside the one it is read as, where the heading is Chinese."""
    words = [chinese for chinese, read in WORDS.get(column, ()) if read == value]
    return f"{words[0]}({value})" if words and table.title(column) != column else value
