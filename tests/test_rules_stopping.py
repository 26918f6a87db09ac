"""BX404 to BX408: what a policy relies on and nobody is asked, and what it passes over."""

from __future__ import annotations

import pytest
from attrs import evolve

from backex.catalog.upper_back import STOPPING_POLICY
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
    Worsened,
)
from backex.decision import Action
from backex.ids import RuleId
from backex.latches import StoppingRule
from backex.rules.examples import policy
from backex.stopping import StoppingPolicy, Tolerance
from backex.symptoms import CHEST_PAIN, PAIN, STIFFNESS, Channel, Moment
from backex.validation import validate
from backex.verification import verify

MORNING = frozenset({Moment.NEXT_MORNING})
DURING = frozenset({Moment.DURING})
HIGH = AtLeast(channel=PAIN, severity=5)
ELSEWHERE = AtLeast(channel=STIFFNESS, severity=5)


def looking(condition: Condition, then: Action = Action.REST) -> StoppingRule:
    return StoppingRule(id=RuleId("own"), when=condition, then=then, until=Calmed())


def not_asked(condition: Condition, **changes: object) -> list[str]:
    asking = evolve(policy(looking(condition)), **changes)  # type: ignore[arg-type]
    report = validate(asking, select="BX404")
    assert {each.path for each in report.diagnostics} <= {"$.rules[1].when"}
    assert {each.meta["rule"] for each in report.diagnostics} <= {"own"}
    return [str(each.meta["what"]) for each in report.diagnostics]


@pytest.mark.parametrize(
    "condition",
    [
        HIGH,
        evolve(HIGH, moments=MORNING),
        evolve(HIGH, moments=MORNING | DURING),
        Worsened(),
        Worsened(channel=PAIN),
        Persists(condition=HIGH, checkins=3),
        AllOf(conditions=(HIGH, EvaluationWanted())),
        AnyOf(conditions=(HIGH, Worsened())),
    ],
)
def test_a_rule_may_look_at_what_is_asked_and_at_the_wish_to_be_seen(condition: Condition) -> None:
    assert not_asked(condition) == []


@pytest.mark.parametrize(
    ("condition", "what"),
    [
        (ELSEWHERE, ["stiffness"]),
        (Worsened(channel=STIFFNESS), ["stiffness"]),
        (evolve(HIGH, moments=DURING), ["symptoms during"]),
        (
            Worsened(moments=frozenset({Moment.DURING, Moment.BEFORE})),
            ["symptoms before or during"],
        ),
        (evolve(ELSEWHERE, moments=DURING), ["stiffness", "symptoms during"]),
        (RedFlagPresent(), ["red flags"]),
        (Persists(condition=ELSEWHERE, checkins=3), ["stiffness"]),
        (AnyOf(conditions=(HIGH, ELSEWHERE)), ["stiffness"]),
        (AllOf(conditions=(RedFlagPresent(), ELSEWHERE)), ["red flags", "stiffness"]),
        (AnyOf(conditions=(ELSEWHERE, Worsened(channel=STIFFNESS))), ["stiffness"]),
    ],
)
def test_a_rule_on_what_nobody_is_asked_for_is_found(condition: Condition, what: list[str]) -> None:
    assert not_asked(condition) == what


def test_a_rule_on_any_symptom_that_is_asked_for_needs_one() -> None:
    report = validate(policy(asks=frozenset()), select="BX404")
    assert [each.meta["what"] for each in report.diagnostics] == [
        "any symptom asked for, of which there is none"
    ]
    (asked,) = not_asked(HIGH, asks=frozenset({STIFFNESS}))
    assert asked == "pain"


def test_red_flags_may_be_looked_at_where_they_are_asked_for() -> None:
    assert not_asked(RedFlagPresent(), asks_red_flags=True) == []


@pytest.mark.parametrize(
    ("asking", "rules"),
    [
        (policy(asks_at=DURING), ("worse",)),
        (policy(looking(HIGH, Action.REFER), asks_at=DURING), ("worse", "own")),
        (policy(looking(HIGH, Action.EASE), asks_at=DURING), ("worse",)),
        (policy(asks_at=DURING | MORNING), None),
        (policy(asks_at=MORNING), None),
        (evolve(policy(), rules=(looking(HIGH, Action.HOLD),), asks_at=DURING), None),
        (
            evolve(policy(), rules=(evolve(looking(HIGH), until=Cleared()),), asks_at=DURING),
            None,
        ),
    ],
)
def test_a_rest_ends_by_what_is_asked_on_a_day_of_rest(
    asking: StoppingPolicy, rules: tuple[str, ...] | None
) -> None:
    found = [(each.path, each.meta) for each in validate(asking, select="BX405").diagnostics]
    assert found == ([] if rules is None else [("$.asks_at", {"rules": rules})])


def test_the_policy_of_the_article_asks_for_all_that_it_looks_at() -> None:
    assert validate(STOPPING_POLICY, select=["BX404", "BX405"]).codes == ()


# What a policy passes over.


def test_a_policy_that_asks_nothing_is_not_proved_and_reported_as_that_alone() -> None:
    silent = policy(asks=frozenset())
    assert not verify(silent).proved
    (found,) = validate(silent).errors
    assert (found.code, found.path, found.meta) == ("BX406", "$.asks", {"policy": "rest"})


@pytest.mark.parametrize(
    ("changes", "path", "meta"),
    [
        (
            {"tolerance": Tolerance(severity_at_most={PAIN: 10})},
            "$.tolerance.severity_at_most.pain",
            {"channel": "pain"},
        ),
        (
            {"tolerance": Tolerance(rise_at_most={PAIN: 10})},
            "$.tolerance.rise_at_most.pain",
            {"channel": "pain"},
        ),
        (
            {"tolerance": Tolerance(severity_at_most={Channel("pian"): 5})},
            "$.tolerance.severity_at_most.pian",
            {"channel": "pian"},
        ),
        ({"answer": Action.HOLD}, "$.answer", {"answer": "hold"}),
        ({"answer": Action.CONTINUE}, "$.answer", {"answer": "continue"}),
    ],
)
def test_what_accepts_everything_or_nothing_that_is_asked_is_reported(
    changes: dict[str, object], path: str, meta: dict[str, object]
) -> None:
    (found,) = validate(policy(**changes), select="BX407").errors
    assert (found.path, found.meta) == (path, meta)


@pytest.mark.parametrize(
    "changes",
    [
        {"tolerance": Tolerance(severity_at_most={PAIN: 9}, rise_at_most={PAIN: 9})},
        {"answer": Action.EASE},
    ],
)
def test_what_accepts_less_than_everything_may_be_meant(changes: dict[str, object]) -> None:
    assert validate(policy(**changes), select="BX407").codes == ()


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        (RedFlagPresent(), ()),
        (AnyOf(conditions=(HIGH, RedFlagPresent())), ()),
        (AllOf(conditions=(RedFlagPresent(), RedFlagPresent())), ()),
        (RedFlagPresent(flags=frozenset({CHEST_PAIN})), ("BX408",)),
        (AllOf(conditions=(HIGH, RedFlagPresent())), ("BX408",)),
        (Persists(condition=RedFlagPresent(), checkins=2), ("BX408",)),
    ],
)
def test_red_flags_that_are_asked_for_are_answered_at_once(
    condition: Condition, codes: tuple[str, ...]
) -> None:
    asking = policy(looking(condition, Action.REFER), asks_red_flags=True)
    found = validate(asking, select="BX408").diagnostics
    expected = [(code, "$.asks_red_flags", {"policy": asking.id}) for code in codes]
    assert [(each.code, each.path, each.meta) for each in found] == expected
