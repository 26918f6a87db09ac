"""What reading and writing share: how fields and types look, and the catalog in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from types import UnionType
from typing import Any, Union, final, get_origin, get_type_hints

import attrs

from backex.catalog import Catalog

__all__ = [
    "CATALOG_IN_USE",
    "Field",
    "fields_of",
    "is_enum",
    "is_mapping",
    "is_set",
    "is_tuple",
    "is_union",
    "referring_to",
]

#: The catalog that references of the document at hand lead to, for the length of one call.
CATALOG_IN_USE: ContextVar[Catalog | None] = ContextVar("catalog", default=None)


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
