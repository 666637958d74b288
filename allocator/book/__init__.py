"""The case book: a season's events and seats, a pure function of frozen inputs (office-procedure.md 7 to 11)."""

# isort: off

from allocator.book.forms import FORMS, ROLES, has_role
from allocator.book.judging import DECISIONS, Digests
from allocator.book.law import COLUMNS, Law, present_rows, signed_rows_bytes
from allocator.book.opening import InLine, opening_orders
from allocator.book.play import Book, play
from allocator.book.refill import place_in_refill_queue, refill_queues
from allocator.book.state import (
    CONFIRMED, EXTERNAL, NEEDS_RULING, OPENED, PENDING, PUBLICITY, SEATED, WAITING, BookParty, BookRound, BookState,
)

__all__ = [
    "COLUMNS",
    "CONFIRMED",
    "DECISIONS",
    "EXTERNAL",
    "FORMS",
    "NEEDS_RULING",
    "OPENED",
    "PENDING",
    "PUBLICITY",
    "ROLES",
    "SEATED",
    "WAITING",
    "Book",
    "BookParty",
    "BookRound",
    "BookState",
    "Digests",
    "InLine",
    "Law",
    "has_role",
    "opening_orders",
    "place_in_refill_queue",
    "play",
    "present_rows",
    "refill_queues",
    "signed_rows_bytes",
]  # fmt: skip
