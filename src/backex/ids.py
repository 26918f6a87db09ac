"""The identifiers: plain strings at run time, told apart by type checkers.

Every id is lowercase ASCII words and digits joined by single hyphens, at most 64 characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
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
    "closest",
    "suggestion",
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


def closest(name: str, names: Sequence[str]) -> str:
    """Return the question whether one of `names` was meant; empty where that is not clear.

    >>> closest("oblique-sitt", ["prone-head-raise", "oblique-sit"])
    'did you mean "oblique-sit"?'
    """
    if sum(each.startswith(name) for each in names) > 1:  # it could be the beginning of any
        return ""
    close = get_close_matches(name, names, n=1)
    return f'did you mean "{close[0]}"?' if close else ""


def suggestion(name: str, names: Sequence[str]) -> str:
    """Return the question whether one of `names` was meant, or else all that there are.

    >>> suggestion("squat", ["prone-head-raise", "oblique-sit"])
    'it has: prone-head-raise, oblique-sit'
    """
    return closest(name, names) or f"it has: {', '.join(names) or 'none'}"
