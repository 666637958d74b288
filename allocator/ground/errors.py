"""Faults and exceptions: what a user is told when input or agreement fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an input file, in a form that can be shown in either language.

    Attributes
    ----------
    code : str
        Stable code of the message (``TEXTS`` holds its Chinese and English text).
    file : str
        Name of the file as the user knows it, e.g. ``applicants.csv``.
    row : int
        Line of the file (the header of a table is line 1); 0 where the whole file is meant.
    column : str
        Column of a table or dotted key of a policy; empty where none applies.
    value : str
        What stands there, shortened for display; empty where nothing does.
    params : dict[str, str]
        Further words of the message, such as what was expected.
    """

    code: str
    file: str
    row: int = 0
    column: str = ""
    value: str = ""
    params: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return place and code; ``fault_text`` gives the words in either language."""
        place = f"{self.file} line {self.row}" if self.row else self.file
        return f"{place} {self.column}".strip() + f": {self.code}"


MOST_OF_A_KIND = 1_000
"""Faults of one kind in one column that are told one by one; a column may be wrong in every row of a million."""


def cut_faults(faults: Iterable[Fault], total: int) -> list[Fault]:
    """Return the first thousand of some faults of one kind and, where there are more, one that counts the others.

    Parameters
    ----------
    faults : iterable of Fault
        Made as they are asked for, so that those cut off are never made.
    total : int
        How many there are.
    """
    some = list(islice(faults, MOST_OF_A_KIND))
    if total > len(some) > 0:
        last = some[-1]
        some.append(Fault("fault.more", last.file, last.row, last.column, params={"count": str(total - len(some))}))
    return some


def cut_error_kinds(faults: list[Fault]) -> list[Fault]:
    """Return faults, of each code the first thousand and how many more."""
    if len(faults) <= MOST_OF_A_KIND:
        return faults
    kinds = Counter(fault.code for fault in faults)
    return [told for kind, total in kinds.items() for told in cut_faults((f for f in faults if f.code == kind), total)]


def count_faults(faults: Iterable[Fault]) -> int:
    """Return how many faults there are, those that were cut off included."""
    return sum(int(fault.params["count"]) if fault.code == "fault.more" else 1 for fault in faults)


_MOST_IN_TEXT = 10
"""Faults in the text of an exception; all of them are in ``faults``."""


class AllocatorError(Exception):
    """Base of all errors that the program explains to its user; none shows a traceback."""


class InputError(AllocatorError, ValueError):
    """The input has faults; all of them are told at once (exit status 2). A ``ValueError``, for scripts.

    Parameters
    ----------
    faults : iterable of Fault
        At least one fault; kept in order of file, row, column and code.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        key = lambda f: (f.file, f.row, f.column, f.code, f.value)
        self.faults: tuple[Fault, ...] = tuple(sorted(faults, key=key))
        if not self.faults:
            raise ValueError("Expected at least one fault.")
        super().__init__("; ".join(map(str, self.faults[:_MOST_IN_TEXT])) + " …" * (len(self.faults) > _MOST_IN_TEXT))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        """Come through another process whole: what is raised there must be told here."""
        return type(self), (self.faults,)


class DisagreementError(AllocatorError, RuntimeError):
    """The engines differ or the checker refuses a list (exit status 3). A ``RuntimeError``, for scripts.

    Parameters
    ----------
    code : str
        Code of the message.
    params : dict[str, str]
        Its words: the first party that differs, both outcomes, the rule.
    details : tuple of str
        Further lines for the log, already in plain words.
    faults : tuple of Fault
        Places in files that say something else than what was read of them.
    """

    def __init__(
        self, code: str, params: dict[str, str], details: tuple[str, ...] = (), faults: tuple[Fault, ...] = ()
    ) -> None:
        self.code = code
        self.params = params
        self.details = details
        self.faults = faults
        super().__init__(f"{code}: {params}")

    def __reduce__(self) -> tuple[type[DisagreementError], tuple[object, ...]]:
        """Come through another process whole."""
        return type(self), (self.code, self.params, self.details, self.faults)
