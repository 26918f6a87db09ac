"""The four ways in which the article changes the Oblique Sit, with all that each one changes."""

from __future__ import annotations

from backex.anatomy import Contact, Degree, Direction, Limb, Movement, Phase, Region
from backex.axes import (
    LOWER_QUARTER,
    REACH,
    RESISTANCE,
    SUPPORT,
    Edit,
    Level,
    LevelAxis,
    LoadAxis,
    PartKind,
    Put,
    Remove,
    SetText,
)
from backex.catalog.building import avoid, bears, do, effect, motion, stands
from backex.ids import LevelId, StepId
from backex.pose import JointAngle
from backex.progression import EXTENDED_ARM, LowerQuarterFunction, ReachDirection
from backex.references import article, derived, library_default

__all__ = [
    "AXES",
    "FORWARD",
    "LIFT_PELVIS",
    "LIFT_UPPER_LEG",
    "LOWER_ELBOW",
    "LOWER_FOREARM",
    "LOWER_HIP",
    "OVERHEAD",
]

LOWER_ELBOW = Contact(Region.ELBOW, Limb.LOWER_SIDE_ARM)
LOWER_FOREARM = Contact(Region.FOREARM, Limb.LOWER_SIDE_ARM)
LOWER_HIP = Contact(Region.HIP, Limb.LOWER_SIDE_LEG)
_LOWER_HAND = Contact(Region.HAND, Limb.LOWER_SIDE_ARM)
_LOWER_KNEE = Contact(Region.KNEE, Limb.LOWER_SIDE_LEG)

#: Reaches straight forward.
FORWARD = ReachDirection("forward")
#: Reaches at a slant past the head.
OVERHEAD = ReachDirection("obliquely-overhead")
#: Raises the leg of the upper side while the reach is held.
LIFT_UPPER_LEG = LowerQuarterFunction("upper-leg-lift")
#: Raises the pelvis off the floor together with the chest.
LIFT_PELVIS = LowerQuarterFunction("pelvis-lift")

_ARM = StepId("place-arm")
_LIMBS = StepId("rest-upper-limbs")
_PRESS = StepId("press-up")
_TURN = StepId("turn-chest")
_REACH = StepId("reach")
_HOLD = StepId("hold")
_BACK = StepId("come-back")

_PUT_DOWN = library_default("what was taken up is put down on the way back")

_IN_THE_HAND = derived("O15", note="resistance on the arm, taken as a mass in its hand")

_RESISTANCE = LoadAxis(
    id=RESISTANCE,
    name="resistance",
    limb=Limb.UPPER_SIDE_ARM,
    increment_grams=250,
    edits=(
        Put(
            step=_LIMBS,
            part=do(
                "take-load",
                "Take a weight of {mass} in the hand of the upper side.",
                Movement.GRIP,
                Region.HAND,
                _IN_THE_HAND,
            ),
        ),
        Put(
            step=_REACH,
            part=do(
                "carry-load",
                "Carry the weight of {mass} along in the reaching hand, without a jerk.",
                Movement.GRIP,
                Region.HAND,
                _IN_THE_HAND + library_default("a load is moved without a jerk"),
            ),
        ),
        Put(
            step=_HOLD,
            part=do(
                "hold-load",
                "Keep hold of the weight of {mass}.",
                Movement.GRIP,
                Region.HAND,
                _IN_THE_HAND,
            ),
        ),
        Put(
            step=_BACK,
            part=do(
                "put-down-load",
                "Bring the weight of {mass} back with the arm; after the last repetition put it "
                "down, once the chest is down.",
                Movement.LOWERING,
                Region.HAND,
                _PUT_DOWN,
            ),
        ),
    ),
    sources=article("O15")
    + library_default("increments of 250 g suit a small dumbbell; the article states no load"),
)

