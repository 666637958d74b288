"""What a planner changes: files of changes become districts, with what was asked, done and left out."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.whatif.answers import ChangeAnswer, answer_line, answer_object, answer_words, reasons
    from allocator.planning.whatif.composing import Scenario, compose, composed
    from allocator.planning.whatif.standings import (
        NOTHING, Standing, best_words, ranking_tables, standings_object, worst_tables, worst_words,
    )
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "answers": "ChangeAnswer answer_line answer_object answer_words reasons",
        "composing": "Scenario compose composed",
        "standings": "NOTHING Standing best_words ranking_tables standings_object worst_tables worst_words",
    })
