"""What a single field may hold: small comparable checks that serve as attrs validators.

A check looks at one value only. It is itself a value, so that the storage format can be described
from it and so that `violation_in` can run it again on values that bypassed their constructor.
Combinations of sound values are not checked here but by `backex.validation`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, final

import attrs
from attrs import Attribute, AttrsInstance, frozen

from backex.errors import InvalidValue, key_step
from backex.mappings import FrozenMap

__all__ = [
    "ANYTHING",
    "COUNT",
    "FLAG",
    "IDENTIFIER",
    "NAME",
    "SEVERITY",
    "TEXT",
    "UNLIMITED",
    "And",
    "Anything",
    "AwareTime",
    "Check",
    "Either",
    "Exactly",
    "Flag",
    "Identifier",
    "Integer",
    "Later",
    "MapOf",
    "OneOf",
    "Optional",
    "SetOf",
    "Text",
    "TupleOf",
    "Violation",
    "clipped",
    "field_names",
    "may_hold",
    "own_violation",
    "parts_of",
    "violation_in",
]

#: A fault inside a value: where below the field, the offending value, what is allowed there.
Violation = tuple[str, object, str]
#: The parts of what can hold anything.
ANYTHING: frozenset[type] = frozenset({object})

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SURROGATES = r"\ud800-\udfff"
# Characters stand for themselves: every dialect of regular expressions reads them alike.
# C0 and C1 controls but tab and newline; bidirectional controls; line separators; the two
# noncharacters that no XML can hold.
_UNPRINTABLE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff"
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e01ef"
)
# A name is one line; invisible characters would make two different names look alike.
_NOT_IN_NAMES = f"{_UNPRINTABLE}\t\n{_INVISIBLE}"
_FORBIDDEN_IN_TEXT = re.compile(f"[{_UNPRINTABLE}{_SURROGATES}]")
_FORBIDDEN_IN_NAME = re.compile(f"[{_NOT_IN_NAMES}{_SURROGATES}]")
_VISIBLE = re.compile(rf"[^\s{_INVISIBLE}]")


class Check(Protocol):
    """A validator that can also say what it allows."""

    @property
    def allowed(self) -> str:
        """What is accepted, as the end of the sentence "takes …"."""

    @property
    def parts(self) -> frozenset[type]:
        """The classes of what can stand in an accepted value, but for texts, numbers and flags."""

    def accepts(self, value: object) -> bool:
        """Tell whether nothing is wrong with `value`."""

    def violation(self, value: object) -> Violation | None:
        """Return what is wrong with `value`, or None."""

    def __call__(self, instance: object, attribute: Attribute[Any], value: object) -> None:
        """Raise `InvalidValue` where `value` is not allowed in that field of `instance`."""


class _Check:
    """Turns `violation` into the call that attrs makes; the only inheritance in backex."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def allowed(self) -> str: ...

        def accepts(self, value: object) -> bool: ...

    @property
    def parts(self) -> frozenset[type]:
        return frozenset()

    def violation(self, value: object) -> Violation | None:
        return None if self.accepts(value) else ("", value, self.allowed)

    def __call__(self, instance: object, attribute: Attribute[Any], value: object) -> None:
        found = None if self.accepts(value) else self.violation(value)
        if found is not None:
            where, offending, allowed = found
            name = attribute.name.lstrip("_") + where
            raise InvalidValue(type(instance).__name__, name, offending, allowed)


