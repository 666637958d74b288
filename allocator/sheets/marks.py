"""What stands on every table: title, planning only, TRIAL, weak seed, the policy's notice, where the lots came from."""

from __future__ import annotations

from typing import Any

from allocator.domain import District, Policy, Text
from allocator.ground import TEXTS
from allocator.sheets.table import Mark
from allocator.sheets.words import both

SEED_DIGITS = 16
"""Digits of the seed printed on lists: enough to tell two draws apart; the whole stands in summary.json."""


def marks_of(policy: Policy, *codes: str, **params: object) -> tuple[Mark, ...]:
    """Return what stands on every table of planners: the policy's title, the warnings of some codes, its notice."""
    warnings = (Mark(both(code, **params), "warning") for code in codes)
    return (Mark(policy.title, "title"), *warnings, *_notice(policy))


def list_marks(district: District) -> tuple[Mark, ...]:
    """Return what stands on every list of a district: title; TRIAL, weak seed and notice where they apply; source."""
    policy, draw = district.policy, district.draw
    marks = [Mark(policy.title, "title")]
    if draw is None or draw.transcript is None:
        marks.append(Mark(both("list.trial", seed="" if draw is None else draw.trial_seed), "warning"))
    if draw is not None and draw.weak_seed:
        marks.append(Mark(both("list.weak_seed"), "alarm"))
    return (*marks, *_notice(policy), Mark(_source(district)))


def titled(marks: tuple[Mark, ...], title: Text | str) -> tuple[Mark, ...]:
    """Return the marks of a list: the policy's title, its own, then all others."""
    return (marks[0], Mark(title, "title"), *marks[1:])


def json_head(policy: Policy, kind: str) -> dict[str, Any]:
    """Return how every answer of planners begins as JSON: what it is, of which policy, and its marks."""
    return {
        "format_version": 1,
        "kind": kind,
        "policy_id": policy.policy_id,
        "planning_only": dict(zip(("zh", "en"), TEXTS["planning.only"], strict=True)),
        "notice": {"zh": policy.notice.zh, "en": policy.notice.en},
    }


def _notice(policy: Policy) -> tuple[Mark, ...]:
    """The policy's notice, where it has one in either language."""
    return (Mark(policy.notice, "notice"),) if policy.notice.zh or policy.notice.en else ()


def _source(district: District) -> Text | str:
    """Where the lots came from."""
    draw = district.draw
    if draw is None:
        return ""
    seed = draw.seedhex[:SEED_DIGITS]
    if draw.transcript is None:
        return both("list.source_trial", seed=seed)
    return both("list.source", event=draw.transcript.event, seed=seed)
