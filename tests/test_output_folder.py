"""The output folder: old or new as a whole, whenever a run is killed, and never over somebody else's files."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from allocator.domain import Draw
from allocator.ground import Fault, InputError, fault_text
from allocator.record import folder as folder_module
from allocator.record import manifest_bytes, manifest_outputs, output_folder_faults, swap, swap_file, write_folder
from allocator.record.manifest import manifest_versions
from tests import conformance

posix = pytest.mark.skipif(os.name != "posix", reason="kills and forks processes")


def files(version: str) -> list[tuple[str, bytes]]:
    """A small set of outputs that all name their version."""
    names = ("assignment.csv", "draws/batch-A/north.csv", "lists/a.csv")
    return [(name, f"{version} {name}".encode()) for name in names]


def seal(digests: Mapping[str, str]) -> bytes:
    """The smallest manifest that marks a folder as ours."""
    return json.dumps({"made_by": "school-seat-allocator", "outputs": dict(digests)}).encode()


def version_of(folder: Path) -> str:
    """The one version of which a folder holds every file, whole and unchanged; anything else fails."""
    outputs = manifest_outputs(folder)
    assert outputs is not None
    found = {name: (folder / name).read_bytes() for name in outputs}
    assert {name: sha256(content).hexdigest() for name, content in found.items()} == outputs
    versions_found = {content.split()[0].decode() for content in found.values()}
    assert len(versions_found) == 1
    return versions_found.pop()


def test_a_new_folder_holds_every_file_and_its_digest(tmp_path: Path) -> None:
    """All files stand at their paths, the returned digests are theirs, and nothing is left beside the folder."""
    out = tmp_path / "deep" / "out"
    digests = write_folder(out, files("old"), seal)
    assert version_of(out) == "old"
    assert digests == manifest_outputs(out)
    assert os.listdir(out.parent) == ["out"]


def test_a_second_run_replaces_the_first_as_a_whole(tmp_path: Path) -> None:
    """Files that the second run does not write are gone, and no hidden folder stays behind."""
    out = tmp_path / "out"
    write_folder(out, [*files("old"), ("trace.jsonl", b"old trace")], seal)
    write_folder(out, files("new"), seal)
    assert version_of(out) == "new"
    assert not (out / "trace.jsonl").exists()
    assert os.listdir(tmp_path) == ["out"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder that the office made beforehand and left empty may be used."""
    out = tmp_path / "out"
    out.mkdir()
    write_folder(out, files("new"), seal)
    assert version_of(out) == "new"


def test_a_link_is_followed(tmp_path: Path) -> None:
    """Where the folder is a link, the folder behind it is replaced and the link stays."""
    real, link = tmp_path / "real", tmp_path / "link"
    write_folder(real, files("old"), seal)
    link.symlink_to(real)
    write_folder(link, files("new"), seal)
    assert link.is_symlink()
    assert version_of(real) == "new"


def refused(out: Path) -> list[str]:
    """Codes with which a folder is refused; it must be refused both beforehand and when writing."""
    with pytest.raises(InputError) as error:
        write_folder(out, files("new"), seal)
    assert list(error.value.faults) == output_folder_faults(out)
    assert all(fault_text(fault, language) for fault in error.value.faults for language in ("zh", "en"))
    return [fault.code for fault in error.value.faults]


def test_a_folder_of_somebody_else_is_refused_and_untouched(tmp_path: Path) -> None:
    """Without our manifest nothing is replaced, whatever the folder holds."""
    (tmp_path / "applicants.csv").write_text("mine")
    assert refused(tmp_path) == ["out.not_ours"]
    assert (tmp_path / "applicants.csv").read_text() == "mine"


def test_a_manifest_of_another_program_is_refused(tmp_path: Path) -> None:
    """A manifest.json that does not carry our mark does not make the folder ours."""
    (tmp_path / "manifest.json").write_text('{"name": "browser extension"}')
    assert refused(tmp_path) == ["out.not_ours"]


def test_a_file_added_by_the_office_is_not_deleted(tmp_path: Path) -> None:
    """A note that somebody put into the output folder keeps it from being replaced, and is named."""
    out = tmp_path / "out"
    write_folder(out, files("old"), seal)
    (out / "notes.docx").write_text("minutes of the session")
    assert refused(out) == ["out.foreign_file"]
    assert output_folder_faults(out)[0].value == "notes.docx"
    assert version_of(out) == "old"


def test_what_file_browsers_leave_is_no_obstacle(tmp_path: Path) -> None:
    """A Thumbs.db or .DS_Store does not keep the next run from writing."""
    out = tmp_path / "out"
    write_folder(out, files("old"), seal)
    (out / "Thumbs.db").write_bytes(b"")
    write_folder(out, files("new"), seal)
    assert version_of(out) == "new"


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """An output path that is a file is not replaced."""
    out = tmp_path / "out"
    out.write_text("a file")
    assert refused(out) == ["out.not_a_folder"]


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path: Path) -> None:
    """A parent that is a file is a fault and no traceback."""
    (tmp_path / "file").write_text("")
    assert refused(tmp_path / "file" / "out") == ["out.below_a_file"]


