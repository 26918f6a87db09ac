"""Faults of ladders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from hypothesis import strategies as st

from backex.axes import (
    LevelAxis,
)
from backex.criteria import Completed, Criterion, EffortAtMost, InARow, SymptomAtMost
from backex.dose import Dose
from backex.ids import (
    PrescriptionId,
)
from backex.ladders import Ladder, Rung
from backex.plan import Plan
from backex.posture import EffortLevel
from backex.routine import Prescription
from backex.strategies.drawing import (
    below,
    chance,
    inserted,
    pick,
    replaced,
    some,
)
from backex.strategies.exercises import (
    a_stance,
    a_variant,
    an_exercise,
    level_axis,
)
from backex.strategies.faults.sound import (
    NEW,
    Injector,
    doubled,
    move_to,
    sound_exercise,
    sound_routine,
    violates,
    with_axis,
)
from backex.strategies.routines import a_baseline, a_ladder, asked_by
from backex.strategies.stances import Stance
from backex.symptoms import Channel
from backex.validation import Checkable
from backex.variant import Variant

__all__ = ["FAULTS"]

#: What makes a value wrong in exactly the way of a code.
FAULTS: dict[str, Injector] = {}


#: Changes a ladder, whose item has an axis to change it along.
_Change = Callable[[Ladder, LevelAxis], Ladder]


def _foot(draw: st.DrawFn, **stated: Any) -> tuple[Stance, Variant, LevelAxis]:
    """Draw what a ladder begins with: a variant at the base of an axis that its exercise has."""
    stance, exercise = sound_exercise(draw)
    axis = level_axis(draw, exercise, NEW)
    harder = (attrs.evolve(each, exceeds=frozenset({axis.base.id})) for each in axis.levels[1:])
    axis = attrs.evolve(axis, levels=(axis.base, *harder))
    exercise = with_axis(draw, attrs.evolve(exercise, **stated), axis)
    return stance, a_variant(draw, exercise).without(axis.id), axis


def _climbing(draw: st.DrawFn, change: _Change, *, least: int = 1, **stated: Any) -> Plan:
    """Draw a plan in which the ladder of one item is changed."""
    stance, variant, axis = _foot(draw, **stated)
    routine = sound_routine(draw, stance, variant)
    ladders: dict[PrescriptionId, Ladder] = {}
    for item in routine.items:
        held = item.exercise.id == variant.exercise.id
        if held or chance(draw):
            grown = a_ladder(
                draw,
                item.variant,
                warnings=False,
                channels=asked_by(routine),
                dose=item.dose,
                least=least if held else 1,
            )
            ladders[item.id] = change(grown, axis) if held else grown
    return Plan(routine=routine, ladders=ladders, baseline=a_baseline(draw, routine))


def _alone_or_not(
    draw: st.DrawFn, change: _Change, *, least: int = 1, **stated: Any
) -> Ladder | Plan:
    """Draw a ladder that is changed, or a plan with it."""
    if chance(draw):
        return _climbing(draw, change, least=least, **stated)
    _, variant, axis = _foot(draw, **stated)
    return change(a_ladder(draw, variant, warnings=False, least=least), axis)


def _dosed(rung: Rung, *, reps: int) -> Rung:
    return attrs.evolve(rung, dose=attrs.evolve(rung.dose or Dose(), reps=reps))


def _most_reps(rung: Rung) -> int:
    reps = None if rung.dose is None else rung.dose.reps
    return max(reps.low or 0, reps.high or 0) if reps else 0


@violates("BX307", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    def dipping(ladder: Ladder, axis: LevelAxis) -> Ladder:
        at = below(draw, len(ladder.rungs))
        rungs = ladder.rungs[: at + 1]
        last = rungs[-1]
        if chance(draw) and last.variant.place(axis.id) == axis.base.id:
            harder = attrs.evolve(last, variant=last.variant.with_(move_to(axis)))
            most = _most_reps(last) + 1
            grown = (_dosed(harder, reps=most), _dosed(last, reps=most))
            return Ladder((*rungs, harder, *grown))
        most = _most_reps(last) + 2
        return Ladder((*rungs, _dosed(last, reps=most), _dosed(last, reps=most - 1)))

    return _alone_or_not(draw, dipping)


@violates("BX308", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    def leaping(ladder: Ladder, axis: LevelAxis) -> Ladder:
        low = [rung for rung in ladder.rungs if rung.variant.place(axis.id) == axis.base.id]
        at = below(draw, len(low))
        last = low[at]
        moved = attrs.evolve(last, variant=last.variant.with_(move_to(axis)))
        higher = _dosed(moved, reps=_most_reps(last) + 1 + below(draw, 5))
        return Ladder((*low[: at + 1], higher))

    return _alone_or_not(draw, leaping)


@violates("BX315", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    def endless(ladder: Ladder, _: LevelAxis) -> Ladder:
        at = below(draw, len(ladder.rungs) - 1)
        stuck = attrs.evolve(ladder.rungs[at], advance=None)
        return Ladder(replaced(ladder.rungs, at, stuck))

    return _alone_or_not(draw, endless, least=2)


@violates("BX316", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    def crossing(ladder: Ladder, _: LevelAxis) -> Ladder:
        at = 1 + below(draw, len(ladder.rungs))
        foreign = an_exercise(draw, a_stance(draw), f"{NEW}-{NEW}")
        rung = attrs.evolve(ladder.rungs[at - 1], variant=a_variant(draw, foreign))
        return Ladder((*ladder.rungs[:at], rung, *ladder.rungs[at:]))

    return _alone_or_not(draw, crossing)


@violates("BX309", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    def elsewhere(ladder: Ladder, axis: LevelAxis) -> Ladder:
        first = ladder.rungs[0]
        if chance(draw):
            first = _dosed(first, reps=_most_reps(first) + 1)
        else:
            first = attrs.evolve(first, variant=first.variant.with_(move_to(axis)))
        more = range(1, 1 + below(draw, 3))
        higher = (_dosed(first, reps=_most_reps(first) + each) for each in more)
        return Ladder((first, *higher))

    return _climbing(draw, elsewhere)


@violates("BX314", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    plan = _climbing(draw, lambda ladder, _: ladder)
    ladder = pick(draw, list(plan.ladders.values()))
    ids = list(plan.ladders)
    unknown = PrescriptionId(f"{pick(draw, ids)}-{NEW}")
    entries = inserted(draw, list(plan.ladders.items()), (unknown, ladder))
    return attrs.evolve(plan, ladders=dict(entries))


@violates("BX322", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    reps = 2 + below(draw, 9)

    def down(item: Prescription) -> Ladder:
        first = Rung(variant=item.variant, dose=item.dose, advance=Completed())
        more, less = (_dosed(first, reps=each) for each in (reps + 1, reps - 1))
        silent = attrs.evolve(first, dose=None)
        return Ladder((first, more, silent)) if chance(draw) else Ladder((silent, less))

    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    items = tuple(
        attrs.evolve(item, dose=attrs.evolve(item.dose or Dose(), reps=reps))
        for item in routine.items
    )
    routine = attrs.evolve(routine, items=items, time_budget_seconds=None)
    ladders = {item.id: down(item) for item in some(draw, items, least=1)}
    return Plan(routine=routine, ladders=ladders, baseline=a_baseline(draw, routine))


@violates("BX323", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    return _alone_or_not(draw, lambda ladder, _: Ladder(doubled(draw, ladder.rungs)))


@violates("BX324", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    def waiting(ladder: Ladder, _: LevelAxis) -> Ladder:
        at = below(draw, len(ladder.rungs))
        unasked = SymptomAtMost(channel=Channel(NEW), severity=below(draw, 11))
        rung = attrs.evolve(ladder.rungs[at], advance=unasked)
        return Ladder(replaced(ladder.rungs, at, rung))

    if chance(draw):
        return _climbing(draw, waiting)
    plan = _climbing(draw, lambda ladder, _: ladder)
    if chance(draw):
        return attrs.evolve(plan, baseline=None)
    usual, unknown = a_baseline(draw, plan.routine), pick(draw, asked_by(plan.routine))
    rated = {each: usual.severities[each] for each in usual.severities if each != unknown}
    return attrs.evolve(plan, baseline=attrs.evolve(usual, severities=rated))


@violates("BX331", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    def straining(ladder: Ladder, _: LevelAxis) -> Ladder:
        at = below(draw, len(ladder.rungs))
        advance: Criterion = EffortAtMost(effort=7 + below(draw, 4))
        if chance(draw):
            advance = InARow(criterion=advance, sessions=2)
        return Ladder(replaced(ladder.rungs, at, attrs.evolve(ladder.rungs[at], advance=advance)))

    return _alone_or_not(draw, straining, effort=EffortLevel.MODERATE)
