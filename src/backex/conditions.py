"""Conditions and releases: what a stopping rule looks at, as data, and whether it holds.

An algebra without negation: more symptoms can make a condition true, never false. What is counted
is check-ins, and within one check-in the worst that is known decides, so reporting more often
cannot change an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol, assert_never, final

from attrs import Attribute, field, frozen

from backex.checks import (
    IDENTIFIER,
    And,
    Check,
    Exactly,
    Integer,
    Later,
    OneOf,
    Optional,
    SetOf,
    TupleOf,
)
from backex.errors import InvalidValue
from backex.provenance import SOURCES, Source
from backex.symptoms import Channel, Moment, RedFlag, SymptomReport, Trend, severity_map

__all__ = [
    "CONDITION",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Calmed",
    "Cleared",
    "Condition",
    "Counts",
    "EvaluationWanted",
    "Occasion",
    "Persists",
    "RedFlagPresent",
    "Release",
    "Situation",
    "Worsened",
    "channels_in",
    "condition_sources",
    "evidence",
    "flags_in",
    "holds",
    "is_unknown",
    "moments_in",
    "persistences",
    "reacts_to",
]

_MOMENTS = SetOf(Exactly(Moment))
_CHECKINS = 60
_NESTED = 8
_WORSE = Trend.WORSE


def _condition() -> Check:
    return CONDITION


def _not_deep(instance: object, attribute: Attribute[Any], value: tuple[Condition, ...]) -> None:
    if _depth(value) > _NESTED:
        allowed = f"conditions nested at most {_NESTED} deep"
        raise InvalidValue(type(instance).__name__, attribute.name, "…", allowed)


def _depth(conditions: tuple[Condition, ...]) -> int:
    """Return how deep conditions are nested, as far as that matters."""
    depth, level = 0, list(conditions)
    while level and depth <= _NESTED:
        depth += 1
        level = [inner for each in level for inner in getattr(each, "conditions", ())]
    return depth


def _not_nested(instance: object, attribute: Attribute[Any], value: Condition) -> None:
    if persistences(value):
        allowed = "a condition on one check-in, without another Persists inside"
        raise InvalidValue(type(instance).__name__, attribute.name, value, allowed)


_CONDITION = Later(_condition)
_SEVERAL = And(TupleOf(_CONDITION, low=1, high=20), _not_deep)


@final
@frozen(kw_only=True)
class AtLeast:
    """Holds when a channel is reported at a severity or above.

    Raises:
        InvalidValue: a severity outside 1–10, or a field of the wrong type.
    """

    #: Which channel.
    channel: Channel = field(validator=IDENTIFIER)
    #: From which severity on, 1 to 10.
    severity: int = field(validator=Integer(1, 10))
    #: At which moments it looks. Empty: at all.
    moments: frozenset[Moment] = field(default=frozenset(), validator=_MOMENTS)
    #: Where the threshold comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class Worsened:
    """Holds when a channel has risen above the person's baseline, or the person says "worse".

    The reference is the baseline and nothing later: one that followed the last session would miss
    a slow creep.

    Raises:
        InvalidValue: a rise outside 1–10, or a field of the wrong type.
    """

    #: By how much at least, 1 to 10.
    by: int = field(default=1, validator=Integer(1, 10))
    #: Which channel. None: any that the policy asks for.
    channel: Channel | None = field(default=None, validator=Optional(IDENTIFIER))
    #: At which moments it looks. Empty: at all.
    moments: frozenset[Moment] = field(default=frozenset(), validator=_MOMENTS)
    #: Where the threshold comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class RedFlagPresent:
    """Holds when a red flag is reported.

    Raises:
        InvalidValue: a malformed flag, or a field of the wrong type.
    """

    #: Which flags. Empty: any.
    flags: frozenset[RedFlag] = field(default=frozenset(), validator=SetOf(IDENTIFIER))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class EvaluationWanted:
    """Holds when the person would like a professional evaluation."""

    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class AnyOf:
    """Holds when one of its conditions holds.

    Raises:
        InvalidValue: no condition, or something else than conditions.
    """

    #: One to twenty conditions.
    conditions: tuple[Condition, ...] = field(validator=_SEVERAL)


@final
@frozen(kw_only=True)
class AllOf:
    """Holds when all of its conditions hold at one check-in.

    Raises:
        InvalidValue: no condition, or something else than conditions.
    """

    #: One to twenty conditions.
    conditions: tuple[Condition, ...] = field(validator=_SEVERAL)


@final
@frozen(kw_only=True)
class Persists:
    """Holds when a condition has held at several check-ins in a row.

    A check-in at which it is not known whether the condition held, or that is missing, neither
    counts nor breaks the row.

    Raises:
        InvalidValue: fewer than 2 or more than 60 check-ins, or another `Persists` inside.
    """

    #: What has to hold each time.
    condition: Condition = field(validator=And(_CONDITION, _not_nested))
    #: At how many check-ins in a row, 2 to 60.
    checkins: int = field(validator=Integer(2, _CHECKINS))
    #: Where the number comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


#: What sets a stopping rule.
Condition = AtLeast | Worsened | RedFlagPresent | EvaluationWanted | AnyOf | AllOf | Persists
_CONDITIONS = (AtLeast, Worsened, RedFlagPresent, EvaluationWanted, AnyOf, AllOf, Persists)


#: The check of a field that holds a condition.
CONDITION = OneOf(_CONDITIONS)


@final
@frozen(kw_only=True)
class Calmed:
    """Releases after check-ins in a row at or below the person's own baseline.

    Every channel that the policy asks for must be known and at or below its baseline, the trend not
    worse and no red flag present. A channel that it does not ask for need not be known; where it
    was rated all the same, above a baseline that is known, it keeps the check-in from being calm
    too. An unknown or missing check-in breaks the row.

    Raises:
        InvalidValue: fewer than 1 or more than 60 check-ins.
    """

    #: How many check-ins in a row, 1 to 60.
    checkins: int = field(default=1, validator=Integer(1, _CHECKINS))
    #: Where the number comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


@final
@frozen(kw_only=True)
class Cleared:
    """Releases by a professional's `Clearance` and by nothing else."""

    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)


