"""The Oblique Sit: raised on the lower forearm while the upper arm reaches obliquely forward.

Its four axes stand in `oblique_sit_axes`.
"""

from __future__ import annotations

from backex.anatomy import (
    Degree,
    Direction,
    Laterality,
    Limb,
    Movement,
    Phase,
    Position,
    Region,
)
from backex.catalog.building import about, avoid, bears, do, effect, motion, stands, step
from backex.catalog.upper_back.oblique_sit_axes import (
    AXES,
    FORWARD,
    LIFT_PELVIS,
    LIFT_UPPER_LEG,
    LOWER_ELBOW,
    LOWER_FOREARM,
    LOWER_HIP,
    OVERHEAD,
)
from backex.catalog.upper_back.posture import UPPER_QUARTER_POSTURE
from backex.exercise import Exercise
from backex.ids import ExerciseId, PurposeId
from backex.quantities import Span, Unit
from backex.references import article, derived, library_default
from backex.training import Coordination, Purpose, TrainingQuality

__all__ = ["FORWARD", "LIFT_PELVIS", "LIFT_UPPER_LEG", "OBLIQUE_SIT", "OVERHEAD"]

_RAISED = (Phase.PREPARE, Phase.MOVE, Phase.HOLD)
_LOWER_SIDE = PurposeId("lower-side")
_UPPER_SIDE = PurposeId("upper-side")

_ARM, _LEG = Limb.LOWER_SIDE_ARM, Limb.LOWER_SIDE_LEG
_UPPER_ARM, _UPPER_LEG = Limb.UPPER_SIDE_ARM, Limb.UPPER_SIDE_LEG
_UNDER_THE_SHOULDER = derived("O2", note="elbow below the shoulder, forearm to the front")
_UP = derived("O5", note="chest, neck and head off the floor, nothing sagging")
#: The hand on the hip.
_AT_REST = (
    *stands(
        Region.SHOULDER, _UPPER_ARM, elevation=50, plane_of_elevation=-15, internal_rotation=60
    ),
    *stands(Region.ELBOW, _UPPER_ARM, flexion=92),
    *stands(Region.FOREARM, _UPPER_ARM, supination=-60),
    *stands(Region.WRIST, _UPPER_ARM, flexion=30),
)
#: The chest hanging from the shoulder of the arm that stands on the floor.
_PROPPED = (
    *stands(Region.PELVIS, lateral_flexion=18),
    *stands(Region.LUMBAR_SPINE, lateral_flexion=12),
    *stands(Region.THORACIC_SPINE, lateral_flexion=10, rotation=0),
    *stands(Region.CERVICAL_SPINE, lateral_flexion=-14, rotation=0),
    *stands(Region.HEAD, rotation=0),
    *stands(Region.SHOULDER_GIRDLE, _ARM, elevation=30, protraction=0),
    *stands(Region.SHOULDER, _ARM, elevation=53, plane_of_elevation=-1, internal_rotation=-15),
    *stands(Region.ELBOW, _ARM, flexion=90),
    *stands(Region.FOREARM, _ARM, supination=-60),
    *stands(Region.HIP, _UPPER_LEG, abduction=5),
)

