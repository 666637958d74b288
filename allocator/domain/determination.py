"""What a determination finds: category, status and reasons of each child, and the roster (office-procedure.md 3.6)."""

from __future__ import annotations

from typing import NamedTuple

from allocator.domain.district import Applicant

CONDITIONS: tuple[str, ...] = (
    "guardians", "booklet", "child_hukou", "guardian_hukou", "same_book", "relation", "hukou_in_zone", "head",
    "three_generations", "non_agricultural", "collective", "rural_hukou", "home_urban", "home_rural", "home_use",
    "delivered", "moved_in", "home_proof", "owner_parents", "owner_grandparents", "unlocked", "lives_owned",
    "lives_grandparents", "rents", "borrows", "no_home", "half_year", "work", "form5",
)  # fmt: skip
"""Names of the conditions in the order of all lists (section 3.2)."""

RESULTS: tuple[str, ...] = (
    "roster", "held", "not_of_age", "not_graduate", "deferred", "special_route", "out_of_scope", "private",
)  # fmt: skip


class Determined(NamedTuple):
    """One row of ``determination.csv``; tuples are the lists of its cells, in their order."""

    applicant_id: str
    result: str
    track: str = ""
    category: str = ""
    zone: str = ""
    status: str = ""
    held: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    ruling: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    clause: str = ""


class Determination(NamedTuple):
    """The outcome for all children, in code-point order of their ids, and the roster of those whose result is so."""

    rows: tuple[Determined, ...]
    roster: tuple[Applicant, ...]
