"""Numbers that intake gives: to children whose platform's number is none, to families, guardians and homes without one.

``restricted/ids.csv`` keeps them over the years: ``kind,id,by,key``. The key is the SHA-256 of what a number was given
for, so that no card number, name or address stands there; who has the table can still try cards one after another,
which is why it is restricted as the table of persons is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, open_readable
from allocator.intake.cell_readers import word_key

IDS = "ids.csv"
HEADER = ("kind", "id", "by", "key")
LETTERS = {
    "applicant_id": "T", "family": "F", "guardian": "G", "home": "H", "book": "B", "bundle": "M", "holder": "P",
}  # fmt: skip
"""The letter in front of the running number, by kind."""
DIGITS = 6
_KEY = 32
"""Hexadecimal digits of a key."""


class Match(NamedTuple):
    """A number that was given before: in an earlier year, or further up.

    Attributes
    ----------
    kind, id : str
        What the number is of, and the number.
    by : str
        By what it was known: ``card``, ``name_telephone``, ``address``, ``number``, ``text``.
    sheet, line : str, int
        Where it came again.
    first : str
        Where it came first: a sheet with its line, or ``ids.csv``.
    """

    kind: str
    id: str
    by: str
    sheet: str
    line: int
    first: str


class Numbers:
    """The numbers given so far.

    Parameters
    ----------
    rows : iterable of tuple
        Those of ``ids.csv``.
    taken : iterable of str
        Ids that the platform gave itself, which no other may get.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str, str]] = (), taken: Iterable[str] = ()) -> None:
        self.known = {(kind, by, key): number for kind, number, by, key in rows}
        self.taken = {*taken, *self.known.values()}
        self.first: dict[tuple[str, str, str], str] = {}
        self.told: set[tuple[tuple[str, str, str], str, int]] = set()
        self.matches: list[Match] = []
        self.last = dict.fromkeys(LETTERS, 0)
        kinds = {letter: kind for kind, letter in LETTERS.items()}
        for number in self.taken:
            if len(number) == DIGITS + 1 and number[0] in kinds and number[1:].isdecimal():
                self.last[kinds[number[0]]] = max(self.last[kinds[number[0]]], int(number[1:]))

    def number(self, kind: str, by: str, text: str, sheet: str, line: int) -> str:
        """Return the number of what a text names, a new one where it has none; a match is noted."""
        place = kind, by, sha256(f"{kind}|{by}|{word_key(text)}".encode()).hexdigest()[:_KEY]
        found = self.known.get(place)
        if found is None:
            self.last[kind] += 1
            found = self.known[place] = f"{LETTERS[kind]}{self.last[kind]:0{DIGITS}}"
            self.first[place] = f"{sheet} {line}"
            return found
        if self.first.get(place) != f"{sheet} {line}" and (place, sheet, line) not in self.told:
            self.told.add((place, sheet, line))
            self.matches.append(Match(kind, found, by, sheet, line, self.first.get(place, IDS)))
        return found

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return the rows of ``ids.csv``, sorted."""
        return sorted((kind, number, by, key) for (kind, by, key), number in self.known.items())


def read_numbers(folder: Path, taken: Iterable[str]) -> Numbers:
    """Return the numbers given in a folder; none where it holds no table of them.

    Raises
    ------
    InputError
        If the table is damaged: other numbers than before would be given.
    """
    path = folder / IDS
    if not path.exists():
        return Numbers(taken=taken)
    lines = list(csv.reader(io.StringIO(open_readable(path, MOST_OF_A_TABLE).decode("utf-8", "replace"), newline="")))
    whole = lines[:1] == [list(HEADER)] and all(len(row) == 4 and row[0] in LETTERS for row in lines[1:])
    if not whole or len({tuple(row) for row in lines}) < len(lines):
        raise InputError([Fault("intake.ids", IDS)])
    return Numbers(((row[0], row[1], row[2], row[3]) for row in lines[1:]), taken)
