"""Axes: the ways in which an exercise may be changed, and the edits that each place on them makes.

An edit writes exactly one slot of the exercise: the text of one step, one part of a step, or one
support. Axes that write different slots can therefore be combined in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, final

import attrs
from attrs import Attribute, field, frozen

from backex.anatomy import Limb
from backex.checks import (
    IDENTIFIER,
    NAME,
    TEXT,
    And,
    Exactly,
    Integer,
    OneOf,
    Optional,
    SetOf,
    TupleOf,
)
from backex.errors import InvalidValue
from backex.ids import AxisId, LevelId, StepId
from backex.pose import JointAngle
from backex.posture import Cue
from backex.provenance import SOURCES, Source
from backex.quantities import HEAVIEST_GRAMS, Mass
from backex.step import Effect, Motion, Support, Target

__all__ = [
    "BUILT_IN_AXES",
    "LOWER_QUARTER",
    "PART_KINDS",
    "REACH",
    "RESISTANCE",
    "SUPPORT",
    "Axis",
    "Edit",
    "Level",
    "LevelAxis",
    "LoadAxis",
    "Part",
    "PartKind",
    "Put",
    "Remove",
    "SetText",
    "Slot",
    "loaded",
    "names_mass",
    "part_kind",
    "slot_of",
]

#: Mass on a limb; moved along by `AddResistance`.
RESISTANCE = AxisId("resistance")
#: What bears the weight; moved along by `ExtendArm`.
SUPPORT = AxisId("support")
#: Where the reach goes; moved along by `ChangeReach`.
REACH = AxisId("reach")
#: What the lower quarter does besides; moved along by `AddLowerQuarter`.
LOWER_QUARTER = AxisId("lower-quarter")
#: The axes that have progressions of their own type; `CustomProgression` refuses them.
BUILT_IN_AXES = frozenset({RESISTANCE, SUPPORT, REACH, LOWER_QUARTER})


class PartKind(Enum):
    """What an edit can write besides the text of a step."""

    MOTION = "motion"
    CUE = "cue"
    EFFECT = "effect"
    TARGET = "target"
    SUPPORT = "support"
    JOINT_ANGLE = "joint-angle"


#: A part that an edit can put in place.
Part = Motion | Cue | Effect | Target | Support | JointAngle

#: Which kind of part each class of part is.
PART_KINDS: dict[type, PartKind] = {
    Motion: PartKind.MOTION,
    Cue: PartKind.CUE,
    Effect: PartKind.EFFECT,
    Target: PartKind.TARGET,
    Support: PartKind.SUPPORT,
    JointAngle: PartKind.JOINT_ANGLE,
}


def part_kind(part: Part) -> PartKind:
    """Return which kind of part it is."""
    return PART_KINDS[type(part)]


def _step_unless_support(kind: PartKind, instance: object, step: StepId | None) -> None:
    if (step is None) is not (kind is PartKind.SUPPORT):
        allowed = "no step for a support, and the id of a step for every other part"
        raise InvalidValue(type(instance).__name__, "step", step, allowed)


def _put_step(instance: Put, attribute: Attribute[Any], value: StepId | None) -> None:
    del attribute
    _step_unless_support(part_kind(instance.part), instance, value)


def _removed_step(instance: Remove, attribute: Attribute[Any], value: StepId | None) -> None:
    del attribute
    _step_unless_support(instance.kind, instance, value)


@final
@frozen(kw_only=True)
class SetText:
    """Says a step in other words.

    Raises:
        InvalidValue: malformed id or blank text.
    """

    #: Which step.
    step: StepId = field(validator=IDENTIFIER)
    #: Its new text; on a load axis ``{mass}`` stands for the load.
    text: str = field(validator=TEXT)
    #: Where the new text comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class Put:
    """Puts a part in place of the one with its id, or adds it where there is none.

    Raises:
        InvalidValue: a support with a step, another part without one, or a malformed id.
    """

    #: The new part, which carries its own sources.
    part: Part = field(validator=OneOf((Motion, Cue, Effect, Target, Support, JointAngle)))
    #: The step that it belongs to; None for a support, which belongs to the exercise.
    step: StepId | None = field(default=None, validator=And(Optional(IDENTIFIER), _put_step))


@final
@frozen(kw_only=True)
class Remove:
    """Takes a part away.

    Raises:
        InvalidValue: a support with a step, another part without one, or a malformed id.
    """

    #: What kind of part.
    kind: PartKind = field(validator=Exactly(PartKind))
    #: Its id.
    id: str = field(validator=IDENTIFIER)
    #: The step that it belongs to; None for a support.
    step: StepId | None = field(default=None, validator=And(Optional(IDENTIFIER), _removed_step))


#: A change of one slot.
Edit = SetText | Put | Remove
#: What an edit writes: the kind of part (None: the step's text), the step, the part's id.
Slot = tuple[PartKind | None, StepId | None, str]

_EDITS = TupleOf(OneOf((SetText, Put, Remove)))
#: Stands for the load in the texts of a load axis.
_MASS = "{mass}"
#: A load that takes as many characters as any.
_LONGEST_LOAD = Mass(HEAVIEST_GRAMS - 1)


def slot_of(edit: Edit) -> Slot:
    """Return the one slot that `edit` writes."""
    if isinstance(edit, SetText):
        return (None, edit.step, "")
    if isinstance(edit, Put):
        return (part_kind(edit.part), edit.step, edit.part.id)
    return (edit.kind, edit.step, edit.id)


def names_mass(edit: Edit) -> bool:
    """Tell whether `edit` is another one for each load."""
    return loaded(edit, _LONGEST_LOAD) != edit


def loaded(edit: Edit, mass: Mass) -> Edit:
    """Return an edit of a load axis as it is made for one load.

    Raises:
        InvalidValue: the text becomes too long.
    """
    match edit:
        case SetText():
            return attrs.evolve(edit, text=_filled(edit.text, mass))
        case Put(part=Effect() as part):
            return attrs.evolve(edit, part=attrs.evolve(part, text=_filled(part.text, mass)))
        case Put(part=Cue() as part):
            reason = None if part.reason is None else _filled(part.reason, mass)
            said = attrs.evolve(part, text=_filled(part.text, mass), reason=reason)
            return attrs.evolve(edit, part=said)
        case _:
            return edit


def _filled(text: str, mass: Mass) -> str:
    return text.replace(_MASS, str(mass))


def _room_for_any_load(
    instance: LoadAxis, attribute: Attribute[Any], value: Sequence[Edit]
) -> None:
    for index, edit in enumerate(value):
        try:
            loaded(edit, _LONGEST_LOAD)
        except InvalidValue as error:
            where = f"{attribute.name}[{index}]"
            allowed = f"{error.allowed}, also with {_LONGEST_LOAD} in place of {_MASS}"
            raise InvalidValue(type(instance).__name__, where, edit, allowed) from None


@final
@frozen(kw_only=True)
class Level:
    """A place on a `LevelAxis`, with all that it changes in the exercise.

    Raises:
        InvalidValue: malformed id, blank name or a field of the wrong type.
    """

    #: Unique within the axis.
    id: LevelId = field(validator=IDENTIFIER)
    #: What a person calls it.
    name: str = field(validator=NAME)
    #: What it changes; nothing for the exercise as it is described.
    edits: tuple[Edit, ...] = field(default=(), validator=_EDITS)
    #: The levels of this axis than which it is harder; all that those exceed follow.
    exceeds: frozenset[LevelId] = field(default=frozenset(), validator=SetOf(IDENTIFIER))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)
    #: Where it comes from that it is harder.
    order_sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class LevelAxis:
    """A choice between levels, which may be ordered, partly ordered or not ordered at all.

    Raises:
        InvalidValue: malformed id, blank name, no level or a field of the wrong type.
    """

    #: Unique within the exercise.
    id: AxisId = field(validator=IDENTIFIER)
    #: What a person calls it.
    name: str = field(validator=NAME)
    #: The levels; the first is the exercise as it is described.
    levels: tuple[Level, ...] = field(validator=TupleOf(Exactly(Level), low=1))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    @property
    def base(self) -> Level:
        """The level of the exercise as it is described."""
        return self.levels[0]

    def level(self, id: LevelId) -> Level | None:
        """Return the level with that id, or None."""
        return next((level for level in self.levels if level.id == id), None)

    def below(self, id: LevelId) -> frozenset[LevelId]:
        """Return the levels than which that one is harder, directly or by way of others."""
        found: set[LevelId] = set()
        open_ids = [id]
        while open_ids:
            level = self.level(open_ids.pop())
            new = set() if level is None else level.exceeds - found
            found |= new
            open_ids.extend(new)
        return frozenset(found)

    def at_most(self, one: LevelId, other: LevelId) -> bool:
        """Tell whether `one` is `other` or easier."""
        return one == other or one in self.below(other)

    def next_to(self, id: LevelId) -> tuple[LevelId, ...]:
        """Return the levels one place away, in the order of the axis.

        Those are the next harder and the next easier ones, and those that compare with it neither
        way, for which it may be exchanged.
        """
        return tuple(
            level.id
            for level in self.levels
            if level.id != id
            and not any(
                self._is_between(level.id, middle.id, id)
                for middle in self.levels
                if middle.id not in {id, level.id}
            )
        )

    def _is_between(self, one: LevelId, middle: LevelId, other: LevelId) -> bool:
        upward = one in self.below(middle) and middle in self.below(other)
        return upward or (other in self.below(middle) and middle in self.below(one))


@final
@frozen(kw_only=True)
class LoadAxis:
    """A mass on one limb, in steps of an increment; no mass is its base.

    Raises:
        InvalidValue: malformed id, blank name, an increment or a maximum out of range, or a field
            of the wrong type.
    """

    #: Unique within the exercise.
    id: AxisId = field(validator=IDENTIFIER)
    #: What a person calls it.
    name: str = field(validator=NAME)
    #: The limb that carries it.
    limb: Limb = field(validator=Exactly(Limb))
    #: Every load is a multiple of this many grams.
    increment_grams: int = field(validator=Integer(1, 1_000_000))
    #: The greatest load in grams. None: not stated, for the app to set.
    maximum_grams: int | None = field(default=None, validator=Optional(Integer(1, 1_000_000)))
    #: What any load changes; ``{mass}`` in a text stands for the load.
    edits: tuple[Edit, ...] = field(default=(), validator=And(_EDITS, _room_for_any_load))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    def carries(self, mass: Mass) -> bool:
        """Tell whether `mass` is a multiple of the increment and not over the maximum."""
        within = self.maximum_grams is None or mass.grams <= self.maximum_grams
        return within and mass.grams % self.increment_grams == 0

    def next_to(self, mass: Mass | None) -> tuple[Mass | None, ...]:
        """Return the loads one increment away, the lighter first; None is no load."""
        grams = 0 if mass is None else mass.grams
        lighter, heavier = grams - self.increment_grams, grams + self.increment_grams
        below: tuple[Mass | None, ...] = ()
        if mass is not None:
            below = (Mass(lighter) if lighter > 0 else None,)
        fits = heavier <= HEAVIEST_GRAMS and self.carries(Mass(heavier))
        return (*below, Mass(heavier)) if fits else below


#: A way in which an exercise may be changed.
Axis = LevelAxis | LoadAxis
