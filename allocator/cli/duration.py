"""Says before long work begins how long it may take and what is shorter, from counts alone.

The seconds are of one processor core of 2026, measured on generated districts and rounded up (docs/performance.md): an
expectation, never a limit.
"""

from __future__ import annotations

from allocator.cli.show import Teller
from allocator.domain import DeferredAcceptancePhase, District
from allocator.ground import Language, text

LONG = 20.0
"""Seconds from which on it is worth saying."""

_CHILD, _PAIR = 45e-6, 25e-6  # of the strict model, for a child and for a school on a ranked list
_LEAST_DISTANCE = 6.0, 10_000, 2.5  # seconds for so many children, and the exponent with which they grow
_OPTIMUM = {"core": (25e-6, 1.0), "flow": (25e-6, 1.0), "plain": (4e-8, 2.5)}  # a child, exponent
_CAPACITY = 4e-3  # a child
_INSTANCE = 3.5e-4  # a student, a place of the list, an extra seat


def pairs_behind_duration(district: District) -> int:
    """Return how many schools stand on all ranked lists of a district."""
    columns = {phase.column for phase in district.policy.phases if isinstance(phase, DeferredAcceptancePhase)}
    return sum(len(getattr(child, column)) for child in district.applicants for column in columns)


def strict_duration(district: District) -> float:
    """Return the seconds that the strict model may take."""
    children = len(district.applicants)
    seconds = _CHILD * children + _PAIR * pairs_behind_duration(district)
    if district.policy.switches.divert_assign == "least_distance":
        took, of, power = _LEAST_DISTANCE
        seconds += took * (children / of) ** power
    return seconds


def tell_strict_duration(teller: Teller, district: District) -> None:
    """Say it before a run with the strict model; only one who may leave the model out is told how."""
    free = district.policy.switches.divert_assign != "least_distance"
    counts = {"children": len(district.applicants), "pairs": pairs_behind_duration(district)}
    _tell(teller, "strict" if free else "least_distance", strict_duration(district), counts)


def tell_what_if_duration(teller: Teller, district: District, lists: int) -> None:
    """Say it before so many lists are computed, each by both engines."""
    counts = {"children": len(district.applicants), "lists": lists}
    _tell(teller, "what_if", lists * strict_duration(district), counts)


def tell_optimum_duration(teller: Teller, district: District, method: str) -> None:
    """Say it before a planning optimum."""
    children = len(district.applicants)
    each, power = _OPTIMUM[method]
    _tell(teller, "optimum", each * float(children) ** power, {"children": children})


def tell_capacity_duration(teller: Teller, district: District, draws: int) -> None:
    """Say it before a search for seats in a district, once for each simulated draw."""
    children = len(district.applicants)
    _tell(teller, "capacity", _CAPACITY * children * max(1, draws), {"children": children})


def tell_instance_duration(teller: Teller, students: int, length: int, seats: int) -> None:
    """Say it before a search for seats in an instance; most take a tenth of it."""
    _tell(teller, "instance", _INSTANCE * students * length * seats, {"students": students})


def _tell(teller: Teller, what: str, seconds: float, counts: dict[str, int]) -> None:
    """Say what is expected, if it is long."""
    if seconds >= LONG:
        words = {name: f"{number:,}" for name, number in counts.items()}
        teller.say(text(f"duration.{what}", teller.language, time=_time(seconds, teller.language), **words))


def _time(seconds: float, language: Language) -> str:
    """Return a time in words: seconds in tens, minutes, or hours."""
    if seconds < 90:
        return text("duration.seconds", language, count=int(round(seconds, -1)))
    if seconds < 5400:
        return text("duration.minutes", language, count=round(seconds / 60))
    return text("duration.hours", language, count=f"{seconds / 3600:,.0f}")
