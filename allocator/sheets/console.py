"""The console on which tables and progress are shown: text stays text.

``rich`` reads ``[red]`` and ``:smile:`` as instructions; names of people and schools are none.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from allocator.ground import visible


class PlainConsole(Console):
    """A console on which every text is shown as it stands, steering characters as U+FFFD."""

    def __init__(self, *, stderr: bool = False, soft_wrap: bool = False) -> None:
        super().__init__(stderr=stderr, soft_wrap=soft_wrap, markup=False, emoji=False, highlight=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Give the pieces of what is shown; only those of ``rich`` itself may steer the terminal."""
        for segment in super().render(renderable, options):
            shown = segment.text if segment.control else visible(segment.text)
            yield segment if shown == segment.text else Segment(shown, segment.style)
