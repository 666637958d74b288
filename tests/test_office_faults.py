"""Every breach of the office's tables is told: file, line, column, value and what was expected, all at once."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from allocator.ground import LANGUAGES, fault_text
from allocator.reading.office.layout import OFFICE_LAYOUTS
from tests import conformance
from tests.bad_input import CARD
from tests.cli_calls import GARBAGE
from tests.office_folders import FOLDER
from tests.office_inputs import edit, faults, office_folder, places, put, table

EDITS = list(conformance.rows(FOLDER / "35-input-faults" / "edits.csv"))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of folder 35; a test that changes a file puts it back."""
    return office_folder(tmp_path_factory.mktemp("faults") / "in", "35-input-faults")


@pytest.fixture
def restored(tables: Path) -> Iterator[Path]:
    """The same, whatever a test does to it."""
    kept = {path: path.read_bytes() for path in tables.iterdir()}
    yield tables
    for path in tables.iterdir():
        if path not in kept:
            path.unlink()
    for path, raw in kept.items():
        if not path.is_symlink() and path.is_file() and path.read_bytes() == raw:
            continue
        path.unlink(missing_ok=True)
        path.write_bytes(raw)


def apply(folder: Path, change: Mapping[str, str]) -> None:
    """Make the change of one line of ``edits.csv``; one past the end is the last row once more."""
    path, row = folder / change["file"], int(change["row"])
    if row == len(table(path)):
        edit(path, lambda rows: rows.append(list(rows[-1])))
    else:
        put(path, row, change["column"], change["value"])


def test_the_edits_are_there() -> None:
    """Faults and what looks like one, of every table."""
    assert len(EDITS) == 148
    assert {line["expected"] for line in EDITS} == {"fault", "ok"}


@pytest.mark.parametrize("change", EDITS, ids=lambda c: "-".join(c.values())[:60])
def test_each_edit_alone_is_a_fault_or_none(restored: Path, change: dict[str, str]) -> None:
    """And a fault is told in the file that was changed, in both languages, without a number that could be a card's."""
    apply(restored, change)
    found = faults(restored)
    assert ("fault" if found else "ok") == change["expected"]
    if found:
        assert change["file"] in {fault.file for fault in found}
        assert all(fault.row for fault in found)
    for fault in found:
        for language in LANGUAGES:
            told = fault_text(fault, language)
            assert fault.code in told
            assert not re.search(r"\d{15}|[{}]", told)


EMPTY: Mapping[str, str] = {
    "applications": "graduated registered_at late_cause deferral book hukou_in_date hukou_zone residence_start "
                    "lease_months papers declared_category registered_school voluntary_1 voluntary_2 open_choice "
                    "preferred_diversion bundle private_choice",
    "guardians": "book hukou_in_date work_area work_start",
    "homes": "zone proof proof_date invoices last_year_school",
    "owners": "", "checks": "", "locks": "", "blacklist": "", "rulings": "", "private": "",
    "special": "route",
    "decisions": "papers service_years sibling_order sibling_entry sibling_enrolled",
    "private-result": "draw_id",
}  # fmt: skip
"""Columns that the page lets be empty; ``home``, ``tenure``, ``x`` and ``y`` may only together with their other."""
TOGETHER = {"home", "tenure", "x", "y"}


@pytest.mark.parametrize("name", EMPTY)
def test_a_cell_may_be_empty_where_the_page_says_so(restored: Path, name: str) -> None:
    """Each column of a table in turn, in the first row in which it holds something that is in no bundle."""
    path = restored / f"{name}.csv"
    raw = path.read_bytes()
    wrong = []
    for column in OFFICE_LAYOUTS[name]:
        rows = table(path)
        at, bundle = rows[0].index(column.name), rows[0].index("bundle") if "bundle" in rows[0] else None
        row = next((i for i, r in enumerate(rows) if i and r[at] and (bundle is None or not r[bundle])), None)
        if row is None:
            continue
        put(path, row, column.name, "")
        told = [fault for fault in faults(restored) if fault.file == path.name and fault.row == row + 1]
        path.write_bytes(raw)
        if bool(told) == (column.name in EMPTY[name].split()) or (told and not told[0].column):
            wrong.append((column.name, [fault.code for fault in told]))
    assert wrong == []


