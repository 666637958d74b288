"""The lists that families see, read back as they stand: ``lists/<school>.csv``, and the sheets of ``lists.xlsx``.

Nothing is judged here but the form: the lines above the headings, the headings, the rows with their lines in the file.
What their words mean is given to the recheck by whoever knows the policy.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from allocator.ground import LANGUAGES, MOST_OF_A_TABLE, Fault, InputError, ListLanguages, Written, open_file_bytes
from allocator.sheets import harmless

Way = tuple[str, str]
"""Label of the phase, and outcome."""


class ListWords(NamedTuple):
    """The words of lists in one language or both, and which draw belongs to which phase.

    Attributes
    ----------
    title, source : str
        First and last line above every list.
    warnings : tuple of str
        Lines between name and source: TRIAL, weak seed, notice.
    titles : Mapping of str to str
        Name of each list that is no school's, by its key.
    headings : Mapping of str to str
        Heading by what it means.
    sexes : Mapping of str to str
        Word for each sex by its letter in the roster.
    other_sheets : frozenset of str
        Titles of the sheets of a workbook that are no list.
    ways : Mapping of str to frozenset of Way
        Phase and outcome by the words for the way of admission; several where the words keep the ground untold.
    places : Mapping of Way to int
        Place of a way in a list: those admitted earlier come first.
    draw : callable
        Words for a draw, of the way it decided and the name of the school.
    queues : Mapping of str to Way
        Way by the id of a draw without its school: ``batch-A``, ``divert-A``, ``adjust``.
    after : Mapping of str to str
        Id of the order in which those stand who lost in the draws of a home batch, or are unplaced in a diversion.
    schools : frozenset of str
        Schools here that the policy names; each has a list.
    """

    title: str
    source: str
    warnings: tuple[str, ...]
    titles: Mapping[str, str]
    headings: Mapping[str, str]
    sexes: Mapping[str, str]
    other_sheets: frozenset[str]
    ways: Mapping[str, frozenset[Way]]
    places: Mapping[Way, int]
    draw: Callable[[Way, str], str]
    queues: Mapping[str, Way]
    after: Mapping[str, str]
    schools: frozenset[str]

    def draw_id(self, way: Way, school: str) -> str:
        """Return the id of the draw of a way at a school; empty where a way has none."""
        for prefix, other in self.queues.items():
            if other == way:
                return prefix if self.is_placement(prefix) else f"{prefix}/{school}"
        return ""

    def is_placement(self, prefix: str) -> bool:
        """Return whether a draw gives schools (diversion, adjustment) and is not held at one."""
        return self.queues[prefix][1] in ("diverted", "adjusted")


WordsOf = Callable[[ListLanguages], ListWords]
"""Gives the words of lists in one language or both."""


LISTS, WORKBOOK = "office", "lists.xlsx"
LIST_CODES = ("number", "id", "name", "sex", "school", "way", "draw")
_MOST_BYTES, _MOST_UNPACKED, _MOST_PARTS = 500_000_000, 1_500_000_000, 2_000
"""Of a workbook: more than the lists of a million children."""


class PublishedList(NamedTuple):
    """One list as it stands.

    Attributes
    ----------
    key : str
        School id; ``_external``, ``_needs_ruling`` or ``_unplaced`` for children without a seat here.
    file : str
        Path in the published folder, for the faults.
    above : tuple of str
        The lines above the headings: title, name, warnings, source.
    heads : tuple of str
        The headings as they stand.
    codes : tuple of str
        What each heading means (``LIST_CODES``); a heading that means nothing is itself.
    rows : tuple of (int, tuple of str)
        Line of the file and cells of each row.
    lists : {"zh", "en", "both"}
        Language or languages of the headings.
    """

    key: str
    file: str
    above: tuple[str, ...]
    heads: tuple[str, ...]
    codes: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    lists: ListLanguages

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by what they mean, without the apostrophe that keeps a sheet from reading them."""
        return {code: bare_published_cell(cell) for code, cell in zip(self.codes, row, strict=True)}


