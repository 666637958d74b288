"""The draw day: the transcript as by hand, typed blind, left and entered again anywhere, nothing computed early."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest

from allocator.cli import commands_ceremony as command
from allocator.district_folder import read_district
from allocator.engines import compute_with_engines
from allocator.ground import DisagreementError
from allocator.public.ceremony import CeremonyJournal, DrawDay, ceremony_lock
from tests.cli_calls import good, refused
from tests.draw_days import DIGITS, HEAD, NAMES, OFFICES, answers_of, day_folder, held, plain_transcript

PAPERS = ("minutes.pdf", "notary-sheet.pdf", "witness-sheet.pdf")


@pytest.fixture(scope="module")
def frozen(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the town frozen, before its draw; a test works on a copy."""
    return day_folder(town, tmp_path_factory.mktemp("draw-day"))


@pytest.fixture
def folder(frozen: Path, tmp_path: Path) -> Path:
    """Return a folder for one draw day."""
    from tests.cli_calls import copy

    return copy(frozen, tmp_path)


def test_a_whole_day_gives_the_transcript_of_the_same_digits(folder: Path, tmp_path: Path) -> None:
    """Byte for byte that of ``draw transcript``; digits in groups and full width are the same digits."""
    wanted = plain_transcript(folder, tmp_path / "plain.txt")
    lines = answers_of()
    lines[-1] = "２６１７４ 09385 16274\u300009831"
    result = held(folder, lines)
    assert result.exit_code == 0, result.output
    assert (folder / "transcript.txt").read_bytes() == wanted
    assert sha256(wanted).hexdigest() in result.output.replace(" ", "").replace("\n", "")
    assert f"allocator run {folder}" in result.output
    assert {path.name for path in (folder / "ceremony").iterdir()} >= {*PAPERS, "ceremony.html", "journal.jsonl"}
    assert all(S_IMODE(path.stat().st_mode) == 0o600 for path in (folder / "ceremony").iterdir())
    good("run", folder, "--engine", "procedure", "--no-workbook")


def test_left_after_every_answer_it_goes_on_and_asks_nothing_twice(folder: Path, tmp_path: Path) -> None:
    """Each answer comes in a call of its own, but for the two of a witness's digits; the transcript is the same."""
    wanted, lines = plain_transcript(folder, tmp_path / "plain.txt"), answers_of()
    pieces = [[line] for line in lines[: len(HEAD)]]
    for at in range(len(HEAD), len(lines), 4):
        pieces += [lines[at : at + 1], lines[at + 1 : at + 2], lines[at + 2 : at + 4]]
    for piece in pieces[:-1]:
        result = held(folder, piece)
        assert result.exit_code == 2, result.output
        assert "[ceremony.input_ended]" in result.output or "[ceremony.few_sources]" in result.output
        assert not (folder / "transcript.txt").exists()
    result = held(folder, pieces[-1])
    assert result.exit_code == 0
    assert "Step 3 of 6" in result.output
    assert (folder / "transcript.txt").read_bytes() == wanted
    names = [json.loads(line)["name"] for line in (folder / "ceremony" / "journal.jsonl").read_bytes().splitlines()]
    assert len(names) == len(set(names))
    papers = {name: (folder / "ceremony" / name).read_bytes() for name in PAPERS}
    again = held(folder, [])
    assert again.exit_code == 0
    assert "Step 6 of 6" in again.output
    assert papers == {name: (folder / "ceremony" / name).read_bytes() for name in PAPERS}


def test_a_first_entry_alone_is_not_kept(folder: Path) -> None:
    """Left between the two entries of a witness, both are asked for again; no digit was written down."""
    lines = answers_of()
    assert held(folder, lines[: len(HEAD) + 3]).exit_code == 2
    assert DIGITS[0] not in (folder / "ceremony" / "journal.jsonl").read_text("utf-8")
    assert held(folder, lines[len(HEAD) + 2 :]).exit_code == 0


