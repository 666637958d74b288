"""The placement in classes, derived once more from the files and the seed, and its demands tested by themselves."""

from allocator.checking.classes.verdict import check_classes, check_late, check_teams

__all__ = ["check_classes", "check_late", "check_teams"]
