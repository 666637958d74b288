"""Extra seats as a program of cutoffs, whose linear relaxation is strong (docs/capacity.md).

Students are held no worse than without extra seats, so only those matter who would rather be elsewhere: the candidates
of each school's chain. A variable for each candidate says whether the school's cutoff lets it in; along a chain they
fall. A student whom a school lets in has it or a better one, so that whole cutoffs leave no justified envy; the best
matching without justified envy is the student-optimal stable one (Baïou & Balinski 2004).

What makes the relaxation strong are combs, the facets of stable matchings with fixed seats (Baïou & Balinski 2000),
here with each extra seat as one more student who leaves: where a candidate is not let in, as many have come in before
it as have left.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from allocator.models.extra_seats.vacancies import Candidate, Vacancies
from allocator.models.solver import LinearRow, Terms

_INFINITE = float("inf")
_NOTHING = 1e-9
_VIOLATED = 1e-2  # combs that are violated by less are not worth a row


@dataclass(slots=True)
class _Chain:
    """A full school in one draw.

    Attributes
    ----------
    admitted, better : list of (list of int)
        For each candidate, variables that say whether it holds this school, and whether a better one.
    leaving : list of (list of int)
        For each student held there without extra seats, variables that say whether it leaves.
    seats : list of int
        Extra seats.
    cut_short : bool
        Whether a candidate stands behind the end who never gets in.
    """

    admitted: list[int] = field(default_factory=list)
    better: list[list[int]] = field(default_factory=list)
    leaving: list[list[int]] = field(default_factory=list)
    seats: list[int] = field(default_factory=list)
    cut_short: bool = False

    @property
    def leavers(self) -> list[list[int]]:
        """All that makes room, an extra seat like a student who leaves."""
        return [*self.leaving, *([seat] for seat in self.seats)]


class Cutoffs:
    """The program: maximise what students gain in places, over variables from 0 to 1.

    Parameters
    ----------
    draws : sequence of Vacancies
        All with the same schools.
    extra : int
        Extra seats, all of which help: not everybody can have the first choice.

    Attributes
    ----------
    gain : list of int
        What each variable adds to the objective.
    whole : list of bool
        Which variables must be whole; the others then are, or can be made so.
    rows : list of LinearRow
        All constraints but the combs.
    """

    def __init__(self, draws: Sequence[Vacancies], extra: int) -> None:
        self.gain: list[int] = []
        self.whole: list[bool] = []
        self.rows: list[LinearRow] = []
        self._schools = range(len(draws[0].full))
        # More seats than candidates in any draw would leave one empty that helps elsewhere.
        most = [max(len(draw.chains[c]) for draw in draws) for c in self._schools]
        self._seats = [[self._variable(0, whole=False) for _ in range(min(extra, count))] for count in most]
        for seats in self._seats:  # in order: else combs would have to say the same of every choice among them
            self._falling(seats)
        self._draws = [self._added(draw) for draw in draws]
        every = {seat: 1 for seats in self._seats for seat in seats}
        self.rows.append((every, extra, extra))

    def _variable(self, gain: int, *, whole: bool) -> int:
        """Add a variable."""
        self.gain.append(gain)
        self.whole.append(whole)
        return len(self.gain) - 1

    def _falling(self, variables: Sequence[int]) -> None:
        """Demand that each variable is at least the next."""
        for one, after in pairwise(variables):
            self.rows.append(({one: 1, after: -1}, 0, _INFINITE))

    def _added(self, draw: Vacancies) -> dict[int, _Chain]:
        """Add variables and rows of a draw; its schools that somebody wants or leaves."""
        chains = {c: _Chain(cut_short=draw.cut_short[c]) for c in self._schools if draw.full[c]}
        admitted, better = self._students(draw)
        for school, chain in chains.items():
            chain.admitted = [admitted[one] for one in draw.chains[school]]
            chain.better = [better[one] for one in draw.chains[school]]
            chain.seats = self._seats[school]
        for student, options in self._options(draw).items():
            if draw.base[student] < draw.none:
                home = draw.lists[student][draw.base[student]]
                if home in chains:
                    chains[home].leaving.append([admitted[one] for one in options])
        self.rows += [_comes_in(chain) for chain in chains.values() if chain.admitted]
        return chains

    def _options(self, draw: Vacancies) -> dict[int, list[Candidate]]:
        """Where each student may rise to, best first."""
        options: dict[int, list[Candidate]] = {}
        for chain in draw.chains:
            for student, j in chain:
                options.setdefault(student, []).append((student, j))
        return {student: sorted(options[student]) for student in sorted(options)}

    def _students(self, draw: Vacancies) -> tuple[dict[Candidate, int], dict[Candidate, list[int]]]:
        """Variables that say what each candidate holds, and those of better schools; with the rows on cutoffs."""
        let_in: dict[Candidate, int] = {}
        for chain in draw.chains:
            for one in chain:
                let_in[one] = self._variable(0, whole=True)
            self._falling([let_in[one] for one in chain])
        admitted: dict[Candidate, int] = {}
        better: dict[Candidate, list[int]] = {}
        for student, options in self._options(draw).items():
            above: list[int] = []
            for one in options:
                better[one] = list(above)
                # The best option is had whenever it is let in; of another that holds only where no better one is had.
                admitted[one] = let_in[one] if not above else self._rest(let_in[one], above)
                self.gain[admitted[one]] = draw.base[student] - one[1]
                above.append(admitted[one])
        return admitted, better

    def _rest(self, let_in: int, above: Sequence[int]) -> int:
        """Add the variable of an option that is had if its school lets the student in and none above does."""
        admitted = self._variable(0, whole=False)
        had = dict.fromkeys([*above, admitted], 1)
        self.rows.append(({admitted: 1, let_in: -1}, -_INFINITE, 0))
        self.rows.append((had | {let_in: -1}, 0, _INFINITE))
        self.rows.append((had, -_INFINITE, 1))
        return admitted

    def seats_of(self, values: Sequence[float]) -> list[int]:
        """Return the extra seats that a solution with whole cutoffs needs at each school."""
        return [max((_needed(chains, c, values) for chains in self._draws), default=0) for c in self._schools]

    def shares_of(self, values: Sequence[float]) -> list[float]:
        """Return the extra seats of each school in a solution of the relaxation."""
        return [sum(values[seat] for seat in seats) for seats in self._seats]

    def combs(self, values: Sequence[float]) -> Iterator[LinearRow]:
        """Yield the most violated comb of each school in each draw."""
        for chains in self._draws:
            for chain in chains.values():
                if chain.admitted:
                    yield from _comb(chain, values)


def _comes_in(chain: _Chain) -> LinearRow:
    """Nobody comes in but for a seat that somebody leaves, or an extra one."""
    terms = dict.fromkeys(chain.admitted, 1)
    for leaves in chain.leavers:
        _add(terms, dict.fromkeys(leaves, -1))
    return terms, -_INFINITE, 0


def _add(terms: Terms, more: Mapping[int, int]) -> None:
    """Add weights to a sum."""
    for variable, weight in more.items():
        terms[variable] = terms.get(variable, 0) + weight


def _needed(chains: Mapping[int, _Chain], school: int, values: Sequence[float]) -> int:
    """Extra seats of a school in one draw: who comes in, less who leaves."""
    if school not in chains:
        return 0
    chain = chains[school]
    come = round(sum(values[variable] for variable in chain.admitted))
    gone = round(sum(values[variable] for leaves in chain.leaving for variable in leaves))
    return max(0, come - gone)


def _comb(chain: _Chain, values: Sequence[float]) -> Iterator[LinearRow]:
    """The most violated comb of a school.

    Take some who leave, a candidate, and fewer teeth than leavers among the candidates before it. If it is not let in,
    as many have come in before it as have left. If it is, so are all before it, and it and the teeth are here or
    somewhere better. So: leavers <= come in before it + teeth that are somewhere better + it, here or better.
    """
    leaving = sorted(((sum(values[v] for v in leaves), i) for i, leaves in enumerate(chain.leavers)), reverse=True)
    leaving = [one for one in leaving if one[0] > _NOTHING]
    teeth: list[tuple[float, int]] = []
    come = 0.0
    found: tuple[float, int, int, list[int]] = (_VIOLATED, -1, 0, [])
    for at, (admitted, better) in enumerate(zip(chain.admitted, chain.better, strict=True)):
        away = sum(values[v] for v in better)
        excess, count = _excess(leaving, teeth)
        excess -= come + away + values[admitted]
        if excess > found[0]:
            found = (excess, at, count, [i for _, i in teeth[: count - 1]])
        come += values[admitted]
        insort(teeth, (away, at))
    if chain.cut_short and (excess := sum(share for share, _ in leaving) - come) > found[0]:
        found = (excess, len(chain.admitted), len(leaving), [])
    if found[1] >= 0:
        yield _row(chain, [i for _, i in leaving[: found[2]]], found[1], found[3])


def _excess(leaving: Sequence[tuple[float, int]], teeth: Sequence[tuple[float, int]]) -> tuple[float, int]:
    """The most by which leavers exceed their teeth, one tooth fewer than leavers; and how many leavers that takes."""
    if not leaving:
        return 0.0, 0
    excess, count = leaving[0][0], 1
    for (share, _), (away, _) in zip(leaving[1:], teeth, strict=False):
        if share - away <= _NOTHING:
            break
        excess += share - away
        count += 1
    return excess, count


def _row(chain: _Chain, leavers: Sequence[int], at: int, teeth: Sequence[int]) -> LinearRow:
    """The comb of some leavers, the candidate at a place (or the end), and teeth before it."""
    terms = dict.fromkeys(chain.admitted[: at + 1], 1)
    for tooth in [*teeth, *([at] if at < len(chain.admitted) else [])]:
        _add(terms, dict.fromkeys(chain.better[tooth], 1))
    every = chain.leavers
    for leaver in leavers:
        _add(terms, dict.fromkeys(every[leaver], -1))
    return {variable: weight for variable, weight in terms.items() if weight}, 0, _INFINITE
