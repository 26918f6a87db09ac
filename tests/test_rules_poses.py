"""Poses against what steps say: contacts, targets, and joints at two angles."""

from __future__ import annotations

import pytest
from attrs import evolve

from backex.anatomy import Contact, Limb, Movement, Phase, Position, Region
from backex.axes import PartKind, Put, Remove
from backex.body import Landmark
from backex.exercise import Exercise
from backex.ids import StepId, SupportId, TargetId
from backex.pose import JOINTS, Freedom, JointAngle, limbs_of
from backex.poses import bodies
from backex.posture import Polarity
from backex.quantities import Span, Unit
from backex.rules.examples import FEET, STAND, axis, bent, exercise, level, puts, step, to
from backex.step import Step, Support, Target
from backex.validation import Checkable, validate
from backex.variant import vary

#: Lying on the front, with knees bent so far, the feet are off the floor.
UP = bent(90)


def found(code: str, value: Checkable) -> list[str]:
    return [each.path for each in validate(value, select=code).diagnostics]


def prone(
    *steps: Step, phases: tuple[Phase, ...] = (), contact: Contact = FEET.contact
) -> Exercise:
    """Return an exercise, done lying on the front, whose feet bear in some phases."""
    feet = evolve(FEET, contact=contact, phases=frozenset(phases))
    return exercise(*steps, position=Position.PRONE, contacts=(feet,))


def posed(id: str, phase: Phase, *pose: JointAngle, during: str | None = None) -> Step:
    return step(id, phase, pose=pose, during=None if during is None else StepId(during))


LIE, KICK = posed("lie", Phase.SETUP), posed("kick", Phase.MOVE, UP)


# What bears weight, and what must not.


@pytest.mark.parametrize(
    ("feet_up", "moments"),
    [
        (prone(LIE, KICK), 1),
        (prone(posed("lie", Phase.SETUP, UP)), 1),
        # What a step leaves the body in lasts until another changes it.
        (prone(LIE, KICK, step("stay", Phase.HOLD)), 2),
        # Two steps at once have one end.
        (prone(LIE, step("rest"), posed("kick", Phase.MOVE, UP, during="rest")), 1),
        (prone(LIE, step("rest"), posed("kick", Phase.RETURN, UP)), 1),
        (prone(LIE, KICK, step("down", Phase.RETURN), phases=(Phase.RETURN,)), 1),
    ],
    ids=["move", "set-up", "hold", "during", "return", "never-back"],
)
def test_what_bears_weight_is_on_the_floor(feet_up: Exercise, moments: int) -> None:
    assert found("BX212", feet_up) == ["$.contacts[0]"] * moments


@pytest.mark.parametrize(
    "fine",
    [
        prone(LIE, step("kick")),
        prone(LIE, KICK, phases=(Phase.SETUP,)),
        prone(LIE, KICK, phases=(Phase.HOLD,)),
        # On its way into position the body may be anywhere.
        evolve(
            prone(posed("lie", Phase.SETUP, UP), posed("turn", Phase.SETUP, UP)),
            contacts=(evolve(FEET, phases=frozenset({Phase.MOVE})),),
        ),
        # On its way out the feet may leave the floor, or come back to it.
        evolve(
            prone(LIE, posed("bridge", Phase.MOVE, bent(0)), posed("up", Phase.RETURN, UP)),
            contacts=(
                Support(
                    id=SupportId("pelvis"),
                    contact=Contact(Region.PELVIS),
                    phases=frozenset({Phase.RETURN}),
                ),
            ),
        ),
        # Nobody knows how high the eyes are.
        prone(LIE, KICK, contact=Contact(Region.EYES)),
        # Who sits or stands may rest on what stands there.
        evolve(prone(LIE, posed("kick", Phase.MOVE, bent(0))), position=Position.SITTING),
        evolve(
            prone(LIE, KICK, contact=Contact(Region.HAND, Limb.BOTH_ARMS)),
            position=Position.STANDING,
        ),
    ],
    ids=["no-pose", "other-phase", "no-such-phase", "on-the-way", "out", "eyes", "chair", "wall"],
)
def test_what_is_not_known_to_be_off_the_floor_may_bear(fine: Exercise) -> None:
    assert found("BX212", fine) == []


