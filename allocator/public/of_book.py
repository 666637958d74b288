"""What of a case book may go on the website: each round as it stood at its opening, the lists of now, later changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.casebook import (
    BookList,
    ListedBook,
    day_after,
    demand_names_kept,
    later_changes,
    listed_book,
    papers_of_openings,
    public_lists,
    publicity_end,
    reading,
)
from allocator.domain import District
from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, open_readable
from allocator.lottery import FROZEN, NUMBERS, POLICY, ROSTER, TRANSCRIPT
from allocator.public.website import LATER_CHANGES, Wanted, Website, remove_mark, website_signs
from allocator.reporting.family import with_family_page


def is_book_folder(folder: Path) -> bool:
    """Whether a folder is that of a case book."""
    return (folder / "journal.jsonl").is_file()


def website_of_book(folder: Path, wanted: Wanted) -> Website:
    """Return what of a book's folder may be published, not yet looked through.

    Parameters
    ----------
    wanted : Wanted
        By when the lists must be gone, else, of lists in publicity, the day after it; where to object.

    Raises
    ------
    InputError
        If the book is not whole, its personal data were purged, or the draw has not been held.
    """
    demand_names_kept(folder)
    with reading(folder) as kept:
        listed = listed_book(folder, kept.book, wanted.objection, wanted.telephone)
        district = kept.district
    if listed.book.state.season != "drawn":
        raise InputError([Fault("lists.before_draw", "journal.jsonl")])
    files, tables = rounds_of_book(folder, listed), {}
    for one in public_lists(listed):
        path = one.path.replace("public/", "lists/", 1)
        files[f"{path}.csv"], tables[path] = one.data, _with_removal(listed, one, wanted.remove_by)
    files = dict(with_family_page(list(files.items()), district))
    names, persons = map(listed.name, listed.roster_names), listed.persons.values()
    signs = website_signs(district.policy, district.schools, persons, names, listed.address)
    ids = {child for party in listed.book.state.parties.values() for child in party.children}
    plain = ids | listed.roster_names.keys() | listed.book.state.left_early.keys() | district.schools.keys()
    plain |= {str(number) for _, number in (district.draw.numbers if district.draw else ())}
    return Website(files, tables, signs, frozenset(plain), _head(listed, wanted.remove_by))


def rounds_of_book(folder: Path, listed: ListedBook) -> dict[str, bytes]:
    """Return what the family's page checks of a book: each round as it stood at its opening, and what changed since.

    Parameters
    ----------
    folder : Path
        The book's, whose draw was held.
    """
    frozen = {name: folder / FROZEN / name for name in (POLICY, ROSTER)} | {TRANSCRIPT: folder / TRANSCRIPT}
    files = {name: open_readable(path, MOST_OF_A_TABLE) for name, path in frozen.items()}
    if (folder / NUMBERS).is_file():
        drawn = open_readable(folder / NUMBERS, MOST_OF_A_TABLE)
        if sha256(drawn).hexdigest().encode("ascii") in files[TRANSCRIPT]:  # an order that was made elsewhere
            files[NUMBERS] = drawn
    return {**files, **papers_of_openings(listed), LATER_CHANGES: later_changes(listed)}


def family_page_of_book(folder: Path, listed: ListedBook, district: District) -> dict[str, bytes]:
    """Return the family's page (public.md section 5) of a book as it is now, and all that it checks."""
    return dict(with_family_page(list(rounds_of_book(folder, listed).items()), district))


def _with_removal(listed: ListedBook, one: BookList, remove_by: date | None) -> Any:
    """The table of a list with the day by which it must be gone; in publicity, the day after that if none is given."""
    last = publicity_end(listed, one)
    day = remove_by or (day_after(last) if last else None)
    marks = list(one.table.marks)
    at = next((at for at, mark in enumerate(marks) if mark.tail), len(marks))
    return replace(one.table, marks=(*marks[:at], remove_mark(day), *marks[at:]))


def _head(listed: ListedBook, remove_by: date | None) -> Mapping[str, object]:
    """What the manifest says of the book."""
    book = listed.book
    return {
        "of": "book", "policy_id": book.law.policy.policy_id, "event": len(book.journal), "trial": False,
        "seed": book.state.seedhex, "head": book.head, "as_of": listed.day,
        "remove_by": None if remove_by is None else str(remove_by),
    }  # fmt: skip
