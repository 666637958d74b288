"""Extra seats by the ranks of families: against trying every way, with and without bundles, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.domain import AdjustmentPhase, District, Draw
from allocator.ground import InputError
from allocator.models.limit import Limit
from allocator.planning.extra_seats import Request, rules_search, search_extra_seats
from allocator.planning.extra_seats.ranks import only_round_with_ranks
from allocator.procedure import run_procedure
from tests.cli_calls import as_json, good
from tests.conformance import ROOT
from tests.seats_oracle import Ways, ways, with_seats
from tests.small_districts import Town, bids, kid, phase, policy, random_district

ORDERS = (("ticket",), ("sibling", "walk_zone", "ticket"), ("category", "ticket"))


def ranked(seed: int, *, bundles: bool) -> District:
    """A random district whose seats are given by one round over what is left, then by adjustment."""
    district = random_district(seed, 12)
    kids = [child._replace(voluntary_2=()) for child in district.applicants]
    if not bundles:
        kids = [child._replace(bundle="") for child in kids]
    phases = (
        bids(seats="left", order=ORDERS[seed % 3]),
        phase(AdjustmentPhase, "adjust", schools=("s1", "s2"), draw="adjust"),
    )
    rules = replace(district.policy, phases=phases)
    return replace(district, policy=rules, applicants=tuple(sorted(kids)), draw=Draw(trial_seed=1))


def total(district: District, extra: Ways) -> int:
    """Sum of the ranks in the procedure's list, child by child; none is one more than the longest list."""
    rows = {row.applicant_id: row for row in run_procedure(with_seats(district, extra))}
    bidders = [c for c in district.applicants if c.voluntary_1 and c.status == "verified" and c.category in "AB"]
    none = max((len(child.voluntary_1) for child in bidders), default=0) + 1
    return sum(
        child.voluntary_1.index(rows[child.applicant_id].school_id) + 1
        if rows[child.applicant_id].outcome == "admitted"
        else none
        for child in bidders
    )


def test_one_seat_by_hand() -> None:
    """Two children want s1, which has one seat, before s2: one seat more at s1 gives both their first choice."""
    kids = [kid(n, voluntary_1=("s1", "s2")) for n in (1, 2)]
    rules = policy([bids(seats="left")])
    found = search_extra_seats(Town().district(rules, kids), Request(extra_seats=1, by="ranks"))
    assert dict(found.extra) == {"s1": 1, "s2": 0, "s3": 0}
    assert (found.before, found.after, found.bound, found.proven) == ((3,), (2,), (2,), True)


@pytest.mark.parametrize("bundles", [False, True])
@pytest.mark.parametrize("seed", range(25))
def test_ranks_equal_trying_every_way(seed: int, bundles: bool) -> None:
    """Seats one by one: proven by integer program for single children, by having tried all with bundles."""
    district = ranked(seed, bundles=bundles)
    found = search_extra_seats(district, Request(extra_seats=3, by="ranks"))
    best = min(total(district, extra) for extra in ways(district, 3))
    assert found.after == found.bound == (best,)
    assert total(district, found.extra) == best
    assert found.before == (total(district, {}),)


@pytest.mark.parametrize("where", [(), ("s1", "s2")])
@pytest.mark.parametrize("seed", range(25))
def test_bound_of_the_ranks_is_never_better_than_the_truth(
    seed: int, where: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With bundles, classes or schools that are named, too many to try: the bound holds all the same."""
    monkeypatch.setattr(rules_search, "MOST_LISTS", 0)
    district = ranked(seed, bundles=True)
    found = search_extra_seats(district, Request(classes=2, class_size=2, where=where, by="ranks"))
    best = min(total(district, extra) for extra in ways(district, 2, 2, where))
    assert found.bound[0] <= best <= found.after[0] == total(district, found.extra)
    assert found.proven == (found.after == found.bound)


def test_several_draws_are_summed_up() -> None:
    """Over simulated draws the sum of ranks is that of all lists, and the seats are the same in all of them."""
    district = ranked(3, bundles=False)
    one = search_extra_seats(district, Request(extra_seats=2, by="ranks", draws=6))
    assert (one.lists, one.proven) == (6, True)
    with_bundles = search_extra_seats(ranked(4, bundles=True), Request(extra_seats=2, by="ranks", draws=3))
    assert with_bundles.proven
    assert with_bundles.exhausted or with_bundles.tried


def test_no_time_is_no_proof() -> None:
    """Ended before it began: a bound that no way is below."""
    district = ranked(8, bundles=False)
    found = search_extra_seats(district, Request(extra_seats=3, by="ranks"), limit=Limit(1e-9))
    assert found.bound[0] <= min(total(district, extra) for extra in ways(district, 3)) <= found.after[0]


def test_policies_of_another_kind_are_refused() -> None:
    """Batches, a round with seats of its own, or two rounds: there are no ranks that all seats go by."""
    kinds = ([bids()], [bids(seats="left"), bids("again", seats="left", column="voluntary_2")])
    for phases in kinds:
        district = Town(offered={"s1": 1}).district(policy(phases), [kid(1)])
        assert only_round_with_ranks(district) is None
        with pytest.raises(InputError) as raised:
            search_extra_seats(district, Request(extra_seats=1, by="ranks"))
        assert [fault.code for fault in raised.value.faults] == ["capacity.not_ranked"]


def test_command_on_the_shipped_city() -> None:
    """The shipped city of one round, which has bundles: whole classes are all tried, in both languages."""
    city = ROOT / "scenarios" / "ranked-choice"
    answer = as_json("capacity", city, "--classes", 1, "--class-size", 30, "--by", "ranks")
    assert (answer["levels"], answer["proven"], answer["all_ways_computed"]) == (["ranks"], True, True)
    assert answer["after"] < answer["before"]
    said = good("capacity", city, "--classes", 1, "--class-size", 30, "--by", "ranks", language="zh")
    assert "志愿名次之和" in said