_ARM_BELOW, _LEG_BELOW = Limb.LOWER_SIDE_ARM, Limb.LOWER_SIDE_LEG
_ARM_ABOVE, _LEG_ABOVE = Limb.UPPER_SIDE_ARM, Limb.UPPER_SIDE_LEG


def _posed(step: StepId, *angles: JointAngle) -> tuple[Put, ...]:
    return tuple(Put(step=step, part=each) for each in angles)


_UNDER_THE_SHOULDER = derived("O2", note="the hand takes the elbow's place")

_RISE = article("O17") + derived("O5", note="the same rise, on the hand")

_ON_THE_HAND: tuple[Edit, ...] = (
    SetText(
        step=_ARM,
        text="Set the lower hand on the floor straight below its shoulder, the elbow bent.",
        sources=article("O17") + _UNDER_THE_SHOULDER,
    ),
    Put(
        step=_ARM,
        part=motion(
            "arm-under-shoulder",
            Movement.PLACEMENT,
            Region.HAND,
            article("O17") + _UNDER_THE_SHOULDER,
            limb=Limb.LOWER_SIDE_ARM,
            toward=Region.SHOULDER,
        ),
    ),
    SetText(
        step=_PRESS,
        text="Press the lower hand into the floor and straighten that arm, until chest, neck and "
        "head rise well clear of it.",
        sources=_RISE,
    ),
    Put(
        step=_PRESS,
        part=motion(
            "arm-straight",
            Movement.EXTENSION,
            Region.ELBOW,
            article("O17"),
            limb=Limb.LOWER_SIDE_ARM,
        ),
    ),
    Put(
        step=_PRESS,
        part=motion(
            "press",
            Movement.PRESS,
            Region.HAND,
            _RISE,
            limb=Limb.LOWER_SIDE_ARM,
            direction=Direction.DOWNWARD,
        ),
    ),
    Put(
        step=_PRESS,
        part=do(
            "supporting-arm-straight",
            "Keep the lower arm straight, without locking its elbow.",
            Movement.EXTENSION,
            Region.ELBOW,
            article("O17") + library_default("an elbow that bears weight is not locked"),
        ),
    ),
    Put(
        step=_HOLD,
        part=do(
            "supporting-arm-straight",
            "Stay on the straight lower arm.",
            Movement.EXTENSION,
            Region.ELBOW,
            article("O17"),
        ),
    ),
    Put(
        step=_REACH,
        part=effect(
            "weight-shifts",
            "More weight comes onto the lower hand.",
            Movement.WEIGHT_SHIFT,
            Region.HAND,
            derived("O11", "O17", note="turning forward brings the body over the hand"),
            load_to=_LOWER_HAND,
        ),
    ),
    Put(
        step=_BACK,
        part=do(
            "bend-lower-arm",
            "Bend the lower elbow slowly until the chest is down.",
            Movement.FLEXION,
            Region.ELBOW,
            library_default("undoes the rise on the straight arm"),
        ),
    ),
    *(
        put
        for step in (_ARM, _BACK)
        for put in _posed(
            step,
            *stands(
                Region.SHOULDER,
                _ARM_BELOW,
                elevation=20,
                plane_of_elevation=-40,
                internal_rotation=-75,
            ),
            *stands(Region.ELBOW, _ARM_BELOW, flexion=111),
            *stands(Region.WRIST, _ARM_BELOW, flexion=-71),
            *stands(Region.FOREARM, _ARM_BELOW, supination=-10),
        )
    ),
    *_posed(
        _PRESS,
        *stands(Region.PELVIS, lateral_flexion=49),
        *stands(
            Region.SHOULDER, _ARM_BELOW, elevation=57, plane_of_elevation=-3, internal_rotation=-30
        ),
        *stands(Region.ELBOW, _ARM_BELOW, flexion=8),
        *stands(Region.WRIST, _ARM_BELOW, flexion=-45),
        *stands(Region.FOREARM, _ARM_BELOW, supination=-20),
        *stands(Region.HIP, _LEG_BELOW, internal_rotation=-45),
        *stands(Region.HIP, _LEG_ABOVE, abduction=38),
    ),
    *_posed(
        _TURN,
        *stands(
            Region.SHOULDER, _ARM_BELOW, elevation=57, plane_of_elevation=13, internal_rotation=-20
        ),
        *stands(Region.ELBOW, _ARM_BELOW, flexion=8),
    ),
    *_posed(
        _REACH,
        *stands(
            Region.SHOULDER, _ARM_BELOW, elevation=59, plane_of_elevation=35, internal_rotation=-16
        ),
        *stands(Region.ELBOW, _ARM_BELOW, flexion=8),
    ),
    Remove(kind=PartKind.SUPPORT, id="lower-elbow"),
    Remove(kind=PartKind.SUPPORT, id="lower-forearm"),
    Put(
        part=bears(
            "lower-hand",
            _LOWER_HAND,
            article("O17"),
            Phase.PREPARE,
            Phase.MOVE,
            Phase.HOLD,
        )
    ),
)

