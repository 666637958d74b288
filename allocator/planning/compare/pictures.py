"""From lists of children to the plain data of pictures: schools, flows from zones, homes on the map, zone levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from allocator.domain import District
from allocator.messages import Language
from allocator.planning.draws.simulation import ADJUSTED_TO, DIVERTED_TO, OUTSIDE, SEATED, Lists, Outcome
from allocator.planning.zone_warnings.levels import zone_warnings
from allocator.record import Balance
from allocator.sheets.names import school_names, zone_names
from allocator.sheets.page import Flow, Home, Kind, Place, SchoolBar, ZoneLevel


def kinds_of(lists: Lists, outcome: Outcome) -> list[Kind | None]:
    """Return which way each party goes; None for those who leave for external schools."""
    found: list[Kind | None] = []
    columns = (outcome.standing.tolist(), outcome.seat.tolist(), lists.instance.home.tolist())
    for standing, seat, home in zip(*columns, strict=True):
        if standing == OUTSIDE:
            found.append(None)
        elif standing == SEATED:
            found.append("home" if seat == home else "chosen")
        else:
            found.append("diverted" if standing in (DIVERTED_TO, ADJUSTED_TO) else "unplaced")
    return found


def school_bars(
    lists: Lists, outcome: Outcome, balance: Mapping[str, Balance] | None = None,
    needed: Callable[[str], int | None] | None = None, language: Language = "zh",
) -> list[SchoolBar]:  # fmt: skip
    """Return demand, seats and children of each school that has seats here.

    Parameters
    ----------
    lists : Lists
        The district.
    outcome : Outcome
        Its list.
    balance : Mapping, optional
        Balance of each school: with it demand is that after choices, and demand at home before choices is told apart.
    needed : callable, optional
        Gives the seats to add at a school.
    language : {"zh", "en"}
        Of the names.
    """
    instance, diverted = lists.instance, Counter[int]()
    columns = (kinds_of(lists, outcome), outcome.seat.tolist(), instance.size.tolist())
    for kind, seat, size in zip(*columns, strict=True):
        if kind == "diverted":
            diverted[seat] += size
    taken, home, plan = (column.tolist() for column in (lists.taken(outcome), lists.home_demand, instance.plan))
    bars, names = [], school_names(lists.district, language)
    for i, name in enumerate(instance.school_ids):
        school = lists.district.schools[name]
        if not school.external:
            demand = home[i] if balance is None else balance[name].demand
            more = (None if balance is None else home[i], None if needed is None else needed(name))
            bars.append(SchoolBar(names[name], demand, plan[i], taken[i], diverted[i], *more))
    return bars


def flows(lists: Lists, outcome: Outcome, language: Language = "zh") -> list[Flow]:
    """Return how many children of each zone go to each school, by which way."""
    counted: Counter[tuple[str, int, Kind]] = Counter()
    columns = (lists.instance.leads, kinds_of(lists, outcome), outcome.seat.tolist(), lists.instance.size.tolist())
    for child, kind, seat, size in zip(*columns, strict=True):
        if kind is not None:
            counted[child.zone, seat, kind] += size
    zones, names = zone_names(lists.district, language), school_names(lists.district, language)
    schools = [*(names[name] for name in lists.instance.school_ids), ""]
    return [Flow(zones[zone], schools[seat], count, kind) for (zone, seat, kind), count in sorted(counted.items())]


def homes(lists: Lists, outcome: Outcome) -> list[Home]:
    """Return the homes whose place is known, by where their children go; empty where no home has a place."""
    counted: Counter[tuple[str, str, Kind, str, str]] = Counter()
    instance, names = lists.instance, [*lists.instance.school_ids, ""]
    columns = (instance.leads, kinds_of(lists, outcome), outcome.seat.tolist(), instance.size.tolist(),
               instance.home.tolist())  # fmt: skip
    for child, kind, seat, size, home in zip(*columns, strict=True):
        if kind is not None and child.x:
            counted[child.x, child.y, kind, names[home], names[seat]] += size
    return [
        Home(float(x), float(y), kind, count, home, seat) for (x, y, kind, home, seat), count in sorted(counted.items())
    ]


def places(district: District, language: Language = "zh") -> list[Place]:
    """Return the schools with seats here whose place is known."""
    names = school_names(district, language)
    return [
        Place(name, names[name], float(school.x), float(school.y), school.plan)
        for name, school in district.schools.items()
        if not school.external and school.x
    ]


def zone_levels(district: District, language: Language = "zh") -> list[ZoneLevel]:
    """Return the warning level of each zone that has a plan here; empty where the policy has no levels."""
    if district.policy.warnings is None:
        return []
    names = zone_names(district, language)
    return [
        ZoneLevel(names[zone.zone], None if zone.percent is None else float(zone.percent), zone.level)
        for zone in zone_warnings(district, district.policy.warnings)
        if zone.level is not None
    ]
