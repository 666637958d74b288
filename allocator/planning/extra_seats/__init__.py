"""Extra seats: the fewest that are enough, where they help most, and what each of them does."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.extra_seats.answer import ExtraSeats
    from allocator.planning.extra_seats.effects import SeatEffects, seat_effects
    from allocator.planning.extra_seats.effects_report import (
        MOST_LISTS, effects_object, effects_parts, effects_table, effects_target_faults, seats_section,
    )
    from allocator.planning.extra_seats.instances import read_draws, solve_instance
    from allocator.planning.extra_seats.report import as_object, parts_of, table_of, target_faults
    from allocator.planning.extra_seats.request import (
        WAYS, Request, category_faults, district_faults, option_faults, usual_not_diverted,
    )
    from allocator.planning.extra_seats.search import expand
    from allocator.planning.extra_seats.shortage import Fewest, Shortage, shortage_object, shortage_of
    from allocator.planning.extra_seats.shortage_words import aside_lines, headline, home_line, whom_of
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "answer": "ExtraSeats",
        "effects": "SeatEffects seat_effects",
        "effects_report": "MOST_LISTS effects_object effects_parts effects_table effects_target_faults seats_section",
        "instances": "read_draws solve_instance",
        "report": "as_object parts_of table_of target_faults",
        "request": "WAYS Request category_faults district_faults option_faults usual_not_diverted",
        "search": "expand",
        "shortage": "Fewest Shortage shortage_object shortage_of",
        "shortage_words": "aside_lines headline home_line whom_of",
    })
