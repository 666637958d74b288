"""What becomes of an earlier freeze or transcript: kept under a number with its time, never overwritten in silence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import click

from allocator.cli.command import Teller
from allocator.district_folder import read_district
from allocator.domain import District, NumbersOrder
from allocator.ground import MOST_OF_A_TABLE, MOST_OF_A_TEXT, Fault, InputError, Language, open_file_bytes, text
from allocator.lottery import (
    FROZEN,
    ROSTER,
    TRANSCRIPT,
    FrozenDigests,
    event_order_faults,
    frozen_files,
    hard_cap_faults,
    is_frozen_but_saved_again,
    next_event_number,
    numbers_beside,
    parse_transcript,
    party_sizes,
)
from allocator.record import (
    FREEZE,
    change_faults,
    freeze_bytes,
    frozen_before,
    log_frozen_act,
    number_earlier_frozen,
    numbered_transcripts,
    swap_file,
    write_freeze,
)

_LONGEST_REASON = 200
_FILES_FROZEN = 5


@dataclass
class Done:
    """What a command did: whether anything was written, and what is to be told, as codes with their words."""

    written: bool = True
    told: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def tell(self, code: str, **words: object) -> None:
        """Add something to be told."""
        self.told.append((code, words))

    def lines(self, language: Language) -> Iterator[str]:
        """Give what is to be told in words."""
        return (text(code, language, **words) for code, words in self.told)


again_option = click.option("--again", metavar="REASON")
"""Without it nothing that was frozen or drawn is replaced."""


def reason_again_faults(again: str | None) -> list[Fault]:
    """Return the fault of a reason that tells nothing or cannot be printed."""
    if again is None or (again.strip() and again.isprintable() and len(again) <= _LONGEST_REASON):
        return []
    return [Fault("draw.reason", "--again", params={"most": str(_LONGEST_REASON)})]


def read_for_draw_again(
    teller: Teller, folder: Path, encoding: str | None, faults: list[Fault],
    of_roster: Callable[[Iterable[str] | None], list[Fault]] = lambda roster: [],
) -> District:  # fmt: skip
    """Return a district without its transcript.

    Parameters
    ----------
    of_roster : callable
        Gives further faults from the ids of all parties, or None where they cannot be read.

    Raises
    ------
    InputError
        With what is wrong with it, and the faults of the options.
    """
    teller("progress.reading")
    try:
        district = read_district(folder, trial_seed=0, encoding=encoding)
        faults += [*hard_cap_faults(district), *of_roster(party_sizes(district.applicants))]
    except InputError as error:
        faults += [*of_roster(None), *error.faults]
    if faults:
        raise InputError(faults)
    teller.finish()
    return replace(district, draw=None)


def freeze_again(folder: Path, district: District, digests: FrozenDigests, again: str | None) -> Done:
    """Freeze a district, unless it is frozen already and nothing was changed.

    Raises
    ------
    InputError
        If something was frozen or drawn before and no reason says that it is void; what was changed is told.
    """
    before, drawn = frozen_before(folder), os.path.lexists(folder / TRANSCRIPT)
    frozen = os.path.lexists(folder / FREEZE)
    if again is None:
        faults = [Fault("draw.held_already", TRANSCRIPT)] if drawn else []
        if frozen and before != digests:
            faults.append(Fault("draw.frozen_already", FREEZE))
            faults += [] if before is None else change_faults(before, digests, district, (FREEZE, 1), folder / FROZEN)
        if faults:
            raise InputError(faults)
    done = Done()
    if drawn:
        _void_draw(folder, folder / TRANSCRIPT, b"", again or "", done)
    if before != digests:
        _void_freeze(folder, again or "", done, published=frozen)
        write_freeze(folder, district, digests)
        log_frozen_act(folder, "freeze", FREEZE, digest=sha256(freeze_bytes(digests)).hexdigest(), reason=again or "")
    elif len(frozen_files(folder / FROZEN, digests)) < _FILES_FROZEN or not (folder / ROSTER).is_file():
        write_freeze(folder, district, digests)
    else:
        done.written = False
    return done


def demand_frozen_again(folder: Path, district: District, digests: FrozenDigests) -> None:
    """Refuse a draw that was not frozen, or whose inputs were changed since.

    Raises
    ------
    InputError
        Naming every digest that differs, and what was changed.
    """
    before = frozen_before(folder)
    if before is None:
        raise InputError([Fault("draw.not_frozen", FREEZE)])
    if faults := change_faults(before, digests, district, (FREEZE, 1), folder / FROZEN):
        raise InputError(faults)


def demand_open_again(folder: Path, path: Path, event: str, again: str | None, *, asking: bool) -> None:
    """Refuse an event number that is used up or leaves one out, and a draw that is held, before anybody types a digit.

    Raises
    ------
    InputError
        Naming the number that is next.
    """
    if asking and again is None and os.path.lexists(path):
        raise InputError([Fault("draw.exists", path.name)])
    earlier = [*map(_event, numbered_transcripts(folder / TRANSCRIPT)), *map(_event, numbered_transcripts(path))]
    current = [_event(_read(one)) for one in dict.fromkeys((folder / TRANSCRIPT, path)) if os.path.lexists(one)]
    used = [name for name in (*earlier, *(current if again is not None else ())) if name]
    if faults := event_order_faults(event, list(dict.fromkeys(used)), "--event"):
        raise InputError(faults)


def write_transcript_again(folder: Path, path: Path, raw: bytes, event: str, again: str | None) -> Done:
    """Write a transcript; the same one is left alone or put right, another one kept under a number.

    Raises
    ------
    InputError
        If another transcript is there and no reason says that it is void.
    """
    done, seed = Done(), sha256(raw).hexdigest()
    if os.path.lexists(path):
        old = _read(path)
        if old == raw:
            done.tell("draw.same_transcript", file=path)
            return done
        if is_frozen_but_saved_again(old, seed):
            swap_file(path, raw)
            log_frozen_act(folder, "restored", path.name, event, seed)
            done.tell("draw.restored", file=path)
            return done
        if again is None:
            raise InputError([Fault("draw.exists", path.name)])
        _void_draw(folder, path, raw, again, done)
    elif path != folder / TRANSCRIPT and os.path.lexists(folder / TRANSCRIPT):
        done.tell("draw.second", event=_event(_read(folder / TRANSCRIPT)))
    swap_file(path, raw)
    log_frozen_act(folder, "transcript", path.name, event, seed, again or "")
    done.tell("cli.transcript_made", file=path)
    return done


def _void_draw(folder: Path, path: Path, new: bytes, reason: str, done: Done) -> None:
    """Keep the transcript of a void draw under a number, and say what that means.

    Its numbers go with it where they still lie there and the new draw has others, or none.
    """
    raw = _read(path)
    event = _event(raw)
    moved = number_earlier_frozen(folder, path, *_void_numbers(path, raw, new))
    log_frozen_act(folder, "void", moved[path].name, event, sha256(raw).hexdigest(), reason)
    for earlier, kept in moved.items():
        done.tell("draw.kept", name=earlier.name, kept=kept)
    done.tell("draw.void_draw", event=event, reason=reason, next=next_event_number(event))


def _void_numbers(path: Path, was: bytes, now: bytes) -> list[Path]:
    """Return the numbers that belong to a void transcript and to no other."""
    numbers = path.with_name(numbers_beside(path.name))
    old, new = (found and found.order for found in (parse_transcript(was)[0], parse_transcript(now)[0]))
    try:
        lies_there = NumbersOrder(sha256(open_file_bytes(numbers, MOST_OF_A_TABLE)).hexdigest())
    except OSError:
        return []
    return [numbers] if old == lies_there != new else []


def _void_freeze(folder: Path, reason: str, done: Done, *, published: bool) -> None:
    """Keep what was frozen before under a number, and say that its digests are void."""
    moved = number_earlier_frozen(folder, folder / FREEZE, folder / ROSTER, folder / FROZEN) if published else {}
    for path, kept in moved.items():
        done.tell("draw.kept", name=path.name, kept=kept)
    if published:
        digest = sha256(_read(moved[folder / FREEZE])).hexdigest()
        log_frozen_act(folder, "void", moved[folder / FREEZE].name, digest=digest, reason=reason)
        done.tell("draw.void_digests", reason=reason)


def _read(path: Path) -> bytes:
    """Return the content of an earlier file, nothing where it cannot be read."""
    try:
        return open_file_bytes(path, MOST_OF_A_TEXT)
    except OSError:
        return b""


def _event(raw: bytes) -> str:
    """Return the event of a transcript, as far as it can be read."""
    found, _ = parse_transcript(raw)
    if found is not None:
        return found.event
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    return next((line.removeprefix("event=").strip() for line in lines if line.startswith("event=")), "-")
