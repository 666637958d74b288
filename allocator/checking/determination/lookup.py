"""The office's tables by what they are asked for: each question of the page is one look into a mapping."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from allocator.checking.determination.evidence import NOWHERE
from allocator.domain import Application, Check, Decision, Dwelling, Guardian, Lock, OfficeTables, Ruling

Row = TypeVar("Row")

_WORSE: Mapping[str, int] = {"fail": 2, "pending": 1, "pass": 0}
"""Of equally late answers of one source the worst counts."""


class Lookup:
    """What each table says, by id.

    Attributes
    ----------
    homes, shares : mappings
        Homes by id; shares of the holders of each home.
    families, locks : mappings
        Guardians by family; seat locks by home.
    checks, rulings, decisions : mappings
        By child: what its checks come to by subject; the ruling that counts by field; its approved decisions, of
        which the last of a kind counts.
    lost_trust, won : frozenset of str
        Families on the blacklist; children with a place at a private school.
    """

    def __init__(self, tables: OfficeTables) -> None:
        self.values = tables.office
        self.homes: dict[str, Dwelling] = {row.home: row for row in tables.homes}
        self.shares: dict[str, dict[str, int]] = {}
        for owner in tables.owners:
            self.shares.setdefault(owner.home, {})[owner.holder] = owner.share
        self.families: dict[str, list[Guardian]] = _grouped(tables.guardians, lambda row: row.family)
        self.locks: dict[str, list[Lock]] = _grouped(tables.locks, lambda row: row.home)
        self.checks = _checks(tables.checks)
        self.rulings = _rulings(tables.rulings)
        approved = sorted((d for d in tables.decisions if d.approved), key=lambda d: (d.decided_on, d.decision_id))
        self.decisions: dict[str, list[Decision]] = _grouped(approved, lambda row: row.applicant_id)
        self.special = {row.applicant_id: row for row in tables.special}
        self.lost_trust = frozenset(row.family for row in tables.blacklist)
        self.won = frozenset(row.applicant_id for row in tables.private_results or () if row.result == "won")

    def home_of(self, child: Application) -> Dwelling:
        """Return the home that a child names, or ``NOWHERE``."""
        return self.homes.get(child.home, NOWHERE)

    def rulings_of(self, child: Application) -> Mapping[str, Ruling]:
        """Return the ruling that counts by field; empty for most children."""
        return self.rulings.get(child.applicant_id, {})


def _grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)


def _checks(rows: Iterable[Check]) -> dict[str, dict[str, str]]:
    """Result by child and subject: the last answer of each source, then what the sources say together (3.1)."""
    last: dict[tuple[str, str, str], tuple[str, int, str]] = {}
    for row in rows:
        answer = (row.at, _WORSE[row.result], row.result)
        key = (row.applicant_id, row.subject, row.source)
        last[key] = max(answer, last.get(key, answer))
    results: dict[tuple[str, str], set[str]] = {}
    for (child, subject, _), (_, _, result) in last.items():
        results.setdefault((child, subject), set()).add(result)
    found: dict[str, dict[str, str]] = {}
    for (child, subject), those in results.items():
        worst = max(those, key=_WORSE.__getitem__)
        found.setdefault(child, {})[subject] = "conflict" if those >= {"fail", "pass"} else worst
    return found


def _rulings(rows: Iterable[Ruling]) -> dict[str, dict[str, Ruling]]:
    """Ruling that counts by child and field: the last by day and id."""
    found: dict[str, dict[str, Ruling]] = {}
    for row in sorted(rows, key=lambda row: (row.decided_on, row.ruling_id)):
        found.setdefault(row.applicant_id, {})[row.field] = row
    return found
