"""What the parts of the picture of a log share: where each check-in stands, and its name."""

from __future__ import annotations

from typing import final

import svg
from attrs import frozen

from backex.render.course import CheckIn
from backex.render.drawing import safe

__all__ = [
    "LEFT",
    "MARGIN",
    "RIGHT",
    "SMALL",
    "Frame",
    "Part",
    "frame_of",
    "number_of",
    "numbered",
    "titled",
]

#: The edge of the paper, the room for names on the left and the right, and the size of most text.
MARGIN, LEFT, RIGHT, SMALL = 24, 216, 220, 12
_PLOT, _LEAST_PLOT, _NARROWEST, _WIDEST = 860, 420, 10, 110

#: What one part of the picture draws, and where the next one begins.
Part = tuple[list[svg.Element], float]


@final
@frozen
class Frame:
    """Where the check-ins stand from left to right."""

    #: How many.
    count: int
    #: From one to the next.
    step: float

    @property
    def width(self) -> float:
        """How wide all of them are."""
        return max(self.count * self.step, _LEAST_PLOT)

    @property
    def right(self) -> float:
        """Where they end."""
        return LEFT + self.width

    @property
    def mark_size(self) -> float:
        """How large the mark of one check-in may be."""
        return min(4.0, self.step / 4)

    def x(self, position: float) -> float:
        """Return where the middle of a check-in stands."""
        return LEFT + self.step * (position + 0.5)


def frame_of(count: int) -> Frame:
    """Return the frame of so many check-ins: as wide as the paper, or wider if they are many."""
    return Frame(count, min(max(_PLOT / max(count, 1), _NARROWEST), _WIDEST))


def numbered(checkin: CheckIn) -> str:
    """Return the number of a check-in, or of those in a column, in words."""
    several = checkin.first != checkin.last
    return f"check-ins {checkin.first} to {checkin.last}" if several else number_of(checkin)


def number_of(checkin: CheckIn) -> str:
    """Return the number of a single check-in in words."""
    return f"check-in {checkin.first}"


def titled(element: svg.Element, title: str) -> svg.G:
    """Return an element that says what it is when it is pointed at."""
    return svg.G(elements=[svg.Title(text=safe(title)), element])
