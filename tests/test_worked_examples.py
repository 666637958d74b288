"""The worked examples of the clause table (X-1 to X-5, X-8, X-9), on both engines and the checker."""

from __future__ import annotations

from typing import Any

from allocator.domain import District, Row
from tests.small import by_child, by_lot, kids, outcomes, primary, seeds, solved

HOME = "xincheng-shiyan"


def test_x1_draw_in_the_batch_that_does_not_fit_and_whole_diversion_after_it() -> None:
    """X-1: A, B, C fit; D is drawn for 10 seats, 15 leave as D; all 15 E leave without a draw (C058-C060)."""
    batches = {"A": 60, "B": 10, "C": 20, "D": 25, "E": 15}
    children = [kid for category, n in batches.items() for kid in kids(n, HOME, category)]
    rows = solved(primary({HOME: 100, "xincheng-2": 100}, children))
    found = outcomes(rows)
    for category in "ABC":
        assert found["admitted", HOME, f"batch-{category}"] == batches[category]
    assert found["admitted", HOME, "batch-D"] == 10
    assert found["diverted", "xincheng-2", "batch-D"] == 15
    assert found["diverted", "xincheng-2", "batch-E"] == 15
    draws = {row.draw_id for row in rows if row.outcome == "admitted"}
    assert draws == {"", f"batch-D/{HOME}"}


def test_x2_first_batch_alone_exceeds_the_plan() -> None:
    """X-2: 100 of 120 A stay after a draw; B to E leave whole, without draws (C059, C060)."""
    children = kids(120, HOME, "A") + [kid for c in "BCDE" for kid in kids(3, HOME, c)]
    rows = solved(primary({HOME: 100, "xincheng-2": 60}, children))
    found = outcomes(rows)
    assert found["admitted", HOME, "batch-A"] == 100
    assert found["diverted", "xincheng-2", "batch-A"] == 20
    assert all(found["diverted", "xincheng-2", f"batch-{c}"] == 3 for c in "BCDE")
    assert {row.draw_id for row in rows if row.outcome == "admitted"} == {f"batch-A/{HOME}"}


def x3(**switches: Any) -> dict[tuple[str, str, str], int]:
    """Solve X-3: the children of X-1 at one school, the receiving school fuli with a plan of 80."""
    here = {"A": 60, "B": 10, "C": 20, "D": 25, "E": 15}
    there = {"A": 40, "B": 5, "C": 10, "D": 20, "E": 15}
    children = [kid for c, n in here.items() for kid in kids(n, HOME, c)]
    children += [kid for c, n in there.items() for kid in kids(n, "hexi-primary", c)]
    return outcomes(solved(primary({HOME: 100, "hexi-primary": 80}, children, **switches)))


def test_x3_arriving_children_rank_after_locals_of_their_category() -> None:
    """X-3, default: own D 20 make 75, five arriving D come in, own E find no seat (C063)."""
    found = x3()
    assert found["admitted", "hexi-primary", "batch-D"] == 20
    assert found["diverted", "hexi-primary", "batch-D"] == 5
    assert ("admitted", "hexi-primary", "batch-E") not in found


def test_x3_locals_of_all_categories_first() -> None:
    """X-3, locals_all_first: own D make 75, own E draw for five, nobody arrives (Q-03)."""
    found = x3(receiving_order="locals_all_first")
    assert found["admitted", "hexi-primary", "batch-D"] == 20
    assert found["admitted", "hexi-primary", "batch-E"] == 5
    assert not any(key[0] == "diverted" and key[1] == "hexi-primary" for key in found)


def x4(offered: int, **switches: Any) -> tuple[Row, ...]:
    """Solve the 90 volunteers of X-4."""
    volunteers: dict[str, Any] = {"voluntary_1": ("shifuxiao",)}
    children = (
        kids(18, "xincheng-1", "A", **volunteers) + kids(4, "xincheng-1", "B", **volunteers)
        + kids(6, "xincheng-1", "C", **volunteers) + kids(12, "xincheng-1", "D", **volunteers)
        + kids(30, "fuli", "A", **volunteers) + kids(20, "xincheng-1-zhong-primary", "B", **volunteers)
    )  # fmt: skip
    plan = {"shifuxiao": 60, "xincheng-1": 100, "fuli": 100, "xincheng-1-zhong-primary": 100}
    return solved(primary(plan, children, offered_1={"shifuxiao": offered}, **switches))


def test_x4_tiers_strictly_in_turn() -> None:
    """X-4: of 50 offered seats 40 go to the first tier, 10 to a draw in the second, none to the third (C093)."""
    rows = x4(50)
    won = [row.applicant_id for row in rows if row.phase == "voluntary-1"]
    assert sum(name.startswith("xincheng-1-A") for name in won) == 18
    assert sum(not name.startswith(("fuli", "xincheng-1-zhong")) for name in won) == 40
    assert sum(name.startswith("fuli") for name in won) == 10
    assert not any(name.startswith("xincheng-1-zhong") for name in won)


def test_x4_one_pool_of_all_tiers() -> None:
    """X-4 with tiers pooled: 50 of all 90 volunteers win, from more than one later tier (Q-07)."""
    won = [row.applicant_id for row in x4(50, tiers="pooled") if row.phase == "voluntary-1"]
    assert len(won) == 50
    assert any(name.startswith("xincheng-1-zhong") for name in won)


