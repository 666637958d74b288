"""Labels of points on a map: where each stands so that none covers another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allocator.sheets.page.drawing import text_width


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle: left, upper, right and lower edge."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Rectangle) -> float:
        """Return the area that two rectangles share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, wide) * max(0.0, tall)

    def outside(self, frame: Rectangle) -> float:
        """Return the area that lies outside of a frame."""
        return (self.right - self.left) * (self.bottom - self.top) - self.overlap(frame)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that wants a label: where it is, how far its sign reaches, and the words."""

    x: float
    y: float
    reach: float
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its place; ``far`` where a line should join it to its point."""

    spot: Spot
    box: Rectangle
    far: bool


_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
_RINGS = (0.0, 14.0, 30.0, 50.0, 75.0, 105.0)


def placed_labels(
    spots: Sequence[Spot], frame: Rectangle, size: float, blocked: Sequence[Rectangle] = ()
) -> list[Label]:
    """Return a label for every spot, in the order given: earlier ones have the first choice.

    Parameters
    ----------
    spots : sequence of Spot
        Points with their words.
    frame : Rectangle
        Labels stay inside as far as possible.
    size : float
        Font size.
    blocked : sequence of Rectangle
        What no label should cover, besides the points themselves.
    """
    taken = [*blocked, *(_around(spot) for spot in spots)]
    labels = []
    for spot in spots:
        best: tuple[float, int] | None = None
        boxes = list(_candidates(spot, size))
        for place, box in enumerate(boxes):
            cost = 10 * box.outside(frame) + sum(box.overlap(other) for other in taken)
            if best is None or cost < best[0]:
                best = (cost, place)
            if cost == 0:
                break
        assert best is not None
        box = boxes[best[1]]
        labels.append(Label(spot, box, best[1] >= 2 * len(_SIDES)))
        taken.append(box)
    return labels


def labels_apart(labels: Sequence[Label], frame: Rectangle, blocked: Sequence[Rectangle] = ()) -> bool:
    """Whether no label covers another one, a point or anything blocked, and all stay inside the frame."""
    signs = [_around(label.spot) for label in labels]
    for place, label in enumerate(labels):
        others = [other.box for other in labels[place + 1 :]]
        if label.box.outside(frame) > 0 or any(label.box.overlap(other) > 0 for other in (*others, *signs, *blocked)):
            return False
    return True


def _around(spot: Spot) -> Rectangle:
    """The rectangle that the sign of a spot covers."""
    return Rectangle(spot.x - spot.reach, spot.y - spot.reach, spot.x + spot.reach, spot.y + spot.reach)


def _candidates(spot: Spot, size: float) -> Iterator[Rectangle]:
    """Places beside a spot, the nearest and best to read first."""
    wide, tall = text_width(spot.words, size) + 4, size * 1.3
    for ring in _RINGS:
        away = spot.reach + 3 + ring
        for side_x, side_y in _SIDES:
            left = spot.x + side_x * away - (0, wide / 2, wide)[(1, 0, -1).index(side_x) if side_x else 1]
            slant = 0.7 if side_x and side_y else 1.0
            middle = spot.y + side_y * slant * (away + (tall / 2 if not side_x else 4))
            yield Rectangle(left, middle - tall / 2, left + wide, middle + tall / 2)
