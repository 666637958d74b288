"""``allocator book do``: every event by its options, refused with a reason, shown and asked about, safe from kills."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from allocator.book import FORMS
from allocator.casebook.kept import KeptBook
from allocator.casebook.words import round_words
from tests.book_folders import rows
from tests.cli_calls import call
from tests.desk_books import DIGITS, ROUNDS, ClerksDesk, copied, desk_over
from tests.test_schemas import wrong


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    """A patch that lasts for the file."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> ClerksDesk:
    """A summer that is drawn, with batch A opened; tests work on copies of it."""
    desk = desk_over(tmp_path_factory.mktemp("desk") / "summer", patch)
    for kind in ("season_opened", "determined", "frozen"):
        desk.do(kind)
    desk.draw()
    desk.confirm(*ROUNDS)
    desk.do("round_opened", "--round", "batch-A")
    return desk


@pytest.fixture
def desk(batch: ClerksDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClerksDesk:
    """A copy of the summer with batch A opened."""
    return copied(batch, tmp_path / "summer", monkeypatch)


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClerksDesk:
    """A summer's tables with a book just opened."""
    desk = desk_over(tmp_path / "summer", monkeypatch)
    desk.do("season_opened")
    return desk


def test_every_event_has_its_command(desk: ClerksDesk) -> None:
    """A summer by hand, up to the locks: each type is entered at least once, and the files are those of the lines."""
    seated, external = desk.parties("seated"), desk.parties("external")
    bundle = next(name for name, p in desk.state().parties.items() if p.size > 1 and p.state in ("seated", "waiting"))
    ruled = desk.parties("needs_ruling")[0]
    single = [name for name in seated if desk.state().parties[name].size == 1 and desk.state().parties[name].round]
    desk.do("withdrawal", "--party", single[0], "--then", "leave", "--reason", "moved")
    assert "annuls line" in desk.do("annulled", "--reason", "the wrong child")
    desk.do("withdrawal", "--party", single[1], "--then", "stay", "--reason", "waits for another school", by="sun")
    desk.do("part_withdrawn", "--party", bundle, "--children", bundle, "--reason", "goes elsewhere")
    desk.do("reclassification", "--party", single[2], "--category", "E", "--zone", "fuli", "--reason", "x", by="wang")
    words = ("--ground", "false_papers", "--then", "adjust", "--reason", "found out")
    desk.do("revocation", "--party", single[3], *words, by="wang")
    desk.do("returned", "--party", external[0], "--reason", "not theirs")
    desk.do("ruling", "--party", ruled, "--decision", "adjust", "--reason", "the group met", by="wang")
    desk.do("seats_added", "--school", "fuli", "--seats", 9, "--reason", "a room more", by="wang")
    desk.do("seats_removed", "--school", "fuli", "--seats", 1, "--reason", "one too many", by="wang")
    assert "L0001, L0002" in desk.do("late_intake", "--children", 2, "--zone", "fuli", "--category", "A")
    desk.do("note", "--text", "a phone call", by="sun")
    desk.do("publicity_opened", "--round", "batch-A")
    desk.do("objection", "--round", "batch-A", "--objection", "Y1", "--party", single[4], "--text", "why", by="sun")
    last = desk.lines()[-2]["last_day"]
    later = f"{last[:8]}{int(last[8:]) + 1:02}"
    desk.do("publicity_extended", "--round", "batch-A", "--last-day", later)
    rejected = ("--objection", "Y1", "--result", "rejected", "--text", "as the draw has it")
    assert call("book", "do", desk.folder, "objection_closed", "--by", "li", *rejected).exit_code == 0  # nothing to ask
    desk.later(days=9)
    desk.do("round_confirmed", "--round", "batch-A")
    desk.do("signed_off", "--round", "batch-A", "--school", "fuli", by="zhao")
    desk.confirm(*(f"batch-{k}" for k in ("B", "C", "D", "E", "R1", "R2", "R3")), "adjustment")
    lived_in = desk.state().parties["L0001"]
    add_application(desk.folder, "L0001")
    assert "locks-new.csv" in desk.do("locks_written")
    assert lived_in.state == "seated"
    assert ",L0001\n" in (desk.folder / "locks-new.csv").read_text("utf-8")
    locks = sha256((desk.folder / "locks-new.csv").read_bytes()).hexdigest()
    assert desk.lines()[-1]["locks"] == locks
    assert {line["type"] for line in desk.lines()} == set(FORMS) - {"unfrozen"}


def add_application(folder: Path, child: str) -> None:
    """Give a child of a late family its row among the applications: that of another one, of a family of its own."""
    for name, key, value in (("applications", "applicant_id", child), ("guardians", "guardian", "g-late")):
        path = folder / f"{name}.csv"
        table = rows(path)
        row = next(row for row in table if row.get("home", "x") and not row.get("bundle"))
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, list(row), lineterminator="\n").writerow({**row, key: value, "family": "F-late"})


