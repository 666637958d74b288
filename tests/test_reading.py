"""What is read: districts in all the spellings that Chinese Excel and WPS write, as the same domain objects."""

from __future__ import annotations

import gc
import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.domain import District, School, Zone
from allocator.lottery import inputs_digest
from allocator.reading import rows
from allocator.reading.folder import read_folder
from allocator.reading.layout import Holds
from allocator.reading.table import (
    PLAIN_CELL,
    PLAIN_COLUMN,
    Finding,
    InputTable,
    Shared,
    clean_table_cell,
    judge_table,
    shown_table_value,
    table_cell_problem,
    table_cell_whole_number,
)
from tests import conformance, tables

pytestmark = pytest.mark.usefixtures("read_twice")

PRIMARY = tables.SCENARIOS / "tongliao-2023-primary" / "policy.yaml"


def content(district: District) -> District:
    """A district without the digests of its files."""
    return replace(district, input_digests={})


@pytest.mark.parametrize("name", conformance.names())
def test_conformance_districts_have_the_digest_of_their_transcript(name: str) -> None:
    """Every conformance district is read, as the plain reader reads it, and its canonical tables have the digest."""
    district = read_folder(conformance.FOLDER / name, policy=PRIMARY)
    plain, _ = conformance.load(name)
    assert district.draw is None
    assert plain.draw is not None
    assert plain.draw.transcript is not None
    assert inputs_digest(district) == plain.draw.transcript.inputs_sha256
    assert (district.applicants, district.zones) == (plain.applicants, plain.zones)
    assert district.schools == plain.schools


def test_objects_of_a_small_district(tmp_path: Path) -> None:
    """Cells become the fields of the domain, objects are sorted by id, empty cells are empty or None."""
    rows = [
        tables.child("T9", zone="xincheng-1", voluntary_1="sizhong-fuli;shifuxiao", preferred_diversion="xincheng-2"),
        tables.child("T10", x="1", y="2"),
    ]
    schools = tables.schools()
    schools[0] |= {"hard_cap": "34", "offered_voluntary_1": "0", "x": "7", "y": "8"}
    district = read_folder(tables.write(tmp_path, applicants=rows, schools_=schools))
    assert [c.applicant_id for c in district.applicants] == ["T10", "T9"]
    assert district.applicants[1].voluntary_1 == ("sizhong-fuli", "shifuxiao")
    assert district.applicants[1].preferred_diversion == ("xincheng-2",)
    assert (district.applicants[0].x, district.applicants[0].bundle, district.applicants[0].sex) == ("1", "", "")
    assert list(district.schools) == sorted(district.schools)
    assert district.schools["xincheng-1"] == School("xincheng-1", "School xincheng-1", False, 30, 34, 0, None, "7", "8")
    assert district.schools["keerqin-primary"].external
    assert district.zones["shifuxiao"] == Zone("shifuxiao", "shifuxiao", "", ("xincheng-1",))


def test_digests_are_those_of_the_files(tmp_path: Path) -> None:
    """The manifest's digests are SHA-256 of the bytes as they stand in the folder."""
    folder = tables.write(tmp_path)
    district = read_folder(folder)
    expected = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert district.input_digests == expected
    assert district.policy_sha256 == expected["policy.yaml"]


def test_policy_from_elsewhere(tmp_path: Path) -> None:
    """A policy file can be given that is not in the folder."""
    folder = tables.write(tmp_path / "district")
    elsewhere = tmp_path / "other.yaml"
    (folder / "policy.yaml").rename(elsewhere)
    district = read_folder(folder, policy=elsewhere)
    assert district.policy_sha256 == district.input_digests["other.yaml"]


