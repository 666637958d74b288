"""How hard a seed is to steer or to guess (lottery.md section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2

from allocator.domain import Contribution, Transcript
from allocator.ground import Fault
from allocator.lottery.patterns import pattern_of, pattern_period
from allocator.lottery.transcript import ABSENT, TRANSCRIPT, is_witness

WITNESSES = 3  # of different kinds; every witness of a transcript stands for one kind
DIGITS = 20  # of each witness
BITS = 128  # in all
FIRST_SOURCE_LINE = 6  # after version, event and three digests
_DRAND_BITS = 256.0
_TELLING = 10  # digits that two witnesses never have in common by chance


def entropy_bits(transcript: Transcript) -> float:
    """Return the bits of all contributions together: log2(10) a decimal digit, 256 a drand round, 0 an absent one.

    Digits that two witnesses share count once, a string repeated counts its first turn, one that counts nothing.
    """
    rounds = sum(_DRAND_BITS for given in transcript.contributions if not is_witness(given))
    return rounds + sum(_own_digits(digits) * log2(10) for digits in _by_digits(transcript.contributions))


def weak_seed_faults(
    transcript: Transcript, file: str = TRANSCRIPT, rows: Sequence[int] | None = None, column: str = "source"
) -> list[Fault]:
    """Return why a seed is weak: too few witnesses, one with too few digits or another's, or too few bits in all.

    Two witnesses with the same digits are one contribution: a slip of copying, or worse. Digits with a pattern were
    drawn by nobody. The list is empty for a good seed. A weak one is refused unless it is asked for, and then printed
    on every list. Under a line ``order=`` the seed decides nothing: its strength is not judged (public.md section 1).

    Parameters
    ----------
    file, column : str
        Where the contributions stand, for the faults: the transcript, a file of contributions, or an option.
    rows : sequence of int, optional
        Line of each contribution; 0 where it stands on no line. Default: those of the transcript.
    """
    if transcript.order is not None:
        return []
    given = transcript.contributions
    lines = range(FIRST_SOURCE_LINE, FIRST_SOURCE_LINE + len(given)) if rows is None else rows
    faults = [
        Fault(code, file, row, column, one.source, words)
        for row, one in zip(lines, given, strict=True)
        for code, words in weak_witness_faults(one, given)
    ]
    present = sum(pattern_of(digits) is None for digits in _by_digits(given))
    if present < WITNESSES:
        faults.append(Fault("draw.few_witnesses", file, 0, column, "", _numbers(least=WITNESSES, found=present)))
    if entropy_bits(transcript) < BITS:
        found = int(entropy_bits(transcript))
        faults.append(Fault("draw.few_bits", file, 0, column, "", _numbers(least=BITS, found=found)))
    return faults


def weak_witness_faults(
    witness: Contribution, contributions: Sequence[Contribution]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield code and words of what is weak in the digits of one witness."""
    if not is_witness(witness) or witness.value == ABSENT:
        return
    if len(witness.value) < DIGITS:
        yield "draw.few_digits", _numbers(least=DIGITS, found=len(witness.value))
    if pattern := pattern_of(witness.value):
        yield f"draw.{pattern}_digits", {}
    first = next(
        other for other in contributions if is_witness(other) and _one_contribution(other.value, witness.value)
    )
    if first.source != witness.source:
        yield "draw.same_digits", {"other": first.source}


def _one_contribution(one: str, other: str) -> bool:
    """Return whether two strings of digits are the same: equal, read backwards, or one a part of the other."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _TELLING and (short in long or short[::-1] in long))


def _by_digits(given: Sequence[Contribution]) -> list[str]:
    """Return the digits of the witnesses, without those that another has given already."""
    kept: list[str] = []
    for one in given:
        if is_witness(one) and one.value != ABSENT and not any(_one_contribution(one.value, own) for own in kept):
            kept.append(one.value)
    return kept


def _own_digits(digits: str) -> int:
    """Return how many digits of a string can have been drawn."""
    pattern = pattern_of(digits)
    if pattern == "mirrored":
        return (len(digits) + 1) // 2
    return len(digits) if pattern is None else pattern_period(digits) if pattern == "repeated" else 0


def _numbers(least: int, found: int) -> dict[str, str]:
    """Return the words of a message that compares two numbers."""
    return {"least": str(least), "found": str(found)}
