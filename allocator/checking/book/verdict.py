"""The judgement of a played season: outcomes, journal, list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from allocator.checking.book.admission import LastLine, admission_code
from allocator.checking.book.consequences import apply_consequences
from allocator.checking.book.lines import judge_journal_lines
from allocator.checking.book.listing import listing_rows
from allocator.checking.book.statute import Statute
from allocator.checking.book.year import Year
from allocator.domain import ACCEPTED, BookEvent, District, Played, Row, Violation

COLUMNS = Row._fields[:5]


def check_book(district: District, events: Iterable[BookEvent], played: Played) -> list[Violation]:
    """Return everything that is wrong with a played season; empty for exactly the one that the rules define.

    Each event is judged in the state that the events before it rightly leave, so a wrong outcome is reported where it
    is and does not make those after it wrong. The journal is chained as it stands; the list is that of the last state.

    Parameters
    ----------
    district : District
        Policy, schools, zones and roster as they were frozen; its draw is not looked at.
    events : iterable of BookEvent
        All proposed events, those refused among them.
    played : Played
        What somebody says came of them. An empty ``clause`` of a row is not judged.

    Returns
    -------
    list of Violation
        Outcomes first, then journal lines, then rows and schools.
    """
    docket = Docket.opened(district)
    for event in events:
        docket.hear(event)
    return docket.findings(played)


@dataclass(slots=True)
class Docket:
    """A season event by event: the state, the one before the last line, that line, and what was heard so far."""

    year: Year
    before: Year | None = None
    last: LastLine = field(default_factory=LastLine)
    outcomes: list[str] = field(default_factory=list)
    accepted: list[BookEvent] = field(default_factory=list)

    @classmethod
    def opened(cls, district: District) -> Docket:
        """Return the docket of a season that has not begun."""
        return cls(Year(Statute(district)))

    def findings(self, played: Played) -> list[Violation]:
        """Return everything that is wrong with what somebody says came of the events heard, as ``check_book``."""
        return [
            *_judge_outcomes(played.outcomes, self.outcomes),
            *judge_journal_lines(played.journal, self.accepted),
            *_judge_rows(played.rows, listing_rows(self.year)),
            *_judge_caps(played.rows, self.year.cap),
        ]

    def hear(self, event: BookEvent) -> str:
        """Return what becomes of an event; where it is accepted, its consequences follow."""
        outcome = admission_code(self.year, event, self.last)
        self.outcomes.append(outcome)
        if outcome != ACCEPTED:
            return outcome
        self.accepted.append(event)
        now = self.year
        if event["type"] == "annulled":
            assert self.before is not None
            self.year = replace(self.before, late=now.late)
        else:
            self.year = apply_consequences(now, event)
        self.before = now
        self.last = LastLine(self.last.seq + 1, str(event["at"]), str(event["type"]))
        return outcome


def _judge_outcomes(found: Sequence[str], right: Sequence[str]) -> Iterator[Violation]:
    """Outcomes by event; as many as events."""
    if len(found) != len(right):
        yield _note("check.book.outcomes", expected=str(len(right)), found=str(len(found)))
    for number, (one, other) in enumerate(zip(found, right, strict=False), start=1):
        if one != other:
            yield _note("check.book.outcome", event=str(number), expected=other, found=one)


def _judge_rows(found: Sequence[Row], right: Sequence[Row]) -> Iterator[Violation]:
    """Rows by child, each once and in the order of the ids."""
    by_child = {row.applicant_id: row for row in right}
    times = Counter(row.applicant_id for row in found)
    for row in right:
        if row.applicant_id not in times:
            yield Violation("check.missing_child", row.applicant_id, row.school_id, "")
    for child in sorted(times):
        if child not in by_child:
            yield Violation("check.unknown_child", child, "", "")
        elif times[child] > 1:
            yield Violation("check.duplicate_child", child, "", "")
    for row in found:
        if row.applicant_id in by_child:
            yield from _judge_row(row, by_child[row.applicant_id])
    ids = [row.applicant_id for row in found]
    if ids != sorted(ids):
        yield _note("check.book.order")


def _judge_row(row: Row, right: Row) -> Iterator[Violation]:
    """Column by column."""
    for column, found, expected in zip(COLUMNS, row, right, strict=False):
        if found != expected:
            words = {"column": column, "expected": expected, "found": found}
            yield Violation("check.book.cell", right.applicant_id, right.school_id, "", tuple(words.items()))


def _judge_caps(rows: Sequence[Row], caps: Mapping[str, int]) -> Iterator[Violation]:
    """No school above its present cap, whatever the rows say."""
    seated = Counter(row.school_id for row in rows if row.outcome in ("admitted", "diverted", "adjusted"))
    for school in sorted(seated):
        cap = caps.get(school, 0)
        if seated[school] > cap:
            words = (("cap", str(cap)), ("children", str(seated[school])))
            yield Violation("check.hard_cap", "", school, "", words)


def _note(code: str, **words: str) -> Violation:
    """A violation of no child and no school."""
    return Violation(code, "", "", "", tuple(sorted(words.items())))
