"""What can be wrong with a document, and the exception that carries it up to the root."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Self, final

from backex.errors import Problem, shortened

__all__ = ["LIMIT", "Code", "Refused"]

#: Most problems reported of one document.
LIMIT = 20


class Code(Enum):
    """The codes of the ``BX0xx`` family that a document can raise, each with what it means."""

    _value_: str
    #: What is wrong with the document, as a sentence.
    meaning: str

    # A member is looked up by its code alone, so type checkers must not ask for the meaning.
    def __new__(cls, code: str, meaning: str = "") -> Self:
        """Return a member whose value is its code."""
        member = object.__new__(cls)
        member._value_ = code
        member.meaning = meaning
        return member

    NOT_ALLOWED = "BX001", "A value is not allowed in its field."
    NOT_JSON = "BX002", "The text is not JSON."
    NOT_TEXT = (
        "BX003",
        "It is no text, or bytes that are not UTF-8 without a byte order mark.",
    )
    TOO_LARGE = "BX004", "The document is larger than 256 KiB."
    TOO_DEEP = "BX005", "Values are nested deeper than 32 levels."
    TOO_MANY = "BX006", "There are more than 20,000 values."
    DUPLICATE_KEY = "BX007", "An object has a key twice."
    NOT_WHOLE = "BX008", "A number is not whole, not finite or beyond 2**53 - 1."
    BAD_STRING = (
        "BX009",
        "A string is longer than 2,000 characters, or has half of a surrogate pair.",
    )
    NO_ENVELOPE = "BX010", "The root has no format version or kind."
    UNKNOWN_FORMAT = "BX011", "The format version is newer than this backex, or none."
    UNKNOWN_KIND = "BX012", "No kind of document has that name."
    OTHER_KIND = "BX013", "The document is of another kind than was asked for."
    WRONG_TYPE = "BX014", "A value has another JSON type than its field takes."
    MISSING_KEY = "BX015", "A key is missing."
    UNKNOWN_KEY = "BX016", "A key is not known."
    UNKNOWN_CHOICE = "BX017", "A name is not among those that a field offers."
    UNKNOWN_REFERENCE = "BX018", "A reference leads to no catalog or exercise."
    OTHER_DIGEST = "BX019", "A reference names another digest than the exercise has."
    DAMAGED_LOG = "BX022", "A line of a log is damaged or out of sequence."


@final
class Refused(Exception):
    """Problems found below some place of a document, with paths from there."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Carry the first problems, as many as are reported."""
        self.problems: tuple[Problem, ...] = tuple(problems)[:LIMIT]
        super().__init__(self.problems)

    @classmethod
    def at(cls, path: str, code: Code, message: str) -> Refused:
        """Return the refusal for one problem."""
        return cls([Problem(code.value, path, shortened(message))])

    def below(self, step: str) -> list[Problem]:
        """Return the problems as seen from one step further up."""
        return [Problem(each.code, step + each.path, each.message) for each in self.problems]
