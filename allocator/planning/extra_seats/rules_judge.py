"""What the procedure's own list becomes with extra seats: an outcome for every way to give them, each computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from allocator.domain import District, Ints
from allocator.eligibility import Instance
from allocator.ground import InputError
from allocator.lottery import hard_cap_faults
from allocator.models.extra_seats.program import SeatsProgram, Vector
from allocator.planning.draws import ADJUSTED_TO, DIVERTED_TO, RULING, WITHOUT, Outcome, Simulator, simulation_outcome
from allocator.planning.whatif import compose
from allocator.procedure import Lots, PublicLots, SimulatedLots, run_all_phases

Extra = tuple[int, ...]
"""Extra seats of each own school, in the order of ``SeatsProgram.market.schools``."""

_REMEMBERED = 200_000_000  # bytes of tickets that are kept


class RememberedLots:
    """Lots that hash each draw once, for all parties, however often it is held.

    Parameters
    ----------
    lots : Lots
        Where they come from; the order of some parties must be that of all parties, restricted to them.
    parties : int
        Number of all parties.
    """

    def __init__(self, lots: Lots, parties: int) -> None:
        self._lots, self._everyone = lots, np.arange(parties, dtype=np.int64)
        self._rank: dict[str, Ints] = {}
        self._most = _REMEMBERED // (8 * max(parties, 1))

    def rank(self, draw_id: str, parties: Ints) -> Ints:
        """Return the rank (0 first) of each of some parties by its ticket in a draw."""
        if draw_id not in self._rank:
            if len(self._rank) >= self._most:
                return self._lots.rank(draw_id, parties)
            self._rank[draw_id] = self._lots.rank(draw_id, self._everyone)
        ranks = np.empty(len(parties), dtype=np.int64)
        ranks[np.argsort(self._rank[draw_id][parties], kind="stable")] = np.arange(len(parties))
        return ranks


class RulesJudge:
    """The procedure as a function of extra seats.

    Parameters
    ----------
    district : District
        With its trial draw.
    program : SeatsProgram
        The same district as the search sees it; gives the order of the schools, and who can be helped at all.
    draws : int
        Simulated draws over which outcomes are summed up; 0: the trial draw alone.
    not_diverted : sequence of int
        Places of the categories of which nobody shall be diverted, for the goal of the fewest seats.

    Raises
    ------
    InputError
        If the model decides the diversion (``divert_assign: least_distance``), or the hard-cap rule of procedure.md
        P6 is broken.
    """

    def __init__(
        self, district: District, program: SeatsProgram, draws: int = 0, not_diverted: Sequence[int] = ()
    ) -> None:
        assert district.draw is not None
        if faults := hard_cap_faults(district):
            raise InputError(faults)
        self.draws = draws
        self.lists = Simulator(compose(district, []))
        instance = self.instance = self.lists.instance
        self.own = np.array([instance.school(name) for name in program.market.schools], dtype=np.int64)
        seed = district.draw.trial_seed or 0
        kept: list[Lots] = [
            SimulatedLots(district.policy, self.lists.place, seed, number) for number in range(1, draws + 1)
        ]
        every = kept or [PublicLots.of(instance, district.draw)]
        remembered = [RememberedLots(lots, instance.parties) for lots in every]
        self.lots: Sequence[Lots] = remembered if len(every) == 1 else every
        self.categories = program.categories
        kinds = program.market.type_of
        self.hopeless = np.append(program.hopeless, True)[kinds]
        ranks = np.array(not_diverted, dtype=np.int64)
        self.protected = np.isin(self.instance.category, ranks) & np.append(program.divertible, False)[kinds]
        self._known: dict[Extra, tuple[Vector, int]] = {}

    def with_seats(self, extra: Sequence[int]) -> Instance:
        """Return the instance with some extra seats; a hard cap moves along with the plan."""
        more = np.zeros(len(self.instance.plan), dtype=np.int64)
        more[self.own] = extra
        return replace(self.instance, plan=self.instance.plan + more, cap=self.instance.cap + more)

    def outcomes(self, extra: Extra) -> list[Outcome]:
        """Return the outcome of every draw with some extra seats."""
        instance = self.with_seats(extra)
        return [simulation_outcome(run_all_phases(instance, lots)) for lots in self.lots]

    def vector(self, extra: Extra) -> Vector:
        """Return the outcome with some extra seats, summed up over the draws."""
        return self._look(extra)[0]

    def misses(self, extra: Extra) -> int:
        """Return the children of all draws for whom the goal of the fewest seats is missed."""
        return self._look(extra)[1]

    def _look(self, extra: Extra) -> tuple[Vector, int]:
        """Outcome and misses, computed once."""
        if extra not in self._known:
            outcomes = self.outcomes(extra)
            vectors = [self.vector_of(outcome) for outcome in outcomes]
            missed = sum(int(self.instance.size[self.unmet(outcome)].sum()) for outcome in outcomes)
            self._known[extra] = tuple(map(sum, zip(*vectors, strict=True))), missed
        return self._known[extra]

    @property
    def computed(self) -> int:
        """Ways to give extra seats whose outcome is known."""
        return len(self._known)

    def vector_of(self, outcome: Outcome) -> Vector:
        """Return children without a seat by category, children diverted or adjusted, and metres of a list."""
        size, standing = self.instance.size, outcome.standing
        lost = (standing == RULING) | (standing == WITHOUT)
        without = np.bincount(self.instance.category[lost], size[lost], self.categories).astype(np.int64)
        away = (standing == DIVERTED_TO) | (standing == ADJUSTED_TO)
        metres = self.lists.metres(outcome)
        known = metres >= 0
        return (*without.tolist(), int(size[away].sum()), int(metres[known] @ size[known]))

    def unmet(self, outcome: Outcome) -> Ints:
        """Return the parties for whom a list misses the goal.

        Those are parties without a seat whom a school could have, and parties of the categories ``not_diverted`` that
        are diverted though they could be seated otherwise.
        """
        standing = outcome.standing
        lost = ((standing == RULING) | (standing == WITHOUT)) & ~self.hopeless
        away = self.protected & ((standing == DIVERTED_TO) | (standing == ADJUSTED_TO))
        found: Ints = np.flatnonzero(lost | away)
        return found

    def enough(self, goal: SeatsProgram, open_schools: Sequence[int], step: int, start: Sequence[int]) -> Extra | None:
        """Return extra seats under which no draw misses the goal: more and more where somebody misses it.

        Parameters
        ----------
        goal : SeatsProgram
            Its ways are those that the goal allows.
        open_schools : sequence of int
            Places of the schools that may get seats.
        step : int
            Seats of one unit.
        start : sequence of int
            Extra seats to begin with.

        Returns
        -------
        Extra or None
            None where more seats at these schools do not help.
        """
        extra = np.array(start, dtype=np.int64)
        most = len(extra) * (int(self.instance.size.sum()) + step)
        turn = 0
        while int(extra.sum()) <= most:
            need = np.zeros(len(extra), dtype=np.int64)
            for outcome in self.outcomes(tuple(extra.tolist())):
                here = np.zeros(len(extra), dtype=np.int64)
                for party in self.unmet(outcome).tolist():
                    schools = self._helping(goal, open_schools, party)
                    if not schools:
                        return None
                    here[schools[turn % len(schools)]] += self.instance.size[party]
                need = np.maximum(need, here)
            if not need.any():
                return tuple(extra.tolist())
            extra += -(-need // step) * step
            turn += 1
        return None

    def _helping(self, goal: SeatsProgram, open_schools: Sequence[int], party: int) -> list[int]:
        """Schools where a seat may help a party, its home school first; a round's own seats are not what is added."""
        ways = np.flatnonzero(goal.owner == goal.market.type_of[party])
        home = self.instance.home[party]
        at_home = [place for place, school in enumerate(self.own.tolist()) if school == home]
        gates = [*at_home, *goal.gate[ways[np.lexsort([goal.gate[ways], goal.diverted[ways]])]].tolist()]
        may = set(goal.gate[ways].tolist()) & set(open_schools)
        return [gate for gate in dict.fromkeys(gates) if gate in may]
