"""The laws of storage, over one value of an app's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from backex.codec import digest, dumps, loads
from backex.errors import DecodeError, InvalidValue
from backex.testing.comparing import difference
from backex.testing.laws import Laws, require

__all__ = ["DocumentLaws"]

#: In how many objects of a document a key is tried, about.
_TRIED = 12


class DocumentLaws(Laws):
    """A value can be stored, loaded and exchanged without losing or changing anything.

    An app that keeps documents elsewhere than in a string overrides `dumped` and `loaded`.
    """

    #: The attributes without which there is nothing to test.
    about: ClassVar[tuple[str, ...]] = ("value",)
    #: What is stored: any value that has a document kind.
    value: ClassVar[Any]
    #: The digest that `value` has. None: not pinned.
    digest: ClassVar[str | None] = None

    def dumped(self, value: object) -> str:
        """Store a value as a document."""
        return dumps(value)

    def loaded(self, text: str) -> object:
        """Load a value of the class of `value`.

        Raises:
            DecodeError: the document is not understood in every part.
        """
        cls: type[object] = type(self.value)
        return loads(text, cls)

    def test_it_is_loaded_as_it_was_stored(self) -> None:
        """What is loaded is what was stored."""
        try:
            text = self.dumped(self.value)
        except InvalidValue as error:
            raise AssertionError(f"it cannot be stored: {error}") from None
        try:
            found = self.loaded(text)
        except DecodeError as error:
            message = f"its document of {len(text)} characters is refused:\n\n{error}"
            raise AssertionError(message) from None
        places = "\n  ".join(difference(found, self.value))
        require(found == self.value, f"what is loaded is not what was stored:\n  {places}")

    def test_its_text_and_digest_stay_the_same(self) -> None:
        """Storing what was loaded gives the same text and digest, with a catalog or without."""
        text = self.dumped(self.value)
        again = self.dumped(self.loaded(text))
        require(again == text, f"stored again, it has another text:\n{text}\n{again}")
        alone: object = loads(dumps(self.value, catalog=None), type(self.value), catalog=None)
        found = (digest(self.loaded(text)), digest(alone))
        expected = digest(self.value)
        require(found == (expected, expected), f"digests {found}, expected {expected}")

    def test_its_digest_is_the_pinned_one(self) -> None:
        """Its digest is the one that the app has pinned, so that it still means the same."""
        found = digest(self.value)
        pinned = self.digest
        require(pinned in {None, found}, f"its digest is {found}, pinned is {pinned}")

    def test_a_document_with_something_unknown_is_refused(self) -> None:
        """A document with a key that means nothing is refused, wherever it stands."""
        text = self.dumped(self.value)
        count = len(list(_objects(json.loads(text))))
        for place in range(0, count, 1 + count // _TRIED):
            document = json.loads(text)
            changed = list(_objects(document))[place]
            changed["no such key"] = 1
            try:
                self.loaded(json.dumps(document))
            except DecodeError:
                continue
            message = f"a key that means nothing is passed over, in {changed!s:.300}"
            raise AssertionError(message)


def _objects(value: object) -> Iterator[dict[str, object]]:
    """Yield the objects whose keys are fields: the root and those in arrays and fields."""
    if isinstance(value, dict):
        if "@kind" in value:
            yield value
        for member in value.values():
            yield from _objects(member)
    elif isinstance(value, list):
        for member in value:
            yield from _objects(member)
