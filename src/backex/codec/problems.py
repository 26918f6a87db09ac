"""What can be wrong with a document, and the exception that carries it up to the root."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import final

from backex.errors import Problem, shortened

__all__ = ["LIMIT", "Code", "Refused"]

#: Most problems reported of one document.
LIMIT = 20


class Code(Enum):
    """The codes of the ``BX0xx`` family that a document can raise."""

    #: A value is not allowed in its field.
    NOT_ALLOWED = "BX001"
    #: The text is not JSON.
    NOT_JSON = "BX002"
    #: The input is no text, or bytes that are not UTF-8 without a byte order mark.
    NOT_TEXT = "BX003"
    #: The document is larger than 256 KiB.
    TOO_LARGE = "BX004"
    #: Values are nested deeper than 32 levels.
    TOO_DEEP = "BX005"
    #: There are more than 20,000 values.
    TOO_MANY = "BX006"
    #: An object has a key twice.
    DUPLICATE_KEY = "BX007"
    #: A number is not whole, not finite or beyond 2**53 - 1.
    NOT_WHOLE = "BX008"
    #: A string is longer than 2,000 characters or has a surrogate without its pair.
    BAD_STRING = "BX009"
    #: The root has no format version or kind.
    NO_ENVELOPE = "BX010"
    #: The format version is newer than this backex, or none.
    UNKNOWN_FORMAT = "BX011"
    #: No kind of document has that name.
    UNKNOWN_KIND = "BX012"
    #: The document is of another kind than was asked for.
    OTHER_KIND = "BX013"
    #: A value has another JSON type than its field takes.
    WRONG_TYPE = "BX014"
    #: A key is missing.
    MISSING_KEY = "BX015"
    #: A key is not known.
    UNKNOWN_KEY = "BX016"
    #: A name is not among those that a field offers.
    UNKNOWN_CHOICE = "BX017"
    #: A reference leads to no catalog or exercise.
    UNKNOWN_REFERENCE = "BX018"
    #: A reference names another digest than the exercise has.
    OTHER_DIGEST = "BX019"
    #: A line of a log is damaged or out of sequence.
    DAMAGED_LOG = "BX022"


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
