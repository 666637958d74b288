"""What is refused: the smallest example of each fault, with its code, file, line and column, and nothing besides."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

import pytest

from allocator.errors import Fault, InputError
from allocator.messages import TEXTS, fault_text
from allocator.messages.reading import TEXTS as READING_TEXTS
from allocator.reading.folder import read_folder
from allocator.reading.layout import LAYOUTS
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


def _file(change: Any) -> bytes:
    """The small roster with its text changed."""
    text: str = tables.csv_bytes(tables.children()).decode()
    changed = change(text)
    return changed.encode() if isinstance(changed, str) else changed


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf", "file.empty"),
        (b" \r\n\n", "file.empty"),
        (b"\xef\xbb\xbf\n", "file.empty"),
        (_file(lambda text: text.splitlines()[0]), "table.no_rows"),
        (_file(lambda text: text.splitlines()[0] + "\n,,,,,,,,,,,,,\n"), "table.no_rows"),
        (_file(lambda text: text.encode("utf-16")), "file.utf16"),
        (_file(lambda text: b"\xfe\xff" + text.encode("utf-16-be")), "file.utf16"),
        (_file(lambda text: text.encode("utf-32")), "file.utf16"),
        (_file(lambda text: text.encode("utf-16-le")), "file.nul"),
        (_file(lambda text: text.replace("T2", "T\0")), "file.nul"),
        (_file(lambda text: text.encode() + b"\xff\xff"), "file.encoding"),
        (_file(lambda text: b"\xef\xbb\xbf" + text.encode() + b"\xd5\xc5"), "file.encoding"),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, content: bytes, code: str) -> None:
    """Empty files, headings alone, other encodings and NUL bytes are told in one fault of the file."""
    refuses(tables.write(tmp_path, applicants=content), (code, "applicants.csv", 0, ""))


def _with_column(heading: str, cell: str = "") -> Any:
    """The roster with one more column, empty or with a text in line 3."""

    def change(text: str) -> str:
        lines = text.splitlines()
        return "\n".join(line + "," + (heading, "", cell, "")[at] for at, line in enumerate(lines))

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_with_column("remark"), ("table.unknown_column", "applicants.csv", 1, "remark")),
        (_with_column("Bundle"), ("table.repeated_column", "applicants.csv", 1, "bundle")),
        (_with_column("多胞胎组号"), ("table.repeated_column", "applicants.csv", 1, "bundle")),
        (_with_column(",name"), ("table.unnamed_column", "applicants.csv", 1, "#15")),
        (_with_column("", "lost"), ("table.number_of_cells", "applicants.csv", 3, "")),
        (lambda text: text.replace("T1,", "T1,,"), ("table.number_of_cells", "applicants.csv", 2, "")),
        (lambda text: text.replace("T3,", "T3"), ("table.number_of_cells", "applicants.csv", 4, "")),
        (lambda text: text.replace("T3,", '"T3'), ("file.csv", "applicants.csv", 4, "")),
        (lambda text: text.replace("T3,", '"T"3,'), ("file.csv", "applicants.csv", 4, "")),
        (lambda text: text.replace("T1", "x" * 140_000), ("file.csv", "applicants.csv", 2, "")),
    ],
)
def test_headings_and_rows(tmp_path: Path, change: Any, expected: tuple[str, str, int, str]) -> None:
    """Faults of headings stand in line 1, rows of a wrong length and broken quotes in their own line."""
    content = _file(change)
    if b",name" in content:  # the rows get the cell of the second new heading
        head, *rows = content.splitlines()
        content = b"\n".join([head, *(row + b"," for row in rows)])
    refuses(tables.write(tmp_path, applicants=content), expected)


def test_headings_in_no_known_words(tmp_path: Path) -> None:
    """A file without any known heading, such as one with tabs between the cells, is told in one fault."""
    content = tables.csv_bytes(tables.children()).replace(b",", b"\t")
    refuses(tables.write(tmp_path, applicants=content), ("table.no_headings", "applicants.csv", 1, ""))


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    """Blank lines and line ends inside quotes count, so that an editor shows the line that is meant."""
    rows = tables.csv_bytes([tables.child(f"T{i}", name="") for i in range(4)]).decode().splitlines()
    lines = [rows[0], "", rows[1] + '"two\nlines"', rows[2], rows[3].replace("fuli", "nowhere"), rows[4]]
    found = tables.places(tables.faults(tables.write(tmp_path, applicants="\r\n".join(lines).encode())))
    assert found == [
        ("cell.control_character", "applicants.csv", 3, "name"),
        ("zone.unknown", "applicants.csv", 6, "zone"),
    ]


def test_unknown_encoding(tmp_path: Path) -> None:
    """An encoding that is not offered is refused for every CSV file, also one that is no text encoding."""
    folder = tables.write(tmp_path)
    for name in ("utf-16", "rot13", "klingon"):
        found = tables.faults(folder, encoding=name)
        assert [fault.code for fault in found] == ["file.unknown_encoding"] * 3
        assert {fault.value for fault in found} == {name}


def test_missing_files(tmp_path: Path) -> None:
    """Every missing file is told, the policy included, and a table that is there twice."""
    folder = tables.write(tmp_path / "district")
    for name in ("policy.yaml", "zones.csv"):
        (folder / name).unlink()
    (folder / "schools.xlsx").write_bytes(b"")
    refuses(
        folder,
        ("file.missing", "policy.yaml", 0, ""),
        ("file.both", "schools.csv", 0, ""),
        ("file.missing", "zones.csv", 0, ""),
    )
    refuses(tmp_path / "nowhere", ("folder.missing", str(tmp_path / "nowhere"), 0, ""))


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """What cannot be read is told with the system's reason, without a traceback."""
    folder = tables.write(tmp_path)
    (folder / "zones.csv").unlink()
    (folder / "zones.csv").mkdir()
    (fault,) = refuses(folder, ("file.unreadable", "zones.csv", 0, ""))
    assert fault.params["reason"]


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


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    """A broken policy, a bad school, a bad zone and bad children are told together, in order of file and row."""
    children = tables.children()
    children[0]["status"] = "new"
    children[2]["zone"] = "nowhere"
    schools = tables.schools()
    schools[0]["hard_cap"] = "1"
    zones = tables.zones()
    zones[3]["school_id"] = "nowhere"
    policy = tables.POLICY.replace("policy_id:", "policy_name:")
    found = tables.faults(tables.write(tmp_path, applicants=children, schools_=schools, zones_=zones, policy=policy))
    assert {fault.code for fault in found if fault.file == "policy.yaml"} >= {"policy.unknown_key"}
    assert tables.places(fault for fault in found if fault.file != "policy.yaml") == [
        ("status.unknown", "applicants.csv", 2, "status"),
        ("zone.unknown", "applicants.csv", 4, "zone"),
        ("seats.cap_below_plan", "schools.csv", 2, "hard_cap"),
        ("school.unknown", "zones.csv", 5, "school_id"),
    ]


