"""Families that are no case of their own: zone, category, dates and choices by a stream of hashed numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from tests.applications_district.households import RURAL_ZONES, Household, household

_ZONES = {
    "xincheng-1": 100, "fuli": 75, "xincheng-shiyan": 60, "hexi-primary": 50, "xincheng-1-zhong-primary": 70,
    "shifuxiao": 35, "liaohe-3": 40, "fuantun": 25, "sanjiazi": 25, "keerqin-primary": 20,
}  # fmt: skip
_URBAN = {"A": 46, "B": 6, "C": 9, "C2": 2, "D": 20, "E": 15, "U": 2}
_RURAL = {"R1": 62, "R2": 18, "R3": 18, "U": 2}
_TIERS = {"xincheng-1": 5, "fuli": 8, "xincheng-1-zhong-primary": 12}
"""Of so many families in these zones one volunteers for another school."""


class Stream:
    """Numbers that are the same on every machine: each is the hash of its name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def below(self, what: str, end: int) -> int:
        """Return a number from 0 to below ``end``."""
        return int(sha256(f"2023|{self._name}|{what}".encode()).hexdigest(), 16) % end

    def one(self, what: str, among: Sequence[str]) -> str:
        """Return one of several."""
        return among[self.below(what, len(among))]

    def weighted(self, what: str, weights: Mapping[str, int]) -> str:
        """Return one of several by weight."""
        return self.one(what, [name for name, weight in weights.items() for _ in range(weight)])


def ordinary(number: int) -> tuple[str, Household]:
    """Return the zone and the family of a number."""
    stream = Stream(f"family {number}")
    zone = stream.weighted("zone", _ZONES)
    base = stream.weighted("base", _RURAL if zone in RURAL_ZONES else _URBAN)
    made = household(base, zone)
    made.child |= {
        "birth_date": f"{2016 + (month := stream.below('month', 12) + 8) // 12}-{month % 12 + 1:02}-"
        f"{stream.below('day', 28) + 1:02}",
        "registered_at": f"2023-07-{25 + stream.below('registered', 3)}",
    }
    if made.home:
        year = 2012 + stream.below("title", 10)
        made.home["proof_date"] = f"{year}-{stream.below('title month', 12) + 1:02}-15"
        made.child["residence_start"] = f"{year + 1}-{stream.below('residence month', 12) + 1:02}-01"
    if base == "U":
        made.child["declared_category"] = ""
    if base in ("A", "D") and stream.below("shared", 3) == 0:
        made.owners = {"1": "50", "2": "50"}
    if made.home.get("proof") == "title" and stream.below("contract", 6) == 0:
        made.home["proof"] = "filed_contract"
    choose(made.child, zone, base, stream)
    return zone, made


def choose(child: dict[str, str], zone: str, base: str, stream: Stream) -> None:
    """Fill in what the family wishes."""
    if zone == "shifuxiao" and base in "ABCD":
        child["registered_school"] = stream.one("dual", ["shifuxiao", "shifuxiao", "xincheng-1"])
    if base in ("A", "B", "C", "C2", "D"):
        if zone in _TIERS and stream.below("bids", _TIERS[zone]) == 0:
            child["voluntary_1"] = stream.one("bid", ["shifuxiao", "sizhong-fuli", "shifuxiao;sizhong-fuli"])
        if zone == "xincheng-1" and stream.below("second", 6) == 0:
            child["voluntary_2"] = "xincheng-1-zhong-primary"
        if stream.below("open", 20) == 0:
            child["open_choice"] = "menggu-primary"
    if zone not in RURAL_ZONES and stream.below("private", 14) == 0:
        child["private_choice"] = stream.one("which", ["private-1", "private-1", "private-2"])
    if stream.below("diversion", 25) == 0 and zone not in RURAL_ZONES:
        child["preferred_diversion"] = "hexi-primary;xincheng-2"
