"""The parts of the planners' page that tell of the base: what is short, and where children go.

First from lists of children to the plain data of pictures: schools, flows from zones, homes on the map, zone levels.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from allocator.domain import District, Text
from allocator.ground import LANGUAGES, Fault, InputError, Language, make_folder_owner_only, text
from allocator.lottery import inputs_digest
from allocator.planning.compare.comparison import Comparison, Variant, WhatIfSummary
from allocator.planning.extra_seats import (
    Fewest,
    shortage_aside_lines,
    shortage_headline,
    shortage_home_line,
    shortage_words_for_whom,
)
from allocator.record import COLUMNS, Balance, file_in_folder_faults, summed_balance, swap_file
from allocator.sheets import (
    WIDTH,
    Cell,
    Column,
    Figure,
    Flow,
    Going,
    Home,
    MapSchool,
    Note,
    PageSection,
    SchoolBar,
    Table,
    Tile,
    ZoneLevel,
    bilingual,
    both,
    district_map,
    drawn_page_part,
    level_chart,
    number,
    sankey,
    school_names,
    standalone_document,
    supply_demand_chart,
    zone_names,
)


def base_school_bars(
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


def base_flows(variant: Variant, language: Language = "zh") -> list[Flow]:
    """Return how many children of each zone go to each school, by which way."""
    district = variant.lists.district
    zones, names = zone_names(district, language), school_names(district, language)
    schools = [*(names[name] for name in variant.lists.instance.school_ids), ""]
    return [Flow(zones[zone], schools[seat], count, way) for (zone, seat, way), count in variant.flows.items()]


def base_map_homes(variant: Variant) -> list[Home]:
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


def base_map_schools(district: District, language: Language = "zh") -> list[MapSchool]:
    """Return the schools with seats here whose place is known."""
    names = school_names(district, language)
    return [
        MapSchool(name, names[name], float(school.x), float(school.y), school.plan)
        for name, school in district.schools.items()
        if not school.external and school.x
    ]


def base_zone_levels(comparison: Comparison, language: Language = "zh") -> list[ZoneLevel]:
    """Return the warning level of each zone of the base that has a plan here."""
    names = zone_names(comparison.variants[0].lists.district, language)
    return [
        ZoneLevel(names[zone.zone], None if zone.percent is None else float(zone.percent), zone.level)
        for zone in comparison.levels
        if zone.level is not None
    ]


def base_supply_picture(comparison: Comparison, language: Language, width: float = WIDTH) -> str:
    """Return the picture of supply and demand of the base under its headline."""
    base, short = comparison.variants[0], comparison.shortage
    bars = base_school_bars(base, short.needed if short.lead else lambda _: None, language)
    told = shortage_headline(short, comparison.district, language) if short.lead else []
    return supply_demand_chart(bars, language, width=width, headline=told)


def base_picture_files(comparison: Comparison) -> Iterator[tuple[str, bytes]]:
    """Give name and content of each picture of the base: supply, zone levels, flows, map."""
    base = comparison.variants[0]
    district = base.lists.district
    makers: dict[str, Callable[[Language], str]] = {
        "supply": lambda language: base_supply_picture(comparison, language),
        "flows": lambda language: sankey(base_flows(base, language), language),
    }
    if district.policy.warnings is not None and comparison.levels:
        begins = {name: getattr(district.policy.warnings, name) for name in ("yellow", "orange", "red")}
        makers["levels"] = lambda language: level_chart(base_zone_levels(comparison, language), language, **begins)
    here = base_map_homes(base)
    if here:
        makers["map"] = lambda language: district_map(here, base_map_schools(district, language), language)
    for name, make in makers.items():
        for language in LANGUAGES:
            yield f"{name}.{language}.svg", standalone_document(make(language)).encode("utf-8")


def base_picture_folder_faults(folder: Path) -> list[Fault]:
    """Say why pictures may not be written into a folder."""
    if folder.exists() and not folder.is_dir():
        return [Fault("out.not_a_folder", str(folder))]
    return file_in_folder_faults(folder / "any.svg")


def write_base_pictures(folder: Path, comparison: Comparison) -> None:
    """Write every picture, each whole or not at all; other files of the folder stay."""
    made = list(base_picture_files(comparison))
    make_folder_owner_only(folder)
    for name, content in made:
        swap_file(folder / name, content)


STRONG = ("home_demand", "demand", "seated", "left")
"""Columns of the balance that are made of those before them."""


def base_lead(comparison: Comparison) -> Text:
    """Return the whole page in a few sentences: the seats to add, then what becomes of the children without them."""
    figures = comparison.variants[0].figures
    numbers = {"seated": figures["seated"], "children": figures["children"],
               "diverted": figures["diverted"] + figures["adjusted"],
               "without": figures["unplaced"] + figures["needs_ruling"]}  # fmt: skip
    shown = {name: f"{value:,}" for name, value in numbers.items()}
    short, district = comparison.shortage, comparison.district
    full = bilingual(
        lambda language: text("report.stop", language).join([*shortage_headline(short, district, language), ""])
    )
    today = both("report.lead", **shown)
    return Text(full.zh + today.zh, full.en + today.en)


def base_tiles(comparison: Comparison) -> Iterator[Tile]:
    """Give the key figures of the base: seats to add, then children."""
    base, short = comparison.variants[0], comparison.shortage
    figures, children = base.figures, max(base.figures["children"], 1)
    without = figures["unplaced"] + figures["needs_ruling"]
    diverted = figures["diverted"] + figures["adjusted"]

    def _share(count: int) -> Text:
        return both("report.share", share=f"{100 * count / children:.1f}")

    for one in (short.first, short.everyone):
        if one is not None:
            yield _fewest_tile(one, everyone=one is short.everyone)
    yield Tile(base.lists.short_seats, both("shortage.tile_home"))
    yield Tile(figures["children"], both("what_if.children"))
    yield Tile(figures["seated"], both("what_if.seated"), _share(figures["seated"]), "good")
    yield Tile(diverted, both("report.diverted"), _share(diverted))
    yield Tile(without, both("report.without"), _share(without), "bad" if without else "good")
    yield Tile(figures["empty_seats"], both("report.left"))


def _fewest_tile(one: Fewest, *, everyone: bool) -> Tile:
    """The fewest seats for some categories, with how far they are proven."""
    code = "shortage.tile" if one.proven else "shortage.tile_enough"
    label = bilingual(
        lambda language: text(code, language, whom=shortage_words_for_whom(one, language, everyone=everyone))
    )
    if one.proven:
        return Tile(one.seats, label, both("shortage.is_least"), "bad" if one.seats else "good")
    return Tile(one.seats, label, both("shortage.not_less", least=f"{one.at_least:,}", seats=f"{one.seats:,}"), "bad")


def base_supply(comparison: Comparison) -> PageSection:
    """Return where seats are short: schools, the balance of each, and the levels of the zones."""
    base = comparison.variants[0]
    above = [gap for row in base.result.retelling.balances[:-1]
             if (gap := row.home_demand - row.plan) > 0]  # fmt: skip
    parts: list[Figure | Table | Note] = [
        drawn_page_part(
            lambda language, width: base_supply_picture(comparison, language, width), both("report.supply_caption")
        )
    ]
    aside = bilingual(lambda language: " ".join(shortage_aside_lines(comparison.shortage, language)))
    if aside.zh:
        parts.append(Note(aside))
    parts.append(base_balance_table(base))
    levels = base.lists.district.policy.warnings
    if levels is not None and comparison.levels:
        begins: dict[str, Any] = {"yellow": levels.yellow, "red": levels.red, "orange": levels.orange}
        parts.append(drawn_page_part(
            lambda language, width: level_chart(
                base_zone_levels(comparison, language), language, width=width, **begins
            ),
            both("report.levels_caption", year=levels.year), both("report.levels_note"),
        ))  # fmt: skip
    second = bilingual(lambda language: shortage_home_line(len(above), sum(above), language))
    return PageSection(both("report.supply"), second, parts=tuple(parts))


def base_balance_table(base: Variant) -> Table:
    """Return the balance of every school, of everything else, and of all together."""
    district = base.lists.district
    found = base.result.retelling.balances
    zh, en = (school_names(district, language) for language in LANGUAGES)
    names = [Text(zh[row.school_id], en[row.school_id]) for row in found[:-1]]
    heads = (Column(both("balance.school")), *(Column(both(f"balance.{name}"), "right") for name in COLUMNS))
    lines: list[tuple[Text | str, Balance]] = [*zip(names, found[:-1], strict=True)]
    lines += [(both("balance.elsewhere"), found[-1]), (both("balance.total"), summed_balance(found))]
    return Table(heads, tuple(_balance_row(name, row) for name, row in lines), both("balance.title"),
                 both("balance.how"))  # fmt: skip


def _balance_row(name: Text | str, row: Balance) -> tuple[Cell | Text | str | int, ...]:
    return (name, *(Cell(value, strong=key in STRONG) for key, value in row.numbers().items()))


def base_price_of_rules(summary: WhatIfSummary) -> Iterator[PageSection]:
    """Give how much more the list of today's rules has than the planning optimum, in all and for each child.

    Nothing where there is no optimum beside it.
    """
    base = summary["variants"][0]
    price, children = base["price_of_rules"], base["figures"]["children"]
    if price is None:
        return
    each = None if price["metres"] is None or not children else price["metres"] / children
    shown = {name: "–" if value is None else number(value) for name, value in price.items()}
    lead = both("report.price_lead", **shown, each="–" if each is None else number(each))
    yield PageSection(both("report.price_title"), lead, parts=(Note(both("report.price_note")),))


def base_flows_section(base: Variant) -> PageSection:
    """Return where children go: from zones to schools, and on the map."""
    away = sum(children for (_, _, way), children in base.flows.items() if way == "diverted")
    parts = [drawn_page_part(
        lambda language, width: sankey(base_flows(base, language), language, width=width),
        both("report.flows_caption"),
    )]  # fmt: skip
    here = base_map_homes(base)
    if here:
        parts.append(drawn_page_part(
            lambda language, width: district_map(
                here, base_map_schools(base.lists.district, language), language, width
            ),
            both("report.map_caption"),
        ))  # fmt: skip
    return PageSection(both("report.flows"), both("report.flows_lead", away=f"{away:,}"), parts=tuple(parts))


_SHOWN = 16  # digits of a digest that people compare; the whole one stands at the end of the page


def base_section_day(chosen_day: str | None, environment: Mapping[str, str] = os.environ) -> date:
    """Return the day that a page says it was made on.

    Parameters
    ----------
    chosen_day : str or None
        A day as ``YYYY-MM-DD``, which is taken as it is.
    environment : mapping
        ``SOURCE_DATE_EPOCH`` in it (seconds since 1970, UTC) stands for today, so that pages can be made again byte for
        byte.

    Raises
    ------
    InputError
        If the day, or the variable, is none.
    """
    seconds = environment.get("SOURCE_DATE_EPOCH", "")
    try:
        if chosen_day is not None:
            return date.fromisoformat(chosen_day)
        if seconds:
            return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        option = "--date" if chosen_day is not None else "SOURCE_DATE_EPOCH"
        raise InputError(
            [Fault("report.date", option, value=chosen_day if chosen_day is not None else seconds)]
        ) from None
    return datetime.now(UTC).astimezone().date()


def base_subtitle(comparison: Comparison, made_on: date | None) -> Text:
    """Return the line below the title: district, roster, program, day."""
    district = comparison.district
    parts = [district.policy.title, both("report.roster", digest=inputs_digest(district)[:_SHOWN]), _program()]
    if made_on is not None:
        parts.append(both("report.day", day=made_on.isoformat()))
    return Text(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))


def base_digests_section(comparison: Comparison) -> Iterator[Text]:
    """Give what the page was made from, digests in full."""
    district = comparison.district
    yield both("report.basis", roster=inputs_digest(district), policy=district.policy_sha256 or "–",
                children=f"{len(district.applicants):,}")  # fmt: skip


def _program() -> Text:
    return both("report.program", version=version("school-seat-allocator"))
