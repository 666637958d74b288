"""What a list says of every party: in which step it was placed, and where."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from allocator.domain import Row


class Form(NamedTuple):
    """A row without its child."""

    school_id: str
    phase: str
    outcome: str
    draw_id: str
    clause: str


PLACE = attrgetter("school_id", "phase", "outcome")
"""What the rows of one party have in common."""

ANY = "*"
"""Wanted school of an open claim that may be settled at any school."""


class Claims:
    """The list's own claims, which are the state before every step of the walk.

    A claim is *open* where the list does not say in which step the party was placed: its row is missing or makes no
    sense (it then follows the rule, so that one fault is not reported as many), or the phase is being inferred.

    Attributes
    ----------
    never : int
        Step of a party that no step places.
    lines : sequence of Row or None
        Row of every child.
    step, school : list
        Step and school of every party as claimed.
    forms : dict[Form, list of int]
        Parties by what their row says.
    ruling : set of int
        Parties claimed ``needs_ruling``.
    ruled : dict[int, str]
        Clause of the parties that the walk found to need a ruling.
    open : dict[int, str]
        Wanted school of open claims: an id, empty for no school, or ``ANY``.
    void : set of int
        Parties whose row cannot be true whatever the other rows are; not judged further.
    intruders : list of (int, str, int)
        Step, school and children of void rows that nevertheless take seats.
    faulted : set of int
        Parties already found at fault: that they were passed over later is a consequence and not reported again.
    """

    def __init__(self, children: int, never: int, lines: Sequence[Row | None]) -> None:
        self.never = never
        self.lines = lines
        self.step = [never] * children
        self.school = [""] * children
        self.forms: dict[Form, list[int]] = {}
        self.ruling: set[int] = set()
        self.ruled: dict[int, str] = {}
        self.open: dict[int, str] = {}
        self.void: set[int] = set()
        self.faulted: set[int] = set()
        self.intruders: list[tuple[int, str, int]] = []
        self._placed: list[dict[str, int]] = [{} for _ in range(never + 1)]

    def place(self, step: int, school: str, parties: Sequence[int], children: int) -> None:
        """Record that parties of so many children are claimed to be placed at a school in a step."""
        for i in parties:
            self.step[i] = step
            self.school[i] = school
        here = self._placed[step]
        here[school] = here.get(school, 0) + children

    def placed(self, step: int) -> dict[str, int]:
        """Children claimed to be placed in a step, by school."""
        return self._placed[step]

    def present(self, parties: Sequence[int], step: int) -> list[int]:
        """Those of ``parties`` that no earlier step has placed or taken out, by the list's claims."""
        steps = self.step
        return [i for i in parties if steps[i] >= step]

    def is_open(self, party: int) -> bool:
        """Whether the claim of a party is still open."""
        return party in self.open and self.step[party] == self.never and party not in self.ruled

    def wants(self, party: int, school: str) -> bool:
        """Whether an open claim may be settled at a school."""
        return self.open[party] in (ANY, school)

    def taking(self, parties: Sequence[int], step: int, school: str) -> int:
        """How many of ``parties`` are claimed to be placed at a school in a step."""
        steps, schools = self.step, self.school
        return len([i for i in parties if steps[i] == step and schools[i] == school])

    def takes(self, party: int, step: int, school: str) -> bool:
        """Whether a party is claimed to be placed at a school in a step."""
        return self.step[party] == step and self.school[party] == school

    def rule(self, party: int, step: int, clause: str) -> bool:
        """Take a party out for a ruling; False where the list claims something else of it."""
        if party not in self.ruling and not (self.is_open(party) and self.wants(party, "")):
            return False
        self.ruled[party] = clause
        self.step[party] = step
        return True
