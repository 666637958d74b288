"""Verification of a finished list by the checker alone: an output folder, or a list made elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TypeAlias, get_args

from allocator.checking import check_inputs, check_list_by_rules, cutoffs_by_list, infer_rows, unproven_by_rules
from allocator.district_folder import read_district
from allocator.domain import District, Policy, Row, Violation
from allocator.ground import Fault, InputError, Language, ListLanguages, fault_text, opened_json, text
from allocator.lottery import NUMBERS, ROSTER, TRANSCRIPT, draw_roster
from allocator.proofreading import comparison_with_canonical
from allocator.reading import parse_policy, read_folder, read_lists
from allocator.record import (
    CUTOFFS,
    MANIFEST,
    Retelling,
    changed_stored_files,
    cutoff_differences,
    manifest_bytes,
    manifest_outputs,
    read_assignment,
    stored_bytes,
    stored_json,
    stored_manifest_faults,
    stored_stranger_faults,
    stray_stored_files,
    workbook_differences,
)
from allocator.reporting import published_files, summarise_run, with_family_page

ASSIGNMENT, INPUTS, POLICY, TRACE = "assignment.csv", "inputs", "policy.yaml", "trace.jsonl"
SUMMARY, WORKBOOK, SERIAL = "summary.json", "lists.xlsx", "assignment-serial-by-ticket.csv"
TABLES = ("applicants.csv", "schools.csv", "zones.csv")
AGREEMENT: Mapping[str, tuple[object, ...]] = {
    "engine": ("both", "procedure", "model"), "engines_agree": (True, None), "unique": (True, None),
    "checker": ("accepted",), "unproven": (),
}  # fmt: skip
"""What a run may say of the engines; which of them ran is only its word."""
_File: TypeAlias = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found.

    Attributes
    ----------
    children : int
        Children judged.
    faults : tuple of Fault
        Files that are missing or were changed after the run, orders that differ.
    violations : tuple of Violation
        What the checker found in the list.
    inferred : bool
        Whether phases were inferred from ids and schools.
    unproven : tuple of str
        Batches whose diversion by least distance could not be proven best without a solver.
    notes : tuple of Fault
        What was not verified, and why it cannot be from this folder alone.
    """

    children: int
    faults: tuple[Fault, ...]
    violations: tuple[Violation, ...]
    inferred: bool = False
    unproven: tuple[str, ...] = ()
    notes: tuple[Fault, ...] = ()

    def lines(self, language: Language) -> Iterator[str]:
        """Give the report in words, a line for each finding."""
        count = len(self.faults) + len(self.violations)
        if not count:
            yield text("cli.verified", language, children=self.children)
        else:
            yield text("cli.violations", language, count=count)
        if self.inferred:
            yield text("cli.list_inferred", language)
        for fault in self.faults:
            yield "  " + fault_text(fault, language)
        for violation in self.violations:
            yield "  " + violation_text(violation, language)
        yield from (text("check.unproven", language, phase=phase) for phase in self.unproven)
        if self.notes:
            yield text("verify.not_verified", language)
        yield from ("  " + fault_text(note, language) for note in self.notes)

    def as_object(self, language: Language) -> dict[str, object]:
        """Give the report as a JSON object."""
        return {
            "children": self.children,
            "phases_inferred": self.inferred,
            "faults": [fault_text(fault, language) for fault in self.faults],
            "violations": [
                {
                    "code": v.code, "clause": v.clause, "applicant_id": v.applicant_id, "school_id": v.school_id,
                    "message": text(v.code, language, **dict(v.params)),
                }
                for v in self.violations
            ],
            "unproven": list(self.unproven),
            "not_verified": [fault_text(note, language) for note in self.notes],
        }


def violation_text(violation: Violation, language: Language) -> str:
    """Return one line for a violation: clause, child, school, what is wrong."""
    place = " ".join(part for part in (violation.clause, violation.applicant_id, violation.school_id) if part)
    return f"{place}: {text(violation.code, language, **dict(violation.params))} [{violation.code}]"


def verify_output(folder: Path) -> Report:
    """Verify an output folder: every file's digest, the list, the inputs' digests, and what follows from the list.

    Parameters
    ----------
    folder : Path
        Made by ``allocator run``.

    Raises
    ------
    InputError
        If the folder is none of ours, or holds no list that counts.
    """
    outputs = manifest_outputs(folder)
    if outputs is None:
        raise InputError([Fault("cli.not_out", folder.name)])
    if ASSIGNMENT not in outputs:
        lists = stored_json(folder / MANIFEST).get("kind", "assignment") == "assignment"
        raise InputError([Fault("cli.missing_file", ASSIGNMENT) if lists else Fault("cli.only_planning", folder.name)])
    faults = list(changed_stored_files(folder, outputs))
    try:
        district, rows = verified_district(folder), _output_rows(folder)
    except InputError as error:  # copies that cannot be read any more prove nothing
        return Report(0, (*faults, *error.faults), ())
    report = verify_rows(district, rows)
    serial, violations = _serial(folder, district)
    violations += report.violations
    digests = outputs
    if not violations:
        digests = {}
        faults += _not_implied(folder, district, rows, _published(folder, district, rows, serial), digests)
    known = {fault.file for fault in faults}
    written = {*digests, *_copies(district, serial)}
    faults += [f for f in stored_stranger_faults(folder, written, {**outputs, **digests}) if f.file not in known]
    return replace(
        report, faults=tuple(faults), violations=violations, notes=tuple(verification_notes(folder, district))
    )


