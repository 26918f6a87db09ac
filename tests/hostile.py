"""Texts that mean something to who reads what is rendered, put everywhere into values.

For tests that a form of output stays what it is, whatever the names in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

import attrs

from backex.checks import IDENTIFIER
from backex.errors import InvalidValue

#: Words that are markup, a formula, a line or a command to some reader.
WORDS = (
    "<b>bold</b> & \"quotes\" 'too'",
    "<script>alert(1)</script>",
    "</text><script>alert(1)</script><text>",
    '" onload="alert(1)',
    "&lt;b&gt; &amp;amp; &#60;",
    "]]> <![CDATA[ <!-- --> <?xml ?> <!DOCTYPE a [<!ENTITY b SYSTEM 'c'>]> &b;",
    "a\ufffeb\uffffc\ud800d\x00e\x01f",
    "\U0001f4aa עברית 背中 боль",
    "[bold red]markup[/] [link=file:a]b[/link] [/bold] \\[c] :warning:",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \x1b]8;;a:b\x1b\\link",
    "=1+1 @SUM(1) +1 -1 |cmd",
    "one\r\ntwo\rthree\n\n====\n\n  ! When pain: continue\n\x0bfour\x0cfive",
    "six\u2028seven\u2029eight\x85nine\x1cten\x1deleven\x1etwelve",
    "DTSTART:20260101\r\nEND:VEVENT",
    "# heading\n- item\n**bold** _italic_ `code` ~~~ ```\n[text](javascript:a) ![b](c) | d |\n---",
    "\\u001b \\n \\x00 %s {0} {} $(a) `b` ${c} {{d}} {% e %}",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200bno\ufeff width\u2060",
)

#: What a line of plain text never holds.
_NEVER_IN_A_LINE = {"Cc", "Cs", "Zl", "Zp"}
_BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
#: Characters that do something; of the two thousand surrogates, the ends of both halves.
_ACTIVE = [
    character
    for character in map(chr, range(0x110000))
    if character < "\x80" or unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Zs"}
] + list("\ud800\udbff\udc00\udfff\ufdd0\ufffe\uffff\U0001fffe\U0010ffff")
#: Sizes, colors, paths, and the names of elements and attributes of a picture.
_PLAIN_VALUE = re.compile(r"[\w .,:;#%()/-]*")
#: Set off by lines of these, a text would look like a heading.
_UNDERLINE = re.compile(r"^[=-]+$", re.MULTILINE)

Value = TypeVar("Value")


def characters(step: int, length: int) -> Iterator[str]:
    """Yield texts of all code points that do something, and of each `step`-th of all others."""
    active = frozenset(_ACTIVE)
    others = [each for each in map(chr, range(0x110000)) if each not in active][::step]
    every = "".join([*_ACTIVE, *others])
    for start in range(0, len(every), length):
        # Neither blank nor at an end, where white space is taken off.
        yield f"<{every[start : start + length]}>"


def holding(value: Value, text: str) -> Value:
    """Return a value that has `text` behind every text of it that can have it there.

    Identifiers stay as they are, unless checks are switched off.
    """
    changed: Any = _holding(value, text, {})
    return changed  # type: ignore[no-any-return]


def _holding(value: Any, text: str, made: dict[int, Any]) -> Any:  # noqa: ANN401 (any field)
    """Return the same; what has been made of values so far is told by their `id`."""
    match value:
        case str() if type(value) is str:
            checked = not attrs.validators.get_disabled()
            return value if checked and IDENTIFIER.accepts(value) else value + text
        case tuple():
            return tuple(_holding(each, text, made) for each in value)
        case frozenset():
            return frozenset(_holding(each, text, made) for each in value)
        case Mapping():
            return {
                _holding(key, text, made): _holding(each, text, made) for key, each in value.items()
            }
        case _ if attrs.has(type(value)):
            if id(value) not in made:
                made[id(value)] = _of_fields(value, text, made)
            return made[id(value)]
        case _:
            return value


def _of_fields(value: Any, text: str, made: dict[int, Any]) -> Any:  # noqa: ANN401 (any class)
    fields = [each.name for each in attrs.fields(type(value)) if each.init]
    held = {name: _holding(getattr(value, name), text, made) for name in fields}
    try:
        return attrs.evolve(value, **held)
    except InvalidValue:  # a name has to be shorter and simpler than a text
        for name in fields:
            value = _with(value, name, held[name])
        return value


def _with(value: Any, name: str, held: object) -> Any:  # noqa: ANN401 (any class)
    """Return a value with another field, or as it was where that is refused."""
    try:
        return attrs.evolve(value, **{name: held})
    except InvalidValue:
        return value


def assert_lines_are_those_of(told: str, plain: str) -> None:
    """Assert that a text has no line but its own, and no character that moves what is shown."""
    assert {*map(unicodedata.category, told.replace("\n", ""))}.isdisjoint(_NEVER_IN_A_LINE)
    assert _BIDIRECTIONAL.isdisjoint(told)
    assert told.splitlines() == told.removesuffix("\n").split("\n")
    assert len(_UNDERLINE.findall(told)) == len(_UNDERLINE.findall(plain))


def parts_of(picture: str) -> set[tuple[str, frozenset[str]]]:
    """Return the sorts of elements of an SVG that holds nothing but elements with plain values."""
    builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
    found = set()
    for element in ET.fromstring(picture, ET.XMLParser(target=builder)).iter():
        # That of a comment is a function.
        assert isinstance(element.tag, str)
        found.add((element.tag, frozenset(element.attrib)))
        for value in element.attrib.values():
            assert _PLAIN_VALUE.fullmatch(value), value
    assert "<!" not in picture
    assert "<?" not in picture
    return found
