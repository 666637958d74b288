"""A draw is held among equals before the ticket, and only those it admitted carry its id (procedure.md section 2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from allocator.checking import check_list_by_rules
from allocator.domain import Applicant, District, Row
from allocator.record import Retelling, derive_trace, published_orders
from tests.small import by_child, decided, primary, solved
from tests.small_districts import Town, all_phases, batches, bids, kid, policy, random_district

BIDDERS = ("z1", "A"), ("z1", "B"), ("z3", "A"), ("z3", "B")


def drawn(district: District) -> dict[str, str]:
    """Draw id of everyone who has a seat in a phase but the adjustment; engines and checker agree on it."""
    rows = solved(district)
    return {row.applicant_id: row.draw_id for row in rows if row.outcome == "admitted"}


def round_of(order: tuple[str, ...], kids: list[Applicant], seats: int, **switches: Any) -> District:
    """A round of bids for s2 alone, tiers z1 before z3, with this order; nobody has a seat elsewhere."""
    rules = policy([bids(order=order, tiers=(("z1",), ("z3",)), seats="left")], **switches)
    return Town({"s1": 0, "s2": seats, "s3": 0}, {"s2": 9}).district(rules, kids)


def bidder(number: int, zone: str, category: str, **cells: Any) -> Applicant:
    """A child that bids for s2."""
    return kid(number, zone, category, voluntary_1=("s2",), **cells)


def test_an_open_choice_of_an_earlier_category_is_not_drawn() -> None:
    """P5c: A has its seat whatever its ticket; of two E children one is drawn. Nobody else carries the draw's id."""
    rules = policy(all_phases())
    kids = [kid(1, "z3", "A", open_choice="s3"), *(kid(n, "z1", "E", open_choice="s3") for n in (2, 3))]
    district = Town({"s1": 9, "s2": 9, "s3": 2}).district(rules, kids)
    found = drawn(district)
    assert found["K1"] == ""
    assert sorted((found.get("K2", ""), found.get("K3", ""))) == ["", "open/s3"]


def test_no_draw_is_held_where_a_category_ends_with_the_seats() -> None:
    """P5c: the seats end exactly between two categories, so no lot decided on anybody and no order is published."""
    kids = [kid(1, "z3", "A", open_choice="s3"), kid(2, "z1", "E", open_choice="s3")]
    district = Town({"s1": 9, "s2": 9, "s3": 1}).district(policy(all_phases()), kids)
    rows = by_child(solved(district))
    assert rows["K1"][1:5] == ("s3", "open", "admitted", "")
    held = published_orders(Retelling(district, tuple(rows.values())))
    assert "open/s3" not in {order.draw_id for order in held}


@pytest.mark.parametrize(
    ("order", "switches", "seats", "expected"),
    [
        (("tier", "ticket"), {}, 3, {"K1": "", "K2": ""}),
        (("tier", "ticket"), {}, 2, {"K1": "", "K2": ""}),
        (("tier", "ticket"), {"tier_inner": "by_category"}, 5, {"K1": "", "K2": "", "K3": "", "K4": ""}),
        (("tier", "category", "ticket"), {}, 5, {"K1": "", "K2": "", "K3": "", "K4": ""}),
        (("category", "ticket"), {}, 5, {"K1": "", "K3": "", "K4": ""}),
        (("ticket",), {"tier_inner": "by_category"}, 4, {"K1": "", "K3": "", "K4": ""}),
        (("tier", "ticket"), {"tiers": "pooled", "tier_inner": "by_category"}, 4, {"K1": "", "K3": "", "K4": ""}),
    ],
)
def test_in_a_round_equals_are_those_of_one_tier_and_category_as_the_order_has_them(
    order: tuple[str, ...], switches: Mapping[str, str], seats: int, expected: Mapping[str, str]
) -> None:
    """P6: K1 tier 1 A, K2 tier 1 B, K3 and K4 tier 2 A, K5 and K6 tier 2 B; only the last group reached is drawn."""
    kinds = (("z1", "A"), ("z1", "B"), ("z3", "A"), ("z3", "A"), ("z3", "B"), ("z3", "B"))
    kids = [bidder(n, zone, category) for n, (zone, category) in enumerate(kinds, start=1)]
    found = drawn(round_of(order, kids, seats, **switches))
    assert len(found) == seats
    assert {name: draw for name, draw in found.items() if name in expected} == expected
    assert {draw for name, draw in found.items() if name not in expected} <= {"bids/s2"}


def test_all_are_equal_where_tiers_are_pooled() -> None:
    """P6 with ``tiers: pooled``: everyone admitted is drawn, whatever the tier and the category."""
    kids = [bidder(n, *kind) for n, kind in enumerate(BIDDERS, start=1)]
    found = drawn(round_of(("tier", "ticket"), kids, 3, tiers="pooled"))
    assert list(found.values()) == ["bids/s2"] * 3


@pytest.mark.parametrize("key", ["sibling", "walk_zone"])
def test_a_child_placed_by_another_key_is_not_drawn(key: str) -> None:
    """A sibling at the school, or a home in its walk zone, places a child before any lot."""
    first = bidder(1, "z3", "A", sibling_school="s2") if key == "sibling" else bidder(1, "z2", "A")
    kids = [first, bidder(2, "z3", "A"), bidder(3, "z3", "A")]
    rules = policy([bids(order=(key, "ticket"), tiers=(), seats="left")])
    found = drawn(Town({"s1": 0, "s2": 2, "s3": 0}).district(rules, kids))
    assert found["K1"] == ""
    assert "bids/s2" in found.values()


