"""Joint angles: what each joint can do, and what is said of angles that nobody has."""

from __future__ import annotations

from typing import Any

import pytest

from backex.anatomy import Limb, Region
from backex.errors import InvalidValue
from backex.pose import JOINTS, Freedom, JointAngle, limbs_of

KNEE: dict[str, Any] = {
    "joint": Region.KNEE,
    "freedom": Freedom.FLEXION,
    "degrees": 90,
    "limb": Limb.BOTH_LEGS,
}
TURNS = [
    pytest.param(joint, freedom, *reach, id=f"{joint.value}-{freedom.value}")
    for joint, freedoms in JOINTS.items()
    for freedom, reach in freedoms.items()
]


@pytest.mark.parametrize(("joint", "freedom", "low", "high"), TURNS)
def test_an_angle_is_one_that_people_reach(
    joint: Region, freedom: Freedom, low: int, high: int
) -> None:
    limb = limbs_of(joint)[0]
    for degrees in (low, 0, high):
        angle = JointAngle(joint=joint, freedom=freedom, degrees=degrees, limb=limb)
        assert angle.degrees == degrees
    for degrees in (low - 1, high + 1):
        with pytest.raises(InvalidValue) as caught:
            JointAngle(joint=joint, freedom=freedom, degrees=degrees, limb=limb)
        assert caught.value.field == "degrees"


LEGS_IN_WORDS = "upper-side-leg, lower-side-leg, moving-leg, supporting-leg, both-legs"


@pytest.mark.parametrize(
    ("field", "changes", "allowed"),
    [
        (
            "joint",
            {"joint": Region.FOOT},
            f"a joint: one of {', '.join(joint.value for joint in JOINTS)}",
        ),
        (
            "freedom",
            {"freedom": Freedom.ABDUCTION},
            "a freedom of the knee: one of flexion",
        ),
        (
            "degrees",
            {"degrees": 150},
            "a whole number from 0 to 140, the degrees of flexion of the knee",
        ),
        (
            "limb",
            {"limb": Limb.MOVING_ARM},
            f"a limb with that knee: one of {LEGS_IN_WORDS}",
        ),
        ("limb", {"limb": None}, f"a limb with that knee: one of {LEGS_IN_WORDS}"),
        (
            "limb",
            {"joint": Region.LUMBAR_SPINE, "degrees": 5},
            "None for a joint of the trunk or the head",
        ),
    ],
    ids=["joint", "freedom", "degrees", "arm", "no-limb", "trunk"],
)
def test_an_angle_that_nobody_has_is_refused_with_what_there_is(
    field: str, changes: dict[str, Any], allowed: str
) -> None:
    given = KNEE | changes
    with pytest.raises(InvalidValue) as caught:
        JointAngle(**given)
    assert caught.value == InvalidValue("JointAngle", field, given[field], allowed)


def test_every_limb_is_an_arm_or_a_leg_and_every_joint_is_of_one_of_them_or_of_none() -> None:
    arms, legs = (frozenset(limbs_of(joint)) for joint in (Region.ELBOW, Region.KNEE))
    assert sorted([*arms, *legs], key=str) == sorted(Limb, key=str)
    assert {frozenset(limbs_of(joint)) for joint in JOINTS} == {arms, legs, frozenset({None})}


def test_the_id_says_what_it_is_the_angle_of_and_nothing_else() -> None:
    angle = JointAngle(**KNEE)
    assert angle.id == "knee-flexion-both-legs"
    assert JointAngle(**KNEE | {"degrees": 5}).id == angle.id
    assert JointAngle(**KNEE | {"limb": Limb.MOVING_LEG}).id == "knee-flexion-moving-leg"