@final
@frozen
class Text(_Check):
    """Readable text: not blank, no control, bidirectional or surrogate characters."""

    #: Most characters allowed.
    limit: int = 2000
    #: Whether tabs, line breaks and invisible characters are refused as well.
    single_line: bool = False

    @property
    def allowed(self) -> str:
        kind = "a line of text" if self.single_line else "text"
        return f"{kind} of 1 to {self.limit} characters, not blank and without control characters"

    @property
    def visible(self) -> str:
        """A regular expression for a character of which there has to be one."""
        return _VISIBLE.pattern

    @property
    def forbidden(self) -> str:
        """A regular expression for a character that it must not have; surrogates are others."""
        return f"[{_NOT_IN_NAMES if self.single_line else _UNPRINTABLE}]"

    def accepts(self, value: object) -> bool:
        if type(value) is not str or len(value) > self.limit:
            return False
        if value.isascii() and value.isprintable():  # nearly every text; only spaces are invisible
            return not value.isspace() and value != ""
        forbidden = _FORBIDDEN_IN_NAME if self.single_line else _FORBIDDEN_IN_TEXT
        return _VISIBLE.search(value) is not None and forbidden.search(value) is None


@final
@frozen
class Identifier(_Check):
    """Lowercase ASCII words and digits joined by single hyphens."""

    #: Most characters allowed.
    limit: int = 64

    @property
    def allowed(self) -> str:
        return (
            f"an id of at most {self.limit} characters: lowercase letters and digits in words "
            'joined by single hyphens, such as "oblique-sit"'
        )

    @property
    def pattern(self) -> str:
        """A regular expression for the whole of it, but for its length."""
        return _IDENTIFIER.pattern

    def accepts(self, value: object) -> bool:
        return (
            type(value) is str
            and len(value) <= self.limit
            and _IDENTIFIER.fullmatch(value) is not None
        )


@final
@frozen
class Integer(_Check):
    """A whole number between two bounds; neither a float nor a boolean."""

    #: Least value.
    low: int
    #: Greatest value.
    high: int

    @property
    def allowed(self) -> str:
        return f"a whole number from {self.low} to {self.high}"

    def accepts(self, value: object) -> bool:
        return type(value) is int and self.low <= value <= self.high


@final
@frozen
class Flag(_Check):
    """A boolean; no other truthy or falsy value."""

    @property
    def allowed(self) -> str:
        return "True or False"

    def accepts(self, value: object) -> bool:
        return type(value) is bool


@final
@frozen
class Anything(_Check):
    """Any value."""

    @property
    def allowed(self) -> str:
        return "anything"

    @property
    def parts(self) -> frozenset[type]:
        return ANYTHING

    def accepts(self, value: object) -> bool:
        del value
        return True


@final
@frozen
class AwareTime(_Check):
    """A datetime with a time zone."""

    @property
    def allowed(self) -> str:
        return "a datetime with a time zone"

    def accepts(self, value: object) -> bool:
        return type(value) is datetime and value.utcoffset() is not None


@final
@frozen
class Exactly(_Check):
    """An instance of one class (enumerations included), subclasses excluded."""

    #: The class.
    of: type

    @property
    def allowed(self) -> str:
        if issubclass(self.of, Enum):
            return "one of " + ", ".join(f"{self.of.__name__}.{m.name}" for m in self.of)
        return _with_article(self.of.__name__)

    @property
    def parts(self) -> frozenset[type]:
        return frozenset({self.of})

    def accepts(self, value: object) -> bool:
        return type(value) is self.of


@final
@frozen
class OneOf(_Check):
    """An instance of one of several classes, subclasses excluded."""

    #: The classes.
    classes: tuple[type, ...]

    @property
    def allowed(self) -> str:
        return "one of " + ", ".join(cls.__name__ for cls in self.classes)

    @property
    def parts(self) -> frozenset[type]:
        return frozenset(self.classes)

    def accepts(self, value: object) -> bool:
        return type(value) in self.classes


@final
@frozen
class Either(_Check):
    """What one of two checks allows."""

    #: The one check.
    one: Check
    #: The other check.
    other: Check

    @property
    def allowed(self) -> str:
        return f"{self.one.allowed}, or {self.other.allowed}"

    @property
    def parts(self) -> frozenset[type]:
        return self.one.parts | self.other.parts

    def accepts(self, value: object) -> bool:
        return self.one.accepts(value) or self.other.accepts(value)


