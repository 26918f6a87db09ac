"""What holds for every value of backex: it is immutable, and its fields take no nonsense.

The classes are found by walking the package, and what each field must refuse follows from its
type and from the tables below. A class without an example, a field without a check and a field
that the tables do not know all fail here.
"""

from __future__ import annotations

import ast
import copy
import doctest
import importlib
import os
import pickle
import pkgutil
import reprlib
import subprocess
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from itertools import chain
from pathlib import Path
from types import FunctionType, ModuleType, NoneType, UnionType
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
import pytest

import backex
from backex.anatomy import Laterality, Position, Region, Side
from backex.catalog import Catalog, upper_back
from backex.catalog.upper_back import CATALOG, OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.checks import Check, violation_in
from backex.codec import audit
from backex.conditions import AnyOf, EvaluationWanted, Occasion, RedFlagPresent, Situation
from backex.criteria import (
    AllCriteria,
    AnyCriterion,
    Attempt,
    Completed,
    Completion,
    EffortAtMost,
    InARow,
    Quality,
    QualityAtLeast,
    SymptomAtMost,
)
from backex.diagnostics import Diagnostic, Severity
from backex.dose import Dose, Schedule
from backex.errors import InvalidValue, Problem
from backex.exercise import MAT, Exercise
from backex.ids import AxisId, CatalogId, ExerciseId, LevelId, PrescriptionId, RoutineId, RuleId
from backex.ladders import ladder
from backex.letters import Insight, Letter, Subject, letter_of, subject
from backex.mappings import FrozenMap, frozen_map
from backex.plan import Change, ChangeKind, Next, Plan, SessionRecord, next_session
from backex.playback import Playback
from backex.pose import Freedom, JointAngle
from backex.progression import (
    AddLowerQuarter,
    AddResistance,
    ChangeReach,
    CustomProgression,
    ExtendArm,
)
from backex.quantities import Mass, Span, SpanWithin, Unit, kg
from backex.routine import Routine, prescribe
from backex.rules import RULES, Fault, examples
from backex.symptoms import DIZZINESS, PAIN, STIFFNESS, Clearance, Moment, report
from backex.timelines import timeline
from backex.validation import validate
from backex.variant import Difference, Variant, differences, vary
from backex.verification import verify

T = TypeVar("T")
NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)


# What there is.


def _modules() -> Iterator[ModuleType]:
    yield backex
    for found in pkgutil.walk_packages(backex.__path__, "backex."):
        yield importlib.import_module(found.name)


def _is_public(cls: type) -> bool:
    return "._" not in f"{cls.__module__}.{cls.__qualname__}"


MODULES = {module.__name__: module for module in _modules()}
CLASSES = [
    each
    for module in MODULES.values()
    for each in vars(module).values()
    if isinstance(each, type) and each.__module__ == module.__name__
]
ATTRS_CLASSES = [cls for cls in CLASSES if attrs.has(cls)]
#: Without those that are at work only while the codec, the command line, a picture or a test is,
#: and without bodies in space.
MODEL = [
    each
    for each in CLASSES
    if not each.__module__.startswith(
        ("backex.cli", "backex.codec", "backex.render", "backex.strategies", "backex.testing")
    )
    # Derived from poses and never stored.
    and each.__module__ not in {"backex.body", "backex.spatial"}
]
VALUES: list[type[Any]] = [each for each in MODEL if attrs.has(each) and _is_public(each)]
#: Made by backex alone, or turned at once into something checked.
UNCHECKED = {
    Attempt,
    Difference,
    Fault,
    Insight,
    Letter,
    Next,
    Problem,
    Situation,
    SpanWithin,
    Subject,
    examples.Example,
}
CHECKED = [cls for cls in VALUES if cls not in UNCHECKED and cls.__module__ != "backex.checks"]
#: The type of every field.
KINDS: dict[tuple[type, str], object] = {
    (cls, each.name): get_type_hints(cls)[each.name] for cls in VALUES for each in attrs.fields(cls)
}
FIELDS = [
    pytest.param(cls, each.name, id=f"{cls.__name__}.{each.name}")
    for cls in CHECKED
    for each in attrs.fields(cls)
]
every_class = pytest.mark.parametrize("cls", VALUES, ids=lambda cls: cls.__name__)
every_checked_class = pytest.mark.parametrize("cls", CHECKED, ids=lambda cls: cls.__name__)
every_field = pytest.mark.parametrize(("cls", "name"), FIELDS)

