"""What brings documents of older versions of the format up to date, before they are structured.

A migration takes an object of one kind, as a plain dict, to what the next version has in its
place. It is about the object's own keys: what they hold is brought up to date after it, by the same
table. It leaves alone what it does not understand, which is refused when it is structured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, get_args

from backex.codec.kinds import FORMAT, KINDS, kind_of
from backex.codec.shapes import fields_of, is_mapping, is_set, is_tuple, is_union

__all__ = ["MIGRATIONS", "Migration", "Migrations", "up_to_date"]

#: Takes an object of a kind, with its ``@kind`` where it has one, to what the next version has.
Migration = Callable[[dict[str, Any]], dict[str, Any]]
#: By the version that they start from, and by the kind as that version calls it.
Migrations = Mapping[int, Mapping[str, Migration]]

#: One entry for each version before `FORMAT` that is still read, even where no kind changed.
MIGRATIONS: Migrations = MappingProxyType({})


def up_to_date(root: dict[str, Any], migrations: Migrations) -> dict[str, Any]:
    """Return the root of a document as the newest version has it.

    `migrations` has the version of the document, and every one from there to the newest.

    >>> def in_full(mass):
    ...     return {"grams" if key == "g" else key: each for key, each in mass.items()}
    >>> up_to_date({"@format": 0, "@kind": "mass", "g": 500}, {0: {"mass": in_full}})
    {'@format': 1, '@kind': 'mass', 'grams': 500}
    """
    version = root.get("@format")
    if type(version) is not int or version == FORMAT:
        return root
    fields = {key: value for key, value in root.items() if key != "@format"}
    steps = [migrations[each] for each in range(version, FORMAT)]
    return {"@format": FORMAT, **_tagged(fields, steps)}


_Steps = list[Mapping[str, Migration]]


def _tagged(value: dict[str, Any], steps: _Steps) -> dict[str, Any]:
    """Bring up an object that names its kind; one of no known kind stays as it is."""
    kind = value.get("@kind")
    return _object(value, kind, steps) if type(kind) is str else value


def _object(value: dict[str, Any], kind: str, steps: _Steps) -> dict[str, Any]:
    for migrations in steps:
        if kind in migrations:
            value = migrations[kind](value)
            kind = value.get("@kind", kind)
    types = {each.name: each.type for each in fields_of(KINDS[kind])} if kind in KINDS else {}
    return {
        key: _held(member, types[key], steps) if key in types else member
        for key, member in value.items()
    }


def _held(value: Any, of: Any, steps: _Steps) -> Any:
    """Bring up what a field of a type holds; what is of no such form stays as it is."""
    if of is object:
        return _anything(value, steps)
    if is_union(of):
        return _chosen(value, get_args(of), steps)
    if is_tuple(of) or is_set(of):
        members = get_args(of)[0]
        return [_held(each, members, steps) for each in value] if type(value) is list else value
    if type(value) is not dict:
        return value
    if is_mapping(of):
        members = get_args(of)[1]
        return {key: _held(each, members, steps) for key, each in value.items()}
    kind = kind_of(of)
    return value if kind is None else _object(value, kind, steps)


def _chosen(value: Any, options: tuple[Any, ...], steps: _Steps) -> Any:
    """Bring up what is of one of several types; of several classes, it names its kind."""
    if type(value) is dict and sum(kind_of(each) is not None for each in options) > 1:
        return _tagged(value, steps)
    for each in options:  # it has the form of one of them at most
        value = _held(value, each, steps)
    return value


def _anything(value: Any, steps: _Steps) -> Any:
    """Bring up the objects that name their kind among values of any form."""
    if type(value) is list:
        return [_anything(each, steps) for each in value]
    if type(value) is not dict:
        return value
    if type(value.get("@kind")) is str:
        return _tagged(value, steps)
    return {key: _anything(each, steps) for key, each in value.items()}
