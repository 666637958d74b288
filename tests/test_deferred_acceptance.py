"""Deferred acceptance as a method: the reference's answer, stability by definition, and what follows from both."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.procedure import acceptance, deferred_acceptance, kernels
from benchmarks.heapq_reference import heapq_reference
from tests.matchings import Case, all_lists, is_stable, random_case, stable_matchings

CASES = 3_000
compiled_only = pytest.mark.skipif(not kernels.COMPILED, reason="needs the extra [fast]")

cases = st.builds(lambda rng: random_case(rng, 12, 4, 3), st.randoms(use_true_random=False))


@pytest.mark.parametrize("few", [0, 4, acceptance.FEW])
def test_the_method_gives_the_answer_of_the_reference(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """Rounds alone, rounds and loop, and the loop alone agree with the heaps, on bundles and empty pools and lists."""
    monkeypatch.setattr(acceptance, "FEW", few)
    for number in range(CASES):
        rng = Random(number)
        case = random_case(rng, rng.choice((4, 15, 40)), rng.randint(1, 6), rng.randint(1, 3))
        assert case.solved() == tuple(heapq_reference(*case.arrays()).tolist()), number


@compiled_only
def test_the_compiled_loop_gives_the_answer_of_the_reference() -> None:
    """The same lines compiled agree with the heaps."""
    for number in range(CASES):
        rng = Random(number)
        case = random_case(rng, 25, rng.randint(1, 6), rng.randint(1, 3))
        assert case.solved(compiled=True) == tuple(heapq_reference(*case.arrays()).tolist()), number


@pytest.mark.parametrize("largest", [1, 3])
@pytest.mark.parametrize("number", range(10))
def test_larger_cases_need_rounds_and_loop(number: int, largest: int) -> None:
    """With hundreds of parties the rounds hand over to the loop, and the answer is the reference's."""
    rng = Random(number)
    case = random_case(rng, 3_000, 8, largest)
    case = replace(case, pool=tuple(rng.randint(0, 400) for _ in case.pool))
    assert case.solved() == tuple(heapq_reference(*case.arrays()).tolist())


@pytest.mark.parametrize("largest", [1, 3])
def test_it_is_the_student_optimal_stable_matching(largest: int) -> None:
    """Of all matchings that are stable by definition, it is the one no party would give up for another of them."""
    several = 0
    for number in range(600):
        case = random_case(Random(number), 5, 3, largest)
        if number % 2:  # one seat each: often several matchings are stable
            case = replace(case, pool=(1, 1, 1))
        stable, seat = stable_matchings(case), case.solved()
        assert seat in stable
        several += len(stable) > 1
        for other in stable:
            assert all(case.place(i, seat[i]) <= case.place(i, other[i]) for i in range(len(seat)))
    assert several > 10


@settings(max_examples=200, deadline=None)
@given(cases)
def test_it_is_stable(case: Case) -> None:
    """Each party holds the best school of its list that has a seat left before it."""
    assert is_stable(case, case.solved())


@settings(max_examples=200, deadline=None)
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_the_parties_means_nothing(case: Case, rng: Random) -> None:
    """Parties in another order get the same schools."""
    order = rng.sample(range(len(case.lists)), len(case.lists))
    ranks = tuple({new: by_party[old] for new, old in enumerate(order)} for by_party in case.ranks)
    turned = Case(tuple(case.lists[i] for i in order), ranks, tuple(case.sizes[i] for i in order), case.pool)
    seat = case.solved()
    assert turned.solved() == tuple(seat[i] for i in order)


@settings(max_examples=200, deadline=None)
@given(cases)
def test_only_the_order_of_ranks_counts(case: Case) -> None:
    """Ranks spread so far that school and rank do not fit into 64 bits together give the same schools."""
    begins, school, rank, size, pool = case.arrays()
    far = deferred_acceptance(begins, school, rank * 2**55, size, pool)
    assert tuple(far.tolist()) == case.solved()


def test_nobody_and_nothing() -> None:
    """No party, no school, no list: nobody is placed."""
    none = np.empty(0, dtype=np.int64)
    assert deferred_acceptance(np.array([0]), none, none, none, none).tolist() == []
    assert deferred_acceptance(np.array([0, 0, 0]), none, none, np.array([1, 2]), none).tolist() == [-1, -1]
    assert deferred_acceptance(np.array([0]), none, none, none, np.array([3])).tolist() == []


def test_a_bundle_at_the_cut_is_held_whole() -> None:
    """One seat is left before the twins and they are in; none is left before the child behind them."""
    case = Case(((0,), (0,), (0,)), ({0: 0, 1: 1, 2: 2},), (1, 2, 1), (2,))
    assert case.solved() == (0, 0, -1)


FAULTS = {
    "one more item than size": {"begins": [0, 1]},
    "rise from 0": {"begins": [0, 2, 1]},
    "number of entries": {"begins": [0, 1, 3]},
    "a rank for each": {"rank": [0]},
    "schools from 0 to 0": {"school": [0, 1]},
    "schools from 0": {"school": [-1, 0]},
    "at least one child": {"size": [1, 0]},
    "two alike at 0": {"rank": [7, 7]},
    "found two alike": {"rank": [2**62, 2**62], "school": [0, 0]},
}


@pytest.mark.parametrize("told", FAULTS)
def test_arrays_that_do_not_fit_are_refused(told: str) -> None:
    """Nothing is read outside an array, and no tie is broken silently."""
    right = {"begins": [0, 1, 2], "school": [0, 0], "rank": [0, 1], "size": [1, 1], "pool": [1]}
    begins, school, rank, size, pool = map(np.array, {**right, **FAULTS[told]}.values())
    with pytest.raises(ValueError, match=told):
        deferred_acceptance(begins, school, rank, size, pool)


def test_two_alike_are_refused_where_ranks_are_far_apart() -> None:
    """Ties are seen also where school and rank do not fit into 64 bits together."""
    begins, rank = np.array([0, 2, 4, 5]), np.array([-(2**62), 0, 2**62, 5, 2**62])
    ones = np.ones(3, dtype=np.int64)
    with pytest.raises(ValueError, match="two alike at 1"):
        deferred_acceptance(begins, np.array([0, 1, 1, 0, 1]), rank, ones, ones[:2])


def test_without_bundles_no_list_serves_a_family_better_than_its_own() -> None:
    """Parties of one child: no party gets a school it likes better by any other list (Roth 1982)."""
    for number in range(150):
        case = random_case(Random(number), 5, 3)
        seat = case.solved()
        for i, own in enumerate(case.lists):
            for other in all_lists(own):
                assert case.place(i, seat[i]) <= case.place(i, case.with_list(i, other).solved()[i])


def test_with_bundles_another_list_can_serve_a_family_better() -> None:
    """Why no such promise is made: twins who rank both schools truly get none, and one if they hide their first choice.

    School 0 has two seats, school 1 one. By asking for school 1 the twins of party 1 send the twins of party 2 to
    school 0, these send the child of party 0 to school 1, and there it stands before party 1.
    """
    orders = ({2: 0, 0: 1, 1: 2}, {0: 0, 1: 1, 2: 2})
    true = Case(((0, 1), (1, 0), (1, 0)), orders, (1, 2, 2), (2, 1))
    assert true.solved() == (1, -1, 0)
    assert true.with_list(1, (0,)).solved() == (0, 0, 1)