_MONITOR = STOPPING_POLICY.start(report(0, pain=1)).observe(report(1, pain=5)).observe(report(2))
_LEAN = Exercise(
    id=ExerciseId("lean"),
    name="Lean",
    position=Position.STANDING,
    laterality=Laterality.BILATERAL,
)
_STEADY = AllCriteria(
    criteria=(
        AnyCriterion(criteria=(Completed(), QualityAtLeast(quality=Quality.GOOD))),
        InARow(criterion=EffortAtMost(effort=4), sessions=2),
        SymptomAtMost(channel=PAIN, severity=3),
    )
)
_PLAN = Plan(
    routine=Routine(id=RoutineId("planned"), title="Planned", items=(prescribe(_LEAN),)),
    ladders={PrescriptionId("lean"): ladder(_LEAN, Dose(sets=1), advance=_STEADY)},
)
_DONE = Completion(performed=vary(_LEAN), done=True, effort=3)
_RECORD = SessionRecord(
    checkin=1, completed={PrescriptionId("lean"): _DONE}, entries=(report(1, pain=1),)
)
_PLANNED = (
    _PLAN,
    _RECORD,
    next_session(_PLAN, [_RECORD]),
    Change(item=PrescriptionId("lean"), kind=ChangeKind.DROPPED, before=0, after=None),
    Attempt(checkin=1, completion=_DONE, severities=FrozenMap({PAIN: 1})),
    *differences(vary(OBLIQUE_SIT), vary(OBLIQUE_SIT, ExtendArm())),
)
_HELD = (prescribe(_LEAN, Dose(hold_seconds=10)),)
_SUBJECT = subject(STOPPING_POLICY)
_OCCASION = Occasion(reports=(report(1, pain=1),))
#: Values that have an instance of every class in or below them; small ones first.
EXAMPLES: tuple[object, ...] = (
    Catalog(id=CatalogId("small"), title="Small", exercises=(_LEAN,)),
    JointAngle(joint=Region.LUMBAR_SPINE, freedom=Freedom.FLEXION, degrees=5),
    prescribe(_LEAN, Dose(sets=Span(1, 2))),
    Routine(id=RoutineId("short"), title="Short", equipment=frozenset({MAT})),
    Schedule(days_per_week=3),
    vary(
        OBLIQUE_SIT,
        AddResistance(kg(1)),
        ExtendArm(),
        ChangeReach(upper_back.FORWARD),
        AddLowerQuarter(upper_back.LIFT_PELVIS),
        CustomProgression(AxisId("pace"), LevelId("slow")),
    ),
    report(1, pain=3, red_flags=frozenset({DIZZINESS}), at=NOON),
    Clearance(checkin=2, rules=frozenset({RuleId("worsened")}), by="A. Clinician"),
    AnyOf(conditions=(EvaluationWanted(), RedFlagPresent())),
    _MONITOR,
    _MONITOR.decision,
    audit(STOPPING_POLICY, [report(1, pain=5)], baseline=report(0, pain=1), at=NOON),
    verify(attrs.evolve(STOPPING_POLICY, rules=STOPPING_POLICY.rules[1:])),
    Playback(timeline(Routine(id=RoutineId("held"), title="Held", items=_HELD))),
    timeline(Routine(id=RoutineId("held"), title="Held", items=_HELD)).events,
    _SUBJECT,
    letter_of(_SUBJECT, {PAIN: 1, STIFFNESS: 1}, [report(1, pain=1)]),
    *_PLANNED,
    Situation(
        occasion=_OCCASION,
        baseline=FrozenMap({PAIN: 1}),
        asks=frozenset({PAIN}),
        asks_at=frozenset({Moment.AFTER}),
        asks_red_flags=False,
    ),
    Diagnostic(code="BX999", severity=Severity.INFO, path="$", message="only an example"),
    validate(ROUTINE.removing(ROUTINE.items[0].id)),
    Fault("only an example", meta={"ids": ("a", "b")}),
    Problem("BX001", "$", "only an example"),
    examples.EXAMPLES["BX501"],
    SpanWithin(1, 2),
    CATALOG,
    ROUTINE,
    RULES,
    *(each.validator for cls in ATTRS_CLASSES for each in attrs.fields(cls)),
)


def _values_in(value: object) -> Iterator[object]:
    if isinstance(value, tuple | frozenset):
        yield from chain.from_iterable(map(_values_in, value))
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_values_in, value.values()))
    elif attrs.has(cls := type(value)):
        yield value
        for each in attrs.fields(cls):
            yield from _values_in(getattr(value, each.name))


#: The first instance found of each class.
SAMPLES: dict[type, Any] = {}
for _each in _values_in(EXAMPLES):
    SAMPLES.setdefault(type(_each), _each)


# What each field takes; the tables are the specification.

