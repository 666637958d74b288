"""verify.html as families meet it: answers, languages, widths, a screen reader's tree, odd files, nothing fetched."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from allocator.ground import text
from allocator.verifier import FAMILY_PAGE, family_page
from tests.family_page import FamilyPage, family_browser
from tests.page_browser import BROWSER
from tests.published_sets import public_part, published_sets
from tests.session_orders import WORKED, ring_by_hand

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium found")
OUTCOMES = {"admitted": "admitted", "diverted": "placed", "adjusted": "placed"}
OPENED = "() => document.querySelectorAll('details').forEach((part) => { part.open = true; })"
DROPPED = """(files) => {
    const transfer = new DataTransfer();
    for (const [name, content] of files) transfer.items.add(new File([content], name));
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, dataTransfer: transfer }));
}"""
NARROW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[FamilyPage]:
    """One browser for all tests here."""
    with family_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def published(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of the run of a small town."""
    return public_part(lists, tmp_path_factory.mktemp("published") / "town")


@pytest.fixture
def shown(browser: FamilyPage, published: Path) -> FamilyPage:
    """The page, opened anew and given the town's files by folder."""
    browser.open(published / FAMILY_PAGE)
    assert browser.folder(published) == ("ok", frozenset())
    return browser


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def given(browser: FamilyPage, folder: Path) -> Any:
    """What the page finds in a folder, opened anew."""
    browser.open(folder / FAMILY_PAGE)
    return browser.folder(folder)


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """The published folder, to be changed."""
    return Path(shutil.copytree(published, tmp_path / "copy"))


@needs_browser
def test_every_child_gets_the_answer_of_the_list(shown: FamilyPage, lists: Path) -> None:
    """Outcome, rank, ticket and clause of each number are those of assignment and orders; nothing else is read."""
    orders = [rows(path) for path in (lists / "draws").rglob("*.csv")]
    schools = {row["school_id"]: row["name"] for row in rows(lists / "inputs" / "schools.csv")}
    roster = {row["id"] for row in rows(lists / "draw-roster.csv")}
    for child in rows(lists / "assignment.csv"):
        outcome, said = shown.ask(child["applicant_id"])
        stood = [row for order in orders for row in order if row["id"] == child["applicant_id"]]
        other = "refused" if stood else "not-drawn" if child["applicant_id"] in roster else "unknown"
        expected = OUTCOMES.get(child["outcome"], other)
        if child["applicant_id"] in roster:
            assert outcome == expected, child
            assert expected not in OUTCOMES.values() or schools[child["school_id"]] in said.split("\n")[0]
        for row in stood:
            assert row["ticket"] in said
            assert re.search(rf"rank {row['rank']}\b", said)
        if child["draw_id"] and child["applicant_id"] in roster:
            assert child["clause"] in said, (child, said)
    assert shown.ask("T23-999999")[0] == "unknown"
    assert shown.ask("110101201601011234")[1] == text("family.answer_card", "en")
    assert all(url.startswith("file:") and url.endswith(FAMILY_PAGE) for url in shown.asked)


@needs_browser
def test_a_number_is_found_as_it_is_typed(shown: FamilyPage, published: Path) -> None:
    """Small letters, full width and spaces around it lead to the same child."""
    number = rows(published / "draw-roster.csv")[0]["id"]
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    assert {shown.ask(typed)[0] for typed in (number, f" {number.lower()} ", wide)} == {shown.ask(number)[0]}
    assert shown.ask("")[0] == ""


@needs_browser
def test_both_languages_say_all(shown: FamilyPage) -> None:
    """The page follows the browser's language and can be switched, answers too; no code stands in place of words."""
    assert shown.page.locator("#verdict-word").inner_text() == text("family.state_ok", "en")
    shown.page.select_option("#lang", "zh")
    assert shown.page.locator("#verdict-word").inner_text() == text("family.state_ok", "zh")
    assert shown.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert "没有" in shown.ask("T23-999999")[1]
    words = shown.page.locator("body").inner_text()
    assert not re.search(r"family\.|draw\.|undefined|\{\w+\}", words)


@needs_browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_wider_than_the_screen(browser: FamilyPage, copy: Path, width: int, language: str) -> None:
    """No state of the page scrolls sideways on a phone, long tickets and many findings included."""
    browser.open(copy / FAMILY_PAGE, width)
    browser.page.select_option("#lang", language)
    assert browser.page.evaluate(NARROW) == 0
    for order in (copy / "draws").rglob("*.csv"):
        order.write_text(order.read_text().replace(",1,", ",2,"))
    assert browser.folder(copy).state == "mismatch"
    browser.ask(rows(next((copy / "draws").rglob("*.csv")))[0]["id"])
    browser.page.evaluate(OPENED)
    assert browser.page.evaluate(NARROW) == 0


