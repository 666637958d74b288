"""What the desk adds to an entry: fields that the program knows best, and the files that go with the event."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from allocator.book import Book, signed_rows_bytes
from allocator.casebook.kept import KeptBook
from allocator.casebook.publicity import publicity_from
from allocator.casebook.season_files import (
    SeasonTables,
    bring_back_season_freeze,
    demand_season_determined,
    keep_season_freeze,
    keep_season_transcript,
    read_season_transcript,
    season_freeze_text,
    season_locks_bytes,
    season_roster_digest,
    season_tables,
    take_back_season_freeze,
    write_season_determination,
    write_season_locks,
)
from allocator.ground import Fault, InputError


def _nothing() -> Iterable[Path]:
    return ()


class Prepared(NamedTuple):
    """What goes with an event.

    Attributes
    ----------
    fields : mapping of str to str or int
        Those that nobody typed.
    before, after : callable
        Make files before the event is written, and after it; they return what was made, or kept aside.
    tables : SeasonTables or None
        What a determination found.
    publish : str
        Digests of a freeze, to publish before any witness speaks.
    annuls : mapping or None
        The line that is annulled.
    """

    fields: Mapping[str, object] = {}
    before: Callable[[], Iterable[Path]] = _nothing
    after: Callable[[], Iterable[Path]] = _nothing
    tables: SeasonTables | None = None
    publish: str = ""
    annuls: Mapping[str, object] | None = None


    @property
    def texts(self) -> dict[str, str]:
        """The fields as they would be typed."""
        return {name: str(value) for name, value in self.fields.items()}


def prepared_entry(kept: KeptBook, kind: str, given: Mapping[str, str]) -> Prepared:
    """Return what the desk adds to an entry of a type; nothing is written yet.

    Parameters
    ----------
    given : mapping of str to str
        What was typed: fields by name, ``at``, and ``path`` of a transcript.

    Raises
    ------
    InputError
        With all faults of the files that the event rests on.
    """
    prepare = _PREPARE.get(kind)
    return Prepared() if prepare is None else prepare(kept, given)


def completed_entry(book: Book, event: Mapping[str, object]) -> Mapping[str, object]:
    """Return an event with the digest of the list that is signed, as the list stands in a book, if it states none."""
    if event["type"] != "signed_off" or "digest" in event:
        return event
    listed = signed_rows_bytes(book.law, book.state, str(event["round"]), str(event["school"]))
    return {**event, "digest": sha256(listed).hexdigest()}


def _determined(kept: KeptBook, given: Mapping[str, str]) -> Prepared:
    now = season_tables(kept.folder)
    fields = {"inputs": now.inputs, "determination": now.determination}
    return Prepared(fields, lambda: filter(None, [write_season_determination(kept.folder, now)]), tables=now)


def _frozen(kept: KeptBook, given: Mapping[str, str]) -> Prepared:
    now, folder = season_tables(kept.folder), kept.folder
    demand_season_determined(now, kept.journal)
    roster, policy = season_roster_digest(now.district), now.district.policy_sha256
    fields = {"inputs": now.inputs, "roster": roster, "policy": policy, "held": now.held}
    return Prepared(fields, lambda: keep_season_freeze(folder, now), publish=season_freeze_text(now))


def _unfrozen(kept: KeptBook, given: Mapping[str, str]) -> Prepared:
    return Prepared(after=lambda: take_back_season_freeze(kept.folder, given.get("reason", "")))


def _drawn(kept: KeptBook, given: Mapping[str, str]) -> Prepared:
    draw = read_season_transcript(kept.folder, Path(given["path"]))
    return Prepared({"transcript": draw.seedhex}, lambda: keep_season_transcript(kept.folder, draw))


def _published(kept: KeptBook, given: Mapping[str, str]) -> Prepared:
    """Begin on the first working day from today, and last as long as it must."""
    office = kept.book.law.office
    today = date.fromisoformat(given["at"][:10])
    shortest = publicity_from(office, today)
    with suppress(ValueError):  # a first day that is no date is told as a fault of the entry
        begin = date.fromisoformat(given.get("first_day") or today.isoformat())
        shortest = shortest._replace(last_day=publicity_from(office, begin).last_day)
    return Prepared({"first_day": shortest.first_day.isoformat(), "last_day": shortest.last_day.isoformat()})


def _locks_written(kept: KeptBook, given: Mapping[str, str]) -> Prepared:
    frozen = [line for line in map(json.loads, kept.journal) if line["type"] == "frozen"]
    if not frozen:
        raise InputError([Fault("book.open_first", "locks-new.csv")])
    content = season_locks_bytes(kept.folder, kept.book.state, frozen[-1]["inputs"])
    return Prepared({"locks": sha256(content).hexdigest()}, lambda: [write_season_locks(kept.folder, content)])


def _annulled(kept: KeptBook, given: Mapping[str, str]) -> Prepared:
    """Name the last line where none was named; the files of a freeze go, or come back, with its line."""
    lines = [json.loads(line) for line in kept.journal]
    last = lines[-1]
    named = next((line for line in lines if str(line["seq"]) == given.get("annuls", "")), last)
    found = Prepared({"annuls": last["seq"]}, annuls=named)
    if named is last and last["type"] == "frozen":
        return found._replace(after=lambda: take_back_season_freeze(kept.folder, given.get("reason", "")))
    if named is last and last["type"] == "unfrozen":
        freeze = [line for line in lines if line["type"] == "frozen"][-1]
        return found._replace(before=lambda: bring_back_season_freeze(kept.folder, freeze))
    return found


_PREPARE: Mapping[str, Callable[[KeptBook, Mapping[str, str]], Prepared]] = {
    "determined": _determined, "frozen": _frozen, "unfrozen": _unfrozen, "drawn": _drawn,
    "publicity_opened": _published, "locks_written": _locks_written,
    "annulled": _annulled,
}  # fmt: skip
