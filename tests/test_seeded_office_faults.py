"""Agreement of the determinations is no tautology: what is changed in one place of one, the other one notices."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.seeded_office_faults import ROOT, faults

PARTS = 8
SAMPLE = 45
"""Every so manieth fault is tried in the fast tests."""

EQUAL = {
    "case.py: False is True: held: bool = False": "step 6 sets it for every case",
    "categories.py: 1 is 2: _CONDITIONS = (1 << _CONTRARY) - 1": "one bit more, of no condition",
    "conditions.py: Lt turned: return start < e.values.half_year_before": "the day itself is dealt with before",
    "conditions.py: 0 is 1: return e.shares.get(f\"{e.child.family}/grandparents\", 0) >= e.values.share if e.shares "
    "else (\"m:owners\",)": "a hundredth of a per cent is no share that suffices",
    "evidence.py: False is True: NOWHERE = Dwelling(\"\", \"\", \"\", \"\", False, \"\", None, (), \"\")":
        "no condition of a home is asked of it",
    "homes.py: Lt turned: return FIRST_YEAR <= lock.intake_year < values.year and years <= intakes":
        "a lock of the year itself is an input fault",
    "homes.py: Gt turned: if len({case.child.family for case in claims}) > 1:": "one family alone has the least key",
    "gates.py: 2 is 3: _WORSE: Mapping[str, int] = {\"fail\": 2, \"pending\": 1, \"pass\": 0}":
        "the order is the same",
    "answers.py: word 'per_session': session = tables.policy.switches.ticket_scope == \"per_session\"":
        "random families are drawn per draw",
}  # fmt: skip
"""Faults of the checker's determination that change nothing it says, and why."""


def tried(room: str, part: int, parts: int) -> list[str]:
    """Return what is printed of every fault of a part of a room."""
    command = [sys.executable, "-m", "tests.seeded_office_faults", room, str(part), str(parts)]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    lines = run.stdout.splitlines()
    assert len(lines) == len(faults(room)[part::parts])
    return lines


def missed(lines: list[str]) -> set[str]:
    """Return the faults that nobody noticed."""
    return {line.removeprefix("MISSED ") for line in lines if line.startswith("MISSED ")}


def test_there_are_faults_of_every_kind_in_both_rooms() -> None:
    """Hundreds of places in each room, in every file of the checker's that decides anything."""
    assert min(len(faults("office")), len(faults("checker"))) > 400
    assert len({fault.file.name for fault in faults("checker")}) >= 11


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_some_faults_of_the_checkers_determination_are_caught() -> None:
    """A sample of what the thorough test tries whole."""
    lines = tried("checker", 7, SAMPLE)
    assert missed(lines) <= set(EQUAL)
    assert sum(line.startswith("caught ") for line in lines) >= len(lines) // 2


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_fault_of_the_checkers_determination_is_caught(part: int) -> None:
    """Every change of a single place is noticed on random families, but for those that change nothing."""
    assert missed(tried("checker", part, PARTS)) <= set(EQUAL)


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("part", range(PARTS))
def test_faults_of_the_offices_determination_are_caught(part: int) -> None:
    """Likewise; up to a tenth may decide nothing of a determination: new locks and reasons are tested elsewhere."""
    lines = tried("office", part, PARTS)
    assert len(missed(lines)) <= len(lines) // 10