#: The whole numbers that a field takes; a collection's are those of its members.
NUMBERS: dict[str, tuple[int, int]] = {
    "AtLeast.severity": (1, 10),
    "Audit.entry_count": (0, 1_000_000_000),
    "Audit.format_version": (1, 1_000_000),
    "Attempt.severities": (0, 10),
    "Change.after": (0, 200),
    "Change.before": (0, 200),
    "Completion.effort": (0, 10),
    "EffortAtMost.effort": (0, 10),
    "InARow.sessions": (2, 60),
    "Next.rungs": (0, 200),
    "SessionRecord.checkin": (0, 1_000_000_000),
    "SymptomAtMost.severity": (0, 10),
    "Calmed.checkins": (1, 60),
    "Clearance.checkin": (0, 1_000_000_000),
    "Clearance.seq": (0, 1_000_000_000),
    "Event.repetition": (1, 1000),
    "Event.seconds": (0, 86_400),
    "Event.set_number": (1, 100),
    "Event.start_second": (0, 86_400),
    "Finding.baseline": (0, 10),
    "JointAngle.degrees": (-180, 180),
    "Latch.baseline": (0, 10),
    "LoadAxis.increment_grams": (1, 1_000_000),
    "LoadAxis.maximum_grams": (1, 1_000_000),
    "Mass.grams": (1, 1_000_000),
    "Monitor.baseline": (0, 10),
    "Monitor.baseline_next": (0, 10),
    "Monitor.checkin": (0, 1_000_000_000),
    "Monitor.seq": (0, 1_000_000_000),
    "Pacing.between_items_seconds": (0, 3600),
    "Pacing.breath_seconds": (1, 3600),
    "Pacing.check_in_seconds": (1, 3600),
    "Pacing.get_ready_seconds": (1, 3600),
    "Pacing.hold_seconds": (1, 3600),
    "Pacing.move_seconds": (1, 3600),
    "Pacing.prepare_seconds": (1, 3600),
    "Pacing.reps": (1, 1000),
    "Pacing.rest_seconds": (0, 3600),
    "Pacing.return_seconds": (1, 3600),
    "Pacing.sets": (1, 100),
    "Pacing.set_up_seconds": (1, 3600),
    "Pacing.switch_seconds": (1, 3600),
    "Persists.checkins": (2, 60),
    "Playback.second": (0, 86_400),
    "Prompt.after_seconds": (1, 3600),
    "Routine.time_budget_seconds": (1, 86_400),
    "RuleState.calm": (0, 60),
    "RuleState.counts": (0, 60),
    "Situation.baseline": (0, 10),
    "Span.high": (-1_000_000, 1_000_000),
    "Span.low": (-1_000_000, 1_000_000),
    "SymptomReport.checkin": (0, 1_000_000_000),
    "SymptomReport.seq": (0, 1_000_000_000),
    "SymptomReport.severities": (0, 10),
    "Tolerance.rise_at_most": (0, 10),
    "Tolerance.severity_at_most": (0, 10),
    "Verdict.states": (0, 1_000_000_000),
    "Verdict.transitions": (0, 1_000_000_000),
    "Worsened.by": (1, 10),
}
#: The bounds of both ends of a span.
SPANS: dict[str, tuple[int, int]] = {
    "Dose.hold_seconds": (1, 3600),
    "Dose.reps": (1, 1000),
    "Dose.rest_seconds": (0, 3600),
    "Dose.sets": (1, 100),
    "Schedule.days_per_week": (1, 7),
    "Schedule.rest_hours": (1, 168),
    "Schedule.sessions_per_day": (1, 24),
}
#: Collections that must not be empty.
NEVER_EMPTY = {
    "AllOf.conditions",
    "AllCriteria.criteria",
    "AnyCriterion.criteria",
    "AnyOf.conditions",
    "Ladder.rungs",
    "Clearance.rules",
    "Finding.reports",
    "Latch.reports",
    "LevelAxis.levels",
    "PostureGuideline.regions",
    "Purpose.trains",
    "StoppingPolicy.asks_at",
}
#: Collections that grow with what is reported, bounded by the size of documents alone.
UNBOUNDED = {
    "Decision.findings",
    "Decision.items",
    "Decision.items_unanswered",
    "Decision.unanswered",
    "Event.cues",
    "Event.prompts",
    "Finding.baseline",
    "Finding.sources",
    "Latch.baseline",
    "Monitor.baseline",
    "Monitor.baseline_next",
    "Monitor.items",
    "Report.diagnostics",
    "Report.suppressed",
    "SymptomReport.red_flags",
    "SymptomReport.severities",
}


@attrs.frozen
class Words:
    """What a field of text takes: all of the accepted, none of the refused; and how it says so."""

    accepted: tuple[str, ...]
    refused: tuple[object, ...]
    allowed: str


