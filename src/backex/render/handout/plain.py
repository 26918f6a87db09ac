"""A handout as plain text, to be read in a terminal or a mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from backex.render.handout.blocks import (
    Blanks,
    Block,
    Cards,
    Fact,
    Facts,
    Figures,
    Form,
    Mark,
    Points,
    Section,
    Steps,
    Words,
)

__all__ = ["text"]

_WIDTH = 88
_MARKS = {Mark.PLAIN: "=", Mark.DO: "+", Mark.AVOID: "-"}


def text(title: str, sections: Sequence[Section]) -> str:
    """Return a handout as text of at most 88 columns, as far as its words are not longer."""
    lines = [*_underlined(title, "="), ""]
    for section in sections:
        lines += _underlined(section.title, "-")
        for block in section.blocks:
            said = list(_block(block))
            lines += [*said, ""] if said else []
    return "\n".join(lines).rstrip() + "\n"


def _underlined(title: str, line: str) -> list[str]:
    lines = _wrapped("", title)
    return [*lines, line * max(map(len, lines))]


def _block(block: Block) -> Iterator[str]:
    match block:
        case Words():
            yield from _wrapped("", block.text)
        case Facts():
            yield from _facts(block.facts)
        case Points():
            yield from _points(block)
        case Steps():
            yield from _steps(block)
        case Cards():
            yield from _cards(block)
        case Blanks():
            yield from _facts(Fact(name, "_" * 24) for name in block.names)
        case Form():
            yield from _form(block)
        case Figures():
            return
        case _:
            assert_never(block)


def _steps(block: Steps) -> Iterator[str]:
    for number, step in enumerate(block.steps, start=1):
        yield from _wrapped(f"{number:>3}. ", f"{step.label}: {step.text}")
        for points in step.points:
            yield from _points(points, "     ")


def _cards(block: Cards) -> Iterator[str]:
    for number, card in enumerate(block.cards, start=1):
        yield from _wrapped(f"{number:>3}. ", card.title)
        yield from _facts(card.facts, "     ")


def _facts(facts: Iterable[Fact], start: str = "") -> Iterator[str]:
    for fact in facts:
        yield from _wrapped(start, f"{fact.name}: {fact.text}", "  ")


def _points(block: Points, start: str = "") -> Iterator[str]:
    yield from _wrapped(start, f"{block.title}:")
    for point in block.points:
        yield from _wrapped(f"{start}  {_MARKS[block.mark]} ", point)


def _form(form: Form) -> Iterator[str]:
    yield from _wrapped("", f"{form.title}:")
    row = "; ".join(
        f"{column.title} {', '.join(f'{part} ____' for part in column.parts) or '____'}"
        for column in form.columns
    )
    for _ in range(form.rows):
        yield from _wrapped("  ", row, "  ")


def _wrapped(start: str, words: str, further: str = "") -> list[str]:
    return textwrap.wrap(
        words,
        _WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start) + further,
        break_long_words=False,
        break_on_hyphens=False,
    )
