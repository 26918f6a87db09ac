"""Storage: canonical JSON for every value, and digests that pin what a value means.

The only part of backex that knows cattrs and JSON; it is loaded when it is imported, not with
`backex`. Documents are refused whole or loaded whole: nothing is coerced, defaulted or skipped.
"""

from __future__ import annotations

import hashlib
from typing import TypeVar

from backex.catalog import Catalog
from backex.catalog.upper_back import CATALOG
from backex.codec.document import parsed, written
from backex.codec.kinds import FORMAT, KINDS, kind_of
from backex.codec.problems import Code, Refused
from backex.codec.reading import structured
from backex.codec.writing import canonical, document_of
from backex.errors import DecodeError, InvalidValue

__all__ = ["FORMAT", "KINDS", "Code", "digest", "dumps", "loads"]

T = TypeVar("T")


def dumps(value: object, *, catalog: Catalog | None = CATALOG, indent: int | None = None) -> str:
    """Return `value` as a JSON document.

    Without `indent` the text is canonical: sorted keys, no white space, one text for equal values.
    An exercise equal to the one that `catalog` has under its id is written as a reference with its
    digest; every other one, and without a catalog every one, is written out.

    Raises:
        InvalidValue: `value` is of a class that has no document kind.

    >>> from backex import Mass
    >>> dumps(Mass(1500))
    '{"@format":1,"@kind":"mass","grams":1500}'
    """
    _check_kind(value, "dumps")
    return written(document_of(value, catalog), indent)


def loads(text: str | bytes, type: type[T], *, catalog: Catalog | None = CATALOG) -> T:  # noqa: A002
    """Return the value of class `type` that a document describes.

    References are looked up in `catalog`; the exercise found there must have the digest that the
    reference names.

    Raises:
        DecodeError: the document is not understood in every part; carries up to twenty problems.
        InvalidValue: `type` has no document kind.
    """
    kind = kind_of(type)
    if kind is None:
        raise InvalidValue("loads", "type", type, "one of the classes in KINDS")
    try:
        return structured(parsed(text, kind), type, catalog)
    except Refused as refused:
        raise DecodeError(*refused.problems) from None


def digest(value: object) -> str:
    """Return ``"sha256:…"`` over the canonical document of `value` with every exercise written out.

    Equal values have equal digests in every process; a change of meaning changes the digest.

    Raises:
        InvalidValue: `value` is of a class that has no document kind.
    """
    _check_kind(value, "digest")
    return "sha256:" + hashlib.sha256(canonical(value).encode()).hexdigest()


def _check_kind(value: object, function: str) -> None:
    if kind_of(type(value)) is None:
        raise InvalidValue(function, "value", value, "a value of one of the classes in KINDS")
