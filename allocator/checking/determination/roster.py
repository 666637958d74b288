"""All steps in the order of section 3.4, from the office's tables to the roster."""

from __future__ import annotations

from allocator.checking.determination.bundles import settle_bundles
from allocator.checking.determination.case import ChildCase
from allocator.checking.determination.choices import Choices
from allocator.checking.determination.decisions import Decisions
from allocator.checking.determination.gates import ALL, gate_of
from allocator.checking.determination.homes import settle_homes
from allocator.checking.determination.lookup import Lookup
from allocator.checking.determination.opening import open_case
from allocator.checking.determination.rulings import apply_rulings, hold
from allocator.domain import Determination, Determined, OfficeTables


def determine(tables: OfficeTables) -> Determination:
    """Return what office-procedure.md sections 2 to 6 make of every child, and the roster.

    Parameters
    ----------
    tables : OfficeTables
        As read: whatever section 2 calls an input fault is not looked for again.
    """
    lookup = Lookup(tables)
    rows: list[Determined] = []
    cases: list[ChildCase] = []
    for child in tables.applications:
        gate = gate_of(child, lookup, ALL)
        if gate is None:
            cases.append(open_case(child, lookup))
        else:
            result, clause = gate
            rows.append(Determined(child.applicant_id, result, clause=clause))
    settle_homes(cases)
    for case in cases:
        apply_rulings(case)
        hold(case)
    entering = [case for case in cases if not case.held]
    decisions = Decisions(tables.schools, tables.zones)
    for case in entering:
        decisions.apply(case, lookup.decisions.get(case.child.applicant_id, ()))
    settle_bundles(entering)
    choices = Choices(tables.policy, tables.zones)
    roster = tuple(sorted(choices.applicant(case) for case in entering))
    for case in cases:
        raise_flags(case, lookup)
    return Determination(tuple(sorted([*rows, *(case.row() for case in cases)])), roster)


def raise_flags(case: ChildCase, lookup: Lookup) -> None:
    """Raise the flags that follow from the application and the final category."""
    child = case.child
    flags = {
        "deferral_pending": child.deferral == "pending",
        "not_registered": child.registered_at is None,
        "lock": case.evidence.hit,
        "declared": child.declared_category not in ("", case.category),
        "special": child.applicant_id in lookup.special,
    }
    case.flags |= {flag for flag, raised in flags.items() if raised}
