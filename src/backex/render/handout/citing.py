"""Where what a routine says comes from: its sources by document, in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from backex.axes import LevelAxis
from backex.provenance import Source, SourceKind
from backex.render.handout.blocks import Block, Points, Words
from backex.routine import Prescription, Routine

__all__ = ["cited", "source_in_words", "sources_in"]

#: How a source supports what is said.
_HOW = {
    SourceKind.SEED: "stated there",
    SourceKind.LITERATURE: "stated in this publication",
    SourceKind.DERIVED: "derived from it, not stated there",
    SourceKind.LIBRARY_DEFAULT: "a default of backex, which no document states",
    SourceKind.APP: "chosen by the app or its clinician",
}
_NUMBERS = re.compile(r"(\d+)")


def source_in_words(source: Source) -> str:
    """Return how one source supports a statement, such as ``stated there (O5)``."""
    if source.kind in {SourceKind.LIBRARY_DEFAULT, SourceKind.APP}:
        by = "" if source.kind is SourceKind.LIBRARY_DEFAULT else f", {_titled(source)}"
    else:
        by = f": {_titled(source)}"
    place = f" ({source.locator})" if source.locator else ""
    note = f": {source.note}" if source.note else ""
    return f"{_HOW[source.kind]}{by}{place}{note}"


def sources_in(routine: Routine) -> tuple[Source, ...]:
    """Return every source of what a routine says, each once."""
    return tuple(dict.fromkeys(_walked(routine)))


def _walked(value: object) -> Iterator[Source]:
    match value:
        case Source():
            yield value
        case Prescription():
            yield from _of_item(value)
        case tuple() | frozenset():
            for each in value:
                yield from _walked(each)
        case Mapping():
            for each in value.values():
                yield from _walked(each)
        case _ if attrs.has(cls := type(value)):
            for attribute in attrs.fields(cls):
                yield from _walked(getattr(value, attribute.name))
        case _:
            return


def _of_item(item: Prescription) -> Iterator[Source]:
    """Yield the sources of an item as its moves make it: of its axes, those of the moves alone."""
    variant = item.variant
    yield from item.sources
    yield from _walked(item.dose)
    yield from _walked(
        attrs.evolve(item.exercise, steps=variant.steps, contacts=variant.contacts, axes=())
    )
    for axis in item.exercise.axes:
        if any(variant.applies(move) for move in variant.moves_on(axis.id)):
            yield from axis.sources
            levels = axis.levels if isinstance(axis, LevelAxis) else ()
            place = variant.place(axis.id)
            for level in levels:
                yield from level.sources if level.id == place else ()


def cited(routine: Routine) -> Iterator[Block]:
    """Yield the sources of a routine, document by document."""
    documents: dict[str, list[Source]] = {}
    for source in sources_in(routine):
        documents.setdefault(_titled(source), []).append(source)
    if not documents:
        yield Words("No source is stated.")
    for title in sorted(documents, key=_natural):
        yield Points(title, tuple(_supports(documents[title])))


def _titled(source: Source) -> str:
    return f"{source.title}, {source.author}" if source.author else source.title


def _supports(sources: Sequence[Source]) -> Iterator[str]:
    """Yield what one document is cited for, by how it supports that."""
    for kind in SourceKind:
        places: dict[str, list[str]] = {}
        for source in sources:
            if source.kind is kind:
                of_note = places.setdefault(source.note or "", [])
                of_note.extend([source.locator] if source.locator else [])
        if places:
            notes = (_with_places(note, places[note]) for note in sorted(places))
            yield ". ".join([_capitalized(_HOW[kind]), *(each for each in notes if each)]) + "."


def _with_places(note: str, places: Iterable[str]) -> str:
    where = ", ".join(sorted(dict.fromkeys(places), key=_natural))
    return f"{_capitalized(note)} ({where})" if note and where else _capitalized(note) or where


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]


def _natural(words: str) -> list[tuple[int, str]]:
    """Sort numbers in words as numbers."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(words)]
