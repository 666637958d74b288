"""``new --empty``: tables to be filled in, with drop-downs and instructions; filled in, they are read."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from allocator.district_folder import read_district
from allocator.domain import OfficeTables
from allocator.generator.empty_tables import (
    APPLICATIONS,
    INSTRUCTIONS,
    ROSTER,
    empty_table_columns,
    empty_table_words,
    empty_tables,
)
from allocator.ground import TEXTS
from allocator.reading.layout import Holds
from allocator.reading.office import read_office
from allocator.reading.policy_file import parse_policy
from allocator.reading.scenarios import SCENARIOS
from tests.cli_calls import good, refused
from tests.conformance import policy

EXAMPLES = {"tongliao-2023-primary": ROSTER, "tongliao-2023-applications": APPLICATIONS}
FILLED = [(example, name) for example, names in EXAMPLES.items() for name in names]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both empty districts, in one folder."""
    place = tmp_path_factory.mktemp("empty")
    for example in EXAMPLES:
        assert INSTRUCTIONS in good("new", place / example, "--empty", "--example", example)
    return place


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_workbook_a_table_and_one_that_explains_them(made: Path, example: str) -> None:
    """And the policy; the same bytes each time."""
    names = {path.name for path in (made / example).iterdir()}
    assert names == {*(f"{name}.xlsx" for name in EXAMPLES[example]), INSTRUCTIONS, "policy.yaml"}
    rules, _ = parse_policy((SCENARIOS / example / "policy.yaml").read_bytes(), "policy.yaml")
    assert rules is not None
    for name, raw in empty_tables(SCENARIOS / example, rules).items():
        assert (made / example / name).read_bytes() == raw


@pytest.mark.parametrize(("example", "name"), FILLED)
def test_headings_hints_and_drop_downs(made: Path, example: str, name: str) -> None:
    """One sheet with Chinese headings alone, a hint for every column, every fixed word in a drop-down, no formula."""
    book = openpyxl.load_workbook(made / example / f"{name}.xlsx")
    (sheet,) = book
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [c.chinese for c in empty_table_columns(name)]
    ]
    rules = {str(rule.sqref).partition("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert len(rules) == len(empty_table_columns(name))
    for rule, column in zip(rules.values(), empty_table_columns(name), strict=True):
        assert rule.promptTitle == column.chinese
        assert rule.prompt
        assert len(rule.prompt) <= 255
        if column.holds is Holds.WORD:
            assert rule.formula1 == '"' + ",".join(empty_table_words(column, policy())) + '"'
        else:
            assert rule.type in (None, "none")


def test_an_empty_roster_is_refused_in_words(made: Path) -> None:
    """Headings are no children; nothing else is wrong with the folder."""
    said = refused("check", made / "tongliao-2023-primary")
    assert said.count("[table.no_rows]") == 3
    assert said.count("[") == 3 + said.count("['")


def fill(path: Path, name: str, rows: Sequence[dict[str, str]], *, days: bool) -> None:
    """Fill a table in as a clerk does: Chinese words, dates as text or as dates, numbers as numbers."""
    book = openpyxl.load_workbook(path)
    (sheet,) = book
    for at, row in enumerate(rows, start=2):
        for place, column in enumerate(empty_table_columns(name), start=1):
            text = row.get(column.name, "")
            known = {meaning: chinese for chinese, meaning in column.words}
            value: object = ";".join(known.get(one, one) for one in text.split(";"))
            if days and text and column.holds is Holds.DATE:
                value = date.fromisoformat(text)
            elif text and column.holds in (Holds.SEATS, Holds.NUMBER, Holds.PLACE):
                value = int(text)
            elif text and column.holds is Holds.SHARE:
                value = float(text)
            if value != "":
                sheet.cell(at, place).value = value
    book.save(path)


@cache
def table(example: str, name: str) -> list[dict[str, str]]:
    """The rows of a shipped table."""
    with (SCENARIOS / example / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(tables: OfficeTables) -> dict[str, object]:
    """What was read, but for digests of files."""
    fields = OfficeTables.__slots__
    return {name: getattr(tables, name) for name in fields if name not in ("digests", "policy_bytes", "warnings")}


@pytest.mark.parametrize("days", [False, True])
def test_the_office_tables_filled_in_are_read(made: Path, tmp_path: Path, *, days: bool) -> None:
    """All rows of the worked district, put into the empty tables, mean what its CSV tables mean."""
    example = "tongliao-2023-applications"
    folder = Path(shutil.copytree(made / example, tmp_path / "mine"))
    for name in APPLICATIONS:
        fill(folder / f"{name}.xlsx", name, table(example, name), days=days)
    assert shown(read_office(folder)) == shown(read_office(SCENARIOS / example))


def test_the_roster_filled_in_is_read(made: Path, tmp_path: Path) -> None:
    """The same for applicants, schools and zones."""
    example = "tongliao-2023-primary"
    folder = Path(shutil.copytree(made / example, tmp_path / "mine"))
    for name in ROSTER:
        rows = [row for row in table(example, name) if not row.get("bundle")]
        fill(folder / f"{name}.xlsx", name, rows[:200], days=False)
    read, shipped = read_district(folder), read_district(SCENARIOS / example)
    assert (read.schools, read.zones) == (shipped.schools, shipped.zones)
    known = {child.applicant_id: child._replace(sex="") for child in shipped.applicants}
    assert len(read.applicants) == 200
    assert all(child._replace(sex="") == known[child.applicant_id] for child in read.applicants)


def test_every_kind_of_column_is_explained() -> None:
    """In both languages; notes name columns that there are."""
    columns = {
        f"{name}.{column.name}" for names in EXAMPLES.values() for name in names for column in empty_table_columns(name)
    }
    for name in {*ROSTER, *APPLICATIONS}:
        assert f"form.table.{name}" in TEXTS
        assert all(f"form.holds.{column.holds.value}" in TEXTS for column in empty_table_columns(name))
    notes = {code.removeprefix("form.note.") for code in TEXTS if code.startswith("form.note.")}
    assert notes <= columns


def test_the_instructions_name_every_column(made: Path) -> None:
    """A sheet a table after the rules, both headings, and rows of invented examples in Chinese words."""
    book = openpyxl.load_workbook(made / "tongliao-2023-applications" / INSTRUCTIONS)
    assert book.sheetnames == ["总则", *(TEXTS[f"form.table.{name}"][0] for name in APPLICATIONS)]
    for name, sheet in zip(APPLICATIONS, list(book)[1:], strict=True):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        assert [row[:2] for row in rows] == [[column.chinese, column.name] for column in empty_table_columns(name)]
        assert any(row[4] for row in rows)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
