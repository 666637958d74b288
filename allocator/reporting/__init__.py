"""What a run hands out: lists, workbook, summary, and all files of the output folder."""

from allocator.reporting.outputs import published_files
from allocator.reporting.summary import summarise, summary_bytes
from allocator.reporting.terminal import print_summary, summary_view
from allocator.reporting.workbook import workbook_bytes
from allocator.reporting.writing import write_outputs

__all__ = [
    "print_summary",
    "published_files",
    "summarise",
    "summary_bytes",
    "summary_view",
    "workbook_bytes",
    "write_outputs",
]
