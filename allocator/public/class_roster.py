"""The class roster from the admitted list: tracks, scores and requests from the office's table, groups of names added.

``class-roster.csv`` has no name in it. Who is in which group of names stands in ``restricted/name-groups.csv``, for
the office alone (class-procedure.md section 1).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import count, product
from typing import NamedTuple

from allocator.classes import NamedChild, NameGroup, NameRule, name_groups, unread_names
from allocator.domain import DAY, Pupil
from allocator.ground import Fault, InputError, cut_error_kinds
from allocator.lottery import canonical_csv_text
from allocator.public.admitted import AdmittedList
from allocator.reading.class_files import CLASS_ROSTER, COLUMNS, ClassLine, class_bundle_faults
from allocator.reading.pupils_file import ListedPupil

Where = tuple[str, str]


class NumberedGroup(NamedTuple):
    """A group of names as the roster calls it, and whether it is used."""

    group_id: str
    group: NameGroup
    used: bool


class ClassRoster(NamedTuple):
    """The roster that was made, and what the office must know of it.

    Attributes
    ----------
    lines : mapping of (str, str) to tuple of Pupil
        Pupils by school and track, by number.
    raw : bytes
        ``class-roster.csv``.
    groups : tuple of NumberedGroup
        Groups of names, those left out among them.
    unread : tuple of NamedChild
        Without a name, or with one that cannot be compared by sound.
    names : mapping of str to str
        By number, of everybody in a group.
    unlisted : tuple of str
        Admitted children of whom the table of pupils says nothing.
    other_sex : tuple of str
        Children whose sex the table of pupils and the admitted list say differently; the table counts.
    """

    lines: Mapping[Where, tuple[Pupil, ...]]
    raw: bytes
    groups: tuple[NumberedGroup, ...]
    unread: tuple[NamedChild, ...]
    names: Mapping[str, str]
    unlisted: tuple[str, ...]
    other_sex: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What the transcript will freeze."""
        return sha256(self.raw).hexdigest()

    def crowded(self, classes: Mapping[Where, int]) -> Iterator[tuple[str, Where, int, int]]:
        """Yield groups apart that are larger than the classes: id, school and track, children, classes."""
        for where, pupils in self.lines.items():
            sizes = Counter(name for pupil in pupils for name in pupil.apart)
            for name in sorted(sizes):
                if sizes[name] > classes.get(where, len(pupils)):
                    yield name, where, sizes[name], classes[where]


def make_class_roster(
    admitted: AdmittedList, pupils: Sequence[ListedPupil], file: str, *, schools: Collection[str] = (),
    rule: NameRule = "sound", left_out: Collection[str] = (),
) -> ClassRoster:  # fmt: skip
    """Return the roster of the children admitted.

    Parameters
    ----------
    file : str
        What faults call the table of pupils.
    schools : collection of str
        Only the children of these; empty for all.
    rule : {"sound", "equal", "none"}
        Which names make a group.
    left_out : collection of str
        Ids of groups of names that are not used, after the office looked at them.

    Raises
    ------
    InputError
        With every fault.
    """
    by_id = {pupil.pupil_id: pupil for pupil in pupils}
    seats = {c: s for c, s in sorted(admitted.seats.items()) if not schools or s in schools}
    faults = list(_list_faults(admitted, pupils, file, schools))
    placed = {c: by_id.get(c, ListedPupil(0, c, "", "", DAY, "", ())) for c in seats}
    sexes = {c: one.sex or admitted.sexes.get(c, "") for c, one in placed.items()}
    faults += [Fault("classes.no_sex", file, placed[c].row, "sex", c) for c in seats if not sexes[c]]
    named = [NamedChild(c, admitted.names.get(c, ""), seats[c], one.track) for c, one in placed.items()]
    groups = _numbered(named, placed, rule, left_out)
    unknown = sorted(set(left_out) - {one.group_id for one in groups})
    faults += [Fault("classes.no_such_group", "--leave-out", 0, "", name) for name in unknown]
    lines = _lines(seats, placed, sexes, groups)
    faults += class_bundle_faults(file, {}, lines)
    if faults:
        raise InputError(cut_error_kinds(faults))
    found = {where: tuple(line.pupil for line in lines[where]) for where in sorted(lines)}
    other_sex = tuple(c for c, one in placed.items() if one.sex and admitted.sexes.get(c, one.sex) != one.sex)
    unlisted, unread = tuple(c for c in seats if c not in by_id), unread_names(named) if rule == "sound" else ()
    return ClassRoster(found, _roster_bytes(found), groups, unread, dict(admitted.names), unlisted, other_sex)


