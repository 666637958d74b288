"""Pairs struck out of a deferred-acceptance phase: each reason, who counts it again, and what is left."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from allocator.ground import DisagreementError
from allocator.models.law.bids import Bid, Strike
from allocator.models.law.stability import solve_stable
from allocator.models.law.stable_count import is_stable_by_count
from allocator.models.law.strike_reasons import ChildrenAhead, Remaining, without_strikes_and_reasons
from allocator.models.law.striking import Striking
from tests.matchings import Case, all_matchings, market, named, random_case, stable_matchings


def shortened(case: Case) -> Case:
    """The case with what striking out leaves."""
    left = {
        bid.name: bid.schools for bid in without_strikes_and_reasons(*market(case), Striking(*market(case)).run(), "r")
    }
    lists = tuple(tuple(int(s[1:]) for s in left.get(f"p{i:02d}", ())) for i in range(len(case.lists)))
    return replace(case, lists=lists)


@pytest.mark.parametrize(("pool", "holds"), [(0, True), (1, True), (2, False)])
def test_full_ahead(pool: int, holds: bool) -> None:
    """Reason "full": one child ahead has no better school; that holds for one seat, not for two."""
    bids, orders = [Bid("a", 1, ["s"]), Bid("b", 1, ["s"])], {"s": ["a", "b"]}
    assert Remaining(bids, orders, {"s": pool}).apply(Strike("b", "s", "")) is holds


@pytest.mark.parametrize(("pool", "holds"), [(2, True), (3, False)])
def test_a_bundle_ahead_counts_all_its_children(pool: int, holds: bool) -> None:
    """Twins ahead fill two seats; where a third is left the child behind them may hold it."""
    bids, orders = [Bid("twins", 2, ["s"]), Bid("c", 1, ["s"])], {"s": ["twins", "c"]}
    assert Remaining(bids, orders, {"s": pool}).apply(Strike("c", "s", "")) is holds


@pytest.mark.parametrize(("pool", "holds"), [(1, False), (2, True)])
def test_sure_of_a_better_one(pool: int, holds: bool) -> None:
    """Reason "sure": a stands second at s, so with two seats it needs no t; a bundle is sure of a single seat."""
    bids = [Bid("b", 1, ["s"]), Bid("a", 3, ["s", "t"])]
    remaining = Remaining(bids, {"s": ["b", "a"], "t": ["a"]}, {"s": pool, "t": 1})
    assert remaining.apply(Strike("a", "t", "s")) is holds


def test_sure_of_a_worse_one_is_no_reason() -> None:
    """Who is sure of its second school may still hold its first; and a school not on its list is no reason at all."""
    remaining = Remaining([Bid("a", 1, ["s", "t"])], {"s": ["a"], "t": ["a"], "u": []}, {"s": 1, "t": 1, "u": 1})
    assert not remaining.apply(Strike("a", "s", "t"))
    assert not remaining.apply(Strike("a", "s", "u"))
    assert not remaining.apply(Strike("a", "u", ""))
    assert not remaining.apply(Strike("z", "s", ""))
    assert remaining.apply(Strike("a", "t", "s"))
    assert not remaining.apply(Strike("a", "t", "s"))  # gone already


def test_a_school_struck_out_before_is_no_reason() -> None:
    """Sure of its first school, a needs neither t nor u; once t is struck out nothing rests on it."""
    bids, orders = [Bid("a", 1, ["s", "t", "u"])], {"s": ["a"], "t": ["a"], "u": ["a"]}
    remaining = Remaining(bids, orders, {"s": 1, "t": 1, "u": 1})
    assert remaining.apply(Strike("a", "t", "s"))
    assert not remaining.apply(Strike("a", "u", "t"))
    assert remaining.apply(Strike("a", "u", "s"))


def test_a_reason_may_rest_on_the_strikes_before_it_only() -> None:
    """Child b needs t only because s is full ahead of it; so c is out at t after that strike, not before."""
    bids = [Bid("a", 1, ["s"]), Bid("b", 1, ["s", "t"]), Bid("c", 1, ["t"])]
    orders, pools = {"s": ["a", "b"], "t": ["b", "c"]}, {"s": 1, "t": 1}
    first, then = Strike("b", "s", ""), Strike("c", "t", "")
    assert [bid.schools for bid in without_strikes_and_reasons(bids, orders, pools, [first, then], "r")] == [
        ["s"],
        ["t"],
    ]
    with pytest.raises(DisagreementError, match="c"):
        without_strikes_and_reasons(bids, orders, pools, [then, first], "r")


@pytest.mark.parametrize("length", [0, 1, 2, 9, 50])
def test_the_tally_sums_as_a_list_does(length: int) -> None:
    """Children before any place, after any change, are the plain sum."""
    rng = Random(length)
    plain = [rng.randint(0, 3) for _ in range(length)]
    tally = ChildrenAhead(plain)
    for _ in range(length):
        at, more = rng.randrange(length), rng.randint(-2, 2)
        plain[at] += more
        tally.add(at, more)
        assert [tally.before(place) for place in range(length)] == [sum(plain[:place]) for place in range(length)]


def test_no_reason_that_is_accepted_strikes_out_a_pair_of_a_stable_matching() -> None:
    """Any strikes in any order: what the count accepts is in none of the stable matchings, which are enumerated."""
    accepted = 0
    for number in range(300):
        rng = Random(number)
        case = random_case(rng, 5, 3, 1 + number % 3)
        bids, orders, pools = market(case)
        stable = {pair for seat in stable_matchings(case) for pair in named(case, seat).items()}
        remaining = Remaining(bids, orders, pools)
        tries = [Strike(b.name, s, better) for b in bids for s in b.schools for better in ("", *b.schools)] * 2
        for strike in rng.sample(tries, len(tries)):
            if remaining.apply(strike):
                accepted += 1
                assert (strike.name, strike.school) not in stable
    assert accepted > 500


def test_striking_ends_only_where_no_reason_is_left() -> None:
    """Nothing that could be struck out is left, whatever the order of the search."""
    for number in range(300):
        bids, orders, pools = market(random_case(Random(number), 8, 4, 1 + number % 3))
        remaining = Remaining(bids, orders, pools)
        assert all(remaining.apply(strike) for strike in Striking(bids, orders, pools).run())
        tries = [Strike(b.name, s, better) for b in bids for s in b.schools for better in ("", *b.schools)]
        assert not any(remaining.apply(strike) for strike in tries)


def test_what_is_left_has_the_same_stable_matchings() -> None:
    """All stable matchings of the shortened lists, by definition, are those of the whole lists; bundles too."""
    several = 0
    for number in range(600):
        case = random_case(Random(number), 5, 3, 1 + number % 3)
        if number % 2:
            case = replace(case, pool=(1, 1, 1))
        stable = stable_matchings(case)
        assert stable_matchings(shortened(case)) == stable, number
        several += len(stable) > 1
    assert several > 5


def agree(number: int, parties: int, schools: int) -> int:
    """The model with and without striking out and the method agree on a case; return how many pairs were struck."""
    rng = Random(number)
    case = random_case(rng, parties, schools, rng.randint(1, 4))
    bids, orders, pools = market(case)
    whole = solve_stable(bids, orders, pools, "r", shorten=False)
    assert solve_stable(bids, orders, pools, "r") == whole == named(case, case.solved()), number
    return sum(map(len, case.lists)) - sum(map(len, shortened(case).lists))


def test_the_model_without_striking_out_agrees() -> None:
    """100 small districts with bundles of up to four children."""
    assert sum(agree(number, 12, 4) for number in range(100)) > 500


@pytest.mark.long
def test_the_model_without_striking_out_agrees_on_a_thousand() -> None:
    """1,000 small districts with bundles of up to four children."""
    assert sum(agree(number, 25, 6) for number in range(1000, 2000)) > 20_000


@pytest.mark.parametrize("own", [False, True])
def test_long_lists_leave_next_to_nothing(own: bool) -> None:
    """300 children rank all 30 schools, in one order or their own: of 9,000 pairs a few more than children are left."""
    rng = Random(1)
    schools = [f"s{s}" for s in range(30)]
    bids = [Bid(f"p{i}", 1, rng.sample(schools, 30) if own else schools) for i in range(300)]
    orders = {school: rng.sample([bid.name for bid in bids], len(bids)) for school in schools}
    pools = dict.fromkeys(schools, 9)
    left = without_strikes_and_reasons(bids, orders, pools, Striking(bids, orders, pools).run(), "r")
    assert sum(len(bid.schools) for bid in left) < 300
    assert len(solve_stable(bids, orders, pools, "r")) == 270


def test_as_many_seats_as_children_leaves_many_stable_matchings_and_still_ends() -> None:
    """The hard kind: own orders on both sides and no seat over; the best for all is found and proven."""
    rng = Random(2)
    schools = [f"s{s}" for s in range(10)]
    bids = [Bid(f"p{i}", 1, rng.sample(schools, 10)) for i in range(200)]
    orders = {school: rng.sample([bid.name for bid in bids], len(bids)) for school in schools}
    pools = dict.fromkeys(schools, 20)
    left = without_strikes_and_reasons(bids, orders, pools, Striking(bids, orders, pools).run(), "r")
    assert sum(len(bid.schools) for bid in left) > 250
    assert solve_stable(bids, orders, pools, "r") == {bid.name: bid.schools[0] for bid in left}


def test_stable_is_counted_as_it_is_defined() -> None:
    """Of all matchings of small cases, with bundles and schools without seats, the stable ones and no other."""
    for number in range(200):
        case = random_case(Random(number), 4, 3, 1 + number % 3)
        counted = [seat for seat in all_matchings(case) if is_stable_by_count(*market(case), named(case, seat))]
        assert counted == stable_matchings(case), number


def refuse(*_: object) -> None:
    """Stands in for the solver."""
    raise AssertionError("Expected no search.")


@pytest.mark.parametrize(("length", "pool", "twins"), [(30, 20, False), (30, 19, True), (5, 20, True), (1, 20, False)])
def test_the_best_that_remains_needs_no_search(
    monkeypatch: pytest.MonkeyPatch, length: int, pool: int, twins: bool
) -> None:
    """Own orders on both sides, as many seats as children or fewer, bundles: the solver is not called at all."""
    monkeypatch.setattr("allocator.models.law.stability.solve_unique", refuse)
    rng = Random(length)
    schools = [f"s{s}" for s in range(30)]
    bids = [Bid(f"p{i}", 1 + (twins and i % 50 == 0), rng.sample(schools, length)) for i in range(600)]
    orders = {s: [bid.name for bid in rng.sample(bids, len(bids)) if s in bid.schools] for s in schools}
    pools = dict.fromkeys(schools, pool)
    assert is_stable_by_count(bids, orders, pools, solve_stable(bids, orders, pools, "r"))


def test_where_the_best_that_remains_is_not_stable_the_constraints_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for strikes that stops early leaves more to the solver, never another answer."""
    run, searched = Striking.run, 0
    for number in range(60):
        case = random_case(Random(number), 10, 4, 1 + number % 3)
        bids, orders, pools = market(case)
        for share in (0, 1, 2):
            some = run(Striking(bids, orders, pools))
            some = some[: len(some) * share // 3]
            monkeypatch.setattr(Striking, "run", lambda _, some=some: some)
            left = without_strikes_and_reasons(bids, orders, pools, some, "r")
            searched += not is_stable_by_count(bids, orders, pools, {bid.name: bid.schools[0] for bid in left})
            assert solve_stable(bids, orders, pools, "r") == named(case, case.solved()), number
    assert searched > 60


def test_a_strike_without_reason_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that strikes out too much is a disagreement that names phase, party and school."""
    monkeypatch.setattr(Striking, "run", lambda self: [Strike("a", "s", "")])
    with pytest.raises(DisagreementError) as raised:
        solve_stable([Bid("a", 1, ["s"])], {"s": ["a"]}, {"s": 1}, "voluntary-1")
    assert raised.value.code == "agree.struck_out"
    assert raised.value.params == {"rule": "voluntary-1", "party": "a", "school": "s", "sure": "-"}
