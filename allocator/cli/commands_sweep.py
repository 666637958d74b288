"""``allocator sweep``: a grid of what-ifs, drawn again and again."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from allocator.cli.command import (
    UNFINISHED,
    Teller,
    cli,
    district_argument,
    path_argument,
    path_option,
    planner_list_options,
    print_json,
    told_command,
)
from allocator.cli.meter import metered
from allocator.district_folder import read_district
from allocator.domain import District, Grid
from allocator.ground import Fault, InputError, ListLanguages, echo, text
from allocator.planning.sweep import (
    MOST_RUNS,
    Certificates,
    Header,
    Run,
    Runner,
    Store,
    Sweep,
    SweepSummary,
    announce_run,
    fitted_for_run,
    open_store,
    pack_for_workers,
    parts_of,
    run_block_size,
    run_missing,
    runner_certificate_faults,
    runners,
    runs_asked,
    store_faults,
    store_header,
    summarise_sweep,
    summary_object,
    table_of,
    target_faults,
)
from allocator.reading.what_if_file import read_what_if_grid
from allocator.record import swap_file, write_kept_page
from allocator.sheets import file_for_machines, show

_NO_DRAW = 1  # a trial seed, so that no transcript is asked for: simulated draws have lots of their own
_INTERRUPTED = 130  # as shells have it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What the command line asks for."""

    folder: Path
    grid: Path
    draws: int
    demand_draws: int
    store: Path | None
    address: str | None
    certificates: Certificates
    workers: int | None
    seed: int
    yes: bool
    out: Path | None
    report: Path | None
    encoding: str | None
    lists: ListLanguages
    teller: Teller

    def path(self, grid: Grid) -> Path:
        """Where results are kept."""
        return self.store or Path(f"{grid.name}.sqlite")


@cli.command()
@district_argument
@path_argument("grid", "GRID.yaml")
@click.option("--draws", type=click.IntRange(1, 10_000_000), required=True, metavar="N")
@click.option("--demand-draws", type=click.IntRange(0, 10_000_000), default=0, show_default=True, metavar="M")
@path_option("--store", "FILE.sqlite")
@click.option("--workers", type=click.IntRange(1, 1024), metavar="K")
@click.option("--cluster", "address", metavar="ADDRESS")
@path_option("--tls-ca", "FILE.pem")
@path_option("--tls-cert", "FILE.pem")
@path_option("--tls-key", "FILE.pem")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, metavar="S")
@click.option("--yes", is_flag=True)
@path_option("--out", "FILE")
@path_option("--report", "OUT.html")
@planner_list_options
@told_command
def sweep(teller: Teller, tls_ca: Path | None, tls_cert: Path | None, tls_key: Path | None, **given: Any) -> None:
    """Draw every combination of a grid of what-ifs again and again, beside the district as it is."""
    gc.enable()  # a sweep can last for hours, and whatever runs tasks leaves cycles behind
    wish = _Wish(teller=teller, certificates=Certificates(tls_ca, tls_cert, tls_key), **given)
    summary, path = _swept(wish, teller)
    _show(summary, path, wish)


def _swept(wish: _Wish, teller: Teller) -> tuple[SweepSummary, Path]:
    """Judge everything, compute what is missing, and return the summary with the file of the results."""
    teller("progress.reading")
    district, grid, header = _inputs(wish)
    path = wish.path(grid)
    teller("progress.grid")
    sweep = fitted_for_run(district, grid, draws=wish.draws, demand_draws=wish.demand_draws, seed=wish.seed)
    teller.finish()
    # the cluster is reached before the file is made
    with _resumable(path, wish), _runner(wish, sweep, district) as runner, open_store(path, header) as store:
        _run(sweep, store, runner, wish)
        teller("progress.summary")
        summary = summarise_sweep(sweep, store, header, district.policy)
        teller.finish()
        if wish.report is not None:
            from allocator.planning.sweep import sweep_report_bytes, sweep_report_values

            write_kept_page(wish.report, sweep_report_bytes(summary, sweep_report_values(sweep, store), wish.lists))
    return summary, path