def _with_names() -> list[dict[str, str]]:
    """Children with Chinese names, one of them long and with a middle dot."""
    names = ("张伟", "阿木尔·巴特尔", "李娜")
    return [row | {"name": name, "sex": "F"} for row, name in zip(tables.children(), names, strict=True)]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("gb18030"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: (text + "\n\n" + "," * 15 + "\n").encode(),
        lambda text: ("\n" + text).encode(),
        lambda text: text.replace("\n", ",,\n").encode(),
        lambda text: text.replace(",", " ,\u3000").encode(),
        lambda text: text.replace("T1", "Ｔ１").replace("100", "１００").replace("-20.5", "－２０．５").encode(),
        lambda text: text.replace("applicant_id,zone", " Applicant_ID ,学区").replace("status", "审核状态").encode(),
        lambda text: text.replace("fuli", '"fuli"').encode(),
    ],
    ids=["bom", "gb18030", "crlf", "cr", "no-last-line-end", "blank-rows", "blank-first-row", "trailing-commas",
         "spaces", "full-width", "chinese-headings", "quotes"],
)  # fmt: skip
def test_spellings_of_excel_and_wps(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    """The same roster in another spelling is the same district."""
    text = tables.csv_bytes(_with_names()).decode()
    usual = read_folder(tables.write(tmp_path / "usual", applicants=text.encode()))
    other = read_folder(tables.write(tmp_path / "other", applicants=change(text)))
    assert content(other) == content(usual)
    assert usual.applicants[1].name == "阿木尔·巴特尔"


def test_encoding_as_asked(tmp_path: Path) -> None:
    """An encoding named by the user is used: these bytes are valid GB18030 too, but mean other names there."""
    names = tables.csv_bytes([row | {"name": "張偉"} for row in tables.children()]).decode().encode("big5")
    folder = tables.write(tmp_path, applicants=names)
    assert read_folder(folder, encoding="big5").applicants[0].name == "張偉"
    assert read_folder(folder).applicants[0].name != "張偉"


@pytest.mark.parametrize("asked", ["gb18030", "GB18030", "gb18030_2000", None])
def test_characters_that_were_moved(tmp_path: Path, asked: str | None) -> None:
    """All two-byte codes that left the private area are read as their characters, by both readers."""
    moved = {"A6D9": "\ufe10", "A6DA": "\ufe12", "A6DB": "\ufe11", "A6F3": "\ufe19", "A8BC": "ḿ", "FE51": "\U00020087",
             "FE52": "\U00020089", "FE53": "\U000200cc", "FE59": "龴", "FE61": "龵", "FE66": "龶", "FE67": "龷",
             "FE6C": "\U000215d7", "FE6D": "龸", "FE76": "\U0002298f", "FE7E": "龹", "FE90": "龺",
             "FE91": "\U000241fe", "FEA0": "龻", "FE9F": "䶮"}  # fmt: skip
    rows = [row | {"name": "刘?"} for row in tables.children()]
    raw = tables.csv_bytes(rows).decode().encode("gb18030").replace(b"?", b"".join(map(bytes.fromhex, moved)))
    folder = tables.write(tmp_path, applicants=raw)
    assert read_folder(folder, encoding=asked).applicants[0].name == "刘" + "".join(moved.values())


def test_full_width_separators_in_lists(tmp_path: Path) -> None:
    """A list joined by the Chinese semicolon, with spaces, is the list."""
    rows = [tables.child("T1", zone="xincheng-1", voluntary_1=" sizhong-fuli； shifuxiao ")]
    assert read_folder(tables.write(tmp_path, applicants=rows)).applicants[0].voluntary_1 == (
        "sizhong-fuli",
        "shifuxiao",
    )


def test_chinese_words_of_fixed_vocabularies(tmp_path: Path) -> None:
    """Status, sex and jurisdiction in Chinese are read as the English words, so that objects and digests agree."""
    english, chinese = tmp_path / "en", tmp_path / "zh"
    kids = [tables.child("T1"), tables.child("T2", status="late"), tables.child("T3", status="blacklisted")]
    words = {"verified": "已审核", "late": "迟报", "blacklisted": "失信", "own": "区属", "external": "外区"}

    def changed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{k: words.get(v, v) for k, v in row.items()} for row in rows]

    tables.write(english, applicants=kids)
    tables.write(chinese, applicants=changed(kids), schools_=changed(tables.schools()))
    assert inputs_digest(read_folder(chinese)) == inputs_digest(read_folder(english))
    people = tables.csv_bytes([child | {"sex": sex} for child, sex in zip(kids, ("男", "女", ""), strict=True)])
    (english / "applicants.csv").write_bytes(people)
    assert [child.sex for child in read_folder(english).applicants] == ["M", "F", ""]


