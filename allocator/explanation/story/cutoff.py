"""The child's own place in an order against the cut-off of a school: one line of ``cutoffs.csv`` in words."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.explanation.reader import CutoffCells
from allocator.explanation.story.words import StoryWords
from allocator.record import HOME, RECEIVING, Event

STEP_NAMES = {0: "", 1: HOME, 2: RECEIVING}


class CutoffWords:
    """What is said of cut-offs.

    Parameters
    ----------
    lines : mapping
        Lines of the file; none in a folder made before there was one.
    words : StoryWords
        The language, and the names of the run.
    ending : str
        What codes of texts end in where another order stands for tickets: ``.numbers``, ``.ring``, else nothing.
    digits : int
        Digits shown of another's ticket.
    """

    def __init__(self, lines: CutoffCells, words: StoryWords, ending: str, digits: int) -> None:
        self._lines, self._words, self._digits = lines, words, 0 if ending else digits
        self._lot = words.say(f"lot{ending}")

    def line(self, event: Event) -> str:
        """Return how the child stood against the last one admitted; empty where there is no line of its order."""
        cells = self._lines.get((event.school, event.phase, STEP_NAMES[event.step]))
        if cells is None or not event.order:
            return ""
        words = {
            "school": self._words.school(event.school), "wanted": int(cells["wanted"]), "own": event.rank,
            "admitted": int(cells["admitted"]), "last": cells["last_rank"],
        }  # fmt: skip
        if not cells["last_rank"]:
            return self._words.say("cutoff.none", **words)
        if not cells["first_refused"]:
            return self._words.say("cutoff.all", **words)
        own = {"tier": cells["tier"] and str(event.tier), "category": cells["category"] and event.category}
        alike = own == {name: cells[name] for name in own} and {name for name, _ in event.key} <= own.keys()
        return self._words.say(
            "cutoff.last", **words, last_keys=self._keys(cells), own_keys=self._keys(own),
            last_lot=self._ticket(cells["last_ticket"], alike), own_lot=self._ticket(event.ticket, alike),
        )  # fmt: skip

    def _keys(self, cells: Mapping[str, str]) -> str:
        """Return tier and category, each where the order has it."""
        found = ((name, cells[name]) for name in ("tier", "category"))
        return "".join(self._words.say(f"cutoff.{name}", **{name: value}) for name, value in found if value)

    def _ticket(self, ticket: str, alike: bool) -> str:
        """Return a ticket where nothing before it set the two apart; a number or a place is shown whole."""
        shown = f"{ticket[: self._digits]}…" if self._digits else ticket
        return self._words.say("cutoff.ticket", lot=self._lot, ticket=shown) if alike else ""
