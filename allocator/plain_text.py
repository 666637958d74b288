"""Text of files as people see it: characters that would steer a terminal or turn a line around are shown instead."""

from __future__ import annotations

import re

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, among them escape; tab and line feed stay
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # seen by nobody
    "\ud800-\udfff]"  # halves of characters
)
"""Joiners and the signs of Mongolian writing are none of them."""


def visible(words: str) -> str:
    """Return words in which U+FFFD stands for every character that steers a terminal or is seen by nobody."""
    return words if words.isascii() and words.isprintable() else STEERING.sub("\ufffd", words)
