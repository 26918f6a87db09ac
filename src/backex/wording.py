"""Symptoms and conditions in words, for the people who read a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from backex.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Calmed,
    Cleared,
    Condition,
    EvaluationWanted,
    Persists,
    RedFlagPresent,
    Release,
    Worsened,
)
from backex.symptoms import Channel, Moment, SymptomReport

__all__ = ["condition_in_words", "listed", "release_in_words", "report_in_words"]


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list in a sentence.

    >>> listed(["ice", "heat"], last="or")
    'ice or heat'
    """
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


def condition_in_words(condition: Condition) -> str:
    """Return what sets a rule, as the end of a sentence that begins with "when"."""
    match condition:
        case AtLeast():
            when = _moments(condition.moments)
            return f"{condition.channel} is {condition.severity} or more of 10{when}"
        case Worsened():
            what = "any symptom asked for" if condition.channel is None else condition.channel
            when = _moments(condition.moments)
            rise = f"{condition.by} or more above the usual level"
            return f"{what} is {rise}, or said to be worse{when}"
        case RedFlagPresent():
            return f"a red flag is reported{_flags(condition)}"
        case EvaluationWanted():
            return "a professional evaluation is wanted"
        case AllOf():
            return listed(_part_in_words(each, _WITH_WORSENED) for each in condition.conditions)
        case AnyOf():
            return listed((_part_in_words(each) for each in condition.conditions), last="or")
        case Persists():
            inner = condition_in_words(condition.condition)
            return f"{inner}, at {condition.checkins} check-ins in a row"
        case _:
            assert_never(condition)


# In words each of them has an "and" or an "or" of its own.
_SEVERAL = (AllOf, AnyOf, Persists)
_WITH_WORSENED = (*_SEVERAL, Worsened)


def _part_in_words(condition: Condition, apart: tuple[type, ...] = _SEVERAL) -> str:
    """Return one of several conditions in words; in brackets where it would run into the others."""
    words = condition_in_words(condition)
    return f"({words})" if isinstance(condition, apart) else words


def release_in_words(release: Release) -> str:
    """Return what releases a rule, as the end of a sentence that begins with "until"."""
    match release:
        case Calmed(checkins=1):
            return "symptoms are back at the usual level at a check-in"
        case Calmed():
            return f"symptoms are back at the usual level at {release.checkins} check-ins in a row"
        case Cleared():
            return "a professional has given clearance"
        case _:
            assert_never(release)


def report_in_words(report: SymptomReport, baseline: Mapping[Channel, int]) -> str:
    """Return what a report said, with the usual severities beside it."""
    said = [_severity(channel, rated, baseline) for channel, rated in report.severities.items()]
    if report.trend is not None:
        said.append(f"said to be {report.trend.value}")
    said.extend(f"red flag {flag}" for flag in sorted(report.red_flags or ()))
    if report.evaluation_wanted:
        said.append("evaluation wanted")
    moment = report.moment.value.replace("-", " ")
    return f"check-in {report.checkin} ({moment}): {', '.join(said) or 'nothing rated'}"


def _severity(channel: Channel, severity: int, baseline: Mapping[Channel, int]) -> str:
    usual = f" (usually {baseline[channel]})" if channel in baseline else ""
    return f"{channel} {severity}{usual}"


def _moments(moments: frozenset[Moment]) -> str:
    named = [moment.value.replace("-", " ") for moment in Moment if moment in moments]
    return f" ({listed(named, last='or')})" if named else ""


def _flags(condition: RedFlagPresent) -> str:
    return f" ({listed(sorted(condition.flags), last='or')})" if condition.flags else ""
