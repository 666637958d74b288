"""Effects of extra seats for people and programs: tables and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from allocator.ground import Fault, Language, fault_text, text
from allocator.planning.draws import Mean
from allocator.planning.extra_seats.chains import NO_SEAT, Chain
from allocator.planning.extra_seats.effects import EFFECTS, Effect, SeatEffects
from allocator.record import table_faults
from allocator.sheets import Cell, Mark, Part, Table, Value, bilingual, both, columns, json_head, marks_of, number

KIND = "seat_effects"
COLUMNS = columns("seats", ("school_id", "school", "price", "added", *EFFECTS), words=2)
_LARGE = 1000


def effects_object(found: SeatEffects) -> dict[str, Any]:
    """Return the effects as an object for JSON."""
    return {
        **json_head(found.district.policy, KIND),
        "trial_seed": found.trial_seed,
        "draws": found.draws,
        "prices": dict(found.prices) or None,
        "effects": [_effect(effect) for effect in found.effects],
        "example": None if found.example is None else _effect(found.example),
        "chains": [_chain(chain) for chain in found.chains],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    """One school and one number of seats."""
    parts = {"mean": "mean", "error": "error", "half_width": "half"}
    means = {name: {key: getattr(mean, part) for key, part in parts.items()} for name, mean in effect.means.items()}
    return {"school_id": effect.school, "added": effect.added, **means}


def _chain(chain: Chain) -> dict[str, Any]:
    """A chain with the children along it; an empty school is no seat."""
    moves = [{"from": move.source, "to": move.target, "children": list(move.children)} for move in chain.moves]
    return {"cycle": chain.cycle, "moves": moves}


def effects_table(found: SeatEffects) -> Table:
    """Return the effects as the table of a file; with several draws, also how sure they are."""
    parts = ("mean", "error", "half") if found.draws > 1 else ("mean",)
    rows = []
    for effect in found.effects:
        numbers = [_number(getattr(effect.means[name], part)) for part in parts for name in EFFECTS]
        school = found.district.schools[effect.school]
        rows.append((effect.school, school.name, found.prices.get(effect.school), effect.added, *numbers))
    more = columns("seats", (f"{name}_{part}" for part in parts[1:] for name in EFFECTS), words=0)
    return Table((*COLUMNS, *more), tuple(rows), both("seats.title"), marks=_marks(found), kind=KIND)


def _number(value: float | None) -> float:
    """A number without needless decimals."""
    return int(value or 0) if value is None or value == int(value) else value


def effects_target_faults(path: Path) -> list[Fault]:
    """Return what forbids writing the table there: another file than an earlier one is never replaced."""
    return table_faults(path, "capacity.other_file", KIND, title="seats.title", columns=COLUMNS)


def effects_parts(found: SeatEffects) -> Iterator[Part]:
    """Give what the terminal shows: marks, effects, one chain."""
    yield from _marks(found)
    yield _table(found)
    if found.no_prices:
        (reason, *_) = found.no_prices
        yield bilingual(lambda language: text("seats.no_price", language, reason=fault_text(reason, language)))
    yield from _example(found)


def _marks(found: SeatEffects) -> tuple[Mark, ...]:
    """What stands above the table; the last line says under which draws the lists were computed."""
    drawn = both("seats.mean" if found.draws else "seats.trial", seed=found.trial_seed, draws=found.draws)
    return (*marks_of(found.district.policy, "planning.only"), Mark(drawn))


def _table(found: SeatEffects) -> Table:
    """A line for every school and number of seats; the school stands in its first."""
    rows: list[tuple[Cell | Value, ...]] = []
    before = ""
    for effect in found.effects:
        school = found.district.schools[effect.school].title
        first: tuple[Value, ...] = ("", "")
        if effect.school != before:
            first = (school, found.prices.get(effect.school))
        rows.append((*first, effect.added, *(_shown(effect.means[name]) for name in EFFECTS)))
        before = effect.school
    _, name, price, added, *others = COLUMNS
    return Table((name, price, replace(added, signed=True), *others), tuple(rows), both("seats.title"))


def _shown(mean: Mean) -> Cell:
    """A mean with half its 95 % interval, where there is one; a single trial is a whole number."""
    if mean.half is None:
        return Cell(int(mean.mean))
    digits = 0 if abs(mean.mean) >= _LARGE else 1  # metres
    return Cell(number(mean.mean, digits), f"±{number(mean.half, digits)}")


def _example(found: SeatEffects) -> Iterator[Part]:
    """The chains of one school: places, and between them the children who move."""
    if found.example is None:
        yield both("seats.no_chain")
        return
    school = found.district.schools[found.example.school].title
    yield Mark(both("seats.chain_title", school=school, added=found.example.added), "title")
    for chain in found.chains:
        yield bilingual(partial(_told, found, chain))


def _told(found: SeatEffects, chain: Chain, language: Language) -> str:
    """A chain as one line."""
    places = [text("seats.no_seat", language) if place == NO_SEAT else found.district.schools[place].title.in_(language)
              for place in (chain.places[0], *(move.target for move in chain.moves))]  # fmt: skip
    steps = (f"—{'+'.join(move.children)}→ {place}" for move, place in zip(chain.moves, places[1:], strict=True))
    kind = text("seats.cycle" if chain.cycle else "seats.path", language)
    return f"  {kind}: " + " ".join([places[0], *steps])
