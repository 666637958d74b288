"""The policy's key ``letters``: every fault with its place, all at once."""

from __future__ import annotations

import pytest

from allocator.domain import LetterValues, Text
from allocator.reading import parse_policy
from tests.conformance import ROOT

POLICY = (ROOT / "scenarios" / "tongliao-2023-primary" / "policy.yaml").read_text(encoding="utf-8")
BEGINNING = POLICY[: POLICY.index("letters:\n")]


def test_all_keys_are_read() -> None:
    """Papers in their order; what is left out is empty."""
    words = "letters:\n  papers:\n    - {zh: 甲, en: a}\n    - {zh: 乙, en: b}\n  date: {zh: 九月, en: September}\n"
    found, faults = parse_policy((BEGINNING + words).encode(), "policy.yaml")
    assert faults == []
    assert found is not None
    assert found.letters == LetterValues(papers=(Text("甲", "a"), Text("乙", "b")), date=Text("九月", "September"))


@pytest.mark.parametrize(
    ("words", "place", "line"),
    [
        ("  papers: []\n", "papers", 2), ("  papers: 户口簿\n", "papers", 2),
        ("  papers:\n    - 户口簿\n", "papers.0", 3),
        ("  papers:\n    - {zh: 甲, en: a}\n    - {zh: 甲}\n", "papers.1.en", 4),
        ("  place: {zh: 甲, en: ''}\n", "place.en", 2),
        ("  date: 2023-08-30\n", "date", 2), ("  deadline: {zh: 1, en: a}\n", "deadline.zh", 2),
        (f"  objection: {{zh: {'长' * 201}, en: a}}\n", "objection.zh", 2), ("  phone: 1\n", "phone", 2),
        ("  papers:\n" + "    - {zh: 甲, en: a}\n" * 21, "papers", 2),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(words: str, place: str, line: int) -> None:
    """By key and line of the file."""
    _, faults = parse_policy((BEGINNING + "letters:\n" + words).encode(), "policy.yaml")
    assert [(fault.column, fault.row - BEGINNING.count("\n")) for fault in faults] == [(f"letters.{place}", line)]


def test_all_faults_are_told_at_once() -> None:
    """Beside each other, in the order of the file."""
    words = "letters:\n  papers: []\n  place: here\n  fax: 1\n"
    _, faults = parse_policy((BEGINNING + words).encode(), "policy.yaml")
    assert {fault.column for fault in faults} == {"letters.papers", "letters.place", "letters.fax"}
