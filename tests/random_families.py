"""Random families with every word and odd case of the office's tables, the same for the same number.

Each family comes from dice of its own (SHAKE-256 of the number and its place): one family more moves no other. It
starts as a family of which one category holds (``office_bases.BASES``), and some of its cells, from none to every
third, are drawn anew from all that their columns may hold. Some homes are shared by two or three families. The tables
are always such as the office may hand in: nothing in them is an input fault (office-procedure.md section 2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from hashlib import shake_256
from typing import Any, TypeVar, get_args, get_type_hints

from allocator.domain import (
    Application,
    Blacklisted,
    Check,
    Decision,
    Dwelling,
    Guardian,
    Lock,
    OfficeTables,
    OfficeValues,
    Owner,
    PrivateResult,
    PrivateSchool,
    Ruling,
    SpecialNeed,
    Zone,
)
from tests import conformance
from tests.office_bases import BASES, SCHOOLS, ZONES, guardian
from tests.office_bases import Family as Base
from tests.random_words import (
    AREAS,
    CHOICES,
    FIELDS,
    GROUNDS,
    OF_CHILD,
    OF_GUARDIAN,
    OF_HOME,
    PAPERS,
    RESULTS,
    SIBLING,
    SUBJECTS,
    TIMES,
)

Row = TypeVar("Row", Application, Guardian, Dwelling)
Option = TypeVar("Option")

PRIVATE = (PrivateSchool("private-1", 3), PrivateSchool("private-2", 40), PrivateSchool("private-3", 0))
TWICE: Mapping[str, Zone] = dict(sorted({
    **ZONES, "east": Zone("east", "fuli", "xincheng-2"), "north": Zone("north", "xincheng-1", "xincheng-2"),
    "fuli": Zone("fuli", "fuli", "xincheng-2", ("xincheng-1",)),
}.items()))  # fmt: skip
"""Zones of which two have one school: a child that registers there counts to its own of them, or to the first (P6)."""

_NEIGHBOURS = 3


class Dice:
    """Chance from a label; what is thrown under one label never depends on another."""

    def __init__(self, *label: object) -> None:
        self._label = "|".join(map(str, label))
        self._block, self._at, self._bytes = 0, 0, b""

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to ``bound`` - 1."""
        if self._at == len(self._bytes):
            self._bytes = shake_256(f"{self._label}|{self._block}".encode()).digest(128)
            self._block, self._at = self._block + 1, 0
        self._at += 2
        return int.from_bytes(self._bytes[self._at - 2 : self._at], "little") % bound

    def chance(self, percent: int) -> bool:
        """Return True so many times in a hundred."""
        return self.below(100) < percent

    def pick(self, options: Sequence[Option]) -> Option:
        """Return one of the options."""
        return options[self.below(len(options))]

    def some(self, options: Sequence[Option], percent: int) -> tuple[Option, ...]:
        """Return each option so many times in a hundred, in their order."""
        return tuple(option for option in options if self.chance(percent))

    def redraw(self, row: Row, cells: Mapping[str, Sequence[Any]], percent: int) -> Row:
        """Return a row in which each of the cells named is drawn anew so many times in a hundred."""
        return row._replace(**{c: self.pick(options) for c, options in cells.items() if self.chance(percent)})


def random_tables(seed: int, families: int, office: OfficeValues | None = None) -> OfficeTables:
    """Return the tables of so many families, under random values of section 1 unless some are given."""
    office = office or random_values(seed)
    drawn = [_Family(seed, n, office) for n in range(families)]
    results = tuple(sorted(row for family in drawn for row in family.private_results))
    return OfficeTables(
        policy=replace(conformance.policy(), office=office),
        schools=SCHOOLS,
        zones=ZONES if Dice(seed, "zones").chance(70) else TWICE,
        applications=_sorted(row for family in drawn for row in family.children),
        guardians=_sorted(row for family in drawn for row in family.guardians),
        homes=_sorted(family.home for family in drawn),
        owners=_sorted(row for family in drawn for row in family.owners),
        checks=_sorted(row for family in drawn for row in family.checks),
        locks=_sorted(row for family in drawn for row in family.locks),
        blacklist=_sorted(row for family in drawn for row in family.blacklist),
        special=_sorted(row for family in drawn for row in family.special),
        decisions=_sorted(row for family in drawn for row in family.decisions),
        rulings=_sorted(row for family in drawn for row in family.rulings),
        private=PRIVATE,
        private_results=results if Dice(seed, "private").chance(50) else None,
    )


def _sorted(rows: Any) -> Any:
    return tuple(sorted(rows, key=str))


