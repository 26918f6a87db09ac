"""Faults of exercises."""

from __future__ import annotations

from typing import Any, TypeVar

import attrs
from hypothesis import strategies as st

from backex.anatomy import Degree, Movement, Phase, Region
from backex.ids import (
    CueId,
    GuidelineId,
    MotionId,
    PurposeId,
    StepId,
    TargetId,
)
from backex.pose import Freedom, JointAngle
from backex.posture import Cue, EffortLevel, Polarity
from backex.quantities import Span, Unit
from backex.step import GuidelineReference, Motion, Step, Target
from backex.strategies.drawing import (
    below,
    chance,
    inserted,
    name,
    pick,
    said,
)
from backex.strategies.exercises import (
    level_axis,
)
from backex.strategies.faults.sound import (
    NEW,
    REGIONS,
    Injector,
    bare_exercise,
    cue_on,
    doubled,
    effect_of,
    held_somewhere,
    lift_of,
    reach_of,
    sound_exercise,
    support_of,
    violates,
    with_step,
)
from backex.training import Purpose, TrainingQuality
from backex.validation import Checkable

__all__ = ["FAULTS"]

#: What makes a value wrong in exactly the way of a code.
FAULTS: dict[str, Injector] = {}

_Moving = TypeVar("_Moving", Motion, Cue)

_PHASES = tuple(Phase)


#: Those that need no more than a text.
_PASSING = tuple(phase for phase in Phase if phase is not Phase.HOLD)


