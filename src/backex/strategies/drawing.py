"""What the strategies draw with: choices by position, names that differ, short text.

Drawing by position from a few prepared strategies is fast, shrinks to the first choice, and never
has to throw anything away: what must differ is made to differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from backex.ids import SourceId
from backex.provenance import LOCATED, Source, SourceKind
from backex.quantities import Span

__all__ = [
    "below",
    "chance",
    "drawn",
    "inserted",
    "name",
    "names",
    "part",
    "pick",
    "place",
    "replaced",
    "said",
    "several",
    "some",
    "sources",
    "span",
]

T = TypeVar("T")

#: No axis that is built in has so short a name, and none of these words has a hyphen.
_WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=4)
# Of several scripts and lengths in UTF-8, and few: choosing among all characters takes long.
_TEXTS = st.text("0123456789abcdefghijklmnopqrstuvwxyz.,-/ÄéßñЖλあ漢🙂", min_size=1, max_size=8)
_KINDS = tuple(SourceKind)


# Not `composite` itself on what takes an exercise or a catalog, whose repr would be its own.
@st.composite
def drawn(draw: st.DrawFn, make: Callable[[st.DrawFn], T]) -> T:
    """Return what a function draws."""
    return make(draw)


def part(draw: st.DrawFn, make: Callable[[st.DrawFn], T]) -> T:
    """Return what a function draws, as a part that is taken out whole when a value is shrunk."""
    return draw(drawn(make))


def several(
    draw: st.DrawFn, make: Callable[[st.DrawFn, list[T]], T], *, least: int = 0, most: int = 3
) -> tuple[T, ...]:
    """Draw from `least` to `most` parts, each made knowing those before it."""
    found: list[T] = []

    def one_more(draw: st.DrawFn) -> bool:
        # In one part with what it decides on, so that shrinking takes out both.
        more = len(found) < least or below(draw, 3) > 0
        if more:
            found.append(make(draw, found))
        return more

    while len(found) < most and part(draw, one_more):
        pass
    return tuple(found)


@cache
def _numbers(limit: int) -> st.SearchStrategy[int]:
    return st.integers(0, limit - 1)


def below(draw: st.DrawFn, limit: int) -> int:
    """Draw a whole number from 0 up to `limit`, which is left out."""
    return draw(_numbers(limit)) if limit > 1 else 0


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """Draw one of `options`, of which there is at least one; the first is the simplest."""
    return options[below(draw, len(options))]


def chance(draw: st.DrawFn, of: int = 2) -> bool:
    """Draw whether something happens that does so about once in `of` times; it is simpler not."""
    return below(draw, of) == of - 1


def some(draw: st.DrawFn, options: Sequence[T], *, least: int = 0, most: int = 2) -> list[T]:
    """Draw from `least` to `most` of `options` that stand next to each other, in their order."""
    most = min(most, len(options))
    count = min(least, most) + below(draw, most - min(least, most) + 1)
    start = below(draw, len(options) - count + 1) if count else 0
    return list(options[start : start + count])


def place(draw: st.DrawFn, sequence: Sequence[object]) -> int:
    """Draw where to insert something in `sequence`."""
    return below(draw, len(sequence) + 1)


def inserted(draw: st.DrawFn, sequence: Sequence[T], *new: T) -> tuple[T, ...]:
    """Return `sequence` with each of `new` at a drawn place."""
    found = list(sequence)
    for each in new:
        found.insert(place(draw, found), each)
    return tuple(found)


def replaced(sequence: Sequence[T], index: int, new: T) -> tuple[T, ...]:
    """Return `sequence` with another member at `index`."""
    return (*sequence[:index], new, *sequence[index + 1 :])


def names(draw: st.DrawFn, count: int) -> list[str]:
    """Draw ids that differ."""
    return list(_distinct([draw(_WORDS) for _ in range(count)]))


def name(draw: st.DrawFn, taken: Sequence[str]) -> str:
    """Draw an id that is none of those taken."""
    word = draw(_WORDS)
    while word in taken:
        word += "-x"
    return word


def _distinct(words: Sequence[str]) -> Iterator[str]:
    for index, word in enumerate(words):
        yield f"{word}-{index}" if word in words[:index] else word


def said(draw: st.DrawFn) -> str:
    """Draw a line of text."""
    return draw(_TEXTS)


def sources(draw: st.DrawFn) -> tuple[Source, ...]:
    """Draw where something comes from: mostly nothing is said of it."""
    if not chance(draw, 8):
        return ()
    kind = pick(draw, _KINDS)
    located = kind in LOCATED or chance(draw)
    return (
        Source(
            id=SourceId(name(draw, ())),
            title=said(draw),
            kind=kind,
            locator=said(draw) if located else None,
        ),
    )


def span(draw: st.DrawFn, low: int, high: int) -> Span:
    """Draw a range between two bounds, which may be open at one end."""
    form, first = divmod(below(draw, 4 * (high - low + 1)), high - low + 1)
    first += low
    match form:
        case 0:
            return Span.of(first)
        case 1:
            return Span(first, first + below(draw, high - first + 1))
        case 2:
            return Span(first, None)
        case _:
            return Span(None, first)
