"""Draws that are void, journals and transcripts that somebody changed, and other draws in the same folder."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from allocator.public.ceremony import CeremonyJournal
from tests.cli_calls import copy, good, refused
from tests.draw_days import DIGITS, HEAD, answers_of, day_folder, held, plain_transcript

OTHERS = (*HEAD[:2], "", *HEAD[3:])
"""The opening with the number that is offered."""


@pytest.fixture(scope="module")
def drawn(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the town after its draw day."""
    folder = day_folder(town, tmp_path_factory.mktemp("drawn"))
    assert held(folder, answers_of()).exit_code == 0
    return folder


def _sources() -> list[str]:
    return [word for at, one in enumerate(DIGITS, start=1) for word in ("--source", f"witness-{at}:{one}")]


def test_a_void_draw_keeps_everything_and_uses_up_its_number(drawn: Path, tmp_path: Path) -> None:
    """Transcript, journal and papers get a number, the reason stands in the log, the next number is offered."""
    folder = copy(drawn, tmp_path)
    raw = (folder / "transcript.txt").read_bytes()
    assert "[draw.reason]" in refused("ceremony", folder, "--void", " ")
    said = good("ceremony", folder, "--void", "a digit was misread")
    assert "2023-P1 is VOID (reason: a digit was misread)" in said
    assert "2023-P2" in said
    assert (folder / "transcript-1.txt").read_bytes() == raw
    assert (folder / "ceremony-1" / "minutes.pdf").exists()
    assert not (folder / "ceremony").exists()
    log = (folder / "draw-log.txt").read_text("utf-8")
    assert f"\tvoid\ttranscript-1.txt\t2023-P1\t{sha256(raw).hexdigest()}\ta digit was misread\n" in log
    assert "[draw.event_used]" in held(folder, HEAD[:3]).output
    assert "[draw.event_next]" in held(folder, ["2023-P3"]).output
    result = held(folder, ["", *HEAD[3:], *answers_of()[len(HEAD) :]])
    assert result.exit_code == 0, result.output
    assert b"event=2023-P2\n" in (folder / "transcript.txt").read_bytes()


@pytest.mark.long
def test_a_draw_that_is_void_before_its_transcript_uses_up_its_number_too(town: Path, tmp_path: Path) -> None:
    """What a transcript would have begun with is kept; ``draw transcript`` refuses the number as well."""
    folder = day_folder(town, tmp_path)
    assert held(folder, answers_of()[:-3]).exit_code == 2
    good("ceremony", folder, "--void", "the power failed")
    kept = (folder / "transcript-1.txt").read_text("ascii")
    assert kept == "school-draw/1\nevent=2023-P1\n" + (folder / "draw-freeze.txt").read_text("ascii")
    assert "[draw.event_used]" in refused("draw", "transcript", folder, "--event", "2023-P1", *_sources())
    assert held(folder, [*OTHERS, *answers_of()[len(HEAD) :]]).exit_code == 0
    assert b"event=2023-P2\n" in (folder / "transcript.txt").read_bytes()
    good("ceremony", folder, "--void", "again")
    assert (folder / "ceremony-2").is_dir()
    assert b"event=2023-P2\n" in (folder / "transcript-2.txt").read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_void_that_was_killed_is_ended_by_the_next_start(drawn: Path, tmp_path: Path, done: int) -> None:
    """Killed after the note, after the transcript moved, or after the log: the end is the same."""
    folder = copy(drawn, tmp_path)
    CeremonyJournal(folder).note("void", "misread", "")
    if done:
        (folder / "transcript.txt").rename(folder / "transcript-1.txt")
    if done > 1:
        with (folder / "draw-log.txt").open("a", encoding="utf-8") as log:
            log.write("2023-08-20T09:30:00+08:00\tvoid\ttranscript-1.txt\t2023-P1\tx\tmisread\n")
    result = held(folder, OTHERS)
    assert "2023-P1 is VOID (reason: misread)" in result.output
    assert (folder / "ceremony-1" / "journal.jsonl").exists()
    assert (folder / "draw-log.txt").read_text("utf-8").count("\tvoid\t") == 1
    assert CeremonyJournal(folder).answers["event"] == "2023-P2"


@pytest.mark.long
def test_draw_again_moves_the_day_aside(drawn: Path, tmp_path: Path) -> None:
    """``draw transcript --again`` makes the draw void; the next ceremony keeps the old one's papers and says so."""
    folder = copy(drawn, tmp_path)
    good("draw", "transcript", folder, "--event", "2023-P2", "--again", "misread", *_sources())
    result = held(folder, HEAD)
    assert result.exit_code == 2
    assert "2023-P1 was made void" in result.output
    assert "[ceremony.held]" in result.output
    assert (folder / "ceremony-1" / "minutes.pdf").exists()
    good("ceremony", folder, "--void", "misread too")
    assert held(folder, [*HEAD[:2], "", *HEAD[3:]]).exit_code == 2
    assert CeremonyJournal(folder).answers["event"] == "2023-P3"


