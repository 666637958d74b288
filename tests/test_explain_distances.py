"""Why this school: the reason is the rule, with the metres that it counted, and the rule among equals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from allocator.domain import Applicant, District, Policy
from allocator.explanation import explain, reader
from allocator.explanation.party import KnownParty
from allocator.explanation.story.nearness import Nearness
from allocator.explanation.story.words import StoryWords
from allocator.reading.policy_file import parse_policy
from allocator.reporting.summary import summary_names_by_id
from tests.cli_calls import call
from tests.conformance import load
from tests.explain_districts import rules, town
from tests.small_districts import kid
from tests.written_folders import write


def adjusting(*schools: str, **switches: str) -> Policy:
    """The policy of these tests with another adjustment list."""
    made = rules(**switches)
    return replace(made, phases=(*made.phases[:-1], replace(made.phases[-1], schools=schools)))  # type: ignore[arg-type]


def told(path: Path, district: District, child: str) -> tuple[str, str]:
    """The explanations of a child in Chinese and English, of a run by the command line."""
    folder, out = write(district, path / "town"), path / "out"
    done = call("run", folder, "--trial-seed", district.draw.trial_seed, "--out", out, "--quiet")  # type: ignore[union-attr]
    assert done.exit_code in {0, 1}, done.stderr
    return explain(out, child, "zh"), explain(out, child, "en")


def late(number: int, x: str, **cells: Any) -> Applicant:
    """A late child at a place of the x axis, where s1 stands at 100, s2 at 200, s3 at 300."""
    return kid(number, status="late", x=x, y="0", **cells)


DISTANCE = adjusting("s3", "s2", "s1", adjust_by="distance")


def test_the_nearest_school_is_the_reason_and_not_the_list(tmp_path: Path) -> None:
    """Field case 28: the first school on the list is the farthest; told are the metres of all, and no list."""
    zh, en = told(tmp_path, town([late(1, "0")], 1, DISTANCE), "K1")
    assert "this was the nearest school with a seat left: 第一小学, 100 m (seats left: 1)." in en
    assert "Behind it: 第二小学, 200 m; 第三小学, 300 m." in en
    assert "这是距离最近且尚有空余学位的学校：第一小学，100 米（空余学位 1 个）。" in zh
    assert "排在其后的学校：第二小学，200 米；第三小学，300 米。" in zh
    assert "first school on its list" not in en
    assert "去向顺序" not in zh


def test_nearer_schools_that_were_full_are_told_with_their_metres(tmp_path: Path) -> None:
    """The full school is nearer, not earlier on a list."""
    district = town([late(1, "0")], 1, DISTANCE, plan={"s1": 0, "s2": 1, "s3": 1})
    zh, en = told(tmp_path, district, "K1")
    assert "Nearer schools without room, told below: 1." in en
    assert "\n   第一小学, 100 m: no seat left." in en
    assert "更近而空余学位不足的学校有 1 所，逐所说明如下。" in zh
    assert "\n   第一小学，100 米：没有空余学位。" in zh


def test_equal_distances_are_decided_by_id_and_told_so(tmp_path: Path) -> None:
    """Between two schools the id decides, although the list has the other first."""
    zh, en = told(tmp_path, town([late(1, "150")], 1, DISTANCE), "K1")
    assert "第一小学, 50 m" in en
    assert "Schools equally far (50 m) come in the order of their ids: s1, s2." in en
    assert "距离相同（50 米）的，按学校编号的先后：s1、s2。" in zh


def test_inputs_are_taken_apart_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record by distance needs the home and the policy, and so does the story: the policy is read once."""
    told(tmp_path, town([late(1, "0")], 1, DISTANCE), "K1")
    parsed = Mock(wraps=parse_policy)
    monkeypatch.setattr(reader, "parse_policy", parsed)
    assert "100 m" in explain(tmp_path / "out", "K1", "en")
    assert parsed.call_count == 1


def test_no_tie_is_told_where_there_is_none(tmp_path: Path) -> None:
    """Distances that differ by less than a metre are told apart by their decimals, and are no tie."""
    zh, en = told(tmp_path, town([late(1, "149.8")], 1, DISTANCE), "K1")
    assert "第一小学, 49.8 m (seats left: 1). Behind it: 第二小学, 50.2 m; 第三小学, 150.2 m." in en
    assert "equally far" not in en
    assert "距离相同" not in zh


def test_a_home_without_a_place_goes_by_the_list_and_is_told_so(tmp_path: Path) -> None:
    """Under ``adjust_by: distance`` a child without coordinates reads why the list counts for it."""
    zh, en = told(tmp_path, town([kid(1, status="late")], 1, DISTANCE), "K1")
    assert "第三小学" in en.split("\n")[0]
    assert "this was the first school on its list with a seat left (1)" in en
    assert "the place of the home is not given; so the order of the list counts. The school is no. 1 of 3" in en
    assert "没有该生的住址坐标，因此按调剂学校名单的先后。该校在调剂学校名单中排第 1（共 3 所）。" in zh


def test_it_is_told_so_without_a_seat_too(tmp_path: Path) -> None:
    """Who found no seat reads the same."""
    district = town([kid(1, status="late")], 1, DISTANCE, plan={"s1": 0, "s2": 0, "s3": 0})
    zh, en = told(tmp_path, district, "K1")
    assert "the place of the home is not given" in en
    assert "没有该生的住址坐标" in zh


