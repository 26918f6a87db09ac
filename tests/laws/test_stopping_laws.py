"""Laws of stopping, proved on drawn policies and logs; each names the sentence that it proves.

Where a law says what an action must be, the expectation looks at the whole log at once ("at some
check-in, and released at none since"); it never carries a state along as a monitor does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count, takewhile
from random import Random
from typing import assert_never

import pytest
from attrs import evolve, frozen
from hypothesis import example, given
from hypothesis import strategies as st

from backex import (
    PAIN,
    SORENESS,
    STIFFNESS,
    Action,
    AllOf,
    AnyOf,
    AtLeast,
    Calmed,
    Channel,
    Clearance,
    Cleared,
    Condition,
    Decision,
    Entry,
    EvaluationWanted,
    Moment,
    Monitor,
    Persists,
    PolicyId,
    PrescriptionId,
    RedFlag,
    RedFlagPresent,
    Release,
    RuleId,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Trend,
    Worsened,
    decide,
    report,
)
from backex.catalog.upper_back import STOPPING_POLICY
from backex.checks import violation_in

ITEMS = [PrescriptionId("oblique-sit"), PrescriptionId("prone-head-raise")]
CHANNELS = [PAIN, STIFFNESS, SORENESS]
FLAGS = [RedFlag("numbness"), RedFlag("dizziness")]
RULES = [RuleId(id) for id in ("a", "b", "c", "d")]
ASKED_BY_DEFAULT = frozenset({Moment.AFTER, Moment.NEXT_MORNING})

# Few distinct values, so that what meets in a log does meet.
severities = st.integers(0, 5)
moments = st.frozensets(st.sampled_from(Moment), max_size=2)
flags = st.frozensets(st.sampled_from(FLAGS), max_size=2)

leaves: st.SearchStrategy[Condition] = st.one_of(
    st.builds(
        AtLeast, channel=st.sampled_from(CHANNELS), severity=st.integers(1, 5), moments=moments
    ),
    st.builds(
        Worsened,
        by=st.integers(1, 2),
        channel=st.sampled_from([None, *CHANNELS]),
        moments=moments,
    ),
    st.builds(RedFlagPresent, flags=flags),
    st.just(EvaluationWanted()),
)
rows: st.SearchStrategy[Condition] = st.builds(
    Persists, condition=leaves, checkins=st.integers(2, 3)
)


def several(conditions: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(conditions, min_size=1, max_size=3).map(tuple)
    return st.builds(AnyOf, conditions=parts) | st.builds(AllOf, conditions=parts)


conditions = st.one_of(leaves, rows, several(leaves | rows))
calming: st.SearchStrategy[Release] = st.builds(Calmed, checkins=st.integers(1, 3))
#: No referral is released by calm alone, for whatever condition.
effects: st.SearchStrategy[tuple[Action, Release]] = st.one_of(
    st.tuples(st.sampled_from(Action), st.just(Cleared())),
    st.tuples(st.sampled_from([each for each in Action if each < Action.REFER]), calming),
)


@st.composite
def policies(draw: st.DrawFn, *, at_most: Action = Action.REFER_URGENTLY) -> StoppingPolicy:
    some = draw(st.lists(st.tuples(conditions, effects), min_size=1, max_size=len(RULES)))
    return StoppingPolicy(
        id=PolicyId("drawn"),
        rules=tuple(
            StoppingRule(id=id, when=when, then=min(then, at_most), until=until)
            for id, (when, (then, until)) in zip(RULES, some, strict=False)
        ),
        asks=draw(st.frozensets(st.sampled_from([PAIN, STIFFNESS]), min_size=1)),
        asks_at=draw(
            st.just(ASKED_BY_DEFAULT) | st.frozensets(st.sampled_from(Moment), min_size=1)
        ),
        asks_red_flags=draw(st.booleans()),
    )


any_policy = policies() | st.just(STOPPING_POLICY)


def reports(
    *, items: Sequence[PrescriptionId | None] = (None, None, *ITEMS), last: int = 6
) -> st.SearchStrategy[SymptomReport]:
    """Return reports of the check-ins 1 to `last`, most of them complete and after exercise."""
    rated = st.fixed_dictionaries(
        {PAIN: severities, STIFFNESS: severities}, optional={SORENESS: severities}
    )
    return st.builds(
        SymptomReport,
        checkin=st.integers(1, last),
        seq=st.integers(0, 2),
        moment=st.just(Moment.AFTER) | st.sampled_from(Moment),
        severities=rated | st.dictionaries(st.sampled_from(CHANNELS), severities),
        trend=st.none() | st.sampled_from(Trend),
        red_flags=st.just(frozenset[RedFlag]()) | st.none() | flags,
        evaluation_wanted=st.booleans(),
        item=st.sampled_from(items),
    )


clearances = st.builds(
    Clearance,
    checkin=st.integers(1, 6),
    seq=st.integers(0, 2),
    rules=st.frozensets(st.sampled_from(RULES), min_size=1),
    by=st.just("Dr. Lee"),
    new_baseline=st.none() | reports(),
)
logs: st.SearchStrategy[list[Entry]] = st.builds(
    lambda said, cleared: [*said, *cleared],
    st.lists(reports(), max_size=10),
    st.lists(clearances, max_size=2, unique_by=lambda each: each.key),
)
baselines = st.just(report(0, pain=1, stiffness=1)) | st.none() | reports()


def in_log_order(log: Iterable[Entry]) -> list[Entry]:
    return sorted(log, key=lambda entry: (*entry.key, isinstance(entry, SymptomReport)))


def fold(policy: StoppingPolicy, log: Iterable[Entry], baseline: SymptomReport | None) -> Monitor:
    monitor = policy.start(baseline)
    for entry in log:
        monitor = monitor.observe(entry)
    return monitor


def actions(decision: Decision) -> dict[PrescriptionId | None, Action]:
    """Return what is to be done about the session (None) and about each item."""
    return {None: decision.action, **{item: decision.action_for(item) for item in ITEMS}}


# Logs.


@given(any_policy, logs, baselines, st.randoms(use_true_random=False))
def test_a_log_in_any_order_gives_what_the_ordered_one_gives_step_by_step(
    policy: StoppingPolicy, log: list[Entry], baseline: SymptomReport | None, random: Random
) -> None:
    """Law: "an older key raises `LateReport`, and folds sort first" (Symptoms)."""
    shuffled = list(log)
    random.shuffle(shuffled)
    folded = fold(policy, in_log_order(log), baseline)
    assert decide(policy, shuffled, baseline=baseline) == folded.decision


@given(any_policy, logs, baselines)
def test_what_a_monitor_derives_would_pass_every_check(
    policy: StoppingPolicy, log: list[Entry], baseline: SymptomReport | None
) -> None:
    """Law: derived values are made without checks, and none of them would be refused."""
    monitor = fold(policy, in_log_order(log), baseline)
    assert violation_in(monitor) is None
    assert violation_in(monitor.decision) is None
    # Built by the constructors, they are the same values.
    assert evolve(monitor) == monitor
    assert evolve(monitor.decision) == monitor.decision


@given(any_policy, logs, baselines)
def test_to_ask_for_the_decision_in_between_changes_nothing(
    policy: StoppingPolicy, log: list[Entry], baseline: SymptomReport | None
) -> None:
    """Law: what the decision is made from is what the next check-in begins with."""
    asked = policy.start(baseline)
    for entry in in_log_order(log):
        asked.decision  # noqa: B018 (it is remembered)
        asked = asked.observe(entry)
    quiet = fold(policy, in_log_order(log), baseline)
    assert (asked, asked.decision) == (quiet, quiet.decision)


@given(any_policy, logs, baselines, st.data())
def test_an_exact_duplicate_changes_nothing(
    policy: StoppingPolicy, log: list[Entry], baseline: SymptomReport | None, data: st.DataObject
) -> None:
    """Law: "Equal keys join by the worst, so an exact duplicate changes nothing" (Symptoms)."""
    again = data.draw(st.lists(st.sampled_from(log), max_size=3)) if log else []
    assert fold(policy, in_log_order([*log, *again]), baseline) == fold(
        policy, in_log_order(log), baseline
    )


@given(reports(items=[None]), reports(items=[None]), reports(items=[None]))
def test_joining_reports_is_a_choice_of_the_worst(
    one: SymptomReport, other: SymptomReport, third: SymptomReport
) -> None:
    """Law: "Equal keys join by the worst" (Symptoms): in any order and any number of times."""
    other, third = (evolve(each, checkin=one.checkin, moment=one.moment) for each in (other, third))
    assert one.joined(one) == one
    assert one.joined(other) == other.joined(one)
    assert one.joined(other).joined(third) == one.joined(other.joined(third))


@given(any_policy, logs, baselines, st.data())
def test_the_order_of_the_rules_does_not_matter(
    policy: StoppingPolicy, log: list[Entry], baseline: SymptomReport | None, data: st.DataObject
) -> None:
    """Law: "the greatest action among the set latches, so rule order cannot matter" (Stopping)."""
    reordered = evolve(policy, rules=tuple(data.draw(st.permutations(policy.rules))))
    assert decide(reordered, log, baseline=baseline) == decide(policy, log, baseline=baseline)


# Worse is never weaker.


@st.composite
def worsened(draw: st.DrawFn, said: SymptomReport) -> SymptomReport:
    """Return a report that is at least as bad and known where `said` is known, nowhere else."""
    return evolve(
        said,
        severities={
            channel: draw(st.integers(severity, 7)) for channel, severity in said.severities.items()
        },
        trend=draw(st.sampled_from([said.trend, Trend.WORSE])),
        red_flags=None if said.red_flags is None else said.red_flags | draw(flags),
        evaluation_wanted=said.evaluation_wanted or draw(st.booleans()),
    )


@given(any_policy, logs, baselines, st.data())
def test_a_worse_history_never_gives_a_weaker_action(
    policy: StoppingPolicy, log: list[Entry], baseline: SymptomReport | None, data: st.DataObject
) -> None:
    """Law: "a worse report, known wherever the other is known, never gives a weaker action; with
    every reference the baseline this holds for whole histories" (Stopping)."""
    worse = [
        data.draw(worsened(entry)) if isinstance(entry, SymptomReport) else entry for entry in log
    ]
    before = actions(decide(policy, log, baseline=baseline))
    after = actions(decide(policy, worse, baseline=baseline))
    assert {about: after[about] >= action for about, action in before.items()} == dict.fromkeys(
        before, True
    )


