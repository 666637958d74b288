"""The public draw: parties, tickets, the transcript and what it freezes, and its recomputation by anyone."""

# isort: off

from allocator.lottery.canonical import (
    APPLICANT_COLUMNS, CHUNK, SCHOOL_COLUMNS, ZONE_COLUMNS, applicant_cells, canonical_inputs, canonical_tables,
    csv_text, school_cells, zone_cells,
)
from allocator.lottery.digests import (
    FrozenDigests, draw_roster, frozen_digests, inputs_digest, party_sizes, roster_digest,
)
from allocator.lottery.events import next_event, order_faults
from allocator.lottery.frozen import (
    FROZEN, POLICY, ROSTER, TABLES, frozen_files, line_differences, only_saved_again, plain_bytes, table_differences,
)
from allocator.lottery.hard_cap import hard_cap_faults
from allocator.lottery.published_lists import ListWords, Way, WordsOf, LIST_CODES
from allocator.lottery.recheck import Published, recheck_orders, recheck_published
from allocator.lottery.tickets import TicketScope, order, ticket, ticket_hex, ticket_word, tickets
from allocator.lottery.transcript import (
    ABSENT, TRANSCRIPT, build_transcript, event_faults, parse_transcript, source_faults,
)
from allocator.lottery.typed import contribution, contributions, digits, in_groups, lines_of
from allocator.lottery.weak_seed import entropy_bits, weak_seed_faults, witness_faults

__all__ = [
    "ABSENT", "APPLICANT_COLUMNS", "CHUNK", "FROZEN", "LIST_CODES", "POLICY", "ROSTER", "SCHOOL_COLUMNS", "TABLES",
    "TRANSCRIPT", "ZONE_COLUMNS", "FrozenDigests", "ListWords", "Published", "TicketScope", "Way", "WordsOf",
    "applicant_cells", "build_transcript", "canonical_inputs", "canonical_tables", "contribution", "contributions",
    "csv_text", "digits", "draw_roster", "entropy_bits", "event_faults", "frozen_digests", "frozen_files",
    "hard_cap_faults", "in_groups", "inputs_digest", "line_differences", "lines_of", "next_event",
    "only_saved_again", "order", "order_faults", "parse_transcript", "party_sizes", "plain_bytes", "recheck_orders",
    "recheck_published", "roster_digest", "school_cells", "source_faults", "table_differences", "ticket",
    "ticket_hex", "ticket_word", "tickets", "weak_seed_faults", "witness_faults", "zone_cells",
]  # fmt: skip
