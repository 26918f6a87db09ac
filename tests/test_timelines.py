"""Whole sessions, line by line, as a person does them."""

from __future__ import annotations

import attrs
import pytest

from backex import (
    CALM,
    AddResistance,
    AxisId,
    CustomProgression,
    Dose,
    Event,
    EventKind,
    Exercise,
    ExerciseId,
    ExtendArm,
    InvalidValue,
    Laterality,
    LevelId,
    Moment,
    Phase,
    Position,
    Routine,
    RoutineId,
    Side,
    SideOrder,
    Sides,
    Step,
    StepId,
    Timeline,
    kg,
    prescribe,
    timeline,
    vary,
)
from backex.catalog.upper_back import (
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
    ROUTINE,
    STOPPING_POLICY,
)
from backex.repetitions import together
from backex.routine import Prescription

EACH_SET = attrs.evolve(CALM, side_order=SideOrder.EACH_SET)


def _step(id: str, phase: Phase, text: str, during: str | None = None) -> Step:
    within = None if during is None else StepId(during)
    return Step(id=StepId(id), phase=phase, text=text, during=within)


STAND = _step("stand", Phase.SETUP, "Stand.")
LEAN = _step("lean", Phase.MOVE, "Lean.")
TURN = _step("turn", Phase.MOVE, "Turn the hand.", during="lean")
STAY = _step("stay", Phase.HOLD, "Stay.")
BACK = _step("back", Phase.RETURN, "Come back.")


def _exercise(*steps: Step, unilateral: bool = False) -> Exercise:
    return Exercise(
        id=ExerciseId("lean"),
        name="Lean",
        position=Position.STANDING,
        laterality=Laterality.UNILATERAL if unilateral else Laterality.BILATERAL,
        steps=steps,
    )


def _routine(*items: Prescription) -> Routine:
    return Routine(id=RoutineId("short"), title="Short", items=items)


def _place(event: Event) -> str:
    side = event.side.value[0].upper() if event.side else "-"
    return f"{side}{event.set_number or '-'}.{event.repetition or '-'}"


def _lines(played: Timeline) -> list[str]:
    """Return a session as a person reads it: when, how long, where, and what."""
    return [
        " ".join(
            part
            for part in (
                f"{each.start_second:>3}",
                f"{each.seconds:>2}",
                _place(each),
                each.text,
                *(f"[{amount}]" for amount in sorted(one.value for one in each.assumed)),
            )
        )
        for each in played.events
    ]


def test_an_exercise_with_a_hold_on_both_sides() -> None:
    lean = _exercise(STAND, LEAN, TURN, STAY, BACK, unilateral=True)
    dose = Dose(sets=2, reps=1, hold_seconds=12, rest_seconds=15)
    assert _lines(timeline(_routine(prescribe(lean, dose)))) == [
        "  0 10 L-.- Get ready: Lean, left side first.",
        " 10  8 L-.- Stand.",
        " 18  5 L1.1 Lean. Turn the hand.",
        " 23 12 L1.1 Stay.",
        " 35  5 L1.1 Come back.",
        " 40 15 L1.- Rest.",
        " 55  5 L2.1 Lean. Turn the hand.",
        " 60 12 L2.1 Stay.",
        " 72  5 L2.1 Come back.",
        " 77 10 R-.- Switch to the right side.",
        " 87  8 R-.- Stand.",
        " 95  5 R1.1 Lean. Turn the hand.",
        "100 12 R1.1 Stay.",
        "112  5 R1.1 Come back.",
        "117 15 R1.- Rest.",
        "132  5 R2.1 Lean. Turn the hand.",
        "137 12 R2.1 Stay.",
        "149  5 R2.1 Come back.",
        "154 30 --.- How does it feel now?",
        "184  0 --.- That was all.",
    ]


def test_each_set_on_both_sides_in_turn() -> None:
    lean = _exercise(STAND, LEAN, unilateral=True)
    dose = Dose(sets=2, reps=1, rest_seconds=15)
    assert _lines(timeline(_routine(prescribe(lean, dose)), pacing=EACH_SET)) == [
        "  0 10 L-.- Get ready: Lean, left side first.",
        " 10  8 L-.- Stand.",
        " 18  5 L1.1 Lean.",
        " 23 15 L1.- Rest.",
        " 38 10 R-.- Switch to the right side.",
        " 48  8 R-.- Stand.",
        " 56  5 R1.1 Lean.",
        " 61 15 R1.- Rest.",
        " 76 10 L-.- Switch to the left side.",
        " 86  8 L-.- Stand.",
        " 94  5 L2.1 Lean.",
        " 99 10 R-.- Switch to the right side.",
        "109  8 R-.- Stand.",
        "117  5 R2.1 Lean.",
        "122 30 --.- How does it feel now?",
        "152  0 --.- That was all.",
    ]


