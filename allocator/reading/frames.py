"""Tables that scripts hold as pandas frames: the same columns, judged by the same rules as files.

A frame counts as a workbook does: a number is one, and stands only where numbers belong; what is missing is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator.domain import District
from allocator.ground import Fault
from allocator.reading.folder import FolderReader
from allocator.reading.layout import LAYOUTS
from allocator.reading.rows import Rows, Typed
from allocator.reading.table import InputTable
from allocator.reading.table_reader import read_table

if TYPE_CHECKING:
    from pandas import DataFrame, Series

FIRST_LINE = 2
"""Line of a frame's first row in faults: that of the CSV file that ``to_csv(index=False)`` writes."""


def read_frames(policy: Path, frames: Mapping[str, DataFrame]) -> District:
    """Read a district without its draw.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        By ``applicants``, ``schools`` and ``zones``, which are their names in faults. The index is not looked at.

    Raises
    ------
    InputError
        With all faults of policy and frames.
    """
    return _FramesReader(policy.parent, policy, None, frames=frames).district()


@dataclass
class _FramesReader(FolderReader):
    """Reads a policy file and frames."""

    frames: Mapping[str, DataFrame] = field(default_factory=dict)

    def table(self, name: str) -> InputTable | None:
        """Return one table."""
        return read_table(_rows(self.frames[name]), name, LAYOUTS[name], self.faults)


def _rows(frame: DataFrame) -> Iterator[Rows]:
    """Yield the headings, then all rows at once."""
    yield Rows([FIRST_LINE - 1], [list(map(str, frame.columns))])
    columns = [list(_cells(frame.iloc[:, place])) for place in range(frame.shape[1])]
    typed = [
        Typed(row, place, number)
        for place, cells in enumerate(columns)
        for row, (_, number) in enumerate(cells)
        if number is not None
    ]
    texts = [[text for text, _ in cells] for cells in columns]
    yield Rows(range(FIRST_LINE, FIRST_LINE + len(frame)), list(map(list, zip(*texts, strict=True))), typed)


def _cells(column: Series[Any]) -> Iterator[tuple[str, bool | None]]:
    """Yield the text of each cell, and whether it is a number; None where it is text already, or missing."""
    missing = column.isna().tolist()
    for value, none in zip(column.astype(object).tolist(), missing, strict=True):
        if none or isinstance(value, str):
            yield "" if none else value, None
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield format(value, ".15g"), True
        else:
            yield str(value), False


def not_frames(frames: Mapping[str, object]) -> list[Fault]:
    """Return which of the tables are none; ``frames`` as in ``read_frames``."""
    from pandas import DataFrame  # only here: nothing else of the reading needs pandas

    kinds = {name: type(frame).__name__ for name, frame in frames.items() if not isinstance(frame, DataFrame)}
    return [Fault("frame.expected", name, value=kind) for name, kind in kinds.items()]
