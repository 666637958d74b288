"""A picture as a file of its own, for a README or a letter."""

from __future__ import annotations

import re

from allocator.sheets.page.drawing import tenths
from allocator.sheets.page.style import FONTS

_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+"')
_EDGE = 16.0


def standalone(svg: str) -> str:
    """Return a picture with its own fonts, an edge and a white background, readable on a dark page too.

    Parameters
    ----------
    svg : str
        A picture of this package.
    """
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("Expected a picture made by allocator.sheets.page.")
    wide, tall = (float(side) + 2 * _EDGE for side in found.groups())
    edge, size = tenths(-_EDGE), f'width="{tenths(wide)}" height="{tenths(tall)}"'
    box = f'viewBox="{edge} {edge} {tenths(wide)} {tenths(tall)}"'
    ground = f'<rect x="{edge}" y="{edge}" {size} rx="8" fill="#fff"/>'
    made = svg.replace(found[0], f'{box} {size} font-family="{FONTS}"', 1)
    return made.replace("</desc>", "</desc>" + ground, 1)
