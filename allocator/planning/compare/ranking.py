"""The standings of a comparison: each decision in the district as it is and in every future."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.domain import Text
from allocator.messages import TEXTS
from allocator.planning.compare.run import Comparison, Future, Variant
from allocator.planning.draws.simulation import SUMS
from allocator.planning.whatif.standings import NOTHING, Standing

_NAMES = ("without_seat", "diverted_or_adjusted")


def standings_of(comparison: Comparison) -> list[Standing]:
    """Return every decision in every future, and each future without one; nothing where there is no decision."""
    return [standing for future in comparison.futures for standing in _standings(future)]


def _standings(future: Future) -> Iterator[Standing]:
    """No decision first, then every one that goes with the future."""
    name, title = _future(future.alone)
    yield Standing(name, NOTHING, title, Text(*TEXTS["standings.none"]), *_levels(future.alone))
    for variant in future.decisions:
        assert variant.what_if is not None
        levels, alone = _levels(variant), _levels(future.alone)
        if variant.drawn:
            means = [variant.differences[figure] for figure in _NAMES]
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
        return variant.means[_NAMES[0]].mean, variant.means[_NAMES[1]].mean
    without, away = (float(sum(variant.figures[part] for part in SUMS[name])) for name in _NAMES)
    return without, away
