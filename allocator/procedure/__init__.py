"""The sequential procedure: the law, phase after phase (procedure.md); deferred acceptance as a method of its own."""

from allocator.procedure.acceptance import deferred_acceptance
from allocator.procedure.phases import allocate, run_procedure
from allocator.procedure.state import PublicLots, State
from allocator.procedure.tie_breaking import ranks_by_keys, ticket_ranks

__all__ = ["PublicLots", "State", "allocate", "deferred_acceptance", "ranks_by_keys", "run_procedure", "ticket_ranks"]
