"""The office's tables before the roster: applications, families, homes and what was decided (office-procedure.md 2).

Rows are named tuples, their fields the columns of the tables in the order of the page. Empty text, empty tuples and
None stand for empty cells; ``yes`` and ``no`` are True and False where a column is never empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from allocator.domain.district import School, Zone
from allocator.domain.office import OfficeValues
from allocator.domain.policy import Policy
from allocator.ground import Fault


class Application(NamedTuple):
    """One child: a row of ``applications.csv`` (报名表)."""

    applicant_id: str
    family: str
    birth_date: date
    graduated: bool | None
    registered_at: date | None
    late_cause: str
    deferral: str
    over_age_reason: bool
    hukou_area: str
    hukou_kind: str
    own_booklet: bool
    book: str
    hukou_in_date: date | None
    hukou_zone: str
    three_gen: bool
    home: str
    tenure: str
    residence_start: date | None
    lease_months: int | None
    papers: tuple[str, ...]
    declared_category: str
    registered_school: str
    voluntary_1: tuple[str, ...]
    voluntary_2: tuple[str, ...]
    open_choice: str
    preferred_diversion: tuple[str, ...]
    bundle: str
    x: str
    y: str
    private_choice: str


class Guardian(NamedTuple):
    """One parent or guardian: a row of ``guardians.csv`` (监护人)."""

    family: str
    guardian: str
    relation: str
    custody: str
    hukou_area: str
    book: str
    hukou_in_date: date | None
    head: bool
    work_area: str
    work_start: date | None
    work_paper: bool


class Dwelling(NamedTuple):
    """One home: a row of ``homes.csv`` (住房)."""

    home: str
    area: str
    zone: str
    use: str
    delivered: bool
    proof: str
    proof_date: date | None
    invoices: tuple[str, ...]
    last_year_school: str


class Owner(NamedTuple):
    """One holder of a title: a row of ``owners.csv`` (产权); ``share`` in hundredths of a per cent."""

    home: str
    holder: str
    share: int


class Check(NamedTuple):
    """One answer of another office: a row of ``checks.csv`` (核查); ``at`` as written, whose order is that of time."""

    applicant_id: str
    subject: str
    source: str
    result: str
    by: str
    at: str


class Lock(NamedTuple):
    """One seat lock of an earlier year: a row of ``locks.csv`` (学位锁定台账)."""

    home: str
    stage: str
    intake_year: int
    family: str
    applicant_id: str


class Blacklisted(NamedTuple):
    """One family that lost its trust: a row of ``blacklist.csv`` (失信名单)."""

    family: str
    ground: str


class SpecialNeed(NamedTuple):
    """One child with special needs: a row of ``special.csv`` (特殊需要), restricted."""

    applicant_id: str
    level: str
    route: str


class Decision(NamedTuple):
    """One preferential or sibling decision: a row of ``decisions.csv`` (优抚与随兄姐决定; section 6)."""

    decision_id: str
    applicant_id: str
    kind: str
    ground: str
    school_id: str
    received_on: date
    decided_on: date
    approved: bool
    papers: tuple[str, ...]
    service_years: int | None
    sibling_order: int | None
    sibling_entry: str
    sibling_enrolled: bool | None


class Ruling(NamedTuple):
    """One ruling: a row of ``rulings.csv`` (裁定), the only way to override what the rules find."""

    ruling_id: str
    applicant_id: str
    field: str
    value: str
    reason: str
    authority: str
    decided_on: date


class PrivateSchool(NamedTuple):
    """One private school: a row of ``private.csv`` (民办学校)."""

    school_id: str
    plan: int


class PrivateResult(NamedTuple):
    """One row of ``private-result.csv`` (section 5)."""

    applicant_id: str
    school_id: str
    result: str
    draw_id: str


@dataclass(frozen=True, slots=True, repr=False)
class OfficeTables:
    """All that determines the roster of one stage and year; each table sorted by all of its columns' text.

    Attributes
    ----------
    policy : Policy
        The published rules; ``policy.office`` has the values of the office's procedure.
    schools, zones : Mapping[str, School], Mapping[str, Zone]
        By id, in code-point order of the ids.
    private_results : tuple of PrivateResult or None
        Outcome of the private draw; None before it.
    digests : Mapping[str, str]
        SHA-256 of every table as read, by file name (section 8: ``inputs``).
    policy_bytes : bytes
        The policy file itself; empty if made in memory.
    warnings : tuple of Fault
        What no rule refuses, but the office should look at; decides nothing.
    """

    policy: Policy
    schools: Mapping[str, School]
    zones: Mapping[str, Zone]
    applications: tuple[Application, ...]
    guardians: tuple[Guardian, ...]
    homes: tuple[Dwelling, ...]
    owners: tuple[Owner, ...] = ()
    checks: tuple[Check, ...] = ()
    locks: tuple[Lock, ...] = ()
    blacklist: tuple[Blacklisted, ...] = ()
    special: tuple[SpecialNeed, ...] = ()
    decisions: tuple[Decision, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    private: tuple[PrivateSchool, ...] = ()
    private_results: tuple[PrivateResult, ...] | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    policy_bytes: bytes = b""
    warnings: tuple[Fault, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        """Return one line; the tables are too long to be shown."""
        return f"<OfficeTables {self.policy.policy_id}: {len(self.applications):,} children>"

    @property
    def office(self) -> OfficeValues:
        """Values of the office's procedure; the defaults where the policy has none."""
        return self.policy.office or OfficeValues()