@pytest.mark.parametrize("spared", [Region.FOOT, Region.LOWER_LIMB])
def test_what_is_spared_is_off_the_floor(spared: Region) -> None:
    contact = Contact(spared, Limb.BOTH_LEGS)
    feet = evolve(FEET, contact=contact, polarity=Polarity.AVOID, phases=frozenset({Phase.MOVE}))
    lean = posed("lean", Phase.MOVE, bent(5))
    standing = exercise(STAND, lean, contacts=(feet,))
    assert found("BX213", standing) == ["$.contacts[0]"]
    hold = evolve(lean, phase=Phase.HOLD)
    assert found("BX213", evolve(standing, steps=(STAND, hold))) == []
    hands = evolve(feet, contact=Contact(Region.HAND, Limb.BOTH_ARMS))
    assert found("BX213", evolve(standing, contacts=(hands,))) == []


def legs(degrees: int, limb: Limb = Limb.BOTH_LEGS) -> JointAngle:
    """Return how far the thighs are raised: lying on the back or a side, the feet with them."""
    return JointAngle(joint=Region.HIP, freedom=Freedom.FLEXION, degrees=degrees, limb=limb)


@pytest.mark.parametrize(
    ("position", "contact", "pose"),
    [
        (Position.PRONE, FEET.contact, UP),
        (Position.SUPINE, FEET.contact, legs(60)),
        # Of two feet the upper one counts.
        (Position.SIDE_LYING, FEET.contact, legs(0)),
        (Position.QUADRUPED, Contact(Region.HEAD), legs(80)),
    ],
)
def test_wherever_only_the_floor_holds_the_body_up_it_has_to_be_there(
    position: Position, contact: Contact, pose: JointAngle
) -> None:
    feet = evolve(FEET, contact=contact)
    raised = exercise(posed("raise", Phase.MOVE, pose), position=position, contacts=(feet,))
    assert found("BX212", raised) == ["$.contacts[0]"]
    assert found("BX212", evolve(raised, position=Position.STANDING)) == []


DOWN = bent(0)


@pytest.mark.parametrize(
    ("phase", "poses", "faults"),
    [
        (Phase.SETUP, [DOWN, UP], ["b"]),
        (Phase.SETUP, [UP, DOWN], []),
        (Phase.PREPARE, [UP, DOWN], ["a"]),
        (Phase.MOVE, [UP, UP], ["a", "b"]),
        (Phase.HOLD, [DOWN, UP], ["b"]),
        (Phase.RETURN, [UP, UP], ["b"]),
        (Phase.RETURN, [UP, DOWN], []),
    ],
)
def test_a_contact_is_judged_at_the_end_of_each_step_but_on_the_way_in_and_out(
    phase: Phase, poses: list[JointAngle], faults: list[str]
) -> None:
    steps = [posed(id, phase, pose) for id, pose in zip("ab", poses, strict=True)]
    found = validate(prone(LIE, *steps, phases=(phase,)), select="BX212").diagnostics
    assert [each.meta["step"] for each in found] == faults


def test_on_the_way_out_only_the_way_itself_counts() -> None:
    """A contact may leave the floor at the end of the return, or have been on it before."""
    down = posed("down", Phase.MOVE, DOWN)
    back = (posed("back", Phase.RETURN, UP), posed("off", Phase.RETURN, UP))
    assert found("BX212", prone(LIE, down, *back, phases=(Phase.RETURN,))) == []
    higher = (back[0], posed("off", Phase.RETURN, bent(120)))
    (never,) = validate(
        prone(LIE, down, KICK, *higher, phases=(Phase.RETURN,)), select="BX212"
    ).diagnostics
    off = evolve(higher[1], phase=Phase.MOVE)
    (last,) = validate(prone(LIE, off), select="BX212").diagnostics
    assert never.meta == last.meta
    assert never.meta["step"] == "off"


def test_of_two_feet_the_one_that_is_off_the_floor_counts() -> None:
    one = prone(LIE, posed("kick", Phase.MOVE, bent(90, Limb.MOVING_LEG)))
    (off,) = validate(one, select="BX212").diagnostics
    height = off.meta["millimetres"]
    assert isinstance(height, int)
    assert height > 300
    assert off.meta == {"step": "kick", "contact": "feet", "millimetres": height}
    assert off.message == (
        f'weight is to rest on both feet, at the end of step "kick" {height} mm above the floor'
    )


