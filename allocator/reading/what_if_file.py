"""Reading a what-if file: YAML to the domain, every fault with its line. Names are judged when it meets a district."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from allocator import domain
from allocator.domain import Text
from allocator.ground import Fault, InputError, file_bytes, visible
from allocator.reading.policy_lines import Lines, YamlValue, dotted, load
from allocator.reading.schema_faults import line_of, schema_faults
from allocator.reading.shape import made_of
from allocator.reading.what_if_shape import CHANGES, WhatIfShape

MOST_BYTES = 1_000_000
"""A longer file is refused: the reader takes half a minute for so many."""


def read_what_if(path: Path) -> domain.WhatIf:
    """Return the what-if of a file.

    Raises
    ------
    InputError
        If the file cannot be read, or with everything that is wrong in it.
    """
    try:
        raw = read_some(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Fault("file.unreadable", path.name, params={"reason": reason})]) from error
    found, faults = parse_what_if(raw, visible(path.name))
    if found is None:
        raise InputError(faults)
    return found


def read_some(path: Path) -> bytes:
    """Return the content of a file, of one that is too long only so much that this can be told."""
    return file_bytes(path, MOST_BYTES, code="what_if.too_long")


def read_what_ifs(paths: Sequence[Path]) -> list[domain.WhatIf]:
    """Return the what-ifs of several files, in the order given.

    Raises
    ------
    InputError
        With the faults of all files, and files of which two carry the same name.
    """
    found: list[domain.WhatIf] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            found.append(read_what_if(path))
        except InputError as error:
            faults += error.faults
    first: dict[str, str] = {}
    for what_if in found:
        if what_if.name in first:
            words = {"other": first[what_if.name]}
            faults.append(Fault("what_if.same_name", what_if.file, what_if.line, "what_if", what_if.name, words))
        first.setdefault(what_if.name, what_if.file)
    if faults:
        raise InputError(faults)
    return found


def parse_what_if(raw: bytes, file: str) -> tuple[domain.WhatIf | None, list[Fault]]:
    """Return the what-if of a file's bytes, or None and everything that is wrong with it."""
    if len(raw) > MOST_BYTES:
        return None, [Fault("what_if.too_long", file, params={"most": f"{MOST_BYTES:,}"})]
    value, lines, faults = load(raw, file)
    if faults:
        return None, faults
    try:
        parsed = WhatIfShape.model_validate(value)
    except ValidationError as error:
        return None, schema_faults(error, lines, file, key="change", tags=CHANGES, named=dotted)
    title, changes = Text(parsed.title.zh, parsed.title.en), _changes(parsed, lines, ("changes",))
    made = domain.WhatIf(parsed.what_if, title, changes, file, line_of(("what_if",), lines), parsed.kind)
    return (None, faults) if (faults := kind_faults(made)) else (made, [])


def kind_faults(what_if: domain.WhatIf) -> list[Fault]:
    """Return the changes of demand of a what-if that calls itself a decision: nobody decides how many children come."""
    if what_if.kind != "decision":
        return []
    return [
        Fault("what_if.decision_demand", what_if.file, change.line, f"changes.{i}[{change.kind}]", change.kind)
        for i, change in enumerate(what_if.changes)
        if domain.is_demand(change)
    ]


def parse_changes(value: YamlValue, lines: Lines, path: tuple[str | int, ...]) -> tuple[domain.Change, ...]:
    """Return the changes of a list that stands inside another file, at ``path``.

    Raises
    ------
    ValidationError
        By pydantic; the caller knows how its file names things.
    """
    whole = {"format_version": 1, "what_if": "inline", "title": {"zh": "-", "en": "-"}, "changes": value}
    return _changes(WhatIfShape.model_validate(whole), lines, path)


def _changes(parsed: WhatIfShape, lines: Lines, path: tuple[str | int, ...]) -> tuple[domain.Change, ...]:
    """The changes of a faultless shape, each with its line."""
    return tuple(
        made_of(CHANGES[change.change], {**change.model_dump(exclude_unset=True), "line": line_of((*path, i), lines)})
        for i, change in enumerate(parsed.changes)
    )
