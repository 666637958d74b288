"""Rows of a table from its columns, which go by their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

Record = TypeVar("Record", bound=NamedTuple)


def from_columns(kind: type[Record], /, **columns: Iterable[object]) -> tuple[Record, ...]:
    """Return named tuples of columns of one length: one for every field; others are left out."""
    return tuple(map(kind._make, zip(*map(columns.__getitem__, kind._fields), strict=True)))
