"""Are extra seats under deferred acceptance what they are said to be? By cutoffs, without any solver."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.domain import StableInstance


def check_stable_seats(
    instance: StableInstance, extra: Sequence[int], matching: Sequence[int], *, most: int, unplaced: int, objective: int
) -> list[str]:
    """Return in plain words what is wrong with extra seats and the matching they lead to; empty if nothing.

    Parameters
    ----------
    instance : StableInstance
        The instance, lists shortened.
    matching : sequence of int
        School of each student, -1 for none.
    most : int
        Extra seats in all, at most.
    unplaced : int
        Rank that counts for no school.
    objective : int
        Sum of ranks that was said.
    """
    if len(extra) != len(instance.capacity) or any(seats < 0 for seats in extra):
        return ["expected a number of extra seats, 0 or more, for each school"]
    if len(matching) != len(instance.lists):
        return ["expected a school, or none, for each student"]
    found = [] if sum(extra) <= most else [f"{sum(extra)} extra seats, at most {most} are allowed"]
    seats = [there + more for there, more in zip(instance.capacity, extra, strict=True)]
    found += _unstable(instance, seats, matching)
    best = best_stable(instance, seats)
    for student, (said, right) in enumerate(zip(matching, best, strict=True)):
        if said != right:
            found.append(f"student {student}: school {said}, the student-optimal stable matching says {right}")
    ranks = [one.index(s) + 1 if s in one else unplaced for one, s in zip(instance.lists, best, strict=True)]
    if sum(ranks) != objective:
        found.append(f"sum of ranks {sum(ranks)}, said to be {objective}")
    return found


def best_stable(instance: StableInstance, seats: Sequence[int]) -> list[int]:
    """Return the school of each student in the student-optimal stable matching, -1 for none.

    By cutoffs that rise from nothing (Azevedo & Leshno 2016): every student goes to the first school of its list
    whose cutoff it reaches; a school with too many raises its cutoff to the last one for whom there is a seat. The
    least cutoffs at which nobody is too many are those of the best stable matching for the students.
    """
    cutoff: list[float] = [float("-inf") if there else float("inf") for there in seats]
    where = [_reached(one, scores, cutoff) for one, scores in zip(instance.lists, instance.scores, strict=True)]
    while True:
        coming: list[list[float]] = [[] for _ in seats]
        for one, scores, school in zip(instance.lists, instance.scores, where, strict=True):
            if school >= 0:
                coming[school].append(scores[one.index(school)])
        crowded = [c for c, there in enumerate(seats) if len(coming[c]) > there]
        if not crowded:
            return where
        for school in crowded:
            cutoff[school] = sorted(coming[school], reverse=True)[seats[school] - 1]
        where = [_reached(one, scores, cutoff) for one, scores in zip(instance.lists, instance.scores, strict=True)]


def _reached(schools: Sequence[int], scores: Sequence[float], cutoff: Sequence[float]) -> int:
    """The first school of a list whose cutoff the student reaches, -1 for none."""
    reached = (school for school, score in zip(schools, scores, strict=True) if score >= cutoff[school])
    return next(reached, -1)


def _unstable(instance: StableInstance, seats: Sequence[int], matching: Sequence[int]) -> list[str]:
    """Too many at a school, a school that a student does not list, a seat wasted, a priority not respected."""
    found = []
    held: list[list[float]] = [[] for _ in seats]
    for student, (one, scores, school) in enumerate(zip(instance.lists, instance.scores, matching, strict=True)):
        if school in one:
            held[school].append(scores[one.index(school)])
        elif school != -1:
            found.append(f"student {student}: school {school} is not in its list")
    counts = [len(there) for there in held]
    lowest = [min(there, default=float("inf")) for there in held]
    found += [f"school {c}: {counts[c]} students, {seats[c]} seats" for c in range(len(seats)) if counts[c] > seats[c]]
    for student, (one, scores, school) in enumerate(zip(instance.lists, instance.scores, matching, strict=True)):
        for wanted, score in zip(one, scores, strict=True):
            if wanted == school:
                break
            if len(held[wanted]) < seats[wanted]:
                found.append(f"student {student}: a seat of school {wanted}, which it would rather have, is empty")
            elif lowest[wanted] < score:
                found.append(f"student {student}: school {wanted}, which it would rather have, holds a lower score")
    return found
