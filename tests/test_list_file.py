"""Lists from elsewhere: what an office has, and what the program itself wrote, comes back in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from allocator.checking import check_list_by_rules, infer_rows
from allocator.ground import InputError, fault_text
from allocator.reading.folder import read_folder
from allocator.reading.list_file import ListRead, read_lists
from tests import conformance, tables
from tests.cli_calls import as_json, call, copy, good, refused

PAIRS = {"00012": "fuli", "T-2": "shifuxiao", "T3": ""}


def schools(tmp_path: Path) -> dict[str, object]:
    """The schools of the small district; two have one name."""
    rows = tables.schools()
    rows[1] |= {"name": "福利学校"}
    rows[2] |= {"name": "实验学校"}
    rows[3] |= {"name": "实验学校"}
    return dict(read_folder(tables.write(tmp_path / "district", schools_=rows)).schools)


def read(tmp_path: Path, raw: bytes, name: str = "list.csv") -> ListRead:
    """Read a list in the small district."""
    (tmp_path / name).write_bytes(raw)
    return read_lists([tmp_path / name], schools(tmp_path))  # type: ignore[arg-type]


def told(tmp_path: Path, raw: bytes, name: str = "list.csv") -> list[tuple[str, int]]:
    """Code and row of what is wrong with a list; each can be told in both languages."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, raw, name)
    faults = caught.value.faults
    assert all(fault_text(fault, "zh") and fault_text(fault, "en") for fault in faults)
    return [(fault.code, fault.row) for fault in faults]


def workbook(*sheets: list[list[str]]) -> bytes:
    """A workbook of text."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"strings_to_formulas": False})
    for rows in sheets:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return raw.getvalue()


ROWS = "00012,fuli\nT-2,shifuxiao\nT3,\n"
SPELLINGS = {
    "english": b"applicant_id,school_id\n" + ROWS.encode(),
    "chinese": ("报名号,学校编号\n" + ROWS).encode(),
    "chinese, gb18030": ("报 名　号,录取学校\n" + ROWS.replace("fuli", "福利学校")).encode("gb18030"),
    "both languages": ("学校 School,报名号 Registration no.\nfuli,'00012\nshifuxiao,T-2\n,T3\n").encode("utf-8-sig"),
    "apostrophes": b"applicant_id,school_id\n'00012,'fuli\n\xe2\x80\x99T-2,shifuxiao\n'T3,\n",
    "names": ("报名号,学校名称,姓名\n00012, 福利 学校 ,张\nT-2,shifuxiao,李\nT3,,王\n").encode(),
    "names beside ids": ("报名号,学校名称,学校编号\n00012,x,fuli\nT-2,y,shifuxiao\nT3,,\n").encode(),
    "full width": ("报名号,学校编号\n０００１２,ｆｕｌｉ\nT－2,shifuxiao\nT3,\n").encode(),
    "titles above": ("某区录取名单\n\n共三人,\n报名号,学校编号\n" + ROWS).encode(),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_lists_as_offices_have_them(tmp_path: Path, name: str) -> None:
    """Headings in either language, apostrophes, names of schools, titles above: the same pairs."""
    assert read(tmp_path, SPELLINGS[name]).pairs == PAIRS


def test_a_workbook(tmp_path: Path) -> None:
    """A workbook is read like CSV, whatever its name, and all its sheets; those without children are passed over."""
    one = [["说明"], ["报名号", "学校编号"], ["00012", "fuli"]]
    two = [["报名号", "学校"], ["T-2", "shifuxiao"], ["T3", ""]]
    raw = workbook(one, two, [["x", "y"], ["1", "2"]])
    assert read(tmp_path, raw, "list.xlsx").pairs == PAIRS
    assert read(tmp_path, raw, "list.csv").pairs == PAIRS


def test_a_list_of_one_school(tmp_path: Path) -> None:
    """Without a column of schools, the file, a title or a sheet tells which school it is, or that there is none."""
    raw = "福利学校\n报名号\n00012\n".encode()
    found = read(tmp_path, raw, "any.csv")
    assert found.pairs == {"00012": "fuli"}
    assert [(note.code, note.value) for note in found.notes] == [("list.of_one_school", "fuli")]
    assert read(tmp_path, b"applicant_id\n00012\n", "shifuxiao.csv").pairs == {"00012": "shifuxiao"}
    assert read(tmp_path, b"applicant_id\n00012\n", "_unplaced.csv").pairs == {"00012": ""}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("报名号,学校编号\n00012,实验学校\n", [("list.name_of_several", 2)]),
        ("报名号,学校编号\n00012,福利学\n", [("list.unknown_school", 2)]),
        ("报名号,学校编号\n00012\n", [("list.few_cells", 2)]),
        ("报名号,学校编号\n张三,fuli\n,fuli\n", [("id.characters", 2), ("cell.empty", 3)]),
        ("报名号,学校编号\n1,fuli\n'1,fuli\n", [("cli.child_twice", 3)]),
        ("报名号,甲\n1,fuli\n", [("cli.no_column", 1)]),
        ("报名号,学校编号,学校\n1,fuli,福利学校\n2,shifuxiao,福利学校\n", [("list.two_schools", 3)]),
        ("姓名,学校\n1,fuli\n", [("cli.no_column", 1)]),
        ("报名号,学校编号\nT\u200b1,fuli\n", [("cell.invisible_character", 2)]),
    ],
)
def test_what_is_wrong_with_a_list(tmp_path: Path, raw: str, expected: list[tuple[str, int]]) -> None:
    """All at once, with rows; a school that is not there with the one that may be meant."""
    assert told(tmp_path, raw.encode()) == expected


def test_the_nearest_school_is_suggested(tmp_path: Path) -> None:
    """An id that does not exist is the checker's to judge, and the note says what may be meant."""
    found = read(tmp_path, b"applicant_id,school_id\n1,fulli\n")
    assert found.pairs == {"1": "fulli"}
    assert [(note.code, note.params["likely"]) for note in found.notes] == [("list.unknown_school", "fuli (福利学校)")]


