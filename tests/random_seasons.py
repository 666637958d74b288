"""Random seasons: a small district and a year of events for it; the same number is the same season."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

from allocator.book.law import present_rows
from allocator.book.play import Book
from allocator.domain import ACCEPTED, NO_HEAD, BookEvent, District, OfficeValues, Row
from tests.crowds import crowd
from tests.event_faults import spoiled
from tests.strategies import random_district, random_switches

DIGEST = sha256(b"a file").hexdigest()
START = datetime(2023, 8, 1, 9)
CATEGORIES = ("A", "B", "C", "D", "E", "R1", "R2", "R3", "U")
ROLES = {
    "late_intake": "office", "reclassification": "group", "withdrawal": "office", "part_withdrawn": "school",
    "revocation": "group", "returned": "office", "objection_closed": "group", "ruling": "group",
    "seats_added": "group", "seats_removed": "group", "note": "principal", "signed_off": "principal",
    "unfrozen": "group",
}  # fmt: skip
"""Who enters an event; everything else is the office's."""
TEXTS = ("家长申请", 'says "no" \\ twice', "x", "é" * 500, "\U0001f600 / ok")
NAMES = (("preferential",), ("sibling", "no-home-school"), ("open-choice",), ("voluntary-1",), ("voluntary-2",))
"""Phases that a policy of a random season may lack, together."""


class RandomSeason(NamedTuple):
    """A district and the events proposed for it, in their order."""

    district: District
    events: tuple[BookEvent, ...]


class Known(NamedTuple):
    """What the author of a season keeps in mind; an annulment brings an earlier one back."""

    opened: int = 0
    public: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    last_day: date = START.date()
    objections: tuple[str, ...] = ()
    drawn: bool = False


