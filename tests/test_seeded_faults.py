"""Agreement is no tautology: single-line faults in the product are noticed by the strict model or the checker."""

from __future__ import annotations

import os
import py_compile
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bytecode import copy_of_the_program, wrong_bytecode
from tests.seeded_book_faults import BOOK_FAULTS
from tests.seeded_faults import FAULTS, ROOT
from tests.seeded_model_faults import MODEL_FAULTS
from tests.seeded_order_faults import ORDER_FAULTS
from tests.seeded_reading_faults import READING_FAULTS

PARTS = 6
QUICK = 2
"""Parts of the faults, every sixth of all kinds, that are tried each time."""
ALL = (*FAULTS, *READING_FAULTS, *MODEL_FAULTS, *BOOK_FAULTS, *ORDER_FAULTS)


def test_there_are_enough_faults_in_every_place() -> None:
    """At least thirty faults, in procedure, instance, eligibility, distances, reading and model."""
    assert len(ALL) >= 30
    places = {Path(fault.file).relative_to("allocator") for fault in ALL}
    assert {place.parts[0] for place in places} == {"procedure", "eligibility", "reading", "models", "lottery"}
    assert {place.stem for place in places if place.parts[0] == "eligibility"} == {"instance", "nearest", "rules"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    "part", [*range(QUICK), *(pytest.param(part, marks=pytest.mark.long) for part in range(QUICK, PARTS))]
)
def test_every_seeded_fault_is_caught(part: int) -> None:
    """Each fault makes the strict model or the checker object; merely stopping the program does not count."""
    command = [sys.executable, "-m", "tests.seeded_faults", str(part), str(PARTS)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = run.stdout.splitlines()
    assert [line for line in lines if not line.startswith("caught ")] == []
    assert len(lines) == len(ALL[part::PARTS])
    assert run.returncode == 0, run.stderr


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a copy of the program with the bytecode of its reading."""
    folder = copy_of_the_program(tmp_path)
    for source in (folder / "allocator" / "reading").glob("*.py"):
        py_compile.compile(str(source), doraise=True)
    return folder


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_seeded_faults_leave_no_trace(program: Path) -> None:
    """After faults of the right length nothing in the program is different, and no bytecode was written at all."""
    faults = ALL
    swapped = next(i for i, fault in enumerate(faults) if fault.wrong == "e_school_id=e_school[ 0 ]")
    assert len(faults[swapped].right) == len(faults[swapped].wrong)
    before = {path: path.read_bytes() for path in sorted(program.rglob("*.pyc"))}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    command = [sys.executable, "-m", "tests.seeded_faults", str(swapped), str(len(faults))]
    run = subprocess.run(command, cwd=program, env=environment, capture_output=True, text=True, check=False)
    assert run.stdout.startswith("caught "), run.stdout + run.stderr
    in_program = [path for path in sorted(program.rglob("*.pyc")) if "tests" not in path.parts[-3:]]
    assert {path: path.read_bytes() for path in in_program} == before
    assert wrong_bytecode(program) == []


@pytest.mark.parametrize("level", [0, 1])
def test_bytecode_of_a_faulty_source_is_noticed(program: Path, level: int) -> None:
    """Bytecode of a changed line of the same length and time is named; that of another time is never run."""
    source = program / "allocator" / "reading" / "schools.py"
    right, seen = source.read_text(encoding="utf-8"), source.stat()
    source.write_text(right.replace('"x", "y", "name_en")', '"y", "x", "name_en")'), encoding="utf-8")
    os.utime(source, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    kept = py_compile.compile(str(source), optimize=level, doraise=True) or ""
    source.write_text(right, encoding="utf-8")
    os.utime(source, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert wrong_bytecode(program) == [str(Path(kept).relative_to(program))]
    os.utime(source, ns=(seen.st_atime_ns, seen.st_mtime_ns + 10**10))
    assert wrong_bytecode(program) == []


def test_bytecode_without_a_source_is_noticed(program: Path) -> None:
    """A compiled file beside the sources would be imported, so it is named."""
    left = program / "allocator" / "reading" / "left.pyc"
    py_compile.compile(str(program / "allocator" / "reading" / "schools.py"), cfile=str(left), doraise=True)
    assert wrong_bytecode(program) == [str(left.relative_to(program))]
