"""The body in space: where its joints, landmarks and surfaces are, from the angles of a pose.

Forward kinematics of an average adult, 1.7 m tall. Lengths follow the shares of stature that
Winter (Biomechanics and Motor Control of Human Movement, after Drillis and Contini) gives; widths
and depths are rounded by eye. Millimetres; x and y lie in the floor, z is the height above it.

Landmarks have the names of common pose estimators (those of BlazePose), so that what a camera sees
can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import final

from attrs import frozen

from backex.anatomy import Contact, Limb, Position, Region, Side
from backex.pose import Freedom, JointAngle
from backex.spatial import (
    IDENTITY,
    Ball,
    Matrix,
    Solid,
    Vector,
    about_x,
    about_y,
    about_z,
    added,
    product,
    scaled,
    transposed,
    turned,
)

__all__ = [
    "Body",
    "Landmark",
    "Part",
    "Stance",
    "body_at",
    "body_in",
    "has_surface",
    "on_the_way",
    "side_of",
    "stance",
]


class Landmark(Enum):
    """A point of the body, by the name that pose estimators use; what they lack comes last."""

    NOSE = "nose"
    LEFT_EYE = "left_eye"
    RIGHT_EYE = "right_eye"
    LEFT_EAR = "left_ear"
    RIGHT_EAR = "right_ear"
    LEFT_SHOULDER = "left_shoulder"
    RIGHT_SHOULDER = "right_shoulder"
    LEFT_ELBOW = "left_elbow"
    RIGHT_ELBOW = "right_elbow"
    LEFT_WRIST = "left_wrist"
    RIGHT_WRIST = "right_wrist"
    LEFT_THUMB = "left_thumb"
    RIGHT_THUMB = "right_thumb"
    LEFT_INDEX = "left_index"
    RIGHT_INDEX = "right_index"
    LEFT_HIP = "left_hip"
    RIGHT_HIP = "right_hip"
    LEFT_KNEE = "left_knee"
    RIGHT_KNEE = "right_knee"
    LEFT_ANKLE = "left_ankle"
    RIGHT_ANKLE = "right_ankle"
    LEFT_HEEL = "left_heel"
    RIGHT_HEEL = "right_heel"
    LEFT_FOOT_INDEX = "left_foot_index"
    RIGHT_FOOT_INDEX = "right_foot_index"
    PELVIS = "pelvis"
    LUMBAR = "lumbar"
    THORAX = "thorax"
    CHEST = "chest"
    NECK = "neck"
    HEAD = "head"
    CROWN = "crown"

    @property
    def mirrored(self) -> Landmark:
        """The one of the other side, or itself."""
        return _MIRRORED[self]


_MIRRORED = {
    each: Landmark(
        f"right_{each.value.removeprefix('left_')}"
        if each.value.startswith("left_")
        else f"left_{each.value.removeprefix('right_')}"
        if each.value.startswith("right_")
        else each.value
    )
    for each in Landmark
}


class Part(Enum):
    """A part of the body that has a surface."""

    PELVIS = "pelvis"
    WAIST = "waist"
    CHEST = "chest"
    NECK = "neck"
    HEAD = "head"
    FACE = "face"
    HAIR = "hair"
    FRINGE = "fringe"
    LEFT_SHOULDER = "left-shoulder"
    RIGHT_SHOULDER = "right-shoulder"
    LEFT_ELBOW = "left-elbow"
    RIGHT_ELBOW = "right-elbow"
    LEFT_WRIST = "left-wrist"
    RIGHT_WRIST = "right-wrist"
    LEFT_HIP = "left-hip"
    RIGHT_HIP = "right-hip"
    LEFT_KNEE = "left-knee"
    RIGHT_KNEE = "right-knee"
    LEFT_ANKLE = "left-ankle"
    RIGHT_ANKLE = "right-ankle"
    LEFT_UPPER_ARM = "left-upper-arm"
    RIGHT_UPPER_ARM = "right-upper-arm"
    LEFT_FOREARM = "left-forearm"
    RIGHT_FOREARM = "right-forearm"
    LEFT_HAND = "left-hand"
    RIGHT_HAND = "right-hand"
    LEFT_THUMB = "left-thumb"
    RIGHT_THUMB = "right-thumb"
    LEFT_THIGH = "left-thigh"
    RIGHT_THIGH = "right-thigh"
    LEFT_SHANK = "left-shank"
    RIGHT_SHANK = "right-shank"
    LEFT_FOOT = "left-foot"
    RIGHT_FOOT = "right-foot"


# Lengths, in millimetres.
_HIP_HALF, _SHOULDER_HALF = 90.0, 175.0
_TO_LUMBAR, _TO_THORAX, _TO_NECK, _TO_HEAD = 95.0, 150.0, 235.0, 95.0
_BELOW_NECK = 40.0
_UPPER_ARM, _FOREARM, _HAND = 300.0, 250.0, 170.0
_THIGH, _SHANK = 415.0, 415.0
_HEEL, _TOE, _ANKLE_UP = 55.0, 175.0, 60.0
# How thick, as half of the width.
_AT = MappingProxyType(
    {
        "shoulder": 55.0,
        "elbow": 40.0,
        "wrist": 29.0,
        "hip": 80.0,
        "knee": 56.0,
        "ankle": 38.0,
        "neck": 52.0,
    }
)

#: The angle of each joint in each direction, in degrees, by the side that it is on.
Stance = Mapping[tuple[Region, Freedom, Side | None], float]

#: How the pelvis lies in each position, its front, left and upper end as columns. The right side
#: is up where the body lies on a side, and it faces whoever looks along y.
_LYING = transposed(((0, 0, -1), (0, 1, 0), (1, 0, 0)))
_ORIENTATION: Mapping[Position, Matrix] = {
    Position.PRONE: _LYING,
    Position.QUADRUPED: _LYING,
    Position.SUPINE: transposed(((0, 0, 1), (0, -1, 0), (1, 0, 0))),
    Position.SIDE_LYING: transposed(((0, -1, 0), (0, 0, -1), (1, 0, 0))),
    Position.SITTING: IDENTITY,
    Position.STANDING: IDENTITY,
}
_BOTH = (Side.LEFT, Side.RIGHT)
#: What a position alone says of the joints, before any step names them.
_START: Mapping[Position, Stance] = {
    position: {
        (joint, freedom, side): degrees
        for joint, freedom, degrees in angles
        for side in ((None,) if joint is Region.PELVIS else _BOTH)
    }
    for position, angles in {
        Position.QUADRUPED: (
            (Region.PELVIS, Freedom.FLEXION, -14),
            (Region.HIP, Freedom.FLEXION, 76),
            (Region.KNEE, Freedom.FLEXION, 97),
            (Region.ANKLE, Freedom.DORSIFLEXION, -50),
            (Region.SHOULDER, Freedom.ELEVATION, 76),
            (Region.SHOULDER, Freedom.PLANE_OF_ELEVATION, 90),
            (Region.FOREARM, Freedom.SUPINATION, -90),
            (Region.WRIST, Freedom.FLEXION, -90),
        ),
        Position.SITTING: (
            (Region.HIP, Freedom.FLEXION, 90),
            (Region.KNEE, Freedom.FLEXION, 90),
            (Region.SHOULDER, Freedom.ELEVATION, 6),
        ),
        Position.PRONE: (
            (Region.HIP, Freedom.FLEXION, 6),
            (Region.KNEE, Freedom.FLEXION, 9),
            (Region.ANKLE, Freedom.DORSIFLEXION, -60),
        ),
        Position.SUPINE: ((Region.ANKLE, Freedom.DORSIFLEXION, -30),),
        Position.SIDE_LYING: (),
        Position.STANDING: ((Region.SHOULDER, Freedom.ELEVATION, 6),),
    }.items()
}
#: The limbs at work when the right side is; those of the other side; both.
_RIGHT = frozenset({Limb.UPPER_SIDE_ARM, Limb.UPPER_SIDE_LEG, Limb.MOVING_ARM, Limb.MOVING_LEG})
_EITHER = frozenset({Limb.BOTH_ARMS, Limb.BOTH_LEGS})


def side_of(limb: Limb, at_work: Side) -> frozenset[Side]:
    """Return on which side a limb is: the upper and the moving ones are on the side at work.

    >>> side_of(Limb.LOWER_SIDE_ARM, Side.RIGHT) == {Side.LEFT}
    True
    """
    if limb in _EITHER:
        return frozenset(Side)
    return frozenset({at_work if limb in _RIGHT else at_work.other})


@final
@frozen
class Body:
    """A body in space, standing, lying or kneeling on the floor."""

    #: Where its joints and other points are.
    landmarks: Mapping[Landmark, Vector]
    #: Its surfaces.
    solids: Mapping[Part, Solid]

    @property
    def lowest(self) -> float:
        """The height of the lowest point."""
        return min(solid.reach(_DOWN)[2] for solid in self.solids.values())

    def touch(self, contact: Contact, side: Side = Side.RIGHT) -> tuple[Vector, ...]:
        """Return where a contact comes closest to the floor, one point for each limb.

        `side` is the one at work. Of a forearm it is the middle, at the height of its
        higher end.
        """
        region, limb = contact.region, contact.limb
        if limb is None and region not in _OF_LIMBS:
            return (self.solids[_SURFACES[region]].reach(_DOWN),)
        sides = Side if limb is None else side_of(limb, side)
        return tuple(self._touch(region, each) for each in Side if each in sides)

    def height_of(self, contact: Contact, side: Side = Side.RIGHT) -> float:
        """Return how far above the floor a contact is; of two, the higher one."""
        return max(at[2] for at in self.touch(contact, side))

    def _touch(self, region: Region, side: Side) -> Vector:
        parts = [self.solids[Part(f"{side.value}-{name}")] for name in _OF_LIMBS[region]]
        if region is Region.FOREARM:
            ends = [ball.reach(_DOWN) for ball in parts[0].balls]
            x, y, z = zip(*ends, strict=True)
            return sum(x) / len(x), sum(y) / len(y), max(z)
        return min((part.reach(_DOWN) for part in parts), key=_height)

    def mirrored(self) -> Body:
        """Return the body with its sides exchanged, as a mirror across x shows it.

        What lies faces the same way and heads the other; what stands or sits faces the other way.
        """
        landmarks = {each.mirrored: _across(at) for each, at in self.landmarks.items()}
        solids = {_other(part): _solid_across(solid) for part, solid in self.solids.items()}
        return Body(MappingProxyType(landmarks), MappingProxyType(solids))

    def moved(self, by: Vector) -> Body:
        """Return the body elsewhere."""
        landmarks = {each: added(at, by) for each, at in self.landmarks.items()}
        solids = {
            part: Solid(tuple(Ball(added(ball.center, by), ball.shape) for ball in solid.balls))
            for part, solid in self.solids.items()
        }
        return Body(MappingProxyType(landmarks), MappingProxyType(solids))


_DOWN: Vector = (0.0, 0.0, -1.0)


def _height(at: Vector) -> float:
    return at[2]


#: The surface of each region of the trunk and the head.
_SURFACES: Mapping[Region, Part] = {
    Region.PELVIS: Part.PELVIS,
    Region.FRONT_OF_PELVIS: Part.PELVIS,
    Region.ABDOMEN: Part.WAIST,
    Region.LOW_BACK: Part.WAIST,
    Region.LUMBAR_SPINE: Part.WAIST,
    Region.CHEST: Part.CHEST,
    Region.RIB_CAGE: Part.CHEST,
    Region.UPPER_BACK: Part.CHEST,
    Region.THORACIC_SPINE: Part.CHEST,
    Region.CERVICAL_SPINE: Part.NECK,
    Region.HEAD: Part.HEAD,
}
#: The surfaces of each region of a limb; what touches at a joint is the lower of its neighbors.
_OF_LIMBS: Mapping[Region, tuple[str, ...]] = {
    Region.SHOULDER: ("shoulder",),
    Region.ELBOW: ("elbow",),
    Region.WRIST: ("wrist",),
    Region.FOREARM: ("forearm",),
    Region.HAND: ("hand",),
    Region.UPPER_LIMB: ("upper-arm", "forearm", "hand"),
    Region.HIP: ("hip",),
    Region.KNEE: ("knee",),
    Region.ANKLE: ("ankle",),
    Region.FOOT: ("foot",),
    Region.LOWER_LIMB: ("thigh", "shank", "foot"),
}


def _across(at: Vector) -> Vector:
    return -at[0], at[1], at[2]


def _solid_across(solid: Solid) -> Solid:
    return Solid(
        tuple(
            Ball(_across(ball.center), (scaled(ball.shape[0], -1), *ball.shape[1:]))
            for ball in solid.balls
        )
    )


def _other(part: Part) -> Part:
    side, _, name = part.value.partition("-")
    return Part(f"{_OTHER[side]}-{name}") if side in _OTHER else part


_OTHER = {"left": "right", "right": "left"}


def has_surface(contact: Contact) -> bool:
    """Tell whether a contact is of a part of the body whose surface is known."""
    return contact.region in _OF_LIMBS or (contact.limb is None and contact.region in _SURFACES)


def stance(position: Position, angles: Iterable[JointAngle]) -> Stance:
    """Return every angle of a pose with the right side at work, and those of the position alone.

    Of two angles of one joint in one direction the later one counts; joints without one stand as
    the position has them.
    """
    known = dict(_START[position])
    for each in angles:
        for at in [None] if each.limb is None else side_of(each.limb, Side.RIGHT):
            known[each.joint, each.freedom, at] = each.degrees
    return known


def on_the_way(one: Stance, other: Stance, share: float) -> Stance:
    """Return the angles on the way from one stance to another: 0 is the one, 1 the other."""
    return {
        key: (1 - share) * one.get(key, 0) + share * other.get(key, 0)
        for key in dict.fromkeys([*one, *other])
    }


def body_in(
    position: Position, angles: Stance, side: Side = Side.RIGHT, pelvis: Vector | None = None
) -> Body:
    """Return the body at those angles with that side at work.

    `pelvis` is where its pelvis is; where that is not given, it rests on the floor.
    """
    body = _Building(angles).built(_ORIENTATION[position])
    if side is Side.LEFT:
        body = body.mirrored()
    return body.moved((0, 0, -body.lowest) if pelvis is None else pelvis)


def body_at(position: Position, angles: Iterable[JointAngle], side: Side = Side.RIGHT) -> Body:
    """Return the body in a pose, resting on the floor, with that side at work."""
    return body_in(position, stance(position, angles), side)


@final
class _Building:
    """Puts a body together from the pelvis outward."""

    def __init__(self, angles: Stance) -> None:
        self._angles = angles
        self._landmarks: dict[Landmark, Vector] = {}
        self._solids: dict[Part, Solid] = {}

    def _angle(self, joint: Region, freedom: Freedom, side: Side | None = None) -> float:
        return self._angles.get((joint, freedom, side), 0)

    def _bent(self, joint: Region) -> Matrix:
        """Return how a joint of the trunk turns: forward, then to a side, then around."""
        return product(
            about_y(self._angle(joint, Freedom.FLEXION)),
            about_x(self._angle(joint, Freedom.LATERAL_FLEXION)),
            about_z(self._angle(joint, Freedom.ROTATION)),
        )

    def built(self, orientation: Matrix) -> Body:
        pelvis = product(orientation, self._bent(Region.PELVIS))
        lumbar = product(pelvis, self._bent(Region.LUMBAR_SPINE))
        chest = product(lumbar, self._bent(Region.THORACIC_SPINE))
        neck = product(chest, self._bent(Region.CERVICAL_SPINE))
        head = product(neck, self._bent(Region.HEAD))
        low = turned(pelvis, (0, 0, _TO_LUMBAR))
        thorax = added(low, turned(lumbar, (0, 0, _TO_THORAX)))
        nape = added(thorax, turned(chest, (0, 0, _TO_NECK)))
        skull = added(nape, turned(neck, (0, 0, _TO_HEAD)))
        breastbone = added(thorax, turned(chest, (75, 0, 180)))
        self._landmarks |= {
            Landmark.PELVIS: (0, 0, 0),
            Landmark.LUMBAR: low,
            Landmark.THORAX: thorax,
            Landmark.CHEST: breastbone,
            Landmark.NECK: nape,
            Landmark.HEAD: added(skull, turned(head, (15, 0, 55))),
            Landmark.CROWN: added(skull, turned(head, (5, 0, 165))),
        }
        hips = _ball((0, 0, -5), pelvis, 100, 155, 105)
        waist = _ball(added(low, turned(lumbar, (5, 0, 70))), lumbar, 92, 130, 80)
        ribs = _ball(added(thorax, turned(chest, (10, 0, 85))), chest, 112, 150, 140)
        shoulders = _ball(added(thorax, turned(chest, (0, 0, 185))), chest, 85, 165, 55)
        round_head = _ball(self._landmarks[Landmark.HEAD], head, 95, 76, 112)
        self._solids |= {
            Part.PELVIS: Solid((hips, waist)),
            Part.WAIST: Solid((waist, ribs)),
            Part.CHEST: Solid((ribs, shoulders)),
            Part.NECK: Solid(
                (_ball(nape, neck, 50, 55, 40), _ball(skull, head, 50, 50, 45)),
            ),
            Part.HEAD: Solid((round_head,)),
            Part.HAIR: Solid(
                (
                    _ball(added(skull, turned(head, (-12, 0, 70))), head, 92, 84, 100),
                    _ball(added(skull, turned(head, (30, 0, 110))), head, 62, 60, 60),
                )
            ),
            Part.FRINGE: Solid(
                (_ball(added(skull, turned(head, (12, 0, 140))), head, 78, 66, 36),)
            ),
        }
        self._face(skull, head)
        for side in _BOTH:
            self._arm(side, nape, chest)
            self._leg(side, pelvis)
        return Body(MappingProxyType(self._landmarks), MappingProxyType(self._solids))

    def _face(self, skull: Vector, head: Matrix) -> None:
        def at(x: float, y: float, z: float) -> Vector:
            return added(skull, turned(head, (x, y, z)))

        self._landmarks |= {
            Landmark.NOSE: at(122, 0, 38),
            Landmark.LEFT_EYE: at(98, 32, 68),
            Landmark.RIGHT_EYE: at(98, -32, 68),
            Landmark.LEFT_EAR: at(5, 76, 50),
            Landmark.RIGHT_EAR: at(5, -76, 50),
        }
        jaw, nose, brow = at(62, 0, -18), at(112, 0, 40), at(80, 0, 62)
        self._solids[Part.FACE] = Solid(
            (
                _ball(jaw, head, 38, 42, 34),
                _ball(nose, head, 13, 12, 12),
                _ball(brow, head, 24, 45, 30),
            )
        )

    def _arm(self, side: Side, nape: Vector, chest: Matrix) -> None:
        out = 1 if side is Side.LEFT else -1

        def angle(joint: Region, freedom: Freedom) -> float:
            return out * self._angle(joint, freedom, side)

        girdle = product(
            chest,
            about_z(-angle(Region.SHOULDER_GIRDLE, Freedom.PROTRACTION)),
            about_x(angle(Region.SHOULDER_GIRDLE, Freedom.ELEVATION)),
        )
        root = added(nape, turned(chest, (0, 0, -_BELOW_NECK)))
        shoulder = added(root, turned(girdle, (0, out * _SHOULDER_HALF, 0)))
        plane = angle(Region.SHOULDER, Freedom.PLANE_OF_ELEVATION)
        upper = product(
            chest,
            about_z(-plane),
            about_x(angle(Region.SHOULDER, Freedom.ELEVATION)),
            about_z(plane),
            about_z(-angle(Region.SHOULDER, Freedom.INTERNAL_ROTATION)),
        )
        elbow = added(shoulder, turned(upper, (0, 0, -_UPPER_ARM)))
        lower = product(upper, about_y(-self._angle(Region.ELBOW, Freedom.FLEXION, side)))
        wrist = added(elbow, turned(lower, (0, 0, -_FOREARM)))
        hand = product(
            lower,
            about_z(angle(Region.FOREARM, Freedom.SUPINATION)),
            about_x(-angle(Region.WRIST, Freedom.FLEXION)),
        )

        def of_hand(x: float, y: float, z: float) -> Vector:
            return added(wrist, turned(hand, (x, -out * y, z)))

        self._put(side, "shoulder", shoulder)
        self._put(side, "elbow", elbow)
        self._put(side, "wrist", wrist)
        self._put(side, "index", of_hand(15, 0, -_HAND))
        self._put(side, "thumb", of_hand(55, 8, -80))
        for joint, at in (("shoulder", shoulder), ("elbow", elbow), ("wrist", wrist)):
            self._cover(side, joint, _round(at, joint))
        self._cover(side, "upper-arm", _round(shoulder, "shoulder"), _round(elbow, "elbow"))
        self._cover(side, "forearm", _round(elbow, "elbow"), _round(wrist, "wrist"))
        self._cover(
            side,
            "hand",
            _ball(wrist, hand, 28, 22, 22),
            _ball(of_hand(0, 0, -75), hand, 42, 15, 30),
            _ball(of_hand(0, 0, -_HAND + 22), hand, 30, 10, 22),
        )
        self._cover(
            side,
            "thumb",
            _ball(of_hand(18, 2, -35), hand, 16, 12, 14),
            _ball(of_hand(55, 8, -80), hand, 11, 10, 13),
        )

    def _leg(self, side: Side, pelvis: Matrix) -> None:
        out = 1 if side is Side.LEFT else -1
        hip = turned(pelvis, (0, out * _HIP_HALF, -20))
        thigh = product(
            pelvis,
            about_y(-self._angle(Region.HIP, Freedom.FLEXION, side)),
            about_x(out * self._angle(Region.HIP, Freedom.ABDUCTION, side)),
            about_z(-out * self._angle(Region.HIP, Freedom.INTERNAL_ROTATION, side)),
        )
        knee = added(hip, turned(thigh, (0, 0, -_THIGH)))
        shank = product(thigh, about_y(self._angle(Region.KNEE, Freedom.FLEXION, side)))
        ankle = added(knee, turned(shank, (0, 0, -_SHANK)))
        foot = product(shank, about_y(-self._angle(Region.ANKLE, Freedom.DORSIFLEXION, side)))

        def of_foot(x: float, z: float) -> Vector:
            return added(ankle, turned(foot, (x, 0, z)))

        self._put(side, "hip", hip)
        self._put(side, "knee", knee)
        self._put(side, "ankle", ankle)
        self._put(side, "heel", of_foot(-_HEEL, -_ANKLE_UP + 10))
        self._put(side, "foot_index", of_foot(_TOE, -_ANKLE_UP + 10))
        for joint, at in (("hip", hip), ("knee", knee), ("ankle", ankle)):
            self._cover(side, joint, _round(at, joint))
        self._cover(side, "thigh", _round(hip, "hip"), _round(knee, "knee"))
        self._cover(side, "shank", _round(knee, "knee"), _round(ankle, "ankle"))
        self._cover(
            side,
            "foot",
            _ball(of_foot(0, 0), foot, 36, 34, 36),
            _ball(of_foot(-_HEEL + 30, -_ANKLE_UP + 30), foot, 32, 30, 28),
            _ball(of_foot(_TOE - 55, -_ANKLE_UP + 20), foot, 40, 42, 18),
            _ball(of_foot(_TOE - 20, -_ANKLE_UP + 14), foot, 20, 36, 12),
        )

    def _put(self, side: Side, name: str, at: Vector) -> None:
        self._landmarks[Landmark(f"{side.value}_{name}")] = at

    def _cover(self, side: Side, name: str, *balls: Ball) -> None:
        self._solids[Part(f"{side.value}-{name}")] = Solid(balls)


def _ball(center: Vector, rotation: Matrix, x: float, y: float, z: float) -> Ball:
    """Return an ellipsoid with those half axes along the axes of a turned frame."""
    first, second, third = ((row[0] * x, row[1] * y, row[2] * z) for row in rotation)
    return Ball(center, (first, second, third))


def _round(center: Vector, joint: str) -> Ball:
    return _ball(center, IDENTITY, _AT[joint], _AT[joint], _AT[joint])
