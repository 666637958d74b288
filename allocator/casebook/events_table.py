"""Many events from a table (CSV, XLSX) or from lines of JSON, each made as the desk makes one; faults by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from allocator.casebook.entries import COLUMNS, EVENTS, OWN_COMMAND, TYPE_WORDS, FieldFault, made_entry
from allocator.ground import MOST_OF_A_TABLE, TEXTS, Fault, InputError, open_readable
from allocator.reading import single_table

MayAct: TypeAlias = Callable[[str, str, Fault], list[Fault]]


class TableEvent(NamedTuple):
    """One event and the row on which it stands."""

    row: int
    event: Mapping[str, object]


def read_events_table(path: Path, may_act: MayAct, encoding: str | None = None) -> list[TableEvent]:
    """Return the events of a file in its order.

    Parameters
    ----------
    path : Path
        ``.jsonl``: an object of texts and whole numbers on each line; else a table with the headings of ``COLUMNS``,
        of which those that no event needs may be left out.
    may_act : callable
        Returns why a person may not act in a role, told of a place: ``Officers.faults``.

    Raises
    ------
    InputError
        With all faults of all rows, or if there is no event in it.
    """
    faults: list[Fault] = []
    rows = _lines(path, faults) if path.suffix == ".jsonl" else _cells(path, encoding, faults)
    found = [TableEvent(row, _event(path.name, row, given, may_act, faults)) for row, given in rows]
    if not found and not faults:
        faults.append(Fault("book.import.nothing", path.name))
    if faults:
        raise InputError(faults)
    return found


def _event(
    file: str, row: int, given: Mapping[str, str], may_act: MayAct, faults: list[Fault]
) -> Mapping[str, object]:
    """Return the event of a row; an empty one where it cannot be told what it is."""
    kind = TYPE_WORDS.get(given["type"], given["type"])
    if kind not in EVENTS:
        words = {"expected": ", ".join(EVENTS), "expected_zh": "、".join(TEXTS[f"book.event.{k}"][0] for k in EVENTS)}
        faults.append(Fault("book.import.no_type", file, row, "type", given["type"], words))
        return {}
    if kind in OWN_COMMAND:
        faults.append(Fault("book.import.own_command", file, row, "type", given["type"], {"kind": kind}))
        return {}
    event, wrong = made_entry(kind, given)
    faults += [Fault(f.code, file, row, f.field, f.value, dict(f.words)) for f in wrong]
    if given["by"] and given["role"]:
        faults += may_act(given["by"], given["role"], Fault("", file, row))
    return event


def _cells(path: Path, encoding: str | None, faults: list[Fault]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the cells of each row of a table, if it has no fault by itself."""
    table, wrong = single_table(path, COLUMNS, encoding)
    faults += wrong
    if table is None or wrong:
        return
    columns = [column.name for column in COLUMNS]
    for line, *cells in zip(table.lines.tolist(), *map(table.texts, columns), strict=True):
        yield line, dict(zip(columns, cells, strict=True))


def _lines(path: Path, faults: list[Fault]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield what each line of JSON says; empty lines are passed over."""
    known = [column.name for column in COLUMNS]
    for row, line in enumerate(open_readable(path, MOST_OF_A_TABLE).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            faults.append(Fault("book.import.not_an_event", path.name, row))
            continue
        wrong = [_field_fault(name, value) for name, value in found.items() if not _is_good(name, value, known)]
        faults += [Fault(fault.code, path.name, row, fault.field) for fault in wrong]
        if not wrong:
            yield row, {**dict.fromkeys(known, ""), **{name: str(value) for name, value in found.items()}}


def _is_good(name: str, value: object, known: list[str]) -> bool:
    """Whether a field of a line is one of the table's, and holds a text or a whole number."""
    return name in known and isinstance(value, str | int) and not isinstance(value, bool)


def _field_fault(name: str, value: object) -> FieldFault:
    """Return what is wrong with a field of a line."""
    is_value = isinstance(value, str | int) and not isinstance(value, bool)
    return FieldFault(name[:40], "book.import.unknown_key" if is_value else "book.import.not_text")
