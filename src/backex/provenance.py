"""Where a clinical statement comes from.

Every cue, step, effect, target, relation, threshold, progression and dose carries a tuple of
sources. An empty tuple means that nothing was said of its origin, not that it is nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, final

import attrs
from attrs import Attribute, field, frozen

from backex.checks import IDENTIFIER, NAME, TEXT, And, Exactly, MapOf, Optional, TupleOf
from backex.errors import InvalidValue
from backex.ids import SourceId
from backex.mappings import frozen_map

__all__ = [
    "LOCATED",
    "SOURCES",
    "STATED_BY",
    "Source",
    "SourceKind",
    "distinct_sources",
    "sources_by_field",
]


class SourceKind(Enum):
    """How a source supports a value."""

    #: Stated by the document that a catalog was made from.
    SEED = "seed"
    #: Stated by a publication.
    LITERATURE = "literature"
    #: Inferred from what a document states, not stated by it; the locator says from what.
    DERIVED = "derived"
    #: Chosen by backex, because no document states it.
    LIBRARY_DEFAULT = "library-default"
    #: Chosen by the embedding app or its clinician.
    APP = "app"


#: The kinds that point to a place in a document.
LOCATED = frozenset({SourceKind.SEED, SourceKind.DERIVED})


def _needs_locator(instance: Source, attribute: Attribute[Any], value: str | None) -> None:
    if value is None and instance.kind in LOCATED:
        allowed = f"the place in the document for a {instance.kind.value} source"
        raise InvalidValue("Source", attribute.name, value, allowed)


@final
@frozen(kw_only=True)
class Source:
    """One place in one document that supports a value, or the party that chose the value.

    Raises:
        InvalidValue: malformed id, blank or unprintable text, or a seed or derived source without
            its locator.
    """

    #: The document or party.
    id: SourceId = field(validator=IDENTIFIER)
    #: Its title as a person would cite it.
    title: str = field(validator=NAME)
    #: How it supports the value.
    kind: SourceKind = field(validator=Exactly(SourceKind))
    #: One place in it, such as the fact ``"O5"``; several places are several sources.
    locator: str | None = field(default=None, validator=And(Optional(NAME), _needs_locator))
    #: Who wrote it.
    author: str | None = field(default=None, validator=Optional(NAME))
    #: Why it supports the value, where that is not evident: how it was derived, what was chosen.
    note: str | None = field(default=None, validator=Optional(TEXT))

    def __str__(self) -> str:
        """Return a citation in one line."""
        place = f", {self.locator}" if self.locator else ""
        author = f", {self.author}" if self.author else ""
        note = f": {self.note}" if self.note else ""
        return f"{self.kind.value}: {self.title}{author}{place}{note}"


#: The check of every `sources` field.
SOURCES = TupleOf(Exactly(Source), high=50)


def _names_fields(instance: object, attribute: Attribute[Any], value: Mapping[str, object]) -> None:
    cls: type[Any] = type(instance)
    names = {each.name for each in attrs.fields(cls)}
    for name in value:
        if name not in names:
            allowed = f"names of fields of {cls.__name__} as keys"
            raise InvalidValue(cls.__name__, attribute.name, name, allowed)


def sources_by_field(value: Mapping[str, tuple[Source, ...]]) -> Mapping[str, tuple[Source, ...]]:
    """Return a `stated_by` mapping that cannot be changed."""
    return frozen_map(value)


#: The check of every `stated_by` field: sources by the name of the plain field they support.
STATED_BY = And(MapOf(NAME, SOURCES), _names_fields)


def distinct_sources(stated_by: Mapping[str, tuple[Source, ...]]) -> tuple[Source, ...]:
    """Return the sources of all fields in a `stated_by` mapping, each once, by field name."""
    return tuple(dict.fromkeys(source for sources in stated_by.values() for source in sources))