#: What releases a stopping rule.
Release = Calmed | Cleared


@final
@frozen(kw_only=True)
class Occasion:
    """What is known of one check-in so far: the worst of each moment, and what was left out.

    Joining reports gives the same occasion in any order, and any number of times.
    """

    #: One report for each moment at which something was said, in the order of the day.
    reports: tuple[SymptomReport, ...] = field(
        default=(), validator=TupleOf(Exactly(SymptomReport), high=len(Moment))
    )
    #: Whether there was a report at a moment at which the policy asks.
    answered: bool = field(default=False, validator=Exactly(bool))
    #: Channels asked for that some report at such a moment left out.
    left_out: frozenset[Channel] = field(default=frozenset(), validator=SetOf(IDENTIFIER))
    #: Whether red flags were asked for and some report at such a moment left them out.
    flags_left_out: bool = field(default=False, validator=Exactly(bool))


@final
@frozen(kw_only=True)
class Situation:
    """One check-in as a condition sees it: what was said, what is usual, and what was asked."""

    #: What is known of the check-in.
    occasion: Occasion
    #: The usual severities; a missing channel has no known usual severity.
    baseline: Mapping[Channel, int] = field(converter=severity_map)
    #: The channels that the policy asks for.
    asks: frozenset[Channel]
    #: The moments at which it asks.
    asks_at: frozenset[Moment]
    #: Whether the policy asks for red flags.
    asks_red_flags: bool

    def knows(self, channel: Channel, moments: frozenset[Moment] = frozenset()) -> bool:
        """Tell whether nothing asked for is open about `channel`, in all or at those moments."""
        occasion = self.occasion
        return channel not in self.asks or (
            occasion.answered and channel not in occasion.left_out and self.was_told(moments)
        )

    def was_told(self, moments: frozenset[Moment]) -> bool:
        """Tell whether something was said at one of those moments, where the policy asks then."""
        asked = moments & self.asks_at
        return not asked or any(report.moment in asked for report in self.occasion.reports)

    @property
    def is_known(self) -> bool:
        """Whether everything asked for was answered."""
        occasion = self.occasion
        flags_known = not (self.asks_red_flags and occasion.flags_left_out)
        return occasion.answered and flags_known and not occasion.left_out

    @property
    def is_complete(self) -> bool:
        """Whether all is known, and of every channel asked for the usual severity too."""
        return self.is_known and self.asks <= self.baseline.keys()

    @property
    def is_calm(self) -> bool:
        """Whether all is known and nothing is above the person's own baseline."""
        return self.is_complete and not any(map(self.is_above, self.occasion.reports))

    def is_above(self, report: SymptomReport) -> bool:
        """Tell whether a report keeps the check-in from being calm."""
        # What has risen at all, of whatever channel, or is said to be worse.
        channels = report.severities.keys()
        return bool(report.red_flags) or _has_risen(report, self.baseline, channels, 1)


