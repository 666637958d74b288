"""Instance files of extra seats, and ``allocator capacity`` of them: good ones, and every fault at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from allocator.checking.extra_seats.stable import check_stable_seats
from allocator.domain import StableInstance
from allocator.ground import InputError
from allocator.reading.capacity_file import read_capacity
from tests.capacity_cases import least, market
from tests.cli_calls import call, refused

GOOD: dict[str, Any] = {
    "seed": 7, "schools": 2, "students": 3, "capacity": [1, 1],
    "lists": [[0, 1], [1, 0], [0, 1]], "score": [[5, 6], [1, 2], [3, 4.5]],
}  # fmt: skip


def written(folder: Path, content: object, name: str = "market.json") -> Path:
    """A file of this content."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def as_content(instance: StableInstance) -> dict[str, Any]:
    """A market as a file holds it."""
    return {
        "schools": len(instance.capacity), "students": len(instance.lists), "capacity": instance.capacity,
        "lists": instance.lists, "score": instance.scores,
    }  # fmt: skip


def codes(path: Path) -> set[tuple[str, str]]:
    """Code and place of every fault of a file."""
    with pytest.raises(InputError) as error:
        read_capacity(path)
    return {(fault.code.removeprefix("extra_seats."), fault.column) for fault in error.value.faults}


