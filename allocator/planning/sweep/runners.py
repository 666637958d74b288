"""Where the tasks of a sweep run: in this process, in processes of this machine, or on a Dask cluster.

All three are the same loop over a ``concurrent.futures.Executor``: joblib's loky and Dask's client each are one.
"""

from __future__ import annotations

import logging
import re
import ssl
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias

from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, open_readable
from allocator.planning.draws import AHEAD, executor_of_processes
from allocator.planning.sweep.workers import Block, Packed, Task, run_worker_task, worker_differences

ENCRYPTED = ("tls://", "wss://")
"""Schemes that need certificates."""

OPTIONS = ("--tls-ca", "--tls-cert", "--tls-key")


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files in PEM format: who vouches for scheduler and workers, and this program's own certificate and key."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None

    @property
    def given(self) -> dict[str, Path]:
        """The files that are given, by option."""
        pairs = zip(OPTIONS, (self.ca, self.cert, self.key), strict=True)
        return {option: path for option, path in pairs if path is not None}


def runner_certificate_faults(address: str | None, certificates: Certificates) -> list[Fault]:
    """Return what is wrong with the certificates for an address: missing, not needed, not readable, not fitting."""
    given = certificates.given
    if address is None or not address.startswith(ENCRYPTED):
        return [Fault("sweep.tls_unused", option, value=str(path)) for option, path in given.items()]
    faults = list(_unreadable(given))
    if missing := [option for option in OPTIONS if option not in given]:
        params = {"missing": ", ".join(missing)}
        faults.append(Fault("sweep.no_certificates", "--cluster", value=address, params=params))
    return faults or list(_wrong(certificates))


def _unreadable(given: dict[str, Path]) -> Iterator[Fault]:
    """Files that cannot be read, or are none."""
    for option, path in given.items():
        try:
            open_readable(path, MOST_OF_A_TEXT)
        except InputError as error:
            yield from (Fault(fault.code, option, value=str(path), params=fault.params) for fault in error.faults)


def _wrong(certificates: Certificates) -> Iterator[Fault]:
    """Files that are no certificates, or a key of another certificate or behind a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    given = certificates.given
    try:
        context.load_verify_locations(given["--tls-ca"])
    except ssl.SSLError as error:
        yield _refused("--tls-ca", given, error)
    try:
        context.load_cert_chain(given["--tls-cert"], given["--tls-key"], password=lambda: "")
    except ssl.SSLError as error:
        yield _refused("--tls-key" if "KEY" in str(error) else "--tls-cert", given, error)


def _refused(option: str, given: dict[str, Path], error: ssl.SSLError) -> Fault:
    reason = error.reason or str(error) or type(error).__name__
    return Fault("sweep.bad_certificate", option, value=str(given[option]), params={"reason": reason})


def runner_security(address: str, certificates: Certificates) -> Any:
    """Return Dask's security for an address; None where it is not encrypted."""
    if not address.startswith(ENCRYPTED):
        return None
    from distributed import Security

    made: Any = Security  # which has no types
    paths = {option: str(path) for option, path in certificates.given.items()}
    return made(
        require_encryption=True, tls_ca_file=paths["--tls-ca"], tls_client_cert=paths["--tls-cert"],
        tls_client_key=paths["--tls-key"],
    )  # fmt: skip


Run: TypeAlias = Callable[[Iterable[Task]], Iterator[Block]]
"""Gives the block of every task, once each, in the order in which they are ready."""

Runner: TypeAlias = AbstractContextManager[Run]
"""Where tasks run, for as long as it is entered."""

CONNECT_SECONDS = 5
"""How long a scheduler, and then its first worker, is waited for."""

ANSWER_SECONDS = 20
"""How long workers, and then the scheduler, are waited for to say what they run."""

_ASK = "__import__('allocator.planning.sweep.workers', fromlist=['worker_identity']).worker_identity()"
_NONE = Certificates()
_LEAST_ON_CLUSTER = 64  # tasks under way, so that workers that join a cluster later find some
_SCHEMES = ("tcp://", "tls://", "ws://", "wss://", "ucx://")
_PLACE = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.%]+\]):[0-9]{1,5}(?:/\S*)?")


def runner_cores() -> int:
    """Return how many processes this machine can run at once (as far as this one may use it)."""
    from joblib import cpu_count

    return int(cpu_count())


@contextmanager
def runner_here(packed: Packed) -> Iterator[Run]:
    """Run tasks in this process, one after another."""
    yield lambda tasks: (run_worker_task(packed, task) for task in tasks)


@contextmanager
def runner_of_processes(packed: Packed, workers: int) -> Iterator[Run]:
    """Run tasks in processes of this machine, which are gone when the block is left, by whatever way.

    The district travels with every task: for 100,000 children that is less than a hundredth of the task's time.
    """
    with executor_of_processes(workers) as made:
        yield lambda tasks: _arriving(made, AHEAD * workers, packed, tasks)


