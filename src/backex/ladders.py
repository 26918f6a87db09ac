"""Ladders: rungs of growing difficulty, each with what has to be shown to leave it upward."""

from __future__ import annotations

from typing import final

import attrs
from attrs import field, frozen

from backex.axes import RESISTANCE
from backex.checks import Exactly, Optional, TupleOf
from backex.criteria import CRITERION, Criterion
from backex.dose import Dose
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ids import AxisId
from backex.progression import Progression, move_to
from backex.quantities import Mass
from backex.variant import Variant

__all__ = ["Ladder", "Rung", "ladder"]


@final
@frozen(kw_only=True)
class Rung:
    """One step of a ladder.

    Raises:
        InvalidValue: a field of the wrong type.
    """

    #: The exercise with its moves.
    variant: Variant = field(validator=Exactly(Variant))
    #: How much of it. None: the dose of the item.
    dose: Dose | None = field(default=None, validator=Optional(Exactly(Dose)))
    #: What has to be shown to leave it upward. None: it is not left upward.
    advance: Criterion | None = field(default=None, validator=Optional(CRITERION))


@final
@frozen
class Ladder:
    """Rungs from the easiest up.

    Raises:
        InvalidValue: no rung, or something else than rungs.
    """

    #: The rungs, at least one.
    rungs: tuple[Rung, ...] = field(validator=TupleOf(Exactly(Rung), low=1))

    @property
    def top(self) -> Rung:
        """The hardest rung."""
        return self.rungs[-1]

    def then(
        self,
        *progressions: Progression,
        dose: Dose | None = None,
        advance: Criterion | None = None,
    ) -> Ladder:
        """Return the ladder with one more rung: the top one with those moves.

        Each move takes the place of the one on its axis. A dose or a criterion that is not given
        stays that of the top rung.
        """
        top = self.top
        rung = Rung(
            variant=top.variant.with_(*progressions),
            dose=top.dose if dose is None else dose,
            advance=top.advance if advance is None else advance,
        )
        return Ladder((*self.rungs, rung))

    def ramp(
        self,
        first: Mass,
        last: Mass,
        *,
        by: Mass,
        axis: AxisId = RESISTANCE,
        advance: Criterion | None = None,
    ) -> Ladder:
        """Return the ladder with a rung for each load from `first` to `last`, growing by `by`.

        Raises:
            InvalidValue: the loads do not lead from `first` exactly to `last`, or `axis` has no
                progression that carries a load.
        """
        grams = range(first.grams, last.grams + 1, by.grams)
        if not grams or grams[-1] != last.grams:
            allowed = f"a load that steps of {by} lead to from {first}"
            raise InvalidValue("ramp", "last", last, allowed)
        grown = self
        for load in grams:
            move = move_to(axis, Mass(load))
            if move is None:
                raise InvalidValue("ramp", "axis", axis, "an axis that carries a load")
            grown = grown.then(move, advance=advance)
        return grown

    def leaving(self, advance: Criterion | None) -> Ladder:
        """Return the ladder with that criterion on its top rung."""
        return Ladder((*self.rungs[:-1], attrs.evolve(self.top, advance=advance)))


def ladder(
    base: Exercise | Variant, dose: Dose | None = None, *, advance: Criterion | None = None
) -> Ladder:
    """Return a ladder of one rung, to be grown with `then` and `ramp`.

    >>> from backex.catalog.upper_back import OBLIQUE_SIT
    >>> from backex import Completed, ExtendArm, InARow, kg
    >>> steady = InARow(criterion=Completed(), sessions=3)
    >>> loaded = ladder(OBLIQUE_SIT, advance=steady).ramp(kg(0.5), kg(1), by=kg(0.5))
    >>> grown = loaded.then(ExtendArm())
    >>> [str(rung.variant) for rung in grown.rungs][-1]
    'Oblique Sit (resistance: 1 kg; support: extended arm)'
    """
    variant = base if isinstance(base, Variant) else Variant(base)
    return Ladder((Rung(variant=variant, dose=dose, advance=advance),))