def _inputs(wish: _Wish) -> tuple[District, Grid, Header]:
    """Read district and grid, or raise what is wrong with them and with the places of the outputs, all at once."""
    district, grid, header = None, None, None
    faults = [] if wish.out is None else target_faults(wish.out)
    if wish.report is not None:
        from allocator.record import kept_page_faults

        faults += kept_page_faults(wish.report)
    if wish.address is not None and wish.workers is not None:
        faults.append(Fault("sweep.both", "--cluster", value=wish.address))
    faults += runner_certificate_faults(wish.address, wish.certificates)
    try:
        district = read_district(wish.folder, trial_seed=_NO_DRAW, encoding=wish.encoding)
        header = store_header(district, wish.seed)
    except InputError as error:
        faults += error.faults
    try:
        grid = read_what_if_grid(wish.grid)
        faults += _size_faults(grid, wish)
        faults += [] if header is None else store_faults(wish.path(grid), header)
    except InputError as error:
        faults += error.faults
    if faults or district is None or grid is None or header is None:
        raise InputError(faults)
    _ask(grid, wish)
    return district, grid, header


def _too_many(grid: Grid, wish: _Wish) -> int:
    """How many runs somebody must be asked about; 0: none."""
    runs = runs_asked(grid, wish.draws, wish.demand_draws)
    return runs if runs > MOST_RUNS and not wish.yes else 0


def _size_faults(grid: Grid, wish: _Wish) -> list[Fault]:
    """Refuse very many runs where nobody can be asked."""
    runs = _too_many(grid, wish)
    if not runs or _may_ask():
        return []
    return [Fault("sweep.too_many", grid.file, value=str(runs), params={"most": f"{MOST_RUNS:,}"})]


def _may_ask() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty()


def _ask(grid: Grid, wish: _Wish) -> None:
    """Ask before very many runs; ends the program without a yes."""
    runs = _too_many(grid, wish)
    if not runs:
        return
    question = text("sweep.ask", wish.teller.language, runs=f"{runs:,}", cells=f"{grid.size:,}")
    try:
        sure = click.confirm(question, err=True)
    except click.Abort as error:
        raise KeyboardInterrupt from error
    if not sure:
        echo(text("sweep.not_run", wish.teller.language), err=True)
        sys.exit(UNFINISHED)


def _runner(wish: _Wish, sweep: Sweep, district: District) -> Runner:
    """Where the draws are made: on the cluster, in processes, or here where it is not worth a process."""
    packed = pack_for_workers(district)
    if wish.address is not None:
        return runners.runner_on_cluster(packed, wish.address, wish.certificates)
    workers = min(wish.workers or runners.runner_cores(), -(-sweep.runs // run_block_size(sweep.children)))
    return runners.runner_here(packed) if workers == 1 else runners.runner_of_processes(packed, workers)


def _run(sweep: Sweep, store: Store, runner: Run, wish: _Wish) -> None:
    """Compute what is missing, with progress on stderr."""
    done = announce_run(sweep, store)
    if done and not wish.teller.quiet:
        words = {"file": store.path.name, "done": done, "rest": sweep.runs - done}
        echo(text("sweep.resuming", wish.teller.language, **words), err=True)
    with metered(done, sweep.runs, wish.teller.language, quiet=wish.teller.quiet) as meter:
        run_missing(sweep, store, runner, meter)


@contextmanager
def _resumable(path: Path, wish: _Wish) -> Iterator[None]:
    """Let Ctrl-C end the sweep with the words that nothing stored is lost."""
    try:
        yield
    except KeyboardInterrupt:
        if not path.exists():
            raise
        message = text("sweep.interrupted", wish.teller.language, file=path)
        if wish.teller.as_json:
            print_json({"error": {"code": "sweep.interrupted", "message": message}})
        else:
            echo(message, err=True)
        sys.exit(_INTERRUPTED)


def _show(summary: SweepSummary, path: Path, wish: _Wish) -> None:
    """Write the table and print the summary."""
    if wish.out is not None:
        swap_file(wish.out, file_for_machines(table_of(summary), wish.out))
    if wish.teller.as_json:
        print_json(summary_object(summary))
    elif not wish.teller.quiet:
        show(parts_of(summary), wish.teller.language)
        echo(text("sweep.kept", wish.teller.language, file=path))
        if wish.out is not None:
            echo(text("cli.made", wish.teller.language, folder=wish.out))
        if wish.report is not None:
            echo(text("what_if.report_written", wish.teller.language, file=wish.report))