def test_a_workbook_without_the_columns_is_told_truly(tmp_path: Path) -> None:
    """Not that it should be named .xlsx, which it is."""
    assert told(tmp_path, workbook([["报名号", "甲"], ["1", "x"]]), "list.xlsx") == [("cli.no_column", 1)]
    assert told(tmp_path, workbook([["甲", "乙"], ["1", "x"]]), "list.xlsx") == [("cli.no_column", 0)]
    assert told(tmp_path, b"PK\x03\x04 nothing", "list.xlsx") == [("sheet.not_xlsx", 0)]
    assert told(tmp_path, b"\xd0\xcf\x11\xe0" + b"0" * 600, "list.xls") == [("sheet.old_or_locked", 0)]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_lists_of_the_program_come_back_in(town: Path, tmp_path: Path, language: str) -> None:
    """The folder of lists, the workbook, and the lists one by one prove the same result, in whatever language."""
    out = tmp_path / "out"
    good("run", town, "--out", out, "--lists", language)
    children = len((town / "applicants.csv").read_text(encoding="utf-8").splitlines()) - 1
    files = [part for file in sorted((out / "office").glob("*.csv")) for part in ("--list", file)]
    for given in (*(("--list", out / name) for name in ("office", "lists.xlsx", "assignment.csv")), files):
        assert f"verified: {children} children" in good("verify", town, *given)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_of_one_school_is_judged_as_that(town: Path, lists: Path, language: str) -> None:
    """Every list alone is accepted, and the report says whose it is and how many children are not on it."""
    children = len((town / "applicants.csv").read_text(encoding="utf-8").splitlines()) - 1
    for file in sorted((lists / "office").glob("[a-z]*.csv")):
        here = len(read_lists([file], read_folder(town).schools).pairs)
        told = good("verify", town, "--list", file, language=language)
        assert f"{here} " in told.splitlines()[0] if language == "en" else f"{here} 名" in told.splitlines()[0]
        assert f"「{file.stem}」" in told if language == "zh" else f"'{file.stem}'" in told
        assert (f"其余 {children - here} 名" if language == "zh" else f"children ({children - here})") in told


