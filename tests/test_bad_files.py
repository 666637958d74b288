"""Files that are refused, and how faults of several files are told together: each once, at its cause."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from allocator.ground import TEXTS, InputError, fault_text
from allocator.messages.reading import TEXTS as READING_TEXTS
from allocator.reading.folder import read_folder
from allocator.reading.layout import LAYOUTS
from tests import tables
from tests.bad_input import refuses


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
