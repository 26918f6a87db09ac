"""Doses and schedules: whole amounts within bounds, and the least time that they take."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backex.dose import Dose, Schedule
from backex.errors import InvalidValue
from backex.quantities import Span

AmountHolder = Callable[..., Dose | Schedule]
BOUNDS: list[tuple[AmountHolder, str, int, int]] = [
    (Dose, "sets", 1, 100),
    (Dose, "reps", 1, 1000),
    (Dose, "hold_seconds", 1, 3600),
    (Dose, "rest_seconds", 0, 3600),
    (Schedule, "sessions_per_day", 1, 24),
    (Schedule, "days_per_week", 1, 7),
    (Schedule, "rest_hours", 1, 168),
]
every_amount = pytest.mark.parametrize(("cls", "name", "least", "most"), BOUNDS)


def test_nothing_is_filled_in_for_what_is_not_stated() -> None:
    assert Dose() == Dose(sets=None, reps=None, hold_seconds=None, rest_seconds=None, sources=())
    assert Schedule() == Schedule(
        sessions_per_day=None, days_per_week=None, rest_hours=None, sources=()
    )


@every_amount
def test_a_whole_number_is_the_range_that_holds_it_alone(
    cls: AmountHolder, name: str, least: int, most: int
) -> None:
    for number in (least, most):
        assert getattr(cls(**{name: number}), name) == Span(number, number)


@every_amount
def test_a_range_within_the_bounds_is_kept_as_it_is(
    cls: AmountHolder, name: str, least: int, most: int
) -> None:
    for span in (Span(least, most), Span(least, None), Span(None, most)):
        assert getattr(cls(**{name: span}), name) == span


@every_amount
def test_an_amount_beyond_the_bounds_is_refused(
    cls: AmountHolder, name: str, least: int, most: int
) -> None:
    for number in (least - 1, most + 1, -(10**9), 10**9):
        with pytest.raises(InvalidValue) as caught:
            cls(**{name: number})
        assert (caught.value.class_name, caught.value.field) == (cls.__name__, name)
        assert caught.value.allowed == (
            f"a Span (or one whole number) from {least} to {most}, or None"
        )


@pytest.mark.parametrize(
    ("dose", "seconds"),
    [
        (Dose(), 0),
        (Dose(sets=3, reps=10), 0),
        (Dose(hold_seconds=10), 10),
        (Dose(reps=5, hold_seconds=10), 50),
        (Dose(sets=2, reps=5, hold_seconds=10), 100),
        (Dose(sets=2, reps=5, hold_seconds=10, rest_seconds=30), 130),
        (Dose(sets=1, reps=5, hold_seconds=10, rest_seconds=30), 50),
        (Dose(sets=4, rest_seconds=20), 60),
        (Dose(rest_seconds=30), 0),
        (Dose(sets=Span(2, 4), reps=Span(5, 8), hold_seconds=Span(10, 20)), 100),
        (Dose(sets=Span(None, 4), reps=Span(None, 8), hold_seconds=10), 10),
        (Dose(sets=2, reps=2, hold_seconds=Span(None, 20), rest_seconds=Span(None, 60)), 0),
    ],
)
def test_the_least_time_counts_holds_and_the_rests_between_sets(dose: Dose, seconds: int) -> None:
    assert dose.least_seconds == seconds


@given(st.integers(1, 100), st.integers(1, 1000), st.integers(1, 3600), st.integers(0, 3600))
def test_no_amount_within_the_ranges_takes_less_than_the_least_time(
    sets: int, reps: int, hold: int, rest: int
) -> None:
    ranged = Dose(
        sets=Span(1, sets),
        reps=Span(1, reps),
        hold_seconds=Span(1, hold),
        rest_seconds=Span(0, rest),
    )
    exact = Dose(sets=sets, reps=reps, hold_seconds=hold, rest_seconds=rest)
    assert ranged.least_seconds == 1
    assert exact.least_seconds == sets * reps * hold + (sets - 1) * rest