# Unknown is never progress.


def without_an_answer(policy: StoppingPolicy, said: SymptomReport) -> list[SymptomReport]:
    """Return `said` with each one of the answers removed that the policy asks for."""
    if said.moment not in policy.asks_at:
        return []
    less = [
        evolve(said, severities={c: s for c, s in said.severities.items() if c != channel})
        for channel in sorted(policy.asks & said.severities.keys())
    ]
    asked_for_flags = policy.asks_red_flags and said.red_flags is not None
    return [*less, evolve(said, red_flags=None)] if asked_for_flags else less


def rules_in_force(decision: Decision) -> set[tuple[RuleId, PrescriptionId | None]]:
    """Return the rules in force, each with what it is in force for."""
    about: list[PrescriptionId | None] = [None, *ITEMS]
    return {
        (finding.rule, each)
        for finding in decision.findings
        for each in about
        if finding.item in {None, each}
    }


@given(any_policy, logs, baselines, st.data())
def test_removing_an_answer_never_permits_progression_and_never_releases_a_rule(
    policy: StoppingPolicy, log: list[Entry], baseline: SymptomReport | None, data: st.DataObject
) -> None:
    """Law: "removing a field never permits progression and never releases a latch" (Stopping)."""
    newest = max((entry.checkin for entry in log), default=0)
    choices = [
        (index, less)
        for index, entry in enumerate(log)
        if isinstance(entry, SymptomReport) and entry.checkin == newest
        for less in without_an_answer(policy, entry)
    ]
    if not choices:
        return
    index, less = data.draw(st.sampled_from(choices))
    full = decide(policy, log, baseline=baseline)
    known_less = decide(policy, [*log[:index], less, *log[index + 1 :]], baseline=baseline)
    permitted = {about for about, action in actions(full).items() if action is Action.CONTINUE}
    still = {about for about, action in actions(known_less).items() if action is Action.CONTINUE}
    assert still <= permitted
    if any(isinstance(entry, Clearance) and entry.checkin == newest for entry in log):
        return
    latched = decide(policy, [e for e in log if e.checkin < newest], baseline=baseline)
    released = rules_in_force(latched) - rules_in_force(full)
    assert rules_in_force(latched) - rules_in_force(known_less) <= released


