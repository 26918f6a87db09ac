"""Doses, prescriptions, ladders, routines, plans, and the sessions that are recorded of them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from hypothesis import strategies as st

from backex.anatomy import Region
from backex.catalog import Catalog
from backex.criteria import (
    AllCriteria,
    AnyCriterion,
    Completed,
    Completion,
    Criterion,
    EffortAtMost,
    InARow,
    Quality,
    QualityAtLeast,
    SymptomAtMost,
)
from backex.dose import Dose, Schedule
from backex.exercise import Equipment, Exercise
from backex.ids import PrescriptionId, RoutineId
from backex.ladders import Ladder, Rung
from backex.plan import Plan, SessionRecord
from backex.quantities import Span
from backex.routine import Prescription, Routine, Sides
from backex.strategies.drawing import (
    below,
    chance,
    drawn,
    name,
    names,
    pick,
    said,
    several,
    some,
    sources,
    span,
)
from backex.strategies.exercises import (
    a_guideline,
    a_stance,
    a_variant,
    an_exercise,
    one_exercise,
)
from backex.strategies.stances import Stance
from backex.strategies.stopping import a_policy, entries_at
from backex.symptoms import PAIN, STIFFNESS, Channel, SymptomReport
from backex.training import TrainingQuality
from backex.variant import Variant

__all__ = [
    "a_baseline",
    "a_dose",
    "a_ladder",
    "a_routine",
    "asked_by",
    "doses",
    "item_of",
    "ladders",
    "plans",
    "prescriptions",
    "routines",
    "session_logs",
]

_ONE_SIDE = (Sides.BOTH, Sides.LEFT, Sides.RIGHT)
_DONE = (True, None, False)
_QUALITIES = (None, *Quality)
_MOST_SECONDS = 86_400
_GROUND = frozenset({Region.WHOLE_BODY})
_STABLE = frozenset({TrainingQuality.STABILIZATION})


def a_dose(draw: st.DrawFn, *, held: bool = False) -> Dose:
    """Draw a dose; one that is `held` says for how long."""
    # One draw says what is stated.
    there = below(draw, 32)
    return Dose(
        sets=span(draw, 1, 5) if there & 1 else None,
        reps=span(draw, 1, 15) if there & 2 else None,
        hold_seconds=span(draw, 1, 60) if held or there & 4 else None,
        rest_seconds=span(draw, 0, 90) if there & 8 else None,
        sources=sources(draw) if there & 16 else (),
    )


def item_of(draw: st.DrawFn, variant: Variant, id: str, *, warnings: bool) -> Prescription:
    """Draw a prescription of `variant`; without `warnings` of both sides, and how long to hold."""
    exercise = variant.exercise
    held = exercise.has_hold and not warnings
    sides = Sides.NOT_APPLICABLE
    if exercise.is_unilateral:
        both = exercise.both_sides_required or not warnings
        sides = Sides.BOTH if both else pick(draw, _ONE_SIDE)
    return Prescription(
        id=PrescriptionId(id),
        variant=variant,
        dose=a_dose(draw, held=held) if held or chance(draw) else None,
        sides=sides,
        sources=sources(draw),
    )


def a_routine(
    draw: st.DrawFn, stance: Stance | None, variants: Sequence[Variant], *, warnings: bool
) -> Routine:
    """Draw a routine of `variants`, of exercises that keep to the stance and have ids that differ.

    Without a stance it has no guideline of its own.

    Without `warnings`, exercises are given what the routine has to have: one that trains
    stabilization, a foundation before what is built on one, positions that do not come back.
    """
    if variants and not warnings:
        variants = _with_ground(draw, variants)
    items = tuple(
        item_of(draw, variant, id, warnings=warnings)
        for variant, id in zip(variants, names(draw, len(variants)), strict=True)
    )
    # One draw says what is stated of the whole.
    there = below(draw, 32)
    needed = frozenset[Equipment]().union(*(item.exercise.equipment for item in items))
    routine = Routine(
        id=RoutineId(name(draw, ())),
        title=said(draw),
        items=items,
        guideline=a_guideline(draw, stance, name(draw, ())) if stance and there & 1 else None,
        stopping=a_policy(draw, name(draw, ())),
        schedule=_schedule(draw) if there & 2 else None,
        equipment=needed if there & 4 else None,
        metadata={said(draw): said(draw)} if there & 8 else {},
        sources=sources(draw),
    )
    if not there & 16:
        return routine
    budget = max(routine.least_seconds, 1) + below(draw, 600)
    return attrs.evolve(routine, time_budget_seconds=min(budget, _MOST_SECONDS))


def _with_ground(draw: st.DrawFn, variants: Sequence[Variant]) -> list[Variant]:
    found = _in_few_positions(variants)
    first = found[0].exercise
    if any(each.exercise.focus for each in found) and not _founds_all(first):
        found[0] = attrs.evolve(found[0], exercise=attrs.evolve(first, foundation_for=_GROUND))
    if not any(each.exercise.qualities >= _STABLE for each in found):
        at = below(draw, len(found))
        steady = attrs.evolve(found[at].exercise, qualities=found[at].exercise.qualities | _STABLE)
        found[at] = attrs.evolve(found[at], exercise=steady)
    return found


def _in_few_positions(variants: Sequence[Variant]) -> list[Variant]:
    """Return the variants, those of one position one after the other."""
    positions = [each.exercise.position for each in variants]
    return sorted(variants, key=lambda each: positions.index(each.exercise.position))


def _founds_all(exercise: Exercise) -> bool:
    return exercise.foundation_for >= _GROUND


def _schedule(draw: st.DrawFn) -> Schedule:
    there = below(draw, 4)
    return Schedule(
        sessions_per_day=Span.of(1 + below(draw, 2)) if there & 1 else None,
        days_per_week=span(draw, 1, 7) if there & 2 else None,
        sources=sources(draw),
    )


def _criterion(draw: st.DrawFn, channels: Sequence[Channel]) -> Criterion:
    match below(draw, 7):
        case 0:
            return Completed()
        case 1:
            return InARow(criterion=_one_session(draw, channels), sessions=2 + below(draw, 2))
        case 2:
            return AllCriteria(criteria=_two(draw, channels))
        case 3:
            return AnyCriterion(criteria=_two(draw, channels))
        case _:
            return _one_session(draw, channels)


def _two(draw: st.DrawFn, channels: Sequence[Channel]) -> tuple[Criterion, Criterion]:
    return _one_session(draw, channels), _one_session(draw, channels)


def _one_session(draw: st.DrawFn, channels: Sequence[Channel]) -> Criterion:
    match below(draw, 4):
        case 0:
            return Completed()
        case 1:
            return QualityAtLeast(quality=pick(draw, tuple(Quality)))
        case 2:
            return EffortAtMost(effort=below(draw, 5))
        case _:
            return SymptomAtMost(channel=pick(draw, channels), severity=below(draw, 11))


def a_ladder(
    draw: st.DrawFn,
    variant: Variant,
    *,
    warnings: bool,
    channels: Sequence[Channel] = (PAIN, STIFFNESS),
    dose: Dose | None = None,
    least: int = 1,
) -> Ladder:
    """Draw a ladder from `variant` up: each rung is harder by one move, or has a greater dose.

    With `warnings`, a rung may change both at once, or have no criterion to leave it.
    """

    def next_rung(draw: st.DrawFn, found: list[Rung]) -> Rung:
        own, at = (found[-1].dose, found[-1].variant) if found else (dose, variant)
        if found:
            advances = at.advances()
            moved = bool(advances) and chance(draw)
            if moved:
                at = pick(draw, advances)
            if not moved or (warnings and chance(draw, 4)):
                own = _greater(draw, own)
        advance = None if warnings and chance(draw, 8) else _criterion(draw, channels)
        return Rung(variant=at, dose=own, advance=advance)

    return Ladder(several(draw, next_rung, least=least, most=5))


def _greater(draw: st.DrawFn, dose: Dose | None) -> Dose:
    """Draw a dose of more repetitions."""
    least = Dose() if dose is None else dose
    ends = (None, None) if least.reps is None else (least.reps.low, least.reps.high)
    most = max(each or 0 for each in ends)
    return attrs.evolve(least, reps=Span.of(most + 1 + below(draw, 3)))


def doses() -> st.SearchStrategy[Dose]:
    """Return doses; any amount may be unstated, a number or a range."""
    return drawn(a_dose)


def _given(draw: st.DrawFn, of: Exercise | Variant | None) -> Variant:
    if isinstance(of, Variant):
        return of
    return a_variant(draw, of or one_exercise(draw))


def prescriptions(
    of: Exercise | Variant | None = None, *, warnings: bool = True
) -> st.SearchStrategy[Prescription]:
    """Return prescriptions of a variant, of variants of an exercise, or of drawn ones.

    Sides fit the exercise. Without `warnings` what is held has a dose that says how long.
    """
    return drawn(lambda draw: item_of(draw, _given(draw, of), name(draw, ()), warnings=warnings))


def ladders(
    of: Exercise | Variant | None = None, *, warnings: bool = True
) -> st.SearchStrategy[Ladder]:
    """Return ladders that climb: from a variant, from variants of an exercise, or of drawn ones.

    Each rung is harder than the one before by one move, or has a greater dose. With `warnings`,
    some change both at once, and some have no criterion to leave them.
    """
    return drawn(
        lambda draw: a_ladder(
            draw,
            _given(draw, of),
            warnings=warnings,
            dose=Dose(sets=1 + below(draw, 3)) if chance(draw) else None,
        )
    )


def _routine(draw: st.DrawFn, catalog: Catalog | None, *, warnings: bool) -> Routine:
    stance = a_stance(draw)
    if catalog is not None and catalog.exercises and chance(draw, 4):
        known = some(draw, catalog.exercises, least=1, most=3)
        of_catalog = [a_variant(draw, each) for each in known]
        return a_routine(draw, None, of_catalog, warnings=warnings)

    def next_variant(draw: st.DrawFn, found: list[Variant]) -> Variant:
        id = name(draw, [each.exercise.id for each in found])
        return a_variant(draw, an_exercise(draw, stance, id))

    variants = several(draw, next_variant, least=1)
    return a_routine(draw, stance, variants, warnings=warnings)


def routines(
    *, catalog: Catalog | None = None, warnings: bool = True
) -> st.SearchStrategy[Routine]:
    """Return routines that `validate` finds no error in, and no warning unless with `warnings`.

    One to three exercises, wholly drawn or all of `catalog`, with a safe stopping policy.
    """
    return drawn(lambda draw: _routine(draw, catalog, warnings=warnings))


def asked_by(routine: Routine) -> list[Channel]:
    """Return what the policy of a routine asks; without one, the usual channels."""
    policy = routine.stopping
    return [PAIN, STIFFNESS] if policy is None or not policy.asks else sorted(policy.asks)


def a_baseline(draw: st.DrawFn, routine: Routine) -> SymptomReport:
    """Draw a usual state that rates all that is asked."""
    severities = {channel: below(draw, 5) for channel in asked_by(routine)}
    return SymptomReport(checkin=0, severities=severities)


def _plan(draw: st.DrawFn, routine: Routine | None, *, warnings: bool) -> Plan:
    of = _routine(draw, None, warnings=warnings) if routine is None else routine
    laddered = [item for item in of.items if not chance(draw, 4)]
    return Plan(
        routine=of,
        ladders={
            item.id: a_ladder(
                draw, item.variant, warnings=warnings, channels=asked_by(of), dose=item.dose
            )
            for item in laddered
        },
        baseline=None if warnings and chance(draw, 8) else a_baseline(draw, of),
    )


def plans(routine: Routine | None = None, *, warnings: bool = True) -> st.SearchStrategy[Plan]:
    """Return plans that `validate` finds no error in, and no warning unless with `warnings`.

    For `routine`, or for drawn ones. Most items have a ladder that begins with their own variant,
    and most plans a baseline that rates what the policy asks.
    """
    return drawn(lambda draw: _plan(draw, routine, warnings=warnings))


def _completion(draw: st.DrawFn, variants: Sequence[Variant]) -> Completion:
    if not chance(draw, 4):
        return Completion(performed=pick(draw, variants), done=True, quality=Quality.GOOD, effort=1)
    return Completion(
        performed=pick(draw, variants),
        done=pick(draw, _DONE),
        quality=pick(draw, _QUALITIES),
        effort=below(draw, 11) if chance(draw) else None,
    )


def _session_log(draw: st.DrawFn, plan: Plan) -> tuple[SessionRecord, ...]:
    policy = plan.routine.stopping
    channels = asked_by(plan.routine)
    rules = [] if policy is None else [rule.id for rule in policy.rules]
    performable = {
        item.id: [rung.variant for rung in plan.ladders[item.id].rungs]
        if item.id in plan.ladders
        else [item.variant]
        for item in plan.routine.items
    }
    found: list[SessionRecord] = []
    checkin = 0
    for _ in range(below(draw, 8)):
        checkin += 1 + (below(draw, 3) if chance(draw, 6) else 0)
        completed = {
            id: _completion(draw, variants)
            for id, variants in performable.items()
            if not chance(draw, 6)
        }
        entries = tuple(entries_at(draw, checkin, channels, rules, list(performable)))
        found.append(SessionRecord(checkin=checkin, completed=completed, entries=entries))
    return tuple(found)


def session_logs(plan: Plan) -> st.SearchStrategy[tuple[SessionRecord, ...]]:
    """Return logs of sessions of `plan`, in the order of their check-ins, for `next_session`.

    Items are mostly done well, as one of their rungs; reports mostly answer what the policy asks.
    Some check-ins are missing, and some have no session or no report.
    """
    return drawn(lambda draw: _session_log(draw, plan))
