"""Small seasons for one case each: rounds opened one after another, then events; all paths must agree on the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from allocator import book
from allocator.checking import check_book
from allocator.domain import ACCEPTED, BookEvent, District, OfficeValues, Played, Row
from allocator.models.book import play_in_model
from tests.random_seasons import quiet_season

Event = dict[str, object]


def opened(district: District, until: str) -> list[Event]:
    """Return the events of a season whose rounds are opened one after another, none confirmed."""
    quiet = [dict(event) for event in quiet_season(district).events]
    found = [event for event in quiet if event["type"] not in ("publicity_opened", "round_confirmed")]
    last = next(at for at, event in enumerate(found) if event.get("round") == until)
    return found[: last + 1]


def event_after(before: Mapping[str, object], kind: str, role: str = "group", **fields: object) -> Event:
    """Return an event at the moment of another one."""
    return {"at": before["at"], "by": "u-1", "role": role, "type": kind, **fields}


def outcomes(district: District, events: Sequence[BookEvent]) -> tuple[str, ...]:
    """Return the outcomes under ``after_opening``, on which both paths and the judge agree."""
    return _agreed(district, events).outcomes


def rows(district: District, events: Sequence[BookEvent]) -> tuple[Row, ...]:
    """Return the assignment after events that are all accepted, on which both paths and the judge agree."""
    played = _agreed(district, events)
    assert set(played.outcomes) == {ACCEPTED}
    return played.rows


def is_right(district: District, events: Sequence[BookEvent], moved: Mapping[str, str]) -> bool:
    """Whether the judge accepts the assignment after events with some children at other schools."""
    played = _agreed(district, events)
    changed = tuple(row._replace(school_id=moved.get(row.applicant_id, row.school_id)) for row in played.rows)
    return check_book(_in_a_hurry(district), events, played._replace(rows=changed)) == []


def _in_a_hurry(district: District) -> District:
    office = OfficeValues(next_round="after_opening", publicity_days=0)
    return replace(district, policy=replace(district.policy, office=office))


def _agreed(district: District, events: Sequence[BookEvent]) -> Played:
    given = _in_a_hurry(district)
    played = play_in_model(given, events)
    assert played == book.play(given, events)
    assert check_book(given, events, played) == []
    return played


def fates(district: District, events: Sequence[BookEvent]) -> dict[str, tuple[str, str]]:
    """Return outcome and phase of each child."""
    return {row.applicant_id: (row.outcome, row.phase) for row in rows(district, events)}


def placed(district: District, events: Sequence[BookEvent]) -> dict[str, str]:
    """Return who has a seat where."""
    return {row.applicant_id: row.school_id for row in rows(district, events) if row.school_id}