def input_copy_faults(folder: Path, tables: Path, encoding: str | None = None) -> tuple[Fault, ...]:
    """Compare the copies of the inputs in an output folder with the office's own tables, value by value.

    Names and sexes are in no copy and are not compared.

    Parameters
    ----------
    folder : Path
        Made by ``allocator run`` or ``allocator optimum``.
    tables : Path
        Holds the office's tables.
    encoding : str or None
        Encoding of their CSV files; found out where None.

    Raises
    ------
    InputError
        If the tables are not such as the program reads, or a copy is missing.
    """
    read_folder(tables, policy=folder / POLICY, encoding=encoding)  # refuses what no reader should open
    copies = {name: stored_bytes(folder / INPUTS / name) for name in TABLES}
    return tuple(comparison_with_canonical(tables, copies, encoding=encoding))


def _output_rows(folder: Path) -> tuple[Row, ...]:
    """Rows of the list of an output folder."""
    rows, faults = read_assignment(stored_bytes(folder / ASSIGNMENT), ASSIGNMENT)
    if faults:
        raise InputError(faults)
    return rows


def verified_district(folder: Path) -> District:
    """Read the district that an output folder was made of, from the copies in it."""
    trial = verified_trial_seed(folder)
    transcript = folder / TRANSCRIPT if trial is None else None
    policy = folder / POLICY
    return read_district(
        folder / INPUTS, policy=policy, transcript=transcript, trial_seed=trial, allow_weak_seed=_weak(folder)
    )


def verify_rows(district: District, rows: tuple[Row, ...]) -> Report:
    """Let the checker judge rows and inputs."""
    assert district.draw is not None
    source = district.draw.source
    violations = check_list_by_rules(district, rows, source)
    if district.draw.transcript is not None:
        violations += check_inputs(district, district.draw.transcript)
    notes = () if violations else unproven_by_rules(district, rows, source)
    return Report(len(rows), (), violations, unproven=notes)


def verify_list(district: District, paths: Sequence[Path], encoding: str | None = None) -> Report:
    """Verify lists of ids and schools made elsewhere; phases and draws are inferred.

    Parameters
    ----------
    paths : sequence of Path
        CSV files or workbooks with registration numbers and schools, or folders of such (``reading.list_file``). A
        single list of one school is judged as that: others follow the rule, and who lacks is only told of that school.
    encoding : str or None
        Encoding of CSV files; found out where None.

    Raises
    ------
    InputError
        If the district has no draw, a file cannot be read as such a list, or the list of one school is alone where
        the diversion by least distance makes all hang together.
    """
    if district.draw is None:
        raise InputError([Fault("draw.missing", TRANSCRIPT)])
    read = read_lists(paths, district.schools, encoding)
    if read.only is not None and district.policy.switches.divert_assign == "least_distance":
        raise InputError(read.notes)  # who is diverted where hangs on all lists together
    rows, missing = infer_rows(district, read.pairs, district.draw.source, read.only)
    judged = verify_rows(district, rows)
    violations = tuple(dict.fromkeys((*missing, *judged.violations)))
    absent = any(violation.code == "check.missing_child" for violation in violations)
    told = tuple(note for note in read.notes if absent or note.code != "list.of_one_school")
    if read.only is None:
        return Report(len(read.pairs), told, violations, inferred=True, unproven=judged.unproven)
    others = {"count": str(sum(child.applicant_id not in read.pairs for child in district.applicants))}
    one = (Fault("list.only_school", paths[0].name, value=read.only, params=others),)
    told = tuple(note for note in told if note.code != "list.of_one_school")
    return Report(len(read.pairs), told, violations, inferred=True, unproven=judged.unproven, notes=one)


def verified_policy(folder: Path) -> Policy:
    """Read the policy copy of an output folder.

    Raises
    ------
    InputError
        If it is missing or damaged.
    """
    policy, faults = parse_policy(stored_bytes(folder / POLICY), POLICY)
    if policy is None:
        raise InputError(faults)
    return policy


def verified_trial_seed(folder: Path) -> int | None:
    """Return the trial number of an output folder, None after a public draw.

    A folder of published files has no manifest; it is one of a public draw.
    """
    found = _manifest(folder).get("trial_seed") if (folder / MANIFEST).exists() else None
    return found if isinstance(found, int) else None


def verified_list_languages(folder: Path) -> ListLanguages:
    """Return the languages of the lists of an output folder; both where its manifest names none that there is."""
    found = _manifest(folder).get("lists")
    return next((lists for lists in get_args(ListLanguages) if lists == found), "both")


def _weak(folder: Path) -> bool:
    return _manifest(folder).get("weak_seed") is True


