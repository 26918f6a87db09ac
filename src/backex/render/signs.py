"""Signs on a figure: where something moved, what to keep straight, where weight rests.

Each sign has a form of its own, so that none is told by color alone. Needs the extra ``figures``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import cos, hypot, radians, sin

import svg

from backex.anatomy import Limb, Movement, Region, Side, overlap
from backex.body import Body, Landmark, Part, side_of
from backex.ids import StepId
from backex.pose import Freedom
from backex.poses import bearing
from backex.posture import Cue, Polarity
from backex.render.camera import Point
from backex.render.canvas import PARTS, Canvas, filled, path, shape
from backex.render.scene import Scene
from backex.spatial import Vector, added, between, cross, dot, scaled, unit
from backex.step import Step

__all__ = [
    "arrow_signs",
    "bearing_signs",
    "breath_signs",
    "breathes",
    "gaze_signs",
    "ghost_signs",
    "grown_signs",
    "is_kept_straight",
    "lift_signs",
    "looks_down",
    "stay_signs",
    "straight_signs",
    "turn_of",
    "turn_signs",
]

#: How far something has to move on paper, in pixels, to be shown as moved.
_MOVES = 12.0
#: How far a point has to go, in pixels and as a share of the one that goes furthest, for an arrow.
_GOES, _GOES_SHARE = 24.0, 0.55
_MOST_ARROWS = 2
#: How far, in pixels, an arrow ends before what has moved.
_SHORT = 15.0
_POINTS_ON_THE_WAY = 16
#: In millimetres.
_OVER_THE_FLOOR = 25.0
#: What an arrow may follow: of each limb, and of the trunk with the head, what goes furthest.
_FOLLOWED = (
    (Landmark.LEFT_INDEX, Landmark.LEFT_ELBOW),
    (Landmark.RIGHT_INDEX, Landmark.RIGHT_ELBOW),
    (Landmark.LEFT_FOOT_INDEX, Landmark.LEFT_KNEE),
    (Landmark.RIGHT_FOOT_INDEX, Landmark.RIGHT_KNEE),
    (Landmark.CROWN, Landmark.CHEST, Landmark.PELVIS),
)


def _apart(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def ghost_signs(canvas: Canvas, before: Body, body: Body) -> Iterator[svg.Element]:
    """Yield the outline of what has moved, where it was."""
    for parts in PARTS:
        old = {part: canvas.outline(before, part) for part in parts}
        moved = max(
            _apart(one, other)
            for part, outline in old.items()
            for one, other in zip(outline, canvas.outline(body, part), strict=True)
        )
        if moved > _MOVES:
            outlines: list[svg.Element] = [shape(outline, "ghost") for outline in old.values()]
            yield svg.G(elements=outlines, opacity=0.35)


def arrow_signs(canvas: Canvas, scene: Scene, step: Step) -> Iterator[svg.Element]:
    """Yield arrows along the ways of what goes furthest; not of a trunk that turns."""
    shares = [number / _POINTS_ON_THE_WAY for number in range(_POINTS_ON_THE_WAY + 1)]
    bodies = [scene.drifting(step.id, share) for share in shares]
    turning = {region for region, _ in _turning(step)}
    followed = _FOLLOWED if turning.isdisjoint(_TRUNK) else _FOLLOWED[:-1]
    ways = [
        max(
            ([canvas.seen(_above(body.landmarks[mark])) for body in bodies] for mark in marks),
            key=_gone,
        )
        for marks in followed
    ]
    ways.sort(key=_gone, reverse=True)
    furthest = _gone(ways[0])
    for way in ways[:_MOST_ARROWS]:
        if _gone(way) > max(_GOES, _GOES_SHARE * furthest):
            yield from _arrow(way)


def _above(at: Vector) -> Vector:
    """Return a point, or that above it where it would be in the floor on its way."""
    return at[0], at[1], max(at[2], _OVER_THE_FLOOR)


def _gone(way: list[Point]) -> float:
    return _apart(way[0], way[-1])


def _length(way: list[Point]) -> float:
    return sum(_apart(one, other) for one, other in pairwise(way))


#: How far up, in millimetres, a lift of the pelvis is drawn, which shows little by itself.
_LIFTED = 130.0


def lift_signs(canvas: Canvas, body: Body, step: Step) -> Iterator[svg.Element]:
    """Yield an arrow up where the pelvis is lifted."""
    if any(
        each.movement is Movement.LIFT and each.region is Region.PELVIS for each in step.motions
    ):
        start = body.landmarks[Landmark.PELVIS]
        yield from _arrow([canvas.seen(start), canvas.seen(added(start, (0.0, 0.0, _LIFTED)))])


def _arrow(way: list[Point]) -> Iterator[svg.Element]:
    """Yield an arrow along a way, which ends short of it so that what moves is seen."""
    short = [each for each in way if _apart(each, way[-1]) > _SHORT]
    way = short if len(short) > 1 and _length(short) > _SHORT else way
    (x, y), back = way[-1], next((each for each in way[::-1] if _apart(each, way[-1]) > 1), None)
    if back is None:  # it leads straight toward whoever looks, or away
        return
    size = _apart(back, (x, y))
    ahead, aside = (x - back[0]) / size, (y - back[1]) / size
    head = [
        (x + 9 * ahead, y + 9 * aside),
        (x - 6 * ahead - 8 * aside, y - 6 * aside + 8 * ahead),
        (x - 6 * ahead + 8 * aside, y - 6 * aside - 8 * ahead),
    ]
    yield path(way, "halo", 7)
    yield shape(head, "way", ("halo", 3))
    yield path(way, "way", 4)
    yield shape(head, "way")


_STRAIGHT = frozenset({Movement.NEUTRAL_ALIGNMENT, Movement.AXIAL_ELONGATION})
_BENT = frozenset({Movement.SAGGING, Movement.CURVE_ACCENTUATION})
#: The spine from below: a region, and the landmarks that it lies between.
_SPINE = (
    (Region.PELVIS, Landmark.PELVIS, Landmark.LUMBAR),
    (Region.LUMBAR_SPINE, Landmark.LUMBAR, Landmark.THORAX),
    (Region.THORACIC_SPINE, Landmark.THORAX, Landmark.NECK),
    (Region.CERVICAL_SPINE, Landmark.NECK, Landmark.HEAD),
)


def is_kept_straight(cues: Iterable[Cue]) -> bool:
    """Tell whether a part of the spine is to be kept straight."""
    return bool(_straight(cues))


def _straight(cues: Iterable[Cue]) -> list[tuple[Landmark, Landmark]]:
    """Return from where to where the spine is to be kept straight."""
    regions = [
        cue.region
        for cue in cues
        if cue.movement in (_STRAIGHT if cue.polarity is Polarity.DO else _BENT)
    ]
    runs: list[tuple[Landmark, Landmark]] = []
    for region, low, high in _SPINE:
        if any(overlap(region, each) for each in regions):
            joins = bool(runs) and runs[-1][1] is low
            runs.append((runs.pop()[0] if joins else low, high))
    return runs


def straight_signs(canvas: Canvas, body: Body, cues: Iterable[Cue]) -> Iterator[svg.Element]:
    """Yield a line along what is to be kept straight."""
    for run in _straight(cues):
        ends = [canvas.seen(body.landmarks[mark]) for mark in run]
        yield path(ends, "on-body", 5)
        yield path(ends, "line", 2.5, (7, 6))


#: Where the arrows of an upright posture begin and end, in millimetres from a landmark: outward
#: from each shoulder, and upward.
_SPREAD, _SUNK, _TALL = ((-70, 40), (70, 40)), ((75, 20), (75, -70)), ((0, 25), (0, 105))


def grown_signs(canvas: Canvas, body: Body, wanted: set[Movement]) -> Iterator[svg.Element]:
    """Yield arrows for shoulders that spread or sink, and for a body that grows long."""
    marks = body.landmarks
    shoulders = ((Landmark.LEFT_SHOULDER, 1), (Landmark.RIGHT_SHOULDER, -1))
    for movement, ends in ((Movement.BROADENING, _SPREAD), (Movement.DEPRESSION, _SUNK)):
        if movement in wanted:
            for mark, out in shoulders:
                way = [added(marks[mark], (0.0, out * aside, up)) for aside, up in ends]
                yield from _arrow([canvas.seen(at) for at in way])
    if Movement.AXIAL_ELONGATION in wanted:
        way = [added(marks[Landmark.CROWN], (0.0, aside, up)) for aside, up in _TALL]
        yield from _arrow([canvas.seen(at) for at in way])


_BELLY = frozenset({Movement.DIAPHRAGMATIC_BREATHING, Movement.ABDOMINAL_BRACING})


def breathes(step: Step) -> bool:
    """Tell whether a step asks to breathe into the belly, or to brace it."""
    asked = {cue.movement for cue in step.cues if cue.polarity is Polarity.DO}
    return not _BELLY.isdisjoint(asked | set(step.movements))


def breath_signs(canvas: Canvas, body: Body, step: Step) -> Iterator[svg.Element]:
    """Yield a double arrow at the belly, from its back to its front."""
    if not breathes(step):
        return
    waist = body.solids[Part.WAIST].balls[0]
    (a, b, _), (c, d, _), (e, f, _) = waist.shape
    # Across the body or from its back to its front, whichever shows; beside the line of the spine.
    across = max(
        ((a, c, e), (b, d, f)), key=lambda way: _apart((0.0, 0.0), canvas.camera.seen(way))
    )
    for share in (-0.35, 1.05):
        start = canvas.seen(added(waist.center, scaled(across, 0.35)))
        yield from _pointer(start, canvas.seen(added(waist.center, scaled(across, share))))


_SPINE_TURNS = tuple(
    (joint, Freedom.ROTATION)
    for joint in (Region.PELVIS, Region.LUMBAR_SPINE, Region.THORACIC_SPINE)
)
#: What turns about its own length: the ends of it, of a limb without its side; how far out, in
#: millimetres, an arrow goes around it; and what turns it.
_TURNING: Mapping[Region, tuple[str, str, float, tuple[tuple[Region, Freedom], ...]]] = {
    Region.CHEST: ("thorax", "neck", 190.0, _SPINE_TURNS),
    Region.THORACIC_SPINE: ("thorax", "neck", 190.0, _SPINE_TURNS),
    Region.FOREARM: ("elbow", "wrist", 110.0, ((Region.FOREARM, Freedom.SUPINATION),)),
}
#: From which cosine on a part points at whoever looks.
_END_ON = 0.99
_TRUNK = frozenset({Region.CHEST, Region.THORACIC_SPINE})
_SINGLE = frozenset({"thorax", "neck"})
_TURNS = frozenset(
    {
        Movement.ROTATION,
        Movement.ROTATION_FORWARD,
        Movement.ROTATION_UPWARD,
        Movement.SUPINATION,
        Movement.PRONATION,
    }
)
#: How far around a turn is drawn, to both sides of where it is nearest, in degrees.
_AROUND = 75


def _turning(step: Step) -> list[tuple[Region, Limb | None]]:
    """Return what turns about its own length."""
    return [
        (motion.region, motion.limb)
        for motion in step.motions
        if motion.movement in _TURNS and motion.region in _TURNING
    ]


def turn_signs(canvas: Canvas, scene: Scene, step: Step, before: StepId) -> Iterator[svg.Element]:
    """Yield an arrow around the first of what turns about its own length since a step before."""
    for region, limb in _turning(step)[:1]:
        sides = Side if limb is None else side_of(limb, scene.side)
        side = max(sides, key=lambda each: each is scene.side)
        turn = turn_of(scene, (before, step.id), region, side)
        if turn:
            yield from _arrow(_around(canvas, scene.bodies[step.id], region, side, turn))


def turn_of(scene: Scene, steps: tuple[StepId, StepId], region: Region, side: Side) -> int:
    """Return which way a part turns about its length, seen from its end: 1, -1, or 0 for neither.

    By its own joints, whatever the limb or the trunk does meanwhile; angles are those of a body
    whose right side is at work.
    """
    *_, joints = _TURNING[region]
    of_arm = region is Region.FOREARM
    at = None if not of_arm else side if scene.side is Side.RIGHT else side.other
    before, after = (
        sum(scene.stances[step].get((joint, freedom, at), 0) for joint, freedom in joints)
        for step in steps
    )
    is_right = (side if of_arm else scene.side) is Side.RIGHT
    return 0 if before == after else 1 if (after > before) is is_right else -1


def _around(canvas: Canvas, body: Body, region: Region, side: Side, turn: int) -> list[Point]:
    """Return the way around a part, on the side from which one looks."""
    low, high, radius, _ = _TURNING[region]
    one, other = (
        body.landmarks[Landmark(name if name in _SINGLE else f"{side.value}_{name}")]
        for name in (low, high)
    )
    axis = unit(between(one, other))
    middle = added(one, scaled(between(one, other), 0.6))
    toward = canvas.camera.toward
    if abs(dot(toward, axis)) > _END_ON:
        toward = canvas.camera.up
    near = unit(added(toward, scaled(axis, -dot(toward, axis))))
    beside = cross(axis, near)
    way = []
    for degrees in range(-_AROUND, _AROUND + 1, 10):
        angle = radians(turn * degrees)
        out = added(scaled(near, cos(angle)), scaled(beside, sin(angle)))
        way.append(canvas.seen(added(middle, scaled(out, radius))))
    return way


def _pointer(start: Point, end: Point) -> Iterator[svg.Element]:
    size = _apart(start, end) or 1.0
    ahead, aside = (end[0] - start[0]) / size, (end[1] - start[1]) / size
    x, y = end
    head = [(x, y), (x - 7 * ahead - 5 * aside, y - 7 * aside + 5 * ahead)]
    head.append((x - 7 * ahead + 5 * aside, y - 7 * aside - 5 * ahead))
    yield path([start, end], "on-body", 3)
    yield shape(head, "on-body", ("on-body", 2))


def looks_down(step: Step) -> bool:
    """Tell whether a step asks to look at the floor."""
    return any(
        cue.movement is Movement.DOWNWARD_GAZE and cue.polarity is Polarity.DO for cue in step.cues
    )


def gaze_signs(canvas: Canvas, body: Body, step: Step) -> Iterator[svg.Element]:
    """Yield the line of sight to the floor where one is to look there."""
    if not looks_down(step):
        return
    marks = body.landmarks
    eyes = scaled(added(marks[Landmark.LEFT_EYE], marks[Landmark.RIGHT_EYE]), 0.5)
    middle = scaled(added(marks[Landmark.LEFT_EAR], marks[Landmark.RIGHT_EAR]), 0.5)
    ahead = unit(between(middle, eyes))
    reach = eyes[2] / -ahead[2] if ahead[2] < _LOOKS_DOWN else _SIGHT
    end = added(eyes, scaled(ahead, min(reach, _SIGHT)))
    sight = [canvas.seen(eyes), canvas.seen(end)]
    yield path(sight, "mark", 2, (0.1, 5))


#: From which slope on, and at most how far, in millimetres, a line of sight is drawn to the floor.
_LOOKS_DOWN, _SIGHT = -0.2, 800.0


#: Up to which height, in millimetres, a contact is on the floor.
_ON_THE_FLOOR = 50.0


def bearing_signs(canvas: Canvas, scene: Scene, step: Step) -> Iterator[svg.Element]:
    """Yield a triangle below each contact that bears weight, a cross below what must not."""
    for support in bearing(scene.variant, step.phase):
        for at in scene.bodies[step.id].touch(support.contact, scene.side):
            # On a wall or a seat it is where the contact is.
            x, y = canvas.seen((at[0], at[1], at[2] if at[2] > _ON_THE_FLOOR else 0.0))
            if support.polarity is Polarity.DO:
                yield shape([(x, y + 2), (x - 9, y + 17), (x + 9, y + 17)], "mark", ("halo", 2))
            else:
                for slope in (-7, 7):
                    ends = [(x - 7, y + 10 - slope), (x + 7, y + 10 + slope)]
                    yield path(ends, "halo", 6)
                    yield path(ends, "mark", 3)


def stay_signs() -> Iterator[svg.Element]:
    """Yield two bars, as on a key that stops a film: a position is held."""
    for x in (14, 27):
        yield svg.Rect(x=x, y=12, width=7, height=22, **filled("mark"))
