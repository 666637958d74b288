"""``allocator book import``, all or none with faults by row; ``book person``, the restricted rows of late families."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import Result

from allocator.book import signed_rows_bytes
from allocator.casebook.entries import COLUMNS, EVENTS, OWN_COMMAND, entry_fields
from allocator.casebook.kept import reading
from allocator.casebook.movements import Movement, MovementWords, PartyPlace
from tests.book_folders import FOLDERS, rows, season
from tests.cli_calls import call
from tests.conformance import ROOT
from tests.desk_books import ClerksDesk, copied, desk_over
from tests.exports import card
from tests.test_schemas import wrong

NAME = "39-book-part"
HEADINGS = tuple(column.name for column in COLUMNS)
CHINESE = {column.name: column.chinese for column in COLUMNS}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClerksDesk]:
    """A small book of a reviewed roster with twins, drawn and with batch A in publicity; tests work on copies."""
    with pytest.MonkeyPatch.context() as patch:
        desk = desk_over(tmp_path_factory.mktemp("desk") / "book", patch, NAME)
        for kind in ("season_opened", "determined", "frozen"):
            desk.do(kind)
        desk.draw()
        desk.confirm("preferential", "sibling", "open-choice", "voluntary-1", "voluntary-2")
        desk.do("round_opened", "--round", "batch-A")
        desk.do("publicity", "--round", "batch-A")
        yield desk


@pytest.fixture
def desk(drawn: ClerksDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClerksDesk:
    """A copy of the book."""
    return copied(drawn, tmp_path / "book", monkeypatch)


def line(desk: ClerksDesk, kind: str, by: str = "li", role: str = "office", **fields: str) -> dict[str, str]:
    """Return a row of a table of events, a second after the one before."""
    desk.later(seconds=1)
    return {"at": desk.now.isoformat(), "by": by, "role": role, "type": kind, **fields}


def several(desk: ClerksDesk) -> list[dict[str, str]]:
    """Return events of several kinds that go together."""
    party = desk.parties("seated")[0]
    return [
        line(desk, "note", "sun", "school", text="a call"),
        line(desk, "withdrawal", "sun", "school", party=party, then="leave", reason="moved"),
        line(desk, "objection", objection="Y1", round="batch-A", party=desk.parties("seated")[1], text="why"),
        line(desk, "objection_closed", "wang", "group", objection="Y1", result="rejected", text="as drawn"),
        line(desk, "late_intake", children="2", zone="fuli", category="B"),
    ]


def table(path: Path, events: list[dict[str, str]], headings: Mapping[str, str] | None = None) -> Path:
    """Write events as a table with the columns that they need."""
    used = [name for name in HEADINGS if any(name in event for event in events)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([(headings or {}).get(name, name) for name in used])
        writer.writerows([[event.get(name, "") for name in used] for event in events])
    return path


def imported(desk: ClerksDesk, path: Path, *options: str) -> Result:
    """Call the import with every question answered by yes."""
    return call("book", "import", desk.folder, path, "--yes", *options)


def nothing_written(desk: ClerksDesk, path: Path, status: int) -> str:
    """Import a file of which nothing may be written; return what is said."""
    before = desk.journal()
    result = imported(desk, path)
    assert result.exit_code == status, result.stdout + result.stderr
    assert desk.journal() == before
    return result.stderr


def test_many_events_are_written_at_once(desk: ClerksDesk, tmp_path: Path) -> None:
    """From a table, in its order; what all together move is shown; the answer is as its schema."""
    count, events = len(desk.lines()), several(desk)
    result = imported(desk, table(tmp_path / "events.csv", events), "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert wrong("book-event", found) == []
    assert [one["type"] for one in found["events"]] == [event["type"] for event in events]
    assert {moved["party"] for moved in found["moved"]} >= {events[1]["party"], "L0001"}
    assert [one["at"] for one in desk.lines()[count:]] == [event["at"] for event in events]
    assert desk.lines()[-1]["children"] == 2


def test_chinese_headings_and_words_and_lines_of_json_say_the_same(
    drawn: ClerksDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three files of the same events leave the same journal."""
    words = {"office": "办公室", "school": "学校", "group": "领导小组", "withdrawal": "放弃学位", "note": "附注",
             "leave": "放弃", "objection": "异议", "objection_closed": "异议答复", "rejected": "不成立",
             "late_intake": "补报名"}  # fmt: skip
    heads = set()
    for name in ("en.csv", "zh.csv", "lines.jsonl"):
        desk = copied(drawn, tmp_path / name.replace(".", "-"), monkeypatch)
        events = several(desk)
        path = tmp_path / name
        if name == "lines.jsonl":
            path.write_text("".join(json.dumps(e, ensure_ascii=False) + "\n" for e in events), "utf-8")
        elif name == "zh.csv":
            table(path, [{k: words.get(v, v) for k, v in event.items()} for event in events], CHINESE)
        else:
            table(path, events)
        assert imported(desk, path).exit_code == 0, imported(desk, path).stderr
        heads.add(desk.journal())
    assert len(heads) == 1


