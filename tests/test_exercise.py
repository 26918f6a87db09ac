"""Exercises: what bears weight when, what is stated, and how their parts are found."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from backex.anatomy import Contact, Laterality, Phase, Position, Region
from backex.axes import SUPPORT
from backex.catalog.upper_back import ALL_FOURS_ROTATION, OBLIQUE_SIT, PRONE_HEAD_RAISE
from backex.exercise import MAT, Equipment, Exercise, contacts_of
from backex.ids import AxisId, ExerciseId, StepId, SupportId
from backex.posture import Polarity
from backex.references import article
from backex.step import Step, Support

HIP, HAND, KNEE, RIBS = map(Contact, (Region.HIP, Region.HAND, Region.KNEE, Region.RIB_CAGE))


def _support(id: str, contact: Contact, *phases: Phase, avoid: bool = False) -> Support:
    return Support(
        id=SupportId(id),
        contact=contact,
        polarity=Polarity.AVOID if avoid else Polarity.DO,
        phases=frozenset(phases),
    )


SUPPORTS = (
    _support("hip", HIP),
    _support("hand", HAND, Phase.MOVE, Phase.HOLD),
    _support("knee", KNEE, Phase.SETUP),
    _support("no-knee", KNEE, Phase.HOLD, avoid=True),
    _support("no-ribs", RIBS, avoid=True),
)
BARE: dict[str, Any] = {
    "id": ExerciseId("lean"),
    "name": "Lean",
    "position": Position.STANDING,
    "laterality": Laterality.BILATERAL,
}
LEANING = Exercise(**BARE, contacts=SUPPORTS)


@pytest.mark.parametrize(
    ("polarity", "phase", "contacts"),
    [
        (Polarity.DO, None, {HIP, HAND, KNEE}),
        (Polarity.DO, Phase.SETUP, {HIP, KNEE}),
        (Polarity.DO, Phase.HOLD, {HIP, HAND}),
        (Polarity.DO, Phase.RETURN, {HIP}),
        (Polarity.AVOID, None, {KNEE, RIBS}),
        (Polarity.AVOID, Phase.SETUP, {RIBS}),
        (Polarity.AVOID, Phase.HOLD, {KNEE, RIBS}),
    ],
)
def test_a_contact_bears_weight_in_its_phases_or_in_all(
    polarity: Polarity, phase: Phase | None, contacts: set[Contact]
) -> None:
    assert contacts_of(SUPPORTS, polarity, phase) == contacts


def test_an_exercise_tells_bearing_contacts_from_those_to_avoid() -> None:
    assert contacts_of(SUPPORTS) == LEANING.supports == {HIP, HAND, KNEE}
    assert LEANING.avoid_supports == {KNEE, RIBS}


def test_nothing_is_filled_in_for_what_an_exercise_leaves_open() -> None:
    assert Exercise(**BARE) == Exercise(
        **BARE,
        both_sides_required=None,
        steps=(),
        contacts=(),
        guidelines=(),
        purposes=(),
        qualities=frozenset(),
        focus=frozenset(),
        coordination=None,
        supported_limb=None,
        effort=None,
        foundation_for=frozenset(),
        axes=(),
        equipment=frozenset(),
        optional_equipment=frozenset(),
        stated_by={},
    )


def test_the_sources_of_an_exercise_are_those_of_its_plain_fields() -> None:
    exercise = attrs.evolve(
        LEANING, stated_by={"position": article("O1"), "focus": article("O19", "O1")}
    )
    assert exercise.sources == article("O19", "O1")
    assert LEANING.sources == ()


@pytest.mark.parametrize(
    ("exercise", "unilateral", "held"),
    [
        (PRONE_HEAD_RAISE, False, True),
        (OBLIQUE_SIT, True, True),
        (ALL_FOURS_ROTATION, True, False),
    ],
    ids=["prone-head-raise", "oblique-sit", "all-fours-rotation"],
)
def test_an_exercise_knows_whether_it_has_sides_and_a_hold(
    exercise: Exercise,
    unilateral: bool,  # noqa: FBT001 (a column of the table)
    held: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    assert (exercise.is_unilateral, exercise.has_hold) == (unilateral, held)


def test_steps_are_found_by_id() -> None:
    last = OBLIQUE_SIT.steps[-1]
    assert OBLIQUE_SIT.step(last.id) is last
    assert OBLIQUE_SIT.step(StepId("no-such-step")) is None


def test_the_first_of_two_steps_with_one_id_is_found() -> None:
    one, other = (
        Step(id=StepId("lean"), phase=Phase.MOVE, text=text) for text in ("Lean.", "Lean on.")
    )
    assert Exercise(**BARE, steps=(one, other)).step(StepId("lean")) is one


def test_axes_are_found_by_id() -> None:
    axis = OBLIQUE_SIT.axis(SUPPORT)
    assert axis is not None
    assert axis is OBLIQUE_SIT.axes[1]
    assert OBLIQUE_SIT.axis(AxisId("no-such-axis")) is None


def test_an_app_names_equipment_of_its_own() -> None:
    exercise = Exercise(**BARE, equipment=frozenset({MAT, Equipment("foam-roller")}))
    assert exercise.equipment == {"mat", "foam-roller"}
