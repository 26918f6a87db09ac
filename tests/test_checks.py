"""Checks: what each accepts, where it finds what is wrong, and what it says is allowed.

That every field of every class has its check, and what that refuses, is shown in `test_values`.
"""

from __future__ import annotations

import copy
import pickle
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

import attrs
import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from backex.anatomy import Contact, Region, Side
from backex.catalog.upper_back import CATALOG, ROUTINE
from backex.checks import (
    COUNT,
    FLAG,
    IDENTIFIER,
    NAME,
    SEVERITY,
    TEXT,
    And,
    Anything,
    AwareTime,
    Check,
    Either,
    Exactly,
    Identifier,
    Integer,
    Later,
    MapOf,
    OneOf,
    Optional,
    SetOf,
    Text,
    TupleOf,
    own_violation,
    violation_in,
)
from backex.conditions import AnyOf, AtLeast, EvaluationWanted, Persists
from backex.dose import Dose
from backex.errors import InvalidValue
from backex.mappings import FrozenMap
from backex.progression import AddResistance
from backex.quantities import Mass, Span, SpanWithin
from backex.references import article
from backex.rules import Fault
from backex.symptoms import PAIN, report

LETTERS = "\u0e01 \u05d0\u05d1 \u65e5\u672c e\u0301 \U0001f600"
WITH_JOINERS = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\U0001f52c"
TWO = Identifier(limit=2)
TWO_WORDS = (
    "an id of at most 2 characters: lowercase letters and digits in words joined by single "
    'hyphens, such as "oblique-sit"'
)


def _two() -> Check:
    return TWO


T = TypeVar("T")


class _Subtext(str):
    __slots__ = ()


class _Word(StrEnum):
    A = "a"


class _Number(IntEnum):
    ONE = 1


class _Instant(datetime):
    pass


class _Unanchored(tzinfo):
    def utcoffset(self, dt: datetime | None) -> None:
        del dt

    dst = tzname = utcoffset


#: Format characters that show, or that lay out the signs of a script.
SHAPING = set(map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2]))
SHAPING |= set(map(chr, [0x110BD, 0x110CD, *range(0x13430, 0x13460)]))
BIDIRECTIONAL = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Letters, marks and a sign that show as nothing.
FILLERS = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u2800\u3164\ufe0f\uffa0\U000e0100")
NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)

ACCEPTED: list[tuple[Check, object]] = [
    (TEXT, "x"),
    (TEXT, "x" * 2000),
    (TEXT, "two lines,\n\tone of them indented"),
    (TEXT, LETTERS),
    (TEXT, WITH_JOINERS),
    (NAME, "x" * 200),
    (NAME, LETTERS),
    (IDENTIFIER, "a"),
    (IDENTIFIER, "7"),
    (IDENTIFIER, "all-4s-rotation"),
    (IDENTIFIER, "a" * 64),
    (TWO, "ab"),
    (COUNT, 1),
    (COUNT, 1000),
    (SEVERITY, 0),
    (SEVERITY, 10),
    (Integer(-2, -1), -2),
    (FLAG, True),
    (FLAG, False),
    (Anything(), None),
    (Anything(), [object()]),
    (AwareTime(), NOON),
    (AwareTime(), NOON.astimezone(timezone(timedelta(hours=-3)))),
    (Exactly(Side), Side.LEFT),
    (Exactly(Mass), Mass(1)),
    (OneOf((Span, Mass)), Mass(1)),
    (OneOf((Span, Mass)), Span.of(1)),
    (Either(TWO, Exactly(Mass)), "a"),
    (Either(TWO, Exactly(Mass)), Mass(1)),
    (Later(_two), "a"),
    (Optional(COUNT), None),
    (Optional(COUNT), 1),
    (TupleOf(COUNT), ()),
    (TupleOf(COUNT), (1,) * 200),
    (TupleOf(COUNT, low=1, high=2), (1,)),
    (TupleOf(COUNT, low=1, high=2), (1, 2)),
    (SetOf(COUNT), frozenset()),
    (SetOf(COUNT), frozenset(range(1, 201))),
    (SetOf(COUNT, low=1, high=2), frozenset({1})),
    (SetOf(COUNT, low=1, high=2), frozenset({1, 2})),
    (MapOf(IDENTIFIER, COUNT), FrozenMap()),
    (MapOf(IDENTIFIER, COUNT), FrozenMap({f"k{n}": 1 for n in range(200)})),
    (MapOf(IDENTIFIER, COUNT, high=1), FrozenMap({"a": 1})),
]

