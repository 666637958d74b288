"""Clauses of categories, batches, diversion and draw (C018, C025, C057 to C063, C065, C068) on their smallest cases."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from allocator.domain import BatchPhase, District
from allocator.record import Event, Retelling, derive_trace, retold_with_clauses
from allocator.reporting import summarise_run
from tests.small import at_shipped, by_child, by_lot, decided, kids, outcomes, primary, seeds, shipped, solved

HOME, OTHER = "xincheng-shiyan", "hexi-primary"
FIRST, SECOND, THIRD = "xincheng-2", "xincheng-3", "fuli"
"""The first schools of the receiving list of both."""


def batch_phase() -> BatchPhase:
    """Return the phase of the batches of the shipped primary policy."""
    return next(p for p in shipped("tongliao-2023-primary").policy.phases if isinstance(p, BatchPhase))


def events(district: District, child: str) -> list[Event]:
    """Return the record of one child, in order."""
    return [event for event in derive_trace(Retelling(district, solved(district))) if event.party == child]


@pytest.mark.parametrize("plan", range(14))
def test_c018_seats_go_to_the_categories_front_to_back_without_quotas(plan: int) -> None:
    """C018: whatever the plan, it is filled with A before B before C before D before E, and no seat is kept for any."""
    number = {"A": 4, "B": 2, "C": 3, "D": 1, "E": 2}
    children = [kid for category, n in number.items() for kid in kids(n, HOME, category)]
    found = outcomes(solved(primary({HOME: plan}, children)))
    left = plan
    for category, n in number.items():
        assert found.get(("admitted", HOME, f"batch-{category}"), 0) == min(n, left)
        left -= min(n, left)


@pytest.mark.parametrize("first", "ABCDE")
def test_c025_the_earlier_category_wins_the_only_seat(first: str) -> None:
    """C025: of one child in each category from ``first`` to E the earliest gets the only seat, whatever the lots."""
    here = "ABCDE"["ABCDE".index(first) :]
    district = primary({HOME: 1}, [kid for category in here for kid in kids(1, HOME, category)])
    for seeded, _ in zip(seeds(district), range(4), strict=False):
        assert [row.phase for row in solved(seeded) if row.school_id == HOME] == [f"batch-{first}"]


def test_c025_a_school_that_takes_only_some_categories_changes_the_set_and_not_the_order() -> None:
    """C025: the Zone-wide primary school takes A before D; an E child that chooses it stays where it would be."""
    wish: dict[str, Any] = {"open_choice": "menggu-primary"}
    children = [kid for category in "ADE" for kid in kids(1, HOME, category, **wish)]
    for seeded, _ in zip(seeds(primary({"menggu-primary": 1, HOME: 2}, children)), range(4), strict=False):
        rows = decided(seeded)
        assert [rows[child.applicant_id].school_id for child in children] == ["menggu-primary", HOME, HOME]
    alone = decided(primary({"menggu-primary": 1, HOME: 1}, children[2:]))
    assert [row.school_id for row in alone.values()] == [HOME]


def test_c025_the_shipped_policies_name_the_categories_in_this_order() -> None:
    """C025: both shipped policies list A to E in this order, and run the batches in the same order."""
    for scenario in ("tongliao-2023-primary", "tongliao-2023-junior"):
        policy = shipped(scenario).policy
        assert [category.category_id for category in policy.categories][:5] == list("ABCDE")
        assert [p.categories[:5] for p in policy.phases if isinstance(p, BatchPhase)] == [tuple("ABCDE")]


def test_c057_a_batch_with_its_diversions_is_finished_everywhere_before_the_next() -> None:
    """C057: an A child diverted from one school takes the last seat of another before that school's own B child."""
    rows = decided(primary({HOME: 1, OTHER: 1}, kids(2, HOME, "A") + kids(1, OTHER, "B")))
    assert sorted(row[1:4] for name, row in rows.items() if name.startswith(HOME)) == [
        (OTHER, "batch-A", "diverted"),
        (HOME, "batch-A", "admitted"),
    ]
    assert rows[f"{OTHER}-B-0000"].outcome == "unplaced"


