"""Ladders: how they are built rung by rung, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from backex import (
    AddResistance,
    AxisId,
    Completed,
    CustomProgression,
    Dose,
    EffortAtMost,
    ExerciseId,
    ExtendArm,
    InARow,
    InvalidValue,
    Ladder,
    Limb,
    LoadAxis,
    Plan,
    Rung,
    kg,
    ladder,
    validate,
    vary,
)
from backex.axes import REACH, SUPPORT
from backex.catalog.upper_back import OBLIQUE_SIT, ROUTINE

DONE, EASY = Completed(), EffortAtMost(effort=4)
LIGHT, HEAVY = Dose(sets=2, reps=5), Dose(sets=3, reps=5)
BASE = vary(OBLIQUE_SIT)


def loaded(kilograms: float) -> Rung:
    variant = vary(OBLIQUE_SIT, AddResistance(kg(kilograms)))
    return Rung(variant=variant, dose=LIGHT, advance=DONE)


@pytest.mark.parametrize("base", [OBLIQUE_SIT, BASE])
def test_a_ladder_begins_with_one_rung(base: object) -> None:
    begun = ladder(base, LIGHT, advance=DONE)  # type: ignore[arg-type]
    assert begun == Ladder((Rung(variant=BASE, dose=LIGHT, advance=DONE),))
    assert begun.top is begun.rungs[0]


def test_without_a_dose_and_a_criterion_a_rung_states_neither() -> None:
    assert ladder(OBLIQUE_SIT) == Ladder((Rung(variant=BASE, dose=None, advance=None),))


def test_a_rung_keeps_what_is_not_given_anew() -> None:
    grown = (
        ladder(OBLIQUE_SIT, LIGHT, advance=DONE)
        .then(AddResistance(kg(1)))
        .then(dose=HEAVY)
        .then(AddResistance(kg(2)), ExtendArm(), advance=EASY)
    )
    one, two = vary(OBLIQUE_SIT, AddResistance(kg(1))), vary(OBLIQUE_SIT, AddResistance(kg(2)))
    assert grown.rungs == (
        Rung(variant=BASE, dose=LIGHT, advance=DONE),
        Rung(variant=one, dose=LIGHT, advance=DONE),
        Rung(variant=one, dose=HEAVY, advance=DONE),
        Rung(variant=two.with_(ExtendArm()), dose=HEAVY, advance=EASY),
    )
    assert grown.top == grown.rungs[3]


def test_growing_a_ladder_leaves_the_shorter_one_as_it_was() -> None:
    short = ladder(OBLIQUE_SIT, advance=DONE)
    short.then(ExtendArm())
    assert short == ladder(OBLIQUE_SIT, advance=DONE)


def test_a_ramp_has_a_rung_for_each_load() -> None:
    begun = ladder(OBLIQUE_SIT, LIGHT, advance=DONE)
    grown = begun.ramp(kg(0.5), kg(2), by=kg(0.5))
    assert grown.rungs == (*begun.rungs, loaded(0.5), loaded(1), loaded(1.5), loaded(2))


def test_a_ramp_may_be_of_one_load_and_have_its_own_criterion() -> None:
    begun = ladder(OBLIQUE_SIT, LIGHT, advance=DONE)
    expected = attrs.evolve(loaded(1), advance=EASY)
    assert begun.ramp(kg(1), kg(1), by=kg(0.5), advance=EASY).rungs == (*begun.rungs, expected)


def test_a_ramp_climbs_an_axis_of_the_app() -> None:
    pack = LoadAxis(id=AxisId("pack"), name="pack", limb=Limb.BOTH_ARMS, increment_grams=500)
    own = attrs.evolve(OBLIQUE_SIT, id=ExerciseId("own-sit"), axes=(pack,))
    grown = ladder(own, advance=DONE).ramp(kg(1), kg(2), by=kg(1), axis=pack.id)
    assert [rung.variant.progressions for rung in grown.rungs] == [
        (),
        (CustomProgression(pack.id, kg(1)),),
        (CustomProgression(pack.id, kg(2)),),
    ]


@pytest.mark.parametrize(("first", "last", "by"), [(0.5, 2, 1), (1, 2, 3), (2, 1, 0.5), (2, 1, 1)])
def test_a_ramp_that_does_not_lead_to_its_end_is_refused(
    first: float, last: float, by: float
) -> None:
    with pytest.raises(InvalidValue) as refused:
        ladder(OBLIQUE_SIT).ramp(kg(first), kg(last), by=kg(by))
    allowed = f"a load that steps of {kg(by)} lead to from {kg(first)}"
    assert refused.value == InvalidValue("ramp", "last", kg(last), allowed)


@pytest.mark.parametrize("axis", [SUPPORT, REACH])
def test_a_ramp_along_an_axis_without_loads_is_refused(axis: AxisId) -> None:
    with pytest.raises(InvalidValue) as refused:
        ladder(OBLIQUE_SIT).ramp(kg(1), kg(2), by=kg(1), axis=axis)
    assert refused.value == InvalidValue("ramp", "axis", axis, "an axis that carries a load")


@pytest.mark.parametrize("advance", [EASY, None])
def test_leaving_changes_the_criterion_of_the_top_rung(advance: EffortAtMost | None) -> None:
    grown = ladder(OBLIQUE_SIT, LIGHT, advance=DONE).then(AddResistance(kg(1)))
    expected = attrs.evolve(loaded(1), advance=advance)
    assert grown.leaving(advance).rungs == (grown.rungs[0], expected)


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: Ladder(()), "Ladder.rungs"),
        (lambda: Ladder((BASE,)), "Ladder.rungs[0]"),  # type: ignore[arg-type]
        (lambda: Rung(variant=OBLIQUE_SIT), "Rung.variant"),  # type: ignore[arg-type]
        (lambda: Rung(variant=BASE, dose=3), "Rung.dose"),  # type: ignore[arg-type]
        (lambda: Rung(variant=BASE, advance="done"), "Rung.advance"),  # type: ignore[arg-type]
    ],
)
def test_what_makes_no_sense_is_refused(build: Callable[[], object], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        build()
    assert refused.value.path == field


def test_a_ladder_that_was_built_step_by_step_is_sound() -> None:
    item = ROUTINE.item("oblique-sit")
    assert item is not None
    steady = InARow(criterion=Completed(), sessions=2)
    climbed = ladder(item.variant, item.dose, advance=steady).ramp(kg(0.5), kg(1), by=kg(0.5))
    assert validate(Plan(routine=ROUTINE, ladders={item.id: climbed.then(ExtendArm())})).ok
