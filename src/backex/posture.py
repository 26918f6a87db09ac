"""Posture: structured cues, the guidelines made of them, and when two cues contradict each other.

A cue is a movement of a region, to a degree, asked for or to be avoided. Its text is for people;
whether it contradicts another cue is decided from the rest, whatever the words are.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import final

from attrs import field, frozen

from backex.anatomy import Degree, Movement, Region, View, are_opposed, overlap
from backex.checks import IDENTIFIER, NAME, TEXT, Exactly, Optional, SetOf, TupleOf
from backex.ids import CueId, GuidelineId
from backex.ordering import OrderedEnum
from backex.provenance import SOURCES, STATED_BY, Source, distinct_sources, sources_by_field

__all__ = [
    "Cue",
    "EffortLevel",
    "Polarity",
    "PostureGuideline",
    "Timing",
    "contradict",
]


class Polarity(Enum):
    """Whether something is asked for or to be avoided."""

    DO = "do"
    AVOID = "avoid"


class Timing(Enum):
    """When a cue is to be met."""

    #: Checked just before the exercise begins.
    JUST_BEFORE = "just-before"
    #: Kept up all the way through.
    THROUGHOUT = "throughout"


class EffortLevel(OrderedEnum):
    """How much effort something should take, in words, ordered, and never as a number."""

    #: Some attention, no significant strain.
    LOW = "low"
    #: Some focus and effort to do it with quality.
    MODERATE = "moderate"
    #: Hard.
    HIGH = "high"


@final
@frozen(kw_only=True)
class Cue:
    """One thing to do or to avoid: a movement of a region, to a degree.

    Raises:
        InvalidValue: malformed id, blank text, or a field of the wrong type.
    """

    #: Unique within the guideline or step that holds it.
    id: CueId = field(validator=IDENTIFIER)
    #: What is said to the person.
    text: str = field(validator=TEXT)
    #: Asked for, or to be avoided.
    polarity: Polarity = field(validator=Exactly(Polarity))
    #: The movement that is meant.
    movement: Movement = field(validator=Exactly(Movement))
    #: The region that moves or stays.
    region: Region = field(validator=Exactly(Region))
    #: A do-cue asks for this much; an avoid-cue refuses this much and more. None: not stated.
    degree: Degree | None = field(default=None, validator=Optional(Exactly(Degree)))
    #: From where an observer checks it. None: not stated.
    view: View | None = field(default=None, validator=Optional(Exactly(View)))
    #: When it is to be met. None: not stated.
    timing: Timing | None = field(default=None, validator=Optional(Exactly(Timing)))
    #: Why, as said to the person. None: not stated.
    reason: str | None = field(default=None, validator=Optional(TEXT))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


def contradict(one: Cue, other: Cue) -> bool:
    """Tell whether a person cannot follow both cues at the same time.

    Two do-cues contradict where they ask overlapping regions for opposed movements. A do-cue and
    an avoid-cue contradict where the same movement is asked for at least to the degree that is to
    be avoided; a degree that is not stated counts as more than slight when asked for, and as any
    amount when it is to be avoided. Two avoid-cues never contradict: the way between is left.
    """
    if not overlap(one.region, other.region):
        return False
    if one.polarity is other.polarity:
        return one.polarity is Polarity.DO and are_opposed(one.movement, other.movement)
    if one.movement is not other.movement:
        return False
    do, avoid = (one, other) if one.polarity is Polarity.DO else (other, one)
    asked = do.degree or Degree.MODERATE
    refused = avoid.degree or Degree.SLIGHT
    return asked >= refused


@final
@frozen(kw_only=True)
class PostureGuideline:
    """How to hold oneself, for exercises that share it; cues of all views together.

    Raises:
        InvalidValue: malformed id, blank title, no region, or a field of the wrong type.
    """

    #: Which guideline.
    id: GuidelineId = field(validator=IDENTIFIER)
    #: Its name.
    title: str = field(validator=NAME)
    #: The regions that it is about, at least one.
    regions: frozenset[Region] = field(validator=SetOf(Exactly(Region), low=1))
    #: What to do and to avoid.
    cues: tuple[Cue, ...] = field(validator=TupleOf(Exactly(Cue)))
    #: How much effort keeping to it should take. None: not stated.
    effort: EffortLevel | None = field(default=None, validator=Optional(Exactly(EffortLevel)))
    #: For each plain field named, where its value comes from.
    stated_by: Mapping[str, tuple[Source, ...]] = field(
        default={}, converter=sources_by_field, validator=STATED_BY
    )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the plain fields, each once."""
        return distinct_sources(self.stated_by)

    def cue(self, id: CueId) -> Cue | None:
        """Return the cue with that id, or None."""
        return next((cue for cue in self.cues if cue.id == id), None)
