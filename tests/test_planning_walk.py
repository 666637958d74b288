"""The walk of docs/planning.md: its figures are what the commands say about the shipped district."""

from __future__ import annotations

import re

import pytest

from allocator.district_folder import read_district
from allocator.procedure import run_procedure
from allocator.record import Retelling
from tests.cli_calls import as_json
from tests.conformance import ROOT

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"
PAGE = (ROOT / "docs" / "planning.md").read_text(encoding="utf-8").split("## The planning optimum")[0]


def table(first_heading: str) -> list[list[str]]:
    """Return the cells of the rows of the table whose first heading, or headings, are given."""
    lines = PAGE.split(f"| {first_heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def number(cell: str) -> int:
    """A whole number as the page writes it."""
    return int(cell.replace(",", ""))


def test_warnings() -> None:
    """Demand, plan, percentage and level of the red zones."""
    found = {}
    for zone in as_json("warnings", PRIMARY)["zones"]:
        now = zone["now"]
        if now["level"] == "red":
            found[now["school"]] = [str(now["demand"]), str(now["plan"]), str(now["percent"]), now["level"]]
    assert {row[0]: row[1:] for row in table("zone")} == found


def test_seat_effects() -> None:
    """Prices, diversions avoided and moves of the schools that the page names."""
    found = as_json("seats", PRIMARY)
    district = read_district(PRIMARY, trial_seed=1)
    ids = {school.name: school.school_id for school in district.schools.values()}
    effects = {(effect["school_id"], effect["added"]): effect for effect in found["effects"]}
    for name, price, *avoided, moves in table("school | seat price"):
        school = ids[name]
        assert number(price) == found["prices"][school]
        shown = [effects[school, added]["avoided"]["mean"] for added in (1, 10, 45)]
        assert shown == [number(cell) for cell in avoided]
        assert effects[school, 45]["moved"]["mean"] == number(moves)
    assert found["example"]["school_id"] == "xincheng-1"
    assert len(found["chains"][0]["moves"]) == 5


def test_balance() -> None:
    """The rows of the balance that the page shows, and that its columns add up as the page says."""
    district = read_district(PRIMARY, trial_seed=1)
    retelling = Retelling(district, run_procedure(district))
    found = {district.schools[row.school_id].name: row for row in retelling.balances[:-1]}
    rows = table("school | living there")
    assert len(rows) == 3
    for name, *cells in rows:
        assert [number(cell.replace("−", "-")) for cell in cells] == list(found[name].numbers().values())


@pytest.mark.parametrize("classes", [1, 2, 3])
def test_where_classes_go(classes: int) -> None:
    """The best schools for one, two and three classes, what they change, and that all ways were computed."""
    found = as_json("capacity", PRIMARY, "--classes", classes, "--class-size", 45)
    row = next(row for row in table("classes") if row[0] == str(classes))
    assert [number(row[2]), number(row[3])] == found["after"][-2:]
    assert (found["proven"], found["gap"]) == (True, None)
    assert number(re.findall(r"\d+", row[4])[0]) == found["ways_computed"]
    expected = {1: {"xincheng-1": 45}, 2: {"xincheng-1": 90}, 3: {"xincheng-1": 90, "xincheng-shiyan": 45}}
    assert found["extra_seats"] == expected[classes]


@pytest.mark.long
def test_fewest_seats() -> None:
    """How few seats and classes are enough, and what is proven of that."""
    seats = as_json("capacity", PRIMARY, "--fewest", status=1)
    assert seats["extra_seats"] == {"xincheng-1": 118, "xincheng-shiyan": 15}
    assert (seats["units"], seats["fewest_bound"], seats["proven"]) == (133, 131, False)
    classes = as_json("capacity", PRIMARY, "--fewest", "--class-size", 45)
    assert classes["extra_seats"] == {"xincheng-1": 135, "xincheng-shiyan": 45}
    assert (classes["units"], classes["proven"]) == (4, True)


def test_what_ifs_without_draws() -> None:
    """The trial list behind the page: children who take part, diverted and adjusted."""
    files = sorted((PRIMARY / "what-if").glob("*.yaml"))
    variants = as_json("what-if", PRIMARY, *files, "--no-optimum")["variants"]
    base = variants[0]["figures"]
    assert f"of {base['children']:,} who take part, {base['diverted'] + base['adjusted']} are diverted" in PAGE
    smaller = next(v for v in variants if v["name"] == "xincheng-3-smaller")
    assert "新城三小 one class smaller diverts nobody more this year" in PAGE
    assert [smaller["differences"][name] for name in ("diverted", "adjusted", "unplaced")] == [0, 0, 0]
    assert smaller["lost"] > smaller["gained"] > 0
