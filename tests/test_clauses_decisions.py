"""Clauses of decisions and bundles: C109, C110, C116 and C117, each on its smallest case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from allocator.domain import DecisionPhase
from tests import tables
from tests.small import at_shipped, by_lot, decided, kids, primary, seeds, shipped

SHORT, HOME, NEXT = "xincheng-1", "xincheng-shiyan", "xincheng-2"


def places(cells: dict[str, Any], **plan: int) -> list[tuple[str, ...]]:
    """Solve one E child of another zone with a decision, beside two A children of the school; rows without ids."""
    children = kids(1, "hexi-primary", "E", start="0", **cells) + kids(2, HOME, "A", start="1")
    rows = decided(primary({HOME: 2, NEXT: 1, **plan}, children))
    return [tuple(rows[name][1:]) for name in sorted(rows)]


def test_c109_a_sibling_decision_is_placed_before_batch_a() -> None:
    """C109: the decision seats an E child of another zone without a draw; one of two own A children has to leave."""
    rows = places({"sibling_school": HOME})
    assert rows[0] == (HOME, "sibling", "admitted", "", "C109")
    assert sorted(row[2] for row in rows[1:]) == ["admitted", "diverted"]


def test_c109_it_comes_after_the_preferential_cases() -> None:
    """C109: with one seat the preferential child has it, and the sibling case waits for a ruling."""
    children = kids(1, "fuli", "D", start="p", preferential_school=HOME)
    children += kids(1, "fuli", "A", start="s", sibling_school=HOME)
    rows = decided(primary({HOME: 1, "fuli": 1}, children))
    assert rows["pfuli-D-0000"][1:3] == (HOME, "preferential")
    assert rows["sfuli-A-0000"][1:] == ("", "", "needs_ruling", "", "C109")


def test_c109_where_the_school_is_full_all_its_sibling_cases_need_a_ruling() -> None:
    """C109: never above the plan and never by lot: two cases for one seat are both referred, the seat stays free."""
    children = kids(2, "fuli", "A", sibling_school=HOME) + kids(1, HOME, "E")
    rows = decided(primary({HOME: 1, "fuli": 2}, children))
    assert {row[1:] for name, row in rows.items() if name.startswith("fuli")} == {("", "", "needs_ruling", "", "C109")}
    assert rows[f"{HOME}-E-0000"][1:3] == (HOME, "batch-E")


@pytest.mark.parametrize("scenario", ["tongliao-2023-primary", "tongliao-2023-junior"])
def test_c109_and_c117_both_kinds_of_decision_stand_before_every_batch(scenario: str) -> None:
    """C109, C117: in both shipped policies preferential decisions come first, then sibling ones, then the rest."""
    kinds = [(type(phase), phase.phase_id) for phase in shipped(scenario).policy.phases]
    assert [phase_id for kind, phase_id in kinds[1:3]] == ["preferential", "sibling"]
    assert [phase_id for kind, phase_id in kinds if kind is DecisionPhase] == ["preferential", "sibling"]


def test_c110_twins_have_one_ticket_and_one_fate() -> None:
    """C110: of twins and two single children for two seats the lot of the twins' first id decides for both of them."""
    children = kids(2, HOME, "A", start="s") + kids(1, HOME, "A", start="t", size=2)
    district = primary({HOME: 2, NEXT: 4}, children)
    singles, twins = [f"s{HOME}-A-000{n}" for n in (0, 1)], [f"t{HOME}-A-0000-{k}" for k in (0, 1)]
    fates = set()
    for seeded, _ in zip(seeds(district), range(12), strict=False):
        rows = decided(seeded)
        assert rows[twins[0]][1:] == rows[twins[1]][1:]
        first = by_lot(seeded, f"batch-A/{HOME}", [*singles, twins[0]])[0]
        assert (rows[twins[0]].school_id == HOME) == (first == twins[0])
        fates.add(rows[twins[0]].outcome)
    assert fates == {"admitted", "diverted"}