def random_values(seed: int) -> OfficeValues:
    """Return values of section 1, every switch any of its words; junior once in five times."""
    dice, hints = Dice(seed, "values"), get_type_hints(OfficeValues)
    switches = {f.name: dice.pick(get_args(hints[f.name])) for f in fields(OfficeValues) if f.name.startswith("q")}
    plain: dict[str, tuple[Any, ...]] = {
        "stage": ("primary", "primary", "primary", "primary", "junior"), "year": (2023, 2023, 2026, 2028),
        "share": (5000, 5000, 3333, 10_000), "lease_months": (6, 6, 12),
    }  # fmt: skip
    drawn: dict[str, Any] = {name: dice.pick(options) for name, options in plain.items()}
    return OfficeValues(**drawn, **switches)


def home_of(seed: int, number: int) -> int:
    """Return the family whose home a family lives in: mostly its own, sometimes that of one a little before it."""
    dice = Dice(seed, number, "home")
    return max(0, number - 1 - dice.below(_NEIGHBOURS)) if dice.chance(18) else number


def base_of(seed: int, number: int) -> Base:
    """Return the base of a family; in another family's home mostly one of the same part of the Zone."""
    dice, home = Dice(seed, number, "base"), home_of(seed, number)
    base = BASES[dice.pick((*BASES, "A", "A", "D", "E"))]
    if home == number or dice.chance(20):
        return base
    there = base_of(seed, home).home
    return BASES[dice.pick(("R1", "R1", "R3") if there and there.area == "zone_rural" else ("A", "A", "B", "C", "D"))]


