"""Stopping policies, and what is reported to them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from hypothesis import strategies as st

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
from backex.decision import Action, ComfortMeasure, Concern
from backex.ids import PolicyId, PrescriptionId, RuleId
from backex.latches import StoppingRule
from backex.stopping import Entry, StoppingPolicy
from backex.strategies.drawing import (
    below,
    chance,
    drawn,
    name,
    names,
    pick,
    said,
    several,
    some,
    sources,
)
from backex.symptoms import (
    BREATHLESSNESS,
    DIZZINESS,
    NUMBNESS,
    PAIN,
    SORENESS,
    SPREAD,
    STIFFNESS,
    Channel,
    Clearance,
    Moment,
    RedFlag,
    SymptomReport,
    Trend,
)

__all__ = [
    "a_policy",
    "a_report",
    "conditions",
    "entries_at",
    "logs",
    "policies",
    "reports",
]

_CHANNELS = (PAIN, STIFFNESS, SORENESS, SPREAD)
_MOMENTS = tuple(Moment)
_ASKED_AT = (
    frozenset({Moment.AFTER, Moment.NEXT_MORNING}),
    frozenset({Moment.AFTER}),
    frozenset({Moment.BEFORE, Moment.AFTER}),
)
_FLAGS = (DIZZINESS, NUMBNESS, BREATHLESSNESS)
_TRENDS = (None, *Trend)
_ACTIONS = tuple(Action)
_MEASURES = tuple(ComfortMeasure)
_CONCERNS = tuple(Concern)
#: Released by a clearance alone.
_REFERRALS = frozenset({Action.REFER, Action.REFER_URGENTLY})


def a_policy(draw: st.DrawFn, id: str) -> StoppingPolicy:
    """Draw a policy that answers any rise at once, refers until cleared, and lets one recover."""
    # Few of the others, for each multiplies what has to be explored to verify the policy.
    found: list[tuple[Condition, Action]] = [(Worsened(sources=sources(draw)), Action.REST)]
    if chance(draw, 4):
        found.append((Worsened(by=2 + below(draw, 3)), Action.COMFORT))
    if chance(draw, 4):
        lasting = Persists(condition=Worsened(), checkins=2 + below(draw, 3))
        found.append((lasting, Action.REFER))
    if chance(draw, 4):
        found.append((EvaluationWanted(), Action.REFER))
    if chance(draw, 4):
        found.append((RedFlagPresent(), Action.REFER_URGENTLY))
    ids = names(draw, len(found))
    return StoppingPolicy(
        id=PolicyId(id),
        rules=tuple(
            _rule(draw, id, when, then) for id, (when, then) in zip(ids, found, strict=True)
        ),
        asks=frozenset(some(draw, _CHANNELS, least=1)),
        asks_at=pick(draw, _ASKED_AT),
        asks_red_flags=any(type(when) is RedFlagPresent for when, _ in found),
        sources=sources(draw),
    )


def _rule(draw: st.DrawFn, id: str, when: Condition, then: Action) -> StoppingRule:
    until: Release = Cleared() if then in _REFERRALS else Calmed(checkins=1 + below(draw, 3))
    return StoppingRule(
        id=RuleId(id),
        when=when,
        then=then,
        until=until,
        advice=said(draw) if chance(draw, 4) else None,
        measures=frozenset(some(draw, _MEASURES)) if then is Action.COMFORT else frozenset(),
        concerns=frozenset(_CONCERNS if chance(draw, 8) else ()),
        sources=sources(draw),
    )


def _condition(draw: st.DrawFn, channels: Sequence[Channel]) -> Condition:
    match below(draw, 7):
        case 0:
            return Worsened(
                by=1 + below(draw, 3),
                channel=pick(draw, (None, *channels)),
                moments=frozenset(some(draw, _MOMENTS)),
            )
        case 1:
            return AtLeast(
                channel=pick(draw, channels),
                severity=1 + below(draw, 10),
                moments=frozenset(some(draw, _MOMENTS)),
            )
        case 2:
            return EvaluationWanted()
        case 3:
            return RedFlagPresent(flags=frozenset(some(draw, _FLAGS)))
        case 4:
            return Persists(condition=_leaf(draw, channels), checkins=2 + below(draw, 2))
        case which:
            parts = tuple(_leaf(draw, channels) for _ in range(1 + below(draw, 2)))
            if chance(draw, 3):
                parts = (*parts, Persists(condition=_leaf(draw, channels), checkins=2))
            return AnyOf(conditions=parts) if which == 5 else AllOf(conditions=parts)


def _leaf(draw: st.DrawFn, channels: Sequence[Channel]) -> Condition:
    if chance(draw):
        return AtLeast(channel=pick(draw, channels), severity=1 + below(draw, 10))
    return Worsened(by=1 + below(draw, 3))


def _any_policy(draw: st.DrawFn, id: str) -> StoppingPolicy:
    asks = some(draw, _CHANNELS, least=1)

    def next_rule(draw: st.DrawFn, found: list[StoppingRule]) -> StoppingRule:
        id = name(draw, [each.id for each in found])
        rule = _rule(draw, id, _condition(draw, _CHANNELS), pick(draw, _ACTIONS))
        return attrs.evolve(rule, until=Cleared()) if chance(draw, 4) else rule

    return StoppingPolicy(
        id=PolicyId(id),
        rules=several(draw, next_rule, least=1),
        asks=frozenset(asks),
        asks_at=pick(draw, _ASKED_AT),
        asks_red_flags=chance(draw),
    )


def conditions() -> st.SearchStrategy[Condition]:
    """Return conditions of every form, nested ones too, on the usual channels."""
    return drawn(lambda draw: _condition(draw, _CHANNELS))


def policies(*, safe: bool = True) -> st.SearchStrategy[StoppingPolicy]:
    """Return policies in which `validate` finds nothing wrong.

    They answer any rise above the usual with a rest at least, refer until cleared, and let the
    person back at the usual level. With ``safe=False`` the rules have conditions of every form and
    any action, sound or not: what an app may have to run, for laws that hold of all policies.
    """
    make = a_policy if safe else _any_policy
    return drawn(lambda draw: make(draw, name(draw, ())))


def a_report(
    draw: st.DrawFn,
    channels: Sequence[Channel],
    checkin: int,
    *,
    seq: int = 0,
    item: PrescriptionId | None = None,
) -> SymptomReport:
    """Draw a report, mostly one that rates all channels and says no more."""
    # One draw says what is out of the usual.
    there = below(draw, 16)
    severities = {channel: below(draw, 11) for channel in channels}
    if there & 1:
        severities = {channel: severities[channel] for channel in some(draw, channels)}
    flags: frozenset[RedFlag] | None = frozenset()
    if there & 8:
        flags = None if chance(draw) else frozenset(some(draw, _FLAGS))
    return SymptomReport(
        checkin=checkin,
        seq=seq,
        moment=pick(draw, _MOMENTS) if there & 2 else Moment.AFTER,
        severities=severities,
        trend=pick(draw, _TRENDS) if there & 4 else None,
        red_flags=flags,
        evaluation_wanted=there == 15,
        item=item,
    )


def _channels(policy: StoppingPolicy | None) -> list[Channel]:
    return sorted(policy.asks) if policy is not None and policy.asks else [PAIN, STIFFNESS]


def reports(policy: StoppingPolicy | None = None) -> st.SearchStrategy[SymptomReport]:
    """Return reports on the session or day that mostly answer what `policy` asks.

    Without a policy they rate pain and stiffness. Some leave out what was asked for.
    """
    channels = _channels(policy)
    return drawn(lambda draw: a_report(draw, channels, below(draw, 30), seq=below(draw, 3)))


def entries_at(
    draw: st.DrawFn,
    checkin: int,
    channels: Sequence[Channel],
    rules: Sequence[RuleId],
    items: Sequence[PrescriptionId],
) -> list[Entry]:
    """Draw what is said at one check-in, in order: reports, and seldom a clearance among them."""
    found: list[Entry] = []
    for seq in range(below(draw, 3)):
        about = pick(draw, (None, *items)) if chance(draw, 4) else None
        found.append(a_report(draw, channels, checkin, seq=seq, item=about))
    if rules and chance(draw, 10):
        usual = a_report(draw, channels, checkin) if chance(draw) else None
        found.append(
            Clearance(
                checkin=checkin,
                seq=len(found),
                rules=frozenset(some(draw, rules, least=1)),
                by=said(draw),
                new_baseline=usual,
            )
        )
    return found


def _log(
    draw: st.DrawFn, policy: StoppingPolicy | None, items: Sequence[PrescriptionId]
) -> tuple[Entry, ...]:
    channels = _channels(policy)
    rules = [] if policy is None else [rule.id for rule in policy.rules]
    found: list[Entry] = []
    checkin = 0
    for _ in range(below(draw, 8)):
        checkin += 1 + (below(draw, 3) if chance(draw, 4) else 0)
        found += entries_at(draw, checkin, channels, rules, items)
    return tuple(found)


def logs(
    policy: StoppingPolicy | None = None, *, items: Sequence[PrescriptionId] = ()
) -> st.SearchStrategy[tuple[Entry, ...]]:
    """Return logs in the order in which a monitor takes them: reports, and seldom clearances.

    Reports mostly answer what `policy` asks, some of them about one of `items`; clearances name
    rules of it. Some check-ins are missing, and some have no report. The first check-in is 1, so
    that 0 is left for a baseline.
    """
    return drawn(lambda draw: _log(draw, policy, items))
