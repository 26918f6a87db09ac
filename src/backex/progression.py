"""Progressions: typed moves, each to one place on one axis of an exercise."""

from __future__ import annotations

from typing import Any, NewType, assert_never, final

from attrs import Attribute, field, frozen

from backex.axes import (
    BUILT_IN_AXES,
    LOWER_QUARTER,
    REACH,
    RESISTANCE,
    SUPPORT,
)
from backex.checks import IDENTIFIER, And, Either, Exactly
from backex.errors import InvalidValue
from backex.ids import AxisId, LevelId
from backex.quantities import Mass

__all__ = [
    "EXTENDED_ARM",
    "PROGRESSIONS",
    "AddLowerQuarter",
    "AddResistance",
    "ChangeReach",
    "CustomProgression",
    "ExtendArm",
    "LowerQuarterFunction",
    "Progression",
    "ReachDirection",
    "axis_of",
    "move_to",
    "place_of",
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
    axis: AxisId = field(validator=And(IDENTIFIER, _not_built_in))
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


def move_to(axis: AxisId, place: LevelId | Mass) -> Progression | None:
    """Return the move to a place on an axis, or None where a built-in axis has no move there.

    The inverse of `axis_of` and `place_of`: one move has one value.
    """
    match axis, place:
        case "resistance", Mass():
            return AddResistance(place)
        case "support", "extended-arm":
            return ExtendArm()
        case "reach", str():
            return ChangeReach(ReachDirection(place))
        case "lower-quarter", str():
            return AddLowerQuarter(LowerQuarterFunction(place))
        case _ if axis in BUILT_IN_AXES:
            return None
        case _:
            return CustomProgression(axis, place)


#: The classes of progressions.
PROGRESSIONS = (AddResistance, ExtendArm, ChangeReach, AddLowerQuarter, CustomProgression)
