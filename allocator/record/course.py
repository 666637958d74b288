"""The course of a run: what became of each party at a school, and the schools it tried after its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from allocator.domain import (
    ADMITTED,
    NEEDS_RULING,
    UNPLACED,
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    Row,
)
from allocator.eligibility import diversion_list, eligible_parties, home_rules, overflow_school
from allocator.record.queues import InQueue, Queue, Queues, queue_order_id
from allocator.record.section import DIVERSION_STEP, HOME_STEP, Ledger, Section, Stand, Timeline

NOT_ADMITTED, PASSED_OVER, NO_SEAT, ELSEWHERE = "not_admitted", "passed_over", "no_seat", "elsewhere"


class Verdict(NamedTuple):
    """A place, its rank (1 first), what became of it, and the seats of the pool before and after.

    ``result`` is ``admitted``; ``not_admitted`` (the seats ran out before its turn); ``passed_over`` (seats were left,
    but too few for all children of the party); ``no_seat`` (none was left when the queue formed); ``elsewhere`` (it got
    a school that it prefers and never asked for a seat here).
    """

    place: InQueue
    rank: int
    result: str
    before: int
    after: int


class Told(NamedTuple):
    """A queue, and what became of those who stood in it.

    Attributes
    ----------
    queue : Queue
        The queue.
    left : dict of str to int
        Seats left by school when its section begins.
    seats : int
        Seats that a queue of one school, in which the order decides, could fill.
    verdicts : list of Verdict
        What became of each place of such a queue, in order of rank; empty for any other queue.
    """

    queue: Queue
    left: dict[str, int]
    seats: int = 0
    verdicts: Sequence[Verdict] = ()


class Course:
    """The queues of a run, made one at a time: all at once would fill the memory in a large city.

    Parameters
    ----------
    district : District
        With its draw.
    rows : sequence of Row
        The assignment, in order of ``applicant_id``.
    ledger : Ledger
        Seats left before each section.
    drawn_only : bool
        Whether only what may end in a published order is looked at, few children of many: who stands in no draw is
        left out, and so is a batch at its home school where nobody was refused.

    Raises
    ------
    ValueError
        If the district has no draw.
    """

    def __init__(self, district: District, rows: Sequence[Row], ledger: Ledger, *, drawn_only: bool = False) -> None:
        self._district, self._ledger, self._drawn_only = district, ledger, drawn_only
        children: Sequence[Applicant] = district.applicants
        if drawn_only:
            late = _after_a_queue(ledger.timeline.sections)
            drawn = [pair for pair in zip(children, rows, strict=True) if _may_be_drawn(*pair, late)]
            children, rows = [child for child, _ in drawn], [row for _, row in drawn]
        timeline = ledger.timeline
        self.stands = timeline.stands(eligible_parties(children), {row.applicant_id: row for row in rows})
        self._sections = [s for s in timeline.sections if not drawn_only or queue_order_id(s, "")]
        self.queues = Queues(district, self._sections, self.stands)

    def __iter__(self) -> Iterator[Told]:
        passed: dict[str, frozenset[str]] = {}
        for section in self._sections:
            left = self._ledger.left(section.number)
            if is_course_of_walks(section) or not queue_order_id(section, ""):
                for queue in self.queues.of(section, passed.get(section.label, frozenset())):
                    yield Told(queue, left)
                continue
            for queue in self.queues.of(section, refused_only=self._drawn_only and section.step == HOME_STEP):
                seats = _seats_open(self._district, queue, left[queue.school])
                found = _verdicts(queue, seats)
                if section.step == HOME_STEP:
                    passed[section.label] = passed.get(section.label, frozenset()) | _passed_over(found)
                yield Told(queue, left, seats, found)


def is_course_of_walks(section: Section) -> bool:
    """Whether each party of a section goes along a list of schools of its own: a diversion or an adjustment."""
    return section.step == DIVERSION_STEP or isinstance(section.phase, AdjustmentPhase)


def _may_be_drawn(child: Applicant, row: Row, late: frozenset[str]) -> bool:
    """Whether a child can stand in an order to be published.

    Whoever was admitted at home, or by a decision, without a draw, and chose nothing before, stands in none; unless the
    phase comes after one to which the child came as well (``late``).
    """
    chose = child.open_choice or child.voluntary_1 or child.voluntary_2
    return bool(row.draw_id or chose or row.outcome in {UNPLACED, NEEDS_RULING} or row.phase in late)


def _after_a_queue(sections: Sequence[Section]) -> frozenset[str]:
    """Return the phases that admit without a draw whom an earlier batch may have refused; most policies have none."""
    late: set[str] = set()
    for section in sections:
        before = {s.category for s in sections[: section.number] if s.step == HOME_STEP}
        decision = isinstance(section.phase, DecisionPhase) and before
        if decision or (section.step == HOME_STEP and section.category in before):
            late.add(section.label)
    return frozenset(late)


def _seats_open(district: District, queue: Queue, left: int) -> int:
    """Return the seats that a queue at a school may fill; ``left`` are the school's when the section begins."""
    phase = queue.section.phase
    if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
        return district.schools[queue.school].offered(phase.seats)
    return left


