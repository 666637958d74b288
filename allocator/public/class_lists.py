"""Lists of a placement: for the school with full names, for the public, and the sheets that are signed (C104–C106).

The public list has number, masked name and class, and nothing else (public.md section 3). What is signed is the same,
in three copies that differ in nothing but whom they are for: one of them is published, so it bears no full name. The
digest of ``placement.csv`` stands at the foot of every page of every list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from allocator.class_folder import ClassSession, class_csv_bytes, placement_files
from allocator.domain import ClassPlacement, LateChild, LateRow, TeamRow, Text
from allocator.ground import masked_name, without_card_numbers
from allocator.public.admitted import AdmittedList
from allocator.reporting.public_form import in_fours
from allocator.sheets import Column, Mark, Table, Value, bilingual, both, columns, harmless

COPIES = ("school", "public", "office")
"""For whom each copy of a signed sheet is (C105)."""

Where = tuple[str, str]
_OF_SCHOOL = ("number", "name", "sex", "class", "team", "arrival")


class SeatedPupil(NamedTuple):
    """A child in its class.

    Attributes
    ----------
    arrival : int
        Of a late child its arrival; 0 for all others.
    """

    class_number: int
    number: str
    name: str
    sex: str
    arrival: int = 0


class ClassList(NamedTuple):
    """One list of a school and track.

    Attributes
    ----------
    kind : {"public", "school", "sign-off"}
        What it is.
    copy : str
        Of a sheet to be signed: for whom.
    tables : tuple of Table
        The list; in a workbook of the school each class follows on a sheet of its own.
    data : bytes
        The same as CSV; empty of a sheet to be signed.
    """

    kind: str
    school_id: str
    track: str
    copy: str
    tables: tuple[Table, ...]
    data: bytes = b""

    @property
    def path(self) -> str:
        """Where it lies, without the ending."""
        folder = {"public": "public", "school": "restricted", "sign-off": "sign-off"}[self.kind]
        return f"{folder}/{self.track}/{self.school_id}{self.copy and '-copy-'}{self.copy}"


class PlacedPupils(NamedTuple):
    """A placement of which lists are made.

    Attributes
    ----------
    teams : tuple of TeamRow
        Classes that head teachers drew; empty before that.
    late : tuple of LateRow, children : tuple of LateChild
        Who came later, and where they were placed.
    admitted : AdmittedList
        Names of children and schools, as far as they are known.
    """

    session: ClassSession
    placement: ClassPlacement
    admitted: AdmittedList
    teams: tuple[TeamRow, ...] = ()
    late: tuple[LateRow, ...] = ()
    children: tuple[LateChild, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of ``placement.csv``: what is signed."""
        return sha256(placement_files(self.placement)["placement.csv"]).hexdigest()

    def pupils(self) -> dict[Where, list[SeatedPupil]]:
        """Return who sits where, by school and track, class and number."""
        sexes = {pupil.pupil_id: pupil.sex for group in self.session.tables.groups for pupil in group.pupils}
        sexes |= {child.pupil_id: child.sex for child in self.children}
        found: dict[Where, list[SeatedPupil]] = {}
        seats = [(*row, 0) for row in self.placement.rows]
        for child, school, track, number, arrival in [*seats, *self.late]:
            name = without_card_numbers(self.admitted.names.get(child, ""))
            found.setdefault((school, track), []).append(SeatedPupil(number, child, name, sexes[child], arrival))
        return {where: sorted(found[where]) for where in sorted(found)}

    def nameless(self) -> tuple[str, ...]:
        """Return the children on lists whose name nobody knows, by number."""
        return tuple(sorted(one.number for some in self.pupils().values() for one in some if not one.name))


def class_lists(placed: PlacedPupils) -> Iterator[ClassList]:
    """Give all lists of a placement: of each school and track the public one, the school's, and three to sign."""
    for where, pupils in placed.pupils().items():
        teams = {team.class_number: team.team_id for team in placed.teams if team[:2] == where}
        yield _public(placed, where, pupils, teams)
        yield _of_school(placed, where, pupils, teams)
        signed = [one for one in pupils if not one.arrival]
        for at, copy in enumerate(COPIES, start=1):
            yield _to_sign(placed, where, signed, teams, (at, copy))


def _public(
    placed: PlacedPupils, where: Where, pupils: Sequence[SeatedPupil], teams: Mapping[int, str]
) -> ClassList:
    by_number = sorted(pupils, key=lambda one: one.number)
    cells = [(one.number, harmless(masked_name(one.name)), one.class_number) for one in by_number]
    data = class_csv_bytes(("number", "masked_name", "class"), cells)
    table = _table(placed, where, "public", by_number, [both("lists.children", count=len(pupils)), _of_teams(teams)])
    return ClassList("public", *where, "", (table,), data)