def _list_faults(
    admitted: AdmittedList, pupils: Sequence[ListedPupil], file: str, schools: Collection[str]
) -> Iterator[Fault]:
    """Yield schools that are not there, pupils who are not admitted, scores in grade 1, and nobody at all."""
    for school in sorted(set(schools) - admitted.schools.keys()):
        yield Fault("classes.no_such_school", "--school", 0, "", school)
    for pupil in pupils:
        if pupil.pupil_id not in admitted.seats:
            yield Fault("classes.not_admitted", file, pupil.row, "id", pupil.pupil_id)
        if pupil.score and admitted.stage == "primary":
            yield Fault("classes.score_in_grade_1", file, pupil.row, "score", pupil.score)
    if not any(not schools or school in schools for school in admitted.seats.values()):
        yield Fault("classes.nobody_admitted", file)


def _numbered(
    named: Sequence[NamedChild], placed: Mapping[str, ListedPupil], rule: NameRule, left_out: Collection[str]
) -> tuple[NumberedGroup, ...]:
    """Groups of names with ids that tell nobody's name: n1, n2, … but those that families' groups have.

    A family that asked for one class for its children is heard: a group with several of them is parted into one for
    each of them, with all others.
    """
    taken = {name for pupil in placed.values() for name in pupil.apart}
    ids = (name for number in count(1) if (name := f"n{number}") not in taken)
    parted = (one for group in name_groups(named, rule) for one in _parted(group, placed))
    return tuple(NumberedGroup(name, group, name not in left_out) for group, name in zip(parted, ids, strict=False))


def _parted(group: NameGroup, placed: Mapping[str, ListedPupil]) -> Iterator[NameGroup]:
    """Yield a group as often as needed for no two children of one bundle to be in it."""
    bundles: dict[str, list[str]] = defaultdict(list)
    for child in group.children:
        bundles[placed[child].together or f"/{child}"].append(child)  # no bundle has a / in its id
    for chosen in product(*bundles.values()):
        if len(chosen) > 1:
            yield group._replace(children=tuple(sorted(chosen)))


def _lines(
    seats: Mapping[str, str], placed: Mapping[str, ListedPupil], sexes: Mapping[str, str],
    groups: Sequence[NumberedGroup],
) -> dict[Where, list[ClassLine]]:  # fmt: skip
    """Pupils by school and track, with the line of the table of pupils on which each stands."""
    found, apart = defaultdict[Where, list[ClassLine]](list), _apart(placed, groups)
    for child, one in placed.items():
        where = (seats[child], one.track)
        pupil = Pupil(child, sexes[child], _hundredths(one.score), one.together, apart[child])
        found[where].append(ClassLine(one.row, where, pupil))
    return dict(found)


def _apart(placed: Mapping[str, ListedPupil], groups: Sequence[NumberedGroup]) -> dict[str, tuple[str, ...]]:
    """What stands in the column of groups apart: what families asked for, then names."""
    found = {child: sorted(one.apart) for child, one in placed.items()}
    for one in groups:
        for child in one.group.children if one.used else ():
            found[child].append(one.group_id)
    return {child: tuple(names) for child, names in found.items()}


def _hundredths(score: str) -> int | None:
    """A score as the tables of classes hold it."""
    whole, _, part = score.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0")) if score else None


def _roster_bytes(lines: Mapping[Where, Sequence[Pupil]]) -> bytes:
    """``class-roster.csv``: sorted by id, a score in its shortest spelling, so that a workbook gives the same bytes."""
    cells = [
        (p.pupil_id, *where, p.sex, _shown_score(p.score), p.together, ";".join(p.apart))
        for where, pupils in lines.items()
        for p in pupils
    ]
    return canonical_csv_text([COLUMNS[CLASS_ROSTER], *sorted(cells)]).encode("utf-8")


def _shown_score(hundredths: int | None) -> str:
    if hundredths is None:
        return ""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")
