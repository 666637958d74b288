"""Whether what a clerk types names a person: the journal is kept for ever and holds no names (office-procedure.md 13).

A text is refused that holds a name, card number or telephone of ``restricted/persons.csv``, however it is spaced or
wide, and any number with the form of an identity card or a mobile telephone, whoever's it may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from unicodedata import category, normalize

from allocator.casebook.persons import NamedPerson, read_persons
from allocator.domain import BookEvent
from allocator.ground import Fault, InputError

FREE_TEXTS = ("text", "reason")
"""Fields of events in which anything may stand."""
NAME, CARD, TELEPHONE = "name", "card", "telephone"

_BETWEEN = r"[\s\-‐-―−._/·•()]{0,3}"
"""What may stand between two digits of one number."""
_DIGITS = re.compile(rf"[0-9](?:{_BETWEEN}[0-9])*(?:{_BETWEEN}[xX](?![A-Za-z]))?")
_LONG = re.compile(r"[0-9]{15,}")
_CARD = re.compile(
    r"[1-9][0-9]{5}(?:(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9xX]"
    r"|[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9]))"
)
"""Of a number that is written apart, only what has the parts of a card: dates beside each other are none."""
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9][0-9]{9}")
_UNSEEN = re.compile(r"[\s\-‐-―−._/·•]")
_SHORT_NUMBER, _SHORT_NAME = 6, 2
"""Shorter ones are no number, and no name, by themselves."""


class PrivateWords:
    """What the table of persons holds, to be looked for in texts.

    Parameters
    ----------
    persons : iterable of NamedPerson
        The rows of ``restricted/persons.csv``.
    """

    def __init__(self, persons: Iterable[NamedPerson]) -> None:
        self._persons = tuple(persons)

    @cached_property
    def _names(self) -> frozenset[str]:
        found = {_joined(name) for one in self._persons for name in (one.name, one.guardian_name)}
        return frozenset(name for name in found if len(name) >= _SHORT_NAME)

    @cached_property
    def _cards(self) -> frozenset[str]:
        return frozenset(card for one in self._persons if len(card := _joined(one.card)) >= _SHORT_NUMBER)

    @cached_property
    def _telephones(self) -> frozenset[str]:
        cells = (cell for one in self._persons for cell in re.split(r"[;；、,，]", one.telephone))
        found = {re.sub("[^0-9]", "", normalize("NFKC", cell)) for cell in cells}
        return frozenset(number for number in found if len(number) > _SHORT_NUMBER)

    def kinds(self, text: str) -> tuple[str, ...]:
        """Return what a text holds: of ``name``, ``card``, ``telephone`` those that are found."""
        plain = _plain(text)
        joined = _joined(text)
        numbers = list(_DIGITS.findall(plain))
        together = ["".join(_UNSEEN.sub("", number).split()) for number in numbers]
        found = {
            NAME: any(_holds_name(name, plain, joined) for name in self._names),
            CARD: bool(_LONG.search(plain)) or any(map(_CARD.search, together))
            or any(card in joined for card in self._cards),
            TELEPHONE: any(map(_is_mobile, numbers))
            or any(known in number for number in together for known in self._telephones),
        }  # fmt: skip
        return tuple(kind for kind, is_there in found.items() if is_there)


def private_word_faults(
    words: PrivateWords, events: Sequence[BookEvent], rows: Mapping[int, tuple[str, int]] | None = None
) -> Iterator[Fault]:
    """Yield a fault for each free text of an event that names a person; what stands there is not repeated.

    Parameters
    ----------
    rows : mapping of int to (str, int), optional
        File and row of each event by its position; without it the option of the field is named.
    """
    for at, event in enumerate(events):
        for field in FREE_TEXTS:
            text = event.get(field)
            for kind in words.kinds(text) if isinstance(text, str) else ():
                file, row = (rows or {}).get(at, (f"--{field}", 0))
                yield Fault(f"book.private.{kind}", file, row, field if row else "")


def demand_no_private_words(
    folder: Path, events: Sequence[BookEvent], rows: Mapping[int, tuple[str, int]] | None = None
) -> None:
    """Refuse events in whose texts a person of a book's folder is named; parameters as of ``private_word_faults``.

    Raises
    ------
    InputError
        With every such text, which is not repeated; or if the table of persons cannot be read.
    """
    if any(field in event for event in events for field in FREE_TEXTS):
        words = PrivateWords(read_persons(folder).values())
        if faults := list(private_word_faults(words, events, rows)):
            raise InputError(faults)


def _plain(text: str) -> str:
    """Return a text with full-width signs made ordinary ones, without what cannot be seen."""
    return "".join(sign for sign in normalize("NFKC", text) if category(sign) not in ("Cf", "Mn") or sign == "\n")


def _joined(text: str) -> str:
    """Return a text without spaces, points and dashes, in small letters."""
    return _UNSEEN.sub("", _plain(text)).casefold()


def _holds_name(name: str, plain: str, joined: str) -> bool:
    """Whether a name stands in a text; one in Latin letters as words of its own."""
    if name not in joined:
        return False
    if not name.isascii():
        return True
    spaced = r"[\W_]*".join(map(re.escape, name))
    return re.search(rf"(?<![a-z]){spaced}(?![a-z])", plain.casefold()) is not None


def _is_mobile(number: str) -> bool:
    """Whether some groups of a number, as it is written, make a mobile telephone's."""
    groups = [group for group in re.split("[^0-9]+", number) if group]
    return any(
        _MOBILE.fullmatch("".join(groups[first:last]))
        for first in range(len(groups)) for last in range(first + 1, len(groups) + 1)
    )  # fmt: skip
