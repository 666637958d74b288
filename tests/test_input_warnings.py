"""Warnings: what `check` and `draw freeze` tell before the draw although no rule refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from allocator.ground import fault_text
from allocator.reading.folder import read_folder
from tests import tables
from tests.cli_calls import as_json, call

pytestmark = pytest.mark.usefixtures("read_twice")


def warned(tmp_path: Path, *cells: Mapping[str, str]) -> list[tuple[str, int, str]]:
    """Code, row and other id of the warnings of a roster of such children."""
    rows = [tables.child(f"T{n}") | dict(cell) for n, cell in enumerate(cells, start=1)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    found = read_folder(tables.write(tmp_path, applicants=tables.csv_bytes(rows, names))).warnings
    assert all(fault_text(fault, "zh") and fault_text(fault, "en") for fault in found)
    return [(fault.code, fault.row, fault.params.get("other", "")) for fault in found]


def person(name: str = "张三", sex: str = "M", x: str = "10", y: str = "20", **cells: str) -> dict[str, str]:
    """A child with a name, a sex and a home."""
    return {"name": name, "sex": sex, "x": x, "y": y} | cells


TWIN = [("warn.same_child", 3, "T1")]


@pytest.mark.parametrize(
    "second",
    [
        person(),
        person(name=" 张　三 "),
        person(x="10.0"),
        person(sex=""),
        person(x="", y=""),
        person(zone="hexi-primary"),
        person(bundle="b1"),
    ],
    ids=["equal", "space", "decimals", "no sex", "no place", "same place, other zone", "bundle of another"],
)
def test_one_child_twice_is_told(tmp_path: Path, second: dict[str, str]) -> None:
    """Same name, sex and home under two numbers; more or less filled in makes no difference."""
    mates = [person(name="李四", bundle="b1", zone=second.get("zone", "fuli"))] if second.get("bundle") else []
    assert warned(tmp_path, person(), second, *mates) == TWIN


@pytest.mark.parametrize(
    "second",
    [person(name="张四"), person(sex="F"), person(x="11"), person(x="", y="", zone="hexi-primary"), person(name="")],
    ids=["name", "sex", "place", "zone", "no name"],
)
def test_different_children_are_not_suspected(tmp_path: Path, second: dict[str, str]) -> None:
    """A difference in name, sex or home clears the pair."""
    assert warned(tmp_path, person(), second) == []


def test_children_of_one_bundle_are_not_suspected(tmp_path: Path) -> None:
    """The office knows that they are two; a third child outside the bundle is told."""
    twins = [person(bundle="b1"), person(bundle="b1")]
    assert warned(tmp_path, *twins) == []
    assert warned(tmp_path, *twins, person()) == [("warn.same_child", 4, "T1")]


def test_a_pair_across_two_bundles_is_told(tmp_path: Path) -> None:
    """The first of a bundle does not hide the one of another bundle."""
    one, two = person(bundle="b1"), person(bundle="b2")
    assert warned(tmp_path, one, one, two, two) == [("warn.same_child", 4, "T1"), ("warn.same_child", 5, "T1")]


def test_a_roster_without_names_has_no_pairs(tmp_path: Path) -> None:
    """Neighbours of one house are not suspected by their place alone."""
    assert warned(tmp_path, {"x": "1", "y": "2"}, {"x": "1", "y": "2"}) == []


def test_ids_of_digits_of_different_lengths(tmp_path: Path) -> None:
    """One warning for the roster, at the first id of the rarer length."""
    ids = [{"applicant_id": value} for value in ("00012", "00013", "144", "15", "T7")]
    assert warned(tmp_path, *ids) == [("warn.id_lengths", 4, "")]
    (found,) = read_folder(tmp_path).warnings
    assert found.params == {"usual": "5", "lengths": "2 (1), 3 (1), 5 (2)"}


def test_a_name_with_another_dot_is_the_same_name(tmp_path: Path) -> None:
    """The dot inside a name is one of several characters, by keyboard."""
    assert warned(tmp_path, person(name="阿依·古丽"), person(name="阿依•古丽")) == TWIN


def test_zeros_before_an_id_that_has_more_than_digits(tmp_path: Path) -> None:
    """A clerk leaves them out as a spreadsheet does."""
    assert warned(tmp_path, {"applicant_id": "012-3"}, {"applicant_id": "12-3"}) == [("warn.leading_zeros", 3, "012-3")]


def test_ids_that_differ_in_leading_zeros_only(tmp_path: Path) -> None:
    """Each later one names the earlier one."""
    ids = [{"applicant_id": value} for value in ("00012", "12", "0012", "00013")]
    assert warned(tmp_path, *ids)[1:] == [("warn.leading_zeros", 3, "00012"), ("warn.leading_zeros", 4, "00012")]


def test_ids_that_differ_in_capitals_only(tmp_path: Path) -> None:
    """K1 and k1 are two children for the program and one for a reader."""
    assert warned(tmp_path, {"applicant_id": "K1"}, {"applicant_id": "k1"}) == [("warn.capitals", 3, "K1")]


def test_ids_of_zones_that_differ_in_zeros_only(tmp_path: Path) -> None:
    """Zone 07 and zone 7 of one table are told as well."""
    zones = [*tables.zones(), tables.zone("07", school_id="fuli", e_school_id=""), tables.zone("7", school_id="fuli")]
    zones[-1]["e_school_id"] = ""
    found = read_folder(tables.write(tmp_path, zones_=zones)).warnings
    assert [(fault.code, fault.file, fault.row) for fault in found] == [("warn.leading_zeros", "zones.csv", 9)]


def test_ids_of_one_length_are_in_order(tmp_path: Path) -> None:
    """Leading zeros that are there, and ids with letters of any length."""
    assert warned(tmp_path, *({"applicant_id": value} for value in ("0012", "0013", "T1", "T12"))) == []


def test_warnings_in_text_and_json(tmp_path: Path) -> None:
    """Status 0; told apart from faults by the heading, and under a key of their own; `draw freeze` tells them too."""
    rows = [tables.child("00012"), tables.child("12")]
    folder = tables.write(tmp_path, applicants=rows)
    told = call("check", folder)
    assert told.exit_code == 0
    assert "3 warnings, no fault" in told.stderr
    assert "[warn.leading_zeros]" in told.stderr
    assert "提醒 3 处（不是错误" in call("check", folder, language="zh").stderr
    found = as_json("check", folder)
    assert found["faults"] == []
    of_rows = ["warn.id_lengths", "warn.leading_zeros"]
    assert [w["code"] for w in found["warnings"]] == [*of_rows, "warn.shipped_notice"]
    assert [w["code"] for w in as_json("draw", "freeze", folder)["warnings"]] == of_rows


def test_draw_freeze_tells_warnings(tmp_path: Path) -> None:
    """Before the digests are published, not after the draw."""
    folder = tables.write(tmp_path, applicants=[tables.child("00012"), tables.child("12")])
    assert "[warn.leading_zeros]" in call("draw", "freeze", folder).stderr


def test_no_warnings_of_a_tidy_district(tmp_path: Path) -> None:
    """Nothing is said where nothing is to be looked at, once the policy no longer says that all is invented."""
    tables.write(tmp_path)
    assert [w["code"] for w in as_json("check", tmp_path)["warnings"]] == ["warn.shipped_notice"]
    tables.write(tmp_path, policy=tables.POLICY.replace("合成数据", "真实数据"))
    assert call("check", tmp_path).stderr == ""
    assert as_json("check", tmp_path)["warnings"] == []


DEGREES = {"x": "122.2631", "y": "43.6174"}


@pytest.mark.parametrize("turned", [False, True])
def test_coordinates_in_degrees_are_suspected(tmp_path: Path, turned: bool) -> None:
    """Longitude and latitude in either order, told once; children without coordinates make no difference."""
    x, y = (DEGREES["y"], DEGREES["x"]) if turned else (DEGREES["x"], DEGREES["y"])
    assert warned(tmp_path, {}, {"x": x, "y": y}, {"x": x, "y": y}) == [("warn.degrees", 3, "")]


def test_metres_are_not_suspected(tmp_path: Path) -> None:
    """One place that can be no degrees clears all; so does a place in degrees outside China."""
    assert warned(tmp_path, DEGREES, {"x": "5200", "y": "6400"}) == []
    assert warned(tmp_path, {"x": "10", "y": "20"}) == []


def test_schools_in_degrees_are_suspected(tmp_path: Path) -> None:
    """The table of schools is looked at by itself."""
    places = [school | DEGREES for school in tables.schools()]
    found = read_folder(tables.write(tmp_path, schools_=places)).warnings
    assert [(fault.code, fault.file) for fault in found] == [("warn.degrees", "schools.csv")]


@pytest.mark.parametrize(
    ("column", "value"), [("status", "late"), ("status", "blacklisted"), ("category", "B"), ("zone", "hexi-primary")]
)
def test_a_column_that_is_the_same_for_all_is_suspected(tmp_path: Path, column: str, value: str) -> None:
    """Of ten children and more; one child that differs clears it, and that all are verified is as it should be."""
    others = {"zone": ["fuli", "hexi-primary"], "category": ["A", "B"], "status": ["verified", "verified"]}
    mixed = [{name: values[n % 2] for name, values in others.items()} for n in range(10)]
    alike = [cells | {column: value} for cells in mixed]
    assert warned(tmp_path, *mixed) == []
    assert warned(tmp_path, *alike) == [("warn.all_alike", 2, "")]
    assert warned(tmp_path, *alike[:9]) == []
    assert warned(tmp_path, *alike[:9], mixed[0] | ({"status": "verified"} if column == "status" else {})) == []