NO_STRING = (7, True, 1.5, b"words", ["words"])
NO_TEXT = ("", " ", "\n\t", "\u00a0", *(f"a{each}b" for each in "\0\x1b\x7f\x85\u2028\ud800"))
BIDIRECTIONAL = tuple(f"a{each}b" for each in "\u061c\u200e\u200f\u202a\u202e\u2066\u2069")
HIDDEN = tuple(f"a{each}b" for each in "\n\t\u00ad\u180e\u200b\u200c\u200d\u2060\u2064\ufeff")
NO_ID = (
    "",
    " ",
    "Oblique-sit",
    "oblique sit",
    "oblique--sit",
    "-oblique",
    "oblique-",
    "oblique-sit\n",
    "oblique_sit",
    "oblique.sit",
    "oblique\u2010sit",
    "caf\u00e9",
    "a\u0663",
    "a\uff11",
    *BIDIRECTIONAL,
    *HIDDEN,
    "a\0",
    "a\ud800",
    "a" * 65,
)
NO_CODE = (
    "",
    "503",
    "BX5",
    "BX5033",
    "TOOMANY503",
    "bx503",
    "BX503\n",
    " BX503",
    "BX\u0665\u0660\u0663",
)


def _text(limit: int) -> Words:
    refused = (*NO_STRING, *NO_TEXT, *BIDIRECTIONAL, "a" * (limit + 1))
    return Words(("a", "a" * limit), refused, f"text of 1 to {limit} characters")


def _line(limit: int) -> Words:
    refused = (*_text(limit).refused, *HIDDEN)
    return Words(("a", "a" * limit), refused, f"a line of text of 1 to {limit} characters")


LINE, TEXT = _line(200), _text(2000)
SHORT = _line(10)
ID = Words(("a", "7-a", "a" * 64), (*NO_STRING, *NO_ID), "an id of at most 64 characters")
#: What is said to a person, by field; a mapping's keys are a field of their own.
WORDS = {
    "advice": TEXT,
    "backex_version": LINE,
    "baseline_digest": _line(71),
    "decision_digest": _line(71),
    "entries_digest": _line(71),
    "policy_digest": _line(71),
    "after": SHORT,
    "author": LINE,
    "by": LINE,
    "id": ID,
    "locator": LINE,
    "meta key": Words((), (5, 1.5), ""),
    "metadata": TEXT,
    "metadata key": LINE,
    "name": LINE,
    "note": TEXT,
    "reason": TEXT,
    "stated_by key": LINE,
    "suppress": TEXT,
    "suppress key": SHORT,
    "text": TEXT,
    "title": LINE,
    "cues": TEXT,
    "differences": TEXT,
    "items_unanswered": TEXT,
    "reasons": TEXT,
    "unanswered": TEXT,
    "why": TEXT,
    "Diagnostic.code": LINE,
    "Diagnostic.hint": TEXT,
    "Diagnostic.message": TEXT,
    "Diagnostic.path": TEXT,
    "Rule.code": Words(
        ("BX503", "AB000", "ABCDE999"),
        (*NO_STRING, *NO_CODE),
        "two to five capitals and three digits",
    ),
}


#: What there is for a class, for a function and for anything at all, and what is none.
REST: dict[object, tuple[tuple[object, ...], tuple[object, ...]]] = {
    type: ((Routine,), (5, "Exercise", None)),
    Callable: ((validate,), (5, "check", None)),
    object: (("a",), ()),
}


def _words(kind: object, field: str) -> Words:
    name = field.partition(".")[2]
    return ID if isinstance(kind, NewType) else WORDS.get(field) or WORDS[name]


def _stated(kind: object) -> object:
    """Return a type without the None that stands for "not stated"."""
    arguments = get_args(kind)
    if get_origin(kind) in {Union, UnionType} and NoneType in arguments:
        kinds = tuple(each for each in arguments if each is not NoneType)
        return kinds[0] if len(kinds) == 1 else Union[kinds]  # noqa: UP007 (made at run time)
    return kind


