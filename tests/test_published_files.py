"""``verify`` on an output folder: every tampering of a published file is named, or said not to be verified."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from allocator.record import workbook_differences
from tests.cli_calls import GARBAGE, as_json, call, copy


@pytest.fixture
def out(lists: Path, tmp_path: Path) -> Path:
    """Return a copy of an output folder that a test may change."""
    return copy(lists, tmp_path)


def resealed(out: Path, *, versions: bool = True) -> Path:
    """Give the manifest the digests of what is there now, and other versions, as a careful forger would."""
    path = out / "manifest.json"
    manifest = json.loads(path.read_bytes())
    files = (found for found in sorted(out.rglob("*")) if found.is_file() and found != path)
    manifest["outputs"] = {found.relative_to(out).as_posix(): sha256(found.read_bytes()).hexdigest() for found in files}
    if versions:
        manifest["versions"] = {"python": "3.14", "xlsxwriter": "9.9"}
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return out


def faults(out: Path) -> list[str]:
    """What verification finds, by a call that must end with a disagreement."""
    found: list[str] = as_json("verify", out, status=3)["faults"]
    return found


def test_an_untouched_folder_verifies_and_says_what_is_not_verified(out: Path) -> None:
    """Other versions alone are no fault; they, the office's files, the engines and the looks are only stated."""
    notes = as_json("verify", resealed(out))["not_verified"]
    assert [re.search(r"\[(.*)\]$", note)[1] for note in notes] == [  # type: ignore[index]
        "unverified.transcript", "unverified.versions", "unverified.inputs", "unverified.engines", "unverified.names",
        "unverified.looks",
    ]  # fmt: skip
    words = call("verify", out, language="zh").stdout
    assert "未核验" in words


PUBLISHED = ("draws/adjust.csv", "lists/fuli.csv", "office/fuli.csv", "draw-roster.csv", "trace.jsonl", "summary.json",
             "policy.yaml", "transcript.txt", "inputs/schools.csv", "assignment.csv", "lists.xlsx")  # fmt: skip


def named(out: Path, name: str) -> Path:
    """A file of a folder, or another of its kind where it has no such one."""
    path = out / name
    return path if path.exists() else sorted(path.parent.rglob(f"*{path.suffix}"))[0]


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("how", ["garbage", "empty", "one byte", "missing", "renamed", "doubled"])
def test_every_published_file_is_watched(out: Path, name: str, how: str) -> None:
    """Whatever is done to a file under a fresh seal, it is named."""
    path = named(out, name)
    raw = path.read_bytes()
    shown = path.relative_to(out).as_posix()
    if how == "missing":
        path.unlink()
    elif how == "renamed":
        path.rename(path.with_name("other-" + path.name))
    elif how == "doubled":
        shutil.copyfile(path, path.with_name("other-" + path.name))
        shown = path.with_name("other-" + path.name).relative_to(out).as_posix()
    else:
        at = len(raw) // 2
        path.write_bytes({"garbage": GARBAGE, "empty": b""}.get(how, raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]))
    result = call("verify", resealed(out))
    if how == "missing" and name == "trace.jsonl":  # a run may leave it out
        assert result.exit_code == 0
        assert "trace.jsonl" in result.stdout
        return
    assert result.exit_code in (2, 3), result.stdout
    bound = name in ("policy.yaml", "transcript.txt") or "input tables are not those of the transcript" in result.stdout
    assert bound or Path(shown).name in result.stdout + result.stderr


@pytest.mark.parametrize("name", ["extra.html", "lists/_note.txt", "draws/x/y.csv", ".hidden", "inputs/more.csv"])
def test_added_files_are_named(out: Path, name: str) -> None:
    """A file that no run wrote is named wherever it stands, listed in the manifest or not."""
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_text("x")
    assert [fault for fault in faults(out) if fault.startswith(name)]
    assert [fault for fault in faults(resealed(out)) if fault.startswith(name)]


