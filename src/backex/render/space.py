"""The variant space of an exercise, and a ladder through it, as a picture.

Each axis is a column of its places, the exercise as it is described on one level across all of
them; dashed arcs lead up to what is harder. A variant is a line from axis to axis, a ladder a
bundle of such lines with numbered rungs. Needs the extra ``figures``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import final

import svg
from attrs import frozen

from backex.axes import Axis, LevelAxis
from backex.dose import same_amounts
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ladders import Ladder, Rung
from backex.quantities import Mass
from backex.render.drawing import INK, PALE, PAPER, safe, text
from backex.variant import Place, Variant, differences

__all__ = ["variant_space_as_svg"]

_PILL_WIDTH, _PILL_HEIGHT = 136, 30
_COLUMN, _ROW, _ARCS, _LEAST_WIDTH = 206, 56, 24, 640
_LEFT, _TOP, _LINE = 32, 118, 24
_CHARACTERS = 19
_DOT = 18
_HOW_TO_READ = "Bold: as described. An arc leads up to what is harder; without one, no order."
_FILL = "#f1f3f5"
# From the first rung to the last; apart in lightness too, for whoever does not see the color.
_SHADES = ("#a6cbe8", "#7fb2dc", "#5998ce", "#367dbd", "#1d62a3", "#0d4780", "#062c57")


@final
@frozen
class _Spot:
    """A place as it is drawn: its name and the middle of its pill."""

    name: str
    x: float
    y: float


def variant_space_as_svg(exercise: Exercise, ladder: Ladder | None = None) -> str:
    """Return an SVG of the axes of `exercise`, with the rungs of `ladder` as lines across them.

    Of a load axis those loads are shown that the ladder uses. Equal arguments give equal text.

    Raises:
        InvalidValue: a ladder of another exercise.
    """
    rungs = () if ladder is None else ladder.rungs
    if any(rung.variant.exercise != exercise for rung in rungs):
        allowed = f'a ladder of variants of "{exercise.id}"'
        raise InvalidValue("variant_space_as_svg", "ladder", ladder, allowed)
    variants = [rung.variant for rung in rungs]
    grids = [_rows(axis, variants) for axis in exercise.axes]
    top = max((max(grid.values()) for grid in grids), default=0)
    deepest = min((min(grid.values()) for grid in grids), default=0)
    base = _TOP + top * _ROW + _PILL_HEIGHT
    bottom = base - deepest * _ROW
    columns: list[dict[Place, _Spot]] = []
    elements: list[svg.Element] = []
    for index, (axis, grid) in enumerate(zip(exercise.axes, grids, strict=True)):
        x = _LEFT + _ARCS + _PILL_WIDTH / 2 + _COLUMN * index
        columns.append(
            {place: _Spot(_name(axis, place), x, base - _ROW * row) for place, row in grid.items()}
        )
        elements.append(text(x, _TOP - 24, axis.name, bold=True, anchor="middle"))
    width = max(2 * _LEFT + _COLUMN * len(columns) + _DOT * len(rungs), _LEAST_WIDTH)
    height = bottom + 56 + _LINE * len(rungs)
    paths = [(number, len(rungs), each, columns) for number, each in enumerate(variants)]
    drawing = svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, width, height),
        width=width,
        height=height,
        style="font-family: sans-serif",
        elements=[
            svg.Title(text=safe(f"The ways to change {exercise.name}")),
            svg.Rect(x=0, y=0, width=width, height=height, fill=PAPER),
            text(_LEFT, 36, exercise.name, size=20, bold=True),
            text(_LEFT, 58, _HOW_TO_READ),
            *elements,
            *_orders(exercise, columns),
            *(_crossing(*path) for path in paths),
            *(
                mark
                for column in columns
                for each in column.items()
                for mark in _pill(*each, column)
            ),
            *(mark for path in paths for mark in _dot(*path)),
            *_legend(rungs, bottom + 44),
        ],
    )
    return drawing.as_str() + "\n"


def _rows(axis: Axis, variants: Sequence[Variant]) -> dict[Place, int]:
    """Return the row of each place of an axis; the base is in row 0, what is harder above it."""
    if isinstance(axis, LevelAxis):
        return _level_rows(axis)
    loads = sorted(place for each in variants if isinstance(place := each.place(axis.id), Mass))
    shown: list[Place] = [None, *dict.fromkeys(loads or [Mass(axis.increment_grams)])]
    return {place: row for row, place in enumerate(shown)}


def _level_rows(axis: LevelAxis) -> dict[Place, int]:
    """Return a row for each level: whatever is harder exceeds more levels, so stands higher."""
    exceeded = {level.id: len(axis.below(level.id) - {level.id}) for level in axis.levels}
    base = axis.base.id
    others = [each for each in exceeded if each != base]
    above = sorted(
        (each for each in others if exceeded[each] > exceeded[base]), key=exceeded.__getitem__
    )
    beside = sorted(
        (each for each in others if exceeded[each] <= exceeded[base]),
        key=exceeded.__getitem__,
        reverse=True,
    )
    rows: dict[Place, int] = {base: 0}
    rows |= {level: row for row, level in enumerate(above, start=1)}
    rows |= {level: -row for row, level in enumerate(beside, start=1)}
    return rows


def _name(axis: Axis, place: Place) -> str:
    level = axis.level(place) if isinstance(axis, LevelAxis) and isinstance(place, str) else None
    return level.name if level else "none" if place is None else str(place)


def _orders(exercise: Exercise, columns: Sequence[dict[Place, _Spot]]) -> Iterable[svg.Element]:
    """Draw what is harder than what, as arcs on the left of the pills."""
    for axis, column in zip(exercise.axes, columns, strict=True):
        pairs: Iterable[tuple[Place, Place]] = pairwise(column)
        if isinstance(axis, LevelAxis):
            pairs = [(low, high.id) for high in axis.levels for low in sorted(high.exceeds)]
        for low, high in pairs:
            if low in column:
                yield _arc(column[low], column[high])


def _arc(low: _Spot, high: _Spot) -> svg.Path:
    edge = low.x - _PILL_WIDTH / 2
    out = edge - 12 - 8 * (low.y - high.y) / _ROW
    return svg.Path(
        d=[svg.M(edge, low.y), svg.C(out, low.y, out, high.y, edge, high.y)],
        fill="none",
        stroke=PALE,
        stroke_width=1.4,
        stroke_dasharray=[4, 3],
    )


def _crossing(
    number: int, count: int, variant: Variant, columns: Sequence[dict[Place, _Spot]]
) -> svg.Polyline:
    """Draw one rung as a line from axis to axis and on to its dot, apart from the other rungs."""
    spots = _crossed(number, count, variant, columns)
    half = _PILL_WIDTH / 2
    ends = [(spot.x + side, spot.y) for spot in spots for side in (-half, half)]
    if ends:
        ends.append((ends[-1][0] + _DOT * (number + 1), ends[-1][1]))
    return svg.Polyline(
        points=[svg.Point(x, y) for x, y in ends],
        fill="none",
        stroke=_shade(number, count),
        stroke_width=2.6,
    )


def _crossed(
    number: int, count: int, variant: Variant, columns: Sequence[dict[Place, _Spot]]
) -> list[_Spot]:
    """Return where a rung crosses the axes, a little apart from where others cross them."""
    apart = 3.6 * (number - (count - 1) / 2)
    places = (
        column[variant.place(axis.id)]
        for axis, column in zip(variant.exercise.axes, columns, strict=True)
    )
    return [_Spot(place.name, place.x, place.y + apart) for place in places]


def _dot(
    number: int, count: int, variant: Variant, columns: Sequence[dict[Place, _Spot]]
) -> Iterable[svg.Element]:
    """Draw a rung's number behind the last axis, so that no rung is hidden by another."""
    for spot in _crossed(number, count, variant, columns)[-1:]:
        x = spot.x + _PILL_WIDTH / 2 + _DOT * (number + 1)
        yield svg.Circle(cx=x, cy=spot.y, r=7.5, fill=_shade(number, count))
        dark = number * 2 >= count
        yield text(
            x, spot.y + 3.5, str(number), size=10, anchor="middle", fill=PAPER if dark else INK
        )


