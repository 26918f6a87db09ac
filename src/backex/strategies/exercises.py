"""Sound guidelines, exercises, axes and variants, drawn whole.

The functions that take `draw` build one value each and are what the public strategies and the
faults are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import attrs
from hypothesis import strategies as st

from backex.anatomy import (
    Degree,
    Direction,
    Laterality,
    Limb,
    Movement,
    Phase,
    Position,
    Region,
    View,
)
from backex.axes import (
    BUILT_IN_AXES,
    LOWER_QUARTER,
    PART_KINDS,
    REACH,
    RESISTANCE,
    SUPPORT,
    Axis,
    Edit,
    Level,
    LevelAxis,
    LoadAxis,
    Part,
    PartKind,
    Put,
    Remove,
    SetText,
    Slot,
    slot_of,
)
from backex.catalog import Catalog
from backex.errors import InvalidValue
from backex.exercise import MAT, Equipment, Exercise
from backex.ids import (
    AxisId,
    CueId,
    EffectId,
    ExerciseId,
    GuidelineId,
    LevelId,
    MotionId,
    PurposeId,
    StepId,
    SupportId,
    TargetId,
)
from backex.pose import JOINTS, Freedom, JointAngle
from backex.posture import Cue, EffortLevel, Polarity, PostureGuideline, Timing
from backex.progression import EXTENDED_ARM, Progression, move_to
from backex.quantities import HEAVIEST_GRAMS, Mass, Unit
from backex.step import Effect, GuidelineReference, Motion, Step, Support, Target
from backex.strategies.drawing import (
    below,
    chance,
    drawn,
    name,
    names,
    part,
    pick,
    said,
    several,
    some,
    sources,
    span,
)
from backex.strategies.stances import STANCES, Stance
from backex.training import Coordination, Purpose, TrainingQuality
from backex.variant import Variant, vary

__all__ = [
    "a_guideline",
    "a_stance",
    "a_variant",
    "an_axis",
    "an_exercise",
    "axes",
    "cue",
    "exercises",
    "guidelines",
    "ids_of",
    "level_axis",
    "moves_of",
    "one_exercise",
    "progressions",
    "variants",
    "with_breath",
]

_REGIONS = tuple(Region)
_PHASES = tuple(Phase)
_POSITIONS = tuple(Position)
_LATERALITIES = tuple(Laterality)
_QUALITIES = tuple(TrainingQuality)
_DEGREES = (None, *Degree)
_SEEN = tuple(product((None, *View), (None, *Timing)))
_EFFORTS = tuple(EffortLevel)
_MORE_THAN_LOW = _EFFORTS[1:]
_COORDINATIONS = (None, *Coordination)
_WAYS = tuple(product(_DEGREES, (None, *Direction)))
_UNITS = tuple(Unit)
_UNSTATED_OR_NOT = (None, False, True)
_FORMS = tuple(product(_POSITIONS, _LATERALITIES, _UNSTATED_OR_NOT))
_EQUIPMENT = (MAT, Equipment("band"), Equipment("wall"), Equipment("block"))
_INCREMENTS = (500, 250, 1000, 1)
_MOST_LOADS = 5
_MOST_AXES = 3
_BUILT_IN = (RESISTANCE, REACH, SUPPORT, LOWER_QUARTER)
_LEVELS_OF_SUPPORT = ("forearm", str(EXTENDED_ARM))
#: A slot, and whether something stands in it.
_Writable = tuple[Slot, object]
_OF_A_STEP = tuple(kind for kind in PartKind if kind is not PartKind.SUPPORT)
#: What can contradict what stands elsewhere, so that without a stance none is added.
_CONTRADICTABLE = frozenset({PartKind.CUE, PartKind.SUPPORT})
#: Without a stance, none of these is taken away either: what it shows may no longer be as it was.
_SHOWN = frozenset({PartKind.JOINT_ANGLE})
#: Who sits or stands touches the floor with the feet alone, whatever arms and head do.
_UPRIGHT = (Position.SITTING, Position.STANDING)
#: Angles of arms and head, each joint by one name, so that no two of them are of one joint.
_ANGLES: dict[str, JointAngle] = {
    angle.id: angle
    for angle in (
        *(
            JointAngle(joint=joint, freedom=freedom, degrees=0)
            for joint in (Region.HEAD, Region.CERVICAL_SPINE)
            for freedom in JOINTS[joint]
        ),
        *(
            JointAngle(joint=joint, freedom=freedom, degrees=0, limb=limb)
            for joint, limb in (
                (Region.SHOULDER, Limb.MOVING_ARM),
                (Region.ELBOW, Limb.BOTH_ARMS),
                (Region.FOREARM, Limb.SUPPORTING_ARM),
                (Region.WRIST, Limb.BOTH_ARMS),
            )
            for freedom in JOINTS[joint]
        ),
    )
}
#: The one that edits put where it was not.
_NEW_ANGLE = JointAngle(
    joint=Region.ELBOW, freedom=Freedom.FLEXION, degrees=0, limb=Limb.BOTH_ARMS
).id
#: The parts of a step have ids by position: what differs is what they say.
_PART_IDS = ("a", "b", "c")


def a_stance(draw: st.DrawFn) -> Stance:
    """Draw the stance of one value."""
    return pick(draw, STANCES)


def cue(draw: st.DrawFn, stance: Stance, id: str) -> Cue:
    """Draw a cue that agrees with all others of the stance."""
    polarity, movement, degree = pick(draw, stance.sayings)
    view, timing = pick(draw, _SEEN)
    # One draw says what more there is.
    there = below(draw, 16)
    return Cue(
        id=CueId(id),
        text=said(draw),
        polarity=polarity,
        movement=movement,
        region=pick(draw, _REGIONS),
        degree=degree,
        view=view,
        timing=timing,
        reason=said(draw) if there & 1 and there & 8 else None,
        sources=sources(draw) if there & 6 == 6 else (),
    )


def _motion(draw: st.DrawFn, stance: Stance | None, id: str) -> Motion:
    movements = STANCES[0].asked if stance is None else stance.asked
    degree, direction = pick(draw, _WAYS)
    return Motion(
        id=MotionId(id),
        movement=pick(draw, movements),
        region=pick(draw, _REGIONS),
        limb=None if stance is None else pick(draw, stance.moving),
        degree=degree,
        direction=direction,
    )


def _effect(draw: st.DrawFn, id: str) -> Effect:
    return Effect(
        id=EffectId(id),
        text=said(draw),
        movement=pick(draw, STANCES[0].asked),
        region=pick(draw, _REGIONS),
        degree=pick(draw, _DEGREES),
    )


def _target(draw: st.DrawFn, id: str) -> Target:
    return Target(
        id=TargetId(id),
        movement=pick(draw, STANCES[0].asked),
        region=pick(draw, _REGIONS),
        span=span(draw, 1, 20),
        unit=pick(draw, _UNITS),
        approximate=chance(draw),
    )


def _support(draw: st.DrawFn, stance: Stance, id: str) -> Support:
    bears = not chance(draw, 3)
    return Support(
        id=SupportId(id),
        contact=pick(draw, stance.bearing if bears else stance.spared),
        polarity=Polarity.DO if bears else Polarity.AVOID,
        phases=frozenset(some(draw, _PHASES)),
    )


def _angle(draw: st.DrawFn, id: str) -> JointAngle:
    angle = _ANGLES[id]
    low, high = JOINTS[angle.joint][angle.freedom]
    return attrs.evolve(angle, degrees=low + below(draw, high - low + 1), sources=sources(draw))


def _part(draw: st.DrawFn, stance: Stance | None, kind: PartKind, id: str) -> Part:
    """Draw a part; without a stance one of a kind that can contradict nothing."""
    if stance is not None and kind is PartKind.CUE:
        return cue(draw, stance, id)
    if stance is not None and kind is PartKind.SUPPORT:
        return _support(draw, stance, id)
    if kind is PartKind.MOTION:
        return _motion(draw, stance, id)
    if kind is PartKind.JOINT_ANGLE:
        return _angle(draw, id)
    return _target(draw, id) if kind is PartKind.TARGET else _effect(draw, id)


def a_guideline(draw: st.DrawFn, stance: Stance, id: str) -> PostureGuideline:
    """Draw a guideline that keeps to the stance."""
    regions = some(draw, _REGIONS, least=1)
    cues = several(draw, lambda draw, found: cue(draw, stance, name(draw, ids_of(found))))
    strains = any(each.degree is Degree.MARKED for each in cues)
    return PostureGuideline(
        id=GuidelineId(id),
        title=said(draw),
        regions=frozenset(regions),
        cues=cues,
        effort=pick(draw, (None, *(_MORE_THAN_LOW if strains else _EFFORTS))),
        stated_by={"regions": sources(draw)} if chance(draw, 8) else {},
    )


def _step(draw: st.DrawFn, stance: Stance, id: str, phase: Phase, *, posed: bool) -> Step:
    # One draw says which parts there are.
    there = below(draw, 64)
    return Step(
        id=StepId(id),
        phase=phase,
        text=said(draw),
        motions=(_motion(draw, stance, "a"),) if there & 1 else (),
        cues=tuple(cue(draw, stance, each) for each in _PART_IDS[: there >> 1 & 3]),
        effects=(_effect(draw, "a"),) if there & 8 else (),
        # A drawn pose meets no drawn target.
        targets=(_target(draw, "a"),) if there & 16 and not posed else (),
        pose=_pose(draw) if there & 16 and posed else (),
        sources=sources(draw) if there & 32 else (),
    )


def _pose(draw: st.DrawFn) -> tuple[JointAngle, ...]:
    return tuple(_angle(draw, id) for id in some(draw, tuple(_ANGLES), least=1, most=3))


def ids_of(parts: Iterable[Any]) -> list[str]:
    """Return the ids that are taken."""
    return [each.id for each in parts]


def _steps(
    draw: st.DrawFn, stance: Stance, guidelines: Sequence[PostureGuideline], *, posed: bool
) -> tuple[Step, ...]:
    offered = [(each.id, cue.id) for each in guidelines for cue in each.cues]

    def next_step(draw: st.DrawFn, found: list[Step]) -> Step:
        phase = _PHASES.index(found[-1].phase) + below(draw, 3) if found else 0
        last = len(_PHASES) - 1
        id = name(draw, ids_of(found))
        step = _step(draw, stance, id, _PHASES[min(phase, last)], posed=posed)
        references: tuple[GuidelineReference, ...] = ()
        if offered and chance(draw):
            guideline, met = pick(draw, offered)
            references = (GuidelineReference(guideline=guideline, cue=met),)
        during = found[-1].id if found and chance(draw, 4) else None
        return attrs.evolve(step, during=during, guideline_cues=references)

    return with_breath(draw, several(draw, next_step, least=1, most=4))


def with_breath(draw: st.DrawFn, steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return steps of which those that hold a position say to breathe."""
    return tuple(
        attrs.evolve(step, cues=(*step.cues, _breathing(draw)))
        if step.phase is Phase.HOLD
        else step
        for step in steps
    )


