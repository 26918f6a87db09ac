"""The one exception tree: everything that backex raises on purpose is a `BackexError`.

Errors carry data and compare by value. They are for values that make no sense by themselves and
for documents that cannot be understood; a sound value in an unsound combination is not an error
but a diagnostic (see `backex.validation`).
"""

from __future__ import annotations

import re
import reprlib
from typing import final

from attrs import frozen

__all__ = [
    "BackexError",
    "ConflictingClearance",
    "DecodeError",
    "InvalidValue",
    "LateReport",
    "Problem",
    "key_step",
    "shortened",
]

_MESSAGE_LIMIT = 300


_PLAIN_KEY = re.compile(r"@?[A-Za-z_][A-Za-z0-9_-]*")
_SHOWN = 64
_SHORT_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}


def key_step(key: str) -> str:
    """Return a key as a step of a path; one that is no plain name is quoted and shortened.

    >>> key_step("oblique-sit"), key_step("two words")
    ('.oblique-sit', '["two words"]')
    """
    if _PLAIN_KEY.fullmatch(key):
        return f".{key[:_SHOWN]}"
    return f'["{"".join(map(_escaped, key[:_SHOWN]))}"]'


def _escaped(character: str) -> str:
    """Return a character as JSON writes it in ASCII."""
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    if character.isascii() and character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def shortened(message: str) -> str:
    """Return a message cut to the most that an error carries."""
    return message if len(message) <= _MESSAGE_LIMIT else message[: _MESSAGE_LIMIT - 1] + "…"


class BackexError(ValueError):
    """Anything that backex refuses: a stable code, where it is, and what was expected.

    Two errors are equal when their classes and all that they carry are equal.
    """

    #: Stable identifier such as ``"BX001"``; never reused for another meaning.
    code: str
    #: Where in the value or document, such as ``"$.items[2].dose"``.
    path: str
    #: What is wrong and what is allowed, at most 300 characters.
    message: str

    # `args` stays what the constructor was called with, so that every error can be pickled.
    def __init__(self, code: str, path: str, message: str, /) -> None:
        """Keep `code`, `path` and `message`, the last cut to 300 characters."""
        self.code = code
        self.path = path
        self.message = shortened(message)

    def __str__(self) -> str:
        """Return one line: the code, the path and the message."""
        return f"{self.code} at {self.path}: {self.message}"

    def __eq__(self, other: object) -> bool:
        """Compare by class and by what is carried."""
        return vars(self) == vars(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        """Hash by class and by what is carried."""
        return hash((type(self), self.code, self.path, self.message))


@final
class InvalidValue(BackexError):
    """A value that makes no sense by itself was given to a constructor (code ``BX001``)."""

    #: The class that refused the value.
    class_name: str
    #: The field, with the position inside it where it is a collection, such as ``"steps[2]"``.
    field: str
    #: The value as `repr` shows it, shortened.
    value: str
    #: What would have been accepted.
    allowed: str

    def __init__(self, class_name: str, field: str, value: object, allowed: str, /) -> None:
        """Describe the refused `value` and what is `allowed` in that field."""
        self.class_name = class_name
        self.field = field
        self.value = _shown(value)
        self.allowed = allowed
        message = f"{class_name}.{field} cannot be {self.value}: it takes {allowed}"
        super().__init__("BX001", f"{class_name}.{field}", message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the shown value: the refused object itself is not kept."""
        return (_invalid_value, (self.class_name, self.field, self.value, self.allowed))


def _invalid_value(class_name: str, field: str, shown: str, allowed: str) -> InvalidValue:
    return InvalidValue(class_name, field, _Shown(shown), allowed)


def _shown(value: object) -> str:
    if isinstance(value, _Shown):
        return value.text
    try:
        text = reprlib.repr(value)
        return "".join(c if c.isprintable() else _escaped(c) for c in text)
    except Exception:  # noqa: BLE001 (what cannot be shown is refused all the same)
        return f"<{type(value).__name__} that cannot be shown>"


class _Shown:
    """Stands for a value of which only its `repr` is known."""

    def __init__(self, text: str) -> None:
        self.text = text


@final
@frozen
class Problem:
    """One thing that is wrong with a document."""

    #: Stable code of the ``BX0xx`` family.
    code: str
    #: Path into the document, such as ``"$.items[2].dose.sets"``.
    path: str
    #: What was found and what was expected.
    message: str


@final
class DecodeError(BackexError):
    """A document was refused whole; nothing of it was loaded.

    `code`, `path` and `message` are those of the first problem.
    """

    #: All problems found, in document order, at most twenty.
    problems: tuple[Problem, ...]

    def __init__(self, *problems: Problem) -> None:
        """Carry at least one problem."""
        self.problems = problems
        first = problems[0]
        super().__init__(first.code, first.path, first.message)

    def __str__(self) -> str:
        """Return a line for each problem."""
        return "\n".join(f"{p.code} at {p.path}: {shortened(p.message)}" for p in self.problems)


@final
class LateReport(BackexError):
    """An entry comes before one that a monitor has already observed (code ``BX020``).

    Where both carry the same number, the late one is a clearance: it comes before the reports.
    """

    #: ``(checkin, seq)`` of the refused entry.
    key: tuple[int, int]
    #: ``(checkin, seq)`` of the newest entry observed.
    newest: tuple[int, int]

    def __init__(self, key: tuple[int, int], newest: tuple[int, int], /) -> None:
        """Name the late entry's key and the newest one observed."""
        self.key = key
        self.newest = newest
        super().__init__("BX020", "$", _late(key, newest))


def _late(key: tuple[int, int], newest: tuple[int, int]) -> str:
    late = f"check-in {key[0]}, seq {key[1]}"
    if key == newest:  # of two entries with one number only a clearance can be late
        return (
            f"the clearance at {late} comes after a report with the same number was observed; "
            "clearances come before such reports: give it a later seq if it was given after the "
            "report, or decide from the whole log with decide(), which puts it before"
        )
    return (
        f"the entry at {late} comes after check-in {newest[0]}, seq {newest[1]} was observed: "
        "decide from the whole log with decide(), which sorts it first"
    )


@final
class ConflictingClearance(BackexError):
    """Two different clearances carry the same check-in and sequence (code ``BX021``)."""

    #: ``(checkin, seq)`` that both carry.
    key: tuple[int, int]

    def __init__(self, key: tuple[int, int], /) -> None:
        """Name the key that both clearances carry."""
        self.key = key
        super().__init__(
            "BX021", "$", f"two different clearances are numbered {key[0]}.{key[1]}: renumber one"
        )
