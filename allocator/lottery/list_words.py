"""What the words of published lists mean, given to the recheck by whoever knows the policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from allocator.ground import ListLanguages

Way = tuple[str, str]
"""Label of the phase, and outcome."""


class ListWords(NamedTuple):
    """The words of lists in one language or both, and which draw belongs to which phase.

    Attributes
    ----------
    title, source : str
        First and last line above every list.
    warnings : tuple of str
        Lines between name and source: TRIAL, weak seed, notice.
    titles : Mapping of str to str
        Name of each list that is no school's, by its key.
    headings : Mapping of str to str
        Heading by what it means.
    sexes : Mapping of str to str
        Word for each sex by its letter in the roster.
    other_sheets : frozenset of str
        Titles of the sheets of a workbook that are no list.
    ways : Mapping of str to frozenset of Way
        Phase and outcome by the words for the way of admission; several where the words keep the ground untold.
    places : Mapping of Way to int
        Place of a way in a list: those admitted earlier come first.
    draw : callable
        Words for a draw, of the way it decided and the name of the school.
    queues : Mapping of str to Way
        Way by the id of a draw without its school: ``batch-A``, ``divert-A``, ``adjust``.
    after : Mapping of str to str
        Id of the order in which those stand who lost in the draws of a home batch, or are unplaced in a diversion.
    schools : frozenset of str
        Schools here that the policy names; each has a list.
    """

    title: str
    source: str
    warnings: tuple[str, ...]
    titles: Mapping[str, str]
    headings: Mapping[str, str]
    sexes: Mapping[str, str]
    other_sheets: frozenset[str]
    ways: Mapping[str, frozenset[Way]]
    places: Mapping[Way, int]
    draw: Callable[[Way, str], str]
    queues: Mapping[str, Way]
    after: Mapping[str, str]
    schools: frozenset[str]

    def draw_id(self, way: Way, school: str) -> str:
        """Return the id of the draw of a way at a school; empty where a way has none."""
        for prefix, other in self.queues.items():
            if other == way:
                return prefix if self.is_placement(prefix) else f"{prefix}/{school}"
        return ""

    def is_placement(self, prefix: str) -> bool:
        """Return whether a draw gives schools (diversion, adjustment) and is not held at one."""
        return self.queues[prefix][1] in ("diverted", "adjusted")


WordsOf = Callable[[ListLanguages], ListWords]
"""Gives the words of lists in one language or both."""
