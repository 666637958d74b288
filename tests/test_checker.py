"""The checker accepts the known right lists, and names every kind of fault by code, child and school."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from allocator.checking import check_inputs, check_list_by_rules
from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    Policy,
    Row,
    Violation,
)
from allocator.ground import LANGUAGES, text
from allocator.messages import checking, checking_season
from allocator.procedure import run_procedure
from tests.conformance import load, names
from tests.small_districts import Town, all_phases, batches, bids, kid, phase, policy, random_district, replace_id

CHECKING = Path(__file__).resolve().parent.parent / "allocator" / "checking"

Found = set[tuple[str, str, str]]
Cells = tuple[str, str, str, str]

NOBODY: Cells = ("", "", "unplaced", "")
ADJUST = phase(AdjustmentPhase, "adjust", schools=("s1", "s2", "s3"), draw="adjust")
USUAL = policy(all_phases(last=("s1", "s2", "s3")))
BATCHES = policy([batches(), ADJUST])


def seen(violations: Sequence[Violation]) -> Found:
    """Code, child and school of every violation."""
    return {(v.code, v.applicant_id, v.school_id) for v in violations}


def faults(district: District, changes: Mapping[str, Cells] | None = None, rows: Sequence[Row] | None = None) -> Found:
    """What the checker finds in the right list after the rows of some children were changed."""
    assert district.draw is not None
    right = run_procedure(district)
    assert not check_list_by_rules(district, right, district.draw.source)
    changed = [
        Row(r.applicant_id, *changes[r.applicant_id]) if changes and r.applicant_id in changes else r for r in right
    ]
    return seen(check_list_by_rules(district, changed if rows is None else rows, district.draw.source))


def town(rules: Policy, *kids: Applicant, trial: int = 1, **seats: int) -> District:
    """A district of schools s1, s2, s3 with one seat each but for those given."""
    return Town(plan={"s1": 1, "s2": 1, "s3": 1} | seats).district(rules, kids, trial)


def rows_of(district: District) -> dict[str, Row]:
    """Rows of the right list by child."""
    return {row.applicant_id: row for row in run_procedure(district)}


def cells(row: Row) -> Cells:
    """All that a row says of its child, but for the clause."""
    return row.school_id, row.phase, row.outcome, row.draw_id


@pytest.mark.parametrize("name", names())
def test_the_expected_rows_are_accepted(name: str) -> None:
    """The expected rows of every conformance district pass, in any order of rows and children."""
    district, expected = load(name)
    assert district.draw is not None
    assert check_list_by_rules(district, expected, district.draw.source) == ()
    order = Random(1)
    mixed = sorted(expected, key=lambda _: order.random())
    kids = tuple(sorted(district.applicants, key=lambda _: order.random()))
    assert check_list_by_rules(replace(district, applicants=kids), mixed, district.draw.source) == ()


@pytest.mark.parametrize("name", names())
def test_the_digests_of_the_inputs_are_those_of_the_transcript(name: str) -> None:
    """Draw roster and inputs, written out again from memory, have the digests that the transcript carries."""
    district, _ = load(name)
    assert district.draw is not None
    assert district.draw.transcript is not None
    assert check_inputs(district, district.draw.transcript) == ()


def test_every_digest_is_compared() -> None:
    """A child less, another seat number and another policy each show in their digest."""
    district, _ = load("07")
    assert district.draw is not None
    transcript = district.draw.transcript
    assert transcript is not None
    school = replace(district.schools["fuli"], plan=99)
    more = replace(district, schools={**district.schools, "fuli": school})
    fewer = replace(district, applicants=district.applicants[1:])
    assert [v.code for v in check_inputs(more, transcript)] == ["check.inputs_digest"]
    assert [v.code for v in check_inputs(fewer, transcript)] == ["check.roster_digest", "check.inputs_digest"]
    assert [v.code for v in check_inputs(replace(district, policy_sha256="0"), transcript)] == ["check.policy_digest"]


def test_a_missing_an_unknown_and_a_double_child() -> None:
    """Each child stands in the list once: none is missing, none is strange, none comes twice."""
    district = town(BATCHES, kid(1), kid(2, "z2", registered_school="s2"))
    one, two = run_procedure(district)
    assert faults(district, rows=[one]) == {("check.missing_child", "K2", "")}
    assert faults(district, rows=[one, two, Row("K3", *NOBODY)]) == {("check.unknown_child", "K3", "")}
    assert faults(district, rows=[one, two, one]) == {("check.duplicate_child", "K1", "")}
    assert faults(district, rows=[]) == {("check.missing_child", "K1", ""), ("check.missing_child", "K2", "")}


ROW_FAULTS: dict[str, Cells] = {
    "check.unknown_outcome": ("s1", "batch-A", "won", ""),
    "check.cells_not_empty": ("s1", "", "unplaced", ""),
    "check.school_missing": ("", "batch-A", "admitted", ""),
    "check.unknown_school": ("s9", "batch-A", "admitted", ""),
    "check.outcome_and_phase": ("s1", "batch-Z", "admitted", ""),
    "check.school_is_external": ("x", "batch-A", "admitted", ""),
    "check.school_not_external": ("s1", "", "external", ""),
    "check.not_home": ("s3", "batch-A", "admitted", ""),
    "check.wrong_category": ("s1", "batch-B", "admitted", ""),
    "check.not_on_list": ("s1", "batch-A", "diverted", "divert-A"),
    "check.not_decided": ("s1", "preferential", "admitted", ""),
    "check.not_chosen": ("s3", "open", "admitted", ""),
}


@pytest.mark.parametrize("code", ROW_FAULTS)
def test_a_row_that_cannot_be_true(code: str) -> None:
    """A row that makes no sense, or gives what the phase cannot give this child, is the only fault reported."""
    district = town(USUAL, kid(1), kid(2), s1=2)
    school = ROW_FAULTS[code][0]
    assert faults(district, {"K1": ROW_FAULTS[code]}) == {(code, "K1", school)}


def test_only_verified_children_take_part_in_batches() -> None:
    """A late child in a batch is refused, though there is room."""
    district = town(BATCHES, kid(1, status="late"))
    assert faults(district, {"K1": ("s1", "batch-A", "admitted", "")}) == {("check.not_verified", "K1", "s1")}


def test_a_zone_that_is_no_tier_may_not_bid() -> None:
    """A seat of a voluntary round for a child whose zone is no tier of it is refused."""
    rules = policy([bids(tiers=(("z2",),), seats="left"), batches(), ADJUST])
    district = town(rules, kid(1))
    assert faults(district, {"K1": ("s2", "bids", "admitted", "")}) == {("check.no_tier", "K1", "s2")}


def test_bundles_stay_together() -> None:
    """Another school for one of two twins is a separation, another phase a disagreement, each reported once."""
    twins = [replace_id(kid(1), f"K1-{n}", "b") for n in (1, 2)]
    district = town(BATCHES, *twins, s1=2)
    apart, phases = (
        faults(district, {"K1-2": ("s2", "batch-A", "diverted", "divert-A")}),
        ("s1", "adjust", "adjusted", "adjust"),
    )
    assert apart == {("check.bundle_separated", "K1-2", "s2")}
    assert faults(district, {"K1-2": phases}) == {("check.bundle_cells", "K1-2", "s1")}
    assert faults(district, {"K1-2": ("s1", "batch-A", "admitted", "x")}) == {("check.draw_not_held", "K1-2", "s1")}


def test_children_of_external_schools_leave() -> None:
    """A child whose home school is external may not be placed here, whatever its status."""
    district = town(USUAL, kid(1, "zx", "U", status="late"))
    assert rows_of(district)["K1"].outcome == "external"
    assert faults(district, {"K1": ("s1", "adjust", "adjusted", "adjust")}) == {("check.external_home", "K1", "x")}
    assert faults(district, {"K1": NOBODY}) == {("check.external_home", "K1", "x")}


def test_decisions_are_kept_or_await_a_ruling() -> None:
    """A decision is kept where its school has room for all it names; otherwise none of them is seated."""
    fits = town(USUAL, kid(1, preferential_school="s2"))
    assert faults(fits, {"K1": ("s1", "batch-A", "admitted", "")}) == {("check.decision_not_kept", "K1", "s2")}
    crowded = town(USUAL, kid(1, sibling_school="s2"), kid(2, sibling_school="s2"))
    assert {row.outcome for row in rows_of(crowded).values()} == {"needs_ruling"}
    assert faults(crowded, {"K2": ("s2", "sibling", "admitted", "")}) == {("check.decision_over_seats", "K2", "s2")}


def test_rulings_have_a_reason() -> None:
    """A child without a home school awaits a ruling; one that merely lost does not."""
    homeless = town(USUAL, kid(1, "z3", "E"))
    assert faults(homeless, {"K1": NOBODY}) == {("check.no_home_school", "K1", "")}
    lost = town(policy([batches(()), ADJUST]), kid(1), s1=0, s2=0, s3=0)
    assert faults(lost, {"K1": ("", "", "needs_ruling", "")}) == {("check.ruling_unfounded", "K1", "")}


def one_seat_for_two(**switches: str) -> tuple[District, str, str]:
    """Two children of one home school with one seat and nowhere else to go; the winner and the loser."""
    district = town(policy([batches(())], **switches), kid(1), kid(2))
    found = rows_of(district)
    winner = next(i for i, row in found.items() if row.school_id)
    return district, winner, "K1" if winner == "K2" else "K2"


def test_the_order_of_tickets_is_kept() -> None:
    """Where the loser sits in the winner's place, the winner envies with reason, and nobody else is named."""
    district, winner, loser = one_seat_for_two()
    seat = cells(rows_of(district)[winner])
    assert faults(district, {winner: NOBODY, loser: seat}) == {("check.justified_envy", winner, "s1")}
    assert faults(district, {winner: NOBODY}) == {("check.wasted_seat", winner, "s1")}
    assert faults(district, {loser: seat}) == {("check.no_seat", loser, "s1"), ("check.hard_cap", "", "s1")}


