"""Opening a round: the phase of procedure.md with what is true now (office-procedure.md section 9.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from allocator.checking.book.batches import open_batch
from allocator.checking.book.cuts import cut_order, cut_queue, drawn_at_cut, put_apart_for_cuts
from allocator.checking.book.nearest import nearest_adjustment_schools
from allocator.checking.book.statute import Chapter
from allocator.checking.book.year import (
    NEEDS_RULING,
    OPENED,
    VERIFIED,
    WAITING,
    Household,
    RoundNow,
    Sitting,
    Year,
)
from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    STATUSES,
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
)


def open_round(year: Year, name: str) -> None:
    """Run the phase of a round; its seats set aside are no longer so at its end."""
    chapter = year.statute.chapter(name)
    OPENINGS[type(chapter.phase)](year, chapter)
    year.rounds[name] = RoundNow(OPENED)
    if name == "sibling":
        _refer(year)


def _refer(year: Year) -> None:
    """Whoever waits without a home school waits for a ruling from now on."""
    for household in list(year.households.values()):
        if household.state == WAITING and not household.p9_only and not year.home(household):
            year.change(household.party, state=NEEDS_RULING)


def _present(year: Year) -> Iterator[Household]:
    """Parties that take part in rounds other than adjustments."""
    for household in year.households.values():
        if household.state == WAITING and household.status == VERIFIED and not household.p9_only:
            yield household


def _decisions(year: Year, chapter: Chapter) -> None:
    """Each to the school that a decision names; where more are named than is left, none of them."""
    assert isinstance(chapter.phase, DecisionPhase)
    column = chapter.phase.column
    named = [household for household in _present(year) if getattr(household.choices, column)]
    for school, households in put_apart_for_cuts(named, lambda household: getattr(household.choices, column)).items():
        over = sum(household.size for household in households) > year.left(school)
        for household in households:
            if over:
                year.change(household.party, state=NEEDS_RULING)
            else:
                year.seat(household.party, Sitting(school, chapter.name, chapter.phase.phase_id, ADMITTED))


def _open_choice(year: Year, chapter: Chapter) -> None:
    """Those who chose a school of the whole Zone, by category, then ticket."""
    phase = chapter.phase
    assert isinstance(phase, ChoicePhase)
    admitted = {school: set(categories) for school, categories in phase.schools.items()}
    came = [one for one in _present(year) if one.category in admitted.get(one.choices.open_choice, ())]
    for school, households in put_apart_for_cuts(came, lambda household: household.choices.open_choice).items():
        draw = f"{phase.draw}/{school}"
        before = {one.party: year.statute.policy.rank[one.category] for one in households}
        ordered = cut_order(year, before, draw)
        result = cut_queue(year, school, ordered)
        by_draw = drawn_at_cut(ordered, result, before)
        for party in result:
            named = draw if party in by_draw else ""
            year.seat(party, Sitting(school, chapter.name, phase.phase_id, ADMITTED, named))
        _claim(year, chapter.name, dict.fromkeys(ordered, (school,)))
        year.lines[chapter.name, school] = ordered


def _claim(year: Year, name: str, lists: Mapping[str, tuple[str, ...]]) -> None:
    """Note for the parties of a round the schools that they came to or would have come to."""
    for party, schools in lists.items():
        year.change(party, claims={**year.households[party].claims, name: schools})


def _voluntary(year: Year, chapter: Chapter) -> None:
    """The stable matching that is best for the families; a bundle at the cut is held whole."""
    phase = chapter.phase
    assert isinstance(phase, DeferredAcceptancePhase)
    lists = {one.party: bids for one in _present(year) if (bids := _bids(year, phase, one))}
    named = sorted({school for bids in lists.values() for school in bids})
    before = {school: _before(year, phase, school, lists) for school in named}
    orders = {school: cut_order(year, before[school], f"{phase.draw}/{school}") for school in named}
    pools = {s: year.left(s) if phase.seats == "left" else year.statute.offered(chapter.name, s) for s in named}
    refused = _refused(year, lists, orders, pools)
    for school in named:
        came = [p for p in orders[school] if _came(lists[p], refused[p], school)]
        held = {party for party in came if school not in refused[party]}
        by_draw = drawn_at_cut(came, held, before[school])
        for party in sorted(held):
            draw = f"{phase.draw}/{school}" if party in by_draw else ""
            year.seat(party, Sitting(school, chapter.name, phase.phase_id, ADMITTED, draw))
        year.lines[chapter.name, school] = orders[school]
    _claim(year, chapter.name, lists)


def _bids(year: Year, phase: DeferredAcceptancePhase, household: Household) -> tuple[str, ...]:
    """Schools that a party bids for; a bid at the school of its present zone lapses."""
    if household.category not in phase.categories or opening_tier(year, phase, household) is None:
        return ()
    zone_school = year.statute.district.zones[household.zone].school_id
    named: tuple[str, ...] = getattr(household.choices, phase.column)
    return tuple(s for s in named if s in phase.schools and (phase.own_zone_choice or s != zone_school))


def opening_tier(year: Year, phase: DeferredAcceptancePhase, household: Household) -> int | None:
    """Tier of a party by its present zone, the first being 0; None where its zone may not bid."""
    zone = year.statute.counts_to(household.zone, household.registered)
    found = [place for place, zones in enumerate(phase.tiers) if zone in zones]
    return found[0] if found else None if phase.tiers else 0


def opening_standing(year: Year, phase: DeferredAcceptancePhase, household: Household, school: str) -> tuple[Any, ...]:
    """What counts before a party's ticket at a school, the smaller coming first."""
    switches, choices = year.statute.policy.switches, household.choices
    rank = year.statute.policy.rank[household.category]
    values = {
        "tier": 0 if switches.tiers == "pooled" else opening_tier(year, phase, household),
        "category": rank,
        "sibling": choices.sibling_school != school,
        "walk_zone": year.statute.district.zones[household.zone].school_id != school,
    }
    keys = [values[key] for key in phase.order if key != "ticket"]
    return (*keys, rank) if switches.tier_inner == "by_category" else tuple(keys)


