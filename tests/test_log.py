"""The log: lines that survive a crash, what is refused, and the writer that keeps its word."""

from __future__ import annotations

import errno
import importlib.util
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import ModuleType, SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backex import (
    Audit,
    Channel,
    Clearance,
    DecodeError,
    Entry,
    InvalidValue,
    LateReport,
    Mass,
    Moment,
    RuleId,
    SymptomReport,
    decide,
    report,
)
from backex.catalog.upper_back import STOPPING_POLICY
from backex.codec import (
    LogWriter,
    Recovered,
    audit,
    digest,
    dumps,
    loads_any,
    log_line,
    recover,
)
from backex.stopping import log_order

CLEARED = Clearance(checkin=3, rules=frozenset({RuleId("worsened")}), by="Dr. Müller")
ENTRIES: tuple[Entry, ...] = (
    report(1, pain=2, stiffness=2),
    report(2, pain=5, stiffness=2, red_flags=frozenset()),
    CLEARED,
)
LINES = [log_line(number, entry) for number, entry in enumerate(ENTRIES)]
LOG = b"".join(LINES)


def refused(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(DecodeError) as caught:
        recover(data)
    return [(each.code, each.path) for each in caught.value.problems]


# ---- recovering ---------------------------------------------------------------------------------


def test_a_log_holds_what_was_written_in_its_order() -> None:
    assert recover(LOG) == Recovered(ENTRIES, len(LOG))
    assert (recover(LOG).next_sequence, recover(LOG).torn) == (3, False)
    assert recover(b"") == Recovered((), 0)


def test_a_line_is_its_sequence_its_checksum_and_the_canonical_document() -> None:
    sequence, checksum, document = LINES[1].decode().split(" ", 2)
    assert (sequence, len(checksum), document) == ("1", 8, dumps(ENTRIES[1]) + "\n")
    assert LINES[1].count(b"\n") == 1


def cut_log(cut: int) -> Recovered:
    """Return what there is in a log of which so many bytes are left."""
    whole = LOG[:cut].count(b"\n")
    end = len(b"".join(LINES[:whole]))
    if any(cut == end + len(line) - 1 for line in LINES[whole : whole + 1]):
        return Recovered(ENTRIES[: whole + 1], cut, is_unended=True)
    return Recovered(ENTRIES[:whole], end, torn_bytes=cut - end)


@pytest.mark.parametrize("cut", range(len(LOG) + 1))
def test_a_log_cut_anywhere_holds_exactly_the_records_that_are_whole(cut: int) -> None:
    found = recover(LOG[:cut])
    assert found == cut_log(cut)
    assert found.torn == (found.torn_bytes > 0)


def test_a_last_line_that_lacks_only_its_line_break_is_a_record() -> None:
    assert recover(LOG[:-1]) == Recovered(ENTRIES, len(LOG) - 1, is_unended=True)


TENTH = log_line(10, report(1, pain=2))
TEN = b"".join(log_line(number, report(number)) for number in range(10))


@pytest.mark.parametrize(
    "tail",
    [
        TENTH[:1],
        TENTH[:3],
        TENTH[:4],
        b"10 0123abcd",
        b"10 0123abcd ",
        b"10 0123abcd {",
        TENTH[:-2],
    ],
)
def test_the_beginning_of_the_next_line_is_a_torn_tail(tail: bytes) -> None:
    assert recover(TEN + tail) == Recovered(recover(TEN).values, len(TEN), torn_bytes=len(tail))


def test_a_tail_may_break_off_inside_a_character_or_a_long_number() -> None:
    line = LINES[2][: LINES[2].index("ü".encode()) + 1]
    assert recover(LOG[: -len(LINES[2])] + line).torn_bytes == len(line)
    number = b'3 00000000 {"grams":' + b"9" * 5000
    assert recover(LOG + number).torn_bytes == len(number)


NO_TAILS = [
    pytest.param(LOG + b"\x00" * 512, id="zeros behind it"),
    pytest.param(LOG + LINES[0][:-1], id="another sequence"),
    pytest.param(LOG + b"4", id="the sequence after the next"),
    pytest.param(LOG + b"3\r", id="other line breaks"),
    pytest.param(LOG + b"33", id="a longer sequence"),
    pytest.param(LOG + b"3 0123ABCD", id="capitals"),
    pytest.param(LOG + b"3 0123abcde", id="a longer checksum"),
    pytest.param(LOG + b"3 0123 {", id="a shorter checksum"),
    pytest.param(LOG + b"3 0123abcd [", id="no object"),
    pytest.param(LOG + b'3 0123abcd {"@for\x00\x00', id="zeros in it"),
    pytest.param(LOG + b'3 0123abcd {"\xff', id="no text"),
    pytest.param(LOG + b'3 0123abcd {"@format":1}', id="another checksum"),
    pytest.param(LOG + log_line(3, CLEARED)[:-1] + b" ", id="more than a record"),
    pytest.param(LOG + b"3 0123abcd " + b'{"a":' * 200_000, id="too deep to look at"),
    pytest.param(LOG[:-1] + b"*", id="another last line break"),
]


@pytest.mark.parametrize("data", NO_TAILS)
def test_a_tail_that_does_not_begin_the_next_line_is_damage(data: bytes) -> None:
    assert refused(data) == [("BX022", f"[{data.count(bytes([10]))}]")]


@pytest.mark.parametrize("data", [b"hello", b"\xff\xfe", LOG.replace(b"\n", b"\x00")])
def test_what_is_no_log_is_damage(data: bytes) -> None:
    assert refused(data) == [("BX022", "[0]")]


@pytest.mark.parametrize("other", [b"\x00", b" ", b"*", b"\r"])
def test_a_log_that_lost_its_line_breaks_is_damage(other: bytes) -> None:
    assert refused(LOG.replace(b"\n", other)) == [("BX022", "[0]")]


@pytest.mark.parametrize("place", range(len(LOG)))
def test_no_flipped_bit_goes_unnoticed(place: int) -> None:
    for bit in range(8):
        damaged = bytearray(LOG)
        damaged[place] ^= 1 << bit
        assert refused(bytes(damaged)) == [("BX022", f"[{LOG[:place].count(bytes([10]))}]")]


def renumbered(line: bytes, sequence: str) -> bytes:
    return b" ".join([sequence.encode(), *line.split(b" ", 2)[1:]])


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        pytest.param([LINES[0], LINES[2]], "[1]", id="a line is missing"),
        pytest.param(LINES[1:], "[0]", id="the first line is missing"),
        pytest.param([LINES[0], LINES[0], *LINES[1:]], "[1]", id="a line is there twice"),
        pytest.param([LINES[0], LINES[2], LINES[1]], "[1]", id="lines are swapped"),
        pytest.param([LINES[0], b"\n", *LINES[1:]], "[1]", id="a blank line"),
        pytest.param([*LINES, b"\n"], "[3]", id="a blank line at the end"),
        pytest.param([LINES[0][:40] + b"\n", LINES[1]], "[0]", id="a torn line that was ended"),
        pytest.param([LINES[0][:40], *LINES[1:]], "[0]", id="a torn line that was gone on with"),
        pytest.param([each[:-1] + b"\r\n" for each in LINES], "[0]", id="other line breaks"),
        pytest.param([renumbered(LINES[0], "1")], "[0]", id="another sequence"),
        pytest.param([renumbered(LINES[0], "00")], "[0]", id="a sequence written otherwise"),
        pytest.param([renumbered(LINES[0], "")], "[0]", id="no sequence"),
        pytest.param([LINES[0].replace(b" ", b"  ", 1)], "[0]", id="another space"),
        pytest.param([LINES[0].replace(b'"pain":2', b'"pain":1')], "[0]", id="another document"),
        pytest.param([b"0 00000000 {}\n"], "[0]", id="another checksum"),
        pytest.param([LINES[0][:5] + LINES[0][5:15].upper() + LINES[0][15:]], "[0]", id="capitals"),
        pytest.param([b"\xff\n"], "[0]", id="no text"),
        pytest.param([b"\xef\xbb\xbf" + LINES[0]], "[0]", id="a byte order mark"),
    ],
)
def test_any_other_damage_is_refused_with_the_line(lines: list[bytes], path: str) -> None:
    assert refused(b"".join(lines)) == [("BX022", path)]


