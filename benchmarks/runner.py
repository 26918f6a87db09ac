"""Measuring two sides by turns, and the table of what came out."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any, final

from attrs import frozen

__all__ = ["Row", "Side", "by_turns", "table"]

#: One side of a comparison: what it does with the inputs of one round.
Side = Callable[[Any], object]


@final
@frozen(kw_only=True)
class Row:
    """One line of the table."""

    #: What is done.
    work: str
    #: What does it besides backex.
    peer: str
    #: Seconds that backex takes, or another amount of which less is better.
    own: float
    #: The same of the peer.
    other: float
    #: What share of the peer's amount backex may take.
    goal: float
    #: The goal as it was set.
    wanted: str
    #: The amounts in words; by default they are times.
    unit: str = "s"
    #: The amount of what marks the limit, where there is such a thing.
    limit: tuple[str, float] | None = None

    @property
    def ratio(self) -> float:
        """The amount of backex as a share of the peer's."""
        return self.own / self.other

    @property
    def is_met(self) -> bool:
        """Whether the goal is met."""
        return self.ratio <= self.goal

    def __str__(self) -> str:
        """Return the line as Markdown."""
        limit = f"{self.limit[0]}: {_amount(self.limit[1], self.unit)}" if self.limit else "–"
        said = "met" if self.is_met else "**not met**"
        own, other = _amount(self.own, self.unit), _amount(self.other, self.unit)
        return (
            f"| {self.work} | {self.peer} | {own} | {other} | {self.ratio:.2f} × "
            f"(1 / {1 / self.ratio:.2f}) | {self.wanted} | {said} | {limit} |"
        )


def _amount(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:,.0f} {unit}"
    for name, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {name}"
    return f"{value * 1e9:.3g} ns"


def by_turns(
    inputs: Callable[[int], Any],
    *sides: Side,
    rounds: int = 9,
    each: int = 1,
    clock: Callable[[], float] = time.process_time,
) -> list[float]:
    """Return the seconds that each side takes for one of the `each` things that a round does.

    Every round has new inputs, which all sides are given one after the other, each round beginning
    with another one. A side's time is its median over the rounds, after one that does not count;
    garbage is collected between them and not while they run. The clock is that of the process,
    which stands still while others have the machine.
    """
    times: list[list[float]] = [[] for _ in sides]
    was_enabled = gc.isenabled()
    try:
        for number in range(rounds + 1):
            given = inputs(number)
            for turn in range(len(sides)):
                side = (turn + number) % len(sides)
                gc.collect()
                gc.disable()
                started = clock()
                result = sides[side](given)
                times[side].append(clock() - started)
                del result
                gc.enable()
    finally:
        (gc.enable if was_enabled else gc.disable)()
    return [median(each_side[1:]) / each for each_side in times]


def table(rows: Iterable[Row]) -> str:
    """Return the table of what was measured as Markdown."""
    head = "| work | peer | backex | the peer | ratio | goal | | limit |"
    rule = "|---|---|---|---|---|---|---|---|"
    return "\n".join([head, rule, *map(str, rows)])
