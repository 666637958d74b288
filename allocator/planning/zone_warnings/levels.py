"""Warnings of supply and demand per school zone, this year's and forecast (C129, C130, Q-29).

**Demand** of a zone is the number of verified applicants who live there (column ``zone``), whatever their category,
also the unclassified, and wherever they are seated or apply: a child whose category goes to another school, who chose
the second school of a dual zone, or whom a decision or a choice takes elsewhere, still lives in its zone. Late and
blacklisted applicants do not count. **Plan** is that of the zone's school (``school_id``). Zones with the same school
share its plan and are judged by their demand together. Every school has a plan of its own, also on shared grounds
(C080). A zone whose school is external has no plan here and is not judged.

A level begins where demand reaches its percentage of the plan: 100 · demand ≥ percent · plan, in whole numbers, so
nothing is rounded at a threshold. Any demand on a plan of 0 is red; no demand is green.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from allocator.domain import District, WarningLevels
from allocator.ground import Fault, InputError

Level: TypeAlias = Literal["green", "yellow", "orange", "red"]
Trend: TypeAlias = Literal["better", "same", "worse"]

LEVELS: tuple[Level, ...] = ("green", "yellow", "orange", "red")
"""From no warning to the strongest."""


@dataclass(frozen=True, slots=True)
class ZoneWarning:
    """Supply and demand of one zone.

    Attributes
    ----------
    zone, school_id, school : str
        The zone, its school and the name of that.
    demand : int
        Verified applicants who live in the zone.
    school_demand : int
        Verified applicants who live in any zone of the school.
    plan : int or None
        Seats of the school's plan; None where the school is external.
    level : {"green", "yellow", "orange", "red"} or None
        Level of ``school_demand`` against ``plan``; None where there is no plan: not judged.
    school_en : str
        The school's name in English texts.
    """

    zone: str
    school_id: str
    school: str
    demand: int
    school_demand: int
    plan: int | None
    level: Level | None
    school_en: str = ""

    @property
    def percent(self) -> Fraction | None:
        """Demand of the school's zones in percent of its plan, exact; None where there is no plan or it is 0."""
        return Fraction(100 * self.school_demand, self.plan) if self.plan else None


@dataclass(frozen=True, slots=True)
class ZoneForecast:
    """One zone this year and in a forecast.

    Attributes
    ----------
    now, then : ZoneWarning or None
        This year's warning and the forecast; None where the zone is only in the other.
    """

    now: ZoneWarning | None
    then: ZoneWarning | None

    @property
    def any_side(self) -> ZoneWarning:
        """The side of this year, or the forecast where the zone is new: for what both sides share."""
        side = self.now or self.then
        assert side is not None
        return side

    @property
    def change(self) -> Trend | None:
        """How the level changes; None where one of the two is not judged."""
        levels = [side.level for side in (self.now, self.then) if side is not None and side.level is not None]
        if len(levels) < 2:
            return None
        now, then = map(LEVELS.index, levels)
        return "same" if now == then else "worse" if now < then else "better"


def warning_levels(district: District) -> WarningLevels:
    """Return the levels that the policy states.

    Raises
    ------
    InputError
        If it states none: no level is ever assumed.
    """
    levels = district.policy.warnings
    if levels is None:
        raise InputError([Fault("warnings.missing", "policy.yaml", column="warnings")])
    return levels


def zone_warnings(district: District, levels: WarningLevels) -> tuple[ZoneWarning, ...]:
    """Return the warning of every zone, in code-point order of the zones (C129).

    Parameters
    ----------
    district : District
        This year's, or one that a what-if made of it; no draw is needed.
    levels : WarningLevels
        Where each level begins; of this year's policy for both sides of a forecast.
    """
    living = Counter(child.zone for child in district.applicants if child.status == "verified")
    joint: Counter[str] = Counter()
    for zone in district.zones.values():
        joint[zone.school_id] += living[zone.zone]
    return tuple(
        _warning(district, name, living[name], joint[zone.school_id], levels)
        for name, zone in sorted(district.zones.items())
    )


def _warning(district: District, zone: str, demand: int, joint: int, levels: WarningLevels) -> ZoneWarning:
    """The warning of one zone, with the demand of all zones of its school."""
    school = district.schools[district.zones[zone].school_id]
    plan = None if school.external else school.plan
    level = None if plan is None else warning_level_of(joint, plan, levels)
    return ZoneWarning(zone, school.school_id, school.name, demand, joint, plan, level, school.title.en)


def warning_level_of(demand: int, plan: int, levels: WarningLevels) -> Level:
    """Return the strongest level that demand reaches (Q-29)."""
    return next((name for name, percent in _thresholds(levels) if _reaches(demand, plan, percent)), "green")


def _thresholds(levels: WarningLevels) -> Iterator[tuple[Level, int]]:
    """Levels with the percentage at which they begin, the strongest first."""
    yield "red", levels.red
    if levels.orange is not None:
        yield "orange", levels.orange
    yield "yellow", levels.yellow


def _reaches(demand: int, plan: int, percent: int) -> bool:
    """Whether demand is at least that share of the plan; nobody at all reaches nothing, not even of a plan of 0."""
    return demand > 0 and 100 * demand >= percent * plan


def forecast_levels(now: Sequence[ZoneWarning], then: Sequence[ZoneWarning]) -> tuple[ZoneForecast, ...]:
    """Return the zones of this year and of a forecast side by side, in code-point order (C129)."""
    before, after = ({side.zone: side for side in sides} for sides in (now, then))
    return tuple(ZoneForecast(before.get(zone), after.get(zone)) for zone in sorted(before.keys() | after.keys()))
