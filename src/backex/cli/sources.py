"""What commands read and write: documents of files, of stdin and of the catalog."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, final

from attrs import frozen

from backex.catalog.upper_back import CATALOG, ROUTINE, STOPPING_POLICY, UPPER_QUARTER_POSTURE
from backex.codec import dumps, loads_any
from backex.codec.document import BYTES
from backex.codec.kinds import kind_of
from backex.codec.locating import Places
from backex.errors import DecodeError, Problem
from backex.ids import closest

__all__ = [
    "CATALOG_VALUES",
    "STDIN",
    "CannotRun",
    "Refusal",
    "Source",
    "load",
    "loaded",
    "read",
    "remove",
    "save",
]

T = TypeVar("T")

#: What `-` is called here; cyclopts takes a `-` for an option that lacks its name.
STDIN = Path("<stdin>")
#: One more than a document may have, so that the codec sees that it is too large.
_ENOUGH = BYTES + 1

#: The values of the catalog that can be named in place of a file, by id.
CATALOG_VALUES: Mapping[str, object] = MappingProxyType(
    {
        ROUTINE.id: ROUTINE,
        **{each.id: each for each in CATALOG.exercises},
        UPPER_QUARTER_POSTURE.id: UPPER_QUARTER_POSTURE,
        STOPPING_POLICY.id: STOPPING_POLICY,
    }
)


@final
class CannotRun(Exception):
    """A command cannot do what it was told, whatever the documents hold."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Say what is wrong, and how to mend it where that is known."""
        self.message = message
        self.hint = hint
        super().__init__(message, hint)


@final
@frozen
class Source:
    """The text of a document, and where it comes from."""

    #: What the person called it.
    name: str
    #: Its bytes; of a file that is too large for a document, the first ones.
    data: bytes
    #: The number of its first line, where it is a part of a file.
    first_line: int = 1

    @cached_property
    def places(self) -> Places:
        """Where its values stand."""
        return Places(self.data)


@final
class Refusal(Exception):
    """A document was refused that the command cannot do without."""

    def __init__(self, source: Source, problems: Iterable[Problem]) -> None:
        """Carry what was refused, and why."""
        self.source = source
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(source, self.problems)


def read(path: Path, *, most: int = _ENOUGH) -> Source:
    """Return the first bytes of a file, of stdin where it is `STDIN`; all where `most` is -1.

    Raises:
        CannotRun: the file cannot be read.
    """
    if path == STDIN and sys.stdin is None:
        raise CannotRun("stdin is closed")
    if path == STDIN:
        return Source(str(path), sys.stdin.buffer.read(most))
    try:
        with path.open("rb") as file:
            return Source(str(path), file.read(most))
    except FileNotFoundError:
        raise CannotRun(f"there is no file {path}", _meant(path)) from None
    except IsADirectoryError:
        hint = f'name the files in it, as in "{path / "*.json"}"'
        raise CannotRun(f"{path} is a folder", hint) from None
    except OSError as error:
        raise CannotRun(f"cannot read {path}: {error.strerror}") from None


def _meant(path: Path) -> str | None:
    """Return the question whether a file beside it, or a value of the catalog, was meant."""
    try:
        beside = [each.name for each in path.parent.iterdir()]
    except OSError:
        beside = []
    return closest(path.name, [*beside, *CATALOG_VALUES]) or None


def loaded(source: Source, *types: type[T]) -> T:
    """Return the value of a document, of one of those classes.

    Raises:
        Refusal: the document is refused.
    """
    try:
        value: T = loads_any(source.data, *types)
    except DecodeError as error:
        raise Refusal(source, error.problems) from None
    return value


def load(path: Path, *types: type[T]) -> tuple[T, Source]:
    """Return what a file holds or, where there is none, what the catalog has under that id.

    Raises:
        CannotRun: there is neither, or the catalog's value is of none of those classes.
        Refusal: the document is refused.
    """
    if str(path) not in CATALOG_VALUES or path.exists():
        source = read(path)
        return loaded(source, *types), source
    value = CATALOG_VALUES[str(path)]
    if not isinstance(value, types):
        wanted = " or ".join(str(kind_of(each)) for each in types)
        raise CannotRun(f"{path} is of the kind {kind_of(type(value))}, not {wanted}")
    return value, Source(str(path), dumps(value, catalog=None, indent=1).encode())


def save(path: Path, content: str | bytes, *, force: bool) -> None:
    """Write a file, text as UTF-8, over one that is there with `force` only.

    Raises:
        CannotRun: it is there already, or cannot be written.
    """
    if path == STDIN:
        raise CannotRun("nothing can be written to -", "name a file")
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    except FileExistsError:
        raise CannotRun(f"{path} is there already", "--force writes over it") from None
    except OSError as error:
        raise CannotRun(f"cannot write {path}: {error.strerror}") from None


def remove(path: Path) -> None:
    """Remove a file, or the one that a link leads to; a device or a pipe holds nothing.

    Raises:
        CannotRun: it cannot be removed.
    """
    file = path.resolve()
    if file.is_char_device() or file.is_fifo():
        return
    try:
        file.unlink()
    except OSError as error:
        raise CannotRun(f"cannot write over {path}: {error.strerror}") from None
