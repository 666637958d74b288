"""The clerk who types on the draw day: asked one thing after the other, digits twice and blind, nothing twice over.

At a terminal digits are not echoed. Without one (answers from a pipe) each question is a line on standard output and
each line of standard input its answer; the order of the questions is that of docs/public-draw.en.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from getpass import getpass
from typing import TypeAlias
from unicodedata import normalize

from allocator.cli.asking import asked_line, asked_yes, asking_is_possible
from allocator.cli.clock import clock_time
from allocator.ground import CARD_NUMBER, Fault, InputError, Language, echo, fault_text, text
from allocator.public.ceremony import CeremonyJournal

Judged: TypeAlias = Callable[[str], tuple[str, list[Fault]]]
"""Gives of what was typed what is kept, and what is wrong with it; a fault never says what was typed."""

_LONGEST_WORD = 60
_MINUTES = 16  # characters of a time to the minute


class Clerk:
    """Asks, judges and keeps.

    Parameters
    ----------
    journal : CeremonyJournal
        Keeps every answer before the next question.
    ended : callable
        Gives the fault of an input that ends too early.
    """

    def __init__(self, journal: CeremonyJournal, language: Language, ended: Callable[[], Fault]) -> None:
        self.journal, self.language, self._ended = journal, language, ended

    def keep(self, name: str, value: str) -> None:
        """Note something that was not asked."""
        self.journal.note(name, value, clock_time())

    def ask(self, name: str, question: str, judged: Judged) -> str:
        """Return an answer, asked for until it is right; one that was given is not asked again."""
        if name in self.journal.answers:
            return self.journal.answers[name]
        while True:
            value, faults = judged(self._line(question))
            if not faults:
                self.keep(name, value)
                return value
            self.tell(faults)

    def ask_twice(self, name: str, question: str, judged: Judged) -> str:
        """Return what is typed twice and equal, neither time shown; that they differ is told, never where."""
        if name in self.journal.answers:
            return self.journal.answers[name]
        while True:
            value, faults = judged(self._line(question, hidden=True))
            if faults:
                self.tell(faults)
                continue
            if value.isascii() and value.isalnum() and not value.isalpha():
                echo(text("ceremony.typed", self.language, count=len(value)))
            if judged(self._line(text("ceremony.ask.again", self.language), hidden=True))[0] == value:
                self.keep(name, value)
                return value
            echo(text("ceremony.differ", self.language))

    def forget(self, names: list[str]) -> None:
        """Let answers be asked for again."""
        self.journal.forget(names, clock_time())

    def confirms(self, question: str) -> bool:
        """Return whether the clerk says yes; from a pipe nobody is asked."""
        return not asking_is_possible() or asked_yes(question)

    def go_on(self) -> None:
        """Wait for Enter at a terminal; from a pipe nothing is waited for."""
        if asking_is_possible():
            asked_line(text("ceremony.ask.go_on", self.language))

    def page_after(self, page: int, pages: int) -> int:
        """Return the page to show after one, ``pages`` where there is none."""
        if not asking_is_possible():
            return page + 1
        question = text("ceremony.ask.page", self.language, page=page + 1, pages=pages)
        typed = asked_line(question).strip().lower()
        if typed.isdecimal() and 1 <= int(typed) <= pages:
            return int(typed) - 1
        return pages if typed in ("end", "结束") else page + 1 if not typed else page

    def tell(self, faults: list[Fault]) -> None:
        """Say what is wrong with what was typed."""
        for fault in faults:
            echo("  " + fault_text(fault, self.language))

    def _line(self, question: str, *, hidden: bool = False) -> str:
        """Return one line."""
        if asking_is_possible():
            if not hidden:
                return asked_line(question)
            try:
                return getpass(f"{question} ")
            except EOFError as error:
                raise KeyboardInterrupt from error
        echo(question)
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            raise InputError([self._ended()])
        return line.rstrip("\r\n")


def judged_word(place: str) -> Judged:
    """Return what judges words for the minutes: visible, not too long, no identity-card number."""

    def _judged(typed: str) -> tuple[str, list[Fault]]:
        value = normalize("NFC", typed).strip()
        if not (value and value.isprintable() and len(value) <= _LONGEST_WORD):
            return value, [Fault("ceremony.word", place, params={"most": str(_LONGEST_WORD)})]
        if CARD_NUMBER.search(value):
            return value, [Fault("ceremony.card", place)]
        return value, [] if any(map(str.isalpha, value)) else [Fault("ceremony.digits_as_word", place)]

    return _judged


def judged_time(place: str) -> Judged:
    """Return what judges date and time; nothing means now."""

    def _judged(typed: str) -> tuple[str, list[Fault]]:
        try:
            found = datetime.fromisoformat(normalize("NFKC", typed).strip().replace("/", "-") or clock_time())
        except ValueError:
            return "", [Fault("ceremony.bad_time", place)]
        if found.tzinfo is not None:
            return "", [Fault("ceremony.bad_time", place)]
        return found.isoformat(sep=" ")[:_MINUTES], []

    return _judged


def judged_number(place: str, least: int, most: int) -> Judged:
    """Return what judges a whole number."""

    def _judged(typed: str) -> tuple[str, list[Fault]]:
        value = normalize("NFKC", typed).strip()
        if value.isascii() and value.isdecimal() and least <= int(value[:9]) <= most:
            return str(int(value[:9])), []
        return "", [Fault("ceremony.bad_number", place, params={"least": str(least), "most": str(most)})]

    return _judged
