"""Animations: a person who goes through one repetition, over and over, as a timeline plays it.

An animation is one SVG that moves by itself, without a script and without anything from elsewhere.
Each event takes the seconds that the timeline gives it, and a hold stays. Signs are those of a
figure: where weight rests, and while nothing moves what is asked for. Below runs a strip, one field
for each event. Who has asked for less motion sees the figure at the height of the repetition.

It has no words in it but its title and its description. Needs the extra ``figures``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from itertools import groupby
from typing import final

import svg
from attrs import frozen

from backex.anatomy import Side, View
from backex.events import EventKind
from backex.render.camera import Point, camera_for
from backex.render.canvas import STYLE, WIDTH, Canvas, Paint, filled, look_of
from backex.render.drawing import safe
from backex.render.figure import step_signs
from backex.render.film import Film, film
from backex.render.signs import (
    bearing_signs,
    breath_signs,
    gaze_signs,
    stay_signs,
    straight_signs,
)
from backex.render.weights import Weight
from backex.timelines import Timeline

__all__ = ["animated", "animation", "film_of", "title_of"]

#: How far, in pixels, an outline may be from where it would be, so that fewer moments do.
_OFF = 0.3
#: The strip below, in pixels: its height, and how far it is from what is around it.
_STRIP, _GAP = 5, 6
#: Whoever asks for less motion sees no motion, unless a page was asked for it.
_CALM = (
    "@media (prefers-reduced-motion:reduce){svg:not(.bx-asked)>.bx-moving{display:none}"
    "svg:not(.bx-asked)>.bx-still{display:inline}}"
)


def animation(
    played: Timeline,
    item: str,
    *,
    side: Side | None = None,
    view: View | None = None,
    set_up: bool = False,
) -> str | None:
    """Return one repetition of an item as an SVG that moves, or None where it has no poses.

    `side` is the one at work; None: the one that the item comes to first. `view` is from where it
    is seen; None: from where it is seen best. With `set_up` it begins with that, each time anew.

    Raises:
        KeyError: the routine has no such item.
    """
    found = film_of(played, item, side=side, set_up=set_up)
    return None if found is None else animated(found, view)


def film_of(played: Timeline, id: str, *, side: Side | None, set_up: bool) -> Film | None:
    """Return the film of the item with that id, or None where it has no poses.

    Raises:
        KeyError: the routine has no such item.
    """
    item = {str(each.id): each for each in reversed(played.routine.items)}[id]
    at_work = side or item.sides.in_turn[0] or Side.RIGHT
    return film(played, item, at_work, set_up=set_up)


def title_of(shown: Film) -> str:
    """Return the name of what is shown, with its moves and its side."""
    variant = shown.scene.variant
    at_work = f", {shown.scene.side.value} side" if variant.exercise.is_unilateral else ""
    return f"{variant}{at_work}"


def animated(shown: Film, view: View | None) -> str:
    """Return a film as an SVG that moves."""
    scene, times = shown.scene, [at for at, _ in shown.moments]
    bodies = [body for _, body in shown.moments]
    canvas = Canvas(camera_for(scene.variant.exercise.position, view, scene.side), bodies)
    orders = [tuple(canvas.painted(body, _carried(shown, at))) for at, body in shown.moments]
    outlines = {
        what: [canvas.outline(body, what) for body in bodies]
        for what in dict.fromkeys(paint.what for order in orders for paint in order)
    }
    title, words = safe(title_of(shown)), safe(_in_words(shown))
    # After what it is, so that several stand in one page.
    name = f"bx-{sha256(repr((title, words, outlines)).encode()).hexdigest()[:12]}"
    loop = _Loop(shown.seconds)
    moving = [
        canvas.floor(),
        svg.Defs(
            elements=[
                _outlined(f"{name}-{what.value}", loop, times, each)
                for what, each in outlines.items()
            ]
        ),
        *(
            loop.shown(times, [order == each for order in orders], _painted(name, each))
            for each in dict.fromkeys(orders)
        ),
        *(
            loop.shown(shown.starts, [number == each for each in _numbers(shown)], signs)
            for number in _numbers(shown)
            if (signs := list(_signs(shown, canvas, number)))
        ),
        *_strip(shown, loop, canvas.height),
    ]
    still = list(step_signs(scene, canvas, shown.ends[shown.peak]))
    height = canvas.height + _STRIP + 2 * _GAP
    picture = svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, WIDTH, height),
        width=WIDTH,
        height=height,
        data={"seconds": str(shown.seconds), "peak": str(shown.starts[shown.peak])},
        extra={"role": "img", "aria-labelledby": f"{name}-title {name}-desc"},
        elements=[
            svg.Title(id=f"{name}-title", text=title),
            svg.Desc(id=f"{name}-desc", text=words),
            svg.Style(text=STYLE + _CALM),
            svg.G(class_=["bx-moving"], elements=moving),
            svg.G(class_=["bx-still"], display="none", elements=still),
        ],
    )
    return picture.as_str() + "\n"


def _carried(shown: Film, at: float) -> frozenset[Weight]:
    """Return what is carried at a second: what the step that it belongs to asks for."""
    number = bisect_right(shown.starts, at) - 1
    return shown.scene.carried(shown.ends[number])


def _in_words(shown: Film) -> str:
    steps = (
        f"{number}. {event.text} ({event.seconds} s)"
        for number, event in enumerate(shown.events, start=1)
    )
    return f"A person, over and over: {' '.join(steps)}"


def _numbers(shown: Film) -> range:
    return range(len(shown.events))


@final
@frozen
class _Loop:
    """What makes attributes change with time, over and over."""

    #: From one beginning to the next.
    seconds: int

    def changing(
        self, attribute: str, times: Sequence[float], values: Sequence[str], *, jumps: bool = False
    ) -> svg.Animate:
        """Return what gives an attribute those values at those seconds, the first of them 0."""
        return svg.Animate(
            attributeName=attribute,
            dur=timedelta(seconds=self.seconds),
            repeatCount="indefinite",
            keyTimes=[round(at / self.seconds, 5) for at in times],
            values=";".join(values),
            calcMode="discrete" if jumps else None,
        )

    def shown(
        self, times: Sequence[float], flags: Sequence[bool], elements: Iterable[svg.Element]
    ) -> svg.G:
        """Return elements that are seen from those of the seconds on that have a flag."""
        turns = [
            index for index in range(len(flags)) if not index or flags[index] != flags[index - 1]
        ]
        states = ["inline" if flags[index] else "none" for index in turns]
        if len(turns) == 1:
            return svg.G(elements=list(elements))
        changes = self.changing("display", [times[index] for index in turns], states, jumps=True)
        return svg.G(display=None if flags[0] else "none", elements=[changes, *elements])


def _outlined(
    name: str, loop: _Loop, times: Sequence[float], outlines: Sequence[Sequence[Point]]
) -> svg.Polygon:
    """Return an outline that changes, to be painted by its name."""
    used = _needed(times, [[each for spot in outline for each in spot] for outline in outlines])
    values = [" ".join(f"{x:g},{y:g}" for x, y in outlines[index]) for index in used]
    return svg.Polygon(
        id=name,
        points=[svg.Point(*spot) for spot in outlines[0]],
        stroke_linejoin="round",
        elements=[loop.changing("points", [times[index] for index in used], values)]
        if used
        else [],
    )


def _needed(times: Sequence[float], rows: Sequence[Sequence[float]]) -> list[int]:
    """Return the places of the rows between which the others follow; none if nothing changes."""
    if all(_off(rows[0], row) <= _OFF for row in rows):
        return []
    used, open_ends = [0], [len(rows) - 1]
    while open_ends:
        start, end = used[-1], open_ends[-1]
        span = times[end] - times[start]
        errors = {
            index: _off(
                rows[index], _mixed(rows[start], rows[end], (times[index] - times[start]) / span)
            )
            for index in range(start + 1, end)
        }
        worst = max(errors, key=errors.__getitem__, default=end)
        if worst != end and errors[worst] > _OFF:
            open_ends.append(worst)
        else:
            used.append(open_ends.pop())
    return used


def _mixed(one: Sequence[float], other: Sequence[float], share: float) -> list[float]:
    return [(1 - share) * a + share * b for a, b in zip(one, other, strict=True)]


def _off(one: Sequence[float], other: Sequence[float]) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _painted(name: str, order: Sequence[Paint]) -> Iterator[svg.Element]:
    """Yield outlines in the order in which they cover each other."""
    for (fill, rim), paints in groupby(order, key=lambda paint: (paint.fill, paint.rim)):
        uses: list[svg.Element] = [svg.Use(href=f"#{name}-{paint.what.value}") for paint in paints]
        yield svg.G(elements=uses, **look_of(fill, ("line", rim) if rim else None))


def _signs(shown: Film, canvas: Canvas, number: int) -> Iterator[svg.Element]:
    """Yield where weight rests during an event, and what is asked for where nothing moves."""
    event, scene = shown.events[number], shown.scene
    steps = [each for each in scene.variant.steps if each.id in event.steps]
    for step in steps:
        if step.id == shown.ends[number]:
            yield from bearing_signs(canvas, scene, step)
    before, body = (scene.bodies[shown.ends[each]] for each in (number - 1, number))
    if event.kind is EventKind.HOLD or before == body:
        for step in steps:
            yield from straight_signs(canvas, body, step.cues)
            yield from breath_signs(canvas, body, step)
            yield from gaze_signs(canvas, body, step)
    if event.kind is EventKind.HOLD:
        yield from stay_signs()


def _strip(shown: Film, loop: _Loop, top: int) -> Iterator[svg.Element]:
    """Yield a field for each event, as wide as it is long, and what runs through them."""
    wide = WIDTH - 2 * _GAP
    scale, y = wide / shown.seconds, top + _GAP
    for start, event in zip(shown.starts, shown.events, strict=True):
        yield svg.Rect(
            x=round(_GAP + scale * start + 1, 1),
            y=y,
            width=round(scale * event.seconds - 2, 1),
            height=_STRIP,
            **filled("ghost"),
        )
    yield svg.Rect(
        x=_GAP,
        y=y + 1,
        width=0,
        height=_STRIP - 2,
        elements=[loop.changing("width", [0, shown.seconds], ["0", str(wide)])],
        **filled("mark"),
    )
