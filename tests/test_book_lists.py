"""Lists of a case book: who stands on which, what they never say, the digest that is signed, ranks and tickets."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from allocator.book import DECISIONS, Book, opening_orders, present_rows
from allocator.book.opening import hold_opening
from allocator.casebook.list_files import book_lists
from allocator.casebook.lists import BookList, ListedBook, ObjectionAddress, listed_book, public_lists
from allocator.casebook.persons import NamedPerson
from allocator.casebook.seat_changes import changes_since, played_seats
from allocator.domain import ACCEPTED, BookEvent, LetterValues, Text
from allocator.ground import InputError, ListLanguages, Written
from allocator.intake.persons import person_check_digit
from allocator.reading.policy_file import parse_policy
from allocator.record import Retelling, published_orders
from allocator.reporting.public_form import in_fours
from allocator.sheets import csv_for_people, said
from tests import conformance
from tests.book_folders import SUMMER as SUMMER_TABLES
from tests.book_folders import season

SUMMER, PLAIN, REFILL, PART = "33-whole-summer", "12-book-plain", "13-book-refill", "39-book-part"
NAMES = ("张小三", "李四", "欧阳小明", "阿依古丽·买买提", "Müller Anna", "诺敏格日乐")
PUBLIC = ("pre-admission", "publicity", "admitted")


def card(number: int) -> str:
    """A card of nobody, girls and boys in turn."""
    first = f"1505022017{1 + number % 12:02d}{1 + number % 28:02d}{number % 900 + 100:03d}"
    return first + person_check_digit(first)


def person(child: str, number: int) -> NamedPerson:
    """Somebody of whom everything is known."""
    name = NAMES[number % len(NAMES)]
    ways = (f"家长{name}", f"139{number:08d}", f"和平路{number}号（{card(number)}）", f"P{number}")
    return NamedPerson(child, name, "", card(number), *ways)


@cache
def played(name: str) -> tuple[tuple[BookEvent, ...], tuple[str, ...]]:
    """The accepted events of a season, with its children and ids that late families may get."""
    found = season(name)
    events = tuple(e for e, outcome in zip(found.events, found.outcomes, strict=True) if outcome == ACCEPTED)
    return events, (*(c.applicant_id for c in found.district.applicants), *(f"L{n:04d}" for n in range(1, 30)))


def book_after(name: str, stop: int | None = None) -> Book:
    """A book after some of the accepted events of a season."""
    book = Book(season(name).district)
    events, _ = played(name)
    assert {book.propose(event) for event in events[:stop]} == {ACCEPTED}
    return book


def listed(book: Book, name: str = SUMMER, since: int | None = None) -> ListedBook:
    """A book whose children all have names."""
    persons = {child: person(child, number) for number, child in enumerate(played(name)[1])}
    return ListedBook(book, persons, ObjectionAddress(Text("教育局基教科", "the bureau"), "0475-0000000"), since)


def first(name: str, kind: str, nth: int = 1, round_: str = "") -> int:
    """How many events there are when one of a type, and of a round, has happened for the nth time."""
    events = enumerate(played(name)[0], start=1)
    at = [n for n, event in events if event["type"] == kind and (not round_ or event["round"] == round_)]
    return at[nth - 1]


def cells(one: BookList) -> list[dict[str, str]]:
    """The rows of a list as a program reads them."""
    return list(csv.DictReader(io.StringIO(one.data.decode("utf-8-sig"))))


def words(one: BookList, lists: ListLanguages = "both") -> str:
    """Everything that people read on a list, its name and its data."""
    table = csv_for_people(one.table, Written(lists)).decode("utf-8-sig")
    more = [*one.table.signing, one.table.note]
    return "\n".join([one.path, table, one.data.decode("utf-8-sig"), *(said(w, "zh") + said(w, "en") for w in more)])


STOPS = [first(SUMMER, "round_opened", nth) for nth in (1, 4, 6)] + [first(SUMMER, "publicity_opened", 5), None]


@pytest.mark.parametrize("stop", STOPS)
def test_whoever_holds_a_seat_stands_on_one_public_list(stop: int | None) -> None:
    """Under its number, its batch and its school; nobody else does (C069)."""
    book = book_after(SUMMER, stop)
    found = [one for one in public_lists(listed(book)) if one.name in PUBLIC]
    shown = sorted((row["number"], row["school_id"]) for one in found for row in cells(one))
    assert shown == sorted((r.applicant_id, r.school_id) for r in present_rows(book.state) if r.phase)
    assert all(row["batch"] == one.batch and row["school_id"] == one.school for one in found for row in cells(one))


def test_a_round_is_listed_as_it_stands() -> None:
    """Pre-admission when it opens, in publicity with days, place and telephone, then admitted (C069, C070)."""
    opened, published, confirmed = (
        {one.name: one for one in public_lists(listed(book_after(PLAIN, first(PLAIN, kind, 1, "batch-A"))))
         if one.batch == "batch-A"}
        for kind in ("round_opened", "publicity_opened", "round_confirmed")
    )  # fmt: skip
    assert (*opened, *published, *confirmed) == PUBLIC
    said_zh = words(published["publicity"], "zh")
    event = played(PLAIN)[0][first(PLAIN, "publicity_opened", 1, "batch-A") - 1]
    wanted = (event["first_day"], event["last_day"], "教育局基教科", "0475-0000000")
    assert [word for word in wanted if str(word) not in said_zh] == []
    assert not any("0475" in words(found[name]) for found, name in ((opened, PUBLIC[0]), (confirmed, PUBLIC[2])))


@pytest.mark.parametrize("stop", STOPS)
def test_public_lists_say_nothing_else(stop: int | None) -> None:
    """No name in full, card, birth date, telephone, address, ground of a decision, category; no bundle partner."""
    book = book_after(SUMMER, stop)
    of_all = listed(book)
    secrets = {cell for p in of_all.persons.values() for cell in (p.name, p.card, p.born, p.telephone, p.address)}
    secrets |= {"优抚", "随兄姐", "preferential", "sibling", "ruling", "异议答复", "家长", "blacklist", "late"}
    for one in public_lists(of_all):
        assert [word for word in secrets if word in words(one).replace("0475-0000000", "")] == [], one.path
        columns = set(cells(one)[0])
        assert columns <= {"number", "masked_name", "batch", "school_id", "rank", "ticket", "change", "event"}
        lots = Counter(row["ticket"] for row in cells(one) if row.get("ticket"))
        assert set(lots.values()) <= {1}


def test_the_data_of_a_public_list_are_as_the_page_reads_them() -> None:
    """UTF-8, LF, no byte order mark, the six columns, by number; the digest of it stands on the list, and the head."""
    book = book_after(SUMMER)
    for one in public_lists(listed(book)):
        assert b"\r" not in one.data
        assert one.data.endswith(b"\n")
        if one.name != "changes":
            assert one.data.startswith(b"number,masked_name,batch,school_id,rank,ticket\n")
            assert [row["number"] for row in cells(one)] == sorted(row["number"] for row in cells(one))
        for wanted in (in_fours(sha256(one.data).hexdigest()), in_fours(book.head)):
            assert wanted in words(one)


def test_ranks_and_tickets_are_those_of_the_draw() -> None:
    """W14: four for two seats; the ticket is the SHA-256 that anybody can make, the rank its place among who drew."""
    book = book_after(REFILL, first(REFILL, "round_opened", 6))
    lots = {row["number"]: row for one in public_lists(listed(book, REFILL)) for row in cells(one) if row["rank"]}
    assert len(lots) >= 4
    draws = {row.applicant_id: row.draw_id for row in present_rows(book.state)}
    everybody = [party.party_id for party in book.state.parties.values() if party.lead.category == "A"]
    for number, row in lots.items():
        tickets = {p: sha256(f"{book.state.seedhex}|{draws[number]}|{p}".encode()).hexdigest() for p in everybody}
        assert row["ticket"] == tickets[number]
        came = [p for p in everybody if not draws[number].startswith("divert") or draws[p].startswith("divert")]
        assert int(row["rank"]) == 1 + sum(tickets[p] < tickets[number] for p in came)


def test_of_a_bundle_only_the_number_drawn_has_rank_and_ticket() -> None:
    """No line leads to another child."""
    book = book_after(PART, first(PART, "round_opened", 6))
    rows = {row["number"]: row for one in public_lists(listed(book, PART)) for row in cells(one) if "rank" in row}
    bundles = [p for p in book.state.parties.values() if p.size > 1 and p.draw_id]
    assert bundles
    for party in bundles:
        drawn = [child for child in party.children if rows[child]["ticket"]]
        assert drawn == [party.party_id]


def test_changes_tell_who_came_and_who_went_by_which_event() -> None:
    """W14: a winner leaves, the loser next in the order comes; a change that is annulled is none."""
    leaves = first(REFILL, "withdrawal")
    before, after = book_after(REFILL, leaves - 1), book_after(REFILL, leaves)
    assert not [one for one in public_lists(listed(before, REFILL)) if one.name == "changes"]
    changes = {row["number"]: row for one in public_lists(listed(after, REFILL)) if one.name == "changes"
               for row in cells(one) if row["school_id"] == "fuli"}  # fmt: skip
    was = {row.applicant_id for row in present_rows(before.state) if row.school_id == "fuli"}
    now = {row.applicant_id for row in present_rows(after.state) if row.school_id == "fuli"}
    assert {number: row["change"] for number, row in changes.items()} == {
        **dict.fromkeys(was - now, "gone"), **dict.fromkeys(now - was, "came"),
    }  # fmt: skip
    assert {row["event"] for row in changes.values()} == {str(leaves)}
    event = played(REFILL)[0][leaves - 1]
    annulled = {key: event[key] for key in ("at", "by")} | {"role": "office", "type": "annulled", "reason": "误录"}
    assert after.propose({**annulled, "annuls": leaves}) == ACCEPTED
    assert not [one for one in public_lists(listed(after, REFILL)) if one.name == "changes"]


def test_the_digest_on_a_sheet_is_the_one_that_is_signed() -> None:
    """Every sheet's digest is accepted by the book, any other refused; afterwards it says who signed it (C072)."""
    book = book_after(SUMMER)
    sheets = [one for one in book_lists(listed(book)) if one.name == "sign-off"]
    assert {one.batch for one in sheets} > {"batch-E", DECISIONS}
    for one in sheets:
        digest = sha256(one.data).hexdigest()
        signing = {
            "at": "2024-01-05T09:00:00", "by": "principal-7", "role": "principal", "type": "signed_off",
            "round": one.batch, "school": one.school, "digest": digest,
        }  # fmt: skip
        assert in_fours(digest) in words(one)
        assert "principal-7" not in words(one)
        assert book.refusal({**signing, "digest": digest[::-1]}) == "state"
        assert book.propose(signing) == ACCEPTED
    again = [one for one in book_lists(listed(book)) if one.name == "sign-off"]
    assert [one.path for one in again] == [one.path for one in sheets]
    assert all("principal-7" in words(one) and "2024-01-05" in words(one) for one in again)


