"""What a journal tells of the past: the lines that stand, the days of each round, the lists signed as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from allocator.book import CONFIRMED, DECISIONS, SEATED, BookParty, BookState, Law, signed_rows_bytes
from allocator.domain import BookEvent

LEAVES_SEATS = frozenset({
    "season_opened", "determined", "frozen", "unfrozen", "publicity_opened", "objection", "publicity_extended",
    "round_confirmed", "signed_off", "locks_written", "note",
})  # fmt: skip
"""Events after which everybody has the seat of before; all others may move somebody."""


class RoundDays(NamedTuple):
    """The days of a round so far: empty where it has not come so far."""

    opened: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    confirmed: date | None = None


class History(NamedTuple):
    """A journal read once.

    Attributes
    ----------
    lines : tuple of mapping
        Every line, in order.
    annulled : frozenset of int
        ``seq`` of the lines that were taken back; the lines that did so stand.
    """

    lines: tuple[BookEvent, ...]
    annulled: frozenset[int]

    @property
    def standing(self) -> tuple[BookEvent, ...]:
        """The lines that hold: neither taken back nor such as take back."""
        return tuple(e for e in self.lines if e["seq"] not in self.annulled and e["type"] != "annulled")

    def last_day(self, otherwise: date) -> date:
        """Return the day of the last line: no event may be entered with an earlier one; another day without a line."""
        return date.fromisoformat(str(self.lines[-1]["at"])[:10]) if self.lines else otherwise

    def round_days(self) -> Mapping[str, RoundDays]:
        """Return the days of every round that has opened."""
        found: dict[str, RoundDays] = {}
        for event in self.standing:
            name, day = str(event.get("round", "")), date.fromisoformat(str(event["at"])[:10])
            days = found.get(name, RoundDays())
            if event["type"] == "round_opened":
                found[name] = RoundDays(day)
            elif event["type"] == "publicity_opened":
                first, last = (date.fromisoformat(str(event[key])) for key in ("first_day", "last_day"))
                found[name] = days._replace(first_day=first, last_day=last)
            elif event["type"] == "publicity_extended":
                found[name] = days._replace(last_day=date.fromisoformat(str(event["last_day"])))
            elif event["type"] == "round_confirmed":
                found[name] = days._replace(confirmed=day)
        return found

    def locks_are_written(self) -> bool:
        """Whether locks were written and nothing that moves seats stands after them."""
        kinds = (str(event["type"]) for event in reversed(self.standing))
        telling = (kind for kind in kinds if kind == "locks_written" or kind not in LEAVES_SEATS)
        return next(telling, "") == "locks_written"

    def signed(self) -> Mapping[tuple[str, str], str]:
        """Return by round and school the digest of the list signed last."""
        signed = (event for event in self.standing if event["type"] == "signed_off")
        return {(str(event["round"]), str(event["school"])): str(event["digest"]) for event in signed}

    def unsigned(self, law: Law, state: BookState) -> Mapping[str, tuple[str, ...]]:
        """Return by confirmed round, and ``decisions``, the schools whose present list nobody has signed.

        A list of nobody is signed only where another one was signed before it.
        """
        signed, found, listed = self.signed(), dict[str, list[str]](), _by_list(state)
        order = {name: at for at, name in enumerate((*state.rounds, DECISIONS))}
        confirmed = {name for name, round_ in state.rounds.items() if round_.state == CONFIRMED} | {DECISIONS}
        for name, school in sorted(listed.keys() | signed.keys(), key=lambda pair: (order[pair[0]], pair[1])):
            if name in confirmed:
                of_list = replace(state, parties=listed.get((name, school), {}))  # so that each party is looked at once
                now = sha256(signed_rows_bytes(law, of_list, name, school)).hexdigest()
                if signed.get((name, school)) != now:
                    found.setdefault(name, []).append(school)
        return {name: tuple(schools) for name, schools in found.items()}


def _by_list(state: BookState) -> Mapping[tuple[str, str], dict[str, BookParty]]:
    """Return the parties with a seat by round, or ``decisions``, and school."""
    found: dict[tuple[str, str], dict[str, BookParty]] = {}
    for name, party in state.parties.items():
        if party.state == SEATED:
            found.setdefault((party.round or DECISIONS, party.school), {})[name] = party
    return found


def history_of(journal: Iterable[bytes]) -> History:
    """Return what the lines of a sound journal tell."""
    lines = tuple(json.loads(line) for line in journal)
    return History(lines, frozenset(event["annuls"] for event in lines if event["type"] == "annulled"))
