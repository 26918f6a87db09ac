"""The upper-back catalog beyond the article's facts: it is sound, and what backex adds to it."""

from __future__ import annotations

from itertools import product

import pytest

from backex.anatomy import Contact, Direction, Limb, Movement, Phase, Region
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    CATALOG,
    FORWARD,
    LIFT_PELVIS,
    LIFT_UPPER_LEG,
    OBLIQUE_SIT,
    OVERHEAD,
    PRONE_HEAD_RAISE,
    ROUTINE,
    STOPPING_POLICY,
    UPPER_QUARTER_POSTURE,
)
from backex.decision import Action
from backex.dose import Dose
from backex.exercise import MAT, contacts_of
from backex.ids import ExerciseId
from backex.posture import Polarity
from backex.progression import (
    AddLowerQuarter,
    AddResistance,
    ChangeReach,
    ExtendArm,
    Progression,
    place_of,
)
from backex.quantities import kg
from backex.references import library_default
from backex.stopping import StoppingPolicy, decide
from backex.symptoms import report
from backex.validation import Checkable, validate
from backex.variant import Variant, vary

_MOVES: tuple[tuple[Progression, ...], ...] = (
    (AddResistance(kg(1)),),
    (ExtendArm(),),
    (ChangeReach(FORWARD), ChangeReach(OVERHEAD)),
    (AddLowerQuarter(LIFT_UPPER_LEG), AddLowerQuarter(LIFT_PELVIS)),
)
#: The Oblique Sit at every place of its axes, with one load.
OBLIQUE_SITS = [
    vary(OBLIQUE_SIT, *(move for move in moves if move))
    for moves in product(*((None, *each) for each in _MOVES))
]


def _texts(variant: Variant) -> list[str]:
    cues = [cue.text for step in variant.steps for cue in step.cues]
    effects = [effect.text for step in variant.steps for effect in step.effects]
    return [*(step.text for step in variant.steps), *cues, *effects]


def _name(variant: Variant) -> str:
    return " ".join(str(place_of(move)) for move in variant.progressions) or "base"


def _asked_in(variant: Variant, step: str) -> set[tuple[Polarity, Movement, Region]]:
    cues = [cue for each in variant.steps if each.id == step for cue in each.cues]
    return {(cue.polarity, cue.movement, cue.region) for cue in cues}


def _moved_in(
    variant: Variant, step: str
) -> set[tuple[Movement, Region, Limb | None, Direction | None]]:
    motions = [motion for each in variant.steps if each.id == step for motion in each.motions]
    return {(each.movement, each.region, each.limb, each.direction) for each in motions}


@pytest.mark.parametrize(
    "value",
    [UPPER_QUARTER_POSTURE, PRONE_HEAD_RAISE, OBLIQUE_SIT, ALL_FOURS_ROTATION, STOPPING_POLICY],
    ids=lambda value: value.id,
)
def test_each_value_is_sound(value: Checkable) -> None:
    assert validate(value).diagnostics == ()


def test_the_routine_is_sound() -> None:
    assert validate(ROUTINE).diagnostics == ()


def test_the_catalog_finds_each_exercise_by_its_id() -> None:
    ids = ["prone-head-raise", "oblique-sit", "all-fours-rotation"]
    assert [CATALOG.exercise(ExerciseId(id)) for id in ids] == list(CATALOG.exercises)
    assert CATALOG.exercise(ExerciseId("plank")) is None


def test_the_routine_states_cautious_doses_as_its_own() -> None:
    own = library_default("a cautious start; the article states no dose")
    held = Dose(sets=2, reps=5, hold_seconds=10, rest_seconds=30, sources=own)
    assert [item.dose for item in ROUTINE.items] == [held, held, Dose(sets=1, reps=8, sources=own)]
    assert ROUTINE.equipment == frozenset({MAT})


@pytest.mark.parametrize(
    ("variant", "step", "movement", "direction"),
    [
        (vary(PRONE_HEAD_RAISE), "lower", Movement.LOWERING, Direction.DOWNWARD),
        (vary(OBLIQUE_SIT), "come-back", Movement.LOWERING, Direction.DOWNWARD),
        (vary(ALL_FOURS_ROTATION), "turn-back", Movement.ROTATION, Direction.DOWNWARD),
    ],
    ids=lambda each: each.exercise.id if isinstance(each, Variant) else "",
)
def test_each_exercise_ends_with_a_way_back(
    variant: Variant, step: str, movement: Movement, direction: Direction
) -> None:
    assert (variant.steps[-1].id, variant.steps[-1].phase) == (step, Phase.RETURN)
    assert _moved_in(variant, step) == {(movement, Region.CHEST, None, direction)}


