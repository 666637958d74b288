"""Families of which one category holds with nothing to spare, to be changed in one place; tables made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from allocator.domain import (
    Application,
    Check,
    Dwelling,
    Guardian,
    OfficeTables,
    OfficeValues,
    Owner,
    School,
    Zone,
)
from tests import conformance

SCENARIO = conformance.ROOT / "scenarios" / "tongliao-2023-primary"
SCHOOLS: Mapping[str, School] = {
    school.school_id: school for school in map(conformance.school, conformance.rows(SCENARIO / "schools.csv"))
}
ZONES: Mapping[str, Zone] = {row["zone"]: conformance.zone(row) for row in conformance.rows(SCENARIO / "zones.csv")}

LEASE = ("lease", "landlord", "community")

Change = Callable[["Family"], "Family"]


@dataclass(frozen=True)
class Family:
    """One family of one child, with its home."""

    child: Application
    guardians: tuple[Guardian, ...]
    home: Dwelling | None
    owners: tuple[Owner, ...] = ()
    checks: tuple[Check, ...] = ()


def child(**cells: Any) -> Application:
    """Return a child of F1, born in urban hukou, in its own home since 2022; cells as given."""
    plain = dict.fromkeys(Application._fields, "") | dict.fromkeys(
        ("voluntary_1", "voluntary_2", "preferred_diversion"), ()
    )
    return Application(**plain | {
        "applicant_id": "T1", "family": "F1", "birth_date": date(2017, 3, 1), "graduated": None,
        "registered_at": date(2023, 7, 26), "over_age_reason": False, "hukou_area": "zone_urban",
        "hukou_kind": "non_agri", "own_booklet": False, "book": "B1", "hukou_in_date": None, "three_gen": False,
        "home": "H1", "tenure": "owned", "residence_start": date(2022, 5, 1), "lease_months": None,
        "papers": ("booklet", "vaccination"),
    } | cells)  # fmt: skip


def guardian(**cells: Any) -> Guardian:
    """Return the father of F1, head of the child's booklet, with urban hukou since birth; cells as given."""
    return Guardian(**{
        "family": "F1", "guardian": "g1", "relation": "father", "custody": "joint", "hukou_area": "zone_urban",
        "book": "B1", "hukou_in_date": None, "head": True, "work_area": "", "work_start": None, "work_paper": False,
    } | cells)  # fmt: skip


def home(**cells: Any) -> Dwelling:
    """Return a dwelling in the zone of 富力小学 with a title of 2022; cells as given."""
    return Dwelling(**{
        "home": "H1", "area": "zone_urban", "zone": "fuli", "use": "residential", "delivered": True, "proof": "title",
        "proof_date": date(2022, 4, 1), "invoices": (), "last_year_school": "fuli",
    } | cells)  # type: ignore[arg-type]  # fmt: skip


def check(subject: str, result: str = "pass", **cells: str) -> Check:
    """Return an answer of the housing platform on T1; cells as given."""
    plain = {"applicant_id": "T1", "source": "platform", "by": "u1", "at": "2023-07-28T09:00:00"}
    return Check(subject=subject, result=result, **plain | cells)


_OWNER = (Owner("H1", "F1/g1", 10_000),)
_NO_HOME = (check("no_home"),)
_RENTED: Mapping[str, Any] = {"tenure": "rented", "lease_months": 12}
_LATE = date(2023, 6, 1)
"""Hukou moved in on this day counts as none, but still gives the track."""

_LONG_AGO = date(2022, 1, 1)