def _right(kind: object, field: str) -> Iterator[object]:
    """Yield what a field of a type must take, the extremes among it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        yield from ((each,) for each in _right(arguments[0], field))
    elif origin is frozenset:
        yield from (frozenset({each}) for each in _right(arguments[0], field))
    elif origin is Mapping:
        yield from ({"id": each} for each in _right(arguments[1], field))
    elif origin in {Union, UnionType}:
        yield from chain.from_iterable(_right(each, field) for each in arguments)
    elif kind is int:
        yield from NUMBERS[field]
    elif kind is Span and field in SPANS:
        low, high = SPANS[field]
        yield from (Span(low, high), Span(low, None), Span(None, high))
    elif kind is NoneType:
        yield None
    else:
        yield from _right_plain(kind, origin, field)


def _right_plain(kind: object, origin: object, field: str) -> tuple[object, ...]:
    if kind is str or isinstance(kind, NewType):
        return _words(kind, field).accepted
    if kind is bool:
        return (True, False)
    if kind is datetime:
        return (NOON,)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(kind)
    if isinstance(kind, type) and kind in SAMPLES:
        return (SAMPLES[kind],)
    return REST[origin or kind][0]


def _one(kind: object, field: str) -> Any:  # noqa: ANN401 (of whatever kind)
    return next(_right(_stated(kind), field))


@attrs.frozen
class Wrong:
    """A wrong value, and what the error has to say of it."""

    #: What the field is given.
    given: Any
    #: What of that is wrong.
    offending: object
    #: Where in the field that is.
    where: str
    #: How what is allowed there is described, at least.
    allowed: str


def _whole(allowed: str, values: Iterable[object]) -> Iterator[Wrong]:
    for value in values:
        yield Wrong(value, value, "", allowed)


def _inside(
    members: Iterable[Wrong], where: str, holding: Callable[[Any], object]
) -> Iterator[Wrong]:
    for each in members:
        yield attrs.evolve(each, given=holding(each.given), where=where + each.where)


def _hashable(cases: Iterable[Wrong]) -> Iterator[Wrong]:
    for each in cases:
        try:
            hash(each.given)
        except TypeError:
            continue
        yield each


def _wrong(kind: object, field: str) -> Iterator[Wrong]:
    """Yield what a field of a type must refuse."""
    origin, arguments = get_origin(kind), get_args(kind)
    stated = _stated(kind)
    if stated is not kind:
        return (each for each in _wrong(stated, field) if each.given is not None)
    if origin in {Union, UnionType}:
        return _wrong_among(arguments, field)
    if origin is tuple:
        return _wrong_tuple(arguments[0], field)
    if origin is frozenset:
        return _wrong_set(arguments[0], field)
    if origin is Mapping:
        return _wrong_mapping(arguments[0], arguments[1], field)
    if kind is int:
        return _wrong_number(*NUMBERS[field])
    if kind is Span and field in SPANS:
        return _wrong_span(*SPANS[field])
    return _whole(*_wrong_plain(kind, origin, field))


def _wrong_plain(kind: object, origin: object, field: str) -> tuple[str, tuple[object, ...]]:
    """Return what is allowed in a field of a type without parts, and what is not."""
    if kind is str or isinstance(kind, NewType):
        words = _words(kind, field)
        return words.allowed, (*words.refused, None)
    if kind is bool:
        return "", (0, 1, 1.0, "true", "", [])
    if kind is datetime:
        naive = (NOON.replace(tzinfo=None), NOON.date(), NOON.isoformat(), NOON.timestamp())
        return "a datetime with a time zone", (*naive, None)
    if isinstance(kind, type) and issubclass(kind, Enum):
        stranger = Side.LEFT if kind is Unit else Unit.INCH
        member = next(iter(kind))
        allowed = "one of " + ", ".join(f"{kind.__name__}.{each.name}" for each in kind)
        return allowed, (member.value, member.name, stranger, kind, 0, [], None)
    if isinstance(kind, type) and kind in SAMPLES:
        return kind.__name__, _strangers(kind)
    return "", REST[origin or kind][1]


def _strangers(*classes: type) -> tuple[object, ...]:
    return (*classes, "No Id", 5, 1.5, {}, [], (), Problem("BX999", "$", "a stranger"), None)


def _wrong_among(kinds: tuple[Any, ...], field: str) -> Iterator[Wrong]:
    classes = tuple(each for each in kinds if attrs.has(each))
    for kind in kinds:
        if kind in classes:
            yield from _whole(kind.__name__, _strangers(*classes))
        else:
            yield from _wrong(kind, field)


def _wrong_number(low: int, high: int) -> Iterator[Wrong]:
    strange: tuple[object, ...] = (
        float(low),
        float("nan"),
        float("inf"),
        True,
        str(low),
        Decimal(low),
        [low],
        None,
    )
    yield from _whole(f"a whole number from {low} to {high}", (low - 1, high + 1, *strange))


def _wrong_span(low: int, high: int) -> Iterator[Wrong]:
    allowed = f"a Span (or one whole number) from {low} to {high}"
    spans = (Span(low - 1, high), Span(low, high + 1), Span(None, high + 1), Span(low - 1, None))
    strange: tuple[object, ...] = (
        float(low),
        float("nan"),
        True,
        str(low),
        (low, high),
        [low],
        {},
        Span,
        Mass(low + 1),
    )
    yield from _whole(allowed, (*spans, *strange))
    for number in (low - 1, high + 1):
        yield Wrong(number, Span.of(number), "", allowed)


def _wrong_tuple(kind: object, field: str) -> Iterator[Wrong]:
    valid = _one(kind, field)
    others: tuple[object, ...] = ([valid], [], {0: valid}, valid, "members", None)
    many = [] if field in UNBOUNDED else [(valid,) * 1_001]
    empty: list[object] = [()] if field in NEVER_EMPTY else []
    yield from _whole("a tuple of ", (*others, *many, *empty))
    yield from _inside(_wrong(kind, field), "[1]", lambda member: (valid, member))


def _wrong_set(kind: object, field: str) -> Iterator[Wrong]:
    valid = _one(kind, field)
    is_bounded = field not in UNBOUNDED and not (isinstance(kind, type) and issubclass(kind, Enum))
    many = [frozenset(f"id-{n}" for n in range(1_001))] if is_bounded else []
    empty: list[object] = [frozenset()] if field in NEVER_EMPTY else []
    yield from _whole("a frozenset of ", ({valid}, [valid], (valid,), valid, None, *many, *empty))
    yield from _inside(_hashable(_wrong(kind, field)), "", lambda member: frozenset({member}))


def _wrong_mapping(key: object, value: object, field: str) -> Iterator[Wrong]:
    valid = _one(value, field)
    yield from _whole("a mapping of ", ([("id", valid)], {"id"}, ("id",), "id", 5, None))
    if field not in UNBOUNDED:
        many = FrozenMap({f"id-{n}": valid for n in range(1_001)})
        yield Wrong(dict(many), many, "", "a mapping of ")
    keys = _hashable(_wrong(key, f"{field} key"))
    yield from _inside(keys, "", lambda wrong: {wrong: valid})
    yield from _inside(_wrong(value, field), ".id", lambda wrong: {"id": wrong})


def _forced(value: T, **fields: object) -> T:
    """Return a copy of `value` with fields written behind its constructor's back."""
    made = copy.copy(value)
    for name, each in fields.items():
        object.__setattr__(made, name, each)
    return made


