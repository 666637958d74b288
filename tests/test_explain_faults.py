"""When nothing is explained: unknown children, missing, damaged and changed records."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from allocator.explanation import explain
from allocator.ground import InputError, fault_text
from allocator.procedure import run_procedure
from allocator.record import MANIFEST, manifest_bytes, write_folder
from tests.explain_districts import folder, town
from tests.list_districts import outputs
from tests.small_districts import kid


def faults(out: Path, child: str = "K1") -> list[tuple[str, str, int]]:
    """Code, file and line of everything that keeps a child from being explained; each has its text."""
    with pytest.raises(InputError) as error:
        explain(out, child, "en")
    for fault in error.value.faults:
        assert fault_text(fault, "zh") != fault_text(fault, "en")
    return [(fault.code, fault.file, fault.row) for fault in error.value.faults]


def test_an_unknown_number_is_told(tmp_path: Path) -> None:
    """A number that is not on the list has its fault, and so has a part of a number."""
    out = folder(tmp_path, town([kid(1)]))
    assert faults(out, "K2") == faults(out, "K") == [("explain.unknown_id", "assignment.csv", 0)]


def test_a_folder_that_is_no_output_is_told(tmp_path: Path) -> None:
    """A folder without our manifest, or none at all, explains nothing."""
    assert faults(tmp_path) == [("explain.no_run", str(tmp_path), 0)]
    assert faults(tmp_path / "nowhere") == [("explain.no_run", str(tmp_path / "nowhere"), 0)]


def test_a_run_without_a_record_is_told(tmp_path: Path) -> None:
    """After a run with --no-trace the fault says what to do."""
    district = town([kid(1)])
    files = outputs(district, run_procedure(district), workbook=False, trace=False)
    write_folder(tmp_path / "out", files, lambda digests: manifest_bytes(district, digests))
    assert faults(tmp_path / "out") == [("explain.no_trace", str(tmp_path / "out"), 0)]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda lines: [lines[0][:-5], *lines[1:]], 1),
        (lambda lines: [lines[0], lines[1].replace('"result"', '"resolt"'), *lines[2:]], 2),
        (lambda lines: [*lines[:1], *lines[2:]], 2),
        (lambda lines: [*lines[:2], "", *lines[2:]], 3),
        (lambda lines: [*lines, "{"], 7),
        (lambda lines: [*lines[:-1], lines[-1].replace('"seq":6', '"seq":7')], 6),
    ],
)
def test_a_damaged_line_is_told(tmp_path: Path, change: Callable[[list[str]], list[str]], line: int) -> None:
    """A line cut short, misspelt, missing or too many is told with its number, and nothing is explained."""
    out = folder(tmp_path, town([kid(1), kid(2), kid(3)]))
    path = out / "trace.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6
    path.write_text("\n".join(change(lines)) + ("\n" if line < 7 else ""), encoding="utf-8")
    told = [found for child in ("K1", "K2", "K3") for found in faults(out, child)]
    assert ("explain.damaged", "trace.jsonl", line) in told
    assert {code for code, _, _ in told} <= {"explain.damaged", "explain.changed"}


@pytest.mark.parametrize("name", ["assignment.csv", "summary.json", "trace.jsonl"])
def test_a_record_changed_afterwards_explains_nothing(tmp_path: Path, name: str) -> None:
    """A file that is still readable but no longer the one of the run is refused, and so is a missing one."""
    out = folder(tmp_path, town([kid(1)]))
    content = (out / name).read_text(encoding="utf-8")
    (out / name).write_text(content.replace("s1", "s2"), encoding="utf-8")
    assert faults(out) == [("explain.changed", name, 0)]
    (out / name).unlink()
    assert faults(out) == [("explain.missing", name, 0)]


def test_explanations_are_read_not_computed(tmp_path: Path) -> None:
    """What stands in the record is what is told, even where no procedure would have come to it."""
    out = folder(tmp_path, town([kid(1)]))
    path, manifest = out / "trace.jsonl", out / MANIFEST
    path.write_text(path.read_text(encoding="utf-8").replace('"rule":"batch:admitted"', '"rule":"C999"'), "utf-8")
    content = json.loads(manifest.read_bytes())
    content["outputs"]["trace.jsonl"] = sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert "Rule: C999." in explain(out, "K1", "en")
