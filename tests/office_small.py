"""The base families as the determination sees them: each changed in a few cells, alone or together with others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from allocator.determination import determine_by_steps
from allocator.domain import Determined, OfficeTables, OfficeValues, Owner
from tests.office_bases import BASES, Family, Town, renamed


class Base:
    """One family, and what is found of its child when some cells are different."""

    def __init__(self, family: Family) -> None:
        self.family = family

    def but(self, **changes: Any) -> Base:
        """The same family with other cells of child, first guardian or home, or with other rows altogether.

        ``child``, ``guardian`` and ``home`` are cells by column; ``guardians``, ``owners`` and ``checks`` are rows.
        """
        old = self.family
        first, *others = old.guardians
        owners = (Owner(old.child.home, *owner) for owner in changes["owners"]) if "owners" in changes else old.owners
        return Base(
            Family(
                old.child._replace(**changes.get("child", {})),
                changes.get("guardians", (first._replace(**changes.get("guardian", {})), *others)),
                old.home and old.home._replace(**changes.get("home", {})),
                tuple(owners),
                changes.get("checks", old.checks),
            )
        )

    def tables(self, values: Mapping[str, Any] | None = None, **others: Any) -> OfficeTables:
        """The tables of this family alone."""
        return together(self, values=values, **others)

    def found(self, values: Mapping[str, Any] | None = None, **others: Any) -> Determined:
        """The row of its child."""
        return determine_by_steps(self.tables(values, **others)).rows[0]


BASE_A, BASE_B, BASE_C, BASE_D, BASE_E, BASE_R1 = (Base(BASES[name]) for name in ("A", "B", "C", "D", "E", "R1"))


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


def family(name: str, number: int, category: str) -> Base:
    """A family of a category with ids of its own, the home's and the child's too."""
    made, home = renamed(BASES[category], number), f"H{number}"
    return Base(
        replace(
            made,
            child=made.child._replace(applicant_id=name, home=home),
            home=made.home and made.home._replace(home=home),
            owners=tuple(owner._replace(home=home) for owner in made.owners),
            checks=tuple(check._replace(applicant_id=name) for check in made.checks),
        )
    )


def together(*bases: Base, values: Mapping[str, Any] | None = None, **others: Any) -> OfficeTables:
    """The tables of several families, children in the order of their ids; what is named twice stands there once."""
    families = sorted((base.family for base in bases), key=lambda family: family.child.applicant_id)
    tables = Town(tuple(families), OfficeValues(**(values or {})), others).tables()
    once = {"guardians": tuple(dict.fromkeys(tables.guardians)), "owners": tuple(dict.fromkeys(tables.owners))}
    return replace(tables, **once)  # type: ignore[arg-type]
