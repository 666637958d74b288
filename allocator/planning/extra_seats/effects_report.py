"""What extra seats do, told: as JSON, in a file, in the terminal, and as a section of the planners' page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from allocator.domain import Text
from allocator.ground import LANGUAGES, Fault, Language, fault_text, text
from allocator.planning.draws import Mean
from allocator.planning.extra_seats.chains import NO_SEAT, Chain
from allocator.planning.extra_seats.effects import EFFECTS, Effect, SeatEffects
from allocator.record import kept_table_faults
from allocator.sheets import (
    Cell,
    Column,
    Curve,
    Figure,
    Mark,
    Note,
    PageSection,
    Part,
    Table,
    Value,
    bilingual,
    both,
    columns,
    drawn_page_part,
    gain_levels_chart,
    json_head,
    marks_of,
    number,
    school_names,
)

KIND = "seat_effects"
COLUMNS = columns("seats", ("school_id", "school", "price", "added", *EFFECTS), words=2)
_LARGE = 1000


def effects_object(effects: SeatEffects) -> dict[str, Any]:
    """Return the effects as an object for JSON."""
    return {
        **json_head(effects.district.policy, KIND),
        "trial_seed": effects.trial_seed,
        "draws": effects.draws,
        "prices": dict(effects.prices) or None,
        "effects": [_effect(effect) for effect in effects.effects],
        "example": None if effects.example is None else _effect(effects.example),
        "chains": [_chain(chain) for chain in effects.chains],
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


def effects_table(effects: SeatEffects) -> Table:
    """Return the effects as the table of a file; with several draws, also how sure they are."""
    parts = ("mean", "error", "half") if effects.draws > 1 else ("mean",)
    rows = []
    for effect in effects.effects:
        numbers = [_number(getattr(effect.means[name], part)) for part in parts for name in EFFECTS]
        school = effects.district.schools[effect.school]
        rows.append((effect.school, school.name, effects.prices.get(effect.school), effect.added, *numbers))
    more = columns("seats", (f"{name}_{part}" for part in parts[1:] for name in EFFECTS), words=0)
    return Table((*COLUMNS, *more), tuple(rows), both("seats.title"), marks=_marks(effects), kind=KIND)


def _number(value: float | None) -> float:
    """A number without needless decimals."""
    return int(value or 0) if value is None or value == int(value) else value


def effects_target_faults(path: Path) -> list[Fault]:
    """Return what forbids writing the table there: another file than an earlier one is never replaced."""
    return kept_table_faults(path, "capacity.other_file", KIND, title="seats.title", columns=COLUMNS)


def effects_parts(effects: SeatEffects) -> Iterator[Part]:
    """Give what the terminal shows: marks, effects, one chain."""
    yield from _marks(effects)
    yield _table(effects)
    if effects.no_prices:
        (reason, *_) = effects.no_prices
        yield bilingual(lambda language: text("seats.no_price", language, reason=fault_text(reason, language)))
    yield from _example(effects)


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


MOST_CURVES = 5
"""Schools drawn: those at which the largest number of seats does most."""

MOST_LISTS = 1_000_000
"""Children times schools up to which the lists behind this part are made for a page."""


def effects_section(found: SeatEffects) -> PageSection:
    """Return the section: where a class does most, a curve for each of the first schools, all schools, a chain.

    Children are not named: pages are passed on easily, and ``allocator seats`` names them.

    Parameters
    ----------
    found : SeatEffects
        Effects of some numbers of extra seats at every own school.
    """
    by_school: dict[str, list[Effect]] = {}
    for effect in found.effects:
        by_school.setdefault(effect.school, []).append(effect)
    ranked = sorted(by_school.values(), key=lambda effects: (-_better(effects[-1]), effects[0].school))
    if not ranked:
        return PageSection(both("report.seats"), both("report.seats_none"))
    zh, en = (school_names(found.district, language) for language in LANGUAGES)
    names = {school: Text(zh[school], en[school]) for school in zh}
    best = ranked[0][-1]
    numbers = {"added": best.added, "better": f"{_better(best):,.0f}"}
    lead = both("report.seats_lead", school=names[best.school], **numbers)
    parts: list[Figure | Table | Note] = [_curves(ranked[:MOST_CURVES], names), _page_table(found, ranked, names)]
    if found.example is not None and found.chains:
        parts.append(Note(_told_chain(found, names)))
    return PageSection(both("report.seats"), lead, parts=tuple(parts))


def _better(effect: Effect) -> float:
    """Children newly placed and diversions avoided."""
    return effect.means["placed"].mean + effect.means["avoided"].mean


def _curves(ranked: Sequence[Sequence[Effect]], names: Mapping[str, Text]) -> Figure:
    """What seats do, against their number."""
    curves = [
        Curve(names[effects[0].school], ((0.0, 0.0), *((float(e.added), _better(e)) for e in effects)))
        for effects in ranked
    ]
    axes = both("report.seats_axis"), both("report.seats_better")
    return drawn_page_part(
        lambda language, width: gain_levels_chart(curves, language, seats=axes[0], value=axes[1], width=width),
        both("report.seats_caption"),
    )


def _page_table(found: SeatEffects, ranked: Sequence[Sequence[Effect]], names: Mapping[str, Text]) -> Table:
    """Price and effects of every school."""
    numbers = [effect.added for effect in ranked[0]]
    heads = [Column(both("seats.school")), Column(both("seats.price"), "right")]
    heads += [Column(both("report.seats_plus", added=added), "right") for added in numbers]
    heads.append(Column(both("report.seats_metres", added=numbers[-1]), "right"))
    rows = tuple(
        (names[effects[0].school], found.prices.get(effects[0].school), *(round(_better(e)) for e in effects),
         round(effects[-1].means["metres"].mean))
        for effects in ranked
    )  # fmt: skip
    return Table(tuple(heads), rows, both("report.seats_table"), both("report.seats_note"), folded=len(rows) > 20)


def _told_chain(found: SeatEffects, names: Mapping[str, Text]) -> Text:
    """The example: the places along its chains, without names of children."""
    assert found.example is not None
    shown, example = {**names, NO_SEAT: both("seats.no_seat")}, found.example
    told = [
        (" → ".join(shown[place].zh for place in chain.places), " → ".join(shown[place].en for place in chain.places))
        for chain in found.chains
    ]
    chains = Text("；".join(zh for zh, _ in told), "; ".join(en for _, en in told))
    return both("report.seats_chain", chains=chains, school=names[example.school], added=example.added)