def _breathing(draw: st.DrawFn) -> Cue:
    return Cue(
        id=CueId("breathe"),
        text=said(draw),
        polarity=Polarity.DO,
        movement=Movement.DIAPHRAGMATIC_BREATHING,
        region=Region.ABDOMEN,
    )


def an_exercise(draw: st.DrawFn, stance: Stance, id: str) -> Exercise:
    """Draw an exercise that keeps to the stance, its axes and all."""
    guidelines: tuple[PostureGuideline, ...] = ()
    if chance(draw):
        guidelines = (part(draw, lambda draw: a_guideline(draw, stance, name(draw, ()))),)
    position, laterality, both_sides_required = pick(draw, _FORMS)
    exercise = Exercise(
        id=ExerciseId(id),
        name=said(draw),
        position=position,
        laterality=laterality,
        both_sides_required=both_sides_required,
        steps=_steps(draw, stance, guidelines, posed=position in _UPRIGHT and chance(draw)),
        contacts=several(
            draw, lambda draw, known: _support(draw, stance, name(draw, ids_of(known)))
        ),
        guidelines=guidelines,
        purposes=several(draw, _purpose, most=2),
    )
    exercise = part(draw, lambda draw: _in_detail(draw, exercise))
    return attrs.evolve(exercise, axes=_axes(draw, stance, exercise))


