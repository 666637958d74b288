"""The planning optimum: every method against brute force, prices, certificates, early ends, refused weights."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from allocator.checking import Certificate, check_optimum
from allocator.checking.chains import has_gaining_chain
from allocator.checking.feasibility import Feasibility
from allocator.checking.losses import Losses
from allocator.checking.values import Values, seats_of
from allocator.domain import Applicant, District, School, Zone
from allocator.errors import InputError
from allocator.generator import generate
from allocator.models.flow import relax
from allocator.models.limit import Limit
from allocator.models.market import Market, make_market
from allocator.models.optimum import METHODS, Optimum, optimise, options_of_parties
from allocator.models.prices import bound_of, least_prices, losses
from allocator.models.weights import dominance_faults, largest_safe, safe_value, size_faults, sum_faults
from allocator.planning.certificate import certificate_of
from allocator.planning.facade import plan
from allocator.planning.placement import placement_of
from allocator.solve import read_district
from tests.planning_oracle import (
    brute_force,
    feasible_lists,
    is_feasible,
    objective_of,
    options,
    seats,
    small_planning_districts,
    units,
    with_planning,
)

DISTRICTS = 1_000
PARTS = 4


def solved(district: District, method: str = "core", *, cap: bool = False) -> tuple[Optimum, dict[str, str]]:
    """Return the optimum of a district and its list."""
    optimum = optimise(make_market(district, use_hard_cap=cap), method)
    return optimum, placement_of(optimum.market, options_of_parties(optimum.market, optimum, district))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_method_finds_the_optimum_of_every_small_district(part: int) -> None:
    """1,000 random districts: three methods, one objective, that of enumeration; every certificate accepted."""
    for seed in range(part, DISTRICTS, PARTS):
        district, cap = small_planning_districts(seed), seed % 3 == 0
        best, _ = brute_force(district, cap)
        for method in METHODS:
            optimum, placed = solved(district, method, cap=cap)
            assert optimum.proven, (seed, method)
            assert (optimum.objective, optimum.bound) == (best, best), (seed, method)
            assert is_feasible(district, placed, cap), (seed, method)
            assert objective_of(district, placed) == best, (seed, method)
            verdict = check_optimum(district, placed, certificate_of(optimum, use_hard_cap=cap))
            assert verdict.violations == (), (seed, method)
            assert (verdict.objective, verdict.bound) == (best, optimum.relaxed_bound)


def _tampered(
    dice: random.Random, district: District, placed: dict[str, str], certificate: Certificate
) -> Iterator[tuple[District, dict[str, str], Certificate]]:
    """A price, a seat or a row changed, each in turn."""
    school = dice.choice(sorted(certificate.prices))
    price = certificate.prices[school] + dice.choice((-2, -1, 1, 1, 2, 5, 10**6))
    yield district, placed, replace(certificate, prices={**certificate.prices, school: price})
    here = district.schools[school]
    seats = here.plan + dice.choice((-1, 1, 2))
    if seats >= 0:
        changed = replace(here, plan=seats, hard_cap=None if here.hard_cap is None else max(seats, here.hard_cap))
        yield replace(district, schools={**district.schools, school: changed}), placed, certificate
    child = dice.choice(sorted(placed))
    yield district, {**placed, child: dice.choice(("", *sorted(certificate.prices)))}, certificate


@pytest.mark.parametrize("part", range(PARTS))
def test_tampering_is_judged_as_an_exact_evaluation_says(part: int) -> None:
    """After each of at least 1,000 changes the checker accepts exactly what is feasible and best by enumeration."""
    judged = {True: 0, False: 0}
    for seed in range(part, 400, PARTS):
        dice, district = random.Random(seed), small_planning_districts(seed)
        optimum, placed = solved(district)
        certificate = certificate_of(optimum, use_hard_cap=False)
        for town, rows, proof in _tampered(dice, district, placed, certificate):
            feasible = is_feasible(town, rows) and min(proof.prices.values()) >= 0
            right = feasible and objective_of(town, rows) == brute_force(town)[0]
            assert (check_optimum(town, rows, proof).violations == ()) == right, (seed, rows, proof)
            judged[right] += 1
    assert sum(judged.values()) >= 1_000 // PARTS
    assert min(judged.values()) > 20


def test_other_prices_prove_the_same_list() -> None:
    """Any prices between the least and the largest that prove it are accepted, not those that were written alone."""
    district = _one_seat(distance=4)
    optimum, placed = solved(district)
    certificate = certificate_of(optimum, use_hard_cap=False)
    assert certificate.prices["s"] == 96  # the value of the child who has none
    for price in (96, 98, 100):
        verdict = check_optimum(district, placed, replace(certificate, prices={"s": price}))
        assert (verdict.violations, verdict.gap) == ((), 0)
    assert check_optimum(district, placed, replace(certificate, prices={"s": 90})).gap == 6


def _one_seat(distance: int) -> District:
    """Two children of one category, one seat: the nearer one gets it."""
    base = small_planning_districts(0)
    assert base.policy.planning is not None
    phases = tuple(p for p in base.policy.phases if p.phase_id == "adjust")
    phases = tuple(replace(p, schools=("s",)) for p in phases)  # type: ignore[arg-type]
    planning = replace(
        base.policy.planning, category=dict.fromkeys("ABEU", 100), home=0, chosen=0, diverted=0, metre=1, closed={}
    )
    zones = {"z": Zone("z", "s")}
    kids = (Applicant("near", "z", "A", x="0", y="0"), Applicant("far", "z", "A", x=str(distance), y="0"))
    return replace(
        base, policy=replace(base.policy, phases=phases, planning=planning), zones=zones,
        applicants=tuple(sorted(kids)), schools={"s": School("s", "s", plan=1, x="0", y="0")},
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(0, 120, 3))
def test_one_more_seat_never_lowers_the_optimum(seed: int) -> None:
    """A seat more is worth something from 0 to its price wherever the bound equals the optimum."""
    district = small_planning_districts(seed)
    optimum, _ = solved(district)
    market = optimum.market
    for at, (school, price) in enumerate(zip(market.schools, optimum.price.tolist(), strict=True)):
        seats = market.seats.copy()
        seats[at] += 1
        more = optimise(replace(market, seats=seats)).objective - optimum.objective
        assert more >= 0, school
        if optimum.objective == optimum.relaxed_bound:
            assert more <= price, school


@pytest.mark.parametrize("seed", range(60))
def test_the_relaxation_is_the_network_optimum(seed: int) -> None:
    """The network simplex of networkx on the same graph gives the same value; the prices prove it."""
    market = make_market(small_planning_districts(seed))
    relaxation = relax(market, Limit())
    assert relaxation is not None
    assert _network_value(market) == relaxation.bound == bound_of(market, relaxation.price)
    each, none = losses(market, relaxation.price)
    assert int(each @ relaxation.flow) == 0
    assert int(none @ relaxation.unseated) == 0


def _network_value(market: Market) -> int:
    """Value of the relaxed optimum by networkx."""
    graph: nx.DiGraph[object] = nx.DiGraph()
    children = (market.size * market.count).tolist()
    graph.add_node("end", demand=sum(children))
    for kind, number in enumerate(children):
        graph.add_node(kind, demand=-number)
        graph.add_edge(kind, "end", weight=0)
        for at in range(market.starts[kind], market.starts[kind + 1]):
            graph.add_edge(kind, market.schools[market.school[at]], weight=-int(market.value[at]))
    for school, room in zip(market.schools, market.seats.tolist(), strict=True):
        graph.add_edge(school, "end", weight=0, capacity=room)
    return -int(nx.network_simplex(graph)[0]) if children else 0


@pytest.mark.parametrize("seed", range(40))
def test_prices_are_the_least_that_prove(seed: int) -> None:
    """Lowering any price by 1 opens a gap or a loss in the relaxation; so a price is what one more seat adds to it."""
    market = make_market(small_planning_districts(seed))
    relaxation = relax(market, Limit())
    assert relaxation is not None
    for at, price in enumerate(relaxation.price.tolist()):
        seats = market.seats.copy()
        seats[at] += 1
        more = relax(replace(market, seats=seats), Limit())
        assert more is not None
        assert more.bound - relaxation.bound == price


def test_prices_of_an_assignment_that_can_gain_are_refused() -> None:
    """Seat prices exist for optimal assignments only: two children who would gain by changing seats drive them up."""
    two = Market(
        schools=["s", "t"], seats=np.array([1, 1]), parties=[], members={}, leaves={}, type_of=np.array([0, 1]),
        size=np.array([1, 1]), count=np.array([1, 1]), starts=np.array([0, 2, 4]), school=np.array([0, 1, 0, 1]),
        value=np.array([9, 5, 5, 9]), relation=np.zeros(4, dtype=np.int64), metres=np.zeros(4, dtype=np.int64),
    )  # fmt: skip
    nobody = np.zeros(2, dtype=np.int64)
    assert least_prices(two, np.array([1, 0, 0, 1]), nobody).tolist() == [0, 0]
    with pytest.raises(ValueError, match="moves that gain"):
        least_prices(two, np.array([0, 1, 1, 0]), nobody)


@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_order_of_rows_leaves_no_trace(seed: int) -> None:
    """The same children in another order give the same list."""
    district = small_planning_districts(seed)
    shuffled = list(district.applicants)
    random.Random(seed).shuffle(shuffled)
    other = replace(
        district, applicants=tuple(sorted(shuffled)), schools=dict(reversed(list(district.schools.items()))),
        zones=dict(reversed(list(district.zones.items()))),
    )  # fmt: skip
    assert solved(district)[1] == solved(other)[1]


def test_children_of_one_type_take_turns_by_ticket() -> None:
    """Of two children alike the one of the smaller ticket gets the seat: the SHA-256 of a line of text."""
    district = _one_seat(distance=0)
    assert district.draw is not None
    optimum, placed = solved(district)
    assert optimum.market.types == 1
    tickets = {c: sha256(f"{district.draw.seedhex}|optimum|{c}".encode()).hexdigest() for c in ("near", "far")}
    first, second = sorted(tickets, key=lambda child: tickets[child])
    assert placed == {first: "s", second: ""}


def test_a_time_limit_gives_a_list_with_an_honest_bound() -> None:
    """A search that may not begin still gives a feasible list, not called optimal, and a bound that holds."""
    for seed in range(60):
        district = small_planning_districts(seed)
        best, _ = brute_force(district)
        market = make_market(district)
        for method in METHODS:
            early = optimise(market, method, Limit(0.0))
            placed = placement_of(market, options_of_parties(market, early, district))
            assert is_feasible(district, placed)
            assert early.objective <= best <= early.bound
            assert early.proven == (early.objective == early.bound)
            certificate = certificate_of(early, use_hard_cap=False)
            assert certificate.claim == ("optimal" if early.proven else "bound")
            assert check_optimum(district, placed, certificate).violations == ()


def test_an_interruption_ends_the_search_cleanly() -> None:
    """Ctrl-C while a solver works: the solver is asked to stop, and everything after it ends at once."""

    def work() -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Limit().run(work)
    asked = threading.Event()
    slow = Limit(0.05)
    assert slow.run(lambda: asked.wait(20), asked.set) is True  # ended because it was asked to, with its answer
    assert slow.over
    assert Limit(0.05).run(lambda: time.sleep(0.5)) is None  # nobody to ask: it is left behind


def test_weights_with_which_leaving_a_child_out_could_pay_are_refused() -> None:
    """A weight below the metres is refused, with the least that is enough; that least is accepted."""
    district = _one_seat(distance=4)
    assert district.policy.planning is not None
    small = with_planning(district, category=dict.fromkeys("ABEU", 4))
    (fault,) = dominance_faults(small.policy.planning, make_market(small))  # type: ignore[arg-type]
    assert (fault.code, fault.column, fault.params["least"]) == ("planning.too_small", "planning.category.A", "5")
    enough = with_planning(district, category=dict.fromkeys("ABEU", 5))
    assert dominance_faults(enough.policy.planning, make_market(enough)) == []  # type: ignore[arg-type]
    with pytest.raises(InputError) as caught:
        plan(small)
    assert [f.code for f in caught.value.faults] == ["planning.too_small"]


@pytest.mark.parametrize("seed", range(0, 400, 2))
def test_dominant_weights_leave_nobody_out(seed: int) -> None:
    """With weights that are not refused, and without bundles, as many children are seated as can be."""
    district = small_planning_districts(seed)
    alone = replace(district, applicants=tuple(child._replace(bundle="") for child in district.applicants))
    assert alone.policy.planning is not None
    heavy = with_planning(alone, category=dict.fromkeys("ABEU", 10_000))
    market = make_market(heavy)
    assert dominance_faults(heavy.policy.planning, market) == []  # type: ignore[arg-type]
    optimum = optimise(market)
    most = optimise(replace(market, value=np.ones_like(market.value))).objective
    assert int(optimum.placed.sum()) == most


def test_weights_that_could_overflow_are_refused_before_solving() -> None:
    """A weight above the safe value is named with the largest safe one; that one is accepted."""
    district = _one_seat(distance=4)
    safe = largest_safe(district) // 4
    huge = with_planning(district, category=dict.fromkeys("ABEU", safe + 1), metre=2**62)
    faults = {f.column: f.params["most"] for f in size_faults(huge)}
    assert faults.keys() == {*(f"planning.category.{c}" for c in "ABEU"), "planning.metre"}
    assert faults["planning.category.A"] == str(safe)
    fits = with_planning(district, category=dict.fromkeys("ABEU", safe))
    assert size_faults(fits) == []
    assert optimise(make_market(fits)).objective == safe


def test_missing_places_are_named_only_where_metres_count() -> None:
    """Without coordinates the optimum is refused unless metres weigh nothing."""
    district = _one_seat(distance=4)
    blind = replace(district, applicants=tuple(c._replace(x="", y="") for c in district.applicants))
    with pytest.raises(InputError) as caught:
        plan(blind)
    assert {(f.code, f.value) for f in caught.value.faults} == {("planning.home_place", c) for c in ("near", "far")}
    found = plan(with_planning(blind, metre=0))
    assert found.optimum.objective == 100


def test_a_bundle_larger_than_any_school_stays_without_a_seat() -> None:
    """Twins and one seat: nobody parts them, the gap is closed by the proof, and the plan names them."""
    district = _one_seat(distance=4)
    twins = replace(district, applicants=tuple(c._replace(bundle="b") for c in district.applicants))
    found = plan(twins)
    assert set(found.placed.values()) == {""}
    assert found.optimum.proven
    assert found.hopeless == ("far",)


@pytest.mark.parametrize("seed", range(0, 200, 2))
def test_without_bundles_a_list_is_optimal_unless_a_chain_gains(seed: int) -> None:
    """Of all feasible lists of single children exactly those below the optimum have a chain of moves that gains."""
    district = small_planning_districts(seed)
    alone = replace(district, applicants=tuple(child._replace(bundle="") for child in district.applicants))
    lists = list(itertools.islice(feasible_lists(alone), 2_000))
    best, _ = brute_force(alone)
    for value, placed in random.Random(seed).sample(lists, min(len(lists), 40)):
        values, room = Values(alone), seats_of(alone, use_hard_cap=False)
        at = Feasibility(alone, values, placed, room).at
        losses = Losses(values, [0] * len(values.own), [room[s] for s in values.own], at)
        assert has_gaining_chain(losses) == (value < best)


def test_a_forged_word_does_not_cover_a_poor_list() -> None:
    """Prices of 0, and a solver's word that fits a list from which children were taken out, are refused."""
    refused = 0
    for seed in range(300):
        district = small_planning_districts(seed)
        best, _ = brute_force(district)
        nobody = {child: school if school == "x" else "" for child, school in solved(district)[1].items()}
        free = dict.fromkeys(solved(district)[0].market.schools, 0)
        forged = Certificate("optimal", use_hard_cap=False, prices=free, solver_word=())
        told = check_optimum(district, nobody, forged, budget=0)
        word = tuple(
            (tuple(dict(v.params)["schools"].split(", ")), int(dict(v.params)["gap"]))
            for v in told.violations if v.code == "check.optimum_unproven"
        )  # fmt: skip
        verdict = check_optimum(district, nobody, replace(forged, solver_word=word), budget=0)
        singles = [c for c in district.applicants if not c.bundle and nobody[c.applicant_id] == ""]
        if word and singles and any(code.code == "check.optimum_chain" for code in verdict.violations):
            refused += 1
        if not verdict.violations and verdict.on_word and best > 0:
            left_out = [c for c in district.applicants if nobody[c.applicant_id] == ""]
            assert all(c.bundle or not _reachable(district, c) for c in left_out)
    assert refused > 20


