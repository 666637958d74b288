"""``trace.jsonl``: the events of a run as lines that grow with what happened, and the events read back from them.

A line says what is new. Who stood last at a school is the number of the line that seated it. Schools without room that
a party tried on its way are named once, by the first line that tells of them; later lines say how many of them their
party tried, and what has changed there since. A list by distance is not written: whoever reads it has the places.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from allocator.domain import ADJUSTED, ADMITTED, DIVERTED
from allocator.ground import opened_json
from allocator.record.events import ALWAYS, SEATS, Cut, Event, event_of_content

SEATED = frozenset({ADMITTED, DIVERTED, ADJUSTED})
"""Results that are a seat."""

NAMES = ("schools", "cuts", "seats_there")
"""Fields of an event that a line holds in another form: ``tried``, ``as``, ``more`` and ``news``."""

NearestOf = Callable[[str, str], Sequence[str] | None]
"""Schools of a phase's list by distance from the home of a party: called with the phase and the id of the party.

None where the places are not at hand; the schools tried in vain stay unnamed then.
"""


def trace_bytes(events: Sequence[Event]) -> bytes:
    """Return ``trace.jsonl``: one JSON object a line, keys in the order of ``Event``, UTF-8, LF.

    Parameters
    ----------
    events : sequence of Event
        All events of a run, in order.
    """
    writer = _Writer(events)
    lines = (json.dumps(writer.content(event), ensure_ascii=False, separators=(",", ":")) for event in events)
    return "".join(line + "\n" for line in lines).encode("utf-8")


class _Writer:
    """What the lines written so far have said."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._seated = {event.party: event for event in events if event.result in SEATED}
        self._said: dict[str, tuple[Cut | None, int]] = {}
        self._longest: dict[str, tuple[int, tuple[str, ...]]] = {}

    def content(self, event: Event) -> dict[str, Any]:
        """Return the fields of an event that say something; a number of seats does even when it is 0."""
        pairs = list(zip(Event._fields, event, strict=True))
        content: dict[str, Any] = dict(pairs[:ALWAYS])
        for name, value in pairs[ALWAYS:]:
            if name == "schools" and value:
                content |= self._tried(event)
            elif name not in NAMES and (value or (value == 0 and name in SEATS)):
                content[name] = value
        if event.key:
            content["key"] = dict(event.key)
        if event.cut is not None:
            content["cut"] = self._cut(event.cut)
        return content

    def _cut(self, cut: Cut) -> int | dict[str, Any]:
        """Return the number of the line that seated the last one admitted; the whole where no line says just that."""
        line = self._seated.get(cut.party)
        return line.seq if line is not None and _as_cut(line) == cut else cut._asdict() | {"key": dict(cut.key)}

    def _tried(self, event: Event) -> dict[str, Any]:
        """Return how many schools were tried, which, and what is new there."""
        content: dict[str, Any] = {"tried": len(event.schools)}
        if not event.nearest:
            content |= self._listed(event.seq, event.schools)
        news = []
        for school, now in zip(event.schools, zip(event.cuts, event.seats_there, strict=True), strict=True):
            if self._said.get(school) != now:
                self._said[school] = now
                cut, seats = now
                news.append([school, cut and self._cut(cut), seats])
        return content | ({"news": news} if news else {})

    def _listed(self, seq: int, schools: tuple[str, ...]) -> dict[str, Any]:
        """Return the line whose list begins like this one, and what comes after its beginning."""
        line, known = self._longest.get(schools[0], (0, ()))
        same = next((n for n, (one, two) in enumerate(zip(known, schools, strict=False)) if one != two), None)
        if same is None:
            same = min(len(known), len(schools))
        more = schools[same:]
        if more:
            self._longest[schools[0]] = (seq, schools)
        return ({"as": line} if line else {}) | ({"more": more} if more else {})


def _as_cut(event: Event) -> Cut:
    """The party of an event as the last one admitted."""
    return Cut(event.phase, event.order, event.category, event.tier, event.ticket, event.party, event.step, event.key)


