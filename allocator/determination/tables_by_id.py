"""The office's tables by what they are asked for, made once for all children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allocator.determination.checks import check_results
from allocator.determination.guardians import FamilyGuardians, guardians_of_families
from allocator.domain import Decision, Dwelling, Lock, OfficeTables, OfficeValues, Owner, Ruling, SpecialNeed


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


def tables_by_id(tables: OfficeTables) -> TablesById:
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
