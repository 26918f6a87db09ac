"""A catalog: exercises under one id, for documents to refer to."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from backex.checks import IDENTIFIER, NAME, Exactly, TupleOf
from backex.exercise import Exercise
from backex.ids import CatalogId, ExerciseId
from backex.training import Principle, QualityDefinition

__all__ = ["Catalog"]


@final
@frozen(kw_only=True)
class Catalog:
    """Exercises, and what a source says of training as a whole.

    Raises:
        InvalidValue: a malformed id, a blank title or a field of the wrong type.
    """

    #: Which catalog.
    id: CatalogId = field(validator=IDENTIFIER)
    #: What a person calls it.
    title: str = field(validator=NAME)
    #: Its exercises.
    exercises: tuple[Exercise, ...] = field(default=(), validator=TupleOf(Exactly(Exercise)))
    #: What a routine should give room to.
    principles: tuple[Principle, ...] = field(default=(), validator=TupleOf(Exactly(Principle)))
    #: What its training qualities mean.
    definitions: tuple[QualityDefinition, ...] = field(
        default=(), validator=TupleOf(Exactly(QualityDefinition))
    )

    def exercise(self, id: ExerciseId) -> Exercise | None:
        """Return the exercise with that id, or None."""
        return next((exercise for exercise in self.exercises if exercise.id == id), None)
