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
from allocator.checking.optimum.feasibility import Feasibility
from allocator.checking.optimum.losses import Losses, has_gaining_chain
from allocator.checking.optimum.values import Values, seats_for_values
from allocator.district_folder import read_district
from allocator.domain import Applicant, District
from allocator.generator import generate
from allocator.models.limit import Limit
from allocator.models.optimum.flow import relax_to_flow
from allocator.models.optimum.market import Market, make_market
from allocator.models.optimum.methods import METHODS, optimise, options_of_parties
from allocator.models.optimum.prices import bound_of_prices, least_prices, losses_at_prices
from allocator.planning.optimum.certificate import certificate_of
from allocator.planning.optimum.placement import placement_by_child
from tests.planning_cases import one_seat, solved
from tests.planning_oracle import (
    brute_force,
    feasible_lists,
    is_feasible,
    objective_of,
    options,
    seats,
    small_planning_districts,
    units,
)

DISTRICTS = 1_000
PARTS = 4


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
    district = one_seat(distance=4)
    optimum, placed = solved(district)
    certificate = certificate_of(optimum, use_hard_cap=False)
    assert certificate.prices["s"] == 96  # the value of the child who has none
    for price in (96, 98, 100):
        verdict = check_optimum(district, placed, replace(certificate, prices={"s": price}))
        assert (verdict.violations, verdict.gap) == ((), 0)
    assert check_optimum(district, placed, replace(certificate, prices={"s": 90})).gap == 6


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
    relaxation = relax_to_flow(market, Limit())
    assert relaxation is not None
    assert _network_value(market) == relaxation.bound == bound_of_prices(market, relaxation.price)
    each, none = losses_at_prices(market, relaxation.price)
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
    relaxation = relax_to_flow(market, Limit())
    assert relaxation is not None
    for at, price in enumerate(relaxation.price.tolist()):
        seats = market.seats.copy()
        seats[at] += 1
        more = relax_to_flow(replace(market, seats=seats), Limit())
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
    district = one_seat(distance=0)
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
            placed = placement_by_child(market, options_of_parties(market, early, district))
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


@pytest.mark.parametrize("seed", range(0, 200, 2))
def test_without_bundles_a_list_is_optimal_unless_a_chain_gains(seed: int) -> None:
    """Of all feasible lists of single children exactly those below the optimum have a chain of moves that gains."""
    district = small_planning_districts(seed)
    alone = replace(district, applicants=tuple(child._replace(bundle="") for child in district.applicants))
    lists = list(itertools.islice(feasible_lists(alone), 2_000))
    best, _ = brute_force(alone)
    for value, placed in random.Random(seed).sample(lists, min(len(lists), 40)):
        values, room = Values(alone), seats_for_values(alone, use_hard_cap=False)
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
    placed = placement_by_child(optimum.market, options_of_parties(optimum.market, optimum, district))
    verdict = check_optimum(district, placed, certificate_of(optimum, use_hard_cap=False))
    assert (verdict.violations, verdict.on_word) == ((), ())


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
