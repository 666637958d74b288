"""The cut-offs of the smallest districts, each line written down by hand (public.md section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from allocator.domain import ADMITTED, DIVERTED, District
from allocator.record import Cutoff, Retelling, cutoff_bytes, derive_cutoffs
from tests.small import by_lot, kids, primary, seeds, solved

HOME, NEXT = "xincheng-shiyan", "xincheng-2"


def lot(district: District, draw_id: str, party: str) -> str:
    """The ticket of a party in a draw, hashed here by hand."""
    assert district.draw is not None
    return sha256(f"{district.draw.seedhex}|{draw_id}|{party}".encode()).hexdigest()


def lines(district: District) -> list[Cutoff]:
    """The cut-offs of the list on which both engines and the checker agree."""
    return derive_cutoffs(Retelling(district, solved(district)))


def line(found: Sequence[Cutoff], school: str, phase: str, step: str = "") -> Cutoff:
    """The one line of a school in a phase and step."""
    (one,) = (row for row in found if (row.school_id, row.phase, row.step) == (school, phase, step))
    return one


def test_a_batch_that_is_drawn_and_its_diversion() -> None:
    """Three children for two seats: the second of the order is the last admitted; the third is refused."""
    district = primary({HOME: 2, NEXT: 5}, kids(3, HOME, "A"))
    home = f"batch-A/{HOME}"
    order = by_lot(district, home, (child.applicant_id for child in district.applicants))
    first, second, third = (lot(district, home, party) for party in order)
    there = lot(district, "divert-A", order[2])
    assert first < second < third
    assert lines(district) == [
        Cutoff(NEXT, "batch-A", "receiving", "", "", 1, 1, "divert-A", there, "1", ""),
        Cutoff(HOME, "batch-A", "home", "", "", 3, 2, home, second, "2", third),
    ]


def test_a_batch_that_fits_has_a_line_and_no_draw() -> None:
    """All are admitted and no draw is held: the last of the order made beforehand is the last admitted."""
    district = primary({HOME: 2}, kids(2, HOME, "A"))
    home = f"batch-A/{HOME}"
    last = by_lot(district, home, (child.applicant_id for child in district.applicants))[-1]
    assert lines(district) == [Cutoff(HOME, "batch-A", "home", "", "", 2, 2, "", lot(district, home, last), "2", "")]


def test_a_batch_diverted_whole_has_a_line_without_a_last_one() -> None:
    """No seat is left when the batch begins: nobody is admitted, no draw is held, the first of the order is refused.

    Where nobody finds a seat in the diversion either, each school of the list has a line, the adjustment too.
    """
    district = primary({}, kids(2, HOME, "A"))
    names = [child.applicant_id for child in district.applicants]
    found = lines(district)
    first = by_lot(district, f"batch-A/{HOME}", names)[0]
    assert line(found, HOME, "batch-A", "home") == Cutoff(
        HOME, "batch-A", "home", "", "", 2, 0, "", "", "", lot(district, f"batch-A/{HOME}", first)
    )
    first = by_lot(district, "divert-A", names)[0]
    assert line(found, NEXT, "batch-A", "receiving") == Cutoff(
        NEXT, "batch-A", "receiving", "", "", 2, 0, "divert-A", "", "", lot(district, "divert-A", first)
    )
    assert line(found, HOME, "adjustment").draw_id == "adjust"
    assert line(found, HOME, "adjustment").wanted == 2
    assert [row.phase for row in found] == sorted((row.phase for row in found), key=["batch-A", "adjustment"].index)


def test_a_bundle_over_plan_counts_all_its_children() -> None:
    """Twins that take the last seat whole are admitted as two children at one rank; the one behind them is refused."""
    children = kids(1, HOME, "A", start="t", size=2) + kids(1, HOME, "A", start="s")
    district = primary({HOME: 1}, children, cap={HOME: 2})
    home, twins = f"batch-A/{HOME}", "txincheng-shiyan-A-0000-0"
    seeded = next(d for d in seeds(district) if by_lot(d, home, (twins, "sxincheng-shiyan-A-0000"))[0] == twins)
    single = lot(seeded, home, "sxincheng-shiyan-A-0000")
    assert line(lines(seeded), HOME, "batch-A", "home") == Cutoff(
        HOME, "batch-A", "home", "", "", 3, 2, home, lot(seeded, home, twins), "1", single
    )


def test_a_bundle_passed_over_is_the_first_refused_though_one_behind_it_is_admitted() -> None:
    """Under ``skip`` twins find one seat, too few; the child behind them takes it, and they stand first elsewhere."""
    children = kids(1, HOME, "A", start="t", size=2) + kids(2, HOME, "A", start="s")
    district = primary({HOME: 1, NEXT: 3}, children, bundle_at_cut="skip")
    home, twins = f"batch-A/{HOME}", "txincheng-shiyan-A-0000-0"
    singles = ["sxincheng-shiyan-A-0000", "sxincheng-shiyan-A-0001"]
    seeded = next(d for d in seeds(district) if by_lot(d, home, (twins, *singles))[0] == twins)
    won, lost = by_lot(seeded, home, singles)
    found = lines(seeded)
    assert line(found, HOME, "batch-A", "home") == Cutoff(
        HOME, "batch-A", "home", "", "", 4, 1, home, lot(seeded, home, won), "2", lot(seeded, home, twins)
    )
    assert line(found, NEXT, "batch-A", "receiving") == Cutoff(
        NEXT, "batch-A", "receiving", "", "", 3, 3, "divert-A", lot(seeded, "divert-A", lost), "2", ""
    )


def test_those_who_got_a_school_they_prefer_wanted_none_of_the_others() -> None:
    """One child gets its first choice and never asks at the second: it keeps its rank there and is not counted."""
    tops: dict[str, Any] = {"voluntary_1": ("shifuxiao", "sizhong-fuli")}
    children = kids(1, "fuli", "A", start="a", **tops) + kids(
        2, "fuli", "A", start="b", voluntary_1=("sizhong-fuli",)
    )
    district = primary(
        {"shifuxiao": 1, "sizhong-fuli": 1, "fuli": 3}, children, offered_1={"shifuxiao": 1, "sizhong-fuli": 1}
    )
    names, draw = [child.applicant_id for child in district.applicants], "voluntary-1/sizhong-fuli"
    seeded = next(d for d in seeds(district) if by_lot(d, draw, names)[0] == names[0])
    won, lost = by_lot(seeded, draw, names)[1:]
    found = lines(seeded)
    assert line(found, "sizhong-fuli", "voluntary-1") == Cutoff(
        "sizhong-fuli", "voluntary-1", "", "2", "", 2, 1, draw, lot(seeded, draw, won), "2", lot(seeded, draw, lost)
    )
    first = lot(seeded, "voluntary-1/shifuxiao", names[0])
    assert line(found, "shifuxiao", "voluntary-1") == Cutoff(
        "shifuxiao", "voluntary-1", "", "2", "", 1, 1, "", first, "1", ""
    )


def test_where_all_got_what_they_prefer_a_school_has_no_line() -> None:
    """A school that was only ever second choice, and that nobody asked, has no line."""
    children = kids(1, "fuli", "A", voluntary_1=("shifuxiao", "sizhong-fuli"))
    district = primary({"shifuxiao": 1, "sizhong-fuli": 1}, children, offered_1={"shifuxiao": 1, "sizhong-fuli": 1})
    assert [row.school_id for row in lines(district)] == ["shifuxiao"]


def test_tier_and_category_stand_where_the_order_has_them() -> None:
    """With ``tiers: pooled`` no tier, with ``by_category`` the category too; an open choice has the category alone."""
    children = kids(1, "xincheng-1", "A", voluntary_1=("shifuxiao",)) + kids(1, "fuli", "B", voluntary_1=("shifuxiao",))
    children += kids(2, "fuli", "C", open_choice="menggu-primary")
    seats = {"shifuxiao": 1, "fuli": 2, "xincheng-1": 1, "menggu-primary": 1}

    def _keys(**switches: Any) -> list[tuple[str, str]]:
        found = lines(primary(seats, children, offered_1={"shifuxiao": 1}, **switches))
        return [(row.tier, row.category) for row in found if row.phase in {"voluntary-1", "open-choice"}]

    assert _keys() == [("", "C"), ("1", "")]
    assert _keys(tier_inner="by_category") == [("", "C"), ("1", "A")]
    assert _keys(tiers="pooled")[1] == ("", "")


def test_decisions_have_no_line() -> None:
    """Preferential and sibling ground have no order that a family could compare, and are never published."""
    district = primary({HOME: 1}, kids(1, HOME, "A", preferential_school=HOME))
    assert lines(district) == []


def test_a_family_s_own_order_shows_in_the_lines_of_a_diversion() -> None:
    """Who takes its own first school wanted none of the others; who comes later wanted each school before its own."""
    children = kids(1, HOME, "A", start="a", preferred_diversion=("fuli",)) + kids(1, HOME, "A", start="b")
    found = lines(primary({"fuli": 1, NEXT: 1}, children))
    there = {row.school_id: (row.wanted, row.admitted) for row in found if row.step == "receiving"}
    assert there == {"fuli": (1, 1), NEXT: (1, 1)}


def test_seats_kept_for_later_locals_make_refusals() -> None:
    """Under ``protect_local_demand: all`` a seat kept for a later batch refuses the diverted, who wanted it."""
    children = kids(1, HOME, "A") + kids(1, "fuli", "B")
    found = lines(primary({"fuli": 1}, children, protect_local_demand="all"))
    assert line(found, "fuli", "batch-A", "receiving").wanted == 1
    assert line(found, "fuli", "batch-A", "receiving").admitted == 0
    assert line(found, "fuli", "batch-B", "home").admitted == 1


def test_an_adjustment_goes_by_category_and_its_line_names_it() -> None:
    """Late children by status, category and ticket: the last admitted is a B, so that every A was before it."""
    children = kids(2, HOME, "A", start="x", status="late") + kids(2, HOME, "B", start="y", status="late")
    district = primary({"fuli": 3}, children)
    order = by_lot(district, "adjust", (c.applicant_id for c in district.applicants if c.category == "B"))
    last, refused = (lot(district, "adjust", party) for party in order)
    assert line(lines(district), "fuli", "adjustment") == Cutoff(
        "fuli", "adjustment", "", "", "B", 4, 3, "adjust", last, "3", refused
    )


def test_sorted_by_phase_school_and_step() -> None:
    """Batches in their order even where all go home first; a school's home line before its receiving line."""
    children = [kid for zone in (HOME, "fuli") for c in "AB" for kid in kids(2, zone, c)]
    for order in ("category_then_local", "locals_all_first"):
        found = lines(primary({HOME: 3, "fuli": 9}, children, receiving_order=order))
        keys = [(row.phase, row.school_id, row.step) for row in found]
        assert keys == sorted(keys)
        assert ("batch-B", "fuli", "receiving") in keys


def test_the_file() -> None:
    """UTF-8, LF, eleven columns in the order of the page."""
    district = primary({HOME: 1}, kids(1, HOME, "A"))
    heads, *rows = cutoff_bytes(lines(district)).decode("utf-8").split("\n")
    assert heads == (
        "school_id,phase,step,tier,category,wanted,admitted,draw_id,last_ticket,last_rank,first_refused"
    )
    assert [len(row.split(",")) for row in rows] == [11, 1]
    assert {ADMITTED, DIVERTED}.isdisjoint(rows[0].split(","))
