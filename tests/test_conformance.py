"""Both engines and the checker on the conformance districts, row for row."""

from __future__ import annotations

import pytest

from allocator.checking import check_list_by_rules
from allocator.models.law.strict import run_strict
from allocator.procedure import run_procedure
from tests.conformance import load, names


@pytest.mark.parametrize("name", names())
def test_procedure_gives_the_expected_rows(name: str) -> None:
    """The sequential procedure equals the expected rows of every conformance district."""
    district, expected = load(name)
    assert run_procedure(district) == expected


@pytest.mark.parametrize("name", names())
def test_strict_model_gives_the_expected_rows(name: str) -> None:
    """The strict model, proven unique, equals the expected rows of every conformance district."""
    district, expected = load(name)
    assert run_strict(district) == expected


@pytest.mark.parametrize("name", names())
def test_checker_accepts_the_expected_rows(name: str) -> None:
    """The checker finds nothing wrong with the expected rows."""
    district, expected = load(name)
    assert district.draw is not None
    assert check_list_by_rules(district, expected, district.draw.source) == ()
