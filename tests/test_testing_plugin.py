"""The pytest plugin, in test runs of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

import _backex_pytest
from backex import Dose

FIXTURES = """
    from backex import Action, StoppingPolicy
    from backex.catalog.upper_back import ROUTINE, STOPPING_POLICY

    def test_the_catalog(backex_policy, backex_routine, backex_plan):
        assert backex_policy == STOPPING_POLICY
        assert backex_routine == ROUTINE
        assert backex_plan.routine == ROUTINE
        assert dict(backex_plan.baseline.severities) == {"pain": 2, "stiffness": 2}

    def test_a_diary(backex_diary):
        assert backex_diary.usual(days=2).report(pain=5).decision.action is Action.REST
"""


def test_the_fixtures_are_those_of_the_catalog(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(FIXTURES)
    pytester.runpytest_inprocess().assert_outcomes(passed=2)


def test_an_app_puts_its_own_in_their_place(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        import attrs
        import pytest
        from backex.catalog.upper_back import ROUTINE, STOPPING_POLICY

        @pytest.fixture
        def backex_policy():
            return attrs.evolve(STOPPING_POLICY, id="ours")
        """
    )
    pytester.makepyfile(
        """
        def test_it(backex_plan):
            assert backex_plan.routine.stopping.id == "ours"
        """
    )
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_a_routine_without_a_policy_has_no_usual_severities(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        import pytest

        @pytest.fixture
        def backex_policy():
            return None
        """
    )
    pytester.makepyfile(
        """
        def test_it(backex_plan, backex_diary):
            assert not backex_plan.baseline.severities
            assert not backex_diary.usual().decision.permits_progression
        """
    )
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("left", "right", "lines"),
    [
        (
            "validate(attrs.evolve(ROUTINE, stopping=None))",
            "validate(ROUTINE)",
            ["*two values of Report differ:", "*extra BX401 at $.stopping: nothing says*"],
        ),
        (
            "validate(ROUTINE)",
            "validate(attrs.evolve(ROUTINE, stopping=None))",
            ["*missing BX401 at $.stopping"],
        ),
        (
            "decide(STOPPING_POLICY, [report(1, pain=1)])",
            "decide(STOPPING_POLICY, [])",
            ["*two values of Decision differ:", "*$.unanswered*"],
        ),
        (
            "attrs.evolve(ROUTINE, time_budget_seconds=60)",
            "attrs.evolve(ROUTINE, time_budget_seconds=90)",
            ["*two values of Routine differ:", "*$.time_budget_seconds: 60, expected 90"],
        ),
    ],
)
def test_what_differs_is_told_by_path(
    pytester: pytest.Pytester, left: str, right: str, lines: list[str]
) -> None:
    pytester.makepyfile(
        f"""
        import attrs
        from backex import decide, report, validate
        from backex.catalog.upper_back import ROUTINE, STOPPING_POLICY

        def test_it():
            assert {left} == {right}
        """
    )
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(lines)
    result.stdout.no_fnmatch_line("*Routine(id=*")


@pytest.mark.parametrize(
    "comparison", ["1 == 2", "Dose(sets=1) == 1", "Dose(sets=1) is Dose(sets=1)"]
)
def test_all_else_is_compared_as_ever(pytester: pytest.Pytester, comparison: str) -> None:
    pytester.makepyfile(
        f"""
        from backex import Dose

        def test_it():
            assert {comparison}
        """
    )
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*two values of*")


def test_without_the_extra_values_are_compared_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "backex.testing.comparing", None)
    assert _backex_pytest.pytest_assertrepr_compare("==", Dose(sets=1), Dose(sets=2)) is None


def test_the_plugin_loads_nothing_until_it_is_used() -> None:
    code = "import _backex_pytest, sys; print([m for m in sys.modules if m.startswith('backex')])"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_backex_loads_neither_pytest_nor_hypothesis() -> None:
    code = "import backex, sys; print(sys.modules.keys() & {'pytest', 'hypothesis'})"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
