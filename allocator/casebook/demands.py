"""What a policy and a roster must be for a book to be kept of them (office-procedure.md section 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allocator.domain import (
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    Phase,
    ReferralPhase,
)
from allocator.ground import Fault, cut_error_kinds

_LATE_ID = re.compile(r"L[0-9]+", re.ASCII)
_CATEGORIES = ("A", "B", "C", "D", "E", "R1", "R2", "R3", "U")
_NAMES: dict[type[Phase], tuple[str, ...]] = {
    DecisionPhase: ("preferential", "sibling"),
    ChoicePhase: ("open-choice",),
    DeferredAcceptancePhase: ("voluntary-1", "voluntary-2"),
    BatchPhase: ("batch",),
    AdjustmentPhase: ("adjustment",),
}
_ORDER = ("preferential", "sibling", "open-choice", "voluntary-1", "voluntary-2", "batch", "adjustment")
_SWITCHES = {"receiving_order": "category_then_local", "divert_assign": "serial_by_ticket"}


def book_demand_faults(district: District) -> list[Fault]:
    """Return why no book can be kept of a policy and its roster."""
    return [
        *_phase_faults(district), *_lacking_faults(district), *_referral_faults(district), *_category_faults(district),
        *_switch_faults(district), *_id_faults(district),
    ]  # fmt: skip


def _phase_faults(district: District) -> Iterator[Fault]:
    """Phases that are no rounds of a book, or come in another order."""
    names = []
    for at, phase in enumerate(district.policy.phases):
        if isinstance(phase, ExportPhase | ReferralPhase):
            continue
        if phase.phase_id not in _NAMES[type(phase)]:
            expected = " | ".join(_NAMES[type(phase)])
            yield Fault("book.phase", "policy.yaml", 0, f"phases.{at}.phase", phase.phase_id, {"expected": expected})
        else:
            names.append(phase.phase_id)
    if names != sorted(set(names), key=_ORDER.index):
        yield Fault("book.order", "policy.yaml", 0, "phases", ", ".join(names), {"expected": ", ".join(_ORDER)})


def _lacking_faults(district: District) -> Iterator[Fault]:
    """No adjustment, to which late families and returns come; no leaving of external schools' children first of all."""
    phases = district.policy.phases
    if not any(isinstance(phase, AdjustmentPhase) for phase in phases):
        yield Fault("book.lacking", "policy.yaml", 0, "phases", "", {"expected": "kind: adjustment"})
    leaves = any(school.external for school in district.schools.values())
    if leaves and not isinstance(phases[0], ExportPhase):
        yield Fault("book.lacking", "policy.yaml", 0, "phases.0", phases[0].phase_id, {"expected": "kind: export"})


def _referral_faults(district: District) -> Iterator[Fault]:
    """A referral anywhere but right after the sibling decisions, where a book refers those without a home school."""
    phases = district.policy.phases
    ids = ["", *(phase.phase_id for phase in phases)]
    before = [ids[at] for at, phase in enumerate(phases) if isinstance(phase, ReferralPhase)]
    if before != [name for name in ids if name == "sibling"]:
        yield Fault("book.referral", "policy.yaml", 0, "phases", ", ".join(ids[1:]))


def _category_faults(district: District) -> Iterator[Fault]:
    """Categories that the batches of a book do not know, or another order of those they know."""
    found = [category.category_id for category in district.policy.categories]
    if found != [name for name in _CATEGORIES if name in found]:
        words = {"expected": ", ".join(_CATEGORIES)}
        yield Fault("book.categories", "policy.yaml", 0, "categories", ", ".join(found), words)


def _switch_faults(district: District) -> Iterator[Fault]:
    """Switches under which a book is not kept."""
    for name, expected in _SWITCHES.items():
        value = getattr(district.policy.switches, name)
        if value != expected:
            yield Fault("book.switch", "policy.yaml", 0, f"switches.{name}", value, {"expected": expected})


def _id_faults(district: District) -> list[Fault]:
    """Ids of the form that the book gives to late families."""
    ids = (child.applicant_id for child in district.applicants)
    faults = [Fault("book.late_id", "applicants.csv", 0, "applicant_id", one) for one in ids if _LATE_ID.fullmatch(one)]
    return cut_error_kinds(faults)
