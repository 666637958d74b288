"""Synthetic districts: same seed same bytes, valid at every size, every route used, and marked as invented."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from allocator.district_folder import frozen_folder_faults
from allocator.domain import (
    EXTERNAL,
    NEEDS_RULING,
    UNPLACED,
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    DeferredAcceptancePhase,
    District,
    Draw,
)
from allocator.generator import generate
from allocator.generator.demand import load_demand_template
from allocator.generator.quarters import quarters
from allocator.generator.stream import Stream
from allocator.ground import InputError, apportion, fault_text, share_of
from allocator.lottery import hard_cap_faults, parse_transcript, weak_seed_faults
from allocator.procedure import run_procedure
from allocator.reading.folder import read_folder
from allocator.reading.scenarios import policy_names
from tests.conformance import ROOT

SCENARIOS = ROOT / "scenarios"
PRIMARY, JUNIOR, RANKED = "tongliao-2023-primary", "tongliao-2023-junior", "ranked-choice"
FILES = {"README.md", "applicants.csv", "policy.yaml", "schools.csv", "transcript.txt", "zones.csv"}


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def made(folder: Path, children: int, seed: int, policy: str = PRIMARY) -> dict[str, bytes]:
    """Generate a district and return its files."""
    generate(folder, children, seed, policy)
    return contents(folder)


@cache
def shipped(policy: str) -> District:
    """Return a shipped district with its draw."""
    return with_draw(SCENARIOS / policy)


def with_draw(folder: Path) -> District:
    """Read a district through the product's reader and put its public draw in."""
    district = read_folder(folder)
    transcript, faults = parse_transcript((folder / "transcript.txt").read_bytes())
    assert transcript is not None, faults
    return District(
        district.policy, district.schools, district.zones, district.applicants,
        Draw(transcript), policy_sha256=district.policy_sha256,
    )  # fmt: skip


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """Size, seed and policy determine every file, byte for byte."""
    assert made(tmp_path / "a", 300, 7) == made(tmp_path / "b", 300, 7)


def test_other_seed_other_district(tmp_path: Path) -> None:
    """Another seed changes roster, hard caps and transcript, and leaves the policy alone."""
    one, two = made(tmp_path / "a", 300, 7), made(tmp_path / "b", 300, 8)
    assert {name for name in FILES if one[name] != two[name]} == FILES - {"policy.yaml", "zones.csv"}


@pytest.mark.parametrize("policy", [PRIMARY, JUNIOR, RANKED])
def test_shipped_districts_are_what_the_generator_makes(tmp_path: Path, policy: str) -> None:
    """Every file of a shipped district comes out of the generator again."""
    demand = load_demand_template(policy).demand
    files = made(tmp_path / "again", demand.shipped.children, demand.shipped.seed, policy)
    assert set(files) == FILES
    assert files == {name: (SCENARIOS / policy / name).read_bytes() for name in FILES}


def test_every_shipped_policy_can_be_generated() -> None:
    """The three shipped policies are those that the generator knows."""
    assert policy_names() == sorted([PRIMARY, JUNIOR, RANKED])


@pytest.mark.parametrize("policy", [PRIMARY, JUNIOR, RANKED])
@pytest.mark.parametrize(("children", "seed"), [(20, 1), (97, 2), (1000, 3), (5000, 4), (5001, 5)])
def test_generated_districts_are_good_input(tmp_path: Path, policy: str, children: int, seed: int) -> None:
    """At every size the reader has nothing to say, the digests are right, the seed is strong and no cap can break."""
    generate(tmp_path / "d", children, seed, policy)
    district = with_draw(tmp_path / "d")
    assert len(district.applicants) == children
    assert district.draw is not None
    assert district.draw.transcript is not None
    assert frozen_folder_faults(district) == []
    assert weak_seed_faults(district.draw.transcript) == []
    assert hard_cap_faults(district) == []


@pytest.mark.parametrize(
    ("policy", "children"), [(PRIMARY, 3000), (PRIMARY, 12_000), (JUNIOR, 2500), (JUNIOR, 9000), (RANKED, 9000)]
)
def test_seats_suffice(tmp_path: Path, policy: str, children: int) -> None:
    """Nobody stays without a seat, less than one in a hundred is adjusted, and rulings are few."""
    generate(tmp_path / "d", children, 11, policy)
    outcomes = Counter(row.outcome for row in run_procedure(with_draw(tmp_path / "d")))
    assert outcomes[UNPLACED] == 0
    assert outcomes["adjusted"] < children / 100
    assert outcomes[NEEDS_RULING] < children / 200


