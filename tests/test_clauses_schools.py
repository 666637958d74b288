"""Clauses of schools and zones: C075 to C080, C083, C084, C086 to C089, C091, C096, in data and in effect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from allocator.domain import BatchPhase, ChoicePhase, Zone
from tests import tables
from tests.small import at_shipped, by_lot, decided, kids, primary, seeds, shipped

PRIMARY, JUNIOR = "tongliao-2023-primary", "tongliao-2023-junior"
SHORT = "xincheng-1"
EVERYWHERE = 50
"""Seats of a school that is not to matter."""

PRIMARY_ZONES = (
    "新城一小", "富力小学", "新城实验小学", "河西中学(小学部)", "新城一中(小学部)",
    "辽河三小", "福安屯小学", "三家子小学",
)  # fmt: skip
JUNIOR_ZONES = ("辽河中学", "河西中学(初中部)", "新城一中(初中部)")
DIVERSION_FROM_SHORT = ("市附小", "新城一中(小学部)", "四中富力分校(小学部)", "新城二小", "新城三小")


def school_of(scenario: str, name: str) -> str:
    """Return the id of the school of a name; names are unique and compared whole."""
    (found,) = [s.school_id for s in shipped(scenario).schools.values() if s.name == name]
    return found


def zones_of(scenario: str, name: str) -> list[Zone]:
    """Return the zones whose school has a name."""
    return [zone for zone in shipped(scenario).zones.values() if zone.school_id == school_of(scenario, name)]


def ample(scenario: str) -> dict[str, int]:
    """Return plenty of seats at every school of this authority."""
    return {s.school_id: EVERYWHERE for s in shipped(scenario).schools.values() if not s.external}


def home_of(scenario: str, zone: str, category: str, **cells: Any) -> str:
    """Return where a child is admitted in its batch while every school has seats; its outcome where it is not."""
    (row,) = decided(at_shipped(scenario, ample(scenario), kids(1, zone, category, **cells))).values()
    return row.school_id if row[2:5] == (f"batch-{category}", "admitted", "") else row.outcome


def receiving(home: str) -> tuple[str, ...]:
    """Return the receiving list of a primary school in the shipped policy."""
    phase = next(p for p in shipped(PRIMARY).policy.phases if isinstance(p, BatchPhase))
    return phase.lists[phase.list_of.get(home, phase.others)]


@pytest.mark.parametrize("name", PRIMARY_ZONES)
def test_c075_each_named_primary_school_has_one_zone_and_admits_its_children(name: str) -> None:
    """C075: the shipped zones hold one for each of the eight schools, and an A child of it is admitted there."""
    (zone,) = zones_of(PRIMARY, name)
    assert zone.dual_school_ids == ()
    assert home_of(PRIMARY, zone.zone, "A") == zone.school_id


def test_c075_there_are_no_other_primary_zones() -> None:
    """C075: besides the eight only the block of 市附小 and the zone of an external school are zones."""
    names = {shipped(PRIMARY).schools[zone.school_id].name for zone in shipped(PRIMARY).zones.values()}
    assert names == {*PRIMARY_ZONES, "市附小", "科尔沁小学"}


@pytest.mark.parametrize("name", JUNIOR_ZONES)
@pytest.mark.parametrize("category", "ABCDE")
def test_c076_the_three_junior_zones_admit_a_to_e(name: str, category: str) -> None:
    """C076: each of the three schools has one zone, and admits every category of it, E included."""
    (zone,) = zones_of(JUNIOR, name)
    assert (zone.e_school_id, zone.dual_school_ids) == (zone.school_id, ())
    assert home_of(JUNIOR, zone.zone, category) == zone.school_id


@pytest.mark.parametrize("category", ["A", "B", "C", "D", "R1", "R2", "R3"])
def test_c077_the_zone_of_the_home_decides_the_school(category: str) -> None:
    """C077: in every zone that is not dual a child of whatever category comes to the school of its zone."""
    for zone in shipped(PRIMARY).zones.values():
        if not zone.dual_school_ids and not shipped(PRIMARY).schools[zone.school_id].external:
            assert home_of(PRIMARY, zone.zone, category) == zone.school_id


def test_c077_an_address_outside_every_zone_is_refused(tmp_path: Path) -> None:
    """C077: a child of a zone that the table does not hold is an input error, never placed by guessing."""
    rows = [tables.child("T1", zone="fuli-north")]
    found = tables.faults(tables.write(tmp_path, applicants=rows))
    assert tables.places(found) == [("zone.unknown", "applicants.csv", 2, "zone")]


@pytest.mark.parametrize("name", ["新城一小", "富力小学"])
def test_c078_e_children_of_two_zones_go_to_xincheng_er_xiao_directly(name: str) -> None:
    """C078: the E school of both zones is 新城二小, though their own schools have seats for them."""
    (zone,) = zones_of(PRIMARY, name)
    assert zone.e_school_id == school_of(PRIMARY, "新城二小")
    assert home_of(PRIMARY, zone.zone, "E") == zone.e_school_id


def test_c078_it_has_no_zone_and_takes_diverted_children_before_e_by_category() -> None:
    """C078: no zone's A to D belong to it; a D child diverted from 新城一小 comes before E of both zones."""
    school = school_of(PRIMARY, "新城二小")
    assert zones_of(PRIMARY, "新城二小") == []
    assert school in receiving(SHORT)
    rows = decided(at_shipped(PRIMARY, {school: 1}, kids(1, SHORT, "D") + kids(1, SHORT, "E") + kids(1, "fuli", "E")))
    assert {name: row.phase for name, row in rows.items() if row.school_id == school} == {f"{SHORT}-D-0000": "batch-D"}


