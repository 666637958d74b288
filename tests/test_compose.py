"""What each kind of change does to a district, worked out by hand on the smallest case (docs/what-if.md)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import shake_256
from typing import Any

import pytest

from allocator.domain import AdjustmentPhase, Applicant, BatchPhase, District, Planning, School, Zone
from allocator.planning.whatif import compose
from allocator.planning.whatif.composing import resampled_when_composing
from tests.small import solved
from tests.small_districts import Town, all_phases, bids, kid, policy
from tests.what_if_cases import children, composed, count, parsed, scenario, schools_of

ROUND = bids(tiers=(("z1",), ("z2", "z3")), own_zone_choice=False, seats="offered_voluntary_1")
"""A voluntary round: z1 before z2 and z3, nobody for the school of its own zone."""


def town(*kids: Applicant, plan: dict[str, int] | None = None, **cells: Any) -> District:
    """Three schools, the zones z1 (E: s2), z2 (also s1), z3 (E: none) and zx, one voluntary round."""
    rules = policy(all_phases(("s1", "s2", "s3"), (ROUND,)))
    return Town(plan or {"s1": 10, "s2": 10, "s3": 10}, **cells).district(rules, kids)


def at(number: int, zone: str, x: object, y: object = 0, category: str = "A", **cells: Any) -> Applicant:
    """A child with a home."""
    return kid(number, zone, category, x=str(x), y=str(y), **cells)


def seats(district: District, school: str) -> tuple[int, int | None, int | None]:
    """Plan, hard cap and seats set aside of a school."""
    found = district.schools[school]
    return found.plan, found.hard_cap, found.offered_voluntary_1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("change: seats, school: s1, add: 5", (15, 17, 3)),
        ("change: seats, school: s1, add: -7", (3, 5, 3)),
        ("change: seats, school: s1, set: 4", (4, 6, 3)),
        ("change: seats, school: s2, add: 5", (15, None, None)),
        ("change: classes, school: s1, add: 2, size: 45", (100, 102, 3)),
        ("change: classes, school: s2, add: -1, size: 4", (6, None, None)),
        ("change: hard_cap, school: s1, add: 3", (10, 15, 3)),
        ("change: hard_cap, school: s1, set: 10", (10, 10, 3)),
        ("change: hard_cap, school: s2, add: 3", (10, 13, None)),
        ("change: hard_cap, school: s2, add: 0", (10, 10, None)),
        ("change: offered, school: s1, column: offered_voluntary_1, set: 10", (10, 12, 10)),
        ("change: offered, school: s2, column: offered_voluntary_1, set: 0", (10, None, 0)),
    ],
)
def test_seats_classes_caps_and_offers(text: str, expected: tuple[int, int | None, int | None]) -> None:
    """s1 has 10 seats, room for 12 and 3 set aside; s2 has 10. Nothing else of the district changes."""
    base = town(kid(1), caps={"s1": 12}, offered={"s1": 3})
    made = composed(base, text)
    name = text.split("school: ")[1].split(",")[0]
    assert seats(made, name) == expected
    assert replace(made, schools={**made.schools, name: base.schools[name]}) == base


def test_the_cost_is_that_of_added_seats_which_have_one() -> None:
    """45 at 10 and 2 at 5 are 460; seats without a cost, taken away or already there cost nothing."""
    made = scenario(
        town(kid(1)), "change: classes, school: s1, add: 1, size: 45, cost_per_seat: 10",
        "change: seats, school: s2, set: 12, cost_per_seat: 5", "change: seats, school: s2, set: 12, cost_per_seat: 5",
        "change: seats, school: s3, add: 4", "change: seats, school: s3, add: -2, cost_per_seat: 1000",
    )  # fmt: skip
    assert made.bought == ((45, 10), (2, 5))
    assert made.cost == 460
    assert scenario(town(kid(1)), "change: seats, school: s1, add: 1").cost is None
    new = "change: new_school, school: n, name: n, plan: 6, cost_per_seat: 7"
    assert scenario(town(kid(1)), new).cost == 42


def phase_of(district: District, kind: type) -> Any:
    """The one phase of a kind."""
    return next(phase for phase in district.policy.phases if isinstance(phase, kind))


def test_a_new_school_stands_at_the_end_of_its_lists() -> None:
    """On the receiving lists named, and on the adjustment list unless it is told not to."""
    text = "change: new_school, school: n, name: 新校, plan: 4, hard_cap: 5, place: [1, 2], receiving: [all, all]"
    made = composed(town(kid(1)), text)
    assert made.schools["n"] == School("n", "新校", plan=4, hard_cap=5, x="1", y="2")
    assert list(made.schools) == ["n", "s1", "s2", "s3", "x"]
    assert phase_of(made, BatchPhase).lists == {"all": ("s1", "s2", "s3", "n")}
    assert phase_of(made, AdjustmentPhase).schools == ("s1", "n")
    alone = composed(town(kid(1)), "change: new_school, school: n, name: n, plan: 4, adjustment: false")
    assert alone.policy == town(kid(1)).policy


def test_a_new_school_becomes_the_school_of_its_zones() -> None:
    """Of the whole zone: its E children who shared the school, and families of a dual zone who registered there."""
    base = town(
        kid(1, "z2", registered_school="s2"), kid(2, "z2", registered_school="s1"), kid(3, "z2", "E"), kid(4, "z1"),
        kid(5, "z1", "E"),
    )  # fmt: skip
    made = composed(base, "change: new_school, school: n, name: n, plan: 4, zones: [z2]")
    assert made.zones["z2"] == Zone("z2", "n", "n", ("s1",))
    assert made.zones["z1"] == base.zones["z1"]
    assert [child.registered_school for child in made.applicants] == ["n", "s1", "", "", ""]
    assert schools_of(solved(made)) == {"K1": "n", "K2": "s1", "K3": "n", "K4": "s1", "K5": "s2"}


def test_a_closed_school_hands_its_place_to_another() -> None:
    """s1 closes for s3: home school of z1, second choice of z2; who registered there registers at s3."""
    base = town(kid(1, "z1"), kid(2, "z2", registered_school="s1"), kid(3, "z3"), caps={"s1": 12}, offered={"s1": 3})
    made = composed(base, "change: close_school, school: s1, to: s3")
    assert seats(made, "s1") == (0, None, None)
    assert (made.zones["z1"], made.zones["z2"]) == (Zone("z1", "s3", "s2"), Zone("z2", "s2", "s2", ("s3",)))
    assert children(made)["K2"].registered_school == "s3"
    assert set(schools_of(solved(made)).values()) == {"s3"}


def test_a_closed_school_without_heir_diverts_everyone() -> None:
    """Its zones keep it, with no seat; who has a decision for it needs a ruling."""
    base = town(kid(1), kid(2), kid(3, preferential_school="s1"))
    rows = solved(composed(base, "change: close_school, school: s1"))
    assert [(row.outcome, row.school_id) for row in rows] == [("diverted", "s2"), ("diverted", "s2"),
                                                              ("needs_ruling", "")]  # fmt: skip


def test_a_dual_zone_whose_two_schools_become_one_is_dual_no_more() -> None:
    """s2 closes for s1, the other school of z2: nobody there chooses any longer."""
    base = town(kid(1, "z2", registered_school="s2"), kid(2, "z2", registered_school="s1"))
    made = composed(base, "change: close_school, school: s2, to: s1")
    assert made.zones["z2"] == Zone("z2", "s1", "s1")
    assert [child.registered_school for child in made.applicants] == ["", ""]


def test_bids_that_count_to_another_zone_are_judged_after_all_zones() -> None:
    """A child of the dual zone a registered at s counts to zone b; closing s for t changes both, and the bid stays."""
    zones = {"a": Zone("a", "s2", "s2", ("s1",)), "b": Zone("b", "s1", "s1")}
    rules = policy(all_phases(rounds=(bids(tiers=(("b",),)),)))
    child = kid(1, "a", registered_school="s1", voluntary_1=("s2",))
    base = replace(Town().district(rules, [child]), zones=zones)
    made = composed(base, "change: close_school, school: s1, to: s3")
    assert children(made)["K1"] == child._replace(registered_school="s3")


def test_bids_are_dropped_where_a_registered_school_counts_to_no_zone_any_more() -> None:
    """The zone of s1 gets a new school: a child of z2 registered at s1 is in no tier, so it may not bid (P6)."""
    base = town(kid(1, "z2", registered_school="s1", voluntary_1=("s3",)), kid(2, "z1", voluntary_1=("s3",)))
    made = composed(base, "change: new_school, school: n, name: n, plan: 1, zones: [z1]")
    assert [child.voluntary_1 for child in made.applicants] == [(), ("s3",)]


def test_moved_homes_get_the_other_zone() -> None:
    """Those at the place, of the zone named; bids for the new zone's school are dropped, the others stay."""
    base = town(at(1, "z1", 5, voluntary_1=("s3", "s2")), at(2, "z1", "5.0"), at(3, "z1", 6), at(4, "z2", 5,
                registered_school="s1"), kid(5, "z1"))  # fmt: skip
    made = composed(base, "change: move_homes, from_zone: z1, to_zone: z3, homes: [[5, 0]]")
    assert {name: child.zone for name, child in children(made).items()} == {
        "K1": "z3", "K2": "z3", "K3": "z1", "K4": "z2", "K5": "z1",
    }  # fmt: skip
    assert children(made)["K1"].voluntary_1 == ("s2",)


