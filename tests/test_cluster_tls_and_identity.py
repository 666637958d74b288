"""Sweeps on a cluster: over TLS with certificates, and with workers that say what they run before any work."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from allocator.planning.sweep import workers as identity
from tests.cli_calls import good, refused
from tests.sweep_cases import grid_file, stored
from tests.test_sweep_cluster import WORKER, Cluster

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are killed by signal")

OPTIONS = ("--tls-ca", "--tls-cert", "--tls-key")


def openssl(folder: Path, *arguments: str) -> None:
    """Call openssl, without a word."""
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority, a certificate with its key that it vouches for, and a pair of a stranger."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("certificates")
    make = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj")
    for name in ("ca", "other"):
        openssl(folder, *make, f"/CN={name}", "-keyout", f"{name}-key.pem", "-out", f"{name}.pem")
    openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-keyout", "key.pem", "-out",
            "request.pem")  # fmt: skip
    openssl(folder, "x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial",
            "-days", "2", "-out", "cert.pem")  # fmt: skip
    return folder


def pem(folder: Path, ca: str = "ca", cert: str = "cert", key: str = "key") -> list[object]:
    """The three options."""
    names = (f"{name}.pem" for name in (ca, cert, key))
    return [part for option, name in zip(OPTIONS, names, strict=True) for part in (option, folder / name)]


def dask_pem(folder: Path) -> list[object]:
    """The same files for Dask's own commands."""
    return ["--tls-ca-file", folder / "ca.pem", "--tls-cert", folder / "cert.pem", "--tls-key", folder / "key.pem"]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster of which nothing runs yet."""
    pytest.importorskip("distributed", reason="needs the extra [cluster]")
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    try:
        yield made
    finally:
        made.stop()


def test_a_sweep_over_tls(town: Path, tmp_path: Path, cluster: Cluster, certificates: Path) -> None:
    """Scheduler and worker on loopback speak TLS alone: with the certificates the results are those of this process."""
    cluster.start("scheduler", "--port", 0, "--protocol", "tls", *dask_pem(certificates))
    assert cluster.address.startswith("tls://127.0.0.1:")
    cluster.start("worker", *WORKER, "--protocol", "tls", *dask_pem(certificates))
    here = tmp_path / "here.csv"
    there = tmp_path / "there.csv"
    wish = ("sweep", town, grid_file(tmp_path), "--draws", 5, "--quiet", "--store")
    good(*wish, tmp_path / "t.sqlite", "--out", there, "--cluster", cluster.address, *pem(certificates))
    good(*wish, tmp_path / "h.sqlite", "--out", here, "--workers", 1)
    assert stored(tmp_path / "t.sqlite") == 4 * 5
    assert there.read_bytes() == here.read_bytes()
    strangers = pem(certificates, ca="other", cert="other", key="other-key")
    assert "sweep.unreachable" in refused(*wish, tmp_path / "s.sqlite", "--cluster", cluster.address, *strangers)
    assert not (tmp_path / "s.sqlite").exists()


@pytest.mark.parametrize("given", [(), ("--tls-ca",), ("--tls-ca", "--tls-key")])
def test_an_encrypted_address_needs_all_three_files(
    town: Path, tmp_path: Path, certificates: Path, given: tuple[str, ...]
) -> None:
    """What is missing is named, before anything connects; ``wss://`` is an encrypted address too."""
    files = pem(certificates)
    some = [part for i in range(0, 6, 2) if files[i] in given for part in files[i : i + 2]]
    for address in ("tls://127.0.0.1:9", "wss://127.0.0.1:9"):
        said = refused("sweep", town, grid_file(tmp_path), "--draws", 2, "--store", tmp_path / "r.sqlite", "--cluster",
                       address, *some)  # fmt: skip
        assert "missing: " + ", ".join(option for option in OPTIONS if option not in given) in said
    assert not (tmp_path / "r.sqlite").exists()


@pytest.mark.parametrize("address", ["tcp://", "tcp://x", "tcp://[b]:x", "tcp://a b:1", "tcp://e\x1b[31m:1"])
def test_an_address_needs_a_host_and_a_port(town: Path, tmp_path: Path, address: str) -> None:
    """What is no such address is told before anything connects."""
    pytest.importorskip("distributed", reason="needs the extra [cluster]")
    said = refused("sweep", town, grid_file(tmp_path), "--draws", 2, "--store", tmp_path / "r", "--cluster", address)
    assert "sweep.no_address" in said


