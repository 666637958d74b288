"""What ``check`` counts in the office's tables, before anything is determined: the platform's own totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from allocator.domain import Application, OfficeTables, Text
from allocator.sheets import NONE, Cell, Column, Table, both

CHOICES: tuple[str, ...] = (
    "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferred_diversion", "private_choice",
)  # fmt: skip
"""Columns of the applications in which a school is named."""

REGISTERED, NOT_REGISTERED = "registered", "not_registered"


@dataclass(frozen=True, slots=True)
class ApplicationTotals:
    """Children of the applications, counted; what nobody has is left out.

    Attributes
    ----------
    categories : Mapping[str, Mapping[str, int]]
        By declared category (empty: none), then whether they are registered on the platform.
    zones : Mapping[str, int]
        By the zone of the home, else that of the hukou (empty: neither).
    schools : Mapping[str, Mapping[str, int]]
        By school, then the column in which it is named.
    tables : Mapping[str, int]
        Rows of every table that is there.
    """

    categories: Mapping[str, Mapping[str, int]]
    zones: Mapping[str, int]
    schools: Mapping[str, Mapping[str, int]]
    tables: Mapping[str, int]

    def as_object(self) -> dict[str, object]:
        """Return them for JSON."""
        names = ("categories", "zones", "schools", "tables")
        return {name: getattr(self, name) for name in names}


_TABLES = (
    "applications", "guardians", "homes", "owners", "checks", "locks", "blacklist", "special", "decisions", "rulings",
    "private",
)  # fmt: skip


def application_totals(tables: OfficeTables) -> ApplicationTotals:
    """Count the children of the office's tables."""
    children = tables.applications
    homes = {home.home: home.zone for home in tables.homes}
    pairs = Counter((child.declared_category, _registration(child)) for child in children)
    zones = Counter(homes.get(child.home, "") or child.hukou_zone for child in children)
    named = Counter((school, column) for column in CHOICES for child in children for school in _named(child, column))
    return ApplicationTotals(
        _grouped(pairs), dict(sorted(zones.items())), _grouped(named),
        {name: len(getattr(tables, name)) for name in _TABLES},
    )  # fmt: skip


def _registration(child: Application) -> str:
    """Whether a child is registered on the platform."""
    return NOT_REGISTERED if child.registered_at is None else REGISTERED


def _named(child: Application, column: str) -> set[str]:
    """Return the schools that a child names in a column."""
    cell = getattr(child, column)
    return ({cell} if isinstance(cell, str) else set(cell)) - {""}


def _grouped(pairs: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Return counts of pairs by the first, then the second; sorted."""
    found: dict[str, dict[str, int]] = {}
    for (first, second), count in sorted(pairs.items()):
        found.setdefault(first, {})[second] = count
    return found


def application_parts(application_counts: ApplicationTotals, tables: OfficeTables) -> Iterator[Table]:
    """Give the tables that ``check`` shows."""
    categories = {category.category_id: category.name for category in tables.policy.categories}
    schools = {school.school_id: school.title for school in tables.schools.values()}
    zones = {name: schools[zone.school_id] for name, zone in tables.zones.items()}
    yield _counts("totals.rows", "totals.table", application_counts.tables, lambda name: both(f"totals.table.{name}"))
    yield _matrix(
        "totals.declared", "totals.declared.column", application_counts.categories, (REGISTERED, NOT_REGISTERED),
        lambda name: _with_name(name, categories), with_sum=True,
    )  # fmt: skip
    yield _counts(
        "totals.zones",
        "list.column.zone",
        application_counts.zones,
        lambda name: _with_name(name, zones),
        with_sum=True,
    )
    if application_counts.schools:
        used = tuple(
            column for column in CHOICES if any(column in count for count in application_counts.schools.values())
        )
        title: Callable[[str], Text] = lambda name: schools.get(name, Text(name, name))
        yield _matrix("totals.schools", "list.column.school", application_counts.schools, used, title)


def _with_name(key: str, names: Mapping[str, Text]) -> Text:
    """Return an id with what people call it; a dash for none."""
    name = names.get(key, Text("", ""))
    return Text(f"{key} {name.zh}".strip() or NONE, f"{key} {name.en}".strip() or NONE)


def _counts(
    caption: str, heading: str, counts: Mapping[str, int], name: Callable[[str], Text], *, with_sum: bool = False
) -> Table:
    """Return a table of one number a row."""
    rows = tuple((name(key), count) for key, count in counts.items())
    total = ((Cell(both("totals.all"), strong=True), Cell(sum(counts.values()), strong=True)),) if with_sum else ()
    number = "list.column.children" if with_sum else "totals.number"
    return Table((Column(both(heading)), Column(both(number), "right")), (*rows, *total), both(caption))


def _matrix(
    caption: str, heading: str, counts: Mapping[str, Mapping[str, int]], keys: tuple[str, ...],
    name: Callable[[str], Text], *, with_sum: bool = False,
) -> Table:  # fmt: skip
    """Return a table of a number for each row and key; with its sums where they mean something."""
    heads = [Column(both(heading), whole=True), *(Column(both(f"totals.{key}"), "right") for key in keys)]
    rows = [(name(key), *(count.get(one) for one in keys)) for key, count in counts.items()]
    if not with_sum:
        return Table(tuple(heads), tuple(rows), both(caption), both("totals.several_applications"), tight=True)
    sums = [sum(count.get(one, 0) for count in counts.values()) for one in keys]
    heads.append(Column(both("list.column.children"), "right"))
    last = (Cell(both("totals.all"), strong=True), *(Cell(number, strong=True) for number in (*sums, sum(sums))))
    whole = [(*row, sum(count.values())) for row, count in zip(rows, counts.values(), strict=True)]
    return Table(tuple(heads), (*whole, last), both(caption))


