"""The sequential procedure: the law, phase after phase (procedure.md)."""

from allocator.procedure.phases import allocate, run_procedure
from allocator.procedure.state import PublicLots, State

__all__ = ["PublicLots", "State", "allocate", "run_procedure"]
