"""Import, loading, dumping and memory, beside pydantic and with msgspec as the limit."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import attrs
import msgspec
from benchmarks.peers import module_from, msgspec_source, pydantic_of_all, pydantic_source
from benchmarks.runner import Row, by_turns

from backex import (
    DecodeError,
    Dose,
    Exercise,
    PolicyId,
    PrescriptionId,
    Routine,
    RoutineId,
    Span,
    prescribe,
)
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
    ROUTINE,
    STOPPING_POLICY,
    UPPER_QUARTER_POSTURE,
)
from backex.codec import dumps, loads

__all__ = ["rows"]

#: The keys whose texts differ from one document to the next.
_TEXTS = frozenset({"name", "reason", "text", "title"})
#: Of the items and policies in the documents of an app, so many in a hundred are templates.
SHARE = 90
_TEMPLATES = 200
_STARTS = 7


def rows(documents: int) -> Iterator[Row]:
    """Yield the rows; `documents` is how many routines an app has stored."""
    _check_answers()
    yield _import()
    yield from _load_one()
    yield _load_many(documents)
    yield from _dump()
    yield _memory(documents // 50)


@cache
def _peer(source: Callable[[], str]) -> ModuleType:
    folder = Path(tempfile.mkdtemp(prefix="backex-peers-"))
    return module_from(source(), folder / f"{source.__name__}.py")


def _validate(text: str) -> Any:
    return _peer(pydantic_source).Document.model_validate_json(text)


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(_peer(msgspec_source).Document)


def _load(text: str) -> Routine:
    return loads(text, Routine, catalog=None)


def _dump_peer(value: Any) -> str:
    text: str = value.model_dump_json(by_alias=True, exclude_defaults=True)
    return text


# ---- equal answers ------------------------------------------------------------------------------


def _check_answers() -> None:
    """See to it that both sides take and refuse the same, and write what they have read alike."""
    for text in chain(_distinct(_LARGE, 0), _distinct(_SMALL, 0), _stored(0, 20)):
        own, other = _load(text), _validate(text)
        assert _plain(dumps(own, catalog=None)) == _plain(_dump_peer(other))
        assert _plain(msgspec.json.encode(_decoder().decode(text)).decode()) == _plain(text)
    document = json.loads(_SMALL)
    refused = 0
    for where, broken in islice(_one_fault_each(document), 0, None, 5):
        text = json.dumps(broken, ensure_ascii=False)
        is_accepted = _accepts(_load, text)
        assert is_accepted == _accepts(_validate, text), (where, is_accepted)
        refused += not is_accepted
    assert refused > 200, refused  # noqa: PLR2004 (else the faults were none)


def _accepts(load: Callable[[str], object], text: str) -> bool:
    try:
        load(text)
    except (DecodeError, ValueError):
        return False
    return True


def _plain(text: str) -> Any:
    return _unordered(json.loads(text))


def _unordered(value: Any) -> Any:
    """Put the strings of an array in one order: sets have none."""
    if isinstance(value, dict):
        return {key: _unordered(each) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    members = [_unordered(each) for each in value]
    return sorted(members) if all(isinstance(each, str) for each in members) else members


def _one_fault_each(value: Any, where: str = "$") -> Iterator[tuple[str, Any]]:
    """Yield a document with each key lost or added, and each value of another type, and where."""
    if isinstance(value, dict):
        for key in value:
            yield f"{where} without {key}", {k: v for k, v in value.items() if k != key}
            for place, broken in _one_fault_each(value[key], f"{where}.{key}"):
                yield place, value | {key: broken}
        yield f"{where} with unknown", value | {"unknown": 1}
    elif isinstance(value, list):
        for index, member in enumerate(value[:2]):
            for place, broken in _one_fault_each(member, f"{where}[{index}]"):
                yield place, [*value[:index], broken, *value[index + 1 :]]
        yield f"{where} as an object", {}
    else:
        yield f"{where} in an array", [value]
        yield f"{where} of another type", 7.5 if isinstance(value, str) else str(value)
        yield f"{where} empty or negative", "" if isinstance(value, str) else -1


# ---- documents ----------------------------------------------------------------------------------


def _text(routine: Routine) -> str:
    return dumps(routine, catalog=None)


#: The routine of the catalog, written out, and one of an app with a single exercise.
_LARGE = _text(ROUTINE)
_SMALL = _text(
    Routine(
        id=RoutineId("one"),
        title="One exercise",
        items=(prescribe(ALL_FOURS_ROTATION, Dose(sets=2, reps=Span(8, 10))),),
        stopping=STOPPING_POLICY,
    )
)


def _varied(value: Any, number: int, key: str = "") -> Any:
    """Return plain values in which no text for a person is as it was; sources stay as they are."""
    if isinstance(value, dict):
        return {
            name: each
            if name.endswith("sources") or name == "stated_by"
            else _varied(each, number, name)
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [_varied(each, number, key) for each in value]
    return f"{value} ({number})" if key in _TEXTS and isinstance(value, str) else value


def _distinct(text: str, start: int, count: int = 20) -> list[str]:
    document = json.loads(text)
    return [
        json.dumps(_varied(document, start + n), ensure_ascii=False, separators=(",", ":"))
        for n in range(count)
    ]


def _distinct_of(text: str, number: int) -> list[str]:
    return _distinct(text, 1000 * number)


@cache
def _templates() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the items and the policies that an app's routines are put together from, as JSON."""
    kinds: tuple[Exercise, ...] = (ALL_FOURS_ROTATION, PRONE_HEAD_RAISE, OBLIQUE_SIT)
    items = []
    for number in range(_TEMPLATES):
        kind = kinds[number % 3]
        exercise = attrs.evolve(
            kind, name=f"Exercise {number}", steps=kind.steps[:3], guidelines=(), axes=()
        )
        item = prescribe(
            exercise,
            Dose(sets=1 + number % 4, reps=Span(8, 10 + number % 7)),
            id=PrescriptionId(f"item-{number}"),
        )
        items.append(_member(item))
    policies = [
        _member(attrs.evolve(STOPPING_POLICY, id=PolicyId(f"policy-{number}")))
        for number in range(20)
    ]
    return tuple(items), tuple(policies)


