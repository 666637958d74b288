"""Random districts: procedure = strict model, the checker accepts both, and the invariants hold."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings

from allocator.checking import check_list_by_rules
from allocator.domain import District, Row
from allocator.models.law.strict import run_strict
from allocator.procedure import run_procedure
from tests.small import by_child
from tests.strategies import districts, random_district, random_switches

FAST, THOROUGH, CHUNK = 300, 10_000, 50


def agree(district: District) -> tuple[Row, ...]:
    """Rows of both engines, equal, accepted by the checker."""
    assert district.draw is not None
    rows = run_procedure(district)
    assert run_strict(district) == rows
    assert check_list_by_rules(district, rows, district.draw.source) == ()
    return rows


def sampled(number: int) -> District:
    """The random district of a number; sizes and switches vary with it."""
    rng = random.Random(number)
    return random_district(rng, rng.choice((3, 8, 20, 60)), random_switches(rng))


@pytest.mark.parametrize("first", range(0, FAST, CHUNK))
def test_engines_and_checker_agree(first: int) -> None:
    """Procedure and strict model give the same list and the checker accepts it, on 300 random districts."""
    for number in range(first, first + CHUNK):
        invariants(district := sampled(number), agree(district))


@pytest.mark.long
@pytest.mark.parametrize("first", range(FAST, THOROUGH, CHUNK))
def test_engines_and_checker_agree_on_many(first: int) -> None:
    """The same on ten thousand random districts."""
    for number in range(first, first + CHUNK):
        invariants(district := sampled(number), agree(district))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(districts())
def test_engines_and_checker_agree_on_shrinkable_districts(district: District) -> None:
    """The same under Hypothesis, which shrinks a failure to its smallest district."""
    invariants(district, agree(district))


def invariants(district: District, rows: tuple[Row, ...]) -> None:
    """Check invariants 1 to 6 of the clause table on a finished list."""
    for invariant in (
        one_outcome_each,
        within_caps,
        categories_in_order,
        draws_only_where_needed,
        winners_are_a_prefix,
        bundles_stay_together,
    ):
        invariant(district, rows)


def one_outcome_each(district: District, rows: tuple[Row, ...]) -> None:
    """Invariant 1: every child has exactly one row, with a seat or a recorded reason."""
    assert [row.applicant_id for row in rows] == [child.applicant_id for child in district.applicants]
    assert all(
        (row.school_id != "") == (row.outcome in {"admitted", "diverted", "adjusted", "external"}) for row in rows
    )


def within_caps(district: District, rows: tuple[Row, ...]) -> None:
    """Invariant 2: never over the hard cap; over the plan only by a bundle at the cut."""
    seated = Counter(row.school_id for row in rows if row.outcome in {"admitted", "diverted", "adjusted"})
    bundled = {child.applicant_id for child in district.applicants if child.bundle}
    for school, children in seated.items():
        place = district.schools[school]
        assert children <= place.most
        if children > place.plan:
            assert any(row.school_id == school and row.applicant_id in bundled for row in rows)


def categories_in_order(district: District, rows: tuple[Row, ...]) -> None:
    """Invariant 3: without bundles nobody is refused at its home school in favour of a later category's local."""
    if any(child.bundle for child in district.applicants):
        return
    order = [c.category_id for c in district.policy.categories]
    children = {child.applicant_id: child for child in district.applicants}
    first_refused: dict[str, int] = {}
    for row in rows:
        child = children[row.applicant_id]
        if child.status == "verified" and row.outcome == "diverted":
            home = _home(district, row.applicant_id)
            first_refused[home] = min(first_refused.get(home, 99), order.index(child.category))
    for row in rows:
        if row.outcome == "admitted" and row.phase.startswith("batch-") and row.school_id in first_refused:
            assert order.index(row.phase.removeprefix("batch-")) <= first_refused[row.school_id]


def _home(district: District, child_id: str) -> str:
    child = next(c for c in district.applicants if c.applicant_id == child_id)
    zone = district.zones[child.zone]
    if child.category == "E":
        overflow = district.policy.switches.e_route == "overflow" and zone.e_school_id
        return zone.school_id if overflow else zone.e_school_id
    return child.registered_school or zone.school_id


def draws_only_where_needed(district: District, rows: tuple[Row, ...]) -> None:
    """Invariant 4: a school's batch carries a draw id on all of its rows or on none; and then somebody was refused."""
    drawn = defaultdict(set)
    for row in rows:
        if row.outcome == "admitted" and row.phase.startswith("batch-"):
            drawn[row.phase, row.school_id].add(row.draw_id)
    for (phase, school), ids in drawn.items():
        assert len(ids) == 1
        refused = [
            r
            for r in rows
            if r.phase == phase and r.outcome == "diverted" and _home(district, r.applicant_id) == school
        ]
        waiting = [
            r
            for r in rows
            if r.outcome in {"adjusted", "unplaced"}
            and _batch(district, r.applicant_id) == phase
            and _home(district, r.applicant_id) == school
        ]
        assert (ids != {""}) == bool(refused or waiting)


def _batch(district: District, child_id: str) -> str:
    child = next(c for c in district.applicants if c.applicant_id == child_id)
    return f"batch-{child.category}" if child.status == "verified" else ""


def winners_are_a_prefix(district: District, rows: tuple[Row, ...]) -> None:
    """Invariant 5: without bundles the winners of a home draw are exactly a prefix of the ticket order."""
    if any(child.bundle for child in district.applicants) or district.policy.switches.ticket_scope != "per_draw":
        return
    assert district.draw is not None
    won = by_child(rows)
    for draw_id in {row.draw_id for row in rows if row.draw_id.startswith("batch-")}:
        phase, school = draw_id.split("/")
        seen = [
            c.applicant_id
            for c in district.applicants
            if f"batch-{c.category}" == phase
            and c.status == "verified"
            and _home(district, c.applicant_id) == school
            and won[c.applicant_id].phase in {phase, "adjustment", ""}
            and won[c.applicant_id].outcome != "needs_ruling"
        ]
        ticket = {name: sha256(f"{district.draw.seedhex}|{draw_id}|{name}".encode()).hexdigest() for name in seen}
        inside = [won[name].draw_id == draw_id for name in sorted(seen, key=ticket.__getitem__)]
        assert inside == sorted(inside, reverse=True)


def bundles_stay_together(district: District, rows: tuple[Row, ...]) -> None:
    """Invariant 6: the children of a bundle have the same outcome."""
    by_bundle = defaultdict(set)
    for child, row in zip(district.applicants, rows, strict=True):
        if child.bundle:
            by_bundle[child.bundle].add(row[1:])
    assert all(len(found) == 1 for found in by_bundle.values())
