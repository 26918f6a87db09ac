"""Diagnostics: what a rule has to say about a value, and reports that hold all of it.

The code and the meta of a diagnostic are a contract; its message and hint are for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import final

from attrs import field, frozen

from backex.checks import NAME, Anything, Exactly, MapOf, Optional, Text, TupleOf
from backex.errors import BackexError
from backex.mappings import frozen_map

__all__ = ["Diagnostic", "InvalidRoutine", "Report", "Severity", "meta_map"]


_PROSE = Text()


class Severity(Enum):
    """How serious a diagnostic is."""

    #: The value must not be used as it is.
    ERROR = "error"
    #: A professional would object, but it can be meant so.
    WARNING = "warning"
    #: Worth knowing.
    INFO = "info"


def meta_map(meta: Mapping[str, object]) -> Mapping[str, object]:
    """Return particulars by name that cannot be changed."""
    return frozen_map(meta)


@final
@frozen(kw_only=True)
class Diagnostic:
    """One thing that a rule found."""

    #: The rule's code, such as ``"BX503"``.
    code: str = field(validator=NAME)
    #: How serious it is.
    severity: Severity = field(validator=Exactly(Severity))
    #: Where it is in the value, such as ``"$.items[2].dose"``.
    path: str = field(validator=_PROSE)
    #: What is wrong.
    message: str = field(validator=_PROSE)
    #: How to mend it. None: nothing more to say than the message.
    hint: str | None = field(default=None, validator=Optional(_PROSE))
    #: The particulars as data, by name.
    meta: Mapping[str, object] = field(
        default={}, converter=meta_map, validator=MapOf(NAME, Anything())
    )

    def __str__(self) -> str:
        """Return the diagnostic as a compiler would print it."""
        head = f"{self.severity.value}[{self.code}]: {self.message}\n  --> {self.path}"
        return head if self.hint is None else f"{head}\n   = help: {self.hint}"


@final
@frozen
class Report:
    """Everything that is wrong with a value, in the order of the value."""

    #: What was found.
    diagnostics: tuple[Diagnostic, ...] = field(
        default=(), validator=TupleOf(Exactly(Diagnostic), high=100_000)
    )
    #: What was found and accepted by a `suppress` entry of the item that it is about.
    suppressed: tuple[Diagnostic, ...] = field(
        default=(), validator=TupleOf(Exactly(Diagnostic), high=100_000)
    )

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings may be left."""
        return not self.errors

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The errors."""
        return self._of(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The warnings."""
        return self._of(Severity.WARNING)

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of each diagnostic."""
        return tuple(diagnostic.code for diagnostic in self.diagnostics)

    @property
    def lines(self) -> tuple[str, ...]:
        """Each diagnostic in one line, ``path: CODE message``, for tools that look for lines."""
        return tuple(
            f"{each.path}: {each.code} {' '.join(each.message.split())}"
            for each in self.diagnostics
        )

    def _of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        return tuple(each for each in self.diagnostics if each.severity is severity)

    def raise_for_errors(self) -> None:
        """Do nothing where the report is ok.

        Raises:
            InvalidRoutine: there is an error.
        """
        if not self.ok:
            raise InvalidRoutine(self)

    def __str__(self) -> str:
        """Return every diagnostic and a closing count, as a compiler would print them."""
        if not self.diagnostics:
            return "sound: nothing to report" + self._suppressed_note()
        counts = ((self.errors, "error"), (self.warnings, "warning"), (self._infos, "note"))
        total = ", ".join(_counted(found, word) for found, word in counts if found)
        return "\n\n".join([*map(str, self.diagnostics), total + self._suppressed_note()])

    @property
    def _infos(self) -> tuple[Diagnostic, ...]:
        return self._of(Severity.INFO)

    def _suppressed_note(self) -> str:
        return f" ({len(self.suppressed)} suppressed)" if self.suppressed else ""


def _counted(found: Iterable[Diagnostic], word: str) -> str:
    number = len(tuple(found))
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


@final
class InvalidRoutine(BackexError):
    """A value was required to be sound and is not; carries the whole report."""

    #: What is wrong.
    report: Report

    def __init__(self, report: Report, /) -> None:
        """Carry a report that has an error."""
        self.report = report
        first = report.errors[0]
        super().__init__(first.code, first.path, first.message)

    def __str__(self) -> str:
        """Return the whole report."""
        return f"not sound\n\n{self.report}"
