"""Clauses of the two voluntary rounds: C064, C081, C085, C092 to C095 and C097, each on its smallest case."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.domain import Applicant, DeferredAcceptancePhase, District
from tests import tables
from tests.small import at_shipped, by_lot, decided, kids, seeds, shipped

PRIMARY = "tongliao-2023-primary"
SHORT, SECOND, THIRD = "xincheng-1", "fuli", "xincheng-1-zhong-primary"
"""The zones of the three tiers, in order; also the ids of their schools."""
BRANCH, EXPERIMENTAL = "sizhong-fuli", "shifuxiao"
"""The two schools of the first round: one without a zone of its own, one with."""


def rounds() -> list[DeferredAcceptancePhase]:
    """Return the voluntary rounds of the shipped primary policy, in order."""
    return [phase for phase in shipped(PRIMARY).policy.phases if isinstance(phase, DeferredAcceptancePhase)]


def bidders(zone: str, *choices: str, number: int = 1, category: str = "A", start: str = "v") -> list[Applicant]:
    """Make children of a zone that volunteer for these schools in the first round."""
    return kids(number, zone, category, start=start, voluntary_1=choices)


def refused(folder: Path, **cells: str) -> set[str]:
    """Return the codes with which a roster of one such child is refused."""
    rows = [tables.child("T1", **cells)]
    return {fault.code for fault in tables.faults(tables.write(folder, applicants=rows))}


def winner(district: District, school: str) -> str:
    """Return the only child that a school took in the first round."""
    (name,) = [n for n, row in decided(district).items() if (row.school_id, row.phase) == (school, "voluntary-1")]
    return name


def test_c064_a_loser_is_admitted_at_home_as_if_it_had_not_bid() -> None:
    """C064: of two volunteers for one seat the loser gets its own school in its own batch, without a draw there."""
    children = bidders(SHORT, BRANCH, number=2)
    district = at_shipped(PRIMARY, {SHORT: 1, BRANCH: 1}, children, offered_voluntary_1={BRANCH: 1})
    rows = decided(district)
    won, lost = by_lot(district, f"voluntary-1/{BRANCH}", rows)
    assert rows[won][1:] == (BRANCH, "voluntary-1", "admitted", f"voluntary-1/{BRANCH}", "C094")
    assert rows[lost][1:] == (SHORT, "batch-A", "admitted", "", "C058")


def test_c064_in_the_draw_at_home_a_loser_stands_by_its_ticket_like_everyone() -> None:
    """C064: loser and non-volunteer draw for the home seat, each under its ticket there; each wins under some seed."""
    children = bidders(SHORT, BRANCH, number=2) + kids(1, SHORT, "A", start="n")
    district = at_shipped(PRIMARY, {SHORT: 1, BRANCH: 1}, children, offered_voluntary_1={BRANCH: 1})
    won_at_home = set()
    for seeded, _ in zip(seeds(district), range(12), strict=False):
        rows = decided(seeded)
        (lost,) = set(rows) - {winner(seeded, BRANCH), f"n{SHORT}-A-0000"}
        first, second = by_lot(seeded, f"batch-A/{SHORT}", [lost, f"n{SHORT}-A-0000"])
        assert (rows[first].school_id, rows[second].outcome) == (SHORT, "unplaced")
        won_at_home.add(first[0])
    assert won_at_home == {"v", "n"}


def test_c081_the_borrowed_school_has_no_zone_and_only_voluntary_seats() -> None:
    """C081: in the shipped data no zone has it as a school, and the first round names it with offered seats."""
    district = shipped(PRIMARY)
    assert district.schools[BRANCH].name == "四中富力分校(小学部)"
    assert all(BRANCH not in (z.school_id, z.e_school_id, *z.dual_school_ids) for z in district.zones.values())
    assert BRANCH in rounds()[0].schools
    assert 0 < district.schools[BRANCH].offered(rounds()[0].seats) <= district.schools[BRANCH].plan


def test_c081_it_admits_a_to_d_of_the_three_zones() -> None:
    """C081: a volunteer of each zone and each category from A to D gets a seat there while seats are offered."""
    children = [kid for zone in (SHORT, SECOND, THIRD) for c in "ABCD" for kid in bidders(zone, BRANCH, category=c)]
    rows = decided(at_shipped(PRIMARY, {BRANCH: 12}, children, offered_voluntary_1={BRANCH: 12}))
    assert {row[1:] for row in rows.values()} == {(BRANCH, "voluntary-1", "admitted", "", "C092")}


def test_c081_others_cannot_volunteer(tmp_path: Path) -> None:
    """C081: a bid of category E, or from a fourth zone, is refused as input."""
    assert refused(tmp_path, zone="fuli", category="E", voluntary_1=BRANCH) == {"voluntary.category"}
    assert refused(tmp_path, zone="hexi-primary", voluntary_1=BRANCH) == {"voluntary.zone"}
    assert refused(tmp_path, zone="fuli", voluntary_1=BRANCH) == set()


def own_and_volunteers(own: int, volunteers: int) -> dict[str, int]:
    """Count who gets the five seats of the experimental school, two of them offered, by the first letter of the id."""
    children = kids(own, EXPERIMENTAL, "A", start="o", registered_school=EXPERIMENTAL)
    children += bidders(SHORT, EXPERIMENTAL, number=volunteers)
    rows = decided(at_shipped(PRIMARY, {EXPERIMENTAL: 5}, children, offered_voluntary_1={EXPERIMENTAL: 2}))
    inside = [name[0] for name, row in rows.items() if row.school_id == EXPERIMENTAL and row.outcome == "admitted"]
    return {"own": inside.count("o"), "volunteers": inside.count("v")}


@pytest.mark.parametrize(
    ("own", "volunteers", "expected"), [(5, 3, (3, 2)), (1, 3, (1, 2)), (5, 1, (4, 1)), (5, 0, (5, 0))]
)
def test_c085_volunteers_have_the_offered_seats_and_no_others(
    own: int, volunteers: int, expected: tuple[int, int]
) -> None:
    """C085: of five seats two are offered; volunteers get no third one, and seats they leave return to the own zone."""
    assert tuple(own_and_volunteers(own, volunteers).values()) == expected


def test_c085_the_shipped_school_offers_a_part_of_its_plan() -> None:
    """C085: in the shipped data the school has a zone of its own, and offers fewer seats than its plan."""
    school = shipped(PRIMARY).schools[EXPERIMENTAL]
    assert shipped(PRIMARY).zones[EXPERIMENTAL].school_id == EXPERIMENTAL
    assert EXPERIMENTAL in rounds()[0].schools
    assert 0 < school.offered("offered_voluntary_1") < school.plan


def test_c092_round_one_of_the_shipped_policy() -> None:
    """C092: A to D of the three zones, ranked lists over exactly the two schools, within the seats offered."""
    first = rounds()[0]
    assert first.categories == frozenset("ABCD")
    assert {zone for tier in first.tiers for zone in tier} == {SHORT, SECOND, THIRD}
    assert set(first.schools) == {BRANCH, EXPERIMENTAL}
    assert (first.seats, first.column) == ("offered_voluntary_1", "voluntary_1")


def test_c092_a_child_gets_the_best_school_of_its_list_that_it_can_have() -> None:
    """C092: a child of the second tier, refused at its first school, takes its second; offered seats bound both."""
    children = bidders(SECOND, EXPERIMENTAL, BRANCH, start="w") + bidders(SHORT, EXPERIMENTAL, start="r")
    plan, offered = {EXPERIMENTAL: 9, BRANCH: 9, SECOND: 9}, {EXPERIMENTAL: 1, BRANCH: 1}
    rows = decided(at_shipped(PRIMARY, plan, children, offered_voluntary_1=offered))
    assert rows[f"r{SHORT}-A-0000"].school_id == EXPERIMENTAL
    assert rows[f"w{SECOND}-A-0000"][1:] == (BRANCH, "voluntary-1", "admitted", "", "C092")


def test_c092_the_list_is_honoured_whatever_the_order_of_proposals() -> None:
    """C092: a child displaced from its first choice displaces a later tier at its second (deferred acceptance)."""
    children = bidders(SECOND, EXPERIMENTAL, BRANCH, start="w") + bidders(SHORT, EXPERIMENTAL, start="r")
    children += bidders(THIRD, BRANCH, start="t")
    offered = {EXPERIMENTAL: 1, BRANCH: 1}
    rows = decided(at_shipped(PRIMARY, {**offered, THIRD: 1}, children, offered_voluntary_1=offered))
    assert [rows[n].school_id for n in sorted(rows)] == [EXPERIMENTAL, THIRD, BRANCH]


def test_c093_the_tier_of_the_zone_beats_the_category() -> None:
    """C093: a D child of the first tier has the only offered seat before A children of the second and third."""
    children = bidders(SHORT, BRANCH, category="D") + bidders(SECOND, BRANCH) + bidders(THIRD, BRANCH)
    district = at_shipped(PRIMARY, {BRANCH: 1}, children, offered_voluntary_1={BRANCH: 1})
    for seeded, _ in zip(seeds(district), range(6), strict=False):
        assert winner(seeded, BRANCH) == f"v{SHORT}-D-0000"


def test_c093_the_second_tier_comes_strictly_before_the_third() -> None:
    """C093: what the first tier leaves goes in turn; inside a tier A to D are one pool (D wins under some seed)."""
    assert rounds()[0].tiers == ((SHORT,), (SECOND,), (THIRD,))
    children = bidders(SECOND, BRANCH) + bidders(SECOND, BRANCH, category="D") + bidders(THIRD, BRANCH)
    district = at_shipped(PRIMARY, {BRANCH: 1}, children, offered_voluntary_1={BRANCH: 1})
    won = {winner(seeded, BRANCH) for seeded, _ in zip(seeds(district), range(12), strict=False)}
    assert won == {f"v{SECOND}-A-0000", f"v{SECOND}-D-0000"}


def test_c094_the_draw_is_in_the_first_tier_that_does_not_fit() -> None:
    """C094: two seats: tier one takes one, tier two draws for the other, tier three has none; losers go home."""
    children = bidders(SHORT, BRANCH) + bidders(SECOND, BRANCH, number=3) + bidders(THIRD, BRANCH)
    plan = {BRANCH: 2, SHORT: 5, SECOND: 5, THIRD: 5}
    district = at_shipped(PRIMARY, plan, children, offered_voluntary_1={BRANCH: 2})
    rows = decided(district)
    draw = f"voluntary-1/{BRANCH}"
    first, *losers = by_lot(district, draw, [name for name in rows if name.startswith(f"v{SECOND}-")])
    assert rows[first][1:] == (BRANCH, "voluntary-1", "admitted", draw, "C094")
    assert rows[f"v{SHORT}-A-0000"][1:] == (BRANCH, "voluntary-1", "admitted", "", "C092"), "its tier placed it"
    assert {rows[name][1:3] for name in losers} == {(SECOND, "batch-A")}
    assert rows[f"v{THIRD}-A-0000"][1:3] == (THIRD, "batch-A")


def test_c094_each_school_has_a_draw_of_its_own() -> None:
    """C094: four volunteers for one seat at each of two schools: two draws, each decided by its own tickets."""
    children = bidders(SHORT, BRANCH, number=2, start="b") + bidders(SHORT, EXPERIMENTAL, number=2, start="e")
    offered = {BRANCH: 1, EXPERIMENTAL: 1}
    district = at_shipped(PRIMARY, {**offered, SHORT: 2}, children, offered_voluntary_1=offered)
    rows = decided(district)
    for school in offered:
        group = [child.applicant_id for child in children if child.voluntary_1 == (school,)]
        first = by_lot(district, f"voluntary-1/{school}", group)[0]
        assert rows[first][1:5] == (school, "voluntary-1", "admitted", f"voluntary-1/{school}")


def second_round(number: int, offered: int) -> District:
    """Make a district of children of the short zone that bid only in the second round."""
    children = kids(number, SHORT, "A", voluntary_2=(THIRD,))
    return at_shipped(PRIMARY, {THIRD: offered, SHORT: number}, children, offered_voluntary_2={THIRD: offered})


def test_c095_round_two_takes_those_without_a_seat_of_round_one() -> None:
    """C095: the winner of round one is out; its rival and one that did not bid there both get a second-round seat."""
    both = kids(2, SHORT, "A", start="b", voluntary_1=(BRANCH,), voluntary_2=(THIRD,))
    late = kids(1, SHORT, "D", start="n", voluntary_2=(THIRD,))
    plan, one, two = {BRANCH: 1, THIRD: 3, SHORT: 3}, {BRANCH: 1}, {THIRD: 3}
    district = at_shipped(PRIMARY, plan, both + late, offered_voluntary_1=one, offered_voluntary_2=two)
    rows = decided(district)
    won, lost = by_lot(district, f"voluntary-1/{BRANCH}", [child.applicant_id for child in both])
    assert rows[won].phase == "voluntary-1"
    for name in (lost, f"n{SHORT}-D-0000"):
        assert rows[name][1:] == (THIRD, "voluntary-2", "admitted", "", "C095")


def test_c095_over_the_offered_seats_there_is_a_draw_and_losers_go_home() -> None:
    """C095: one seat for three: the first ticket of the second round's draw has it, the others are admitted at home."""
    district = second_round(3, 1)
    rows = decided(district)
    draw = f"voluntary-2/{THIRD}"
    first, *losers = by_lot(district, draw, rows)
    assert rows[first][1:] == (THIRD, "voluntary-2", "admitted", draw, "C095")
    assert {rows[name][1:4] for name in losers} == {(SHORT, "batch-A", "admitted")}


