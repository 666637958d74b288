"""Chains between two lists: worked by hand, and what every set of moves must satisfy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.domain import ClassChange, WhatIf
from allocator.planning.extra_seats.chains import NO_SEAT, Chain, Move, chains_of, moves_between
from allocator.planning.whatif import compose
from allocator.procedure import run_procedure
from tests.small_districts import random_district

PLACES = ("", "s1", "s2", "s3", "s4")


def moves(*steps: str) -> list[Move]:
    """Moves of single children, each as ``child: source target``, ``-`` for no seat."""
    made = []
    for step in steps:
        party, places = step.split(": ")
        source, target = (place.replace("-", NO_SEAT) for place in places.split())
        made.append(Move(party, (party,), source, target))
    return made


def told(chains: Iterable[Chain]) -> list[str]:
    """Chains as text: places and children in turn."""
    return [
        " ".join([chain.places[0] or "-"] + [f"{move.party} {move.target or '-'}" for move in chain.moves])
        for chain in chains
    ]


def judge(made: list[Move], chains: tuple[Chain, ...]) -> None:
    """Every move once; each chain connected; paths begin and end where more leave or come, and no more than needed."""
    assert Counter(move for chain in chains for move in chain.moves) == Counter(made)
    surplus = Counter(move.target for move in made)
    surplus.subtract(Counter(move.source for move in made))
    begins, ends = Counter[str](), Counter[str]()
    for chain in chains:
        assert all(one.target == other.source for one, other in pairwise(chain.moves))
        assert len(set(chain.places)) == len(chain.places) - chain.cycle  # no place twice
        if not chain.cycle:
            begins[chain.places[0]] += 1
            ends[chain.places[-1]] += 1
    assert begins == Counter({place: -number for place, number in surplus.items() if number < 0})
    assert ends == Counter({place: number for place, number in surplus.items() if number > 0})


def test_nothing_moves() -> None:
    """Two equal lists have no chain."""
    assert moves_between(["s1", ""], ["s1", ""], ["A", "B"], [("A",), ("B",)]) == []
    assert chains_of([]) == ()


def test_one_seat_moves_a_chain() -> None:
    """A gets the new seat at s1, B the place of A, C that of B: one path from the place that nobody took."""
    assert told(chains_of(moves("B: s3 s2", "C: - s3", "A: s2 s1"))) == ["- C s3 B s2 A s1"]


def test_an_exchange_is_a_cycle() -> None:
    """Two children who change places are a cycle, beside the path of another."""
    assert told(chains_of(moves("A: s1 s2", "B: s2 s1", "C: - s3"))) == ["- C s3", "s1 A s2 B s1"]
    assert [chain.cycle for chain in chains_of(moves("A: s1 s2", "B: s2 s1", "C: - s3"))] == [False, True]


def test_a_bundle_leaves_room_for_two() -> None:
    """A bundle of two goes to s1: one child after it continues the path, the other one ends a path of its own."""
    twins = Move("T", ("T", "U"), "s2", "s1")
    chains = chains_of([twins, *moves("A: - s2", "B: - s2")])
    assert told(chains) == ["- A s2", "- B s2 T s1"]
    judge([twins, *moves("A: - s2", "B: - s2")], chains)


def test_a_path_is_taken_before_a_cycle_through_the_same_places() -> None:
    """What can be reached only through a cycle is still found: s1 to s4, with an exchange of s2 and s3 beside it."""
    made = moves("A: s1 s2", "B: s2 s3", "C: s3 s2", "D: s2 s4")
    assert told(chains_of(made)) == ["s1 A s2 D s4", "s2 B s3 C s2"]


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)), max_size=30), st.randoms())
def test_any_moves_fall_into_chains(pairs: list[tuple[str, str]], shuffle: object) -> None:
    """Random moves: each stands in exactly one chain, ends are right, and the order of the moves changes nothing."""
    made = [Move(f"K{i:02d}", (f"K{i:02d}",), *pair) for i, pair in enumerate(pairs) if pair[0] != pair[1]]
    chains = chains_of(made)
    judge(made, chains)
    mixed = list(made)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert chains_of(mixed) == chains


@pytest.mark.parametrize("seed", range(60))
def test_one_class_more_moves_only_the_children_on_the_chains(seed: int) -> None:
    """Two what-ifs that differ in one class: whoever changes school between their lists stands on a chain."""
    district = random_district(seed, 9)
    size = 1 + seed % 3
    change = ClassChange(school="s1", add=1, size=size)
    larger = compose(district, [WhatIf("one-class-more", district.policy.title, (change,))]).district
    before, after = run_procedure(district), run_procedure(larger)
    parties: dict[str, tuple[str, ...]] = {}
    for child in sorted(district.applicants):
        key = child.bundle or child.applicant_id
        parties[key] = (*parties.get(key, ()), child.applicant_id)
    leads = {kids[0]: kids for kids in parties.values()}
    lists = [{row.applicant_id: row.school_id for row in rows} for rows in (before, after)]
    schools = [[placed[lead] for lead in leads] for placed in lists]
    made = moves_between(schools[0], schools[1], list(leads), list(leads.values()))
    chains = chains_of(made)
    judge(made, chains)
    on_chains = {child for chain in chains for move in chain.moves for child in move.children}
    assert on_chains == {child for child, school in lists[0].items() if lists[1][child] != school}
