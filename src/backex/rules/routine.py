"""BX5xx: what is wrong with a routine as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from backex.anatomy import Position, overlap
from backex.diagnostics import Severity
from backex.dose import Dose
from backex.errors import key_step
from backex.exercise import Exercise
from backex.ids import closest
from backex.posture import contradict
from backex.quantities import Span
from backex.references import article, derived, library_default
from backex.routine import Prescription, Routine, Sides
from backex.rules.posture import contradiction, cues_against
from backex.rules.progression import cues_by_moves
from backex.rules.rule import UNIQUE, Fault, Rule, duplicates
from backex.training import TrainingQuality

__all__ = [
    "NOTHING_SUPPRESSED",
    "RULES",
    "UNKNOWN_SUPPRESSED",
    "nothing_suppressed",
    "unknown_suppressed",
]


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
        for step, cue in cues_by_moves(item.variant):
            for guiding in routine.guideline.cues:
                if contradict(cue, guiding):
                    at = f".items[{index}].variant.progressions"
                    yield contradiction(cue, guiding, at=at, where=f' of step "{step.id}"')


def _doses_by_side(routine: Routine) -> Iterator[Fault]:
    by_exercise: dict[str, list[tuple[int, Prescription]]] = {}
    for index, item in enumerate(routine.items):
        by_exercise.setdefault(item.exercise.id, []).append((index, item))
    for items in by_exercise.values():
        left, right = (_amounts(items, side) for side in (Sides.LEFT, Sides.RIGHT))
        more, side = (left - right, Sides.LEFT) if left - right else (right - left, Sides.RIGHT)
        if left and right and more:
            index, item = next(
                (index, item)
                for index, item in items
                if item.sides is side and _amount(item) in more
            )
            yield Fault(
                f'"{item.exercise.name}" has another dose on the {side.value} than on the other '
                "side",
                at=f".items[{index}].dose",
                hint="give both sides the same dose, or prescribe it once with sides=Sides.BOTH",
                meta={"exercise": item.exercise.id, "items": tuple(each.id for _, each in items)},
            )


def _amount(item: Prescription) -> tuple[Span | None, ...]:
    dose = item.dose or Dose()
    return (dose.sets, dose.reps, dose.hold_seconds, dose.rest_seconds)


def _amounts(
    items: list[tuple[int, Prescription]], side: Sides
) -> Counter[tuple[Span | None, ...]]:
    return Counter(_amount(item) for _, item in items if item.sides in {side, Sides.BOTH})


def _time_by_side(routine: Routine) -> Iterator[Fault]:
    left, right = (
        sum(
            item.dose.least_seconds
            for item in routine.items
            if item.dose is not None and item.sides in {side, Sides.BOTH}
        )
        for side in (Sides.LEFT, Sides.RIGHT)
    )
    if left and right and left != right:
        yield Fault(
            f"holds and rests take {left} seconds on the left and {right} on the right",
            at=".items",
            hint="give both sides the same time, unless one is to catch up",
            meta={"left_seconds": left, "right_seconds": right},
        )


def _back_and_forth(routine: Routine) -> Iterator[Fault]:
    taken: dict[Position, Prescription] = {}
    before: Position | None = None
    for index, item in enumerate(routine.items):
        position = item.exercise.position
        if position in taken and position is not before:
            yield Fault(
                f'"{item.id}" goes back to {position.value}, in which "{taken[position].id}" was',
                at=f".items[{index}]",
                hint=f'move it next to "{taken[position].id}", or keep the order if it is meant',
                meta={"item": item.id, "position": position.value},
            )
        taken[position] = item
        before = position


_DAY = 86_400
_DAYS_IN_A_WEEK = 7


def _impossible_schedule(routine: Routine) -> Iterator[Fault]:
    schedule = routine.schedule
    if schedule is None:
        return
    rest = 3600 * _least(schedule.rest_hours, 0)
    a_day, days = _least(schedule.sessions_per_day, 1), _least(schedule.days_per_week, 1)
    # Rest is needed between the sessions of a day, and between the last of a week and the next.
    in_a_day = a_day * routine.least_seconds + (a_day - 1) * rest
    in_a_week = a_day * days * (routine.least_seconds + rest)
    for needed, there_is, what in (
        (in_a_day, _DAY, "day"),
        (in_a_week, _DAYS_IN_A_WEEK * _DAY, "week"),
    ):
        if needed > there_is:
            yield Fault(
                f"sessions and the rest between them take {_hours(needed)} of each {what}, which "
                f"has {_hours(there_is)}",
                at=".schedule",
                hint="schedule fewer sessions, or less rest between them",
                meta={"needed_seconds": needed, f"seconds_in_a_{what}": there_is},
            )
            return


def _least(span: Span | None, unstated: int) -> int:
    return unstated if span is None or span.low is None else span.low


def _hours(seconds: int) -> str:
    hours = -(-seconds // 3600)
    return f"{hours} hours"


#: The code of a suppression that suppresses nothing.
NOTHING_SUPPRESSED = "BX516"
#: The code of a suppression of a code that no rule has.
UNKNOWN_SUPPRESSED = "BX517"


def nothing_suppressed(item: Prescription, code: str) -> Fault:
    """Return the fault that an item accepts what was not found."""
    return Fault(
        f'item "{item.id}" accepts {code}, which is not found there',
        at=f".suppress{key_step(code)}",
        hint="remove it, so that it does not hide what comes later",
        meta={"item": item.id, "code": code},
    )


def unknown_suppressed(item: Prescription, code: str, known: Sequence[str]) -> Fault:
    """Return the fault that an item accepts a code that no rule has."""
    return Fault(
        f'item "{item.id}" accepts {code}, which is the code of no rule',
        at=f".suppress{key_step(code)}",
        hint=closest(code, known) or "remove it, or give the whole code of a rule",
        meta={"item": item.id, "code": code},
    )


def _told_by_validate(_: Prescription) -> tuple[Fault, ...]:
    """Yield nothing: only `validate` knows what the other rules found."""
    return ()


_SUPPRESSION = library_default("what is accepted is accepted for what is there now")

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
    Rule(
        code="BX512",
        title="doses that differ by side",
        why="One side gets more of the exercise than the other, and pulls ahead.",
        severity=Severity.WARNING,
        on=Routine,
        check=_doses_by_side,
        after=frozenset({"BX503", "BX505"}),
        sources=library_default("sides are trained alike, unless a professional means otherwise"),
    ),
    Rule(
        code="BX513",
        title="time by side unequal",
        why="Over the whole routine one side works longer than the other.",
        severity=Severity.INFO,
        on=Routine,
        check=_time_by_side,
        after=frozenset({"BX503", "BX512"}),
        sources=library_default("only what doses state is counted; one side may have to catch up"),
    ),
    Rule(
        code="BX514",
        title="positions that change back and forth",
        why="Getting down and up again takes time, and for a sore back it is the hardest part.",
        severity=Severity.INFO,
        on=Routine,
        check=_back_and_forth,
        sources=library_default("exercises in one position are best done one after the other"),
    ),
    Rule(
        code="BX515",
        title="schedule that nobody can keep",
        why="Sessions or the rest between them are left out, and nobody knows which.",
        severity=Severity.ERROR,
        on=Routine,
        check=_impossible_schedule,
        sources=library_default("a day has 24 hours; what is not stated counts as its least"),
    ),
    Rule(
        code=NOTHING_SUPPRESSED,
        title="suppression of nothing",
        why="It would hide, with an old reason, what goes wrong later.",
        severity=Severity.INFO,
        on=Prescription,
        check=_told_by_validate,
        sources=_SUPPRESSION,
    ),
    Rule(
        code=UNKNOWN_SUPPRESSED,
        title="suppression of an unknown code",
        why="It accepts nothing, while its author believes that it does.",
        severity=Severity.WARNING,
        on=Prescription,
        check=_told_by_validate,
        sources=_SUPPRESSION,
    ),
)
