"""Phases and draws of lists that tell only who goes where."""

from __future__ import annotations

import pytest

from allocator.checking import check_list_by_rules, infer_rows
from allocator.procedure import run_procedure
from tests.conformance import load, names
from tests.small_districts import Town, batches, bids, kid, policy, random_district, replace_id
from tests.test_checker import BATCHES, one_seat_for_two, seen, town


@pytest.mark.parametrize("name", names())
def test_phases_and_draws_are_inferred(name: str) -> None:
    """From children and schools alone the very rows of every conformance district are inferred."""
    district, expected = load(name)
    assert district.draw is not None
    pairs = {row.applicant_id: row.school_id for row in expected}
    assert infer_rows(district, pairs, district.draw.source) == (tuple(sorted(expected)), ())


def test_phases_and_draws_of_random_districts_are_inferred() -> None:
    """The same for 200 random districts with every kind of phase and switch."""
    for seed in range(200):
        district = random_district(seed, 9)
        assert district.draw is not None
        right = tuple(sorted(run_procedure(district)))
        assert infer_rows(district, {row.applicant_id: row.school_id for row in right}, district.draw.source) == (
            right,
            (),
        )


def test_what_is_inferred_from_a_wrong_list_fails_where_it_is_wrong() -> None:
    """A list of schools in which loser and winner are swapped is inferred as the batch, and fails there."""
    district, winner, loser = one_seat_for_two()
    rows, violations = infer_rows(district, {winner: "", loser: "s1"}, b"trial|1")
    assert not violations
    assert {row.phase for row in rows if row.school_id} == {"batch-A"}
    assert seen(check_list_by_rules(district, rows, b"trial|1")) == {("check.justified_envy", winner, "s1")}


def test_lists_made_elsewhere_may_miss_or_invent_children_and_schools() -> None:
    """Missing and unknown children are violations of the inference; an impossible school fails the check."""
    district = town(BATCHES, kid(1), kid(2))
    rows, violations = infer_rows(district, {"K1": "s9", "K7": "s1"}, b"trial|1")
    assert seen(violations) == {("check.missing_child", "K2", ""), ("check.unknown_child", "K7", "")}
    found = seen(check_list_by_rules(district, rows, b"trial|1"))
    assert found == {("check.unknown_school", "K1", "s9"), ("check.missing_child", "K2", "")}


def test_a_separated_bundle_is_inferred_child_by_child() -> None:
    """Twins at two schools are each given the phase that could have seated them, and reported as separated."""
    twins = [replace_id(kid(1), f"K1-{n}", "b") for n in (1, 2)]
    district = town(BATCHES, *twins, s1=2)
    rows, _ = infer_rows(district, {"K1-1": "s1", "K1-2": "s2"}, b"trial|1")
    assert [row.phase for row in rows] == ["batch-A", "batch-A"]
    assert ("check.bundle_separated", "K1-2", "s2") in seen(check_list_by_rules(district, rows, b"trial|1"))


def test_a_lost_voluntary_bid_is_not_taken_for_a_won_one() -> None:
    """A school that a child lost as a volunteer and got by diversion later is inferred as the diversion."""
    rules = policy([bids(tiers=(("z3",), ("z1",))), batches(("s2",))])
    kids = [kid(1, voluntary_1=("s2",)), kid(2, "z3", voluntary_1=("s2",))]
    district = Town(plan={"s1": 0, "s2": 2, "s3": 0}, offered={"s2": 1}).district(rules, kids)
    rows, _ = infer_rows(district, {"K1": "s2", "K2": "s2"}, b"trial|1")
    assert [(row.phase, row.outcome) for row in rows] == [("batch-A", "diverted"), ("bids", "admitted")]
    assert check_list_by_rules(district, rows, b"trial|1") == ()
