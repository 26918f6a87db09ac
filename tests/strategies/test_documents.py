"""Documents that are refused for exactly one reason, at a place that is known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from backex import DecodeError, InvalidValue
from backex.codec import Code, loads, recover
from backex.strategies import FaultyDocument, violating_documents

by_code = settings(max_examples=20, database=None, derandomize=True)


def read(document: FaultyDocument) -> object:
    if document.code == Code.DAMAGED_LOG.value:
        assert isinstance(document.content, bytes)
        return recover(document.content)
    return loads(document.content, document.type)


@pytest.mark.parametrize("code", Code)
def test_a_document_is_refused_for_its_one_fault(code: Code) -> None:
    contents: set[str | bytes] = set()

    @by_code
    @given(violating_documents(code))
    def is_refused(document: FaultyDocument) -> None:
        with pytest.raises(DecodeError) as refused:
            read(document)
        found = [(each.code, each.path) for each in refused.value.problems]
        assert found == [(code.value, document.path)]
        assert document.code == code.value
        contents.add(document.content)

    is_refused()
    assert len(contents) > 1


def test_a_code_is_taken_as_text_too_and_refused_where_loads_has_none_such() -> None:
    with pytest.raises(InvalidValue, match="'BX101'"):
        violating_documents("BX101")
    assert repr(violating_documents("BX002")) == repr(violating_documents(Code.NOT_JSON))