def test_order_of_rows_and_columns_has_no_meaning(tmp_path: Path) -> None:
    """Turning rows and columns around changes nothing, digest included."""
    usual = read_folder(tables.write(tmp_path / "usual"))
    turned = {
        "applicants": tables.csv_bytes(tables.children()[::-1], reversed(tables.children()[0])),
        "schools_": tables.csv_bytes(tables.schools()[::-1]),
        "zones_": tables.csv_bytes(tables.zones()[::-1]),
    }
    other = read_folder(tables.write(tmp_path / "other", **turned))  # type: ignore[arg-type]
    assert content(other) == content(usual)
    assert list(other.schools) == list(usual.schools)
    assert inputs_digest(other) == inputs_digest(usual)


def test_reading_in_small_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a piece of the file ends makes no difference, for objects and for the lines of faults."""
    folder = tables.write(tmp_path, applicants=[tables.child(f"T{i}", bundle="") for i in range(7)])
    whole_file = content(read_folder(folder))
    monkeypatch.setattr(rows, "ROWS_AT_ONCE", 2)
    assert content(read_folder(folder)) == whole_file
    tables.write(tmp_path, applicants=[tables.child("T1", zone="fuli" if i != 5 else "nowhere") for i in range(7)])
    found = tables.places(tables.faults(tmp_path))
    assert ("zone.unknown", "applicants.csv", 7, "zone") in found
    assert [row for code, _, row, _ in found if code == "id.repeated"] == [3, 4, 5, 6, 7, 8]


def test_choices_of_children_who_are_not_verified_are_ignored(tmp_path: Path) -> None:
    """A late or blacklisted child may have any choice and decision of schools that there are."""
    cells = {
        "voluntary_1": "fuli;fuli", "voluntary_2": "hexi-primary", "open_choice": "fuli",
        "preferential_school": "keerqin-primary", "sibling_school": "keerqin-primary",
        "preferred_diversion": "fuli;fuli",
    }  # fmt: skip
    rows = [tables.child("T1", status="late", **cells), tables.child("T2", status="blacklisted", category="E", **cells)]
    district = read_folder(tables.write(tmp_path, applicants=rows))
    assert [child.voluntary_1 for child in district.applicants] == [("fuli", "fuli")] * 2


def test_valid_choices(tmp_path: Path) -> None:
    """What looks unusual but is allowed: a bid counted to the registered school's zone, a choice not admitted there."""
    rows = [
        tables.child("T1", zone="shifuxiao", registered_school="xincheng-1", voluntary_1="sizhong-fuli"),
        tables.child("T2", category="E", open_choice="menggu-primary"),
        tables.child("T3", category="R1", preferred_diversion="keerqin-primary;fuli", zone="keerqin-primary"),
        tables.child("T4", category="U", preferential_school="shifuxiao"),
        tables.child("T5", category="E", zone="shifuxiao"),
    ]
    assert len(read_folder(tables.write(tmp_path, applicants=rows)).applicants) == 5


def test_policy_of_another_kind(tmp_path: Path) -> None:
    """Without tiers every zone may bid, and where the policy says so for the school of one's own zone."""
    ids = ("north", "south", "east", "west", "centre")
    rows = [tables.child("K1", zone="north", category="G1", voluntary_1="north;south", sibling_school="south")]
    folder = tables.write(
        tmp_path,
        policy=tables.RANKED_POLICY,
        applicants=rows,
        schools_=[tables.school(i) for i in ids],
        zones_=[tables.zone(i, e_school_id="") for i in ids],
    )
    assert read_folder(folder).applicants[0].voluntary_1 == ("north", "south")


