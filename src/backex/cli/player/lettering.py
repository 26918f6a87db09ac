"""Letters of blocks, as large as there is room for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["enlarged"]

_ROWS = 5
#: The dots of each letter, row by row.
_LETTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        letter: tuple(rows.split("/"))
        for letter, rows in {
            "0": "####/#..#/#..#/#..#/####",
            "1": "..#./.##./..#./..#./..#.",
            "2": "####/...#/####/#.../####",
            "3": "####/...#/.###/...#/####",
            "4": "#..#/#..#/####/...#/...#",
            "5": "####/#.../####/...#/####",
            "6": "####/#.../####/#..#/####",
            "7": "####/...#/...#/...#/...#",
            "8": "####/#..#/####/#..#/####",
            "9": "####/#..#/####/...#/####",
            ":": "./#/./#/.",
            " ": "../../../../..",
            "A": ".##./#..#/####/#..#/#..#",
            "D": "###./#..#/#..#/#..#/###.",
            "E": "####/#.../###./#.../####",
            "F": "####/#.../###./#.../#...",
            "G": "####/#.../#.##/#..#/####",
            "H": "#..#/#..#/####/#..#/#..#",
            "I": "###/.#./.#./.#./###",
            "L": "#.../#.../#.../#.../####",
            "M": "#...#/##.##/#.#.#/#...#/#...#",
            "N": "#...#/##..#/#.#.#/#..##/#...#",
            "O": "####/#..#/#..#/#..#/####",
            "P": "####/#..#/####/#.../#...",
            "R": "####/#..#/####/#.#./#..#",
            "S": "####/#.../####/...#/####",
            "T": "#####/..#../..#../..#../..#..",
            "U": "#..#/#..#/#..#/#..#/####",
            "V": "#...#/#...#/.#.#./.#.#./..#..",
            "Y": "#...#/.#.#./..#../..#../..#..",
        }.items()
    }
)
#: A line of a terminal is about twice as high as wide, so it holds two rows of dots.
_HALVES = MappingProxyType({"..": " ", "#.": "▀", ".#": "▄", "##": "█"})


def enlarged(text: str, width: int, height: int) -> str:
    """Return a text in letters of blocks as large as fit, or as it is where none fit.

    Args:
        text: Digits, colons, spaces and those capital letters of which what to do is made.
        width: The columns that there are.
        height: The lines that there are.

    >>> print(enlarged("42", 9, 3))
    █  █ ▀▀▀█
    ▀▀▀█ █▀▀▀
       ▀ ▀▀▀▀
    """
    # Dots that are off stand between the letters.
    rows = [".".join(_LETTERS[letter][row] for letter in text) for row in range(_ROWS)]
    scale = min(width // len(rows[0]), 2 * height // _ROWS)
    if scale < 1:
        return text
    dots = ["".join(dot * scale for dot in row) for row in rows for _ in range(scale)]
    if len(dots) % 2:
        dots.append("." * len(dots[0]))
    return "\n".join(
        "".join(_HALVES[pair[0] + pair[1]] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(dots[::2], dots[1::2], strict=True)
    )