MANY: tuple[tuple[str, int, str, str, str], ...] = (
    ("applications", 1, "birth_date", "2017-13-01", "date.form"),
    ("applications", 3, "hukou_area", "zone", "word.unknown"),
    ("applications", 4, "papers", "booklet;;lease", "list.empty_item"),
    ("guardians", 2, "custody", "half", "word.unknown"), ("homes", 5, "zone", "nowhere", "zone.unknown"),
    ("owners", 7, "share", "0.001", "share.form"), ("checks", 2, "at", "2023-07-28T09:60:00", "time.form"),
    ("locks", 3, "intake_year", "20x0", "number.digits"), ("special", 1, "level", "none", "word.unknown"),
    ("decisions", 1, "received_on", "yesterday", "date.form"), ("rulings", 1, "authority", "", "cell.empty"),
    ("private", 1, "plan", "many", "number.digits"), ("schools", 1, "plan", "x", "seats.not_whole"),
    ("zones", 1, "school_id", "nowhere", "school.unknown"), ("private-result", 1, "result", "drawn", "word.unknown"),
    ("blacklist", 1, "ground", "late", "word.unknown"),
)  # fmt: skip


def test_the_faults_of_all_files_are_told_at_once(restored: Path) -> None:
    """Each with file, line, column and value; a wrong policy beside them."""
    for name, row, column, value, _ in MANY:
        put(restored / f"{name}.csv", row, column, value)
    policy = restored / "policy.yaml"
    policy.write_text(policy.read_text("utf-8").replace('"q17_hukou": "zone"', '"q17_hukou": "town"'), encoding="utf-8")
    found = faults(restored)
    expected = {(code, f"{name}.csv", row + 1, column) for name, row, column, _, code in MANY}
    assert expected <= set(places(found))
    assert ("policy.wrong_value", "policy.yaml") in {(fault.code, fault.file) for fault in found}


def test_chinese_tables_are_answered_in_chinese(tmp_path: Path) -> None:
    """The column by its Chinese heading, the words that may stand there in Chinese."""
    folder = office_folder(tmp_path / "in", "34-chinese-tables")
    put(folder / "homes.csv", 2, "用途", "商用")
    put(folder / "applications.csv", 1, "居住方式", "")
    told = [fault_text(fault, "zh") for fault in faults(folder)]
    assert any("用途(use)" in line and "商用" in line and "住宅、商业、商住" in line for line in told)
    assert any("居住方式(tenure)" in line for line in told)


def test_a_ruling_of_another_field_is_shown_as_it_stands(tmp_path: Path) -> None:
    """The word of the table, not the one that it is read as."""
    folder = office_folder(tmp_path / "in", "34-chinese-tables")
    put(folder / "rulings.csv", 1, "事项", "认定结果")
    put(folder / "rulings.csv", 1, "裁定结果", "已审核")
    (fault,) = faults(folder)
    assert (fault.code, fault.row, fault.value) == ("ruling.value", 2, "已审核")
    assert "列入名册、不属招生范围、缓学、特殊教育安置" in fault_text(fault, "zh")


def test_a_policy_must_have_all_categories_of_a_determination(restored: Path) -> None:
    """Otherwise no run could take the roster that comes out."""
    shutil.copyfile(conformance.ROOT / "scenarios" / "ranked-choice" / "policy.yaml", restored / "policy.yaml")
    found = [fault for fault in faults(restored) if fault.code == "office.categories"]
    assert [fault.params["lacking"] for fault in found] == ["A, B, C, D, E, R1, R2, R3, U"]


@pytest.mark.parametrize(("name", "column"), [
    ("applications", "book"), ("applications", "family"), ("owners", "holder"), ("rulings", "reason"),
    ("checks", "by"), ("schools", "name"), ("applications", "x"), ("locks", "home"),
])  # fmt: skip
@pytest.mark.parametrize("number", [CARD, "123456789012345", "１２３４５６７８９０１２３４５"])
def test_no_fifteen_digits_in_a_row_in_any_table(restored: Path, name: str, column: str, number: str) -> None:
    """Whether or not the check digit is right; and no message repeats them."""
    value = f"1.{number}" if column == "x" else number
    put(restored / f"{name}.csv", 1, column, value)
    found = [fault for fault in faults(restored) if fault.file == f"{name}.csv" and fault.row == 2]
    assert {fault.column for fault in found} == {column}
    assert not any(re.search(r"\d{15}", fault_text(fault, language)) for fault in found for language in LANGUAGES)


