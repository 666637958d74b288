"""The sequential procedure: the law, phase after phase (procedure.md); deferred acceptance as a method of its own."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.procedure.acceptance import deferred_acceptance
    from allocator.procedure.phases import run_all_phases, run_phase, run_procedure
    from allocator.procedure.school_orders import Entries, school_keys
    from allocator.procedure.state import Lots, PublicLots, State, ranks_by_keys, ticket_ranks
    from allocator.procedure.words import SimulatedLots, by_word, words_of
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "acceptance": "deferred_acceptance",
        "phases": "run_all_phases run_phase run_procedure",
        "school_orders": "Entries school_keys",
        "state": "Lots PublicLots State ranks_by_keys ticket_ranks",
        "words": "SimulatedLots by_word words_of",
    })
