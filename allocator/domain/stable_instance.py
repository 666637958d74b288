"""A market in which students rank schools and schools score students, without names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StableInstance:
    """Seats, lists and scores.

    Attributes
    ----------
    capacity : tuple of int
        Seats of each school.
    lists : tuple of (tuple of int)
        Schools of each student, its best first; each school at most once.
    scores : tuple of (tuple of float)
        Score that each school in the student's list gives the student, higher is better; no two of a school alike.
    """

    capacity: tuple[int, ...]
    lists: tuple[tuple[int, ...], ...]
    scores: tuple[tuple[float, ...], ...]

    def shortened(self, length: int) -> StableInstance:
        """Return the market in which each student lists only so many schools."""
        lists = tuple(one[:length] for one in self.lists)
        return StableInstance(self.capacity, lists, tuple(one[:length] for one in self.scores))
