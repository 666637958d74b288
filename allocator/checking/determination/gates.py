"""Gates: who is determined at all, the first that applies being the result (section 3.4, step 1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from allocator.checking.determination.evidence import track_of
from allocator.checking.determination.lookup import Lookup
from allocator.domain import Application


class Gate(NamedTuple):
    """A result that keeps a child out, the clause that does, and whom it concerns."""

    result: str
    clause: str
    shut: Callable[[Application, Lookup], bool]


def _not_of_age(child: Application, lookup: Lookup) -> bool:
    return lookup.values.stage == "primary" and child.birth_date > lookup.values.born_by


def _not_graduate(child: Application, lookup: Lookup) -> bool:
    return lookup.values.stage == "junior" and child.graduated is not True


def _special_route(child: Application, lookup: Lookup) -> bool:
    need = lookup.special.get(child.applicant_id)
    return need is not None and need.route in {"special_school", "home_teaching"}


def _out_of_scope(child: Application, lookup: Lookup) -> bool:
    return not track_of(child, lookup.home_of(child))


PUBLIC: tuple[Gate, ...] = (
    Gate("not_of_age", "C008", _not_of_age),
    Gate("not_graduate", "C009", _not_graduate),
    Gate("deferred", "C010", lambda child, lookup: child.deferral == "approved"),
    Gate("special_route", "C121", _special_route),
    Gate("out_of_scope", "C016", _out_of_scope),
)
"""Gates before the private one, in their order."""

ALL: tuple[Gate, ...] = (*PUBLIC, Gate("private", "C046", lambda child, lookup: child.applicant_id in lookup.won))
"""All gates of a determination; the draw of the private schools looks at the public ones alone."""


def gate_of(child: Application, lookup: Lookup, gates: tuple[Gate, ...]) -> tuple[str, str] | None:
    """Return the result and clause that keep a child out, by ruling or by the first gate shut to it; else None."""
    ruled = lookup.rulings_of(child).get("result")
    if ruled is not None:
        return None if ruled.value == "roster" else (ruled.value, f"ruling:{ruled.ruling_id}")
    for result, clause, shut in gates:
        if shut(child, lookup):
            return result, clause
    return None
