"""Prescriptions and routines: what they default to, refuse, derive, and how they are changed."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest
from attrs import evolve

from backex import (
    MAT,
    Dose,
    Exercise,
    ExerciseId,
    ExtendArm,
    InvalidValue,
    Prescription,
    PrescriptionId,
    Routine,
    RoutineId,
    Sides,
    Source,
    SourceId,
    SourceKind,
    Span,
    Variant,
    prescribe,
    vary,
)
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
    ROUTINE,
    UPPER_QUARTER_POSTURE,
)

RAISE, SIT, TURN = (prescribe(each) for each in (PRONE_HEAD_RAISE, OBLIQUE_SIT, ALL_FOURS_ROTATION))
EMPTY = Routine(id=RoutineId("r"), title="Routine")
THREE = evolve(EMPTY, items=(RAISE, SIT, TURN))
HELD = Dose(sets=2, reps=Span(3, 5), hold_seconds=Span(10, None), rest_seconds=30)
APP = (Source(id=SourceId("app"), title="app", kind=SourceKind.APP),)


def ids(routine: Routine) -> list[str]:
    return [item.id for item in routine.items]


@pytest.mark.parametrize(
    ("exercise", "sides"),
    [(PRONE_HEAD_RAISE, Sides.NOT_APPLICABLE), (ALL_FOURS_ROTATION, Sides.BOTH)],
)
def test_an_exercise_is_prescribed_under_its_own_id_and_on_all_its_sides(
    exercise: Exercise, sides: Sides
) -> None:
    assert prescribe(exercise) == Prescription(
        id=PrescriptionId(exercise.id),
        variant=Variant(exercise, ()),
        dose=None,
        sides=sides,
        suppress={},
        sources=(),
    )


def test_all_that_is_given_is_prescribed() -> None:
    variant = vary(OBLIQUE_SIT, ExtendArm())
    reasons = {"BX507": "Held for one slow breath."}
    made = prescribe(variant, HELD, sides=Sides.LEFT, id="mine", suppress=reasons, sources=APP)
    assert made == Prescription(
        id=PrescriptionId("mine"),
        variant=variant,
        dose=HELD,
        sides=Sides.LEFT,
        suppress=reasons,
        sources=APP,
    )
    assert made.exercise == OBLIQUE_SIT


@pytest.mark.parametrize(
    ("field", "value", "refused_at"),
    [
        ("id", "Mine", "id"),
        ("id", "", "id"),
        ("sides", "both", "sides"),
        ("dose", 3, "dose"),
        ("variant", OBLIQUE_SIT, "variant"),
        ("suppress", {"BX507": ""}, "suppress.BX507"),
        ("suppress", {"": "why"}, "suppress"),
    ],
)
def test_a_prescription_that_makes_no_sense_is_refused(
    field: str, value: object, refused_at: str
) -> None:
    with pytest.raises(InvalidValue) as raised:
        evolve(SIT, **{field: value})  # type: ignore[arg-type]
    assert (raised.value.class_name, raised.value.field) == ("Prescription", refused_at)


@pytest.mark.parametrize(
    ("field", "value", "refused_at"),
    [
        ("id", "R", "id"),
        ("title", "  ", "title"),
        ("items", [RAISE], "items"),
        ("items", (RAISE, OBLIQUE_SIT), "items[1]"),
        ("time_budget_seconds", 0, "time_budget_seconds"),
        ("time_budget_seconds", 86_401, "time_budget_seconds"),
        ("time_budget_seconds", 60.0, "time_budget_seconds"),
        ("equipment", {MAT}, "equipment"),
        ("metadata", {"note": 1}, "metadata.note"),
        ("stopping", "never", "stopping"),
    ],
)
def test_a_routine_that_makes_no_sense_by_itself_is_refused(
    field: str, value: object, refused_at: str
) -> None:
    with pytest.raises(InvalidValue) as raised:
        evolve(EMPTY, **{field: value})  # type: ignore[arg-type]
    assert (raised.value.class_name, raised.value.field) == ("Routine", refused_at)


def test_prescribing_what_is_no_exercise_is_refused() -> None:
    with pytest.raises(InvalidValue) as raised:
        prescribe("oblique-sit")  # type: ignore[arg-type]
    assert raised.value == InvalidValue("Variant", "exercise", "oblique-sit", "an Exercise")


def test_a_routine_states_nothing_but_its_id_and_title_unless_told() -> None:
    assert Routine(id=RoutineId("r"), title="Routine") == Routine(
        id=RoutineId("r"),
        title="Routine",
        items=(),
        guideline=None,
        stopping=None,
        schedule=None,
        time_budget_seconds=None,
        equipment=None,
        metadata={},
        sources=(),
    )


def test_equipment_that_is_not_stated_is_not_no_equipment() -> None:
    assert evolve(EMPTY, equipment=frozenset()) != evolve(EMPTY, equipment=None)


@pytest.mark.parametrize(
    ("sides", "count"),
    [(Sides.BOTH, 2), (Sides.LEFT, 1), (Sides.RIGHT, 1), (Sides.NOT_APPLICABLE, 1)],
)
def test_the_least_time_of_an_item_is_that_of_its_dose_on_each_of_its_sides(
    sides: Sides, count: int
) -> None:
    # Two sets of at least three holds of ten seconds, and one rest between the sets.
    assert prescribe(OBLIQUE_SIT, HELD, sides=sides).least_seconds == 90 * count


def test_an_item_without_a_dose_certainly_takes_no_time() -> None:
    assert SIT.least_seconds == 0


def test_the_least_time_of_a_routine_is_that_of_all_its_items() -> None:
    items = (prescribe(PRONE_HEAD_RAISE, HELD), prescribe(OBLIQUE_SIT, HELD), TURN)
    assert [evolve(EMPTY, items=items).least_seconds, EMPTY.least_seconds] == [270, 0]


def test_an_item_is_found_by_its_id() -> None:
    assert (THREE.item("oblique-sit"), THREE.item("another")) == (SIT, None)


def test_an_item_is_added_at_the_end() -> None:
    assert EMPTY.with_item(RAISE).with_item(SIT) == evolve(EMPTY, items=(RAISE, SIT))


def test_an_item_is_replaced_in_its_place() -> None:
    changed = evolve(SIT, dose=HELD)
    assert THREE.replacing(changed) == evolve(EMPTY, items=(RAISE, changed, TURN))


def test_an_item_is_removed_from_its_place() -> None:
    assert THREE.removing("oblique-sit") == evolve(EMPTY, items=(RAISE, TURN))


@pytest.mark.parametrize(
    ("to", "order"), [(0, (SIT, RAISE, TURN)), (1, (RAISE, SIT, TURN)), (2, (RAISE, TURN, SIT))]
)
def test_an_item_is_moved_to_a_position(to: int, order: tuple[Prescription, ...]) -> None:
    assert THREE.moving("oblique-sit", to=to) == evolve(EMPTY, items=order)


@pytest.mark.parametrize("to", [-1, 3])
def test_an_item_cannot_be_moved_outside(to: int) -> None:
    with pytest.raises(IndexError, match=f"position {to} is outside a routine of 3 items"):
        THREE.moving("oblique-sit", to=to)


@pytest.mark.parametrize(
    "change",
    [
        lambda: EMPTY.replacing(SIT),
        lambda: THREE.removing("another"),
        lambda: THREE.moving("another", to=0),
    ],
)
def test_what_is_not_there_cannot_be_changed(change: Callable[[], object]) -> None:
    with pytest.raises(KeyError):
        change()


def test_who_asks_for_what_is_not_there_learns_what_was_meant() -> None:
    with pytest.raises(KeyError) as raised:
        ROUTINE.removing("oblique-sitt")
    assert raised.value.args == ('no item has the id "oblique-sitt"; did you mean "oblique-sit"?',)


def test_a_change_leaves_the_rest_and_the_routine_that_was_asked_as_they_were() -> None:
    kept = pickle.loads(pickle.dumps(ROUTINE))
    changed = ROUTINE.removing("oblique-sit")
    assert (ROUTINE, changed.guideline, ids(changed)) == (
        kept,
        UPPER_QUARTER_POSTURE,
        ["prone-head-raise", "all-fours-rotation"],
    )


def test_metadata_and_suppressions_do_not_follow_the_mappings_they_were_made_of() -> None:
    notes, reasons = {"lang": "en"}, {"BX507": "why"}
    made = evolve(EMPTY, metadata=notes), prescribe(OBLIQUE_SIT, suppress=reasons)
    notes["lang"] = "de"
    reasons.clear()
    assert (made[0].metadata, made[1].suppress) == ({"lang": "en"}, {"BX507": "why"})


def test_one_exercise_may_stand_in_a_routine_under_several_ids() -> None:
    again = prescribe(OBLIQUE_SIT, id="again", sides=Sides.LEFT)
    assert THREE.with_item(again).item("again") == again
    assert again.exercise.id == ExerciseId("oblique-sit")
