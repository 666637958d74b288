"""A sweep: the cells of a grid, drawn again and again; only what is not stored yet is computed (docs/sweep.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from allocator.domain import District, Grid, GridCell, canonical_what_ifs
from allocator.ground import DisagreementError, Fault, InputError
from allocator.planning.draws import FEWEST_UNITS, Estimate, Simulator
from allocator.planning.sweep.runners import Run
from allocator.planning.sweep.store import Store
from allocator.planning.sweep.workers import PROGRAM, Block, Composition, Stretch, Task
from allocator.planning.whatif import ChangeAnswer, compose

MOST_RUNS = 1_000_000
"""Runs of a sweep from which on somebody must say yes."""

_CHILD_DRAWS = 300_000  # children times draws of a task: about half a second
_MOST_AT_ONCE = 200
_COMPOSING = 16  # what it costs to compose a district, in draws

Meter: TypeAlias = Callable[[int], None]
"""Told how many more draws are in the results file."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One distinct composition of a grid, judged against the district.

    Attributes
    ----------
    composition : Composition
        What-ifs and digest.
    schools : tuple of str
        Its own schools, those that a what-if opens included.
    cost : int or None
        Cost of all added seats that have one.
    answers : tuple of ChangeAnswer
        What became of its changes on the roster as it is.
    """

    composition: Composition
    schools: tuple[str, ...]
    cost: int | None
    answers: tuple[ChangeAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Sweep:
    """A grid that fits a district, and how often it is drawn.

    Attributes
    ----------
    grid : Grid
        As read.
    cells : tuple of GridCell
        The base first.
    settings : dict of str to Setting
        By digest, in the order of the first cell of each.
    draws : int
        Public draws 1 to ``draws`` of every cell and demand draw.
    demand_draws : int
        Demand draws 1 to ``demand_draws``; 0: the roster itself.
    seed : int
        Seed of the simulation.
    children : int
        Of the base, by which work is shared out.
    """

    grid: Grid
    cells: tuple[GridCell, ...]
    settings: dict[str, Setting]
    draws: int
    demand_draws: int
    seed: int
    children: int

    @property
    def demands(self) -> range:
        """Numbers of the demand draws; 0 is the roster itself."""
        return demands_of_run(self.demand_draws)

    @property
    def enough(self) -> bool:
        """Whether there are enough independent draws to call anything clear: demand draws, or draws without them."""
        return (self.demand_draws or self.draws) >= FEWEST_UNITS

    def clear(self, difference: Estimate) -> bool:
        """Return whether a difference is clearly none of 0."""
        return self.enough and difference.clear

    @property
    def answers(self) -> Iterator[ChangeAnswer]:
        """What became of every change of every composition."""
        return (answer for setting in self.settings.values() for answer in setting.answers)

    @property
    def runs(self) -> int:
        """Draws of all compositions together."""
        return len(self.settings) * len(self.demands) * self.draws


def demands_of_run(demand_draws: int) -> range:
    """Return the numbers of so many demand draws; none: 0 alone, the roster itself."""
    return range(1, demand_draws + 1) if demand_draws else range(1)


def runs_asked(grid: Grid, draws: int, demand_draws: int) -> int:
    """Return how many runs a grid makes at most: equal compositions run once."""
    return grid.size * len(demands_of_run(demand_draws)) * draws


def fitted_for_run(district: District, grid: Grid, *, draws: int, demand_draws: int = 0, seed: int = 1) -> Sweep:
    """Compose every cell of a grid and judge it, before anything is run.

    Parameters
    ----------
    district : District
        The base.
    grid : Grid
        As read.
    draws, demand_draws, seed : int
        As in ``Sweep``.

    Raises
    ------
    InputError
        With everything that does not fit the district in any cell, each fault once, with the first cell it shows in.
    """
    cells = tuple(grid.cells())
    settings: dict[str, Setting] = {}
    faults: dict[tuple[object, ...], Fault] = {}
    for cell in cells:
        if cell.digest not in settings:
            try:
                settings[cell.digest] = _setting(district, cell)
            except InputError as error:
                for fault in error.faults:
                    key = (fault.file, fault.row, fault.column, fault.code, fault.value, str(fault.params))
                    faults.setdefault(key, replace(fault, column=f"{fault.column} [{cell.name}]"))
    if faults:
        raise InputError(faults.values())
    return Sweep(grid, cells, settings, draws, demand_draws, seed, len(district.applicants))


def _setting(district: District, cell: GridCell) -> Setting:
    """A cell's composition, judged."""
    scenario = compose(district, cell.what_ifs, reach=True)
    Simulator(scenario)
    schools = tuple(name for name, school in sorted(scenario.district.schools.items()) if not school.external)
    return Setting(Composition(cell.digest, cell.what_ifs), schools, scenario.cost, scenario.answers)


