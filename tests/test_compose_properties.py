"""What holds for every composition of changes: it is valid input of the program, and both engines agree on it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from allocator.domain import District, WhatIf
from allocator.ground import TEXTS, InputError, apportion, share_of
from allocator.planning.whatif import Scenario, compose
from allocator.planning.whatif.composing import resampled_when_composing
from tests.small import shipped, solved
from tests.what_if_cases import faults_of
from tests.what_if_strategies import compositions, small_compositions, small_town
from tests.written_folders import bare, read_again

LAX = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def made(district: District, what_if: WhatIf) -> Scenario | None:
    """Return the composition; None, if it is refused in words."""
    told = faults_of(district, what_if)
    event("refused" if told else "composed")
    assert {fault.code for fault in told} <= TEXTS.keys()
    assert {fault.file for fault in told} <= {"w.yaml"}
    return None if told else compose(district, [what_if])


def demand_sound(before: District, after: Scenario) -> None:
    """Ids of children are unique and in order, places of words too, and those of the base are as they were."""
    names = [child.applicant_id for child in after.district.applicants]
    assert names == sorted(set(names))
    assert set(names) <= after.place.keys()
    for i, child in enumerate(before.applicants):
        assert after.place[child.applicant_id] == i
    assert sorted(after.place.values()) == list(range(len(after.place)))


@settings(max_examples=150, **LAX)  # type: ignore[arg-type]
@given(small_compositions())
def test_every_composition_is_valid_input(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[District, WhatIf]
) -> None:
    """Written to a folder as tables and policy, a composed district is read without a fault, and equal."""
    district, what_if = case
    found = made(district, what_if)
    if found is not None:
        demand_sound(district, found)
        folder: Path = tmp_path_factory.mktemp("composed")
        assert read_again(found.district, folder) == bare(found.district)


@pytest.mark.parametrize("name", ["tongliao-2023-primary", "tongliao-2023-junior", "ranked-choice"])
def test_every_composition_of_a_shipped_district_is_valid_input(name: str, tmp_path: Path) -> None:
    """The same for the shipped districts with their thousands of children."""
    district = shipped(name)

    @settings(max_examples=12, derandomize=True, **LAX)  # type: ignore[arg-type]
    @given(compositions(district, 8))
    def holds(what_if: WhatIf) -> None:
        found = made(district, what_if)
        if found is not None:
            demand_sound(district, found)
            assert read_again(found.district, tmp_path) == bare(found.district)

    holds()


@settings(max_examples=80, **LAX)  # type: ignore[arg-type]
@given(small_compositions())
def test_engines_agree_on_composed_districts(case: tuple[District, WhatIf]) -> None:
    """Procedure, strict model and checker give every composed district the same list."""
    found = made(*case)
    if found is not None:
        assert len(solved(found.district)) == len(found.district.applicants)


@settings(max_examples=60, **LAX)  # type: ignore[arg-type]
@given(small_compositions(), st.integers(1, 1000))
def test_composing_is_repeatable(case: tuple[District, WhatIf], demand: int) -> None:
    """The same changes of the same district are the same again, of a resampled roster too."""
    district, what_if = case
    found = made(district, what_if)
    if found is not None:
        assert found == compose(district, [what_if])
    try:
        other = compose(district, [what_if], demand)
    except InputError:
        return
    assert other == compose(district, [what_if], demand)
    demand_sound(resampled_when_composing(district, demand), other)


def test_most_random_compositions_can_be_made() -> None:
    """The tests above look at districts, not at refusals: of 300 compositions, by far not all are refused."""
    counted: Counter[bool] = Counter()

    @settings(max_examples=300, derandomize=True, **LAX)  # type: ignore[arg-type]
    @given(small_compositions())
    def look(case: tuple[District, WhatIf]) -> None:
        counted[made(*case) is not None] += 1

    look()
    assert counted[True] > 100, counted


@settings(max_examples=300, **LAX)  # type: ignore[arg-type]
@given(st.lists(st.integers(0, 40), max_size=8), st.integers(0, 300))
def test_largest_remainders(parts: list[int], total: int) -> None:
    """Shares add up to the total, differ from the exact quota by less than one, and none is negative."""
    found = apportion(total, parts)
    if not sum(parts):
        assert found == [0] * len(parts)
        return
    assert sum(found) == total
    quotas = [Fraction(total * one, sum(parts)) for one in parts]
    assert all(abs(given - quota) < 1 <= given + 1 for given, quota in zip(found, quotas, strict=True))
    kept = [given - int(quota) for given, quota in zip(found, quotas, strict=True)]
    remainders = [quota - int(quota) for quota in quotas]
    rounded_up = [r for r, up in zip(remainders, kept, strict=True) if up]
    rounded_down = [r for r, up in zip(remainders, kept, strict=True) if not up]
    assert min(rounded_up, default=Fraction(1)) >= max(rounded_down, default=Fraction(0))


def test_ties_of_remainders_go_to_the_earlier_part() -> None:
    """Three equal parts of four: the first gets two."""
    assert apportion(4, [1, 1, 1]) == [2, 1, 1]
    assert apportion(5, [5, 5]) == [3, 2]
    assert apportion(5, []) == []


@settings(max_examples=200, **LAX)  # type: ignore[arg-type]
@given(st.integers(0, 10**6), st.integers(0, 1100))
def test_percentages_are_rounded_half_up(count: int, percent: int) -> None:
    """The nearest whole number; a half goes up."""
    exact = Fraction(count * percent, 100)
    assert share_of(count, percent, 100) == int(exact + Fraction(1, 2))


@pytest.mark.parametrize("seed", range(20))
def test_resampled_rosters(seed: int) -> None:
    """Ids, bundles and sizes stay; every party is a copy of one of the same size; the same number gives the same."""
    base = small_town(seed)
    found = resampled_when_composing(base, 7)
    assert found == resampled_when_composing(base, 7)
    assert [(c.applicant_id, c.bundle, c.name) for c in found.applicants] == [
        (c.applicant_id, c.bundle, c.name) for c in base.applicants
    ]
    size = Counter(child.bundle for child in base.applicants)
    look = lambda child: (
        child._replace(applicant_id="", bundle="", name=""),
        size[child.bundle] if child.bundle else 1,
    )
    assert set(map(look, found.applicants)) <= set(map(look, base.applicants))
    assert (
        len({resampled_when_composing(base, demand).applicants for demand in range(1, 6)}) > 1
        or len(base.applicants) < 3
    )