def test_c079_xincheng_san_xiao_takes_e_of_one_zone_and_diverted_children() -> None:
    """C079: 新城三小 has no zone, is the E school of 新城一中(小学部) alone, and receives from 新城一小."""
    school = school_of(PRIMARY, "新城三小")
    (zone,) = zones_of(PRIMARY, "新城一中(小学部)")
    assert zones_of(PRIMARY, "新城三小") == []
    assert [z.zone for z in shipped(PRIMARY).zones.values() if z.e_school_id == school] == [zone.zone]
    assert home_of(PRIMARY, zone.zone, "E") == school
    rows = decided(at_shipped(PRIMARY, {school: 1}, kids(1, SHORT, "A") + kids(1, zone.zone, "E")))
    assert [row[:4] for row in rows.values() if row.school_id] == [(f"{SHORT}-A-0000", school, "batch-A", "diverted")]


def test_c080_two_schools_on_one_campus_have_separate_plans() -> None:
    """C080: each has a plan of its own; seats of the one are no home seats for E children of the other."""
    one, other = school_of(PRIMARY, "富力小学"), school_of(PRIMARY, "新城二小")
    assert all(shipped(PRIMARY).schools[school].plan > 0 for school in (one, other))
    children = kids(3, "fuli", "A") + kids(3, "fuli", "E")
    for plan in ({one: 3, other: 3}, {one: 5, other: 3}, {one: 3, other: 5}):
        rows = decided(at_shipped(PRIMARY, plan, children))
        assert {(name.split("-")[1], row.school_id) for name, row in rows.items()} == {("A", one), ("E", other)}
    rows = decided(at_shipped(PRIMARY, {one: 6, other: 0}, children[3:]))
    assert {row.outcome for row in rows.values()} == {"diverted"}


@pytest.mark.parametrize("category", "ABCD")
def test_c083_the_experimental_school_admits_a_to_d_of_its_block(category: str) -> None:
    """C083: an A to D child of the block that registers at 市附小 is admitted there."""
    (zone,) = zones_of(PRIMARY, "市附小")
    assert home_of(PRIMARY, zone.zone, category, registered_school=zone.school_id) == zone.school_id


def test_c083_no_rule_covers_e_in_its_block() -> None:
    """C083: the block has no school for E, so an E child waits for a ruling although every school has seats (C007)."""
    (zone,) = zones_of(PRIMARY, "市附小")
    assert zone.e_school_id == ""
    (row,) = decided(at_shipped(PRIMARY, ample(PRIMARY), kids(1, zone.zone, "E"))).values()
    assert (row.outcome, row.clause) == ("needs_ruling", "C007")


def test_c084_the_block_may_register_at_the_short_school() -> None:
    """C084: the block's only other school is 新城一小; a child that chose it belongs there in its batch."""
    (zone,) = zones_of(PRIMARY, "市附小")
    assert zone.dual_school_ids == (school_of(PRIMARY, "新城一小"),)
    assert home_of(PRIMARY, zone.zone, "B", registered_school=SHORT) == SHORT


def test_c084_a_child_must_choose_once_and_only_there(tmp_path: Path) -> None:
    """C084: without a choice, with a third school, with E, or outside the block the registered school is refused."""
    wrong = [
        ({"zone": "shifuxiao"}, "registered.missing"),
        ({"zone": "shifuxiao", "registered_school": "fuli"}, "registered.elsewhere"),
        ({"zone": "shifuxiao", "registered_school": "shifuxiao", "category": "E"}, "registered.category"),
        ({"zone": "fuli", "registered_school": "fuli"}, "registered.zone"),
    ]
    for cells, code in wrong:
        folder = tables.write(tmp_path, applicants=[tables.child("T1", **cells)])
        assert {fault.code for fault in tables.faults(folder)} == {code}


