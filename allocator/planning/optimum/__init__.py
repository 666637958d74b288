"""The planning optimum: from a district to its best list, certificate, and the price of the rules."""

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.optimum.files import summarise_optimum, write_optimum
    from allocator.planning.optimum.layout import KIND
    from allocator.planning.optimum.solve import CheckedOptimum, solve_and_check_optimum
    from allocator.planning.optimum.tables import parts_of
    from allocator.planning.optimum.verification import OptimumReport, is_optimum, verify_optimum
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "files": "summarise_optimum write_optimum",
        "layout": "KIND",
        "solve": "CheckedOptimum solve_and_check_optimum",
        "tables": "parts_of",
        "verification": "OptimumReport is_optimum verify_optimum",
    })
