"""Numbers of a book at every step: seats by school, children by category, demand at home, who is without a seat (Q-38).

All are pure functions of law and state; ``next_round`` has what the round to come needs, ``figure_tables`` shows both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from allocator.book import EXTERNAL, NEEDS_RULING, SEATED, WAITING, BookState, Law
from allocator.domain import STATUSES
from allocator.eligibility import eligible_parties


class SeatCount(NamedTuple):
    """Seats of one own school: plan, most children, children seated, seats set aside for a round to come, and left."""

    school: str
    plan: int
    cap: int
    taken: int
    aside: int
    left: int


class CategoryCount(NamedTuple):
    """Children of one category: how many, by present status (of those still in the book), and where they stand.

    ``gone`` are those out of the book for good: withdrawn, returned home, dismissed.
    """

    category: str
    children: int
    verified: int
    late: int
    blacklisted: int
    seated: int
    waiting: int
    needs_ruling: int
    external: int
    gone: int


class HomeDemand(NamedTuple):
    """Verified children still in the book by their home school: its plan, and how many of each category."""

    school: str
    plan: int
    children: Mapping[str, int]


class WithoutSeat(NamedTuple):
    """Children who wait for a seat or a ruling, by category and zone (Q-38)."""

    category: str
    zone: str
    verified: int
    late: int
    blacklisted: int
    needs_ruling: int


def seat_figures(law: Law, state: BookState) -> tuple[SeatCount, ...]:
    """Return the seats of every own school."""
    return tuple(
        SeatCount(s, state.plan[s], state.cap[s], state.taken[s], law.aside(state, s), law.left(state, s))
        for s in state.plan
    )


def category_figures(law: Law, state: BookState) -> tuple[CategoryCount, ...]:
    """Return the children of every category of the policy, by the present category."""
    found: dict[str, Counter[str]] = {name: Counter() for name in law.policy.rank}
    for party in state.parties.values():
        there = party.state in (WAITING, SEATED, NEEDS_RULING, EXTERNAL)
        words = ("children", party.state if there else "gone", *((party.lead.status,) if there else ()))
        found[party.lead.category].update(dict.fromkeys(words, party.size))
    known = party_by_child(law, state) if state.left_early else {}
    for child in state.left_early:
        found[state.parties[known[child]].lead.category].update(("children", "gone"))
    names = CategoryCount._fields[1:]
    return tuple(CategoryCount(name, *(count[word] for word in names)) for name, count in found.items())


def party_by_child(law: Law, state: BookState) -> dict[str, str]:
    """Return the party id of every child of the book, of those too that have left their party."""
    found = {child: party.party_id for party in eligible_parties(law.district.applicants) for child in party.children}
    late = sorted((int(name[1:]), name) for name in state.parties.keys() - found.keys())
    found |= {child: name for _, name in late for child in state.parties[name].children}
    for child in state.left_early.keys() - found.keys():  # the ids of a late family follow one another
        found[child] = max((number, name) for number, name in late if number <= int(child[1:]))[1]
    return found


def home_demand(law: Law, state: BookState) -> tuple[HomeDemand, ...]:
    """Return by home school the verified children still in the book, those seated elsewhere too."""
    found: dict[str, Counter[str]] = {school: Counter() for school in state.plan}
    for party in state.parties.values():
        school = law.home(party.lead)
        if school in found and party.lead.status == STATUSES[0] and party.state in (WAITING, SEATED, NEEDS_RULING):
            found[school][party.lead.category] += party.size
    return tuple(HomeDemand(school, state.plan[school], count) for school, count in found.items())


def shortage_figures(state: BookState) -> tuple[WithoutSeat, ...]:
    """Return the children without a seat by category and zone; those for whom another authority admits are none."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for party in state.parties.values():
        if party.state in (WAITING, NEEDS_RULING):
            word = party.lead.status if party.state == WAITING else NEEDS_RULING
            found[party.lead.category, party.lead.zone][word] += party.size
    words = WithoutSeat._fields[2:]
    return tuple(WithoutSeat(*key, *(count[word] for word in words)) for key, count in sorted(found.items()))
