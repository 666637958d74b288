"""What the projector shows at each step of a draw day; the terminal of the clerk says the same in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from allocator.domain import District
from allocator.ground import LANGUAGES, Language, Written, text
from allocator.public.ceremony.day import DrawDay
from allocator.public.ceremony.orders import ShownDraw
from allocator.public.ceremony.projector import ShownDigest, ShownTable, Slide

STEPS = 6
ROWS = 12
"""Lines of a draw on one slide."""
_MOST_SCHOOLS = 20
_LOTS = {"numbers": "family.ticket_number", "ring": "family.ticket_ring"}
_FILES = {"policy": "policy.yaml", "roster": "draw-roster.csv", "inputs": "applicants.csv schools.csv zones.csv"}


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What the draw is called, how many stand in it, and the seats: of each school with seats its name and plan."""

    title: str
    parties: int
    children: int
    schools: Sequence[tuple[str, int]]

    @property
    def seats(self) -> int:
        """Seats of all schools."""
        return sum(seats for _, seats in self.schools)


def day_counts(district: District, parties: int, written: Written) -> DayCounts:
    """Return the counts that are told before the draw."""
    schools = [
        (written.names(school.name, school.name_en) or school.school_id, school.plan)
        for school in sorted(district.schools.values(), key=lambda school: school.school_id)
        if school.plan
    ]
    title = district.policy.title
    return DayCounts(written.names(title.zh, title.en), parties, len(district.applicants), schools)


def step_words(number: int, language: Language) -> str:
    """Return what a step is called, with its number."""
    name = text(f"ceremony.step.{number}", language)
    return text("ceremony.step", language, number=number, of=STEPS, name=name)


