"""What an event moves: each party whose seat or standing is another one after it, and the same in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from allocator.book import BookState
from allocator.casebook.words import round_words
from allocator.ground import Language, text

MOST_TOLD = 20
"""Movements told one by one; of more, how many go from where to where."""


class PartyPlace(NamedTuple):
    """Where a party is: its state, and with a seat the school and the round that gave it."""

    state: str
    school: str = ""
    round: str = ""


class Movement(NamedTuple):
    """One party that moves, with its children, from one standing to another; a new party comes from none."""

    party: str
    children: int
    before: PartyPlace | None
    after: PartyPlace


def movements_between(before: BookState, after: BookState) -> tuple[Movement, ...]:
    """Return what is another between two states, in the order of the parties; children that left a party last."""
    was, now = _standings(before), _standings(after)
    moved = [
        Movement(party, after.parties[party].size, was.get(party), standing)
        for party, standing in now.items()
        if was.get(party) != standing
    ]
    gone = sorted(after.left_early.keys() - before.left_early.keys())
    homes = {child: was[name] for name, party in before.parties.items() for child in party.children if gone}
    moved += [Movement(child, 1, homes[child], PartyPlace(after.left_early[child])) for child in gone]
    back = [child for child in before.left_early if child not in after.left_early]
    homes = {child: now[name] for name, party in after.parties.items() for child in party.children if back}
    moved += [Movement(child, 1, PartyPlace(before.left_early[child]), homes[child]) for child in sorted(back)]
    lost = [name for name in before.parties if name not in after.parties]  # a late family whose intake is annulled
    return (*moved, *(Movement(name, before.parties[name].size, was[name], PartyPlace("none")) for name in lost))


def _standings(state: BookState) -> dict[str, PartyPlace]:
    """Return where each party is; a special seat has its phase in the place of a round."""
    return {
        name: PartyPlace(party.state, party.school, party.round or party.phase) for name, party in state.parties.items()
    }


class MovementWords:
    """The words in which movements are told.

    Parameters
    ----------
    schools : callable
        Returns what a school is called.
    """

    def __init__(self, schools: Callable[[str], str], language: Language) -> None:
        self._schools, self._language = schools, language

    def lines(self, moved: Sequence[Movement]) -> Iterator[str]:
        """Yield a line for each movement; of many one for each way, with parties and children."""
        if not moved:
            yield text("book.moves.nothing", self._language)
        elif len(moved) <= MOST_TOLD:
            yield text("book.moves.each", self._language, count=len(moved))
            yield from map(self._line, moved)
        else:
            yield text("book.moves.many", self._language, count=len(moved), children=sum(m.children for m in moved))
            yield from self._ways(moved)

    def _line(self, moved: Movement) -> str:
        code = "book.moves.one" if moved.children == 1 else "book.moves.bundle"
        words = {"party": moved.party, "children": moved.children, "before": self.standing(moved.before)}
        return text(code, self._language, after=self.standing(moved.after), **words)

    def _ways(self, moved: Iterable[Movement]) -> Iterator[str]:
        """Yield one line for each way that is gone, in the order in which the first party goes it."""
        parties, children = Counter[str](), Counter[str]()
        for one in moved:
            way = f"{self.standing(one.before)} → {self.standing(one.after)}"
            parties[way] += 1
            children[way] += one.children
        for way, count in parties.items():
            yield text("book.moves.way", self._language, way=way, parties=count, children=children[way])

    def standing(self, at: PartyPlace | None) -> str:
        """Return where a party is in words."""
        if at is None or at.state == "none":
            return text("book.moves.not_in_book", self._language)
        if not at.school:
            return text(f"book.party.{at.state}", self._language)
        if at.state == "external":
            return text("book.moves.external", self._language, school=self._schools(at.school))
        words = {"school": self._schools(at.school), "round": round_words(at.round, self._language)}
        return text("book.moves.seat", self._language, **words)
