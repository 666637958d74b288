"""The least possible spread of class means: what no placement can go below, and a placement that comes as near.

What no placement goes below follows from whole numbers alone: sums of whole hundredths over so many children. A
placement is then sought that reaches it, one class after another out of those still free; where that fails and the
school is small, the whole school is one model.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, lcm

from ortools.sat.python import cp_model

from allocator.domain import Pupil, YearGroup
from allocator.models.classes.seating import KINDS, Seating
from allocator.models.limit import Limit
from allocator.models.solver import least_within

ClassTarget = tuple[int, int]
"""Children with a score in a class, and the sum of their scores in hundredths."""

_FINE = 10**9  # parts of a hundredth: finer than two spreads of classes of 90 children can differ and be told apart
_EFFORT = 4.0  # deterministic seconds for one class
_SPARE = 60  # free children looked at for a class beside those it needs
_ORDERS = 3  # of the classes, tried one after another
_MOST_CHOICES = 6_000  # of the school as one model
_MOST_SCALE = 1_000_000  # parts of a hundredth in that model, where means are not whole numbers of fewer parts
_EFFORT_OF_ALL = 5.0  # deterministic seconds for it


def least_spread(group: YearGroup, apart: Collection[str], limit: Limit) -> tuple[Fraction, Fraction | None]:
    """Return between which values the least spread lies, in hundredths: a bound, and one that is reached.

    Parameters
    ----------
    group : YearGroup
        Whose demands can be met, and of whom one child at least has a score.
    apart : collection of str
        Groups that are kept apart.
    """
    bound, targets = _bound_of_numbers(group, limit)
    reached: Fraction | None = None
    for first in range(_ORDERS if targets else 0):
        assert targets is not None
        found = _reached(group, apart, targets[first:] + targets[:first], limit)
        reached = found if reached is None or (found is not None and found < reached) else reached
        if reached == bound:
            break
    if reached == bound or group.classes * len(group.pupils) > _MOST_CHOICES:
        return bound, reached
    low, best = _as_one_model(group, apart, reached, limit)
    return max(bound, low), best


def spread_of(classes: Sequence[Sequence[Pupil]]) -> Fraction:
    """Return the largest mean minus the smallest, classes without scores left out, in hundredths."""
    scored = [[pupil.score for pupil in members if pupil.score is not None] for members in classes]
    means = [Fraction(sum(scores), len(scores)) for scores in scored if scores]
    return max(means) - min(means)


def _bound_of_numbers(group: YearGroup, limit: Limit) -> tuple[Fraction, list[ClassTarget] | None]:
    """Return what no spread goes below, and sums with which it is reached; none where no sums are that near.

    Classes are counted by their target. Means lie around that of all children, so targets far from it need not be
    looked at for spreads below ``most``; and what is not found below ``most`` is above it.
    """
    scores = [pupil.score for pupil in group.pupils if pupil.score is not None]
    mean, ground = Fraction(sum(scores), len(scores)), sum(scores) // len(scores)
    size, larger = divmod(len(group.pupils), group.classes)
    largest = size + (larger > 0)
    most = Fraction(4, largest)
    targets = list(_targets(group, mean, most))
    model = cp_model.CpModel()
    times = [model.new_int_var(0, group.classes, "") for _ in targets]
    model.add(sum(times) == group.classes)
    model.add(sum(target[0] * t for target, t in zip(targets, times, strict=True)) == len(scores))
    above = [total - number * ground for number, total in targets]  # smaller numbers, same sums
    model.add(sum(more * t for more, t in zip(above, times, strict=True)) == sum(scores) - len(scores) * ground)
    full = [t for (number, _), t in zip(targets, times, strict=True) if number > size]
    model.add(sum(full) == larger if len(scores) == len(group.pupils) else sum(full) <= larger)
    high, low = (model.new_int_var(0, int(_FINE * most), name) for name in ("high", "low"))
    for (number, total), t in zip(targets, times, strict=True):
        used = model.new_bool_var("")
        model.add(t == 0).only_enforce_if(~used)
        if number:
            away = Fraction(total, number) - mean
            model.add((high if away > 0 else low) >= int(abs(away) * _FINE) * used)
    model.minimize(high + low)
    found = least_within(model, [high, low, *times], limit, effort=_EFFORT)
    if found.values is None:
        return (most if found.proven else Fraction(0)), None
    chosen = [target for target, t in zip(targets, found.values[2:], strict=True) for _ in range(t)]
    means = [Fraction(total, number) for number, total in chosen if number]
    exact = found.proven and 2 * largest**4 < _FINE
    # means may lie ``most`` away on either side: what is found above ``most`` says no more than that
    return min(most, max(means) - min(means) if exact else Fraction(found.bound, _FINE)), chosen


def _targets(group: YearGroup, mean: Fraction, most: Fraction) -> Iterator[ClassTarget]:
    """Yield what a class may hold whose mean is within ``most`` of that of all."""
    size, larger = divmod(len(group.pupils), group.classes)
    missing = sum(pupil.score is None for pupil in group.pupils)
    for number in range(max(0, size - missing), size + (larger > 0) + 1):
        if number == 0:
            yield 0, 0
            continue
        least, greatest = ceil((mean - most) * number), floor((mean + most) * number)
        yield from ((number, total) for total in range(least, greatest + 1))


def _reached(group: YearGroup, apart: Collection[str], targets: Sequence[ClassTarget], limit: Limit) -> Fraction | None:
    """Return the spread of a placement that was sought class by class for these targets; None where none was found."""
    seating = Seating(group, apart)
    for number, (scored, _) in enumerate(targets):
        seating.model.add(seating.count(number, "FM", scored=True) == scored)
    found = least_within(seating.model, seating.variables(), limit, effort=_EFFORT)
    if found.values is None:
        return None
    rows = seating.in_rows(found.values)
    pools = {kind: sorted(seating.free[kind], key=lambda pupil: pupil.score or 0) for kind in KINDS}
    needs = dict(zip(KINDS, rows[len(seating.tied) :], strict=True))
    classes = []
    for number, (_, total) in enumerate(targets):
        members = [p for unit, at in zip(seating.tied, rows, strict=False) if at[number] for p in unit]
        rest = total - sum(pupil.score or 0 for pupil in members)
        filled = _filled(pools, {kind: needs[kind][number] for kind in KINDS}, rest, limit)
        if filled is None:
            return None
        pools = {kind: [pupil for pupil in pool if pupil not in filled] for kind, pool in pools.items()}
        classes.append([*members, *filled])
    return spread_of(classes)


def _filled(
    pools: dict[tuple[str, bool], list[Pupil]], needs: dict[tuple[str, bool], int], total: int, limit: Limit
) -> set[Pupil] | None:
    """Return so many children of each kind whose scores come nearest to a sum; None where time ran out."""
    model = cp_model.CpModel()
    looked_at = [pupil for kind, pool in pools.items() for pupil in _spread_out(pool, needs[kind] + _SPARE)]
    chosen = {pupil: model.new_bool_var("") for pupil in looked_at}
    for sex, scored in KINDS:
        alike = [one for pupil, one in chosen.items() if pupil.sex == sex and (pupil.score is not None) == scored]
        model.add(sum(alike) == needs[sex, scored])
    away = model.new_int_var(0, 10**9, "away")
    reached = sum((pupil.score or 0) * one for pupil, one in chosen.items())
    model.add(reached - total <= away)
    model.add(total - reached <= away)
    model.minimize(away)
    found = least_within(model, list(chosen.values()), limit, effort=_EFFORT, linear=1)
    if found.values is None:
        return None
    return {pupil for pupil, value in zip(looked_at, found.values, strict=True) if value}


def _spread_out(pool: Sequence[Pupil], number: int) -> list[Pupil]:
    """Return so many children of a pool, evenly over its order; all where there are no more."""
    if number >= len(pool):
        return list(pool)
    return [pool[at * len(pool) // number] for at in range(number)]


def _as_one_model(
    group: YearGroup, apart: Collection[str], reached: Fraction | None, limit: Limit
) -> tuple[Fraction, Fraction | None]:
    """Return bound and spread of the whole school as one model, every child with choices of its own."""
    seating = Seating(group, apart, singly=True)
    model = seating.model
    size, larger = divmod(len(group.pupils), group.classes)
    for number in seating.range:
        model.add(seating.count(number, "FM") == size + (number < larger))
    scores = [pupil.score for pupil in group.pupils if pupil.score is not None]
    ground, missing = sum(scores) // len(scores), len(group.pupils) - len(scores)
    counts = range(max(0, size - missing), size + (larger > 0) + 1)
    scale = lcm(*(number for number in counts if number))
    exact = scale <= _MOST_SCALE
    scale = scale if exact else _MOST_SCALE
    reach = scale * (max(scores) - min(scores) + 1)
    high, low = (model.new_int_var(-reach, reach, name) for name in ("high", "low"))
    for number in seating.range:
        total = sum(
            sum(pupil.score - ground for pupil in unit if pupil.score is not None) * choices[number]
            for unit, choices in zip(seating.tied, seating.choices, strict=True)
        )
        holds = {count: model.new_bool_var("") for count in counts}
        model.add_exactly_one(holds.values())
        model.add(seating.count(number, "FM", scored=True) == sum(count * one for count, one in holds.items()))
        for count, one in holds.items():
            if count:
                model.add(high * count >= scale * total).only_enforce_if(one)
                model.add(low * count <= scale * total).only_enforce_if(one)
    if reached is not None:
        model.add(high - low <= int(reached * scale) + 2)
    model.minimize(high - low)
    found = least_within(model, seating.variables(), limit, effort=_EFFORT_OF_ALL, linear=1)
    if found.values is None:
        return Fraction(0), reached
    best = spread_of(_seated(seating, found.values))
    bound = Fraction(found.bound if exact else max(0, found.bound - 2), scale)
    return bound, best if reached is None else min(best, reached)


def _seated(seating: Seating, values: Sequence[int]) -> list[list[Pupil]]:
    """Return the children of each class, of a seating in which everybody has choices."""
    classes: list[list[Pupil]] = [[] for _ in seating.range]
    for unit, row in zip(seating.tied, seating.in_rows(values), strict=False):
        classes[row.index(1)] += unit
    return classes