def test_the_category_comes_before_the_ticket_in_an_open_choice() -> None:
    """A later category in the only seat of an open choice is reported whatever the tickets are."""
    rules = policy(all_phases(("s1",), last=("s1",)))
    district = town(rules, kid(1, "z1", "E", open_choice="s3"), kid(2, "z1", "A", open_choice="s3"), s1=0, s2=0)
    assert rows_of(district)["K2"].school_id == "s3"
    swapped = {"K1": ("s3", "open", "admitted", ""), "K2": NOBODY}
    assert faults(district, swapped) == {("check.justified_envy", "K2", "s3")}


def test_the_first_school_with_room_is_given() -> None:
    """A diversion and an adjustment go to the first school with room, in the family's order, then the list's."""
    rules = policy([batches(("s2", "s3")), ADJUST])
    diverted = town(rules, kid(1, preferred_diversion=("s3",)), s1=0)
    other = {"K1": ("s2", "batch-A", "diverted", "divert-A")}
    assert faults(diverted, other) == {("check.not_first_with_room", "K1", "s2")}
    late = town(rules, kid(1, status="late"))
    assert faults(late, {"K1": ("s3", "adjust", "adjusted", "adjust")}) == {("check.not_first_with_room", "K1", "s3")}


def test_seats_of_a_diversion_are_not_exceeded() -> None:
    """Two children diverted to one seat: the later one has none there, and is owed the next school."""
    district = town(policy([batches(("s2", "s3"))]), kid(1), kid(2), s1=0)
    second = next(i for i, row in rows_of(district).items() if row.school_id == "s3")
    both = {second: ("s2", "batch-A", "diverted", "divert-A")}
    assert faults(district, both) == {("check.no_seat", second, "s2"), ("check.hard_cap", "", "s2")}


