"""Values of backex inside an app's own: as plain documents, and in a converter of the app's.

A value stored inside something else keeps the envelope of a document of its own, so that it is
still known in which format it was written when that changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from types import NoneType
from typing import Protocol, TypeVar, get_args

from backex.catalog import Catalog
from backex.catalog.upper_back import CATALOG
from backex.codec.kinds import kind_of
from backex.codec.problems import Code
from backex.codec.shapes import is_union
from backex.codec.storing import dumps, loads_any
from backex.errors import DecodeError, Problem

__all__ = ["SupportsHooks", "install", "structure", "unstructure"]

T = TypeVar("T")


class SupportsHooks(Protocol):
    """A converter that takes hooks for the types of which a function says so, as cattrs has it."""

    def register_unstructure_hook_func(
        self, check_func: Callable[[object], bool], func: Callable[[object], object], /
    ) -> object:
        """Let `func` turn values into plain ones where `check_func` is true of their type."""

    def register_structure_hook_func(
        self, check_func: Callable[[object], bool], func: Callable[[object, type], object], /
    ) -> object:
        """Let `func` turn plain values into those of a type of which `check_func` is true."""


def unstructure(value: object, *, catalog: Catalog | None = CATALOG) -> dict[str, object]:
    """Return `value` as a document of dicts, lists, strings, whole numbers, booleans and None.

    It is what `json.loads` gives for `dumps(value)`.

    Raises:
        InvalidValue: `value` is of a class that has no document kind.

    >>> from backex import Mass
    >>> unstructure(Mass(1500))
    {'@format': 1, '@kind': 'mass', 'grams': 1500}
    """
    document: dict[str, object] = json.loads(dumps(value, catalog=catalog))
    return document


def structure(document: object, *types: type[T], catalog: Catalog | None = CATALOG) -> T:
    """Return the value, of one of the classes `types`, that a document of plain values describes.

    Everything is as with `loads` for the text that the module `json` makes of it, its limits and
    its problems as well; what that text would turn into something else is refused.

    Raises:
        DecodeError: the document is of another kind, or is not understood in every part.
        InvalidValue: one of `types` has no document kind, or there is none.

    >>> from backex import Mass
    >>> structure({"@format": 1, "@kind": "mass", "grams": 1500}, Mass)
    Mass(grams=1500)
    """
    try:
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    except (RecursionError, TypeError, ValueError) as error:
        raise _no_json(str(error)) from None
    value: T = loads_any(text, *types, catalog=catalog)
    # A key that is a number would have become a string, and a tuple a list.
    if json.loads(text) != document:
        raise _no_json("it holds a key that is no string, or a tuple")
    return value


def _no_json(why: str) -> DecodeError:
    return DecodeError(Problem(Code.NOT_JSON.value, "$", f"expected what JSON can hold: {why}"))


def install(converter: SupportsHooks, *, catalog: Catalog | None = CATALOG) -> None:
    """Let a converter of the app's take the values of backex that its own classes hold.

    That is `unstructure` for every class that has a document kind, and `structure` for each and for
    unions of them.

    >>> import cattrs
    >>> from backex import Mass
    >>> converter = cattrs.Converter()
    >>> install(converter)
    >>> converter.unstructure([Mass(1500)])
    [{'@format': 1, '@kind': 'mass', 'grams': 1500}]
    """
    converter.register_unstructure_hook_func(
        lambda of: _classes(of) == (of,), partial(unstructure, catalog=catalog)
    )
    converter.register_structure_hook_func(
        lambda of: bool(_classes(of)), lambda document, of: _of_type(document, of, catalog)
    )


def _of_type(document: object, of: type, catalog: Catalog | None) -> object:
    if document is None and NoneType in get_args(of):
        return None
    return structure(document, *_classes(of), catalog=catalog)


def _classes(of: object) -> tuple[type, ...]:
    """Return the classes of a type, None aside, where all of them have a document kind."""
    options = [each for each in get_args(of) if each is not NoneType] if is_union(of) else [of]
    known = tuple(each for each in options if isinstance(each, type) and kind_of(each) is not None)
    return known if len(known) == len(options) else ()
