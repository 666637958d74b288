"""Suspicions: a roster that no rule refuses, but that looks as if a column had been mistaken."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from allocator.domain import OfficeValues
from allocator.ground import Fault
from allocator.reading.table import InputTable

ENOUGH = 10
"""Children of which it is odd that all have one status, category or zone."""

_LONGITUDES, _LATITUDES = (Decimal(73), Decimal(136)), (Decimal(3), Decimal(54))
"""Degrees between which China lies."""


def suspicions(roster: InputTable, schools: InputTable | None) -> Iterator[Fault]:
    """Give what looks mistaken in a roster and a table of schools whose rows are in order."""
    for table in (roster, schools):
        if table is not None:
            yield from suspicion_of_degrees(table)
    for column, usual in (("status", "verified"), ("category", ""), ("zone", "")):
        yield from suspicion_all_alike(roster, column, usual)


def application_suspicions(
    values: OfficeValues, applications: InputTable, schools: InputTable | None
) -> Iterator[Fault]:
    """Give what looks mistaken in applications and schools whose rows are in order."""
    for table in (applications, schools):
        if table is not None:
            yield from suspicion_of_degrees(table)
    for column in ("hukou_area", "declared_category", "tenure"):
        yield from suspicion_all_alike(applications, column)
    last = max(values.window_urban[1], values.window_rural[1]).isoformat()
    days = applications.texts("registered_at")
    if len(days) >= ENOUGH and all(not day or day > last for day in days):
        yield applications.fault("warn.all_late", 0, "registered_at", days[0])


def suspicion_of_degrees(table: InputTable) -> Iterator[Fault]:
    """Give one warning, at the first row with coordinates, where all of them are degrees in China and not metres."""
    pairs = zip(table.texts("x"), table.texts("y"), strict=True)
    places = [(row, x, y) for row, (x, y) in enumerate(pairs) if x and y]
    if places and all(_are_degrees(Decimal(x), Decimal(y)) for _, x, y in places):
        row, x, y = places[0]
        yield table.fault("warn.degrees", row, "x", f"{x}, {y}")


def _are_degrees(x: Decimal, y: Decimal) -> bool:
    """Whether two coordinates are longitude and latitude of a place in China, in either order."""
    return any(
        _LONGITUDES[0] <= one <= _LONGITUDES[1] and _LATITUDES[0] <= other <= _LATITUDES[1]
        for one, other in ((x, y), (y, x))
    )


def suspicion_all_alike(table: InputTable, column: str, usual: str = "") -> Iterator[Fault]:
    """Give one warning where very many children all have the same value, but for the one that is usual."""
    values = table.texts(column)
    if len(values) >= ENOUGH and len(set(values)) == 1 and values[0] != usual:
        yield table.fault("warn.all_alike", 0, column, values[0])
