"""The All-Fours Rotation: on the knees and one arm, the chest turns up toward the ceiling."""

from __future__ import annotations

from backex.anatomy import (
    Contact,
    Direction,
    Laterality,
    Limb,
    Movement,
    Phase,
    Position,
    Region,
)
from backex.catalog.building import avoid, bears, do, motion, stands, step
from backex.catalog.upper_back.posture import UPPER_QUARTER_POSTURE, shoulders_as_guided
from backex.exercise import MAT, Exercise
from backex.ids import ExerciseId, PurposeId
from backex.references import article, derived, library_default
from backex.training import Coordination, Purpose, TrainingQuality

__all__ = ["ALL_FOURS_ROTATION"]

_SPARED_LOW_BACK = "If the low back turns along, it is stretched in place of the upper back."

_ARM, _SUPPORT = Limb.MOVING_ARM, Limb.SUPPORTING_ARM
_BEARING = derived("A7", note="one straight arm bears the upper body")
_ON_THE_SHOULDER = derived("A4", note="the hand on the front of the other shoulder")
_FACING_DOWN = (
    *stands(Region.PELVIS, flexion=-14),
    *stands(Region.HIP, Limb.BOTH_LEGS, flexion=76),
    *stands(Region.LUMBAR_SPINE, rotation=0),
    *stands(Region.THORACIC_SPINE, rotation=0),
    *stands(Region.CERVICAL_SPINE, rotation=0),
    *stands(Region.SHOULDER_GIRDLE, _ARM, protraction=0),
    *stands(Region.SHOULDER, _SUPPORT, elevation=76, plane_of_elevation=90, internal_rotation=0),
    *stands(Region.FOREARM, _SUPPORT, supination=-90),
    *stands(Region.WRIST, _SUPPORT, flexion=-90),
)

