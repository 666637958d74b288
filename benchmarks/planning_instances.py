"""Planning instances of all kinds and sizes, and the judge of what is found for them."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from allocator.district_folder import read_district
from allocator.domain import Ints
from allocator.generator import generate
from allocator.models.optimum.market import Market, make_market

SEED = 1


class Kind(NamedTuple):
    """What sort of district.

    Attributes
    ----------
    single_homes : bool
        No two homes are alike; else children live in blocks of houses, and many are of one type.
    twins : int
        Pairs of twins for each 10,000 children; 250 make 5 % of the children twins.
    bundles : bool
        If not, brothers and sisters may part.
    """

    single_homes: bool
    twins: int
    bundles: bool


KINDS = {
    "homes": Kind(single_homes=True, twins=0, bundles=False),
    "homes-5": Kind(single_homes=True, twins=250, bundles=True),
    "homes-2": Kind(single_homes=True, twins=100, bundles=True),
    "blocks-5": Kind(single_homes=False, twins=250, bundles=True),
    "blocks-2": Kind(single_homes=False, twins=100, bundles=True),
}


def write_district(folder: Path, kind: str, children: int) -> None:
    """Write the generated district of a kind and size, once."""
    if not folder.exists():
        generate(folder, children, SEED, twins=KINDS[kind].twins, single_homes=KINDS[kind].single_homes)


def read_market(folder: Path, kind: str) -> Market:
    """Return the planning instance of a district that ``write_district`` wrote."""
    district = read_district(folder)
    if not KINDS[kind].bundles:
        district = replace(district, applicants=tuple(child._replace(bundle="") for child in district.applicants))
    market = make_market(district)
    gc.collect()
    return market


def worth(market: Market, placed: Ints) -> int:
    """Return the objective of a list in whole numbers, after making sure that it is one.

    Parameters
    ----------
    market : Market
        The instance.
    placed : (a,) int64
        Parties of each option; the others have no seat.
    """
    owner = market.owner
    children = placed * market.size[owner]
    assert (placed >= 0).all()
    assert (np.bincount(owner, placed, market.types) <= market.count).all(), "more parties than there are"
    assert (np.bincount(market.school, children, len(market.schools)) <= market.seats).all(), "more children than seats"
    return int(children @ market.value)
