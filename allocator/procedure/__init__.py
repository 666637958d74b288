"""The sequential procedure: the law, phase after phase (procedure.md); deferred acceptance as a method of its own."""

from allocator.procedure.acceptance import deferred_acceptance
from allocator.procedure.phases import run_all_phases, run_phase, run_procedure
from allocator.procedure.school_orders import Entries, school_keys
from allocator.procedure.state import Lots, PublicLots, State, ranks_by_keys, ticket_ranks
from allocator.procedure.words import SimulatedLots, by_word, words_of

__all__ = [
    "Entries", "Lots", "PublicLots", "SimulatedLots", "State", "by_word", "deferred_acceptance", "ranks_by_keys",
    "run_all_phases", "run_phase", "run_procedure", "school_keys", "ticket_ranks", "words_of",
]  # fmt: skip