@pytest.mark.parametrize("policy", [PRIMARY, JUNIOR, RANKED])
def test_synthetic_data_say_so(policy: str) -> None:
    """README, event number and the notice on every list say in both languages that all of it is invented."""
    district, readme = shipped(policy), (SCENARIOS / policy / "README.md").read_text(encoding="utf-8")
    assert district.draw is not None
    assert district.draw.transcript is not None
    assert district.draw.transcript.event.startswith("SYNTHETIC")
    assert "SYNTHETIC" in district.policy.notice.en
    assert "合成数据" in district.policy.notice.zh
    for words in (district.policy.notice.zh, district.policy.notice.en, f"--policy {policy}"):
        assert words in readme


@pytest.mark.parametrize(("policy", "children"), [(PRIMARY, 3000), (JUNIOR, 2500), (RANKED, 600)])
def test_shipped_sizes(policy: str, children: int) -> None:
    """Shipped rosters have their size, stay below a megabyte, give every home and sex, and no name."""
    district = shipped(policy)
    assert len(district.applicants) == children
    assert (SCENARIOS / policy / "applicants.csv").stat().st_size < 1_000_000
    assert all(child.x and child.y and child.sex in ("F", "M") and not child.name for child in district.applicants)
    bundled = sum(bool(child.bundle) for child in district.applicants)
    assert 0.014 < bundled / children < 0.022
    assert {Counter(c.bundle for c in district.applicants if c.bundle)[c.bundle] for c in district.applicants} >= {2}


def home(district: District, child: Applicant) -> str:
    """Return the home school of a child."""
    zone = district.zones[child.zone]
    return zone.e_school_id if child.category == "E" else child.registered_school or zone.school_id


ROUTES: list[tuple[str, str, Callable[[District, Applicant], bool]]] = [
    ("F1", PRIMARY, lambda d, c: home(d, c) == c.zone == "fuli" and c.category == "A"),
    ("F2", PRIMARY, lambda d, c: c.zone == "shifuxiao" and c.registered_school == "xincheng-1"),
    ("F2 own", PRIMARY, lambda d, c: c.zone == c.registered_school == "shifuxiao"),
    ("F3", JUNIOR, lambda d, c: c.zone == "wuzhong-east" and c.registered_school == "xincheng-1-zhong-junior"),
    ("F4", JUNIOR, lambda d, c: c.zone == "wuzhong-west" and c.registered_school == "sizhong"),
    ("F5", PRIMARY, lambda d, c: c.zone == "xincheng-1" and len(c.voluntary_1) == 2),
    ("F5 dual", PRIMARY, lambda d, c: c.zone == "shifuxiao" and c.voluntary_1 == ("sizhong-fuli",)),
    ("F6", PRIMARY, lambda d, c: c.zone == "fuli" and "shifuxiao" in c.voluntary_1),
    ("F7", PRIMARY, lambda d, c: c.zone == "xincheng-1-zhong-primary" and "sizhong-fuli" in c.voluntary_1),
    ("F9", PRIMARY, lambda d, c: home(d, c) == "xincheng-1" and bool(c.voluntary_2) and not c.voluntary_1),
    ("F9 both", PRIMARY, lambda d, c: bool(c.voluntary_2) and bool(c.voluntary_1)),
    ("F10", PRIMARY, lambda d, c: c.zone == "xincheng-1" and c.category == "E"),
    ("F11", PRIMARY, lambda d, c: c.zone == "fuli" and c.category == "E"),
    ("F12", PRIMARY, lambda d, c: c.zone == "xincheng-1-zhong-primary" and c.category == "E"),
    ("F13", PRIMARY, lambda d, c: home(d, c) == "xincheng-1" and len(c.preferred_diversion) == 3),
    ("F14", PRIMARY, lambda d, c: c.zone == "liaohe-3" and c.category == "R3" and bool(c.preferred_diversion)),
    ("F15", PRIMARY, lambda d, c: c.open_choice == "menggu-primary"),
    ("F15 junior", JUNIOR, lambda d, c: c.open_choice == "menggu-junior" and c.category == "A"),
    ("F16", JUNIOR, lambda d, c: c.open_choice == "menggu-junior" and c.category == "E"),
    ("F17", PRIMARY, lambda d, c: bool(c.preferential_school)),
    ("F17 junior", JUNIOR, lambda d, c: bool(c.preferential_school)),
    ("F18", PRIMARY, lambda d, c: bool(c.sibling_school) and c.sibling_school != home(d, c)),
    ("F18 rural", PRIMARY, lambda d, c: bool(c.sibling_school) and c.category.startswith("R")),
    ("F19 late", PRIMARY, lambda d, c: c.status == "late"),
    ("F19 blacklisted", PRIMARY, lambda d, c: c.status == "blacklisted"),
    ("F19 U", PRIMARY, lambda d, c: c.category == "U"),
    ("F19 junior", JUNIOR, lambda d, c: c.status == "blacklisted"),
    ("external", PRIMARY, lambda d, c: d.schools[d.zones[c.zone].school_id].external),
    ("no rule", PRIMARY, lambda d, c: c.zone == "shifuxiao" and c.category == "E"),
    ("no rule junior", JUNIOR, lambda d, c: c.zone == "wuzhong-east" and c.category == "E"),
    ("twins who choose", PRIMARY, lambda d, c: bool(c.bundle) and bool(c.preferred_diversion)),
    ("sibling listed", RANKED, lambda d, c: bool(c.sibling_school) and c.sibling_school in c.voluntary_1),
    ("five ranked", RANKED, lambda d, c: len(c.voluntary_1) == 5),
    ("one ranked", RANKED, lambda d, c: len(c.voluntary_1) == 1),
]