_SUPPORT = LevelAxis(
    id=SUPPORT,
    name="support",
    levels=(
        Level(id=LevelId("forearm"), name="forearm", sources=article("O5")),
        Level(
            id=EXTENDED_ARM,
            name="extended arm",
            edits=_ON_THE_HAND,
            exceeds=frozenset({LevelId("forearm")}),
            sources=article("O17"),
            order_sources=derived("O17", note="a longer, narrower support is harder to steady"),
        ),
    ),
    sources=article("O17"),
)

_DIRECTION = library_default("the article lets the direction vary and names no other")


def _reaching(
    direction: Direction, text: str, arm: tuple[JointAngle, ...], *cues: Put
) -> tuple[Edit, ...]:
    reach = motion(
        "reach",
        Movement.REACH,
        Region.UPPER_LIMB,
        _DIRECTION,
        limb=Limb.UPPER_SIDE_ARM,
        direction=direction,
    )
    turns = effect(
        "chest-turns-further",
        "The reach turns the chest further forward.",
        Movement.ROTATION_FORWARD,
        Region.THORACIC_SPINE,
        _DIRECTION,
    )
    return (
        SetText(step=_REACH, text=text, sources=_DIRECTION),
        Put(step=_REACH, part=reach),
        Put(step=_REACH, part=turns),
        *_posed(_REACH, *arm),
        *cues,
    )


_REACHES = LevelAxis(
    id=REACH,
    name="reach",
    levels=(
        Level(
            id=LevelId("obliquely-forward"), name="obliquely forward", sources=article("O9", "O16")
        ),
        Level(
            id=LevelId(FORWARD),
            name="straight forward",
            edits=_reaching(
                Direction.FORWARD,
                "From there, reach straight forward with the upper arm, level with its shoulder.",
                stands(Region.SHOULDER, _ARM_ABOVE, elevation=88, plane_of_elevation=92),
                Put(
                    step=_REACH,
                    part=avoid(
                        "no-shoulder-drop",
                        "Don't let the reaching arm drop below the height of its shoulder.",
                        Movement.LOWERING,
                        Region.UPPER_LIMB,
                        _DIRECTION,
                    ),
                ),
            ),
            sources=_DIRECTION,
        ),
        Level(
            id=LevelId(OVERHEAD),
            name="obliquely overhead",
            edits=_reaching(
                Direction.OBLIQUELY_OVERHEAD,
                "From there, reach with the upper arm forward and past the head at a slant.",
                stands(Region.SHOULDER, _ARM_ABOVE, elevation=150, plane_of_elevation=66),
                Put(
                    step=_REACH,
                    part=avoid(
                        "no-shrug",
                        "Don't draw the reaching shoulder up to the ear.",
                        Movement.ELEVATION,
                        Region.SHOULDER_GIRDLE,
                        _DIRECTION,
                        degree=Degree.MODERATE,
                    ),
                ),
            ),
            sources=_DIRECTION,
        ),
    ),
    sources=article("O16"),
)

