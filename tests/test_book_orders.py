"""A case book whose public draw was by numbers made elsewhere or by a ring (public.md section 1)."""

from __future__ import annotations

import csv
import json
import random
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from allocator.book import Book, play
from allocator.casebook.agreement import demand_season_agreement
from allocator.casebook.kept import reading
from allocator.domain import ACCEPTED, BookEvent, District
from allocator.lottery import SessionTickets, order_places, party_sizes
from allocator.procedure import run_procedure
from tests.cli_calls import call, good
from tests.desk_books import ROUNDS, ClerksDesk, desk_over
from tests.family_page import family_browser
from tests.page_browser import BROWSER
from tests.random_seasons import quiet_season, random_season
from tests.session_orders import random_order


def under_order(district: District, events: tuple[BookEvent, ...], number: int) -> tuple[District, list[BookEvent]]:
    """Return a season as it is proposed after a draw by a random order."""
    drawn = random_order(district, random.Random(number))
    assert drawn.draw is not None
    seed = drawn.draw.seedhex
    return drawn, [{**event, "transcript": seed} if event.get("type") == "drawn" else event for event in events]


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_three_books_agree_under_random_orders(first: int) -> None:
    """Book, strict model and checker say the same of random seasons, refills and late families among them."""
    late = 0
    for number in range(first, first + 20):
        season = random_season(number, 60)
        district, events = under_order(season.district, season.events, number)
        played = play(district, events)
        demand_season_agreement(district, events, played)
        outcomes = zip(events, played.outcomes, strict=True)
        late += sum(event.get("type") == "late_intake" and outcome == ACCEPTED for event, outcome in outcomes)
    assert late


@pytest.mark.long
@pytest.mark.parametrize("first", range(60, 1_060, 50))
def test_three_books_agree_under_many_random_orders(first: int) -> None:
    """The same of a thousand seasons."""
    for number in range(first, first + 50):
        season = random_season(number)
        district, events = under_order(season.district, season.events, number)
        demand_season_agreement(district, events, play(district, events))


@pytest.mark.parametrize("number", range(8))
def test_a_quiet_season_ends_in_the_list_of_a_run(number: int) -> None:
    """Rounds one after the other, with nothing between them, give what ``run`` gives under the same order."""
    season = random_season(number)
    drawn = random_order(season.district, random.Random(number))
    quiet = quiet_season(drawn)
    rows = play(quiet.district, quiet.events).rows
    assert [(row[0], row[1]) for row in rows] == [(row.applicant_id, row.school_id) for row in run_procedure(drawn)]


def test_a_book_of_another_seed_goes_by_the_hash() -> None:
    """The order counts under the transcript that gives it: events that state another digest are drawn by hash."""
    season = random_season(3)
    drawn = random_order(season.district, random.Random(1))
    book = Book(drawn)
    book.state.seedhex = "a" * 64
    party = next(iter(party_sizes(drawn.applicants)))
    assert book.law.ticket(book.state, "adjust", party) == SessionTickets("a" * 64, "per_draw").written("adjust", party)
    assert drawn.draw is not None
    book.state.seedhex = drawn.draw.seedhex
    places = order_places(drawn.draw, party_sizes(drawn.applicants))
    assert places is not None
    assert book.law.ticket(book.state, "adjust", party) == str(places[party])