#: On hands and knees, one hand on the opposite shoulder, turn the chest up toward the ceiling.
ALL_FOURS_ROTATION = Exercise(
    id=ExerciseId("all-fours-rotation"),
    name="All-Fours Rotation",
    position=Position.QUADRUPED,
    laterality=Laterality.UNILATERAL,
    both_sides_required=True,
    steps=(
        step(
            "hands-and-knees",
            Phase.SETUP,
            "Get down on hands and knees, on the bare ground or on a mat.",
            article("A1"),
            do(
                "spine-at-ease",
                "Let the spine be fairly loose.",
                Movement.RELAXATION,
                Region.SPINE,
                article("A2"),
            ),
            do(
                "spine-straight",
                "Let the spine be fairly straight.",
                Movement.NEUTRAL_ALIGNMENT,
                Region.SPINE,
                article("A2"),
            ),
            *shoulders_as_guided(article("A3")),
            *_FACING_DOWN,
        ),
        step(
            "hand-to-shoulder",
            Phase.PREPARE,
            "Take one hand off the ground, bring it over the chest and lay it on the front of the "
            "other shoulder.",
            article("A4"),
            motion(
                "hand-off",
                Movement.LIFT,
                Region.HAND,
                article("A4"),
                limb=Limb.MOVING_ARM,
                direction=Direction.UPWARD,
            ),
            motion(
                "across",
                Movement.REACH,
                Region.UPPER_LIMB,
                article("A4"),
                limb=Limb.MOVING_ARM,
                direction=Direction.ACROSS,
            ),
            motion(
                "on-shoulder",
                Movement.PLACEMENT,
                Region.HAND,
                article("A4"),
                limb=Limb.MOVING_ARM,
                toward=Region.SHOULDER,
            ),
            *stands(
                Region.SHOULDER, _ARM, elevation=43, plane_of_elevation=113, internal_rotation=84
            ),
            *stands(Region.ELBOW, _ARM, flexion=131),
            *stands(Region.FOREARM, _ARM, supination=-20),
            *stands(Region.WRIST, _ARM, flexion=44),
        ),
        step(
            "turn-up",
            Phase.MOVE,
            "Turn chest, upper spine and shoulder up to the ceiling.",
            article("A5"),
            motion(
                "chest-turns",
                Movement.ROTATION_UPWARD,
                Region.CHEST,
                article("A5"),
                direction=Direction.UPWARD,
            ),
            motion(
                "thorax-turns",
                Movement.ROTATION_UPWARD,
                Region.THORACIC_SPINE,
                article("A5"),
                direction=Direction.UPWARD,
            ),
            motion(
                "shoulder-turns",
                Movement.ROTATION_UPWARD,
                Region.SHOULDER,
                article("A5"),
                limb=Limb.MOVING_ARM,
                direction=Direction.UPWARD,
            ),
            *stands(Region.THORACIC_SPINE, rotation=-38),
            *stands(Region.LUMBAR_SPINE, rotation=-4),
            *stands(Region.CERVICAL_SPINE, rotation=-15),
            *stands(Region.SHOULDER_GIRDLE, _ARM, protraction=-12),
            *stands(Region.PELVIS, flexion=-27),
            *stands(Region.HIP, Limb.BOTH_LEGS, flexion=63),
            *stands(
                Region.SHOULDER,
                _SUPPORT,
                elevation=63,
                plane_of_elevation=46,
                internal_rotation=-16,
            ),
            *stands(Region.FOREARM, _SUPPORT, supination=-58),
            *stands(Region.WRIST, _SUPPORT, flexion=-84),
            do(
                "bear-on-straight-arm",
                "Bear the upper body on the other hand, its arm straight.",
                Movement.EXTENSION,
                Region.ELBOW,
                article("A7"),
            ),
            do(
                "low-back-still",
                "Leave the low back about straight and neutral.",
                Movement.NEUTRAL_ALIGNMENT,
                Region.LUMBAR_SPINE,
                article("A8", "A9"),
                reason=_SPARED_LOW_BACK,
            ),
            do(
                "pelvis-still",
                "Leave the pelvis about straight and neutral.",
                Movement.NEUTRAL_ALIGNMENT,
                Region.PELVIS,
                article("A8", "A9"),
                reason=_SPARED_LOW_BACK,
            ),
            avoid(
                "no-low-back-turn",
                "Don't let the turn come from the low back.",
                Movement.ROTATION_UPWARD,
                Region.LUMBAR_SPINE,
                article("A9"),
                reason=_SPARED_LOW_BACK,
            ),
        ),
        step(
            "turn-back",
            Phase.RETURN,
            "Turn back slowly until the chest faces the ground.",
            library_default("the article describes no way back; slowly is the safe one"),
            motion(
                "chest-back",
                Movement.ROTATION,
                Region.CHEST,
                library_default("undoes the turn"),
                direction=Direction.DOWNWARD,
            ),
            *_FACING_DOWN,
        ),
    ),
    contacts=(
        bears("hands", Contact(Region.HAND, Limb.BOTH_ARMS), article("A1"), Phase.SETUP),
        bears("knees", Contact(Region.KNEE, Limb.BOTH_LEGS), article("A1")),
        bears(
            "supporting-hand",
            Contact(Region.HAND, Limb.SUPPORTING_ARM),
            article("A7")
            + library_default("also on the way back, which the article does not describe"),
            Phase.PREPARE,
            Phase.MOVE,
            Phase.RETURN,
        ),
    ),
    guidelines=(UPPER_QUARTER_POSTURE,),
    purposes=(
        Purpose(
            id=PurposeId("upper-back-stretch"),
            text="Stretches across the upper back by turning it.",
            trains=frozenset({TrainingQuality.FLEXIBILITY}),
            region=Region.UPPER_BACK,
            sources=article("A6"),
        ),
    ),
    qualities=frozenset({TrainingQuality.FLEXIBILITY, TrainingQuality.STABILIZATION}),
    focus=frozenset({Region.UPPER_BACK}),
    coordination=Coordination.COORDINATED,
    supported_limb=True,
    optional_equipment=frozenset({MAT}),
    stated_by={
        "position": article("A1"),
        "optional_equipment": article("A1"),
        "laterality": article("A4"),
        "both_sides_required": article("A10"),
        "guidelines": article("P6"),
        "qualities": article("A6") + derived("R1", note="one of the exercises it speaks of"),
        "focus": article("A6"),
        "coordination": derived("P1", note="trunk, shoulders and arms work together"),
        "supported_limb": derived("P2", "A7", note="one arm bears the upper body"),
    },
)
