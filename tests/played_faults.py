"""Faults in what is said to have come of a season: a row, an outcome or a line changed, lost, doubled or exchanged."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeVar

from allocator.domain import ACCEPTED, NO_HEAD, REFUSALS, Played, Row

T = TypeVar("T")
Rng = random.Random

OUTCOMES = ("admitted", "diverted", "adjusted", "external", "needs_ruling", "unplaced", "pending", "withdrawn")
CELLS: Mapping[str, Sequence[str]] = {
    "applicant_id": ("K0", "L0001", ""),
    "school_id": ("fuli", "xincheng-1", "shifuxiao", "keerqin-primary", "nowhere", ""),
    "phase": ("batch-A", "voluntary-1", "adjustment", "adjustment-2", "objection", ""),
    "outcome": OUTCOMES,
    "draw_id": ("adjust", "divert-A", "batch-A/fuli", ""),
}
"""What a cell may say instead."""


def faulty(rng: Rng, played: Played) -> dict[str, Played]:
    """Return what was played with one fault in it, by the name of the fault; only such as make a difference."""
    made = {way.__name__.strip("_"): way(rng, played) for way in WAYS}
    return {name: one for name, one in made.items() if one != played}


def _changed(things: Sequence[T], at: int, thing: T) -> tuple[T, ...]:
    return (*things[:at], thing, *things[at + 1 :])


def _without(things: Sequence[T], at: int) -> tuple[T, ...]:
    return (*things[:at], *things[at + 1 :])


def _exchanged(rng: Rng, things: Sequence[T]) -> tuple[T, ...]:
    """Two things in each other's place."""
    if len(things) < 2:
        return tuple(things)
    one, other = rng.sample(range(len(things)), 2)
    return _changed(_changed(things, one, things[other]), other, things[one])


def _cell(rng: Rng, played: Played) -> Played:
    """A cell of a row says something else."""
    if not played.rows:
        return played
    at, column = rng.randrange(len(played.rows)), rng.choice(sorted(CELLS))
    row = played.rows[at]._replace(**{column: rng.choice(CELLS[column])})
    return played._replace(rows=_changed(played.rows, at, row))


def _fates(rng: Rng, played: Played) -> Played:
    """Two children have each other's seats."""
    if len(played.rows) < 2:
        return played
    one, other = rng.sample(range(len(played.rows)), 2)
    fate, other_fate = played.rows[one], played.rows[other]
    rows = _changed(played.rows, one, other_fate._replace(applicant_id=fate.applicant_id))
    return played._replace(rows=_changed(rows, other, fate._replace(applicant_id=other_fate.applicant_id)))


def _rows_exchanged(rng: Rng, played: Played) -> Played:
    """Two rows stand in each other's place."""
    return played._replace(rows=_exchanged(rng, played.rows))


def _row_lost(rng: Rng, played: Played) -> Played:
    """A row is missing."""
    return played._replace(rows=_without(played.rows, rng.randrange(len(played.rows)))) if played.rows else played


def _row_more(rng: Rng, played: Played) -> Played:
    """A row twice, or one of nobody."""
    new = rng.choice((*played.rows, Row("L9999", "", "", "pending", "")))
    return played._replace(rows=tuple(sorted((*played.rows, new))))


def _outcome(rng: Rng, played: Played) -> Played:
    """An event has another outcome."""
    at = rng.randrange(len(played.outcomes))
    return played._replace(outcomes=_changed(played.outcomes, at, rng.choice((ACCEPTED, *REFUSALS))))


def _outcomes_exchanged(rng: Rng, played: Played) -> Played:
    """Two events have each other's outcomes."""
    return played._replace(outcomes=_exchanged(rng, played.outcomes))


def _outcome_lost(rng: Rng, played: Played) -> Played:
    """An outcome is missing, or there is one more."""
    return played._replace(outcomes=rng.choice((played.outcomes[:-1], (*played.outcomes, ACCEPTED))))


def _byte(rng: Rng, played: Played) -> Played:
    """A byte of a line is another."""
    at = rng.randrange(len(played.journal))
    line = bytearray(played.journal[at])
    line[rng.randrange(len(line))] ^= rng.choice((1, 2, 32, 128))
    return played._replace(journal=_changed(played.journal, at, bytes(line)))


def _spelling(rng: Rng, played: Played) -> Played:
    """The last line means the same in other bytes, so that no digest in the journal tells."""
    last = json.loads(played.journal[-1])
    texts = (json.dumps(last), json.dumps(dict(reversed(last.items())), separators=(",", ":"), ensure_ascii=False))
    return played._replace(journal=(*played.journal[:-1], rng.choice((*texts, f"{texts[1]}\n")).encode()))


def _line_exchanged(rng: Rng, played: Played) -> Played:
    """Two lines stand in each other's place."""
    return played._replace(journal=_exchanged(rng, played.journal))


def _line_lost(rng: Rng, played: Played) -> Played:
    """A line is missing, and all after it are numbered and chained anew."""
    events = list(map(json.loads, _without(played.journal, rng.randrange(len(played.journal)))))
    return played._replace(journal=chained(events))


def _line_told(rng: Rng, played: Played) -> Played:
    """A line tells of another hour or person, and all after it are chained anew."""
    events = list(map(json.loads, played.journal))
    event = rng.choice(events)
    key, value = rng.choice((("by", "u-2"), ("at", "2023-08-01T08:59:59"), ("role", "principal")))
    event[key] = value
    return played._replace(journal=chained(events))


def _line_more(rng: Rng, played: Played) -> Played:
    """A line more, well chained."""
    events = list(map(json.loads, played.journal))
    return played._replace(journal=chained([*events, rng.choice(events)]))


def chained(events: Sequence[dict[str, Any]]) -> tuple[bytes, ...]:
    """Return the lines of events as a sound journal has them."""
    lines: list[bytes] = []
    for seq, event in enumerate(events, start=1):
        before = sha256(lines[-1]).hexdigest() if lines else NO_HEAD
        whole = {**event, "seq": seq, "prev": before}
        lines.append(json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
    return tuple(lines)


WAYS: tuple[Callable[[Rng, Played], Played], ...] = (
    _cell, _fates, _rows_exchanged, _row_lost, _row_more, _outcome, _outcomes_exchanged, _outcome_lost, _byte,
    _spelling, _line_exchanged, _line_lost, _line_told, _line_more,
)  # fmt: skip
