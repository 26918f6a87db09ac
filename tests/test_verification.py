"""`verify`: what it proves, and the shortest history with which it refutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any

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
    DecodeError,
    Diagnostic,
    EvaluationWanted,
    Moment,
    Persists,
    PolicyId,
    RedFlag,
    RedFlagPresent,
    Release,
    Routine,
    RoutineId,
    RuleId,
    Severity,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Tolerance,
    Trend,
    Worsened,
    decide,
    report,
    validate,
    verification,
    verify,
)
from backex.catalog.upper_back import STOPPING_POLICY
from backex.codec import dumps, loads
from backex.conditions import Situation
from backex.latches import Latch, RuleState
from backex.verification import BUDGET, Verdict

ANY_RISE = Worsened()
AT_EIGHT = AtLeast(channel=PAIN, severity=8)
MORNING = frozenset({Moment.NEXT_MORNING})
BEFORE = frozenset({Moment.BEFORE})
NO_FLAGS: frozenset[RedFlag] = frozenset()
#: More check-ins than any release in these tests counts.
LONG = 12


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
    asks: Iterable[Channel] = (PAIN,),
    asks_red_flags: bool = False,
    tolerance: Tolerance | None = None,
    answer: Action = Action.REST,
) -> StoppingPolicy:
    return StoppingPolicy(
        id=PolicyId("p"),
        rules=rules,
        asks=frozenset(asks),
        asks_red_flags=asks_red_flags,
        tolerance=tolerance or Tolerance(),
        answer=answer,
    )


def lasting(checkins: int, condition: Condition = ANY_RISE) -> Persists:
    return Persists(condition=condition, checkins=checkins)


def shown(by: StoppingPolicy) -> list[tuple[str, object]]:
    """Return the code and the rule of each fault."""
    return [(fault.code, fault.meta["rule"]) for fault in verify(by).faults]


def history(fault: Diagnostic) -> tuple[SymptomReport, ...]:
    found = fault.meta["counterexample"]
    assert isinstance(found, tuple)
    return found


def usual(fault: Diagnostic) -> SymptomReport:
    found = fault.meta["baseline"]
    assert isinstance(found, SymptomReport)
    return found


def told(
    by: StoppingPolicy, entries: Iterable[SymptomReport], baseline: SymptomReport
) -> tuple[Action, frozenset[str]]:
    """Return the action, and the rules in force."""
    decision = decide(by, entries, baseline=baseline)
    return decision.action, frozenset(each.rule for each in decision.findings)


def is_unanswered(by: StoppingPolicy, log: tuple[SymptomReport, ...], start: SymptomReport) -> bool:
    return (
        bool(log)
        and log[-1].severities[PAIN] > start.severities[PAIN]
        and told(by, log, start)[0] < by.answer
    )


def is_trap(by: StoppingPolicy, log: tuple[SymptomReport, ...], start: SymptomReport) -> bool:
    """Tell whether a history ends where calm changes nothing and the rule "r" stays in force."""
    if len(log) < 2 or log[-1].severities != start.severities:
        return False
    longer = [*log, *(evolve(log[-1], checkin=len(log) + more) for more in range(1, LONG))]
    return all("r" in told(by, part, start)[1] for part in (log[:-1], log, longer))


def is_released(by: StoppingPolicy, log: tuple[SymptomReport, ...], start: SymptomReport) -> bool:
    """Tell whether the last check-in releases the rule "r", with nobody's clearance."""
    return "r" in told(by, log[:-1], start)[1] and "r" not in told(by, log, start)[1]


SHOWS: Mapping[str, Callable[[StoppingPolicy, tuple[SymptomReport, ...], SymptomReport], bool]] = {
    "BX411": is_unanswered,
    "BX412": is_trap,
    "BX413": is_released,
}


