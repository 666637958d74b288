"""The balance of each school: rows add up from the children who live there to those seated, and so do the totals."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from allocator.domain import EXTERNAL, District, Row
from allocator.eligibility import Homes
from allocator.ground import Language
from allocator.procedure import run_procedure
from allocator.record import COLUMNS, Balance, Retelling, summed_balance
from allocator.reporting import summarise_run
from tests import conformance
from tests.conformance import ROOT
from tests.list_districts import everything, shown, town
from tests.small_districts import kid, random_district

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def assert_adds_up(district: District, rows: tuple[Row, ...] | list[Row]) -> tuple[Balance, ...]:
    """Hold a balance against counts of its own, child by child, and its columns against each other."""
    found = Retelling(district, rows).balances
    own = [name for name, school in district.schools.items() if not school.external]
    assert [row.school_id for row in found] == [*own, ""]
    seated = Counter(row.school_id for row in rows if row.outcome != EXTERNAL)
    living = Counter(district.zones[child.zone].school_id for child in district.applicants)
    homes = Homes(district)
    wanted = Counter(homes.of(child) for child in district.applicants if child.status == "verified")
    for row in found[:-1]:
        assert (row.seated, row.living, row.home_demand) == tuple(c[row.school_id] for c in (seated, living, wanted))
        assert row.left == district.schools[row.school_id].plan - seated[row.school_id]
        assert min(row.living, row.home_demand, row.demand, row.seated, row.here, -row.away, -row.late) >= 0
    for row in (*found, summed_balance(found)):
        numbers = row.numbers()
        assert tuple(numbers) == COLUMNS
        at_home = numbers["living"] + numbers["late"] + numbers["registered"]
        asked = at_home + numbers["decisions"] + numbers["open_choice"] + numbers["voluntary"]
        assert (numbers["home_demand"], numbers["demand"]) == (at_home, asked)
        assert numbers["seated"] == asked + numbers["away"] + numbers["here"]
        assert numbers["left"] == numbers["plan"] - numbers["seated"]
    total = summed_balance(found)
    assert (total.living, total.registered) == (len(district.applicants), 0)
    assert (total.decisions, total.open_choice, total.voluntary) == (0, 0, 0)
    assert (found[-1].seated, found[-1].plan) == (0, 0)
    assert total.seated == sum(1 for row in rows if row.school_id and row.outcome != EXTERNAL)
    return found


@given(st.integers(0, 10**6))
def test_every_row_and_the_totals_add_up(seed: int) -> None:
    """Of any small district, with every kind of phase, status and switch."""
    district = random_district(seed, 12)
    assert_adds_up(district, run_procedure(district))


def test_conformance_districts_add_up() -> None:
    """Of districts with external schools, decisions, late children, bundles and ranked lists."""
    for name in ("04", "07", "28"):
        assert_adds_up(*conformance.load(name))


def test_numbers_of_one_school_are_related() -> None:
    """Numbers of one school on several pages: 599 live there, 590 verified, 560 at home, 383 ask, 264 sit."""
    import allocator

    district = allocator.read_district(ROOT / "scenarios" / "tongliao-2023-primary", trial_seed=1)
    found = {row.school_id: row for row in assert_adds_up(district, run_procedure(district))}
    one = found["xincheng-1"]
    assert (one.living, one.living + one.late, one.home_demand, one.demand, one.seated) == (599, 590, 560, 383, 264)
    assert (one.decisions, one.open_choice, one.voluntary, one.away, one.left) == (-3, -24, -150, -119, 0)


def test_order_of_rows_changes_nothing() -> None:
    """Rows in another order make the same balance."""
    district, rows = conformance.load("28")
    assert Retelling(district, random.Random(1).sample(rows, len(rows))).balances == Retelling(district, rows).balances


def test_left_is_what_is_left_after_the_list() -> None:
    """On the terminal no school that is full has seats left, and one above its plan stands below 0, not at 0."""
    district = everything()
    rows = run_procedure(district)
    summary = summarise_run(Retelling(district, rows))
    line = next(line for line in shown(district, summary, "en").splitlines() if "第一小学" in line)
    assert line.split()[-3:] == ["3", "2", "−1"]


def test_terminal_fits_eighty_columns() -> None:
    """Names of schools are folded, never cut, and no line is wider than the terminal, in either language."""
    district = town([kid(1), kid(2)])
    long = {name: replace(school, name=f"{name}" + "很长的学校名称" * 6) for name, school in district.schools.items()}
    district = replace(district, schools=long)
    summary = summarise_run(Retelling(district, run_procedure(district)))
    for language in LANGUAGES:
        lines = shown(district, summary, language)
        assert "…" not in lines
        assert max(map(cell_len, lines.splitlines())) <= 80
