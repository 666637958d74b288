"""One case: a family, what is changed in it, and what the office's page says becomes of its child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Changes = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """A family of a base with changes.

    Attributes
    ----------
    name : str
        Where the page speaks of it: a worked example, or the subject.
    base, zone : str
        Where it starts from.
    changes : Mapping[str, str]
        As ``households.changed`` takes them.
    expect : str
        ``category``, or ``result`` where it is not ``roster``; then ``missing:…``, ``ruling:…``, ``flags:…``,
        ``status:…``, ``zone:…`` where the case is about them.
    more : tuple of Changes
        Other children of the family, each with what differs from the first.
    rows : tuple of (str, Changes)
        Rows of other tables: name of the table and cells; family, home and child are filled in.
    home_of : str
        The case of the same name with whose family it shares the home, by place ("first").
    """

    name: str
    base: str
    changes: Changes
    expect: str
    zone: str = "fuli"
    more: tuple[Changes, ...] = ()
    rows: tuple[tuple[str, Changes], ...] = ()
    home_of: str = ""
    outcome: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        first, *others = self.expect.split(" ")
        known = first in {"A", "B", "C", "D", "E", "R1", "R2", "R3", "U"}
        told = {"result": "roster", "category": first} if known else {"result": first}
        object.__setattr__(self, "outcome", told | dict(part.split(":", 1) for part in others))


def lock(stage: str, year: int, *, own: bool = False) -> tuple[str, Changes]:
    """A seat lock on the home of the family, by itself or by another one."""
    family = {} if own else {"family": f"9{year}"}
    return "locks", {"stage": stage, "intake_year": str(year), "applicant_id": f"T{year % 100}-000001", **family}


def ruling(field: str, value: str, on: str = "2023-08-02") -> tuple[str, Changes]:
    """A ruling of the group; ``home`` as value is the home of the family."""
    words = {"reason": "合成示例", "authority": "领导小组", "decided_on": on}
    return "rulings", {"field": field, "value": value, **words}


def special(level: str, route: str) -> tuple[str, Changes]:
    """A row of the restricted table."""
    return "special", {"level": level, "route": route}


def preferential(ground: str, papers: str, **other: str) -> tuple[str, Changes]:
    """An approved preferential decision for 新城一小, received in time."""
    row = {"kind": "preferential", "ground": ground, "school_id": "xincheng-1", "received_on": "2023-07-10"}
    return "decisions", {**row, "decided_on": "2023-07-20", "approved": "yes", "papers": papers, **other}


def sibling(**other: str) -> tuple[str, Changes]:
    """An approved decision to follow a brother or sister into 新城一小, which was the school of the home's zone."""
    row = {"kind": "sibling", "school_id": "xincheng-1", "received_on": "2023-07-20", "decided_on": "2023-07-24"}
    told = {"sibling_order": "2", "sibling_entry": "zone", "sibling_enrolled": "yes"}
    return "decisions", {**row, "approved": "yes", "papers": "application", **told, **other}
