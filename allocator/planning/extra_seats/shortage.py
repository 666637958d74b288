"""How many seats are short: the fewest that are enough, for the categories that register at a school and for everybody.

That is the number to act on. The demand at home before choices, held against the plan, is another one: most of the
children behind it choose, and are seated, elsewhere (docs/planning.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allocator.domain import District
from allocator.ground import Fault, InputError, Progress, silent
from allocator.planning.extra_seats.answer import ExtraSeats
from allocator.planning.extra_seats.request import Request, request_default_not_diverted
from allocator.planning.extra_seats.search import search_extra_seats

MOST_WORK = 200_000
"""Children times own schools up to which the two searches are made for a page; beyond, they are asked for by hand."""

_CHILDREN_OF_LISTS = 600_000
_FEWEST_LISTS, _MOST_LISTS = 200, 2_000
"""Lists with which every way to give a few seats is tried: so many children's worth, within these bounds."""


@dataclass(frozen=True, slots=True)
class Fewest:
    """The fewest seats with which nobody of some categories is diverted who could be seated otherwise.

    Attributes
    ----------
    categories : tuple of str
        Whom it is about.
    seats : int
        Seats that are enough.
    at_least : int
        Fewer than these are not: equal to ``seats`` where the number is proven the fewest.
    schools : Mapping of str to int
        Where they are: seats of each school that gets any.
    aside : int
        Children of these categories who can be seated by diversion or adjustment alone (late ones), not counted.
    hopeless : int
        Children whom no school may take, not counted.
    """

    categories: tuple[str, ...]
    seats: int
    at_least: int
    schools: Mapping[str, int]
    aside: int
    hopeless: int

    @property
    def proven(self) -> bool:
        """Whether fewer seats are proven not to be enough."""
        return self.seats == self.at_least


@dataclass(frozen=True, slots=True)
class Shortage:
    """What is short of a district under its trial draw.

    Attributes
    ----------
    first : Fewest or None
        For the categories whose home school is the one at which they register, or those asked for; None where there
        are none such, or nothing could be computed.
    everyone : Fewest or None
        For all categories.
    reasons : tuple of Fault
        Why nothing was computed.
    """

    first: Fewest | None
    everyone: Fewest | None
    reasons: tuple[Fault, ...] = ()

    def needed(self, school: str) -> int | None:
        """Return the seats that a school gets in the leading answer; None where nothing was computed."""
        lead = self.lead
        return None if lead is None else lead.schools.get(school, 0)

    @property
    def lead(self) -> Fewest | None:
        """The answer that leads: for the first categories, where there are any, else for everybody."""
        return self.first or self.everyone


def shortage_of(
    district: District, trial_seed: int, categories: tuple[str, ...] = (), progress: Progress = silent
) -> Shortage:
    """Return how many seats are short under a trial draw.

    Parameters
    ----------
    district : District
        The base.
    trial_seed : int
        Seed of the trial draw.
    categories : tuple of str
        Of which nobody shall be diverted; none: those that register at a school (``home: registered``).
    progress : callable
        Told what begins.
    """
    own = sum(not school.external for school in district.schools.values())
    if len(district.applicants) * own > MOST_WORK:
        return Shortage(None, None, (Fault("shortage.large", "", params={"most": f"{MOST_WORK:,}"}),))
    every = tuple(category.category_id for category in district.policy.categories)
    first = categories or request_default_not_diverted(district)
    try:
        everyone = _fewest(district, trial_seed, every, progress)
        if set(first) == set(every):
            return Shortage(None, everyone)
        return Shortage(_fewest(district, trial_seed, first, progress) if first else None, everyone)
    except InputError as error:
        return Shortage(None, None, error.faults)


def _fewest(district: District, trial_seed: int, categories: tuple[str, ...], progress: Progress) -> Fewest:
    """The answer for some categories."""
    request = Request(fewest=True, not_diverted=categories, trial_seed=trial_seed)
    lists = min(max(_CHILDREN_OF_LISTS // max(len(district.applicants), 1), _FEWEST_LISTS), _MOST_LISTS)
    found: ExtraSeats = search_extra_seats(district, request, progress=progress, lists=lists)
    least = found.units if found.proven else found.bound_units
    schools = {name: seats for name, seats in found.extra.items() if seats}
    return Fewest(categories, found.units, least, schools, found.beyond, found.hopeless)


def shortage_object(shortage: Shortage) -> dict[str, Any]:
    """Return it for JSON."""
    found = {"first_categories": shortage.first, "everyone": shortage.everyone}
    return {
        **{name: None if one is None else _fewest_object(one) for name, one in found.items()},
        "not_computed": [fault.code for fault in shortage.reasons],
    }


def _fewest_object(one: Fewest) -> dict[str, Any]:
    return {
        "categories": list(one.categories), "seats": one.seats, "at_least": one.at_least, "proven": one.proven,
        "schools": dict(one.schools), "only_by_diversion": one.aside, "out_of_reach": one.hopeless,
    }  # fmt: skip
