"""Errors: what they carry and say, that they compare by value and survive pickling."""

from __future__ import annotations

import copy
import json
import pickle
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backex.anatomy import Contact, Region
from backex.errors import (
    BackexError,
    ConflictingClearance,
    DecodeError,
    InvalidValue,
    LateReport,
    Problem,
    key_step,
)
from backex.quantities import Mass
from backex.step import Effect

MISSING = Problem("BX005", "$.items[0].id", "a field is missing")
UNKNOWN = Problem("BX006", "$.titel", "no such field")

ERRORS: dict[str, BackexError] = {
    "BX999 at $: anything": BackexError("BX999", "$", "anything"),
    "BX001 at Mass.grams: Mass.grams cannot be 0: it takes a positive number": InvalidValue(
        "Mass", "grams", 0, "a positive number"
    ),
    "BX005 at $.items[0].id: a field is missing\nBX006 at $.titel: no such field": DecodeError(
        MISSING, UNKNOWN
    ),
    "BX020 at $: the entry at check-in 1, seq 2 comes after check-in 3, seq 0 was observed: "
    "decide from the whole log with decide(), which sorts it first": LateReport((1, 2), (3, 0)),
    "BX021 at $: two different clearances are numbered 3.1: renumber one": ConflictingClearance(
        (3, 1)
    ),
}
every_error = pytest.mark.parametrize("error", ERRORS.values(), ids=lambda e: type(e).__name__)


class _Unprintable:
    def __repr__(self) -> NoReturn:
        raise RuntimeError


@pytest.mark.parametrize(
    ("shown", "error"), ERRORS.items(), ids=[type(each).__name__ for each in ERRORS.values()]
)
def test_an_error_shows_its_code_its_path_and_what_is_wrong(shown: str, error: BackexError) -> None:
    assert str(error) == shown


def test_a_clearance_that_comes_after_a_report_of_its_number_is_told_what_to_do() -> None:
    error = LateReport((5, 0), (5, 0))
    assert error.message == (
        "the clearance at check-in 5, seq 0 comes after a report with the same number was "
        "observed; clearances come before such reports: give it a later seq if it was given after "
        "the report, or decide from the whole log with decide(), which puts it before"
    )
    longest = LateReport((10**9, 10**9), (10**9, 10**9))
    assert longest.message.endswith("which puts it before")


@every_error
def test_every_error_is_caught_as_a_backex_error_and_as_a_value_error(error: BackexError) -> None:
    with pytest.raises(BackexError):
        raise error
    with pytest.raises(ValueError, match=error.code):
        raise error


@every_error
@pytest.mark.parametrize(
    "copied",
    [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy],
    ids=["pickle", "copy", "deepcopy"],
)
def test_a_copied_error_is_equal_and_says_the_same(
    error: BackexError, copied: type[BackexError]
) -> None:
    twin = copied(error)  # type: ignore[call-arg, arg-type]
    assert type(twin) is type(error)
    assert (twin, hash(twin), str(twin)) == (error, hash(error), str(error))


@pytest.mark.parametrize(
    "other",
    [
        BackexError("BX998", "$", "anything"),
        BackexError("BX999", "$.id", "anything"),
        BackexError("BX999", "$", "anything else"),
        DecodeError(Problem("BX999", "$", "anything")),
        ValueError("BX999", "$", "anything"),
    ],
)
def test_errors_differ_where_the_class_or_anything_carried_differs(other: Exception) -> None:
    error = BackexError("BX999", "$", "anything")
    assert error != other
    assert hash(error) != hash(other)


def test_two_late_reports_with_one_message_differ_by_their_keys() -> None:
    assert LateReport((1, 0), (2, 0)) == LateReport((1, 0), (2, 0))
    assert LateReport((1, 0), (2, 0)) != LateReport((1, 0), (2, 1))


def test_an_invalid_value_carries_where_what_and_what_is_allowed() -> None:
    error = InvalidValue("Dose", "sets[2]", [1.5], "a whole number")
    assert vars(error) == {
        "class_name": "Dose",
        "field": "sets[2]",
        "value": "[1.5]",
        "allowed": "a whole number",
        "code": "BX001",
        "path": "Dose.sets[2]",
        "message": "Dose.sets[2] cannot be [1.5]: it takes a whole number",
    }


