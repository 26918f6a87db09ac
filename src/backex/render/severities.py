"""The severities of a log as lines over its check-ins, for the picture of the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import final

import svg
from attrs import frozen

from backex.render.course import CheckIn, Course
from backex.render.drawing import (
    LEADING,
    LIGHT,
    PALE,
    line,
    paragraph,
    polygon,
    text,
    width_of,
    wrapped,
)
from backex.render.frame import LEFT, MARGIN, RIGHT, SMALL, Frame, Part, numbered, titled
from backex.stopping import StoppingPolicy
from backex.symptoms import Channel

__all__ = ["severities", "ticks"]

_UNIT, _HIGHEST = 22, 10
_COLORS = ("#0b3c6f", "#c2571a", "#2a7f62", "#8a3a8f", "#6b5b00", "#3f3f46")
_DASHES: tuple[tuple[float, ...], ...] = ((), (7, 4), (2, 3), (11, 3, 2, 3))
_MARKS = 5


@final
@frozen
class _Line:
    """How one channel is drawn, apart from the others in more than its color."""

    channel: Channel
    number: int
    #: How far it is moved, so that equal severities do not hide one another.
    aside: float
    #: Where severity 0 stands.
    zero: float
    #: From one severity to the next.
    unit: float

    @property
    def color(self) -> str:
        return _COLORS[self.number % len(_COLORS)]

    @property
    def dashes(self) -> tuple[float, ...]:
        return _DASHES[self.number % len(_DASHES)]

    def y(self, severity: int) -> float:
        return self.zero - self.unit * severity + self.aside

    def mark(self, x: float, y: float, size: float) -> svg.Element:
        """Return the mark of one known severity."""
        sides: dict[int, list[tuple[float, float]]] = {
            1: [(-1, -1), (1, -1), (1, 1), (-1, 1)],
            2: [(-1.2, 1), (0, -1.2), (1.2, 1)],
            3: [(-1.3, 0), (0, -1.3), (1.3, 0), (0, 1.3)],
            4: [(-1.2, -1), (0, 1.2), (1.2, -1)],
        }
        corners = sides.get(self.number % _MARKS)
        if corners is None:
            return svg.Circle(cx=x, cy=y, r=size, fill=self.color)
        return polygon([(x + size * dx, y + size * dy) for dx, dy in corners], self.color)


def severities(policy: StoppingPolicy, seen: Course, frame: Frame, top: float) -> Part:
    """Draw the worst known severity of each channel and the person's usual level."""
    labels = _labels(policy, seen)
    needed = sum(LEADING * len(lines) + 6 for _, lines in labels)
    # As high as the names of all lines need.
    unit = max(_UNIT, (needed - LEADING) / _HIGHEST)
    zero = top + unit * _HIGHEST
    apart = min(5.0, 12 / max(len(labels) - 1, 1))
    lines = [
        _Line(channel, number, apart * (number - (len(labels) - 1) / 2), zero, unit)
        for number, (channel, _) in enumerate(labels)
    ]
    elements: list[svg.Element] = []
    for severity in range(_HIGHEST + 1):
        y = zero - unit * severity
        elements.append(line(LEFT, y, frame.right, y, stroke=LIGHT, width=1))
        if severity % 2 == 0:
            elements.append(text(LEFT - 8, y + 4.5, str(severity), anchor="end"))
    elements += paragraph(MARGIN, top + 4.5, ["Severity"], bold=True)
    elements += paragraph(MARGIN, top + 22, ["0 none", "10 worst"], size=SMALL, fill=PALE)
    for each in lines:
        elements += _usual(each, seen.checkins, frame)
    for each in lines:
        elements += _rated(each, seen.checkins, frame)
    elements += _ends(lines, [rows for _, rows in labels], seen.checkins, frame, top)
    return elements, zero + 12


def _labels(policy: StoppingPolicy, seen: Course) -> list[tuple[Channel, list[str]]]:
    """Return the channels to draw, each with its label in lines."""
    rated = {channel for each in seen.checkins for channel in each.worst}
    last = seen.checkins[-1].baseline if seen.checkins else {}
    usual = {channel for each in seen.checkins for channel in each.baseline}
    labels = []
    for channel in sorted(policy.asks) + sorted((rated | usual) - policy.asks):
        notes = [f"usually {last[channel]}" if channel in last else "usual level not known"]
        if channel not in rated:
            notes.append("never rated")
        label = f"{channel}, {', '.join(notes)}"
        labels.append((channel, wrapped(label, RIGHT - 60, size=SMALL)))
    return labels


