"""A person on paper: bodies as outlines, drawn so that what is nearer covers what is not.

Needs the extra ``figures``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, pi, sin
from typing import Any, NamedTuple, final

import svg

from backex.anatomy import Side
from backex.body import Body, Landmark, Part
from backex.render.camera import Camera, Point
from backex.render.weights import Weight, solid_of
from backex.spatial import Ball, Matrix, Solid, Vector, between, dot, scaled

__all__ = [
    "COLORS",
    "PARTS",
    "STYLE",
    "WIDTH",
    "Canvas",
    "Paint",
    "filled",
    "look_of",
    "path",
    "shape",
]

#: How wide a figure is, in pixels.
WIDTH = 480
_TALLEST = 360
#: Space around what is drawn, in millimetres of the body: at the sides, above, below.
_BESIDE, _ABOVE, _BELOW = 60.0, 150.0, 110.0
#: The least height that a figure has room for.
_LEAST_HEIGHT = 700.0
#: How far, in millimetres, an ear has to stand out from the head to be seen.
_EAR_SHOWS = 20.0
_SIZES = ((3.2, 4.2), (2.2, 2.2))
#: Where the corners of an ear or an eye stand around its middle.
_TURNS = [2 * pi * number / 12 for number in range(12)]
_OUTLINE, _THIN = 4.5, 1.4
#: How far apart in depth, in millimetres, counts as neither behind nor before.
_LEVEL = 5.0
#: How wide a seat is, and how round its edges are, in millimetres.
_SEAT = 380.0
_EDGE: Matrix = ((5.0, 0.0, 0.0), (0.0, 5.0, 0.0), (0.0, 0.0, 5.0))

#: The color of each thing, on light and on dark paper.
COLORS: Mapping[str, tuple[str, str]] = {
    "line": ("#14181d", "#0b0d10"),
    "cloth": ("#5b7d9e", "#7fa3c7"),
    "far-cloth": ("#93aec7", "#54779a"),
    "skin": ("#f0d9c4", "#f0d9c4"),
    "far-skin": ("#d9c3b0", "#c6ad98"),
    "hair": ("#3a3a3c", "#4e4e53"),
    "weight": ("#3d434a", "#aeb6bf"),
    "mat": ("#e1e6ea", "#39424c"),
    "mark": ("#14181d", "#f4f6f8"),
    "halo": ("#ffffff", "#14181d"),
    "on-body": ("#ffffff", "#ffffff"),
    "way": ("#b3261e", "#ff9d8a"),
    "ghost": ("#77818b", "#9aa5b1"),
}
# Attributes hold the light colors, also where styles are not understood; a style overrides them.
_DARK = "".join(
    f".bx-{name}-fill{{fill:{dark}}}.bx-{name}-stroke{{stroke:{dark}}}"
    for name, (_, dark) in COLORS.items()
)
STYLE = f"@media screen and (prefers-color-scheme:dark){{{_DARK}}}"

_TRUNK = (Part.PELVIS, Part.WAIST, Part.CHEST)
_HEAD = (Part.NECK, Part.HEAD, Part.FACE)


def _limb(side: Side, *names: str) -> tuple[Part, ...]:
    return tuple(Part(f"{side.value}-{name}") for name in names)


#: What is drawn as one limb, and the part of the trunk that it is in front of or behind.
_LIMBS: Mapping[tuple[Part, ...], Part] = {
    _limb(side, *names): beside
    for side in Side
    for names, beside in (
        (("thigh", "shank", "foot"), Part.PELVIS),
        (("upper-arm", "forearm", "hand", "thumb"), Part.CHEST),
    )
}
#: What moves as one: the trunk, the head and each limb.
PARTS: tuple[tuple[Part, ...], ...] = (_TRUNK, _HEAD, *_LIMBS)
#: An ear and an eye of each side, and how wide and tall each is: half of it, in pixels.
_SENSES = (
    (Landmark.LEFT_EAR, Landmark.LEFT_EYE),
    (Landmark.RIGHT_EAR, Landmark.RIGHT_EYE),
)
_DOTS = {each: size for pair in _SENSES for each, size in zip(pair, _SIZES, strict=True)}
_BARE = frozenset(_HEAD).union(*(_limb(side, "hand", "thumb", "forearm", "foot") for side in Side))


class Paint(NamedTuple):
    """What is painted at once."""

    #: A part, an ear or an eye, or what is carried.
    what: Part | Landmark | Weight
    #: The thing whose color fills it.
    fill: str
    #: How wide a line around it is; 0 for none.
    rim: float


def filled(name: str) -> dict[str, Any]:
    """Return what fills a shape with the color of a thing."""
    return {"class_": [f"bx-{name}-fill"], "fill": COLORS[name][0]}


def _stroked(name: str, width: float) -> dict[str, Any]:
    """Return what draws a line in the color of a thing."""
    return {
        "class_": [f"bx-{name}-stroke"],
        "stroke": COLORS[name][0],
        "stroke_width": width,
    }


def look_of(name: str, rim: tuple[str, float] | None = None) -> dict[str, Any]:
    """Return what fills a shape, and draws its rim in another color where one is given."""
    look = filled(name)
    if rim is not None:
        line = _stroked(*rim)
        look = line | look | {"class_": look["class_"] + line["class_"]}
    return look


def path(
    points: Iterable[Point], name: str, width: float, dashes: Sequence[float] = ()
) -> svg.Polyline:
    """Return a line through points; dashes shorter than it is wide are dots."""
    look: dict[str, Any] = _stroked(name, width) | {"fill": "none", "stroke_linejoin": "round"}
    if dashes:
        look["stroke_dasharray"] = list(dashes)
        look["stroke_linecap"] = "round" if dashes[0] < width else "butt"
    return svg.Polyline(points=[svg.Point(*each) for each in points], **look)


def shape(corners: Iterable[Point], name: str, rim: tuple[str, float] | None = None) -> svg.Polygon:
    """Return a filled shape, with a rim in another color where one is given."""
    return svg.Polygon(
        points=[svg.Point(*each) for each in corners],
        stroke_linejoin=None if rim is None else "round",
        **look_of(name, rim),
    )


@final
class Canvas:
    """The paper for some bodies: large enough for each of them, all seen from one place."""

    def __init__(self, camera: Camera, bodies: Sequence[Body]) -> None:
        """Make room for `bodies`, of which there is at least one."""
        self.camera = camera
        self._bodies = bodies
        solids = [solid for body in bodies for solid in body.solids.values()]
        left = (
            min(camera.seen(each.reach(scaled(camera.right, -1)))[0] for each in solids) - _BESIDE
        )
        right = max(camera.seen(each.reach(camera.right))[0] for each in solids) + _BESIDE
        bottom = max(camera.seen(each.reach(scaled(camera.up, -1)))[1] for each in solids) + _BELOW
        top = min(camera.seen(each.reach(camera.up))[1] for each in solids) - _ABOVE
        top = min(top, bottom - _LEAST_HEIGHT)
        self._scale = min(WIDTH / (right - left), _TALLEST / (bottom - top))
        #: How tall the picture is, in pixels.
        self.height: int = round(self._scale * (bottom - top))
        self._origin = (
            WIDTH / 2 - self._scale * (left + right) / 2,
            self.height - self._scale * bottom,
        )

    def _at(self, spot: Point) -> Point:
        x, y = self._origin
        return round(x + self._scale * spot[0], 1), round(y + self._scale * spot[1], 1)

    def seen(self, at: Vector) -> Point:
        """Return where a point in space is on the paper."""
        return self._at(self.camera.seen(at))

    def outline(self, body: Body, what: Part | Landmark | Weight) -> list[Point]:
        """Return the corners on the paper of a part, of an ear or an eye, or of what is carried."""
        if isinstance(what, Part | Weight):
            solid = body.solids[what] if isinstance(what, Part) else solid_of(what, body)
            return [self._at(spot) for spot in self.camera.outline(solid)]
        (x, y), (wide, tall) = self.seen(body.landmarks[what]), _DOTS[what]
        return [(round(x + wide * cos(turn), 1), round(y + tall * sin(turn), 1)) for turn in _TURNS]

    def as_text(self, elements: Iterable[svg.Element]) -> str:
        """Return the picture with those elements."""
        picture = svg.SVG(
            viewBox=svg.ViewBoxSpec(0, 0, WIDTH, self.height),
            width=WIDTH,
            height=self.height,
            elements=[svg.Style(text=STYLE), *elements],
        )
        return picture.as_str() + "\n"

    def seat(self, body: Body) -> svg.Element:
        """Return a block to sit on, as high as the underside of the pelvis and as deep as it."""
        pelvis, half = body.landmarks[Landmark.PELVIS], _SEAT / 2
        top = body.solids[Part.PELVIS].reach((0.0, 0.0, -1.0))[2]
        corners = [
            Ball((pelvis[0] + x, pelvis[1] + y, z), _EDGE)
            for x in (-half, half)
            for y in (-half, half)
            for z in (0.0, top)
        ]
        spots = self.camera.outline(Solid(tuple(corners)))
        return shape([self._at(spot) for spot in spots], "mat", ("line", 2))

    def floor(self) -> svg.Element:
        """Return the floor: a mat, or a line where it is seen from its edge."""
        points = [at for body in self._bodies for at in body.landmarks.values()]
        low, high = min(x for x, _, _ in points) - _BESIDE, max(x for x, _, _ in points) + _BESIDE
        near, far = min(-300.0, *(y for _, y, _ in points)), max(300.0, *(y for _, y, _ in points))
        corners = ((low, near), (high, near), (high, far), (low, far))
        spots = [self.seen((x, y, 0.0)) for x, y in corners]
        if self.camera.raised:
            return shape(spots, "mat")
        _, y = spots[0]
        return path([(8, y), (WIDTH - 8, y)], "mark", 2.5)

    def person(self, body: Body, carried: frozenset[Weight] = frozenset()) -> Iterator[svg.Element]:
        """Yield the body and what it carries."""
        for what, fill, rim in self.painted(body, carried):
            yield shape(self.outline(body, what), fill, ("line", rim) if rim else None)

    def painted(self, body: Body, carried: frozenset[Weight] = frozenset()) -> Iterator[Paint]:
        """Yield limbs behind the trunk, the trunk and the head, and limbs before it."""
        loaded = {each.part for each in carried}
        # What carries comes last, so that it is seen what it carries.
        limbs = sorted(
            _LIMBS, key=lambda limb: (not loaded.isdisjoint(limb), self._depth(body, limb))
        )
        behind = [limb for limb in limbs if self._is_behind(body, limb[0], _LIMBS[limb])]
        for limb in behind:
            yield from self._limb(body, limb, carried, "far-")
        if head_is_behind := self._is_behind(body, Part.HEAD, Part.CHEST):
            yield from self._head(body)
        yield from _painted(_TRUNK)
        if not head_is_behind:
            yield from self._head(body)
        for limb in limbs:
            if limb not in behind:
                yield from self._limb(body, limb, carried)

    def _limb(
        self, body: Body, limb: tuple[Part, ...], carried: frozenset[Weight], shade: str = ""
    ) -> Iterator[Paint]:
        """Yield a limb, and what it carries: behind it, or before it."""
        pieces = sorted(
            (each for each in carried if each.part in limb), key=lambda each: each.value
        )
        before = [each for each in pieces if self._covers(body, each)]
        yield from (Paint(each, "weight", _THIN) for each in pieces if each not in before)
        yield from _painted(limb, shade)
        yield from (Paint(each, "weight", _THIN) for each in before)

    def _covers(self, body: Body, weight: Weight) -> bool:
        """Tell whether a weight is nearer than the part that it is on."""
        if weight.is_around or weight.is_gripped:
            return weight.is_around
        (ball,) = solid_of(weight, body).balls
        return dot(ball.center, self.camera.toward) > self._depth(body, [weight.part]) + _LEVEL

    def _depth(self, body: Body, parts: Iterable[Part]) -> float:
        balls = [ball for part in parts for ball in body.solids[part].balls]
        return sum(dot(ball.center, self.camera.toward) for ball in balls) / len(balls)

    def _is_behind(self, body: Body, part: Part, other: Part) -> bool:
        """Tell whether the near end of a limb, or the head, is behind that part of the trunk."""
        middle = dot(body.solids[other].balls[0].center, self.camera.toward)
        return self._depth(body, (part,)) < middle - _LEVEL

    def _head(self, body: Body) -> Iterator[Paint]:
        marks, toward = body.landmarks, self.camera.toward
        middle = marks[Landmark.HEAD]
        hair, fringe = Paint(Part.HAIR, "hair", 0), Paint(Part.FRINGE, "hair", 0)
        looks_away = dot(between(middle, marks[Landmark.NOSE]), toward) < 0
        head = _painted(_HEAD)
        yield from (*head, fringe, hair) if looks_away else (hair, *head, fringe)
        for ear, eye in _SENSES:
            if dot(between(middle, marks[ear]), toward) > _EAR_SHOWS:
                yield Paint(ear, "skin", _THIN)
            if dot(between(middle, marks[eye]), toward) > 0:
                yield Paint(eye, "line", 0)


def _painted(parts: Sequence[Part], shade: str = "") -> Iterator[Paint]:
    """Yield parts without a line between them: all rims first, then what they enclose."""
    for part in parts:
        yield Paint(part, "line", _OUTLINE)
    for part in parts:
        yield Paint(part, shade + ("skin" if part in _BARE else "cloth"), 0)