#: Lying on one side, raise the chest on the lower forearm and reach out with the upper arm.
OBLIQUE_SIT = Exercise(
    id=ExerciseId("oblique-sit"),
    name="Oblique Sit",
    position=Position.SIDE_LYING,
    laterality=Laterality.UNILATERAL,
    steps=(
        step(
            "lie-on-side",
            Phase.SETUP,
            "Lie on one side.",
            article("O1"),
            *stands(Region.PELVIS, lateral_flexion=7),
            *stands(Region.CERVICAL_SPINE, lateral_flexion=-14),
            *stands(Region.SHOULDER_GIRDLE, _ARM, protraction=11),
            *stands(Region.SHOULDER, _ARM, elevation=86, plane_of_elevation=90),
            *stands(Region.FOREARM, _ARM, supination=60),
            *stands(Region.HIP, _LEG, flexion=12, abduction=-5),
            *stands(Region.KNEE, _LEG, flexion=20),
            *stands(Region.HIP, _UPPER_LEG, flexion=8, abduction=-2),
            *stands(Region.KNEE, _UPPER_LEG, flexion=12),
            *stands(
                Region.SHOULDER,
                _UPPER_ARM,
                elevation=8,
                plane_of_elevation=-7,
                internal_rotation=55,
            ),
            *stands(Region.ELBOW, _UPPER_ARM, flexion=18),
        ),
        step(
            "place-arm",
            Phase.SETUP,
            "Set the lower elbow on the floor, straight below its shoulder.",
            article("O2"),
            motion(
                "arm-under-shoulder",
                Movement.PLACEMENT,
                Region.ELBOW,
                article("O2"),
                limb=Limb.LOWER_SIDE_ARM,
                toward=Region.SHOULDER,
            ),
            *_PROPPED,
            *stands(Region.HIP, _LEG, abduction=-14),
        ),
        step(
            "bend-lower-leg",
            Phase.SETUP,
            "Bring the lower leg forward, bent at hip and knee.",
            article("O3"),
            about(
                "hip-angle",
                Movement.FLEXION,
                Region.HIP,
                Span.of(90),
                Unit.DEGREE,
                article("O3"),
                limb=Limb.LOWER_SIDE_LEG,
            ),
            about(
                "knee-angle",
                Movement.FLEXION,
                Region.KNEE,
                Span.of(90),
                Unit.DEGREE,
                article("O3"),
                limb=Limb.LOWER_SIDE_LEG,
            ),
            *stands(Region.HIP, _LEG, flexion=90),
            *stands(Region.HIP, _LEG, internal_rotation=-17, abduction=3),
            *stands(Region.KNEE, _LEG, flexion=90),
        ),
        step(
            "rest-upper-limbs",
            Phase.SETUP,
            "Let the arm and the leg of the upper side rest on the body.",
            article("O4"),
            motion(
                "upper-arm-rests",
                Movement.RESTING,
                Region.UPPER_LIMB,
                article("O4"),
                limb=Limb.UPPER_SIDE_ARM,
            ),
            motion(
                "upper-leg-rests",
                Movement.RESTING,
                Region.LOWER_LIMB,
                article("O4"),
                limb=Limb.UPPER_SIDE_LEG,
            ),
            *_AT_REST,
        ),
        step(
            "press-up",
            Phase.PREPARE,
            "Press elbow and forearm into the floor until chest, neck and head rise well clear of "
            "it.",
            article("O5"),
            motion(
                "press",
                Movement.PRESS,
                Region.FOREARM,
                article("O5"),
                limb=Limb.LOWER_SIDE_ARM,
                direction=Direction.DOWNWARD,
            ),
            motion(
                "chest-up", Movement.LIFT, Region.CHEST, article("O5"), direction=Direction.UPWARD
            ),
            motion(
                "neck-up",
                Movement.LIFT,
                Region.CERVICAL_SPINE,
                article("O5"),
                direction=Direction.UPWARD,
            ),
            motion(
                "head-up", Movement.LIFT, Region.HEAD, article("O5"), direction=Direction.UPWARD
            ),
            *stands(Region.PELVIS, lateral_flexion=28),
            *stands(Region.LUMBAR_SPINE, lateral_flexion=12),
            *stands(Region.THORACIC_SPINE, lateral_flexion=8),
            *stands(Region.CERVICAL_SPINE, lateral_flexion=0),
            *stands(Region.SHOULDER_GIRDLE, _ARM, elevation=0),
            *stands(
                Region.SHOULDER, _ARM, elevation=41, plane_of_elevation=-11, internal_rotation=-17
            ),
            *stands(Region.ELBOW, _ARM, flexion=98),
            *stands(Region.HIP, _LEG, internal_rotation=-26, abduction=2),
            *stands(Region.HIP, _UPPER_LEG, abduction=16),
            avoid(
                "no-sag",
                "Don't let anything sag toward the floor.",
                Movement.SAGGING,
                Region.WHOLE_BODY,
                article("O6"),
            ),
        ),
        step(
            "turn-chest",
            Phase.PREPARE,
            "Turn the chest forward a little, until the upper shoulder is just ahead of the lower.",
            article("O7"),
            motion(
                "chest-turns",
                Movement.ROTATION_FORWARD,
                Region.THORACIC_SPINE,
                article("O7"),
                degree=Degree.SLIGHT,
                direction=Direction.FORWARD,
            ),
            *stands(Region.THORACIC_SPINE, rotation=12),
            *stands(Region.CERVICAL_SPINE, rotation=20),
            *stands(Region.HEAD, rotation=20),
            *stands(
                Region.SHOULDER, _ARM, elevation=42, plane_of_elevation=14, internal_rotation=-1
            ),
            *stands(Region.ELBOW, _ARM, flexion=89),
            do(
                "head-and-neck-in-line",
                "Keep head and neck straight.",
                Movement.NEUTRAL_ALIGNMENT,
                Region.CERVICAL_SPINE,
                article("O8"),
            ),
            do(
                "face-a-little-down",
                "Turn the face a little toward the floor.",
                Movement.ROTATION,
                Region.HEAD,
                article("O8"),
                degree=Degree.SLIGHT,
            ),
            do(
                "eyes-down",
                "Look at the floor.",
                Movement.DOWNWARD_GAZE,
                Region.EYES,
                article("O8"),
            ),
        ),
        step(
            "reach",
            Phase.MOVE,
            "From there, reach forward at a slant with the upper arm.",
            article("O9"),
            motion(
                "reach",
                Movement.REACH,
                Region.UPPER_LIMB,
                article("O9"),
                limb=Limb.UPPER_SIDE_ARM,
                direction=Direction.OBLIQUELY_FORWARD,
            ),
            *stands(
                Region.SHOULDER,
                _UPPER_ARM,
                elevation=102,
                plane_of_elevation=76,
                internal_rotation=0,
            ),
            *stands(Region.FOREARM, _UPPER_ARM, supination=0),
            *stands(Region.WRIST, _UPPER_ARM, flexion=0),
            *stands(Region.ELBOW, _UPPER_ARM, flexion=4),
            *stands(Region.THORACIC_SPINE, lateral_flexion=6, rotation=28),
            *stands(
                Region.SHOULDER, _ARM, elevation=44, plane_of_elevation=28, internal_rotation=14
            ),
            *stands(Region.ELBOW, _ARM, flexion=90),
            effect(
                "chest-turns-further",
                "The reach turns the chest further forward.",
                Movement.ROTATION_FORWARD,
                Region.THORACIC_SPINE,
                article("O11"),
            ),
            effect(
                "weight-shifts",
                "Weight moves from the lower elbow into the forearm.",
                Movement.WEIGHT_SHIFT,
                Region.FOREARM,
                article("O11"),
                load_from=LOWER_ELBOW,
                load_to=LOWER_FOREARM,
            ),
        ),
        step(
            "turn-palm",
            Phase.MOVE,
            "As the arm goes out, let its hand turn up.",
            article("O10"),
            motion(
                "palm-up",
                Movement.SUPINATION,
                Region.FOREARM,
                derived("O10", note="a palm that is turned upward is supinated"),
                limb=Limb.UPPER_SIDE_ARM,
            ),
            *stands(Region.FOREARM, _UPPER_ARM, supination=75),
            during="reach",
        ),
        step(
            "hold",
            Phase.HOLD,
            "Stay in the reach.",
            article("O12"),
            do(
                "belly-breath",
                "Breathe into the belly.",
                Movement.DIAPHRAGMATIC_BREATHING,
                Region.ABDOMEN,
                article("O12"),
            ),
            avoid(
                "no-sag",
                "Don't let the spine sag.",
                Movement.SAGGING,
                Region.SPINE,
                article("O12"),
            ),
            avoid(
                "no-marked-curve",
                "Don't let the spine bend into a marked curve.",
                Movement.CURVE_ACCENTUATION,
                Region.SPINE,
                article("O12"),
                degree=Degree.MARKED,
            ),
        ),
        step(
            "come-back",
            Phase.RETURN,
            "Bring the arm back to the body and come down slowly.",
            library_default("the article describes no way back; slowly is the safe one"),
            motion(
                "chest-down",
                Movement.LOWERING,
                Region.CHEST,
                library_default("undoes the rise"),
                direction=Direction.DOWNWARD,
            ),
            *_AT_REST,
            *_PROPPED,
            *stands(Region.HIP, _LEG, internal_rotation=-17, abduction=3),
        ),
    ),
    contacts=(
        bears("lower-elbow", LOWER_ELBOW, article("O5", "O11"), *_RAISED),
        bears("lower-forearm", LOWER_FOREARM, article("O5", "O11"), *_RAISED),
        bears(
            "lower-hip",
            LOWER_HIP,
            derived("O1", note="whoever lies on one side rests on its hip"),
        ),
    ),
    guidelines=(UPPER_QUARTER_POSTURE,),
    purposes=(
        Purpose(
            id=_LOWER_SIDE,
            text="The shoulder and arm below learn to be steady and controlled.",
            trains=frozenset({TrainingQuality.STABILIZATION, TrainingQuality.CONTROL}),
            region=Region.UPPER_LIMB,
            limb=Limb.LOWER_SIDE_ARM,
            together_with=frozenset({_UPPER_SIDE}),
            sources=article("O13", "O20"),
        ),
        Purpose(
            id=_UPPER_SIDE,
            text="The arm above learns to move and gains strength.",
            trains=frozenset({TrainingQuality.MOVEMENT, TrainingQuality.STRENGTH}),
            region=Region.UPPER_LIMB,
            limb=Limb.UPPER_SIDE_ARM,
            together_with=frozenset({_LOWER_SIDE}),
            sources=article("O14", "O20"),
        ),
    ),
    qualities=frozenset(
        {
            TrainingQuality.STABILIZATION,
            TrainingQuality.CONTROL,
            TrainingQuality.MOVEMENT,
            TrainingQuality.STRENGTH,
        }
    ),
    focus=frozenset({Region.UPPER_QUARTER}),
    coordination=Coordination.COORDINATED,
    supported_limb=True,
    axes=AXES,
    stated_by={
        "position": article("O1"),
        "laterality": article("O1"),
        "guidelines": article("P6"),
        "qualities": article("O13", "O14"),
        "focus": article("O19"),
        "coordination": article("O19"),
        "supported_limb": article("O13"),
    },
)
