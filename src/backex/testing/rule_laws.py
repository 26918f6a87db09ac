"""The laws of validation rules, over one rule of an app's own."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs
from hypothesis import strategies as st

from backex.diagnostics import Diagnostic, Report
from backex.rules import Fault, Rule
from backex.strategies import values
from backex.testing.assertions import assert_finds, assert_round_trip
from backex.testing.laws import Laws, drawn, require
from backex.validation import Checkable, validate

__all__ = ["RuleLaws"]

_STEP = re.compile(r'\.([A-Za-z0-9_@-]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')


class RuleLaws(Laws):
    """A rule finds what it is for and nothing else, always the same, and never fails itself."""

    #: The attributes without which there is nothing to test.
    about: ClassVar[tuple[str, ...]] = ("rule", "failing", "passing")
    #: The rule.
    rule: ClassVar[Rule]
    #: Values in which it finds something.
    failing: ClassVar[tuple[Checkable, ...]]
    #: Values in which it finds nothing: best those above, mended.
    passing: ClassVar[tuple[Checkable, ...]]

    def inputs(self) -> st.SearchStrategy[Any]:
        """Return values of the class that the rule looks at, sound by themselves and no more."""
        return values(self.rule.on)

    def test_its_code_is_the_apps_own(self) -> None:
        """Its code does not begin with BX, which the library keeps to itself."""
        code = self.rule.code
        require(not code.startswith("BX"), f"{code} is for the library: take another prefix")

    def test_it_finds_what_is_wrong(self) -> None:
        """It finds something in each failing example."""
        require(self.failing, "there is no failing example, so nothing shows that it can find one")
        for example in self.failing:
            assert_finds(example, self.rule.code, rules=(self.rule,))

    def test_it_passes_what_is_right(self) -> None:
        """It finds nothing in any passing example."""
        require(self.passing, "there is no passing example, so nothing shows that it can pass one")
        for example in self.passing:
            report = validate(example, rules=(self.rule,))
            require(not report.diagnostics, f"expected nothing, found:\n\n{report}")

    @drawn
    def test_it_never_fails_itself(self, data: st.DataObject) -> None:
        """Its check raises nothing on any value of its class, and yields faults only."""
        value = data.draw(self.inputs(), label="value")
        try:
            found: list[object] = list(self.rule.check(value))
        except Exception as error:  # a rule may raise anything
            message = f"{self.rule.code} raised {type(error).__name__}: {error}"
            raise AssertionError(message) from error
        other = [each for each in found if type(each) is not Fault]
        require(not other, f"{self.rule.code} yields what is no Fault: {other}")

    @drawn
    def test_it_finds_the_same_again(self, data: st.DataObject) -> None:
        """The same value gives the same faults in the same order, and so does an equal one."""
        value = data.draw(self.inputs(), label="value")
        first = self._faults(value)
        again = (self._faults(value), self._faults(copy.deepcopy(value)))
        require(again == (first, first), f"{self.rule.code} found {first}, and then {again}")

    def test_it_finds_the_same_in_its_examples_again(self) -> None:
        """Each failing example gives the same report every time."""
        for example in self.failing:
            first, again = self._found(example), self._found(copy.deepcopy(example))
            require(first == again, f"{self.rule.code} found {first}, and then {again}")

    def test_what_it_finds_has_a_place(self) -> None:
        """Each path leads to something that is there, in its failing examples."""
        for example in self.failing:
            for each in self._found(example):
                there = _leads_somewhere(example, each.path.removeprefix("$"))
                require(there, f"{each.path} leads nowhere in {example!r:.300}:\n\n{each}")

    @drawn
    def test_what_it_finds_anywhere_has_a_place(self, data: st.DataObject) -> None:
        """Each path leads to something that is there, in any value of its class."""
        value = data.draw(self.inputs(), label="value")
        for each in self._faults(value):
            there = _leads_somewhere(value, each.at)
            require(there, f"{each.at} leads nowhere in {value!r:.300}: {each.message}")

    def test_it_says_how_to_mend_it(self) -> None:
        """Each fault has a hint."""
        for example in self.failing:
            for each in self._found(example):
                hinted = each.hint is not None and each.hint.strip()
                require(hinted, f"it does not say how to mend it:\n\n{each}")

    def test_what_it_finds_can_be_stored(self) -> None:
        """A report of it is loaded as it was stored, its particulars included."""
        for example in self.failing:
            report = validate(example, rules=(self.rule,))
            try:
                assert_round_trip(report)
            except (AssertionError, TypeError) as error:
                raise AssertionError(f"{error}\n\nin the report\n\n{report}") from error

    def _found(self, example: Checkable) -> tuple[Diagnostic, ...]:
        report: Report = validate(example, rules=(self.rule,))
        return report.diagnostics

    def _faults(self, value: object) -> list[Fault]:
        """Return what the check yields; that it may raise is for another law."""
        try:
            found: Iterable[object] = self.rule.check(value)
            return [each for each in found if isinstance(each, Fault)]
        except Exception:  # noqa: BLE001 (see `test_it_never_fails_itself`)
            return []


def _leads_somewhere(value: object, path: str) -> bool:
    """Tell whether a path such as ``.items[2].dose`` leads to a place in `value`."""
    place = 0
    while place < len(path):
        step = _STEP.match(path, place)
        if step is None:
            return False
        name, index, key = step.groups()
        place = step.end()
        if index is not None:
            if not isinstance(value, tuple) or int(index) >= len(value):
                return False
            value = value[int(index)]
        elif isinstance(value, Mapping):
            if (name or key) not in value:
                return False
            value = value[name or key]
        elif attrs.has(cls := type(value)) and name in attrs.fields_dict(cls):
            value = getattr(value, name)
        else:
            return False
    return True