def test_a_transcript_that_windows_saved_again_gets_its_bytes_back(drawn: Path, tmp_path: Path) -> None:
    """The journal has the digits, so one start cures it; a transcript that is gone is written again."""
    folder = copy(drawn, tmp_path)
    path = folder / "transcript.txt"
    raw = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    result = held(folder, [])
    assert result.exit_code == 0, result.output
    assert "has its original bytes again" in result.output
    assert path.read_bytes() == raw
    path.unlink()
    assert held(folder, []).exit_code == 0
    assert path.read_bytes() == raw


def test_a_case_book_takes_no_transcript_that_is_not_what_the_witnesses_gave(drawn: Path, tmp_path: Path) -> None:
    """A digit altered after the day is told before anything is entered."""
    folder = copy(drawn, tmp_path)
    (folder / "persons.csv").write_text("person,roles\nu-1,office\n", "utf-8")
    path = folder / "transcript.txt"
    path.write_bytes(path.read_bytes().replace(b"=witness-1:53", b"=witness-1:54"))
    said = refused("book", "do", "drawn", folder, "--transcript", path, "--by", "u-1")
    assert "[ceremony.transcript_changed]" in said


def test_a_transcript_of_another_draw_is_told(town: Path, drawn: Path, tmp_path: Path) -> None:
    """Before the day begins, half-way, and after it: one transcript a draw, and no digit is lost."""
    folder = day_folder(town, tmp_path / "a")
    other = plain_transcript(folder, folder / "transcript.txt", event="2023-X9")
    result = held(folder, HEAD)
    assert "draw 2023-X9 was held already" in result.output
    assert not (folder / "ceremony").exists()
    for day in (copy(drawn, tmp_path / "b"), day_folder(town, tmp_path / "c")):
        if not (day / "ceremony").exists():
            assert held(day, HEAD).exit_code == 2
        (day / "transcript.txt").write_bytes(other)
        result = held(day, [])
        assert result.exit_code == 2
        assert "[ceremony.other_transcript]" in result.output
        assert "2023-X9" in result.output
        assert (day / "transcript.txt").read_bytes() == other


@pytest.mark.long
def test_a_changed_journal_is_refused_by_its_line(drawn: Path, tmp_path: Path) -> None:
    """A changed line, one that is gone, one saved by an editor; a half last line is only dropped."""
    raw = (drawn / "ceremony" / "journal.jsonl").read_bytes()
    lines = raw.splitlines(keepends=True)
    cases = {
        raw.replace(DIGITS[1].encode(), DIGITS[2].encode()): "[ceremony.journal]",
        b"".join(lines[:4] + lines[5:]): "journal.jsonl line 5",
        raw.replace(b"\n", b"\r\n"): "[ceremony.journal_saved]",
    }
    for number, (changed, told) in enumerate(cases.items()):
        folder = copy(drawn, tmp_path / str(number))
        (folder / "ceremony" / "journal.jsonl").write_bytes(changed)
        result = held(folder, [])
        assert result.exit_code == 2
        assert told in result.output
        good("ceremony", folder, "--void", "the journal was changed")
    folder = copy(drawn, tmp_path / "half")
    (folder / "ceremony" / "journal.jsonl").write_bytes(raw[:-20])
    assert held(folder, []).exit_code == 0
    answers = CeremonyJournal(folder).answers
    assert answers["digits-3"] == DIGITS[2]
    assert "ended" in answers


def test_a_new_freeze_during_the_day_is_told(town: Path, tmp_path: Path) -> None:
    """Digests that were shown and are not those of today end the day: void, and begin again."""
    folder = day_folder(town, tmp_path)
    assert held(folder, HEAD).exit_code == 2
    policy = folder / "policy.yaml"
    policy.write_bytes(policy.read_bytes() + b"# a remark\n")
    good("draw", "freeze", folder, "--again", "the remark was missing")
    result = held(folder, answers_of()[len(HEAD) :])
    assert result.exit_code == 2
    assert "[ceremony.changed]" in result.output


@pytest.mark.long
def test_a_case_book_has_its_draw_day(tmp_path: Path) -> None:
    """A book is frozen by its own event first; its draw is taken by ``drawn`` and cannot be void then."""
    folder, by = tmp_path / "summer", ("--by", "office-1")
    good("new", folder, "--example", "tongliao-2023-summer")
    good("intake", folder / "export.xlsx", folder, "--columns", folder / "columns.csv", "--write")
    good("book", "open", folder, *by)
    result = held(folder, HEAD)
    assert result.exit_code == 2
    assert "[ceremony.book_not_frozen]" in result.output
    assert not (folder / "ceremony").exists()
    with (folder / "rulings.csv").open("a", encoding="utf-8") as rulings:
        rulings.write("R001,T23-000391,zone,fuli,x,group,2023-08-03\n")
    for kind in ("determined", "frozen"):
        good("book", "do", folder, kind, *by, "--yes")
    result = held(folder, answers_of())
    assert result.exit_code == 0, result.output
    assert f"allocator book do {folder} drawn" in result.output
    good("ceremony", folder, "--void", "misread")
    good("book", "status", folder)
    assert held(folder, [*OTHERS, *answers_of()[len(HEAD) :]]).exit_code == 0
    good("book", "do", folder, "drawn", "--transcript", folder / "transcript.txt", *by, "--yes")
    assert "[ceremony.book_drawn]" in refused("ceremony", folder, "--void", "misread too")
    good("book", "status", folder)
