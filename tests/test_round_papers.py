"""The papers of a book's rounds: orders of draws and cut-offs, as each round stood at its opening."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

import pytest

from allocator.book import Book
from allocator.casebook import RoundPapers, round_papers
from allocator.domain import BookEvent, District
from allocator.procedure import run_procedure
from allocator.record import CUTOFFS, Retelling, cutoff_bytes, derive_cutoffs, order_bytes, published_orders
from tests import conformance
from tests.book_folders import FOLDERS, season
from tests.random_seasons import quiet_season, random_season


def after(district: District, events: Iterable[BookEvent]) -> Book:
    """The book after these events."""
    book = Book(district)
    for event in events:
        book.propose(event)
    return book


def table(raw: bytes) -> list[dict[str, str]]:
    """The lines of a file."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"))))


def quiet_agrees(district: District) -> int:
    """Without events the papers of all rounds together are the files of a run of the same district; returns them."""
    quiet = quiet_season(district)
    papers = round_papers(after(quiet.district, quiet.events))
    retelling = Retelling(district, run_procedure(district))
    draws = {path: raw for files in papers.values() for path, raw in files.items() if path != CUTOFFS}
    assert draws == {order.path: order_bytes(order) for order in published_orders(retelling)}
    heads = cutoff_bytes(())
    together = heads + b"".join(files[CUTOFFS].removeprefix(heads) for files in papers.values())
    assert together == cutoff_bytes(derive_cutoffs(retelling))
    return len(draws)


@pytest.mark.parametrize("name", [n for n in conformance.names() if "receiving_order" not in n and "divert" not in n])
def test_a_season_without_events_has_the_papers_of_a_run(name: str) -> None:
    """Bytes of every order, and every line of the cut-offs."""
    assert quiet_agrees(conformance.load(name)[0]) > 0


def judged(book: Book) -> int:
    """Judge the papers of a book by its own journal, played again; returns the number of orders."""
    papers, again, orders = round_papers(book), Book(book.law.district), 0
    opened: dict[str, tuple[dict[str, str], Mapping[str, int]]] = {}
    for line in book.journal:
        event = {key: value for key, value in json.loads(line).items() if key not in ("seq", "prev")}
        sizes = Counter({name: party.size for name, party in again.state.parties.items()})
        again.propose(event)
        if event["type"] == "round_opened":
            rows = {name: p.school for name, p in again.state.parties.items() if p.round == event["round"]}
            opened[event["round"]] = rows, sizes
    assert set(papers) <= set(opened)
    for name, files in papers.items():
        orders += judged_round(again, name, files, *opened[name])
    return orders


def judged_round(book: Book, name: str, files: RoundPapers, got: dict[str, str], sizes: Mapping[str, int]) -> int:
    """Tickets hash to what they say, results are the seats given, and each line follows from its order."""
    lines = {(row["school_id"], row["step"]): row for row in table(files[CUTOFFS])}
    assert list(lines) == sorted(lines)
    given = Counter(school for party, school in got.items() for _ in range(sizes[party]))
    admitted = Counter({school: 0 for school, _ in lines})
    for (school, _), row in lines.items():
        admitted[school] += int(row["admitted"])
        assert (row["last_ticket"] == "") == (row["last_rank"] == "") == (row["admitted"] == "0")
        assert (row["first_refused"] == "") == (row["wanted"] == row["admitted"])
    if lines:
        assert +admitted == given
    for path, raw in files.items():
        if path != CUTOFFS:
            judged_order(book, path.removeprefix("draws/").removesuffix(".csv"), table(raw), got, lines.values())
    return len(files) - 1


def judged_order(
    book: Book, draw: str, order: list[dict[str, str]], got: dict[str, str], lines: Iterable[Mapping[str, str]]
) -> None:
    """One order: ranks, tickets, groups, results; and the lines that name its draw."""
    word = "session" if book.law.policy.switches.ticket_scope == "per_session" else draw
    places = []
    for rank, row in enumerate(order, start=1):
        assert row["rank"] == str(rank)
        assert row["ticket"] == sha256(f"{book.state.seedhex}|{word}|{row['id']}".encode()).hexdigest()
        places.append((int(row["group"]), row["ticket"]))
        here = got.get(row["id"], "")
        if "/" in draw:
            assert (row["result"] == "admitted") == (here == draw.rpartition("/")[2])
        else:
            assert row["result"] == (here or "unplaced")
    assert places == sorted(places)
    for line in (line for line in lines if line["draw_id"] == draw):
        school = line["school_id"]
        won = [row for row in order if row["result"] in ("admitted", school)]
        assert sum(int(row["size"]) for row in won) == int(line["admitted"])
        if won:
            assert (won[-1]["ticket"], won[-1]["rank"]) == (line["last_ticket"], line["last_rank"])
        if "/" in draw:
            asked = [row for row in order if row["result"] != "elsewhere"]
            lost = [row for row in asked if row["result"] != "admitted"]
            assert sum(int(row["size"]) for row in asked) == int(line["wanted"])
            assert lost[0]["ticket"] == line["first_refused"]


@pytest.mark.parametrize("name", sorted(FOLDERS))
def test_the_papers_of_every_conformance_book_follow_from_its_journal(name: str) -> None:
    """Refills, late families, carried batches, lowered plans, annulled openings: each round as it stood."""
    one = season(name)
    judged(after(one.district, one.events))


def seasons(numbers: Iterable[int]) -> int:
    """Judge random seasons, and that no later event but an annulment changes the papers of a round."""
    orders = 0
    for number in numbers:
        district, events = random_season(number)
        book = after(district, events)
        orders += judged(book)
        earlier, papers = after(district, events[: len(events) // 2]), round_papers(book)
        annulled = any(json.loads(line)["type"] == "annulled" for line in book.journal)
        assert annulled or round_papers(earlier).items() <= papers.items()
    return orders


def test_random_seasons() -> None:
    """Forty seasons with events of all kinds."""
    assert seasons(range(40)) > 40


@pytest.mark.long
def test_random_seasons_for_long() -> None:
    """A thousand."""
    assert seasons(range(1000, 2000)) > 1000


def test_an_opening_that_was_annulled_leaves_no_papers() -> None:
    """The round is pending again; opened a second time, it has the papers of the second opening."""
    district, _ = conformance.load("01")
    quiet = quiet_season(district)
    book = after(quiet.district, ())
    for event in quiet.events:
        book.propose(event)
        if event["type"] == "round_opened":
            break
    name = str(event["round"])
    papers = round_papers(book)
    assert list(papers) == [name]
    annulled = {"type": "annulled", "annuls": len(book.journal), "reason": "x"}
    assert book.propose({key: event[key] for key in ("at", "by", "role")} | annulled) == "accepted"
    assert round_papers(book) == {}
    assert book.propose(event) == "accepted"
    assert round_papers(book) == papers