def _reachable(district: District, child: Applicant) -> bool:
    """Whether a single child could have a seat that is worth something."""
    unit = next(unit for unit in units(district) if unit.ids == (child.applicant_id,))
    free = seats(district)
    return any(value > 0 and free[school] > 0 for school, value in options(district, unit).items())


@pytest.mark.parametrize("method", METHODS)
def test_words_are_those_of_the_checker(method: str) -> None:
    """With no budget at all the checker asks for just the words that the certificate gives, whatever the method."""
    told = 0
    for seed in range(300):
        district = small_planning_districts(seed)
        optimum, placed = solved(district, method)
        certificate = certificate_of(optimum, use_hard_cap=False)
        verdict = check_optimum(district, placed, certificate, budget=0)
        assert verdict.violations == (), seed
        assert set(verdict.on_word) <= set(certificate.solver_word)
        told += len(verdict.on_word)
    assert told > 20


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_homes_of_their_own_and_many_twins_are_proven(tmp_path: Path, seed: int) -> None:
    """5,000 children, no two homes alike, 10 % twins: proven, the checker closing every gap by itself.

    A list that only just fits a narrow core may not widen the core to everything at once.
    """
    generate(tmp_path / "town", 5_000, seed, twins=500, single_homes=True)
    district = read_district(tmp_path / "town")
    optimum = optimise(make_market(district), limit=Limit(120))
    assert optimum.proven
    placed = placement_of(optimum.market, options_of_parties(optimum.market, optimum, district))
    verdict = check_optimum(district, placed, certificate_of(optimum, use_hard_cap=False))
    assert (verdict.violations, verdict.on_word) == ((), ())