def test_what_changed_since_a_signature_is_on_a_list_of_its_own() -> None:
    """With names in full, inside; the sheet is to be signed again."""
    book = book_after(SUMMER)
    sheet = next(one for one in book_lists(listed(book)) if one.name == "sign-off" and one.batch == "batch-E")
    signing = {
        "at": "2024-01-05T09:00:00", "by": "u-7", "role": "principal", "type": "signed_off", "round": sheet.batch,
        "school": sheet.school, "digest": sha256(sheet.data).hexdigest(),
    }  # fmt: skip
    child = cells(sheet)[0]["applicant_id"]
    leaving = {
        "at": "2024-01-06T09:00:00", "by": "u-1", "role": "office", "type": "withdrawal", "party": child,
        "then": "leave", "reason": "外地就读",
    }  # fmt: skip
    assert [book.propose(signing), book.propose(leaving)] == [ACCEPTED, ACCEPTED]
    of_all = listed(book)
    found = {one.name: one for one in book_lists(of_all, "batch-E") if one.restricted and one.school == sheet.school}
    (row,) = cells(found["changes"])
    assert (row["number"], row["change"], row["event"]) == (child, "gone", str(len(book.journal)))
    assert of_all.name(child) in words(found["changes"])
    assert "u-7" not in words(found["sign-off"])


