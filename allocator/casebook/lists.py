"""The public lists of a book: pre-admission, publicity, admitted, and what changed since (C069, C070, public.md 3).

Their form is that of the lists of a run (``reporting.public_form``). The rounds of decisions, and the seats that
objections and rulings gave, are one batch in public.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from allocator.book import CONFIRMED, PENDING, PUBLICITY, SEATED, Book, BookParty
from allocator.casebook.history import History, history_of
from allocator.casebook.opened_papers import round_papers
from allocator.casebook.persons import NamedPerson, read_persons
from allocator.casebook.seat_changes import HolderChange, PlayedSeats, changes_since, played_seats
from allocator.casebook.words import round_words
from allocator.domain import DecisionPhase, Text
from allocator.ground import Fault, InputError, masked_name, without_card_numbers
from allocator.lottery import FROZEN, POLICY, canonical_csv_text
from allocator.reading.office import holds_applications, read_office
from allocator.reporting.public_form import (
    DECIDED,
    SCHOOL_SIGNING,
    PublicLine,
    in_fours,
    list_heads,
    public_csv,
    public_table,
)
from allocator.sheets import Mark, Table, Value, bilingual, both, harmless, marks_of, order_mark, school_names

_CHANGES = ("number", "masked_name", "batch", "school_id", "change", "event")
_LIST_OF = {"opened": "pre-admission", PUBLICITY: "publicity", CONFIRMED: "admitted"}
"""The list of a round by where it stands."""


class BookList(NamedTuple):
    """One list.

    Attributes
    ----------
    name : str
        What it is: ``pre-admission``, ``publicity``, ``admitted``, ``changes``; restricted ``sign-off``, ``roll``, …
    batch, school : str
        Of which batch and school; empty where it is of all.
    restricted : bool
        Whether it must stay inside.
    table : Table
        As people read it.
    data : bytes
        The same as CSV, whose SHA-256 stands on it.
    """

    name: str
    batch: str
    school: str
    restricted: bool
    table: Table
    data: bytes

    @property
    def path(self) -> str:
        """Where it lies, without the ending."""
        place = "restricted" if self.restricted else "public"
        return "/".join(part for part in (place, self.name, self.batch, self.school) if part)


class ObjectionAddress(NamedTuple):
    """Where to object to a list, and by which telephone; what is empty is left to be filled in by hand."""

    objection: Text | str = ""
    telephone: str = ""


@dataclass(frozen=True)
class ListedBook:
    """A book of which lists are made.

    Attributes
    ----------
    book : Book
        After its last event.
    persons : mapping of str to NamedPerson
        Who the children are, by registration number.
    address : ObjectionAddress
        Told on lists in publicity.
    since : int or None
        ``seq`` of the event since which changes are told; None: a round's publicity, or the last signature.
    papers : mapping of str to tuple of str
        What each child's family showed, where the book has the tables of a determination (C071).
    """

    book: Book
    persons: Mapping[str, NamedPerson]
    address: ObjectionAddress
    since: int | None = None
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def history(self) -> History:
        """What the journal tells of days and signatures."""
        return history_of(self.book.journal)

    @cached_property
    def played(self) -> PlayedSeats:
        """What the journal tells of draws and seats."""
        return played_seats(self.book.law, self.book.journal)

    @cached_property
    def ranks(self) -> Mapping[tuple[str, str], Mapping[str, int]]:
        """By round and draw the rank of everybody who stood in it."""
        return {
            (name, draw): {party: rank for rank, party in enumerate(order, start=1)}
            for name, orders in self.played.orders.items()
            for draw, order in orders.items()
        }

    @cached_property
    def day(self) -> str:
        """The day of the last event: no list knows another clock."""
        return str(json.loads(self.book.journal[-1])["at"])[:10]

    @cached_property
    def schools(self) -> Mapping[str, Text]:
        """Names of the schools, by id."""
        district = self.book.law.district
        zh, en = school_names(district, "zh"), school_names(district, "en")
        return {school: Text(zh[school], en[school]) for school in zh}

    @cached_property
    def roster_names(self) -> Mapping[str, str]:
        """Names as the roster has them, by registration number; empty where it has none."""
        return {child.applicant_id: child.name for child in self.book.law.district.applicants}

    def name(self, child: str) -> str:
        """Return a child's name in full, by the table of persons, else by the roster; empty where neither has it."""
        found = self.persons.get(child)
        return without_card_numbers(found.name if found and found.name else self.roster_names.get(child, ""))

    def person(self, child: str) -> NamedPerson:
        """Return what the table of persons says of a child."""
        return self.persons.get(child, NamedPerson(child))

    def changes(self, since: int, round_: str) -> tuple[HolderChange, ...]:
        """Return who came to a seat of a round, or went from one, since an event; empty: special seats."""
        return changes_since(self.played.moves, since, {round_})

    def holders(self, rounds: Iterable[str]) -> Mapping[str, Sequence[tuple[str, BookParty]]]:
        """Return by own school the children who hold a seat of some rounds, with their party, by number."""
        named, found = frozenset(rounds), dict[str, list[tuple[str, BookParty]]]()
        for party in self.book.state.parties.values():
            if party.state == SEATED and party.round in named:
                found.setdefault(party.school, []).extend((child, party) for child in party.children)
        return {school: sorted(found[school], key=lambda pair: pair[0]) for school in self.schools if school in found}

    def finished(
        self, name: str, title: Text, table: Table, data: bytes, *, leads: Sequence[Text | Mark] = ()
    ) -> Table:
        """Return a table with what stands on every list: titles, what to know first; at the foot date, head, digest."""
        policy_title, *others = marks_of(self.book.law.policy)
        order = self.book.law.order
        marks = [policy_title, Mark(title, "title"), *((order_mark(order),) if order else ()), *others]
        marks += map(_lead, leads)
        marks.append(Mark(both("lists.digest"), tail=in_fours(sha256(data).hexdigest())))
        marks.append(Mark(both("lists.head"), tail=in_fours(self.book.head)))
        marks.append(Mark(both("lists.as_of", day=self.day, seq=len(self.book.journal))))
        return replace(table, marks=tuple(marks), kind=name)


