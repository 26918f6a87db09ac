"""What the pictures share: text that is safe in XML and fits its place, and the colors of actions.

Needs the extra ``figures``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Literal
from unicodedata import category, east_asian_width

import svg

from backex.decision import Action

__all__ = [
    "INK",
    "LEADING",
    "LIGHT",
    "PALE",
    "PAPER",
    "action_in_words",
    "drawn",
    "ink_on",
    "leading",
    "line",
    "paragraph",
    "polygon",
    "safe",
    "shade",
    "text",
    "width_of",
    "wrapped",
]

INK, PALE, LIGHT, PAPER = "#1b1f24", "#59626b", "#e9ecef", "#ffffff"
#: From one line of a paragraph to the next, in small and in usual size.
LEADING = 17
_SHADES = {
    Action.CONTINUE: "#fff8dc",
    Action.HOLD: "#fee391",
    Action.EASE: "#fdbb5a",
    Action.REST: "#f28c33",
    Action.COMFORT: "#d1581b",
    Action.REFER: "#9c2a10",
    Action.REFER_URGENTLY: "#560f06",
}
_DARK = Action.COMFORT
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Shares of the font size, on the wide side, for the font is the reader's.
_WIDE, _NARROW, _DIGIT, _CAPITAL, _SMALL, _FULL = 1.0, 0.42, 0.65, 0.78, 0.63, 1.05


def safe(words: str) -> str:
    """Return words as the content of an XML element; what XML 1.0 cannot hold becomes U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", words), quote=False)


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    bold: bool = False,
    anchor: Literal["start", "middle", "end"] = "start",
    fill: str = INK,
) -> svg.Text:
    """Return one line of text, in which nothing but text can stand."""
    return svg.Text(
        x=x,
        y=y,
        text=safe(words),
        font_size=size,
        font_weight="bold" if bold else "normal",
        text_anchor=anchor,
        fill=fill,
    )


def paragraph(
    x: float,
    y: float,
    lines: Iterable[str],
    *,
    size: int = 13,
    bold: bool = False,
    anchor: Literal["start", "middle", "end"] = "start",
    fill: str = INK,
) -> Iterator[svg.Text]:
    """Return lines of text one under the other, the first with its foot at `y`."""
    for number, each in enumerate(lines):
        below = y + leading(size) * number
        yield text(x, below, each, size=size, bold=bold, anchor=anchor, fill=fill)


def leading(size: int) -> int:
    """Return how far it is from one line of a paragraph to the next."""
    return max(LEADING, round(1.3 * size))


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    stroke: str = INK,
    width: float = 1.2,
    dashes: Sequence[float] = (),
) -> svg.Line:
    """Return a straight line."""
    return svg.Line(
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke=stroke,
        stroke_width=width,
        stroke_dasharray=list(dashes) or None,
    )


def drawn(title: str, width: float, height: float, elements: Iterable[svg.Element]) -> str:
    """Return a whole picture on paper as text."""
    picture = svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, width, height),
        width=width,
        height=height,
        style="font-family: sans-serif",
        elements=[
            svg.Title(text=safe(title)),
            svg.Rect(x=0, y=0, width=width, height=height, fill=PAPER),
            *elements,
        ],
    )
    return picture.as_str() + "\n"


def action_in_words(action: Action) -> str:
    """Return the name of an action as words."""
    return action.value.replace("-", " ")


def shade(action: Action) -> str:
    """Return the color of an action; the greater it is, the darker."""
    return _SHADES[action]


def ink_on(action: Action) -> str:
    """Return the color in which text is read on the color of an action."""
    return INK if action < _DARK else PAPER


def width_of(words: str, size: int = 13) -> float:
    """Return about how wide a line of text is, rather too much than too little."""
    return size * sum(map(_share, words))


def _share(character: str) -> float:
    kind = category(character)
    if kind in {"Mn", "Me", "Cf"}:
        return 0.0
    if east_asian_width(character) in "WF":
        return _FULL
    if character in "mwMW@%…—→":
        return _WIDE
    if character in "iljtfr.,:;'|!()[]- ":
        return _NARROW
    if kind == "Nd":
        return _DIGIT
    if kind in {"Ll", "Lo"}:
        return _SMALL
    return _CAPITAL


def polygon(corners: Iterable[tuple[float, float]], fill: str) -> svg.Polygon:
    """Return a filled shape."""
    return svg.Polygon(points=[svg.Point(x, y) for x, y in corners], fill=fill)


def wrapped(words: str, width: float, *, size: int = 13, bold: bool = False) -> list[str]:
    """Return words as lines of at most that width; what is too long for a line is broken.

    A word breaks after a hyphen where it has one.
    """
    room = width / (1.1 if bold else 1)
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines += _broken(word, room, size)
    return lines


def _broken(word: str, room: float, size: int) -> list[str]:
    pieces = [""]
    for part in re.findall(r"[^-]*-+|[^-]+", word) if width_of(word, size) > room else [word]:
        whole = [part] if width_of(part, size) <= room else part
        for each in whole:
            if width_of(pieces[-1] + each, size) <= room:
                pieces[-1] += each
            else:
                pieces.append(each)
    return [piece for piece in pieces if piece]
