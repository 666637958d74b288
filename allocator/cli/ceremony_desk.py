"""A draw day step by step: what the clerk is asked, and what the projector shows meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from allocator.cli.ceremony_clerk import Clerk, Judged, judged_number, judged_time, judged_word
from allocator.domain import Contribution, District, RingOrder, Transcript
from allocator.ground import (
    Fault,
    InputError,
    Language,
    ListLanguages,
    Written,
    create_owner_only,
    echo,
    text,
)
from allocator.lottery import (
    ABSENT,
    FrozenDigests,
    event_order_faults,
    next_event_number,
    order_of_value,
    party_sizes,
    ring_start_faults,
    transcript_event_faults,
    transcript_source_faults,
    typed_contribution,
    typed_digits,
    weak_seed_faults,
    weak_witness_faults,
)
from allocator.public.ceremony import (
    CEREMONY,
    KNOWN_ANSWERS,
    RING,
    CeremonyJournal,
    DaySlides,
    DrawDay,
    Slide,
    Witness,
    day_counts,
    draw_day,
    hex_groups,
    projector_page,
    terminal_code,
)

PAGE = "ceremony.html"
LEAST_WITNESSES, MOST_WITNESSES = 3, 99
_ENTERED = "witness"


class Occasion(NamedTuple):
    """What the draw day is of: its folder, that of its tables, the district, digests, used numbers, what was asked."""

    folder: Path
    tables: Path
    district: District
    digests: FrozenDigests
    used: Sequence[str]
    order: str
    allow_weak: bool

    @property
    def next_command(self) -> str:
        """What the office runs after the draw day."""
        is_book = self.tables != self.folder
        return f"allocator book do {self.folder} drawn --by NAME" if is_book else f"allocator run {self.folder}"


class CeremonyDesk:
    """Leads through the first three steps; what they gave is in ``day``.

    Parameters
    ----------
    given : Occasion
        What the draw day is of.
    lists : {"zh", "en", "both"}
        Language or languages of the projector.
    """

    def __init__(self, given: Occasion, journal: CeremonyJournal, language: Language, lists: ListLanguages) -> None:
        self.given, self.journal, self.language, self.written = given, journal, language, Written(lists)
        self.clerk = Clerk(journal, language, self._ended)
        self.parties = party_sizes(given.district.applicants)
        self.counts = day_counts(given.district, len(self.parties), self.written)

    @property
    def day(self) -> DrawDay:
        """The draw day as far as it has come."""
        return draw_day(self.journal.answers, self.given.digests)

    @property
    def slides(self) -> DaySlides:
        """Its slides."""
        return DaySlides(self.day, self.written)

    @property
    def page(self) -> Path:
        """The page for the projector."""
        return self.given.folder / CEREMONY / PAGE

    def show(self, slide: Slide) -> None:
        """Put a slide on the projector's page, whole or not at all."""
        try:
            _put(self.page, projector_page(slide, self.written))
        except OSError as error:  # a browser may hold the file; the next slide is written anew
            self.say("ceremony.page_lost", reason=error.strerror or type(error).__name__)

    def say(self, code: str, **words: object) -> None:
        """Tell the clerk something."""
        echo(text(code, self.language, **words))

    def question(self, name: str, **words: object) -> str:
        """Return a question in the clerk's language."""
        return text(f"ceremony.ask.{name}", self.language, **words)

    def label(self, name: str) -> str:
        """Return what an answer is called where it is wrong."""
        return text(f"ceremony.{name}", self.language)

    def _ended(self) -> Fault:
        """The fault of an input that ended too early."""
        witnesses = self.day.witnesses
        missing = [one for one in witnesses if not one.digits]
        if "round" not in self.journal.answers or not missing:
            return Fault("ceremony.input_ended", CEREMONY)
        words = {"announced": str(len(witnesses)), "given": str(len(witnesses) - len(missing))}
        return Fault("ceremony.few_sources", CEREMONY, params=words)

    def opening(self) -> None:
        """Step 1: place, time, event number, how many witnesses and for whom, a drand round named beforehand."""
        while "opened" not in self.journal.answers:
            self._opening()
            if self.clerk.confirms(self.question("right")):
                self.clerk.keep("opened", "yes")
            else:
                self.clerk.forget([*KNOWN_ANSWERS, *(f"kind-{one.number}" for one in self.day.witnesses)])

    def _opening(self) -> None:
        ask, label = self.clerk.ask, self.label
        self.show(self.slides.welcome(self.counts.title))
        ask("place", self.question("place"), judged_word(label("place")))
        ask("time", self.question("time"), judged_time(label("time")))
        following = next_event_number(self.given.used[-1]) if self.given.used else ""
        asked = self.question("event_next", next=following) if following else self.question("event")
        ask("event", asked, self._event(following))
        self.show(self.slides.welcome(self.counts.title))
        least = 0 if self.day.order_kind else 1 if self.day.allow_weak else LEAST_WITNESSES
        asked = self.question("announced" if least else "announced_order")
        ask("announced", asked, judged_number(label("witnesses"), least, MOST_WITNESSES))
        for one in self.day.witnesses:
            ask(f"kind-{one.number}", self.question("kind", number=one.number), self._kind(one.number))
        ask("round", self.question("round"), self._round)
        welcome = self.slides.welcome(self.counts.title)
        self.show(welcome)
        for name, value in welcome.facts:
            echo(f"  {name}: {value}")

    def _event(self, following: str) -> Judged:
        def _judged(typed: str) -> tuple[str, list[Fault]]:
            value, place = normalize("NFKC", typed).strip() or following, self.label("event")
            faults = transcript_event_faults(value, place)
            return value, faults or event_order_faults(value, self.given.used, place)

        return _judged

    def _who(self, number: int) -> str:
        """What a witness is called where something is wrong."""
        return text("ask.name", self.language, number=number)

    def _kind(self, number: int) -> Judged:
        def _judged(typed: str) -> tuple[str, list[Fault]]:
            value, faults = judged_word(self._who(number))(typed)
            before = [one.kind for one in self.day.witnesses[: number - 1]]
            free = self.day.allow_weak or self.day.order_kind or number > LEAST_WITNESSES
            if not faults and value in before and not free:
                faults = [Fault("ceremony.same_kind", self._who(number), params={"value": value})]
            return value, faults

        return _judged

    def _round(self, typed: str) -> tuple[str, list[Fault]]:
        """Judge a round that is named before it falls."""
        value = _tidy(typed).removeprefix("drand-")
        if not value:
            return "", []
        known = f"drand-{value}:{'0' * 64}"
        if value.count(":") != 1 or list(transcript_source_faults([(0, known)], "drand")):
            return "", [Fault("ceremony.bad_round", "drand")]
        return value, []

    def publishing(self) -> None:
        """Step 2: counts and digests, each with a code; every one was recomputed and held against the freeze."""
        if "shown" in self.journal.answers:
            return
        self.clerk.go_on()
        counts = self.slides.counts(self.counts)
        self.show(counts)
        for name, value in counts.facts:
            echo(f"  {name}: {value}")
        self.clerk.go_on()
        shown = self.slides.digests()
        self.show(shown)
        for one in shown.digests:
            self.tell_digest(one.label, one.digest, one.line)
        self.clerk.go_on()
        self.clerk.keep("shown", "yes")

    def tell_digest(self, label: str, digest: str, line: str) -> None:
        """Print a digest in groups of four, two lines of eight, and its code."""
        groups = hex_groups(digest)
        for words in (label, " ".join(groups[:8]), " ".join(groups[8:]), *terminal_code(line)):
            echo(f"  {words}")

    def giving(self) -> None:
        """Step 3: name, office and digits of every witness; the randomness of the round; start and step of a ring."""
        for one in self.day.witnesses:
            if not one.digits:
                self.show(self.slides.witnesses(one.number))
                self._witness(one)
        self.show(self.slides.witnesses(0))
        if (day := self.day).round:
            asked = self.question("randomness", round=day.round)
            self.clerk.ask_twice("randomness", asked, lambda typed: self._randomness(typed, day.round))
        if day.order_kind == RING and day.order is None:
            value = self.clerk.ask_twice(RING, self.question("ring"), self._ring)
            self.clerk.keep("order", value)
        self._demand_strength()

    def _witness(self, one: Witness) -> None:
        words = {"number": one.number, "kind": one.kind}
        name = self.clerk.ask(f"name-{one.number}", self.question("name", **words), self._name(one.number))
        if not name:
            self.clerk.keep(f"digits-{one.number}", ABSENT)
        else:
            place = self._who(one.number)
            self.clerk.ask(f"office-{one.number}", self.question("office"), judged_word(place))
            self.clerk.ask_twice(f"digits-{one.number}", self.question("digits", **words), self._digits(one.number))
        absent = self.day.witnesses[one.number - 1].is_absent
        self.say("ceremony.kept_absent" if absent else "ceremony.kept")

    def _name(self, number: int) -> Judged:
        def _judged(typed: str) -> tuple[str, list[Fault]]:
            if typed_digits(typed) == ABSENT:
                return "", []
            place = self._who(number)
            value, faults = judged_word(place)(typed)
            same = (one.number for one in self.day.witnesses if one.name and _alike(one.name) == _alike(value))
            other = next(same, None)
            if not faults and other is not None:
                faults = [Fault("ceremony.same_name", place, params={"other": str(other)})]
            return value, faults

        return _judged

    def _digits(self, number: int) -> Judged:
        def _judged(typed: str) -> tuple[str, list[Fault]]:
            place, value = self._who(number), typed_digits(typed)
            if list(transcript_source_faults([(0, f"witness-1:{value}")], place)):
                return "", [Fault("ceremony.bad_digits", place)]
            one = Contribution(f"witness-{number}", value)
            before = [given for given in self.day.contributions if given.value != ABSENT]
            weak = [] if self.day.allow_weak or self.day.order_kind else weak_witness_faults(one, [*before, one])
            return value, [Fault(code, place, params=words) for code, words in weak]

        return _judged

    def _randomness(self, typed: str, named: str) -> tuple[str, list[Fault]]:
        network, _, number = named.partition(":")
        one = typed_contribution(f"drand-{network}:{number}:{_tidy(typed).rpartition(':')[2]}")
        wrong = list(transcript_source_faults([(0, f"{one.source}:{one.value}")], "drand"))
        return one.value.rpartition(":")[2], [Fault("ceremony.bad_randomness", "drand")] if wrong else []

    def _ring(self, typed: str) -> tuple[str, list[Fault]]:
        value = f"ring:{_tidy(typed).removeprefix('ring:').replace(',', ':')}"
        order = order_of_value(value)
        if not isinstance(order, RingOrder):
            return "", [Fault("ceremony.bad_ring", RING)]
        return value, ring_start_faults(order, len(self.parties), RING)

    def _demand_strength(self) -> None:
        """Refuse too few witnesses or bits; the answers stay, and the draw can go on with a weak seed or be void."""
        day = self.day
        if day.allow_weak or day.order_kind:
            return
        head = Transcript(b"", day.event, *day.digests, day.contributions)
        if faults := weak_seed_faults(head, _ENTERED, (0,) * len(day.contributions), ""):
            self.say("ceremony.weak_next", folder=self.given.folder)
            raise InputError(faults)

    def tell_transcript(self, raw: bytes) -> None:
        """Step 4: the transcript that was written, and its digest, large."""
        slide = self.slides.transcript(raw)
        self.show(slide)
        for line in (*slide.alarms, *slide.text.splitlines()):
            echo(f"  {line}")
        for one in slide.digests:
            self.tell_digest(one.label, one.digest, one.line)


def _put(path: Path, content: bytes) -> None:
    """Write a page whole or not at all; it is made again at every step, so nothing waits for the disk."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with open(create_owner_only(new), "wb") as file:
        file.write(content)
    new.replace(path)


def _tidy(typed: str) -> str:
    """Return what was typed without space, full-width forms as ASCII, in small letters."""
    return "".join(normalize("NFKC", typed).split()).lower()


def _alike(name: str) -> str:
    """Return a name by which the same witness is known again."""
    return "".join(normalize("NFKC", name).split()).casefold()
