"""The values of the office's procedure: the block ``office`` of a policy (office-procedure.md section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Stage: TypeAlias = Literal["primary", "junior"]
Window: TypeAlias = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeValues:
    """What the office decides by before the draw; the defaults are those of Tongliao's primary schools in 2023.

    Attributes
    ----------
    stage, year : {"primary", "junior"}, int
        What the folder is for (C001).
    born_by, born_from : date
        Born after the first: too young (C008); born before the second: over age (Q-26).
    papers_before, half_year_before : date
        Papers and moving in count only before it (C011); the same for half a year of residence and work (C024).
    window_urban, window_rural : (date, date)
        First and last day of registration by track (C050).
    lease_months : int
        Least length of a lease (C035).
    share : int
        Least share of a home, in hundredths of a per cent (C031).
    q17_hukou, … : str
        Readings of open questions, each named by its question (clauses.md).
    next_round : {"after_confirmation", "after_opening"}
        When the next round may open (Q-35).
    publicity_days : int
        Least length of a publicity, in working days (C070).
    holidays, workdays : tuple of date
        Dates that are no working days; Saturdays and Sundays that are.
    retain_until : date or None
        From this day on names and evidence may be purged; None where none is stated.
    """

    stage: Stage = "primary"
    year: int = 2023
    born_by: date = date(2017, 8, 31)
    born_from: date = date(2016, 9, 1)
    papers_before: date = date(2023, 6, 1)
    half_year_before: date = date(2023, 3, 1)
    window_urban: Window = (date(2023, 7, 25), date(2023, 7, 27))
    window_rural: Window = (date(2023, 7, 25), date(2023, 7, 31))
    lease_months: int = 6
    share: int = 5000
    q17_hukou: Literal["area", "zone"] = "area"
    q18_parents: Literal["one", "both"] = "one"
    q19_share: Literal["sum", "single"] = "sum"
    q20_public_rental: Literal["home", "rental"] = "home"
    q22_half_year: Literal["ruling", "strict", "inclusive"] = "ruling"
    q26_over_age: Literal["warn", "hold"] = "warn"
    q27_vaccination: Literal["warn", "hold"] = "warn"
    q28_counting: Literal["year1", "year0"] = "year1"
    q28_homes: Literal["all", "owned"] = "all"
    next_round: Literal["after_confirmation", "after_opening"] = "after_confirmation"
    publicity_days: int = 5
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
    retain_until: date | None = None
