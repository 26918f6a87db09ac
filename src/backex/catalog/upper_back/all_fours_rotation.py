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
from backex.catalog.building import avoid, bears, do, motion, step
from backex.catalog.upper_back.posture import UPPER_QUARTER_POSTURE, shoulders_as_guided
from backex.exercise import MAT, Exercise
from backex.ids import ExerciseId, PurposeId
from backex.references import article, derived, library_default
from backex.training import Coordination, Purpose, TrainingQuality

__all__ = ["ALL_FOURS_ROTATION"]

_SPARED_LOW_BACK = "If the low back turns along, it is stretched in place of the upper back."

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
