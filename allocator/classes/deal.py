"""The deal of pupils to classes: attempts, each five steps, until one does not fail (class-procedure.md sections 2, 3).

Every rule treats class numbers alike and every attempt has tickets of its own, so each child is equally likely to be
in each class, but for the published demands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import product
from typing import NamedTuple

from allocator.domain import MOST_ATTEMPTS, AttemptRow, ClassPlacement, ClassRow, Pupil, YearGroup

MOST_EXCHANGES = 1_000  # of the levelling in one attempt
STEPS: tuple[str, ...] = ("together", "level", "apart")
"""Steps of an attempt that can fail, in their order."""


def place_pupils(groups: Iterable[YearGroup], seedhex: str, most: int = MOST_ATTEMPTS) -> ClassPlacement:
    """Return the placement of year groups under a seed.

    Parameters
    ----------
    seedhex : str
        SHA-256 of the transcript as 64 lower-case hexadecimal digits.
    most : int
        Attempts of each year group.
    """
    rows: list[ClassRow] = []
    attempts = []
    for group in groups:
        found = first_placed(group, seedhex, most)
        attempts.append(AttemptRow(group.school_id, group.track, group.classes, found.number if found else None))
        rows += found.rows() if found else ()
    return ClassPlacement(tuple(sorted(rows)), tuple(sorted(attempts, key=lambda row: row[:2])))


def first_placed(group: YearGroup, seedhex: str, most: int = MOST_ATTEMPTS) -> DealAttempt | None:
    """Return the first attempt that does not fail; None if all do."""
    return next((one for one in tried(group, seedhex, most) if not one.failed), None)


def tried(group: YearGroup, seedhex: str, most: int = MOST_ATTEMPTS) -> Iterator[DealAttempt]:
    """Yield the attempts of a year group one after another, whether they fail or not."""
    for number in range(1, most + 1):
        yield DealAttempt(group, seedhex, number)


class DealAttempt:
    """One attempt to place a year group.

    Pupils go by their place in the sequence of step 1, classes by their number from 0.

    Attributes
    ----------
    number : int
        From 1.
    failed : str
        The step that failed (``STEPS``); empty where none did.
    classes : list of int
        Class of each pupil; where a step failed, as that step left them.
    """

    def __init__(self, group: YearGroup, seedhex: str, number: int) -> None:
        self.group, self.number = group, number
        self._seed = f"{seedhex}|classes/{group.school_id}/{group.track}/{number}"
        self.pupils, self.tickets = self._sequence()
        self.classes = self._deal()
        steps = (self._bring_together, self._level, self._keep_apart)
        self.failed = next((name for name, step in zip(STEPS, steps, strict=True) if not step()), "")

    def rows(self) -> Iterator[ClassRow]:
        """Yield the class of every pupil."""
        for pupil, number in zip(self.pupils, self.classes, strict=True):
            yield ClassRow(pupil.pupil_id, self.group.school_id, self.group.track, number + 1)

    def spread(self) -> Fraction:
        """Return the largest class mean minus the smallest, in hundredths; 0 where no more than one class has any."""
        means = [one.mean for one in _scored(self.pupils, self.classes).values()]
        return max(means) - min(means) if means else Fraction(0)

    def _ticket(self, words: str) -> str:
        return sha256(f"{self._seed}{words}".encode("ascii")).hexdigest()

    def _sequence(self) -> tuple[list[Pupil], list[str]]:
        """Step 1: girls by score, highest first, then boys, lowest first; equal scores by ticket."""
        drawn = []
        for pupil in self.group.pupils:
            known = -1 if pupil.score is None else pupil.score
            girl = pupil.sex == "F"
            drawn.append((not girl, -known if girl else known, self._ticket(f"|{pupil.pupil_id}"), pupil))
        drawn.sort()
        return [pupil for *_, pupil in drawn], [ticket for _, _, ticket, _ in drawn]

    def _deal(self) -> list[int]:
        """Step 2: block after block, to the classes in the order of their tickets in it."""
        n, dealt = self.group.classes, list[int]()
        boys = [0] * n
        for block in range(1, -(-len(self.pupils) // n) + 1):
            tickets = [self._ticket(f"/block-{block}|class-{number + 1:02}") for number in range(n)]
            members = self.pupils[len(dealt) : block * n]
            if len(members) < n:
                order = sorted(range(n), key=lambda one: (boys[one], tickets[one]))
            else:
                order = sorted(range(n), key=tickets.__getitem__)
            for pupil, number in zip(members, order, strict=False):
                boys[number] += pupil.sex == "M"
                dealt.append(number)
        return dealt

    def _bring_together(self) -> bool:
        """Step 3: the children of a bundle follow the one with the smallest ticket, by exchanges."""
        bundles: dict[str, list[int]] = defaultdict(list)
        for at in sorted(range(len(self.pupils)), key=self.tickets.__getitem__):
            if self.pupils[at].together:
                bundles[self.pupils[at].together].append(at)
        for first, *others in bundles.values():  # in the order of their smallest tickets, as they were met
            for at in others:
                if self.classes[at] != self.classes[first] and not self._follow(at, self.classes[first]):
                    return False
        return True

    def _follow(self, at: int, to: int) -> bool:
        """Bring a child into a class in exchange for the nearest of the same sex there who is in no bundle."""
        sex = self.pupils[at].sex
        free = [
            other
            for other, pupil in enumerate(self.pupils)
            if self.classes[other] == to and pupil.sex == sex and not pupil.together
        ]
        if not free:
            return False
        self._exchange(at, min(free, key=lambda other: (abs(other - at), self.tickets[other])))
        return True

    def _exchange(self, one: int, other: int) -> None:
        self.classes[one], self.classes[other] = self.classes[other], self.classes[one]

    def _level(self) -> bool:
        """Step 4: exchanges between the classes of the largest and the smallest mean until they are near enough."""
        if self.group.mean_spread is None:
            return True
        scored = _scored(self.pupils, self.classes)
        rooms: list[list[int]] = [[] for _ in range(self.group.classes)]
        for at, number in enumerate(self.classes):
            rooms[number].append(at)
        for exchanges in range(MOST_EXCHANGES + 1):
            high, low = self._ends(scored.values())
            if high.mean - low.mean <= self.group.mean_spread:
                return True
            free = (self._free(rooms[high.number]), self._free(rooms[low.number]))
            pair = self._best_pair(high, low, *free) if exchanges < MOST_EXCHANGES else None
            if pair is None:
                return False
            self._exchange(*pair)
            for (leaves, comes), room in ((pair, high), (pair[::-1], low)):
                rooms[room.number].remove(leaves)
                rooms[room.number].append(comes)
                more = (self.pupils[comes].score or 0) - (self.pupils[leaves].score or 0)
                scored[room.number] = room._replace(total=room.total + more)
        return False

    def _ends(self, scored: Collection[_Scored]) -> tuple[_Scored, _Scored]:
        """Return the classes of the largest and of the smallest mean; of equal ones that of the smaller ticket."""
        by_mean = [(one.mean, one) for one in scored]
        highest, lowest = max(mean for mean, _ in by_mean), min(mean for mean, _ in by_mean)
        by_ticket = lambda one: self._ticket(f"|class-{one.number + 1:02}")
        high, low = ([one for mean, one in by_mean if mean == end] for end in (highest, lowest))
        return min(high, key=by_ticket), min(low, key=by_ticket)

    def _best_pair(
        self, high: _Scored, low: _Scored, of_high: Iterable[tuple[int, int]], of_low: Iterable[tuple[int, int]]
    ) -> tuple[int, int] | None:
        """Return the two children whose exchange brings two classes nearest; None where none brings them nearer.

        In units of 1 / (children of ``high`` x children of ``low``) differences are whole numbers.
        """
        n, children = self.group.classes, high.children + low.children
        apart = high.total * low.children - low.total * high.children
        there = defaultdict(list)
        for other, score in of_low:
            there[other // n, self.pupils[other].sex].append((other, score))
        found = [
            (abs(apart - children * (score - less)), self.tickets[one], self.tickets[other], one, other)
            for one, score in of_high
            for other, less in there[one // n, self.pupils[one].sex]
            if score > less
        ]
        after, _, _, one, other = min(found, default=(apart, "", "", 0, 0))
        return (one, other) if after < apart else None

    def _free(self, room: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the children of a class with a score, in no bundle, and their scores."""
        for at in room:
            pupil = self.pupils[at]
            if pupil.score is not None and not pupil.together:
                yield at, pupil.score

    def _keep_apart(self) -> bool:
        """Step 5: no two children of a group share a class."""
        seen: set[tuple[str, int]] = set()
        for pupil, number in zip(self.pupils, self.classes, strict=True):
            if not seen.isdisjoint(product(pupil.apart, [number])):
                return False
            seen.update(product(pupil.apart, [number]))
        return True


class _Scored(NamedTuple):
    """A class by its children with a score."""

    number: int
    total: int
    children: int

    @property
    def mean(self) -> Fraction:
        """Their mean, in hundredths, exactly."""
        return Fraction(self.total, self.children)


def _scored(pupils: Sequence[Pupil], classes: Sequence[int]) -> dict[int, _Scored]:
    """Return the classes that have any child with a score, by their numbers."""
    totals: dict[int, int] = defaultdict(int)
    children: dict[int, int] = defaultdict(int)
    for pupil, number in zip(pupils, classes, strict=True):
        if pupil.score is not None:
            totals[number] += pupil.score
            children[number] += 1
    return {number: _Scored(number, totals[number], children[number]) for number in sorted(totals)}
