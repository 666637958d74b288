"""Seeded faults in the determinations: one operator, word or number changed at a time, and whether the other one notices.

Run as a script (``python -m tests.seeded_office_faults ROOM PART PARTS``) it has the other determination say what a
number of random families come to, then forks for each fault, lets the fork import the room with the changed place, and
prints ``caught``, ``stopped`` (an exception, which is no answer) or ``MISSED``, the fault and its line. A changed source lives
in the memory of its fork alone: nothing is written, no bytecode either.

Faults are found in the syntax, not listed: rooms may be written anew without this file knowing of it.
"""

from __future__ import annotations

import ast
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {"office": "allocator.determination", "checker": "allocator.checking.determination"}
FUNCTIONS = {
    "office": ("determine_by_steps", "private_draw"), "checker": ("determine_answers", "private_draw_answers"),
}  # fmt: skip
OTHER = {"office": "checker", "checker": "office"}
SETS = 120
FAMILIES = 40

Edit = Callable[[], None]

_SWAPPED: dict[type[Any], type[Any]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAMES = {"max": "min", "min": "max", "any": "all", "all": "any"}


class Fault(NamedTuple):
    """One change of one file: its number among the changes there, its line, and what is changed."""

    file: Path
    number: int
    line: int
    what: str


def faults(room: str) -> list[Fault]:
    """Return all faults of a room."""
    files = sorted((ROOT / ROOMS[room].replace(".", "/")).glob("*.py"))
    return [
        Fault(file, number, line, what)
        for file in files
        for number, (line, what, _) in enumerate(edits(_tree(file)))
    ]


def edits(tree: ast.Module) -> list[tuple[int, str, Edit]]:
    """Return every change of a syntax tree: line, what is changed, and what does it."""
    passed = {id(inner) for node in ast.walk(tree) for left in _not_looked_at(node) for inner in ast.walk(left)}
    nodes = [node for node in ast.walk(tree) if id(node) not in passed]
    return [(_line(node), what, edit) for node in nodes for what, edit in _edits_of(node)]


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _line(node: ast.AST) -> int:
    return node.target.lineno if isinstance(node, ast.comprehension) else getattr(node, "lineno", 0)


def _not_looked_at(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what of a node decides nothing: decorators, annotations, and how strictly things are zipped."""
    yield from getattr(node, "decorator_list", [])
    for name in ("annotation", "returns"):
        if isinstance(left := getattr(node, name, None), ast.AST):
            yield left
    if isinstance(node, ast.keyword) and node.arg in ("strict", "default", "key"):
        yield node


def _edits_of(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    """Yield the changes of one node."""
    if isinstance(node, ast.Compare):
        yield from _edits_of_comparison(node)
    elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _SWAPPED:
        yield f"{type(node.op).__name__} turned", _attribute(node, "op", _SWAPPED[type(node.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "Not left out", _attribute(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    elif isinstance(node, ast.IfExp | ast.If):
        yield f"{type(node).__name__} turned", _attribute(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "filter left out", _attribute(node, "ifs", [])
    elif isinstance(node, ast.Name) and node.id in _NAMES:
        yield f"{node.id} turned", _attribute(node, "id", _NAMES[node.id])
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
        value = not node.value if isinstance(node.value, bool) else node.value + 1
        yield f"{node.value} is {value}", _attribute(node, "value", value)


def _edits_of_comparison(node: ast.Compare) -> Iterator[tuple[str, Edit]]:
    """Yield another operator for each of a comparison, and another word for each word compared with."""
    for place, op in enumerate(node.ops):
        if type(op) in _SWAPPED:
            yield f"{type(op).__name__} turned", _setter(node.ops, place, _SWAPPED[type(op)]())
    for place, word in enumerate(node.comparators):
        if isinstance(word, ast.Constant) and isinstance(word.value, str):
            yield f"word {word.value!r}", _setter(node.comparators, place, ast.Constant(word.value + "?"))


def _setter(items: list[Any], place: int, value: object) -> Edit:
    return lambda: items.__setitem__(place, value)


def _attribute(node: ast.AST, name: str, value: object) -> Edit:
    return lambda: setattr(node, name, value)


class _Changed:
    """Finds and loads the one module that is changed."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.name = ".".join(fault.file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Find it."""
        is_package = self.fault.file.name == "__init__.py"
        return ModuleSpec(name, self, is_package=is_package) if name == self.name else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """Let the import make the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source."""
        tree = _tree(self.fault.file)
        edits(tree)[self.fault.number][2]()
        if self.fault.file.name == "__init__.py":
            module.__path__ = [str(self.fault.file.parent)]
        exec(compile(ast.fix_missing_locations(tree), str(self.fault.file), "exec"), module.__dict__)


def answers(room: str) -> Iterator[Any]:
    """Yield what a determination says of set after set of random families, its private draw included."""
    from tests.random_families import random_tables

    module = importlib.import_module(ROOMS[room])
    determined, drawn = (getattr(module, name) for name in FUNCTIONS[room])
    for seed in range(SETS):
        tables = random_tables(seed, FAMILIES)
        yield determined(tables), drawn(tables, sha256(str(seed).encode()).hexdigest())


def in_a_fork(work: Callable[[], str]) -> str:
    """Return what some work comes to in a process of its own; ``stopped`` where an exception ends it."""
    words = ("MISSED", "caught")
    sys.stdout.flush()
    child = os.fork()
    if not child:
        sys.dont_write_bytecode = True
        status = len(words)
        try:
            status = words.index(work())
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return words[status] if status in range(len(words)) else "stopped"


def look(room: str, right: list[Any], fault: Fault | None) -> str:
    """Return whether a determination, changed in one place, differs from the other one on some families."""
    if fault is not None:
        sys.meta_path.insert(0, _Changed(fault))
    return "caught" if any(one != other for one, other in zip(answers(room), right, strict=True)) else "MISSED"


def main(room: str, part: int, parts: int) -> None:
    """Try every fault of a part and print what comes of it, the line of the source behind it."""
    right = list(answers(OTHER[room]))
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115  (exceptions of the forks)
    assert in_a_fork(lambda: look(room, right, None)) == "MISSED", "the determinations differ as they are"
    for fault in faults(room)[part::parts]:
        word = in_a_fork(partial(look, room, right, fault))
        line = fault.file.read_text(encoding="utf-8").splitlines()[fault.line - 1].strip()
        print(f"{word} {fault.file.name}: {fault.what}: {line}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