@pytest.mark.parametrize(
    ("by", "code", "start", "pains"),
    [
        pytest.param(rule(Worsened(by=2)), "BX411", 0, [1], id="small rises pass"),
        pytest.param(rule(AT_EIGHT), "BX411", 0, [1], id="a fixed level misses small rises"),
        pytest.param(rule(AT_EIGHT), "BX412", 8, [8, 8], id="a fixed level traps"),
        pytest.param(
            rule(lasting(2, AtLeast(channel=PAIN, severity=4))),
            "BX412",
            4,
            [4, 4, 4],
            id="a fixed level that persists traps",
        ),
        pytest.param(rule(lasting(3)), "BX411", 0, [1], id="persistence alone comes too late"),
        pytest.param(
            rule(AllOf(conditions=(ANY_RISE, AT_EIGHT))),
            "BX411",
            0,
            [1],
            id="a rise that counts only from a level on",
        ),
        pytest.param(rule(ANY_RISE, Action.EASE), "BX411", 0, [1], id="an answer that is too weak"),
        pytest.param(rule(ANY_RISE, until=Cleared()), None, 0, [], id="no fault"),
        pytest.param(rule(ANY_RISE, Action.REFER), "BX413", 0, [1, 0], id="a referral until calm"),
        pytest.param(
            rule(ANY_RISE, Action.REFER_URGENTLY, Calmed(checkins=3)),
            "BX413",
            0,
            [1, 0, 0, 0],
            id="a referral until calm for long",
        ),
    ],
)
def test_each_trap_is_shown_by_the_shortest_history_that_falls_into_it(
    by: StoppingRule, code: str | None, start: int, pains: list[int]
) -> None:
    checked = policy(by)
    faults = {fault.code: fault for fault in verify(checked).faults}
    assert (code in faults) is (code is not None)
    if code is None:
        return
    fault = faults[code]
    log = tuple(report(checkin, pain=pain) for checkin, pain in enumerate(pains, start=1))
    assert (usual(fault), history(fault)) == (report(0, pain=start), log)
    assert SHOWS[code](checked, log, report(0, pain=start))
    assert not [
        (level, shorter)
        for level in range(11)
        for length in range(min(len(log), 3))
        for shorter in product(range(11), repeat=length)
        if SHOWS[code](
            checked,
            tuple(report(at, pain=pain) for at, pain in enumerate(shorter, start=1)),
            report(0, pain=level),
        )
    ]


FLOOR = Tolerance(severity_at_most={PAIN: 9})
FLARE = Tolerance(rise_at_most={PAIN: 1})
NEVER = Cleared()


@pytest.mark.parametrize(
    ("by", "faults"),
    [
        (policy(rule(ANY_RISE)), []),
        (policy(rule(Worsened(by=2))), [("BX411", None)]),
        (policy(rule(Worsened(by=2)), tolerance=FLARE), []),
        (policy(rule(Worsened(by=3)), tolerance=FLARE), [("BX411", None)]),
        (policy(rule(AtLeast(channel=PAIN, severity=1))), [("BX411", None), ("BX412", "r")]),
        (policy(rule(AT_EIGHT)), [("BX411", None), ("BX412", "r")]),
        (policy(rule(AT_EIGHT, until=NEVER)), [("BX411", None)]),
        (policy(rule(AT_EIGHT, Action.CONTINUE)), [("BX411", None), ("BX415", "r")]),
        (policy(rule(ANY_RISE, Action.HOLD), answer=Action.HOLD), []),
        (policy(rule(ANY_RISE), answer=Action.COMFORT), [("BX411", None)]),
        (policy(rule(ANY_RISE, Action.REFER)), [("BX413", "r")]),
        (policy(rule(ANY_RISE, Action.REFER, NEVER)), []),
        (policy(rule(Worsened(channel=PAIN)), asks=(PAIN, STIFFNESS)), [("BX411", None)]),
        (
            policy(
                rule(Worsened(channel=PAIN)),
                rule(Worsened(channel=STIFFNESS), id="s"),
                asks=(PAIN, STIFFNESS),
            ),
            [],
        ),
        (
            policy(
                rule(AllOf(conditions=(Worsened(channel=PAIN), Worsened(channel=STIFFNESS)))),
                asks=(PAIN, STIFFNESS),
            ),
            [("BX411", None)],
        ),
        (policy(rule(ANY_RISE), rule(EvaluationWanted(), Action.REFER, NEVER, id="e")), []),
        (policy(rule(ANY_RISE), rule(lasting(3), Action.COMFORT, id="l")), []),
    ],
)
def test_a_policy_is_proved_or_has_exactly_these_faults(
    by: StoppingPolicy, faults: list[tuple[str, str | None]]
) -> None:
    assert shown(by) == faults
    assert verify(by).proved is not any(code != "BX415" for code, _ in faults)


