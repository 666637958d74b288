"""Colours: told apart with every kind of colour vision, and dark enough on white (3 : 1 for shapes, 4.5 : 1 for words).

Blue against orange and light against dark; every colour comes with a shape, a place or a word.
"""

from __future__ import annotations

INK, MUTED, LINE, PALE = "#16222e", "#52606d", "#dde3e9", "#d9e0e8"
HOME, CHOSEN, DIVERTED, UNPLACED = "#2a6099", "#5b8fbd", "#c8650a", "#7d1333"
RED, ORANGE, YELLOW, GREEN = "#a91b2b", "#d9680f", "#e0a800", "#2f7d5b"
WARNING = RED
"""Words of a shortage."""

SERIES = ("#2a6099", "#c8650a", "#3f7f6c", "#7d4a8c", "#5b6570", "#9a3b4f")
"""Lines of a chart, in order."""
