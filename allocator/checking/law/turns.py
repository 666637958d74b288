"""Taking turns: party by party, each with the list's claims ahead of it, sits at the first school with room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from allocator.checking.law.case import Case, Step
from allocator.checking.law.seats import Seats


class Openings:
    """Seats of one step, which only become fewer while its parties are taken one by one.

    Parameters
    ----------
    seats : Seats
        Seats as they are when the step begins.
    left : callable
        Seats of a school that this step may fill; asked once per school.
    """

    def __init__(self, seats: Seats, left: Callable[[str], int]) -> None:
        self._seats = seats
        self._left_of = left
        self._left: dict[str, int] = {}
        self._taken: dict[str, int] = {}
        self._next: dict[tuple[int, int, bool], int] = {}
        self._lists: list[tuple[str, ...]] = []

    def left(self, school: str) -> int:
        """Seats left for this step."""
        if school not in self._left:
            self._left[school] = self._left_of(school)
        return self._left[school]

    def at_first(self, school: str) -> int:
        """Seats that were left when the step began."""
        return self.left(school) + self._taken.get(school, 0)

    def take(self, school: str, children: int) -> None:
        """Count children admitted in this step."""
        self._left[school] = self.left(school) - children
        self._taken[school] = self._taken.get(school, 0) + children

    def room(self, school: str, size: int, owed: bool = False) -> bool:
        """Whether a party of so many children would be admitted (procedure.md section 3).

        With ``owed``, seats kept for others are left out of account.
        """
        left = self._seats.free(school, self.left(school), given=False, envies=not owed)
        return self._seats.room(school, left, size, self._taken.get(school, 0))

    def holds(self, school: str, size: int) -> bool:
        """Whether a party that the list admits has room there, intruders left out of account."""
        left = self._seats.free(school, self.left(school), given=True)
        return self._seats.room(school, left, size, self._taken.get(school, 0))

    def first(self, schools: tuple[str, ...], size: int, owed: bool = False) -> str:
        """First school of a shared list with room; empty if there is none.

        A school without room for a size never has room for it again, so each list is gone through once per size.
        """
        key = (id(schools), size, owed)
        if key not in self._next:
            self._lists.append(schools)  # keeps the id from being used again
        place = self._next.get(key, 0)
        while place < len(schools) and not self.room(schools[place], size, owed):
            place += 1
        self._next[key] = place
        return schools[place] if place < len(schools) else ""


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
