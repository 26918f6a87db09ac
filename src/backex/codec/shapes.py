"""What reading and writing share: how fields and types look, and the catalog in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import cache, partial, reduce
from operator import or_
from threading import RLock
from types import NoneType, UnionType
from typing import Any, NewType, Union, final, get_args, get_origin, get_type_hints

import attrs

from backex.catalog import Catalog

__all__ = [
    "CATALOG_IN_USE",
    "TIME",
    "Built",
    "Field",
    "fields_of",
    "is_enum",
    "is_mapping",
    "is_set",
    "is_tuple",
    "is_union",
    "is_word",
    "referring_to",
    "without_none",
]

#: The catalog that references of the document at hand lead to, for the length of one call.
CATALOG_IN_USE: ContextVar[Catalog | None] = ContextVar("catalog", default=None)

#: A regular expression for a time, but for the length of its month.
TIME = (
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
    # An offset of "-00:00" says that it is not known.
    r"(?:Z|\+00:[0-5][0-9]|-00:(?:0[1-9]|[1-5][0-9])|[+-](?:0[1-9]|1[0-9]|2[0-3]):[0-5][0-9])"
)


@final
class Built:
    """Functions of one value for classes, each built when it is first asked for.

    One that is asked for while it is being built, by a class that holds its own kind, is looked up
    when it is called.
    """

    def __init__(self, build: Callable[..., Callable[[Any], Any]]) -> None:
        """Build with `build`, which is called with a class and whatever else is asked for."""
        self._build = build
        self._built: dict[tuple[Any, ...], Callable[[Any], Any]] = {}
        self._begun: set[tuple[Any, ...]] = set()
        self._lock = RLock()

    def __call__(self, *key: Any) -> Callable[[Any], Any]:
        """Return the function for a class and whatever else tells functions apart."""
        return self._built.get(key) or self._under_lock(key)

    def _under_lock(self, key: tuple[Any, ...]) -> Callable[[Any], Any]:
        with self._lock:
            if key in self._begun and key not in self._built:
                return partial(self._later, key)
            if key not in self._begun:
                self._begun.add(key)
                self._built[key] = self._build(*key)
            return self._built[key]

    def _later(self, key: tuple[Any, ...], value: Any) -> Any:
        return self(*key)(value)


@contextmanager
def referring_to(catalog: Catalog | None) -> Iterator[None]:
    """Let references lead to `catalog` for the length of a `with` block."""
    token = CATALOG_IN_USE.set(catalog)
    try:
        yield
    finally:
        CATALOG_IN_USE.reset(token)


@final
@attrs.frozen
class Field:
    """How one field of a class is read and written."""

    #: Its name, which is its key.
    name: str
    #: Its type, resolved.
    type: Any
    #: Written as no key at all. `attrs.NOTHING` where the key is always written.
    unstated: object


@cache
def fields_of(cls: Any) -> tuple[Field, ...]:
    """Return the fields of an attrs class, their types resolved."""
    hints = get_type_hints(cls)
    return tuple(
        Field(each.name, hints[each.name], _unstated(each.default)) for each in attrs.fields(cls)
    )


def _unstated(default: object) -> object:
    """Return a default that only says "not stated"; any other has to be written."""
    empty = default is None or default in ((), frozenset(), {})
    return default if empty else attrs.NOTHING


def _origin_is(*origins: object) -> Callable[[Any], bool]:
    return lambda of: get_origin(of) in origins


#: Tell what shape a type has.
is_tuple: Callable[[Any], bool] = _origin_is(tuple)
is_set: Callable[[Any], bool] = _origin_is(frozenset)
is_mapping: Callable[[Any], bool] = _origin_is(Mapping)
is_union: Callable[[Any], bool] = _origin_is(Union, UnionType)


def is_enum(of: Any) -> bool:
    """Tell whether a type is an enumeration."""
    return isinstance(of, type) and issubclass(of, Enum)


def without_none(of: Any) -> tuple[Any, bool]:
    """Return a type under no new name and without None, and whether that was one of its options."""
    while isinstance(of, NewType):
        of = of.__supertype__
    if not is_union(of) or NoneType not in get_args(of):
        return of, False
    options = [each for each in get_args(of) if each is not NoneType]
    alone: Any = reduce(or_, options)
    return without_none(alone)[0], True


def is_word(of: Any) -> bool:
    """Tell whether plain values of a type can be looked up: they are text, or None."""
    alone, _ = without_none(of)
    return alone is str or is_enum(alone)
