"""Notices and answers of a case book: confirmed rounds alone, good as long as the child holds the seat."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from allocator.casebook.kept import reading, writing
from allocator.domain import ACCEPTED, BookEvent
from allocator.public.notices import notice_code, notices_of_book
from tests.book_folders import season
from tests.chinese_fonts import needs_chinese_font
from tests.cli_calls import call, good, refused
from tests.kept_books import drawn
from tests.read_codes import codes_of_pages

NAME = "13-book-refill"
KEY = bytes(range(32))




@pytest.fixture
def summer(tmp_path: Path) -> tuple[Path, list[BookEvent]]:
    """A kept book whose batch A is confirmed, with names and key, and the events that follow."""
    folder = tmp_path / "summer"
    district = drawn(folder, NAME)
    known = "".join(f"{child.applicant_id},欧阳小明\n" for child in district.applicants)
    (folder / "restricted").mkdir()
    (folder / "restricted" / "persons.csv").write_text("报名号,姓名\n" + known, encoding="utf-8")
    (folder / "restricted" / "notice.key").write_bytes(KEY)
    (folder / "restricted" / "notice.key").chmod(0o600)
    found = season(NAME)
    events = [e for e, outcome in zip(found.events, found.outcomes, strict=True) if outcome == ACCEPTED]
    kinds = [(event["type"], event.get("round")) for event in events]
    begun, stop = (kinds.index(pair) for pair in (("drawn", None), ("round_confirmed", "batch-A")))
    enter(folder, events[begun + 1 : stop + 1])
    return folder, events[stop + 1 :]


def enter(folder: Path, events: list[BookEvent]) -> None:
    """Enter events that a book takes."""
    with writing(folder, "u-1", "2023-08-01T09:00:00") as book:
        assert set(book.propose(events)) == {ACCEPTED}


@needs_chinese_font
def test_notices_of_a_book_are_those_of_confirmed_rounds(summer: tuple[Path, list[BookEvent]], tmp_path: Path) -> None:
    """Who looks is noted; a notice stays good while the child holds its seat, and only so long."""
    folder, later = summer
    good("notice", "make", folder, "--out", tmp_path / "notices", "--lists", "zh")
    with reading(folder) as kept:
        state, head = kept.book.state, kept.book.head
        assert kept.accesses()[-1][2] == "notices"
    held = {child: party.school for party in state.parties.values() for child in party.children
            if party.state == "seated"
            and (not party.round or state.rounds[party.round].state == "confirmed")}  # fmt: skip
    assert held
    texts: list[str] = []
    for pdf in (tmp_path / "notices").glob("*.pdf"):
        pages = len(PdfReader(BytesIO(pdf.read_bytes())).pages)
        texts += codes_of_pages(pdf.read_bytes(), 1, pages)
    assert sorted(texts) == sorted(
        f"school-notice/1|{child}|{school}|{notice_code(KEY, child, school, head)}" for child, school in held.items()
    )
    assert call("notice", "verify", folder, *texts).exit_code == 0
    enter(folder, later)
    now = notices_of_book(folder)
    for words in texts:
        _, child, school, _ = words.split("|")
        told = call("notice", "verify", folder, words)
        assert (told.exit_code == 0) == (now.seats.get(child) == school)
        assert "as of event" in told.stdout or told.exit_code == 1


def test_a_book_before_its_draw_has_no_notices(summer: tuple[Path, list[BookEvent]], tmp_path: Path) -> None:
    """Nor has one without a confirmed round; a school without a seat is none of the list's."""
    folder, _ = summer
    told = refused("notice", "make", folder, "--out", tmp_path / "n", "--school", "nowhere")
    assert "notice.no_school" in told
    assert not (tmp_path / "n").exists()


@needs_chinese_font
def test_a_family_of_a_book_gets_its_answer(summer: tuple[Path, list[BookEvent]], tmp_path: Path) -> None:
    """Of every state: the answer first, its own number against the cut-offs, until when to object; nobody else's."""
    folder, later = summer
    enter(folder, later[:1])
    with reading(folder) as kept:
        parties = {party.state: party for party in kept.book.state.parties.values()}
        everybody = {child for party in kept.book.state.parties.values() for child in party.children}
    assert {"seated", "withdrawn"} <= parties.keys()
    for state, party in parties.items():
        child = party.children[0]
        for language, answer in (("zh", "结果："), ("en", "Result:")):
            good("explain", folder, child, "--letter", tmp_path / "a.pdf", language=language)
            words = "".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
            assert words.index(answer) < 150, state
            assert child in words
            assert not {other for other in everybody - set(party.children) if f"{other} " in words}
    with reading(folder) as kept:
        assert kept.accesses()[-1][2:] == ("answer", child)
    refused("explain", folder, "--diverted", "--letters", tmp_path / "all")
    refused("explain", folder, "X-9", "--letter", tmp_path / "b.pdf")
