"""Points, directions and rotations in space, and solids given by how far they reach.

Derived and never stored, so these are floats: millimetres, and radians of no interest outside.
"""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import final

from attrs import frozen

__all__ = [
    "IDENTITY",
    "Ball",
    "Matrix",
    "Solid",
    "Vector",
    "about_x",
    "about_y",
    "about_z",
    "added",
    "between",
    "cross",
    "dot",
    "length",
    "product",
    "scaled",
    "transposed",
    "turned",
    "unit",
]

#: A point or a direction.
Vector = tuple[float, float, float]
#: A rotation, or what stretches a ball to an ellipsoid, as rows.
Matrix = tuple[Vector, Vector, Vector]

IDENTITY: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


def about_x(degrees: float) -> Matrix:
    """Return the rotation that carries y toward z."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (1, 0, 0), (0, c, -s), (0, s, c)


def about_y(degrees: float) -> Matrix:
    """Return the rotation that carries z toward x."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (c, 0, s), (0, 1, 0), (-s, 0, c)


def about_z(degrees: float) -> Matrix:
    """Return the rotation that carries x toward y."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (c, -s, 0), (s, c, 0), (0, 0, 1)


def dot(one: Vector, other: Vector) -> float:
    """Return the scalar product."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def cross(one: Vector, other: Vector) -> Vector:
    """Return the vector product."""
    return (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )


def added(one: Vector, other: Vector) -> Vector:
    """Return the sum."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def scaled(vector: Vector, by: float) -> Vector:
    """Return the vector, so many times as long."""
    return vector[0] * by, vector[1] * by, vector[2] * by


def between(start: Vector, end: Vector) -> Vector:
    """Return the way from one point to another."""
    return end[0] - start[0], end[1] - start[1], end[2] - start[2]


def length(vector: Vector) -> float:
    """Return how long it is."""
    return sqrt(dot(vector, vector))


def unit(vector: Vector) -> Vector:
    """Return the direction of a vector that is not zero."""
    return scaled(vector, 1 / length(vector))


def turned(matrix: Matrix, vector: Vector) -> Vector:
    """Return the vector as the matrix carries it."""
    return dot(matrix[0], vector), dot(matrix[1], vector), dot(matrix[2], vector)


def transposed(matrix: Matrix) -> Matrix:
    """Return rows as columns: of a rotation, the one back."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return (a, d, g), (b, e, h), (c, f, i)


def product(*matrices: Matrix) -> Matrix:
    """Return the matrix that carries as all of them do, the last one first."""
    result = IDENTITY
    for matrix in matrices:
        columns = transposed(matrix)
        first, second, third = (turned(columns, row) for row in result)
        result = first, second, third
    return result


@final
@frozen
class Ball:
    """A ball, or one that is stretched to an ellipsoid."""

    #: Its middle.
    center: Vector
    #: What stretches the unit ball to it, as rows; a rotation times the three half axes.
    shape: Matrix

    def reach(self, direction: Vector) -> Vector:
        """Return the point of it that lies furthest in a direction."""
        along = turned(transposed(self.shape), direction)
        return added(self.center, turned(self.shape, scaled(along, 1 / length(along))))


@final
@frozen
class Solid:
    """What a tight skin around some balls encloses."""

    #: The balls.
    balls: tuple[Ball, ...]

    def reach(self, direction: Vector) -> Vector:
        """Return the point of it that lies furthest in a direction."""
        return max(
            (ball.reach(direction) for ball in self.balls), key=lambda at: dot(at, direction)
        )
