"""What stands on every list: title, notice, TRIAL, weak seed, and where the lots came from."""

from __future__ import annotations

from typing import NamedTuple

from allocator.domain import District
from allocator.messages import text


class Marks(NamedTuple):
    """Lines of a list's head and foot, both languages in each.

    Attributes
    ----------
    title : str
        Title of the policy.
    warnings : tuple of str
        TRIAL, weak seed, the policy's notice; those that apply, in this order.
    source : str
        Event or number of the trial, and the first digits of the seed.
    """

    title: str
    warnings: tuple[str, ...]
    source: str


SEED_DIGITS = 16
"""Digits of the seed printed on lists: enough to tell two draws apart; the whole stands in summary.json."""


def marks_of(district: District) -> Marks:
    """Return what stands on every list of a district."""
    title, notice, draw = district.policy.title, district.policy.notice, district.draw
    warnings = []
    if draw is None or draw.transcript is None:
        warnings.append(bilingual("list.trial", seed="" if draw is None else draw.trial_seed))
    if draw is not None and draw.weak_seed:
        warnings.append(bilingual("list.weak_seed"))
    if notice.zh or notice.en:
        warnings.append(both(notice.zh, notice.en))
    return Marks(both(title.zh, title.en), tuple(warnings), _source(district))


def bilingual(code: str, separator: str = " · ", **params: object) -> str:
    """Return a text in both languages, Chinese first."""
    return both(text(code, "zh", **params), text(code, "en", **params), separator)


def both(zh: str, en: str, separator: str = " · ") -> str:
    """Return a text in both languages; once where they are equal or one is missing."""
    return separator.join(dict.fromkeys(part for part in (zh, en) if part))


def _source(district: District) -> str:
    """Return where the lots came from, in both languages."""
    draw = district.draw
    if draw is None:
        return ""
    event = draw.transcript.event if draw.transcript else "TRIAL"
    return bilingual("list.source", event=event, seed=draw.seedhex[:SEED_DIGITS])