class Counts(Protocol):
    """Says at how many check-ins in a row a condition has held, as a mapping does."""

    def get(self, node: Persists, default: int, /) -> int:
        """Return the number for `node`, or `default`."""


def holds(condition: Condition, situation: Situation, counts: Counts) -> bool:
    """Tell whether `condition` is known to hold; what is unknown does not hold.

    `counts` gives for each `Persists` inside at how many check-ins in a row before this one its
    condition held.
    """
    match condition:
        case AtLeast() | Worsened() | RedFlagPresent() | EvaluationWanted():
            return bool(_shown_by(condition, situation))
        case Persists():
            is_due = counts.get(condition, 0) + 1 >= condition.checkins
            return is_due and holds(condition.condition, situation, counts)
        case AllOf():
            return all(holds(each, situation, counts) for each in condition.conditions)
        case AnyOf():
            return any(holds(each, situation, counts) for each in condition.conditions)
        case _:
            assert_never(condition)


def _shown_by(
    condition: AtLeast | Worsened | RedFlagPresent | EvaluationWanted, situation: Situation
) -> list[SymptomReport]:
    """Return the reports of the check-in in which a condition on one report holds."""
    reports = situation.occasion.reports
    match condition:
        case Worsened():
            usual, channels, by = situation.baseline, _compared(condition, situation), condition.by
            if condition.moments:
                reports = _said_at(condition.moments, reports)
            return [each for each in reports if _has_risen(each, usual, channels, by)]
        case AtLeast():
            channel, severity = condition.channel, condition.severity
            if condition.moments:
                reports = _said_at(condition.moments, reports)
            return [report for report in reports if report.severities.get(channel, 0) >= severity]
        case RedFlagPresent():
            flags = condition.flags
            return [
                report
                for report in reports
                if report.red_flags and (not flags or not flags.isdisjoint(report.red_flags))
            ]
        case EvaluationWanted():
            return [report for report in reports if report.evaluation_wanted]
        case _:
            assert_never(condition)


def _said_at(
    moments: frozenset[Moment], reports: tuple[SymptomReport, ...]
) -> tuple[SymptomReport, ...]:
    return tuple(each for each in reports if each.moment in moments)


def _has_risen(
    report: SymptomReport, usual: Mapping[Channel, int], channels: Collection[Channel], by: int
) -> bool:
    if report.trend is _WORSE:
        return True
    # A loop: this is what is done most often, and a generator takes twice as long.
    for channel, severity in report.severities.items():
        if channel in channels and severity - usual.get(channel, severity) >= by:
            return True
    return False


def _compared(condition: Worsened, situation: Situation) -> Collection[Channel]:
    return situation.asks if condition.channel is None else (condition.channel,)


