"""Distances in an explanation: in metres, rounded half up, with the places it takes to tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from allocator.eligibility import rounded_metres, squared_distance
from allocator.explanation.party import KnownParty
from allocator.explanation.story.words import StoryWords

PLACES = (0, 1, 2, 3, 6, 9, 12, 15, 20, 30)
"""Places after the point that are tried; places of homes and schools have up to 15."""

SCHOOLS_MEASURED = 6
"""Farther schools whose metres are told; the nearer ones, which were full, are told one by one."""


class Nearness:
    """The metres from one home to some schools.

    Parameters
    ----------
    party : KnownParty
        Its first child's home is measured.
    schools : sequence of str
        The schools concerned; those without a place have no distance.
    whole : bool
        Whether the rule counts in whole metres, rounded half up; otherwise distances are compared exactly.
    """

    def __init__(self, party: KnownParty, schools: Sequence[str], words: StoryWords, *, whole: bool = False) -> None:
        self._words = words
        self.party = party
        placed = [school for school in schools if party.lead.x and party.schools[school].x]
        square = {school: squared_distance(party.lead, party.schools[school]) for school in placed}
        if whole:
            square = {school: rounded_metres(far) ** 2 for school, far in square.items()}
        self.square = square
        self._metres = _metres(square)

    def metres(self, school: str) -> str:
        """Return the metres to a school in words, or that the school has no place."""
        if school in self._metres:
            return self._words.say("metres", metres=self._metres[school])
        return self._words.say("metres.unknown")

    def with_metres(self, school: str) -> str:
        """Return the name of a school and its metres."""
        return self._words.say("school.metres", school=self._words.school(school), metres=self.metres(school))

    def ties(self, school: str) -> list[str]:
        """Return the other schools that are exactly as far as one."""
        return [other for other, far in self.square.items() if other != school and far == self.square.get(school)]

    def candidates(self, school: str, behind: Sequence[str]) -> str:
        """Return the sentences that set a school against those behind it: metres, and the tie rule if it counted."""
        equal = self.ties(school)
        tie = self._tie(school, equal) if equal else ""
        return self._words.join(self._told("farther", behind), tie, self.from_where())

    def others(self, school: str, schools: Iterable[str]) -> str:
        """Return the sentence with the metres of all schools but one."""
        return self._words.join(self._told("others", [s for s in schools if s != school]), self.from_where())

    def set_apart(self, school: str, schools: Sequence[str]) -> str:
        """Return the sentences with the metres of a school, of those nearer than it, and of the others."""
        ordered = self.nearest_first(schools)
        placed = [other for other in ordered if other in self.square] if school in self.square else []
        nearer = [other for other in placed if self.square[other] < self.square[school]]
        rest = [other for other in ordered if other != school and other not in nearer]
        own = self._words.say("distance.own", school=self.with_metres(school))
        told = self._told("distance.nearer", nearer), self._told("others", rest)
        return self._words.join(own, *told, self.from_where())

    def nearest_first(self, schools: Sequence[str]) -> tuple[str, ...]:
        """Return schools by distance, those without a place last."""
        placed = sorted((s for s in schools if s in self.square), key=lambda s: (self.square[s], s))
        return (*placed, *(s for s in schools if s not in self.square))

    def _told(self, code: str, schools: Sequence[str]) -> str:
        """Return some schools with their metres, and how many more there are; empty where there is none."""
        if not schools:
            return ""
        words, rest = self._words, len(schools) - SCHOOLS_MEASURED
        told = words.say("schools.metres").join(map(self.with_metres, schools[:SCHOOLS_MEASURED]))
        return words.say(f"{code}.more" if rest > 0 else code, schools=told, count=rest)

    def _tie(self, school: str, equal: Sequence[str]) -> str:
        """Return the tie rule: of schools equally far the one whose id comes first."""
        ordered = self._words.say("tie.before").join(sorted([school, *equal]))
        return self._words.say("tie", metres=self.metres(school), ids=ordered)

    def from_where(self) -> str:
        """Return from which home was measured, where several children stay together."""
        several = len(self.party.children) > 1
        return self._words.say("measured_from", id=self.party.lead.applicant_id) if several else ""


def _metres(squares: Mapping[str, Decimal]) -> dict[str, str]:
    """Return metres by school: whole ones where that tells all different distances apart."""
    different = sorted(set(squares.values()))
    for places in PLACES:
        told = {school: f"{rounded_metres(square, places):f}" for school, square in squares.items()}
        by_square = {squares[school]: text for school, text in told.items()}
        if all(by_square[one] != by_square[two] for one, two in pairwise(different)):
            break
    return told if squares else {}