@given(any_policy, logs, baselines)
def test_unknown_is_at_least_hold(
    policy: StoppingPolicy, log: list[Entry], baseline: SymptomReport | None
) -> None:
    """Law: "Unknown gives at least hold ... no report is unknown too" (Stopping)."""
    newest = max((entry.checkin for entry in log), default=0)
    if any(isinstance(entry, Clearance) and entry.checkin == newest for entry in log):
        return
    answers = [
        entry
        for entry in log
        if isinstance(entry, SymptomReport)
        and (entry.checkin, entry.item) == (newest, None)
        and entry.moment in policy.asks_at
    ]
    complete = all(
        policy.asks <= each.severities.keys()
        and not (policy.asks_red_flags and each.red_flags is None)
        for each in answers
    )
    if not answers or not complete:
        assert not decide(policy, log, baseline=baseline).permits_progression


@given(logs, baselines)
def test_without_rules_nothing_is_ever_more_than_held_nor_permitted(
    log: list[Entry], baseline: SymptomReport | None
) -> None:
    """Law: "A policy that a routine lacks means hold" (Stopping), and so does an empty one."""
    empty = StoppingPolicy(id=PolicyId("empty"), rules=(), asks=frozenset({PAIN}))
    held = dict.fromkeys([None, *ITEMS], Action.HOLD)
    assert [actions(decide(each, log, baseline=baseline)) for each in (None, empty)] == [held, held]


