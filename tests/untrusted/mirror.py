"""The classes of the model once more, as structs of msgspec, for a second opinion on documents.

msgspec parses and checks by itself; what the two have in common is the types of the fields and the
bounds that their checks state. What looks at several fields at once has no counterpart there.
"""

from __future__ import annotations

import sys
import unicodedata
from datetime import datetime
from enum import Enum
from functools import cache
from types import ModuleType, NoneType, UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

import attrs
import msgspec
from msgspec import Meta, Struct

from backex import Exercise
from backex.checks import Either, Identifier, Integer, MapOf, Optional, SetOf, Text, TupleOf
from backex.codec import FORMAT, KINDS
from backex.codec.shapes import fields_of

_BIDIRECTIONAL = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_UNPRINTABLE = "".join(
    f"\\u{ord(each):04x}"
    for each in map(chr, range(0x10000))
    if (unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} and each not in "\t\n")
    or unicodedata.bidirectional(each) in _BIDIRECTIONAL
    or each in "\u061c\u200e\u200f"
)
_ZERO_WIDTH = r"\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LINE = rf"\A[^{_UNPRINTABLE}{_ZERO_WIDTH}\t\n]*\Z"
_TEXT = rf"\A(?=[\s\S]*\S)[^{_UNPRINTABLE}]*\Z"
#: What a field is annotated with: a class, a union, a generic alias.
Annotation = Any
_KIND_OF = {cls: kind for kind, cls in KINDS.items()}
#: Where the structs look for each other by name; filled below.
_MODULE = ModuleType("untrusted.mirrored")


def accepts(text: bytes, cls: type) -> bool:
    """Tell whether msgspec takes a document as one of the class's kind."""
    try:
        _decoder(cls).decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return True


class AnExercise:
    """An exercise written out, or a reference to one: no tag tells msgspec which."""


class Reference(Struct, forbid_unknown_fields=True):
    """What stands for an exercise of a catalog."""

    catalog: str = msgspec.field(name="@catalog")
    digest: str = msgspec.field(name="@digest")
    id: str


@cache
def _decoder(cls: type) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(vars(_MODULE)[f"{cls.__name__}Document"], dec_hook=_exercise)


def _exercise(_: type, value: object) -> object:
    refers = isinstance(value, dict) and "@catalog" in value
    struct = Reference if refers else vars(_MODULE)["Exercise"]
    msgspec.convert(value, struct, dec_hook=_exercise)
    return AnExercise()


def _define(cls: type) -> None:
    """Define the struct of a class as it stands in a field, in a union and at the root."""
    fields: list[Any] = []
    validators = {each.name: each.validator for each in attrs.fields(cls)}
    for each in fields_of(cls):
        mirrored = _mirrored(each.type, validators[each.name])
        default = () if each.unstated is attrs.NOTHING else (None,)
        fields.append((each.name, mirrored, *default))
    envelope = ("format_", f"Literal[{FORMAT}]", msgspec.field(name="@format"))
    tag: dict[str, Any] = {"tag": _KIND_OF[cls], "tag_field": "@kind"}
    for suffix, its, more in (
        ("", fields, {}),
        ("Tagged", fields, tag),
        ("Document", [envelope, *fields], tag),
    ):
        name = f"{cls.__name__}{suffix}"
        struct = msgspec.defstruct(
            name, its, module=_MODULE.__name__, kw_only=True, forbid_unknown_fields=True, **more
        )
        setattr(_MODULE, name, struct)


def _mirrored(of: Annotation, check: object) -> str:
    """Return the type of a field with its bounds, to be evaluated among the structs."""
    if isinstance(of, NewType):
        return _mirrored(of.__supertype__, check)
    if isinstance(of, type) and issubclass(of, Enum):
        return f"Literal[{', '.join(repr(each.value) for each in of)}]"
    if of is Exercise:
        return "AnExercise"
    if attrs.has(of):
        return str(of.__name__)
    origin: object = get_origin(of)
    if origin is None:
        return _bounded(_SCALARS[of], _scalar_bounds(check))
    if origin in {Union, UnionType}:
        return _union(of, check)
    if origin in {tuple, frozenset}:
        member = get_args(of)[0]
        if not isinstance(check, TupleOf | SetOf):
            return f"list[{_mirrored(member, None)}]"
        bounds = f"min_length={check.low}, max_length={check.high}"
        return _bounded(f"list[{_mirrored(member, check.check)}]", bounds)
    key, value = get_args(of)
    if not isinstance(check, MapOf):
        return f"dict[str, {_mirrored(value, None)}]"
    both = f"{_mirrored(key, check.key)}, {_mirrored(value, check.value)}"
    return _bounded(f"dict[{both}]", f"max_length={check.high}")


def _union(of: Annotation, check: object) -> str:
    if isinstance(check, Optional):
        check = check.check
    options = [each for each in get_args(of) if each is not NoneType]
    classes = [each for each in options if attrs.has(each)]
    several = len(classes) > 1
    text = check.one if isinstance(check, Either) else check
    mirrored = [
        f"{each.__name__}Tagged" if several and each in classes else _mirrored(each, text)
        for each in options
    ]
    nothing = ["None"] if len(options) < len(get_args(of)) else []
    return " | ".join(mirrored + nothing)


def _scalar_bounds(check: object) -> str:
    match check:
        case Optional():
            return _scalar_bounds(check.check)
        case Identifier():
            return f"max_length={check.limit}, pattern=r'\\A[a-z0-9]+(-[a-z0-9]+)*\\Z'"
        case Text():
            # The bounds of a text are two: what stands in it, and that something does.
            pattern = "LINE" if check.single_line else "TEXT"
            return f"min_length=1, max_length={check.limit}, pattern={pattern}"
        case Integer():
            return f"ge={check.low}, le={check.high}"
        case _:
            return ""


def _bounded(of: str, bounds: str) -> str:
    return f"Annotated[{of}, Meta({bounds})]" if bounds else of


_SCALARS: dict[Any, str] = {
    str: "str",
    int: "int",
    bool: "bool",
    object: "Any",
    datetime: "Annotated[datetime, Meta(tz=True)]",
}
vars(_MODULE).update(
    Annotated=Annotated,
    AnExercise=AnExercise,
    Any=Any,
    LINE=_LINE,
    Literal=Literal,
    Meta=Meta,
    TEXT=_TEXT,
    datetime=datetime,
)
sys.modules[_MODULE.__name__] = _MODULE
for _each in KINDS.values():
    _define(_each)
