"""Orders that were not drawn by hash: numbers made elsewhere, and rings (public.md section 1)."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from math import prod
from random import Random
from time import process_time

import pytest

from allocator.checking import check_list_by_rules
from allocator.checking.session_order import order_place_of_party
from allocator.domain import District, Draw, NumbersOrder, RingOrder, Row
from allocator.lottery import (
    FrozenDigests,
    SessionTickets,
    build_transcript,
    numbers_bytes,
    order_places,
    parse_numbers,
    parse_transcript,
    party_sizes,
    ring_order,
    ticket_key,
    tickets,
)
from allocator.models.law.strict import run_strict
from allocator.models.session_order import ring_of_names
from allocator.procedure import run_procedure
from allocator.record import Retelling, published_orders
from tests import conformance, test_checker_enumeration
from tests.determinations import DRAW
from tests.family_page import family_browser
from tests.page_browser import BROWSER
from tests.session_orders import WORKED, place_by_hand, random_order, ring_by_hand, with_order
from tests.small import kids, primary, solved
from tests.small_districts import random_district
from tests.test_private_draw import tables as private_tables

DIGESTS = FrozenDigests("1" * 64, "2" * 64, "3" * 64)


def ring_of_checker(count: int, start: int, step: int) -> list[int]:
    """The numbers of a ring in the checker's order."""
    names = [f"{number:06d}" for number in range(1, count + 1)]
    places = order_place_of_party(f"x\norder=ring:{start}:{step}\n".encode(), names, ())
    assert places is not None
    assert sorted(places.values()) == list(range(1, count + 1))
    return [int(name) for name in sorted(names, key=places.__getitem__)]


def ring_of_model(count: int, start: int, step: int) -> list[int]:
    """The numbers of a ring in the model's order."""
    return list(map(int, ring_of_names([str(number) for number in range(1, count + 1)], start, step)))


def ring_of_procedure(count: int, start: int, step: int) -> list[int]:
    """The numbers of a ring in the procedure's order."""
    return list(ring_order(count, start, step))


RINGS = [ring_of_procedure, ring_of_model, ring_of_checker]


@pytest.mark.parametrize("ring", RINGS)
def test_the_worked_example(ring: object) -> None:
    """Twenty parties, start 6, step 3: the order of public.md, which a walk round the table gives too."""
    assert callable(ring)
    assert ring(20, 6, 3) == WORKED == ring_by_hand(20, 6, 3)


def test_three_codes_and_a_walk_round_the_table_give_one_ring() -> None:
    """Every ring of up to 9 numbers and steps up to 20, and random larger ones, steps beyond the ring among them."""
    rng = Random(13)
    rings = [(n, start, step) for n in range(1, 10) for start in range(1, n + 1) for step in range(1, 21)]
    steps = (rng.choice((rng.randint(1, 400), 10**17)) for _ in range(60))
    rings += [(n := rng.randint(10, 150), rng.randint(1, n), step) for step in steps]
    for ring in rings:
        assert ring_of_procedure(*ring) == ring_of_model(*ring) == ring_of_checker(*ring) == ring_by_hand(*ring), ring


@pytest.mark.parametrize("ring", RINGS)
@pytest.mark.parametrize("step", [3, 49_999, 10**17 + 7])
def test_a_ring_of_a_hundred_thousand_is_fast(ring: object, step: int) -> None:
    """Whatever the step, a ring of 100,000 takes no longer than a draw by hash may (two seconds)."""
    assert callable(ring)
    before = process_time()
    assert len(ring(100_000, 77_777, step)) == 100_000
    assert process_time() - before < 2


def test_fifteen_of_twenty() -> None:
    """Nanchang's draw: twenty children, fifteen seats, start 6 and step 3; the first fifteen of the ring are in."""
    district = primary({"xincheng-1": 15, "fuli": 9}, kids(20, "xincheng-1", "A"))
    drawn = with_order(district, RingOrder(6, 3))
    rows = solved(drawn)
    names = sorted(child.applicant_id for child in district.applicants)
    inside = {row.applicant_id for row in rows if row.school_id == "xincheng-1"}
    assert inside == {names[number - 1] for number in WORKED[:15]}
    assert {row.draw_id for row in rows if row.school_id == "xincheng-1"} == {"batch-A/xincheng-1"}
    assert {row.school_id for row in rows} == {"xincheng-1", "fuli"}
    order = next(order for order in published_orders(Retelling(drawn, rows)) if order.draw_id == "batch-A/xincheng-1")
    assert [(entry.party, entry.ticket) for entry in order.entries] == [
        (names[number - 1], str(place)) for place, number in enumerate(WORKED, start=1)
    ]


