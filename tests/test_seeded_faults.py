"""Agreement is no tautology: single-line faults in the product are noticed by the strict model or the checker."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.seeded_faults import FAULTS, ROOT
from tests.seeded_reading_faults import READING_FAULTS

PARTS = 2


def test_there_are_enough_faults_in_every_place() -> None:
    """At least thirty faults, in procedure, instance, eligibility and reading."""
    assert len(FAULTS) + len(READING_FAULTS) >= 30
    files = {
        fault.file.removeprefix("allocator/").split("/")[0].removesuffix(".py") for fault in (*FAULTS, *READING_FAULTS)
    }
    assert files == {"procedure", "instance", "eligibility", "reading"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_seeded_fault_is_caught(part: int) -> None:
    """Each fault makes the strict model or the checker object; merely stopping the program does not count."""
    command = [sys.executable, "-m", "tests.seeded_faults", str(part), str(PARTS)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = run.stdout.splitlines()
    assert [line for line in lines if not line.startswith("caught ")] == []
    assert len(lines) == len((FAULTS + READING_FAULTS)[part::PARTS])
    assert run.returncode == 0, run.stderr
