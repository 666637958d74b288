"""What a run hands out: lists, workbook, summary, and all files of the output folder."""

from allocator.reporting.family import with_family_page
from allocator.reporting.outputs import published_files, workbook_bytes, write_outputs
from allocator.reporting.summary import Summary, summarise_run, summary_bytes, summary_phase_names
from allocator.reporting.terminal import summary_parts

__all__ = [
    "Summary",
    "published_files",
    "summarise_run",
    "summary_bytes",
    "summary_parts",
    "summary_phase_names",
    "with_family_page",
    "workbook_bytes",
    "write_outputs",
]
