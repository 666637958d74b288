"""What the tests of refused tables share: a wrong cell, and exactly the faults that are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from allocator.ground import Fault, fault_text
from tests import tables

CARD = "150502201701010011"


class Case(NamedTuple):
    """One change of one row, and the fault expected in that row."""

    code: str
    column: str
    cells: dict[str, str]


def case(code: str, column: str, **cells: str) -> Any:
    """A case with a name that says what it shows."""
    return pytest.param(Case(code, column, cells), id=f"{code}-{column}-{'-'.join(cells.values())[:30]}")


def refuses(folder: Path, *expected: tuple[str, str, int, str]) -> tuple[Fault, ...]:
    """Assert that a folder has these faults and no others, and that both languages can tell them."""
    found = tables.faults(folder)
    assert tables.places(found) == sorted(expected, key=lambda place: (place[1], place[2], place[3], place[0]))
    for fault in found:
        assert fault.code in fault_text(fault, "zh")
        assert "{" not in fault_text(fault, "en")
    return found
