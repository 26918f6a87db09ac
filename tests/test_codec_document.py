"""What is refused before any field is looked at: what is said of it, and just where limits lie."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from backex import DecodeError, Diagnostic, Dose, Mass, Problem, Severity
from backex.codec import Code, loads, loads_any
from backex.codec.document import (
    BYTES,
    CHARACTERS,
    DEPTH,
    LARGEST,
    VALUES,
    parsed,
    shown,
    type_name,
)

MASS = '{"@format":1,"@kind":"mass","grams":7}'


def refused(text: str | bytes, *types: type) -> tuple[Problem, ...]:
    with pytest.raises(DecodeError) as caught:
        loads_any(text, *(types or (Mass,)))
    return caught.value.problems


def with_particulars(text: str) -> str:
    """Return a document that may hold any plain value, and holds this."""
    return (
        '{"@format":1,"@kind":"diagnostic","code":"AB1","message":"m",'
        f'"meta":{{"found":{text}}},"path":"$","severity":"error"}}'
    )


def taken(text: str | bytes) -> Diagnostic:
    """Return what a document holds, which the detailed pass takes as well."""
    value = loads(text, Diagnostic)
    kind, fields = parsed(text, ["diagnostic"])
    assert (kind, fields["code"]) == ("diagnostic", value.code)
    return value


@pytest.mark.parametrize(
    ("text", "code", "path", "message"),
    [
        (b"\xff", Code.NOT_TEXT, "$", "expected UTF-8, found another byte at offset 0"),
        (b"{}\xff", Code.NOT_TEXT, "$", "expected UTF-8, found another byte at offset 2"),
        ("\ufeff{}", Code.NOT_TEXT, "$", "expected text without a byte order mark"),
        ("", Code.NOT_JSON, "$", "expected JSON: Expecting value in line 1, column 1"),
        ("[1,\n?]", Code.NOT_JSON, "$", "expected JSON: Expecting value in line 2, column 1"),
        (
            "[]",
            Code.NO_ENVELOPE,
            "$",
            "expected an object with @format and @kind, found an array",
        ),
        (
            "{}",
            Code.NO_ENVELOPE,
            "$",
            'expected "@format" (a number) and "@kind" (a string)',
        ),
        (
            '{"@format":2}',
            Code.UNKNOWN_FORMAT,
            "$.@format",
            "expected format 1, found 2; a newer backex may read it",
        ),
        (
            '{"@format":1,"@kind":"mas"}',
            Code.UNKNOWN_KIND,
            "$.@kind",
            'no kind is called "mas"; did you mean "mass"?',
        ),
        (
            '{"@format":1,"@kind":"x\\u0007"}',
            Code.UNKNOWN_KIND,
            "$.@kind",
            r'no kind is called "x\x07"',
        ),
        (
            MASS.replace("7", '7,"grams":8'),
            Code.DUPLICATE_KEY,
            "$.grams",
            "expected each key once",
        ),
        (
            MASS.replace("7", '"\\ud800"'),
            Code.BAD_STRING,
            "$.grams",
            "expected no surrogate without its pair",
        ),
        (
            MASS.replace("7", f'"{"x" * 2001}"'),
            Code.BAD_STRING,
            "$.grams",
            "expected at most 2000 characters, found 2001",
        ),
        (MASS.replace("7", "7.5"), Code.NOT_WHOLE, "$.grams", "expected a whole number, found 7.5"),
        (
            MASS.replace("7", "1" * 18 + "2"),
            Code.NOT_WHOLE,
            "$.grams",
            f"expected a whole number, found {'1' * 18}…",
        ),
        (
            MASS.replace("7", "1" * 18),
            Code.NOT_WHOLE,
            "$.grams",
            f"expected a whole number, found {'1' * 18}",
        ),
    ],
    ids=lambda each: None if isinstance(each, Code) else ascii(each)[:40],
)
def test_a_document_that_is_none_is_refused_in_these_words(
    text: str | bytes, code: Code, path: str, message: str
) -> None:
    assert refused(text) == (Problem(code.value, path, message),)


def test_a_document_of_another_kind_is_told_which_were_expected() -> None:
    assert refused(MASS, Diagnostic, Dose) == (
        Problem(
            Code.OTHER_KIND.value,
            "$.@kind",
            'expected kind "diagnostic" or "dose", found "mass"',
        ),
    )


def test_what_is_no_text_is_refused_as_such() -> None:
    nothing: Sequence[object] = [None, 7, bytearray(b"{}")]
    for each in nothing:
        (problem,) = refused(each)  # type: ignore[arg-type]
        message = f"expected str or bytes, found {type(each).__name__}"
        assert problem == Problem(Code.NOT_TEXT.value, "$", message)


@pytest.mark.parametrize("character", ["x", "é"])
@pytest.mark.parametrize("encoded", [False, True], ids=["text", "bytes"])
def test_a_document_has_at_most_so_many_bytes(
    character: str,
    encoded: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    most = with_particulars(json.dumps([character * 1_000], ensure_ascii=False))
    most += " " * (BYTES - len(most.encode()))
    for text, is_taken in ((most, True), (f"{most} ", False)):
        given = text.encode() if encoded else text
        if is_taken:
            assert taken(given).severity is Severity.ERROR
        else:
            assert refused(given, Diagnostic) == (
                Problem(
                    Code.TOO_LARGE.value,
                    "$",
                    f"expected at most {BYTES} bytes; split it into several documents",
                ),
            )


def test_values_are_nested_at_most_so_deep() -> None:
    # The document and its particulars are the first two levels.
    for opened, closed in (("[", "]"), ('{"a":', "}")):
        most = DEPTH - 2
        inner = "7"
        text = with_particulars(opened * most + inner + closed * most)
        assert taken(text).meta
        text = with_particulars(opened * (most + 1) + inner + closed * (most + 1))
        (problem,) = refused(text, Diagnostic)
        assert problem.code == Code.TOO_DEEP.value
        assert problem.message == f"expected values nested at most {DEPTH} deep"
        below = "[0]" if opened == "[" else ".a"
        assert problem.path == "$.meta.found" + below * most


def test_a_document_has_at_most_so_many_values() -> None:
    # Beside the members: the document, its six fields, and the list itself.
    most = VALUES - 9
    assert taken(with_particulars(str([7] * most).replace(" ", ""))).meta
    assert refused(with_particulars(str([7] * (most + 1)).replace(" ", "")), Diagnostic) == (
        Problem(Code.TOO_MANY.value, "$", f"expected at most {VALUES} values"),
    )


def test_a_number_is_at_most_what_every_reader_keeps() -> None:
    for number in (LARGEST, -LARGEST):
        assert taken(with_particulars(str(number))).meta["found"] == number
        further = number + (1 if number > 0 else -1)
        (problem,) = refused(with_particulars(str(further)), Diagnostic)
        assert problem.code == Code.NOT_WHOLE.value
        assert problem.message == f"expected a whole number, found {further}"


def test_a_text_has_at_most_so_many_characters() -> None:
    most = "x" * CHARACTERS
    assert taken(with_particulars(json.dumps(most))).meta["found"] == most


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("", '""'),
        ("a b", '"a b"'),
        ("\x07é", r'"\x07é"'),
        ("x" * 64, '"' + "x" * 64 + '"'),
        ("x" * 65, '"' + "x" * 64 + '…"'),
        ("\x07" * 16, '"' + r"\x07" * 16 + '"'),
        ("\x07" * 17, '"' + r"\x07" * 16 + '…"'),
        ("x" * 61 + "\x07", '"' + "x" * 61 + '\\x0…"'),
    ],
    ids=range(8),
)
def test_a_text_is_shown_short_and_printable(text: str, quoted: str) -> None:
    assert shown(text) == quoted


def test_each_json_type_has_its_name() -> None:
    values: list[object] = [{}, [], "", True, None, 7]
    named = [type_name(each) for each in values]
    assert named == ["an object", "an array", "a string", "a boolean", "null", "a number"]


def test_the_codes_of_problems_never_change() -> None:
    assert {each.name: each.value for each in Code} == {
        "NOT_ALLOWED": "BX001",
        "NOT_JSON": "BX002",
        "NOT_TEXT": "BX003",
        "TOO_LARGE": "BX004",
        "TOO_DEEP": "BX005",
        "TOO_MANY": "BX006",
        "DUPLICATE_KEY": "BX007",
        "NOT_WHOLE": "BX008",
        "BAD_STRING": "BX009",
        "NO_ENVELOPE": "BX010",
        "UNKNOWN_FORMAT": "BX011",
        "UNKNOWN_KIND": "BX012",
        "OTHER_KIND": "BX013",
        "WRONG_TYPE": "BX014",
        "MISSING_KEY": "BX015",
        "UNKNOWN_KEY": "BX016",
        "UNKNOWN_CHOICE": "BX017",
        "UNKNOWN_REFERENCE": "BX018",
        "OTHER_DIGEST": "BX019",
        "DAMAGED_LOG": "BX022",
    }