def test_a_rise_by_two_lets_the_last_step_from_a_high_baseline_pass() -> None:
    by = policy(rule(Worsened(by=2)), tolerance=FLOOR)
    (fault,) = verify(by).faults
    assert (usual(fault), history(fault)) == (report(0, pain=9), (report(1, pain=10),))
    assert told(by, history(fault), usual(fault))[0] is Action.CONTINUE


def test_a_creep_is_answered_at_every_step_by_a_proved_policy_and_not_by_a_rise_by_two() -> None:
    creep = [report(day, pain=pain) for day, pain in enumerate([3, 3, 4, 4, 5, 5, 6], start=1)]
    actions = [
        [decide(by, creep[:end], baseline=report(0, pain=3)).action for end in range(3, 8)]
        for by in (policy(rule(ANY_RISE)), policy(rule(Worsened(by=2))))
    ]
    rest, go = Action.REST, Action.CONTINUE
    assert actions == [[rest] * 5, [go, go, rest, rest, rest]]


@pytest.mark.parametrize("level", range(1, 11))
def test_a_fixed_level_traps_whoever_usually_is_there(level: int) -> None:
    by = policy(rule(ANY_RISE), rule(AtLeast(channel=PAIN, severity=level), Action.EASE, id="l"))
    (fault,) = [each for each in verify(by).faults if each.severity is Severity.ERROR]
    assert (fault.code, fault.meta["rule"]) == ("BX412", "l")
    assert (usual(fault), history(fault)) == (
        report(0, pain=level),
        (report(1, pain=level), report(2, pain=level)),
    )


@pytest.mark.parametrize("moments", [MORNING, BEFORE, MORNING | BEFORE])
def test_a_fixed_level_traps_at_whichever_moment_it_is_looked_at(
    moments: frozenset[Moment],
) -> None:
    by = policy(
        rule(ANY_RISE),
        rule(AtLeast(channel=PAIN, severity=8, moments=moments), Action.COMFORT, id="l"),
    )
    assert shown(by) == [("BX412", "l")]
    (fault,) = verify(by).faults
    assert "l" in told(by, history(fault), usual(fault))[1]


def test_what_another_rule_counts_does_not_lengthen_a_counterexample() -> None:
    by = policy(rule(ANY_RISE), rule(AT_EIGHT, id="l"), rule(lasting(9, AT_EIGHT), id="n"))
    lengths = {fault.meta["rule"]: len(history(fault)) for fault in verify(by).faults[:2]}
    assert lengths == {"l": 2, "n": 10}


@pytest.mark.parametrize("channel", ["another", "pain", "zz"])
def test_the_name_of_a_channel_makes_no_difference(channel: str) -> None:
    felt = Channel(channel)
    by = policy(rule(ANY_RISE), rule(AtLeast(channel=felt, severity=8), id="l"), asks=(felt,))
    (fault,) = verify(by).faults[:1]
    assert (fault.code, usual(fault).severities) == ("BX412", {felt: 8})


@pytest.mark.parametrize(
    ("looks_at", "missed"),
    [
        (MORNING, Moment.AFTER),
        (frozenset({Moment.AFTER}), Moment.NEXT_MORNING),
        (frozenset({Moment.AFTER, Moment.NEXT_MORNING}), Moment.BEFORE),
        (frozenset(Moment) - {Moment.DURING}, Moment.DURING),
    ],
)
def test_a_rise_at_a_moment_that_no_rule_looks_at_is_found(
    looks_at: frozenset[Moment], missed: Moment
) -> None:
    by = policy(rule(Worsened(moments=looks_at)))
    (fault,) = verify(by).faults
    risen = [(each.checkin, each.moment) for each in history(fault) if each.severities[PAIN]]
    assert (fault.code, risen) == ("BX411", [(1, missed)])
    assert told(by, history(fault), usual(fault)) == (Action.CONTINUE, frozenset())


def test_a_moment_that_two_rules_share_out_is_covered() -> None:
    rest_of_day = frozenset(Moment) - MORNING
    by = policy(rule(Worsened(moments=MORNING)), rule(Worsened(moments=rest_of_day), id="d"))
    assert shown(by) == []