@needs_browser
def test_a_screen_reader_finds_its_way(shown: FamilyPage) -> None:
    """Headings, choosers, the language, the field and what is told have a role and a name; the verdict is words."""
    tree = shown.page.locator("body").aria_snapshot()
    for line in (
        f'heading "{text("family.title", "en")}" [level=1]',
        f'heading "{text("family.choose", "en")}" [level=2]',
        f'button "{text("family.files", "en")}"',
        f'combobox "{text("family.language", "en")}"',
        f'textbox "{text("family.number", "en")}"',
        "status",
        text("family.state_ok", "en"),
    ):
        assert line in tree, (line, tree)
    assert shown.page.locator('#answer[aria-live="polite"], #verdict[aria-live="polite"]').count() == 2


@needs_browser
def test_the_keyboard_reaches_everything(browser: FamilyPage, published: Path) -> None:
    """Language, both choosers and the field are reached by the tabulator, each with a frame that is seen."""
    browser.open(published / FAMILY_PAGE)
    reached = []
    for _ in range(4):
        browser.page.keyboard.press("Tab")
        reached.append(browser.page.evaluate("document.activeElement.id"))
    assert reached[:3] == ["lang", "files", "folder"]
    for _ in range(4):
        browser.page.keyboard.press("Tab")
        reached.append(browser.page.evaluate("document.activeElement.id"))
    assert "applicant" in reached


@needs_browser
def test_ten_thousand_tickets_are_those_of_the_program(shown: FamilyPage) -> None:
    """SHA-256 of seed, draw and number in the page is that of Python's, for ids of every length."""
    seed = sha256(b"a transcript").hexdigest()
    parties = [f"T{'9' * (at % 27)}-{at:04d}" for at in range(10_000)]
    code = "([seed, ids]) => ids.map((id) => schoolDraw.ticket(seed, 'batch-A/fuli', id))"
    told = shown.page.evaluate(code, [seed, parties])
    assert told == [sha256(f"{seed}|batch-A/fuli|{party}".encode()).hexdigest() for party in parties]


@needs_browser
def test_rings_are_walked_as_people_do(shown: FamilyPage) -> None:
    """The worked example of public.md, and rings of every small size walked by hand."""
    ring = "([count, start, step]) => schoolDraw.ringNumbers(count, start, BigInt(step))"
    assert shown.page.evaluate(ring, [20, 6, "3"]) == WORKED
    for count in range(1, 30):
        start, step = count // 2 + 1, 10**17 + count
        assert shown.page.evaluate(ring, [count, start, str(step)]) == ring_by_hand(count, start, step)


