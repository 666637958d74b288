"""What the witnesses gave: by options, by a file, or asked for on the terminal, twice, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from allocator.cli.asking import asked_line, asked_yes, asking_is_possible
from allocator.domain import Contribution, Draw, Transcript
from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, Language, echo, fault_text, open_readable, text
from allocator.lottery import (
    ABSENT,
    transcript_source_faults,
    typed_contribution,
    typed_contributions,
    typed_digits,
    typed_in_groups,
    typed_lines,
    weak_seed_faults,
    weak_witness_faults,
)

SOURCE, SOURCES = "--source", "--sources"
_ASKED = "witness"  # where faults of what was typed on the terminal stand


class Given(NamedTuple):
    """Contributions, where they stand, and what is wrong with their form."""

    contributions: tuple[Contribution, ...]
    file: str
    rows: tuple[int, ...]
    faults: list[Fault]


def draw_sources_of_options(sources: Sequence[str], path: Path | None) -> Given | None:
    """Return what ``--source`` or ``--sources`` give, taken as they are; None where the terminal must be asked.

    Raises
    ------
    InputError
        If both are given, the file cannot be read, or neither is given and nobody is there to be asked.
    """
    if sources and path is not None:
        raise InputError([Fault("draw.two_ways", SOURCES)])
    if path is not None:
        return _from_file(path)
    if sources:
        found, rows, faults = typed_contributions([(0, source) for source in sources], SOURCE)
        return Given(found, SOURCE, rows, faults)
    if not asking_is_possible():
        raise InputError([Fault("draw.no_sources", SOURCE)])
    return None


def asked_draw_sources(event: str, language: Language, *, allow_weak: bool) -> Given:
    """Ask for the digits of one witness after the other, show them in groups of five and ask for them again.

    Raises
    ------
    KeyboardInterrupt
        If whoever types ends it (Ctrl-C, Ctrl-D, or no at the end); nothing is written then.
    InputError
        If all together are a weak seed.
    """
    found = _witnesses(language, allow_weak=allow_weak)
    found += _drand(language) if found else []
    _demand_strength(found, allow_weak=allow_weak)
    for line in draw_source_lines(found, language):
        echo(line)
    if not found or not asked_yes(text("ask.write", language, event=event)):
        raise KeyboardInterrupt
    return Given(tuple(found), SOURCE, (0,) * len(found), [])


def draw_source_lines(contributions: Sequence[Contribution], language: Language) -> list[str]:
    """Return a line for each contribution, digits in groups of five."""
    lines = []
    for one in contributions:
        value = text("ask.absent", language) if one.value == ABSENT else typed_in_groups(one.value)
        lines.append(f"  {_name(one.source, language)}: {value}")
    return lines


def sources_of_draw(drawn: Draw, language: Language) -> Iterator[str]:
    """Give the lines that say where the lots of a run came from: event, witnesses, seed."""
    if drawn.transcript is None:
        yield text("draw.trial", language, number=drawn.trial_seed)
    else:
        code = "draw.event_line" if drawn.transcript.contributions else "draw.event_only"
        yield text(code, language, event=drawn.transcript.event)
        yield from draw_source_lines(drawn.transcript.contributions, language)
    if drawn.weak_seed:
        yield "  " + text("list.weak_seed", language)
    if drawn.order is not None:
        yield f"  {text(f'draw.order_kind_{drawn.order.kind}', language, **drawn.order.words)}: order={drawn.order}"
        yield text("cli.transcript_digest", language, seed=drawn.seedhex)
        return
    yield text("cli.seed" if drawn.transcript else "draw.trial_seed", language, seed=drawn.seedhex)


def _name(source: str, language: Language) -> str:
    """Return what a contribution is called on the terminal."""
    number = source.removeprefix("witness-")
    return source if number == source else text("ask.name", language, number=number)


def _from_file(path: Path) -> Given:
    """Return the contributions of a file, one a line."""
    try:
        lines = list(typed_lines(open_readable(path, MOST_OF_A_TEXT)))
    except UnicodeError:
        raise InputError([Fault("draw.sources_text", path.name)]) from None
    if not lines:
        raise InputError([Fault("draw.sources_empty", path.name)])
    found, rows, faults = typed_contributions(lines, path.name)
    return Given(found, path.name, rows, faults)


def _witnesses(language: Language, *, allow_weak: bool) -> list[Contribution]:
    """Ask until an empty answer ends the list."""
    found: list[Contribution] = []
    ended = allow_weak  # an end too early is told once, so that nothing typed is lost by a slip
    echo(text("ask.begin", language))
    while True:
        source = f"witness-{len(found) + 1}"
        typed = asked_line(text("ask.witness", language, who=_name(source, language)))
        if not typed.strip():
            weak = [] if ended else _weak(found)
            for fault in weak:
                echo("  " + fault_text(fault, language))
            if not weak:
                return found
            ended = True
            continue
        ended = allow_weak
        one = Contribution(source, typed_digits(typed))
        if _fits(one, found, language, allow_weak=allow_weak) and _twice(one, language):
            found.append(one)


def _fits(one: Contribution, found: list[Contribution], language: Language, *, allow_weak: bool) -> bool:
    """Return whether digits may stand in a transcript; where not, say why, so that they are asked for again."""
    faults = [
        replace(f, value=one.value[:60]) for f in transcript_source_faults([(0, f"witness-1:{one.value}")], one.source)
    ]
    if not faults:
        faults = [Fault(code, one.source, 0, "", "", words) for code, words in weak_witness_faults(one, [*found, one])]
    for fault in faults:
        echo("  " + fault_text(fault, language))
    return not faults or (allow_weak and not any(fault.code == "draw.digits" for fault in faults))


def _twice(one: Contribution, language: Language) -> bool:
    """Show digits in groups and ask for them again; say at which digit the two differ."""
    if one.value == ABSENT:
        echo(text("ask.is_absent", language, who=_name(one.source, language)))
        return True
    echo(text("ask.read", language, groups=typed_in_groups(one.value), count=len(one.value)))
    again = typed_digits(asked_line(text("ask.again", language, who=_name(one.source, language))))
    if again == one.value:
        return True
    pairs = zip(one.value, again, strict=False)
    least = min(len(one.value), len(again))
    at = next((place for place, (first, second) in enumerate(pairs, start=1) if first != second), least + 1)
    echo(text("ask.differ", language, at=at, first=typed_in_groups(one.value), second=typed_in_groups(again)))
    return False


def _drand(language: Language) -> list[Contribution]:
    """Ask for a drand round until there is none or a good one."""
    while True:
        typed = asked_line(text("ask.drand", language))
        if not typed.strip():
            return []
        one = typed_contribution(typed if typed.strip().lower().startswith("drand") else f"drand-{typed.strip()}")
        faults = list(transcript_source_faults([(0, f"{one.source}:{one.value}")], "drand"))
        if not faults:
            return [one]
        for fault in faults:
            echo("  " + fault_text(fault, language))


def _demand_strength(found: Sequence[Contribution], *, allow_weak: bool) -> None:
    """Refuse too few witnesses or bits before anybody is asked to write them down."""
    if not allow_weak and (faults := _weak(found)):
        raise InputError(faults)


def _weak(found: Sequence[Contribution]) -> list[Fault]:
    """What is weak in all contributions together."""
    return weak_seed_faults(Transcript(b"", "", "", "", "", tuple(found)), _ASKED, (0,) * len(found), "")
