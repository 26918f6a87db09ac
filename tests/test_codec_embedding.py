"""Values of backex inside an app's own classes, with its own converter and without one."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import attrs
import cattrs
import pytest
from cattrs.preconf.json import make_converter

from backex import (
    Clearance,
    DecodeError,
    Diagnostic,
    Dose,
    Exercise,
    InvalidValue,
    Mass,
    Problem,
    Region,
    Routine,
    RuleId,
    SymptomReport,
    report,
    vary,
)
from backex.catalog.upper_back import CATALOG, OBLIQUE_SIT, ROUTINE
from backex.codec import Code, SupportsHooks, dumps, install, loads, structure, unstructure

CLEARED = Clearance(checkin=2, rules=frozenset({RuleId("flag")}), by="A professional")


@attrs.frozen
class Patient:
    """A class of an app's own."""

    name: str
    routine: Routine
    reports: list[SymptomReport]
    log: tuple[SymptomReport | Clearance, ...] = ()
    region: Region | None = None
    own: Exercise | None = None
    newest: SymptomReport | Clearance | None = None


PATIENT = Patient(
    name="P. Smith",
    routine=ROUTINE,
    reports=[report(1, pain=2), report(2, pain=3)],
    log=(report(1, pain=2), CLEARED),
    region=Region.SPINE,
    own=OBLIQUE_SIT,
    newest=CLEARED,
)


def _installed(detailed: bool = True) -> cattrs.Converter:  # noqa: FBT001, FBT002
    converter = cattrs.Converter(detailed_validation=detailed)
    install(converter)
    return converter


# Without a converter.


def test_a_value_is_the_document_that_is_written() -> None:
    assert unstructure(ROUTINE) == json.loads(dumps(ROUTINE))
    assert unstructure(ROUTINE, catalog=None) == json.loads(dumps(ROUTINE, catalog=None))
    assert structure(unstructure(ROUTINE), Routine) == ROUTINE
    assert structure(unstructure(CLEARED), SymptomReport, Clearance) == CLEARED


def test_references_lead_to_the_catalog_that_is_given() -> None:
    document = unstructure(OBLIQUE_SIT)
    assert document["@catalog"] == CATALOG.id
    with pytest.raises(DecodeError, match="BX018"):
        structure(document, Exercise, catalog=None)


def test_a_document_is_not_changed_and_not_kept() -> None:
    document = unstructure(report(1, pain=2))
    before = json.dumps(document)
    value = structure(document, SymptomReport)
    assert json.dumps(document) == before
    document["severities"] = {"pain": 9}
    assert value == report(1, pain=2)


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"checkin": 1.0}, Code.NOT_WHOLE, "$.checkin"),
        ({"checkin": math.nan}, Code.NOT_WHOLE, "$.checkin"),
        ({"checkin": 2**64}, Code.NOT_WHOLE, "$.checkin"),
        ({"checkin": True}, Code.WRONG_TYPE, "$.checkin"),
        ({"seq": None}, Code.WRONG_TYPE, "$.seq"),
        ({"moment": "afterr"}, Code.UNKNOWN_CHOICE, "$.moment"),
        ({"severities": {"pain": 11}}, Code.NOT_ALLOWED, "$.severities.pain"),
        ({"severities": {7: 1}}, Code.NOT_JSON, "$"),
        ({"red_flags": ("numbness",)}, Code.NOT_JSON, "$"),
        ({"item": "a" * 2_001}, Code.BAD_STRING, "$.item"),
        ({"item": "\ud800"}, Code.BAD_STRING, "$.item"),
        ({"added": 1}, Code.UNKNOWN_KEY, "$.added"),
        ({"@kind": "clearance"}, Code.OTHER_KIND, "$.@kind"),
        ({"@format": 2}, Code.UNKNOWN_FORMAT, "$.@format"),
    ],
    ids=lambda value: value.name if isinstance(value, Code) else None,
)
def test_a_fault_is_refused_at_its_path(change: dict[Any, Any], code: Code, path: str) -> None:
    document = unstructure(report(1, pain=2)) | change
    with pytest.raises(DecodeError) as refused:
        structure(document, SymptomReport)
    assert [(each.code, each.path) for each in refused.value.problems] == [(code.value, path)]


def _deep() -> list[object]:
    inner: list[object] = []
    for _ in range(100_000):
        inner = [inner]
    return inner


def _in_itself() -> dict[str, object]:
    document: dict[str, object] = {}
    document["self"] = document
    return document


@pytest.mark.parametrize(
    "make",
    [_deep, _in_itself, object, lambda: {(1, 2): 3}, lambda: b"{}", lambda: {"a": {1, 2}}],
    ids=["deep", "in itself", "an object", "a tuple as a key", "bytes", "a set"],
)
def test_what_is_no_json_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(DecodeError) as refused:
        structure(make(), Mass)
    assert (refused.value.code, refused.value.path) == (Code.NOT_JSON.value, "$")


