"""The digests that the family's page carries of the files with which it was published (docs/verify-page.md).

They can only add a fault, and count where at least half of the files are the same, or the transcript and half of the
paths: then another file that differs, or was added, is told, though nothing else is wrong in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from allocator.ground import MOST_OF_AN_OUTPUT, Fault, open_file_bytes

PAGE = "verify.html"
_TRANSCRIPT = "transcript.txt"
_DATA = re.compile(rb'<script id="words" type="application/json">(.*?)</script>', re.DOTALL)


def page_digest_faults(folder: Path, told: Collection[str]) -> Iterator[Fault]:
    """Yield the files that differ from the digest in the page and of which nothing else is told."""
    digests = _digests(folder)
    found = {name: sha256(open_file_bytes(folder / name, MOST_OF_AN_OUTPUT)).hexdigest()
             for name in digests if (folder / name).is_file()}  # fmt: skip
    other = sorted(name for name in found if found[name] != digests[name])
    are_here = 2 * len(found) >= len(digests)
    if found and (2 * len(other) <= len(found) or (are_here and _TRANSCRIPT in found.keys() - set(other))):
        added = _published(folder) - digests.keys() if are_here else set()
        yield from (Fault("draw.not_as_published", name) for name in sorted({*other, *added} - set(told)))
        if (folder / "lists").is_dir() or (folder / "rounds").is_dir():  # else orders alone went out
            absent = sorted(name for name in digests.keys() - found.keys() - set(told) if name != PAGE)
            yield from (Fault(_missing(name), name) for name in absent)


def _published(folder: Path) -> set[str]:
    """Return the paths of the orders and public lists that are there."""
    kinds = ("draws/**/*.csv", "lists/*.csv")
    found = (path for kind in kinds for place in (kind, f"rounds/*/{kind}") for path in folder.glob(place))
    return {path.relative_to(folder).as_posix() for path in found if path.is_file()}


def _missing(name: str) -> str:
    """Return the code of a file that is not there."""
    kinds = {"draws/": "draw.order_missing", "lists/": "draw.list_missing"}
    return next((code for part, code in kinds.items() if part in name), "draw.file_missing")


def _digests(folder: Path) -> dict[str, str]:
    """Return the digests by path; none where there is no page or no such data in it."""
    path = folder / PAGE
    block = _DATA.search(open_file_bytes(path, MOST_OF_AN_OUTPUT)) if path.is_file() else None
    try:
        data = json.loads(block[1]) if block else {}
    except (ValueError, RecursionError):
        return {}
    digests = data.get("digests") if isinstance(data, dict) else None
    kept = digests.items() if isinstance(digests, dict) else ()
    return {name: found for name, found in kept if isinstance(found, str) and ".." not in name and name[:1] != "/"}
