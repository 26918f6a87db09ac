"""BX212 to BX215 and BX332: poses that do not fit what the exercise says of itself.

What they look for is in `backex.rules.misfits`, which puts bodies in space: most programs never
have a pose, so it is loaded with the first one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from backex.diagnostics import Severity
from backex.exercise import Exercise
from backex.references import library_default
from backex.rules.rule import Fault, Rule
from backex.step import Step
from backex.variant import Variant

__all__ = ["BEARING_MM", "ROUGH_DEGREES", "RULES", "SIZES", "TOUCHING_MM"]

#: How far above the floor what bears weight may come out, and how close to it what must not.
BEARING_MM, TOUCHING_MM = 50, 10
#: How far a pose may be from a rough number of degrees, and from any length: people's sizes differ.
ROUGH_DEGREES, SIZES = 10, Decimal("0.15")


def _is_posed(steps: Sequence[Step]) -> bool:
    return any(step.pose for step in steps)


def _in_the_air(exercise: Exercise) -> Iterable[Fault]:
    if not _is_posed(exercise.steps):
        return ()
    from backex.rules import misfits  # noqa: PLC0415

    return misfits.in_exercise(misfits.in_the_air, exercise)


def _touching(exercise: Exercise) -> Iterable[Fault]:
    if not _is_posed(exercise.steps):
        return ()
    from backex.rules import misfits  # noqa: PLC0415

    return misfits.in_exercise(misfits.touching, exercise)


def _missed_targets(exercise: Exercise) -> Iterable[Fault]:
    if not _is_posed(exercise.steps):
        return ()
    from backex.rules import misfits  # noqa: PLC0415

    return misfits.in_exercise(misfits.missed_targets, exercise)


def _unequal_angles(step: Step) -> Iterable[Fault]:
    if not step.pose:
        return ()
    from backex.rules import misfits  # noqa: PLC0415

    return misfits.unequal_angles(step)


def _by_moves(variant: Variant) -> Iterable[Fault]:
    if not variant.progressions or not _is_posed(variant.steps):
        return ()
    from backex.rules import misfits  # noqa: PLC0415

    return misfits.by_moves(variant)


_AVERAGE = (
    "judged by the end of each step, in the body of an average adult; of the set-up by its last "
    "step, of the return by either end"
)

RULES: tuple[Rule, ...] = (
    Rule(
        code="BX212",
        title="contact that bears weight above the floor",
        why="Who follows the picture has nothing to rest on where the exercise says to rest.",
        severity=Severity.WARNING,
        on=Exercise,
        check=_in_the_air,
        sources=library_default(
            f"{_AVERAGE}; off by more than {BEARING_MM} mm; not sitting or standing, where a "
            "chair or a wall may be what bears"
        ),
    ),
    Rule(
        code="BX213",
        title="contact to avoid on the floor",
        why="Who follows the picture rests on what is to be spared.",
        severity=Severity.WARNING,
        on=Exercise,
        check=_touching,
        sources=library_default(f"{_AVERAGE}; within {TOUCHING_MM} mm of the floor"),
    ),
    Rule(
        code="BX214",
        title="target that the pose misses",
        why="The person is told one thing and shown another.",
        severity=Severity.WARNING,
        on=Exercise,
        check=_missed_targets,
        after=frozenset({"BX208"}),
        sources=library_default(
            f"a rough number of degrees may be off by {ROUGH_DEGREES}, a height by 15 % for "
            "bodies of other sizes; a height is measured from any step before"
        ),
    ),
    Rule(
        code="BX215",
        title="joint at two angles at once",
        why="The later angle counts, so the earlier one says something that is not done.",
        severity=Severity.ERROR,
        on=Step,
        check=_unequal_angles,
        sources=library_default("a joint stands at one angle"),
    ),
    Rule(
        code="BX332",
        title="pose by a move that does not fit",
        why="With the move the exercise shows something else than it says.",
        severity=Severity.WARNING,
        on=Variant,
        check=_by_moves,
        after=frozenset({"BX208"}),
        sources=library_default("what holds for a pose as described holds for one by moves"),
    ),
)
