"""Routines: exercises prescribed in order, with what holds for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import final

import attrs
from attrs import field, frozen

from backex.anatomy import Side
from backex.checks import (
    IDENTIFIER,
    NAME,
    TEXT,
    Exactly,
    Integer,
    MapOf,
    Optional,
    SetOf,
    Text,
    TupleOf,
)
from backex.dose import Dose, Schedule
from backex.exercise import Equipment, Exercise
from backex.ids import PrescriptionId, RoutineId, suggestion
from backex.mappings import frozen_map
from backex.posture import PostureGuideline
from backex.provenance import SOURCES, Source
from backex.stopping import StoppingPolicy
from backex.variant import Variant

__all__ = ["Prescription", "Routine", "Sides", "prescribe"]

_SECONDS_IN_A_DAY = 86_400


class Sides(Enum):
    """On which sides an exercise is prescribed: the side that is at work, or that faces up."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    #: The exercise has no left and right form.
    NOT_APPLICABLE = "not-applicable"

    @property
    def in_turn(self) -> tuple[Side | None, ...]:
        """The sides on which the dose is done, in order; None alone where there are no sides."""
        match self:
            case Sides.BOTH:
                return tuple(Side)
            case Sides.NOT_APPLICABLE:
                return (None,)
            case _:
                return (Side(self.value),)

    @property
    def count(self) -> int:
        """How many times the dose is done."""
        return len(self.in_turn)


def _texts(value: Mapping[str, str]) -> Mapping[str, str]:
    return frozen_map(value)


@final
@frozen(kw_only=True)
class Prescription:
    """One exercise as it is to be done: which variant, how much, on which sides.

    Raises:
        InvalidValue: a malformed id, a blank reason, or a field of the wrong type.
    """

    #: Unique within the routine.
    id: PrescriptionId = field(validator=IDENTIFIER)
    #: The exercise with its moves.
    variant: Variant = field(validator=Exactly(Variant))
    #: How much. None: not stated.
    dose: Dose | None = field(default=None, validator=Optional(Exactly(Dose)))
    #: On which sides.
    sides: Sides = field(validator=Exactly(Sides))
    #: Diagnostics accepted for this item: the reason by code.
    suppress: Mapping[str, str] = field(
        default={},
        converter=_texts,
        validator=MapOf(Text(limit=10, single_line=True), TEXT),
    )
    #: Where the choice of exercise and sides comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    @property
    def exercise(self) -> Exercise:
        """The exercise in its base form."""
        return self.variant.exercise

    @property
    def least_seconds(self) -> int:
        """The least time that the item certainly takes, on all its sides."""
        return 0 if self.dose is None else self.dose.least_seconds * self.sides.count


def prescribe(
    exercise: Exercise | Variant,
    dose: Dose | None = None,
    *,
    sides: Sides | None = None,
    id: str | None = None,
    suppress: Mapping[str, str] | None = None,
    sources: tuple[Source, ...] = (),
) -> Prescription:
    """Return a prescription of `exercise`, under the exercise's own id unless another is given.

    Where `sides` is not given, a unilateral exercise is prescribed on both.

    Raises:
        InvalidValue: an argument of the wrong type, or a malformed id.
    """
    variant = exercise if isinstance(exercise, Variant) else Variant(exercise)
    usual = Sides.BOTH if variant.exercise.is_unilateral else Sides.NOT_APPLICABLE
    return Prescription(
        id=PrescriptionId(variant.exercise.id if id is None else id),
        variant=variant,
        dose=dose,
        sides=usual if sides is None else sides,
        suppress={} if suppress is None else suppress,
        sources=sources,
    )


@final
@frozen(kw_only=True)
class Routine:
    """Prescriptions in the order in which they are done, and what holds for all of them.

    Raises:
        InvalidValue: a malformed id, a blank title, a time budget below 1 second or above a day, or
            a field of the wrong type.
    """

    #: Which routine.
    id: RoutineId = field(validator=IDENTIFIER)
    #: What a person calls it.
    title: str = field(validator=NAME)
    #: What is done, in order.
    items: tuple[Prescription, ...] = field(default=(), validator=TupleOf(Exactly(Prescription)))
    #: The guideline that holds for all of it. None: not stated.
    guideline: PostureGuideline | None = field(
        default=None, validator=Optional(Exactly(PostureGuideline))
    )
    #: When to stop. None: nothing can be judged safe, and every decision is to hold.
    stopping: StoppingPolicy | None = field(
        default=None, validator=Optional(Exactly(StoppingPolicy))
    )
    #: How often it is done. None: not stated.
    schedule: Schedule | None = field(default=None, validator=Optional(Exactly(Schedule)))
    #: The time there is for one session. None: not stated.
    time_budget_seconds: int | None = field(
        default=None, validator=Optional(Integer(1, _SECONDS_IN_A_DAY))
    )
    #: What is at hand. None: not stated; empty: nothing.
    equipment: frozenset[Equipment] | None = field(
        default=None, validator=Optional(SetOf(IDENTIFIER))
    )
    #: The app's own notes, which decide nothing.
    metadata: Mapping[str, str] = field(default={}, converter=_texts, validator=MapOf(NAME, TEXT))
    #: Where the choice and the order of the items come from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    @property
    def least_seconds(self) -> int:
        """The least time that a session certainly takes."""
        return sum(item.least_seconds for item in self.items)

    def item(self, id: str) -> Prescription | None:
        """Return the item with that id, or None."""
        return next((item for item in self.items if item.id == id), None)

    def with_item(self, item: Prescription) -> Routine:
        """Return the routine with `item` at the end."""
        return attrs.evolve(self, items=(*self.items, item))

    def replacing(self, item: Prescription) -> Routine:
        """Return the routine with `item` in place of the one under its id.

        Raises:
            KeyError: no item has that id.
        """
        index = self._index(item.id)
        return attrs.evolve(self, items=(*self.items[:index], item, *self.items[index + 1 :]))

    def removing(self, id: str) -> Routine:
        """Return the routine without the item under `id`.

        Raises:
            KeyError: no item has that id.
        """
        index = self._index(id)
        return attrs.evolve(self, items=self.items[:index] + self.items[index + 1 :])

    def moving(self, id: str, *, to: int) -> Routine:
        """Return the routine with the item under `id` at position `to`, counted from 0.

        Raises:
            KeyError: no item has that id.
            IndexError: there is no such position.
        """
        index = self._index(id)
        if not 0 <= to < len(self.items):
            msg = f"position {to} is outside a routine of {len(self.items)} items"
            raise IndexError(msg)
        others = self.items[:index] + self.items[index + 1 :]
        return attrs.evolve(self, items=(*others[:to], self.items[index], *others[to:]))

    def _index(self, id: str) -> int:
        for index, item in enumerate(self.items):
            if item.id == id:
                return index
        meant = suggestion(id, [item.id for item in self.items])
        raise KeyError(f'no item has the id "{id}"; {meant}')
