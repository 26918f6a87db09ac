"""The ladder of actions, and what a decision and its findings tell."""

from __future__ import annotations

from itertools import pairwise

import pytest
from attrs import evolve

from backex import (
    PAIN,
    Action,
    AtLeast,
    ComfortMeasure,
    Concern,
    Decision,
    Finding,
    Moment,
    PolicyId,
    PrescriptionId,
    RuleId,
    Worsened,
    report,
)
from backex.decision import deciding

POLICY = PolicyId("p")
SIT, RAISE = PrescriptionId("oblique-sit"), PrescriptionId("prone-head-raise")
ROSE = Finding(
    rule=RuleId("worsened"),
    action=Action.COMFORT,
    condition=Worsened(),
    reports=(report(3, pain=4, moment=Moment.DURING), report(3, pain=5)),
    baseline={PAIN: 1},
    advice="Take a break.",
)
HURTS = Finding(
    rule=RuleId("hurts"),
    action=Action.REST,
    condition=AtLeast(channel=PAIN, severity=7),
    reports=(report(3, pain=7),),
    baseline={},
    item=SIT,
)


def test_the_ladder_leads_from_continue_to_refer_urgently() -> None:
    ladder = [
        Action.CONTINUE,
        Action.HOLD,
        Action.EASE,
        Action.REST,
        Action.COMFORT,
        Action.REFER,
        Action.REFER_URGENTLY,
    ]
    assert list(Action) == ladder
    assert all(lesser < greater for lesser, greater in pairwise(ladder))


def test_no_action_from_rest_on_allows_exercise() -> None:
    allowing = [Action.CONTINUE, Action.HOLD, Action.EASE]
    assert [each for each in Action if each.allows_exercise] == allowing


@pytest.mark.parametrize("action", list(Action))
def test_only_continue_permits_progression(action: Action) -> None:
    decision = Decision(action=action, policy=POLICY)
    assert (decision.permits_progression, decision.allows_exercise) == (
        action is Action.CONTINUE,
        action < Action.REST,
    )


def test_an_item_that_was_not_reported_on_gets_the_action_of_the_session() -> None:
    decision = Decision(action=Action.HOLD, policy=POLICY, items={SIT: Action.REST})
    assert (decision.action_for(SIT), decision.action_for(RAISE)) == (Action.REST, Action.HOLD)


def test_advice_is_given_once_and_in_the_order_of_the_findings() -> None:
    stiff = evolve(HURTS, rule=RuleId("stiff"), item=None, advice="Lie down.")
    rests = evolve(stiff, rule=RuleId("rests"), advice="Rest.")
    findings = (rests, stiff, evolve(rests, rule=RuleId("again")))
    decision = Decision(action=Action.REST, policy=POLICY, findings=findings)
    assert decision.advice == ("Rest.", "Lie down.")


def test_a_finding_says_which_rule_was_set_and_by_what() -> None:
    assert str(ROSE) == (
        "rule worsened (any symptom asked for is 1 or more above the usual level, or said to be "
        "worse) was set by check-in 3 (during): pain 4 (usually 1); "
        "check-in 3 (after): pain 5 (usually 1)"
    )


def test_a_finding_about_an_item_names_it() -> None:
    assert str(HURTS) == (
        "rule hurts for oblique-sit (pain is 7 or more of 10) was set by check-in 3 (after): pain 7"
    )


def test_the_first_report_that_set_a_rule_stands_for_all() -> None:
    assert ROSE.report == report(3, pain=4, moment=Moment.DURING)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action.CONTINUE, "Continue as planned."),
        (Action.HOLD, "Hold: the same again at most, no progression."),
        (Action.EASE, "Ease: go one step easier."),
        (Action.REST, "Rest: no exercise for now."),
        (Action.COMFORT, "Rest and comfort: still no exercise."),
        (Action.REFER, "Stop: no exercise, and see a professional."),
        (Action.REFER_URGENTLY, "Stop: no exercise, and see a professional at once."),
    ],
)
def test_every_action_has_its_words(action: Action, words: str) -> None:
    assert str(Decision(action=action, policy=POLICY)) == words


def test_a_decision_without_a_policy_says_that_there_is_none() -> None:
    assert str(Decision(action=Action.HOLD, policy=None)) == (
        "Hold: the same again at most, no progression. "
        "There is no stopping policy, so nothing can be judged safe."
    )


def test_a_decision_tells_all_that_it_knows_in_one_paragraph() -> None:
    decision = Decision(
        action=Action.COMFORT,
        policy=POLICY,
        findings=(ROSE, HURTS),
        unanswered=("stiffness", "red flags"),
        items={SIT: Action.REFER, RAISE: Action.COMFORT},
        items_unanswered={SIT: ("stiffness",), RAISE: ("soreness",)},
        measures=frozenset({ComfortMeasure.HEAT, ComfortMeasure.ICE}),
        concerns=frozenset({Concern.SUITABILITY}),
    )
    assert str(decision) == (
        "Rest and comfort: still no exercise. "
        "Take a break. "
        "If wanted, either heat or ice may be tried. "
        "These exercises may not be right for this person. "
        "Not known: stiffness, red flags and soreness for prone-head-raise. "
        f"Why: {ROSE}. "
        "oblique-sit: stop: no exercise, and see a professional. "
        "Not known for oblique-sit: stiffness. "
        f"Why: {HURTS}."
    )


@pytest.mark.parametrize(
    ("action", "item", "rules"),
    [
        (Action.COMFORT, None, ["worsened"]),
        (Action.COMFORT, SIT, ["worsened"]),
        (Action.REST, None, []),
        (Action.REST, SIT, ["hurts"]),
        (Action.REST, RAISE, []),
        (Action.REFER, None, ["sent"]),
        (Action.REFER, RAISE, ["sent"]),
    ],
)
def test_only_what_asks_for_the_action_decided_is_decisive(
    action: Action, item: PrescriptionId | None, rules: list[str]
) -> None:
    sent = evolve(HURTS, rule=RuleId("sent"), action=Action.REFER)
    assert [each.rule for each in deciding((sent, ROSE, HURTS), action, item)] == rules


@pytest.mark.parametrize("action", [each for each in Action if each >= Action.REFER])
def test_no_comfort_measure_is_offered_at_a_referral(action: Action) -> None:
    decision = Decision(
        action=action, policy=POLICY, measures=frozenset({ComfortMeasure.ICE, ComfortMeasure.HEAT})
    )
    assert str(decision) == str(Decision(action=action, policy=POLICY))


def test_a_single_comfort_measure_is_no_choice_but_still_optional() -> None:
    decision = Decision(
        action=Action.COMFORT, policy=POLICY, measures=frozenset({ComfortMeasure.ICE})
    )
    assert "may be tried" in str(decision)
    assert "either" not in str(decision)
