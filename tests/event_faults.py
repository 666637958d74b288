"""Events spoiled in one place, so that each is refused for whatever reason a book may have."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

ANY_VALUE: tuple[Any, ...] = (
    None, True, 0, 1, -1, 1.0, 10**6, "", " ", "x", "A", "nobody", "fuli", "keerqin-primary", "batch-Z", "adjustment-1",
    "adjustment-02", "decisions", "2023-02-30", "2023-08-01", "a b", "x" * 33, "1" * 15, "x" * 501, "a\nb", "\x7f",
    "\ud800", "L0001", "L9999", "a;a", "b;a", "0" * 64, "F" * 64, [], {}, "group", "stay", "place", "９",
)  # fmt: skip
"""What a field may hold instead of what it should."""

Event = dict[str, Any]


def spoiled(rng: random.Random, event: Mapping[str, Any]) -> Event:
    """Return the event with one thing wrong, mostly; the same event is left as it is."""
    return rng.choice(WAYS)(rng, dict(event))


def _less(rng: random.Random, event: Event) -> Event:
    """A key is missing."""
    del event[rng.choice(sorted(event))]
    return event


def _more(rng: random.Random, event: Event) -> Event:
    """A key too many: of no type, or of another one."""
    return {**event, rng.choice(("seq", "prev", "school", "then", "zone", "reason", "x")): rng.choice(("x", 1, ""))}


def _value(rng: random.Random, event: Event) -> Event:
    """Any field holds anything."""
    return {**event, rng.choice(sorted(event)): rng.choice(ANY_VALUE)}


def _field(rng: random.Random, event: Event) -> Event:
    """A field of the type holds anything."""
    own = sorted(set(event) - {"at", "by", "role", "type"})
    return {**event, rng.choice(own): rng.choice(ANY_VALUE)} if own else event


def _back(rng: random.Random, event: Event) -> Event:
    """The clock goes back, or is none."""
    times = ("2023-07-01T00:00:00", "2023-08-01T09:00:00", "2023-08-01", "2023-08-01T24:00:00", "2023-13-01T09:00:00")
    return {**event, "at": rng.choice(times)}


def _role(rng: random.Random, event: Event) -> Event:
    """Somebody else enters it."""
    return {**event, "role": rng.choice(("school", "principal", "office", "group", "parent"))}


def _type(rng: random.Random, event: Event) -> Event:
    """The fields of one type under the name of another."""
    return {**event, "type": rng.choice(("note", "withdrawal", "season_opened", "drawn", "closed", "returned"))}


WAYS: tuple[Callable[[random.Random, Event], Event], ...] = (
    _less, _more, _value, _field, _field, _field, _back, _role, _role, _type,
)  # fmt: skip
