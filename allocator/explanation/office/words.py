"""Words of the determination in one language: conditions, what is open, clauses with the plan's own sections."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.determination import CategoryRule
from allocator.domain import OfficeTables, Ruling
from allocator.ground import Language, text
from allocator.reading.scenarios import plan_sections, section_words

CLAUSES = {
    "guardians": "C039", "booklet": "C028", "relation": "C028", "hukou_in_zone": "C017", "home_use": "C032",
    "delivered": "C033", "moved_in": "C011", "home_proof": "C029", "owner_parents": "C031",
    "owner_grandparents": "C031", "unlocked": "C127", "rents": "C035", "rents_or_borrows": "C035", "no_home": "C037",
    "work": "C036", "form5": "C038",
}  # fmt: skip
"""Clause of the plan behind a condition; of the others that of the category, whose words they are."""

_SWITCHED = {"guardian_hukou"}
"""Conditions whose words depend on a switch."""


_OF_THE_OFFICE = {"result", "status", "ground", "flag", "field"}
"""Kinds of words that the office reads in its lists too."""


class OfficeWords:
    """Texts of the determination in one language, with the policy's own dates, shares and names."""

    def __init__(self, tables: OfficeTables, language: Language) -> None:
        self.language = language
        self._tables = tables
        self._sections = plan_sections(tables.policy)
        office = tables.office
        self._values = {
            "before": office.papers_before,
            "half_year": office.half_year_before,
            "share": f"{office.share / 100:g}",
            "months": office.lease_months,
        }

    def say(self, code: str, /, **params: object) -> str:
        """Return a text with its fields filled in."""
        return text(code, self.language, **self._values, **params)

    def join(self, *sentences: str) -> str:
        """Join sentences: with a space in English, with nothing in Chinese."""
        return ("" if self.language == "zh" else " ").join(filter(None, sentences))

    def listed(self, words: Iterable[str]) -> str:
        """Return several things as a list."""
        return self.say("explain.determined.list").join(words)

    def name(self, kind: str, word: str) -> str:
        """Return what people call a fixed word of the determination: a result, status, flag or ground."""
        place = "office" if kind in _OF_THE_OFFICE else "determined"
        return self.say(f"{place}.{kind}.{word}")

    def names(self, kind: str, words: Iterable[str]) -> str:
        """Return what people call several words."""
        return self.listed(self.name(kind, word) for word in words)

    def condition(self, name: str) -> str:
        """Return a condition as the plan puts it."""
        switch = f".{self._tables.office.q18_parents}" if name in _SWITCHED else ""
        return self.say(f"determined.condition.{name}{switch}")

    def condition_clause(self, name: str, rule: CategoryRule) -> str:
        """Return where the plan asks for a condition of a category."""
        clause = CLAUSES.get(name, rule.clause)
        section = self._sections.get(clause, "")
        if not section:
            return self.say("explain.determined.see", clause=clause)
        return self.say("explain.determined.see_section", clause=clause, section=self._section(section))

    def codes(self, codes: Iterable[str]) -> str:
        """Return what open codes lack or leave to a ruling."""
        missing, ruling = _split(codes)
        told = [self.say("explain.determined.lacks", what=self.names("missing", missing))] if missing else []
        told += [self.say("explain.determined.settle", what=self.names("ground", ruling))] if ruling else []
        return self.listed(told)

    def category(self, category: str) -> str:
        """Return the policy's name of a category; the id where it has none."""
        found = (one.name.in_(self.language) for one in self._tables.policy.categories if one.category_id == category)
        return next(found, category)

    def rule(self, rule: CategoryRule) -> str:
        """Return the name of a line of the table of categories; C has two."""
        case = {"C021": 1, "C022": 2}.get(rule.clause)
        words = {"category": rule.category, "name": self.category(rule.category)}
        if case:
            return self.say("explain.determined.case", case=case, **words)
        return self.say("explain.determined.name", **words)

    def zone(self, zone: str) -> str:
        """Return a zone with its school."""
        if not zone:
            return self.say("explain.determined.no_zone")
        school = self._tables.schools[self._tables.zones[zone].school_id].title.in_(self.language)
        return self.say("explain.determined.zone", zone=zone, school=school)

    def ruled(self, ruling: Ruling) -> dict[str, str]:
        """Return what a ruling is about and what it says."""
        value = self.name(ruling.field, ruling.value) if ruling.field in ("result", "status") else ruling.value
        return {"field": self.name("field", ruling.field), "value": value}

    def clause(self, clause: str) -> str:
        """Return the sentence that names what decided: a clause with the plan's section, a ruling, an open question."""
        if clause.startswith("ruling:"):
            return self.say("explain.determined.by_ruling", ruling=clause.removeprefix("ruling:"))
        if clause.startswith("Q-"):
            return self.say("explain.determined.by_question", words=self.name("ground", clause), question=clause)
        section = self._sections.get(clause, "")
        if not section:
            return self.say("explain.clause", clause=clause)
        return self.say("explain.clause.section", clause=clause, section=self._section(section))

    def _section(self, section: str) -> str:
        """Return a section as the plan writes it; in English its number."""
        return section_words(section) if self.language == "zh" else section.replace(";", ", ")


def _split(codes: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return what is missing and what needs a ruling."""
    marked = sorted(codes)
    return [c[2:] for c in marked if c.startswith("m:")], [c[2:] for c in marked if c.startswith("r:")]
