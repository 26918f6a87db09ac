"""The Prone Head Raise: lying face down, head and chest are raised and held."""

from __future__ import annotations

from backex.anatomy import (
    Contact,
    Degree,
    Direction,
    Laterality,
    Limb,
    Movement,
    Phase,
    Position,
    Region,
)
from backex.catalog.building import about, avoid, bears, do, effect, motion, spares, stands, step
from backex.catalog.upper_back.posture import UPPER_QUARTER_POSTURE, shoulders_as_guided
from backex.exercise import MAT, Exercise
from backex.ids import ExerciseId, PurposeId
from backex.posture import Cue, EffortLevel
from backex.provenance import Source
from backex.quantities import Span, Unit
from backex.references import article, derived, library_default
from backex.training import Coordination, Purpose, TrainingQuality

__all__ = ["PRONE_HEAD_RAISE"]


def _breathing_and_brace(sources: tuple[Source, ...]) -> tuple[Cue, ...]:
    return (
        do(
            "breathe-on",
            "Go on breathing into the belly.",
            Movement.DIAPHRAGMATIC_BREATHING,
            Region.ABDOMEN,
            sources,
        ),
        do(
            "keep-brace",
            "Keep the brace.",
            Movement.ABDOMINAL_BRACING,
            Region.ABDOMEN,
            sources,
        ),
    )


_NECK_AND_GAZE = (
    do(
        "neck-in-line",
        "Leave the neck about straight.",
        Movement.NEUTRAL_ALIGNMENT,
        Region.CERVICAL_SPINE,
        article("H9"),
    ),
    do(
        "eyes-down",
        "Look at the floor all the time.",
        Movement.DOWNWARD_GAZE,
        Region.EYES,
        article("H9"),
    ),
    avoid(
        "no-looking-ahead",
        "Don't look ahead.",
        Movement.FORWARD_GAZE,
        Region.EYES,
        article("H9"),
    ),
)

_LEGS, _ARMS = Limb.BOTH_LEGS, Limb.BOTH_ARMS
#: Flat on the mat, as before the brace.
_FLAT = (
    *stands(Region.PELVIS, flexion=0),
    *stands(Region.LUMBAR_SPINE, flexion=0),
    *stands(Region.THORACIC_SPINE, flexion=0),
    *stands(Region.CERVICAL_SPINE, flexion=0),
    *stands(Region.HEAD, flexion=0),
    *stands(Region.HIP, _LEGS, flexion=6),
    *stands(Region.SHOULDER_GIRDLE, _ARMS, elevation=0),
    *stands(Region.SHOULDER, _ARMS, elevation=128, plane_of_elevation=21, internal_rotation=-46),
    *stands(Region.ELBOW, _ARMS, flexion=110),
    *stands(Region.FOREARM, _ARMS, supination=-25),
)

_ELBOWS = Contact(Region.ELBOW, Limb.BOTH_ARMS)
_FRONT_OF_PELVIS = Contact(Region.FRONT_OF_PELVIS)