def read_published_lists(folder: Path) -> tuple[list[PublishedList], list[Fault]]:
    """Return the lists of a published folder in the order in which they are written, and the faults of their form."""
    found, faults = [], []
    for path in sorted((folder / LISTS).glob("*.csv"), key=lambda path: (path.stem.startswith("_"), path.stem)):
        name = path.relative_to(folder).as_posix()
        try:
            text = open_file_bytes(path, MOST_OF_A_TABLE).decode("utf-8-sig")
            lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except (OSError, UnicodeDecodeError, csv.Error):
            faults.append(Fault("draw.not_csv", name))
            continue
        one = _list(path.stem, name, [tuple(line) for line in lines], faults)
        found += [] if one is None else [one]
    return found, faults


def read_published_sheets(folder: Path) -> tuple[list[tuple[str, list[tuple[str, ...]]]], list[Fault]]:
    """Return name and rows of every sheet of the workbook, numbers as the CSV files write them; none where it is not.

    A workbook that cannot be read is a fault: it is no longer what was published.
    """
    path = folder / WORKBOOK
    if not path.is_file():
        return [], []
    from python_calamine import CalamineWorkbook  # only here: who has CSV files alone needs it not

    try:
        raw = open_file_bytes(path, _MOST_BYTES)
        if not _is_modest(raw):
            return [], [Fault("draw.workbook", WORKBOOK)]
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            names = book.sheet_names
            sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except (KeyboardInterrupt, SystemExit, MemoryError, InputError):
        raise
    except BaseException:  # a panic of the library that reads is no Exception
        return [], [Fault("draw.workbook", WORKBOOK)]
    return [(name, [_plain(row) for row in rows]) for name, rows in sheets], []


def _is_modest(raw: bytes) -> bool:
    """Return whether a workbook says of itself that unpacking it takes no more than lists of a million children do."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
    return len(parts) <= _MOST_PARTS and sum(part.file_size for part in parts) <= _MOST_UNPACKED


def bare_published_cell(cell: str) -> str:
    """Return what a cell of a CSV file says, without the apostrophe that makes it harmless."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def _list(key: str, file: str, lines: list[tuple[str, ...]], faults: list[Fault]) -> PublishedList | None:
    """Return a list, or None where no line holds its headings."""
    heading = _heading(lines)
    if heading is None:
        faults.append(Fault("draw.list_heading", file))
        return None
    at, lists = heading
    heads = lines[at]
    means = {Written(lists).text(f"list.column.{code}", " "): code for code in LIST_CODES}
    for row, line in enumerate(lines[at + 1 :], start=at + 2):
        if len(line) != len(heads):
            faults.append(Fault("draw.cells", file, row, params={"expected": str(len(heads))}))
    rows = [(row, line) for row, line in enumerate(lines[at + 1 :], start=at + 2) if len(line) == len(heads)]
    above = tuple(",".join(line).rstrip(",") for line in lines[:at])
    return PublishedList(key, file, above, heads, tuple(means.get(head, head) for head in heads), tuple(rows), lists)


def _heading(lines: list[tuple[str, ...]]) -> tuple[int, ListLanguages] | None:
    """Return the place of the headings and their languages; the first says "No."."""
    kinds: tuple[ListLanguages, ...] = ("both", *LANGUAGES)
    numbers: dict[str, ListLanguages] = {Written(kind).text("list.column.number", " "): kind for kind in kinds}
    found: Iterator[tuple[int, ListLanguages]] = (
        (at, numbers[line[0]]) for at, line in enumerate(lines) if line and line[0] in numbers
    )
    return next(found, None)


def _plain(row: Sequence[object]) -> tuple[str, ...]:
    """Return the cells of a row of a sheet as text; a whole number has no point, a heading no line break."""
    whole = (int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in row)
    return tuple(str(cell).replace("\n", " ") for cell in whole)
