"""Freezing and drawing again: nothing is overwritten in silence, and every change since the freeze is told in full."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from tests.cli_calls import as_json, call, contents, copy, good, refused

DIGITS = ("53184209761842095317", "90417263554018273645", "26174093851627409831")
OTHERS = ("11804926357781046392", "70352819460725381946", "38261950473618205947")


def sources(digits: tuple[str, ...]) -> list[str]:
    """Return the options of three witnesses."""
    return [word for n, one in enumerate(digits, start=1) for word in ("--source", f"witness-{n}:{one}")]


@pytest.fixture
def folder(town: Path, tmp_path: Path) -> Path:
    """Return the town before its draw, frozen."""
    folder = copy(town, tmp_path)
    (folder / "transcript.txt").unlink()
    good("draw", "freeze", folder)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Change the first occurrence of a text in a file; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_a_freeze_keeps_what_it_froze_for_the_owner_alone(folder: Path) -> None:
    """The canonical tables, policy and draw roster lie in ``frozen``: 0700 and 0600."""
    names = {"applicants.csv", "schools.csv", "zones.csv", "policy.yaml", "draw-roster.csv"}
    frozen = folder / "frozen"
    assert {path.name for path in frozen.iterdir()} == names
    assert stat.S_IMODE(frozen.stat().st_mode) == 0o700
    assert {stat.S_IMODE((frozen / name).stat().st_mode) for name in names} == {0o600}
    assert (frozen / "policy.yaml").read_bytes() == (folder / "policy.yaml").read_bytes()


def test_freezing_what_is_frozen_changes_nothing(folder: Path) -> None:
    """A second freeze of the same data prints the same digests and touches no file; a lost copy is made again."""
    before = contents(folder)
    assert "nothing was changed since the freeze" in good("draw", "freeze", folder)
    assert contents(folder) == before
    (folder / "frozen" / "zones.csv").unlink()
    good("draw", "freeze", folder)
    assert contents(folder / "frozen").keys() >= {"zones.csv"}


def test_freezing_again_needs_a_reason_and_says_what_it_makes_void(folder: Path) -> None:
    """Changed data are not frozen over the old: refused with every change, then kept under a number with the reason."""
    old = {name: (folder / name).read_bytes() for name in ("draw-freeze.txt", "draw-roster.csv", "frozen/schools.csv")}
    edit(folder / "schools.csv", "fuli,富力小学,own,7", "fuli,富力小学,own,8")
    before = contents(folder)
    said = refused("draw", "freeze", folder)
    assert "draw.frozen_already" in said
    assert re.search(r"schools.csv line \d+, plan: fuli: '7' when it was frozen, '8' now", said)
    for blank in ("", "  ", "a\nb", "x" * 201):
        assert "draw.reason" in refused("draw", "freeze", folder, "--again", blank)
    assert contents(folder) == before
    said = good("draw", "freeze", folder, "--again", "富力小学计划有误")
    assert "VOID" in said
    assert "富力小学计划有误" in said
    assert (folder / "draw-freeze-1.txt").read_bytes() == old["draw-freeze.txt"]
    assert (folder / "draw-roster-1.csv").read_bytes() == old["draw-roster.csv"]
    assert (folder / "frozen-1" / "schools.csv").read_bytes() == old["frozen/schools.csv"]
    log = (folder / "draw-log.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[1] for line in log] == ["act", "freeze", "void", "freeze"]
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", line) for line in log[1:])
    assert log[2].endswith("\t富力小学计划有误")
    edit(folder / "schools.csv", "fuli,富力小学,own,8", "fuli,富力小学,own,9")
    good("draw", "freeze", folder, "--again", "=1+1")
    assert "\t'=1+1\n" in (folder / "draw-log.txt").read_text(encoding="utf-8")
    assert (folder / "draw-freeze-2.txt").exists()


def test_a_void_draw_keeps_its_transcript_and_uses_up_its_number(folder: Path) -> None:
    """``--again`` numbers the transcript; its event is refused from then on, and so is one that leaves a number out."""
    path = folder / "transcript.txt"
    good("draw", "transcript", folder, "--event", "2023-P1", *sources(DIGITS))
    first = path.read_bytes()
    other = ("draw", "transcript", folder, *sources(OTHERS), "--event")
    assert "draw.exists" in refused(*other, "2023-P2")
    assert "draw.event_used" in refused(*other, "2023-P1", "--again", "a ball fell down")
    assert "2023-P2" in refused(*other, "2023-P7", "--again", "a ball fell down")
    assert path.read_bytes() == first
    said = good(*other, "2023-P2", "--again", "a ball fell down")
    assert "Draw 2023-P1 is VOID" in said
    assert (folder / "transcript-1.txt").read_bytes() == first
    assert b"event=2023-P2" in path.read_bytes()
    good("draw", "freeze", folder, "--again", "a school was forgotten")
    assert (folder / "transcript-2.txt").exists()
    assert not path.exists()
    assert "draw.event_used" in refused(*other, "2023-P2")
    assert "draw.event_next" in refused(*other, "2023-P4")
    good(*other, "2023-P3")


def test_the_same_transcript_again_is_the_same_and_one_saved_again_is_put_right(folder: Path) -> None:
    """The same event and digits give the same bytes: nothing to replace, or the line ends to restore."""
    words = ("draw", "transcript", folder, "--event", "2023-P1", *sources(DIGITS))
    good(*words)
    path = folder / "transcript.txt"
    was = path.read_bytes()
    assert "nothing was changed" in good(*words)
    path.write_bytes(b"\xef\xbb\xbf" + was.replace(b"\n", b"\r\n"))
    assert "original bytes" in good(*words)
    assert path.read_bytes() == was
    path.unlink()
    good(*words)
    assert path.read_bytes() == was
    assert not (folder / "transcript-1.txt").exists()


CHANGES = [
    ("applicants.csv", "T23-000001,", "T23-900001,", ["draw.changed_row_gone", "draw.changed_row_new"]),
    ("schools.csv", "富力小学", "富力二小", ["name: fuli: '富力小学' when it was frozen, '富力二小' now"]),
    ("zones.csv", "fuli,fuli,xincheng-2", "fuli,fuli,xincheng-3", ["e_school_id: fuli: 'xincheng-2' when", "-3' now"]),
    ("policy.yaml", "over_plan", "skip", ["[draw.changed_policy]", "draw.changed_line", "over_plan", "skip"]),
    ("policy.yaml", "\n", "\n# a remark\n", ["draw.changed_policy_layout", "'# a remark'"]),
    ("policy.yaml", ": ", ":  ", ["draw.changed_policy_layout", "frozen copy"]),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), CHANGES)
def test_a_change_after_the_freeze_is_told_cell_by_cell(
    folder: Path, file: str, old: str, new: str, expected: list[str]
) -> None:
    """``draw transcript``, ``draw freeze``, ``check`` and ``run`` name file, row, column, frozen and new value."""
    words = ("draw", "transcript", folder, "--event", "P1", *sources(DIGITS))
    good(*words)
    path = (folder / "transcript.txt").read_bytes()
    edit(folder / file, old, new)
    for command in (("check", folder), ("run", folder)):
        said = refused(*command)
        assert all(word in said for word in expected), said
        assert f"{file} line" in said
    assert as_json("check", folder, status=2)["faults"]
    (folder / "transcript.txt").unlink()
    for again in (words, ("draw", "freeze", folder)):
        said = refused(*again)
        assert all(word in said for word in expected), said
    (folder / "transcript.txt").write_bytes(path)
    said = call("check", folder, language="zh").stderr
    assert "封存" in said


def test_a_change_is_told_by_the_line_of_the_office_s_own_file(folder: Path) -> None:
    """The line is that of the file as it stands there, in whatever order its rows are."""
    path = folder / "applicants.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_bytes("".join([head, *reversed(rows)]).encode())
    assert "nothing was changed" in good("draw", "freeze", folder)
    cells = rows[3].split(",")
    wanted = len(rows) + 1 - 3
    path.write_bytes("".join([head, *reversed(rows)]).replace(rows[3], rows[3].replace(cells[2], "U", 1)).encode())
    said = refused("draw", "freeze", folder)
    assert re.search(rf"applicants.csv line {wanted}, category: {cells[0]}: '{cells[2]}' when it was frozen, 'U'", said)


def test_a_frozen_copy_that_was_changed_itself_is_not_believed(folder: Path) -> None:
    """What lies in ``frozen`` must have the published digest; otherwise nothing is told from it but that."""
    edit(folder / "frozen" / "schools.csv", "富力小学", "富力三小")
    edit(folder / "schools.csv", "富力小学", "富力二小")
    said = refused("draw", "freeze", folder)
    assert "draw.frozen_copy" in said
    assert "富力三小" not in said


def test_a_second_transcript_elsewhere_is_told(folder: Path, tmp_path: Path) -> None:
    """``--out`` beside a transcript that is there says that this is another draw; its event must be another too."""
    good("draw", "transcript", folder, "--event", "P1", *sources(DIGITS))
    elsewhere = tmp_path / "elsewhere.txt"
    said = good("draw", "transcript", folder, "--event", "P2", *sources(OTHERS), "--out", elsewhere)
    assert "draw P1 already" in said


def test_no_transcript_goes_into_the_folder_of_a_result(folder: Path, lists: Path, tmp_path: Path) -> None:
    """A transcript written among published lists would keep the next run from replacing them."""
    out = copy(lists, tmp_path)
    words = ("draw", "transcript", folder, "--event", "P1", *sources(DIGITS), "--out", out / "t.txt")
    assert "out.inside_result" in refused(*words)


def test_draw_verify_tells_what_was_changed_since_the_freeze(folder: Path, tmp_path: Path) -> None:
    """Beside the frozen files ``draw verify`` names the lines and cells that are not those frozen."""
    good("draw", "transcript", folder, "--event", "P1", *sources(DIGITS))
    good("run", folder, "--engine", "procedure", "--no-trace", "--quiet")
    out = folder / "out"
    good("draw", "verify", out)
    edit(out / "policy.yaml", "over_plan", "skip")
    edit(out / "draw-roster.csv", "T23-000001,1", "T23-000001,2")
    edit(out / "inputs" / "schools.csv", "富力小学", "富力二小")
    away = copy(out, tmp_path)
    for place, more in ((out, ()), (away, ("--frozen", folder / "frozen"))):
        told = call("draw", "verify", place, *more)
        assert told.exit_code == 3
        assert re.search(r"policy.yaml line \d+: .*over_plan.* when it was frozen", told.stdout)
        assert "draw-roster.csv line 2, size: T23-000001: '1' when it was frozen, '2' now" in told.stdout
        assert re.search(r"inputs/schools.csv line \d+, name: fuli: '富力小学' when it was frozen", told.stdout)
    told = call("draw", "verify", away)
    assert "draw.changed_inputs" in told.stdout
    assert "when it was frozen" not in told.stdout


def changes_told(folder: Path) -> set[str]:
    """Return the codes of what ``check`` tells of the draw."""
    return {one["code"] for one in as_json("check", folder)["warnings"] if one["code"].startswith("draw.")}


def test_check_tells_between_freeze_and_draw_what_was_changed(folder: Path) -> None:
    """Before the draw a change is no fault, but ``check`` tells it: the published digests are no longer those."""
    assert changes_told(folder) == set()
    edit(folder / "schools.csv", "富力小学", "富力二小")
    told = call("check", folder)
    assert told.exit_code == 0
    assert "fuli: '富力小学' when it was frozen, '富力二小' now" in told.stderr
    assert "undo the changes, or freeze again" in told.stderr  # no mere warning: the transcript would be refused
    warned, changed = call("check", folder, language="zh").stderr.split("数据封存之后有变动（")
    assert "富力二小" not in warned
    assert "富力二小" in changed
    assert changes_told(folder) == {"draw.changed_inputs", "draw.changed_cell"}
