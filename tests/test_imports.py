"""What each command loads: no library that it has no use for, and none at all for help and version."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from allocator.cli.app import COMMANDS
from allocator.cli.commands_book import COMMANDS as OF_BOOK
from allocator.cli.commands_classes import COMMANDS as OF_CLASSES
from allocator.cli.commands_draw import COMMANDS as OF_DRAW
from allocator.cli.commands_notice import COMMANDS as OF_NOTICE
from tests.conformance import ROOT
from tests.test_cli import SOURCES

HEAVY = {
    "altair", "distributed", "filelock", "joblib", "networkx", "numba", "numpy", "openpyxl", "ortools", "pandas",
    "pydantic", "pyrage", "python_calamine", "rich", "ruamel", "sqlite3", "vl_convert", "xlsxwriter",
}  # fmt: skip
"""Libraries that take time to load."""

POLICY = {"rich", "pydantic", "ruamel"}
"""To say anything, and to read a policy file."""
TABLES = POLICY | {"numpy"}
"""To read a district."""
SOLVER = TABLES | {"networkx", "ortools", "pandas"}
"""The solver's own library loads pandas."""

MODULES: Mapping[str, set[str]] = {
    "book": set(),
    "book access": TABLES,
    "book export": TABLES,
    "book lists": TABLES,
    "book import": TABLES,
    "book open": TABLES,
    "book do": TABLES,
    "book status": TABLES,
    "book show": TABLES,
    "book next": TABLES,
    "book figures": TABLES,
    "book calendar": TABLES,
    "book person": TABLES,
    "book purge": TABLES,
    "book replay": TABLES,
    "book restore": TABLES,
    "capacity": {"rich"},
    "ceremony": TABLES,
    "check": TABLES,
    "classes": set(),
    "classes draw": TABLES,
    "classes late": TABLES,
    "classes lists": TABLES,
    "classes roster": TABLES,
    "classes rehearse": TABLES,
    "classes teachers": TABLES,
    "classes transcript": TABLES,
    "classes verify": TABLES,
    "determine": TABLES,
    "draw": set(),
    "draw freeze": TABLES,
    "draw transcript": TABLES,
    "draw verify": TABLES,
    "explain": POLICY,
    "generate": TABLES,
    "intake": TABLES,
    "new": {"rich"},
    "notice": set(),
    "notice make": TABLES,
    "notice verify": TABLES,
    "odds": TABLES,
    "optimum": SOLVER,
    "publish": TABLES,
    "rulings": TABLES,
    "run": TABLES,
    "seats": SOLVER,
    "sweep": TABLES | {"sqlite3"},
    "verify": TABLES,
    "warnings": TABLES,
    "what-if": SOLVER,
}
"""By command, what its module may load before it does anything."""

TOWN, OUT = str(ROOT / "docs" / "worked-example"), "out"
CALLS: Mapping[str, tuple[tuple[str, ...], set[str]]] = {
    "--help": (("--help",), set()),
    "--version": (("--version",), set()),
    "a wrong command": (("chekc",), set()),
    "draw --help": (("draw", "--help"), set()),
    "new": (("new", "mine"), {"rich"}),
    "new --empty": (("new", "empty", "--empty"), TABLES | {"xlsxwriter"}),
    "generate": (("generate", "made", "--children", "50", "--seed", "1"), TABLES),
    "check": (("check", TOWN), TABLES),
    "run": (("run", TOWN, "--trial-seed", "8", "--out", OUT), SOLVER | {"xlsxwriter"}),
    "run by the procedure alone": (
        ("run", TOWN, "--trial-seed", "8", "--out", "o", "--engine", "procedure", "--no-workbook"), TABLES
    ),
    "verify": (("verify", OUT), TABLES | {"python_calamine", "xlsxwriter"}),
    "draw freeze": (("draw", "freeze", "mine"), TABLES),
    "draw transcript": (("draw", "transcript", "mine", "--event", "2023-P1", *SOURCES), TABLES),
    "draw verify": (("draw", "verify", OUT), TABLES | {"python_calamine"}),
    "explain": (("explain", OUT, "K1"), POLICY),
    "odds": (("odds", TOWN, "--draws", "20", "--workers", "1"), TABLES),
    "warnings": (("warnings", "mine"), TABLES),
}  # fmt: skip
"""Calls one after the other in one folder, and what each may have loaded when it ends."""

_LOADED = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"


def heavy_after(code: str, folder: Path, *arguments: str) -> set[str]:
    """Return the libraries of ``HEAVY`` that Python has loaded after some code, in a process of its own."""
    words = [sys.executable, "-c", f"{code}\n{_LOADED}", *arguments]
    variables = {**os.environ, "ALLOCATOR_LANG": "en", "PYTHONPATH": str(ROOT)}
    made = subprocess.run(words, cwd=folder, env=variables, capture_output=True, text=True, check=True)
    return HEAVY & set(json.loads(made.stdout.splitlines()[-1]))


def test_the_tables_name_every_command() -> None:
    """A new command says here what it needs."""
    below = {f"draw {name}" for name in OF_DRAW} | {f"book {name}" for name in OF_BOOK}
    below |= {f"classes {name}" for name in OF_CLASSES} | {f"notice {name}" for name in OF_NOTICE}
    assert MODULES.keys() == COMMANDS.keys() | below


@pytest.mark.parametrize("command", MODULES)
def test_the_module_of_a_command_loads_what_it_needs(command: str, tmp_path: Path) -> None:
    """The module alone is loaded, and nothing heavy but what the table says."""
    group, _, name = command.partition(" ")
    groups = {"draw": OF_DRAW, "book": OF_BOOK, "classes": OF_CLASSES, "notice": OF_NOTICE}
    module = groups[group][name] if name else COMMANDS[group]
    assert heavy_after(f"import {module}", tmp_path) - MODULES[command] == set()


def test_a_call_loads_what_it_needs(tmp_path: Path) -> None:
    """From help to lists and their proof: whatever a call does, it has loaded no more than the table says."""
    code = "import sys\nfrom allocator.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
    found = {name: heavy_after(code, tmp_path, *words) - may for name, (words, may) in CALLS.items()}
    assert {name: more for name, more in found.items() if more} == {}
    assert (tmp_path / OUT / "lists.xlsx").is_file()
    assert (tmp_path / "mine" / "transcript.txt").is_file()


def test_the_package_loads_nothing_until_it_is_asked(tmp_path: Path) -> None:
    """``import allocator`` is quick; every name it promises is there, functions as functions whatever was loaded."""
    assert heavy_after("import allocator", tmp_path) == set()
    code = "import allocator, allocator.verification\nassert callable(allocator.solve) and allocator.__version__"
    every = "assert all(hasattr(allocator, name) and name in dir(allocator) for name in allocator.__all__)"
    heavy_after(f"{code}\n{every}", tmp_path)
