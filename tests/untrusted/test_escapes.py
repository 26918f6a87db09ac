"""Whatever a document is made of, it is loaded whole or refused with an error of backex.

With ``BACKEX_LONG=1`` ten times as many documents are tried as in CI.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backex import DecodeError, Diagnostic, Routine
from backex.codec import Code, dumps
from backex.strategies import routines
from backex.strategies.values import values
from untrusted import streams
from untrusted.corpora import Counted, amount, needs_naughty, needs_suite, suite
from untrusted.samples import holes, judged

#: Most are tried with what needs no corpus.
ALWAYS = amount(quick=3_000, ci=20_000, long=200_000)


@pytest.mark.parametrize(
    ("documents", "count"),
    [
        pytest.param(streams.suite_as_documents, ALWAYS // 10, marks=needs_suite, id="suite"),
        pytest.param(streams.suite_inside, ALWAYS // 4, marks=needs_suite, id="suite inside"),
        pytest.param(streams.naughty_texts, ALWAYS // 4, marks=needs_naughty, id="naughty texts"),
        pytest.param(streams.generated_texts, ALWAYS * 2 // 10, id="generated texts"),
        pytest.param(streams.generated_json, ALWAYS * 2 // 10, id="generated JSON"),
        pytest.param(streams.wrong_types, ALWAYS * 3 // 10, id="wrong types"),
        pytest.param(streams.mutants, ALWAYS * 3 // 10, id="damaged bytes"),
    ],
)
def test_nothing_but_an_error_of_backex_escapes(
    documents: Callable[[random.Random], streams.Documents], count: int, record_property: Counted
) -> None:
    refused = 0
    found = documents(random.Random(documents.__name__))
    for _ in range(count):
        refused += isinstance(judged(*next(found)), DecodeError)
    record_property("documents", count)
    record_property("refused", refused)
    assert 0.5 < refused / count <= 1


_PARSED = {Code.NOT_WHOLE, Code.DUPLICATE_KEY, Code.BAD_STRING}


@needs_suite
def test_a_file_of_the_json_suite_is_refused_as_what_it_is() -> None:
    for name, text in suite().items():
        error = judged(text, Routine)
        assert isinstance(error, DecodeError), name
        codes = {Code(each.code) for each in error.problems}
        if name.startswith("y_"):
            assert codes <= {Code.NO_ENVELOPE, *_PARSED}, name
        if name.startswith("n_"):
            assert codes.isdisjoint({Code.NO_ENVELOPE, *_PARSED} - {Code.NOT_WHOLE}), name


@needs_suite
def test_no_file_that_is_no_json_is_taken_inside_a_field() -> None:
    anything = [
        each
        for each in holes()
        if each.cls is Diagnostic and each.node.field == "meta" and each.node.below
    ]
    assert anything
    for name, text in suite().items():
        for hole in anything:
            refused = isinstance(judged(hole.holding(text), hole.cls), DecodeError)
            assert refused or not name.startswith("n_"), name


@settings(max_examples=amount(quick=30, ci=100, long=10_000))
@given(st.one_of(routines(), values(Routine)))
def test_a_routine_is_written_and_loads_back_the_same(routine: Routine) -> None:
    text = dumps(routine)
    assert judged(text, Routine) == routine
    assert judged(dumps(routine, indent=1), Routine) == routine
