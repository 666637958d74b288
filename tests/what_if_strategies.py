"""Random compositions of changes that mostly fit a district, as a Hypothesis strategy."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from allocator.domain import (
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    Phase,
    Planning,
    WhatIf,
)
from allocator.reading.what_if_file import parse_what_if
from tests.small_districts import random_district
from tests.strategies import SWITCHES
from tests.what_if_cases import HEAD

Json = dict[str, Any]


@dataclass
class Names:
    """What changes of a district may name; schools that open are added."""

    draw: st.DrawFn
    district: District
    schools: list[str] = field(default_factory=list)
    zones: list[str] = field(default_factory=list)
    homes: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take the names from the district."""
        self.schools = sorted(name for name, school in self.district.schools.items() if not school.external)
        self.zones = sorted(self.district.zones)
        self.homes = sorted({(child.x, child.y) for child in self.district.applicants if child.x})

    def one(self, things: Any) -> Any:
        """One of some things."""
        return self.draw(st.sampled_from(list(things)))

    def some(self, things: Any) -> list[Any]:
        """Up to three different things."""
        return self.draw(st.lists(st.sampled_from(list(things)), max_size=3, unique=True))

    def number(self, least: int, most: int) -> int:
        """A whole number."""
        return self.draw(st.integers(least, most))

    def phases(self, kind: type) -> list[Any]:
        """Phases of a kind."""
        return [phase for phase in self.district.policy.phases if isinstance(phase, kind)]


def _seats(names: Names) -> Json:
    key, least = names.one([("add", -2), ("set", 0), ("add", 0)])
    return {"change": "seats", "school": names.one(names.schools), key: names.number(least, 12)}


def _classes(names: Names) -> Json:
    return {"change": "classes", "school": names.one(names.schools), "add": names.number(0, 2), "size": 3}


def _hard_cap(names: Names) -> Json:
    return {"change": "hard_cap", "school": names.one(names.schools), "add": names.number(0, 4)}


def _offered(names: Names) -> Json:
    column = names.one(["offered_voluntary_1", "offered_voluntary_2"])
    return {"change": "offered", "school": names.one(names.schools), "column": column, "set": names.number(0, 2)}


def _new_school(names: Names) -> Json:
    school = f"n{len(names.schools)}"
    lists = sorted({name for phase in names.phases(BatchPhase) for name in phase.lists})
    made = {
        "change": "new_school", "school": school, "name": "新校", "plan": names.number(0, 9),
        "place": ["0.25", names.number(0, 9)], "zones": names.some(names.zones), "adjustment": names.one([True, False]),
        "receiving": names.some(lists) if lists else [],
    }  # fmt: skip
    names.schools.append(school)
    return made


def _close_school(names: Names) -> Json:
    school, to = names.one(names.schools), names.one([*names.schools, None])
    return {"change": "close_school", "school": school, **({"to": to} if to not in (school, None) else {})}


def _move_homes(names: Names) -> Json:
    ends = {"change": "move_homes", "from_zone": names.one(names.zones), "to_zone": names.one(names.zones)}
    if not names.homes or names.one([True, False]):
        x, y, wide = names.number(-1, 5), names.number(-1, 5), names.number(1, 9000)
        return {**ends, "polygon": [[x, y], [x + wide, y], [x + wide, y + wide], [x, y + wide]]}
    homes = sorted({(c.x, c.y) for c in names.district.applicants if c.zone == ends["from_zone"] and c.x})
    return {**ends, "homes": [list(names.one(homes or names.homes))]}


def _register(names: Names) -> Json:
    dual = [zone for zone in names.district.zones.values() if zone.dual_school_ids]
    zone = names.one(dual or names.district.zones.values())
    school = names.one([zone.school_id, *zone.dual_school_ids])
    return {"change": "register", "zone": zone.zone, "school": school, "percent": names.number(0, 100)}


def _growth(names: Names) -> Json:
    categories = [category.category_id for category in names.district.policy.categories]
    found = {"zones": names.some(names.zones), "categories": names.some(categories)}
    return {"change": "growth", "percent": names.number(-60, 120), **found}


