"""Verification of the output folder of a planning optimum, by the checker alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allocator.checking.optimum.verdict import Certificate, OptimumVerdict, check_optimum
from allocator.district_folder import read_district
from allocator.domain import District, Violation
from allocator.ground import Fault, InputError, Language, fault_text, text
from allocator.lottery import NUMBERS, TRANSCRIPT, canonical_tables
from allocator.planning.optimum.certificate import read_certificate
from allocator.planning.optimum.layout import CERTIFICATE, COLUMNS, KIND, LIST, LIST_WORKBOOK, SCHOOLS, SUMMARY, TABLES
from allocator.planning.optimum.tables import list_table_workbook, schools_table_bytes, tables_bytes
from allocator.record import (
    MANIFEST,
    changed_stored_files,
    manifest_bytes,
    manifest_outputs,
    stored_bytes,
    stored_json,
    stored_manifest_faults,
    stored_stranger_faults,
    stray_stored_files,
)


@dataclass(frozen=True, slots=True)
class OptimumReport:
    """What verification found.

    Attributes
    ----------
    children : int
        Children of the list.
    faults : tuple of Fault
        Files that are missing, were changed or do not say what the list implies.
    verdict : OptimumVerdict or None
        What the checker says; None where list or certificate could not be read.
    claim : str
        What the certificate claims: ``optimal`` or ``bound``.
    notes : tuple of Fault
        What was not verified.
    """

    children: int
    faults: tuple[Fault, ...]
    verdict: OptimumVerdict | None = None
    claim: str = ""
    notes: tuple[Fault, ...] = ()

    @property
    def on_word(self) -> bool:
        """Whether something of the claim rests on nothing but the solver's word."""
        return self.verdict is not None and bool(self.verdict.on_word)

    @property
    def proven(self) -> bool:
        """Whether the list was proven optimal here, without anybody's word."""
        sound = self.verdict is not None and not self.faults and not self.violations
        return sound and self.claim == "optimal" and not self.on_word

    @property
    def violations(self) -> tuple[Violation, ...]:
        """The checker's findings."""
        return self.verdict.violations if self.verdict else ()

    def lines(self, language: Language) -> Iterator[str]:
        """Give the report in words, a line for each finding."""
        count = len(self.faults) + len(self.violations)
        if count:
            yield text("cli.violations", language, count=count)
        for fault in self.faults:
            yield "  " + fault_text(fault, language)
        for found in self.violations:
            place = " ".join(part for part in (found.applicant_id, found.school_id) if part)
            yield f"  {place}: {text(found.code, language, **dict(found.params))} [{found.code}]"
        if not count and self.verdict is not None:
            yield from self._proof(self.verdict, language)
        if self.notes:
            yield text("verify.not_verified", language)
        yield from ("  " + fault_text(note, language) for note in self.notes)

    def _proof(self, verdict: OptimumVerdict, language: Language) -> Iterator[str]:
        """What is proven, and by what."""
        figures = {"children": self.children, "objective": f"{verdict.objective:,}", "gap": f"{verdict.gap:,}"}
        if self.claim != "optimal":
            yield text("planning.verified_bound", language, **figures)
        elif not verdict.gap:
            yield text("planning.verified", language, **figures)
        else:
            words = {"searched": verdict.searched, "word": len(verdict.on_word)}
            code = "planning.verified_word" if verdict.on_word else "planning.verified_search"
            yield text(code, language, **figures, **words)
        for schools, gap in verdict.on_word:
            yield "  " + text("planning.on_word", language, schools=", ".join(schools), gap=gap)

    def as_object(self, language: Language) -> dict[str, object]:
        """Give the report as a JSON object."""
        verdict = self.verdict
        return {
            "children": self.children,
            "claim": self.claim,
            "proven": self.proven,
            "faults": [fault_text(fault, language) for fault in self.faults],
            "violations": [
                {"code": v.code, "applicant_id": v.applicant_id, "school_id": v.school_id,
                 "message": text(v.code, language, **dict(v.params))}
                for v in self.violations
            ],
            "objective": verdict.objective if verdict else None,
            "bound": verdict.bound if verdict else None,
            "gap": verdict.gap if verdict else None,
            "on_solvers_word": [list(schools) for schools, _ in verdict.on_word] if verdict else [],
            "not_verified": [fault_text(note, language) for note in self.notes],
        }  # fmt: skip


def is_optimum(folder: Path) -> bool:
    """Whether a folder is the output of a planning optimum, by its manifest."""
    return stored_json(folder / MANIFEST).get("kind") == KIND