def without_place(district: District, *schools: str) -> District:
    """The district with no coordinates of some schools."""
    made = {name: replace(s, x="", y="") if name in schools else s for name, s in district.schools.items()}
    return replace(district, schools=made)


def test_schools_without_a_place_come_last(tmp_path: Path) -> None:
    """A school without coordinates is told as such; where only it had a seat, that is the reason."""
    _, en = told(tmp_path / "1", without_place(town([late(1, "0")], 1, DISTANCE), "s2"), "K1")
    assert "Behind it: 第三小学, 300 m; 第二小学, place not given." in en
    only = without_place(town([late(1, "0")], 1, DISTANCE, plan={"s1": 0, "s2": 1, "s3": 0}), "s2")
    zh, en = told(tmp_path / "2", only, "K1")
    assert "The place of this school is not given; it comes after the schools whose place is." in en
    assert "nearest school with a seat left" not in en
    assert "该校没有坐标，排在有坐标的学校之后。" in zh


def test_of_twins_it_is_told_from_which_home(tmp_path: Path) -> None:
    """The home of the child that gives the party its id is measured, also in the story of the other."""
    kids = [late(1, "0", bundle="b"), late(2, "900", bundle="b")]
    district = town(kids, 1, DISTANCE, plan={"s1": 2, "s2": 2, "s3": 2})
    zh, en = told(tmp_path, district, "K2")
    assert "第一小学, 100 m" in en
    assert "Measured from the home of K1." in en
    assert "距离按 K1 的住址计算。" in zh


def test_the_distances_told_are_those_that_decided() -> None:
    """In the conformance districts by distance the school given is never farther than one told behind it."""
    district, rows = load("adjust_by=distance-3")
    words = StoryWords("en", summary_names_by_id(district), 0, {})
    seated = {row.applicant_id: row for row in rows if row.outcome == "adjusted"}
    for child in district.applicants:
        if child.applicant_id in seated and child.x:
            party = KnownParty(district.policy, district.schools, district.zones, (child,))
            near = Nearness(party, list(district.schools), words)
            metres = [float(near._metres[school]) for school in near.nearest_first(list(near.square))]
            assert metres == sorted(metres)
            assert len(set(near._metres.values())) == len(set(near.square.values()))


LEAST = rules(divert_assign="least_distance")


def spread(homes: Sequence[str]) -> District:
    """Children of a school without seats, diverted to s2 and s3, one seat each, by the least sum."""
    kids = [kid(n, x=x, y="0") for n, x in enumerate(homes, start=1)]
    return town(kids, 1, LEAST, plan={"s1": 0, "s2": 1, "s3": 1})


def test_the_least_sum_tells_metres_and_why_not_the_nearer_school(tmp_path: Path) -> None:
    """Both are nearer to s2; the one sent to s3 reads both distances and that the sum decided."""
    zh, en = told(tmp_path, spread(("200.4", "240")), "K2")
    assert "Distance: 第三小学, 60 m. Nearer schools: 第二小学, 40 m; their seats went to others, because so the" in en
    assert "距离：第三小学，60 米。更近的学校：第二小学，40 米；这些学校的空余学位按全批次总路程最短" in zh
    assert "first school on its list" not in en


def test_the_least_sum_counts_whole_metres(tmp_path: Path) -> None:
    """A distance of 0.4 m is 0 m, as the rule counts it."""
    _, en = told(tmp_path, spread(("200.4", "300")), "K1")
    assert "Distance: 第二小学, 0 m. The other schools: 第三小学, 100 m." in en


def test_seats_kept_for_later_batches_are_the_reason(tmp_path: Path) -> None:
    """Under ``protect_local_demand: all`` a school with a seat left gives none to the diverted, and says why."""
    kids = [kid(1), kid(2, "z2", "B", registered_school="s2")]
    made = rules(protect_local_demand="all")
    zh, en = told(tmp_path, town(kids, 1, made, plan={"s1": 0, "s2": 1, "s3": 1}), "K1")
    assert "第二小学: no seat was left at its turn" in en
    assert "Seats kept there for children of later batches whose home school it is: 1." in en
    assert "另有空余学位 1 个，按本次政策留给后面批次的学区内学生。" in zh


def test_an_e_child_reads_where_the_overflow_school_stands(tmp_path: Path) -> None:
    """Under ``e_route: overflow`` the E school is first on the receiving list, and that is the reason."""
    made = rules(e_route="overflow")
    district = town([kid(n, "z1", "E") for n in (1, 2)], 1, made, plan={"s1": 1, "s2": 1, "s3": 1})
    texts = [told(tmp_path / str(n), district, f"K{n}") for n in (1, 2)]
    assert all("in a diversion 第二小学 comes first." in en for _, en in texts)
    assert any(
        "Under this policy the school comes first on the receiving list of the home school" in e for _, e in texts
    )


@pytest.mark.parametrize("wish", [True, False])
def test_a_diverted_child_reads_whose_order_it_was(wish: bool, tmp_path: Path) -> None:
    """By its own wish, or by its place on the receiving list of the home school."""
    cells: dict[str, Any] = {"preferred_diversion": ("s3",)} if wish else {}
    district = town([kid(1, **cells)], 1, rules(), plan={"s1": 0, "s2": 1, "s3": 1})
    zh, en = told(tmp_path, district, "K1")
    if wish:
        assert "The school is no. 1 of the family's own diversion wishes." in en
        assert "该校是分流意愿第 1 位。" in zh
    else:
        assert "The school is no. 1 of 2 on the receiving list of the home school 第一小学." in en
        assert "没有填报分流意愿。" in zh

