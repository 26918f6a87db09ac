"""The laws of exercises, over one exercise of an app's own with its axes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import ClassVar

import attrs
from hypothesis import strategies as st

from backex.axes import Axis, LevelAxis
from backex.exercise import Exercise
from backex.ids import RoutineId
from backex.progression import Progression, move_to
from backex.quantities import Mass
from backex.routine import Routine, prescribe
from backex.rules import RULES, Rule
from backex.testing.assertions import assert_round_trip, assert_valid
from backex.testing.laws import Laws, drawn, require
from backex.validation import validate
from backex.variant import Variant, differences, vary

__all__ = ["ExerciseLaws"]

_LOADS = 20


class ExerciseLaws(Laws):
    """An exercise is sound, and every variant of it is one that can be done, told and stored."""

    #: The attributes without which there is nothing to test.
    about: ClassVar[tuple[str, ...]] = ("exercise",)
    #: The exercise.
    exercise: ClassVar[Exercise]
    #: The rules by which it is to be sound: those of the library and an app's own.
    rules: ClassVar[tuple[Rule, ...]] = RULES
    #: The greatest load that is tried on an axis of loads.
    heaviest: ClassVar[Mass] = Mass(5_000)

    def variants(self) -> st.SearchStrategy[Variant]:
        """Return variants of the exercise, at any place of its axes."""
        moves = [st.sampled_from(self._moves(axis)) for axis in self.exercise.axes]
        return st.tuples(*moves).map(
            lambda chosen: vary(self.exercise, *(each for each in chosen if each is not None))
        )

    def _moves(self, axis: Axis) -> list[Progression | None]:
        """Return the moves to the places of an axis, the base first; of many loads, the first."""
        if isinstance(axis, LevelAxis):
            return [None, *(move_to(axis.id, level.id) for level in axis.levels[1:])]
        most = min(self.heaviest.grams, axis.maximum_grams or self.heaviest.grams)
        loads = islice(range(axis.increment_grams, most + 1, axis.increment_grams), _LOADS)
        return [None, *(move_to(axis.id, Mass(grams)) for grams in loads)]

    def test_it_is_sound(self) -> None:
        """Nothing is wrong with the exercise itself."""
        assert_valid(self.exercise, rules=self.rules)

    def test_every_level_changes_what_is_done(self) -> None:
        """Each level of an axis changes a step or a contact; else it is a name and no more."""
        base = vary(self.exercise)
        idle = [
            str(variant)
            for axis in self.exercise.axes
            for move in self._moves(axis)[1:]
            if move is not None
            for variant in [vary(self.exercise, move)]
            if (variant.steps, variant.contacts) == (base.steps, base.contacts)
        ]
        require(not idle, f"these change no step and no contact: {_listed(idle)}")

    @drawn
    def test_the_order_of_its_axes_does_not_matter(self, data: st.DataObject) -> None:
        """Variants of the exercise with its axes in another order have the same steps."""
        variant = data.draw(self.variants(), label="variant")
        axes = tuple(data.draw(st.permutations(self.exercise.axes), label="axes"))
        other = vary(attrs.evolve(self.exercise, axes=axes), *variant.progressions)
        found = (other.steps, set(other.contacts))
        message = f"the steps of {variant} depend on the order of the axes that edit them"
        require(found == (variant.steps, set(variant.contacts)), message)

    @drawn
    def test_every_variant_can_be_prescribed(self, data: st.DataObject) -> None:
        """A routine finds nothing wrong with any variant as one of its items."""
        variant = data.draw(self.variants(), label="variant")
        routine = Routine(id=RoutineId("laws"), title="Laws", items=(prescribe(variant),))
        report = validate(routine, rules=self.rules)
        wrong = [each for each in report.errors if each.path.startswith("$.items[0]")]
        message = "\n\n".join(map(str, wrong))
        require(not wrong, f"{variant} cannot be prescribed:\n\n{message}")

    @drawn
    def test_variants_are_told_apart(self, data: st.DataObject) -> None:
        """Two variants that differ also read differently."""
        one = data.draw(self.variants(), label="one")
        other = data.draw(self.variants(), label="other")
        apart = one == other or (str(one) != str(other) and differences(one, other))
        require(
            apart, f"two variants are both called {one}: {_moves_of(one)} and {_moves_of(other)}"
        )

    @drawn
    def test_every_variant_leads_back_to_the_base(self, data: st.DataObject) -> None:
        """From each variant the base is reached by going one place at a time, never harder."""
        start = variant = data.draw(self.variants(), label="variant")
        while variant.progressions:
            easier = variant.regressions()
            aside = [
                each
                for each in variant.neighbors()
                if len(each.progressions) < len(variant.progressions)
            ]
            require(easier or aside, f"no way leads from {variant} back to the base of {start}")
            variant = min([*aside, *easier], key=lambda each: len(each.progressions))

    @drawn
    def test_every_variant_can_be_stored(self, data: st.DataObject) -> None:
        """Each variant is loaded as it was stored, with the same steps."""
        variant = data.draw(self.variants(), label="variant")
        loaded = assert_round_trip(variant)
        require(loaded.steps == variant.steps, f"{variant} has other steps once it is loaded")


def _listed(names: Iterable[str]) -> str:
    return "; ".join(names)


def _moves_of(variant: Variant) -> str:
    return _listed(map(str, variant.progressions)) or "the base"
