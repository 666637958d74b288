"""What commands of classes answer for programs, and what they say of digest and version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from allocator.class_folder import ATTEMPTS, PLACEMENT, ClassSession, placement_files
from allocator.domain import ClassPlacement, Violation
from allocator.ground import Language, text
from allocator.public.class_versions import PlacementVersion


def placement_digest(placement: ClassPlacement) -> str:
    """Return the SHA-256 of ``placement.csv``: what is signed."""
    return sha256(placement_files(placement)[PLACEMENT]).hexdigest()


def placement_object(
    session: ClassSession, placement: ClassPlacement, version: PlacementVersion, kind: str
) -> dict[str, Any]:
    """Return a placement for programs: digests, and how each year group was placed."""
    pupils = {(group.school_id, group.track): len(group.pupils) for group in session.tables.groups}
    digests = {name: sha256(raw).hexdigest() for name, raw in placement_files(placement).items()}
    return {
        "format_version": 1, "kind": kind, "event": session.transcript.event, "seed": session.draw.seedhex,
        "weak_seed": session.draw.weak_seed, "placement_sha256": digests[PLACEMENT],
        "attempts_sha256": digests[ATTEMPTS], "version": version._asdict(),
        "groups": [
            {**row._asdict(), "pupils": pupils.get(row[:2], 0)} for row in placement.attempts
        ],
    }  # fmt: skip


def version_lines(version: PlacementVersion, placement: ClassPlacement, language: Language) -> Iterator[str]:
    """Yield what stands on the signed sheet: the digest, and of a new version what it rests on."""
    yield f"{text('classes.placement_digest', language)} {placement_digest(placement)}"
    if version.version > 1:
        words = {"version": version.version, "ruling": version.ruling, "event": version.replaces_event}
        yield text("classes.version", language, **words, digest=version.replaces[:16])


def placed_lines(session: ClassSession, placement: ClassPlacement, language: Language) -> Iterator[str]:
    """Yield how every year group was placed, and the seed."""
    pupils = {(group.school_id, group.track): len(group.pupils) for group in session.tables.groups}
    if session.draw.weak_seed:
        yield text("list.weak_seed", language)
    for row in placement.attempts:
        if row.attempt is not None:
            words = {"school": row.school_id, "track": text(f"classes.track.{row.track}", language)}
            numbers = {"pupils": pupils[row[:2]], "classes": row.classes, "attempt": row.attempt}
            yield text("classes.placed", language, **words, **numbers)
    yield text("cli.seed", language, seed=session.draw.seedhex)


def verdict_lines(placement: ClassPlacement, found: Sequence[Violation], language: Language) -> Iterator[str]:
    """Yield that every class was derived again, or everything that is wrong."""
    if not found:
        yield text("classes.verified", language, children=len(placement.rows))
        return
    yield text("cli.violations", language, count=len(found))
    for violation in found:
        place = " ".join(filter(None, (violation.applicant_id, violation.school_id)))
        words = dict(violation.params)
        if "track" in words:
            words["track"] = text(f"classes.track.{words['track']}", language)
        said = f"{text(violation.code, language, **words)} [{violation.code}]"
        yield f"  {place}: {said}" if place else f"  {said}"
