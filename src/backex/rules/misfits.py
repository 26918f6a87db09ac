"""Where poses do not fit what the exercise says of itself: what the rules on poses look for.

Only the end of each step is known, and the body is an average one: what the rules look for lies
beyond what another body, or a way of measuring, could explain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from backex.anatomy import Limb, Movement, Phase, Position, Region, Side
from backex.body import Body, Landmark, has_surface, side_of
from backex.exercise import Exercise
from backex.ids import StepId
from backex.pose import Freedom, JointAngle, limbs_of
from backex.poses import bodies, pose_at
from backex.posture import Polarity
from backex.quantities import Unit
from backex.rules.poses import BEARING_MM, ROUGH_DEGREES, SIZES, TOUCHING_MM
from backex.rules.rule import Fault
from backex.step import Step, Support, Target
from backex.variant import Variant, vary

__all__ = ["by_moves", "in_exercise", "in_the_air", "missed_targets", "touching", "unequal_angles"]

_Bodies = Mapping[StepId, Body]
#: A joint, how it turns, and on which side; None for the trunk and the head.
_Turn = tuple[Region, Freedom, Side | None]

#: Positions in which nothing but the floor holds the body up: who sits or stands may lean on a wall
#: or a chair, and where those are is not known.
_ON_THE_FLOOR = frozenset(
    {Position.PRONE, Position.SUPINE, Position.SIDE_LYING, Position.QUADRUPED}
)


# Contacts.


def _moments(steps: Sequence[Step], phase: Phase) -> Iterator[tuple[int, ...]]:
    """Yield the steps at whose end a contact of a phase is to be seen; of several, at one of them.

    On its way into position the body arrives at the end of the last step. On its way out it may
    leave at the end or come back: either end of the way counts.
    """
    there = [index for index, step in enumerate(steps) if step.phase is phase]
    if phase is Phase.SETUP:
        yield from ((index,) for index in there[-1:])
    elif phase is Phase.RETURN:
        yield from ((index, *range(there[0])[-1:]) for index in there[-1:])
    else:
        yield from ((index,) for index in there)


def _end(steps: Sequence[Step], index: int) -> StepId:
    """Return the step that ends what a step begins: the last one that happens during it."""
    begun = steps[index].id
    return next((step.id for step in reversed(steps) if step.during == begun), begun)


def _misplaced(variant: Variant, polarity: Polarity) -> Iterator[tuple[int, Support, StepId, int]]:
    """Yield each contact of a kind that is where it must not be, with its place and its height."""
    steps, known = variant.steps, bodies(variant)
    for place, support in enumerate(variant.contacts):
        judged = known and support.polarity is polarity and has_surface(support.contact)
        for phase in Phase if judged else ():
            if support.phases and phase not in support.phases:
                continue
            # Of steps that happen together there is one end.
            moments = (
                tuple(_end(steps, index) for index in each) for each in _moments(steps, phase)
            )
            for ends in dict.fromkeys(moments):
                heights = [_height(known[end], support) for end in ends if end in known]
                if heights and not any(_is_placed(height, polarity) for height in heights):
                    yield place, support, ends[0], round(heights[0])


def _height(body: Body, support: Support) -> float:
    """Return how high above the floor a contact is; of two, the one that is worse placed."""
    heights = [at[2] for at in body.touch(support.contact)]
    return max(heights) if support.polarity is Polarity.DO else min(heights)


def _is_placed(height: float, polarity: Polarity) -> bool:
    return height <= BEARING_MM if polarity is Polarity.DO else height > TOUCHING_MM


def in_the_air(variant: Variant) -> Iterator[Fault]:
    """Yield what bears weight above the floor."""
    if variant.exercise.position not in _ON_THE_FLOOR:
        return
    for place, support, step, height in _misplaced(variant, Polarity.DO):
        yield Fault(
            f'weight is to rest on {support.contact}, at the end of step "{step}" {height} mm '
            "above the floor",
            at=f".contacts[{place}]",
            hint="mend the pose, or limit the contact to other phases",
            meta={"step": step, "contact": support.id, "millimetres": height},
        )


def touching(variant: Variant) -> Iterator[Fault]:
    """Yield what touches the floor where it is to be avoided."""
    for place, support, step, height in _misplaced(variant, Polarity.AVOID):
        yield Fault(
            f'at the end of step "{step}" the floor is touched with {support.contact}, where that '
            "is to be avoided",
            at=f".contacts[{place}]",
            hint="mend the pose, or limit the contact to other phases",
            meta={"step": step, "contact": support.id, "millimetres": height},
        )


# Targets.


#: The joints whose angles add up to a measure, and whether it grows with them (1), against them
#: (-1), or to either side (0).
_Measure = tuple[tuple[Region, ...], Freedom, int]


def _alone(region: Region, **measures: tuple[Freedom, int]) -> dict[Movement, _Measure]:
    return {
        Movement[movement]: ((region,), freedom, sign)
        for movement, (freedom, sign) in measures.items()
    }


_BENDS = {"FLEXION": (Freedom.FLEXION, 1), "EXTENSION": (Freedom.FLEXION, -1)}
_TURNS = {
    "INTERNAL_ROTATION": (Freedom.INTERNAL_ROTATION, 1),
    "EXTERNAL_ROTATION": (Freedom.INTERNAL_ROTATION, -1),
}
#: An arm is raised forward, sideways or back; the plane tells them apart.
_RAISED = (Freedom.ELEVATION, 1)
#: How the movements of a region are measured; of an ankle "flexion" is said of both ways.
_MEASURES: Mapping[Region, Mapping[Movement, _Measure]] = {
    **{
        region: {
            Movement.FLEXION: (joints, Freedom.FLEXION, 1),
            Movement.EXTENSION: (joints, Freedom.FLEXION, -1),
            Movement.LATERAL_FLEXION: (joints, Freedom.LATERAL_FLEXION, 0),
            Movement.ROTATION: (joints, Freedom.ROTATION, 0),
            Movement.ROTATION_FORWARD: (joints, Freedom.ROTATION, 1),
            Movement.ROTATION_UPWARD: (joints, Freedom.ROTATION, -1),
        }
        for region, joints in {
            Region.HEAD: (Region.CERVICAL_SPINE, Region.HEAD),
            Region.CERVICAL_SPINE: (Region.CERVICAL_SPINE, Region.HEAD),
            Region.UPPER_BACK: (Region.THORACIC_SPINE,),
            Region.THORACIC_SPINE: (Region.THORACIC_SPINE,),
            Region.LOW_BACK: (Region.LUMBAR_SPINE,),
            Region.LUMBAR_SPINE: (Region.LUMBAR_SPINE,),
            Region.SPINE: (Region.LUMBAR_SPINE, Region.THORACIC_SPINE, Region.CERVICAL_SPINE),
        }.items()
    },
    Region.SHOULDER_GIRDLE: _alone(
        Region.SHOULDER_GIRDLE,
        ELEVATION=(Freedom.ELEVATION, 1),
        DEPRESSION=(Freedom.ELEVATION, -1),
        PROTRACTION=(Freedom.PROTRACTION, 1),
        RETRACTION=(Freedom.PROTRACTION, -1),
    ),
    Region.SHOULDER: _alone(
        Region.SHOULDER,
        ELEVATION=_RAISED,
        FLEXION=_RAISED,
        EXTENSION=_RAISED,
        ABDUCTION=_RAISED,
        **_TURNS,
    ),
    Region.ELBOW: _alone(Region.ELBOW, **_BENDS),
    Region.FOREARM: _alone(
        Region.FOREARM, SUPINATION=(Freedom.SUPINATION, 1), PRONATION=(Freedom.SUPINATION, -1)
    ),
    Region.WRIST: _alone(Region.WRIST, **_BENDS),
    Region.HIP: _alone(
        Region.HIP,
        ABDUCTION=(Freedom.ABDUCTION, 1),
        ADDUCTION=(Freedom.ABDUCTION, -1),
        **_BENDS,
        **_TURNS,
    ),
    Region.KNEE: _alone(Region.KNEE, **_BENDS),
}
#: Joints of which some say that they are straight at 0 degrees, others at 180.
_HINGES = frozenset({Region.ELBOW, Region.KNEE})
_STRAIGHT = 180
#: By which landmark it is told how far a region is lifted; of a limb it has a side.
_LIFTED: Mapping[Region, str] = {
    Region.CHEST: "chest",
    Region.RIB_CAGE: "chest",
    Region.HEAD: "head",
    Region.PELVIS: "pelvis",
    Region.SHOULDER: "shoulder",
    Region.ELBOW: "elbow",
    Region.WRIST: "wrist",
    Region.HAND: "index",
    Region.HIP: "hip",
    Region.KNEE: "knee",
    Region.ANKLE: "ankle",
    Region.FOOT: "heel",
}
_OF_THE_TRUNK = frozenset({Region.CHEST, Region.RIB_CAGE, Region.HEAD, Region.PELVIS})


def missed_targets(variant: Variant) -> Iterator[Fault]:
    """Yield the targets that the pose of their step misses."""
    steps, known = variant.steps, bodies(variant)
    for place, step in enumerate(steps if known else ()):
        end = _end(steps, place)
        for index, target in enumerate(step.targets):
            if target.unit is Unit.DEGREE:
                missed = _missed_degrees(target, _angles(pose_at(variant, end)))
            else:
                before = [known[each.id] for each in steps[:place] if each.id in known]
                missed = _missed_lift(target, known[end], before) if before else None
            if missed is not None:
                what = f"{target.movement.value} of the {target.region.value}".replace("-", " ")
                yield Fault(
                    f'the pose of step "{step.id}" has {missed} of {what}, where {target} is the '
                    "target",
                    at=f".steps[{place}].targets[{index}]",
                    hint="mend the pose, or the target",
                    meta={"step": step.id, "target": target.id},
                )


def _angles(pose: Sequence[JointAngle]) -> dict[_Turn, int]:
    """Return how joints stand; of two angles of one joint the later one counts."""
    return {turn: each.degrees for each in pose for turn in _turns(each)}


def _turns(angle: JointAngle) -> list[_Turn]:
    return [(angle.joint, angle.freedom, side) for side in _sides(angle.limb)]


def _sides(limb: Limb | None) -> list[Side | None]:
    return [None] if limb is None else [each for each in Side if each in side_of(limb, Side.RIGHT)]


def _missed_degrees(target: Target, angles: Mapping[_Turn, int]) -> str | None:
    """Return what the joint stands at, where that is known and misses a target."""
    measure = _MEASURES.get(target.region, {}).get(target.movement)
    if measure is None:
        return None
    joints, freedom, sign = measure
    single = limbs_of(joints[0]) == (None,)
    sides = [None] if single else _sides(target.limb) if target.limb else list(Side)
    turns = ([angles.get((joint, freedom, side)) for joint in joints] for side in sides)
    found = [sum(each or 0 for each in turn) for turn in turns if any(e is not None for e in turn)]
    rough = ROUGH_DEGREES if target.approximate else 0
    low, high = target.span.low, target.span.high

    def fits(degrees: int) -> bool:
        readings = [sign * degrees if sign else abs(degrees)]
        if target.region in _HINGES:
            readings.append(_STRAIGHT - degrees)
        return any(
            (low is None or low - rough <= each) and (high is None or each <= high + rough)
            for each in readings
        )

    missed = _first_missed(target, [fits(each) for each in found])
    return None if missed is None else f"{sign * found[missed] if sign else abs(found[missed])}°"


def _missed_lift(target: Target, body: Body, before: Sequence[Body]) -> str | None:
    """Return how far a part has risen since the step before, where none explains a target.

    It is not said from where a lift is measured: any step before will do.
    """
    ends = target.in_unit(Unit.MILLIMETRE)
    name = _LIFTED.get(target.region)
    if target.movement is not Movement.LIFT or ends is None or name is None:
        return None
    low, high = ends
    rises = [
        [Decimal(body.landmarks[each][2] - other.landmarks[each][2]) for other in before]
        for each in _landmarks(name, target)
    ]
    fit = [
        any(
            (low is None or low * (1 - SIZES) <= rise)
            and (high is None or rise <= high * (1 + SIZES))
            for rise in each
        )
        for each in rises
    ]
    missed = _first_missed(target, fit)
    return None if missed is None else f"{round(rises[missed][-1])} mm"


def _landmarks(name: str, target: Target) -> list[Landmark]:
    if target.region in _OF_THE_TRUNK:
        return [Landmark(name)]
    sides = side_of(target.limb, Side.RIGHT) if target.limb else frozenset(Side)
    return [Landmark(f"{side.value}_{name}") for side in Side if side in sides]


def _first_missed(target: Target, fit: list[bool]) -> int | None:
    """Return which limb misses a target; where none is named, one that fits is what is meant."""
    fine = all(fit) if target.limb else any(fit) or not fit
    return None if fine else fit.index(False)


# Angles.


def unequal_angles(step: Step) -> Iterator[Fault]:
    """Yield each angle of a joint that the same pose has at another one."""
    said: dict[_Turn, JointAngle] = {}
    for index, angle in enumerate(step.pose):
        earlier = [said.setdefault(turn, angle) for turn in _turns(angle)]
        for other in dict.fromkeys(earlier):
            if other.id != angle.id and other.degrees != angle.degrees:
                yield Fault(
                    f'step "{step.id}" has one joint at two angles: "{other.id}" is '
                    f'{other.degrees}° and "{angle.id}" {angle.degrees}°',
                    at=f".pose[{index}]",
                    hint="name each limb by itself where their angles differ",
                    meta={"step": step.id, "angles": (other.id, angle.id)},
                )


# Exercises and moves.


#: Finds what does not fit in a variant.
Check = Callable[[Variant], Iterator[Fault]]
_CHECKS: tuple[Check, ...] = (in_the_air, touching, missed_targets)


@lru_cache(maxsize=256)
def _found(check: Check, variant: Variant) -> tuple[Fault, ...]:
    """Return what a check finds; a routine has one exercise many times."""
    return tuple(check(variant))


def in_exercise(check: Check, exercise: Exercise) -> tuple[Fault, ...]:
    """Return what a check finds in an exercise as it is described."""
    return _found(check, vary(exercise))


def _all_in(variant: Variant) -> Iterator[Fault]:
    for check in _CHECKS:
        yield from _found(check, variant)
    for step in variant.steps:
        yield from unequal_angles(step)


def by_moves(variant: Variant) -> Iterator[Fault]:
    """Yield what does not fit in a variant and is not so in the exercise as it is described."""
    described = {fault.message for fault in _all_in(vary(variant.exercise))}
    for fault in _all_in(variant):
        if fault.message not in described:
            yield Fault(
                f"with these moves, {fault.message}",
                at=".progressions",
                hint="undo one of the moves, or mend the edits of its axis",
                meta=fault.meta,
            )