def test_whoever_moves_to_a_dual_zone_registers_at_its_own_school() -> None:
    """Only categories that choose do; whoever leaves it registers nowhere."""
    base = town(at(1, "z1", 5), at(2, "z1", 5, category="E"), at(3, "z2", 7, registered_school="s1"))
    made = composed(base, "change: move_homes, from_zone: z1, to_zone: z2, homes: [[5, 0]]",
                    "change: move_homes, from_zone: z2, to_zone: z3, homes: [[7, 0]]")  # fmt: skip
    assert [(c.zone, c.registered_school) for c in made.applicants] == [("z2", "s2"), ("z2", ""), ("z3", "")]


def test_a_bundle_moves_with_the_child_that_gives_it_its_id() -> None:
    """The home of the other twin decides nothing, whether it lies inside or outside."""
    base = town(at(1, "z1", 5, bundle="b"), at(2, "z1", 90, bundle="b"), at(3, "z1", 90, bundle="c"),
                at(4, "z1", 5, bundle="c"))  # fmt: skip
    made = composed(base, "change: move_homes, from_zone: z1, to_zone: z3, homes: [[5, 0]]")
    assert [child.zone for child in made.applicants] == ["z3", "z3", "z1", "z1"]


def test_registrations_in_a_dual_zone() -> None:
    """Half of three children is two (rounded half up), twins together; nobody of another school or category moves."""
    base = town(
        kid(1, "z2", registered_school="s2"), kid(2, "z2", registered_school="s2", bundle="b"),
        kid(3, "z2", registered_school="s2", bundle="b"), kid(4, "z2", registered_school="s1"), kid(5, "z2", "E"),
    )  # fmt: skip
    made = children(composed(base, "change: register, zone: z2, school: s1, percent: 50"))
    there = [name for name, child in made.items() if child.registered_school == "s1"]
    assert there in (["K2", "K3", "K4"], ["K1", "K4"])  # one child is left over where the single one went first
    everyone = composed(base, "change: register, zone: z2, school: s1")
    assert [c.registered_school for c in everyone.applicants] == ["s1", "s1", "s1", "s1", ""]
    assert composed(base, "change: register, zone: z2, school: s1, percent: 0") == base


