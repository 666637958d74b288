"""The roster, determined once more from the office's tables alone (office-procedure.md sections 2 to 6)."""

from allocator.checking.determination.answers import determine_answers, private_draw_answers

__all__ = ["determine_answers", "private_draw_answers"]
