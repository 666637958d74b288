"""The explanation of one child while it is written: the answer first, then whom it is about, then what happened."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    BEFORE_TICKET,
    DIVERTED,
    EXTERNAL,
    NEEDS_RULING,
    UNPLACED,
    AdjustmentPhase,
)
from allocator.explanation.reader import Record
from allocator.explanation.story.cutoff import CutoffWords
from allocator.explanation.story.heading import Heading
from allocator.explanation.story.nearness import Nearness
from allocator.explanation.story.wishes import Wishes, switches_on_wishes
from allocator.explanation.story.words import StoryWords
from allocator.ground import Language
from allocator.record import Cut, Event

TICKET_DIGITS = 16
"""Digits shown of another's ticket; the whole stands in ``draws/``. A child's own ticket is shown whole."""

SCHOOLS_TOLD = 12
"""Schools without room that are told one by one; of a longer list the rest is told by name. All stand in the record."""

SEATED = frozenset({ADMITTED, DIVERTED, ADJUSTED})
"""Results that are a seat here."""

CHOSEN = frozenset({"choice", "deferred_acceptance"})
"""Kinds of phases in which a family chose, and loses nothing when it is refused."""

TOLD_KEYS = frozenset(BEFORE_TICKET) - {"tier", "category"}
"""Keys of an order whose value is told to who was admitted; tier and category are told by themselves."""

DIVERSION = 2
"""Step of a batch in which children are diverted."""


class Story:
    """The explanation while it is written."""

    def __init__(self, record: Record, applicant_id: str, language: Language) -> None:
        self._record = record
        self._party = record.party
        self._id = applicant_id
        size = len(record.events[0].children) if record.events else 0
        sections = record.party.sections if record.party else {}
        self._words = StoryWords(language, record.summary["names"], size, sections)
        self._say, self._join = self._words.say, self._words.join
        self._cutoffs = CutoffWords(record.cutoffs, self._words, self._ending, TICKET_DIGITS)

    def lines(self) -> Iterator[str]:
        """Give the lines: the answer, marks, the child and its wishes, what happened, how to recompute the lots."""
        yield from Heading(self._record, self._id, self._words).lines()
        yield self._say("story")
        for number, event in enumerate(self._record.events, start=1):
            yield f"{number}. {self._place(event)}{self._event(event)}"
            if cutoff := self._cutoffs.line(event):
                yield f"   {cutoff}"
            yield from self._full(event)
        if self._party is not None:
            yield from switches_on_wishes(self._party, self._record.events, self._words)
        yield from self._tickets()

    def _place(self, event: Event) -> str:
        """Return where something happened: phase, school, and the number of the choice."""
        if not event.phase:
            return self._say("place.end")
        words = {
            "phase": self._words.phase(event.phase),
            "school": self._words.school(event.school),
            "choice": event.choice,
        }
        return self._say("place.choice" if event.choice else "place" if event.school else "place.none", **words)

    def _event(self, event: Event) -> str:
        """Return what happened, what it was measured against, and the clause."""
        sentences = [self._sentence(event)]
        refused = event.result in {"not_admitted", "passed_over", "no_seat"}
        if refused and event.school:
            sentences += self._comparison(event)
        if refused and self._words.kind(event.phase) in CHOSEN:
            sentences.append(self._say("nothing_lost"))
        return self._join(*sentences, self._words.clause(event.rule))

    def _sentence(self, event: Event) -> str:
        """Return what happened, by result."""
        if event.result in {EXTERNAL, UNPLACED}:
            return self._say(event.result)
        if event.result == NEEDS_RULING:
            code = "decision.needs_ruling" if event.school else "referral"
            return self._say(code, open=_seats(event.seats_open))
        if event.result == ADMITTED:
            return self._admitted(event)
        if event.result in {DIVERTED, ADJUSTED}:
            return self._found(event)
        return self._refused(event)

    def _admitted(self, event: Event) -> str:
        """Return how a seat was won at a school to which the child came by itself."""
        if self._words.kind(event.phase) == "decision":
            return self._say("decision.admitted", before=_seats(event.seats_before))
        words = {"open": _seats(event.seats_open), "of": event.of, "rank": event.rank, "draw": self._draw(event)}
        code = "admitted.drawn" if event.draw_id else "admitted.equals" if event.key else "admitted"
        sentence = self._say(code, **words)
        priority = self._join(self._tier(event), *self._priority(event))
        return self._join(sentence, priority, self._own(event), self._over_plan(event))

    def _priority(self, event: Event) -> Iterator[str]:
        """Give what put the child first or not at a school of a voluntary round: a sibling there, the walk zone."""
        for key, value in event.key:
            if key in TOLD_KEYS:
                yield self._say(f"key.{key}.{min(value, 1)}")

    def _tier(self, event: Event) -> str:
        """Return the child's tier in a voluntary round and the zones of it, where there are several."""
        if not event.tier or self._party is None or len(self._party.tiers(event.phase)) < 2:
            return ""
        return self._say("tier", number=event.tier, zones=self._zones_of(event, event.tier))

    def _zones_of(self, event: Event, tier: int) -> str:
        """Return the zones of a tier, in brackets; empty where they are not known."""
        tiers = self._party.tiers(event.phase) if self._party else ()
        if not 0 < tier <= len(tiers):
            return ""
        return self._say("tier.zones", zones=self._words.listed(map(self._words.zone, tiers[tier - 1])))

    def _found(self, event: Event) -> str:
        """Return how a seat was found in a diversion or adjustment, and why it is this school."""
        words = {
            "rank": event.rank, "of": event.of, "draw": self._draw(event), "before": _seats(event.seats_before),
            "school": self._words.school(event.school),
        }  # fmt: skip
        near = self._nearness(event)
        code = "diverted.distance" if event.result == DIVERTED and self._by_distance() else event.result
        if near is not None and event.result == ADJUSTED and event.school in near.square:
            code = "adjusted.distance"
            words["metres"] = near.metres(event.school)
        order = "before.distance" if code == "adjusted.distance" else "before"
        before = self._say(order, count=len(event.schools)) if event.schools else ""
        why = self._why(event, near)
        return self._join(self._say(code, **words), why, self._own(event), self._over_plan(event), before)

    def _why(self, event: Event, near: Nearness | None) -> str:
        """Return why it is this school and no other: its place on a list, or the metres."""
        party = self._party
        phase = party.phase(event.phase) if party else None
        if party is None or phase is None:
            return ""
        if near is not None:
            return self._measured(event, near)
        if isinstance(phase, AdjustmentPhase):
            place = phase.schools.index(event.school) + 1
            return self._join(
                self._without_place(event), self._say("place_on.adjustment", place=place, count=len(phase.schools))
            )
        return Wishes(party, self._record.events, self._words).place_on_list(phase, event.school)

    def _without_place(self, event: Event) -> str:
        """Return that the list counts although the adjustment goes by distance, where the home has no place."""
        party, adjusting = self._party, self._words.kind(event.phase) == "adjustment"
        by_distance = party is not None and party.policy.switches.adjust_by == "distance"
        return self._say("no_place") if adjusting and by_distance and party and not party.lead.x else ""

    def _measured(self, event: Event, near: Nearness) -> str:
        """Return the metres of the school and of the others, and the rule among equals."""
        assert self._party is not None
        phase = self._party.phase(event.phase)
        assert phase is not None
        walk = self._party.walk(phase)
        if event.result == DIVERTED:
            return near.set_apart(event.school, walk)
        if event.school not in near.square:
            return self._join(self._say("no_place.school"), near.others(event.school, walk))
        return near.candidates(event.school, walk[walk.index(event.school) + 1 :])

    def _nearness(self, event: Event) -> Nearness | None:
        """Return the distances that decided an event; None where none did."""
        phase = self._party.phase(event.phase) if self._party else None
        if self._party is None or phase is None:
            return None
        adjusting = isinstance(phase, AdjustmentPhase)
        if not (self._party.by_distance if adjusting else self._by_distance() and event.step == DIVERSION):
            return None
        return Nearness(self._party, self._party.walk(phase), self._words, whole=not adjusting)

    def _refused(self, event: Event) -> str:
        """Return why there was no seat."""
        words = {
            "open": _seats(event.seats_open), "before": _seats(event.seats_before), "of": event.of, "rank": event.rank,
            "draw": self._draw(event), "size": len(event.children), "count": len(event.schools),
        }  # fmt: skip
        kept = self._say("kept", kept=event.kept) if event.kept else ""
        if event.result == "no_seat":
            sentence = self._say(f"no_seat.{self._no_seat(event)}", **words)
            return self._join(sentence, kept, self._without_place(event), self._own(event))
        first = self._say("first_in_line") if event.result == "passed_over" and event.step == 1 else ""
        code = event.result if event.draw_id or event.result != "not_admitted" else "not_admitted.no_draw"
        compared = event.cut and _same_order(event, event.cut) and _deciding(event, event.cut) == "tier"
        tier = "" if compared else self._tier(event)  # the comparison tells both tiers
        cap = self._cap(event.school) if event.result == "passed_over" else ""
        return self._join(self._say(code, **words), cap, kept, tier, self._own(event), first)

    def _no_seat(self, event: Event) -> str:
        """Return which of the sentences about missing seats fits."""
        if not event.school:
            if self._words.kind(event.phase) == "adjustment":
                return "adjustment"
            return "distance" if self._by_distance() else "list"
        return {0: "choice", 1: "home"}.get(event.step, "walk")

    def _over_plan(self, event: Event) -> str:
        """Return by how much a seat exceeds the plan, or what was offered in a voluntary round, where it does."""
        over = -(event.seats_after or 0)
        offered = self._party is not None and self._party.offers(event.phase)
        return self._say("over_offered" if offered else "over_plan", over=over) if over > 0 else ""

    def _cap(self, school: str) -> str:
        """Return that twins may exceed the plan but not the hard cap, where that kept them from a seat."""
        cap = self._party.capped(school) if self._party and school else 0
        return self._say("hard_cap", cap=cap) if cap else ""

    def _by_distance(self) -> bool:
        """Whether diversion kept the sum of distances small."""
        return bool(self._record.summary["switches"]["divert_assign"] == "least_distance")

    def _comparison(self, event: Event) -> Iterator[str]:
        """Give what decided at a school: the key that differed from the last one admitted, or that it came before."""
        cut = event.cut
        if event.result == "passed_over":
            return
        if cut is None:
            if self._words.kind(event.phase) != "deferred_acceptance":
                yield self._say("cut.none")
        elif self._words.kind(cut.phase) == "decision":
            yield self._say("cut.decision")
        elif _same_order(event, cut):
            yield self._decided(event, cut)
        else:
            words = {"category": cut.category, "phase": self._words.phase(cut.phase), "step": self._step(cut)}
            yield self._say("cut.earlier", lots=self._say(f"lots{self._ending}"), **words)

    def _full(self, event: Event) -> Iterator[str]:
        """Give a line for each school without room that was tried on the way, and one for the rest of a long list."""
        tried = list(zip(event.schools, event.cuts, event.seats_there, strict=True))
        near = self._nearness(event) if event.schools else None
        for school, cut, seats in tried[:SCHOOLS_TOLD]:
            name = near.with_metres(school) if near else self._words.school(school)
            words = {"school": name, "before": seats, "size": len(event.children)}
            why = self._say("full.too_few" if seats > 0 else "full.no_seat", **words)
            why = self._join(why, self._cap(school) if seats > 0 else "")
            yield "   " + self._join(why, *self._full_cut(event, cut, seats), self._words.clause(event.schools_rule))
        if rest := event.schools[SCHOOLS_TOLD:]:
            sentence = self._say("full.rest", count=len(rest), schools=self._words.schools(rest))
            yield "   " + self._join(sentence, self._words.clause(event.schools_rule))

    def _full_cut(self, event: Event, cut: Cut | None, seats: int) -> Iterator[str]:
        """Give the last one admitted at a school without room, and what put it first where one order held both."""
        if cut is None:
            yield self._say("cut.none")
        elif self._words.kind(cut.phase) == "decision":
            yield self._say("cut.decision")
        else:
            same = _same_order(event, cut)
            words = {"category": cut.category, "phase": self._words.phase(cut.phase), "step": self._step(cut)}
            yield self._say("full.last" if same else "full.earlier", **words)
            # The least sum of distances is no walk, and a bundle too large for the seats left lost to nobody.
            if same and seats <= 0 and self._words.kind(event.phase) == "adjustment":
                yield self._full_decided(event, cut)

    def _full_decided(self, event: Event, cut: Cut) -> str:
        """Return what put the last one admitted first; the child's whole ticket stands in the line above."""
        if _deciding(event, cut) != "ticket":
            return self._decided(event, cut)
        digits = {"cut": self._digits(cut.ticket), "own": self._digits(event.ticket)}
        return self._say(f"full.ticket{self._ending}", draw=self._draw(event), **digits)

    @property
    def _ending(self) -> str:
        """What the codes end in of messages that show a ticket, where another order gives what stands for it."""
        return f".{self._record.summary['order']['kind']}" if "order" in self._record.summary else ""

    def _digits(self, ticket: str) -> str:
        """Return what is shown of another's ticket; a number or a place is shown whole."""
        return ticket if self._ending else ticket[:TICKET_DIGITS]

    def _draw(self, event: Event) -> str:
        """Return what people call the draw that gave the order of an event."""
        draw_id = event.order or event.draw_id
        return self._words.draw(event.phase, event.school, draw_id, diversion=event.step == DIVERSION)

    def _step(self, cut: Cut) -> str:
        """Return the step of a batch, in brackets; empty elsewhere."""
        return self._say(f"step.{cut.step}") if cut.step else ""

    def _decided(self, event: Event, cut: Cut) -> str:
        """Return which part of the order put the last one admitted first; the tickets only if nothing else did."""
        key = _deciding(event, cut)
        if key == "ticket":
            words = {"cut": self._digits(cut.ticket), "own": event.ticket, "draw": self._draw(event)}
            return self._say(f"cut.ticket{self._ending}", **words)
        if key == "tier":
            words = {
                "cut": f"{cut.tier}", "cut_zones": self._zones_of(event, cut.tier),
                "own": f"{event.tier}", "own_zones": self._zones_of(event, event.tier),
            }  # fmt: skip
        else:
            words = {"cut": cut.category, "own": event.category}
        return self._say(f"cut.{key}", lot=self._lot, **words)

    @property
    def _lot(self) -> str:
        """What the lot is called: a ticket, or what stands for it."""
        return self._say(f"lot{self._ending}")

    def _own(self, event: Event) -> str:
        """Return the child's own ticket where it counted and is set against no other."""
        counted = event.result in SEATED or event.result == "passed_over" or not event.school
        told = event.draw_id and event.ticket and counted
        return self._say(f"ticket{self._ending}", ticket=event.ticket) if told else ""

    def _tickets(self) -> Iterator[str]:
        """Give how a ticket is recomputed, if any was told."""
        for event in self._record.events:
            cut = event.cut
            if self._own(event) or (cut and _same_order(event, cut) and _deciding(event, cut) == "ticket"):
                summary = self._record.summary
                session = ".session" if summary["switches"]["ticket_scope"] == "per_session" else ""
                code = f"tickets{self._ending or session}"
                yield self._say(code, seed=summary["seed"], party=event.party, **summary.get("order", {}))
                return


def _same_order(event: Event, cut: Cut) -> bool:
    """Whether the last one admitted stood in the same order as the party; only then can they be compared."""
    return bool(cut.ticket) and (cut.phase, cut.order) == (event.phase, event.order)


def _deciding(event: Event, cut: Cut) -> str:
    """Return the name of the first part of the order in which two parties differ."""
    return next((name for (name, own), (_, other) in zip(event.key, cut.key, strict=True) if own != other), "ticket")


def _seats(number: int | None) -> int:
    """Return a number of seats as people count them: never below 0."""
    return max(0, number or 0)