@pytest.mark.parametrize(
    ("error", "carried"),
    [
        (LateReport((1, 2), (3, 0)), {"key": (1, 2), "newest": (3, 0), "code": "BX020"}),
        (ConflictingClearance((3, 1)), {"key": (3, 1), "code": "BX021"}),
        (
            DecodeError(MISSING, UNKNOWN),
            {
                "problems": (MISSING, UNKNOWN),
                "code": "BX005",
                "path": "$.items[0].id",
                "message": "a field is missing",
            },
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_carries_its_data(error: BackexError, carried: dict[str, object]) -> None:
    assert {**vars(error), **carried} == vars(error)


@pytest.mark.parametrize(
    ("length", "kept"), [(300, "x" * 300), (301, "x" * 299 + "…"), (9000, "x" * 299 + "…")]
)
def test_a_message_is_at_most_300_characters(length: int, kept: str) -> None:
    assert BackexError("BX999", "$", "x" * length).message == kept
    assert str(DecodeError(Problem("BX999", "$", "x" * length))) == f"BX999 at $: {kept}"


def test_a_long_value_is_shown_shortened() -> None:
    error = InvalidValue("Mass", "grams", "x" * 10_000, "a number")
    assert error.value == "'xxxxxxxxxxxx...xxxxxxxxxxxxx'"


def test_a_value_that_cannot_be_shown_is_refused_all_the_same() -> None:
    with pytest.raises(InvalidValue, match=r"Mass\.grams cannot be .*_Unprintable"):
        Mass(_Unprintable())  # type: ignore[arg-type]


def test_an_integer_of_more_digits_than_python_prints_is_refused_all_the_same() -> None:
    with pytest.raises(InvalidValue, match=r"Mass\.grams .* takes a whole number"):
        Mass(10**5000)


def test_the_message_names_the_value_however_many_are_allowed() -> None:
    with pytest.raises(InvalidValue) as caught:
        Contact("hnad")  # type: ignore[arg-type]
    assert "'hnad'" in caught.value.message
    assert "Region.HEAD" in caught.value.message


@pytest.mark.parametrize(
    "value",
    [
        (1_111_111_111, 2_222_222_222, 3_333_333_333, 4_444_444_444),
        ["a long enough string"] * 5,
        10**39,
        Effect,
        dict.fromkeys(Region, "a long enough string"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_invalid_value_survives_pickling_however_long_it_is_shown(value: object) -> None:
    error = InvalidValue("Mass", "grams", value, "a number")
    twin = pickle.loads(pickle.dumps(error))
    assert vars(twin) == vars(error)


def test_an_invalid_value_is_pickled_without_the_refused_object() -> None:
    error = InvalidValue("Mass", "grams", lambda: None, "a number")
    assert pickle.loads(pickle.dumps(error)) == error


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ("items", ".items"),
        ("hold_seconds", ".hold_seconds"),
        ("oblique-sit", ".oblique-sit"),
        ("@type", ".@type"),
        ("", '[""]'),
        ("7-a", '["7-a"]'),
        ("two words", '["two words"]'),
        ("a.b", '["a.b"]'),
        ("items\n", '["items\\n"]'),
        ('"\\\b\f\r\t', '["\\"\\\\\\b\\f\\r\\t"]'),
        ("\0\x7f", '["\\u0000\\u007f"]'),
        ("caf\u00e9", '["caf\\u00e9"]'),
        ("\U0001f600", '["\\ud83d\\ude00"]'),
        ("a\ud800", '["a\\ud800"]'),
        ("a" * 64, "." + "a" * 64),
        ("a" * 65, "." + "a" * 64),
        (" " * 64, '["' + " " * 64 + '"]'),
        (" " * 65, '["' + " " * 64 + '"]'),
    ],
)
def test_a_key_is_a_step_of_a_path_quoted_where_it_is_no_plain_name(key: str, step: str) -> None:
    assert key_step(key) == step


@given(st.text(max_size=64))
def test_a_quoted_step_is_printable_and_can_be_read_back(key: str) -> None:
    step = key_step(key)
    assert step.isascii()
    assert step.isprintable()
    assert step == f".{key}" or json.loads(step) == [key]
