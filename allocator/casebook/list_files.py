"""The lists of a book as files: workbook, PDF and CSV of each, public and restricted ones apart, all for their owner.

A folder of lists is that of one state of the book: its name says the event. The lists of another event lie beside it,
so that what was published once can be held against what is true now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from allocator.casebook.lists import BookList, ListedBook, public_batch, public_lists
from allocator.casebook.restricted_lists import restricted_lists
from allocator.ground import Fault, InputError, Language, Written, some_as_text, text
from allocator.record import manifest_bytes, write_folder
from allocator.sheets import demand_pdf, table_pdf, workbook

KIND = "book-lists"
ListFormat: TypeAlias = Literal["xlsx", "pdf", "csv"]
CHECKED_PLACE = "public/verify/"
"""Where the family's page lies, with the files that it checks."""
FORMATS: tuple[ListFormat, ...] = get_args(ListFormat)


def book_lists(listed: ListedBook, round_: str = "") -> tuple[BookList, ...]:
    """Return the lists that exist now.

    Parameters
    ----------
    listed : ListedBook
        A book as far as it has come.
    round_ : str
        Only those of a round, or of ``decisions``; empty for all.

    Raises
    ------
    InputError
        If the public draw has not been held, or the round has not been opened.
    """
    state = listed.book.state
    if state.season != "drawn":
        raise InputError([Fault("lists.before_draw", "journal.jsonl")])
    found = tuple(chain(public_lists(listed), restricted_lists(listed)))
    if not round_:
        return found
    known = [name for name, one in state.rounds.items() if one.state != "pending"] + ["decisions"]
    if round_ not in known:
        expected = {"expected": ", ".join(known)}
        raise InputError([Fault("lists.no_such_round", "--round", 0, "", round_, expected)])
    batches = {round_, public_batch(listed.book, "" if round_ == "decisions" else round_)}
    return tuple(one for one in found if one.batch in batches)


def lists_folder(folder: Path, listed: ListedBook, round_: str = "") -> Path:
    """Return where the lists of a book lie by its last event: ``lists/event-0042``; of a round with its name behind."""
    return folder / "lists" / "-".join(filter(None, (f"event-{len(listed.book.journal):04d}", round_)))


def write_lists(
    out: Path, listed: ListedBook, lists: Sequence[BookList], written: Written,
    formats: Sequence[ListFormat] = FORMATS, page: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, str]:
    """Write lists into a folder, whole or not at all; return the SHA-256 of every file.

    Parameters
    ----------
    page : mapping of str to bytes
        The family's page with what it checks, by path; empty for the lists of one round.

    Raises
    ------
    InputError
        If the folder holds anything else or cannot be written, or a PDF cannot be made here; nothing is written then.
    """
    if "pdf" in formats:
        demand_pdf()
    files = [*_files(lists, written, formats), *page.items()]  # every sign is looked at before anything is written

    def _seal(digests: Mapping[str, str]) -> bytes:
        district = replace(listed.book.law.district, draw=None)
        return manifest_bytes(district, digests, {"journal": listed.book.head}, KIND, written.lists)

    return write_folder(out, files, _seal)


def _files(
    lists: Iterable[BookList], written: Written, formats: Sequence[ListFormat]
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file; faults of all lists are told at once."""
    faults: list[Fault] = []
    for one in lists:
        for form in dict.fromkeys(formats):
            try:
                yield f"{one.path}.{form}", _content(one, written, form)
            except InputError as error:
                faults += [Fault(f.code, f"{one.path}.pdf", f.row, f.column, f.value, f.params) for f in error.faults]
    if faults:
        raise InputError(faults)


def _content(one: BookList, written: Written, form: ListFormat) -> bytes:
    """A list as a file; the CSV is the same in all languages, because its digest stands on the others."""
    if form == "csv":
        return one.data
    return workbook([one.table], written, KIND) if form == "xlsx" else table_pdf(one.table, written)


def lists_object(listed: ListedBook, lists: Sequence[BookList], digests: Mapping[str, str]) -> dict[str, Any]:
    """Return what was written, for programs: no name of a child, and digests of files by path.

    Parameters
    ----------
    digests : mapping of str to str
        What ``write_lists`` returned.
    """
    told = [
        {
            "list": one.name, "batch": one.batch, "school_id": one.school, "restricted": one.restricted,
            "rows": len(one.table.rows), "data_sha256": sha256(one.data).hexdigest(),
            "files": {name: digest for name, digest in digests.items() if name.rpartition(".")[0] == one.path},
        }
        for one in lists
    ]  # fmt: skip
    return {
        "format_version": 1, "kind": KIND, "policy_id": listed.book.law.policy.policy_id, "head": listed.book.head,
        "event": len(listed.book.journal), "as_of": listed.day, "lists": told,
    }  # fmt: skip


def lists_told(
    listed: ListedBook, lists: Sequence[BookList], digests: Mapping[str, str], out: Path, language: Language
) -> Iterator[str]:
    """Yield in words what was written, which of it may be published, and what is left blank on it."""
    say = partial(text, language=language)
    yield say("lists.made", lists=len(lists), files=len(digests), folder=out)
    for code, is_inside in (("lists.made_public", False), ("lists.made_restricted", True)):
        kinds = Counter(one.name for one in lists if one.restricted is is_inside)
        if kinds:
            names = [f"{say(f'lists.kind.{name}')} {count}" for name, count in kinds.items()]
            yield say(code, names=("、" if language == "zh" else ", ").join(names))
    if any(name.startswith(CHECKED_PLACE) for name in digests):
        yield say("lists.made_page")
    if nameless := nameless_children(listed):
        yield say("lists.nameless", count=len(nameless), children=some_as_text(nameless, 5))
    if any(one.name == "publicity" for one in lists) and not all(listed.address):
        yield say("lists.no_office")
    yield say("book.head", head=listed.book.head)


def nameless_children(listed: ListedBook) -> tuple[str, ...]:
    """Return the children on lists whose name nobody knows, by number."""
    parties = listed.book.state.parties.values()
    there = (child for party in parties if party.state in ("seated", "external") for child in party.children)
    return tuple(sorted(child for child in there if not listed.name(child)))
