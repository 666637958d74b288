"""The office's tables by what they are asked for, and who is determined at all.

Each question of the page is one look into a mapping; the first gate that applies is the result (section 3.4, step 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from allocator.checking.determination.evidence import NOWHERE, track_by_evidence
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


class Gate(NamedTuple):
    """A result that keeps a child out, the clause that does, and whom it concerns."""

    result: str
    clause: str
    shut: Callable[[Application, Lookup], bool]


def _not_of_age(child: Application, lookup: Lookup) -> bool:
    return lookup.values.stage == "primary" and child.birth_date > lookup.values.born_by


def _not_graduate(child: Application, lookup: Lookup) -> bool:
    return lookup.values.stage == "junior" and child.graduated is not True


def _special_route(child: Application, lookup: Lookup) -> bool:
    need = lookup.special.get(child.applicant_id)
    return need is not None and need.route in {"special_school", "home_teaching"}


def _out_of_scope(child: Application, lookup: Lookup) -> bool:
    return not track_by_evidence(child, lookup.home_of(child))


PUBLIC: tuple[Gate, ...] = (
    Gate("not_of_age", "C008", _not_of_age),
    Gate("not_graduate", "C009", _not_graduate),
    Gate("deferred", "C010", lambda child, lookup: child.deferral == "approved"),
    Gate("special_route", "C121", _special_route),
    Gate("out_of_scope", "C016", _out_of_scope),
)
"""Gates before the private one, in their order."""

ALL: tuple[Gate, ...] = (*PUBLIC, Gate("private", "C046", lambda child, lookup: child.applicant_id in lookup.won))
"""All gates of a determination; the draw of the private schools looks at the public ones alone."""


def shut_gate(child: Application, lookup: Lookup, gates: tuple[Gate, ...]) -> tuple[str, str] | None:
    """Return the result and clause that keep a child out, by ruling or by the first gate shut to it; else None."""
    ruled = lookup.rulings_of(child).get("result")
    if ruled is not None:
        return None if ruled.value == "roster" else (ruled.value, f"ruling:{ruled.ruling_id}")
    for result, clause, shut in gates:
        if shut(child, lookup):
            return result, clause
    return None
