"""Random seasons: what holds of every event and of every list, whatever a year brings (office-procedure.md 7 to 11)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from allocator.book.play import Book, play
from allocator.book.rows import present_rows
from allocator.domain import ACCEPTED, ADJUSTED, ADMITTED, DIVERTED, REFUSALS, BookEvent, District, Row
from allocator.procedure import run_procedure
from tests.random_seasons import RandomSeason, quiet_season, random_season

FAST, THOROUGH, CHUNK = 100, 10_000, 50
SEATED = frozenset({ADMITTED, DIVERTED, ADJUSTED})
NEVER_TAKEN_BACK = ("annulled", "season_opened", "drawn", "signed_off")


@pytest.mark.parametrize("first", range(0, FAST, CHUNK))
def test_random_seasons(first: int) -> None:
    """Everything below holds of a hundred random seasons."""
    for number in range(first, first + CHUNK):
        holds(random_season(number))


@pytest.mark.long
@pytest.mark.parametrize("first", range(FAST, THOROUGH, CHUNK))
def test_random_seasons_without_end(first: int) -> None:
    """The same of ten thousand."""
    for number in range(first, first + CHUNK):
        holds(random_season(number))


def test_every_refusal_and_every_event_is_there() -> None:
    """The fast seasons hold every type of event accepted, and every code of refusal."""
    found: Counter[tuple[object, str]] = Counter()
    for number in range(FAST):
        season = random_season(number)
        outcomes = play(season.district, season.events).outcomes
        found.update((str(event.get("type")), code) for event, code in zip(season.events, outcomes, strict=True))
    assert {code for _, code in found} == {ACCEPTED, *REFUSALS}
    assert {kind for kind, code in found if code == ACCEPTED} == TYPES


TYPES = frozenset({
    "season_opened", "determined", "frozen", "unfrozen", "drawn", "round_opened", "publicity_opened", "objection",
    "publicity_extended", "round_confirmed", "signed_off", "locks_written", "note", "annulled", "late_intake",
    "reclassification", "withdrawal", "part_withdrawn", "revocation", "returned", "objection_closed", "ruling",
    "seats_added", "seats_removed",
})  # fmt: skip


def holds(season: RandomSeason) -> None:
    """Play a season and look at everything."""
    played = play(season.district, season.events)
    accepted = [event for event, code in zip(season.events, played.outcomes, strict=True) if code == ACCEPTED]
    again = play(season.district, accepted)
    assert (again.journal, again.rows) == (played.journal, played.rows)
    assert set(again.outcomes) == {ACCEPTED}
    assert play(shuffled(season.district), season.events) == played
    event_by_event(season.district, accepted)
    quiet = quiet_season(season.district)
    calm = play(quiet.district, quiet.events)
    assert set(calm.outcomes) == {ACCEPTED}
    assert [row[:5] for row in calm.rows] == [row[:5] for row in run_procedure(season.district)]


def event_by_event(district: District, accepted: list[BookEvent]) -> None:
    """After each accepted event: caps kept, nobody displaced, what is annulled as before."""
    caps = Counter({s.school_id: s.most for s in district.schools.values()})
    past: list[tuple[tuple[Row, ...], Counter[str]]] = [((), caps)]
    for event, found in zip(accepted, lists(district, accepted), strict=True):
        if event["type"] == "annulled":
            before, caps = past[-2]
            assert found == before
        else:
            assert displaced(event, past[-1][0], found) == []
            caps = caps_after(event, past[-1][1])
        seated = Counter(row.school_id for row in found if row.outcome in SEATED)
        assert all(children <= caps[school] for school, children in seated.items())
        past.append((found, caps))


def caps_after(event: BookEvent, caps: Counter[str]) -> Counter[str]:
    """Caps of the schools after an event."""
    sign = {"seats_added": 1, "seats_removed": -1}.get(str(event["type"]))
    if sign is None:
        return caps
    school = str(event["school"])
    return Counter({**caps, school: caps[school] + sign * int(str(event["seats"]))})


def lists(district: District, accepted: list[BookEvent]) -> Iterator[tuple[Row, ...]]:
    """Yield the list after each event."""
    book = Book(district)
    for event in accepted:
        assert book.propose(event) == ACCEPTED
        yield tuple(present_rows(book.state))


def displaced(event: BookEvent, before: tuple[Row, ...], after: tuple[Row, ...]) -> list[str]:
    """Children that had a seat and have none now, though the event names neither them nor their party.

    An objection closed names its party by the objection; whom it gives a seat keeps one.
    """
    left = {row.applicant_id for row in before if row.outcome in SEATED}
    left -= {row.applicant_id for row in after if row.outcome in SEATED}
    party = str(event.get("party", "")).rsplit("-", 1)[0]
    return sorted(child for child in left if child.rsplit("-", 1)[0] != party and not child.startswith("L"))


def shuffled(district: District) -> District:
    """The same tables with their rows in another order."""
    rng = random.Random(len(district.applicants))
    applicants, schools, zones = list(district.applicants), list(district.schools.items()), list(district.zones.items())
    for table in (applicants, schools, zones):
        rng.shuffle(table)
    return replace(district, applicants=tuple(applicants), schools=dict(schools), zones=dict(zones))
