"""Bundles: twins and multiples who stay together, or do not (section 3.4, C110, Q-16b)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from allocator.determination.assessment import Assessment
from allocator.determination.categories import ORDER


def bundle(children: Iterable[Assessment]) -> None:
    """Make bundles of the children of the roster who ask for one."""
    groups: dict[str, list[Assessment]] = {}
    for child in children:
        if name := child.dossier.application.bundle:
            groups.setdefault(name, []).append(child)
    for name, group in groups.items():
        _together(name, group)


def _together(name: str, group: Sequence[Assessment]) -> None:
    """Bundle a group of one zone, status and decision, all in the latest category of any of them."""
    agree = len({(c.zone, c.status, c.preferential_school, c.sibling_school) for c in group}) == 1
    latest = max((child.category for child in group), key=ORDER.__getitem__)
    for child in group:
        if len(group) > 1 and agree:
            child.bundle = name
        else:
            child.flags.add("bundle_dissolved")
        if len(group) > 1 and (not agree or any(other.category != latest for other in group)):
            child.rulings |= {"Q-16b"}
    if len(group) > 1 and agree:
        for child in group:
            if child.category != latest:
                child.category, child.clause = latest, "Q-16b"