def test_a_sequence_of_any_length_is_refused_in_few_words() -> None:
    with pytest.raises(DecodeError, match="expected sequence 0, found 99999") as caught:
        recover(renumbered(LINES[0], "9" * 5000))
    assert len(str(caught.value)) < 300


def test_a_line_of_another_kind_is_refused_with_the_line_and_the_path_in_it() -> None:
    assert refused(LINES[0] + log_line(1, Mass(500))) == [("BX013", "[1]$.@kind")]
    assert recover(log_line(0, Mass(500)), Mass).values == (Mass(500),)


def test_only_what_has_a_kind_can_be_in_a_log() -> None:
    for make in (lambda: recover(LOG, int), lambda: log_line(0, 5)):
        with pytest.raises(InvalidValue):
            make()


def test_a_document_of_one_of_several_kinds_is_read_as_the_one_that_it_is() -> None:
    for entry in ENTRIES:
        assert loads_any(dumps(entry), SymptomReport, Clearance) == entry
    with pytest.raises(DecodeError, match='kind "mass" or "clearance", found "symptom-report"'):
        loads_any(dumps(ENTRIES[0]), Mass, Clearance)
    with pytest.raises(InvalidValue) as caught:
        loads_any(dumps(ENTRIES[0]))
    assert caught.value.field == "types"


