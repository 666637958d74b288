"""Schools and zones that are refused: the smallest example of each fault, with its place, and nothing besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import tables
from tests.bad_input import CARD, Case, case, refuses

SCHOOL_CASES = [
    case("cell.empty", "school_id", school_id=""),
    case("id.characters", "school_id", school_id="市附小"),
    case("cell.identity_number", "school_id", school_id=CARD),
    case("cell.empty", "name", name=""),
    case("cell.formula", "name", name="+x"),
    case("school.jurisdiction", "jurisdiction", jurisdiction="Own"),
    case("school.jurisdiction", "jurisdiction", jurisdiction=""),
    case("seats.no_plan", "plan", plan=""),
    case("seats.negative", "plan", plan="-1"),
    case("seats.fraction", "plan", plan="30.5"),
    case("seats.not_whole", "plan", plan="thirty"),
    case("seats.too_many", "plan", plan="10000000"),
    case("seats.negative", "hard_cap", hard_cap="-1"),
    case("seats.cap_below_plan", "hard_cap", hard_cap="29"),
    case("seats.fraction", "offered_voluntary_1", offered_voluntary_1="1.0"),
    case("seats.offered_above_plan", "offered_voluntary_1", offered_voluntary_1="31"),
    case("seats.offered_above_plan", "offered_voluntary_1", offered_voluntary_1="16", offered_voluntary_2="15"),
    case("seats.offered_above_plan", "offered_voluntary_2", offered_voluntary_2="31"),
    case("seats.external", "plan", jurisdiction="external", plan="1"),
    case("seats.external", "hard_cap", jurisdiction="external", plan="", hard_cap="0"),
    case("seats.external", "offered_voluntary_1", jurisdiction="external", plan="", offered_voluntary_1="1"),
    case("place.half", "x", y="5"),
    case("place.not_decimal", "x", x="east", y="5"),
]


@pytest.mark.parametrize("wrong", SCHOOL_CASES)
def test_one_wrong_school(tmp_path: Path, wrong: Case) -> None:
    """A single wrong cell of the schools is one fault, told with its line and column."""
    rows = [*tables.schools(), tables.school("extra") | wrong.cells]
    refuses(tables.write(tmp_path, schools_=rows), (wrong.code, "schools.csv", 16, wrong.column))


ZONE_CASES = [
    case("cell.empty", "zone", zone=""),
    case("id.characters", "zone", zone="a b"),
    case("cell.empty", "school_id", school_id=""),
    case("school.unknown", "school_id", school_id="nowhere"),
    case("school.unknown", "e_school_id", e_school_id="nowhere"),
    case("school.unknown", "dual_school_ids", dual_school_ids="xincheng-1;nowhere"),
    case("list.repeated", "dual_school_ids", dual_school_ids="xincheng-1;xincheng-1"),
    case("list.empty_item", "dual_school_ids", dual_school_ids=";xincheng-1"),
    case("zone.dual_is_own", "dual_school_ids", dual_school_ids="fuli"),
]


@pytest.mark.parametrize("wrong", ZONE_CASES)
def test_one_wrong_zone(tmp_path: Path, wrong: Case) -> None:
    """A single wrong cell of the zones is one fault, told with its line and column."""
    rows = [*tables.zones(), tables.zone("extra", school_id="fuli", e_school_id="") | wrong.cells]
    refuses(tables.write(tmp_path, zones_=rows), (wrong.code, "zones.csv", 8, wrong.column))


@pytest.mark.parametrize("table", ["applicants", "schools", "zones"])
def test_repeated_ids(tmp_path: Path, table: str) -> None:
    """An id that stands twice is told at its second row, with the line of the first."""
    rows: list[dict[str, str]] = getattr(tables, "children" if table == "applicants" else table)()
    key = next(iter(rows[0]))
    argument = table if table == "applicants" else f"{table}_"
    folder = tables.write(tmp_path, **{argument: [*rows, rows[1]]})  # type: ignore[arg-type]
    (fault,) = refuses(folder, ("id.repeated", f"{table}.csv", len(rows) + 2, key))
    assert fault.params == {"first": "3"}


def test_policy_names_what_is_not_there(tmp_path: Path) -> None:
    """Schools and zones that the policy names must be in the tables; the fault has the policy's line and key."""
    lines = tables.POLICY.splitlines()
    zones = [row for row in tables.zones() if row["zone"] != "xincheng-1-zhong-primary"]
    schools = [row for row in tables.schools() if row["school_id"] != "menggu-primary"]
    found = tables.faults(tables.write(tmp_path, zones_=zones, schools_=schools))
    assert [(f.code, f.value) for f in found] == [
        ("policy.unknown_school", "menggu-primary"),
        ("policy.unknown_zone", "xincheng-1-zhong-primary"),
    ]
    for fault in found:
        assert fault.file == "policy.yaml"
        assert fault.value in lines[fault.row - 1]
        assert fault.column.startswith("phases.")


def test_school_ids_are_names_of_files(tmp_path: Path) -> None:
    """Ids that differ in capitals only, or that Windows keeps for devices, are refused: lists are files."""
    schools = [*tables.schools(), tables.school("Fuli"), tables.school("CON")]
    refuses(
        tables.write(tmp_path, schools_=schools),
        ("school.id_differs_by_case", "schools.csv", 16, "school_id"),
        ("school.reserved_id", "schools.csv", 17, "school_id"),
    )
