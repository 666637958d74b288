"""Certificates with which a sweep meets a Dask cluster over TLS (docs/sweep.md)."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allocator.errors import Fault, InputError
from allocator.opening import MOST_OF_A_TEXT, readable

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


def certificate_faults(address: str | None, certificates: Certificates) -> list[Fault]:
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
            readable(path, MOST_OF_A_TEXT)
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


def security_of(address: str, certificates: Certificates) -> Any:
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
