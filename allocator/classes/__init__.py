"""Balanced classes: groups of names, the public deal, head teachers and late arrivals (class-procedure.md)."""

from allocator.classes.afterwards import classes_of_teams, place_late
from allocator.classes.deal import STEPS, DealAttempt, first_placed, place_pupils, tried
from allocator.classes.name_groups import NAME_RULES, NamedChild, NameGroup, NameRule, name_groups, unread_names

__all__ = [
    "NAME_RULES", "STEPS", "DealAttempt", "NameGroup", "NameRule", "NamedChild", "classes_of_teams", "first_placed",
    "name_groups", "place_late", "place_pupils", "tried", "unread_names",
]  # fmt: skip
