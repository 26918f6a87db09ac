"""What comes with the package: run from the checkout, and by `make installed` from a wheel."""

from __future__ import annotations

import json
import os
from importlib import metadata, resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import backex
from backex import Action, Plan, Routine, validate
from backex.codec import schema
from backex.testing import Diary, DocumentLaws, corpus, difference

IS_WHEEL = "BACKEX_INSTALLED" in os.environ


@pytest.mark.skipif(not IS_WHEEL, reason="the checkout is installed in place")
def test_it_is_the_wheel_that_is_tested() -> None:
    assert "site-packages" in Path(backex.__file__).parts


def test_the_plugin_is_an_entry_point() -> None:
    (found,) = (each for each in metadata.entry_points(group="pytest11") if each.name == "backex")
    assert found.value == "_backex_pytest"


def test_the_command_is_an_entry_point() -> None:
    scripts = metadata.entry_points(group="console_scripts")
    assert [each.value for each in scripts if each.name == "backex"] == ["backex.cli:main"]


@given(st.from_type(Routine))
def test_hypothesis_knows_its_classes(routine: Routine) -> None:
    assert validate(routine).ok


def test_its_fixtures_are_there(backex_plan: Plan, backex_diary: Diary) -> None:
    assert backex_diary.plan == backex_plan
    assert backex_diary.report(pain=9).decision.action is Action.REST


def test_it_compares_values_by_path(request: pytest.FixtureRequest) -> None:
    one, other = backex.Dose(sets=1), backex.Dose(sets=2)
    hook = request.config.hook.pytest_assertrepr_compare
    shown = hook(config=request.config, op="==", left=one, right=other)
    assert ["two values of Dose differ:", *difference(one, other)] in shown


def test_the_corpus_is_there() -> None:
    found = corpus()
    assert found.valid
    assert found.refused
    assert found.unsound
    assert found.decisions
    assert found.sessions


def test_the_schema_of_documents_is_there() -> None:
    shipped = resources.files("backex.codec") / "schema.json"
    assert json.loads(shipped.read_text("utf-8")) == schema()


class TestADocument(DocumentLaws):
    value = backex.Dose(sets=2)
