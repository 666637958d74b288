"""The public draw: parties, tickets, the transcript and what it freezes, and its recomputation by anyone."""

# isort: off

from allocator.lottery.canonical import (
    APPLICANT_COLUMNS, CHUNK, SCHOOL_COLUMNS, ZONE_COLUMNS, canonical_applicant_cells, canonical_csv_text,
    canonical_inputs, canonical_school_cells, canonical_tables, canonical_zone_cells,
)
from allocator.lottery.digests import (
    ClassDigests, FrozenDigests, draw_roster, frozen_digests, inputs_digest, party_sizes, roster_digest,
)
from allocator.lottery.events import next_event_number, event_order_faults
from allocator.lottery.frozen import (
    FROZEN, POLICY, ROSTER, TABLES, frozen_files, frozen_line_differences, frozen_plain_bytes, frozen_table_differences,
    is_frozen_but_saved_again,
)
from allocator.lottery.hard_cap import hard_cap_faults
from allocator.lottery.numbers_file import (
    NUMBERS, numbers_beside, numbers_bytes, numbers_of_order, parse_numbers, read_order_numbers, ring_start_faults,
)
from allocator.lottery.published_lists import ListWords, Way, WordsOf, LIST_CODES
from allocator.lottery.recheck import Published, recheck_orders, recheck_published
from allocator.lottery.session_order import LotKey, SessionTickets, order_places, ring_order, ticket_key
from allocator.lottery.tickets import TicketScope, ticket_order, ticket, ticket_hex, ticket_word, tickets
from allocator.lottery.transcript import (
    ABSENT, TRANSCRIPT, build_transcript, order_of_value, parse_transcript, transcript_event_faults,
    transcript_source_faults,
)
from allocator.lottery.typed import typed_contribution, typed_contributions, typed_digits, typed_in_groups, typed_lines
from allocator.lottery.weak_seed import entropy_bits, weak_seed_faults, weak_witness_faults

__all__ = [
    "ABSENT", "APPLICANT_COLUMNS", "CHUNK", "FROZEN", "LIST_CODES", "NUMBERS", "POLICY", "ROSTER", "SCHOOL_COLUMNS",
    "TABLES", "TRANSCRIPT", "ZONE_COLUMNS", "ClassDigests", "FrozenDigests", "ListWords", "LotKey", "Published",
    "SessionTickets", "TicketScope", "Way", "WordsOf", "build_transcript", "canonical_applicant_cells",
    "canonical_csv_text", "canonical_inputs", "canonical_school_cells", "canonical_tables", "canonical_zone_cells",
    "draw_roster", "entropy_bits", "event_order_faults", "frozen_digests", "frozen_files", "frozen_line_differences",
    "frozen_plain_bytes", "frozen_table_differences", "hard_cap_faults", "inputs_digest", "is_frozen_but_saved_again",
    "next_event_number", "numbers_beside", "numbers_bytes", "numbers_of_order", "order_of_value", "order_places",
    "parse_numbers", "parse_transcript", "party_sizes", "read_order_numbers", "recheck_orders", "recheck_published",
    "ring_order", "ring_start_faults", "roster_digest", "ticket", "ticket_hex", "ticket_key", "ticket_order",
    "ticket_word", "tickets", "transcript_event_faults", "transcript_source_faults", "typed_contribution",
    "typed_contributions", "typed_digits", "typed_in_groups", "typed_lines", "weak_seed_faults", "weak_witness_faults",
]  # fmt: skip