def test_x4_inside_a_tier_pooled_or_by_category() -> None:
    """X-4 with 30 seats: pooled draws 30 of 40; by category 28 of A to C are in and D draws two of twelve (Q-06)."""
    pooled = [row.applicant_id for row in x4(30) if row.phase == "voluntary-1"]
    assert len(pooled) == 30
    assert sum(name.startswith("xincheng-1-D") for name in pooled) > 2
    inner = [row.applicant_id for row in x4(30, tier_inner="by_category") if row.phase == "voluntary-1"]
    assert len(inner) == 30
    assert sum(name.startswith("xincheng-1-D") for name in inner) == 2


def x5(cap: int | None, **switches: Any) -> dict[str, Row]:
    """Solve X-5 under the first trial seed whose order is single, single, twins, single."""
    children = kids(3, HOME, "A", start="s") + kids(1, HOME, "A", start="t", size=2)
    district = primary({HOME: 3, "xincheng-2": 5}, children, cap={} if cap is None else {HOME: cap}, **switches)
    for seeded in seeds(district):
        order = _order(seeded)
        if [name[0] for name in order] == ["s", "s", "t", "s"]:
            return {**by_child(solved(seeded)), "last": Row(order[3], "", "", "", "")}
    raise AssertionError


def _order(district: District) -> list[str]:
    """Parties of the batch in the order of their tickets."""
    parties = {
        min(c.applicant_id for c in district.applicants if c.bundle == k.bundle) if k.bundle else k.applicant_id
        for k in district.applicants
    }
    return by_lot(district, f"batch-A/{HOME}", parties)


def test_x5_twins_at_the_cut_are_taken_whole_under_the_hard_cap() -> None:
    """X-5 (a): with a hard cap of 4 the twins come in, one over plan, and the last child is diverted (Q-16, C110)."""
    rows = x5(4)
    assert {row.school_id for name, row in rows.items() if name.startswith("t")} == {HOME}
    assert rows[rows["last"].applicant_id].outcome == "diverted"


def test_x5_twins_at_the_cut_are_passed_over_at_the_hard_cap() -> None:
    """X-5 (b): with a hard cap of 3, and under ``skip``, the last child comes in and the twins go on together."""
    for rows in (x5(3), x5(4, bundle_at_cut="skip")):
        assert rows[rows["last"].applicant_id].school_id == HOME
        assert {(r.outcome, r.school_id) for n, r in rows.items() if n.startswith("t")} == {("diverted", "xincheng-2")}


def test_x5_twins_passed_over_come_first_in_the_diversion() -> None:
    """X-5 (b): the twins stand before every other diverted child, whatever their ticket (procedure.md section 3)."""
    children = kids(6, HOME, "A", start="s") + kids(1, HOME, "A", start="t", size=2)
    district = primary({HOME: 3, "xincheng-2": 2, "xincheng-3": 9}, children)
    seen = 0
    for seeded, _ in zip(seeds(district), range(60), strict=False):
        rows = by_child(solved(seeded))
        twins = rows["txincheng-shiyan-A-0000-0"]
        ahead = _order(seeded).index("txincheng-shiyan-A-0000-0")
        if ahead == 2:  # one seat left when the twins' turn comes
            seen += 1
            assert (twins.outcome, twins.school_id) == ("diverted", "xincheng-2")
    assert seen


def test_x8_choice_of_the_other_school_of_a_dual_zone() -> None:
    """X-8: a B child of the dual zone that chose the short school is of its first tier, and diverted as its B."""
    mover = kids(1, "shifuxiao", "B", start="m", registered_school="xincheng-1", voluntary_1=("sizhong-fuli",))
    locals_ = kids(3, "xincheng-1", "A", start="a")
    rival = kids(1, "fuli", "A", start="r", voluntary_1=("sizhong-fuli",))
    plan = {"xincheng-1": 3, "sizhong-fuli": 5, "shifuxiao": 5, "fuli": 1}
    won = by_child(solved(primary(plan, mover + locals_ + rival, offered_1={"sizhong-fuli": 1})))
    assert won["mshifuxiao-B-0000"].phase == "voluntary-1"
    assert won["rfuli-A-0000"].phase == "batch-A"
    lost = by_child(solved(primary(plan, mover + locals_ + rival)))
    assert lost["mshifuxiao-B-0000"][1:4] == ("shifuxiao", "batch-B", "diverted")


def test_x9_one_draw_over_the_e_children_of_both_zones() -> None:
    """X-9: E of two zones come to one school directly; 30 seats for 45 are one draw over all of them (C078)."""
    children = kids(25, "xincheng-1", "E") + kids(20, "fuli", "E")
    rows = solved(primary({"xincheng-2": 30, "xincheng-3": 40}, children))
    found = outcomes(rows)
    assert found["admitted", "xincheng-2", "batch-E"] == 30
    assert {row.draw_id for row in rows if row.outcome == "admitted"} == {"batch-E/xincheng-2"}
    assert found["diverted", "xincheng-3", "batch-E"] == 15
    zones = {row.applicant_id.rsplit("-", 2)[0] for row in rows if row.outcome == "admitted"}
    assert zones == {"xincheng-1", "fuli"}