def test_a_file_that_is_none_is_told(restored: Path, tmp_path: Path) -> None:
    """A device, a folder, a workbook by another name, bytes that are no text, a quote left open, both forms at once."""
    homes = restored / "homes.csv"
    raw = homes.read_bytes()
    shutil.copyfile(homes, restored / "homes.xlsx")
    assert ("file.both", "homes.csv", 0, "") in places(faults(restored))
    (restored / "homes.xlsx").unlink()
    for content, code in (
        (GARBAGE, "file.nul"), (b"PK\x03\x04" + raw, "file.workbook"), (b"\xd0\xcf\x11\xe0", "sheet.old_or_locked"),
        (b"", "file.empty"), (raw + b'"H1,', "file.csv"), (b"a,b\n1,2\n", "table.no_headings"),
        (raw + b"H1,zone_urban\n", "table.number_of_cells"), (b"\xff\xfeh\0", "file.utf16"),
    ):  # fmt: skip
        homes.write_bytes(content)
        assert code in {fault.code for fault in faults(restored) if fault.file == "homes.csv"}, code
    homes.unlink()
    if os.path.exists("/dev/zero"):
        homes.symlink_to("/dev/zero")
        assert ("file.not_ordinary", "homes.csv") in {(f.code, f.file) for f in faults(restored)}
        homes.unlink()
    assert places(faults(tmp_path / "nowhere")) == [("folder.missing", str(tmp_path / "nowhere"), 0, "")]


@pytest.mark.parametrize("seed", range(4))
def test_damaged_tables_are_read_or_refused_in_words(restored: Path, seed: int) -> None:
    """Bytes and cells changed by lot: never another exception, never a fault that cannot be told."""
    lots = random.Random(seed)
    paths = sorted(restored.glob("*.csv"))
    for _ in range(25):
        path = lots.choice(paths)
        kept = path.read_bytes()
        raw = bytearray(kept)
        for _ in range(lots.choice((1, 1, 3, 20))):
            raw[lots.randrange(len(raw))] = lots.choice(b',;"\n\r\t =-0/\xe5\xff\x00A')
        path.write_bytes(bytes(raw))
        assert all(fault_text(fault, language) for fault in faults(restored) for language in LANGUAGES)
        path.write_bytes(kept)


RULES: tuple[tuple[str, str, int, str, str, str], ...] = (
    ("a lock of this year", "locks", 1, "intake_year", "2023", "locks.year"),
    ("a family without a guardian", "applications", 3, "family", "F-new", "family.no_guardian"),
    ("a guardian without a child", "guardians", 4, "family", "F-new", "family.no_child"),
    ("the draw of another school", "private-result", 1, "draw_id", "private/private-9", "private.draw"),
    ("a result of no private school", "private-result", 1, "school_id", "fuli", "private.unknown"),
    ("ten months as a fraction", "applications", 3, "lease_months", "1０.5", "number.digits"),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[0])
def test_rules_between_tables(restored: Path, rule: tuple[str, str, int, str, str, str]) -> None:
    """Each has a code of its own, at the cell that is wrong."""
    _, name, row, column, value, code = rule
    put(restored / f"{name}.csv", row, column, value)
    assert (code, f"{name}.csv", row + 1, column) in places(faults(restored))


def test_bundles_of_ten_and_of_two_families_are_refused(restored: Path) -> None:
    """A bundle has two to nine children of one family, with the same choices."""

    def bundled(rows: list[list[str]]) -> None:
        at = rows[0].index("bundle")
        for row in rows[1:]:
            row[at] = ""
        for row in rows[1:11]:
            row[at] = "many"

    edit(restored / "applications.csv", bundled)
    codes = {(fault.code, fault.column) for fault in faults(restored)}
    assert {("bundle.size", "bundle"), ("bundle.differs", "family")} <= codes
