"""Slips of a clerk at the book: the export not read yet, another school's principal, names for ids, Chinese words."""

from __future__ import annotations

from errno import EROFS
from pathlib import Path

import pytest

from allocator.casebook.entries import CHOICES, made_entry
from allocator.ground import text
from tests.cli_calls import call, good
from tests.desk_books import ClerksDesk, desk_over

SMALL = "39-book-part"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClerksDesk:
    """A small book just opened, with a principal of another school among its officers."""
    desk = desk_over(tmp_path / "book", monkeypatch, SMALL)
    with (desk.folder / "persons.csv").open("a", encoding="utf-8") as file:
        file.write("head-xincheng-1,principal\n")
    desk.do("season_opened")
    return desk


def test_the_export_comes_before_the_determination(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without applications is told so, by the step that is next and by the determination itself."""
    place = tmp_path / "summer"
    good("new", place, "--example", "tongliao-2023-summer")
    good("book", "open", place, "--by", "office-1")
    assert "allocator intake" in good("book", "next", place)
    done = call("book", "do", place, "determined", "--by", "office-1", language="zh")
    assert done.exit_code == 2
    assert "请先导入平台导出的表" in done.stderr
    good("intake", place / "export.xlsx", place, "--columns", place / "columns.csv", "--write")
    assert "allocator intake" not in good("book", "next", place)


def test_a_doubtful_signature_is_asked_about(desk: ClerksDesk) -> None:
    """It cannot be annulled: by the head of another school, or under a list of nobody, only after a yes."""
    desk.do("determined")
    desk.do("frozen")
    desk.draw()
    desk.confirm("preferential", "sibling", "open-choice", "voluntary-1", "voluntary-2", "batch-A")
    seated = [party for party in desk.state().parties.values() if party.round == "batch-A"]
    schools = {party.school for party in seated}
    school = min(schools - {"xincheng-1"})
    words = ("do", desk.folder, "signed_off", "--round", "batch-A", "--school")
    before = desk.journal()
    desk.later(seconds=1)
    other = desk.asked("n\n", *words, school, "--by", "head-xincheng-1")
    assert "does not look like the principal" in other.stdout
    empty = min(set(desk.state().plan) - schools - {"xincheng-1"})
    assert "no list to sign" in desk.asked("n\n", *words, empty, "--by", "zhao").stdout
    assert desk.journal() == before
    assert good("book", *words, school, "--by", "zhao")


def test_who_may_enter_is_told_in_the_words_of_the_office(desk: ClerksDesk) -> None:
    """A role is called by its Chinese word, with the one that is typed."""
    said = desk.refused("determined", by="wang", status=2, language="zh")
    assert "该由办公室（office）录入" in said
    desk.do("note", "--text", "x", "--role", "办公室", by="qian")
    wrong = desk.refused("note", "--text", "x", "--role", "校长", by="qian", status=2, language="zh")
    assert "--by，值「qian」: qian 没有这一岗位：principal" in wrong
    assert "名单上的岗位：办公室（office）、学校（school）" in wrong


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("round", "优抚批次", "book.expected.round"), ("round", "batch-A,batch-B", "book.expected.round"),
        ("school", "富力小学", "book.expected.school"), ("zone", "富力小学", "book.expected.zone"),
    ],
)  # fmt: skip
def test_a_name_for_an_id_is_told_where_the_id_stands(field: str, value: str, code: str) -> None:
    """Names of rounds, schools and zones are no ids; the fault says which ids there are, or in which table."""
    kind = {"round": "round_opened", "school": "seats_added", "zone": "reclassification"}[field]
    _, faults = made_entry(kind, {"at": "2023-08-08T09:00:00", "by": "li", "role": "office", field: value})
    assert code in {fault.code for fault in faults if fault.field == field}


def test_words_are_read_in_chinese(desk: ClerksDesk) -> None:
    """At the desk as in a table; a word that is none is answered with those there are."""
    given = {"party": "t-1", "reason": "x", "by": "wang"}
    typed = [word for name, value in given.items() for word in (f"--{name}", value)]
    done = call("book", "do", desk.folder, "ruling", *typed, "--decision", "不予受理", "--yes", language="zh")
    assert done.exit_code == 1  # read; refused because the season is not drawn
    _, faults = made_entry("withdrawal", {"then": "留", "party": "t-1"})
    told = next(fault for fault in faults if fault.field == "then")
    assert text(told.code, "zh", **told.words) == "应填：放弃（leave）、保留报名（stay）"
    assert all(made_entry(kind, {name: "?"})[1] for kind, name in CHOICES if kind != "season_opened")


def test_a_calendar_cannot_begin_before_the_book(desk: ClerksDesk) -> None:
    """Days before the journal's last line cannot be had; the calendar says from when it plans."""
    said = call("book", "calendar", desk.folder, "--from", "2023-06-01", "--until", "2023-08-31", language="zh").stdout
    assert "案卷最后一条记于 2023-07-03，晚于 2023-06-01：日程从 2023-07-03 排起" in said.replace("\n", "")
    assert "最后一条记于" not in call("book", "calendar", desk.folder, "--from", "2023-08-01", language="zh").stdout


def test_a_disk_that_cannot_be_written_still_tells_what_is_next(
    desk: ClerksDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of officers is closed to others already, so nothing about it is changed."""
    good("book", "next", desk.folder)

    def _read_only(path: Path, mode: int) -> None:
        raise OSError(EROFS, "read-only", str(path))

    monkeypatch.setattr(Path, "chmod", _read_only)
    assert "book do" in good("book", "next", desk.folder)