# Referrals, items.


@given(policies(), st.lists(reports(), min_size=1, max_size=10), baselines)
def test_a_referral_never_ends_without_a_clearance(
    policy: StoppingPolicy, log: list[SymptomReport], baseline: SymptomReport | None
) -> None:
    """Law: "Refer and above are released only by an explicit `Clearance`" (Stopping)."""
    days = sorted({entry.checkin for entry in log})
    after_each_day = [
        decide(policy, [e for e in log if e.checkin <= day], baseline=baseline).action
        for day in days
    ]
    referrals = [max(action, Action.COMFORT) for action in after_each_day]
    assert referrals == sorted(referrals)


@given(policies(at_most=Action.COMFORT), st.lists(reports(), max_size=10), baselines)
def test_a_painful_item_neither_stops_nor_permits_the_others(
    policy: StoppingPolicy, log: list[SymptomReport], baseline: SymptomReport | None
) -> None:
    """Law: "Session reports go to all tracks, item reports to their own" (Stopping)."""
    painful, other = ITEMS
    # Nothing is said and nothing known by it, but no check-in gets lost with the item's reports.
    kept = [
        report(entry.checkin, moment=moment)
        for entry in log
        for moment in Moment
        if moment not in policy.asks_at
    ]
    if not kept:
        return
    with_it = actions(decide(policy, [*log, *kept], baseline=baseline))
    without_it = actions(
        decide(policy, [*kept, *(e for e in log if e.item != painful)], baseline=baseline)
    )
    assert [with_it[about] for about in (None, other)] == [
        without_it[about] for about in (None, other)
    ]


