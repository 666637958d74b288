"""Files that are none, without end, or too large: refused at once wherever a file is read; and rows of odd lengths."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from allocator.ground import InputError, opening
from allocator.planning.sweep import Certificates, runner_certificate_faults
from allocator.planning.sweep.runners import OPTIONS
from allocator.reading.policy_lines import load_policy_lines
from tests import tables
from tests.cli_calls import as_json, call, copy, refused

ENDS = (
    (",,", "", None), (",,", ",,", None), ("", "", None), (",,", ",", "15"), ("", ",", "15"), (",,", ",,x", "16"),
    (",", ",x", "15"), (",,", ",,,", "17"),
)  # fmt: skip
"""What is put after the heading row and after every other row, and how many cells are told then."""


@pytest.mark.parametrize(("heading", "cells", "found"), ENDS)
def test_empty_cells_at_the_end_of_a_heading_row_are_no_columns(
    tmp_path: Path, heading: str, cells: str, found: str | None
) -> None:
    """Rows may have them or not; what is told never says that as many cells were expected as were found."""
    first, *rest = tables.csv_bytes(tables.children()).decode().splitlines()
    text = "\n".join([first + heading, *(line + cells for line in rest)])
    told = tables.faults(tables.write(tmp_path, applicants=text.encode()))
    assert {fault.params["expected"] for fault in told} == ({"14"} if found else set())
    assert {fault.params["found"] for fault in told} == ({found} if found else set())


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe to which nobody writes."""
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def _linked(folder: Path, name: str, to: Path) -> Path:
    """Put a link in the place of a file."""
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(to)
    return folder


ENDLESS = Path("/dev/zero")
INPUTS = ("applicants.csv", "schools.csv", "zones.csv", "policy.yaml", "transcript.txt")
OUTPUTS = ("manifest.json", "assignment.csv", "inputs/zones.csv", "policy.yaml", "trace.jsonl", "summary.json")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("what", ["pipe", "device"])
def test_a_pipe_or_a_device_in_a_district(town: Path, tmp_path: Path, pipe: Path, name: str, what: str) -> None:
    """It is not read, whatever the command; nothing waits and nothing is written."""
    folder = _linked(copy(town, tmp_path), name, pipe if what == "pipe" else ENDLESS)
    for command in (["check", folder], ["run", folder, "--out", tmp_path / "out"], ["draw", "freeze", folder]):
        if not (name == "transcript.txt" and command[0] == "draw"):
            assert "[file.not_ordinary]" in refused(*command)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize("name", OUTPUTS)
def test_a_pipe_in_an_output_folder(lists: Path, tmp_path: Path, pipe: Path, name: str) -> None:
    """Every command that reads lists refuses it or finds it wrong; none waits."""
    folder = _linked(copy(lists, tmp_path), name, pipe)
    child = "T23-000001"
    for command in (["verify", folder], ["draw", "verify", folder], ["explain", folder, child]):
        result = call(*command)
        assert result.exit_code in (0, 2, 3)
    assert call("verify", folder).exit_code in (2, 3)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_as_any_file_that_an_option_names(town: Path, tmp_path: Path, pipe: Path) -> None:
    """What-ifs, grids, instances, lists, transcripts, digits of witnesses, stores."""
    folder = copy(town, tmp_path)
    for command in (
        ["what-if", folder, pipe],
        ["sweep", folder, pipe, "--draws", 2],
        ["capacity", pipe, "--extra-seats", 1, "--list-length", 1],
        ["verify", folder, "--list", pipe],
        ["run", folder, "--transcript", pipe],
        ["draw", "transcript", folder, "--event", "1", "--sources", pipe],
    ):
        assert "pipe" in refused(*command)
    assert "sweep.no_folder" in refused("draw", "verify", folder, "--frozen", pipe)
    faults = runner_certificate_faults("tls://127.0.0.1:9", Certificates(pipe, ENDLESS, pipe))
    assert [(fault.code, fault.file) for fault in faults] == [("file.not_ordinary", name) for name in OPTIONS]


def test_too_much_of_a_file_is_not_read(town: Path, tmp_path: Path) -> None:
    """A file of terabytes (of holes), a policy of more than a megabyte: told by size."""
    folder = copy(town, tmp_path)
    policy = (folder / "policy.yaml").read_bytes()
    (folder / "policy.yaml").write_bytes(policy + b"#" * opening.MOST_OF_A_TEXT)
    with (folder / "applicants.csv").open("r+b") as file:
        file.truncate(2**40)
    told = refused("check", folder)
    assert told.count("[file.too_large]") == 2


