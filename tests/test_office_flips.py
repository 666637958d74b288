"""Every single condition of every category, failed alone or left open alone, changes what the page says it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest

from allocator.domain import Determined, Lock, OfficeTables, OfficeValues
from tests.determinations import DETERMINE, Determine, said
from tests.office_bases import (
    BASES,
    Change,
    Family,
    Town,
    beside,
    check,
    checked,
    guardian,
    of_child,
    of_guardian,
    of_home,
    owned,
    without,
)

_HOME = "home_use delivered moved_in home_proof"
_HUKOU = "guardians booklet child_hukou guardian_hukou"
_C = f"{_HUKOU} same_book head home_urban home_use moved_in unlocked rents no_home"
CONDITIONS: Mapping[str, str] = {
    "A": f"{_HUKOU} relation hukou_in_zone home_urban {_HOME} owner_parents unlocked lives_owned",
    "B": f"{_HUKOU} same_book three_generations home_urban {_HOME} owner_grandparents unlocked lives_grandparents "
         "no_home",
    "C": f"{_C} non_agricultural",
    "C2": f"{_C} collective",
    "D": f"guardians booklet guardian_hukou relation home_urban {_HOME} owner_parents unlocked lives_owned form5",
    "E": "guardians booklet child_hukou relation home_urban home_use unlocked rents no_home half_year work form5",
    "R1": f"guardians booklet rural_hukou home_rural {_HOME} unlocked lives_owned",
    "R2": "guardians booklet rural_hukou",
    "R3": "guardians booklet rural_hukou home_rural home_use moved_in unlocked rents form5",
}  # fmt: skip
"""Conditions of each category (section 3.3); where one of two is enough, the one by which its base holds."""


def _other_checks(*checks: Any) -> Change:
    """Add checks to those there."""
    return lambda family: checked(*family.checks, *checks)(family)


def _no_home(result: str) -> Change:
    return checked(check("no_home", result))


def _home_in(area: str) -> Change:
    """Put the home outside the Zone; track and zone are those of the hukou then."""
    return lambda family: of_child(hukou_zone="hexi-primary")(of_home(area=area)(family))


FAILED: Mapping[str, Change] = {
    "child_hukou": _other_checks(check("hukou", "fail")),
    "guardian_hukou": beside(guardian(guardian="g2", relation="mother", hukou_area="elsewhere", head=False)),
    "hukou_in_zone": of_child(hukou_zone="xincheng-1"),
    "same_book": of_child(book="B9"),
    "head": of_guardian(head=False),
    "three_generations": of_child(three_gen=False),
    "non_agricultural": of_child(hukou_kind="agri"),
    "collective": of_child(own_booklet=False),
    "rural_hukou": _other_checks(check("hukou", "fail")),
    "home_urban": _home_in("main_city"),
    "home_rural": _home_in("elsewhere"),
    "home_use": of_home(use="commercial"),
    "delivered": of_home(delivered=False),
    "moved_in": of_child(residence_start=date(2023, 6, 1)),
    "home_proof": of_home(proof_date=date(2023, 6, 1)),
    "owner_parents": owned(("landlord", 10_000)),
    "owner_grandparents": owned(("landlord", 10_000)),
    "unlocked": lambda family: family,
    "lives_owned": of_child(tenure="rented", lease_months=5),
    "lives_grandparents": of_child(tenure="owned"),
    "rents": of_child(lease_months=5),
    "no_home": _no_home("fail"),
    "half_year": of_child(residence_start=date(2023, 3, 2)),
    "work": of_guardian(work_area="elsewhere"),
}
"""What lets a condition fail, and no other condition of the category; a lock is put beside the families."""

OPEN: Mapping[str, tuple[Change, str]] = {
    "guardians": (of_guardian(custody="unclear"), "custody"),
    "booklet": (without("booklet"), "booklet"),
    "child_hukou": (_other_checks(check("hukou", "pending")), "check:hukou"),
    "relation": (of_child(book="B9"), "relation"),
    "rural_hukou": (_other_checks(check("hukou"), check("hukou", "fail", source="police")), "C040"),
    "home_use": (of_home(use="mixed"), "C032"),
    "moved_in": (of_child(residence_start=None), "residence_start"),
    "home_proof": (of_home(proof=""), "home_proof"),
    "owner_parents": (owned(), "owners"),
    "owner_grandparents": (owned(), "owners"),
    "rents": (without("landlord"), "landlord"),
    "no_home": (checked(), "no_home"),
    "half_year": (of_child(residence_start=date(2023, 3, 1)), "Q-22"),
    "work": (of_guardian(work_paper=False), "work"),
    "form5": (of_child(hukou_area="other_tongliao"), "form5"),
}
"""What leaves a condition open, and no other of the category; the code that asks for it."""

INVERTED: Mapping[tuple[str, str], tuple[Change, str]] = {
    ("D", "guardian_hukou"): (of_guardian(hukou_area="zone_urban"), "A"),
    ("E", "child_hukou"): (of_child(hukou_in_date=None), "U Q-21"),
    ("R3", "rural_hukou"): (of_child(hukou_in_date=None), "R2"),
}
"""Conditions that must not hold: what makes them hold."""

OUTCOMES: Mapping[tuple[str, str], str] = {
    ("A", "child_hukou"): "D",
    ("A", "guardian_hukou"): "D",
    ("A", "unlocked"): "U C127 lock",
    ("B", "unlocked"): "U C127 lock",
    ("B", "no_home"): "U C118 Q-21",
    ("C", "unlocked"): "U C127 lock",
    ("C", "no_home"): "U C118 Q-21",
    ("C2", "unlocked"): "U C127 lock",
    ("C2", "no_home"): "U C118 Q-21",
    ("D", "unlocked"): "U C127 lock",
    ("E", "unlocked"): "U C127 lock",
    ("E", "no_home"): "U C118 Q-21",
    ("R3", "unlocked"): "U C127 lock",
    ("R1", "unlocked"): "R2 lock",
    **{("R1", name): "R2" for name in CONDITIONS["R1"].split() if name not in ("unlocked", "rural_hukou")},
}
"""What failing a condition makes of a child where it does not leave it U, for a ruling of the rules' own (Q-21)."""