# The article.


@frozen
class Day:
    """One check-in of a person as the article would look at it."""

    number: int
    said: tuple[SymptomReport, ...]
    usual: Mapping[Channel, int]

    @property
    def is_worse(self) -> bool:
        return any(
            each.trend is Trend.WORSE
            or any(each.severities.get(c, 0) > self.usual[c] for c in (PAIN, STIFFNESS))
            for each in self.said
        )

    @property
    def is_known(self) -> bool:
        answers = [each for each in self.said if each.moment in ASKED_BY_DEFAULT]
        return bool(answers) and all(
            {PAIN, STIFFNESS} <= each.severities.keys() for each in answers
        )

    @property
    def is_calm(self) -> bool:
        flagged = any(each.red_flags for each in self.said)
        sorer = any(
            each.severities.get(SORENESS, 0) > self.usual.get(SORENESS, 10) for each in self.said
        )
        return self.is_known and not self.is_worse and not flagged and not sorer

    @property
    def asks_for_help(self) -> bool:
        return any(each.evaluation_wanted for each in self.said) and all(
            any(each.severities.get(c, 0) >= 4 for each in self.said) for c in (PAIN, STIFFNESS)
        )


def by_the_article(days: Sequence[Day]) -> Action:
    """Return what the article says after those check-ins, by looking at all of them."""

    def bad_in_a_row(until: int) -> int:
        certain = [day for day in days[: until + 1] if day.is_worse or day.is_known]
        return sum(1 for _ in takewhile(lambda day: day.is_worse, reversed(certain)))

    places = range(len(days))
    since_calm = range(
        max((place + 1 for place in places if days[place].is_calm), default=0), len(days)
    )
    rows_ending_bad = {place: bad_in_a_row(place) for place in places if days[place].is_worse}
    if any(day.asks_for_help for day in days) or any(row >= 7 for row in rows_ending_bad.values()):
        return Action.REFER
    if any(rows_ending_bad.get(place, 0) >= 3 for place in since_calm):
        return Action.COMFORT
    if any(place in rows_ending_bad for place in since_calm):
        return Action.REST
    # The article names no red flags, so nobody can go on with one that is reported.
    if not days or any(said.red_flags for said in days[-1].said):
        return Action.HOLD
    return Action.CONTINUE if days[-1].is_known else Action.HOLD


@st.composite
def weeks(draw: st.DrawFn) -> list[SymptomReport]:
    """Return a history in which bad check-ins are common enough to make rows of them."""
    usual = report(0, pain=1, stiffness=1)
    bad = st.integers(2, 5).map(lambda pain: evolve(usual, severities={PAIN: pain, STIFFNESS: 1}))
    drawn = draw(st.lists(bad | bad | st.just(usual) | reports(items=[None]), max_size=12))
    log, number = [], 0
    for said in drawn:
        number += draw(st.sampled_from([0, 1, 1, 1, 1, 3]))
        log.append(evolve(said, checkin=number, seq=0))
    return log


def days_of(log: Iterable[SymptomReport], usual: Mapping[Channel, int]) -> list[Day]:
    by_number: dict[int, list[SymptomReport]] = {}
    for said in log:
        by_number.setdefault(said.checkin, []).append(said)
    return [Day(number, tuple(by_number[number]), usual) for number in sorted(by_number)]