def test_files_that_are_no_certificates_are_told(town: Path, tmp_path: Path, certificates: Path) -> None:
    """Not there, no PEM, a key of another certificate, a key behind a password; and all for an address without TLS."""
    wish = ("sweep", town, grid_file(tmp_path), "--draws", 2, "--store", tmp_path / "r.sqlite", "--cluster")
    encrypted = (*wish, "tls://127.0.0.1:9")
    assert refused(*encrypted, *pem(certificates, "none", "none", "none")).count("file.unreadable") == 3
    assert "--tls-ca" in refused(*encrypted, *pem(certificates, ca="request"))
    assert "sweep.bad_certificate" in refused(*encrypted, *pem(certificates, key="other-key"))
    openssl(certificates, "rsa", "-aes128", "-passout", "pass:word", "-in", "key.pem", "-out", "locked.pem")
    assert "sweep.bad_certificate" in refused(*encrypted, *pem(certificates, key="locked"))
    assert refused(*wish, "tcp://127.0.0.1:9", *pem(certificates)).count("sweep.tls_unused") == 3
    assert not (tmp_path / "r.sqlite").exists()


WITHOUT = """
import sys
class Without:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "allocator":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Without())
from dask.__main__ import main
sys.argv[0] = "dask"
main()
"""
"""Dask in a process in which this program cannot be imported."""

OTHER = """
import sys
import allocator.planning.sweep.workers as identity
identity.worker_source_digest = lambda: "0" * 64
from dask.__main__ import main
sys.argv[0] = "dask"
main()
"""
"""Dask in a process whose program has another source."""


@pytest.mark.parametrize(
    ("program", "reason"), [(WITHOUT, "ModuleNotFoundError: No module named 'allocator'"), (OTHER, "source: 00000")]
)
def test_a_worker_that_cannot_ends_the_sweep_with_its_reason(
    town: Path, tmp_path: Path, cluster: Cluster, program: str, reason: str
) -> None:
    """One of two workers lacks the program or runs another one: told with its address, within a minute."""
    cluster.start("scheduler", "--port", 0)
    address = cluster.address
    cluster.start("worker", *WORKER)
    cluster.start("worker", *WORKER, begin=("-c", program))
    wait_for_workers(address, 2)
    began = time.monotonic()
    wish = ("sweep", town, grid_file(tmp_path), "--draws", 2, "--store", tmp_path / "r.sqlite")
    said = refused(*wish, "--cluster", address)
    assert time.monotonic() - began < 60
    assert said.count("sweep.worker_cannot") == 1
    assert reason in said
    assert "tcp://127.0.0.1:" in said
    assert not (tmp_path / "r.sqlite").exists()


def wait_for_workers(address: str, count: int) -> None:
    """Wait until so many workers are there."""
    from distributed import Client

    with Client(address, timeout=20, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(count, timeout=60)


def test_a_scheduler_that_cannot_is_told_too(town: Path, tmp_path: Path, cluster: Cluster) -> None:
    """The scheduler unpacks tasks as well."""
    cluster.start("scheduler", "--port", 0, begin=("-c", WITHOUT))
    cluster.start("worker", *WORKER)
    wish = ("sweep", town, grid_file(tmp_path), "--draws", 2, "--store", tmp_path / "r.sqlite")
    said = refused(*wish, "--cluster", cluster.address)
    assert "value 'scheduler'" in said
    assert "ModuleNotFoundError" in said


def test_what_a_process_says_it_runs() -> None:
    """Version, digest of the source, Python and numpy: four parts; a change of any of them is named."""
    here = identity.worker_identity()
    assert tuple(here) == identity.PARTS
    assert identity.worker_differences(here) == []
    for part in identity.PARTS:
        assert identity.worker_differences({**here, part: "9.9"}) == [f"{part}: 9.9 != {here[part]}"]
    assert identity.worker_differences({}) == [f"{part}: ? != {here[part]}" for part in identity.PARTS]
    names = {name for name, _ in identity._modules()}
    assert {"planning/sweep/workers.py", "models/law/strict.py", "procedure/phases.py"} <= names
