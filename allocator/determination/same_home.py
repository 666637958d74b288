"""Two families on one home in the same year: one of them has it, or a ruling decides (section 3.5, C127, Q-28)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.determination.assessment import Assessment
from allocator.determination.categories import ORDER, OTHER
from allocator.determination.locks import LOCKING
from allocator.domain import STATUSES

_STATUS = {status: place for place, status in enumerate(STATUSES)}

FamilyChildren = list[Assessment]


def settle_shared_homes(children: Iterable[Assessment]) -> None:
    """Leave each home to the family with the least status and category; the others are categorised without it."""
    for families in _homes(children).values():
        if len(families) > 1:
            _settle(families)


def _homes(children: Iterable[Assessment]) -> Mapping[str, Mapping[str, FamilyChildren]]:
    """Return the children who rest on a home, by home and family."""
    homes: dict[str, dict[str, FamilyChildren]] = {}
    for child in children:
        of = child.dossier
        if of.tested and not of.exempt and child.category in LOCKING:
            homes.setdefault(of.application.home, {}).setdefault(of.application.family, []).append(child)
    return homes


def _settle(families: Mapping[str, FamilyChildren]) -> None:
    keys = {family: min(map(_key, children)) for family, children in families.items()}
    least = min(keys.values())
    tied = sum(key == least for key in keys.values()) > 1
    for family, children in families.items():
        for child in children:
            if keys[family] != least:
                child.dossier.lost = True
                child.categorise_again()
            elif tied:
                child.category, child.clause, child.codes = OTHER, "Q-28", frozenset({"r:Q-28"})
            if tied or keys[family] != least:
                child.flags.add("same_home")


def _key(child: Assessment) -> tuple[int, int]:
    return _STATUS[child.status], ORDER[child.category]
