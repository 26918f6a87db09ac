"""Values made from checked parts: the same values as a constructor makes of them."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from attrs import AttrsInstance

from backex import PAIN, Decision, Finding, InvalidValue, Monitor, SymptomReport, report
from backex.catalog.upper_back import STOPPING_POLICY
from backex.conditions import Occasion, Situation
from backex.latches import Latch, RuleState, Track
from backex.making import unchecked
from backex.mappings import FrozenMap, frozen_map

USUAL = report(0, pain=1, stiffness=1)
AT_WORK = STOPPING_POLICY.start(USUAL).observe(report(1, pain=3, stiffness=1)).at(2)
SET_BY = AT_WORK.session.before[0].latch
assert SET_BY is not None
#: A value of each class that is made so.
MADE: list[AttrsInstance] = [
    report(1, pain=3, seq=2),
    Occasion(reports=(report(1, pain=3),), answered=True),
    Situation(
        occasion=Occasion(),
        baseline=FrozenMap({PAIN: 1}),
        asks=frozenset({PAIN}),
        asks_at=STOPPING_POLICY.asks_at,
        asks_red_flags=False,
    ),
    SET_BY,
    AT_WORK.session.before[0],
    AT_WORK.session,
    AT_WORK,
    AT_WORK.decision,
    AT_WORK.decision.findings[0],
]
CLASSES: set[type] = {
    *(SymptomReport, Occasion, Situation, Latch, RuleState, Track, Monitor, Decision, Finding)
}


def parts(value: AttrsInstance) -> dict[str, Any]:
    return {each.name: getattr(value, each.name) for each in attrs.fields(type(value))}


def test_there_is_an_example_of_every_class_that_is_made_without_checks() -> None:
    assert {type(each) for each in MADE} == CLASSES


@pytest.mark.parametrize("value", MADE, ids=lambda value: type(value).__name__)
def test_what_is_made_without_checks_is_the_value_that_the_constructor_makes(
    value: AttrsInstance,
) -> None:
    cls: Any = type(value)
    made = unchecked(cls)(**parts(value))
    built = cls(**parts(value))
    assert (type(made), made, hash(made), repr(made)) == (cls, built, hash(built), repr(built))
    assert pickle.loads(pickle.dumps(made)) == built
    assert attrs.evolve(made) == built
    name = attrs.fields(cls)[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(made, name, None)


@pytest.mark.parametrize("cls", sorted(CLASSES, key=repr))
def test_it_takes_what_the_constructor_takes(cls: Callable[..., Any]) -> None:
    taken = inspect.signature(cls).parameters.values()
    same = inspect.signature(unchecked(cls)).parameters.values()
    assert [(each.name, each.kind) for each in same] == [(each.name, each.kind) for each in taken]


def _mapped(value: dict[str, int]) -> object:
    return frozen_map(value)


@attrs.frozen
class _Example:
    given: int = attrs.field(validator=attrs.validators.instance_of(int))
    _plain: int = 3
    made: list[int] = attrs.field(factory=lambda: [1], kw_only=True)
    converted: object = attrs.field(default={"b": 1, "a": 2}, converter=_mapped, kw_only=True)


def test_what_is_not_given_is_what_the_constructor_gives() -> None:
    make = unchecked(_Example)
    assert make(1) == _Example(1)
    assert type(make(1).converted) is FrozenMap
    assert make(1, plain=4, made=[]) == _Example(1, plain=4, made=[])


def test_what_has_no_default_has_to_be_given_and_the_rest_only_by_its_name() -> None:
    make: Callable[..., Any] = unchecked(_Example)
    with pytest.raises(TypeError, match="given"):
        make()
    with pytest.raises(TypeError, match="positional"):
        make(1, 2, [3])
    with pytest.raises(TypeError, match="another"):
        make(1, another=2)


def test_nothing_is_checked_so_it_is_for_what_was_checked_before() -> None:
    make: Callable[..., Any] = unchecked(_Example)
    assert make(given="no number").given == "no number"
    with pytest.raises(InvalidValue):
        RuleState(calm=-1)
    assert unchecked(RuleState)(calm=-1).calm == -1
