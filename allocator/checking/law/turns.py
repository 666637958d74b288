"""Taking turns: party by party, each with the list's claims ahead of it, sits at the first school with room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from allocator.checking.law.case import Case
from allocator.checking.law.openings import Openings
from allocator.checking.law.steps import Step


class Comings(Protocol):
    """How a party comes by the schools of one step."""

    def first(self, party: int, owed: bool = False) -> str:
        """First school with room, empty if there is none; with ``owed``, seats kept for others do not count."""

    def allows(self, party: int, school: str) -> bool:
        """Whether the step may give it the school at all."""


@dataclass(slots=True)
class Turns:
    """One diversion or adjustment.

    Attributes
    ----------
    ordered : sequence of int
        Parties in the order of their turns.
    openings : Openings
        Seats as the turns go on.
    way : Comings
        In which order a party comes to the schools.
    """

    case: Case
    step: Step
    ordered: Sequence[int]
    openings: Openings
    way: Comings
    _last: dict[str, int] = field(default_factory=dict)

    def judge(self) -> None:
        """Judge every turn."""
        claims, now = self.case.claims, self.step.position
        self._last = {claims.school[i]: turn for turn, i in enumerate(self.ordered) if claims.step[i] == now}
        for turn, i in enumerate(self.ordered):
            first = self.way.first(i)
            self._settle(i, first)
            school = claims.school[i] if claims.step[i] == now else ""
            if not school and first:
                self._judge_refused(turn, i, first)
            elif self.way.allows(i, school):
                self._judge_given(i, school, first)
                self.openings.take(school, self.case.roster.size(i))

    def _settle(self, party: int, first: str) -> None:
        """Settle an open claim at the first school with room, or at the one wanted if that has room."""
        if not self.case.claims.is_open(party):
            return
        wanted = self.case.claims.open[party]
        if first and self.case.claims.wants(party, first):
            self.case.settle(self.step, party, first)
        elif self.way.allows(party, wanted) and self.openings.room(wanted, self.case.roster.size(party)):
            self.case.settle(self.step, party, wanted)

    def _judge_refused(self, turn: int, party: int, first: str) -> None:
        """A party without a seat here finds no room; seats kept for others count only if somebody behind it has one."""
        last = self._last.get(first, -1)
        other = self.ordered[last] if last > turn else None
        school = first if other is not None else self.way.first(party, owed=True)
        if school:
            claimed = self.case.claims.placed(self.step.position).get(school, 0)
            self.case.refuse(self.step, party, school, other, vacant=self.openings.at_first(school) > claimed)

    def _judge_given(self, party: int, school: str, first: str) -> None:
        """A party sits at the first school with room."""
        size = self.case.roster.size(party)
        if school == first:
            return
        if not self.openings.holds(school, size):
            self.case.intrude("check.no_seat", self.step, party, school)
        elif self.openings.room(school, size) and school != (owed := self.way.first(party, owed=True)):
            clause, told = self.step.clause("no_room"), {"phase": self.step.name, "first": owed or first}
            self.case.report("check.not_first_with_room", clause, party, school, **told)
