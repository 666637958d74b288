"""The office's tables by what they are asked for, and one child with all that they say: what the conditions look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allocator.determination.checks import check_results
from allocator.determination.guardians import NOBODY, FamilyGuardians, guardian_has_urban_hukou, guardians_of_families
from allocator.determination.locks import lock_hits, lock_is_tested
from allocator.domain import (
    Application,
    Decision,
    Dwelling,
    Guardian,
    Lock,
    OfficeTables,
    OfficeValues,
    Owner,
    Ruling,
    SpecialNeed,
)


@dataclass(frozen=True, slots=True, repr=False)
class TablesById:
    """Rows by family, home or child.

    Attributes
    ----------
    owners : Mapping[str, Mapping[str, int]]
        Shares by home and holder.
    checks : Mapping[str, Mapping[str, str]]
        One result by child and subject.
    rulings : Mapping[str, Mapping[str, Ruling]]
        By child and field the ruling that counts: the last by day, then id.
    decisions : Mapping[str, list of Decision]
        Approved decisions by child, the last one last.
    winners : frozenset of str
        Children with a seat at a private school.
    """

    tables: OfficeTables
    office: OfficeValues
    guardians: Mapping[str, FamilyGuardians]
    homes: Mapping[str, Dwelling]
    owners: Mapping[str, Mapping[str, int]]
    checks: Mapping[str, Mapping[str, str]]
    locks: Mapping[str, list[Lock]]
    blacklist: frozenset[str]
    special: Mapping[str, SpecialNeed]
    rulings: Mapping[str, Mapping[str, Ruling]]
    decisions: Mapping[str, list[Decision]]
    winners: frozenset[str]


def tables_for_dossiers(tables: OfficeTables) -> TablesById:
    """Return the tables by what they are asked for."""
    return TablesById(
        tables=tables,
        office=tables.office,
        guardians=guardians_of_families(tables.guardians),
        homes={row.home: row for row in tables.homes},
        owners=_owners(tables.owners),
        checks=check_results(tables.checks),
        locks=_locks(tables.locks),
        blacklist=frozenset(row.family for row in tables.blacklist),
        special={row.applicant_id: row for row in tables.special},
        rulings=_rulings(tables.rulings),
        decisions=_decisions(tables.decisions),
        winners=frozenset(row.applicant_id for row in tables.private_results or () if row.result == "won"),
    )


def _owners(owners: Iterable[Owner]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in owners:
        found.setdefault(row.home, {})[row.holder] = row.share
    return found


def _locks(locks: Iterable[Lock]) -> dict[str, list[Lock]]:
    found: dict[str, list[Lock]] = {}
    for row in locks:
        found.setdefault(row.home, []).append(row)
    return found


def _rulings(rulings: Iterable[Ruling]) -> dict[str, dict[str, Ruling]]:
    found: dict[str, dict[str, Ruling]] = {}
    for row in sorted(rulings, key=lambda ruling: (ruling.decided_on, ruling.ruling_id)):
        found.setdefault(row.applicant_id, {})[row.field] = row
    return found


def _decisions(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for row in sorted(decisions, key=lambda decision: (decision.decided_on, decision.decision_id)):
        if row.approved:
            found.setdefault(row.applicant_id, []).append(row)
    return found


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
    urban = tuple([row for row in guardians if guardian_has_urban_hukou(row.hukou_area, row.hukou_in_date, before)])
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
        tested=lock_is_tested(child, office),
    )


def _track(child: Application, home: Dwelling | None, rulings: Mapping[str, Ruling]) -> str:
    """Return the track: by where the home lies, else by the hukou; by ruling urban rather than none (C016)."""
    track = TRACK_OF_AREA.get(home.area if home else "") or TRACK_OF_AREA.get(child.hukou_area, "")
    return track or ("urban" if "result" in rulings and rulings["result"].value == "roster" else "")


def zone_of_dossier(dossier: Dossier) -> str:
    """Return the zone: that of a home in the Zone, else that of the hukou (C077); empty where neither has one."""
    if dossier.home is not None and dossier.home.area in TRACK_OF_AREA:
        return dossier.home.zone
    return dossier.application.hukou_zone
