"""Drawn values of which `validate` finds nothing wrong: all of them, with nothing thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.statistics import collector

from backex import (
    Axis,
    Clearance,
    Exercise,
    InvalidValue,
    LevelAxis,
    LoadAxis,
    Plan,
    PrescriptionId,
    Remove,
    Routine,
    SessionRecord,
    SetText,
    StoppingPolicy,
    next_session,
    validate,
    vary,
)
from backex.catalog.upper_back import CATALOG, OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.checks import violation_in
from backex.codec import dumps, loads
from backex.strategies import (
    axes,
    conditions,
    doses,
    exercises,
    guidelines,
    ladders,
    logs,
    pacings,
    plans,
    playbacks,
    policies,
    prescriptions,
    progressions,
    reports,
    routines,
    session_logs,
    timelines,
    variants,
    violating,
    violating_documents,
)

PLAN = Plan(routine=ROUTINE)
EVERY: dict[str, st.SearchStrategy[Any]] = {
    "axes": axes(),
    "axes of an exercise": axes(OBLIQUE_SIT),
    "conditions": conditions(),
    "doses": doses(),
    "exercises": exercises(),
    "exercises of a catalog too": exercises(catalog=CATALOG),
    "guidelines": guidelines(),
    "ladders": ladders(),
    "ladders without warnings": ladders(warnings=False),
    "ladders of an exercise": ladders(OBLIQUE_SIT),
    "logs": logs(),
    "logs of a policy": logs(STOPPING_POLICY, items=[PrescriptionId("a")]),
    "pacings": pacings(),
    "plans": plans(),
    "playbacks": playbacks(),
    "plans of a routine": plans(ROUTINE),
    "policies": policies(),
    "policies of any kind": policies(safe=False),
    "prescriptions": prescriptions(),
    "progressions": progressions(OBLIQUE_SIT),
    "reports": reports(),
    "reports for a policy": reports(STOPPING_POLICY),
    "routines": routines(),
    "routines of a catalog too": routines(catalog=CATALOG),
    "session logs": session_logs(PLAN),
    "timelines": timelines(),
    "timelines of a routine": timelines(ROUTINE),
    "variants": variants(),
    "a fault": violating("BX103"),
    "a faulty document": violating_documents("BX015"),
}
fewer = settings(max_examples=settings().max_examples // 2)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_that_is_drawn_is_discarded(name: str) -> None:
    """Every draw is valid by construction, and nothing inside one is drawn a second time."""
    fates: set[str] = set()
    events: list[str] = []

    @settings(max_examples=25, database=None)
    @given(EVERY[name])
    def drawing(value: object) -> None:
        del value

    def count(statistics: Any) -> None:  # noqa: ANN401 (what Hypothesis collects has no type)
        for case in statistics["generate-phase"]["test-cases"]:
            fates.add(case["status"])
            events.extend(case["events"])

    collecting: Any = collector
    with collecting.with_value(count):
        drawing()
    # Hypothesis also tries choices of its own that end too early, which says nothing of a strategy.
    assert fates - {"overrun"} == {"valid"}
    assert events == []


def test_strategies_are_shown_in_a_line() -> None:
    assert [name for name, each in EVERY.items() if len(repr(each)) > 200] == []


Checked = Exercise | Routine | Plan | StoppingPolicy


@pytest.mark.parametrize(
    "name",
    [
        "exercises",
        "exercises of a catalog too",
        "guidelines",
        "policies",
        "plans",
        "plans of a routine",
        "routines",
        "routines of a catalog too",
    ],
)
@fewer
@given(data=st.data())
def test_validate_finds_no_error(name: str, data: st.DataObject) -> None:
    value = data.draw(EVERY[name])
    assert validate(value).errors == ()
    assert violation_in(value) is None


@fewer
@given(
    st.one_of(
        exercises(catalog=CATALOG),
        guidelines(),
        policies(),
        plans(warnings=False),
        plans(ROUTINE, warnings=False),
        routines(warnings=False),
    )
)
def test_without_warnings_validate_finds_nothing(value: Checked) -> None:
    found = validate(value)
    # The catalog's own routine states no doses.
    ignored = {"BX507"} if type(value) is Plan and value.routine == ROUTINE else set[str]()
    assert set(found.codes) <= ignored


@given(routines(catalog=CATALOG, warnings=False))
def test_a_routine_of_a_catalog_needs_no_warning_either(routine: Routine) -> None:
    assert validate(routine).codes == ()


@fewer
@given(st.data())
def test_what_is_drawn_is_stored_and_read_back(data: st.DataObject) -> None:
    value = data.draw(st.one_of(exercises(), routines(), plans(), policies(safe=False)))
    assert loads(dumps(value), type(value)) == value


@fewer
@given(st.data())
def test_an_axis_can_be_added_to_the_exercise_that_it_was_drawn_for(data: st.DataObject) -> None:
    exercise = data.draw(exercises(catalog=CATALOG))
    axis = data.draw(axes(exercise))
    grown = attrs.evolve(exercise, axes=(*exercise.axes, axis))
    assert validate(grown).codes == ()
    assert data.draw(variants(grown)).is_sound


@fewer
@given(st.data())
def test_moves_apply(data: st.DataObject) -> None:
    exercise = data.draw(exercises())
    assert data.draw(variants(exercise)).exercise == exercise
    assert data.draw(variants()).is_sound
    move = data.draw(progressions(OBLIQUE_SIT))
    assert vary(OBLIQUE_SIT, move).applies(move)


def test_an_exercise_without_axes_offers_no_move() -> None:
    still = attrs.evolve(OBLIQUE_SIT, axes=())
    with pytest.raises(InvalidValue, match="an exercise that offers a move"):
        progressions(still)


@fewer
@given(st.data())
def test_a_ladder_begins_where_it_is_asked_to(data: st.DataObject) -> None:
    variant = data.draw(variants(OBLIQUE_SIT))
    ladder = data.draw(ladders(variant, warnings=False))
    assert ladder.rungs[0].variant == variant
    assert all(rung.advance is not None for rung in ladder.rungs)
    assert data.draw(prescriptions(variant)).variant == variant


@fewer
@given(st.data())
def test_a_log_can_be_followed_in_its_order(data: st.DataObject) -> None:
    policy = data.draw(policies(safe=False))
    log = data.draw(logs(policy, items=[PrescriptionId("a")]))
    monitor = policy.start(data.draw(reports(policy)))
    monitor = attrs.evolve(monitor, checkin=None, seq=None)
    for entry in log:
        monitor = monitor.observe(entry)
    assert monitor.checkin == (log[-1].checkin if log else None)


@fewer
@given(st.data())
def test_a_log_of_sessions_can_be_planned_by(data: st.DataObject) -> None:
    plan = data.draw(plans())
    log = data.draw(session_logs(plan))
    assert [each.checkin for each in log] == sorted({each.checkin for each in log})
    assert set(next_session(plan, log).rungs) == {item.id for item in plan.routine.items}


@given(session_logs(Plan(routine=attrs.evolve(ROUTINE, stopping=None))))
def test_sessions_of_a_plan_without_a_policy_have_no_clearances(
    log: tuple[SessionRecord, ...],
) -> None:
    assert not [e for each in log for e in each.entries if isinstance(e, Clearance)]


#: For looking among some draws, no further than the first that is wanted.
looking = settings(
    max_examples=2_000,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def _is_found(strategy: st.SearchStrategy[Any], wanted: Callable[[Any], bool]) -> bool:
    """Tell whether something wanted is among some draws; `find` raises where nothing is."""
    # Only whether it is: a whole plan takes long to show.
    return find(strategy.map(wanted), bool, settings=looking)


def _has_shared_step(exercise: Exercise) -> bool:
    """Tell whether two axes edit one step."""
    edited = [
        {
            edit.step
            for edit in (
                axis.edits
                if isinstance(axis, LoadAxis)
                else [edit for level in axis.levels for edit in level.edits]
            )
            if edit.step is not None
        }
        for axis in exercise.axes
    ]
    return any(one & other for n, one in enumerate(edited) for other in edited[:n])


def _edits(axis: Axis, kind: type) -> bool:
    levels = axis.levels if isinstance(axis, LevelAxis) else (axis,)
    return any(type(edit) is kind for each in levels for edit in each.edits)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("exercises", _has_shared_step),
        ("exercises", lambda drawn: any(_edits(axis, Remove) for axis in drawn.axes)),
        ("exercises", lambda drawn: any(_edits(axis, SetText) for axis in drawn.axes)),
        ("exercises", lambda drawn: "support" in {axis.id for axis in drawn.axes}),
        ("exercises", lambda drawn: any(step.guideline_cues for step in drawn.steps)),
        ("exercises", lambda drawn: any(step.during for step in drawn.steps)),
        ("exercises of a catalog too", lambda drawn: drawn in CATALOG.exercises),
        ("routines of a catalog too", lambda drawn: drawn.items[0].exercise in CATALOG.exercises),
        ("routines", lambda drawn: validate(drawn).warnings != ()),
        ("routines", lambda drawn: drawn.time_budget_seconds is not None),
        ("plans", lambda drawn: drawn.baseline is None),
        ("plans", lambda drawn: len(drawn.ladders) < len(drawn.routine.items)),
        ("ladders", lambda drawn: any(rung.advance is None for rung in drawn.rungs)),
        ("logs of a policy", lambda drawn: any(isinstance(e, Clearance) for e in drawn)),
        ("logs of a policy", lambda drawn: any(getattr(e, "item", None) for e in drawn)),
    ],
)
def test_every_kind_of_value_is_drawn(name: str, wanted: Callable[[Any], bool]) -> None:
    assert _is_found(EVERY[name], wanted)
