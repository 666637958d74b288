"""``summary.json``: the run in numbers, and the names that explanations need."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import compress
from operator import attrgetter
from typing import Any

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    NEEDS_RULING,
    OUTCOMES,
    UNPLACED,
    BatchPhase,
    District,
    NumbersOrder,
    Phase,
    Policy,
    Row,
    School,
    SessionOrder,
    Text,
)
from allocator.ground import LANGUAGES, text
from allocator.record import FORMAT_VERSION, Retelling, sections
from allocator.reporting.comparison import compare_with_serial

Summary = dict[str, Any]


def summarise_run(
    retelling: Retelling, serial_rows: Sequence[Row] = (), agreement: Mapping[str, Any] | None = None
) -> Summary:
    """Return the summary of a run: JSON values only, the same for the same district and rows.

    Parameters
    ----------
    retelling : Retelling
        Of a district with its draw.
    serial_rows : sequence of Row
        Under ``divert_assign: least_distance`` the list that the procedure makes by ticket, for comparison.
    agreement : Mapping, optional
        What the engines and the checker said of each other; taken over as it is.

    Returns
    -------
    dict
        Numbers are children unless named otherwise. ``shortage`` counts children without a seat by category and zone
        of the home.
    """
    district, rows = retelling.district, retelling.rows
    outcomes = _by_outcome(retelling.placed)
    return {
        **_head(district),
        **_roster(district),
        "outcomes": {outcome: outcomes[outcome] for outcome in OUTCOMES},
        "phases": _phases(retelling),
        "draws_held": sorted({row.draw_id for row in rows if row.outcome == ADMITTED and row.draw_id}),
        "schools": _schools(retelling),
        "reconciliation": [{"school_id": b.school_id, **b.numbers()} for b in retelling.balances],
        "shortage": {outcome: _shortage(district, rows, outcome) for outcome in (UNPLACED, NEEDS_RULING)},
        "comparison": compare_with_serial(district, rows, serial_rows) if serial_rows else {},
        "agreement": dict(agreement or {}),
        "names": summary_names_by_id(district),
    }


def summary_bytes(summary: Summary) -> bytes:
    """Return ``summary.json``: UTF-8, LF, keys in the order of ``summarise_run``."""
    return (json.dumps(summary, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def summary_names_by_id(district: District) -> dict[str, Any]:
    """Return what people call schools, categories, zones and phases, by id; a phase also with kind and category."""
    policy = district.policy
    return {
        "schools": {school_id: school.name for school_id, school in district.schools.items()},
        "categories": {category.category_id: asdict(category.name) for category in policy.categories},
        "phases": summary_phase_names(policy),
        "zones": _zone_names(district),
    }


def summary_phase_names(policy: Policy) -> dict[str, dict[str, str]]:
    """Return what people call the phases, by their label, with kind and category."""
    return {
        section.label: {
            **summary_phase_name(policy, section.phase, section.category),
            "kind": section.phase.kind,
            "category": section.category,
        }
        for section in sections(policy)
    }


def _zone_names(district: District) -> dict[str, dict[str, str]]:
    """Return what people call a zone: by its school; where several zones have one school, with its id."""
    schools = {zone.zone: district.schools[zone.school_id].name or zone.school_id for zone in district.zones.values()}
    zones = Counter(schools.values())
    found: dict[str, dict[str, str]] = {}
    for zone, school in schools.items():
        code = "zone_name.one" if zones[school] == 1 else "zone_name.several"
        found[zone] = {language: text(code, language, school=school, zone=zone) for language in LANGUAGES}
    return found


def summary_phase_name(policy: Policy, phase: Phase, category: str = "") -> dict[str, str]:
    """Return what people call a phase, a batch with its category."""
    if not category:
        return asdict(phase.name)
    label = next(c.name for c in policy.categories if c.category_id == category)
    zh = text("phase.batch", "zh", category=category, label=label.zh)
    en = text("phase.batch", "en", category=category, label=label.en)
    if sum(isinstance(other, BatchPhase) for other in policy.phases) > 1:  # then the category alone names no batch
        zh, en = f"{phase.name.zh}，{zh}", f"{phase.name.en}, {en}"
    return asdict(Text(zh, en))


def _head(district: District) -> dict[str, Any]:
    """Return which policy was run, with which draw and switches."""
    policy = district.policy
    return {
        "format_version": FORMAT_VERSION,
        "policy_id": policy.policy_id,
        "title": asdict(policy.title),
        "notice": asdict(policy.notice),
        **_draw(district),
        "switches": asdict(policy.switches),
    }


def _roster(district: District) -> dict[str, Any]:
    """Return how many children and parties there are, and how many seats."""
    bundles = Counter(filter(None, map(attrgetter("bundle"), district.applicants)))
    own = [school for school in district.schools.values() if not school.external]
    return {
        "children": len(district.applicants),
        "parties": len(district.applicants) - bundles.total() + len(bundles),
        "bundles": len(bundles),
        "seats": {"plan": sum(s.plan for s in own), "hard_cap": sum(s.most for s in own)},
        "demand": _demand(district),
    }


def _draw(district: District) -> dict[str, Any]:
    """Return where the seed came from."""
    draw = district.draw
    transcript = draw.transcript if draw else None
    return {
        "trial": transcript is None,
        "trial_seed": draw.trial_seed if draw else None,
        "weak_seed": draw.weak_seed if draw else False,
        "event": transcript.event if transcript else None,
        "seed": draw.seedhex if draw else None,
        **({} if draw is None or draw.order is None else {"order": _order(draw.order)}),
    }


def _order(order: SessionOrder) -> dict[str, Any]:
    """Return an order that replaces every ticket order of the session (public.md section 1)."""
    known = {"sha256": order.sha256} if isinstance(order, NumbersOrder) else order.words
    return {"kind": order.kind, **known}


def _by_outcome(placed: Mapping[tuple[str, str, str], int]) -> Counter[str]:
    """Return the children by outcome."""
    found: Counter[str] = Counter()
    for (_, outcome, _), children in placed.items():
        found[outcome] += children
    return found


def _demand(district: District) -> dict[str, int]:
    """Return the children of every category, in the order of the policy."""
    found = Counter(map(attrgetter("category"), district.applicants))
    return {c.category_id: found[c.category_id] for c in district.policy.categories}


def _phases(retelling: Retelling) -> list[dict[str, Any]]:
    """Return the children admitted, diverted and adjusted by phase, in the order of the run."""
    found: Counter[tuple[str, str]] = Counter()
    for (phase, outcome, _), children in retelling.placed.items():
        found[phase, outcome] += children
    labels = dict.fromkeys(section.label for section in retelling.timeline.sections)
    return [
        {"phase": label, **{outcome: found[label, outcome] for outcome in (ADMITTED, DIVERTED, ADJUSTED)}}
        for label in labels
        if any(found[label, outcome] for outcome in (ADMITTED, DIVERTED, ADJUSTED))
    ]


def _schools(retelling: Retelling) -> list[dict[str, Any]]:
    """Return the table of schools: plan, demand from home, admitted by phase, diverted, adjusted, total, left."""
    by_school: dict[str, list[tuple[str, str, int]]] = {}
    for (phase, outcome, school), children in retelling.placed.items():
        by_school.setdefault(school, []).append((phase, outcome, children))
    labels = list(dict.fromkeys(section.label for section in retelling.timeline.sections))
    local, schools = retelling.local_demand, retelling.district.schools.values()
    return [_school(s, by_school.get(s.school_id, []), labels, local[s.school_id]) for s in schools]


def _school(school: School, here: Sequence[tuple[str, str, int]], labels: Sequence[str], local: int) -> dict[str, Any]:
    """Return one school's line of the table; ``here`` are phase, outcome and children of those it took."""
    admitted = {phase: children for phase, outcome, children in here if outcome == ADMITTED}
    total = sum(children for _, _, children in here)
    return {
        "school_id": school.school_id,
        "name": school.name,
        "external": school.external,
        "plan": school.plan,
        "hard_cap": school.most,
        "local_demand": local,
        "admitted": {label: admitted[label] for label in labels if label in admitted},
        "diverted": sum(children for _, outcome, children in here if outcome == DIVERTED),
        "adjusted": sum(children for _, outcome, children in here if outcome == ADJUSTED),
        "total": total,
        "left": None if school.external else school.plan - total,
    }


def _shortage(district: District, rows: Sequence[Row], outcome: str) -> list[dict[str, Any]]:
    """Return how many children of an outcome have no seat, by category in the order of the policy, then zone."""
    there = map(outcome.__eq__, map(attrgetter("outcome"), rows))
    found = Counter((child.category, child.zone) for child in compress(district.applicants, there))
    rank = district.policy.rank
    lines = sorted(found.items(), key=lambda item: (rank[item[0][0]], item[0][1]))
    return [{"category": category, "zone": zone, "children": children} for (category, zone), children in lines]
