"""Ordered enumerations: members compare by the order in which they are written."""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import product

import pytest

from backex.ordering import OrderedEnum

COMPARISONS = [operator.lt, operator.le, operator.gt, operator.ge]


class _Size(OrderedEnum):
    SMALL = "z"
    MIDDLE = "y"
    LARGE = "x"


class _Height(OrderedEnum):
    LOW = "z"
    HIGH = "y"


def test_the_rank_of_a_member_is_its_place() -> None:
    assert {size: size.rank for size in _Size} == {
        _Size.SMALL: 0,
        _Size.MIDDLE: 1,
        _Size.LARGE: 2,
    }


@pytest.mark.parametrize("compared", COMPARISONS)
def test_members_compare_as_their_ranks_do(compared: Callable[[object, object], bool]) -> None:
    pairs = list(product(_Size, repeat=2))
    assert [compared(one, other) for one, other in pairs] == [
        compared(one.rank, other.rank) for one, other in pairs
    ]


def test_members_sort_from_the_first_written_to_the_last() -> None:
    assert sorted([_Size.LARGE, _Size.SMALL, _Size.MIDDLE]) == [
        _Size.SMALL,
        _Size.MIDDLE,
        _Size.LARGE,
    ]


@pytest.mark.parametrize("compared", COMPARISONS)
@pytest.mark.parametrize("other", [_Height.LOW, "z", 0])
def test_members_do_not_compare_with_anything_else(
    compared: Callable[[object, object], bool], other: object
) -> None:
    with pytest.raises(TypeError, match="not supported"):
        compared(_Size.SMALL, other)


def test_equal_values_of_two_enumerations_are_not_equal() -> None:
    assert _Size.SMALL != _Height.LOW  # type: ignore[comparison-overlap]
