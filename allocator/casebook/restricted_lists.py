"""The lists that stay inside: sign-off, roll, student records, the other authority, report by category (C071, C072).

Names stand in full, card numbers in none of them: who needs one joins the table of persons by registration number. What
a principal signs is the list whose digest the event ``signed_off`` carries, byte for byte the CSV beside the sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TypeAlias

from allocator.book import CONFIRMED, DECISIONS, EXTERNAL, PENDING, SEATED, BookParty, signed_rows_bytes
from allocator.casebook.figures import seat_figures
from allocator.casebook.lists import BookList, ListedBook, change_list, round_text
from allocator.domain import ADJUSTED, ADMITTED, DIVERTED, Text
from allocator.ground import without_card_numbers
from allocator.reporting.public_form import SCHOOL_SIGNING, in_fours, list_heads
from allocator.sheets import Column, Mark, Table, Value, both, csv_for_machines

_Seat: TypeAlias = tuple[str, str, BookParty]
"""Round (``decisions`` for a special seat), child, party."""

_SIGNED = ("number", "name", "way", "draw_id")
_CHILD, _FAMILY = ("number", "name", "sex", "born"), ("guardian_name", "telephone", "address")
_ROLL = ("archive_no", *_CHILD, *_FAMILY, "category", "batch", "way", "papers")
_RECORD = (*_CHILD, "year", "stage", "school_id", "way", *_FAMILY)
_AWAY = (*_CHILD, "category", "zone", *_FAMILY)


def restricted_lists(listed: ListedBook) -> Iterator[BookList]:
    """Give the restricted lists that exist now.

    Of a confirmed round, and of seats by objection or ruling, each school has a sheet to sign, and what changed since
    it was signed; a roll and a list for student records of all of them; one list for each other authority's school;
    the report to the office.

    Parameters
    ----------
    listed : ListedBook
        After the draw.
    """
    state = listed.book.state
    rounds = [name for name, round_ in state.rounds.items() if round_.state == CONFIRMED]
    found: dict[str, list[_Seat]] = {}
    for name in [*rounds, DECISIONS]:
        yield from _signing(listed, name)
        for school, children in listed.holders({_held(name)}).items():
            found.setdefault(school, []).extend((name, child, party) for child, party in children)
    for school in listed.schools:
        if school in found:
            yield _roll(listed, school, found[school])
            yield _student_record(listed, school, found[school])
    yield from _to_others(listed)
    yield _report(listed)
    yield _report_of_batches(listed)


def _held(name: str) -> str:
    """What the seats of a list bear as their round."""
    return "" if name == DECISIONS else name


def _signing(listed: ListedBook, name: str) -> Iterator[BookList]:
    """Give a school's sheet to sign, and since the last signature the changes."""
    signed = {
        str(line["school"]): line
        for line in listed.history.standing
        if line["type"] == "signed_off" and line["round"] == name
    }
    holders = listed.holders({_held(name)})
    for school in listed.schools:
        if school not in holders and school not in signed:
            continue
        yield _sheet(listed, name, school, holders.get(school, ()), signed.get(school))
        if school in signed:
            since = listed.since if listed.since is not None else int(str(signed[school]["seq"]))
            if here := [change for change in listed.changes(since, _held(name)) if change.school == school]:
                yield change_list(listed, (name, school), since, here, restricted=True)


def _sheet(
    listed: ListedBook, name: str, school: str, children: Sequence[tuple[str, BookParty]],
    signed: Mapping[str, object] | None,
) -> BookList:  # fmt: skip
    """The sheet of one school and round; its CSV is the list that is signed."""
    data = signed_rows_bytes(listed.book.law, listed.book.state, name, school)
    digest = sha256(data).hexdigest()
    rows = tuple(
        (at, child, listed.name(child), _way(party), party.draw_id)
        for at, (child, party) in enumerate(children, start=1)
    )
    leads: list[Text | Mark] = [both("lists.children", count=len(rows))]
    leads.append(Mark(both("lists.signed_digest"), "lead", in_fours(digest)))
    if signed is not None and signed["digest"] == digest:
        told = {"person": signed["by"], "day": str(signed["at"])[:10], "seq": signed["seq"]}
        leads.append(both("lists.is_signed", **told))
    table = Table(
        list_heads(_SIGNED), rows, name=listed.schools[school],
        signing=SCHOOL_SIGNING,
    )  # fmt: skip
    title = both("lists.title.sign-off", batch=round_text(name), school=listed.schools[school])
    return _inside(listed, ("sign-off", name, school), title, table, data, leads=leads)


