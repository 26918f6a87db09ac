"""What is played where a dose gives a range, or nothing."""

from __future__ import annotations

import attrs
import pytest

from backex import BRISK, CALM, Amount, Dose, RangeEnd, SourceKind, Span

REPS = frozenset({Amount.REPS})
MOST = attrs.evolve(CALM, range_end=RangeEnd.MOST)


@pytest.mark.parametrize(
    ("reps", "least", "most"),
    [
        (None, (5, REPS), (5, REPS)),
        (Span(4, 9), (4, frozenset()), (9, frozenset())),
        (Span(4, None), (4, frozenset()), (5, REPS)),
        (Span(7, None), (7, frozenset()), (7, REPS)),
        (Span(None, 3), (3, REPS), (3, frozenset())),
        (Span(None, 8), (5, REPS), (8, frozenset())),
    ],
    ids=["unstated", "range", "at-least-few", "at-least-many", "at-most-few", "at-most-many"],
)
def test_an_open_end_is_the_pacings_own_amount_kept_in_the_range(
    reps: Span | None, least: object, most: object
) -> None:
    dose = Dose(reps=reps)
    assert (CALM.played(Amount.REPS, dose), MOST.played(Amount.REPS, dose)) == (least, most)


@pytest.mark.parametrize("amount", Amount)
def test_without_a_dose_every_amount_is_assumed(amount: Amount) -> None:
    assert CALM.played(amount, None) == CALM.played(amount, Dose())
    assert CALM.played(amount, None)[1] == {amount}


def test_the_pacings_of_backex_say_that_backex_chose_them() -> None:
    kinds = {source.kind for pacing in (CALM, BRISK) for source in pacing.sources}
    assert kinds == {SourceKind.LIBRARY_DEFAULT}


def test_the_least_work_has_the_longest_rest() -> None:
    between = Dose(rest_seconds=Span(30, 60))
    assert CALM.played(Amount.REST_SECONDS, between) == (60, frozenset())
    assert MOST.played(Amount.REST_SECONDS, between) == (30, frozenset())


def test_an_open_end_stays_in_the_range_also_where_that_ends_at_nothing() -> None:
    none = Dose(rest_seconds=Span(None, 0))
    assert MOST.played(Amount.REST_SECONDS, none) == (0, frozenset({Amount.REST_SECONDS}))
    long = Dose(rest_seconds=Span(90, None))
    assert CALM.played(Amount.REST_SECONDS, long) == (90, frozenset({Amount.REST_SECONDS}))
