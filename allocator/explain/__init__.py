"""Why a child stands where it stands, retold from the record of a run; nothing is decided again.

Only the output folder is read: ``assignment.csv``, ``trace.jsonl``, ``summary.json``, and for what the family gave and
for distances ``inputs/`` and ``policy.yaml``, each held against ``manifest.json``, so that a folder changed afterwards
explains nothing.
"""

from allocator.explain.heading import Record
from allocator.explain.reading import explain
from allocator.explain.story import SCHOOLS_TOLD, TICKET_DIGITS, Story

_Record, _Story = Record, Story

__all__ = ["SCHOOLS_TOLD", "TICKET_DIGITS", "Record", "Story", "explain"]
