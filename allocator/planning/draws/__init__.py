"""Draws by the thousand: simulated public draws, means with their intervals, processes that share the work."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.draws.means import (
        FEWEST_UNITS, ONE, Estimate, Mean, decimal, estimate, mean_of, nearest, root, scaled_variance, t95,
    )
    from allocator.planning.draws.processes import AHEAD, executor, in_order
    from allocator.planning.draws.simulation import (
        ADJUSTED_TO, AT_EXTERNAL, DIVERTED_TO, FIGURES, RULING, SEATED, SUMS, WITHOUT, Lists, Outcome, Simulator,
        outcome_of,
    )
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "means": "FEWEST_UNITS ONE Estimate Mean decimal estimate mean_of nearest root scaled_variance t95",
        "processes": "AHEAD executor in_order",
        "simulation": (
            "ADJUSTED_TO AT_EXTERNAL DIVERTED_TO FIGURES RULING SEATED SUMS WITHOUT Lists Outcome Simulator "
            "outcome_of"
        ),
    })
