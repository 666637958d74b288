"""Balanced classes: the public deal, head teachers and late arrivals, from tickets alone (class-procedure.md)."""

from allocator.classes.afterwards import classes_of_teams, place_late
from allocator.classes.deal import STEPS, DealAttempt, first_placed, place_pupils, tried

__all__ = ["STEPS", "DealAttempt", "classes_of_teams", "first_placed", "place_late", "place_pupils", "tried"]