def _inside(
    listed: ListedBook, place: tuple[str, str, str], title: Text, table: Table, data: bytes | None = None, *,
    leads: Sequence[Text | Mark] = (),
) -> BookList:  # fmt: skip
    """A restricted list with what stands on every list; without data of its own its CSV is that of the table."""
    name, batch, school = place
    data = csv_for_machines(table) if data is None else data
    made = listed.finished(name, title, table, data, leads=leads)
    at = sum(mark.weight == "title" for mark in made.marks)
    marks = (*made.marks[:at], Mark(both("lists.restricted"), "warning"), *made.marks[at:])
    return BookList(name, batch, school, True, replace(made, marks=marks), data)


def _way(party: BookParty) -> Text:
    """How a seat was given, without its ground."""
    return both(f"lists.way.{party.outcome}")


def _cells(listed: ListedBook, child: str) -> Mapping[str, Value]:
    """What the table of persons says of a child; sex and birth date by the card where it says nothing else."""
    person = listed.person(child)
    sex = person.told_sex
    family = {code: without_card_numbers(getattr(person, code)) for code in _FAMILY}
    return {
        "number": child, "name": listed.name(child), "born": person.born,
        "sex": both(f"list.sex.{sex}") if sex in ("F", "M") else sex, **family,
    }  # fmt: skip


def _papers(listed: ListedBook, child: str) -> Text:
    """The papers to be bound and filed, in one order."""
    shown = [both(f"lists.paper.{paper}") for paper in listed.papers.get(child, ())]
    return Text("、".join(paper.zh for paper in shown), ", ".join(paper.en for paper in shown))


def _roll(listed: ListedBook, school: str, seats: Sequence[_Seat]) -> BookList:
    """The school's roll: by batch, numbered within each as its papers are bound and filed (C071)."""
    counted: Counter[str] = Counter()
    rows = []
    for at, (name, child, party) in enumerate(seats, start=1):
        counted[name] += 1
        cells = {
            **_cells(listed, child), "archive_no": f"{name}-{counted[name]:03d}", "category": party.lead.category,
            "batch": round_text(name), "way": _way(party), "papers": _papers(listed, child),
        }  # fmt: skip
        rows.append((at, *(cells[code] for code in _ROLL)))
    leads = [both("lists.children", count=len(rows))]
    table = Table(
        list_heads(_ROLL), tuple(rows), note=both("lists.no_cards"), name=listed.schools[school],
        signing=SCHOOL_SIGNING,
    )  # fmt: skip
    title = both("lists.title.roll", school=listed.schools[school])
    return _inside(listed, ("roll", "", school), title, table, leads=leads)


def _student_record(listed: ListedBook, school: str, seats: Sequence[_Seat]) -> BookList:
    """What a school enters into the register of pupils (学籍); none of a child who never was on the platform."""
    office = listed.book.law.office
    same: dict[str, Value] = {
        "year": str(office.year), "stage": both(f"lists.stage.{office.stage}"), "school_id": listed.schools[school],
    }  # fmt: skip
    rows = []
    for at, (_, child, party) in enumerate(sorted(seats, key=lambda seat: seat[1]), start=1):
        cells = {**_cells(listed, child), **same, "way": _way(party)}
        rows.append((at, *(cells[code] for code in _RECORD)))
    table = Table(
        list_heads(_RECORD), tuple(rows), note=both("lists.no_cards"), name=listed.schools[school],
        signing=SCHOOL_SIGNING,
    )  # fmt: skip
    title = both("lists.title.student-record", school=listed.schools[school])
    leads = [both("lists.children", count=len(rows))]
    return _inside(listed, ("student-record", "", school), title, table, leads=leads)


