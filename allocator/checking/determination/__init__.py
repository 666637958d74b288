"""The roster, determined once more from the office's tables alone (office-procedure.md sections 2 to 6)."""

from allocator.checking.determination.answers import determine, private_draw

__all__ = ["determine", "private_draw"]
