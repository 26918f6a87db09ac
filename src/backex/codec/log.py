"""A log of entries as lines of text that survive a crash: encoding, recovery, a reference writer.

A line is ``<sequence> <checksum> <canonical document>``. The only damage that a crash can leave is
one torn tail: the beginning of the line that comes next. It is left out, for nobody was told that
it was kept. A last line that lacks only its line break is a record. Anything else was done by
something else, and is refused.
"""

from __future__ import annotations

import os
import re
import zlib
from codecs import getincrementaldecoder
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from types import TracebackType
from typing import Self, final

from attrs import frozen

from backex.codec.problems import Code, Refused
from backex.codec.storing import dumps, loads_any
from backex.errors import DecodeError, InvalidValue, Problem
from backex.symptoms import Clearance, SymptomReport

__all__ = ["LogWriter", "Recovered", "log_line", "recover"]

_MODE = 0o600
#: What can follow the sequence in a line that breaks off.
_BEGUN = re.compile(rb"[0-9a-f]{0,8}|[0-9a-f]{8} (?P<document>\{[^\x00-\x1f]*)?")
#: Windows has no such module, and opens no folders.
_FCNTL = import_module("fcntl") if find_spec("fcntl") else None
_OPENS_FOLDERS = hasattr(os, "O_DIRECTORY")


@final
@frozen
class Recovered:
    """What a log holds."""

    #: Its values, in the order in which they were written.
    values: tuple[object, ...]
    #: Where its records end, in bytes; what follows is a torn tail.
    end: int
    #: How many bytes the torn tail has, 0 where there is none.
    torn_bytes: int = 0
    #: Whether the last record lacks its line break, which has to be written before the next line.
    is_unended: bool = False

    @property
    def torn(self) -> bool:
        """Whether there is a torn tail."""
        return self.torn_bytes > 0

    @property
    def next_sequence(self) -> int:
        """The sequence of the line to be written next."""
        return len(self.values)


def log_line(sequence: int, value: object) -> bytes:
    """Return the line of one value, the line break included.

    Raises:
        InvalidValue: a negative sequence, or a value of a class that has no document kind.

    >>> from backex import Mass
    >>> log_line(0, Mass(500)).rstrip()
    b'0 2f504bc4 {"@format":1,"@kind":"mass","grams":500}'
    """
    if type(sequence) is not int or sequence < 0:
        raise InvalidValue("log_line", "sequence", sequence, "a whole number from 0")
    document = dumps(value)
    return f"{sequence} {_checksum(sequence, document)} {document}\n".encode()


def recover(data: bytes, *types: type) -> Recovered:
    """Return what is in a log, but for one torn tail.

    Its values are of `types`, or reports and clearances where none are given.

    Raises:
        DecodeError: a line is damaged, out of sequence or of none of `types`, or what follows the
            last line break does not begin the next line; the path names the line, counted from 0.
        InvalidValue: one of `types` has no document kind.

    >>> from backex import report
    >>> line = log_line(0, report(1, pain=2))
    >>> recover(line + b"1 2f50") == Recovered((report(1, pain=2),), len(line), torn_bytes=6)
    True
    """
    *lines, tail = data.split(b"\n")
    is_unended = not _begins_line(len(lines), tail)
    if is_unended:
        lines.append(tail)
    torn_bytes = 0 if is_unended else len(tail)
    values = tuple(_value(number, line, types) for number, line in enumerate(lines))
    return Recovered(values, len(data) - torn_bytes, torn_bytes, is_unended)


def _begins_line(number: int, tail: bytes) -> bool:
    """Tell whether the line of that number can begin with `tail` and has more of its document."""
    sequence = f"{number} ".encode()
    if sequence.startswith(tail):
        return True
    begun = _BEGUN.fullmatch(tail.removeprefix(sequence)) if tail.startswith(sequence) else None
    return begun is not None and _is_unfinished(begun["document"] or b"")


def _is_unfinished(document: bytes) -> bool:
    """Tell whether an object that stands there is not closed; its last character may be cut.

    Behind one that is closed only a line break can be missing. What is no text, or nested without
    bounds, begins no document.
    """
    try:
        text = getincrementaldecoder("utf-8")().decode(document)
        JSONDecoder(parse_int=str).raw_decode(text)
    except JSONDecodeError:
        return True
    except (UnicodeDecodeError, RecursionError):
        pass
    return False


def _checksum(sequence: int, document: str) -> str:
    return f"{zlib.crc32(f'{sequence} {document}'.encode()):08x}"


def _value(number: int, line: bytes, types: Sequence[type]) -> object:
    try:
        sequence, checksum, document = line.decode().split(" ", 2)
    except (UnicodeDecodeError, ValueError):
        raise _damaged(number, "expected a sequence, a checksum and a document") from None
    if sequence != str(number):
        raise _damaged(number, f"expected sequence {number}, found {sequence[:20]}")
    if checksum != _checksum(number, document):
        raise _damaged(number, "the checksum does not fit the document")
    try:
        return loads_any(document, *(types or (SymptomReport, Clearance)))
    except DecodeError as error:
        problems = (Problem(p.code, f"[{number}]{p.path}", p.message) for p in error.problems)
        raise DecodeError(*problems) from None