def test_c084_who_chose_the_short_school_is_of_the_first_tier_without_a_second_bid(tmp_path: Path) -> None:
    """C084: it wins a voluntary seat before a child of the second tier, but may not bid for 市附小 itself."""
    chose = kids(1, "shifuxiao", "D", registered_school=SHORT, voluntary_1=("sizhong-fuli",))
    rival = kids(1, "fuli", "A", voluntary_1=("sizhong-fuli",))
    district = primary({"sizhong-fuli": 1}, chose + rival, offered_1={"sizhong-fuli": 1})
    for seeded, _ in zip(seeds(district), range(4), strict=False):
        assert decided(seeded)["shifuxiao-D-0000"].school_id == "sizhong-fuli"
    cells = {"zone": "shifuxiao", "registered_school": SHORT, "voluntary_1": "shifuxiao"}
    found = tables.faults(tables.write(tmp_path, applicants=[tables.child("T1", **cells)]))
    assert [fault.code for fault in found] == ["voluntary.own_zone"]


def test_c084_a_seat_lost_at_the_one_school_is_not_a_seat_at_the_other() -> None:
    """C084: refused at 新城一小, it is diverted in its category: a B child of the block itself comes first there."""
    children = kids(1, "shifuxiao", "B", start="m", registered_school=SHORT) + kids(1, SHORT, "A")
    children += kids(1, "shifuxiao", "B", start="o", registered_school="shifuxiao")
    plan = {SHORT: 1, "shifuxiao": 1, "xincheng-2": 1}
    for seeded, _ in zip(seeds(at_shipped(PRIMARY, plan, children)), range(4), strict=False):
        rows = decided(seeded)
        assert rows["oshifuxiao-B-0000"][1:4] == ("shifuxiao", "batch-B", "admitted")
        assert rows["mshifuxiao-B-0000"][1:4] == ("xincheng-2", "batch-B", "diverted")


@pytest.mark.parametrize("side", ["wuzhong-east", "wuzhong-west"])
def test_c086_the_junior_school_of_the_same_block_admits_a_to_d_of_it(side: str) -> None:
    """C086: both halves of the block belong to 通辽五中(初中部): A to D are admitted there, E waits for a ruling."""
    assert {zone.zone for zone in zones_of(JUNIOR, "通辽五中(初中部)")} == {"wuzhong-east", "wuzhong-west"}
    assert shipped(JUNIOR).zones[side].e_school_id == ""
    for category in "ABCD":
        assert home_of(JUNIOR, side, category, registered_school="wuzhong") == "wuzhong"
    assert home_of(JUNIOR, side, "E") == "needs_ruling"


def test_c087_east_of_the_road_the_other_choice_is_the_junior_section() -> None:
    """C087: in the eastern half a child may register at 新城一中(初中部) and belongs there."""
    school = school_of(JUNIOR, "新城一中(初中部)")
    assert shipped(JUNIOR).zones["wuzhong-east"].dual_school_ids == (school,)
    assert home_of(JUNIOR, "wuzhong-east", "C", registered_school=school) == school


def test_c087_west_of_the_road_the_other_choice_leaves_the_procedure() -> None:
    """C087: in the western half the other choice is 通辽四中, another authority's: such a child is exported."""
    school = school_of(JUNIOR, "通辽四中")
    assert shipped(JUNIOR).zones["wuzhong-west"].dual_school_ids == (school,)
    children = kids(1, "wuzhong-west", "A", registered_school=school)
    (row,) = decided(at_shipped(JUNIOR, ample(JUNIOR), children)).values()
    assert row[1:] == (school, "", "external", "", "C091")


def test_c088_the_zone_wide_primary_school_takes_a_to_d_of_every_zone_by_category_then_lot() -> None:
    """C088: for two seats an A child of one zone comes first, then one of two D children of other zones by lot."""
    school = school_of(PRIMARY, "蒙古族学校(小学)")
    (choice,) = [p for p in shipped(PRIMARY).policy.phases if isinstance(p, ChoicePhase)]
    assert choice.schools == {school: frozenset("ABCD")}
    children = kids(1, "fuli", "A", open_choice=school) + kids(1, SHORT, "D", open_choice=school)
    children += kids(1, "hexi-primary", "D", open_choice=school)
    district = at_shipped(PRIMARY, ample(PRIMARY) | {school: 2}, children)
    rows = decided(district)
    first, lost = by_lot(district, f"open/{school}", [name for name in rows if "-D-" in name])
    assert rows["fuli-A-0000"][1:4] == (school, "open-choice", "admitted")
    assert rows["fuli-A-0000"].draw_id == "", "its category placed it, whatever its ticket"
    assert rows[first][1:] == (school, "open-choice", "admitted", f"open/{school}", "C088")
    assert rows[lost].phase == "batch-D"


