"""The parts of the planners' page that tell of the base: what is short, and where children go."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any

from allocator.domain import Text
from allocator.ground import LANGUAGES, Fault, InputError, text
from allocator.lottery import inputs_digest
from allocator.planning.compare.comparison import Comparison, Variant
from allocator.planning.compare.pictures import flows, map_homes, map_schools, supply_picture, zone_levels
from allocator.planning.compare.summary import WhatIfSummary
from allocator.planning.extra_seats import Fewest, aside_lines, headline, home_line, whom_of
from allocator.record import COLUMNS, Balance, summed
from allocator.sheets import (
    Cell,
    Column,
    Figure,
    Note,
    PageSection,
    Table,
    Tile,
    bilingual,
    both,
    district_map,
    drawn,
    level_chart,
    number,
    sankey,
    school_names,
)

STRONG = ("home_demand", "demand", "seated", "left")
"""Columns of the balance that are made of those before them."""


def lead(comparison: Comparison) -> Text:
    """Return the whole page in a few sentences: the seats to add, then what becomes of the children without them."""
    figures = comparison.variants[0].figures
    numbers = {"seated": figures["seated"], "children": figures["children"],
               "diverted": figures["diverted"] + figures["adjusted"],
               "without": figures["unplaced"] + figures["needs_ruling"]}  # fmt: skip
    shown = {name: f"{value:,}" for name, value in numbers.items()}
    short, district = comparison.shortage, comparison.district
    full = bilingual(lambda language: text("report.stop", language).join([*headline(short, district, language), ""]))
    today = both("report.lead", **shown)
    return Text(full.zh + today.zh, full.en + today.en)


def tiles(comparison: Comparison) -> Iterator[Tile]:
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
    label = bilingual(lambda language: text(code, language, whom=whom_of(one, language, everyone=everyone)))
    if one.proven:
        return Tile(one.seats, label, both("shortage.is_least"), "bad" if one.seats else "good")
    return Tile(one.seats, label, both("shortage.not_less", least=f"{one.at_least:,}", seats=f"{one.seats:,}"), "bad")


def supply(comparison: Comparison) -> PageSection:
    """Return where seats are short: schools, the balance of each, and the levels of the zones."""
    base = comparison.variants[0]
    above = [gap for row in base.result.retelling.balances[:-1]
             if (gap := row.home_demand - row.plan) > 0]  # fmt: skip
    parts: list[Figure | Table | Note] = [
        drawn(lambda language, width: supply_picture(comparison, language, width), both("report.supply_caption"))
    ]
    aside = bilingual(lambda language: " ".join(aside_lines(comparison.shortage, language)))
    if aside.zh:
        parts.append(Note(aside))
    parts.append(balance_table(base))
    levels = base.lists.district.policy.warnings
    if levels is not None and comparison.levels:
        begins: dict[str, Any] = {"yellow": levels.yellow, "red": levels.red, "orange": levels.orange}
        parts.append(drawn(
            lambda language, width: level_chart(zone_levels(comparison, language), language, width=width, **begins),
            both("report.levels_caption", year=levels.year), both("report.levels_note"),
        ))  # fmt: skip
    second = bilingual(lambda language: home_line(len(above), sum(above), language))
    return PageSection(both("report.supply"), second, parts=tuple(parts))


def balance_table(base: Variant) -> Table:
    """Return the balance of every school, of everything else, and of all together."""
    district = base.lists.district
    found = base.result.retelling.balances
    zh, en = (school_names(district, language) for language in LANGUAGES)
    names = [Text(zh[row.school_id], en[row.school_id]) for row in found[:-1]]
    heads = (Column(both("balance.school")), *(Column(both(f"balance.{name}"), "right") for name in COLUMNS))
    lines: list[tuple[Text | str, Balance]] = [*zip(names, found[:-1], strict=True)]
    lines += [(both("balance.elsewhere"), found[-1]), (both("balance.total"), summed(found))]
    return Table(heads, tuple(_balance_row(name, row) for name, row in lines), both("balance.title"),
                 both("balance.how"))  # fmt: skip


def _balance_row(name: Text | str, row: Balance) -> tuple[Cell | Text | str | int, ...]:
    return (name, *(Cell(value, strong=key in STRONG) for key, value in row.numbers().items()))


def price_of_rules(summary: WhatIfSummary) -> Iterator[PageSection]:
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


def where_children_go(base: Variant) -> PageSection:
    """Return where children go: from zones to schools, and on the map."""
    away = sum(children for (_, _, way), children in base.flows.items() if way == "diverted")
    parts = [drawn(
        lambda language, width: sankey(flows(base, language), language, width=width),
        both("report.flows_caption"),
    )]  # fmt: skip
    here = map_homes(base)
    if here:
        parts.append(drawn(
            lambda language, width: district_map(here, map_schools(base.lists.district, language), language, width),
            both("report.map_caption"),
        ))  # fmt: skip
    return PageSection(both("report.flows"), both("report.flows_lead", away=f"{away:,}"), parts=tuple(parts))


_SHOWN = 16  # digits of a digest that people compare; the whole one stands at the end of the page


def day_of(given: str | None, environment: Mapping[str, str] = os.environ) -> date:
    """Return the day that a page says it was made on.

    Parameters
    ----------
    given : str or None
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
        if given is not None:
            return date.fromisoformat(given)
        if seconds:
            return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        option = "--date" if given is not None else "SOURCE_DATE_EPOCH"
        raise InputError([Fault("report.date", option, value=given if given is not None else seconds)]) from None
    return datetime.now(UTC).astimezone().date()


def subtitle(comparison: Comparison, made_on: date | None) -> Text:
    """Return the line below the title: district, roster, program, day."""
    district = comparison.district
    parts = [district.policy.title, both("report.roster", digest=inputs_digest(district)[:_SHOWN]), _program()]
    if made_on is not None:
        parts.append(both("report.day", day=made_on.isoformat()))
    return Text(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))


def basis(comparison: Comparison) -> Iterator[Text]:
    """Give what the page was made from, digests in full."""
    district = comparison.district
    yield both("report.basis", roster=inputs_digest(district), policy=district.policy_sha256 or "–",
                children=f"{len(district.applicants):,}")  # fmt: skip


def _program() -> Text:
    return both("report.program", version=version("school-seat-allocator"))