def _before(
    year: Year, phase: DeferredAcceptancePhase, school: str, lists: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[Any, ...]]:
    """What counts before the tickets of a school's bidders."""
    bidders = (party for party, bids in lists.items() if school in bids)
    return {party: opening_standing(year, phase, year.households[party], school) for party in bidders}


def _refused(
    year: Year, lists: Mapping[str, tuple[str, ...]], orders: Mapping[str, Sequence[str]], pools: Mapping[str, int]
) -> dict[str, set[str]]:
    """Schools that refuse each bidder: all bid at once, the refused ones go on, until nobody is refused."""
    refused: dict[str, set[str]] = {party: set() for party in lists}
    again = True
    while again:
        again = False
        first = {p: next((s for s in bids if s not in refused[p]), "") for p, bids in lists.items()}
        for school, order in orders.items():
            ahead = 0
            for party in order:
                if first[party] != school:
                    continue
                if ahead >= pools[school]:
                    refused[party].add(school)
                    again = True
                ahead += year.households[party].size
    return refused


def _came(bids: Sequence[str], refused: set[str], school: str) -> bool:
    """Whether a party proposed to a school: all before it refused it."""
    return all(other in refused for other in bids[: bids.index(school)])


def _adjustment(year: Year, chapter: Chapter) -> None:
    """All who wait, by their marks, status, category and ticket, each to the first school with room."""
    phase = chapter.phase
    assert isinstance(phase, AdjustmentPhase)
    rank = year.statute.policy.rank
    waiting = [household for household in year.households.values() if household.state == WAITING]
    waiting.sort(
        key=lambda one: (
            not one.first, STATUSES.index(one.status), rank[one.category],
            year.statute.ticket(year.seed, phase.draw, one.party),
        )
    )  # fmt: skip
    for household in waiting:
        tried = nearest_adjustment_schools(year.statute, phase, household.choices)
        schools: Iterable[str] = (household.school_first, *tried) if household.school_first else tried
        found = next((school for school in schools if year.room(school, year.left(school), household.size)), "")
        if found:
            year.seat(household.party, Sitting(found, chapter.name, phase.phase_id, ADJUSTED, phase.draw))


OPENINGS: Mapping[type, Callable[[Year, Chapter], None]] = {
    DecisionPhase: _decisions, ChoicePhase: _open_choice, DeferredAcceptancePhase: _voluntary, BatchPhase: open_batch,
    AdjustmentPhase: _adjustment,
}  # fmt: skip
