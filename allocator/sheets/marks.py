"""What stands on every list: title, notice, TRIAL, weak seed, and where the lots came from."""

from __future__ import annotations

from typing import NamedTuple

from allocator.domain import District
from allocator.messages import BOTH, Written


class Marks(NamedTuple):
    """Lines of a list's head and foot, each in the languages of the lists.

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


def marks_of(district: District, written: Written = BOTH) -> Marks:
    """Return what stands on every list of a district."""
    title, notice, draw = district.policy.title, district.policy.notice, district.draw
    warnings = []
    if draw is None or draw.transcript is None:
        warnings.append(written.text("list.trial", seed="" if draw is None else draw.trial_seed))
    if draw is not None and draw.weak_seed:
        warnings.append(written.text("list.weak_seed"))
    if notice.zh or notice.en:
        warnings.append(written.names(notice.zh, notice.en))
    return Marks(written.names(title.zh, title.en), tuple(warnings), _source(district, written))


def _source(district: District, written: Written) -> str:
    """Return where the lots came from."""
    draw = district.draw
    if draw is None:
        return ""
    seed = draw.seedhex[:SEED_DIGITS]
    if draw.transcript is None:
        return written.text("list.source_trial", seed=seed)
    return written.text("list.source", event=draw.transcript.event, seed=seed)