def _of_school(
    placed: PlacedPupils, where: Where, pupils: Sequence[SeatedPupil], teams: Mapping[int, str]
) -> ClassList:
    """The school's own list: names in full, sex, the team of each class."""
    cells = [
        (one.number, harmless(one.name), one.sex, one.class_number, teams.get(one.class_number, ""),
         one.arrival or None)
        for one in pupils
    ]  # fmt: skip
    data = class_csv_bytes(_OF_SCHOOL, cells)
    keys = (*_OF_SCHOOL[:4], *["team"] * bool(teams), *["late"] * any(one.arrival for one in pupils))
    rows = [_row_of_school(one, keys, teams) for one in pupils]
    leads = [both("lists.children", count=len(pupils)), _sizes(pupils), _of_teams(teams)]
    whole = replace(_titled(placed, where, "school", leads), rows=tuple(_counted(rows)), columns=_heads(keys))
    parts = [
        replace(
            whole, name=both("classes.class_name", number=number),
            rows=tuple(_counted([row for one, row in zip(pupils, rows, strict=True) if one.class_number == number])),
        )
        for number in sorted({one.class_number for one in pupils})
    ]  # fmt: skip
    return ClassList("school", *where, "", (whole, *parts), data)


def _row_of_school(one: SeatedPupil, keys: Sequence[str], teams: Mapping[int, str]) -> tuple[Value, ...]:
    cells: dict[str, Value] = {
        "number": one.number, "name": one.name, "sex": both(f"list.sex.{one.sex}"), "class": one.class_number,
        "team": teams.get(one.class_number, ""), "late": both("classes.is_late") if one.arrival else "",
    }  # fmt: skip
    return tuple(cells[key] for key in keys)


def _to_sign(
    placed: PlacedPupils, where: Where, pupils: Sequence[SeatedPupil], teams: Mapping[int, str], copy: tuple[int, str]
) -> ClassList:
    """One copy of what head teachers, principal and supervisors sign."""
    at, whose = copy
    leads = [
        both("classes.copy", at=at, copies=len(COPIES), whose=both(f"classes.copy.{whose}")),
        both("lists.children", count=len(pupils)), _of_teams(teams), both("classes.no_change"),
    ]  # fmt: skip
    heads = _head_teachers(sorted({one.class_number for one in pupils}), teams)
    signing = (*heads, both("classes.sign_principal"), both("classes.sign_supervisors"), both("classes.sealed"))
    table = replace(_table(placed, where, "sign-off", pupils, leads), signing=signing)
    return ClassList("sign-off", *where, whose, (table,))


def _head_teachers(numbers: Sequence[int], teams: Mapping[int, str]) -> Iterator[Text]:
    """Lines for the head teachers of the classes; of many classes several stand on a line, so that a page holds all."""
    a_line = 1 if len(numbers) <= 6 else 2 if len(numbers) <= 16 else 3
    said = [
        both("classes.sign_head", number=number, team=teams[number]) if number in teams
        else both("classes.sign_anonymous", number=number)
        for number in numbers
    ]  # fmt: skip
    for at in range(0, len(said), a_line):
        some = said[at : at + a_line]
        yield Text("    ".join(one.zh for one in some), "    ".join(one.en for one in some))


def _table(
    placed: PlacedPupils, where: Where, kind: str, pupils: Sequence[SeatedPupil], leads: Sequence[Text]
) -> Table:
    """Number, masked name and class, and nothing else."""
    rows = [(one.number, masked_name(one.name), one.class_number) for one in pupils]
    heads = _heads(("number", "masked_name", "class"))
    return replace(_titled(placed, where, kind, leads), rows=tuple(_counted(rows)), columns=heads)


def _heads(keys: Sequence[str]) -> tuple[Column, ...]:
    return columns("classes.list", ("count", *keys), words=len(keys) + 1)


def _counted(rows: Sequence[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    """Rows with running numbers."""
    return ((at, *row) for at, row in enumerate(rows, start=1))


def _titled(placed: PlacedPupils, where: Where, kind: str, leads: Sequence[Text]) -> Table:
    """A table without rows: what it is, what to know first, and at the foot digest, event and seed."""
    school, track = where
    name = placed.admitted.schools.get(school, Text(school, school))
    title = both(f"classes.title.{kind}", school=name, track=both(f"classes.track.{track}"))
    marks = [Mark(title, "title")]
    marks += [Mark(both("lists.restricted"), "warning")] if kind == "school" else []
    marks += [Mark(both("list.weak_seed"), "alarm")] if placed.session.draw.weak_seed else []
    marks += [Mark(line, "lead") for line in leads]
    marks.append(Mark(both("classes.placement_digest"), tail=in_fours(placed.digest)))
    event, seed = placed.session.transcript.event, placed.session.draw.seedhex[:16]
    marks.append(Mark(both("list.source", event=event, seed=seed)))
    head = columns("classes.list", ("count",))
    return Table(head, (), marks=tuple(marks), kind=f"classes-{kind}", name=name)


def _of_teams(teams: Mapping[int, str]) -> Text:
    """Which team has which class; before they drew, that class numbers say nothing yet."""
    if not teams:
        return both("classes.anonymous")
    said = [both("classes.team_of", number=number, team=teams[number]) for number in sorted(teams)]
    listed = bilingual(lambda language: ("；" if language == "zh" else "; ").join(one.in_(language) for one in said))
    return both("classes.teams_are", teams=listed)


def _sizes(pupils: Sequence[SeatedPupil]) -> Text:
    """How many children, and girls of them, each class has."""
    sizes = Counter(one.class_number for one in pupils)
    girls = Counter(one.class_number for one in pupils if one.sex == "F")
    said = [both("classes.size_of", number=n, children=sizes[n], girls=girls[n]) for n in sorted(sizes)]
    return bilingual(lambda language: ("；" if language == "zh" else "; ").join(one.in_(language) for one in said))