_FUNCTION = library_default("the article asks for lower-quarter function and names none")
_NONE = LevelId("none")
_HARDER = article("O18")

_LOWER = LevelAxis(
    id=LOWER_QUARTER,
    name="lower quarter",
    levels=(
        Level(id=_NONE, name="at rest", sources=article("O4")),
        Level(
            id=LevelId(LIFT_UPPER_LEG),
            name="upper leg raised",
            edits=(
                Put(
                    step=_HOLD,
                    part=motion(
                        "upper-leg-up",
                        Movement.ABDUCTION,
                        Region.HIP,
                        _FUNCTION,
                        limb=Limb.UPPER_SIDE_LEG,
                        direction=Direction.UPWARD,
                    ),
                ),
                Put(
                    step=_HOLD,
                    part=do(
                        "raise-upper-leg",
                        "Raise the upper leg to the height of its hip and keep it there.",
                        Movement.ABDUCTION,
                        Region.HIP,
                        _FUNCTION,
                    ),
                ),
                *_posed(_HOLD, *stands(Region.HIP, _LEG_ABOVE, abduction=42)),
                Put(
                    step=_BACK,
                    part=do(
                        "lower-upper-leg",
                        "Lower the upper leg first.",
                        Movement.LOWERING,
                        Region.HIP,
                        _PUT_DOWN,
                    ),
                ),
            ),
            exceeds=frozenset({_NONE}),
            sources=_FUNCTION,
            order_sources=_HARDER,
        ),
        Level(
            id=LevelId(LIFT_PELVIS),
            name="pelvis raised",
            edits=(
                Put(
                    step=_PRESS,
                    part=motion(
                        "pelvis-up",
                        Movement.LIFT,
                        Region.PELVIS,
                        _FUNCTION,
                        direction=Direction.UPWARD,
                    ),
                ),
                Put(
                    step=_PRESS,
                    part=do(
                        "raise-pelvis",
                        "Raise the pelvis off the floor as well, onto the lower knee.",
                        Movement.LIFT,
                        Region.PELVIS,
                        _FUNCTION,
                    ),
                ),
                *_posed(
                    _PRESS,
                    *stands(Region.HIP, _LEG_BELOW, abduction=17),
                    *stands(Region.KNEE, _LEG_BELOW, flexion=112),
                    *stands(Region.LUMBAR_SPINE, lateral_flexion=9),
                    *stands(Region.SHOULDER_GIRDLE, _ARM_BELOW, elevation=-10, protraction=0),
                    *stands(Region.THORACIC_SPINE, lateral_flexion=4),
                ),
                *_posed(_REACH, *stands(Region.THORACIC_SPINE, lateral_flexion=2)),
                Put(
                    step=_HOLD,
                    part=do(
                        "pelvis-stays-up",
                        "Keep the pelvis up.",
                        Movement.LIFT,
                        Region.PELVIS,
                        _FUNCTION,
                    ),
                ),
                Put(
                    step=_BACK,
                    part=do(
                        "lower-pelvis",
                        "Let the pelvis down together with the chest.",
                        Movement.LOWERING,
                        Region.PELVIS,
                        _PUT_DOWN,
                    ),
                ),
                Put(part=bears("lower-hip", LOWER_HIP, _FUNCTION, Phase.SETUP, Phase.RETURN)),
                Put(
                    part=bears(
                        "lower-knee",
                        _LOWER_KNEE,
                        _FUNCTION,
                        Phase.PREPARE,
                        Phase.MOVE,
                        Phase.HOLD,
                    )
                ),
            ),
            exceeds=frozenset({_NONE}),
            sources=_FUNCTION,
            order_sources=_HARDER,
        ),
    ),
    sources=article("O18"),
)

#: Resistance, support, reach and lower quarter, each with what it changes.
AXES = (_RESISTANCE, _SUPPORT, _REACHES, _LOWER)
