"""What the tables say of one child, looked up once; whatever is decided of it is decided from this alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from allocator.domain import Application, Dwelling, Guardian, OfficeValues

URBAN, RURAL = "zone_urban", "zone_rural"
TRACKS: Mapping[str, str] = {URBAN: "urban", RURAL: "rural"}
INVOICES = frozenset({"water", "power", "heat", "fee"})

NOWHERE = Dwelling("", "", "", "", False, "", None, (), "")
"""Stands for the home of a child that names none: it lies in no part of the Zone and in no zone."""


@dataclass(slots=True)
class Evidence:
    """One child with all that its conditions ask about.

    Attributes
    ----------
    home : Dwelling
        The home it names; ``NOWHERE`` where it names none.
    counting : list of Guardian
        Its counting guardians (section 3.1).
    urban : list of Guardian
        Those of them who have urban hukou.
    custody_unclear : bool
        A parent's custody is not known, and nobody was appointed in the parents' place.
    checks : Mapping[str, str]
        What the checks of each subject come to: ``pass``, ``fail``, ``pending`` or ``conflict``.
    shares : Mapping[str, int]
        Share of each holder of its home; empty where the home has no owner rows.
    track : str
        ``urban`` or ``rural``; empty where neither home nor hukou is in the Zone.
    hit, exempt : bool
        Whether a seat lock of an earlier year hits it, and whether a ruling exempts it from all locks.
    """

    child: Application
    values: OfficeValues
    home: Dwelling
    counting: list[Guardian]
    urban: list[Guardian]
    custody_unclear: bool
    checks: Mapping[str, str]
    shares: Mapping[str, int]
    track: str
    hit: bool
    exempt: bool

    @property
    def zone(self) -> str:
        """Zone before any ruling: the home's where it lies in the Zone, else that of the hukou."""
        return self.home.zone if self.home.area in TRACKS else self.child.hukou_zone


def guardians_by_evidence(child: Application, family: list[Guardian]) -> tuple[list[Guardian], bool]:
    """Return the counting guardians of a child, and whether a parent's custody among them is still to be proven."""
    if "guardianship" in child.papers:
        appointed = [g for g in family if g.relation == "guardian" and g.custody == "sole"]
        if appointed:
            return appointed, False
    parents = [g for g in family if g.relation != "guardian" and g.custody != "none"]
    return parents, "custody" not in child.papers and any(g.custody == "unclear" for g in parents)


def evidence_of_early_move(person: Application | Guardian, values: OfficeValues) -> bool:
    """Whether a hukou move counts; since birth always does (C011)."""
    return person.hukou_in_date is None or person.hukou_in_date < values.papers_before


def evidence_of_urban_hukou(person: Application | Guardian, values: OfficeValues) -> bool:
    """Whether a child or guardian has hukou in the urban Zone, a late move counting as none."""
    return person.hukou_area == URBAN and evidence_of_early_move(person, values)


def track_by_evidence(child: Application, home: Dwelling) -> str:
    """Return the track: that of the home where it lies in the Zone, else that of the child's hukou."""
    return TRACKS.get(home.area) or TRACKS.get(child.hukou_area, "")


def tenure_tested_by_evidence(child: Application, values: OfficeValues) -> bool:
    """Whether living in the home this way can lock it, and be locked out of it (``q28_homes``)."""
    return values.q28_homes == "all" or child.tenure in {"owned", "grandparents", "public_rental"}


def evidence_window(track: str, values: OfficeValues) -> tuple[date, date]:
    """Return the first and last day of registration of a track."""
    return values.window_rural if track == "rural" else values.window_urban
