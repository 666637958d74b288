"""One word for one thing in the code too: no name of a class or type stands for two (docs/glossary.md decides)."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "allocator").rglob("*.py"), *(ROOT / "models").rglob("*.py")])

TWINS: Mapping[str, frozenset[str]] = {
    "Component": frozenset({"checking/optimum/components.py", "models/optimum/component.py"}),
    "Party": frozenset({"allocator/eligibility/rules.py", "models/parties.py"}),
    "Plane": frozenset({"checking/distances.py", "models/plane.py"}),
}
"""One thing derived twice, because engines and checker share nothing but the domain."""

COMMANDS = {
    "capacity", "explain", "generate", "odds", "optimum", "seats", "sweep", "verify", "warnings", "what_if",
}
"""A command, and the function for scripts of the same name."""

REPORTS = {"marks", "parts_of", "table_of", "target_faults"}
"""What each report of planners gives: for JSON, above every output, terminal, file, and where it may stand."""

TWIN_FUNCTIONS = {"main"}
"""How a program begins and ends; what a party may get, in the model and in the checker; the
steps determined twice."""

RETIRED: Mapping[str, str] = {
    "Claim": "Claims (of a list, in the checker), Comer (to a cut), ListEntry (a line of a published list)",
    "Expansion": "ExtraSeats, StableSeats",
    "Family": "Party",
    "Kind": "ChildKind, Going, Holds; a kind alone is that of a phase",
    "Place": "Coordinates, InQueue, MapSchool",
    "Plan": "CheckedOptimum; a plan is the seats of a school",
    "Pool": "Runner; a pool is what a phase may fill",
}
"""Names that stood for several things, and what to write instead."""


def test_no_name_stands_for_two_things() -> None:
    """A class or type is defined once, but for twins on purpose and for the same type written in two rooms."""
    found = definitions()
    several = {name: set(made.values()) for name, made in found.items() if len(made) > 1}
    different = {name for name, made in several.items() if len(made) > 1 or "class" in made}
    assert {name: _rooms(found[name]) for name in different} == TWINS


def test_retired_words_do_not_come_back() -> None:
    """Nobody names a class or type by a word that meant several things."""
    assert {name: RETIRED[name] for name in definitions() if name in RETIRED} == {}


def test_no_function_stands_for_two_things() -> None:
    """A public function has a name of its own, but for commands, what every report gives, and twins on purpose."""
    files = Counter(node.name for path in FILES for node in _public_functions(path))
    assert {name for name, count in files.items() if count > 1} == COMMANDS | REPORTS | TWIN_FUNCTIONS


def definitions() -> dict[str, dict[Path, str]]:
    """Return for each public name of a class or type where it is defined, and as what."""
    found: dict[str, dict[Path, str]] = defaultdict(dict)
    for path in FILES:
        for name, what in _defined(path):
            found[name][path] = what
    assert len(found) > 300
    return found


def _defined(path: Path) -> Iterator[tuple[str, str]]:
    """Names of classes, and of types with their text; variables of types have no meaning beyond their function."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield from [] if node.name.startswith("_") else [(node.name, "class")]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            text = ast.unparse(node.value)
            if isinstance(target, ast.Name) and _is_type(target.id) and not text.startswith("TypeVar("):
                yield target.id, text


def _public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Functions that stand in a file by themselves and are meant for others; of several for one name the last."""
    found = {node.name: node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}
    return (node for name, node in found.items() if not name.startswith("_"))


def _is_type(name: str) -> bool:
    """Whether a name is written like that of a class."""
    return name[0].isupper() and not name.isupper()


def _rooms(made: Mapping[Path, str]) -> frozenset[str]:
    """Return the files of a name as the table of twins calls them."""
    paths = (path.relative_to(ROOT).as_posix() for path in made)
    return frozenset(path.removeprefix("allocator/") if "checking/" in path else path for path in paths)