REFUSED: list[tuple[Check, object]] = [
    (TEXT, ""),
    (TEXT, " \n\t\u00a0\u3000"),
    (TEXT, "\u200b\ufeff"),
    (TEXT, " \u3164\u2800\n"),
    (TEXT, "x" * 2001),
    (TEXT, _Subtext("x")),
    (TEXT, _Word.A),
    (TEXT, b"x"),
    (NAME, "two\nlines"),
    (NAME, "x" * 201),
    (IDENTIFIER, ""),
    (IDENTIFIER, "a" * 65),
    (IDENTIFIER, _Subtext("a")),
    (IDENTIFIER, _Word.A),
    (TWO, "abc"),
    (COUNT, 0),
    (COUNT, 1001),
    (COUNT, True),
    (COUNT, 1.0),
    (COUNT, _Number.ONE),
    (SEVERITY, -1),
    (SEVERITY, 11),
    (SEVERITY, float("nan")),
    (Integer(-2, -1), 0),
    (FLAG, 1),
    (FLAG, None),
    (AwareTime(), NOON.replace(tzinfo=None)),
    (AwareTime(), NOON.replace(tzinfo=_Unanchored())),
    (AwareTime(), NOON.date()),
    (AwareTime(), _Instant(2024, 2, 29, tzinfo=UTC)),
    (AwareTime(), NOON.isoformat()),
    (Exactly(Side), "left"),
    (Exactly(int), True),
    (Exactly(Mass), Mass),
    (OneOf((Span, Mass)), Contact(Region.HAND)),
    (OneOf((int, Mass)), True),
    (Either(TWO, Exactly(Mass)), "A"),
    (Either(TWO, Exactly(Mass)), 1),
    (Later(_two), "A"),
    (Optional(COUNT), 0),
    (TupleOf(COUNT), [1]),
    (TupleOf(COUNT), (1,) * 201),
    (TupleOf(COUNT, low=1, high=2), ()),
    (TupleOf(COUNT, low=1, high=2), (1, 1, 1)),
    (SetOf(COUNT), {1}),
    (SetOf(COUNT), frozenset(range(1, 202))),
    (SetOf(COUNT, low=1, high=2), frozenset()),
    (SetOf(COUNT, low=1, high=2), frozenset({1, 2, 3})),
    (Optional(SetOf(COUNT)), {1}),
    (MapOf(IDENTIFIER, COUNT), [("a", 1)]),
    (MapOf(IDENTIFIER, COUNT), FrozenMap({f"k{n}": 1 for n in range(201)})),
    (MapOf(IDENTIFIER, COUNT, high=1), FrozenMap({"a": 1, "b": 1})),
]

#: A check, a value, and what is found inside it: where, what, and what is allowed there.
INSIDE: list[tuple[Check, object, tuple[str, object, str]]] = [
    (TupleOf(COUNT), (1, 0, -1), ("[1]", 0, COUNT.allowed)),
    (TupleOf(TupleOf(TWO)), (("a",), ("b", "B")), ("[1][1]", "B", TWO.allowed)),
    (Optional(TupleOf(COUNT)), (1, 0), ("[1]", 0, COUNT.allowed)),
    (TupleOf(Optional(COUNT)), (None, 0), ("[1]", 0, Optional(COUNT).allowed)),
    (SetOf(COUNT), frozenset({1, 0}), ("", 0, COUNT.allowed)),
    (SetOf(TWO), frozenset({"B", "A", "a", "C"}), ("", "A", TWO.allowed)),
    (Optional(SetOf(COUNT)), frozenset({1, 0}), ("", 0, COUNT.allowed)),
    (MapOf(TWO, COUNT), FrozenMap({"a": 1, "B": 1}), ("", "B", TWO.allowed)),
    (MapOf(TWO, COUNT), FrozenMap({"a": 1, "b": 0}), (".b", 0, COUNT.allowed)),
    (MapOf(TWO, TupleOf(COUNT)), FrozenMap({"a": (1, 0)}), (".a[1]", 0, COUNT.allowed)),
    (Optional(MapOf(TWO, COUNT)), FrozenMap({"b": 0}), (".b", 0, COUNT.allowed)),
]

