"""Changes of demand: growth, births cohorts, new estates, and how many take part in a voluntary round.

New children are copies of children of the same zone and category, who are picked by words
(``allocator.procedure.words``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from allocator.domain import Applicant, DeferredAcceptancePhase
from allocator.domain import what_if as domain
from allocator.planning.draft import Bids, Draft
from allocator.planning.shares import apportion, share

Cell: TypeAlias = tuple[str, str]
"""Zone and category."""

Group: TypeAlias = Sequence[Applicant]


def grow(change: domain.Growth, draft: Draft) -> None:
    """Let zones and categories grow or shrink by so many percent, rounded half up over all of them together."""
    categories = {category.category_id for category in draft.policy.categories}
    known = draft.known("zones", change.zones, draft.zones, "zone")
    if not draft.known("categories", change.categories, categories, "category") or not known:
        return
    cells = {
        cell: groups
        for cell, groups in _cells(draft).items()
        if (not change.zones or cell[0] in change.zones) and (not change.categories or cell[1] in change.categories)
    }
    counts = [sum(map(len, groups)) for groups in cells.values()]
    wanted = apportion(counts, share(sum(counts), 100 + change.percent))
    if draft.room("percent", sum(wanted) - sum(counts)):
        _resize(draft, cells, wanted)


def cohort(change: domain.Cohort, draft: Draft) -> None:
    """Let so many children live in each zone; categories keep their shares."""
    if not draft.known("zones", change.zones, draft.zones, "zone"):
        return
    cells = _cells(draft)
    for zone, children in sorted(change.zones.items()):  # the order in the file has no meaning
        here = {cell: groups for cell, groups in cells.items() if cell[0] == zone}
        counts = [sum(map(len, groups)) for groups in here.values()]
        if children and not sum(counts):
            draft.fault("what_if.empty_zone", f"zones.{zone}", str(children))
        elif draft.room(f"zones.{zone}", children - sum(counts)):
            _resize(draft, here, apportion(counts, children))


def _cells(draft: Draft) -> dict[Cell, list[Group]]:
    """Parties by zone and category, in order."""
    cells: dict[Cell, list[Group]] = {}
    for group in draft.parties():
        cells.setdefault((group[0].zone, group[0].category), []).append(group)
    return dict(sorted(cells.items()))


def _resize(draft: Draft, cells: Mapping[Cell, Sequence[Group]], wanted: Sequence[int]) -> None:
    """Add or remove parties until each cell has so many children."""
    for ((zone, category), groups), children in zip(cells.items(), wanted, strict=True):
        more = children - sum(map(len, groups))
        text = f"grow|{zone}|{category}"
        if more > 0:
            _copy_some(draft, groups, more, text)
        elif more < 0:
            _remove_some(draft, groups, -more, text)


def _copy_some(draft: Draft, groups: Sequence[Group], children: int, text: str) -> None:
    """Add copies of parties, each party in turn, until so many children are there; larger parties are passed over."""
    while children and any(len(group) <= children for group in groups):
        for at in draft.order(text, len(groups)):
            if len(groups[at]) <= children:
                draft.add(groups[at])
                children -= len(groups[at])


def _remove_some(draft: Draft, groups: Sequence[Group], children: int, text: str) -> None:
    """Remove parties until so many children are gone; larger parties are passed over."""
    for at in draft.order(text, len(groups)):
        if len(groups[at]) <= children:
            draft.remove(groups[at])
            children -= len(groups[at])


def estate(change: domain.Estate, draft: Draft) -> None:
    """Add children of a new housing estate: single, verified, without choices."""
    categories = {category.category_id: category for category in draft.policy.categories}
    known = draft.known("zone", [change.zone], draft.zones, "zone")
    if not draft.known("children", change.children, categories, "category") or not known:
        return
    zone = draft.zones[change.zone]
    x, y = change.place or ("", "")
    if not draft.room("children", sum(change.children.values())):
        return
    for category, count in sorted(change.children.items()):  # the order in the file has no meaning
        dual = zone.dual_school_ids and categories[category].home == "registered"
        child = Applicant("", change.zone, category, zone.school_id if dual else "", x=x, y=y)
        for _ in range(count):
            draft.add([child])


def take_up(change: domain.TakeUp, draft: Draft) -> None:
    """Let more or fewer of those who may bid in a voluntary round do so; new bidders bid as a neighbour does."""
    rounds = {p.phase_id: p for p in draft.policy.phases if isinstance(p, DeferredAcceptancePhase)}
    if not draft.known("phase", [change.phase], rounds, "round"):
        return
    phase = rounds[change.phase]
    bids = Bids(draft.policy, draft.zones)
    able = [group for group in draft.parties() if bids.tier(group[0], phase) is not None]
    bidding = [group for group in able if getattr(group[0], phase.column)]
    children = sum(map(len, bidding))
    more = share(children, 100 + change.percent) - children
    text = f"take-up|{phase.phase_id}"
    if change.percent > 0 and not bidding:
        draft.fault("what_if.nobody_bids", "phase", change.phase)
    elif more <= 0:
        _withdraw(draft, phase, bidding, -more, text)
    else:
        others = [group for group in able if not getattr(group[0], phase.column)]
        _join(draft, phase, bids, (bidding, others), more, text)


def _withdraw(draft: Draft, phase: DeferredAcceptancePhase, bidding: Sequence[Group], children: int, text: str) -> None:
    """Take the bids of so many children away."""
    for at in draft.order(text, len(bidding)):
        if len(bidding[at]) <= children:
            children -= len(bidding[at])
            draft.rewrite(bidding[at], **{phase.column: ()})


def _join(
    draft: Draft,
    phase: DeferredAcceptancePhase,
    bids: Bids,
    groups: tuple[Sequence[Group], Sequence[Group]],
    children: int,
    text: str,
) -> None:
    """Give so many children the bids of somebody of their own tier."""
    bidding, others = groups
    lists: dict[int | None, list[tuple[str, ...]]] = {}
    for group in bidding:
        lists.setdefault(bids.tier(group[0], phase), []).append(getattr(group[0], phase.column))
    for turn, at in enumerate(draft.order(text, len(others))):
        group = others[at]
        known = lists.get(bids.tier(group[0], phase), [])
        if len(group) > children or not known:
            continue
        named = bids.schools(group[0], phase, known[turn % len(known)])
        if named:
            children -= len(group)
            draft.rewrite(group, **{phase.column: named})


CHANGES: dict[type, Callable[[Any, Draft], None]] = {
    domain.Growth: grow,
    domain.Cohort: cohort,
    domain.Estate: estate,
    domain.TakeUp: take_up,
}
