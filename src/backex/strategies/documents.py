"""Documents that `backex.codec.loads` refuses for exactly one reason, for every code it has.

Each is the document of a sound value with one fault put into it, at a drawn place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NewType, final, get_args

import attrs
from attrs import frozen
from hypothesis import strategies as st

from backex.catalog.upper_back import CATALOG
from backex.codec import FORMAT, KINDS, Code, dumps, log_line
from backex.codec.migrating import MIGRATIONS
from backex.codec.shapes import fields_of, is_enum, is_mapping
from backex.errors import InvalidValue, key_step
from backex.plan import Plan
from backex.strategies.drawing import below, chance, drawn, name, names, pick, some
from backex.strategies.exercises import a_stance, a_variant, an_exercise
from backex.strategies.routines import a_routine
from backex.strategies.stopping import a_policy, a_report
from backex.symptoms import PAIN, SymptomReport

__all__ = ["FaultyDocument", "violating_documents"]

#: What JSON can hold.
Plain = Any


@final
@frozen(kw_only=True)
class FaultyDocument:
    """What `loads(document.content, document.type)` refuses, and with which problem.

    One of BX022 is a log, which `recover(document.content)` refuses.
    """

    #: The text, or bytes.
    content: str | bytes
    #: The class that it is to be loaded as; that of the entries, for a log.
    type: type
    #: The code of the one problem.
    code: str
    #: Where that problem is.
    path: str


@final
@frozen
class _Place:
    """Where a member stands in a document."""

    path: str
    holder: Plain
    step: str | int
    #: Whether it is an entry of a mapping, whose keys are anything.
    is_entry: bool

    @property
    def member(self) -> Plain:
        return self.holder[self.step]

    @property
    def below(self) -> str:
        """Its path."""
        key = f"[{self.step}]" if isinstance(self.step, int) else key_step(self.step)
        return self.path + key


#: What an injector returns: the content, and where the problem is.
_Faulty = tuple[str | bytes, str]
_Injector = Callable[[st.DrawFn, dict[str, Plain]], _Faulty]

#: What makes a document refused in exactly the way of a code.
_REFUSED: dict[str, _Injector] = {}

# Stands for what JSON text holds and no plain value can.
_ANYTHING = "⟪anything⟫"
_MOST_BYTES = 256 * 1024
_MOST_VALUES = 20_000
_MOST_CHARACTERS = 2_000
_DEEPEST = 32
_OLDEST = min(MIGRATIONS, default=FORMAT)
#: Kinds of JSON values, of which no field takes one and another.
_NOT_IN_ITS_PLACE = {str: 7, list: 7, dict: 7, int: "7", bool: "7", type(None): "7"}
_NOT_WHOLE = ("1.5", "1e3", "NaN", "-Infinity", "9007199254740992", "1" * 30)


def _refused_as(code: Code) -> Callable[[_Injector], _Injector]:
    def kept(injector: _Injector) -> _Injector:
        _REFUSED[code.value] = injector
        return injector

    return kept


def _violating_document(draw: st.DrawFn, code: str) -> FaultyDocument:
    if code == Code.DAMAGED_LOG.value:
        return _damaged_log(draw)
    value = _value(draw, referring=code in _OF_REFERENCES)
    cls: type = type(value)
    document = json.loads(dumps(value, catalog=CATALOG if code in _OF_REFERENCES else None))
    content, path = _REFUSED[code](draw, document)
    if code == Code.OTHER_KIND.value:
        cls = pick(draw, [each for each in KINDS.values() if each is not cls])
    return FaultyDocument(content=content, type=cls, code=code, path=path)


def violating_documents(code: str | Code) -> st.SearchStrategy[FaultyDocument]:
    """Return documents that `backex.codec.loads` refuses with one problem, which has that code.

    They are documents of policies, exercises, routines and plans with one fault at a drawn place;
    `path` says where. For BX022 they are logs, which `backex.codec.recover` refuses.

    Raises:
        InvalidValue: no document has such a code.

    >>> from backex import DecodeError
    >>> from backex.codec import loads
    >>> bad = violating_documents("BX016").example()  # doctest: +SKIP
    >>> loads(bad.content, bad.type)  # doctest: +SKIP
    Traceback (most recent call last):
    backex.errors.DecodeError: BX016 at $.added: no key is called "added" here
    """
    value = code.value if isinstance(code, Code) else code
    if value not in _CODES:
        raise InvalidValue("violating_documents", "code", value, "one of " + ", ".join(_CODES))
    return drawn(lambda draw: _violating_document(draw, value))


_CODES = tuple(code.value for code in Code)
_OF_REFERENCES = frozenset({Code.UNKNOWN_REFERENCE.value, Code.OTHER_DIGEST.value})


def _value(draw: st.DrawFn, *, referring: bool) -> object:
    stance = a_stance(draw)
    kind = below(draw, 4)
    if kind == 0 and not referring:
        return a_policy(draw, name(draw, ()))
    exercises = (
        some(draw, CATALOG.exercises, least=1, most=3)
        if referring
        else [an_exercise(draw, stance, id) for id in names(draw, 1 + below(draw, 2))]
    )
    if kind == 1 and not referring:
        return exercises[0]
    variants = [a_variant(draw, each) for each in exercises]
    routine = a_routine(draw, None if referring else stance, variants, warnings=True)
    return Plan(routine=routine) if chance(draw, 3) else routine


# Documents.


@cache
def _maps() -> frozenset[str]:
    """Return the names of the fields that hold mappings."""
    found = (each for cls in KINDS.values() for each in fields_of(cls))
    return frozenset(each.name for each in found if is_mapping(each.type))


@cache
def _always_there() -> frozenset[str]:
    """Return the names of fields that may be missing in no class."""
    fields = [each for cls in KINDS.values() for each in fields_of(cls)]
    optional = {each.name for each in fields if each.unstated is not attrs.NOTHING}
    return frozenset(each.name for each in fields) - optional


@cache
def _choices() -> frozenset[str]:
    """Return the names of fields that hold one of several names, whatever the class."""
    offered = [
        (each.name, {each.type, *get_args(each.type)})
        for cls in KINDS.values()
        for each in fields_of(cls)
    ]
    chosen = {name for name, options in offered if any(map(is_enum, options))}
    written = {
        name
        for name, options in offered
        if any(of is str or isinstance(of, NewType) for of in options)
    }
    return frozenset(chosen - written)


def _places(value: Plain, path: str = "$", *, entries: bool = False) -> Iterator[_Place]:
    """Yield every place of a document below `value`, but those of its envelope."""
    if isinstance(value, dict):
        for key, member in value.items():
            if path == "$" and key.startswith("@"):
                continue
            place = _Place(path, value, key, entries)
            yield place
            yield from _places(member, place.below, entries=not entries and key in _maps())
    elif isinstance(value, list):
        for index, member in enumerate(value):
            place = _Place(path, value, index, entries)
            yield place
            yield from _places(member, place.below)


def _objects(document: dict[str, Plain]) -> list[tuple[str, dict[str, Plain]]]:
    """Return what describes a value of some class, the document itself first, with its path."""
    found = [("$", document)]
    for each in _places(document):
        is_map = not each.is_entry and each.step in _maps()
        if isinstance(each.member, dict) and not is_map:
            found.append((each.below, each.member))
    return found


def _text(document: Plain) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _instead(draw: st.DrawFn, document: dict[str, Plain], text: str) -> _Faulty:
    """Return the document with JSON text in place of a drawn value."""
    place = pick(draw, list(_places(document)))
    place.holder[place.step] = _ANYTHING
    return _text(document).replace(f'"{_ANYTHING}"', text), place.below


@_refused_as(Code.NOT_ALLOWED)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    unfit = {"id": "No Id", "name": " ", "title": "\t", "text": "\n"}
    places = [
        each
        for each in _places(document)
        if each.step in unfit and type(each.member) is str and not each.is_entry
    ]
    place = pick(draw, places)
    place.holder[place.step] = unfit[str(place.step)]
    return _text(document), place.below


@_refused_as(Code.NOT_JSON)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    text = _text(document)
    return text[: below(draw, len(text))], "$"


@_refused_as(Code.NOT_TEXT)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    text = _text(document)
    if chance(draw, 3):
        return f"\ufeff{text}", "$"
    content = text.encode()
    at = below(draw, len(content) + 1)
    return content[:at] + b"\xff" + content[at:], "$"


@_refused_as(Code.TOO_LARGE)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    text = _text(document) + " " * _MOST_BYTES
    return (text.encode(), "$") if chance(draw) else (text, "$")


@_refused_as(Code.TOO_DEEP)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    place = pick(draw, list(_places(document)))
    depth = _depth(document, place) + 1
    levels = _DEEPEST - depth + 1
    more = 1 + below(draw, 20)
    inner: Plain = 0
    for _ in range(levels + more):
        inner = [inner]
    place.holder[place.step] = inner
    return _text(document), place.below + "[0]" * levels


def _depth(value: Plain, place: _Place) -> int:
    """Return how deep the holder of a place is nested in `value`, which counts as one."""
    found, level = 1, [value]
    while not any(each is place.holder for each in level):
        found += 1
        below_it = (each.values() if isinstance(each, dict) else each for each in level)
        level = [m for members in below_it for m in members if isinstance(m, dict | list)]
    return found


@_refused_as(Code.TOO_MANY)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    place = pick(draw, list(_places(document)))
    place.holder[place.step] = [0] * (_MOST_VALUES + below(draw, 100))
    return _text(document), "$"


@_refused_as(Code.DUPLICATE_KEY)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    places = [each for each in _places(document) if isinstance(each.step, str)]
    place = pick(draw, places)
    place.holder[_ANYTHING] = None
    key = json.dumps(place.step, ensure_ascii=False)
    return _text(document).replace(f'"{_ANYTHING}"', key), place.below


@_refused_as(Code.NOT_WHOLE)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    return _instead(draw, document, pick(draw, _NOT_WHOLE))


@_refused_as(Code.BAD_STRING)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    long = "a" * (_MOST_CHARACTERS + 1 + below(draw, 100))
    return _instead(draw, document, f'"{long}"' if chance(draw) else r'"\ud800"')


@_refused_as(Code.NO_ENVELOPE)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    key = pick(draw, ("@format", "@kind"))
    match below(draw, 3):
        case 0:
            del document[key]
        case 1:
            document[key] = None
        case _:
            return _text([document]), "$"
    return _text(document), "$"


@_refused_as(Code.UNKNOWN_FORMAT)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    document["@format"] = pick(draw, (FORMAT + 1 + below(draw, 100), _OLDEST - 1, -1))
    return _text(document), "$.@format"


@_refused_as(Code.UNKNOWN_KIND)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    document["@kind"] = f"{name(draw, ())}-added"
    return _text(document), "$.@kind"


@_refused_as(Code.OTHER_KIND)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    del draw
    return _text(document), "$.@kind"


@_refused_as(Code.WRONG_TYPE)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    place = pick(draw, list(_places(document)))
    place.holder[place.step] = _NOT_IN_ITS_PLACE[type(place.member)]
    return _text(document), place.below


@_refused_as(Code.MISSING_KEY)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    needed = {"@kind", *_always_there()}
    places = [each for each in _places(document) if each.step in needed and not each.is_entry]
    place = pick(draw, places)
    del place.holder[place.step]
    return _text(document), place.below


@_refused_as(Code.UNKNOWN_KEY)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    path, holder = pick(draw, _objects(document))
    holder["added"] = None
    return _text(document), f"{path}.added"


@_refused_as(Code.UNKNOWN_CHOICE)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    chosen = {"@kind", *_choices()}
    places = [
        each
        for each in _places(document)
        if each.step in chosen and type(each.member) is str and not each.is_entry
    ]
    place = pick(draw, places)
    place.holder[place.step] = f"{name(draw, ())}-added"
    return _text(document), place.below


def _references(document: dict[str, Plain]) -> list[tuple[str, dict[str, Plain]]]:
    return [(path, holder) for path, holder in _objects(document) if "@catalog" in holder]


@_refused_as(Code.UNKNOWN_REFERENCE)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    path, reference = pick(draw, _references(document))
    key = pick(draw, ("@catalog", "id"))
    reference[key] = f"{name(draw, ())}-added"
    return _text(document), f"{path}.{key}"


@_refused_as(Code.OTHER_DIGEST)
def _(draw: st.DrawFn, document: dict[str, Plain]) -> _Faulty:
    path, reference = pick(draw, _references(document))
    digest = reference["@digest"]
    at = below(draw, len(digest))
    changed = digest[:at] if chance(draw, 3) else f"{digest[:at]}-{digest[at + 1 :]}"
    reference["@digest"] = changed
    return _text(document), f"{path}.@digest"


# Logs.


def _damaged_log(draw: st.DrawFn) -> FaultyDocument:
    """Draw a log of which a line is changed, missing or there twice, and never only torn off."""
    count = 2 + below(draw, 5)
    lines = [log_line(each, a_report(draw, [PAIN], each + 1)) for each in range(count)]
    # Behind the last line nothing shows that it is missing.
    at = below(draw, count - 1)
    match below(draw, 4):
        case 0:
            del lines[at]
        case 1:
            at += 1
            lines.insert(at, lines[at - 1])
        case 2:
            lines[at] = b"\n"
        case _:
            line = lines[at].rstrip()
            cut = below(draw, len(line))
            lines[at] = line[:cut] + bytes([line[cut] ^ 1]) + line[cut + 1 :] + b"\n"
    return FaultyDocument(
        content=b"".join(lines),
        type=SymptomReport,
        code=Code.DAMAGED_LOG.value,
        path=f"[{at}]",
    )
