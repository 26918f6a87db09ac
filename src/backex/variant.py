"""Variants: an exercise as a point in the product of its axes, their order and their neighbors."""

from __future__ import annotations

from functools import cached_property
from typing import final

import attrs
from attrs import field, frozen

from backex.anatomy import Contact
from backex.axes import Axis, LevelAxis
from backex.checks import IDENTIFIER, TEXT, Exactly, OneOf, TupleOf, clipped
from backex.editing import edited, edits_at
from backex.errors import InvalidValue
from backex.exercise import Exercise, contacts_of
from backex.ids import AxisId, LevelId
from backex.progression import PROGRESSIONS, Progression, axis_of, move_to, place_of
from backex.quantities import Mass
from backex.step import Step, Support

__all__ = ["Difference", "Place", "Variant", "differences", "has_cycle", "has_place", "vary"]

#: Where a variant stands on an axis: a level, a mass, or None for no load.
Place = LevelId | Mass | None


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


@final
@frozen
class Variant:
    """An exercise with a set of moves along its axes.

    The moves are kept as asked for, in the order of the exercise's axes. One that the exercise
    does not offer, or a second one on an axis, edits nothing and is reported by `validate`.

    Variants of one exercise are partly ordered: one is at most another where it is so on every
    axis. A variant with a move that does not apply compares with itself only.

    Raises:
        InvalidValue: not an `Exercise`, or not a tuple of progressions.
    """

    #: The exercise in its base form.
    exercise: Exercise = field(validator=Exactly(Exercise))
    #: The moves.
    progressions: tuple[Progression, ...] = field(
        default=(), validator=TupleOf(OneOf(PROGRESSIONS))
    )

    def __attrs_post_init__(self) -> None:
        """Keep one form for all ways to ask for the same moves."""
        ordered = _canonical(self.exercise, self.progressions)
        object.__setattr__(self, "progressions", ordered)

    @cached_property
    def _edited(self) -> tuple[tuple[Step, ...], tuple[Support, ...]]:
        moves = [each for each in self.progressions if self.applies(each)]
        edits = [
            edit
            for axis in self.exercise.axes
            for move in moves
            if axis_of(move) == axis.id
            for edit in edits_at(axis, place_of(move))
        ]
        return edited(self.exercise, edits)

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

    def moves_on(self, axis: AxisId) -> tuple[Progression, ...]:
        """Return the moves along one axis: at most one in a sound variant."""
        return tuple(each for each in self.progressions if axis_of(each) == axis)

    def applies(self, progression: Progression) -> bool:
        """Tell whether the exercise offers that move and it is the only one on its axis."""
        axis = self.exercise.axis(axis_of(progression))
        return (
            axis is not None
            and len(self.moves_on(axis.id)) == 1
            and has_place(axis, place_of(progression))
        )

    @property
    def is_sound(self) -> bool:
        """Whether every move applies and the exercise orders its levels without a cycle."""
        return all(self.applies(each) for each in self.progressions) and not any(
            has_cycle(axis) for axis in self.exercise.axes
        )

    def place(self, axis: AxisId) -> Place:
        """Return where the variant stands on an axis that its exercise has.

        Raises:
            InvalidValue: the exercise has no such axis.
        """
        found = self.exercise.axis(axis)
        if found is None:
            raise InvalidValue("Variant.place", "axis", axis, self._axes_in_words)
        for move in self.moves_on(axis):
            if self.applies(move):
                return place_of(move)
        return found.base.id if isinstance(found, LevelAxis) else None

    def with_(self, *progressions: Progression) -> Variant:
        """Return the variant with those moves, each in place of the moves on its axis."""
        moved = {axis_of(each) for each in progressions}
        kept = tuple(each for each in self.progressions if axis_of(each) not in moved)
        return attrs.evolve(self, progressions=(*kept, *progressions))

    def without(self, axis: AxisId) -> Variant:
        """Return the variant with every move on that axis undone.

        Raises:
            InvalidValue: there is no such axis, nor a move along one.
        """
        if self.exercise.axis(axis) is None and not self.moves_on(axis):
            raise InvalidValue("Variant.without", "axis", axis, self._axes_in_words)
        kept = tuple(each for each in self.progressions if axis_of(each) != axis)
        return attrs.evolve(self, progressions=kept)

    @property
    def _axes_in_words(self) -> str:
        axes = ", ".join(axis.id for axis in self.exercise.axes)
        return f'an axis of "{self.exercise.id}": {axes or "it has none"}'

    def neighbors(self) -> tuple[Variant, ...]:
        """Return the variants one place away on one axis, axis by axis.

        Levels without an order among them are one place from each other. A variant with a move that
        does not apply has no neighbors.
        """
        if not self.is_sound:
            return ()
        found = (
            self._at(axis, place)
            for axis in self.exercise.axes
            for place in _next_to(axis, self.place(axis.id))
        )
        return tuple(each for each in found if each is not None)

    def regressions(self) -> tuple[Variant, ...]:
        """Return the neighbors that are easier."""
        return tuple(each for each in self.neighbors() if each < self)

    def advances(self) -> tuple[Variant, ...]:
        """Return the neighbors that are harder."""
        return tuple(each for each in self.neighbors() if self < each)

    def _at(self, axis: Axis, place: Place) -> Variant | None:
        if place is None or (isinstance(axis, LevelAxis) and place == axis.base.id):
            return self.without(axis.id)
        move = move_to(axis.id, place)
        return None if move is None else self.with_(move)

    def __le__(self, other: Variant) -> bool:
        """Tell whether this variant is the other one or easier."""
        if type(other) is not type(self):
            return NotImplemented
        if self == other:
            return True
        if self.exercise != other.exercise or not (self.is_sound and other.is_sound):
            return False
        return all(
            _at_most(axis, self.place(axis.id), other.place(axis.id)) for axis in self.exercise.axes
        )

    def __lt__(self, other: Variant) -> bool:
        """Tell whether this variant is easier than the other one."""
        return NotImplemented if type(other) is not type(self) else self != other and self <= other

    def __ge__(self, other: Variant) -> bool:
        """Tell whether this variant is the other one or harder."""
        return NotImplemented if type(other) is not type(self) else other <= self

    def __gt__(self, other: Variant) -> bool:
        """Tell whether this variant is harder than the other one."""
        return NotImplemented if type(other) is not type(self) else other < self

    def __str__(self) -> str:
        """Return the exercise and its moves, such as ``Oblique Sit (support: extended arm)``."""
        moves = (f"{_axis_name(self, axis)}: {_place_name(self, axis)}" for axis in _moved(self))
        said = "; ".join(moves)
        return f"{self.exercise.name} ({said})" if said else self.exercise.name


