"""``allocator capacity DIR`` as a planner uses it: terminal, CSV, JSON, exit status, and what is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from allocator.planning.extra_seats import rules_search
from tests.cli_calls import as_json, call, good, refused
from tests.conformance import ROOT


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search try no way after another: every district is too large for that."""
    monkeypatch.setattr(rules_search, "MOST_LISTS", 0)


def test_command_answers_in_both_languages_and_formats(town: Path, tmp_path: Path) -> None:
    """Terminal, JSON and CSV say the same; planning only, trial and notice stand on each; exit 0 means proven."""
    table = tmp_path / "seats.csv"
    answer = as_json("capacity", town, "--classes", 1, "--class-size", 5, "--out", table)
    assert answer["proven"]
    assert sum(answer["extra_seats"].values()) == 5
    marks = {"en": ("for planning only", "TRIAL", "proven"), "zh": ("仅供规划测算", "模拟测算", "已证明")}
    for language, words in marks.items():
        said = good("capacity", town, "--classes", 1, "--class-size", 5, language=language)
        assert all(word in said for word in words)
    rows = list(csv.reader(io.StringIO(table.read_bytes()[3:].decode(), newline="")))
    body = rows[-len(answer["schools"]) :]
    assert {row[0]: int(row[3]) for row in body if row[3] != "0"} == answer["extra_seats"]
    assert rows[0] == ["school_id", "school", "seats", "extra", "price", "mark"]
    assert all("TRIAL" in row[-1] and "for planning only" in row[-1] for row in body)
    assert as_json("capacity", town, "--fewest", "--by", "optimum")["asked"]["not_diverted"] == ["A", "B", "C", "D"]
    assert good("capacity", town, "--extra-seats", 0, "--quiet") == ""


def test_where_no_seat_is_missing_none_is_said_to_be_enough() -> None:
    """Nobody is without a seat in the worked example: no "fewer than 0 are not enough", no gap for categories."""
    example = ROOT / "docs" / "worked-example"
    said = good("capacity", example, "--fewest")
    assert "enough without any extra seat" in said
    assert "so that none is without a seat" in " ".join(said.split())
    assert "不增加学位即已足够" in good("capacity", example, "--fewest", language="zh")


def test_command_refuses_all_faults_at_once(town: Path, tmp_path: Path) -> None:
    """Two questions, a negative number, an unknown and an external school, a file of somebody else: exit 2."""
    other = tmp_path / "roster.csv"
    other.write_text("a,b\n", encoding="utf-8")
    said = refused(
        "capacity", town, "--extra-seats", -1, "--fewest", "--where", "nowhere", "--where", "keerqin-primary",
        "--out", other,
    )  # fmt: skip
    for code in ("one_question", "number", "unknown_school", "what_if.external", "other_file"):
        assert code in said
    assert other.read_text(encoding="utf-8") == "a,b\n"
    assert "capacity.no_size" in refused("capacity", town, "--classes", 2)
    assert "capacity.not_enough" in refused("capacity", town, "--fewest", "--where", "sanjiazi")
    assert "file.missing" in refused("capacity", tmp_path, "--extra-seats", 1)


@pytest.mark.usefixtures("few")
def test_an_answer_without_proof_ends_with_status_1(town: Path) -> None:
    """A local search whose bound is below what it found says so, in words and by its exit status."""
    said = call("capacity", town, "--extra-seats", 3, "--time-limit", 1e-6)
    assert said.exit_code == 1
    assert "not proven" in said.stdout