def test_the_word_worse_must_be_answered_without_a_tolerance() -> None:
    unspoken = AnyOf(
        conditions=tuple(AtLeast(channel=PAIN, severity=level) for level in range(1, 11))
    )
    by = policy(rule(unspoken, until=NEVER))
    (fault,) = verify(by).faults
    assert history(fault) == (report(1, pain=0, trend=Trend.WORSE),)
    assert told(by, history(fault), usual(fault))[0] is Action.CONTINUE


@pytest.mark.parametrize(
    ("tolerance", "rises", "faults"),
    [
        (Tolerance(severity_at_most={PAIN: 5}), 1, []),
        (Tolerance(severity_at_most={PAIN: 5}), 2, [("BX411", None)]),
        (Tolerance(rise_at_most={PAIN: 2}), 3, []),
        (Tolerance(rise_at_most={PAIN: 2}), 4, [("BX411", None)]),
        (Tolerance(severity_at_most={PAIN: 8}, rise_at_most={PAIN: 1}), 2, []),
        (Tolerance(severity_at_most={STIFFNESS: 9}), 2, [("BX411", None)]),
    ],
)
def test_the_declared_tolerance_is_what_a_policy_is_proved_against(
    tolerance: Tolerance, rises: int, faults: list[tuple[str, str | None]]
) -> None:
    assert shown(policy(rule(Worsened(by=rises)), tolerance=tolerance)) == faults


def test_outside_a_tolerance_is_above_both_the_level_and_the_usual() -> None:
    by = policy(rule(Worsened(by=2)), tolerance=Tolerance(severity_at_most={PAIN: 5}))
    (fault,) = verify(by).faults
    assert (usual(fault), history(fault)) == (report(0, pain=5), (report(1, pain=6),))


def test_red_flags_that_are_asked_for_are_answered_in_the_counterexample() -> None:
    by = policy(rule(RedFlagPresent(), Action.REFER), rule(ANY_RISE, id="w"), asks_red_flags=True)
    (fault,) = verify(by).faults
    assert (fault.code, fault.meta["rule"]) == ("BX413", "r")
    first, last = history(fault)
    assert (bool(first.red_flags), last) == (True, report(2, pain=0, red_flags=NO_FLAGS))
    assert is_released(by, history(fault), usual(fault))


def test_rules_on_different_red_flags_are_told_apart() -> None:
    named = RedFlagPresent(flags=frozenset({CHEST_PAIN}))
    any_flag = rule(RedFlagPresent(), Action.REFER, NEVER, id="any")
    by = policy(rule(ANY_RISE), rule(named, Action.REFER_URGENTLY, NEVER, id="named"), any_flag)
    assert shown(by) == []
    shadowed = policy(rule(ANY_RISE), rule(named, Action.REFER, NEVER, id="named"), any_flag)
    assert shown(shadowed) == [("BX415", "named")]


@pytest.mark.parametrize(
    ("shadowed", "index"),
    [
        (policy(rule(ANY_RISE), rule(Worsened(by=2), id="s")), 1),
        (policy(rule(Worsened(by=2), Action.EASE, id="s"), rule(ANY_RISE)), 0),
        (policy(rule(ANY_RISE), rule(lasting(2), id="s")), 1),
        (policy(rule(ANY_RISE), rule(EvaluationWanted(), Action.CONTINUE, id="s")), 1),
    ],
)
def test_a_rule_that_never_decides_is_a_warning_and_leaves_the_policy_proved(
    shadowed: StoppingPolicy, index: int
) -> None:
    found = verify(shadowed)
    assert [(each.code, each.severity, each.path, each.meta) for each in found.faults] == [
        ("BX415", Severity.WARNING, f"$.rules[{index}]", {"rule": "s"})
    ]
    assert found.proved


