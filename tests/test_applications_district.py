"""scenarios/tongliao-2023-applications: every case of the office's page is there, and comes out as the page says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from allocator.checking.determination import determine_answers, private_draw_answers
from allocator.domain import CONDITIONS, Determination, OfficeTables
from allocator.reading.office import read_office
from tests.applications_district.__main__ import FOLDER, SUMMER
from tests.applications_district.district import COLUMNS, tables
from tests.applications_district.few import few_files
from tests.applications_district.files import files

MOST = 1_000_000


@cache
def read() -> OfficeTables:
    """The shipped tables, by the product's own reader."""
    return read_office(FOLDER)


@cache
def found() -> Determination:
    """What is determined of them."""
    return determine_answers(read())


def outcome(child: str, determined: Determination) -> dict[str, str]:
    """What is determined of a child, as ``determination.csv`` has it."""
    row = next(row for row in determined.rows if row.applicant_id == child)
    return {key: ";".join(value) if isinstance(value, tuple) else value for key, value in row._asdict().items()}


def test_the_shipped_tables_are_those_of_the_builder() -> None:
    """Byte for byte, and small enough to be kept."""
    made = files()
    assert {name: (FOLDER / name).read_bytes() for name in made} == made
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST


def test_every_case_comes_out_as_the_page_says() -> None:
    """Result, category, status, zone, what is missing, waits for a ruling, flags: as far as the case is about it."""
    wrong = []
    for row in tables()["cases"]:
        told = outcome(row["applicant_id"], found())
        expected = {key: "" if row[key] == "-" else row[key] for key in COLUMNS["cases"][4:] if row[key]}
        if differing := {key: (told[key], value) for key, value in expected.items() if told[key] != value}:
            wrong.append((row["case"], row["base"], row["changes"], differing))
    assert wrong == []


def test_the_tables_of_the_summer_are_those_of_the_builder() -> None:
    """Sixty families, something of every kind."""
    made = few_files()
    assert {name: (SUMMER / name).read_bytes() for name in made} == made


def test_there_are_600_families() -> None:
    """Every family with its children and guardians, in every zone."""
    assert len({child.family for child in read().applications}) == 600
    assert {row.zone for row in found().rows} - {""} == read().zones.keys()
    assert read().warnings == ()


CLAUSES = {"C016", "C019", "C020", "C021", "C022", "C023", "C024", "C041", "C042", "C008", "C010", "C121",
           "Q-28", "Q-16b"}  # fmt: skip
MISSING = {
    "booklet", "relation", "custody", "home_proof", "proof_date", "invoices", "owners", "lease", "lease_months",
    "landlord", "community", "consent", "no_home", "residence_start", "work", "work_start", "form5", "check:hukou",
    "check:residence", "check:home", "check:work",
}  # fmt: skip
RULING = {"C032", "C040", "C077", "C118", "C121", "C127", "Q-14", "Q-15", "Q-16b", "Q-21", "Q-22", "Q-24", "Q-28"}
FLAGS = {"over_age", "vaccination", "deferral_pending", "not_registered", "lock", "same_home", "declared", "special",
         "dual_default", "choice_dropped", "bundle_dissolved"}  # fmt: skip


def test_everything_the_page_knows_occurs() -> None:
    """Gates, status, categories, clauses, tracks, codes and flags, each at least once."""
    rows = found().rows
    seen = {column: Counter(getattr(row, column) for row in rows) for column in ("result", "status", "category")}
    assert seen["result"].keys() == {"roster", "held", "not_of_age", "deferred", "special_route", "out_of_scope"}
    assert seen["status"].keys() == {"verified", "late", "blacklisted", ""}
    assert seen["category"].keys() == {"A", "B", "C", "D", "E", "R1", "R2", "R3", "U", ""}
    assert {row.clause for row in rows} >= CLAUSES
    for column, wanted in (("missing", MISSING), ("ruling", RULING), ("flags", FLAGS)):
        assert {code for row in rows for code in getattr(row, column)} == wanted


NEVER_FAILS = {"booklet", "relation", "form5"}
"""A paper that is lacking leaves these open."""
NEVER_OPEN = {
    "guardian_hukou", "same_book", "hukou_in_zone", "head", "three_generations", "non_agricultural", "collective",
    "home_urban", "home_rural", "delivered", "unlocked", "lives_owned", "lives_grandparents",
}  # fmt: skip
"""What one sees or does not see."""


