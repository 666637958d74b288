"""Odds in the words of families: rows, lines and what must stand on every output (docs/odds.md section 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from allocator.domain import District, Text
from allocator.eligibility import VERIFIED
from allocator.ground import Fault, InputError
from allocator.planning.odds.count import ADJUSTED, DIVERTED, Chances
from allocator.planning.odds.groups import FEWEST, OddsRow, group_label
from allocator.planning.odds.kinds import ChildKind, Names, kind_label
from allocator.planning.odds.run import Odds
from allocator.sheets import Mark, both, marks_of


@dataclass(frozen=True, slots=True)
class RowsWanted:
    """Which rows are shown; empty: all."""

    zone: str = ""
    category: str = ""

    def takes(self, row: OddsRow) -> bool:
        """Whether a row is shown."""
        return self.zone in ("", row.zone) and self.category in ("", row.category)


def rows_in_wanted_words(district: District, zone: str, category: str) -> RowsWanted:
    """Return which rows are wanted; a zone goes by its id or by the name of its school.

    Raises
    ------
    InputError
        If there is no such zone or category.
    """
    faults = []
    names = Names(district, "zh")
    known = {names.zone(name): name for name in district.zones} | {name: name for name in district.zones}
    if zone and zone not in known:
        expected = ", ".join(sorted(district.zones))
        faults.append(Fault("odds.unknown_zone", "--zone", value=zone, params={"expected": expected}))
    categories = [category.category_id for category in district.policy.categories]
    if category and category not in categories:
        words = {"expected": ", ".join(categories)}
        faults.append(Fault("odds.unknown_category", "--category", value=category, params=words))
    if faults:
        raise InputError(faults)
    return RowsWanted(known.get(zone, ""), category)


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A row of the table for families.

    Attributes
    ----------
    row : ChildKind or Group
        What it is called.
    children : int
        How many in the roster.
    draw : Chances
        The roster fixed.
    demand : Chances or None
        With demand; None without demand draws, or where the row occurs in none of them.
    """

    row: OddsRow
    children: int
    draw: Chances
    demand: Chances | None


def rows_in_family_words(odds: Odds, choice: RowsWanted) -> list[FamilyRow]:
    """Return the rows for families; rows that differ in diversion wishes alone, and all surely get the same, are one.

    Parameters
    ----------
    odds : Odds
        What was found.
    choice : RowsWanted
        Which rows are wanted.
    """
    found: dict[object, FamilyRow] = {}
    for row in filter(choice.takes, odds.families):
        draw, demand = odds.draw[odds.rule][row], odds.demand.get(row)
        key, shown = _alike(row, draw, demand)
        children = round(draw.children) + (found[key].children if key in found else 0)
        found[key] = FamilyRow(shown, children, draw, demand)
    return list(found.values())


def rows_with_whole_words(rows: Sequence[FamilyRow], odds: Odds) -> list[FamilyRow]:
    """Return rows for families with a line for the whole category before the rows of each, where it has several."""
    several = Counter((row.row.zone, row.row.category) for row in rows)
    wholes = {(group.zone, group.category): group for group in odds.wholes}
    found: list[FamilyRow] = []
    for row in rows:
        place = (row.row.zone, row.row.category)
        whole = wholes.pop(place, None) if several[place] > 1 else None
        if whole is not None:
            draw = odds.draw[odds.rule][whole]
            found.append(FamilyRow(whole, round(draw.children), draw, odds.demand.get(whole)))
        found.append(row)
    return found


def _alike(row: OddsRow, draw: Chances, demand: Chances | None) -> tuple[object, OddsRow]:
    """What rows shown as one have in common, and how they are called."""
    certain = {sure_column_for_words(chances) for chances in (draw, demand) if chances is not None}
    plain = _without_wishes(row)
    if plain is None or len(certain) > 1 or None in certain:
        return row, row
    return (plain, certain.pop(), demand is None), plain


def _without_wishes(row: OddsRow) -> ChildKind | None:
    """A row as a kind without diversion wishes; None for a group whose children may differ in something else."""
    if isinstance(row, ChildKind):
        return row._replace(preferred_diversion=(), nearest=())
    if row.rest or row.first or not row.size:
        return None
    alike = (row.zone, row.category, VERIFIED, row.registered_school)
    return ChildKind(*alike, (), (), "", "", "", (), (), row.size)


def sure_column_for_words(chances: Chances) -> int | None:
    """Return the column of the one result to which every trial came; None where there are several.

    Results of which a child has exactly one come before their sums: to all come to a sum is not to get the same.
    """
    first = next((i for i, hits in enumerate(chances.hits) if hits), None)
    return first if first is not None and chances.hits[first] == chances.trials else None


