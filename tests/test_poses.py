"""What each step of a variant leaves the body in."""

from __future__ import annotations

from attrs import evolve

from backex.anatomy import Limb, Phase, Position, Region, Side
from backex.body import body_at
from backex.ids import StepId, SupportId
from backex.pose import Freedom, JointAngle
from backex.poses import bearing, bodies, pose_at
from backex.rules.examples import FEET, STAND, axis, bent, exercise, level, puts, step, to
from backex.variant import vary

NOD = JointAngle(joint=Region.HEAD, freedom=Freedom.FLEXION, degrees=20)
ONE, BOTH = bent(9, Limb.MOVING_LEG), bent(60)
SQUAT = exercise(
    STAND,
    step("bend", pose=(ONE, NOD)),
    step("lean", pose=(BOTH,)),
    step("stay", Phase.HOLD),
    axes=(axis(level("deep", puts(bent(90)))),),
)


def test_a_step_keeps_what_those_before_it_left_and_adds_its_own() -> None:
    poses = [pose_at(vary(SQUAT), each.id) for each in SQUAT.steps]
    assert poses == [(), (ONE, NOD), (ONE, NOD, BOTH), (ONE, NOD, BOTH)]
    assert pose_at(vary(SQUAT), StepId("absent")) == ()


def test_an_edit_of_one_step_carries_through_to_the_end() -> None:
    deep = vary(SQUAT, to("deep"))
    assert pose_at(deep, StepId("bend")) == (ONE, NOD)
    assert pose_at(deep, StepId("stay")) == (ONE, NOD, bent(90))


def test_bodies_stand_in_the_poses_from_the_first_one_on() -> None:
    variant = vary(SQUAT)
    for side in Side:
        found = bodies(variant, side)
        assert list(found) == ["bend", "lean", "stay"]
        for id, body in found.items():
            assert body == body_at(Position.STANDING, pose_at(variant, id), side)
    assert bodies(vary(exercise())) == {}


def test_of_one_joint_under_two_names_the_later_one_counts() -> None:
    again = evolve(SQUAT, steps=(*SQUAT.steps, step("on", pose=(ONE,))))
    last = bodies(vary(again))[StepId("on")]
    assert last == body_at(Position.STANDING, (NOD, BOTH, ONE))


def test_contacts_bear_in_their_phases_or_in_all() -> None:
    held = evolve(FEET, id=SupportId("held"), phases=frozenset({Phase.HOLD}))
    variant = vary(evolve(SQUAT, contacts=(FEET, held)))
    assert bearing(variant, Phase.HOLD) == (FEET, held)
    assert bearing(variant, Phase.MOVE) == (FEET,)
