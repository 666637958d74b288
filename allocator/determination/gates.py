"""Who is no child of this roster at all, and the status of those who are (section 3.4, steps 1 and 2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from allocator.determination.dossier import Dossier


class GateRule(NamedTuple):
    """A result other than the roster, its clause, and whom it takes."""

    result: str
    clause: str
    takes: Callable[[Dossier], bool]


def _not_of_age(of: Dossier) -> bool:
    return of.office.stage == "primary" and of.application.birth_date > of.office.born_by


def _not_graduate(of: Dossier) -> bool:
    return of.office.stage == "junior" and of.application.graduated is not True


def _special_route(of: Dossier) -> bool:
    return of.special is not None and of.special.route in ("special_school", "home_teaching")


GATES: tuple[GateRule, ...] = (
    GateRule("not_of_age", "C008", _not_of_age),
    GateRule("not_graduate", "C009", _not_graduate),
    GateRule("deferred", "C010", lambda of: of.application.deferral == "approved"),
    GateRule("special_route", "C121", _special_route),
    GateRule("out_of_scope", "C016", lambda of: not of.track),
    GateRule("private", "C046", lambda of: of.won_private),
)
"""The gates in their order; the first that applies is the result."""


def gate_of(of: Dossier) -> tuple[str, str] | None:
    """Return result and clause of a child that comes into no roster, None for one past the gates."""
    ruling = of.rulings.get("result")
    if ruling is not None:
        return None if ruling.value == "roster" else (ruling.value, f"ruling:{ruling.ruling_id}")
    for gate in GATES:
        if gate.takes(of):
            return gate.result, gate.clause
    return None


def status_of(of: Dossier) -> tuple[str, frozenset[str]]:
    """Return the status and, where the platform made a child late, the ruling it waits for (C051, C118, Q-24)."""
    ruling = of.rulings.get("status")
    if ruling is not None:
        return ruling.value, frozenset()
    if of.blacklisted:
        return "blacklisted", frozenset()
    window = of.office.window_rural if of.track == "rural" else of.office.window_urban
    registered = of.application.registered_at
    if registered is not None and registered <= window[1]:
        return "verified", frozenset()
    return "late", frozenset({"Q-24"} if of.application.late_cause == "system" else ())
