"""The table of clauses, code and tests: complete, current, and made of what the files really say."""

from __future__ import annotations

import pytest

from tests import clause_table
from tests.clause_table import Place


def test_the_committed_table_is_the_one_that_the_files_give() -> None:
    """docs/clause-table.md is current; otherwise run ``python -m tests.clause_table``."""
    assert clause_table.TABLE.read_text(encoding="utf-8") == clause_table.render()


@pytest.mark.parametrize("clause", clause_table.REQUIRED)
def test_every_clause_that_decides_a_seat_stands_in_code_or_data_and_in_a_test(clause: str) -> None:
    """No clause of the list is without a place, without a test, or without its rule in docs/clauses.md."""
    assert clause_table.places().get(clause)
    assert clause_table.shown_by().get(clause)
    assert clause_table.rules().get(clause)


def test_the_list_of_clauses_is_whole() -> None:
    """The list holds 35 clauses, ends of ranges included."""
    assert len(clause_table.REQUIRED) == 35
    ends = {"C018", "C057", "C064", "C075", "C081", "C083", "C087", "C091", "C097", "C117"}
    assert ends <= set(clause_table.REQUIRED)


def test_every_cited_clause_is_one_of_the_plan() -> None:
    """Nothing in code, data or tests cites a number that docs/clauses.md does not have."""
    known = clause_table.rules().keys()
    assert (clause_table.places().keys() | clause_table.shown_by().keys()) <= known
    assert len(known) == clause_table.LAST


def test_every_row_and_key_named_for_a_clause_is_in_the_shipped_data() -> None:
    """The places given for data exist, so that a renamed row or key cannot go unnoticed."""
    assert clause_table.absent_data() == []
    assert not clause_table._is_there(Place("scenarios/tongliao-2023-primary/zones.csv", "nowhere"))
    assert not clause_table._is_there(Place("scenarios/tongliao-2023-primary/policy.yaml", "phases.nowhere.tiers"))


def test_a_test_named_for_a_clause_cites_it_first() -> None:
    """The docstring of every ``test_c…`` begins with its clause."""
    named = [
        (name, told)
        for path in sorted((clause_table.ROOT / "tests").glob("test_clauses_*.py"))
        for name, told in clause_table.docstrings(path)
    ]
    assert len(named) > 70
    assert [name for name, told in named if told[:4] != name.removeprefix("test_")[:4].upper()] == []


def test_citations_are_found_in_docstrings_and_comments_alone() -> None:
    """Ranges count in full, the linter's codes and words in the code do not, and the innermost scope is named."""
    source = '''"""C018."""
NAME = "C019"
def outer():
    """C058-C060, C063 to C064."""
    def inner():
        pass  # C110  # noqa: C901
class Kind:
    """Docs."""
    def method(self):
        """C025."""
'''
    assert sorted(clause_table.in_python(source)) == [
        ("C018", ""),
        ("C025", "Kind.method"),
        *((f"C0{n}", "outer") for n in (58, 59, 60, 63, 64)),
        ("C110", "outer.inner"),
    ]
