"""A handout as a value: what it says, and the forms in which it is written."""

from __future__ import annotations

from enum import Enum
from typing import final

from attrs import field, frozen

from backex.errors import InvalidValue
from backex.render.handout.blocks import Section, flat
from backex.render.handout.content import sections
from backex.routine import Routine

__all__ = ["Handout", "Paper", "handout"]


class Paper(Enum):
    """On what it is printed."""

    #: 210 × 297 mm.
    A4 = "a4"
    #: 8.5 × 11 in.
    LETTER = "letter"


@final
@frozen
class Handout:
    """What a handout says, in order. Equal handouts give equal bytes in every form."""

    #: Its title.
    title: str = field(converter=flat)
    #: Its parts.
    sections: tuple[Section, ...]
    #: On what it is printed.
    paper: Paper = Paper.A4

    def html(self) -> str:
        """Return one page that needs nothing else: no script, no style, no font, no network."""
        from backex.render.handout.html import page  # noqa: PLC0415 (no other form needs Jinja2)

        return page(self.title, self.sections, self.paper.value)

    def pdf(self) -> bytes:
        """Return the printed pages as a tagged PDF, by PDF/UA-1.

        The fonts that come with typst have Latin, Greek, Cyrillic, Hebrew, Arabic and Devanagari
        letters. What they lack becomes U+FFFD, and the first page says so.
        """
        from backex.render.handout.pdf import pages  # noqa: PLC0415 (no other form needs typst)

        return pages(self.title, self.sections, self.paper.value)

    def markdown(self) -> str:
        """Return it as CommonMark with tables; figures are left out."""
        from backex.render.handout.markdown import markdown  # noqa: PLC0415

        return markdown(self.title, self.sections)

    def text(self) -> str:
        """Return it as plain text of at most 88 columns; figures are left out."""
        from backex.render.handout.plain import text  # noqa: PLC0415

        return text(self.title, self.sections)


def handout(routine: Routine, *, paper: Paper = Paper.A4) -> Handout:
    """Return what to give away of a routine: figures, steps, doses, when to stop and a diary.

    A routine with errors is printed too, as a draft that says so; see `backex.validate`.

    Raises:
        InvalidValue: not a `Routine`, or not a `Paper`.
    """
    if type(routine) is not Routine:
        raise InvalidValue("handout", "routine", routine, "a Routine")
    if type(paper) is not Paper:
        raise InvalidValue("handout", "paper", paper, "a Paper")
    return Handout(routine.title, sections(routine), paper)
