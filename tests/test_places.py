"""Where an output may stand, told in words before the work begins; and who may read it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from allocator.record import kept_table_faults, output_folder_faults, swap_file, write_folder
from allocator.record.writable import writable_file_faults, writable_folder_faults
from tests.cli_calls import contents, copy, good, refused
from tests.test_output_folder import files, seal

posix = pytest.mark.skipif(os.name != "posix", reason="accounts and masks of POSIX")
root = pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="gives files to another account")


def code(path: str | Path, inputs: Path | None = None) -> str:
    """The code with which a folder is refused, empty if it may be written."""
    faults = output_folder_faults(Path(path), inputs)
    return faults[0].code if faults else ""


def test_the_root_and_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a root, nor the folder where one works or one above it, however it is written."""
    work = tmp_path / "a" / "b"
    work.mkdir(parents=True)
    monkeypatch.chdir(work)
    assert code("/") == "out.root"
    for written in (".", "", "..", "../..", "../b", str(work), "c/..", "./"):
        assert code(written) == "out.here", written
    assert code("out") == code("../c") == ""


@posix
def test_a_mount_point() -> None:
    """A disk cannot change places with a folder."""
    mount = next((path for path in map(Path, ("/proc", "/dev", "/sys")) if os.path.ismount(path)), None)
    if mount is None:
        pytest.skip("no mount point")
    assert code(mount) == "out.mount_point"


@posix
def test_links(tmp_path: Path) -> None:
    """A link to nowhere or to itself is named, also as a part of the path; a link to a folder is followed."""
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "one").symlink_to("other")
    (tmp_path / "other").symlink_to("one")
    (tmp_path / "real").mkdir()
    (tmp_path / "good").symlink_to("real")
    for link, expected in (("nowhere", "out.link_to_nowhere"), ("self", "out.link_to_itself"),
                           ("one", "out.link_to_itself"), ("good", "")):  # fmt: skip
        assert code(tmp_path / link) == expected
        assert code(tmp_path / link / "out") == expected
        faults = writable_file_faults(tmp_path / link / "file.csv")
        assert [fault.code for fault in faults] == ([expected] if expected else [])


def test_files_and_devices(tmp_path: Path) -> None:
    """A file is no folder, a folder no file, and nothing stands below a file."""
    (tmp_path / "file").write_text("x")
    assert code(tmp_path / "file") == "out.not_a_folder"
    assert code(tmp_path / "file" / "out" / "deep") == "out.below_a_file"
    assert [fault.code for fault in writable_file_faults(tmp_path / "file" / "x")] == ["out.below_a_file"]
    if os.name == "posix":
        assert code("/dev/null") == "out.not_a_folder"
        assert [fault.code for fault in writable_file_faults(Path("/dev/null"))] == ["out.not_a_file"]
        os.mkfifo(tmp_path / "pipe")
        assert code(tmp_path / "pipe") == "out.not_a_folder"


def test_a_folder_that_holds_the_inputs(tmp_path: Path) -> None:
    """The folder that is read, or one above it, is no output folder; one inside it may be."""
    inputs = tmp_path / "district"
    inputs.mkdir()
    assert code(inputs, inputs) == code(tmp_path, inputs) == "out.holds_inputs"
    assert writable_folder_faults(inputs / "out", inputs) == []


@posix
def test_a_place_without_the_right_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told before the work begins, also where the folder itself is not there yet."""
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    assert code(tmp_path / "out") == code(tmp_path / "deep" / "out") == "out.read_only"
    assert [fault.code for fault in writable_file_faults(tmp_path / "file.csv")] == ["out.read_only"]


@posix
@root
def test_a_folder_of_another_account(tmp_path: Path) -> None:
    """It is refused, ours by its manifest or not; its unfinished runs are left alone."""
    out = tmp_path / "out"
    write_folder(out, files("old"), seal)
    before = contents(out)
    os.chown(out, 12345, -1)
    assert code(out) == "out.other_account"
    assert contents(out) == before


@posix
@pytest.mark.parametrize("place", [".", "/", "/proc"])
def test_a_run_tells_it_in_words(town: Path, place: str) -> None:
    """Through the command line: exit 2, the reason in words, nothing written."""
    before = contents(town)
    assert "[out." in refused("run", town, "--out", place)
    assert "[out.holds_inputs]" in refused("run", town, "--out", town)
    assert contents(town) == before


@posix
@pytest.mark.parametrize("words", [("new",), ("generate", "--children", 60, "--seed", 1)])
def test_new_districts_tell_it_too(tmp_path: Path, words: tuple[object, ...]) -> None:
    """A link to nowhere or to itself, and a path through a file."""
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "file").write_text("x")
    for name, expected in (("self", "out.link_to_itself"), ("nowhere", "out.link_to_nowhere"),
                           ("file/x", "out.below_a_file")):  # fmt: skip
        assert expected in refused(words[0], tmp_path / name, *words[1:])


def rights(folder: Path) -> set[tuple[str, int]]:
    """Kind and rights of a folder and of everything in it."""
    found = [folder, *folder.rglob("*")]
    return {("d" if path.is_dir() else "f", stat.S_IMODE(path.stat().st_mode)) for path in found}


@posix
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_everything_is_for_its_owner_alone(tmp_path: Path, mask: int) -> None:
    """Folders 0700 and files 0600, whatever the mask of permissions says."""
    old = os.umask(mask)
    try:
        write_folder(tmp_path / "deep" / "out", files("new"), seal)
        swap_file(tmp_path / "page.html", b"x")
    finally:
        os.umask(old)
    assert rights(tmp_path / "deep") == {("d", 0o700), ("f", 0o600)}
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == 0o600


@posix
def test_commands_write_for_the_owner_alone(town: Path, tmp_path: Path) -> None:
    """Runs, districts, stores, tables, pages and pictures of planners, under the most open mask."""
    folder = copy(town, tmp_path)
    grid = tmp_path / "grid.yaml"
    grid.write_text(
        "format_version: 1\ngrid: g\ntitle: {zh: 甲, en: a}\naxes:\n"
        "  - axis: one\n    title: {zh: 甲, en: a}\n    options:\n"
        "      - {option: two, title: {zh: 乙, en: b}, changes: [{change: seats, school: fuli, add: 2}]}\n",
        encoding="utf-8",
    )
    made = tmp_path / "made"
    draws = ("--draws", 2, "--workers", 1, "--quiet")
    old = os.umask(0)
    try:
        made.mkdir(0o700)
        good("run", folder, "--out", made / "run", "--quiet")
        good("generate", made / "generated", "--children", 60, "--seed", 5)
        good("new", made / "new")
        good("sweep", folder, grid, *draws, "--store", made / "store.sqlite", "--out", made / "sweep.csv")
        good("odds", folder, *draws, "--out", made / "odds.csv", "--families", made / "families.csv")
        good("warnings", folder, "--out", made / "warnings.csv")
    finally:
        os.umask(old)
    assert rights(made) == {("d", 0o700), ("f", 0o600)}


ENDINGS = {"/": "warnings.other_file", "w.pdf": "out.table_ending", "w.XLS": "out.table_ending", "w.CSV": "", "w": ""}


@pytest.mark.parametrize(("name", "expected"), ENDINGS.items())
def test_a_table_has_its_place_and_ending(tmp_path: Path, name: str, expected: str) -> None:
    """The root of the file system has nothing above it; CSV in a file called .pdf or .xls would open nowhere."""
    faults = kept_table_faults(tmp_path / name, "warnings.other_file", "warnings", title="warnings.title")
    assert "".join(fault.code for fault in faults) == expected
