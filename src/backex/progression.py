"""Progressions and variants: an exercise as a point in the product of its axes.

A progression is one typed move to a place on one axis. A variant is an exercise with a set of
moves; its steps and supports are derived from the edits of the places it stands on.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NewType, TypeVar, assert_never, final

import attrs
from attrs import Attribute, field, frozen
from attrs.validators import and_

from backex.anatomy import Contact
from backex.axes import (
    BUILT_IN_AXES,
    LOWER_QUARTER,
    PART_KINDS,
    REACH,
    RESISTANCE,
    SUPPORT,
    Axis,
    Edit,
    LevelAxis,
    LoadAxis,
    Put,
    Remove,
    SetText,
    Slot,
    slot_of,
)
from backex.checks import IDENTIFIER, Either, Exactly, OneOf, TupleOf
from backex.errors import InvalidValue
from backex.exercise import Exercise, contacts_of
from backex.ids import AxisId, LevelId, StepId
from backex.posture import Cue
from backex.quantities import Mass
from backex.step import Effect, Motion, Step, Support, Target

__all__ = [
    "EXTENDED_ARM",
    "AddLowerQuarter",
    "AddResistance",
    "ChangeReach",
    "CustomProgression",
    "ExtendArm",
    "LowerQuarterFunction",
    "Progression",
    "ReachDirection",
    "Variant",
    "axis_of",
    "place_of",
    "vary",
]

#: A level of the reach axis.
ReachDirection = NewType("ReachDirection", str)
#: A level of the lower-quarter axis.
LowerQuarterFunction = NewType("LowerQuarterFunction", str)
#: The level of the support axis that `ExtendArm` moves to.
EXTENDED_ARM = LevelId("extended-arm")


@final
@frozen
class AddResistance:
    """Puts a mass on the limb of the resistance axis."""

    #: How much.
    mass: Mass = field(validator=Exactly(Mass))


@final
@frozen
class ExtendArm:
    """Supports the body on the extended arm and hand instead of the elbow."""


@final
@frozen
class ChangeReach:
    """Reaches in another direction."""

    #: A level of the reach axis.
    direction: ReachDirection = field(validator=IDENTIFIER)


@final
@frozen
class AddLowerQuarter:
    """Adds a function of the lower quarter."""

    #: A level of the lower-quarter axis.
    function: LowerQuarterFunction = field(validator=IDENTIFIER)


def _not_built_in(instance: object, attribute: Attribute[Any], value: AxisId) -> None:
    if value in BUILT_IN_AXES:
        allowed = "an axis of the app's own; this one has a progression of its own type"
        raise InvalidValue(type(instance).__name__, attribute.name, value, allowed)


@final
@frozen
class CustomProgression:
    """Moves along an axis of the app's own.

    Raises:
        InvalidValue: one of the four built-in axes, or a malformed id.
    """

    #: Which axis.
    axis: AxisId = field(validator=and_(IDENTIFIER, _not_built_in))
    #: A level of it, or a mass where it is a load axis.
    level: LevelId | Mass = field(validator=Either(IDENTIFIER, Exactly(Mass)))


#: A move to a place on one axis.
Progression = AddResistance | ExtendArm | ChangeReach | AddLowerQuarter | CustomProgression


def axis_of(progression: Progression) -> AxisId:
    """Return the axis along which `progression` moves."""
    match progression:
        case AddResistance():
            return RESISTANCE
        case ExtendArm():
            return SUPPORT
        case ChangeReach():
            return REACH
        case AddLowerQuarter():
            return LOWER_QUARTER
        case CustomProgression():
            return progression.axis
        case _:
            assert_never(progression)


def place_of(progression: Progression) -> LevelId | Mass:
    """Return the place to which `progression` moves."""
    match progression:
        case AddResistance():
            return progression.mass
        case ExtendArm():
            return EXTENDED_ARM
        case ChangeReach():
            return LevelId(progression.direction)
        case AddLowerQuarter():
            return LevelId(progression.function)
        case CustomProgression():
            return progression.level
        case _:
            assert_never(progression)


def _is_base(exercise: Exercise, progression: Progression) -> bool:
    axis = exercise.axis(axis_of(progression))
    return isinstance(axis, LevelAxis) and axis.base.id == place_of(progression)


def _canonical(
    exercise: Exercise, progressions: tuple[Progression, ...]
) -> tuple[Progression, ...]:
    """Drop moves to the base and repeated ones; order the rest by axis, unknown axes last."""
    order = {axis.id: index for index, axis in enumerate(exercise.axes)}

    def rank(progression: Progression) -> tuple[int, str, str]:
        axis = axis_of(progression)
        return (order.get(axis, len(order)), axis, str(place_of(progression)))

    moves = dict.fromkeys(each for each in progressions if not _is_base(exercise, each))
    return tuple(sorted(moves, key=rank))


_PROGRESSIONS = (AddResistance, ExtendArm, ChangeReach, AddLowerQuarter, CustomProgression)


@final
@frozen
class Variant:
    """An exercise with a set of moves along its axes.

    The moves are kept as asked for, in the order of the exercise's axes. One that the exercise
    does not offer, or a second one on an axis, edits nothing and is reported by `validate`.

    Raises:
        InvalidValue: not an `Exercise`, or not a tuple of progressions.
    """

    #: The exercise in its base form.
    exercise: Exercise = field(validator=Exactly(Exercise))
    #: The moves.
    progressions: tuple[Progression, ...] = field(
        default=(), validator=TupleOf(OneOf(_PROGRESSIONS))
    )

    def __attrs_post_init__(self) -> None:
        """Keep one form for all ways to ask for the same moves."""
        ordered = _canonical(self.exercise, self.progressions)
        object.__setattr__(self, "progressions", ordered)

    @cached_property
    def _edited(self) -> tuple[tuple[Step, ...], tuple[Support, ...]]:
        writes: dict[Slot, Edit] = {}
        for progression in self.progressions:
            for edit in self._edits_of(progression):
                writes.setdefault(slot_of(edit), edit)
        return _apply(self.exercise, writes)

    def _edits_of(self, progression: Progression) -> tuple[Edit, ...]:
        axis_id, place = axis_of(progression), place_of(progression)
        if sum(axis_of(other) == axis_id for other in self.progressions) > 1:
            return ()
        return _edits_at(self.exercise.axis(axis_id), place)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps as the moves change them."""
        return self._edited[0]

    @property
    def contacts(self) -> tuple[Support, ...]:
        """What bears weight and what must not, as the moves change it."""
        return self._edited[1]

    @property
    def supports(self) -> frozenset[Contact]:
        """The contacts that bear weight at some time, as the moves change them."""
        return contacts_of(self.contacts)


