"""Odds: how often a child of a kind gets which school, over rosters and draws."""

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.odds.run import Odds, odds, odds_draw_faults
    from allocator.planning.odds.table import families_table, kinds_table, odds_object, parts_of, target_faults
    from allocator.planning.odds.words import RowsWanted, rows_in_wanted_words
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "run": "Odds odds_draw_faults odds",
        "table": "families_table kinds_table odds_object parts_of target_faults",
        "words": "RowsWanted rows_in_wanted_words",
    })
