"""The poses of the article's exercises do what their steps say, measured in millimetres."""

from __future__ import annotations

from math import acos, degrees

import pytest

from backex.anatomy import Contact, Limb, Region, Side
from backex.axes import LevelAxis
from backex.body import Body, Landmark
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    FORWARD,
    LIFT_PELVIS,
    LIFT_UPPER_LEG,
    OBLIQUE_SIT,
    OVERHEAD,
    PRONE_HEAD_RAISE,
)
from backex.ids import StepId
from backex.pose import Freedom
from backex.poses import bearing, bodies, pose_at
from backex.posture import Polarity
from backex.progression import AddLowerQuarter, ChangeReach, ExtendArm, move_to
from backex.spatial import Vector, between, dot, length, unit
from backex.step import Step
from backex.variant import Variant, vary

EXERCISES = (PRONE_HEAD_RAISE, OBLIQUE_SIT, ALL_FOURS_ROTATION)
#: Each exercise, and each with a single level of one of its axes.
MOVES = [
    (exercise, move_to(axis.id, level.id))
    for exercise in EXERCISES
    for axis in exercise.axes
    if isinstance(axis, LevelAxis)
    for level in axis.levels
]
VARIANTS = list(
    {
        str(variant): variant
        for variant in (
            *map(vary, EXERCISES),
            *(vary(exercise, move) for exercise, move in MOVES if move is not None),
        )
    }.values()
)
#: The last steps of each phase: by then, what bears weight in it does. Not with the arm extended,
#: where the lower hip is higher than a hip that rests on the floor.
ENDS = [
    pytest.param(variant, last, id=f"{variant}-{last.phase.value}")
    for variant in VARIANTS
    if ExtendArm() not in variant.progressions
    for last in {step.phase: step for step in variant.steps}.values()
]
HOLD = StepId("hold")


def _turn(one: Vector, other: Vector) -> float:
    return degrees(acos(max(-1.0, min(1.0, dot(unit(one), unit(other))))))


def _bend(body: Body, above: Landmark, joint: Landmark, below: Landmark) -> float:
    marks = body.landmarks
    return _turn(between(marks[above], marks[joint]), between(marks[joint], marks[below]))


def _angle(variant: Variant, step: str, joint: Region, freedom: Freedom, limb: Limb | None) -> int:
    of = [
        each.degrees
        for each in pose_at(variant, StepId(step))
        if (each.joint, each.freedom, each.limb) == (joint, freedom, limb)
    ]
    return of[-1]


def test_variants_of_all_axes_are_looked_at() -> None:
    assert len(VARIANTS) == 8


@pytest.mark.parametrize(("variant", "last"), ENDS)
def test_what_bears_weight_touches_the_floor(variant: Variant, last: Step) -> None:
    body = bodies(variant)[last.id]
    for support in bearing(variant, last.phase):
        if support.polarity is Polarity.DO:
            assert body.height_of(support.contact) <= 40, support.id
        else:
            assert body.height_of(support.contact) >= 20, support.id


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_nothing_is_below_the_floor(variant: Variant) -> None:
    found = bodies(variant)
    assert list(found) == [step.id for step in variant.steps]
    assert all(abs(body.lowest) < 0.001 for body in found.values())


def test_the_chest_rises_in_the_prone_head_raise_by_its_target() -> None:
    found = bodies(vary(PRONE_HEAD_RAISE))
    before, after = (found[StepId(id)].landmarks[Landmark.CHEST][2] for id in ("brace", "lift"))
    assert 152 <= after - before <= 203


def test_hip_and_knee_of_the_oblique_sit_are_at_a_right_angle() -> None:
    variant = vary(OBLIQUE_SIT)
    for joint in (Region.HIP, Region.KNEE):
        angle = _angle(variant, "bend-lower-leg", joint, Freedom.FLEXION, Limb.LOWER_SIDE_LEG)
        assert angle == 90
    body = bodies(variant)[StepId("bend-lower-leg")]
    knee = _bend(body, Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE)
    assert knee == pytest.approx(90)


