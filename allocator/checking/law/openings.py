"""Where a party finds room during one diversion or adjustment, with the list's claims so far."""

from __future__ import annotations

from collections.abc import Callable

from allocator.checking.law.seats import Seats


class Openings:
    """Seats of one step, which only become fewer while its parties are taken one by one.

    Parameters
    ----------
    seats : Seats
        Seats as they are when the step begins.
    left : callable
        Seats of a school that this step may fill; asked once per school.
    """

    def __init__(self, seats: Seats, left: Callable[[str], int]) -> None:
        self._seats = seats
        self._left_of = left
        self._left: dict[str, int] = {}
        self._taken: dict[str, int] = {}
        self._next: dict[tuple[int, int, bool], int] = {}
        self._lists: list[tuple[str, ...]] = []

    def left(self, school: str) -> int:
        """Seats left for this step."""
        if school not in self._left:
            self._left[school] = self._left_of(school)
        return self._left[school]

    def at_first(self, school: str) -> int:
        """Seats that were left when the step began."""
        return self.left(school) + self._taken.get(school, 0)

    def take(self, school: str, children: int) -> None:
        """Count children admitted in this step."""
        self._left[school] = self.left(school) - children
        self._taken[school] = self._taken.get(school, 0) + children

    def room(self, school: str, size: int, owed: bool = False) -> bool:
        """Whether a party of so many children would be admitted (procedure.md section 3).

        With ``owed``, seats kept for others are left out of account.
        """
        left = self._seats.free(school, self.left(school), given=False, envies=not owed)
        return self._seats.room(school, left, size, self._taken.get(school, 0))

    def holds(self, school: str, size: int) -> bool:
        """Whether a party that the list admits has room there, intruders left out of account."""
        left = self._seats.free(school, self.left(school), given=True)
        return self._seats.room(school, left, size, self._taken.get(school, 0))

    def first(self, schools: tuple[str, ...], size: int, owed: bool = False) -> str:
        """First school of a shared list with room; empty if there is none.

        A school without room for a size never has room for it again, so each list is gone through once per size.
        """
        key = (id(schools), size, owed)
        if key not in self._next:
            self._lists.append(schools)  # keeps the id from being used again
        place = self._next.get(key, 0)
        while place < len(schools) and not self.room(schools[place], size, owed):
            place += 1
        self._next[key] = place
        return schools[place] if place < len(schools) else ""