@pytest.mark.parametrize("sequence", [-1, True, 1.0, "1", None])
def test_a_sequence_is_a_whole_number_from_0(sequence: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        log_line(sequence, ENTRIES[0])  # type: ignore[arg-type]
    assert caught.value.field == "sequence"


# ---- writing ------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log"


def written(path: Path, *entries: Entry, durable: bool = True) -> list[int]:
    with LogWriter(path, durable=durable) as log:
        return [log.append(entry) for entry in entries]


@pytest.mark.parametrize("durable", [True, False])
def test_what_is_appended_is_in_the_file_at_once(path: Path, *, durable: bool) -> None:
    with LogWriter(path, durable=durable) as log:
        for number, entry in enumerate(ENTRIES):
            assert log.append(entry) == number
            assert path.read_bytes() == b"".join(LINES[: number + 1])


def test_a_log_is_for_its_owner_only(path: Path) -> None:
    written(path)
    assert path.stat().st_mode & 0o077 == 0


def test_a_writer_goes_on_where_the_last_one_ended(path: Path) -> None:
    assert written(path, ENTRIES[0]) == [0]
    with LogWriter(path) as log:
        assert log.values == ENTRIES[:1]
    assert written(path, *ENTRIES[1:]) == [1, 2]
    assert path.read_bytes() == LOG


CUTS = [0, 1, len(LINES[0]) - 2, len(LINES[0]) - 1, len(LINES[0]), len(LOG) - 1, len(LOG)]


@pytest.mark.parametrize("cut", CUTS)
def test_a_writer_mends_the_end_of_a_log_and_goes_on(path: Path, cut: int) -> None:
    path.write_bytes(LOG[:cut])
    there = cut_log(cut)
    with LogWriter(path) as log:
        assert (log.values, log.torn_bytes) == (there.values, there.torn_bytes)
        assert path.read_bytes() == b"".join(LINES[: there.next_sequence])
        for number in range(there.next_sequence, 3):
            assert log.append(ENTRIES[number]) == number
    assert path.read_bytes() == LOG


@pytest.mark.parametrize("data", [*NO_TAILS, LOG[1:], b"hello", LOG.replace(b"\n", b"\x00")])
def test_a_writer_refuses_a_damaged_log_and_leaves_it_as_it_is(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    for _ in range(2):  # the first one has released its lock
        with pytest.raises(DecodeError):
            LogWriter(path)
    assert path.read_bytes() == data


def test_a_line_break_that_cannot_be_written_leaves_the_log_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(LOG[:-1])
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda *_: 0)
        with pytest.raises(OSError, match="wrote 0 of 1 bytes"):
            LogWriter(path)
    assert path.read_bytes() == LOG[:-1]
    assert written(path) == []
    assert path.read_bytes() == LOG


def test_what_has_no_kind_is_not_appended(path: Path) -> None:
    with LogWriter(path) as log:
        with pytest.raises(InvalidValue):
            log.append(5)
        assert log.append(ENTRIES[0]) == 0
    assert path.read_bytes() == LINES[0]


def test_what_is_of_another_type_is_not_appended(path: Path) -> None:
    with LogWriter(path) as log:
        with pytest.raises(DecodeError) as caught:
            log.append(Mass(500))
        assert (caught.value.code, caught.value.path) == ("BX013", "[0]$.@kind")
        assert path.read_bytes() == b""
        assert log.append(ENTRIES[0]) == 0
    assert path.read_bytes() == LINES[0]


def test_what_is_too_large_to_be_read_back_is_not_appended(path: Path) -> None:
    large = report(1, severities={Channel(f"channel-{n}"): 1 for n in range(25_000)})
    with LogWriter(path) as log:
        with pytest.raises(InvalidValue, match="at most 262144 bytes"):
            log.append(large)
        assert log.append(ENTRIES[0]) == 0
    assert path.read_bytes() == LINES[0]


def test_a_log_takes_the_types_that_it_was_opened_for(path: Path) -> None:
    with LogWriter(path, Mass) as log:
        assert log.append(Mass(500)) == 0
        with pytest.raises(DecodeError, match='expected kind "mass", found "symptom-report"'):
            log.append(ENTRIES[0])
    with LogWriter(path, Mass, SymptomReport) as log:
        assert (log.values, log.append(ENTRIES[0])) == ((Mass(500),), 1)


def half_written(descriptor: int, line: bytes) -> int:
    return WRITE(descriptor, line[: len(line) // 2])


def full_disk(descriptor: int, line: bytes) -> int:
    WRITE(descriptor, line[:7])
    raise OSError(errno.ENOSPC, "no space left")


WRITE = os.write


@pytest.mark.parametrize("failing", [half_written, full_disk])
def test_a_line_that_is_not_written_whole_is_taken_back(
    path: Path, monkeypatch: pytest.MonkeyPatch, failing: Callable[[int, bytes], int]
) -> None:
    with LogWriter(path) as log:
        log.append(ENTRIES[0])
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", failing)
            with pytest.raises(OSError, match=r"wrote|space"):
                log.append(ENTRIES[1])
        assert path.read_bytes() == LINES[0]
        assert log.append(ENTRIES[1]) == 1
    assert path.read_bytes() == b"".join(LINES[:2])


def test_a_line_that_may_not_be_on_the_disk_is_taken_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: int) -> None:
        raise OSError(errno.EIO, "the disk failed")

    with LogWriter(path) as log:
        log.append(ENTRIES[0])
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", failing)
            with pytest.raises(OSError, match="disk"):
                log.append(ENTRIES[1])
        assert log.append(ENTRIES[1]) == 1
    assert path.read_bytes() == b"".join(LINES[:2])


def test_nothing_is_written_behind_what_could_not_be_taken_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: int) -> None:
        raise OSError(errno.EIO, "the disk failed")

    with LogWriter(path) as log:
        log.append(ENTRIES[0])
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", half_written)
            patch.setattr(os, "ftruncate", failing)
            with pytest.raises(OSError, match="disk"):
                log.append(ENTRIES[1])
        with pytest.raises(OSError, match="open it again"):
            log.append(ENTRIES[1])
    assert written(path, *ENTRIES[1:]) == [1, 2]
    assert path.read_bytes() == LOG


def test_a_writer_notices_what_something_else_has_written(path: Path) -> None:
    with LogWriter(path) as log:
        path.write_bytes(LINES[0])
        with pytest.raises(OSError, match="open it again"):
            log.append(ENTRIES[1])
    assert path.read_bytes() == LINES[0]


posix = pytest.mark.skipif(sys.platform == "win32", reason="an open file is not locked or moved")


@posix
def test_a_second_writer_is_refused_and_changes_nothing(path: Path) -> None:
    with LogWriter(path) as log:
        log.append(ENTRIES[0])
        half = LINES[0] + LINES[1][:30]
        path.write_bytes(half)  # as the first one may be about to write it
        with pytest.raises(BlockingIOError, match="the log is open elsewhere"):
            LogWriter(path)
        assert path.read_bytes() == half
    assert written(path, ENTRIES[1]) == [1]


@posix
def test_the_lock_comes_before_reading(path: Path) -> None:
    with LogWriter(path):
        path.write_bytes(b"hello")
        with pytest.raises(BlockingIOError):
            LogWriter(path)


def test_without_locks_the_app_sees_to_it_that_there_is_one_writer(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backex.codec.log._FCNTL", None)
    monkeypatch.setattr("backex.codec.log._OPENS_FOLDERS", False)
    with LogWriter(path) as log, LogWriter(path) as other:
        assert other.append(ENTRIES[0]) == 0
        with pytest.raises(OSError, match="open it again"):
            log.append(ENTRIES[1])


def test_a_closed_writer_writes_nowhere(path: Path, tmp_path: Path) -> None:
    log = LogWriter(path)
    log.append(ENTRIES[0])
    log.close()
    with (tmp_path / "other").open("wb"):  # has got the descriptor's number
        with pytest.raises(ValueError, match="closed"):
            log.append(ENTRIES[1])
        log.close()
    assert (tmp_path / "other").read_bytes() == b""
    assert path.read_bytes() == LINES[0]


@posix
@pytest.mark.parametrize("there_is_another", [True, False])
@pytest.mark.parametrize("move", [Path.unlink, lambda path: path.rename(path.with_name("old"))])
def test_nothing_is_written_to_a_file_that_is_gone(
    path: Path, move: Callable[[Path], object], *, there_is_another: bool
) -> None:
    with LogWriter(path) as log:
        log.append(ENTRIES[0])
        move(path)
        if there_is_another:
            path.write_bytes(LINES[0])
        with pytest.raises(OSError, match=r"another file|No such file"):
            log.append(ENTRIES[1])
    assert all(each.read_bytes() == LINES[0] for each in path.parent.iterdir())


def test_a_writer_finds_its_file_from_another_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    with LogWriter(path.name) as log:
        monkeypatch.chdir("/")
        assert log.append(ENTRIES[0]) == 0
    assert path.read_bytes() == LINES[0]


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes that the disk was waited for, in order."""
    inodes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda each: inodes.append(os.fstat(each).st_ino))
    return inodes


@posix
def test_a_durable_writer_waits_for_the_file_and_its_folder_at_every_opening(
    path: Path, synced: list[int]
) -> None:
    for entry in ENTRIES:
        written(path, entry)
        file, folder = path.stat().st_ino, path.parent.stat().st_ino
        assert synced == [file, folder, file]
        synced.clear()
    written(path, ENTRIES[0], durable=False)
    assert synced == []


@posix
def test_behind_a_link_the_folder_of_the_file_itself_is_waited_for(
    path: Path, tmp_path: Path, synced: list[int]
) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "log"
    link.symlink_to(path)
    assert written(link, ENTRIES[0]) == [0]
    assert synced[:2] == [path.stat().st_ino, tmp_path.stat().st_ino]


def test_macos_is_asked_to_empty_the_cache_of_the_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch, synced: list[int]
) -> None:
    asked: list[tuple[int, int]] = []

    def fcntl(descriptor: int, command: int) -> None:
        asked.append((os.fstat(descriptor).st_ino, command))

    like_macos = SimpleNamespace(
        F_FULLFSYNC=51, LOCK_EX=2, LOCK_NB=4, fcntl=fcntl, flock=lambda *_: None
    )
    monkeypatch.setattr("backex.codec.log._FCNTL", like_macos)
    written(path, ENTRIES[0])
    file, folder = path.stat().st_ino, path.parent.stat().st_ino
    assert asked == [(file, 51), (folder, 51), (file, 51)]
    assert synced == []


def killing() -> ModuleType:
    place = Path(__file__).parent / "kill_log.py"
    spec = importlib.util.spec_from_file_location("kill_log", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")
def test_no_acknowledged_record_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    found = killing().run(tmp_path, kills=10, seed=1)
    assert found.acknowledged > 0
    assert found.torn_by_cut > 0


# ---- against a list -----------------------------------------------------------------------------

BERLIN = ZoneInfo("Europe/Berlin")
#: Around the hour that is there twice; the later instants come with the earlier local times.
AUTUMN = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
times = st.none() | st.integers(-120, 120).map(
    lambda minutes: (AUTUMN + timedelta(minutes=minutes)).astimezone(BERLIN)
)
entries: st.SearchStrategy[Entry] = st.builds(
    report,
    st.integers(0, 5),
    seq=st.integers(0, 1),
    pain=st.none() | st.integers(0, 5),
    stiffness=st.integers(0, 2),
    moment=st.sampled_from(Moment),
    at=times,
) | st.builds(
    Clearance,
    checkin=st.integers(0, 5),
    seq=st.just(0),
    rules=st.just(frozenset({RuleId("worsened")})),
    by=st.just("Dr. Lee"),
)
USUAL = report(0, pain=1, stiffness=1)


class LogMachine(RuleBasedStateMachine):
    """A file of entries beside a list of them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "log"
        self.model: list[Entry] = []
        self.log = LogWriter(self.path, durable=False)

    @initialize(some=st.lists(entries, max_size=3))
    def begin(self, some: list[Entry]) -> None:
        for entry in some:
            self.append(entry)

    @rule(entry=entries)
    def append(self, entry: Entry) -> None:
        assert self.log.append(entry) == len(self.model)
        self.model.append(entry)

    @rule(place=st.integers(0, 50))
    def append_again(self, place: int) -> None:
        if self.model:
            self.append(self.model[place % len(self.model)])

    @rule()
    def reopen(self) -> None:
        self.log.close()
        self.log = LogWriter(self.path, durable=False)
        assert self.log.values == tuple(self.model)

    @rule(entry=entries, share=st.floats(0, 1, exclude_max=True))
    def crash(self, entry: Entry, share: float) -> None:
        line = log_line(len(self.model), entry)
        begun = line[: int(share * len(line))]
        self.log.close()
        with self.path.open("ab") as file:
            file.write(begun)
        self.log = LogWriter(self.path, durable=False)
        if len(begun) == len(line) - 1:  # nobody was told, but it is there
            self.model.append(entry)
        assert self.log.values == tuple(self.model)

    @invariant()
    def the_file_is_the_list(self) -> None:
        assert recover(self.path.read_bytes()).values == tuple(self.model)

    @rule(random=st.randoms(use_true_random=False))
    def decide(self, random: Random) -> None:
        """A decision depends on the check-ins alone: on no order, no duplicate and no clock."""
        found = list(recover(self.path.read_bytes()).values)
        mixed = [*found, *found[:2]]
        random.shuffle(mixed)
        once = decide(STOPPING_POLICY, dict.fromkeys(self.model), baseline=USUAL)
        assert decide(STOPPING_POLICY, mixed, baseline=USUAL) == once  # type: ignore[arg-type]
        without = decide(STOPPING_POLICY, map(timeless, self.model), baseline=USUAL)
        assert (without.action, without.unknown) == (once.action, once.unknown)

    def teardown(self) -> None:
        self.log.close()
        self.folder.cleanup()


def timeless(entry: Entry) -> Entry:
    return evolve(entry, at=None) if isinstance(entry, SymptomReport) else entry


TestLogAgainstAList = LogMachine.TestCase
TestLogAgainstAList.settings = (
    settings(max_examples=2_000, stateful_step_count=50, deadline=None)
    if os.environ.get("BACKEX_LONG")
    else settings(stateful_step_count=30, deadline=None)
)


@given(st.permutations([report(day, pain=pain) for day, pain in ((1, 1), (2, 5), (3, 2))]))
def test_a_clock_that_goes_back_reorders_nothing(days: list[SymptomReport]) -> None:
    late_first = [
        evolve(each, at=AUTUMN - timedelta(hours=place)) for place, each in enumerate(days)
    ]
    found = decide(STOPPING_POLICY, late_first, baseline=USUAL)
    assert found.action is decide(STOPPING_POLICY, days, baseline=USUAL).action


def test_the_hour_that_is_there_twice_reorders_nothing() -> None:
    hour = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    first, second = (evolve(report(1), at=hour.replace(fold=fold)) for fold in (0, 1))
    assert first.at is not None
    assert second.at is not None
    assert second.at - first.at == timedelta(hours=1)
    log = [evolve(second, checkin=1), evolve(first, checkin=2)]
    assert sorted(log, key=log_order) == log
    with pytest.raises(LateReport):
        STOPPING_POLICY.start().observe(log[1]).observe(log[0])


# ---- audits -------------------------------------------------------------------------------------

REPORTS = [report(1, pain=1, stiffness=1), report(2, pain=5, stiffness=1)]


def test_an_audit_holds_the_decision_and_digests_of_all_that_it_depends_on() -> None:
    found = audit(STOPPING_POLICY, REPORTS, baseline=USUAL)
    decision = decide(STOPPING_POLICY, REPORTS, baseline=USUAL)
    assert (found.decision, found.decision_digest) == (decision, digest(decision))
    assert (found.policy_digest, found.baseline_digest) == (digest(STOPPING_POLICY), digest(USUAL))
    assert (found.entry_count, found.format_version, found.at) == (2, 1, None)


ASKING_MORE = evolve(STOPPING_POLICY, asks_red_flags=True)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("policy_digest", audit(ASKING_MORE, REPORTS, baseline=USUAL)),
        ("entries_digest", audit(STOPPING_POLICY, REPORTS[:1], baseline=USUAL)),
        ("baseline_digest", audit(STOPPING_POLICY, REPORTS, baseline=report(0, pain=2))),
    ],
)
def test_a_change_of_an_input_changes_its_digest(name: str, other: Audit) -> None:
    base = audit(STOPPING_POLICY, REPORTS, baseline=USUAL)
    digests = ("policy_digest", "entries_digest", "baseline_digest")
    assert [each for each in digests if getattr(base, each) != getattr(other, each)] == [name]


def test_the_order_of_entries_and_duplicates_change_no_audit() -> None:
    base = audit(STOPPING_POLICY, REPORTS, baseline=USUAL)
    assert audit(STOPPING_POLICY, [*reversed(REPORTS), REPORTS[0]], baseline=USUAL) == base


def test_an_audit_without_a_policy_or_a_baseline_says_so() -> None:
    found = audit(None, [], at=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN))
    assert (found.policy_digest, found.baseline_digest, found.entry_count) == (None, None, 0)
    assert found.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert found.at.tzinfo is UTC