def _manifest(folder: Path) -> dict[str, object]:
    raw = stored_bytes(folder / MANIFEST)
    try:
        found = opened_json(raw)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InputError([Fault("cli.not_out", folder.name)])
    return found


def _serial(folder: Path, district: District) -> tuple[tuple[Row, ...], tuple[Violation, ...]]:
    """The list by ticket that lies beside one of least distance, and what the checker says of it."""
    path = folder / SERIAL
    if not path.exists():
        return (), ()
    rows, faults = read_assignment(stored_bytes(path), SERIAL)
    if faults:
        raise InputError(faults)
    switches = replace(district.policy.switches, divert_assign="serial_by_ticket")
    by_ticket = replace(district, policy=replace(district.policy, switches=switches))
    assert district.draw is not None
    return rows, check_list_by_rules(by_ticket, rows, district.draw.source)


def _published(folder: Path, district: District, rows: Sequence[Row], serial: Sequence[Row]) -> Iterator[_File]:
    """Every file that a run of this list writes, but those that it is read from and the manifest.

    Of the summary, what the engines said of each other is taken as it stands: it cannot be made from the list.
    """
    sheets, trace = _has_lists(folder), (folder / TRACE).exists()  # a run may leave them out
    agreement = stored_json(folder / SUMMARY).get("agreement")
    agreement = agreement if isinstance(agreement, dict) else {}
    retelling = Retelling(district, rows)
    summary = summarise_run(retelling, serial, agreement)
    made = published_files(retelling, summary, workbook=sheets, trace=trace, lists=verified_list_languages(folder))
    read = ((name, stored_bytes(folder / name)) for name in (POLICY, TRANSCRIPT, NUMBERS) if (folder / name).is_file())
    yield from with_family_page(chain(read, [(ROSTER, draw_roster(district))], made), district)


def _has_lists(folder: Path) -> bool:
    """Whether the run wrote lists; the workbook and the lists beside it come together."""
    return (folder / WORKBOOK).exists() or any(any((folder / name).glob("*")) for name in ("lists", "office"))


def _not_implied(
    folder: Path, district: District, rows: Sequence[Row], published: Iterator[_File], digests: dict[str, str]
) -> Iterator[Fault]:
    """Everything published that the list does not imply, made again; notes the digests of what is made.

    The cut-offs are the checker's own, derived again from the list.
    """
    for name, expected in published:
        digests[name] = sha256(expected).hexdigest()
        found = stored_bytes(folder / name) if (folder / name).is_file() else None
        if found is not None and name == CUTOFFS:
            assert district.draw is not None
            yield from cutoff_differences(found, cutoffs_by_list(district, rows, district.draw.source), name)
        elif found is None or found == expected:
            continue
        elif name == WORKBOOK:  # another version of the writer may spell the same cells in other bytes
            yield from workbook_differences(found, expected, name)
        else:
            yield Fault("cli.not_implied", name)
    yield from _agreement_faults(stored_json(folder / SUMMARY).get("agreement"))
    yield from stored_manifest_faults(
        stored_bytes(folder / MANIFEST), manifest_bytes(district, {}, lists=verified_list_languages(folder))
    )


def _copies(district: District, serial: Sequence[Row]) -> Iterator[str]:
    """The files of a folder from which all others are made again."""
    yield from (ASSIGNMENT, POLICY, MANIFEST, *(f"{INPUTS}/{name}" for name in TABLES))
    if serial:
        yield SERIAL
    if district.draw is not None and district.draw.transcript is not None:
        yield TRANSCRIPT
        if district.draw.numbers:
            yield NUMBERS


def _agreement_faults(found: object) -> Iterator[Fault]:
    """What the summary says of the engines in other words than a run does, or against what was found here."""
    agreement = found if isinstance(found, dict) else {}
    for key in sorted(agreement.keys() | AGREEMENT.keys()):
        if agreement.get(key, "") not in AGREEMENT.get(key, ()) and key != "unproven":
            yield Fault("cli.not_implied", SUMMARY, column=f"agreement.{key}"[:80])


def verification_notes(folder: Path, district: District) -> Iterator[Fault]:
    """Give what cannot be verified from an output folder alone."""
    drawn = district.draw is not None and district.draw.transcript is not None
    yield Fault("unverified.transcript" if drawn else "unverified.trial", TRANSCRIPT if drawn else INPUTS)
    yield Fault("unverified.versions", MANIFEST, column="versions")
    yield Fault("unverified.inputs", MANIFEST, column="inputs")
    yield Fault("unverified.engines", SUMMARY, column="agreement")
    if any(child.name or child.sex for child in district.applicants):
        yield Fault("unverified.names", f"{INPUTS}/applicants.csv")
    if (folder / WORKBOOK).exists():
        yield Fault("unverified.looks", WORKBOOK)
    for name in (WORKBOOK, TRACE, CUTOFFS):
        if not (_has_lists(folder) if name == WORKBOOK else (folder / name).exists()):
            yield Fault("unverified.absent", name)
    yield from (Fault("unverified.stray", name) for name in stray_stored_files(folder))
