"""From instance files to the best extra seats under deferred acceptance; nothing leaves unchecked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from allocator.checking.extra_seats.stable import check_stable_seats
from allocator.domain import StableInstance
from allocator.ground import DisagreementError, Fault, InputError
from allocator.models.extra_seats.stable import StableSeats, stable_seats
from allocator.models.extra_seats.vacancies import DrawLists
from allocator.models.limit import Limit
from allocator.reading.capacity_file import read_capacity


@dataclass(frozen=True, slots=True)
class InstanceAnswer:
    """Checked extra seats.

    Attributes
    ----------
    seats : StableSeats
        The extra seats, what they lead to, and the bound.
    seconds : float
        How long the search took, without reading and checking.
    """

    seats: StableSeats
    seconds: float


def read_draws(paths: Sequence[Path], list_length: int) -> list[StableInstance]:
    """Return the instances of files, lists shortened; several are draws of the same schools.

    Raises
    ------
    InputError
        If a file has faults, a student lists fewer schools, or the seats of the schools differ; all at once.
    """
    found: list[tuple[Path, StableInstance]] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            found.append((path, read_capacity(path)))
        except InputError as error:
            faults += error.faults
    for path, instance in found:
        lengths = [len(one) for one in instance.lists]
        if min(lengths) < list_length:
            student = lengths.index(min(lengths))
            params = {"length": str(list_length), "shortest": str(min(lengths)), "student": str(student)}
            faults.append(Fault("extra_seats.short", path.name, column="--list-length", params=params))
        if instance.capacity != found[0][1].capacity:
            faults.append(Fault("extra_seats.other_schools", path.name, params={"first": found[0][0].name}))
    if faults:
        raise InputError(faults)
    return [instance.shortened(list_length) for _, instance in found]


def solve_instance(draws: Sequence[StableInstance], list_length: int, extra_seats: int, limit: Limit) -> InstanceAnswer:
    """Return the best extra seats of one or several draws, accepted by the checker.

    Parameters
    ----------
    draws : sequence of StableInstance
        With the same seats.
    list_length : int
        Schools in each list; no school counts as one rank more.
    extra_seats : int
        Extra seats in all, at most.
    limit : Limit
        Ends the search early; its clock starts with the search.

    Raises
    ------
    DisagreementError
        If the checker refuses the answer.
    """
    limit.begin()
    began = time.perf_counter()
    pool = np.array(draws[0].capacity, dtype=np.int64)
    models = [lists_and_ranks(instance) for instance in draws]
    found = stable_seats(models, pool, extra_seats, unplaced=list_length + 1, limit=limit)
    seconds = time.perf_counter() - began
    _demand(draws, found, list_length, extra_seats)
    return InstanceAnswer(found, seconds)


def lists_and_ranks(instance: StableInstance) -> DrawLists:
    """Return lists and ranks as arrays; the rank of a student at a school is its place by score."""
    begins = np.cumsum([0, *map(len, instance.lists)])
    school = np.array([c for one in instance.lists for c in one], dtype=np.int64)
    score = np.array([mark for one in instance.scores for mark in one], dtype=np.float64)
    rank = np.empty(len(score), dtype=np.int64)
    rank[np.lexsort([-score, school])] = np.arange(len(score))
    return DrawLists(begins.astype(np.int64), school, rank)


def _demand(draws: Sequence[StableInstance], found: StableSeats, list_length: int, extra_seats: int) -> None:
    """Demand that the checker finds nothing, draw by draw, and the same sum of ranks."""
    extra = found.extra.tolist()
    details, total = [], 0
    for instance, seats in zip(draws, found.matchings, strict=True):
        matching = seats.tolist()
        pairs = zip(instance.lists, matching, strict=True)
        ranks = [one.index(school) + 1 if school in one else list_length + 1 for one, school in pairs]
        total += sum(ranks)
        details += check_stable_seats(
            instance, extra, matching, most=extra_seats, unplaced=list_length + 1, objective=sum(ranks)
        )
    if total != found.objective or found.bound > found.objective:
        details.append(f"sum of ranks {total}, said to be {found.objective}, bound {found.bound}")
    if details:
        raise DisagreementError("extra_seats.refused", {"count": str(len(details))}, tuple(details))