#: Lying face down, brace gently, then raise head, neck and chest and stay up while breathing.
PRONE_HEAD_RAISE = Exercise(
    id=ExerciseId("prone-head-raise"),
    name="Prone Head Raise",
    position=Position.PRONE,
    laterality=Laterality.BILATERAL,
    steps=(
        step(
            "lie-face-down",
            Phase.SETUP,
            "Start on your front on the mat.",
            article("H1"),
            *stands(Region.HIP, _LEGS, flexion=6, abduction=1),
            *stands(Region.KNEE, _LEGS, flexion=9),
            *stands(Region.ANKLE, _LEGS, dorsiflexion=-60),
            *stands(
                Region.SHOULDER, _ARMS, elevation=16, plane_of_elevation=20, internal_rotation=0
            ),
        ),
        step(
            "place-legs",
            Phase.SETUP,
            "Let legs and feet lie as far apart as the shoulders are wide.",
            article("H2"),
            motion(
                "stance",
                Movement.STANCE,
                Region.FOOT,
                article("H2"),
                limb=Limb.BOTH_LEGS,
                toward=Region.SHOULDER,
            ),
            *stands(Region.HIP, _LEGS, abduction=6),
        ),
        step(
            "place-hands",
            Phase.SETUP,
            "Take both arms up past the head; lay the hands down in one plane with the shoulders.",
            article("H3"),
            motion(
                "hands",
                Movement.PLACEMENT,
                Region.HAND,
                article("H3"),
                limb=Limb.BOTH_ARMS,
                direction=Direction.OVERHEAD,
                toward=Region.SHOULDER,
            ),
            *stands(
                Region.SHOULDER, _ARMS, elevation=157, plane_of_elevation=61, internal_rotation=-3
            ),
            *stands(Region.ELBOW, _ARMS, flexion=30),
            *stands(Region.FOREARM, _ARMS, supination=-60),
        ),
        step(
            "place-elbows",
            Phase.SETUP,
            "Bend the elbows and let them lie in one plane with the ears.",
            article("H4"),
            motion("bend", Movement.FLEXION, Region.ELBOW, article("H4"), limb=Limb.BOTH_ARMS),
            motion(
                "elbows",
                Movement.PLACEMENT,
                Region.ELBOW,
                article("H4"),
                limb=Limb.BOTH_ARMS,
                toward=Region.EARS,
            ),
            *_FLAT,
        ),
        step(
            "settle",
            Phase.PREPARE,
            "Rest there with the face down.",
            article("H5"),
            do(
                "belly-breath",
                "Breathe as usual, and low, so that the belly moves.",
                Movement.DIAPHRAGMATIC_BREATHING,
                Region.ABDOMEN,
                article("H5"),
            ),
        ),
        step(
            "brace",
            Phase.PREPARE,
            "Then brace the belly wall a little: press it out into the floor.",
            article("H6"),
            motion(
                "brace",
                Movement.ABDOMINAL_BRACING,
                Region.ABDOMEN,
                article("H6"),
                degree=Degree.SLIGHT,
            ),
            effect(
                "pelvis-tips-back",
                "The pelvis tips back a little.",
                Movement.POSTERIOR_TILT,
                Region.PELVIS,
                article("H7"),
                degree=Degree.SLIGHT,
            ),
            effect(
                "spine-straightens",
                "The spine straightens.",
                Movement.NEUTRAL_ALIGNMENT,
                Region.SPINE,
                article("H7"),
            ),
            effect(
                "pelvis-meets-mat",
                "The front of the pelvis comes down on the mat.",
                Movement.PLACEMENT,
                Region.FRONT_OF_PELVIS,
                article("H7"),
                load_to=_FRONT_OF_PELVIS,
            ),
            *stands(Region.PELVIS, flexion=-4),
            *stands(Region.LUMBAR_SPINE, flexion=4),
            *stands(Region.HIP, _LEGS, flexion=2),
        ),
        step(
            "lift",
            Phase.MOVE,
            "Raise head, neck and chest until they are higher than the shoulders.",
            article("H8"),
            motion(
                "head-up", Movement.LIFT, Region.HEAD, article("H8"), direction=Direction.UPWARD
            ),
            motion(
                "neck-up",
                Movement.LIFT,
                Region.CERVICAL_SPINE,
                article("H8"),
                direction=Direction.UPWARD,
            ),
            motion(
                "chest-up", Movement.LIFT, Region.CHEST, article("H8"), direction=Direction.UPWARD
            ),
            about("height", Movement.LIFT, Region.CHEST, Span(6, 8), Unit.INCH, article("H8")),
            *stands(Region.LUMBAR_SPINE, flexion=-13),
            *stands(Region.THORACIC_SPINE, flexion=-22),
            *stands(Region.CERVICAL_SPINE, flexion=14),
            *stands(Region.HEAD, flexion=10),
            *stands(Region.SHOULDER_GIRDLE, _ARMS, elevation=-3),
            *stands(
                Region.SHOULDER, _ARMS, elevation=80, plane_of_elevation=64, internal_rotation=22
            ),
            *stands(Region.ELBOW, _ARMS, flexion=79),
            *stands(Region.FOREARM, _ARMS, supination=-41),
            *_breathing_and_brace(article("H8")),
            *_NECK_AND_GAZE,
            *shoulders_as_guided(article("H10")),
        ),
        step(
            "hold",
            Phase.HOLD,
            "Stay up there.",
            article("H11"),
            *_breathing_and_brace(article("H11")),
            *_NECK_AND_GAZE,
        ),
        step(
            "lower",
            Phase.RETURN,
            "Come down again slowly and let go of the brace.",
            library_default("the article describes no way back; slowly is the safe one"),
            motion(
                "chest-down",
                Movement.LOWERING,
                Region.CHEST,
                library_default("undoes the lift"),
                direction=Direction.DOWNWARD,
            ),
            *_FLAT,
        ),
    ),
    contacts=(
        bears("elbows", _ELBOWS, article("H12"), Phase.HOLD),
        bears("front-of-pelvis", _FRONT_OF_PELVIS, article("H12"), Phase.HOLD),
        spares("rib-cage", Contact(Region.RIB_CAGE), article("H13"), Phase.HOLD),
    ),
    guidelines=(UPPER_QUARTER_POSTURE,),
    purposes=(
        Purpose(
            id=PurposeId("basic-stability"),
            text="Steadies the upper quarter: the basic exercise for it.",
            trains=frozenset({TrainingQuality.STABILIZATION}),
            region=Region.UPPER_QUARTER,
            sources=article("H16"),
        ),
    ),
    qualities=frozenset({TrainingQuality.STABILIZATION}),
    focus=frozenset({Region.UPPER_QUARTER}),
    coordination=Coordination.COORDINATED,
    supported_limb=True,
    effort=EffortLevel.MODERATE,
    foundation_for=frozenset({Region.UPPER_QUARTER}),
    equipment=frozenset({MAT}),
    stated_by={
        "position": article("H1"),
        "equipment": article("H1"),
        "laterality": derived("H3", note="both arms do the same"),
        "guidelines": article("P6"),
        "qualities": article("H16"),
        "focus": article("H16"),
        "coordination": derived("P1", note="breath, trunk, neck and shoulders work together"),
        "supported_limb": derived("P2", "H12", note="the elbows bear weight and steady the body"),
        "effort": article("H14"),
        "foundation_for": article("H15"),
    },
)
