"""Hostile files are refused within seconds and little memory, whatever stands in them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from allocator.ground import InputError
from allocator.reading.capacity_file import read_capacity
from allocator.reading.what_if_file import read_what_if_grid
from tests import tables
from tests.cli_calls import copy, refused

LONGEST, MOST = 5.0, 500
"""Processor seconds and megabytes of a command on a hostile file; of the seconds one goes by before it is opened."""

_TITLE = b"title: {zh: a, en: b}\n"
_WHAT_IF = b"format_version: 1\nwhat_if: x\n" + _TITLE
_GRID = b"format_version: 1\ngrid: x\n" + _TITLE
_CHANGE = b"  - {option: o%d, changes: [{change: seats}]}\n"
_ALIASES = b"a0: &a0 [x, x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (i, i, b", ".join([b"*a%d" % (i - 1)] * 9)) for i in range(1, 40)
)

FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "unknown keys": ("policy.yaml", lambda: b"".join(b"key%d: 1\n" % i for i in range(29_000))),
    "sets": ("policy.yaml", lambda: b"- {a}\n" * 14_000),
    "billion laughs": ("policy.yaml", lambda: _ALIASES),
    "a scalar": ("policy.yaml", lambda: b'a: "' + b"x\n " * 300_000 + b'"\n'),
    "comments": ("policy.yaml", lambda: b"# x\n" * 240_000),
    "changes": ("what-if.yaml", lambda: _WHAT_IF + b"changes:\n" + b"- {}\n" * 14_000),
    "keys of a what-if": ("what-if.yaml", lambda: _WHAT_IF + b"".join(b"key%d: 1\n" % i for i in range(29_000))),
    "options": (
        "grid.yaml",
        lambda: _GRID + b"axes:\n" + b"".join(
            b"- axis: a%d\n  options:\n" % axis + b"".join(_CHANGE % i for i in range(450)) for axis in range(7)
        ),
    ),
    "keys of JSON": ("i.json", lambda: b"{" + b",".join(b'"k%d":1' % i for i in range(200_000)) + b"}"),
    "lists of JSON": ("i.json", lambda: b"[" + b"[]," * 8_000_000 + b"0]"),
    "one school very often": (
        "i.json",
        lambda: b'{"schools":2,"students":1,"capacity":[1,1],"lists":[[' + b"1," * 300_000 + b'0]],"score":[['
        + b",".join(b"%d" % i for i in range(300_001)) + b"]]}",
    ),
    "rows of faults": (
        "applicants.csv",
        lambda: tables.csv_bytes(tables.children()).splitlines()[0] + b"\n" + b"".join(
            b"T%d,nowhere,Q,zz,a;b;b,x y,?,1,2,3,maybe,zz,abc,def\n" % i for i in range(200_000)
        ),
    ),
}  # fmt: skip

_COMMANDS = {
    "policy.yaml": ["check"], "applicants.csv": ["check"], "what-if.yaml": ["what-if"], "grid.yaml": ["sweep"],
    "i.json": ["capacity", "--extra-seats", "1", "--list-length", "1"],
}  # fmt: skip

_MEASURED = """
import resource, runpy, sys
sys.argv = ["allocator", *sys.argv[1:]]
try:
    runpy.run_module("allocator", run_name="__main__")
except SystemExit as end:
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # maxrss is also the parent's
    print(end.code, used.ru_utime + used.ru_stime, int(peak.split()[1]) / 1_000)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs the measures of Linux")
@pytest.mark.parametrize("name", FILES)
def test_refused_within_seconds(town: Path, tmp_path: Path, name: str) -> None:
    """Within five seconds of the processor and 500 MB, by whichever command reads such a file."""
    file, content = FILES[name]
    folder = copy(town, tmp_path)
    (folder / file).write_bytes(content())
    command, *options = _COMMANDS[file]
    district = [folder] if command != "capacity" else []
    what = [] if command == "check" else [folder / file]
    call = [sys.executable, "-c", _MEASURED, command, *district, *what, *options]
    found = subprocess.run(list(map(str, call)), capture_output=True, text=True, check=False)
    status, seconds, memory = found.stdout.split()
    assert status == "2", found.stderr[-300:]
    assert float(seconds) < LONGEST
    assert float(memory) < MOST


def test_kinds_without_end_are_not_all_shown(town: Path, tmp_path: Path) -> None:
    """Every unknown key is a column of its own: some hundreds are shown, and how many more there are."""
    folder = copy(town, tmp_path)
    keys = "".join(f"key{i}: 1\n" for i in range(20_000))
    (folder / "policy.yaml").write_text((folder / "policy.yaml").read_text(encoding="utf-8") + keys, encoding="utf-8")
    told = refused("check", folder)
    assert "20000 faults found" in told
    assert told.count("[policy.unknown_key]") == 200
    assert "and 19800 more" in told


def test_faults_of_instances_and_grids_are_cut(tmp_path: Path) -> None:
    """Of each kind a thousand are kept and the others counted, as of tables."""
    (tmp_path / "i.json").write_text("{" + ",".join(f'"k{i}":1' for i in range(1_500)) + "}", encoding="utf-8")
    with pytest.raises(InputError) as of_instance:
        read_capacity(tmp_path / "i.json")
    assert [f.params for f in of_instance.value.faults if f.code == "fault.more"] == [{"count": "500"}]
    (tmp_path / "grid.yaml").write_bytes(_GRID + b"axes: []\n" + b"".join(b"k%d: 1\n" % i for i in range(1_500)))
    with pytest.raises(InputError) as of_grid:
        read_what_if_grid(tmp_path / "grid.yaml")
    assert [f.params for f in of_grid.value.faults if f.code == "fault.more"] == [{"count": "500"}]
