"""Rules of those who take, one after another, the first school with room: diversion and adjustment (P8, P9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allocator.checking.distances import Plane
from allocator.checking.law.case import HOME, Case, Step
from allocator.checking.law.least_distance import judge_least_distance
from allocator.checking.law.turns import Openings, Turns
from allocator.domain import STATUSES, AdjustmentPhase, BatchPhase


def judge_serial_diversion(case: Case, step: Step) -> None:
    """The diverted of one batch, Zone-wide: first those passed over at a cut, then by ticket (P8 step 2)."""
    assert isinstance(step.phase, BatchPhase)
    phase, draw = step.phase, f"{step.phase.divert_draw}-{step.category}"
    by_home = case.roster.verified.get(step.category, {})
    diverted = [i for home, parties in by_home.items() if home for i in case.claims.present(parties, step.position)]
    left = _left(case, step)
    if case.district.policy.switches.divert_assign == "least_distance":
        judge_least_distance(case, step, sorted(diverted, key=lambda i: case.ticket(draw, i)), left)
        return
    ordered = sorted(diverted, key=lambda i: (i not in case.passed_over, case.ticket(draw, i)))
    openings = Openings(case.seats, left)
    Turns(case, step, ordered, openings, _Diversion(case, phase, openings)).judge()


def _left(case: Case, step: Step) -> Callable[[str], int]:
    """Seats that a diversion may fill at a school (switch ``protect_local_demand``)."""
    if case.district.policy.switches.protect_local_demand == "none":
        return case.seats.left
    home_step = next(s for s in case.steps if s.kind == HOME and s.name == step.name)
    later = [s.category for s in case.steps if s.kind == HOME and s.position > home_step.position]

    def _left(school: str) -> int:
        locals_ = (case.roster.verified.get(category, {}).get(school, []) for category in later)
        kept = sum(case.roster.sizes(case.claims.present(parties, step.position)) for parties in locals_)
        return max(0, case.seats.left(school) - kept)

    return _left


class _Diversion:
    """The family's own order restricted to the receiving list, then the list in the policy's order."""

    def __init__(self, case: Case, phase: BatchPhase, openings: Openings) -> None:
        self._register, self._phase, self._openings = case.roster, phase, openings

    def first(self, party: int, owed: bool = False) -> str:
        """First school of the party's order with room."""
        listed, size = self._register.receiving(self._phase, party), self._register.size(party)
        for school in self._register.children[party].preferred_diversion:
            if school in listed and self._openings.room(school, size, owed):
                return school
        return self._openings.first(listed, size, owed)

    def allows(self, party: int, school: str) -> bool:
        """Whether the school may receive the party."""
        return school in self._register.receiving(self._phase, party)


def judge_serial_adjustment(case: Case, step: Step) -> None:
    """Everyone still without a seat: by status, category, ticket (P9)."""
    assert isinstance(step.phase, AdjustmentPhase)
    draw, roster = step.phase.draw, case.roster
    status = {name: n for n, name in enumerate(STATUSES)}

    def _key(i: int) -> tuple[int, int, tuple[bytes, str]]:
        kid = roster.children[i]
        return status[kid.status], roster.rank[kid.category], case.ticket(draw, i)

    ordered = sorted(case.claims.present(roster.parties, step.position), key=_key)
    openings = Openings(case.seats, case.seats.left)
    by_distance = case.district.policy.switches.adjust_by == "distance"
    way = _Nearest if by_distance else _Listed
    Turns(case, step, ordered, openings, way(case, step.phase.schools, openings, ordered)).judge()


class _Listed:
    """The adjustment list in the policy's order."""

    def __init__(self, case: Case, schools: tuple[str, ...], openings: Openings, ordered: Sequence[int]) -> None:
        self._register, self._schools, self._openings = case.roster, schools, openings
        self._named = frozenset(schools)

    def first(self, party: int, owed: bool = False) -> str:
        """First school of the list with room."""
        return self._openings.first(self._schools, self._register.size(party), owed)

    def allows(self, party: int, school: str) -> bool:
        """Whether the school is on the list."""
        return school in self._named


class _Nearest(_Listed):
    """The nearest school, ties by id, then schools without a place as listed; the list for homes without a place."""

    def __init__(self, case: Case, schools: tuple[str, ...], openings: Openings, ordered: Sequence[int]) -> None:
        super().__init__(case, schools, openings, ordered)
        kids = [case.roster.children[i] for i in ordered]
        near = [case.district.schools[s] for s in schools if case.district.schools[s].x]
        self._plane = Plane([*near, *(kid for kid in kids if kid.x)])
        points = {s.school_id: self._plane.point(s) for s in near}
        self._near = [(x * x + y * y, 2 * x, 2 * y, school) for school, (x, y) in points.items()]
        self._with_room: dict[tuple[int, bool], list[tuple[int, int, int, str]]] = {}
        self._far = tuple(s for s in schools if not case.district.schools[s].x)

    def first(self, party: int, owed: bool = False) -> str:
        """Nearest school with room; one without room for a size never has room for it again, so it is forgotten.

        With squares written out, the part that is the same for all schools is left out: the order stays, ids too.
        """
        kid, size = self._register.children[party], self._register.size(party)
        if not kid.x:
            return super().first(party, owed)
        near = self._with_room.setdefault((size, owed), list(self._near))
        x, y = self._plane.point(kid)
        while near:
            nearest = min([(square - x * twice_x - y * twice_y, s) for square, twice_x, twice_y, s in near])[1]
            if self._openings.room(nearest, size, owed):
                return nearest
            near[:] = [school for school in near if school[3] != nearest]
        return self._openings.first(self._far, size, owed)
