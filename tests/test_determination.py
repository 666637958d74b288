"""The office's determination in the smallest cases: checks, steps, decisions, choices, private draw and locks."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.determination import determine_by_steps, new_locks, private_draw
from allocator.determination.values import all_values, any_value, lowered_value, negated_value, open_value
from allocator.domain import (
    Blacklisted,
    Decision,
    Determined,
    Lock,
    PrivateResult,
    PrivateSchool,
    Row,
    Ruling,
    SpecialNeed,
)
from allocator.lottery import ticket
from tests.office_bases import check, guardian
from tests.office_small import BASE_A, BASE_B, BASE_C, BASE_D, BASE_E, BASE_R1, Base, day, family, together


def short(row: Determined) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Category, what is missing and what needs a ruling."""
    return row.category, row.missing, row.ruling


def told(base: Base, values: dict[str, Any] | None = None, **more: Any) -> str:
    """A finding as the worked examples write it: ``A``, ``U Q-21``, ``U missing home_proof``."""
    category, missing, ruling = short(base.found(values, **more))
    return " ".join([category, *(f"missing {code}" for code in missing), *ruling])


def ruled(field: str, value: str, name: str = "T1", ruling_id: str = "R1", decided_on: str = "2023-07-30") -> Ruling:
    """A ruling on one child."""
    return Ruling(ruling_id, name, field, value, "reason", "group", day(decided_on))


BASES = [(BASE_A, "A"), (BASE_B, "B"), (BASE_C, "C"), (BASE_D, "D"), (BASE_E, "E"), (BASE_R1, "R1")]


@pytest.mark.parametrize(("base", "category"), BASES)
def test_every_base_has_its_category(base: Base, category: str) -> None:
    """Each base is of its category, in the roster, with nothing to ask for that would make it better (C019 to C041)."""
    row = base.found()
    assert (row.result, row.category, row.status, row.ruling) == ("roster", category, "verified", ())


def test_three_values() -> None:
    """Failed wins in *and*, held in *or*; what is open keeps its codes, and a check only lowers (section 3.2)."""
    one, other = open_value("m:a"), open_value("r:b")
    both = open_value("m:a", "r:b")
    assert (all_values([True, one, other]), all_values([one, False]), all_values([])) == (both, False, True)
    assert (any_value([False, one, other]), any_value([one, True]), any_value([])) == (both, True, False)
    assert (negated_value(True), negated_value(False), negated_value(one)) == (False, True, one)
    results = {"pass": True, "fail": False, "pending": {"m:check:home"}, "conflict": {"r:C040"}}
    assert {result: lowered_value(True, {"home": result}, "home") for result in results} == results
    assert {lowered_value(False, {"home": result}, "home") for result in results} == {False}
    assert [lowered_value(one, {"home": result}, "home") for result in ("pending", "fail")] == [one, False]


def test_of_several_answers_the_latest_of_each_source_counts() -> None:
    """One source may correct itself; two that contradict each other need a ruling (C040)."""
    late = "2023-07-29T09:00:00"
    corrected = BASE_C.but(checks=(check("no_home", "fail"), check("no_home", at=late)))
    at_once = BASE_C.but(checks=(check("no_home"), check("no_home", "fail")))
    contrary = BASE_C.but(checks=(check("no_home"), check("no_home", "fail", source="street")))
    assert [told(base) for base in (corrected, at_once, contrary)] == ["C", "U C118 Q-21", "U C040"]


@pytest.mark.parametrize(
    ("changes", "more", "expected"),
    [
        ({"birth_date": day("2017-09-01")}, {}, ("not_of_age", "C008")),
        ({"deferral": "approved"}, {}, ("deferred", "C010")),
        ({}, {"special": (SpecialNeed("T1", "severe", "home_teaching"),)}, ("special_route", "C121")),
        ({"hukou_area": "elsewhere", "home": "", "tenure": ""}, {}, ("out_of_scope", "C016")),
        ({}, {"private_results": (PrivateResult("T1", "private-1", "won", ""),)}, ("private", "C046")),
        ({}, {"rulings": (ruled("result", "deferred"),)}, ("deferred", "ruling:R1")),
        ({"birth_date": day("2017-09-01")}, {"rulings": (ruled("result", "roster"),)}, ("roster", "C019")),
    ],
)
def test_gates(changes: dict[str, Any], more: dict[str, Any], expected: tuple[str, str]) -> None:
    """Who is no child of this roster, by rule or ruling, and by which clause (section 3.4)."""
    row = BASE_A.but(child=changes).found(**more)
    assert (row.result, row.clause) == expected
    assert (row.track == "") == (row.result != "roster")


def test_a_junior_child_must_have_left_primary_school() -> None:
    """Only yes counts (C009)."""
    junior = {"stage": "junior"}
    found = [BASE_A.but(child={"graduated": value}).found(junior).result for value in (True, False, None)]
    assert found == ["roster", "not_graduate", "not_graduate"]


