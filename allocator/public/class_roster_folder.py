"""The folder of a session of classes before the draw: the roster, and for the office alone who is named alike.

The office adds ``classes.csv`` by hand. Once the folder holds a transcript the roster is frozen and stays as it is.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from allocator.classes import NAME_RULES, NameRule
from allocator.ground import Fault, InputError, Language, Written, make_folder_owner_only, some_as_text, text
from allocator.lottery import TRANSCRIPT
from allocator.public.admitted import AdmittedList, read_admitted
from allocator.public.class_roster import ClassRoster, Where, make_class_roster
from allocator.reading.class_files import CLASS_ROSTER, CLASSES, read_class_numbers
from allocator.reading.pupils_file import read_pupils
from allocator.record import file_in_folder_faults, swap_file, writable_folder_faults
from allocator.sheets import Column, Mark, Table, Value, both, columns, csv_for_people

ROSTER_NAME_RULES = NAME_RULES
NAME_GROUPS = "restricted/name-groups.csv"
KIND = "classes-roster"


class RosterSources(NamedTuple):
    """Whence a roster comes, and what is asked for.

    Attributes
    ----------
    book, pupils : Path
        Case book or run; the table of pupils.
    persons : Path or None
        Table of persons, where it is not that of the book.
    grade : {"1", "7"}
        In grade 1 no score may stand in the table of pupils.
    schools : tuple of str
        Only these; empty for all.
    rule : {"sound", "equal", "none"}
        Which names make a group.
    left_out : tuple of str
        Ids of groups of names that are not used.
    encoding : str or None
        Of CSV tables; found out where not given.
    """

    book: Path
    pupils: Path
    persons: Path | None = None
    grade: str = "7"
    schools: tuple[str, ...] = ()
    rule: NameRule = "sound"
    left_out: tuple[str, ...] = ()
    encoding: str | None = None


def roster_of(sources: RosterSources, out: Path, *, replace: bool = False) -> tuple[ClassRoster, AdmittedList]:
    """Make the roster that will be written into a folder.

    Raises
    ------
    InputError
        With every fault.
    """
    faults, admitted, listed = roster_folder_faults(out, replace=True), None, None
    try:
        admitted = read_admitted(sources.book, sources.persons)
    except InputError as error:
        faults += error.faults
    try:
        listed = read_pupils(sources.pupils, sources.encoding)
    except InputError as error:
        faults += error.faults
    if admitted is None or listed is None or faults:
        raise InputError(faults)
    admitted = admitted._replace(stage="primary") if sources.grade == "1" else admitted
    made = make_class_roster(
        admitted, listed, sources.pupils.name, schools=sources.schools, rule=sources.rule, left_out=sources.left_out
    )
    if faults := roster_folder_faults(out, replace=replace, made=made):
        raise InputError(faults)
    return made, admitted


def roster_folder(source: Path) -> Path:
    """Return where the tables of a session lie: beside the book or run, whose own folder stays as it is."""
    return Path(os.path.abspath(source)).with_name(f"{Path(os.path.abspath(source)).name}-classes")


def roster_folder_faults(out: Path, *, replace: bool, made: ClassRoster | None = None) -> list[Fault]:
    """Say why a roster may not be written: the place, a session that froze another one, or one that would be lost.

    Parameters
    ----------
    replace : bool
        Whether another roster may be replaced before the freeze.
    made : ClassRoster or None
        What is to be written; None where that is not known yet.
    """
    if faults := writable_folder_faults(out) or file_in_folder_faults(out / CLASS_ROSTER):
        return faults
    there = out / CLASS_ROSTER
    if made is None or not there.is_file() or there.read_bytes() == made.raw:
        return []
    if (out / TRANSCRIPT).exists():
        return [Fault("classes.roster_frozen", CLASS_ROSTER, params={"transcript": TRANSCRIPT})]
    return [] if replace else [Fault("classes.roster_there", CLASS_ROSTER)]


def classes_of_folder(out: Path) -> dict[Where, int]:
    """Return how many classes each school and track has, as far as the office has said so; nothing where it has not.

    Raises
    ------
    InputError
        If ``classes.csv`` is there and wrong.
    """
    return read_class_numbers(out / CLASSES) if (out / CLASSES).exists() else {}


def write_roster_folder(
    out: Path, made: ClassRoster, admitted: AdmittedList, written: Written
) -> dict[str, Any]:
    """Write the roster and, for the office alone, the groups of names; return what was made, for programs.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    classes = classes_of_folder(out)
    try:
        make_folder_owner_only(out)
        make_folder_owner_only((out / NAME_GROUPS).parent)
        swap_file(out / NAME_GROUPS, csv_for_people(_name_table(made, admitted), written))
        swap_file(out / CLASS_ROSTER, made.raw)
    except OSError as error:
        raise InputError([Fault("out.write_failed", str(out), params={"reason": str(error.strerror)})]) from error
    return _as_object(made, admitted, classes, out)


