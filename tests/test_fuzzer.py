"""Whatever stands in a file: a status of 0 to 3, told in words, and nothing written where the input is bad."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from allocator.cli.app import cli
from tests import fuzz
from tests.cli_calls import call, good
from tests.office_tables import as_workbook
from tests.sweep_cases import GRID

EXAMPLE = Path(__file__).resolve().parent.parent / "docs" / "worked-example"
SMALLER = EXAMPLE.parent.parent / "scenarios" / "tongliao-2023-primary" / "what-if" / "neighbourhood-to-fuli.yaml"
WHAT_IF = """
format_version: 1
what_if: more
title: {zh: 增, en: more}
changes:
  - {change: seats, school: east, add: 1}
"""
INSTANCE = {"capacity": [1, 1], "lists": [[0, 1], [0], [1, 0]], "score": [[3, 1], [2, 2], [1, 3]]}
PLANNING = """
planning: {category: {G1: 100000000}, home: 20000, chosen: 10000, diverted: 0, metre: 1, nearest: 8, closed: {}}
warnings: {year: 2023, yellow: 90, red: 100}
"""
MUTATIONS, SAMPLE = 2_000, 60


class Target(NamedTuple):
    """Files to change, by pattern, and a command that reads them; ``{}`` is the folder that holds everything."""

    pattern: str
    command: str


SWEEP = "sweep {}/district {}/files/grid.yaml --draws 1 --workers 1"
TARGETS = (
    Target("district/*", "check {}/district"),
    Target("district/*", "run {}/district --trial-seed 8 --out {}/new"),
    Target("district/*", "run {}/district --trial-seed 8 --out {}/out"),
    Target("district/*", "run {}/drawn --out {}/new --quiet"),
    Target("drawn/*", "run {}/drawn --out {}/new"),
    Target("drawn/*", "check {}/drawn --json"),
    Target("drawn/*", "draw transcript {}/drawn --event 2 --source witness-1:31415926535897932384 --again lost"),
    Target("district/*", "draw freeze {}/district"),
    Target("district/*", "what-if {}/district {}/files/more.yaml --trial-seed 1 --out {}/compared"),
    Target("district/*", "odds {}/district --draws 2 --workers 1"),
    Target("district/*", "seats {}/district --trial-seed 1"),
    Target("district/*", "warnings {}/district --out {}/warnings.csv"),
    Target("district/*", "capacity {}/district --classes 1 --class-size 2 --trial-seed 1"),
    Target("district/*", "optimum {}/district --trial-seed 1 --out {}/best"),
    Target("district/*", "verify {}/district --trial-seed 8 --list {}/files/list.csv"),
    Target("town/*", "check {}/town --json"),
    Target("town/*", "run {}/town --trial-seed 1 --out {}/new"),
    Target("town/*", "what-if {}/town {}/files/smaller.yaml --trial-seed 1 --together"),
    Target("town-out/*", "verify {}/town-out"),
    Target("town-out/**/*", "verify {}/town-out --tables {}/town"),
    Target("town-out/trace.jsonl", "explain {}/town-out T23-000021"),
    Target("files/smaller.yaml", "what-if {}/town {}/files/smaller.yaml --trial-seed 1"),
    Target("sheets/*", "check {}/sheets"),
    Target("sheets/*", "run {}/sheets --trial-seed 8 --out {}/new"),
    Target("out/**/*", "verify {}/out"),
    Target("out/**/*", "verify {}/out --tables {}/district --json"),
    Target("out/**/*", "draw verify {}/out"),
    Target("out/**/*", "explain {}/out K2"),
    Target("out/trace.jsonl", "explain {}/out K4"),
    Target("out/*.json", "run {}/district --trial-seed 8 --out {}/out"),
    Target("best/*", "verify {}/best"),
    Target("files/list.csv", "verify {}/district --trial-seed 8 --list {}/files/list.csv"),
    Target("files/list.xlsx", "verify {}/district --trial-seed 8 --list {}/files/list.xlsx"),
    Target("files/more.yaml", "what-if {}/district {}/files/more.yaml --trial-seed 1"),
    Target("files/grid.yaml", f"{SWEEP} --store {{}}/new.sqlite --quiet"),
    Target("files/store.sqlite", f"{SWEEP} --store {{}}/files/store.sqlite"),
    Target("files/instance.json", "capacity {}/files/instance.json --extra-seats 1 --list-length 2"),
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one of everything that is read: districts, outputs, what-ifs, grids, stores, lists."""
    home = tmp_path_factory.mktemp("fuzz") / "everything"
    shutil.copytree(EXAMPLE, home / "district")
    for file in list((home / "district").iterdir()):
        if file.name not in {"policy.yaml", "applicants.csv", "schools.csv", "zones.csv"}:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    for name in ("applicants.csv", "schools.csv"):
        first, *rows = fuzz._table((home / "district" / name).read_bytes())
        placed = [[*row[:-2], str(10 * at), "-20.5"] for at, row in enumerate(rows)]
        (home / "district" / name).write_bytes(fuzz._as_csv([first, *placed]))
    with (home / "district" / "policy.yaml").open("a", encoding="utf-8") as policy:
        policy.write(PLANNING)
    shutil.copytree(home / "district", home / "drawn")
    good("draw", "freeze", home / "drawn")
    digits = ("31415926535897932384", "27182818284590452353", "16180339887498948482")
    sources = [f"--source=witness-{number}:{some}" for number, some in enumerate(digits, start=1)]
    good("draw", "transcript", home / "drawn", "--event", "1", *sources)
    (home / "sheets").mkdir()
    shutil.copy(home / "district" / "policy.yaml", home / "sheets")
    for name in ("applicants", "schools", "zones"):
        rows = fuzz._table((home / "district" / f"{name}.csv").read_bytes())
        numbers = [i for i, heading in enumerate(rows[0]) if heading in ("plan", "hard_cap", "x", "y")]
        (home / "sheets" / f"{name}.xlsx").write_bytes(as_workbook(rows, numbers))
    good("generate", home / "town", "--children", 24, "--seed", 3)
    call("run", home / "town", "--out", home / "town-out")
    good("run", home / "district", "--trial-seed", 8, "--out", home / "out")
    good("optimum", home / "district", "--trial-seed", 1, "--out", home / "best")
    _files(home)
    return home