@given(weeks(), st.integers(0, 4), st.integers(0, 4))
@example([report(k, pain=2, stiffness=0) for k in range(1, 8)], 1, 0)
@example([report(k, pain=2, stiffness=0) for k in (1, 2, 5)], 1, 0)
def test_the_articles_policy_does_what_the_article_says(
    log: list[SymptomReport], pain: int, stiffness: int
) -> None:
    """Facts S1 to S4: worsening means a break until calm; what persists, comfort measures on top;
    significant pain and stiffness with a wish for it, or long persistence, an evaluation."""
    usual = report(0, pain=pain, stiffness=stiffness)
    decision = decide(STOPPING_POLICY, log, baseline=usual)
    assert decision.action is by_the_article(days_of(log, usual.severities))


@given(weeks(), weeks())
def test_after_a_full_clearance_only_what_comes_after_it_counts(
    before: list[SymptomReport], after: list[SymptomReport]
) -> None:
    """Law: "released only by an explicit `Clearance`" (Stopping): by that, and wholly so."""
    usual = report(0, pain=1, stiffness=1)
    day = max((each.checkin for each in before), default=0) + 1
    everything = Clearance(
        checkin=day, rules=frozenset(rule.id for rule in STOPPING_POLICY.rules), by="Dr. Lee"
    )
    later = [evolve(each, checkin=each.checkin + day) for each in after]
    decision = decide(STOPPING_POLICY, [*before, everything, *later], baseline=usual)
    assert decision.action is by_the_article(days_of(later, usual.severities))


@given(logs, st.integers(0, 10), st.integers(0, 10), st.booleans())
def test_at_ones_own_baseline_the_articles_policy_recovers_from_anything_but_a_referral(
    log: list[Entry],
    pain: int,
    stiffness: int,
    cleared: bool,  # noqa: FBT001
) -> None:
    """Law: "at one's own baseline, all asked channels known, a policy recovers within a bounded
    number of check-ins (rules that need a clearance apart)" (Stopping): here within one."""
    usual = report(0, pain=pain, stiffness=stiffness)
    kept = [e for e in log if isinstance(e, SymptomReport)]
    referring = frozenset({RuleId("evaluation-wanted"), RuleId("no-improvement")})
    clearance = Clearance(checkin=7, rules=referring, by="Dr. Lee")
    last = evolve(usual, checkin=7)
    history: list[Entry] = [*kept, clearance, last] if cleared else [*kept, last]
    expected = {Action.CONTINUE} if cleared else {Action.CONTINUE, Action.REFER}
    assert decide(STOPPING_POLICY, history, baseline=usual).action in expected


@pytest.mark.parametrize("first", range(10))
@pytest.mark.parametrize("slowness", [1, 5, 30])
def test_a_creep_of_any_slowness_is_caught_at_its_first_step(first: int, slowness: int) -> None:
    """Law: "comes within one check-in, also on a slow creep and from a high baseline"."""
    usual = report(0, pain=first, stiffness=0)
    waiting = [report(k, pain=first, stiffness=0) for k in range(1, slowness)]
    risen = report(slowness, pain=first + 1, stiffness=0)
    assert [
        decide(STOPPING_POLICY, days, baseline=usual).action
        for days in (waiting or [evolve(usual, checkin=0)], [*waiting, risen])
    ] == [Action.CONTINUE, Action.REST]


# Any policy, by its words.


