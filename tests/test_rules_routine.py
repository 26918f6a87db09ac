"""BX331 and BX512 to BX515: the effort of a rung, sides, positions and schedules."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from attrs import evolve

from backex.anatomy import Position
from backex.criteria import (
    AllCriteria,
    AnyCriterion,
    Completed,
    Criterion,
    EffortAtMost,
    InARow,
    Quality,
    QualityAtLeast,
)
from backex.dose import Dose, Schedule
from backex.ids import ExerciseId, PrescriptionId
from backex.posture import EffortLevel
from backex.quantities import Span
from backex.routine import Prescription, Routine, Sides
from backex.rules.examples import (
    HELD,
    ONE_SIDED,
    exercise,
    item,
    plan,
    routine,
    rung,
)
from backex.validation import Checkable, validate
from backex.variant import vary

Found = list[tuple[str, Mapping[str, object]]]


def found(code: str, value: Checkable) -> Found:
    return [(each.path, each.meta) for each in validate(value, select=code).diagnostics]


# Sides.


def sided(id: str, sides: Sides, dose: Dose | None, of: str = "side-lean") -> Prescription:
    return item(evolve(ONE_SIDED, id=ExerciseId(of)), dose, sides, id=PrescriptionId(id))


LEFT, RIGHT, BOTH = Sides.LEFT, Sides.RIGHT, Sides.BOTH
TEN, EIGHT = Dose(reps=10), Dose(reps=8)


@pytest.mark.parametrize(
    "items",
    [
        (sided("a", LEFT, TEN), sided("b", RIGHT, TEN)),
        (sided("a", LEFT, None), sided("b", RIGHT, Dose())),
        (sided("a", LEFT, TEN),),
        (sided("a", LEFT, TEN), sided("b", LEFT, EIGHT)),
        (sided("a", BOTH, TEN), sided("b", BOTH, EIGHT)),
        (sided("a", LEFT, TEN), sided("b", RIGHT, EIGHT, "turn")),
        (
            sided("a", LEFT, TEN),
            sided("b", LEFT, EIGHT),
            sided("c", RIGHT, EIGHT),
            sided("d", RIGHT, TEN),
        ),
        (sided("a", BOTH, TEN), sided("b", LEFT, TEN), sided("c", RIGHT, TEN)),
    ],
)
def test_sides_may_be_dosed_alike_in_several_ways(items: tuple[Prescription, ...]) -> None:
    assert found("BX512", routine(*items)) == []


@pytest.mark.parametrize(
    ("items", "path"),
    [
        ((sided("a", LEFT, TEN), sided("b", RIGHT, EIGHT)), "$.items[0].dose"),
        ((sided("a", RIGHT, TEN), sided("b", LEFT, EIGHT)), "$.items[1].dose"),
        ((sided("a", LEFT, TEN), sided("b", RIGHT, None)), "$.items[0].dose"),
        ((sided("a", BOTH, TEN), sided("b", RIGHT, EIGHT)), "$.items[1].dose"),
        ((sided("a", BOTH, TEN), sided("b", LEFT, TEN)), "$.items[1].dose"),
        (
            (sided("a", LEFT, TEN), sided("b", RIGHT, TEN), sided("c", RIGHT, TEN)),
            "$.items[1].dose",
        ),
        (
            (sided("a", LEFT, TEN), sided("b", LEFT, EIGHT), sided("c", RIGHT, TEN)),
            "$.items[1].dose",
        ),
        ((sided("a", LEFT, Dose(sets=2)), sided("b", RIGHT, Dose(sets=3))), "$.items[0].dose"),
        (
            (sided("a", LEFT, Dose(rest_seconds=5)), sided("b", RIGHT, Dose(rest_seconds=6))),
            "$.items[0].dose",
        ),
    ],
)
def test_sides_that_are_dosed_differently_are_found(
    items: tuple[Prescription, ...], path: str
) -> None:
    meta = {"exercise": "side-lean", "items": tuple(each.id for each in items)}
    assert found("BX512", routine(*items)) == [(path, meta)]


def test_each_exercise_with_unequal_doses_is_reported() -> None:
    items = (
        *(sided("a", LEFT, TEN), sided("b", RIGHT, EIGHT)),
        *(sided("c", LEFT, TEN, "turn"), sided("d", RIGHT, EIGHT, "turn")),
    )
    assert [path for path, _ in found("BX512", routine(*items))] == [
        "$.items[0].dose",
        "$.items[2].dose",
    ]


def test_one_item_may_accept_unequal_doses() -> None:
    left = evolve(sided("a", LEFT, TEN), suppress={"BX512": "the left is to catch up"})
    told = validate(routine(left, sided("b", RIGHT, EIGHT)))
    assert (told.codes, [each.code for each in told.suppressed]) == ((), ["BX512"])


def held(seconds: int) -> Dose:
    return Dose(hold_seconds=seconds)


@pytest.mark.parametrize(
    ("items", "seconds"),
    [
        ((sided("a", BOTH, held(20)), sided("b", LEFT, held(30), "turn")), (50, 20)),
        ((sided("a", RIGHT, held(20)), sided("b", LEFT, held(30), "turn")), (30, 20)),
        ((sided("a", RIGHT, held(20)), sided("b", LEFT, held(20), "turn")), None),
        ((sided("a", LEFT, held(20)),), None),
        ((sided("a", RIGHT, held(20)),), None),
        ((sided("a", BOTH, held(20)), sided("b", LEFT, TEN, "turn")), None),
        ((sided("a", BOTH, held(20)), sided("b", LEFT, None, "turn")), None),
        ((sided("a", BOTH, held(20)), item(HELD, held(30))), None),
    ],
)
def test_the_time_of_one_side_is_compared_with_that_of_the_other(
    items: tuple[Prescription, ...], seconds: tuple[int, int] | None
) -> None:
    expected: Found = []
    if seconds is not None:
        expected = [("$.items", {"left_seconds": seconds[0], "right_seconds": seconds[1]})]
    assert found("BX513", routine(*items)) == expected


def test_the_time_by_side_is_not_reported_beside_unequal_doses() -> None:
    unequal = routine(sided("a", LEFT, held(20)), sided("b", RIGHT, held(30)))
    assert validate(unequal).codes == ("BX512",)
    assert validate(unequal, select="BX513").codes == ("BX513",)


# Positions.


@pytest.mark.parametrize(
    ("positions", "back"),
    [
        ("", []),
        ("s", []),
        ("ssppss", [4]),
        ("sspp", []),
        ("sps", [2]),
        ("spsp", [2, 3]),
        ("spqps", [3, 4]),
        ("spq", []),
    ],
)
def test_each_return_to_a_position_is_told(positions: str, back: list[int]) -> None:
    names = {"s": Position.STANDING, "p": Position.PRONE, "q": Position.QUADRUPED}
    items = [
        item(exercise(id=f"e-{index}", position=names[each]))
        for index, each in enumerate(positions)
    ]
    assert found("BX514", routine(*items)) == [
        (f"$.items[{at}]", {"item": f"e-{at}", "position": names[positions[at]].value})
        for at in back
    ]


# Schedules.


def scheduled(seconds: int = 0, **fields: object) -> Routine:
    items = (item(HELD, held(seconds)),) if seconds else (item(),)
    return routine(*items, schedule=Schedule(**fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fine", "reported"),
    [
        (
            scheduled(days_per_week=3, rest_hours=56),
            (scheduled(days_per_week=3, rest_hours=57), "week", 3 * 57 * 3600),
        ),
        (
            scheduled(rest_hours=168),
            (scheduled(3600, rest_hours=168), "week", 169 * 3600),
        ),
        (
            scheduled(sessions_per_day=3, rest_hours=12),
            (scheduled(sessions_per_day=3, rest_hours=13), "day", 26 * 3600),
        ),
        (
            scheduled(3600, sessions_per_day=24),
            (
                evolve(
                    scheduled(sessions_per_day=24),
                    items=(item(HELD, Dose(reps=2, hold_seconds=1801)),),
                ),
                "day",
                24 * 3602,
            ),
        ),
        (
            scheduled(sessions_per_day=2, days_per_week=7, rest_hours=12),
            (
                scheduled(sessions_per_day=2, days_per_week=7, rest_hours=13),
                "week",
                2 * 7 * 13 * 3600,
            ),
        ),
        (
            scheduled(days_per_week=Span(3, 7), rest_hours=Span(24, 56)),
            (
                scheduled(days_per_week=Span(7, None), rest_hours=Span(25, 48)),
                "week",
                7 * 25 * 3600,
            ),
        ),
        (
            scheduled(days_per_week=Span(None, 7), rest_hours=168),
            (scheduled(days_per_week=2, rest_hours=Span(85, None)), "week", 170 * 3600),
        ),
        (
            scheduled(days_per_week=7, rest_hours=Span(None, 168)),
            (scheduled(sessions_per_day=2, rest_hours=168), "day", 168 * 3600),
        ),
    ],
)
def test_a_schedule_leaves_the_rest_that_it_asks_for(
    fine: Routine, reported: tuple[Routine, str, int]
) -> None:
    wrong, what, needed = reported
    there_is = {"day": 86_400, "week": 604_800}[what]
    meta = {"needed_seconds": needed, f"seconds_in_a_{what}": there_is}
    assert found("BX515", fine) == []
    assert found("BX515", wrong) == [("$.schedule", meta)]


@pytest.mark.parametrize("seconds", [1, 3599])
def test_what_a_schedule_takes_is_said_in_begun_hours(seconds: int) -> None:
    (each,) = validate(scheduled(seconds, rest_hours=168), select="BX515").diagnostics
    assert each.message == (
        "sessions and the rest between them take 169 hours of each week, which has 168 hours"
    )


def test_a_routine_without_a_schedule_is_done_whenever_it_fits() -> None:
    assert found("BX515", routine(item(HELD, Dose(reps=1000, hold_seconds=3600)))) == []


# Plans.


def at_most(effort: int) -> EffortAtMost:
    return EffortAtMost(effort=effort)


@pytest.mark.parametrize(
    ("effort", "criterion", "told"),
    [
        (EffortLevel.LOW, at_most(4), None),
        (EffortLevel.LOW, at_most(5), 5),
        (EffortLevel.MODERATE, at_most(6), None),
        (EffortLevel.MODERATE, at_most(7), 7),
        (EffortLevel.HIGH, at_most(10), None),
        (None, at_most(10), None),
        (EffortLevel.LOW, None, None),
        (EffortLevel.LOW, Completed(), None),
        (EffortLevel.LOW, QualityAtLeast(quality=Quality.GOOD), None),
        (EffortLevel.LOW, InARow(criterion=at_most(8), sessions=2), 8),
        (EffortLevel.LOW, AllCriteria(criteria=(Completed(), at_most(8))), 8),
        (EffortLevel.LOW, AllCriteria(criteria=(at_most(8), at_most(3))), None),
        (EffortLevel.LOW, AnyCriterion(criteria=(at_most(3), at_most(8))), 8),
        (EffortLevel.LOW, AnyCriterion(criteria=(Completed(), at_most(3))), None),
        (EffortLevel.LOW, AllCriteria(criteria=(Completed(),)), None),
    ],
)
def test_a_rung_is_left_at_the_effort_that_the_exercise_should_take(
    effort: EffortLevel | None, criterion: Criterion | None, told: int | None
) -> None:
    climbed = plan(rung(vary(exercise(effort=effort)), advance=criterion))
    expected: Found = []
    if told is not None and effort is not None:
        meta = {"effort": told, "exercise_effort": effort.value}
        expected = [("$.ladders.lean.rungs[0].advance", meta)]
    assert found("BX331", climbed) == expected
