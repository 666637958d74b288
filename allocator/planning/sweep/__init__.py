"""Sweeps: every composition of a grid under many draws, stored as it arrives, in processes or on a cluster."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.planning.sweep.report import (
        parts_of, sweep_report_bytes, sweep_report_values, table_of, target_faults,
    )
    from allocator.planning.sweep.run import (
        MOST_RUNS, Meter, Sweep, announce_run, run_block_size, fitted_for_run, run_missing, runs_asked,
    )
    from allocator.planning.sweep.runners import Certificates, Run, Runner, runner_certificate_faults
    from allocator.planning.sweep.store import Header, Store, store_header, open_store, store_faults
    from allocator.planning.sweep.summary import SweepSummary, summarise_sweep, summary_object
    from allocator.planning.sweep.workers import pack_for_workers
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "report": "sweep_report_values parts_of sweep_report_bytes table_of target_faults",
        "run": "MOST_RUNS Meter Sweep announce_run run_block_size fitted_for_run run_missing runs_asked",
        "runners": "Certificates Run Runner runner_certificate_faults",
        "store": "Header Store store_header open_store store_faults",
        "summary": "SweepSummary summarise_sweep summary_object",
        "workers": "pack_for_workers",
    })