ALLOWED: list[tuple[Check, str]] = [
    (Text(limit=9), "text of 1 to 9 characters, not blank and without control characters"),
    (
        Text(limit=9, single_line=True),
        "a line of text of 1 to 9 characters, not blank and without control characters",
    ),
    (TWO, TWO_WORDS),
    (Integer(-1, 5), "a whole number from -1 to 5"),
    (FLAG, "True or False"),
    (Anything(), "anything"),
    (AwareTime(), "a datetime with a time zone"),
    (Exactly(Side), "one of Side.LEFT, Side.RIGHT"),
    (Exactly(Mass), "a Mass"),
    (Exactly(AtLeast), "an AtLeast"),
    (OneOf((Span, Mass)), "one of Span, Mass"),
    (Either(COUNT, Exactly(Mass)), "a whole number from 1 to 1000, or a Mass"),
    (Later(_two), TWO_WORDS),
    (Optional(Exactly(Mass)), "a Mass, or None"),
    (TupleOf(Exactly(Mass)), "a tuple of at most 200 members, each a Mass"),
    (
        TupleOf(FLAG, low=1, high=2),
        "a tuple of at least 1 and at most 2 members, each True or False",
    ),
    (SetOf(Exactly(Mass)), "a frozenset of at most 200 members, each a Mass"),
    (
        SetOf(FLAG, low=1, high=2),
        "a frozenset of at least 1 and at most 2 members, each True or False",
    ),
    (MapOf(FLAG, Exactly(Mass)), "a mapping of at most 200 entries from True or False to a Mass"),
]


#: A check or a validator, and the classes of what can stand in what it accepts.
PARTS: list[tuple[Check | And | SpanWithin, set[type]]] = [
    (TEXT, set()),
    (IDENTIFIER, set()),
    (COUNT, set()),
    (FLAG, set()),
    (AwareTime(), set()),
    (Anything(), {object}),
    (Exactly(Mass), {Mass}),
    (OneOf((Span, Mass)), {Span, Mass}),
    (Either(TWO, Exactly(Mass)), {Mass}),
    (Either(Exactly(Mass), TWO), {Mass}),
    (Later(lambda: Exactly(Mass)), {Mass}),
    (Optional(Exactly(Mass)), {Mass}),
    (TupleOf(Exactly(Mass)), {Mass}),
    (SetOf(TupleOf(Exactly(Mass))), {Mass}),
    (MapOf(IDENTIFIER, Optional(Exactly(Mass))), {Mass}),
    (And(Exactly(Mass), lambda *_: None), {Mass}),
    (SpanWithin(1, 2), {Span}),
]


def _names(value: object) -> str:
    return value if isinstance(value, str) and value.isidentifier() else type(value).__name__


@pytest.mark.parametrize(("check", "value"), ACCEPTED, ids=_names)
def test_a_check_accepts(check: Check, value: object) -> None:
    assert check.accepts(value)
    assert check.violation(value) is None


@pytest.mark.parametrize(("check", "value"), REFUSED, ids=_names)
def test_a_check_refuses_a_value_as_a_whole(check: Check, value: object) -> None:
    assert not check.accepts(value)
    assert check.violation(value) == ("", value, check.allowed)


@pytest.mark.parametrize(("check", "value", "found"), INSIDE, ids=_names)
def test_a_check_of_a_collection_finds_the_member_that_is_wrong(
    check: Check, value: object, found: tuple[str, object, str]
) -> None:
    assert not check.accepts(value)
    assert check.violation(value) == found


@pytest.mark.parametrize(("check", "allowed"), ALLOWED, ids=_names)
def test_a_check_says_what_it_allows(check: Check, allowed: str) -> None:
    assert check.allowed == allowed


@pytest.mark.parametrize(("check", "parts"), PARTS, ids=_names)
def test_a_check_says_what_can_stand_in_what_it_accepts(
    check: Check | And | SpanWithin, parts: set[type]
) -> None:
    assert check.parts == parts