def test_of_two_feet_the_one_that_touches_the_floor_counts() -> None:
    spared = evolve(FEET, polarity=Polarity.AVOID, phases=frozenset({Phase.MOVE}))
    one = posed("kick", Phase.MOVE, bent(90, Limb.MOVING_LEG))
    (on,) = validate(exercise(STAND, one, contacts=(spared,)), select="BX213").diagnostics
    assert on.meta["step"] == "kick"
    assert on.meta["contact"] == "feet"
    height = on.meta["millimetres"]
    assert isinstance(height, int)
    assert height <= 10
    assert on.message == (
        'at the end of step "kick" the floor is touched with both feet, where that is to be avoided'
    )
    both = posed("kick", Phase.MOVE, bent(130))
    assert found("BX213", exercise(STAND, both, contacts=(spared,))) == []


# Targets.


def target(
    movement: Movement,
    region: Region,
    span: Span,
    unit: Unit = Unit.DEGREE,
    *,
    limb: Limb | None = None,
    approximate: bool = True,
) -> Target:
    return Target(
        id=TargetId("aim"),
        movement=movement,
        region=region,
        limb=limb,
        span=span,
        unit=unit,
        approximate=approximate,
    )


def turn(joint: Region, freedom: Freedom, degrees: int, limb: Limb | None = None) -> JointAngle:
    return JointAngle(joint=joint, freedom=freedom, degrees=degrees, limb=limb)


def aiming(aim: Target, *pose: JointAngle) -> Exercise:
    return exercise(STAND, step("lean", targets=(aim,), pose=pose))


HIP = turn(Region.HIP, Freedom.FLEXION, 60, Limb.MOVING_LEG)
AIM = ["$.steps[1].targets[0]"]


@pytest.mark.parametrize(
    ("span", "approximate", "fits"),
    [
        (Span.of(60), False, True),
        (Span.of(61), False, False),
        (Span.of(70), True, True),
        (Span.of(71), True, False),
        (Span.of(50), True, True),
        (Span.of(49), True, False),
        (Span(40, 60), False, True),
        (Span(61, 90), False, False),
        (Span(60, None), False, True),
        (Span(None, 59), False, False),
        (Span(71, None), True, False),
    ],
    ids=str,
)
def test_a_target_in_degrees_is_met_by_the_pose(
    span: Span, *, approximate: bool, fits: bool
) -> None:
    aim = target(Movement.FLEXION, Region.HIP, span, approximate=approximate)
    assert found("BX214", aiming(aim, HIP)) == ([] if fits else AIM)


@pytest.mark.parametrize(
    ("movement", "region", "angles"),
    [
        (Movement.EXTENSION, Region.HIP, [turn(Region.HIP, Freedom.FLEXION, -20, Limb.BOTH_LEGS)]),
        (Movement.FLEXION, Region.KNEE, [bent(20)]),
        # Some say of a straight knee 0 degrees, others 180.
        (Movement.EXTENSION, Region.KNEE, [bent(140), bent(140, Limb.MOVING_LEG)]),
        (
            Movement.ABDUCTION,
            Region.SHOULDER,
            [turn(Region.SHOULDER, Freedom.ELEVATION, 20, Limb.BOTH_ARMS)],
        ),
        (
            Movement.PRONATION,
            Region.FOREARM,
            [turn(Region.FOREARM, Freedom.SUPINATION, -20, Limb.BOTH_ARMS)],
        ),
        (
            Movement.RETRACTION,
            Region.SHOULDER_GIRDLE,
            [turn(Region.SHOULDER_GIRDLE, Freedom.PROTRACTION, -20, Limb.BOTH_ARMS)],
        ),
        (
            Movement.ROTATION,
            Region.UPPER_BACK,
            [turn(Region.THORACIC_SPINE, Freedom.ROTATION, -20)],
        ),
        (
            Movement.ROTATION_UPWARD,
            Region.THORACIC_SPINE,
            [turn(Region.THORACIC_SPINE, Freedom.ROTATION, -20)],
        ),
        (
            Movement.FLEXION,
            Region.HEAD,
            [
                turn(Region.CERVICAL_SPINE, Freedom.FLEXION, 12),
                turn(Region.HEAD, Freedom.FLEXION, 8),
            ],
        ),
    ],
)
def test_each_movement_is_measured_as_an_angle(
    movement: Movement, region: Region, angles: list[JointAngle]
) -> None:
    degrees = 40 if region is Region.KNEE and movement is Movement.EXTENSION else 20
    for asked, fits in ((degrees, True), (degrees + 45, False)):
        aim = target(movement, region, Span.of(asked))
        assert found("BX214", aiming(aim, *angles)) == ([] if fits else AIM)


