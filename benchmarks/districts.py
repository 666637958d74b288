"""Generated districts that benchmarks run on, and the answers that they must get."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path

from allocator.district_folder import read_district
from allocator.domain import District, Row
from allocator.generator import generate
from allocator.record import assignment_bytes

SEED = 1
SIZES = {"smoke": 1_000, "3k": 3_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
ANSWERS = Path(__file__).with_name("answers.json")
"""SHA-256 of the list (clauses left out) by size; made by the procedure, at 100k and below proven by the model."""


def scratch() -> Path:
    """Return a new folder, which goes when the benchmarks end."""
    path = Path(tempfile.mkdtemp(prefix="allocator-bench-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


@cache
def folder(size: str) -> Path:
    """Return the folder of the generated district of a size."""
    path = scratch() / size
    generate(path, SIZES[size], SEED)
    return path


@cache
def district(size: str) -> District:
    """Return the generated district of a size."""
    return read_district(folder(size))


def digest(rows: tuple[Row, ...]) -> str:
    """Return the SHA-256 of a list without its clauses."""
    return sha256(assignment_bytes([row._replace(clause="") for row in rows])).hexdigest()


def answer(size: str) -> str:
    """Return the digest that the list of a size must have."""
    return str(json.loads(ANSWERS.read_text(encoding="utf-8"))[size])
