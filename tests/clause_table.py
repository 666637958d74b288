"""The table docs/clause-table.md: clause of the plan, where code and data cite it, and the tests that show it.

``python -m tests.clause_table`` writes it anew. Code cites a clause in a docstring or comment, a policy in ``clauses``,
a test in its docstring. Data cannot cite, so ``DATA`` says which row or key of the shipped scenarios states a clause.
"""

from __future__ import annotations

import ast
import csv
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "clause-table.md"
CLAUSES = ROOT / "docs" / "clauses.md"
LAST = 138
"""Number of the last clause; ``C901`` in a comment is a rule of the linter."""

_CITED = re.compile(r"\bC(\d{3})\b(?:\s*(?:-|–|to|至)\s*C(\d{3})\b)?")
_RULE = re.compile(r"^\| (C\d{3}) \| [^|]* \| ([^|]*) \|", re.MULTILINE)


def cited(text: str) -> set[str]:
    """Return the clauses that a text cites; ``C058-C060`` and ``C058 to C060`` are three."""
    found: set[str] = set()
    for first, last in _CITED.findall(text):
        found.update(f"C{n:03}" for n in range(int(first), int(last or first) + 1) if 1 <= n <= LAST)
    return found


REQUIRED = tuple(sorted(cited("C018 C025 C057-C064 C068 C075-C081 C083-C087 C089 C091-C097 C109 C110 C116 C117")))
"""Clauses that decide a seat: each must stand in code or data, and in a test."""


class Place(NamedTuple):
    """Where a clause is cited: a file and what in it; an empty name means the file as a whole."""

    file: str
    name: str


def _primary(file: str, *names: str) -> list[Place]:
    """Return places in a file of the primary scenario."""
    return [Place(f"scenarios/tongliao-2023-primary/{file}", name) for name in names]


def _junior(file: str, *names: str) -> list[Place]:
    """Return places in a file of the junior scenario."""
    return [Place(f"scenarios/tongliao-2023-junior/{file}", name) for name in names]


def _both(key: str) -> list[Place]:
    """Return the places of a key in both policies."""
    return _primary("policy.yaml", key) + _junior("policy.yaml", key)


DATA: Mapping[str, list[Place]] = {
    "C018": _both("categories"),
    "C025": _both("categories"),
    "C057": _both("phases.batch.categories"),
    "C061": _both("phases.batch.receiving"),
    "C062": _both("switches.divert_assign"),
    "C063": _both("switches.receiving_order"),
    "C065": _both("phases.adjustment.schools"),
    "C075": _primary(
        "zones.csv", "xincheng-1", "fuli", "xincheng-shiyan", "hexi-primary", "liaohe-3", "fuantun", "sanjiazi",
        "xincheng-1-zhong-primary",
    ),
    "C076": _junior("zones.csv", "liaohe-zhong", "hexi-junior", "xincheng-1-zhong-junior"),
    "C078": _primary("zones.csv", "xincheng-1", "fuli") + _primary("schools.csv", "xincheng-2"),
    "C079": _primary("zones.csv", "xincheng-1-zhong-primary") + _primary("schools.csv", "xincheng-3"),
    "C080": _primary("schools.csv", "fuli", "xincheng-2"),
    "C081": _primary("schools.csv", "sizhong-fuli") + _primary("policy.yaml", "phases.voluntary-1.schools"),
    "C083": _primary("zones.csv", "shifuxiao"),
    "C084": _primary("zones.csv", "shifuxiao"),
    "C085": _primary("schools.csv", "shifuxiao") + _primary("policy.yaml", "phases.voluntary-1.schools"),
    "C086": _junior("zones.csv", "wuzhong-east", "wuzhong-west"),
    "C087": _junior("zones.csv", "wuzhong-east", "wuzhong-west"),
    "C088": _primary("policy.yaml", "phases.open-choice.schools.menggu-primary"),
    "C089": _junior("policy.yaml", "phases.open-choice.schools.menggu-junior"),
    "C091": _primary("schools.csv", "keerqin-primary") + _junior("schools.csv", "sizhong", "keerqin-shiyan"),
    "C092": _primary("policy.yaml", "phases.voluntary-1.categories", "phases.voluntary-1.seats"),
    "C093": _primary("policy.yaml", "phases.voluntary-1.tiers", "phases.voluntary-1.order"),
    "C095": _primary("policy.yaml", "phases.voluntary-2.tiers", "phases.voluntary-2.schools"),
    "C096": _primary("policy.yaml", "phases.batch.receiving.lists.short-school"),
    "C110": _both("switches.bundle_at_cut"),
    "C129": _both("warnings.red") + _both("warnings.yellow"),
    "C130": _both("warnings.year"),
}  # fmt: skip
"""What the shipped data say without citing a number: row of a table by its first cell, or dotted key of a policy."""


