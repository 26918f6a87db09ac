"""Printing: inert text, and findings with the lines that they are about, as a compiler does it.

Nothing that a document holds is read as markup or reaches the terminal as a control character.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import final

from attrs import frozen
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from backex.cli.sources import Source
from backex.diagnostics import Diagnostic, Severity
from backex.errors import Problem

__all__ = ["Finding", "complain", "err", "inert", "note", "out", "say", "show_findings"]

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
#: Controls, formats (those that turn text around among them), surrogates and what has no meaning.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Of a longer line, the part around the place is shown: so much of it, and so much before.
_WIDTH, _BEFORE = 88, 24


def out() -> Console:
    """Return stdout, with colors where it is a terminal and nobody asked for none."""
    return Console(markup=False, emoji=False, highlight=False, soft_wrap=True)


def err() -> Console:
    """Return stderr, with colors where it is a terminal and nobody asked for none."""
    return Console(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True)


def inert(text: str, *, keep: str = "") -> str:
    r"""Return text in which every character that a terminal does not show is escaped as in JSON.

    >>> inert("\x1b[31m a\tb", keep="\t")
    '\\u001b[31m a\tb'
    """
    return "".join(c if c in keep or c.isprintable() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    # Spaces other than the common one do not count as printable, yet are to be seen.
    unseen = unicodedata.category(character) in _UNSEEN
    return json.dumps(character)[1:-1] if unseen else character


def say(text: str) -> None:
    """Print text of several lines to stdout."""
    out().print(Text(inert(text, keep="\n")), end="")


def note(message: str) -> None:
    """Print in a line to stderr what is worth knowing."""
    err().print(Text.assemble(("note", "bold cyan"), f": {inert(message)}"))


def complain(message: str, hint: str | None = None) -> None:
    """Print in one or two lines to stderr what went wrong."""
    text = Text.assemble(("error", "bold red"), f": {inert(message)}")
    err().print(text if hint is None else text.append(f"\n  = help: {inert(hint)}"))


@final
@frozen(kw_only=True)
class Finding:
    """A problem or a diagnostic, with the document that it is about."""

    #: Its code.
    code: str
    #: How serious it is; every problem is an error.
    severity: Severity
    #: Where it is, such as ``"$.items[2].dose"``.
    path: str
    #: What is wrong.
    message: str
    #: How to mend it.
    hint: str | None
    #: What it is about.
    source: Source

    @classmethod
    def of(cls, found: Problem | Diagnostic, source: Source, *, below: str = "$") -> Finding:
        """Return what was found, at a value that stands at the path `below` of the document."""
        return cls(
            code=found.code,
            severity=found.severity if isinstance(found, Diagnostic) else Severity.ERROR,
            path=below + found.path.removeprefix("$"),
            message=found.message,
            hint=found.hint if isinstance(found, Diagnostic) else None,
            source=source,
        )

    @property
    def place(self) -> tuple[int, int]:
        """The line in which it begins, and the column, both counted from 1."""
        spot = self.source.places.find(self.path)
        return spot.line + self.source.first_line - 1, spot.column

    def as_data(self) -> dict[str, object]:
        """Return the finding as plain values for JSON."""
        line, column = self.place
        return {
            "code": self.code,
            "severity": self.severity.value,
            "path": self.path,
            "line": line,
            "column": column,
            "message": self.message,
            "hint": self.hint,
        }

    def as_text(self) -> Text:
        """Return the finding as a compiler prints it."""
        places, color = self.source.places, _COLORS[self.severity]
        spot, (number, column) = places.find(self.path), self.place
        margin = " " * len(str(number))
        place = f"{inert(self.source.name)}:{number}:{column} ({inert(self.path)})"
        text = Text.assemble(
            (f"{self.severity.value}[{self.code}]", f"bold {color}"),
            (f": {inert(self.message)}\n", "bold"),
            (f"{margin}--> ", "blue"),
            place,
        )
        if not spot.is_whole:
            line = places.text.split("\n")[spot.line - 1]
            before, marked, after = _cut(line, spot.column - 1, spot.length)
            underline = " " * cell_len(before) + "^" * max(1, cell_len(marked))
            text.append(f"\n{margin} |\n{number} | ", "blue").append(f"{before}{marked}{after}\n")
            text.append(f"{margin} | ", "blue").append(underline, f"bold {color}")
        if self.hint is not None:
            text.append(f"\n{margin} = ", "blue").append(f"help: {inert(self.hint)}")
        return text


def _cut(line: str, start: int, length: int) -> tuple[str, str, str]:
    """Return what stands before, in and behind a place of a line, or as much as can be shown."""
    first = 0 if len(line) <= _WIDTH else max(0, start - _BEFORE)
    last, end = first + _WIDTH, min(start + length, first + _WIDTH)
    before = ("…" if first else "") + line[first:start]
    after = line[end:last] + ("…" if last < len(line) else "")
    # Escaped, a character takes up to twelve columns.
    return _flat(before)[-_WIDTH:], _flat(line[start:end])[:_WIDTH], _flat(after)[:_WIDTH]


def _flat(text: str) -> str:
    """Return a part of a line with nothing in it that would move what is below it."""
    return inert(text.replace("\t", " ").removesuffix("\r"))


def show_findings(console: Console, findings: Iterable[Finding]) -> None:
    """Print findings, each followed by an empty line."""
    for finding in findings:
        console.print(finding.as_text(), end="\n\n")
