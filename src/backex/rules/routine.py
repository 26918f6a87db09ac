"""BX5xx: what is wrong with a routine as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from backex.anatomy import overlap
from backex.diagnostics import Severity
from backex.exercise import Exercise
from backex.references import article, derived, library_default
from backex.routine import Prescription, Routine, Sides
from backex.rules.posture import cues_against
from backex.rules.rule import UNIQUE, Fault, Rule, duplicates
from backex.training import TrainingQuality

__all__ = ["RULES"]


def _empty(routine: Routine) -> Iterator[Fault]:
    if not routine.items:
        yield Fault(
            "the routine has nothing to do",
            at=".items",
            hint="add an item with routine.with_item(prescribe(exercise))",
            meta={"routine": routine.id},
        )


def _foundation(routine: Routine) -> Iterator[Fault]:
    founding = [
        (index, item.exercise)
        for index, item in enumerate(routine.items)
        if item.exercise.foundation_for
    ]
    for index, item in enumerate(routine.items):
        exercise = item.exercise
        if exercise.foundation_for or not exercise.focus:
            continue
        places = [place for place, base in founding if _lays_ground(base, exercise)]
        if places and places[0] < index:
            continue
        where = "comes only later" if places else "is not in the routine"
        yield Fault(
            f'the foundation exercise for what "{item.id}" trains {where}',
            at=f".items[{index}]",
            hint="put the foundation exercise before it",
            meta={"item": item.id, "foundation": tuple(routine.items[p].id for p in places)},
        )


def _lays_ground(base: Exercise, exercise: Exercise) -> bool:
    return any(
        overlap(ground, trained) for ground in base.foundation_for for trained in exercise.focus
    )


def _one_side_only(routine: Routine) -> Iterator[Fault]:
    done: dict[str, set[Sides]] = {}
    for item in routine.items:
        done.setdefault(item.exercise.id, set()).add(item.sides)
    for index, item in enumerate(routine.items):
        sides = done[item.exercise.id]
        complete = Sides.BOTH in sides or {Sides.LEFT, Sides.RIGHT} <= sides
        if (
            item.exercise.both_sides_required
            and item.sides in {Sides.LEFT, Sides.RIGHT}
            and not complete
        ):
            yield Fault(
                f'"{item.exercise.name}" must be done on both sides; '
                f"here it is only on the {item.sides.value}",
                at=f".items[{index}].sides",
                hint="prescribe it with sides=Sides.BOTH",
                meta={"item": item.id, "sides": item.sides.value},
            )


def _sides_unfit(item: Prescription) -> Iterator[Fault]:
    unilateral = item.exercise.is_unilateral
    if unilateral is (item.sides is Sides.NOT_APPLICABLE):
        yield Fault(
            f'"{item.exercise.name}" {"has" if unilateral else "has no"} left and right form; '
            f"it is prescribed for: {item.sides.value}",
            at=".sides",
            hint=f"use Sides.{'BOTH, LEFT or RIGHT' if unilateral else 'NOT_APPLICABLE'}",
            meta={"item": item.id, "sides": item.sides.value},
        )


def _duplicate_items(routine: Routine) -> Iterator[Fault]:
    yield from duplicates((item.id for item in routine.items), "item", ".items")


def _unequal_exercises(routine: Routine) -> Iterator[Fault]:
    first: dict[str, tuple[int, Exercise]] = {}
    for index, item in enumerate(routine.items):
        place, known = first.setdefault(item.exercise.id, (index, item.exercise))
        if known != item.exercise:
            yield Fault(
                f'exercise "{item.exercise.id}" differs from the one under the same id '
                f"at .items[{place}]",
                at=f".items[{index}].variant.exercise",
                hint="give the changed exercise an id of its own",
                meta={"exercise": item.exercise.id, "items": (routine.items[place].id, item.id)},
            )


def _no_stabilization(routine: Routine) -> Iterator[Fault]:
    if any(TrainingQuality.STABILIZATION in item.exercise.qualities for item in routine.items):
        return
    yield Fault(
        "no exercise of the routine trains stabilization",
        at=".items",
        hint="add one whose qualities include stabilization",
        meta={"routine": routine.id},
    )


def _hold_without_time(item: Prescription) -> Iterator[Fault]:
    if item.exercise.has_hold and (item.dose is None or item.dose.hold_seconds is None):
        yield Fault(
            f'"{item.exercise.name}" holds a position, but the dose does not say how long',
            at=".dose" if item.dose is None else ".dose.hold_seconds",
            hint="state hold_seconds in the dose",
            meta={"item": item.id},
        )


def _over_budget(routine: Routine) -> Iterator[Fault]:
    budget, least = routine.time_budget_seconds, routine.least_seconds
    if budget is not None and least > budget:
        yield Fault(
            f"holds and rests alone take {least} seconds; there are {budget}",
            at=".time_budget_seconds",
            hint="shorten doses, drop an item or allow more time",
            meta={"least_seconds": least, "budget_seconds": budget},
        )


def _equipment_missing(routine: Routine) -> Iterator[Fault]:
    if routine.equipment is None:
        return
    for index, item in enumerate(routine.items):
        missing = tuple(sorted(item.exercise.equipment - routine.equipment))
        if missing:
            yield Fault(
                f'"{item.exercise.name}" needs what is not at hand: {", ".join(missing)}',
                at=f".items[{index}].variant.exercise.equipment",
                hint="add it to the routine's equipment, or choose another exercise",
                meta={"item": item.id, "missing": missing},
            )


def _against_guideline(routine: Routine) -> Iterator[Fault]:
    if routine.guideline is None:
        return
    for index, item in enumerate(routine.items):
        if routine.guideline in item.exercise.guidelines:
            continue  # the exercise's own rule tells
        yield from cues_against(
            routine.guideline,
            item.exercise.steps,
            at=f".items[{index}].variant.exercise.steps",
        )


RULES: tuple[Rule, ...] = (
    Rule(
        code="BX501",
        title="empty routine",
        why="There is nothing to do in it.",
        severity=Severity.ERROR,
        on=Routine,
        check=_empty,
        sources=library_default("a routine is made of exercises"),
    ),
    Rule(
        code="BX502",
        title="foundation exercise missing or placed later",
        why="Posture and activation for the later movements are learned in the foundation first.",
        severity=Severity.WARNING,
        on=Routine,
        check=_foundation,
        sources=derived("H15", note="a foundation should come before what is built on it"),
    ),
    Rule(
        code="BX503",
        title="one side only of an exercise that needs both",
        why="Training one side alone leaves the other behind.",
        severity=Severity.ERROR,
        on=Routine,
        check=_one_side_only,
        sources=article("A10"),
    ),
    Rule(
        code="BX504",
        title="duplicate item id",
        why="A report or a log entry that names the id would reach the wrong item.",
        severity=Severity.ERROR,
        on=Routine,
        check=_duplicate_items,
        sources=UNIQUE,
    ),
    Rule(
        code="BX505",
        title="two unequal exercises under one id",
        why="A log that names the exercise would mean two different things.",
        severity=Severity.ERROR,
        on=Routine,
        check=_unequal_exercises,
        sources=UNIQUE,
    ),
    Rule(
        code="BX506",
        title="no stabilization exercise",
        why="The upper back needs it for mobility, strength and the prevention of injury.",
        severity=Severity.WARNING,
        on=Routine,
        check=_no_stabilization,
        after=frozenset({"BX501"}),
        sources=article("P3"),
    ),
    Rule(
        code="BX507",
        title="hold without a time",
        why="The person does not know when to let go.",
        severity=Severity.WARNING,
        on=Prescription,
        check=_hold_without_time,
        sources=library_default("whoever holds a position needs to know for how long"),
    ),
    Rule(
        code="BX508",
        title="over the time budget",
        why="A routine that does not fit its time is cut short, and always at the end.",
        severity=Severity.ERROR,
        on=Routine,
        check=_over_budget,
        sources=library_default("only what doses state is counted, so the time is a lower bound"),
    ),
    Rule(
        code="BX509",
        title="equipment not at hand",
        why="An exercise that needs a missing thing is left out or improvised.",
        severity=Severity.ERROR,
        on=Routine,
        check=_equipment_missing,
        sources=library_default("equipment must be there to be used"),
    ),
    Rule(
        code="BX510",
        title="sides do not fit the exercise",
        why="Nobody can tell which side to do, or how often.",
        severity=Severity.ERROR,
        on=Prescription,
        check=_sides_unfit,
        sources=library_default("left and right exist for unilateral exercises only"),
    ),
    Rule(
        code="BX511",
        title="cue contradicts the routine's guideline",
        why="The guideline guides the exercise; a step cannot ask for what it avoids.",
        severity=Severity.ERROR,
        on=Routine,
        check=_against_guideline,
        sources=article("P6") + derived("GS4", note="a squeeze contradicts the cue against it"),
    ),
)