def test_restricted_lists_have_names_in_full_and_no_card() -> None:
    """Roll, student records and the other authority's list: every child with its name; no number of a card."""
    book = book_after(SUMMER)
    of_all = listed(book)
    found = [one for one in book_lists(of_all) if one.restricted]
    assert {one.name for one in found} == {
        "sign-off", "roll", "student-record", "external", "report", "report-batches",
    }  # fmt: skip
    rows = {row.applicant_id: row for row in present_rows(book.state)}
    seated, away = ({n for n, row in rows.items() if row.outcome in kinds}
                    for kinds in (("admitted", "diverted", "adjusted"), ("external",)))  # fmt: skip
    for name, children in (("roll", seated), ("student-record", seated), ("external", away)):
        lists = [one for one in found if one.name == name]
        told = {row["number"]: row for one in lists for row in cells(one)}
        assert told.keys() == children
        assert all(row["name"] == of_all.name(child) for child, row in told.items())
        assert all(row["born"].removeprefix("'") == of_all.persons[child].born for child, row in told.items())
    everything = "\n".join(map(words, found))
    assert [p.card for p in of_all.persons.values() if p.card in everything] == []
    assert not re.search(r"\d{17}[\dX]", everything)
    assert all("不得公开" in words(one) for one in found)


def test_the_report_adds_up() -> None:
    """By school and category, and by batch, the children seated are those of the assignment."""
    book = book_after(SUMMER)
    report, batches = (next(one for one in book_lists(listed(book)) if one.name == name)
                       for name in ("report", "report-batches"))  # fmt: skip
    seated = sum(bool(row.phase) for row in present_rows(book.state))
    *schools, everybody = cells(report)
    assert int(everybody["total"]) == sum(int(row["total"]) for row in schools) == seated
    assert sum(int(row["total"]) for row in cells(batches)) == seated
    categories = [key for key in everybody if key not in ("count", "school_id", "total", "plan", "left")]
    assert sum(int(everybody[key]) for key in categories) == seated


