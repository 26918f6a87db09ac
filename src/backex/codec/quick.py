"""The quick pass: from text to a value in one go, for documents with which nothing is wrong.

It takes nothing that the detailed pass of `backex.codec.document` and `backex.codec.reading` does
not take, and makes the same value of it. Where it is not sure, for whatever reason, the detailed
pass decides, and says what is wrong and where.

Documents of one app repeat their larger parts. One that was met before is not read again: the same
text, where a value of its class stands, is the same value, which nothing can change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from json import JSONDecoder
from threading import Lock
from typing import Any, Never, final, get_args

from attrs import define, field, frozen

from backex.catalog import Catalog
from backex.codec.document import BYTES, DEPTH, VALUES, Plain
from backex.codec.kinds import FORMAT, KINDS
from backex.codec.problems import Refused
from backex.codec.readers import Unsure, below, is_within, reader
from backex.codec.shapes import CATALOG_IN_USE, fields_of, is_tuple, without_none
from backex.errors import BackexError
from backex.exercise import Exercise
from backex.posture import PostureGuideline
from backex.routine import Prescription, Routine
from backex.stopping import StoppingPolicy

__all__ = ["quickly"]

#: The parts that documents repeat.
_REPEATED = (Prescription, Routine, Exercise, PostureGuideline, StoppingPolicy)
#: What a part begins with tells it from most others; a shorter one is read as fast as it is found.
_BEGINNING = 160
#: How many parts are compared that begin the same.
_ALIKE = 16
#: How many characters the remembered parts have at most, and how many were met at least once.
_CHARACTERS = 2 * 1024 * 1024
_MET = 1 << 16

_HEAD = re.compile(
    r'[ \t\n\r]*\{[ \t\n\r]*"@format"[ \t\n\r]*:[ \t\n\r]*([1-9])[ \t\n\r]*,'
    r'[ \t\n\r]*"@kind"[ \t\n\r]*:[ \t\n\r]*"([a-z-]+)"'
)
_KEY = re.compile(r'[ \t\n\r]*,[ \t\n\r]*"(@?[a-z_]+)"[ \t\n\r]*:[ \t\n\r]*')
_END = re.compile(r"[ \t\n\r]*\}[ \t\n\r]*\Z")
_BEGIN_ARRAY = re.compile(r"\[[ \t\n\r]*(?=\{)")
_COMMA = re.compile(r"[ \t\n\r]*,[ \t\n\r]*(?=\{)")
_END_ARRAY = re.compile(r"[ \t\n\r]*\]")


def quickly(text: object, kinds: Sequence[str], catalog: Catalog | None) -> Any:
    """Return the value that a document of one of `kinds` describes.

    Raises:
        Unsure: the detailed pass has to decide.
    """
    token = CATALOG_IN_USE.set(catalog)
    try:
        reading = _Reading(_within_limits(text), catalog)
        value = reading.document(kinds)
    except (BackexError, Refused, LookupError, TypeError, ValueError, RecursionError):
        raise Unsure from None
    finally:
        CATALOG_IN_USE.reset(token)
    _PARTS.remember(reading.fresh)
    return value


def _within_limits(text: object) -> str:
    """Return text of which no value can pass a limit, but for its depth and the model's own."""
    if type(text) is bytes and len(text) <= BYTES:
        text = text.decode()
    if type(text) is not str or len(text) > BYTES:
        raise Unsure
    # A character takes at most four bytes; a value takes two characters, one of them before it.
    if len(text) > BYTES // 4 and not text.isascii() and len(text.encode()) > BYTES:
        raise Unsure
    if len(text) >= 2 * VALUES and sum(map(text.count, ",[{")) >= VALUES:
        raise Unsure
    return text


