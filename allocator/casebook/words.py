"""The words of the case book on terminal and lists: what a round is called."""

from __future__ import annotations

from allocator.ground import TEXTS, Language, text


def round_words(name: str, language: Language) -> str:
    """Return what a round, or ``decisions``, is called: 第 A 批, batch A; a name that is none stays as it is."""
    if f"book.round.{name}" in TEXTS and name not in ("batch", "further"):
        return text(f"book.round.{name}", language)
    kind, _, rest = name.partition("-")
    if kind == "batch" and rest:
        return text("book.round.batch", language, category=rest)
    return text("book.round.further", language, number=rest) if kind == "adjustment" and rest else name
