"""The kinds of documents: the classes that can stand at the root of one, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from backex import (
    anatomy,
    auditing,
    axes,
    conditions,
    criteria,
    decision,
    diagnostics,
    dose,
    events,
    exercise,
    ladders,
    latches,
    pacing,
    plan,
    playback,
    pose,
    posture,
    progression,
    provenance,
    quantities,
    routine,
    step,
    stopping,
    symptoms,
    timelines,
    training,
    variant,
    verification,
)
from backex.catalog import Catalog

__all__ = ["FORMAT", "KINDS", "kind_of", "name_of"]

#: The version of the format that is written and read.
FORMAT = 1

_CLASSES: tuple[type, ...] = (
    provenance.Source,
    quantities.Span,
    quantities.Mass,
    anatomy.Contact,
    posture.Cue,
    posture.PostureGuideline,
    training.QualityDefinition,
    training.Principle,
    training.Purpose,
    step.Motion,
    step.Effect,
    step.Target,
    step.Support,
    step.GuidelineReference,
    pose.JointAngle,
    step.Step,
    axes.SetText,
    axes.Put,
    axes.Remove,
    axes.Level,
    axes.LevelAxis,
    axes.LoadAxis,
    exercise.Exercise,
    progression.AddResistance,
    progression.ExtendArm,
    progression.ChangeReach,
    progression.AddLowerQuarter,
    progression.CustomProgression,
    variant.Variant,
    variant.Difference,
    dose.Dose,
    dose.Schedule,
    symptoms.SymptomReport,
    symptoms.Clearance,
    conditions.AtLeast,
    conditions.Worsened,
    conditions.RedFlagPresent,
    conditions.EvaluationWanted,
    conditions.AnyOf,
    conditions.AllOf,
    conditions.Persists,
    conditions.Calmed,
    conditions.Cleared,
    conditions.Occasion,
    decision.Finding,
    decision.Decision,
    latches.StoppingRule,
    latches.Latch,
    latches.RuleState,
    latches.Track,
    stopping.Tolerance,
    stopping.StoppingPolicy,
    stopping.Monitor,
    criteria.Completion,
    criteria.Completed,
    criteria.QualityAtLeast,
    criteria.EffortAtMost,
    criteria.SymptomAtMost,
    criteria.InARow,
    criteria.AllCriteria,
    criteria.AnyCriterion,
    ladders.Rung,
    ladders.Ladder,
    auditing.Audit,
    routine.Prescription,
    routine.Routine,
    pacing.Pacing,
    events.Prompt,
    events.Event,
    timelines.Timeline,
    playback.Playback,
    plan.Plan,
    plan.SessionRecord,
    plan.Change,
    plan.Next,
    diagnostics.Diagnostic,
    diagnostics.Report,
    verification.Verdict,
    Catalog,
)


def name_of(cls: type) -> str:
    """Return the name of a class as documents and schemas write it.

    >>> name_of(posture.PostureGuideline)
    'posture-guideline'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


_NAMES = {cls: name_of(cls) for cls in _CLASSES}

#: The class of each kind of document, by the kind's name.
KINDS: Mapping[str, type] = MappingProxyType({name: cls for cls, name in _NAMES.items()})


def kind_of(cls: type) -> str | None:
    """Return the name of the kind of document for a class, or None.

    >>> kind_of(routine.Routine), kind_of(routine.Sides)
    ('routine', None)
    """
    return _NAMES.get(cls)
