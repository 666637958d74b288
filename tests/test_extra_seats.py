"""Extra seats under deferred acceptance: best by trying all ways, several draws, and what the checker catches."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from allocator.checking.extra_seats.stable import best_stable, check_stable_seats
from allocator.domain import StableInstance
from allocator.ground import DisagreementError
from allocator.models.extra_seats import moves as seat_moves
from allocator.models.extra_seats import stable
from allocator.models.extra_seats.cutoffs import Cutoffs
from allocator.models.extra_seats.moves import SeatMoves
from allocator.models.extra_seats.stable import StableSeats, stable_seats
from allocator.models.extra_seats.vacancies import DrawLists, Vacancies, accept_into_vacancies
from allocator.models.limit import Limit
from allocator.models.solver import GrowingProgram
from allocator.planning.extra_seats import solve_instance
from allocator.planning.extra_seats.instances import lists_and_ranks
from allocator.procedure import deferred_acceptance
from tests.capacity_cases import least, market, number, ranks_of, ways

# Two seats help each other: school 0 is wanted by 0 and 1, who hold 1 and 2; there 2, 3 and 4 wait.
HAND = StableInstance(
    capacity=(1, 1, 1),
    lists=((0, 1), (0, 2), (0, 1), (1, 2), (2, 1)),
    scores=((2.0, 9.0), (1.0, 9.0), (3.0, 1.0), (4.0, 1.0), (3.0, 3.0)),
)


def expanded(draws: list[StableInstance], extra: int, unplaced: int) -> StableSeats:
    """The best extra seats of markets."""
    pool = np.array(draws[0].capacity, dtype=np.int64)
    return stable_seats([lists_and_ranks(draw) for draw in draws], pool, extra, unplaced=unplaced)


def case(seed: int) -> tuple[StableInstance, int]:
    """A market and a number of extra seats."""
    schools, students = 2 + number(4, seed, "m"), 3 + number(12, seed, "n")
    length = 1 + number(min(4, schools), seed, "k")
    return market(seed, schools, students, length, alike=seed % 2 == 1), number(5, seed, "b")


def test_by_hand() -> None:
    """One seat at school 0 gives 0 the first choice, 3 its seat, and that is 3 ranks in all; no other gives more."""
    assert ranks_of(HAND, (0, 0, 0), 3) == 2 + 2 + 1 + 3 + 3
    assert ranks_of(HAND, (1, 0, 0), 3) == 1 + 2 + 1 + 1 + 3
    found = expanded([HAND], 1, 3)
    assert (found.objective, found.bound, found.extra.tolist()) == (8, 8, [1, 0, 0])
    assert found.matchings[0].tolist() == [0, 2, 0, 1, -1]
    assert expanded([HAND], 0, 3).objective == 11


def test_first_choices_for_all_take_no_more_seats_than_needed() -> None:
    """With seats to spare everybody has the first choice, and only the seats needed are added."""
    found = expanded([HAND], 50, 3)
    assert (found.objective, found.bound, found.extra.tolist()) == (5, 5, [2, 0, 0])


@pytest.mark.parametrize("block", range(10))
def test_best_of_all_ways(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """On small markets the objective is the least over all ways to add seats, and proven; without good guesses too."""
    if block % 2:
        monkeypatch.setattr(seat_moves, "_TURNS", 0)
        monkeypatch.setattr(SeatMoves, "first", lambda self: self.completed([0] * len(self.draws[0].full)))
        monkeypatch.setattr(SeatMoves, "rounded", lambda _self, _shares: (-1, []))
    for seed in range(30 * block, 30 * block + 30):
        instance, extra = case(seed)
        unplaced = len(instance.lists[0]) + 1
        found = expanded([instance], extra, unplaced)
        assert found.proven
        assert found.objective == least([instance], extra, unplaced), seed
        assert found.extra.sum() <= extra


@pytest.mark.parametrize("seed", range(40))
def test_best_of_all_ways_over_several_draws(seed: int) -> None:
    """The same extra seats for two or three draws of lists and scores minimise the sum over the draws."""
    schools, extra = 2 + seed % 4, 1 + seed % 3
    draws = [market((seed, d), schools, 8, min(3, schools), alike=d == 0) for d in range(2 + seed % 2)]
    draws = [StableInstance(draws[0].capacity, draw.lists, draw.scores) for draw in draws]
    found = expanded(draws, extra, 4)
    assert found.objective == found.bound == least(draws, extra, 4)
    assert len(found.matchings) == len(draws)
    for draw, held in zip(draws, found.matchings, strict=True):
        seats = (np.array(draw.capacity) + found.extra).tolist()
        assert held.tolist() == best_stable(draw, seats)


@pytest.mark.parametrize("seed", range(60))
def test_every_way_satisfies_every_row(seed: int) -> None:
    """No way to add all seats that could be best is cut off: the relaxation with combs never falls below it."""
    instance, extra = case(1000 + seed)
    draw = lists_and_ranks(instance)
    vacancies = Vacancies(draw, instance.capacity, extra, len(instance.lists[0]))
    first = [vacancies.first_choices(len(instance.capacity))[c] - seats for c, seats in enumerate(instance.capacity)]
    if sum(max(0, seats) for seats in first) <= extra:
        return
    cutoffs = Cutoffs([vacancies], extra)
    program = GrowingProgram(cutoffs.gain, cutoffs.rows)
    most = max(SeatMoves([vacancies], extra, Limit()).gained(way) for way in ways(len(instance.capacity), extra))
    values = [float("inf")]
    for _ in range(30):
        relaxed = program.relax(Limit())
        assert relaxed is not None
        values.append(relaxed[0])
        assert relaxed[0] >= most - 1e-6
        if not program.add(cutoffs.combs(relaxed[1])):
            break
    assert all(before >= after - 1e-6 for before, after in pairwise(values))


@pytest.mark.parametrize("seed", range(60))
def test_seats_added_one_by_one_lead_to_deferred_acceptance(seed: int) -> None:
    """Vacancy chains and trades end where deferred acceptance, the procedure's and the model's own, begins anew."""
    instance = market(seed, 2 + seed % 5, 5 + seed % 20, 1 + min(seed % 4, 1 + seed % 5), alike=seed % 3 == 0)
    draw, schools = lists_and_ranks(instance), len(instance.capacity)
    vacancies = Vacancies(draw, instance.capacity, 12, len(instance.lists[0]))
    state, extra = vacancies.start(), [0] * schools
    for step in range(12):
        school = number(schools, seed, "step", step)
        extra[school] += 1
        vacancies.add(state, school)
        seats = [there + more for there, more in zip(instance.capacity, extra, strict=True)]
        at = accept_into_vacancies(draw.lists(), draw.queues(schools), seats)
        assert state[0] == at
        size = np.ones(len(at), dtype=np.int64)
        held = deferred_acceptance(draw.begins, draw.school, draw.rank, size, np.array(seats), compiled=False)
        placed = [one[j] if j < len(one) else -1 for one, j in zip(instance.lists, at, strict=True)]
        assert held.tolist() == placed == best_stable(instance, seats)


def test_empty_lists_and_schools_without_seats() -> None:
    """Nobody to place, lists of no school, and schools of no seat are all in order."""
    none = StableInstance((0, 3), (), ())
    assert expanded([none], 2, 3).objective == 0
    lonely = StableInstance((0, 0), ((), (1, 0), (1,)), ((), (1.0, 1.0), (2.0,)))
    found = expanded([lonely], 1, 4)
    assert (found.objective, found.extra.tolist(), found.proven) == (4 + 4 + 1, [0, 1], True)


def test_misfits_are_refused() -> None:
    """Arrays that do not fit together raise, whatever else."""
    draw, pool = lists_and_ranks(HAND), np.array(HAND.capacity)
    twice = DrawLists(draw.begins, draw.school, np.zeros_like(draw.rank))
    for draws, seats, extra, unplaced in (
        ([], pool, 1, None),
        ([draw], pool, -1, None),
        ([draw], -pool, 1, None),
        ([draw], pool[:2], 1, None),
        ([draw], pool, 1, 2),
        ([twice], pool, 1, None),
        ([DrawLists(draw.begins[:-1], draw.school, draw.rank)], pool, 1, None),
        ([DrawLists(draw.begins, draw.school, draw.rank[:-1])], pool, 1, None),
        ([DrawLists(np.array([0, 2]), np.array([1, 1]), np.array([1, 2]))], pool, 1, None),
    ):
        with pytest.raises(ValueError, match="Expected"):
            stable_seats(draws, seats, extra, unplaced=unplaced)


def test_ended_early_the_bound_holds() -> None:
    """Without time the answer is a way to add seats, and no way leads below its bound."""
    instance = market("early", 5, 40, 4, alike=True)
    limit = Limit()
    limit.interrupted = True
    found = stable_seats([lists_and_ranks(instance)], np.array(instance.capacity), 4, limit=limit)
    assert found.objective == ranks_of(instance, found.extra.tolist(), 5)
    assert found.bound <= least([instance], 4, 5) <= found.objective


def test_the_same_answer_every_time() -> None:
    """Two runs give the same seats, not only the same objective."""
    instance = market("again", 8, 80, 4, alike=True)
    first, second = (expanded([instance], 9, 5) for _ in range(2))
    assert first.extra.tolist() == second.extra.tolist()
    assert first.proven


def test_a_wrong_search_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that counts wrong is refused by deferred acceptance from the start."""
    instance = market("wrong", 4, 30, 3)
    monkeypatch.setattr(stable, "_searched", lambda _draws, extra, _limit: (1, 1, [extra, 0, 0, 0]))
    with pytest.raises(DisagreementError, match="recomputed"):
        expanded([instance], 2, 4)


