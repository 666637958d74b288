"""What became of what a change asked for: asked so many, did so many, left out so many and why (docs/what-if.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias

from allocator.domain import Text
from allocator.ground import Language, text
from allocator.sheets import Mark, bilingual

Unit: TypeAlias = Literal["children", "seats", "places", "values"]
"""What is counted: children, seats, places on lists and in zones, switches and weights."""


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """How many of something, for a reason whose words are a text of ``what_if.left`` or ``what_if.also``."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """What became of one request of a change.

    Attributes
    ----------
    file, line, change, key : str, int, str, str
        Where the request stands: file and line of the change, its kind, and the key where it has several.
    unit : str
        What is counted.
    asked, done : int
        What was asked for and what was done; both negative where something was to be taken away.
    left : tuple of AnswerPart
        What was left out, by reason: ``|asked|`` is ``|done|`` and these together.
    also : tuple of AnswerPart
        What followed from it, and what must be known beside it.
    """

    file: str
    line: int
    change: str
    key: str
    unit: Unit
    asked: int
    done: int
    left: tuple[AnswerPart, ...] = ()
    also: tuple[AnswerPart, ...] = ()

    def __post_init__(self) -> None:
        if abs(self.asked) != abs(self.done) + sum(part.count for part in self.left):
            raise ValueError(f"Expected all that was asked for to be done or left out, found {self}.")

    @property
    def whole(self) -> bool:
        """Whether all was done."""
        return not self.left


def answer_parts(counts: Mapping[str, int]) -> tuple[AnswerPart, ...]:
    """Return the reasons that count anything, in their order."""
    return tuple(AnswerPart(code, count) for code, count in counts.items() if count)


def answer_object(answer: ChangeAnswer) -> dict[str, Any]:
    """Return an answer as an object for JSON."""
    parts = {name: [{"reason": p.code, "count": p.count} for p in getattr(answer, name)] for name in ("left", "also")}
    names = ("file", "line", "change", "key", "unit", "asked", "done")
    return {**{name: getattr(answer, name) for name in names}, "left_out": sum(p.count for p in answer.left), **parts}


def answer_words(answer: Mapping[str, Any]) -> Text:
    """Return an answer, as the object of ``answer_object``, in one sentence."""
    return bilingual(partial(_sentence, answer))


def answer_line(answer: Mapping[str, Any]) -> Mark:
    """Return an answer as a line of a list; what was left out stands out."""
    words = answer_words(answer)
    return Mark(Text(f"· {words.zh}", f"· {words.en}"), "notice" if answer["left_out"] else "plain")


def _sentence(told: Mapping[str, Any], language: Language) -> str:
    """An answer in one language."""
    where = {"file": told["file"], "line": told["line"], "change": text(f"what_if.kind.{told['change']}", language)}
    key = f" {told['key']}" if told["key"] else ""
    asked = text(f"what_if.unit.{told['unit']}", language, count=f"{told['asked']:,}")
    done, left = f"{told['done']:,}", f"{told['left_out']:,}"
    said = text("what_if.answer", language, **where, key=key, asked=asked, done=done, left=left)
    return text("what_if.answer_joint", language).join([said, *_reasons(told, language)])


def _reasons(told: Mapping[str, Any], language: Language) -> Sequence[str]:
    """Reasons and consequences in words."""
    return [
        text(f"what_if.{name}.{part['reason']}", language, count=f"{part['count']:,}")
        for name in ("left", "also")
        for part in told[name]
    ]


def answer_reasons(answer: Mapping[str, Any]) -> Text:
    """Return the reasons and consequences of an answer, for a cell of a table."""
    return Text("；".join(_reasons(answer, "zh")), "; ".join(_reasons(answer, "en")))