_SPINE = {
    Region.HEAD: (Region.CERVICAL_SPINE, Region.HEAD),
    Region.CERVICAL_SPINE: (Region.CERVICAL_SPINE, Region.HEAD),
    Region.UPPER_BACK: (Region.THORACIC_SPINE,),
    Region.THORACIC_SPINE: (Region.THORACIC_SPINE,),
    Region.LOW_BACK: (Region.LUMBAR_SPINE,),
    Region.LUMBAR_SPINE: (Region.LUMBAR_SPINE,),
    Region.SPINE: (Region.LUMBAR_SPINE, Region.THORACIC_SPINE, Region.CERVICAL_SPINE),
}
_OF_THE_SPINE = [
    (Movement.FLEXION, Freedom.FLEXION, 1),
    (Movement.EXTENSION, Freedom.FLEXION, -1),
    (Movement.LATERAL_FLEXION, Freedom.LATERAL_FLEXION, 1),
    (Movement.LATERAL_FLEXION, Freedom.LATERAL_FLEXION, -1),
    (Movement.ROTATION, Freedom.ROTATION, 1),
    (Movement.ROTATION, Freedom.ROTATION, -1),
    (Movement.ROTATION_FORWARD, Freedom.ROTATION, 1),
    (Movement.ROTATION_UPWARD, Freedom.ROTATION, -1),
]
_OF_A_LIMB = [
    (Movement.ELEVATION, Region.SHOULDER_GIRDLE, Freedom.ELEVATION, 1),
    (Movement.DEPRESSION, Region.SHOULDER_GIRDLE, Freedom.ELEVATION, -1),
    (Movement.PROTRACTION, Region.SHOULDER_GIRDLE, Freedom.PROTRACTION, 1),
    (Movement.RETRACTION, Region.SHOULDER_GIRDLE, Freedom.PROTRACTION, -1),
    (Movement.ELEVATION, Region.SHOULDER, Freedom.ELEVATION, 1),
    (Movement.FLEXION, Region.SHOULDER, Freedom.ELEVATION, 1),
    (Movement.EXTENSION, Region.SHOULDER, Freedom.ELEVATION, 1),
    (Movement.ABDUCTION, Region.SHOULDER, Freedom.ELEVATION, 1),
    (Movement.INTERNAL_ROTATION, Region.SHOULDER, Freedom.INTERNAL_ROTATION, 1),
    (Movement.EXTERNAL_ROTATION, Region.SHOULDER, Freedom.INTERNAL_ROTATION, -1),
    (Movement.FLEXION, Region.ELBOW, Freedom.FLEXION, 1),
    (Movement.SUPINATION, Region.FOREARM, Freedom.SUPINATION, 1),
    (Movement.PRONATION, Region.FOREARM, Freedom.SUPINATION, -1),
    (Movement.FLEXION, Region.WRIST, Freedom.FLEXION, 1),
    (Movement.EXTENSION, Region.WRIST, Freedom.FLEXION, -1),
    (Movement.FLEXION, Region.HIP, Freedom.FLEXION, 1),
    (Movement.EXTENSION, Region.HIP, Freedom.FLEXION, -1),
    (Movement.ABDUCTION, Region.HIP, Freedom.ABDUCTION, 1),
    (Movement.ADDUCTION, Region.HIP, Freedom.ABDUCTION, -1),
    (Movement.INTERNAL_ROTATION, Region.HIP, Freedom.INTERNAL_ROTATION, 1),
    (Movement.EXTERNAL_ROTATION, Region.HIP, Freedom.INTERNAL_ROTATION, -1),
    (Movement.FLEXION, Region.KNEE, Freedom.FLEXION, 1),
]
_ALL = [
    *(
        (movement, region, joints, freedom, sign)
        for region, joints in _SPINE.items()
        for movement, freedom, sign in _OF_THE_SPINE
    ),
    *((movement, joint, (joint,), freedom, sign) for movement, joint, freedom, sign in _OF_A_LIMB),
]


