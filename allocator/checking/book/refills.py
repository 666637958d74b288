"""Refill: who waits at a school with a seat to give moves up, and leaves a seat to others (section 10)."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.checking.book.batches import batch_protected_seats, batch_seats_for_diverted
from allocator.checking.book.year import CONFIRMED, SEATED, WAITING, Household, Sitting, Year
from allocator.domain import ADMITTED, DIVERTED, BatchPhase, ChoicePhase, DecisionPhase, DeferredAcceptancePhase


def refill(year: Year, schools: Iterable[str]) -> None:
    """Give what is free at schools, one after the other, until nobody moves any more."""
    queue = list(dict.fromkeys(school for school in schools if school))
    while queue:
        school = queue.pop(0)
        for name in year.open_rounds():
            line = year.lines.get((name, school), ())
            for party in [one for one in line if waits_for_refill(year, year.households[one], name, school)]:
                household = year.households[party]
                if not year.room(school, _open_to(year, household, name, school), household.size):
                    continue
                old = household.sitting.school if household.sitting else ""
                year.seat(party, _sitting(year, household, name, school))
                if old and old not in queue:
                    queue.append(old)


def waits_for_refill(year: Year, household: Household, name: str, school: str) -> bool:
    """Whether a party would rather be at a school in an open round than where it is."""
    schools = household.claims.get(name, ())
    if school not in schools or household.state not in (WAITING, SEATED):
        return False
    sitting = household.sitting
    if sitting is None:
        return True
    if not exchanged_in_refill(year, sitting):
        return False
    now, then = year.statute.place(sitting.of_round), year.statute.place(name)
    return now > then or (now == then and schools.index(sitting.school) > schools.index(school))


def exchanged_in_refill(year: Year, sitting: Sitting) -> bool:
    """Whether a seat may be exchanged for one of an earlier claim: no decision gave it, and its round is open."""
    progress = year.rounds.get(sitting.of_round)
    if progress is None or progress.state == CONFIRMED:
        return False
    return not isinstance(year.statute.chapter(sitting.of_round).phase, DecisionPhase)


def refill_schools_waited_for(year: Year, household: Household) -> list[str]:
    """Schools at which a party waits, in order of rounds and lists."""
    return [
        school
        for name in year.open_rounds()
        for school in household.claims.get(name, ())
        if waits_for_refill(year, household, name, school)
    ]


def _open_to(year: Year, household: Household, name: str, school: str) -> int:
    """Seats that a round may give at a school to a party."""
    phase = year.statute.chapter(name).phase
    if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
        held = year.taken_of.get((name, school), 0)
        return min(year.left(school), year.statute.offered(name, school) - held)
    if isinstance(phase, BatchPhase) and household.claims[name][0] != school:
        return batch_seats_for_diverted(year, school, batch_protected_seats(year, name, school))
    return year.left(school)


def _sitting(year: Year, household: Household, name: str, school: str) -> Sitting:
    """The seat of a mover, with the id of the draw whether or not it was held."""
    chapter = year.statute.chapter(name)
    phase = chapter.phase
    if isinstance(phase, BatchPhase):
        if household.claims[name][0] == school:
            return Sitting(school, name, name, ADMITTED, f"{phase.draw}-{chapter.category}/{school}")
        return Sitting(school, name, name, DIVERTED, f"{phase.divert_draw}-{chapter.category}")
    assert isinstance(phase, ChoicePhase | DeferredAcceptancePhase)
    return Sitting(school, name, phase.phase_id, ADMITTED, f"{phase.draw}/{school}")