def test_nothing_is_computed_before_the_last_digit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither transcript nor run is touched while a witness is missing; then both, once."""
    calls: list[tuple[str, bool]] = []

    def _traced(what: str, real: Any) -> Any:
        def _call(*words: Any, **named: Any) -> Any:
            calls.append((what, all(f"digits-{n}" in CeremonyJournal(folder).answers for n in (1, 2, 3))))
            return real(*words, **named)

        return _call

    monkeypatch.setattr(DrawDay, "transcript", _traced("transcript", DrawDay.transcript))
    monkeypatch.setattr(command, "compute_with_engines", _traced("run", compute_with_engines))
    monkeypatch.setattr(command, "read_district", _traced("read", read_district))
    assert held(folder, answers_of()[:-1]).exit_code == 2
    assert calls == []
    assert held(folder, answers_of()[-2:]).exit_code == 0
    assert calls == [("transcript", True), ("read", True), ("run", True)]


def test_digits_are_never_shown_before_the_transcript(folder: Path) -> None:
    """Neither the terminal nor the projector says a digit of a witness until the last one has given."""
    lines = answers_of()
    lines[-4:] = [*lines[-4:-1], DIGITS[0], "123", *lines[-2:]]  # unequal, then too few, then right
    result = held(folder, lines[:-1])
    page = (folder / "ceremony" / "ceremony.html").read_text("utf-8")
    for digits in DIGITS:
        for shown in (result.output, page):
            assert digits not in shown
            assert digits not in shown.replace(" ", "")
    assert "the two differ" in result.output
    assert "[draw.few_digits]" in result.output


def test_names_stand_in_the_minutes_alone(folder: Path, tmp_path: Path) -> None:
    """No name or office in transcript, projector page, log, published files, or on the terminal."""
    pypdf = pytest.importorskip("pypdf")
    result = held(folder, answers_of(), "--lists", "zh", language="zh")
    assert result.exit_code == 0, result.output
    good("run", folder, "--no-workbook")
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in (*PAPERS, "journal.jsonl"):
            raw = path.read_bytes()
            assert not any(word.encode() in raw for word in (*NAMES, *OFFICES)), path
    for name in PAPERS:
        words = "".join(page.extract_text() for page in pypdf.PdfReader(folder / "ceremony" / name).pages)
        assert all(one in words.replace("\n", "") for one in (NAMES[0], NAMES[2], "2023-08-20 09:00", "2023-P1")), words
        seed = sha256((folder / "transcript.txt").read_bytes()).hexdigest()
        bare = re.sub(r"\s", "", words)
        assert all(one in bare for one in (seed, *DIGITS))


BAD = {
    "unequal": (["张伟", "x", DIGITS[0], DIGITS[1]], "the two differ"),
    "no digits": (["张伟", "x", "31415-92653"], "[ceremony.bad_digits]"),
    "circled digits": (["张伟", "x", "①②③④⑤⑥⑦⑧⑨⓪" * 2], "[ceremony.bad_digits]"),
    "too few": (["张伟", "x", "1234567"], "[draw.few_digits]"),
    "a pattern": (["张伟", "x", "12345678901234567890"], "[draw.counting_digits]"),
    "the same witness": (["张伟", "x", DIGITS[0], DIGITS[0], " 张 伟 "], "[ceremony.same_name]"),
    "the same digits": (["张伟", "x", DIGITS[0], DIGITS[0], "b", "x", DIGITS[0]], "[draw.same_digits]"),
    "a card number": (["110101199003071234"], "[ceremony.card]"),
    "digits where the name stands": (["53184"], "[ceremony.digits_as_word]"),
    "no name": ([" "], "[ceremony.word]"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_typed_wrong_is_told_and_asked_again(folder: Path, kind: str) -> None:
    """The fault is named, the digits are not, and nothing wrong is kept."""
    lines, code = BAD[kind]
    result = held(folder, [*HEAD, *lines])
    assert result.exit_code == 2
    assert code in result.output
    assert not any(len(line) > 6 and line in result.output for line in lines)


def test_the_opening_refuses_what_cannot_be(folder: Path) -> None:
    """Time, event number, number and kinds of witnesses and the round are judged one by one, and asked again."""
    lines = ["", "p", "noon", "2023-08-20T09:00", " ", "P1", "2", "three", "3", "家长", "家长", "b", "c", "quicknet",
             "quicknet:0", "quicknet:123"]  # fmt: skip
    result = held(folder, lines)
    for code in ("ceremony.word", "ceremony.bad_time", "draw.event", "ceremony.bad_number", "ceremony.same_kind",
                 "ceremony.bad_round"):  # fmt: skip
        assert f"[{code}]" in result.output
    journal = CeremonyJournal(folder)
    assert journal.answers["round"] == "quicknet:123"
    assert journal.answers["time"] == "2023-08-20 09:00"


def test_a_transcript_changed_after_the_day_is_refused(folder: Path, tmp_path: Path) -> None:
    """A digit altered in the file is another seed: neither the day nor a run takes it, and the cure brings it back."""
    assert held(folder, answers_of()).exit_code == 0
    path = folder / "transcript.txt"
    right = path.read_bytes()
    path.write_bytes(right.replace(b"=witness-1:53", b"=witness-1:54"))
    assert "[ceremony.transcript_changed]" in held(folder, []).output
    assert "[ceremony.transcript_changed]" in refused("run", folder, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    path.unlink()
    assert held(folder, []).exit_code == 0
    assert path.read_bytes() == right


@pytest.mark.long
def test_fewer_sources_than_announced_are_refused(folder: Path, tmp_path: Path) -> None:
    """Where the input ends early nothing is drawn; an absent one too many is a weak seed, which must be allowed."""
    result = held(folder, answers_of(*DIGITS[:2]))
    assert result.exit_code == 2
    assert "3 witnesses were announced and 2 gave digits" in result.output
    result = held(folder, ["缺席"])
    assert result.exit_code == 2
    assert "[draw.few_witnesses]" in result.output
    assert "--void REASON" in result.output
    assert not (folder / "transcript.txt").exists()
    result = held(folder, [], "--allow-weak-seed")
    assert result.exit_code == 0
    assert (folder / "transcript.txt").read_text("ascii").endswith("source=witness-3:ABSENT\n")


@pytest.mark.long
def test_a_round_named_beforehand_joins_the_digits(folder: Path, tmp_path: Path) -> None:
    """The round is named before, its randomness typed twice after the last witness; the transcript has the line."""
    given = "fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc"
    head = (*HEAD[:-1], "quicknet:123")
    result = held(folder, [*answers_of(head=head), "xyz", given.upper(), given])
    assert result.exit_code == 0, result.output
    assert "[ceremony.bad_randomness]" in result.output
    assert f"source=drand-quicknet:123:{given}\n" in (folder / "transcript.txt").read_text("ascii")


def test_a_ring_is_drawn_on_the_day(folder: Path, tmp_path: Path) -> None:
    """Start and step are asked for after the witnesses, twice; a start beyond the roster is refused."""
    assert "[ceremony.order_known]" in held(folder, [], "--order", "ring:6:3").output
    assert not (folder / "ceremony").exists()
    lines = [*answers_of(), "600:3", "6", "6：3", "6:3"]
    result = held(folder, lines, "--order", "ring")
    assert result.exit_code == 0, result.output
    assert "[draw.ring_start]" in result.output
    assert "[ceremony.bad_ring]" in result.output
    wanted = plain_transcript(folder, tmp_path / "plain.txt", order="ring:6:3")
    assert (folder / "transcript.txt").read_bytes() == wanted


def test_numbers_made_elsewhere_need_no_witness(folder: Path) -> None:
    """Their digest stands in the transcript; another order cannot be taken half-way."""
    ids = [line.split(",")[0] for line in (folder / "draw-roster.csv").read_text("ascii").splitlines()[1:]]
    numbers = "id,number\n" + "".join(f"{one},{at * 7}\n" for at, one in enumerate(ids))
    assert "[draw.numbers_missing]" in held(folder, [], "--order", "numbers").output
    (folder / "numbers.csv").write_bytes(numbers.encode())
    assert held(folder, HEAD[:3], "--order", "numbers").exit_code == 2
    assert "[ceremony.order_late]" in held(folder, [], "--order", "ring").output
    result = held(folder, ["0", ""])
    assert result.exit_code == 0, result.output
    digest = sha256(numbers.encode()).hexdigest()
    assert f"order=numbers:sha256:{digest}\n" in (folder / "transcript.txt").read_text("ascii")
    assert "drawn by chance" in result.output + (folder / "ceremony" / "ceremony.html").read_text("utf-8")
    assert "随机种子" not in (folder / "ceremony" / "ceremony.html").read_text("utf-8")
    pypdf = pytest.importorskip("pypdf")
    for name in PAPERS:  # nobody certifies digits that were not given, or a seed that decided nothing
        words = " ".join(page.extract_text() for page in pypdf.PdfReader(folder / "ceremony" / name).pages)
        assert "order=numbers" in words
        assert not any(told in " ".join(words.split()) for told in ("gave their digits", "seed", "随机种子"))


def test_a_district_that_is_not_frozen_is_frozen_first(town: Path, tmp_path: Path) -> None:
    """Step 0; and a change after the freeze is told cell by cell, before anybody is asked."""
    folder = day_folder(town, tmp_path, frozen=False)
    result = held(folder, HEAD[:2])
    assert "Publish these digests" in result.output
    assert (folder / "draw-freeze.txt").exists()
    lines = (folder / "applicants.csv").read_text("utf-8").split("\n")
    first = lines[1].split(",")
    first[2] = "B" if first[2] == "A" else "A"
    lines[1] = ",".join(first)
    (folder / "applicants.csv").write_text("\n".join(lines), encoding="utf-8")
    result = held(folder, ["2023-P1"])
    assert result.exit_code == 2
    assert "[draw.changed_inputs]" in result.output
    assert "applicants.csv line" in result.output


@pytest.mark.long
def test_engines_that_disagree_stop_the_result_and_not_the_draw(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 3, the projector says so, the transcript stays; run again the day goes on."""

    def _disagree(*words: object, **named: object) -> None:
        raise DisagreementError("agree.checker", {"count": "1"})

    with monkeypatch.context() as patch:
        patch.setattr(command, "compute_with_engines", _disagree)
        assert held(folder, answers_of()).exit_code == 3
    raw = (folder / "transcript.txt").read_bytes()
    assert "no result is announced" in (folder / "ceremony" / "ceremony.html").read_text("utf-8")
    assert held(folder, []).exit_code == 0
    assert (folder / "transcript.txt").read_bytes() == raw