def _verdicts(queue: Queue, seats: int) -> list[Verdict]:
    """Return what became of each place of a queue that filled ``seats`` seats, in order of rank.

    Seats can go below 0 where a party at the cut was admitted over plan.
    """
    left, found = seats, []
    for rank, place in enumerate(queue.places, start=1):
        result = _result(queue, place, seats, left)
        after = left - place.stand.party.size if result == ADMITTED else left
        found.append(Verdict(place, rank, result, left, after))
        left = after
    return found


def course_drawn_keys(verdicts: Sequence[Verdict]) -> frozenset[tuple[int, ...]]:
    """Return the keys of those places among which a draw was held (section 2).

    Places with one key are equal before the ticket; a draw was held among them if somebody who wanted a seat there was
    admitted and somebody was not.
    """
    wanted = [verdict for verdict in verdicts if verdict.result != ELSEWHERE]
    admitted = {verdict.place.key for verdict in wanted if verdict.result == ADMITTED}
    return frozenset(admitted & {verdict.place.key for verdict in wanted if verdict.result != ADMITTED})


def _passed_over(found: Sequence[Verdict]) -> frozenset[str]:
    """Return the ids of the parties passed over."""
    return frozenset(v.place.stand.party.party_id for v in found if v.result == PASSED_OVER)


def _result(queue: Queue, place: InQueue, seats: int, left: int) -> str:
    """Return what became of one place; ``seats`` when the queue formed, ``left`` at its turn."""
    stand = place.stand
    if stand.settled == queue.section.number:
        if stand.row.school_id == queue.school:
            return ADMITTED
        if place.got < place.choice:
            return ELSEWHERE
    if seats <= 0:
        return NO_SEAT
    return PASSED_OVER if left > 0 else NOT_ADMITTED


PAIRS = 1_000_000
"""Distances that are in memory at a time."""


class Walks:
    """Lists of schools of the diverted and the adjusted.

    Parameters
    ----------
    district : District
        Policy, schools and zones.
    timeline : Timeline
        Its sections.
    """

    def __init__(self, district: District, timeline: Timeline) -> None:
        self._district = district
        self._timeline = timeline
        self._switches = district.policy.switches
        self._rules = home_rules(district.policy)

    def of(self, section: Section, stands: Sequence[Stand]) -> Iterator[tuple[str, ...]]:
        """Give for each party the schools at which it tries for a seat in a diversion or adjustment, in its order."""
        phase = section.phase
        if isinstance(phase, AdjustmentPhase):
            if self.by_distance(section):
                yield from self._nearest_first(phase.schools, stands)
            else:
                yield from repeat(phase.schools, len(stands))
            return
        assert isinstance(phase, BatchPhase)
        overflow = self._switches.e_route == "overflow"
        for stand in stands:
            lead = stand.party.lead
            first = overflow_school(lead, self._rules[lead.category], self._district.zones, overflow=overflow)
            yield diversion_list(phase, stand.home, lead.preferred_diversion, first)

    def by_distance(self, section: Section) -> bool:
        """Whether a section is an adjustment by distance."""
        return isinstance(section.phase, AdjustmentPhase) and self._switches.adjust_by == "distance"

    def _nearest_first(self, schools: tuple[str, ...], stands: Sequence[Stand]) -> Iterator[tuple[str, ...]]:
        """Give the schools by distance from each party's home; as listed for homes without a place."""
        import numpy as np  # only here: most policies sort no school by distance

        from allocator.eligibility import Nearest

        nearest = Nearest([self._district.schools[school] for school in schools])
        at_once = max(1, PAIRS // len(schools))
        for start in range(0, len(stands), at_once):
            leads = [stand.party.lead for stand in stands[start : start + at_once]]
            homes = list(dict.fromkeys((lead.x, lead.y) for lead in leads if lead.x))
            names = np.array(schools, dtype=object)[nearest.orders(homes)].tolist()
            walks = {home: tuple(order) for home, order in zip(homes, names, strict=True)}
            yield from (walks.get((lead.x, lead.y), schools) for lead in leads)

    def one_by_one(self, section: Section) -> bool:
        """Whether each party takes the first school with room; otherwise the least sum of distances decides."""
        return isinstance(section.phase, AdjustmentPhase) or self._switches.divert_assign == "serial_by_ticket"

    def kept(self, section: Section, queues: Queues) -> dict[str, int]:
        """Return the seats by school that stay free for later batches' own children (``protect_local_demand: all``).

        ``queues`` are all queues of the run: who came where.
        """
        kept: dict[str, int] = {}
        phase = section.phase
        if section.step != DIVERSION_STEP or self._switches.protect_local_demand == "none":
            return kept
        assert isinstance(phase, BatchPhase)
        later = phase.categories[phase.categories.index(section.category) + 1 :]
        for home in self._timeline.sections:
            if home.phase is phase and home.step == HOME_STEP and home.category in later:
                for school, stands in queues.came(home).items():
                    # Those whom an earlier section has seated by now need no seat kept.
                    waiting = sum(stand.party.size for stand in stands if stand.settled >= section.number)
                    kept[school] = kept.get(school, 0) + waiting
        return kept
