"""Quantities: ranges, masses and units are whole numbers, and what is not exact is refused."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from backex.errors import InvalidValue
from backex.quantities import Mass, Span, SpanWithin, Unit, converted, kg

ENDS = st.integers(-1_000_000, 1_000_000)
LENGTHS = [Unit.MILLIMETRE, Unit.CENTIMETRE, Unit.INCH]
WHOLE_GRAMS = "kilograms that make a whole number of grams, such as 1.5"


@pytest.mark.parametrize(
    ("span", "inside", "outside"),
    [
        (Span(4, 6), [4, 5, 6], [3, 7]),
        (Span.of(5), [5], [4, 6]),
        (Span(4, None), [4, 1_000_000], [3, -1_000_000]),
        (Span(None, 6), [6, -1_000_000], [7, 1_000_000]),
        (Span(-3, 0), [-3, 0], [-4, 1]),
    ],
    ids=str,
)
def test_a_span_contains_both_its_ends_and_what_is_between(
    span: Span, inside: list[int], outside: list[int]
) -> None:
    assert [number in span for number in inside] == [True] * len(inside)
    assert [number in span for number in outside] == [False] * len(outside)


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Span(4, 6), "4–6"),
        (Span.of(5), "5"),
        (Span.of(0), "0"),
        (Span(0, None), "at least 0"),
        (Span(None, 0), "at most 0"),
    ],
)
def test_a_span_reads_as_a_person_writes_it(span: Span, shown: str) -> None:
    assert str(span) == shown


@given(ENDS)
def test_the_span_of_a_number_holds_it_alone(number: int) -> None:
    span = Span.of(number)
    assert span == Span(number, number)
    assert [each in span for each in (number - 1, number, number + 1)] == [False, True, False]


@given(ENDS, ENDS)
def test_a_span_has_its_ends_in_order(low: int, high: int) -> None:
    if low <= high:
        assert (Span(low, high).low, Span(low, high).high) == (low, high)
    else:
        with pytest.raises(InvalidValue) as caught:
            Span(low, high)
        assert caught.value == InvalidValue("Span", "high", high, f"at least low, which is {low}")


def test_a_span_with_both_ends_open_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        Span(None, None)
    assert caught.value == InvalidValue(
        "Span",
        "high",
        None,
        "a number where low is None (a range open at both ends says nothing: leave it out)",
    )


@frozen
class _Sample:
    amount: Span | None = field(validator=SpanWithin(1, 10))


@pytest.mark.parametrize(
    "span", [None, Span(1, 10), Span.of(1), Span.of(10), Span(1, None), Span(None, 10)], ids=str
)
def test_a_span_within_bounds_is_accepted_and_so_is_none(span: Span | None) -> None:
    assert _Sample(span).amount == span


@pytest.mark.parametrize(
    "value",
    [Span(0, 10), Span(1, 11), Span(0, None), Span(None, 11), Span.of(0), 5, "1–5"],
    ids=str,
)
def test_a_span_with_an_end_beyond_the_bounds_is_refused(value: Span) -> None:
    with pytest.raises(InvalidValue) as caught:
        _Sample(value)
    assert caught.value == InvalidValue(
        "_Sample", "amount", value, "a Span (or one whole number) from 1 to 10, or None"
    )


@pytest.mark.parametrize(
    ("kilograms", "grams"),
    [
        (2, 2000),
        (1.5, 1500),
        (0.1, 100),
        (0.001, 1),
        (1000, 1_000_000),
        ("2", 2000),
        ("0.25", 250),
        ("1e-3", 1),
    ],
)
def test_kilograms_that_make_whole_grams_are_a_mass(kilograms: float | str, grams: int) -> None:
    assert kg(kilograms) == Mass(grams)


@pytest.mark.parametrize(
    "kilograms",
    [
        0,
        0.0,
        -1,
        1000.001,
        0.0005,
        0.1 + 0.2,
        "1.0005",
        "1.00000000000000000000000000000001",
        "0.99999999999999999999999999999999",
        float("nan"),
        float("inf"),
        float("-inf"),
        "nan",
        "sNaN",
        "Infinity",
        "1e999999",
        "1e-999999",
        "1e9999999999999999999",
        "",
        "two",
        "2 kg",
        "1_0",
    ],
)
def test_kilograms_that_make_no_positive_whole_grams_are_refused(kilograms: float | str) -> None:
    with pytest.raises(InvalidValue) as caught:
        kg(kilograms)
    assert caught.value == InvalidValue("kg", "value", kilograms, WHOLE_GRAMS)


def test_an_integer_of_more_digits_than_python_reads_is_refused_as_a_mass() -> None:
    with pytest.raises(InvalidValue, match="kilograms"):
        kg(10**5000)


@pytest.mark.parametrize("value", [True, None, b"2", [2], Decimal(2), 2 + 0j, Mass(2)], ids=repr)
def test_what_is_no_number_is_refused_as_kilograms(value: float) -> None:
    with pytest.raises(InvalidValue) as caught:
        kg(value)
    assert caught.value == InvalidValue("kg", "value", value, WHOLE_GRAMS)


def test_masses_are_ordered_by_their_grams() -> None:
    assert sorted([kg(10), kg(9), Mass(1)]) == [Mass(1), kg(9), kg(10)]
    assert kg(1) < Mass(1001)


@pytest.mark.parametrize(
    ("grams", "shown"),
    [
        (1, "0.001 kg"),
        (250, "0.25 kg"),
        (1000, "1 kg"),
        (1500, "1.5 kg"),
        (20_000, "20 kg"),
        (1_000_000, "1000 kg"),
        (999_999, "999.999 kg"),
    ],
)
def test_a_mass_reads_as_kilograms_without_needless_zeros(grams: int, shown: str) -> None:
    assert str(Mass(grams)) == shown


@given(st.integers(1, 1_000_000))
def test_a_mass_can_be_read_back_from_what_it_shows(grams: int) -> None:
    assert kg(str(Mass(grams)).removesuffix(" kg")) == Mass(grams)


@pytest.mark.parametrize(
    ("value", "unit", "to", "result"),
    [
        (6, Unit.INCH, Unit.CENTIMETRE, "15.24"),
        (8, Unit.INCH, Unit.CENTIMETRE, "20.32"),
        (1, Unit.INCH, Unit.MILLIMETRE, "25.4"),
        (3, Unit.CENTIMETRE, Unit.MILLIMETRE, "30"),
        (3, Unit.MILLIMETRE, Unit.CENTIMETRE, "0.3"),
        (127, Unit.CENTIMETRE, Unit.INCH, "50"),
        (0, Unit.INCH, Unit.CENTIMETRE, "0"),
        (90, Unit.DEGREE, Unit.DEGREE, "90"),
        (7, Unit.INCH, Unit.INCH, "7"),
    ],
)
def test_a_length_is_converted_exactly(value: int, unit: Unit, to: Unit, result: str) -> None:
    assert converted(value, unit, to) == Decimal(result)


@pytest.mark.parametrize("length", LENGTHS)
def test_an_angle_is_no_length_and_a_length_no_angle(length: Unit) -> None:
    assert converted(1, Unit.DEGREE, length) is None
    assert converted(1, length, Unit.DEGREE) is None


def test_the_decimal_precision_of_the_thread_changes_nothing() -> None:
    with localcontext() as context:
        context.prec = 2
        assert str(Mass(1234)) == "1.234 kg"
        assert converted(6, Unit.INCH, Unit.CENTIMETRE) == Decimal("15.24")
        with pytest.raises(InvalidValue):
            kg("1.23456")
