"""A routine as plain text."""

from __future__ import annotations

import attrs
import pytest

from backex.anatomy import Laterality, Phase, Position
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    OBLIQUE_SIT,
    ROUTINE,
    STOPPING_POLICY,
    UPPER_QUARTER_POSTURE,
)
from backex.criteria import Completed, InARow
from backex.dose import Dose
from backex.exercise import Equipment, Exercise
from backex.ids import ExerciseId, PrescriptionId, RoutineId, StepId
from backex.ladders import ladder
from backex.plan import Plan
from backex.progression import ExtendArm
from backex.quantities import Span
from backex.render.text import (
    guideline_as_text,
    plan_as_text,
    policy_as_text,
    routine_as_text,
    sides_in_words,
    variant_as_text,
)
from backex.routine import Routine, Sides, prescribe
from backex.step import Step
from backex.symptoms import report
from backex.variant import vary

STRETCH = Exercise(
    id=ExerciseId("wall-stretch"),
    name="Wall Stretch",
    position=Position.STANDING,
    laterality=Laterality.UNILATERAL,
    steps=(
        Step(id=StepId("stand"), phase=Phase.SETUP, text="Stand beside a wall."),
        Step(id=StepId("lean"), phase=Phase.HOLD, text="Lean into it."),
    ),
    equipment=frozenset({Equipment("wall")}),
)

BARE = """\
Short
=====

1. Wall Stretch
---------------
Dose:  not stated
Sides: left only
Needs: wall
  1. Get ready: Stand beside a wall.
  2. Hold: Lean into it.

When to stop
------------
Nothing is stated, so no progress can be judged safe.

This is no medical advice. In doubt, ask a professional before you begin.
"""


def test_a_routine_that_states_little_says_so_and_invents_nothing() -> None:
    routine = Routine(
        id=RoutineId("short"), title="Short", items=(prescribe(STRETCH, sides=Sides.LEFT),)
    )
    assert routine_as_text(routine) == BARE


def test_the_catalogs_routine_tells_all_that_is_needed_to_do_it() -> None:
    text = routine_as_text(ROUTINE)
    steps = [step.text for item in ROUTINE.items for step in item.variant.steps]
    cues = [cue.text for item in ROUTINE.items for step in item.variant.steps for cue in step.cues]
    running = " ".join(text.split())
    assert [said for said in [*steps, *cues] if said not in running] == []
    assert "chest lift about 6–8 in, that is 15–20 cm" in running
    assert "hip flexion about 90°, knee flexion about 90°" in running
    assert "No weight on: rib cage" in running
    assert "If wanted, either heat or ice may be tried." in running
    assert running.count("(a default of backex)") == 3
    assert all(len(line) <= 90 for line in text.splitlines())


def test_a_guideline_tells_what_it_states_and_no_effort_where_it_states_none() -> None:
    posture = attrs.evolve(UPPER_QUARTER_POSTURE, effort=None, stated_by={})
    text = routine_as_text(attrs.evolve(ROUTINE, guideline=posture))
    assert "Effort for keeping to it: low." in routine_as_text(ROUTINE)
    assert "Effort" not in text


def test_a_reason_that_cues_share_is_told_once() -> None:
    routine = Routine(
        id=RoutineId("turning"), title="Turning", items=(prescribe(ALL_FOURS_ROTATION),)
    )
    text = " ".join(routine_as_text(routine).split())
    assert text.count("it is stretched in place of the upper back") == 1


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        (Dose(), "not stated"),
        (Dose(sets=1, reps=8), "1 set of 8 repetitions"),
        (Dose(hold_seconds=Span(5, 10)), "each held for 5–10 s"),
        (Dose(sets=2, rest_seconds=30), "2 sets, 30 s of rest between sets"),
    ],
)
def test_a_dose_is_said_in_a_line(dose: Dose, said: str) -> None:
    assert str(dose) == said


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (Sides.BOTH, "left and right, the whole dose on each"),
        (Sides.LEFT, "left only"),
        (Sides.RIGHT, "right only"),
        (Sides.NOT_APPLICABLE, None),
    ],
)
def test_sides_are_said_in_words(sides: Sides, said: str | None) -> None:
    assert sides_in_words(sides) == said


EMPTY = Routine(id=RoutineId("empty"), title="Empty")


def test_a_plan_tells_how_it_goes_on() -> None:
    steady = InARow(criterion=Completed(), sessions=3)
    rungs = ladder(OBLIQUE_SIT, advance=steady).then(ExtendArm(), dose=Dose(sets=1))
    plan = Plan(
        routine=EMPTY,
        ladders={PrescriptionId("sit"): rungs.leaving(None)},
        baseline=report(0, pain=2, stiffness=1),
    )
    assert plan_as_text(plan) == routine_as_text(EMPTY) + (
        "\n"
        "How it goes on\n"
        "--------------\n"
        "sit:\n"
        "  1. Oblique Sit; on when the whole dose done, at 3 sessions in a row\n"
        "  2. Oblique Sit (support: extended arm), 1 set\n"
        "Usual level: pain 2, stiffness 1\n"
    )


def test_a_plan_that_states_little_says_so() -> None:
    assert plan_as_text(Plan(routine=EMPTY)).endswith(
        "\nHow it goes on\n"
        "--------------\n"
        "No item has a ladder, so none is made harder.\n"
        "Usual level: not known, so nothing progresses\n"
    )


def test_a_variant_is_told_step_by_step() -> None:
    assert variant_as_text(vary(STRETCH)) == (
        "Wall Stretch\n"
        "============\n"
        "Needs: wall\n"
        "  1. Get ready: Stand beside a wall.\n"
        "  2. Hold: Lean into it.\n"
    )
    told = variant_as_text(vary(OBLIQUE_SIT, ExtendArm()))
    assert told.startswith("Oblique Sit (support: extended arm)\n===")
    assert told.endswith("\nCan be changed in: resistance, support, reach and lower quarter\n")


def test_a_policy_and_a_guideline_stand_alone_as_they_stand_in_a_routine() -> None:
    told = routine_as_text(ROUTINE)
    title, line, *policy = policy_as_text(STOPPING_POLICY).splitlines()
    assert (title, line) == ("upper-back-stopping", "=" * len("upper-back-stopping"))
    assert "\n".join(policy) in told
    assert guideline_as_text(UPPER_QUARTER_POSTURE) in told
