"""The poses of an exercise as it is done: what each step leaves the body in."""

from __future__ import annotations

from functools import lru_cache

from backex.anatomy import Phase, Position, Side
from backex.body import Body, Landmark, body_at
from backex.ids import StepId
from backex.pose import JointAngle
from backex.step import Support
from backex.variant import Variant

__all__ = ["bearing", "bodies", "pose_at", "poses", "raised"]


def pose_at(variant: Variant, step: StepId) -> tuple[JointAngle, ...]:
    """Return the angles at the end of a step: its own, and what those before it left.

    Empty where no step so far has a pose, for nothing is known then, and where there is no such
    step.
    """
    return poses(variant).get(step, ())


def poses(variant: Variant) -> dict[StepId, tuple[JointAngle, ...]]:
    """Return the angles at the end of each step, from the first one on that has a pose."""
    found: dict[StepId, tuple[JointAngle, ...]] = {}
    angles: dict[str, JointAngle] = {}
    for step in variant.steps:
        for each in step.pose:
            # Behind those that were there: of one joint under two names the later one counts.
            angles.pop(each.id, None)
            angles[each.id] = each
        if angles:
            found[step.id] = tuple(angles.values())
    return found


def bodies(variant: Variant, side: Side = Side.RIGHT) -> dict[StepId, Body]:
    """Return the body at the end of each step, from the first one on that has a pose.

    `side` is the one at work. Empty where the exercise has no poses. Who sits stays at the height
    of the seat, which is that of the first pose.
    """
    position = variant.exercise.position
    found = {id: _body(position, angles, side) for id, angles in poses(variant).items()}
    if position is not Position.SITTING or not found:
        return found
    seat, *_ = (body.landmarks[Landmark.PELVIS][2] for body in found.values())
    return {id: raised(body, seat) for id, body in found.items()}


def raised(body: Body, height: float) -> Body:
    """Return a sitting body with its pelvis at a height, unless it would be in the floor then."""
    up = height - body.landmarks[Landmark.PELVIS][2]
    return body.moved((0.0, 0.0, max(up, 0.0)))


#: Variants of one exercise have most of their poses in common.
_body = lru_cache(maxsize=512)(body_at)


def bearing(variant: Variant, phase: Phase) -> tuple[Support, ...]:
    """Return the contacts that bear weight, or must not, in a phase."""
    return tuple(each for each in variant.contacts if not each.phases or phase in each.phases)
