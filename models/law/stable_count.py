"""Whether a matching is stable, counted by the definition on whole lists, orders and pools; no search, no solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allocator.models.law.bids import Bid


def is_stable_by_count(
    bids: Sequence[Bid], orders: Mapping[str, Sequence[str]], pools: Mapping[str, int], held: Mapping[str, str]
) -> bool:
    """Whether each party holds exactly the best school of its list that has a seat left before it.

    Parameters
    ----------
    bids : sequence of Bid
        All bidders, with their whole lists.
    orders : Mapping[str, sequence of str]
        Names of the bidders of each school, first in order first.
    """
    size = {bid.name: bid.size for bid in bids}
    is_open = {school: _open(school, order, pools[school], size, held) for school, order in orders.items()}
    return all(held.get(name) == next((s for s in schools if name in is_open[s]), None) for name, _, schools in bids)


def _open(school: str, order: Sequence[str], pool: int, size: Mapping[str, int], held: Mapping[str, str]) -> set[str]:
    """Return those before whom the parties ahead that hold the school leave a seat of the pool."""
    found, ahead = set(), 0
    for name in order:
        if ahead >= pool:
            break
        found.add(name)
        if held.get(name) == school:
            ahead += size[name]
    return found