def test_growth_copies_children_of_the_same_zone_and_category() -> None:
    """Half as many more of 2 + 1 children: 4.5, so 5 in all; largest remainders give 3.33 -> 3 and 1.67 -> 2."""
    first = at(1, "z1", 5, voluntary_1=("s3",), preferred_diversion=("s2",), sex="F", name="张")
    base = town(first, first._replace(applicant_id="K2"), at(3, "z3", 6), kid(4, "z3", "E"))
    made = composed(base, "change: growth, percent: 50, categories: [A]")
    assert (count(made, "z1", "A"), count(made, "z3", "A"), count(made, "z3", "E")) == (3, 2, 1)
    new = sorted(children(made).keys() - children(base).keys())
    assert new == ["new-0000004", "new-0000005"]
    assert children(made)["new-0000004"] == first._replace(applicant_id="new-0000004", name="")
    assert children(made)["new-0000005"] == at(3, "z3", 6)._replace(applicant_id="new-0000005")


def test_each_party_is_copied_before_any_a_second_time() -> None:
    """Three children grow by 200 %: each is copied twice; by 100 % once."""
    base = town(at(1, "z1", 1), at(2, "z1", 2), at(3, "z1", 3))
    for percent, times in ((100, 2), (200, 3), (1000, 11)):
        made = composed(base, f"change: growth, percent: {percent}")
        assert Counter(child.x for child in made.applicants) == {"1": times, "2": times, "3": times}


