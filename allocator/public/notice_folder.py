"""The folder of notices: a PDF a school, written whole or not at all; its manifest has the key's fingerprint."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from allocator.ground import Fault, InputError, Written
from allocator.public.notice_key import KEY_FILE, keep_notice_key, key_fingerprint, key_record, notice_key_to_use
from allocator.public.notice_pages import notice_pdfs
from allocator.public.notices import NoticeList, notices_of_book, notices_of_run
from allocator.record import (
    FORMAT_VERSION,
    MADE_BY,
    MANIFEST,
    manifest_outputs,
    output_folder_faults,
    stored_json,
    write_folder,
)
from allocator.sheets import demand_pdf

KIND = "notices"


class WantedNotices(NamedTuple):
    """What is asked of a folder of notices.

    Attributes
    ----------
    schools : tuple of str
        Of which schools; empty: of all.
    key : Path or None
        Where the key lies; None: ``restricted/notice.key`` of the office's folder.
    new_key : bool
        Whether a key is to be made.
    lost : str
        Fingerprint of a key that is given up as lost.
    written : Written
        Language or languages of the pages.
    """

    schools: tuple[str, ...] = ()
    key: Path | None = None
    new_key: bool = False
    lost: str = ""
    written: Written = Written()


class MadeNotices(NamedTuple):
    """What was made: the list, the children with a page, the fingerprint and place of the key, digests of the files."""

    found: NoticeList
    children: Sequence[str]
    key: str
    key_path: Path
    files: Mapping[str, str]


def notice_list(out: Path, folder: Path | None = None) -> NoticeList:
    """Return the list of a run's folder, or of a case book's."""
    if (out / "journal.jsonl").is_file():
        return notices_of_book(out)
    return notices_of_run(out, folder)


def key_path_of(found: NoticeList, given: Path | None, outside: Sequence[Path]) -> Path:
    """Return where the key lies; refuse a place in a folder that is copied or written anew.

    Raises
    ------
    InputError
        Naming that folder.
    """
    path = given or found.folder / KEY_FILE
    for folder in outside:
        if path.resolve().is_relative_to(folder.resolve()):
            raise InputError([Fault("notice.key_inside", str(path), params={"folder": str(folder)})])
    return path


def make_notices(out: Path, target: Path, wanted: WantedNotices, folder: Path | None = None) -> MadeNotices:
    """Write the notices of a list; the key is there, or kept, before a page is.

    Raises
    ------
    InputError
        If anything is wrong with list, key, folder, fonts or names; nothing is written then.
    """
    faults = output_folder_faults(target, out)
    if (target / MANIFEST).exists() and manifest_outputs(target) and stored_json(target / MANIFEST).get("kind") != KIND:
        faults.append(Fault("notice.kind", str(target)))
    if faults:
        raise InputError(faults)
    demand_pdf()
    found = notice_list(out, folder)
    if not found.seats:
        raise InputError([Fault("notice.empty", str(out))])
    is_book = (out / "journal.jsonl").is_file()
    path = key_path_of(found, wanted.key, (target,) if is_book else (target, out))
    before = _keys_before(target)
    key = notice_key_to_use(path, before, new=wanted.new_key, lost=wanted.lost)
    files = list(notice_pdfs(found, key, wanted.written, wanted.schools))
    keep_notice_key(path, key, [found.digest], before)
    children = [child for child, school in found.seats.items() if not wanted.schools or school in wanted.schools]

    def _seal(digests: Mapping[str, str]) -> bytes:
        told = {"made_by": MADE_BY, "kind": KIND, "format_version": FORMAT_VERSION, "list": found.digest}
        content = {**told, "key": key_fingerprint(key), "lists": wanted.written.lists, "outputs": dict(digests)}
        return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode("utf-8")

    return MadeNotices(found, children, key_fingerprint(key), path, write_folder(target, files, _seal))


def _keys_before(target: Path) -> list[str]:
    """The fingerprint of the key of notices that are there already."""
    content: Mapping[str, Any] = stored_json(target / MANIFEST) if (target / MANIFEST).exists() else {}
    return [str(content["key"])] if content.get("kind") == KIND and content.get("key") else []


def with_earlier_lists(found: NoticeList, path: Path) -> NoticeList:
    """Return a run's list with the digests of earlier lists of which notices were made with the same key."""
    known = dict.fromkeys((digest for digest in key_record(path).lists if digest != found.digest), 0)
    return replace(found, earlier={**known, **found.earlier})
