"""Values of the model to JSON text, by the types of the model's fields.

A writer is put together once for each class. It makes text at once, without plain values between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from enum import Enum, auto
from functools import partial
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, final, get_args

import attrs

from backex.catalog import Catalog
from backex.codec.document import LARGEST, in_utf_16
from backex.codec.kinds import FORMAT, kind_of
from backex.codec.shapes import (
    CATALOG_IN_USE,
    Built,
    Field,
    fields_of,
    is_enum,
    is_mapping,
    is_set,
    is_tuple,
    is_union,
    is_word,
    referring_to,
    without_none,
)
from backex.errors import InvalidValue
from backex.exercise import Exercise

__all__ = ["digest_of", "text_of"]

#: Makes the text of a value.
_Write = Callable[[Any], str]

#: How many digests are remembered, and how many texts for each class of nothing but words.
_DIGESTS = 256
_TEXTS = 1024


@final
class _Order(Enum):
    """In which order the keys of an object are written."""

    #: That of canonical documents.
    OF_KEYS = auto()
    #: That in which a person reads the fields of a class.
    OF_FIELDS = auto()


def text_of(value: object, catalog: Catalog | None, indent: int | None = None) -> str:
    """Return the document of `value`, with catalog exercises as references.

    Without `indent` it is canonical; with it, fields stand in the order of their class.
    """
    order = _Order.OF_KEYS if indent is None else _Order.OF_FIELDS
    with referring_to(catalog):
        text = _class_writer(type(value), order)(value)
    head = f'"@format":{FORMAT},"@kind":"{kind_of(type(value))}"'
    if indent is not None:
        document = json.loads(_headed(head, text))
        return json.dumps(document, ensure_ascii=False, indent=indent)
    if text.startswith(_REFERENCE):
        # It has keys of its own that come before these.
        before, after = text.split(',"id":')
        return f'{before},{head},"id":{after}'
    return _headed(head, text)


def _headed(head: str, text: str) -> str:
    """Return the text of an object that has more members, before its own."""
    return f"{{{head}}}" if text == "{}" else f"{{{head},{text[1:]}"


def _remembering(write: _Write, most: int) -> _Write:
    """Remember what was made of a value, by identity: to compare values takes longer."""
    known: dict[int, tuple[object, str]] = {}

    def write_or_recall(value: Any) -> str:
        found = known.get(id(value))
        if found is None:
            text = write(value)
            if len(known) >= most:
                known.clear()
            # Kept with the value, so that no other one is given its identity.
            found = known[id(value)] = (value, text)
        return found[1]

    return write_or_recall


@partial(_remembering, most=_DIGESTS)
def digest_of(exercise: Exercise) -> str:
    """Return the digest of an exercise, remembered for those that catalogs refer to."""
    return "sha256:" + hashlib.sha256(text_of(exercise, None).encode()).hexdigest()


def _class(cls: Any, order: _Order) -> _Write:
    fields = sorted(fields_of(cls), key=_name) if order is _Order.OF_KEYS else fields_of(cls)
    members = "".join(f"{_member(each)}, " for each in fields)
    # Made as attrs makes its methods, of nothing but the names of fields: a loop takes longer.
    write: _Write = eval(  # noqa: S307
        f"lambda value: '{{' + ''.join(({members}))[1:] + '}}'",
        {f"write_{each.name}": _field(each, order) for each in fields},
    )
    if cls is Exercise:
        return _exercise(write)
    # Most sources are named again and again.
    return _remembering(write, _TEXTS) if all(is_word(each.type) for each in fields) else write


_class_writer = Built(_class)


def _name(field: Field) -> str:
    return field.name


def _field(field: Field, order: _Order) -> _Write:
    """Return the writer of a field; what is not stated is not given to it."""
    alone, _ = without_none(field.type)
    return _writer(alone if field.unstated is None else field.type, order)


def _member(field: Field) -> str:
    """Return the code of the text of one member, which is empty where it is not stated."""
    name = field.name
    written = f"""',"{name}":' + write_{name}"""
    if field.unstated is attrs.NOTHING:
        return f"{written}(value.{name})"
    stated = " is not None" if field.unstated is None else ""
    return f"{written}(member) if (member := value.{name}){stated} else ''"


#: What only the text of a reference begins with.
_REFERENCE = '{"@catalog":'


def _exercise(write_out: _Write) -> _Write:
    def write(exercise: Exercise) -> str:
        catalog = CATALOG_IN_USE.get()
        found = None if catalog is None else catalog.exercise(exercise.id)
        if catalog is None or (found is not exercise and found != exercise):
            return write_out(exercise)
        digest = digest_of(exercise)
        return f'{_REFERENCE}"{catalog.id}","@digest":"{digest}","id":"{exercise.id}"}}'

    return write


def _writer(of: Any, order: _Order) -> _Write:
    """Return the writer of a type."""
    alone, has_none = without_none(of)
    write = _present(alone, order)
    return (lambda value: "null" if value is None else write(value)) if has_none else write


def _present(of: Any, order: _Order) -> _Write:
    """Return the writer of a type without None."""
    if attrs.has(of):
        return _class_writer(of, order)
    if is_enum(of):
        return _enum(of)
    if is_union(of):
        return _union(get_args(of), order)
    if is_tuple(of):
        return _sequence(_writer(get_args(of)[0], order))
    if is_set(of):
        return _set_of_enums if is_enum(get_args(of)[0]) else _set
    if is_mapping(of):
        return _mapping(_writer(get_args(of)[1], order), order)
    others: dict[Any, _Write] = {
        str: encode_basestring,
        int: int.__repr__,
        bool: _bool,
        datetime: _time,
        object: partial(_anything, order),
    }
    return others[of]


def _enum(of: type[Enum]) -> _Write:
    texts = {each.value: encode_basestring(each.value) for each in of}
    # The hash of a member takes longer than that of its value.
    return lambda value: texts[value._value_]


def _union(options: tuple[Any, ...], order: _Order) -> _Write:
    """Tell classes apart by their ``@kind``; the only one, by being an object."""
    classes = [each for each in options if attrs.has(each)]
    if len(classes) < len(options):
        (other,) = (_writer(each, order) for each in options if each not in classes)
        (only,) = classes
        write = _class_writer(only, order)
        return lambda value: (write if type(value) is only else other)(value)
    writers = {cls: _tagged(cls, order) for cls in classes}
    return lambda value: writers[type(value)](value)


def _tagged(cls: Any, order: _Order) -> _Write:
    write, head = _class_writer(cls, order), f'"@kind":"{kind_of(cls)}"'
    return lambda value: _headed(head, write(value))


def _array(texts: Iterable[str]) -> str:
    return f"[{','.join(texts)}]"


def _sequence(write: _Write) -> _Write:
    return lambda value: _array(map(write, value))


def _set(value: Iterable[str]) -> str:
    return _array(map(encode_basestring, sorted(value)))


def _set_of_enums(value: Iterable[Enum]) -> str:
    return _set(map(attrgetter("_value_"), value))


def _mapping(write: _Write, order: _Order) -> _Write:
    def write_entries(value: Mapping[str, Any]) -> str:
        keys = sorted(value, key=in_utf_16) if order is _Order.OF_KEYS else value
        return f"{{{','.join([f'{encode_basestring(key)}:{write(value[key])}' for key in keys])}}}"

    return write_entries


def _anything(order: _Order, value: Any) -> str:
    """Write plain values as they are and values of the model with their kind; refuse the rest."""
    if isinstance(value, tuple):
        return _array([_anything(order, each) for each in value])
    if isinstance(value, Mapping) and all(type(key) is str for key in value):
        return _mapping(partial(_anything, order), order)(value)
    if kind_of(type(value)) is not None:
        return _tagged(type(value), order)(value)
    whole = type(value) is int and abs(value) <= LARGEST
    if value is None or whole or type(value) in {bool, str}:
        return json.dumps(value, ensure_ascii=False)
    raise InvalidValue("dumps", "value", value, "what a document can hold")


def _bool(value: object) -> str:
    return "true" if value else "false"


def _time(value: datetime) -> str:
    return f'"{value.astimezone(UTC).isoformat()}"'
