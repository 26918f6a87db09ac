"""Mutants of every shipped policy, each compared by `verify` with the policy that it was made of.

A mutant is what one application of one fixed operator makes of a shipped policy. What it really
does is computed here, by walking through every joint state of the policy and the mutant:

`equivalent`
    the same action at every check-in of every history.
`faulty`
    it breaks a property that `verify` proves of a policy by itself: what is outside the tolerance
    is answered with less than the policy's answer, a rule that calm should release stays set for
    good at the usual level, or a referral ends without a clearance.
`weaker`
    it breaks none of these and yet somewhere asks for less than the policy: rest instead of
    comfort, say, or no referral after a long time, or nothing about a red flag.
`stricter`
    it only ever asks for more than the policy, and breaks none of these.

By itself `verify` refutes the faulty ones, all of them and no other: most of the rest are sound
policies that somebody might have meant. With the policy as a reference it catches them all.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import pytest
from attrs import evolve

from backex import (
    CHEST_PAIN,
    PAIN,
    STIFFNESS,
    Action,
    AllOf,
    AnyOf,
    AtLeast,
    Calmed,
    Channel,
    Cleared,
    Condition,
    Diagnostic,
    Moment,
    Persists,
    RedFlag,
    RedFlagPresent,
    Release,
    Severity,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Trend,
    Verdict,
    Worsened,
    decide,
    verify,
)
from backex.catalog.upper_back import STOPPING_POLICY
from backex.conditions import Occasion, Situation, holds, is_unknown, persistences
from backex.latches import Latch, RuleState, advanced
from backex.presets import pain_monitoring, traffic_light
from backex.stopping import joined

POLICIES = {
    "catalog": STOPPING_POLICY,
    "pain monitoring": pain_monitoring(acceptable=5, persisting_checkins=2),
    "traffic light": traffic_light(amber_from=4, red_from=6, persisting_checkins=2),
}


# ---- operators ----------------------------------------------------------------------------------


class Mutant(NamedTuple):
    name: str
    policy: StoppingPolicy


def with_rule(policy: StoppingPolicy, index: int, *changed: StoppingRule) -> StoppingPolicy:
    rules = policy.rules
    return evolve(policy, rules=(*rules[:index], *changed, *rules[index + 1 :]))


def other_actions(action: Action) -> Iterator[tuple[str, Action]]:
    ladder = list(Action)
    place = ladder.index(action)
    for other in sorted({Action.CONTINUE, *ladder[max(place - 1, 0) : place + 2]} - {action}):
        yield (f"ask for {other.value}", other)


def other_releases(release: Release) -> Iterator[tuple[str, Release]]:
    if isinstance(release, Cleared):
        yield ("release by calm", Calmed())
    else:
        yield ("release by a clearance", Cleared())
    yield ("release by two calm check-ins", Calmed(checkins=2))


def other_leaves(leaf: Condition) -> Iterator[tuple[str, Condition]]:
    if isinstance(leaf, AtLeast):
        for severity in (leaf.severity - 1, leaf.severity + 1):
            yield (f"from {severity}", evolve(leaf, severity=severity))
        yield ("swap the channel", evolve(leaf, channel=swapped(leaf.channel)))
    if isinstance(leaf, Worsened):
        yield (f"rise by {leaf.by + 1}", evolve(leaf, by=leaf.by + 1))
        channel = PAIN if leaf.channel is None else leaf.channel
        yield ("swap the channel", evolve(leaf, channel=swapped(channel)))
        yield ("look at one channel", evolve(leaf, channel=channel))
        yield ("look after exercise", evolve(leaf, moments=frozenset({Moment.AFTER})))
    if isinstance(leaf, RedFlagPresent):
        yield ("look for one flag", evolve(leaf, flags=frozenset({CHEST_PAIN})))


def swapped(channel: Channel) -> Channel:
    return STIFFNESS if channel == PAIN else PAIN


def other_conditions(condition: Condition) -> Iterator[tuple[str, Condition]]:
    match condition:
        case AllOf() | AnyOf():
            parts = condition.conditions
            other: type[AllOf | AnyOf] = AnyOf if isinstance(condition, AllOf) else AllOf
            yield (f"{other.__name__} for {type(condition).__name__}", other(conditions=parts))
            for index, part in enumerate(parts):
                rest = parts[:index] + parts[index + 1 :]
                yield (f"drop part {index}", evolve(condition, conditions=rest))
                for name, changed in other_conditions(part):
                    whole = (*parts[:index], changed, *parts[index + 1 :])
                    yield (f"part {index}: {name}", evolve(condition, conditions=whole))
        case Persists():
            for checkins in {condition.checkins - 1, condition.checkins + 1} - {1}:
                yield (f"window of {checkins}", evolve(condition, checkins=checkins))
            yield ("no window", condition.condition)
            for name, changed in other_conditions(condition.condition):
                if not persistences(changed):
                    yield (f"inside: {name}", evolve(condition, condition=changed))
        case _:
            yield from other_leaves(condition)
            yield ("only if it persists", Persists(condition=condition, checkins=2))


def other_rules(rule: StoppingRule) -> Iterator[tuple[str, StoppingRule]]:
    for name, when in other_conditions(rule.when):
        yield (name, evolve(rule, when=when))
    for name, then in other_actions(rule.then):
        yield (name, evolve(rule, then=then))
    for name, until in other_releases(rule.until):
        yield (name, evolve(rule, until=until))


def mutants(policy: StoppingPolicy) -> list[Mutant]:
    """Return every policy that one operator makes of another, each once."""
    made: dict[StoppingPolicy, str] = {}
    for index, rule in enumerate(policy.rules):
        made.setdefault(with_rule(policy, index), f"{rule.id}: drop it")
        for name, changed in other_rules(rule):
            made.setdefault(with_rule(policy, index, changed), f"{rule.id}: {name}")
    made.pop(policy, None)
    return [Mutant(name, each) for each, name in made.items()]


# ---- the walk -----------------------------------------------------------------------------------

Usual = Mapping[Channel, int]
Checkin = tuple[SymptomReport, ...]

#: Usual levels: none, in every zone, at the thresholds, and high.
USUAL = {"catalog": (0, 4, 9), "pain monitoring": (0, 5, 6, 9), "traffic light": (0, 4, 6, 9)}
#: The levels around every threshold and every rise, of the policies and of their mutants.
LEVELS = {"catalog": (0, 1, 2, 3, 4, 5, 6, 7, 9, 10)}
SET = Latch((SymptomReport(checkin=0),), {})


class Letter(NamedTuple):
    """A check-in as all rules of a policy and of its mutant see it."""

    situation: Situation
    outside: bool
    usual: bool


class Difference(NamedTuple):
    """What a mutant does, and what it does that the policy does not."""

    #: The least number of check-ins that show each fault, by code and rule.
    faults: dict[tuple[str, str | None], int]
    #: The least number of check-ins after which it asks for less than the policy, if ever.
    weaker: int | None
    #: The least number of check-ins after which it asks for more than the policy, if ever.
    stricter: int | None

    @property
    def kind(self) -> str:
        if self.faults:
            return "faulty"
        if self.weaker is not None:
            return "weaker"
        return "equivalent" if self.stricter is None else "stricter"


def reports(policy: StoppingPolicy, name: str, usual: Usual, at: Moment) -> Iterator[SymptomReport]:
    """Yield what may be said at one moment, as usual first."""
    asked = sorted(policy.asks)
    none: frozenset[RedFlag] | None = frozenset() if policy.asks_red_flags else None
    as_usual = SymptomReport(checkin=1, moment=at, severities=usual, red_flags=none)
    yield as_usual
    for levels in product(LEVELS.get(name, range(11)), repeat=len(asked)):
        rated = evolve(as_usual, severities={**usual, **dict(zip(asked, levels, strict=True))})
        yield rated
        if len(asked) > 1:
            yield evolve(rated, evaluation_wanted=True)
        for unasked in usual.keys() - policy.asks:
            yield evolve(rated, severities={**rated.severities, unasked: 10})
    yield evolve(as_usual, trend=Trend.WORSE)
    for channel in asked:
        left = {each: level for each, level in usual.items() if each != channel}
        yield evolve(as_usual, severities=left)
        yield evolve(as_usual, severities=left, trend=Trend.WORSE)
    if policy.asks_red_flags:
        yield evolve(as_usual, red_flags=None)
        yield evolve(as_usual, red_flags=frozenset({CHEST_PAIN}))
        yield evolve(as_usual, red_flags=frozenset({RedFlag("other")}))


def is_outside(policy: StoppingPolicy, said: SymptomReport, usual: Usual) -> bool:
    up_to = policy.tolerance.severity_at_most
    return (said.trend is Trend.WORSE and not up_to) or any(
        level > max(usual[channel], up_to.get(channel, -1))
        for channel, level in said.severities.items()
        if channel in policy.asks
    )


@cache
def letters(name: str, level: int) -> list[Letter]:
    policy = POLICIES[name]
    usual = dict.fromkeys((PAIN, STIFFNESS), level)
    after, morning, before = (
        [*reports(policy, name, usual, each)]
        for each in (Moment.AFTER, Moment.NEXT_MORNING, Moment.BEFORE)
    )
    checkins: list[Checkin] = [(), *((each,) for each in after + morning + before)]
    checkins += [(after[0], each) for each in morning + before]
    # Only with the morning known can a policy that looks at mornings go on.
    checkins += [(each, morning[0]) for each in after]
    checkins += [(after[0], morning[0], each) for each in before]
    return [letter(policy, checkin, usual) for checkin in checkins]


def letter(policy: StoppingPolicy, checkin: Checkin, usual: Usual) -> Letter:
    occasion = Occasion()
    for said in checkin:
        occasion = joined(policy, occasion, said)
    situation = Situation(
        occasion=occasion,
        baseline=usual,
        asks=policy.asks,
        asks_at=policy.asks_at,
        asks_red_flags=policy.asks_red_flags,
    )
    as_usual = [each.severities == usual and not each.evaluation_wanted for each in checkin]
    return Letter(
        situation,
        any(is_outside(policy, said, usual) for said in checkin),
        usual=situation.is_calm and all(as_usual),
    )


def leaves(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AnyOf | AllOf):
        for each in condition.conditions:
            yield from leaves(each)
    elif isinstance(condition, Persists):
        yield from leaves(condition.condition)
    else:
        yield condition


@cache
def seen_by(rule: StoppingRule, name: str, level: int) -> list[tuple[bool, ...]]:
    """Return for each letter what the rule can tell of it: equal to it, equal for every state."""
    return [
        (
            situation.is_calm,
            is_unknown(rule.when, situation),
            *(is_unknown(node.condition, situation) for node in persistences(rule.when)),
            *(holds(leaf, situation, {}) for leaf in leaves(rule.when)),
        )
        for situation, _, _ in letters(name, level)
    ]


def told_apart(rules: Sequence[StoppingRule], name: str, level: int) -> list[Letter]:
    """Return one letter of each kind that some of the rules can tell from the others."""
    views = zip(*(seen_by(rule, name, level) for rule in rules), strict=True)
    kinds: dict[object, Letter] = {}
    for view, each in zip(views, letters(name, level), strict=True):
        kinds.setdefault((view, each.situation.is_known, each.outside, each.usual), each)
    return list(kinds.values())


@cache
def difference(name: str, mutant: StoppingPolicy) -> Difference:
    """Walk through every joint state of a policy and a mutant of it."""
    found: dict[tuple[str, str | None], int] = {}
    comparisons: dict[int, int] = {}
    for level in USUAL[name]:
        for depth, fault, comparison in walked(POLICIES[name], mutant, name, level):
            comparisons[comparison] = min(depth, comparisons.get(comparison, depth))
            if fault is not None:
                found[fault] = min(depth, found.get(fault, depth))
    return Difference(found, weaker=comparisons.get(-1), stricter=comparisons.get(1))


def walked(
    policy: StoppingPolicy, mutant: StoppingPolicy, name: str, level: int
) -> Iterator[tuple[int, tuple[str, str | None] | None, int]]:
    """Yield the depth, the fault and the comparison of actions of every step that there is."""
    rules = [*dict.fromkeys(policy.rules + mutant.rules)]
    sides = [
        [place for place, rule in enumerate(rules) if rule in by.rules] for by in (policy, mutant)
    ]
    inputs = told_apart(rules, name, level)
    least = [[unless_judged(by, each.situation) for each in inputs] for by in (policy, mutant)]

    @cache
    def step(place: int, state: RuleState, at: int) -> RuleState:
        after = advanced(rules[place], state, inputs[at].situation)
        return after if after.latch is None else evolve(after, latch=SET)

    def told(side: int, at: int, states: Sequence[RuleState]) -> Action:
        asked_for = [rules[place].then for place in sides[side] if states[place].latch is not None]
        return max([least[side][at], *asked_for])

    start = tuple(RuleState() for _ in rules)
    depth, seen, fresh = 0, {start}, [start]
    while fresh:
        depth += 1
        reached = []
        for state, (at, each) in product(fresh, enumerate(inputs)):
            after = tuple([step(place, one, at) for place, one in enumerate(state)])
            reached.append(after)
            was, now = told(0, at, after), told(1, at, after)
            yield (depth, None, (now > was) - (now < was))
            if each.outside and now < mutant.answer:
                yield (depth, ("BX411", None), -1)
            for place in sides[1]:
                fault = fault_of(rules[place], each, state[place], after[place])
                if fault is not None:
                    yield (depth, (fault, rules[place].id), (now > was) - (now < was))
        fresh = [state for state in dict.fromkeys(reached) if state not in seen]
        seen.update(fresh)


def unless_judged(policy: StoppingPolicy, at: Situation) -> Action:
    unknown = [is_unknown(rule.when, at) for rule in policy.rules]
    return Action.CONTINUE if at.is_known and not any(unknown) else Action.HOLD


def fault_of(rule: StoppingRule, at: Letter, before: RuleState, after: RuleState) -> str | None:
    """Return the fault that one step of one rule shows."""
    if before.latch is None:
        return None
    if after.latch is None:
        return "BX413" if rule.then >= Action.REFER else None
    binding = isinstance(rule.until, Calmed) and rule.then > Action.CONTINUE
    return "BX412" if binding and at.usual and before == after else None


# ---- the tests ----------------------------------------------------------------------------------

MUTANTS = [(name, *each) for name, policy in POLICIES.items() for each in mutants(policy)]
IN_FULL = bool(os.environ.get("BACKEX_LONG"))


SAMPLE = MUTANTS[:: 1 if IN_FULL else 9]
mutated = pytest.mark.parametrize(
    ("name", "mutant"),
    [pytest.param(name, mutant, id=f"{name}: {what}") for name, what, mutant in SAMPLE],
)


@cache
def compared(name: str, mutant: StoppingPolicy) -> Verdict:
    return verify(mutant, at_least_as_safe_as=POLICIES[name])


def lengths(faults: Iterable[Diagnostic]) -> dict[tuple[str, Any], int]:
    """Return the number of check-ins that show each fault, by code and rule."""
    logs: dict[tuple[str, Any], Any] = {
        (each.code, each.meta.get("rule")): each.meta["counterexample"]
        for each in faults
        if each.code not in {"BX414", "BX415"}
    }
    return {key: log[-1].checkin for key, log in logs.items()}


def replayed(policy: StoppingPolicy, fault: Diagnostic, *, leaving_out: int) -> tuple[Any, Any]:
    """Return the action and the rules in force after the check-ins that show a fault."""
    log: Any = fault.meta["counterexample"]
    baseline: Any = fault.meta["baseline"]
    last = log[-1].checkin - leaving_out
    decision = decide(policy, [each for each in log if each.checkin <= last], baseline=baseline)
    return decision.action, {each.rule for each in decision.findings}


@mutated
def test_verify_refutes_a_mutant_by_the_shortest_history_if_and_only_if_it_is_faulty(
    name: str, mutant: StoppingPolicy
) -> None:
    found = verify(mutant).faults
    assert lengths(found) == difference(name, mutant).faults
    for fault in found:
        if fault.severity is Severity.ERROR:
            (told, now), (_, before) = (replayed(mutant, fault, leaving_out=n) for n in (0, 1))
            rule = fault.meta["rule"]
            shown = {
                "BX411": told < mutant.answer,
                "BX412": rule in before and rule in now,
                "BX413": rule in before and rule not in now,
            }
            assert shown[fault.code]


@mutated
def test_beside_its_policy_every_mutant_that_differs_is_caught_by_the_shortest_history(
    name: str, mutant: StoppingPolicy
) -> None:
    differs = difference(name, mutant)
    own = verify(mutant).faults
    found = compared(name, mutant)
    assert found.faults[: len(own)] == own
    beside = found.faults[len(own) :]
    expected = {"BX418": differs.weaker, "BX419": differs.stricter}
    assert lengths(beside) == {
        (code, None): length for code, length in expected.items() if length is not None
    }
    assert found.proved is (not differs.faults and differs.weaker is None)
    for fault in beside:
        told, meant = (replayed(by, fault, leaving_out=0)[0] for by in (mutant, POLICIES[name]))
        assert (told < meant) is (fault.code == "BX418")
        assert (told > meant) is (fault.code == "BX419")
        assert (fault.meta["action"], fault.meta["reference"]) == (told.value, meant.value)


@pytest.mark.parametrize("name", POLICIES)
def test_at_least_95_percent_of_the_mutants_that_differ_are_caught(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    """Promise: "≥ 95 % of the non-equivalent"."""
    differing = [
        mutant
        for of, _, mutant in SAMPLE
        if of == name and difference(name, mutant).kind != "equivalent"
    ]
    caught = [mutant for mutant in differing if lengths(compared(name, mutant).faults)]
    record_property("mutants", sum(of == name for of, _, _ in SAMPLE))
    record_property("of them that differ", len(differing))
    record_property("of these caught", len(caught))
    assert len(caught) >= 0.95 * len(differing) > 0


@pytest.mark.parametrize("name", POLICIES)
def test_a_shipped_policy_differs_from_itself_in_nothing(name: str) -> None:
    policy = POLICIES[name]
    assert difference(name, policy).kind == "equivalent"
    assert verify(policy).proved
    assert verify(policy, at_least_as_safe_as=policy).faults == verify(policy).faults


@pytest.mark.skipif(not IN_FULL, reason="takes long: set BACKEX_LONG=1")
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("catalog", {"faulty": 13, "weaker": 24, "stricter": 19}),
        ("pain monitoring", {"faulty": 16, "weaker": 19, "stricter": 10}),
        ("traffic light", {"faulty": 18, "weaker": 28, "stricter": 15}),
    ],
)
def test_the_mutants_of_a_policy_are_of_these_kinds(name: str, kinds: dict[str, int]) -> None:
    """At least 35 mutants each; those called faulty are refuted without a reference."""
    found = Counter(difference(of, mutant).kind for of, _, mutant in MUTANTS if of == name)
    assert found == kinds
    assert found.total() >= 35
