"""The planners' page: where seats are short, where children go, and what each what-if changes (docs/what-if.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from allocator.domain import Text
from allocator.ground import Language, ListLanguages, text
from allocator.planning.compare.base_sections import (
    base_digests_section,
    base_flows_section,
    base_lead,
    base_price_of_rules,
    base_subtitle,
    base_supply,
    base_tiles,
)
from allocator.planning.compare.comparison import MOST_PAIRS, PRICE, Comparison, Variant, WhatIfSummary
from allocator.planning.compare.terminal import OVERVIEW, terminal_figure, terminal_gains_table
from allocator.planning.draws import Mean, mean_of
from allocator.planning.extra_seats import SeatEffects, effects_section
from allocator.planning.whatif import answer_words, best_standing_words, standing_tables, worst_standing_tables
from allocator.record import REPORT_MARK
from allocator.sheets import (
    MINUS,
    Cell,
    Column,
    Difference,
    Draws,
    Figure,
    Note,
    Page,
    PageSection,
    SchoolChange,
    Table,
    before_after_chart,
    bilingual,
    both,
    difference_distributions,
    distribution,
    drawn_page_part,
    render_document,
    zone_names,
    zone_titles,
)

DRAWN = ("diverted_or_adjusted", "without_seat")
"""Figures whose distribution over draws is drawn."""


def report_bytes(
    comparison: Comparison, summary: WhatIfSummary, effects: SeatEffects | None = None,
    lists: ListLanguages = "both", *, made_on: date | None = None,
) -> bytes:  # fmt: skip
    """Return the page of a comparison.

    Parameters
    ----------
    comparison : Comparison
        What was computed.
    summary : dict
        ``summarise_comparison`` of it.
    effects : SeatEffects, optional
        What extra seats at each school do; without it the page has no such section.
    lists : {"zh", "en", "both"}
        Language or languages of the page.
    made_on : date, optional
        The day that the page says it was made on.
    """
    policy, base = comparison.district.policy, comparison.variants[0]
    marks = [both("planning.only"), both("what_if.trial", seed=comparison.trial_seed)]
    if policy.notice.zh or policy.notice.en:
        marks.append(policy.notice)
    worth = () if effects is None else (effects_section(effects),)
    today = (base_supply(comparison), base_flows_section(base), *base_price_of_rules(summary))
    sections = (*today, *worth, *_what_ifs(comparison, summary))
    return render_document(
        Page(
            title=both("report.title"), subtitle=base_subtitle(comparison, made_on), sections=sections,
            marks=tuple(marks),
            lead=base_lead(comparison), tiles=tuple(base_tiles(comparison)), footer=tuple(_footer(comparison)),
        ),
        lists,
    )  # fmt: skip


def _what_ifs(comparison: Comparison, summary: WhatIfSummary) -> Iterator[PageSection]:
    """What the what-ifs change: all beside each other, then one by one."""
    base, *others = comparison.variants
    if not others:
        return
    parts: list[Figure | Table | Note] = []
    if comparison.draws:
        rows = sorted(map(_difference, others), key=lambda row: -row.mean)
        parts.append(drawn_page_part(
            lambda language, width: difference_distributions(rows, language, axis=both("report.net"), width=width),
            both("report.differences_caption", draws=f"{comparison.draws:,}"),
        ))  # fmt: skip
    parts.append(_all_figures(comparison, summary))
    parts += _distributions(comparison)
    rankings = (*standing_tables(comparison.standings), *worst_standing_tables(comparison.standings))
    yield PageSection(both("report.what_ifs"), _lead(comparison), parts=(*rankings, *parts))
    for variant, values in zip(others, summary["variants"][1:], strict=True):
        yield _one(base, variant, values, summary)


def _difference(variant: Variant) -> Difference:
    mean = _net(variant)
    return Difference(_title(variant), mean.mean, mean.half or 0.0, mean.clear)


def _title(variant: Variant) -> Text:
    return both("what_if.base") if variant.what_if is None else variant.what_if.title


def _lead(comparison: Comparison) -> Text:
    """The best decision of each future, and whether futures were left out; without a decision who gains on balance."""
    if not comparison.standings:
        return _best(comparison.variants[1:])

    told = list(best_standing_words(comparison.standings))
    if comparison.futures_left_out:
        told.append(both("standings.too_many", most=MOST_PAIRS))
    return bilingual(lambda language: " ".join(words.in_(language) for words in told))


def _best(others: Sequence[Variant]) -> Text:
    """By which what-if most children gain on balance, and by which fewest."""
    ranked = sorted(others, key=lambda variant: (-_net(variant).mean, variant.name))
    best, worst = ranked[0], ranked[-1]
    shown = {"best_by": _plain(_net(best).mean), "worst_by": _plain(_net(worst).mean)}
    code = "report.best" if len(others) == 1 else "report.best_and_worst"
    zh = text(code, "zh", best=_title(best).zh, worst=_title(worst).zh, **shown)
    return Text(zh, text(code, "en", best=_title(best).en, worst=_title(worst).en, **shown))


def _net(variant: Variant) -> Mean:
    """Children who gain less those who lose: mean over draws where there are some, else of the one list."""
    if variant.drawn:
        pairs = zip(variant.drawn["gained"], variant.drawn["lost"], strict=True)
        return mean_of([gained - lost for gained, lost in pairs])
    totals = variant.shift.totals
    return Mean(totals["gained"] - totals["lost"], None)


def _plain(difference: float) -> str:
    """A difference with its sign, whole where it is."""
    return (f"{difference:+,.0f}" if difference == int(difference) else f"{difference:+,.1f}").replace("-", MINUS)


def _all_figures(comparison: Comparison, summary: WhatIfSummary) -> Table:
    """All what-ifs beside each other: differences, with half their 95 % intervals where there are draws."""
    columns = [Column(both("what_if.column.what_if"))]
    columns += [Column(both(f"what_if.short.{name}"), "right", 1 if comparison.draws else 0) for name in OVERVIEW]
    columns.append(Column(both("what_if.cost"), "right"))
    rows: list[tuple[Cell | Text | str | int | float | None, ...]] = []
    for variant, values in zip(comparison.variants, summary["variants"], strict=True):
        rows.append((_title(variant), *(_figure(summary, variant, values, name) for name in OVERVIEW),
                     values["cost"]))  # fmt: skip
    note = both("report.table_note_draws") if comparison.draws else both("report.table_note")
    return Table(tuple(columns), tuple(rows), both("report.table_caption"), note)


def _figure(summary: WhatIfSummary, variant: Variant, values: WhatIfSummary, name: str) -> Cell:
    """One cell: the base's own value, a what-if's difference to it."""
    if summary["draws"]:
        mean = (variant.means if variant.what_if is None else variant.differences)[name]
        small = "" if variant.what_if is None or not mean.half else f"± {mean.half:.2f}"
        return Cell(_signed(mean.mean, 1, variant), small)
    base = 0 if variant.what_if is None else terminal_figure(summary["variants"][0], name)
    return Cell(_signed(terminal_figure(values, name) - base, 0, variant))


def _signed(value: float, digits: int, variant: Variant) -> str:
    """A number, with its sign where it is a difference."""
    plain = f"{value:,.{digits}f}" if variant.what_if is None else f"{value:+,.{digits}f}"
    return plain.replace("-", MINUS) if plain.strip("+-0.") else "0"


def _distributions(comparison: Comparison) -> Iterator[Figure]:
    """Figures over the draws, only those that vary or are not 0 everywhere."""
    for name in DRAWN if comparison.draws > 1 else ():
        series = [Draws(_title(variant), variant.drawn[name]) for variant in comparison.variants]
        if any(any(one.values) for one in series):
            axis = both(f"what_if.{name}")
            shown = {"draws": f"{comparison.draws:,}"}
            caption = Text(text("report.distribution_caption", "zh", figure=axis.zh, **shown),
                           text("report.distribution_caption", "en", figure=axis.en, **shown))  # fmt: skip
            yield drawn_page_part(partial(_distribution, series, axis), caption)


def _distribution(series: Sequence[Draws], axis: Text, language: Language, width: float) -> str:
    return distribution(series, language, axis=axis, width=width)


def _one(base: Variant, variant: Variant, values: WhatIfSummary, summary: WhatIfSummary) -> PageSection:
    """One what-if: schools before and after, groups that gain and lose, price of the rules."""
    shown = {name: f"{values[name]:,}" for name in ("gained", "lost", "moved")}
    parts: list[Figure | Table | Note] = []
    answers = summary["answers"][variant.name]
    if _changed_zones(base, variant, "zh"):
        parts.append(drawn_page_part(
            lambda language, width: before_after_chart(
                _changed_zones(base, variant, language), language, width=width
            ),
            both("report.before_after_caption"),
        ))  # fmt: skip
    if values["gains"]:
        titles = zone_titles(variant.lists.district, variant.pair.before.district)
        parts.append(terminal_gains_table(values, titles, summary["far_metres"], both("report.groups_caption")))
    parts += [Note(answer_words(told)) for told in answers]
    if values["price_of_rules"] is not None:
        price = {name: _number(values["price_of_rules"][name]) for name in PRICE}
        parts.append(Note(both("report.price", **price)))
    return PageSection(_title(variant), both("report.one_lead", **shown), parts=tuple(parts))


def _number(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _changed_zones(base: Variant, variant: Variant, language: Language) -> list[SchoolChange]:
    """Children of each zone who are diverted or without a seat, before and after, where it changes."""
    old, new = (_away(one, language) for one in (base, variant))
    zones = sorted(old.keys() | new.keys())
    return [SchoolChange(zone, old[zone], new[zone]) for zone in zones if old[zone] != new[zone]]


def _away(variant: Variant, language: Language) -> Counter[str]:
    """Children who are diverted or without a seat, by zone."""
    away, names = Counter[str](), zone_names(variant.lists.district, language)
    for (zone, _, way), children in variant.flows.items():
        if way in ("diverted", "unplaced"):
            away[names[zone]] += children
    return away


def _footer(comparison: Comparison) -> Iterator[Text]:
    """What the page is no basis for, and how it was made."""
    levels = comparison.district.policy.warnings
    if levels is not None:
        yield both("warnings.year", year=levels.year)
    yield both("warnings.forecast_only")
    yield from base_digests_section(comparison)
    yield both("report.made", mark=REPORT_MARK, draws=f"{comparison.draws:,}", seed=comparison.trial_seed)