def vary(exercise: Exercise, *progressions: Progression) -> Variant:
    """Return `exercise` with those moves along its axes; with none, in its base form.

    Raises:
        InvalidValue: an argument of the wrong type.
    """
    return Variant(exercise, progressions)


@final
@frozen
class Difference:
    """Where two variants of one exercise stand apart.

    Raises:
        InvalidValue: a malformed id, blank text or a field of the wrong type.
    """

    #: The axis.
    axis: AxisId = field(validator=IDENTIFIER)
    #: What a person calls it.
    name: str = field(validator=TEXT)
    #: The place of the first variant, in words.
    before: str = field(validator=TEXT)
    #: The place of the second variant, in words.
    after: str = field(validator=TEXT)

    def __str__(self) -> str:
        """Return the difference in words, such as ``support: forearm → extended arm``."""
        return f"{self.name}: {self.before} → {self.after}"


def differences(before: Variant, after: Variant) -> tuple[Difference, ...]:
    """Return what changes from one variant of an exercise to another, axis by axis.

    Axes that the exercise lacks come last.

    Raises:
        InvalidValue: the two are variants of different exercises.

    >>> from backex.catalog.upper_back import OBLIQUE_SIT
    >>> from backex.progression import ExtendArm
    >>> [str(each) for each in differences(vary(OBLIQUE_SIT), vary(OBLIQUE_SIT, ExtendArm()))]
    ['support: forearm → extended arm']
    """
    if before.exercise != after.exercise:
        allowed = f'a variant of "{before.exercise.id}", equal to that of the first variant'
        raise InvalidValue("differences", "after", after, allowed)
    known = [axis.id for axis in before.exercise.axes]
    axes = dict.fromkeys([*known, *_moved(before), *_moved(after)])
    return tuple(
        Difference(axis, _axis_name(before, axis), *_apart(before, after, axis))
        for axis in axes
        if before.moves_on(axis) != after.moves_on(axis)
    )


def _apart(before: Variant, after: Variant, axis: AxisId) -> tuple[str, str]:
    """Return both places in words; where those are the same, with what tells them apart."""
    one, other = _place_name(before, axis), _place_name(after, axis)
    if one != other:
        return one, other
    return one + _place_id(before, axis), other + _place_id(after, axis)


def _place_id(variant: Variant, axis: AxisId) -> str:
    moves = variant.moves_on(axis)
    if not all(variant.applies(each) for each in moves):
        return " (not offered)"
    found = variant.exercise.axis(axis)
    return f" ({variant.place(axis)})" if isinstance(found, LevelAxis) else ""


def has_place(axis: Axis, place: LevelId | Mass) -> bool:
    """Tell whether an axis has that place."""
    if isinstance(axis, LevelAxis):
        return isinstance(place, str) and axis.level(place) is not None
    return isinstance(place, Mass) and axis.carries(place)


def has_cycle(axis: Axis) -> bool:
    """Tell whether some level of an axis would be harder than itself."""
    return isinstance(axis, LevelAxis) and any(
        level.id in axis.below(level.id) for level in axis.levels
    )


def _next_to(axis: Axis, place: Place) -> tuple[Place, ...]:
    if isinstance(axis, LevelAxis):
        return axis.next_to(place) if isinstance(place, str) else ()
    return axis.next_to(place) if not isinstance(place, str) else ()


def _at_most(axis: Axis, one: Place, other: Place) -> bool:
    if isinstance(axis, LevelAxis):
        return isinstance(one, str) and isinstance(other, str) and axis.at_most(one, other)
    return _grams(one) <= _grams(other)


def _grams(place: Place) -> int:
    return place.grams if isinstance(place, Mass) else 0


def _moved(variant: Variant) -> list[AxisId]:
    return list(dict.fromkeys(axis_of(each) for each in variant.progressions))


def _axis_name(variant: Variant, axis: AxisId) -> str:
    found = variant.exercise.axis(axis)
    return axis if found is None else found.name


def _place_name(variant: Variant, axis: AxisId) -> str:
    found = variant.exercise.axis(axis)
    moves = variant.moves_on(axis)
    if found is None or not all(variant.applies(each) for each in moves):
        return clipped(" and ".join(str(place_of(each)) for each in moves)) or "none"
    place = variant.place(axis)
    level = found.level(place) if isinstance(found, LevelAxis) and isinstance(place, str) else None
    return level.name if level else "none" if place is None else str(place)