def _wrong_in(cls: type, name: str) -> list[Wrong]:
    return list(_wrong(KINDS[cls, name], f"{cls.__name__}.{name}"))


def _all_wrong_in(cls: type) -> list[tuple[str, Wrong]]:
    """Return what the fields of a class must refuse, but for what is only too much."""
    return [
        (each.name, case)
        for each in attrs.fields(cls)
        for case in _wrong_in(cls, each.name)
        if not (isinstance(case.given, tuple | frozenset | Mapping) and len(case.given) > 1000)
    ]


def _is_found_in(made: object, cls: type, place: str) -> bool:
    found = violation_in(made)
    return found is not None and (found.class_name, found.field) == (cls.__name__, place)


# No field takes nonsense.


def test_every_class_of_values_has_an_example() -> None:
    assert {cls.__name__ for cls in VALUES if cls not in SAMPLES} == set()


def test_every_field_of_a_checked_class_has_a_check() -> None:
    unchecked = [
        f"{cls.__name__}.{each.name}"
        for cls in CHECKED
        for each in attrs.fields(cls)
        if each.validator is None
    ]
    assert unchecked == []


def test_the_tables_name_only_fields_that_there_are() -> None:
    there = {f"{cls.__name__}.{each.name}" for cls in VALUES for each in attrs.fields(cls)}
    words = {each for each in WORDS if "." in each}
    named = {*NUMBERS, *SPANS, *NEVER_EMPTY, *UNBOUNDED, *DEPENDENT, *FREE, *words}
    assert named - there == set()


@every_field
def test_a_field_refuses_nonsense_and_says_what_is_wrong_and_what_is_allowed(
    cls: type, name: str
) -> None:
    cases = _wrong_in(cls, name)
    assert len(cases) > 2
    for case in cases:
        with pytest.raises(InvalidValue) as caught:
            attrs.evolve(SAMPLES[cls], **{name: case.given})
        error = caught.value
        found = (error.class_name, error.field, error.value)
        assert found == (cls.__name__, name + case.where, reprlib.repr(case.offending))
        assert case.allowed in error.allowed


@every_field
def test_none_is_allowed_where_the_error_says_so(cls: type, name: str) -> None:
    is_optional = NoneType in get_args(KINDS[cls, name])
    wrong = next(each for each in _wrong_in(cls, name) if each.given is each.offending)
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(SAMPLES[cls], **{name: wrong.given})
    assert caught.value.allowed.endswith(", or None") is is_optional


