"""Hypothesis strategies: values of any class of the model, sound by themselves.

`values(cls)` follows the checks of the class's fields, so every draw can be constructed and none
is discarded. The values make sense one by one, not together: a drawn routine is what an editor or
a document may hold, and `validate` may have much to say of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

import attrs
from hypothesis import strategies as st

from backex import axes, checks, conditions, criteria, progression, provenance, quantities, step
from backex.catalog.upper_back import CATALOG
from backex.exercise import Exercise
from backex.ids import AxisId, LevelId, SourceId, StepId
from backex.pose import JOINTS, JointAngle, limbs_of
from backex.posture import Cue
from backex.provenance import Source, SourceKind
from backex.quantities import Mass, Span
from backex.stopping import Monitor, StoppingPolicy
from backex.symptoms import SymptomReport

__all__ = ["identifiers", "texts", "values"]

T = TypeVar("T")
Strategy = st.SearchStrategy

_CONDITIONS = (conditions.AtLeast, conditions.Worsened)
_CRITERIA = (criteria.Completed, criteria.EffortAtMost, criteria.SymptomAtMost)
#: What is drawn for fields that may hold more of their own kind: parts that do not nest again.
_NESTED = {"condition": _CONDITIONS, "criterion": _CRITERIA}
_SEVERAL_NESTED = {"conditions": _CONDITIONS, "criteria": _CRITERIA}

_WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=6)
# Letters and signs that nobody can see.
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
_LETTERS = st.characters(categories=["Lu", "Ll", "Lt", "Lo"], exclude_characters=_FILLERS)
_PRINTED = st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters=_FILLERS)


def identifiers() -> Strategy[str]:
    """Return ids: one to three words joined by hyphens."""
    return st.lists(_WORDS, min_size=1, max_size=3).map("-".join)


def texts(*, single_line: bool = False) -> Strategy[str]:
    """Return readable text in any script, with line breaks unless `single_line`."""
    rest = _PRINTED if single_line else st.one_of(_PRINTED, st.sampled_from("\n\t"))
    return st.builds(str.__add__, _LETTERS, st.text(rest, max_size=12))


def values(cls: type[T]) -> Strategy[T]:
    """Return values of an attrs class of the model, each sound by itself.

    >>> from backex import Dose
    >>> values(Dose).example()  # doctest: +SKIP
    Dose(sets=Span(low=1, high=None), reps=None, hold_seconds=None, rest_seconds=None, sources=())
    """
    strategy: Strategy[T] = _value(cls)
    return strategy


# Not st.deferred, whose repr would be that of everything below.
@st.composite
def _value(draw: st.DrawFn, cls: type[T]) -> T:
    made: Any = cls
    drawn: T = draw(_made(made))
    return drawn


@cache
def _made(cls: Any) -> Strategy[Any]:
    if cls in _WHOLE:
        return _WHOLE[cls]()
    return _built(cls)


def _built(cls: Any, **given: Strategy[Any]) -> Strategy[Any]:
    """Return values with those strategies for some fields, and what the others' checks allow."""
    others = [each for each in attrs.fields(cls) if each.name not in given]
    return st.builds(cls, **given, **{each.name: _of_field(cls, each) for each in others})


def _of_field(cls: Any, attribute: attrs.Attribute[Any]) -> Strategy[Any]:
    if attribute.validator is provenance.STATED_BY:
        names = sorted(each.name for each in attrs.fields(cls))
        return st.dictionaries(st.sampled_from(names), _few(values(Source)), max_size=2)
    if attribute.name in _NESTED:
        return st.one_of(*map(values, _NESTED[attribute.name]))
    if attribute.name in _SEVERAL_NESTED:
        return _few(st.one_of(*map(values, _SEVERAL_NESTED[attribute.name])), low=1)
    return _of_check(attribute.validator)


def _of_check(check: Any) -> Strategy[Any]:
    strategy: Strategy[Any] = _CHECKS[type(check)](check)
    return strategy


def _few(members: Strategy[T], low: int = 0) -> Strategy[tuple[T, ...]]:
    return st.lists(members, min_size=low, max_size=max(low, 2)).map(tuple)


def _exactly(cls: Any) -> Strategy[Any]:
    if issubclass(cls, Enum):
        return st.sampled_from(cls)
    return st.booleans() if cls is bool else values(cls)


def _spans(low: int, high: int) -> Strategy[Span]:
    ends = st.tuples(st.integers(low, high), st.integers(low, high)).map(sorted)
    closed = ends.map(lambda pair: Span(*pair))
    above = st.integers(low, high).map(lambda end: Span(end, None))
    below = st.integers(low, high).map(lambda end: Span(None, end))
    return closed | above | below


def _times() -> Strategy[datetime]:
    return st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