@pytest.mark.parametrize("line", [b"-\n", b"?\n", b"? b\n", b"- x\n", b"- &a\n", b"- *a\n", b"k: 1\n"])
def test_a_policy_of_very_many_keys_or_items_is_not_read(line: bytes) -> None:
    """However they are written, with values or without: one fault, before YAML makes its nodes."""
    assert [fault.code for fault in load_policy_lines(line * 51_000, "policy.yaml")[2]] == ["policy.too_much"]


@pytest.mark.parametrize("escape", [r"\UFFFFFFFF", r"\U00110000", r"\xg", r"\ud800"])
def test_characters_that_do_not_exist(town: Path, tmp_path: Path, escape: str) -> None:
    """An escape of YAML for a number that no character has, or half of one."""
    folder = copy(town, tmp_path)
    text = (folder / "policy.yaml").read_text(encoding="utf-8")
    (folder / "policy.yaml").write_text(text + f'\nmore: "{escape}"\n', encoding="utf-8")
    assert "policy.yaml" in refused("check", folder)


def test_very_many_faults_of_yaml_are_cut() -> None:
    """Keys twice: a thousand are told and the others counted."""
    found = load_policy_lines(b"k: 1\n" * 2_000, "policy.yaml")[2]
    assert Counter(fault.code for fault in found) == {"policy.duplicate_key": 1_000, "fault.more": 1}
    assert found[-1].params == {"count": "999"}


def test_a_file_of_the_system_without_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says it is empty and goes on for ever is read no farther than is allowed."""
    if not Path("/proc/self/status").exists():
        pytest.skip("needs /proc")
    with pytest.raises(InputError, match=r"file\.too_large"):
        opening.open_file_bytes(Path("/proc/self/status"), 100)


MANY = 1_000_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"a," * 200_000 + b"zone\n", "table.too_many_columns"),
        (lambda: b"a," * MANY + b"\n1\n", "file.long_line"),
        (lambda: tables.csv_bytes(tables.children()) + b"T9" + b"," * MANY + b"\n", "file.long_line"),
        (lambda: b'"' + b"x" * MANY, "file.long_line"),
        (lambda: tables.csv_bytes(tables.children()) + b"\n" * 3_000_000, "file.too_many_lines"),
        (lambda: tables.csv_bytes(tables.children()) + b'"' + b"x\n" * MANY, "file.csv"),
    ],
    ids=["200000 headings", "1000000 headings", "a long row", "a long cell", "many rows", "a long cell of many lines"],
)
def test_tables_of_another_shape(tmp_path: Path, content: Callable[[], bytes], code: str) -> None:
    """One fault, not a million."""
    found = tables.faults(tables.write(tmp_path, applicants=content()))
    assert [fault.code for fault in found] == [code]


BRACKETS = {
    "list": b"[" * 100_000,
    "closed": b"[" * 100_000 + b"]" * 100_000,
    "object": b'{"a":' * 100_000,
}


@pytest.mark.parametrize("name", BRACKETS)
def test_brackets_in_brackets_without_end(town: Path, lists: Path, tmp_path: Path, name: str) -> None:
    """In every JSON file and every YAML file: bad input, or a folder that is not ours."""
    raw = BRACKETS[name]
    (tmp_path / "deep.json").write_bytes(raw)
    assert "deep.json" in refused("capacity", tmp_path / "deep.json", "--extra-seats", 1, "--list-length", 1)
    (tmp_path / "deep.yaml").write_bytes(raw)
    assert "deep.yaml" in refused("what-if", town, tmp_path / "deep.yaml")
    assert "deep.yaml" in refused("sweep", town, tmp_path / "deep.yaml", "--draws", 2)
    folder = copy(lists, tmp_path)
    for file in ("manifest.json", "summary.json", "trace.jsonl"):
        whole = (folder / file).read_bytes()
        (folder / file).write_bytes(raw)
        for command in (["verify", folder], ["explain", folder, "T23-000001"], ["draw", "verify", folder]):
            assert call(*command).exit_code in (0, 2, 3)
        (folder / file).write_bytes(whole)
    district = copy(town, tmp_path)
    (district / "policy.yaml").write_bytes(raw)
    assert "policy.yaml" in refused("check", district)


def test_very_many_faults_are_cut(tmp_path: Path) -> None:
    """Of each kind a thousand are kept, the others counted; the terminal shows some of each and how many more."""
    rows = [tables.child(f"T{i}", zone="nowhere", status="maybe") for i in range(1_500)]
    folder = tables.write(tmp_path, applicants=rows)
    found = tables.faults(folder)
    assert Counter(fault.code for fault in found) == {"zone.unknown": 1_000, "status.unknown": 1_000, "fault.more": 2}
    assert [fault.params for fault in found if fault.code == "fault.more"] == [{"count": "500"}] * 2
    told = refused("check", folder)
    assert "3000 faults found" in told
    assert "and 2980 more" in told
    assert len(as_json("check", folder, status=2)["faults"]) == 2_002
