"""Plain values to values of the model, for documents with which nothing is wrong.

A reader is put together once for each class, from the types and the checks of its fields. It takes
nothing that `backex.codec.reading` does not take, and makes the same value of it; what it does not
take is for the detailed pass to judge. So it keeps neither paths nor messages. What the type of a
field makes sure of is not checked again; every other check of the model is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache, partial
from typing import Any, final, get_args

import attrs
from attrs import Attribute, frozen

from backex.checks import (
    Check,
    Exactly,
    Identifier,
    Integer,
    OneOf,
    Optional,
    SetOf,
    Text,
    TupleOf,
)
from backex.codec.document import CHARACTERS, LARGEST, SURROGATE, VALUES, Plain
from backex.codec.kinds import KINDS, kind_of
from backex.codec.reading import read_time
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
    without_none,
)
from backex.codec.writing import digest_of
from backex.exercise import Exercise
from backex.mappings import FrozenMap

__all__ = ["NESTED", "Read", "Unsure", "below", "is_within", "reader"]

#: Makes a value of a plain one, or raises `Unsure` or what looking into it raises.
Read = Callable[[Plain], Any]

#: How deep conditions, criteria and an app's own data are nested at most, below the field that
#: holds them. All else is nested as deep as the classes are, so that no limit is passed with it.
NESTED = 12
#: How many ids, and how many values of nothing but words, are remembered for each reader.
_REMEMBERED = 1024


@final
class Unsure(Exception):
    """The detailed pass has to decide."""


@final
@frozen
class _Member:
    """How one field of a class is read."""

    name: str
    put: Callable[[Any, Any], None]
    read: Read
    #: What it holds where there is no such key. `attrs.NOTHING` where there has to be one.
    unstated: object
    #: Checks that its reader leaves to be made, once all fields are there.
    checks: tuple[Callable[[Any, Attribute[Any], Any], None], ...]


def _class(cls: Any, tag: str | None = None) -> Read:
    fields = fields_of(cls)
    attributes = attrs.fields(cls)
    members = [_member(cls, *each) for each in zip(fields, attributes, strict=True)]
    known = frozenset(each.name for each in fields) | (set() if tag is None else {"@kind"})
    required = [(m.name, m.put, m.read) for m in members if m.unstated is attrs.NOTHING]
    optional = [
        (m.name, m.put, m.read, m.unstated) for m in members if m.unstated is not attrs.NOTHING
    ]
    checks = [
        (member.name, attribute, check)
        for member, attribute in zip(members, attributes, strict=True)
        for check in member.checks
    ]
    new, finish = cls.__new__, getattr(cls, "__attrs_post_init__", None)

    def read_fields(value: Plain) -> Any:
        if type(value) is not dict:
            return _made(cls, value)
        if not known.issuperset(value):
            raise Unsure
        made = new(cls)
        for name, put, read in required:
            put(made, read(value[name]))
        for name, put, read, unstated in optional:
            put(made, read(value[name]) if name in value else unstated)
        for name, attribute, check in checks:
            check(made, attribute, getattr(made, name))
        if finish is not None:
            finish(made)
        return made

    if cls is Exercise:
        return _exercise(read_fields)
    return _remembering(read_fields) if all(is_word(each.type) for each in fields) else read_fields


#: The reader of a class, or if its kind is given too, of objects that have it as ``@kind``. An
#: instance of the class is returned as it is.
reader: Built = Built(_class)


def _member(cls: Any, field: Field, attribute: Attribute[Any]) -> _Member:
    read, checks = _field(field.type, attribute)
    convert: Any = attribute.converter
    unstated = field.unstated
    return _Member(
        name=field.name,
        put=getattr(cls, field.name).__set__,
        read=_bounded(read) if _begins_cycle(cls, field.type) else read,
        unstated=unstated if convert is None or unstated is attrs.NOTHING else convert(unstated),
        checks=tuple(checks),
    )


def _made(cls: type, value: object) -> object:
    if type(value) is not cls:
        raise Unsure
    return value


def _remembering(read: Read) -> Read:
    """Make one value of equal objects: most sources are named again and again."""
    known: dict[tuple[Any, ...], Any] = {}

    def read_or_recall(value: Plain) -> Any:
        if type(value) is not dict:
            return read(value)
        key = (*value, *value.values())
        found = known.get(key)
        if found is None:
            found = _kept(known, key, read(value))
        return found

    return read_or_recall


def _kept(known: dict[Any, Any], key: object, value: Any) -> Any:
    """Remember a value, and no end of them; return the one that is remembered."""
    if len(known) >= _REMEMBERED:
        known.clear()
    return known.setdefault(key, value)


def _exercise(read: Read) -> Read:
    def read_or_look_up(value: Plain) -> Any:
        if type(value) is not dict or "@catalog" not in value:
            return read(value)
        catalog = CATALOG_IN_USE.get()
        if len(value) != len(("@catalog", "@digest", "id")) or catalog is None:
            raise Unsure
        exercise = catalog.exercise(value["id"])
        names_it = catalog.id == value["@catalog"]
        if exercise is None or not names_it or digest_of(exercise) != value["@digest"]:
            raise Unsure
        return exercise

    return read_or_look_up


def _field(of: Any, attribute: Attribute[Any]) -> tuple[Read, list[Callable[..., None]]]:
    """Return how a field is read, and those of its checks that the reader leaves to be made."""
    validator = attribute.validator
    # What `attrs.validators.and_` makes has no name of its own.
    checks = [] if validator is None else list(getattr(validator, "_validators", (validator,)))
    convert: Any = attribute.converter
    if convert is not None:
        read = _reading(of, None)
        return lambda value: convert(read(value)), checks
    if checks and hasattr(checks[0], "violation"):
        return _reading(of, checks[0]), checks[1:]
    return _reading(of, None), checks


def _reading(of: Any, check: Check | None) -> Read:
    """Return the reader of a type that takes only what a check allows."""
    alone, has_none = without_none(of)
    match check:
        case None if has_none:
            return _or_none(_reading(alone, None))
        case Optional(inner) if has_none:
            return _or_none(_reading(alone, inner))
        case None:
            return _unchecked(alone)
        case Text() | Identifier() if alone is str:
            return _text(check)
        case Integer(low, high) if alone is int:
            return _whole(low, high)
        case Exactly(cls) if alone is cls:
            return _unchecked(alone)
        case OneOf(classes) if is_union(alone) and set(get_args(alone)) <= set(classes):
            return _unchecked(alone)
        case TupleOf(inner, low, high) if is_tuple(alone):
            return _tuple(_reading(get_args(alone)[0], inner), low, high)
        case SetOf(inner, low, high) if is_set(alone):
            return _frozenset(_reading(get_args(alone)[0], inner), low, high)
        case _:
            return _checked(_reading(of, None), check)


def _unchecked(of: Any) -> Read:
    """Return the reader of a type without None, of which nothing else is asked."""
    if is_enum(of):
        return {each.value: each for each in of}.__getitem__
    if attrs.has(of):
        return reader(of)
    if is_union(of):
        return _union(get_args(of))
    if is_tuple(of):
        return _tuple(_reading(get_args(of)[0], None), 0, VALUES)
    if is_mapping(of):
        return _mapping(_reading(get_args(of)[1], None))
    others: dict[Any, Read] = {
        str: _any_text,
        int: _whole(-LARGEST, LARGEST),
        bool: partial(_made, bool),
        datetime: lambda value: read_time(value, datetime),
        object: _anything,
    }
    return others[of]


def _or_none(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _checked(read: Read, check: Check) -> Read:
    def read_and_check(value: Plain) -> Any:
        made = read(value)
        if not check.accepts(made):
            raise Unsure
        return made

    return read_and_check


def _text(check: Text | Identifier) -> Read:
    accepts = check.accepts
    known: dict[str, str] = {}

    def read(value: Plain) -> str:
        if not accepts(value):
            raise Unsure
        text: str = value
        return text

    def read_or_recall(value: Plain) -> str:
        return known.get(value) or _kept(known, value, read(value))

    return read_or_recall if type(check) is Identifier else read


def _any_text(value: Plain) -> str:
    if type(value) is not str or len(value) > CHARACTERS or SURROGATE.search(value):
        raise Unsure
    return value


def _whole(low: int, high: int) -> Read:
    def read(value: Plain) -> int:
        if type(value) is not int or not low <= value <= high:
            raise Unsure
        return value

    return read


def _tuple(read_member: Read, low: int, high: int) -> Read:
    def read(value: Plain) -> tuple[Any, ...]:
        if type(value) is not list or not low <= len(value) <= high:
            raise Unsure
        return tuple(map(read_member, value))

    return read


def _frozenset(read_member: Read, low: int, high: int) -> Read:
    def read(value: Plain) -> frozenset[Any]:
        if type(value) is not list or not low <= len(value) <= high:
            raise Unsure
        members = frozenset(map(read_member, value))
        if len(members) != len(value):
            raise Unsure
        return members

    return read


def _mapping(read_member: Read) -> Read:
    def read(value: Plain) -> FrozenMap[str, Any]:
        if type(value) is not dict:
            raise Unsure
        return FrozenMap({_any_text(key): read_member(each) for key, each in value.items()})

    return read


def _union(options: tuple[Any, ...]) -> Read:
    """Tell classes apart by their ``@kind``; the only one, by being an object."""
    classes = [each for each in options if attrs.has(each)]
    if len(classes) < len(options):
        (other,) = (_reading(each, None) for each in options if each not in classes)
        (only,) = map(reader, classes)
        return lambda value: (only if type(value) is dict else other)(value)
    kinds = {cls: kind_of(cls) for cls in classes}
    readers = {kind: reader(cls, kind) for cls, kind in kinds.items()}
    return lambda value: readers[value["@kind"]](value)


def _anything(value: Plain) -> object:
    if type(value) is list:
        return tuple(map(_anything, value))
    if type(value) is dict:
        kind = value.get("@kind")
        if type(kind) is str:
            fields = {key: each for key, each in value.items() if key != "@kind"}
            return reader(KINDS[kind])(fields)
        return FrozenMap({_any_text(key): _anything(each) for key, each in value.items()})
    if type(value) is int:
        return _whole(-LARGEST, LARGEST)(value)
    return _any_text(value) if type(value) is str else value


def _begins_cycle(cls: Any, of: Any) -> bool:
    """Tell whether a class that cannot hold its own kind has a field for what can, or anything."""
    return cls not in below(cls) and any(
        each is object or each in below(each) for each in _named(of)
    )


def _bounded(read: Read) -> Read:
    def read_if_shallow(value: Plain) -> Any:
        if not is_within(value, NESTED):
            raise Unsure
        return read(value)

    return read_if_shallow


def is_within(value: Plain, levels: int) -> bool:
    """Tell whether a plain value is nested no deeper."""
    if type(value) is dict:
        return levels > 0 and all(is_within(each, levels - 1) for each in value.values())
    if type(value) is list:
        return levels > 0 and all(is_within(each, levels - 1) for each in value)
    return True


def _named(of: Any) -> Iterator[Any]:
    """Yield the classes that a type names, and `object`."""
    alone, _ = without_none(of)
    if attrs.has(alone) or alone is object:
        yield alone
    for each in get_args(alone):
        yield from _named(each)


@cache
def below(cls: Any) -> frozenset[Any]:
    """Return the classes that can stand somewhere below a value of a class, and `object`."""
    found: set[Any] = set()
    following = [cls]
    while following:
        held = {each for one in fields_of(following.pop()) for each in _named(one.type)} - found
        found |= held
        following.extend(held - {object})
    return frozenset(found)
