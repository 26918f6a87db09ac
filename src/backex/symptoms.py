"""Symptoms: what a person reports at a check-in, and a clinician's clearance.

A check-in is an occasion that the app numbers, a day of rest included. backex never diagnoses: red
flags and the wish for an evaluation are answers that the app collects.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import NewType, final

from attrs import field, frozen

from backex.checks import (
    FLAG,
    IDENTIFIER,
    NAME,
    SEVERITY,
    UNLIMITED,
    AwareTime,
    Exactly,
    Integer,
    MapOf,
    Optional,
    SetOf,
)
from backex.ids import PrescriptionId, RuleId
from backex.making import unchecked
from backex.mappings import FrozenMap, frozen_map
from backex.ordering import OrderedEnum

__all__ = [
    "BLADDER_OR_BOWEL_CHANGE",
    "BREATHLESSNESS",
    "CHEST_PAIN",
    "DIZZINESS",
    "NUMBNESS",
    "PAIN",
    "RED_FLAGS",
    "SORENESS",
    "SPREAD",
    "STIFFNESS",
    "WEAKNESS",
    "Channel",
    "Clearance",
    "Moment",
    "RedFlag",
    "SymptomReport",
    "Trend",
    "report",
    "severity_map",
    "utc",
]

#: What is rated; an app may use ids of its own.
Channel = NewType("Channel", str)
#: Pain on the numeric rating scale.
PAIN = Channel("pain")
#: Stiffness.
STIFFNESS = Channel("stiffness")
#: Soreness of the muscles, which exercise is expected to bring and which is not pain.
SORENESS = Channel("soreness")
#: How far from the spine symptoms reach: 0 not at all, 10 to the tips of the limb.
SPREAD = Channel("spread")

#: A sign that needs a professional before any exercise; an app may use ids of its own.
RedFlag = NewType("RedFlag", str)
DIZZINESS = RedFlag("dizziness")
CHEST_PAIN = RedFlag("chest-pain")
BREATHLESSNESS = RedFlag("breathlessness")
BLADDER_OR_BOWEL_CHANGE = RedFlag("bladder-or-bowel-change")
WEAKNESS = RedFlag("weakness")
NUMBNESS = RedFlag("numbness")
#: Those that are asked for by name, whatever a policy says of them.
RED_FLAGS = frozenset(
    {BLADDER_OR_BOWEL_CHANGE, BREATHLESSNESS, CHEST_PAIN, DIZZINESS, NUMBNESS, WEAKNESS}
)

_COUNTER = Integer(0, 1_000_000_000)


class Moment(Enum):
    """When something was reported, relative to the exercise; on a day of rest, as the app asks."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    NEXT_MORNING = "next-morning"