def _damaged(number: int, message: str) -> DecodeError:
    return DecodeError(*Refused.at(f"[{number}]", Code.DAMAGED_LOG, message).problems)


@final
class LogWriter:
    """Appends values to a file, one write for each; when `append` returns, the value is kept.

    On opening, what is there is recovered, a torn tail is cut off, and a line break that the last
    record lacks is written. The file is locked until it is closed or the process ends, so that
    there is one writer at a time; Windows has no such lock, there the app has to see to that.
    Threads and forked processes must not share a writer. Use it as a context manager, or call
    `close`.
    """

    def __init__(self, path: str | os.PathLike[str], *types: type, durable: bool = True) -> None:
        """Open or create the log at `path`, of values of `types`, by default of entries.

        `durable` waits for the disk on opening and at each append, so that values outlast a loss of
        power and not only of the process.

        Raises:
            DecodeError: what is there is damaged, see `recover`; it stays as it is.
            InvalidValue: one of `types` has no document kind.
            OSError: the file cannot be read or written, or is open elsewhere (`BlockingIOError`).
        """
        self._path = Path(path).absolute()
        self._types = types
        self._durable = durable
        self._file = open(self._path, "ab+", buffering=0, opener=_open_for_owner)  # noqa: SIM115
        try:
            found = self._mended()
        except BaseException:
            self._file.close()
            raise
        #: What was there when the log was opened.
        self.values: tuple[object, ...] = found.values
        #: How many bytes of a torn tail were cut off, 0 where there was none.
        self.torn_bytes: int = found.torn_bytes
        self._sequence = found.next_sequence
        self._end = found.end + found.is_unended

    def _mended(self) -> Recovered:
        """Lock the file, return what is in it, and leave nothing in it but whole lines."""
        descriptor = self._file.fileno()
        _lock(descriptor, self._path)
        self._file.seek(0)
        found = recover(self._file.read(), *self._types)
        if found.torn:
            os.ftruncate(descriptor, found.end)
        if found.is_unended:
            _write_whole(descriptor, b"\n")
        if self._durable:
            _sync(descriptor)
            _sync_folder(self._path.resolve().parent)
        return found

    def append(self, value: object) -> int:
        """Write one value and return its sequence.

        Raises:
            DecodeError: the value is of none of the types of this log. Nothing was written.
            InvalidValue: a value, or a type of this log, of a class that has no document kind, or
                a value too large for a document.
            OSError: the line was not written whole, and is taken back; or the file is not as this
                writer left it, or no longer at its path, and has to be opened again.
            ValueError: the writer is closed.
        """
        line = log_line(self._sequence, value)
        _value(self._sequence, line.removesuffix(b"\n"), self._types)
        descriptor = self._file.fileno()
        self._check_file(descriptor)
        try:
            _write_whole(descriptor, line)
            if self._durable:
                _sync(descriptor)
        except OSError:
            os.ftruncate(descriptor, self._end)
            raise
        self._sequence += 1
        self._end += len(line)
        return self._sequence - 1

    def _check_file(self, descriptor: int) -> None:
        """Write to no file that was unlinked or renamed, and behind nothing but kept lines.

        Other lines are those of another program, or one that could not be taken back.
        """
        found = os.fstat(descriptor)
        if not os.path.samestat(found, self._path.stat()):
            msg = f"{self._path} is another file than this writer opened; open it again"
            raise OSError(msg)
        if found.st_size != self._end:
            msg = f"the log has {found.st_size} bytes where this writer left {self._end}; "
            raise OSError(msg + "open it again")

    def close(self) -> None:
        """Close the file, if it is open, and release its lock."""
        self._file.close()

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()


def _open_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, _MODE)


def _lock(descriptor: int, path: Path) -> None:
    """Keep other writers out until the file is closed, by whatever."""
    if _FCNTL is None:
        return
    try:
        _FCNTL.flock(descriptor, _FCNTL.LOCK_EX | _FCNTL.LOCK_NB)
    except BlockingIOError as error:
        raise BlockingIOError(error.errno, "the log is open elsewhere", str(path)) from None


def _write_whole(descriptor: int, line: bytes) -> None:
    written = os.write(descriptor, line)
    if written != len(line):
        msg = f"wrote {written} of {len(line)} bytes"
        raise OSError(msg)


def _sync(descriptor: int) -> None:
    """Wait until the disk has it; macOS has to be asked to empty the cache of the disk too."""
    if _FCNTL is not None and hasattr(_FCNTL, "F_FULLFSYNC"):
        _FCNTL.fcntl(descriptor, _FCNTL.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names of the files in a folder."""
    if not _OPENS_FOLDERS:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _sync(descriptor)
    finally:
        os.close(descriptor)
