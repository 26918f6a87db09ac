"""Latches: one stopping rule, what is remembered of it, and the step that a check-in makes of that.

A rule is set by its condition and stays set until its release. Neither looks at other rules, so
what holds of each rule holds of any policy made of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import final

from attrs import field, frozen

from backex.checks import (
    IDENTIFIER,
    SEVERITY,
    TEXT,
    UNLIMITED,
    Exactly,
    Integer,
    MapOf,
    OneOf,
    Optional,
    SetOf,
    TupleOf,
)
from backex.conditions import (
    CONDITION,
    Calmed,
    Cleared,
    Condition,
    Occasion,
    Persists,
    Release,
    Situation,
    condition_sources,
    evidence,
    holds,
    is_unknown,
    moments_in,
    persistences,
)
from backex.decision import Action, ComfortMeasure, Concern
from backex.ids import RuleId
from backex.making import unchecked
from backex.mappings import frozen_map
from backex.provenance import SOURCES, Source
from backex.symptoms import Channel, Moment, SymptomReport, severity_map

__all__ = ["Latch", "RuleState", "StoppingRule", "Track", "advanced"]


@final
@frozen(kw_only=True)
class StoppingRule:
    """One rule: once set, it asks for its action until it is released.

    Raises:
        InvalidValue: a malformed id or a field of the wrong type.
    """

    #: Unique within the policy.
    id: RuleId = field(validator=IDENTIFIER)
    #: What sets it.
    when: Condition = field(validator=CONDITION)
    #: What it asks for.
    then: Action = field(validator=Exactly(Action))
    #: What releases it.
    until: Release = field(validator=OneOf((Calmed, Cleared)))
    #: What is said to the person.
    advice: str | None = field(default=None, validator=Optional(TEXT))
    #: Comfort measures, of which either may be tried and none need be.
    measures: frozenset[ComfortMeasure] = field(
        default=frozenset(), validator=SetOf(Exactly(ComfortMeasure))
    )
    #: Questions that it raises beyond its action.
    concerns: frozenset[Concern] = field(default=frozenset(), validator=SetOf(Exactly(Concern)))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    @cached_property
    def persistences(self) -> tuple[Persists, ...]:
        """Every `Persists` in its condition, each once."""
        return persistences(self.when)

    @cached_property
    def moments(self) -> tuple[frozenset[Moment], ...]:
        """Each limit to moments in its condition, once."""
        return moments_in(self.when)

    @cached_property
    def all_sources(self) -> tuple[Source, ...]:
        """Every source of the rule and of its condition, each once."""
        return tuple(dict.fromkeys(self.sources + condition_sources(self.when)))


@final
@frozen
class Latch:
    """What set a rule: the reports and the usual severities that they were compared with."""

    #: The reports of the check-in at which it was set.
    reports: tuple[SymptomReport, ...] = field(
        validator=TupleOf(Exactly(SymptomReport), low=1, high=len(Moment))
    )
    #: The baseline at that time.
    baseline: Mapping[Channel, int] = field(
        converter=severity_map, validator=MapOf(IDENTIFIER, SEVERITY, high=UNLIMITED)
    )


@final
@frozen
class RuleState:
    """What a monitor remembers of one rule; its size does not depend on the history."""

    #: What set it. None: not set.
    latch: Latch | None = field(default=None, validator=Optional(Exactly(Latch)))
    #: For each `Persists` in its condition, at how many check-ins in a row it has held.
    counts: tuple[int, ...] = field(default=(), validator=TupleOf(Integer(0, 60)))
    #: While set, at how many check-ins in a row all was calm.
    calm: int = field(default=0, validator=Integer(0, 60))


def _occasions(value: Mapping[RuleId, Occasion]) -> Mapping[RuleId, Occasion]:
    return frozen_map(value)


@final
@frozen
class Track:
    """One automaton: the rules as they stood before the open check-in, and what is known of it."""

    #: One state for each rule of the policy, in its order.
    before: tuple[RuleState, ...] = field(validator=TupleOf(Exactly(RuleState)))
    #: The open check-in.
    occasion: Occasion = field(factory=Occasion, validator=Exactly(Occasion))
    #: For each rule cleared during the open check-in, what has been said since.
    since_clearance: Mapping[RuleId, Occasion] = field(
        default={}, converter=_occasions, validator=MapOf(IDENTIFIER, Exactly(Occasion))
    )


@final
@frozen(eq=False)
class _Rows:
    """Counts by their conditions: to hash one goes through all that it is made of."""

    nodes: tuple[Persists, ...]
    counts: tuple[int, ...]

    def get(self, node: Persists, default: int, /) -> int:
        return self.counts[self.nodes.index(node)] if node in self.nodes else default


_new_latch = unchecked(Latch)
_new_state = unchecked(RuleState)
_new_rows = unchecked(_Rows)
_NONE = _Rows((), ())


def advanced(rule: StoppingRule, before: RuleState, situation: Situation) -> RuleState:
    """Return the state of `rule` after a check-in of which `situation` is known.

    The one step that the monitor makes and that `verify` explores.
    """
    nodes, rows = rule.persistences, _NONE
    after: tuple[int, ...] = ()
    if nodes:
        rows = _new_rows(nodes, before.counts or (0,) * len(nodes))
        after = tuple(
            [
                _counted(node, count, situation)
                for node, count in zip(nodes, rows.counts, strict=True)
            ]
        )
    if holds(rule.when, situation, rows):
        latch = before.latch or _new_latch(evidence(rule.when, situation), situation.baseline)
        return _new_state(latch, after)
    if before.latch is None or isinstance(rule.until, Cleared):
        return _new_state(before.latch, after)
    calm = before.calm + 1 if situation.is_calm else 0
    return (
        _new_state(None, after)
        if calm >= rule.until.checkins
        else _new_state(before.latch, after, calm)
    )


def _counted(node: Persists, count: int, situation: Situation) -> int:
    if holds(node.condition, situation, _NONE):
        return min(count + 1, node.checkins)
    if not count:
        return 0
    unknown = not situation.occasion.answered or is_unknown(node.condition, situation)
    return count if unknown else 0
