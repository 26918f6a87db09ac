"""Drawn values: of the class asked for, sound by themselves, and as different as values can be."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, get_args

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from backex import (
    Clearance,
    Condition,
    CustomProgression,
    Diagnostic,
    Dose,
    Effect,
    Exercise,
    Mass,
    PartKind,
    PostureGuideline,
    Prescription,
    Put,
    Remove,
    Schedule,
    Source,
    SourceKind,
    Span,
    StoppingPolicy,
    StoppingRule,
    Support,
    SymptomReport,
    Target,
)
from backex.catalog.upper_back import CATALOG
from backex.checks import Text, violation_in
from backex.codec import KINDS
from backex.strategies import identifiers, texts, values

VALUES: dict[type[Any], st.SearchStrategy[Any]] = {cls: values(cls) for cls in KINDS.values()}


@pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS.keys())
@settings(max_examples=settings().max_examples // 10)
@given(data=st.data())
def test_a_drawn_value_is_of_the_class_and_sound_by_itself(
    cls: type[Any], data: st.DataObject
) -> None:
    value = data.draw(VALUES[cls])
    assert type(value) is cls
    assert violation_in(value) is None


@given(identifiers())
def test_a_drawn_id_is_words_joined_by_hyphens(drawn: str) -> None:
    assert re.fullmatch(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", drawn)


@given(texts(), texts(single_line=True))
def test_a_drawn_text_is_readable_and_a_single_line_is_one(text: str, line: str) -> None:
    assert Text().violation(text) is None
    assert Text(single_line=True).violation(line) is None


def _found(strategy: st.SearchStrategy[Any], wanted: Callable[[Any], bool]) -> bool:
    """Tell whether a draw is as wanted; `find` raises where none is."""
    without_shrinking = settings(
        max_examples=2000,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    return wanted(find(strategy, wanted, settings=without_shrinking))


@pytest.mark.parametrize(
    "sample", ["\\n", "\\t", "[a-z]", "[0-9]", "[\u00e0-\uffff]", "[\U00010000-\U0010ffff]"]
)
def test_a_drawn_text_may_hold_letters_of_any_script_and_line_breaks(sample: str) -> None:
    assert _found(texts(), lambda drawn: re.search(sample, drawn) is not None)


@pytest.mark.parametrize(
    "cls", [Dose, Schedule, SymptomReport, Clearance, Source, Diagnostic, Effect, StoppingPolicy]
)
def test_what_may_be_unstated_is_drawn_stated_and_not(cls: type[Any]) -> None:
    for each in attrs.fields(cls):
        if each.default in (None, (), {}, frozenset()):
            for stated in (True, False):
                assert _found(VALUES[cls], partial(_is_stated, each, stated))


def _is_stated(field: attrs.Attribute[Any], stated: bool, drawn: object) -> bool:  # noqa: FBT001
    return (getattr(drawn, field.name) != field.default) is stated


# What is found is shown, and an exercise of the catalog is long.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize(
    ("cls", "wanted"),
    [
        (Span, lambda drawn: drawn.low is None),
        (Span, lambda drawn: drawn.high is None),
        (Span, lambda drawn: None not in {drawn.low, drawn.high} and drawn.low < drawn.high),
        (Dose, lambda drawn: drawn.sets is not None and drawn.sets.high is None),
        (CustomProgression, lambda drawn: type(drawn.level) is Mass),
        (CustomProgression, lambda drawn: type(drawn.level) is str),
        (Put, lambda drawn: type(drawn.part) is Support),
        (Put, lambda drawn: type(drawn.part) is Target),
        (Remove, lambda drawn: drawn.kind is PartKind.SUPPORT),
        (Remove, lambda drawn: drawn.kind is PartKind.CUE),
        (Exercise, lambda drawn: drawn in CATALOG.exercises),
        (Exercise, lambda drawn: drawn not in CATALOG.exercises),
        (PostureGuideline, lambda drawn: len(drawn.stated_by) > 0),
        (PostureGuideline, lambda drawn: len(drawn.cues) > 1),
        (Prescription, lambda drawn: len(drawn.suppress) > 0),
        (Source, lambda drawn: drawn.kind is SourceKind.DERIVED),
        *(
            (StoppingRule, lambda drawn, condition=condition: type(drawn.when) is condition)
            for condition in get_args(Condition)
        ),
    ],
)
def test_every_form_of_a_value_is_drawn(cls: type[Any], wanted: Callable[[Any], bool]) -> None:
    assert _found(VALUES[cls], wanted)
