"""Reading what-if files and grids: YAML to the domain, every fault with its line. Names are judged with a district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from allocator import domain
from allocator.domain import Axis, Grid, Option, Text, WhatIf
from allocator.ground import Fault, InputError, open_file_bytes, visible_text
from allocator.reading.policy_lines import Lines, YamlValue, dotted_policy_key, load_policy_lines
from allocator.reading.policy_lines import Path as Keys
from allocator.reading.schema_faults import schema_fault_line, schema_faults
from allocator.reading.shape import FileName, Shape, ShortText, Slug, TextShape, made_of_shape
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
        raw = read_some_of_what_if_file(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Fault("file.unreadable", path.name, params={"reason": reason})]) from error
    found, faults = parse_what_if(raw, visible_text(path.name))
    if found is None:
        raise InputError(faults)
    return found


def read_some_of_what_if_file(path: Path) -> bytes:
    """Return the content of a file, of one that is too long only so much that this can be told."""
    return open_file_bytes(path, MOST_BYTES, code="what_if.too_long")


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
    value, lines, faults = load_policy_lines(raw, file)
    if faults:
        return None, faults
    try:
        parsed = WhatIfShape.model_validate(value)
    except ValidationError as error:
        return None, schema_faults(error, lines, file, key="change", tags=CHANGES, named=dotted_policy_key)
    title, changes = Text(parsed.title.zh, parsed.title.en), _changes(parsed, lines, ("changes",))
    made = domain.WhatIf(parsed.what_if, title, changes, file, schema_fault_line(("what_if",), lines), parsed.kind)
    return (None, faults) if (faults := what_if_file_kind_faults(made)) else (made, [])


def what_if_file_kind_faults(what_if: domain.WhatIf) -> list[Fault]:
    """Return the changes of demand of a what-if that calls itself a decision: nobody decides how many children come."""
    if what_if.kind != "decision":
        return []
    return [
        Fault("what_if.decision_demand", what_if.file, change.line, f"changes.{i}[{change.kind}]", change.kind)
        for i, change in enumerate(what_if.changes)
        if domain.is_what_if_of_demand(change)
    ]


def parse_what_if_changes(value: YamlValue, lines: Lines, path: tuple[str | int, ...]) -> tuple[domain.Change, ...]:
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
        made_of_shape(
            CHANGES[change.change],
            {**change.model_dump(exclude_unset=True), "line": schema_fault_line((*path, i), lines)},
        )
        for i, change in enumerate(parsed.changes)
    )


MOST_AXES, MOST_OPTIONS, MOST_CELLS = 8, 1000, 100_000
"""Limits of a grid: axes, options of one axis, and combinations with the base."""


class OptionShape(Shape):
    """One option: nothing, a what-if file, or changes that stand in the grid itself."""

    option: Slug
    title: TextShape | None = None
    what_if: ShortText | None = None
    changes: Any = None
    kind: Literal["decision", "future"] | None = None

    @model_validator(mode="after")
    def _one(self) -> OptionShape:
        """Demand at most one way of saying what changes."""
        if self.what_if is not None and self.changes is not None:
            raise ValueError("what_if | changes")
        if self.kind is not None and self.changes is None:  # a what-if file says itself what it is
            raise ValueError("kind + changes")
        return self


class AxisShape(Shape):
    """One axis."""

    axis: Slug
    title: TextShape | None = None
    options: Annotated[list[OptionShape], Field(min_length=1, max_length=MOST_OPTIONS)]


class GridShape(Shape):
    """A whole grid file."""

    format_version: Literal[1]
    grid: FileName
    title: TextShape
    axes: Annotated[list[AxisShape], Field(min_length=1, max_length=MOST_AXES)]


_DEPTH = len(("axes", 0, "options", 0))
"""Keys above what stands in an option."""


def read_what_if_grid(path: Path) -> Grid:
    """Return the grid of a file, with the what-ifs that it names read from beside it.

    Raises
    ------
    InputError
        If the file cannot be read, or with everything that is wrong in it and in the what-if files.
    """
    try:
        raw = read_some_of_what_if_file(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Fault("file.unreadable", path.name, params={"reason": reason})]) from error
    value, lines, faults = load_policy_lines(raw, path.name)
    if faults:
        raise InputError(faults)
    try:
        shape = GridShape.model_validate(value)
    except ValidationError as error:
        raise InputError(
            schema_faults(error, lines, path.name, key="option", tags=(), named=dotted_policy_key)
        ) from error
    reader = _Reader(path.name, path.parent, lines)
    grid = reader.grid(shape)
    if reader.faults:
        raise InputError(reader.faults)
    return grid


@dataclass
class _Reader:
    """Turns the shape of one grid into the domain; collects faults instead of stopping."""

    file: str
    folder: Path
    lines: Lines
    faults: list[Fault] = field(default_factory=list)
    files: dict[str, WhatIf | None] = field(default_factory=dict)

    def grid(self, shape: GridShape) -> Grid:
        """The whole grid."""
        self._unique([axis.axis for axis in shape.axes], ("axes",), "axis")
        axes = tuple(self._axis(axis, ("axes", i)) for i, axis in enumerate(shape.axes))
        grid = Grid(shape.grid, Text(shape.title.zh, shape.title.en), axes, self.file)
        if grid.size > MOST_CELLS:
            self._fault("grid.too_many_cells", ("axes",), str(grid.size), most=f"{MOST_CELLS:,}")
        return grid

    def _unique(self, names: Sequence[str], path: Keys, key: str) -> None:
        """Refuse names that stand twice in a list."""
        for i, name in enumerate(names):
            if name in names[:i]:
                here = (*path, i, key)
                first = schema_fault_line((*path, names.index(name), key), self.lines)
                self._fault("grid.same_name", here, name, line=str(first))

    def _axis(self, shape: AxisShape, path: Keys) -> Axis:
        """One axis with its options."""
        path = (*path, "options")
        self._unique([option.option for option in shape.options], path, "option")
        options = tuple(self._option(option, (*path, i)) for i, option in enumerate(shape.options))
        title = Text(shape.title.zh, shape.title.en) if shape.title else Text(shape.axis, shape.axis)
        return Axis(shape.axis, title, options)

    def _option(self, shape: OptionShape, path: Keys) -> Option:
        """One option; its title is its own, else that of its what-if file, else its name."""
        title = Text(shape.title.zh, shape.title.en) if shape.title else None
        what_if = None
        if shape.what_if is not None:
            what_if = self._read(shape.what_if, (*path, "what_if"))
            title = title or (what_if.title if what_if else None)
        title = title or Text(shape.option, shape.option)
        if shape.changes is not None:
            what_if = self._inline(shape, title, path)
        return Option(shape.option, title, what_if)

    def _read(self, name: str, path: Keys) -> WhatIf | None:
        """The what-if of a file beside the grid, read once however many options name it."""
        if name not in self.files:
            self.files[name] = None
            try:
                self.files[name] = read_what_if(self.folder / name)
            except InputError as error:
                self.faults += [self._at_home(fault, name, path) for fault in error.faults]
        return self.files[name]

    def _at_home(self, fault: Fault, name: str, path: Keys) -> Fault:
        """A file that cannot be read is told where the grid names it."""
        if fault.code != "file.unreadable":
            return fault
        return Fault(
            "grid.no_what_if",
            self.file,
            schema_fault_line(path, self.lines),
            dotted_policy_key(path),
            name,
            fault.params,
        )

    def _inline(self, shape: OptionShape, title: Text, path: Keys) -> WhatIf | None:
        """The what-if of changes that stand in the grid."""
        try:
            changes = parse_what_if_changes(shape.changes, self.lines, (*path, "changes"))
        except ValidationError as error:
            named = lambda keys: dotted_policy_key((*path, *keys))
            self.faults += schema_faults(error, self.below[path], self.file, key="change", tags=CHANGES, named=named)
            return None
        made = WhatIf(shape.option, title, changes, self.file, kind=shape.kind)
        self.faults += what_if_file_kind_faults(made)
        return made

    def _fault(self, code: str, path: Keys, value: str, **params: str) -> None:
        """Note a fault with its line."""
        self.faults.append(
            Fault(code, self.file, schema_fault_line(path, self.lines), dotted_policy_key(path), value, params)
        )

    @cached_property
    def below(self) -> Mapping[Keys, Lines]:
        """The lines of each option, as if it were a file of its own."""
        found: dict[Keys, Lines] = {}
        for keys, line in self.lines.items():
            found.setdefault(keys[:_DEPTH], {})[keys[_DEPTH:]] = line
        return found
