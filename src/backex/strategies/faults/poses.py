"""Faults of poses."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from backex.anatomy import Contact, Limb, Movement, Position, Region
from backex.axes import Put
from backex.exercise import Exercise
from backex.ids import TargetId
from backex.pose import Freedom, JointAngle
from backex.posture import Polarity
from backex.quantities import Span, Unit
from backex.step import Support, Target
from backex.strategies.drawing import below, chance, inserted, pick
from backex.strategies.faults.sound import (
    NEW,
    Injector,
    bare_exercise,
    held_somewhere,
    moved,
    support_of,
    violates,
    with_edit,
    with_step,
)
from backex.validation import Checkable

__all__ = ["FAULTS"]

#: What makes a value wrong in exactly the way of a code.
FAULTS: dict[str, Injector] = {}

#: Ways to get the feet off the floor by a joint of the leg, from where one lies.
_FEET_UP = ((Position.PRONE, Region.KNEE), (Position.SUPINE, Region.HIP))
_LEGS = (Limb.BOTH_LEGS, Limb.SUPPORTING_LEG, Limb.LOWER_SIDE_LEG)
_ARMS = (Limb.MOVING_ARM, Limb.UPPER_SIDE_ARM)
#: An angle, and another that is far from it.
_LITTLE, _MUCH = 10, 90


def _posed(draw: st.DrawFn, exercise: Exercise, *angles: JointAngle) -> Exercise:
    at = below(draw, len(exercise.steps))
    pose = inserted(draw, (), *angles)
    return with_step(exercise, at, attrs.evolve(exercise.steps[at], pose=pose))


def _flexed(joint: Region, degrees: int, limb: Limb) -> JointAngle:
    return JointAngle(joint=joint, freedom=Freedom.FLEXION, degrees=degrees, limb=limb)


def _foot(draw: st.DrawFn, polarity: Polarity) -> tuple[Support, Limb]:
    """Draw what the feet or one of them are for, and of which leg they are."""
    limb = pick(draw, _LEGS)
    return support_of("a", Contact(Region.FOOT, limb), polarity), limb


@violates("BX212", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = bare_exercise(draw)
    support, limb = _foot(draw, Polarity.DO)
    position, joint = pick(draw, _FEET_UP)
    exercise = attrs.evolve(exercise, position=position, contacts=(support,), stated_by={})
    angle = _flexed(joint, _MUCH - below(draw, 40), limb)
    return held_somewhere(draw, stance, _posed(draw, exercise, angle))


@violates("BX213", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = bare_exercise(draw)
    support, _ = _foot(draw, Polarity.AVOID)
    exercise = attrs.evolve(exercise, position=Position.STANDING, contacts=(support,), stated_by={})
    arm = JointAngle(
        joint=Region.FOREARM,
        freedom=Freedom.SUPINATION,
        degrees=below(draw, 90),
        limb=Limb.BOTH_ARMS,
    )
    return held_somewhere(draw, stance, _posed(draw, exercise, arm))


def _hip_target(draw: st.DrawFn, limb: Limb | None, degrees: int) -> Target:
    return Target(
        id=TargetId(NEW),
        movement=Movement.FLEXION,
        region=Region.HIP,
        limb=limb,
        span=Span.of(degrees),
        unit=Unit.DEGREE,
        approximate=chance(draw),
    )


def _with_hip(
    draw: st.DrawFn, exercise: Exercise, limb: Limb, degrees: int
) -> tuple[int, Exercise]:
    """Return the exercise with a hip bent in one of its steps, and a target of so many degrees."""
    at = below(draw, len(exercise.steps))
    step = attrs.evolve(
        exercise.steps[at],
        pose=(_flexed(Region.HIP, _LITTLE, limb),),
        targets=(_hip_target(draw, limb if chance(draw) else None, degrees),),
    )
    return at, with_step(exercise, at, step)


@violates("BX214", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = bare_exercise(draw)
    _, faulty = _with_hip(draw, exercise, pick(draw, _LEGS), _MUCH - below(draw, 60))
    return held_somewhere(draw, stance, faulty)


@violates("BX215", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = bare_exercise(draw)
    both = _flexed(Region.ELBOW, below(draw, 60), Limb.BOTH_ARMS)
    one = _flexed(Region.ELBOW, _MUCH + below(draw, 40), pick(draw, _ARMS))
    return held_somewhere(draw, stance, _posed(draw, exercise, both, one))


@violates("BX332", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = bare_exercise(draw)
    limb = pick(draw, _LEGS)
    at, exercise = _with_hip(draw, exercise, limb, _LITTLE)
    bent = _flexed(Region.HIP, _MUCH - below(draw, 60), limb)
    edit = Put(part=bent, step=exercise.steps[at].id)
    exercise, move = with_edit(draw, exercise, edit)
    return moved(draw, stance, exercise, move)
