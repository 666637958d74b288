"""Reading is checked too: a second reader compares what was read with the office's own tables, value by value."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import allocator.proofreading
from allocator.cli import commands_run
from allocator.district_folder import optional_folder_cells
from allocator.domain import Applicant, District
from allocator.ground import DisagreementError, Fault, fault_text
from allocator.lottery import canonical_tables, inputs_digest
from allocator.proofreading import MOST_TOLD, comparison_with_canonical, spelling
from allocator.reading.folder import read_folder
from allocator.reading.layout import LAYOUTS
from tests import office_tables, tables
from tests.cli_calls import as_json, call, copy, good


def compared(folder: Path, district: District) -> list[Fault]:
    """What the second reader finds, names and sexes included; each can be told in both languages."""
    found = comparison_with_canonical(folder, dict(canonical_tables(district)), others=optional_folder_cells(district))
    assert all(fault_text(fault, "zh") and fault_text(fault, "en") for fault in found)
    return found


@pytest.mark.parametrize("name", office_tables.SPELLINGS)
def test_every_spelling_of_an_office_is_read_alike_by_both(tmp_path: Path, name: str) -> None:
    """Chinese headings and words, full-width, workbooks, old encodings, any order: one district, and no difference."""
    district = read_folder(office_tables.write(tmp_path / "office", name))
    assert compared(tmp_path / "office", district) == []
    plain = read_folder(office_tables.write(tmp_path / "plain", "plain"))
    assert inputs_digest(district) == inputs_digest(plain)
    assert district.applicants == plain.applicants


def test_both_readers_know_the_same_headings_and_words() -> None:
    """The second list was written anew; here it is held against the first."""
    for name, fields in spelling.TABLES.items():
        own = [*fields, *spelling.OTHERS[name]]
        assert [(f.name, f.chinese, dict(f.words), f.suffix) for f in own] == [
            (c.name, c.chinese, dict(c.words), c.ending) for c in LAYOUTS[name]
        ]


def test_the_second_reader_imports_nothing_of_the_first() -> None:
    """Nor of anything else of the program but faults; the import contract says the same."""
    for path in Path(allocator.proofreading.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            assert not module.startswith("allocator") or module.startswith(
                ("allocator.ground", "allocator.proofreading")
            )


def changed(district: District, at: int, **cells: object) -> District:
    """The district with other values of one child."""
    kids = list(district.applicants)
    kids[at] = kids[at]._replace(**cells)  # type: ignore[arg-type]
    return replace(district, applicants=tuple(kids))


@pytest.mark.parametrize("column", Applicant._fields[1:])
@pytest.mark.parametrize("name", ["plain", "workbook"])
def test_one_value_of_one_child_read_wrongly(tmp_path: Path, column: str, name: str) -> None:
    """Whatever the column, the difference is told by file, row, column, value in the table and value read."""
    folder = office_tables.write(tmp_path, name)
    district = read_folder(folder)
    wrong = ("nowhere",) if isinstance(getattr(district.applicants[1], column), tuple) else "nowhere"
    (found,) = compared(folder, changed(district, 1, **{column: wrong}))
    chinese = dict(zip(Applicant._fields, office_tables.CHINESE["applicants"], strict=True))
    file, row, heading = ("applicants.csv", 3, column) if name == "plain" else ("applicants.xlsx", 5, chinese[column])
    assert (found.code, found.file, found.row, found.column) == ("proof.differs", file, row, heading)
    assert found.params == {"read": "nowhere"}
    assert found.value != "nowhere"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: replace(d, applicants=d.applicants[1:]), "proof.row_not_read"),
        (lambda d: replace(d, applicants=(*d.applicants, Applicant("T99", "fuli", "A"))), "proof.row_not_there"),
        (lambda d: replace(d, zones={k: v for k, v in d.zones.items() if k != "fuli"}), "proof.row_not_read"),
        (lambda d: replace(d, schools=d.schools | {"fuli": replace(d.schools["fuli"], plan=31)}), "proof.differs"),
        (lambda d: replace(d, schools=d.schools | {"fuli": replace(d.schools["fuli"], name="x, y")}), "proof.differs"),
        (lambda d: replace(d, schools=d.schools | {"fuli": replace(d.schools["fuli"], name_en="x")}), "proof.differs"),
    ],
    ids=["child lost", "child invented", "zone lost", "plan", "name of a school", "English name"],
)
def test_rows_and_other_tables(tmp_path: Path, change: Callable[[District], District], code: str) -> None:
    """A row that was lost or invented, a seat too many, another name."""
    folder = office_tables.write(tmp_path, "chinese")
    (found,) = compared(folder, change(read_folder(folder)))
    assert found.code == code


def test_very_many_differences_are_cut(tmp_path: Path) -> None:
    """A column read wrongly from end to end is told a thousand times, not a million."""
    folder = tables.write(tmp_path, applicants=[tables.child(f"T{i}") for i in range(MOST_TOLD + 5)])
    district = read_folder(folder)
    wrong = replace(district, applicants=tuple(child._replace(category="B") for child in district.applicants))
    found = compared(folder, wrong)
    assert len(found) == MOST_TOLD + 1
    assert found[-1].code == "proof.more"


@pytest.fixture
def misread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the first reader take all children for category A, as a fault in it might."""
    def wrongly(*args: Any, **options: Any) -> District:
        district = read_folder(*args, **options)
        return replace(district, applicants=tuple(c._replace(category="A") for c in district.applicants))

    monkeypatch.setattr("allocator.district_folder.read_folder", wrongly)


