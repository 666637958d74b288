"""The case before the checker: the steps in which a policy is walked, list, state of the walk, findings.

A phase is one step, a batch is two (home schools, then diversion). Of every party the list says in which step it was
placed, and where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from allocator.checking.law.seats import Seats
from allocator.checking.law.tickets import Lottery
from allocator.checking.parties import Roster
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
    District,
    ExportPhase,
    Phase,
    Policy,
    ReferralPhase,
    Row,
    Violation,
)


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


def case_steps(policy: Policy) -> tuple[Step, ...]:
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


def case_step_positions(steps: tuple[Step, ...]) -> dict[tuple[str, str], int]:
    """Position of the step that gives an outcome under a name of the column ``phase``."""
    return {(OUTCOME_OF[s.kind], s.name): s.position for s in reversed(steps) if s.kind in OUTCOME_OF}


@dataclass(slots=True)
class Case:
    """Everything that the rules look at, and what they found.

    Attributes
    ----------
    district, roster, steps, seats, lottery, claims
        What is given, and the state of the walk.
    findings : list of Violation
        In the order in which they were found.
    draws : dict[(int, str), str]
        Id of the draw held in a step at a school; no entry where none was.
    drawn : dict[(int, str), set of int]
        The parties among whom it was held: equals before the ticket of whom some were admitted and some were not.
    full : set of (str, str)
        Batch (its name in the column ``phase``) and home school where the batch found no seat left.
    passed_over : set of int
        Parties passed over at a cut while seats were left (procedure.md section 3).
    owed : set of int
        Parties that were owed a seat and did not get it.
    unproven : list of str
        Batches whose least-distance diversion could be neither proven nor refuted.
    """

    district: District
    roster: Roster
    steps: tuple[Step, ...]
    seats: Seats
    lottery: Lottery
    claims: Claims
    findings: list[Violation] = field(default_factory=list)
    draws: dict[tuple[int, str], str] = field(default_factory=dict)
    drawn: dict[tuple[int, str], set[int]] = field(default_factory=dict)
    full: set[tuple[str, str]] = field(default_factory=set)
    passed_over: set[int] = field(default_factory=set)
    owed: set[int] = field(default_factory=set)
    unproven: list[str] = field(default_factory=list)

    def ticket(self, draw_id: str, party: int) -> tuple[bytes, str]:
        """Place of a party in a draw."""
        return self.lottery.ticket(draw_id, self.roster.children[party].applicant_id)

    def report(self, code: str, clause: str, party: int, school: str, **params: str) -> None:
        """Report a violation of a party, which counts as faulted from now on; an open claim is nobody's fault."""
        if party in self.claims.open:
            return
        self.claims.faulted.add(party)
        self.note(code, clause, self.roster.children[party].applicant_id, school, **params)

    def intrude(self, code: str, step: Step, party: int, school: str, **params: str) -> None:
        """Report a party that sits where it should not; its seat does not count against those after it."""
        self.report(code, step.clause("drawn", "no_room"), party, school, phase=step.name, **params)
        if party not in self.claims.open:
            self.seats.intrude(school, self.roster.size(party))

    def refuse(self, step: Step, party: int, school: str, other: int | None, vacant: bool) -> None:
        """Report that a party was owed a seat and did not get it, unless it was found at fault before.

        ``other`` is the last party behind it that is claimed to be admitted there, None if there is none; ``vacant``
        tells whether a seat there stays empty after the step.
        """
        self.owe(party, school, vacant)
        if party in self.claims.faulted:
            return
        queue = step.kind not in (DIVERT, ADJUST)
        if other is None:
            clause = step.clause("admitted" if queue else "no_room")
            self.report("check.wasted_seat", clause, party, school, phase=step.name)
        else:
            clause, name = step.clause("drawn" if queue else "no_room"), self.roster.children[other].applicant_id
            self.report("check.justified_envy", clause, party, school, phase=step.name, other=name)

    def owe(self, party: int, school: str, vacant: bool) -> None:
        """Note that a party is owed a seat; if it stays vacant, nobody else is owed the same seat from now on."""
        if vacant and party not in self.owed and party not in self.claims.open:
            self.seats.keep(school, self.roster.size(party))
        self.owed.add(party)

    def hold_draw(self, step: Step, school: str, draw: str, groups: Iterable[Mapping[int, bool]]) -> None:
        """Note a draw among each group of equals of whom some are rightly admitted and some are rightly not.

        Each group tells of its parties whether they are; who proposed in vain because of a fault is in none.
        """
        for group in groups:
            if len(set(group.values())) == 2:
                self.draws[step.position, school] = draw
                self.drawn.setdefault((step.position, school), set()).update(group)

    def settle(self, step: Step, party: int, school: str) -> None:
        """Settle an open claim at a school in a step."""
        self.claims.place(step.position, school, (party,), self.roster.size(party))

    def note(self, code: str, clause: str, applicant_id: str, school: str, **params: str) -> None:
        """Report a violation of a child, or of a school as a whole."""
        self.findings.append(Violation(code, applicant_id, school, clause, tuple(sorted(params.items()))))
