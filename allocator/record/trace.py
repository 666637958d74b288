"""The append-only record of a run: everything that happened to every party, retold from the assignment.

Nothing is decided here and no engine is asked: the same district and rows give the same record, whoever computed them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    EXTERNAL,
    NEEDS_RULING,
    UNPLACED,
    DecisionPhase,
    DeferredAcceptancePhase,
    ExportPhase,
    ReferralPhase,
)
from allocator.record.course import (
    ELSEWHERE,
    NO_SEAT,
    PASSED_OVER,
    Told,
    Verdict,
    Walks,
    course_drawn_keys,
    is_course_of_walks,
)
from allocator.record.events import Cut, Event
from allocator.record.queues import InQueue, Queue
from allocator.record.retelling import Retelling
from allocator.record.section import DIVERSION_STEP, HOME_STEP, Section, Stand

STEPS = 40
"""Up to so many schools without room a diverted party has an event for each, beyond that one event for all."""


def derive_trace(retelling: Retelling, note: Callable[[Told], object] = lambda told: None) -> list[Event]:
    """Return the record of an assignment, in the order in which things happened.

    Parameters
    ----------
    retelling : Retelling
        Of a district with its draw.
    note : callable
        Told every queue as it is reached, so that who writes something else of it need not make it again.

    Raises
    ------
    ValueError
        If the district has no draw.
    """
    return _Trace(retelling, note).events()


class _Trace:
    """The record while it is written."""

    def __init__(self, retelling: Retelling, note: Callable[[Told], object]) -> None:
        self._note = note
        self._policy = retelling.district.policy
        self._course = retelling.course()
        self._walks = Walks(retelling.district, retelling.timeline)
        self._last: dict[str, Cut] = {}
        self._kept: dict[tuple[int, str], int] = {}

    def events(self) -> list[Event]:
        """Return all events: in a voluntary round all first choices before all second ones; without a seat last."""
        found: list[Event] = []
        for section, queues in groupby(self._course, key=lambda told: told.queue.section):
            events = chain.from_iterable(map(self._events, queues))
            in_rounds = isinstance(section.phase, DeferredAcceptancePhase)
            found.extend(sorted(events, key=lambda event: event.choice) if in_rounds else events)
        clause = self._policy.unplaced_clause
        seatless = (stand for stand in self._course.stands if stand.row.outcome == UNPLACED)
        found.extend(self._event(stand, "", UNPLACED, clause) for stand in seatless)
        return [event._replace(seq=number) for number, event in enumerate(found, start=1)]

    def _events(self, told: Told) -> Iterator[Event]:
        """Give the events of one queue."""
        self._note(told)
        queue, left, section = told.queue, told.left, told.queue.section
        if isinstance(section.phase, ExportPhase | ReferralPhase):
            return self._referral(queue)
        if isinstance(section.phase, DecisionPhase):
            return self._decision(queue, left[queue.school])
        return self._walk(queue, left) if is_course_of_walks(section) else self._school(told)

    def _referral(self, queue: Queue) -> Iterator[Event]:
        """Give the events of parties that leave the run, or wait for a ruling because they have no home school."""
        section = queue.section
        result = EXTERNAL if isinstance(section.phase, ExportPhase) else NEEDS_RULING
        for place in queue.places:
            yield self._event(place.stand, section.label, result, section.phase.clauses[result], school=queue.school)

    def _decision(self, queue: Queue, left: int) -> Iterator[Event]:
        """Give the events of parties with a decision for one school: all admitted, or all referred."""
        section, opened = queue.section, left
        for place in queue.places:
            admitted = place.stand.row.outcome == ADMITTED
            after = left - place.stand.party.size if admitted else left
            result = ADMITTED if admitted else NEEDS_RULING
            yield self._event(
                place.stand, section.label, result, section.phase.clauses[result], school=queue.school,
                seats_open=opened, seats_before=left, seats_after=after,
            )  # fmt: skip
            left = after
            if admitted:
                self._remember(queue, place, queue.school)

    def _school(self, told: Told) -> Iterator[Event]:
        """Give the events of a queue at one school: a choice, a voluntary round, or the home step of a batch."""
        queue, drawn = told.queue, course_drawn_keys(told.verdicts)
        for verdict in told.verdicts:
            if verdict.result == ADMITTED:
                self._remember(queue, verdict.place, queue.school)
        cut = self._cut(queue)
        for verdict in told.verdicts:
            if verdict.result != ELSEWHERE:
                draw = queue.order if verdict.place.key in drawn else ""
                yield self._verdict(queue, verdict, told.seats, draw, cut)

    def _cut(self, queue: Queue) -> Cut | None:
        """Return the last party admitted at the queue's school, in a round with seats of its own only of that round."""
        cut, phase = self._last.get(queue.school), queue.section.phase
        own = isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left"
        return None if own and cut and cut.phase != queue.section.label else cut

    def _verdict(self, queue: Queue, verdict: Verdict, seats: int, draw: str, cut: Cut | None) -> Event:
        """Return the event of one place in a queue at one school."""
        section, place = queue.section, verdict.place
        return self._event(
            place.stand, section.label, verdict.result, _rule(section, verdict.result, seats, bool(draw)),
            **_standing(queue, place, verdict.rank), step=section.step, school=queue.school, draw_id=draw,
            seats_open=seats, seats_before=verdict.before, seats_after=verdict.after,
            cut=None if verdict.result == ADMITTED else cut,
        )  # fmt: skip

    def _walk(self, queue: Queue, left: dict[str, int]) -> Iterator[Event]:
        """Give the events of a diversion or adjustment: party by party, each along its own list of schools."""
        section = queue.section
        for school, kept in self._walks.kept(section, self._course.queues).items():
            self._kept[section.number, school] = max(0, min(left[school], kept))
            left[school] = max(0, left[school] - kept)
        step_by_step = section.step == DIVERSION_STEP and self._walks.one_by_one(section)
        found: list[Event] = []
        walks = self._walks.of(section, [place.stand for place in queue.places])
        for rank, (place, walk) in enumerate(zip(queue.places, walks, strict=True), start=1):
            taken = place.stand.row.school_id if place.stand.settled == section.number else ""
            tried = walk[: walk.index(taken)] if taken in walk else walk
            several = self._steps if step_by_step and len(tried) <= STEPS else self._summary
            found += several(queue, place, rank, taken, tried, left)
        if not self._walks.one_by_one(section):
            # All are placed at once, so what a school has left shows only when the last one is placed.
            found = [event._replace(**self._full(section, event.schools, left)) for event in found]
        yield from found

    def _steps(
        self, queue: Queue, place: InQueue, rank: int, taken: str, tried: Sequence[str], left: dict[str, int]
    ) -> Iterator[Event]:
        """Give one event for every school without room, and one for the school that had it."""
        section = queue.section
        for school in tried:
            result = PASSED_OVER if left[school] > 0 else NO_SEAT
            yield self._event(
                place.stand, section.label, result, section.phase.clauses["no_room"],
                **_standing(queue, place, rank), step=section.step, school=school, draw_id=queue.order,
                seats_before=left[school], seats_after=left[school], cut=self._last.get(school),
                kept=self._kept.get((section.number, school), 0),
            )  # fmt: skip
        if taken:
            yield self._taken(queue, place, rank, taken, {}, left)

    def _summary(
        self, queue: Queue, place: InQueue, rank: int, taken: str, tried: Sequence[str], left: dict[str, int]
    ) -> Iterator[Event]:
        """Give one event for the whole walk: the schools without room as a list, and the school that had it, if any."""
        section = queue.section
        # Where the sum of distances decides, schools before the one taken may well have had room.
        schools = tried if self._walks.one_by_one(section) or not taken else ()
        full = self._full(section, schools, left)
        if self._walks.by_distance(section) and place.stand.party.lead.x:
            full["nearest"] = True
        if taken:
            yield self._taken(queue, place, rank, taken, full, left)
        else:
            yield self._event(
                place.stand, section.label, NO_SEAT, section.phase.clauses["no_room"],
                **_standing(queue, place, rank), step=section.step, draw_id=queue.order, **full,
            )  # fmt: skip

    def _full(self, section: Section, schools: Sequence[str], left: dict[str, int]) -> dict[str, Any]:
        """Return what an event says of the schools that had no room: of each the last one admitted and the seats."""
        if not schools:
            return {}
        return {
            "schools": tuple(schools),
            "cuts": tuple(map(self._last.get, schools)),
            "seats_there": tuple(left[school] for school in schools),
            "schools_rule": section.phase.clauses["no_room"],
        }

    def _taken(
        self, queue: Queue, place: InQueue, rank: int, school: str, full: dict[str, Any], left: dict[str, int]
    ) -> Event:
        """Return the event of a seat found in a diversion or adjustment."""
        section, before = queue.section, left[school]
        left[school] -= place.stand.party.size
        self._remember(queue, place, school)
        result = DIVERTED if section.step == DIVERSION_STEP else ADJUSTED
        return self._event(
            place.stand, section.label, result, place.stand.row.clause,
            **_standing(queue, place, rank), step=section.step, school=school, draw_id=queue.order,
            seats_before=before, seats_after=left[school], **full,
        )  # fmt: skip

    def _remember(self, queue: Queue, place: InQueue, school: str) -> None:
        """Keep the last party admitted at a school."""
        party, section = place.stand.party, queue.section
        standing = (place.tier, place.ticket, party.party_id, section.step, _key(queue, place))
        self._last[school] = Cut(section.label, queue.order, party.lead.category, *standing)

    def _event(self, stand: Stand, phase: str, result: str, rule: str, **more: Any) -> Event:
        """Return an event; its number is given when all are there."""
        party, lead = stand.party, stand.party.lead
        children = party.children if party.size > 1 else ()
        return Event(0, phase, party.party_id, result, rule, lead.category, lead.status, children=children, **more)


def _standing(queue: Queue, place: InQueue, rank: int) -> dict[str, Any]:
    """Return what an event says of the party's place in the order."""
    return {
        "order": queue.order,
        "ticket": place.ticket,
        "rank": rank,
        "of": len(queue.places),
        "tier": place.tier,
        "key": _key(queue, place),
        "choice": place.choice,
    }


def _key(queue: Queue, place: InQueue) -> tuple[tuple[str, int], ...]:
    """Return what counts before the ticket of a place, by name."""
    return tuple(zip(queue.keys, place.key, strict=True))


def _rule(section: Section, result: str, seats: int, drawn: bool) -> str:
    """Return the clause of a result in a queue at one school."""
    clauses = section.phase.clauses
    if result == ADMITTED:
        return clauses["drawn" if drawn else ADMITTED]
    if section.step == HOME_STEP:
        return clauses["whole_batch" if seats <= 0 else "not_drawn"]
    return clauses["refused"]