def test_one_fault_does_not_bring_others(tmp_path: Path) -> None:
    """A table that cannot be read, or an id that is wrong, is told once and not again where it is looked up."""
    refuses(tables.write(tmp_path, schools_=b""), ("file.empty", "schools.csv", 0, ""))
    refuses(tables.write(tmp_path, zones_=b""), ("file.empty", "zones.csv", 0, ""))
    without_ids = tables.csv_bytes(tables.schools(), [c for c in tables.schools()[0] if c != "school_id"])
    refuses(tables.write(tmp_path, schools_=without_ids), ("table.missing_column", "schools.csv", 1, "school_id"))
    cut = tables.csv_bytes(tables.schools()).replace(b"fuli,", b"fuli,,", 1)
    refuses(tables.write(tmp_path, schools_=cut), ("table.number_of_cells", "schools.csv", 3, ""))
    for column in tables.children()[0]:
        content = tables.csv_bytes(tables.children(), [c for c in tables.children()[0] if c != column])
        folder = tables.write(tmp_path, applicants=content)
        refuses(folder, ("table.missing_column", "applicants.csv", 1, column))


def test_faults_under_chinese_headings_name_them(tmp_path: Path) -> None:
    """A fault names the heading as it stands in the file, beside the column's English name."""
    content = tables.csv_bytes(tables.children()).replace(b"zone,", "学区,".encode(), 1).replace(b"fuli", b"nowhere")
    refuses(tables.write(tmp_path, applicants=content), ("zone.unknown", "applicants.csv", 2, "学区(zone)"))


def test_a_file_of_nearly_the_right_name_is_named(tmp_path: Path) -> None:
    """An old workbook, capitals or another ending in place of the expected file stand in the message."""
    folder = tables.write(tmp_path)
    (folder / "applicants.csv").rename(folder / "Applicants.XLS")
    (folder / "policy.yaml").rename(folder / "policy.yml")
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    assert [(f.code, f.params["found"]) for f in caught.value.faults] == [
        ("file.missing_but", "Applicants.XLS"),
        ("file.missing_but", "policy.yml"),
    ]


