"""An exercise: what is done, on what the body rests, what it is for, and how it may be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NewType, final

import attrs
from attrs import field, frozen

from backex.anatomy import Contact, Laterality, Phase, Position, Region
from backex.axes import Axis, LevelAxis, LoadAxis
from backex.checks import IDENTIFIER, NAME, Exactly, OneOf, Optional, SetOf, TupleOf
from backex.ids import AxisId, ExerciseId, StepId
from backex.posture import Cue, EffortLevel, Polarity, PostureGuideline
from backex.provenance import STATED_BY, Source, distinct_sources, sources_by_field
from backex.step import GuidelineReference, Step, Support
from backex.training import Coordination, Purpose, TrainingQuality

__all__ = ["MAT", "Equipment", "Exercise", "contacts_of"]

#: A thing needed to exercise, under an id that an app may choose.
Equipment = NewType("Equipment", str)
#: An exercise mat.
MAT = Equipment("mat")


def contacts_of(
    supports: tuple[Support, ...], polarity: Polarity = Polarity.DO, phase: Phase | None = None
) -> frozenset[Contact]:
    """Return the contacts that bear weight (or must not), in one phase or in any."""
    return frozenset(
        support.contact
        for support in supports
        if support.polarity is polarity
        and (phase is None or not support.phases or phase in support.phases)
    )


@final
@frozen(kw_only=True)
class Exercise:
    """One exercise in its base form.

    What is None or empty is not stated. `stated_by` says where the plain fields come from; steps,
    contacts, purposes and axes carry their own sources.

    Raises:
        InvalidValue: malformed id, blank name, or a field of the wrong type.
    """

    #: Which exercise.
    id: ExerciseId = field(validator=IDENTIFIER)
    #: What a person calls it.
    name: str = field(validator=NAME)
    #: How the body starts out.
    position: Position = field(validator=Exactly(Position))
    #: Whether it has a left and a right form.
    laterality: Laterality = field(validator=Exactly(Laterality))
    #: Whether both sides must be done. None: not stated.
    both_sides_required: bool | None = field(default=None, validator=Optional(Exactly(bool)))
    #: What is done, in order.
    steps: tuple[Step, ...] = field(default=(), validator=TupleOf(Exactly(Step)))
    #: What bears weight and what must not.
    contacts: tuple[Support, ...] = field(default=(), validator=TupleOf(Exactly(Support)))
    #: The guidelines that hold for it.
    guidelines: tuple[PostureGuideline, ...] = field(
        default=(), validator=TupleOf(Exactly(PostureGuideline))
    )
    #: What it trains, by region or limb.
    purposes: tuple[Purpose, ...] = field(default=(), validator=TupleOf(Exactly(Purpose)))
    #: What it develops as a whole.
    qualities: frozenset[TrainingQuality] = field(
        default=frozenset(), validator=SetOf(Exactly(TrainingQuality))
    )
    #: The regions in focus.
    focus: frozenset[Region] = field(default=frozenset(), validator=SetOf(Exactly(Region)))
    #: How much of the body it trains at a time.
    coordination: Coordination | None = field(
        default=None, validator=Optional(Exactly(Coordination))
    )
    #: Whether it stabilizes through a limb that bears weight.
    supported_limb: bool | None = field(default=None, validator=Optional(Exactly(bool)))
    #: How much effort it should take.
    effort: EffortLevel | None = field(default=None, validator=Optional(Exactly(EffortLevel)))
    #: The regions for whose movements it is the foundation.
    foundation_for: frozenset[Region] = field(default=frozenset(), validator=SetOf(Exactly(Region)))
    #: The ways in which it may be changed.
    axes: tuple[Axis, ...] = field(default=(), validator=TupleOf(OneOf((LevelAxis, LoadAxis))))
    #: What must be at hand.
    equipment: frozenset[Equipment] = field(default=frozenset(), validator=SetOf(IDENTIFIER))
    #: What may be used but need not.
    optional_equipment: frozenset[Equipment] = field(
        default=frozenset(), validator=SetOf(IDENTIFIER)
    )
    #: For each plain field named, where its value comes from.
    stated_by: Mapping[str, tuple[Source, ...]] = field(
        default={}, converter=sources_by_field, validator=STATED_BY
    )

    @property
    def supports(self) -> frozenset[Contact]:
        """The contacts that bear weight at some time."""
        return contacts_of(self.contacts)

    @property
    def avoid_supports(self) -> frozenset[Contact]:
        """The contacts that must not bear weight at some time."""
        return contacts_of(self.contacts, Polarity.AVOID)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the plain fields, each once."""
        return distinct_sources(self.stated_by)

    @property
    def is_unilateral(self) -> bool:
        """Whether it has a left and a right form."""
        return self.laterality is Laterality.UNILATERAL

    @property
    def has_hold(self) -> bool:
        """Whether a position is to be held."""
        return any(step.phase is Phase.HOLD for step in self.steps)

    def step(self, id: StepId) -> Step | None:
        """Return the step with that id, or None."""
        return next((step for step in self.steps if step.id == id), None)

    def referred(self, reference: GuidelineReference) -> Cue | None:
        """Return the cue that a step refers to, or None where the exercise has no such one."""
        found = (each for each in self.guidelines if each.id == reference.guideline)
        return next((guideline.cue(reference.cue) for guideline in found), None)

    def with_axis(self, axis: Axis) -> Exercise:
        """Return the exercise with that axis, in place of the one with its id or as the last."""
        if self.axis(axis.id) is None:
            return attrs.evolve(self, axes=(*self.axes, axis))
        axes = tuple(axis if each.id == axis.id else each for each in self.axes)
        return attrs.evolve(self, axes=axes)

    def axis(self, id: AxisId) -> Axis | None:
        """Return the axis with that id, or None."""
        return next((axis for axis in self.axes if axis.id == id), None)