def test_status() -> None:
    """Late after the window or without registration, blacklisted with the family, and as a ruling says (C051, C118)."""
    late = BASE_A.but(child={"registered_at": day("2023-07-28")})
    by_system = BASE_A.but(child={"registered_at": None, "late_cause": "system"})
    listed = (Blacklisted("F1", "false_papers"),)
    found = [
        late.found(), by_system.found(), by_system.found(blacklist=listed),
        by_system.found(rulings=(ruled("status", "verified"),)),
    ]  # fmt: skip
    assert [(row.status, row.ruling) for row in found] == [
        ("late", ()), ("late", ("Q-24",)), ("blacklisted", ()), ("verified", ()),
    ]  # fmt: skip
    rural = BASE_R1.but(child={"registered_at": day("2023-07-31")})
    assert rural.found().status == "verified"


def test_a_ruling_on_the_category_ends_what_was_open() -> None:
    """The last ruling counts, and its number stands where the clause stood."""
    base = BASE_A.but(home={"proof": "", "proof_date": None})
    rulings = (ruled("category", "B", decided_on="2023-07-31"), ruled("category", "A", ruling_id="R2"))
    row = base.found(rulings=rulings)
    assert (*short(row), row.clause) == ("B", (), (), "ruling:R1")


def test_held_children_are_in_no_roster() -> None:
    """Without a zone, or over age or unvaccinated where the policy holds; a ruling lifts the last two (C077, Q-26)."""
    old = {"birth_date": day("2016-08-31"), "papers": ("booklet",)}
    hold = {"q26_over_age": "hold", "q27_vaccination": "hold"}
    base = BASE_A.but(child=old)
    assert (base.found().result, base.found().flags) == ("roster", ("over_age", "vaccination"))
    held = base.found(hold)
    assert (held.result, held.ruling) == ("held", ("Q-26", "Q-27"))
    assert determine_by_steps(base.tables(hold)).roster == ()
    assert base.found(hold, rulings=(ruled("result", "roster"),)).result == "roster"
    nowhere = BASE_A.but(home={"zone": ""})
    assert (nowhere.found().result, nowhere.found().ruling) == ("held", ("C077",))
    assert nowhere.found(rulings=(ruled("zone", "fuli"),)).result == "roster"


def decision(**changes: Any) -> Decision:
    """A sibling decision that stands: the zone was another school's last year."""
    base = Decision("D1", "T1", "sibling", "", "hexi-primary", day("2023-07-20"), day("2023-07-26"), True,
                    ("application",), None, 2, "zone", True)  # fmt: skip
    return base._replace(**changes)


@pytest.mark.parametrize(
    "changes",
    [{}, {"papers": ()}, {"sibling_order": 1}, {"sibling_entry": "choice"}, {"sibling_enrolled": False},
     {"school_id": "xincheng-1"}, {"school_id": "keerqin-primary"}],
)  # fmt: skip
def test_a_sibling_decision_stands_with_all_that_it_needs(changes: dict[str, Any]) -> None:
    """Else it is not applied and needs a ruling (C109, Q-15)."""
    base = BASE_A.but(home={"last_year_school": "hexi-primary"})
    found = determine_by_steps(base.tables(decisions=(decision(**changes),)))
    expected = ("hexi-primary", ()) if not changes else ("", ("Q-15",))
    assert (found.roster[0].sibling_school, found.rows[0].ruling) == expected


def test_a_preferential_decision_needs_its_papers_in_time() -> None:
    """Before registration opens, with the papers of its ground; an immigration officer with five years (C114, C116)."""
    papers = ("booklet", "marriage", "unit_letter", "work_card")
    good = decision(kind="preferential", ground="immigration", school_id="shifuxiao", papers=papers, service_years=5)
    late, short_service = good._replace(received_on=day("2023-07-25")), good._replace(service_years=4)
    refused = good._replace(approved=False)
    found = [determine_by_steps(BASE_A.tables(decisions=(row,))) for row in (good, late, short_service, refused)]
    assert [(one.roster[0].preferential_school, one.rows[0].ruling) for one in found] == [
        ("shifuxiao", ()), ("", ("Q-14",)), ("", ("Q-14",)), ("", ()),
    ]  # fmt: skip


def test_bundles() -> None:
    """Twins stay together in the later category; in two zones, or alone, they are no bundle (C110, Q-16b)."""
    one = family("T1", 1, "A").but(child={"bundle": "b1"})
    two = family("T2", 1, "A").but(child={"bundle": "b1", "hukou_in_date": day("2023-06-01")})
    found = determine_by_steps(together(one, two))
    assert [(row.category, row.ruling, row.clause) for row in found.rows] == [
        ("D", ("Q-16b",), "Q-16b"), ("D", ("Q-16b",), "C023"),
    ]  # fmt: skip
    assert [row.bundle for row in found.roster] == ["b1", "b1"]
    apart = determine_by_steps(together(one, two, rulings=(ruled("zone", "hexi-primary"),)))
    assert [(row.flags, row.ruling) for row in apart.rows] == [(("bundle_dissolved",), ("Q-16b",))] * 2
    alone = determine_by_steps(together(one, two, rulings=(ruled("result", "deferred"),)))
    assert [(row.flags, row.ruling) for row in alone.rows] == [((), ()), (("bundle_dissolved",), ())]