@pytest.mark.parametrize(("movement", "region", "joints", "freedom", "sign"), _ALL)
def test_the_joints_of_a_region_add_up_to_the_degree(
    movement: Movement, region: Region, joints: tuple[Region, ...], freedom: Freedom, sign: int
) -> None:
    those = [joint for joint in joints if freedom in JOINTS[joint]]
    degrees = [3, 2, 4][: len(those)]
    for limb in {each for each in limbs_of(those[0]) if each is not Limb.BOTH_LEGS}:
        pose = [
            turn(joint, freedom, sign * each, limb)
            for joint, each in zip(those, degrees, strict=True)
        ]
        for asked, fits in ((sum(degrees), True), (sum(degrees) + 1, False)):
            aim = target(movement, region, Span.of(asked), limb=limb, approximate=False)
            report = validate(aiming(aim, *pose), select="BX214")
            assert [each.path for each in report.diagnostics] == ([] if fits else AIM)
            if not fits:
                assert f" has {sum(degrees)}° of " in str(report)
        if all(JOINTS[joint][freedom][0] < 0 < JOINTS[joint][freedom][1] for joint in those):
            aim = target(movement, region, Span.of(sum(degrees)), limb=limb, approximate=False)
            back = [evolve(each, degrees=-each.degrees) for each in pose]
            is_either = movement in {Movement.LATERAL_FLEXION, Movement.ROTATION}
            assert found("BX214", aiming(aim, *back)) == ([] if is_either else AIM)


@pytest.mark.parametrize(
    ("movement", "region", "joint", "degrees", "says"),
    [
        (Movement.FLEXION, Region.HIP, Region.HIP, -5, "-5°"),
        (Movement.EXTENSION, Region.HIP, Region.HIP, 5, "-5°"),
        (Movement.ROTATION_UPWARD, Region.SPINE, Region.LUMBAR_SPINE, 5, "-5°"),
    ],
)
def test_a_turn_the_other_way_misses_a_target(
    movement: Movement, region: Region, joint: Region, degrees: int, says: str
) -> None:
    freedom = Freedom.ROTATION if region is Region.SPINE else Freedom.FLEXION
    limb = None if region is Region.SPINE else Limb.BOTH_LEGS
    aim = target(movement, region, Span.of(5), approximate=False)
    report = validate(aiming(aim, turn(joint, freedom, degrees, limb)), select="BX214")
    assert f"has {says} of " in str(report)


def test_what_misses_a_target_is_said_in_full() -> None:
    aim = target(Movement.FLEXION, Region.HIP, Span.of(90))
    (missed,) = validate(aiming(aim, HIP), select="BX214").diagnostics
    assert missed.message == (
        'the pose of step "lean" has 60° of flexion of the hip, where about 90° is the target'
    )
    assert missed.meta == {"step": "lean", "target": "aim"}


@pytest.mark.parametrize(
    ("limb", "fits"),
    [
        (None, True),
        (Limb.MOVING_LEG, True),
        (Limb.UPPER_SIDE_LEG, True),
        (Limb.SUPPORTING_LEG, False),
        (Limb.BOTH_LEGS, False),
    ],
)
def test_a_target_is_of_the_limb_that_it_names(limb: Limb | None, *, fits: bool) -> None:
    other = turn(Region.HIP, Freedom.FLEXION, 0, Limb.SUPPORTING_LEG)
    aim = target(Movement.FLEXION, Region.HIP, Span.of(60), limb=limb)
    assert found("BX214", aiming(aim, HIP, other)) == ([] if fits else AIM)


@pytest.mark.parametrize(
    "aim",
    [
        target(Movement.FLEXION, Region.ELBOW, Span.of(90)),
        target(Movement.FLEXION, Region.ANKLE, Span.of(90)),
        target(Movement.FLEXION, Region.HIP, Span.of(90), limb=Limb.SUPPORTING_LEG),
        target(Movement.LIFT, Region.HIP, Span.of(90)),
        target(Movement.LIFT, Region.CHEST, Span.of(90), Unit.CENTIMETRE),
    ],
    ids=["other-joint", "either-way", "other-leg", "no-measure", "nothing-before"],
)
def test_of_what_the_pose_does_not_say_no_target_is_missed(aim: Target) -> None:
    assert found("BX214", aiming(aim, HIP)) == []


