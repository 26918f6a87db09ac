"""Values of the model to plain values, by the types of the model's fields."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from types import NoneType
from typing import Any, get_args

import attrs
import cattrs

from backex.catalog import Catalog
from backex.codec.document import LARGEST, Plain, written
from backex.codec.kinds import FORMAT, kind_of
from backex.codec.shapes import (
    CATALOG_IN_USE,
    fields_of,
    is_mapping,
    is_set,
    is_tuple,
    is_union,
    referring_to,
)
from backex.errors import InvalidValue
from backex.exercise import Exercise

__all__ = ["canonical", "digest_of", "document_of"]

_Unstructure = Callable[[Any], Plain]


def document_of(value: object, catalog: Catalog | None) -> dict[str, Plain]:
    """Return `value` as plain values with an envelope, catalog exercises as references."""
    cls = type(value)
    with referring_to(catalog):
        fields = _CONVERTER.get_unstructure_hook(cls)(value)
    return {"@format": FORMAT, "@kind": kind_of(cls), **fields}


def canonical(value: object) -> str:
    """Return the canonical document of `value` with every exercise written out."""
    return written(document_of(value, None), None)


@lru_cache(maxsize=64)
def digest_of(exercise: Exercise) -> str:
    """Return the digest of an exercise, remembered for those that catalogs refer to."""
    return "sha256:" + hashlib.sha256(canonical(exercise).encode()).hexdigest()


def _write_class(cls: Any, converter: cattrs.Converter) -> _Unstructure:
    fields = fields_of(cls)

    def unstructure(value: Any) -> dict[str, Plain]:
        document: dict[str, Plain] = {}
        for each in fields:
            member = getattr(value, each.name)
            if each.unstated is attrs.NOTHING or member != each.unstated:
                document[each.name] = converter.get_unstructure_hook(each.type)(member)
        return document

    return unstructure


def _write_exercise(cls: Any, converter: cattrs.Converter) -> _Unstructure:
    write_out = _write_class(cls, converter)

    def unstructure(exercise: Exercise) -> Plain:
        catalog = CATALOG_IN_USE.get()
        if catalog is None or catalog.exercise(exercise.id) != exercise:
            return write_out(exercise)
        return {"@catalog": catalog.id, "@digest": digest_of(exercise), "id": exercise.id}

    return unstructure


def _write_union(of: Any, converter: cattrs.Converter) -> _Unstructure:
    classes = [each for each in get_args(of) if attrs.has(each)]
    others = [each for each in get_args(of) if each not in {NoneType, *classes}]

    def unstructure(value: Any) -> Plain:
        if value is None:
            return None
        if not attrs.has(type(value)):
            return converter.get_unstructure_hook(others[0])(value)
        document = converter.get_unstructure_hook(type(value))(value)
        return {"@kind": kind_of(type(value)), **document} if len(classes) > 1 else document

    return unstructure


def _write_sequence(of: Any, converter: cattrs.Converter) -> _Unstructure:
    hook = converter.get_unstructure_hook(get_args(of)[0])
    return lambda value: [hook(each) for each in value]


def _write_set(of: Any, converter: cattrs.Converter) -> _Unstructure:
    hook = converter.get_unstructure_hook(get_args(of)[0])
    return lambda value: sorted(hook(each) for each in value)


def _write_mapping(of: Any, converter: cattrs.Converter) -> _Unstructure:
    hook = converter.get_unstructure_hook(get_args(of)[1])
    return lambda value: {key: hook(each) for key, each in value.items()}


def _write_anything(value: Any) -> Plain:
    """Write plain values as they are and values of the model with their kind; refuse the rest."""
    if isinstance(value, tuple):
        return [_write_anything(each) for each in value]
    if isinstance(value, Mapping) and all(type(key) is str for key in value):
        return {key: _write_anything(each) for key, each in value.items()}
    kind = kind_of(type(value))
    if kind is not None:
        return {"@kind": kind, **_CONVERTER.get_unstructure_hook(type(value))(value)}
    whole = type(value) is int and abs(value) <= LARGEST
    if value is None or whole or type(value) in {bool, str}:
        return value
    raise InvalidValue("dumps", "value", value, "what a document can hold")


def _write_time(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=False)
    converter.register_unstructure_hook(datetime, _write_time)
    converter.register_unstructure_hook_func(lambda of: of is object, _write_anything)
    # Those registered last are asked first.
    for applies, factory in (
        (is_tuple, _write_sequence),
        (is_set, _write_set),
        (is_mapping, _write_mapping),
        (is_union, _write_union),
        (attrs.has, _write_class),
        (lambda of: of is Exercise, _write_exercise),
    ):
        converter.register_unstructure_hook_factory(applies, factory)
    return converter


_CONVERTER = _converter()