def _name_table(made: ClassRoster, admitted: AdmittedList) -> Table:
    """Who is named alike, group by group; then whose name cannot be compared by sound."""
    rows: list[tuple[Value, ...]] = []
    for group_id, group, used in made.groups:
        told = (both(f"classes.names.{group.kind}"), group.reading)
        for child in group.children:
            where = (admitted.schools[group.school_id], both(f"classes.track.{group.track}"))
            rows.append((group_id, *where, *told, child, made.names[child], both(f"classes.used.{used}")))
    for one in made.unread:
        where = (admitted.schools[one.school_id], both(f"classes.track.{one.track}"))
        kind = "unread" if one.name else "nameless"
        rows.append(("", *where, both(f"classes.names.{kind}"), "", one.child, one.name, ""))
    keys = ("group", "school", "track", "alike", "reading", "id", "name", "used")
    heads: tuple[Column, ...] = columns("classes.column", keys, words=len(keys))
    return Table(heads, tuple(rows), kind="name-groups", marks=(Mark(both("lists.restricted"), "warning"),))


def _as_object(
    made: ClassRoster, admitted: AdmittedList, classes: Mapping[Where, int], out: Path
) -> dict[str, Any]:
    """What was made: no name of a child."""
    groups = []
    for (school, track), pupils in made.lines.items():
        sizes = Counter(name for pupil in pupils for name in pupil.apart)
        groups.append({
            "school_id": school, "track": track, "pupils": len(pupils), "girls": sum(p.sex == "F" for p in pupils),
            "with_score": sum(p.score is not None for p in pupils),
            "bundles": len({p.together for p in pupils} - {""}), "apart": len(sizes),
            "name_groups": sum(one.group[:2] == (school, track) and one.used for one in made.groups),
            "largest_apart": max(sizes.values(), default=0), "classes": classes.get((school, track)),
        })  # fmt: skip
    crowded = [
        {"group": name, "school_id": where[0], "track": where[1], "children": size, "classes": most,
         "of_names": name in {one.group_id for one in made.groups}}
        for name, where, size, most in made.crowded(classes)
    ] if classes else []  # fmt: skip
    return {
        "format_version": 1, "kind": KIND, "out": str(out), "roster_sha256": made.digest, "groups": groups,
        "crowded": crowded, "unread_names": len(made.unread), "not_in_pupils": list(made.unlisted),
        "other_sex": list(made.other_sex), "open_rounds": list(admitted.open_rounds), "trial": admitted.trial,
    }  # fmt: skip


def roster_told(found: Mapping[str, Any], admitted: AdmittedList, language: Language) -> Iterator[str]:
    """Yield in words what ``write_roster_folder`` returned."""
    say = partial(text, language=language)
    for one in found["groups"]:
        words = {key: one[key] for key in ("pupils", "girls", "bundles", "name_groups")}
        school = admitted.schools[one["school_id"]].in_(language)
        yield say("classes.rostered", school=school, track=say(f"classes.track.{one['track']}"), **words)
        if one["classes"] is None and one["largest_apart"] > 1:
            yield say("classes.largest_apart", count=one["largest_apart"])
    for one in found["crowded"]:
        school = admitted.schools[one["school_id"]].in_(language)
        words = {key: one[key] for key in ("group", "children", "classes")}
        code = "classes.crowded" if one["of_names"] else "classes.crowded_family"
        yield say(code, school=school, track=say(f"classes.track.{one['track']}"), **words)
    for code, key in (("unlisted", "not_in_pupils"), ("other_sex", "other_sex"), ("open_rounds", "open_rounds")):
        if found[key]:
            yield say(f"classes.{code}", count=len(found[key]), some=some_as_text(found[key], 5))
    if found["unread_names"]:
        yield say("classes.unread", count=found["unread_names"], file=NAME_GROUPS)
    if found["trial"]:
        yield say("classes.trial_list")
    yield f"{say('classes.digest', name=CLASS_ROSTER, key='roster')}\n  roster=sha256:{found['roster_sha256']}"
    yield say("cli.made", folder=found["out"])