@pytest.mark.parametrize(
    ("move", "direction", "against"),
    [
        (ChangeReach(FORWARD), Direction.FORWARD, (Movement.LOWERING, Region.UPPER_LIMB)),
        (
            ChangeReach(OVERHEAD),
            Direction.OBLIQUELY_OVERHEAD,
            (Movement.ELEVATION, Region.SHOULDER_GIRDLE),
        ),
    ],
)
def test_another_reach_changes_the_direction_and_names_its_usual_fault(
    move: ChangeReach, direction: Direction, against: tuple[Movement, Region]
) -> None:
    variant = vary(OBLIQUE_SIT, move)
    reach = (Movement.REACH, Region.UPPER_LIMB, Limb.UPPER_SIDE_ARM, direction)
    assert _moved_in(variant, "reach") == {reach}
    assert _asked_in(variant, "reach") == {(Polarity.AVOID, *against)}


def test_a_raised_upper_leg_is_held_up() -> None:
    variant, base = vary(OBLIQUE_SIT, AddLowerQuarter(LIFT_UPPER_LEG)), vary(OBLIQUE_SIT)
    raised = (Movement.ABDUCTION, Region.HIP, Limb.UPPER_SIDE_LEG, Direction.UPWARD)
    assert _moved_in(variant, "hold") == {raised}
    assert _asked_in(variant, "hold") - _asked_in(base, "hold") == {
        (Polarity.DO, Movement.ABDUCTION, Region.HIP)
    }
    assert variant.contacts == base.contacts


def test_a_raised_pelvis_rests_on_the_knee_in_place_of_the_hip() -> None:
    variant, base = vary(OBLIQUE_SIT, AddLowerQuarter(LIFT_PELVIS)), vary(OBLIQUE_SIT)
    raised = (Movement.LIFT, Region.PELVIS, None, Direction.UPWARD)
    asked = {(Polarity.DO, Movement.LIFT, Region.PELVIS)}
    assert _moved_in(variant, "press-up") - _moved_in(base, "press-up") == {raised}
    for step in ("press-up", "hold"):
        assert _asked_in(variant, step) - _asked_in(base, step) == asked
    hip, knee = (Contact(each, Limb.LOWER_SIDE_LEG) for each in (Region.HIP, Region.KNEE))
    phases = (Phase.SETUP, Phase.PREPARE, Phase.MOVE, Phase.HOLD)
    bearing = [contacts_of(variant.contacts, phase=phase) & {hip, knee} for phase in phases]
    assert bearing == [{hip}, {knee}, {knee}, {knee}]


def test_a_load_is_named_where_it_is_taken_carried_held_and_put_down() -> None:
    texts = _texts(vary(OBLIQUE_SIT, AddResistance(kg("1.25"))))
    assert len([text for text in texts if "1.25 kg" in text]) == 4


@pytest.mark.parametrize("variant", OBLIQUE_SITS, ids=_name)
def test_weight_shifts_only_between_contacts_that_bear_weight(variant: Variant) -> None:
    for step in variant.steps:
        bearing = contacts_of(variant.contacts, phase=step.phase)
        for effect in step.effects:
            assert {effect.load_from, effect.load_to} <= {None, *bearing}


@pytest.mark.parametrize("variant", OBLIQUE_SITS, ids=_name)
def test_no_text_speaks_of_what_a_variant_does_not_have(variant: Variant) -> None:
    arm_is_extended = ExtendArm() in variant.progressions
    text = " ".join(_texts(variant)).lower()
    assert "{" not in text
    assert ("forearm" in text) is not arm_is_extended


def _actions(policy: StoppingPolicy, *pain: int, stiffness: int, wanted: bool) -> list[Action]:
    """Return the decision after each check-in; pain and stiffness of 3 are usual."""
    reports = [
        report(checkin, pain=each, stiffness=stiffness, evaluation_wanted=wanted)
        for checkin, each in enumerate(pain)
    ]
    usual = report(0, pain=3, stiffness=3)
    return [decide(policy, reports[: n + 1], baseline=usual).action for n in range(len(reports))]


def test_persisting_symptoms_lead_to_comfort_and_then_to_a_professional() -> None:
    actions = _actions(STOPPING_POLICY, *[4] * 7, stiffness=3, wanted=False)
    assert actions == [Action.REST] * 2 + [Action.COMFORT] * 4 + [Action.REFER]


def test_the_first_calm_check_in_ends_the_rest() -> None:
    actions = _actions(STOPPING_POLICY, 4, 3, stiffness=3, wanted=False)
    assert actions == [Action.REST, Action.CONTINUE]


@pytest.mark.parametrize(("severity", "refers"), [(3, False), (4, True)])
def test_pain_and_stiffness_of_four_are_significant(severity: int, *, refers: bool) -> None:
    (action,) = _actions(STOPPING_POLICY, severity, stiffness=4, wanted=True)
    assert (action is Action.REFER) is refers
    (action,) = _actions(STOPPING_POLICY, 4, stiffness=severity, wanted=True)
    assert (action is Action.REFER) is refers