@pytest.mark.parametrize(("route", "policy", "takes"), ROUTES, ids=[f"{r[1]}-{r[0]}" for r in ROUTES])
def test_every_route_is_used(route: str, policy: str, takes: Callable[[District, Applicant], bool]) -> None:
    """Each route of the plan that the file formats cover has children on it in the shipped districts."""
    district = shipped(policy)
    assert any(takes(district, child) for child in district.applicants), route


def test_the_short_school_is_short() -> None:
    """The school of the voluntary rounds has far fewer seats than children, and its last category gets none there."""
    district = shipped(PRIMARY)
    demand = sum(home(district, child) == "xincheng-1" for child in district.applicants)
    assert demand > 1.5 * district.schools["xincheng-1"].plan
    rows = {row.applicant_id: row for row in run_procedure(district)}
    last = [
        rows[c.applicant_id] for c in district.applicants if home(district, c) == "xincheng-1" and c.category == "D"
    ]
    assert not any(row.school_id == "xincheng-1" and row.phase == "batch-D" for row in last)
    drawn = {row.draw_id for row in rows.values() if row.outcome == "admitted"}
    assert {"batch-C/xincheng-1", "voluntary-1/shifuxiao", "open/menggu-primary", "batch-R3/liaohe-3"} <= drawn


def test_total_plan_is_a_little_above_demand() -> None:
    """Seats exceed the children who need one here by less than three in a hundred."""
    for policy in (PRIMARY, JUNIOR, RANKED):
        district = shipped(policy)
        rows = run_procedure(district)
        here = sum(row.outcome not in (EXTERNAL, NEEDS_RULING) for row in rows)
        assert 1 < sum(school.plan for school in district.schools.values()) / here < 1.03


def test_rows_stand_in_no_order() -> None:
    """The file's rows follow neither ids nor zones, and ids say nothing of the zone."""
    lines = (SCENARIOS / PRIMARY / "applicants.csv").read_text(encoding="utf-8").splitlines()[1:]
    ids, zones = [line.split(",")[0] for line in lines], [line.split(",")[1] for line in lines]
    assert ids != sorted(ids)
    assert len(set(zones[:100])) > 5
    assert len({child.zone for child in shipped(PRIMARY).applicants[:100]}) > 5