def verify_optimum(folder: Path) -> OptimumReport:
    """Verify an output folder: digests, list, certificate, school table, and what the summary says of the proof.

    The columns ``relation`` and ``metres`` of the list and the figures of both lists side by side prove nothing; only
    their digests are compared, and ``allocator optimum`` makes them anew.

    Parameters
    ----------
    folder : Path
        Made by ``allocator optimum``.
    """
    outputs = manifest_outputs(folder) or {}
    faults = list(changed_stored_files(folder, outputs))
    try:
        district, lines = _district(folder), _lines(folder / LIST)
        placed = _placed(lines)
        if district.policy.planning is None:
            raise InputError([Fault("planning.missing", "policy.yaml", column="planning")])
    except InputError as error:
        return OptimumReport(0, (*faults, *error.faults))
    certificate, wrong = read_certificate(stored_bytes(folder / CERTIFICATE))
    if certificate is None:
        return OptimumReport(len(placed), (*faults, *wrong))
    verdict = check_optimum(district, placed, certificate)
    if not verdict.violations:
        faults += _table_faults(folder, district, placed, certificate)
        faults += _workbook_faults(folder, district, lines)
        faults += _summary_faults(stored_json(folder / SUMMARY), verdict, certificate.claim, dict(certificate.prices))
        faults += stored_manifest_faults(stored_bytes(folder / MANIFEST), manifest_bytes(district, {}, kind=KIND))
    known = {fault.file for fault in faults}
    faults += [
        fault for fault in stored_stranger_faults(folder, _written(district), outputs) if fault.file not in known
    ]
    return OptimumReport(len(placed), tuple(faults), verdict, certificate.claim, tuple(_notes(folder)))


def _table_faults(
    folder: Path, district: District, placed: dict[str, str], certificate: Certificate
) -> Iterator[Fault]:
    """Tables that say something else than list, certificate and summary."""
    if stored_bytes(folder / SCHOOLS) != schools_table_bytes(district, placed, certificate):
        yield Fault("cli.not_implied", SCHOOLS)
    try:
        made = tables_bytes(district, placed, certificate, stored_json(folder / SUMMARY))
    except (AttributeError, KeyError, TypeError):  # a summary of another shape
        made = None
    if stored_bytes(folder / TABLES) != made:
        yield Fault("cli.not_implied", TABLES)


def _workbook_faults(folder: Path, district: District, lines: list[list[str]]) -> Iterator[Fault]:
    """The workbook of the list, if it says something else than the list."""
    try:
        made = list_table_workbook(district, lines)
    except (KeyError, ValueError):  # a relation or a distance that no list has
        made = None
    if (folder / LIST_WORKBOOK).is_file() and stored_bytes(folder / LIST_WORKBOOK) != made:
        yield Fault("cli.not_implied", LIST_WORKBOOK)


def _written(district: District) -> set[str]:
    """Return the paths of all files of such a folder."""
    drawn = district.draw is not None and district.draw.transcript is not None
    inputs = {f"inputs/{name}" for name, _ in canonical_tables(district)}
    written = {LIST, LIST_WORKBOOK, SCHOOLS, TABLES, SUMMARY, CERTIFICATE, MANIFEST, "policy.yaml", *inputs}
    numbered = district.draw is not None and bool(district.draw.numbers)
    return written | ({TRANSCRIPT} if drawn else set()) | ({NUMBERS} if numbered else set())


def _notes(folder: Path) -> Iterator[Fault]:
    """Give what cannot be verified from such a folder alone."""
    yield Fault("unverified.versions", MANIFEST, column="versions")
    yield Fault("unverified.inputs", MANIFEST, column="inputs")
    yield Fault("unverified.relations", LIST, column="relation, metres")
    yield Fault("unverified.figures", SUMMARY)
    yield from (Fault("unverified.stray", name) for name in stray_stored_files(folder))


def _district(folder: Path) -> District:
    """The district that the folder was made of, from the copies in it."""
    trial = stored_json(folder / MANIFEST).get("trial_seed")
    seed = trial if isinstance(trial, int) else None
    transcript = folder / TRANSCRIPT if seed is None else None
    return read_district(
        folder / "inputs", policy=folder / "policy.yaml", transcript=transcript, trial_seed=seed, allow_weak_seed=True
    )


def _lines(path: Path) -> list[list[str]]:
    """The lines of the list below its header."""
    try:
        lines = list(csv.reader(io.StringIO(stored_bytes(path).decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError([Fault("certificate.not_list", LIST, params={"reason": str(error)[:80]})]) from error
    if not lines or tuple(lines[0]) != COLUMNS:
        raise InputError([Fault("certificate.not_list", LIST, 1, params={"reason": ",".join(COLUMNS)})])
    faults = [
        Fault("certificate.not_list", LIST, row, params={"reason": ",".join(COLUMNS)})
        for row, line in enumerate(lines[1:], start=2) if len(line) != len(COLUMNS)
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
    return lines[1:]


def _placed(lines: list[list[str]]) -> dict[str, str]:
    """School by child."""
    faults: list[Fault] = []
    placed: dict[str, str] = {}
    for row, line in enumerate(lines, start=2):
        cells = dict(zip(COLUMNS, line, strict=True))
        if cells["applicant_id"] in placed:
            faults.append(Fault("cli.child_twice", LIST, row, "applicant_id", cells["applicant_id"]))
        placed[cells["applicant_id"]] = cells["school_id"]
    if faults:
        raise InputError(faults)
    return placed


def _summary_faults(
    summary: dict[str, Any], verdict: OptimumVerdict, claim: str, prices: dict[str, int]
) -> Iterator[Fault]:
    """Figures of the summary that list and certificate do not imply."""
    proven = claim == "optimal"
    bound = verdict.objective if proven else verdict.bound
    implied = {
        "objective": verdict.objective, "bound": bound, "gap": bound - verdict.objective, "proven": proven,
        "prices": prices,
    }  # fmt: skip
    for key, value in implied.items():
        if summary.get(key) != value:
            yield Fault("cli.not_implied", SUMMARY, column=key)
