"""The office's summer before the draw: the roster determined twice, its files, what waits for the leading group."""

from allocator.office.agreement import determined, private_drawn
from allocator.office.outputs import (
    DETERMINATION,
    KIND,
    PRIVATE_FREEZE,
    PRIVATE_RESULT,
    PRIVATE_ROSTER,
    PRIVATE_TRANSCRIPT,
    demand_transcript,
    held_warnings,
    private_bytes,
    private_digests,
    private_roster,
    write_determination,
)
from allocator.office.reading import office_reading
from allocator.office.summary import determination_object, determination_parts, rulings_object, rulings_parts

__all__ = [
    "DETERMINATION", "KIND", "PRIVATE_FREEZE", "PRIVATE_RESULT", "PRIVATE_ROSTER", "PRIVATE_TRANSCRIPT",
    "demand_transcript", "determination_object", "determination_parts", "determined", "held_warnings",
    "office_reading", "private_bytes", "private_digests", "private_drawn", "private_roster", "rulings_object",
    "rulings_parts", "write_determination",
]  # fmt: skip
