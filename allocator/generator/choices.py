"""What families choose and what was decided for them, column by column of the roster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

from allocator.domain import Ints, Mask
from allocator.generator.demand import PER_SHARE, ChoiceDemand, Template
from allocator.generator.families import Families
from allocator.generator.stream import Stream
from allocator.ground import apportion, part

WishLists: TypeAlias = dict[str, list[tuple[str, ...]]]


def make_choices(template: Template, families: Families, suffix: str, stream: Stream) -> WishLists:
    """Return the lists of every column that the demand names; a party that chooses nothing has an empty list.

    Parameters
    ----------
    template, families, suffix, stream
        The structure, the parties of a quarter, what its ids end in, and its chance.
    """
    lists: WishLists = {}
    for number, choice in enumerate(template.demand.choices):
        column = lists.setdefault(choice.column, [()] * len(families.sizes))
        chosen = _choosing(template, families, choice, stream, str(number))
        ranked = _ranked(template, families, choice, chosen, stream, str(number))
        names = np.array([name + suffix for name in choice.schools], dtype=object)
        for party, places in zip(chosen.tolist(), ranked, strict=True):
            column[party] = tuple(names[places])
    return lists


def _choosing(template: Template, families: Families, choice: ChoiceDemand, stream: Stream, label: str) -> Ints:
    """Return the parties that choose: of those with the same share exactly that share, whoever it is."""
    ids = [category.category_id for category in template.policy.categories]
    allowed = np.array([not choice.categories or name in choice.categories for name in ids])[families.categories]
    shares = np.where(allowed, _shares(template, families, choice), 0)
    chosen = []
    for share in np.unique(shares[shares > 0]).tolist():
        who = np.flatnonzero(shares == share)
        who = who[stream.shuffle(f"{label} {share}", len(who))]
        chosen.append(who[: part(len(who), share, PER_SHARE)])
    return np.sort(np.concatenate([*chosen, np.array([], dtype=np.int64)]))


def _shares(template: Template, families: Families, choice: ChoiceDemand) -> Ints:
    """Return the share that each party belongs to: its home school's, or else its zone's group's."""
    demand = template.demand
    of_school = np.array([choice.share.get(school.id, -1) for school in demand.schools] + [-1])[families.homes]
    of_group = np.array([choice.share.get(zone.group, 0) for zone in demand.zones])[families.zones]
    return np.where(of_school >= 0, of_school, of_group)


def _ranked(
    template: Template, families: Families, choice: ChoiceDemand, chosen: Ints, stream: Stream, label: str
) -> Iterator[Ints]:
    """Yield for each choosing party the places of its schools in the demand's list, best first."""
    count, schools = len(chosen), len(choice.schools)
    scores = stream.shares(f"{label} scores", count * schools).reshape(count, schools)
    scores = scores + np.array(list(choice.schools.values()))
    own = _own(template, families, choice, chosen)
    scores = np.where(own, -1.0, scores) if choice.own is None else scores + own * choice.own
    lengths = np.repeat(np.arange(len(choice.lengths)) + 1, apportion(count, choice.lengths))
    lengths = lengths[stream.shuffle(f"{label} lengths", count)]
    order = np.argsort(-scores, axis=1, kind="stable")
    most = np.minimum(lengths, (scores >= 0.0).sum(axis=1))
    return (row[:length] for row, length in zip(order, most.tolist(), strict=True))


def _own(template: Template, families: Families, choice: ChoiceDemand, chosen: Ints) -> Mask:
    """Return where a school is the party's home school or the school of its zone."""
    place = {school.id: at for at, school in enumerate(template.demand.schools)}
    named = np.array([place[name] for name in choice.schools])
    zone_school = np.array([place[zone.school] for zone in template.demand.zones])[families.zones[chosen]]
    own: Mask = (families.homes[chosen][:, None] == named) | (zone_school[:, None] == named)
    return own