def test_a_place_that_cannot_be_read_is_told_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses to show what lies beside the folder, that is a fault before any work begins."""

    def refused_by_the_system(target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(folder_module, "left_aside_by_swap", refused_by_the_system)
    (fault,) = output_folder_faults(tmp_path / "out")
    assert (fault.code, fault.params["reason"]) == ("out.write_failed", "Permission denied")


@pytest.mark.parametrize("name", ["../escape.csv", "/absolute.csv", "a//b.csv", "a\\b.csv", ""])
def test_no_file_leaves_the_folder(tmp_path: Path, name: str) -> None:
    """A path that would leave the folder is a fault of the program and leaves the old folder as it was."""
    out = tmp_path / "out"
    write_folder(out, files("old"), seal)
    with pytest.raises(ValueError, match="inside the folder"):
        write_folder(out, [*files("new"), (name, b"")], seal)
    assert version_of(out) == "old"
    assert os.listdir(tmp_path) == ["out"]


def test_a_failure_in_the_middle_leaves_the_old_folder(tmp_path: Path) -> None:
    """Where making the files fails half way, the old folder stands whole and nothing lies beside it."""
    out = tmp_path / "out"
    write_folder(out, files("old"), seal)

    def broken() -> list[tuple[str, bytes]]:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        write_folder(out, (file for part in (files("new"), None) for file in part or broken()), seal)
    assert version_of(out) == "old"
    assert os.listdir(tmp_path) == ["out"]


def test_without_an_exchange_the_old_folder_steps_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system cannot exchange two folders, two renames give the same result."""
    monkeypatch.setattr(swap, "swap_folders", lambda one, other: False)
    out = tmp_path / "out"
    write_folder(out, files("old"), seal)
    write_folder(out, files("new"), seal)
    assert version_of(out) == "new"
    assert os.listdir(tmp_path) == ["out"]


def left(out: Path, *inside: str) -> Path:
    """What a killed run leaves beside a folder, with files in it."""
    path = out.with_name(f".{out.name}.new-abcd_123")
    path.mkdir()
    for name in (swap.MARK, *inside):
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_bytes(swap.MARKED)
    return path


def test_a_run_killed_between_two_renames_is_mended(tmp_path: Path) -> None:
    """An old folder left aside counts as being there; it comes back when a run has something to write."""
    out = tmp_path / "out"
    write_folder(out, files("old"), seal)
    out.rename(left(out) / "old")
    assert output_folder_faults(out) == []
    assert not out.exists()
    (swap.left_aside_by_swap(out) or out).joinpath("notes.docx").write_text("minutes")
    assert refused(out) == ["out.foreign_file"]
    swap.mend_swap(out)
    assert version_of(out) == "old"
    assert sorted(os.listdir(tmp_path)) == ["out"]


@posix
def test_a_running_run_is_left_alone(tmp_path: Path) -> None:
    """Clearing up removes what dead runs left, not the folder of one that is still writing."""
    out = tmp_path / "out"
    with swap.swap_staging(out) as alive:
        (alive / "file").write_text("half")
        left(out, "files/half")
        (tmp_path / ".out.new-empty_00").mkdir()
        swap.mend_swap(out)
        assert [path.name for path in tmp_path.iterdir()] == [alive.parent.name]


def test_mend_touches_nothing_without_our_mark(tmp_path: Path) -> None:
    """Hidden folders and files of others stay, whatever they are called and whatever they hold."""
    out = tmp_path / "out"
    names = (".out.new-abcdefgh/data", ".out.old-abcdefgh/data", ".out.new-file", f".out.new-12345678/{swap.MARK}",
             ".out.new-x y/old/data")  # fmt: skip
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("of another program")
    (tmp_path / ".out.new-named-by-me").mkdir()
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    write_folder(out, files("new"), seal)
    assert sorted(str(path) for path in tmp_path.rglob("*") if out not in (path, *path.parents)) == before


@posix
def test_a_link_named_as_a_staging_folder_is_no_such_folder(tmp_path: Path) -> None:
    """Neither a link to a marked folder nor a link in the place of the mark makes a folder ours."""
    out, real = tmp_path / "out", tmp_path / "real"
    left(out).rename(real)
    (tmp_path / ".out.new-11111111").symlink_to(real)
    (tmp_path / ".out.new-22222222").mkdir()
    (tmp_path / ".out.new-22222222" / swap.MARK).symlink_to(real / swap.MARK)
    swap.mend_swap(out)
    assert (real / swap.MARK).exists()
    assert len(os.listdir(tmp_path)) == 3


def test_nothing_is_touched_by_a_run_that_is_refused(tmp_path: Path) -> None:
    """Neither looking at a place nor a run that is refused at the last moment clears anything up."""
    out = tmp_path / "out"
    path = left(out, "files/half")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "data").write_text("x")
    foreign = left(tmp_path / "foreign", "files/half")

    def refuse(_: Mapping[str, str]) -> bytes:
        raise InputError([Fault("out.not_ours", "out")])

    assert refused(tmp_path / "foreign") == ["out.not_ours"]
    with pytest.raises(InputError):
        write_folder(out, files("new"), refuse)
    assert (path / "files/half").exists()
    assert (foreign / "files/half").exists()
    assert not out.exists()
    write_folder(out, files("new"), seal)
    assert not path.exists()


