"""Small families as office tables: the bases of the worked examples, each changed in one thing (section 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from allocator.determination import determine
from allocator.domain import (
    Application,
    Check,
    Determined,
    Dwelling,
    Guardian,
    OfficeTables,
    OfficeValues,
    Owner,
    School,
    Zone,
)
from tests import conformance

SCHOOLS = (
    School("fuli", "富力小学", plan=4, hard_cap=6),
    School("hexi-primary", "河西中学小学部", plan=4),
    School("keerqin-primary", "科尔沁小学", external=True),
    School("shifuxiao", "市附小", plan=4),
    School("sizhong-fuli", "四中富力分校", plan=4),
    School("xincheng-1", "新城一小", plan=4),
    School("xincheng-2", "新城二小", plan=4),
)
ZONES = (
    Zone("fuli", "fuli", "xincheng-2"),
    Zone("hexi-primary", "hexi-primary", "hexi-primary"),
    Zone("shifuxiao", "shifuxiao", "", ("xincheng-1",)),
    Zone("xincheng-1", "xincheng-1", "xincheng-2"),
)


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


def child(name: str = "T1", family: str = "F1", home: str = "H1", **changes: Any) -> Application:
    """The child of base A, with changes."""
    base = Application(
        name, family, day("2017-03-01"), None, day("2023-07-26"), "", "", False, "zone_urban", "non_agri", False,
        f"B{family}", None, "", False, home, "owned" if home else "", day("2022-05-01"), None,
        ("booklet", "vaccination"), "", "", (), (), "", (), "", "", "", "",
    )  # fmt: skip
    return base._replace(**changes)


def guardian(family: str = "F1", name: str = "g0", **changes: Any) -> Guardian:
    """The father of base A, with changes."""
    base = Guardian(family, name, "father", "joint", "zone_urban", f"B{family}", None, True, "", None, False)
    return base._replace(**changes)


def dwelling(home: str = "H1", **changes: Any) -> Dwelling:
    """The home of base A, with changes."""
    base = Dwelling(home, "zone_urban", "fuli", "residential", True, "title", day("2022-04-01"), (), "fuli")
    return base._replace(**changes)


def check(subject: str = "no_home", result: str = "pass", name: str = "T1", **changes: Any) -> Check:
    """One answer of the housing platform, with changes."""
    return Check(name, subject, "platform", result, "u1", "2023-07-28T09:00:00")._replace(**changes)


def tables(
    children: Sequence[Application],
    guardians: Sequence[Guardian],
    homes: Sequence[Dwelling],
    owners: Sequence[Owner],
    values: Mapping[str, Any] | None = None,
    **more: Any,
) -> OfficeTables:
    """Tables of some families under Tongliao's policy."""
    policy = replace(conformance.policy(), office=OfficeValues(**(values or {})))
    schools, zones = {s.school_id: s for s in SCHOOLS}, {z.zone: z for z in ZONES}
    return OfficeTables(policy, schools, zones, tuple(children), tuple(guardians), tuple(homes), tuple(owners), **more)


class Base:
    """One family: what it hands in, and what is found of its child when some of that is different."""

    def __init__(
        self,
        child: Application,
        guardians: Sequence[Guardian],
        home: Dwelling | None,
        owners: Sequence[tuple[str, int]] = (),
        checks: Sequence[Check] = (),
    ) -> None:
        self.child, self.guardians, self.home = child, tuple(guardians), home
        self.owners, self.checks = tuple(owners), tuple(checks)

    def but(self, **changes: Any) -> Base:
        """The same family with other columns of child (``child``), first guardian (``guardian``) or ``home``."""
        first, *rest = self.guardians
        return Base(
            self.child._replace(**changes.get("child", {})),
            changes.get("guardians", (first._replace(**changes.get("guardian", {})), *rest)),
            self.home._replace(**changes.get("home", {})) if self.home else None,
            changes.get("owners", self.owners),
            changes.get("checks", self.checks),
        )

    def tables(self, values: Mapping[str, Any] | None = None, **more: Any) -> OfficeTables:
        """The tables of this family alone."""
        homes = [self.home] if self.home else []
        owners = [Owner(self.child.home, holder, share) for holder, share in self.owners]
        checks = tuple(row._replace(applicant_id=self.child.applicant_id) for row in self.checks)
        return tables([self.child], self.guardians, homes, owners, values, checks=checks, **more)

    def found(self, values: Mapping[str, Any] | None = None, **more: Any) -> Determined:
        """The row of its child."""
        return determine(self.tables(values, **more)).rows[0]


def family(name: str, number: int, category: str) -> Base:
    """A family of a category under its own id, child, home and booklet."""
    f, home = f"F{number}", f"H{number}"
    made = {"A": _base_a, "B": _base_b, "C": _base_c, "D": _base_d, "E": _base_e, "R1": _base_r1}[category]
    return made(name, f, home)


def _base_a(name: str, f: str, home: str) -> Base:
    return Base(child(name, f, home), [guardian(f)], dwelling(home), [(f"{f}/g0", 10000)])


def _base_b(name: str, f: str, home: str) -> Base:
    base = _base_a(name, f, home)
    changed = base.but(child={"tenure": "grandparents", "three_gen": True}, checks=[check()])
    changed.owners = ((f"{f}/grandparents", 10000),)
    return changed


def _base_c(name: str, f: str, home: str) -> Base:
    papers = ("booklet", "vaccination", "lease", "landlord", "community")
    lease = {"tenure": "rented", "lease_months": 12, "papers": papers}
    return _base_a(name, f, home).but(child=lease, owners=[("landlord", 10000)], checks=[check()])


def _base_d(name: str, f: str, home: str) -> Base:
    area = {"hukou_area": "elsewhere"}
    return _base_a(name, f, home).but(child=area, guardian=area)


def _base_e(name: str, f: str, home: str) -> Base:
    area = {"hukou_area": "elsewhere"}
    job = {"work_area": "main_city", "work_start": day("2022-01-01"), "work_paper": True}
    return _base_c(name, f, home).but(child=area, guardian=area | job)


def _base_r1(name: str, f: str, home: str) -> Base:
    area = {"hukou_area": "zone_rural"}
    place = {"area": "zone_rural", "zone": "hexi-primary", "last_year_school": "hexi-primary"}
    return _base_a(name, f, home).but(child=area, guardian=area, home=place)


BASE_A, BASE_B, BASE_C, BASE_D, BASE_E, BASE_R1 = (family("T1", 1, name) for name in ("A", "B", "C", "D", "E", "R1"))


def together(*bases: Base, values: Mapping[str, Any] | None = None, **more: Any) -> OfficeTables:
    """The tables of several families; a home named twice stands there once."""
    homes = {base.home.home: base.home for base in bases if base.home}
    owners = {(b.child.home, holder): Owner(b.child.home, holder, share) for b in bases for holder, share in b.owners}
    guardians = {row: None for base in bases for row in base.guardians}
    checks = tuple(row._replace(applicant_id=base.child.applicant_id) for base in bases for row in base.checks)
    children = sorted((base.child for base in bases), key=lambda row: row.applicant_id)
    filed = (children, tuple(guardians), tuple(homes.values()), tuple(owners.values()))
    return tables(*filed, values, checks=checks, **more)
