"""The example of the READMEs: every number printed there is computed again, by hand and by the product."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

import allocator
from allocator.domain import District, Row

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "docs" / "worked-example"
READMES = ("README.md", "README.zh.md")
DRAW = "batch-G1/east"


def readme(name: str) -> str:
    """The text of one README."""
    return (ROOT / name).read_text(encoding="utf-8")


def district() -> District:
    """The example under trial seed 8."""
    return allocator.read_district(EXAMPLE, trial_seed=8)


def lists(text: str) -> list[list[list[str]]]:
    """The two lists of children printed in a README, cell by cell."""
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    found = [[line for line in csv.reader(block.splitlines()) if len(line) == len(Row._fields)] for block in blocks]
    return [[line for line in lines if line[0] != "applicant_id"] for lines in found if lines]


@pytest.mark.parametrize("name", READMES)
def test_hashes_of_the_commands_are_right(name: str) -> None:
    """Each SHA-256 command printed in the README gives the line printed below it."""
    shown = re.findall(r"^\$ printf '([^']+)' \| sha256sum\n([0-9a-f]{64})$", readme(name), re.MULTILINE)
    assert len(shown) == 2
    for text, digest in shown:
        assert sha256(text.encode()).hexdigest() == digest


@pytest.mark.parametrize("name", READMES)
def test_tickets_are_those_of_the_product(name: str) -> None:
    """The table of tickets holds the four parties with their sizes, in the order of their tickets."""
    rows = re.findall(r"^\| ([1-4]) \| (K\d) \| (\d) \| `([0-9a-f]{64})` \|$", readme(name), re.MULTILINE)
    seed = sha256(b"trial|8").hexdigest()
    parties = {"K1": "1", "K2": "2", "K4": "1", "K5": "1"}
    tickets = {party: sha256(f"{seed}|{DRAW}|{party}".encode()).hexdigest() for party in parties}
    ordered = sorted(parties, key=tickets.__getitem__)
    expected = [(str(rank), party, parties[party], tickets[party]) for rank, party in enumerate(ordered, start=1)]
    assert rows == expected
    draw = district().draw
    assert draw is not None
    assert draw.seedhex == seed


@pytest.mark.parametrize("name", READMES)
def test_lists_are_those_of_the_product(name: str) -> None:
    """The list under each of the two policies is the one that both engines and the checker agree on."""
    given = district()
    skipping = replace(given.policy, switches=replace(given.policy.switches, bundle_at_cut="skip"))
    expected = [allocator.solve(given).rows, allocator.solve(replace(given, policy=skipping)).rows]
    assert lists(readme(name)) == [[list(row) for row in rows] for rows in expected]


@pytest.mark.parametrize("name", READMES)
def test_the_python_block_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The block of Python in the README prints the five children and where they are."""
    block = re.search(r"^```python\n(.*?)^```", readme(name), re.MULTILINE | re.DOTALL)
    assert block is not None
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block[1], name, "exec"), {})
    schools = [line.split()[1] for line in printed.getvalue().splitlines()]
    assert schools == ["east", "east", "east", "east", "west"]


def test_seats_told_in_words_are_those_of_the_table() -> None:
    """The numbers that the text names (3 seats, room for 4, 2 seats) stand in the table of schools."""
    schools = district().schools
    assert (schools["east"].plan, schools["east"].most, schools["west"].plan) == (3, 4, 2)
    assert "`east` has 3 seats, and room for 4 children" in readme("README.md")
    assert "`west` has 2 seats" in readme("README.md")
    assert "`east` 有 3 个学位，最大容量 4 人" in readme("README.zh.md")
    assert "`west` 有 2 个学位" in readme("README.zh.md")


def test_both_readmes_have_the_same_parts() -> None:
    """English and Chinese have the same headings by level, the same links and the same commands."""
    english, chinese = map(readme, READMES)
    levels = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in (english, chinese)]
    assert levels[0] == levels[1]
    links = [sorted(re.findall(r"\]\(([^)]+)\)", text)) for text in (english, chinese)]
    links = [[re.sub(r"\.(en|zh)\.svg$", ".svg", link) for link in found] for found in links]  # pictures have words
    assert [link for link in links[0] if "README" not in link] == [link for link in links[1] if "README" not in link]
    commands = [re.findall(r"`(allocator [^`]+)`", text) for text in (english, chinese)]
    assert commands[0] == commands[1]
