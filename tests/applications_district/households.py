"""The families the cases start from: one each category, in which every condition of it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Row = dict[str, str]

CHILD = (
    "applicant_id", "family", "birth_date", "graduated", "registered_at", "late_cause", "deferral", "over_age_reason",
    "hukou_area", "hukou_kind", "own_booklet", "book", "hukou_in_date", "hukou_zone", "three_gen", "home", "tenure",
    "residence_start", "lease_months", "papers", "declared_category", "registered_school", "voluntary_1",
    "voluntary_2", "open_choice", "preferred_diversion", "bundle", "x", "y", "private_choice",
)  # fmt: skip
GUARDIAN = (
    "family", "guardian", "relation", "custody", "hukou_area", "book", "hukou_in_date", "head", "work_area",
    "work_start", "work_paper",
)  # fmt: skip
HOME = ("home", "area", "zone", "use", "delivered", "proof", "proof_date", "invoices", "last_year_school")

RURAL_ZONES = {"liaohe-3", "fuantun", "sanjiazi"}
SEEN = "booklet;vaccination"
RENTED = {
    "tenure": "rented",
    "lease_months": "12",
    "papers": f"{SEEN};lease;landlord;community",
    "residence_start": "2022-03-01",
}
"""What a family that rents brings."""


@dataclass
class Household:
    """One family before it has numbers: its first child, guardians by number, home, owners by holder, checks."""

    child: Row
    guardians: dict[str, Row]
    home: Row
    owners: dict[str, str] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)


def household(base: str, zone: str) -> Household:
    """Return a family of a category (C2: its second case) whose home stands in a zone."""
    made = _household(base, zone)
    _BASES[base](made)
    made.child["declared_category"] = base[0] if base == "C2" else base
    return made


def _household(base: str, zone: str) -> Household:
    """Return a family of Zone-urban, or Zone-rural, with a home of its own."""
    area = "zone_rural" if zone in RURAL_ZONES else "zone_urban"
    child = dict.fromkeys(CHILD, "") | {
        "birth_date": "2017-03-01", "registered_at": "2023-07-26", "over_age_reason": "no", "hukou_area": area,
        "hukou_kind": "non_agri", "own_booklet": "no", "book": "own", "hukou_zone": zone, "three_gen": "no",
        "home": "own", "tenure": "owned", "residence_start": "2022-05-01", "papers": SEEN,
    }  # fmt: skip
    parent = dict.fromkeys(GUARDIAN, "") | {
        "custody": "joint", "hukou_area": area, "book": "own", "head": "no", "work_paper": "no",
    }  # fmt: skip
    guardians = {"1": {**parent, "relation": "father", "head": "yes"}, "2": {**parent, "relation": "mother"}}
    home = dict.fromkeys(HOME, "") | {
        "area": area, "zone": zone, "use": "residential", "delivered": "yes", "proof": "title",
        "proof_date": "2022-04-01", "last_year_school": zone,
    }  # fmt: skip
    return Household(child, guardians, home, {"1": "100"})


def _of_grandparents(made: Household) -> None:
    """B: three generations in the grandparents' home."""
    made.child |= {"three_gen": "yes", "tenure": "grandparents"}
    made.owners, made.checks = {"grandparents": "100"}, {"no_home": "pass"}


def _renting(made: Household) -> None:
    """C, case 1."""
    made.child |= RENTED
    made.owners, made.checks = {"其他产权人": "100"}, {"no_home": "pass"}


def _collective(made: Household) -> None:
    """C, case 2."""
    _renting(made)
    made.child |= {"hukou_kind": "collective", "own_booklet": "yes"}


def _from_elsewhere(made: Household) -> None:
    """D: a home, and no hukou here."""
    for row in (made.child, *made.guardians.values()):
        row |= {"hukou_area": "elsewhere"}
    made.child["hukou_zone"] = ""


def _working_here(made: Household) -> None:
    """E: renting, no hukou here, work in the main city."""
    _from_elsewhere(made)
    _renting(made)
    made.guardians["1"] |= {"work_area": "main_city", "work_start": "2021-09-01", "work_paper": "yes"}


def _without_home(made: Household) -> None:
    """R2: hukou in Zone-rural alone."""
    made.child |= {"home": "", "tenure": "", "residence_start": ""}
    made.home, made.owners = {}, {}


def _renting_rural(made: Household) -> None:
    """R3: renting in Zone-rural, no hukou there."""
    _from_elsewhere(made)
    made.child |= RENTED
    made.owners = {"其他产权人": "100"}


def _as_it_is(made: Household) -> None:
    """A and R1: the family as it is made."""


def _without_work(made: Household) -> None:
    """U: as E, but nobody works here."""
    _working_here(made)
    made.guardians["1"] |= {"work_area": "", "work_start": "", "work_paper": "no"}


_BASES = {
    "A": _as_it_is, "B": _of_grandparents, "C": _renting, "C2": _collective, "D": _from_elsewhere,
    "E": _working_here, "R1": _as_it_is, "R2": _without_home, "R3": _renting_rural, "U": _without_work,
}  # fmt: skip


def changed(made: Household, changes: Mapping[str, str]) -> None:
    """Change a family: ``column`` of the child, ``1.column`` of a guardian, ``home.column``, ``owners``, ``check.…``.

    ``owners`` is a list ``holder=share`` joined by ``;``; ``check.<subject>`` a list of results, one a source.
    """
    for name, value in changes.items():
        where, _, column = name.rpartition(".")
        if name == "owners":
            made.owners = dict(one.split("=") for one in value.split(";") if one)
        elif where == "check":
            made.checks[column] = value
        elif where == "home":
            made.home[column] = value
        elif where:
            made.guardians.setdefault(where, dict.fromkeys(GUARDIAN, "") | {"head": "no", "work_paper": "no"})
            made.guardians[where][column] = value
        else:
            made.child[column] = value
