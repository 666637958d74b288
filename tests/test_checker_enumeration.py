"""Of all lists of a small district the checker accepts exactly one, and it is the procedure's.

Every list is tried, in three moves that leave none out. A row that the checker refuses for its own sake (a school that
the phase may not give to the child) drops all lists with it; that the other rows have no say in this is tried at
random. Of the other rows all combinations are checked with no draw named. Only where nothing but draws is
found wrong can naming draws help: there all ways of naming them are checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

import pytest

from allocator.checking import check_list_by_rules
from allocator.domain import OUTCOMES, AdjustmentPhase, BatchPhase, District, ExportPhase, ReferralPhase, Row
from allocator.procedure import run_procedure
from tests.small_districts import Dice, random_district

DRAW_CODES = {"check.draw_missing", "check.draw_not_held", "check.draw_wrong"}
ROW_CODES = {
    "check.unknown_outcome", "check.cells_not_empty", "check.school_missing", "check.unknown_school",
    "check.outcome_and_phase", "check.school_is_external", "check.school_not_external", "check.not_verified",
    "check.not_home", "check.not_decided", "check.not_chosen", "check.wrong_category", "check.no_tier",
    "check.not_on_list",
}  # fmt: skip

Form = tuple[str, str, str]


def party_ids(district: District) -> dict[str, list[str]]:
    """Ids of the children of every party, by the party's id."""
    found: dict[str, list[str]] = {}
    for kid in sorted(district.applicants):
        found.setdefault(kid.bundle or kid.applicant_id, []).append(kid.applicant_id)
    return {ids[0]: ids for ids in found.values()}


def phase_names(district: District) -> dict[str, list[str]]:
    """Names of the column ``phase`` by outcome (procedure.md section 5)."""
    names: dict[str, list[str]] = {"admitted": [], "diverted": [], "adjusted": [], "external": [""]}
    for phase in district.policy.phases:
        if isinstance(phase, BatchPhase):
            names["admitted"] += (batch := [f"{phase.phase_id}-{k}" for k in phase.categories])
            names["diverted"] += batch
        elif isinstance(phase, AdjustmentPhase):
            names["adjusted"].append(phase.phase_id)
        elif not isinstance(phase, (ExportPhase, ReferralPhase)):
            names["admitted"].append(phase.phase_id)
    return names


def well_formed(district: District) -> list[Form]:
    """Every combination of school, phase and outcome that the table of outcomes allows."""
    named = [
        (s, p, outcome) for outcome, names in phase_names(district).items() for p in names for s in district.schools
    ]
    return [*named, ("", "", "needs_ruling"), ("", "", "unplaced")]


def any_forms(district: District) -> list[Form]:
    """Every combination of a school, none, or an unknown one, a phase or none, and an outcome, an unknown one too."""
    names = {name for mine in phase_names(district).values() for name in mine} | {"", "elsewhere"}
    return list(product(("", "nowhere", *district.schools), sorted(names), (*OUTCOMES, "lost")))


def codes(district: District, rows: Sequence[Row]) -> set[str]:
    """Codes of everything that the checker finds."""
    assert district.draw is not None
    return {v.code for v in check_list_by_rules(district, rows, district.draw.source)}


def refused_forms(district: District, parties: Sequence[Sequence[str]], forms: Sequence[Form]) -> list[set[Form]]:
    """Of every party, the forms that no other rows can make true: those of which the checker says so."""
    refused: list[set[Form]] = [set() for _ in parties]
    for form in forms:
        bad = row_faults(district, [Row(child, *form, "") for ids in parties for child in ids])
        for n, ids in enumerate(parties):
            if ids[0] in bad:
                refused[n].add(form)
    return refused


def row_faults(district: District, rows: Sequence[Row]) -> set[str]:
    """Children whose row is wrong whatever the others are."""
    assert district.draw is not None
    return {v.applicant_id for v in check_list_by_rules(district, rows, district.draw.source) if v.code in ROW_CODES}


def lists(parties: Sequence[Sequence[str]], forms: Sequence[Sequence[Form]]) -> Iterator[list[Row]]:
    """All lists of these forms, no draw named."""
    for chosen in product(*forms):
        yield [Row(child, *form, "") for ids, form in zip(parties, chosen, strict=True) for child in ids]


