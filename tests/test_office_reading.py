"""The office's tables as the reading gives them: the same as an own reader of the tests, in whatever form they come."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import xlsxwriter

from allocator.domain import OfficeTables, OfficeValues
from allocator.ground import LANGUAGES, fault_text, share_in_hundredths
from allocator.reading.layout import Holds
from allocator.reading.office import NEEDED, OPTIONAL, TABLES, read_office
from allocator.reading.office.layout import OFFICE_LAYOUTS
from allocator.reading.policy_file import parse_policy
from tests.office_folders import FOLDER, load
from tests.office_inputs import POLICY, edit, faults, office_folder, places, policy_text, table, write_table

FOLDERS = sorted(path.name for path in FOLDER.iterdir() if (path / "applications.csv").exists())
ROWS = (
    "applications", "guardians", "homes", "owners", "checks", "locks", "blacklist", "special", "decisions", "rulings",
    "private",
)  # fmt: skip


def sorted_rows(tables: OfficeTables) -> dict[str, object]:
    """All that decides, rows in an order of their own."""
    found: dict[str, object] = {name: sorted(getattr(tables, name), key=repr) for name in ROWS}
    results = tables.private_results
    found["private_results"] = results if results is None else sorted(results)
    return found | {"schools": dict(tables.schools), "zones": dict(tables.zones), "values": tables.office}


@pytest.mark.parametrize("name", FOLDERS)
def test_every_conformance_folder_is_read_as_it_stands(name: str, tmp_path: Path) -> None:
    """By another reader, which knows nothing of this one: every row, every value of the policy's block."""
    assert sorted_rows(read_office(office_folder(tmp_path / "in", name))) == sorted_rows(load(FOLDER / name))


def test_neither_the_order_of_rows_nor_of_columns_matters(tmp_path: Path) -> None:
    """Tables come out in the order of their text, whatever the order they came in."""
    folder = office_folder(tmp_path / "in", "11-random-case-120")
    before = read_office(folder)
    lots = random.Random(7)
    for path in folder.glob("*.csv"):
        heads, *rows = table(path)
        order = lots.sample(range(len(heads)), len(heads))
        write_table(path, [[row[at] for at in order] for row in (heads, *lots.sample(rows, len(rows)))])
    after = read_office(folder)
    assert {field.name for field in fields(after) if getattr(after, field.name) != getattr(before, field.name)} == {
        "digests"
    }
    assert [child.applicant_id for child in after.applications] == sorted(c.applicant_id for c in after.applications)


def in_workbooks(folder: Path, *, typed: bool) -> None:
    """Replace every table by a workbook: all cells as text, or numbers and dates as a spreadsheet has them."""
    kinds = {name: {c.name: c.holds for c in layout} for name, layout in OFFICE_LAYOUTS.items()}
    for path in list(folder.glob("*.csv")):
        book = xlsxwriter.Workbook(path.with_suffix(".xlsx"))
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        heads, *rows = table(path)
        sheet.write_row(0, 0, heads)
        for at, row in enumerate(rows, start=1):
            for place, (head, cell) in enumerate(zip(heads, row, strict=True)):
                holds = kinds.get(path.stem, {}).get(head)
                if typed and cell and holds is Holds.DATE:
                    sheet.write_datetime(at, place, date.fromisoformat(cell), day)
                elif typed and cell and holds in (Holds.NUMBER, Holds.SHARE, Holds.PLACE):
                    sheet.write_number(at, place, float(cell))
                else:
                    sheet.write_string(at, place, cell)
        book.close()
        path.unlink()


@pytest.mark.parametrize("typed", [False, True])
def test_every_table_may_be_a_workbook(tmp_path: Path, typed: bool) -> None:
    """Text in every cell, or dates and numbers where the column holds such."""
    folder = office_folder(tmp_path / "in", "11-random-case-120")
    before = read_office(folder)
    in_workbooks(folder, typed=typed)
    after = read_office(folder)
    assert sorted_rows(after) == sorted_rows(before)
    assert set(after.digests) == {f"{name}.xlsx" for name in TABLES}