def _usual(channel: _Line, checkins: Sequence[CheckIn], frame: Frame) -> Iterator[svg.Element]:
    """Draw the usual level as broad steps, over the whole width of each check-in."""
    for run in _runs([each.baseline.get(channel.channel) for each in checkins]):
        points = [
            svg.Point(frame.x(position + side), channel.y(severity))
            for position, severity in run
            for side in (-0.5, 0.5)
        ]
        yield svg.Polyline(
            points=points, fill="none", stroke=channel.color, stroke_width=6, stroke_opacity=0.22
        )


def _rated(channel: _Line, checkins: Sequence[CheckIn], frame: Frame) -> Iterator[svg.Element]:
    for run in _runs([each.worst.get(channel.channel) for each in checkins]):
        spots = [(frame.x(position), channel.y(severity)) for position, severity in run]
        if len(spots) > 1:
            yield svg.Polyline(
                points=[svg.Point(x, y) for x, y in spots],
                fill="none",
                stroke=channel.color,
                stroke_width=2.2,
                stroke_dasharray=list(channel.dashes) or None,
            )
        for (position, severity), (x, y) in zip(run, spots, strict=True):
            mark = channel.mark(x, y, frame.mark_size)
            yield titled(mark, f"{numbered(checkins[position])}: {channel.channel} {severity}")


def _runs(known: Sequence[int | None]) -> Iterator[list[tuple[int, int]]]:
    """Return each run of neighbors that are known, with their positions."""
    for is_gap, run in groupby(enumerate(known), key=lambda each: each[1] is None):
        if not is_gap:
            yield [(position, each) for position, each in run if each is not None]


def _ends(
    lines: Sequence[_Line],
    labels: Sequence[Sequence[str]],
    checkins: Sequence[CheckIn],
    frame: Frame,
    top: float,
) -> Iterator[svg.Element]:
    """Name each line where it ends, as near to its height as the other names allow."""
    free = top + 4.5
    below = [LEADING * len(rows) + 6 for rows in labels]
    order = sorted(range(len(lines)), key=lambda n: (_end(lines[n], checkins), n))
    lowest = lines[0].zero + 4.5 if lines else 0.0
    for place, number in enumerate(order):
        each, end = lines[number], _end(lines[number], checkins)
        room = sum(below[other] for other in order[place:]) - LEADING - 6
        y = max(free, min(end + 4.5, lowest - room))
        free = y + below[number]
        x = frame.right + 8
        if any(each.channel in checkin.worst for checkin in checkins[-1:]):
            last = frame.x(len(checkins) - 1)
            yield line(last + 6, end, x, y - 4.5, stroke=PALE, width=1, dashes=(1, 3))
        yield line(x, y - 4.5, x + 34, y - 4.5, stroke=each.color, width=2.2, dashes=each.dashes)
        yield each.mark(x + 17, y - 4.5, 4)
        yield from paragraph(x + 42, y, labels[number], size=SMALL)


def _end(channel: _Line, checkins: Sequence[CheckIn]) -> float:
    """Return the height at which a line ends, or where its usual level is."""
    rated = [each.worst[channel.channel] for each in checkins if channel.channel in each.worst]
    usual = [each.baseline.get(channel.channel, 0) for each in checkins]
    return channel.y([0, *usual, *rated][-1])


def ticks(seen: Course, frame: Frame, top: float) -> Part:
    """Write the numbers of as many check-ins as there is room for, round ones by preference."""
    elements: list[svg.Element] = [text(MARGIN, top + 10, "Check-in", bold=True)]
    numbers = [each.first for each in seen.checkins]
    widest = max((width_of(str(each), SMALL) for each in numbers), default=0) + 10
    stride = next(
        each * 10**power
        for power in range(12)
        for each in (1, 2, 5)
        if each * 10**power * frame.step >= widest
    )
    gaps = [n for n, each in enumerate(seen.checkins) if each.first != each.last]
    round_ones = [n for n, number in enumerate(numbers) if n == 0 or number % stride == 0]
    taken: list[tuple[float, float]] = []
    # A number tells more than the dots for a gap, so all numbers are placed first.
    for position in [*(each for each in round_ones if each not in gaps), *gaps]:
        shown = _label_of(seen.checkins[position], frame)
        x, half = frame.x(position), width_of(shown, SMALL) / 2 + 4
        if all(x + half <= left or right <= x - half for left, right in taken):
            elements.append(text(x, top + 10, shown, size=SMALL, anchor="middle"))
            taken.append((x - half, x + half))
    return elements, top + 26


def _label_of(checkin: CheckIn, frame: Frame) -> str:
    if checkin.first == checkin.last:
        return str(checkin.first)
    span = f"{checkin.first}–{checkin.last}"
    return span if width_of(span, SMALL) + 8 <= frame.step else "⋯"