def _in_detail(draw: st.DrawFn, exercise: Exercise) -> Exercise:
    # One draw says what is stated.
    there = below(draw, 128)
    degrees = [motion.degree for step in exercise.steps for motion in step.motions]
    degrees += [cue.degree for step in exercise.steps for cue in step.cues]
    efforts = _MORE_THAN_LOW if Degree.MARKED in degrees else _EFFORTS
    equipment = some(draw, _EQUIPMENT) if there & 1 else []
    return attrs.evolve(
        exercise,
        qualities=frozenset(some(draw, _QUALITIES, most=3)) if there & 2 else frozenset(),
        focus=frozenset(some(draw, _REGIONS)) if there & 4 else frozenset(),
        foundation_for=frozenset(some(draw, _REGIONS)) if there & 8 else frozenset(),
        coordination=pick(draw, _COORDINATIONS) if there & 16 else None,
        supported_limb=pick(draw, _UNSTATED_OR_NOT) if there & 16 else None,
        effort=pick(draw, efforts) if there & 32 else None,
        equipment=frozenset(equipment),
        optional_equipment=frozenset(_EQUIPMENT[len(equipment) :] if there & 64 else ()),
        stated_by={"position": sources(draw)} if there & 64 else {},
    )


def _purpose(draw: st.DrawFn, known: list[Purpose]) -> Purpose:
    return Purpose(
        id=PurposeId(name(draw, ids_of(known))),
        text=said(draw),
        trains=frozenset(some(draw, _QUALITIES, least=1)),
        region=pick(draw, _REGIONS),
    )