def rising(aim: Target) -> Exercise:
    """Return an exercise whose pelvis rises by 41 cm, as the thighs come upright."""
    legs = (
        turn(Region.HIP, Freedom.FLEXION, 90, Limb.BOTH_LEGS),
        turn(Region.KNEE, Freedom.FLEXION, 90, Limb.BOTH_LEGS),
    )
    upright = (evolve(legs[0], degrees=0), evolve(legs[1], degrees=0))
    return exercise(
        posed("squat", Phase.SETUP, *legs),
        step("up", targets=(aim,), pose=upright),
        step("on", pose=(turn(Region.HEAD, Freedom.FLEXION, 5),)),
    )


@pytest.mark.parametrize(
    ("region", "span", "unit", "fits"),
    [
        (Region.PELVIS, Span.of(415), Unit.MILLIMETRE, True),
        (Region.PELVIS, Span.of(45), Unit.CENTIMETRE, True),
        (Region.PELVIS, Span(38, None), Unit.CENTIMETRE, True),
        (Region.PELVIS, Span.of(60), Unit.CENTIMETRE, False),
        (Region.PELVIS, Span(None, 30), Unit.CENTIMETRE, False),
        (Region.CHEST, Span(6, 8), Unit.INCH, False),
        (Region.SHOULDER, Span(15, 17), Unit.INCH, True),
        (Region.FOOT, Span(6, 8), Unit.INCH, False),
        (Region.EYES, Span(6, 8), Unit.INCH, True),
    ],
)
def test_a_part_rises_as_far_as_its_target(
    region: Region, span: Span, unit: Unit, *, fits: bool
) -> None:
    aim = target(Movement.LIFT, region, span, unit)
    assert found("BX214", rising(aim)) == ([] if fits else AIM)
    assert found("BX214", rising(evolve(aim, movement=Movement.LOWERING))) == []


def test_a_rise_may_be_measured_from_any_step_before() -> None:
    aim = target(Movement.LIFT, Region.PELVIS, Span.of(415), Unit.MILLIMETRE)
    up = rising(aim)
    held = evolve(up, steps=(*up.steps[:2], evolve(up.steps[2], targets=(aim,))))
    assert found("BX214", held) == []


_LANDMARKS = {
    Region.CHEST: (None, Landmark.CHEST),
    Region.RIB_CAGE: (None, Landmark.CHEST),
    Region.HEAD: (None, Landmark.HEAD),
    Region.PELVIS: (None, Landmark.PELVIS),
    Region.SHOULDER: (Limb.MOVING_ARM, Landmark.RIGHT_SHOULDER),
    Region.ELBOW: (Limb.MOVING_ARM, Landmark.RIGHT_ELBOW),
    Region.WRIST: (Limb.MOVING_ARM, Landmark.RIGHT_WRIST),
    Region.HAND: (Limb.MOVING_ARM, Landmark.RIGHT_INDEX),
    Region.HIP: (Limb.MOVING_LEG, Landmark.RIGHT_HIP),
    Region.KNEE: (Limb.MOVING_LEG, Landmark.RIGHT_KNEE),
    Region.ANKLE: (Limb.MOVING_LEG, Landmark.RIGHT_ANKLE),
    Region.FOOT: (Limb.MOVING_LEG, Landmark.RIGHT_HEEL),
}


@pytest.mark.parametrize("region", _LANDMARKS, ids=lambda region: region.value)
def test_a_lift_is_that_of_the_landmark_of_its_region_since_the_step_before(
    region: Region,
) -> None:
    limb, mark = _LANDMARKS[region]
    aim = target(Movement.LIFT, region, Span.of(3_000), Unit.MILLIMETRE, limb=limb)
    raised = exercise(
        posed("squat", Phase.SETUP, legs(90), bent(90)),
        posed("rise", Phase.SETUP, legs(45), bent(45)),
        step(
            "reach",
            targets=(aim,),
            pose=(
                legs(0, Limb.SUPPORTING_LEG),
                bent(0, Limb.SUPPORTING_LEG),
                legs(80, Limb.MOVING_LEG),
                bent(20, Limb.MOVING_LEG),
                turn(Region.SHOULDER, Freedom.ELEVATION, 120, Limb.MOVING_ARM),
                turn(Region.ELBOW, Freedom.FLEXION, 20, Limb.MOVING_ARM),
                turn(Region.THORACIC_SPINE, Freedom.LATERAL_FLEXION, 20),
            ),
        ),
    )
    _, rise, reach = (each.landmarks[mark][2] for each in bodies(vary(raised)).values())
    (missed,) = validate(raised, select="BX214").diagnostics
    what = region.value.replace("-", " ")
    assert missed.message == (
        f'the pose of step "reach" has {round(reach - rise)} mm of lift of the {what}, where '
        "about 3000 mm is the target"
    )