@pytest.mark.usefixtures("misread")
@pytest.mark.parametrize(
    "command",
    [["run", "--trial-seed", 1], ["check"], ["draw", "freeze"], ["warnings"], ["odds", "--draws", 2]],
)
def test_nothing_is_written_of_what_was_misread(tmp_path: Path, town: Path, command: list[object]) -> None:
    """Every command that reads tables ends with status 3 before it writes, and says which value was read as which."""
    folder = copy(town, tmp_path)
    (folder / "transcript.txt").unlink()
    before = sorted(folder.rglob("*"))
    words, options = [w for w in command if w in ("draw", "freeze", "run", "check", "warnings", "odds")], command
    result = call(*words, folder, *[o for o in options if o not in words])
    assert result.exit_code == 3
    assert "[proof.differs]" in result.stderr
    assert "was read as 'A'" in result.stderr
    assert sorted(folder.rglob("*")) == before


@pytest.mark.usefixtures("misread")
def test_differences_as_json(town: Path, tmp_path: Path) -> None:
    """As objects, like faults."""
    found = as_json("run", town, "--trial-seed", 1, "--out", tmp_path / "out", status=3)["disagreement"]
    assert found["code"] == "agree.reading"
    assert {fault["code"] for fault in found["faults"]} == {"proof.differs"}
    assert not (tmp_path / "out").exists()


def test_a_large_run_is_proofread_beside(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own the comparison holds back the writing as well."""

    def refuse(*_: object) -> None:
        raise DisagreementError("agree.reading", {"count": "1"}, faults=(Fault("proof.more", "applicants.csv"),))

    monkeypatch.setattr(commands_run, "MANY_CHILDREN", 10)
    monkeypatch.setattr(commands_run, "demand_folder_reading", refuse)
    result = call("run", town, "--trial-seed", 1, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "[proof.more]" in result.stderr
    assert not (tmp_path / "out").exists()


def test_verify_says_whether_the_tables_were_compared(lists: Path, town: Path) -> None:
    """Without the office's tables it says that they were not; with them, that they agree."""
    assert "not compared with the office's tables" in good("verify", lists)
    assert as_json("verify", lists)["compared_with_tables"] is False
    assert "agree with the office's tables" in good("verify", lists, "--tables", town)
    assert as_json("verify", lists, "--tables", town)["compared_with_tables"] is True


def test_verify_finds_a_table_that_says_something_else(lists: Path, town: Path, tmp_path: Path) -> None:
    """A child moved to another zone after the run: told by row, column and both values; status 3."""
    folder = copy(town, tmp_path)
    roster = (folder / "applicants.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(roster) if ",verified," in line and ",,,,,,," in line)
    roster[at] = roster[at].replace(",verified,", ",late,")
    (folder / "applicants.csv").write_text("".join(roster), encoding="utf-8")
    result = call("verify", lists, "--tables", folder)
    assert result.exit_code == 3
    expected = f"applicants.csv line {at + 1}, status, value 'late': this value of the table was read as 'verified'"
    assert expected in result.stdout


def test_verify_refuses_tables_at_fault(lists: Path, town: Path, tmp_path: Path) -> None:
    """Tables that no run would read are bad input; with --list they are not asked for."""
    folder = copy(town, tmp_path)
    (folder / "zones.csv").unlink()
    assert call("verify", lists, "--tables", folder).exit_code == 2
    assert call("verify", town, "--list", folder / "x.csv", "--tables", town).exit_code == 2


def test_rows_of_a_workbook_are_told_by_their_lines(tmp_path: Path) -> None:
    """Empty rows above and between count, as they do for the first reader."""
    folder = tables.write(tmp_path)
    (folder / "applicants.csv").unlink()
    plain = [{**child, "x": "", "y": ""} for child in tables.children()]
    first, *rows = office_tables.lines(plain)
    (folder / "applicants.xlsx").write_bytes(office_tables.as_workbook([[], [], first, [], *rows], []))
    district = read_folder(folder)
    assert compared(folder, district) == []
    (found,) = compared(folder, changed(district, 0, status="late"))
    assert (found.row, found.column) == (5, "status")