def test_numbers_decide_as_numbers_and_not_as_texts() -> None:
    """Of 9, 10 and 0 the two smallest are in, although as a text 10 comes before 9."""
    district = with_order(primary({"xincheng-1": 2}, kids(3, "xincheng-1", "A")), [9, 10, 0])
    assert [row.school_id == "xincheng-1" for row in solved(district)] == [True, False, True]


@pytest.mark.parametrize("scope", ["per_draw", "per_session"])
@pytest.mark.parametrize("name", conformance.names())
def test_engines_and_checker_agree_under_random_orders(name: str, scope: str) -> None:
    """Every conformance district, whatever its switches: procedure, model and checker give one list.

    The published orders show numbers or places of the ring, ascending in every group.
    """
    district, _ = conformance.load(name)
    district = replace(district, policy=conformance.with_switches(district.policy, ticket_scope=scope))
    district = random_order(district, Random(f"{name} {scope}"))
    rows, places = solved(district), place_by_hand(district)
    for order in published_orders(Retelling(district, rows)):
        assert all(entry.ticket == str(places[entry.party]) for entry in order.entries)
        keys = [(entry.group, places[entry.party]) for entry in order.entries]
        assert keys == sorted(keys)


def test_one_order_implies_one_ticket_a_session() -> None:
    """Under either ticket_scope an order of the session gives the same list."""
    district = random_order(conformance.load("07")[0], Random(2))
    policies = [conformance.with_switches(district.policy, ticket_scope=scope) for scope in ("per_draw", "per_session")]
    one, other = (run_procedure(replace(district, policy=policy)) for policy in policies)
    assert one == other


def test_a_least_distance_diversion_goes_by_the_order_too() -> None:
    """Where the model decides the diversion, the checker finds its list right under the order and no other."""
    district = conformance.load("adjust_by=distance-1")[0]
    policy = conformance.with_switches(district.policy, divert_assign="least_distance")
    drawn = random_order(replace(district, policy=policy), Random(4))
    rows = run_strict(drawn)
    assert drawn.draw is not None
    assert check_list_by_rules(drawn, rows, drawn.draw.source) == ()
    assert check_list_by_rules(replace(drawn, draw=None), rows, b"trial|1") != ()


@pytest.mark.parametrize("kind", ["numbers", "ring"])
def test_exactly_one_list_is_accepted_under_an_order(kind: str) -> None:
    """Of all lists of random districts of up to 5 parties the checker accepts the procedure's alone."""
    tried = 0
    for seed in range(500 if kind == "ring" else 700, 740):
        district = random_order(random_district(seed, 5), Random(seed))
        if district.draw is None or district.draw.order is None or district.draw.order.kind != kind:
            continue
        tried += enumerated(district, 150)
        if tried >= 12:
            break
    assert tried >= 5


@pytest.mark.long
@pytest.mark.parametrize("block", range(6))
def test_exactly_one_list_is_accepted_under_an_order_in_larger_districts(block: int) -> None:
    """The same for some hundred districts more, with up to 2,000 lists each."""
    seeds = range(20_000 + 40 * block, 20_040 + 40 * block)
    districts = (random_order(random_district(seed, 6), Random(seed)) for seed in seeds)
    assert sum(enumerated(district, 2_000) for district in districts) >= 20


def enumerated(district: District, most_lists: int) -> bool:
    """Try every list of a district, unless there are too many, and say whether it was done."""
    every = test_checker_enumeration.well_formed(district)
    parties = list(test_checker_enumeration.party_ids(district).values())
    refused = test_checker_enumeration.refused_forms(district, parties, every)
    forms = [[form for form in every if form not in mine] for mine in refused]
    if prod(map(len, forms)) > most_lists:
        return False
    assert test_checker_enumeration.accepted(district, parties, forms) == [sorted(run_procedure(district))]
    return True


@pytest.mark.long
@pytest.mark.parametrize("block", range(20))
def test_engines_and_checker_agree_on_random_districts_under_random_orders(block: int) -> None:
    """Two thousand random districts of up to thirty parties, each switch at random."""
    for seed in range(100 * block, 100 * block + 100):
        solved(random_order(random_district(seed, 30), Random(seed)))


def test_a_bundle_has_one_number() -> None:
    """Twins have one line and one number, under the smaller id; the other's id is no party of the roster."""
    children = [*kids(3, "xincheng-1", "A"), *kids(2, "xincheng-1", "B", size=2)]
    district = with_order(primary({"xincheng-1": 4}, children), [5, 3, 8, 1, 0])
    assert district.draw is not None
    rows, twins = solved(district), {child.bundle: child.applicant_id for child in reversed(children) if child.bundle}
    at_home = {row.applicant_id for row in rows if row.school_id == "xincheng-1"}
    assert {name for name in at_home if "-B-" in name} in ({"xincheng-1-B-0000-0", "xincheng-1-B-0000-1"}, set())
    lines = [name for name, _ in district.draw.numbers]
    assert lines == list(party_sizes(district.applicants))
    assert len(lines) == 5
    other = next(child.applicant_id for child in children if child.bundle and child.applicant_id not in twins.values())
    raw = numbers_bytes(sorted([*district.draw.numbers, (other, 99)]))
    assert [fault.code for fault in parse_numbers(raw, party_sizes(district.applicants))[1]] == ["draw.party_unknown"]


