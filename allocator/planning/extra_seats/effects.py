"""What extra seats at one school do, by the price of the optimum and by computing the list anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from allocator.domain import District, Draw
from allocator.ground import Fault, InputError, Progress, silent
from allocator.models.extra_seats.program import program_of_rules
from allocator.planning.draws import ADJUSTED_TO, DIVERTED_TO, RULING, SEATED, WITHOUT, Mean, Outcome, mean_of
from allocator.planning.extra_seats.chains import NO_SEAT, Chain, Move, chains_of, moves_between
from allocator.planning.extra_seats.rules_judge import RulesJudge
from allocator.planning.optimum import solve_and_check_optimum

EFFECTS = ("placed", "avoided", "metres", "moved")
"""Children newly placed, diversions avoided, metres saved, children whose school changes."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What some extra seats at one school do.

    Attributes
    ----------
    school : str
        Its id.
    added : int
        Extra seats; the hard cap moves along.
    means : Mapping of str to Mean
        ``EFFECTS`` by name: of the trial draw, or means over paired simulated draws.
    """

    school: str
    added: int
    means: Mapping[str, Mean]


@dataclass(frozen=True, slots=True)
class SeatEffects:
    """Effects at every own school.

    Attributes
    ----------
    district : District
        The base with its trial draw.
    trial_seed, draws : int
        Seed of the trial and of the simulation; simulated draws, 0 for the trial alone.
    effects : tuple of Effect
        In order of the schools' ids, fewer seats first.
    prices : Mapping of str to int
        Seat prices of the planning optimum by school; empty where there are none.
    no_prices : tuple of Fault
        Why there are none.
    example : Effect or None
        The school at which one more seat does most under the trial draw; None where it does nothing anywhere.
    chains : tuple of Chain
        Who moves because of that seat.
    """

    district: District
    trial_seed: int
    draws: int
    effects: tuple[Effect, ...]
    prices: Mapping[str, int]
    no_prices: tuple[Fault, ...]
    example: Effect | None
    chains: tuple[Chain, ...]


def seat_effects(
    district: District, *, class_size: int = 45, trial_seed: int = 1, draws: int = 0, progress: Progress = silent
) -> SeatEffects:
    """Return what one, ten and a class of extra seats do at every own school, each list computed anew.

    Parameters
    ----------
    district : District
        The base; a transcript of it is not used.
    class_size : int
        Seats of a class.
    trial_seed : int
        Seed of the trial draw and of the simulation.
    draws : int
        Simulated draws, in each of which the lists with and without the seats share their tickets.
    progress : callable
        Told what begins.

    Raises
    ------
    InputError
        If the model decides the diversion, or the hard-cap rule of procedure.md P6 is broken.
    """
    base = replace(district, draw=Draw(trial_seed=trial_seed))
    prices, reasons = _prices(base, progress)
    trial = Effects(base)
    progress("progress.effects")
    single = {school: trial.of(school, 1) for school in trial.schools}
    measured = Effects(base, draws) if draws else trial
    effects = []
    for school in measured.schools:
        progress(school)
        known = {1: single[school]} if measured is trial else {}
        effects += [known.get(added) or measured.of(school, added) for added in sorted({1, 10, class_size})]
    moving = [effect for effect in single.values() if effect.means["moved"].mean]
    example = max(moving, key=_worth, default=None)
    chains = chains_of(trial.moves(example.school, example.added)) if example else ()
    return SeatEffects(base, trial_seed, draws, tuple(effects), prices, reasons, example, chains)


def _worth(effect: Effect) -> tuple[float, ...]:
    """Placed before avoided before metres; of equal ones the first school."""
    return tuple(effect.means[name].mean for name in EFFECTS[:3])


def _prices(district: District, progress: Progress) -> tuple[Mapping[str, int], tuple[Fault, ...]]:
    """Seat prices of the planning optimum, or why there are none."""
    try:
        found = solve_and_check_optimum(district, progress=progress)
    except InputError as error:
        return {}, error.faults
    return dict(zip(found.market.schools, found.optimum.price.tolist(), strict=True)), ()


class Effects:
    """Lists of one district with and without extra seats, under the same draws.

    Parameters
    ----------
    district : District
        With its trial draw.
    draws : int
        Simulated draws; 0: the trial draw alone.
    """

    def __init__(self, district: District, draws: int = 0) -> None:
        program = program_of_rules(district)
        self._judge = RulesJudge(district, program, draws)
        self.schools = program.market.schools
        self._base = self._judge.outcomes((0,) * len(self.schools))

    def _lists(self, school: str, added: int) -> Iterator[tuple[Outcome, Outcome]]:
        """The list without and with the seats, draw by draw."""
        extra = tuple(added if name == school else 0 for name in self.schools)
        return zip(self._base, self._judge.outcomes(extra), strict=True)

    def of(self, school: str, added: int) -> Effect:
        """Return the effect of some seats at a school."""
        rows = [self._effect(before, after) for before, after in self._lists(school, added)]
        means = {name: mean_of([row[i] for row in rows]) for i, name in enumerate(EFFECTS)}
        return Effect(school, added, means)

    def _effect(self, before: Outcome, after: Outcome) -> Sequence[int]:
        """``EFFECTS`` of one draw; metres over those who have a school in both lists."""
        size, lists = self._judge.instance.size, self._judge.lists
        lost = {RULING, WITHOUT}
        away = {DIVERTED_TO, ADJUSTED_TO}

        def _became(of: set[int], to: set[int]) -> int:
            was, now = np.isin(before.standing, [*of]), np.isin(after.standing, [*to])
            return int(size[was & now].sum())

        placed = {SEATED, *away}
        near, far = lists.metres(after), lists.metres(before)
        both = (near >= 0) & (far >= 0)
        return (
            _became(lost, placed) - _became(placed, lost),
            _became(away, {SEATED}) - _became({SEATED}, away),
            int((far - near)[both] @ size[both]),
            int(size[before.seat != after.seat].sum()),
        )

    def moves(self, school: str, added: int) -> list[Move]:
        """Return who moves because of some seats at a school, in the first draw."""
        before, after = next(self._lists(school, added))
        instance = self._judge.instance
        names = [*instance.school_ids, NO_SEAT]
        children: list[list[str]] = [[] for _ in instance.party_ids]
        for child, party in zip(instance.district.applicants, instance.party_of_child.tolist(), strict=True):
            children[party].append(child.applicant_id)
        was, now = ([names[seat] for seat in outcome.seat.tolist()] for outcome in (before, after))
        return moves_between(was, now, instance.party_ids, [tuple(kids) for kids in children])