def test_files_that_may_be_absent_have_no_rows(tmp_path: Path) -> None:
    """Only applications, guardians, homes, schools and zones must be there; headings alone are no rows either."""
    folder = office_folder(tmp_path / "in", "01-conditions-alone")
    for name in OPTIONAL:
        (folder / f"{name}.csv").unlink(missing_ok=True)
    found = read_office(folder)
    assert [name for name in ROWS if getattr(found, name)] == list(NEEDED)
    assert found.private_results is None
    for name in OPTIONAL:
        write_table(folder / f"{name}.csv", [[column.name for column in OFFICE_LAYOUTS[name]]])
    assert read_office(folder).private_results == ()
    for name in (*NEEDED, "schools", "zones"):
        (folder / f"{name}.csv").rename(tmp_path / "aside")
        assert ("file.missing", f"{name}.csv", 0, "") in places(faults(folder))
        (tmp_path / "aside").rename(folder / f"{name}.csv")


def test_digests_are_those_of_the_files(tmp_path: Path) -> None:
    """Of every table that there is, and of nothing else."""
    folder = office_folder(tmp_path / "in", "08-random-case-40")
    (folder / "notes.csv").write_bytes(b"any\n")
    there = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.csv")}
    del there["notes.csv"]
    assert dict(read_office(folder).digests) == there


def test_only_utf8_unless_another_encoding_is_named(tmp_path: Path) -> None:
    """A byte order mark makes no difference; what is no UTF-8 is refused, and read where the office says what it is."""
    folder = office_folder(tmp_path / "in", "34-chinese-tables")
    before = read_office(folder)
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_bytes().decode("utf-8-sig").encode("gb18030"))
    assert {fault.code for fault in faults(folder)} == {"file.encoding"}
    assert sorted_rows(read_office(folder, encoding="gb18030")) == sorted_rows(before)


def test_full_width_and_compatible_characters_are_the_ordinary_ones(tmp_path: Path) -> None:
    """NFKC, stripped: full-width digits, a wide space around, a wide semicolon, a superscript."""
    folder = office_folder(tmp_path / "in", "34-chinese-tables")
    before = read_office(folder)
    wide = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789;-"}

    def widen(rows: list[list[str]]) -> None:
        rows[1:] = [[f"\u3000{cell.translate(wide)} " for cell in row] for row in rows[1:]]

    for name in ROWS:
        edit(folder / f"{name}.csv", widen)
    assert sorted_rows(read_office(folder)) == sorted_rows(before)


LOCKS: tuple[tuple[Iterable[int], list[str], int], ...] = (
    ((), ["2020, 2021, 2022"], 2023), ((2020, 2021, 2022), [], 2023), ((2021, 2019), ["2020, 2022"], 2023),
    (range(2020, 2026), [], 2026), ((2024,), ["2022, 2023, 2025, 2026, 2027"], 2028), ((), [], 2020),
)  # fmt: skip


@pytest.mark.parametrize(("years", "lacking", "year"), LOCKS)
def test_years_without_a_lock_are_told_loudly(
    tmp_path: Path, years: Iterable[int], lacking: list[str], year: int
) -> None:
    """From 2020, or six years back, to the year before; the folder can be read all the same."""
    folder = office_folder(tmp_path / "in", "01-conditions-alone")
    (folder / "policy.yaml").write_text(policy_text({"year": year}), encoding="utf-8")
    heads, *_ = table(folder / "locks.csv")
    write_table(folder / "locks.csv", [heads, *(["H1", "primary", str(one), "F1", "T1"] for one in years)])
    told = [w for w in read_office(folder).warnings if w.code.startswith("warn.locks")]
    assert [warning.params["years"] for warning in told] == lacking
    (folder / "locks.csv").unlink()
    told = [w for w in read_office(folder).warnings if w.code.startswith("warn.locks")]
    assert [warning.code for warning in told] == ["warn.locks_missing"] * (year > 2020)
    assert all("{" not in fault_text(warning, language) for warning in told for language in LANGUAGES)


def block(text: str) -> tuple[OfficeValues | None, list[tuple[str, int, str]]]:
    """Return the values of a policy with this block, and code, line behind the policy, and key of every fault."""
    policy, found = parse_policy(f"{POLICY}office:\n{text}".encode(), "policy.yaml")
    before = POLICY.count("\n") + 1
    return (policy.office if policy else None), [(fault.code, fault.row - before, fault.column) for fault in found]


