"""Random seasons: what holds of every event and of every list, whatever a year brings (office-procedure.md 7 to 11)."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from allocator.book import Book, BookParty, BookState, play
from allocator.domain import ACCEPTED, BookEvent, District
from allocator.procedure import run_procedure
from tests.random_seasons import RandomSeason, quiet_season, random_season

FAST, THOROUGH, CHUNK = 100, 10_000, 50


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


def test_every_refusal_of_every_event_is_there() -> None:
    """The fast seasons hold every type of event accepted, and refused by every code that it can have."""
    found: dict[str, set[str]] = {kind: set() for kind in REFUSED_BY}
    annulled, last = set(), ""
    for number in range(FAST):
        season = random_season(number)
        for event, code in zip(season.events, play(season.district, season.events).outcomes, strict=True):
            kind = str(event.get("type"))
            found.setdefault(kind, set()).add(code)
            annulled |= {last} if (kind, code) == ("annulled", ACCEPTED) else set()
            last = kind if code == ACCEPTED else last
    never = {"annulled", "season_opened", "drawn", "signed_off"}
    assert annulled == set(REFUSED_BY) - never - {"locks_written"}  # which tests/test_book.py annuls
    assert {kind: found[kind] for kind in REFUSED_BY} == {
        kind: {ACCEPTED, *ALWAYS_POSSIBLE, *codes.split()} for kind, codes in REFUSED_BY.items()
    }


ALWAYS_POSSIBLE = ("malformed", "clock", "season")
REFUSED_BY = {
    "season_opened": "role state", "determined": "role", "frozen": "role state", "unfrozen": "role", "drawn": "role",
    "round_opened": "role unknown state", "publicity_opened": "role unknown state", "objection": "role unknown state",
    "publicity_extended": "role unknown state", "round_confirmed": "role unknown state",
    "signed_off": "role unknown state", "locks_written": "role state", "note": "", "annulled": "role state",
    "late_intake": "role unknown", "reclassification": "role unknown state", "withdrawal": "role unknown state",
    "part_withdrawn": "role unknown state", "revocation": "role unknown state", "returned": "role unknown state",
    "objection_closed": "role unknown state", "ruling": "role unknown state no_room", "seats_added": "role unknown",
    "seats_removed": "role unknown no_room",
}  # fmt: skip
"""Codes by type (tables 9.1 and 9.2), where digests are compared with nothing; ``ALWAYS_POSSIBLE`` not told again."""


def holds(season: RandomSeason) -> None:
    """Play a season and look at everything."""
    played = play(season.district, season.events)
    accepted = [event for event, code in zip(season.events, played.outcomes, strict=True) if code == ACCEPTED]
    again = play(season.district, accepted)
    assert (again.journal, again.rows) == (played.journal, played.rows)
    assert set(again.outcomes) == {ACCEPTED}
    assert play(shuffled(season.district), season.events) == played
    event_by_event(season)
    quiet = quiet_season(season.district)
    calm = play(quiet.district, quiet.events)
    assert set(calm.outcomes) == {ACCEPTED}
    assert [row[:5] for row in calm.rows] == [row[:5] for row in run_procedure(season.district)]


def event_by_event(season: RandomSeason) -> None:
    """After each event: nothing changed by a refusal, an annulment exact, caps kept, nobody displaced."""
    book, past = Book(season.district), [Book(season.district).state]
    for event in season.events:
        before, kept = book.state, book.state.copy()
        if book.propose(event) != ACCEPTED:
            assert book.state is before
            assert before == kept
            continue
        if event["type"] == "annulled":
            assert book.state == replace(past[-2], late=kept.late)
        else:
            assert before == kept
            assert displaced(event, before, book.state) == []
        assert all(seated <= book.state.cap[school] for school, seated in counted(book.state).items())
        assert counted(book.state) == {school: taken for school, taken in book.state.taken.items() if taken}
        past.append(book.state)


def counted(state: BookState) -> Counter[str]:
    """Children by school, counted party by party."""
    seated: Counter[str] = Counter()
    for party in state.parties.values():
        seated.update([party.school] * party.size if party.state == "seated" else ())
    return seated


def displaced(event: BookEvent, before: BookState, after: BookState) -> list[str]:
    """Parties of which the event does not speak, and whose seat is gone, or another one that they did not wait for."""
    named = event.get("party", "")
    if "party" not in event and event["type"] == "objection_closed":
        named = before.objections[str(event["objection"])].party
    return [name for name, was in before.parties.items() if name != named and _lost(was, after)]


def _lost(was: BookParty, after: BookState) -> bool:
    """Whether a party that had a seat has none, or one that stood no higher on its lists."""
    now = after.parties[was.party_id]
    if was.state != "seated" or now == was:
        return False
    if now.state != "seated" or not was.round or now.size != was.size or now.school not in now.claims[now.round]:
        return True
    order, claims = list(after.rounds), now.claims[now.round]
    if now.round == was.round:
        return claims.index(now.school) >= claims.index(was.school)
    return order.index(now.round) > order.index(was.round)


def shuffled(district: District) -> District:
    """The same tables with their rows in another order."""
    rng = random.Random(len(district.applicants))
    applicants, schools, zones = list(district.applicants), list(district.schools.items()), list(district.zones.items())
    for table in (applicants, schools, zones):
        rng.shuffle(table)
    return replace(district, applicants=tuple(applicants), schools=dict(schools), zones=dict(zones))
