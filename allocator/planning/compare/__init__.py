"""What-ifs side by side with the base: figures, gains and losses, rankings, the planners' page."""

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.compare.base_sections import day_of
    from allocator.planning.compare.comparison import Comparison
    from allocator.planning.compare.files import write_comparison
    from allocator.planning.compare.page import report_bytes
    from allocator.planning.compare.pictures import folder_faults, write_pictures
    from allocator.planning.compare.run import compare
    from allocator.planning.compare.summary import summarise_comparison
    from allocator.planning.compare.terminal import parts_of
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "base_sections": "day_of",
        "comparison": "Comparison",
        "files": "write_comparison",
        "page": "report_bytes",
        "pictures": "folder_faults write_pictures",
        "run": "compare",
        "summary": "summarise_comparison",
        "terminal": "parts_of",
    })
