"""The words of the case book on terminal and lists: what a round and a school are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from allocator.domain import School
from allocator.ground import TEXTS, Language, text


def round_words(name: str, language: Language) -> str:
    """Return what a round, or ``decisions``, is called: 第 A 批, batch A; a name that is none stays as it is."""
    if f"book.round.{name}" in TEXTS and name not in ("batch", "further"):
        return text(f"book.round.{name}", language)
    kind, _, rest = name.partition("-")
    if kind == "batch" and rest:
        return text("book.round.batch", language, category=rest)
    return text("book.round.further", language, number=rest) if kind == "adjustment" and rest else name


def school_words(schools: Mapping[str, School], language: Language) -> Callable[[str], str]:
    """Return what calls a school by its name in a language, if it has one, and its id; an id that is none, by that."""

    def _called(school_id: str) -> str:
        school = schools.get(school_id)
        name = "" if school is None else school.name if language == "zh" else school.name_en
        is_named = bool(name) and name != school_id
        return text("book.school", language, name=name, school=school_id) if is_named else school_id

    return _called
