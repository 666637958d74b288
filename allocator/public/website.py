"""The folder that may go on the website: looked through before a byte is written, and open to all.

It is the only folder of the program that others may read (docs/publishing.md). An older one is replaced only if it was
made here too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from allocator.domain import Policy, School, Text
from allocator.ground import Fault, InputError, Written
from allocator.public.private_signs import ADDRESS, PrivateSigns
from allocator.public.searched import LATER, private_faults, table_faults
from allocator.record import FORMAT_VERSION, MADE_BY, MANIFEST, output_folder_faults, stored_json, write_folder
from allocator.sheets import Mark, Table, both, demand_pdf, table_pdf, workbook

KIND, LATER_CHANGES = "website", LATER
OPEN_FILE, OPEN_FOLDER = 0o644, 0o755
LIST_FORMATS = ("csv", "xlsx", "pdf")


@dataclass(frozen=True)
class Website:
    """What is to be published.

    Attributes
    ----------
    files : mapping of str to bytes
        By path, as it stands.
    tables : mapping of str to Table
        By path without its ending, the lists for people.
    signs : PrivateSigns
        What must not be in any of them.
    plain : frozenset of str
        Cells that are what they must be: registration numbers, ids, numbers drawn.
    head : mapping
        What the manifest says beside the digests: policy, event, seed, day of removal, head of the journal.
    faults : sequence of Fault
        What is wrong already.
    """

    files: Mapping[str, bytes]
    tables: Mapping[str, Table]
    signs: PrivateSigns
    plain: frozenset[str]
    head: Mapping[str, Any]
    faults: Sequence[Fault] = ()

    @property
    def small_orders(self) -> list[str]:
        """The orders of draws with fewer than five parties."""
        lines = {name: raw.count(b"\n") for name, raw in self.files.items() if "draws/" in name}
        return sorted(name for name, count in lines.items() if count < 6)


class Wanted(NamedTuple):
    """What is asked of a website: the day on which lists go out, by when they are gone, where to object."""

    first: date | None = None
    remove_by: date | None = None
    objection: str = ""
    telephone: str = ""


class PersonWords(Protocol):
    """What is known of a person (``restricted/persons.csv``)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def guardian_name(self) -> str: ...  # noqa: D102
    @property
    def card(self) -> str: ...  # noqa: D102
    @property
    def telephone(self) -> str: ...  # noqa: D102
    @property
    def address(self) -> str: ...  # noqa: D102


def website_signs(
    policy: Policy, schools: Mapping[str, School], persons: Collection[PersonWords], names: Iterable[str],
    office: Iterable[Text | str],
) -> PrivateSigns:  # fmt: skip
    """Return what must not be on a website.

    Parameters
    ----------
    policy, schools
        Names of categories; what looks private and is the office's own, as names of schools and the policy's letters.
    persons : collection of PersonWords
        Who the children are.
    names : iterable of str
        Further names.
    office : iterable of Text or str
        Where to object, by which telephone, as it is printed.
    """
    letters = policy.letters
    told = [getattr(letters, field.name) for field in fields(letters)] if letters else []
    form = PrivateSigns()
    titles = [school.title for school in schools.values()]
    titles = [one for one in titles if form.kinds(f"{one.zh} ; {one.en}") == [ADDRESS]]
    words = [*told, *titles, *office]
    return PrivateSigns(
        names=(*names, *(name for one in persons for name in (one.name, one.guardian_name))),
        numbers=(number for one in persons for number in (one.card, one.telephone)),
        addresses=(one.address for one in persons),
        categories=_said(word for one in policy.categories for word in (one.category_id, one.name)),
        public=_said(words),
    )


def _said(words: Iterable[object]) -> Iterator[str]:
    """Yield texts in both languages, names as they are; other values of a policy are passed over."""
    for word in words:
        if isinstance(word, Text):
            yield from (word.zh, word.en)
        elif isinstance(word, tuple):
            yield from _said(word)
        elif isinstance(word, str):
            yield word


def remove_mark(day: date | None) -> Mark:
    """Return what says until when a list may be seen; None: to be filled in."""
    return Mark(both("publish.remove_by", day=day) if day else both("publish.remove_blank"), "lead")


def broken_website(files: Mapping[str, bytes], faults: Sequence[Fault], plain: frozenset[str]) -> Website:
    """Return files of which more is wrong than that something private may be in them."""
    return Website(files, {}, PrivateSigns(), plain, {}, faults)


def demand_website_place(target: Path, source: Path) -> None:
    """Refuse a folder that publish did not make, and one in what is published or around it.

    Raises
    ------
    InputError
        Saying why; nothing is changed.
    """
    here, there = Path(os.path.realpath(target)), Path(os.path.realpath(source))
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise InputError([Fault("publish.inside", str(target), params={"folder": str(source)})])
    if faults := output_folder_faults(target):
        raise InputError(faults)
    if (here / MANIFEST).exists() and stored_json(here / MANIFEST).get("kind") != KIND:
        raise InputError([Fault("publish.not_ours", str(target))])


def demand_nothing_private(site: Website) -> None:
    """Refuse a website of which a file holds what may not be published.

    Raises
    ------
    InputError
        With every place, and what else is wrong.
    """
    faults = [*site.faults, *private_faults(site.files, site.signs, site.plain)]
    if not faults:  # lists are made of the files: where those are clean, only the lines above them are new
        for path, table in site.tables.items():
            faults += table_faults(f"{path}.pdf", table, site.signs, site.plain)
    if faults:
        raise InputError(faults)


def write_website(target: Path, site: Website, written: Written, formats: Collection[str]) -> dict[str, str]:
    """Write the folder whole or not at all, then let others read it; return the SHA-256 of every file.

    Parameters
    ----------
    formats : collection of str
        Of lists for people: ``xlsx``, ``pdf``; the CSV files are always there.

    Raises
    ------
    InputError
        If it cannot be written, or a PDF cannot be made here; nothing is written then.
    """
    if "pdf" in formats and site.tables:
        demand_pdf()
    files = [*site.files.items(), *_lists(site.tables, written, formats)]

    def _seal(digests: Mapping[str, str]) -> bytes:
        told = {"made_by": MADE_BY, "kind": KIND, "format_version": FORMAT_VERSION, **site.head}
        content = {**told, "lists": written.lists, "outputs": dict(digests)}
        return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")

    digests = write_folder(target, files, _seal)
    open_to_others(target)
    return digests


def _lists(tables: Mapping[str, Table], written: Written, formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the lists for people; signs that no font has are told of all of them at once."""
    faults: list[Fault] = []
    for path, table in tables.items():
        if "xlsx" in formats:
            yield f"{path}.xlsx", workbook([table], written, KIND)
        try:
            if "pdf" in formats:
                yield f"{path}.pdf", table_pdf(table, written)
        except InputError as error:
            faults += [Fault(f.code, f"{path}.pdf", f.row, f.column, f.value, f.params) for f in error.faults]
    if faults:
        raise InputError(faults)


def open_to_others(folder: Path) -> None:
    """Let others read a folder and all in it, whatever the mask of permissions says; its owner alone may write."""
    target = Path(os.path.realpath(folder))
    for path in (target, *target.rglob("*")):
        path.chmod(OPEN_FOLDER if path.is_dir() else OPEN_FILE)