@pytest.mark.parametrize("check", [check for check, _ in ALLOWED], ids=_names)
def test_a_check_is_a_value(check: Check) -> None:
    twin = pickle.loads(pickle.dumps(check))
    assert (twin, hash(twin), repr(twin)) == (check, hash(check), repr(check))


def _not_seven(instance: object, attribute: attrs.Attribute[int], value: int) -> None:
    if value == 7:
        raise InvalidValue(type(instance).__name__, attribute.name, value, "no seven")


@frozen
class _Ruled:
    count: int = field(validator=And(COUNT, _not_seven))


@pytest.mark.parametrize(("count", "allowed"), [(0, COUNT.allowed), (7, "no seven")])
def test_a_rule_beside_a_check_refuses_some_of_what_the_check_allows(
    count: int, allowed: str
) -> None:
    assert _Ruled(8).count == 8
    with pytest.raises(InvalidValue) as caught:
        _Ruled(count)
    assert caught.value == InvalidValue("_Ruled", "count", count, allowed)


def _of_categories(*categories: str) -> set[str]:
    every = map(chr, range(sys.maxunicode + 1))
    return {each for each in every if unicodedata.category(each) in categories}


def _refused(check: Check, characters: Iterable[str]) -> set[str]:
    return {each for each in characters if check.violation(f"a{each}b") is not None}


def test_no_control_surrogate_separator_or_bidirectional_character_stands_in_any_text() -> None:
    unprintable = _of_categories("Cc", "Cs", "Zl", "Zp") - {"\t", "\n"} | BIDIRECTIONAL
    assert _refused(TEXT, unprintable) == unprintable
    assert _refused(NAME, unprintable) == unprintable


@pytest.mark.parametrize("single_line", [True, False])
def test_the_expressions_of_a_text_say_what_it_allows(*, single_line: bool) -> None:
    check = Text(limit=sys.maxunicode, single_line=single_line)
    every = "".join(map(chr, (*range(0x3200), *range(0xE000, 0x1D200), *range(0xE0000, 0xE0200))))
    forbidden = set(re.findall(check.forbidden, every))
    assert _refused(check, forbidden) == forbidden
    allowed = re.sub(check.forbidden, "", every)
    assert check.violation(allowed) is None
    assert check.violation(re.sub(check.visible, "", allowed)) is not None


def test_the_expression_of_an_id_says_what_it_allows() -> None:
    for text in ("a", "a-1", "1-a-b", "", "-a", "a-", "a--b", "A", "a b", "a\n"):
        matches = re.fullmatch(IDENTIFIER.pattern, text) is not None
        assert (text, matches) == (text, IDENTIFIER.violation(text) is None)


def test_no_tab_line_break_or_invisible_character_stands_in_a_name() -> None:
    invisible = _of_categories("Cf") - SHAPING | FILLERS | {"\t", "\n"}
    assert _refused(NAME, invisible) == invisible


def test_texts_and_names_take_the_letters_marks_and_signs_of_every_script() -> None:
    printable = _of_categories("Lu", "Ll", "Lt", "Lm", "Lo", "Mc", "Nd", "Nl", "No", "Zs")
    printable |= _of_categories("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So")
    assert _refused(TEXT, printable) == set()
    assert _refused(NAME, printable - FILLERS) == set()


WORDS = st.text(alphabet="abcz019", min_size=1, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=5).map("-".join))
def test_words_joined_by_single_hyphens_are_an_id_and_nothing_around_them_is(id: str) -> None:
    assert IDENTIFIER.violation(id) is None
    for other in (f"-{id}", f"{id}-", f"{id}--{id}", f"{id}\n", f" {id}", f"{id}É", f"{id}٣"):
        assert IDENTIFIER.violation(other) == ("", other, IDENTIFIER.allowed)


