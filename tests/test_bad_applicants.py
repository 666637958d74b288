"""Rosters that are refused: the smallest example of each fault, with its code, line and column, and nothing besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.ground import fault_text
from tests import tables
from tests.bad_input import CARD, Case, case, refuses

APPLICANT_CASES = [
    case("cell.empty", "applicant_id", applicant_id=""),
    case("id.characters", "applicant_id", applicant_id="T_1"),
    case("id.characters", "applicant_id", applicant_id="T" * 33),
    case("cell.identity_number", "applicant_id", applicant_id=CARD),
    case("cell.identity_number", "applicant_id", applicant_id="15050220170101001X"),
    case("cell.identity_number", "applicant_id", applicant_id="150502170101001"),
    case("cell.identity_number", "bundle", bundle=CARD),
    case("cell.identity_number", "name", name=f"王{CARD}"),
    case("cell.formula", "applicant_id", applicant_id="=1+1"),
    case("cell.formula", "applicant_id", applicant_id="-T1"),
    case("cell.formula", "name", name="@cmd"),
    case("cell.formula", "name", name="\tA"),
    case("cell.control_character", "name", name="a\nb"),
    case("cell.too_long", "name", name="x" * 101),
    case("cell.empty", "zone", zone=""),
    case("zone.unknown", "zone", zone="Fuli"),
    case("cell.empty", "category", category=""),
    case("category.unknown", "category", category="F"),
    case("category.unknown", "category", category="a"),
    case("status.unknown", "status", status=""),
    case("status.unknown", "status", status="approved"),
    case("sex.unknown", "sex", sex="X"),
    case("school.unknown", "registered_school", registered_school="nowhere"),
    case("school.unknown", "voluntary_1", voluntary_1="nowhere"),
    case("school.unknown", "voluntary_1", voluntary_1="nowhere", status="late"),
    case("school.unknown", "voluntary_2", voluntary_2="nowhere", status="blacklisted"),
    case("school.unknown", "open_choice", open_choice="nowhere"),
    case("school.unknown", "preferential_school", preferential_school="nowhere", status="late"),
    case("school.unknown", "sibling_school", sibling_school="nowhere"),
    case("school.unknown", "preferred_diversion", preferred_diversion="fuli;nowhere"),
    case("list.empty_item", "preferred_diversion", preferred_diversion="fuli;"),
    case("list.characters", "preferred_diversion", preferred_diversion="fuli,hexi-primary"),
    case("list.repeated", "preferred_diversion", preferred_diversion="fuli;hexi-primary;fuli"),
    case("registered.zone", "registered_school", registered_school="fuli"),
    case("registered.missing", "registered_school", zone="shifuxiao"),
    case("registered.missing", "registered_school", zone="shifuxiao", status="late"),
    case("registered.elsewhere", "registered_school", zone="shifuxiao", registered_school="fuli"),
    case("registered.category", "registered_school", zone="shifuxiao", registered_school="shifuxiao", category="E"),
    case("voluntary.zone", "voluntary_1", zone="hexi-primary", voluntary_1="sizhong-fuli"),
    case("voluntary.zone", "voluntary_2", voluntary_2="xincheng-1-zhong-primary"),
    case("voluntary.zone", "voluntary_1", zone="shifuxiao", registered_school="shifuxiao", voluntary_1="sizhong-fuli"),
    case("voluntary.school", "voluntary_1", voluntary_1="hexi-primary"),
    case("voluntary.school", "voluntary_1", voluntary_1="sizhong-fuli;hexi-primary"),
    case(
        "voluntary.own_zone",
        "voluntary_1",
        zone="shifuxiao",
        registered_school="xincheng-1",
        voluntary_1="sizhong-fuli;shifuxiao",
    ),
    case("voluntary.category", "voluntary_1", category="E", voluntary_1="sizhong-fuli"),
    case("list.repeated", "voluntary_1", voluntary_1="shifuxiao;shifuxiao"),
    case("open_choice.school", "open_choice", open_choice="fuli"),
    case("decision.external", "preferential_school", preferential_school="keerqin-primary"),
    case("decision.external", "sibling_school", sibling_school="keerqin-primary"),
    case("bundle.size", "bundle", bundle="B1"),
    case("id.characters", "bundle", bundle="B 1"),
    case("place.half", "y", x="5", y=""),
    case("place.half", "x", x="", y="5"),
    case("place.not_decimal", "x", x="1e5"),
    case("place.not_decimal", "y", y="nan"),
    case("place.not_decimal", "y", y="12,5"),
    case("cell.formula", "x", x="=5"),
]


@pytest.mark.parametrize("wrong", APPLICANT_CASES)
def test_one_wrong_child(tmp_path: Path, wrong: Case) -> None:
    """A single wrong cell of the roster is one fault, told with its line and column."""
    row = tables.child("T1", x="100", y="-20.5", name="", sex="") | wrong.cells
    rows = [row, *({"name": "", "sex": ""} | other for other in tables.children()[1:])]
    folder = tables.write(tmp_path, applicants=rows)
    (fault,) = refuses(folder, (wrong.code, "applicants.csv", 2, wrong.column))
    assert CARD not in fault_text(fault, "zh") + fault_text(fault, "en") + repr(fault)


def test_bundles(tmp_path: Path) -> None:
    """Bundles of ten, and every column in which a child differs from the first row of its bundle."""
    rows = [tables.child(f"T{i}", bundle="ten") for i in range(10)]
    rows += [tables.child("S1", bundle="two"), tables.child("S2", bundle="two", category="B", status="late")]
    found = refuses(
        tables.write(tmp_path, applicants=rows),
        ("bundle.size", "applicants.csv", 2, "bundle"),
        ("bundle.differs", "applicants.csv", 13, "category"),
        ("bundle.differs", "applicants.csv", 13, "status"),
    )
    assert found[0].params == {"size": "10"}
    assert found[1].params == {"bundle": "two", "first": "12", "expected": "A"}


def test_children_of_a_bundle_agree_in_every_column_that_decides(tmp_path: Path) -> None:
    """No column that decides may differ within a bundle."""
    other = {
        "zone": "xincheng-1", "category": "B", "voluntary_1": "sizhong-fuli", "open_choice": "menggu-primary",
        "preferential_school": "fuli", "sibling_school": "fuli", "status": "late", "preferred_diversion": "fuli",
    }  # fmt: skip
    for column, value in other.items():
        rows = [tables.child("T1", bundle="B"), tables.child("T2", bundle="B", **{column: value})]
        refuses(tables.write(tmp_path, applicants=rows), ("bundle.differs", "applicants.csv", 3, column))
    rows = [
        tables.child("T1", zone="shifuxiao", bundle="B", registered_school="shifuxiao"),
        tables.child("T2", zone="shifuxiao", bundle="B", registered_school="xincheng-1"),
    ]
    refuses(tables.write(tmp_path, applicants=rows), ("bundle.differs", "applicants.csv", 3, "registered_school"))
    rows = [tables.child("T1", zone="xincheng-1", bundle="B")]
    rows.append(rows[0] | {"applicant_id": "T2", "voluntary_2": "xincheng-1-zhong-primary"})
    refuses(tables.write(tmp_path, applicants=rows), ("bundle.differs", "applicants.csv", 3, "voluntary_2"))


def test_rows_that_were_left_out_make_no_bundle_of_one(tmp_path: Path) -> None:
    """A twin whose row has a wrong number of cells does not make the other one look alone."""
    rows = tables.csv_bytes([tables.child("T1", bundle="B"), tables.child("T2", bundle="B")]).decode()
    content = rows.replace("T2,", "T2,,").encode()
    refuses(tables.write(tmp_path, applicants=content), ("table.number_of_cells", "applicants.csv", 3, ""))


def test_rounds_that_the_policy_does_not_have(tmp_path: Path) -> None:
    """What no phase reads must be empty for verified children; seats set aside for no round are refused."""
    ids = ("north", "south", "east", "west", "centre")
    cells = dict.fromkeys(("voluntary_2", "open_choice", "preferential_school", "preferred_diversion"), "south")
    rows = [
        tables.child("K1", zone="north", category="G1", **cells),
        tables.child("K2", zone="north", category="G1", status="late", **cells),
    ]
    schools = [tables.school(i) for i in ids]
    schools[1] |= {"offered_voluntary_1": "1", "offered_voluntary_2": "0"}
    folder = tables.write(
        tmp_path, policy=tables.RANKED_POLICY, applicants=rows, schools_=schools,
        zones_=[tables.zone(i, e_school_id="") for i in ids],
    )  # fmt: skip
    refuses(
        folder,
        *(("column.no_round", "applicants.csv", 2, column) for column in cells),
        ("column.no_round", "schools.csv", 3, "offered_voluntary_1"),
    )


def test_zone_that_counts_for_tiers(tmp_path: Path) -> None:
    """Where zones share a school, its registered children count to their own zone, others to the first by id."""
    zones = [row for row in tables.zones() if row["zone"] != "fuli"]
    zones.append(tables.zone("fuli", dual_school_ids="xincheng-1"))
    zones.append(tables.zone("a-fuli", school_id="fuli", e_school_id=""))  # no tier, and before fuli
    zones.append(tables.zone("z-dual", school_id="hexi-primary", e_school_id="", dual_school_ids="fuli"))
    rows = [
        tables.child("T1", registered_school="fuli", voluntary_1="sizhong-fuli"),
        tables.child("T2", zone="z-dual", registered_school="fuli", voluntary_1="sizhong-fuli"),
    ]
    folder = tables.write(tmp_path, zones_=zones, applicants=rows)
    (fault,) = refuses(folder, ("voluntary.zone", "applicants.csv", 3, "voluntary_1"))
    assert fault.params["zone"] == "a-fuli"


def test_distances_need_places(tmp_path: Path) -> None:
    """Under least_distance, parties of batches and schools of receiving lists need coordinates; others do not."""
    policy = tables.POLICY.replace("divert_assign: serial_by_ticket", "divert_assign: least_distance")
    rows = [
        tables.child("T1"),
        tables.child("T2", category="U"),
        tables.child("T3", status="late"),
        tables.child("T4", bundle="B", x="1", y="1"),
        tables.child("T5", bundle="B"),
        tables.child("S2", bundle="C", x="1", y="1"),
        tables.child("S1", bundle="C"),
    ]
    schools = [row | {"x": "1", "y": "2"} for row in tables.schools()]
    schools[1] |= {"x": "", "y": ""}  # fuli receives
    schools[9] |= {"x": "", "y": ""}  # menggu-primary does not
    refuses(
        tables.write(tmp_path, policy=policy, applicants=rows, schools_=schools),
        ("place.home_needed", "applicants.csv", 2, "x"),
        ("place.home_needed", "applicants.csv", 8, "x"),
        ("place.school_needed", "schools.csv", 3, "x"),
    )


def test_messages_never_hold_an_identity_number(tmp_path: Path) -> None:
    """A number of an identity card in any cell, heading or list is masked in every text and field of its fault."""
    for column in tables.children()[0] | {"name": "", "sex": ""}:
        row = tables.child("T1", name="", sex="") | {column: CARD}
        found = tables.faults(tables.write(tmp_path, applicants=[row]))
        assert found
        assert all(CARD not in fault_text(f, "zh") + fault_text(f, "en") + repr(f) for f in found)
    content = tables.csv_bytes(tables.children()).replace(b"status", CARD.encode())
    found = tables.faults(tables.write(tmp_path, applicants=content))
    assert all(CARD not in repr(fault) for fault in found)
