"""What is different in two values, a line for each place, instead of two walls of `repr`."""

from __future__ import annotations

import reprlib
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest

import attrs

from backex.diagnostics import Diagnostic, Report
from backex.errors import key_step

__all__ = ["difference", "is_compared"]

_LINES = 20
_ABSENT = object()

_shown = reprlib.Repr()
_shown.maxlevel = 4
_shown.maxstring = 120
_shown.maxother = 120


def is_compared(one: object, other: object) -> bool:
    """Tell whether both are values of one class of backex, so that `difference` says more."""
    return (
        type(one) is type(other)
        and type(one).__module__.startswith("backex.")
        and attrs.has(type(one))
    )


def difference(found: object, expected: object) -> list[str]:
    """Return a line for each place at which two values differ, at most twenty.

    >>> from backex import Dose
    >>> difference(Dose(sets=2, reps=5), Dose(sets=3, reps=5))
    ['$.sets.low: 2, expected 3', '$.sets.high: 2, expected 3']
    """
    lines = list(_places(found, expected, "$"))
    more = len(lines) - _LINES
    return lines if more <= 0 else [*lines[:_LINES], f"and {more} more places"]


def _places(found: object, expected: object, path: str) -> Iterator[str]:
    if found is _ABSENT:
        yield f"{path}: missing {_in_short(expected)}"
    elif expected is _ABSENT:
        yield f"{path}: extra {_in_short(found)}"
    elif isinstance(found, Report) and isinstance(expected, Report):
        yield from _in_reports(found.diagnostics, expected.diagnostics, "")
        yield from _in_reports(found.suppressed, expected.suppressed, "suppressed ")
    elif found != expected:
        parts = _parts(found, expected)
        if parts is None:
            yield f"{path}: {_in_short(found)}, expected {_in_short(expected)}"
            return
        for step, one, other in parts:
            yield from _places(one, other, path + step)


def _parts(found: object, expected: object) -> list[tuple[str, object, object]] | None:
    """Return what two values have in the same places, with the steps there; None: no parts."""
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        keys = dict.fromkeys([*found, *expected])
        return [
            (key_step(str(key)), found.get(key, _ABSENT), expected.get(key, _ABSENT))
            for key in keys
        ]
    if isinstance(found, tuple) and isinstance(expected, tuple):
        pairs = zip_longest(found, expected, fillvalue=_ABSENT)
        return [(f"[{index}]", one, other) for index, (one, other) in enumerate(pairs)]
    if isinstance(found, frozenset) and isinstance(expected, frozenset):
        missing = [("", _ABSENT, each) for each in sorted(expected - found, key=str)]
        return [*missing, *(("", each, _ABSENT) for each in sorted(found - expected, key=str))]
    cls: type[object] = type(found)
    if cls is type(expected) and attrs.has(cls):
        names = [attribute.name for attribute in attrs.fields(cls)]
        return [(f".{name}", getattr(found, name), getattr(expected, name)) for name in names]
    return None


def _in_reports(
    found: tuple[Diagnostic, ...], expected: tuple[Diagnostic, ...], which: str
) -> Iterator[str]:
    """Tell by code and path what is missing and extra; what stands in both, by its fields."""
    if found == expected:
        return
    here, there = Counter(map(_where, found)), Counter(map(_where, expected))
    for each in (there - here).elements():
        yield f"missing {which}{each}"
    for each in (here - there).elements():
        yield f"extra {which}{each}: {next(d.message for d in found if _where(d) == each)}"
    if here == there:
        for one, other in zip(sorted(found, key=_where), sorted(expected, key=_where), strict=True):
            yield from _places(one, other, f"{which}{_where(one)}: $")
        if sorted(found, key=_where) == sorted(expected, key=_where):
            yield f"the {which}diagnostics are the same, in another order"


def _where(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.code} at {diagnostic.path}"


def _in_short(value: object) -> str:
    """Return a value in few words: by its own text where that is a line, else by its repr."""
    if attrs.has(type(value)) and type(value).__str__ is not object.__str__:
        text = str(value)
        if "\n" not in text:
            return text if len(text) <= _shown.maxother else text[: _shown.maxother - 1] + "…"
    return _shown.repr(value)
