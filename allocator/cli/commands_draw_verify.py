"""``allocator draw verify``: every ticket and order of a published folder, computed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from allocator.cli.command import (
    DISAGREE,
    GOOD,
    Teller,
    language_option,
    path_argument,
    path_option,
    seed_option,
    told_command,
)
from allocator.cli.commands_draw import draw
from allocator.domain import Draw
from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, Language, Written, echo, open_file_bytes, text
from allocator.lottery import (
    FROZEN,
    TRANSCRIPT,
    Published,
    WordsOf,
    parse_transcript,
    recheck_published,
    weak_seed_faults,
)
from allocator.reporting.list_words import list_words
from allocator.verification import Report, verified_policy, verified_trial_seed


@draw.command(name="verify")
@path_argument("folder", "OUT")
@seed_option
@path_option("--frozen", "DIR")
@language_option
@told_command
def verify_draw(teller: Teller, folder: Path, trial_seed: int | None, frozen: Path | None) -> int:
    """Recompute every ticket and order of a published folder, and compare the lists with them."""
    lang = teller.language
    if frozen is not None and not frozen.is_dir():
        raise InputError([Fault("sweep.no_folder", "--frozen", value=str(frozen))])
    policy = verified_policy(folder)
    known = verified_trial_seed(folder)
    number = trial_seed if known is None else known
    drawn = _drawn(folder, number)
    words: WordsOf | None = None if drawn is None else lambda lists: list_words(policy, drawn, Written(lists))
    beside = next((one for one in (folder / FROZEN, folder.absolute().parent / FROZEN) if one.is_dir()), None)
    found = recheck_published(folder, policy.switches.ticket_scope, number, words, frozen or beside)
    for line in _told(found, lang) if not found.faults else Report(0, found.faults, ()).lines(lang):
        echo(line)
    if drawn is not None and drawn.order is not None:
        echo(text(f"draw.order_{drawn.order.kind}", lang, **drawn.order.words))
    for code, params in found.lists.notes:
        echo(text(code, lang, **params))
    echo(text("draw.note_never", lang))
    return DISAGREE if found.faults else GOOD


def _drawn(folder: Path, trial_seed: int | None) -> Draw | None:
    """The draw of a folder as its lists tell it; None where it has no transcript that can be read."""
    if trial_seed is not None:
        return Draw(trial_seed=trial_seed)
    path = folder / TRANSCRIPT
    found = parse_transcript(open_file_bytes(path, MOST_OF_A_TEXT))[0] if path.is_file() else None
    return None if found is None else Draw(transcript=found, weak_seed=bool(weak_seed_faults(found)))


def _told(found: Published, language: Language) -> Iterator[str]:
    """What was found right."""
    yield text("cli.draw_good", language, held=found.held, orders=found.placements)
    if found.public_lists:
        yield text("draw.public_good", language, lists=found.public_lists, children=found.public_children)
    if found.lists.lists:
        yield text("draw.lists_good", language, lists=found.lists.lists, children=found.lists.children)