def test_seats_at_their_limits(tmp_path: Path) -> None:
    """A hard cap equal to the plan, offers that add up to the plan, and a plan of no seats are in order."""
    schools = tables.schools()
    schools[7] |= {"hard_cap": "30", "offered_voluntary_1": "20", "offered_voluntary_2": "10"}
    schools[11] |= {"plan": "0", "hard_cap": "0"}
    district = read_folder(tables.write(tmp_path, schools_=schools))
    assert (district.schools["sizhong-fuli"].hard_cap, district.schools["fuantun"].plan) == (30, 0)


def test_bundles_of_two_and_nine(tmp_path: Path) -> None:
    """Bundles of two to nine children who differ in place, name and sex are in order."""
    rows = [tables.child(f"T{i}", bundle="B9", x=str(i), y="0", name=f"N{'x' * i}", sex="FM"[i % 2]) for i in range(9)]
    rows += [tables.child(f"S{i}", bundle="b2", category="D", name="", sex="") for i in range(2)]
    assert len(read_folder(tables.write(tmp_path, applicants=rows)).applicants) == 11


def test_equal_texts_are_one_object(tmp_path: Path) -> None:
    """Lists and low-cardinality texts are shared between children, so that a million of them fit into memory."""
    rows = [tables.child(f"T{i}", zone="xincheng-1", voluntary_1="sizhong-fuli;shifuxiao") for i in range(3)]
    first, second, third = read_folder(tables.write(tmp_path, applicants=rows)).applicants
    assert first.voluntary_1 is second.voluntary_1 is third.voluntary_1
    assert first.zone is second.zone is third.zone
    assert first.status is third.status


def test_garbage_collector_is_left_as_it_was(tmp_path: Path) -> None:
    """Reading pauses the collector and restores it, whether reading succeeds or not."""
    assert gc.isenabled()
    read_folder(tables.write(tmp_path))
    assert gc.isenabled()
    assert tables.faults(tables.write(tmp_path, applicants=b""))
    assert gc.isenabled()
    gc.disable()
    try:
        read_folder(tables.write(tmp_path))
        assert not gc.isenabled()
    finally:
        gc.enable()


@given(kind=st.sampled_from(list(Holds)), data=st.data())
def test_short_cut_for_plain_cells(kind: Holds, data: st.DataObject) -> None:
    """A cell that passes the quick look is left as it is and has no problem, so that the short cut hides nothing."""
    unusual = st.text(st.sampled_from("aZ09-;.= +@_\t\n１Ａ；张·X") | st.characters(), max_size=24)
    raw = data.draw(unusual | st.from_regex(PLAIN_CELL[kind], fullmatch=True))
    if PLAIN_CELL[kind].fullmatch(raw):
        assert clean_table_cell(raw, kind) == raw
        assert table_cell_problem(raw, kind) is None
    cells = data.draw(st.lists(unusual.filter(lambda text: "\n" not in text), min_size=1, max_size=3))
    quick = PLAIN_COLUMN[kind].fullmatch("".join(f"{cell}\n" for cell in cells)) is not None
    assert quick == all(PLAIN_CELL[kind].fullmatch(cell) for cell in cells)


@given(st.text(st.sampled_from("0123456789０１Xx -a;") | st.characters(), max_size=300))
def test_no_long_number_is_ever_shown(value: str) -> None:
    """Whatever a cell holds, a message repeats no run of fifteen digits and nothing unprintable, and is short."""
    text = shown_table_value(value)
    assert len(text) <= 60
    assert text.isprintable()
    digits = "".join(c if c.isdigit() else "-" if c in "- " else "." for c in text)
    assert all(sum(c.isdigit() for c in run) < 15 for run in digits.replace("--", ".").split("."))


