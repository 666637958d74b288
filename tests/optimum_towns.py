"""Small districts with weights of the planning optimum, and what the checker says of their lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from allocator.checking import Certificate, OptimumVerdict, check_optimum
from allocator.domain import AdjustmentPhase, Applicant, District, ExportPhase, Phase, Planning
from allocator.ground import LANGUAGES, text
from tests.small_districts import Town, kid, phase, policy

WEIGHTS = Planning(
    category={"A": 7, "B": 5, "E": 5, "U": 5}, home=3, chosen=1, diverted=0, metre=0, nearest=9, closed={}
)
ANYWHERE = (phase(ExportPhase, "export"), phase(AdjustmentPhase, "adjust", schools=("s1", "s2"), draw="adjust"))


def town(
    plan: Mapping[str, int],
    kids: Iterable[Applicant],
    phases: Sequence[Phase] = ANYWHERE,
    caps: Mapping[str, int] | None = None,
    **weights: Any,
) -> District:
    """Schools s1, s2, …, and children who may get what the phases say; the home school is worth 10, another one 7."""
    rules = replace(policy(phases), planning=replace(WEIGHTS, **weights))
    return Town(dict(plan), dict(caps or {})).district(rules, kids)


def twins(number: int, zone: str = "z1", size: int = 2) -> list[Applicant]:
    """A bundle."""
    return [kid(number, zone, bundle=f"b{number}")._replace(applicant_id=f"K{number}-{n}") for n in range(size)]


def judge(
    district: District, placed: Mapping[str, str], prices: Mapping[str, Any], claim: str = "optimal", **more: Any
) -> OptimumVerdict:
    """What the checker says of a list under the plan; all of it can be told in both languages."""
    certificate = Certificate(claim, False, prices, more.pop("solver_word", ()))
    verdict = check_optimum(district, placed, certificate, **more)
    assert all(text(v.code, language, **dict(v.params)) for v in verdict.violations for language in LANGUAGES)
    return verdict


def codes(verdict: OptimumVerdict) -> list[str]:
    """Codes of all violations."""
    return [violation.code for violation in verdict.violations]


TWO_PAIRS = town({"s1": 3, "s2": 4}, [*twins(1), *twins(2)])
SPLIT = {"K1-0": "s1", "K1-1": "s1", "K2-0": "s2", "K2-1": "s2"}
