"""What the article says of training as a whole."""

from __future__ import annotations

from backex.anatomy import Region
from backex.ids import PrincipleId
from backex.references import article
from backex.training import Coordination, Principle, QualityDefinition, TrainingQuality

__all__ = ["DEFINITIONS", "PRINCIPLES"]

#: What the training qualities mean for the upper back.
DEFINITIONS = (
    QualityDefinition(
        quality=TrainingQuality.STABILIZATION,
        region=Region.UPPER_BACK,
        text="Keeping charge of how the upper back is held and moves while the whole body moves.",
        sources=article("P4"),
    ),
)

#: What a routine for the upper back should give room to.
PRINCIPLES = (
    Principle(
        id=PrincipleId("coordinated-patterns"),
        text="Train natural movements of the whole body; common lifting singles out a few muscles.",
        coordination=Coordination.COORDINATED,
        sources=article("P1"),
    ),
    Principle(
        id=PrincipleId("supported-limbs"),
        text=(
            "Let the arms bear weight and steady the body, so that the upper back learns to move "
            "and to be controlled; common lifting loads the arms in motions that are not natural."
        ),
        region=Region.UPPER_BACK,
        advises=frozenset({TrainingQuality.MOBILITY, TrainingQuality.CONTROL}),
        supported_limb=True,
        sources=article("P2"),
    ),
    Principle(
        id=PrincipleId("stabilization-besides-lifting"),
        text=(
            "Lifting weights is no fault, but a routine of nothing else leaves stabilization out, "
            "which the upper back is said to need to move well, be strong and stay uninjured."
        ),
        region=Region.UPPER_BACK,
        advises=frozenset({TrainingQuality.STABILIZATION}),
        serves=frozenset(
            {
                TrainingQuality.MOBILITY,
                TrainingQuality.STRENGTH,
                TrainingQuality.INJURY_PREVENTION,
            }
        ),
        sources=article("P3"),
    ),
    Principle(
        id=PrincipleId("part-of-the-general-routine"),
        text=(
            "Give exercises of this kind a place in what you do anyway, to train stabilization, "
            "endurance and control."
        ),
        region=Region.UPPER_BACK,
        advises=frozenset(
            {
                TrainingQuality.STABILIZATION,
                TrainingQuality.ENDURANCE,
                TrainingQuality.CONTROL,
            }
        ),
        sources=article("R1"),
    ),
)
