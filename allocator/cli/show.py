"""What the terminal shows: progress, faults, disagreements; and what runs every command."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from rich.status import Status
from rich.text import Text

from allocator.cli.app import BAD_INPUT, DISAGREE, GOOD
from allocator.ground import (
    AllocatorError,
    DisagreementError,
    Fault,
    InputError,
    Language,
    count_faults,
    echo,
    fault_text,
    text,
    without_card_numbers,
)
from allocator.sheets import Part, PlainConsole, show

_INTERRUPTED = 130  # as shells have it
_MOST_FAULTS_SHOWN, _MOST_OF_A_KIND = 200, 10
_SLOW = 1.0


class Teller:
    """Tells on stderr what is being done; a line for each step that takes more than a second.

    Parameters
    ----------
    language : {"zh", "en"}
        Of everything that the command says.
    quiet : bool
        Whether nothing but faults is said.
    as_json : bool
        Whether the answer and faults are JSON; it is quiet then as well.
    """

    def __init__(self, language: Language, *, quiet: bool = False, as_json: bool = False) -> None:
        self.language = language
        self.quiet = quiet or as_json
        self.as_json = as_json
        self.console = PlainConsole(stderr=True)
        self.step = ""
        self.since = time.monotonic()
        self.status: Status | None = None

    def __call__(self, what: str) -> None:
        """Begin a step (a ``progress.…`` code) or a part of it (the id of a phase)."""
        if self.quiet:
            return
        if what.startswith("progress."):
            self.finish()
            self.step, self.since = text(what, self.language), time.monotonic()
        shown = self.step if what.startswith("progress.") else f"{self.step} · {what}"
        if self.console.is_terminal:
            self._spin(shown)

    def say(self, sentence: str) -> None:
        """Say something that is worth knowing before the next step."""
        if not self.quiet:
            self.finish()
            self.console.print(sentence)

    def _spin(self, shown: str) -> None:
        if self.status is None:
            self.status = self.console.status(Text(shown))
            self.status.start()
        self.status.update(Text(shown))

    def finish(self) -> None:
        """End the step; say how long it took where that was noticeable."""
        if self.status is not None:
            self.status.stop()
            self.status = None
        took = time.monotonic() - self.since
        if self.step and took >= _SLOW and not self.quiet:
            self.console.print(f"{self.step}  {took:.1f} s")
        self.step = ""


def show_faults(faults: Sequence[Fault], language: Language) -> None:
    """Print the faults on stderr, a line each; of very many the first of every kind, and how many more there are."""
    console = PlainConsole(stderr=True, soft_wrap=True)
    console.print(text("cli.faults", language, count=count_faults(faults)))
    _print_some(console, faults, language)


def _print_some(console: PlainConsole, faults: Sequence[Fault], language: Language) -> None:
    """Print faults, a line each; of very many the first of every kind, and how many more there are."""
    chosen = _some_of_each(faults)
    for fault in chosen:
        console.print("  " + fault_text(fault, language))
    if more := count_faults(faults) - count_faults(chosen):
        console.print(text("cli.more_faults", language, count=more))


def show_warnings(warnings: Sequence[Fault], language: Language, heading: str = "cli.warnings") -> None:
    """Print on stderr what is no fault but should be looked at: a line each, of very many as many as of faults."""
    if not warnings:
        return
    console = PlainConsole(stderr=True, soft_wrap=True)
    console.print(text(heading, language, count=count_faults(warnings)))
    _print_some(console, warnings, language)


def _some_of_each(faults: Sequence[Fault]) -> list[Fault]:
    """Faults to show: all, or as many of each kind as leave every kind its place; whole files and headings first.

    Where every fault has a column of its own (a policy of very many unknown keys), it is a kind without its column.
    """
    if len(faults) <= _MOST_FAULTS_SHOWN:
        return list(faults)
    seen: Counter[tuple[str, ...]] = Counter()
    shown = []
    for fault in sorted((f for f in faults if f.code != "fault.more"), key=lambda fault: fault.row > 1):
        alike = (fault.file, fault.code, fault.column)
        seen.update((alike, alike[:2]))
        if seen[alike] <= _MOST_OF_A_KIND and seen[alike[:2]] <= _MOST_FAULTS_SHOWN:
            shown.append(fault)
    return shown


def fault_object(fault: Fault, language: Language) -> dict[str, object]:
    """Return a fault as a JSON object."""
    value = fault.value if fault.column == "source" else without_card_numbers(fault.value)
    place = {"file": fault.file, "row": fault.row, "column": fault.column, "value": value}
    return {"code": fault.code, **place, "message": without_card_numbers(text(fault.code, language, **fault.params))}


def show_disagreement(error: DisagreementError, language: Language) -> None:
    """Print on stderr what disagrees: the first party and the rule, then the details."""
    console = PlainConsole(stderr=True, soft_wrap=True)
    console.print(text(error.code, language, **error.params))
    _print_some(console, error.faults, language)
    for line in error.details[:_MOST_FAULTS_SHOWN]:
        console.print("  " + line)
    if len(error.details) > _MOST_FAULTS_SHOWN:
        console.print(text("cli.more_faults", language, count=len(error.details) - _MOST_FAULTS_SHOWN))


def _once(faults: Sequence[Fault]) -> list[Fault]:
    """Return faults with one that an option has for every file told once."""
    options = [fault for fault in faults if fault.file.startswith("--")]
    again = [fault for at, fault in enumerate(options) if fault in options[:at]]
    return [fault for fault in faults if not any(fault is other for other in again)]


@contextmanager
def show_errors(language: Language, *, as_json: bool = False) -> Iterator[None]:
    """Turn every error into words and an exit status; no traceback reaches a user."""
    try:
        yield
    except InputError as error:
        if as_json:
            print_json({"faults": [fault_object(fault, language) for fault in _once(error.faults)]})
        else:
            show_faults(_once(error.faults), language)
        sys.exit(BAD_INPUT)
    except DisagreementError as error:
        if as_json:
            message = text(error.code, language, **error.params)
            found: dict[str, object] = {"code": error.code, "message": message, "details": list(error.details)}
            if error.faults:
                found["faults"] = [fault_object(fault, language) for fault in error.faults]
            print_json({"disagreement": found})
        else:
            show_disagreement(error, language)
        sys.exit(DISAGREE)
    except _STOPS as error:
        if os.environ.get("ALLOCATOR_DEBUG"):
            raise
        sys.exit(_stopped(error, language, as_json=as_json))


def told_command(body: Callable[..., int | None]) -> Callable[..., None]:
    """Make of its body what a command calls: a ``Teller`` comes for ``--lang``, ``--json`` and ``--quiet``.

    Errors become words, and what the body returns is the exit status (nothing: good).
    """

    @wraps(body)
    def _run(*, lang: Language, as_json: bool = False, quiet: bool = False, **given: Any) -> None:
        with show_errors(lang, as_json=as_json):
            status = body(Teller(lang, quiet=quiet, as_json=as_json), **given)
        sys.exit(status or GOOD)

    return _run


_STOPS = (
    AllocatorError, ArithmeticError, AssertionError, AttributeError, KeyboardInterrupt, LookupError, MemoryError,
    OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""What may stop the program besides faults of the input and disagreement."""