def test_the_first_refused_event_stops_all(desk: ClerksDesk, tmp_path: Path) -> None:
    """Its row, the code and why; status 1."""
    events = several(desk)
    events[2]["party"] = events[1]["party"] = "nobody"
    said = nothing_written(desk, table(tmp_path / "events.csv", events), 1)
    assert "row 3, withdrawal:" in said
    assert "refused (unknown)" in said
    assert "no party nobody" in said
    assert "None of the 5 events" in said


def test_faults_are_told_by_row_and_column(desk: ClerksDesk, tmp_path: Path) -> None:
    """All of them: forms, what is missing or not of the event, combinations, types, persons and roles."""
    party = desk.parties("seated")[0]
    events = [
        line(desk, "withdrawal", party=party, then="away", reason="x"),
        line(desk, "note", text="x", party=party),
        line(desk, "ruling", "wang", "group", party=party, decision="place", reason="x"),
        line(desk, "dancing"),
        line(desk, "frozen"),
        line(desk, "note", "ghost", text="x"),
        line(desk, "note", "sun", "group", text="x"),
        line(desk, "late_intake", children="12", zone="fuli", category="A"),
        line(desk, "note"),
    ]
    said = nothing_written(desk, table(tmp_path / "events.csv", events), 2)
    for words in ("line 2, then", "leave | stay", "line 3, party", "no such field", "line 4, school", "line 5, type",
                  "line 6, type", "book do frozen", "line 7, by", "nobody of this name", "line 8, role",
                  "does not hold this role", "line 9, children", "line 10, text", "nothing stands here"):  # fmt: skip
        assert words in said, words


@pytest.mark.parametrize(("raw", "words"), [
    (b"[1]\n", "this line is no event"), (b"{\n", "this line is no event"),
    (b'{"type":"note","weather":"fine"}\n', "there is no such field"),
    (b'{"type":"note","text":1.5}\n', "a text or a whole number"), (b"\n", "holds no event"),
])  # fmt: skip
def test_lines_that_are_no_events_are_told(desk: ClerksDesk, tmp_path: Path, raw: bytes, words: str) -> None:
    """Status 2, with the line."""
    path = tmp_path / "events.jsonl"
    path.write_bytes(raw)
    assert words in nothing_written(desk, path, 2)


def test_a_file_dated_after_the_clock_is_asked_about(desk: ClerksDesk, tmp_path: Path) -> None:
    """Nothing else could be entered until then."""
    path = table(tmp_path / "events.csv", [line(desk, "note", text="x")])
    desk.later(minutes=-1)
    assert "until then nothing else" in call("book", "import", desk.folder, path).stderr
    assert imported(desk, path).exit_code == 0


