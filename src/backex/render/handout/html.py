"""A handout as one HTML page that needs nothing else.

Jinja2 escapes whatever is put into the template. A figure is an image of its own, so that nothing
in it can reach the page; the policy of the page allows its style, such images, and nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from backex.render.handout.blocks import Section

__all__ = ["page"]

_SIZES = {"a4": "A4", "letter": "letter"}


def _kind(block: object) -> str:
    return type(block).__name__


def _base64(words: str) -> str:
    return b64encode(words.encode()).decode("ascii")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("backex.render.handout", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(kind=_kind, base64=_base64)
    return environment


_ENVIRONMENT = _environment()


def page(title: str, sections: Sequence[Section], paper: str) -> str:
    """Return a handout as a page to be printed on `paper`."""
    style = _ENVIRONMENT.get_template("handout.css").render(size=_SIZES[paper])
    # The policy names the one style sheet that there is, so that no other one is applied.
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    return _ENVIRONMENT.get_template("handout.html").render(
        title=title,
        sections=sections,
        style=Markup(style),  # noqa: S704 (backex's own, without a word of a document)
        digest=digest,
    )