@every_checked_class
def test_nonsense_that_was_forced_into_a_value_is_found(cls: type) -> None:
    for name, case in _all_wrong_in(cls):
        made = _forced(SAMPLES[cls], **{name: frozen_map(case.given)})
        assert _is_found_in(made, cls, name + case.where), (name, case)


@every_checked_class
def test_nonsense_that_came_out_of_a_pickle_is_found(cls: type) -> None:
    for name, case in _all_wrong_in(cls):
        forced = _forced(SAMPLES[cls], **{name: frozen_map(case.given)})
        made = pickle.loads(pickle.dumps(forced))
        assert _is_found_in(made, cls, name + case.where), (name, case)


# A variant puts its moves in order as it is made, so nonsense does not get through unchecked.
@pytest.mark.parametrize(
    "cls", [each for each in CHECKED if each is not Variant], ids=lambda cls: cls.__name__
)
def test_nonsense_that_was_constructed_without_checks_is_found(cls: type) -> None:
    for name, case in _all_wrong_in(cls):
        with attrs.validators.disabled():
            made = attrs.evolve(SAMPLES[cls], **{name: case.given})
        assert _is_found_in(made, cls, name + case.where), (name, case)


def _of_origin(*origins: object) -> list[Any]:
    return [
        pytest.param(cls, name, id=f"{cls.__name__}.{name}")
        for (cls, name), kind in KINDS.items()
        if get_origin(_stated(kind)) in origins
    ]


@pytest.mark.parametrize(("cls", "name"), _of_origin(tuple, frozenset, Mapping))
def test_a_collection_may_be_empty_unless_emptiness_makes_no_sense(cls: type, name: str) -> None:
    empty = {tuple: (), frozenset: frozenset(), Mapping: {}}
    nothing = next(empty[each] for each in empty if get_origin(_stated(KINDS[cls, name])) is each)
    if f"{cls.__name__}.{name}" in NEVER_EMPTY:
        with pytest.raises(InvalidValue, match="at least 1"):
            attrs.evolve(SAMPLES[cls], **{name: nothing})
    else:
        assert getattr(attrs.evolve(SAMPLES[cls], **{name: nothing}), name) == nothing


#: Fields that only some values of another field let take everything.
DEPENDENT = {
    "InARow.criterion",
    "JointAngle.degrees",
    "JointAngle.freedom",
    "JointAngle.joint",
    "JointAngle.limb",
    "Persists.condition",
    "Put.part",
    "Put.step",
    "Remove.kind",
    "Remove.step",
    "Source.locator",
    "Span.high",
    "Span.low",
}


@pytest.mark.parametrize(("cls", "name"), [each for each in FIELDS if each.id not in DEPENDENT])
def test_a_field_takes_all_that_makes_sense_up_to_its_bounds(cls: type, name: str) -> None:
    for value in _right(KINDS[cls, name], f"{cls.__name__}.{name}"):
        made = attrs.evolve(SAMPLES[cls], **{name: value})
        assert getattr(made, name) == value
        assert violation_in(made) is None


# Every value is immutable.


@pytest.mark.parametrize("cls", ATTRS_CLASSES, ids=lambda cls: cls.__name__)
def test_a_class_of_values_is_final(cls: type) -> None:
    assert cls.__dict__.get("__final__") is True


@every_class
def test_a_class_of_values_is_frozen_slotted_hashable_and_compares_by_value(cls: type) -> None:
    kind = attrs.inspect(cls)
    assert (kind.is_frozen, kind.is_slotted, kind.added_eq) == (True, True, True)
    hashable = attrs.ClassProps.Hashability
    assert kind.hashability in {hashable.HASHABLE, hashable.HASHABLE_CACHED}
    assert not hasattr(SAMPLES[cls], "__dict__")


@every_class
def test_no_field_of_a_value_can_be_set_or_deleted_and_none_added(cls: type) -> None:
    sample = copy.copy(SAMPLES[cls])
    for name in [*(each.name for each in attrs.fields(cls)), "note"]:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(sample, name, None)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(sample, name)
    assert sample == SAMPLES[cls]


#: What a field may hold besides other values, enumerations and collections that never change.
PLAIN = {str, int, bool, NoneType, datetime, type, Check}
#: Fields of particulars and of functions, which nothing is decided by or stored of.
FREE = {"And.rule", "Diagnostic.meta", "Fault.meta", "Later.check", "Rule.check"}


def _mutable(kind: object) -> set[object]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {tuple, frozenset, Mapping, Union, UnionType}:
        return set().union(*(_mutable(each) for each in arguments if each is not Ellipsis))
    if isinstance(kind, NewType):
        return _mutable(kind.__supertype__)
    immutable = isinstance(kind, type) and (issubclass(kind, Enum) or kind in VALUES)
    return set() if immutable or kind in PLAIN else {kind}


