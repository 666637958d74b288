"""One attempt of the deal, written anew from class-procedure.md section 3: what it gives, or that it fails.

Pupils go by their ids and classes by their numbers. Nothing is kept between steps but who sits where, and every mean is
computed from the pupils of a class when it is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from allocator.domain import Pupil, YearGroup

ClassSeats = dict[str, int]
"""Class of each pupil by id."""


class FailedAttemptError(Exception):
    """An attempt that the procedure throws away."""


def lot_of(seedhex: str, words: str) -> str:
    """Return H(words) of section 2."""
    return hashlib.sha256(bytes(seedhex + "|" + words, "ascii")).hexdigest()


def seats_of_attempt(group: YearGroup, seedhex: str, attempt: int) -> ClassSeats:
    """Return what an attempt gives.

    Raises
    ------
    FailedAttemptError
        If one of its steps fails.
    """
    draw_id = f"classes/{group.school_id}/{group.track}/{attempt}"
    lots = {pupil.pupil_id: lot_of(seedhex, f"{draw_id}|{pupil.pupil_id}") for pupil in group.pupils}
    line = _line(group.pupils, lots)
    seats = _dealt(line, group.classes, lambda block, c: lot_of(seedhex, f"{draw_id}/block-{block}|class-{c:02d}"))
    _gather(line, lots, seats)
    if group.mean_spread is not None:
        class_lots = {c: lot_of(seedhex, f"{draw_id}|class-{c:02d}") for c in range(1, group.classes + 1)}
        _even_out(line, lots, seats, class_lots, Fraction(group.mean_spread))
    if sharing(group.pupils, seats):
        raise FailedAttemptError("apart")
    return seats


def sharing(pupils: Iterable[Pupil], seats: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """Return the children of one group apart who share a class: group, and both children."""
    found: list[tuple[str, str, str]] = []
    first: dict[tuple[str, int], str] = {}
    for pupil in pupils:
        for name in pupil.apart:
            other = first.setdefault((name, seats[pupil.pupil_id]), pupil.pupil_id)
            if other != pupil.pupil_id:
                found.append((name, other, pupil.pupil_id))
    return found


def class_mean(pupils: Iterable[Pupil]) -> Fraction | None:
    """Return the mean of some pupils with a score, in hundredths; None where none has one."""
    scores = [pupil.score for pupil in pupils if pupil.score is not None]
    return Fraction(sum(scores), len(scores)) if scores else None


def _line(pupils: Sequence[Pupil], lots: Mapping[str, str]) -> list[Pupil]:
    """Step 1, as two sorts: by lot first, then, as sorting keeps the order of equals, by score."""
    by_lot = sorted(pupils, key=lambda pupil: lots[pupil.pupil_id])
    girls = sorted((p for p in by_lot if p.sex == "F"), key=lambda p: -_worth(p))
    boys = sorted((p for p in by_lot if p.sex == "M"), key=_worth)
    return girls + boys


def _worth(pupil: Pupil) -> int:
    """Return a score as it counts in step 1: none counts below every score."""
    return -1 if pupil.score is None else pupil.score


def _dealt(line: Sequence[Pupil], classes: int, lot: Callable[[int, int], str]) -> ClassSeats:
    """Step 2: the i-th of a block to the i-th class of the block's order."""
    seats: ClassSeats = {}
    numbers = range(1, classes + 1)
    for start in range(0, len(line), classes):
        block = line[start : start + classes]
        boys = dict.fromkeys(numbers, 0)
        if len(block) < classes:
            for pupil in line[:start]:
                boys[seats[pupil.pupil_id]] += pupil.sex == "M"
        order = sorted(numbers, key=lambda c, b=start // classes + 1, k=boys: (k[c], lot(b, c)))  # type: ignore[misc]
        seats.update({pupil.pupil_id: c for pupil, c in zip(block, order, strict=False)})
    return seats


def _swap(seats: ClassSeats, one: Pupil, other: Pupil) -> None:
    """Let two children exchange classes."""
    seats[one.pupil_id], seats[other.pupil_id] = seats[other.pupil_id], seats[one.pupil_id]


def _gather(line: Sequence[Pupil], lots: Mapping[str, str], seats: ClassSeats) -> None:
    """Step 3."""
    place = {pupil.pupil_id: at for at, pupil in enumerate(line)}
    names = {pupil.together for pupil in line} - {""}
    bundles = [sorted((p for p in line if p.together == name), key=lambda p: lots[p.pupil_id]) for name in names]
    for bundle in sorted(bundles, key=lambda members: lots[members[0].pupil_id]):
        home = seats[bundle[0].pupil_id]
        for child in bundle[1:]:
            if seats[child.pupil_id] == home:
                continue
            willing = [p for p in line if seats[p.pupil_id] == home and p.sex == child.sex and p.together == ""]
            if not willing:
                raise FailedAttemptError("together")
            far = {p.pupil_id: abs(place[p.pupil_id] - place[child.pupil_id]) for p in willing}
            _swap(seats, child, min(willing, key=lambda p, f=far: (f[p.pupil_id], lots[p.pupil_id])))  # type: ignore[misc]


def _even_out(
    line: Sequence[Pupil], lots: Mapping[str, str], seats: ClassSeats, class_lots: Mapping[int, str], spread: Fraction
) -> None:
    """Step 4."""
    block = {pupil.pupil_id: at // len(class_lots) for at, pupil in enumerate(line)}
    done = 0
    while True:
        sitting: dict[int, list[Pupil]] = {c: [] for c in class_lots}
        for pupil in line:
            sitting[seats[pupil.pupil_id]].append(pupil)
        means = {c: mean for c, members in sitting.items() if (mean := class_mean(members)) is not None}
        if not means or max(means.values()) - min(means.values()) <= spread:
            return
        high = min(means, key=lambda c, m=means: (-m[c], class_lots[c]))  # type: ignore[misc]
        low = min(means, key=lambda c, m=means: (m[c], class_lots[c]))  # type: ignore[misc]
        best = _nearest_pair(sitting[high], sitting[low], lots, block)
        if best is None or best[0] >= means[high] - means[low] or done == 1000:
            raise FailedAttemptError("level")
        _swap(seats, best[1], best[2])
        done += 1


def _nearest_pair(
    high: Sequence[Pupil], low: Sequence[Pupil], lots: Mapping[str, str], block: Mapping[str, int]
) -> tuple[Fraction, Pupil, Pupil] | None:
    """Return the pair whose exchange leaves two classes nearest, and how far apart they are then."""
    best: tuple[Fraction, str, str, Pupil, Pupil] | None = None
    mean_high, mean_low = class_mean(high), class_mean(low)
    assert mean_high is not None
    assert mean_low is not None
    scored_high, scored_low = (sum(p.score is not None for p in members) for members in (high, low))
    for a in high:
        for b in low:
            if a.sex != b.sex or block[a.pupil_id] != block[b.pupil_id] or a.together or b.together:
                continue
            if a.score is None or b.score is None or a.score <= b.score:
                continue
            more = a.score - b.score
            far = abs(mean_high - Fraction(more, scored_high) - mean_low - Fraction(more, scored_low))
            found = (far, lots[a.pupil_id], lots[b.pupil_id], a, b)
            best = found if best is None else min(best, found)
    return None if best is None else (best[0], best[3], best[4])