@violates("BX201", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    steps = tuple(
        attrs.evolve(step, phase=Phase.PREPARE) if step.phase is Phase.SETUP else step
        for step in exercise.steps
    )
    return held_somewhere(draw, stance, attrs.evolve(exercise, steps=steps))


@violates("BX202", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    at = 1 + below(draw, len(exercise.steps))
    later = pick(draw, _PASSING[1:])
    earlier = _PASSING[below(draw, _PASSING.index(later))]
    added = tuple(
        Step(id=StepId(f"{NEW}-{number}"), phase=phase, text=said(draw))
        for number, phase in enumerate((later, earlier))
    )
    steps = (*exercise.steps[:at], *added, *exercise.steps[at:])
    return held_somewhere(draw, stance, attrs.evolve(exercise, steps=steps))


@violates("BX203", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    contact = pick(draw, stance.untouched)
    phases = frozenset({pick(draw, _PHASES)}) if chance(draw) else frozenset[Phase]()
    bears = support_of("a", contact, Polarity.DO)
    spares = attrs.evolve(support_of("b", contact, Polarity.AVOID), phases=phases)
    contacts = inserted(draw, exercise.contacts, bears, spares)
    return held_somewhere(draw, stance, attrs.evolve(exercise, contacts=contacts))


@violates("BX204", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    match below(draw, 4):
        case 0:
            twice: dict[str, Any] = {"steps": doubled(draw, exercise.steps)}
        case 1:
            contacts = doubled(draw, (support_of("a", stance.untouched[0], Polarity.DO),))
            twice = {"contacts": inserted(draw, exercise.contacts, *contacts)}
        case 2:
            purposes = doubled(draw, (_purpose(draw),))
            twice = {"purposes": inserted(draw, exercise.purposes, *purposes)}
        case _:
            axes = [level_axis(draw, exercise, NEW, written=f"{NEW}-{each}") for each in "ab"]
            twice = {"axes": inserted(draw, exercise.axes, *axes)}
    return held_somewhere(draw, stance, attrs.evolve(exercise, **twice))


def _purpose(draw: st.DrawFn, *together_with: PurposeId) -> Purpose:
    return Purpose(
        id=PurposeId(NEW),
        text=said(draw),
        trains=frozenset({TrainingQuality.STABILIZATION}),
        region=pick(draw, REGIONS),
        together_with=frozenset(together_with),
    )


@violates("BX205", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    at = below(draw, len(exercise.steps))
    step = exercise.steps[at]
    movement, region = pick(draw, stance.free), pick(draw, REGIONS)
    match below(draw, 5):
        case 0:
            motions = 2 * (Motion(id=MotionId(NEW), movement=movement, region=region),)
            step = attrs.evolve(step, motions=inserted(draw, step.motions, *motions))
        case 1:
            cues = 2 * (cue_on(draw, NEW, Polarity.DO, movement, region),)
            step = attrs.evolve(step, cues=inserted(draw, step.cues, *cues))
        case 2:
            effects = 2 * (effect_of(draw, movement),)
            step = attrs.evolve(step, effects=inserted(draw, step.effects, *effects))
        case 3:
            stance, exercise = bare_exercise(draw)
            at = below(draw, len(exercise.steps))
            step = exercise.steps[at]
            angle = JointAngle(
                joint=Region.PELVIS, freedom=Freedom.ROTATION, degrees=below(draw, 9)
            )
            step = attrs.evolve(step, pose=inserted(draw, step.pose, angle, angle))
        case _:
            target = Target(
                id=TargetId(NEW),
                movement=movement,
                # No pose tells how high the eyes are.
                region=Region.EYES,
                span=Span.of(1 + below(draw, 9)),
                unit=Unit.CENTIMETRE,
                approximate=chance(draw),
            )
            step = attrs.evolve(step, targets=inserted(draw, step.targets, target, target))
    return held_somewhere(draw, stance, with_step(exercise, at, step))


@violates("BX206", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    at = below(draw, len(exercise.steps))
    step = exercise.steps[at]
    known = [str(each.id) for each in exercise.guidelines]
    reference = GuidelineReference(
        guideline=GuidelineId(pick(draw, [*known, NEW])), cue=CueId(f"{name(draw, ())}-{NEW}")
    )
    references = inserted(draw, step.guideline_cues, reference)
    faulty = with_step(exercise, at, attrs.evolve(step, guideline_cues=references))
    return held_somewhere(draw, stance, faulty)


@violates("BX207", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    contact = pick(draw, [each for each in stance.bearing if each.limb is not None])
    leaving = reach_of(draw, contact.limb) if chance(draw) else lift_of(contact)
    contacts = inserted(draw, exercise.contacts, support_of("a", contact, Polarity.DO))
    at = below(draw, len(exercise.steps))
    step = exercise.steps[at]
    step = attrs.evolve(step, motions=inserted(draw, step.motions, leaving))
    faulty = attrs.evolve(with_step(exercise, at, step), contacts=contacts)
    return held_somewhere(draw, stance, faulty)


#: More than a whole turn, and longer than any body is tall.
_FAR = 361


@violates("BX208", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    at = below(draw, len(exercise.steps))
    step = exercise.steps[at]
    target = Target(
        id=TargetId(NEW),
        movement=pick(draw, stance.free),
        region=pick(draw, REGIONS),
        span=Span.of((-1 if chance(draw) else 1) * (_FAR + below(draw, 999))),
        unit=pick(draw, (Unit.DEGREE, Unit.CENTIMETRE, Unit.INCH)),
        approximate=chance(draw),
    )
    step = attrs.evolve(step, targets=inserted(draw, step.targets, target))
    return held_somewhere(draw, stance, with_step(exercise, at, step))


@violates("BX209", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    one, other = pick(draw, stance.opposed)
    instead = {Movement.DIAPHRAGMATIC_BREATHING: one, Movement.BREATH_HOLDING: other}

    def breathless(parts: tuple[_Moving, ...]) -> tuple[_Moving, ...]:
        return tuple(
            attrs.evolve(part, movement=instead.get(part.movement, part.movement)) for part in parts
        )

    steps = (
        attrs.evolve(
            step,
            phase=min(step.phase, Phase.HOLD),
            motions=breathless(step.motions),
            cues=breathless(step.cues),
        )
        for step in exercise.steps
    )
    hold = Step(id=StepId(NEW), phase=Phase.HOLD, text=said(draw))
    guidelines = (attrs.evolve(each, cues=breathless(each.cues)) for each in exercise.guidelines)
    faulty = attrs.evolve(exercise, steps=(*steps, hold), guidelines=tuple(guidelines))
    return held_somewhere(draw, stance, faulty)


@violates("BX210", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    missing = f"{name(draw, ())}-{NEW}"
    if chance(draw):
        purpose = _purpose(draw, PurposeId(missing))
        faulty = attrs.evolve(exercise, purposes=inserted(draw, exercise.purposes, purpose))
    else:
        at = below(draw, len(exercise.steps))
        step = attrs.evolve(exercise.steps[at], during=StepId(missing))
        faulty = with_step(exercise, at, step)
    return held_somewhere(draw, stance, faulty)


#: What is no low effort where it is marked.
_WORK = (Movement.PRESS, Movement.PULL, Movement.GRIP, Movement.ABDOMINAL_BRACING)


@violates("BX211", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    at = below(draw, len(exercise.steps))
    step, region = exercise.steps[at], pick(draw, REGIONS)
    # What a motion does contradicts no cue.
    askable = [each for each in _WORK if each in {*stance.asked, *stance.free}]
    if askable and chance(draw):
        cue = cue_on(draw, NEW, Polarity.DO, pick(draw, askable), region)
        cue = attrs.evolve(cue, degree=Degree.MARKED)
        step = attrs.evolve(step, cues=inserted(draw, step.cues, cue))
    else:
        motion = Motion(id=MotionId(NEW), movement=pick(draw, _WORK), region=region)
        motion = attrs.evolve(motion, degree=Degree.MARKED)
        step = attrs.evolve(step, motions=inserted(draw, step.motions, motion))
    faulty = attrs.evolve(with_step(exercise, at, step), effort=EffortLevel.LOW)
    return held_somewhere(draw, stance, faulty)
