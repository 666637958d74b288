"""``numbers.csv``: one number a party of the draw roster, made elsewhere and read exactly (public.md section 1).

Header ``id,number``; UTF-8, LF, sorted by id; ids exactly those of the draw roster; numbers distinct, whole, from 0.
The transcript carries the SHA-256 of its bytes, so one text has one spelling: no quotes, no sign, no leading zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from allocator.domain import NumbersOrder, RingOrder, SessionOrder, Transcript
from allocator.ground import MOST_OF_A_TABLE, Fault, open_file_bytes
from allocator.lottery.frozen import frozen_plain_bytes, is_frozen_but_saved_again

NUMBERS, PRIVATE = "numbers.csv", "private-"
HEADER = "id,number"
ORDER_LINE = 6  # of a transcript: after version, event and three digests
_NUMBER = re.compile(r"0|[1-9][0-9]{0,99}", re.ASCII)
_Numbers = tuple[tuple[str, int], ...]


def numbers_beside(transcript: str) -> str:
    """Return the name of the numbers that belong to a transcript of some name: the private draw has its own."""
    return PRIVATE + NUMBERS if transcript.startswith(PRIVATE) else NUMBERS


def numbers_bytes(numbers: Iterable[tuple[str, int]]) -> bytes:
    """Return the bytes of ``numbers.csv``, which have one spelling."""
    return "\n".join([HEADER, *(f"{party_id},{number}" for party_id, number in numbers), ""]).encode("utf-8")


def read_order_numbers(
    folder: Path, transcript: Transcript, roster: Iterable[str] | None, file: str
) -> tuple[_Numbers, list[Fault]]:
    """Read what an order needs beside its transcript, and hold both against the draw roster.

    Parameters
    ----------
    folder : Path
        Where the transcript lies.
    roster : iterable of str, optional
        Ids of all parties; what needs them is left out where they are not known.
    file : str
        Name of the transcript.

    Returns
    -------
    tuple of (numbers, list of Fault)
        The numbers by party, none but under an order of numbers, and every fault: of the digest, of each line, or of a
        start that stands beyond the last number of the ring.
    """
    order = transcript.order
    if isinstance(order, RingOrder):
        return (), [] if roster is None else ring_start_faults(order, sum(1 for _ in roster), file, ORDER_LINE)
    if order is None:
        return (), []
    try:
        raw = open_file_bytes(folder / numbers_beside(file), MOST_OF_A_TABLE)
    except OSError:
        return (), [Fault("draw.numbers_missing", numbers_beside(file))]
    return numbers_of_order(raw, order, roster, file)


def numbers_of_order(
    raw: bytes, order: NumbersOrder, roster: Iterable[str] | None, file: str
) -> tuple[_Numbers, list[Fault]]:
    """Return the numbers in the bytes of the file that an order names, and all their faults; see above."""
    found, name = sha256(raw).hexdigest(), numbers_beside(file)
    if is_frozen_but_saved_again(raw, order.sha256):
        return (), [Fault("draw.numbers_resaved", name, 1)]
    numbers, faults = parse_numbers(raw, roster, name)
    if found != order.sha256:
        faults = [fault for fault in faults if fault.code != "draw.numbers_saved_again"]  # its digest says enough
        words = {"expected": order.sha256, "found": found}
        faults.insert(0, Fault("draw.changed_numbers", name, 0, "", "", words))
    return numbers, faults


def ring_start_faults(order: SessionOrder | None, parties: int, file: str, row: int = 0) -> list[Fault]:
    """Return the fault of a start that is none of the numbers of the ring."""
    if not isinstance(order, RingOrder) or order.start <= parties:
        return []
    return [Fault("draw.ring_start", file, row, "order", str(order), {"parties": str(parties)})]


def parse_numbers(
    raw: bytes, roster: Iterable[str] | None = None, file: str = NUMBERS
) -> tuple[_Numbers, list[Fault]]:
    """Read the bytes of ``numbers.csv`` strictly.

    Parameters
    ----------
    roster : iterable of str, optional
        Ids of all parties.

    Returns
    -------
    tuple of (numbers, list of Fault)
        Id and number of each line, empty where anything is wrong, and every fault with its line.
    """
    # An editor of Windows leaves a mark, other line ends, spaces at their end or no last line end.
    faults = [] if raw == frozen_plain_bytes(raw) else [Fault("draw.numbers_saved_again", file, 1)]
    try:
        first, *lines = frozen_plain_bytes(raw).decode("utf-8").split("\n")[:-1]
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return (), [Fault("draw.numbers_not_utf8", file, line)]
    if first != HEADER:
        faults.append(Fault("draw.header", file, 1, "", _shown(first), {"expected": HEADER}))
    rows = [(line, text.split(",")) for line, text in enumerate(lines, start=2)]
    faults += [Fault("draw.cells", file, line, "", "", {"expected": "2"}) for line, row in rows if len(row) != 2]
    pairs = [(line, row[0], row[1]) for line, row in rows if len(row) == 2]
    faults += [*_id_faults(pairs, roster, file), *_number_faults(pairs, file)]
    faults.sort(key=lambda fault: fault.row)
    return (() if faults else tuple((name, int(number)) for _, name, number in pairs)), faults


def _id_faults(pairs: Sequence[tuple[int, str, str]], roster: Iterable[str] | None, file: str) -> Iterator[Fault]:
    """Yield ids out of order or twice, of no party of the roster, and parties without a line."""
    for (_, above, _), (line, name, _) in pairwise(pairs):
        if above >= name:
            yield Fault("draw.numbers_order", file, line, "id", _shown(name), {"above": _shown(above)})
    if roster is None:
        return
    known = set(roster)
    for line, name, _ in pairs:
        if name not in known:
            yield Fault("draw.party_unknown", file, line, "id", _shown(name))
    for name in sorted(known - {name for _, name, _ in pairs}):
        yield Fault("draw.number_missing", file, 0, "id", name)


def _number_faults(pairs: Sequence[tuple[int, str, str]], file: str) -> Iterator[Fault]:
    """Yield what is no whole number from 0, and numbers that another party has."""
    owner: dict[str, str] = {}
    for line, name, number in pairs:
        if not _NUMBER.fullmatch(number):
            yield Fault("draw.number", file, line, "number", _shown(number))
        elif number in owner:
            yield Fault("draw.number_twice", file, line, "number", _shown(number), {"other": _shown(owner[number])})
        owner.setdefault(number, name)


def _shown(cell: str) -> str:
    """Return the beginning of a cell with nothing that a terminal would act on."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in cell[:40])
