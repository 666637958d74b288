"""The answer to a family of a case book: its seat or where it waits, its own lots against its rounds' cut-offs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from allocator.book import CONFIRMED, NEEDS_RULING, PUBLICITY, SEATED, Book, BookParty
from allocator.casebook import demand_names_kept, reading, round_papers, round_words, school_words
from allocator.casebook.history import history_of
from allocator.casebook.party_account import PartyAccount, party_account
from allocator.casebook.party_words import PartyWords
from allocator.domain import Text
from allocator.ground import Language, text
from allocator.public.answers import ToldAnswer
from allocator.public.notices import NoticeList
from allocator.reading.scenarios import plan_sections, section_words
from allocator.record import CUTOFFS

TICKET_DIGITS = 16
"""Digits shown of another's ticket, as ``explain`` shows them."""

_CLAUSES = {
    "admitted": ("drawn", "admitted"), "diverted": ("not_drawn", "whole_batch"), "adjusted": ("adjusted",),
    NEEDS_RULING: ("needs_ruling",), "external": ("external",),
}  # fmt: skip
"""Under which results of a phase the plan's section is looked for, by how a party stands."""


def book_answer(
    folder: Path, found: NoticeList, asked: str, language: Language
) -> tuple[ToldAnswer, NoticeList, str]:
    """Return what a book says of the party of a child, the list with the day until which to object, and its number.

    Parameters
    ----------
    folder : Path
        The book's.
    found : NoticeList
        The book's list, with names and letters.

    Raises
    ------
    InputError
        If the book knows no such child, or its personal data were purged.
    """
    demand_names_kept(folder)
    with reading(folder) as kept:
        book, district = kept.book, kept.district
    account = party_account(book, district, asked)
    words = PartyWords(account, district, language, {}, in_full=False)
    stands, marks = words.standing(), words.marks()
    lines = [*stands, *_lots(book, account.party, language), *_sections(book, account, language)]
    together = [child for child in account.party.children if child != asked]
    about = [text("explain.together", language, others=", ".join(together))] if together else []
    why = [{"line": f"{at}. {line}", "more": []} for at, line in enumerate(lines, start=1)]
    told = ToldAnswer(_answer(book, account, language), [*about, *marks], why, [])
    return told, _with_deadline(found, book, account.party), asked


def _answer(book: Book, account: PartyAccount, language: Language) -> str:
    """The first line: where the child stands."""
    party = account.party
    state = account.left_as or party.state
    school = school_words(book.law.district.schools, language)
    words = {"school": school(party.school), "round": round_words(party.round or party.phase, language)}
    told = text(f"answer.book.{state}", language, **words)
    unsure = state == SEATED and party.round and book.state.rounds[party.round].state != CONFIRMED
    return told + (text("answer.book.unconfirmed", language) if unsure else "")


def _lots(book: Book, party: BookParty, language: Language) -> Iterator[str]:
    """Give by round the party's place and ticket against the last one admitted, as it stood at the opening."""
    school = school_words(book.law.district.schools, language)
    for name, papers in round_papers(book).items():
        own = {path: row for path, raw in papers.items() if path != CUTOFFS
               for row in _rows(raw) if row["id"] == party.party_id}  # fmt: skip
        claims = party.claims.get(name, ())
        for line in _rows(papers[CUTOFFS]):
            row = own.get(f"draws/{line['draw_id']}.csv")
            if row is None or _was_not_asked(claims, line["school_id"], row["result"]):
                continue
            words = {"round": round_words(name, language), "school": school(line["school_id"]), "rank": row["rank"]}
            last = line["last_ticket"]  # a number, or a place in a ring, stands whole
            last = last if book.law.order else f"{last[:TICKET_DIGITS]}…"
            cut = {"own": row["ticket"], "last_rank": line["last_rank"], "last": last}
            yield text("answer.book.line" if line["last_rank"] else "answer.book.nobody", language, **words, **cut)


def _was_not_asked(claims: Sequence[str], school: str, got: str) -> bool:
    """Whether a party had no claim to a school, or had its seat before it came there."""
    if not claims:
        return False
    return school not in claims or (got in claims and claims.index(school) > claims.index(got))


def _rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))


def _sections(book: Book, account: PartyAccount, language: Language) -> Iterator[str]:
    """Give the plan's section of the rounds that seated the party, or where it waits."""
    party, policy = account.party, book.law.policy
    rounds = [party.round] if party.round else [queue.round for queue in account.queues]
    stands = party.outcome if party.state == SEATED else party.state
    results: Sequence[str] = _CLAUSES.get(stands, ("not_drawn", "refused"))
    clauses = [phase.clauses for phase in map(book.law.phase, rounds)]
    if party.state in _CLAUSES:
        clauses = [phase.clauses for phase in policy.phases]
    named = dict.fromkeys(found[one] for found in clauses for one in results if one in found)
    sections = plan_sections(policy)
    for clause in named:
        section = sections.get(clause, "")
        code = "explain.clause.section" if section else "explain.clause"
        words = section_words(section) if section else ""
        told = f"{section.replace(';', ', ')} ({words})" if language == "en" else words
        yield text(code, language, clause=clause, section=told)


def _with_deadline(found: NoticeList, book: Book, party: BookParty) -> NoticeList:
    """Return the list with the last day of the publicity of the party's round, while that lasts, as the deadline."""
    round_ = book.state.rounds.get(party.round)
    if round_ is None or round_.state != PUBLICITY:
        return found
    days: Mapping[str, object] = {name: days.last_day for name, days in history_of(book.journal).round_days().items()}
    last = str(days[party.round])
    return replace(found, letters=replace(found.letters, deadline=Text(last, last)))
