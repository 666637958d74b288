"""Rulings on category and zone, and who is held until a ruling (section 3.4, steps 5 and 6)."""

from __future__ import annotations

from allocator.checking.determination.case import ChildCase


def rulings_override(case: ChildCase) -> None:
    """Let rulings override what was found; a ruling on category or result settles what the conditions asked for."""
    ruled = case.ruled
    if "category" in ruled:
        case.category, case.clause = ruled["category"].value, f"ruling:{ruled['category'].ruling_id}"
    if "category" in ruled or "result" in ruled:
        case.codes = set()
    if "zone" in ruled:
        case.zone = ruled["zone"].value


def rulings_hold(case: ChildCase) -> None:
    """Hold a child without a zone, and by the policy over-age and unvaccinated ones that were not ruled in."""
    flags, values = rulings_of_age(case), case.values
    over_age = "over_age" in flags and not case.child.over_age_reason and values.q26_over_age == "hold"
    vaccination = "vaccination" in flags and values.q27_vaccination == "hold"
    ruled_in = "result" in case.ruled
    grounds = {"C077": not case.zone, "Q-26": over_age and not ruled_in, "Q-27": vaccination and not ruled_in}
    case.held = any(grounds.values())
    case.rulings |= {code for code, holds in grounds.items() if holds}
    case.flags |= flags


def rulings_of_age(case: ChildCase) -> set[str]:
    """Return the flags of over-age and unvaccinated children; juniors have neither."""
    if case.values.stage != "primary":
        return set()
    flags = {"over_age"} if case.child.birth_date < case.values.born_from else set()
    return flags if "vaccination" in case.child.papers else {*flags, "vaccination"}