def test_c089_the_zone_wide_junior_school_draws_for_e_after_a_to_d() -> None:
    """C089: two of three seats go to A and D; the third is drawn among three E children, the others go home."""
    school = school_of(JUNIOR, "蒙古族学校(初中)")
    number = {"A": 1, "D": 1, "E": 3}
    children = [kid for c, n in number.items() for kid in kids(n, "liaohe-zhong", c, open_choice=school)]
    district = at_shipped(JUNIOR, {school: 3, "liaohe-zhong": EVERYWHERE}, children)
    rows = decided(district)
    draw = f"open/{school}"
    first, *losers = by_lot(district, draw, [name for name in rows if "-E-" in name])
    for name, held in (("liaohe-zhong-A-0000", ""), ("liaohe-zhong-D-0000", ""), (first, draw)):
        assert rows[name][1:5] == (school, "open-choice", "admitted", held)
    assert rows[first].clause == "C089"
    assert {rows[name][1:4] for name in losers} == {("liaohe-zhong", "batch-E", "admitted")}


def test_c089_an_e_child_not_drawn_is_diverted_to_another_junior_school() -> None:
    """C089: where its own school is full too, the E child that lost is diverted to a school of the receiving list."""
    school = school_of(JUNIOR, "蒙古族学校(初中)")
    children = kids(2, "liaohe-zhong", "E", open_choice=school) + kids(1, "liaohe-zhong", "A")
    district = at_shipped(JUNIOR, {school: 1, "liaohe-zhong": 1, "wuzhong": 1}, children)
    rows = decided(district)
    _, lost = by_lot(district, f"open/{school}", [name for name in rows if "-E-" in name])
    assert rows[lost][1:4] == ("wuzhong", "batch-E", "diverted")


def test_c089_the_shipped_junior_policy_opens_it_to_a_to_e() -> None:
    """C089: the only Zone-wide junior school takes A to E, and it receives no diverted children itself."""
    (choice,) = [p for p in shipped(JUNIOR).policy.phases if isinstance(p, ChoicePhase)]
    school = school_of(JUNIOR, "蒙古族学校(初中)")
    assert choice.schools == {school: frozenset("ABCDE")}
    (batches,) = [p for p in shipped(JUNIOR).policy.phases if isinstance(p, BatchPhase)]
    assert all(school not in schools for schools in batches.lists.values())


@pytest.mark.parametrize(("scenario", "names"), [(PRIMARY, {"科尔沁小学"}), (JUNIOR, {"科尔沁实验初中", "通辽四中"})])
def test_c091_the_external_schools_are_these_and_have_no_seats(scenario: str, names: set[str]) -> None:
    """C091: exactly these schools are another authority's; each has a zone of its own and no seats here."""
    external = [school for school in shipped(scenario).schools.values() if school.external]
    assert {school.name for school in external} == names
    assert all(school.plan == 0 and len(zones_of(scenario, school.name)) == 1 for school in external)


@pytest.mark.parametrize("scenario", [PRIMARY, JUNIOR])
@pytest.mark.parametrize("status", ["verified", "late", "blacklisted"])
def test_c091_their_children_are_exported_and_never_placed_here(scenario: str, status: str) -> None:
    """C091: whatever its category, status or decision, a child of such a zone leaves, though every school has seats."""
    own = next(iter(ample(scenario)))
    for school in (s.school_id for s in shipped(scenario).schools.values() if s.external):
        children = [kid for c in "AEU" for kid in kids(1, school, c, status=status, preferential_school=own)]
        rows = decided(at_shipped(scenario, ample(scenario), children))
        assert {row[1:] for row in rows.values()} == {(school, "", "external", "", "C091")}


def test_c096_the_receiving_list_of_the_short_school_is_in_the_order_of_the_text() -> None:
    """C096: the five schools that the text names come first, in its order, then others with spare seats."""
    names = [shipped(PRIMARY).schools[school].name for school in receiving(SHORT)]
    assert tuple(names[:5]) == DIVERSION_FROM_SHORT
    assert set(names[5:]) == {"富力小学", "新城实验小学", "河西中学(小学部)"}


def test_c096_diverted_children_fill_the_list_by_ticket() -> None:
    """C096: with one seat at each school the tickets of the diversion send one child to each, in list order."""
    schools = receiving(SHORT)
    district = at_shipped(PRIMARY, dict.fromkeys(schools, 1), kids(len(schools) + 1, SHORT, "A"))
    rows = decided(district)
    order = by_lot(district, "divert-A", rows)
    assert tuple(rows[name].school_id for name in order[:-1]) == schools
    assert {rows[name].outcome for name in order[:-1]} == {"diverted"}
    assert rows[order[-1]].outcome == "unplaced"
