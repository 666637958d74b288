"""All conditions of one child, and which of them it holds, fails and leaves open (section 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
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


_OF_PEOPLE, _OF_HOUSING = tuple(PEOPLE.values()), tuple(HOUSING.values())
_NAMES = (*PEOPLE, *HOUSING)


def pattern_of(of: Dossier) -> tuple[Truth, ...]:
    """Return the values of all conditions, in the order of their rules."""
    home = of.home
    housing = [home is not None and rule(of, home) for rule in _OF_HOUSING]
    return (*[rule(of) for rule in _OF_PEOPLE], *housing)


def named(pattern: tuple[Truth, ...]) -> ConditionValues:
    """Return the values of a pattern by the names of their conditions."""
    return dict(zip(_NAMES, pattern, strict=True))


def conditions_of(of: Dossier) -> ConditionValues:
    """Return the value of every condition by its name."""
    return named(pattern_of(of))


def marks_of(values: Mapping[str, Truth]) -> Marks:
    """Return what is held, failed and open."""
    pairs = [(name, values[name]) for name in CONDITIONS]
    return Marks(
        tuple(name for name, value in pairs if value is True),
        tuple(name for name, value in pairs if value is False),
        tuple(name for name, value in pairs if not isinstance(value, bool)),
    )