def test_a_renamed_file_is_told_by_both_names(out: Path) -> None:
    """A list under the name of another school."""
    one, two = sorted((out / "office").glob("[a-z]*.csv"))[:2]
    two.unlink()
    one.rename(one.with_name("zzz.csv"))
    found = faults(resealed(out))
    assert any(fault.startswith("office/zzz.csv") and one.name in fault for fault in found)
    assert any(fault.startswith(f"office/{two.name}") for fault in found)


@pytest.mark.parametrize(
    ("key", "value"),
    [("engine", "all"), ("engines_agree", False), ("unique", "yes"), ("checker", "approved"), ("approved_by", "me")],
)
def test_a_summary_that_says_more_of_the_engines(out: Path, key: str, value: object) -> None:
    """What no run says is found; what it may say is told to be its word only."""
    summary = json.loads((out / "summary.json").read_bytes())
    summary["agreement"][key] = value
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert any(f"agreement.{key}" in fault for fault in faults(resealed(out)))


def test_a_manifest_with_more_in_it_or_a_key_twice(out: Path) -> None:
    """Keys that no run writes, and keys twice, of which one reader sees the first and another the last."""
    path = out / "manifest.json"
    raw = path.read_text(encoding="utf-8")
    path.write_text(raw.replace("{", '{\n "approved": true,', 1), encoding="utf-8")
    assert any("approved" in fault for fault in faults(out))
    path.write_text(raw.replace("{", '{\n "seed": "0",', 1), encoding="utf-8")
    assert any("verify.key_twice" in fault for fault in faults(out))


def edited(raw: bytes, change: Callable[[Any], object]) -> bytes:
    """A workbook as another program saves it after a change."""
    book = load_workbook(io.BytesIO(raw))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell_of(book: Any) -> Any:
    """The first registration number on the second sheet."""
    sheet = book.worksheets[1]
    return next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("T23-"))


def hide_row(book: Any) -> None:
    """Hide a line of a list."""
    book.worksheets[1].row_dimensions[cell_of(book).row].hidden = True


