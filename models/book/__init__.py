"""The case book stated anew (office-procedure.md sections 7 to 11): each opening and step of a refill is proven."""

from allocator.models.book.play import ProvenBook, play_in_model

__all__ = ["ProvenBook", "play_in_model"]
