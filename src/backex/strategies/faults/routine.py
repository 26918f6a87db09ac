"""Faults of routines and plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from hypothesis import strategies as st

from backex.anatomy import Laterality, Phase, Position
from backex.axes import Put
from backex.dose import Dose, Schedule
from backex.exercise import Equipment, Exercise
from backex.ids import (
    PrescriptionId,
    StepId,
)
from backex.posture import Cue
from backex.progression import Progression
from backex.routine import Prescription, Routine, Sides
from backex.rules import RULES
from backex.rules.routine import NOTHING_SUPPRESSED, UNKNOWN_SUPPRESSED
from backex.step import Step
from backex.strategies.drawing import (
    below,
    chance,
    pick,
    replaced,
    said,
)
from backex.strategies.exercises import (
    a_stance,
    with_breath,
)
from backex.strategies.faults.sound import (
    NEW,
    REGIONS,
    Injector,
    contradictory,
    guideline_with,
    in_a_plan,
    sound_exercise,
    sound_routine,
    violates,
    with_cues,
    with_edit,
)
from backex.training import TrainingQuality
from backex.validation import Checkable
from backex.variant import vary

__all__ = ["FAULTS"]

#: What makes a value wrong in exactly the way of a code.
FAULTS: dict[str, Injector] = {}

#: On the floor more is known of what bears weight, which the poses of an exercise have to fit.
_POSITIONS = (Position.SITTING, Position.STANDING)
_HOURS_IN_A_WEEK = 168
#: The codes of what can be found at an item, and is not told by the absence of that.
_FINDING = tuple(
    rule.code for rule in RULES if rule.code not in {NOTHING_SUPPRESSED, UNKNOWN_SUPPRESSED}
)


@violates("BX511", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance, exercise = sound_exercise(draw)
    one, other = contradictory(draw, stance)
    guideline = guideline_with(draw, stance, one)
    if chance(draw):
        routine = sound_routine(draw, stance, vary(with_cues(draw, exercise, other)))
    else:
        exercise, move = _with_put(draw, exercise, other)
        routine = sound_routine(draw, stance, vary(exercise, move))
    return in_a_plan(draw, attrs.evolve(routine, guideline=guideline))


def _with_put(draw: st.DrawFn, exercise: Exercise, cue: Cue) -> tuple[Exercise, Progression]:
    """Return the exercise with an axis of which a level adds the cue, and the move there."""
    step = pick(draw, exercise.steps)
    return with_edit(draw, exercise, Put(part=cue, step=step.id))


@violates("BX501", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=1, most=1)
    return in_a_plan(draw, attrs.evolve(routine, items=()))


def _with_item(draw: st.DrawFn, change: Callable[[Prescription], Prescription]) -> Checkable:
    """Draw a routine of which one item is changed."""
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    at = below(draw, len(routine.items))
    items = replaced(routine.items, at, change(routine.items[at]))
    return in_a_plan(draw, attrs.evolve(routine, items=items, time_budget_seconds=None))


def _of(item: Prescription, **changes: Any) -> Prescription:
    """Return the item with its exercise changed."""
    exercise = attrs.evolve(item.exercise, **changes)
    return attrs.evolve(item, variant=attrs.evolve(item.variant, exercise=exercise))


@violates("BX502", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    stance = a_stance(draw)
    routine = sound_routine(draw, stance, least=1, most=3)
    items = [_of(item, focus=frozenset()) for item in routine.items]
    at = below(draw, len(items))
    region = pick(draw, REGIONS)
    items[at] = _of(items[at], focus=frozenset({region}), foundation_for=frozenset())
    for before in range(at):
        items[before] = _of(items[before], foundation_for=frozenset())
    if chance(draw) and at + 1 < len(items):
        items[at + 1] = _of(items[at + 1], foundation_for=frozenset({region}))
    return in_a_plan(draw, attrs.evolve(routine, items=tuple(items)))


@violates("BX503", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    side = pick(draw, (Sides.LEFT, Sides.RIGHT))
    unilateral = {"laterality": Laterality.UNILATERAL, "both_sides_required": True}
    return _with_item(draw, lambda item: attrs.evolve(_of(item, **unilateral), sides=side))


@violates("BX504", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    at = below(draw, len(routine.items))
    again = attrs.evolve(routine.items[at], sources=())
    return _behind(draw, routine, at, again)


def _behind(draw: st.DrawFn, routine: Routine, at: int, item: Prescription) -> Checkable:
    """Return the routine with one more item right behind another."""
    items = (*routine.items[: at + 1], item, *routine.items[at + 1 :])
    return in_a_plan(draw, attrs.evolve(routine, items=items, time_budget_seconds=None))


@violates("BX505", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    at = below(draw, len(routine.items))
    one = routine.items[at]
    other = _of(attrs.evolve(one, id=PrescriptionId(NEW)), name=f"{one.exercise.name} 2")
    return _behind(draw, routine, at, other)


@violates("BX506", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    items = tuple(
        _of(item, qualities=item.exercise.qualities - {TrainingQuality.STABILIZATION})
        for item in routine.items
    )
    return in_a_plan(draw, attrs.evolve(routine, items=items))


@violates("BX507", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    def untimed(item: Prescription) -> Prescription:
        hold = Step(id=StepId(NEW), phase=Phase.HOLD, text=said(draw))
        steps = item.exercise.steps
        if not item.exercise.has_hold:
            returning = [index for index, step in enumerate(steps) if step.phase is Phase.RETURN]
            at = min(returning, default=len(steps))
            steps = (*steps[:at], *with_breath(draw, [hold]), *steps[at:])
        dose = Dose(sets=1 + below(draw, 3)) if chance(draw) else None
        return attrs.evolve(_of(item, steps=steps), dose=dose)

    return _with_item(draw, untimed)


@violates("BX508", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    at = below(draw, len(routine.items))
    held = attrs.evolve(routine.items[at], dose=Dose(hold_seconds=2 + below(draw, 60)))
    routine = attrs.evolve(routine, items=replaced(routine.items, at, held))
    budget = 1 + below(draw, routine.least_seconds - 1)
    return in_a_plan(draw, attrs.evolve(routine, time_budget_seconds=budget))


@violates("BX509", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    at = below(draw, len(routine.items))
    equipment = routine.items[at].exercise.equipment
    had = frozenset[Equipment]().union(*(item.exercise.equipment for item in routine.items))
    needing = _of(routine.items[at], equipment=equipment | {Equipment(NEW)})
    items = replaced(routine.items, at, needing)
    return in_a_plan(draw, attrs.evolve(routine, items=items, equipment=had))


@violates("BX510", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    def unfit(item: Prescription) -> Prescription:
        if item.exercise.is_unilateral:
            return attrs.evolve(item, sides=Sides.NOT_APPLICABLE)
        sided = _of(item, both_sides_required=None)
        if item.exercise.has_hold or chance(draw):
            return attrs.evolve(sided, sides=Sides.BOTH)
        # Without a dose, so that no side takes longer.
        return attrs.evolve(sided, sides=pick(draw, (Sides.LEFT, Sides.RIGHT)), dose=None)

    return _with_item(draw, unfit)


@violates("BX512", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    at = below(draw, len(routine.items))
    item = _of(routine.items[at], laterality=Laterality.UNILATERAL)
    left, right = (
        attrs.evolve(
            item,
            id=PrescriptionId(f"{NEW}-{side.value}"),
            sides=side,
            dose=Dose(sets=sets, hold_seconds=5),
        )
        for side, sets in ((Sides.LEFT, 1), (Sides.RIGHT, 2 + below(draw, 3)))
    )
    items = (*routine.items[:at], left, right, *routine.items[at + 1 :])
    return in_a_plan(draw, attrs.evolve(routine, items=items, time_budget_seconds=None))


@violates("BX513", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=2, most=3)
    at = below(draw, len(routine.items) - 1)
    sides = [pick(draw, (Sides.LEFT, Sides.RIGHT)), Sides.BOTH]
    if chance(draw):
        sides.reverse()
    one, other = (
        attrs.evolve(
            _of(item, laterality=Laterality.UNILATERAL, both_sides_required=None),
            sides=side,
            dose=Dose(hold_seconds=1 + below(draw, 60)),
        )
        for item, side in zip(routine.items[at : at + 2], sides, strict=True)
    )
    items = (*routine.items[:at], one, other, *routine.items[at + 2 :])
    return in_a_plan(draw, attrs.evolve(routine, items=items, time_budget_seconds=None))


@violates("BX514", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=3, most=4)
    away = 1 + below(draw, len(routine.items) - 2)
    first = below(draw, len(_POSITIONS))
    items = tuple(
        _of(item, position=_POSITIONS[1 - first if index == away else first])
        for index, item in enumerate(routine.items)
    )
    return in_a_plan(draw, attrs.evolve(routine, items=items))


@violates("BX515", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    if chance(draw):
        sessions = 2 + below(draw, 23)
        schedule = Schedule(sessions_per_day=sessions, rest_hours=_over(draw, 24 // (sessions - 1)))
    else:
        days = 2 + below(draw, 6)
        schedule = Schedule(days_per_week=days, rest_hours=_over(draw, _HOURS_IN_A_WEEK // days))
    return in_a_plan(draw, attrs.evolve(routine, schedule=schedule))


def _over(draw: st.DrawFn, hours: int) -> int:
    """Draw more hours of rest than those, at most a week."""
    return hours + 1 + below(draw, _HOURS_IN_A_WEEK - hours)


@violates("BX516", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    accepted = {pick(draw, _FINDING): said(draw)}
    return _with_item(draw, lambda item: attrs.evolve(item, suppress=accepted))


@violates("BX517", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    # No code has four digits.
    accepted = {f"{pick(draw, _FINDING)}{below(draw, 10)}": said(draw)}
    return _with_item(draw, lambda item: attrs.evolve(item, suppress=accepted))
