"""What faults are put into: sound values, drawn for each; and what faults are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from backex.anatomy import Contact, Limb, Movement, Region
from backex.axes import (
    Edit,
    LevelAxis,
    LoadAxis,
)
from backex.exercise import Exercise
from backex.ids import (
    CueId,
    EffectId,
    MotionId,
    SupportId,
)
from backex.plan import Plan
from backex.posture import Cue, Polarity, PostureGuideline
from backex.progression import CustomProgression, Progression
from backex.routine import Routine
from backex.step import Effect, Motion, Step, Support
from backex.strategies.drawing import (
    below,
    chance,
    inserted,
    name,
    names,
    pick,
    replaced,
    said,
)
from backex.strategies.exercises import (
    a_guideline,
    a_stance,
    a_variant,
    an_exercise,
    level_axis,
)
from backex.strategies.routines import a_routine
from backex.strategies.stances import Stance
from backex.validation import Checkable
from backex.variant import Variant, vary

__all__ = [
    "NEW",
    "REGIONS",
    "Injector",
    "bare_exercise",
    "contradictory",
    "cue_on",
    "doubled",
    "effect_of",
    "guideline_with",
    "held_somewhere",
    "in_a_plan",
    "lift_of",
    "move_to",
    "move_with",
    "moved",
    "reach_of",
    "sound_exercise",
    "sound_routine",
    "support_of",
    "violates",
    "with_axis",
    "with_cues",
    "with_edit",
    "with_step",
]

T = TypeVar("T")


Injector = Callable[[st.DrawFn], Checkable]


#: Once in so many times a fault stands alone, which Hypothesis draws more often, being simpler.
_PLACES = 6
#: Longer than any word that is drawn.
NEW = "added"


REGIONS = tuple(Region)


def violates(code: str, faults: dict[str, Injector]) -> Callable[[Injector], Injector]:
    """Enter a function into a table of faults: what it draws is wrong in the way of that code."""

    def kept(injector: Injector) -> Injector:
        faults[code] = injector
        return injector

    return kept


def sound_routine(
    draw: st.DrawFn, stance: Stance, *held: Variant, least: int = 0, most: int = 2
) -> Routine:
    """Draw a routine with `held` at drawn places among variants of other exercises."""
    count = least + below(draw, most - least + 1)
    taken = {each.exercise.id for each in held}
    others = [
        a_variant(draw, an_exercise(draw, stance, f"{id}-{NEW}" if id in taken else id))
        for id in names(draw, count)
    ]
    return a_routine(draw, stance, inserted(draw, others, *held), warnings=False)


def in_a_plan(draw: st.DrawFn, routine: Routine) -> Routine | Plan:
    """Draw what holds a routine: nothing, or a plan."""
    return Plan(routine=routine) if chance(draw) else routine


def held_somewhere(draw: st.DrawFn, stance: Stance, exercise: Exercise) -> Checkable:
    """Draw what holds an exercise: nothing, or a routine among others, or a plan with that."""
    if not below(draw, _PLACES):
        return exercise
    return in_a_plan(draw, sound_routine(draw, stance, vary(exercise)))


def moved(draw: st.DrawFn, stance: Stance, exercise: Exercise, *moves: Progression) -> Checkable:
    """Draw what holds a variant: nothing, or a routine among others, or a plan with that."""
    variant = vary(exercise, *moves)
    if not below(draw, _PLACES):
        return variant
    return in_a_plan(draw, sound_routine(draw, stance, variant))


def sound_exercise(draw: st.DrawFn) -> tuple[Stance, Exercise]:
    """Draw a stance, and an exercise that keeps to it."""
    stance = a_stance(draw)
    return stance, an_exercise(draw, stance, name(draw, ()))


def bare_exercise(draw: st.DrawFn) -> tuple[Stance, Exercise]:
    """Draw a sound exercise without a pose, and without anything that a pose might not fit."""
    stance, exercise = sound_exercise(draw)
    steps = (attrs.evolve(step, targets=(), pose=()) for step in exercise.steps)
    return stance, attrs.evolve(exercise, steps=tuple(steps), contacts=(), axes=())


def with_step(exercise: Exercise, index: int, step: Step) -> Exercise:
    """Return the exercise with another step at `index`."""
    return attrs.evolve(exercise, steps=replaced(exercise.steps, index, step))


def with_axis(draw: st.DrawFn, exercise: Exercise, axis: LevelAxis | LoadAxis) -> Exercise:
    """Return the exercise with one more axis, at a drawn place."""
    return attrs.evolve(exercise, axes=inserted(draw, exercise.axes, axis))


def move_to(axis: LevelAxis, *, at: int = 1) -> Progression:
    """Return the move to a level of an axis."""
    return CustomProgression(axis.id, axis.levels[at].id)


def move_with(axis: LevelAxis, edit: Edit) -> Progression:
    """Return the move to the level that makes an edit."""
    level = next(level for level in axis.levels if edit in level.edits)
    return CustomProgression(axis.id, level.id)


def cue_on(draw: st.DrawFn, id: str, polarity: Polarity, movement: Movement, region: Region) -> Cue:
    """Draw a cue."""
    return Cue(id=CueId(id), text=said(draw), polarity=polarity, movement=movement, region=region)


def contradictory(draw: st.DrawFn, stance: Stance) -> tuple[Cue, Cue]:
    """Draw two cues that contradict each other and none of the stance."""
    region = pick(draw, REGIONS)
    if chance(draw):
        one, other = pick(draw, stance.opposed)
        polarities = (Polarity.DO, Polarity.DO)
    else:
        one = other = pick(draw, stance.free)
        polarities = (Polarity.DO, Polarity.AVOID)
        if chance(draw):
            polarities = (Polarity.AVOID, Polarity.DO)
    movements = zip(polarities, (one, other), strict=True)
    first, second = (
        cue_on(draw, f"{NEW}-{index}", polarity, movement, region)
        for index, (polarity, movement) in enumerate(movements)
    )
    return first, second


def guideline_with(draw: st.DrawFn, stance: Stance, *cues: Cue) -> PostureGuideline:
    """Draw a sound guideline and put cues into it."""
    sound = a_guideline(draw, stance, f"{name(draw, ())}-{NEW}")
    return attrs.evolve(sound, cues=inserted(draw, sound.cues, *cues))


def with_cues(draw: st.DrawFn, exercise: Exercise, *cues: Cue) -> Exercise:
    """Return the exercise with cues in one of its steps."""
    at = below(draw, len(exercise.steps))
    step = exercise.steps[at]
    return with_step(exercise, at, attrs.evolve(step, cues=inserted(draw, step.cues, *cues)))


def with_edit(draw: st.DrawFn, exercise: Exercise, edit: Edit) -> tuple[Exercise, Progression]:
    """Return the exercise with an axis of which a level makes an edit, and the move there."""
    axis = level_axis(draw, exercise, NEW, [edit])
    return with_axis(draw, exercise, axis), move_with(axis, edit)


def support_of(id: str, contact: Contact, polarity: Polarity) -> Support:
    """Return what a contact does: bear weight, or not."""
    return Support(id=SupportId(f"{NEW}-{id}"), contact=contact, polarity=polarity)


def reach_of(draw: st.DrawFn, limb: Limb | None) -> Motion:
    """Draw a reach of a limb."""
    return Motion(id=MotionId(NEW), movement=Movement.REACH, region=pick(draw, REGIONS), limb=limb)


def lift_of(contact: Contact) -> Motion:
    """Return the motion that lifts a limb off the contact; of a foot more than its heel."""
    region = Region.LOWER_LIMB if contact.region is Region.FOOT else contact.region
    return Motion(id=MotionId(NEW), movement=Movement.LIFT, region=region, limb=contact.limb)


def doubled(draw: st.DrawFn, members: tuple[T, ...]) -> tuple[T, ...]:
    """Return `members` with one of them a second time, right behind itself."""
    at = below(draw, len(members))
    return (*members[:at], members[at], *members[at:])


def effect_of(draw: st.DrawFn, movement: Movement) -> Effect:
    """Draw what a step does by a movement."""
    return Effect(id=EffectId(NEW), text=said(draw), movement=movement, region=pick(draw, REGIONS))