def _unique(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Unsure
    return members


def _no_number(text: str) -> Never:
    raise Unsure(text)


_DECODER = JSONDecoder(object_pairs_hook=_unique, parse_float=_no_number, parse_constant=_no_number)


@final
@frozen
class _Part:
    """A part of a document, and the value that it is with a catalog."""

    cls: type
    text: str
    catalog: Catalog | None
    value: Any

    @property
    def beginning(self) -> str:
        return self.text[:_BEGINNING]


@final
@define
class _Reading:
    """One document, and its parts that were not met before."""

    text: str
    catalog: Catalog | None
    fresh: list[_Part] = field(factory=list)

    def document(self, kinds: Sequence[str]) -> Any:
        head = _HEAD.match(self.text)
        root = _DECODER.decode(self.text) if head is None else {}
        if type(root) is not dict:
            raise Unsure
        if head is None:
            version, kind = root.pop("@format"), root.pop("@kind")
        else:
            version, kind = int(head[1]), head[2]
        if type(version) is not int or version != FORMAT or kind not in kinds:
            raise Unsure
        cls = KINDS[kind]
        if head is not None:
            root = self._fields(head.end(), _repeated(cls))
        if cls in below(cls) and not is_within(root, DEPTH):
            raise Unsure
        return reader(cls)(root)

    def _fields(self, position: int, repeated: dict[str, type]) -> dict[str, Plain]:
        fields: dict[str, Plain] = {}
        while key := _KEY.match(self.text, position):
            name = key[1]
            if name in fields:
                raise Unsure
            fields[name], position = self._value(key.end(), repeated.get(name))
        if not _END.match(self.text, position):
            raise Unsure
        return fields

    def _value(self, position: int, part: type | None) -> tuple[Any, int]:
        if part is None:
            return _DECODER.raw_decode(self.text, position)
        if begun := _BEGIN_ARRAY.match(self.text, position):
            return self._parts(begun.end(), part)
        if self.text.startswith("{", position):
            return self._part(position, part)
        return _DECODER.raw_decode(self.text, position)

    def _parts(self, position: int, cls: type) -> tuple[list[Any], int]:
        value, position = self._part(position, cls)
        values = [value]
        while comma := _COMMA.match(self.text, position):
            value, position = self._part(comma.end(), cls)
            values.append(value)
        end = _END_ARRAY.match(self.text, position)
        if end is None:
            raise Unsure
        return values, end.end()

    def _part(self, position: int, cls: type) -> tuple[Any, int]:
        for known in _PARTS.alike(self.text[position : position + _BEGINNING]):
            if (
                known.cls is cls
                and known.catalog is self.catalog
                and self.text.startswith(known.text, position)
            ):
                return known.value, position + len(known.text)
        plain, end = _DECODER.raw_decode(self.text, position)
        value = reader(cls)(plain)
        self.fresh.append(_Part(cls, self.text[position:end], self.catalog, value))
        return value, end


@cache
def _repeated(cls: type) -> dict[str, type]:
    """Return the fields of a class that hold repeated parts, with the class of the parts."""
    found = {}
    for each in fields_of(cls):
        of, _ = without_none(each.type)
        of = get_args(of)[0] if is_tuple(of) else of
        if of in _REPEATED:
            found[each.name] = of
    return found


@final
@define
class _Parts:
    """The parts that were met at least twice, as many as there is room for."""

    by_beginning: dict[str, tuple[_Part, ...]] = field(factory=dict)
    characters: int = 0
    met: set[int] = field(factory=set)
    lock: Any = field(factory=Lock)

    def alike(self, beginning: str) -> tuple[_Part, ...]:
        return self.by_beginning.get(beginning, ())

    def remember(self, parts: Iterable[_Part]) -> None:
        with self.lock:
            for part in parts:
                if len(part.text) > _BEGINNING and self._was_met(part):
                    self._keep(part)

    def _was_met(self, part: _Part) -> bool:
        """Tell whether a part was met before: most are never met again, and not worth the room."""
        mark = hash((part.cls, part.text))
        if mark in self.met:
            return True
        if len(self.met) >= _MET:
            self.met.clear()
        self.met.add(mark)
        return False

    def _keep(self, part: _Part) -> None:
        if self.characters + len(part.text) > _CHARACTERS:
            self.by_beginning.clear()
            self.characters = 0
        *kept, oldest = part, *self.alike(part.beginning)
        if len(kept) < _ALIKE:
            kept.append(oldest)
        else:
            self.characters -= len(oldest.text)
        self.by_beginning[part.beginning] = tuple(kept)
        self.characters += len(part.text)


_PARTS = _Parts()
