"""The record of a run: clauses, events, published orders, the assignment file and the output folder."""

from allocator.record.assignment_file import assignment_bytes, read_assignment
from allocator.record.balance import COLUMNS, Balance, summed
from allocator.record.events import Cut, Event, event_of
from allocator.record.folder import output_folder_faults, write_folder
from allocator.record.kept_result import inside_result_faults, replacement_faults, sealed, single_file_faults
from allocator.record.manifest import FORMAT_VERSION, MANIFEST, manifest_bytes, outputs_of
from allocator.record.orders import Entry, Order, order_bytes, published_orders
from allocator.record.retelling import Retelling, with_clauses
from allocator.record.swap import replace_file
from allocator.record.trace import derive_trace
from allocator.record.trace_file import DamagedTraceError, read_trace, trace_bytes

__all__ = [
    "COLUMNS",
    "FORMAT_VERSION",
    "MANIFEST",
    "Balance",
    "Cut",
    "DamagedTraceError",
    "Entry",
    "Event",
    "Order",
    "Retelling",
    "assignment_bytes",
    "derive_trace",
    "event_of",
    "inside_result_faults",
    "manifest_bytes",
    "order_bytes",
    "output_folder_faults",
    "outputs_of",
    "published_orders",
    "read_assignment",
    "read_trace",
    "replace_file",
    "replacement_faults",
    "sealed",
    "single_file_faults",
    "summed",
    "trace_bytes",
    "with_clauses",
    "write_folder",
]
