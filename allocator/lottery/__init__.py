"""The public draw: parties, tickets, the transcript and what it freezes, and its recomputation by anyone."""

from allocator.lottery.canonical import canonical_inputs, canonical_tables
from allocator.lottery.digests import FrozenDigests, frozen_digests, inputs_digest, roster_digest
from allocator.lottery.hard_cap import hard_cap_faults
from allocator.lottery.parties import draw_roster, party_sizes
from allocator.lottery.recheck import recheck_orders
from allocator.lottery.tickets import order, ticket, ticket_hex, ticket_word, tickets
from allocator.lottery.transcript import build_transcript, parse_transcript
from allocator.lottery.weak_seed import entropy_bits, weak_seed_faults

__all__ = [
    "FrozenDigests", "build_transcript", "canonical_inputs", "canonical_tables", "draw_roster", "entropy_bits",
    "frozen_digests", "hard_cap_faults", "inputs_digest", "order", "parse_transcript", "party_sizes", "recheck_orders",
    "roster_digest", "ticket", "ticket_hex", "ticket_word", "tickets", "weak_seed_faults",
]  # fmt: skip
