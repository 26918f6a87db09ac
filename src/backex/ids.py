"""The identifiers: plain strings at run time, told apart by type checkers.

Every id is lowercase ASCII words and digits joined by single hyphens, at most 64 characters.
"""

from __future__ import annotations

from typing import NewType

__all__ = [
    "AxisId",
    "CatalogId",
    "CueId",
    "EffectId",
    "ExerciseId",
    "GuidelineId",
    "LevelId",
    "MotionId",
    "PolicyId",
    "PrescriptionId",
    "PrincipleId",
    "PurposeId",
    "RoutineId",
    "RuleId",
    "SourceId",
    "StepId",
    "SupportId",
    "TargetId",
]

#: A document that values are taken from.
SourceId = NewType("SourceId", str)
#: A cue, unique within its guideline or step.
CueId = NewType("CueId", str)
#: A posture guideline.
GuidelineId = NewType("GuidelineId", str)
#: A training principle.
PrincipleId = NewType("PrincipleId", str)
#: A purpose, unique within its exercise.
PurposeId = NewType("PurposeId", str)
#: A motion, unique within its step.
MotionId = NewType("MotionId", str)
#: An effect, unique within its step.
EffectId = NewType("EffectId", str)
#: A target, unique within its step.
TargetId = NewType("TargetId", str)
#: A step, unique within its exercise.
StepId = NewType("StepId", str)
#: A support, unique within its exercise.
SupportId = NewType("SupportId", str)
#: An axis, unique within its exercise.
AxisId = NewType("AxisId", str)
#: A level, unique within its axis.
LevelId = NewType("LevelId", str)
#: An exercise.
ExerciseId = NewType("ExerciseId", str)
#: A prescription, unique within its routine.
PrescriptionId = NewType("PrescriptionId", str)
#: A routine.
RoutineId = NewType("RoutineId", str)
#: A stopping rule, unique within its policy.
RuleId = NewType("RuleId", str)
#: A stopping policy.
PolicyId = NewType("PolicyId", str)
#: A catalog of exercises.
CatalogId = NewType("CatalogId", str)