BASES: Mapping[str, Family] = {
    "A": Family(child(), (guardian(),), home(), _OWNER),
    "B": Family(child(three_gen=True, tenure="grandparents"), (guardian(),), home(),
                (Owner("H1", "F1/grandparents", 10_000),), _NO_HOME),
    "C": Family(child(papers=("booklet", "vaccination", *LEASE), **_RENTED), (guardian(),), home(), (), _NO_HOME),
    "C2": Family(child(papers=("booklet", "vaccination", *LEASE), hukou_kind="collective", own_booklet=True, **_RENTED),
                 (guardian(),), home(), (), _NO_HOME),
    "D": Family(child(), (guardian(hukou_area="elsewhere"),), home(), _OWNER),
    "E": Family(child(papers=("booklet", "vaccination", *LEASE), hukou_in_date=_LATE, **_RENTED),
                (guardian(hukou_area="elsewhere", work_area="main_city", work_start=_LONG_AGO, work_paper=True),),
                home(), (), _NO_HOME),
    "R1": Family(child(hukou_area="zone_rural", hukou_kind="agri"), (guardian(hukou_area="zone_rural"),),
                 home(area="zone_rural", zone="fuantun"), _OWNER),
    "R2": Family(child(hukou_area="zone_rural", home="", tenure="", residence_start=None, hukou_zone="fuantun"),
                 (guardian(hukou_area="zone_rural"),), None),
    "R3": Family(child(hukou_area="zone_rural", hukou_in_date=_LATE, papers=("booklet", "vaccination", *LEASE),
                       **_RENTED), (guardian(hukou_area="zone_rural"),), home(area="zone_rural", zone="fuantun")),
}  # fmt: skip
"""A family by category; C2 is C by case 2."""


def of_child(**cells: Any) -> Change:
    """Change cells of the child."""
    return lambda family: replace(family, child=family.child._replace(**cells))


def of_guardian(**cells: Any) -> Change:
    """Change cells of the father."""
    return lambda family: replace(family, guardians=(family.guardians[0]._replace(**cells), *family.guardians[1:]))


def of_home(**cells: Any) -> Change:
    """Change cells of the home."""
    return lambda family: replace(family, home=family.home and family.home._replace(**cells))


def beside(*guardians: Guardian) -> Change:
    """Add guardians."""
    return lambda family: replace(family, guardians=(*family.guardians, *guardians))


def owned(*shares: tuple[str, int]) -> Change:
    """Let the home have these holders and shares, in hundredths of a per cent."""
    return lambda family: replace(family, owners=tuple(Owner("H1", holder, share) for holder, share in shares))


def checked(*checks: Check) -> Change:
    """Let there be these checks and no others."""
    return lambda family: replace(family, checks=checks)


def paper(*papers: str) -> Change:
    """Add papers."""
    return lambda family: replace(family, child=family.child._replace(papers=(*family.child.papers, *papers)))


def without(*papers: str) -> Change:
    """Take papers away."""
    return lambda family: of_child(papers=tuple(p for p in family.child.papers if p not in papers))(family)


def renamed(family: Family, number: int) -> Family:
    """Return a family with ids of another number, but with the same home."""
    own, book = f"F{number}", f"B{number}"
    return replace(
        family,
        child=family.child._replace(applicant_id=f"T{number}", book=book, family=own),
        guardians=tuple(g._replace(book=book if g.book else "", family=own) for g in family.guardians),
        owners=tuple(o._replace(holder=o.holder.replace("F1/", f"{own}/")) for o in family.owners),
        checks=tuple(c._replace(applicant_id=f"T{number}") for c in family.checks),
    )


@dataclass(frozen=True)
class Town:
    """Families, the values of section 1, and all other tables by name."""

    families: tuple[Family, ...]
    office: OfficeValues = field(default_factory=OfficeValues)
    others: Mapping[str, Any] = field(default_factory=dict)

    def tables(self) -> OfficeTables:
        """Return its tables; a home that several families name stands once."""
        each = self.families
        return OfficeTables(
            policy=replace(conformance.policy(), office=self.office),
            schools=SCHOOLS,
            zones=ZONES,
            applications=tuple(f.child for f in each),
            guardians=tuple(g for f in each for g in f.guardians),
            homes=tuple({f.home.home: f.home for f in each if f.home}.values()),
            owners=tuple(o for f in each for o in f.owners),
            checks=tuple(c for f in each for c in f.checks),
            **self.others,
        )
