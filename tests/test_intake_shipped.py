"""The shipped district before its roster: its untidy export becomes exactly its tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from allocator.domain import OfficeTables
from allocator.generator.platform_export import ALIASES, COLUMNS, EXPORT, OF_INTAKE, platform_export
from allocator.reading.office import read_office
from allocator.reading.scenarios import SCENARIOS
from tests.cli_calls import as_json, good
from tests.intake_cases import table

DISTRICT = SCENARIOS / "tongliao-2023-applications"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder that has all but what comes from the export, and beside it the export."""
    place = tmp_path / "office"
    shutil.copytree(DISTRICT, place, ignore=lambda *_: [f"{name}.csv" for name in OF_INTAKE])
    (tmp_path / EXPORT).write_bytes(platform_export(DISTRICT))
    return place


def test_the_export_becomes_exactly_the_tables(office: Path) -> None:
    """Byte for byte, with the shipped map; every row is a child or a home, or named as something else."""
    found = as_json("intake", office.parent / EXPORT, office, "--columns", DISTRICT / COLUMNS, "--write")
    assert [(s["read"], s["accepted"], s["refused"]) for s in found["sheets"]] == [(608, 608, 0), (577, 577, 0)]
    assert {reason for sheet in found["sheets"] for reason in sheet["passed"]} == {"title", "total", "remark"}
    assert {w["code"] for w in found["warnings"]} == {"intake.hidden_rows", "intake.filled"}
    for name in OF_INTAKE:
        assert (office / f"{name}.csv").read_bytes() == (DISTRICT / f"{name}.csv").read_bytes()
    assert isinstance(read_office(office), OfficeTables)
    assert len(table(office / "restricted" / "persons.csv")) == 608


def test_the_proposed_map_is_nearly_the_shipped_one(office: Path, tmp_path: Path) -> None:
    """Of its headings all but a few are proposed as shipped, and none otherwise without a ``?``."""
    columns = tmp_path / "proposed.csv"
    good("intake", office.parent / EXPORT, office, "--propose", columns)
    shipped = {(row["sheet"], row["heading"]): row["column"] for row in table(DISTRICT / COLUMNS) if not row["value"]}
    proposed = {(row["sheet"], row["heading"]): row["column"] for row in table(columns) if not row["value"]}
    assert proposed.keys() == shipped.keys()
    other = {heading for heading in shipped if proposed[heading] != shipped[heading]}
    assert {heading for heading in other if not proposed[heading].startswith("?")} == set()
    assert len(other) <= 4
    assert (office / ALIASES).exists()