def listed_book(
    folder: Path, book: Book, objection: str = "", telephone: str = "", since: int | None = None
) -> ListedBook:
    """Return a book of which lists are made, with the names that its folder has.

    Parameters
    ----------
    objection, telephone : str
        Where to object to lists in publicity; empty: as the policy's ``letters`` say, else left blank.
    since : int, optional
        ``seq`` of the event since which changes are told.

    Raises
    ------
    InputError
        If the table of persons cannot be read, or the book has no such event.
    """
    if since is not None and since > len(book.journal):
        count = {"count": str(len(book.journal))}
        raise InputError([Fault("lists.no_such_event", "--since", 0, "", str(since), count)])
    known = book.law.policy.letters
    place = objection or (known.objection if known and known.objection.zh else "")
    number = telephone or (known.telephone if known else "")
    return ListedBook(book, read_persons(folder), ObjectionAddress(place, number), since, _papers(folder, book))


def _papers(folder: Path, book: Book) -> Mapping[str, tuple[str, ...]]:
    """Return the papers seen of each child: as frozen, and of late families as they stand now."""
    found: dict[str, tuple[str, ...]] = {}
    for tables in ((folder,) if book.state.late else ()) + (folder / FROZEN / "tables",):
        if holds_applications(tables):
            rows = read_office(tables, policy=folder / FROZEN / POLICY).applications
            found |= {child.applicant_id: tuple(child.papers) for child in rows}
    return found


def _lead(line: Text | Mark) -> Mark:
    return line if isinstance(line, Mark) else Mark(line, "lead")


def public_batch(book: Book, round_: str) -> str:
    """Return the batch by which a round is called in public."""
    is_decided = not round_ or isinstance(book.law.phase(round_), DecisionPhase)
    return DECIDED if is_decided else round_


def round_text(name: str) -> Text:
    """Return what a round is called; in public, all decisions by one word."""
    return both("lists.batch.decision") if name == DECIDED else bilingual(lambda language: round_words(name, language))


