"""Names that many parts must know alike, each set of them in one place.

Whoever adds a name adds it here; a test says where it is missing then (``tests/test_one_table.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args, get_type_hints

from allocator.domain.policy import OrderKey, Switches

TICKET = "ticket"
"""The key that stands last in every order of a school."""

ORDER_KEYS: tuple[OrderKey, ...] = get_args(OrderKey)
"""Keys of a school's order in a deferred-acceptance phase (procedure.md section 4, P6)."""

BEFORE_TICKET: tuple[str, ...] = tuple(key for key in ORDER_KEYS if key != TICKET)
"""Keys that count before the ticket: whoever is alike in them is equal, and a draw is held among equals."""

STANDING_KEYS: tuple[str, ...] = (*BEFORE_TICKET, "status", "passed_over")
"""What can stand before a ticket in any order of the record; adjustment and diversion have keys of their own."""

COLUMN_OF_KEY: Mapping[str, str] = {"sibling": "sibling_school"}
"""Column of wishes or decisions that a key reads; the other keys read where a child lives and what it is."""

SWITCHES: Mapping[str, tuple[str, ...]] = {name: get_args(hint) for name, hint in get_type_hints(Switches).items()}
"""Values of every switch (procedure.md section 8), the published one first."""

METHODS: tuple[str, ...] = ("core", "flow", "plain")
"""Methods of the planning optimum, the usual one first; all of them find the same (docs/method.md)."""