def test_shrinking_removes_whole_parties() -> None:
    """One of three children goes; the twins are passed over, so it is the single one. By 100 % nobody stays."""
    base = town(kid(1, bundle="b"), kid(2, bundle="b"), kid(3), kid(4, "z3"))
    made = composed(base, "change: growth, percent: -33, zones: [z1]")
    assert sorted(children(made)) == ["K1", "K2", "K4"]
    assert sorted(children(composed(base, "change: growth, percent: -100, zones: [z1]"))) == ["K4"]


def test_copied_twins_are_new_twins() -> None:
    """Twins double: a bundle of their own, named after its first child; sizes stay."""
    base = town(kid(1, bundle="b"), kid(2, bundle="b"))
    made = composed(base, "change: growth, percent: 100")
    new = [child for child in made.applicants if child.applicant_id.startswith("new-")]
    assert [(c.applicant_id, c.bundle) for c in new] == [("new-0000002", "new-0000002"), ("new-0000003", "new-0000002")]
    one_more = composed(base, "change: growth, percent: 50")
    assert one_more.applicants == base.applicants  # one child more: twins do not fit


@pytest.mark.parametrize(
    ("name", "bundle", "begin"),
    [("new-x", "b", "xnew-"), ("K1", "new-0000003", "xnew-"), ("newer", "b", "new-"), ("K1", "b", "new-")],
)
def test_new_ids_collide_with_none(name: str, bundle: str, begin: str) -> None:
    """Where a child's or a bundle's id begins with ``new-``, new ones begin otherwise."""
    twins = [kid(1, bundle=bundle)._replace(applicant_id=name), kid(2, bundle=bundle)]
    made = composed(town(*twins, kid(3, "z3")), "change: growth, percent: 100")
    assert len(made.applicants) == 6
    old = {child.applicant_id for child in twins} | {"K3"}
    assert all(child.applicant_id.startswith(begin) for child in made.applicants if child.applicant_id not in old)
    assert Counter(Counter(child.bundle for child in made.applicants if child.bundle).values()) == {2: 2}


def test_a_births_cohort() -> None:
    """Ten children in z1, where two of A and one of E live: 6.67 -> 7 and 3.33 -> 3; z3 loses all; others stay."""
    base = town(kid(1), kid(2), kid(3, "z1", "E"), kid(4, "z3"), kid(5, "z2", "E"))
    made = composed(base, "change: cohort, zones: {z3: 0, z1: 10}")
    assert [count(made, "z1", c) for c in "AE"] == [7, 3]
    assert (count(made, "z3"), count(made, "z2")) == (0, 1)