_CHECKS: dict[type, Callable[[Any], Strategy[Any]]] = {
    checks.Text: lambda check: texts(single_line=check.single_line).map(
        lambda text: text[: check.limit]
    ),
    checks.Identifier: lambda _: identifiers(),
    checks.Integer: lambda check: st.integers(check.low, check.high),
    checks.Flag: lambda _: st.booleans(),
    checks.Anything: lambda _: st.none() | st.booleans() | st.integers(-9, 9) | texts(),
    checks.AwareTime: lambda _: _times(),
    checks.Exactly: lambda check: _exactly(check.of),
    checks.OneOf: lambda check: st.one_of(*(values(cls) for cls in check.classes)),
    checks.Either: lambda check: _of_check(check.one) | _of_check(check.other),
    checks.Optional: lambda check: st.none() | _of_check(check.check),
    checks.TupleOf: lambda check: _few(_of_check(check.check), check.low),
    checks.SetOf: lambda check: st.frozensets(
        _of_check(check.check), min_size=check.low, max_size=check.low + 2
    ),
    checks.MapOf: lambda check: st.dictionaries(
        _of_check(check.key), _of_check(check.value), max_size=2
    ),
    quantities.SpanWithin: lambda check: st.none() | _spans(check.low, check.high),
}


def _sources() -> Strategy[Source]:
    placed = st.tuples(st.sampled_from(SourceKind), texts(single_line=True))
    free = [kind for kind in SourceKind if kind not in provenance.LOCATED]
    return st.builds(
        lambda kind_and_place, **rest: Source(
            kind=kind_and_place[0], locator=kind_and_place[1], **rest
        ),
        placed | st.tuples(st.sampled_from(free), st.none()),
        id=identifiers().map(SourceId),
        title=texts(single_line=True),
        author=st.none() | texts(single_line=True),
        note=st.none() | texts(),
    )


def _joint_angles() -> Strategy[JointAngle]:
    turns = [
        st.builds(
            JointAngle,
            joint=st.just(joint),
            freedom=st.just(freedom),
            degrees=st.integers(low, high),
            limb=st.sampled_from(limbs_of(joint)),
            sources=_few(values(Source)),
        )
        for joint, freedoms in JOINTS.items()
        for freedom, (low, high) in freedoms.items()
    ]
    return st.one_of(*turns)


def _monitors() -> Strategy[Monitor]:
    def started(policy: StoppingPolicy) -> Strategy[Monitor]:
        reports = st.lists(values(SymptomReport), max_size=3)
        return st.builds(_observed, st.just(policy), st.none() | values(SymptomReport), reports)

    return values(StoppingPolicy).flatmap(started)


def _observed(
    policy: StoppingPolicy, baseline: SymptomReport | None, reports: list[SymptomReport]
) -> Monitor:
    monitor = policy.start(baseline)
    for report in sorted(reports, key=lambda each: each.key):
        monitor = monitor.observe(report)
    return monitor


def _puts() -> Strategy[axes.Put]:
    of_a_step = (step.Motion, Cue, step.Effect, step.Target, JointAngle)
    parts = st.one_of(*(values(cls) for cls in of_a_step))
    supports = values(step.Support).map(lambda part: axes.Put(part=part))
    return supports | st.builds(axes.Put, part=parts, step=identifiers().map(StepId))


def _removes() -> Strategy[axes.Remove]:
    kinds = st.sampled_from([kind for kind in axes.PartKind if kind is not axes.PartKind.SUPPORT])
    supports = st.builds(axes.Remove, kind=st.just(axes.PartKind.SUPPORT), id=identifiers())
    parts = st.builds(axes.Remove, kind=kinds, id=identifiers(), step=identifiers().map(StepId))
    return supports | parts


def _moves() -> Strategy[progression.CustomProgression]:
    return st.builds(
        progression.CustomProgression,
        axis=identifiers().map(lambda id: AxisId(f"app-{id}")),
        level=identifiers().map(LevelId) | values(Mass),
    )


def _exercises() -> Strategy[Exercise]:
    # By number: Hypothesis shows what it chooses from, which is long.
    numbers = st.integers(0, len(CATALOG.exercises) - 1)
    return numbers.map(_of_the_catalog) | _built(Exercise)


def _of_the_catalog(number: int) -> Exercise:
    return CATALOG.exercises[number]


def _load_axes() -> Strategy[axes.LoadAxis]:
    edits = values(axes.SetText) | values(axes.Put) | values(axes.Remove)
    return _built(axes.LoadAxis, edits=_few(edits))


#: Classes whose fields depend on each other.
_WHOLE: dict[type, Callable[[], Strategy[Any]]] = {
    Span: lambda: _spans(-1_000, 1_000),
    Source: _sources,
    JointAngle: _joint_angles,
    axes.Put: _puts,
    axes.Remove: _removes,
    progression.CustomProgression: _moves,
    Exercise: _exercises,
    axes.LoadAxis: _load_axes,
    Monitor: _monitors,
}
