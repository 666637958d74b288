"""The texts that people read: both languages, the same fields, one meaning for each code, and none that is missing."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from string import Formatter

from allocator import messages
from allocator.ground import TEXTS, text
from tests.clause_table import ROOT, code_files

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[a-z_]+(\.[a-zA-Z_0-9]+)+")
TOLD_BY = {"Fault", "text", "bilingual", "DisagreementError", "Violation", "_say", "Finding", "teller", "progress"}
"""Calls whose first text is a code."""


def fields(words: str) -> set[str]:
    """Return the fields of a text."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def test_every_text_has_both_languages_with_the_same_fields() -> None:
    """Neither language is empty, both fill in the same words, and the English one holds no Chinese."""
    for code, (zh, en) in TEXTS.items():
        assert zh.strip() != "", code
        assert en.strip() != "", code
        assert fields(zh) == fields(en), code
        assert all(name.isidentifier() for name in fields(zh)), code
        assert not CHINESE.search(en), code


MANY = (
    "bits|bytes|cells|characters|children|choices|columns|combinations|components|decisions|differences|digits|draws|"
    "families|faults|groups|items|keys|lists|metres|notes|orders|others|parties|rosters|rows|runs|schools|seats|students|"
    "things|violations|warnings|ways|zones"
)
BEFORE = "more|new|simulated|paired|demand|verified|ranked|printable|late or blacklisted"
PLURAL = re.compile(rf"(?<![\w.,])1 (?:(?:{BEFORE}) )*(?:{MANY})\b|\w\((?:s|es|ren)\)")
"""One of something that is called many, or a word that leaves the choice to its reader."""

NEVER_ONE = {
    *(f"duration.{name}" for name in ("capacity", "instance", "least_distance", "optimum", "strict", "what_if")),
    "draw.event", "draw.reason", "extra_seats.too_large", "explain.full.too_few",
    "explain.passed_over", "file.long_line", "file.too_large", "odds.demand", "odds.draws",
    "odds.none", "odds.none_demand", "odds.share.all", "odds.withheld", "policy.too_much", "standings.too_many",
    "sweep.clear.few", "sweep.few", "sweep.few_draws", "sweep.too_many", "table.too_many_columns",
    "what_if.too_long", "what_if.too_many_children",
}  # fmt: skip
"""Texts with a limit, or with a number that is 2 at least."""


def test_one_is_no_plural() -> None:
    """With 1 in every field no English text says '1 children', and none leaves the choice to its reader."""
    found = {}
    for code, (_, en) in TEXTS.items():
        said = text(code, "en", **dict.fromkeys(fields(en), "1"))
        if wrong := PLURAL.findall(said):
            found[code] = wrong
    assert found.keys() <= NEVER_ONE, found
    assert text("what_if.also.bids_dropped", "en", count=1) == "1 child loses bids that they may not make now"
    assert text("what_if.also.bids_dropped", "en", count="1,001").startswith("1,001 children lose bids")
    assert text("cli.faults", "en", count=0) == "0 faults found:"


def test_no_code_stands_in_two_tables() -> None:
    """The tables of the subjects share no code, so that none hides another."""
    tables = [import_module(f"allocator.messages.{module.name}") for module in iter_modules(messages.__path__)]
    count = Counter(code for table in tables for code in table.TEXTS)
    assert [code for code, times in count.items() if times > 1] == []
    assert count.keys() == TEXTS.keys()


def codes_told(path: Path) -> Iterator[str]:
    """Give every whole code in the first argument of a call that tells something; codes put together are left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in TOLD_BY:
            inside = list(ast.walk(node.args[0]))
            words = [part.value for part in inside if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if not any(isinstance(part, ast.JoinedStr) for part in inside):
                yield from filter(CODE.fullmatch, words)


def _name(called: ast.expr) -> str:
    """Return the last word of what is called."""
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_every_code_that_the_program_tells_has_a_text() -> None:
    """No fault, message, step or violation named in the code lacks its text: a missing one would be a traceback."""
    told = {code: path.relative_to(ROOT).as_posix() for path in code_files() for code in codes_told(path)}
    assert len(told) > 150
    # explanations name their texts without the first word
    assert {code: file for code, file in told.items() if not {code, f"explain.{code}"} & TEXTS.keys()} == {}
