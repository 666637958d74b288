"""The explanation of one determination: the answer, the categories tried, what is open, and who ruled what."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.determination import CategoryTest, Reasons
from allocator.domain import OfficeTables
from allocator.explanation.office.words import OfficeWords
from allocator.ground import Language


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
        return {"condition": self._words.condition(name), "clause": self._words.condition_clause(name, test.rule)}

    def _open(self) -> Iterator[str]:
        row = self._row
        if row.missing:
            yield self._say("explain.determined.missing", what=self._words.names("missing", row.missing))
        if row.ruling:
            yield self._say("explain.determined.ruling", what=self._words.names("ground", row.ruling))

    def _decided(self) -> Iterator[str]:
        """Give each ruling with who, why and when."""
        for ruling in self._reasons.rulings:
            who = {"authority": ruling.authority, "reason": ruling.reason, "day": str(ruling.decided_on)}
            words = who | self._words.ruled(ruling)
            yield self._say("explain.determined.decided", id=ruling.ruling_id, **words).rstrip()

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
