"""How much: doses and schedules. What is None is not stated, and nothing here fills it in."""

from __future__ import annotations

from typing import final

import attrs
from attrs import field, frozen

from backex.provenance import SOURCES, Source
from backex.quantities import Span, SpanWithin

__all__ = ["Dose", "Schedule", "same_amounts"]

_SECONDS_IN_AN_HOUR = 3600
_HOURS_IN_A_WEEK = 168
_WORK = ("sets", "reps", "hold_seconds")
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

    def covers(self, other: Dose) -> bool:
        """Tell whether this is surely as much as `other` in every amount of work that it states.

        Sets, repetitions and hold are compared by the least that is meant; what only `other` states
        is not covered. Rest is no work.
        """
        pairs = ((getattr(self, name), getattr(other, name)) for name in _WORK)
        return all(
            asked is None or (done is not None and _least(done, 1) >= _least(asked, 1))
            for done, asked in pairs
        )

    @property
    def least_seconds(self) -> int:
        """The least time that one side certainly takes: its holds and the rests between its sets.

        A lower bound: movements take time that no dose states, and an amount that is not stated
        counts as its smallest.
        """
        sets, reps = _least(self.sets, 1), _least(self.reps, 1)
        hold, rest = _least(self.hold_seconds, 0), _least(self.rest_seconds, 0)
        return sets * reps * hold + (sets - 1) * rest

    def __str__(self) -> str:
        """Return the dose in a line; what it leaves open is not filled in."""
        amounts = (
            _amount(self.sets, "set", "sets"),
            _amount(self.reps, "repetition", "repetitions"),
        )
        parts = (
            " of ".join(amount for amount in amounts if amount),
            f"each held for {self.hold_seconds} s" if self.hold_seconds else "",
            f"{self.rest_seconds} s of rest between sets" if self.rest_seconds else "",
        )
        return ", ".join(part for part in parts if part) or "not stated"


def same_amounts(one: Dose | None, other: Dose | None) -> bool:
    """Tell whether two doses ask for the same, whatever their sources."""
    if one is None or other is None:
        return one is other
    return attrs.evolve(one, sources=()) == attrs.evolve(other, sources=())


def _amount(span: Span | None, one: str, many: str) -> str:
    if span is None:
        return ""
    return f"{span} {one if (span.low, span.high) == (1, 1) else many}"


def _least(span: Span | None, unstated: int) -> int:
    return unstated if span is None or span.low is None else span.low


@final
@frozen(kw_only=True)
class Schedule:
    """How often a routine is done.

    Raises:
        InvalidValue: fewer than 1 or more than 24 sessions a day, fewer than 1 or more than 7 days
            a week, a rest below 1 hour or above a week, or a field of the wrong type.
    """

    #: Sessions on a day with exercise.
    sessions_per_day: Span | None = field(
        default=None, converter=_span, validator=SpanWithin(1, 24)
    )
    #: Days with exercise in a week.
    days_per_week: Span | None = field(default=None, converter=_span, validator=SpanWithin(1, 7))
    #: Hours of rest from the end of one session to the beginning of the next.
    rest_hours: Span | None = field(
        default=None, converter=_span, validator=SpanWithin(1, _HOURS_IN_A_WEEK)
    )
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)