def is_unknown(condition: Condition, situation: Situation) -> bool:
    """Tell whether `condition` looks at something that was asked for and not answered."""
    match condition:
        case AllOf() | AnyOf():
            return any(is_unknown(each, situation) for each in condition.conditions)
        case Persists():
            return is_unknown(condition.condition, situation)
        case AtLeast():
            return not situation.knows(condition.channel, condition.moments)
        case Worsened():
            channel, occasion = condition.channel, situation.occasion
            asked = situation.asks if channel is None else situation.asks & {channel}
            return bool(asked) and not (
                occasion.answered
                and asked.isdisjoint(occasion.left_out)
                and asked <= situation.baseline.keys()
                and situation.was_told(condition.moments)
            )
        case RedFlagPresent():
            occasion = situation.occasion
            return situation.asks_red_flags and (occasion.flags_left_out or not occasion.answered)
        case EvaluationWanted():
            return not situation.occasion.answered
        case _:
            assert_never(condition)


def evidence(condition: Condition, situation: Situation) -> tuple[SymptomReport, ...]:
    """Return the reports of the check-in in which some part of `condition` holds."""
    match condition:
        case AllOf() | AnyOf():
            found = {
                report.moment: report
                for each in condition.conditions
                for report in evidence(each, situation)
            }
            return tuple(found[moment] for moment in Moment if moment in found)
        case Persists():
            return evidence(condition.condition, situation)
        case AtLeast() | Worsened() | RedFlagPresent() | EvaluationWanted():
            return tuple(_shown_by(condition, situation))
        case _:
            assert_never(condition)


def persistences(condition: Condition) -> tuple[Persists, ...]:
    """Return every `Persists` in `condition`, each once, in the order in which they stand."""
    match condition:
        case Persists():
            return (condition,)
        case AllOf() | AnyOf():
            found = (node for each in condition.conditions for node in persistences(each))
            return tuple(dict.fromkeys(found))
        case _:
            return ()


def reacts_to(condition: Condition, flag: RedFlag) -> bool:
    """Tell whether a report of that red flag alone makes `condition` hold at once."""
    match condition:
        case AllOf():
            return all(reacts_to(each, flag) for each in condition.conditions)
        case AnyOf():
            return any(reacts_to(each, flag) for each in condition.conditions)
        case RedFlagPresent():
            return not condition.flags or flag in condition.flags
        case _:
            return False


def moments_in(condition: Condition) -> tuple[frozenset[Moment], ...]:
    """Return each limit to moments in `condition`, once."""
    match condition:
        case AllOf() | AnyOf():
            found = (limit for each in condition.conditions for limit in moments_in(each))
            return tuple(dict.fromkeys(found))
        case Persists():
            return moments_in(condition.condition)
        case AtLeast() | Worsened():
            return (condition.moments,) if condition.moments else ()
        case _:
            return ()


def channels_in(condition: Condition) -> frozenset[Channel]:
    """Return the channels that `condition` names."""
    match condition:
        case AllOf() | AnyOf():
            return frozenset().union(*(channels_in(each) for each in condition.conditions))
        case Persists():
            return channels_in(condition.condition)
        case AtLeast():
            return frozenset({condition.channel})
        case Worsened():
            return frozenset() if condition.channel is None else frozenset({condition.channel})
        case _:
            return frozenset()


def flags_in(condition: Condition) -> frozenset[RedFlag]:
    """Return the red flags that `condition` names."""
    match condition:
        case AllOf() | AnyOf():
            return frozenset().union(*(flags_in(each) for each in condition.conditions))
        case Persists():
            return flags_in(condition.condition)
        case RedFlagPresent():
            return condition.flags
        case _:
            return frozenset()


def condition_sources(condition: Condition) -> tuple[Source, ...]:
    """Return every source of `condition` and its parts, each once."""
    match condition:
        case AllOf() | AnyOf():
            found = (source for each in condition.conditions for source in condition_sources(each))
            return tuple(dict.fromkeys(found))
        case Persists():
            return tuple(dict.fromkeys(condition_sources(condition.condition) + condition.sources))
        case _:
            return condition.sources
