"""Grids of what-ifs, as read from a grid file (docs/sweep.md): every combination of one option of each axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from allocator.domain.policy import Text
from allocator.domain.what_if import WhatIf, what_ifs_digest


@dataclass(frozen=True, slots=True)
class Option:
    """One choice on an axis.

    Attributes
    ----------
    name : str
        Its id on the axis.
    title : Text
        What planners call it.
    what_if : WhatIf or None
        What it changes; None: nothing.
    """

    name: str
    title: Text
    what_if: WhatIf | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """Options of which every combination takes one.

    Attributes
    ----------
    name : str
        Its id.
    title : Text
        What planners call it.
    options : tuple of Option
        At least one.
    """

    name: str
    title: Text
    options: tuple[Option, ...]


@dataclass(frozen=True)
class GridCell:
    """One combination.

    Attributes
    ----------
    number : int
        0 for the base, the combinations from 1 on.
    options : tuple of Option
        One of each axis in the order of the axes; empty for the base.
    """

    number: int
    options: tuple[Option, ...] = ()

    @property
    def what_ifs(self) -> tuple[WhatIf, ...]:
        """What is composed, in the order of the axes."""
        return tuple(option.what_if for option in self.options if option.what_if is not None)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical composition; cells that are the same composition share it."""
        return what_ifs_digest(self.what_ifs)

    @property
    def name(self) -> str:
        """Names of its options, for messages."""
        return " + ".join(option.name for option in self.options) or "base"


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid.

    Attributes
    ----------
    name : str
        Its id.
    title : Text
        What planners call it.
    axes : tuple of Axis
        In the order in which their changes are made.
    file : str
        Where it was read, for messages.
    """

    name: str
    title: Text
    axes: tuple[Axis, ...]
    file: str = ""

    @property
    def size(self) -> int:
        """Number of cells, the base included."""
        return 1 + prod(len(axis.options) for axis in self.axes)

    def cells(self) -> Iterator[GridCell]:
        """Give the base and then every combination, the options of the last axis changing fastest."""
        yield GridCell(0)
        for number, options in enumerate(product(*(axis.options for axis in self.axes)), start=1):
            yield GridCell(number, options)
