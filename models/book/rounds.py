"""The rounds of a season, from the policy's phases (office-procedure.md section 7)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple, TypeAlias

from allocator.domain import (
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    ExportPhase,
    Policy,
    ReferralPhase,
)

RoundPhase: TypeAlias = DecisionPhase | ChoicePhase | DeferredAcceptancePhase | BatchPhase | AdjustmentPhase


class CaseRound(NamedTuple):
    """One round.

    Attributes
    ----------
    place : int
        Where it stands in the order of rounds.
    phase : DecisionPhase, …
        What it opens; of a batch phase the part of one category.
    label : str
        What rows of its seats have as phase: the later adjustments are all ``adjustment``.
    refers : bool
        Whether at its end those without a home school go to the authority (P5b).
    """

    name: str
    place: int
    phase: RoundPhase
    label: str
    category: str = ""
    refers: bool = False

    @property
    def offered(self) -> str:
        """Column of the seats set aside for it; empty where there are none."""
        phase = self.phase
        return phase.seats if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left" else ""


class Rounds:
    """The rounds of a policy in order; those after the last are further adjustments, without end."""

    def __init__(self, policy: Policy) -> None:
        self.listed = tuple(_listed(policy))
        self._by_name = {one.name: one for one in self.listed}
        self._last = self.listed[-1] if self.listed and isinstance(self.listed[-1].phase, AdjustmentPhase) else None
        base = re.escape(self._last.name) if self._last else "(?!)"
        self._further = re.compile(rf"{base}-([1-9][0-9]*)", re.ASCII)
        self.referral = next((one.name for one in self.listed if one.refers), "")
        self.adjustment = self._last.name if self._last else ""

    def named(self, name: str) -> CaseRound | None:
        """Return a round by its name; None where there is no such round."""
        if name in self._by_name:
            return self._by_name[name]
        match = self._further.fullmatch(name)
        if match is None or self._last is None or match[1] == "1":
            return None
        return self._last._replace(name=name, place=self._last.place + int(match[1]) - 1)

    def __getitem__(self, name: str) -> CaseRound:
        found = self.named(name)
        if found is None:
            raise KeyError(name)
        return found

    def upcoming(self, begun: Container[str]) -> str:
        """Return the name of the next round that is pending; empty where there is none."""
        names = (one.name for one in self.listed)
        return next((name for name in [*names, *self._more(begun)] if name not in begun), "")

    def _more(self, begun: Container[str]) -> Iterator[str]:
        """Names of further adjustments up to the first that is pending."""
        if self._last:
            number = 2
            while f"{self._last.name}-{number}" in begun:
                number += 1
            yield f"{self._last.name}-{number}"

    def batch(self, category: str) -> CaseRound | None:
        """Return the batch of a category, None where there is none."""
        return next((one for one in self.listed if one.category == category), None)


def _listed(policy: Policy) -> Iterator[CaseRound]:
    """Rounds in the policy's order."""
    phases, place = policy.phases, 0
    for phase, after in zip(phases, [*phases[1:], None], strict=True):
        if isinstance(phase, ExportPhase | ReferralPhase):
            continue
        categories = phase.categories if isinstance(phase, BatchPhase) else ("",)
        for category in categories:
            name = f"{phase.phase_id}-{category}" if category else phase.phase_id
            refers = isinstance(after, ReferralPhase) and category == categories[-1]
            yield CaseRound(name, place, phase, name, category, refers)
            place += 1
