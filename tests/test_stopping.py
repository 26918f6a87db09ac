"""Policies at work: what sets a rule, what releases it, and what one person is told to do."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping

import pytest
from attrs import evolve

from backex import (
    CHEST_PAIN,
    DIZZINESS,
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
    ComfortMeasure,
    Concern,
    Condition,
    ConflictingClearance,
    Decision,
    Entry,
    EvaluationWanted,
    Finding,
    InvalidValue,
    LateReport,
    Moment,
    Monitor,
    Persists,
    PolicyId,
    PrescriptionId,
    RedFlag,
    RedFlagPresent,
    Release,
    RuleId,
    Source,
    SourceId,
    SourceKind,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Tolerance,
    Trend,
    Worsened,
    decide,
    report,
    stopping,
)
from backex.catalog.upper_back import STOPPING_POLICY
from backex.codec import dumps
from backex.conditions import Occasion, Situation
from backex.latches import RuleState, Track, advanced
from backex.references import library_default
from backex.stopping import joined

USUAL = report(0, pain=1, stiffness=1)
SIT, RAISE = PrescriptionId("oblique-sit"), PrescriptionId("prone-head-raise")
NO_FLAGS: frozenset[RedFlag] = frozenset()
REFERRALS = ("evaluation-wanted", "no-improvement")
RULES_OF_ARTICLE = ("worsened", "persisting", *REFERRALS)


def calm(checkin: int, *, seq: int = 0, item: str | None = None) -> SymptomReport:
    return report(checkin, pain=1, stiffness=1, seq=seq, item=item)


def worse(checkin: int, *, seq: int = 0, item: str | None = None) -> SymptomReport:
    return report(checkin, pain=3, stiffness=1, seq=seq, item=item)


def wants_help(checkin: int, *, seq: int = 0, item: str | None = None) -> SymptomReport:
    return report(checkin, pain=4, stiffness=4, seq=seq, item=item, evaluation_wanted=True)


def cleared(
    checkin: int, *rules: str, seq: int = 0, new_baseline: SymptomReport | None = None
) -> Clearance:
    return Clearance(
        checkin=checkin,
        seq=seq,
        rules=frozenset(map(RuleId, rules)),
        by="Dr. Lee",
        new_baseline=new_baseline,
    )


def rule(
    when: Condition,
    then: Action = Action.REST,
    until: Release | None = None,
    *,
    id: str = "r",
) -> StoppingRule:
    return StoppingRule(id=RuleId(id), when=when, then=then, until=until or Calmed())


def policy(
    *rules: StoppingRule,
    asks: Iterable[Channel] = (PAIN, STIFFNESS),
    asks_at: frozenset[Moment] = frozenset({Moment.AFTER, Moment.NEXT_MORNING}),
    asks_red_flags: bool = False,
) -> StoppingPolicy:
    return StoppingPolicy(
        id=PolicyId("p"),
        rules=rules,
        asks=frozenset(asks),
        asks_at=asks_at,
        asks_red_flags=asks_red_flags,
    )


def told(
    entries: Iterable[Entry],
    by: StoppingPolicy = STOPPING_POLICY,
    baseline: SymptomReport | None = USUAL,
) -> Decision:
    return decide(by, entries, baseline=baseline)


def act(
    *entries: Entry,
    by: StoppingPolicy = STOPPING_POLICY,
    baseline: SymptomReport | None = USUAL,
) -> Action:
    return told(entries, by, baseline).action


def in_force(decision: Decision) -> set[str]:
    return {finding.rule for finding in decision.findings}


def fold(entries: Iterable[Entry], by: StoppingPolicy = STOPPING_POLICY) -> Monitor:
    monitor = by.start(USUAL)
    for entry in entries:
        monitor = monitor.observe(entry)
    return monitor


# The article's policy.


def test_symptoms_at_the_usual_level_let_one_go_on() -> None:
    assert told([calm(1)]) == Decision(action=Action.CONTINUE, policy=STOPPING_POLICY.id)


@pytest.mark.parametrize(
    "worsened",
    [
        report(1, pain=2, stiffness=1),
        report(1, pain=0, stiffness=2),
        report(1, pain=1, stiffness=1, trend=Trend.WORSE),
        report(1, pain=2),
    ],
    ids=["pain", "stiffness although pain fell", "said to be worse", "half of it answered"],
)
def test_any_worsening_means_rest_and_raises_the_question_of_suitability(
    worsened: SymptomReport,
) -> None:
    decision = told([worsened])
    assert (decision.action, decision.concerns, decision.measures, in_force(decision)) == (
        Action.REST,
        frozenset({Concern.SUITABILITY}),
        frozenset(),
        {"worsened"},
    )


def test_calm_symptoms_end_the_break() -> None:
    assert told([worse(1), calm(2)]) == told([calm(2)])


@pytest.mark.parametrize(
    ("worse_for", "action"),
    [
        (1, Action.REST),
        (2, Action.REST),
        (3, Action.COMFORT),
        (6, Action.COMFORT),
        (7, Action.REFER),
        (8, Action.REFER),
    ],
)
def test_what_persists_during_the_rest_means_comfort_and_then_a_professional(
    worse_for: int, action: Action
) -> None:
    assert act(*(worse(k) for k in range(1, worse_for + 1))) is action


def test_comfort_is_either_ice_or_heat_if_wanted_and_still_no_exercise() -> None:
    decision = told([worse(1), worse(2), worse(3)])
    assert (decision.measures, decision.allows_exercise) == (
        frozenset({ComfortMeasure.ICE, ComfortMeasure.HEAT}),
        False,
    )
    assert "If wanted, either heat or ice may be tried." in str(decision)


@pytest.mark.parametrize(
    ("said", "action"),
    [
        (report(1, pain=4, stiffness=4, evaluation_wanted=True), Action.REFER),
        (report(1, pain=3, stiffness=4, evaluation_wanted=True), Action.REST),
        (report(1, pain=4, stiffness=3, evaluation_wanted=True), Action.REST),
        (report(1, pain=10, stiffness=10), Action.REST),
        (report(1, pain=1, stiffness=1, evaluation_wanted=True), Action.CONTINUE),
    ],
)
def test_significant_pain_and_stiffness_with_a_wish_for_it_mean_an_evaluation(
    said: SymptomReport, action: Action
) -> None:
    assert act(said) is action


def test_whoever_is_usually_in_significant_pain_is_referred_when_it_is_wanted() -> None:
    usual = report(0, pain=5, stiffness=5)
    said = report(1, pain=5, stiffness=5, evaluation_wanted=True)
    assert act(said, baseline=usual) is Action.REFER


@pytest.mark.parametrize("referred", [[wants_help(1)], [worse(k) for k in range(1, 8)]])
def test_a_referral_outlasts_calm_and_ends_only_by_clearance(
    referred: list[SymptomReport],
) -> None:
    weeks = [calm(k) for k in range(8, 40)]
    cleared_at_last: list[Entry] = [*referred, *weeks, cleared(40, *REFERRALS), calm(40)]
    assert [act(*referred, *weeks), act(*cleared_at_last)] == [Action.REFER, Action.CONTINUE]


def test_a_slow_creep_from_the_baseline_is_caught() -> None:
    creeping = [report(k, pain=1 + k // 10, stiffness=1) for k in range(1, 10)]
    assert [act(*creeping), act(*creeping, report(10, pain=2, stiffness=1))] == [
        Action.CONTINUE,
        Action.REST,
    ]


def test_whoever_is_usually_in_some_pain_recovers_to_that_and_not_to_none() -> None:
    usual = report(0, pain=4, stiffness=4)
    said = [report(1, pain=6, stiffness=4), report(2, pain=4, stiffness=4)]
    assert [act(*said[:1], baseline=usual), act(*said, baseline=usual)] == [
        Action.REST,
        Action.CONTINUE,
    ]


def test_a_decision_tells_what_set_a_rule_with_its_reports_thresholds_and_sources() -> None:
    during = report(1, pain=5, moment=Moment.DURING)
    decision = told([during, calm(1)])
    worsened = STOPPING_POLICY.rules[0]
    assert isinstance(worsened.when, Worsened)
    assert decision == Decision(
        action=Action.REST,
        policy=STOPPING_POLICY.id,
        findings=(
            Finding(
                rule=worsened.id,
                action=Action.REST,
                condition=worsened.when,
                reports=(during,),
                baseline={PAIN: 1, STIFFNESS: 1},
                advice=worsened.advice,
                concerns=frozenset({Concern.SUITABILITY}),
                sources=worsened.sources + worsened.when.sources,
            ),
        ),
        concerns=frozenset({Concern.SUITABILITY}),
    )


def test_a_finding_keeps_the_report_that_set_it_first() -> None:
    finding, *_ = told([worse(1), report(2, pain=9, stiffness=9)]).findings
    assert finding.reports == (worse(1),)


def test_findings_come_with_the_greatest_action_first_and_then_by_rule() -> None:
    assert [each.rule for each in told([wants_help(k) for k in range(1, 8)]).findings] == [
        "evaluation-wanted",
        "no-improvement",
        "persisting",
        "worsened",
    ]


# What is unknown.


def test_no_policy_is_hold() -> None:
    assert decide(None, [calm(1)], baseline=USUAL) == Decision(action=Action.HOLD, policy=None)


def test_an_empty_policy_is_hold() -> None:
    assert told([calm(1)], policy()) == Decision(
        action=Action.HOLD,
        policy=PolicyId("p"),
        unanswered=("anything, for the policy has no rules",),
    )


NO_ANSWER = Decision(
    action=Action.HOLD,
    policy=STOPPING_POLICY.id,
    unknown=tuple(sorted(map(RuleId, RULES_OF_ARTICLE))),
    unanswered=("how it feels (after or next morning) at this check-in",),
)


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [report(1, pain=0, stiffness=0, moment=Moment.BEFORE)],
        [report(1, pain=0, stiffness=0, moment=Moment.DURING)],
        [calm(1), cleared(2, *RULES_OF_ARTICLE)],
    ],
    ids=["nothing", "before only", "during only", "a clearance only"],
)
def test_no_report_at_a_moment_that_is_asked_for_is_hold(entries: list[Entry]) -> None:
    assert told(entries) == NO_ANSWER


def test_a_check_in_that_is_opened_and_not_answered_is_hold() -> None:
    assert fold([calm(1)]).at(2).decision == NO_ANSWER


@pytest.mark.parametrize(
    ("baseline", "unanswered"),
    [
        (None, ("the usual level of pain", "the usual level of stiffness")),
        (report(0), ("the usual level of pain", "the usual level of stiffness")),
        (report(0, pain=0), ("the usual level of stiffness",)),
    ],
)
def test_no_baseline_is_hold(baseline: SymptomReport | None, unanswered: tuple[str, ...]) -> None:
    decision = told([report(1, pain=0, stiffness=0)], baseline=baseline)
    assert (decision.action, decision.unanswered) == (Action.HOLD, unanswered)


def test_without_a_baseline_no_policy_gets_past_hold() -> None:
    hurts = policy(rule(AtLeast(channel=PAIN, severity=5)), asks=[PAIN])
    assert act(report(1, pain=0), by=hurts, baseline=None) is Action.HOLD


def test_a_channel_that_was_asked_and_left_out_is_hold() -> None:
    decision = told([report(1, pain=0)])
    assert (decision.action, decision.unanswered, decision.unknown) == (
        Action.HOLD,
        ("stiffness",),
        tuple(sorted(map(RuleId, RULES_OF_ARTICLE))),
    )


def test_what_one_report_left_out_another_of_the_same_check_in_does_not_make_up_for() -> None:
    assert act(report(1, pain=1), report(1, seq=1, stiffness=1)) is Action.HOLD


def test_a_channel_that_no_rule_looks_at_is_hold_where_it_was_asked_and_left_out() -> None:
    hurts = policy(rule(AtLeast(channel=PAIN, severity=5)))
    decision = told([report(1, pain=1)], hurts)
    assert (decision.action, decision.unknown, decision.unanswered) == (
        Action.HOLD,
        (),
        ("stiffness",),
    )


@pytest.mark.parametrize(
    ("red_flags", "action", "unanswered"),
    [
        (None, Action.HOLD, ("red flags",)),
        (NO_FLAGS, Action.CONTINUE, ()),
        (frozenset({CHEST_PAIN}), Action.REFER_URGENTLY, ()),
    ],
    ids=["not asked", "asked, none", "asked, one"],
)
def test_red_flags_that_were_not_asked_for_are_not_known_to_be_absent(
    red_flags: frozenset[RedFlag] | None, action: Action, unanswered: tuple[str, ...]
) -> None:
    screened = policy(
        rule(RedFlagPresent(), Action.REFER_URGENTLY, Cleared()), asks=[PAIN], asks_red_flags=True
    )
    decision = told([report(1, pain=1, red_flags=red_flags)], screened)
    assert (decision.action, decision.unanswered) == (action, unanswered)


def test_a_policy_that_does_not_ask_for_red_flags_hears_of_them_all_the_same() -> None:
    heard = policy(rule(RedFlagPresent(), Action.REFER_URGENTLY, Cleared()), asks=[PAIN])
    flagged = report(1, pain=1, red_flags=frozenset({CHEST_PAIN}))
    assert [act(report(1, pain=1), by=heard), act(flagged, by=heard)] == [
        Action.CONTINUE,
        Action.REFER_URGENTLY,
    ]


def test_what_is_unknown_does_not_release_a_rule() -> None:
    assert [
        act(worse(1), unknown)
        for unknown in (
            report(2, pain=0),
            report(2),
            report(2, pain=0, stiffness=0, moment=Moment.BEFORE),
        )
    ] == [Action.REST] * 3


def test_what_is_unknown_does_not_set_a_rule() -> None:
    twice = policy(rule(Persists(condition=Worsened(), checkins=2), Action.COMFORT))
    assert act(worse(1), report(2), by=twice) is Action.HOLD


# Counting.


def saying(checkin: int, said: Mapping[str, object]) -> SymptomReport:
    return report(checkin, pain=3, **said)  # type: ignore[arg-type]


def test_reporting_three_times_in_one_check_in_does_not_advance_persistence() -> None:
    thrice = [worse(1), worse(1, seq=1), evolve(worse(1, seq=2), moment=Moment.NEXT_MORNING)]
    assert [act(*thrice), act(*thrice, worse(2))] == [Action.REST, Action.REST]


def test_a_calm_report_does_not_undo_a_worse_one_of_the_same_check_in() -> None:
    later = evolve(calm(1, seq=1), moment=Moment.NEXT_MORNING)
    assert [act(worse(1), calm(1, seq=1)), act(worse(1), later)] == [Action.REST, Action.REST]


def test_a_release_in_the_evening_is_taken_back_by_a_worse_morning() -> None:
    morning = evolve(worse(2, seq=1), moment=Moment.NEXT_MORNING)
    assert [act(worse(1), calm(2)), act(worse(1), calm(2), morning)] == [
        Action.CONTINUE,
        Action.REST,
    ]


@pytest.mark.parametrize(
    ("between", "action"),
    [
        ([report(3)], Action.COMFORT),
        ([report(3, pain=0)], Action.COMFORT),
        ([], Action.COMFORT),
        ([calm(3)], Action.REST),
    ],
    ids=["unknown", "half of it unknown", "missing", "calm"],
)
def test_only_a_known_calm_check_in_breaks_a_row_of_bad_ones(
    between: list[SymptomReport], action: Action
) -> None:
    assert act(worse(1), worse(2), *between, worse(4)) is action


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (AtLeast(channel=SORENESS, severity=3), {"soreness": 5}),
        (RedFlagPresent(), {"red_flags": frozenset({CHEST_PAIN})}),
        (AtLeast(channel=PAIN, severity=3), {}),
        (EvaluationWanted(), {"evaluation_wanted": True}),
    ],
)
@pytest.mark.parametrize("third", [4, 9])
def test_a_missing_check_in_breaks_no_row_of_bad_ones_whatever_is_counted(
    condition: Condition, said: Mapping[str, object], third: int
) -> None:
    twice = policy(rule(Persists(condition=condition, checkins=3)), asks=[PAIN])
    days: list[Entry] = [saying(k, said) for k in (1, 2, third)]
    before, after = told(days[:2], twice), told(days, twice)
    # A red flag is never passed over, not even while a rule still counts it.
    meanwhile = Action.HOLD if "red_flags" in said else Action.CONTINUE
    assert [before.action, after.action] == [meanwhile, Action.REST]


@pytest.mark.parametrize(
    ("days", "action"),
    [
        ([calm(2)], Action.REST),
        ([calm(2), calm(3)], Action.CONTINUE),
        ([calm(2), calm(2, seq=1)], Action.REST),
        ([calm(2), report(3), calm(4)], Action.REST),
        ([calm(2), calm(4)], Action.REST),
        ([calm(2), calm(4), calm(5)], Action.CONTINUE),
        ([calm(2), worse(3), calm(4)], Action.REST),
        ([calm(2), worse(3), calm(4), calm(5)], Action.CONTINUE),
    ],
    ids=[
        "one day",
        "two days",
        "twice in one day",
        "broken by an unknown day",
        "broken by a missing day",
        "begun anew after a missing day",
        "broken by a bad day",
        "begun anew after a bad day",
    ],
)
def test_calm_has_to_last_for_as_many_check_ins_in_a_row_as_the_rule_says(
    days: list[SymptomReport], action: Action
) -> None:
    slow = policy(rule(Worsened(), until=Calmed(checkins=2)))
    assert act(worse(1), *days, by=slow) is action


def test_calm_before_a_rule_was_set_does_not_count_towards_its_release() -> None:
    slow = policy(rule(Worsened(), until=Calmed(checkins=2)))
    assert act(calm(1), calm(2), worse(3), calm(4), by=slow) is Action.REST


def test_a_rule_that_is_both_set_and_released_by_one_report_stays_set() -> None:
    hurts = policy(rule(AtLeast(channel=PAIN, severity=3)), asks=[PAIN])
    usual = report(0, pain=5)
    assert act(report(1, pain=5), report(2, pain=4), by=hurts, baseline=usual) is Action.REST


def test_a_red_flag_is_never_calm() -> None:
    flagged = report(2, pain=1, stiffness=1, red_flags=frozenset({CHEST_PAIN}))
    assert act(worse(1), flagged) is Action.REST


def test_a_condition_limited_to_the_morning_is_not_set_in_the_evening() -> None:
    settles = policy(
        rule(AtLeast(channel=PAIN, severity=3, moments=frozenset({Moment.NEXT_MORNING})))
    )
    evening = worse(1)
    morning = evolve(worse(1, seq=1), moment=Moment.NEXT_MORNING)
    calm_morning = evolve(calm(1, seq=1), moment=Moment.NEXT_MORNING)
    assert [act(evening, by=settles), act(evening, morning, by=settles)] == [
        Action.HOLD,
        Action.REST,
    ]
    assert act(evening, calm_morning, by=settles) is Action.CONTINUE
    assert told([evening], settles).unanswered == ("how it feels (next morning) at this check-in",)


def test_a_red_flag_that_no_rule_answers_is_not_passed_over() -> None:
    one = policy(rule(RedFlagPresent(flags=frozenset({CHEST_PAIN}))))
    asked = evolve(calm(1), red_flags=frozenset({DIZZINESS}))
    for said in (asked, evolve(asked, item=SIT)):
        decision = told([calm(1), evolve(said, seq=1)], one)
        assert (decision.action, decision.action_for(SIT)) == (Action.HOLD, Action.HOLD)
        where = f" for {said.item}" if said.item else ""
        assert decision.unanswered[-1] == (
            f"what to do about dizziness, a red flag that no rule answers{where}"
        )
    assert act(evolve(asked, red_flags=frozenset({CHEST_PAIN})), by=one) is Action.REST
    any_flag = AnyOf(conditions=(RedFlagPresent(), AtLeast(channel=PAIN, severity=9)))
    with_pain = AllOf(conditions=(RedFlagPresent(), AtLeast(channel=PAIN, severity=9)))
    assert act(asked, by=policy(rule(any_flag))) is Action.REST
    assert act(asked, by=policy(rule(with_pain))) is Action.HOLD


def test_a_decision_is_for_the_check_in_at_which_it_is_asked() -> None:
    log, by = [calm(1)], policy(rule(Worsened()))
    days = [decide(by, log, baseline=USUAL, checkin=day).action for day in (1, 2, 30)]
    assert days == [Action.CONTINUE, Action.HOLD, Action.HOLD]
    assert decide(by, [], baseline=USUAL, checkin=1).action is Action.HOLD
    with pytest.raises(LateReport):
        decide(by, log, baseline=USUAL, checkin=0)


def test_each_persistence_of_a_rule_counts_for_itself() -> None:
    stiff, flagged = (
        Persists(condition=AtLeast(channel=STIFFNESS, severity=3), checkins=2),
        Persists(condition=AtLeast(channel=PAIN, severity=3), checkins=2),
    )
    either = policy(rule(AnyOf(conditions=(stiff, flagged))))
    both = policy(rule(AllOf(conditions=(stiff, flagged))))
    turns = [report(1, pain=3, stiffness=0), report(2, pain=0, stiffness=3)]
    third = report(3, pain=3, stiffness=3)
    assert [[act(*turns, by=each), act(*turns, third, by=each)] for each in (either, both)] == [
        [Action.CONTINUE, Action.REST],
        [Action.CONTINUE, Action.CONTINUE],
    ]


# Items and the session.


def test_a_report_on_an_item_affects_that_item_alone() -> None:
    decision = told([calm(1), worse(1, item=SIT)])
    assert (decision.action, decision.items, decision.action_for(RAISE)) == (
        Action.CONTINUE,
        {SIT: Action.REST},
        Action.CONTINUE,
    )
    assert [each.item for each in decision.findings] == [SIT]


def test_a_report_on_the_session_affects_every_item() -> None:
    decision = told([calm(1), calm(1, item=SIT), worse(2), calm(2, item=SIT)])
    assert (decision.action, decision.items) == (Action.REST, {SIT: Action.REST})
    assert [each.item for each in decision.findings] == [None]


def test_each_item_and_the_session_have_findings_of_their_own() -> None:
    entries = [
        calm(1),
        worse(1, item=RAISE),
        worse(1, item=SIT),
        wants_help(2),
        wants_help(2, item=SIT),
    ]
    assert [
        [(each.rule, each.item) for each in told(log).findings] for log in (entries[:3], entries)
    ] == [
        [("worsened", SIT), ("worsened", RAISE)],
        [("evaluation-wanted", None), ("worsened", None)],
    ]


def test_a_finding_of_the_session_hides_none_of_another_rule() -> None:
    stiff = rule(AtLeast(channel=STIFFNESS, severity=5), Action.COMFORT, id="stiff")
    hurts = rule(AtLeast(channel=PAIN, severity=3), Action.REST, id="hurts")
    decision = told([worse(1), report(1, pain=1, stiffness=6, item=SIT)], policy(stiff, hurts))
    assert [(each.rule, each.item) for each in decision.findings] == [
        ("stiff", SIT),
        ("hurts", None),
    ]


def test_an_item_alone_says_nothing_of_the_session() -> None:
    decision = told([calm(1, item=SIT)])
    assert (decision.action, decision.items) == (Action.HOLD, {SIT: Action.HOLD})


def test_an_item_that_left_something_out_is_held_alone() -> None:
    decision = told([calm(1), report(1, pain=1, item=SIT)], policy(rule(Worsened())))
    assert (decision.action, decision.items) == (Action.CONTINUE, {SIT: Action.HOLD})


def test_a_referral_on_an_item_is_about_the_person() -> None:
    decision = told([calm(1), calm(1, item=RAISE), wants_help(1, item=SIT)])
    assert (decision.action, decision.items) == (
        Action.REFER,
        {SIT: Action.REFER, RAISE: Action.REFER},
    )


def test_a_field_left_out_of_what_would_refer_the_person_does_not_permit_progression() -> None:
    screened = policy(
        rule(AtLeast(channel=PAIN, severity=5), id="hurts"),
        rule(RedFlagPresent(), Action.REFER_URGENTLY, Cleared()),
        asks=[PAIN],
        asks_red_flags=True,
    )
    session = report(1, pain=1, red_flags=NO_FLAGS)
    flagged = report(1, pain=1, red_flags=frozenset({CHEST_PAIN}), item=SIT)
    not_asked = evolve(flagged, red_flags=None)
    decisions = [told([session, each], screened) for each in (flagged, not_asked)]
    assert [each.permits_progression for each in decisions] == [False, False]


def test_an_item_begins_with_what_the_session_has_been_through() -> None:
    session = [worse(1), worse(2)]
    item = report(3, pain=3, stiffness=1, item=SIT)
    decision = told([*session, report(3, moment=Moment.BEFORE), item])
    assert (decision.action, decision.items) == (Action.REST, {SIT: Action.COMFORT})


def test_an_item_that_begins_late_hears_what_was_said_earlier_that_day() -> None:
    decision = told([worse(1), calm(1, seq=1, item=SIT)])
    assert decision.items == {SIT: Action.REST}


def test_an_item_does_not_begin_with_what_another_one_has_been_through() -> None:
    decision = told([calm(1), worse(1, item=SIT), calm(1, seq=1, item=RAISE)])
    assert decision.items == {SIT: Action.REST, RAISE: Action.CONTINUE}


def test_calm_of_the_whole_session_ends_the_break_from_an_item() -> None:
    assert told([calm(1), worse(1, item=SIT), calm(2)]).items == {SIT: Action.CONTINUE}


def test_calm_of_another_item_does_not_end_the_break_from_an_item() -> None:
    decision = told([calm(1), worse(1, item=SIT), calm(2, item=RAISE)])
    assert decision.items == {SIT: Action.REST, RAISE: Action.HOLD}


def test_a_missing_check_in_breaks_the_calm_row_of_an_item_as_well() -> None:
    slow = policy(rule(Worsened(), until=Calmed(checkins=2)))
    days: list[Entry] = [calm(1), worse(1, item=SIT), calm(2), calm(4)]
    assert [told(days, slow).items, told([*days, calm(5)], slow).items] == [
        {SIT: Action.REST},
        {SIT: Action.CONTINUE},
    ]


def test_measures_and_concerns_of_an_item_stay_with_its_findings() -> None:
    decision = told([entry for k in (1, 2, 3) for entry in (calm(k), worse(k, item=SIT))])
    assert (decision.action, decision.measures, decision.concerns, decision.advice) == (
        Action.CONTINUE,
        frozenset(),
        frozenset(),
        (),
    )
    assert [(each.rule, each.measures, each.concerns) for each in decision.findings] == [
        ("persisting", frozenset(ComfortMeasure), frozenset()),
        ("worsened", frozenset(), frozenset({Concern.SUITABILITY})),
    ]


# What the person reads.

BREAK = "Take a break from these exercises and give the symptoms time to settle."
HOLDING = "Hold: the same again at most, no progression."
COMFORTED = (
    "The symptoms have not settled during the break. If wanted, either heat or ice may be tried."
)
SCREENED = evolve(
    STOPPING_POLICY,
    rules=(
        *STOPPING_POLICY.rules,
        StoppingRule(
            id=RuleId("red-flag"),
            when=RedFlagPresent(),
            then=Action.REFER_URGENTLY,
            until=Cleared(),
            advice="Get help.",
            measures=frozenset({ComfortMeasure.ICE}),
        ),
    ),
    asks_red_flags=True,
)


def instructions(decision: Decision) -> str:
    """Return what is said before the reasons."""
    return str(decision).partition(" Why: ")[0]


def test_what_is_overruled_advises_nothing_and_stays_a_finding_and_a_reason() -> None:
    decision = told([worse(1), worse(2), worse(3)])
    assert instructions(decision) == f"Rest and comfort: still no exercise. {COMFORTED}"
    assert (decision.concerns, in_force(decision)) == (frozenset(), {"persisting", "worsened"})
    assert "rule worsened (" in str(decision)


def test_rules_that_ask_for_the_same_all_advise() -> None:
    decision = told([*(worse(k) for k in range(1, 7)), wants_help(7)])
    assert instructions(decision) == (
        "Stop: no exercise, and see a professional. "
        "Have your upper back looked at by a professional. "
        "The symptoms have stayed worse for long: let a professional look at them."
    )


@pytest.mark.parametrize("item", [None, SIT])
def test_a_referral_offers_no_comfort_measure_and_says_nothing_else(
    item: PrescriptionId | None,
) -> None:
    flagged = report(3, pain=3, stiffness=1, red_flags=frozenset({CHEST_PAIN}), item=item, seq=1)
    days = [evolve(worse(k), red_flags=NO_FLAGS) for k in (1, 2, 3)]
    decision = told([*days, flagged], SCREENED)
    assert instructions(decision) == (
        "Stop: no exercise, and see a professional at once. Get help."
    )
    assert (decision.measures, decision.concerns) == (frozenset(), frozenset())
    assert [each.item for each in decision.findings] == [item, None, None]
    about = " for oblique-sit" if item else ""
    assert f" Why: rule red-flag{about} (" in str(decision)


def test_what_is_said_of_an_item_is_not_said_of_the_session() -> None:
    decision = told([calm(1), worse(1, item=SIT), calm(1, seq=1, item=RAISE)])
    (finding,) = decision.findings
    assert str(decision) == (
        f"Continue as planned. oblique-sit: rest: no exercise for now. {BREAK} "
        f"This exercise may not be right for this person. Why: {finding}."
    )


def test_each_item_has_the_advice_the_measures_and_the_reasons_of_its_own() -> None:
    days = [entry for k in (1, 2, 3) for entry in (calm(k), worse(k, item=SIT))]
    decision = told([*days, worse(3, item=RAISE)])
    persisting, sat, raised = decision.findings
    assert str(decision) == (
        "Continue as planned. "
        f"oblique-sit: rest and comfort: still no exercise. {COMFORTED} "
        f"Why: {persisting}; {sat}. "
        f"prone-head-raise: rest: no exercise for now. {BREAK} "
        f"This exercise may not be right for this person. Why: {raised}."
    )


def test_an_item_with_no_more_than_the_session_has_no_sentence() -> None:
    decision = told([worse(1), worse(1, item=SIT)])
    (finding,) = decision.findings
    assert str(decision) == (
        f"Rest: no exercise for now. {BREAK} "
        f"These exercises may not be right for this person. Why: {finding}."
    )


def test_a_hold_for_what_an_item_left_out_says_what_and_for_which_item() -> None:
    decision = told([calm(1), calm(1, item=RAISE), report(1, pain=1, item=SIT)])
    assert (decision.action, decision.unknown, decision.unanswered) == (
        Action.HOLD,
        ("evaluation-wanted", "no-improvement"),
        ("stiffness for oblique-sit",),
    )
    assert decision.items_unanswered == {SIT: ("stiffness",)}
    assert str(decision) == f"{HOLDING} Not known: stiffness for oblique-sit."


def test_an_item_that_is_held_alone_says_what_is_not_known_of_it() -> None:
    hurts = policy(rule(Worsened()))
    decision = told([calm(1), report(1, pain=1, item=SIT)], hurts)
    assert (decision.unknown, decision.unanswered) == ((), ())
    held = HOLDING[0].lower() + HOLDING[1:]
    assert str(decision) == (
        f"Continue as planned. oblique-sit: {held} Not known for oblique-sit: stiffness."
    )


def test_an_item_held_as_the_session_is_says_what_is_not_known_of_it_alone() -> None:
    eased = policy(rule(AtLeast(channel=PAIN, severity=3), Action.HOLD, id="a"))
    decision = told([worse(1), report(1, pain=1, item=SIT)], eased)
    assert instructions(decision) == f"{HOLDING} Not known: stiffness for oblique-sit."


def test_a_hold_after_a_clearance_says_that_nothing_was_said_since() -> None:
    decision = told([calm(1), cleared(1, "worsened", seq=1)])
    assert str(decision) == (
        f"{HOLDING} Not known: how it feels (after or next morning) since the clearance."
    )


def test_after_a_clearance_what_counts_is_what_was_left_out_since() -> None:
    before: list[Entry] = [report(1, pain=1), cleared(1, *RULES_OF_ARTICLE, seq=1)]
    decisions = [told([*before, each]) for each in (calm(1, seq=2), report(1, stiffness=1, seq=2))]
    assert [(each.action, each.unanswered) for each in decisions] == [
        (Action.CONTINUE, ()),
        (Action.HOLD, ("pain",)),
    ]


def test_a_usual_level_given_by_a_clearance_of_all_rules_is_known() -> None:
    clearance = cleared(1, *RULES_OF_ARTICLE, new_baseline=report(0, pain=3))
    decision = told([clearance, calm(1)], baseline=report(0, stiffness=1))
    assert (decision.action, decision.unanswered) == (Action.CONTINUE, ())


def test_all_that_is_unknown_is_named_at_once() -> None:
    assert str(told([], SCREENED, baseline=None)) == (
        f"{HOLDING} Not known: how it feels (after or next morning) at this check-in, "
        "the usual level of pain and the usual level of stiffness."
    )


# Clearances and baselines.


def test_a_clearance_releases_the_rules_that_it_names_and_no_other() -> None:
    decision = told([wants_help(1), cleared(2, "evaluation-wanted"), report(2)])
    assert (decision.action, in_force(decision)) == (Action.REST, {"worsened"})


def test_a_clearance_that_names_no_rule_of_the_policy_releases_nothing() -> None:
    assert act(wants_help(1), cleared(2, "another"), calm(2)) is Action.REFER


def test_a_clearance_releases_on_every_item() -> None:
    days: list[Entry] = [calm(1), wants_help(1, item=SIT), cleared(2, "evaluation-wanted"), calm(2)]
    assert told(days) == Decision(
        action=Action.CONTINUE, policy=STOPPING_POLICY.id, items={SIT: Action.CONTINUE}
    )


def test_persistence_begins_anew_after_a_clearance() -> None:
    days: list[Entry] = [worse(k) for k in range(1, 8)]
    after = [worse(k) for k in range(8, 15)]
    clearance = cleared(8, *RULES_OF_ARTICLE)
    assert [act(*days, clearance, *after[:count]) for count in (1, 2, 3, 6, 7)] == [
        Action.REST,
        Action.REST,
        Action.COMFORT,
        Action.COMFORT,
        Action.REFER,
    ]


def test_what_was_said_before_a_clearance_of_the_same_check_in_no_longer_sets_its_rules() -> None:
    day: list[Entry] = [wants_help(1), cleared(1, *RULES_OF_ARTICLE, seq=1)]
    assert [act(*day), act(*day, calm(1, seq=2)), act(*day, calm(2))] == [
        Action.HOLD,
        Action.CONTINUE,
        Action.CONTINUE,
    ]


def test_a_clearance_leaves_its_own_rules_alone_unknown_until_the_next_report() -> None:
    decision = told([calm(1), cleared(1, "worsened", seq=1)])
    assert (decision.action, decision.unknown) == (Action.HOLD, (RuleId("worsened"),))


def test_what_was_said_before_a_clearance_still_sets_the_rules_that_it_does_not_name() -> None:
    day: list[Entry] = [wants_help(1), cleared(1, "evaluation-wanted", seq=1), calm(1, seq=2)]
    assert in_force(told(day)) == {"worsened"}


def test_what_is_said_after_a_clearance_of_the_same_check_in_sets_its_rules_again() -> None:
    day: list[Entry] = [wants_help(1), cleared(1, *RULES_OF_ARTICLE, seq=1), wants_help(1, seq=2)]
    assert [act(*day), act(*day, cleared(1, *RULES_OF_ARTICLE, seq=3), calm(1, seq=4))] == [
        Action.REFER,
        Action.CONTINUE,
    ]


def test_an_item_that_begins_after_a_clearance_is_cleared_as_the_session_is() -> None:
    day: list[Entry] = [wants_help(1), cleared(1, *RULES_OF_ARTICLE, seq=1), calm(1, seq=2)]
    assert told([*day, calm(1, seq=3, item=SIT)]).items == {SIT: Action.CONTINUE}


def test_a_clearance_for_the_first_check_in_needs_no_report_before_it() -> None:
    assert act(cleared(1, "worsened"), worse(1)) is Action.REST


NEW_USUAL = report(0, pain=3)


def test_a_new_baseline_counts_at_once_for_the_rules_that_are_cleared_with_it() -> None:
    clearance = cleared(1, *RULES_OF_ARTICLE, new_baseline=NEW_USUAL)
    risen = report(2, pain=4, stiffness=1)
    assert [act(clearance, worse(1)), act(clearance, worse(1), risen)] == [
        Action.CONTINUE,
        Action.REST,
    ]


def test_a_higher_baseline_counts_from_the_next_check_in_on_for_the_other_rules() -> None:
    clearance = cleared(1, "another", new_baseline=NEW_USUAL)
    assert [act(clearance, worse(1)), act(clearance, worse(1), worse(2))] == [
        Action.REST,
        Action.CONTINUE,
    ]


def test_a_new_baseline_leaves_the_channels_that_it_does_not_name_as_they_were() -> None:
    clearance = cleared(1, *RULES_OF_ARTICLE, new_baseline=NEW_USUAL)
    assert act(clearance, calm(2), report(3, pain=3, stiffness=2)) is Action.REST


def test_a_new_baseline_makes_calm_what_was_worse() -> None:
    later = cleared(2, "another", new_baseline=NEW_USUAL)
    assert [act(worse(1), worse(2)), act(worse(1), later, worse(3))] == [
        Action.REST,
        Action.CONTINUE,
    ]


def test_a_lower_baseline_counts_from_the_clearance_on() -> None:
    usual = report(0, pain=5, stiffness=1)
    clearance = cleared(1, "evaluation-wanted", new_baseline=report(0, pain=2))
    assert act(clearance, report(1, pain=4, stiffness=1), baseline=usual) is Action.REST


def test_the_baseline_does_not_follow_the_reports() -> None:
    better = [report(k, pain=0, stiffness=0) for k in range(1, 30)]
    assert fold(better).baseline == {PAIN: 1, STIFFNESS: 1}


# Logs.


def test_a_log_is_sorted_before_it_is_judged() -> None:
    log: list[Entry] = [
        worse(1),
        cleared(3, "worsened"),
        worse(3),
        worse(4, item=SIT),
        calm(4, seq=1),
    ]
    assert decide(STOPPING_POLICY, reversed(log), baseline=USUAL) == fold(log).decision


def test_a_clearance_comes_before_the_reports_that_share_its_number() -> None:
    log: list[Entry] = [wants_help(1), cleared(1, *RULES_OF_ARTICLE)]
    assert act(*log) is act(*reversed(log)) is Action.REFER


def test_an_exact_duplicate_changes_nothing() -> None:
    log: list[Entry] = [worse(1), cleared(2, "worsened"), worse(2), calm(2, item=SIT)]
    twice = [log[0], log[0], log[1], log[1], log[2], log[2], log[3], log[3]]
    assert fold(twice) == fold(log)


def test_entries_that_share_a_key_may_come_in_any_order() -> None:
    first, second, third = worse(1), calm(1, item=SIT), report(1, stiffness=5)
    assert fold([first, second, third]) == fold([third, second, first])


@pytest.mark.parametrize(
    ("observed", "late", "error"),
    [
        ([calm(2)], calm(1), LateReport((1, 0), (2, 0))),
        ([calm(2, seq=3)], calm(2, seq=2), LateReport((2, 2), (2, 3))),
        ([calm(2, seq=3, item=SIT)], calm(2, seq=2), LateReport((2, 2), (2, 3))),
        ([calm(2)], cleared(1, "worsened"), LateReport((1, 0), (2, 0))),
        ([calm(2)], cleared(2, "worsened"), LateReport((2, 0), (2, 0))),
        ([cleared(2, "worsened", seq=1)], calm(2), LateReport((2, 0), (2, 1))),
        (
            [cleared(2, "worsened"), cleared(2, "persisting", seq=1)],
            cleared(2, "worsened"),
            LateReport((2, 0), (2, 1)),
        ),
    ],
)
def test_a_late_entry_is_refused(observed: list[Entry], late: Entry, error: LateReport) -> None:
    monitor = fold(observed)
    with pytest.raises(LateReport) as raised:
        monitor.observe(late)
    assert raised.value == error


def test_an_entry_before_a_check_in_that_was_opened_is_late() -> None:
    opened = STOPPING_POLICY.start(USUAL).at(5)
    with pytest.raises(LateReport) as raised:
        opened.observe(calm(4))
    assert raised.value == LateReport((4, 0), (5, 0))


@pytest.mark.parametrize(("observed", "newest"), [([], (5, 0)), ([calm(5, seq=2)], (5, 2))])
def test_an_earlier_check_in_cannot_be_opened(
    observed: list[SymptomReport], newest: tuple[int, int]
) -> None:
    monitor = fold(observed).at(5)
    with pytest.raises(LateReport) as raised:
        monitor.at(4)
    assert raised.value == LateReport((4, 0), newest)


@pytest.mark.parametrize("first", [worse(5), cleared(5, "worsened"), worse(5, item=SIT)])
def test_what_comes_first_at_a_check_in_that_was_opened_is_not_late(first: Entry) -> None:
    assert fold([calm(4)]).at(5).observe(first) == fold([calm(4), first])


def test_opening_the_open_check_in_again_changes_nothing() -> None:
    monitor = fold([worse(1)])
    assert monitor.at(1) is monitor


@pytest.mark.parametrize("checkin", [-1, 1_000_000_001, True, 1.0, "1", None])
def test_what_is_no_number_of_a_check_in_cannot_be_opened(checkin: int) -> None:
    monitor = STOPPING_POLICY.start(USUAL).at(1)
    with pytest.raises(InvalidValue) as raised:
        monitor.at(checkin)
    allowed = "a whole number from 0 to 1000000000"
    assert raised.value == InvalidValue("Monitor", "checkin", checkin, allowed)


@pytest.mark.parametrize("entry", [None, 1, "pain", PrescriptionId("item"), Tolerance()])
def test_what_is_neither_a_report_nor_a_clearance_is_not_observed(entry: Entry) -> None:
    with pytest.raises(InvalidValue) as raised:
        STOPPING_POLICY.start(USUAL).observe(entry)
    allowed = "one of SymptomReport, Clearance"
    assert raised.value == InvalidValue("observe", "entry", entry, allowed)


def test_what_is_unknown_of_an_item_is_named_beside_what_is_unknown_of_the_session() -> None:
    no_pain = report(1, stiffness=1)
    decision = fold([no_pain, evolve(no_pain, item=SIT)]).decision
    assert decision.unknown == tuple(sorted(map(RuleId, RULES_OF_ARTICLE)))
    of_item_alone = fold([calm(1), evolve(no_pain, checkin=2, item=SIT), calm(2, seq=1)]).decision
    assert of_item_alone.unknown == tuple(sorted(map(RuleId, REFERRALS)))


def test_without_rules_a_red_flag_adds_nothing_to_what_is_open() -> None:
    empty = StoppingPolicy(id=PolicyId("empty"), rules=(), asks=frozenset({PAIN}))
    said = report(1, pain=1, red_flags=frozenset({CHEST_PAIN}))
    assert decide(empty, [said]).unanswered == ("anything, for the policy has no rules",)


def test_a_row_that_is_broken_begins_at_none_and_calm_counts_only_while_a_rule_is_set() -> None:
    persisting = StoppingRule(
        id=RuleId("persisting"),
        when=Persists(condition=Worsened(), checkins=3),
        then=Action.REST,
        until=Calmed(checkins=2),
    )
    policy = StoppingPolicy(
        id=PolicyId("policy"), rules=(persisting,), asks=frozenset({PAIN, STIFFNESS})
    )
    monitor = policy.start(USUAL)
    states = []
    for entry in (worse(1), calm(2), calm(3), worse(4), worse(5), worse(6), calm(7), calm(8)):
        monitor = monitor.observe(entry)
        [state] = monitor.at(entry.checkin + 1).session.before
        states.append((state.latch is not None, state.counts, state.calm))
    assert states == [
        (False, (1,), 0),
        (False, (0,), 0),
        (False, (0,), 0),
        (False, (1,), 0),
        (False, (2,), 0),
        (True, (3,), 0),
        (True, (0,), 1),
        (False, (0,), 0),
    ]


def test_what_is_of_a_rule_alone_is_found_once_and_is_no_part_of_the_value() -> None:
    [source] = library_default("chosen")
    other = Source(id=SourceId("other"), title="Other", kind=SourceKind.LITERATURE)
    limit = frozenset({Moment.AFTER})
    inner = AtLeast(channel=PAIN, severity=3, moments=limit, sources=(other, source))
    when = Persists(condition=inner, checkins=2, sources=(source,))
    rule = StoppingRule(
        id=RuleId("rule"), when=when, then=Action.REST, until=Calmed(), sources=(source,)
    )
    fresh = evolve(rule)
    assert (rule.persistences, rule.moments, rule.all_sources) == (
        (when,),
        (limit,),
        (source, other),
    )
    assert rule.persistences is rule.persistences
    assert (rule, hash(rule), repr(rule)) == (fresh, hash(fresh), repr(fresh))
    assert pickle.loads(pickle.dumps(rule)).persistences == (when,)


def conflicting() -> list[Entry]:
    return [cleared(1, "worsened"), cleared(1, "persisting")]


@pytest.mark.parametrize(
    "judge",
    [
        lambda: fold(conflicting()),
        lambda: told(conflicting()),
        lambda: told([*conflicting(), calm(1), cleared(1, "worsened")]),
    ],
)
def test_two_different_clearances_under_one_number_are_refused(
    judge: Callable[[], object],
) -> None:
    with pytest.raises(ConflictingClearance) as raised:
        judge()
    assert raised.value == ConflictingClearance((1, 0))


def named(prefix: str, start: int, stop: int) -> dict[Channel, int]:
    return {Channel(f"{prefix}{index}"): 1 for index in range(start, stop)}


@pytest.mark.parametrize(
    "log",
    [
        [report(1, severities=named("c", start, start + 20)) for start in (0, 20)],
        [
            report(1, red_flags=frozenset(map(RedFlag, named("f", start, start + 50))))
            for start in (0, 50)
        ],
        [report(1, item=item) for item in named("i", 0, 201)],
        [
            cleared(
                k, "another", new_baseline=report(0, severities=named("c", 20 * k, 20 * k + 20))
            )
            for k in range(3)
        ],
    ],
    ids=["channels", "red flags", "items", "baselines"],
)
def test_no_log_of_sound_entries_is_too_long_to_be_judged(log: list[Entry]) -> None:
    assert act(*log) is Action.HOLD


def test_a_monitor_is_as_large_as_its_rules_and_items_and_not_as_its_history() -> None:
    def size_after(checkins: int) -> int:
        log = (
            entry
            for day in range(1_000_000, 1_000_000 + checkins)
            for entry in (worse(day), calm(day, seq=1, item=SIT), calm(day, seq=2, item=RAISE))
        )
        return len(pickle.dumps(fold(log)))

    assert size_after(2000) == size_after(10)


def test_the_encoded_size_of_a_monitor_is_the_same_after_10_and_10000_reports() -> None:
    sizes = {}
    monitor = STOPPING_POLICY.start(USUAL)
    for number in range(1, 10_001):
        item = SIT if number == 1 else None
        monitor = monitor.observe(worse(1_000_000 + number, item=item))
        if number in {10, 10_000}:
            sizes[number] = len(dumps(monitor))
    assert sizes[10] == sizes[10_000]


def test_a_report_costs_the_same_whatever_the_history(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[RuleId] = []

    def counted(rule: StoppingRule, before: RuleState, situation: Situation) -> RuleState:
        steps.append(rule.id)
        return advanced(rule, before, situation)

    monkeypatch.setattr(stopping, "advanced", counted)
    costs = []
    monitor = STOPPING_POLICY.start(USUAL)
    for day in range(1, 500):
        steps.clear()
        monitor = monitor.observe(worse(day, item=SIT))
        costs.append(len(steps))
    assert set(costs[2:]) == {2 * len(STOPPING_POLICY.rules)}


def test_a_monitor_survives_storage_with_its_decision_asked_or_not() -> None:
    monitor = fold([worse(1), calm(2), worse(2, item=SIT)])
    before = pickle.loads(pickle.dumps(monitor))
    decision = monitor.decision
    after = pickle.loads(pickle.dumps(monitor))
    assert (before, after, before.decision) == (monitor, monitor, decision)


def test_observing_leaves_the_monitor_that_was_asked_as_it_was() -> None:
    monitor = fold([calm(1)])
    monitor.observe(worse(2))
    assert monitor == fold([calm(1)])


def test_no_rule_has_too_many_sources_to_be_judged() -> None:
    def cited(part: int) -> tuple[Source, ...]:
        return tuple(
            Source(id=SourceId(f"s-{part}-{index}"), title="app", kind=SourceKind.APP)
            for index in range(50)
        )

    parts = tuple(AtLeast(channel=PAIN, severity=1, sources=cited(part)) for part in range(20))
    assert act(calm(1), by=policy(rule(AnyOf(conditions=parts)))) is Action.REST


@pytest.mark.parametrize(
    "states",
    [
        (),
        (RuleState(),) * 3,
        (RuleState(),) * 5,
        (RuleState(None, (1,)), RuleState(), RuleState(), RuleState()),
        (RuleState(), RuleState(None, (1, 1)), RuleState(), RuleState()),
    ],
    ids=["none", "too few", "too many", "a count too many", "two counts for one"],
)
def test_a_monitor_takes_only_states_that_fit_its_policy(states: tuple[RuleState, ...]) -> None:
    monitor = STOPPING_POLICY.start(USUAL)
    refused = []
    for changes in ({"session": Track(states)}, {"items": {SIT: Track(states)}}):
        with pytest.raises(InvalidValue) as raised:
            evolve(monitor, **changes)
        refused.append((raised.value.class_name, raised.value.field))
    assert refused == [("Monitor", "session"), ("Monitor", "items")]


def test_a_severity_that_a_tolerance_does_not_allow_is_refused() -> None:
    with pytest.raises(InvalidValue) as raised:
        Tolerance(severity_at_most={PAIN: 11})
    assert raised.value == InvalidValue(
        "Tolerance", "severity_at_most.pain", 11, "a whole number from 0 to 10"
    )


def test_a_policy_has_to_ask_at_some_moment() -> None:
    with pytest.raises(InvalidValue) as raised:
        policy(asks_at=frozenset())
    assert raised.value.field == "asks_at"


def test_the_sources_of_a_rule_and_its_condition_reach_the_finding_once() -> None:
    app = (Source(id=SourceId("app"), title="app", kind=SourceKind.APP),)
    cited = StoppingRule(
        id=RuleId("r"),
        when=AtLeast(channel=PAIN, severity=1, sources=app),
        then=Action.EASE,
        until=Calmed(sources=app),
        sources=app,
    )
    finding, *_ = told([calm(1)], policy(cited)).findings
    assert finding.sources == app


# What is left open, and in which words.


def test_a_later_report_takes_back_nothing_of_what_was_asked() -> None:
    asking = policy(rule(Worsened()), asks_red_flags=True)
    after = joined(asking, Occasion(), calm(1))
    before = report(1, pain=1, moment=Moment.BEFORE, red_flags=NO_FLAGS)
    later = joined(asking, after, before)
    assert (after.answered, after.flags_left_out) == (True, True)
    assert (later.answered, later.flags_left_out) == (True, True)


def test_a_report_at_a_moment_that_is_not_asked_leaves_nothing_out() -> None:
    asking = policy(rule(Worsened()), asks_red_flags=True)
    before = report(1, moment=Moment.BEFORE)
    assert joined(asking, Occasion(), before) == Occasion(reports=(before,))


def test_red_flags_left_out_before_a_clearance_stay_open_for_the_other_rules() -> None:
    two = policy(
        *(rule(Worsened(), Action.REFER, Cleared(), id=id) for id in ("a", "b")),
        asks_red_flags=True,
    )
    again = evolve(calm(1, seq=2), red_flags=NO_FLAGS)
    assert told([calm(1), cleared(1, "a", seq=1), again], two).unanswered == ("red flags",)


def test_all_that_is_left_open_is_said_in_order() -> None:
    channels = tuple(map(Channel, ("pain", "stiffness", "numbness", "weakness", "aching")))
    flags = frozenset(map(RedFlag, ("chest-pain", "loss-of-balance", "fever", "faintness")))
    silent = report(1, red_flags=flags)
    asking = policy(rule(Worsened()), asks=channels)
    assert told([silent], asking, baseline=None).unanswered == (
        *sorted(channels),
        *(f"the usual level of {channel}" for channel in sorted(channels)),
        *(
            f"what to do about {flag}, a red flag that no rule answers"
            for flag in ("chest pain", "faintness", "fever", "loss of balance")
        ),
    )


def test_moments_at_which_a_rule_needs_an_answer_are_named_where_it_is_not_known() -> None:
    moments = frozenset({Moment.DURING, Moment.NEXT_MORNING})
    hurts = AtLeast(channel=PAIN, severity=5, moments=moments)
    asks_at = frozenset({Moment.DURING, Moment.AFTER, Moment.NEXT_MORNING})
    limited = policy(rule(hurts), asks_at=asks_at)
    open_ended = "how it feels (during or next morning) at this check-in"
    assert told([calm(1)], limited).unanswered == (open_ended,)
    nothing = decide(limited, [calm(1)], baseline=USUAL, checkin=2).unanswered
    assert nothing == ("how it feels (after or during or next morning) at this check-in",)


def test_what_may_be_tried_for_relief_is_not_offered_with_a_referral() -> None:
    for then, measures in (
        (Action.COMFORT, frozenset({ComfortMeasure.ICE})),
        (Action.REFER, frozenset()),
        (Action.REFER_URGENTLY, frozenset()),
    ):
        relieving = evolve(
            rule(Worsened(), then, Cleared()), measures=frozenset({ComfortMeasure.ICE})
        )
        assert told([worse(1)], policy(relieving)).measures == measures


def test_a_track_that_does_not_fit_is_refused_with_what_would_fit() -> None:
    with pytest.raises(InvalidValue) as refused:
        evolve(STOPPING_POLICY.start(USUAL), session=Track(()))
    allowed = "a track with one state for each rule of the policy, and its counts"
    assert refused.value == InvalidValue("Monitor", "session", Track(()), allowed)


def severities(count: int) -> dict[Channel, int]:
    return {Channel(f"channel-{number}"): 1 for number in range(count)}


@pytest.mark.parametrize(
    ("build", "most"),
    [
        pytest.param(lambda n: Tolerance(severity_at_most=severities(n)), 20, id="severities"),
        pytest.param(lambda n: Tolerance(rise_at_most=severities(n)), 20, id="rises"),
        pytest.param(lambda n: policy(asks=severities(n)), 20, id="channels"),
        pytest.param(
            lambda n: policy(*(rule(Worsened(), id=f"r-{each}") for each in range(n))),
            50,
            id="rules",
        ),
    ],
)
def test_a_policy_has_a_highest_size(build: Callable[[int], object], most: int) -> None:
    assert build(most) == build(most)
    with pytest.raises(InvalidValue):
        build(most + 1)


def test_a_policy_may_ask_at_one_moment_but_not_at_none() -> None:
    assert policy(asks_at=frozenset({Moment.DURING})).asks_at == {Moment.DURING}
    with pytest.raises(InvalidValue):
        policy(asks_at=frozenset())


def test_what_is_outside_the_tolerance_is_answered_with_rest_unless_it_is_said_otherwise() -> None:
    assert policy().answer is Action.REST


@pytest.mark.parametrize(
    "numbered",
    [lambda monitor, n: evolve(monitor, checkin=n), lambda monitor, n: evolve(monitor, seq=n)],
    ids=["check-in", "seq"],
)
def test_a_monitor_counts_up_to_a_highest_number(
    numbered: Callable[[Monitor, int], Monitor],
) -> None:
    fresh = STOPPING_POLICY.start(USUAL)
    for number in (0, 1_000_000_000):
        found = numbered(fresh, number)
        assert number in {found.checkin, found.seq}
    for number in (-1, 1_000_000_001):
        with pytest.raises(InvalidValue):
            numbered(fresh, number)


@pytest.mark.parametrize("number", [0, 60])
def test_a_rule_counts_from_0_to_60_check_ins(number: int) -> None:
    state = RuleState(counts=(number,), calm=number)
    assert (state.counts, state.calm) == ((number,), number)


@pytest.mark.parametrize("number", [-1, 61])
def test_a_rule_counts_no_further(number: int) -> None:
    with pytest.raises(InvalidValue):
        RuleState(counts=(number,))
    with pytest.raises(InvalidValue):
        RuleState(calm=number)