class Trend(OrderedEnum):
    """How a person says that things have changed, ordered from good to bad."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


def severity_map(severities: Mapping[Channel, int]) -> Mapping[Channel, int]:
    """Return severities by channel that cannot be changed."""
    return frozen_map(severities)


def utc(at: datetime | None) -> datetime | None:
    """Keep one form of each instant; what is not an aware datetime passes on to be refused."""
    if type(at) is not datetime or at.utcoffset() is None:
        return at
    try:
        return at.astimezone(UTC)
    except OverflowError:  # at the ends of the calendar; without its zone the check refuses it
        return at.replace(tzinfo=None)


@final
@frozen(kw_only=True)
class SymptomReport:
    """What a person said at one moment of one check-in.

    Raises:
        InvalidValue: a severity outside 0–10, a naive time, a malformed id, a negative number, or
            a field of the wrong type.
    """

    #: Number of the check-in, counted up by the app, days of rest included.
    checkin: int = field(validator=_COUNTER)
    #: Order within the check-in; entries that share it may come in any order.
    seq: int = field(default=0, validator=_COUNTER)
    #: When it was said.
    moment: Moment = field(default=Moment.AFTER, validator=Exactly(Moment))
    #: Severity from 0 (none) to 10 (worst imaginable) by channel; a missing channel is unknown.
    severities: Mapping[Channel, int] = field(
        default={}, converter=severity_map, validator=MapOf(IDENTIFIER, SEVERITY, high=UNLIMITED)
    )
    #: The change as the person puts it. None: not said.
    trend: Trend | None = field(default=None, validator=Optional(Exactly(Trend)))
    #: Red flags present. None: not asked; empty: asked, none present.
    red_flags: frozenset[RedFlag] | None = field(
        default=None, validator=Optional(SetOf(IDENTIFIER, high=UNLIMITED))
    )
    #: Whether the person would like a professional evaluation.
    evaluation_wanted: bool = field(default=False, validator=FLAG)
    #: The item of the routine that it is about. None: the session or the day as a whole.
    item: PrescriptionId | None = field(default=None, validator=Optional(IDENTIFIER))
    #: The instant, kept in UTC: an annotation that decides nothing.
    at: datetime | None = field(default=None, converter=utc, validator=Optional(AwareTime()))

    @property
    def key(self) -> tuple[int, int]:
        """Its place in a log."""
        return (self.checkin, self.seq)

    def joined(self, other: SymptomReport) -> SymptomReport:
        """Return one report that says the worst of both; which of the two is asked does not matter.

        For reports of one moment of one check-in, about the same item or the whole. The worst is
        the higher severity, the worse trend, every red flag and either wish; what only one of the
        two says is known.
        """
        severities = dict(self.severities.items())
        for channel, severity in other.severities.items():
            if severity > severities.get(channel, -1):
                severities[channel] = severity
        trends = [each for each in (self.trend, other.trend) if each is not None]
        flags = [each for each in (self.red_flags, other.red_flags) if each is not None]
        times = [each for each in (self.at, other.at) if each is not None]
        return _new_report(
            checkin=self.checkin,
            seq=max(self.seq, other.seq),
            moment=self.moment,
            severities=FrozenMap(severities),
            trend=max(trends, default=None),
            red_flags=frozenset().union(*flags) if flags else None,
            evaluation_wanted=self.evaluation_wanted or other.evaluation_wanted,
            item=self.item or other.item,
            at=max(times, default=None),
        )


_new_report = unchecked(SymptomReport)


def report(
    checkin: int,
    *,
    pain: int | None = None,
    stiffness: int | None = None,
    soreness: int | None = None,
    spread: int | None = None,
    severities: Mapping[Channel, int] | None = None,
    seq: int = 0,
    moment: Moment = Moment.AFTER,
    trend: Trend | None = None,
    red_flags: frozenset[RedFlag] | None = None,
    evaluation_wanted: bool = False,
    item: str | None = None,
    at: datetime | None = None,
) -> SymptomReport:
    """Return a report with the usual channels by name; `severities` takes an app's own.

    Raises:
        InvalidValue: see `SymptomReport`.

    >>> report(3, pain=4).severities[PAIN]
    4
    """
    named = {PAIN: pain, STIFFNESS: stiffness, SORENESS: soreness, SPREAD: spread}
    given = {channel: severity for channel, severity in named.items() if severity is not None}
    return SymptomReport(
        checkin=checkin,
        seq=seq,
        moment=moment,
        severities={**(severities or {}), **given},
        trend=trend,
        red_flags=red_flags,
        evaluation_wanted=evaluation_wanted,
        item=None if item is None else PrescriptionId(item),
        at=at,
    )


@final
@frozen(kw_only=True)
class Clearance:
    """A professional's word that rules may be released, and from what baseline to go on.

    Raises:
        InvalidValue: no rule, a blank name, a malformed id or a field of the wrong type.
    """

    #: Number of the check-in at which it was given.
    checkin: int = field(validator=_COUNTER)
    #: Order within the check-in; a clearance comes before the reports that share its number.
    seq: int = field(default=0, validator=_COUNTER)
    #: The rules released, at least one; ids that a policy lacks release nothing.
    rules: frozenset[RuleId] = field(validator=SetOf(IDENTIFIER, low=1))
    #: Who gave it.
    by: str = field(validator=NAME)
    #: The state that counts as usual from here on. None: as before.
    new_baseline: SymptomReport | None = field(
        default=None, validator=Optional(Exactly(SymptomReport))
    )

    @property
    def key(self) -> tuple[int, int]:
        """Its place in a log."""
        return (self.checkin, self.seq)
