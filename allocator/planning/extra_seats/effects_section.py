"""The part of the planners' page that tells what extra seats at each school would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allocator.domain import Text
from allocator.ground import LANGUAGES
from allocator.planning.extra_seats.chains import NO_SEAT
from allocator.planning.extra_seats.effects import Effect, SeatEffects
from allocator.sheets import Column, Curve, Figure, Note, PageSection, Table, both, drawn, gains, school_names

MOST_CURVES = 5
"""Schools drawn: those at which the largest number of seats does most."""

MOST_LISTS = 1_000_000
"""Children times schools up to which the lists behind this part are made for a page."""


def seats_section(found: SeatEffects) -> PageSection:
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
    parts: list[Figure | Table | Note] = [_curves(ranked[:MOST_CURVES], names), _table(found, ranked, names)]
    if found.example is not None and found.chains:
        parts.append(Note(_chain(found, names)))
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
    return drawn(
        lambda language, width: gains(curves, language, seats=axes[0], value=axes[1], width=width),
        both("report.seats_caption"),
    )


def _table(found: SeatEffects, ranked: Sequence[Sequence[Effect]], names: Mapping[str, Text]) -> Table:
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


def _chain(found: SeatEffects, names: Mapping[str, Text]) -> Text:
    """The example: the places along its chains, without names of children."""
    assert found.example is not None
    shown, example = {**names, NO_SEAT: both("seats.no_seat")}, found.example
    told = [
        (" → ".join(shown[place].zh for place in chain.places), " → ".join(shown[place].en for place in chain.places))
        for chain in found.chains
    ]
    chains = Text("；".join(zh for zh, _ in told), "; ".join(en for _, en in told))
    return both("report.seats_chain", chains=chains, school=names[example.school], added=example.added)
