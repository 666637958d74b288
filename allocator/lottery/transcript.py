"""The transcript of a public draw, "school-draw/1": read strictly, assembled, and judged (lottery.md sections 2, 3).

The SHA-256 of its bytes is the seed, so nothing in it is forgiven: one spelling, one order of lines, one line end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from allocator.domain import Contribution, NumbersOrder, RingOrder, SessionOrder, Transcript
from allocator.ground import Fault, InputError
from allocator.lottery.digests import ClassDigests, FrozenDigests

TRANSCRIPT = "transcript.txt"
VERSION = "school-draw/1"
HEAD = ("event", "roster", "policy", "inputs")
ORDER = "order"  # a line that a public draw may have after its head (public.md section 1)
ABSENT = "ABSENT"
EVENT_LENGTH = 100  # most characters of an event number

_SPACE = " \t\u00a0\u3000"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_WITNESS = re.compile(r"witness-([1-9][0-9]?)")
_DRAND = re.compile(r"drand-[a-z0-9][a-z0-9-]{0,40}")
_DIGITS = re.compile(r"[0-9]{1,1000}|ABSENT")
_ORDER = re.compile(r"numbers:sha256:([0-9a-f]{64})|ring:([1-9][0-9]{0,17}):([1-9][0-9]{0,17})")
_ROUND = re.compile(r"[1-9][0-9]{0,19}:[0-9a-f]{64}")


class _Line(NamedTuple):
    """One ``key=value`` line."""

    row: int
    key: str
    value: str


def parse_transcript(
    raw: bytes, file: str = TRANSCRIPT, head: tuple[str, ...] = HEAD
) -> tuple[Transcript | None, list[Fault]]:
    """Read the bytes of a transcript.

    Parameters
    ----------
    raw : bytes
        The file as it stands; its SHA-256 is the seed.
    head : tuple of str
        Lines of its head, in their order; where ``policy`` is none of them, the transcript's is empty.

    Returns
    -------
    tuple of (Transcript or None, list of Fault)
        The transcript, or None and every fault found, each with its line.
    """
    text, faults = _decode(raw, file)
    if text is None:
        return None, faults
    first, *rest = _tidied(text.split("\n"), file, faults)
    if first[1] != VERSION:
        faults.append(_fault("draw.version", file, 1, "", first[1], expected=VERSION))
    lines = [_Line(row, *_key_value(line)) for row, line in rest]
    faults.extend(_order_faults(lines, file, head))
    faults.extend(fault for line in lines for fault in _value_faults(line, file))
    faults.extend(_source_faults([line for line in lines if line.key == "source"], file))
    if faults:
        return None, faults
    found = {line.key: line.value.removeprefix("sha256:") for line in lines if line.key != "source"}
    sources = tuple(Contribution(*line.value.split(":", 1)) for line in lines if line.key == "source")
    policy, order = found.get("policy", ""), order_of_value(found.get(ORDER, ""))
    return Transcript(raw, found["event"], found["roster"], policy, found["inputs"], sources, order), []


def build_transcript(
    event: str, digests: FrozenDigests | ClassDigests, contributions: Iterable[Contribution],
    order: SessionOrder | None = None,
) -> bytes:  # fmt: skip
    """Return the bytes of a transcript; whether its contributions suffice says ``weak_seed_faults``.

    Raises
    ------
    InputError
        If the event, a digest or a contribution has not the form that ``parse_transcript`` wants.
    """
    lines = [VERSION, f"event={event}"]
    lines += [f"{name}=sha256:{value}" for name, value in zip(digests._fields, digests, strict=True)]
    lines += [] if order is None else [f"{ORDER}={order}"]
    lines += [f"source={given.source}:{given.value}" for given in contributions]
    raw = "\n".join([*lines, ""]).encode("utf-8")
    _, faults = parse_transcript(raw, head=("event", *digests._fields))
    if faults:
        raise InputError(faults)
    return raw


def order_of_value(value: str) -> SessionOrder | None:
    """Return the order that the value of a line ``order=`` gives; None where it has not its form."""
    found = _ORDER.fullmatch(value)
    if found is None:
        return None
    return NumbersOrder(found[1]) if found[1] else RingOrder(int(found[2]), int(found[3]))


def is_witness(contribution: Contribution) -> bool:
    """Return whether a contribution is a witness's (present or absent) and not a drand round."""
    return _WITNESS.fullmatch(contribution.source) is not None


