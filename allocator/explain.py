"""Why a child stands where it stands, retold from the record of a run; nothing is computed again.

Only the output folder is read: ``assignment.csv``, ``trace.jsonl`` and ``summary.json``, each held against
``manifest.json``, so that a record changed afterwards explains nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.domain import ADJUSTED, ADMITTED, DIVERTED, EXTERNAL, NEEDS_RULING, UNPLACED, Row
from allocator.errors import Fault, InputError
from allocator.messages import Language, text
from allocator.opening import MOST_OF_AN_OUTPUT, file_bytes, json_value
from allocator.record import Cut, Event, event_of, outputs_of, read_assignment

TICKET_DIGITS = 16
"""Digits shown of another's ticket; the whole stands in ``draws/``. A child's own ticket is shown whole."""

SCHOOLS_TOLD = 12
"""Schools without room that are told one by one; of a longer list the rest is told by name. All stand in the record."""

SEATED = frozenset({ADMITTED, DIVERTED, ADJUSTED})
"""Results that are a seat here."""

CHOSEN = frozenset({"choice", "deferred_acceptance"})
"""Kinds of phases in which a family chose, and loses nothing when it is refused."""


def explain(out: Path, applicant_id: str, language: Language) -> str:
    """Return what happened to a child and why, in plain words, one paragraph a line.

    Parameters
    ----------
    out : Path
        The output folder of a run.
    applicant_id : str
        Registration number; full-width characters and surrounding space are understood.
    language : {"zh", "en"}
        Language of all words.

    Raises
    ------
    InputError
        If the folder is not a run's, the run kept no record, a file is missing, damaged or changed since, or no child
        has this number.
    """
    wanted = unicodedata.normalize("NFKC", applicant_id).strip()
    record = _read(out, wanted)
    return "\n".join(_Story(record, wanted, language).lines())


@dataclass(frozen=True, slots=True)
class _Record:
    """What the folder says of one child."""

    row: Row
    events: tuple[Event, ...]
    summary: dict[str, Any]


def _read(out: Path, applicant_id: str) -> _Record:
    """Read the record of one child."""
    outputs = outputs_of(out)
    if outputs is None:
        raise InputError([Fault("explain.no_run", str(out))])
    if "assignment.csv" not in outputs:
        raise InputError([Fault("explain.no_assignment", str(out))])
    if "trace.jsonl" not in outputs:
        raise InputError([Fault("explain.no_trace", str(out))])
    raw = {name: _content(out, name) for name in ("assignment.csv", "summary.json", "trace.jsonl")}
    rows, faults = read_assignment(raw["assignment.csv"], "assignment.csv")
    events, damaged = _events(raw["trace.jsonl"], applicant_id)
    changed = [name for name, content in raw.items() if sha256(content).hexdigest() != outputs.get(name)]
    if faults := faults + damaged or [Fault("explain.changed", name) for name in changed]:
        raise InputError(faults)
    row = next((row for row in rows if row.applicant_id == applicant_id), None)
    if row is None:
        raise InputError([Fault("explain.unknown_id", "assignment.csv", value=applicant_id)])
    return _Record(row, tuple(events), _summary(raw["summary.json"]))


def _summary(raw: bytes) -> dict[str, Any]:
    """Return the summary, which gives the names; refuse one that is none."""
    try:
        summary = json_value(raw)
    except ValueError:
        summary = None
    if not isinstance(summary, dict) or not isinstance(summary.get("names"), dict):
        raise InputError([Fault("explain.damaged", "summary.json", 1)])
    return summary


def _content(out: Path, name: str) -> bytes:
    """Return the bytes of one file of the folder."""
    try:
        return file_bytes(out / name, MOST_OF_AN_OUTPUT)
    except OSError as error:
        raise InputError([Fault("explain.missing", name)]) from error


def _events(raw: bytes, applicant_id: str) -> tuple[list[Event], list[Fault]]:
    """Return the events of one child, or a fault for the first line that is not the one that must stand there."""
    events = []
    lines = raw.split(b"\n")
    named = applicant_id.encode("utf-8", "replace")
    for number, line in enumerate(lines[:-1], start=1):
        try:
            event = _line(line, number) if named in line or not _whole(line, number) else None
        except (ValueError, TypeError):
            return [], [Fault("explain.damaged", "trace.jsonl", number)]
        if event and applicant_id in (event.children or (event.party,)):
            events.append(event)
    return events, [Fault("explain.damaged", "trace.jsonl", len(lines))] if lines[-1] else []


def _whole(line: bytes, number: int) -> bool:
    """Whether a line looks like an event with its number; enough for lines that tell of other children."""
    return line.startswith(b'{"seq":%d,"' % number) and line.endswith(b"}")


def _line(line: bytes, number: int) -> Event:
    """Return the event of a line.

    Raises
    ------
    ValueError, TypeError
        If it is none, or not the one with this number.
    """
    event = event_of(json_value(line))
    if event.seq != number:
        raise ValueError("Expected consecutive numbers.")
    return event


class _Story:
    """The explanation while it is written."""

    def __init__(self, record: _Record, applicant_id: str, language: Language) -> None:
        self._record = record
        self._id = applicant_id
        self._language = language
        self._names = record.summary["names"]

    def lines(self) -> Iterator[str]:
        """Give the lines: marks, the child, the result, what happened, how to recompute the lots."""
        yield from self._marks()
        yield from self._child()
        yield self._result()
        yield self._say("story")
        for number, event in enumerate(self._record.events, start=1):
            yield f"{number}. {self._place(event)}{self._event(event)}"
            yield from self._full(event)
        yield from self._tickets()

    def _say(self, code: str, **params: object) -> str:
        """Return a text of explanations."""
        return text(f"explain.{code}", self._language, **params)

    def _join(self, *sentences: str) -> str:
        """Join sentences: with a space in English, with nothing in Chinese."""
        return ("" if self._language == "zh" else " ").join(filter(None, sentences))

    def _school(self, school_id: str) -> str:
        """Return the name of a school, its id where it has none."""
        return self._names["schools"].get(school_id) or school_id

    def _schools(self, schools: Sequence[str]) -> str:
        """Return the names of schools, as a list."""
        return self._say("schools").join(map(self._school, schools))

    def _phase(self, label: str) -> str:
        """Return the name of a phase."""
        phase: dict[str, str] = self._names["phases"].get(label, {})
        return phase.get(self._language) or label

    def _kind(self, label: str) -> str:
        """Return the kind of a phase, as in the policy file."""
        return str(self._names["phases"].get(label, {}).get("kind", ""))

    def _marks(self) -> Iterator[str]:
        """Give title, notice, TRIAL and weak seed."""
        summary, language = self._record.summary, self._language
        yield summary["title"][language]
        if summary["notice"][language]:
            yield summary["notice"][language]
        if summary["trial"]:
            yield text("list.trial", language, seed=summary["trial_seed"])
        if summary["weak_seed"]:
            yield text("list.weak_seed", language)

    def _child(self) -> Iterator[str]:
        """Give the number, who stays together with the child, its category, and what its status means."""
        yield self._say("child", id=self._id)
        if not self._record.events:
            return
        first = self._record.events[0]
        others = [child for child in first.children if child != self._id]
        if others:
            yield self._say("together", others=self._say("schools").join(others))
        name = self._names["categories"].get(first.category, {}).get(self._language, "")
        sentences = [self._say("category", category=first.category, name=name)]
        if self._kind(first.phase) == "adjustment":
            sentences += self._only_adjustment(first)
        yield self._join(*sentences)

    def _only_adjustment(self, event: Event) -> Iterator[str]:
        """Give why a child came to the adjustment alone."""
        if event.status != "verified":
            yield self._say(f"status.{event.status}")
        elif any(phase["kind"] == "batches" for phase in self._names["phases"].values()):
            yield self._say("no_batch")

    def _result(self) -> str:
        """Return where the child stands, and the clause."""
        row = self._record.row
        words = {"school": self._school(row.school_id), "phase": self._phase(row.phase)}
        return self._join(self._say(f"result.{row.outcome}", **words), self._clause(row.clause))

    def _clause(self, clause: str) -> str:
        """Return the sentence that names a clause."""
        return self._say("clause", clause=clause) if clause else ""

    def _place(self, event: Event) -> str:
        """Return where something happened: phase, school, and the number of the choice."""
        if not event.phase:
            return self._say("place.end")
        words = {"phase": self._phase(event.phase), "school": self._school(event.school), "choice": event.choice}
        return self._say("place.choice" if event.choice else "place" if event.school else "place.none", **words)

    def _event(self, event: Event) -> str:
        """Return what happened, what it was measured against, and the clause."""
        sentences = [self._sentence(event)]
        refused = event.result in {"not_admitted", "passed_over", "no_seat"}
        if refused and event.school:
            sentences += self._comparison(event)
        if refused and self._kind(event.phase) in CHOSEN:
            sentences.append(self._say("nothing_lost"))
        return self._join(*sentences, self._clause(event.rule))

    def _sentence(self, event: Event) -> str:
        """Return what happened, by result."""
        if event.result in {EXTERNAL, UNPLACED}:
            return self._say(event.result)
        if event.result == NEEDS_RULING:
            code = "decision.needs_ruling" if event.school else "referral"
            return self._say(code, open=_seats(event.seats_open))
        if event.result == ADMITTED:
            return self._admitted(event)
        if event.result in {DIVERTED, ADJUSTED}:
            return self._found(event)
        return self._refused(event)

    def _admitted(self, event: Event) -> str:
        """Return how a seat was won at a school to which the child came by itself."""
        if self._kind(event.phase) == "decision":
            return self._say("decision.admitted", before=_seats(event.seats_before))
        words = {"open": _seats(event.seats_open), "of": event.of, "rank": event.rank, "draw": event.draw_id}
        code = "admitted.drawn" if event.draw_id else "admitted.equals" if event.key else "admitted"
        sentence = self._say(code, **words)
        return self._join(sentence, self._own(event), self._over_plan(event))

    def _found(self, event: Event) -> str:
        """Return how a seat was found in a diversion or adjustment."""
        by_distance = event.result == DIVERTED and self._by_distance()
        code = "diverted.distance" if by_distance else event.result
        words = {"rank": event.rank, "of": event.of, "draw": event.draw_id, "before": _seats(event.seats_before)}
        before = self._say("before", count=len(event.schools)) if event.schools else ""
        return self._join(self._say(code, **words), self._own(event), self._over_plan(event), before)

    def _refused(self, event: Event) -> str:
        """Return why there was no seat."""
        words = {
            "open": _seats(event.seats_open), "before": _seats(event.seats_before), "of": event.of, "rank": event.rank,
            "draw": event.draw_id, "size": len(event.children), "count": len(event.schools),
        }  # fmt: skip
        if event.result == "no_seat":
            return self._join(self._say(f"no_seat.{self._no_seat(event)}", **words), self._own(event))
        first = self._say("first_in_line") if event.result == "passed_over" and event.step == 1 else ""
        code = event.result if event.draw_id or event.result != "not_admitted" else "not_admitted.no_draw"
        return self._join(self._say(code, **words), self._own(event), first)

    def _no_seat(self, event: Event) -> str:
        """Return which of the sentences about missing seats fits."""
        if not event.school:
            return "adjustment" if self._kind(event.phase) == "adjustment" else "distance"
        return {0: "choice", 1: "home"}.get(event.step, "walk")

    def _over_plan(self, event: Event) -> str:
        """Return by how much a seat exceeds the plan, where it does."""
        over = -(event.seats_after or 0)
        return self._say("over_plan", over=over) if over > 0 else ""

    def _by_distance(self) -> bool:
        """Whether diversion kept the sum of distances small."""
        return bool(self._record.summary["switches"]["divert_assign"] == "least_distance")

    def _comparison(self, event: Event) -> Iterator[str]:
        """Give what decided at a school: the key that differed from the last one admitted, or that it came before."""
        cut = event.cut
        if event.result == "passed_over":
            return
        if cut is None:
            if self._kind(event.phase) != "deferred_acceptance":
                yield self._say("cut.none")
        elif self._kind(cut.phase) == "decision":
            yield self._say("cut.decision")
        elif _same_order(event, cut):
            yield self._decided(event, cut)
        else:
            yield self._say("cut.earlier", category=cut.category, phase=self._phase(cut.phase), step=self._step(cut))

    def _full(self, event: Event) -> Iterator[str]:
        """Give a line for each school without room that was tried on the way, and one for the rest of a long list."""
        tried = list(zip(event.schools, event.cuts, event.seats_there, strict=True))
        for school, cut, seats in tried[:SCHOOLS_TOLD]:
            words = {"school": self._school(school), "before": seats, "size": len(event.children)}
            why = self._say("full.too_few" if seats > 0 else "full.no_seat", **words)
            yield "   " + self._join(why, *self._full_cut(event, cut, seats), self._clause(event.schools_rule))
        if rest := event.schools[SCHOOLS_TOLD:]:
            sentence = self._say("full.rest", count=len(rest), schools=self._schools(rest))
            yield "   " + self._join(sentence, self._clause(event.schools_rule))

    def _full_cut(self, event: Event, cut: Cut | None, seats: int) -> Iterator[str]:
        """Give the last one admitted at a school without room, and what put it first where one order held both."""
        if cut is None:
            yield self._say("cut.none")
        elif self._kind(cut.phase) == "decision":
            yield self._say("cut.decision")
        else:
            same = _same_order(event, cut)
            words = {"category": cut.category, "phase": self._phase(cut.phase), "step": self._step(cut)}
            yield self._say("full.last" if same else "full.earlier", **words)
            # The least sum of distances is no walk, and a bundle too large for the seats left lost to nobody.
            if same and seats <= 0 and self._kind(event.phase) == "adjustment":
                yield self._full_decided(event, cut)

    def _full_decided(self, event: Event, cut: Cut) -> str:
        """Return what put the last one admitted first; the child's whole ticket stands in the line above."""
        if _deciding(event, cut) != "ticket":
            return self._decided(event, cut)
        digits = {"cut": cut.ticket[:TICKET_DIGITS], "own": event.ticket[:TICKET_DIGITS]}
        return self._say("full.ticket", draw=event.order, **digits)

    def _step(self, cut: Cut) -> str:
        """Return the step of a batch, in brackets; empty elsewhere."""
        return self._say(f"step.{cut.step}") if cut.step else ""

    def _decided(self, event: Event, cut: Cut) -> str:
        """Return which part of the order put the last one admitted first; the tickets only if nothing else did."""
        key = _deciding(event, cut)
        if key == "ticket":
            words = {"cut": cut.ticket[:TICKET_DIGITS], "own": event.ticket, "draw": event.order}
        elif key == "tier":
            words = {"cut": str(cut.tier), "own": str(event.tier)}
        else:
            words = {"cut": cut.category, "own": event.category}
        return self._say(f"cut.{key}", **words)

    def _own(self, event: Event) -> str:
        """Return the child's own ticket where it counted and is set against no other."""
        counted = event.result in SEATED or event.result == "passed_over" or not event.school
        return self._say("ticket", ticket=event.ticket) if event.draw_id and event.ticket and counted else ""

    def _tickets(self) -> Iterator[str]:
        """Give how a ticket is recomputed, if any was told."""
        for event in self._record.events:
            cut = event.cut
            if self._own(event) or (cut and _same_order(event, cut) and _deciding(event, cut) == "ticket"):
                session = self._record.summary["switches"]["ticket_scope"] == "per_session"
                code = "tickets.session" if session else "tickets"
                yield self._say(code, seed=self._record.summary["seed"], party=event.party)
                return


def _same_order(event: Event, cut: Cut) -> bool:
    """Whether the last one admitted stood in the same order as the party; only then can they be compared."""
    return bool(cut.ticket) and (cut.phase, cut.order) == (event.phase, event.order)


def _deciding(event: Event, cut: Cut) -> str:
    """Return the name of the first part of the order in which two parties differ."""
    return next((name for (name, own), (_, other) in zip(event.key, cut.key, strict=True) if own != other), "ticket")


def _seats(number: int | None) -> int:
    """Return a number of seats as people count them: never below 0."""
    return max(0, number or 0)
