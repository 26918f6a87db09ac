"""The body in space: what moves with what, in which direction, and what stays as it is."""

from __future__ import annotations

from math import acos, degrees, isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backex.anatomy import Contact, Limb, Position, Region, Side
from backex.body import Body, Landmark, body_at, has_surface
from backex.pose import Freedom, JointAngle
from backex.spatial import Vector, between, dot, length, unit
from backex.strategies import values

POSITIONS = st.sampled_from(Position)
POSES = st.lists(values(JointAngle), max_size=6)
#: A tenth of a millimetre.
CLOSE = 0.1
BONES = [
    (Landmark(f"{side}_{one}"), Landmark(f"{side}_{other}"))
    for side in ("left", "right")
    for one, other in (
        ("shoulder", "elbow"),
        ("elbow", "wrist"),
        ("wrist", "index"),
        ("hip", "knee"),
        ("knee", "ankle"),
        ("ankle", "heel"),
        ("ankle", "foot_index"),
    )
] + [
    (Landmark.PELVIS, Landmark.LUMBAR),
    (Landmark.LUMBAR, Landmark.THORAX),
    (Landmark.THORAX, Landmark.NECK),
    (Landmark.HEAD, Landmark.NOSE),
    (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    (Landmark.LEFT_EAR, Landmark.RIGHT_EAR),
]
UPRIGHT = body_at(Position.STANDING, ())
few = settings(max_examples=30)


def standing(*angles: JointAngle) -> Body:
    return body_at(Position.STANDING, angles)


def turn(joint: Region, freedom: Freedom, by: int, limb: Limb | None = None) -> JointAngle:
    return JointAngle(joint=joint, freedom=freedom, degrees=by, limb=limb)


def apart(body: Body, one: Landmark, other: Landmark) -> Vector:
    return between(body.landmarks[one], body.landmarks[other])


def moved(body: Body) -> set[Landmark]:
    """Return what is elsewhere than in a body that stands upright, as seen from the pelvis."""
    return {
        each
        for each in Landmark
        if length(
            between(apart(UPRIGHT, Landmark.PELVIS, each), apart(body, Landmark.PELVIS, each))
        )
        > CLOSE
    }


def angle_at(body: Body, end: Landmark, joint: Landmark, other: Landmark) -> float:
    """Return the angle between two bones that meet, in degrees."""
    one, two = unit(apart(body, joint, end)), unit(apart(body, joint, other))
    return degrees(acos(max(-1.0, min(1.0, dot(one, two)))))


# Whatever the pose.


@few
@given(POSITIONS, POSES)
def test_bones_keep_their_lengths_and_everything_is_somewhere(
    position: Position, pose: list[JointAngle]
) -> None:
    body = body_at(position, pose)
    assert body.landmarks.keys() == set(Landmark)
    assert all(isfinite(each) for at in body.landmarks.values() for each in at)
    for bone in BONES:
        assert length(apart(body, *bone)) == pytest.approx(length(apart(UPRIGHT, *bone)))


@few
@given(POSITIONS, POSES)
def test_the_body_rests_on_the_floor(position: Position, pose: list[JointAngle]) -> None:
    assert body_at(position, pose).lowest == pytest.approx(0, abs=CLOSE)


@few
@given(POSITIONS, POSES)
def test_the_other_side_at_work_is_the_mirror_image(
    position: Position, pose: list[JointAngle]
) -> None:
    right, left = (body_at(position, pose, side) for side in (Side.RIGHT, Side.LEFT))
    for each, (x, y, z) in right.landmarks.items():
        assert left.landmarks[each.mirrored] == pytest.approx((-x, y, z))
    for each, at in left.mirrored().landmarks.items():
        assert right.landmarks[each] == pytest.approx(at)
    assert left.lowest == pytest.approx(right.lowest, abs=CLOSE)


@few
@given(POSITIONS, POSES, st.sampled_from(Region), st.none() | st.sampled_from(Limb))
def test_no_contact_is_below_the_floor(
    position: Position, pose: list[JointAngle], region: Region, limb: Limb | None
) -> None:
    contact = Contact(region, limb)
    if has_surface(contact):
        assert body_at(position, pose).height_of(contact) > -CLOSE


# One joint.

_ARM = {"elbow", "wrist", "thumb", "index"}
_LEG = {"knee", "ankle", "heel", "foot_index"}
_HEAD = {"nose", "left_eye", "right_eye", "left_ear", "right_ear", "head", "crown"}


def right(*names: str) -> set[str]:
    return {f"right_{name}" for name in names}


@pytest.mark.parametrize(
    ("angle", "names"),
    [
        (turn(Region.ELBOW, Freedom.FLEXION, 90, Limb.MOVING_ARM), right(*_ARM - {"elbow"})),
        (turn(Region.SHOULDER, Freedom.ELEVATION, 90, Limb.MOVING_ARM), right(*_ARM)),
        (turn(Region.WRIST, Freedom.FLEXION, 45, Limb.MOVING_ARM), right("thumb", "index")),
        (turn(Region.KNEE, Freedom.FLEXION, 90, Limb.MOVING_LEG), right(*_LEG - {"knee"})),
        (turn(Region.HIP, Freedom.FLEXION, 90, Limb.MOVING_LEG), right(*_LEG)),
        (
            turn(Region.ANKLE, Freedom.DORSIFLEXION, 20, Limb.MOVING_LEG),
            right("heel", "foot_index"),
        ),
        (
            turn(Region.SHOULDER_GIRDLE, Freedom.PROTRACTION, 20, Limb.MOVING_ARM),
            right("shoulder", *_ARM),
        ),
        (turn(Region.HEAD, Freedom.FLEXION, 20), _HEAD),
    ],
    ids=lambda each: each.id if isinstance(each, JointAngle) else "",
)
def test_a_joint_moves_what_hangs_on_it_and_nothing_else(
    angle: JointAngle, names: set[str]
) -> None:
    assert {each.value for each in moved(standing(angle))} == names


@pytest.mark.parametrize("by", [0, 30, 75, 90, 120])
@pytest.mark.parametrize(
    ("joint", "limb", "bones"),
    [
        (
            Region.ELBOW,
            Limb.MOVING_ARM,
            (Landmark.RIGHT_SHOULDER, Landmark.RIGHT_ELBOW, Landmark.RIGHT_WRIST),
        ),
        (
            Region.KNEE,
            Limb.MOVING_LEG,
            (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE),
        ),
    ],
    ids=["elbow", "knee"],
)
def test_the_angle_between_bones_is_the_one_that_was_given(
    joint: Region, limb: Limb, bones: tuple[Landmark, Landmark, Landmark], by: int
) -> None:
    body = standing(turn(joint, Freedom.FLEXION, by, limb))
    assert 180 - angle_at(body, *bones) == pytest.approx(by, abs=0.01)


@pytest.mark.parametrize("by", [-20, 0, 45, 90, 120])
def test_a_hip_is_flexed_by_as_much_as_was_given(by: int) -> None:
    body = standing(turn(Region.HIP, Freedom.FLEXION, by, Limb.MOVING_LEG))
    x, _, z = apart(body, Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE)
    before = length(apart(UPRIGHT, Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE))
    _, y, _ = apart(UPRIGHT, Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE)
    assert y == 0
    assert degrees(acos(-z / before)) == pytest.approx(abs(by), abs=0.01)
    assert x * by >= 0


# x is forward of a body that stands, y to its left, z up.
_FORWARD, _BACK, _LEFT, _RIGHT, _UP = (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1)


@pytest.mark.parametrize(
    ("angles", "landmark", "way"),
    [
        ([turn(Region.KNEE, Freedom.FLEXION, 90, Limb.MOVING_LEG)], "right_heel", _BACK),
        ([turn(Region.HIP, Freedom.FLEXION, 60, Limb.MOVING_LEG)], "right_knee", _FORWARD),
        ([turn(Region.HIP, Freedom.FLEXION, -20, Limb.MOVING_LEG)], "right_knee", _BACK),
        ([turn(Region.HIP, Freedom.ABDUCTION, 30, Limb.MOVING_LEG)], "right_knee", _RIGHT),
        ([turn(Region.HIP, Freedom.ABDUCTION, 30, Limb.SUPPORTING_LEG)], "left_knee", _LEFT),
        (
            [
                turn(Region.KNEE, Freedom.FLEXION, 90, Limb.MOVING_LEG),
                turn(Region.HIP, Freedom.INTERNAL_ROTATION, 40, Limb.MOVING_LEG),
            ],
            "right_ankle",
            _RIGHT,
        ),
        ([turn(Region.ANKLE, Freedom.DORSIFLEXION, 20, Limb.MOVING_LEG)], "right_foot_index", _UP),
        ([turn(Region.ELBOW, Freedom.FLEXION, 60, Limb.BOTH_ARMS)], "left_wrist", _FORWARD),
        ([turn(Region.SHOULDER, Freedom.ELEVATION, 60, Limb.MOVING_ARM)], "right_elbow", _RIGHT),
        (
            [
                turn(Region.SHOULDER, Freedom.ELEVATION, 90, Limb.BOTH_ARMS),
                turn(Region.SHOULDER, Freedom.PLANE_OF_ELEVATION, 90, Limb.BOTH_ARMS),
            ],
            "left_elbow",
            _FORWARD,
        ),
        (
            [
                turn(Region.SHOULDER, Freedom.ELEVATION, 30, Limb.BOTH_ARMS),
                turn(Region.SHOULDER, Freedom.PLANE_OF_ELEVATION, -90, Limb.BOTH_ARMS),
            ],
            "left_elbow",
            _BACK,
        ),
        (
            [
                turn(Region.ELBOW, Freedom.FLEXION, 90, Limb.MOVING_ARM),
                turn(Region.SHOULDER, Freedom.INTERNAL_ROTATION, 60, Limb.MOVING_ARM),
            ],
            "right_wrist",
            _LEFT,
        ),
        (
            [turn(Region.SHOULDER_GIRDLE, Freedom.ELEVATION, 30, Limb.BOTH_ARMS)],
            "right_shoulder",
            _UP,
        ),
        (
            [turn(Region.SHOULDER_GIRDLE, Freedom.PROTRACTION, 20, Limb.BOTH_ARMS)],
            "right_shoulder",
            _FORWARD,
        ),
        ([turn(Region.LUMBAR_SPINE, Freedom.FLEXION, 40)], "neck", _FORWARD),
        ([turn(Region.THORACIC_SPINE, Freedom.LATERAL_FLEXION, 20)], "neck", _RIGHT),
        ([turn(Region.THORACIC_SPINE, Freedom.ROTATION, 40)], "right_shoulder", _FORWARD),
        ([turn(Region.CERVICAL_SPINE, Freedom.ROTATION, 40)], "nose", _LEFT),
        ([turn(Region.HEAD, Freedom.FLEXION, -20)], "nose", _UP),
    ],
    ids=lambda each: "+".join(a.id for a in each) if isinstance(each, list) else None,
)
def test_each_freedom_leads_where_its_name_says(
    angles: list[JointAngle], landmark: str, way: Vector
) -> None:
    at = Landmark(landmark)
    before, after = (apart(body, Landmark.PELVIS, at) for body in (UPRIGHT, standing(*angles)))
    assert dot(between(before, after), way) > 20


def test_of_two_angles_of_one_joint_the_later_one_counts() -> None:
    both = turn(Region.KNEE, Freedom.FLEXION, 90, Limb.BOTH_LEGS)
    one = turn(Region.KNEE, Freedom.FLEXION, 0, Limb.MOVING_LEG)
    other = turn(Region.KNEE, Freedom.FLEXION, 90, Limb.SUPPORTING_LEG)
    assert standing(both, one) == standing(other)
    assert standing(one, both) == standing(both)


@pytest.mark.parametrize(
    ("contact", "known"),
    [
        (Contact(Region.FOOT, Limb.BOTH_LEGS), True),
        (Contact(Region.FOOT), True),
        (Contact(Region.PELVIS), True),
        (Contact(Region.PELVIS, Limb.BOTH_LEGS), False),
        (Contact(Region.EYES), False),
        (Contact(Region.WHOLE_BODY), False),
    ],
    ids=str,
)
def test_a_contact_has_a_height_where_it_has_a_surface(contact: Contact, *, known: bool) -> None:
    assert has_surface(contact) is known
    if known:
        assert UPRIGHT.height_of(contact) >= 0
    else:
        with pytest.raises(KeyError):
            UPRIGHT.height_of(contact)
