"""The worked examples W1 to W13 of the office's procedure, each as small as can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from allocator.domain import Lock, OfficeValues, Zone
from tests.determinations import DETERMINE, Determine, said
from tests.office_bases import (
    BASES,
    Change,
    Town,
    beside,
    check,
    checked,
    guardian,
    of_child,
    of_guardian,
    of_home,
    owned,
    paper,
    renamed,
    without,
)

LEGACY = ("water", "power", "heat", "fee")
MOTHER = guardian(guardian="g2", relation="mother", head=False)

CASES: list[tuple[str, str, list[Change], dict[str, Any], str]] = [
    ("W1 moved in the day before", "A", [of_child(hukou_in_date=date(2023, 5, 31))], {}, "A"),
    ("W1 moved in on the day", "A", [of_child(hukou_in_date=date(2023, 6, 1))], {}, "D"),
    ("W2 title of the day before", "A", [of_home(proof_date=date(2023, 5, 31))], {}, "A"),
    ("W2 title of the day", "A", [of_home(proof_date=date(2023, 6, 1))], {}, "U Q-21"),
    ("W2 no proof", "A", [of_home(proof="", proof_date=None)], {}, "U home_proof"),
    *(
        (f"W3 {first} and {second}, {switch}", "A",
         [owned(("F1/g1", first), ("F1/g2", second)), beside(MOTHER)], {"q19_share": switch}, outcome)
        for first, second, summed in ((2500, 2500, "A"), (3333, 3333, "A"), (2499, 2500, "U Q-21"))
        for switch, outcome in (("sum", summed), ("single", "U Q-21"))
    ),
    ("W4 commercial", "A", [of_home(use="commercial")], {}, "U Q-21"),
    ("W4 mixed", "A", [of_home(use="mixed")], {}, "U C032"),
    ("W4 not delivered", "A", [of_home(delivered=False)], {}, "U Q-21"),
    ("W5 four invoices", "A", [of_home(proof="legacy", proof_date=None, invoices=LEGACY)], {}, "A"),
    ("W5 three invoices", "A", [of_home(proof="legacy", proof_date=None, invoices=LEGACY[:3])], {}, "U invoices"),
    ("W6 public rental", "A", [of_child(tenure="public_rental"), of_home(proof="public_rental"), owned()], {}, "A"),
    ("W6 as rental", "A",
     [of_child(tenure="public_rental"), of_home(proof="public_rental"), owned(), paper("community"),
      checked(check("no_home"))], {"q20_public_rental": "rental"}, "C"),
    ("W7 father not head", "C", [of_guardian(head=False)], {}, "U Q-21"),
    ("W7 agricultural", "C", [of_child(hukou_kind="agri")], {}, "U Q-21"),
    ("W7 no community proof", "C", [without("community")], {}, "U community"),
    ("W7 no_home pending", "C", [checked(check("no_home", "pending"))], {}, "U no_home"),
    ("W7 no_home failed", "C", [checked(check("no_home", "fail"))], {}, "U C118 Q-21"),
    ("W8 the day before", "E", [of_child(residence_start=date(2023, 2, 28))], {}, "E"),
    ("W8 the day", "E", [of_child(residence_start=date(2023, 3, 1))], {}, "U Q-22"),
    ("W8 the day, strict", "E", [of_child(residence_start=date(2023, 3, 1))], {"q22_half_year": "strict"}, "U Q-21"),
    ("W8 the day, inclusive", "E", [of_child(residence_start=date(2023, 3, 1))], {"q22_half_year": "inclusive"}, "E"),
    ("W8 the day after", "E", [of_child(residence_start=date(2023, 3, 2))], {}, "U Q-21"),
    ("W9 another county", "D", [of_child(hukou_area="other_tongliao")], {}, "U form5"),
    ("W9 another province", "D", [of_child(hukou_area="elsewhere")], {}, "D"),
    ("W10 the mother's title", "A", [of_guardian(guardian="g2", relation="mother", custody="sole"),
                                     owned(("F1/g2", 10_000))], {}, "A"),
    ("W10 the father's title", "A", [of_guardian(guardian="g2", relation="mother", custody="sole"),
                                     beside(guardian(custody="none")),
                                     owned(("F1/g1", 10_000))], {}, "U Q-21"),
    ("W11 rented, other county", "R3", [of_child(hukou_area="other_tongliao"), paper("form5")], {}, "R3"),
    ("W11 rural hukou, no home", "R2", [], {}, "R2"),
]  # fmt: skip


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize(("base", "changes", "values", "outcome"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_examples_of_one_child(
    base: str, changes: list[Change], values: dict[str, Any], outcome: str, determine: Determine
) -> None:
    """Each base family, changed in the places of the example, has the outcome of the page."""
    family = BASES[base]
    for change in changes:
        family = change(family)
    assert said(Town((family,), OfficeValues(**values)).tables(), determine) == [outcome]


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize(
    ("stage", "year", "family", "outcome"),
    [
        ("primary", 2020, "F9", "U C127 lock"),
        ("primary", 2020, "F1", "A"),
        ("primary", 2019, "F9", "A"),
        ("junior", 2020, "F9", "A"),
        ("junior", 2021, "F9", "U C127 lock"),
    ],
)
def test_w12_seat_locks(stage: str, year: int, family: str, outcome: str, determine: Determine) -> None:
    """A primary lock blocks six intakes, a junior lock three, and never the same family."""
    locks = (Lock("H1", stage, year, family, "T0"),)
    assert said(Town((BASES["A"],), others={"locks": locks}).tables(), determine) == [outcome]


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize(
    ("other", "outcome"),
    [("E", ["A", "U C127 same_home"]), ("A", ["U Q-28 same_home", "U Q-28 same_home"])],
)
def test_w13_two_families_on_one_home(other: str, outcome: list[str], determine: Determine) -> None:
    """The better category keeps the home; of equal ones nobody does until a ruling."""
    families = (BASES["A"], renamed(BASES[other], 2))
    tables = Town(families).tables()
    halves = tuple(owner._replace(share=5000) for owner in tables.owners)
    assert said(replace(tables, owners=halves), determine) == outcome


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
def test_a_failed_check_outweighs_an_unknown_start(determine: Determine) -> None:
    """Section 3.1: lowered by a check, only − stays where it fails; an open condition fails too."""
    family = checked(check("residence", "fail"))(of_child(residence_start=None)(BASES["A"]))
    row = determine(Town((family,)).tables()).rows[0]
    assert ("moved_in" in row.failed, "half_year" in row.failed, row.missing, row.ruling) == (True, True, (), ("Q-21",))


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize(("dual", "bids"), [("xincheng-1", ("shifuxiao",)), ("sizhong-fuli", ("shifuxiao",))])
def test_a_registered_school_without_zone_leaves_the_child_its_own(
    dual: str, bids: tuple[str, ...], determine: Determine
) -> None:
    """The counting zone is that whose own school is the registered school, else its zone (section 3.4)."""
    family = of_child(registered_school=dual, voluntary_1=("shifuxiao",))(BASES["A"])
    tables = Town((family,)).tables()
    zones = {**tables.zones, "fuli": Zone("fuli", "fuli", "xincheng-2", (dual,))}
    assert determine(replace(tables, zones=zones)).roster[0].voluntary_1 == bids
