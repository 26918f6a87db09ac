"""Faults of moves, and of the axes that they are made along."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from hypothesis import strategies as st

from backex.anatomy import Contact, Limb, Movement, Phase
from backex.axes import (
    BUILT_IN_AXES,
    RESISTANCE,
    SUPPORT,
    Edit,
    Level,
    LevelAxis,
    LoadAxis,
    PartKind,
    Put,
    Remove,
    SetText,
)
from backex.exercise import Exercise
from backex.ids import (
    AxisId,
    LevelId,
    StepId,
)
from backex.posture import Polarity
from backex.progression import CustomProgression, Progression
from backex.quantities import Mass
from backex.step import Motion
from backex.strategies.drawing import (
    below,
    chance,
    inserted,
    name,
    pick,
    replaced,
    said,
)
from backex.strategies.exercises import (
    a_variant,
    level_axis,
)
from backex.strategies.faults.sound import (
    NEW,
    Injector,
    contradictory,
    effect_of,
    guideline_with,
    held_somewhere,
    lift_of,
    move_to,
    move_with,
    moved,
    reach_of,
    sound_exercise,
    support_of,
    violates,
    with_axis,
    with_edit,
    with_step,
)
from backex.validation import Checkable

__all__ = ["FAULTS"]

#: What makes a value wrong in exactly the way of a code.
FAULTS: dict[str, Injector] = {}


@violates("BX317", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    one, other = contradictory(draw, stance)
    step = pick(draw, exercise.steps)
    if chance(draw):
        guideline = guideline_with(draw, stance, one)
        guided = inserted(draw, exercise.guidelines, guideline)
        exercise = attrs.evolve(exercise, guidelines=guided)
    else:
        at = exercise.steps.index(step)
        cues = inserted(draw, step.cues, one)
        exercise = with_step(exercise, at, attrs.evolve(step, cues=cues))
    exercise, move = with_edit(draw, exercise, Put(part=other, step=step.id))
    return moved(draw, stance, exercise, move)


@violates("BX321", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    contact = pick(draw, stance.untouched)
    polarities = [Polarity.DO, Polarity.AVOID]
    if chance(draw):
        polarities.reverse()
    there, put = (support_of(id, contact, each) for id, each in zip("ab", polarities, strict=True))
    contacts = inserted(draw, exercise.contacts, there)
    exercise = attrs.evolve(exercise, contacts=contacts)
    exercise, move = with_edit(draw, exercise, Put(part=put))
    return moved(draw, stance, exercise, move)


def _leaving(draw: st.DrawFn, leave: Callable[[Contact], Motion]) -> Checkable:
    """Draw an exercise with a move that adds how a limb leaves the floor while it bears weight."""
    stance, exercise = sound_exercise(draw)
    contact = pick(draw, [each for each in stance.bearing if each.limb is not None])
    step = pick(draw, exercise.steps)
    phases = frozenset({step.phase}) if chance(draw) else frozenset[Phase]()
    bears = attrs.evolve(support_of("a", contact, Polarity.DO), phases=phases)
    contacts = inserted(draw, exercise.contacts, bears)
    leaving = Put(part=leave(contact), step=step.id)
    faulty, move = with_edit(draw, attrs.evolve(exercise, contacts=contacts), leaving)
    return moved(draw, stance, faulty, move)


@violates("BX306", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    return _leaving(draw, lambda contact: reach_of(draw, contact.limb))


@violates("BX330", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    return _leaving(draw, lift_of)


@violates("BX325", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    shift, contact = effect_of(draw, Movement.WEIGHT_SHIFT), pick(draw, stance.untouched)
    if chance(draw):
        shift = attrs.evolve(shift, load_from=contact)
    else:
        shift = attrs.evolve(shift, load_to=contact)
    at = below(draw, len(exercise.steps))
    step = exercise.steps[at]
    if chance(draw):
        exercise, move = with_edit(draw, exercise, Put(part=shift, step=step.id))
        return moved(draw, stance, exercise, move)
    step = attrs.evolve(step, effects=inserted(draw, step.effects, shift))
    return moved(draw, stance, with_step(exercise, at, step))


@violates("BX326", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    bears = support_of("a", pick(draw, stance.bearing), Polarity.DO)
    contacts = inserted(draw, exercise.contacts, bears)
    edits = [
        Remove(kind=PartKind.SUPPORT, id=each.id)
        for each in contacts
        if each.polarity is Polarity.DO
    ]
    axis = level_axis(draw, exercise, NEW, edits)
    faulty = with_axis(draw, attrs.evolve(exercise, contacts=contacts), axis)
    return moved(draw, stance, faulty, move_with(axis, edits[0]))


@violates("BX301", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    place: LevelId | Mass = LevelId(name(draw, ()))
    if chance(draw):
        place = Mass(1 + below(draw, 5000))
    unknown = CustomProgression(AxisId(f"{name(draw, ())}-{NEW}"), place)
    return moved(draw, stance, exercise, *_applying(draw, exercise), unknown)


def _applying(draw: st.DrawFn, exercise: Exercise) -> tuple[Progression, ...]:
    return a_variant(draw, exercise).progressions


@violates("BX302", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    axis = level_axis(draw, exercise, NEW, least=3)
    moves = [move_to(axis, at=at) for at in range(1, 2 + 1)]
    others = _applying(draw, exercise)
    return moved(draw, stance, with_axis(draw, exercise, axis), *others, *moves)


@violates("BX303", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    axis = _load_axis(draw, exercise) if chance(draw) else level_axis(draw, exercise, NEW)
    others = _applying(draw, exercise)
    nowhere = CustomProgression(axis.id, LevelId(f"{name(draw, ())}-{NEW}"))
    if isinstance(axis, LevelAxis) and chance(draw):
        nowhere = CustomProgression(axis.id, Mass(1 + below(draw, 5000)))
    return moved(draw, stance, with_axis(draw, exercise, axis), *others, nowhere)


def _load_axis(draw: st.DrawFn, exercise: Exercise, *edits: Edit) -> LoadAxis:
    increment = 2 + below(draw, 999)
    own = (Put(part=effect_of(draw, Movement.STRETCH), step=exercise.steps[0].id),)
    return LoadAxis(
        id=AxisId(NEW),
        name=said(draw),
        limb=Limb.BOTH_ARMS,
        increment_grams=increment,
        maximum_grams=increment * (1 + below(draw, 5)),
        edits=edits or own,
    )


@violates("BX304", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    axis = _load_axis(draw, exercise)
    grams = (axis.maximum_grams or 0) + axis.increment_grams
    if chance(draw):
        grams = 1 + below(draw, axis.increment_grams - 1)
    move = CustomProgression(axis.id, Mass(grams))
    others = _applying(draw, exercise)
    return moved(draw, stance, with_axis(draw, exercise, axis), *others, move)


def _at_free_slot(draw: st.DrawFn, exercise: Exercise) -> tuple[Put, Put]:
    """Return two edits of one slot that nothing else writes."""
    step = pick(draw, exercise.steps)
    effect = effect_of(draw, Movement.STRETCH)
    other = attrs.evolve(effect, text=f"{effect.text} {said(draw)}")
    return Put(part=effect, step=step.id), Put(part=other, step=step.id)


@violates("BX305", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    edit, other = _at_free_slot(draw, exercise)
    one: LevelAxis | LoadAxis = level_axis(draw, exercise, f"{NEW}-1", [edit])
    if chance(draw):
        one = _load_axis(draw, exercise, edit)
    two = level_axis(draw, exercise, f"{NEW}-2", [other])
    axes = inserted(draw, exercise.axes, one, two)
    return held_somewhere(draw, stance, attrs.evolve(exercise, axes=axes))


@violates("BX318", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    edits = _at_free_slot(draw, exercise)
    axis: LevelAxis | LoadAxis = level_axis(draw, exercise, NEW, edits)
    if chance(draw):
        axis = _load_axis(draw, exercise, *edits)
    return held_somewhere(draw, stance, with_axis(draw, exercise, axis))


@violates("BX312", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    missing = StepId(f"{name(draw, ())}-{NEW}")
    match below(draw, 4):
        case 0:
            edit: Edit = SetText(step=missing, text=said(draw))
        case 1:
            edit = Put(part=effect_of(draw, Movement.STRETCH), step=missing)
        case 2:
            kinds = [kind for kind in PartKind if kind is not PartKind.SUPPORT]
            step = pick(draw, exercise.steps)
            edit = Remove(kind=pick(draw, kinds), id=NEW, step=step.id)
        case _:
            edit = Remove(kind=PartKind.SUPPORT, id=NEW)
    axis: LevelAxis | LoadAxis = level_axis(draw, exercise, NEW, [edit])
    if chance(draw):
        axis = _load_axis(draw, exercise, edit)
    return held_somewhere(draw, stance, with_axis(draw, exercise, axis))


@violates("BX313", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    id = pick(draw, sorted(BUILT_IN_AXES))
    axis: LevelAxis | LoadAxis = attrs.evolve(_load_axis(draw, exercise), id=id)
    if id == RESISTANCE or (id == SUPPORT and chance(draw)):
        axis = level_axis(draw, exercise, id)
    others = tuple(each for each in exercise.axes if each.id != id)
    return held_somewhere(draw, stance, with_axis(draw, attrs.evolve(exercise, axes=others), axis))


def _with_levels(
    draw: st.DrawFn, exercise: Exercise, levels: Callable[[tuple[Level, ...]], tuple[Level, ...]]
) -> Exercise:
    """Return the exercise with an axis more, whose levels are changed."""
    axis = level_axis(draw, exercise, NEW)
    return with_axis(draw, exercise, attrs.evolve(axis, levels=levels(axis.levels)))


@violates("BX310", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)

    def circling(levels: tuple[Level, ...]) -> tuple[Level, ...]:
        first = below(draw, len(levels))
        circle = levels[first:]
        above = zip(circle, (*circle[1:], circle[0]), strict=True)
        harder = (attrs.evolve(one, exceeds=frozenset({other.id})) for one, other in above)
        return (*levels[:first], *harder)

    return held_somewhere(draw, stance, _with_levels(draw, exercise, circling))


@violates("BX311", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    missing = frozenset({LevelId(f"{name(draw, ())}-{NEW}")})

    def above_nothing(levels: tuple[Level, ...]) -> tuple[Level, ...]:
        at = below(draw, len(levels))
        return replaced(levels, at, attrs.evolve(levels[at], exceeds=missing))

    return held_somewhere(draw, stance, _with_levels(draw, exercise, above_nothing))


@violates("BX319", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)

    def doubled(levels: tuple[Level, ...]) -> tuple[Level, ...]:
        again = attrs.evolve(pick(draw, levels[1:]), name=said(draw))
        at = 1 + below(draw, len(levels))
        return (*levels[:at], again, *levels[at:])

    return held_somewhere(draw, stance, _with_levels(draw, exercise, doubled))


@violates("BX320", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    edit, _ = _at_free_slot(draw, exercise)

    def editing(levels: tuple[Level, ...]) -> tuple[Level, ...]:
        return replaced(levels, 0, attrs.evolve(levels[0], edits=(edit,)))

    return held_somewhere(draw, stance, _with_levels(draw, exercise, editing))


@violates("BX327", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)

    def idle(levels: tuple[Level, ...]) -> tuple[Level, ...]:
        at = 1 + below(draw, len(levels) - 1)
        return replaced(levels, at, attrs.evolve(levels[at], edits=()))

    if chance(draw):
        axis = attrs.evolve(_load_axis(draw, exercise), edits=())
        return held_somewhere(draw, stance, with_axis(draw, exercise, axis))
    return held_somewhere(draw, stance, _with_levels(draw, exercise, idle))


@violates("BX328", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    axis = _load_axis(draw, exercise)
    axis = attrs.evolve(axis, maximum_grams=1 + below(draw, axis.increment_grams - 1))
    return held_somewhere(draw, stance, with_axis(draw, exercise, axis))


@violates("BX329", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    loads = chance(draw)
    word = "mass" if not loads and chance(draw) else f"{name(draw, ())}_{NEW}"
    text = f"{said(draw)} {{{word}}} {said(draw)}"
    step = pick(draw, exercise.steps)
    part = attrs.evolve(effect_of(draw, Movement.STRETCH), text=text)
    edit: Edit = Put(part=part, step=step.id)
    if loads:
        axis: LevelAxis | LoadAxis = _load_axis(draw, exercise, edit)
    else:
        axis = level_axis(draw, exercise, NEW, [edit])
    return held_somewhere(draw, stance, with_axis(draw, exercise, axis))