@contextmanager
def runner_on_cluster(packed: Packed, address: str, certificates: Certificates = _NONE) -> Iterator[Run]:
    """Run tasks on a Dask cluster. Tasks of a worker that is lost are run again by its scheduler.

    Before any work, scheduler and workers say what they run (``allocator.planning.sweep.workers.worker_identity``).

    Raises
    ------
    InputError
        If Dask is not installed, the scheduler cannot be reached, or has no worker, or if one of them lacks the
        program, runs another one, or does not answer.
    """
    client = _connected(address, certificates)
    try:
        cores = _cores(client, address)
        if faults := list(_unlike(client)):
            raise InputError(faults)
        with warnings.catch_warnings():  # the district of a million children is a "large graph"; it is sent once
            warnings.simplefilter("ignore", UserWarning)
            district = client.submit(Packed, packed.digest, packed.raw, pure=False)
        there = client.get_executor(pure=False)
        yield lambda tasks: _arriving(there, max(AHEAD * cores, _LEAST_ON_CLUSTER), district, tasks)
    finally:
        client.close(timeout=CONNECT_SECONDS)


def _unlike(client: Any) -> Iterator[Fault]:
    """Workers, and a scheduler, that cannot do the work: the program is missing there, or it is another one.

    The question is a text, so that whoever lacks the program can still be asked; scheduler and workers both unpack
    tasks.
    """
    try:
        answers: dict[str, Any] = _in_time(partial(client.run, eval, _ASK, on_error="return"), ANSWER_SECONDS)
        answers["scheduler"] = _in_time(partial(_of_scheduler, client), ANSWER_SECONDS)
    except TimeoutError:
        yield Fault("sweep.worker_silent", "--cluster", params={"seconds": str(ANSWER_SECONDS)})
        return
    for name, answer in sorted(answers.items()):
        if isinstance(answer, dict):
            reason = "; ".join(worker_differences(answer))
        else:
            reason = f"{type(answer).__name__}: {answer}"
        if reason:
            yield Fault("sweep.worker_cannot", "--cluster", value=name, params={"reason": reason})


def _of_scheduler(client: Any) -> Any:
    """What the scheduler answers; an exception as the workers' are."""
    try:
        return client.run_on_scheduler(eval, _ASK)
    except Exception as error:  # whatever it is, it is told
        return error


def _connected(address: str, certificates: Certificates) -> Any:
    """A client of the scheduler at an address; it connects nowhere else."""
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError([Fault("sweep.no_extra", "--cluster", value=address)]) from error
    for name in ("distributed", "distributed.client", "tornado"):  # what they would log is told as a fault
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if not address.startswith(_SCHEMES) or not _PLACE.fullmatch(address.partition("://")[2]):
        raise InputError([Fault("sweep.no_address", "--cluster", value=address)])
    connect: Any = Client  # which has no types
    with_limit = partial(connect, address, timeout=CONNECT_SECONDS, set_as_default=False, direct_to_workers=False,
                         security=runner_security(address, certificates))  # fmt: skip
    try:
        return _in_time(with_limit, 2 * CONNECT_SECONDS)
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        params = {"reason": reason}
        raise InputError([Fault("sweep.unreachable", "--cluster", value=address, params=params)]) from error


def _in_time(work: Callable[[], Any], seconds: float) -> Any:
    """The answer of some work; ``TimeoutError`` if it takes longer, as a client does where no scheduler answers it."""
    answer: Future[Any] = Future()

    def _begin() -> None:
        try:
            answer.set_result(work())
        except Exception as error:  # whatever it is, it is raised again where it is waited for
            answer.set_exception(error)

    Thread(target=_begin, daemon=True).start()
    return answer.result(timeout=seconds)


def _cores(client: Any, address: str) -> int:
    """Cores of all workers, once there is one."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        raise InputError([Fault("sweep.no_worker", "--cluster", value=address)]) from error
    return sum(client.ncores().values())


def _arriving(workers: Executor, window: int, packed: object, tasks: Iterable[Task]) -> Iterator[Block]:
    """Keep some tasks under way and give their blocks as they arrive; what is under way at an end is called off."""
    remaining, waiting = iter(tasks), set[Future[Block]]()
    try:
        while True:
            for task in islice(remaining, window - len(waiting)):
                waiting.add(workers.submit(run_worker_task, packed, task))  # type: ignore[arg-type]
            if not waiting:
                return
            done, waiting = wait(waiting, timeout=1.0, return_when=FIRST_COMPLETED)  # so that Ctrl-C is heard
            for future in done:
                yield _block(future)
    finally:
        for future in waiting:
            future.cancel()


def _block(future: Future[Block]) -> Block:
    """The block of a task that has ended, or why there is none."""
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise InputError([Fault("sweep.worker_lost", "--workers")]) from error
    except CancelledError as error:  # by nobody but Dask's client, when its scheduler is gone
        raise InputError([Fault("sweep.cluster_lost", "--cluster")]) from error
    except Exception as error:
        if type(error).__name__ == "KilledWorker":  # of Dask, which may not be installed
            raise InputError([Fault("sweep.worker_lost", "--cluster")]) from error
        if isinstance(error, ImportError | AttributeError):  # of a worker that came later and lacks the program
            reason = f"{type(error).__name__}: {error}"
            raise InputError([Fault("sweep.worker_cannot", "--cluster", params={"reason": reason})]) from error
        raise