@frozen
class History:
    """What was ever said, looked at as a whole with a policy's words in hand."""

    policy: StoppingPolicy
    usual: Mapping[Channel, int]
    log: Sequence[SymptomReport]
    newest: int

    def said_at(self, number: int) -> list[SymptomReport]:
        return [each for each in self.log if each.checkin == number]

    def answers_at(self, number: int) -> list[SymptomReport]:
        return [each for each in self.said_at(number) if each.moment in self.policy.asks_at]

    def rates(self, number: int, channels: Iterable[Channel]) -> bool:
        """Tell whether there was an answer and none left out what was asked of those channels."""
        answers, asked = self.answers_at(number), self.policy.asks & set(channels)
        return bool(answers) and all(asked <= each.severities.keys() for each in answers)

    def screens(self, number: int) -> bool:
        """Tell whether there was an answer and none left out red flags that were asked for."""
        answers = self.answers_at(number)
        optional = not self.policy.asks_red_flags
        return bool(answers) and all(optional or e.red_flags is not None for e in answers)

    def is_told(
        self, condition: AtLeast | Worsened, channels: Iterable[Channel], number: int
    ) -> bool:
        """Tell whether a moment at which the condition looks, and the policy asks, was answered."""
        when = condition.moments & self.policy.asks_at
        asked = bool(when) and not self.policy.asks.isdisjoint(channels)
        return not asked or any(each.moment in when for each in self.said_at(number))

    def leaves_flags(self, number: int, said: Iterable[SymptomReport]) -> bool:
        """Tell whether a red flag is reported which sets no rule by itself."""
        flags = {f for each in said if each.checkin == number for f in each.red_flags or ()}
        return any(
            not any(self.is_set_by(rule.when, flag) for rule in self.policy.rules) for flag in flags
        )

    def is_set_by(self, condition: Condition, flag: RedFlag) -> bool:
        match condition:
            case AllOf():
                return all(self.is_set_by(each, flag) for each in condition.conditions)
            case AnyOf():
                return any(self.is_set_by(each, flag) for each in condition.conditions)
            case RedFlagPresent():
                return flag in (condition.flags or FLAGS)
            case _:
                return False

    def is_known(self, condition: Condition, number: int) -> bool:
        match condition:
            case AllOf() | AnyOf():
                return all(self.is_known(each, number) for each in condition.conditions)
            case Persists():
                return self.is_known(condition.condition, number)
            case AtLeast():
                asked = self.is_told(condition, {condition.channel}, number)
                return asked and self.rates(number, [condition.channel])
            case Worsened():
                looked_at = self.policy.asks if condition.channel is None else {condition.channel}
                has_usual = (looked_at & self.policy.asks) <= self.usual.keys()
                asked = self.is_told(condition, looked_at, number)
                return asked and has_usual and self.rates(number, looked_at)
            case RedFlagPresent():
                return self.screens(number)
            case EvaluationWanted():
                return bool(self.answers_at(number))
            case _:
                assert_never(condition)

    def holds(self, condition: Condition, number: int) -> bool:
        said = self.said_at(number)
        match condition:
            case AllOf():
                return all(self.holds(each, number) for each in condition.conditions)
            case AnyOf():
                return any(self.holds(each, number) for each in condition.conditions)
            case Persists(condition=once):
                certain = [
                    day
                    for day in range(number, 0, -1)
                    if self.holds(once, day) or self.is_known(once, day)
                ]
                row = list(takewhile(lambda day: self.holds(once, day), certain))
                return self.holds(once, number) and len(row) >= condition.checkins
            case AtLeast():
                return any(
                    each.severities.get(condition.channel, -1) >= condition.severity
                    for each in said
                    if each.moment in (condition.moments or Moment)
                )
            case Worsened():
                looked_at = self.policy.asks if condition.channel is None else {condition.channel}
                comparable = looked_at & self.usual.keys()
                return any(
                    each.trend is Trend.WORSE
                    or any(
                        each.severities.get(c, -1) >= self.usual[c] + condition.by
                        for c in comparable
                    )
                    for each in said
                    if each.moment in (condition.moments or Moment)
                )
            case RedFlagPresent():
                return any(
                    flag in (condition.flags or FLAGS)
                    for each in said
                    for flag in each.red_flags or ()
                )
            case EvaluationWanted():
                return any(each.evaluation_wanted for each in said)
            case _:
                assert_never(condition)

    def is_calm(self, number: int) -> bool:
        return (
            self.policy.asks <= self.usual.keys()
            and self.rates(number, self.policy.asks)
            and self.screens(number)
            and not any(
                each.trend is Trend.WORSE
                or each.red_flags
                or any(s > self.usual.get(c, 10) for c, s in each.severities.items())
                for each in self.said_at(number)
            )
        )

    def is_released(self, rule: StoppingRule, number: int) -> bool:
        match rule.until:
            case Cleared():
                return False
            case Calmed(checkins=needed):
                row = takewhile(
                    lambda day: self.is_calm(day) and not self.holds(rule.when, day),
                    count(number, -1),
                )
                return any(length == needed for length, _ in enumerate(row, start=1))
            case _:
                assert_never(rule.until)

    def is_in_force(self, rule: StoppingRule) -> bool:
        """Tell whether the rule was set at some check-in and released at none since."""
        return any(
            self.holds(rule.when, number)
            and not any(self.is_released(rule, day) for day in range(number + 1, self.newest + 1))
            for number in range(1, self.newest + 1)
        )

    def is_judged(self, rule: StoppingRule) -> bool:
        return (
            self.policy.asks <= self.usual.keys()
            and self.rates(self.newest, self.policy.asks)
            and self.screens(self.newest)
            and self.is_known(rule.when, self.newest)
        )