def _shade(number: int, count: int) -> str:
    return _SHADES[round(number * (len(_SHADES) - 1) / max(count - 1, 1))]


def _pill(place: Place, spot: _Spot, column: dict[Place, _Spot]) -> Iterable[svg.Element]:
    is_base = next(iter(column)) == place
    shown = spot.name if len(spot.name) <= _CHARACTERS else spot.name[: _CHARACTERS - 1] + "…"
    yield svg.Rect(
        x=spot.x - _PILL_WIDTH / 2,
        y=spot.y - _PILL_HEIGHT / 2,
        width=_PILL_WIDTH,
        height=_PILL_HEIGHT,
        rx=_PILL_HEIGHT / 2,
        fill=_FILL,
        stroke=INK,
        stroke_width=2.4 if is_base else 1.2,
    )
    yield text(spot.x, spot.y + 4.5, shown, bold=is_base, anchor="middle")


def _legend(rungs: Sequence[Rung], top: float) -> Iterable[svg.Element]:
    for number, rung in enumerate(rungs):
        y = top + _LINE * number
        yield svg.Line(
            x1=_LEFT,
            y1=y,
            x2=_LEFT + 28,
            y2=y,
            stroke=_shade(number, len(rungs)),
            stroke_width=4,
        )
        past = rungs[number - 1] if number else None
        yield text(_LEFT + 38, y + 4.5, f"rung {number}: {_change(past, rung)}")


def _change(past: Rung | None, rung: Rung) -> str:
    """Return what a rung changes; all of it for the first one."""
    if past is None:
        return f"{rung.variant}, {rung.dose or 'no dose stated'}"
    changed = [str(each) for each in differences(past.variant, rung.variant)]
    dosed = [] if same_amounts(past.dose, rung.dose) else [str(rung.dose or "no dose stated")]
    return "; ".join([*changed, *dosed]) or "the same again"