@final
@frozen
class Optional(_Check):
    """What another check allows, or None for "not stated"."""

    #: The check of what is not None.
    check: Check

    @property
    def allowed(self) -> str:
        return f"{self.check.allowed}, or None"

    @property
    def parts(self) -> frozenset[type]:
        return self.check.parts

    def accepts(self, value: object) -> bool:
        return value is None or self.check.accepts(value)

    def violation(self, value: object) -> Violation | None:
        found = None if value is None else self.check.violation(value)
        if found is None or found[1] is not value:
            return found
        return ("", value, self.allowed)


@final
@frozen
class TupleOf(_Check):
    """A tuple whose members each pass a check."""

    #: The check of each member.
    check: Check
    #: Fewest members.
    low: int = 0
    #: Most members.
    high: int = 200

    @property
    def allowed(self) -> str:
        least = f"at least {self.low} and " if self.low else ""
        return f"a tuple of {least}at most {self.high} members, each {self.check.allowed}"

    @property
    def parts(self) -> frozenset[type]:
        return self.check.parts

    def accepts(self, value: object) -> bool:
        return (
            type(value) is tuple
            and self.low <= len(value) <= self.high
            and all(map(self.check.accepts, value))
        )

    def violation(self, value: object) -> Violation | None:
        if type(value) is not tuple or not self.low <= len(value) <= self.high:
            return ("", value, self.allowed)
        for index, member in enumerate(value):
            found = self.check.violation(member)
            if found is not None:
                return (f"[{index}]{found[0]}", found[1], found[2])
        return None


@final
@frozen
class SetOf(_Check):
    """A frozenset whose members each pass a check."""

    #: The check of each member.
    check: Check
    #: Fewest members.
    low: int = 0
    #: Most members.
    high: int = 200

    @property
    def allowed(self) -> str:
        least = f"at least {self.low} and " if self.low else ""
        return f"a frozenset of {least}at most {self.high} members, each {self.check.allowed}"

    @property
    def parts(self) -> frozenset[type]:
        return self.check.parts

    def accepts(self, value: object) -> bool:
        return (
            type(value) is frozenset
            and self.low <= len(value) <= self.high
            and all(map(self.check.accepts, value))
        )

    def violation(self, value: object) -> Violation | None:
        if type(value) is not frozenset or not self.low <= len(value) <= self.high:
            return ("", value, self.allowed)
        found = (self.check.violation(member) for member in value)
        return min((f for f in found if f is not None), key=repr, default=None)


@final
@frozen
class MapOf(_Check):
    """A mapping whose keys and values each pass a check."""

    #: The check of each key.
    key: Check
    #: The check of each value.
    value: Check
    #: Most entries.
    high: int = 200

    @property
    def allowed(self) -> str:
        return (
            f"a mapping of at most {self.high} entries from {self.key.allowed} "
            f"to {self.value.allowed}"
        )

    @property
    def parts(self) -> frozenset[type]:
        return self.value.parts

    def accepts(self, value: object) -> bool:
        return (
            type(value) is FrozenMap
            and len(value) <= self.high
            and all(map(self.key.accepts, value.keys()))
            and all(map(self.value.accepts, value.values()))
        )

    def violation(self, value: object) -> Violation | None:
        if type(value) is not FrozenMap or len(value) > self.high:
            return ("", value, self.allowed)
        for key, member in value.items():
            found = self.key.violation(key)
            if found is not None:
                return found
            found = self.value.violation(member)
            if found is not None:
                return (f"{key_step(key)}{found[0]}", found[1], found[2])
        return None


@final
@frozen
class Later(_Check):
    """What a check allows that can be named only after the class whose field it is for."""

    #: Returns the check.
    check: Callable[[], Check]

    @property
    def allowed(self) -> str:
        return self.check().allowed

    @property
    def parts(self) -> frozenset[type]:
        return self.check().parts

    def accepts(self, value: object) -> bool:
        return self.check().accepts(value)

    def violation(self, value: object) -> Violation | None:
        return self.check().violation(value)


