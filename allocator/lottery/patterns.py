"""Digits that nobody drew: all equal, counting, repeated, mirrored (lottery.md section 2).

Dice give such a string about once in a hundred million draws. Where one stands in a transcript, somebody made it up,
and whoever made it up may have chosen it. Well-known numbers are not looked for: anybody knows more of them than a
table.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, TypeAlias

Pattern: TypeAlias = Literal["equal", "counting", "repeated", "mirrored"]

_FOLLOWING = 8
"""Digits that must follow from those before: fewer follow by chance in one of a hundred million."""
_WIDEST_NUMBER = 6


def pattern_of(digits: str) -> Pattern | None:
    """Return what a string of decimal digits looks like, or None where it looks like nothing.

    Counting has any step, up or down, past the end of ten too: ``1234567890``, ``97531``, ``112233``, ``010203``,
    ``9101112``. Strings too short to tell have no pattern; they have too few digits anyway.
    """
    if len(digits) <= _FOLLOWING:
        return None
    if len(set(digits)) == 1:
        return "equal"
    if _counts(digits):
        return "counting"
    if pattern_period(digits) * 2 <= len(digits):
        return "repeated"
    return "mirrored" if digits == digits[::-1] else None


def pattern_period(digits: str) -> int:
    """Return the length of the shortest beginning of which the whole string is a repetition, the last one cut off."""
    return next(size for size in range(1, len(digits) + 1) if digits[size:] == digits[:-size])


def _counts(digits: str) -> bool:
    """Return whether the string is a sequence of numbers with one step: of one width, or written one after another."""
    widths = range(1, (len(digits) - _FOLLOWING) // 2 + 1)
    return any(_steps(digits, width) or _turns(digits, width) for width in widths) or _written(digits)


def _steps(digits: str, width: int) -> bool:
    """Return whether numbers of one width follow each other with one step, going round at the end of the width."""
    numbers = [int(digits[at : at + width]) for at in range(0, len(digits) - width + 1, width)]
    step = (numbers[1] - numbers[0]) % 10**width
    following = str((numbers[-1] + step) % 10**width).zfill(width)
    rest = digits[len(numbers) * width :]
    same = all((two - one) % 10**width == step for one, two in pairwise(numbers))
    return same and step != 0 and following.startswith(rest)


def _turns(digits: str, width: int) -> bool:
    """Return whether each digit of a block goes one step on from that of the block before: 11 22 33, 99 00 11."""
    steps = [(int(two) - int(one)) % 10 for one, two in zip(digits, digits[width:], strict=False)]
    return any(steps) and all(steps[at] == steps[at % width] for at in range(len(steps)))


def _written(digits: str) -> bool:
    """Return whether the string is whole numbers with one step, written without zeros before: 8 9 10 11, 110 100 90."""
    for first in range(1, _WIDEST_NUMBER + 1):
        for second in (first - 1, first, first + 1):
            if second < 1 or first + second > len(digits) - _FOLLOWING:
                continue
            start, following = int(digits[:first]), int(digits[first : first + second])
            if digits.startswith(_series(start, following - start, len(digits)) or "-"):
                return True
    return False


def _series(start: int, step: int, length: int) -> str:
    """Return numbers from ``start`` on, one after another, until there are as many digits; empty if they run out."""
    written, number = "", start
    while step and number >= 0 and len(written) < length:
        written += str(number)
        number += step
    return written[:length] if len(written) >= length else ""
