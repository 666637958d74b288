"""Bytecode kept beside sources, and whether it says what they say: a program must be what its source compiles to."""

from __future__ import annotations

import marshal
import shutil
import sys
from importlib.util import MAGIC_NUMBER
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("allocator", "models")
HEADER = 16  # magic number, flags, then time and size of the source or its hash (PEP 552)


def wrong_bytecode(root: Path = ROOT) -> list[str]:
    """Return the names of all bytecode below the packages that this Python would run and that its source is not.

    Bytecode of another time or size than its source is never run (it is compiled anew), nor is that of another Python;
    bytecode without a source, beside the sources, would be.
    """
    return sorted(
        str(path.relative_to(root))
        for package in PACKAGES
        for path in (root / package).rglob("*.pyc")
        if not _right(path)
    )


def _right(path: Path) -> bool:
    """Whether a file of bytecode is what its source compiles to, or is never run."""
    if path.parent.name != "__pycache__":
        return False
    name, tag, *more = path.name.removesuffix(".pyc").split(".")
    source = path.parent.parent / f"{name}.py"
    content = path.read_bytes()
    if tag != sys.implementation.cache_tag or content[:4] != MAGIC_NUMBER or not source.is_file():
        return True
    if not int.from_bytes(content[4:8], "little") and content[8:HEADER] != _stamp(source):
        return True
    optimize = int(more[0].removeprefix("opt-")) if more else 0
    code = compile(source.read_bytes(), str(source), "exec", dont_inherit=True, optimize=optimize)
    return bool(marshal.loads(content[HEADER:]) == code)


def _stamp(source: Path) -> bytes:
    """Time and size of a source, as they stand in its bytecode."""
    seen = source.stat()
    return b"".join((int(number) & 0xFFFFFFFF).to_bytes(4, "little") for number in (seen.st_mtime, seen.st_size))


def copy_of_the_program(folder: Path) -> Path:
    """Copy program, scenarios and tests into a folder, with the times of the sources and without bytecode."""
    for name in (*PACKAGES, "scenarios", "tests"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=ignored)
    return folder