@pytest.mark.parametrize("meta", [{"a": (1,)}, {"a": {7: 1}}], ids=["a tuple", "a number as a key"])
def test_what_json_would_make_something_else_of_is_refused_as_that(meta: object) -> None:
    noted = {"@format": 1, "@kind": "diagnostic", "code": "A", "message": "m", "path": "$"}
    with pytest.raises(DecodeError) as refused:
        structure(noted | {"severity": "info", "meta": meta}, Diagnostic)
    why = "expected what JSON can hold: it holds a key that is no string, or a tuple"
    assert refused.value.problems == (Problem(Code.NOT_JSON.value, "$", why),)


def test_none_is_taken_only_where_a_field_may_be_none() -> None:
    converter = _installed()
    assert converter.structure(None, Mass | None) is None  # type: ignore[arg-type]
    for of in (Mass, Mass | Dose):
        with pytest.raises(DecodeError):
            converter.structure(None, of)  # type: ignore[arg-type]


@pytest.mark.parametrize("document", [None, 7, "text", [], {}, True])
def test_what_is_no_document_is_refused(document: object) -> None:
    with pytest.raises(DecodeError) as refused:
        structure(document, Mass)
    assert refused.value.code == Code.NO_ENVELOPE.value


def test_what_has_no_kind_is_refused() -> None:
    with pytest.raises(InvalidValue):
        unstructure(PATIENT)
    with pytest.raises(InvalidValue):
        structure({}, Patient)
    with pytest.raises(InvalidValue):
        structure({})


# In an app's own converter.


@pytest.mark.parametrize("detailed", [True, False])
def test_a_converter_takes_what_the_apps_classes_hold(detailed: bool) -> None:  # noqa: FBT001
    converter = _installed(detailed)
    plain = converter.unstructure(PATIENT)
    assert plain["routine"] == unstructure(ROUTINE)
    assert plain["log"][1]["@kind"] == "clearance"
    assert plain["region"] == "spine"
    assert json.loads(json.dumps(plain)) == plain | {"log": list(plain["log"])}
    assert converter.structure(plain, Patient) == PATIENT
    empty = Patient("nobody", ROUTINE, [])
    assert converter.structure(converter.unstructure(empty), Patient) == empty


def test_a_converter_that_writes_text_takes_them_as_well() -> None:
    converter = make_converter()
    install(converter)
    assert converter.loads(converter.dumps(PATIENT), Patient) == PATIENT


def test_a_catalog_of_the_apps_own_can_be_referred_to() -> None:
    converter = cattrs.Converter()
    install(converter, catalog=None)
    plain = converter.unstructure(PATIENT)
    assert plain["own"]["name"] == OBLIQUE_SIT.name
    assert converter.structure(plain, Patient) == PATIENT


def test_a_fault_is_told_as_a_problem_of_its_document() -> None:
    converter = _installed(detailed=False)
    plain = converter.unstructure(PATIENT)
    plain["reports"][1]["moment"] = "afterr"
    with pytest.raises(DecodeError) as refused:
        converter.structure(plain, Patient)
    assert (refused.value.code, refused.value.path) == ("BX017", "$.moment")


def test_with_what_cattrs_tells_the_place_in_the_apps_class_is_known() -> None:
    converter = _installed()
    plain = converter.unstructure(PATIENT)
    plain["reports"][1]["moment"] = "afterr"
    with pytest.raises(cattrs.ClassValidationError) as refused:
        converter.structure(plain, Patient)
    (told,) = cattrs.transform_error(refused.value, format_exception=lambda error, _: str(error))
    assert told.startswith("BX017 at $.moment: expected one of before, during")
    assert told.endswith("@ $.reports[1]")


@pytest.mark.parametrize(
    ("of", "plain"),
    [
        (list[int], [1]),
        (dict[str, int], {"k": 1}),
        (int | None, None),
        (Region, "spine"),
        (Region | None, "spine"),
    ],
    ids=str,
)
def test_other_types_stay_as_the_converter_has_them(of: type, plain: object) -> None:
    expected: object = cattrs.Converter().structure(plain, of)
    assert _installed().structure(plain, of) == expected


def test_nothing_of_backex_is_changed_by_it() -> None:
    _installed().unstructure(PATIENT)
    assert loads(dumps(vary(OBLIQUE_SIT)), type(vary(OBLIQUE_SIT))) == vary(OBLIQUE_SIT)


class Kept:
    """The least that takes hooks."""

    def __init__(self) -> None:
        self.hooks: list[tuple[Callable[[object], bool], Callable[..., object]]] = []

    def register_unstructure_hook_func(
        self, check_func: Callable[[object], bool], func: Callable[[object], object]
    ) -> None:
        self.hooks.append((check_func, func))

    def register_structure_hook_func(
        self, check_func: Callable[[object], bool], func: Callable[[object, type], object]
    ) -> None:
        self.hooks.append((check_func, func))


def test_a_converter_is_anything_that_takes_hooks() -> None:
    kept = Kept()
    converter: SupportsHooks = kept
    install(converter)
    (written, write), (read_of, read) = kept.hooks
    assert [written(of) for of in (Mass, Mass | None, int, Region)] == [True, False, False, False]
    unions = (Mass | None, Mass | SymptomReport, Mass | int, int | None, list[Mass])
    assert [read_of(of) for of in unions] == [True, True, False, False, False]
    assert read(write(Mass(5)), Mass) == Mass(5)
