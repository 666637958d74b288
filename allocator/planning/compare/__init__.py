"""What-ifs side by side with the base: figures, gains and losses, rankings, the planners' page."""

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.compare.base_sections import (
        base_picture_folder_faults,
        base_section_day,
        write_base_pictures,
    )
    from allocator.planning.compare.comparison import Comparison, summarise_comparison
    from allocator.planning.compare.files import write_comparison
    from allocator.planning.compare.page import report_bytes
    from allocator.planning.compare.run import compare
    from allocator.planning.compare.terminal import parts_of
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "base_sections": "base_section_day base_picture_folder_faults write_base_pictures",
        "comparison": "Comparison summarise_comparison",
        "files": "write_comparison",
        "page": "report_bytes",
        "run": "compare",
        "terminal": "parts_of",
    })