def by_its_words(
    policy: StoppingPolicy,
    usual: Mapping[Channel, int],
    log: Sequence[Entry],
    about: PrescriptionId | None,
) -> Action:
    """Return what a policy says of the session (None) or an item, by looking at the whole log."""
    newest = max((entry.checkin for entry in log), default=0)
    heard = [e for e in log if isinstance(e, SymptomReport) and e.item in {None, about}]

    def since_its_clearance(rule: StoppingRule) -> History:
        keys = (e.key for e in log if isinstance(e, Clearance) and rule.id in e.rules)
        cleared = max(keys, default=(0, 0))
        return History(policy, usual, [each for each in heard if each.key >= cleared], newest)

    histories = {rule: since_its_clearance(rule) for rule in policy.rules}
    judged = all(history.is_judged(rule) for rule, history in histories.items())
    whole = History(policy, usual, heard, newest)
    # A red flag concerns the person, whichever item it was reported on.
    everybody = heard if about else [e for e in log if isinstance(e, SymptomReport)]
    judged = judged and not whole.leaves_flags(newest, everybody)
    in_force = [rule.then for rule, history in histories.items() if history.is_in_force(rule)]
    return max([Action.CONTINUE if judged else Action.HOLD, *in_force])


@st.composite
def cases(draw: st.DrawFn) -> tuple[StoppingPolicy, list[Entry]]:
    """Return a policy and a log: one without items, or one in which items refer nobody."""
    with_items = draw(st.booleans())
    policy = draw(policies(at_most=Action.COMFORT) if with_items else policies())
    said = draw(st.lists(reports(last=8) if with_items else reports(items=[None], last=8)))
    cleared = draw(st.lists(clearances, max_size=2, unique_by=lambda each: each.key))
    return policy, [*said, *(evolve(each, new_baseline=None) for each in cleared)]


@given(cases(), baselines)
def test_any_policy_does_what_its_words_say_of_the_whole_history(
    case: tuple[StoppingPolicy, list[Entry]], baseline: SymptomReport | None
) -> None:
    """Law: "`when` sets it, `until` releases it; on one report, `when` beats `until` ... The
    decision is the greatest action among the set latches" (Stopping), for the session by its
    reports and for an item by those and its own ("Session reports go to all tracks, item reports
    to their own; `decision.action_for(item)` is the greater of the two")."""
    policy, log = case
    usual = {} if baseline is None else baseline.severities
    session = by_its_words(policy, usual, log, None)
    reported = {e.item for e in log if isinstance(e, SymptomReport) and e.item is not None}
    decision = decide(policy, log, baseline=baseline)
    assert (decision.action, dict(decision.items)) == (
        session,
        {item: max(session, by_its_words(policy, usual, log, item)) for item in reported},
    )