def random_season(number: int, most: int = 90) -> RandomSeason:
    """Return the season of a number, with at most so many events."""
    rng = random.Random(f"season|{number}")
    author = Author(rng, _district(rng))
    author.begin()
    events = rng.choice((most // 6, most // 3, most, most))
    while len(author.events) < events:
        author.one_more()
    return RandomSeason(author.district, tuple(disturbed(author.district, author.events, rng)))


def disturbed(district: District, events: Sequence[BookEvent], rng: random.Random) -> Iterator[BookEvent]:
    """Yield the events of a season, and among them events of all its types that are refused where they stand."""
    book, now = Book(district), START.isoformat()
    by_type = {str(event.get("type")): event for event in rng.sample(events, len(events))}
    for event in events:
        others = [by_type[rng.choice((*by_type, "season_opened"))] for _ in range(rng.choice((0, 0, 1)))]
        for other in others if book.journal else list(by_type.values())[:6]:
            altered = {**other, "at": now, **rng.choice([one for one in ALTERED if set(one) <= set(other)])}
            if book.refusal(altered):
                yield altered
        yield event
        if book.propose(event) == ACCEPTED:
            now, again = str(event["at"]), event["type"] == "objection_closed"
            yield from [event] if again and book.refusal(event) else []


ALTERED: tuple[BookEvent, ...] = (
    {}, {}, {}, {"at": "2023-07-31T23:59:59"}, {"role": "principal"}, {"role": "school"}, {"year": 2022},
    {"digest": NO_HEAD}, {"party": "nobody"}, {"school": "nowhere"}, {"zone": "nowhere"}, {"round": "batch-Z"},
)  # fmt: skip
"""What is put in the place of a field, so that an event may be refused."""


def quiet_season(district: District) -> RandomSeason:
    """Return the season of a district with a draw in which nothing happens but rounds, one after the other."""
    assert district.draw is not None
    office = OfficeValues(publicity_days=0)
    author = Author(random.Random(0), replace(district, policy=replace(district.policy, office=office)))
    author.faulty = 0.0
    author.propose("season_opened", year=office.year, stage=office.stage, policy=DIGEST)
    author.propose("determined", inputs=DIGEST, determination=DIGEST)
    author.propose("frozen", inputs=DIGEST, roster=DIGEST, policy=DIGEST, held=0)
    author.propose("drawn", transcript=district.draw.seedhex)
    for name in author.rounds[:-3]:
        author.propose("round_opened", round=name)
        day = (author.now + timedelta(days=1)).date().isoformat()
        author.propose("publicity_opened", round=name, first_day=day, last_day=day)
        author.now += timedelta(days=2)
        author.propose("round_confirmed", round=name)
    return RandomSeason(author.district, tuple(author.events))


def _district(rng: random.Random) -> District:
    """Return a random district whose policy a book takes, with values of the office that matter to it."""
    switches = {**random_switches(rng), "receiving_order": "category_then_local"}
    size = rng.choice((0, 0, 0, 3, 8, 20))
    made = random_district(rng, size, switches) if size else crowd(rng, {**switches, "adjust_by": "list"})
    lacking = {name for names in NAMES if rng.random() < 0.06 for name in names}
    days = tuple(START.date() + timedelta(days=rng.randrange(60)) for _ in range(12))
    office = OfficeValues(
        year=rng.choice((2023, 2024)),
        next_round=rng.choice(("after_confirmation", "after_opening", "after_opening")),
        publicity_days=rng.choice((0, 1, 2, 5)),
        holidays=days[:6],
        workdays=days[4:],
    )
    phases = tuple(phase for phase in made.policy.phases if phase.phase_id not in lacking)
    return replace(made, policy=replace(made.policy, phases=phases, office=office))


class Author:
    """Writes a season event by event, looking at the list so that most of what it proposes can be meant."""

    def __init__(self, rng: random.Random, district: District) -> None:
        self.rng, self.district = rng, district
        self.book = Book(district)
        self.now = START
        self.events: list[BookEvent] = []
        self.past = [Known()]
        self.pace = rng.choice((0.2, 0.4, 0.4, 0.7, 0.9))
        self.faulty = rng.choice((0.05, 0.15, 0.3))
        self.hurry = rng.choice((0.5, 0.95))
        self.rounds = _rounds(district)
        self.own = sorted(s.school_id for s in district.schools.values() if not s.external)
        named = sorted(district.applicants, key=lambda child: (child.bundle or child.applicant_id, child.applicant_id))
        groups = groupby(named, key=lambda child: child.bundle or child.applicant_id)
        self.children = {ids[0]: ids for ids in ([child.applicant_id for child in group] for _, group in groups)}

    @property
    def known(self) -> Known:
        """What holds now."""
        return self.past[-1]

    def begin(self) -> None:
        """Come to the draw, or nearly."""
        office = self.district.policy.office
        assert office is not None
        frozen = {"inputs": DIGEST, "roster": DIGEST, "policy": DIGEST, "held": 0}
        self.propose("season_opened", year=office.year, stage=office.stage, policy=DIGEST)
        self.perhaps(0.3)
        self.propose("determined", inputs=DIGEST, determination=DIGEST)
        if self.rng.random() < 0.2:
            self.propose("frozen", **{**frozen, "held": 1})
            self.propose("frozen", **frozen)
            self.perhaps(0.5)
            self.propose("unfrozen", reason="x")
            self.propose("frozen", **frozen)
            self.propose("determined", inputs=DIGEST, determination=DIGEST)
        self.propose("frozen", **frozen)
        self.perhaps(0.3)
        self.propose("drawn", transcript=sha256(str(self.rng.random()).encode()).hexdigest())

    def perhaps(self, share: float) -> None:
        """Propose anything in this share of the cases; in the early states most of it is refused."""
        if self.rng.random() < share:
            self.one_more()

    def one_more(self) -> None:
        """Propose one more event, of whatever type."""
        draw = self.rng.random()
        if draw < self.pace:
            self.go_on()
        elif draw < self.pace + 0.08:
            self.annul()
        elif self.known.objections and draw > 0.95:
            self.propose("objection_closed", **self._objection_closed())
        else:
            kind = self.rng.choice((*MOVES, *MOVES, *RECORDS))
            self.propose(kind, **getattr(self, f"_{kind}")())

    def propose(self, kind: str, **fields: Any) -> None:
        """Propose an event, now and then a spoiled one."""
        self.now += timedelta(minutes=self.rng.choice((0, 1, 50, 400)))
        role = ROLES.get(kind, "office")
        event = {"at": self.now.isoformat(), "by": "u-1", "role": role, "type": kind, **fields}
        if self.faulty > self.rng.random() and len(self.events) > 4:
            event = spoiled(self.rng, event)
        self.events.append(event)
        if self.book.propose(event) == ACCEPTED:
            self.learn(event)

    def learn(self, event: BookEvent) -> None:
        """Keep an accepted event in mind."""
        known, kind = self.known, event["type"]
        name = str(event.get("round", ""))
        if kind == "annulled":
            self.past.pop()
            known = self.past.pop()
        elif kind == "drawn":
            known = known._replace(drawn=True)
        elif kind == "round_opened":
            known = known._replace(opened=known.opened + 1)
        elif kind == "publicity_opened":
            last = max(known.last_day, date.fromisoformat(str(event["last_day"])))
            known = known._replace(public=(*known.public, name), last_day=last)
        elif kind == "round_confirmed":
            known = known._replace(confirmed=(*known.confirmed, name))
        elif kind == "objection":
            known = known._replace(objections=(*known.objections, str(event["objection"])))
        elif kind == "objection_closed":
            rest = tuple(one for one in known.objections if one != event["objection"])
            known = known._replace(objections=rest)
        self.past.append(known)

    def go_on(self) -> None:
        """Bring the rounds one step further: open the next one, or make one public, or confirm it."""
        known, office = self.known, self.district.policy.office
        assert office is not None
        open_ones = [name for name in self.rounds[: known.opened] if name not in known.confirmed]
        name = self.rng.choice((*open_ones[:1] * 2, *open_ones)) if open_ones else ""
        all_open = known.opened == len(self.rounds)
        hurries = office.next_round == "after_opening" and self.rng.random() < self.hurry and not all_open
        if self.rng.random() < 0.05:
            self.propose("round_opened", round=self.rounds[min(known.opened, len(self.rounds) - 1)])
            self.propose("round_confirmed", round=self.rng.choice(self.rounds))
        elif "adjustment" in known.confirmed and self.rng.random() < 0.3:
            self.propose("locks_written", **self._locks_written())
        elif hurries or not name:
            self.propose("round_opened", round=self.rounds[min(known.opened, len(self.rounds) - 1)])
        elif name in known.public:
            self._confirm(name)
        elif self.rng.random() < 0.3:
            self.propose("round_confirmed", round=name)
        else:
            self.propose("publicity_opened", **self._publicity(name))
            if self.rng.random() < 0.3:
                self.propose("objection", **self._objection())

    def _confirm(self, name: str) -> None:
        """Answer an objection and wait for the last day, mostly; then confirm a round."""
        if self.known.objections and self.rng.random() < 0.7:
            self.propose("objection_closed", **self._objection_closed())
        if self.rng.random() < 0.8:
            self.now = max(self.now, datetime.combine(self.known.last_day, self.now.time()) + timedelta(days=1))
        self.propose("round_confirmed", round=name)

    def _publicity(self, name: str) -> dict[str, Any]:
        """Days of a publicity, long enough mostly."""
        first = self.now.date() + timedelta(days=self.rng.choice((0, 0, 1)))
        last = first + timedelta(days=self.rng.choice((0, 4, 9, 20)))
        return {"round": name, "first_day": first.isoformat(), "last_day": last.isoformat()}

    def annul(self) -> None:
        """Take the last line back, mostly."""
        seq = len(self.book.journal) + self.rng.choice((0, 0, 0, 0, -1))
        self.propose("annulled", annuls=max(seq, 1), reason="entered by mistake")

    def rows(self) -> tuple[Row, ...]:
        """Return the list as it stands."""
        return tuple(present_rows(self.book.state))

    def party(self, *outcomes: str) -> str:
        """Return a party of one of these outcomes, or now and then any."""
        found = [row.applicant_id for row in self.rows() if row.outcome in outcomes]
        meant = [one for one in found if one in self.children or one.startswith("L")]
        if not meant or self.rng.random() < 0.1:
            meant = [*self.children, "L0001", "L0003"]
        return self.rng.choice(meant)

    def text(self) -> str:
        """Return a reason."""
        return self.rng.choice(TEXTS)

    def _registered(self, zone: str, category: str) -> str:
        """Return a school to register at where the zone asks for one."""
        found = self.district.zones[zone]
        if not found.dual_school_ids or category not in "ABCD":
            return ""
        return self.rng.choice((found.school_id, *found.dual_school_ids))

    def _late_intake(self) -> dict[str, Any]:
        zone, category = self.rng.choice(sorted(self.district.zones)), self.rng.choice(CATEGORIES)
        return {
            "children": self.rng.choice((1, 1, 1, 2, 3)), "zone": zone, "category": category,
            "registered_school": self._registered(zone, category),
        }  # fmt: skip

    def _reclassification(self) -> dict[str, Any]:
        party = self.party("admitted", "diverted", "adjusted", "pending", "unplaced", "needs_ruling")
        chose = [row.applicant_id for row in self.rows() if row.phase.startswith(("voluntary", "open"))]
        if (named := [one for one in chose if one in self.children]) and self.rng.random() < 0.3:
            party = self.rng.choice(named)
        before = {child.applicant_id: child for child in self.district.applicants}.get(party)
        zone, category = self.rng.choice(sorted(self.district.zones)), self.rng.choice(CATEGORIES)
        if before is not None and self.rng.random() < 0.6:
            zone, category = self.rng.choice(((before.zone, category), (zone, before.category)))
        registered = self._registered(zone, category)
        return {
            "party": party, "category": category, "zone": zone, "registered_school": registered, "reason": self.text(),
        }  # fmt: skip

    def _withdrawal(self) -> dict[str, Any]:
        then = self.rng.choice(("leave", "stay", "stay"))
        party = self.party("admitted", "diverted", "adjusted", *(("pending",) if then == "leave" else ()))
        return {"party": party, "then": then, "reason": self.text()}

    def _part_withdrawn(self) -> dict[str, Any]:
        bundles = [one for one, ids in self.children.items() if len(ids) > 1] or ["L0001"]
        party = self.rng.choice(bundles)
        ids = self.children.get(party, ["L0001", "L0002"])
        leaving = ";".join(sorted(self.rng.sample(ids, self.rng.choice((1, 1, len(ids) - 1)))))
        return {"party": party, "children": leaving, "then": "leave", "reason": self.text()}

    def _revocation(self) -> dict[str, Any]:
        ground = self.rng.choice(("false_papers", "hidden_home", "sham_residence", "sham_residence"))
        then = self.rng.choice(("adjust", "adjust", "return_home"))
        sham = ground == "sham_residence" and then == "adjust"
        zone = self.rng.choice(sorted(self.district.zones)) if sham else ""
        party = self.party("admitted", "diverted", "adjusted", "pending", "needs_ruling", "unplaced")
        return {"party": party, "ground": ground, "then": then, "zone": zone, "reason": self.text()}

    def _returned(self) -> dict[str, Any]:
        return {"party": self.party("external"), "reason": self.text()}

    def _objection(self) -> dict[str, Any]:
        public = [name for name in self.known.public if name not in self.known.confirmed] or ["batch-A"]
        party = self.party(*self.rng.choice((("needs_ruling",), ("admitted", "diverted"), ("pending", "external"))))
        name = f"O{self.rng.randrange(30)}"
        return {"objection": name, "round": self.rng.choice(public), "party": party, "text": self.text()}

    def _objection_closed(self) -> dict[str, Any]:
        school = self.rng.choice(("", *self.own))
        result = "upheld" if school else self.rng.choice(("upheld", "rejected"))
        objection = self.rng.choice(self.known.objections or ("O1",))
        return {"objection": objection, "result": result, "school": school, "text": self.text()}

    def _ruling(self) -> dict[str, Any]:
        decision = self.rng.choice(("place", "place", "adjust", "dismiss"))
        school = self.rng.choice(self.own) if decision == "place" else ""
        others = ("needs_ruling",) if decision == "adjust" else ("pending", "admitted", "diverted")
        party = self.party(*self.rng.choice((("needs_ruling",), others)))
        return {"party": party, "decision": decision, "school": school, "reason": self.text()}

    def _seats_added(self) -> dict[str, Any]:
        return {"school": self.rng.choice(self.own), "seats": self.rng.choice((1, 1, 2)), "reason": self.text()}

    _seats_removed = _seats_added

    def _publicity_extended(self) -> dict[str, Any]:
        later = self.known.last_day + timedelta(days=self.rng.choice((0, 1, 7)))
        return {"round": self.rng.choice(self.known.public or ("batch-A",)), "last_day": later.isoformat()}

    def _signed_off(self) -> dict[str, Any]:
        """A list as it stands, of a round whose seats are all of its own phase."""
        name = self.rng.choice((*self.known.confirmed, "decisions"))
        phases = {"decisions": ("objection", "ruling")}.get(name, (name,))
        own = [row for row in self.rows() if row.phase in phases]
        school = self.rng.choice([row.school_id for row in own] or self.own)
        lines = ["applicant_id,school_id,phase,outcome,draw_id", *(",".join(r[:5]) for r in own if r[1] == school)]
        digest = sha256("".join(line + "\n" for line in lines).encode()).hexdigest()
        return {"round": name, "school": school, "digest": digest}

    def _locks_written(self) -> dict[str, Any]:
        return {"locks": DIGEST}

    def _note(self) -> dict[str, Any]:
        return {"text": self.text()}

    def _determined(self) -> dict[str, Any]:
        return {"inputs": DIGEST, "determination": NO_HEAD}

    def _unfrozen(self) -> dict[str, Any]:
        return {"reason": self.text()}


MOVES = (
    "late_intake", "reclassification", "withdrawal", "part_withdrawn", "revocation", "returned", "objection",
    "objection_closed", "ruling", "seats_added", "seats_removed", "withdrawal", "reclassification",
)  # fmt: skip
RECORDS = ("publicity_extended", "signed_off", "locks_written", "note", "determined", "unfrozen")


def _rounds(district: District) -> list[str]:
    """Return the rounds of a policy in their order, and a few more adjustments."""
    names = []
    for phase in district.policy.phases:
        if phase.kind == "batches":
            names += [f"batch-{category}" for category in ("A", "B", "C", "D", "E", "R1", "R2", "R3")]
        elif phase.kind not in ("export", "referral"):
            names.append(phase.phase_id)
    return [*names, "adjustment-2", "adjustment-3", "adjustment-4"]