def test_large_weights_that_are_accepted_are_solved_by_every_method() -> None:
    """At the largest safe value no method gives up, and none is told a model that the solver cannot add up."""
    for seed in range(40):
        district = small_planning_districts(seed)
        market = make_market(district)
        largest = int(np.abs(market.value).max(initial=0))
        if not largest:
            continue
        factor = safe_value(market) // largest
        scaled = replace(market, value=market.value * factor)
        found = {method: optimise(scaled, method) for method in METHODS}
        assert all(optimum.proven for optimum in found.values())
        assert len({optimum.objective for optimum in found.values()}) == 1
        assert found["core"].objective == optimise(market).objective * factor


def test_sums_of_many_options_are_refused_with_the_largest_safe_weight() -> None:
    """A weight that fits one option but not the sum of all is refused; the weight named is accepted."""
    district = _one_seat(distance=4)
    market = make_market(with_planning(district, category=dict.fromkeys("ABEU", 2**59 + 4)))
    (fault,) = sum_faults(with_planning(district, category=dict.fromkeys("ABEU", 2**59 + 4)).policy.planning, market)  # type: ignore[arg-type]
    assert fault.code == "planning.too_large"
    fits = with_planning(district, category=dict.fromkeys("ABEU", int(fault.params["most"])))
    assert sum_faults(fits.policy.planning, make_market(fits)) == []  # type: ignore[arg-type]


def test_a_district_without_own_schools_has_an_empty_optimum() -> None:
    """Nobody to seat anywhere: proven, nobody seated."""
    district = small_planning_districts(1)
    only = replace(district, schools={"x": district.schools["x"]}, zones={"zx": district.zones["zx"]})
    phases = tuple(p for p in only.policy.phases if p.phase_id == "referral")
    kids = tuple(child._replace(zone="zx", registered_school="") for child in only.applicants)
    alone = replace(only, policy=replace(only.policy, phases=phases), applicants=kids)
    for method in METHODS:
        optimum, placed = solved(alone, method)
        assert (optimum.proven, optimum.objective, set(placed.values())) == (True, 0, {""})