def test_the_order_of_keys_in_the_file_has_no_meaning() -> None:
    """Zones of a cohort and categories of an estate give the same children, places of words included."""
    base = town(kid(1), kid(2, "z3"), kid(3, "z1", "E"))
    for one, two in (("change: cohort, zones: {z1: 9, z3: 4}", "change: cohort, zones: {z3: 4, z1: 9}"),
                     ("change: estate, zone: z1, children: {A: 2, E: 1}",
                      "change: estate, zone: z1, children: {E: 1, A: 2}")):  # fmt: skip
        assert scenario(base, one) == scenario(base, two)


def test_an_estate_is_of_single_verified_children_without_choices() -> None:
    """At one place; in a dual zone those who choose are registered at the zone's own school."""
    made = composed(town(kid(1)), "change: estate, zone: z2, children: {E: 1, A: 2}, place: [7.5, -8]")
    place = {"zone": "z2", "x": "7.5", "y": "-8"}
    assert made.applicants[1:] == (
        Applicant("new-0000001", category="A", registered_school="s2", **place),  # type: ignore[arg-type]
        Applicant("new-0000002", category="A", registered_school="s2", **place),  # type: ignore[arg-type]
        Applicant("new-0000003", category="E", **place),  # type: ignore[arg-type]
    )
    assert composed(town(kid(1)), "change: estate, zone: z1, children: {A: 0}") == town(kid(1))


def bidding(district: District) -> dict[str, tuple[str, ...]]:
    """Bids by child, of those who bid."""
    return {child.applicant_id: child.voluntary_1 for child in district.applicants if child.voluntary_1}


def test_fewer_bids() -> None:
    """Half of four children withdraw; those who are not verified never bid, so they neither count nor change."""
    base = town(*(kid(i, voluntary_1=("s3",)) for i in range(4)), kid(9, voluntary_1=("s3",), status="late"))
    made = bidding(composed(base, "change: take_up, phase: bids, percent: -50"))
    assert len(made) == 3
    assert "K9" in made
    assert list(bidding(composed(base, "change: take_up, phase: bids, percent: -100"))) == ["K9"]


def test_more_bids() -> None:
    """Three times as many bid: others of the tier take over the list, without the school of their own zone."""
    base = town(
        kid(1, voluntary_1=("s3", "s2")), kid(2, "z2", registered_school="s2", voluntary_1=("s1", "s3")), kid(3),
        kid(4), kid(5, "z3"), kid(6, "z3"), kid(7, "z1", "E"), kid(8, "z1", status="late"), kid(9, "z3", "U"),
    )  # fmt: skip
    made = bidding(composed(base, "change: take_up, phase: bids, percent: 200"))
    assert made == {
        "K1": ("s3", "s2"), "K2": ("s1", "s3"), "K3": ("s3", "s2"), "K4": ("s3", "s2"), "K5": ("s1",), "K6": ("s1",),
    }  # fmt: skip
    assert len(bidding(composed(base, "change: take_up, phase: bids, percent: 50"))) == 3
    assert composed(base, "change: take_up, phase: bids, percent: 0") == base
    assert bidding(composed(base, "change: take_up, phase: bids, percent: 1000")) == made  # nobody else may bid


def test_nobody_takes_over_a_list_of_which_nothing_is_left() -> None:
    """K1 of z2 bids for s3 alone; in its tier K2 and K3 live in z3, whose school s3 is, so only K4 of z2 can follow."""
    base = town(kid(1, "z2", registered_school="s2", voluntary_1=("s3",)), kid(2, "z3"), kid(3, "z3"),
                kid(4, "z2", registered_school="s2"))  # fmt: skip
    assert bidding(composed(base, "change: take_up, phase: bids, percent: 100")) == {"K1": ("s3",), "K4": ("s3",)}


