"""What ``check`` counts: the totals that an office holds against those of its registration platform."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from allocator.domain import STATUSES, District, Text
from allocator.sheets import Cell, Column, Table, Value, both

CHOICES: tuple[str, ...] = (
    "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferred_diversion", "preferential_school",
    "sibling_school",
)  # fmt: skip
"""Columns of the roster in which a school is named."""

MOST_LINES = 40
"""Zones and schools shown, those with most children first; all of them are in the JSON output."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Children of a roster, counted; what nobody has is left out.

    Attributes
    ----------
    categories : Mapping[str, Mapping[str, int]]
        By category, then status.
    zones : Mapping[str, int]
        By zone.
    schools : Mapping[str, Mapping[str, int]]
        By school, then the column in which it is named; a child that names a school twice counts once.
    """

    categories: Mapping[str, Mapping[str, int]]
    zones: Mapping[str, int]
    schools: Mapping[str, Mapping[str, int]]

    def as_object(self) -> dict[str, object]:
        """Return them for JSON."""
        return {"categories": self.categories, "zones": self.zones, "schools": self.schools}


def totals(district: District) -> Totals:
    """Count the children of a district."""
    children = district.applicants
    pairs = Counter((child.category, child.status) for child in children)
    known = [category.category_id for category in district.policy.categories]
    zones = Counter(child.zone for child in children)
    named = {column: _named([getattr(child, column) for child in children]) for column in CHOICES}
    return Totals(
        {
            category: {status: pairs[category, status] for status in STATUSES if pairs[category, status]}
            for category in known
            if any(pairs[category, status] for status in STATUSES)
        },
        {zone: zones[zone] for zone in district.zones if zones[zone]},
        {
            school: {column: count[school] for column, count in named.items() if count[school]}
            for school in district.schools
            if any(count[school] for count in named.values())
        },
    )


def _named(cells: Sequence[str | tuple[str, ...]]) -> Counter[str]:
    """Count how many cells name each school."""
    found: Counter[str] = Counter()
    for cell, times in Counter(cells).items():
        for school in {cell} if isinstance(cell, str) else set(cell):
            found[school] += times
    return found


def totals_parts(district_totals: Totals, district: District) -> Iterator[Table]:
    """Give the tables that ``check`` shows."""
    yield _categories(district_totals, district)
    yield _zones(district_totals, district)
    if district_totals.schools:
        yield _schools(district_totals, district)


def _categories(found: Totals, district: District) -> Table:
    """Children by category and status."""
    heads = (Column(both("list.column.category"), whole=True), *map(_status, STATUSES), _number("list.column.children"))
    names = {category.category_id: category.name for category in district.policy.categories}
    rows = [
        (_before(name, names[name]), *(count.get(status) for status in STATUSES), sum(count.values()))
        for name, count in found.categories.items()
    ]
    sums = [sum(count.get(status, 0) for count in found.categories.values()) for status in STATUSES]
    return Table(heads, (*rows, _last(*sums, sum(sums))), both("totals.categories"))


def _zones(found: Totals, district: District) -> Table:
    """Children by zone, each named by its school."""
    schools = {name: district.schools[zone.school_id].title for name, zone in district.zones.items()}
    rows = [(_before(zone, schools[zone]), count) for zone, count in _largest(found.zones)]
    rows = _with_rest(rows, [count for _, count in _largest(found.zones, rest=True)])
    total = _last(sum(found.zones.values()))
    heads = (Column(both("list.column.zone")), _number("list.column.children"))
    return Table(heads, (*rows, total), both("totals.zones"))


def _schools(found: Totals, district: District) -> Table:
    """Children by school and by the column in which they name it; columns that nobody filled in are left out."""
    used = [column for column in CHOICES if any(column in count for count in found.schools.values())]
    heads = (Column(both("list.column.school"), whole=True), *(_number(f"totals.{column}") for column in used))
    most = _largest({school: sum(count.values()) for school, count in found.schools.items()})
    rows = tuple(
        (district.schools[school].title, *(found.schools[school].get(column) for column in used))
        for school, _ in most
    )
    return Table(heads, rows, both("totals.schools"), both("totals.several"), tight=True)


def _largest(counts: Mapping[str, int], *, rest: bool = False) -> list[tuple[str, int]]:
    """Return what is shown, in the order of the table; or the rest."""
    if len(counts) <= MOST_LINES:
        return [] if rest else list(counts.items())
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ordered[MOST_LINES:] if rest else ordered[:MOST_LINES]


def _with_rest(rows: list[tuple[Text, int]], rest: Sequence[int]) -> list[tuple[Text, int]]:
    """Return rows with a line for those that are not shown."""
    return [*rows, (both("totals.rest", count=len(rest)), sum(rest))] if rest else rows


def _before(name: str, title: Text) -> Text:
    """Return an id with what people call it."""
    return Text(f"{name} {title.zh}", f"{name} {title.en}")


def _last(*numbers: int) -> tuple[Cell | Value, ...]:
    """Return the last line of a table."""
    return (Cell(both("totals.all"), strong=True), *(Cell(number, strong=True) for number in numbers))


def _number(code: str) -> Column:
    """Return a column of numbers."""
    return Column(both(code), "right")


def _status(status: str) -> Column:
    """Return the column of a status."""
    return _number(f"totals.status.{status}")
