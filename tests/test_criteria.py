"""Criteria: what meets them, what they refuse, and how they are said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backex import (
    PAIN,
    STIFFNESS,
    AllCriteria,
    AnyCriterion,
    Completed,
    Completion,
    Criterion,
    EffortAtMost,
    InARow,
    InvalidValue,
    Quality,
    QualityAtLeast,
    SymptomAtMost,
    vary,
)
from backex.catalog.upper_back import OBLIQUE_SIT
from backex.criteria import Attempt, criterion_in_words, is_met, numbers_for

BASE = vary(OBLIQUE_SIT)
GOOD = QualityAtLeast(quality=Quality.GOOD)
FAIR = QualityAtLeast(quality=Quality.FAIR)
EASY = EffortAtMost(effort=4)
CALM = SymptomAtMost(channel=PAIN, severity=2)


def attempt(
    checkin: int = 1,
    *,
    done: bool | None = None,
    quality: Quality | None = None,
    effort: int | None = None,
    pain: int | None = None,
) -> Attempt:
    completion = Completion(performed=BASE, done=done, quality=quality, effort=effort)
    severities = {} if pain is None else {PAIN: pain}
    return Attempt(checkin=checkin, completion=completion, severities=severities)


@pytest.mark.parametrize(
    ("criterion", "shown", "met"),
    [
        (Completed(), attempt(done=True), True),
        (Completed(), attempt(done=False), False),
        (Completed(), attempt(), False),
        (FAIR, attempt(quality=Quality.GOOD), True),
        (FAIR, attempt(quality=Quality.FAIR), True),
        (FAIR, attempt(quality=Quality.POOR), False),
        (FAIR, attempt(), False),
        (EASY, attempt(effort=0), True),
        (EASY, attempt(effort=4), True),
        (EASY, attempt(effort=5), False),
        (EASY, attempt(), False),
        (CALM, attempt(pain=0), True),
        (CALM, attempt(pain=2), True),
        (CALM, attempt(pain=3), False),
        (CALM, attempt(), False),
        (SymptomAtMost(channel=STIFFNESS, severity=10), attempt(pain=0), False),
    ],
)
def test_what_was_not_recorded_meets_no_criterion(
    criterion: Criterion,
    shown: Attempt,
    met: bool,  # noqa: FBT001
) -> None:
    assert is_met(criterion, [shown]) is met


@pytest.mark.parametrize(
    ("shown", "all_met", "any_met"),
    [
        (attempt(done=True, effort=4), True, True),
        (attempt(done=True, effort=5), False, True),
        (attempt(done=False, effort=4), False, True),
        (attempt(done=False, effort=5), False, False),
        (attempt(), False, False),
    ],
)
def test_all_need_every_criterion_and_any_needs_one(
    shown: Attempt,
    all_met: bool,  # noqa: FBT001
    any_met: bool,  # noqa: FBT001
) -> None:
    both = (Completed(), EASY)
    assert is_met(AllCriteria(criteria=both), [shown]) is all_met
    assert is_met(AnyCriterion(criteria=both), [shown]) is any_met


def efforts(*given: int | None) -> list[Attempt]:
    return [attempt(number, effort=effort) for number, effort in enumerate(given, start=1)]


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (efforts(), False),
        (efforts(4), False),
        (efforts(4, 4), True),
        (efforts(5, 4), False),
        (efforts(4, 5), False),
        (efforts(4, None), False),
        (efforts(9, 4, 4), True),
        (efforts(4, 4, 9), False),
    ],
)
def test_a_row_is_made_of_the_newest_sessions(
    row: list[Attempt],
    met: bool,  # noqa: FBT001
) -> None:
    assert is_met(InARow(criterion=EASY, sessions=2), row) is met


def test_a_criterion_on_one_session_looks_at_the_newest() -> None:
    assert [is_met(EASY, row) for row in (efforts(9, 4), efforts(4, 9))] == [True, False]


@pytest.mark.parametrize(
    "criterion",
    [
        Completed(),
        GOOD,
        EASY,
        CALM,
        InARow(criterion=Completed(), sessions=2),
        AllCriteria(criteria=(Completed(),)),
        AnyCriterion(criteria=(Completed(),)),
    ],
)
def test_no_session_meets_no_criterion(criterion: Criterion) -> None:
    assert not is_met(criterion, [])


NESTED = InARow(criterion=Completed(), sessions=2)


@pytest.mark.parametrize(
    "inside",
    [
        NESTED,
        AllCriteria(criteria=(Completed(), NESTED)),
        AnyCriterion(criteria=(AllCriteria(criteria=(NESTED,)),)),
    ],
)
def test_a_row_of_rows_is_refused(inside: Criterion) -> None:
    with pytest.raises(InvalidValue) as refused:
        InARow(criterion=inside, sessions=3)
    allowed = "a criterion on one session, without another InARow inside"
    assert refused.value == InvalidValue("InARow", "criterion", inside, allowed)


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: InARow(criterion=Completed(), sessions=1), "InARow.sessions"),
        (lambda: InARow(criterion=Completed(), sessions=61), "InARow.sessions"),
        (lambda: InARow(criterion=True, sessions=2), "InARow.criterion"),  # type: ignore[arg-type]
        (lambda: AllCriteria(criteria=()), "AllCriteria.criteria"),
        (lambda: AllCriteria(criteria=(Completed(),) * 21), "AllCriteria.criteria"),
        (lambda: AnyCriterion(criteria=()), "AnyCriterion.criteria"),
        (lambda: AnyCriterion(criteria=(BASE,)), "AnyCriterion.criteria[0]"),  # type: ignore[arg-type]
        (lambda: EffortAtMost(effort=11), "EffortAtMost.effort"),
        (lambda: EffortAtMost(effort=-1), "EffortAtMost.effort"),
        (lambda: SymptomAtMost(channel=PAIN, severity=11), "SymptomAtMost.severity"),
        (lambda: QualityAtLeast(quality="good"), "QualityAtLeast.quality"),  # type: ignore[arg-type]
        (lambda: Completion(performed=BASE, effort=11), "Completion.effort"),
        (lambda: Completion(performed=BASE, done=1), "Completion.done"),  # type: ignore[arg-type]
        (lambda: Completion(performed=OBLIQUE_SIT), "Completion.performed"),  # type: ignore[arg-type]
    ],
)
def test_what_makes_no_sense_is_refused(build: Callable[[], object], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        build()
    assert refused.value.path == field


def test_qualities_are_ordered_from_bad_to_good() -> None:
    assert sorted(Quality, reverse=True) == [Quality.GOOD, Quality.FAIR, Quality.POOR]


STEADY = InARow(criterion=AllCriteria(criteria=(Completed(), EASY)), sessions=3)


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (Completed(), "the whole dose done"),
        (FAIR, "quality fair or better"),
        (EASY, "effort at most 4 of 10"),
        (CALM, "pain at most 2 of 10"),
        (STEADY, "the whole dose done and effort at most 4 of 10, at 3 sessions in a row"),
        (
            AllCriteria(criteria=(Completed(), EASY, CALM)),
            "the whole dose done, effort at most 4 of 10 and pain at most 2 of 10",
        ),
        (AnyCriterion(criteria=(EASY, CALM)), "effort at most 4 of 10 or pain at most 2 of 10"),
    ],
)
def test_a_criterion_is_said_in_words(criterion: Criterion, words: str) -> None:
    assert criterion_in_words(criterion) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            AllCriteria(criteria=(AnyCriterion(criteria=(Completed(), GOOD)), EASY)),
            AnyCriterion(criteria=(Completed(), AllCriteria(criteria=(GOOD, EASY)))),
        ),
        (STEADY, AllCriteria(criteria=(Completed(), InARow(criterion=EASY, sessions=3)))),
    ],
)
def test_criteria_that_ask_for_different_things_are_said_differently(
    one: Criterion, other: Criterion
) -> None:
    assert criterion_in_words(one) != criterion_in_words(other)


ROW = [
    attempt(1, done=True, quality=Quality.POOR, effort=7, pain=3),
    attempt(2, done=True, quality=Quality.GOOD, effort=4),
    attempt(3, done=True),
]


@pytest.mark.parametrize(
    ("criterion", "numbers"),
    [
        (Completed(), ("done yes, yes, yes",)),
        (GOOD, ("quality poor, good, unknown",)),
        (EASY, ("effort 7, 4, unknown",)),
        (CALM, ("pain 3, unknown, unknown",)),
        (InARow(criterion=EASY, sessions=2), ("effort 4, unknown",)),
        (
            AllCriteria(criteria=(EASY, CALM, EffortAtMost(effort=9))),
            ("effort 7, 4, unknown", "pain 3, unknown, unknown"),
        ),
    ],
)
def test_what_sessions_showed_is_said_in_numbers(
    criterion: Criterion, numbers: tuple[str, ...]
) -> None:
    assert numbers_for(criterion, ROW) == numbers


def test_a_session_that_was_not_done_or_not_recorded_is_said_to_be_so() -> None:
    row = [attempt(1, done=True), attempt(2, done=False), attempt(3)]
    assert numbers_for(Completed(), row) == ("done yes, no, unknown",)
