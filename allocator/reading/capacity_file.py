"""Reading an instance of extra seats under deferred acceptance: JSON, every fault at once.

Keys: ``seed`` (where the instance comes from; optional), ``schools`` and ``students`` (how many), ``capacity`` (seats
of each school), ``lists`` (schools of each student, its best first), ``score`` (for each student, the score that each
school of its list gives it, in the order of the list; higher is better, no two students alike at a school).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from allocator.domain import StableInstance
from allocator.ground import (
    MOST_OF_A_KIND,
    MOST_OF_JSON,
    Fault,
    InputError,
    cut_error_kinds,
    cut_faults,
    open_file_bytes,
    opened_json,
)

KEYS = ("seed", "schools", "students", "capacity", "lists", "score")
_MUST = KEYS[1:]
_MOST_NUMBER = 1_000_000_000  # schools, students, seats, score without its point
_MOST_SEED = 2**64
_MOST_SHOWN = 40  # characters of a value


def read_capacity(path: Path) -> StableInstance:
    """Return the instance of a file.

    Raises
    ------
    InputError
        All faults at once.
    """
    content, faults = _loaded(path)
    reader = _Reader(path.name)
    if not faults:
        reader.read(content)
    if faults or reader.faults:
        raise InputError([*cut_error_kinds(faults), *reader.cut()])
    lists = tuple(tuple(one) for one in content["lists"])
    return StableInstance(tuple(content["capacity"]), lists, tuple(tuple(one) for one in content["score"]))


def _loaded(path: Path) -> tuple[Any, list[Fault]]:
    """What the file holds, or why it cannot be read."""
    try:
        raw = open_file_bytes(path, MOST_OF_JSON, code="extra_seats.too_large")
    except InputError as error:
        return None, list(error.faults)
    except OSError as error:
        return None, [Fault("file.unreadable", path.name, params={"reason": error.strerror or type(error).__name__})]
    twice: list[str] = []

    def _made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key, value in pairs:
            if key in content:
                twice.append(key)
            content[key] = value
        return content

    try:
        content = opened_json(raw.decode("utf-8-sig"), _made)
    except UnicodeDecodeError as error:
        return None, [Fault("extra_seats.not_json", path.name, params={"reason": error.reason})]
    except json.JSONDecodeError as error:
        return None, [Fault("extra_seats.not_json", path.name, row=error.lineno, params={"reason": error.msg})]
    except ValueError as error:  # a number of thousands of digits; brackets without end
        return None, [Fault("extra_seats.not_json", path.name, params={"reason": type(error).__name__})]
    if not isinstance(content, dict):
        return None, [Fault("extra_seats.not_object", path.name)]
    return content, [Fault("extra_seats.key_twice", path.name, column=_shown(key)) for key in twice]


class _Reader:
    """Collects what is wrong with the content of a file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.found: Counter[str] = Counter()

    def read(self, content: dict[str, Any]) -> None:
        """Judge keys, then values, then what they say together."""
        for key in content:
            if key not in KEYS:
                self.fault("extra_seats.key_unknown", _shown(key), expected=", ".join(KEYS))
        for key in _MUST:
            if key not in content:
                self.fault("extra_seats.key_missing", key)
        if "seed" in content:
            self.whole(content["seed"], "seed", 0, _MOST_SEED)
        schools, students = (self._count(content, key) for key in ("schools", "students"))
        seats = self._rows(content, "capacity", schools)
        for school, there in enumerate(seats):
            self.whole(there, f"capacity[{school}]", 0, _MOST_NUMBER)
        lists = self._rows(content, "lists", students)
        scores = self._rows(content, "score", students)
        known = len(seats) if schools is None else schools
        before = len(self.faults)
        self._each(lists, "lists", lambda value, at: self.whole(value, at, 0, known - 1))
        self._each(scores, "score", self._score)
        if len(self.faults) == before and len(lists) == len(scores):
            self._together(lists, scores)

    def fault(self, code: str, column: str, value: object = "", **params: object) -> None:
        """Note a fault; of very many of a kind no more than are told."""
        self.found[code] += 1
        if self.found[code] > MOST_OF_A_KIND:
            return
        words = {name: str(word) for name, word in params.items()}
        self.faults.append(Fault(code, self.file, column=column, value=_shown(value), params=words))

    def cut(self) -> list[Fault]:
        """Return the faults noted, and how many more of each kind there are."""
        kinds = {code: [fault for fault in self.faults if fault.code == code] for code in self.found}
        return [fault for code, kind in kinds.items() for fault in cut_faults(kind, self.found[code])]

    def whole(self, value: object, column: str, least: int, most: int) -> bool:
        """Demand a whole number within limits."""
        good = type(value) is int and least <= value <= most
        if not good:
            self.fault("extra_seats.whole", column, value, least=least, most=most)
        return good

    def _count(self, content: dict[str, Any], key: str) -> int | None:
        """A number of things, None if it is not there or no number."""
        return content[key] if key in content and self.whole(content[key], key, 1, _MOST_NUMBER) else None

    def _rows(self, content: dict[str, Any], key: str, count: int | None) -> list[Any]:
        """An array of a certain length."""
        if key not in content:
            return []
        rows = content[key]
        if not isinstance(rows, list):
            self.fault("extra_seats.list", key, rows)
            return []
        if count is not None and len(rows) != count:
            self.fault("extra_seats.length", key, expected=count, found=len(rows))
        return rows

    def _each(self, rows: list[Any], key: str, judge: Callable[[object, str], object]) -> None:
        """Judge every item of an array of arrays."""
        for i, row in enumerate(rows):
            if not isinstance(row, list):
                self.fault("extra_seats.list", f"{key}[{i}]", row)
                continue
            for j, value in enumerate(row):
                judge(value, f"{key}[{i}][{j}]")

    def _score(self, value: object, column: str) -> None:
        """Demand a number that can be compared."""
        known = isinstance(value, int | float) and not isinstance(value, bool)
        if not (known and isinstance(value, int | float) and abs(value) <= _MOST_NUMBER):  # NaN is not either
            self.fault("extra_seats.score", column, value)

    def _together(self, lists: list[list[int]], scores: list[list[float]]) -> None:
        """A score for each school of a list, no school twice, no two students alike."""
        seen: dict[tuple[int, float], int] = {}
        for student, (schools, marks) in enumerate(zip(lists, scores, strict=True)):
            if len(schools) != len(marks):
                self.fault("extra_seats.length", f"score[{student}]", expected=len(schools), found=len(marks))
                continue
            for school in sorted(school for school, times in Counter(schools).items() if times > 1):
                self.fault("extra_seats.school_twice", f"lists[{student}]", school=school)
            for school, mark in dict(zip(schools, marks, strict=True)).items():
                first = seen.setdefault((school, mark), student)
                if first != student:
                    self.fault("extra_seats.tie", f"score[{student}]", mark, school=school, first=first, second=student)


def _shown(value: object) -> str:
    """A value as it is shown: short, on one line."""
    if isinstance(value, int) and abs(value) > 10**_MOST_SHOWN:
        return "…"
    text = value if isinstance(value, str) else json.dumps(value)[: 2 * _MOST_SHOWN] if value != "" else ""
    text = " ".join(text.split())
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"
