"""``allocator sweep``: a grid of what-ifs, drawn again and again."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.app import cli, language_option, lists_option
from allocator.cli.show import UNFINISHED, Teller, print_json, told
from allocator.district_folder import read_district
from allocator.domain import District
from allocator.domain.grid import Grid
from allocator.errors import Fault, InputError
from allocator.messages import Language, Lists, text
from allocator.planning.certificates import Certificates, certificate_faults
from allocator.record import replace_file
from allocator.terminal import echo

if TYPE_CHECKING:  # they load numpy and all else that draws need
    from allocator.planning.pools import Pool, Run
    from allocator.planning.store import Header, Store
    from allocator.planning.sweep import Sweep
    from allocator.planning.sweep_summary import Summary

_NO_DRAW = 1  # a trial seed, so that no transcript is asked for: simulated draws have lots of their own
_INTERRUPTED = 130  # as shells have it


@dataclass(frozen=True, slots=True)
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
    quiet: bool
    as_json: bool
    lists: Lists
    lang: Language

    def path(self, grid: Grid) -> Path:
        """Where results are kept."""
        return self.store or Path(f"{grid.name}.sqlite")


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("grid", metavar="GRID.yaml", type=click.Path(path_type=Path))
@click.option("--draws", type=click.IntRange(1, 10_000_000), required=True, metavar="N")
@click.option("--demand-draws", type=click.IntRange(0, 10_000_000), default=0, show_default=True, metavar="M")
@click.option("--store", type=click.Path(path_type=Path), metavar="FILE.sqlite")
@click.option("--workers", type=click.IntRange(1, 1024), metavar="K")
@click.option("--cluster", "address", metavar="ADDRESS")
@click.option("--tls-ca", type=click.Path(path_type=Path), metavar="FILE.pem")
@click.option("--tls-cert", type=click.Path(path_type=Path), metavar="FILE.pem")
@click.option("--tls-key", type=click.Path(path_type=Path), metavar="FILE.pem")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, metavar="S")
@click.option("--yes", is_flag=True)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option("--report", type=click.Path(path_type=Path), metavar="OUT.html")
@click.option("--json", "as_json", is_flag=True)
@click.option("--quiet", is_flag=True)
@click.option("--encoding")
@lists_option
@language_option
def sweep(
    folder: Path, grid: Path, draws: int, demand_draws: int, store: Path | None, workers: int | None,
    address: str | None, tls_ca: Path | None, tls_cert: Path | None, tls_key: Path | None, seed: int, yes: bool,
    out: Path | None, report: Path | None, as_json: bool, quiet: bool,
    encoding: str | None, lists: Lists, lang: Language,
) -> None:
    """Draw every combination of a grid of what-ifs again and again, beside the district as it is."""
    certificates = Certificates(tls_ca, tls_cert, tls_key)
    wish = _Wish(folder, grid, draws, demand_draws, store, address, certificates, workers, seed, yes, out, report,
                 encoding, quiet or as_json, as_json, lists, lang)  # fmt: skip
    with told(lang, as_json=as_json):
        gc.enable()  # a sweep can last for hours, and whatever runs tasks leaves cycles behind
        teller = Teller(lang, quiet=wish.quiet)
        summary, path = _swept(wish, teller)
        _show(summary, path, wish)


def _swept(wish: _Wish, teller: Teller) -> tuple[Summary, Path]:
    """Judge everything, compute what is missing, and return the summary with the file of the results."""
    from allocator.planning.store import open_store
    from allocator.planning.sweep import fitted
    from allocator.planning.sweep_summary import summarise_sweep

    teller("progress.reading")
    district, grid, header = _inputs(wish)
    path = wish.path(grid)
    teller("progress.grid")
    plan = fitted(district, grid, draws=wish.draws, demand_draws=wish.demand_draws, seed=wish.seed)
    teller.finish()
    # the cluster is reached before the file is made
    with _resumable(path, wish), _pool(wish, plan, district) as pool, open_store(path, header) as store:
        _run(plan, store, pool, wish)
        teller("progress.summary")
        summary = summarise_sweep(plan, store, header, district.policy)
        teller.finish()
        if wish.report is not None:
            from allocator.planning.sweep_report import drawn_values, write_sweep_report

            write_sweep_report(wish.report, summary, drawn_values(plan, store), wish.lists)
    return summary, path


def _inputs(wish: _Wish) -> tuple[District, Grid, Header]:
    """Read district and grid, or raise what is wrong with them and with the places of the outputs, all at once."""
    from allocator.planning.store import header_of, store_faults
    from allocator.planning.sweep_table import table_faults
    from allocator.reading.grid_file import read_grid

    district, grid, header = None, None, None
    faults = [] if wish.out is None else table_faults(wish.out)
    if wish.report is not None:
        from allocator.planning.what_if_report import report_faults

        faults += report_faults(wish.report)
    if wish.address is not None and wish.workers is not None:
        faults.append(Fault("sweep.both", "--cluster", value=wish.address))
    faults += certificate_faults(wish.address, wish.certificates)
    try:
        district = read_district(wish.folder, trial_seed=_NO_DRAW, encoding=wish.encoding)
        header = header_of(district, wish.seed)
    except InputError as error:
        faults += error.faults
    try:
        grid = read_grid(wish.grid)
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
    from allocator.planning.sweep import MOST_RUNS, runs_asked

    runs = runs_asked(grid, wish.draws, wish.demand_draws)
    return runs if runs > MOST_RUNS and not wish.yes else 0


def _size_faults(grid: Grid, wish: _Wish) -> list[Fault]:
    """Refuse very many runs where nobody can be asked."""
    from allocator.planning.sweep import MOST_RUNS

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
    try:
        sure = click.confirm(text("sweep.ask", wish.lang, runs=f"{runs:,}", cells=f"{grid.size:,}"), err=True)
    except click.Abort as error:
        raise KeyboardInterrupt from error
    if not sure:
        echo(text("sweep.not_run", wish.lang), err=True)
        sys.exit(UNFINISHED)


def _pool(wish: _Wish, plan: Sweep, district: District) -> Pool:
    """Where the draws are made: on the cluster, in processes, or here where it is not worth a process."""
    from allocator.planning import pools
    from allocator.planning.sweep import block_size
    from allocator.planning.workers import pack

    packed = pack(district)
    if wish.address is not None:
        return pools.cluster(packed, wish.address, wish.certificates)
    workers = min(wish.workers or pools.cores(), -(-plan.runs // block_size(plan.children)))
    return pools.here(packed) if workers == 1 else pools.processes(packed, workers)


def _run(plan: Sweep, store: Store, pool: Run, wish: _Wish) -> None:
    """Compute what is missing, with progress on stderr."""
    from allocator.cli.meter import metered
    from allocator.planning.sweep import register, run

    done = register(plan, store)
    if done and not wish.quiet:
        words = {"file": store.path.name, "done": done, "rest": plan.runs - done}
        echo(text("sweep.resuming", wish.lang, **words), err=True)
    with metered(done, plan.runs, wish.lang, quiet=wish.quiet) as meter:
        run(plan, store, pool, meter)


@contextmanager
def _resumable(path: Path, wish: _Wish) -> Iterator[None]:
    """Let Ctrl-C end the sweep with the words that nothing stored is lost."""
    try:
        yield
    except KeyboardInterrupt:
        if not path.exists():
            raise
        message = text("sweep.interrupted", wish.lang, file=path)
        if wish.as_json:
            print_json({"error": {"code": "sweep.interrupted", "message": message}})
        else:
            echo(message, err=True)
        sys.exit(_INTERRUPTED)


def _show(summary: Summary, path: Path, wish: _Wish) -> None:
    """Write the table and print the summary."""
    from allocator.planning.standings_words import standings_object
    from allocator.planning.sweep_standings import standings_of
    from allocator.planning.sweep_summary import summary_object
    from allocator.planning.sweep_table import print_sweep, sweep_bytes

    if wish.out is not None:
        replace_file(wish.out, sweep_bytes(summary))
    if wish.as_json:
        print_json({**summary_object(summary), "standings": standings_object(standings_of(summary))})
    elif not wish.quiet:
        print_sweep(summary, wish.lang)
        echo(text("sweep.kept", wish.lang, file=path))
        if wish.out is not None:
            echo(text("cli.made", wish.lang, folder=wish.out))
        if wish.report is not None:
            echo(text("what_if.report_written", wish.lang, file=wish.report))
