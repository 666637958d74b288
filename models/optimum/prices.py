"""Seat prices: the least that prove a relaxed assignment optimal (docs/planning.md section 4)."""

from __future__ import annotations

import numpy as np

from allocator.domain import Ints
from allocator.models.optimum.market import Market


def best_less_price(market: Market, price: Ints) -> Ints:
    """Return for each type the largest value less price within its reach, 0 where none is larger; shape (t,)."""
    best = np.zeros(market.types, dtype=np.int64)
    np.maximum.at(best, market.owner, market.value - price[market.school])
    return best


def bound_of_prices(market: Market, price: Ints) -> int:
    """Return the bound that prices give: no list is worth more (planning.md section 4)."""
    children = market.size * market.count
    return int(children @ best_less_price(market, price)) + int(price @ market.seats)


def losses_at_prices(market: Market, price: Ints) -> tuple[Ints, Ints]:
    """Return the loss of a child at each option, shape (a,), and without a seat, by type, shape (t,)."""
    best = best_less_price(market, price)
    return best[market.owner] - (market.value - price[market.school]), best


def least_prices(market: Market, flow: Ints, unseated: Ints) -> Ints:
    """Return the least prices under which every child of an optimal relaxed assignment is where it gains most.

    A child at school s demands p_t >= p_s + (value at t - value at s) of every other school t; a child without a seat
    demands p_t >= value at t. The least solution from 0 upwards is a longest path over the schools (Bellman 1958,
    Ford 1956). Schools with seats left keep the price 0, because no such path gains at them in an optimal assignment.

    Parameters
    ----------
    market : Market
        With ``m`` schools.
    flow : (a,) int64
        Children of each option.
    unseated : (t,) int64
        Children of each type without a seat.

    Raises
    ------
    ValueError
        If the assignment is not optimal: some chain of moves gains.
    """
    source, target, gain = _edges(market, flow)
    price = np.zeros(len(market.schools), dtype=np.int64)
    waiting = (unseated > 0)[market.owner]
    np.maximum.at(price, market.school[waiting], market.value[waiting])
    for _ in range(len(market.schools) + 1):
        raised = price.copy()
        np.maximum.at(raised, target, price[source] + gain)
        if np.array_equal(raised, price):
            return price
        price = raised
    raise ValueError("Expected an optimal assignment, found moves that gain.")


def _edges(market: Market, flow: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs of schools with the largest gain of moving a child seated at the first to the second."""
    used = np.flatnonzero(flow > 0)
    lengths = np.diff(market.starts)[market.owner[used]]
    ends = np.cumsum(lengths)
    within = np.arange(int(lengths.sum())) - np.repeat(ends - lengths, lengths)
    here = np.repeat(used, lengths)
    there = market.starts[market.owner[here]] + within
    key = market.school[here] * len(market.schools) + market.school[there]
    order = np.argsort(key, kind="stable")
    key, gain = key[order], (market.value[there] - market.value[here])[order]
    first = np.flatnonzero(np.diff(key, prepend=-1) != 0)
    if not len(first):
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    key = key[first]
    return key // len(market.schools), key % len(market.schools), np.maximum.reduceat(gain, first)