def crossed() -> District:
    """Two children who each want the school where the other has a sibling: two stable matchings."""
    rules = policy([bids(seats="left", order=("sibling", "ticket"))])
    first = kid(1, voluntary_1=("s1", "s2"), sibling_school="s2")
    second = kid(2, voluntary_1=("s2", "s1"), sibling_school="s1")
    return town(rules, first, second)


def test_stable_is_not_enough() -> None:
    """The stable matching that is best for the schools is refused: both families would do better."""
    swapped = {"K1": ("s2", "bids", "admitted", ""), "K2": ("s1", "bids", "admitted", "")}
    worse = {("check.not_student_optimal", "K1", "s1"), ("check.not_student_optimal", "K2", "s2")}
    assert faults(crossed(), swapped) == worse


def test_an_unstable_voluntary_round() -> None:
    """A blocking pair, an empty seat and one child too many in a deferred-acceptance phase are each reported."""
    rules = policy([bids(seats="left", tiers=(("z1",), ("z3",)))])
    district = town(rules, kid(1, voluntary_1=("s2",)), kid(2, "z3", voluntary_1=("s2",)))
    seat = ("s2", "bids", "admitted", "")
    assert faults(district, {"K1": NOBODY, "K2": seat}) == {("check.justified_envy", "K1", "s2")}
    assert faults(district, {"K1": NOBODY}) == {("check.wasted_seat", "K1", "s2")}
    assert faults(district, {"K2": seat}) == {("check.no_seat", "K2", "s2"), ("check.hard_cap", "", "s2")}


def test_draws_are_named_where_they_were_held() -> None:
    """A draw left out, one that was never held, and another draw's id are told apart."""
    district, winner, _ = one_seat_for_two()
    assert faults(district, {winner: ("s1", "batch-A", "admitted", "")}) == {("check.draw_missing", winner, "s1")}
    wrong = {winner: ("s1", "batch-A", "admitted", "batch-A/s2")}
    assert faults(district, wrong) == {("check.draw_wrong", winner, "s1")}
    alone = town(BATCHES, kid(1))
    named = {"K1": ("s1", "batch-A", "admitted", "batch-A/s1")}
    assert faults(alone, named) == {("check.draw_not_held", "K1", "s1")}


