"""The random families of the tests: the same for the same number, without input faults, and with everything in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest

from allocator.checking.determination import determine_answers
from allocator.domain import CONDITIONS, RESULTS, OfficeTables
from allocator.reading.office import read_office
from tests.office_folders import KINDS, write
from tests.random_families import random_tables

PLAIN = random_tables(0, 40)
TABLES = [name.replace("private-result", "private_results") for name in KINDS if name != "private"]

CODES = frozenset({
    "booklet", "relation", "custody", "lease", "lease_months", "landlord", "community", "consent", "form5",
    "home_proof", "proof_date", "invoices", "owners", "residence_start", "work_start", "work", "no_home",
    "check:hukou", "check:home", "check:residence", "check:work",
})  # fmt: skip
GROUNDS = frozenset({
    "Q-14", "Q-15", "Q-16b", "Q-21", "Q-22", "Q-24", "Q-26", "Q-27", "Q-28", "C032", "C040", "C077", "C118", "C121",
    "C127",
})  # fmt: skip
FLAGS = frozenset({
    "over_age", "vaccination", "deferral_pending", "not_registered", "lock", "same_home", "declared", "special",
    "dual_default", "choice_dropped", "bundle_dissolved",
})  # fmt: skip


def test_one_number_gives_one_set_of_tables() -> None:
    """The same number gives the same tables, another number others."""
    assert random_tables(0, 40) == PLAIN
    assert random_tables(1, 40).applications != PLAIN.applications


def test_another_family_moves_no_other() -> None:
    """Tables of fewer families are part of those of more; only the owners of a home can be more."""
    fewer = random_tables(0, 30)
    for name in TABLES:
        if name != "private_results":
            assert set(getattr(fewer, name)) <= set(getattr(PLAIN, name)), name


@pytest.mark.parametrize("seed", range(6))
def test_random_tables_are_no_input_faults(seed: int, tmp_path: Path) -> None:
    """The reader takes them as they are written, and reads what was drawn."""
    drawn = random_tables(seed, 60)
    read = read_office(write(drawn, tmp_path / "office"))
    assert (read.office, read.zones) == (drawn.office, drawn.zones)
    for name in TABLES:
        assert sorted(map(str, getattr(read, name) or ())) == sorted(map(str, getattr(drawn, name) or ())), name


def missing_from(tables: list[OfficeTables]) -> set[str]:
    """Return the outcomes that no child of these tables has."""
    seen: Counter[str] = Counter()
    for each in tables:
        for row in determine_answers(each).rows:
            seen.update([row.result, row.category, row.track, row.status, row.clause.split(":")[0]])
            seen.update(f"{state} {name}" for state in ("held", "failed", "open") for name in getattr(row, state))
            seen.update([*row.missing, *row.ruling, *row.flags])
    always = {"guardian_hukou", "same_book", "hukou_in_zone", "head", "three_generations", "non_agricultural",
              "collective", "home_urban", "home_rural", "delivered", "unlocked", "lives_owned",
              "lives_grandparents"}  # fmt: skip
    conditions = {f"{state} {name}" for state in ("held", "failed", "open") for name in CONDITIONS}
    never = {f"open {name}" for name in always} | {f"failed {name}" for name in ("booklet", "relation", "form5")}
    clauses = {"C008", "C009", "C010", "C016", "C046", "C121", "C019", "C020", "C021", "C022", "C023", "C024", "C041",
               "C042", "ruling", "Q-16b", "Q-28"}  # fmt: skip
    categories = {"A", "B", "C", "D", "E", "R1", "R2", "R3", "U", "urban", "rural", "verified", "late", "blacklisted"}
    return (conditions - never | clauses | categories | set(RESULTS) | CODES | GROUNDS | FLAGS) - set(seen)


def test_every_outcome_is_among_random_families() -> None:
    """Every result, category, state of a condition, code, flag and clause comes up."""
    assert missing_from([random_tables(seed, 250) for seed in range(16)]) == set()


def test_every_value_of_every_switch_is_drawn() -> None:
    """Each switch of section 1 takes each of its words."""
    drawn = [random_tables(seed, 0).office for seed in range(60)]
    counts = {f.name: len({getattr(values, f.name) for values in drawn}) for f in fields(drawn[0])}
    assert {name: n for name, n in counts.items() if name.startswith("q") or name == "stage"} == {
        **{name: 2 for name in counts if name.startswith("q")}, "q22_half_year": 3, "stage": 2,
    }  # fmt: skip
