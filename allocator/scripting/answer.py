"""An answer to a script: what was found, the object that the command prints, and the same as a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from pandas import DataFrame

Found = TypeVar("Found")
FrameRow = Mapping[str, Any]


class Answer(Generic[Found]):
    """An answer.

    Parameters
    ----------
    question : str
        Name of the function that was asked.
    found : object
        What the planner or the checker returned.
    told : callable
        Makes the object of ``found``.
    rows : callable
        Makes the rows of the frame of ``found`` and of that object.
    facts : Mapping of str to object
        What is shown of it in one line.

    Attributes
    ----------
    found : object
        As above; for those who need more than the object says.
    """

    __slots__ = ("_facts", "_question", "_rows", "_told", "found")

    def __init__(
        self,
        question: str,
        found: Found,
        told: Callable[[Found], dict[str, Any]],
        rows: Callable[[Found, dict[str, Any]], Iterable[FrameRow]],
        facts: Mapping[str, object],
    ) -> None:
        self._question, self.found, self._told, self._rows, self._facts = question, found, told, rows, facts

    def as_object(self) -> dict[str, Any]:
        """Return what the command of the same name prints with ``--json`` (docs/schemas)."""
        return self._told(self.found)

    def to_frame(self) -> DataFrame:
        """Return the answer as a pandas frame, a row for each thing counted (docs/python.md)."""
        from pandas import DataFrame  # only here: most scripts never ask for one

        return DataFrame([dict(row) for row in self._rows(self.found, self.as_object())])

    def __repr__(self) -> str:
        """Return one line."""
        facts = ", ".join(f"{name} {value}" for name, value in self._facts.items())
        return f"<{self._question}: {facts}>"