def _axes(draw: st.DrawFn, stance: Stance, exercise: Exercise) -> tuple[Axis, ...]:
    """Draw axes that share the steps of an exercise, each of which writes slots of its own."""
    slots = _slots(exercise)
    first = below(draw, len(slots))
    slots = [*slots[first:], *slots[:first]]

    def next_axis(draw: st.DrawFn, found: list[Axis]) -> Axis:
        taken = ids_of(found)
        built_in = [None, None, *(each for each in _BUILT_IN if each not in taken)]
        id = pick(draw, built_in) or AxisId(name(draw, taken))
        return _axis(draw, stance, id, slots[len(found) :: _MOST_AXES])

    # Left to itself Hypothesis draws few of what comes last.
    return several(draw, next_axis, least=below(draw, 2), most=_MOST_AXES)


def _slots(exercise: Exercise) -> list[_Writable]:
    """Return what axes may write, with what is there: texts, parts, and None for new ones."""
    found: dict[Slot, object] = {}
    left_out = PartKind.TARGET if _is_posed(exercise) else PartKind.JOINT_ANGLE
    for step in exercise.steps:
        found[None, step.id, ""] = step.text
        found |= {(PART_KINDS[type(part)], step.id, str(part.id)): part for part in _parts(step)}
        for kind in _OF_A_STEP:
            if kind is not left_out:
                id = _NEW_ANGLE if kind is PartKind.JOINT_ANGLE else "new"
                found.setdefault((kind, step.id, id), None)
    # Without a contact that bears weight, moves could leave nothing to rest on.
    spared = [each for each in exercise.contacts if each.polarity is Polarity.AVOID]
    found |= {(PartKind.SUPPORT, None, str(each.id)): each for each in spared}
    # No drawn contact has so long an id.
    found[PartKind.SUPPORT, None, "new-contact"] = None
    return list(found.items())


