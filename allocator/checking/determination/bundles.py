"""Bundles: children of one birth who are placed together (section 3.4, C110, Q-16b)."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.checking.determination.case import ChildCase
from allocator.checking.determination.categories import ORDER


def settle_bundles(cases: Iterable[ChildCase]) -> None:
    """Keep the bundles whose children can be placed together, dissolve the others."""
    bundles: dict[str, list[ChildCase]] = {}
    for case in cases:
        if case.child.bundle:
            bundles.setdefault(case.child.bundle, []).append(case)
    for bundle, members in bundles.items():
        _settle(bundle, members)


def _settle(bundle: str, members: list[ChildCase]) -> None:
    alike = {(case.zone, case.status, case.preferential_school, case.sibling_school) for case in members}
    together = len(members) > 1 and len(alike) == 1
    latest = max((case.category for case in members), key=ORDER.index)
    differ = len(alike) > 1 or any(case.category != latest for case in members)
    for case in members:
        if differ:
            case.rulings.add("Q-16b")
        if not together:
            case.flags.add("bundle_dissolved")
            continue
        case.bundle = bundle
        if case.category != latest:
            case.category, case.clause = latest, "Q-16b"
