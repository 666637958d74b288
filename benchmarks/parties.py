"""A planning instance party by party, as solvers take it that know no types."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.domain import Ints
from allocator.models.optimum.market import Market

NOWHERE = -1  # instead of an option


@dataclass(frozen=True, slots=True)
class Parties:
    """An instance party by party: no seat is the last of each one's options, and costs count from the best one.

    Attributes
    ----------
    count : int
        Number of parties.
    party, option, school : (k,) int64
        Party of each choice, its option in the market (``NOWHERE``: no seat) and its school (for no seat ``m``).
    cost : (k,) int64
        What the party's children lose against its best option.
    size : (n,) int64
        Children in each party.
    """

    count: int
    party: Ints
    option: Ints
    school: Ints
    cost: Ints
    size: Ints

    @classmethod
    def of(cls, market: Market) -> Parties:
        """Return the parties that stay, with all their options."""
        kind = market.type_of[market.type_of >= 0]
        lengths = np.diff(market.starts)[kind]
        party = np.repeat(np.arange(len(kind)), lengths)
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        option = market.starts[kind[party]] + within
        best = np.zeros(market.types, dtype=np.int64)
        np.maximum.at(best, market.owner, market.value)
        cost = np.concatenate([best[kind[party]] - market.value[option], best[kind]])
        party = np.concatenate([party, np.arange(len(kind))])
        school = np.concatenate([market.school[option], np.full(len(kind), len(market.schools))])
        option = np.concatenate([option, np.full(len(kind), NOWHERE)])
        size = market.size[kind]
        return cls(len(kind), party, option, school, cost * size[party], size)

    def placed(self, market: Market, chosen: Ints) -> Ints:
        """Return parties of each option from the choices that were taken."""
        options = self.option[chosen]
        return np.bincount(options[options != NOWHERE], minlength=len(market.school)).astype(np.int64)