def _decode(raw: bytes, file: str) -> tuple[str | None, list[Fault]]:
    """Return the text without its closing line end, and the faults of encoding and line ends."""
    faults = []
    if raw.startswith(b"\xef\xbb\xbf"):
        faults.append(Fault("draw.bom", file, 1))
        raw = raw[3:]
    if b"\r" in raw:
        faults.append(Fault("draw.carriage_return", file, raw[: raw.index(b"\r")].count(b"\n") + 1))
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [*faults, Fault("draw.not_utf8", file, raw[: error.start].count(b"\n") + 1)]
    if not text.endswith("\n"):
        faults.append(Fault("draw.no_final_line_end", file, text.count("\n") + 1))
    return text.removesuffix("\n"), faults


def _tidied(lines: list[str], file: str, faults: list[Fault]) -> list[tuple[int, str]]:
    """Return the lines with their numbers as they were before somebody saved the file again, and tell what was added.

    What stands in them is then judged for itself, so that an editor's space is not told as a fault of a digest.
    """
    kept = []
    for row, line in enumerate(lines, start=1):
        bare = line.strip(_SPACE)
        if not bare and row > 1:
            faults.append(Fault("draw.blank_line", file, row))
            continue
        if bare != line:
            faults.append(Fault("draw.line_space", file, row))
        kept.append((row, bare))
    return kept


def _key_value(line: str) -> tuple[str, str]:
    """Return key and value of a line; a line without ``=`` has no key."""
    key, mark, value = line.partition("=")
    return (key, value) if mark else ("", line)


def _order_faults(lines: list[_Line], file: str, head: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a fault for every head line that is missing, stands twice or too late, and for every unknown line."""
    wanted = (*head, ORDER, "source") if head == HEAD else (*head, "source")
    seen: list[str] = []
    for row, key, value in lines:
        if key not in wanted:
            yield _fault("draw.unknown_line", file, row, key, value, expected=", ".join(wanted))
        elif key in seen and key != "source":
            yield _fault("draw.line_twice", file, row, key, value)
        elif any(wanted.index(key) < wanted.index(earlier) for earlier in seen):
            yield _fault("draw.line_order", file, row, key, value, expected=", ".join(wanted))
        seen += [key] if key in wanted else []
    for key in (*head, "source"):
        if key not in seen and not (key == "source" and ORDER in seen):
            yield Fault("draw.line_missing", file, 0, key)


def _value_faults(line: _Line, file: str) -> Iterator[Fault]:
    """Yield the fault of the value of a head line."""
    row, key, value = line
    if key == "event":
        yield from transcript_event_faults(value, file, row, key)
    elif key in HEAD and not _DIGEST.fullmatch(value):
        yield _fault("draw.digest", file, row, key, value)
    elif key == ORDER and order_of_value(value) is None:
        yield _fault("draw.order", file, row, key, value)


def transcript_event_faults(event: str, file: str = TRANSCRIPT, row: int = 0, key: str = "") -> list[Fault]:
    """Return the fault of an event number that no transcript may carry."""
    if event.strip() == event and event.isprintable() and 0 < len(event) <= EVENT_LENGTH:
        return []
    return [_fault("draw.event", file, row, key, event, most=str(EVENT_LENGTH))]


def transcript_source_faults(lines: Iterable[tuple[int, str]], file: str) -> Iterator[Fault]:
    """Yield the faults of contributions ``KIND:VALUE`` that stand elsewhere than in a transcript, with their lines."""
    return _source_faults([_Line(row, "", value) for row, value in lines], file)


def _source_faults(lines: list[_Line], file: str) -> Iterator[Fault]:
    """Yield the faults of the contributions: witnesses numbered from 1 without a gap, then at most one drand round."""
    ended = False
    for expected, (row, key, value) in enumerate(lines, 1):
        source, _, given = value.partition(":")
        witness = _WITNESS.fullmatch(source)
        if witness is None and not _DRAND.fullmatch(source):
            yield _fault("draw.source", file, row, key, value)
            continue
        if ended or (witness is not None and int(witness[1]) != expected):
            yield _fault("draw.source_order", file, row, key, value, expected=str(expected))
        if not (_DIGITS if witness else _ROUND).fullmatch(given):
            yield _fault("draw.digits" if witness else "draw.drand", file, row, key, value)
        ended = ended or witness is None


def _fault(code: str, file: str, row: int, key: str, value: str, **params: str) -> Fault:
    """Return a fault with its value shortened and made printable."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[:60])
    return Fault(code, file, row, key, shown, params)
