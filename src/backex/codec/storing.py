"""Values to documents and back, and their digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from backex.catalog import Catalog
from backex.catalog.upper_back import CATALOG
from backex.codec.document import BYTES, DEPTH, parsed
from backex.codec.kinds import KINDS, kind_of
from backex.codec.problems import Refused
from backex.codec.quick import quickly
from backex.codec.readers import Unsure, below, is_within
from backex.codec.reading import structured
from backex.codec.writing import text_of
from backex.errors import DecodeError, InvalidValue

__all__ = ["digest", "dumps", "loads", "loads_any"]

T = TypeVar("T")


def dumps(value: object, *, catalog: Catalog | None = CATALOG, indent: int | None = None) -> str:
    """Return `value` as a JSON document.

    Without `indent` the text is canonical: sorted keys, no white space, one text for equal values.
    An exercise equal to the one that `catalog` has under its id is written as a reference with its
    digest; every other one, and without a catalog every one, is written out.

    Raises:
        InvalidValue: `value` is of a class that has no document kind, or its document would be
            larger or nested deeper than what `loads` takes.

    >>> from backex import Mass
    >>> dumps(Mass(1500))
    '{"@format":1,"@kind":"mass","grams":1500}'
    """
    _check_kind(value, "dumps")
    cls: Any = type(value)
    try:
        text = text_of(value, catalog, indent)
        # The model sets no bounds to what is of any form.
        is_too_deep = object in below(cls) and not is_within(json.loads(text), DEPTH)
    except RecursionError:
        text, is_too_deep = "", True
    if is_too_deep:
        allowed = f"a value whose document is nested at most {DEPTH} deep"
        raise InvalidValue("dumps", "value", value, allowed)
    if len(text.encode("utf-8", "surrogatepass")) > BYTES:
        allowed = f"a value whose document has at most {BYTES} bytes; with a catalog it refers to"
        raise InvalidValue("dumps", "value", type(value), f"{allowed} exercises")
    return text


def loads(text: str | bytes, type: type[T], *, catalog: Catalog | None = CATALOG) -> T:  # noqa: A002
    """Return the value of class `type` that a document describes.

    References are looked up in `catalog`; the exercise found there must have the digest that the
    reference names.

    Raises:
        DecodeError: the document is not understood in every part; carries up to twenty problems.
        InvalidValue: `type` has no document kind.
    """
    value: T = loads_any(text, type, catalog=catalog)
    return value


def loads_any(text: str | bytes, *types: type[T], catalog: Catalog | None = CATALOG) -> T:
    """Return the value that a document describes, which may be of any of several classes.

    Raises:
        DecodeError: the document is of another kind, or is not understood in every part.
        InvalidValue: one of `types` has no document kind, or there is none.
    """
    if not types:
        raise InvalidValue("loads_any", "types", types, "at least one of the classes in KINDS")
    kinds = [_kind_to_read(each) for each in types]
    value: T
    try:
        value = quickly(text, kinds, catalog)
    except Unsure:
        value = _in_detail(text, kinds, catalog)
    return value


def _in_detail(text: str | bytes, kinds: Sequence[str], catalog: Catalog | None) -> Any:
    try:
        kind, fields = parsed(text, kinds)
        return structured(fields, KINDS[kind], catalog)
    except Refused as refused:
        raise DecodeError(*refused.problems) from None


def _kind_to_read(cls: type) -> str:
    kind = kind_of(cls)
    if kind is None:
        raise InvalidValue("loads", "type", cls, "one of the classes in KINDS")
    return kind


def digest(value: object) -> str:
    """Return ``"sha256:…"`` over the canonical document of `value` with every exercise written out.

    Equal values have equal digests in every process; a change of meaning changes the digest.

    Raises:
        InvalidValue: `value` is of a class that has no document kind.
    """
    _check_kind(value, "digest")
    return "sha256:" + hashlib.sha256(text_of(value, None).encode()).hexdigest()


def _check_kind(value: object, function: str) -> None:
    if kind_of(type(value)) is None:
        raise InvalidValue(function, "value", value, "a value of one of the classes in KINDS")
