"""The office's tables are read twice; what is misread is found before anything is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from allocator.domain import OfficeTables
from allocator.office import reading
from allocator.proofreading import comparison as proof
from allocator.reading.office import read_office
from allocator.reading.office.layout import OFFICE_LAYOUTS
from tests.cli_calls import call, good
from tests.office_folders import FOLDER
from tests.office_inputs import edit, office_folder, table
from tests.test_office_reading import in_workbooks

SEED = "5" * 64


def misread(folder: Path, encoding: str | None = None) -> OfficeTables:
    """Read as the reading does, but for one cell."""
    tables = read_office(folder, encoding=encoding)
    first, *others = tables.guardians
    return replace(tables, guardians=(first._replace(custody="none"), *others))


def test_a_cell_that_is_misread_is_found_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a second reading, in every command; the row is named."""
    monkeypatch.setattr(reading, "read_office", misread)
    for name in ("33-whole-summer", "34-chinese-tables"):
        folder = office_folder(tmp_path / name, name)
        family = read_office(folder).guardians[0].family
        line = next(i for i, row in enumerate(table(folder / "guardians.csv"), start=1) if row[0].strip() == family)
        for words in (("determine", folder, "--out", tmp_path / "out"), ("rulings", folder),
                      ("determine", folder, "--private-seed", SEED)):  # fmt: skip
            result = call(*words)
            assert result.exit_code == 3
            assert f"guardians.csv line {line}" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["text", "typed", "gb18030"])
def test_both_readings_agree_on_workbooks_and_other_encodings(tmp_path: Path, form: str) -> None:
    """Cells as text, dates and numbers as a spreadsheet has them, an encoding that is named: the same roster."""
    folder = office_folder(tmp_path / "in", "11-random-case-120")
    if form == "gb18030":
        edit(folder / "schools.csv", lambda rows: rows[1].__setitem__(1, "新城第一小学"))
        for path in folder.glob("*.csv"):
            path.write_bytes(path.read_bytes().decode("utf-8").encode("gb18030"))
    else:
        in_workbooks(folder, typed=form == "typed")
    encoding = ("--encoding", form) if form == "gb18030" else ()
    good("determine", folder, "--out", tmp_path / "out", *encoding)
    roster = (FOLDER / "11-random-case-120" / "expected-roster.csv").read_bytes()
    assert (tmp_path / "out" / "applicants.csv").read_bytes() == roster
    assert call("run", tmp_path / "out", "--trial-seed", 1, "--out", tmp_path / "lists").exit_code in (0, 1)


def test_the_second_reading_knows_all_headings_and_words() -> None:
    """Those of the page, written down apart."""
    columns = [column for layout in OFFICE_LAYOUTS.values() for column in layout]
    assert {c.name: c.chinese for c in columns if c.name != "papers"} == {
        name: chinese for name, chinese in proof.CHINESE.items() if name != "papers"
    }
    assert {pair for c in columns for pair in c.words if pair[0] != pair[1]} == set(proof.WORDS.items())
