"""Rules of one school's queue: open choices and batches at the home school (procedure.md sections 3 and 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from allocator.checking.law.case import HOME, Case, Step
from allocator.checking.parties import VERIFIED
from allocator.domain import BatchPhase, ChoicePhase

QueueKey = Callable[[int], Any]


def judge_choice_queues(case: Case, step: Step) -> None:
    """Open choices by category, then ticket, against what is left (P5c)."""
    assert isinstance(step.phase, ChoicePhase)
    phase, roster = step.phase, case.roster
    choosers: dict[str, list[int]] = {}
    for i in roster.filled("open_choice"):
        kid = roster.children[i]
        if kid.status == VERIFIED and kid.category in phase.schools.get(kid.open_choice, ()):
            choosers.setdefault(kid.open_choice, []).append(i)
    for school in sorted(choosers):
        judge_queue(case, step, school, f"{phase.draw}/{school}", choosers[school], _category(case))


def _category(case: Case) -> QueueKey:
    """Those of one category are equal before the ticket."""
    roster = case.roster
    return lambda i: roster.rank[roster.children[i].category]


def judge_home_queues(case: Case, step: Step) -> None:
    """A batch at each of its home schools, by ticket, against what is left (P8 step 1)."""
    assert isinstance(step.phase, BatchPhase)
    by_home = case.roster.verified.get(step.category, {})
    for school in sorted(by_home):
        if not school:
            continue
        if case.seats.left(school) <= 0:
            case.full.add((step.name, school))
        draw = f"{step.phase.draw}-{step.category}/{school}"
        judge_queue(case, step, school, draw, by_home[school], lambda _: 0)


def judge_queue(case: Case, step: Step, school: str, draw: str, parties: Sequence[int], before: QueueKey) -> None:
    """One school's queue: whom the cut admits, given the claims ahead, is admitted, and nobody else.

    ``before`` is what counts before the ticket: those alike in it are equals. Where all fit or no seat is left the
    order cannot matter, and no ticket is computed.
    """
    present = case.claims.present(parties, step.position)
    left = case.seats.left(school)
    fits = case.roster.sizes(present) <= left
    if (fits or left <= 0) and _all_alike(case, step, school, present, fits):
        return
    ordered = sorted(present, key=lambda i: (before(i), case.ticket(draw, i)))
    results = _walk(case, step, school, ordered)
    case.hold_draw(step, school, draw, equals_in_queue(results, before))


def equals_in_queue(results: Mapping[int, bool], before: QueueKey) -> Iterable[Mapping[int, bool]]:
    """Results by party, put apart by what counts before the ticket."""
    groups: dict[Any, dict[int, bool]] = {}
    for i, result in results.items():
        groups.setdefault(before(i), {})[i] = result
    return groups.values()


def _all_alike(case: Case, step: Step, school: str, parties: Sequence[int], admitted: bool) -> bool:
    """Whether the list admits all of them, or none of them; open claims are settled on the way."""
    if admitted and case.claims.open:
        _settle(case, step, school, parties)
    return case.claims.taking(parties, step.position, school) == (len(parties) if admitted else 0)


def _settle(case: Case, step: Step, school: str, parties: Sequence[int]) -> None:
    """Settle the open claims among parties that the cut admits."""
    for i in parties:
        if case.claims.is_open(i) and case.claims.wants(i, school):
            case.settle(step, i, school)


def _walk(case: Case, step: Step, school: str, ordered: Sequence[int]) -> dict[int, bool]:
    """Judge party by party, each with the list's claims ahead of it; returns who is rightly admitted and who is not.

    Who was owed a seat in an earlier step should not be here and is left out.
    """
    seats, left, taken = case.seats, case.seats.left(school), 0
    claimed = [place for place, i in enumerate(ordered) if case.claims.takes(i, step.position, school)]
    last = claimed[-1] if claimed else -1
    vacant = left > case.roster.sizes([ordered[place] for place in claimed])
    results: dict[int, bool] = {}
    for place, i in enumerate(ordered):
        size, given = case.roster.size(i), case.claims.takes(i, step.position, school)
        free = seats.free(school, left - taken, given, envies=place < last)
        right = seats.room(school, free, size, taken)
        if right and not given:
            _settle(case, step, school, (i,))
            given = case.claims.takes(i, step.position, school)
        if given or i not in case.owed:
            results[i] = right and (given or vacant)
        if given and not right:
            case.intrude("check.no_seat", step, i, school)
        elif right and not given:
            case.refuse(step, i, school, ordered[last] if place < last else None, vacant)
        elif not given and free > 0 and step.kind == HOME:
            case.passed_over.add(i)
        taken += size if given else 0
    return results