def row_label_words(row: FamilyRow, names: Names, *, zone: bool = True) -> str:
    """Return what a family calls a row; a group is marked as a mean unless all its children surely get the same."""
    if isinstance(row.row, ChildKind):
        return kind_label(row.row, names, zone=zone)
    called = group_label(row.row, names, zone=zone)
    return called if is_sure(row) else names.say("label.mean", label=called)


def is_sure(row: FamilyRow) -> bool:
    """Whether all children of a row came to one result in every draw."""
    return all(sure_column_for_words(chances) is not None for chances in (row.draw, row.demand) if chances is not None)


def odds_lines_in_words(chances: Chances, odds: Odds, names: Names, draws: int = 1) -> list[str]:
    """Return one line for each result that came, the likeliest first.

    Parameters
    ----------
    chances : Chances
        Of one row.
    odds, names : Odds, Names
        Where it comes from, and the words.
    draws : int
        Simulated draws in each of its units.
    """
    single = len(odds.results) - len(odds.district.schools) - 3
    order = sorted((i for i in range(single) if chances.hits[i]), key=lambda i: (-chances.hits[i], i))
    told = [(_result_text(odds, i, names), i) for i in order]
    for i in range(single, len(odds.results)):
        way, school = odds.results[i]
        several = sum(odds.results[k].way == way for k in order) > 1
        if not school and way in (DIVERTED, ADJUSTED) and several:
            told.append((names.say(f"sum.{way}"), i))
    return [
        names.say("line", result=words, share=share_in_words(chances, i, names, draws * chances.units))
        for words, i in told
    ]


def _result_text(odds: Odds, column: int, names: Names) -> str:
    """A result in words."""
    way, school = odds.results[column]
    return names.say(f"at.{way}", school=names.school(school)) if school else names.say(f"way.{way}")


def share_in_words(chances: Chances, column: int, names: Names, draws: int) -> str:
    """Return a probability with half its 95 % interval in words; never 100 % unless every draw gave it."""
    error = chances.half(column)
    if chances.hits[column] == chances.trials:
        return names.say("share.all", draws=f"{draws:,}")
    percent = _percent(chances.probability(column))
    if error is None:
        return names.say("share.bare", percent=percent)
    if error == 0:
        return names.say("share.same", percent=percent)
    return names.say("share.error", percent=percent, error=half_interval_in_words(error))


def _percent(probability: float) -> str:
    """Percent with one decimal; what rounds to 0 or 100 without being it says so."""
    shown = f"{100 * probability:.1f}"
    return {"0.0": "< 0.1", "100.0": "> 99.9"}.get(shown, shown)


def half_interval_in_words(error: float) -> str:
    """Return half an interval in percentage points with one decimal."""
    return "< 0.1" if 0 < error < 0.0005 else f"{100 * error:.1f}"


def marks(odds: Odds) -> tuple[Mark, ...]:
    """Return what stands above every output: title, policy, simulation only, draws, what-ifs, notice."""
    policy, *notice = marks_of(odds.district.policy)
    told = [policy.words, both("odds.only"), both("odds.draws", draws=f"{odds.draws:,}", seed=odds.seed)]
    if odds.demand_draws:
        told.append(both("odds.demand", demand=f"{odds.demand_draws:,}", draws=f"{odds.draws:,}"))
    if odds.what_ifs:
        titles = [what_if.title for what_if in odds.what_ifs]
        joined = Text("；".join(title.zh for title in titles), "; ".join(title.en for title in titles))
        told.append(both("odds.what_ifs", titles=joined))
    return (Mark(both("odds.title"), "title"), *(Mark(words, "notice") for words in told), *notice)


def odds_notes_in_words(odds: Odds) -> list[Text]:
    """Return what stands below the table for families: what means and bounds mean, and who is left out.

    A result that came in none of n independent draws has, with 95 % confidence, a chance of at most about 3 / n; see
    docs/odds.md section 2.
    """
    found = [both("odds.mean_note"), both("odds.none", draws=f"{odds.draws:,}", **_bounds(odds.draws))]
    if odds.demand_draws:
        found.append(both("odds.none_demand", demand=f"{odds.demand_draws:,}", **_bounds(odds.demand_draws)))
    if odds.withheld:
        found.append(both("odds.withheld", count=odds.withheld, fewest=FEWEST))
    return found


def _bounds(units: int) -> dict[str, str]:
    """Percent that what never came may still have, and that what always came has at least."""
    bound = min(100.0, 300 / units)
    return {"bound": f"{bound:.3g}", "rest": f"{100 - bound:.6g}"}
