"""A draw day that is void: its transcript, journal and papers are kept under a number, and its event number is used up.

It is the same as ``draw transcript --again`` does for a transcript (docs/lottery.md), for a whole draw day. Every step
can be done twice, so that a kill between two of them leaves nothing that the next start does not end.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from allocator.ground import MOST_OF_A_TEXT, MOST_OF_AN_OUTPUT, Fault, open_file_bytes
from allocator.lottery import TRANSCRIPT, next_event_number, parse_transcript
from allocator.record import FREEZE, LOG, log_frozen_act, swap_file

CEREMONY_FOLDER = "ceremony"
_FIRST_LINE = b"school-draw/1\n"


def used_event_numbers(folder: Path) -> list[str]:
    """Return the event numbers that void draws of a folder have used up, in their order."""
    return [name for name in map(event_of_transcript, _earlier(folder).values()) if name]


def next_of_folder(folder: Path) -> str:
    """Return the event number that is next; empty where the folder knows of no draw before."""
    used = used_event_numbers(folder)
    return next_event_number(used[-1]) if used else ""


def event_of_transcript(raw: bytes) -> str:
    """Return the event of a transcript as far as it can be read; empty where it has none."""
    found, _ = parse_transcript(raw)
    if found is not None:
        return found.event
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    return next((line.removeprefix("event=").strip() for line in lines if line.startswith("event=")), "")


def transcript_of_folder(folder: Path) -> bytes | None:
    """Return the transcript of a folder; None where there is none."""
    return _bytes(folder / TRANSCRIPT)


def changed_transcript_faults(folder: Path, path: Path, answers: Mapping[str, str]) -> list[Fault]:
    """Return the fault of a transcript that bears the event of the draw day and is not what its witnesses gave.

    One that was merely saved again by Windows is left to the reader of transcripts, who tells the cure.

    Parameters
    ----------
    answers : mapping
        What the journal of the day of ``folder`` says; a day without a transcript judges nothing.
    """
    raw, seed, event = _bytes(path), answers.get("transcript"), answers.get("event", "")
    if raw is None or not seed or event_of_transcript(raw) != event:
        return []
    lines = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if sha256(lines).hexdigest() == seed:
        return []
    params = {"event": event, "folder": str(folder)}
    return [Fault("ceremony.transcript_changed", path.name, params=params)]


def was_set_aside(folder: Path, seed: str) -> bool:
    """Return whether the transcript of a seed is one that ``draw … --again`` made void."""
    return any(sha256(raw).hexdigest() == seed for raw in _earlier(folder).values())


def drawn_in_book(folder: Path) -> int:
    """Return the number of the entry by which a case book took the draw of its folder; 0 where none stands.

    That entry is never annulled: a book whose transcript was moved away could not be opened again.
    """
    for line in (_bytes(folder / "journal.jsonl", MOST_OF_AN_OUTPUT) or b"").splitlines():
        with suppress(ValueError, AttributeError, TypeError):
            entry = json.loads(line)
            if entry.get("type") == "drawn":
                return int(entry["seq"])
    return 0


def keep_void_draw(folder: Path, event: str, reason: str) -> list[Path]:
    """Keep a void draw under a number: its transcript, or what one would have begun with, and the draw day's folder.

    Parameters
    ----------
    event : str
        The number that was told to the public.
    reason : str
        Why it is void; stands in ``draw-log.txt``.

    Returns
    -------
    list of Path
        Where they are now.
    """
    transcript, ceremony = folder / TRANSCRIPT, folder / CEREMONY_FOLDER
    kept = next((path for path, raw in _earlier(folder).items() if event_of_transcript(raw) == event), None)
    if kept is None:
        kept = _free(transcript)
        if os.path.lexists(transcript):
            transcript.rename(kept)
        else:
            swap_file(kept, _begun(folder, event))
    if f"\tvoid\t{kept.name}\t" not in (_bytes(folder / LOG) or b"").decode("utf-8", "replace"):
        log_frozen_act(folder, "void", kept.name, event, sha256(_bytes(kept) or b"").hexdigest(), reason)
    if not ceremony.is_dir():
        return [kept]
    moved = ceremony.with_name(f"{ceremony.name}-{kept.stem.rpartition('-')[2]}")
    moved = moved if not os.path.lexists(moved) else _free(ceremony)
    ceremony.rename(moved)
    return [kept, moved]


def _begun(folder: Path, event: str) -> bytes:
    """The head of a transcript to which nobody gave digits; without sources it is none, and no run takes it."""
    digests = (_bytes(folder / FREEZE) or b"").replace(b"\r\n", b"\n")
    return _FIRST_LINE + f"event={event}\n".encode() + digests


def _earlier(folder: Path) -> dict[Path, bytes]:
    """The transcripts that were kept under a number, in the order of the numbers."""
    return dict(_numbered(folder / TRANSCRIPT))


def _numbered(path: Path) -> Iterator[tuple[Path, bytes]]:
    number = 1
    while os.path.lexists(one := path.with_name(f"{path.stem}-{number}{path.suffix}")):
        yield one, _bytes(one) or b""
        number += 1


def _free(path: Path) -> Path:
    """The first name with a number that is not taken."""
    number = 1
    while os.path.lexists(one := path.with_name(f"{path.stem}-{number}{path.suffix}")):
        number += 1
    return one


def _bytes(path: Path, most: int = MOST_OF_A_TEXT) -> bytes | None:
    try:
        return open_file_bytes(path, most)
    except OSError:
        return None