@pytest.mark.parametrize(
    "when",
    [
        AllOf(conditions=(Worsened(by=10), AtLeast(channel=STIFFNESS, severity=10))),
        AllOf(conditions=(Worsened(moments=MORNING), Worsened(moments=BEFORE))),
        AllOf(conditions=(lasting(2), RedFlagPresent(), EvaluationWanted())),
        lasting(60, AllOf(conditions=(Worsened(by=10), EvaluationWanted()))),
    ],
)
def test_no_combination_of_conditions_is_impossible_because_none_is_negated(
    when: Condition,
) -> None:
    by = policy(rule(ANY_RISE), rule(when, Action.REFER, NEVER, id="rare"))
    assert shown(by) == []


@pytest.mark.parametrize("checked", [policy(rule(AT_EIGHT)), STOPPING_POLICY])
def test_a_budget_proves_all_or_refuses_all(checked: StoppingPolicy) -> None:
    whole = verify(checked)
    budgets = [0, 1, whole.transitions // 2, whole.transitions, BUDGET]
    *small, enough = [verify(checked, budget=budget) for budget in budgets]
    assert enough == whole
    assert [verdict == whole for verdict in small] == sorted(verdict == whole for verdict in small)
    refused = [pair for pair in zip(budgets, small, strict=False) if pair[1] != whole]
    assert len(refused) >= 3
    for budget, verdict in refused:
        (fault,) = verdict.faults
        assert verdict == Verdict(proved=False, faults=(fault,))
        assert (fault.code, fault.path, fault.meta["budget"]) == ("BX417", "$", budget)
        estimate = fault.meta["estimate"]
        assert isinstance(estimate, int)
        # It is for each baseline, of which two channels have at most 11 × 11.
        assert estimate * 121 >= whole.transitions


def test_as_many_channels_as_a_policy_may_ask_are_refused_and_not_attempted() -> None:
    channels = [Channel(f"c{number}") for number in range(20)]
    by = policy(
        *(rule(Worsened(channel=channel), id=f"on-{channel}") for channel in channels),
        asks=channels,
    )
    (fault,) = verify(by, budget=10_000).faults
    assert fault.code == "BX417"


def test_a_policy_without_rules_is_not_proved() -> None:
    assert verify(policy()) == Verdict(proved=False)


def test_equal_policies_share_one_verdict() -> None:
    def made() -> StoppingPolicy:
        return policy(rule(Worsened(by=4), id="once"))

    assert verify(made()) is verify(made())
    assert verify(made(), budget=10) != verify(made())


def test_the_order_of_the_rules_changes_no_finding() -> None:
    rules = (rule(AT_EIGHT, id="a"), rule(lasting(2), Action.REFER, id="b"))
    one, other = verify(policy(*rules)), verify(policy(*reversed(rules)))
    assert one.faults == other.faults
    assert one.states == other.states


def test_a_verdict_reads_as_a_compiler_would_print_it() -> None:
    proved, failed = verify(policy(rule(ANY_RISE))), verify(policy(rule(AT_EIGHT)))
    nothing = "accepting nothing above the usual level"
    explored = [f"({v.states} states, {v.transitions} transitions)" for v in (proved, failed)]
    assert str(proved) == f"proved, {nothing} {explored[0]}"
    closing = f"not proved, {nothing} {explored[1]}"
    assert str(failed) == "\n\n".join([*map(str, failed.faults), closing])
    assert "check-in 2 (after): pain 8 (usually 8)" in str(failed)


# ---- beside a reference -------------------------------------------------------------------------

SOUND = policy(rule(ANY_RISE), rule(lasting(2), Action.COMFORT, id="l"))


def beside(checked: StoppingPolicy, reference: StoppingPolicy) -> dict[str, Diagnostic]:
    """Return by code what is found beside a reference and not without it, each replayed."""
    own = verify(checked).faults
    found = verify(checked, at_least_as_safe_as=reference).faults
    assert found[: len(own)] == own
    added = {fault.code: fault for fault in found[len(own) :]}
    for fault in added.values():
        actions = [told(by, history(fault), usual(fault))[0] for by in (checked, reference)]
        assert [fault.meta["action"], fault.meta["reference"]] == [each.value for each in actions]
        assert (actions[0] < actions[1]) is (fault.code == "BX418")
        assert (actions[0] > actions[1]) is (fault.code == "BX419")
    return added


def lengths(found: Mapping[str, Diagnostic]) -> dict[str, int]:
    return {code: history(fault)[-1].checkin for code, fault in found.items()}


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        (SOUND, {}),
        (evolve(SOUND, rules=SOUND.rules[::-1]), {}),
        (evolve(SOUND, rules=SOUND.rules * 2), {}),
        (policy(rule(ANY_RISE)), {"BX418": 2}),
        (policy(rule(ANY_RISE), rule(lasting(3), Action.COMFORT, id="l")), {"BX418": 2}),
        (policy(rule(ANY_RISE), rule(ANY_RISE, Action.COMFORT, id="l")), {"BX419": 1}),
        (policy(*SOUND.rules, rule(lasting(4), Action.REFER, NEVER, id="n")), {"BX419": 4}),
        (policy(rule(ANY_RISE, until=Calmed(checkins=3)), SOUND.rules[1]), {"BX419": 2}),
        (policy(rule(ANY_RISE, Action.COMFORT)), {"BX419": 1}),
        (policy(rule(Worsened(by=2), Action.COMFORT)), {"BX418": 1, "BX419": 1}),
        (policy(), {"BX418": 1, "BX419": 1}),
    ],
)
def test_where_a_policy_asks_for_less_or_more_than_a_reference_is_shown_by_the_shortest_history(
    checked: StoppingPolicy, expected: dict[str, int]
) -> None:
    assert lengths(beside(checked, SOUND)) == expected