@frozen
class _Sample:
    _size: int = field(default=1, validator=COUNT)
    sizes: tuple[int, ...] = field(default=(), validator=TupleOf(COUNT))


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"size": 0}, InvalidValue("_Sample", "size", 0, COUNT.allowed)),
        ({"sizes": (1, 0)}, InvalidValue("_Sample", "sizes[1]", 0, COUNT.allowed)),
        ({"sizes": [1]}, InvalidValue("_Sample", "sizes", [1], TupleOf(COUNT).allowed)),
    ],
)
def test_a_check_refuses_with_the_class_the_place_the_value_and_what_is_allowed(
    values: dict[str, Any], error: InvalidValue
) -> None:
    with pytest.raises(InvalidValue) as caught:
        _Sample(**values)
    assert caught.value == error


def test_a_check_lets_pass_what_it_accepts() -> None:
    sample = _Sample(size=3, sizes=(1, 2))
    assert attrs.astuple(sample) == (3, (1, 2))


@frozen
class _Box:
    """Holds anything, unchecked."""

    content: object


def _forced(value: T, **fields: object) -> T:
    """Return a copy of `value` with fields written behind its constructor's back."""
    made = copy.copy(value)
    for name, each in fields.items():
        object.__setattr__(made, name, each)
    return made


def _unchecked(value: object, **fields: object) -> object:
    with attrs.validators.disabled():
        return attrs.evolve(value, **fields)  # type: ignore[misc]


def _unpickled(value: object, **fields: object) -> object:
    return pickle.loads(pickle.dumps(_forced(value, **fields)))


BROKEN = _forced(Mass(1), grams=0)
FAULT = InvalidValue("Mass", "grams", 0, "a whole number from 1 to 1000000")


@pytest.mark.parametrize("value", [CATALOG, ROUTINE, (CATALOG, ROUTINE), 5, "text", None])
def test_there_is_no_violation_in_what_was_constructed(value: object) -> None:
    assert violation_in(value) is None