@pytest.mark.parametrize(
    ("start", "code"), [(b"PK\x03\x04", "file.workbook"), (b"\xd0\xcf\x11\xe0", "sheet.old_or_locked")]
)
def test_a_workbook_named_csv_is_told_as_such(tmp_path: Path, start: bytes, code: str) -> None:
    """The first bytes of a new or an old workbook under the name of a CSV file have a message of their own.

    Another name cures the new one only; the old one, and one with a password, must be saved anew.
    """
    refuses(tables.write(tmp_path, applicants=start + b"rest"), (code, "applicants.csv", 0, ""))


def test_reasons_of_the_system_are_told_in_chinese(tmp_path: Path) -> None:
    """A folder in place of a file is told in the language of the message."""
    folder = tables.write(tmp_path)
    (folder / "zones.csv").unlink()
    (folder / "zones.csv").mkdir()
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    fault = next(f for f in caught.value.faults if f.code == "file.unreadable")
    assert "这是文件夹" in fault_text(fault, "zh")
    assert "Is a directory" in fault_text(fault, "en")


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("policy_id: ", "policy_id： ", "policy.wide_colon", "policy_id"),
        ("kind: choice", "kind: chioce", "policy.wrong_value", "phases.4[open-choice].kind"),
        ("    kind: referral\n", "", "policy.missing_key", "phases.3[no-home-school].kind"),
    ],
)
def test_slips_in_a_policy_file_are_named(tmp_path: Path, old: str, new: str, code: str, column: str) -> None:
    """A full-width colon and a wrong or missing kind are told at their key, a phase with its id."""
    folder = tables.write(tmp_path)
    (folder / "policy.yaml").write_text(tables.POLICY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    assert (code, column) in [(f.code, f.column) for f in caught.value.faults]


def test_nothing_is_returned_with_faults(tmp_path: Path) -> None:
    """A faulty folder raises, and the exception names its faults."""
    folder = tables.write(tmp_path, applicants=[tables.child("T1", zone="nowhere", sex="X", name="")])
    with pytest.raises(InputError, match=r"sex\.unknown; .*zone\.unknown"):
        read_folder(folder)


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


def test_texts_of_every_code() -> None:
    """Both languages of every text are there and use the same fields."""
    for code, (chinese, english) in READING_TEXTS.items():
        fields = [{field.split("!")[0] for _, field, _, _ in Formatter().parse(t) if field} for t in (chinese, english)]
        assert fields[0] == fields[1], code
        assert TEXTS[code] == (chinese, english)
        assert any(ord(letter) > 0x2E80 for letter in chinese)


def test_a_policy_at_fault_does_not_hide_an_unknown_category(tmp_path: Path) -> None:
    """One wrong value in the policy: it and an unknown category in the roster are told together."""
    children = tables.children()
    children[0]["category"] = "Z"
    policy = tables.POLICY.replace("tiers: strict", "tiers: loose")
    codes = {fault.code for fault in tables.faults(tables.write(tmp_path, applicants=children, policy=policy))}
    assert codes == {"policy.wrong_value", "category.unknown"}


def test_a_table_at_fault_does_not_bury_its_cause(tmp_path: Path) -> None:
    """No schools below the heading, or a zone column missing: the cause is told, not a fault for every child."""
    empty = tables.write(tmp_path / "a", schools_=tables.csv_bytes([], [c.name for c in LAYOUTS["schools"]]))
    assert not any(fault.code == "school.unknown" and fault.file == "applicants.csv" for fault in tables.faults(empty))
    columns = [c.name for c in LAYOUTS["zones"] if c.name != "dual_school_ids"]
    zones = [{k: v for k, v in row.items() if k in columns} for row in tables.zones()]
    narrow = tables.faults(tables.write(tmp_path / "b", zones_=tables.csv_bytes(zones, columns)))
    assert {fault.file for fault in narrow} == {"zones.csv"}


def test_school_ids_are_names_of_files(tmp_path: Path) -> None:
    """Ids that differ in capitals only, or that Windows keeps for devices, are refused: lists are files."""
    schools = [*tables.schools(), tables.school("Fuli"), tables.school("CON")]
    refuses(
        tables.write(tmp_path, schools_=schools),
        ("school.id_differs_by_case", "schools.csv", 16, "school_id"),
        ("school.reserved_id", "schools.csv", 17, "school_id"),
    )
