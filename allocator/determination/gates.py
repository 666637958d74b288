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


def _not_of_age(dossier: Dossier) -> bool:
    return dossier.office.stage == "primary" and dossier.application.birth_date > dossier.office.born_by


def _not_graduate(dossier: Dossier) -> bool:
    return dossier.office.stage == "junior" and dossier.application.graduated is not True


def _special_route(dossier: Dossier) -> bool:
    return dossier.special is not None and dossier.special.route in ("special_school", "home_teaching")


GATES: tuple[GateRule, ...] = (
    GateRule("not_of_age", "C008", _not_of_age),
    GateRule("not_graduate", "C009", _not_graduate),
    GateRule("deferred", "C010", lambda dossier: dossier.application.deferral == "approved"),
    GateRule("special_route", "C121", _special_route),
    GateRule("out_of_scope", "C016", lambda dossier: not dossier.track),
    GateRule("private", "C046", lambda dossier: dossier.won_private),
)
"""The gates in their order; the first that applies is the result."""


def gate_of(dossier: Dossier) -> tuple[str, str] | None:
    """Return result and clause of a child that comes into no roster, None for one past the gates."""
    ruling = dossier.rulings.get("result")
    if ruling is not None:
        return None if ruling.value == "roster" else (ruling.value, f"ruling:{ruling.ruling_id}")
    for gate in GATES:
        if gate.takes(dossier):
            return gate.result, gate.clause
    return None


def status_at_gates(dossier: Dossier) -> tuple[str, frozenset[str]]:
    """Return the status and, where the platform made a child late, the ruling it waits for (C051, C118, Q-24)."""
    ruling = dossier.rulings.get("status")
    if ruling is not None:
        return ruling.value, frozenset()
    if dossier.blacklisted:
        return "blacklisted", frozenset()
    window = dossier.office.window_rural if dossier.track == "rural" else dossier.office.window_urban
    registered = dossier.application.registered_at
    if registered is not None and registered <= window[1]:
        return "verified", frozenset()
    return "late", frozenset({"Q-24"} if dossier.application.late_cause == "system" else ())