@final
@frozen
class And:
    """What a check allows, as far as a rule on it and the fields before it agrees."""

    #: The check.
    check: Check
    #: Called as a validator with what the check allows; raises `InvalidValue`.
    rule: Callable[..., None]

    @property
    def parts(self) -> frozenset[type]:
        """The classes of what can stand in an allowed value."""
        return self.check.parts

    def __call__(self, instance: object, attribute: Attribute[Any], value: object) -> None:
        """Raise `InvalidValue` where one of the two refuses `value`."""
        self.check(instance, attribute, value)
        self.rule(instance, attribute, value)


#: For collections that grow with what is reported; the size of documents bounds them.
UNLIMITED = 1_000_000_000
#: One line of text: a name or a title.
NAME = Text(limit=200, single_line=True)
#: Text of any number of lines.
TEXT = Text()
#: An identifier.
IDENTIFIER = Identifier()
#: A count of things that are there: one or more.
COUNT = Integer(1, 1000)
#: A boolean.
FLAG = Flag()
#: A symptom's severity on the numeric rating scale.
SEVERITY = Integer(0, 10)


_COLLECTIONS = (tuple, frozenset, Mapping)


class _Unset:
    """Stands for a field that was never set."""

    def __repr__(self) -> str:
        return "unset"


_UNSET = _Unset()


def violation_in(value: object) -> InvalidValue | None:
    """Return the first fault of any field in or below `value`, as if it were constructed now.

    Constructors check every field once. This finds values that came around them: with attrs'
    validators disabled, through `object.__setattr__`, or out of a tampered pickle.
    """
    if _is_sound(value):
        return None
    found = (own_violation(instance) for instance in _instances(value, {}))
    return next((each for each in found if each is not None), None)


def _is_sound(value: object) -> bool:
    """Tell whether nothing at all is wrong; where it cannot tell, something may be."""
    try:
        return _passes(value, {id(None): None})
    except Exception:  # noqa: BLE001 (a field that is not there, or a check that trips over one)
        return False


def _passes(value: Any, seen: dict[int, Any]) -> bool:  # noqa: ANN401 (any field)
    """Tell whether what is in and below `value` passes its checks, the innermost first."""
    cls: Any = type(value)
    way = _way_through(cls)
    if way is None or way.holding is None:
        members = _members(value)
    else:
        members = [getattr(value, name) for name in way.holding]
    for held in members:
        for member in held if type(held) is tuple else (held,):
            if id(member) not in seen and not _passes(member, seen):
                return False
    seen[id(value)] = value  # kept, so that no other value is given its identity
    if way is None:
        return True
    for name, usual, kind, accepts in way.checked:
        each = getattr(value, name)
        if each is not usual and type(each) is not kind and not accepts(each):
            return False
    for attribute, rule in way.rules:
        rule(value, attribute, getattr(value, attribute.name))
    return True


@final
@frozen
class _Way:
    """How to look through the values of one class with fields."""

    #: The fields that can hold what has fields. None: it is a collection as well.
    holding: tuple[str, ...] | None
    #: The fields that have a check, each with a value that passes and never changes, the class of
    #: which every instance passes, if there is one, and what accepts any other value.
    checked: tuple[tuple[str, object, type | None, Callable[[object], bool]], ...]
    #: What raises an error where fields do not fit together.
    rules: tuple[tuple[Attribute[Any], Callable[..., None]], ...]


