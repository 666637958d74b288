"""Groups of children whose names are equal or sound alike: made before the freeze, so that no class has two of them.

Two names sound alike where they have as many characters and, character by character, a reading in common: pinyin
without tones, every reading of a character that has several, and readings it has as a surname alone. That is not
passed on: 单 may be read dan as well as shan, so 单丽 sounds like 丹丽 and like 善丽, which do not sound like each
other. So there is a group for every reading that two share, and a class that keeps each group apart keeps every such
pair apart and no other (class-procedure.md section 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Literal, NamedTuple, TypeAlias, get_args
from unicodedata import category, normalize
from unicodedata import name as sign_name

from allocator.classes.surnames import DOUBLE_SURNAMES, SURNAMES

NameRule: TypeAlias = Literal["sound", "equal", "none"]
NAME_RULES: tuple[NameRule, ...] = get_args(NameRule)

_DOTS = "·•‧・∙⋅．."


class NamedChild(NamedTuple):
    """A child with its name in full, and where it will be placed."""

    child: str
    name: str
    school_id: str
    track: str


class NameGroup(NamedTuple):
    """Children of one school and track of whose names each is equal to each, or sounds like it.

    Attributes
    ----------
    kind : {"equal", "sound"}
        Whether all names are the same.
    reading : str
        A reading that they share; empty where none of them can be read.
    children : tuple of str
        By number.
    """

    school_id: str
    track: str
    kind: str
    reading: str
    children: tuple[str, ...]


def name_groups(named: Iterable[NamedChild], rule: NameRule = "sound") -> tuple[NameGroup, ...]:
    """Return the groups of names, none inside another, by school, track and numbers of children.

    Parameters
    ----------
    named : iterable of NamedChild
        In any order; who has no name is in no group.
    rule : {"sound", "equal", "none"}
        Names that sound alike, equal ones only, or none.
    """
    homes: dict[tuple[str, str], list[NamedChild]] = defaultdict(list)
    for one in named:
        if plain_name(one.name) and rule != "none":
            homes[one.school_id, one.track].append(one)
    found = []
    for where, members in homes.items():
        sets = _equal(members)
        if rule == "sound":
            sets = _sounding(members) | {same: "" for same in sets if not name_readings(next(iter(same)).name)}
        for some, reading in _outermost(sets).items():
            kind = "equal" if len({plain_name(one.name) for one in some}) == 1 else "sound"
            found.append(NameGroup(*where, kind, reading, tuple(sorted(one.child for one in some))))
    return tuple(sorted(found, key=lambda group: (group.school_id, group.track, group.children, group.reading)))


def unread_names(named: Iterable[NamedChild]) -> tuple[NamedChild, ...]:
    """Return who has no name, or one that cannot be compared by sound: Latin letters, characters nobody reads."""
    return tuple(sorted(one for one in named if not name_readings(one.name)))


@cache
def plain_name(name: str) -> str:
    """Return what makes names equal: the characters without spaces, dots and what nobody sees, in one spelling."""
    signs = (sign for sign in normalize("NFKC", name).casefold() if not sign.isspace() and sign not in _DOTS)
    return "".join(sign for sign in signs if category(sign) not in ("Cc", "Cf"))


@cache
def name_readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the readings of each character of a name, the usual one first; nothing where one of them has none.

    Pinyin without tones (``pypinyin``), ``v`` for ü.
    """
    from pypinyin import Style, pinyin

    plain = plain_name(name)
    found: list[tuple[str, ...]] = []
    for at, sign in enumerate(plain):
        if sign != "〇" and not sign_name(sign, "").startswith("CJK "):
            return ()
        read = pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore")
        more = SURNAMES.get(sign, "").split() if at == 0 else []
        more += DOUBLE_SURNAMES.get(plain[:2], ("", ""))[at : at + 1] if at < 2 else []
        if not read and not any(more):
            return ()
        found.append(tuple(dict.fromkeys(filter(None, (*more, *(read[0] if read else ()))))))
    return tuple(found)


_Set: TypeAlias = frozenset[NamedChild]


def _equal(members: Sequence[NamedChild]) -> dict[_Set, str]:
    """Sets of children of one name, with a reading of it."""
    same: dict[str, list[NamedChild]] = defaultdict(list)
    for one in members:
        same[plain_name(one.name)].append(one)
    return {frozenset(some): _first_reading(name) for name, some in same.items() if len(some) > 1}


def _first_reading(name: str) -> str:
    return " ".join(signs[0] for signs in name_readings(name))


def _sounding(members: Sequence[NamedChild]) -> dict[_Set, str]:
    """Sets of children whose names share a reading, with it; taken character by character, so that few are looked at.

    Of equal sets the first reading is kept, so that names of many characters with many readings stay few sets.
    """
    by_length: dict[int, set[NamedChild]] = defaultdict(set)
    for one in members:
        if read := name_readings(one.name):
            by_length[len(read)].add(one)
    found: dict[_Set, str] = {}
    for length, some in by_length.items():
        level: dict[_Set, str] = {frozenset(some): ""}
        for at in range(length):
            following: dict[_Set, str] = {}
            for together, reading in level.items():
                read_here = {child: name_readings(child.name)[at] for child in sorted(together)}
                for syllable in dict.fromkeys(chain.from_iterable(read_here.values())):
                    kept = frozenset(child for child in together if syllable in read_here[child])
                    if len(kept) > 1:
                        following.setdefault(kept, f"{reading} {syllable}".strip())
            level = following
        found |= level
    return found


def _outermost(sets: Mapping[_Set, str]) -> dict[_Set, str]:
    """The sets that are inside no other: keeping the larger one apart keeps the smaller one apart."""
    holding: dict[NamedChild, list[_Set]] = defaultdict(list)
    for some in sets:
        for one in some:
            holding[one].append(some)
    return {some: word for some, word in sets.items() if not any(some < other for other in holding[next(iter(some))])}
