"""A planning optimum as tables: schools, from list and certificate alone, and its list beside that of the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from allocator.checking.optimum.verdict import Certificate
from allocator.domain import District, Policy, Text
from allocator.planning.optimum.layout import KIND
from allocator.sheets import Mark, Part, Table, both, columns, csv_for_machines, marks_of, number, workbook

OptimumSummary = dict[str, Any]
"""What stands in ``summary.json``."""

COLUMNS = columns("planning", ("school_id", "school", "seats", "taken", "left", "price"), words=2)
LIST_COLUMNS = columns("planning", ("applicant_id", "school_id", "school", "relation", "metres"), words=4)
FIGURES = (
    "unplaced", "home", "chosen", "diverted", "metres", "metres_mean", "metres_p95", "bundles_split", "bundles_moved",
    "justified_envy", "wasted_seats", "above_seats", "objective",
)  # fmt: skip
MOST_NAMED = 10
"""Parties named that no school could hold; all of them are in summary.json."""

MOST_SCHOOLS = 20
"""Schools shown in the terminal, the dearest first; all of them are in schools.csv."""


def schools_table_bytes(district: District, placed: Mapping[str, str], certificate: Certificate) -> bytes:
    """Return ``schools.csv``."""
    return csv_for_machines(_schools(district, placed, certificate))


def tables_bytes(
    district: District, placed: Mapping[str, str], certificate: Certificate, summary: OptimumSummary
) -> bytes:
    """Return ``tables.xlsx``: both lists side by side, then the schools."""
    return workbook([_figures(district.policy, summary), _schools(district, placed, certificate)], kind=KIND)


def list_table_workbook(district: District, lines: Iterable[Sequence[str]]) -> bytes:
    """Return ``optimum.xlsx``: the lines of ``optimum.csv`` for people, with the names of schools.

    Chinese alone, as in ``schools.csv``: the copies of the tables in the folder, of which ``verify`` makes it again,
    have no English names.
    """
    names = {"": "", **{name: school.name for name, school in district.schools.items()}}
    rows = tuple(
        (child, school, names[school], both(f"planning.relation.{relation or 'none'}"), int(far) if far else None)
        for child, school, relation, far in lines
    )
    title, marks = both("planning.list"), marks_of(district.policy, "planning.only")
    return workbook([Table(LIST_COLUMNS, rows, title, marks=marks, name=title)], kind=KIND)


def _schools(district: District, placed: Mapping[str, str], certificate: Certificate) -> Table:
    """Seats, children and price of each school here."""
    taken, rows = Counter(placed.values()), []
    for name, school in sorted(district.schools.items()):
        if not school.external:
            seats = school.most if certificate.use_hard_cap else school.plan
            rows.append((name, school.name, seats, taken[name], seats - taken[name], certificate.prices[name]))
    marks = marks_of(district.policy, "planning.only")
    return Table(COLUMNS, tuple(rows), both("planning.school"), marks=marks, kind="schools")


def parts_of(policy: Policy, summary: OptimumSummary) -> Iterator[Part]:
    """Give what the terminal shows: marks, both lists side by side, prices, proof."""
    figures = _figures(policy, summary)
    yield from figures.marks
    yield figures
    if any(summary["prices"].values()):
        yield _prices(summary)
    if summary["hopeless"]:
        named, count = ", ".join(summary["hopeless"][:MOST_NAMED]), len(summary["hopeless"])
        yield Mark(both("planning.hopeless", count=count, named=named), "alarm")
    yield both("planning.numbers", **{key: number(summary[key]) for key in ("objective", "bound", "gap")})
    yield _proof(summary)


def _figures(policy: Policy, summary: OptimumSummary) -> Table:
    """The price of the rules: the same figures of both lists."""
    sides = [summary["optimum"], summary["rules"]]
    rows = [(both(f"planning.figure.{figure}"), *(side[figure] for side in sides)) for figure in FIGURES]
    for category in summary["optimum"]["by_category"]:
        placed = [side["by_category"][category] for side in sides]
        if any(placed):
            rows.append((both("planning.placed_of", category=category), *placed))
    heads = columns("planning", ("figure", "optimum", "rules"))
    return Table(heads, tuple(rows), both("planning.side_by_side"), marks=marks_of(policy, "planning.only"))


def _prices(summary: OptimumSummary) -> Table:
    """Prices of the dearest schools."""
    dearest = sorted(summary["prices"].items(), key=lambda item: (-item[1], item[0]))[:MOST_SCHOOLS]
    zh, en = summary["names"], summary["names_en"]
    rows = tuple((Text(zh[school], en[school]), price) for school, price in dearest if price)
    return Table(columns("planning", ("school", "price")), rows, both("planning.prices"))


def _proof(summary: OptimumSummary) -> Text:
    """How far the list is proven, and by what."""
    if not summary["proven"]:
        return both("planning.not_proven", gap=number(summary["gap"]), bound=number(summary["bound"]))
    proof = summary["proof"]
    if proof["price_bound"] == summary["objective"]:
        return both("planning.proven_by_prices")
    words = {"searched": proof["searched"], "word": proof["on_solvers_word"]}
    return both("planning.proven_by_search", gap=number(proof["price_bound"] - summary["objective"]), **words)