def vary(exercise: Exercise, *progressions: Progression) -> Variant:
    """Return `exercise` with those moves along its axes; with none, in its base form.

    Raises:
        InvalidValue: an argument of the wrong type.
    """
    return Variant(exercise, progressions)


def _edits_at(axis: Axis | None, place: LevelId | Mass) -> tuple[Edit, ...]:
    if isinstance(axis, LevelAxis) and isinstance(place, str):
        level = axis.level(place)
        return () if level is None else level.edits
    if isinstance(axis, LoadAxis) and isinstance(place, Mass) and axis.carries(place):
        return tuple(_with_mass(edit, place) for edit in axis.edits)
    return ()


def _with_mass(edit: Edit, mass: Mass) -> Edit:
    if isinstance(edit, Remove):
        return edit
    if isinstance(edit, SetText):
        return attrs.evolve(edit, text=edit.text.replace("{mass}", str(mass)))
    if isinstance(edit.part, Cue | Effect):
        text = edit.part.text.replace("{mass}", str(mass))
        return attrs.evolve(edit, part=attrs.evolve(edit.part, text=text))
    return edit


P = TypeVar("P", Motion, Cue, Effect, Target, Support)


def _apply(
    exercise: Exercise, writes: Mapping[Slot, Edit]
) -> tuple[tuple[Step, ...], tuple[Support, ...]]:
    """Return the steps and contacts with every slot written, in whatever order `writes` is."""
    steps = (
        tuple(_edited_step(step, writes) for step in exercise.steps) if writes else exercise.steps
    )
    return steps, _edited_parts(Support, exercise.contacts, None, writes)


def _edited_step(step: Step, writes: Mapping[Slot, Edit]) -> Step:
    text = writes.get((None, step.id, ""))
    spoken = step if not isinstance(text, SetText) else _spoken(step, text)
    return attrs.evolve(
        spoken,
        motions=_edited_parts(Motion, step.motions, step.id, writes),
        cues=_edited_parts(Cue, step.cues, step.id, writes),
        effects=_edited_parts(Effect, step.effects, step.id, writes),
        targets=_edited_parts(Target, step.targets, step.id, writes),
    )


def _spoken(step: Step, edit: SetText) -> Step:
    return attrs.evolve(step, text=edit.text, sources=edit.sources)


def _edited_parts(
    of: type[P], parts: tuple[P, ...], step: StepId | None, writes: Mapping[Slot, Edit]
) -> tuple[P, ...]:
    """Replace and remove in place; append what is new in the order of ids."""
    kind = PART_KINDS[of]
    here = {slot[2]: edit for slot, edit in writes.items() if slot[:2] == (kind, step)}
    if not here:
        return parts
    kept: list[P | Edit] = [here.pop(part.id, part) for part in parts]
    added: list[Edit] = [here[id] for id in sorted(here)]
    entries = (entry.part if isinstance(entry, Put) else entry for entry in (*kept, *added))
    return tuple(entry for entry in entries if isinstance(entry, of))
