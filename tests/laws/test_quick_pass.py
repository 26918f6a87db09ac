"""The quick pass of the loader beside the detailed one: the same value, or no value at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backex import (
    AnyOf,
    AtLeast,
    Channel,
    DecodeError,
    Diagnostic,
    Dose,
    Exercise,
    Plan,
    PolicyId,
    PrescriptionId,
    Routine,
    RoutineId,
    Severity,
    Source,
    Step,
    StoppingPolicy,
    SymptomReport,
    prescribe,
    report,
)
from backex.catalog import Catalog
from backex.catalog.upper_back import CATALOG, OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.codec import KINDS, digest, dumps, loads, quick
from backex.codec.document import BYTES, DEPTH, parsed
from backex.codec.problems import Refused
from backex.codec.quick import quickly
from backex.codec.readers import NESTED, Unsure, below
from backex.codec.reading import structured
from backex.codec.shapes import fields_of, is_union, without_none
from backex.strategies import values
from backex.testing import corpus

#: What stands for a refusal.
REFUSED = object()
VALUES: dict[str, st.SearchStrategy[Any]] = {kind: values(cls) for kind, cls in KINDS.items()}
kinds = pytest.mark.parametrize("kind", KINDS)
fewer = settings(max_examples=settings().max_examples // 10)
META = Diagnostic(
    code="X",
    severity=Severity.INFO,
    path="$",
    message="m",
    meta={"a": (1, "é", None, True, (), {"dose": Dose(sets=2)}, {}), "n": -(2**53 - 1)},
)
#: Documents to damage, of which every part differs from the others in kind.
SOUND: tuple[object, ...] = (
    attrs.evolve(ROUTINE, metadata={"note": "of the app"}),
    STOPPING_POLICY,
    STOPPING_POLICY.start(report(0, pain=2, stiffness=2)).observe(report(1, pain=4, item="sit")),
    META,
)


def detailed(text: str | bytes, kind: str, catalog: Catalog | None = CATALOG) -> Any:
    try:
        _, fields = parsed(text, [kind])
        return structured(fields, KINDS[kind], catalog)
    except Refused:
        return REFUSED


def quickly_or_not(text: str | bytes, kind: str, catalog: Catalog | None = CATALOG) -> Any:
    try:
        return quickly(text, [kind], catalog)
    except Unsure:
        return REFUSED


def written(fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


# ---- the same value -----------------------------------------------------------------------------


@kinds
@fewer
@given(data=st.data())
def test_it_takes_what_is_written_and_makes_the_same_of_it(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    for catalog, indent in ((CATALOG, None), (None, None), (CATALOG, 2)):
        text = dumps(value, catalog=catalog, indent=indent)
        for given_as in (text, text.encode()):
            found = quickly_or_not(given_as, kind, catalog)
            assert type(found) is type(value)
            assert found == value == detailed(given_as, kind, catalog)
            assert dumps(found, catalog=catalog, indent=indent) == text


def test_it_takes_every_sound_document_of_the_corpus() -> None:
    for each in corpus().valid:
        assert quickly_or_not(each.content, each.kind) == detailed(each.content, each.kind)


def test_it_takes_no_refused_document_of_the_corpus() -> None:
    for each in corpus().refused:
        if each.kind in KINDS:
            assert quickly_or_not(each.content, each.kind) is REFUSED


# ---- or none ------------------------------------------------------------------------------------

OTHERS: tuple[object, ...] = (
    None, True, 0, -1, 1.5, 2**53, 10**30, "", " ", "\x00", "\u202e", "\ud800", "é" * 2001, "UPPER",
    [], [None], {}, {"@kind": 1}, {"@kind": "dose"}, {"@kind": "unheard-of"}, {"": 0},
)  # fmt: skip


def damaged(value: Any) -> Iterator[Any]:
    """Yield plain values with one fault each, wherever it can be."""
    yield from OTHERS
    if isinstance(value, dict):
        for key, member in value.items():
            yield {other: each for other, each in value.items() if other != key}
            for each in damaged(member):
                yield value | {key: each}
        yield value | {"unknown": 1}
        yield value | {"@kind": "dose"}
        yield value | {"@catalog": "upper-back"}
    if isinstance(value, list):
        yield value + value[:1]
        yield value * 201
        for index, member in enumerate(value[:1]):
            for each in damaged(member):
                yield [*value[:index], each, *value[index + 1 :]]


@pytest.mark.parametrize("value", SOUND, ids=["routine", "policy", "monitor", "meta"])
def test_of_a_damaged_document_it_makes_the_same_or_nothing(value: object) -> None:
    document = json.loads(dumps(value))
    kind = document["@kind"]
    taken = 0
    for each in damaged(document):
        text = json.dumps(each, ensure_ascii=False) if each is not document else dumps(value)
        found = quickly_or_not(text, kind)
        assert found is REFUSED or found == detailed(text, kind), text
        taken += found is not REFUSED
    assert taken > 0


@pytest.mark.parametrize(
    "text",
    [
        '{"@format":1,"@kind":"span","high":3,"low":1,"low":2}',
        '{"low":1,"@format":1,"@kind":"span","high":3,"low":2}',
        '{"@format":1,"@kind":"span","high":3.0,"low":1}',
        '{"@format":1,"@kind":"span","high":NaN,"low":1}',
        '{"@format":2,"@kind":"span","high":3,"low":1}',
        '{"low":1,"high":3,"@format":true,"@kind":"span"}',
        '{"@format":1,"@kind":"mass","grams":3}',
        '{"@format":1,"@kind":"span","high":3,"low":1}}',
        '{"@format":1,"@kind":"span","high":3,"low":1',
        '{"@format":1,"@kind":"span","high":' + "9" * 5000 + ',"low":1}',
        '{"@format":1,"@kind":"span","high":3,"low":' + "[" * 100_000,
        '["@format"]',
        '"@format"',
        "{}",
        "\ufeff{}",
        "",
    ],
    ids=str,
)
def test_it_leaves_what_is_no_sound_document(text: str) -> None:
    for each in (text, text.encode()):
        assert quickly_or_not(each, "span") is REFUSED
        assert detailed(each, "span") is REFUSED


@pytest.mark.parametrize("text", [None, bytearray(b"{}"), b"\xff", "\ud800"], ids=ascii)
def test_it_leaves_what_is_no_text(text: Any) -> None:
    with pytest.raises(Unsure):
        quickly(text, ["span"], None)


def test_it_leaves_what_may_be_too_large() -> None:
    step = json.loads(dumps(OBLIQUE_SIT.steps[0]))
    for filled in ("é" * (BYTES // 2), "e" * BYTES, "," * 40_000):
        text = written(step | {"text": filled})
        assert quickly_or_not(text, "step") is REFUSED
        with pytest.raises(DecodeError):
            loads(text, Step)


def test_white_space_between_the_parts_changes_nothing() -> None:
    document = json.loads(dumps(ROUTINE))
    for spaced in (dict(reversed(document.items())), document):
        for indent in (None, 3, "\t\r\n"):
            text = " " + json.dumps(spaced, indent=indent) + "\n"
            assert quickly(text, ["routine"], CATALOG) == ROUTINE


def test_a_part_that_is_none_in_its_place_is_left() -> None:
    document = json.loads(dumps(ROUTINE))
    others: list[Any] = [[], [1], [document["items"][0], 1], "x", {}]
    for items in others:
        text = written(document | {"items": items})
        assert quickly_or_not(text, "routine") == detailed(text, "routine")
    for broken in (text.replace('"items":[', '"items":[,', 1) for text in (dumps(ROUTINE),)):
        assert quickly_or_not(broken, "routine") is REFUSED
    for broken in (dumps(ROUTINE).replace('],"sources":[', ',"sources":[', 1),):
        assert quickly_or_not(broken, "routine") is REFUSED


# ---- nesting ------------------------------------------------------------------------------------


def depth_of(of: Any) -> int:
    """Return how many arrays and objects stand in each other where a type is written."""
    of, _ = without_none(of)
    if of is object or (attrs.has(of) and of in below(of)):
        return NESTED
    if attrs.has(of):
        return 1 + max((depth_of(each.type) for each in fields_of(of)), default=0)
    inner = max((depth_of(each) for each in get_args(of) if each is not ...), default=0)
    return inner if is_union(of) or not get_args(of) else 1 + inner


@pytest.mark.parametrize("kind", [kind for kind, cls in KINDS.items() if cls not in below(cls)])
def test_no_class_nests_deeper_than_a_document_may(kind: str) -> None:
    assert depth_of(KINDS[kind]) <= DEPTH


def nested(depth: int) -> AnyOf | AtLeast:
    condition: AnyOf | AtLeast = AtLeast(channel=Channel("pain"), severity=3)
    for _ in range(depth):
        condition = AnyOf(conditions=(condition,))
    return condition


@pytest.mark.parametrize("depth", range(5))
def test_conditions_are_nested_as_deep_as_the_model_lets_them(depth: int) -> None:
    policy = attrs.evolve(
        STOPPING_POLICY, rules=(attrs.evolve(STOPPING_POLICY.rules[0], when=nested(depth)),)
    )
    assert loads(dumps(policy), StoppingPolicy) == policy
    if depth:
        assert loads(dumps(nested(depth)), AnyOf) == nested(depth)


@pytest.mark.parametrize("depth", range(1, DEPTH + 3))
def test_data_of_an_app_is_nested_as_deep_as_a_document_may_be(depth: int) -> None:
    document = json.loads(dumps(META))
    for opened, closed in (("[", "]"), ('{"a":', "}")):
        data = json.loads(opened * depth + "1" + closed * depth)
        text = written(document | {"meta": {"data": data}})
        found = quickly_or_not(text, "diagnostic")
        assert found is REFUSED or found == detailed(text, "diagnostic")
        assert (found is not REFUSED) == (depth < NESTED)
        text = written({"@format": 1, "@kind": "any-of", "conditions": data})
        assert quickly_or_not(text, "any-of") is REFUSED


# ---- parts that documents repeat ----------------------------------------------------------------


def stored(number: int, **changed: Any) -> Routine:
    item = prescribe(
        attrs.evolve(OBLIQUE_SIT, name=f"Sit {number}"), id=PrescriptionId(f"item-{number}")
    )
    return Routine(id=RoutineId(f"routine-{number}"), title="R", items=(item,), **changed)


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "_PARTS", quick._Parts())  # noqa: SLF001


def kept() -> int:
    found: dict[str, tuple[Any, ...]] = quick._PARTS.by_beginning  # noqa: SLF001
    return sum(map(len, found.values()))


def test_a_part_that_comes_again_is_the_same_value() -> None:
    one = dumps(stored(1), catalog=None)
    other = dumps(attrs.evolve(stored(1), title="Other"), catalog=None)
    first, second, third = (loads(text, Routine, catalog=None) for text in (one, other, one))
    assert first.items == second.items == third.items
    assert second.items[0] is third.items[0]


def test_what_was_met_once_is_not_kept() -> None:
    for number in range(5):
        loads(dumps(stored(number), catalog=None), Routine, catalog=None)
    assert kept() == 0


def test_of_a_refused_document_nothing_is_kept() -> None:
    document = json.loads(dumps(stored(1), catalog=None))
    for _ in range(3):
        with pytest.raises(DecodeError):
            loads(written(document | {"title": " "}), Routine, catalog=None)
    assert kept() == 0


def test_a_part_is_another_one_with_another_catalog() -> None:
    text = dumps(ROUTINE)
    for _ in range(3):
        assert loads(text, Routine) == ROUTINE
    assert kept()
    bare = attrs.evolve(CATALOG, exercises=())
    for catalog in (None, bare):
        with pytest.raises(DecodeError):
            loads(text, Routine, catalog=catalog)
    again = attrs.evolve(CATALOG)
    assert loads(text, Routine, catalog=again).items[0].exercise is again.exercises[0]


def test_a_part_is_not_taken_for_one_of_another_class() -> None:
    routine = dumps(stored(1), catalog=None)
    exercise = json.loads(dumps(OBLIQUE_SIT, catalog=None))
    for _ in range(3):
        loads(routine, Routine, catalog=None)
    plan = dumps(Plan(routine=stored(1)), catalog=None)
    for _ in range(3):
        assert loads(plan, Plan, catalog=None) == Plan(routine=stored(1))
    del exercise["@format"], exercise["@kind"]
    text = written({"@format": 1, "@kind": "routine", "id": "r", "stopping": exercise})
    assert quickly_or_not(text, "routine", None) is REFUSED


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [dumps(stored(number), catalog=None) for number in range(12)]
    size = len(texts[0])
    monkeypatch.setattr(quick, "_CHARACTERS", 4 * size)
    for text in texts * 2:
        loads(text, Routine, catalog=None)
        assert quick._PARTS.characters <= 4 * size  # noqa: SLF001
    assert 0 < kept() <= 4
    monkeypatch.setattr(quick, "_PARTS", quick._Parts())  # noqa: SLF001
    monkeypatch.setattr(quick, "_MET", 3)
    for text in texts:
        loads(text, Routine, catalog=None)
        assert len(quick._PARTS.met) <= 3  # noqa: SLF001


def test_of_parts_that_begin_alike_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "_ALIKE", 3)
    base = json.loads(dumps(attrs.evolve(STOPPING_POLICY, id=PolicyId("one")), catalog=None))
    del base["@format"], base["@kind"]
    for severity in (1, 2, 3, 4, 5) * 2:
        policy = base | {
            "sources": [*base["sources"], {"id": f"s{severity}", "kind": "app", "title": "t"}]
        }
        text = written(
            {"@format": 1, "@kind": "routine", "id": "r", "stopping": policy, "title": "t"}
        )
        assert loads(text, Routine).stopping is not None
    assert kept() == 3
    parts = [part for alike in quick._PARTS.by_beginning.values() for part in alike]  # noqa: SLF001
    assert quick._PARTS.characters == sum(len(part.text) for part in parts)  # noqa: SLF001


def test_equal_sources_are_one_value_and_not_too_many_are_kept() -> None:
    def source(number: int) -> Source:
        text = f'{{"@format":1,"@kind":"source","id":"s-{number}","kind":"app","title":"t"}}'
        return loads(text, Source)

    assert source(1) is source(1)
    for number in range(1100):
        assert source(number).id == f"s-{number}"
    assert loads(dumps(source(2)), Source) == source(2)


def test_threads_can_begin_together() -> None:
    texts = {
        kind: dumps(value) for kind, value in (("routine", ROUTINE), ("policy", STOPPING_POLICY))
    }

    def load(_: int) -> tuple[Routine, StoppingPolicy, int]:
        found = loads(texts["routine"], Routine), loads(texts["policy"], StoppingPolicy)
        return *found, len(digest(found[0]))

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(load, range(64))) == {(ROUTINE, STOPPING_POLICY, 71)}


def test_digests_are_remembered_for_as_many_exercises_as_there_is_room_for() -> None:
    for number in range(300):
        exercise: Exercise = attrs.evolve(OBLIQUE_SIT, name=f"Sit {number}", steps=(), axes=())
        catalog = attrs.evolve(CATALOG, exercises=(exercise,))
        text = dumps(exercise, catalog=catalog)
        assert "@digest" in text
        assert loads(text, Exercise, catalog=catalog) is exercise


def test_reports_are_read_quickly() -> None:
    said = report(3, pain=4, red_flags=frozenset())
    assert quickly(dumps(said), ["clearance", "symptom-report"], None) == said
    assert type(quickly(dumps(said), ["symptom-report"], None)) is SymptomReport