@pytest.fixture(params=["ring", "numbers"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClerksDesk:
    """Return a book whose draw was by a ring, or by numbers in reverse order of the roster, up to the first batch."""
    desk = desk_over(tmp_path / "book", monkeypatch)
    schools = desk.folder / "schools.csv"
    rows = csv.DictReader(schools.read_text("utf-8").splitlines())
    scarce = [{**row, "plan": row["plan"] and "1", "hard_cap": ""} for row in rows]
    schools.write_text("\n".join([",".join(scarce[0]), *(",".join(row.values()) for row in scarce), ""]), "utf-8")
    good("book", "open", desk.folder, "--by", "li")
    desk.do("determined")
    desk.do("frozen")
    roster = (desk.folder / "frozen" / "draw-roster.csv").read_text("ascii").splitlines()[1:]
    order = "ring:2:3"
    if request.param == "numbers":
        lines = [f"{line.partition(',')[0]},{1000 - at}\n" for at, line in enumerate(roster)]
        (desk.folder / "numbers.csv").write_text("id,number\n" + "".join(lines), "ascii")
        order = "numbers"
    good("draw", "transcript", desk.folder, "--event", "2023-01", "--order", order)
    desk.do("drawn", "--transcript", desk.folder / "transcript.txt")
    return desk


def test_the_desk_keeps_numbers_and_tells_the_order(desk: ClerksDesk, tmp_path: Path) -> None:
    """Rounds go by the order; party, lists and a replay show its numbers, and each says what it cannot guarantee."""
    numbered = (desk.folder / "numbers.csv").exists()
    kind, words = ("numbers", "Numbers drawn elsewhere") if numbered else ("ring", "Ring draw (start 2, step 3)")
    desk.confirm(*ROUNDS)
    desk.do("round_opened", "--round", "batch-A")
    parties = {name: party for name, party in desk.state().parties.items() if party.draw_id}
    assert parties
    with reading(desk.folder) as kept:
        places = order_places(kept.district.draw, party_sizes(kept.district.applicants))
        assert places is not None
        named = kept.district.draw
        assert named is not None
        assert named.order is not None
        assert named.order.kind == kind
    shown = good("book", "show", desk.folder, next(iter(parties)), "--by", "li")
    assert words in shown
    assert f"{'number' if numbered else 'place in the ring'} {places[next(iter(parties))]}" in shown
    good("book", "lists", desk.folder, "--by", "li", "--out", tmp_path / "lists", "--format", "csv", "--format", "xlsx")
    rows = [
        row
        for path in (tmp_path / "lists" / "public").rglob("*.csv")
        if "verify" not in path.relative_to(tmp_path).parts
        for row in csv.DictReader(path.read_text("utf-8").splitlines())
    ]
    assert {row["number"]: row["ticket"] for row in rows if row["ticket"]} == {n: str(places[n]) for n in parties}
    sheets = b"".join(
        zipfile.ZipFile(path).read("xl/sharedStrings.xml") for path in (tmp_path / "lists" / "public").rglob("*.xlsx")
    )
    assert words.encode() in sheets
    assert "号码" in sheets.decode() if numbered else "循环摇号" in sheets.decode()
    replayed = tmp_path / "replay"
    shutil.copytree(desk.folder / "frozen", replayed, ignore=shutil.ignore_patterns("tables"))
    for name in ("transcript.txt", "numbers.csv") if numbered else ("transcript.txt",):
        shutil.copy(desk.folder / name, replayed / name)
    lines = [{k: v for k, v in line.items() if k not in ("seq", "prev")} for line in desk.lines()]
    (replayed / "events.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert call("book", "replay", replayed, "--out", tmp_path / "out", "--trust-digests").exit_code == 0
    assert (tmp_path / "out" / "journal.jsonl").read_bytes() == desk.journal()
    with reading(desk.folder) as kept:
        own = "".join(f"{','.join(row[:2])}," for row in kept.rows)
    again = list(csv.reader((tmp_path / "out" / "assignment.csv").read_text("utf-8").splitlines()))[1:]
    assert "".join(f"{','.join(row[:2])}," for row in again) == own


def test_numbers_changed_after_the_draw_stop_the_book(desk: ClerksDesk) -> None:
    """A book whose numbers are gone, or are not those of its transcript, is not opened; put back it is."""
    path = desk.folder / "numbers.csv"
    if not path.exists():
        pytest.skip("a ring has no file")
    was = path.read_bytes()
    for now, code in ((was.replace(b",1000", b",1001"), "draw.changed_numbers"), (None, "draw.numbers_missing")):
        path.write_bytes(now) if now else path.unlink()
        assert code in desk.refused("round_opened", "--round", "preferential", status=2)
    path.write_bytes(was.replace(b"\n", b"\r\n"))
    said = desk.refused("round_opened", "--round", "preferential", status=2)
    assert "draw.numbers_resaved" in said
    assert "draw.changed" not in said
    path.write_bytes(was)
    desk.do("round_opened", "--round", "preferential")


def test_numbers_from_elsewhere_are_copied_into_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Transcript and numbers that lie elsewhere come into the folder with the event, whose transcript they are."""
    desk = desk_over(tmp_path / "book", monkeypatch)
    good("book", "open", desk.folder, "--by", "li")
    desk.do("determined")
    desk.do("frozen")
    elsewhere = tmp_path / "usb"
    elsewhere.mkdir()
    roster = (desk.folder / "frozen" / "draw-roster.csv").read_text("ascii").splitlines()[1:]
    lines = "".join(f"{line.partition(',')[0]},{at * 7}\n" for at, line in enumerate(roster))
    (elsewhere / "numbers.csv").write_text("id,number\n" + lines, "ascii")
    path = elsewhere / "transcript.txt"
    good("draw", "transcript", desk.folder, "--event", "1", "--order", "numbers", "--out", path)
    (desk.folder / "numbers.csv").write_text("id,number\n", "ascii")
    assert "book.transcript_other" in desk.refused("drawn", "--transcript", path, status=2)
    (desk.folder / "numbers.csv").unlink()
    desk.do("drawn", "--transcript", path)
    assert (desk.folder / "numbers.csv").read_bytes() == (elsewhere / "numbers.csv").read_bytes()
    assert stat.S_IMODE((desk.folder / "numbers.csv").stat().st_mode) == 0o600
    desk.do("round_opened", "--round", "preferential")


@pytest.mark.long
@pytest.mark.skipif(BROWSER is None, reason="no browser here")
def test_the_published_book_is_verified_at_home(desk: ClerksDesk, tmp_path: Path) -> None:
    """What goes on the website of such a book: the page finds nothing wrong in any round, and a changed number."""
    desk.confirm(*ROUNDS)
    for category in "ABC":
        desk.do("round_opened", "--round", f"batch-{category}")
        desk.do("publicity", "--round", f"batch-{category}")
        desk.later(days=8)
        desk.do("round_confirmed", "--round", f"batch-{category}")
    out = tmp_path / "website"
    good("publish", desk.folder, out, "--remove-by", "2023-12-31")
    assert (out / "numbers.csv").exists() == (desk.folder / "numbers.csv").exists()
    with family_browser() as family:
        family.open(out / "verify.html")
        found = family.folder(out)
        assert found.state == "incomplete"
        assert {code for code, _ in found.findings} <= {"draw.later_change", "draw.later_none"}
        for path in (out / "rounds" / "batch-A" / "draws").rglob("*.csv"):
            rows = path.read_text("ascii").splitlines()
            path.write_text("\n".join([rows[0], *rows[1:][::-1], ""]), "ascii")
            family.open(out / "verify.html")
            found = family.folder(out)
            assert found.state == "mismatch"
            assert path.relative_to(out).as_posix() in {file for _, file in found.findings}
            break
        else:
            pytest.fail("no draw was held")