class DaySlides:
    """The slides of a draw day, in its language or languages.

    Parameters
    ----------
    day : DrawDay
        As far as it has come.
    """

    def __init__(self, day: DrawDay, written: Written) -> None:
        self.day, self.written = day, written

    def _slide(self, step: int, title: str, **parts: object) -> Slide:
        say = self.written.text
        head = say("ceremony.head", event=self.day.event) if self.day.event else say("ceremony.name")
        zh, en = (step_words(step, language) for language in LANGUAGES)
        return Slide(head, self.written.names(zh, en), title, **parts)  # type: ignore[arg-type]

    def welcome(self, title: str) -> Slide:
        """Step 1: what is drawn, place, time, number, witnesses by kind."""
        say, day = self.written.text, self.day
        facts = [(say(f"ceremony.{name}"), value) for name, value in
                 (("place", day.place), ("time", day.time), ("event", day.event)) if value]  # fmt: skip
        kinds = [one.kind for one in day.witnesses if one.kind]
        facts += [(say("ceremony.witnesses"), "　".join(kinds))] if kinds else []
        facts += [(say("ceremony.round"), day.round)] if day.round else []
        return self._slide(1, title, big=say("ceremony.name"), facts=facts, notes=[say("ceremony.welcome_note")],
                           alarms=list(self.order_alarms()))  # fmt: skip

    def order_alarms(self) -> Iterator[str]:
        """Give what must be said of another order, or of too few digits."""
        say, day = self.written.text, self.day
        if day.order is not None:
            yield say(f"draw.order_{day.order.kind}", " · ", **day.order.words)
        elif day.order_kind:
            yield say("ceremony.ring_to_come")
        if day.allow_weak:
            yield say("ceremony.weak_allowed")

    def _marks(self) -> list[str]:
        """The same in few words, for every page of results."""
        say, order = self.written.text, self.day.order
        kind = [] if order is None else [say(f"draw.order_kind_{order.kind}", " · ", **order.words)]
        return kind + ([say("ceremony.weak_allowed")] if self.day.allow_weak else [])

    def counts(self, counts: DayCounts) -> Slide:
        """Step 2: how many stand in the draw, and the seats."""
        say = self.written.text
        facts = [
            (say("ceremony.parties"), f"{counts.parties:,}"), (say("ceremony.children"), f"{counts.children:,}"),
            (say("ceremony.seats"), f"{counts.seats:,}"),
        ]  # fmt: skip
        table = None
        if 0 < len(counts.schools) <= _MOST_SCHOOLS:
            half = ceil(len(counts.schools) / 2)
            cells = [(name, f"{seats:,}") for name, seats in counts.schools] + [("", "")]
            rows = [(*cells[at], *cells[at + half if at + half < len(cells) else -1]) for at in range(half)]
            heads = (say("ceremony.school"), say("ceremony.seats")) * 2
            table = ShownTable(heads, rows, right=frozenset({1, 3}))
        return self._slide(2, say("ceremony.counts"), facts=facts, table=table)

    def digests(self) -> Slide:
        """Step 2: what was frozen, in groups of four with a code each."""
        say = self.written.text
        found = self.day.digests._asdict()
        shown = [
            ShownDigest(say(f"ceremony.digest.{name}", files=files), found[name], f"{name}=sha256:{found[name]}")
            for name, files in _FILES.items()
        ]
        return self._slide(2, say("ceremony.digests"), digests=shown, notes=[say("ceremony.digests_note")])

    def witnesses(self, number: int) -> Slide:
        """Step 3: who is asked; neither names nor digits."""
        say, day = self.written.text, self.day
        rows, good = [], set()
        for at, one in enumerate(day.witnesses):
            state = "absent" if one.is_absent else "given" if one.digits else "now" if one.number == number else "wait"
            rows.append((str(one.number), one.kind, say(f"ceremony.state.{state}")))
            good |= {at} if state == "now" else set()
        heads = [say(f"ceremony.column.{name}") for name in ("witness", "kind", "state")]
        table = ShownTable(heads, rows, frozenset(good)) if rows else None
        return self._slide(3, say("ceremony.giving"), table=table, notes=[say("ceremony.giving_note")])

    def transcript(self, raw: bytes) -> Slide:
        """Step 4: the transcript as it stands, and its digest."""
        say, seed = self.written.text, sha256(raw).hexdigest()
        label = "ceremony.seed" if self.day.order is None else "ceremony.transcript_digest"
        digest = ShownDigest(say(label), seed, f"seed=sha256:{seed}")
        return self._slide(4, say("ceremony.transcript"), digests=[digest], text=raw.decode(),
                           alarms=list(self.order_alarms()))  # fmt: skip

    def computing(self, raw: bytes, *, stopped: str = "") -> Slide:
        """Step 5: the run is being computed, or what stopped it."""
        say = self.written.text
        big = say("ceremony.stopped" if stopped else "ceremony.computing")
        notes = [stopped, say("ceremony.stopped_note")] if stopped else [say("ceremony.computing_note")]
        seed = sha256(raw).hexdigest()
        return self._slide(5, say("ceremony.orders"), big=big, notes=notes, text=f"SHA-256 {seed}")

    def draw_pages(self, draws: Sequence[ShownDraw]) -> list[Slide]:
        """Step 5: every draw, page by page; one slide where there was none to hold."""
        pages = [slide for number, draw in enumerate(draws, start=1) for slide in self._pages(number, len(draws), draw)]
        say = self.written.text
        return pages or [self._slide(5, say("ceremony.orders"), big=say("ceremony.no_draws"))]

    def _pages(self, number: int, draws: int, draw: ShownDraw) -> Iterator[Slide]:
        say, many = self.written.text, ceil(len(draw.entries) / ROWS)
        order = self.day.order
        lot = "ceremony.column.ticket" if order is None else _LOTS[order.kind]
        codes = ("ceremony.column.rank", "ceremony.column.party", lot, "ceremony.column.result")
        heads = [say(code) for code in codes]
        for page in range(many):
            part = draw.entries[page * ROWS : (page + 1) * ROWS]
            rows = [
                (f"{e.rank:,}", f"{e.party} ×{e.size}" if e.size > 1 else e.party, e.ticket,
                 self.written.names(e.result["zh"], e.result["en"])) for e in part
            ]  # fmt: skip
            words = {"number": number, "draws": draws, "page": page + 1, "pages": many, "draw_id": draw.draw_id}
            note = say("ceremony.draw_page", " · ", **words)
            good = frozenset(at for at, entry in enumerate(part) if entry.is_good)
            table = ShownTable(heads, rows, good, frozenset({0}))
            title = self.written.names(draw.name["zh"], draw.name["en"])
            yield self._slide(5, title, table=table, notes=[note], alarms=self._marks())

    def papers(self, names: Sequence[str] = ()) -> Slide:
        """Step 6: what is signed, and where everything is checked."""
        say = self.written.text
        called = say("ceremony.seed_short" if self.day.order is None else "ceremony.digest_short")
        facts = [(say("ceremony.event"), self.day.event), (called, self.day.seed[:16] + "…")]
        notes = [say("ceremony.papers_note"), *names]
        return self._slide(6, say("ceremony.papers"), facts=facts, notes=notes, alarms=self._marks())