@pytest.mark.parametrize("joint", [Region.ELBOW, Region.KNEE], ids=lambda joint: joint.value)
def test_a_hinge_is_straight_at_0_or_at_180(joint: Region) -> None:
    limb = Limb.BOTH_ARMS if joint is Region.ELBOW else Limb.BOTH_LEGS
    hinge = turn(joint, Freedom.FLEXION, 130, limb)
    for asked, fits in ((49, False), (50, True), (51, False), (130, False)):
        aim = target(Movement.EXTENSION, joint, Span.of(asked), approximate=False)
        assert found("BX214", aiming(aim, hinge)) == ([] if fits else AIM)


# Joints at two angles.


@pytest.mark.parametrize(
    ("pose", "at"),
    [
        ((bent(90), bent(9, Limb.MOVING_LEG)), [1]),
        ((bent(9, Limb.SUPPORTING_LEG), bent(90)), [1]),
        ((bent(90, Limb.MOVING_LEG), bent(9, Limb.UPPER_SIDE_LEG)), [1]),
        ((bent(9, Limb.MOVING_LEG), bent(9, Limb.SUPPORTING_LEG), bent(90)), [2, 2]),
        ((bent(90), bent(90, Limb.MOVING_LEG)), []),
        ((bent(90, Limb.SUPPORTING_LEG), bent(9, Limb.MOVING_LEG)), []),
        # The same id twice is a fault of its own.
        ((bent(90), bent(9)), []),
    ],
    ids=["both-one", "one-both", "two-names", "three", "agree", "two-legs", "one-id"],
)
def test_a_joint_stands_at_one_angle(pose: tuple[JointAngle, ...], at: list[int]) -> None:
    lean = exercise(STAND, step("lean", pose=pose))
    assert found("BX215", lean) == [f"$.steps[1].pose[{index}]" for index in at]


def test_both_angles_of_a_joint_are_named() -> None:
    lean = exercise(STAND, step("lean", pose=(bent(90), bent(9, Limb.MOVING_LEG))))
    (unequal,) = validate(lean, select="BX215").diagnostics
    ids = tuple(each.id for each in lean.steps[1].pose)
    assert unequal.meta == {"step": "lean", "angles": ids}


def test_one_angle_is_said_once() -> None:
    lean = exercise(STAND, step("lean", pose=(bent(90), bent(9))))
    assert found("BX205", lean) == ["$.steps[1].pose[1]"]


# Moves.

_AIMED = step("lean", targets=(target(Movement.FLEXION, Region.KNEE, Span.of(90)),), pose=(UP,))


@pytest.mark.parametrize(
    ("edit", "faults"),
    [
        (puts(bent(30)), 1),
        (puts(bent(85)), 0),
        (puts(bent(30, Limb.MOVING_LEG)), 1),
        # The knee is as the step before left it.
        (Remove(kind=PartKind.JOINT_ANGLE, id=UP.id, step=StepId("lean")), 1),
        (Put(part=evolve(FEET, polarity=Polarity.AVOID)), 2),
    ],
    ids=["misses", "fits", "one-leg", "removed", "spared"],
)
def test_what_moves_make_of_a_pose_still_fits(edit: Put | Remove, faults: int) -> None:
    standing = exercise(
        posed("stand", Phase.SETUP, bent(0)), _AIMED, axes=(axis(level("slow", edit)),)
    )
    assert found("BX332", vary(standing)) == []
    assert found("BX332", vary(standing, to("slow"))) == ["$.progressions"] * faults


def test_what_was_wrong_before_is_no_fault_of_the_moves() -> None:
    missed = evolve(_AIMED, pose=(bent(30),))
    slowly = exercise(STAND, missed, axes=(axis(level("slow")),))
    variant = vary(slowly, to("slow"))
    assert found("BX332", variant) == []
    assert found("BX214", variant) == ["$.exercise.steps[1].targets[0]"]
