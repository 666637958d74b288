"""Proofreading: a second, small reader compares what was read with the office's own tables, value by value.

Engines and checker share the reading of the tables, so a fault there would be invisible to all of them. This package
knows nothing of ``allocator.reading``, not even its list of headings; it has the standard library's ``csv``, the raw
cells of a workbook, and what ``docs/file-formats.md`` says. A change of what is read must be made in both places.
"""

from allocator.proofreading.comparison import MOST_TOLD, comparison_with_canonical, comparison_with_reading

__all__ = ["MOST_TOLD", "comparison_with_canonical", "comparison_with_reading"]
