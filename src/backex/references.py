"""The documents and parties that backex itself cites.

Kept apart from what cites them: the catalog, the rules and the stopping presets all refer here.
"""

from __future__ import annotations

from backex.ids import SourceId
from backex.provenance import Source, SourceKind

__all__ = ["article", "derived", "library_default"]

_ARTICLE_ID = SourceId("upper-back-article")
_ARTICLE_TITLE = "Top 3 Upper Back Exercises for Pain Relief"
_ARTICLE_AUTHOR = "Dr. Bill"


def article(*facts: str) -> tuple[Source, ...]:
    """Return one source for each fact that the upper-back article states.

    >>> [str(source) for source in article("O5")]
    ['seed: Top 3 Upper Back Exercises for Pain Relief, Dr. Bill, O5']
    """
    return tuple(_article(fact, SourceKind.SEED, None) for fact in facts)


def derived(*facts: str, note: str) -> tuple[Source, ...]:
    """Return one source for each fact of the article that a value is inferred from, and how."""
    return tuple(_article(fact, SourceKind.DERIVED, note) for fact in facts)


def library_default(note: str) -> tuple[Source, ...]:
    """Return the source of a value that backex chose, with the reason for it."""
    return (
        Source(
            id=SourceId("backex"),
            title="backex",
            kind=SourceKind.LIBRARY_DEFAULT,
            note=note,
        ),
    )


def _article(fact: str, kind: SourceKind, note: str | None) -> Source:
    return Source(
        id=_ARTICLE_ID,
        title=_ARTICLE_TITLE,
        author=_ARTICLE_AUTHOR,
        kind=kind,
        locator=fact,
        note=note,
    )
