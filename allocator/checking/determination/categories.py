"""The categories of section 3.3 as formulas over the conditions, and what a child's conditions make of them.

Every formula is an *and* of requirements, each an *or* of literals: a condition or, after ``!``, its contrary. An open
condition is a truth not known yet, so a formula is + where it is true whatever the open conditions turn out to be, −
where it is false whatever they turn out to be, and ? between the two. No category names a condition twice in ways that
would cancel out, hence this is the page's reckoning with *and*, *or* and *not*: a literal is **certain** where it
cannot be false, **refuted** where it cannot be true; a requirement is certain if one of its literals is, refuted if all
are; a formula is certain if all its requirements are, refuted if one is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from allocator.checking.determination.conditions import BIT, Found
from allocator.domain import CONDITIONS

ORDER: tuple[str, ...] = ("A", "B", "C", "D", "E", "R1", "R2", "R3", "U")
"""Categories in the order of their claim."""

_CONTRARY = len(CONDITIONS)
"""The contrary of a condition is the literal so many bits further on."""

_CONDITIONS = (1 << _CONTRARY) - 1


class Formula(NamedTuple):
    """One way into a category: the clause that gives it, and its requirements as bits of literals."""

    category: str
    clause: str
    requirements: tuple[int, ...]


class CategoryFound(NamedTuple):
    """What the conditions make of a child; ``sought``: bits of the open conditions that could make it better."""

    category: str
    clause: str
    sought: int


def _literal(text: str) -> int:
    return BIT[text[1:]] << _CONTRARY if text.startswith("!") else BIT[text]


def _formula(category: str, clause: str, requirements: str) -> Formula:
    """Read a formula: requirements stand apart, ``|`` joins literals of which one is enough."""
    return Formula(category, clause, tuple(sum(map(_literal, r.split("|"))) for r in requirements.split()))


_PROVEN_HOME = "home_use delivered moved_in home_proof"
_URBAN_HUKOU = "guardians booklet child_hukou guardian_hukou"
_C_HOME = "home_urban home_use moved_in unlocked rents|borrows no_home"
FORMULAS: Mapping[str, tuple[Formula, ...]] = {
    "urban": (
        _formula("A", "C019", f"{_URBAN_HUKOU} relation hukou_in_zone home_urban {_PROVEN_HOME} owner_parents "
                              "unlocked lives_owned"),
        _formula("B", "C020", f"{_URBAN_HUKOU} same_book three_generations home_urban {_PROVEN_HOME} "
                              "owner_grandparents unlocked lives_grandparents no_home"),
        _formula("C", "C021", f"{_URBAN_HUKOU} same_book head non_agricultural {_C_HOME}"),
        _formula("C", "C022", f"{_URBAN_HUKOU} same_book head collective {_C_HOME}"),
        _formula("D", "C023", f"guardians booklet !child_hukou|!guardian_hukou relation home_urban {_PROVEN_HOME} "
                              "owner_parents unlocked lives_owned form5"),
        _formula("E", "C024", "guardians booklet !child_hukou relation home_urban home_use unlocked rents no_home "
                              "half_year work form5"),
    ),
    "rural": (
        _formula("R1", "C041", f"guardians booklet rural_hukou home_rural {_PROVEN_HOME} unlocked "
                               "lives_owned|lives_grandparents"),
        _formula("R2", "C041", "guardians booklet rural_hukou"),
        _formula("R3", "C042", "guardians booklet !rural_hukou home_rural home_use moved_in unlocked rents form5"),
    ),
}  # fmt: skip
"""Ways into a category by track, in their order."""

CLAUSE_OF_U = "C016"


@lru_cache(maxsize=1 << 16)
def category_verdict(track: str, held: int, failed: int) -> CategoryFound:
    """Return the first category of a track that is certain, else U, and what would settle those open before it.

    Few combinations of conditions occur, so each is judged once.
    """
    certain = held | failed << _CONTRARY
    possible = ~(failed | held << _CONTRARY)
    sought = 0
    for formula in FORMULAS[track]:
        unsure = [r for r in formula.requirements if not r & certain]
        if not unsure:
            return CategoryFound(formula.category, formula.clause, sought)
        if all(r & possible for r in unsure):
            for r in unsure:
                sought |= (r & possible | (r & possible) >> _CONTRARY) & _CONDITIONS
    return CategoryFound("U", CLAUSE_OF_U, sought)


def category_codes(conditions: Found, judged: CategoryFound) -> set[str]:
    """Return the codes that go with a verdict, still marked: those of the conditions sought, else why it is U."""
    if judged.category == "U" and not judged.sought:
        return {"r:C127" if conditions.failed & BIT["unlocked"] else "r:Q-21"}
    return {code for bit, codes in conditions.codes.items() if bit & judged.sought for code in codes}
