"""The whole summer through the commands of an office: export, roster, draw, fourteen rounds and more, signed lists."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from allocator.book import Book, present_rows
from allocator.casebook.agreement import BookProof
from allocator.casebook.kept import reading
from allocator.domain import ACCEPTED, District, Played
from allocator.ground import InputError
from allocator.sheets import demand_pdf
from benchmarks.office_demo.author import CLERK, GROUP, Author
from benchmarks.office_demo.desk import BAD_INPUT, UNFINISHED, SummerDesk
from benchmarks.office_demo.families import FIRST_EXPORT, write_office
from benchmarks.office_demo.summer import days

_DIGITS = ("31415926535897932384", "27182818284590452353", "16180339887498948482")
_SOURCES = [word for n, digits in enumerate(_DIGITS, start=1) for word in ("--source", f"witness-{n}:{digits}")]
PASSPHRASE = "合成数据 practice only"
Teller = Callable[[str], None]


@dataclass
class Summer:
    """What became of a summer.

    Attributes
    ----------
    happened : Counter of str
        How often each kind of trouble happened.
    outcomes : Counter of str
        Children by outcome at the end.
    lines, refused, commands, lists : int
        Lines of the journal, proposals that were refused, commands entered, files of lists.
    printed : bool
        Whether the last lists were set as PDF; not where this computer has no Chinese font, or no typst.
    head : str
        Head of the journal.
    """

    happened: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    refused: int = 0
    commands: int = 0
    lists: int = 0
    printed: bool = True
    head: str = ""


def whole_summer(place: Path, families: int, language: str, tell: Teller = lambda day: None) -> Summer:
    """Play a summer in a new folder; returns what became of it.

    Parameters
    ----------
    place : Path
        New; gets the office's folder ``summer`` and the restored backup.
    families : int
        At least 60.
    language : str
        In which the commands answer.
    tell : callable
        Is told each day.

    Raises
    ------
    UnexpectedStatusError
        If a command ends otherwise than it must.
    DisagreementError
        If procedure, strict model and checker differ on the journal.
    """
    folder, summer = place / "summer", Summer()
    write_office(folder, families)
    desk = SummerDesk(folder, language)
    tell("2023-07-28")
    _until_the_roster(desk, summer)
    tell("2023-08-07")
    _until_the_draw(desk, summer)
    _after_the_draw(desk, summer, families, tell)
    _backup(desk, place, summer)
    _prove(desk, summer)
    return summer


def _until_the_roster(desk: SummerDesk, summer: Summer) -> None:
    """28 July to 4 August: from an export that cannot be read to a determination in which nobody is held."""
    folder = desk.folder
    taken = ("--columns", folder / "columns.csv", "--write")
    desk.book("open", "--by", CLERK)
    desk.run("intake", folder / FIRST_EXPORT, folder, *taken, status=BAD_INPUT)
    summer.happened["export_refused"] += 1
    desk.run("intake", folder / "export.xlsx", folder, *taken)
    desk.now = datetime(2023, 8, 3, 9)
    desk.book("do", "determined", "--by", CLERK)
    desk.book("do", "frozen", "--by", CLERK, status=UNFINISHED)
    summer.happened["refused_held"] += 1
    _rule_on_the_held(folder)
    desk.now = datetime(2023, 8, 4, 9)
    desk.run("determine", folder, "--private-freeze")
    desk.run("draw", "transcript", folder, "--event", "2023-M1", *_SOURCES)
    desk.run("determine", folder, "--private-draw", folder / "private-transcript.txt")
    desk.book("do", "determined", "--by", CLERK)


def _rule_on_the_held(folder: Path) -> None:
    """Add a ruling on every child that no zone fits."""
    with (folder / "determination" / "determination.csv").open(encoding="utf-8", newline="") as file:
        held = [row["applicant_id"] for row in csv.DictReader(file) if row["result"] == "held"]
    with (folder / "rulings.csv").open("a", encoding="utf-8", newline="") as file:
        for number, child in enumerate(held, start=1):
            file.write(f"Z{number:03},{child},zone,fuli,住址在富力小学学区以内,领导小组,2023-08-04\n")


def _until_the_draw(desk: SummerDesk, summer: Summer) -> None:
    """7 and 8 August: a freeze that is taken back once, and the public draw."""
    desk.now = datetime(2023, 8, 7, 9)
    desk.book("do", "frozen", "--by", CLERK)
    desk.book("do", "unfrozen", "--by", GROUP, "--reason", "一户的住址录错")
    summer.happened["unfrozen"] += 1
    desk.book("do", "determined", "--by", CLERK)
    desk.book("do", "frozen", "--by", CLERK)
    desk.now = datetime(2023, 8, 8, 9)
    desk.run("draw", "transcript", desk.folder, "--event", "2023-P1", *_SOURCES)
    desk.book("do", "drawn", "--transcript", desk.folder / "transcript.txt", "--by", CLERK, "--yes")


def _after_the_draw(desk: SummerDesk, summer: Summer, families: int, tell: Teller) -> None:
    """8 to 31 August, day by day; lists on days on which a round is confirmed, and all of them at the end."""
    with reading(desk.folder) as kept:
        book = kept.book.another()
    author = Author(book, families, datetime(2023, 8, 8, 10))
    for day, entries in days(author):
        tell(day)
        desk.now = max(desk.now, datetime.fromisoformat(f"{day}T08:00:00"))
        desk.book("next")
        desk.take(entries)
        if any(entry.event["type"] == "round_confirmed" for entry in entries):
            desk.book("lists", "--format", "csv")
    _answer_families(desk, author, summer)
    _name_no_one(desk, summer)
    summer.happened += Counter(entry.kind for entry in author.entries if entry.kind)
    summer.refused += sum(entry.outcome != ACCEPTED for entry in author.entries)
    desk.book("do", "locks_written", "--by", CLERK)
    summer.happened["locks_written"] += 1
    desk.book("status")
    summer.printed = can_print()
    forms = [] if summer.printed else ["--format", "xlsx", "--format", "csv"]
    desk.book("lists", *forms)
    desk.run("publish", desk.folder, desk.folder.with_name("website"), "--remove-by", "2023-09-08", *forms)
    summer.happened["published"] += 1
    summer.lists = sum(path.is_file() for path in (desk.folder / "lists").rglob("*"))


def can_print() -> bool:
    """Whether lists can be set as PDF on this computer."""
    try:
        demand_pdf()
    except InputError:
        return False
    return True


def _answer_families(desk: SummerDesk, author: Author, summer: Summer) -> None:
    """Who the late children are goes into the restricted table; a family that asks is told all about its child."""
    for child in [one for party in author.state.parties.values() for one in party.children if one.startswith("L")]:
        desk.book("person", child, "--name", f"例{child}", "--sex", "F", "--by", CLERK)
        summer.happened["late_person"] += 1
        desk.book("show", child, "--by", CLERK)


def _name_no_one(desk: SummerDesk, summer: Summer) -> None:
    """A clerk writes a child's name into a note, which no book takes."""
    with (desk.folder / "restricted" / "persons.csv").open(encoding="utf-8", newline="") as file:
        name = next(csv.DictReader(file))["name"]
    words = ("--by", CLERK, "--yes")
    desk.book("do", "note", "--text", f"家长来电，学生{name}", *words, status=BAD_INPUT)
    summer.happened["refused_name"] += 1


