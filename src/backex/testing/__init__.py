"""A test kit for apps that embed backex; it needs the extra `testing`.

Assertions with readable messages; laws that an app runs over its own exercises, rules, policies,
plans and documents; a state machine of a person's weeks for an app's storage; and a corpus of
documents with what they must give. Not imported by `backex`.
"""

from __future__ import annotations

from backex.testing.assertions import (
    assert_decides,
    assert_finds,
    assert_refused,
    assert_round_trip,
    assert_same_decision,
    assert_valid,
)
from backex.testing.comparing import difference
from backex.testing.diary import Diary
from backex.testing.document_laws import DocumentLaws
from backex.testing.exercise_laws import ExerciseLaws
from backex.testing.golden import (
    Corpus,
    GoldenDecision,
    GoldenDocument,
    GoldenSession,
    corpus,
)
from backex.testing.machine import CheckinMachine, Kept
from backex.testing.plan_laws import PlanLaws
from backex.testing.policy_laws import PolicyLaws
from backex.testing.rule_laws import RuleLaws

__all__ = [
    "CheckinMachine",
    "Corpus",
    "Diary",
    "DocumentLaws",
    "ExerciseLaws",
    "GoldenDecision",
    "GoldenDocument",
    "GoldenSession",
    "Kept",
    "PlanLaws",
    "PolicyLaws",
    "RuleLaws",
    "assert_decides",
    "assert_finds",
    "assert_refused",
    "assert_round_trip",
    "assert_same_decision",
    "assert_valid",
    "corpus",
    "difference",
]
