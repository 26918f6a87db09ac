"""JSON text to plain values: limits, duplicate keys, numbers and the document's envelope.

What leaves `parsed` holds dicts with unique keys, lists, strings, whole numbers, booleans and
None, nested and numerous within bounds; what they mean is for `backex.codec.reading`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, final

from attrs import define, field

from backex.codec.kinds import FORMAT, KINDS
from backex.codec.migrating import MIGRATIONS, Migrations, up_to_date
from backex.codec.problems import LIMIT, Code, Refused
from backex.errors import Problem, key_step

__all__ = [
    "BYTES",
    "CHARACTERS",
    "DEPTH",
    "LARGEST",
    "SURROGATE",
    "VALUES",
    "Plain",
    "in_utf_16",
    "parsed",
    "shown",
    "suggestion",
    "type_name",
]

#: What JSON can hold once it is parsed.
Plain = Any

#: The most that a document may have: bytes, levels, values, and characters of one string.
BYTES = 256 * 1024
DEPTH = 32
VALUES = 20_000
CHARACTERS = 2_000
_DIGITS = 18
#: The greatest whole number that every reader of JSON keeps.
LARGEST = 2**53 - 1
_SHOWN = 64
#: What stands in a string without its pair.
SURROGATE = re.compile("[\ud800-\udfff]")


def in_utf_16(key: str) -> bytes:
    """Return what RFC 8785 sorts a key by, its UTF-16 code units."""
    return key.encode("utf-16-be", "surrogatepass")


def parsed(
    text: str | bytes, kinds: Sequence[str], migrations: Migrations = MIGRATIONS
) -> tuple[str, dict[str, Plain]]:
    """Return the kind of a document, which must be one of `kinds`, and its fields.

    A document of an older version is brought up to date by `migrations`.

    Raises:
        Refused: the text is no document of those kinds within the limits.
    """
    decoded = _decoded(_as_text(text))
    _check_version(decoded, migrations)
    root = _checked(decoded)
    if type(root) is not dict:
        message = f"expected an object with @format and @kind, found {type_name(root)}"
        raise Refused.at("$", Code.NO_ENVELOPE, message)
    root = up_to_date(root, migrations)
    _check_envelope(root, kinds)
    fields = {key: value for key, value in root.items() if key not in {"@format", "@kind"}}
    return root["@kind"], fields


def suggestion(name: str, offered: object) -> str:
    """Return a question that names what was probably meant, or nothing.

    >>> suggestion("prome", ["prone", "supine"])
    '; did you mean "prone"?'
    """
    close = get_close_matches(name[:CHARACTERS], [str(each) for each in _listed(offered)], n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def _listed(offered: object) -> list[object]:
    return list(offered) if isinstance(offered, Mapping | list | tuple | set | frozenset) else []


def type_name(value: Plain) -> str:
    """Return the JSON type of a parsed value."""
    names = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
    return "null" if value is None else names.get(type(value), "a number")


def _as_text(text: str | bytes) -> str:
    if type(text) is not str and type(text) is not bytes:
        message = f"expected str or bytes, found {type(text).__name__}"
        raise Refused.at("$", Code.NOT_TEXT, message)
    if len(text) > BYTES or len(_as_bytes(text)) > BYTES:
        message = f"expected at most {BYTES} bytes; split it into several documents"
        raise Refused.at("$", Code.TOO_LARGE, message)
    if type(text) is str:
        return text
    try:
        return _as_bytes(text).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"expected UTF-8, found another byte at offset {error.start}"
        raise Refused.at("$", Code.NOT_TEXT, message) from None


def _as_bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


@final
@define
class _Number:
    """A number that no field takes."""

    text: str


#: An object, whose keys may stand in it twice: nothing else in JSON becomes a tuple.
_Object = tuple[tuple[str, Plain], ...]


def _whole(text: str) -> int | _Number:
    if len(text) > _DIGITS:
        return _Number(text)
    number = int(text)
    return number if abs(number) <= LARGEST else _Number(text)


def _decoded(text: str) -> Plain:
    if text.startswith("\ufeff"):
        raise Refused.at("$", Code.NOT_TEXT, "expected text without a byte order mark")
    try:
        return json.loads(
            text,
            object_pairs_hook=tuple,
            parse_int=_whole,
            parse_float=_Number,
            parse_constant=_Number,
        )
    except json.JSONDecodeError as error:
        message = f"expected JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise Refused.at("$", Code.NOT_JSON, message) from None
    except RecursionError:
        raise Refused.at("$", Code.TOO_DEEP, _too_deep()) from None


def _too_deep() -> str:
    return f"expected values nested at most {DEPTH} deep"


def _check_version(root: Plain, migrations: Migrations) -> None:
    """Refuse a format that is not known by its version alone, whatever else is new in it."""
    pairs: _Object = root if type(root) is tuple else ()
    for key, version in pairs:
        if key == "@format" and type(version) is int and version not in {FORMAT, *migrations}:
            message = f"expected format {FORMAT}, found {version}; a newer backex may read it"
            raise Refused.at("$.@format", Code.UNKNOWN_FORMAT, message)


def _checked(root: Plain) -> Plain:
    walk = _Walk()
    tree = walk.checked(root, "$", 1)
    if walk.problems:
        raise Refused(walk.problems)
    return tree


@final
@define
class _Walk:
    """One pass over a parsed document that counts, measures and turns it into plain values."""

    problems: list[Problem] = field(factory=list)
    count: int = 0

    def checked(self, value: Plain, path: str, depth: int) -> Plain:
        self.count += 1
        if self.count > VALUES:
            raise Refused.at("$", Code.TOO_MANY, f"expected at most {VALUES} values")
        if type(value) is tuple:
            return self._object(value, path, depth)
        if type(value) is list:
            self._measure(path, depth)
            return [
                self.checked(member, f"{path}[{index}]", depth + 1)
                for index, member in enumerate(value)
            ]
        if type(value) is str:
            self._string(value, path)
        elif type(value) is _Number:
            found = value.text if len(value.text) <= _DIGITS else f"{value.text[:_DIGITS]}…"
            self._report(path, Code.NOT_WHOLE, f"expected a whole number, found {found}")
        return value

    def _object(self, pairs: _Object, path: str, depth: int) -> dict[str, Plain]:
        self._measure(path, depth)
        members: dict[str, Plain] = {}
        for key, value in pairs:
            below = path + key_step(key)
            self._string(key, below)
            if key in members:
                self._report(below, Code.DUPLICATE_KEY, "expected each key once")
            members[key] = self.checked(value, below, depth + 1)
        return members

    def _measure(self, path: str, depth: int) -> None:
        if depth > DEPTH:
            raise Refused.at(path, Code.TOO_DEEP, _too_deep())

    def _string(self, text: str, path: str) -> None:
        if len(text) > CHARACTERS:
            message = f"expected at most {CHARACTERS} characters, found {len(text)}"
            self._report(path, Code.BAD_STRING, message)
        elif SURROGATE.search(text):
            self._report(path, Code.BAD_STRING, "expected no surrogate without its pair")

    def _report(self, path: str, code: Code, message: str) -> None:
        if len(self.problems) < LIMIT:
            self.problems.append(Problem(code.value, path, message))


def shown(text: str) -> str:
    """Return text in quotes for a message: shortened, and with nothing that does not print."""
    cut = text[:_SHOWN]
    printed = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
    # What does not print takes up to ten characters for one.
    is_whole = len(text) <= _SHOWN and len(printed) <= _SHOWN
    return f'"{printed}"' if is_whole else f'"{printed[:_SHOWN]}…"'


def _check_envelope(root: dict[str, Plain], kinds: Sequence[str]) -> None:
    version, found = root.get("@format"), root.get("@kind")
    if type(version) is not int or type(found) is not str:
        message = 'expected "@format" (a number) and "@kind" (a string)'
        raise Refused.at("$", Code.NO_ENVELOPE, message)
    if found not in KINDS:
        message = f"no kind is called {shown(found)}{suggestion(found, KINDS)}"
        raise Refused.at("$.@kind", Code.UNKNOWN_KIND, message)
    if found not in kinds:
        expected = " or ".join(map(shown, kinds))
        message = f"expected kind {expected}, found {shown(found)}"
        raise Refused.at("$.@kind", Code.OTHER_KIND, message)
