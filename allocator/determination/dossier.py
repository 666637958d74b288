"""One child with all that the tables say around it: what the conditions look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.determination.guardians import NOBODY, urban_hukou
from allocator.determination.locks import lock_hits, tested
from allocator.determination.tables_by_id import TablesById
from allocator.domain import Application, Dwelling, Guardian, OfficeValues, Ruling, SpecialNeed

TRACK_OF_AREA: Mapping[str, str] = {"zone_urban": "urban", "zone_rural": "rural"}
_NOTHING: Mapping[str, str] = {}
_NO_RULINGS: Mapping[str, Ruling] = {}
_NO_OWNERS: Mapping[str, int] = {}


@dataclass(slots=True)
class Dossier:
    """What the conditions of one child look at.

    Attributes
    ----------
    guardians, urban_guardians : tuple of Guardian
        Those who count, and those of them with an urban hukou.
    appointed, unclear_custody : bool
        Whether appointed guardians count; whether a parent's custody is unclear.
    owners : Mapping[str, int]
        Shares of the home by holder.
    rulings : Mapping[str, Ruling]
        The ruling that counts, by field.
    track : str
        ``urban``, ``rural`` or empty: out of scope.
    locked, exempt, tested : bool
        Hit by a seat lock; exempt from locks by a ruling; used in a way that is tested at all (Q-28).
    lost : bool
        The home went to another family of this year; found after the first category (section 3.5).
    """

    application: Application
    office: OfficeValues
    home: Dwelling | None
    guardians: tuple[Guardian, ...]
    urban_guardians: tuple[Guardian, ...]
    appointed: bool
    unclear_custody: bool
    owners: Mapping[str, int]
    checks: Mapping[str, str]
    rulings: Mapping[str, Ruling]
    special: SpecialNeed | None
    blacklisted: bool
    won_private: bool
    track: str
    locked: bool
    exempt: bool
    tested: bool
    lost: bool = False


def dossier_of(child: Application, by_id: TablesById) -> Dossier:
    """Return a child with what the tables say around it."""
    office = by_id.office
    family = by_id.guardians.get(child.family, NOBODY)
    guardians = family.counting(child.papers)
    before = office.papers_before
    urban = tuple([row for row in guardians if urban_hukou(row.hukou_area, row.hukou_in_date, before)])
    home = by_id.homes[child.home] if child.home else None
    rulings = by_id.rulings.get(child.applicant_id, _NO_RULINGS)
    exempt = bool(child.home) and "lock_exempt" in rulings and rulings["lock_exempt"].value == child.home
    return Dossier(
        application=child,
        office=office,
        home=home,
        guardians=guardians,
        urban_guardians=urban,
        appointed=family.by_appointment(child.papers),
        unclear_custody=family.unclear,
        owners=by_id.owners.get(child.home, _NO_OWNERS),
        checks=by_id.checks.get(child.applicant_id, _NOTHING),
        rulings=rulings,
        special=by_id.special.get(child.applicant_id),
        blacklisted=child.family in by_id.blacklist,
        won_private=child.applicant_id in by_id.winners,
        track=_track(child, home, rulings),
        locked=bool(lock_hits(child, by_id.locks.get(child.home, ()), office)),
        exempt=exempt,
        tested=tested(child, office),
    )


def _track(child: Application, home: Dwelling | None, rulings: Mapping[str, Ruling]) -> str:
    """Return the track: by where the home lies, else by the hukou; by ruling urban rather than none (C016)."""
    track = TRACK_OF_AREA.get(home.area if home else "") or TRACK_OF_AREA.get(child.hukou_area, "")
    return track or ("urban" if "result" in rulings and rulings["result"].value == "roster" else "")


def zone_of(of: Dossier) -> str:
    """Return the zone: that of a home in the Zone, else that of the hukou (C077); empty where neither has one."""
    if of.home is not None and of.home.area in TRACK_OF_AREA:
        return of.home.zone
    return of.application.hukou_zone
