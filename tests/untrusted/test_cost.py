"""What a hostile document costs, counted: `hostile_cost.py` looks at the clock."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from untrusted.corpora import amount
from untrusted.samples import problems_of
from untrusted.shapes import SHAPES, filled

#: At which a document's memory is measured; the limit is 256 KiB.
SIZE = amount(quick=2**16, ci=2**18, long=2**18)
#: A document is as large as it may be, and one that is smaller has as many values as just allowed.
LIMITS = (None, 19_000 * SIZE // 2**18)
shapes = pytest.mark.parametrize(("cls", "make"), SHAPES.values(), ids=SHAPES.keys())
Make = Callable[[int], str]


def _calls(text: str, cls: type[Any]) -> int:
    count = 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        problems_of(text, cls)
    finally:
        sys.setprofile(None)
    return count


def test_there_are_many_shapes() -> None:
    assert len(SHAPES) >= 40


@shapes
def test_the_work_grows_with_the_document_and_no_faster(cls: type[Any], make: Make) -> None:
    small, large = (filled(make, size) for size in (10_000, 20_000))
    assert 1.7 < len(large) / len(small) < 2.3
    calls = _calls(small, cls), _calls(large, cls)
    assert calls[1] <= 2.5 * calls[0] + 500
    assert calls[1] <= 8 * len(large)


@shapes
def test_a_document_at_the_limit_takes_little_memory(cls: type[Any], make: Make) -> None:
    for values in LIMITS:
        text = filled(make, SIZE, values)
        problems_of(text, cls)  # what is made once, at first use, is no cost of a document
        tracemalloc.start()
        try:
            problems_of(text, cls)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak <= 128 * SIZE
