"""What hostile documents cost at the limits of size, each in a process of its own.

Run it on Linux, on a machine that does nothing else:

    python tests/hostile_cost.py [SHAPE...]

A child may take at most 32 MiB of address space beyond what it has when it begins to load. The time
is the processor's, the best of nine.
"""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, final

from attrs import frozen

from untrusted.samples import problems_of
from untrusted.shapes import SHAPES, filled

SIZE = 256 * 1024
#: The limit is 20,000; a few are not parts of what is repeated.
VALUES = 19_800
MOST_SECONDS = 0.25
MOST_BYTES = 32 * 2**20
MOST_GROWTH = 2.5
#: Of less, the ratio of two times says nothing.
LEAST_SECONDS = 0.01


@final
@frozen
class Cost:
    """What one shape costs."""

    seconds: float
    #: The time in proportion to that of half the document.
    growth: float
    #: By how much the process grew.
    memory: int

    @property
    def is_fine(self) -> bool:
        return (
            self.seconds <= MOST_SECONDS
            and self.memory <= MOST_BYTES
            and self.growth <= MOST_GROWTH
        )

    def __str__(self) -> str:
        """Return one line."""
        growth = f"{self.growth:4.1f}" if self.growth else "   –"
        return (
            f"{self.seconds * 1000:6.1f} ms {self.memory / 2**20:5.1f} MiB {growth} × half's time"
        )


def main() -> None:
    """Measure each shape, or those named, in children; exit with 1 where one costs too much."""
    found: list[Cost] = []
    names = sys.argv[1:] or list(SHAPES)
    for name in names:
        cls, make = SHAPES[name]
        for values in (None, VALUES):
            half = filled(make, SIZE // 2, values and values // 2)
            cost = _in_a_child(cls, half, filled(make, SIZE, values))
            found.append(cost)
            limit = "values" if values else "size"
            sys.stdout.write(f"{name:28} {limit:6} {cost} {'' if cost.is_fine else 'TOO MUCH'}\n")
            sys.stdout.flush()
    sys.stdout.write(
        f"{len(names)} shapes: at most {max(each.seconds for each in found) * 1000:.0f} ms, "
        f"{max(each.memory for each in found) / 2**20:.1f} MiB, "
        f"{max(each.growth for each in found):.1f} × the time for twice the size\n"
    )
    sys.exit(not all(each.is_fine for each in found))


def _in_a_child(cls: type[Any], half: str, text: str) -> Cost:
    ran = subprocess.run(
        [sys.executable, __file__, "child"],
        input=pickle.dumps((cls, half, text)),
        capture_output=True,
        check=True,
    )
    seconds, growth, memory = ran.stdout.split()
    return Cost(float(seconds), float(growth), int(memory))


def child() -> None:
    """Load what comes on the standard input, and tell what that took."""
    cls, half, text = pickle.load(sys.stdin.buffer)
    # What is loaded once is no cost of a document.
    problems_of(half[:1000], cls)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MOST_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    before = _most_memory()
    problems_of(text, cls)
    memory = _most_memory() - before
    seconds, of_half = _seconds(cls, text, half)
    growth = seconds / of_half if of_half > LEAST_SECONDS else 0.0
    sys.stdout.write(f"{seconds} {growth} {memory}")


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _seconds(cls: type[Any], *texts: str) -> list[float]:
    """Return the least time for each, measured in turn: what else goes on slows all alike."""
    best = [float("inf")] * len(texts)
    for _ in range(9):
        for index, text in enumerate(texts):
            begun = time.process_time()
            problems_of(text, cls)
            best[index] = min(best[index], time.process_time() - begun)
    return best


if __name__ == "__main__":
    child() if sys.argv[1:] == ["child"] else main()
