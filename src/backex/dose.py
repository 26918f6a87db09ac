"""How much: doses and schedules. What is None is not stated, and nothing here fills it in."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from backex.provenance import SOURCES, Source
from backex.quantities import Span, SpanWithin

__all__ = ["Dose", "Schedule"]

_SECONDS_IN_AN_HOUR = 3600
# What a Span can hold; the check of the field refuses the rest.
_LARGEST = 1_000_000


def _span(value: Span | int | None) -> Span | None:
    """Take a whole number as the range that holds it alone."""
    whole = type(value) is int and -_LARGEST <= value <= _LARGEST
    return Span.of(value) if whole else value  # type: ignore[arg-type, return-value]


@final
@frozen(kw_only=True)
class Dose:
    """How often and how long an exercise is done in one session, on each side that is done.

    Every amount is a `Span`; a whole number is taken as the range that holds it alone.

    Raises:
        InvalidValue: a count below 1 or above 100 (repetitions: 1,000), a hold below 1 second or
            above an hour, a rest above an hour, or a field of the wrong type.

    >>> Dose(sets=2, reps=Span(8, 10)).reps
    Span(low=8, high=10)
    """

    #: Sets.
    sets: Span | None = field(default=None, converter=_span, validator=SpanWithin(1, 100))
    #: Repetitions in a set.
    reps: Span | None = field(default=None, converter=_span, validator=SpanWithin(1, 1000))
    #: Seconds for which each repetition is held.
    hold_seconds: Span | None = field(
        default=None, converter=_span, validator=SpanWithin(1, _SECONDS_IN_AN_HOUR)
    )
    #: Seconds of rest between sets; 0 for none.
    rest_seconds: Span | None = field(
        default=None, converter=_span, validator=SpanWithin(0, _SECONDS_IN_AN_HOUR)
    )
    #: Where the dose comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    @property
    def least_seconds(self) -> int:
        """The least time that one side certainly takes: its holds and the rests between its sets.

        A lower bound: movements take time that no dose states, and an amount that is not stated
        counts as its smallest.
        """
        sets, reps = _least(self.sets, 1), _least(self.reps, 1)
        hold, rest = _least(self.hold_seconds, 0), _least(self.rest_seconds, 0)
        return sets * reps * hold + (sets - 1) * rest


def _least(span: Span | None, unstated: int) -> int:
    return unstated if span is None or span.low is None else span.low


@final
@frozen(kw_only=True)
class Schedule:
    """How often a routine is done.

    Raises:
        InvalidValue: fewer than 1 or more than 24 sessions a day, fewer than 1 or more than 7 days
            a week, or a field of the wrong type.
    """

    #: Sessions on a day with exercise.
    sessions_per_day: Span | None = field(
        default=None, converter=_span, validator=SpanWithin(1, 24)
    )
    #: Days with exercise in a week.
    days_per_week: Span | None = field(default=None, converter=_span, validator=SpanWithin(1, 7))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)
