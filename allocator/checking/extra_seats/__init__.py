"""Judges extra seats: whether they are enough, and whether the matching with them is stable."""
