"""Endless streams of documents that are mostly wrong, each with the class that it is loaded as."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from backex.codec import KINDS
from untrusted.corpora import generated_json as made_up_json
from untrusted.corpora import generated_text, naughty, suite
from untrusted.samples import holes, samples

#: What JSON can hold once it is parsed.
Json = Any
Documents = Iterator[tuple[bytes, type[Any]]]
#: Around the bounds of what fields hold.
_BOUNDS = (-1, 0, 1, 10, 11, 24, 100, 101, 1000, 1001, 3600, 86_401, 10**6, 10**6 + 1, 2**53 - 1)
_TEXTS = (
    *(
        "",
        " ",
        "a",
        "a-b",
        "a--b",
        "-a",
        "a-",
        "A",
        "a\n",
        "a\tb",
        "a\u200bb",
        "a\u202eb",
        "\u3164",
    ),
    *("a" * 64, "a" * 65, "a b" * 67, "x" * 200, "x" * 201, "é" * 2000, "é" * 2001),
    *(
        "2026-01-31T08:00:00Z",
        "2026-01-31T08:00:00",
        "2026-01-31 08:00:00Z",
        "0001-01-01T00:00:00Z",
    ),
)
#: JSON of every type, and what careless readers turn into another one.
WRONG = (
    *(b"null", b"true", b"false", b"0", b"1", b"-1", b"7", b"1000000000000000", b"{}", b"[]"),
    *(b"7.0", b"3.9", b"1e3", b"-0.0", b"NaN", b"Infinity", b"18446744073709551616", b"9" * 5000),
    *(b'""', b'"7"', b'"true"', b'"false"', b'"null"', b'"None"', b'"abc"', b'" "', b'"\\ud800"'),
    *(b"[null]", b'["abc"]', b"[[]]", b"[{}]", b'{"a":{}}', b'{"id":"a"}', b'{"@kind":"step"}'),
    *(b'{"@kind":null}', b'{"@catalog":[]}', b'{"@catalog":"upper-back"}', b'{"__class__":"int"}'),
)


def _kinds(rng: random.Random) -> type[Any]:
    return KINDS[rng.choice(list(KINDS))]


def suite_as_documents(rng: random.Random) -> Documents:
    """Yield files of the corpus, as documents of any kind."""
    files = list(suite().values())
    while True:
        yield rng.choice(files), _kinds(rng)


def suite_inside(rng: random.Random) -> Documents:
    """Yield files of the corpus at every place of every kind."""
    files = list(suite().values())
    while True:
        hole = rng.choice(holes())
        yield hole.holding(rng.choice(files)), hole.cls


def _texts(rng: random.Random, text: Callable[[], str]) -> Documents:
    places = [each for each in holes() if type(each.node.found) is str]
    objects = [each for each in holes() if type(each.node.found) is dict]
    while True:
        yield (hole := rng.choice(places)).holding(json.dumps(text()).encode()), hole.cls
        key = {text(): rng.choice(("x", 1, None)), **(hole := rng.choice(objects)).node.found}
        yield hole.holding(json.dumps(key).encode()), hole.cls


def naughty_texts(rng: random.Random) -> Documents:
    """Yield strings of the corpus as texts and keys."""
    return _texts(rng, lambda: rng.choice(naughty()))


def generated_texts(rng: random.Random) -> Documents:
    """Yield made-up strings as texts and keys."""
    return _texts(rng, lambda: generated_text(rng))


def generated_json(rng: random.Random) -> Documents:
    """Yield made-up JSON, by itself and at every place."""
    while True:
        yield made_up_json(rng), _kinds(rng)
        yield (hole := rng.choice(holes())).holding(made_up_json(rng)), hole.cls


def wrong_types(rng: random.Random) -> Documents:
    """Yield each of `WRONG` at every place of every kind, in any order."""
    every = [(hole, wrong) for hole in holes() for wrong in WRONG]
    while True:
        rng.shuffle(every)
        for hole, wrong in every:
            yield hole.holding(wrong), hole.cls


def mutants(rng: random.Random) -> Documents:
    """Yield documents with some of their bytes changed."""
    texts = [(json.dumps(each).encode(), KINDS[kind]) for kind, each in samples().items()]
    while True:
        text, cls = rng.choice(texts)
        damaged = bytearray(text)
        for _ in range(rng.choice((1, 1, 1, 2, 8))):
            at = rng.randrange(len(damaged))
            until = at + rng.choice((0, 1, 1, 1, 2, 30))
            start = rng.randrange(len(text))
            damaged[at:until] = (
                rng.choice(
                    (
                        b"",
                        bytes([rng.randrange(256)]),
                        bytes([damaged[at] ^ 1 << rng.randrange(8)]),
                        rng.choice(
                            (b'"', b"{", b"}", b"[", b"]", b",", b":", b"0", b"e9", b"null")
                        ),
                        text[start : start + rng.randrange(30)],
                    )
                )
                or b" "
            )
        yield bytes(damaged), cls


def changed(rng: random.Random) -> Documents:
    """Yield documents with one place changed into what is likely to be allowed there, or nearly."""
    by_type: dict[type, list[Any]] = {}
    for hole in holes():
        by_type.setdefault(type(hole.node.found), []).append(hole.node.found)
    while True:
        hole = rng.choice(holes())
        found = hole.node.found
        new = rng.choice(by_type[type(found)]) if rng.random() < 0.3 else _near(rng, found)
        yield hole.holding(json.dumps(new).encode()), hole.cls


def _near(rng: random.Random, found: Json) -> Json:
    """Return a value of the same JSON type, at and around the bounds of fields."""
    match found:
        case bool() | None:
            return rng.choice((True, False, None))
        case int():
            return rng.choice((found - 1, found + 1, *_BOUNDS))
        case str():
            return rng.choice((*_TEXTS, found + "x", found[:-1], found.upper(), f"{found} "))
        case list():
            more = rng.choice((1, 2, 200, 201))
            return rng.choice(([], found * 2, found[1:], (found * more)[:more], [*found, None]))
        case _:
            keys = list(found)
            key = rng.choice([*keys, "added"])
            return {each: found[each] for each in keys if each != key} | (
                {} if key in found and rng.random() < 0.7 else {rng.choice((key, "added")): None}
            )