def _is_posed(exercise: Exercise) -> bool:
    return any(step.pose for step in exercise.steps)


def _parts(step: Step) -> Iterable[Motion | Cue | Effect | Target | JointAngle]:
    yield from step.motions
    yield from step.cues
    yield from step.effects
    yield from step.targets
    yield from step.pose


def _axis(draw: st.DrawFn, stance: Stance | None, id: AxisId, slots: list[_Writable]) -> Axis:
    loads = id == RESISTANCE or (id not in BUILT_IN_AXES and chance(draw, 3))
    if loads:
        return _load_axis(draw, stance, id, slots)
    given = _LEVELS_OF_SUPPORT if id == SUPPORT else ()

    def next_level(draw: st.DrawFn, found: list[Level]) -> Level:
        known = ids_of(found)
        return Level(
            id=LevelId(given[len(found)] if given else name(draw, known)),
            name=said(draw),
            edits=_edits(draw, stance, slots, least=1) if found else (),
            exceeds=frozenset(map(LevelId, some(draw, known))),
        )

    most = len(given) or 4
    levels = several(draw, next_level, least=2, most=most)
    return LevelAxis(id=id, name=said(draw), levels=levels)


def _load_axis(
    draw: st.DrawFn, stance: Stance | None, id: AxisId, slots: list[_Writable]
) -> LoadAxis:
    increment = pick(draw, _INCREMENTS)
    most = increment * (1 + below(draw, _MOST_LOADS)) + below(draw, increment)
    edits = _edits(draw, stance, slots, least=1)
    return LoadAxis(
        id=id,
        name=said(draw),
        limb=pick(draw, _LIMBS),
        increment_grams=increment,
        maximum_grams=most if chance(draw) else None,
        edits=tuple(
            attrs.evolve(edit, text=f"{edit.text} {{mass}}") if type(edit) is SetText else edit
            for edit in edits
        ),
    )


_LIMBS = tuple(limb for stance in STANCES[:2] for limb in stance.moving if limb is not None)


def _edits(
    draw: st.DrawFn, stance: Stance | None, slots: list[_Writable], *, least: int = 0
) -> tuple[Edit, ...]:
    return tuple(_edit(draw, stance, *each) for each in some(draw, slots, least=least))


def _edit(draw: st.DrawFn, stance: Stance | None, slot: Slot, there: object) -> Edit:
    """Draw an edit of a slot that changes what is there."""
    kind, of, id = slot
    if kind is None:
        text = said(draw)
        return SetText(step=StepId(str(of)), text=f"{text}." if text == there else text)
    removes = Remove(kind=kind, id=id, step=of)
    only_removed = stance is None and kind in _CONTRADICTABLE
    if there is not None and (only_removed or chance(draw)):
        return removes
    part = _part(draw, stance, kind, id)
    return removes if part == there else Put(part=part, step=of)


def an_axis(draw: st.DrawFn, exercise: Exercise) -> Axis:
    """Draw an axis that can be added to any sound exercise: it writes what no other axis does."""
    id = AxisId(name(draw, [*BUILT_IN_AXES, *(str(each.id) for each in exercise.axes)]))
    written = {slot_of(edit) for axis in exercise.axes for edit in _all_edits(axis)}
    slots: dict[Slot, object] = {
        slot: there
        for slot, there in _slots(exercise)
        if slot not in written
        and slot[0] not in _SHOWN
        and (there is not None or slot[0] not in _CONTRADICTABLE)
    }
    # Where other axes write all that there is, there is room for a part named after this one.
    slots[PartKind.EFFECT, exercise.steps[0].id, f"of-{id}"] = None
    return _axis(draw, None, id, list(slots.items()))


def _all_edits(axis: Axis) -> tuple[Edit, ...]:
    if isinstance(axis, LoadAxis):
        return axis.edits
    return tuple(edit for level in axis.levels for edit in level.edits)


