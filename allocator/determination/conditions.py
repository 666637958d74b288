"""All conditions of one child, and which of them it holds, fails and leaves open (section 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from allocator.determination.dossier import Dossier
from allocator.determination.housing import HOUSING
from allocator.determination.people import PEOPLE
from allocator.determination.values import Truth
from allocator.domain import CONDITIONS

ConditionValues: TypeAlias = dict[str, Truth]


class Marks(NamedTuple):
    """Names of the conditions held, failed and open, in the order of all lists."""

    held: tuple[str, ...]
    failed: tuple[str, ...]
    open: tuple[str, ...]


def conditions_of(of: Dossier) -> ConditionValues:
    """Return the value of every condition by its name."""
    home = of.home
    values = {name: rule(of) for name, rule in PEOPLE.items()}
    for name, rule in HOUSING.items():
        values[name] = home is not None and rule(of, home)
    return values


def marks_of(values: Mapping[str, Truth]) -> Marks:
    """Return what is held, failed and open."""
    return _marks(_IN_ORDER(values))


_IN_ORDER = itemgetter(*CONDITIONS)


@lru_cache(maxsize=8192)  # thousands of children share a pattern, and then one object
def _marks(values: tuple[Truth, ...]) -> Marks:
    named = list(zip(CONDITIONS, values, strict=True))
    return Marks(
        tuple(name for name, value in named if value is True),
        tuple(name for name, value in named if value is False),
        tuple(name for name, value in named if not isinstance(value, bool)),
    )
