"""Hostile JSON and text: two public corpora where they are at hand, and what stands in for them.

The corpora are no part of backex. They are looked for in `shared/corpora` beside the checkout; what
is generated here needs nothing and always runs.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

#: The fixture `record_property`. What is counted with it, a long run prints.
Counted = Callable[[str, object], None]
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
#: Whether the long version of a test is asked for.
LONG = bool(os.environ.get("BACKEX_LONG"))
#: Whether the tests run where time matters less than on a desk.
CI = bool(os.environ.get("CI"))

_BITS = (
    *('"', "{", "}", "[", "]", ",", ":", "\\", "\\u", "\\ud800", "\\udc00", "\\u0000", " ", "\n"),
    *("null", "true", "false", "NaN", "Infinity", "0", "-", "-0", "01", "1.0", "1e5", "1E400", "."),
    *("9007199254740992", "9" * 30, '"@kind"', '"@format"', '"id"', '"a":1', '"a"', "\ufeff", "é"),
)
_CHARACTERS = (
    *("a", "Z", "0", "-", "_", " ", "\t", "\n", "\r", "\x00", "\x1b", "\x7f", "\x85", "\u00a0"),
    *("\u00ad", "\u0301", "\u061c", "\u200b", "\u200d", "\u200f", "\u2028", "\u202e", "\u2066"),
    *("\ud800", "\udfff", "\ufdd0", "\ufeff", "\ufffd", "\ufffe", "\U0001f9b4", "\U000e0041"),
    *("'", '"', "`", "<", ">", "&", "%", "$", "{", "}", "\\", "/", ";", "=", "@", "漢", "א", "ä"),
)


def amount(*, quick: int, ci: int, long: int) -> int:
    """Return how many documents a test tries: by default, in CI, and with ``BACKEX_LONG=1``."""
    return long if LONG else ci if CI else quick


@cache
def suite() -> dict[str, bytes]:
    """Return the files of JSONTestSuite by name; nothing where it is not at hand."""
    found = sorted((CORPORA / "JSONTestSuite" / "test_parsing").glob("*.json"))
    return {path.stem: path.read_bytes() for path in found}


@cache
def naughty() -> tuple[str, ...]:
    """Return the Big List of Naughty Strings; nothing where it is not at hand."""
    path = CORPORA / "naughty-strings" / "blns.json"
    return tuple(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else ()


def generated_json(rng: random.Random) -> bytes:
    """Return what is mostly no JSON, or JSON that no field takes."""
    text = "".join(rng.choice(_BITS) for _ in range(rng.randint(1, 8)))
    if rng.random() < 0.3:
        text = rng.choice(("[{}]", '{{"a":{}}}', '"{}"', "[[[{}]]]")).format(text)
    found = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.1:
        at = rng.randrange(len(found) + 1)
        found = found[:at] + bytes([rng.randrange(128, 256)]) + found[at:]
    return found


def generated_text(rng: random.Random) -> str:
    """Return text of characters that break what handles them carelessly."""
    text = "".join(rng.choice(_CHARACTERS) for _ in range(rng.randint(0, 6)))
    return text * rng.choice((1, 1, 1, 1, 500))


needs_suite = pytest.mark.skipif(not suite(), reason="shared/corpora/JSONTestSuite is not there")
needs_naughty = pytest.mark.skipif(
    not naughty(), reason="shared/corpora/naughty-strings is not there"
)
