"""Half a year of residence and work before the school year (C024, Q-22)."""

from __future__ import annotations

from datetime import date

from allocator.determination.values import Truth, open_value
from allocator.domain import OfficeValues


def waited_long_enough(start: date | None, office: OfficeValues, missing: str) -> Truth:
    """Return whether something began early enough; the day itself is read as the switch says."""
    if start is None:
        return open_value(missing)
    if start != office.half_year_before:
        return start < office.half_year_before
    return open_value("r:Q-22") if office.q22_half_year == "ruling" else office.q22_half_year == "inclusive"
