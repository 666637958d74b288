"""The record of a run: clauses, events, published orders, the assignment file and the output folder."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.record.assignment_file import assignment_bytes, read_assignment
    from allocator.record.balance import COLUMNS, Balance, summed_balance
    from allocator.record.changes import change_faults
    from allocator.record.course import ELSEWHERE, NO_SEAT, NOT_ADMITTED, PASSED_OVER, Told
    from allocator.record.cutoffs import (
        CUTOFFS, HOME, RECEIVING, Cutoff, CutoffLine, CutoffTable, cutoff_bytes, cutoff_differences, derive_cutoffs,
    )
    from allocator.record.draw_names import draw_name
    from allocator.record.events import Cut, Event, event_of_content
    from allocator.record.folder import (
        demand_new_folder, file_in_folder_faults, folder_file_paths, folder_replacement_faults, inside_folder_faults,
        output_folder_faults, sealed_folder_manifest, write_folder,
    )
    from allocator.record.frozen import (
        FREEZE, LOG, freeze_bytes, frozen_before, log_frozen_act, number_earlier_frozen, numbered_transcripts,
        write_freeze,
    )
    from allocator.record.kept_table import REPORT_MARK, kept_page_faults, kept_table_faults, write_kept_page
    from allocator.record.manifest import FORMAT_VERSION, MADE_BY, MANIFEST, manifest_bytes, manifest_outputs
    from allocator.record.orders import Entry, Order, order_bytes, published_order, published_orders
    from allocator.record.queues import queue_order_id
    from allocator.record.retelling import Retelling, rows_for_retelling, retold_with_clauses
    from allocator.record.section import DIVERSION_STEP, Section, sections
    from allocator.record.stored import (
        changed_stored_files, stored_bytes, stored_json, stored_manifest_faults, stored_stranger_faults,
        stray_stored_files,
    )
    from allocator.record.swap import mend_swap, swap_file, swap_staging, sync_folder
    from allocator.record.trace import derive_trace
    from allocator.record.trace_file import DamagedTraceError, read_trace, trace_bytes
    from allocator.record.workbook_back import workbook_differences
    from allocator.record.writable import writable_file_faults, writable_folder_faults
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "assignment_file": "assignment_bytes read_assignment",
        "balance": "COLUMNS Balance summed_balance",
        "changes": "change_faults",
        "course": "ELSEWHERE NO_SEAT NOT_ADMITTED PASSED_OVER Told",
        "cutoffs": (
            "CUTOFFS HOME RECEIVING Cutoff CutoffLine CutoffTable cutoff_bytes cutoff_differences derive_cutoffs"
        ),
        "draw_names": "draw_name",
        "events": "Cut Event event_of_content",
        "folder": (
            "demand_new_folder file_in_folder_faults folder_file_paths folder_replacement_faults inside_folder_faults "
            "output_folder_faults sealed_folder_manifest write_folder"
        ),
        "frozen": (
            "FREEZE LOG freeze_bytes frozen_before log_frozen_act number_earlier_frozen numbered_transcripts "
            "write_freeze"
        ),
        "kept_table": "REPORT_MARK kept_page_faults kept_table_faults write_kept_page",
        "manifest": "FORMAT_VERSION MADE_BY MANIFEST manifest_bytes manifest_outputs",
        "orders": "Entry Order order_bytes published_order published_orders",
        "queues": "queue_order_id",
        "retelling": "Retelling rows_for_retelling retold_with_clauses",
        "section": "DIVERSION_STEP Section sections",
        "stored": (
            "changed_stored_files stored_bytes stored_json stored_manifest_faults stored_stranger_faults "
            "stray_stored_files"
        ),
        "swap": "mend_swap swap_file swap_staging sync_folder",
        "trace": "derive_trace",
        "trace_file": "DamagedTraceError read_trace trace_bytes",
        "workbook_back": "workbook_differences",
        "writable": "writable_file_faults writable_folder_faults",
    })
