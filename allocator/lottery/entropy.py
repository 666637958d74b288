"""How hard a seed is to steer or to guess (lottery.md section 2)."""

from __future__ import annotations

from math import log2

from allocator.domain import Transcript
from allocator.errors import Fault
from allocator.lottery.transcript import ABSENT, FILE, is_witness

WITNESSES = 3  # of different kinds; every witness of a transcript stands for one kind
DIGITS = 20  # of each witness
BITS = 128  # in all
FIRST_SOURCE_LINE = 6  # after version, event and three digests
_DRAND_BITS = 256.0


def entropy_bits(transcript: Transcript) -> float:
    """Return the bits of all contributions together: log2(10) a decimal digit, 256 a drand round, 0 an absent one.

    Digits that two witnesses share count once.
    """
    rounds = sum(_DRAND_BITS for given in transcript.contributions if not is_witness(given))
    return rounds + sum(len(digits) * log2(10) for digits in _by_digits(transcript))


def weak_seed_faults(transcript: Transcript) -> list[Fault]:
    """Return why a seed is weak: too few witnesses, one with too few digits or another's, or too few bits in all.

    Two witnesses with the same digits are one contribution: a slip of copying, or worse. The list is empty for a good
    seed. A weak one is refused unless it is asked for, and then printed on every list.
    """
    faults = [
        Fault("draw.few_digits", FILE, row, "source", given.source, _numbers(least=DIGITS, found=len(given.value)))
        for row, given in enumerate(transcript.contributions, start=FIRST_SOURCE_LINE)
        if is_witness(given) and given.value != ABSENT and len(given.value) < DIGITS
    ]
    faults += _copies(transcript)
    present = len(_by_digits(transcript))
    if present < WITNESSES:
        faults.append(Fault("draw.few_witnesses", FILE, 0, "source", "", _numbers(least=WITNESSES, found=present)))
    if entropy_bits(transcript) < BITS:
        found = int(entropy_bits(transcript))
        faults.append(Fault("draw.few_bits", FILE, 0, "source", "", _numbers(least=BITS, found=found)))
    return faults


def _by_digits(transcript: Transcript) -> dict[str, str]:
    """Return the first witness of each string of digits."""
    first: dict[str, str] = {}
    for given in transcript.contributions:
        if is_witness(given) and given.value != ABSENT:
            first.setdefault(given.value, given.source)
    return first


def _copies(transcript: Transcript) -> list[Fault]:
    """Return the witnesses whose digits are those of an earlier one."""
    first = _by_digits(transcript)
    return [
        Fault("draw.same_digits", FILE, row, "source", given.source, {"other": first[given.value]})
        for row, given in enumerate(transcript.contributions, start=FIRST_SOURCE_LINE)
        if first.get(given.value, given.source) != given.source
    ]


def _numbers(least: int, found: int) -> dict[str, str]:
    """Return the words of a message that compares two numbers."""
    return {"least": str(least), "found": str(found)}
