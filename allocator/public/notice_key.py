"""The key of the office by which notices are marked: 32 random bytes, its owner's alone, never replaced silently.

Beside the key lies what was made with it: its fingerprint and the lists. So a lost key is known to be lost.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from allocator.ground import Fault, InputError, open_json_file, write_owner_only
from allocator.record import swap_file

KEY_FILE = "restricted/notice.key"
"""Where the key lies in the office's folder, if no other place is given."""

BYTES = 32
_OTHERS = 0o077
_DIGITS = 16


class KeyRecord(NamedTuple):
    """What was made with a key.

    Attributes
    ----------
    fingerprint : str
        Of the key in use; empty before the first.
    lists : tuple of str
        Digests of the lists of which notices were made with it, the last one last.
    lost : tuple of str
        Fingerprints of keys that were given up as lost.
    """

    fingerprint: str = ""
    lists: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def key_fingerprint(key: bytes) -> str:
    """Return what names a key and tells nothing of it: 16 digits of a SHA-256."""
    return sha256(b"school-notice/1 key|" + key).hexdigest()[:_DIGITS]


def read_notice_key(path: Path) -> bytes:
    """Return the key of a file.

    Raises
    ------
    InputError
        If there is none, it is not the owner's alone, or not of 32 bytes.
    """
    try:
        found = path.lstat()
        if not S_ISREG(found.st_mode):
            raise InputError([Fault("notice.key_file", str(path))])
        if os.name != "nt" and (found.st_mode & _OTHERS or found.st_uid != os.geteuid()):
            raise InputError([Fault("notice.key_open", str(path), params={"mode": f"{found.st_mode & 0o777:04o}"})])
        if found.st_size != BYTES:
            raise InputError([Fault("notice.key_size", str(path), params={"size": str(found.st_size)})])
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError([_missing(path, key_record(path))]) from error
    except OSError as error:
        reason = {"reason": error.strerror or str(error)}
        raise InputError([Fault("notice.key_unreadable", str(path), params=reason)]) from error


def key_to_verify(path: Path) -> bytes:
    """Return the key of a file, with which notices were made as far as is known.

    Raises
    ------
    InputError
        As ``read_notice_key``; and if another key lies in its place, under which every notice would look forged.
    """
    key, known = read_notice_key(path), key_record(path)
    if known.fingerprint not in ("", own := key_fingerprint(key)):
        raise InputError([Fault("notice.key_exchanged", str(path), params={"lost": known.fingerprint, "own": own})])
    return key


def notice_key_to_use(path: Path, made_before: Sequence[str], *, new: bool, lost: str) -> bytes:
    """Return the key to make notices with; a new one is not written yet.

    Parameters
    ----------
    path : Path
        Where the key lies, or is to lie.
    made_before : sequence of str
        Fingerprints of keys of notices that are there already.
    new : bool
        Whether a new key is asked for.
    lost : str
        Fingerprint of the key that is given up as lost, in groups or not.

    Raises
    ------
    InputError
        If the key is missing or is another than that of earlier notices, and nobody said that it is lost; if a new one
        is asked for and one is there.
    """
    known = key_record(path)
    there = os.path.lexists(path)
    if there and new:
        raise InputError([Fault("notice.key_there", str(path))])
    if not there and not new:
        raise InputError([_missing(path, known)])
    key = secrets.token_bytes(BYTES) if new else read_notice_key(path)
    own, told = key_fingerprint(key), "".join(lost.split()).lower()
    earlier = {known.fingerprint, *made_before} - {"", own, told, *known.lost}
    if earlier:
        code = "notice.key_lost" if new else "notice.key_other"
        raise InputError([Fault(code, str(path), params={"lost": one, "own": own}) for one in sorted(earlier)])
    return key


def _missing(path: Path, known: KeyRecord) -> Fault:
    """Return the fault of a key that is not there: never made, or lost."""
    if known.fingerprint:
        return Fault("notice.key_lost", str(path), params={"lost": known.fingerprint})
    return Fault("notice.no_key", str(path))


def keep_notice_key(path: Path, key: bytes, lists: Sequence[str], lost: Sequence[str]) -> None:
    """Write a new key, its owner's alone, and beside it what is made with it; call it before anything is printed.

    Parameters
    ----------
    lists : sequence of str
        Digests of the lists of which notices are made now.
    lost : sequence of str
        Fingerprints of keys of earlier notices.

    Raises
    ------
    InputError
        If they cannot be written; a key that was there stays.
    """
    known, own = key_record(path), key_fingerprint(key)
    before = known.lists if known.fingerprint == own else ()
    given_up = {*known.lost, *lost, known.fingerprint} - {"", own}
    record = {
        "format_version": 1, "kind": "notice-key", "key": own, "lists": list(dict.fromkeys((*before, *lists))),
        "lost": sorted(given_up),
    }  # fmt: skip
    try:
        if not os.path.lexists(path):
            write_owner_only(path, key)
        swap_file(_record_file(path), (json.dumps(record, indent=1) + "\n").encode())
    except OSError as error:
        reason = {"reason": error.strerror or str(error)}
        raise InputError([Fault("notice.key_unwritten", str(path), params=reason)]) from error


def key_record(path: Path) -> KeyRecord:
    """Return what was made with the key of a file; empty where nothing is known.

    Raises
    ------
    InputError
        If what lies beside the key is damaged.
    """
    file = _record_file(path)
    if not os.path.lexists(file):
        return KeyRecord()
    found = open_json_file(file)
    try:
        assert isinstance(found, dict)
        lists, lost = (tuple(map(str, found[name])) for name in ("lists", "lost"))
        return KeyRecord(str(found["key"]), lists, lost)
    except (AssertionError, KeyError, TypeError) as error:
        raise InputError([Fault("notice.record_damaged", str(file))]) from error


def _record_file(path: Path) -> Path:
    return path.with_name(path.name + ".json")
