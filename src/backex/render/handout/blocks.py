"""What a handout is made of: few kinds of blocks, which every form of it writes in its own way.

Whatever a block says is one line of text: a line break or a tab in it is a space here already, so
that no form has to think of what a line might begin with.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import final

from attrs import field, frozen
from attrs.converters import optional

__all__ = [
    "Blanks",
    "Block",
    "Card",
    "Cards",
    "Column",
    "Fact",
    "Facts",
    "Figure",
    "Figures",
    "Form",
    "Mark",
    "Points",
    "Section",
    "Step",
    "Steps",
    "Tone",
    "Words",
    "flat",
    "flat_all",
]


def flat(words: str) -> str:
    r"""Return words as one line, with single spaces.

    >>> flat("one\n\n# two")
    'one # two'
    """
    return " ".join(words.split())


def flat_all(lines: Iterable[str]) -> tuple[str, ...]:
    """Return each of several texts as one line."""
    return tuple(flat(each) for each in lines)


class Tone(Enum):
    """How something is said."""

    PLAIN = "plain"
    #: It must not be missed.
    WARNING = "warning"


class Mark(Enum):
    """What points are about."""

    PLAIN = "plain"
    #: To be done.
    DO = "do"
    #: To be avoided.
    AVOID = "avoid"


@final
@frozen
class Words:
    """A paragraph."""

    #: What it says.
    text: str = field(converter=flat)
    #: How it says it.
    tone: Tone = Tone.PLAIN


@final
@frozen
class Fact:
    """Something named, and what is to be known of it."""

    #: What it is about, such as ``Dose``.
    name: str = field(converter=flat)
    #: What is to be known of it.
    text: str = field(converter=flat)


@final
@frozen
class Facts:
    """Several facts, one below the other."""

    #: In the order of reading.
    facts: tuple[Fact, ...]


@final
@frozen
class Points:
    """Points below a title."""

    #: What they have in common.
    title: str = field(converter=flat)
    #: One line each.
    points: tuple[str, ...] = field(converter=flat_all)
    #: Whether they are to be done or to be avoided.
    mark: Mark = Mark.PLAIN


@final
@frozen
class Figure:
    """A picture as SVG, and in words for those who do not see it."""

    #: The picture.
    svg: str
    #: What it shows.
    words: str = field(converter=flat)


@final
@frozen
class Figures:
    """Pictures side by side."""

    #: From left to right.
    figures: tuple[Figure, ...]


@final
@frozen
class Step:
    """One thing to do."""

    #: What it is for, such as ``Get ready``.
    label: str = field(converter=flat)
    #: What is done.
    text: str = field(converter=flat)
    #: What to see to.
    points: tuple[Points, ...]
    #: None where nothing else is seen than at the step before.
    figure: Figure | None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What to see to, point by point, for forms that have no room for titles."""
        return tuple(Fact(each.title, point) for each in self.points for point in each.points)


@final
@frozen
class Steps:
    """What is done, in order."""

    #: The first one first.
    steps: tuple[Step, ...]
    #: What is to be known of their figures.
    caption: str | None = field(default=None, converter=optional(flat))


@final
@frozen
class Card:
    """Facts that belong together, below a title."""

    #: What they come to.
    title: str = field(converter=flat)
    #: In the order of reading.
    facts: tuple[Fact, ...]


@final
@frozen
class Cards:
    """Cards in the order in which they count."""

    #: The first one counts most.
    cards: tuple[Card, ...]


@final
@frozen
class Blanks:
    """Lines to fill in by pen."""

    #: What is to be filled in, line by line.
    names: tuple[str, ...] = field(converter=flat_all)


@final
@frozen
class Column:
    """A column of a form, or several below one title."""

    #: What is written in it.
    title: str = field(converter=flat)
    #: What stands in a second line of the head. Empty: the column is one.
    parts: tuple[str, ...] = field(default=(), converter=flat_all)


@final
@frozen
class Form:
    """A table to fill in by pen."""

    #: What it is for.
    title: str = field(converter=flat)
    #: From left to right.
    columns: tuple[Column, ...]
    #: How many empty rows it has.
    rows: int


#: What stands in a section.
Block = Words | Facts | Points | Figures | Steps | Cards | Blanks | Form


@final
@frozen
class Section:
    """A part of a handout under a heading."""

    #: Unique within the handout, lowercase ASCII words joined by hyphens.
    id: str
    #: Its heading.
    title: str = field(converter=flat)
    #: What stands below it.
    blocks: tuple[Block, ...]
