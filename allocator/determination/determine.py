"""The steps of the determination in their order (section 3.4)."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.determination.assessment import Assessment, assess
from allocator.determination.bundles import bundle
from allocator.determination.choices import choose, offers_of
from allocator.determination.decisions import decide
from allocator.determination.dossier import dossier_of
from allocator.determination.flags import flag
from allocator.determination.gates import gate_of
from allocator.determination.rulings import apply_rulings, hold_back
from allocator.determination.same_home import settle_shared_homes
from allocator.determination.tables_by_id import TablesById, tables_by_id
from allocator.domain import Determination, Determined, OfficeTables


def determine(tables: OfficeTables) -> Determination:
    """Return category, status and reasons of every child, and the roster (sections 3 to 6)."""
    gated, children = assess_all(tables_by_id(tables))
    rows = [*gated, *(child.row() for child in children)]
    roster = (child.applicant() for child in children if not child.held)
    return Determination(tuple(sorted(rows)), tuple(sorted(roster)))


def assess_all(by_id: TablesById) -> tuple[Sequence[Determined], Sequence[Assessment]]:
    """Return the rows of those whom a gate takes, and all that is found of the others."""
    gated: list[Determined] = []
    children: list[Assessment] = []
    for application in by_id.tables.applications:
        dossier = dossier_of(application, by_id)
        gate = gate_of(dossier)
        if gate is None:
            children.append(assess(dossier))
        else:
            gated.append(Determined(application.applicant_id, gate[0], clause=gate[1]))
    _later_steps(children, by_id)
    return gated, children


def _later_steps(children: Sequence[Assessment], by_id: TablesById) -> None:
    """Go through the steps that follow status and category."""
    settle_shared_homes(children)
    for child in children:
        apply_rulings(child)
        hold_back(child)
    roster = [child for child in children if not child.held]
    decide(roster, by_id)
    bundle(roster)
    choose(roster, offers_of(by_id.tables.policy, by_id.tables.zones))
    for child in children:
        flag(child)