class _Family:
    """One family and all rows that it brings."""

    def __init__(self, seed: int, number: int, office: OfficeValues) -> None:
        self.seed, self.number, self.office = seed, number, office
        self.dice = dice = Dice(seed, number)
        self.name, self.disorder = f"F{number:06d}", dice.pick((0, 0, 2, 2, 5, 10, 30))
        self.base = base_of(seed, number)
        self.home = self._home()
        self.guardians = self._guardians()
        self.children = self._children()
        self.owners = self._owners()
        self.checks = [row for child in self.children for row in self._checks(child)]
        self.locks = self._locks()
        self.blacklist = [Blacklisted(self.name, dice.pick(GROUNDS["blacklist"]))] if dice.chance(3) else []
        needs = [(c.applicant_id, dice.pick(GROUNDS["level"]), dice.pick(GROUNDS["route"])) for c in self.children]
        self.special = [SpecialNeed(*need) for need in needs if dice.chance(4)]
        self.decisions = [row for child in self.children for row in self._decisions(child)]
        self.rulings = [row for child in self.children for row in self._rulings(child)]
        self.private_results = [
            PrivateResult(c.applicant_id, c.private_choice, dice.pick(("won", "lost")), "")
            for c in self.children
            if c.private_choice
        ]

    def _home(self) -> Dwelling:
        plain = self.base.home or BASES["R1"].home
        assert plain is not None
        zone = self.dice.pick(AREAS[plain.area])
        school = zone if self.dice.chance(50) else self.dice.pick(tuple(SCHOOLS))
        here = plain._replace(home=f"H{self.number:06d}", zone=zone, last_year_school=school)
        return self.dice.redraw(here, OF_HOME, self.disorder)

    def _guardians(self) -> list[Guardian]:
        dice, first = self.dice, self.base.guardians[0]._replace(family=self.name, book=f"B{self.number:06d}")
        rows = [first]
        if dice.chance(60):
            rows.append(first._replace(guardian="g2", relation="mother", head=False))
        if dice.chance(8):
            custody = dice.pick(("sole", "sole", "joint"))
            rows.append(guardian(family=self.name, guardian="g3", relation="guardian", custody=custody, head=True))
        books = {**OF_GUARDIAN, "book": (first.book, "", "B-other")}
        return [dice.redraw(row, books, self.disorder) for row in rows]

    def _children(self) -> list[Application]:
        dice, choices = self.dice, {}
        if dice.chance(40):
            choices = {column: dice.pick(options) for column, options in CHOICES.items() if dice.chance(40)}
        count = dice.pick((1, 1, 1, 1, 1, 1, 2, 2, 3))
        bundle = f"M{self.number:06d}" if count > 1 and dice.chance(60) else ""
        shared = home_of(self.seed, self.number)
        first = self.base.child._replace(family=self.name, bundle=bundle, book=f"B{self.number:06d}", **choices)
        if first.home:
            first = first._replace(home=f"H{shared:06d}")
        elif dice.chance(50):
            first = first._replace(hukou_zone=dice.pick(tuple(ZONES)))
        drawn = self._redrawn(first, self.disorder)
        return [self._named(self._redrawn(drawn, self.disorder // 2) if k else drawn, k) for k in range(count)]

    def _redrawn(self, child: Application, percent: int) -> Application:
        dice, child = self.dice, self.dice.redraw(child, OF_CHILD, percent)
        child = child._replace(papers=tuple(p for p in child.papers if not dice.chance(percent)))
        child = child._replace(papers=tuple(sorted({*child.papers, *dice.some(PAPERS, 3 * percent)})))
        if not child.home or dice.chance(percent // 2):
            return child._replace(home="", tenure="")
        if dice.chance(percent // 2):
            return child._replace(home=f"H{max(0, self.number - 1):06d}")
        return child

    def _named(self, child: Application, k: int) -> Application:
        dice, junior = self.dice, self.office.stage == "junior"
        if k and dice.chance(20):  # brothers and sisters of different categories
            child = child._replace(hukou_in_date=self.office.papers_before)
        place = (str(dice.below(9000)), str(dice.below(9000))) if dice.chance(50) else ("", "")
        return child._replace(
            applicant_id=f"T{(self.number * 10 + k) * 7919 % 10**7:07d}",
            graduated=not dice.chance(10) if junior else None,
            x=place[0],
            y=place[1],
        )

    def _owners(self) -> list[Owner]:
        dice, home = self.dice, self.home.home
        if not self.base.owners and not dice.chance(30):
            return []
        near = range(self.number + 1, self.number + 1 + _NEIGHBOURS)
        sharing = [self.number, *(n for n in near if home_of(self.seed, n) == self.number)]
        part = 10_000 // len(sharing)
        grandparents = self.base.child.tenure == "grandparents"
        if not dice.chance(max(10, 2 * self.disorder)):
            return [Owner(home, f"F{n:06d}/{'grandparents' if grandparents else 'g1'}", part) for n in sharing]
        holders = ("g1", "g2", "g3", "grandparents")
        split = dice.pick(((2500, 2500), (4999, 1), (3333, 3333, 3334), (5000, 5000), (10_000,), (4999,), ()))
        names = [f"{self.name}/{dice.pick(holders)}" if dice.chance(80) else "landlord" for _ in split]
        return [Owner(home, *item) for item in dict(zip(names, split, strict=True)).items()]

    def _checks(self, child: Application) -> list[Check]:
        dice, plain = self.dice, [c._replace(applicant_id=child.applicant_id) for c in self.base.checks]
        rows = [c for c in plain if not dice.chance(self.disorder)]
        while dice.chance(max(8, 2 * self.disorder)):
            subject, source, result = dice.pick(SUBJECTS), dice.pick(("police", "platform")), dice.pick(RESULTS)
            rows.append(Check(child.applicant_id, subject, source, result, "u1", dice.pick(TIMES)))
        return rows

    def _locks(self) -> list[Lock]:
        dice, rows = self.dice, list[Lock]()
        while dice.chance(12):
            family, stage = dice.pick((self.name, "F999999", "F999999")), dice.pick(("primary", "junior"))
            year = self.office.year - 1 - dice.below(7)
            rows.append(Lock(self.home.home, stage, year, family, f"L{self.number}-{len(rows)}"))
        return rows

    def _decisions(self, child: Application) -> list[Decision]:
        dice, rows = self.dice, list[Decision]()
        while dice.chance(8):
            key = f"D{child.applicant_id}-{len(rows)}"
            days = {"received_on": date(2023, 7, 23 + dice.below(3)), "decided_on": date(2023, 7, 25 + dice.below(2))}
            rows.append(self._decision(child, decision_id=key, approved=dice.chance(85), **days))
        return rows

    def _decision(self, child: Application, **cells: Any) -> Decision:
        dice, school, sibling = self.dice, self.dice.pick(tuple(SCHOOLS)), self.dice.chance(50)
        ground = "" if sibling else dice.pick(tuple(GROUNDS["ground"]))
        needed = GROUNDS["application"] if sibling else GROUNDS["ground"][ground]
        if sibling and dice.chance(80):
            school = self.home.last_year_school or school
        order, entry, enrolled = (dice.pick(options) for options in SIBLING) if sibling else (None, "", None)
        return Decision(
            applicant_id=child.applicant_id,
            kind="sibling" if sibling else "preferential",
            ground=ground,
            school_id=school,
            papers=tuple(p for p in needed if not dice.chance(8)),
            service_years=None if sibling else dice.pick((None, 4, 5, 5, 6)),
            sibling_order=order,
            sibling_entry=entry,
            sibling_enrolled=enrolled,
            **cells,
        )

    def _rulings(self, child: Application) -> list[Ruling]:
        dice, rows = self.dice, list[Ruling]()
        while dice.chance(8):
            field = dice.pick(tuple(FIELDS))
            value = child.home if field == "lock_exempt" else dice.pick(FIELDS[field])
            if value:
                day = date(2023, 7, 28) + timedelta(dice.below(2))
                key = f"R{child.applicant_id}-{len(rows)}"
                rows.append(Ruling(key, child.applicant_id, field, value, "as heard", "group", day))
        return rows
