"""The JSON Schema: it is what the types give, and agrees with `loads` as far as a schema can."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from backex import DecodeError, InvalidValue, Mass, Trend
from backex.catalog import Catalog
from backex.catalog.upper_back import CATALOG, OBLIQUE_SIT
from backex.checks import And
from backex.codec import FORMAT, KINDS, Code, loads, schema, structure, unstructure
from backex.codec.shapes import fields_of, is_mapping
from backex.provenance import STATED_BY
from backex.strategies import values
from backex.testing import corpus

#: What JSON can hold once it is parsed.
Json = Any
#: Keys and indexes that lead into a document.
Place = tuple[str | int, ...]

WHOLE = schema()
GOLDEN = Path(__file__).parent / "golden"
CORPUS = corpus()


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema(KINDS[kind]))


def _is_described(document: Json) -> bool:
    """Tell whether the schema of its kind accepts a document."""
    return _validator(document["@kind"]).is_valid(document)


def _refusals(document: Json, kind: str) -> list[tuple[Code, str]]:
    """Return why `loads` refuses a document; nothing where it does not."""
    try:
        structure(document, KINDS[kind])
    except DecodeError as error:
        return [(Code(each.code), each.path) for each in error.problems]
    return []


# The schema itself.


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(WHOLE)
    assert WHOLE["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_the_schema_that_is_shipped_is_what_the_types_give() -> None:
    shipped = resources.files("backex.codec") / "schema.json"
    assert shipped.read_text("utf-8") == json.dumps(WHOLE, indent=1) + "\n"


def test_the_whole_schema_describes_the_documents_of_every_kind() -> None:
    definitions = WHOLE["$defs"]
    assert isinstance(definitions, dict)
    assert WHOLE["$id"] == f"urn:backex:format:{FORMAT}"
    assert WHOLE["oneOf"] == [{"$ref": f"#/$defs/{kind}-document"} for kind in KINDS]
    assert {f"{kind}-document" for kind in KINDS} <= definitions.keys()
    assert list(definitions) == sorted(definitions)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_one_kind_is_that_part_of_the_whole(kind: str) -> None:
    one = schema(KINDS[kind])
    definitions, all_of_them = one["$defs"], WHOLE["$defs"]
    assert isinstance(definitions, dict)
    assert isinstance(all_of_them, dict)
    assert one["$id"] == f"urn:backex:format:{FORMAT}:{kind}"
    assert one["$ref"] == f"#/$defs/{kind}-document"
    assert definitions.items() <= all_of_them.items()
    referred = {reference.removeprefix("#/$defs/") for reference in _references(one)}
    assert referred == set(definitions)


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(reference := value.get("$ref"), str):
            yield reference
        for member in value.values():
            yield from _references(member)
    elif isinstance(value, list):
        for member in value:
            yield from _references(member)


def test_every_object_of_a_kind_is_closed_and_no_two_definitions_share_a_name() -> None:
    definitions = WHOLE["$defs"]
    assert isinstance(definitions, dict)
    for kind, cls in KINDS.items():
        names = {each.name for each in attrs.fields(cls)}
        for name in {kind, f"tagged-{kind}", f"{kind}-document"} & definitions.keys():
            described = definitions[name]
            objects = described.get("oneOf", [described])
            assert objects[-1]["properties"].keys() - {"@format", "@kind"} == names
            assert all(each["additionalProperties"] is False for each in objects)


def test_each_call_gives_a_schema_of_its_own() -> None:
    schema(Mass).clear()
    assert schema(Mass)["$id"] == "urn:backex:format:1:mass"


@pytest.mark.parametrize("cls", [int, dict, Trend, object])
def test_what_has_no_kind_has_no_schema(cls: type) -> None:
    with pytest.raises(InvalidValue) as caught:
        schema(cls)
    assert caught.value == InvalidValue("schema", "type", cls, "one of the classes in KINDS")


# What is written is described.


@given(
    st.sampled_from(sorted(KINDS)).flatmap(lambda kind: values(KINDS[kind])),
    st.sampled_from([CATALOG, None]),
)
def test_what_is_written_is_described(value: object, catalog: Catalog | None) -> None:
    assert _is_described(unstructure(value, catalog=catalog))


def _documents() -> Iterator[str]:
    yield from (path.read_text("utf-8") for path in GOLDEN.glob(f"format-{FORMAT}-*.json"))
    for checked in (*CORPUS.valid, *CORPUS.unsound):
        yield checked.content.decode()
    for decided in CORPUS.decisions:
        yield from (decided.policy, *decided.entries)
    for planned in CORPUS.sessions:
        yield from (planned.plan, *planned.log)


def test_the_golden_documents_and_those_of_the_corpus_are_described() -> None:
    documents = [json.loads(text) for text in dict.fromkeys(_documents())]
    assert len(documents) > 80
    assert [each for each in documents if not _is_described(each)] == []


def test_the_whole_schema_knows_each_document_by_its_kind() -> None:
    whole = Draft202012Validator(WHOLE)
    for value in (Mass(1500), OBLIQUE_SIT):
        assert whole.is_valid(unstructure(value))
    assert not whole.is_valid(unstructure(Mass(1500)) | {"@kind": "span"})


# What a schema cannot say.

_SUPPORT = {"@kind": "support", "id": "a", "polarity": "do", "contact": {"region": "foot"}}
_KNEE = {"@kind": "joint-angle", "joint": "knee", "freedom": "flexion", "limb": "both-legs"}
_TRACK = {"before": [], "occasion": {"answered": False, "flags_left_out": False}}
_SOURCE = {"id": "a", "kind": "seed", "title": "A"}
_WORSENED = {"@kind": "worsened", "by": 1}
_PERSISTS = {"@kind": "persists", "checkins": 2, "condition": _WORSENED}
_IN_A_ROW = {"@kind": "in-a-row", "sessions": 2, "criterion": {"@kind": "completed"}}


def _nested(kind: str, levels: int) -> dict[str, Json]:
    return {
        "@kind": kind,
        "conditions": [_nested(kind, levels - 1) if levels > 1 else _WORSENED],
    }


def _monitor(**other: Json) -> dict[str, Json]:
    golden: dict[str, Json] = json.loads((GOLDEN / "format-1-monitor.json").read_text("utf-8"))
    return golden | other


_LOAD_AXIS = {
    "@kind": "load-axis",
    "id": "vest",
    "name": "Vest",
    "limb": "both-arms",
    "increment_grams": 500,
    "edits": [{"@kind": "set-text", "step": "lean", "text": "{mass}" + "a" * 1994}],
}
#: Rules on what a check allows, by their fields: why no schema says it, and what breaks it.
RULES: Mapping[tuple[str, str], tuple[str, dict[str, Json]]] = {
    ("span", "high"): (
        "it is compared with another number",
        {"@kind": "span", "low": 3, "high": 2},
    ),
    ("source", "locator"): ("another field decides", {"@kind": "source"} | _SOURCE),
    ("put", "step"): (
        "another field decides",
        {"@kind": "put", "part": _SUPPORT, "step": "a"},
    ),
    ("remove", "step"): ("another field decides", {"@kind": "remove", "kind": "cue", "id": "a"}),
    ("joint-angle", "joint"): (
        "the joints among the regions are known to code",
        _KNEE | {"joint": "foot", "degrees": 90},
    ),
    ("joint-angle", "freedom"): (
        "another field decides",
        _KNEE | {"freedom": "abduction", "degrees": 9},
    ),
    ("joint-angle", "degrees"): ("another field decides", _KNEE | {"degrees": 150}),
    ("joint-angle", "limb"): ("another field decides", _KNEE | {"limb": "both-arms", "degrees": 9}),
    ("custom-progression", "axis"): (
        "the axes with progressions of their own are known to code",
        {"@kind": "custom-progression", "axis": "reach", "level": "slow"},
    ),
    ("any-of", "conditions"): ("depth is counted", _nested("any-of", 9)),
    ("all-of", "conditions"): ("depth is counted", _nested("all-of", 9)),
    ("persists", "condition"): (
        "what it holds may hold all but itself",
        _PERSISTS | {"condition": _PERSISTS},
    ),
    ("in-a-row", "criterion"): (
        "what it holds may hold all but itself",
        _IN_A_ROW | {"criterion": _IN_A_ROW},
    ),
    ("load-axis", "edits"): ("the text with a load in it is measured", _LOAD_AXIS),
    ("monitor", "session"): ("another field decides", _monitor(session=_TRACK)),
    ("monitor", "items"): ("another field decides", _monitor(items={"a": _TRACK})),
}
_REFERENCE = unstructure(OBLIQUE_SIT)
_REPORT = {
    "@format": 1,
    "@kind": "symptom-report",
    "checkin": 1,
    "evaluation_wanted": False,
    "moment": "after",
    "seq": 0,
}
#: What no schema can know, by its reason.
UNKNOWABLE: Mapping[str, dict[str, Json]] = {
    "which days a month has": _REPORT | {"at": "2026-02-30T08:00:00Z"},
    "which catalog is in use": _REFERENCE | {"@catalog": "other"},
    "which exercises a catalog has": _REFERENCE | {"id": "other"},
    "what an exercise is": _REFERENCE | {"@digest": "sha256:" + "0" * 64},
    "that a number is written without a fraction": {
        "@format": 1,
        "@kind": "mass",
        "grams": 1500.0,
    },
    "what an object among the particulars of a diagnostic is": {
        "@format": 1,
        "@kind": "diagnostic",
        "code": "X",
        "severity": "info",
        "path": "$",
        "message": "m",
        "meta": {"a": {"@kind": "other"}},
    },
}
#: What is wrong with a text, its size and its depth, and with what a catalog does not have.
UNKNOWABLE_CODES = {
    Code.NOT_JSON,
    Code.NOT_TEXT,
    Code.TOO_LARGE,
    Code.TOO_DEEP,
    Code.TOO_MANY,
    Code.DUPLICATE_KEY,
    Code.BAD_STRING,
    Code.UNKNOWN_REFERENCE,
    Code.OTHER_DIGEST,
}


def test_every_rule_beside_a_check_is_listed() -> None:
    ruled = {
        (kind, each.name)
        for kind, cls in KINDS.items()
        for each in attrs.fields(cls)
        if isinstance(each.validator, And) and each.validator is not STATED_BY
    }
    assert ruled == RULES.keys()


@pytest.mark.parametrize(("kind", "field"), RULES)
def test_what_breaks_a_rule_is_described_and_refused(kind: str, field: str) -> None:
    document = {"@format": 1, **RULES[kind, field][1]}
    assert _is_described(document)
    ((code, path),) = _refusals(document, kind)
    assert (code, path.partition("[")[0]) == (Code.NOT_ALLOWED, f"$.{field}")


@pytest.mark.parametrize("reason", UNKNOWABLE)
def test_what_no_schema_can_know_is_described_and_refused(reason: str) -> None:
    document = UNKNOWABLE[reason]
    assert _is_described(document)
    assert len(_refusals(document, document["@kind"])) == 1


def test_the_refused_documents_of_the_corpus_are_not_described() -> None:
    checked = set()
    for case in CORPUS.refused:
        codes = {Code(code) for code, _ in case.problems}
        if not codes & UNKNOWABLE_CODES and case.name != "a whole number with a fraction":
            assert not _validator(case.kind).is_valid(json.loads(case.content)), case.name
            checked |= codes
    assert checked >= {Code.NOT_ALLOWED, Code.NOT_WHOLE, Code.NO_ENVELOPE, Code.UNKNOWN_FORMAT}


# One fault at every place.


def _objects(value: object, found: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield every object of a kind in a document, with its kind."""
    if isinstance(value, tuple):
        for member, each in zip(value, found, strict=True):
            yield from _objects(member, each)
    elif isinstance(value, Mapping):
        for key, member in value.items():
            yield from _objects(member, found[key])
    elif type(value) in _KIND_OF and "@catalog" not in found:
        fields = {key: each for key, each in found.items() if key not in {"@format", "@kind"}}
        yield _KIND_OF[type(value)], fields
        for key, each in fields.items():
            yield from _objects(getattr(value, key), each)