@lru_cache(maxsize=512)
def _way_through(cls: Any) -> _Way | None:  # noqa: ANN401 (any class)
    if not attrs.has(cls):
        return None
    checked: list[tuple[str, object, type | None, Callable[[object], bool]]] = []
    rules: list[tuple[Attribute[Any], Callable[..., None]]] = []
    for each in attrs.fields(cls):
        check = each.validator
        if isinstance(check, And):
            rules.append((each, check.rule))
            check = check.check
        if isinstance(check, _Check):
            stated = check.check if isinstance(check, Optional) else check
            kind = stated.of if isinstance(stated, Exactly) else None
            checked.append((each.name, _usual(check, each.default), kind, stated.accepts))
        elif check is not None:
            rules.append((each, check))
    holding = [name for name, parts in parts_of(cls).items() if any(map(_can_hold, parts))]
    return _Way(
        holding=None if issubclass(cls, _COLLECTIONS) else tuple(holding),
        checked=tuple(checked),
        rules=tuple(rules),
    )


def _usual(check: Check, default: object) -> object:
    if isinstance(check, Optional):
        return None
    return default if check.accepts(default) and not isinstance(default, Mapping) else _UNSET


def _can_hold(cls: Any) -> bool:  # noqa: ANN401 (any class)
    return cls is object or _of_class(cls)[1]


def own_violation(instance: AttrsInstance) -> InvalidValue | None:
    """Return the first fault of the fields of `instance` itself, as if it were constructed now."""
    for attribute in attrs.fields(type(instance)):
        validator: Callable[..., None] | None = attribute.validator
        if validator is None:
            continue
        value = getattr(instance, attribute.name, _UNSET)
        if value is _UNSET:
            return InvalidValue(type(instance).__name__, attribute.name, value, "a value")
        try:
            validator(instance, attribute, value)
        except InvalidValue as error:
            return error
        except Exception:  # noqa: BLE001 (a check may trip over a broken field beside it)
            name = type(instance).__name__
            return InvalidValue(name, attribute.name, value, "what it was built with")
    return None


def _instances(value: Any, seen: dict[int, Any]) -> Iterator[AttrsInstance]:  # noqa: ANN401 (any field)
    """Yield what has fields in and below `value`, the innermost first, and nothing twice."""
    for member in _members(value):
        if id(member) not in seen and may_hold(member):
            yield from _instances(member, seen)
    seen[id(value)] = value  # kept, so that no other value is given its identity
    if attrs.has(type(value)):
        yield value


def _members(value: Any) -> Iterable[Any]:  # noqa: ANN401 (whatever a field holds)
    """Return what a value holds: its members, its entries' values or what is in its fields."""
    if isinstance(value, tuple | frozenset):
        return value
    if isinstance(value, Mapping):
        return value.values()
    return [getattr(value, name, None) for name in field_names(value)]


@lru_cache(maxsize=512)
def parts_of(cls: Any) -> Mapping[str, frozenset[type]]:  # noqa: ANN401 (any class)
    """Return for each field of a class the classes of what can be in it; `object`: anything."""
    fields: tuple[Attribute[Any], ...] = attrs.fields(cls) if attrs.has(cls) else ()
    return {each.name: getattr(each.validator, "parts", ANYTHING) for each in fields}


def field_names(value: object) -> tuple[str, ...]:
    """Return the names of the fields that a value has, none where its class is no attrs class."""
    cls: Any = type(value)
    return _of_class(cls)[0]


def may_hold(value: object) -> bool:
    """Tell whether a value has fields, or can have values in it that have."""
    cls: Any = type(value)
    return _of_class(cls)[1]


@lru_cache(maxsize=512)
def _of_class(cls: Any) -> tuple[tuple[str, ...], bool]:  # noqa: ANN401 (any class)
    if attrs.has(cls):
        return tuple(each.name for each in attrs.fields(cls)), True
    return (), issubclass(cls, _COLLECTIONS)


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def clipped(text: str) -> str:
    """Return text that was put together from others, cut to the length that a field takes."""
    return text if len(text) <= TEXT.limit else text[: TEXT.limit - 1] + "…"