def announce_run(sweep: Sweep, store: Store) -> int:
    """Make the compositions known to a results file; returns how many of the sweep's draws are there already."""
    for digest, setting in sweep.settings.items():
        store.announce(digest, canonical_what_ifs(setting.composition.what_ifs).decode("ascii"), setting.schools)
    return sum(store.count(digest, sweep.demands, sweep.draws) for digest in sweep.settings)


def run_missing(sweep: Sweep, store: Store, runner: Run, meter: Meter = lambda _: None) -> None:
    """Compute what is missing and keep it as it arrives.

    Parameters
    ----------
    sweep : Sweep
        Registered with the store.
    store : Store
        Where results are kept, a transaction for every block.
    runner : callable
        A runner that has been entered (``allocator.planning.sweep.runners``).
    meter : callable
        Told of progress.

    Raises
    ------
    InputError
        If a composition is impossible under a demand draw, a worker is lost for good, or the file cannot be written.
    DisagreementError
        If a worker's program is of another version, or a result came twice and differs.
    """
    for block in runner(run_tasks(sweep, store)):
        _judge(block)
        meter(store.add(block.digest, block.rows))


def _judge(block: Block) -> None:
    """Refuse a block that holds faults or comes from another program."""
    if block.program != PROGRAM:
        raise DisagreementError("sweep.worker_version", {"found": block.program, "expected": PROGRAM})
    if block.faults:
        raise InputError(block.faults)


def run_block_size(children: int) -> int:
    """Return how many draws a task makes at most, so that it takes about half a second."""
    return max(1, min(_MOST_AT_ONCE, _CHILD_DRAWS // max(1, children)))


def run_tasks(sweep: Sweep, store: Store) -> Iterator[Task]:
    """Give what is missing in a results file as tasks, composition by composition; several demand draws share one."""
    size = run_block_size(sweep.children)
    for digest, setting in sweep.settings.items():
        stretches: list[Stretch] = []
        cost = 0
        for demand in sweep.demands:
            for stretch in missing_of_run(demand, store.there(digest, demand, sweep.draws), sweep.draws, size):
                stretches.append(stretch)
                cost += stretch.last - stretch.first + 1 + (_COMPOSING if demand else 0)
                if cost >= size:
                    yield Task(setting.composition, sweep.seed, tuple(stretches))
                    stretches, cost = [], 0
        if stretches:
            yield Task(setting.composition, sweep.seed, tuple(stretches))


def missing_of_run(demand: int, there: Sequence[int], draws: int, size: int) -> Iterator[Stretch]:
    """Give the draws 1 to ``draws`` that are not there, as stretches of ``size`` at most.

    Parameters
    ----------
    demand : int
        Their demand draw.
    there : sequence of int
        Draws that are there, ascending.
    draws, size : int
        Last draw, and most draws of a stretch.
    """
    first = 1
    for known in (*there, draws + 1):
        for start in range(first, known, size):
            yield Stretch(demand, start, min(start + size, known) - 1)
        first = known + 1