def test_the_folder_may_be_left_out_inside_it(
    desk: ClerksDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is then the first word; the folder may stand before the command as well."""
    first, second = (table(tmp_path / name, [line(desk, "note", text="x")]) for name in ("1.csv", "2.csv"))
    assert call("book", desk.folder, "import", first, "--yes").exit_code == 0
    monkeypatch.chdir(desk.folder)
    assert call("book", "import", second, "--yes").exit_code == 0
    assert [one["type"] for one in desk.lines()[-2:]] == ["note", "note"]


def test_many_movements_are_told_by_the_ways_they_go() -> None:
    """Of more than twenty, one line for each way, with parties and children."""
    waiting, seat = PartyPlace("waiting"), PartyPlace("seated", "fuli", "batch-A")
    moved = [Movement(f"K{at:02}", 1 + (at == 0), waiting, seat) for at in range(30)]
    moved.append(Movement("K99", 1, None, waiting))
    told = list(MovementWords(lambda school: school, "en").lines(moved))
    assert told == [
        "31 parties move, 32 children in all:",
        "  waiting → fuli, batch A: 30 parties, 31 children",
        "  not in the book → waiting: 1 party, 1 child",
    ]


def test_a_table_is_asked_about(desk: ClerksDesk, tmp_path: Path) -> None:
    """Also where nothing moves; a no writes nothing."""
    path = table(tmp_path / "events.csv", [line(desk, "note", text="x")])
    before = desk.journal()
    assert call("book", "import", desk.folder, path).exit_code == 2
    result = desk.asked("n\n", "import", desk.folder, path)
    assert (result.exit_code, desk.journal()) == (1, before)
    assert "nothing moves." in result.stdout


def test_the_list_signed_is_that_of_its_turn(desk: ClerksDesk, tmp_path: Path) -> None:
    """Its digest is computed as the events before it leave it."""
    desk.later(days=8)
    events = [
        line(desk, "round_confirmed", round="batch-A"),
        line(desk, "signed_off", "zhao", "principal", round="batch-A", school="fuli"),
    ]
    assert imported(desk, table(tmp_path / "events.csv", events)).exit_code == 0
    with reading(desk.folder) as kept:
        listed = signed_rows_bytes(kept.book.law, kept.book.state, "batch-A", "fuli")
    assert desk.lines()[-1]["digest"] == sha256(listed).hexdigest()
    assert listed.count(b"\n") > 1


def test_a_season_of_the_conformance_folders_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its events after the draw, which hang on no lot, leave lines with the same fields."""
    name = "12-book-plain"
    desk = desk_over(tmp_path / "book", monkeypatch, name)
    for kind in ("season_opened", "determined", "frozen"):
        desk.do(kind)
    desk.draw()
    persons = {"school": "sun", "office": "li", "group": "wang", "principal": "zhao"}
    given = season(name)
    pairs = zip(given.events, given.outcomes, strict=True)
    events = [dict(e) for e, outcome in pairs if outcome == "accepted" and str(e["type"]) not in _BEFORE]
    for event in events:
        event["by"] = persons[str(event["role"])]
    path = tmp_path / "events.jsonl"
    path.write_text("".join(json.dumps(event) + "\n" for event in events), "utf-8")
    assert (found := imported(desk, path)).exit_code == 0, found.stderr
    kept = [{k: v for k, v in one.items() if k not in ("seq", "prev")} for one in desk.lines()[4:]]
    assert kept == events
    assert len(rows(FOLDERS[name] / "expected-assignment.csv")) == len(desk.state().parties)


_BEFORE = ("season_opened", "determined", "frozen", "drawn")


def test_a_child_of_a_late_family_gets_its_row(desk: ClerksDesk, tmp_path: Path) -> None:
    """Owner-only; corrected by a second call; the card is never shown, and who wrote it is in the access log."""
    desk.do("late_intake", "--children", 1, "--zone", "fuli", "--category", "A")
    number = card("150502", "20170101", 12)
    words = ("book", "person", desk.folder, "L0001", "--by", "li")
    made = call(*words, "--name", "张三", "--sex", "男", "--card", number, "--json")
    assert made.exit_code == 0, made.stderr
    assert wrong("book-person", json.loads(made.stdout)) == []
    assert number not in made.stdout + made.stderr
    again = call(*words, "--telephone", "13800000000", language="zh")
    assert again.exit_code == 0
    assert "已更正 L0001：联系电话" in again.stdout
    path = desk.folder / "restricted" / "persons.csv"
    assert rows(path) == [{
        "applicant_id": "L0001", "name": "张三", "sex": "M", "card": number, "guardian_name": "",
        "telephone": "13800000000", "address": "", "platform_no": "",
    }]  # fmt: skip
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_without_a_field_each_is_asked_for(desk: ClerksDesk) -> None:
    """On a terminal; what is left empty stays as it is."""
    child = desk.parties("seated")[0]
    asked = desk.asked("Li\nF\n\n\n\n\n\n", "person", desk.folder, child, "--by", "li")
    assert asked.exit_code == 0, asked.stderr
    assert asked.stdout.rstrip().endswith(f"added {child}: name, sex")
    row = rows(desk.folder / "restricted" / "persons.csv")[0]
    assert (row["name"], row["sex"], row["card"]) == ("Li", "F", "")


def test_what_is_wrong_with_a_child_is_told_without_its_values(desk: ClerksDesk) -> None:
    """A child that the book does not know, a card with a wrong digit, another sex, nothing at all."""
    child = desk.parties("seated")[0]
    number = card("150502", "20170101", 12)
    bad = number[:-1] + ("0" if number[-1] != "0" else "1")
    words = ("book", "person", desk.folder)
    assert "knows no such child" in call(*words, "L0001", "--by", "li", "--name", "x").stderr
    said = call(*words, child, "--by", "li", "--card", bad, "--sex", "?").stderr
    assert "--card" in said
    assert "F or M" in said
    assert bad not in said
    assert "nothing was given" in call(*words, child, "--by", "li").stderr
    assert "nobody of this name" in call(*words, child, "--by", "ghost", "--name", "x").stderr
    assert not (desk.folder / "restricted").exists()


@pytest.mark.parametrize("page", ["docs/file-formats.md", "docs/zh/file-formats.md"])
def test_the_pages_on_formats_have_every_column_and_event(page: str) -> None:
    """With both headings, and the fields of each event that a table may hold."""
    words = (ROOT / page).read_text("utf-8")
    for column in COLUMNS:
        assert f"| `{column.name}` {column.chinese} |" in words
    comma = "、" if "zh" in page else ", "
    for kind in EVENTS:
        if kind not in OWN_COMMAND:
            fields = comma.join(f"`{name}`" for name in entry_fields(kind))
            assert re.search(rf"^\| `{kind}` [^|`]+ \| {re.escape(fields)} \|$", words, re.MULTILINE), kind