def public_lists(listed: ListedBook) -> Iterator[BookList]:
    """Give the public lists that exist now, by batch and school; those of batches in publicity with where to object.

    Whoever holds a seat of a round is on one list: pre-admission, publicity or admitted, as the round stands. Since
    then changed ones are on the list of changes.

    Parameters
    ----------
    listed : ListedBook
        After the draw.
    """
    stages: dict[str, dict[str, list[str]]] = {}
    for name, round_ in [*listed.book.state.rounds.items(), ("", None)]:
        stands = CONFIRMED if round_ is None else round_.state
        if stands != PENDING:
            stages.setdefault(public_batch(listed.book, name), {}).setdefault(stands, []).append(name)
    for batch, by_stage in stages.items():
        for stands, rounds in by_stage.items():
            leads = _leads(listed, stands, rounds)
            for school, children in listed.holders(rounds).items():
                yield _public_list(listed, (_LIST_OF[stands], batch, school), children, leads)
        yield from _changes(listed, batch, [name for rounds in by_stage.values() for name in rounds])


def _leads(listed: ListedBook, stands: str, rounds: Sequence[str]) -> list[Text]:
    """What to know first of a list in publicity: its days, where to object."""
    if stands != PUBLICITY:
        return []
    days = [listed.history.round_days()[name] for name in rounds]
    first, last = min(str(d.first_day) for d in days), max(str(d.last_day) for d in days)
    blank = both("lists.blank")
    telephone, objection = listed.address.telephone or blank, listed.address.objection or blank
    return [
        both("lists.publicity_days", first=first, last=last),
        both("lists.objection", objection=objection, telephone=telephone),
    ]


def _public_list(
    listed: ListedBook, place: tuple[str, str, str], children: Sequence[tuple[str, BookParty]], leads: Sequence[Text]
) -> BookList:
    """The list of one school, as a table and as the CSV that families' pages read."""
    name, batch, school = place
    lines = [
        PublicLine(child, masked_name(listed.name(child)), batch, school, *_lot(listed, child, party))
        for child, party in children
    ]
    data, words = public_csv(lines), round_text(batch)
    title = both(f"lists.title.{name}", batch=words, school=listed.schools[school])
    count = both("lists.children", count=len(lines))
    table = public_table(lines, words, listed.schools[school], listed.book.law.order)
    return BookList(name, batch, school, False, listed.finished(name, title, table, data, leads=[*leads, count]), data)


def _lot(listed: ListedBook, child: str, party: BookParty) -> tuple[str, str]:
    """Rank and ticket of the draw that gave a seat, in the line of the number that was drawn."""
    if not party.draw_id or child != party.party_id:
        return "", ""
    rank = listed.ranks.get((party.round, party.draw_id), {}).get(child, "")
    return str(rank), listed.book.law.ticket(listed.book.state, party.draw_id, child)


def _changes(listed: ListedBook, batch: str, rounds: Sequence[str]) -> Iterator[BookList]:
    """Give the changes since the publicity of each round began, or since it opened where it has not come so far."""
    played, last = listed.played, len(listed.book.journal)
    begun = {name: played.published.get(name, played.opened.get(name, last)) for name in rounds if name}
    begun = dict.fromkeys(begun, listed.since) if listed.since is not None else begun
    begun |= {"": min(begun.values(), default=last)} if "" in rounds else {}
    found = [(since, one) for name, since in begun.items() for one in listed.changes(since, name)]
    for school in listed.schools:
        here = sorted((change, since) for since, change in found if change.school == school)
        if here:
            yield change_list(listed, (batch, school), min(since for _, since in here), [change for change, _ in here])