@pytest.mark.parametrize("spare", [0, 1])
def test_c058_a_batch_that_fits_is_admitted_whole_without_a_draw(spare: int) -> None:
    """C058: three children for three or four seats are all admitted, and their rows name no draw."""
    rows = decided(primary({HOME: 3 + spare}, kids(3, HOME, "C")))
    assert {row[1:] for row in rows.values()} == {(HOME, "batch-C", "admitted", "", "C058")}


def test_c059_a_batch_that_finds_no_seat_is_diverted_whole_without_a_draw_at_home() -> None:
    """C059: A fills the school; all of B leave for the next school, and no draw is held where nothing was left."""
    rows = decided(primary({HOME: 2, FIRST: 3}, kids(2, HOME, "A") + kids(3, HOME, "B")))
    found = Counter(row[1:] for row in rows.values())
    assert found == {
        (HOME, "batch-A", "admitted", "", "C058"): 2,
        (FIRST, "batch-B", "diverted", "divert-B", "C059"): 3,
    }


@pytest.mark.parametrize("plan", [1, 4])
def test_c060_a_batch_with_more_children_than_seats_is_drawn(plan: int) -> None:
    """C060: of five children for one or four seats the first tickets stay, carry the draw, and the others leave."""
    district = primary({HOME: plan, FIRST: 9}, kids(5, HOME, "A"))
    rows = decided(district)
    order = by_lot(district, f"batch-A/{HOME}", rows)
    assert {rows[name][1:] for name in order[:plan]} == {(HOME, "batch-A", "admitted", f"batch-A/{HOME}", "C060")}
    assert {rows[name][1:] for name in order[plan:]} == {(FIRST, "batch-A", "diverted", "divert-A", "C060")}


def test_c060_the_lots_decide_and_nothing_else() -> None:
    """C060: over a few seeds each of two children wins the one seat and loses it."""
    district = primary({HOME: 1, FIRST: 1}, kids(2, HOME, "A"))
    winners = {
        next(name for name, row in decided(seeded).items() if row.school_id == HOME)
        for seeded, _ in zip(seeds(district), range(12), strict=False)
    }
    assert len(winners) == 2


def test_c061_only_schools_with_spare_seats_receive_in_the_order_of_the_list() -> None:
    """C061: the first school of the list has no seat, the second one, the third the rest; the record says which."""
    district = primary({SECOND: 1, THIRD: 5, "menggu-primary": 5}, kids(3, HOME, "A"))
    order = by_lot(district, "divert-A", [child.applicant_id for child in district.applicants])
    rows = by_child(retold_with_clauses(district, solved(district)))
    assert [rows[name].school_id for name in order] == [SECOND, THIRD, THIRD]
    tried = [(e.result, e.rule) for e in events(district, order[1])]
    assert ("no_seat", "C061") in tried
    assert tried[-1] == ("diverted", "C059")


def test_c061_the_family_may_order_the_schools_of_the_list_and_no_others() -> None:
    """C061: a preferred school of the list comes first; one that is not on the list receives nobody."""
    wish: dict[str, Any] = {"preferred_diversion": ("menggu-primary", OTHER)}
    rows = decided(primary({FIRST: 5, OTHER: 5, "menggu-primary": 5}, kids(1, HOME, "A", **wish)))
    assert [row.school_id for row in rows.values()] == [OTHER]
    phase = batch_phase()
    assert all("menggu-primary" not in schools for schools in phase.lists.values())


def test_c062_a_diverted_batch_goes_to_one_school_where_the_list_allows() -> None:
    """C062: the first school of the list that has seats takes the whole batch when it can."""
    found = outcomes(solved(primary({FIRST: 4, SECOND: 9}, kids(4, HOME, "A"))))
    assert found == {("diverted", FIRST, "batch-A"): 4}


def test_c062_otherwise_the_list_is_filled_in_its_order_by_ticket() -> None:
    """C062: the list stands before togetherness: three go to the first school though the second could take all."""
    district = primary({FIRST: 3, SECOND: 9}, kids(4, HOME, "A"))
    rows = decided(district)
    order = by_lot(district, "divert-A", rows)
    assert [rows[name].school_id for name in order] == [FIRST, FIRST, FIRST, SECOND]