@needs_browser
def test_files_come_in_any_way(browser: FamilyPage, published: Path, tmp_path: Path) -> None:
    """By name alone, in several goes, twice, and beside files that are none of the check: the state is the same."""
    files = sorted(path for path in published.rglob("*") if path.is_file() and path.name != FAMILY_PAGE)
    browser.open(published / FAMILY_PAGE)
    first = browser.files(files[: len(files) // 2])
    assert first.state == "incomplete"
    junk, page = tmp_path / "photo.jpg", tmp_path / "notes.csv"
    junk.write_bytes(bytes(range(256)) * 4)
    page.write_bytes(b"\xff\xfe\x00a,b\n")
    assert browser.files([*files[len(files) // 2 :], junk, page]).state == "ok"
    assert browser.files(files).state == "ok"
    assert "photo.jpg" in browser.page.locator("#given").inner_text()
    assert "notes.csv" in browser.page.locator("#given").inner_text()
    browser.page.click("#clear")
    assert browser.page.evaluate("document.body.dataset.state") == "empty"


@needs_browser
def test_files_can_be_dropped(browser: FamilyPage, published: Path) -> None:
    """What is dropped anywhere on the page is read like what is chosen."""
    files = [path for path in published.rglob("*") if path.is_file() and path.name != FAMILY_PAGE]
    browser.open(published / FAMILY_PAGE)
    browser.page.evaluate(DROPPED, [[path.name, path.read_text(encoding="utf-8")] for path in files])
    browser.page.wait_for_selector("body[data-state=ok]")


@needs_browser
@pytest.mark.parametrize("order", ["ring:3:2", "numbers"])
def test_another_order_is_said(browser: FamilyPage, tmp_path: Path, order: str) -> None:
    """Of a ring and of numbers made elsewhere the page says what it is and what it cannot guarantee, and checks it."""
    (folder,) = published_sets(tmp_path, (f"conformance:05:{order}",)).values()
    assert given(browser, folder) == ("ok", frozenset())
    note = browser.page.locator("#order-note").inner_text()
    assert note == text(f"draw.order_{order.partition(':')[0]}", "en", start=3, step=2)
    party = rows(next((folder / "draws").rglob("*.csv")))[0]
    said = browser.ask(party["id"])[1]
    assert f" {party['ticket']}\n" in said
    assert "SHA-256" not in said


@needs_browser
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("policy.yaml", "draw.changed_policy_resaved"),
        ("draw-roster.csv", "draw.changed_roster_resaved"),
        ("transcript.txt", "draw.carriage_return"),
        ("cutoffs.csv", "draw.saved_again"),
    ],
)
def test_a_file_saved_by_an_editor_is_named_with_its_cure(
    browser: FamilyPage, copy: Path, name: str, code: str
) -> None:
    """A byte order mark and Windows line ends change no number: the finding says so, and what to do."""
    file = copy / name
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    found = given(browser, copy)
    assert found.state == "mismatch"
    assert (code, name) in found.findings


NO_TABLES = (b"", b"\x00" * 5000, b"\xff\xfe" + b"x\x00" * 400, b'"' * 999, b"\n" * 9999)


@needs_browser
@pytest.mark.parametrize("turn", range(len(NO_TABLES)))
def test_what_is_no_table_is_told(browser: FamilyPage, copy: Path, turn: int) -> None:
    """Empty, binary, UTF-16, quotes without end, nothing but line ends: each file is named and the page goes on."""
    names = ["cutoffs.csv", "transcript.txt", "policy.yaml", "draw-roster.csv"]
    names.append(next((copy / "lists").iterdir()).relative_to(copy).as_posix())
    for at, name in enumerate(names):
        (copy / name).write_bytes(NO_TABLES[(turn + at) % len(NO_TABLES)])
    found = given(browser, copy)
    assert found.state == "mismatch"
    told = {name for _, name in found.findings}
    assert set(names) - {"policy.yaml", "draw-roster.csv"} <= told  # those two are held against the transcript alone


HOSTILE = (
    "<img src=x onerror=document.title='broken'>", "</script><script>document.title='broken'</script>",
    "=cmd|' /C calc'!A0", "\u202egnp.exe", '"><svg onload=document.title=1>', "{count:a/b}{{words}}", "__proto__",
)  # fmt: skip


@needs_browser
def test_what_stands_in_a_file_is_only_text(browser: FamilyPage, copy: Path) -> None:
    """Names, schools, batches and events of a hostile file make no element, run nothing and turn no line around."""
    file = next(file for file in (copy / "lists").iterdir() if file.read_text().count("\n") > len(HOSTILE))
    lines = file.read_text().split("\n")
    numbers = [line.split(",")[0] for line in lines[1 : 1 + len(HOSTILE)]]
    for at, name in enumerate(HOSTILE, start=1):
        cell = '"' + name.replace('"', '""') + '"'
        lines[at] = f"{numbers[at - 1]},{cell},{cell},{cell},{cell},{cell}"
        with (copy / "cutoffs.csv").open("a") as cutoffs:
            cutoffs.write(f"{cell},{cell},,,,1,1,{cell},1,1,\n")
    file.write_text("\n".join(lines))
    transcript = (copy / "transcript.txt").read_text()
    (copy / "transcript.txt").write_text(re.sub("event=.*", lambda _: f"event={HOSTILE[0]}", transcript))
    assert given(browser, copy).state == "mismatch"
    for number in numbers:
        browser.ask(number)
        browser.page.evaluate(OPENED)
        assert browser.page.locator("img, svg, iframe, #findings script, #answer script").count() == 0
    assert HOSTILE[0] in browser.page.locator("#facts").inner_text()
    assert browser.page.title() == text("family.title", "en")
    assert "\u202e" not in browser.page.locator("body").inner_text()
    assert len(browser.asked) == 1


@needs_browser
def test_names_of_a_district_are_only_words(browser: FamilyPage, copy: Path) -> None:
    """A school or title that is markup, or closes the element of the words, is shown as it is written."""
    title = {"zh": HOSTILE[1], "en": HOSTILE[1]}
    (copy / FAMILY_PAGE).write_bytes(family_page({"title": title, "schools": {"__proto__": title}}))
    assert given(browser, copy).state == "ok"
    assert browser.page.locator("#district").inner_text() == HOSTILE[1]
    assert browser.page.title() == text("family.title", "en")


@needs_browser
def test_a_name_changed_after_publication_is_found_by_its_bytes(browser: FamilyPage, copy: Path) -> None:
    """A masked name follows from nothing, but the page knows the files with which it was published."""
    file = next(file for file in (copy / "lists").iterdir() if file.read_text().count("\n") > 2)
    number, _, *rest = file.read_text().split("\n")[1].split(",")
    lines = file.read_text().split("\n")
    file.write_text("\n".join([lines[0], ",".join([number, "王*", *rest]), *lines[2:]]))
    assert given(browser, copy) == ("mismatch", {("draw.not_as_published", f"lists/{file.name}")})
    (copy / FAMILY_PAGE).write_bytes(family_page())  # a page without digests cannot know
    assert given(browser, copy).state == "ok"


@needs_browser
def test_a_file_that_was_added_or_is_gone_is_named(browser: FamilyPage, copy: Path) -> None:
    """An empty list that no order needs is missed, and one of a school that nobody published is told."""
    empty, other = copy / "lists" / "empty.csv", copy / "lists" / "other.csv"
    empty.write_text("number,masked_name,batch,school_id,rank,ticket\n")
    files = {path.relative_to(copy).as_posix(): path for path in copy.rglob("*") if path.name != FAMILY_PAGE}
    digests = {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items() if path.is_file()}
    (copy / FAMILY_PAGE).write_bytes(family_page({}, digests))
    assert given(browser, copy).state == "ok"
    empty.rename(other)
    added, gone = ("draw.not_as_published", "lists/other.csv"), ("draw.list_missing", "lists/empty.csv")
    assert given(browser, copy) == ("mismatch", {added, gone})
    other.unlink()
    assert given(browser, copy) == ("incomplete", {gone})


@needs_browser
def test_orders_of_one_name_are_told_apart_by_their_tickets(browser: FamilyPage, copy: Path) -> None:
    """Phones give names alone: an order whose first tickets were changed still stands at its own place."""
    orders = {path.relative_to(copy).as_posix(): path for path in (copy / "draws").rglob("*.csv")}
    name = max(orders, key=lambda one: orders[one].read_text().count("\n"))
    lines = orders[name].read_text().split("\n")
    lines[1:4] = [line[:12] + "0" * 8 + line[20:] for line in lines[1:4]]
    orders[name].write_text("\n".join(lines))
    files = [path for path in copy.rglob("*") if path.is_file() and path.name != FAMILY_PAGE]
    browser.open(copy / FAMILY_PAGE)
    found = browser.files(files)
    assert found.state == "mismatch"
    told = {file for _, file in found.findings}
    assert name in told
    assert not told & (orders.keys() - {name})


@needs_browser
def test_a_page_of_another_draw_says_nothing_of_bytes(browser: FamilyPage, copy: Path) -> None:
    """Digests count where at least half of the files are the same: a page at hand from elsewhere accuses nobody."""
    digests = {path.relative_to(copy).as_posix(): "0" * 64 for path in copy.rglob("*.csv")}
    (copy / FAMILY_PAGE).write_bytes(family_page({}, digests))
    assert given(browser, copy).state == "ok"


@needs_browser
def test_later_changes_of_a_book_are_listed(browser: FamilyPage, copy: Path, tmp_path: Path) -> None:
    """Each round is checked as it stood; what came later is told with its event, to the family too: incomplete."""
    book = tmp_path / "book"
    (book / "rounds" / "batch").mkdir(parents=True)
    for name in ("draws", "lists", "cutoffs.csv"):
        (copy / name).rename(book / "rounds" / "batch" / name)
    for name in ("policy.yaml", "transcript.txt", "draw-roster.csv", FAMILY_PAGE):
        (copy / name).rename(book / name)
    number = rows(next(p for p in (book / "rounds").rglob("lists/*.csv") if len(rows(p))))[0]["number"]
    (book / "later-changes.csv").write_text(f"event,number,change,school_id\n17,{number},gone,fuli\n")
    assert given(browser, book) == ("incomplete", {("draw.later_change", "later-changes.csv")})
    assert "17" in browser.page.locator("#findings").inner_text()
    outcome, said = browser.ask(number)
    assert outcome == "admitted"
    assert "17" in said
    (book / "later-changes.csv").unlink()
    assert given(browser, book) == ("incomplete", {("draw.file_missing", "later-changes.csv")})
