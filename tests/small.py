"""Builders of small districts under the shipped policies, with plans, caps and children as a test wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import count
from typing import Any

from allocator.checking import check_list_by_rules
from allocator.domain import Applicant, District, Draw, Policy, Row, School, Zone
from allocator.models.law.strict import run_strict
from allocator.procedure import run_procedure
from allocator.reading.folder import read_folder
from allocator.record import retold_with_clauses
from tests.conformance import ROOT, policy, with_switches

PRIMARY_ZONES = {
    "xincheng-1": ("xincheng-1", "xincheng-2", ()),
    "fuli": ("fuli", "xincheng-2", ()),
    "xincheng-shiyan": ("xincheng-shiyan", "xincheng-shiyan", ()),
    "hexi-primary": ("hexi-primary", "hexi-primary", ()),
    "xincheng-1-zhong-primary": ("xincheng-1-zhong-primary", "xincheng-3", ()),
    "shifuxiao": ("shifuxiao", "", ("xincheng-1",)),
    "liaohe-3": ("liaohe-3", "liaohe-3", ()),
    "fuantun": ("fuantun", "fuantun", ()),
    "sanjiazi": ("sanjiazi", "sanjiazi", ()),
    "keerqin-primary": ("keerqin-primary", "keerqin-primary", ()),
}
PRIMARY_SCHOOLS = (
    "xincheng-1", "fuli", "xincheng-shiyan", "hexi-primary", "xincheng-1-zhong-primary", "xincheng-2", "xincheng-3",
    "sizhong-fuli", "shifuxiao", "menggu-primary", "liaohe-3", "fuantun", "sanjiazi",
)  # fmt: skip
EXTERNAL = "keerqin-primary"


def primary(
    plan: Mapping[str, int],
    children: Iterable[Applicant],
    *,
    cap: Mapping[str, int] | None = None,
    offered_1: Mapping[str, int] | None = None,
    offered_2: Mapping[str, int] | None = None,
    rules: Policy | None = None,
    seed: int = 1,
    **switches: str,
) -> District:
    """Make a district under Tongliao's primary policy; schools that ``plan`` does not name have no seats."""
    schools = {
        name: School(
            name, name, plan=plan.get(name, 0), hard_cap=(cap or {}).get(name),
            offered_voluntary_1=(offered_1 or {}).get(name), offered_voluntary_2=(offered_2 or {}).get(name),
        )
        for name in PRIMARY_SCHOOLS
    }  # fmt: skip
    schools[EXTERNAL] = School(EXTERNAL, EXTERNAL, external=True)
    zones = {name: Zone(name, *cells) for name, cells in PRIMARY_ZONES.items()}
    return District(
        policy=with_switches(rules or policy(), **switches),
        schools=schools,
        zones=zones,
        applicants=tuple(sorted(children)),
        draw=Draw(trial_seed=seed),
    )


@cache
def shipped(scenario: str) -> District:
    """Return a shipped district as it is read from its folder, without its draw."""
    return read_folder(ROOT / "scenarios" / scenario)


def at_shipped(
    scenario: str,
    plan: Mapping[str, int],
    children: Iterable[Applicant],
    *,
    seed: int = 1,
    **offered: Mapping[str, int],
) -> District:
    """Make a district of the shipped policy, zones and schools, with these children and no seats but those named.

    ``offered_voluntary_1`` and ``offered_voluntary_2`` set seats of the plan aside.
    """
    district = shipped(scenario)
    bare: dict[str, Any] = {"plan": 0, "hard_cap": None, "offered_voluntary_1": None, "offered_voluntary_2": None}
    schools = {}
    for name, school in district.schools.items():
        seats = {column: by_school[name] for column, by_school in offered.items() if name in by_school}
        schools[name] = replace(school, **{**bare, "plan": plan.get(name, 0), **seats})
    return replace(district, schools=schools, applicants=tuple(sorted(children)), draw=Draw(trial_seed=seed))


def solved(district: District) -> tuple[Row, ...]:
    """Return the rows on which both engines agree and which the checker accepts; clauses stay empty."""
    assert district.draw is not None
    rows = run_procedure(district)
    assert run_strict(district) == rows
    assert check_list_by_rules(district, rows, district.draw.source) == ()
    return rows


def decided(district: District) -> dict[str, Row]:
    """Return the rows of ``solved`` by child, with the clause that decided each."""
    return by_child(retold_with_clauses(district, solved(district)))


def by_lot(district: District, draw_id: str, parties: Iterable[str]) -> list[str]:
    """Return some party ids in the order of their tickets in a draw, hashed here by hand."""
    assert district.draw is not None
    text = f"{district.draw.seedhex}|{draw_id}|"
    return sorted(parties, key=lambda name: sha256((text + name).encode()).hexdigest())


def kids(number: int, zone: str, category: str, *, start: str = "", size: int = 1, **cells: object) -> list[Applicant]:
    """Make ``number`` parties of ``size`` children each, alike in everything but their ids."""
    made = []
    for i in range(number):
        bundle = {"bundle": f"{start}{category}{i}"} if size > 1 else {}
        for k in range(size):
            name = f"{start}{zone}-{category}-{i:04d}" + (f"-{k}" if size > 1 else "")
            made.append(Applicant(name[:40], zone, category, **cells, **bundle))  # type: ignore[arg-type]
    return made


def with_seed(district: District, seed: int) -> District:
    """Return the same district under another trial seed."""
    return replace(district, draw=Draw(trial_seed=seed))


def seeds(district: District) -> Iterable[District]:
    """Give the same district under one trial seed after another, for ever."""
    return (with_seed(district, seed) for seed in count(1))


def outcomes(rows: Iterable[Row], prefix: str = "") -> dict[tuple[str, str, str], int]:
    """Count children by (outcome, school, phase), of those whose id begins with ``prefix``."""
    found: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.applicant_id.startswith(prefix):
            key = (row.outcome, row.school_id, row.phase)
            found[key] = found.get(key, 0) + 1
    return found


def by_child(rows: Iterable[Row]) -> dict[str, Row]:
    """Return the rows by child."""
    return {row.applicant_id: row for row in rows}
