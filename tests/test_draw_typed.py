"""The draw is hard to get wrong: what may be typed, how it is shown, asked twice and judged, and where faults stand."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from allocator.cli.app import cli
from allocator.domain import Contribution
from allocator.lottery import typed_contribution, typed_in_groups
from allocator.lottery.patterns import pattern_of
from tests.cli_calls import copy, good, refused

ONE, TWO, THREE = "53184209761842095317", "90417263554018273645", "26174093851627409831"
PLAIN = (f"witness-1:{ONE}", f"witness-2:{TWO}", "witness-3:ABSENT", f"witness-4:{THREE}")


@pytest.fixture(scope="module")
def frozen(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the town before its draw, frozen; transcripts are written elsewhere."""
    folder = copy(town, tmp_path_factory.mktemp("frozen"))
    (folder / "transcript.txt").unlink()
    good("draw", "freeze", folder)
    return folder


def words(frozen: Path, out: Path, sources: tuple[str, ...], *more: object) -> tuple[object, ...]:
    """Return the words of ``draw transcript``."""
    given = [word for source in sources for word in ("--source", source)]
    return ("draw", "transcript", frozen, "--event", "P1", "--out", out, *given, *more)


def wide(typed: str) -> str:
    """Return a text in full-width forms, as an input method leaves it."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)


TYPED = {
    "spaces": tuple(source.replace(":", ": ").replace("8", "8 ") for source in PLAIN),
    "groups": tuple(f"{s[:10]}{typed_in_groups(s[10:])}" for s in PLAIN),
    "ideographic space": tuple(source.replace("2", "2\u3000") for source in PLAIN),
    "no-break space and tab": tuple(f"\t{source} \u00a0" for source in PLAIN),
    "full-width digits": tuple(f"{s[:10]}{wide(s[10:])}" for s in PLAIN),
    "full-width colon": tuple(source.replace(":", "：") for source in PLAIN),
    "all full-width": tuple(map(wide, PLAIN)),
    "capitals": tuple(source.upper() for source in PLAIN),
    "absent": tuple(source.replace("ABSENT", "absent") for source in PLAIN),
    "Absent": tuple(source.replace("ABSENT", "Absent") for source in PLAIN),
    "缺席": tuple(source.replace("ABSENT", "缺席") for source in PLAIN),
    "缺席 with spaces": tuple(source.replace("ABSENT", " 缺 席 ") for source in PLAIN),
    "见证人": tuple(source.replace("witness-", "见证人") for source in PLAIN),
}


@pytest.mark.parametrize("kind", TYPED)
def test_what_is_typed_is_read_as_the_transcript_spells_it(kind: str) -> None:
    """Spaces, full-width forms and words for an absent witness give the same contributions."""
    assert [typed_contribution(source) for source in TYPED[kind]] == [typed_contribution(source) for source in PLAIN]
    assert typed_contribution(PLAIN[2]) == Contribution("witness-3", "ABSENT")


@pytest.mark.parametrize("kind", ["groups", "all full-width", "缺席", "见证人"])
def test_the_same_transcript_comes_of_it(frozen: Path, tmp_path: Path, kind: str) -> None:
    """By ``--source`` and by a file of any encoding the bytes are the same, and digits are shown in groups of five."""
    plain, other, by_file = tmp_path / "plain.txt", tmp_path / "other.txt", tmp_path / "file.txt"
    good(*words(frozen, plain, PLAIN))
    said = good(*words(frozen, other, TYPED[kind]))
    assert typed_in_groups(ONE) in said
    assert sha256(plain.read_bytes()).hexdigest() in said
    lines = tmp_path / "sources.txt"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        lines.write_bytes("\r\n".join(["# 见证人", "", *TYPED[kind], ""]).encode(encoding))
        by_file.unlink(missing_ok=True)
        good(*words(frozen, by_file, ()), "--sources", lines)
        assert by_file.read_bytes() == other.read_bytes() == plain.read_bytes()


BAD = {
    "nobody:1": "draw.source",
    "witness-1:31415-92653": "draw.digits",
    "witness-1:": "draw.digits",
    "witness-1:12345678901234567890x": "draw.digits",
    "witness-1:①②③④⑤⑥⑦⑧⑨⓪": "draw.digits",
    "witness-2:53184209761842095317": "draw.source_order",
    "drand-quicknet:1:ff": "draw.drand",
    "53184209761842095317": "draw.source",
}


@pytest.mark.parametrize("source", BAD)
def test_faults_of_options_name_the_option(frozen: Path, tmp_path: Path, source: str) -> None:
    """No line of a transcript that is not there yet is named: the option is, or the line of the file given."""
    out = tmp_path / "t.txt"
    said = refused(*words(frozen, out, (source,)))
    assert f"[{BAD[source]}]" in said
    assert "--source" in said
    assert "t.txt" not in said
    assert "transcript.txt" not in said
    lines = tmp_path / "sources.txt"
    lines.write_text(f"\n{source}\n", encoding="utf-8")
    said = refused(*words(frozen, out, (), "--sources", lines))
    assert f"[{BAD[source]}]" in said
    assert "sources.txt line 2" in said
    assert not out.exists()


def test_all_faults_of_the_options_come_at_once(frozen: Path, tmp_path: Path) -> None:
    """Event, reason, contributions and their strength are told together, each by its option."""
    given = ("--source", "nobody:1", "--source", "witness-9:1")
    said = refused("draw", "transcript", frozen, "--event", " P1", *given, "--again", " ", "--out", tmp_path / "t.txt")
    for fault in ("--event, value ' P1'", "--again:", "--source, value 'nobody:1'", "[draw.source_order]"):
        assert fault in said
    said = refused(*words(frozen, tmp_path / "t.txt", (f"witness-1:{ONE}", "witness-2:123")))
    for fault in ("--source, value 'witness-2'", "[draw.few_digits]", "[draw.few_witnesses]", "[draw.few_bits]"):
        assert fault in said


def test_contributions_must_come_from_somewhere(frozen: Path, tmp_path: Path) -> None:
    """Neither option where nobody can be asked, both, and files that hold nothing are refused by name."""
    out, empty = tmp_path / "t.txt", tmp_path / "empty.txt"
    assert "[draw.no_sources]" in refused(*words(frozen, out, ()))
    empty.write_text("# nothing\n\n", encoding="utf-8")
    assert "empty.txt" in refused(*words(frozen, out, (), "--sources", empty))
    assert "[draw.two_ways]" in refused(*words(frozen, out, PLAIN, "--sources", empty))
    assert "nowhere.txt" in refused(*words(frozen, out, (), "--sources", tmp_path / "nowhere.txt"))
    empty.write_bytes(bytes(range(128, 256)))
    assert "[draw.sources_text]" in refused(*words(frozen, out, (), "--sources", empty))


PATTERNS = {
    "equal": ("00000000000000000000", "7777777777777777777777777"),
    "counting": (
        "01234567890123456789", "12345678901234567890", "98765432109876543210", "09876543210987654321",
        "13579135791357913579", "86420864208642086420", "36925814703692581470", "00112233445566778899",
        "99887766554433221100", "01020304050607080910", "20191817161514131211", "12345678910111213141",
        "100101102103104105106", "10121416182022242628", "90807060504030201000", "11110000999988887777",
    ),
    "repeated": ("12121212121212121212", "31431431431431431431", "90417263559041726355", "1234567812345678123456"),
    "mirrored": ("12345678900987654321", "53184209766790248135"),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "digits"), [(name, one) for name, many in PATTERNS.items() for one in many])
def test_digits_that_nobody_drew_are_weak(frozen: Path, tmp_path: Path, pattern: str, digits: str) -> None:
    """All-equal, counting, repeated and mirrored digits are refused with what they are, and allowed only in words."""
    sources = (f"witness-1:{ONE}", f"witness-2:{digits}", f"witness-3:{THREE}")
    out = tmp_path / "t.txt"
    said = refused(*words(frozen, out, sources))
    assert "--source, value 'witness-2': " in said
    assert f"[draw.{pattern}_digits]" in said
    good(*words(frozen, out, sources, "--allow-weak-seed"))
    assert "draw.few_witnesses" in refused("run", frozen, "--transcript", out, "--out", tmp_path / "out")


@pytest.mark.parametrize("other", [ONE, ONE[::-1], ONE + "4", "90" + ONE, ONE + ONE[:-1]])
def test_two_witnesses_with_the_same_digits_are_one(frozen: Path, tmp_path: Path, other: str) -> None:
    """The same digits, backwards or within others, count once."""
    sources = (f"witness-1:{ONE}", f"witness-2:{TWO}", f"witness-3:{other}")
    assert "draw.same_digits" in refused(*words(frozen, tmp_path / "t.txt", sources))


def test_drawn_digits_have_no_pattern() -> None:
    """Digits of hashes, twenty at a time, are never taken for a pattern, nor are those of the documents."""
    drawn = [str(int(sha256(str(n).encode()).hexdigest(), 16))[-20:] for n in range(500)]
    documents = ["31415926535897932384", "27182818284590452353", "16180339887498948482"]
    assert [one for one in (*drawn, *documents) if pattern_of(one)] == []
    assert pattern_of("1111") is None


def test_run_tells_event_witnesses_and_seed(town: Path, tmp_path: Path) -> None:
    """A run ends with where its lots came from: event, digits in groups, who was absent, seed; or a trial."""
    folder = copy(town, tmp_path)
    (folder / "transcript.txt").unlink()
    good("draw", "freeze", folder)
    good("draw", "transcript", folder, "--event", "2023-P7", *(w for s in PLAIN for w in ("--source", s)))
    said = good("run", folder, "--engine", "procedure", "--no-workbook")
    seed = sha256((folder / "transcript.txt").read_bytes()).hexdigest()
    assert all(word in said for word in ("2023-P7", f"witness-1: {typed_in_groups(ONE)}", "witness-3: absent", seed))
    said = good("run", folder, "--engine", "procedure", "--no-workbook", "--trial-seed", 4, "--out", tmp_path / "trial")
    assert "trial no. 4" in said
    assert sha256(b"trial|4").hexdigest() in said


def test_the_terminal_asks_twice_and_shows_groups(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal digits are asked for twice, slips and patterns are asked for again, and a no writes nothing."""
    out = tmp_path / "t.txt"
    answers = [
        typed_in_groups(ONE), ONE[:-1] + "8",  # a slip: both once more
        wide(ONE), ONE, "1" * 20,  # a pattern: once more
        "缺席", TWO, TWO, ONE,  # another's digits: once more
        "", "12 x",  # too few witnesses so far, and no digits: nothing is lost
        THREE, typed_in_groups(THREE), "", "", "n",
    ]  # fmt: skip
    told = terminal(frozen, out, answers, monkeypatch)
    assert told.exit_code == 130
    assert not out.exists()
    assert "differ from digit 20" in told.stdout
    assert typed_in_groups(ONE) in told.stdout
    assert "draw.equal_digits" in told.stdout
    assert "draw.same_digits" in told.stdout
    assert "draw.few_witnesses" in told.stdout
    assert "value '12x'" in told.stdout
    assert terminal(frozen, out, [*answers[:-1], "y"], monkeypatch).exit_code == 0
    by_options = tmp_path / "options.txt"
    sources = (f"witness-1:{ONE}", "witness-2:ABSENT", f"witness-3:{TWO}", f"witness-4:{THREE}")
    good(*words(frozen, by_options, sources))
    assert out.read_bytes() == by_options.read_bytes()
    assert terminal(frozen, tmp_path / "u.txt", [ONE, ONE, "", "", ""], monkeypatch).exit_code == 2
    assert terminal(frozen, tmp_path / "u.txt", [ONE], monkeypatch).exit_code == 130
    assert not (tmp_path / "u.txt").exists()


def terminal(frozen: Path, out: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch) -> Result:
    """Call ``draw transcript`` as on a terminal at which somebody types these lines."""
    monkeypatch.setattr("allocator.cli.draw_sources.asking_is_possible", lambda: True)
    typed = "".join(f"{answer}\n" for answer in answers)
    arguments = ["draw", "transcript", str(frozen), "--event", "P1", "--out", str(out), "--lang", "en"]
    return CliRunner().invoke(cli, arguments, input=typed)
