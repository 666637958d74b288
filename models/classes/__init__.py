"""What CP-SAT proves of the demands on classes (class-procedure.md section 5); no placement is taken from it."""

from allocator.models.classes.demands import ClassStatement, smallest_unmet, state_demands, too_large_crowd

__all__ = ["ClassStatement", "smallest_unmet", "state_demands", "too_large_crowd"]