@pytest.mark.parametrize(
    ("value", "kind", "code"),
    [
        ("150502201701010011", Holds.ID, "cell.identity_number"),
        ("15050220170101001X", Holds.ID, "cell.identity_number"),
        ("T-15050220170101001x", Holds.ID, "cell.identity_number"),
        ("150502-20170101-0011", Holds.ID, "cell.identity_number"),
        ("150502170101001", Holds.ID, "cell.identity_number"),
        ("张伟150502201701010011", Holds.NAME, "cell.identity_number"),
        ("张伟１５０５０２２０１７０１０１００１１", Holds.NAME, "cell.identity_number"),
        ("fuli;150502201701010011", Holds.IDS, "cell.identity_number"),
        ("150502201713010011", Holds.ID, "cell.identity_number"),  # no month 13, yet long enough to expose
        ("150502201702320011", Holds.ID, "cell.identity_number"),  # no day 32, yet long enough to expose
        ("202300000000123", Holds.ID, "cell.identity_number"),
        ("20230000000012", Holds.ID, None),
        ("8²", Holds.SEATS, "seats.not_whole"),
        ("T23-①", Holds.ID, "id.characters"),
        ("1505022017010100111", Holds.ID, "cell.identity_number"),  # 19 digits, yet long enough to expose
        ("T23-0000001", Holds.ID, None),
        ("-T1", Holds.ID, "cell.formula"),
        ("＝1+1", Holds.NAME, "cell.formula"),
        ("\t1", Holds.NAME, "cell.formula"),
        ("a\tb", Holds.NAME, "cell.control_character"),
        ("a\u202eb", Holds.NAME, "cell.control_character"),
        ("ᠮᠣᠩᠭᠣᠯ\u180e\u202f", Holds.NAME, None),  # Mongolian joins its letters with invisible characters
        ("x" * 101, Holds.NAME, "cell.too_long"),
        ("x" * 32, Holds.ID, None),
        ("x" * 33, Holds.ID, "id.characters"),
        ("a_b", Holds.ID, "id.characters"),
        ("張", Holds.ID, "id.characters"),
        ("a;b c", Holds.IDS, "list.characters"),
        ("a;;b", Holds.IDS, "list.empty_item"),
        ("-5", Holds.SEATS, "seats.negative"),
        ("4.5", Holds.SEATS, "seats.fraction"),
        ("+5", Holds.SEATS, "seats.not_whole"),
        ("007", Holds.SEATS, "seats.not_whole"),
        ("1e3", Holds.SEATS, "seats.not_whole"),
        ("1,000", Holds.SEATS, "seats.not_whole"),
        ("1000001", Holds.SEATS, "seats.too_many"),
        ("9" * 400, Holds.SEATS, "seats.too_many"),
        ("1000000", Holds.SEATS, None),
        ("0", Holds.SEATS, None),
        ("-12.25", Holds.PLACE, None),
        ("+3", Holds.PLACE, None),
        ("1e5", Holds.PLACE, "place.not_decimal"),
        ("nan", Holds.PLACE, "place.not_decimal"),
        ("inf", Holds.PLACE, "place.not_decimal"),
        ("1234567890", Holds.PLACE, "place.not_decimal"),
        ("=1", Holds.PLACE, "cell.formula"),
        ("", Holds.ID, None),
    ],
)
def test_single_cells(value: str, kind: Holds, code: str | None) -> None:
    """Each kind of cell has its own problems, and the limits lie where they are said to lie."""
    assert table_cell_problem(value, kind) == code


def test_whole_numbers() -> None:
    """Only the one spelling of a number is a number."""
    assert [table_cell_whole_number(cell) for cell in ("0", "45", "045", "", "-1")] == [0, 45, None, None, None]


def test_rules_are_asked_once_for_each_combination() -> None:
    """Rules see every combination of values once, also where there are too many combinations for a table."""
    n = 3000
    column = Shared([str(i) for i in range(n)], np.arange(n, dtype=np.int32), np.ones(n, dtype=np.bool_))
    other = Shared([str(i) for i in range(n)], np.arange(n, dtype=np.int32)[::-1], np.ones(n, dtype=np.bool_))
    table = InputTable("t.csv", np.arange(2, n + 2, dtype=np.int32), {"a": column, "b": other}, {}, frozenset(), True)
    seen: list[tuple[str, str]] = []

    def rule(a: str, b: str) -> tuple[Finding, ...]:
        seen.append((a, b))
        return ()

    assert judge_table(table, ["a", "b"], rule) == []
    assert sorted(seen) == sorted((str(i), str(n - 1 - i)) for i in range(n))
