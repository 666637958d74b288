"""``allocator sweep --cluster``: a real Dask scheduler with two workers on loopback, one of which is killed."""

from __future__ import annotations

import builtins
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from allocator.planning.sweep import runners
from tests.cli_calls import call, good, refused
from tests.sweep_cases import GRID, grid_file, started, stored, wait_for_results

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are killed by signal")

LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
"""Without the last two Dask's HTTP server listens on every interface, dashboard or not."""


class Cluster:
    """A scheduler and its workers, as processes of this machine that are told in files where they find each other."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(
        self, what: str, *options: object, begin: tuple[str, ...] = ("-m", "dask")
    ) -> subprocess.Popen[bytes]:
        """Start a scheduler or a worker."""
        command = [sys.executable, *begin, what, *LOOPBACK, "--scheduler-file", self.file, *options]
        log = (self.folder / f"{what}-{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(list(map(str, command)), cwd=self.folder, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    @property
    def address(self) -> str:
        """Address of the scheduler, once it has written it down."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if self.file.exists() and (text := self.file.read_text(encoding="utf-8")).endswith("}"):
                return str(json.loads(text)["address"])
            time.sleep(0.05)
        raise AssertionError("no scheduler in time")

    def stop(self) -> None:
        """End everything that was started."""
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Return a scheduler on loopback; a test adds the workers."""
    pytest.importorskip("distributed", reason="needs the extra [cluster]")
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    try:
        made.start("scheduler", "--port", 0)
        assert made.address.startswith("tcp://127.0.0.1:")
        yield made
    finally:
        made.stop()


WORKER = ("--no-nanny", "--nthreads", 1, "--worker-port", 0)


def test_a_killed_worker_costs_no_result(town: Path, tmp_path: Path, cluster: Cluster) -> None:
    """One of two workers is killed while tasks run: every result is there once, and the table is that of loky."""
    for name in ("dask", "loky"):
        (tmp_path / name).mkdir()
    victim = cluster.start("worker", *WORKER)
    cluster.start("worker", *WORKER)
    path, out = tmp_path / "dask" / "results.sqlite", tmp_path / "dask" / "table.csv"
    wish = (town, grid_file(tmp_path), "--draws", 300)
    process = started(tmp_path, *wish, "--store", path, "--out", out, "--cluster", cluster.address, "--quiet")
    there = wait_for_results(path, process)
    victim.send_signal(signal.SIGKILL)
    assert there < 4 * 300
    said, told = process.communicate(timeout=60)
    assert (process.returncode, said, told) == (0, "", "")
    assert stored(path) == 4 * 300
    other = tmp_path / "loky" / "table.csv"
    good("sweep", *wish, "--store", tmp_path / "loky" / "results.sqlite", "--out", other, "--workers", 2, "--quiet")
    assert out.read_bytes() == other.read_bytes()


def test_a_lost_scheduler_is_told_and_what_is_stored_stays(town: Path, tmp_path: Path, cluster: Cluster) -> None:
    """The scheduler dies in the middle: bad input, in words; the same command without a cluster goes on."""
    cluster.start("worker", *WORKER)
    path, grid = tmp_path / "results.sqlite", grid_file(tmp_path)
    process = started(tmp_path, town, grid, "--draws", 2000, "--store", path, "--cluster", cluster.address, "--quiet")
    wait_for_results(path, process)
    cluster.processes[0].kill()
    said, told = process.communicate(timeout=60)
    assert (process.returncode, said) == (2, "")
    assert "sweep.cluster_lost" in told
    assert "Traceback" not in told
    there = stored(path)
    assert 0 < there < 4 * 2000
    good("sweep", town, grid, "--draws", 1, "--store", path, "--workers", 1, "--quiet")


def test_a_cluster_without_workers_is_told(
    town: Path, tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is there to compute: told after some seconds, nothing written."""
    monkeypatch.setattr(runners, "CONNECT_SECONDS", 2)
    path = tmp_path / "results.sqlite"
    wish = ("sweep", town, grid_file(tmp_path), "--draws", 2, "--store", path, "--cluster", cluster.address)
    assert "sweep.no_worker" in refused(*wish)
    assert not path.exists()


@contextmanager
def listening() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("silent", [False, True])
def test_a_cluster_that_cannot_be_reached_is_told(
    town: Path, tmp_path: Path, silent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody listens, or somebody who is no scheduler: told within some seconds, nothing written."""
    pytest.importorskip("distributed", reason="needs the extra [cluster]")
    monkeypatch.setattr(runners, "CONNECT_SECONDS", 1)
    wish = ("sweep", town, grid_file(tmp_path), "--draws", 2, "--store", tmp_path / "r.sqlite", "--cluster")
    began = time.monotonic()
    with listening() as port:
        address = f"tcp://127.0.0.1:{port if silent else 9}"
        assert "sweep.unreachable" in refused(*wish, address)
    assert time.monotonic() - began < 10
    assert not (tmp_path / "r.sqlite").exists()


def test_an_address_must_be_one(town: Path, tmp_path: Path) -> None:
    """A host without a scheme is refused with an example."""
    pytest.importorskip("distributed", reason="needs the extra [cluster]")
    wish = ("sweep", town, grid_file(tmp_path), "--draws", 2, "--store", tmp_path / "r.sqlite", "--cluster")
    assert "tcp://127.0.0.1:8786" in refused(*wish, "localhost")
    assert not (tmp_path / "r.sqlite").exists()


def test_without_the_extra_it_is_named(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Dask is not installed the message says what to install; without ``--cluster`` nobody misses it."""
    imported = builtins.__import__

    def without(name: str, *others: Any, **more: Any) -> Any:
        if name.partition(".")[0] in {"dask", "distributed"}:
            raise ImportError(name)
        return imported(name, *others, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    wish = ("sweep", town, grid_file(tmp_path, GRID), "--draws", 2, "--store", tmp_path / "r.sqlite")
    told = refused(*wish, "--cluster", "tcp://127.0.0.1:1")
    assert "extra 'cluster'" in told
    assert "docs/install.md" in told
    assert not (tmp_path / "r.sqlite").exists()
    assert call(*wish, "--workers", 1).exit_code == 0
