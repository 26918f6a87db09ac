"""What is neither written nor read, and just where the limit of what is written lies."""

from __future__ import annotations

import pytest

from backex import Diagnostic, InvalidValue, Severity
from backex.codec import dumps, loads, loads_any
from backex.codec.document import BYTES, CHARACTERS, DEPTH


def noted(found: object) -> Diagnostic:
    return Diagnostic(
        code="A", severity=Severity.INFO, path="$", message="m", meta={"found": found}
    )


def as_large_as_can_be() -> Diagnostic:
    """Return a value of which the document has as many bytes as one may have."""
    texts = ("x" * CHARACTERS,) * (BYTES // (CHARACTERS + 3))
    room = BYTES - len(dumps(noted((*texts, ""))))
    return noted((*texts, "x" * room))


def said(error: InvalidValue) -> tuple[str, str, str]:
    return (error.class_name, error.field, error.allowed)


def test_what_is_written_is_at_most_as_large_as_what_is_read() -> None:
    most = as_large_as_can_be()
    text = dumps(most)
    assert len(text) == BYTES
    assert loads(text, Diagnostic) == most
    texts = most.meta["found"]
    assert isinstance(texts, tuple)
    with pytest.raises(InvalidValue) as refused:
        dumps(noted((*texts[:-1], f"{texts[-1]}x")))
    allowed = f"a value whose document has at most {BYTES} bytes; with a catalog it refers to"
    assert said(refused.value) == ("dumps", "value", f"{allowed} exercises")


@pytest.mark.parametrize("levels", [DEPTH - 2, DEPTH - 1, 5_000])
def test_what_is_too_deep_to_be_read_is_not_written(levels: int) -> None:
    nested: object = "inside"
    for _ in range(levels):
        nested = (nested,)
    value = noted(nested)
    if levels == DEPTH - 2:  # the document and its particulars are the other two
        assert loads(dumps(value), Diagnostic) == value
    else:
        with pytest.raises(InvalidValue) as refused:
            dumps(value)
        allowed = f"a value whose document is nested at most {DEPTH} deep"
        assert said(refused.value) == ("dumps", "value", allowed)


def test_to_read_anything_the_classes_have_to_be_named() -> None:
    with pytest.raises(InvalidValue) as refused:
        loads_any("{}")
    assert said(refused.value) == ("loads_any", "types", "at least one of the classes in KINDS")