CHANGES: dict[str, Callable[[Any], object]] = {
    "a number": lambda book: setattr(cell_of(book), "value", "T23-999999"),
    "a kind": lambda book: setattr(book.worksheets[0]["C7"], "value", str(book.worksheets[0]["C7"].value)),
    "a title": lambda book: setattr(book.worksheets[0]["A1"], "value", "x"),
    "a formula": lambda book: setattr(cell_of(book), "value", "=1+1"),
    "a cell below": lambda book: book.worksheets[1].append(["99", "T23-888888"]),
    "a cell aside": lambda book: setattr(book.worksheets[1]["Z3"], "value", "x"),
    "a sheet more": lambda book: book.create_sheet("more"),
    "a sheet less": lambda book: book.remove(book.worksheets[-1]),
    "the order": lambda book: book.move_sheet(book.worksheets[1], 1),
    "a hidden sheet": lambda book: setattr(book.worksheets[1], "sheet_state", "hidden"),
    "a hidden row": hide_row,
    "a footer": lambda book: setattr(book.worksheets[1].oddFooter.center, "text", "approved"),
    "a narrow column": lambda book: setattr(book.worksheets[1].column_dimensions["B"], "width", 0.001),
    "rows of no height": lambda book: setattr(book.worksheets[1].sheet_format, "zeroHeight", True),
    "columns of no width": lambda book: setattr(book.worksheets[1].sheet_format, "defaultColWidth", 0.01),
    "an area for printing": lambda book: setattr(book.worksheets[1], "print_area", "A1:B3"),
    "a link": lambda book: setattr(cell_of(book), "hyperlink", "http://example.org"),
    "a format": lambda book: setattr(cell_of(book), "number_format", '"T23-1"'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_workbook_is_read_back_cell_by_cell(out: Path, change: str) -> None:
    """A change that another program saved is found under any versions."""
    path = out / "lists.xlsx"
    path.write_bytes(edited(path.read_bytes(), CHANGES[change]))
    found = faults(resealed(out))
    assert found
    assert all(fault.startswith("lists.xlsx") for fault in found)


def test_a_workbook_saved_by_another_program_is_no_fault(out: Path) -> None:
    """Every part is spelled otherwise, and every cell, header and area is the same."""
    path = out / "lists.xlsx"
    path.write_bytes(edited(path.read_bytes(), lambda book: None))
    assert call("verify", resealed(out)).exit_code == 0


def test_a_changed_cell_is_told_with_its_place_and_both_values(out: Path) -> None:
    """Sheet, cell, what stands there, and what the list implies."""
    path = out / "lists.xlsx"
    book = load_workbook(path)
    place, was = f"{book.worksheets[1].title}!{cell_of(book).coordinate}", cell_of(book).value
    path.write_bytes(edited(path.read_bytes(), CHANGES["a number"]))
    assert any(place in fault and "T23-999999" in fault and was in fault for fault in faults(resealed(out)))


def test_other_bytes_of_the_same_cells_are_no_fault(out: Path) -> None:
    """The same parts packed otherwise, as another version of a library does."""
    path = out / "lists.xlsx"
    file = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert file.getvalue() != path.read_bytes()
    path.write_bytes(file.getvalue())
    assert call("verify", resealed(out)).exit_code == 0


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/comments1.xml", "xl/media/image1.png"])
def test_parts_that_no_list_has(lists: Path, name: str) -> None:
    """Macros, comments and pictures are named."""
    raw = (lists / "lists.xlsx").read_bytes()
    file = io.BytesIO(raw)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, b"<x/>")
    assert [fault.code for fault in workbook_differences(file.getvalue(), raw, "lists.xlsx")] == ["workbook.part"]


def test_very_many_differences_are_counted(lists: Path) -> None:
    """A workbook in which everything differs is told in a hundred lines and a count."""
    raw = (lists / "lists.xlsx").read_bytes()

    def change(book: Any) -> None:
        for row in book.worksheets[1].iter_rows(min_row=10, max_row=200, max_col=5):
            for cell in row:
                cell.value = "x"

    found = workbook_differences(edited(raw, change), raw, "lists.xlsx")
    assert found[-1].code == "workbook.more"
    assert len(found) == 101


@pytest.fixture(scope="module")
def plan(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a planning optimum."""
    folder = tmp_path_factory.mktemp("plan") / "best"
    assert call("optimum", town, "--trial-seed", 1, "--out", folder, "--quiet").exit_code == 0
    return folder


def test_a_planning_folder_says_what_is_not_verified(plan: Path) -> None:
    """Columns and figures that prove nothing, versions and the office's own files."""
    notes = as_json("verify", plan)["not_verified"]
    assert [re.search(r"\[(.*)\]$", note)[1] for note in notes] == [  # type: ignore[index]
        "unverified.versions", "unverified.inputs", "unverified.relations", "unverified.figures",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["optimum.csv", "schools.csv", "certificate.json", "inputs/zones.csv", "policy.yaml"])
@pytest.mark.parametrize("how", ["missing", "renamed", "doubled"])
def test_files_of_a_planning_folder_are_watched(plan: Path, tmp_path: Path, name: str, how: str) -> None:
    """A file missing, renamed or added under a fresh seal is named."""
    out = copy(plan, tmp_path)
    other = (out / name).with_name("other.csv")
    if how == "missing":
        (out / name).unlink()
    elif how == "renamed":
        (out / name).rename(other)
    else:
        shutil.copyfile(out / name, other)
    result = call("verify", resealed(out))
    assert result.exit_code in (2, 3)
    assert ("other.csv" if how == "doubled" else Path(name).name) in result.stdout + result.stderr


def test_a_manifest_of_a_planning_folder_that_lies(plan: Path, tmp_path: Path) -> None:
    """A trial that calls itself an event."""
    out = copy(plan, tmp_path)
    path = out / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"event": null', '"event": "2023"'), encoding="utf-8")
    assert any("manifest.json, event" in fault for fault in faults(out))
