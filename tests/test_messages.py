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
from allocator.messages import TEXTS
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
