"""Provenance: sources, the fields that they support, and the documents that backex cites."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from backex.anatomy import Position, Region
from backex.catalog.upper_back import OBLIQUE_SIT, UPPER_QUARTER_POSTURE
from backex.errors import InvalidValue
from backex.ids import GuidelineId, SourceId
from backex.mappings import FrozenMap
from backex.posture import PostureGuideline
from backex.provenance import (
    SOURCES,
    Source,
    SourceKind,
    distinct_sources,
    sources_by_field,
)
from backex.references import article, derived, library_default

ARTICLE: dict[str, Any] = {
    "id": SourceId("upper-back-article"),
    "title": "Top 3 Upper Back Exercises for Pain Relief",
    "author": "Dr. Bill",
}
BOOK: dict[str, Any] = {"id": SourceId("handbook"), "title": "A Handbook of Backs"}


@pytest.mark.parametrize("kind", [SourceKind.SEED, SourceKind.DERIVED])
def test_what_a_document_states_or_implies_needs_its_place_there(kind: SourceKind) -> None:
    with pytest.raises(InvalidValue) as caught:
        Source(**BOOK, kind=kind)
    assert caught.value == InvalidValue(
        "Source", "locator", None, f"the place in the document for a {kind.value} source"
    )
    assert Source(**BOOK, kind=kind, locator="page 3").locator == "page 3"


@pytest.mark.parametrize(
    "kind", [SourceKind.LITERATURE, SourceKind.LIBRARY_DEFAULT, SourceKind.APP]
)
def test_any_other_source_needs_no_place(kind: SourceKind) -> None:
    assert Source(**BOOK, kind=kind).locator is None


@pytest.mark.parametrize(
    ("particulars", "citation"),
    [
        ({}, "app: A Handbook of Backs"),
        ({"locator": "page 3"}, "app: A Handbook of Backs, page 3"),
        ({"author": "B. Writer"}, "app: A Handbook of Backs, B. Writer"),
        ({"note": "chosen for its size"}, "app: A Handbook of Backs: chosen for its size"),
        (
            {"locator": "page 3", "author": "B. Writer", "note": "chosen"},
            "app: A Handbook of Backs, B. Writer, page 3: chosen",
        ),
    ],
)
def test_a_source_reads_as_a_citation(particulars: dict[str, Any], citation: str) -> None:
    assert str(Source(**BOOK, kind=SourceKind.APP, **particulars)) == citation


def test_the_article_is_cited_once_for_each_fact() -> None:
    assert article("O5", "O17") == (
        Source(**ARTICLE, kind=SourceKind.SEED, locator="O5"),
        Source(**ARTICLE, kind=SourceKind.SEED, locator="O17"),
    )


def test_what_is_derived_cites_each_fact_that_it_follows_from_and_says_how() -> None:
    assert derived("O11", "O17", note="it follows") == (
        Source(**ARTICLE, kind=SourceKind.DERIVED, locator="O11", note="it follows"),
        Source(**ARTICLE, kind=SourceKind.DERIVED, locator="O17", note="it follows"),
    )


def test_a_default_is_the_librarys_and_gives_its_reason() -> None:
    assert library_default("nobody states it") == (
        Source(
            id=SourceId("backex"),
            title="backex",
            kind=SourceKind.LIBRARY_DEFAULT,
            note="nobody states it",
        ),
    )


def _guideline(**stated_by: object) -> PostureGuideline:
    return PostureGuideline(
        id=GuidelineId("tall"),
        title="Tall",
        regions=frozenset({Region.SPINE}),
        cues=(),
        stated_by=stated_by,  # type: ignore[arg-type]
    )


def test_sources_are_kept_by_the_field_that_they_support() -> None:
    stated_by = {"title": article("P5"), "regions": article("P5", "P6")}
    guideline = _guideline(**stated_by)
    assert guideline.stated_by == stated_by
    assert type(guideline.stated_by) is FrozenMap
    assert guideline.sources == article("P5", "P6")


@pytest.mark.parametrize("name", ["tiles", "cue", "stated-by", "_id"])
def test_only_fields_of_the_class_can_have_sources(name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        _guideline(**{"title": article("P5"), name: article("P5")})
    assert caught.value == InvalidValue(
        "PostureGuideline", "stated_by", name, "names of fields of PostureGuideline as keys"
    )


def test_a_source_that_is_none_is_refused_by_field_and_position() -> None:
    with pytest.raises(InvalidValue) as caught:
        _guideline(title=(*article("P5"), "P6"))
    assert caught.value == InvalidValue("PostureGuideline", "stated_by.title[1]", "P6", "a Source")


def test_distinct_sources_are_those_of_all_fields_in_the_order_of_their_names() -> None:
    stated_by = sources_by_field({"b": article("H1", "H2"), "a": article("H3", "H2"), "c": ()})
    assert distinct_sources(stated_by) == article("H3", "H2", "H1")


def test_nothing_stated_has_no_sources() -> None:
    assert distinct_sources({}) == ()


def test_fifty_sources_are_the_most_that_a_value_has() -> None:
    assert SOURCES.violation(article("P1") * 50) is None
    assert SOURCES.violation(article("P1") * 51) is not None


def test_a_changed_field_keeps_the_sources_of_the_others() -> None:
    changed = attrs.evolve(OBLIQUE_SIT, position=Position.PRONE)
    assert changed.stated_by == OBLIQUE_SIT.stated_by


def test_the_guideline_of_the_catalog_says_where_its_plain_fields_come_from() -> None:
    assert UPPER_QUARTER_POSTURE.sources == article("GB5", "P5")
