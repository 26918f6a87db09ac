"""At every place of every kind of document: nothing is coerced, a fault is told at its path."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from backex import CustomProgression, DecodeError
from backex.codec import FORMAT, KINDS, Code, dumps, loads
from untrusted.corpora import Counted, amount
from untrusted.samples import (
    GOLDEN,
    Json,
    Node,
    holes,
    leaving_out,
    path_of,
    problems_of,
    putting,
    samples,
    walked_of,
)
from untrusted.streams import WRONG

#: Of all places, in the quick profile each so many-th.
STEP = amount(quick=59, ci=5, long=1)


def _is_open(node: Node) -> bool:
    """Tell whether a place takes several JSON types: any plain value, or an id and an object."""
    is_level = (node.cls, node.field) == (CustomProgression, "level")
    return is_level or (node.field == "meta" and node.below > 0)


def test_nothing_is_coerced_anywhere(record_property: Counted) -> None:
    tried = Counter[bool]()
    for hole in holes()[::STEP]:
        if hole.node.found is None:
            continue
        for wrong in WRONG:
            given = json.loads(wrong) if len(wrong) < 100 else 0.5
            if type(given) is type(hole.node.found) or _is_open(hole.node):
                continue
            accepted = not problems_of(hole.holding(wrong), hole.cls)
            tried[accepted] += 1
            assert not accepted or (given is None and hole.node.nullable) or _is_rungs(hole.node)
    record_property("values of another type", tried.total())
    assert tried[False] > tried[True] > 0


def _is_rungs(node: Node) -> bool:
    """Tell whether a place is an entry of the one mapping whose values may be null."""
    return node.field == "rungs" and node.below == 1


def test_what_looks_like_the_right_value_of_another_type_is_not_taken(
    record_property: Counted,
) -> None:
    tried = 0
    lookalikes: dict[type, tuple[str, ...]] = {
        bool: ('"{}"', "0", "1", "null", "[{}]"),
        int: ('"{}"', "{}.0", "{}.5", "{}e0", "true", "null", "[{}]"),
        str: ("null", "[{}]", '{{"value":{}}}', "true", "7"),
        list: ('{{"0":{}}}', '"abc"', "7"),
        dict: ("[{}]", '"abc"', "[]", '""'),
    }
    for hole in holes()[::STEP]:
        found = hole.node.found
        if _is_open(hole.node) or found is None:
            continue
        for form in lookalikes[type(found)]:
            given = form.format(json.dumps(found)).replace('""', '"')
            is_none = given == "null" and (hole.node.nullable or _is_rungs(hole.node))
            assert problems_of(hole.holding(given.encode()), hole.cls) or is_none, given
            tried += 1
    record_property("lookalikes", tried)
    record_property("kinds", len(samples()))


# A fault with a known path.


def _faulty(document: dict[str, Json]) -> Iterator[tuple[str, str, Code]]:
    """Yield the document with one fault, where that is, and its code."""
    for node in walked_of(document):
        yield putting(document, node.place, 1.5), node.path, Code.NOT_WHOLE
        yield putting(document, node.place, "x" * 2001), node.path, Code.BAD_STRING
        if not _is_open(node) and node.found is not None:
            wrong = 7 if type(node.found) is not int else "7"
            yield putting(document, node.place, wrong), node.path, Code.WRONG_TYPE
            if type(node.found) is str:
                yield putting(document, node.place, "\u0007"), node.path, Code.NOT_ALLOWED
            if type(node.found) is int:
                yield putting(document, node.place, 10**15), node.path, Code.NOT_ALLOWED
        if node.is_object:
            below = (*node.place, "added")
            yield putting(document, below, None), path_of(below), Code.UNKNOWN_KEY
        if node.is_object and node.found:
            below = (*node.place, next(iter(node.found)))
            twice = putting(document, (*node.place, "<twice>"), None)
            key = json.dumps(below[-1])
            yield twice.replace('"<twice>"', key), path_of(below), Code.DUPLICATE_KEY
        if node.field == "id" and not node.below:
            yield leaving_out(document, node.place), node.path, Code.MISSING_KEY


def test_a_fault_is_told_at_its_path_and_alone(record_property: Counted) -> None:
    exact = Counter[bool]()
    for kind, document in list(samples().items())[:: min(STEP, 8)]:
        for text, path, code in _faulty(document):
            with pytest.raises(DecodeError) as refused:
                loads(text, KINDS[kind])
            found = [(each.code, each.path) for each in refused.value.problems]
            # A name that is none of those offered has a code of its own.
            codes = {code, Code.UNKNOWN_CHOICE} if code is Code.NOT_ALLOWED else {code}
            exact[found in [[(each.value, path)] for each in codes]] += 1
    record_property("faults", exact.total())
    record_property("of them told alone and at their path", exact[True])
    assert exact[True] >= 0.99 * exact.total() > 200


def test_a_document_with_many_faults_names_the_first_twenty_of_them() -> None:
    rng = random.Random("many faults")
    for kind, document in samples().items():
        wrong = dict.fromkeys(document, 1.5) | {"@format": FORMAT, "@kind": kind}
        more = {f"added{index}": rng.random() for index in range(25)}
        assert len(problems_of(json.dumps(wrong | more), KINDS[kind])) == 20


# Documents of released versions.


def test_there_is_a_document_of_every_kind_in_format_1_and_all_still_load() -> None:
    lines = (GOLDEN / "format-1.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = [json.loads(line)["@kind"] for line in lines]
    assert set(kinds) >= set(KINDS)
    for kind, line in zip(kinds, lines, strict=True):
        value: object = loads(line, KINDS[kind])
        assert line in {dumps(value), dumps(value, catalog=None)}


@pytest.mark.parametrize("version", [0, 2, 3, 1000])
def test_another_version_of_every_kind_is_refused_as_such(version: int) -> None:
    for kind, document in samples().items():
        text = json.dumps(document | {"@format": version, "of_tomorrow": 1.5})
        (problem,) = problems_of(text, KINDS[kind])
        assert (problem.code, problem.path) == (Code.UNKNOWN_FORMAT.value, "$.@format")