def test_a_freeze_is_taken_back_and_brought_back(fresh: ClerksDesk) -> None:
    """Its files are kept aside under a number; annulling puts them in their place, a new freeze beside them."""
    fresh.do("determined")
    assert "roster=sha256:" in fresh.do("frozen")
    frozen = {path.name for path in fresh.folder.iterdir() if "frozen" in path.name or "draw-" in path.name}
    assert frozen == {"frozen", "draw-roster.csv", "draw-freeze.txt", "draw-log.txt"}
    assert "frozen-1" in fresh.do("unfrozen", "--reason", "a list came late", by="wang")
    assert not (fresh.folder / "frozen").exists()
    fresh.do("annulled", "--reason", "no list came")
    assert fresh.state().season == "frozen"
    assert (fresh.folder / "frozen").is_dir()
    fresh.do("unfrozen", "--reason", "it did come", by="wang")
    fresh.refused("frozen")
    fresh.do("determined")
    fresh.do("frozen")
    assert len(fresh.state().parties) > 40


def test_a_freeze_rests_on_the_tables_of_its_determination(fresh: ClerksDesk) -> None:
    """Tables changed since, and children held, are told; nothing is frozen then."""
    fresh.do("determined")
    rulings = fresh.folder / "rulings.csv"
    good = rulings.read_bytes()
    child = (fresh.folder / "applications.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    rulings.write_bytes(good + f"zz-9,{child},status,late,synthetic,group,2023-07-01\n".encode())
    assert "changed since the last determination" in fresh.refused("frozen", status=2)
    assert not (fresh.folder / "frozen").exists()
    rulings.write_bytes(good)
    fresh.do("frozen")


def test_a_reviewed_roster_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its canonical bytes stand for the determination; it names no homes, so there are no locks."""
    desk = desk_over(tmp_path / "book", monkeypatch, "12-book-plain")
    for kind in ("season_opened", "determined", "frozen"):
        desk.do(kind)
    determined, frozen = desk.lines()[1:]
    assert determined["determination"] == frozen["roster"]
    assert determined["inputs"] == frozen["inputs"]
    assert not (desk.folder / "determination").exists()
    desk.draw()
    assert "nothing can be locked" in desk.refused("locks_written", status=2)


@pytest.mark.parametrize(
    ("options", "by", "words"),
    [
        (("withdrawal", "--party", "nobody", "--then", "leave", "--reason", "x"), "li", "no party nobody"),
        (("seats_added", "--school", "keerqin-primary", "--seats", "1", "--reason", "x"), "wang", "another authority"),
        (("seats_added", "--school", "moon", "--seats", "1", "--reason", "x"), "wang", "no school moon"),
        (("seats_removed", "--school", "fuli", "--seats", "500", "--reason", "x"), "wang", "left"),
        (("round_opened", "--round", "batch-C"), "li", "the next round is batch B (batch-B)"),
        (("round_opened", "--round", "batch-Z"), "li", "there is no round batch-Z"),
        (("round_opened", "--round", "batch-B"), "li", "batch A is opened"),
        (("round_confirmed", "--round", "batch-A"), "li", "must be published first"),
        (("publicity", "--round", "batch-A", "--first-day", "2023-01-02"), "li", "before today"),
        (("publicity", "--round", "sibling"), "li", "siblings is confirmed; it must be opened"),
        (("objection", "--round", "batch-A", "--objection", "Y1", "--party", "x", "--text", "y"), "sun", "no party x"),
        (("signed_off", "--round", "batch-A", "--school", "fuli"), "zhao", "it must be confirmed"),
        (("locks_written",), "li", "it must be confirmed"),
        (("annulled", "--annuls", "3", "--reason", "x"), "li", "only the last line"),
        (("unfrozen", "--reason", "x"), "wang", "the season is now: drawn; it must be: frozen"),
        (("objection_closed", "--objection", "Y7", "--result", "upheld", "--text", "x"), "wang", "no objection Y7"),
    ],
)  # fmt: skip
def test_a_refusal_says_why(desk: ClerksDesk, options: tuple[str, ...], by: str, words: str) -> None:
    """Status 1, nothing written, the code and what lacks in words."""
    said = desk.refused(*options, by=by)
    assert said.startswith("refused (")
    assert words in said


def test_a_publicity_too_short_names_the_earliest_last_day(desk: ClerksDesk) -> None:
    """In both languages, by the working days of the policy; without dates it is long enough by itself."""
    days = ("--round", "batch-A", "--first-day", "2024-01-01", "--last-day", "2024-01-02")
    assert "2024-01-05 at the earliest" in desk.refused("publicity_opened", *days)
    assert "最早到 2024-01-05" in desk.refused("公示", *days, language="zh")


def test_several_rounds_are_published_together_or_not_at_all(desk: ClerksDesk) -> None:
    """An event each; one that is refused keeps the others out."""
    desk.refused("publicity", "--round", "batch-A", "--round", "batch-B")
    desk.do("withdrawal", "--party", desk.parties("seated")[0], "--then", "leave", "--reason", "x")
    told = desk.do("publicity", "--round", "batch-A", "--round", "batch-A")
    assert told.count("publicity") == 2
    assert "publicity, batch A" in told


def test_who_may_act_is_said_by_the_list_of_officers(desk: ClerksDesk) -> None:
    """An unknown person, a role not held, none that fits, several that fit: refused before the book is opened."""
    words = ("--party", desk.parties("seated")[0], "--then", "leave", "--reason", "x")
    assert "nobody of this name" in desk.refused("withdrawal", *words, by="ghost", status=2)
    assert "does not hold this role" in desk.refused("withdrawal", *words, "--role", "group", status=2)
    assert "it is for the role school, office" in desk.refused("withdrawal", *words, by="wang", status=2)
    assert "name one of office, school" in desk.refused("withdrawal", *words, by="qian", status=2)
    close = ("--objection", "Y1", "--result", "upheld", "--text", "x")
    assert "it is for the role group, and" in desk.refused("objection_closed", *close, status=2)
    assert "refused (role)" in desk.refused("withdrawal", *words, "--role", "group", by="wang")


def test_the_list_of_officers_must_be_right(desk: ClerksDesk) -> None:
    """Every fault of it is told; there must be one; others lose the right to read it."""
    path = desk.folder / "persons.csv"
    path.chmod(0o644)
    desk.do("note", "--text", "x")
    assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"
    path.write_text("人员编号,岗位\nli,办公室;校工\nli,学校\n", "utf-8")
    said = desk.refused("note", "--text", "x", status=2)
    assert "no such role" in said
    assert "in the list already" in said
    path.unlink()
    assert "persons.csv" in desk.refused("note", "--text", "x", status=2)


def test_a_clock_behind_the_book_writes_nothing(desk: ClerksDesk) -> None:
    """It says what that means, whatever is answered."""
    desk.later(days=-40)
    assert "Set the clock right" in desk.refused("note", "--text", "x", by="sun")


def test_a_clock_far_ahead_is_asked_about(desk: ClerksDesk) -> None:
    """On a terminal a yes goes on and anything else writes nothing; without one ``--yes`` must be given."""
    desk.later(days=31)
    note = ("do", desk.folder, "note", "--by", "sun", "--text", "x")
    before = desk.journal()
    alone = call("book", *note)
    assert (alone.exit_code, desk.journal()) == (2, before)
    assert "31 days after the last line" in alone.stderr
    refused = desk.asked("n\n", *note)
    assert (refused.exit_code, desk.journal()) == (1, before)
    assert desk.asked("y\n", *note).exit_code == 0
    assert len(desk.lines()) == before.count(b"\n") + 1


@pytest.mark.parametrize("name", ["sibling", "batch-A", "adjustment-2", "objection", "ruling"])
def test_every_way_to_a_seat_has_its_words(name: str) -> None:
    """Rounds, and what stands in their place where an objection or a ruling gave the seat."""
    assert round_words(name, "zh") != name
    assert round_words(name, "en") != name


def test_what_an_event_moves_is_shown_before_it_is_written(desk: ClerksDesk) -> None:
    """Party, from where to where; then it is asked about; without a terminal the question is the refusal."""
    state = desk.state()
    party = next(name for name, p in state.parties.items() if p.round == "batch-A" and p.size == 1)
    words = ("do", desk.folder, "withdrawal", "--by", "sun", "--party", party, "--then", "leave", "--reason", "x")
    before = desk.journal()
    alone = call("book", *words)
    assert (alone.exit_code, desk.journal()) == (2, before)
    assert "Write this in the book?" in alone.stderr
    assert f"  {party}: " in alone.stdout
    assert "batch A → withdrawn" in alone.stdout
    assert (desk.asked("\n", *words).exit_code, desk.journal()) == (1, before)
    assert desk.asked("y\n", *words).exit_code == 0
    assert desk.lines()[-1]["party"] == party


def test_the_answer_as_json_is_as_its_schema(desk: ClerksDesk) -> None:
    """Accepted and refused."""
    party = desk.parties("seated")[0]
    words = ("withdrawal", "--party", party, "--then", "leave", "--reason", "x", "--json")
    found = json.loads(desk.do(*words))
    assert wrong("book-event", found) == []
    assert found["moved"][0]["party"] == party
    refused = desk.tried(*words)
    assert refused.exit_code == 1
    assert wrong("book-event", json.loads(refused.stdout)) == []
    assert json.loads(refused.stdout)["outcome"] == "state"


def test_the_folder_may_stand_before_behind_or_be_left_out(desk: ClerksDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """``do DIR EVENT``, ``do EVENT DIR``, ``DIR do EVENT``, and ``do EVENT`` inside; the event in Chinese too."""
    rest = ("--by", "sun", "--text", "x")
    count = len(desk.lines())
    for words in (("do", desk.folder, "note"), ("do", "note", desk.folder), (desk.folder, "do", "附注")):
        assert call("book", *words, *rest).exit_code == 0
    monkeypatch.chdir(desk.folder)
    for inside in (("do", "note"), ("do", ".", "note")):
        assert call("book", *inside, *rest).exit_code == 0
    assert len(desk.lines()) == count + 5
    assert call("book", "do", "nothing", *rest).exit_code == 2
    monkeypatch.chdir(desk.folder.parent)
    assert call("book", "do", "note", *rest).exit_code == 2


@pytest.mark.parametrize(("field", "value", "words"), [
    ("--reason", "two\nlines", "one line of 1 to 500"), ("--reason", " ", "nothing stands here"),
    ("--party", "a b", "1 to 32 letters"),
])  # fmt: skip
def test_a_field_of_another_form_is_bad_input(desk: ClerksDesk, field: str, value: str, words: str) -> None:
    """Status 2, with the option and what is expected."""
    given = {"--party": "K1", "--then": "leave", "--reason": "x"} | {field: value}
    said = desk.refused("withdrawal", *(word for pair in given.items() for word in pair), status=2)
    assert field in said
    assert words in said


def _stop(*given: object) -> None:
    raise KeyboardInterrupt


def test_a_kill_between_file_and_event_loses_nothing(
    fresh: ClerksDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The book starts again, and a second try enters the event with its files."""
    sources = [word for at, one in enumerate(DIGITS, start=1) for word in ("--source", f"witness-{at}:{one}")]
    for kind in ("determined", "frozen", "drawn"):
        options = ("--transcript", fresh.folder / "transcript.txt") if kind == "drawn" else ()
        if kind == "drawn":
            call("draw", "transcript", fresh.folder, "--event", "2023-01", *sources)
        before = fresh.journal()
        with monkeypatch.context() as patch:
            patch.setattr(KeptBook, "propose", _stop)
            assert fresh.tried(kind, *options).exit_code == 130
        assert fresh.journal() == before
        assert fresh.state().season in ("open", "frozen")
        fresh.do(kind, *options)
        assert fresh.lines()[-1]["type"] == kind


@pytest.mark.parametrize("step", ["swap_in", "number_earlier_frozen", "swap_file"])
def test_a_kill_while_a_freeze_is_written_loses_nothing(
    fresh: ClerksDesk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Half a freeze is none: no event names it, and the next try puts a whole one in its place."""
    fresh.do("determined")
    with monkeypatch.context() as patch:
        patch.setattr(f"allocator.record.frozen.{step}", _stop)
        assert fresh.tried("frozen").exit_code == 130
    assert fresh.state().season == "open"
    fresh.do("frozen")
    assert {path.name for path in (fresh.folder / "frozen").iterdir()} >= {"applicants.csv", "policy.yaml", "tables"}
    assert fresh.state().season == "frozen"


def test_a_kill_after_a_freeze_was_taken_back_loses_nothing(
    fresh: ClerksDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files lie there as if it held, and the next freeze replaces them."""
    fresh.do("determined")
    fresh.do("frozen")
    with monkeypatch.context() as patch:
        patch.setattr("allocator.casebook.preparing.take_back_season_freeze", _stop)
        assert fresh.tried("unfrozen", "--reason", "x", by="wang").exit_code == 130
    assert fresh.state().season == "open"
    rulings = fresh.folder / "rulings.csv"
    child = (fresh.folder / "applications.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    rulings.write_bytes(rulings.read_bytes() + f"zz-9,{child},status,late,synthetic,group,2023-07-01\n".encode())
    fresh.do("determined")
    fresh.do("frozen")
    assert (fresh.folder / "frozen-1").is_dir()
    assert fresh.state().season == "frozen"


@pytest.mark.parametrize("change", ["digest", "weak", "other"])
def test_a_transcript_of_another_draw_is_refused(fresh: ClerksDesk, change: str) -> None:
    """One whose digests are not the freeze's, one that is weak, and a second one beside the folder's."""
    fresh.do("determined")
    fresh.do("frozen")
    sources = [word for at, one in enumerate(DIGITS, start=1) for word in ("--source", f"witness-{at}:{one}")]
    call("draw", "transcript", fresh.folder, "--event", "2023-01", *sources)
    path = fresh.folder / "transcript.txt"
    raw = path.read_bytes()
    given = fresh.folder.parent / "given.txt"
    given.write_bytes(raw)
    if change == "digest":
        line = next(line for line in raw.split(b"\n") if line.startswith(b"inputs="))
        given.write_bytes(raw.replace(line, b"inputs=sha256:" + b"0" * 64))
    elif change == "weak":
        given.write_bytes(b"\n".join(raw.split(b"\n")[:-2]) + b"\n")
    else:
        given.write_bytes(raw.replace(b"2023-01", b"2023-02"))
    said = fresh.refused("drawn", "--transcript", given, status=2)
    words = {"digest": "not of this freeze", "weak": "few_witnesses", "other": "holds another transcript"}
    assert words[change] in said
    fresh.do("drawn", "--transcript", path)
    assert fresh.lines()[-1]["transcript"] == sha256(raw).hexdigest()
