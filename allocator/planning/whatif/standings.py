"""Decisions ranked within each future, and each decision's worst future (docs/what-if.md section 4).

More seats are a choice, fewer children are not: they are never compared with each other, and a what-if with both stands
in no ranking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Any

from allocator.domain import Text
from allocator.sheets import MINUS, Table, both, columns

NOTHING = ""
"""Name of no decision, and of no future."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision in a future.

    Attributes
    ----------
    future, decision : str
        Their names; empty for the district as it is, and for no decision.
    future_title, title : Text
        What planners call them.
    without_seat, away : float
        Children without a seat, and diverted or adjusted: of the one list, or means over draws.
    difference : (float, float)
        The same less those of the future without any decision.
    half : (float or None, float or None)
        Half the 95 % intervals of the differences; None where there is none.
    clear : bool or None
        Whether one of the differences is clearly none of 0; None of a single list.
    gained, lost : float or None
        Children who gain and lose against the future without any decision; None where nobody counted.
    """

    future: str
    decision: str
    future_title: Text
    title: Text
    without_seat: float
    away: float
    difference: tuple[float, float] = (0.0, 0.0)
    half: tuple[float | None, float | None] = (None, None)
    clear: bool | None = None
    gained: float | None = None
    lost: float | None = None

    @property
    def key(self) -> tuple[float, float]:
        """The less the better: whole children without a seat, then children diverted or adjusted.

        Means are rounded, or a fiftieth of a child without a seat would count before ten who are diverted.
        """
        return floor(self.without_seat + 0.5), self.away


def ranked_standings(standings: Iterable[Standing]) -> list[list[Standing]]:
    """Return the standings of each future, the futures in their order, the best decision first.

    Fewest children without a seat, then fewest diverted or adjusted; of equal ones no decision comes first, then the
    order given. Doing nothing takes part, so that a decision that makes things worse stands behind it.
    """
    futures: dict[str, list[Standing]] = {}
    for standing in standings:
        futures.setdefault(standing.future, []).append(standing)
    return [sorted(found, key=lambda one: (*one.key, one.decision != NOTHING)) for found in futures.values()]


def worst_standings(standings: Iterable[Standing]) -> list[Standing]:
    """Return each decision in the future in which most children have no seat, then most are diverted or adjusted."""
    worst: dict[str, Standing] = {}
    for standing in standings:
        known = worst.setdefault(standing.decision, standing)
        if standing.key > known.key:
            worst[standing.decision] = standing
    return list(worst.values())


def standing_ranks(row: Sequence[Standing]) -> list[int]:
    """Return the place of each standing in a ranking, from 1 on; equal ones share it."""
    found: list[int] = []
    for i, standing in enumerate(row):
        found.append(found[-1] if i and standing.key == row[i - 1].key else i + 1)
    return found


def standings_object(standings: Sequence[Standing]) -> dict[str, Any]:
    """Return the rankings and the worst futures as an object for JSON."""
    return {
        "rankings": [
            {
                "future": row[0].future or "base",
                "title": _pair(row[0].future_title),
                "best": row[0].decision or None,
                "decisions": [{"place": i, **_object(one)} for i, one in zip(standing_ranks(row), row, strict=True)],
            }
            for row in ranked_standings(standings)
        ],
        "worst_futures": [
            {
                "decision": one.decision or None,
                "future": one.future or "base",
                "without_seat": one.without_seat,
                "diverted_or_adjusted": one.away,
            }
            for one in worst_standings(standings)
        ],
    }


def _pair(title: Text) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en}


def _object(one: Standing) -> dict[str, Any]:
    """One decision in a future."""
    differences = zip(("without_seat", "diverted_or_adjusted"), one.difference, one.half, strict=True)
    return {
        "decision": one.decision or None,
        "title": _pair(one.title),
        "without_seat": one.without_seat,
        "diverted_or_adjusted": one.away,
        "gained": one.gained,
        "lost": one.lost,
        "clear": one.clear,
        "differences": {name: {"mean": mean, "half_width": half} for name, mean, half in differences},
    }


def best_standing_words(standings: Sequence[Standing]) -> Iterator[Text]:
    """Give the best decision of each future in words."""
    for row in ranked_standings(standings):
        yield both("standings.best_none" if row[0].decision == NOTHING else "standings.best", **_params(row[0]))


def worst_standing_words(standings: Sequence[Standing]) -> Iterator[Text]:
    """Give the worst future of each decision in words; nothing where there is one future only."""
    for one in _worst_of_several(standings):
        yield both("standings.worst", **_params(one))


def _worst_of_several(standings: Sequence[Standing]) -> list[Standing]:
    """Each decision in its worst future; nothing where there is one future only."""
    return worst_standings(standings) if len({one.future for one in standings}) > 1 else []


def _params(one: Standing) -> dict[str, Text | str]:
    """What a sentence about a decision in a future fills in."""
    names = {"future": one.future_title, "decision": one.title}
    return {**names, "without": _number(one.without_seat), "away": _number(one.away)}


def worst_standing_tables(standings: Sequence[Standing]) -> Iterator[Table]:
    """Give the table of each decision's worst future; none where there is one future only."""
    worst = _worst_of_several(standings)
    if worst:
        rows = tuple((one.title, one.future_title, _number(one.without_seat), _number(one.away)) for one in worst)
        heads = columns("standings", ("decision", "worst_future", "without", "diverted"), words=2)
        yield Table(heads, rows, both("standings.worst_title"))


def standing_tables(standings: Sequence[Standing]) -> Iterator[Table]:
    """Give a table of the decisions ranked for each future."""
    place, *others = columns("standings", ("place", "decision", "without_seat", "away", "gained", "lost"), words=2)
    for row in ranked_standings(standings):
        title = both("standings.title", future=row[0].future_title)
        yield Table((replace(place, align="right"), *others), tuple(_ranking_rows(row)), title)


def _ranking_rows(row: Sequence[Standing]) -> Iterator[tuple[Text | str, ...]]:
    """The cells of a ranking."""
    for place, one in zip(standing_ranks(row), row, strict=True):
        changes = ["" if one.decision == NOTHING else _change(one, i) for i in (0, 1)]
        people = ["" if count is None else _number(count) for count in (one.gained, one.lost)]
        yield str(place), one.title, _number(one.without_seat) + changes[0], _number(one.away) + changes[1], *people


def _change(one: Standing, i: int) -> str:
    """A difference to no decision in brackets, with half its interval."""
    mean, half = one.difference[i], one.half[i]
    if not mean and (half is None or not half):
        return ""
    return f" ({_signed(mean)})" if half is None else f" ({_signed(mean)} ± {half:,.1f})"


def _number(value: float) -> str:
    """A count, whole where it is."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _signed(value: float) -> str:
    """A difference with its sign; none at all, and what rounds to none, is 0."""
    plain = f"{value:+,.0f}" if value == int(value) else f"{value:+,.1f}"
    return plain.replace("-", MINUS) if plain.strip("+-0.") else "0"
