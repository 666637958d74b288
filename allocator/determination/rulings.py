"""Rulings on category, zone and result, and who is held back without one (section 3.4, steps 5 and 6)."""

from __future__ import annotations

from allocator.determination.assessment import Assessment


def apply_rulings(child: Assessment) -> None:
    """Put the category and the zone that a ruling names; what was open before needs none any more."""
    rulings = child.dossier.rulings
    if not rulings:
        return
    if "category" in rulings:
        child.category, child.clause = rulings["category"].value, f"ruling:{rulings['category'].ruling_id}"
    if "category" in rulings or "result" in rulings:
        child.codes = frozenset()
    if "zone" in rulings:
        child.zone = rulings["zone"].value


def hold_for_rulings(child: Assessment) -> None:
    """Hold a child without zone (C077) or, where the policy says so, over age or without vaccination papers."""
    dossier = child.dossier
    reasons = set() if child.zone else {"C077"}
    if (
        dossier.office.stage == "primary" and "result" not in dossier.rulings
    ):  # past the gates a ruling on it says roster
        if (
            dossier.office.q26_over_age == "hold"
            and needs_age_ruling(child)
            and not dossier.application.over_age_reason
        ):
            reasons.add("Q-26")
        if dossier.office.q27_vaccination == "hold" and needs_vaccination_ruling(child):
            reasons.add("Q-27")
    if reasons:
        child.held, child.rulings = True, child.rulings | reasons


def needs_age_ruling(child: Assessment) -> bool:
    """Whether a child of grade 1 is over age (Q-26)."""
    office = child.dossier.office
    return office.stage == "primary" and child.dossier.application.birth_date < office.born_from


def needs_vaccination_ruling(child: Assessment) -> bool:
    """Whether a child of grade 1 lacks the vaccination papers (C012, Q-27)."""
    return child.dossier.office.stage == "primary" and "vaccination" not in child.dossier.application.papers
