"""What a book tells on the command line: status, next steps, calendar, numbers, one party; in words and as JSON."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import date, timedelta
from itertools import chain, pairwise
from pathlib import Path

import pytest

from allocator.book import Book
from allocator.casebook import CHOICES
from allocator.casebook.figure_tables import FigureTables, figures_object
from allocator.casebook.kept import reading, writing
from allocator.casebook.next_steps import FolderFacts, NextStep
from allocator.casebook.next_words import NextWords, next_object, step_command
from allocator.casebook.party_account import PartyAccount, account_object, party_account
from allocator.casebook.party_words import PartyWords
from allocator.casebook.round_calendar import BookCalendar
from allocator.casebook.status import BookStatus
from allocator.cli import clock
from allocator.domain import ACCEPTED, District, Text
from allocator.ground import LANGUAGES, TEXTS, InputError
from allocator.sheets import Mark, Table
from tests import conformance, kept_books
from tests.chinese_words import refused_in
from tests.cli_calls import call, good, refused
from tests.kept_books import event
from tests.random_seasons import DIGEST, random_season
from tests.test_book_next import entered, moments
from tests.test_schemas import wrong

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PERSONS = {"u-1": ("office",), "u-2": ("group", "office"), "u-3": ("principal",)}
MOMENTS = 7
"""Of a season's moments every seventh is looked at."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A drawn book of four children with its officers, on the day after its draw."""
    place = tmp_path / "summer"
    kept_books.drawn(place, "13-book-refill")
    (place / "persons.csv").write_text("person,roles\nu-1,office\nu-2,group\nu-3,principal\n", "utf-8")
    monkeypatch.setattr(clock, "clock_time", lambda: "2023-08-08T09:00:00")
    return place


@pytest.mark.parametrize("number", range(12))
def test_a_book_in_any_state_is_told(number: int) -> None:
    """In both languages, as JSON, with an answer to what is next, whatever a random season has come to."""
    for at, (book, today) in enumerate(moments(number)):
        if at % MOMENTS == number % MOMENTS:
            tell_all(book, today)


def tell_all(book: Book, today: date) -> None:
    """Say everything about a book, and hold JSON against its schema."""
    status, calendar = BookStatus(book, today), BookCalendar(book, today, today + timedelta(days=30))
    told = {language: NextWords(book, today, language) for language in LANGUAGES}
    for language, words in told.items():
        lines = [*map(words.sentence, words.steps), *words.closing()]
        assert lines
        assert [one for line in lines if language == "zh" for one in refused_in(line)] == []
        assert all(step_command(step, Path("a b"), PERSONS).startswith("allocator book ") for step in words.steps)
    assert any(step.urgency != "may" for step in told["en"].steps) or list(told["en"].closing())
    parts = [*status.parts(), *calendar.parts(), *FigureTables(book.law, book.state, book.head).all()]
    assert all(isinstance(part, Table | Mark | Text) for part in parts)
    outputs = {
        "book-status": status.as_object(), "book-calendar": calendar.as_object(),
        "book-next": next_object(book, today, Path("summer"), PERSONS),
        "book-figures": {"format_version": 1, "kind": "book-figures", "season": book.state.season, "head": book.head}
        | figures_object(book.law, book.state),
    }  # fmt: skip
    found = [line for name, output in outputs.items() for line in wrong(name, json.loads(json.dumps(output)))]
    assert found == []


@pytest.mark.parametrize("number", range(20))
def test_an_account_of_a_party_is_whole(number: int) -> None:
    """Every party of a season: its events lead from nowhere to where it is, and queues are counted from 1."""
    season = random_season(number, 45)
    book = Book(season.district)
    for one in season.events:
        book.propose(one)
    accounts = {name: party_account(book, season.district, name) for name in list(book.state.parties)[number % 3 :: 3]}
    for name, account in accounts.items():
        leads(book, account)
        assert wrong("book-party", json.loads(json.dumps({**account_object(account), "names": {}}))) == []
        for language in LANGUAGES:
            lines = list(PartyWords(account, season.district, language, {}, in_full=False).lines())
            assert name in lines[0]
    for key in {(q.round, q.school) for account in accounts.values() for q in account.queues}:
        everyone = (party_account(book, season.district, name) for name in book.state.parties)
        places = [q.place for account in everyone for q in account.queues if (q.round, q.school) == key]
        assert sorted(places) == list(range(1, len(places) + 1))


def leads(book: Book, account: PartyAccount) -> None:
    """Each move begins where the one before it ended, and the last one ends where the party is."""
    moves = [(one.before, one.after) for one in account.events if one.before != one.after]
    assert all(after == before for (_, after), (before, _) in pairwise(moves))
    if book.state.season == "drawn":
        party = account.party
        assert moves[-1][1] == (party.state, party.school, party.round or party.phase)


