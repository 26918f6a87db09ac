"""`verify` against two independent readings of the model: brute force over reports, and z3.

Neither uses anything of backex but its values: what holds, what is unknown, how a rule is set and
released and what the properties say is written again here, from the words of the model.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise, product
from random import Random
from typing import Any, NamedTuple

import pytest
from attrs import evolve

from backex import (
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
    EvaluationWanted,
    Moment,
    Persists,
    PolicyId,
    RuleId,
    Severity,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Tolerance,
    Trend,
    Worsened,
    decide,
    verify,
)

POLICIES = 220
#: How many of them z3 is asked about, which takes longer.
Z3_POLICIES = POLICIES if os.environ.get("BACKEX_LONG") else 20

BEFORE, AFTER, MORNING = Moment.BEFORE, Moment.AFTER, Moment.NEXT_MORNING
#: When the policies here ask, which is what a policy does unless it says something else.
ASKED = (AFTER, MORNING)
#: What two channels are rated with; one channel is rated with all of 0 to 10.
FEW = (0, 1, 2, 3, 4, 10)
#: More check-ins than any rule here counts, in a row and until calm.
LONG = 6

Usual = Mapping[Channel, int]
Checkin = tuple[SymptomReport, ...]
#: What `verify` must find: the least number of check-ins that show it, by code and rule.
Faults = dict[tuple[str, str | None], int]


# ---- random policies ----------------------------------------------------------------------------


def random_condition(rng: Random, channels: Sequence[Channel], *, plain: bool) -> Condition:
    moments: list[frozenset[Moment]] = [frozenset()]
    if len(channels) == 1 and not plain:
        moments += [frozenset({each}) for each in (BEFORE, AFTER, MORNING)]
    kind = rng.choices(
        ("worsened", "at least", "wanted", "any", "all", "persists"), (6, 3, 1, 2, 2, 3)
    )[0]
    if kind == "worsened":
        channel = rng.choice((None, None, *channels))
        return Worsened(by=rng.choice((1, 1, 2, 3)), channel=channel, moments=rng.choice(moments))
    if kind == "at least":
        severity = rng.choice((1, 2, 3, 4, 10) if len(channels) > 1 else range(1, 11))
        chosen = rng.choice(channels)
        return AtLeast(channel=chosen, severity=severity, moments=rng.choice(moments))
    if kind == "wanted":
        return EvaluationWanted()
    inner = [random_condition(rng, channels, plain=True) for _ in range(2)]
    if kind == "any":
        return AnyOf(conditions=tuple(inner))
    if kind == "all":
        return AllOf(conditions=tuple(inner))
    lasting = [each for each in inner if not list(persistings(each))]
    if not lasting:
        return inner[0]
    return Persists(condition=lasting[0], checkins=rng.choice((2, 2, 3)))


def random_rule(rng: Random, channels: Sequence[Channel], number: int) -> StoppingRule:
    then = rng.choice((Action.HOLD, Action.EASE, *([Action.REST] * 4), Action.COMFORT))
    if rng.random() < 0.25:
        then = rng.choice((Action.REFER, Action.REFER_URGENTLY))
    certain = then >= Action.REFER and rng.random() < 0.6
    return StoppingRule(
        id=RuleId(f"r{number}"),
        when=random_condition(rng, channels, plain=False),
        then=then,
        until=Cleared() if certain else Calmed(checkins=rng.choice((1, 1, 2))),
    )


@cache
def random_policy(seed: int) -> StoppingPolicy:
    rng = Random(seed)
    channels = (PAIN, STIFFNESS) if rng.random() < 0.3 else (PAIN,)
    most = rng.choice((1, 2, 2, 2) if len(channels) == 1 else (1, 1, 1, 2))
    rules = [random_rule(rng, channels, number) for number in range(most)]
    if rng.random() < 0.6:
        answer = StoppingRule(id=RuleId("sound"), when=Worsened(), then=Action.REST, until=Calmed())
        rules.append(answer)
    tolerance = rng.choices(
        (
            Tolerance(),
            Tolerance(rise_at_most={PAIN: 1}),
            Tolerance(severity_at_most={PAIN: 3}),
            Tolerance(severity_at_most={PAIN: 2}, rise_at_most={PAIN: 1}),
        ),
        (6, 1, 1, 1),
    )[0]
    return StoppingPolicy(
        id=PolicyId("random"),
        rules=tuple(rules),
        asks=frozenset(channels),
        tolerance=tolerance,
        answer=rng.choice((Action.REST, Action.REST, Action.REST, Action.HOLD)),
    )


def persistings(condition: Condition) -> Iterator[Persists]:
    if isinstance(condition, AnyOf | AllOf):
        for each in condition.conditions:
            yield from persistings(each)
    if isinstance(condition, Persists):
        yield condition


def leaves(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AnyOf | AllOf):
        for each in condition.conditions:
            yield from leaves(each)
    elif isinstance(condition, Persists):
        yield from leaves(condition.condition)
    else:
        yield condition


def moments_of(policy: StoppingPolicy) -> tuple[Moment, ...]:
    """Return the moments that can make a difference."""
    every = [leaf for rule in policy.rules for leaf in leaves(rule.when)]
    limited = any(leaf.moments for leaf in every if isinstance(leaf, AtLeast | Worsened))
    return (BEFORE, AFTER, MORNING) if limited else (AFTER,)


# ---- brute force --------------------------------------------------------------------------------


class Said(NamedTuple):
    """What one report is to a policy."""

    true: frozenset[Condition]
    left_out: frozenset[Channel]
    moment: Moment
    answers: bool
    above: bool
    outside: bool


class Letter(NamedTuple):
    """What one check-in is to a policy: which parts of its conditions hold, and what is open."""

    true: frozenset[Condition]
    open: frozenset[Condition]
    known: bool
    calm: bool
    outside: bool


class State(NamedTuple):
    on: bool
    rows: tuple[int, ...]
    calm: int


def is_true(condition: Condition, said: SymptomReport, usual: Usual) -> bool:
    match condition:
        case AtLeast(channel=channel, severity=severity, moments=moments):
            rated = said.severities.get(channel, 0)
            return rated >= severity and (not moments or said.moment in moments)
        case Worsened(by=by, channel=channel, moments=moments):
            named = usual if channel is None else {channel: usual[channel]}
            risen = [said.severities.get(each, 0) - level >= by for each, level in named.items()]
            worse = said.trend is Trend.WORSE
            return (worse or any(risen)) and (not moments or said.moment in moments)
        case _:
            return said.evaluation_wanted


def is_outside(policy: StoppingPolicy, said: SymptomReport, usual: Usual) -> bool:
    up_to, by = policy.tolerance.severity_at_most, policy.tolerance.rise_at_most
    beyond = [
        rated > usual[channel] + by.get(channel, 0) and rated > up_to.get(channel, -1)
        for channel, rated in said.severities.items()
    ]
    accepts = any(up_to.get(channel) or by.get(channel) for channel in policy.asks)
    return any(beyond) or (said.trend is Trend.WORSE and not accepts)


def heard(policy: StoppingPolicy, said: SymptomReport, usual: Usual) -> Said:
    parts = {leaf for rule in policy.rules for leaf in leaves(rule.when)}
    above = [rated > usual[channel] for channel, rated in said.severities.items()]
    asked = said.moment in ASKED
    return Said(
        frozenset(each for each in parts if is_true(each, said, usual)),
        frozenset(policy.asks - said.severities.keys() if asked else ()),
        said.moment,
        answers=asked,
        above=said.trend is Trend.WORSE or any(above),
        outside=is_outside(policy, said, usual),
    )


def letter(policy: StoppingPolicy, checkin: Iterable[Said]) -> Letter:
    """Return what the reports of one check-in, at different moments, are together."""
    said = tuple(checkin)
    answered = any(each.answers for each in said)
    left_out = frozenset[Channel]().union(*(each.left_out for each in said))
    unknown = left_out if answered else policy.asks

    def is_open(condition: Condition) -> bool:
        if not isinstance(condition, AtLeast | Worsened):
            return not answered
        named = policy.asks if condition.channel is None else {condition.channel} & policy.asks
        when = condition.moments.intersection(ASKED)
        told = not when or any(each.moment in when for each in said)
        return bool(named & unknown) or (bool(named) and not told)

    parts = {leaf for rule in policy.rules for leaf in leaves(rule.when)}
    return Letter(
        frozenset[Condition]().union(*(each.true for each in said)),
        frozenset(filter(is_open, parts)),
        known=not unknown,
        calm=not unknown and not any(each.above for each in said),
        outside=any(each.outside for each in said),
    )


def is_met(condition: Condition, at: Letter, rows: Mapping[Persists, int]) -> bool:
    match condition:
        case AllOf():
            return all(is_met(each, at, rows) for each in condition.conditions)
        case AnyOf():
            return any(is_met(each, at, rows) for each in condition.conditions)
        case Persists():
            return is_met(condition.condition, at, {}) and rows[condition] == condition.checkins
        case _:
            return condition in at.true


def stepped(rule: StoppingRule, state: State, at: Letter) -> State:
    rows = {}
    for node, row in zip(persistings(rule.when), state.rows, strict=True):
        again = is_met(node.condition, at, {})
        unclear = any(leaf in at.open for leaf in leaves(node.condition))
        rows[node] = min(row + 1, node.checkins) if again else row if unclear else 0
    counted = tuple(rows[node] for node in persistings(rule.when))
    if is_met(rule.when, at, rows):
        return State(on=True, rows=counted, calm=0)
    if not state.on or isinstance(rule.until, Cleared):
        return State(on=state.on, rows=counted, calm=0)
    calm = state.calm + 1 if at.calm else 0
    on = calm < rule.until.checkins
    return State(on=on, rows=counted, calm=calm if on else 0)


@cache
def all_reports(channels: tuple[Channel, ...], moment: Moment) -> list[SymptomReport]:
    rated = product((None, *(range(11) if len(channels) == 1 else FEW)), repeat=len(channels))
    return [
        SymptomReport(
            checkin=1,
            moment=moment,
            severities={c: s for c, s in zip(channels, each, strict=True) if s is not None},
            trend=trend,
            evaluation_wanted=wanted,
        )
        for each, trend, wanted in product(rated, (None, Trend.WORSE), (False, True))
    ]


def all_letters(
    policy: StoppingPolicy, usual: Usual, moments: Sequence[Moment]
) -> frozenset[Letter]:
    """Return every check-in of at most one report a moment, none at all included."""
    channels = tuple(sorted(usual))
    of_moments = [
        [(), *{(heard(policy, said, usual),) for said in all_reports(channels, moment)}]
        for moment in moments
    ]
    return frozenset(letter(policy, chain(*said)) for said in product(*of_moments))


def usual_letters(
    policy: StoppingPolicy, usual: Usual, moments: Sequence[Moment]
) -> frozenset[Letter]:
    """Return every way to say that all is as usual, at one of the moments asked for at least."""
    as_usual = [SymptomReport(checkin=1, moment=each, severities=usual) for each in moments]
    of_moments = [[(), (heard(policy, said, usual),)] for said in as_usual]
    letters = {letter(policy, chain(*said)) for said in product(*of_moments)}
    return frozenset(each for each in letters if each.known)


def noted(faults: Faults, code: str, rule: StoppingRule | None, length: int) -> None:
    key = (code, None if rule is None else str(rule.id))
    faults[key] = min(length, faults.get(key, length))


@cache
def brute_force(seed: int) -> Faults:
    """Return what is wrong with a policy, by walking through every state there is."""
    policy = random_policy(seed)
    channels, moments = sorted(policy.asks), moments_of(policy)
    faults: Faults = {}
    never = set(policy.rules)
    explored = set()
    for levels in product(range(11) if len(channels) == 1 else FEW, repeat=len(channels)):
        usual = dict(zip(channels, levels, strict=True))
        inputs = all_letters(policy, usual, moments)
        calms = usual_letters(policy, usual, moments)
        if (inputs, calms) not in explored:
            explored.add((inputs, calms))
            never -= walked(policy, inputs, calms, faults)
    for rule in never:
        noted(faults, "BX414", rule, 0)
    return faults


def walked(
    policy: StoppingPolicy, inputs: frozenset[Letter], calms: frozenset[Letter], faults: Faults
) -> set[StoppingRule]:
    """Walk through every state there is from one baseline; return the rules that were set."""
    step, rules = cache(stepped), policy.rules
    rows = [len([*persistings(rule.when)]) for rule in rules]
    start = tuple(State(on=False, rows=(0,) * length, calm=0) for length in rows)
    depth, seen, fresh = 0, {start}, [start]
    while fresh:
        depth += 1
        reached = []
        for state in fresh:
            for rule, each in zip(rules, state, strict=True):
                if is_stuck(rule, each, calms):
                    noted(faults, "BX412", rule, depth)
            for at in inputs:
                after = tuple(step(*pair, at) for pair in zip(rules, state, strict=True))
                for code, about in shown_by(policy, state, at, after):
                    noted(faults, code, about, depth)
                reached.append(after)
        fresh = [after for after in dict.fromkeys(reached) if after not in seen]
        seen.update(fresh)
    return {rule for state in seen for rule, each in zip(rules, state, strict=True) if each.on}


def is_stuck(rule: StoppingRule, state: State, calms: frozenset[Letter]) -> bool:
    binding = state.on and isinstance(rule.until, Calmed) and rule.then > Action.CONTINUE
    return binding and any(stepped(rule, state, calm) == state for calm in calms)


def shown_by(
    policy: StoppingPolicy, before: tuple[State, ...], at: Letter, after: tuple[State, ...]
) -> Iterator[tuple[str, StoppingRule | None]]:
    """Yield the faults that one check-in shows."""
    asked_for = [rule.then for rule, each in zip(policy.rules, after, strict=True) if each.on]
    told = max([Action.CONTINUE if at.known and not at.open else Action.HOLD, *asked_for])
    if at.outside and told < policy.answer:
        yield ("BX411", None)
    for rule, was, now in zip(policy.rules, before, after, strict=True):
        if was.on and not now.on and rule.then >= Action.REFER:
            yield ("BX413", rule)


# ---- what verify says ---------------------------------------------------------------------------


def verified(policy: StoppingPolicy) -> tuple[Faults, list[tuple[str, str, Any, list[Checkin]]]]:
    """Return the faults with their lengths, and each with its baseline and its check-ins."""
    lengths: Faults = {}
    shown = []
    for fault in verify(policy).faults:
        if fault.severity is Severity.ERROR:
            log: Any = fault.meta.get("counterexample", ())
            rule: Any = fault.meta["rule"]
            last = max((each.checkin for each in log), default=0)
            split = [tuple(each for each in log if each.checkin == n + 1) for n in range(last)]
            lengths[fault.code, rule] = last
            shown.append((fault.code, rule, fault.meta.get("baseline"), split))
    return lengths, shown


def replayed(
    policy: StoppingPolicy, baseline: SymptomReport, checkins: Sequence[Checkin]
) -> tuple[Action, set[str]]:
    log = [evolve(each, checkin=n) for n, checkin in enumerate(checkins) for each in checkin]
    decision = decide(policy, log, baseline=baseline)
    return decision.action, {str(each.rule) for each in decision.findings}


@pytest.mark.parametrize("seed", range(POLICIES))
def test_verify_finds_what_brute_force_finds_and_nothing_shorter_shows_it(seed: int) -> None:
    """Model: "It proves, or gives the shortest counterexample"."""
    policy = random_policy(seed)
    found, shown = verified(policy)
    assert found == brute_force(seed)
    assert verify(policy).proved is not bool(found)
    for code, rule, baseline, checkins in shown:
        action, in_force = replayed(policy, baseline, checkins)
        before = replayed(policy, baseline, checkins[:-1])[1]
        if code == "BX411":
            usual = baseline.severities
            assert any(is_outside(policy, said, usual) for said in checkins[-1])
            assert action < policy.answer
        elif code == "BX412":
            assert all(said.severities == baseline.severities for said in checkins[-1])
            longer = [*checkins, *[checkins[-1]] * LONG]
            assert rule in before & in_force & replayed(policy, baseline, longer)[1]
        else:
            assert code == "BX413"
            assert rule in before - in_force


def test_enough_of_the_policies_are_faulty_in_each_way(
    record_property: Callable[[str, object], None],
) -> None:
    found = [brute_force(seed) for seed in range(POLICIES)]
    by_code = Counter(code for faults in found for code in {code for code, _ in faults})
    record_property("policies", POLICIES)
    record_property("of them faulty", sum(map(bool, found)))
    record_property("by code", dict(by_code))
    assert POLICIES >= 200
    assert 0.3 * POLICIES <= sum(map(bool, found)) <= 0.8 * POLICIES
    assert {code: by_code[code] >= 25 for code in ("BX411", "BX412", "BX413")} == {
        "BX411": True,
        "BX412": True,
        "BX413": True,
    }
    # Conditions have no negation, so the worst report sets any rule: no policy can be faulty here.
    assert by_code["BX414"] == 0


# ---- beside a reference -------------------------------------------------------------------------


def altered(policy: StoppingPolicy, seed: int) -> StoppingPolicy:
    """Return a policy of which something about one rule, or a rule, is another."""
    rng = Random(-1 - seed)
    place = rng.randrange(len(policy.rules))
    rule = policy.rules[place]
    channels = sorted(policy.asks)
    changed = rng.choice(
        (
            (),
            (evolve(rule, then=rng.choice(list(Action))),),
            (evolve(rule, until=Calmed(checkins=rng.choice((1, 2, 3)))),),
            (evolve(rule, until=Cleared()),),
            (evolve(rule, when=random_condition(rng, channels, plain=False)),),
            (rule, random_rule(rng, channels, 9)),
        )
    )
    rules = (*policy.rules[:place], *changed, *policy.rules[place + 1 :])
    return evolve(policy, rules=rules or policy.rules)


@cache
def compared(policy: StoppingPolicy, reference: StoppingPolicy) -> dict[str, int]:
    """Return the least number of check-ins that show less or more, by walking through both."""
    both = (policy, reference)
    channels = tuple(sorted(policy.asks))
    moments = sorted({*moments_of(policy), *moments_of(reference)}, key=list(Moment).index)
    found: dict[str, int] = {}
    for levels in product(range(11) if len(channels) == 1 else FEW, repeat=len(channels)):
        usual = dict(zip(channels, levels, strict=True))
        of_moments = [
            {tuple(heard(by, said, usual) for by in both) for said in all_reports(channels, moment)}
            for moment in moments
        ]
        inputs = {
            tuple(letter(by, [each[side] for each in said if each]) for side, by in enumerate(both))
            for said in product(*({*each, ()} for each in of_moments))
        }
        for code, depth in differences(both, inputs):
            found[code] = min(depth, found.get(code, depth))
    return found


def differences(
    both: tuple[StoppingPolicy, StoppingPolicy], inputs: Iterable[tuple[Letter, ...]]
) -> Iterator[tuple[str, int]]:
    step = cache(stepped)
    start = tuple(
        tuple(
            State(on=False, rows=(0,) * len([*persistings(each.when)]), calm=0) for each in by.rules
        )
        for by in both
    )
    depth, seen, fresh = 0, {start}, [start]
    while fresh:
        depth += 1
        reached = []
        for states, letters in product(fresh, inputs):
            after = tuple(
                tuple(step(rule, state, at) for rule, state in zip(by.rules, each, strict=True))
                for by, each, at in zip(both, states, letters, strict=True)
            )
            own, other = (
                max(
                    [
                        Action.CONTINUE if at.known and not at.open else Action.HOLD,
                        *(
                            rule.then
                            for rule, state in zip(by.rules, each, strict=True)
                            if state.on
                        ),
                    ]
                )
                for by, each, at in zip(both, after, letters, strict=True)
            )
            if own != other:
                yield ("BX418" if own < other else "BX419", depth)
            reached.append(after)
        fresh = [states for states in dict.fromkeys(reached) if states not in seen]
        seen.update(fresh)


#: Policies with one channel; two make the walk through both too long.
PAIRS = [
    seed
    for seed in range(POLICIES if os.environ.get("BACKEX_LONG") else 90)
    if len(random_policy(seed).asks) == 1
]


@pytest.mark.parametrize("seed", PAIRS)
def test_beside_a_reference_verify_finds_what_brute_force_finds(seed: int) -> None:
    reference = random_policy(seed)
    policy = altered(reference, seed)
    verdict = verify(policy, at_least_as_safe_as=reference)
    found: dict[str, Any] = {
        each.code: each.meta["counterexample"]
        for each in verdict.faults
        if each.code in {"BX418", "BX419"}
    }
    assert {code: log[-1].checkin for code, log in found.items()} == compared(policy, reference)


def test_enough_of_the_pairs_differ_in_each_way(
    record_property: Callable[[str, object], None],
) -> None:
    found = [compared(altered(random_policy(seed), seed), random_policy(seed)) for seed in PAIRS]
    by_code = Counter(code for each in found for code in each)
    late = sum(length > 1 for each in found for length in each.values())
    record_property("pairs of policies", len(PAIRS))
    record_property("of them that differ", sum(map(bool, found)))
    assert min(by_code["BX418"], by_code["BX419"]) >= 0.3 * len(PAIRS)
    assert late >= 0.1 * len(PAIRS)
    assert {} in found


# ---- z3 -----------------------------------------------------------------------------------------


#: z3 comes without types.
Expression = Any


class Symbolic:
    """The run of a policy over check-ins of which z3 chooses the baseline and every answer."""

    def __init__(self, z3: Expression, policy: StoppingPolicy, length: int) -> None:
        self.z3, self.policy, self.length = z3, policy, length
        self.channels = sorted(policy.asks)
        self.moments = moments_of(policy)
        self.asked = [moment for moment in self.moments if moment in ASKED]
        self.solver = z3.Solver()
        self.usual = {channel: z3.Int(f"usual-{channel}") for channel in self.channels}
        ratings = product(self.channels, self.moments, range(length))
        for severity in (*self.usual.values(), *(self.rated(*each) for each in ratings)):
            self.solver.add(severity >= 0, severity <= 10)
        self.on: dict[StoppingRule, list[Expression]] = {
            rule: [z3.BoolVal(val=False)] for rule in policy.rules
        }
        rows = {
            (rule, node): z3.IntVal(0) for rule in policy.rules for node in persistings(rule.when)
        }
        calm_row = {rule: z3.IntVal(0) for rule in policy.rules}
        for at in range(length):
            for rule in policy.rules:
                for node in persistings(rule.when):
                    row = rows[rule, node]
                    more = z3.If(row < node.checkins, row + 1, row)
                    kept = z3.If(self.is_open(node.condition, at), row, 0)
                    rows[rule, node] = z3.If(self.is_true(node.condition, at, {}), more, kept)
                own = {node: rows[rule, node] for node in persistings(rule.when)}
                met, was = self.is_true(rule.when, at, own), self.on[rule][-1]
                released = z3.BoolVal(val=False)
                if isinstance(rule.until, Calmed):
                    calm = z3.If(self.is_calm(at), calm_row[rule] + 1, 0)
                    calm_row[rule] = z3.If(z3.Or(met, z3.Not(was)), 0, calm)
                    released = calm >= rule.until.checkins
                self.on[rule].append(z3.Or(met, z3.And(was, z3.Not(released))))

    def rated(self, channel: Channel, moment: Moment, at: int) -> Expression:
        return self.z3.Int(f"{channel}-{moment.value}-{at}")

    def said(self, what: str, moment: Moment, at: int) -> Expression:
        return self.z3.Bool(f"{what}-{moment.value}-{at}")

    def answered(self, channel: Channel, moment: Moment, at: int) -> Expression:
        given = self.said(f"{channel}-given", moment, at)
        return self.z3.And(self.said("present", moment, at), given)

    def any_moment(
        self, holds: Callable[[Moment], Expression], moments: frozenset[Moment]
    ) -> Expression:
        chosen = [moment for moment in self.moments if not moments or moment in moments]
        return self.z3.Or([holds(moment) for moment in chosen])

    def is_worse(self, moment: Moment, at: int) -> Expression:
        return self.z3.And(self.said("present", moment, at), self.said("worse", moment, at))

    def is_risen(self, channel: Channel, moment: Moment, at: int, by: int) -> Expression:
        risen = self.rated(channel, moment, at) - self.usual[channel] >= by
        return self.z3.And(self.answered(channel, moment, at), risen)

    def is_true(
        self, condition: Condition, at: int, rows: Mapping[Persists, Expression]
    ) -> Expression:
        z3 = self.z3
        match condition:
            case AllOf():
                return z3.And([self.is_true(each, at, rows) for each in condition.conditions])
            case AnyOf():
                return z3.Or([self.is_true(each, at, rows) for each in condition.conditions])
            case Persists():
                again = self.is_true(condition.condition, at, {})
                return z3.And(again, rows[condition] >= condition.checkins)
            case AtLeast(channel=channel, severity=severity):
                return self.any_moment(
                    lambda moment: z3.And(
                        self.answered(channel, moment, at),
                        self.rated(channel, moment, at) >= severity,
                    ),
                    condition.moments,
                )
            case Worsened(by=by):
                named = self.channels if condition.channel is None else [condition.channel]
                return self.any_moment(
                    lambda moment: z3.Or(
                        self.is_worse(moment, at),
                        *(self.is_risen(channel, moment, at, by) for channel in named),
                    ),
                    condition.moments,
                )
            case _:
                return self.any_moment(
                    lambda moment: z3.And(
                        self.said("present", moment, at), self.said("wanted", moment, at)
                    ),
                    frozenset(),
                )

    def is_answered(self, at: int) -> Expression:
        return self.z3.Or([self.said("present", moment, at) for moment in self.asked])

    def leaves_open(self, channel: Channel, at: int) -> Expression:
        z3 = self.z3
        left_out = [
            z3.And(self.said("present", moment, at), z3.Not(self.answered(channel, moment, at)))
            for moment in self.asked
        ]
        return z3.Or(z3.Not(self.is_answered(at)), *left_out)

    def is_open(self, condition: Condition, at: int) -> Expression:
        z3 = self.z3
        parts = [z3.Not(self.is_answered(at))]
        for leaf in leaves(condition):
            if isinstance(leaf, AtLeast | Worsened):
                named = self.channels if leaf.channel is None else [leaf.channel]
                parts += [self.leaves_open(channel, at) for channel in named]
                when = [moment for moment in self.asked if moment in leaf.moments]
                if when:
                    told = z3.Or([self.said("present", moment, at) for moment in when])
                    parts.append(z3.Not(told))
        return z3.Or(parts)

    def is_known(self, at: int) -> Expression:
        return self.z3.Not(self.z3.Or([self.leaves_open(each, at) for each in self.channels]))

    def is_calm(self, at: int) -> Expression:
        z3 = self.z3
        above = [
            z3.Or(
                self.is_worse(moment, at),
                *(self.is_risen(channel, moment, at, 1) for channel in self.channels),
            )
            for moment in self.moments
        ]
        return z3.And(self.is_known(at), z3.Not(z3.Or(above)))

    def is_outside(self, at: int) -> Expression:
        z3, tolerance = self.z3, self.policy.tolerance
        strict = not any(
            tolerance.severity_at_most.get(each) or tolerance.rise_at_most.get(each)
            for each in self.channels
        )
        beyond = [
            z3.And(
                self.is_risen(each, moment, at, tolerance.rise_at_most.get(each, 0) + 1),
                self.rated(each, moment, at) > tolerance.severity_at_most.get(each, -1),
            )
            for each, moment in product(self.channels, self.moments)
        ]
        worse = [self.is_worse(moment, at) for moment in self.moments if strict]
        return z3.Or(*beyond, *worse)

    def is_usual(self, at: int) -> Expression:
        z3 = self.z3
        as_usual = [
            z3.Implies(
                self.said("present", moment, at),
                z3.And(
                    z3.Not(self.said("wanted", moment, at)),
                    self.answered(each, moment, at),
                    self.rated(each, moment, at) == self.usual[each],
                ),
            )
            for each, moment in product(self.channels, self.moments)
        ]
        return z3.And(self.is_calm(at), *as_usual)

    def is_possible(self, *claims: Expression) -> bool:
        found = self.solver.check(*claims)
        assert found != self.z3.unknown
        return bool(found == self.z3.sat)

    def faults(self) -> set[tuple[str, str | None]]:
        z3, policy = self.z3, self.policy
        found: set[tuple[str, str | None]] = set()
        enough = [self.on[rule][1] for rule in policy.rules if rule.then >= policy.answer]
        holds = z3.Not(self.is_known(0)) if policy.answer <= Action.HOLD else False
        if self.is_possible(self.is_outside(0), z3.Not(z3.Or(holds, *enough))):
            found.add(("BX411", None))
        for rule in policy.rules:
            on, id = self.on[rule], str(rule.id)
            calm = [self.is_usual(at) for at in range(self.length - LONG, self.length)]
            if isinstance(rule.until, Calmed) and self.is_possible(on[-1], *calm):
                found.add(("BX412", id))
            falls = [z3.And(was, z3.Not(now)) for was, now in pairwise(on)]
            if rule.then >= Action.REFER and self.is_possible(z3.Or(falls)):
                found.add(("BX413", id))
            if not self.is_possible(z3.Or(on)):
                found.add(("BX414", id))
        return found


@pytest.mark.parametrize("seed", range(Z3_POLICIES))
def test_verify_finds_what_z3_finds(seed: int) -> None:
    z3 = pytest.importorskip("z3", reason="z3-solver is not installed")
    policy = random_policy(seed)
    # Three check-ins set any rule of these policies, wherever it started; then comes the calm.
    assert Symbolic(z3, policy, 3 + LONG).faults() == set(verified(policy)[0])
