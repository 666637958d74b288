"""What a run hands out: lists, workbook, summary, and all files of the output folder."""

from allocator.reporting.outputs import published_files
from allocator.reporting.summary import summarise_run, summary_bytes
from allocator.reporting.terminal import summary_parts
from allocator.reporting.workbook import workbook_bytes
from allocator.reporting.writing import write_outputs

__all__ = [
    "published_files",
    "summarise_run",
    "summary_bytes",
    "summary_parts",
    "workbook_bytes",
    "write_outputs",
]
