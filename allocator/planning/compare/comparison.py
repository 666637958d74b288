"""What a comparison holds: the base, the what-ifs beside it, decisions in futures; what it is asked often, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from allocator.domain import District, Text, WhatIf
from allocator.engines import Result
from allocator.ground import TEXTS, Fault
from allocator.planning.compare.shifts import Pair, Shift
from allocator.planning.draws import ADJUSTED_TO, AT_EXTERNAL, DIVERTED_TO, SEATED, SUMS, Lists, Mean, Outcome
from allocator.planning.extra_seats import Shortage, shortage_of
from allocator.planning.optimum import CheckedOptimum
from allocator.planning.whatif import NOTHING, Standing
from allocator.planning.zone_warnings.levels import ZoneWarning, zone_warnings
from allocator.sheets import Going

MOST_PAIRS = 100
"""Decisions in futures that are computed at most; a grid is for more."""

_RANKED = ("without_seat", "diverted_or_adjusted")


@dataclass(frozen=True)
class Variant:
    """The base, or one what-if.

    Attributes
    ----------
    what_if : WhatIf or None
        None for the base.
    lists : Lists
        The composed district.
    result : Result
        Its list under the trial seed, both engines agreeing and the checker content.
    outcome : Outcome
        The same as arrays.
    figures : Mapping[str, int]
        ``FIGURES`` of the list.
    optimum : CheckedOptimum or None
        Its planning optimum; None where it was not asked for or cannot be formed.
    pair : Pair
        With the base; of the base with itself.
    shift : Shift
        Who gains and who loses against the base.
    means, differences : Mapping[str, Mean]
        Over simulated draws: means of ``DRAWN`` and ``SUMS``, and of the differences to the base, draw by draw; empty
        without draws.
    drawn : Mapping[str, tuple of int]
        The figures themselves, draw after draw.
    """

    what_if: WhatIf | None
    lists: Lists
    result: Result
    outcome: Outcome
    figures: Mapping[str, int]
    optimum: CheckedOptimum | None
    pair: Pair
    shift: Shift
    means: Mapping[str, Mean]
    differences: Mapping[str, Mean]
    drawn: Mapping[str, tuple[int, ...]]

    @property
    def name(self) -> str:
        """Id of the what-if, ``base`` for the base."""
        return "base" if self.what_if is None else self.what_if.name

    @cached_property
    def ways(self) -> tuple[Going | None, ...]:
        """Which way each party goes; None for those who leave for external schools."""
        columns = (self.outcome.standing.tolist(), self.outcome.seat.tolist(), self.lists.instance.home.tolist())
        return tuple(_way(*cells) for cells in zip(*columns, strict=True))

    @cached_property
    def flows(self) -> Mapping[tuple[str, int, Going], int]:
        """Children by zone, school (-1: none) and way, in order."""
        counted: Counter[tuple[str, int, Going]] = Counter()
        instance = self.lists.instance
        columns = (instance.leads, self.ways, self.outcome.seat.tolist(), instance.size.tolist())
        for child, way, seat, size in zip(*columns, strict=True):
            if way is not None:
                counted[child.zone, seat, way] += size
        return dict(sorted(counted.items()))


def _way(standing: int, seat: int, home: int) -> Going | None:
    """The way of a party of a standing at a school."""
    if standing == AT_EXTERNAL:
        return None
    if standing == SEATED:
        return "home" if seat == home else "chosen"
    return "diverted" if standing in (DIVERTED_TO, ADJUSTED_TO) else "unplaced"


@dataclass(frozen=True, slots=True)
class Future:
    """What may come, and the decisions in it.

    Attributes
    ----------
    alone : Variant
        The district as it is, or a future, without any decision.
    decisions : tuple of Variant
        Every decision on top of it, each beside ``alone``, not beside the base.
    impossible : tuple of (WhatIf, Fault)
        Decisions that do not go with it, and the first reason.
    """

    alone: Variant
    decisions: tuple[Variant, ...]
    impossible: tuple[tuple[WhatIf, Fault], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The base and every what-if.

    Attributes
    ----------
    district : District
        The base with its trial draw.
    trial_seed, draws : int
        Seed of the one list of each, and of the simulation; number of simulated draws.
    variants : tuple of Variant
        The base first.
    no_optimum : tuple of Fault
        Why there is no planning optimum; empty where there is, or where it was not asked for.
    not_diverted : tuple of str
        Categories of which the shortage lets nobody be diverted; empty: those that register at a school.
    futures : tuple of Future
        The district as it is and every future, with every decision in it; empty without a decision.
    """

    district: District
    trial_seed: int
    draws: int
    variants: tuple[Variant, ...]
    no_optimum: tuple[Fault, ...] = ()
    not_diverted: tuple[str, ...] = ()
    futures: tuple[Future, ...] = ()

    @cached_property
    def shortage(self) -> Shortage:
        """The seats that are short of the base: computed when it is first asked for."""
        return shortage_of(self.district, self.trial_seed, self.not_diverted)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every decision in every future, and each future without one; nothing where there is no decision."""
        return tuple(standing for future in self.futures for standing in _standings(future))

    @cached_property
    def levels(self) -> tuple[ZoneWarning, ...]:
        """The zones of the base that are judged, with their warning levels; none where the policy has no levels."""
        district = self.variants[0].lists.district
        judged = () if district.policy.warnings is None else zone_warnings(district, district.policy.warnings)
        return tuple(zone for zone in judged if zone.level is not None)

    @property
    def futures_left_out(self) -> tuple[str, ...]:
        """Names of futures in which no decision was computed, since there would be more than ``MOST_PAIRS`` pairs."""
        looked_at = {future.alone.name for future in self.futures}
        coming = (one.name for one in self.variants if one.what_if and one.what_if.role == "future")
        return tuple(name for name in coming if name not in looked_at) if self.futures else ()


def _standings(future: Future) -> Iterator[Standing]:
    """No decision first, then every one that goes with the future."""
    name, title = _future(future.alone)
    yield Standing(name, NOTHING, title, Text(*TEXTS["standings.none"]), *_levels(future.alone))
    for variant in future.decisions:
        assert variant.what_if is not None
        levels, alone = _levels(variant), _levels(future.alone)
        if variant.drawn:
            means = [variant.differences[figure] for figure in _RANKED]
            clear = any(mean.clear for mean in means)
            difference, half = (means[0].mean, means[1].mean), (means[0].half, means[1].half)
            people = variant.means["gained"].mean, variant.means["lost"].mean
        else:
            difference, half, clear = (levels[0] - alone[0], levels[1] - alone[1]), (None, None), None
            people = variant.shift.totals["gained"], variant.shift.totals["lost"]
        yield Standing(name, variant.name, title, variant.what_if.title, *levels, difference, half, clear, *people)


def _future(alone: Variant) -> tuple[str, Text]:
    """Name and title of a future; the district as it is has no name."""
    if alone.what_if is None:
        return NOTHING, Text(*TEXTS["standings.now"])
    return alone.name, alone.what_if.title


def _levels(variant: Variant) -> tuple[float, float]:
    """Children without a seat, and diverted or adjusted: of the one list, or means over draws."""
    if variant.drawn:
        return variant.means[_RANKED[0]].mean, variant.means[_RANKED[1]].mean
    without, away = (float(sum(variant.figures[part] for part in SUMS[name])) for name in _RANKED)
    return without, away
