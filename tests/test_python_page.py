"""docs/python.md line by line, and what it says of frames, names and errors, against the product and its commands."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pandas as pd
import pytest

import allocator
from tests.cli_calls import as_json, call, good
from tests.conformance import ROOT

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
SCENARIO = "scenarios/tongliao-2023-primary"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a smaller roster of the shipped district where the page has the shipped one."""
    folder = tmp_path_factory.mktemp("page")
    target = folder / SCENARIO
    target.parent.mkdir()
    good("generate", target, "--children", 120, "--seed", 5)
    (target / "what-if").mkdir()
    for path in (ROOT / SCENARIO / "what-if").glob("*.yaml"):
        (target / "what-if" / path.name).write_bytes(path.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


@pytest.fixture(scope="module")
def names(place: Path) -> dict[str, Any]:
    """What the page's own lines make, all of them run one after another."""
    names: dict[str, Any] = {}
    for kind, block in re.findall(r"^```(python|sh)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        if kind == "python":
            exec(compile(block, "docs/python.md", "exec"), names)
            continue
        for line in block.splitlines():
            program, *words = shlex.split(line)
            assert program == "allocator"
            assert call(*words).exit_code in (0, 1)
    return names


def test_every_line_of_the_page_runs(names: dict[str, Any], place: Path) -> None:
    """And what it says beside a line is what is shown there, numbers aside."""
    assert (place / "seats.sqlite").is_file()
    shown = re.findall(r"^(\w+) +# (<.*>)$", PAGE, re.MULTILINE)
    assert len(shown) >= 5
    for name, words in shown:
        pattern = re.escape(words).replace("…", ".+")
        assert re.fullmatch(pattern, repr(names[name])), (words, repr(names[name]))


def columns_of(function: str) -> list[str]:
    """The columns that the page names for a function's frame."""
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{function}` |"))
    return re.findall(r"`([^`]+)`", row.split("|")[3])


def test_frames_have_the_columns_that_the_page_names(names: dict[str, Any], place: Path) -> None:
    """In that order; a row of the odds begins with the kind."""
    folder, district, changes = names["folder"], names["district"], names["changes"]
    frames = {
        "solve": names["frame"], "what_if": names["figures"], "optimum": names["best"].to_frame(),
        "capacity": allocator.capacity(district, extra_seats=5, by="optimum").to_frame(),
        "warnings": allocator.warnings(district, changes).to_frame(),
        "verify": allocator.verify(folder, [theirs(names["frame"])], trial_seed=1).to_frame(),
    }  # fmt: skip
    for function, frame in frames.items():
        assert list(frame.columns) == columns_of(function), function
        assert len(frame), function
    swept = columns_of("sweep")
    assert [*swept[:1], "axis.seats", *swept[2:]] == list(names["swept"].to_frame().columns)
    odds = columns_of("odds")
    assert list(allocator.odds(district, draws=20).to_frame().columns)[-len(odds) :] == odds
    seats = list(allocator.seats(district).to_frame().columns)
    assert [name for name in seats if not name.endswith("_half_width")] == [*columns_of("seats")[:-1]]


def theirs(frame: pd.DataFrame) -> Path:
    """A list made elsewhere in which one child stands at another school."""
    placed = frame.loc[frame.school_id != "", ["applicant_id", "school_id"]].copy()
    first, other = placed.index[0], placed.school_id[placed.school_id != placed.school_id.iloc[0]].iloc[0]
    placed.loc[first, "school_id"] = other
    placed.to_csv("theirs.csv", index=False)
    return Path("theirs.csv")


COMMANDS = {
    "what_if": ("what-if", "{changes}", "--draws", "5", "--no-optimum"),
    "odds": ("odds", "{changes}", "--draws", "20"),
    "seats": ("seats",),
    "capacity": ("capacity", "--extra-seats", "5", "--by", "optimum"),
    "warnings": ("warnings", "--forecast", "{changes}"),
    "optimum": ("optimum", "--trial-seed", "1", "--out", "best"),
    "sweep": ("sweep", "grid.yaml", "--draws", "20", "--demand-draws", "2", "--store", "again.sqlite"),
}
"""What is typed for what the page asks."""


@pytest.mark.parametrize("function", COMMANDS)
def test_an_answer_is_what_the_command_prints(function: str, names: dict[str, Any], place: Path) -> None:
    """``as_object`` and ``--json`` are one object."""
    district, changes = names["district"], names["changes"]
    answers: dict[str, Callable[[], allocator.Answer[Any]]] = {
        "what_if": lambda: names["answer"], "odds": lambda: allocator.odds(district, changes, draws=20),
        "seats": lambda: allocator.seats(district), "optimum": lambda: names["best"], "sweep": lambda: names["swept"],
        "capacity": lambda: allocator.capacity(district, extra_seats=5, by="optimum"),
        "warnings": lambda: allocator.warnings(district, changes),
    }  # fmt: skip
    command, *words = [word.format(changes=changes[0]) for word in COMMANDS[function]]
    assert json.loads(json.dumps(answers[function]().as_object())) == as_json(command, SCENARIO, *words)


def test_verify_says_what_the_command_says(names: dict[str, Any], place: Path) -> None:
    """Of an output folder with the office's tables, and of the folder of an optimum."""
    assert names["proof"].as_object() == as_json("verify", "out", "--tables", SCENARIO)
    call("optimum", SCENARIO, "--trial-seed", "1", "--out", "proven")
    assert allocator.verify("proven").as_object() == as_json("verify", "proven")


def test_every_name_stands_on_the_page_and_no_module_has_it() -> None:
    """A module of the name of a function would stand in the function's place once it is loaded (decision 0038)."""
    assert [name for name in allocator.__all__ if name not in PAGE] == []
    modules = {module.name for module in iter_modules(allocator.__path__)}
    assert modules & set(allocator.__all__) == set()


@pytest.mark.parametrize(
    ("function", "words"),
    [
        ("what_if", {"draws": -1}), ("what_if", {"not_diverted": ["Q"]}), ("odds", {"seed": -1}),
        ("odds", {"zone": "q"}), ("seats", {"class_size": 0}), ("sweep", {"draws": 0}), ("optimum", {"time_limit": 0}),
        ("capacity", {"extra_seats": -1}), ("capacity", {"extra_seats": 1, "where": ["nowhere"]}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(function: str, words: dict[str, Any], names: dict[str, Any]) -> None:
    """By name, as a ValueError."""
    first: dict[str, list[Any]] = {"what_if": [[]], "sweep": ["grid.yaml"]}
    with pytest.raises(ValueError, match=[*words][-1].replace("_", "[-_]")):
        getattr(allocator, function)(names["district"], *first.get(function, []), **words)
