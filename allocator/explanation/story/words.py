"""Words of an explanation: one language, the names of the run, and whom it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from allocator.ground import TEXTS, Language, text
from allocator.reading import section_words
from allocator.record import draw_name


class StoryWords:
    """Texts of explanations in one language.

    Parameters
    ----------
    names : Mapping
        What people call schools, categories, zones and phases (``names`` of ``summary.json``).
    size : int
        Children who stay together: one is the child, several are the twins.
    """

    def __init__(self, language: Language, names: Mapping[str, Any], size: int, sections: Mapping[str, str]) -> None:
        self.language = language
        self.names = names
        self.sections = sections
        self._several = size > 1

    def say(self, code: str, **params: object) -> str:
        """Return a text of explanations, of twins the one that speaks of them."""
        twins = f"explain.{code}.twins"
        return text(twins if self._several and twins in TEXTS else f"explain.{code}", self.language, **params)

    def join(self, *sentences: str) -> str:
        """Join sentences: with a space in English, with nothing in Chinese."""
        return ("" if self.language == "zh" else " ").join(filter(None, sentences))

    def listed(self, words: Iterable[str]) -> str:
        """Return several things as a list."""
        return self.say("schools").join(words)

    def school(self, school_id: str) -> str:
        """Return the name of a school, its id where it has none."""
        return self.names["schools"].get(school_id) or school_id

    def schools(self, schools: Iterable[str]) -> str:
        """Return the names of schools, as a list."""
        return self.listed(map(self.school, schools))

    def zone(self, zone: str) -> str:
        """Return what people call a zone."""
        name: str = self.names.get("zones", {}).get(zone, {}).get(self.language) or zone
        return name

    def phase(self, label: str) -> str:
        """Return the name of a phase."""
        phase: dict[str, str] = self.names["phases"].get(label, {})
        return phase.get(self.language) or label

    def draw(self, label: str, school_id: str, draw_id: str, *, diversion: bool) -> str:
        """Return what the lists call a draw; in English its id, of which its tickets are made."""
        phase = self.names["phases"].get(label)
        if self.language == "en" or not draw_id or not phase:
            return draw_id
        return draw_name(phase, self.school(school_id), self.language, diversion=diversion)

    def kind(self, label: str) -> str:
        """Return the kind of a phase, as in the policy file."""
        return str(self.names["phases"].get(label, {}).get("kind", ""))

    def category(self, category: str) -> str:
        """Return the name of a category."""
        name: str = self.names["categories"].get(category, {}).get(self.language, "")
        return name

    def clause(self, clause: str) -> str:
        """Return the sentence that names a clause, with the plan's own section where it is known."""
        if not clause:
            return ""
        section = self.sections.get(clause, "")
        if not section:
            return self.say("clause", clause=clause)
        words = section_words(section)
        if self.language == "en":
            words = f"{section.replace(';', ', ')} ({words})"
        return self.say("clause.section", clause=clause, section=words)
