"""What a person carries in a figure: for each load of a variant a weight in a hand or on a shank.

The sign is of a dumbbell and of a cuff, whatever the load is in fact; how heavy it is, words say.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from backex.anatomy import Contact, Limb, Region, Side
from backex.axes import LoadAxis
from backex.body import Body, Landmark, Part, side_of
from backex.ids import StepId
from backex.quantities import Mass
from backex.spatial import (
    Ball,
    Solid,
    Vector,
    added,
    between,
    cross,
    dot,
    scaled,
    transposed,
    unit,
)
from backex.variant import Variant

__all__ = ["Weight", "loads_in_words", "solid_of", "weights"]


class Weight(Enum):
    """A piece of what is carried, on one side of the body."""

    LEFT_BAR = "left-bar"
    LEFT_FIRST_PLATE = "left-first-plate"
    LEFT_SECOND_PLATE = "left-second-plate"
    LEFT_CUFF = "left-cuff"
    RIGHT_BAR = "right-bar"
    RIGHT_FIRST_PLATE = "right-first-plate"
    RIGHT_SECOND_PLATE = "right-second-plate"
    RIGHT_CUFF = "right-cuff"

    @property
    def part(self) -> Part:
        """The part of the body that it is on."""
        side, _, name = self.value.partition("-")
        return Part(f"{side}-{'shank' if name == 'cuff' else 'hand'}")

    @property
    def is_around(self) -> bool:
        """Whether it is around its part, and so seen from every side."""
        return self in {Weight.LEFT_CUFF, Weight.RIGHT_CUFF}

    @property
    def is_gripped(self) -> bool:
        """Whether its part is around it, and so seen in its place."""
        return self in {Weight.LEFT_BAR, Weight.RIGHT_BAR}


_LEGS = frozenset(
    {
        Limb.UPPER_SIDE_LEG,
        Limb.LOWER_SIDE_LEG,
        Limb.MOVING_LEG,
        Limb.SUPPORTING_LEG,
        Limb.BOTH_LEGS,
    }
)
_DUMBBELL = ("bar", "first-plate", "second-plate")
#: Half of a bar and how thick it is, half a plate and how wide it is, and the same of a cuff.
_BAR, _PLATE, _CUFF = (70.0, 13.0), (17.0, 55.0), (40.0, 62.0)
#: Where a hand grips, and where a cuff sits, between two landmarks.
_GRIP, _ABOVE_ANKLE = 0.6, 0.82


def _loads(variant: Variant, step: StepId) -> Iterator[tuple[LoadAxis, Mass]]:
    """Yield the loads at a step: from the first step on that a load changes, or from the start."""
    ids = [each.id for each in variant.steps]
    for axis in variant.exercise.axes:
        mass = variant.place(axis.id)
        if isinstance(axis, LoadAxis) and isinstance(mass, Mass):
            told = {edit.step for edit in axis.edits}
            first = next((index for index, id in enumerate(ids) if id in told), 0)
            if ids.index(step) >= first:
                yield axis, mass


def weights(variant: Variant, step: StepId, at_work: Side) -> frozenset[Weight]:
    """Return what is carried at a step, with that side at work."""
    return frozenset(
        Weight(f"{side.value}-{name}")
        for axis, _ in _loads(variant, step)
        for side in side_of(axis.limb, at_work)
        for name in (("cuff",) if axis.limb in _LEGS else _DUMBBELL)
    )


def loads_in_words(variant: Variant, step: StepId) -> Iterator[str]:
    """Yield a sentence for each load at a step."""
    for axis, mass in _loads(variant, step):
        sign, region = ("cuff", Region.ANKLE) if axis.limb in _LEGS else ("dumbbell", Region.HAND)
        yield f"A {sign}: {mass}, {Contact(region, axis.limb)}."


def solid_of(weight: Weight, body: Body) -> Solid:
    """Return what encloses a piece on a body."""
    side, _, name = weight.value.partition("-")

    def mark(joint: str) -> Vector:
        return body.landmarks[Landmark(f"{side}_{joint}")]

    if name == "cuff":
        knee, ankle = mark("knee"), mark("ankle")
        along = between(knee, ankle)
        return Solid((_round(added(knee, scaled(along, _ABOVE_ANKLE)), unit(along), _CUFF),))
    wrist, fingers = mark("wrist"), between(mark("wrist"), mark("index"))
    thumb = between(wrist, mark("thumb"))
    # A bar lies across the palm, toward where the thumb stands off.
    onto = dot(thumb, fingers) / dot(fingers, fingers)
    across = unit(added(thumb, scaled(fingers, -onto)))
    grip = added(wrist, scaled(fingers, _GRIP))
    if name == "bar":
        return Solid((_round(grip, across, _BAR),))
    out = _BAR[0] if name == "first-plate" else -_BAR[0]
    return Solid((_round(added(grip, scaled(across, out)), across, _PLATE),))


def _round(center: Vector, along: Vector, half: tuple[float, float]) -> Ball:
    """Return a ball that is stretched or flattened along a direction."""
    aside = unit(cross(along, min(_AXES, key=lambda axis: abs(dot(axis, along)))))
    long, wide = half
    columns = scaled(along, long), scaled(aside, wide), scaled(cross(along, aside), wide)
    return Ball(center, transposed(columns))


_AXES: tuple[Vector, ...] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