def _stopped(error: BaseException, language: Language, *, as_json: bool) -> int:
    """Say what stopped the program, and return the exit status."""
    if isinstance(error, KeyboardInterrupt):
        _say("cli.interrupted", language, as_json=as_json)
        return _INTERRUPTED
    if isinstance(error, MemoryError):
        _say("cli.memory", language, as_json=as_json)
        return BAD_INPUT
    if isinstance(error, OSError):
        name = os.path.basename(str(error.filename)) if error.filename else "-"
        _say("cli.os_error", language, as_json=as_json, name=name, reason=error.strerror or type(error).__name__)
        return BAD_INPUT
    _say("cli.internal", language, as_json=as_json, kind=type(error).__name__, what=str(error)[:200])
    return DISAGREE


def _say(code: str, language: Language, *, as_json: bool, **params: object) -> None:
    """Tell what stopped the program: as JSON on stdout, or in words on stderr."""
    message = text(code, language, **params)
    if as_json:
        print_json({"error": {"code": code, "message": message}})
    else:
        PlainConsole(stderr=True, soft_wrap=True).print(message)


def print_answer(
    teller: Teller, told: Callable[[], object], parts: Callable[[], Iterable[Part]], made: Iterable[Path | None] = ()
) -> None:
    """Print an answer as JSON or as its parts with the files that were made; where nothing is to be said, neither."""
    if teller.as_json:
        print_json(told())
    elif not teller.quiet:
        show(parts(), teller.language)
        for path in filter(None, made):
            echo(text("cli.made", teller.language, folder=path))


def print_json(content: object) -> None:
    """Print JSON on stdout, ASCII only so that every console shows it."""
    sys.stdout.write(json.dumps(content, indent=2, sort_keys=True) + "\n")
