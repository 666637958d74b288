"""Limits of the house that no tool of `make lint` holds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 400
MOST_OF_A_FUNCTION = 40


@pytest.mark.parametrize("folder", ["allocator", "benchmarks", "models", "tests"])
def test_no_file_is_longer_than_four_hundred_lines(folder: str) -> None:
    """Whoever passes the limit parts the file by subject."""
    lengths = {path: path.read_bytes().count(b"\n") for path in sorted((ROOT / folder).rglob("*.py"))}
    assert lengths
    assert {str(path): length for path, length in lengths.items() if length > MOST_LINES} == {}


@pytest.mark.parametrize("folder", ["allocator", "models"])
def test_no_function_is_longer_than_forty_lines(folder: str) -> None:
    """From ``def`` to the last line, the docstring included."""
    lengths = {name: length for path in (ROOT / folder).rglob("*.py") for name, length in _functions(path)}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > MOST_OF_A_FUNCTION} == {}


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a file, by its place, with its lines."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1
