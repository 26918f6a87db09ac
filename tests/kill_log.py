"""Kill a process that writes a log, again and again, and check that nothing acknowledged is lost.

A child appends reports and acknowledges each on a pipe once `append` has returned. It is killed by
SIGKILL at a random moment. What the log then holds must be all that was acknowledged, and at most
the one record that was being written or acknowledged. Every second child does not wait for the
disk, so that it is killed while it writes rather than while it waits.

A system that finishes a write before it ends a process leaves no torn tail, however often one is
killed; a loss of power can. So after half of the kills the log is cut at a random byte of the
record that was not acknowledged, which is written first where there is none. What is left of it is
a torn tail, or a record if only the line break is gone. The next child begins with that log, and
may be killed as it does.

    python tests/kill_log.py --kills 500
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import struct
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import final

from attrs import define

from backex import report
from backex.codec import LogWriter, Recovered, log_line, recover

#: The longest that a child lives, by whether it waits for the disk.
SECONDS = {True: 0.08, False: 0.03}
#: After how many kills a new log is begun, so that reading it again does not take the time.
KILLS_EACH = 20
#: After which share of the kills the log is cut too.
CUT_SHARE = 0.5


@final
@define
class Found:
    """What was found after all kills, in records and tails."""

    acknowledged: int = 0
    #: Torn tails that a kill has left.
    torn_by_kill: int = 0
    #: Torn tails that are there because the log was cut.
    torn_by_cut: int = 0
    #: Records that were kept, though not acknowledged, and how many of them lacked the line break.
    extra: int = 0
    unended: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill a log's writer and look what is left.")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), arguments.kills, arguments.seed)
    sys.stdout.write(
        f"{arguments.kills} kills, {found.acknowledged} records acknowledged, 0 lost; "
        f"torn tails: {found.torn_by_kill} by a kill, {found.torn_by_cut} by a cut; "
        f"{found.extra} records kept and not acknowledged, {found.unended} without a line break\n"
    )


def run(folder: Path, kills: int, seed: int) -> Found:
    """Kill as many writers, and return what was found; exit if a log is not as it has to be."""
    rng = random.Random(seed)
    found = Found()
    for kill in range(kills):
        log = folder / f"log-{kill // KILLS_EACH}"
        before = content(log)
        known = len(recover(before).values)
        durable = kill % 2 == 0
        said = killed_after(log, known, rng.uniform(0, SECONDS[durable]), durable=durable)
        found.acknowledged += said
        after = content(log)
        found.torn_by_kill += checked(after, known + said).torn and after != before
        if rng.random() < CUT_SHARE:
            log.write_bytes(cut(after, known + said, rng))
            found.torn_by_cut += checked(content(log), known + said).torn
        left = recover(content(log))
        found.extra += len(left.values) - known - said
        found.unended += left.is_unended
    return found


def content(log: Path) -> bytes:
    return log.read_bytes() if log.exists() else b""


def checked(data: bytes, acknowledged: int) -> Recovered:
    """Return what is in a log that must hold what was acknowledged, and one record more at most."""
    found = recover(data)
    if found.values != tuple(map(report, range(len(found.values)))):
        message = "the log holds something else than what was written"
        raise SystemExit(message)
    if not acknowledged <= len(found.values) <= acknowledged + 1:
        message = f"{acknowledged} records were acknowledged, {len(found.values)} are there"
        raise SystemExit(message)
    return found


def cut(data: bytes, acknowledged: int, rng: random.Random) -> bytes:
    """Return a log that ends inside the record behind those that were acknowledged.

    A cut that takes only the line break is made more often than by chance.
    """
    line = log_line(acknowledged, report(acknowledged))
    lines = data.split(b"\n")[:acknowledged]  # the last one may lack its line break
    end = min(rng.randrange(1, len(line) + 10), len(line) - 1)
    return b"\n".join([*lines, line[:end]])


def killed_after(log: Path, known: int, seconds: float, *, durable: bool) -> int:
    """Let a child append for a while, kill it, and return how many records it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            append_for_ever(log, known, writing, durable=durable)
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        pipe.read(1)  # it is about to write
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        said = pipe.read()
    if not os.WIFSIGNALED(status):
        message = "the writer ended by itself"
        raise SystemExit(message)
    last = said[len(said) // 8 * 8 - 8 :][:8]
    return struct.unpack("<q", last)[0] + 1 - known if len(said) >= 8 else 0


def append_for_ever(log: Path, known: int, acknowledge: int, *, durable: bool) -> None:
    """Append reports numbered from `known` on; never returns."""
    os.write(acknowledge, b".")
    with LogWriter(log, durable=durable) as writer:
        for number in range(known, sys.maxsize):
            os.write(acknowledge, struct.pack("<q", writer.append(report(number))))


if __name__ == "__main__":
    main()