def level_axis(
    draw: st.DrawFn,
    exercise: Exercise,
    id: str,
    edits: Sequence[Edit] = (),
    *,
    least: int = 2,
    written: str | None = None,
) -> LevelAxis:
    """Draw an axis of levels in no order, of which one makes `edits`, and the others one each.

    Those write an effect under the id of the axis, or that of `written`.
    """
    ids = names(draw, least + below(draw, 2))
    at = 1 + below(draw, len(ids) - 1)
    step = exercise.steps[0].id
    levels: list[Level] = []
    for index, each in enumerate(ids):
        effect = attrs.evolve(_effect(draw, written or id), text=f"{each}: {said(draw)}")
        own: tuple[Edit, ...] = (Put(part=effect, step=step),)
        made = (tuple(edits) or own) if index == at else own
        levels.append(Level(id=LevelId(each), name=said(draw), edits=made if index else ()))
    return LevelAxis(id=AxisId(id), name=said(draw), levels=tuple(levels))


def moves_of(axis: Axis) -> list[Progression]:
    """Return the moves along an axis; of loads the first few."""
    if isinstance(axis, LevelAxis):
        places: list[LevelId | Mass] = [level.id for level in axis.levels[1:]]
    else:
        most = min(axis.maximum_grams or HEAVIEST_GRAMS, axis.increment_grams * _MOST_LOADS)
        loads = range(axis.increment_grams, most + 1, axis.increment_grams)
        places = [Mass(grams) for grams in loads]
    moves = (move_to(axis.id, place) for place in places)
    return [move for move in moves if move is not None]


def a_variant(draw: st.DrawFn, exercise: Exercise) -> Variant:
    """Draw a variant: on each axis a place, more often than not the base."""
    chosen: list[Progression] = []
    for axis in exercise.axes:
        offered = moves_of(axis)
        if offered and chance(draw, 3):
            chosen.append(pick(draw, offered))
    return vary(exercise, *chosen)


def guidelines() -> st.SearchStrategy[PostureGuideline]:
    """Return guidelines, of either view or none, whose cues can be followed together."""
    return drawn(lambda draw: a_guideline(draw, a_stance(draw), name(draw, ())))


def one_exercise(draw: st.DrawFn) -> Exercise:
    """Draw an exercise with a stance of its own."""
    return an_exercise(draw, a_stance(draw), name(draw, ()))


def exercises(*, catalog: Catalog | None = None) -> st.SearchStrategy[Exercise]:
    """Return exercises that `validate` finds nothing in, with those of `catalog` among them.

    The others are wholly drawn: steps in the order of their phases, contacts, guidelines, and up to
    three axes, built-in ones and others, that change the same steps and write no slot in common.
    """
    known = () if catalog is None else catalog.exercises
    return drawn(
        lambda draw: pick(draw, known) if known and chance(draw, 4) else one_exercise(draw)
    )


def axes(exercise: Exercise | None = None) -> st.SearchStrategy[Axis]:
    """Return axes that can be added to `exercise`, or to some exercise where none is given.

    Each has an id and slots that no axis of the exercise has, so that an exercise without faults
    has none with it either.
    """
    return drawn(lambda draw: an_axis(draw, exercise or one_exercise(draw)))


def variants(exercise: Exercise | None = None) -> st.SearchStrategy[Variant]:
    """Return variants whose moves all apply: of `exercise`, or of drawn ones.

    Of loads without a maximum the first five are drawn.
    """
    return drawn(lambda draw: a_variant(draw, exercise or one_exercise(draw)))


def progressions(exercise: Exercise) -> st.SearchStrategy[Progression]:
    """Return moves that `exercise` offers; of loads the first five of an axis.

    Raises:
        InvalidValue: it offers none.
    """
    offered = [move for axis in exercise.axes for move in moves_of(axis)]
    if not offered:
        raise InvalidValue("progressions", "exercise", exercise, "an exercise that offers a move")
    return drawn(lambda draw: pick(draw, offered))
