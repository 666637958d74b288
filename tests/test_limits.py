"""Limits of the house that no tool of `make lint` holds."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 400


@pytest.mark.parametrize("folder", ["allocator", "benchmarks", "models", "tests"])
def test_no_file_is_longer_than_four_hundred_lines(folder: str) -> None:
    """Whoever passes the limit parts the file by subject."""
    lengths = {path: path.read_bytes().count(b"\n") for path in sorted((ROOT / folder).rglob("*.py"))}
    assert lengths
    assert {str(path): length for path, length in lengths.items() if length > MOST_LINES} == {}
