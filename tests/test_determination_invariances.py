"""What must change nothing in a determination: order of rows, names of ids, families that share nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from allocator.domain import OfficeTables
from tests.determinations import DETERMINE, DRAW, Determine, Draw
from tests.random_families import Dice, random_tables


def _shuffled(tables: OfficeTables, seed: int) -> OfficeTables:
    """Return the same tables with the rows of each in another order."""
    orders: dict[str, Any] = {}
    for field in fields(OfficeTables):
        rows = getattr(tables, field.name)
        if isinstance(rows, tuple) and field.name != "warnings":
            dice = Dice(seed, field.name)
            places = sorted(range(len(rows)), key=[dice.below(1 << 16) for _ in rows].__getitem__)
            orders[field.name] = tuple(rows[place] for place in places)
    return replace(tables, **orders)


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_rows_means_nothing(seed: int, determine: Determine) -> None:
    """Rows of every table in another order: the same determination."""
    tables = random_tables(seed, 60)
    assert determine(_shuffled(tables, seed)) == determine(tables)


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_rows_means_nothing_to_the_private_draw(seed: int, draw: Draw) -> None:
    """Rows of every table in another order: the same winners."""
    tables = random_tables(seed, 60)
    assert draw(_shuffled(tables, seed), "ab" * 32) == draw(tables, "ab" * 32)


_IDS = {
    "applications": ("applicant_id", "family", "home", "book", "bundle"),
    "guardians": ("family", "book"),
    "homes": ("home",),
    "owners": ("home",),
    "checks": ("applicant_id",),
    "locks": ("home", "family", "applicant_id"),
    "blacklist": ("family",),
    "special": ("applicant_id",),
    "decisions": ("decision_id", "applicant_id"),
    "rulings": ("ruling_id", "applicant_id"),
    "private_results": ("applicant_id",),
}
"""Columns of ids that families bring with them."""


def _renamed(tables: OfficeTables, prefix: str) -> OfficeTables:
    """Return the same tables with a prefix before every id of a family, a child, a home, a booklet or a decision."""
    found: dict[str, Any] = {}
    for name, columns in _IDS.items():
        rows = getattr(tables, name) or ()
        found[name] = tuple(
            row._replace(**{c: prefix + cell for c in columns if (cell := getattr(row, c))}) for row in rows
        )
    owners, rulings = found["owners"], found["rulings"]
    found["owners"] = tuple(o._replace(holder=prefix + o.holder) if "/" in o.holder else o for o in owners)
    found["rulings"] = tuple(r._replace(value=prefix + r.value) if r.field == "lock_exempt" else r for r in rulings)
    return replace(tables, **found)


def _without_prefix(rows: tuple[Any, ...], prefix: str) -> list[Any]:
    """Return rows of a determination or a roster with the prefix taken from their ids."""
    plain = [row._replace(applicant_id=row.applicant_id.removeprefix(prefix)) for row in rows]
    if rows and "bundle" in rows[0]._fields:
        return [row._replace(bundle=row.bundle.removeprefix(prefix)) for row in plain]
    return [row._replace(clause=row.clause.replace(f"ruling:{prefix}", "ruling:")) for row in plain]


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize("seed", range(6))
def test_ids_are_only_names(seed: int, determine: Determine) -> None:
    """Other ids in the same order: the same determination under the other ids."""
    tables = replace(random_tables(seed, 60), private_results=())
    plain, renamed = determine(tables), determine(_renamed(tables, "X-"))
    assert _without_prefix(renamed.rows, "X-") == list(plain.rows)
    assert _without_prefix(renamed.roster, "X-") == list(plain.roster)


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize("seed", range(6))
def test_families_that_share_nothing_change_nobody(seed: int, determine: Determine) -> None:
    """Two towns put together are determined as each of them alone."""
    office = random_tables(seed, 0).office
    one, two = (replace(random_tables(s, 30, office), private_results=()) for s in (seed, seed + 100))
    other = _renamed(replace(two, zones=one.zones), "Z-")
    joined: dict[str, Any] = {name: (*getattr(one, name), *getattr(other, name)) for name in _IDS}
    both = replace(one, **joined)
    apart, together = [determine(one), determine(other)], determine(both)
    assert list(together.rows) == [row for each in apart for row in each.rows]
    assert list(together.roster) == [row for each in apart for row in each.roster]
