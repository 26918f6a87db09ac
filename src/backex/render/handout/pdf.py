"""A handout as printed pages: a tagged PDF by PDF/UA-1, written by typst.

What it says goes to the template as JSON and never as typst code. The fonts are those that come
with typst, so that the bytes do not depend on the machine.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import Enum
from functools import cache
from importlib.resources import files

import attrs
import typst

from backex.render.handout.blocks import Section

__all__ = ["pages"]

_PAPERS = {"a4": "a4", "letter": "us-letter"}
_STANDARD: typst.PDFStandards = ["ua-1"]
_UNPRINTABLE = "\ufffd"
#: Letters that every font has; whether a font has another one is tried out.
_SURELY = frozenset(map(chr, range(0x20, 0x7F)))
_TEMPLATE = files("backex.render.handout").joinpath("templates", "handout.typ").read_bytes()
_PROBE = b'#set document(title: "-", date: none)\n#set text(lang: "en")\n#sys.inputs.data'


def pages(title: str, sections: Sequence[Section], paper: str) -> bytes:
    """Return a handout as a PDF on `paper`."""
    data = {"title": title, "paper": _PAPERS[paper], "sections": _plain(sections), "missing": 0}
    said = json.dumps(data, ensure_ascii=False)
    try:
        return _compiled(_TEMPLATE, said)
    except typst.TypstError:
        # By its standard a page on which a letter is missing is no page.
        missing = _missing(sorted(set(said) - _SURELY))
        said = said.translate(dict.fromkeys(map(ord, missing), _UNPRINTABLE))
        return _compiled(_TEMPLATE, said.replace('"missing": 0', f'"missing": {len(missing)}'))


def _plain(value: object) -> object:
    """Return blocks as what JSON has, each with the name of its kind."""
    if attrs.has(cls := type(value)):
        fields = {each.name: _plain(getattr(value, each.name)) for each in attrs.fields(cls)}
        return {"kind": cls.__name__, **fields}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _compiled(template: bytes, said: str) -> bytes:
    return typst.compile(
        template,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": said},
        format="pdf",
        pdf_standards=_STANDARD,
        timestamp=0,
    )


def _missing(characters: Sequence[str]) -> Sequence[str]:
    """Return those of several characters that no font has, found by halves."""
    try:
        _compiled(_PROBE, " ".join(characters))
    except typst.TypstError:
        if len(characters) == 1:
            return characters
        half = len(characters) // 2
        return [*_missing(characters[:half]), *_missing(characters[half:])]
    return []
