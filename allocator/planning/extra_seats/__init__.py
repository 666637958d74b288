"""Extra seats: the fewest that are enough, where they help most, and what each of them does."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.extra_seats.answer import ExtraSeats
    from allocator.planning.extra_seats.effects import SeatEffects, seat_effects
    from allocator.planning.extra_seats.effects_report import (
        MOST_LISTS, effects_object, effects_parts, effects_table, effects_target_faults, effects_section,
    )
    from allocator.planning.extra_seats.instances import read_draws, solve_instance
    from allocator.planning.extra_seats.report import extra_seats_report_object, parts_of, table_of, target_faults
    from allocator.planning.extra_seats.request import (
        WAYS, Request, request_category_faults, request_default_not_diverted, request_district_faults,
        request_option_faults,
    )
    from allocator.planning.extra_seats.search import search_extra_seats
    from allocator.planning.extra_seats.shortage import Fewest, Shortage, shortage_object, shortage_of
    from allocator.planning.extra_seats.shortage_words import (
        shortage_aside_lines, shortage_headline, shortage_home_line, shortage_words_for_whom,
    )
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "answer": "ExtraSeats",
        "effects": "SeatEffects seat_effects",
        "effects_report": "MOST_LISTS effects_object effects_parts effects_table effects_target_faults effects_section",
        "instances": "read_draws solve_instance",
        "report": "extra_seats_report_object parts_of table_of target_faults",
        "request": (
            "WAYS Request request_category_faults request_default_not_diverted request_district_faults "
            "request_option_faults"
        ),
        "search": "search_extra_seats",
        "shortage": "Fewest Shortage shortage_object shortage_of",
        "shortage_words": "shortage_aside_lines shortage_headline shortage_home_line shortage_words_for_whom",
    })