@cache
def places() -> dict[str, set[Place]]:
    """Return where code and data state each clause."""
    found: dict[str, set[Place]] = {}
    for path in code_files():
        for clause, name in in_python(path.read_text(encoding="utf-8")):
            found.setdefault(clause, set()).add(Place(_relative(path), name))
    for path in sorted(path.with_name("policy.yaml") for path in ROOT.glob("scenarios/*/demand.yaml")):
        for clause, name in in_policy(path):
            found.setdefault(clause, set()).add(Place(_relative(path), name))
    for clause, named in DATA.items():
        found.setdefault(clause, set()).update(named)
    return found


def code_files() -> list[Path]:
    """Return the Python files of the product; the link ``allocator/models`` is left out, ``models`` is there."""
    inside = [p for p in (ROOT / "allocator").rglob("*.py") if not p.is_relative_to(ROOT / "allocator" / "models")]
    return sorted([*inside, *(ROOT / "models").rglob("*.py")])


@cache
def shown_by() -> dict[str, set[Place]]:
    """Return the tests whose docstrings cite each clause."""
    found: dict[str, set[Place]] = {}
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        for name, told in docstrings(path):
            for clause in cited(told):
                found.setdefault(clause, set()).add(Place(_relative(path), name))
    return found


def docstrings(path: Path) -> Iterator[tuple[str, str]]:
    """Give name and docstring of every test of a file."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name, ast.get_docstring(node) or ""


def in_python(source: str) -> Iterator[tuple[str, str]]:
    """Give the clauses cited in docstrings and comments, each with the innermost function or class around it."""
    tree = ast.parse(source)
    texts = [(node.lineno, node.value.value) for node in ast.walk(tree) if _is_text(node)]  # type: ignore[attr-defined]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    texts += [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]
    for line, told in texts:
        for clause in cited(told):
            yield clause, _scope(tree, line)


def _is_text(node: ast.AST) -> bool:
    """Whether a node is a docstring: of a module, class or function, or below a name."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _scope(tree: ast.AST, line: int) -> str:
    """Return the dotted name of the innermost function or class around a line; empty outside all."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.lineno <= line <= (node.end_lineno or 0):
            inner = _scope(node, line)
            return f"{node.name}.{inner}" if inner else node.name
    return ""


def in_policy(path: Path) -> Iterator[tuple[str, str]]:
    """Give the clauses that a policy names, each with its dotted key."""
    content = YAML(typ="safe", pure=True).load(path)
    keys = {"unplaced_clause": content["unplaced_clause"]}
    for phase in content["phases"]:
        keys |= {f"phases.{phase['phase']}.clauses.{result}": named for result, named in phase["clauses"].items()}
    for key, named in keys.items():
        yield from ((clause, key) for clause in cited(str(named)))


def absent_data() -> list[Place]:
    """Return the places of ``DATA`` that the shipped files do not have."""
    return [place for named in DATA.values() for place in named if not _is_there(place)]


def _is_there(place: Place) -> bool:
    path = ROOT / place.file
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return place.name in {row[0] for row in csv.reader(file)}
    found = YAML(typ="safe", pure=True).load(path)
    found["phases"] = {phase["phase"]: phase for phase in found["phases"]}
    for key in place.name.split("."):
        if key not in found:
            return False
        found = found[key]
    return True


@cache
def rules() -> dict[str, str]:
    """Return the rule of every clause in a line, as docs/clauses.md has it."""
    return dict(_RULE.findall(CLAUSES.read_text(encoding="utf-8")))


def render() -> str:
    """Return the page."""
    code, shown, rule = places(), shown_by(), rules()
    others = sorted((code.keys() | shown.keys()) - set(REQUIRED))
    lines = [
        "# From a clause to code and tests",
        "",
        "Made by `python -m tests.clause_table`; do not edit. The numbers are those of [clauses.md](clauses.md).",
        "Code cites a clause in a docstring or comment, a policy under `clauses`; a row of a table is named by its",
        "first cell.",
        "",
        "## Clauses that decide a seat",
        "",
        *_table(REQUIRED, code, shown, rule),
        "",
        "## Other clauses that are cited",
        "",
        *_table(others, code, shown, rule),
    ]
    return "\n".join(lines) + "\n"


def _table(
    clauses: Iterable[str], code: Mapping[str, set[Place]], shown: Mapping[str, set[Place]], rule: Mapping[str, str]
) -> Iterator[str]:
    """Give the lines of a table of clauses."""
    yield "| Clause | Rule | Code and data | Tests |"
    yield "|---|---|---|---|"
    for clause in clauses:
        where, by = _cell(code.get(clause, ())), _cell(shown.get(clause, ()))
        yield f"| {clause} | {rule.get(clause, '')} | {where} | {by} |"


def _cell(found: Iterable[Place]) -> str:
    """Return places, one line a file."""
    by_file: dict[str, list[str]] = {}
    for place in sorted(found):
        by_file.setdefault(place.file, []).append(place.name)
    return "<br>".join(f"`{file}`{': ' if any(names) else ''}{_joined(names)}" for file, names in by_file.items())


def _joined(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names if name)


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    TABLE.write_text(render(), encoding="utf-8", newline="\n")
