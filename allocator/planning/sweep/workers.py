"""What a worker of a sweep does, and by which program: some draws of one composition, wherever it runs."""

from __future__ import annotations

import pickle
import platform
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np

from allocator import models
from allocator.domain import District, WhatIf
from allocator.ground import Fault, InputError
from allocator.planning.draws import ADJUSTED_TO, DIVERTED_TO, FIGURES, RULING, WITHOUT, Outcome, Simulator
from allocator.planning.sweep.store import ResultRow
from allocator.planning.whatif import compose
from allocator.record import MADE_BY

PARTS = ("program", "source", "python", "numpy")
"""What must be alike, in the order in which it is told."""


@lru_cache(maxsize=1)
def worker_source_digest() -> str:
    """Return the SHA-256 of the program's modules: their names and texts, line ends aside."""
    digest = sha256()
    for name, path in sorted(_modules()):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name} {sha256(text).hexdigest()}\n".encode())
    return digest.hexdigest()


def _modules() -> Iterator[tuple[str, Path]]:
    """Modules by their place below the package; where it is a link, ``models`` is found as Python finds it."""
    root, modelled = Path(__file__).parents[2], Path(next(iter(models.__path__)))
    for path in root.rglob("*.py"):
        name = path.relative_to(root)
        if name.parts[0] not in ("models", "scenarios"):
            yield name.as_posix(), path
    for path in modelled.rglob("*.py"):
        yield f"models/{path.relative_to(modelled).as_posix()}", path


def worker_identity() -> dict[str, str]:
    """Return what this process runs, by ``PARTS``."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {
        "program": version(MADE_BY),
        "source": worker_source_digest()[:16],
        "python": python,
        "numpy": np.__version__,
    }


def worker_differences(other_identity: Mapping[str, str]) -> list[str]:
    """Return in what another process differs: its part, what it has, what this one has."""
    here = worker_identity()
    return [
        f"{part}: {other_identity.get(part, '?')} != {here[part]}"
        for part in PARTS
        if other_identity.get(part) != here[part]
    ]


PROGRAM = f"{version(MADE_BY)} ({worker_source_digest()[:16]})"
"""Version of the program in this process, and digest of its source."""

_OF_ONE_DEMAND = 10**9
"""More public draws than one demand draw ever has."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A district on its way to workers; equal districts are unpacked once in each process.

    Attributes
    ----------
    digest : str
        SHA-256 of ``raw``.
    raw : bytes
        The district, pickled and compressed.
    """

    digest: str
    raw: bytes = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Composition:
    """What-ifs that are composed, known by their digest (``allocator.domain.what_ifs_digest``)."""

    digest: str
    what_ifs: tuple[WhatIf, ...] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Public draws ``first`` to ``last`` under one demand draw."""

    demand: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Task:
    """Draws that one worker makes at a time, all of one composition."""

    composition: Composition
    seed: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What came of a task.

    Attributes
    ----------
    digest : str
        Of the composition.
    rows : tuple of ResultRow
        In the order of the task; empty if there are faults.
    faults : tuple of Fault
        Why the composition is impossible under a demand draw: exceptions lose their contents between processes.
    program : str
        Version of the program that made it, which on a cluster may be another one.
    """

    digest: str
    rows: tuple[ResultRow, ...]
    faults: tuple[Fault, ...] = ()
    program: str = PROGRAM


def pack_for_workers(district: District) -> Packed:
    """Return a district as it is sent to workers, without what no draw needs: children's names, the policy's text."""
    bare = replace(
        district,
        applicants=tuple(child._replace(name="", sex="") for child in district.applicants),
        policy_bytes=b"",
        draw=None,
    )
    raw = zlib.compress(pickle.dumps(bare, protocol=5), level=1)
    return Packed(sha256(raw).hexdigest(), raw)


def run_worker_task(packed: Packed, task: Task) -> Block:
    """Make the draws of a task.

    Parameters
    ----------
    packed : Packed
        The base.
    task : Task
        Which draws of which composition.
    """
    try:
        rows = tuple(row for stretch in task.stretches for row in _rows(packed, task, stretch))
    except InputError as error:
        return Block(task.composition.digest, (), error.faults)
    return Block(task.composition.digest, rows)


def _rows(packed: Packed, task: Task, stretch: Stretch) -> Iterator[ResultRow]:
    """The results of one stretch."""
    simulator = _simulator(packed, task.composition, stretch.demand)
    for draw in range(stretch.first, stretch.last + 1):
        outcome = simulator.draw(task.seed, worker_draw_number(stretch.demand, draw))
        yield worker_result_row(simulator, outcome, stretch.demand, draw)


def worker_draw_number(demand: int, draw: int) -> int:
    """Return the number under which a public draw is simulated.

    Under the roster itself it is the draw's own. Every demand draw has draws of its own, so that what differs between
    demand draws is independent, as the standard errors of ``allocator.planning.draws.means`` need it.
    """
    return demand * _OF_ONE_DEMAND + draw


def worker_result_row(simulator: Simulator, outcome: Outcome, demand: int, draw: int) -> ResultRow:
    """Return what is kept of one draw."""
    figures = simulator.figures(outcome)
    own = ~simulator.instance.external
    return ResultRow(
        demand,
        draw,
        tuple(figures[name] for name in FIGURES),
        tuple(simulator.taken(outcome)[own].tolist()),
        _by_category(simulator, outcome, (RULING, WITHOUT)),
        _by_category(simulator, outcome, (DIVERTED_TO, ADJUSTED_TO)),
    )


def _by_category(simulator: Simulator, outcome: Outcome, standings: tuple[int, ...]) -> tuple[int, ...]:
    """Children of some standings by category."""
    instance, meant = simulator.instance, np.isin(outcome.standing, standings)
    categories = len(simulator.district.policy.categories)
    counts = np.bincount(instance.category[meant], instance.size[meant], categories)
    return tuple(counts.astype(np.int64).tolist())


@lru_cache(maxsize=1)
def _district(packed: Packed) -> District:
    """The base, unpacked once in each process."""
    found: District = pickle.loads(zlib.decompress(packed.raw))  # noqa: S301  (packed by ``pack_for_workers``)
    return found


@lru_cache(maxsize=2)
def _simulator(packed: Packed, composition: Composition, demand: int) -> Simulator:
    """A composition ready to be drawn: composing costs as much as several draws, and a task is often one of many."""
    try:
        return Simulator(compose(_district(packed), composition.what_ifs, demand))
    except InputError as error:
        raise InputError([_of_demand(fault, demand) for fault in error.faults]) from error


def _of_demand(fault: Fault, demand: int) -> Fault:
    """A fault that says under which demand draw it shows."""
    column = f"{fault.column} [demand draw {demand}]".strip()
    return Fault(fault.code, fault.file, fault.row, column, fault.value, fault.params)
