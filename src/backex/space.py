"""All variants of an exercise: how many there are, and one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from backex.axes import Axis, LevelAxis, LoadAxis
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.progression import Progression, move_to
from backex.quantities import Mass
from backex.variant import Variant, vary

__all__ = ["count_variants", "variants"]


def count_variants(exercise: Exercise, *, heaviest: Mass | None = None) -> int:
    """Return how many variants an exercise has, its base form included, without listing them.

    `heaviest` bounds the loads of axes; it is needed where an axis states no maximum.

    Raises:
        InvalidValue: an axis has no maximum and `heaviest` is None.

    >>> from backex.catalog.upper_back import OBLIQUE_SIT
    >>> count_variants(OBLIQUE_SIT, heaviest=Mass(1000))
    90
    """
    return prod(_count(axis, heaviest) for axis in exercise.axes)


def variants(
    exercise: Exercise, *, heaviest: Mass | None = None, limit: int = 10_000
) -> Iterator[Variant]:
    """Return every variant of an exercise, one at a time, the base form first.

    Raises:
        InvalidValue: an axis has no maximum and `heaviest` is None, or there are more than `limit`.
    """
    count = count_variants(exercise, heaviest=heaviest)
    if count > limit:
        raise InvalidValue("variants", "limit", limit, f"at least {count}, for so many there are")
    return (vary(exercise, *moves) for moves in _chosen(exercise.axes, heaviest))


def _chosen(axes: Sequence[Axis], heaviest: Mass | None) -> Iterator[tuple[Progression, ...]]:
    """Yield every choice of at most one move on each axis; none is made before it is asked for."""
    if not axes:
        yield ()
        return
    for move in _moves(axes[0], heaviest):
        made = () if move is None else (move,)
        for others in _chosen(axes[1:], heaviest):
            yield (*made, *others)


def _heaviest_grams(axis: LoadAxis, heaviest: Mass | None) -> int:
    bounds = [axis.maximum_grams, heaviest.grams if heaviest else None]
    stated = [bound for bound in bounds if bound is not None]
    if not stated:
        allowed = f'a Mass, for the axis "{axis.id}" states no maximum'
        raise InvalidValue("variants", "heaviest", heaviest, allowed)
    return min(stated)


def _count(axis: Axis, heaviest: Mass | None) -> int:
    if isinstance(axis, LevelAxis):
        return len(axis.levels)
    return 1 + _heaviest_grams(axis, heaviest) // axis.increment_grams


def _moves(axis: Axis, heaviest: Mass | None) -> Iterator[Progression | None]:
    """Yield a move to each place of an axis, None for its base."""
    yield None
    if isinstance(axis, LevelAxis):
        yield from (move_to(axis.id, level.id) for level in axis.levels[1:])
        return
    step = axis.increment_grams
    for grams in range(step, _heaviest_grams(axis, heaviest) + 1, step):
        yield move_to(axis.id, Mass(grams))