def draw_names(district: District, row: Row) -> tuple[str, ...]:
    """No draw, and every draw that the policy has for a phase or a school."""
    names = {""}
    for phase in district.policy.phases:
        for attribute in ("draw", "divert_draw"):
            stem = getattr(phase, attribute, None)
            if stem is not None:
                kinds = [f"{stem}-{k}" for k in getattr(phase, "categories", ())]
                names.update(n for s in (stem, *kinds) for n in (s, f"{s}/{row.school_id}"))
    return tuple(sorted(names))


def named(district: District, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """All ways of naming draws in a list in which nothing else is wrong: a wrong one in a row is wrong by itself."""
    choices = []
    for row in rows:
        alone = [row._replace(draw_id=draw) for draw in draw_names(district, row)]
        others = [other for other in rows if other is not row]
        good = [r for r in alone if not draw_faults(district, [*others, r], row.applicant_id)]
        choices.append(good)
    for chosen in product(*choices):
        yield list(chosen)


def draw_faults(district: District, rows: Sequence[Row], child: str) -> int:
    """How many draws are wrong in the row of one child."""
    assert district.draw is not None
    found = check_list_by_rules(district, rows, district.draw.source)
    return sum(v.applicant_id == child for v in found if v.code in DRAW_CODES)


def accepted(district: District, parties: Sequence[Sequence[str]], forms: Sequence[Sequence[Form]]) -> list[list[Row]]:
    """Every list that the checker accepts."""
    found: list[list[Row]] = []
    for rows in lists(parties, forms):
        if codes(district, rows) <= DRAW_CODES:
            found.extend(full for full in named(district, rows) if not codes(district, full))
    return found


def enumerate_district(seed: int, most_parties: int, most_lists: int) -> tuple[int, int]:
    """Try every list of a random district, unless there are too many: how many there were, and of how many parties."""
    district = random_district(seed, most_parties)
    parties, every = list(party_ids(district).values()), well_formed(district)
    refused = refused_forms(district, parties, every)
    forms = [[f for f in every if f not in mine] for mine in refused]
    count = prod(map(len, forms))
    if count > most_lists:
        return 0, 0
    assert accepted(district, parties, forms) == [sorted(run_procedure(district))]
    return count, len(parties)


@pytest.mark.parametrize("seed", range(12))
def test_rows_are_refused_whatever_the_others_are(seed: int) -> None:
    """A row that is refused for its own sake is refused among any other rows, and one not of the table always."""
    district, dice = random_district(seed, 4), Dice(seed)
    parties, every = list(party_ids(district).values()), any_forms(district)
    refused = refused_forms(district, parties, every)
    assert all(set(every) - set(well_formed(district)) <= mine for mine in refused)
    for _ in range(300):
        chosen = [dice.pick(every) for _ in parties]
        rows = [Row(child, *form, "") for ids, form in zip(parties, chosen, strict=True) for child in ids]
        wrong = {ids[0] for ids, form, mine in zip(parties, chosen, refused, strict=True) if form in mine}
        assert row_faults(district, rows) == wrong


@pytest.mark.parametrize("block", range(10))
def test_exactly_one_list_is_accepted(block: int) -> None:
    """Of all lists of each of some 400 random districts of up to 6 parties only the procedure's is accepted."""
    tried = [enumerate_district(seed, 6, 400) for seed in range(60 * block, 60 * block + 60)]
    assert sum(count > 0 for count, _ in tried) >= 20
    assert max(parties for _, parties in tried) >= 4


@pytest.mark.parametrize("seed", [1085, 2719])
def test_exactly_one_list_of_six_parties_is_accepted(seed: int) -> None:
    """The same for districts of six parties, one of them a bundle."""
    assert enumerate_district(seed, 6, 2_500)[1] == 6


@pytest.mark.long
@pytest.mark.parametrize("block", range(10))
def test_exactly_one_list_is_accepted_in_larger_districts(block: int) -> None:
    """The same for some 400 more districts, with up to 6,000 lists each."""
    tried = [enumerate_district(seed, 6, 6_000) for seed in range(10_000 + 60 * block, 10_060 + 60 * block)]
    assert max(parties for _, parties in tried) >= 5
