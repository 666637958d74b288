"""The office's summer before the draw: the roster determined twice, its files, what waits for the leading group."""

from allocator.office.agreement import agreed_determination, agreed_private_draw
from allocator.office.outputs import (
    DETERMINATION,
    KIND,
    PRIVATE_FREEZE,
    PRIVATE_RESULT,
    PRIVATE_ROSTER,
    PRIVATE_TRANSCRIPT,
    demand_private_transcript,
    determination_bytes,
    district_of_determination,
    private_bytes,
    private_digests,
    private_parties,
    private_roster,
    tables_digest,
    write_determination,
)
from allocator.office.reading import office_reading
from allocator.office.summary import determination_object, determination_parts, rulings_object, rulings_parts

__all__ = [
    "DETERMINATION", "KIND", "PRIVATE_FREEZE", "PRIVATE_RESULT", "PRIVATE_ROSTER", "PRIVATE_TRANSCRIPT",
    "agreed_determination", "agreed_private_draw", "demand_private_transcript", "determination_bytes",
    "determination_object", "determination_parts", "district_of_determination", "office_reading", "private_bytes",
    "private_digests", "private_parties", "private_roster", "rulings_object", "rulings_parts", "tables_digest",
    "write_determination",
]  # fmt: skip