def test_an_extended_arm_is_straight_and_raises_the_chest() -> None:
    base, extended = (bodies(each)[HOLD] for each in (vary(OBLIQUE_SIT), _with(ExtendArm())))
    elbow = (Landmark.LEFT_SHOULDER, Landmark.LEFT_ELBOW, Landmark.LEFT_WRIST)
    assert _bend(extended, *elbow) <= 10
    assert _bend(base, *elbow) >= 80
    assert extended.landmarks[Landmark.CHEST][2] > base.landmarks[Landmark.CHEST][2] + 100


def _with(move: ExtendArm | ChangeReach | AddLowerQuarter) -> Variant:
    return vary(OBLIQUE_SIT, move)


def test_each_reach_goes_where_its_name_says() -> None:
    """Lying on a side the head is along x, and the front of the body along -y."""
    ways = {}
    for name, variant in (
        ("oblique", vary(OBLIQUE_SIT)),
        ("forward", _with(ChangeReach(FORWARD))),
        ("overhead", _with(ChangeReach(OVERHEAD))),
    ):
        marks = bodies(variant)[HOLD].landmarks
        ways[name] = unit(between(marks[Landmark.RIGHT_SHOULDER], marks[Landmark.RIGHT_INDEX]))
        up_the_body = unit(between(marks[Landmark.LUMBAR], marks[Landmark.NECK]))
        ways[f"{name}-up"] = (dot(ways[name], up_the_body), 0, 0)
    assert ways["forward"][1] < -0.5
    assert ways["overhead-up"][0] > 0.5
    assert ways["overhead-up"][0] > ways["oblique-up"][0] > ways["forward-up"][0]
    assert _turn(ways["oblique"], ways["forward"]) > 10
    assert _turn(ways["oblique"], ways["overhead"]) > 20


def test_the_upper_leg_is_raised() -> None:
    base, raised = (
        bodies(each)[HOLD].landmarks[Landmark.RIGHT_ANKLE][2]
        for each in (vary(OBLIQUE_SIT), _with(AddLowerQuarter(LIFT_UPPER_LEG)))
    )
    assert raised > base + 150


def test_the_pelvis_comes_off_the_floor() -> None:
    pelvis = Contact(Region.PELVIS)
    base, lifted = (
        bodies(each)[HOLD].height_of(pelvis)
        for each in (vary(OBLIQUE_SIT), _with(AddLowerQuarter(LIFT_PELVIS)))
    )
    assert base <= 40
    assert lifted >= base + 50


def test_the_hand_of_the_all_fours_rotation_lies_on_the_other_shoulder() -> None:
    found = bodies(vary(ALL_FOURS_ROTATION))
    for id in ("hand-to-shoulder", "turn-up"):
        marks = found[StepId(id)].landmarks
        apart = length(between(marks[Landmark.RIGHT_INDEX], marks[Landmark.LEFT_SHOULDER]))
        assert apart < 150


def test_the_chest_turns_up_and_the_low_back_stays() -> None:
    variant = vary(ALL_FOURS_ROTATION)
    found = bodies(variant)
    before, after = (
        between(*(found[StepId(id)].landmarks[each] for each in SHOULDERS))
        for id in ("hand-to-shoulder", "turn-up")
    )
    turn = _angle(variant, "turn-up", Region.THORACIC_SPINE, Freedom.ROTATION, None)
    assert 30 <= -turn <= 45
    assert _turn(before, after) > 25
    low_back = _angle(variant, "turn-up", Region.LUMBAR_SPINE, Freedom.ROTATION, None)
    assert abs(low_back) < 8
    assert after[2] > before[2]


SHOULDERS = (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_the_left_side_is_the_mirror_image(variant: Variant) -> None:
    right, left = (bodies(variant, side) for side in (Side.RIGHT, Side.LEFT))
    for id, body in right.items():
        for mark, (x, y, z) in body.landmarks.items():
            assert left[id].landmarks[mark.mirrored] == pytest.approx((-x, y, z), abs=1e-6)