def change_list(
    listed: ListedBook, place: tuple[str, str], since: int, changes: Sequence[HolderChange], *, restricted: bool = False
) -> BookList:
    """Return who came to a batch at a school and who went, with the event that did it.

    Parameters
    ----------
    place : (str, str)
        Batch and school.
    since : int
        ``seq`` of the event with which it is compared.
    restricted : bool
        Names in full.
    """
    batch, school = place
    words = round_text(batch)
    shown = {c.child: listed.name(c.child) if restricted else masked_name(listed.name(c.child)) for c in changes}
    kinds = {came: "came" if came else "gone" for came in (True, False)}
    cells = [(c.child, harmless(shown[c.child]), batch, school, kinds[c.came], str(c.seq)) for c in changes]
    data = canonical_csv_text([_CHANGES, *cells]).encode("utf-8")
    rows: list[tuple[Value, ...]] = [
        (at, c.child, shown[c.child], words, listed.schools[school], both(f"lists.change.{kinds[c.came]}"), c.seq)
        for at, c in enumerate(changes, start=1)
    ]
    day = str(listed.history.lines[since - 1]["at"])[:10] if since else listed.day
    leads = [both("lists.since", since=since, day=day)]
    title = both("lists.title.changes", batch=words, school=listed.schools[school])
    table = Table(list_heads(_CHANGES), tuple(rows), name=listed.schools[school], signing=SCHOOL_SIGNING)
    return BookList(
        "changes", batch, school, restricted, listed.finished("changes", title, table, data, leads=leads), data
    )


def publicity_end(listed: ListedBook, one: BookList) -> date | None:
    """Return the last day of the publicity that a list is in; None of any other list."""
    if one.name != PUBLICITY:
        return None
    days, rounds = listed.history.round_days(), listed.book.state.rounds
    shown = (name for name, round_ in rounds.items() if round_.state == PUBLICITY)
    ends = [days[name].last_day for name in shown if public_batch(listed.book, name) == one.batch]
    return max((end for end in ends if end is not None), default=None)


def later_changes(listed: ListedBook) -> bytes:
    """Return as CSV who came to a seat or went from one after the opening of its round, with the event that did it.

    ``event,number,change,school_id`` in the order of the events; ``change`` is ``came`` or ``gone``; ``late`` of
    each child of a family that registered after the draw, of which the smallest number is the party's id; and
    ``smaller`` of a party that waits, once for each child that left it: who left it is not told.
    """
    lines: list[tuple[str, str, str, str]] = [("event", "number", "change", "school_id")]
    sizes: dict[str, int] = {}
    for seq, before, after in listed.played.moves:
        lines += [(str(seq), child, "late", "") for child in after.children] if before is None else []
        known = sizes.setdefault(after.party_id, (before or after).size)
        if after.state != SEATED and (after.party_id in after.children or before is None or before.state != SEATED):
            lines += [(str(seq), after.party_id, "smaller", "")] * (known - after.size)
            sizes[after.party_id] = after.size
        was, now = (
            dict.fromkeys(party.children, party.school) if party and party.state == SEATED else {}
            for party in (before, after)
        )
        for child in sorted(child for child in was.keys() | now.keys() if was.get(child) != now.get(child)):
            ends = (("gone", was.get(child)), ("came", now.get(child)))
            lines += [(str(seq), child, change, school) for change, school in ends if school]
    return canonical_csv_text(lines).encode("utf-8")


def papers_of_openings(listed: ListedBook) -> Mapping[str, bytes]:
    """Return by path what is public of each round as it stood at its opening: orders, cut-offs, and who got a seat.

    All rounds of decisions are one in public (``rounds/decision``), so that nothing tells the ground of a decision.
    """
    files: dict[str, bytes] = {}
    lines: dict[str, list[PublicLine]] = {}
    for round_, papers in round_papers(listed.book).items():
        batch = public_batch(listed.book, round_)
        files |= {f"rounds/{batch}/{path}": content for path, content in papers.items()}
        for party in listed.played.seated.get(round_, ()):
            phase = DECIDED if batch == DECIDED else party.phase  # as the cut-offs call it: all adjustments are one
            lines.setdefault(f"rounds/{batch}/lists/{party.school}.csv", []).extend(
                PublicLine(child, masked_name(listed.name(child)), phase, party.school, *_lot(listed, child, party))
                for child in party.children
            )
    return files | {path: public_csv(sorted(lines[path])) for path in sorted(lines)}