def test_following_what_is_due_ends_the_season() -> None:
    """Whoever enters the first step that is due, and else waits for a day, has every round confirmed and signed."""
    district = random_season(3).district
    book, today = Book(district), date(2023, 7, 1)
    for _ in range(400):
        steps = [step for step in NextWords(book, today, "en").steps if step.urgency != "may"]
        if not steps:
            break
        today = max(today, steps[0].since or today)
        assert book.propose(entered(book, steps[0], today)) == ACCEPTED
    status = BookStatus(book, today)
    assert {row.state for row in status.rounds} == {"confirmed"}
    assert all(row.lists == row.signed for row in status.rounds)
    assert status.history.locks_are_written()
    assert [*NextWords(book, today, "zh").closing()] != []


def test_the_commands_tell(folder: Path) -> None:
    """Each in both languages, within 80 columns but for commands to type, and as JSON of its schema."""
    for name in ("status", "next", "calendar", "figures"):
        for language in LANGUAGES:
            told = good("book", name, folder, language=language)
            assert CHINESE.search(told) is not None or language == "en"
            assert [line for line in told.splitlines() if width(line) > 80 and "allocator book" not in line] == []
        assert wrong(f"book-{name}", json.loads(good("book", name, folder, "--json"))) == []


def test_before_the_draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that has just been opened, and one that is frozen, are told too; the next step is named."""
    monkeypatch.setattr(clock, "clock_time", lambda: "2023-07-20T09:00:00")
    place = tmp_path / "summer"
    district = kept_books.opened(place)
    for kind in ("determined", "drawn"):
        for name in ("status", "next", "calendar", "figures"):
            assert good("book", name, place, language="zh")
            assert wrong(f"book-{name}", json.loads(good("book", name, place, "--json"))) == []
        assert json.loads(good("book", "next", place, "--json"))["steps"][0]["event"] == kind
        with writing(place, "u-1", kept_books.NOW) as kept:
            kept.propose(kept_books.freezing(place, district))


def width(line: str) -> int:
    """Columns of a line in a terminal."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in line)


def test_a_command_that_is_told_can_be_typed(folder: Path) -> None:
    """The first three due, one after another, word by word as they stand."""
    for _ in range(3):
        step = json.loads(good("book", "next", folder, "--json"))["steps"][0]
        assert step["urgency"] == "due"
        words = step["command"].split()
        assert words[0] == "allocator"
        assert call(*words[1:], "--yes").exit_code == 0
    with reading(folder) as kept:
        assert len(kept.journal) == 7


SOURCES = ("31415 92653 58979 32384", "27182 81828 45904 52353", "16180 33988 74989 48482")
RULING = "R1,T23-000391,zone,xincheng-1,x,group,2023-07-26\n"
"""What the leading group rules on the one child of the shipped summer that is held back."""


@pytest.mark.long
def test_a_summer_by_what_is_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the shipped tables to the last signature: every command is the first one that ``book next`` names."""
    place, now = tmp_path / "summer", ["2023-07-26T09:00:00"]
    shutil.copytree(conformance.ROOT / "scenarios" / "tongliao-2023-summer", place)
    monkeypatch.setattr(clock, "clock_time", lambda: now[0])
    good("book", "open", place, "--by", "office-1")
    while steps := [s for s in json.loads(good("book", "next", place, "--json"))["steps"] if s["urgency"] != "may"]:
        step = steps[0]
        now[0] = max(now[0], f"{step['since'] or now[0][:10]}T09:00:00")
        if step["event"] == "drawn":
            given = [("--source", f"witness-{at}:{digits}") for at, digits in enumerate(SOURCES, start=1)]
            good("draw", "transcript", place, "--event", "2023-P1", *chain(*given))
        if step["event"] == "determined" and "held back" in step["words"]["en"]:
            with (place / "rulings.csv").open("a", encoding="utf-8") as file:
                file.write(RULING)
        typed = step["command"].replace("FILE", str(place / "transcript.txt")).replace("REASON", "x").split()
        good(*typed[1:], "--yes")
    status = json.loads(good("book", "status", place, "--json"))
    assert {one["state"] for one in status["rounds"]} == {"confirmed"}
    assert (status["unsigned"], status["objections"], status["needs_ruling"]) == ({}, [], [])
    assert "head-fuli" in (place / "journal.jsonl").read_text("utf-8")


def test_a_freeze_waits_for_children_held_back() -> None:
    """While the determination holds somebody back, the next step is to rule and determine anew."""
    district = random_season(1).district
    book = Book(district)
    office = book.law.office
    assert book.propose(event("season_opened", year=office.year, stage=office.stage, policy=DIGEST)) == ACCEPTED
    assert book.propose(event("determined", inputs=DIGEST, determination=DIGEST)) == ACCEPTED
    free, held = (NextWords(book, date(2023, 7, 1), "en", count).steps[0] for count in (FolderFacts(), FolderFacts(2)))
    assert (free.kind, held.kind, held.why) == ("frozen", "determined", "held")
    assert "2 children are held back" in "".join(
        words.sentence(words.steps[0]) for words in [NextWords(book, date(2023, 7, 1), "en", FolderFacts(2))]
    )


def test_nothing_is_next_in_a_purged_book(folder: Path) -> None:
    """Only that personal data are gone, and since when."""
    with reading(folder) as kept:
        told = NextWords(kept.book, date(2023, 8, 8), "en", FolderFacts(purged="2029-09-01"))
        assert told.steps == ()
        assert "purged on 2029-09-01" in "".join(told.closing())
        parts = list(BookStatus(kept.book, date(2023, 8, 8), FolderFacts(purged="2029-09-01")).parts())
        assert isinstance(parts[-1], Text)
        assert "purged on 2029-09-01" in parts[-1].en


def test_numbers_are_written_as_files(folder: Path, tmp_path: Path) -> None:
    """A CSV for each table, a workbook with all; marks and head above; only what the command made is replaced."""
    out = tmp_path / "numbers"
    good("book", "figures", folder, "--out", out, "--lists", "zh")
    names = {path.name for path in out.iterdir()}
    assert names == {
        "seats.csv", "categories.csv", "homes.csv", "spare.csv", "pending.csv", "figures.xlsx", "manifest.json",
    }  # fmt: skip
    with (out / "seats.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    heading = next(at for at, row in enumerate(rows) if row[0] == "学校")
    assert rows[heading] == ["学校", "招生计划", "最大容量", "已录取", "预留", "空余学位"]
    with reading(folder) as kept:
        assert any(kept.head in row[0] for row in rows[:heading])
    assert "甲：本批次学区内录取之后" in (out / "spare.csv").read_text("utf-8-sig")
    good("book", "figures", folder, "--out", out, "--lists", "zh")
    assert "--out" not in refused("book", "figures", folder, "--out", folder)


def test_a_list_is_signed_by_the_principal_of_its_own_school() -> None:
    """Another school's id may end with that of the school; whoever stands first among the officers."""
    step = NextStep("signed_off", "principal", "due", {"round": "batch-A", "school": "fuli"})
    persons = {"head-sizhong-fuli": ("principal",), "head-fuli": ("principal",)}
    assert step_command(step, Path("summer"), persons).endswith("--by head-fuli")


