"""Steps: what a person does, one sentence each, with what it moves, asks for and brings about.

The sentence says one thing. Cues, motions, effects, targets and supports are parts with ids of
their own, so that an axis can replace one of them and leave the rest as it is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import final

from attrs import field, frozen

from backex.anatomy import Contact, Degree, Direction, Limb, Movement, Phase, Region
from backex.checks import FLAG, IDENTIFIER, TEXT, Exactly, Optional, SetOf, TupleOf
from backex.ids import CueId, EffectId, GuidelineId, MotionId, StepId, SupportId, TargetId
from backex.pose import JointAngle
from backex.posture import Cue, Polarity
from backex.provenance import SOURCES, Source
from backex.quantities import Span, Unit, converted

__all__ = ["Effect", "GuidelineReference", "Motion", "Step", "Support", "Target"]


@final
@frozen(kw_only=True)
class Motion:
    """A movement that a step consists of.

    Raises:
        InvalidValue: malformed id or a field of the wrong type.
    """

    #: Unique within the step.
    id: MotionId = field(validator=IDENTIFIER)
    #: What is done.
    movement: Movement = field(validator=Exactly(Movement))
    #: Which part does it.
    region: Region = field(validator=Exactly(Region))
    #: Of which limb, or None for the trunk and the head.
    limb: Limb | None = field(default=None, validator=Optional(Exactly(Limb)))
    #: How much. None: not stated.
    degree: Degree | None = field(default=None, validator=Optional(Exactly(Degree)))
    #: Where to. None: the movement itself says it, or it is not stated.
    direction: Direction | None = field(default=None, validator=Optional(Exactly(Direction)))
    #: The part that it is lined up with or goes to. None: no such part.
    toward: Region | None = field(default=None, validator=Optional(Exactly(Region)))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class Effect:
    """What a step is to bring about by itself, and by which one can check that it was done well.

    Raises:
        InvalidValue: malformed id, blank text or a field of the wrong type.
    """

    #: Unique within the step.
    id: EffectId = field(validator=IDENTIFIER)
    #: The effect as said to a person.
    text: str = field(validator=TEXT)
    #: What happens.
    movement: Movement = field(validator=Exactly(Movement))
    #: To which part.
    region: Region = field(validator=Exactly(Region))
    #: How much. None: not stated.
    degree: Degree | None = field(default=None, validator=Optional(Exactly(Degree)))
    #: For a shift of weight, the contact that it leaves.
    load_from: Contact | None = field(default=None, validator=Optional(Exactly(Contact)))
    #: For a shift of weight, or a contact gained, the contact that takes it.
    load_to: Contact | None = field(default=None, validator=Optional(Exactly(Contact)))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class Target:
    """A measured aim of a step, in the numbers and the unit of its source.

    Raises:
        InvalidValue: malformed id or a field of the wrong type.
    """

    #: Unique within the step.
    id: TargetId = field(validator=IDENTIFIER)
    #: The movement measured.
    movement: Movement = field(validator=Exactly(Movement))
    #: Of which part.
    region: Region = field(validator=Exactly(Region))
    #: Of which limb, or None for the trunk and the head.
    limb: Limb | None = field(default=None, validator=Optional(Exactly(Limb)))
    #: The measure, in `unit`.
    span: Span = field(validator=Exactly(Span))
    #: The unit of `span`.
    unit: Unit = field(validator=Exactly(Unit))
    #: Whether the source gives it as a rough figure.
    approximate: bool = field(validator=FLAG)
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    def in_unit(self, unit: Unit) -> tuple[Decimal | None, Decimal | None] | None:
        """Return the ends of the span in another unit, exactly, or None where it does not fit.

        An open end stays None. The stated numbers are kept; these are derived from them.
        """
        ends = (self.span.low, self.span.high)
        if all(end is None or converted(end, self.unit, unit) is None for end in ends):
            return None
        low, high = (None if end is None else converted(end, self.unit, unit) for end in ends)
        return low, high

    def __str__(self) -> str:
        """Return the measure as a person writes it, such as ``about 6–8 in``."""
        unit = "°" if self.unit is Unit.DEGREE else f" {self.unit.value}"
        return f"{'about ' if self.approximate else ''}{self.span}{unit}"


@final
@frozen(kw_only=True)
class Support:
    """A contact that bears weight in some phases, or that must not.

    Raises:
        InvalidValue: malformed id or a field of the wrong type.
    """

    #: Unique within the exercise.
    id: SupportId = field(validator=IDENTIFIER)
    #: What touches the floor.
    contact: Contact = field(validator=Exactly(Contact))
    #: Weight rests on it (do), or must not (avoid).
    polarity: Polarity = field(default=Polarity.DO, validator=Exactly(Polarity))
    #: In which phases. Empty: in all of them.
    phases: frozenset[Phase] = field(default=frozenset(), validator=SetOf(Exactly(Phase)))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class GuidelineReference:
    """A cue of a guideline that a step asks to meet, without saying it again.

    Raises:
        InvalidValue: malformed id.
    """

    #: Which guideline.
    guideline: GuidelineId = field(validator=IDENTIFIER)
    #: Which of its cues.
    cue: CueId = field(validator=IDENTIFIER)
    #: Where the reference comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class Step:
    """One thing that a person does, said in one sentence.

    Raises:
        InvalidValue: malformed id, blank text or a field of the wrong type.
    """

    #: Unique within the exercise.
    id: StepId = field(validator=IDENTIFIER)
    #: What it is for.
    phase: Phase = field(validator=Exactly(Phase))
    #: What is said to the person.
    text: str = field(validator=TEXT)
    #: The movements that it consists of.
    motions: tuple[Motion, ...] = field(default=(), validator=TupleOf(Exactly(Motion)))
    #: What to do and to avoid during it.
    cues: tuple[Cue, ...] = field(default=(), validator=TupleOf(Exactly(Cue)))
    #: Cues of a guideline that it asks to meet.
    guideline_cues: tuple[GuidelineReference, ...] = field(
        default=(), validator=TupleOf(Exactly(GuidelineReference))
    )
    #: What it is to bring about.
    effects: tuple[Effect, ...] = field(default=(), validator=TupleOf(Exactly(Effect)))
    #: Its measured aims.
    targets: tuple[Target, ...] = field(default=(), validator=TupleOf(Exactly(Target)))
    #: How joints stand at its end; those that it does not name stay as the step before left them.
    pose: tuple[JointAngle, ...] = field(default=(), validator=TupleOf(Exactly(JointAngle)))
    #: The step during which it happens. None: after the step before it.
    during: StepId | None = field(default=None, validator=Optional(IDENTIFIER))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    @property
    def movements(self) -> tuple[Movement, ...]:
        """The movements of its motions, in order."""
        return tuple(motion.movement for motion in self.motions)
