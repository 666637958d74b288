"""The head of an explanation: the answer, what marks the run, and whom it is about."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.explanation.reader import Record
from allocator.explanation.story.wishes import Wishes
from allocator.explanation.story.words import StoryWords
from allocator.ground import text
from allocator.record import Event


class Heading:
    """The lines above the story."""

    def __init__(self, record: Record, applicant_id: str, words: StoryWords) -> None:
        self._record = record
        self._party = record.party
        self._id = applicant_id
        self._words = words
        self._say, self._join = words.say, words.join

    def lines(self) -> Iterator[str]:
        """Give the answer, the marks of the run, the child and its wishes."""
        yield self._result()
        yield from self._marks()
        yield from self._child()

    def _marks(self) -> Iterator[str]:
        """Give TRIAL, weak seed and another order than that of tickets; title and notice."""
        summary, language = self._record.summary, self._words.language
        if summary["trial"]:
            yield text("list.trial", language, seed=summary["trial_seed"])
        if summary["weak_seed"]:
            yield text("list.weak_seed", language)
        if order := summary.get("order"):
            yield text(f"draw.order_{order['kind']}", language, **order)
        yield summary["title"][language]
        if summary["notice"][language]:
            yield summary["notice"][language]

    def _child(self) -> Iterator[str]:
        """Give the number, who stays together with the child, its category, home and status, and its wishes."""
        yield self._say("child", id=self._id)
        if not self._record.events:
            return
        first = self._record.events[0]
        others = [child for child in first.children if child != self._id]
        if others:
            yield self._say("together", others=self._words.listed(others))
        sentences = [self._say("category", category=first.category, name=self._words.category(first.category))]
        family = Wishes(self._party, self._record.events, self._words) if self._party else None
        sentences += family.facts() if family else ()
        if self._words.kind(first.phase) == "adjustment":
            sentences += self._only_adjustment(first)
        yield self._join(*sentences)
        yield from family.wishes() if family else ()

    def _only_adjustment(self, event: Event) -> Iterator[str]:
        """Give why a child came to the adjustment alone."""
        if event.status != "verified":
            yield self._say(f"status.{event.status}")
        elif any(phase["kind"] == "batches" for phase in self._words.names["phases"].values()):
            yield self._say("no_batch")

    def _result(self) -> str:
        """Return the answer: where the child stands, and the clause."""
        row = self._record.row
        words = {"school": self._words.school(row.school_id), "phase": self._words.phase(row.phase)}
        return self._join(self._say(f"result.{row.outcome}", **words), self._words.clause(row.clause))