def _to_others(listed: ListedBook) -> Iterator[BookList]:
    """Give by school of another authority the families for whom it admits (C091)."""
    found: dict[str, list[tuple[str, BookParty]]] = {}
    for party in listed.book.state.parties.values():
        if party.state == EXTERNAL:
            found.setdefault(party.school, []).extend((child, party) for child in party.children)
    for school in listed.schools:
        if school in found:
            rows = []
            for at, (child, party) in enumerate(sorted(found[school], key=lambda pair: pair[0]), start=1):
                cells = {**_cells(listed, child), "category": party.lead.category, "zone": _zone_name(listed, party)}
                rows.append((at, *(cells[code] for code in _AWAY)))
            table = Table(
                list_heads(_AWAY), tuple(rows), note=both("lists.no_cards"), name=listed.schools[school],
                signing=(both("lists.sign_maker"), both("lists.sign_office")),
            )  # fmt: skip
            title = both("lists.title.external", school=listed.schools[school])
            leads = [both("lists.children", count=len(rows))]
            yield _inside(listed, ("external", "", school), title, table, leads=leads)


def _zone_name(listed: ListedBook, party: BookParty) -> Value:
    """What another office calls a zone: its school's name; the id where it has none."""
    zone = listed.book.law.district.zones.get(party.lead.zone)
    return party.lead.zone if zone is None else listed.schools.get(zone.school_id, party.lead.zone)


def _report(listed: ListedBook) -> BookList:
    """The report to the office: children seated by school and category, plan and seats left (4.8 of the plan)."""
    law, state = listed.book.law, listed.book.state
    seated = Counter[tuple[str, str]]()
    for party in state.parties.values():
        if party.state == SEATED:
            seated[party.school, party.lead.category] += party.size
    categories = [c for c in law.policy.rank if any(seated[school, c] for school in state.plan)]
    rows: list[tuple[Value, ...]] = []
    for at, seats in enumerate(seat_figures(law, state), start=1):
        by_category = [seated[seats.school, c] for c in categories]
        rows.append((at, listed.schools[seats.school], *by_category, sum(by_category), seats.plan, seats.left))
    sums = [sum(int(str(row[column])) for row in rows) for column in range(2, 5 + len(categories))]
    heads = list_heads(("school_id", "total", "plan", "left"), 3)
    middle = tuple(Column(both("lists.category", category=c), "right", key=c) for c in categories)
    table = Table(
        (*heads[:2], *middle, *heads[2:]), (*rows, (None, both("lists.all"), *sums)),
        signing=(both("lists.sign_maker"), both("lists.sign_office")),
    )  # fmt: skip
    return _inside(listed, ("report", "", ""), both("lists.title.report"), table)


def _report_of_batches(listed: ListedBook) -> BookList:
    """The report by batch: where each stands, how its seats were given, which schools have signed."""
    codes: tuple[Callable[[BookParty], bool], ...] = (
        lambda party: party.outcome == ADMITTED, lambda party: party.outcome == DIVERTED,
        lambda party: party.outcome == ADJUSTED,
    )  # fmt: skip
    unsigned = listed.history.unsigned(listed.book.law, listed.book.state)
    rows: list[tuple[Value, ...]] = []
    rounds = [(n, r.state) for n, r in listed.book.state.rounds.items() if r.state != PENDING]
    for name, stands in [*rounds, (DECISIONS, CONFIRMED)]:
        holders = listed.holders({_held(name)})
        parties = [party for children in holders.values() for _, party in children]
        if name == DECISIONS and not parties:
            continue
        ways = [sum(map(counts, parties)) for counts in codes]
        signed = len(holders) - len(set(unsigned.get(name, ())) & holders.keys()) if stands == CONFIRMED else 0
        words = (round_text(name), both(f"book.stands.{stands}"))
        rows.append((len(rows) + 1, *words, *ways, len(parties), len(holders), signed))
    heads = list_heads(("round", "stands", "admitted", "diverted", "adjusted", "total", "schools", "signed"), 6)
    table = Table(heads, tuple(rows), signing=(both("lists.sign_maker"), both("lists.sign_office")))
    return _inside(listed, ("report-batches", "", ""), both("lists.title.report-batches"), table)