def test_a_large_district_has_several_quarters(tmp_path: Path) -> None:
    """Above one quarter's size ids carry the quarter, lists stay in it, and the policy names every school."""
    generate(tmp_path / "d", 6000, 1)
    district = read_folder(tmp_path / "d")
    one, template = shipped(PRIMARY), load_demand_template(PRIMARY)
    assert len(district.schools) == 2 * len(one.schools)
    assert all(name.endswith(("-q01", "-q02")) for name in (*district.schools, *district.zones))
    batch = next(phase for phase in district.policy.phases if isinstance(phase, BatchPhase))
    assert set(batch.list_of) == {name for name, school in district.schools.items() if not school.external}
    assert all(name[-4:] == schools[0][-4:] for name, schools in ((n, batch.lists[n]) for n in batch.lists))
    first = next(phase for phase in district.policy.phases if isinstance(phase, DeferredAcceptancePhase))
    assert first.tiers[0] == ("xincheng-1-q01", "xincheng-1-q02")
    last = next(phase for phase in district.policy.phases if isinstance(phase, AdjustmentPhase))
    assert len(last.schools) == 2 * (len(template.demand.own_schools) - 1)
    assert district.policy.switches == one.policy.switches
    assert district.policy.office == one.policy.office is not None
    assert [phase.clauses for phase in district.policy.phases] == [phase.clauses for phase in one.policy.phases]


def test_about_800_children_a_school() -> None:
    """From some tens of thousands on, an own school has about 800 children."""
    for policy in policy_names():
        demand = load_demand_template(policy).demand
        for children in (20_000, 100_000, 1_000_000):
            parts = quarters(demand, children)
            assert sum(quarter.children for quarter in parts) == children
            assert 650 < children / (len(parts) * len(demand.own_schools)) < 1000
            assert len({(quarter.x, quarter.y) for quarter in parts}) == len(parts)


def test_chance_is_pinned() -> None:
    """The streams of synthetic chance give these numbers on every machine and in every version."""
    stream = Stream(2023, "q01")
    assert stream.below("block", 8, 100).tolist() == [66, 17, 89, 60, 25, 13, 65, 22]
    assert stream.shuffle("rows", 8).tolist() == [5, 2, 4, 0, 7, 6, 1, 3]
    assert all(0 <= share < 1 for share in stream.shares("x", 1000))


def test_apportion_meets_totals() -> None:
    """Parts add up, keep proportion, and a tie goes to the first; rounding is half up."""
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(7, [5, 2]) == [5, 2]
    assert apportion(0, [3, 4]) == [0, 0]
    assert [share_of(n, 1, 2) for n in (0, 1, 2, 3)] == [0, 1, 1, 2]


def codes(folder: Path, children: int = 100, seed: int = 1, policy: str = PRIMARY) -> list[str]:
    """Return the codes of the faults for which the generator refuses, each with a text in both languages."""
    with pytest.raises(InputError) as caught:
        generate(folder, children, seed, policy)
    assert all(fault_text(fault, "zh") and fault_text(fault, "en") for fault in caught.value.faults)
    return [fault.code for fault in caught.value.faults]


def test_refused_requests(tmp_path: Path) -> None:
    """A wrong number, an unknown policy and a folder that holds anything are refused, and nothing is written."""
    assert codes(tmp_path / "d", 19) == codes(tmp_path / "d", 1_000_001) == ["generate.children"]
    assert codes(tmp_path / "d", 19, -1) == ["generate.children", "generate.seed"]
    assert codes(tmp_path / "d", policy="nowhere") == ["generate.policy"]
    assert not (tmp_path / "d").exists()
    (tmp_path / "roster.xlsx").write_bytes(b"real")
    assert codes(tmp_path) == ["generate.folder"]
    assert codes(tmp_path / "roster.xlsx") == ["generate.folder"]
    assert [path.name for path in tmp_path.iterdir()] == ["roster.xlsx"]


@pytest.mark.long
def test_a_million_children(tmp_path: Path) -> None:
    """A million children are written in well under a minute and less than 2 GB."""
    resource = pytest.importorskip("resource")
    code = (
        "import sys, pathlib; from allocator.generator import generate; generate(pathlib.Path(sys.argv[1]), 10**6, 1)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "d")], check=True, timeout=60, cwd=ROOT)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2 * 1024 * 1024
    with (tmp_path / "d" / "applicants.csv").open("rb") as file:
        assert sum(1 for _ in file) == 1_000_001