def _member(value: object) -> str:
    fields = json.loads(dumps(value, catalog=None))
    del fields["@format"], fields["@kind"]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


_GUIDELINE = _member(UPPER_QUARTER_POSTURE)


def _stored(start: int, count: int) -> list[str]:
    """Return routines of an app, of which most parts are templates."""
    items, policies = _templates()
    stored = []
    for number in range(start, start + count):
        rng = Random(number)  # noqa: S311 (which template, no secret)
        chosen = [_chosen(rng, items, number) for _ in range(rng.randint(2, 4))]
        policy = _chosen(rng, policies, number)
        stored.append(
            f'{{"@format":1,"@kind":"routine","guideline":{_GUIDELINE},"id":"routine-{number}",'
            f'"items":[{",".join(chosen)}],"stopping":{policy},"title":"Routine {number}"}}'
        )
    return stored


def _chosen(rng: Random, templates: tuple[str, ...], number: int) -> str:
    template = rng.choice(templates)
    if rng.randrange(100) < SHARE:
        return template
    # An exercise or a policy of its own: parts are met as a whole or not at all.
    own = template.replace('"name":"Exercise ', f'"name":"Exercise {number}.')
    return own.replace('"id":"policy-', f'"id":"policy-{number}-')


# ---- rows ---------------------------------------------------------------------------------------


def _import() -> Row:
    peer = Path(str(_peer(pydantic_of_all).__file__))

    def starting(code: str, folder: Path = Path()) -> Callable[[object], object]:
        command = [sys.executable, "-c", code]
        return lambda _: subprocess.run(command, check=True, cwd=folder)  # noqa: S603 (own code)

    bare, own, other, limit = by_turns(
        lambda _: None,
        starting("pass"),
        starting("import backex"),
        starting(f"import {peer.stem}", peer.parent),
        starting("import attrs"),
        rounds=_STARTS,
        clock=time.perf_counter,
    )
    return Row(
        work="import",
        peer="pydantic and models of every kind of document",
        own=own - bare,
        other=other - bare,
        goal=0.7,
        wanted="≤ 0.7 ×",
        limit=("attrs", limit - bare),
    )


def _load_one() -> Iterator[Row]:
    for name, document in (("written out", _LARGE), ("one exercise", _SMALL)):
        own, other, limit = by_turns(
            partial(_distinct_of, document),
            lambda texts: [_load(text) for text in texts],
            lambda texts: [_validate(text) for text in texts],
            lambda texts: [_decoder().decode(text) for text in texts],
            each=20,
        )
        for goal, wanted in ((2.5, "≤ 2.5 × (must)"), (1.0, "≤ 1.0 × (stretch)")):
            yield Row(
                work=f"load, one: {name}, {len(document) / 1000:.0f} KB, distinct",
                peer="pydantic model_validate_json",
                own=own,
                other=other,
                goal=goal,
                wanted=wanted,
                limit=("msgspec", limit),
            )


def _load_many(documents: int) -> Row:
    size = max(1, documents // 100)

    def loading(load: Callable[[str], object]) -> Callable[[list[str]], object]:
        return lambda texts: [load(text) for text in texts] and None

    # Batches of a hundredth of all, so that the texts take no room that matters.
    own, other = by_turns(
        lambda number: _stored(number * size, size),
        loading(_load),
        loading(_validate),
        rounds=max(1, documents // size - 1),
        each=size,
    )
    return Row(
        work=f"load, many: {documents:,} routines, {SHARE} % of the parts templates",
        peer="pydantic model_validate_json",
        own=own,
        other=other,
        goal=1 / 4,
        wanted="≥ 4 × throughput",
    )


def _dump() -> Iterator[Row]:
    for name, document in (("written out", _LARGE), ("one exercise", _SMALL)):

        def values(number: int, document: str = document) -> list[tuple[Routine, Any, Any]]:
            texts = _distinct(document, 1000 * number)
            return [(_load(each), _validate(each), _decoder().decode(each)) for each in texts]

        own, other, limit = by_turns(
            values,
            lambda values: [dumps(own, catalog=None) for own, _, _ in values],
            lambda values: [_dump_peer(peer) for _, peer, _ in values],
            lambda values: [msgspec.json.encode(struct) for _, _, struct in values],
            each=20,
        )
        yield Row(
            work=f"dump: {name}, distinct",
            peer="pydantic model_dump_json",
            own=own,
            other=other,
            goal=1.0,
            wanted="≤ 1.0 ×",
            limit=("msgspec", limit),
        )


def _memory(documents: int) -> Row:
    """Compare what stays of many routines; fewer are enough, for each is as large as the next."""

    def kept(load: Callable[[str], object]) -> float:
        load(_SMALL)
        tracemalloc.start()
        values = [load(text) for start in range(0, documents, 50) for text in _stored(start, 50)]
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return size / len(values)

    return Row(
        work=f"memory: a routine among {documents:,}, {SHARE} % of the parts templates",
        peer="pydantic objects",
        own=kept(_load),
        other=kept(_validate),
        goal=0.5,
        wanted="≤ 0.5 ×",
        unit="bytes",
    )
