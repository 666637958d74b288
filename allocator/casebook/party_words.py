"""The account of a party in words, for an officer who answers its family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from allocator.book import EXTERNAL, NEEDS_RULING, SEATED, WAITING
from allocator.casebook.movements import MovementWords
from allocator.casebook.party_account import PartyAccount, SeatLot, TouchingEvent
from allocator.casebook.words import round_words, school_words
from allocator.domain import BookEvent, District
from allocator.ground import TEXTS, Language, masked_name, text
from allocator.sheets import zone_names

_TOLD_FIELDS = ("objection", "then", "result", "decision", "ground", "children", "annuls")


class PartyWords:
    """The sentences of an account.

    Parameters
    ----------
    district : District
        Where schools, zones and categories are called by name.
    names : mapping of str to str
        Of children, by id; empty where the book's folder has none.
    in_full : bool
        Whether names are not masked.
    """

    def __init__(
        self, account: PartyAccount, district: District, language: Language, names: Mapping[str, str], *, in_full: bool
    ) -> None:
        self.account, self.party, self.language = account, account.party, language
        self._names, self._in_full = names, in_full
        self._school = school_words(district.schools, language)
        self._zones = zone_names(district, language)
        self._categories = {c.category_id: c.name.in_(language) for c in district.policy.categories}
        self._moves = MovementWords(self._school, language)
        self._order = None if district.draw is None else district.draw.order

    def lines(self) -> Iterator[str]:
        """Yield the account, a line each."""
        account, party = self.account, self.party
        yield self._say("party", party=party.party_id, children=self._all(map(self._child, party.children)))
        if account.gone:
            yield self._say("gone", children=self._all(map(self._child, account.gone)))
        yield self._say("state", state=text(f"book.party.{party.state}", self.language))
        yield from self._seat()
        yield from self._waiting()
        yield from self._marks()
        yield self._say("events", count=len(account.events))
        yield from map(self._event, account.events)

    def standing(self) -> list[str]:
        """Return how the party stands: its seat and how it came, or where it waits."""
        return [*self._seat(), *self._waiting()]

    def marks(self) -> list[str]:
        """Return what the book holds true of the party."""
        return [*self._marks()]

    def _say(self, code: str, **words: object) -> str:
        return text(f"book.show.{code}", self.language, **words)

    def _all(self, words: Iterator[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(words)

    def _child(self, child: str) -> str:
        """Return a child's id, with its name where it is known."""
        name = self._names.get(child, "")
        return f"{child} {name if self._in_full else masked_name(name)}" if name else child

    def _seat(self) -> Iterator[str]:
        """Yield school, round, and how the seat came."""
        party, lot = self.party, self.account.lot
        if party.state == EXTERNAL:
            yield self._say("external", school=self._school(party.school))
        if party.state != SEATED:
            return
        name = round_words(party.round or party.phase, self.language)
        yield self._say("seat", school=self._school(party.school), round=name)
        if not party.round:
            yield self._say("special")
        elif lot is None:
            yield self._say("no_lot")
        else:
            yield from self._lot(lot)
        if party.outcome == "diverted":
            yield self._say("diverted", home=self._school(self.account.home))

    def _lot(self, lot: SeatLot) -> Iterator[str]:
        """Yield draw, place and ticket; of another order than that of tickets also what it cannot guarantee."""
        code = "lot_everywhere" if lot.place is None else "lot"
        code += f".{self._order.kind}" if self._order else ""
        yield self._say(code, draw=lot.draw_id, ticket=lot.ticket, place=lot.place, parties=lot.parties)
        if self._order:
            yield text(f"draw.order_{self._order.kind}", self.language, **self._order.words)

    def _waiting(self) -> Iterator[str]:
        """Yield the queues, and what comes next for a party without a seat."""
        for queue in self.account.queues:
            words = {"round": round_words(queue.round, self.language), "school": self._school(queue.school)}
            yield self._say("queue", place=queue.place, **words)
        if self.party.state == NEEDS_RULING:
            yield self._say("ruling")
        if self.party.state == WAITING:
            if not self.account.queues:
                yield self._say("no_queue")
            if self.account.comes_to:
                yield self._say("comes_to", round=round_words(self.account.comes_to, self.language))

    def _marks(self) -> Iterator[str]:
        """Yield what the book holds true of the party now."""
        party, lead = self.party, self.party.lead
        category = f"{lead.category} {self._categories.get(lead.category, '')}".strip()
        yield self._say("status", status=text(f"totals.status.{lead.status}", self.language), category=category)
        home = self._school(self.account.home) if self.account.home else self._say("none")
        yield self._say("zone", zone=f"{self._zones.get(lead.zone, '')}（{lead.zone}）" if self.language == "zh" else
                        f"{self._zones.get(lead.zone, '')} ({lead.zone})", home=home)  # fmt: skip
        if lead.registered_school:
            yield self._say("registered", school=self._school(lead.registered_school))
        if party.p9_only:
            yield self._say("p9_only")
        if party.first:
            yield self._say("first")
        if party.school_first:
            yield self._say("school_first", school=self._school(party.school_first))
        if party.target:
            code = "no_target" if party.target == "none" else "target"
            yield self._say(code, round=round_words(f"batch-{party.target}", self.language))

    def _event(self, touching: TouchingEvent) -> str:
        """Return one event: number, day, what, by whom, its reason, and whether the party moved."""
        event = touching.event
        words = {
            "seq": event["seq"], "at": str(event["at"]).replace("T", " "),
            "event": text(f"book.event.{event['type']}", self.language), "by": event["by"],
            "role": text(f"book.role.{event['role']}", self.language), "about": self._about(event),
        }  # fmt: skip
        told = self._say("event", **words)
        before, after = self._moves.standing(touching.before), self._moves.standing(touching.after)
        if touching.before != touching.after:
            told += self._say("enters" if touching.before is None else "moved", before=before, after=after)
        if touching.annulled_by:
            told += self._say("annulled", seq=touching.annulled_by)
        return told

    def _about(self, event: BookEvent) -> str:
        """Return what an event says beside its type: round, school, decision, reason."""
        told = []
        if "round" in event:
            told.append(round_words(str(event["round"]), self.language))
        if event["type"] == "late_intake":
            told.append(self._say("intake", count=event["children"]))
        else:
            told += [self._value(field, str(event[field])) for field in _TOLD_FIELDS if field in event]
        if event.get("school"):
            told.append(self._school(str(event["school"])))
        if event.get("category"):
            told.append(f"{event['category']}, {event['zone']}")
        told += [str(event[field]) for field in ("reason", "text") if field in event]
        return "" if not told else self._say("about", words=self._joined(told))

    def _value(self, field: str, value: str) -> str:
        """Return a word of an event in the language, where there is one."""
        code = f"book.show.{field}.{value}"
        return text(code, self.language) if code in TEXTS else self._say(f"value.{field}", value=value)

    def _joined(self, words: Sequence[str]) -> str:
        return ("，" if self.language == "zh" else ", ").join(words)
