"""Ranges, masses and units: whole numbers in a small unit, never floats."""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from enum import Enum
from typing import Any, Self, final

from attrs import Attribute, field, frozen

from backex.checks import And, Integer, Optional
from backex.errors import InvalidValue

__all__ = ["HEAVIEST_GRAMS", "Mass", "Span", "SpanWithin", "Unit", "converted", "kg"]

_LARGEST = 1_000_000
#: The greatest mass that can be stated.
HEAVIEST_GRAMS = 1_000_000


def _not_below_low(instance: Span, attribute: Attribute[Any], value: int | None) -> None:
    if value is None and instance.low is None:
        allowed = (
            "a number where low is None (a range open at both ends says nothing: leave it out)"
        )
        raise InvalidValue("Span", attribute.name, value, allowed)
    if value is not None and instance.low is not None and value < instance.low:
        raise InvalidValue("Span", attribute.name, value, f"at least low, which is {instance.low}")


@final
@frozen
class Span:
    """A range of whole numbers with both ends included; None leaves that end open.

    The unit is that of the field that holds it.

    Raises:
        InvalidValue: an end that is no whole number, low above high, or both ends open.
    """

    #: Least value, or None for no lower limit.
    low: int | None = field(validator=Optional(Integer(-_LARGEST, _LARGEST)))
    #: Greatest value, or None for no upper limit.
    high: int | None = field(validator=And(Optional(Integer(-_LARGEST, _LARGEST)), _not_below_low))

    @classmethod
    def of(cls, value: int) -> Self:
        """Return the range that holds one number.

        >>> Span.of(5)
        Span(low=5, high=5)
        """
        return cls(value, value)

    def __contains__(self, value: int) -> bool:
        """Tell whether `value` lies in the range."""
        above = self.low is None or self.low <= value
        return above and (self.high is None or value <= self.high)

    def __str__(self) -> str:
        """Return the range as a person writes it, such as ``4–6`` or ``at least 4``."""
        if self.high is None:
            return f"at least {self.low}"
        if self.low is None:
            return f"at most {self.high}"
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@final
@frozen
class SpanWithin:
    """A field's check: a range whose stated ends lie between two bounds, or None."""

    #: Least end.
    low: int
    #: Greatest end.
    high: int

    @property
    def parts(self) -> frozenset[type]:
        """The classes of what can stand in an accepted value."""
        return frozenset({Span})

    def __call__(self, instance: object, attribute: Attribute[Any], value: object) -> None:
        """Raise `InvalidValue` for anything else."""
        if value is None:
            return
        ends = (value.low, value.high) if isinstance(value, Span) else (self.low - 1,)
        if any(end is not None and not self.low <= end <= self.high for end in ends):
            allowed = f"a Span (or one whole number) from {self.low} to {self.high}, or None"
            raise InvalidValue(type(instance).__name__, attribute.name, value, allowed)


@final
@frozen(order=True)
class Mass:
    """A mass in whole grams, from 1 gram to 1,000 kilograms.

    Raises:
        InvalidValue: not a whole number of grams in that range.
    """

    #: The mass in grams.
    grams: int = field(validator=Integer(1, HEAVIEST_GRAMS))

    def __str__(self) -> str:
        """Return the mass in kilograms, such as ``1.5 kg``."""
        kilograms, grams = divmod(self.grams, 1000)
        return f"{kilograms}.{grams:03}".rstrip("0").rstrip(".") + " kg"


# Not the thread's own context, which an app may have changed.
_EXACT = Context(prec=40, traps=[Inexact, InvalidOperation, Overflow])
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?")


def kg(value: float | str) -> Mass:
    """Return the mass of `value` kilograms.

    Raises:
        InvalidValue: `value` is no number, or no positive whole number of grams.

    >>> kg(1.5)
    Mass(grams=1500)
    """
    if type(value) in {int, float, str}:
        try:
            text = str(value)
            grams = _EXACT.multiply(Decimal(text), 1000)
            if (
                _NUMBER.fullmatch(text)
                and grams == grams.to_integral_value()
                and 1 <= grams <= HEAVIEST_GRAMS
            ):
                return Mass(int(grams))
        except (ArithmeticError, ValueError):
            pass
    raise InvalidValue(
        "kg", "value", value, "kilograms that make a whole number of grams, such as 1.5"
    )


class Unit(Enum):
    """The unit of a target, as its source states it."""

    MILLIMETRE = "mm"
    CENTIMETRE = "cm"
    INCH = "in"
    DEGREE = "deg"


_TENTHS_OF_A_MILLIMETRE = {Unit.MILLIMETRE: 10, Unit.CENTIMETRE: 100, Unit.INCH: 254}


def converted(value: int, unit: Unit, to: Unit) -> Decimal | None:
    """Return a length in another unit, exactly, or None where one of them is no length.

    >>> converted(6, Unit.INCH, Unit.CENTIMETRE)
    Decimal('15.24')
    """
    if unit is to:
        return Decimal(value)
    if unit not in _TENTHS_OF_A_MILLIMETRE or to not in _TENTHS_OF_A_MILLIMETRE:
        return None
    tenths = Decimal(value * _TENTHS_OF_A_MILLIMETRE[unit])
    return Context(prec=40).divide(tenths, Decimal(_TENTHS_OF_A_MILLIMETRE[to]))
