"""Where extra seats help most, and the fewest that are enough (docs/where-to-add-seats.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from allocator.checking.optimum.verdict import Certificate, check_optimum
from allocator.domain import District, Draw, Mask
from allocator.engines import solve
from allocator.ground import DisagreementError, InputError, Progress, silent
from allocator.lottery import hard_cap_faults
from allocator.models.extra_seats.program import (
    SeatsProgram,
    Vector,
    program_of_optimum,
    program_of_rules,
    weightless_for_program,
    without_diversions,
)
from allocator.models.extra_seats.search import SeatsFound, search_best_seats, search_fewest_units
from allocator.models.limit import Limit
from allocator.planning.draws import Lists
from allocator.planning.extra_seats.answer import ExtraSeats, NotEnoughError, district_of_answer, prices_for_answer
from allocator.planning.extra_seats.ranks import Ranks
from allocator.planning.extra_seats.request import Request, refuse_request
from allocator.planning.extra_seats.rules_bound import (
    Branch,
    bound_by_least_units,
    bound_by_least_vector,
    branches_of_bound,
)
from allocator.planning.extra_seats.rules_judge import Extra, RulesJudge
from allocator.planning.extra_seats.rules_search import Room, Searched, search_rules_fewest, search_rules_ways
from allocator.planning.whatif import compose


def search_extra_seats(
    district: District, request: Request, *, limit: Limit | None = None, progress: Progress = silent,
    lists: int | None = None,
) -> ExtraSeats:  # fmt: skip
    """Return where extra seats help most, or the fewest that are enough.

    Parameters
    ----------
    district : District
        The base; a transcript of it is not used.
    request : Request
        What is asked.
    limit : Limit, optional
        Ends the search with the best found; its clock starts with the search.
    progress : callable
        Told what begins.
    lists : int, optional
        Lists of the rules that may be computed to try every way to give the fewest, where fewer than usual.

    Raises
    ------
    InputError
        If the request does not fit the district (all faults at once), no number of seats is enough, under ``by`` rules
        the model decides the diversion, or the hard-cap rule of procedure.md P6 is broken.
    DisagreementError
        If an independent evaluation of the answer finds something else.
    """
    refuse_request(request, district)
    base = replace(district, draw=Draw(trial_seed=request.trial_seed))
    if faults := hard_cap_faults(base):
        raise InputError(faults)
    limit = Limit() if limit is None else limit
    limit.begin()
    if request.by == "ranks":
        ranks = Ranks(base, request, limit, progress)
        return _confirmed(ranks.best(), ranks.confirm, progress)
    made = (_Optimum if request.by == "optimum" else _Rules)(base, request, limit, progress)
    made.lists = lists
    return _confirmed(made.fewest() if request.fewest else made.best(), made.confirm, progress)


def _confirmed(found: ExtraSeats, confirm: Callable[[ExtraSeats], None], progress: Progress) -> ExtraSeats:
    """An answer after its independent evaluation."""
    progress("progress.confirming")
    confirm(found)
    return found


class _Search:
    """What both ways to search share."""

    program: SeatsProgram
    lists: int | None = None

    def __init__(self, district: District, request: Request, limit: Limit, progress: Progress) -> None:
        self.district, self.request, self.limit, self.progress = district, request, limit, progress
        self.schools = self.program.market.schools
        allowed = set(request.where) or set(self.schools)
        self.where: Mask = np.array([name in allowed for name in self.schools], dtype=bool)
        ranks = district.policy.rank
        self.protected = [ranks[name] for name in request.not_diverted]
        self.goal = without_diversions(self.program, self.protected)

    def best_flow(self, program: SeatsProgram, units: int) -> SeatsFound:
        """The best list of a program with so many units."""
        return search_best_seats(program, self.where, units, self.request.step, self.limit, self.progress)

    def lost(self, program: SeatsProgram) -> int:
        """Children whom no school may take."""
        return int((program.size * program.count)[program.hopeless].sum())

    def fewest_flow(self) -> tuple[int, SeatsFound | None]:
        """The fewest units that are enough for some list, and that list (None where time ended the search)."""
        self.progress("progress.seats_bound")
        units = search_fewest_units(self.goal, self.where, self.request.step, self.limit)
        if units is None:
            if self.limit.over:
                return 0, None
            raise NotEnoughError([self.request.fault("capacity.not_enough", "--fewest")])
        while True:
            found = self.best_flow(self.goal, units)
            if sum(found.vector[:-2]) == self.lost(self.goal):
                return units, found
            if sum(found.bound[:-2]) <= self.lost(self.goal):
                return units, None  # ended early: with bundles whole it may or may not be enough
            units += 1

    def answer(
        self, extra: Sequence[int], vectors: tuple[Vector, Vector, Vector], *, proven: bool, bound_units: int = 0,
        tried: int = 0, exhausted: bool = False, placed: Mapping[str, str] | None = None,
    ) -> ExtraSeats:  # fmt: skip
        """Put an answer together; the vectors are those before and after, and the bound."""
        size, rank = self.program.size * self.program.count, self.program.rank
        cornered = np.isin(rank, np.array(self.protected, dtype=np.int64)) & ~self.program.divertible
        return ExtraSeats(
            self.district, self.request, dict(zip(self.schools, map(int, extra), strict=True)), *vectors,
            units=int(sum(extra)) // self.request.step, bound_units=bound_units, proven=proven, tried=tried,
            exhausted=exhausted, hopeless=self.lost(self.program),
            beyond=int(size[cornered & ~self.program.hopeless].sum()), prices=prices_for_answer(self.district),
            placed=placed or {},
        )  # fmt: skip


class _Optimum(_Search):
    """The best list at all: what the planning optimum would do with the seats."""

    def __init__(self, district: District, request: Request, limit: Limit, progress: Progress) -> None:
        progress("progress.market")
        self.program = program_of_optimum(district)
        super().__init__(district, request, limit, progress)

    def best(self) -> ExtraSeats:
        """The best way to give the seats."""
        self.progress("progress.seats_flow")
        before = self.best_flow(self.program, 0)
        found = self.best_flow(self.program, self.request.units)
        if before.vector < found.vector:  # ended early
            found = replace(before, bound=found.bound)
        return self._answer(self.program, before, found)

    def fewest(self) -> ExtraSeats:
        """The fewest units that are enough."""
        units, found = self.fewest_flow()
        before = self.best_flow(self.program, 0)
        if found is None:
            raise NotEnoughError([self.request.fault("capacity.no_time", "--time-limit")])
        return self._answer(self.goal, before, found, units)

    def _answer(
        self, program: SeatsProgram, before: SeatsFound, found: SeatsFound, bound_units: int = 0
    ) -> ExtraSeats:
        vectors = before.vector, found.vector, found.bound
        placed = children_placed_by_search(program, found)
        return self.answer(
            found.extra.tolist(), vectors, proven=found.proven, bound_units=bound_units, placed=placed
        )

    def confirm(self, found: ExtraSeats) -> None:
        """Let the checker judge the list in the district with its new seats."""
        district = weightless_for_program(district_of_answer(found))
        prices = dict.fromkeys(self.schools, 0)
        verdict = check_optimum(district, found.placed, Certificate("bound", False, prices, ()))
        details = tuple(" ".join((v.code, v.applicant_id, v.school_id)).strip() for v in verdict.violations)
        if details:
            raise DisagreementError("agree.checker", {"count": str(len(details))}, details)


class _Rules(_Search):
    """The best that the policy's own rules can make of the seats."""

    def __init__(self, district: District, request: Request, limit: Limit, progress: Progress) -> None:
        progress("progress.market")
        self.program = program_of_rules(district)
        super().__init__(district, request, limit, progress)
        self.judge = RulesJudge(district, self.program, request.draws, self.protected)
        self.open = tuple(np.flatnonzero(self.where & self.program.reached).tolist())
        self.nothing: Extra = (0,) * len(self.schools)

    def room(self, units: int) -> Room:
        """What the search may do with so many units."""
        return Room(len(self.schools), self.open, self.request.step, units)

    def best(self) -> ExtraSeats:
        """The best way found, with the bound of a flow."""
        self.progress("progress.seats_bound")
        relaxed = self.best_flow(self.program, self.request.units)
        wish = self.best_flow(program_of_optimum(self.district), self.request.units)
        starts = [tuple(way.extra.tolist()) for way in (relaxed, wish)]
        room = self.room(self.request.units)
        bound = self._bound(relaxed.bound, few=room.few(self.request.draws))
        self.progress("progress.seats_rules")
        found = search_rules_ways(room, self.judge.vector, self.request.draws, starts, self.limit, self.progress)
        after = self.judge.vector(found.extra)
        bound = after if found.exhausted else bound
        return self._answer(found, after, bound, proven=after == bound)

    def fewest(self) -> ExtraSeats:
        """The fewest units found that are enough in every draw, with the bound of a flow or of having tried all."""
        units, flow = self.fewest_flow()
        wish = flow.extra.tolist() if flow else self.nothing
        start = self.judge.enough(self.goal, self.open, self.request.step, wish)
        if start is None:
            raise NotEnoughError([self.request.fault("capacity.not_enough", "--fewest")])
        known = bound_by_least_units(self._cases(sum(start)), self.protected, self.request.step, self.limit)
        units = max(units, min(known or 0, sum(start) // self.request.step))
        self.progress("progress.seats_rules")
        room = self.room(sum(start) // self.request.step)
        found = search_rules_fewest(room, self.judge, units, start, self.limit, self.progress, self.lists)
        after = self.judge.vector(found.extra)
        return self._answer(found, after, after, proven=found.exhausted, bound_units=found.least)

    def _cases(self, seats: int) -> tuple[Branch, ...]:
        """The possibilities of the early phases; at most half of the time is theirs."""
        half = Limit(None if self.limit.left is None else self.limit.left / 2)
        return branches_of_bound(self.judge, self.where, self.request.step, seats, lambda: self.limit.over or half.over)

    def _bound(self, relaxed: Vector, *, few: bool) -> Vector:
        """The better of two bounds: the flow over all parties, and over those who wait after the early phases.

        Where all ways are about to be tried, the first one will do.
        """
        seats = self.request.units * self.request.step
        known = None if few else bound_by_least_vector(self._cases(seats), seats, self.limit)
        whole = tuple(max(self.request.draws, 1) * part for part in relaxed)
        return whole if known is None else max(whole, known)

    def _answer(
        self, found: Searched, after: Vector, bound: Vector, *, proven: bool, bound_units: int = 0
    ) -> ExtraSeats:
        vectors = self.judge.vector(self.nothing), after, bound
        return self.answer(
            found.extra, vectors, proven=proven, bound_units=bound_units, tried=self.judge.computed,
            exhausted=found.exhausted,
        )  # fmt: skip

    def confirm(self, found: ExtraSeats) -> None:
        """Solve the district with its new seats under the trial seed by both engines and the checker."""
        district = district_of_answer(found)
        rows = solve(district, progress=self.progress).rows
        lists = Lists(compose(district, []))
        vector = self.judge.vector_of(lists.outcome(rows))
        judged = found.after if not self.request.draws else RulesJudge(self.district, self.program).vector(
            tuple(found.extra.values())
        )  # fmt: skip
        if vector != judged:
            raise DisagreementError("agree.checker", {"count": "1"}, (f"{vector} != {judged}",))


def children_placed_by_search(program: SeatsProgram, search_list: SeatsFound) -> dict[str, str]:
    """Return the school of every child in a list of a search, empty without a seat; parties of a type by their ids."""
    market = program.market
    size = program.size[program.owner]
    school = np.repeat(program.school, search_list.placed // size)
    owner = np.repeat(program.owner, search_list.placed // size)
    without = np.repeat(np.arange(program.types), search_list.unplaced // program.size)
    school, owner = np.concatenate([school, np.full(len(without), -1)]), np.concatenate([owner, without])
    names = [*market.schools, ""]
    placed = {market.parties[party].applicant_id: name for party, name in market.leaves.items()}
    at = np.flatnonzero(market.type_of >= 0)
    parties = at[np.argsort(market.type_of[at], kind="stable")]
    for party, where in zip(parties.tolist(), school[np.argsort(owner, kind="stable")].tolist(), strict=True):
        placed[market.parties[party].applicant_id] = names[where]
    for party, children in market.members.items():
        placed |= dict.fromkeys(children, placed[market.parties[party].applicant_id])
    return placed
