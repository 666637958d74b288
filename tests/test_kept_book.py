"""A book in its folder: written, read again, the same; and every way in which somebody may have changed it refused."""

from __future__ import annotations

from pathlib import Path

from allocator.casebook.kept import reading, writing
from allocator.domain import ACCEPTED
from tests.kept_books import drawn, event, freezing, opened

NOW = "2023-07-01T09:00:00"


def test_a_book_is_what_was_written(tmp_path: Path) -> None:
    """Head, rows and state after a second start are those before."""
    folder = tmp_path / "book"
    drawn(folder)
    with writing(folder, "u-1", NOW) as book:
        assert book.propose([event("round_opened", round="preferential")]) == (ACCEPTED,)
        head, rows = book.head, book.rows
    with reading(folder) as again:
        assert (again.head, again.rows, len(again.journal)) == (head, rows, 5)
        assert again.book.state.rounds["preferential"].state == "opened"


def test_all_or_none(tmp_path: Path) -> None:
    """Where one of some events is refused, none is written."""
    folder = tmp_path / "book"
    drawn(folder)
    with writing(folder, "u-1", NOW) as book:
        before = book.head
        good, bad = event("round_opened", round="preferential"), event("round_opened", round="adjustment")
        assert book.propose([good, bad]) == (ACCEPTED, "state")
        assert book.preview([good]).outcomes == (ACCEPTED,)
        assert book.head == before
    with reading(folder) as again:
        assert again.head == before


def test_before_the_freeze_there_are_no_children(tmp_path: Path) -> None:
    """And after it is annulled, or taken back, again none; annulling that brings the frozen ones back."""
    folder = tmp_path / "book"
    district = opened(folder)
    with writing(folder, "u-1", NOW) as book:
        assert book.district.applicants == ()
        assert set(book.propose(freezing(folder, district))) == {ACCEPTED}
        assert book.district.applicants == district.applicants
        book.propose([event("annulled", annuls=3, reason="x")])
        assert book.district.applicants == ()
        assert book.propose([freezing(folder, district)[1]]) == (ACCEPTED,)
        assert book.propose([event("unfrozen", role="group", reason="x")]) == (ACCEPTED,)
        assert book.district.applicants == ()
        assert book.propose([event("annulled", annuls=6, reason="x")]) == (ACCEPTED,)
    with reading(folder) as again:
        assert again.book.state.season == "frozen"
        assert again.district.applicants == district.applicants
