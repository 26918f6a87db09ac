"""Criteria to leave a rung upward: what a row of sessions must show, as data.

A criterion looks at the sessions in a row at which the item was performed as planned or harder and
nothing spoke against going on. What was not recorded never meets a criterion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never, final

from attrs import Attribute, field, frozen

from backex.checks import (
    FLAG,
    IDENTIFIER,
    SEVERITY,
    And,
    Check,
    Exactly,
    Integer,
    Later,
    OneOf,
    Optional,
    TupleOf,
)
from backex.dose import Dose
from backex.errors import InvalidValue
from backex.ordering import OrderedEnum
from backex.provenance import SOURCES, Source
from backex.symptoms import Channel, severity_map
from backex.variant import Variant
from backex.wording import listed

__all__ = [
    "CRITERION",
    "AllCriteria",
    "AnyCriterion",
    "Attempt",
    "Completed",
    "Completion",
    "Criterion",
    "EffortAtMost",
    "InARow",
    "Quality",
    "QualityAtLeast",
    "SymptomAtMost",
    "criterion_in_words",
    "is_met",
    "numbers_for",
    "window",
]


class Quality(OrderedEnum):
    """How well an exercise was done, ordered from bad to good."""

    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"


@final
@frozen(kw_only=True)
class Completion:
    """How one item went in one session.

    Raises:
        InvalidValue: an effort outside 0–10, or a field of the wrong type.
    """

    #: The variant that was performed, which need not be the one that was planned.
    performed: Variant = field(validator=Exactly(Variant))
    #: The dose that was to be done. None: not recorded, so that it counts where none is asked for.
    dose: Dose | None = field(default=None, validator=Optional(Exactly(Dose)))
    #: Whether the whole of it was done. None: not recorded.
    done: bool | None = field(default=None, validator=Optional(FLAG))
    #: How well. None: not recorded.
    quality: Quality | None = field(default=None, validator=Optional(Exactly(Quality)))
    #: How hard it felt, 0 (not at all) to 10 (the most possible). None: not recorded.
    effort: int | None = field(default=None, validator=Optional(SEVERITY))


@final
@frozen(kw_only=True)
class Attempt:
    """One session of one item, as a criterion sees it."""

    #: The check-in of the session.
    checkin: int
    #: How it went.
    completion: Completion
    #: The worst severities reported there, on the session or the item.
    severities: Mapping[Channel, int] = field(converter=severity_map)


@final
@frozen(kw_only=True)
class Completed:
    """Met when the whole dose was done."""

    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class QualityAtLeast:
    """Met when the exercise was done that well or better."""

    #: The least quality.
    quality: Quality = field(validator=Exactly(Quality))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class EffortAtMost:
    """Met when it felt that hard or easier."""

    #: The greatest effort, 0 to 10.
    effort: int = field(validator=SEVERITY)
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class SymptomAtMost:
    """Met when a symptom was reported, and nowhere above a severity."""

    #: Which symptom.
    channel: Channel = field(validator=IDENTIFIER)
    #: The greatest severity, 0 to 10.
    severity: int = field(validator=SEVERITY)
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


def _criterion() -> Check:
    return CRITERION


def _not_nested(instance: object, attribute: Attribute[Any], value: Criterion) -> None:
    if _has_row(value):
        allowed = "a criterion on one session, without another InARow inside"
        raise InvalidValue(type(instance).__name__, attribute.name, value, allowed)


_CRITERION = Later(_criterion)
_SEVERAL = TupleOf(_CRITERION, low=1, high=20)


@final
@frozen(kw_only=True)
class AllCriteria:
    """Met when all of its criteria are.

    Raises:
        InvalidValue: no criterion, or something else than criteria.
    """

    #: One to twenty criteria.
    criteria: tuple[Criterion, ...] = field(validator=_SEVERAL)


@final
@frozen(kw_only=True)
class AnyCriterion:
    """Met when one of its criteria is.

    Raises:
        InvalidValue: no criterion, or something else than criteria.
    """

    #: One to twenty criteria.
    criteria: tuple[Criterion, ...] = field(validator=_SEVERAL)


@final
@frozen(kw_only=True)
class InARow:
    """Met when a criterion was met at several sessions in a row.

    A missing check-in, a day without the item, a session that does not count and anything unknown
    begin the row anew, and so does every change of rung.

    Raises:
        InvalidValue: fewer than 2 or more than 60 sessions, or another `InARow` inside.
    """

    #: What has to be met each time.
    criterion: Criterion = field(validator=And(_CRITERION, _not_nested))
    #: At how many sessions, 2 to 60.
    sessions: int = field(validator=Integer(2, 60))
    #: Where the number comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


#: What has to be shown to leave a rung upward.
Criterion = (
    Completed | QualityAtLeast | EffortAtMost | SymptomAtMost | InARow | AllCriteria | AnyCriterion
)
_CRITERIA = (
    Completed,
    QualityAtLeast,
    EffortAtMost,
    SymptomAtMost,
    InARow,
    AllCriteria,
    AnyCriterion,
)

#: The check of a field that holds a criterion.
CRITERION = OneOf(_CRITERIA)


def _has_row(criterion: Criterion) -> bool:
    match criterion:
        case InARow():
            return True
        case AllCriteria() | AnyCriterion():
            return any(_has_row(each) for each in criterion.criteria)
        case _:
            return False


def is_met(criterion: Criterion, row: Sequence[Attempt]) -> bool:
    """Tell whether the sessions in a row, the newest last, meet a criterion."""
    match criterion:
        case AllCriteria():
            return all(is_met(each, row) for each in criterion.criteria)
        case AnyCriterion():
            return any(is_met(each, row) for each in criterion.criteria)
        case InARow():
            newest = row[-criterion.sessions :]
            return len(newest) == criterion.sessions and all(
                is_met(criterion.criterion, [attempt]) for attempt in newest
            )
        case _:
            return bool(row) and _meets(criterion, row[-1])


def _meets(
    criterion: Completed | QualityAtLeast | EffortAtMost | SymptomAtMost, attempt: Attempt
) -> bool:
    completion = attempt.completion
    match criterion:
        case Completed():
            return completion.done is True
        case QualityAtLeast():
            return completion.quality is not None and completion.quality >= criterion.quality
        case EffortAtMost():
            return completion.effort is not None and completion.effort <= criterion.effort
        case SymptomAtMost():
            severity = attempt.severities.get(criterion.channel)
            return severity is not None and severity <= criterion.severity
        case _:
            assert_never(criterion)


def criterion_in_words(criterion: Criterion) -> str:
    """Return what has to be shown, in words.

    >>> criterion_in_words(InARow(criterion=EffortAtMost(effort=4), sessions=3))
    'effort at most 4 of 10, at 3 sessions in a row'
    """
    match criterion:
        case Completed():
            return "the whole dose done"
        case QualityAtLeast():
            return f"quality {criterion.quality.value} or better"
        case EffortAtMost():
            return f"effort at most {criterion.effort} of 10"
        case SymptomAtMost():
            return f"{criterion.channel} at most {criterion.severity} of 10"
        case InARow():
            inner = criterion_in_words(criterion.criterion)
            return f"{inner}, at {criterion.sessions} sessions in a row"
        case AllCriteria():
            return listed(_part_in_words(each) for each in criterion.criteria)
        case AnyCriterion():
            return listed((_part_in_words(each) for each in criterion.criteria), last="or")
        case _:
            assert_never(criterion)


def _part_in_words(criterion: Criterion) -> str:
    """Return one of several criteria in words; in brackets where it would run into the others."""
    words = criterion_in_words(criterion)
    return f"({words})" if isinstance(criterion, AllCriteria | AnyCriterion | InARow) else words


def window(criterion: Criterion) -> int:
    """Return how many of the newest sessions a criterion looks at."""
    match criterion:
        case InARow():
            return criterion.sessions
        case AllCriteria() | AnyCriterion():
            return max(window(each) for each in criterion.criteria)
        case _:
            return 1


def numbers_for(criterion: Criterion, row: Sequence[Attempt]) -> tuple[str, ...]:
    """Return what the sessions showed of what a criterion asks, a phrase for each thing asked."""
    match criterion:
        case AllCriteria() | AnyCriterion():
            return tuple(dict.fromkeys(s for c in criterion.criteria for s in numbers_for(c, row)))
        case InARow():
            return numbers_for(criterion.criterion, row[-criterion.sessions :])
        case _:
            return (f"{_name(criterion)} " + ", ".join(_number(criterion, each) for each in row),)


def _name(criterion: Completed | QualityAtLeast | EffortAtMost | SymptomAtMost) -> str:
    match criterion:
        case Completed():
            return "done"
        case QualityAtLeast():
            return "quality"
        case EffortAtMost():
            return "effort"
        case SymptomAtMost():
            return criterion.channel
        case _:
            assert_never(criterion)


def _number(
    criterion: Completed | QualityAtLeast | EffortAtMost | SymptomAtMost, attempt: Attempt
) -> str:
    completion = attempt.completion
    match criterion:
        case Completed():
            return {True: "yes", False: "no", None: "unknown"}[completion.done]
        case QualityAtLeast():
            return completion.quality.value if completion.quality else "unknown"
        case EffortAtMost():
            return "unknown" if completion.effort is None else str(completion.effort)
        case SymptomAtMost():
            return str(attempt.severities.get(criterion.channel, "unknown"))
        case _:
            assert_never(criterion)
