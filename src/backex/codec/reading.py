"""Plain values to values of the model, by the types of the model's fields.

cattrs finds the hook for a type; the hooks are exact: no type is turned into another, no key is
passed over, and a key may be missing only where that means "not stated" (None or empty).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from enum import Enum
from itertools import islice
from types import NoneType
from typing import Any, TypeVar, get_args

import attrs
import cattrs

from backex.catalog import Catalog
from backex.checks import own_violation
from backex.codec.document import Plain, shown, suggestion, type_name
from backex.codec.kinds import KINDS, kind_of
from backex.codec.problems import LIMIT, Code, Refused
from backex.codec.shapes import (
    CATALOG_IN_USE,
    TIME,
    fields_of,
    is_enum,
    is_mapping,
    is_set,
    is_tuple,
    is_union,
    referring_to,
)
from backex.codec.writing import digest_of
from backex.errors import InvalidValue, Problem, key_step
from backex.exercise import Exercise
from backex.mappings import FrozenMap

__all__ = ["read_time", "structured"]

T = TypeVar("T")
_Structure = Callable[[Plain, Any], Any]

#: Most choices that a message lists.
_LISTED = 12
_TIME = re.compile(TIME)


def structured(fields: dict[str, Plain], cls: type[T], catalog: Catalog | None) -> T:
    """Return the value of class `cls` that plain `fields` describe.

    Raises:
        Refused: something in them is not understood or not allowed.
    """
    with referring_to(catalog):
        try:
            value: T = _CONVERTER.get_structure_hook(cls)(fields, cls)
        except Refused as refused:
            raise Refused(refused.below("$")) from None
    return value


def _expected(what: str, value: Plain) -> Refused:
    said = f" {shown(value)}" if type(value) is str else ""
    return Refused.at("", Code.WRONG_TYPE, f"expected {what}, found {type_name(value)}{said}")


def _exactly(cls: type, what: str) -> _Structure:
    def structure(value: Plain, _: object) -> Plain:
        if type(value) is not cls:
            raise _expected(what, value)
        return value

    return structure


def _enum(cls: type[Enum]) -> _Structure:
    members = {member.value: member for member in cls}

    def structure(value: Plain, _: object) -> Enum:
        if type(value) is not str:
            raise _expected("a string", value)
        if value not in members:
            message = (
                f"expected {_one_of(members)}; found {shown(value)}{suggestion(value, members)}"
            )
            raise Refused.at("", Code.UNKNOWN_CHOICE, message)
        return members[value]

    return structure


def _one_of(offered: Collection[str]) -> str:
    """Return what a field offers, or how much where that would fill a screen."""
    few = len(offered) <= _LISTED
    return f"one of {', '.join(offered)}" if few else f"one of its {len(offered)} names"


def read_time(value: Plain, _: object) -> datetime:
    """Return the time that a plain value states.

    Raises:
        Refused: it is no text, or states no time with its zone.
    """
    if type(value) is not str:
        raise _expected("a time as a string", value)
    try:
        time = datetime.fromisoformat(value) if _TIME.fullmatch(value) else None
    except ValueError:
        time = None
    if time is None:
        message = f'expected a time such as "2026-01-31T08:00:00+00:00", found {shown(value)}'
        raise Refused.at("", Code.NOT_ALLOWED, message)
    return time


def _members(structure: _Structure, of: Any, value: list[Plain]) -> list[Any]:
    members: list[Any] = []
    problems: list[Problem] = []
    for index, member in enumerate(value):
        try:
            members.append(structure(member, of))
        except Refused as refused:
            problems.extend(refused.below(f"[{index}]"))
            if len(problems) >= LIMIT:
                break
    if problems:
        raise Refused(problems)
    return members


def _tuple(of: Any, converter: cattrs.Converter) -> _Structure:
    (member, _) = get_args(of)
    hook = converter.get_structure_hook(member)

    def structure(value: Plain, _: object) -> tuple[Any, ...]:
        if type(value) is not list:
            raise _expected("an array", value)
        return tuple(_members(hook, member, value))

    return structure


def _frozenset(of: Any, converter: cattrs.Converter) -> _Structure:
    (member,) = get_args(of)
    hook = converter.get_structure_hook(member)

    def structure(value: Plain, _: object) -> frozenset[Any]:
        if type(value) is not list:
            raise _expected("an array", value)
        members = _members(hook, member, value)
        if len(set(members)) != len(members):
            raise Refused.at("", Code.NOT_ALLOWED, "expected each member once")
        return frozenset(members)

    return structure


def _mapping(of: Any, converter: cattrs.Converter) -> _Structure:
    _, member = get_args(of)
    hook = converter.get_structure_hook(member)

    def structure(value: Plain, _: object) -> FrozenMap[str, Any]:
        if type(value) is not dict:
            raise _expected("an object", value)
        entries: dict[str, Any] = {}
        problems: list[Problem] = []
        for key, each in value.items():
            try:
                entries[key] = hook(each, member)
            except Refused as refused:
                problems.extend(refused.below(key_step(key)))
                if len(problems) >= LIMIT:
                    break
        if problems:
            raise Refused(problems)
        return FrozenMap(entries)

    return structure


def _anything(value: Plain, _: object) -> object:
    """Take plain values as they are, in forms that cannot be changed, and values by their kind."""
    if type(value) is list:
        return tuple(_members(_anything, object, value))
    if type(value) is not dict:
        return value
    if type(value.get("@kind")) is str:
        return _tagged(value, KINDS, _CONVERTER)
    return FrozenMap({key: _anything(each, _) for key, each in value.items()})


def _union(of: Any, converter: cattrs.Converter) -> _Structure:
    """Take None and text as such; tell several classes apart by their ``@kind``."""
    options = [each for each in get_args(of) if each is not NoneType]
    classes = [each for each in options if attrs.has(each)]
    others = [each for each in options if not attrs.has(each)]
    optional = len(options) < len(get_args(of))
    tagged = {str(kind_of(cls)): cls for cls in classes} if len(classes) > 1 else {}

    def structure(value: Plain, _: object) -> Any:
        if value is None and optional:
            return None
        if others and not (classes and type(value) is dict):
            return converter.get_structure_hook(others[0])(value, others[0])
        if not tagged:
            return converter.get_structure_hook(classes[0])(value, classes[0])
        return _tagged(value, tagged, converter)

    return structure


def _tagged(value: Plain, tagged: Mapping[str, type], converter: cattrs.Converter) -> Any:
    offered = _one_of(tagged).removeprefix("one of ")
    if type(value) is not dict:
        raise _expected(f"an object of kind {offered}", value)
    kind = value.get("@kind")
    if "@kind" not in value:
        raise Refused.at(".@kind", Code.MISSING_KEY, f"expected this key: one of {offered}")
    if type(kind) is not str:
        raise Refused(_expected(f"one of {offered}", kind).below(".@kind"))
    if kind not in tagged:
        message = f"expected one of {offered}; found {shown(kind)}{suggestion(kind, tagged)}"
        raise Refused.at(".@kind", Code.UNKNOWN_CHOICE, message)
    fields = {key: each for key, each in value.items() if key != "@kind"}
    return converter.get_structure_hook(tagged[kind])(fields, tagged[kind])


def _class(cls: Any, converter: cattrs.Converter) -> _Structure:
    fields = fields_of(cls)
    names = {each.name for each in fields}
    required = {each.name for each in fields if each.unstated is attrs.NOTHING}
    kind = kind_of(cls)

    def structure(value: Plain, _: object) -> Any:
        if type(value) is not dict:
            raise _expected(f"an object: {kind}", value)
        problems = [_missing(name) for name in sorted(required - value.keys())]
        unknown = (key for key in value if key not in names)
        problems += [_unknown(key, names) for key in islice(unknown, LIMIT)]
        given: dict[str, Any] = {}
        for each in fields:
            if each.name in value:
                try:
                    hook = converter.get_structure_hook(each.type)
                    given[each.name] = hook(value[each.name], each.type)
                except Refused as refused:
                    problems.extend(refused.below(f".{each.name}"))
        if problems:
            raise Refused(problems)
        return _constructed(cls, given)

    return structure


def _constructed(cls: Any, given: dict[str, Any]) -> Any:
    try:
        value = cls(**given)
    except InvalidValue as error:
        raise _not_allowed(error) from None
    # The checks hold even where an app has switched off the validators of attrs.
    broken = own_violation(value) if attrs.validators.get_disabled() else None
    if broken is not None:
        raise _not_allowed(broken)
    return value


def _not_allowed(error: InvalidValue) -> Refused:
    message = f"expected {error.allowed}; found {error.value}"
    return Refused.at(f".{error.field}", Code.NOT_ALLOWED, message)


def _missing(name: str) -> Problem:
    return Problem(Code.MISSING_KEY.value, f".{name}", "expected this key, which is missing")


def _unknown(key: str, names: set[str]) -> Problem:
    message = f"no key is called {shown(key)} here{suggestion(key, names)}"
    return Problem(Code.UNKNOWN_KEY.value, key_step(key), message)


def _exercise(cls: Any, converter: cattrs.Converter) -> _Structure:
    written_out = _class(cls, converter)

    def structure(value: Plain, _: object) -> Exercise:
        if type(value) is dict and "@catalog" in value:
            return _referred(value)
        exercise: Exercise = written_out(value, cls)
        return exercise

    return structure


def _referred(reference: dict[str, Plain]) -> Exercise:
    expected = {"@catalog", "@digest", "id"}
    problems = [_missing(name) for name in sorted(expected - reference.keys())]
    unknown = (key for key in reference if key not in expected)
    problems += [_unknown(key, expected) for key in islice(unknown, LIMIT)]
    for key in sorted(expected & reference.keys()):
        if type(reference[key]) is not str:
            problems += _expected("a string", reference[key]).below(f".{key}")
    if problems:
        raise Refused(problems)
    catalog = CATALOG_IN_USE.get()
    if catalog is None or catalog.id != reference["@catalog"]:
        known = "none" if catalog is None else shown(catalog.id)
        message = f"expected catalog {known}, found {shown(reference['@catalog'])}"
        raise Refused.at(".@catalog", Code.UNKNOWN_REFERENCE, message)
    exercise = catalog.exercise(reference["id"])
    if exercise is None:
        ids = [each.id for each in catalog.exercises]
        hint = suggestion(reference["id"], ids) or f"; it has {', '.join(ids)}"
        message = f'catalog "{catalog.id}" has no exercise {shown(reference["id"])}{hint}'
        raise Refused.at(".id", Code.UNKNOWN_REFERENCE, message)
    if digest_of(exercise) != reference["@digest"]:
        message = f'"{exercise.id}" of catalog "{catalog.id}" has changed since this was written'
        raise Refused.at(".@digest", Code.OTHER_DIGEST, message)
    return exercise


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=False)
    for cls, what in ((str, "a string"), (int, "a whole number"), (bool, "true or false")):
        converter.register_structure_hook(cls, _exactly(cls, what))
    converter.register_structure_hook_func(lambda of: of is datetime, read_time)
    converter.register_structure_hook_func(lambda of: of is object, _anything)
    converter.register_structure_hook_factory(is_enum, _enum)
    # Those registered last are asked first.
    for applies, factory in (
        (is_tuple, _tuple),
        (is_set, _frozenset),
        (is_mapping, _mapping),
        (is_union, _union),
        (attrs.has, _class),
        (lambda of: of is Exercise, _exercise),
    ):
        converter.register_structure_hook_factory(applies, factory)
    return converter


_CONVERTER = _converter()