def test_what_nothing_states_is_assumed_and_says_so() -> None:
    pacing = attrs.evolve(CALM, sets=2, reps=2)
    nameless = prescribe(_exercise(), id="nameless")
    held = prescribe(_exercise(STAY), Dose(sets=1))
    assert _lines(timeline(_routine(nameless, held), pacing=pacing)) == [
        "  0 10 --.- Get ready: Lean.",
        " 10  5 -1.1 Do one repetition. [reps] [sets]",
        " 15  5 -1.2 Do one repetition. [reps] [sets]",
        " 20 30 -1.- Rest. [rest-seconds] [sets]",
        " 50  5 -2.1 Do one repetition. [reps] [sets]",
        " 55  5 -2.2 Do one repetition. [reps] [sets]",
        " 60 20 --.- Rest before the next exercise.",
        " 80 10 --.- Get ready: Lean.",
        " 90  5 -1.1 Stay. [hold-seconds] [reps]",
        " 95  5 -1.1 Let go slowly. [reps]",
        "100  5 -1.2 Stay. [hold-seconds] [reps]",
        "105  5 -1.2 Let go slowly. [reps]",
        "110 30 --.- How does it feel now?",
        "140  0 --.- That was all.",
    ]


def test_a_hold_that_only_the_dose_has_and_no_rest() -> None:
    dose = Dose(sets=2, reps=1, hold_seconds=4, rest_seconds=0)
    at_once = attrs.evolve(CALM, between_items_seconds=0)
    items = (prescribe(_exercise(LEAN), dose), prescribe(_exercise(LEAN), Dose(sets=1, reps=1)))
    assert _lines(timeline(_routine(*items), pacing=at_once)) == [
        "  0 10 --.- Get ready: Lean.",
        " 10  5 -1.1 Lean.",
        " 15  4 -1.1 Hold.",
        " 19  5 -1.1 Let go slowly.",
        " 24  5 -2.1 Lean.",
        " 29  4 -2.1 Hold.",
        " 33  5 -2.1 Let go slowly.",
        " 38 10 --.- Get ready: Lean.",
        " 48  5 -1.1 Lean.",
        " 53 30 --.- How does it feel now?",
        " 83  0 --.- That was all.",
    ]


def test_the_articles_routine_with_one_repetition_of_each() -> None:
    once = tuple(attrs.evolve(each, dose=Dose(sets=1, reps=1)) for each in ROUTINE.items)
    played = timeline(attrs.evolve(ROUTINE, items=once))
    said = [each.text if each.step is None else "+".join(each.steps) for each in played.events]
    oblique = ["lie-on-side", "place-arm", "bend-lower-leg", "rest-upper-limbs", "press-up"]
    oblique += ["turn-chest", "reach+turn-palm", "hold", "come-back"]
    turning = ["hands-and-knees", "hand-to-shoulder", "turn-up", "turn-back"]
    assert said == [
        "Get ready: Prone Head Raise. You need: mat.",
        *("lie-face-down", "place-legs", "place-hands", "place-elbows"),
        *("settle", "brace", "lift", "hold", "lower"),
        "Rest before the next exercise.",
        "Get ready: Oblique Sit, left side first.",
        *oblique,
        "Switch to the right side.",
        *oblique,
        "Rest before the next exercise.",
        "Get ready: All-Fours Rotation, left side first.",
        *turning,
        "Switch to the right side.",
        *turning,
        "How does it feel now? Rate pain and stiffness from 0 to 10.",
        "That was all.",
    ]
    assert timeline(ROUTINE).total_seconds == 1462


def test_a_hold_is_breathed_through_in_the_exercises_own_words() -> None:
    dose = Dose(sets=1, reps=1, hold_seconds=18)
    [own] = _holds(timeline(_routine(prescribe(PRONE_HEAD_RAISE, dose))))
    assert [(each.after_seconds, each.text) for each in own.prompts] == [
        (5, "Go on breathing into the belly."),
        (10, "Go on breathing into the belly."),
    ]
    [other] = _holds(timeline(_routine(prescribe(_exercise(STAY), dose))))
    assert {each.text for each in other.prompts} == {"Keep breathing."}
    silent = attrs.evolve(CALM, breath_seconds=None)
    [without] = _holds(timeline(_routine(prescribe(_exercise(STAY), dose)), pacing=silent))
    assert without.prompts == ()


def _holds(played: Timeline) -> list[Event]:
    return [each for each in played.events if each.kind is EventKind.HOLD]


def test_cues_are_watched_when_they_are_meant() -> None:
    played = timeline(ROUTINE)
    ready = played.events[0]
    assert "Don't let the chin poke out." in ready.cues
    assert "Stay long through the spine all the while." not in ready.cues
    lift = next(each for each in played.events if each.step == "lift")
    assert lift.cues == (
        "Let the shoulders spread out to both sides.",
        "Let the shoulders sink a little.",
        "Go on breathing into the belly.",
        "Keep the brace.",
        "Leave the neck about straight.",
        "Look at the floor all the time.",
        "Don't look ahead.",
        "Stay long through the spine all the while.",
    )


