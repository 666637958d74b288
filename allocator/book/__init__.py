"""The case book: a season's events and seats, a pure function of frozen inputs (office-procedure.md 7 to 11)."""

from allocator.book.judging import Digests
from allocator.book.play import Book, play
from allocator.book.rows import COLUMNS, present_rows
from allocator.book.state import BookState

__all__ = ["COLUMNS", "Book", "BookState", "Digests", "play", "present_rows"]
