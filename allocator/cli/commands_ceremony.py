"""``allocator ceremony``: the day of the public draw, step by step, with a page for the projector."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import click

from allocator.cli.ceremony_desk import CeremonyDesk, Occasion
from allocator.cli.command import (
    GOOD,
    Teller,
    cli,
    district_argument,
    encoding_option,
    language_option,
    lists_option,
    told_command,
    weak_seed_option,
)
from allocator.cli.draw_again import demand_frozen_again, freeze_again, read_for_draw_again, write_transcript_again
from allocator.cli.draw_order import order_option, session_order_of_option
from allocator.district_folder import read_district
from allocator.domain import District
from allocator.engines import compute_with_engines
from allocator.ground import DisagreementError, Fault, InputError, Language, ListLanguages, echo, text
from allocator.lottery import FROZEN, TRANSCRIPT, FrozenDigests, frozen_digests, next_event_number
from allocator.public.ceremony import (
    CEREMONY,
    NUMBERS_ORDER,
    RING,
    STEPS,
    CeremonyJournal,
    DayPapers,
    ShownDraw,
    ceremony_lock,
    changed_transcript_faults,
    draw_day,
    drawn_in_book,
    event_of_transcript,
    keep_void_draw,
    loose_answers,
    shown_draws,
    step_words,
    transcript_of_folder,
    used_event_numbers,
    was_set_aside,
)
from allocator.record import FREEZE, swap_file
from allocator.sheets import demand_pdf

_LONGEST_REASON = 200
_LEFT = 130  # as shells have it
_BOOK_JOURNAL = "journal.jsonl"


@cli.command()
@district_argument
@click.option("--void", metavar="REASON")
@order_option
@weak_seed_option
@encoding_option
@lists_option
@language_option
@told_command
def ceremony(
    teller: Teller, folder: Path, void: str | None, order: str | None, allow_weak_seed: bool, encoding: str | None,
    lists: ListLanguages,
) -> int:  # fmt: skip
    """Lead through the day of the public draw; it can be left at any step and entered again."""
    if void is not None:
        _void_ceremony(folder, void, teller.language)
        return GOOD
    _end_set_aside(folder, teller.language)
    given = _ceremony_given(teller, folder, order, encoding, allow_weak=allow_weak_seed)
    with ceremony_lock(folder):
        return _led(CeremonyJournal(folder), given, teller, lists, encoding)


def _led(
    journal: CeremonyJournal, given: Occasion, teller: Teller, lists: ListLanguages, encoding: str | None
) -> int:
    """Lead through all steps; whoever leaves is told that nothing is lost."""
    try:
        desk = CeremonyDesk(given, journal, teller.language, lists)
        _begin(desk, given)
        desk.opening()
        desk.publishing()
        desk.giving()
        raw = _written(desk, given.folder, teller.language)
        _End(desk, teller).lead(raw, encoding)
    except KeyboardInterrupt:
        echo(text("ceremony.left", teller.language), err=True)
        return _LEFT
    return GOOD


def _begin(desk: CeremonyDesk, given: Occasion) -> None:
    """Note what the day is of, or hold it against what was noted; say where one stands."""
    clerk, day = desk.clerk, desk.day
    _demand_same_day(given, desk.journal.answers)
    if "freeze" not in desk.journal.answers:
        clerk.keep("order", given.order)
        clerk.keep("freeze", _str_of_digests(given.digests))
    elif day.event:
        number = 1 if "round" not in desk.journal.answers else 2 if "shown" not in desk.journal.answers else 3
        number = number if not day.seed else STEPS if "ended" in desk.journal.answers else STEPS - 1
        desk.say("ceremony.stands", event=day.event, step=step_words(number, desk.language))
    if given.allow_weak and not day.allow_weak:
        clerk.keep("weak", "yes")
    desk.say("ceremony.page", file=desk.page)


def _written(desk: CeremonyDesk, folder: Path, language: Language) -> bytes:
    """Step 4: write the transcript of what everybody gave, or find it there; show it."""
    raw = desk.day.transcript()
    seed = sha256(raw).hexdigest()
    for line in write_transcript_again(folder, folder / TRANSCRIPT, raw, desk.day.event, None).lines(language):
        echo(line)
    if not desk.day.seed:
        desk.clerk.keep("transcript", seed)
    desk.tell_transcript(raw)
    if "ended" not in desk.journal.answers:
        desk.clerk.go_on()
    return raw


def _ceremony_given(
    teller: Teller, folder: Path, order: str | None, encoding: str | None, *, allow_weak: bool
) -> Occasion:
    """Read what the draw day is of; a district that is not frozen is frozen now, a case book is not.

    Raises
    ------
    InputError
        With all faults of the folder; if it was changed since its freeze; if another draw's transcript is there.
    """
    is_book = (folder / _BOOK_JOURNAL).is_file()
    is_frozen = os.path.lexists(folder / FREEZE)
    known = order not in (None, RING, NUMBERS_ORDER)
    faults = [Fault("ceremony.order_known", "--order", value=(order or "")[:_LONGEST_REASON])] if known else []
    if is_book and not is_frozen:
        faults.append(Fault("ceremony.book_not_frozen", FREEZE, params={"folder": str(folder)}))
        raise InputError(faults)
    numbers = order if order == NUMBERS_ORDER else None

    def _of_roster(roster: Iterable[str] | None) -> list[Fault]:
        return session_order_of_option(numbers, folder / TRANSCRIPT, roster)[1]

    tables = folder / FROZEN if is_book else folder
    district = read_for_draw_again(teller, tables, encoding, faults, _of_roster)
    digests = frozen_digests(district)
    begun = (folder / CEREMONY / _BOOK_JOURNAL).is_file()
    raw = transcript_of_folder(folder)
    if raw is not None and not begun:
        raise InputError([Fault("ceremony.held", TRANSCRIPT, params={"event": event_of_transcript(raw)})])
    if not is_frozen and not begun:
        _freeze(teller.language, folder, district, digests)
    demand_frozen_again(folder, district, digests)
    chosen = session_order_of_option(numbers, folder / TRANSCRIPT, None)[0]
    asked = str(chosen) if chosen else order or ""
    return Occasion(folder, tables, district, digests, used_event_numbers(folder), asked, allow_weak)


def _freeze(language: Language, folder: Path, district: District, digests: FrozenDigests) -> None:
    for line in freeze_again(folder, district, digests, None).lines(language):
        echo(line)
    echo(text("ceremony.froze", language))
    echo("".join(f"  {name}=sha256:{value}\n" for name, value in digests._asdict().items()).rstrip())


def _demand_same_day(given: Occasion, answers: Mapping[str, str]) -> None:
    """Refuse to go on with another freeze, another order, or beside the transcript of another draw.

    Raises
    ------
    InputError
        With all of it.
    """
    faults, journal = [], f"{CEREMONY}/{_BOOK_JOURNAL}"
    if "freeze" in answers and answers["freeze"] != _str_of_digests(given.digests):
        faults.append(Fault("ceremony.changed", journal, params={"was": answers["freeze"][:16]}))
    kind = answers.get("order", given.order).partition(":")[0]
    if given.order and kind != given.order.partition(":")[0]:
        faults.append(Fault("ceremony.order_late", "--order", value=given.order[:_LONGEST_REASON]))
    raw = transcript_of_folder(given.folder)
    if raw is not None and (found := event_of_transcript(raw)) != answers.get("event"):
        params = {"found": found or "-", "event": answers.get("event", "-")}
        faults.append(Fault("ceremony.other_transcript", TRANSCRIPT, params=params))
    elif raw is not None and not draw_day(answers, given.digests).is_given:
        faults.append(Fault("ceremony.made_beside", TRANSCRIPT, params={"event": answers.get("event", "-")}))
    faults += changed_transcript_faults(given.folder, given.folder / TRANSCRIPT, answers)
    if faults:
        raise InputError(faults)


def _str_of_digests(digests: FrozenDigests) -> str:
    """Return the three digests as the journal keeps them."""
    return " ".join(digests)


def _void_ceremony(folder: Path, reason: str, language: Language) -> None:
    """Make the draw of a folder void: everything of it is kept under a number, and its event number is used up.

    Raises
    ------
    InputError
        If there is none, or the reason tells nothing.
    """
    if not (reason.strip() and reason.isprintable() and len(reason) <= _LONGEST_REASON):
        raise InputError([Fault("draw.reason", "--void", params={"most": str(_LONGEST_REASON)})])
    raw = transcript_of_folder(folder)
    begun = (folder / CEREMONY / _BOOK_JOURNAL).is_file()
    event = loose_answers(folder).get("event") or (event_of_transcript(raw) if raw is not None else "")
    if not event:
        raise InputError([Fault("ceremony.nothing_void", str(folder))])
    if entry := drawn_in_book(folder):
        raise InputError([Fault("ceremony.book_drawn", _BOOK_JOURNAL, entry, params={"entry": str(entry)})])
    if begun:
        with ceremony_lock(folder):
            _note_void(folder, reason)
    _tell_void(folder, event, reason, language)


def _note_void(folder: Path, reason: str) -> None:
    """Note the reason, so that a kill in the middle is ended by the next start; a damaged journal cannot take it."""
    try:
        CeremonyJournal(folder).note("void", reason, "")
    except InputError:
        return


def _tell_void(folder: Path, event: str, reason: str, language: Language) -> None:
    kept, *others = keep_void_draw(folder, event, reason)
    following = next_event_number(event)
    echo(text("ceremony.voided", language, event=event, reason=reason, next=following, kept=kept.name))
    for path in others:
        echo(text("ceremony.moved", language, kept=path))


def _end_set_aside(folder: Path, language: Language) -> None:
    """End what a kill left of a void draw, and move the day of a transcript that ``draw … --again`` made void."""
    answers = loose_answers(folder)
    event, raw = answers.get("event", ""), transcript_of_folder(folder)
    if not event:
        return
    if "void" in answers:
        _tell_void(folder, event, answers["void"], language)
        return
    seed = answers.get("transcript", "")
    if seed and was_set_aside(folder, seed) and (raw is None or sha256(raw).hexdigest() != seed):
        kept = keep_void_draw(folder, event, "")[-1]
        echo(text("ceremony.set_aside", language, event=event, kept=kept))


class _End:
    """Steps 5 and 6.

    Parameters
    ----------
    desk : CeremonyDesk
        Where everything was given.
    """

    def __init__(self, desk: CeremonyDesk, teller: Teller) -> None:
        self.desk, self.teller = desk, teller

    def lead(self, raw: bytes, encoding: str | None) -> None:
        """Compute, show every draw, make the papers.

        Raises
        ------
        DisagreementError
            If the ways of computing or the checker disagree; the transcript stays as it is.
        InputError
            If no paper can be made; the draw stays as it is.
        """
        draws = self._computed(raw, encoding)
        if "ended" not in self.desk.journal.answers:
            self._show(draws)
            self.desk.clerk.keep("ended", str(len(draws)))
        self._papers(len(draws))

    def _computed(self, raw: bytes, encoding: str | None) -> list[ShownDraw]:
        desk, given = self.desk, self.desk.given
        if "ended" not in desk.journal.answers:
            desk.show(desk.slides.computing(raw))
        self.teller("progress.reading")
        tables = given.tables
        try:
            district = read_district(tables, transcript=given.folder / TRANSCRIPT, encoding=encoding,
                                     allow_weak_seed=desk.day.allow_weak)  # fmt: skip
            result = compute_with_engines(district, progress=self.teller, frozen=given.folder / FROZEN).judged()
        except DisagreementError as error:
            desk.show(desk.slides.computing(raw, stopped=text(error.code, desk.language, **error.params)))
            raise
        self.teller.finish()
        return list(shown_draws(result.retelling))

    def _show(self, draws: list[ShownDraw]) -> None:
        """Show the draws page by page; the clerk turns the pages."""
        desk = self.desk
        pages = desk.slides.draw_pages(draws)
        at = 0
        while at < len(pages):
            page = pages[at]
            desk.show(page)
            for words in (page.title, page.big, *page.notes):
                echo(f"  {words}") if words else None
            for row in page.table.rows if page.table else ():
                echo("    " + "  ".join(row))
            at = desk.clerk.page_after(at, len(pages))

    def _papers(self, draws: int) -> None:
        """Write the papers, all or none, and say what comes next."""
        desk = self.desk
        folder = desk.given.folder / CEREMONY
        desk.show(desk.slides.papers())
        try:
            demand_pdf()
            papers = DayPapers(desk.day, desk.counts, draws, desk.journal.heads["transcript"], desk.written)
            made = list(papers.pdfs())
        except InputError:
            desk.say("ceremony.papers_later", folder=desk.given.folder)
            raise
        for name, content in made:
            swap_file(folder / name, content)
            desk.say("ceremony.paper", file=folder / name)
        desk.say("ceremony.ended", next=desk.given.next_command)