def _files(home: Path) -> None:
    """Write the files that options name."""
    files = home / "files"
    files.mkdir()
    pairs = [["applicant_id", "school_id"], *([f"K{n}", "east" if n < 5 else "west"] for n in range(1, 6))]
    (files / "list.csv").write_bytes(fuzz._as_csv(pairs))
    (files / "list.xlsx").write_bytes(as_workbook(pairs, []))
    (files / "more.yaml").write_text(WHAT_IF, encoding="utf-8")
    shutil.copy(SMALLER, files / "smaller.yaml")
    (files / "grid.yaml").write_text(GRID.replace("xincheng-2", "east"), encoding="utf-8")
    (files / "instance.json").write_text(json.dumps(INSTANCE), encoding="utf-8")
    good(*SWEEP.format(home, home).split(), "--store", files / "store.sqlite")


def _content(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every file with its digest."""
    for path in sorted(folder.rglob("*")):
        yield path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def tried(everything: Path, tmp_path: Path, number: int) -> str:
    """Make one mutation and call a command; return what must not have happened, empty if nothing did."""
    rng = random.Random(f"fuzz|{number}")
    target = TARGETS[number % len(TARGETS)]
    home = tmp_path / str(number)
    shutil.copytree(everything, home)
    chosen = rng.choice(sorted(path for path in home.glob(target.pattern) if path.is_file()))
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        chosen.write_bytes(fuzz.mutate(chosen.read_bytes(), chosen.name, rng))
    before = list(_content(home))
    result = CliRunner().invoke(cli, [*target.command.format(*[home] * 9).split(), "--lang", "en"])
    wrong = _wrong(result.output, result.exit_code, result.exception)
    if result.exit_code == 2 and list(_content(home)) != before:
        wrong = "something was written"
    shutil.rmtree(home)
    return wrong and f"{number}: {target.command} with {chosen.relative_to(home)}: {wrong}\n{result.output[-600:]}"


def _wrong(output: str, status: int, error: BaseException | None) -> str:
    """Say what a user must never see."""
    if error is not None and not isinstance(error, SystemExit):
        return f"ended with {error!r}"
    if "Traceback" in output or "fault of the program" in output:
        return "a fault of the program"
    return "" if status in (0, 1, 2, 3) else f"status {status}"


def test_a_sample_of_mutations(everything: Path, tmp_path: Path) -> None:
    """Two of every kind of file and command."""
    found = [wrong for number in range(SAMPLE) if (wrong := tried(everything, tmp_path, number))]
    assert found == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_two_thousand_mutations(everything: Path, tmp_path: Path, part: int) -> None:
    """The same, far more of them."""
    numbers = range(SAMPLE + part, SAMPLE + MUTATIONS, 4)
    found = [wrong for number in numbers if (wrong := tried(everything, tmp_path, number))]
    assert found == []
