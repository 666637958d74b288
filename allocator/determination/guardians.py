"""Who counts as a guardian of a child (section 3.1, C039)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from allocator.domain import Guardian


class FamilyGuardians(NamedTuple):
    """The rows of one family that can count.

    Attributes
    ----------
    parents : tuple of Guardian
        Father and mother, unless without custody: a divorced parent without it counts for nothing.
    appointed : tuple of Guardian
        Guardians with sole custody; they count instead of the parents where the papers of guardianship are there.
    unclear : bool
        The custody of a parent is unclear.
    """

    parents: tuple[Guardian, ...] = ()
    appointed: tuple[Guardian, ...] = ()
    unclear: bool = False

    def counting(self, papers: tuple[str, ...]) -> tuple[Guardian, ...]:
        """Return the guardians who count for a child with these papers."""
        return self.appointed if self.by_appointment(papers) else self.parents

    def by_appointment(self, papers: tuple[str, ...]) -> bool:
        """Whether appointed guardians count for a child with these papers."""
        return bool(self.appointed) and "guardianship" in papers


NOBODY = FamilyGuardians()


def guardians_of_families(guardians: Iterable[Guardian]) -> Mapping[str, FamilyGuardians]:
    """Return the rows that can count, by family."""
    families: dict[str, list[Guardian]] = {}
    for guardian in guardians:
        families.setdefault(guardian.family, []).append(guardian)
    return {family: _family(rows) for family, rows in families.items()}


def _family(rows: Iterable[Guardian]) -> FamilyGuardians:
    parents, appointed = [], []
    for row in rows:
        if row.relation != "guardian" and row.custody != "none":
            parents.append(row)
        elif row.relation == "guardian" and row.custody == "sole":
            appointed.append(row)
    return FamilyGuardians(tuple(parents), tuple(appointed), any(row.custody == "unclear" for row in parents))


def guardian_has_urban_hukou(area: str, moved_in: date | None, papers_before: date) -> bool:
    """Whether a hukou counts as one of Zone-urban: a move not before the day counts as none (C011)."""
    return area == "zone_urban" and (moved_in is None or moved_in < papers_before)