def _backup(desk: SummerDesk, place: Path, summer: Summer) -> None:
    """A backup brought back to another folder: the same journal."""
    word = place / "passphrase.txt"
    word.write_text(PASSPHRASE + "\n", encoding="utf-8")
    word.chmod(0o600)
    archive, again = place / "summer.age", place / "restored"
    desk.book("export", archive, "--by", CLERK, "--passphrase-file", word)
    desk.run("book", "restore", archive, again, "--by", CLERK, "--passphrase-file", word)
    if (again / "journal.jsonl").read_bytes() != (desk.folder / "journal.jsonl").read_bytes():
        raise AssertionError("Expected the journal of the backup to be that of the book.")
    summer.happened["restored"] += 1


def _prove(desk: SummerDesk, summer: Summer) -> None:
    """Play the journal once more by procedure, strict model and checker; count what came out."""
    events = desk.journal()
    with reading(desk.folder) as kept:
        district, lines = kept.district, kept.journal
    played = _played(district, desk)
    if played.journal != lines:
        raise AssertionError("Expected the journal to be that of its events.")
    BookProof(district).follow(events, played)
    summer.lines, summer.commands, summer.head = len(lines), desk.commands, played.head
    summer.outcomes = Counter(row.outcome for row in played.rows)


def _played(district: District, desk: SummerDesk) -> Played:
    """Return what becomes of the events of the journal."""
    book = Book(district)
    outcomes = tuple(map(book.propose, desk.journal()))
    return Played(outcomes, tuple(book.journal), present_rows(book.state))
