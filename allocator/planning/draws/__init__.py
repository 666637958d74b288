"""Draws by the thousand: simulated public draws, means with their intervals, processes that share the work."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.draws.means import (
        FEWEST_UNITS, ONE, Estimate, Mean, estimate_mean, mean_as_decimal, mean_of, nearest_whole_mean, root_for_means,
        scaled_variance, t95_of_mean,
    )
    from allocator.planning.draws.processes import AHEAD, executor_of_processes, in_processes_in_order
    from allocator.planning.draws.simulation import (
        ADJUSTED_TO, AT_EXTERNAL, DIVERTED_TO, FIGURES, RULING, SEATED, SUMS, WITHOUT, Lists, Outcome, Simulator,
        simulation_outcome,
    )
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "means": (
            "FEWEST_UNITS ONE Estimate Mean estimate_mean mean_as_decimal mean_of nearest_whole_mean root_for_means "
            "scaled_variance t95_of_mean"
        ),
        "processes": "AHEAD executor_of_processes in_processes_in_order",
        "simulation": (
            "ADJUSTED_TO AT_EXTERNAL DIVERTED_TO FIGURES RULING SEATED SUMS WITHOUT Lists Outcome Simulator "
            "simulation_outcome"
        ),
    })
