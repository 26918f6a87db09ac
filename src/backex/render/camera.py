"""From where a body is seen, and what of it: parallel projection onto paper."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, inf, pi, radians, sin, sqrt
from typing import final

from attrs import frozen

from backex.anatomy import Position, Side, View
from backex.spatial import Ball, Solid, Vector, dot, transposed, turned

__all__ = ["Camera", "Point", "camera_for"]

#: A point on paper, y downward.
Point = tuple[float, float]

#: The corners of an outline: the same number for every solid, so that outlines can be blended.
_CORNERS = 28
_TURNS = [
    (cos(2 * pi * number / _CORNERS), sin(2 * pi * number / _CORNERS)) for number in range(_CORNERS)
]


@final
@frozen
class Camera:
    """From where a body is seen, in degrees; parallel lines stay parallel.

    Turned 0 and raised 0 it looks along the floor at the right side of a body that lies on its
    front, the head to the right.
    """

    #: How far around the body: toward the head, above 0.
    turned: float
    #: How high: 0 along the floor, 90 from above.
    raised: float

    @property
    def mirrored(self) -> Camera:
        """From where a body that heads the other way is seen alike."""
        return Camera(-self.turned, self.raised)

    @property
    def right(self) -> Vector:
        """The direction that is to the right on paper."""
        return cos(radians(self.turned)), sin(radians(self.turned)), 0.0

    @property
    def up(self) -> Vector:
        """The direction that is up on paper."""
        tilt = sin(radians(self.raised))
        return (
            -sin(radians(self.turned)) * tilt,
            cos(radians(self.turned)) * tilt,
            cos(radians(self.raised)),
        )

    @property
    def toward(self) -> Vector:
        """The direction from the body to whoever looks."""
        flat = cos(radians(self.raised))
        return (
            sin(radians(self.turned)) * flat,
            -cos(radians(self.turned)) * flat,
            sin(radians(self.raised)),
        )

    def seen(self, at: Vector) -> Point:
        """Return where a point is on paper, in millimetres of the body."""
        return dot(at, self.right), -dot(at, self.up)

    def outline(self, solid: Solid) -> list[Point]:
        """Return the corners of what is seen of a solid."""
        shadows = [self._shadow(ball) for ball in solid.balls]
        corners = []
        for across, upward in _TURNS:
            furthest, corner = -inf, (0.0, 0.0)
            for x, y, xx, xy, yy in shadows:
                wide, tall = across * xx + upward * xy, across * xy + upward * yy
                size = sqrt(across * wide + upward * tall)
                reach = across * x + upward * y + size
                if reach > furthest:
                    furthest, corner = reach, (x + wide / size, -(y + tall / size))
            corners.append(corner)
        return corners

    def _shadow(self, ball: Ball) -> tuple[float, float, float, float, float]:
        """Return the ellipse that is seen of a ball: its middle, and the square of its shape."""
        turned_shape = transposed(ball.shape)
        wide, tall = turned(turned_shape, self.right), turned(turned_shape, self.up)
        x, y = dot(ball.center, self.right), dot(ball.center, self.up)
        return x, y, dot(wide, wide), dot(wide, tall), dot(tall, tall)


#: From where each position shows best what an exercise does.
_BEST: Mapping[Position, Camera] = {
    Position.PRONE: Camera(0, 18),
    Position.SUPINE: Camera(180, 18),
    Position.SIDE_LYING: Camera(-32, 20),
    Position.QUADRUPED: Camera(28, 12),
    Position.SITTING: Camera(40, 8),
    Position.STANDING: Camera(40, 8),
}
_UPRIGHT = {
    View.POSTERIOR: Camera(-90, 0),
    View.LATERAL: Camera(0, 0),
    View.ANTERIOR: Camera(90, 0),
}
_FACE_DOWN = {
    View.POSTERIOR: Camera(0, 90),
    View.LATERAL: Camera(0, 0),
    View.ANTERIOR: Camera(0, -90),
}
#: From where each view looks at a body in each position: at its back, its side or its front.
_VIEWS: Mapping[Position, Mapping[View, Camera]] = {
    Position.STANDING: _UPRIGHT,
    Position.SITTING: _UPRIGHT,
    Position.PRONE: _FACE_DOWN,
    Position.QUADRUPED: _FACE_DOWN,
    Position.SUPINE: {
        View.POSTERIOR: Camera(0, -90),
        View.LATERAL: Camera(180, 0),
        View.ANTERIOR: Camera(0, 90),
    },
    Position.SIDE_LYING: {
        View.POSTERIOR: Camera(180, 0),
        View.LATERAL: Camera(0, 90),
        View.ANTERIOR: Camera(0, 0),
    },
}


def camera_for(position: Position, view: View | None = None, side: Side = Side.RIGHT) -> Camera:
    """Return from where a body in a position is drawn: as a view asks, or where it shows best.

    `side` is the one at work; with the left one all is as in a mirror.
    """
    camera = _BEST[position] if view is None else _VIEWS[position][view]
    return camera if side is Side.RIGHT else camera.mirrored