def test_choices_that_do_not_count_are_left_out_and_flagged() -> None:
    """Dual zones, voluntary rounds and open choices as the policy has them (C084, C092, C088)."""
    dual = BASE_A.but(home={"zone": "shifuxiao"})
    assert dual.found().flags == ("dual_default",)
    other = dual.but(child={"registered_school": "xincheng-1", "voluntary_1": ("sizhong-fuli", "shifuxiao")})
    (row,) = determine_by_steps(other.tables()).roster
    assert (row.registered_school, row.voluntary_1) == ("xincheng-1", ("sizhong-fuli",))
    assert other.found().flags == ("choice_dropped",)
    wrong = BASE_A.but(child={"registered_school": "xincheng-1", "open_choice": "fuli"})
    (row,) = determine_by_steps(wrong.tables()).roster
    assert (row.registered_school, row.open_choice, wrong.found().flags) == ("", "", ("choice_dropped",))
    tenant = BASE_E.but(child={"voluntary_1": ("shifuxiao",)})
    assert determine_by_steps(tenant.tables()).roster[0].voluntary_1 == ()


def test_a_private_draw_passes_over_whoever_is_too_many() -> None:
    """Tickets decide; twins bid as one, and single children after them take what is left (C045, Q-31)."""
    bids = {"private_choice": "p1"}
    twins = [family(name, 9, "A").but(child={**bids, "bundle": "b"}) for name in ("T9", "T8")]
    singles = [family(f"T{n}", n, "A").but(child=bids) for n in (1, 2, 3)]
    late = family("T4", 4, "A").but(child={**bids, "registered_at": None})
    drawn = together(*twins, *singles, late, private=(PrivateSchool("p1", 3),))
    for seed in ("a" * 64, "b" * 64, "c" * 64, "d" * 64):
        order = sorted(("T1", "T2", "T3", "T8"), key=lambda name: ticket(seed, "private/p1", name))
        left, won = 3, set[str]()
        for name in order:
            size = 2 if name == "T8" else 1
            if size <= left:
                left, won = left - size, won | ({"T8", "T9"} if size == 2 else {name})
        found = private_draw(drawn, seed)
        assert [row.applicant_id for row in found] == ["T1", "T2", "T3", "T8", "T9"]
        assert {row.applicant_id for row in found if row.result == "won"} == won
        assert {row.draw_id for row in found} == {"private/p1"}
    enough = together(*singles, private=(PrivateSchool("p1", 3),))
    assert {(row.result, row.draw_id) for row in private_draw(enough, "a" * 64)} == {("won", "")}


def test_new_locks() -> None:
    """One lock a home and family, of those seated in a category that rests on a home (C123, C125)."""
    two = [family("T2", 1, "A"), family("T1", 1, "A")]
    others = [family("T3", 3, "C"), family("T4", 4, "A"), family("T5", 5, "A")]
    filed = together(*two, *others)
    outcomes = {"T1": "admitted", "T2": "diverted", "T3": "adjusted", "T4": "external", "T5": "admitted"}
    rows = [Row(name, "fuli", "x", outcome, "") for name, outcome in outcomes.items()]
    categories = dict.fromkeys(outcomes, "A") | {"T5": "U"}
    expected = (Lock("H1", "primary", 2023, "F1", "T1"), Lock("H3", "primary", 2023, "F3", "T3"))
    assert new_locks(filed, rows, categories) == expected
    owned = together(*two, *others, values={"q28_homes": "owned"})
    assert new_locks(owned, rows, categories) == expected[:1]


def test_an_appointed_guardian_counts_instead_of_the_parents() -> None:
    """With the papers of guardianship and sole custody; unclear custody is then of no matter (C039)."""
    father = guardian(custody="unclear")
    aunt = guardian(guardian="g2", relation="guardian", custody="sole")
    base = BASE_A.but(guardians=(father, aunt), owners=[("F1/g2", 10000)])
    papers = {"papers": ("booklet", "guardianship", "vaccination")}
    assert [told(base), told(base.but(child=papers))] == ["U Q-21", "A"]
    assert told(BASE_A.but(guardian={"custody": "unclear"})) == "U missing custody"


def test_a_home_locked_and_exempt_is_told_and_counts() -> None:
    """A ruling for that very home lifts the lock, and the flag stays (C127)."""
    locks = (Lock("H1", "primary", 2022, "F9", "T0"),)
    row = BASE_A.found(locks=locks, rulings=(ruled("lock_exempt", "H1"),))
    assert (row.category, row.flags) == ("A", ("lock",))
    assert told(family("T1", 2, "A"), locks=locks) == "A"


def test_a_title_of_others_is_none_and_no_title_is_missing() -> None:
    """Somebody else's share does not count; a home without any owner on file can still be proven (C031)."""
    assert told(BASE_A.but(owners=[("somebody", 10000)])) == "U Q-21"
    assert told(BASE_A.but(owners=[])) == "U missing owners"
