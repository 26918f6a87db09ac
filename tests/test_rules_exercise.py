"""BX105 and BX207 to BX211: what in an exercise or a guideline a body or a reader cannot do."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from attrs import evolve

from backex.anatomy import Contact, Degree, Limb, Movement, Phase, Region
from backex.axes import PartKind, Put, Remove
from backex.exercise import Exercise
from backex.ids import StepId, SupportId
from backex.posture import Cue, EffortLevel, Polarity, PostureGuideline, Timing
from backex.quantities import Span, Unit
from backex.rules.examples import (
    BREATHE,
    GROW,
    LEAN,
    STAND,
    axis,
    cue,
    exercise,
    flexed,
    guideline,
    item,
    level,
    motion,
    purpose,
    puts,
    reference,
    routine,
    step,
    to,
)
from backex.rules.exercise import same_limb
from backex.step import Motion, Step, Support
from backex.validation import Checkable, validate
from backex.variant import vary

Found = list[tuple[str, Mapping[str, object]]]


def found(code: str, value: Checkable) -> Found:
    return [(each.path, each.meta) for each in validate(value, select=code).diagnostics]


# Effort.


def growing(degree: Degree | None, effort: EffortLevel | None) -> PostureGuideline:
    return guideline(BREATHE, cue(Movement.AXIAL_ELONGATION, degree=degree), effort=effort)


@pytest.mark.parametrize("effort", [None, *EffortLevel])
@pytest.mark.parametrize("degree", [None, *Degree])
def test_a_marked_movement_is_more_than_low_effort(
    degree: Degree | None, effort: EffortLevel | None
) -> None:
    expected: Found = []
    if (degree, effort) == (Degree.MARKED, EffortLevel.LOW):
        meta = {"cue": "do-axial-elongation", "effort": "low"}
        expected = [("$.cues[1].degree", meta)]
    assert found("BX105", growing(degree, effort)) == expected


@pytest.mark.parametrize(
    "easy",
    [
        cue(Movement.AXIAL_ELONGATION, degree=Degree.MARKED, polarity=Polarity.AVOID),
        cue(Movement.DIAPHRAGMATIC_BREATHING, Region.ABDOMEN, Degree.MARKED),
        cue(Movement.RELAXATION, degree=Degree.MARKED),
        cue(Movement.RESTING, degree=Degree.MARKED),
    ],
    ids=lambda easy: easy.id,
)
def test_what_takes_no_strain_is_low_effort(easy: Cue) -> None:
    assert found("BX105", guideline(easy, effort=EffortLevel.LOW)) == []


def pressing(
    effort: EffortLevel | None = EffortLevel.LOW,
    movement: Movement = Movement.PRESS,
    degree: Degree | None = Degree.MARKED,
    polarity: Polarity = Polarity.DO,
) -> Exercise:
    asked = cue(movement, Region.HAND, degree, polarity)
    moved = motion(movement, Region.HAND, degree=degree)
    motions = (moved,) if polarity is Polarity.DO else ()
    return exercise(STAND, step("press", Phase.MOVE, GROW, asked, motions=motions), effort=effort)


@pytest.mark.parametrize("movement", list(Movement))
def test_marked_work_is_more_than_low_effort(movement: Movement) -> None:
    work = {Movement.ABDOMINAL_BRACING, Movement.PRESS, Movement.PULL, Movement.GRIP}
    expected = [
        ("$.steps[1].motions[0].degree", {"step": "press", "part": movement.value}),
        ("$.steps[1].cues[1].degree", {"step": "press", "part": f"do-{movement.value}"}),
    ]
    assert found("BX211", pressing(movement=movement)) == (
        [(path, {**meta, "effort": "low"}) for path, meta in expected] if movement in work else []
    )


@pytest.mark.parametrize(
    "fine",
    [
        pressing(EffortLevel.MODERATE),
        pressing(EffortLevel.HIGH),
        pressing(None),
        pressing(degree=Degree.MODERATE),
        pressing(degree=None),
        pressing(polarity=Polarity.AVOID),
    ],
)
def test_less_or_unstated_is_no_more_than_the_exercise_takes(fine: Exercise) -> None:
    assert found("BX211", fine) == []


# Limbs that bear weight.

UP = motion(Movement.LIFT, Region.HAND, limb=Limb.MOVING_ARM)


def bears(region: Region, limb: Limb | None, *phases: Phase) -> Support:
    return Support(id=SupportId("contact"), contact=Contact(region, limb), phases=frozenset(phases))


ON_THE_HAND = bears(Region.HAND, Limb.MOVING_ARM)


@pytest.mark.parametrize(
    ("moved", "support"),
    [
        (UP, ON_THE_HAND),
        (UP, bears(Region.HAND, Limb.BOTH_ARMS)),
        (UP, bears(Region.HAND, Limb.MOVING_ARM, Phase.MOVE, Phase.HOLD)),
        (evolve(UP, region=Region.UPPER_LIMB), bears(Region.ELBOW, Limb.MOVING_ARM)),
        (evolve(UP, limb=Limb.BOTH_ARMS), bears(Region.HAND, Limb.SUPPORTING_ARM)),
        (
            evolve(UP, region=Region.LOWER_LIMB, limb=Limb.BOTH_LEGS),
            bears(Region.FOOT, Limb.UPPER_SIDE_LEG),
        ),
        # No heel is raised where the knee is on the floor too.
        (
            evolve(UP, region=Region.FOOT, limb=Limb.BOTH_LEGS),
            bears(Region.LOWER_LIMB, Limb.BOTH_LEGS),
        ),
        (evolve(UP, movement=Movement.REACH), ON_THE_HAND),
        (evolve(UP, movement=Movement.REACH, region=Region.SHOULDER), ON_THE_HAND),
    ],
)
def test_a_limb_that_bears_weight_cannot_leave_the_floor(moved: Motion, support: Support) -> None:
    still = motion(Movement.RESTING, Region.SHOULDER, limb=Limb.MOVING_ARM)
    lifting = exercise(STAND, step("lift", motions=(still, moved)), contacts=(support,))
    meta = {"step": "lift", "motion": moved.id, "contact": "contact"}
    assert found("BX207", lifting) == [("$.steps[1].motions[1]", meta)]


ARMS = {Limb.UPPER_SIDE_ARM, Limb.LOWER_SIDE_ARM, Limb.MOVING_ARM, Limb.SUPPORTING_ARM}
LEGS = {Limb.UPPER_SIDE_LEG, Limb.LOWER_SIDE_LEG, Limb.MOVING_LEG, Limb.SUPPORTING_LEG}


@pytest.mark.parametrize("one", list(Limb))
def test_both_limbs_include_each_of_their_kind(one: Limb) -> None:
    for both, kind in ((Limb.BOTH_ARMS, ARMS), (Limb.BOTH_LEGS, LEGS)):
        included = one in kind or one is both
        assert (same_limb(both, one), same_limb(one, both)) == (included, included)


@pytest.mark.parametrize(
    ("moved", "support"),
    [
        (UP, bears(Region.HAND, Limb.SUPPORTING_ARM)),
        (UP, bears(Region.HAND, Limb.BOTH_LEGS)),
        (UP, bears(Region.HAND, None)),
        (evolve(UP, limb=None), bears(Region.HAND, None)),
        (UP, bears(Region.HAND, Limb.MOVING_ARM, Phase.SETUP, Phase.HOLD)),
        (UP, evolve(ON_THE_HAND, polarity=Polarity.AVOID)),
        # The hand comes up from a forearm that stays.
        (UP, bears(Region.ELBOW, Limb.MOVING_ARM)),
        # A push-up, a squat and a raised heel.
        (evolve(UP, movement=Movement.FLEXION, region=Region.ELBOW), ON_THE_HAND),
        (evolve(UP, movement=Movement.PRESS), ON_THE_HAND),
        (
            evolve(UP, region=Region.HIP, limb=Limb.BOTH_LEGS),
            bears(Region.FOOT, Limb.BOTH_LEGS),
        ),
        (
            evolve(UP, region=Region.FOOT, limb=Limb.BOTH_LEGS),
            bears(Region.FOOT, Limb.BOTH_LEGS),
        ),
        (
            evolve(UP, region=Region.ANKLE, limb=Limb.BOTH_LEGS),
            bears(Region.ANKLE, Limb.BOTH_LEGS),
        ),
    ],
)
def test_what_a_limb_can_do_while_it_bears_weight(moved: Motion, support: Support) -> None:
    moving = exercise(STAND, step("move", motions=(moved,)), contacts=(support,))
    assert found("BX207", moving) == []


def test_a_limb_that_reaches_as_described_is_reported_once() -> None:
    reaching = evolve(UP, movement=Movement.REACH)
    described = exercise(STAND, step("reach", motions=(reaching,)), contacts=(ON_THE_HAND,))
    assert validate(routine(item(described))).codes == ("BX207",)


def test_a_limb_that_a_move_lifts_is_reported_with_the_move() -> None:
    paced = exercise(contacts=(ON_THE_HAND,), axes=(axis(level("slow", puts(UP))),))
    meta = {"step": "lean", "motion": "lift", "contact": "contact"}
    assert found("BX330", routine(item(vary(paced)))) == []
    assert found("BX330", routine(item(vary(paced, to("slow"))))) == [
        ("$.items[0].variant.progressions", meta)
    ]
    reaching = puts(evolve(UP, movement=Movement.REACH))
    other = evolve(paced, axes=(axis(level("slow", reaching)),))
    assert validate(routine(item(vary(other, to("slow"))))).codes == ("BX306",)


def test_a_limb_that_is_lifted_as_described_is_not_reported_with_a_move() -> None:
    described = exercise(
        STAND,
        step("lift", motions=(UP,)),
        contacts=(ON_THE_HAND,),
        axes=(axis(level("slow", puts(GROW, "lift"))),),
    )
    assert validate(routine(item(vary(described, to("slow"))))).codes == ("BX207",)


# Targets.


def measured(movement: Movement, region: Region, span: Span, unit: Unit = Unit.DEGREE) -> Exercise:
    target = evolve(flexed(1), movement=movement, region=region, span=span, unit=unit)
    return exercise(STAND, step("lean", targets=(flexed(90), target)))


#: The whole arc of a plane: what a target may be at most, whichever way it is measured.
ARCS = [
    *((Movement.FLEXION, region, most) for region, most in (
        (Region.HEAD, 180), (Region.CERVICAL_SPINE, 180), (Region.THORACIC_SPINE, 110),
        (Region.UPPER_BACK, 110), (Region.LUMBAR_SPINE, 150), (Region.LOW_BACK, 150),
        (Region.SHOULDER, 280), (Region.ELBOW, 180), (Region.WRIST, 200), (Region.HIP, 210),
        (Region.KNEE, 180), (Region.ANKLE, 130), (Region.FOOT, 360),
    )),
    (Movement.EXTENSION, Region.KNEE, 180),
    (Movement.LATERAL_FLEXION, Region.CERVICAL_SPINE, 120),
    (Movement.LATERAL_FLEXION, Region.UPPER_BACK, 110),
    (Movement.LATERAL_FLEXION, Region.LOW_BACK, 100),
    (Movement.ROTATION, Region.HEAD, 200),
    (Movement.ROTATION_FORWARD, Region.THORACIC_SPINE, 140),
    (Movement.ROTATION_UPWARD, Region.LUMBAR_SPINE, 80),
    (Movement.ANTERIOR_TILT, Region.PELVIS, 90),
    (Movement.POSTERIOR_TILT, Region.PELVIS, 90),
    (Movement.ABDUCTION, Region.SHOULDER, 260),
    (Movement.ADDUCTION, Region.HIP, 140),
    (Movement.ABDUCTION, Region.WRIST, 90),
    (Movement.INTERNAL_ROTATION, Region.SHOULDER, 240),
    (Movement.EXTERNAL_ROTATION, Region.HIP, 160),
    (Movement.ROTATION, Region.KNEE, 90),
    (Movement.SUPINATION, Region.FOREARM, 200),
    (Movement.PRONATION, Region.FOREARM, 200),
    (Movement.ROTATION, Region.WHOLE_BODY, 360),
]  # fmt: skip


@pytest.mark.parametrize(("movement", "region", "most"), ARCS)
def test_an_angle_beyond_the_whole_arc_of_a_joint_is_out_of_range(
    movement: Movement, region: Region, most: int
) -> None:
    meta = {"target": "knee", "least": -most, "most": most}
    for end in (-most, most, 0):
        assert found("BX208", measured(movement, region, Span.of(end))) == []
    for span in (Span.of(most + 1), Span.of(-most - 1), Span(10, most + 1), Span(most + 1, None)):
        assert found("BX208", measured(movement, region, span)) == [
            ("$.steps[1].targets[1].span", meta)
        ]


@pytest.mark.parametrize(
    ("span", "unit", "fine"),
    [
        (Span(0, 300), Unit.CENTIMETRE, True),
        (Span.of(301), Unit.CENTIMETRE, False),
        (Span(-1, 5), Unit.CENTIMETRE, False),
        (Span(None, 3000), Unit.MILLIMETRE, True),
        (Span.of(3001), Unit.MILLIMETRE, False),
        (Span(6, 118), Unit.INCH, True),
        (Span(6, 119), Unit.INCH, False),
        (Span(6, None), Unit.INCH, True),
        (Span(-1, None), Unit.INCH, False),
    ],
)
def test_a_length_is_one_that_a_body_can_reach(span: Span, unit: Unit, *, fine: bool) -> None:
    lifted = measured(Movement.LIFT, Region.CHEST, span, unit)
    meta = {"target": "knee", "least": 0, "most": 300}
    assert found("BX208", lifted) == ([] if fine else [("$.steps[1].targets[1].span", meta)])


def test_a_target_that_a_move_puts_is_looked_at_as_well() -> None:
    bent = Put(part=flexed(900), step=StepId("lean"))
    assert [path for path, _ in found("BX208", exercise(axes=(axis(level("slow", bent)),)))] == [
        "$.axes[0].levels[1].edits[0].part.span"
    ]


def test_what_is_out_of_range_is_said_with_the_range() -> None:
    (angle,) = validate(
        measured(Movement.FLEXION, Region.KNEE, Span.of(900)), select="BX208"
    ).diagnostics
    assert angle.message == (
        "about 900° of flexion of the knee is more than any body does: it goes from -180° to 180°"
    )
    long = measured(Movement.LIFT, Region.CHEST, Span(6, 800), Unit.INCH)
    (length,) = validate(long, select="BX208").diagnostics
    assert length.message == (
        "about 6–800 in of lift of the chest is more than any body does: it goes from 0 cm to "
        "300 cm"
    )


# Breath.

HOLD = step("stay", Phase.HOLD)
NO_HELD_BREATH = cue(Movement.BREATH_HOLDING, Region.ABDOMEN, polarity=Polarity.AVOID)


def staying(*steps: Step, guidelines: tuple[PostureGuideline, ...] = ()) -> Exercise:
    return exercise(STAND, *steps, guidelines=guidelines)


@pytest.mark.parametrize(
    "reminding",
    [
        staying(step("stay", Phase.HOLD, GROW, BREATHE)),
        staying(step("stay", Phase.HOLD, NO_HELD_BREATH)),
        staying(HOLD, step("on", Phase.HOLD, BREATHE)),
        staying(HOLD, step("breathe", Phase.MOVE, BREATHE, during=HOLD.id)),
        staying(step("lean", Phase.MOVE, evolve(BREATHE, timing=Timing.THROUGHOUT)), HOLD),
        staying(HOLD, guidelines=(guideline(GROW), guideline(BREATHE))),
        staying(
            step(
                "stay",
                Phase.HOLD,
                motions=(motion(Movement.DIAPHRAGMATIC_BREATHING, Region.ABDOMEN),),
            )
        ),
        staying(LEAN),
    ],
)
def test_a_person_is_reminded_to_breathe_during_a_hold(reminding: Exercise) -> None:
    assert found("BX209", reminding) == []


@pytest.mark.parametrize(
    ("silent", "holds"),
    [
        (staying(HOLD), ("stay",)),
        (staying(HOLD, step("on", Phase.HOLD, GROW)), ("stay", "on")),
        (staying(step("lean", Phase.MOVE, BREATHE), HOLD), ("stay",)),
        (
            staying(
                step("lean", Phase.MOVE, evolve(BREATHE, timing=Timing.JUST_BEFORE)),
                HOLD,
            ),
            ("stay",),
        ),
        (staying(step("stay", Phase.HOLD, evolve(BREATHE, polarity=Polarity.AVOID))), ("stay",)),
        (
            staying(step("stay", Phase.HOLD, evolve(NO_HELD_BREATH, polarity=Polarity.DO))),
            ("stay",),
        ),
        (staying(HOLD, guidelines=(guideline(GROW),)), ("stay",)),
        (
            staying(
                step("lean", motions=(motion(Movement.DIAPHRAGMATIC_BREATHING, Region.ABDOMEN),)),
                HOLD,
            ),
            ("stay",),
        ),
        (
            staying(step("stay", Phase.HOLD, motions=(motion(Movement.LIFT, Region.CHEST),))),
            ("stay",),
        ),
    ],
)
def test_a_hold_without_a_reminder_to_breathe_is_found(
    silent: Exercise, holds: tuple[str, ...]
) -> None:
    first = next(index for index, each in enumerate(silent.steps) if each.id == "stay")
    assert found("BX209", silent) == [(f"$.steps[{first}]", {"steps": holds})]


def test_breathing_that_a_move_takes_away_is_not_looked_at() -> None:
    quiet = Remove(kind=PartKind.CUE, id=BREATHE.id, step=HOLD.id)
    held = exercise(STAND, step("stay", Phase.HOLD, BREATHE), axes=(axis(level("slow", quiet)),))
    assert found("BX209", held) == []


# References.


def test_a_step_happens_during_another_step() -> None:
    def turning(during: str) -> Exercise:
        return exercise(STAND, LEAN, step("turn", during=StepId(during)))

    assert found("BX210", turning("lean")) == []
    for missing, hint in (
        ("leen", 'did you mean "lean"?'),
        ("turn", "it has: stand, lean"),
        ("jump", "it has: stand, lean"),
    ):
        (each,) = validate(turning(missing)).diagnostics
        assert (each.code, each.path, each.hint, each.meta) == (
            "BX210",
            "$.steps[2].during",
            hint,
            {"step": "turn", "missing": missing},
        )


def test_a_purpose_is_served_together_with_another() -> None:
    pair = (purpose("lower", "upper"), purpose("upper", "lower"))
    assert found("BX210", exercise(purposes=pair)) == []
    odd = (purpose("lower", "uper"), purpose("upper", "legs"))
    reported = validate(exercise(purposes=odd)).diagnostics
    assert [(each.path, each.hint, each.meta) for each in reported] == [
        (
            "$.purposes[0].together_with",
            'did you mean "upper"?',
            {"purpose": "lower", "missing": "uper"},
        ),
        (
            "$.purposes[1].together_with",
            "it has: lower",
            {"purpose": "upper", "missing": "legs"},
        ),
    ]


def test_a_cue_that_was_misspelled_is_offered() -> None:
    def referring(to: str) -> str | None:
        asked = step("lean", guideline_cues=(reference(to),))
        wrong = exercise(STAND, asked, guidelines=(guideline(GROW),))
        return validate(wrong, select="BX206").diagnostics[0].hint

    assert referring("do-axial-elongaton") == 'did you mean "do-axial-elongation"?'
    assert referring("squeeze") == (
        "add the guideline to the exercise, or refer to a cue that it has"
    )