def test_weaker_than_the_reference_is_an_error_and_stricter_is_only_told() -> None:
    (weaker,) = verify(policy(rule(ANY_RISE)), at_least_as_safe_as=SOUND).faults
    stricter = verify(SOUND, at_least_as_safe_as=policy(rule(ANY_RISE)))
    assert (weaker.code, weaker.severity, weaker.path) == ("BX418", Severity.ERROR, "$")
    assert [(each.code, each.severity) for each in stricter.faults] == [("BX419", Severity.INFO)]
    assert stricter.proved
    assert not verify(policy(rule(ANY_RISE)), at_least_as_safe_as=SOUND).proved
    assert weaker.message == (
        "rest is asked for where the reference asks for comfort: check-in 1 (after): pain 1 "
        "(usually 0); check-in 2 (after): pain 1 (usually 0)"
    )


def test_a_policy_that_is_faulty_by_itself_is_not_proved_by_being_safer_than_a_reference() -> None:
    found = verify(policy(rule(Worsened(by=2))), at_least_as_safe_as=policy(rule(AT_EIGHT)))
    assert not found.proved
    assert "BX411" in {each.code for each in found.faults}


def test_each_of_two_policies_is_judged_by_what_it_asks_for_itself() -> None:
    asking_more = policy(rule(ANY_RISE), asks=(PAIN, STIFFNESS))
    asking_less = policy(rule(ANY_RISE))
    less = beside(asking_less, asking_more)
    assert (set(less), less["BX418"].meta["reference"]) == ({"BX418"}, "rest")
    # What the reference asks for and nobody answered is unknown to the reference alone.
    more = beside(asking_more, asking_less)
    assert (set(more), more["BX419"].meta["reference"]) == ({"BX419"}, "continue")


def test_a_reference_that_holds_without_an_answer_is_met_only_by_holding_as_well() -> None:
    asking = policy(rule(ANY_RISE), asks_red_flags=True)
    found = beside(policy(rule(ANY_RISE)), asking)
    assert lengths(found) == {"BX418": 1}
    assert (found["BX418"].meta["action"], found["BX418"].meta["reference"]) == ("continue", "hold")
    assert [each.red_flags for each in history(found["BX418"])] == [None]
    assert beside(evolve(asking, answer=Action.COMFORT), asking) == {}


def test_policies_that_ask_at_different_moments_are_compared_at_both() -> None:
    evening = evolve(policy(rule(ANY_RISE)), asks_at=frozenset({Moment.AFTER}))
    morning = evolve(evening, asks_at=MORNING)
    for checked, reference in ((evening, morning), (morning, evening)):
        found = beside(checked, reference)
        assert lengths(found) == {"BX418": 1, "BX419": 1}


def test_a_reference_without_rules_only_holds() -> None:
    found = beside(policy(rule(ANY_RISE)), policy())
    assert lengths(found) == {"BX418": 1, "BX419": 1}
    assert found["BX418"].meta["reference"] == "hold"


