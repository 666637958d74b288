"""What is to be done next, in words, each with the command to type."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from allocator.book import PENDING, WAITING, Book, has_role
from allocator.casebook.next_steps import NO_FACTS, FolderFacts, NextStep, next_steps
from allocator.casebook.words import round_words, school_words
from allocator.ground import Language, text

MOST_NAMED = 6
"""Parties or schools named in one line; of more their number."""

_GIVEN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "drawn": (("transcript", "FILE"),),
    "unfrozen": (("reason", "REASON"),),
    "annulled": (("reason", "REASON"),),
    "note": (("text", "TEXT"),),
    "objection": (("objection", "ID"), ("party", "PARTY"), ("text", "TEXT")),
    "objection_closed": (("text", "TEXT"),),
    "ruling": (("reason", "REASON"),),
}
"""What a clerk adds to the fields of a step; words in capitals are to be replaced."""


def step_command(step: NextStep, folder: Path, persons: Mapping[str, Sequence[str]]) -> str:
    """Return the command that enters a step.

    Parameters
    ----------
    persons : mapping of str to sequence of str
        Roles of the officers; the first one who has the role of the step stands in the command, with ``--role`` where
        another role of the same person could enter the event too. A list is signed by the one whose id ends with that
        of the school; of several principals none else is named.
    """
    person = _person_for(step, [name for name, roles in persons.items() if step.role in roles])
    entry = {**step.fields, "type": step.kind}
    fit = [role for role in persons.get(person, ()) if has_role({**entry, "role": role})]
    by = f"--by {person}" + (f" --role {step.role}" if len(fit) > 1 else "")
    place = shlex.quote(str(folder))
    if step.kind == "season_opened":
        return f"allocator book open {place} --by {person}"
    fields = [(name, str(value)) for name, value in step.fields.items()] + list(_GIVEN.get(step.kind, ()))
    words = [f"--{name.replace('_', '-')} {shlex.quote(value)}" for name, value in fields]
    return " ".join(["allocator book do", place, step.kind, *words, by])


def _person_for(step: NextStep, fit: Sequence[str]) -> str:
    """Return who is named in a command, of those with the role; a word in capitals where nobody can be."""
    if step.kind == "signed_off":
        # The shortest first: another school's id may end with that of the school.
        at_school = sorted((name for name in fit if name.endswith(str(step.fields["school"]))), key=len)
        fit = at_school or (fit if len(fit) == 1 else ())
    return fit[0] if fit else "PERSON"


class NextWords:
    """The steps of a book on a day, in words of one language.

    Parameters
    ----------
    book : Book
        As it stands.
    today : date
        The day on which the steps would be entered.
    facts : FolderFacts, optional
        What its folder says.
    """

    def __init__(
        self, book: Book, today: date, language: Language, facts: FolderFacts = NO_FACTS
    ) -> None:
        self.book, self.today, self.language, self.facts = book, today, language, facts
        self.steps = next_steps(book, today, facts)
        self._school = school_words(book.law.district.schools, language)

    def sentence(self, step: NextStep) -> str:
        """Return what is to be done, and why now."""
        code = f"book.next.{step.kind}" + (f".{step.why}" if step.why and step.kind != "annulled" else "")
        fields = {name: str(value) for name, value in step.fields.items()}
        words: dict[str, object] = {**fields, "others": self._others(step), "count": 1 + len(step.others),
                                    "held": self.facts.held}  # fmt: skip
        if "round" in fields:
            words["round"] = round_words(fields["round"], self.language)
            last_day = self._round_last_day(fields["round"])
            words["until"] = "" if last_day is None else self.day(last_day)
            words["from"] = "" if step.since is None else self.day(step.since)
        for name in ("first_day", "last_day"):
            if name in fields:
                words[name] = self.day(date.fromisoformat(fields[name]))
        if "school" in fields:
            words["school"] = self._school(fields["school"])
        if step.kind == "annulled":
            words["event"] = text(f"book.event.{step.why}", self.language)
        return text(code, self.language, **words)

    def role(self, step: NextStep) -> str:
        """Return who enters a step."""
        return text(f"book.role.{step.role}", self.language)

    def day(self, day: date) -> str:
        """Return a day as it is written in a sentence: 8 月 21 日, 21 August."""
        return text(f"book.day.{day.month}", self.language, day=day.day)

    def closing(self) -> Iterator[str]:
        """Yield what no event settles now: a round that must wait, children without a seat, a finished season."""
        state, pressing = self.book.state, [step for step in self.steps if step.urgency != "may"]
        if self.facts.purged:
            yield text("book.purged", self.language, day=self.facts.purged)
        if self.facts.purged or state.season != "drawn":
            return
        following = state.rounds.get(state.following_round)
        opens = any(step.kind == "round_opened" for step in self.steps)
        if following is not None and not opens:
            open_ones = [round_words(name, self.language) for name, round_ in state.rounds.items() if round_.is_open]
            words = {"round": round_words(state.following_round, self.language), "others": self._listed(open_ones)}
            yield text("book.next.must_wait", self.language, **words)
        if all(round_.state != PENDING and not round_.is_open for round_ in state.rounds.values()):
            waiting = sum(party.size for party in state.parties.values() if party.state == WAITING)
            if waiting and not any(step.kind == "round_opened" and step.urgency == "due" for step in self.steps):
                yield text("book.next.no_seats", self.language, count=waiting)
            if not pressing and not waiting:
                yield text("book.next.finished", self.language)

    def _round_last_day(self, name: str) -> date | None:
        round_ = self.book.state.rounds.get(name)
        return None if round_ is None else round_.last_day

    def _others(self, step: NextStep) -> str:
        """Return for whom else the same is to be done, behind the command's own."""
        is_school = step.kind == "signed_off"
        named = [self._school(one) if is_school else one for one in step.others]
        if not named:
            return ""
        shown = self._listed(named[:MOST_NAMED])
        more = len(named) - MOST_NAMED
        code = "book.next.others" if more <= 0 else "book.next.many_others"
        return text(code, self.language, others=shown, more=more)

    def _listed(self, words: Sequence[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(words)


def next_object(
    book: Book, today: date, folder: Path, persons: Mapping[str, Sequence[str]], facts: FolderFacts = NO_FACTS
) -> dict[str, Any]:
    """Return the steps for programs."""
    words = {language: NextWords(book, today, language, facts) for language in _LANGUAGES}
    return {
        "format_version": 1,
        "kind": "book-next",
        "season": book.state.season,
        "today": today.isoformat(),
        "head": book.head,
        "steps": [
            {
                "event": step.kind, "role": step.role, "urgency": step.urgency, "fields": dict(step.fields),
                "since": None if step.since is None else step.since.isoformat(), "others": list(step.others),
                "command": step_command(step, folder, persons),
                "words": {language: told.sentence(step) for language, told in words.items()},
            }
            for step in words["en"].steps
        ],
        "closing": [{"zh": zh, "en": en} for zh, en in zip(*(words[one].closing() for one in _LANGUAGES), strict=True)],
    }  # fmt: skip


_LANGUAGES: tuple[Language, ...] = ("zh", "en")
