"""Faults of posture guidelines and cues."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from backex.anatomy import Degree
from backex.posture import Cue, EffortLevel, Polarity, PostureGuideline
from backex.strategies.drawing import (
    chance,
    inserted,
    name,
    pick,
    said,
)
from backex.strategies.exercises import (
    a_stance,
    an_exercise,
)
from backex.strategies.faults.sound import (
    NEW,
    REGIONS,
    Injector,
    contradictory,
    cue_on,
    guideline_with,
    held_somewhere,
    in_a_plan,
    sound_exercise,
    sound_routine,
    violates,
    with_cues,
)
from backex.strategies.stances import Stance
from backex.validation import Checkable
from backex.variant import vary

__all__ = ["FAULTS"]

#: What makes a value wrong in exactly the way of a code.
FAULTS: dict[str, Injector] = {}


def _guided(draw: st.DrawFn, stance: Stance, guideline: PostureGuideline) -> Checkable:
    """Draw what holds a guideline: nothing, an exercise, or a routine."""
    if not chance(draw):
        return guideline
    exercise = an_exercise(draw, stance, name(draw, ()))
    if chance(draw):
        guidelines = inserted(draw, exercise.guidelines, guideline)
        return held_somewhere(draw, stance, attrs.evolve(exercise, guidelines=guidelines))
    routine = sound_routine(draw, stance, vary(exercise))
    return in_a_plan(draw, attrs.evolve(routine, guideline=guideline))


@violates("BX101", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance = a_stance(draw)
    return _guided(draw, stance, guideline_with(draw, stance, *contradictory(draw, stance)))


@violates("BX104", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance = a_stance(draw)
    guideline = guideline_with(draw, stance, cue := _free_cue(draw, stance))
    again = attrs.evolve(cue, text=said(draw))
    return _guided(
        draw, stance, attrs.evolve(guideline, cues=inserted(draw, guideline.cues, again))
    )


def _free_cue(draw: st.DrawFn, stance: Stance) -> Cue:
    return contradictory(draw, stance)[0]


@violates("BX102", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    return held_somewhere(draw, stance, with_cues(draw, exercise, *contradictory(draw, stance)))


@violates("BX103", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    one, other = contradictory(draw, stance)
    guidelines = inserted(draw, exercise.guidelines, guideline_with(draw, stance, one))
    faulty = attrs.evolve(with_cues(draw, exercise, other), guidelines=guidelines)
    return held_somewhere(draw, stance, faulty)


@violates("BX105", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance = a_stance(draw)
    # What has an opposite takes effort.
    movement, _ = pick(draw, stance.opposed)
    cue = cue_on(draw, NEW, Polarity.DO, movement, pick(draw, REGIONS))
    guideline = guideline_with(draw, stance, attrs.evolve(cue, degree=Degree.MARKED))
    return _guided(draw, stance, attrs.evolve(guideline, effort=EffortLevel.LOW))
