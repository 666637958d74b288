"""Opening a batch: first at the home schools, then the diverted of all schools together (P8, and section 9.3)."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.checking.book.cuts import cut_order, cut_queue, drawn_at_cut, put_apart_for_cuts
from allocator.checking.book.statute import Chapter
from allocator.checking.book.year import NO_BATCH, SEATED, VERIFIED, WAITING, Household, Sitting, Year
from allocator.domain import ADMITTED, DIVERTED, BatchPhase

Rank = tuple[int, int]
NOT_CARRIED: Rank = (1, 0)


def open_batch(year: Year, chapter: Chapter) -> None:
    """Step 1 at every home school, step 2 for those that found none; claims and places in line are fixed."""
    phase = chapter.phase
    assert isinstance(phase, BatchPhase)
    members = [one for one in year.households.values() if year.to_come(one) == chapter.name]
    at_home = put_apart_for_cuts((one for one in members if year.home(one) in year.statute.own), year.home)
    ranks = {one.party: _rank(year, one) for one in members}
    draw = f"{phase.divert_draw}-{chapter.category}"
    passed: set[str] = set()
    orders = {home: _home(year, chapter, home, at_home[home], ranks, passed) for home in sorted(at_home)}
    present = [one for group in at_home.values() for one in group]
    present.sort(
        key=lambda one: (one.party not in passed, ranks[one.party], year.statute.ticket(year.seed, draw, one.party))
    )
    ways = {one.party: (year.home(one), *_receiving(year, phase, one)) for one in present}
    _divert(year, chapter, draw, [one for one in present if year.households[one.party].state == WAITING], ways)
    for one in present:
        claims = {**one.claims, chapter.name: ways[one.party]}
        year.change(one.party, claims=claims, target=NO_BATCH if one.target else "")
    for school in sorted({school for way in ways.values() for school in way}):
        others = [one.party for one in present if school in ways[one.party][1:]]
        year.lines[chapter.name, school] = (*orders.get(school, ()), *others)


def _rank(year: Year, household: Household) -> Rank:
    """What counts before a ticket: the carried come first, by category."""
    return (0, year.statute.policy.rank[household.category]) if household.target else NOT_CARRIED


def _home(
    year: Year, chapter: Chapter, home: str, households: list[Household], ranks: Mapping[str, Rank], passed: set[str]
) -> tuple[str, ...]:
    """Step 1 at one school; return its order and note who was passed over while seats were left."""
    phase = chapter.phase
    assert isinstance(phase, BatchPhase)
    draw = f"{phase.draw}-{chapter.category}/{home}"
    ordered = cut_order(year, {one.party: ranks[one.party] for one in households}, draw)
    admitted = frozenset(cut_queue(year, home, ordered))
    by_draw = drawn_at_cut(ordered, admitted, ranks)
    left = year.left(home)
    for party in ordered:
        if party in admitted:
            left -= year.households[party].size
            year.seat(party, Sitting(home, chapter.name, chapter.name, ADMITTED, draw if party in by_draw else ""))
        elif left > 0:
            passed.add(party)
    return ordered


def _receiving(year: Year, phase: BatchPhase, household: Household) -> tuple[str, ...]:
    """Schools that a diverted party comes to: of the list of its home school those it prefers, then all."""
    listed = year.statute.receiving(phase, household.category, household.zone, year.home(household))
    preferred = (school for school in household.choices.preferred_diversion if school in listed)
    return tuple(dict.fromkeys((*preferred, *listed)))


def _divert(
    year: Year, chapter: Chapter, draw: str, diverted: list[Household], ways: Mapping[str, tuple[str, ...]]
) -> None:
    """Step 2: each takes the first school with room."""
    kept = {school: batch_protected_seats(year, chapter.name, school) for school in year.statute.own}
    for household in diverted:
        for school in ways[household.party][1:]:
            if year.room(school, batch_seats_for_diverted(year, school, kept.get(school, 0)), household.size):
                year.seat(household.party, Sitting(school, chapter.name, chapter.name, DIVERTED, draw))
                break


def batch_seats_for_diverted(year: Year, school: str, kept: int) -> int:
    """Seats that a receiving school has for the diverted, its protected demand left out; not below 0."""
    return max(0, year.left(school) - kept)


def batch_protected_seats(year: Year, name: str, school: str) -> int:
    """Children for whom seats are kept: they are to come home in a later batch, or wait there in a later open one."""
    if year.statute.policy.switches.protect_local_demand != "all":
        return 0
    place = year.statute.place(name)
    later = [other for other in year.open_rounds() if year.statute.place(other) > place]
    kept = 0
    for household in year.households.values():
        if household.state == SEATED or household.status != VERIFIED:
            continue
        coming = year.to_come(household)
        comes = coming and year.statute.place(coming) > place and year.home(household) == school
        waits = household.state == WAITING and any(_waits_at_home(year, household, other, school) for other in later)
        kept += household.size if comes or waits else 0
    return kept


def _waits_at_home(year: Year, household: Household, name: str, school: str) -> bool:
    """Whether a school is where a party waits in a batch as its home school."""
    return bool(year.statute.chapter(name).category) and household.claims.get(name, ("",))[0] == school
