"""The draw day: its journal, what it gave, what the projector shows, the papers to sign, and a draw that is void."""

# isort: off

from allocator.public.ceremony.day import KNOWN_ANSWERS, NUMBERS_ORDER, RING, DrawDay, Witness, draw_day
from allocator.public.ceremony.journal import CEREMONY, CeremonyJournal, ceremony_lock, loose_answers
from allocator.public.ceremony.orders import ShownDraw, shown_draws
from allocator.public.ceremony.papers import DayPapers
from allocator.public.ceremony.projector import Slide, hex_groups, projector_page, terminal_code
from allocator.public.ceremony.slides import STEPS, DaySlides, day_counts, step_words
from allocator.public.ceremony.void import (
    changed_transcript_faults, drawn_in_book, event_of_transcript, keep_void_draw, transcript_of_folder,
    used_event_numbers, was_set_aside,
)

__all__ = [
    "CEREMONY", "KNOWN_ANSWERS", "NUMBERS_ORDER", "RING", "STEPS", "CeremonyJournal", "DayPapers", "DaySlides",
    "DrawDay", "ShownDraw", "Slide", "Witness", "ceremony_lock", "changed_transcript_faults", "day_counts", "draw_day",
    "drawn_in_book", "event_of_transcript", "hex_groups", "keep_void_draw", "loose_answers", "projector_page",
    "shown_draws", "step_words", "terminal_code", "transcript_of_folder", "used_event_numbers", "was_set_aside",
]  # fmt: skip