def test_lists_of_one_round_and_of_no_such_round() -> None:
    """Decisions under their public word; what is not open is refused with what is."""
    of_all = listed(book_after(SUMMER))
    assert {one.batch for one in book_lists(of_all, "sibling")} <= {"sibling", "decision"}
    assert {one.batch for one in book_lists(of_all, "batch-E")} == {"batch-E"}
    with pytest.raises(InputError, match=r"lists\.no_such_round"):
        book_lists(of_all, "batch-X")
    with pytest.raises(InputError, match=r"lists\.before_draw"):
        book_lists(listed(book_after(SUMMER, first(SUMMER, "frozen"))))


def test_a_child_of_whom_nothing_is_known_stands_without_a_name() -> None:
    """Nothing is invented."""
    book = book_after(REFILL)
    found = book_lists(ListedBook(book, {}, ObjectionAddress()))
    assert all(row["masked_name"] == "" for one in found if not one.restricted for row in cells(one))
    assert {row["name"] for one in found if one.name == "roll" for row in cells(one)} == {""}


@pytest.mark.parametrize("name", ["01", "07", "16", "28", "30", "bundle_at_cut=skip-1", "ticket_scope=per_session-1"])
def test_the_orders_at_an_opening_are_those_that_a_run_publishes(name: str) -> None:
    """Without events the rank of everybody in every draw is that of the published order."""
    district, rows = conformance.load(name)
    assert district.draw is not None
    book = Book(district)
    book.state.seedhex, book.state.season = district.draw.seedhex, "drawn"
    for party in list(book.state.parties.values()):
        book.law.settle(book.state, party)
    orders: dict[str, tuple[str, ...]] = {}
    for round_ in book.law.rounds:
        found = opening_orders(book.law, book.state, round_)
        orders |= {draw: tuple(comer.party.party_id for comer in comers) for draw, comers in found.items()}
        hold_opening(book.law, book.state, round_)
    of_a_run = published_orders(Retelling(district, rows))
    published = {order.draw_id: tuple(entry.party for entry in order.entries) for order in of_a_run}
    assert published
    assert {draw: orders[draw] for draw in published} == published