def test_c095_round_two_of_the_shipped_policy_and_who_is_refused(tmp_path: Path) -> None:
    """C095: only A to D of the short zone, only for that school, within its offer; a bid from elsewhere is refused."""
    second = rounds()[1]
    assert (second.tiers, second.schools, second.seats) == (((SHORT,),), (THIRD,), "offered_voluntary_2")
    assert second.categories == frozenset("ABCD")
    assert shipped(PRIMARY).schools[THIRD].offered("offered_voluntary_2") > 0
    assert refused(tmp_path, zone=SECOND, voluntary_2=THIRD) == {"voluntary.zone"}
    assert refused(tmp_path, zone=SHORT, voluntary_2=BRANCH) == {"voluntary.school"}


def test_c097_a_voluntary_seat_that_is_won_is_taken() -> None:
    """C097: the winner stays with its voluntary seat though its home school has room; it is in no batch any more."""
    rows = decided(at_shipped(PRIMARY, {SHORT: 2, BRANCH: 1}, bidders(SHORT, BRANCH), offered_voluntary_1={BRANCH: 1}))
    assert [row[1:3] for row in rows.values()] == [(BRANCH, "voluntary-1")]


def test_c097_its_seat_at_the_home_school_goes_to_others() -> None:
    """C097: one home seat for a winner and another child: the other has it, and no draw is held for it."""
    children = bidders(SHORT, BRANCH) + kids(1, SHORT, "D", start="n")
    rows = decided(at_shipped(PRIMARY, {SHORT: 1, BRANCH: 1}, children, offered_voluntary_1={BRANCH: 1}))
    assert rows[f"n{SHORT}-D-0000"][1:] == (SHORT, "batch-D", "admitted", "", "C058")
