"""Children, rows and lines of orders go by the names of their columns, never by their places in the table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("allocator", "models")
    for path in (ROOT / folder).rglob("*.py")
    if (ROOT / "allocator" / "models") not in path.parents
)
RECORDS = frozenset({"Applicant", "Row", "OrderLine", "Form"})
"""Named tuples that hold a row of a table."""

TABLES = frozenset({"applicants", "leads"})
"""Attributes that hold many of them, wherever they stand."""

MOST = 3
"""Names that one row may be unpacked into: more of them are read by their places."""

EXCEPTIONS = {
    "allocator/domain/columns.py": "the one place where columns become rows, in the order of the fields",
}


def faults(source: str) -> list[str]:
    """Return the places of a source where a row is read by position, each as line and reason."""
    tree = ast.parse(source)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Call | ast.Attribute)]
    found = [f"{node.lineno}: {reason}" for node in nodes for reason in _places(node)]
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef | ast.Lambda):
            found += _Scope(scope).faults()
    return sorted(set(found))


def _places(node: ast.Call | ast.Attribute) -> Iterator[str]:
    """What names places whatever it is applied to."""
    if isinstance(node, ast.Call) and _name(node.func) == "itemgetter" and any(map(_is_place, node.args)):
        yield "itemgetter of a place"
    if isinstance(node, ast.Attribute) and node.attr == "_make":
        yield "a row made of cells in their order"
    if isinstance(node, ast.Attribute) and node.attr == "index" and _named(node.value, {"_fields"}):
        yield "the place of a field"


def _name(node: ast.AST) -> str:
    """The last name of an expression; empty where it has none."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _named(node: ast.AST, names: frozenset[str] | set[str]) -> bool:
    """Whether one of these names or attributes occurs in a piece of source."""
    return any(
        (isinstance(part, ast.Name) and part.id in names)
        or (isinstance(part, ast.Attribute) and part.attr in names)
        or (isinstance(part, ast.Constant) and part.value in names)
        for part in ast.walk(node)
    )


class _Scope:
    """Names of one function that hold a row, or many."""

    def __init__(self, scope: ast.FunctionDef | ast.Lambda) -> None:
        self.scope = scope
        self.rows: set[str] = set()
        self.tables: set[str] = set(TABLES)
        every = scope.args.posonlyargs + scope.args.args + scope.args.kwonlyargs
        for argument in every:
            if argument.annotation is not None and _named(argument.annotation, RECORDS):
                depth = sum(isinstance(part, ast.Subscript) for part in ast.walk(argument.annotation))
                {0: self.rows, 1: self.tables}.get(depth, set()).add(argument.arg)

    def _bound(self) -> Iterator[ast.expr]:
        """Targets that stand for single rows; a name given a table is a table from then on."""
        for node in ast.walk(self.scope):
            if isinstance(node, ast.Assign) and self._is_table(node.value):
                self.tables.update(filter(None, map(_name, node.targets)))
            if isinstance(node, ast.For | ast.comprehension):
                yield from self._elements(node.target, node.iter)
            if isinstance(node, ast.Assign) and self._is_row(node.value):
                yield from node.targets

    def _is_table(self, node: ast.expr) -> bool:
        """Whether an expression is a table, sorted or as it stands."""
        if isinstance(node, ast.Call) and _name(node.func) in {"sorted", "list", "tuple", "aligned"}:
            return _named(node, self.tables)
        return _name(node) in self.tables

    def _elements(self, target: ast.expr, source: ast.expr) -> Iterator[ast.expr]:
        """What of a target is given the rows of a table: all, or its parts beside other columns."""
        joined = {"enumerate": 1, "zip": 0}.get(_name(source.func)) if isinstance(source, ast.Call) else None
        if joined is not None and isinstance(source, ast.Call) and isinstance(target, ast.Tuple):
            for part, column in zip(target.elts[joined:], source.args, strict=False):
                yield from self._elements(part, column)
        elif _named(source, self.tables) and (self._is_table(source) or isinstance(target, ast.Tuple)):
            yield target

    def faults(self) -> Iterator[str]:
        """Yield subscripts with a place, and rows unpacked into many names."""
        for target in self._bound():
            if isinstance(target, ast.Tuple) and len(target.elts) > MOST:
                yield f"{target.lineno}: a row unpacked into {len(target.elts)} names"
            self.rows.update(filter(None, [_name(target)]))
        for node in ast.walk(self.scope):
            if isinstance(node, ast.Subscript) and _is_place(node.slice) and self._is_row(node.value):
                yield f"{node.lineno}: a place of a row"

    def _is_row(self, node: ast.expr) -> bool:
        """Whether an expression is one row: a name bound to one, or one taken out of a table."""
        if isinstance(node, ast.Subscript):
            return self._is_table(node.value)
        return isinstance(node, ast.Name) and node.id in self.rows


def _is_place(node: ast.expr) -> bool:
    """Whether a subscript is a number or a slice."""
    return isinstance(node, ast.Slice) or (isinstance(node, ast.Constant) and isinstance(node.value, int))


def test_no_row_is_read_by_position() -> None:
    """Every file of the product, but for those named with their reasons."""
    found = {file: faults((ROOT / file).read_text(encoding="utf-8")) for file in FILES}
    assert {file: places for file, places in found.items() if places and file not in EXCEPTIONS} == {}
    assert {file for file in EXCEPTIONS if not found[file]} == set()


@pytest.mark.parametrize(
    "line",
    [
        "return list(map(itemgetter(1, 2), district.applicants))",
        "return [child[7] for child in district.applicants]",
        "return {i: child[12:14] for i, child in enumerate(district.applicants)}",
        "return rows[0][1]",
        "return [zone for _, zone, category, *rest in district.applicants]",
        "return Applicant._make(cells)",
        "return Applicant._fields.index(column)",
        "for row in sorted(rows):\n        yield row[3]",
        "return sorted(rows, key=lambda row: row.school_id)[0][2]",
        "many = rows\n    return [a for a, b, c, d in many]",
    ],
)
def test_the_rule_finds(line: str) -> None:
    """What it is there for, in the forms in which it was found."""
    assert faults(f"def f(district: District, rows: Sequence[Row]) -> object:\n    {line}\n")
