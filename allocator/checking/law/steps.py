"""The steps in which a policy is walked: a phase is one step, a batch is two (home schools, then diversion)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    EXTERNAL,
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    ExportPhase,
    Phase,
    Policy,
    ReferralPhase,
)

EXPORT, DECISION, REFERRAL, CHOICE, BIDS, HOME, DIVERT, ADJUST = (
    "export", "decision", "referral", "choice", "bids", "home", "divert", "adjust",
)  # fmt: skip

KINDS: Mapping[type, str] = {
    ExportPhase: EXPORT, DecisionPhase: DECISION, ReferralPhase: REFERRAL, ChoicePhase: CHOICE,
    DeferredAcceptancePhase: BIDS, AdjustmentPhase: ADJUST,
}  # fmt: skip
"""Kind of step of every phase that is a single step."""

OUTCOME_OF: Mapping[str, str] = {
    EXPORT: EXTERNAL, DECISION: ADMITTED, CHOICE: ADMITTED, BIDS: ADMITTED, HOME: ADMITTED, DIVERT: DIVERTED,
    ADJUST: ADJUSTED,
}  # fmt: skip
"""Outcome of those whom a kind of step places (procedure.md section 5); a referral places nobody."""


class Step(NamedTuple):
    """One step of the walk.

    Attributes
    ----------
    position : int
        Place in the order of steps.
    kind : str
        One of the kinds above.
    phase : Phase
        The phase it belongs to.
    name : str
        What stands in the column ``phase`` of those whom it places; empty for an export.
    category : str
        The batch; empty outside batches.
    """

    position: int
    kind: str
    phase: Phase
    name: str
    category: str = ""

    def clause(self, *keys: str) -> str:
        """Return the clause of the first of the results ``keys`` that the phase names."""
        return next((self.phase.clauses[key] for key in keys if key in self.phase.clauses), "")


def steps_of(policy: Policy) -> tuple[Step, ...]:
    """Steps of a policy in the order in which they run (procedure.md sections 4 and 8, ``receiving_order``)."""
    found: list[Step] = []
    for phase in policy.phases:
        for kind, category in _parts(phase, policy.switches.receiving_order == "locals_all_first"):
            found.append(Step(len(found), kind, phase, _name(phase, kind, category), category))
    return tuple(found)


def _parts(phase: Phase, locals_first: bool) -> Iterator[tuple[str, str]]:
    """Kind and category of the steps of one phase."""
    if not isinstance(phase, BatchPhase):
        yield KINDS[type(phase)], ""
    elif locals_first:
        yield from ((kind, category) for kind in (HOME, DIVERT) for category in phase.categories)
    else:
        yield from ((kind, category) for category in phase.categories for kind in (HOME, DIVERT))


def _name(phase: Phase, kind: str, category: str) -> str:
    """Text of the column ``phase``."""
    if kind in (EXPORT, REFERRAL):
        return ""
    return f"{phase.phase_id}-{category}" if category else phase.phase_id


def positions(steps: tuple[Step, ...]) -> dict[tuple[str, str], int]:
    """Position of the step that gives an outcome under a name of the column ``phase``."""
    return {(OUTCOME_OF[s.kind], s.name): s.position for s in reversed(steps) if s.kind in OUTCOME_OF}