def test_a_value_holds_only_what_never_changes() -> None:
    held = {f"{cls.__name__}.{name}": _mutable(kind) for (cls, name), kind in KINDS.items()}
    assert {field for field, kinds in held.items() if kinds} == FREE


@pytest.mark.parametrize(("cls", "name"), _of_origin(Mapping))
def test_a_mapping_is_copied_into_one_that_never_changes(cls: type, name: str) -> None:
    given = _one(KINDS[cls, name], f"{cls.__name__}.{name}")
    before = dict(given)
    made = attrs.evolve(SAMPLES[cls], **{name: given})
    given.clear()
    assert type(getattr(made, name)) is FrozenMap
    assert getattr(made, name) == before


COPIES = [
    pytest.param(lambda value: pickle.loads(pickle.dumps(value)), id="pickle"),
    pytest.param(copy.copy, id="copy"),
    pytest.param(copy.deepcopy, id="deepcopy"),
]


@pytest.mark.parametrize("copied", COPIES)
@every_class
def test_a_copied_value_is_equal_and_hashes_alike(
    cls: type, copied: Callable[[object], object]
) -> None:
    sample = SAMPLES[cls]
    twin = copied(sample)
    assert type(twin) is cls
    assert (twin, hash(twin)) == (sample, hash(sample))


@pytest.mark.parametrize("copied", COPIES)
@pytest.mark.parametrize("name", [each for each in upper_back.__all__ if each.isupper()])
def test_a_value_of_the_catalog_is_hashable_and_survives_copying(
    name: str, copied: Callable[[object], Hashable]
) -> None:
    value = getattr(upper_back, name)
    twin = copied(value)
    assert (twin, hash(twin)) == (value, hash(value))
    assert violation_in(twin) is None


@pytest.mark.parametrize(
    "cls", [each for each in MODEL if issubclass(each, Enum)], ids=lambda cls: cls.__name__
)
def test_the_members_of_an_enumeration_have_ids_of_their_own_for_values(cls: type[Enum]) -> None:
    values = [member.value for member in cls.__members__.values()]
    assert [each for each in values if backex.checks.IDENTIFIER.violation(each)] == []
    assert len(set(values)) == len(values)


# Every module says what it offers and documents it.


def _place(name: str) -> tuple[bool, bool, str]:
    """Sort constants before classes before all else."""
    return (not name.isupper(), not name[:1].isupper(), name)


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES.keys())
def test_a_module_lists_what_it_offers_in_order(module: ModuleType) -> None:
    offered = module.__all__
    assert offered == sorted(set(offered), key=_place)
    assert [name for name in offered if not hasattr(module, name)] == []


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES.keys())
def test_a_module_offers_every_public_class_and_function_of_its_own(module: ModuleType) -> None:
    own = {
        name
        for name, each in vars(module).items()
        if getattr(each, "__module__", None) == module.__name__
        and isinstance(each, type | FunctionType)
        and not name.startswith("_")
    }
    assert own - set(module.__all__) == set()


def _public_classes(module: ModuleType) -> Iterator[tuple[ast.ClassDef, list[str]]]:
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node, source.splitlines()


def _is_documented(field: ast.AnnAssign, lines: list[str]) -> bool:
    return lines[field.lineno - 2].strip().startswith("#: ")


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES.keys())
def test_every_public_class_and_each_of_its_fields_is_documented(module: ModuleType) -> None:
    undocumented = [
        f"{node.name}.{field.target.id}"
        for node, lines in _public_classes(module)
        for field in node.body
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and not field.target.id.startswith("_")
        and not _is_documented(field, lines)
    ]
    without = [node.name for node, _ in _public_classes(module) if ast.get_docstring(node) is None]
    assert (undocumented, without) == ([], [])


WITH_EXAMPLES = [
    name
    for name, module in MODULES.items()
    if ">>>" in Path(str(module.__file__)).read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_in_docstrings_run(name: str) -> None:
    failed, tried = doctest.testmod(MODULES[name])
    assert tried > 0
    assert failed == 0


def test_importing_backex_loads_neither_cattrs_nor_json_nor_hypothesis() -> None:
    program = "import sys, backex; print(*sorted(each.partition('.')[0] for each in sys.modules))"
    # What measures coverage in other processes would be loaded as well.
    env = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=env
    )
    assert {"attrs", "backex"} <= set(loaded.stdout.split())
    assert {"cattrs", "json", "hypothesis", "pytest"} & set(loaded.stdout.split()) == set()
