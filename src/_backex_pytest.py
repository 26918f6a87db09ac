"""The pytest plugin of backex: fixtures, and comparisons that say where two values differ.

It stands beside the package, so that pytest loads it without loading backex: that happens when a
fixture is asked for, or when a comparison of two values of backex fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from backex import Plan, Routine, StoppingPolicy
    from backex.testing import Diary

__all__ = [
    "backex_diary",
    "backex_plan",
    "backex_policy",
    "backex_routine",
    "pytest_assertrepr_compare",
]


@pytest.fixture
def backex_policy() -> StoppingPolicy:
    """Provide the stopping policy of the catalog; an app overrides it with its own."""
    from backex.catalog.upper_back import STOPPING_POLICY  # noqa: PLC0415 (see above)

    return STOPPING_POLICY


@pytest.fixture
def backex_routine(backex_policy: StoppingPolicy) -> Routine:
    """Provide the catalog's routine under `backex_policy`; an app overrides it with its own."""
    import attrs  # noqa: PLC0415 (see above)

    from backex.catalog.upper_back import ROUTINE  # noqa: PLC0415 (see above)

    return attrs.evolve(ROUTINE, stopping=backex_policy)


@pytest.fixture
def backex_plan(backex_routine: Routine) -> Plan:
    """Provide a plan of `backex_routine`, for a person who usually rates everything 2."""
    from backex import Plan, SymptomReport  # noqa: PLC0415 (see above)

    policy = backex_routine.stopping
    usual = {} if policy is None else dict.fromkeys(policy.asks, 2)
    return Plan(routine=backex_routine, baseline=SymptomReport(checkin=0, severities=usual))


@pytest.fixture
def backex_diary(backex_plan: Plan) -> Diary:
    """Provide an empty diary of a person who follows `backex_plan`."""
    from backex.testing import Diary  # noqa: PLC0415 (see above)

    return Diary(backex_plan)


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Say where two values of backex differ, in place of showing both."""
    module = type(left).__module__
    if op != "==" or not module.startswith("backex."):
        return None
    try:
        from backex.testing.comparing import difference, is_compared  # noqa: PLC0415 (see above)
    except ImportError:  # the extra is not installed
        return None
    if not is_compared(left, right):
        return None
    return [f"two values of {type(left).__name__} differ:", *difference(left, right)]