def test_a_look_at_a_party_is_logged(folder: Path) -> None:
    """By id of a child, names masked unless asked for; who looked, when and at whom stands in the access log."""
    with reading(folder) as kept:
        child = next(iter(kept.book.state.parties))
    (folder / "restricted").mkdir(mode=0o700)
    (folder / "restricted" / "persons.csv").write_text(f"applicant_id,name\n{child},欧阳小明\n", "utf-8")
    masked = good("book", "show", folder, child, "--by", "u-1", language="zh")
    assert "欧**明" in masked
    assert "欧阳小明" not in masked
    assert "欧阳小明" in good("book", "show", folder, child, "--by", "u-2", "--names", language="zh")
    found = json.loads(good("book", "show", folder, child, "--by", "u-1", "--json"))
    assert (wrong("book-party", found), found["names"]) == ([], {child: "欧**明"})
    with reading(folder) as kept:
        log = kept.accesses()
    assert [line[:3] for line in log] == [
        ("2023-08-08T09:00:00", "u-1", "show"),
        ("2023-08-08T09:00:00", "u-2", "show names"),
        ("2023-08-08T09:00:00", "u-1", "show"),
    ]
    assert {line[3] for line in log} == {child}


def test_whom_a_book_does_not_know(folder: Path) -> None:
    """A clear fault for another id and another officer; nothing is logged."""
    assert "book.show.unknown" in refused("book", "show", folder, "nobody", "--by", "u-1")
    with reading(folder) as kept:
        child = next(iter(kept.book.state.parties))
    assert "book.person_unknown" in refused("book", "show", folder, child, "--by", "u-9")
    with reading(folder) as kept:
        assert kept.accesses() == []


def test_children_who_left_and_late_ones_are_found(folder: Path) -> None:
    """By the id of a child that left its party, and by the second id of a late family."""
    late = event("late_intake", "2023-08-07T10:00:00", children=2, zone="fuli", category="A", registered_school="")
    parts = {"party": "L0001", "children": "L0002", "then": "leave", "reason": "x"}
    with writing(folder, "u-1", "2023-08-07T10:00:00") as kept:
        assert kept.propose([late, event("part_withdrawn", "2023-08-07T10:01:00", **parts)]) == (ACCEPTED,) * 2
    found = json.loads(good("book", "show", folder, "L0002", "--by", "u-1", "--json"))
    assert (found["party"], found["left_as"], found["gone"]) == ("L0001", "withdrawn", ["L0002"])
    assert [one["event"]["type"] for one in found["events"]] == ["late_intake", "part_withdrawn"]


def test_before_the_freeze_nobody_is_there() -> None:
    """A party asked for too early is told so."""
    district: District = random_season(1).district
    book = Book(District(district.policy, district.schools, district.zones, ()))
    with pytest.raises(InputError) as refusal:
        party_account(book, district, "K00-0")
    assert [fault.code for fault in refusal.value.faults] == ["book.show.too_early"]


def test_every_text_of_a_party_is_used() -> None:
    """Words of events in accounts are those of their fields."""
    for (_, field), words in CHOICES.items():
        if field != "stage":
            assert {f"book.show.{field}.{word}" for word in words} <= TEXTS.keys()

