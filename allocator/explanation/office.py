"""Why a child has its category: told from the office's tables, determined anew (office-procedure.md section 3).

The answer, the categories tried, what is open, who ruled what; clauses with the plan's own sections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from allocator.determination import CategoryRule, CategoryTest, Reasons, steps_behind_child
from allocator.domain import OfficeTables, Ruling
from allocator.ground import Fault, InputError, Language, text, without_card_numbers
from allocator.reading import plan_sections, section_words
from allocator.reading.office import read_office

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


class OfficeStory:
    """What the rules find of one child, in one language; other families go without name and number."""

    def __init__(self, tables: OfficeTables, reasons: Reasons, language: Language) -> None:
        self._policy = tables.policy
        self._reasons, self._row = reasons, reasons.row
        self._words = OfficeWords(tables, language)
        self._say = self._words.say

    def lines(self) -> Iterator[str]:
        """Give the answer first, then whose it is, why, and what can still change it."""
        yield self._answer()
        yield self._policy.title.in_(self._words.language)
        if self._policy.notice.zh:
            yield self._policy.notice.in_(self._words.language)
        yield self._child() if self._row.track else self._say("explain.child", id=self._row.applicant_id)
        yield from self._tests()
        yield from self._open()
        yield from self._decided()
        yield from self._home()
        yield from self._checks()
        if self._row.flags:
            yield self._say("explain.determined.flags", what=self._words.names("flag", self._row.flags))

    def _answer(self) -> str:
        row = self._row
        result = self._words.name("result", row.result)
        if row.category:
            name = self._words.category(row.category)
            answer = self._say("explain.determined.category", result=result, category=row.category, name=name)
        else:
            answer = self._say("explain.determined.gate", result=result)
        return self._words.join(answer, self._words.clause(row.clause))

    def _child(self) -> str:
        row, name = self._row, self._words.name
        where = {"track": name("track", row.track), "zone": self._words.zone(row.zone)}
        return self._say("explain.determined.child", id=row.applicant_id, status=name("status", row.status), **where)

    def _tests(self) -> Iterator[str]:
        """Give every category tried, with what it lacked; none of a child that a gate took."""
        if self._reasons.tests:
            yield self._say("explain.determined.tests")
        for test in self._reasons.tests:
            kind = "holds" if test.value is True else "fails" if test.value is False else "open"
            yield self._say(f"explain.determined.{kind}", name=self._words.rule(test.rule))
            yield from self._terms(test)

    def _fact(self, name: str) -> str:
        """Return what the tables say of a condition, empty where no figure or date stands behind it."""
        fact = self._reasons.facts.get(name)
        return "" if fact is None else self._say(f"explain.determined.fact.{fact.kind}", value=fact.value)

    def _terms(self, test: CategoryTest) -> Iterator[str]:
        """Give what a category fails, each with its clause; what is open by itself only where nothing fails."""
        for name in test.failed:
            yield self._say("explain.determined.failed", **self._condition(name, test))
        if test.value is False and test.open:
            names = (self._words.condition(name) for name, _ in test.open)
            yield self._say("explain.determined.also", conditions=self._words.listed(names))
        elif test.value is not True:
            for name, codes in test.open:
                lacking = self._words.codes(codes)
                yield self._say("explain.determined.waits", lacking=lacking, **self._condition(name, test))

    def _condition(self, name: str, test: CategoryTest) -> dict[str, str]:
        clause = self._words.condition_clause(name, test.rule)
        return {"condition": self._words.condition(name), "clause": clause, "fact": self._fact(name)}

    def _open(self) -> Iterator[str]:
        row = self._row
        if row.missing:
            yield self._say("explain.determined.missing", what=self._words.names("missing", row.missing))
        if row.ruling:
            yield self._say("explain.determined.ruling", what=self._words.names("ground", row.ruling))

    def _decided(self) -> Iterator[str]:
        """Give each ruling with who, why and when; then each approved decision that does not stand, with the cause."""
        for ruling in self._reasons.rulings:
            who = {"authority": ruling.authority, "reason": ruling.reason, "day": str(ruling.decided_on)}
            words = who | self._words.ruled(ruling)
            yield self._say("explain.determined.decided", id=ruling.ruling_id, **words).rstrip()
        for decision, lacks in self._reasons.lacking:
            what = self._words.listed(self._say(f"explain.determined.decision.{name}") for name in lacks)
            kind = self._say(f"explain.determined.kind.{decision.kind}")
            yield self._say("explain.determined.lacking", id=decision.decision_id, kind=kind, what=what)

    def _home(self) -> Iterator[str]:
        """Give the locks that hit the home and how many children of other families use it, none by name."""
        for lock in self._reasons.locks:
            stage = self._say(f"explain.determined.stage.{lock.stage}")
            yield self._say("explain.determined.lock", year=lock.intake_year, stage=stage)
        if self._reasons.rivals:
            yield self._say("explain.determined.rivals", count=len(self._reasons.rivals))

    def _checks(self) -> Iterator[str]:
        found = [
            self._say(
                "explain.determined.check",
                subject=self._words.name("subject", subject),
                result=self._words.name("check", result),
            )
            for subject, result in sorted(self._reasons.checks.items())
        ]
        if found:
            yield self._say("explain.determined.checks", what=self._words.listed(found))


APPLICATIONS = "applications"
"""The table that a folder of the office has, and the output of a run has not."""


def explain_determination(folder: Path, applicant_id: str, language: Language) -> str:
    """Return what the rules find of a child and why, from a folder of the office's tables.

    Raises
    ------
    InputError
        If the tables have faults, or no child has this number.
    """
    return explain_office_tables(read_office(folder), applicant_id, language)


def explain_office_tables(tables: OfficeTables, applicant_id: str, language: Language) -> str:
    """Return what the rules find of a child and why, one paragraph a line, without card numbers.

    Raises
    ------
    InputError
        If no child has this number.
    """
    found = steps_behind_child(tables, applicant_id)
    if found is None:
        raise InputError([Fault("explain.determined.unknown", APPLICATIONS, value=applicant_id)])
    return without_card_numbers("\n".join(OfficeStory(tables, found, language).lines()))