def test_a_move_is_named_and_one_that_is_not_offered_changes_no_step() -> None:
    heavy = prescribe(vary(OBLIQUE_SIT, AddResistance(kg(2)), ExtendArm()))
    texts = [each.text for each in timeline(_routine(heavy)).events]
    said = "Get ready: Oblique Sit (resistance: 2 kg; support: extended arm), left side first."
    assert texts[0] == said
    assert texts[1:10] == [
        " ".join(step.text for step in steps) for steps in together(heavy.variant.steps)
    ]
    move = CustomProgression(AxisId("tempo"), LevelId("slow"))
    unknown, plain = (prescribe(vary(PRONE_HEAD_RAISE, *each)) for each in ((move,), ()))
    one, other = (timeline(_routine(each)).events[1:] for each in (unknown, plain))
    assert one == other


def test_a_policy_that_asks_during_the_session_has_a_check_in_after_each_item() -> None:
    policy = attrs.evolve(STOPPING_POLICY, asks_at=frozenset({Moment.DURING}))
    played = timeline(attrs.evolve(ROUTINE, stopping=policy))
    asked = [(each.item, each.moment) for each in played.events if each.kind is EventKind.CHECK_IN]
    assert asked == [(item.id, Moment.DURING) for item in ROUTINE.items] + [(None, Moment.AFTER)]


def test_a_routine_without_items_only_asks_how_it_feels() -> None:
    assert _lines(timeline(_routine())) == [
        "  0 30 --.- How does it feel now?",
        " 30  0 --.- That was all.",
    ]


@pytest.mark.parametrize(
    ("sides", "text", "side"),
    [(Sides.LEFT, "Lean, left side", Side.LEFT), (Sides.RIGHT, "Lean, right side", Side.RIGHT)],
    ids=["left", "right"],
)
def test_one_side_alone_is_named(sides: Sides, text: str, side: Side) -> None:
    played = timeline(_routine(prescribe(_exercise(LEAN), sides=sides)), pacing=EACH_SET)
    assert played.events[0].text == f"Get ready: {text}."
    assert {each.side for each in played.of_item("lean")} == {side}


def test_more_than_a_day_is_refused() -> None:
    endless = prescribe(_exercise(LEAN), Dose(sets=100, reps=1000))
    slow = attrs.evolve(CALM, move_seconds=3600)
    with pytest.raises(InvalidValue) as caught:
        _ = timeline(_routine(endless), pacing=slow).events
    allowed = "a routine done within a day (86400 seconds) at its pacing"
    assert caught.value == InvalidValue("Timeline", "routine", "short", allowed)


def test_a_whole_day_is_not() -> None:
    day = Dose(sets=1, reps=24, hold_seconds=3600)
    lean = prescribe(_exercise(_step("stay", Phase.HOLD, "Stay.")), day)
    tight = attrs.evolve(CALM, get_ready_seconds=1, return_seconds=1, check_in_seconds=1)
    nearly = attrs.evolve(lean, dose=attrs.evolve(day, reps=23))
    assert timeline(_routine(nearly), pacing=tight).total_seconds == 23 * 3601 + 2
    filling = attrs.evolve(tight, check_in_seconds=3575)
    played = timeline(_routine(nearly), pacing=filling)
    assert played.total_seconds == 86_399
    full = attrs.evolve(filling, check_in_seconds=3576)
    assert timeline(_routine(nearly), pacing=full).total_seconds == 86_400
    with pytest.raises(InvalidValue):
        _ = timeline(_routine(nearly), pacing=attrs.evolve(full, check_in_seconds=3577)).events


@pytest.mark.parametrize("second", [-1, 1.0, True, "1"])
def test_only_a_second_can_be_looked_up(second: int) -> None:
    with pytest.raises(InvalidValue, match="a whole number from 0"):
        timeline(ROUTINE).at(second)


def test_an_item_that_there_is_not_has_no_events() -> None:
    assert timeline(ROUTINE).of_item("squat") == ()


def _ids(*steps: Step) -> list[str]:
    return [" ".join(step.id for step in group) for group in together(steps)]


def test_steps_are_grouped_with_what_happens_during_them() -> None:
    early = _step("early", Phase.MOVE, "A", during="late")
    late = _step("late", Phase.MOVE, "B")
    deeper = _step("deeper", Phase.MOVE, "C", during="early")
    assert _ids(early, late, deeper) == ["late early deeper"]


def test_a_step_during_one_of_another_phase_has_its_own_time() -> None:
    reach = _step("reach", Phase.MOVE, "A")
    hold = _step("hold", Phase.HOLD, "B", during="reach")
    back = _step("back", Phase.RETURN, "C", during="hold")
    assert _ids(reach, hold, back) == ["reach", "hold", "back"]


def test_a_step_during_an_unknown_one_stands_by_itself() -> None:
    assert _ids(_step("lost", Phase.MOVE, "A", during="nowhere"), STAND) == ["stand", "lost"]


def test_steps_that_happen_during_each_other_are_one_the_first_leading() -> None:
    one = _step("one", Phase.MOVE, "A", during="two")
    two = _step("two", Phase.MOVE, "B", during="one")
    behind = _step("behind", Phase.MOVE, "C", during="two")
    assert _ids(behind, two, one) == ["two behind one"]
    assert _ids(_step("self", Phase.MOVE, "A", during="self"), LEAN, LEAN) == [
        "self",
        "lean",
        "lean",
    ]