KILL_EVERYWHERE = """
import json, os, signal, sys
from pathlib import Path
from allocator.record import swap
from tests.test_output_folder import files, seal, version_of, write_folder

out, by_renames = Path(sys.argv[1]), sys.argv[2] == "renames"
if by_renames:
    swap.swap_folders = lambda one, other: False

def run_and_die(at):
    seen = 0
    def hook(event, args):
        nonlocal seen
        if event.startswith(("os.", "open", "shutil.", "fcntl.", "ctypes.", "tempfile.", "pathlib.")):
            seen += 1
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)
    write_folder(out, files("new"), seal)
    os._exit(0)

found = []
for at in range(1, 10_000):
    swap.mend_swap(out)
    if out.exists():
        import shutil
        shutil.rmtree(out)
    write_folder(out, files("old"), seal)
    child = os.fork()
    if child == 0:
        run_and_die(at)
    status = os.waitpid(child, 0)[1]
    there = out.exists()
    swap.mend_swap(out)
    found.append([there, version_of(out), sorted(os.listdir(out.parent))])
    if status == 0:
        break
print(json.dumps(found))
"""


@posix
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_killed_at_every_step_the_folder_is_old_or_new(tmp_path: Path, way: str) -> None:
    """A run killed with SIGKILL before each single call to the system leaves the whole old folder or the whole new one.

    With an exchange the folder is there at every moment; with two renames the next look at it brings it back.
    """
    command = [sys.executable, "-c", KILL_EVERYWHERE, str(tmp_path / "out"), way]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=conformance.ROOT)
    found = json.loads(done.stdout)
    versions_found = [version for _, version, _ in found]
    assert len(found) > 30
    assert versions_found == sorted(versions_found, reverse=True)
    assert {"old", "new"} == set(versions_found)
    assert all(names == ["out"] for _, _, names in found)
    if way == "exchange" and sys.platform == "linux":
        assert all(there for there, _, _ in found)


WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from tests.test_output_folder import files, seal, write_folder
print("ready", flush=True)
for n in itertools.count():
    write_folder(Path(sys.argv[1]), [(f"lists/{k}.csv", b"%d %d" % (n, k) * 500) for k in range(20)], seal)
"""


@posix
@pytest.mark.parametrize("kills", [3, pytest.param(60, marks=pytest.mark.long)])
def test_killed_at_any_time_the_folder_is_whole(tmp_path: Path, kills: int) -> None:
    """Runs killed from outside at random times always leave one whole folder."""
    out, chance = tmp_path / "out", random.Random(1)
    write_folder(out, files("old"), seal)
    for _ in range(kills):
        command = [sys.executable, "-c", WRITE_FOR_EVER, str(out)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=conformance.ROOT) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(chance.random() * 0.05)
            run.send_signal(signal.SIGKILL)
        outputs = manifest_outputs(out)
        assert outputs
        assert {name: sha256((out / name).read_bytes()).hexdigest() for name in outputs} == outputs


def test_the_manifest_names_inputs_outputs_and_versions() -> None:
    """The manifest carries our mark, the seed, every digest and the versions, with sorted keys and a closing line."""
    district, _ = conformance.load("01")
    raw = manifest_bytes(district, {"b.csv": "22", "a.csv": "11"}, {"transcript.txt": "33"})
    content = json.loads(raw)
    assert raw.endswith(b"}\n")
    assert list(content) == sorted(content)
    assert content["made_by"] == "school-seat-allocator"
    assert (content["format_version"], content["policy_format_version"]) == (1, 1)
    assert content["inputs"] == {"transcript.txt": "33"}
    assert content["outputs"] == {"a.csv": "11", "b.csv": "22"}
    assert district.draw is not None
    assert (content["seed"], content["event"]) == (district.draw.seedhex, "HELD-9001")
    assert (content["trial"], content["weak_seed"]) == (False, False)
    assert content["versions"] == manifest_versions()
    assert {"python", "ortools", "numpy", "school-seat-allocator"} <= set(content["versions"])


def test_the_manifest_of_a_trial_says_so() -> None:
    """A trial run is marked, with its number."""
    district, _ = conformance.load("01")
    content = json.loads(manifest_bytes(replace(district, draw=Draw(trial_seed=7)), {}))
    assert (content["trial"], content["trial_seed"], content["event"]) == (True, 7, None)


def test_one_file_is_replaced_whole(tmp_path: Path) -> None:
    """A single file changes from old to new in one step, and nothing is left beside it."""
    path = tmp_path / "draw-roster.csv"
    path.write_bytes(b"old")
    swap_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["draw-roster.csv"]
    with pytest.raises(OSError, match="directory"):
        swap_file(tmp_path / "nowhere" / "file", b"new")