def test_every_condition_is_held_failed_and_open() -> None:
    """As far as section 3.2 lets it; ``hukou_in_zone`` fails under the other reading of Q-17 alone."""
    under_zone = under(q17_hukou="zone").rows
    for column, never in (("held", set()), ("failed", NEVER_FAILS), ("open", NEVER_OPEN)):
        seen = {name for row in (*found().rows, *under_zone) for name in getattr(row, column)}
        assert seen == set(CONDITIONS) - never, column


def under(**values: str) -> Determination:
    """What is determined under other values of section 1."""
    policy = replace(read().policy, office=replace(read().office, **values))  # type: ignore[arg-type]
    return determine_answers(replace(read(), policy=policy))


@pytest.mark.parametrize(
    ("values", "name", "expected"),
    [({"q19_share": "single"}, "W3", ["U", "U", "U"]), ({"q20_public_rental": "rental"}, "W6", ["C"]),
     ({"q22_half_year": "strict"}, "W8", ["E", "U", "U"]), ({"q22_half_year": "inclusive"}, "W8", ["E", "E", "U"]),
     ({"q28_counting": "year0"}, "W12", ["U", "A", "A", "U", "U"])],
)  # fmt: skip
def test_the_worked_examples_under_other_readings(values: dict[str, str], name: str, expected: list[str]) -> None:
    """W3, W6 and W8 as the page says; a year more for locks."""
    determined = under(**values)
    rows = [row for row in tables()["cases"] if row["case"] == name]
    assert Counter(outcome(row["applicant_id"], determined)["category"] for row in rows) == Counter(expected)


@pytest.mark.parametrize(("key", "code"), [("q26_over_age", "Q-26"), ("q27_vaccination", "Q-27")])
def test_over_age_and_vaccination_can_hold_a_child(key: str, code: str) -> None:
    """Under ``hold`` the child waits for a ruling, and is in no roster."""
    determined = under(**{key: "hold"})
    held = [row for row in determined.rows if row.result == "held" and code in row.ruling]
    assert len(held) == 1
    assert held[0].applicant_id not in {child.applicant_id for child in determined.roster}


def test_winners_of_the_private_draw_leave() -> None:
    """More bid at the first private school than it has seats, twins together; the second takes all."""
    results = private_draw_answers(read(), "ab" * 32)
    assert Counter(row.result for row in results if row.school_id == "private-1").keys() == {"won", "lost"}
    assert {row.result for row in results if row.school_id == "private-2"} == {"won"}
    determined = determine_answers(replace(read(), private_results=results))
    won = {row.applicant_id for row in results if row.result == "won"}
    assert {row.applicant_id for row in determined.rows if row.result == "private"} == won
    assert not won & {child.applicant_id for child in determined.roster}


def test_every_kind_of_row_occurs() -> None:
    """Special needs by level and route, every ground of a decision, every subject of a ruling, every tenure."""
    made = read()
    assert {(row.level, row.route) for row in made.special} == {
        ("mild", "ordinary"), ("mild", ""), ("moderate", "special_school"), ("severe", "home_teaching"), ("severe", ""),
    }  # fmt: skip
    assert {row.ground for row in made.decisions} == {
        "military", "martyr_disabled", "fire", "immigration", "talent", "resolution", "",
    }  # fmt: skip
    assert {(row.field, row.value) for row in made.rulings if row.field in ("result", "status")} == {
        *(("result", value) for value in ("roster", "out_of_scope", "deferred", "special_route")),
        *(("status", value) for value in ("verified", "late", "blacklisted")),
    }  # fmt: skip
    assert {row.value for row in made.rulings if row.field == "category"} == {
        "A", "B", "C", "D", "E", "R1", "R2", "R3", "U",
    }  # fmt: skip
    assert {(row.stage, row.intake_year) for row in made.locks} >= {
        ("primary", 2019), ("primary", 2020), ("primary", 2022), ("junior", 2020), ("junior", 2021),
    }  # fmt: skip
    assert {row.field for row in made.rulings} == {"result", "category", "zone", "status", "lock_exempt"}
    assert {row.ground for row in made.blacklist} == {"false_papers", "hidden_home", "forged_papers"}
    assert {row.tenure for row in made.applications} == {
        "owned", "grandparents", "rented", "borrowed", "public_rental", "",
    }  # fmt: skip
    assert {row.proof for row in made.homes} == {
        "title", "filed_contract", "demolition", "resettlement", "public_rental", "legacy", "",
    }  # fmt: skip


def test_the_roster_is_run_as_it_is() -> None:
    """Some schools are short and some are not, so that a run shows draws and diversions."""
    demand = Counter(child.zone for child in found().roster)
    plans = {name: school.plan for name, school in read().schools.items()}
    seats = {name: plan for name, plan in plans.items() if plan and name in demand}
    assert {demand[name] > plan for name, plan in seats.items()} == {True, False}
