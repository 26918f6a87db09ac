"""The example of each rule: what fails finds that rule alone, and what passes finds nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from backex.rules import RULES, examples
from backex.rules.examples import EXAMPLES, helpers, snippets
from backex.rules.stopping import NEVER_BY_VALIDATE
from backex.validation import validate

each_code = pytest.mark.parametrize("code", EXAMPLES)


def test_every_rule_that_validate_can_report_has_an_example() -> None:
    """The others are shown in test_verification.py."""
    assert list(EXAMPLES) == [rule.code for rule in RULES if rule.code not in NEVER_BY_VALIDATE]


@each_code
def test_what_fails_is_found_by_its_rule_and_by_no_other(code: str) -> None:
    report = validate(EXAMPLES[code].failing)
    assert (set(report.codes), report.suppressed) == ({code}, ())


@each_code
def test_without_the_rule_only_what_it_silences_is_found(code: str) -> None:
    others = [rule for rule in RULES if rule.code != code]
    silenced = {rule.code for rule in others if code in rule.after}
    assert set(validate(EXAMPLES[code].failing, rules=others).codes) <= silenced


@each_code
def test_what_passes_is_found_by_no_rule(code: str) -> None:
    assert validate(EXAMPLES[code].passing).codes == ()


@each_code
def test_an_example_says_how_to_mend_it(code: str) -> None:
    found = validate(EXAMPLES[code].failing).diagnostics
    assert all(each.hint and not each.hint.endswith(".") for each in found)
    assert all(not each.message.endswith(".") for each in found)


@each_code
def test_the_code_that_is_shown_makes_the_example(code: str) -> None:
    shown = snippets(code)
    assert shown is not None
    failing, passing = (eval(each, vars(examples)) for each in shown)
    assert (failing, passing) == (EXAMPLES[code].failing, EXAMPLES[code].passing)


def test_what_the_examples_are_made_of_is_shown_without_notes_to_the_linter() -> None:
    assert helpers().startswith("def cue(")
    assert "def routine(*items: Prescription, **changes: Any) -> Routine:\n" in helpers()
    assert not {"noqa", "_EXAMPLES"} & set(helpers().split())


def test_no_example_is_shown_for_the_rule_of_an_app() -> None:
    assert snippets("APP001") is None


def test_an_application_without_sources_shows_no_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(str(examples.__file__))
    sourceless = ModuleType("sourceless")
    monkeypatch.setitem(sys.modules, "sourceless", sourceless)
    exec(compile(path.read_text(encoding="utf-8"), path, "exec"), vars(sourceless))
    assert (sourceless.snippets("BX501"), sourceless.helpers()) == (None, "")


def test_the_examples_are_not_made_before_somebody_asks() -> None:
    script = (
        "import sys, backex; from backex.catalog.upper_back import ROUTINE; "
        "backex.validate(ROUTINE); assert 'backex.rules.examples' not in sys.modules; "
        "str(backex.explain('BX501')); assert 'backex.rules.examples' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