class DamagedTraceError(ValueError):
    """A line that is not the one that must stand there.

    Attributes
    ----------
    number : int
        Number of the line, 1 first.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"Expected the event of line {number}.")
        self.number = number


def read_trace(raw: bytes, nearest: NearestOf, child: str | None = None) -> list[Event]:
    """Return the events of a record, whole again.

    Parameters
    ----------
    raw : bytes
        Content of ``trace.jsonl``.
    nearest : callable
        Gives lists by distance, which do not stand there; only called for the parties that are wanted.
    child : str, optional
        Registration number of the child whose party is wanted; None: all.

    Raises
    ------
    DamagedTraceError
        At the first line that is not the one that must stand there.
    """
    lines = raw.split(b"\n")
    if lines[-1]:
        raise DamagedTraceError(len(lines))
    return list(_Reader(lines[:-1], nearest).events(child))


class _Reader:
    """What the lines read so far have said."""

    def __init__(self, lines: Sequence[bytes], nearest: NearestOf) -> None:
        self._lines = lines
        self._nearest = nearest
        self._said: dict[str, tuple[object, int]] = {}
        self._lists: dict[int, tuple[str, ...]] = {}
        self._cuts: dict[int, dict[str, Any]] = {}

    def events(self, child: str | None) -> Iterator[Event]:
        """Give the events of one child's party, or all."""
        named = None if child is None else child.encode("utf-8", "replace")
        for number, line in enumerate(self._lines, start=1):
            if named is not None and named not in line and _whole(line, number) and not _says_more(line):
                continue
            try:
                content = self._content(number)
                self._learn(content)
                if child is None or child in (content.get("children") or (content["party"],)):
                    yield event_of_content(self._expanded(content))
            except (ValueError, TypeError, KeyError, IndexError) as error:
                raise DamagedTraceError(number) from error

    def _content(self, number: int) -> dict[str, Any]:
        """Return a line as an object with its number."""
        content = opened_json(self._lines[number - 1])
        if not isinstance(content, dict) or content["seq"] != number or number < 1:
            raise ValueError("Expected consecutive numbers.")
        return content

    def _learn(self, content: dict[str, Any]) -> None:
        """Keep the list and the news of a line for the lines after it."""
        for school, cut, seats in content.get("news", ()):
            self._said[school] = (cut, seats)
        if "more" in content:
            self._lists[content["seq"]] = self._listed(content)

    def _listed(self, content: dict[str, Any]) -> tuple[str, ...]:
        """The schools that a line names, those of the line before it that begins alike included."""
        more = tuple(content.get("more", ()))
        known = self._lists[content["as"]] if "as" in content else ()
        return known[: content.get("tried", 0) - len(more)] + more

    def _expanded(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of the event: lists and last ones admitted in full."""
        whole = {name: value for name, value in content.items() if name not in ("tried", "as", "more", "news")}
        if not set(NAMES).isdisjoint(content):
            raise ValueError("Expected schools as news of lines.")
        if "cut" in content:
            whole["cut"] = self._cut(content["cut"])
        schools = self._schools(content)
        if schools is not None:
            said = [self._said[school] for school in schools]
            cuts, seats = [cut and self._cut(cut) for cut, _ in said], [seats for _, seats in said]
            whole |= {"schools": schools, "cuts": cuts, "seats_there": seats}
        return whole

    def _schools(self, content: dict[str, Any]) -> tuple[str, ...] | None:
        """Return the schools that a party tried in vain; None where there are none, or nobody can say which."""
        tried = content.get("tried", 0)
        by_distance = tried and content.get("nearest", False)
        named = self._nearest(content["phase"], content["party"]) if by_distance else self._listed(content)
        if not tried or named is None:
            return None
        schools = tuple(named)[:tried]
        if len(schools) != tried:
            raise ValueError("Expected as many schools as were tried.")
        return schools

    def _cut(self, cut: Any) -> dict[str, Any]:
        """Return the last one admitted, from the number of the line that seated it or from itself."""
        if isinstance(cut, dict):
            return cut
        if cut not in self._cuts:
            line = event_of_content({name: v for name, v in self._content(cut).items() if name in _OF_A_CUT})
            self._cuts[cut] = _as_cut(line)._asdict() | {"key": dict(line.key)}
        return self._cuts[cut]


_OF_A_CUT = frozenset({*Event._fields[:ALWAYS], *Cut._fields})
"""Fields of a line that say what stands in a cut, and those that no line lacks."""


def _says_more(line: bytes) -> bool:
    """Whether later lines may rest on what a line says of schools; any line that looks so may be read."""
    return b'"news":[' in line or b'"more":[' in line


def _whole(line: bytes, number: int) -> bool:
    """Whether a line looks like an event with its number; enough for lines that tell of other children."""
    return line.startswith(b'{"seq":%d,"' % number) and line.endswith(b"}")