@pytest.mark.parametrize("value", [CATALOG, ROUTINE, (CATALOG, ROUTINE)], ids=_names)
def test_in_what_was_constructed_nothing_is_looked_for_place_by_place(
    value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked_for(_: object) -> None:
        raise LookupError

    monkeypatch.setattr("backex.checks.own_violation", looked_for)
    assert violation_in(value) is None
    with pytest.raises(LookupError):
        violation_in((value, BROKEN))


@pytest.mark.parametrize("made", [_forced, _unchecked, _unpickled])
@pytest.mark.parametrize(
    ("value", "fields", "error"),
    [
        (Mass(1), {"grams": 0}, FAULT),
        (Mass(1), {"grams": 1.5}, InvalidValue("Mass", "grams", 1.5, Integer(1, 10**6).allowed)),
        (Span(1, 2), {"low": 3}, InvalidValue("Span", "high", 2, "at least low, which is 3")),
        (
            article("O5")[0],
            {"id": "Article"},
            InvalidValue("Source", "id", "Article", IDENTIFIER.allowed),
        ),
        (
            article("O5")[0],
            {"locator": None},
            InvalidValue("Source", "locator", None, "the place in the document for a seed source"),
        ),
        (
            ROUTINE,
            {"items": [*ROUTINE.items]},
            InvalidValue(
                "Routine",
                "items",
                [*ROUTINE.items],
                "a tuple of at most 200 members, each a Prescription",
            ),
        ),
    ],
    ids=_names,
)
def test_a_violation_is_found_however_the_constructor_was_passed_by(
    made: Callable[..., object], value: object, fields: dict[str, object], error: InvalidValue
) -> None:
    assert violation_in(made(value, **fields)) == error


def test_a_violation_is_found_in_a_pickle_whose_bytes_were_changed() -> None:
    stored = pickle.dumps(Mass(5), protocol=2)
    assert violation_in(pickle.loads(stored.replace(b"K\x05", b"K\x00"))) == FAULT


@pytest.mark.parametrize(
    "value",
    [
        BROKEN,
        (Mass(1), BROKEN),
        frozenset({BROKEN}),
        FrozenMap({"a": Mass(1), "b": BROKEN}),
        MappingProxyType({"a": ((BROKEN,),)}),
        _Box(BROKEN),
        _Box((_Box(FrozenMap({"a": _Box(BROKEN)})),)),
    ],
    ids=_names,
)
def test_a_violation_is_found_however_deep_it_lies(value: object) -> None:
    assert violation_in(value) == FAULT


def test_a_violation_is_found_in_the_depths_of_a_routine() -> None:
    first, *others = ROUTINE.items
    step, *steps = first.exercise.steps
    exercise = _forced(first.exercise, steps=(_forced(step, text=" "), *steps))
    item = _forced(first, variant=_forced(first.variant, exercise=exercise))
    broken = _forced(ROUTINE, items=(item, *others))
    assert violation_in(broken) == InvalidValue("Step", "text", " ", TEXT.allowed)


def test_the_first_of_several_violations_is_returned() -> None:
    broken = _forced(article("O5")[0], note="", title="")
    assert violation_in(broken) == InvalidValue("Source", "title", "", NAME.allowed)


def test_the_violation_of_a_value_itself_is_not_one_of_its_parts() -> None:
    assert own_violation(BROKEN) == FAULT
    assert own_violation(_forced(report(1), item=" ")) == InvalidValue(
        "SymptomReport", "item", " ", Optional(IDENTIFIER).allowed
    )
    assert own_violation(AddResistance(BROKEN)) is None
    assert violation_in(AddResistance(BROKEN)) == FAULT


def _shorter_than_name(instance: _Named, _: object, value: str) -> None:
    if len(value) >= len(instance.name):
        raise InvalidValue("_Named", "short", value, "less than the name")


@frozen
class _Named:
    short: str = field(validator=_shorter_than_name)
    name: str = field(validator=NAME)


def test_a_check_that_trips_over_another_field_counts_as_a_violation() -> None:
    broken = _forced(_Named("a", "an"), name=None)
    assert violation_in(broken) == InvalidValue("_Named", "short", "a", "what it was built with")


def test_fields_without_a_check_hold_anything() -> None:
    assert violation_in(Fault("")) is None


@frozen(slots=False)
class _Labelled(Mapping[str, object]):
    """A collection that has a field as well."""

    content: object
    label: str = field(default="a", validator=NAME)

    def __getitem__(self, key: str) -> object:
        return {"b": self.content}[key]

    def __iter__(self) -> Iterator[str]:
        yield "b"

    def __len__(self) -> int:
        return 1


def test_a_violation_is_found_in_a_collection_that_has_fields_as_well() -> None:
    assert violation_in(_Labelled(Mass(1))) is None
    assert violation_in(_Labelled(BROKEN)) == FAULT
    assert violation_in(_forced(_Labelled(Mass(1)), label="")) == InvalidValue(
        "_Labelled", "label", "", NAME.allowed
    )


def _hollow(value: object, missing: str) -> object:
    made = copy.copy(value)
    object.__delattr__(made, missing)
    return made


@pytest.mark.parametrize(
    ("value", "missing"),
    [
        (Mass(1), "grams"),
        (Span(1, 2), "low"),
        (Span(1, 2), "high"),
        (Contact(Region.HAND), "limb"),
        (Dose(), "sets"),
        (report(1), "severities"),
    ],
    ids=_names,
)
def test_a_field_that_was_never_set_is_a_violation(value: object, missing: str) -> None:
    found = violation_in(_hollow(value, missing))
    assert found is not None
    assert (found.class_name, found.field) == (type(value).__name__, missing)


_WISH = EvaluationWanted()


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (_forced(Dose(), sets=_forced(Span(1, 2), low="1")), "Span.low"),
        (_forced(Dose(), sets=_forced(Span(1, 2), high="2")), "Span.high"),
        (
            _forced(
                Persists(condition=AnyOf(conditions=(_WISH,)), checkins=2),
                condition=_forced(AnyOf(conditions=(_WISH,)), conditions=3),
            ),
            "AnyOf.conditions",
        ),
    ],
    ids=_names,
)
def test_a_violation_is_found_in_a_part_that_its_holder_looks_into(
    value: object, place: str
) -> None:
    found = violation_in(value)
    assert found is not None
    assert found.path == place


@pytest.mark.parametrize("severities", [{PAIN: 3}, MappingProxyType({PAIN: 3})], ids=_names)
def test_a_mapping_that_can_be_changed_is_a_violation(severities: object) -> None:
    found = violation_in(_forced(report(1), severities=severities))
    assert found is not None
    assert found.path == "SymptomReport.severities"
