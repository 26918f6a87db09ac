"""Faults of stopping policies."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from backex.conditions import (
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
from backex.decision import Action
from backex.ids import RuleId
from backex.latches import StoppingRule
from backex.stopping import StoppingPolicy, Tolerance
from backex.strategies.drawing import below, chance, inserted, name, names, pick
from backex.strategies.exercises import a_stance
from backex.strategies.faults.sound import (
    NEW,
    Injector,
    doubled,
    in_a_plan,
    sound_routine,
    violates,
)
from backex.strategies.stopping import a_policy
from backex.symptoms import Channel, Moment, RedFlag
from backex.validation import Checkable

__all__ = ["FAULTS"]

#: What makes a value wrong in exactly the way of a code.
FAULTS: dict[str, Injector] = {}

_UNASKED = Channel(NEW)
_CLEARED = Cleared()
_RESTS = (Action.REST, Action.COMFORT, Action.EASE, Action.HOLD)
_REFERRALS = (Action.REFER, Action.REFER_URGENTLY)
_ACTIONS = (*_RESTS, *_REFERRALS)


@violates("BX401", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    return in_a_plan(draw, attrs.evolve(routine, stopping=None))


def _stopped(draw: st.DrawFn, policy: StoppingPolicy) -> Checkable:
    if not chance(draw):
        return policy
    routine = sound_routine(draw, a_stance(draw), least=1, most=3)
    return in_a_plan(draw, attrs.evolve(routine, stopping=policy))


@violates("BX402", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    return _stopped(draw, attrs.evolve(a_policy(draw, name(draw, ())), rules=()))


@violates("BX403", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = a_policy(draw, name(draw, ()))
    return _stopped(draw, attrs.evolve(policy, rules=doubled(draw, policy.rules)))


def _rule(when: Condition, then: Action = Action.REST, until: Release = _CLEARED) -> StoppingRule:
    """Return a rule that is released by a clearance only, unless told otherwise."""
    return StoppingRule(id=RuleId(NEW), when=when, then=then, until=until)


def _with_rule(draw: st.DrawFn, policy: StoppingPolicy, rule: StoppingRule) -> StoppingPolicy:
    """Return the policy with one more rule, at a drawn place."""
    return attrs.evolve(policy, rules=inserted(draw, policy.rules, rule))


def _with_one_rule(draw: st.DrawFn) -> StoppingPolicy:
    """Draw a policy that answers any rise with a rest and does nothing else, soon verified."""
    policy = a_policy(draw, name(draw, ()))
    return attrs.evolve(policy, rules=policy.rules[:1], asks_red_flags=False)


@violates("BX404", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = _with_one_rule(draw)
    asked, level = pick(draw, sorted(policy.asks)), 1 + below(draw, 10)
    unasked: tuple[Condition, ...] = (
        RedFlagPresent(),
        AtLeast(channel=_UNASKED, severity=level),
        Worsened(channel=_UNASKED, by=level),
        # No drawn policy asks then.
        AtLeast(channel=asked, severity=level, moments=frozenset({Moment.DURING})),
    )
    rule = _rule(pick(draw, unasked), pick(draw, _ACTIONS))
    return _stopped(draw, _with_rule(draw, policy, rule))


@violates("BX405", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = a_policy(draw, name(draw, ()))
    return _stopped(draw, attrs.evolve(policy, asks_at=frozenset({Moment.DURING})))


@violates("BX406", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    return _stopped(draw, attrs.evolve(a_policy(draw, name(draw, ())), asks=frozenset()))


@violates("BX407", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = _with_one_rule(draw)
    if chance(draw, 3):
        answer = pick(draw, (Action.CONTINUE, Action.HOLD))
        return _stopped(draw, attrs.evolve(policy, answer=answer))
    asked = pick(draw, sorted(policy.asks))
    accepted = {_UNASKED: below(draw, 11)} if chance(draw) else {asked: 10}
    if chance(draw):
        tolerance = Tolerance(rise_at_most=accepted)
    else:
        tolerance = Tolerance(severity_at_most=accepted)
    return _stopped(draw, attrs.evolve(policy, tolerance=tolerance))


@violates("BX408", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = attrs.evolve(_with_one_rule(draw), asks_red_flags=True)
    if chance(draw):
        flags = frozenset(RedFlag(each) for each in names(draw, 1 + below(draw, 2)))
        rule = _rule(RedFlagPresent(flags=flags), Action.REFER_URGENTLY)
        policy = _with_rule(draw, policy, rule)
    return _stopped(draw, policy)


@violates("BX411", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = _with_one_rule(draw)
    (rule,) = policy.rules
    match below(draw, 4):
        case 0:
            rule = attrs.evolve(rule, when=Worsened(by=2 + below(draw, 9)))
        case 1:
            # At other moments a rise may be told without being asked for.
            rule = attrs.evolve(rule, when=Worsened(moments=policy.asks_at))
        case 2:
            rule = attrs.evolve(rule, when=Persists(condition=Worsened(), checkins=2))
        case _:
            rule = attrs.evolve(rule, then=pick(draw, (Action.HOLD, Action.EASE)))
    return _stopped(draw, attrs.evolve(policy, rules=(rule,)))


@violates("BX412", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = _with_one_rule(draw)
    when: Condition = AtLeast(channel=pick(draw, sorted(policy.asks)), severity=1 + below(draw, 10))
    if chance(draw):
        when = Persists(condition=when, checkins=2 + below(draw, 3))
    rule = _rule(when, pick(draw, _RESTS), Calmed(checkins=1 + below(draw, 3)))
    return _stopped(draw, _with_rule(draw, policy, rule))


@violates("BX413", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = _with_one_rule(draw)
    wishes: tuple[Condition, ...] = (EvaluationWanted(), Worsened(by=2 + below(draw, 3)))
    until = Calmed(checkins=1 + below(draw, 3))
    rule = _rule(pick(draw, wishes), pick(draw, _REFERRALS), until)
    return _stopped(draw, _with_rule(draw, policy, rule))


@violates("BX415", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = _with_one_rule(draw)
    # Set only while the first rule is, and released with it.
    when: Condition = Worsened(by=2 + below(draw, 9))
    if chance(draw):
        when = Persists(condition=when, checkins=2 + below(draw, 3))
    rule = _rule(when, pick(draw, (Action.HOLD, Action.EASE, Action.REST)), policy.rules[0].until)
    return _stopped(draw, _with_rule(draw, policy, rule))


# Refused before anything is explored: for its kinds of check-in, or for its baselines.
@violates("BX417", FAULTS)
def _(draw: st.DrawFn) -> Checkable:
    policy = _with_one_rule(draw)
    return _stopped(draw, (_flagging if chance(draw) else _asking)(draw, policy))


def _asking(draw: st.DrawFn, policy: StoppingPolicy) -> StoppingPolicy:
    """Return the policy asking for so much that there are too many baselines."""
    asks = frozenset(Channel(f"{NEW}-{index}") for index in range(13 + below(draw, 8)))
    rule = _rule(Worsened(by=2 + below(draw, 8)), Action.COMFORT)
    return _with_rule(draw, attrs.evolve(policy, asks=asks), rule)


def _flagging(draw: st.DrawFn, policy: StoppingPolicy) -> StoppingPolicy:
    """Return the policy with so many flags told apart that there are too many kinds of check-in."""
    flags = [RedFlag(f"{NEW}-{index}") for index in range(12 + below(draw, 9))]
    own = tuple(
        attrs.evolve(_rule(RedFlagPresent(flags=frozenset({flag}))), id=RuleId(flag))
        for flag in flags
    )
    every = _rule(RedFlagPresent(), Action.REFER)
    return attrs.evolve(policy, rules=(*policy.rules, every, *own), asks_red_flags=True)