def test_two_policies_without_rules_hold_alike() -> None:
    verdict = verify(policy(), at_least_as_safe_as=policy())
    assert verdict.faults == ()
    assert 0 < verdict.states < verdict.transitions


def test_a_pair_beyond_the_budget_is_refused_whole() -> None:
    enough = verify(SOUND).transitions
    many = policy(*(rule(lasting(count), id=f"l{count}") for count in range(2, 9)))
    for checked, reference, budget in ((SOUND, many, enough), (many, SOUND, enough)):
        verdict = verify(checked, at_least_as_safe_as=reference, budget=budget)
        assert [fault.code for fault in verdict.faults] == ["BX417"]
        assert not verdict.proved


def test_the_catalogs_policy_may_be_made_stricter_and_not_weaker() -> None:
    without = evolve(STOPPING_POLICY, rules=STOPPING_POLICY.rules[:-1])
    assert set(beside(without, STOPPING_POLICY)) == {"BX418"}
    assert set(beside(STOPPING_POLICY, without)) == {"BX419"}


@pytest.mark.parametrize(
    ("tolerance", "accepted"),
    [
        (Tolerance(), "nothing above the usual level"),
        (
            Tolerance(severity_at_most={PAIN: 5}),
            "pain up to 5 (or the usual level, if higher), also where it is said to be worse",
        ),
        (
            Tolerance(severity_at_most={PAIN: 5}, rise_at_most={STIFFNESS: 2}),
            (
                "pain up to 5 (or the usual level, if higher) or stiffness up to 2 above "
                "the usual level, also where it is said to be worse"
            ),
        ),
    ],
)
def test_every_verdict_says_what_the_policy_accepts(tolerance: Tolerance, accepted: str) -> None:
    sound = policy(rule(ANY_RISE), tolerance=tolerance)
    for verdict in (
        verify(sound),
        verify(sound, budget=1),
        verify(evolve(sound, rules=())),
        verify(sound, at_least_as_safe_as=SOUND),
        verify(sound, at_least_as_safe_as=SOUND, budget=verify(sound).transitions),
    ):
        assert verdict.tolerance == tolerance
        assert f"proved, accepting {accepted} (" in str(verdict)


# ---- a broken step ------------------------------------------------------------------------------
# No policy can be built that is not monotone or has a rule that cannot fire. That `verify` would
# notice is shown by giving it steps that no monitor makes.


def never_set(rule: StoppingRule, before: RuleState, situation: Situation) -> RuleState:
    del rule, situation
    return before


def set_by_mild_rises_only(
    rule: StoppingRule, before: RuleState, situation: Situation
) -> RuleState:
    del rule
    said = situation.occasion.reports
    pains = [each.severities.get(PAIN, 0) for each in said]
    return RuleState(Latch(said, {})) if 0 < max(pains, default=0) < 5 else before


def test_a_step_that_sets_nothing_leaves_a_rule_that_can_never_fire(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verification, "advanced", never_set)
    assert shown(policy(rule(ANY_RISE, id="dead"))) == [("BX411", None), ("BX414", "dead")]


def test_a_step_that_answers_worse_with_less_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "advanced", set_by_mild_rises_only)
    watched = AnyOf(conditions=(ANY_RISE, AtLeast(channel=PAIN, severity=5)))
    found = verify(policy(rule(watched, until=NEVER, id="odd"))).faults
    by_code = {fault.code: fault for fault in found}
    assert "BX416" in by_code
    assert [each.severities[PAIN] >= 5 for each in history(by_code["BX416"])] == [True]


# ---- bad input ----------------------------------------------------------------------------------

ON_WISH = rule(EvaluationWanted(), Action.REFER, NEVER)


@pytest.mark.parametrize(
    ("bad", "code", "shows"),
    [
        pytest.param(policy(), "BX402", None, id="no rules"),
        pytest.param(policy(ON_WISH), "BX411", [1], id="never reacts to worsening"),
        pytest.param(policy(rule(ANY_RISE, Action.HOLD)), "BX411", [1], id="reacts too weakly"),
        pytest.param(policy(rule(AT_EIGHT)), "BX411", [1], id="reacts too late"),
    ],
)
def test_a_bad_policy_is_loaded_and_reported_with_what_it_lets_pass(
    bad: StoppingPolicy, code: str, shows: list[int] | None
) -> None:
    assert loads(dumps(bad), StoppingPolicy) == bad
    report = validate(loads(dumps(bad), StoppingPolicy))
    error = report.errors[0]
    assert (report.ok, error.code) == (False, code)
    if shows is not None:
        assert [each.severities[PAIN] for each in history(error)] == shows