def test_where_to_object_is_what_the_policy_says_unless_the_command_says_it(tmp_path: Path) -> None:
    """Empty where neither does: nothing is invented."""
    district = season(PLAIN).district
    known = LetterValues(objection=Text("基教科", "bureau"), telephone="0475-1")
    policies = (replace(district.policy, letters=known), district.policy)
    with_, without = (Book(replace(district, policy=policy)) for policy in policies)
    assert listed_book(tmp_path, with_).address == ObjectionAddress(Text("基教科", "bureau"), "0475-1")
    assert listed_book(tmp_path, with_, "办公室", "0475-2").address == ObjectionAddress("办公室", "0475-2")
    assert listed_book(tmp_path, without).address == ObjectionAddress("", "")


def test_a_policy_file_may_say_where_to_object() -> None:
    """Both keys may be left out; others are refused."""
    policy = (conformance.ROOT / "scenarios" / "tongliao-2023-primary" / "policy.yaml").read_text(encoding="utf-8")
    policy = policy[: policy.index("letters:\n")]
    told = 'letters:\n  objection: {zh: 基教科, en: bureau}\n  telephone: "0475-1"\n'
    found, faults = parse_policy((policy + told).encode(), "policy.yaml")
    assert found is not None
    assert (found.letters, faults) == (LetterValues(objection=Text("基教科", "bureau"), telephone="0475-1"), [])
    _, faults = parse_policy((policy + "letters:\n  fax: none\n").encode(), "policy.yaml")
    assert [fault.column for fault in faults] == ["letters.fax"]


def test_a_roll_names_the_papers_to_be_filed(tmp_path: Path) -> None:
    """Of the tables that were frozen with the roster, in the order of the table (C071)."""
    shutil.copytree(SUMMER_TABLES, tmp_path / "frozen" / "tables")
    shutil.copy(conformance.ROOT / "scenarios" / "tongliao-2023-primary" / "policy.yaml", tmp_path / "frozen")
    of_all = listed_book(tmp_path, book_after(SUMMER))
    roll = [row for one in book_lists(of_all) if one.name == "roll" for row in cells(one)]
    assert any(row["papers"] for row in roll)
    for row in roll:
        shown = of_all.papers.get(row["number"], ())
        assert ("户口簿" in row["papers"]) == ("booklet" in shown)
        assert row["papers"].count("、") == max(len(shown) - 1, 0)


def seats(book: Book, round_: str) -> set[tuple[str, str]]:
    """Children who hold a seat of a round, with their school."""
    held = (p for p in book.state.parties.values() if p.state == "seated" and p.round == round_)
    return {(child, party.school) for party in held for child in party.children}


@pytest.mark.parametrize("name", [SUMMER, "29-season-40", "30-season-bundle_at_cut=skip", "36-book-annulled"])
def test_a_list_and_its_changes_are_the_list_of_now(name: str) -> None:
    """From every point of a season to its end, in every round that had opened by then, annulled events among them."""
    book, past = Book(season(name).district), list[dict[str, set[tuple[str, str]]]]()
    for event in played(name)[0]:
        assert book.propose(event) == ACCEPTED
        past.append({round_: seats(book, round_) for round_ in ("", *book.state.rounds)})
    found = played_seats(book.law, book.journal)
    compared = 0
    for since, was in enumerate(past, start=1):
        for round_ in was:
            if found.opened.get(round_, 0) <= since:
                changes = changes_since(found.moves, since, {round_})
                gone, came = ({(c.child, c.school) for c in changes if c.came is side} for side in (False, True))
                assert (was[round_] - gone) | came == seats(book, round_)
                assert not gone - was[round_]
                compared += bool(changes)
    assert compared
