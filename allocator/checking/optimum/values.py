"""What every party may get in the planning optimum, and what it is worth there (planning.md sections 1 to 3)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, MutableSequence, Sequence
from itertools import pairwise
from operator import attrgetter, sub

from allocator.checking.distances import Plane, Point
from allocator.checking.optimum.reach import COLUMNS, Reach, reach_of
from allocator.checking.optimum.vicinity import Vicinity
from allocator.checking.parties import NO_SCHOOL, Roster
from allocator.domain import AdjustmentPhase, Applicant, District, ExportPhase, Planning, School

Leader = tuple[int, int, int | None]
"""The most that one child can get above a price (at least 0: no seat), where, and how much less anywhere else.

The first of them is the number *u* of planning.md section 4; the last is None where there is nothing else.
"""

LARGEST = 2**63 - 1
"""Largest number of a compact column."""


class Values:
    """Options of all parties that take part. Parties of one reach and one home share them: they are of one kind.

    Attributes
    ----------
    roster : Roster
        The roster.
    own : tuple of str
        Ids of the own schools in code-point order; a school goes by its position here.
    leaving : tuple of int
        Parties that leave for an external school before anything else, and have no options.
    parties : sequence of int
        All other parties, as in ``roster``.
    kinds : sequence of int
        Kind of each of ``parties``.
    starts, schools, values : sequence of int
        The options of kind *k* are those from ``starts[k]`` to ``starts[k + 1]``: school, and value for one child.
    """

    def __init__(self, district: District) -> None:
        planning = district.policy.planning
        if planning is None:
            raise ValueError("Expected a policy with weights of a planning optimum.")
        self.roster = Roster(district)
        self.own = tuple(sorted(s.school_id for s in district.schools.values() if not s.external))
        self.leaving = _leaving(district, self.roster)
        gone = set(self.leaving)
        self.parties: Sequence[int] = array("i", (i for i in self.roster.parties if i not in gone))
        map_ = _Map(district, planning, self.own)
        self.kinds: MutableSequence[int] = array("i")
        self.starts: MutableSequence[int] = array("q", [0])
        self.schools: MutableSequence[int] = array("i")
        self.values: MutableSequence[int] = array("q") if map_.largest <= LARGEST else []
        self._fill(planning, map_)

    def _fill(self, planning: Planning, map_: _Map) -> None:
        """Options of every kind, once."""
        positions = {school: n for n, school in enumerate(self.own)}
        columns = attrgetter(*COLUMNS)
        reaches: dict[tuple[object, ...], tuple[int, Reach]] = {}
        kinds: dict[tuple[int, str, str], int] = {}
        for i in self.parties:
            kid = self.roster.children[i]
            key = columns(kid)
            if key not in reaches:
                reaches[key] = len(reaches), reach_of(self.roster, planning, positions, i)
            number, reach = reaches[key]
            kind = kinds.setdefault((number, kid.x, kid.y), len(kinds))
            if kind == len(self.starts) - 1:
                schools = map_.schools(reach, kid)
                self.schools.extend(schools)
                self.values.extend(map_.values(reach, schools, kid))
                self.starts.append(len(self.schools))
            self.kinds.append(kind)

    def options(self, kind: int) -> list[tuple[int, int]]:
        """School and value for one child, of every option of a kind but no seat; schools ascending."""
        here = slice(self.starts[kind], self.starts[kind + 1])
        return list(zip(self.schools[here], self.values[here], strict=True))

    def leaders(self, prices: Sequence[int]) -> Iterator[Leader]:
        """Of every kind what one child likes best at these prices."""
        price = prices.__getitem__
        for first, end in pairwise(self.starts):
            schools = self.schools[first:end]
            net = [*map(sub, self.values[first:end], map(price, schools)), 0]
            best = max(net)
            place = net.index(best)
            del net[place]
            yield best, schools[place] if place < len(schools) else NO_SCHOOL, best - max(net) if net else None


class _Map:
    """Where homes and schools lie, which schools of a list are nearest to a home, and how far they are."""

    def __init__(self, district: District, planning: Planning, own: Sequence[str]) -> None:
        self._planning = planning
        schools = [district.schools[name] for name in own]
        self._plane = Plane(place for group in (schools, district.applicants) for place in group if place.x)
        self._points = [self._point(school) for school in schools]
        self._lists = {
            phase.phase_id: [own.index(s) for s in phase.schools if s in own]
            for phase in district.policy.phases
            if isinstance(phase, AdjustmentPhase) and len(phase.schools) > planning.nearest
        }
        self._near = {name: self._vicinity(listed) for name, listed in self._lists.items()}

    def _point(self, place: Applicant | School) -> Point | None:
        """Place in the plane; None where there is none."""
        return self._plane.point(place) if place.x else None

    def _vicinity(self, listed: Sequence[int]) -> Vicinity:
        """Nearest schools of a list."""
        places = [(*point, s) for s in listed if (point := self._points[s]) is not None]
        others = [s for s in listed if self._points[s] is None]
        return Vicinity(places, others, self._planning.nearest, self._plane.extent())

    @property
    def largest(self) -> int:
        """No value exceeds this, whatever its sign."""
        this = self._planning
        relations = abs(this.home) + abs(this.chosen) + abs(this.diverted)
        least, most = self._plane.extent()
        farthest = self._plane.metres((least, least), (most, most))
        return max(map(abs, this.category.values()), default=0) + relations + abs(this.metre) * farthest

    def schools(self, reach: Reach, kid: Applicant) -> Sequence[int]:
        """Schools within the reach of a party, ascending."""
        if not reach.lists:
            return reach.fixed
        found, home = set(reach.fixed), self._point(kid)
        for name in reach.lists:
            found.update(
                self._lists[name][: self._planning.nearest] if home is None else self._near[name].schools(home)
            )
        return sorted(found - reach.closed)

    def values(self, reach: Reach, schools: Sequence[int], kid: Applicant) -> list[int]:
        """Value of each of these schools for one child of the party."""
        weights, usual, metre = reach.weights, reach.usual, self._planning.metre
        worth = [weights.get(s, usual) for s in schools]
        if not metre:
            return worth
        home = self._point(kid)
        return [w - metre * self._metres(home, self._points[s]) for w, s in zip(worth, schools, strict=True)]

    def _metres(self, home: Point | None, school: Point | None) -> int:
        """Distance in whole metres."""
        if home is None or school is None:
            raise ValueError("Expected coordinates of homes and schools, as a metre has a weight.")
        return self._plane.metres(home, school)


def _leaving(district: District, roster: Roster) -> tuple[int, ...]:
    """Parties whose home school is external, where the policy has an export phase."""
    if not any(isinstance(phase, ExportPhase) for phase in district.policy.phases):
        return ()
    external = {s.school_id for s in district.schools.values() if s.external}
    return tuple(i for i in roster.parties if roster.home[i] in external)


def seats_for_values(district: District, use_hard_cap: bool) -> Mapping[str, int]:
    """Return the seats of every own school: its plan, or its hard cap."""
    return {s.school_id: s.most if use_hard_cap else s.plan for s in district.schools.values() if not s.external}
