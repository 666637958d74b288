"""From lists of children to the plain data of pictures: schools, flows from zones, homes on the map, zone levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from allocator.domain import District
from allocator.ground import LANGUAGES, Fault, Language, make_folder
from allocator.planning.compare.comparison import Comparison, Variant
from allocator.planning.extra_seats import headline
from allocator.record import replace_file, single_file_faults
from allocator.sheets import (
    WIDTH,
    Flow,
    Going,
    Home,
    MapSchool,
    SchoolBar,
    ZoneLevel,
    district_map,
    level_chart,
    sankey,
    school_names,
    standalone,
    supply_demand,
    zone_names,
)


def school_bars(
    variant: Variant, needed: Callable[[str], int | None] = lambda _: None, language: Language = "zh"
) -> list[SchoolBar]:
    """Return each school that has seats here: demand after choices and before, seats, children, seats to add.

    Parameters
    ----------
    variant : Variant
        Of which list.
    needed : callable
        Gives the seats to add at a school.
    language : {"zh", "en"}
        Of the names.
    """
    diverted = Counter[int]()
    for (_, seat, way), children in variant.flows.items():
        if way == "diverted":
            diverted[seat] += children
    school, names = variant.lists.instance.school, school_names(variant.lists.district, language)
    return [
        SchoolBar(names[row.school_id], row.demand, row.plan, row.seated, diverted[school(row.school_id)],
                  row.home_demand, needed(row.school_id))
        for row in variant.result.retelling.balances[:-1]
    ]  # fmt: skip


def flows(variant: Variant, language: Language = "zh") -> list[Flow]:
    """Return how many children of each zone go to each school, by which way."""
    district = variant.lists.district
    zones, names = zone_names(district, language), school_names(district, language)
    schools = [*(names[name] for name in variant.lists.instance.school_ids), ""]
    return [Flow(zones[zone], schools[seat], count, way) for (zone, seat, way), count in variant.flows.items()]


def map_homes(variant: Variant) -> list[Home]:
    """Return the homes whose place is known, by where their children go; empty where no home has a place."""
    counted: Counter[tuple[str, str, Going, str, str]] = Counter()
    instance = variant.lists.instance
    names = [*instance.school_ids, ""]
    columns = (instance.leads, variant.ways, variant.outcome.seat.tolist(), instance.size.tolist(),
               instance.home.tolist())  # fmt: skip
    for child, going, seat, size, home in zip(*columns, strict=True):
        if going is not None and child.x:
            counted[child.x, child.y, going, names[home], names[seat]] += size
    return [
        Home(float(x), float(y), going, count, home, seat)
        for (x, y, going, home, seat), count in sorted(counted.items())
    ]


def map_schools(district: District, language: Language = "zh") -> list[MapSchool]:
    """Return the schools with seats here whose place is known."""
    names = school_names(district, language)
    return [
        MapSchool(name, names[name], float(school.x), float(school.y), school.plan)
        for name, school in district.schools.items()
        if not school.external and school.x
    ]


def zone_levels(comparison: Comparison, language: Language = "zh") -> list[ZoneLevel]:
    """Return the warning level of each zone of the base that has a plan here."""
    names = zone_names(comparison.variants[0].lists.district, language)
    return [
        ZoneLevel(names[zone.zone], None if zone.percent is None else float(zone.percent), zone.level)
        for zone in comparison.levels
        if zone.level is not None
    ]


def supply_picture(comparison: Comparison, language: Language, width: float = WIDTH) -> str:
    """Return the picture of supply and demand of the base under its headline."""
    base, short = comparison.variants[0], comparison.shortage
    bars = school_bars(base, short.needed if short.lead else lambda _: None, language)
    told = headline(short, comparison.district, language) if short.lead else []
    return supply_demand(bars, language, width=width, headline=told)


def picture_files(comparison: Comparison) -> Iterator[tuple[str, bytes]]:
    """Give name and content of each picture of the base: supply, zone levels, flows, map."""
    base = comparison.variants[0]
    district = base.lists.district
    makers: dict[str, Callable[[Language], str]] = {
        "supply": lambda language: supply_picture(comparison, language),
        "flows": lambda language: sankey(flows(base, language), language),
    }
    if district.policy.warnings is not None and comparison.levels:
        begins = {name: getattr(district.policy.warnings, name) for name in ("yellow", "orange", "red")}
        makers["levels"] = lambda language: level_chart(zone_levels(comparison, language), language, **begins)
    here = map_homes(base)
    if here:
        makers["map"] = lambda language: district_map(here, map_schools(district, language), language)
    for name, make in makers.items():
        for language in LANGUAGES:
            yield f"{name}.{language}.svg", standalone(make(language)).encode("utf-8")


def folder_faults(folder: Path) -> list[Fault]:
    """Say why pictures may not be written into a folder."""
    if folder.exists() and not folder.is_dir():
        return [Fault("out.not_a_folder", str(folder))]
    return single_file_faults(folder / "any.svg")


def write_pictures(folder: Path, comparison: Comparison) -> None:
    """Write every picture, each whole or not at all; other files of the folder stay."""
    made = list(picture_files(comparison))
    make_folder(folder)
    for name, content in made:
        replace_file(folder / name, content)