def test_faults_of_the_list_of_one_school_are_found(town: Path, lists: Path, tmp_path: Path) -> None:
    """A child of the school that is left out, and one that belongs elsewhere."""
    files = sorted((lists / "office").glob("[a-z]*.csv"), key=lambda path: path.stat().st_size)
    *others, file = files
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    copied, left_out = tmp_path / file.name, rows[-1][1]
    copied.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in rows[:-1]), encoding="utf-8")
    found = as_json("verify", town, "--list", copied, status=3)["violations"]
    assert [(one["code"], one["applicant_id"]) for one in found] == [("check.missing_child", left_out)]
    stranger = others[-1].read_text(encoding="utf-8-sig").splitlines()[-1]
    copied.write_text(file.read_text(encoding="utf-8") + stranger + "\n", encoding="utf-8")
    assert as_json("verify", town, "--list", copied, status=3)["violations"]


@pytest.mark.parametrize("name", conformance.names()[::9])
def test_lists_of_single_schools_of_the_conformance_districts(name: str) -> None:
    """Whoever is not listed follows the rule, so the right list of any school is accepted, and no other."""
    district, rows = conformance.load(name)
    assert district.draw is not None
    source = district.draw.source
    for school in sorted({row.school_id for row in rows} - {""}):
        right = {row.applicant_id: school for row in rows if row.school_id == school}
        listed, missing = infer_rows(district, right, source, school)
        assert (listed, missing) == (tuple(row._replace(clause="") for row in rows), ())
        child = min(right)
        listed, missing = infer_rows(district, {one: school for one in right if one != child}, source, school)
        assert missing or check_list_by_rules(district, listed, source)


def test_one_list_alone_says_nothing_of_least_distances(town: Path, tmp_path: Path) -> None:
    """Who is diverted where hangs on all lists together: all are asked for."""
    folder, out = copy(town, tmp_path), tmp_path / "out"
    policy = folder / "policy.yaml"
    rules = policy.read_text(encoding="utf-8").replace("serial_by_ticket", "least_distance")
    policy.write_text(rules, encoding="utf-8")
    call("run", folder, "--trial-seed", 3, "--out", out)
    file = max((out / "office").glob("[a-z]*.csv"), key=lambda path: path.stat().st_size)
    assert "give all lists at once" in refused("verify", folder, "--trial-seed", 3, "--list", file)


def test_lists_of_some_schools_lack_the_other_children(town: Path, lists: Path) -> None:
    """Several lists are taken for all: the children of other schools are missing, and the report says what to give."""
    files = sorted((lists / "office").glob("[a-z]*.csv"))[:2]
    result = call("verify", town, "--list", files[0], "--list", files[1])
    assert result.exit_code == 3
    assert "[list.of_one_school]" in result.stdout
    assert "[check.missing_child]" in result.stdout


def test_a_child_moved_in_a_list_is_found(town: Path, lists: Path, tmp_path: Path) -> None:
    """A list per school that was changed by hand fails."""
    folder = copy(lists, tmp_path) / "office"
    file = max(folder.glob("[a-z]*.csv"), key=lambda path: path.stat().st_size)
    text = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    file.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in text[:-1]), encoding="utf-8-sig")
    found = as_json("verify", town, "--list", folder, status=3)["violations"]
    assert "check.missing_child" in {violation["code"] for violation in found}


def test_folders_without_lists(town: Path, tmp_path: Path) -> None:
    """An empty folder, and a folder of tables, are no lists."""
    (tmp_path / "empty").mkdir()
    assert "[list.no_lists]" in refused("verify", town, "--list", tmp_path / "empty")
    assert "[cli.no_column]" in refused("verify", town, "--list", town)