def test_without_a_font_the_draw_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault names what is missing; transcript and orders stand, and the papers are made later."""
    with monkeypatch.context() as patch:
        patch.setattr("allocator.sheets.typeset.find_spec", lambda name: None)
        result = held(folder, answers_of())
    assert result.exit_code == 2
    assert "[pdf.extra_missing]" in result.output
    assert "the draw stands as it is" in result.output
    assert (folder / "transcript.txt").exists()
    assert not (folder / "ceremony" / "minutes.pdf").exists()
    assert held(folder, []).exit_code == 0
    assert (folder / "ceremony" / "minutes.pdf").exists()


def test_nobody_leads_it_from_a_second_terminal(folder: Path) -> None:
    """The day is locked while somebody leads it."""
    with ceremony_lock(folder):
        assert "[ceremony.busy]" in held(folder, HEAD).output
    assert "[ceremony.few_sources]" in held(folder, HEAD).output


def test_a_folder_that_is_none_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    """No folder, an empty one: a fault, and no file."""
    assert held(tmp_path / "none", HEAD).exit_code == 2
    assert held(tmp_path, HEAD).exit_code == 2
    assert list(tmp_path.iterdir()) == []
    assert "[ceremony.nothing_void]" in refused("ceremony", tmp_path, "--void", "x")
