"""The officers of a book: who may enter events, and as what (``persons.csv`` of its folder, for its owner alone)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from allocator.book import ROLES, has_role
from allocator.ground import TEXTS, Fault, InputError, close_to_others
from allocator.reading import Holds, InputColumn, single_table

OFFICERS = "persons.csv"
"""Of the book's folder; the table of that name in ``restricted`` holds children."""

_WORDS = tuple((TEXTS[f"book.role.{role}"][0], role) for role in ROLES)
CHINESE_ROLES: Mapping[str, str] = dict(_WORDS)
"""The Chinese words of roles, read wherever a role is typed."""
_LAYOUT = (
    InputColumn("person", "人员编号", Holds.ID, distinct=True, needed=True, exact=True),
    InputColumn("roles", "岗位", Holds.WORDS, words=_WORDS, needed=True, exact=True),
)


MAY_SEE_NAMES = ("office", "group")
"""Roles that may see names in full and who looked at them, and end what is kept."""
MOST_NAMED = 8
"""Officers whom a fault lists, where somebody is none of them."""


class Officers:
    """Who may enter what.

    Parameters
    ----------
    roles : mapping of str to tuple of str
        The roles of each person.
    """

    def __init__(self, roles: Mapping[str, tuple[str, ...]]) -> None:
        self.roles = MappingProxyType(dict(roles))

    def faults(self, person: str, role: str, place: Fault) -> list[Fault]:
        """Return why a person may not act in a role.

        Parameters
        ----------
        place : Fault
            Where faults are told: file and row; its column and value are not looked at.
        """
        by, as_what = ("by", "role") if place.row else ("", "")
        if person not in self.roles:
            named = list(self.roles)
            words = {"persons": ", ".join(named[:MOST_NAMED]) + (" …" if len(named) > MOST_NAMED else "")}
            return [Fault("book.person_unknown", place.file, place.row, by, person, words)]
        if role not in self.roles[person]:
            words = {"person": person, "role": role, **_role_words(self.roles[person])}
            value = role if place.row else person
            return [Fault("book.role_not_held", place.file, place.row, as_what, value, words)]
        return []

    def only_role(self, person: str, event: Mapping[str, object]) -> str:
        """Return the one role of a person that may enter an event.

        Raises
        ------
        InputError
            If the person is unknown, or has no such role, or several.
        """
        if person not in self.roles:
            raise InputError(self.faults(person, "", Fault("", "--by")))
        fit = [role for role in self.roles[person] if has_role({**event, "role": role})]
        if len(fit) == 1:
            return fit[0]
        if fit:
            several = {"person": person, "roles": ", ".join(fit)}
            raise InputError([Fault("book.several_roles", "--role", 0, "", "", several)])
        needed = [role for role in ROLES if has_role({**event, "role": role})]
        words = {"person": person, "held": ", ".join(self.roles[person]), **_role_words(needed)}
        raise InputError([Fault("book.no_role", "--by", 0, "", "", words)])


def demand_may_see_names(officers: Officers, person: str) -> None:
    """Refuse whoever acts neither for the office nor for the group.

    Raises
    ------
    InputError
        If the person is unknown, or has neither role.
    """
    if set(MAY_SEE_NAMES) & set(officers.roles.get(person, ())):
        return
    raise InputError(officers.faults(person, MAY_SEE_NAMES[0], Fault("", "--by")))


def _role_words(roles: Iterable[str]) -> dict[str, str]:
    """Return roles as faults name them: as they are written, and with their Chinese words."""
    chinese = {role: zh for zh, role in _WORDS}
    roles = list(roles)
    return {"expected": ", ".join(roles), "expected_zh": "、".join(f"{chinese[role]}（{role}）" for role in roles)}


def read_officers(folder: Path) -> Officers:
    """Return the officers of a book's folder; others lose the right to read the file.

    Raises
    ------
    InputError
        If there is no such file, with how to make it, or with all its faults.
    """
    path = folder / OFFICERS
    if not folder.is_dir():
        raise InputError([Fault("folder.missing", str(folder))])
    if not path.exists():
        raise InputError([Fault("book.no_persons", OFFICERS, params={"roles": ", ".join(ROLES)})])
    table, faults = single_table(path, _LAYOUT)
    if table is None or faults:
        raise InputError(faults)
    close_to_others(path)
    found: dict[str, tuple[str, ...]] = {}
    for row, (person, cell) in enumerate(zip(table.texts("person"), table.texts("roles"), strict=True)):
        roles = tuple(dict.fromkeys(cell.split(";")))
        if not person:
            faults.append(table.fault("cell.empty", row, "person", person))
        elif person in found:
            faults.append(table.fault("book.person_twice", row, "person", person))
        if wrong := [role for role in roles if role not in ROLES]:
            words = {"expected": ", ".join(ROLES), "expected_zh": "、".join(zh for zh, _ in _WORDS)}
            faults.append(table.fault("book.no_such_role", row, "roles", ";".join(wrong), words))
        found[person] = roles
    if faults:
        raise InputError(faults)
    return Officers(found)
