"""The public lists of a run: ``lists/<school>.csv``, which families' pages read, by school and number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from allocator.domain import UNPLACED, DecisionPhase, Policy
from allocator.ground import masked_name
from allocator.record import Order, Retelling
from allocator.reporting.public_form import DECIDED, PublicLine, public_csv

SeatLots: TypeAlias = dict[tuple[str, str], tuple[str, str]]
"""Rank and ticket by draw id and party, of whom a draw gave a seat."""
_NO_SEAT = frozenset({"not_admitted", "passed_over", "elsewhere", UNPLACED})


def note_lots(lots: SeatLots, order: Order) -> None:
    """Note rank and ticket of those to whom an order gave a seat."""
    for entry in order.entries:
        if entry.result not in _NO_SEAT:
            lots[order.draw_id, entry.party] = (str(entry.rank), entry.ticket)


def run_lists(retelling: Retelling, lots: SeatLots) -> Iterator[tuple[str, bytes]]:
    """Give path and content of the public list of every school here by id, even of those that nobody goes to.

    Parameters
    ----------
    retelling : Retelling
        The run.
    lots : dict
        What ``note_lots`` noted of all its orders.
    """
    found: dict[str, list[PublicLine]] = {
        school.school_id: [] for school in retelling.district.schools.values() if not school.external
    }
    batches = run_batches(retelling.district.policy)
    for child, row in zip(retelling.district.applicants, retelling.rows, strict=True):
        if row.phase:
            lot = lots.get((row.draw_id, child.applicant_id), ("", "")) if row.draw_id else ("", "")
            name, batch = masked_name(child.name), batches.get(row.phase, row.phase)
            found[row.school_id].append(PublicLine(child.applicant_id, name, batch, row.school_id, *lot))
    for school, lines in found.items():
        yield f"lists/{school}.csv", public_csv(lines)


def run_batches(policy: Policy) -> Mapping[str, str]:
    """Return the phases that are another batch in public: all decisions are one."""
    return {phase.phase_id: DECIDED for phase in policy.phases if isinstance(phase, DecisionPhase)}
