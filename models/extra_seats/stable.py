"""Where to add seats so that deferred acceptance serves the students best, proven (docs/capacity.md).

Choose at most so many extra seats in all to minimise the sum of the ranks of the schools that students get in the
student-optimal stable matching; over several draws at once, the sum over all draws (sample average; Bazotte, Carvalho
& Vidal 2025). The problem is hard to approximate (Bobbio, Carvalho, Lodi, Rios & Torrico 2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from allocator.domain import Ints
from allocator.ground import DisagreementError
from allocator.models.extra_seats.cutoffs import Cutoffs
from allocator.models.extra_seats.moves import SeatMoves
from allocator.models.extra_seats.vacancies import DrawLists, Vacancies, accept_into_vacancies
from allocator.models.limit import Limit
from allocator.models.solver import GrowingProgram

_ROUNDS = 40  # of combs
_STALLED = 0.05  # what a round must bring, in ranks
_DOUBT = 1e-5  # error of a solver's bound


@dataclass(frozen=True, slots=True)
class StableSeats:
    """Extra seats, and what they lead to.

    Attributes
    ----------
    objective : int
        Sum of the ranks over all students and draws; 1 is the first choice.
    bound : int
        No extra seats lead to less; equal to the objective where that is proven best.
    extra : (m,) int64
        Extra seats of each school.
    matchings : tuple of (k,) int64
        School of each student in each draw, -1 for none.
    """

    objective: int
    bound: int
    extra: Ints
    matchings: tuple[Ints, ...]

    @property
    def proven(self) -> bool:
        """Whether no extra seats lead to less."""
        return self.objective == self.bound


def stable_seats(
    draws: Sequence[DrawLists], pool: Ints, extra_seats: int, *, unplaced: int | None = None, limit: Limit | None = None
) -> StableSeats:
    """Return the best way to add seats under deferred acceptance.

    The answer is the same on every run that is not ended early: one thread, fixed seeds, searches that end by work
    done. Where several ways are equally good it is one of them, which may change with the version of the solver. All
    extra seats are used, unless everybody can have the first choice with fewer: then these are used.

    Parameters
    ----------
    draws : sequence of DrawLists
        One or more; lists and priorities of each.
    pool : (m,) int64
        Seats of each school.
    extra_seats : int
        Extra seats in all, at most.
    unplaced : int, optional
        Rank that counts for a student without a school; by default, and at least, one more than the longest list has.
    limit : Limit, optional
        Ends the search early, with the best extra seats found.

    Raises
    ------
    ValueError
        If the arrays do not fit together, a school ranks two students alike, or a number is out of range.
    DisagreementError
        If deferred acceptance with these seats does not lead to the objective.
    """
    limit = Limit() if limit is None else limit
    none = _rank_of_none(draws, pool, extra_seats, unplaced) - 1
    seats = pool.tolist()
    vacancies = [Vacancies(draw, seats, extra_seats, none) for draw in draws]
    constant = sum(sum(draw.base) + len(draw.base) for draw in vacancies)
    found = _first_choices(vacancies, seats, extra_seats, limit) or _searched(vacancies, extra_seats, limit)
    gained, most, chosen = found
    matchings, objective = _recomputed(draws, seats, chosen, none)
    if objective != constant - gained:
        raise DisagreementError("extra_seats.recomputed", {"found": str(constant - gained), "expected": str(objective)})
    return StableSeats(objective, constant - most, np.array(chosen, dtype=np.int64), matchings)


def _rank_of_none(draws: Sequence[DrawLists], pool: Ints, extra_seats: int, unplaced: int | None) -> int:
    """The rank that counts for no school; refuses what does not fit together."""
    if not draws or extra_seats < 0 or (len(pool) and pool.min() < 0):
        raise ValueError("Expected at least one draw, and no negative number of seats.")
    for draw in draws:
        if fault := draw.faults(len(pool)):
            raise ValueError(fault)
    longest = max((int(np.diff(draw.begins).max()) for draw in draws if len(draw.begins) > 1), default=0)
    if unplaced is not None and unplaced <= longest:
        raise ValueError(f"Expected a rank above {longest} for no school, found {unplaced}.")
    return longest + 1 if unplaced is None else unplaced


def _first_choices(
    draws: Sequence[Vacancies], seats: Sequence[int], extra: int, limit: Limit
) -> tuple[int, int, list[int]] | None:
    """Gain, twice, and the seats with which everybody has the first choice; None where they are too many."""
    enough = [max(0, *(draw.first_choices(len(seats))[c] - seats[c] for draw in draws)) for c in range(len(seats))]
    if sum(enough) > extra:
        return None
    gained = SeatMoves(draws, 0, limit).gained(enough)
    return gained, gained, enough


def _searched(draws: Sequence[Vacancies], extra: int, limit: Limit) -> tuple[int, int, list[int]]:
    """Gain of the best seats found, what none exceeds, and the seats."""
    moves = SeatMoves(draws, extra, limit)
    gained, chosen = moves.first()
    most = sum(place for draw in draws for place, one in zip(draw.base, draw.lists, strict=True) if one)
    cutoffs = Cutoffs(draws, extra)
    program = GrowingProgram(cutoffs.gain, cutoffs.rows)
    last = float("inf")
    for _ in range(_ROUNDS):
        relaxed = None if limit.over else program.relax(limit)
        if relaxed is None:
            return gained, most, chosen
        value, values = relaxed
        most = min(most, floor(value + _DOUBT))
        rounded = moves.rounded(cutoffs.shares_of(values))
        if rounded[0] > gained:
            gained, chosen = rounded
        if most <= gained or last - value < _STALLED or not program.add(cutoffs.combs(values)):
            break
        last = value
    if most > gained:
        gained, chosen = moves.improved(gained, chosen, most)
    if most > gained and not limit.over:
        best = program.maximise(cutoffs.whole, gained + 1, limit)
        most = max(gained, floor(min(most, max(best.bound, gained)) + _DOUBT))
        if best.values is not None:
            other, seats = moves.completed(cutoffs.seats_of(best.values))
            gained, chosen = (other, seats) if other > gained else (gained, chosen)
            most = max(gained, most)
    return gained, most, chosen


def _recomputed(
    draws: Sequence[DrawLists], pool: Sequence[int], extra: Sequence[int], none: int
) -> tuple[tuple[Ints, ...], int]:
    """The matchings by deferred acceptance from the start, and the sum of their ranks."""
    seats = [there + more for there, more in zip(pool, extra, strict=True)]
    matchings, objective = [], 0
    for draw in draws:
        lists = draw.lists()
        at = accept_into_vacancies(lists, draw.queues(len(seats)), seats)
        placed = [one[j] if j < len(one) else -1 for one, j in zip(lists, at, strict=True)]
        objective += sum(j + 1 if j < len(one) else none + 1 for one, j in zip(lists, at, strict=True))
        matchings.append(np.array(placed, dtype=np.int64))
    return tuple(matchings), objective
