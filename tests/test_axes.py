"""Axes: the slot that each edit writes, the levels of an axis and the loads that it carries."""

from __future__ import annotations

import pytest

from backex.anatomy import Contact, Limb, Movement, Region
from backex.axes import (
    BUILT_IN_AXES,
    LOWER_QUARTER,
    REACH,
    RESISTANCE,
    SUPPORT,
    Edit,
    Level,
    LevelAxis,
    LoadAxis,
    Part,
    PartKind,
    Put,
    Remove,
    SetText,
    Slot,
    part_kind,
    slot_of,
)
from backex.errors import InvalidValue
from backex.ids import AxisId, CueId, EffectId, LevelId, MotionId, StepId, SupportId, TargetId
from backex.pose import Freedom, JointAngle
from backex.posture import Cue, Polarity
from backex.quantities import Mass, Span, Unit
from backex.step import Effect, Motion, Support, Target

LIFT = StepId("lift")
MOTION = Motion(id=MotionId("up"), movement=Movement.LIFT, region=Region.CHEST)
CUE = Cue(
    id=CueId("stay-tall"),
    text="Stay tall.",
    polarity=Polarity.DO,
    movement=Movement.AXIAL_ELONGATION,
    region=Region.SPINE,
)
EFFECT = Effect(
    id=EffectId("long"), text="It gets long.", movement=Movement.STRETCH, region=Region.SPINE
)
TARGET = Target(
    id=TargetId("height"),
    movement=Movement.LIFT,
    region=Region.CHEST,
    span=Span.of(5),
    unit=Unit.CENTIMETRE,
    approximate=False,
)
HIP = Support(id=SupportId("hip"), contact=Contact(Region.HIP))
ANGLE = JointAngle(joint=Region.KNEE, freedom=Freedom.FLEXION, degrees=90, limb=Limb.BOTH_LEGS)
KINDS: list[tuple[Part, PartKind]] = [
    (MOTION, PartKind.MOTION),
    (CUE, PartKind.CUE),
    (EFFECT, PartKind.EFFECT),
    (TARGET, PartKind.TARGET),
    (HIP, PartKind.SUPPORT),
    (ANGLE, PartKind.JOINT_ANGLE),
]
STEP_ALLOWED = "no step for a support, and the id of a step for every other part"


@pytest.mark.parametrize(("part", "kind"), KINDS)
def test_each_class_of_part_is_a_kind(part: Part, kind: PartKind) -> None:
    assert part_kind(part) is kind


def test_there_is_a_part_of_every_kind() -> None:
    assert [kind for _, kind in KINDS] == list(PartKind)


@pytest.mark.parametrize(
    ("edit", "slot"),
    [
        (SetText(step=LIFT, text="Rise."), (None, "lift", "")),
        (Put(step=LIFT, part=MOTION), (PartKind.MOTION, "lift", "up")),
        (Put(step=LIFT, part=CUE), (PartKind.CUE, "lift", "stay-tall")),
        (Put(step=LIFT, part=EFFECT), (PartKind.EFFECT, "lift", "long")),
        (Put(step=LIFT, part=TARGET), (PartKind.TARGET, "lift", "height")),
        (
            Put(step=LIFT, part=ANGLE),
            (PartKind.JOINT_ANGLE, "lift", "knee-flexion-both-legs"),
        ),
        (Put(part=HIP), (PartKind.SUPPORT, None, "hip")),
        (Remove(kind=PartKind.CUE, id="stay-tall", step=LIFT), (PartKind.CUE, "lift", "stay-tall")),
        (Remove(kind=PartKind.SUPPORT, id="hip"), (PartKind.SUPPORT, None, "hip")),
    ],
)
def test_an_edit_writes_one_slot(edit: Edit, slot: Slot) -> None:
    assert slot_of(edit) == slot


@pytest.mark.parametrize("part", [MOTION, CUE, EFFECT, TARGET, ANGLE])
def test_a_part_of_a_step_is_put_into_a_step(part: Part) -> None:
    assert Put(part=part, step=LIFT).step == LIFT
    with pytest.raises(InvalidValue) as caught:
        Put(part=part)
    assert caught.value == InvalidValue("Put", "step", None, STEP_ALLOWED)


def test_a_support_is_put_into_no_step() -> None:
    with pytest.raises(InvalidValue) as caught:
        Put(part=HIP, step=LIFT)
    assert caught.value == InvalidValue("Put", "step", "lift", STEP_ALLOWED)


@pytest.mark.parametrize("kind", [kind for kind in PartKind if kind is not PartKind.SUPPORT])
def test_a_part_of_a_step_is_removed_from_a_step(kind: PartKind) -> None:
    assert Remove(kind=kind, id="up", step=LIFT).step == LIFT
    with pytest.raises(InvalidValue) as caught:
        Remove(kind=kind, id="up")
    assert caught.value == InvalidValue("Remove", "step", None, STEP_ALLOWED)


def test_a_support_is_removed_from_no_step() -> None:
    with pytest.raises(InvalidValue) as caught:
        Remove(kind=PartKind.SUPPORT, id="hip", step=LIFT)
    assert caught.value == InvalidValue("Remove", "step", "lift", STEP_ALLOWED)


def test_what_is_no_part_is_refused_as_such() -> None:
    with pytest.raises(InvalidValue) as caught:
        Put(part=Span.of(5), step=LIFT)  # type: ignore[arg-type]
    assert caught.value == InvalidValue(
        "Put", "part", Span.of(5), "one of Motion, Cue, Effect, Target, Support, JointAngle"
    )


def test_the_axes_with_progressions_of_their_own_are_built_in() -> None:
    assert set(BUILT_IN_AXES) == {RESISTANCE, SUPPORT, REACH, LOWER_QUARTER}
    assert set(BUILT_IN_AXES) == {"resistance", "support", "reach", "lower-quarter"}


def test_the_first_level_is_the_base_and_levels_are_found_by_id() -> None:
    slow, fast = (Level(id=LevelId(name), name=name) for name in ("slow", "fast"))
    axis = LevelAxis(id=AxisId("pace"), name="pace", levels=(slow, fast))
    assert axis.base is slow
    assert axis.level(LevelId("fast")) is fast
    assert axis.level(LevelId("faster")) is None


@pytest.mark.parametrize(
    ("maximum", "grams", "carried"),
    [
        (None, 250, True),
        (None, 1_000_000, True),
        (None, 249, False),
        (None, 375, False),
        (1000, 1000, True),
        (1000, 1250, False),
        (1100, 1100, False),
    ],
)
def test_an_axis_carries_multiples_of_its_increment_up_to_its_maximum(
    maximum: int | None,
    grams: int,
    carried: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    axis = LoadAxis(
        id=RESISTANCE,
        name="resistance",
        limb=Limb.BOTH_ARMS,
        increment_grams=250,
        maximum_grams=maximum,
    )
    assert axis.carries(Mass(grams)) is carried
