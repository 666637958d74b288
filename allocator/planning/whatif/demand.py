"""Changes of demand: growth, births cohorts, new estates, and how many take part in a voluntary round.

New children are copies of children of the same zone and category, who are picked by words
(``allocator.procedure.words``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from allocator import domain
from allocator.domain import Applicant, DeferredAcceptancePhase
from allocator.eligibility import VERIFIED
from allocator.ground import apportion, share_of, tied_shares
from allocator.planning.whatif.draft import Bids, Draft

ZoneCategory: TypeAlias = tuple[str, str]
"""Zone and category."""

Kids: TypeAlias = Sequence[Applicant]


def grow_demand(change: domain.Growth, draft: Draft) -> None:
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
    total = share_of(sum(counts), 100 + change.percent, 100)
    if draft.room("percent", total - sum(counts)):
        more = total - sum(counts)
        missing, lots = _share_out(draft, cells, total, "grow")
        absent = [name for name in change.zones if name not in {zone for zone, _ in cells}]
        absent += [name for name in change.categories if name not in {category for _, category in cells}]
        done = more - missing if more > 0 else more + missing
        draft.answer("children", more, done, left={"bundle": missing}, also={"by_lot": lots, "nobody": len(absent)})


def cohort_demand(change: domain.Cohort, draft: Draft) -> None:
    """Let so many verified children live in each zone; categories keep their shares.

    Nobody of a cohort is late or on the blacklist, for that shows only when families register: children of the zone
    who are go, so that so many children live there by every way of counting them (C129).
    """
    if not draft.known("zones", change.zones, draft.zones, "zone"):
        return
    for zone, children in sorted(change.zones.items()):  # the order in the file has no meaning
        _one_cohort(draft, zone, children)


def _one_cohort(draft: Draft, zone: str, children: int) -> None:
    """Let so many verified children live in a zone."""
    here = [group for group in draft.parties() if group[0].zone == zone]
    others = [group for group in here if group[0].status != VERIFIED]
    cells = {cell: groups for cell, groups in _cells(draft, VERIFIED).items() if cell[0] == zone}
    there = sum(len(group) for groups in cells.values() for group in groups)
    if children and not there:
        draft.fault("what_if.empty_zone", f"zones.{zone}", str(children))
    elif draft.room(f"zones.{zone}", children - sum(map(len, here))):
        draft.remove(child for group in others for child in group)
        split, lots = _share_out(draft, cells, children, f"cohort|{zone}", whole=False)
        also = {"by_lot": lots, "split": split, "not_verified": sum(map(len, others)), "before": there}
        draft.answer("children", children, children, f"zones.{zone}", also=also)


def _cells(draft: Draft, status: str = "") -> dict[ZoneCategory, list[Kids]]:
    """Parties by zone and category, in order; only those of a status, if one is named."""
    cells: dict[ZoneCategory, list[Kids]] = {}
    for group in draft.parties():
        if status in ("", group[0].status):
            cells.setdefault((group[0].zone, group[0].category), []).append(group)
    return dict(sorted(cells.items()))


def _share_out(
    draft: Draft, cells: Mapping[ZoneCategory, Sequence[Kids]], total: int, text: str, *, whole: bool = True
) -> tuple[int, int]:
    """Let so many children be in some cells together, by their shares.

    Which of equal remainders is rounded up is decided by words, so that over demand draws no cell has more of them than
    another. Returns the children for whom only bundles were left, and the cells among which words decided.

    Parameters
    ----------
    draft, cells, total, text : Draft, mapping, int, str
        The district, the parties of each cell, children wanted in all, and what the words are asked for.
    whole : bool
        Whether bundles stay whole, so that some children may be missing at the end; else these are single copies of
        children of a bundle, for a cohort is a number of children.
    """
    counts = [sum(map(len, groups)) for groups in cells.values()]
    wanted = apportion(total, counts, draft.order(f"{text}|remainders", len(counts)))
    missing = 0
    for ((zone, category), groups), count, children in zip(cells.items(), counts, wanted, strict=True):
        resize = _copy_some if children > count else _remove_some
        if children != count:
            missing += resize(draft, groups, abs(children - count), f"grow|{zone}|{category}", whole=whole)
    return missing, tied_shares(total, counts)


def _copy_some(draft: Draft, groups: Sequence[Kids], children: int, text: str, *, whole: bool) -> int:
    """Add copies of parties, each party in turn, larger ones passed over; returns for whom only bundles were left."""
    while children:
        order = draft.order(text, len(groups))
        for at in order:
            if len(groups[at]) <= children:
                draft.add(groups[at])
                children -= len(groups[at])
        if all(len(group) > children for group in groups):
            for child in () if whole else groups[order[0]][:children]:
                draft.add([child])
            break
    return children


def _remove_some(draft: Draft, groups: Sequence[Kids], children: int, text: str, *, whole: bool) -> int:
    """Remove parties, larger ones passed over; returns for whom only bundles were left.

    Where bundles need not stay whole one of them goes, and single copies of those come who are too many of it.
    """
    passed = []
    for at in draft.order(text, len(groups)):
        if len(groups[at]) <= children:
            draft.remove(groups[at])
            children -= len(groups[at])
        else:
            passed.append(groups[at])
    if children and not whole:
        draft.remove(passed[0])
        for child in passed[0][children:]:
            draft.add([child])
    return children


def estate_demand(change: domain.Estate, draft: Draft) -> None:
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
    asked = sum(change.children.values())
    draft.answer("children", asked, asked, also={"new_without_place": 0 if x else asked})


def take_up_demand(change: domain.TakeUp, draft: Draft) -> None:
    """Let more or fewer of those who may bid in a voluntary round do so; new bidders bid as a neighbour does."""
    rounds = {p.phase_id: p for p in draft.policy.phases if isinstance(p, DeferredAcceptancePhase)}
    if not draft.known("phase", [change.phase], rounds, "round"):
        return
    phase = rounds[change.phase]
    bids = Bids(draft.policy, draft.zones)
    able = [group for group in draft.parties() if bids.tier(group[0], phase) is not None]
    bidding = [group for group in able if getattr(group[0], phase.column)]
    children = sum(map(len, bidding))
    more = share_of(children, 100 + change.percent, 100) - children
    text = f"take-up|{phase.phase_id}"
    if change.percent > 0 and not bidding:
        draft.fault("what_if.nobody_bids", "phase", change.phase)
    elif more <= 0:
        left = _withdraw(draft, phase, bidding, -more, text)
        draft.answer("children", more, more + left, left={"bundle": left}, also={"nobody_bids": not bidding})
    else:
        others = [group for group in able if not getattr(group[0], phase.column)]
        left_out = _join(draft, phase, bids, (bidding, others), more, text)
        draft.answer("children", more, more - sum(left_out.values()), left=left_out)


def _withdraw(draft: Draft, phase: DeferredAcceptancePhase, bidding: Sequence[Kids], children: int, text: str) -> int:
    """Take the bids of so many children away; returns how many are left who could not."""
    for at in draft.order(text, len(bidding)):
        if len(bidding[at]) <= children:
            children -= len(bidding[at])
            draft.rewrite(bidding[at], **{phase.column: ()})
    return children


def _join(
    draft: Draft,
    phase: DeferredAcceptancePhase,
    bids: Bids,
    groups: tuple[Sequence[Kids], Sequence[Kids]],
    children: int,
    text: str,
) -> dict[str, int]:
    """Give so many children the bids of somebody of their own tier; returns how many do not bid, by reason.

    Lists are taken over in an order of words, so that those of the first ids are not the first each time.
    """
    bidding, others = groups
    lists: dict[int | None, list[tuple[str, ...]]] = {}
    for at in draft.order(f"{text}|lists", len(bidding)):
        group = bidding[at]
        lists.setdefault(bids.tier(group[0], phase), []).append(getattr(group[0], phase.column))
    there = {"no_list": 0, "bundle": 0}
    for turn, at in enumerate(draft.order(text, len(others))):
        group = others[at]
        known = lists.get(bids.tier(group[0], phase), [])
        named = bids.schools(group[0], phase, known[turn % len(known)]) if known else ()
        if not named:
            there["no_list"] += len(group)
        elif len(group) > children:
            there["bundle"] += len(group)
        else:
            children -= len(group)
            draft.rewrite(group, **{phase.column: named})
    return _why(children, there)


def _why(missing: int, there: Mapping[str, int]) -> dict[str, int]:
    """Why so many do not bid: some are there without a list, some only in bundles, and the others are not there."""
    reasons = {}
    for code, count in there.items():
        reasons[code] = min(missing, count)
        missing -= reasons[code]
    return {**reasons, "nobody_left": missing}


CHANGES: dict[type, Callable[[Any, Draft], None]] = {
    domain.Growth: grow_demand,
    domain.Cohort: cohort_demand,
    domain.Estate: estate_demand,
    domain.TakeUp: take_up_demand,
}
