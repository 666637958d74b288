"""Schools that belong together because some party can choose between them at little loss (planning.md section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest
from typing import NamedTuple

from allocator.checking.optimum.losses import Losses
from allocator.checking.optimum.search import Chooser
from allocator.checking.parties import NO_SCHOOL


class Component(NamedTuple):
    """A component that has a gap.

    Attributes
    ----------
    schools : tuple of int
        Its schools, ascending.
    gap : int
        What its parties and its empty seats lose in the list.
    choices : list of Chooser
        Its parties that have more than one option in their core. The others have no choice, and lose nothing.
    left : tuple of int
        Seats of its schools that parties without a choice leave.
    """

    schools: tuple[int, ...]
    gap: int
    choices: list[Chooser]
    left: tuple[int, ...]


class Grouping:
    """The components of one width.

    Attributes
    ----------
    width : int
        The width.
    gaps : dict[int, int]
        Gap of every component that has one, by the smallest of its schools; a party without a school in its core is
        a component of its own and stands here as ``NO_SCHOOL`` less its position.
    """

    def __init__(self, losses: Losses, width: int) -> None:
        self.width = width
        self._losses = losses
        self._above = list(range(len(losses.seats)))
        self._anchors = [self._join(n) for n in range(len(losses.at))]
        self.gaps: dict[int, int] = {}
        for school, lost in enumerate(losses.empty):
            self._add(school, lost)
        for n, lost in enumerate(losses.lost):
            if lost:
                self._add(self._anchors[n] if self._anchors[n] != NO_SCHOOL else NO_SCHOOL - n, lost)

    def _add(self, anchor: int, lost: int) -> None:
        """Count a loss to a component."""
        if lost:
            root = self.root(anchor) if anchor >= 0 else anchor
            self.gaps[root] = self.gaps.get(root, 0) + lost

    def _join(self, n: int) -> int:
        """Put the schools of a party's core together; return one of them, ``NO_SCHOOL`` if there is none."""
        schools = [school for school, _ in self._losses.core(n, self.width) if school != NO_SCHOOL]
        for school in schools[1:]:
            a, b = self.root(schools[0]), self.root(school)
            self._above[max(a, b)] = min(a, b)
        return schools[0] if schools else NO_SCHOOL

    def root(self, school: int) -> int:
        """Smallest school of a school's component."""
        while (above := self._above[school]) != school:
            self._above[school] = self._above[above]
            school = above
        return school

    def needed(self) -> int:
        """Width that the two largest gaps call for."""
        return sum(nlargest(2, self.gaps.values()))

    def components(self) -> Iterator[Component]:
        """Components with a gap; the width must be what the gaps call for, so that the list is within the cores."""
        losses = self._losses
        mine: dict[int, tuple[list[int], list[int]]] = {root: ([], []) for root in self.gaps}
        for school in range(len(losses.seats)):
            if (root := self.root(school)) in mine:
                mine[root][0].append(school)
        for n, anchor in enumerate(self._anchors):
            if anchor != NO_SCHOOL and (root := self.root(anchor)) in mine:
                mine[root][1].append(n)
        for root, (schools, parties) in sorted(mine.items()):
            yield self._component(self.gaps[root], schools, parties)

    def _component(self, gap: int, schools: list[int], parties: list[int]) -> Component:
        """One component, its parties without a choice already at their schools."""
        losses, place = self._losses, {school: k for k, school in enumerate(schools)}
        left, choices = [losses.seats[school] for school in schools], []
        alike: dict[tuple[int, int], Chooser] = {}
        for n in parties:
            this = losses.values.kinds[n], losses.sizes[n]
            if this not in alike:
                core = losses.core(n, self.width)
                alike[this] = Chooser(this[1], tuple((place.get(school, NO_SCHOOL), lost) for school, lost in core))
            choice = alike[this]
            if len(choice.options) == 1:
                left[choice.options[0][0]] -= choice.size
            else:
                choices.append(choice)
        return Component(tuple(schools), gap, choices, tuple(left))


def group_into_components(losses: Losses) -> Grouping:
    """Return the components of the width that is wide enough for their gaps (planning.md section 5)."""
    found = Grouping(losses, 0)
    while found.width < found.needed():
        found = Grouping(losses, found.needed())
    return found