CLAUSES: list[tuple[str, District]] = [
    ("export:external", town(USUAL, kid(1, "zx"))),
    ("preferential:admitted", town(USUAL, kid(1, preferential_school="s2"))),
    ("preferential:needs_ruling", town(USUAL, kid(1, preferential_school="s2"), s2=0)),
    ("referral:needs_ruling", town(USUAL, kid(1, "z3", "E"))),
    ("open:admitted", town(USUAL, kid(1, open_choice="s3"))),
    ("open:drawn", town(USUAL, kid(1, open_choice="s3"), kid(2, open_choice="s3"))),
    ("bids:admitted", town(policy([bids(seats="left")]), kid(1, voluntary_1=("s2",)))),
    ("batch:admitted", town(USUAL, kid(1))),
    ("batch:whole_batch", town(USUAL, kid(1), s1=0)),
    ("adjust:adjusted", town(USUAL, kid(1, status="late"))),
    ("end", town(USUAL, kid(1), s1=0, s2=0, s3=0)),
]


@pytest.mark.parametrize(("clause", "district"), CLAUSES, ids=[clause for clause, _ in CLAUSES])
def test_the_clause_is_the_one_that_decided(clause: str, district: District) -> None:
    """The clause of the deciding phase and result is accepted, an empty one too, and any other is refused."""
    assert district.draw is not None
    right = run_procedure(district)
    cited = [row._replace(clause=clause) if row.applicant_id == "K1" else row for row in right]
    assert check_list_by_rules(district, cited, district.draw.source) == ()
    wrong = [row._replace(clause="C000") if row.applicant_id == "K1" else row for row in right]
    (violation,) = check_list_by_rules(district, wrong, district.draw.source)
    assert (violation.code, violation.applicant_id, violation.clause) == ("check.clause_wrong", "K1", clause)


def test_winners_and_losers_of_a_draw_cite_it() -> None:
    """In a batch with too few seats the winner cites the draw and the diverted loser that it was not drawn."""
    district = town(policy([batches(("s2",))]), kid(1), kid(2))
    clause_of = {"admitted": "batch:drawn", "diverted": "batch:not_drawn"}
    cited = [row._replace(clause=clause_of[row.outcome]) for row in run_procedure(district)]
    assert check_list_by_rules(district, cited, b"trial|1") == ()


def test_a_second_batch_phase_is_walked_as_the_first() -> None:
    """Batches may stand in more than one phase, each with its own lists and draws."""
    for seed in range(150):
        district = random_district(seed, 10, protect_local_demand="none")
        phases = [p for p in district.policy.phases if not isinstance(p, BatchPhase)]
        early = batches(("s1", "s3"), categories=("U", "A"))
        late = replace(batches(("s2",), draw="late", divert_draw="far"), phase_id="late", categories=("E", "B"))
        rules = replace(district.policy, phases=(*phases[:-1], early, late, phases[-1]))
        both = replace(district, policy=rules)
        assert district.draw is not None
        assert check_list_by_rules(both, run_procedure(both), district.draw.source) == ()


def test_every_code_has_a_text() -> None:
    """Each code in the checker's source has its texts, and no text is left without a code."""
    source = "".join(path.read_text(encoding="utf-8") for path in CHECKING.rglob("*.py"))
    texts = {code for table in (checking, checking_season) for code in table.TEXTS}
    assert set(re.findall(r'"(check\.[a-z_.]+)"', source)) | {"check.unproven"} == texts


def test_texts_can_be_filled_from_the_violation() -> None:
    """The fields of a text are all among the words of its violation, in both languages."""
    for seed in range(40):
        district = random_district(seed, 8)
        assert district.draw is not None
        strange = [row._replace(school_id="s1", outcome="admitted") for row in run_procedure(district)]
        for violation in check_list_by_rules(district, strange, district.draw.source):
            assert all(text(violation.code, language, **dict(violation.params)) for language in LANGUAGES)


def test_every_violation_cites_a_clause() -> None:
    """Whatever is wrong, the violation names a clause of the policy."""
    for seed in range(40):
        district = random_district(seed, 8)
        assert district.draw is not None
        shuffled = [
            row._replace(school_id="s2", phase="batch-A", outcome="diverted") for row in run_procedure(district)
        ]
        found = check_list_by_rules(district, shuffled, district.draw.source)
        assert found
        assert all(violation.clause for violation in found)


def test_the_kinds_of_phases_are_those_of_the_domain() -> None:
    """The small policy of these tests holds a decision, a round of bids and an adjustment, so nothing is left out."""
    kinds = {type(p) for p in all_phases(rounds=[bids()])}
    assert {DecisionPhase, DeferredAcceptancePhase, AdjustmentPhase, BatchPhase} <= kinds
    assert len(kinds) == 7
