"""The clinic's tests: the laws over all that is its own, and its patients' weeks in its storage."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from clinic_app.clinic import (
    PLAN,
    POLICY,
    TINGLING,
    TOO_MANY_SETS,
    WALL_SLIDE,
    Log,
    raised_to,
)
from hypothesis import settings

from backex import RULES, Action, Dose, Plan, StoppingPolicy, prescribe, vary
from backex.testing import (
    CheckinMachine,
    Diary,
    DocumentLaws,
    ExerciseLaws,
    Kept,
    PlanLaws,
    PolicyLaws,
    RuleLaws,
    assert_decides,
    assert_finds,
    assert_valid,
)

OUR_RULES = (*RULES, TOO_MANY_SETS)

# The laws, over what is the clinic's own.


class TestTheWallSlide(ExerciseLaws):
    exercise = WALL_SLIDE
    rules = OUR_RULES


class TestOurRule(RuleLaws):
    rule = TOO_MANY_SETS
    failing = (attrs.evolve(PLAN.routine, items=(prescribe(WALL_SLIDE, Dose(sets=5)),)),)
    passing = (attrs.evolve(PLAN.routine, items=(prescribe(WALL_SLIDE, Dose(sets=4)),)),)


class TestOurPolicy(PolicyLaws):
    policy = POLICY
    baseline = PLAN.baseline


class TestOurPlan(PlanLaws):
    plan = PLAN
    rules = OUR_RULES


class TestOurPlanAsADocument(DocumentLaws):
    value = PLAN


# A patient's weeks, kept in the clinic's storage.


class Weeks(CheckinMachine):
    plan = PLAN

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.log = Log(Path(self.folder.name) / "log")

    def save(self, entry: Kept) -> None:
        self.log.append(entry)

    def load(self) -> Iterable[Kept]:
        return self.log.read()

    def replace(self, old: Kept, new: Kept) -> None:
        self.log.correct(old, new)

    def reopen(self) -> None:
        self.log.close()
        self.log = Log(Path(self.folder.name) / "log")

    def teardown(self) -> None:
        self.log.close()
        self.folder.cleanup()


TestWeeks = Weeks.TestCase
TestWeeks.settings = settings(max_examples=10, stateful_step_count=20, deadline=None)

# What the clinic wants to be sure of, in its own words.


def test_the_plan_is_sound() -> None:
    assert_valid(PLAN, rules=OUR_RULES, warnings=False)


def test_five_sets_are_too_many() -> None:
    routine = attrs.evolve(PLAN.routine, items=(prescribe(WALL_SLIDE, Dose(sets=5)),))
    found = assert_finds(routine, "CLIN001", at="$.items[0].dose.sets", only=True, rules=OUR_RULES)
    assert found.meta == {"sets": 5}


@pytest.fixture
def backex_policy() -> StoppingPolicy:
    return POLICY


@pytest.fixture
def backex_plan(backex_policy: StoppingPolicy) -> Plan:
    return attrs.evolve(PLAN, routine=attrs.evolve(PLAN.routine, stopping=backex_policy))


def test_two_good_sessions_lead_up_to_the_eyes(backex_diary: Diary) -> None:
    planned = backex_diary.usual(days=2, trained=True).next.routine
    assert planned is not None
    assert planned.items[0].variant == vary(WALL_SLIDE, raised_to("eyes"))


def test_tingling_means_rest_until_it_was_calm_twice(backex_diary: Diary) -> None:
    worse = backex_diary.report(severities={TINGLING: 1}, pain=2, red_flags=frozenset())
    assert worse.decision.action is Action.REST
    assert worse.usual().decision.action is Action.REST
    assert worse.usual().decision.action is Action.CONTINUE


def test_who_was_not_asked_holds(backex_diary: Diary) -> None:
    log = backex_diary.usual().report(pain=2).entries
    decision = assert_decides(POLICY, log, Action.HOLD, baseline=PLAN.baseline)
    assert "tingling" in decision.unanswered
