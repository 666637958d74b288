"""What a planner changes: files of changes become districts, with what was asked, done and left out."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.whatif.answers import ChangeAnswer, answer_line, answer_object, answer_words, answer_reasons
    from allocator.planning.whatif.composing import Scenario, compose, composed_what_ifs
    from allocator.planning.whatif.standings import (
        NOTHING, Standing, best_standing_words, standing_tables, standings_object, worst_standing_tables,
        worst_standing_words,
    )
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "answers": "ChangeAnswer answer_line answer_object answer_words answer_reasons",
        "composing": "Scenario compose composed_what_ifs",
        "standings": (
            "NOTHING Standing best_standing_words standing_tables standings_object worst_standing_tables "
            "worst_standing_words"
        ),
    })
