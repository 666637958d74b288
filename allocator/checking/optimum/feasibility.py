"""What is wrong with a list of the planning optimum whatever it is worth (planning.md sections 1 to 3)."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from allocator.checking.optimum.values import Values
from allocator.checking.parties import NO_SCHOOL
from allocator.domain import District, Violation


class Feasibility:
    """A list, taken apart.

    Parameters
    ----------
    placed : Mapping[str, str]
        School of every child, empty for no seat.

    Attributes
    ----------
    at : sequence of int
        Own school of each of ``values.parties``, ``NO_SCHOOL`` for no seat; of use only where nothing is violated.
    violations : list of Violation
        Everything that is wrong.
    """

    def __init__(self, district: District, values: Values, placed: Mapping[str, str], seats: Mapping[str, int]) -> None:
        self._values, self._placed, self._clause = values, placed, district.policy.unplaced_clause
        self._children = values.roster.children
        self._known = frozenset(district.schools)
        self.at: Sequence[int] = ()
        self.violations = list(self._unpaired())
        self._gone()
        self._seated()
        self._together()
        self._over(seats)

    def _note(self, code: str, child: str, school: str = "", **params: str) -> None:
        """Report something."""
        self.violations.append(Violation(code, child, school, self._clause, tuple(params.items())))

    def _unpaired(self) -> Iterator[Violation]:
        """Children that are in the roster or in the list alone."""
        roster = [kid.applicant_id for kid in self._children]
        for child in roster:
            if child not in self._placed:
                yield Violation("check.missing_child", child, "", self._clause)
        for child in sorted(set(self._placed).difference(roster)):
            yield Violation("check.unknown_child", child, "", self._clause)

    def _school(self, party: int) -> str:
        """Where a party is: the school of the first of its children that the list has."""
        found = (self._placed.get(self._children[k].applicant_id) for k in self._values.roster.members(party))
        return next((school for school in found if school is not None), "")

    def _gone(self) -> None:
        """Parties of an external home school are there."""
        for i in self._values.leaving:
            home = self._values.roster.home[i]
            for k in self._values.roster.members(i):
                child = self._children[k].applicant_id
                if self._placed.get(child, home) != home:
                    self._note("check.external_home", child, home)

    def _seated(self) -> None:
        """All others have a school within their reach, or none."""
        at, values, positions = array("i"), self._values, {school: n for n, school in enumerate(self._values.own)}
        for i, kind in zip(values.parties, values.kinds, strict=True):
            school = self._school(i)
            position = positions.get(school, NO_SCHOOL)
            at.append(position)
            if school and position not in values.schools[values.starts[kind] : values.starts[kind + 1]]:
                code = "check.out_of_reach" if school in self._known else "check.unknown_school"
                self._note(code, self._children[i].applicant_id, school)
        self.at = at

    def _together(self) -> None:
        """The children of a bundle are at one school; those that leave are judged already."""
        gone = set(self._values.leaving)
        for i, members in self._values.roster.bundles.items():
            lines = [(child, self._placed.get(child)) for child in (self._children[k].applicant_id for k in members)]
            first, school = next((line for line in lines if line[1] is not None), ("", None))
            for child, other in lines if i not in gone else ():
                if other is not None and other != school:
                    self._note("check.bundle_separated", child, other, other=first, other_school=school or "")

    def _over(self, seats: Mapping[str, int]) -> None:
        """No school has more children than seats."""
        taken = Counter(self._placed.values())
        for school in self._values.own:
            if taken[school] > seats[school]:
                numbers = {"children": str(taken[school]), "seats": str(seats[school])}
                self._note("check.seats_exceeded", "", school, **numbers)