_KIND_OF = {cls: kind for kind, cls in KINDS.items()}


def _members() -> dict[str, dict[tuple[str, type], Json]]:
    """Return for each kind the shortest member of the golden documents by its key and JSON type."""
    members: dict[str, dict[tuple[str, type], Json]] = {kind: {} for kind in KINDS}
    for path in sorted(GOLDEN.glob(f"format-{FORMAT}-*.json")):
        document = json.loads(path.read_text("utf-8"))
        value: object = loads(json.dumps(document), KINDS[document["@kind"]])
        for kind, fields in _objects(value, document):
            for key, member in fields.items():
                found = members[kind].setdefault((key, type(member)), member)
                if len(json.dumps(member)) < len(json.dumps(found)):
                    members[kind][key, type(member)] = member
    return members


def _samples(kind: str) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield each key with a document that has it beside those that always have to be there."""
    members = MEMBERS[kind]
    needed = {each.name for each in fields_of(KINDS[kind]) if each.unstated is attrs.NOTHING}
    least = {key: member for (key, _), member in members.items() if key in needed}
    document = {"@format": FORMAT, "@kind": kind, **least}
    yield from ((key, document) for key in ("@format", "@kind"))
    yield from ((key, document | {key: member}) for (key, _), member in members.items())


MEMBERS = _members()
_LONG = 2_000
#: One in so many of the 14,000 documents with a fault is looked at.
_STRIDE = 1 if os.environ.get("BACKEX_LONG") else 17
#: What is put in place of every value that a field holds by itself, in lists and in mappings.
ODD: tuple[Json, ...] = (
    None,
    True,
    *(-(2**53), -1, 0, 1, 2, 7, 11, 61, 101, 1001, 86_401, 1_000_001, 10**9 + 1, 2**53 - 1),
    1.5,
    *("", " ", "\n", "a", "a-1", "A b", "a--b", "-a", "a\n", "a\tb", "a\x07", "a\u200b", "\u200b"),
    *("a" * 64, "a" * 65, "a" * 72, "a" * 201, "a" * _LONG, "\u2028", "rest", "standing"),
    *("2026-01-31T08:00:00Z", "2026-01-31", "2026-13-01T08:00:00Z", "2026-01-31T24:00:00Z"),
    *("2026-01-31T08:00:00", "2026-01-31T08:00:00-00:00", "2026-01-31T08:00:00+00:00\n"),
    *([], [None], ["a"], ["pain", "pain"], [7]),
    *({}, {"a": 1}, {"@kind": "other"}, {"@kind": "mass"}, {"grams": 7}, {"low": 7, "high": 7}),
)


MAPS = {
    (kind, each.name)
    for kind, cls in KINDS.items()
    for each in fields_of(cls)
    if is_mapping(each.type)
}


def _places(kind: str, key: str, found: Json) -> Iterator[Place]:
    """Yield a member of a document and what is in it, as far as that has a check of its own."""
    yield (key,)
    if isinstance(found, list):
        yield from ((key, index) for index in range(len(found)))
    elif (kind, key) in MAPS:
        yield from ((key, entry) for entry in found)


def _at(document: Json, place: Place) -> Json:
    for step in place:
        document = document[step]
    return document


def _with(document: Json, place: Place, value: Json) -> Json:
    changed = copy.deepcopy(document)
    _at(changed, place[:-1])[place[-1]] = value
    return changed


def _odd(found: Json) -> Iterator[Json]:
    """Yield what is put in place of a value: anything, and what is nearly right."""
    yield from ODD
    if isinstance(found, list):
        yield from ([*found, *found], found[:1] * 21, found[:1] * 201, [*found, {}])
    if isinstance(found, dict):
        yield from (found | {"A b": 7}, found | {"@kind": "other"}, found | {"@kind": 7})
        yield {key: each for key, each in found.items() if key != "@kind"}
        yield {f"a-{number}": each for number in range(201) for each in [*found.values()][:1]}


def _mutants() -> Iterator[tuple[str, Json]]:
    """Yield documents with a fault in one member, with their kind.

    What one check allows is looked at once, whatever the fields are that it is for.
    """
    seen: set[object] = set()
    for kind, cls in KINDS.items():
        checks = {each.name: each.validator for each in attrs.fields(cls)}
        for key, document in _samples(kind):
            yield kind, document
            yield kind, {each: document[each] for each in document if each != key}
            for place in _places(kind, key, document[key]):
                found = _at(document, place)
                looked_at = (checks.get(key, key), len(place), type(found))
                if looked_at not in seen:
                    seen.add(looked_at)
                    yield from ((kind, _with(document, place, odd)) for odd in _odd(found))
        yield kind, document | {"added": None}


def _is_explained(kind: str, code: Code, path: str) -> bool:
    """Tell whether a problem is one of those that no schema says."""
    of_a_rule = code is Code.NOT_ALLOWED and (kind, path[2:].partition("[")[0]) in RULES
    return of_a_rule or path.startswith("$.meta.")


def test_there_is_a_member_for_every_field_of_every_kind() -> None:
    for kind, cls in KINDS.items():
        assert {key for key, _ in MEMBERS[kind]} == {each.name for each in attrs.fields(cls)}


def test_a_document_with_one_fault_is_refused_by_both_or_by_none() -> None:
    outcomes = set()
    for kind, mutant in islice(_mutants(), 0, None, _STRIDE):
        described = _validator(kind).is_valid(mutant)
        refusals = _refusals(mutant, kind)
        explained = described and all(_is_explained(kind, *each) for each in refusals)
        assert (mutant, described) == (mutant, explained or not refusals)
        outcomes |= {described, *(code for code, _ in refusals)}
    assert outcomes >= {
        True,
        False,
        Code.NOT_ALLOWED,
        Code.NOT_WHOLE,
        Code.WRONG_TYPE,
        Code.MISSING_KEY,
        Code.UNKNOWN_KEY,
        Code.UNKNOWN_CHOICE,
    }