def test_bids_that_count_nothing_are_left_alone() -> None:
    """A late child keeps its list wherever it moves: it is valid input and ignored (procedure.md section 1)."""
    base = town(at(1, "z1", 5, voluntary_1=("s3",), status="late"))
    made = composed(base, "change: move_homes, from_zone: z1, to_zone: z3, homes: [[5, 0]]")
    assert made.applicants[0].voluntary_1 == ("s3",)


def word(raw: bytes, place: int) -> bytes:
    """The word of a place."""
    return raw[8 * place : 8 * place + 8]


@pytest.mark.parametrize("demand", [0, 1, 2])
def test_who_is_copied_is_picked_by_words(demand: int) -> None:
    """The smallest word of the change's text, another text each time the same cell grows, others each demand draw."""
    base = town(*(at(i, "z1", i) for i in range(8)))
    made = compose(base, [parsed("change: growth, percent: 13", "change: growth, percent: 12")], demand)
    lots = [shake_256(f"demand|{demand}|grow|z1|A|{turn}".encode()).digest(72) for turn in (1, 2)]
    before = resampled_when_composing(base, demand).applicants if demand else base.applicants
    first = before[min(range(8), key=lambda i: word(lots[0], i))]
    grown = [*before, first]
    second = grown[min(range(9), key=lambda i: word(lots[1], i))]
    assert [child.x for child in made.district.applicants] == [child.x for child in (*before, first, second)]


def test_switches_and_weights() -> None:
    """Only what is named changes."""
    base = town(kid(1))
    made = composed(base, "change: switches, set: {tiers: pooled, adjust_by: distance}")
    assert made.policy.switches == replace(base.policy.switches, tiers="pooled", adjust_by="distance")
    assert replace(made, policy=base.policy) == base
    nine = dict.fromkeys("ABEU", 9)
    weights = Planning(category=nine, home=1, chosen=2, diverted=3, metre=4, nearest=5, closed={"s1": frozenset("E")})
    base = replace(base, policy=replace(base.policy, planning=weights))
    made = composed(base, "change: weights, category: {E: 7}, metre: 0", "change: weights, home: 0, nearest: 2")
    expected = replace(weights, category={**nine, "E": 7}, home=0, metre=0, nearest=2)
    assert made.policy.planning == expected


@pytest.mark.parametrize(
    ("first", "second", "look", "results"),
    [
        ("change: seats, school: s1, set: 5", "change: seats, school: s1, add: 2",
         lambda d: d.schools["s1"].plan, (7, 5)),
        ("change: growth, percent: 100, zones: [z1]", "change: move_homes, from_zone: z1, to_zone: z3, homes: [[5, 0]]",
         lambda d: count(d, "z3"), (4, 2)),
        ("change: growth, percent: 50", "change: cohort, zones: {z1: 4}", count, (4, 6)),
        ("change: close_school, school: s3", "change: seats, school: s3, add: 4",
         lambda d: d.schools["s3"].plan, (4, 0)),
    ],
)  # fmt: skip
def test_the_order_of_changes_matters(first: str, second: str, look: Any, results: tuple[int, int]) -> None:
    """Each change acts on what the earlier ones left: in a file from top to bottom, of files in the order given."""
    base = town(at(1, "z1", 5), at(2, "z1", 5))
    one, two = parsed(first), parsed(second)
    assert (look(composed(base, first, second)), look(composed(base, second, first))) == results
    assert compose(base, [one, two]) == compose(base, [parsed(first, second)])
    assert compose(base, [two, one]) == compose(base, [parsed(second, first)])


def test_nothing_changes_nothing() -> None:
    """No what-if, and one without changes, give the base itself, every word at the place of its child."""
    base = town(kid(1), kid(2, bundle="b"), kid(3, bundle="b"))
    for made in (compose(base, []), compose(base, [parsed()])):
        assert (made.district, made.bought, made.cost) == (base, (), None)
        assert made.place == {"K1": 0, "K2": 1, "K3": 2}
