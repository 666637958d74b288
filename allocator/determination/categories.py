"""Which conditions make which category, and the first category that holds (section 3.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from allocator.determination.conditions import ConditionValues
from allocator.determination.values import NO_CODES, Truth, all_values, any_value, negated_value

JOINED: Mapping[str, Callable[[ConditionValues], Truth]] = {
    "not_both_hukou": lambda values: negated_value(all_values((values["child_hukou"], values["guardian_hukou"]))),
    "not_child_hukou": lambda values: negated_value(values["child_hukou"]),
    "not_rural_hukou": lambda values: negated_value(values["rural_hukou"]),
    "rents_or_borrows": lambda values: any_value((values["rents"], values["borrows"])),
    "lives_with_family": lambda values: any_value((values["lives_owned"], values["lives_grandparents"])),
}
"""Terms of the categories that are made of conditions."""


class CategoryRule(NamedTuple):
    """One line of the table: all of its terms make a child of the track one of the category."""

    category: str
    clause: str
    track: str
    terms: tuple[str, ...]


_OWN = ("home_urban", "home_use", "delivered", "moved_in", "home_proof")
_BOTH_HUKOU = ("guardians", "booklet", "child_hukou", "guardian_hukou")
_TENANT = ("home_urban", "home_use", "moved_in", "unlocked", "rents_or_borrows", "no_home")

RULES: tuple[CategoryRule, ...] = (
    CategoryRule("A", "C019", "urban", (
        *_BOTH_HUKOU, "relation", "hukou_in_zone", *_OWN, "owner_parents", "unlocked", "lives_owned")),
    CategoryRule("B", "C020", "urban", (
        *_BOTH_HUKOU, "same_book", "three_generations", *_OWN, "owner_grandparents", "unlocked", "lives_grandparents",
        "no_home")),
    CategoryRule("C", "C021", "urban", (*_BOTH_HUKOU, "same_book", "head", "non_agricultural", *_TENANT)),
    CategoryRule("C", "C022", "urban", (*_BOTH_HUKOU, "same_book", "head", "collective", *_TENANT)),
    CategoryRule("D", "C023", "urban", (
        "guardians", "booklet", "not_both_hukou", "relation", *_OWN, "owner_parents", "unlocked", "lives_owned",
        "form5")),
    CategoryRule("E", "C024", "urban", (
        "guardians", "booklet", "not_child_hukou", "relation", "home_urban", "home_use", "unlocked", "rents", "no_home",
        "half_year", "work", "form5")),
    CategoryRule("R1", "C041", "rural", (
        "guardians", "booklet", "rural_hukou", "home_rural", "home_use", "delivered", "moved_in", "home_proof",
        "unlocked", "lives_with_family")),
    CategoryRule("R2", "C041", "rural", ("guardians", "booklet", "rural_hukou")),
    CategoryRule("R3", "C042", "rural", (
        "guardians", "booklet", "not_rural_hukou", "home_rural", "home_use", "moved_in", "unlocked", "rents",
        "form5")),
)  # fmt: skip
"""The categories in the order in which they are tried."""

OTHER, OTHER_CLAUSE = "U", "C016"
"""The category of a child that no rule takes (Q-21)."""

ORDER: Mapping[str, int] = {name: place for place, name in enumerate(("A", "B", "C", "D", "E", "R1", "R2", "R3", "U"))}
"""Place of each category in their order, 0 first."""

_TRACKS = {track: tuple(rule for rule in RULES if rule.track == track) for track in ("urban", "rural")}


class Categorised(NamedTuple):
    """A category, its clause, and the codes of what is open before it and what else needs a ruling."""

    category: str
    clause: str
    codes: frozenset[str]


def categorise(values: ConditionValues, track: str, tenure: str) -> Categorised:
    """Return the first category of the track that holds; missing evidence never counts as held, nor ends the case."""
    terms = category_terms(values)
    codes, category, clause = NO_CODES, OTHER, OTHER_CLAUSE
    for rule in _TRACKS[track]:
        value = category_rule_value(rule, terms)
        if value is True:
            category, clause = rule.category, rule.clause
            break
        if value is not False:
            codes |= value
    if category == OTHER and not codes:
        codes = frozenset({"r:C127" if values["unlocked"] is False else "r:Q-21"})
    if values["no_home"] is False and tenure in ("grandparents", "rented", "borrowed"):
        codes |= {"r:C118"}  # registered as having no home, yet one was found
    return Categorised(category, clause, codes)


def category_terms(values: ConditionValues) -> ConditionValues:
    """Return the conditions together with the terms made of them."""
    return values | {name: join(values) for name, join in JOINED.items()}


def category_rule_value(rule: CategoryRule, terms: Mapping[str, Truth]) -> Truth:
    """Return whether a rule holds, fails, or is open with which codes."""
    return all_values(map(terms.__getitem__, rule.terms))


def category_rules(track: str) -> tuple[CategoryRule, ...]:
    """Return the categories of a track in the order in which they are tried."""
    return _TRACKS[track]
