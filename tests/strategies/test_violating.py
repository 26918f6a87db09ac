"""Values that are wrong in exactly one way, each seen by exactly one rule."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from backex import RULES, Checkable, InvalidValue, Plan, Routine, validate
from backex.rules.stopping import NEVER_BY_VALIDATE
from backex.strategies import violating
from backex.strategies.faults import VIOLATED

CODES = sorted(rule.code for rule in RULES)
by_code = settings(database=None, derandomize=True)
#: Codes of which some forms are drawn so seldom that it takes more draws to see them all.
MORE = dict.fromkeys(("BX205", "BX312", "BX502", "BX507"), 200)


def test_there_is_a_way_to_violate_every_rule_but_those_that_validate_never_reports() -> None:
    assert sorted([*VIOLATED, *NEVER_BY_VALIDATE]) == CODES


def _size(value: Checkable) -> int:
    routine = value.routine if type(value) is Plan else value
    return len(routine.items) if type(routine) is Routine else 0


@pytest.mark.parametrize("code", VIOLATED)
def test_a_value_that_violates_a_rule_violates_no_other(code: str) -> None:
    """`violating(code)` raises exactly it, at places that differ, and no rule but that one does."""
    others = [rule for rule in RULES if rule.code != code]
    seen: set[tuple[type, int, str]] = set()

    @settings(by_code, max_examples=MORE.get(code, by_code.max_examples))
    @given(violating(code))
    def holds(value: Checkable) -> None:
        report = validate(value)
        assert set(report.codes) == {code}
        assert report.suppressed == ()
        assert code not in validate(value, rules=others).codes
        seen.update((type(value), _size(value), each.path) for each in report.diagnostics)

    holds()
    assert len(seen) > 1


def test_a_code_that_no_rule_has_cannot_be_violated() -> None:
    with pytest.raises(InvalidValue, match=r"violating\.code cannot be 'BX999'"):
        violating("BX999")


@pytest.mark.parametrize("code", NEVER_BY_VALIDATE)
def test_a_code_that_validate_never_reports_is_refused_and_why(code: str) -> None:
    with pytest.raises(InvalidValue, match=re.escape(NEVER_BY_VALIDATE[code])):
        violating(code)