def test_c063_a_diverted_child_keeps_its_category_and_comes_before_later_ones() -> None:
    """C063: at the receiving school the arriving D child takes the seat after the own D child and before the own E."""
    children = kids(1, HOME, "D") + kids(1, OTHER, "D") + kids(1, OTHER, "E")
    rows = decided(primary({OTHER: 2}, children))
    assert rows[f"{OTHER}-D-0000"][1:4] == (OTHER, "batch-D", "admitted")
    assert rows[f"{HOME}-D-0000"][1:4] == (OTHER, "batch-D", "diverted")
    assert rows[f"{OTHER}-E-0000"].outcome == "unplaced"


def test_c063_a_diverted_child_does_not_displace_a_local_one_of_its_category() -> None:
    """C063: with one seat the own D child has it under every seed, and the arriving one goes on."""
    district = primary({OTHER: 1, THIRD: 1}, kids(1, HOME, "D") + kids(1, OTHER, "D"))
    for seeded, _ in zip(seeds(district), range(6), strict=False):
        rows = by_child(solved(seeded))
        assert [rows[f"{zone}-D-0000"].school_id for zone in (OTHER, HOME)] == [OTHER, THIRD]


def test_c065_who_finds_no_seat_must_take_the_adjustment_and_who_was_late_comes_after() -> None:
    """C065: of two seats that only the adjustment list reaches, a child without a seat has one, then a late one.

    The blacklisted child comes last and stays without a seat, whatever its category and the lots.
    """
    children = kids(1, HOME, "E") + kids(1, HOME, "A", start="l", status="late")
    children += kids(1, HOME, "A", start="b", status="blacklisted")
    for seeded, _ in zip(seeds(primary({"sanjiazi": 2}, children)), range(4), strict=False):
        rows = decided(seeded)
        for name in (f"{HOME}-E-0000", f"l{HOME}-A-0000"):
            assert rows[name][1:] == ("sanjiazi", "adjustment", "adjusted", "adjust", "C065")
        assert rows[f"b{HOME}-A-0000"].outcome == "unplaced"


def everyone() -> list[str]:
    """Return a zone and category for every way of having a home school in the shipped primary district."""
    zones = ("xincheng-1", "fuli", HOME, "liaohe-3")
    return [f"{zone}|{category}" for zone in zones for category in ("A", "B", "C", "D", "E", "R1", "R2", "R3", "U")]


def test_c068_without_any_seat_every_child_stands_in_the_list_with_its_reason() -> None:
    """C068: nobody is dropped: late, blacklisted and unclassified children too stay as ``unplaced`` under C068."""
    children = [
        kid
        for n, (kind, status) in enumerate((k, s) for k in everyone() for s in ("verified", "late", "blacklisted"))
        for kid in kids(1, *kind.split("|"), start=f"{n}-", status=status)
    ]
    district = at_shipped("tongliao-2023-primary", {}, children)
    rows = decided(district)
    assert sorted(rows) == sorted(child.applicant_id for child in children)
    assert {row[1:] for row in rows.values()} == {("", "", "unplaced", "", "C068")}
    assert all(events(district, children[n].applicant_id)[-1].rule == "C068" for n in (0, 40, 80))


def test_c068_the_shortage_is_told_by_category_and_zone() -> None:
    """C068: the summary counts the children without a seat by category, then zone; with the seats they make up all."""
    number = {("A", HOME): 3, ("A", "fuli"): 2, ("E", HOME): 4, ("U", "liaohe-3"): 1}
    children = [kid for (category, zone), n in number.items() for kid in kids(n, zone, category)]
    children += kids(1, "shifuxiao", "E")
    district = primary({HOME: 4}, children)
    summary = summarise_run(Retelling(district, solved(district)))
    assert summary["shortage"]["unplaced"] == [
        {"category": "A", "zone": "fuli", "children": 1},
        {"category": "E", "zone": HOME, "children": 4},
        {"category": "U", "zone": "liaohe-3", "children": 1},
    ]
    assert summary["shortage"]["needs_ruling"] == [{"category": "E", "zone": "shifuxiao", "children": 1}]
    assert sum(summary["outcomes"].values()) == len(children)