def test_checker_catches_tampering() -> None:
    """Other seats, too many seats, another student's school, a wrong sum: each is named."""
    instance = market("tampered", 4, 25, 3)
    found = solve_instance([instance], 3, 3, Limit()).seats
    extra, held = found.extra.tolist(), found.matchings[0].tolist()

    def said(extra: list[int], held: list[int], most: int = 3, objective: int = found.objective) -> str:
        return " ".join(check_stable_seats(instance, extra, held, most=most, unplaced=4, objective=objective))

    assert said(extra, held) == ""
    assert "at most 2" in said(extra, held, most=2)
    assert "sum of ranks" in said(extra, held, objective=found.objective - 1)
    assert "0 or more" in said([-1, *extra[1:]], held)
    assert "for each school" in said(extra[1:], held)
    assert "for each student" in said(extra, held[1:])
    assert "not in its list" in said(extra, [9, *held[1:]])
    placed = next(s for s, school in enumerate(held) if school >= 0)
    left_out = [*held[:placed], -1, *held[placed + 1 :]]
    assert "is empty" in said(extra, left_out)
    for school in range(4):
        fewer = [seats - (c == school) for c, seats in enumerate(extra)]
        if extra[school]:
            assert "students" in said(fewer, held)


def test_checker_catches_justified_envy() -> None:
    """A student passed over for one with a lower score is named."""
    held = [-1, 0, 1, 2, 2]
    said = check_stable_seats(HAND, [0, 0, 0], held, most=1, unplaced=3, objective=11)
    assert any("holds a lower score" in line for line in said)
