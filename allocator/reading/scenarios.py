"""What ships with the program: folders of districts, and the sections of a published plan by its clauses."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from allocator.domain import Policy
from allocator.ground import Fault

PACKAGE = Path(__file__).resolve().parent.parent
# Package data, one folder a shipped policy; beside the package in a checkout without symbolic links (Windows).
SCENARIOS = next((p for p in (PACKAGE / "scenarios", PACKAGE.parent / "scenarios") if p.is_dir()), PACKAGE)
SECTIONS = "plan-sections.csv"
EXAMPLE = "tongliao-2023-primary"
"""The one that is taken where none is named."""

_DIGITS = "〇一二三四五六七八九十"
_NOTICE = re.compile(r"^notice:\s*\n\s+zh: (.*)$", re.MULTILINE)
_PARTS = re.compile(r"(\d+)(?:\.(\d+))?(?:\.?(.*))")


def policy_names() -> list[str]:
    """Return the names of the shipped policies for which districts can be made."""
    return sorted(path.parent.name for path in SCENARIOS.glob("*/demand.yaml"))


def example_names() -> list[str]:
    """Return the names of all shipped folders, those of tables before a roster included."""
    return sorted(path.parent.name for path in SCENARIOS.glob("*/policy.yaml"))


@cache
def shipped_notices() -> frozenset[str]:
    """Return the Chinese notices of the shipped policies: that their data are invented."""
    found = (_NOTICE.search(path.read_text(encoding="utf-8")) for path in SCENARIOS.glob("*/policy.yaml"))
    return frozenset(notice[1].strip() for notice in found if notice)


def notice_warnings(policy: Policy, file: str) -> list[Fault]:
    """Return one warning where a policy says that all data are invented, in the words of a shipped district."""
    shown = policy.notice.zh in shipped_notices()
    return [Fault("warn.shipped_notice", file, 0, "notice", policy.notice.zh)] if shown else []


def plan_sections(policy: Policy) -> Mapping[str, str]:
    """Return the sections (``4.7``) of the published plan by clause; empty where no shipped table has all clauses.

    A table speaks of a policy only if it knows every clause that the policy names.
    """
    named = {policy.unplaced_clause, *(clause for phase in policy.phases for clause in phase.clauses.values())}
    return next((table for table in _tables() if named <= table.keys()), {})


@cache
def _tables() -> tuple[Mapping[str, str], ...]:
    """The tables of sections that ship with the program."""
    return tuple(_table(path) for path in sorted(SCENARIOS.glob(f"*/{SECTIONS}")))


def _table(path: Path) -> Mapping[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["clause"]: row["section"] for row in csv.DictReader(file)}


def section_words(section: str) -> str:
    """Return a section as the plan writes it: ``4.7`` is 四（七）, ``4.6–4.7`` 四（六）至四（七）."""
    return "、".join("至".join(_words(one)) for one in section.split(";"))


def _words(section: str) -> Iterator[str]:
    """Give both ends of a range of sections, or the one section; a bare number after a range stays as it is."""
    for place, part in enumerate(section.split("–")):
        found = _PARTS.fullmatch(part)
        if found is None or (place and "." not in part):
            yield part.replace("annex", "附件")
            continue
        chapter, paragraph, rest = found.groups()
        yield _numeral(chapter) + (f"（{_numeral(paragraph)}）" if paragraph else "") + rest


def _numeral(number: str) -> str:
    """Return a number up to 19 in Chinese."""
    value = int(number)
    return _DIGITS[value] if value <= 10 else "十" + _DIGITS[value - 10]
