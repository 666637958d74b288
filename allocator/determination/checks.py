"""What the other offices found: one result for each child and subject (section 3.1, C040)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from allocator.domain import Check

_WORSE = {"pass": 0, "pending": 1, "fail": 2}
"""Of two answers of one source at the same time the worse one counts."""


def check_results(checks: Iterable[Check]) -> Mapping[str, Mapping[str, str]]:
    """Return by child and subject ``pass``, ``fail``, ``pending`` or ``conflict``; a subject not asked is not there."""
    latest: dict[tuple[str, str, str], Check] = {}
    for check in checks:
        key = (check.applicant_id, check.subject, check.source)
        before = latest.get(key)
        if before is None or (before.at, _WORSE[before.result]) < (check.at, _WORSE[check.result]):
            latest[key] = check
    answers: dict[str, dict[str, set[str]]] = {}
    for child, subject, source in latest:
        found = latest[child, subject, source].result
        answers.setdefault(child, {}).setdefault(subject, set()).add(found)
    return {child: {subject: _together(found) for subject, found in of.items()} for child, of in answers.items()}


def _together(results: Collection[str]) -> str:
    """Return what the sources say together: they contradict each other, or the worst of them."""
    if "fail" in results and "pass" in results:
        return "conflict"
    return max(results, key=_WORSE.__getitem__)
