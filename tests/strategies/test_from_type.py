"""What `hypothesis.strategies.from_type` makes of the public classes, with nothing imported."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, NewType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import _backex_hypothesis
import backex
from backex import (
    Axis,
    Condition,
    Criterion,
    Exercise,
    Plan,
    Progression,
    Routine,
    StoppingPolicy,
    validate,
)

TYPES = {
    name: getattr(backex, name)
    for name in backex.__all__
    if isinstance(getattr(backex, name), type | NewType)
}
few = settings(max_examples=5, database=None)


@pytest.mark.parametrize("name", TYPES)
def test_every_public_type_is_drawn(name: str) -> None:
    of: Any = TYPES[name]

    @few
    @given(st.from_type(of))
    def is_one(value: object) -> None:
        cls: Any = of.__supertype__ if isinstance(of, NewType) else of
        assert isinstance(value, cls)

    is_one()


@pytest.mark.parametrize("union", [Axis, Condition, Criterion, Progression])
def test_a_union_of_classes_is_drawn(union: Any) -> None:  # noqa: ANN401
    @few
    @given(st.from_type(union))
    def is_one(value: object) -> None:
        assert isinstance(value, union)

    is_one()


@settings(max_examples=20)
@given(...)
def test_values_that_can_be_validated_are_sound(
    exercise: Exercise, policy: StoppingPolicy, routine: Routine, plan: Plan
) -> None:
    assert [validate(each).errors for each in (exercise, policy, routine, plan)] == [()] * 4


HYPOTHESIS_FIRST = """
import sys
import hypothesis
assert "backex" not in sys.modules, "the model is loaded with Hypothesis"
finders = len(sys.meta_path)
import backex.posture
assert len(sys.meta_path) == finders - 1, "the finder stays"
assert "backex.strategies" not in sys.modules, "strategies are loaded with the model"
assert backex.__spec__.loader is backex.__loader__
assert type(backex.__loader__).__name__ == "SourceFileLoader"
"""
BACKEX_FIRST = """
import sys
import backex
assert "hypothesis" not in sys.modules, "Hypothesis is loaded with the model"
import hypothesis
assert "backex.strategies" not in sys.modules, "strategies are loaded with Hypothesis"
"""
RESOLVED = """
from hypothesis import strategies as st
assert "a_routine" not in repr(st.from_type(backex.Routine))
assert "backex.strategies" in sys.modules, "another strategy was taken"
"""
FIRST_OF_ALL = """
import sys
import backex.strategies
import backex
"""


@pytest.mark.parametrize("order", [HYPOTHESIS_FIRST, BACKEX_FIRST, FIRST_OF_ALL])
def test_classes_are_known_whichever_is_imported_first_and_cost_nothing_until_then(
    order: str,
) -> None:
    subprocess.run([sys.executable, "-c", order + RESOLVED], check=True, timeout=60)


MISSING = """
import sys
import hypothesis
sys.path = [each for each in sys.path if "src" not in each]
sys.path_importer_cache.clear()
sys.meta_path = [each for each in sys.meta_path if "ditable" not in type(each).__name__]
try:
    import backex
except ModuleNotFoundError:
    pass
else:
    raise SystemExit("backex is still there")
"""


def test_an_import_that_fails_fails_as_without_it() -> None:
    subprocess.run([sys.executable, "-c", MISSING], check=True, timeout=60)


def test_registering_again_changes_nothing() -> None:
    before = list(sys.meta_path)
    _backex_hypothesis.register()
    assert sys.meta_path == before


def test_the_finder_finds_backex_as_others_do_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In this process, where what it does can be measured."""
    kept = {name: module for name, module in sys.modules.items() if name.startswith("backex")}
    for name in kept:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    try:
        _backex_hypothesis.register()
        finder = sys.meta_path[0]
        assert finder.find_spec("backexes", None) is None
        anew = __import__("backex")
        assert anew is not backex
        assert finder not in sys.meta_path
        st.from_type(anew.Span)
    finally:
        for name in [each for each in sys.modules if each.startswith("backex")]:
            del sys.modules[name]
        sys.modules.update(kept)


def test_the_finder_finds_nothing_where_there_is_no_backex(monkeypatch: pytest.MonkeyPatch) -> None:
    finder = _backex_hypothesis._UntilImported()  # noqa: SLF001 (only an environment without backex has it)
    monkeypatch.setattr(sys, "meta_path", [finder])
    monkeypatch.setattr(_backex_hypothesis, "find_spec", lambda _: None)
    assert finder.find_spec("backex", None) is None
    assert sys.meta_path == []
