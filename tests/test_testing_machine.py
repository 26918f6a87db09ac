"""The weeks of a person: what a storage may do, and what is found out."""

from __future__ import annotations

import runpy
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from backex import (
    Action,
    Decision,
    Next,
    Plan,
    PolicyId,
    SessionRecord,
    StoppingPolicy,
    SymptomReport,
    report,
)
from backex.catalog.upper_back import ROUTINE
from backex.testing import CheckinMachine, Diary, Kept

PLAN: Plan = runpy.run_path(str(Path(__file__).parent.parent / "examples" / "own_axes.py"))[
    "plan"
]()


class Listed(CheckinMachine):
    """A storage that keeps a list."""

    plan = PLAN

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Kept] = []

    def save(self, entry: Kept) -> None:
        self.kept.append(entry)

    def load(self) -> Iterable[Kept]:
        return self.kept

    def replace(self, old: Kept, new: Kept) -> None:
        self.kept = [new if each == old else each for each in self.kept]


class Reversed(Listed):
    def load(self) -> Iterable[Kept]:
        return reversed(self.kept)


class Doubled(Listed):
    def load(self) -> Iterable[Kept]:
        return [*self.kept, *self.kept]


class WithoutCorrections(Listed):
    replace = CheckinMachine.replace


class ByPolicyAlone(Listed):
    plan = attrs.evolve(
        PLAN,
        routine=attrs.evolve(
            PLAN.routine,
            items=(),
            stopping=StoppingPolicy(id=PolicyId("p"), rules=(), asks=frozenset()),
        ),
        ladders={},
    )


class Losing(Listed):
    """Loses every fifth thing."""

    def save(self, entry: Kept) -> None:
        self.count = getattr(self, "count", 0) + 1
        if self.count % 5:
            self.kept.append(entry)


class Truncating(Listed):
    """Loses the last thing whenever it is closed."""

    def reopen(self) -> None:
        self.kept = self.kept[:-1]


class TruncatingAnswers(Listed):
    """Keeps of the last report no more than that there was one."""

    def reopen(self) -> None:
        if self.kept and isinstance(self.kept[-1], SymptomReport):
            self.kept[-1] = attrs.evolve(self.kept[-1], severities={}, red_flags=None, trend=None)


class Overwriting(Listed):
    """Has room for one report a day, as a table has that is keyed by the day."""

    def save(self, entry: Kept) -> None:
        self.kept = [
            each for each in self.kept if (type(each), each.checkin) != (type(entry), entry.checkin)
        ]
        self.kept.append(entry)


class Uncorrected(Listed):
    """Keeps the mistake beside its correction."""

    def replace(self, old: Kept, new: Kept) -> None:  # noqa: ARG002 (that is the fault)
        self.kept.append(new)


class WithoutSessions(Listed):
    """Forgets what was done."""

    def load(self) -> Iterable[Kept]:
        return [each for each in self.kept if not isinstance(each, SessionRecord)]


class OwnDecision(Listed):
    """Decides by itself, and never to stop."""

    def decided(self) -> Decision:
        return Decision(action=Action.CONTINUE)


class OwnSession(Listed):
    """Always proposes the first session."""

    def proposed(self) -> Next:
        return attrs.evolve(super().proposed(), routine=PLAN.routine)


FEW = settings(
    max_examples=12, stateful_step_count=20, deadline=None, database=None, derandomize=True
)
MANY = settings(FEW, max_examples=200, stateful_step_count=30, phases=["generate"])  # type: ignore[list-item]


@pytest.mark.parametrize("machine", [Listed, Reversed, Doubled, WithoutCorrections, ByPolicyAlone])
def test_what_does_no_harm_is_let_pass(machine: type[CheckinMachine]) -> None:
    run_state_machine_as_test(machine, settings=FEW)


@pytest.mark.parametrize(
    ("machine", "message"),
    [
        (Losing, "the decision by the storage is not that of the model|the next session"),
        (Truncating, "by the storage is not that of the model"),
        (TruncatingAnswers, "the decision by the storage"),
        (Overwriting, "by the storage"),
        (Uncorrected, "by the storage"),
        (WithoutSessions, "the next session by the storage"),
        (OwnDecision, "the decision by the storage"),
        (OwnSession, "the next session by the storage"),
    ],
)
def test_what_does_harm_is_found_out(machine: type[CheckinMachine], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        run_state_machine_as_test(machine, settings=MANY)


def without(**attributes: Any) -> Any:
    return type("Ours", (Listed,), attributes)


@pytest.mark.parametrize(
    "plan", [None, attrs.evolve(PLAN, routine=attrs.evolve(PLAN.routine, stopping=None))]
)
def test_there_is_nothing_to_follow_without_a_plan_and_a_policy(plan: Plan | None) -> None:
    with pytest.raises(TypeError, match=r"^Ours needs a plan with a stopping policy$"):
        without(plan=plan)()


def test_a_storage_is_the_apps_to_give() -> None:
    class Nothing(CheckinMachine):
        plan: ClassVar[Plan] = PLAN

    machine, entry = Nothing(), report(1)
    for call in (lambda: machine.save(entry), machine.load, lambda: machine.replace(entry, entry)):
        with pytest.raises(NotImplementedError):
            call()


# Diaries.

USUAL = report(0, pain=2, stiffness=2)


def test_a_diary_is_the_log_that_it_says() -> None:
    diary = Diary(attrs.evolve(PLAN, baseline=USUAL))
    diary.usual().report(pain=4, stiffness=2).also(stiffness=3, seq=1).skip().clear("r", by="Lee")
    assert [(record.checkin, len(record.entries)) for record in diary.log] == [
        (1, 1),
        (2, 1),
        (2, 1),
        (4, 1),
    ]
    assert diary.entries[1:3] == (
        report(2, pain=4, stiffness=2),
        report(2, stiffness=3, seq=1),
    )
    assert diary.checkin == 4
    assert diary.next.decision == diary.decision


def test_a_diary_of_days_with_sessions_climbs() -> None:
    diary = Diary(PLAN).usual(days=4, trained=True)
    assert set(diary.next.rungs.values()) == {2}
    assert diary.report(pain=9).usual(trained=True).log[-1].completed == {}


def test_a_diary_without_a_baseline_rates_nothing() -> None:
    diary = Diary(Plan(routine=attrs.evolve(ROUTINE, stopping=None))).usual()
    assert not diary.entries[0].severities  # type: ignore[union-attr]
    assert diary.decision.action is Action.HOLD
