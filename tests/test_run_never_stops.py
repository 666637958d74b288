"""A run never stops after the seed: what ``check`` accepts ends well under every seed (procedure.md section 4, P6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from allocator.district_folder import frozen_folder_faults
from allocator.domain import Category, District, Draw, Text
from allocator.engines import solve
from allocator.lottery import hard_cap_faults
from allocator.procedure import run_procedure
from tests.any_district import any_district
from tests.cli_calls import refused
from tests.small_districts import Town, batches, bids, kid, policy
from tests.written_folders import read_again, write

TWO_ROUNDS = (
    bids("bids-1", order=("ticket",)),
    bids("bids-2", column="voluntary_2", seats="offered_voluntary_2", order=("ticket",)),
)


def twins_then_three(cap: int) -> District:
    """Plan 4, one seat offered in round 1 to which twins bid, three in round 2 to which three children bid."""
    town = Town({"s1": 4, "s2": 0, "s3": 0}, {"s1": cap}, {"s1": 1})
    twins = [kid(n, voluntary_1=("s1",), bundle="b") for n in (1, 2)]
    three = [kid(n, voluntary_2=("s1",)) for n in (3, 4, 5)]
    made = town.district(policy([*TWO_ROUNDS, batches()]), [*twins, *three])
    return replace(made, schools={**made.schools, "s1": replace(made.schools["s1"], offered_voluntary_2=3)})


def test_a_bundle_of_an_earlier_round_counts_in_the_later_ones() -> None:
    """Plan 4 = cap 4: refused before any draw, for round 2, with the number of children that it could come to."""
    (fault,) = hard_cap_faults(twins_then_three(4))
    assert (fault.code, fault.params["phase"], fault.params["most"]) == ("draw.hard_cap_offered", "bids-2", "5")


def test_one_place_more_is_enough() -> None:
    """With a cap of 5 the same district is accepted, and its run ends well with five children there."""
    district = twins_then_three(5)
    assert hard_cap_faults(district) == []
    assert [row.school_id for row in solve(district).rows] == ["s1"] * 5


def test_check_and_freeze_refuse_it_with_the_cure(tmp_path: Path) -> None:
    """``check``, ``draw freeze`` and ``run`` say it alike, with exit status 2, and nothing is written."""
    folder = write(twins_then_three(4), tmp_path / "town")
    for command in (["check"], ["draw", "freeze"], ["run"]):
        more = ["--trial-seed", "1", "--out", str(tmp_path / "out")] if command == ["run"] else []
        assert "above its hard cap" in refused(*command, folder, *more)
    assert sorted(path.name for path in folder.iterdir()) == [
        "applicants.csv",
        "policy.yaml",
        "schools.csv",
        "zones.csv",
    ]
    assert not (tmp_path / "out").exists()


def test_rounds_before_the_first_bundle_do_not_count() -> None:
    """Without a bundle up to a round nobody comes over plan: the same offers to single children are accepted."""
    district = twins_then_three(4)
    single = replace(district, applicants=tuple(child._replace(bundle="") for child in district.applicants))
    assert hard_cap_faults(single) == []


def test_late_twins_do_not_count() -> None:
    """Only verified bidders can be held."""
    district = twins_then_three(4)
    late = tuple(c._replace(status="late") if c.bundle else c for c in district.applicants)
    assert hard_cap_faults(replace(district, applicants=late)) == []


def test_seats_still_set_aside_are_not_what_is_left() -> None:
    """A round over what is left cannot fill seats set aside: plan 4, 2 of them aside, twins: 3, then 5 with the two."""
    rules = policy([bids("left", seats="left", order=("ticket",)), TWO_ROUNDS[1]])
    kids = [*(kid(n, voluntary_1=("s1",), bundle="b") for n in (1, 2)), kid(3, voluntary_2=("s1",))]
    made = Town({"s1": 4, "s2": 0, "s3": 0}, {"s1": 4}).district(rules, kids)
    tight = replace(made, schools={**made.schools, "s1": replace(made.schools["s1"], offered_voluntary_2=2)})
    assert [(f.params["phase"], f.params["most"]) for f in hard_cap_faults(tight)] == [("bids-2", "5")]


def reached(district: District, seeds: range) -> Counter[str]:
    """The most children by school over some seeds."""
    most: Counter[str] = Counter()
    for seed in seeds:
        most |= Counter(row.school_id for row in run_procedure(replace(district, draw=Draw(trial_seed=seed))))
    return most


def judge(seed: int, folder: Path) -> str:
    """Whether a random district is refused before the draw, or ends well; nothing else may happen."""
    district = any_district(seed, 6)
    read = read_again(district, folder)
    if frozen_folder_faults(read):
        return "refused"
    assert len(solve(replace(read, draw=district.draw)).rows) == len(read.applicants)
    if read.policy.switches.divert_assign != "least_distance":
        for school, children in reached(read, range(5)).items():
            assert not school or read.schools[school].external or children <= read.schools[school].most
    return "done"


def test_what_check_accepts_never_ends_with_status_3(tmp_path: Path) -> None:
    """Random policies of every kind, tight caps, bundles, decisions, choices: refused before the draw, or done."""
    found = Counter(judge(seed, tmp_path / "town") for seed in range(80))
    assert set(found) == {"refused", "done"}
    assert min(found.values()) >= 15, "both must happen, or the test shows nothing"


@pytest.mark.long
def test_what_check_accepts_never_ends_with_status_3_long(tmp_path: Path) -> None:
    """The same for many more."""
    for seed in range(80, 1500):
        judge(seed, tmp_path / "town")


def test_the_refusal_is_not_only_caution(tmp_path: Path) -> None:
    """Among the districts refused there are some in which a seed does carry a school above its cap."""
    broken = 0
    for seed in range(60):
        district = read_again(any_district(seed, 6), tmp_path / "town")
        if district.policy.switches.divert_assign == "least_distance" or not hard_cap_faults(district):
            continue
        most = reached(district, range(4))
        broken += any(most[s.school_id] > s.most for s in district.schools.values() if not s.external)
    assert broken >= 3


@pytest.mark.parametrize("draw", ["batch-a", "divert-a", "batch", "divert"])
def test_two_draws_of_one_id_are_refused(draw: str, tmp_path: Path) -> None:
    """A batch makes ids of its draws; another phase's draw of such an id would share its tickets and its file."""
    rules = policy(
        [bids(draw=draw, order=("ticket",), categories=frozenset({"a"})), batches(categories=("a",))],
    )
    rules = replace(rules, categories=(Category("a", Text("甲", "first"), "registered"),))
    told = refused("check", write(Town().district(rules, [kid(1, category="a")]), tmp_path / "town"))
    assert draw in told
    assert "more than once" in told