BETTER: Mapping[tuple[str, str], str] = {
    **{("R1", name): "R2" for name in ("home_use", "moved_in", "home_proof")},
}
"""Category below the one left open; the code that would make it better still stands there."""

LOCK = Lock("H1", "primary", 2021, "F9", "T9")
SWITCHES: Mapping[str, OfficeValues] = {
    "guardian_hukou": OfficeValues(q18_parents="both"),
    "hukou_in_zone": OfficeValues(q17_hukou="zone"),
}
"""Values under which alone the condition can fail by itself."""


class Flip(NamedTuple):
    """One condition of one category, changed alone."""

    base: str
    condition: str
    change: Change
    outcome: str


def flips() -> Iterator[Flip]:
    """Yield every condition of every category with what it can be changed to."""
    for base, names in CONDITIONS.items():
        for name in names.split():
            if (base, name) in INVERTED:
                yield Flip(base, name, *INVERTED[base, name])
                continue
            if name in FAILED and (base, name) not in (("C", "same_book"), ("C2", "same_book")):
                yield Flip(base, name, FAILED[name], OUTCOMES.get((base, name), "U Q-21"))
            if name in OPEN:
                change, code = OPEN[name]
                yield Flip(base, name, change, f"{BETTER.get((base, name), 'U')} {code}")


def tables(family: Family, condition: str) -> OfficeTables:
    """Return the family's tables under the values at which the condition is looked at."""
    town = Town((family,), SWITCHES.get(condition, OfficeValues()))
    return town.tables() if condition != "unlocked" else replace(town.tables(), locks=(LOCK,))


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize("flip", list(flips()), ids=lambda flip: f"{flip.base}-{flip.condition}-{flip.outcome}")
def test_one_condition_changes_what_the_page_says(flip: Flip, determine: Determine) -> None:
    """The outcome is that of the page, and of the category's conditions that one alone is another."""
    base = BASES[flip.base]
    if flip.condition == "hukou_in_zone":
        base = of_child(hukou_zone="fuli")(base)
    plain = Town((base,), SWITCHES.get(flip.condition, OfficeValues())).tables()
    changed = tables(flip.change(base), flip.condition)
    assert said(plain, determine) == ["C" if flip.base == "C2" else flip.base]
    assert said(changed, determine) == [flip.outcome]
    before, after = (states(determine(each).rows[0]) for each in (plain, changed))
    assert {n for n in CONDITIONS[flip.base].split() if before[n] != after[n]} == {flip.condition}


def states(row: Determined) -> dict[str, str]:
    """Return the state of each condition."""
    return {name: state for state in ("held", "failed", "open") for name in getattr(row, state)}


def test_every_condition_of_every_category_is_flipped() -> None:
    """None is passed over but that a father who is head of the child's booklet is in it (C021)."""
    every = {(base, name) for base, names in CONDITIONS.items() for name in names.split()}
    assert every - {(flip.base, flip.condition) for flip in flips()} == {("C", "same_book"), ("C2", "same_book")}
