"""Limits of the house that no tool of `make lint` holds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 400
MOST_OF_A_FUNCTION = 40
MOST_IMPORTS = 3.5
"""Modules of the program that a module imports, on average; a face's own files count (docs/decisions/0043-faces.md)."""

FACES = sorted(path for path in (ROOT / "allocator").rglob("__init__.py") if b"lazily(__name__" in path.read_bytes())


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


def test_a_module_imports_few_others() -> None:
    """Who needs a room names the room; ``allocator.models`` is the folder ``models``, counted once."""
    graph = grimp.build_graph("allocator", cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert any(module.startswith("allocator.models.") for module in imported)
    assert sum(map(len, imported.values())) / len(imported) < MOST_IMPORTS


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.parent.name)
def test_a_lazy_face_says_the_same_to_mypy_and_when_it_runs(path: Path) -> None:
    """The table of names by file is that of the imports for mypy, and every name is there."""
    room = ".".join(path.parent.relative_to(ROOT).parts)
    nodes = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.ImportFrom)]
    names = {alias.name for node in nodes if (node.module or "").startswith(f"{room}.") for alias in node.names}
    face = import_module(room)
    assert set(face.__all__) == names
    files = {file.stem for file in path.parent.glob("*.py")}
    assert not names & files
    assert all(hasattr(face, name) for name in names)
