"""Which program this process runs: version, digest of its source, Python and numpy.

Processes that share the work of a sweep must be alike in all four, or their results could differ for no reason that
anybody sees.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np

import allocator
import allocator.models
from allocator.record.folder import MADE_BY

PARTS = ("program", "source", "python", "numpy")
"""What must be alike, in the order in which it is told."""


@lru_cache(maxsize=1)
def source_digest() -> str:
    """Return the SHA-256 of the program's modules: their names and texts, line ends aside."""
    digest = sha256()
    for name, path in sorted(_modules()):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name} {sha256(text).hexdigest()}\n".encode())
    return digest.hexdigest()


def _modules() -> Iterator[tuple[str, Path]]:
    """Modules by their place below the package; where it is a link, ``models`` is found as Python finds it."""
    root, models = Path(next(iter(allocator.__path__))), Path(next(iter(allocator.models.__path__)))
    for path in root.rglob("*.py"):
        name = path.relative_to(root)
        if name.parts[0] not in ("models", "scenarios"):
            yield name.as_posix(), path
    for path in models.rglob("*.py"):
        yield f"models/{path.relative_to(models).as_posix()}", path


def identity() -> dict[str, str]:
    """Return what this process runs, by ``PARTS``."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"program": version(MADE_BY), "source": source_digest()[:16], "python": python, "numpy": np.__version__}


def differences(found: Mapping[str, str]) -> list[str]:
    """Return in what another process differs: its part, what it has, what this one has."""
    here = identity()
    return [f"{part}: {found.get(part, '?')} != {here[part]}" for part in PARTS if found.get(part) != here[part]]