def _cohort(names: Names) -> Json:
    lived = sorted({child.zone for child in names.district.applicants})
    return {"change": "cohort", "zones": {zone: names.number(0, 9) for zone in [names.one(lived), *names.some(lived)]}}


def _estate(names: Names) -> Json:
    categories = [category.category_id for category in names.district.policy.categories]
    children = {category: names.number(0, 3) for category in [names.one(categories), *names.some(categories)]}
    place = names.one([{}, {"place": [names.number(0, 9), "0.50"]}])
    return {"change": "estate", "zone": names.one(names.zones), "children": children, **place}


def _take_up(names: Names) -> Json:
    rounds = [phase.phase_id for phase in names.phases(DeferredAcceptancePhase)]
    return {"change": "take_up", "phase": names.one(rounds or ["none"]), "percent": names.number(-100, 200)}


def _switches(names: Names) -> Json:
    switch = names.one(sorted(SWITCHES))
    return {"change": "switches", "set": {switch: names.one(SWITCHES[switch])}}


def _weights(names: Names) -> Json:
    categories = [category.category_id for category in names.district.policy.categories]
    return {"change": "weights", "category": {names.one(categories): names.number(0, 99)}, "nearest": 3}


MAKERS: tuple[Callable[[Names], Json], ...] = (
    _seats, _classes, _hard_cap, _offered, _new_school, _close_school, _move_homes, _move_homes, _register, _growth,
    _cohort, _estate, _take_up, _take_up, _switches, _weights,
)  # fmt: skip


@st.composite
def compositions(draw: st.DrawFn, district: District, most: int = 5) -> WhatIf:
    """A what-if of up to ``most`` changes, written as a file and read."""
    names = Names(draw, district)
    changes = [names.one(MAKERS)(names) for _ in range(draw(st.integers(1, most)))]
    raw = HEAD.format(name="w") + "".join(f"  - {json.dumps(change, ensure_ascii=False)}\n" for change in changes)
    found, faults = parse_what_if(raw.encode(), "w.yaml")
    assert found is not None, (faults, raw)
    return found


def small_town(seed: int) -> District:
    """A random small district that can be written to a folder: plain ids of rounds, no seats for rounds not held."""
    base = random_district(seed, 14)
    phases = tuple(
        replace(phase, phase_id=phase.phase_id.replace("_", "-"), draw=phase.draw.replace("_", "-"))
        if isinstance(phase, DeferredAcceptancePhase)
        else phase
        for phase in base.policy.phases
    )
    pools = {phase.seats for phase in phases if isinstance(phase, DeferredAcceptancePhase)}
    unused: dict[str, Any] = {
        name: None for name in ("offered_voluntary_1", "offered_voluntary_2") if name not in pools
    }
    nine = dict.fromkeys((category.category_id for category in base.policy.categories), 9)
    planning = Planning(category=nine, home=3, chosen=2, diverted=1, metre=1, nearest=2, closed={})
    schools = {name: replace(school, **unused) for name, school in base.schools.items()}
    ignored = _columns_without_phase(phases)
    return replace(
        base, policy=replace(base.policy, phases=phases, planning=planning), schools=schools,
        applicants=tuple(child._replace(**ignored) for child in base.applicants),
    )  # fmt: skip


def _columns_without_phase(phases: Sequence[Phase]) -> Json:
    """Columns of choices that no phase reads, each with its empty value."""
    read: set[str] = {phase.column for phase in phases if isinstance(phase, DecisionPhase | DeferredAcceptancePhase)}
    read |= {"open_choice"} if any(isinstance(phase, ChoicePhase) for phase in phases) else set()
    read |= {
        "sibling_school" for phase in phases if isinstance(phase, DeferredAcceptancePhase) if "sibling" in phase.order
    }
    read |= {"preferred_diversion"} if any(isinstance(phase, BatchPhase) for phase in phases) else set()
    empty: Json = {"open_choice": "", "preferential_school": "", "sibling_school": "", "preferred_diversion": ()}
    return {name: value for name, value in empty.items() if name not in read}


@st.composite
def small_compositions(draw: st.DrawFn) -> tuple[District, WhatIf]:
    """A random small district and a composition of changes that mostly fits it."""
    district = small_town(draw(st.integers(0, 100_000)))
    return district, draw(compositions(district))