def test_a_policy_without_the_block_has_no_values_of_its_own() -> None:
    """And is the same as before; one with an empty value has the defaults."""
    policy, found = parse_policy(POLICY.encode(), "policy.yaml")
    assert policy is not None
    assert (policy.office, found) == (None, [])
    assert block("  stage: primary\n")[0] == OfficeValues()


WRITTEN: Mapping[str, tuple[str, object]] = {
    "share: 50": ("share", 5000), "share: 33.33": ("share", 3333), 'share: "50.00"': ("share", 5000),
    "share: 0.01": ("share", 1), "share: 100": ("share", 10000), "share: 50.00": ("share", 5000),
    "born_by: 2018-08-31": ("born_by", date(2018, 8, 31)), 'born_by: "2018-08-31"': ("born_by", date(2018, 8, 31)),
    "window_urban: [2023-07-25, '2023-07-26']": ("window_urban", (date(2023, 7, 25), date(2023, 7, 26))),
    "holidays: [2023-07-29]": ("holidays", (date(2023, 7, 29),)), "stage: junior": ("stage", "junior"),
    "year: 2024": ("year", 2024), "lease_months: 0": ("lease_months", 0), "q22_half_year: strict":
    ("q22_half_year", "strict"), "next_round: after_opening": ("next_round", "after_opening"),
}  # fmt: skip


@pytest.mark.parametrize("line", WRITTEN)
def test_the_block_is_read_exactly(line: str) -> None:
    """Every key alone, the others as they are by default."""
    key, value = WRITTEN[line]
    values, found = block(f"  {line}\n")
    assert found == []
    assert values is not None
    assert getattr(values, key) == value
    assert {f.name for f in fields(values) if getattr(values, f.name) != getattr(OfficeValues(), f.name)} <= {key}


WRONG: Mapping[str, tuple[str, str]] = {
    "share: 0": ("share.form", "share"), "share: 100.01": ("share.form", "share"),
    "share: 33.333": ("share.form", "share"), "share: 50%": ("share.form", "share"),
    "share: 49.99999999999999999999": ("share.form", "share"), "share: true": ("share.form", "share"),
    "born_by: 2017-02-29": ("date.form", "born_by"), "born_by: 20170831": ("date.form", "born_by"),
    "born_by: 2017-08-31 10:00": ("date.form", "born_by"), "stage: middle": ("policy.wrong_value", "stage"),
    "year: '2023'": ("policy.wrong_value", "year"), "year: 0": ("policy.wrong_value", "year"),
    "lease_months: -1": ("policy.wrong_value", "lease_months"), "q17_hukou: yes": ("policy.wrong_value", "q17_hukou"),
    "window_urban: [2023-07-25]": ("policy.wrong_value", "window_urban"),
    "window_urban: [2023-07-27, 2023-07-25]": ("policy.wrong_value", "window_urban"),
    "born_from: 2018-01-01": ("policy.wrong_value", "born_from"), "q99: a": ("policy.unknown_key", "q99"),
    "workdays: [2023-07-29, 2023-07-29]": ("policy.twice", "workdays.1"),
    "publicity_days: 0": ("policy.wrong_value", "publicity_days"),
    "holidays: 2023-07-29": ("policy.wrong_value", "holidays"),
}  # fmt: skip


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_value_of_the_block_is_told_with_its_line(line: str) -> None:
    """Key and line, in words of both languages; nothing is rounded or guessed."""
    code, key = WRONG[line]
    _, found = block(f"  next_round: after_opening\n  {line}\n")
    assert found == [(code, 2, f"office.{key}")]
    _, told = parse_policy(f"{POLICY}office:\n  {line}\n".encode(), "policy.yaml")
    assert all("{" not in fault_text(fault, language).replace("[a, b]", "") for fault in told for language in LANGUAGES)


@pytest.mark.parametrize(("written", "exact"), [("50", 5000), ("33.3", 3330), ("0.01", 1), ("007.50", 750)])
def test_shares_are_whole_hundredths(written: str, exact: int) -> None:
    """As no float would have them."""
    assert share_in_hundredths(written) == exact
