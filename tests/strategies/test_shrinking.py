"""What a failing test shows is small: short ids, few parts, nothing that is not needed."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from backex import Exercise, Routine, StoppingPolicy, Worsened
from backex.strategies import exercises, policies, routines

#: Without an example that was found before, and always the same one.
afresh = settings(database=None, derandomize=True, max_examples=500)


def _smallest(strategy: st.SearchStrategy[Any], wanted: Any) -> Any:  # noqa: ANN401
    return find(strategy, wanted, settings=afresh)


def test_the_smallest_routine_has_one_exercise_of_one_step_and_one_rule() -> None:
    simplest = settings(afresh, phases=[Phase.generate])
    routine: Routine = find(routines(), lambda _: True, settings=simplest)
    (item,) = routine.items
    (step,) = item.exercise.steps
    assert routine.stopping is not None
    (rule,) = routine.stopping.rules
    assert [routine.id, item.id, item.exercise.id, step.id, rule.id] == ["a"] * 5
    assert [routine.title, item.exercise.name, step.text] == ["0"] * 3
    assert rule.when == Worsened()
    assert attrs.evolve(routine, items=(), stopping=None) == Routine(id=routine.id, title="0")


def test_what_an_exercise_does_not_need_is_gone() -> None:
    exercise: Exercise = _smallest(exercises(), lambda drawn: len(drawn.axes) == 1)
    assert len(exercise.steps) == 1
    assert exercise.axes[0].name == "0"
    assert (exercise.contacts, exercise.purposes, exercise.guidelines) == ((), (), ())


def test_what_a_policy_does_not_need_is_gone() -> None:
    policy: StoppingPolicy = _smallest(policies(), lambda drawn: len(drawn.rules) > 1)
    assert [rule.id for rule in policy.rules] == ["a", "a-1"]
    assert policy.sources == ()
    assert [rule.advice for rule in policy.rules] == [None, None]