def test_c110_a_bundle_is_held_whole_in_a_voluntary_round() -> None:
    """C110: twins of the first tier at one offered seat get it together, the second seat out of the school's plan."""
    twins = kids(1, SHORT, "A", size=2, voluntary_1=("sizhong-fuli",))
    district = at_shipped("tongliao-2023-primary", {"sizhong-fuli": 2}, twins, offered_voluntary_1={"sizhong-fuli": 1})
    assert {row[1:3] for row in decided(district).values()} == {("sizhong-fuli", "voluntary-1")}


def test_c110_a_bundle_stays_together_in_the_diversion() -> None:
    """C110: twins pass by a school with one seat and go together to the next one with two."""
    rows = decided(primary({NEXT: 1, "xincheng-3": 2}, kids(1, HOME, "A", size=2)))
    assert {row[1:4] for row in rows.values()} == {("xincheng-3", "batch-A", "diverted")}


def test_c110_a_bundle_of_one_or_of_differing_children_is_refused(tmp_path: Path) -> None:
    """C110: a bundle has at least two children, who agree in everything that decides."""
    alone = [tables.child("T1", bundle="B1")]
    assert [f.code for f in tables.faults(tables.write(tmp_path, applicants=alone))] == ["bundle.size"]
    unlike = [tables.child("T1", bundle="B1"), tables.child("T2", bundle="B1", category="B")]
    found = tables.faults(tables.write(tmp_path, applicants=unlike))
    assert tables.places(found) == [("bundle.differs", "applicants.csv", 3, "category")]


def test_c116_more_decisions_than_seats_to_spare_are_all_referred() -> None:
    """C116: two preferential children for a school with one seat both need a ruling; the seat goes to its own zone."""
    children = kids(2, "fuli", "A", preferential_school=HOME) + kids(1, HOME, "E")
    rows = decided(primary({HOME: 1, "fuli": 2}, children))
    assert {row[1:] for name, row in rows.items() if name.startswith("fuli")} == {("", "", "needs_ruling", "", "C116")}
    assert rows[f"{HOME}-E-0000"][1:3] == (HOME, "batch-E")


def test_c116_a_school_with_seats_to_spare_may_be_chosen_from_any_zone_and_category() -> None:
    """C116: the decision alone counts: a rural child, one without a home school and an unclassified one are placed."""
    homes = [("liaohe-3", "R3"), ("shifuxiao", "E"), ("fuli", "U"), (SHORT, "A")]
    children = [kid for zone, category in homes for kid in kids(1, zone, category, preferential_school=HOME)]
    rows = decided(primary({HOME: 4}, children))
    assert {row[1:] for row in rows.values()} == {(HOME, "preferential", "admitted", "", "C117")}


def test_c116_seats_set_aside_for_volunteers_are_not_to_spare() -> None:
    """C116: a school whose only seat is offered to a voluntary round has none for a decision."""
    child = kids(1, HOME, "A", preferential_school="sizhong-fuli")
    district = primary({"sizhong-fuli": 1}, child, offered_1={"sizhong-fuli": 1})
    assert [row.outcome for row in decided(district).values()] == ["needs_ruling"]


def test_c117_approved_children_are_admitted_before_batch_a_without_a_draw() -> None:
    """C117: under every seed an E child with a decision has the one seat, and the school's own A child is diverted."""
    children = kids(1, "fuli", "E", preferential_school=HOME) + kids(1, HOME, "A")
    for seeded, _ in zip(seeds(primary({HOME: 1, NEXT: 1}, children)), range(4), strict=False):
        rows = decided(seeded)
        assert rows["fuli-E-0000"][1:] == (HOME, "preferential", "admitted", "", "C117")
        assert rows[f"{HOME}-A-0000"][1:] == (NEXT, "batch-A", "diverted", "divert-A", "C059")


@pytest.mark.parametrize("status", ["late", "blacklisted"])
def test_c117_a_decision_for_a_child_that_is_not_verified_is_ignored(status: str) -> None:
    """C117: only verified children are placed by decision; a late or blacklisted one waits for the adjustment."""
    rows = decided(primary({HOME: 2, "fuli": 1}, kids(1, "fuli", "A", preferential_school=HOME, status=status)))
    assert [row.phase for row in rows.values()] == ["adjustment"]
