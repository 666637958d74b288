"""What is asked of the search for seats, and what is wrong with it: all faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allocator.domain import District
from allocator.ground import Fault, InputError

WAYS = ("rules", "optimum", "ranks")
"""Whose list is to become better."""

MOST_SEATS, MOST_DRAWS = 1_000_000, 10_000
_LONGEST = 1e9  # seconds; beyond it solvers cannot count


@dataclass(frozen=True, slots=True)
class Request:
    """A question.

    Attributes
    ----------
    extra_seats : int or None
        Most extra seats, given one by one.
    classes : int or None
        Most extra classes, given as a whole.
    class_size : int or None
        Seats of a class; with ``fewest`` classes instead of seats.
    fewest : bool
        Ask for the fewest seats that are enough instead.
    where : tuple of str
        Own schools that may get seats; empty: all of them.
    by : str
        One of ``WAYS``.
    draws : int
        Simulated draws over which the rules' list is judged; 0: the trial draw alone.
    trial_seed : int
        Seed of the trial draw and of the simulation.
    time_limit : float or None
        Seconds of the search.
    not_diverted : tuple of str
        With ``fewest``: categories of which no child shall be diverted.
    """

    extra_seats: int | None = None
    classes: int | None = None
    class_size: int | None = None
    fewest: bool = False
    where: tuple[str, ...] = ()
    by: str = WAYS[0]
    draws: int = 0
    trial_seed: int = 1
    time_limit: float | None = None
    not_diverted: tuple[str, ...] = ()

    @property
    def step(self) -> int:
        """Seats of one unit."""
        return self.class_size if self.class_size and (self.classes is not None or self.fewest) else 1

    @property
    def units(self) -> int:
        """Most units in all."""
        return self.classes or 0 if self.classes is not None else self.extra_seats or 0

    @staticmethod
    def fault(code: str, option: str, value: object = "", **params: str) -> Fault:
        """Return a fault of an option."""
        return Fault(code, option, value=str(value), params=params)


def request_default_not_diverted(district: District) -> tuple[str, ...]:
    """Return the categories of which no child shall be diverted where nothing else is said: those that register."""
    return tuple(c.category_id for c in district.policy.categories if c.home == "registered")


def request_option_faults(request: Request) -> list[Fault]:
    """Return what is wrong with a request in any district."""
    return [*_question_faults(request), *_method_faults(request)]


def _question_faults(request: Request) -> Iterator[Fault]:
    """What is asked, and how many seats a unit has."""
    asked = [request.extra_seats is not None, request.classes is not None, request.fewest]
    if sum(asked) != 1:
        yield request.fault("capacity.one_question", "--extra-seats | --classes | --fewest")
    for option, value in (("--extra-seats", request.extra_seats), ("--classes", request.classes)):
        if value is not None and not 0 <= value <= MOST_SEATS:
            yield request.fault("capacity.number", option, value, least="0", most=f"{MOST_SEATS:,}")
    if request.class_size is not None and not 1 <= request.class_size <= MOST_SEATS:
        yield request.fault("capacity.number", "--class-size", request.class_size, least="1", most=f"{MOST_SEATS:,}")
    if request.classes is not None and request.class_size is None:
        yield request.fault("capacity.no_size", "--class-size")
    if request.extra_seats is not None and request.class_size is not None:
        yield request.fault("capacity.size_unused", "--class-size", request.class_size)


def _method_faults(request: Request) -> Iterator[Fault]:
    """Whose list, how many draws, how long."""
    if request.by not in WAYS:
        yield request.fault("capacity.by", "--by", request.by, expected=" | ".join(WAYS))
    if not 0 <= request.draws <= MOST_DRAWS:
        yield request.fault("capacity.number", "--draws", request.draws, least="0", most=f"{MOST_DRAWS:,}")
    elif request.draws and request.by == "optimum":
        yield request.fault("capacity.draws_unused", "--draws", request.draws)
    if request.by == "ranks" and request.fewest:
        yield request.fault("capacity.ranks_fewest", "--by", request.by)
    if request.time_limit is not None and not 0 < request.time_limit <= _LONGEST:
        yield request.fault("planning.time_limit", "--time-limit", request.time_limit)
    if request.not_diverted and not request.fewest:
        yield request.fault("capacity.goal_unused", "--not-diverted", ",".join(request.not_diverted))


def request_category_faults(district: District, names: Sequence[str]) -> list[Fault]:
    """Return the categories that shall not be diverted and that the policy does not have."""
    known = [category.category_id for category in district.policy.categories]
    expected = {"expected": ", ".join(known)}
    unknown = [name for name in dict.fromkeys(names) if name not in known]
    return [Fault("what_if.unknown_category", "--not-diverted", value=name, params=expected) for name in unknown]


def request_district_faults(request: Request, district: District) -> list[Fault]:
    """Return what of a request does not fit a district."""
    faults = []
    schools = sorted(name for name, school in district.schools.items() if not school.external)
    for name in dict.fromkeys(request.where):
        if name not in district.schools:
            faults.append(request.fault("what_if.unknown_school", "--where", name, expected=", ".join(schools)))
        elif district.schools[name].external:
            faults.append(request.fault("what_if.external", "--where", name))
    faults += request_category_faults(district, request.not_diverted)
    if request.by != "optimum" and district.policy.switches.divert_assign == "least_distance":
        where = "switches.divert_assign"
        faults.append(Fault("simulate.model_decides", "policy.yaml", 0, where, "least_distance"))
    return faults


def refuse_request(request: Request, district: District) -> None:
    """Refuse a request that makes no sense, or none in this district.

    Raises
    ------
    InputError
        With all faults at once.
    """
    if faults := request_option_faults(request) + request_district_faults(request, district):
        raise InputError(faults)
