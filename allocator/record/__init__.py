"""The record of a run: clauses, events, published orders, the assignment file and the output folder."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.record.assignment_file import assignment_bytes, read_assignment
    from allocator.record.balance import COLUMNS, Balance, summed
    from allocator.record.changes import change_faults
    from allocator.record.course import Told
    from allocator.record.draw_names import draw_name
    from allocator.record.events import Cut, Event, event_of
    from allocator.record.folder import (
        demand_new_folder, inside_result_faults, output_folder_faults, replacement_faults, sealed, single_file_faults,
        write_folder,
    )
    from allocator.record.frozen import (
        FREEZE, freeze_bytes, frozen_before, log_act, number_earlier, numbered_transcripts, write_freeze,
    )
    from allocator.record.kept_table import REPORT_MARK, report_faults, table_faults, write_report
    from allocator.record.manifest import FORMAT_VERSION, MADE_BY, MANIFEST, manifest_bytes, outputs_of
    from allocator.record.orders import Entry, Order, order_bytes, order_of, published_orders
    from allocator.record.queues import order_id
    from allocator.record.retelling import Retelling, aligned, with_clauses
    from allocator.record.section import DIVERSION_STEP, Section, sections
    from allocator.record.stored import (
        changed_files, json_object, manifest_faults, output_bytes, stranger_faults, stray,
    )
    from allocator.record.swap import replace_file, sync_folder
    from allocator.record.trace import derive_trace
    from allocator.record.trace_file import DamagedTraceError, read_trace, trace_bytes
    from allocator.record.workbook_back import workbook_differences
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "assignment_file": "assignment_bytes read_assignment",
        "balance": "COLUMNS Balance summed",
        "changes": "change_faults",
        "course": "Told",
        "draw_names": "draw_name",
        "events": "Cut Event event_of",
        "folder": (
            "demand_new_folder inside_result_faults output_folder_faults replacement_faults sealed single_file_faults "
            "write_folder"
        ),
        "frozen": "FREEZE freeze_bytes frozen_before log_act number_earlier numbered_transcripts write_freeze",
        "kept_table": "REPORT_MARK report_faults table_faults write_report",
        "manifest": "FORMAT_VERSION MADE_BY MANIFEST manifest_bytes outputs_of",
        "orders": "Entry Order order_bytes order_of published_orders",
        "queues": "order_id",
        "retelling": "Retelling aligned with_clauses",
        "section": "DIVERSION_STEP Section sections",
        "stored": "changed_files json_object manifest_faults output_bytes stranger_faults stray",
        "swap": "replace_file sync_folder",
        "trace": "derive_trace",
        "trace_file": "DamagedTraceError read_trace trace_bytes",
        "workbook_back": "workbook_differences",
    })