def test_who_got_a_school_it_prefers_did_not_want_this_one() -> None:
    """P6: K1 holds s1 and never proposes to s2; so K2 alone is no winner of a draw."""
    rules = policy([bids(tiers=(("z1", "z3"),), seats="left")])
    kids = [kid(1, voluntary_1=("s1", "s2")), kid(2, voluntary_1=("s2",))]
    assert drawn(Town({"s1": 1, "s2": 1, "s3": 0}).district(rules, kids)) == {"K1": "", "K2": ""}


def test_a_batch_is_one_group() -> None:
    """P8: of a batch that does not fit all who are admitted are drawn; of one that fits nobody is."""
    kids = [*(kid(n) for n in (1, 2)), *(kid(n, category="B") for n in (3, 4, 5))]
    district = Town({"s1": 4, "s2": 0, "s3": 0}).district(policy([batches()]), kids)
    assert sorted(drawn(district).values()) == ["", "", "batch-B/s1", "batch-B/s1"]


def test_twins_passed_over_are_equals_without_a_seat() -> None:
    """P8 with ``skip``: twins find one seat and are passed over; the single child of the batch was drawn."""
    twins = [kid(n, bundle="b") for n in (1, 2)]
    district = Town({"s1": 1, "s2": 0, "s3": 0}).district(policy([batches()], bundle_at_cut="skip"), [*twins, kid(3)])
    assert drawn(district) == {"K3": "batch-A/s1"}


def test_the_clause_of_a_draw_is_that_of_the_drawn() -> None:
    """C092 and C094: the child that its tier placed cites the clause of an admission without a draw."""
    kids = [
        Applicant("a", "xincheng-1", "A", voluntary_1=("shifuxiao",)),
        *(Applicant(name, "fuli", "A", voluntary_1=("shifuxiao",)) for name in "bc"),
    ]
    district = primary({"shifuxiao": 2}, kids, offered_1={"shifuxiao": 2})
    rows = decided(district)
    assert (rows["a"].draw_id, rows["a"].clause) == ("", "C092")
    assert {(rows[name].draw_id, rows[name].clause) for name in "bc" if rows[name].school_id} == {
        ("voluntary-1/shifuxiao", "C094")
    }


def three_open_choices() -> tuple[District, tuple[Row, ...]]:
    """One A child and two E children who choose s3 with its two seats."""
    kids = [kid(1, "z3", "A", open_choice="s3"), *(kid(n, "z1", "E", open_choice="s3") for n in (2, 3))]
    district = Town({"s1": 9, "s2": 9, "s3": 2}).district(policy(all_phases()), kids)
    return district, solved(district)


def test_the_checker_refuses_a_draw_claimed_for_whom_a_category_placed() -> None:
    """The draw's id on the A child is refused as not held; its absence on the drawn child as missing."""
    district, rows = three_open_choices()
    assert district.draw is not None
    claimed = [row._replace(draw_id="open/s3") if row.applicant_id == "K1" else row for row in rows]
    assert [(v.code, v.applicant_id) for v in check_list_by_rules(district, claimed, district.draw.source)] == [
        ("check.draw_not_held", "K1")
    ]
    silent = [row._replace(draw_id="") if row.phase == "open" else row for row in rows]
    (violation,) = check_list_by_rules(district, silent, district.draw.source)
    assert (violation.code, violation.applicant_id in {"K2", "K3"}) == ("check.draw_missing", True)


def test_the_record_names_the_draw_for_equals_alone() -> None:
    """The events of the drawn and of their losing equal name the draw, that of the A child does not; one order."""
    district, rows = three_open_choices()
    events = {e.party: e for e in derive_trace(Retelling(district, rows)) if e.phase == "open"}
    assert {party: event.draw_id for party, event in events.items()} == {"K1": "", "K2": "open/s3", "K3": "open/s3"}
    (order,) = (order for order in published_orders(Retelling(district, rows)) if order.draw_id == "open/s3")
    assert [entry.group for entry in order.entries] == [1, 2, 2]


def test_a_whole_group_refused_has_no_draw_in_the_record() -> None:
    """E children who come after the last seat went to A lost no draw: their event names none."""
    kids = [*(kid(n, "z3", "A", open_choice="s3") for n in (1, 2)), kid(3, "z1", "E", open_choice="s3")]
    district = Town({"s1": 9, "s2": 9, "s3": 1}).district(policy(all_phases()), kids)
    events = {e.party: e for e in derive_trace(Retelling(district, solved(district))) if e.phase == "open"}
    assert events["K3"].draw_id == ""
    assert {events["K1"].draw_id, events["K2"].draw_id} == {"open/s3"}


def test_the_drawn_have_an_equal_who_lost() -> None:
    """In random districts whoever carries a draw has an equal in its published group who was refused, and so back."""
    for seed in range(120):
        district = random_district(seed, 14)
        rows = solved(district)
        by_id = by_child(rows)
        expected = set()
        for order in published_orders(Retelling(district, rows)):
            if "/" in order.draw_id:
                lost = {e.group for e in order.entries if e.result in {"not_admitted", "passed_over"}}
                won = {(e.party, order.draw_id) for e in order.entries if e.result == "admitted" and e.group in lost}
                assert won
                expected |= won
        parties = {e.party for e in derive_trace(Retelling(district, rows))}
        found = {(n, by_id[n].draw_id) for n in parties if by_id[n].outcome == "admitted" and by_id[n].draw_id}
        assert found == expected
