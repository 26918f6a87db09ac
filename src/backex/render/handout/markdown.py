r"""A handout as Markdown: CommonMark with tables.

What it says is escaped, so that it is read as words and as nothing else, whether or not a reader
also knows tables, struck text or bare links.

>>> escaped("1. *not* a [list](x)")
'1\\. \\*not\\* a \\[list\\](x)'
"""

from __future__ import annotations

import re
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
    Points,
    Section,
    Steps,
    Words,
)

__all__ = ["escaped", "markdown"]

#: What means something anywhere or where a block begins, and what makes a link of an address.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&@=^$]|^[-+]|^\d+[.)]|\.(?=\w)|:(?=[\w/])")


def escaped(words: str) -> str:
    """Return one line of words such that Markdown reads them as they are."""
    return _SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", words)


def markdown(title: str, sections: Sequence[Section]) -> str:
    """Return a handout as Markdown."""
    parts = [f"# {escaped(title)}"]
    for section in sections:
        parts.append(f"## {escaped(section.title)}")
        parts += ["\n".join(lines) for block in section.blocks if (lines := list(_block(block)))]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Words():
            yield escaped(block.text)
        case Facts():
            yield from _facts(block.facts)
        case Points():
            yield from _points(block)
        case Steps():
            yield from _steps(block)
        case Cards():
            yield from _cards(block)
        case Blanks():
            yield from _facts(Fact(name, "_" * 12) for name in block.names)
        case Form():
            yield from _form(block)
        case Figures():
            return
        case _:
            assert_never(block)


def _points(block: Points) -> Iterator[str]:
    yield f"**{escaped(block.title)}**"
    yield ""
    yield from (f"- {escaped(point)}" for point in block.points)


def _steps(block: Steps) -> Iterator[str]:
    for number, step in enumerate(block.steps, start=1):
        start = f"{number}. "
        yield f"{start}*{escaped(step.label)}:* {escaped(step.text)}"
        yield from _facts(step.facts, " " * len(start))


def _cards(block: Cards) -> Iterator[str]:
    for number, card in enumerate(block.cards, start=1):
        start = f"{number}. "
        yield f"{start}**{escaped(card.title)}**"
        yield from _facts(card.facts, " " * len(start))


def _facts(facts: Iterable[Fact], start: str = "") -> Iterator[str]:
    for fact in facts:
        yield f"{start}- **{escaped(fact.name)}:** {escaped(fact.text)}"


def _form(form: Form) -> Iterator[str]:
    heads = [
        escaped(f"{column.title} {part}".rstrip())
        for column in form.columns
        for part in column.parts or [""]
    ]
    yield f"**{escaped(form.title)}**"
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    yield from ["|   " * len(heads) + "|"] * form.rows