def test_a_good_file(tmp_path: Path) -> None:
    """Seats, lists and scores as they stand; a byte order mark does no harm; the seed may be missing."""
    instance = read_capacity(written(tmp_path, GOOD))
    assert instance == StableInstance((1, 1), ((0, 1), (1, 0), (0, 1)), ((5, 6), (1, 2), (3, 4.5)))
    assert instance.shortened(1).lists == ((0,), (1,), (0,))
    assert instance.shortened(1).scores == ((5,), (1,), (3,))
    plain = {key: value for key, value in GOOD.items() if key != "seed"}
    assert read_capacity(written(tmp_path, "\ufeff" + json.dumps(plain))) == instance


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"extra": 1}, {("key_unknown", "extra")}),
        ({"seed": "x"}, {("whole", "seed")}),
        ({"schools": 3}, {("length", "capacity")}),
        ({"schools": True}, {("whole", "schools")}),
        ({"schools": 0}, {("whole", "schools")}),
        ({"students": 2}, {("length", "lists"), ("length", "score")}),
        ({"capacity": [1, -1]}, {("whole", "capacity[1]")}),
        ({"capacity": [1.5, None]}, {("whole", "capacity[0]"), ("whole", "capacity[1]")}),
        ({"capacity": {}}, {("list", "capacity")}),
        ({"lists": [[0, 2], [1, 0], 5]}, {("whole", "lists[0][1]"), ("list", "lists[2]")}),
        ({"lists": [[0, 0], [1, 0], [0, 1]]}, {("school_twice", "lists[0]")}),
        ({"score": [[5, 6], [1, 2], [5, 4]]}, {("tie", "score[2]")}),
        ({"score": [[5, 6], [1], [3, 4]]}, {("length", "score[1]")}),
        ({"score": [[5, "6"], [1, None], [3, 1e300]]},
         {("score", "score[0][1]"), ("score", "score[1][1]"), ("score", "score[2][1]")}),
        ({"score": [[5, True], [1, 2], [3, float("nan")]]}, {("score", "score[0][1]"), ("score", "score[2][1]")}),
        ({"capacity": [-1, 1], "seed": -1, "score": 3, "more": 0},
         {("whole", "capacity[0]"), ("whole", "seed"), ("list", "score"), ("key_unknown", "more")}),
    ],
)  # fmt: skip
def test_every_fault_at_once(tmp_path: Path, change: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    """Unknown keys, wrong shapes and numbers, schools twice and ties: each with its place, all of a file together."""
    found = codes(written(tmp_path, GOOD | change))
    assert found == expected


def test_missing_keys(tmp_path: Path) -> None:
    """An empty object lacks all keys but the seed."""
    assert {column for _, column in codes(written(tmp_path, {}))} == set(GOOD) - {"seed"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"), ("{", "not_json"), ("[1]", "not_object"), ("3", "not_object"), ("[" * 100_000, "not_json"),
        ('{"schools": 1' + "0" * 5000 + "}", "not_json"), ('{"seed": 1, "seed": 2}', "key_twice"),
    ],
)  # fmt: skip
def test_no_such_json(tmp_path: Path, text: str, code: str) -> None:
    """What is no JSON object, or says something twice, is told."""
    assert code in {code for code, _ in codes(written(tmp_path, text))}


def test_unreadable(tmp_path: Path) -> None:
    """No file, and bytes that are no UTF-8."""
    assert codes(tmp_path / "none.json") == {("file.unreadable", "")}
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe{}")
    assert codes(tmp_path / "bytes.json") == {("not_json", "")}


def test_command_prints_json_alone(tmp_path: Path) -> None:
    """Objective, bound, seconds and seats by school, as trying all ways finds them, and nothing else."""
    instance = market("command", 4, 20, 3)
    path = written(tmp_path, as_content(instance))
    said = call("capacity", path, "--list-length", 2, "--extra-seats", 3)
    assert (said.exit_code, said.stderr) == (0, "")
    found = json.loads(said.stdout)
    assert sorted(found) == ["bound", "extra_seats", "objective", "seconds"]
    assert found["objective"] == found["bound"] == least([instance.shortened(2)], 3, 3)
    assert len(found["extra_seats"]) == 4
    assert sum(found["extra_seats"]) <= 3
    assert found["seconds"] >= 0


def test_command_with_several_draws(tmp_path: Path) -> None:
    """Several files are draws of the same schools; other seats are refused, with every other fault."""
    first = market("draw 1", 3, 12, 3)
    other = market("draw 2", 3, 10, 3)
    second = StableInstance(first.capacity, other.lists, other.scores)
    paths = [written(tmp_path, as_content(draw), f"{i}.json") for i, draw in enumerate((first, second))]
    found = json.loads(call("capacity", *paths, "--list-length", 3, "--extra-seats", 2).stdout)
    assert found["objective"] == found["bound"] == least([first, second], 2, 4)
    changed = StableInstance((9, *first.capacity[1:]), first.lists, first.scores)
    said = refused("capacity", paths[0], written(tmp_path, as_content(changed), "9.json"), "--list-length", 4,
                   "--extra-seats", 2)  # fmt: skip
    assert said.count("extra_seats.short") == 2
    assert "extra_seats.other_schools" in said


def test_command_refuses_bad_options(tmp_path: Path) -> None:
    """Options that are missing, out of range or of a district, in both languages, all at once."""
    path = written(tmp_path, GOOD)
    said = refused("capacity", path, "--time-limit", 0, "--draws", 3)
    assert said.count("extra_seats.option_needed") == 2
    assert "extra_seats.time_limit" in said
    assert "extra_seats.option_unused" in said
    assert refused("capacity", path, "--list-length", 0, "--extra-seats", -1).count("extra_seats.whole") == 2
    assert "extra_seats.short" in refused("capacity", path, "--list-length", 3, "--extra-seats", 1)
    assert "extra_seats.one_folder" in refused("capacity", tmp_path, path, "--extra-seats", 1)
    assert "extra_seats.option_unused" in refused("capacity", tmp_path, "--list-length", 1, "--extra-seats", 1)
    said_zh = call("capacity", path, "--list-length", 3, "--extra-seats", 1, language="zh")
    assert (said_zh.exit_code, "志愿长度" in said_zh.stderr, said_zh.stdout) == (2, True, "")


def large(folder: Path) -> tuple[Path, StableInstance]:
    """A market whose search takes long."""
    instance = market("large", 30, 900, 5, alike=False)
    return written(folder, as_content(instance)), instance


def test_a_time_limit_ends_with_a_bound(tmp_path: Path) -> None:
    """Ended early: exit 1, seats that the checker accepts, and a bound below."""
    path, _ = large(tmp_path)
    said = call("capacity", path, "--list-length", 5, "--extra-seats", 40, "--time-limit", 1e-9)
    found = json.loads(said.stdout)
    assert said.exit_code == 1
    assert found["bound"] < found["objective"]
    assert sum(found["extra_seats"]) == 40


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_with_a_bound(tmp_path: Path) -> None:
    """Ctrl-C while it searches: the best so far is printed as JSON, no traceback."""
    path, instance = large(tmp_path)
    command = [sys.executable, "-m", "allocator", "capacity", str(path), "--list-length", "5", "--extra-seats", "60"]
    environment = {**os.environ, "ALLOCATOR_LANG": "en"}
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    time.sleep(6)
    run.send_signal(signal.SIGINT)
    shown, said = run.communicate(timeout=60)
    found = json.loads(shown)
    assert "Traceback" not in said
    assert run.returncode == (0 if found["bound"] == found["objective"] else 1)
    assert len(check_stable_seats(instance, found["extra_seats"], [], most=60, unplaced=6, objective=0)) == 1
