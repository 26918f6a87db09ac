"""What training is for: qualities, principles and purposes."""

from __future__ import annotations

from enum import Enum
from typing import final

from attrs import field, frozen

from backex.anatomy import Limb, Region
from backex.checks import IDENTIFIER, TEXT, Exactly, Optional, SetOf
from backex.ids import PrincipleId, PurposeId
from backex.provenance import SOURCES, Source

__all__ = [
    "Coordination",
    "Principle",
    "Purpose",
    "QualityDefinition",
    "TrainingQuality",
]


class TrainingQuality(Enum):
    """What an exercise develops."""

    STABILIZATION = "stabilization"
    CONTROL = "control"
    ENDURANCE = "endurance"
    STRENGTH = "strength"
    MOVEMENT = "movement"
    MOBILITY = "mobility"
    FLEXIBILITY = "flexibility"
    INJURY_PREVENTION = "injury-prevention"


class Coordination(Enum):
    """How much of the body an exercise trains at a time."""

    #: A few muscles on their own.
    ISOLATED = "isolated"
    #: Groups of muscles together, in a natural pattern of the whole body.
    COORDINATED = "coordinated"


@final
@frozen(kw_only=True)
class QualityDefinition:
    """What a training quality means for a region.

    Raises:
        InvalidValue: blank text or a field of the wrong type.
    """

    #: The quality defined.
    quality: TrainingQuality = field(validator=Exactly(TrainingQuality))
    #: The region for which it is defined.
    region: Region = field(validator=Exactly(Region))
    #: The definition.
    text: str = field(validator=TEXT)
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class Principle:
    """What a routine should give room to, and what it leaves out when it does not.

    Raises:
        InvalidValue: malformed id, blank text or a field of the wrong type.
    """

    #: Which principle.
    id: PrincipleId = field(validator=IDENTIFIER)
    #: The principle as said to a person.
    text: str = field(validator=TEXT)
    #: The region that it concerns. None: the body as a whole.
    region: Region | None = field(default=None, validator=Optional(Exactly(Region)))
    #: The qualities that it asks to train.
    advises: frozenset[TrainingQuality] = field(
        default=frozenset(), validator=SetOf(Exactly(TrainingQuality))
    )
    #: The qualities that depend on them.
    serves: frozenset[TrainingQuality] = field(
        default=frozenset(), validator=SetOf(Exactly(TrainingQuality))
    )
    #: The coordination that it asks for. None: not stated.
    coordination: Coordination | None = field(
        default=None, validator=Optional(Exactly(Coordination))
    )
    #: Whether it asks for limbs that support and stabilize. None: not stated.
    supported_limb: bool | None = field(default=None, validator=Optional(Exactly(bool)))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class Purpose:
    """What an exercise trains in one region or limb.

    Raises:
        InvalidValue: malformed id, blank text, no quality or a field of the wrong type.
    """

    #: Unique within the exercise.
    id: PurposeId = field(validator=IDENTIFIER)
    #: The purpose as said to a person.
    text: str = field(validator=TEXT)
    #: The qualities trained, at least one.
    trains: frozenset[TrainingQuality] = field(validator=SetOf(Exactly(TrainingQuality), low=1))
    #: Where.
    region: Region = field(validator=Exactly(Region))
    #: In which limb, or None for the trunk.
    limb: Limb | None = field(default=None, validator=Optional(Exactly(Limb)))
    #: The purposes that are served at the same time as this one.
    together_with: frozenset[PurposeId] = field(default=frozenset(), validator=SetOf(IDENTIFIER))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)