@pytest.mark.parametrize(
    ("right", "wrong", "problems"),
    [
        ('"worsened"', '"gone-worse"', {"BX017": "$.rules[0].when.@kind"}),
        ('"then":"rest"', '"then":"rets"', {"BX017": "$.rules[0].then"}),
        ('"then":', '"than":', {"BX015": "$.rules[0].then", "BX016": "$.rules[0].than"}),
        ('"until":', '"untill":', {"BX015": "$.rules[0].until", "BX016": "$.rules[0].untill"}),
        ('"answer":', '"answers":', {"BX015": "$.answer", "BX016": "$.answers"}),
        (
            '"asks_red_flags":',
            '"ask_red_flags":',
            {"BX015": "$.asks_red_flags", "BX016": "$.ask_red_flags"},
        ),
    ],
)
def test_a_policy_with_a_part_that_is_not_understood_is_refused_whole(
    right: str, wrong: str, problems: dict[str, str]
) -> None:
    document = dumps(policy(rule(ANY_RISE)))
    assert document.count(right) == 1
    with pytest.raises(DecodeError) as caught:
        loads(document.replace(right, wrong), StoppingPolicy)
    assert {each.code: each.path for each in caught.value.problems} == problems


def test_a_trend_that_is_never_asked_for_holds_nobody() -> None:
    for by in (policy(rule(ANY_RISE)), policy(rule(lasting(2), Action.REFER, NEVER))):
        log = [report(day, pain=1) for day in range(1, 20)]
        assert all(each.trend is None for each in log)
        assert told(by, log, report(0, pain=1)) == (Action.CONTINUE, frozenset())


# ---- inside validate ----------------------------------------------------------------------------

FAULTY = policy(
    rule(AT_EIGHT), rule(ANY_RISE, Action.REFER, id="w"), rule(Worsened(by=2), id="shadowed")
)


@pytest.mark.parametrize(
    ("value", "root"),
    [
        (FAULTY, "$"),
        (Routine(id=RoutineId("r"), title="R", stopping=FAULTY), "$.stopping"),
    ],
)
def test_validate_reports_what_verify_found_at_its_place(
    value: StoppingPolicy | Routine, root: str
) -> None:
    found = validate(value, select=["BX4"]).diagnostics
    assert found == tuple(
        evolve(fault, path=root + fault.path.removeprefix("$")) for fault in verify(FAULTY).faults
    )
    assert [(each.code, each.path) for each in found] == [
        ("BX412", root),
        ("BX413", root),
        ("BX415", f"{root}.rules[2]"),
    ]


def test_validate_does_not_verify_what_has_no_rules_or_ambiguous_ones() -> None:
    twice = policy(rule(AT_EIGHT), rule(AT_EIGHT))
    assert validate(policy()).codes == ("BX402",)
    assert validate(twice).codes == ("BX403",)


def test_the_policy_of_the_catalog_is_proved_without_a_warning() -> None:
    assert verify(STOPPING_POLICY) == evolve(verify(STOPPING_POLICY), proved=True, faults=())


def test_beside_a_reference_a_red_flag_without_a_rule_is_a_hold() -> None:
    flagged = rule(RedFlagPresent(), Action.REFER, Cleared(), id="flagged")
    reference = evolve(SOUND, rules=(*SOUND.rules, flagged))
    faults = verify(SOUND, at_least_as_safe_as=reference).faults
    (weaker,) = (each for each in faults if each.code == "BX418")
    log: Any = weaker.meta["counterexample"]
    baseline: Any = weaker.meta["baseline"]
    told = [decide(by, log, baseline=baseline).action.value for by in (SOUND, reference)]
    assert [weaker.meta["action"], weaker.meta["reference"]] == told == ["hold", "refer"]
