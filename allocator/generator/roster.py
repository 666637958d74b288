"""The tables of a synthetic district: schools, zones and roster, as domain objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from allocator.domain import STATUSES, Applicant, Ints, School, Zone, from_columns
from allocator.generator.choices import WishLists, make_choices
from allocator.generator.demand import PER_SEATS, SchoolDemand, Template
from allocator.generator.families import Families, make_families
from allocator.generator.quarters import Quarter
from allocator.generator.stream import Stream
from allocator.ground import part


def make_schools(template: Template, quarters: Sequence[Quarter], seed: int) -> list[School]:
    """Return the schools of all quarters, in the demand's order; ``slack`` says how far hard cap lies above plan."""
    found = []
    for quarter in quarters:
        stream = Stream(seed, quarter.suffix)
        chance = stream.words("slack", len(template.demand.schools)).tolist()
        found += [_school(school, quarter, word) for school, word in zip(template.demand.schools, chance, strict=True)]
    return found


def make_zones(template: Template, quarters: Sequence[Quarter]) -> list[Zone]:
    """Return the zones of all quarters, in the demand's order."""
    return [
        Zone(
            zone.id + quarter.suffix,
            zone.school + quarter.suffix,
            zone.e_school and zone.e_school + quarter.suffix,
            tuple(name + quarter.suffix for name in zone.dual),
        )
        for quarter in quarters
        for zone in template.demand.zones
    ]


def make_applicants(template: Template, quarters: Sequence[Quarter], seed: int) -> list[Applicant]:
    """Return the children of all quarters in the order of their ids, which are given out at random."""
    every = Stream(seed)
    total = sum(quarter.children for quarter in quarters)
    digits = max(6, len(str(total)))
    numbers = (every.shuffle("numbers", total) + 1).tolist()
    girls = (every.below("sex", total, PER_SEATS) < template.demand.girls).tolist()
    found: list[Applicant] = []
    for quarter in quarters:
        for child in _children(template, quarter, Stream(seed, quarter.suffix)):
            at = len(found)
            name = f"{template.demand.id_prefix}{numbers[at]:0{digits}d}"
            found.append(child._replace(applicant_id=name, sex="F" if girls[at] else "M"))
    return [found[at] for at in np.argsort(numbers, kind="stable").tolist()]


def _school(school: SchoolDemand, quarter: Quarter, chance: int) -> School:
    """Return one school with its seats for the children of its quarter."""
    name = f"{school.name}（{quarter.suffix.lstrip('-')}）" if quarter.suffix else school.name
    school_id, x, y = school.id + quarter.suffix, str(school.x + quarter.x), str(school.y + quarter.y)
    if school.external:
        return School(school_id, name, external=True, x=x, y=y)
    plan = part(quarter.children, school.seats, PER_SEATS)
    cap = None
    if school.slack is not None:
        least, most = school.slack
        cap = plan + least + chance % (most - least + 1)
    first, second = (_offered(share, quarter) for share in (school.offered_voluntary_1, school.offered_voluntary_2))
    return School(school_id, name, False, plan, cap, first, second, x, y)


def _offered(share: int | None, quarter: Quarter) -> int | None:
    """Return the seats set aside for a round, None where the cell is empty."""
    return None if share is None else part(quarter.children, share, PER_SEATS)


def _children(template: Template, quarter: Quarter, stream: Stream) -> Iterator[Applicant]:
    """Yield the children of a quarter without their ids, those of a bundle one after another."""
    families = make_families(template, quarter, stream)
    lists = make_choices(template, families, quarter.suffix, stream)
    bundles = _bundle_names(families, quarter.suffix)
    for party, size in zip(_parties(template, quarter, families, lists, bundles), families.sizes.tolist(), strict=True):
        yield party
        for _ in range(size - 1):
            yield party


def _bundle_names(families: Families, suffix: str) -> list[str]:
    """Return the bundle id of every party, empty for single children."""
    numbers = np.cumsum(families.sizes > 1).tolist()
    sizes = families.sizes.tolist()
    return [f"B{number:03d}{suffix}" if size > 1 else "" for number, size in zip(numbers, sizes, strict=True)]


def _parties(
    template: Template, quarter: Quarter, families: Families, lists: WishLists, bundles: Sequence[str]
) -> Sequence[Applicant]:
    """Return one child of every party, still without its id."""
    suffix, nothing = quarter.suffix, [""] * len(families.sizes)
    none = [()] * len(families.sizes)
    schools = [school.id + suffix for school in template.demand.schools]
    return from_columns(
        Applicant,
        applicant_id=nothing,
        zone=_named([zone.id + suffix for zone in template.demand.zones], families.zones),
        category=_named([category.category_id for category in template.policy.categories], families.categories),
        registered_school=_named([*schools, ""], families.registered),
        voluntary_1=lists.get("voluntary_1", none),
        voluntary_2=lists.get("voluntary_2", none),
        open_choice=map("".join, lists.get("open_choice", none)),
        bundle=bundles,
        preferential_school=map("".join, lists.get("preferential_school", none)),
        sibling_school=map("".join, lists.get("sibling_school", none)),
        status=_named(STATUSES, families.statuses),
        preferred_diversion=lists.get("preferred_diversion", none),
        x=map(str, families.xs.tolist()),
        y=map(str, families.ys.tolist()),
        name=nothing,
        sex=nothing,
    )


def _named(names: Sequence[str], places: Ints) -> list[str]:
    """Return the names at the places; the last name stands for place -1."""
    found: list[str] = np.array(names, dtype=object)[places].tolist()
    return found
