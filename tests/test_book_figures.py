"""The numbers of a book at every step: they add up, and what they foretell of a round is what its opening does."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from allocator.book import SEATED, Book, BookParty, BookState, Law, present_rows
from allocator.book.opening import hold_opening
from allocator.casebook.figures import category_figures, home_demand, seat_figures, shortage_figures
from allocator.casebook.next_round import Turn, round_demand, spare_figures
from allocator.domain import (
    ACCEPTED,
    ADMITTED,
    DIVERTED,
    BatchPhase,
    DecisionPhase,
    DeferredAcceptancePhase,
)
from tests.random_seasons import random_season

FAST, THOROUGH = 60, 5_000


def test_every_turn_is_there() -> None:
    """The fast seasons hold schools where all fit, where a lot decides, where none does, and rulings."""
    found: Counter[str] = Counter()
    for number in range(FAST):
        season = random_season(number)
        book = Book(season.district)
        for event in season.events:
            if book.propose(event) == ACCEPTED and book.state.season == "drawn":
                found.update(row.turn for row in round_demand(book.law, book.state, book.state.following_round))
    assert set(found) == set(get_args(Turn))


@pytest.mark.parametrize("first", range(0, FAST, 20))
def test_figures_of_random_seasons(first: int) -> None:
    """After every event of sixty seasons."""
    for number in range(first, first + 20):
        figures_hold(number)


@pytest.mark.long
@pytest.mark.parametrize("first", range(FAST, THOROUGH, 20))
def test_figures_of_many_random_seasons(first: int) -> None:
    """The same of five thousand."""
    for number in range(first, first + 20):
        figures_hold(number)


def figures_hold(number: int) -> None:
    """Play a season; at every accepted event the figures add up, and before a round they foretell it."""
    season = random_season(number)
    book = Book(season.district)
    for event in season.events:
        if book.propose(event) == ACCEPTED:
            add_up(book.law, book.state)
            if book.state.season == "drawn":
                foretell(book.law, book.state, book.state.following_round)


def add_up(law: Law, state: BookState) -> None:
    """Every child is counted once in each table, and seats are those of the state."""
    children = sum(party.size for party in state.parties.values()) + len(state.left_early)
    counts = category_figures(law, state)
    assert sum(row.children for row in counts) == children
    assert all(row.children == sum(row[5:]) for row in counts)
    assert all(sum(row[2:5]) == row.children - row.gone for row in counts)
    assert all(row.left == row.plan - row.taken - row.aside for row in seat_figures(law, state))
    assert sum(row.taken for row in seat_figures(law, state)) == sum(row.seated for row in counts)
    without = sum(sum(row[2:]) for row in shortage_figures(state))
    assert without == sum(row.waiting + row.needs_ruling for row in counts)
    rows = present_rows(state)
    assert not rows or sum(row.outcome in ("pending", "unplaced", "needs_ruling") for row in rows) == without
    assert sum(sum(row.children.values()) for row in home_demand(law, state)) <= sum(row.verified for row in counts)


def foretell(law: Law, state: BookState, round_: str) -> None:
    """What is said of a round is what its opening does: draws in its rows, rulings, nobody where all fit or none."""
    said = {row.school: row for row in round_demand(law, state, round_)}
    after = state.copy()
    hold_opening(law, after, round_)
    phase = law.phase(round_)
    drawn = {party.school if party.outcome == ADMITTED else "" for party in seats_of(after, round_) if party.draw_id}
    assert {school for school, row in said.items() if row.turn == "draw"} == drawn
    if isinstance(phase, DecisionPhase):
        ruled = sum(p.state == "needs_ruling" and bool(getattr(p.lead, phase.column)) for p in after.parties.values())
        assert bool(ruled) >= any(row.turn == "ruling" for row in said.values())
    for school, row in said.items():
        got = sum(p.size for p in seats_of(after, round_) if p.outcome == ADMITTED and p.school == school)
        if school and not isinstance(phase, DeferredAcceptancePhase):
            assert (row.turn == "fits") == (got == row.children)
            assert (row.turn in ("full", "ruling")) == (got == 0 < row.children)
    if isinstance(phase, BatchPhase):
        receive(law, state, after, round_)
    assert not isinstance(phase, BatchPhase) or said.keys() - {""} == homes_of(law, state, round_)


def seats_of(state: BookState, round_: str) -> list[BookParty]:
    """Parties with a seat of a round."""
    return [party for party in state.parties.values() if party.state == SEATED and party.round == round_]


def homes_of(law: Law, state: BookState, round_: str) -> set[str]:
    """Home schools of the parties of a batch."""
    verified = (party for party in state.waiting() if party.lead.status == "verified")
    return {law.home(party.lead) for party in verified if law.batch_of(party) == round_} - {""}


def receive(law: Law, state: BookState, after: BookState, round_: str) -> None:
    """Nobody is diverted but to a school with seats for it, from a home school that is named for it."""
    spare = {row.school: row for row in spare_figures(law, state, round_)}
    for party in seats_of(after, round_):
        if party.outcome == DIVERTED:
            assert spare[party.school].receiving > 0
            assert law.home(party.lead) in spare[party.school].origins
    for row in spare.values():
        assert row.beyond_locals == state.plan[row.school] - row.locals
        assert row.receiving <= max(row.left, 0)
