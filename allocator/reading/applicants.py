"""The roster: its rules, its choices and decisions, its objects (procedure.md section 1).

Choices and decisions of children who are not verified are valid and ignored; the registered school counts for all,
because it makes the home school. Ids that name no school have been refused before, in every row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from allocator.domain import (
    COLUMN_OF_KEY,
    STATUSES,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    Mask,
    Policy,
    School,
    Zone,
    from_columns,
)
from allocator.ground import Fault, cut_faults
from allocator.reading.layout import LAYOUTS, SEXES, WORDS, Holds
from allocator.reading.rules import (
    empty_faults,
    half_coordinates_faults,
    id_faults,
    repeated_faults,
    rows_without_coordinates,
    unknown_faults,
    unlisted_faults,
)
from allocator.reading.table import (
    Finding,
    InputTable,
    judge_table,
    shown_table_value,
    spread_over_table_rows,
    table_cell_items,
)

_Rule = Callable[..., Iterator[Finding]]
_DECISIONS = ("preferential_school", "sibling_school")


def choice_faults(
    table: InputTable, policy: Policy, schools: Mapping[str, School], zones: Mapping[str, Zone], verified: Mask
) -> list[Fault]:
    """Return what is wrong with registered schools, voluntary and open choices, decisions and diversion wishes.

    Parameters
    ----------
    table : InputTable
        The roster, ids in it already compared with the other tables.
    """
    faults = judge_table(table, ["zone", "category", "registered_school"], _registered_rule(table, policy, zones))
    for column in _columns_without_phase(policy):
        faults += judge_table(table, [column], _no_phase_rule(column), verified)
    for phase in policy.phases:
        if isinstance(phase, DeferredAcceptancePhase):
            faults += _voluntary_faults(table, phase, zones, verified)
        if isinstance(phase, ChoicePhase):
            faults += judge_table(table, ["open_choice"], _open_rule(phase), verified)
    for column in _DECISIONS:
        faults += judge_table(table, [column], _decision_rule(column, schools), verified)
    return faults + repeated_faults(table, "preferred_diversion", verified)


def _columns_without_phase(policy: Policy) -> list[str]:
    """List the columns of choices and decisions that no phase of the policy reads."""
    reading: dict[str, bool] = dict.fromkeys(
        ("voluntary_1", "voluntary_2", "open_choice", *_DECISIONS, "preferred_diversion"), False
    )
    for phase in policy.phases:
        if isinstance(phase, DeferredAcceptancePhase | DecisionPhase):
            reading[phase.column] = True
        if isinstance(phase, DeferredAcceptancePhase):
            reading.update((COLUMN_OF_KEY[key], True) for key in phase.order if key in COLUMN_OF_KEY)
        reading["open_choice"] |= isinstance(phase, ChoicePhase)
        reading["preferred_diversion"] |= isinstance(phase, BatchPhase)
    return [column for column, read in reading.items() if not read]


def _no_phase_rule(column: str) -> _Rule:
    """Refuse values in a column that no phase reads: a choice must not be lost in silence."""

    def _rule(value: str) -> Iterator[Finding]:
        if value:
            yield Finding("column.no_round", column, value, {})

    return _rule


def _registered_rule(table: InputTable, policy: Policy, zones: Mapping[str, Zone]) -> _Rule:
    """Require the choice of a school where the zone is dual and the child may choose, and refuse it elsewhere."""
    may_choose = {c.category_id for c in policy.categories if c.home == "registered"}

    def _rule(zone: str, category: str, registered: str) -> Iterator[Finding]:
        here = zones.get(zone)
        if here is None or {"category", "registered_school"} & table.absent:
            return
        allowed = (here.school_id, *here.dual_school_ids)
        if here.dual_school_ids and category in may_choose:
            if registered not in allowed:
                code = "registered.elsewhere" if registered else "registered.missing"
                yield Finding(code, "registered_school", registered, {"zone": zone, "expected": " | ".join(allowed)})
        elif registered:
            code = "registered.category" if here.dual_school_ids else "registered.zone"
            yield Finding(code, "registered_school", registered, {"zone": zone, "category": category})

    return _rule


def _voluntary_faults(
    table: InputTable, phase: DeferredAcceptancePhase, zones: Mapping[str, Zone], verified: Mask
) -> list[Fault]:
    """Return what is wrong with the ranked lists of one voluntary round."""
    among = verified & table.where(phase.column, bool)
    faults = judge_table(table, ["category", phase.column], _category_rule(table, phase), among)
    faults += judge_table(table, ["zone", "registered_school", phase.column], _tier_rule(phase, zones), among)
    faults += judge_table(table, ["zone", phase.column], _school_rule(phase, zones), among)
    return faults + repeated_faults(table, phase.column, among)


def _category_rule(table: InputTable, phase: DeferredAcceptancePhase) -> _Rule:
    """Refuse bids of other categories."""
    allowed = ", ".join(sorted(phase.categories))

    def _rule(category: str, value: str) -> Iterator[Finding]:
        if category not in phase.categories and "category" not in table.absent:
            yield Finding("voluntary.category", phase.column, value, {"category": category, "expected": allowed})

    return _rule


def _tier_rule(phase: DeferredAcceptancePhase, zones: Mapping[str, Zone]) -> _Rule:
    """Refuse bids from other zones; a child with a registered school counts to the zone of that school."""
    tiers = {zone for tier in phase.tiers for zone in tier}
    expected = ", ".join(zone for tier in phase.tiers for zone in tier)
    zone_of_school: dict[str, str] = {}
    for here in zones.values():  # in code-point order
        zone_of_school.setdefault(here.school_id, here.zone)

    def _rule(zone: str, registered: str, value: str) -> Iterator[Finding]:
        if zone not in zones:
            return
        own = not registered or zones[zone].school_id == registered
        counted = zone if own else zone_of_school.get(registered, "")
        if tiers and counted not in tiers:
            yield Finding("voluntary.zone", phase.column, value, {"zone": counted or "∅", "expected": expected})

    return _rule


def _school_rule(phase: DeferredAcceptancePhase, zones: Mapping[str, Zone]) -> _Rule:
    """Refuse bids for other schools, and for the school of the zone in which the child lives."""
    expected, among = ", ".join(phase.schools), frozenset(phase.schools)

    def _rule(zone: str, value: str) -> Iterator[Finding]:
        for school in table_cell_items(value):
            if school not in among:
                yield Finding("voluntary.school", phase.column, school, {"expected": expected})
            elif not phase.own_zone_choice and zone in zones and zones[zone].school_id == school:
                yield Finding("voluntary.own_zone", phase.column, school, {"zone": zone})

    return _rule


def _open_rule(phase: ChoicePhase) -> _Rule:
    """Refuse open choices of other schools than the open ones; whom those admit is another matter."""
    expected = ", ".join(phase.schools)

    def _rule(value: str) -> Iterator[Finding]:
        if value and value not in phase.schools:
            yield Finding("open_choice.school", "open_choice", value, {"expected": expected})

    return _rule


def _decision_rule(column: str, schools: Mapping[str, School]) -> _Rule:
    """Refuse decisions that give a seat of another authority."""

    def _rule(value: str) -> Iterator[Finding]:
        if value in schools and schools[value].external:
            yield Finding("decision.external", column, value, {})

    return _rule


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
    return faults + bundle_faults(table) + half_coordinates_faults(table)


def applicants_of(table: InputTable) -> tuple[Applicant, ...]:
    """Return the children in code-point order of their ids; equal texts and lists are one object.

    The columns are sorted, not the finished children: so neighbours in the roster are neighbours in memory, and every
    later pass over a million of them reads it in order.
    """
    order = np.argsort(_packed(table.distinct["applicant_id"]), kind="stable")
    cells = {
        column.name: spread_over_table_rows(
            table.shared[column.name], table_cell_items if column.holds is Holds.IDS else str, order
        )
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
    return [table.fault("place.home_needed", row, "x", "") for row in rows_without_coordinates(table, among)]


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
            "bundle": shown_table_value(bundles.values[bundles.codes[row]]),
            "first": str(table.lines[lead]),
            "expected": _written(table, column, shown_table_value(cells.values[cells.codes[lead]])) or "∅",
        }
        value = _written(table, column, cells.values[cells.codes[row]])
        faults.append(table.fault("bundle.differs", row, column, value, params))
    return cut_faults(faults, len(faults))


def _written(table: InputTable, column: str, value: str) -> str:
    """Return a fixed word as an office writes it, beside the one it is read as, where the heading is Chinese."""
    words = [chinese for chinese, read in WORDS.get(column, ()) if read == value]
    return f"{words[0]}({value})" if words and table.title(column) != column else value
