"""Documents that are refused: with which codes and at which paths."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import NoneType
from typing import Any

import attrs
import pytest

from backex import (
    CustomProgression,
    Decision,
    DecodeError,
    Dose,
    Exercise,
    JointAngle,
    Mass,
    Motion,
    Next,
    PostureGuideline,
    Problem,
    Purpose,
    Put,
    Remove,
    Routine,
    Source,
    Span,
    StoppingRule,
    SymptomReport,
    Variant,
)
from backex.catalog.upper_back import CATALOG, OBLIQUE_SIT, ROUTINE
from backex.codec import KINDS, Code, dumps, loads
from backex.stopping import Monitor
from untrusted.samples import (
    DOCUMENTS,
    REFERENCE,
    REPORT,
    RULE,
    SHORT,
    TRACK,
    Node,
    class_of,
    document_of,
    found_in,
    leaving_out,
    nodes_of,
    objects_of,
    path_of,
    problems_of,
    putting,
    value_at,
    walked_of,
)

documents = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())


def test_the_documents_hold_every_field_of_every_kind() -> None:
    walked = {(node.cls, node.field) for each in DOCUMENTS.values() for node in walked_of(each)}
    fields = {(cls, each.name) for cls in KINDS.values() for each in attrs.fields(cls)}
    assert walked & fields == fields


@documents
def test_the_documents_are_what_is_written(document: dict[str, Any]) -> None:
    value = loads(json.dumps(document), class_of(document))
    assert json.loads(dumps(value)) == document


# Every field: wrong types, numbers with a fraction, and nonsense of the right type.


_OF_EACH_TYPE: tuple[Any, ...] = (None, True, 7, "seven", [], {})
#: Fields that may be null for some values of their neighbors only.
_DEPENDENT = {
    (JointAngle, "limb"),
    (Put, "step"),
    (Remove, "step"),
    (Source, "locator"),
    (Span, "low"),
    (Span, "high"),
}


def _typed(document: dict[str, Any]) -> list[Node]:
    """Return the places of what has a type of its own: not null, nor what may be anything."""
    return [
        node
        for node in walked_of(document)
        if node.found is not None and (node.field != "meta" or not node.below)
    ]


def _wrong_types(document: dict[str, Any]) -> Iterator[tuple[Node, Any]]:
    for node in _typed(document):
        for wrong in _OF_EACH_TYPE:
            another_form = (node.cls, node.field) == (CustomProgression, "level")
            no_rung = (node.cls, node.field) == (Next, "rungs") and wrong is None
            if type(wrong) is not type(node.found) and not (
                (another_form and type(wrong) in {str, dict}) or (no_rung and node.below)
            ):
                yield node, wrong


@documents
def test_a_value_of_another_json_type_is_refused_at_its_path(document: dict[str, Any]) -> None:
    for node, wrong in _wrong_types(document):
        found = found_in(putting(document, node.place, wrong), class_of(document))
        if wrong is None and (node.cls, node.field) in _DEPENDENT:
            assert {code for code, _ in found} <= {Code.NOT_ALLOWED}
        else:
            nothing_stated = wrong is None and node.nullable
            assert found == ([] if nothing_stated else [(Code.WRONG_TYPE, node.path)])


@documents
def test_a_fraction_is_refused_at_its_path_wherever_it_stands(document: dict[str, Any]) -> None:
    for node in walked_of(document):
        found = found_in(putting(document, node.place, 1.5), class_of(document))
        assert found == [(Code.NOT_WHOLE, node.path)]


def _nonsense(document: dict[str, Any]) -> Iterator[tuple[Node, Any]]:
    for node in _typed(document):
        if type(node.found) is str:
            yield node, "\u0007"
        elif type(node.found) is int:
            yield node, 10**15


@documents
def test_nonsense_of_the_right_type_is_refused_at_its_path(document: dict[str, Any]) -> None:
    for node, wrong in _nonsense(document):
        ((code, path),) = found_in(putting(document, node.place, wrong), class_of(document))
        # A set has no places of its own: what is wrong with a member is wrong with the set.
        in_a_set = type(node.value) is NoneType
        assert path in ({node.path, path_of(node.place[:-1])} if in_a_set else {node.path})
        assert code in {Code.NOT_ALLOWED, Code.UNKNOWN_CHOICE}


@documents
def test_without_the_validators_of_attrs_the_same_is_refused(document: dict[str, Any]) -> None:
    cls = class_of(document)
    assert not attrs.validators.get_disabled()
    unfit = [(node, None) for node in _typed(document) if (node.cls, node.field) in _DEPENDENT]
    for node, wrong in [*_nonsense(document), *unfit]:
        text = putting(document, node.place, wrong)
        problems = problems_of(text, cls)
        with attrs.validators.disabled():
            assert problems_of(text, cls) == problems


@documents
def test_null_and_empty_say_no_more_than_no_key(document: dict[str, Any]) -> None:
    for node in walked_of(document):
        if not node.below and _may_be_missing(node.cls, node.field):
            if (node.cls, node.field) in _DEPENDENT:
                continue
            nothing = getattr(attrs.fields(node.cls), node.field).default
            written = None if nothing is None else type(node.found)()
            text = putting(document, node.place, written)
            without = loads(leaving_out(document, node.place), class_of(document))
            assert loads(text, class_of(document)) == without


# Every object: keys that are missing, unknown, misspelled or there twice.


def _may_be_missing(cls: type[Any], key: str) -> bool:
    """Tell whether the key may be left out because its field may be left unstated."""
    default = getattr(attrs.fields(cls), key).default
    return default is None or default in ((), frozenset(), {})


@documents
def test_a_key_is_missing_only_where_that_means_not_stated(document: dict[str, Any]) -> None:
    for node in objects_of(document):
        cls = type(node.value)
        for key in node.found.keys() - {"@format", "@kind"}:
            found = found_in(leaving_out(document, (*node.place, key)), class_of(document))
            path = f"{node.path}.{key}"
            if not _may_be_missing(cls, key):
                assert found == [(Code.MISSING_KEY, path)]
            elif (cls, key) in _DEPENDENT:
                assert found in ([], [(Code.NOT_ALLOWED, path)])
            else:
                assert found == []


@documents
def test_an_unknown_key_is_refused_at_its_path(document: dict[str, Any]) -> None:
    for node in objects_of(document):
        for key in ("extra", "Id", "_id", "__class__", "@id", "@catalogue"):
            text = putting(document, (*node.place, key), None)
            assert found_in(text, class_of(document)) == [(Code.UNKNOWN_KEY, f"{node.path}.{key}")]


@pytest.mark.parametrize("key", ["two words", "", "a.b", "a]", '"', "x\ny", "naïve", "🦴", "7"])
def test_a_key_that_is_no_plain_name_is_quoted_in_every_path(key: str) -> None:
    for value, code in ((1, Code.UNKNOWN_KEY), (1.5, Code.NOT_WHOLE)):
        ((found, path),) = found_in(document_of("dose", **{key: value}), Dose)
        assert found == code
        assert (path[:3], json.loads(path[2:-1]), path[-2:]) == ('$["', key, '"]')
        assert path.isascii()
        assert path.isprintable()


@documents
def test_a_misspelled_key_is_refused_and_the_right_one_named(document: dict[str, Any]) -> None:
    for node in objects_of(document):
        for key in node.found.keys() - {"@format", "@kind"}:
            changed = json.loads(leaving_out(document, (*node.place, key)))
            misspelled = key + key[-1]
            value_at(changed, node.place)[misspelled] = node.found[key]
            problems = problems_of(json.dumps(changed), class_of(document))
            (problem,) = [each for each in problems if each.code == Code.UNKNOWN_KEY.value]
            assert problem.path == f"{node.path}.{misspelled}"
            assert problem.message.endswith(f'did you mean "{key}"?')


@documents
def test_a_key_that_stands_twice_is_refused_at_its_path(document: dict[str, Any]) -> None:
    for node in nodes_of(Node((), document, loads(json.dumps(document), class_of(document)))):
        if type(node.found) is dict and node.found:
            key = next(iter(node.found))
            again = f"{json.dumps(key)}: {json.dumps(node.found[key])}"
            text = putting([document], (0, *node.place, "#"), 0)[1:-1].replace('"#": 0', again)
            expected = [(Code.DUPLICATE_KEY, path_of((*node.place, key)))]
            assert found_in(text, class_of(document)) == expected


@documents
def test_what_tells_classes_apart_must_be_there_and_known(document: dict[str, Any]) -> None:
    for node in objects_of(document):
        if node.place and "@kind" in node.found:
            place = (*node.place, "@kind")
            wrong = [
                (leaving_out(document, place), Code.MISSING_KEY),
                *(
                    (putting(document, place, each), Code.WRONG_TYPE)
                    for each in _OF_EACH_TYPE
                    if each != "seven"
                ),
                *(
                    (putting(document, place, each), Code.UNKNOWN_CHOICE)
                    for each in ("", "routine", "At-least", "at-leest", "\u0007")
                ),
            ]
            for text, code in wrong:
                assert found_in(text, class_of(document)) == [(code, path_of(place))]


def test_a_misspelled_safety_rule_is_never_loaded_without_it() -> None:
    routine = json.loads(dumps(ROUTINE))
    routine["stoping"] = routine.pop("stopping")
    (problem,) = problems_of(json.dumps(routine), Routine)
    message = 'no key is called "stoping" here; did you mean "stopping"?'
    assert problem == Problem("BX016", "$.stoping", message)
    rule = document_of("stopping-rule", **RULE).replace("worsened", "worsend")
    (problem,) = problems_of(rule, StoppingRule)
    assert (problem.code, problem.path) == ("BX017", "$.when.condition.@kind")
    assert problem.message.endswith('found "worsend"; did you mean "worsened"?')


# One document or more for each code.


def _mass(grams: str) -> str:
    return f'{{"@format":1,"@kind":"mass","grams":{grams}}}'


def _report(**fields: object) -> str:
    return document_of("symptom-report", **{**REPORT, **fields})


def _variant(**changed: object) -> str:
    return document_of("variant", exercise=REFERENCE | changed)


def _nested(levels: int) -> str:
    return "[" * levels + "]" * levels


_TIME = 'expected a time such as "2026-01-31T08:00:00+00:00"'
_ENVELOPE = 'expected "@format" (a number) and "@kind" (a string)'

_NO_TEXTS: tuple[object, ...] = (None, 1, {}, bytearray(b"{}"), memoryview(b"{}"))
_NO_ENVELOPES: tuple[dict[str, object], ...] = (
    {},
    {"@format": 1},
    {"@kind": "mass"},
    {"format": 1, "kind": "mass"},
    *({"@format": wrong, "@kind": "mass"} for wrong in _OF_EACH_TYPE if wrong != 7),
    *({"@format": 1, "@kind": wrong} for wrong in _OF_EACH_TYPE if wrong != "seven"),
    {"@format": 1, "@kind": ["mass"]},
)

CASES: list[tuple[Code, str, type[Any], object, str]] = [
    (Code.NOT_ALLOWED, "$.grams", Mass, _mass("0"), "expected a whole number from 1 to 1000000"),
    (Code.NOT_ALLOWED, "$.grams", Mass, _mass(str(2**53 - 1)), "expected a whole number from 1"),
    (Code.NOT_ALLOWED, "$.high", Span, document_of("span", low=3, high=2), "expected at least low"),
    (
        Code.NOT_ALLOWED,
        "$.high",
        Span,
        document_of("span", low=None, high=None),
        "expected a number",
    ),
    (
        Code.NOT_ALLOWED,
        "$.red_flags",
        SymptomReport,
        _report(red_flags=["numbness", "numbness"]),
        "expected each member once",
    ),
    (
        Code.NOT_ALLOWED,
        "$.items",
        Routine,
        document_of("routine", id="a", title="A", items=json.loads(dumps(ROUTINE))["items"] * 67),
        "expected a tuple of at most 200 members, each a Prescription",
    ),
    *(
        (Code.NOT_ALLOWED, "$.at", SymptomReport, _report(at=time), _TIME)
        for time in (
            "",
            "now",
            "2026-01-31",
            "2026-01-31T08:00:00",
            "2026-01-31T08:00Z",
            "2026-01-31 08:00:00Z",
            "2026-01-31T08:00:00 Z",
            "2026-01-31t08:00:00z",
            "2026-01-31T08:00:00Z\n",
            "2026-01-31T08:00:00+0000",
            "2026-01-31T08:00:00+00",
            "2026-01-31T08:00:00+24:00",
            "2026-01-31T08:00:00-00:00",
            "2026-01-31T08:00:00+00:60",
            "2026-01-31T08:00:00+00:00:30",
            "2026-01-31T24:00:00Z",
            "2026-01-31T23:59:60Z",
            "2026-01-31T08:00:00.Z",
            "2026-01-31T08:00:00,5Z",
            "2026-01-31T08:00:00.1234567Z",
            "2026-02-29T08:00:00Z",
            "2026-13-01T08:00:00Z",
            "2026-W05-6T08:00:00Z",
            "20260131T080000Z",
            "0000-01-01T08:00:00Z",
            "+2026-01-31T08:00:00Z",
            "\uff12\uff10\uff12\uff16-01-31T08:00:00Z",
        )
    ),
    *(
        (Code.NOT_ALLOWED, "$.at", SymptomReport, _report(at=time), "expected a ")
        for time in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
    ),
    (Code.NOT_JSON, "$", Mass, "", "expected JSON: "),
    (Code.NOT_JSON, "$", Mass, b"", "expected JSON: "),
    (Code.NOT_JSON, "$", Mass, "{", "line 1, column 2"),
    (Code.NOT_JSON, "$", Mass, "{\n 'a': 1}", "line 2, column 2"),
    (Code.NOT_JSON, "$", Mass, _mass("1") + "x", "Extra data"),
    (Code.NOT_JSON, "$", Mass, _mass("1") * 2, "Extra data"),
    (Code.NOT_JSON, "$", Mass, _mass('"\t"'), "expected JSON: "),
    (Code.NOT_JSON, "$", Mass, _mass("1").encode("utf-16-be"), "expected JSON: "),
    *(
        (Code.NOT_JSON, "$", Mass, _mass(number), "expected JSON: ")
        for number in ("01", "+1", ".5", "1.", "0x10", "1_000", "1e", "--1", "\u0661", "Nan", "inf")
    ),
    (Code.NOT_TEXT, "$", Mass, b'{"\xff"}', "expected UTF-8, found another byte at offset 2"),
    (Code.NOT_TEXT, "$", Mass, _mass("1").encode("utf-16"), "expected UTF-8"),
    (Code.NOT_TEXT, "$", Mass, b'"\xed\xa0\x80"', "expected UTF-8"),
    (Code.NOT_TEXT, "$", Mass, "\ufeff" + _mass("1"), "expected text without a byte order mark"),
    (Code.NOT_TEXT, "$", Mass, b"\xef\xbb\xbf" + _mass("1").encode(), "without a byte order mark"),
    *(
        (Code.NOT_TEXT, "$", Mass, given, f"expected str or bytes, found {type(given).__name__}")
        for given in _NO_TEXTS
    ),
    (Code.TOO_LARGE, "$", Mass, " " * (2**18 + 1), "expected at most 262144 bytes"),
    (Code.TOO_LARGE, "$", Mass, b" " * (2**18 + 1), "expected at most 262144 bytes"),
    (Code.TOO_LARGE, "$", Mass, "é" * (2**17 + 1), "expected at most 262144 bytes"),
    (Code.TOO_DEEP, "$" + "[0]" * 32, Mass, _nested(33), "expected values nested at most 32 deep"),
    (Code.TOO_DEEP, "$", Mass, "[" * 100_000, "expected values nested at most 32 deep"),
    (Code.TOO_DEEP, "$", Mass, '{"a":' * 50_000, "expected values nested at most 32 deep"),
    (Code.TOO_MANY, "$", Mass, f"[{'0,' * 19_999}0]", "expected at most 20000 values"),
    (Code.DUPLICATE_KEY, "$.grams", Mass, _mass('1,"grams":1'), "expected each key once"),
    (Code.DUPLICATE_KEY, "$.@kind", Mass, _mass('1,"@kind":"mass"'), "expected each key once"),
    (Code.DUPLICATE_KEY, "$.grams", Mass, _mass('1,"gr\\u0061ms":2'), "expected each key once"),
    (Code.DUPLICATE_KEY, "$.grams.a", Mass, _mass('{"a":1,"a":1}'), "expected each key once"),
    *(
        (Code.NOT_WHOLE, "$.grams", Mass, _mass(number), "expected a whole number")
        for number in (
            "1.0",
            "1e3",
            "1E0",
            "-0.0",
            "NaN",
            "Infinity",
            "-Infinity",
            "1e400",
            str(2**53),
            str(-(2**53)),
            str(2**63),
            str(2**64),
            "9" * 18,
            "-" + "9" * 18,
            "9" * 5000,
            "-" + "9" * 5000,
            "0." + "9" * 5000,
        )
    ),
    (Code.NOT_WHOLE, "$", Mass, "1.5", "expected a whole number"),
    (
        Code.BAD_STRING,
        "$.grams",
        Mass,
        _mass(f'"{"a" * 2001}"'),
        "expected at most 2000 characters",
    ),
    (Code.BAD_STRING, "$.grams", Mass, _mass('"\\ud800"'), "no surrogate without its pair"),
    (Code.BAD_STRING, "$.grams", Mass, _mass('"\\udc00\\ud800"'), "no surrogate without its pair"),
    (Code.BAD_STRING, "$.grams", Mass, _mass('"\ud800"'), "no surrogate without its pair"),
    (
        Code.BAD_STRING,
        '$["\\udfff"]',
        Mass,
        _mass('1,"\\udfff":1'),
        "no surrogate without its pair",
    ),
    *(
        (Code.NO_ENVELOPE, "$", Mass, text, "expected an object with @format and @kind, found ")
        for text in ("[]", '"mass"', "null", "true", "7", f"[{_mass('1')}]")
    ),
    *(
        (Code.NO_ENVELOPE, "$", Mass, json.dumps(envelope | {"grams": 1}), _ENVELOPE)
        for envelope in _NO_ENVELOPES
    ),
    *(
        (Code.UNKNOWN_FORMAT, "$.@format", Mass, text, "expected format 1, found ")
        for text in (
            _mass("1").replace("1", "2", 1),
            _mass("1").replace("1", "0", 1),
            _mass("1").replace("1", "-1", 1),
            '{"@format":2,"@kind":"of-tomorrow","grammes":[{}]}',
            '{"@format":2,"@kind":"mass","grams":1.5}',
        )
    ),
    (Code.UNKNOWN_KIND, "$.@kind", Mass, document_of("mas"), 'did you mean "mass"?'),
    (Code.UNKNOWN_KIND, "$.@kind", Mass, document_of("Mass"), 'no kind is called "Mass"'),
    (Code.UNKNOWN_KIND, "$.@kind", Mass, document_of(""), 'no kind is called ""'),
    (Code.OTHER_KIND, "$.@kind", Mass, document_of("span"), 'expected kind "mass", found "span"'),
    (Code.WRONG_TYPE, "$.grams", Mass, _mass("true"), "expected a whole number, found a boolean"),
    (Code.WRONG_TYPE, "$.grams", Mass, _mass('"1"'), 'expected a whole number, found a string "1"'),
    (
        Code.WRONG_TYPE,
        "$.when",
        StoppingRule,
        document_of("stopping-rule", **{**RULE, "when": []}),
        "expected an object of kind at-least, worsened,",
    ),
    (Code.MISSING_KEY, "$.grams", Mass, document_of("mass"), "expected this key, which is missing"),
    (Code.UNKNOWN_KEY, "$.gram", Mass, _mass('1,"gram":1'), 'no key is called "gram" here'),
    (
        Code.UNKNOWN_CHOICE,
        "$.moment",
        SymptomReport,
        _report(moment="afer"),
        'expected one of before, during, after, next-morning; found "afer"; did you mean "after"?',
    ),
    (
        Code.UNKNOWN_REFERENCE,
        "$.exercise.@catalog",
        Variant,
        _variant(**{"@catalog": "lower-back"}),
        'expected catalog "upper-back", found "lower-back"',
    ),
    (
        Code.UNKNOWN_REFERENCE,
        "$.exercise.id",
        Variant,
        _variant(id="oblique-set"),
        'catalog "upper-back" has no exercise "oblique-set"; did you mean "oblique-sit"?',
    ),
    (
        Code.UNKNOWN_REFERENCE,
        "$.exercise.id",
        Variant,
        _variant(id="yoga"),
        "it has prone-head-raise, oblique-sit, all-fours-rotation",
    ),
    (
        Code.OTHER_DIGEST,
        "$.exercise.@digest",
        Variant,
        _variant(**{"@digest": "sha256:0"}),
        '"oblique-sit" of catalog "upper-back" has changed since this was written',
    ),
]


@pytest.mark.parametrize(
    ("code", "path", "cls", "text", "says"),
    CASES,
    ids=[f"{case[0].name} {case[1]}" for case in CASES],
)
def test_each_fault_has_its_code_its_path_and_says_what_was_expected(
    code: Code, path: str, cls: type[Any], text: object, says: str
) -> None:
    (problem,) = problems_of(text, cls)
    assert (problem.code, problem.path) == (code.value, path)
    assert says in problem.message


def test_every_code_has_a_document_that_raises_it() -> None:
    # A log is no document: what is wrong with its lines is shown in test_log.py.
    assert {code for code, *_ in CASES} == set(Code) - {Code.DAMAGED_LOG}


def test_text_and_its_bytes_are_refused_alike() -> None:
    for code, _, cls, text, _ in CASES:
        if type(text) is str and "\ud800" not in text:
            assert [each.code for each in problems_of(text.encode(), cls)] == [code.value]
            assert problems_of(text.encode(), cls) == problems_of(text, cls)


def test_a_reference_needs_a_catalog() -> None:
    with pytest.raises(DecodeError) as caught:
        loads(dumps(ROUTINE), Routine, catalog=None)
    places = [problem.path for problem in caught.value.problems]
    assert places == [f"$.items[{index}].variant.exercise.@catalog" for index in range(3)]
    assert {problem.code for problem in caught.value.problems} == {Code.UNKNOWN_REFERENCE.value}
    assert caught.value.message == 'expected catalog none, found "upper-back"'


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"@digest": None}, (Code.WRONG_TYPE, "$.exercise.@digest")),
        ({"@catalog": 1}, (Code.WRONG_TYPE, "$.exercise.@catalog")),
        ({"id": ["oblique-sit"]}, (Code.WRONG_TYPE, "$.exercise.id")),
        ({"name": "Oblique Sit"}, (Code.UNKNOWN_KEY, "$.exercise.name")),
        ({"@kind": "exercise"}, (Code.UNKNOWN_KEY, "$.exercise.@kind")),
    ],
)
def test_a_reference_holds_three_texts_and_nothing_else(
    changed: dict[str, object], expected: tuple[Code, str]
) -> None:
    assert found_in(_variant(**changed), Variant) == [expected]


@pytest.mark.parametrize("key", ["@digest", "id"])
def test_a_reference_without_one_of_its_texts_is_refused(key: str) -> None:
    reference = {name: text for name, text in REFERENCE.items() if name != key}
    found = found_in(document_of("variant", exercise=reference), Variant)
    assert found == [(Code.MISSING_KEY, f"$.exercise.{key}")]


def test_a_reference_to_an_exercise_that_changed_is_told_from_one_that_is_gone() -> None:
    text = dumps(OBLIQUE_SIT)
    changed = attrs.evolve(OBLIQUE_SIT, name="Another")
    for exercises, code in (((changed,), Code.OTHER_DIGEST), ((), Code.UNKNOWN_REFERENCE)):
        with pytest.raises(DecodeError) as caught:
            loads(text, Exercise, catalog=attrs.evolve(CATALOG, exercises=exercises))
        assert caught.value.code == code.value


# All problems at once, within bounds.


def test_the_error_itself_tells_the_first_problem() -> None:
    with pytest.raises(DecodeError) as caught:
        loads(document_of("mass", gram=1, kilogram=2), Mass)
    error, (first, *others) = caught.value, caught.value.problems
    assert (error.code, error.path, error.message) == (first.code, first.path, first.message)
    assert len(others) == 2


def test_every_problem_of_a_document_is_reported_at_once() -> None:
    text = document_of(
        "routine",
        id="A",
        items=[{"id": 1, "sides": "bth", "variant": {}}, 7],
        schedule={"days": 1},
        time_budget_seconds=True,
    )
    assert sorted(found_in(text, Routine), key=repr) == sorted(
        [
            (Code.MISSING_KEY, "$.title"),
            (Code.WRONG_TYPE, "$.items[0].id"),
            (Code.UNKNOWN_CHOICE, "$.items[0].sides"),
            (Code.MISSING_KEY, "$.items[0].variant.exercise"),
            (Code.WRONG_TYPE, "$.items[1]"),
            (Code.UNKNOWN_KEY, "$.schedule.days"),
            (Code.WRONG_TYPE, "$.time_budget_seconds"),
        ],
        key=repr,
    )


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        (document_of("purpose", trains=["strenght"] * 1000), Purpose),
        (document_of("decision", findings=[{}] * 1000), Decision),
        (document_of("dose", **{f"key{index}": index for index in range(1000)}), Dose),
        (document_of("dose", sets=[0.5] * 1000), Dose),
        ("{" + '"a":0,' * 1000 + '"a":0}', Dose),
        (
            document_of("symptom-report", severities={f"a{index}": "" for index in range(1000)}),
            SymptomReport,
        ),
    ],
    ids=["choices", "missing keys", "unknown keys", "numbers", "keys twice", "entries"],
)
def test_twenty_problems_are_reported_at_most(text: str, cls: type[Any]) -> None:
    assert len(problems_of(text, cls)) == 20


@pytest.mark.parametrize(
    ("text", "cls", "says"),
    [
        (
            document_of("motion", id="a", region="hand", movement="retractoin"),
            Motion,
            'found "retractoin"; did you mean "retraction"?',
        ),
        (
            document_of("posture-guideline", id="a", title="A", cues=[], regions=[]),
            PostureGuideline,
            "at least 1",
        ),
        (_report(moment="x" * 2000), SymptomReport, "expected one of before"),
        (_report(**{"x" * 2000: 1}), SymptomReport, "no key is called"),
        (_report(at="x" * 2000), SymptomReport, _TIME),
        (_report(item="x" * 2000), SymptomReport, "expected an id"),
        (_report(severities="x" * 2000), SymptomReport, "expected an object"),
        (_variant(id="x" * 2000), Variant, "has no exercise"),
        (_variant(**{"@catalog": "x" * 2000}), Variant, "expected catalog"),
        (document_of("x" * 2000), Mass, "no kind is called"),
        (_mass("9" * 2000), Mass, "expected a whole number"),
    ],
)
def test_a_message_is_short_and_ends_with_what_helps(text: str, cls: type[Any], says: str) -> None:
    (problem,) = problems_of(text, cls)
    assert says in problem.message
    assert len(problem.message) <= 300
    assert len(problem.path) <= 300


@pytest.mark.parametrize("hostile", ["x\ny", "\x1b[31mred", "a\u202eb", "\u2028", "\x00"])
@pytest.mark.parametrize("kind", ["key", "choice", "text", "time", "kind", "root kind", "entry"])
def test_an_error_prints_one_plain_line_a_problem(hostile: str, kind: str) -> None:
    text = {
        "key": _report(**{hostile: 1}),
        "choice": _report(moment=hostile),
        "text": _report(severities=hostile),
        "time": _report(at=hostile),
        "kind": document_of("stopping-rule", **{**RULE, "until": {"@kind": hostile}}),
        "root kind": document_of(hostile),
        "entry": _report(severities={hostile: ""}),
    }[kind]
    with pytest.raises(DecodeError) as caught:
        loads(text, StoppingRule if kind == "kind" else SymptomReport)
    lines = str(caught.value).splitlines()
    assert len(lines) == len(caught.value.problems) == 1
    assert lines[0].isprintable()


# Values that only make sense together.


def _monitor(**changed: object) -> str:
    return document_of("monitor", **{**SHORT["monitor"], **changed})


@pytest.mark.parametrize(
    "track",
    [
        TRACK | {"before": []},
        TRACK | {"before": [*TRACK["before"]] * 2},
        TRACK | {"before": [{"calm": 0, "counts": [1, 1]}]},
        TRACK | {"before": [{"calm": 0, "latch": {"baseline": {}, "reports": []}}]},
    ],
    ids=["no state", "a state too many", "a count too many", "a latch set by nothing"],
)
def test_a_monitor_that_does_not_fit_its_policy_is_refused(track: dict[str, Any]) -> None:
    assert problems_of(_monitor(session=track), Monitor) != ()
    assert problems_of(_monitor(items={"reach": track}), Monitor) != ()