# What stands for a ticket


def test_one_key_orders_tickets_numbers_and_places() -> None:
    """Tickets of one length go as texts, numbers by their value."""
    assert sorted(["10", "9", "0", "123", "99"], key=ticket_key) == ["0", "9", "10", "99", "123"]
    names = [f"K{number}" for number in range(50)]
    lots = SessionTickets("0" * 64, "per_draw")
    by_key = sorted(names, key=lambda name: lots.key("d", name))
    assert by_key == sorted(names, key=lambda name: lots.written("d", name))
    assert lots.all_written("d", names) == [lots.written("d", name) for name in names]
    assert len(tickets("0" * 64, "d", names)) == 50


def test_a_family_that_came_later_stands_behind_the_order() -> None:
    """Ids that are not on the roster have no ticket, come last, and among themselves in the order of their ids."""
    lots = SessionTickets("0" * 64, "per_draw", {"Z": 7, "B": 10**20})
    late = ["L0002", "L10000", "L0001", "Z", "B"]
    assert sorted(late, key=lambda name: lots.key("adjust", name)) == ["Z", "B", "L0001", "L0002", "L10000"]
    assert [lots.written("adjust", name) for name in ("Z", "L0001")] == ["7", ""]


def test_no_order_no_places() -> None:
    """A trial and a transcript without the line leave tickets to the hash."""
    assert order_places(None, ["a"]) is None
    assert order_places(Draw(trial_seed=1), ["a"]) is None


# The draw of the private schools


@pytest.mark.parametrize("seed", range(6))
def test_the_private_draw_goes_by_the_order_too(seed: int) -> None:
    """Both determinations admit the children who come first in a ring, or have the smallest numbers."""
    rng = Random(seed)
    count, plan = rng.randint(2, 9), rng.randint(1, 6)
    given = private_tables(count, plan)
    names = sorted(child.applicant_id for child in given.applications)
    order: RingOrder | NumbersOrder = RingOrder(rng.randint(1, count), rng.randint(1, 30))
    numbers: tuple[tuple[str, int], ...] = ()
    if seed % 2:
        numbers = tuple(zip(names, rng.sample(range(5, 500), count), strict=True))
        order = NumbersOrder(sha256(numbers_bytes(numbers)).hexdigest())
    found, _ = parse_transcript(build_transcript("P-1", DIGESTS, (), order))
    drawn = Draw(transcript=found, numbers=numbers)
    ring = [names[number - 1] for number in ring_by_hand(count, order.start, order.step)] if not numbers else []  # type: ignore[union-attr]
    expected = set((ring or sorted(names, key=dict(numbers).__getitem__))[:plan])
    for draw in DRAW.values():
        rows = draw(given, drawn.seedhex, drawn)
        assert {row.applicant_id for row in rows if row.result == "won"} == expected


def test_a_row_names_no_other_draw_under_an_order() -> None:
    """Ids of draws stay as they are: a list that is right but for the name of a draw is refused."""
    district = with_order(primary({"xincheng-1": 2}, kids(3, "xincheng-1", "A")), RingOrder(2, 2))
    assert district.draw is not None
    rows = solved(district)
    wrong: list[Row] = [row._replace(draw_id="session" if row.draw_id else "") for row in rows]
    assert check_list_by_rules(district, wrong, district.draw.source) != ()


@pytest.mark.long
@pytest.mark.skipif(BROWSER is None, reason="no browser here")
def test_the_familys_page_turns_the_same_ring() -> None:
    """The page's own program gives the rings of the procedure, and a ring of 100,000 within two seconds."""
    rng = Random(5)
    rings = [(n := rng.randint(1, 400), rng.randint(1, n), rng.choice((1, n, rng.randint(1, 999), 10**17 + 7)))
             for _ in range(300)]  # fmt: skip
    ask = "([count, start, step]) => ringNumbers(count, start, BigInt(step))"
    with family_browser() as family:
        family.page.add_script_tag(path=str(conformance.ROOT / "allocator" / "verifier" / "order.js"))
        for count, start, step in rings:
            assert family.page.evaluate(ask, [count, start, str(step)]) == ring_of_procedure(count, start, step)
        timed = "() => { const t = performance.now(); ringNumbers(100000, 7, 49999n); return performance.now() - t; }"
        assert family.page.evaluate(timed) < 2000
